#include "sim/wire/ipmb.h"

#include "sim/base/planted.h"
#include "sim/base/rd.h"
#include "sim/base/sum.h"

#define HEADER_LEN 3   /* what chk1 closes: address, netFn/LUN, chk1 */

enum ipmb_err
ipmb_parse(struct bytes frame, struct ipmb_frame *f)
{
    struct ipmb_frame got = { .broadcast = frame.len > 0 && frame.at[0] == IPMB_BROADCAST };
    struct rd r = rd_of(frame);
    uint8_t v;

    if (got.broadcast)
        rd_skip(&r, 1);
    if (rd_left(&r) < IPMB_FRAME_MIN)
        return IPMB_SHORT;
    if (!sum_ok(rd_rest(&r).at, HEADER_LEN))
        return IPMB_BAD_HEADER_SUM;
    got.target = rd_u8(&r);
    v = rd_u8(&r);
    got.netfn = v >> 2;
    got.target_lun = v & 3;
    rd_skip(&r, 1);
    if (!PLANTED(IPMB_SUM_UNCHECKED) && !sum_ok(rd_rest(&r).at, rd_left(&r)))
        return IPMB_BAD_DATA_SUM;
    got.source = rd_u8(&r);
    v = rd_u8(&r);
    got.seq = v >> 2;
    got.source_lun = v & 3;
    got.cmd = rd_u8(&r);
    got.data = rd_bytes(&r, rd_left(&r) - 1);
    *f = got;
    return IPMB_OK;
}

/* Close a run of octets that begins where w held start octets. */
static void
put_sum(struct wr *w, size_t start)
{
    wr_u8(w, sum_of(w->start + start, wr_len(w) - start));
}

void
ipmb_build(struct wr *w, const struct ipmb_frame *f)
{
    size_t start;

    if (f->broadcast)
        wr_u8(w, IPMB_BROADCAST);
    start = wr_len(w);
    wr_u8(w, f->target);
    wr_u8(w, (unsigned)f->netfn << 2 | (f->target_lun & 3u));
    put_sum(w, start);
    start = wr_len(w);
    wr_u8(w, f->source);
    wr_u8(w, (unsigned)f->seq << 2 | (f->source_lun & 3u));
    wr_u8(w, f->cmd);
    wr_span(w, f->data);
    put_sum(w, start);
}

struct ipmb_frame
ipmb_answer_to(const struct ipmb_frame *rq)
{
    return (struct ipmb_frame){
        .target = rq->source, .target_lun = rq->source_lun,
        .source = rq->target, .source_lun = rq->target_lun,
        .netfn = rq->netfn | 1, .seq = rq->seq, .cmd = rq->cmd,
    };
}

const char *
ipmb_err_text(enum ipmb_err err)
{
    static const char *const words[] = {
        [IPMB_OK] = "good",
        [IPMB_SHORT] = "too short",
        [IPMB_BAD_HEADER_SUM] = "header checksum",
        [IPMB_BAD_DATA_SUM] = "data checksum",
    };

    return (unsigned)err < sizeof words / sizeof words[0] ? words[err] : "unknown";
}
