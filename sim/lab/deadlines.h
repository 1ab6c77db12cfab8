/*
 * deadlines.h - which of many chassis has something to do next.
 *
 * A heap of (instant, chassis number), lowest first, with each chassis'
 * place remembered, so that a change costs a few steps however many there
 * are. Chassis without a deadline stand in it at INSTANT_NEVER.
 */
#ifndef IPMILAB_LAB_DEADLINES_H
#define IPMILAB_LAB_DEADLINES_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/engine/instant.h"

struct deadlines {
    uint32_t *heap;      /* chassis numbers */
    uint32_t *place;     /* by chassis number: index into heap */
    instant *at;         /* by chassis number */
    uint32_t count, room;
};

/* Room for chassis 0 .. room - 1; false when memory ran out. */
bool deadlines_reserve(struct deadlines *d, uint32_t room);
void deadlines_free(struct deadlines *d);

/* Set chassis' deadline. New chassis come in order of number. */
void deadlines_set(struct deadlines *d, uint32_t chassis, instant at);

/* The earliest deadline (INSTANT_NEVER when there is none), and whose it is:
 * the lowest number of those that share it. */
instant deadlines_next(const struct deadlines *d);
uint32_t deadlines_first(const struct deadlines *d);

#endif
