#include "sim/host/power.h"

#include <stdlib.h>

/* Loads, in thousandths of what lies between idle and full. */
#define LOAD_FULL 1000
#define LOAD_LEAST 50
#define LOAD_SLOW 600      /* what the slow part of the load adds at most */
#define LOAD_FAST 300
#define LOAD_BOOT 700      /* a boot keeps the processors busy */

enum mode { MODE_OFF, MODE_WAIT, MODE_BOOT, MODE_RUN };

struct change {
    instant at;
    uint16_t cap;          /* 0 = none */
    uint8_t mode;
};

struct power {
    struct world *world;
    struct host *host;
    struct power_facts facts;
    struct rng_key slow, fast;
    uint16_t caps[POWER_LIMITERS];   /* 0 = none */
    unsigned first, count; /* of the ring; count is at least 1 */
    struct change changes[POWER_CHANGES];
};

/* ---- history ---- */

static const struct change *
nth(const struct power *power, unsigned n)
{
    return &power->changes[(power->first + n) % POWER_CHANGES];
}

static const struct change *
last(const struct power *power)
{
    return nth(power, power->count - 1);
}

static void
remember(struct power *power, uint8_t mode, uint16_t cap)
{
    struct change change = { power->world->now, cap, mode };

    if (power->count == POWER_CHANGES) {
        power->first = (power->first + 1) % POWER_CHANGES;
        power->count--;
    }
    power->changes[(power->first + power->count++) % POWER_CHANGES] = change;
}

/* How things were at an instant. */
static const struct change *
then(const struct power *power, instant at)
{
    unsigned n = power->count;

    while (n > 1 && nth(power, n - 1)->at > at)
        n--;
    return nth(power, n - 1);
}

static uint8_t
mode_of(const struct host *host)
{
    if (!host_power_good(host))
        return MODE_OFF;
    switch (host_stage(host)) {
    case HOST_STAGE_NOTHING:
    case HOST_STAGE_SETUP:
    case HOST_STAGE_STOPPED:
        return MODE_WAIT;
    case HOST_STAGE_POST:
        return MODE_BOOT;
    case HOST_STAGE_OS:
    case HOST_STAGE_STOPPING:
        break;
    }
    return MODE_RUN;
}

static void
host_event(void *ctx, enum host_event ev, enum host_cause cause)
{
    struct power *power = ctx;
    uint8_t mode = mode_of(power->host);

    (void)ev;
    (void)cause;
    if (last(power)->mode != mode)
        remember(power, mode, last(power)->cap);
}

/* ---- the model ---- */

/* A value of 0 .. LOAD_FULL that goes straight from one random level to the
 * next in each period. */
static unsigned
wander(struct rng_key key, instant at, instant period)
{
    uint64_t n = at / period;
    int64_t from = (int64_t)(rng_at(key, n) % (LOAD_FULL + 1));
    int64_t to = (int64_t)(rng_at(key, n + 1) % (LOAD_FULL + 1));
    int64_t part = (int64_t)(at % period / (period / LOAD_FULL));

    return (unsigned)(from + (to - from) * part / LOAD_FULL);
}

static unsigned
load_at(const struct power *power, uint8_t mode, instant at)
{
    unsigned fast = wander(power->fast, at, POWER_FAST) * LOAD_FAST / LOAD_FULL;

    if (mode == MODE_WAIT)
        return LOAD_LEAST;
    if (mode == MODE_BOOT)
        return LOAD_BOOT + fast;
    return LOAD_LEAST + wander(power->slow, at, POWER_SLOW) * LOAD_SLOW / LOAD_FULL + fast;
}

static unsigned
wanted(const struct power *power, uint8_t mode, instant at)
{
    const struct power_facts *f = &power->facts;
    unsigned span = f->full > f->idle ? (unsigned)(f->full - f->idle) : 0;

    if (mode == MODE_OFF)
        return f->standby;
    return f->idle + span * load_at(power, mode, at) / LOAD_FULL;
}

uint16_t
power_wanted_at(const struct power *power, instant at)
{
    return (uint16_t)wanted(power, then(power, at)->mode, at);
}

uint16_t
power_at(const struct power *power, instant at)
{
    const struct power_facts *f = &power->facts;
    const struct change *c = then(power, at);
    unsigned watts = wanted(power, c->mode, at), least;

    if (c->mode == MODE_OFF || c->cap == 0)
        return (uint16_t)watts;
    least = c->cap > f->floor ? c->cap : f->floor;
    return (uint16_t)(watts < least ? watts : least);
}

/* ---- statistics ---- */

static void
take(struct power_stats *out, uint16_t watts)
{
    if (watts < out->min)
        out->min = watts;
    if (watts > out->max)
        out->max = watts;
}

void
power_statistics(const struct power *power, instant from, instant to, struct power_stats *out)
{
    uint16_t end = power_at(power, to);
    instant step = SPAN_S(1);
    uint64_t sum = end, samples = 1;

    while (from < to && (to - from) / step >= POWER_SAMPLES_MAX)
        step *= 2;
    *out = (struct power_stats){ .min = end, .max = end };
    for (instant at = (from + step - 1) / step * step; at < to; at += step) {
        uint16_t watts = power_at(power, at);

        take(out, watts);
        sum += watts;
        samples++;
    }
    out->average = (uint16_t)(sum / samples);
}

/* ---- birth, end, cap ---- */

enum status
power_new(struct world *world, struct host *host, const struct power_facts *facts,
          struct power **out)
{
    struct power *power = calloc(1, sizeof *power);
    struct host_listener listener = { .event = host_event, .ctx = power };

    if (power == NULL)
        return ST_NOMEM;
    if (host_listen(host, &listener) != ST_OK) {
        free(power);
        return ST_FULL;
    }
    power->world = world;
    power->host = host;
    power->facts = *facts;
    power->slow = rng_key_named(world->key, "load, slow");
    power->fast = rng_key_named(world->key, "load, fast");
    remember(power, mode_of(host), 0);
    *out = power;
    return ST_OK;
}

void
power_free(struct power *power)
{
    if (power == NULL)
        return;
    host_unlisten(power->host, power);
    free(power);
}

static uint16_t
lowest_cap(const struct power *power)
{
    uint16_t lowest = 0;

    for (unsigned i = 0; i < POWER_LIMITERS; i++)
        if (power->caps[i] && (lowest == 0 || power->caps[i] < lowest))
            lowest = power->caps[i];
    return lowest;
}

void
power_cap_by(struct power *power, enum power_limiter by, uint16_t watts)
{
    uint16_t cap;

    power->caps[by] = watts;
    cap = lowest_cap(power);
    if (last(power)->cap != cap)
        remember(power, last(power)->mode, cap);
}

void
power_cap(struct power *power, uint16_t watts)
{
    power_cap_by(power, POWER_BY_DCMI, watts);
}

const struct power_facts *
power_facts_of(const struct power *power)
{
    return &power->facts;
}
