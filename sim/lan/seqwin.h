/*
 * seqwin.h - which session sequence numbers are fresh.
 * Spec: IPMI v2.0 6.12.12, 6.12.13; v1.5 appendix A.
 *
 * A receiver remembers the highest number it accepted and which of those
 * just below it. A number is fresh when it is not too far ahead, or behind
 * but not seen yet. Arithmetic is modulo 2^32: 0 follows FFFFFFFFh.
 *
 * The window is asked before a packet's code is checked and told only after
 * it was found good, so that a forger moves nothing.
 */
#ifndef IPMILAB_LAN_SEQWIN_H
#define IPMILAB_LAN_SEQWIN_H

#include <stdbool.h>
#include <stdint.h>

/* How far ahead of the highest and behind it a number is accepted. IPMI 1.5
 * fixes 8; for RMCP+ consoles use 15 to 32, and 16 suits all of them. */
#define SEQWIN_LAN15 8
#define SEQWIN_RMCPP 16

struct seqwin {
    uint32_t highest;
    uint32_t seen;    /* bit n: highest - n was accepted, or is from before */
};

/* Expect first as the first number; it, and up to span - 1 above, are fresh. */
void seqwin_start(struct seqwin *w, uint32_t first);

/* True when seq is fresh. */
bool seqwin_fresh(const struct seqwin *w, uint32_t seq, unsigned span);

/* Remember seq, which is fresh. */
void seqwin_take(struct seqwin *w, uint32_t seq);

#endif
