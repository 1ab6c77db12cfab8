/*
 * timeline.h - what happens when, for one chassis.
 *
 * A timer is embedded in whatever it belongs to and armed for one instant.
 * The written tie order: timers fire by (instant, priority, order of
 * arming); never by address or hash. A timer fires at its nominal instant
 * (fire() is told that instant), disarmed, and may arm itself or others
 * again, also for the same instant.
 *
 * Not thread-safe: a timeline belongs to one chassis. Arming allocates only
 * when more timers are armed at once than ever before.
 */
#ifndef IPMILAB_ENGINE_TIMELINE_H
#define IPMILAB_ENGINE_TIMELINE_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/engine/instant.h"

/* Lower fires first at the same instant. */
enum timer_priority {
    TIMER_WIRE,    /* bits and frames arrive */
    TIMER_LINK,    /* a held datagram is let go */
    TIMER_DEVICE,  /* controllers act: sensors, watchdog, power */
    TIMER_EXPIRY,  /* sessions, reservations, bridge entries time out */
};

struct timer {
    instant at;
    uint64_t order;               /* of arming; breaks ties */
    void (*fire)(void *ctx, instant at);
    void *ctx;
    uint32_t slot;                /* place in the heap + 1; 0 = disarmed */
    uint8_t priority;
};

struct timeline {
    struct timer **heap;
    uint32_t count;
    uint32_t room;
    uint64_t order;
};

/* Empty; owns nothing yet. */
void timeline_init(struct timeline *tl);

/* Forget all timers and free the heap; the timers stay their owners'. */
void timeline_free(struct timeline *tl);

/* Prepare a timer, disarmed. */
void timer_init(struct timer *t, enum timer_priority priority,
                void (*fire)(void *ctx, instant at), void *ctx);

/*
 * Arm t for at, moving it when it is armed already; its place among equals
 * is that of this call. False, and t disarmed, when memory ran out.
 */
bool timeline_arm(struct timeline *tl, struct timer *t, instant at);

/* Disarm; nothing happens when it is disarmed already. */
void timeline_disarm(struct timeline *tl, struct timer *t);

/* True while armed. */
static inline bool
timer_armed(const struct timer *t)
{
    return t->slot != 0;
}

/* The instant of the next timer; INSTANT_NEVER when none is armed. */
instant timeline_next(const struct timeline *tl);

/* Take the next timer due at or before until, disarmed; NULL when none is. */
struct timer *timeline_take(struct timeline *tl, instant until);

#endif
