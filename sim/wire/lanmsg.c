#include "sim/wire/lanmsg.h"

#include "sim/base/planted.h"
#include "sim/base/rd.h"
#include "sim/base/sum.h"

#define HEADER_LEN 3
#define LUN_BITS 0x03

enum lanmsg_err
lanmsg_parse(struct bytes in, struct lanmsg *m)
{
    struct rd r = rd_of(in);
    struct lanmsg got;
    uint8_t b;

    if (in.len < LANMSG_LEN_MIN)
        return LANMSG_SHORT;
    if (!PLANTED(LAN_HEADER_SUM_UNCHECKED) && !sum_ok(in.at, HEADER_LEN))
        return LANMSG_BAD_HEADER_SUM;
    if (!PLANTED(LAN_DATA_SUM_UNCHECKED) &&
        !sum_ok(in.at + HEADER_LEN, in.len - HEADER_LEN))
        return LANMSG_BAD_DATA_SUM;
    got.to = rd_u8(&r);
    b = rd_u8(&r);
    got.netfn = b >> 2;
    got.to_lun = b & LUN_BITS;
    rd_skip(&r, 1);
    got.from = rd_u8(&r);
    b = rd_u8(&r);
    got.rq_seq = b >> 2;
    got.from_lun = b & LUN_BITS;
    got.cmd = rd_u8(&r);
    got.data = rd_bytes(&r, rd_left(&r) - 1);
    *m = got;
    return LANMSG_OK;
}

static void
build_header(struct wr *w, const struct lanmsg *m)
{
    uint8_t head[2] = { m->to, (uint8_t)(m->netfn << 2 | (m->to_lun & LUN_BITS)) };

    wr_bytes(w, head, sizeof head);
    wr_u8(w, sum_of(head, sizeof head));
}

static void
build_body(struct wr *w, const struct lanmsg *m)
{
    wr_u8(w, m->from);
    wr_u8(w, (unsigned)m->rq_seq << 2 | (m->from_lun & LUN_BITS));
    wr_u8(w, m->cmd);
}

static void
build_end(struct wr *w, const uint8_t *body, const struct lanmsg *m)
{
    wr_span(w, m->data);
    wr_u8(w, sum_of(body, (size_t)(w->at - body)));
}

void
lanmsg_build(struct wr *w, const struct lanmsg *m)
{
    const uint8_t *body;

    build_header(w, m);
    body = w->at;
    build_body(w, m);
    build_end(w, body, m);
}

void
lanmsg_build_response(struct wr *w, const struct lanmsg *m, uint8_t cc)
{
    const uint8_t *body;

    build_header(w, m);
    body = w->at;
    build_body(w, m);
    wr_u8(w, cc);
    build_end(w, body, m);
}
