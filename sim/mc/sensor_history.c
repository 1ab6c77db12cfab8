#include "sim/mc/sensor_history.h"

#include <stdlib.h>

#include "sim/mc/mc_parts.h"

#define NO_READING 0xffff /* states have 15 bits, raw readings 8 */

struct sensor_history {
    struct mc *mc;
    struct timer next;
    instant period;
    uint32_t room;        /* samples a sensor */
    uint32_t count;
    uint32_t end;         /* place of the next sample in each ring */
    instant last;         /* of the newest sample */
    uint16_t at[];        /* a ring of room for each sensor in turn */
};

static uint16_t
reading_of(const struct mc *mc, uint32_t i)
{
    const struct sensor *s = &mc->sensors.at[i];

    if (!mc->enabled || !s->scanning || !sensor_has_reading(s))
        return NO_READING;
    return sensor_is_threshold(s) ? sensor_raw_now(mc, i) : s->states;
}

static void
arm(struct sensor_history *h)
{
    instant now = h->mc->world->now;

    (void)timeline_arm(&h->mc->world->timeline, &h->next,
                       instant_add(now, h->period - now % h->period));
}

static void
sample(void *ctx, instant at)
{
    struct sensor_history *h = ctx;

    for (uint32_t i = 0; i < h->mc->sensors.count; i++)
        h->at[(size_t)i * h->room + h->end] = reading_of(h->mc, i);
    h->end = (h->end + 1) % h->room;
    if (h->count < h->room)
        h->count++;
    h->last = at;
    arm(h);
}

enum status
sensor_history_begin(struct mc *mc, uint32_t samples, instant period)
{
    struct sensor_history *h;

    if (samples == 0 || samples > SENSOR_HISTORY_MAX || period < SPAN_MS(1))
        return ST_INVALID;
    if (mc->sensors.count == 0)
        return ST_MISSING;
    h = malloc(sizeof *h + (size_t)mc->sensors.count * samples * sizeof h->at[0]);
    if (h == NULL)
        return ST_NOMEM;
    sensor_history_end(mc);
    *h = (struct sensor_history){ .mc = mc, .period = period, .room = samples };
    timer_init(&h->next, TIMER_EXPIRY, sample, h);
    mc->history = h;
    arm(h);
    return ST_OK;
}

void
sensor_history_end(struct mc *mc)
{
    if (mc->history == NULL)
        return;
    timeline_disarm(&mc->world->timeline, &mc->history->next);
    free(mc->history);
    mc->history = NULL;
}

enum status
sensor_history_init(struct mc *mc)
{
    const struct machine_mc *machine = mc->machine;
    uint32_t ms = machine->history_ms ? machine->history_ms : SENSOR_HISTORY_MS_DEFAULT;

    if (machine->history == 0 || mc->sensors.count == 0)
        return ST_OK;
    return sensor_history_begin(mc, machine->history, SPAN_MS(ms));
}

void
sensor_history_reset(struct mc *mc)
{
    (void)mc;
}

void
sensor_history_free(struct mc *mc)
{
    sensor_history_end(mc);
}

uint32_t
sensor_history_count(const struct mc *mc)
{
    return mc->history != NULL ? mc->history->count : 0;
}

bool
sensor_history_get(const struct mc *mc, uint32_t i, uint32_t n, struct sensor_sample *out)
{
    const struct sensor_history *h = mc->history;
    uint16_t reading;

    if (h == NULL || i >= mc->sensors.count || n >= h->count)
        return false;
    reading = h->at[(size_t)i * h->room + (h->end + h->room - h->count + n) % h->room];
    *out = (struct sensor_sample){
        .at = h->last - (h->count - 1 - n) * h->period,
        .available = reading != NO_READING,
        .reading = reading != NO_READING ? reading : 0,
    };
    return true;
}
