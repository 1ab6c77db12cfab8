#include "sim/wire/sol.h"

#include "sim/base/rd.h"

#define SEQ_BITS 0x0f
#define FLAG_BITS 0x7f

bool
sol_parse(struct bytes in, struct sol_packet *p)
{
    struct rd r = rd_of(in);
    struct sol_packet got = {
        .seq = rd_u8(&r) & SEQ_BITS,
        .ack = rd_u8(&r) & SEQ_BITS,
        .accepted = rd_u8(&r),
        .flags = rd_u8(&r) & FLAG_BITS,
    };

    got.chars = rd_rest(&r);
    if (r.bad || got.chars.len > SOL_CHARS_MAX)
        return false;
    *p = got;
    return true;
}

void
sol_build(struct wr *w, const struct sol_packet *p)
{
    wr_u8(w, p->seq);
    wr_u8(w, p->ack);
    wr_u8(w, p->accepted);
    wr_u8(w, p->flags);
    wr_span(w, p->chars);
}
