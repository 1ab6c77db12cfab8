#include "sim/wire/asf.h"

#include "sim/base/rd.h"

#define PONG_RESERVED 6

bool
asf_parse(struct bytes in, struct asf *m)
{
    struct rd r = rd_of(in);
    uint32_t iana = rd_be32(&r);
    uint8_t type = rd_u8(&r);
    uint8_t tag = rd_u8(&r);
    uint8_t len;

    rd_skip(&r, 1);
    len = rd_u8(&r);
    if (r.bad || iana != ASF_IANA || rd_left(&r) != len)
        return false;
    *m = (struct asf){ .type = type, .tag = tag, .data = rd_rest(&r) };
    return true;
}

void
asf_build(struct wr *w, const struct asf *m)
{
    wr_be32(w, ASF_IANA);
    wr_u8(w, m->type);
    wr_u8(w, m->tag);
    wr_u8(w, 0);
    wr_u8(w, (unsigned)m->data.len);
    wr_span(w, m->data);
}

bool
asf_pong_parse(struct bytes data, struct asf_pong *p)
{
    struct rd r = rd_of(data);
    struct asf_pong got;

    got.iana = rd_be32(&r);
    got.oem = rd_be32(&r);
    got.entities = rd_u8(&r);
    got.interactions = rd_u8(&r);
    rd_skip(&r, PONG_RESERVED);
    if (!rd_done(&r))
        return false;
    *p = got;
    return true;
}

void
asf_pong_build(struct wr *w, const struct asf_pong *p)
{
    wr_be32(w, p->iana);
    wr_be32(w, p->oem);
    wr_u8(w, p->entities);
    wr_u8(w, p->interactions);
    wr_fill(w, 0, PONG_RESERVED);
}
