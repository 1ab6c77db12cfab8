#include "sim/wire/rakp_msg.h"

#include <string.h>

#include "sim/base/rd.h"

#define LEVEL_BITS 0x0f
#define ALG_BITS 0x3f

const char *
rakp_status_text(unsigned status)
{
    static const char *const words[] = {
        [RAKP_OK] = "no errors",
        [RAKP_NO_RESOURCES] = "insufficient resources to create a session",
        [RAKP_INVALID_SESSION_ID] = "invalid session id",
        [RAKP_INVALID_PAYLOAD_TYPE] = "invalid payload type",
        [RAKP_INVALID_AUTH_ALG] = "invalid authentication algorithm",
        [RAKP_INVALID_INTEGRITY_ALG] = "invalid integrity algorithm",
        [RAKP_NO_MATCHING_AUTH] = "no matching authentication payload",
        [RAKP_NO_MATCHING_INTEGRITY] = "no matching integrity payload",
        [RAKP_INACTIVE_SESSION_ID] = "inactive session id",
        [RAKP_INVALID_ROLE] = "invalid role",
        [RAKP_UNAUTHORIZED_ROLE] = "unauthorized role or privilege level requested",
        [RAKP_NO_RESOURCES_AT_ROLE] =
            "insufficient resources to create a session at the requested role",
        [RAKP_INVALID_NAME_LENGTH] = "invalid name length",
        [RAKP_UNAUTHORIZED_NAME] = "unauthorized name",
        [RAKP_UNAUTHORIZED_GUID] = "unauthorized GUID",
        [RAKP_INVALID_INTEGRITY_CODE] = "invalid integrity check value",
        [RAKP_INVALID_CONF_ALG] = "invalid confidentiality algorithm",
        [RAKP_NO_SUITE_MATCH] = "no cipher suite match with proposed security algorithms",
        [RAKP_ILLEGAL_PARAMETER] = "illegal or unrecognized parameter",
    };

    return status < sizeof words / sizeof words[0] ? words[status] : "unknown status";
}

/* ---- Open Session ---- */

static struct algorithm_block
block_parse(struct rd *r)
{
    struct algorithm_block b;

    b.kind = rd_u8(r);
    rd_skip(r, 2);
    b.len = rd_u8(r);
    b.alg = rd_u8(r) & ALG_BITS;
    rd_skip(r, 3);
    return b;
}

static void
block_build(struct wr *w, const struct algorithm_block *b)
{
    wr_u8(w, b->kind);
    wr_fill(w, 0, 2);
    wr_u8(w, b->len);
    wr_u8(w, b->alg);
    wr_fill(w, 0, 3);
}

bool
open_request_parse(struct bytes in, struct open_request *m)
{
    struct rd r = rd_of(in);
    struct open_request got;

    got.tag = rd_u8(&r);
    got.privilege = rd_u8(&r) & LEVEL_BITS;
    rd_skip(&r, 2);
    got.console_sid = rd_le32(&r);
    for (int i = 0; i < ALG_KINDS; i++)
        got.alg[i] = block_parse(&r);
    if (r.bad)
        return false;
    *m = got;
    return true;
}

void
open_request_build(struct wr *w, const struct open_request *m)
{
    wr_u8(w, m->tag);
    wr_u8(w, m->privilege);
    wr_fill(w, 0, 2);
    wr_le32(w, m->console_sid);
    for (int i = 0; i < ALG_KINDS; i++)
        block_build(w, &m->alg[i]);
}

bool
open_response_parse(struct bytes in, struct open_response *m)
{
    struct rd r = rd_of(in);
    struct open_response got = { 0 };

    got.tag = rd_u8(&r);
    got.status = rd_u8(&r);
    got.privilege = rd_u8(&r) & LEVEL_BITS;
    rd_skip(&r, 1);
    got.console_sid = rd_le32(&r);
    if (got.status == RAKP_OK) {
        got.bmc_sid = rd_le32(&r);
        for (int i = 0; i < ALG_KINDS; i++)
            got.alg[i] = block_parse(&r).alg;
    }
    if (r.bad)
        return false;
    *m = got;
    return true;
}

void
open_response_build(struct wr *w, const struct open_response *m)
{
    wr_u8(w, m->tag);
    wr_u8(w, m->status);
    wr_u8(w, m->privilege);
    wr_u8(w, 0);
    wr_le32(w, m->console_sid);
    if (m->status != RAKP_OK)
        return;
    wr_le32(w, m->bmc_sid);
    for (int i = 0; i < ALG_KINDS; i++)
        block_build(w, &(struct algorithm_block){ .kind = (uint8_t)i,
                                                  .len = ALG_BLOCK_LEN,
                                                  .alg = m->alg[i] });
}

/* ---- RAKP ---- */

bool
rakp1_parse(struct bytes in, struct rakp1 *m)
{
    struct rd r = rd_of(in);
    struct rakp1 got = { 0 };

    got.tag = rd_u8(&r);
    rd_skip(&r, 3);
    got.bmc_sid = rd_le32(&r);
    rd_copy(&r, got.random, sizeof got.random);
    got.role = rd_u8(&r);
    rd_skip(&r, 2);
    got.name_len = rd_u8(&r);
    if (got.name_len <= RAKP_NAME_MAX)
        rd_copy(&r, got.name, got.name_len);
    if (r.bad)
        return false;
    *m = got;
    return true;
}

void
rakp1_build(struct wr *w, const struct rakp1 *m)
{
    wr_u8(w, m->tag);
    wr_fill(w, 0, 3);
    wr_le32(w, m->bmc_sid);
    wr_bytes(w, m->random, sizeof m->random);
    wr_u8(w, m->role);
    wr_fill(w, 0, 2);
    wr_u8(w, m->name_len);
    wr_bytes(w, m->name, m->name_len <= RAKP_NAME_MAX ? m->name_len : RAKP_NAME_MAX);
}

bool
rakp2_parse(struct bytes in, struct rakp2 *m)
{
    struct rd r = rd_of(in);
    struct rakp2 got = { 0 };

    got.tag = rd_u8(&r);
    got.status = rd_u8(&r);
    rd_skip(&r, 2);
    got.console_sid = rd_le32(&r);
    if (got.status == RAKP_OK) {
        rd_copy(&r, got.random, sizeof got.random);
        rd_copy(&r, got.guid, sizeof got.guid);
        got.code = rd_rest(&r);
    }
    if (r.bad)
        return false;
    *m = got;
    return true;
}

void
rakp2_build(struct wr *w, const struct rakp2 *m)
{
    wr_u8(w, m->tag);
    wr_u8(w, m->status);
    wr_fill(w, 0, 2);
    wr_le32(w, m->console_sid);
    if (m->status != RAKP_OK)
        return;
    wr_bytes(w, m->random, sizeof m->random);
    wr_bytes(w, m->guid, sizeof m->guid);
    wr_span(w, m->code);
}

bool
rakp34_parse(struct bytes in, struct rakp34 *m)
{
    struct rd r = rd_of(in);
    struct rakp34 got = { 0 };

    got.tag = rd_u8(&r);
    got.status = rd_u8(&r);
    rd_skip(&r, 2);
    got.sid = rd_le32(&r);
    if (got.status == RAKP_OK)
        got.code = rd_rest(&r);
    if (r.bad)
        return false;
    *m = got;
    return true;
}

void
rakp34_build(struct wr *w, const struct rakp34 *m)
{
    wr_u8(w, m->tag);
    wr_u8(w, m->status);
    wr_fill(w, 0, 2);
    wr_le32(w, m->sid);
    if (m->status == RAKP_OK)
        wr_span(w, m->code);
}
