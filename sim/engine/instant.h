/*
 * instant.h - points and spans of lab time.
 *
 * An instant is a count of nanoseconds since the lab began; a span is a
 * difference of two. Wall time exists only in sim/io.
 */
#ifndef IPMILAB_ENGINE_INSTANT_H
#define IPMILAB_ENGINE_INSTANT_H

#include <stdint.h>

typedef uint64_t instant;

#define INSTANT_NEVER UINT64_MAX

#define SPAN_US(n) ((instant)(n) * 1000u)
#define SPAN_MS(n) ((instant)(n) * 1000000u)
#define SPAN_S(n)  ((instant)(n) * 1000000000u)

/* at + span, but never past INSTANT_NEVER. */
static inline instant
instant_add(instant at, instant span)
{
    return span > INSTANT_NEVER - at ? INSTANT_NEVER : at + span;
}

#endif
