#include <string.h>

#include "capture/dissect_parts.h"
#include "sim/lan/suite.h"
#include "sim/wire/codes.h"
#include "sim/wire/rakp_msg.h"

static const char *
algorithm_text(unsigned kind, unsigned alg)
{
    static const char *const words[ALG_KINDS][5] = {
        [ALG_AUTH] = { [AUTH_RAKP_NONE] = "RAKP-none", [AUTH_HMAC_SHA1] = "RAKP-HMAC-SHA1",
                       [AUTH_HMAC_MD5] = "RAKP-HMAC-MD5",
                       [AUTH_HMAC_SHA256] = "RAKP-HMAC-SHA256" },
        [ALG_INTEGRITY] = { [INTEGRITY_NONE] = "none",
                            [INTEGRITY_HMAC_SHA1_96] = "HMAC-SHA1-96",
                            [INTEGRITY_HMAC_MD5_128] = "HMAC-MD5-128",
                            [INTEGRITY_MD5_128] = "MD5-128",
                            [INTEGRITY_HMAC_SHA256_128] = "HMAC-SHA256-128" },
        [ALG_CONF] = { [CONF_NONE] = "none", [CONF_AES_CBC_128] = "AES-CBC-128",
                       [CONF_XRC4_128] = "xRC4-128", [CONF_XRC4_40] = "xRC4-40" },
    };

    return kind < ALG_KINDS && alg < 5 && words[kind][alg] ? words[kind][alg] : "unknown";
}

static const char *const kind_words[ALG_KINDS] = {
    [ALG_AUTH] = "authentication", [ALG_INTEGRITY] = "integrity",
    [ALG_CONF] = "confidentiality",
};

/* The session that a set-up message names inside. */
static void
find_session(struct dissector *x, uint32_t sid)
{
    bool to_bmc;

    if (x->c != NULL)
        x->s = conversation_find(x->c, x->f, sid, &to_bmc);
}

static void
line_status(struct dissector *x, uint8_t status)
{
    x->d->status = status;
    line_add(x, 1, "status %02Xh: %s", status, rakp_status_text(status));
    if (status == RAKP_OK)
        return;
    summary_add(x, ": %s (%02Xh)", rakp_status_text(status), status);
    if (x->s != NULL && x->s->phase != PHASE_ACTIVE) {
        x->s->phase = PHASE_REFUSED;
        x->s->status = status;
    }
}

static void
advance(struct dissector *x, enum session_phase phase)
{
    if (x->s != NULL && x->s->phase < PHASE_ACTIVE)
        x->s->phase = phase;
}

/* ---- Open Session ---- */

static bool
open_request(struct dissector *x, struct bytes in)
{
    struct open_request m;

    if (!open_request_parse(in, &m))
        return false;
    if (x->c != NULL) {
        x->s = conversation_open(x->c, x->f, true, m.console_sid);
        x->s->privilege = m.privilege;
    }
    summary_add(x, "Open Session Request, console session %08Xh", m.console_sid);
    line_add(x, 0, "Open Session Request: tag %02Xh", m.tag);
    line_add(x, 1, "maximum privilege %s (%u)",
             m.privilege ? privilege_text(m.privilege) : "highest", m.privilege);
    line_add(x, 1, "console session id %08Xh", m.console_sid);
    for (unsigned i = 0; i < ALG_KINDS; i++)
        line_add(x, 1, "%s: %s (%02Xh)%s", kind_words[i],
                 m.alg[i].len == ALG_BLOCK_ANY ? "the BMC's choice"
                                               : algorithm_text(i, m.alg[i].alg),
                 m.alg[i].alg, m.alg[i].kind != i ? ", in a block of another kind" : "");
    return true;
}

static bool
open_response(struct dissector *x, struct bytes in)
{
    struct open_response m;

    if (!open_response_parse(in, &m))
        return false;
    find_session(x, m.console_sid);
    summary_add(x, "Open Session Response");
    line_add(x, 0, "Open Session Response: tag %02Xh", m.tag);
    line_status(x, m.status);
    line_add(x, 1, "console session id %08Xh", m.console_sid);
    if (m.status != RAKP_OK)
        return true;
    if (x->s != NULL) {
        x->s->bmc_sid = m.bmc_sid;
        memcpy(x->s->alg, m.alg, sizeof x->s->alg);
    }
    advance(x, PHASE_OPENED);
    summary_add(x, ", BMC session %08Xh, %s, %s, %s", m.bmc_sid,
                algorithm_text(ALG_AUTH, m.alg[ALG_AUTH]),
                algorithm_text(ALG_INTEGRITY, m.alg[ALG_INTEGRITY]),
                algorithm_text(ALG_CONF, m.alg[ALG_CONF]));
    line_add(x, 1, "BMC session id %08Xh", m.bmc_sid);
    line_add(x, 1, "maximum privilege %s (%u)", privilege_text(m.privilege), m.privilege);
    for (unsigned i = 0; i < ALG_KINDS; i++)
        line_add(x, 1, "%s: %s (%02Xh)", kind_words[i], algorithm_text(i, m.alg[i]), m.alg[i]);
    return true;
}

/* ---- RAKP messages ---- */

/* A name as text: what is not printable becomes a dot. */
static void
name_text(const uint8_t *name, size_t len, char to[RAKP_NAME_MAX + 1])
{
    size_t i = 0;

    for (; i < len && i < RAKP_NAME_MAX && name[i]; i++)
        to[i] = name[i] >= ' ' && name[i] <= '~' ? (char)name[i] : '.';
    to[i] = '\0';
}

static bool
rakp1(struct dissector *x, struct bytes in)
{
    struct rakp1 m;
    char name[RAKP_NAME_MAX + 1];

    if (!rakp1_parse(in, &m))
        return false;
    find_session(x, m.bmc_sid);
    name_text(m.name, m.name_len, name);
    if (x->s != NULL)
        memcpy(x->s->user, name, sizeof name);
    advance(x, PHASE_RAKP);
    summary_add(x, "RAKP message 1, BMC session %08Xh, user \"%s\", %s", m.bmc_sid, name,
                privilege_text(m.role & RAKP_ROLE_LEVEL));
    line_add(x, 0, "RAKP message 1: tag %02Xh", m.tag);
    line_add(x, 1, "BMC session id %08Xh", m.bmc_sid);
    line_octets(x, 1, "console random number", bytes_of(m.random, sizeof m.random));
    line_add(x, 1, "privilege %s (%02Xh), look-up by %s",
             privilege_text(m.role & RAKP_ROLE_LEVEL), m.role,
             m.role & RAKP_ROLE_NAME_ONLY ? "name" : "name and privilege");
    line_add(x, 1, "user name of %u octets: \"%s\"", m.name_len, name);
    return true;
}

static bool
rakp2(struct dissector *x, struct bytes in)
{
    struct rakp2 m;

    if (!rakp2_parse(in, &m))
        return false;
    find_session(x, m.console_sid);
    summary_add(x, "RAKP message 2");
    line_add(x, 0, "RAKP message 2: tag %02Xh", m.tag);
    line_status(x, m.status);
    line_add(x, 1, "console session id %08Xh", m.console_sid);
    if (m.status != RAKP_OK)
        return true;
    summary_add(x, ", console session %08Xh", m.console_sid);
    line_octets(x, 1, "BMC random number", bytes_of(m.random, sizeof m.random));
    line_octets(x, 1, "BMC GUID", bytes_of(m.guid, sizeof m.guid));
    line_octets(x, 1, "key exchange code", m.code);
    return true;
}

static bool
rakp34(struct dissector *x, struct bytes in, unsigned number)
{
    struct rakp34 m;

    if (!rakp34_parse(in, &m))
        return false;
    find_session(x, m.sid);
    summary_add(x, "RAKP message %u", number);
    line_add(x, 0, "RAKP message %u: tag %02Xh", number, m.tag);
    line_status(x, m.status);
    line_add(x, 1, "%s session id %08Xh", number == 3 ? "BMC" : "console", m.sid);
    line_octets(x, 1, number == 3 ? "key exchange code" : "integrity check value", m.code);
    if (m.status != RAKP_OK)
        return true;
    summary_add(x, ", %s session %08Xh", number == 3 ? "BMC" : "console", m.sid);
    if (number == 4)
        advance(x, PHASE_ACTIVE);
    return true;
}

/* ---- all of them ---- */

static bool
rakp3(struct dissector *x, struct bytes in)
{
    return rakp34(x, in, 3);
}

static bool
rakp4(struct dissector *x, struct bytes in)
{
    return rakp34(x, in, 4);
}

static const struct {
    uint8_t type;
    enum dissect_kind kind;
    bool to_bmc;
    const char *name;
    bool (*take)(struct dissector *x, struct bytes in);
} setups[] = {
    { PAYLOAD_OPEN_REQUEST, DISSECT_OPEN_REQUEST, true, "Open Session Request", open_request },
    { PAYLOAD_OPEN_RESPONSE, DISSECT_OPEN_RESPONSE, false, "Open Session Response",
      open_response },
    { PAYLOAD_RAKP1, DISSECT_RAKP1, true, "RAKP message 1", rakp1 },
    { PAYLOAD_RAKP2, DISSECT_RAKP2, false, "RAKP message 2", rakp2 },
    { PAYLOAD_RAKP3, DISSECT_RAKP3, true, "RAKP message 3", rakp3 },
    { PAYLOAD_RAKP4, DISSECT_RAKP4, false, "RAKP message 4", rakp4 },
};

#define SETUPS (sizeof setups / sizeof setups[0])

bool
dissect_is_setup(uint8_t payload_type)
{
    return payload_type >= PAYLOAD_OPEN_REQUEST && payload_type <= PAYLOAD_RAKP4;
}

void
dissect_setup(struct dissector *x, uint8_t payload_type, struct bytes payload)
{
    unsigned i = 0;

    while (i < SETUPS - 1 && setups[i].type != payload_type)
        i++;
    x->d->kind = setups[i].kind;
    x->sided = true;
    x->to_bmc = setups[i].to_bmc;
    if (setups[i].take(x, payload))
        return;
    x->d->bad = true;
    summary_add(x, "%s that is cut short, %zu octets", setups[i].name, payload.len);
    line_add(x, 0, "%s that is cut short", setups[i].name);
    line_octets(x, 1, "octets", payload);
}
