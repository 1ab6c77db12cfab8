/*
 * world.h - what a part of a chassis is given of the world: the hour,
 * chance, faults, a tap, an outbox.
 *
 * One world a chassis. Its instant moves only in world_advance(), which
 * fires the timers on the way at their nominal instants; parts never move
 * it and know no other clock. The driver fills in tap and out before the
 * first call and may change them between calls.
 */
#ifndef IPMILAB_ENGINE_WORLD_H
#define IPMILAB_ENGINE_WORLD_H

#include "sim/engine/fault.h"
#include "sim/engine/outbox.h"
#include "sim/engine/rng.h"
#include "sim/engine/tap.h"
#include "sim/engine/timeline.h"

/* 2026-01-01T00:00:00Z, in seconds since 1970. */
#define WORLD_EPOCH_DEFAULT 1767225600u

struct world {
    instant now;
    struct timeline timeline;
    struct rng_key key;          /* of this chassis; streams hang below it */
    struct fault_plan *faults;   /* NULL while no fault was ever armed */
    const struct tap *tap;       /* NULL while nobody listens */
    struct outbox *out;
    uint32_t chassis;            /* number in its lab, for the tap */
    uint64_t epoch_s;            /* lab time 0 in seconds since 1970 */
};

/* Start at instant 0 with nothing armed, no tap, no outbox. */
void world_init(struct world *w, struct rng_key key, uint32_t chassis, uint64_t epoch_s);
void world_free(struct world *w);

/* Fire all timers due at or before to, in their order, then stand at to.
 * An instant that has passed already changes nothing. */
void world_advance(struct world *w, instant to);

/* The instant of the next timer. */
instant world_deadline(const struct world *w);

/* Calendar seconds since 1970 at the present instant. */
uint64_t world_time_s(const struct world *w);

/* Arm a fault here, making the plan at the first; id, which may be NULL, is
 * written on success. See fault_arm(). */
enum status world_arm_fault(struct world *w, const struct fault_rule *rule, uint32_t *id);

/* Emit a TAP_NOTE: a few words at the present instant. */
void world_note(struct world *w, const char *words);

#endif
