#include "sim/mc/sensor.h"

#include <stdlib.h>

#include "sim/base/planted.h"
#include "sim/mc/mc_parts.h"
#include "sim/mc/presence.h"

/* Event data octet 1: what octets 2 and 3 hold. */
#define DATA2_READING_DATA3_THRESHOLD 0x50 /* threshold events */
#define DATA2_SPECIFIC                0xc0 /* discrete: sensor specific extension */
#define DATA3_SPECIFIC                0x30
#define DATA2_OEM                     0x80 /* of an OEM sensor type: PICMG's are */
#define DATA3_OEM                     0x20
#define TYPE_OEM                      0xc0

/* ---- which ---- */

const struct machine_sensor *
sensor_facts(const struct mc *mc, uint32_t i)
{
    return &mc->machine->sensors[i];
}

static uint32_t
place_of(uint8_t lun, uint8_t number)
{
    return (uint32_t)lun << 8 | number;
}

int
sensor_index(const struct mc *mc, uint8_t lun, uint8_t number)
{
    uint32_t low = 0, high = mc->sensors.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct machine_sensor *facts = sensor_facts(mc, middle);

        if (place_of(facts->lun, facts->number) < place_of(lun, number))
            low = middle + 1;
        else
            high = middle;
    }
    if (low == mc->sensors.count || sensor_facts(mc, low)->lun != lun ||
        sensor_facts(mc, low)->number != number)
        return -1;
    return (int)low;
}

bool
sensor_has_reading(const struct sensor *s)
{
    return s->available && !s->absent;
}

bool
sensor_is_threshold(const struct sensor *s)
{
    return s->event_type == EVENT_TYPE_THRESHOLD;
}

uint32_t
sensors_on_lun(const struct mc *mc, uint8_t lun)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < mc->sensors.count; i++)
        n += sensor_facts(mc, i)->lun == lun && !presence_hides(mc, i);
    return n;
}

/* ---- events ---- */

/* One event bit that came (or, deasserted, went). */
struct change {
    unsigned bit;
    bool deasserted;
    bool quiet;
    const uint8_t *data; /* event data; NULL = the sensor's own */
    bool with_offset;
    uint8_t ed2, ed3; /* of a discrete sensor's own */
};

/* The event data that a sensor has to say itself. */
static void
own_data(const struct sensor *s, const struct change *c, uint8_t reading, uint8_t data[3])
{
    if (sensor_is_threshold(s)) {
        data[0] = (uint8_t)(DATA2_READING_DATA3_THRESHOLD | c->bit);
        data[1] = reading;
        data[2] = s->threshold[c->bit / 2];
        return;
    }
    data[0] = (uint8_t)c->bit;
    if (c->ed2 != EVENT_DATA_NONE)
        data[0] |= s->type < TYPE_OEM ? DATA2_SPECIFIC : DATA2_OEM;
    if (c->ed3 != EVENT_DATA_NONE)
        data[0] |= s->type < TYPE_OEM ? DATA3_SPECIFIC : DATA3_OEM;
    data[1] = c->ed2;
    data[2] = c->ed3;
}

static void
given_data(const struct change *c, uint8_t data[3])
{
    data[0] = c->with_offset ? c->data[0] : (uint8_t)((c->data[0] & 0xf0) | c->bit);
    data[1] = c->data[1];
    data[2] = c->data[2];
}

static void
send(struct mc *mc, uint32_t i, const struct change *c)
{
    const struct sensor *s = &mc->sensors.at[i];
    const struct machine_sensor *facts = sensor_facts(mc, i);
    struct mc_event ev = {
        .lun = facts->lun,
        .sensor_type = s->type,
        .sensor_number = facts->number,
        .type_dir = s->event_type,
    };

    if (c->deasserted)
        ev.type_dir |= EVENT_DEASSERTED;
    if (c->data != NULL)
        given_data(c, ev.data);
    else
        own_data(s, c, sensor_raw_now(mc, i), ev.data);
    mc_event(mc, &ev);
}

static bool
may_send(const struct sensor *s, const struct machine_sensor *facts,
         const struct change *c)
{
    uint16_t enabled = c->deasserted ? s->deassert_enabled : s->assert_enabled;

    return !c->quiet && s->events && facts->event_control != EVENTS_NONE &&
           !(PLANTED(DEASSERTIONS_UNSENT) && c->deasserted) &&
           enabled >> c->bit & 1;
}

/* Note an event in the sensor's event status, and send it where it is wanted. */
static void
happened(struct mc *mc, uint32_t i, const struct change *c)
{
    struct sensor *s = &mc->sensors.at[i];
    const struct machine_sensor *facts = sensor_facts(mc, i);
    uint16_t bit = (uint16_t)(1u << c->bit);
    uint16_t supported =
        c->deasserted ? facts->deassert_supported : facts->assert_supported;
    uint16_t *status = c->deasserted ? &s->deassert_status : &s->assert_status;
    uint16_t *other = c->deasserted ? &s->assert_status : &s->deassert_status;
    bool news = !(*status & bit);

    if (facts->auto_rearm)
        *other &= (uint16_t)~bit;
    if (!(supported & bit))
        return;
    *status |= bit;
    if ((news || facts->auto_rearm) && may_send(s, facts, c))
        send(mc, i, c);
}

/* Bring the conditions to now: first what went, the gravest first; then what
 * came, the gravest last. */
static void
become(struct mc *mc, uint32_t i, uint16_t now, struct change c)
{
    struct sensor *s = &mc->sensors.at[i];
    uint16_t gone = s->active & (uint16_t)~now;
    uint16_t come = now & (uint16_t)~s->active;

    s->active = now;
    c.deasserted = true;
    for (c.bit = 16; c.bit-- > 0;)
        if (gone >> c.bit & 1)
            happened(mc, i, &c);
    c.deasserted = false;
    for (c.bit = 0; c.bit < 16; c.bit++)
        if (come >> c.bit & 1)
            happened(mc, i, &c);
}

/* ---- watching ---- */

static void
arm_scan(struct mc *mc)
{
    instant next = (mc->world->now / SENSOR_SCAN + 1) * SENSOR_SCAN;

    if (mc->sensors.watched == 0)
        timeline_disarm(&mc->world->timeline, &mc->sensors.scan);
    else if (!timer_armed(&mc->sensors.scan))
        timeline_arm(&mc->world->timeline, &mc->sensors.scan, next);
}

void
sensor_review(struct mc *mc, uint32_t i)
{
    struct sensor *s = &mc->sensors.at[i];
    bool watch = s->events && !s->absent && sensor_wanders(mc, i) &&
                 sensor_can_cross(mc, i);

    if (watch && !s->watched)
        mc->sensors.watched++;
    else if (!watch && s->watched)
        mc->sensors.watched--;
    s->watched = watch;
    arm_scan(mc);
}

static void
scan(void *ctx, instant at)
{
    struct mc *mc = ctx;

    (void)at;
    for (uint32_t i = 0; i < mc->sensors.count; i++)
        if (mc->sensors.at[i].watched)
            sensor_update(mc, i, false);
    arm_scan(mc);
}

/* ---- changes ---- */

static void
update(struct mc *mc, uint32_t i, struct change c)
{
    const struct sensor *s = &mc->sensors.at[i];

    if (!s->scanning || !sensor_has_reading(s))
        return;
    if (sensor_is_threshold(s))
        become(
            mc, i,
            sensor_conditions(sensor_facts(mc, i), s, sensor_raw_now(mc, i), s->active),
            c);
    else
        become(mc, i, s->states, c);
    sensor_review(mc, i);
}

void
sensor_update(struct mc *mc, uint32_t i, bool quiet)
{
    update(mc, i,
           (struct change){
               .quiet = quiet, .ed2 = EVENT_DATA_NONE, .ed3 = EVENT_DATA_NONE });
}

void
sensor_set_value(struct mc *mc, uint32_t i, uint8_t raw, bool quiet)
{
    struct sensor *s = &mc->sensors.at[i];

    s->value = raw;
    s->available = true;
    s->pinned = true;
    sensor_update(mc, i, quiet);
}

void
sensor_set_states(struct mc *mc, uint32_t i, uint16_t states, bool quiet, uint8_t ed2,
                  uint8_t ed3)
{
    struct sensor *s = &mc->sensors.at[i];
    bool was_absent = presence_says_absent(mc, i);

    s->states = states & SENSOR_STATES;
    s->available = true;
    update(mc, i, (struct change){ .quiet = quiet, .ed2 = ed2, .ed3 = ed3 });
    if (presence_says_absent(mc, i) != was_absent)
        presence_review(mc, quiet);
}

void
sensor_rearm(struct mc *mc, uint32_t i, uint16_t assert_mask, uint16_t deassert_mask)
{
    struct sensor *s = &mc->sensors.at[i];

    s->assert_status &= (uint16_t)~assert_mask;
    s->deassert_status &= (uint16_t)~deassert_mask;
    s->active &= (uint16_t)~assert_mask;
    sensor_update(mc, i, false);
}

void
sensors_rearm(struct mc *mc)
{
    for (uint32_t i = 0; i < mc->sensors.count; i++)
        sensor_rearm(mc, i, SENSOR_STATES, SENSOR_STATES);
}

/* Send an event for each bit of a status that was not set before. */
static void
status_events(struct mc *mc, uint32_t i, uint16_t news, struct change c)
{
    for (c.bit = 0; c.bit < 15; c.bit++)
        if (news >> c.bit & 1 && may_send(&mc->sensors.at[i], sensor_facts(mc, i), &c))
            send(mc, i, &c);
}

void
sensor_set_status(struct mc *mc, uint32_t i, const struct sensor_status *status)
{
    struct sensor *s = &mc->sensors.at[i];
    uint16_t gone = status->deassert_bits & (uint16_t)~s->deassert_status;
    uint16_t come = status->assert_bits & (uint16_t)~s->assert_status;
    struct change c = {
        .data = status->data,
        .with_offset = status->with_offset,
        .ed2 = EVENT_DATA_NONE,
        .ed3 = EVENT_DATA_NONE,
    };
    bool was_absent = presence_says_absent(mc, i);

    s->assert_status = status->assert_bits;
    s->deassert_status = status->deassert_bits;
    if (status->follow && !sensor_is_threshold(s)) {
        s->states = s->active = (status->assert_bits & (uint16_t)~gone) & SENSOR_STATES;
        s->available = true;
    }
    c.deasserted = true;
    status_events(mc, i, gone, c);
    c.deasserted = false;
    status_events(mc, i, come, c);
    if (presence_says_absent(mc, i) != was_absent)
        presence_review(mc, false);
}

/* ---- from outside ---- */

bool
mc_sensor_set_value(struct mc *mc, uint8_t lun, uint8_t number, uint8_t raw, bool event)
{
    int i = sensor_index(mc, lun, number);

    if (i < 0)
        return false;
    sensor_set_value(mc, (uint32_t)i, raw, !event);
    return true;
}

bool
mc_sensor_set_bit(struct mc *mc, uint8_t lun, uint8_t number, uint8_t bit, bool on,
                  bool event)
{
    int i = sensor_index(mc, lun, number);
    uint16_t states;

    if (i < 0 || bit > 14)
        return false;
    states = mc->sensors.at[i].states;
    states = (uint16_t)(on ? states | 1u << bit : states & ~(1u << bit));
    sensor_set_states(mc, (uint32_t)i, states, !event, EVENT_DATA_NONE, EVENT_DATA_NONE);
    return true;
}

bool
mc_sensor_set_bit_only(struct mc *mc, uint8_t lun, uint8_t number, uint8_t bit,
                       bool event)
{
    int i = sensor_index(mc, lun, number);

    if (i < 0 || bit > 14)
        return false;
    mc->sensors.at[i].value = bit;
    sensor_set_states(mc, (uint32_t)i, (uint16_t)(1u << bit), !event, EVENT_DATA_NONE,
                      EVENT_DATA_NONE);
    return true;
}

bool
mc_sensor_raw(struct mc *mc, uint8_t lun, uint8_t number, uint8_t *raw, uint16_t *states)
{
    int i = sensor_index(mc, lun, number);

    if (i < 0)
        return false;
    *raw = sensor_raw_now(mc, (uint32_t)i);
    *states = mc->sensors.at[i].states;
    return true;
}

/* ---- birth and end ---- */

/* As described, but for what the world outside has done since. */
static void
restore(struct mc *mc, uint32_t i)
{
    struct sensor *s = &mc->sensors.at[i];
    const struct machine_sensor *facts = sensor_facts(mc, i);

    s->type = facts->type;
    s->event_type = facts->event_type & 0x7f;
    s->hysteresis_up = facts->hysteresis_up;
    s->hysteresis_down = facts->hysteresis_down;
    for (unsigned t = 0; t < THRESHOLDS; t++)
        s->threshold[t] = facts->threshold[t];
    s->scanning = facts->scanning;
    s->events = facts->events;
    s->active = 0;
    s->assert_enabled = facts->assert_enabled & facts->assert_supported;
    s->deassert_enabled = facts->deassert_enabled & facts->deassert_supported;
    s->assert_status = s->deassert_status = 0;
    sensor_update(mc, i, true);
    sensor_review(mc, i);
}

enum status
sensors_init(struct mc *mc)
{
    struct sensors *sensors = &mc->sensors;

    *sensors = (struct sensors){ 0 };
    sensors->key =
        rng_key_numbered(rng_key_named(mc->world->key, "sensors"), mc->machine->address);
    timer_init(&sensors->scan, TIMER_DEVICE, scan, mc);
    if (mc->machine->sensor_count == 0)
        return ST_OK;
    sensors->at = calloc(mc->machine->sensor_count, sizeof *sensors->at);
    if (sensors->at == NULL)
        return ST_NOMEM;
    sensors->count = mc->machine->sensor_count;
    for (uint32_t i = 0; i < sensors->count; i++) {
        sensors->at[i].value = sensor_facts(mc, i)->value;
        sensors->at[i].states = sensor_facts(mc, i)->states & SENSOR_STATES;
        sensors->at[i].available = sensor_facts(mc, i)->has_value;
    }
    sensors_reset(mc);
    for (uint32_t i = 0; i < sensors->count; i++)
        if (presence_says_absent(mc, i)) {
            presence_review(mc, true);
            break;
        }
    return ST_OK;
}

void
sensors_reset(struct mc *mc)
{
    for (uint32_t i = 0; i < mc->sensors.count; i++)
        restore(mc, i);
}

void
sensors_free(struct mc *mc)
{
    timeline_disarm(&mc->world->timeline, &mc->sensors.scan);
    free(mc->sensors.at);
    mc->sensors = (struct sensors){ 0 };
}
