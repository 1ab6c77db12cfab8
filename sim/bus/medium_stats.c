#include "sim/bus/medium_impl.h"

#define PPM 1000000u

const struct medium_stats *
medium_stats(const struct medium *m)
{
    return &m->stats;
}

const struct medium_node_stats *
medium_node_stats(const struct medium *m, uint8_t address)
{
    const struct medium_node *n = medium_node_at(m, address);

    return n == NULL ? NULL : &n->stats;
}

uint32_t
medium_waiting(const struct medium *m)
{
    uint32_t waiting = 0;

    for (const struct medium_node *n = m->nodes; n != NULL; n = n->next)
        waiting += n->queued;
    return waiting;
}

/* For how long the wire has been in its present state, when it is not free. */
static instant
in_progress(const struct medium *m)
{
    instant since = m->state == JAMMED ? m->jam.since : m->began;

    return m->state == FREE || since > m->world->now ? 0 : m->world->now - since;
}

/* a / b in parts per million, a not above b, without overflow. */
static uint32_t
ppm_of(instant a, instant b)
{
    if (b == 0)
        return 0;
    if (a <= UINT64_MAX / PPM)
        return (uint32_t)(a * PPM / b);
    return (uint32_t)(a / (b / PPM));
}

uint32_t
medium_utilisation_ppm(const struct medium *m)
{
    instant life = m->world->now - m->born;
    instant used = m->stats.busy + m->stats.babble + m->stats.stuck + in_progress(m);
    uint32_t ppm = ppm_of(used < life ? used : life, life);

    return ppm < PPM ? ppm : PPM;
}

bool
medium_is_stuck(const struct medium *m)
{
    return m->state == JAMMED || m->sticks;
}
