#include "sim/wire/rmcp.h"

#include "sim/base/rd.h"

#define CLASS_BITS 0x1f

enum rmcp_err
rmcp_parse(struct bytes datagram, struct rmcp *m)
{
    struct rd r = rd_of(datagram);
    uint8_t version = rd_u8(&r);
    uint8_t sequence, kind;

    rd_skip(&r, 1);
    sequence = rd_u8(&r);
    kind = rd_u8(&r);
    if (r.bad)
        return RMCP_SHORT;
    if (version != RMCP_VERSION)
        return RMCP_BAD_VERSION;
    *m = (struct rmcp){
        .sequence = sequence,
        .msg_class = kind & CLASS_BITS,
        .ack = (kind & RMCP_ACK_BIT) != 0,
        .data = rd_rest(&r),
    };
    return RMCP_OK;
}

void
rmcp_build(struct wr *w, const struct rmcp *m)
{
    wr_u8(w, RMCP_VERSION);
    wr_u8(w, 0);
    wr_u8(w, m->sequence);
    wr_u8(w, m->msg_class | (m->ack ? RMCP_ACK_BIT : 0u));
}

bool
rmcp_wants_ack(const struct rmcp *m)
{
    return m->sequence != RMCP_NO_ACK && !m->ack;
}
