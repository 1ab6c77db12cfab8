#include "sim/lan/seqwin.h"

#include "sim/base/planted.h"

#define SEEN_BITS 32

void
seqwin_start(struct seqwin *w, uint32_t first)
{
    w->highest = first - 1;
    w->seen = UINT32_MAX;
}

bool
seqwin_fresh(const struct seqwin *w, uint32_t seq, unsigned span)
{
    uint32_t ahead = seq - w->highest;
    uint32_t behind = w->highest - seq;

    if (ahead >= 1 && ahead <= span)
        return true;
    return behind <= span && behind < SEEN_BITS &&
           (!(w->seen >> behind & 1) || PLANTED(REPLAY_ANSWERED));
}

void
seqwin_take(struct seqwin *w, uint32_t seq)
{
    uint32_t ahead = seq - w->highest;
    uint32_t behind = w->highest - seq;

    if (behind < SEEN_BITS) {
        w->seen |= UINT32_C(1) << behind;
        return;
    }
    w->seen = ahead < SEEN_BITS ? w->seen << ahead | 1 : 1;
    w->highest = seq;
}
