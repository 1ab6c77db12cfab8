#include "emu/sensor_sdr.h"

#include "emu/build.h"
#include "sim/wire/sdr.h"

/* Bits of octet 11 of a record. */
#define INIT_EVENTS 0x20
#define INIT_TYPE 0x04
#define DEFAULT_EVENTS 0x02

#define TYPE_SESSION_AUDIT 0x2a

/* Octets 19 and 20: thresholds that can be read and set. */
#define READABLE 0x3f
#define SETTABLE 0x3f
#define SETTABLE_AT 8

/* Bits of octet 31. */
#define GIVEN_NOMINAL 0x01
#define GIVEN_NORMAL_RANGE 0x06

static bool
parse(struct bytes record, struct sdr *sdr)
{
    return sdr_parse(record, sdr) == SDR_OK && sdr_is_sensor(sdr);
}

bool
sensor_key_of(struct bytes record, struct sensor_key *key)
{
    struct sdr sdr;

    if (!parse(record, &sdr))
        return false;
    key->owner = sdr.u.sensor.owner;
    key->lun = sdr.u.sensor.lun & 3;
    key->number = sdr.u.sensor.number;
    key->share = sdr.u.sensor.share ? sdr.u.sensor.share : 1;
    return key->number != 0xff;
}

/* The threshold bits of an SDR stand in the order of enum threshold: LNC LC
 * LNR UNC UC UNR from bit 0. Some records only say which comparisons a
 * reading returns, octets 16 and 18 [6:4]. */
static uint8_t
threshold_mask(const struct sdr_sensor *facts)
{
    unsigned lower = (facts->assert_mask >> 12) & 7, upper = (facts->deassert_mask >> 12) & 7;
    unsigned readable = facts->reading_mask & READABLE;
    unsigned settable = facts->reading_mask >> SETTABLE_AT & SETTABLE;

    return (uint8_t)(readable | settable | lower | upper << 3);
}

static void
take_thresholds(struct machine_sensor *s, const struct sdr *sdr)
{
    const struct sdr_sensor *facts = &sdr->u.sensor;

    s->threshold_access = (facts->caps >> 2) & 3;
    if (s->threshold_access == ACCESS_NONE || s->event_type != 1)
        return;
    s->threshold_mask = threshold_mask(facts);
    if (facts->reading_mask & (READABLE | SETTABLE << SETTABLE_AT)) {
        s->threshold_hidden = s->threshold_mask & (uint8_t)~facts->reading_mask;
        s->threshold_fixed =
            s->threshold_mask & (uint8_t)~(facts->reading_mask >> SETTABLE_AT);
    }
    if (sdr->type == SDR_FULL)
        for (unsigned i = 0; i < THRESHOLDS; i++)
            s->threshold[i] = facts->threshold[THRESHOLDS - 1 - i];
}

static uint16_t
event_bits(const struct machine_sensor *s)
{
    return s->event_type == 1 ? 0x0fff : 0x7fff;
}

static void
take_hysteresis(struct machine_sensor *s, const struct sdr_sensor *facts)
{
    s->hysteresis_access = (facts->caps >> 4) & 3;
    if (s->hysteresis_access == ACCESS_NONE)
        return;
    s->hysteresis_up = facts->hysteresis_up;
    s->hysteresis_down = facts->hysteresis_down;
}

/* An event-only record has no masks: its sensor sends an event for whatever
 * comes to be, each time. Sessions are audited once somebody enables it: a log
 * of all would be full soon. */
static void
take_event_only(struct machine_sensor *s, unsigned told)
{
    s->auto_rearm = true;
    if (told & TOLD_EVENTS)
        return;
    s->assert_supported = event_bits(s);
    s->assert_enabled = s->type == TYPE_SESSION_AUDIT ? 0 : s->assert_supported;
}

static void
take_events(struct machine_sensor *s, const struct sdr_sensor *facts)
{
    uint16_t bits = event_bits(s);

    s->event_control = facts->caps & 3;
    s->assert_supported = s->assert_enabled = facts->assert_mask & bits;
    s->deassert_supported = s->deassert_enabled = facts->deassert_mask & bits;
    s->events = (facts->init & (INIT_EVENTS | DEFAULT_EVENTS)) != 0;
}

void
sensor_from_sdr(struct machine_sensor *s, struct bytes record, unsigned told)
{
    struct sdr sdr;
    const struct sdr_sensor *facts = &sdr.u.sensor;

    if (!parse(record, &sdr))
        return;
    if (sdr.type == SDR_EVENT_ONLY) {
        take_event_only(s, told);
        return;
    }
    if (facts->init & INIT_TYPE) {
        s->type = facts->type;
        s->event_type = facts->event_type;
    }
    s->auto_rearm = (facts->caps & 0x40) != 0;
    s->format = sdr.type == SDR_FULL ? facts->units[0] >> 6 : 3;
    if (!(told & TOLD_THRESHOLDS))
        take_thresholds(s, &sdr);
    if (!(told & TOLD_HYSTERESIS))
        take_hysteresis(s, facts);
    if (!(told & TOLD_EVENTS))
        take_events(s, facts);
}

void
sensor_begin_from_sdr(struct machine_sensor *s, struct bytes record)
{
    struct sdr sdr;

    if (!parse(record, &sdr))
        return;
    s->event_only = sdr.type == SDR_EVENT_ONLY;
    s->type = sdr.u.sensor.type;
    s->event_type = sdr.u.sensor.event_type;
    s->scanning = s->events = true;
}

int
sensor_raw_to_int(uint8_t raw, uint8_t format)
{
    if (format == 1)
        return raw & 0x80 ? -(int)(uint8_t)~raw : raw;
    if (format == 2)
        return (int8_t)raw;
    return raw;
}

uint8_t
sensor_int_to_raw(int v, uint8_t format)
{
    return (uint8_t)(format == 1 && v < 0 ? ~(-v) : v);
}

static uint8_t
between(uint8_t low, uint8_t high, uint8_t format)
{
    int sum = sensor_raw_to_int(low, format) + sensor_raw_to_int(high, format);

    return sensor_int_to_raw(sum / 2, format);
}

/* Where readings are at home: between the innermost thresholds, else
 * between all that can be read; some records leave that out. */
static uint8_t
middle(const struct machine_sensor *s, const struct sdr_sensor *facts)
{
    uint8_t low = facts->min, high = facts->max;

    if (sensor_raw_to_int(high, s->format) <= sensor_raw_to_int(low, s->format)) {
        low = s->format == 0 ? 0 : sensor_int_to_raw(-127, s->format);
        high = s->format == 0 ? 255 : 127;
    }
    for (unsigned i = THR_LNR + 1; i-- > THR_LNC;)
        if (s->threshold_mask & 1u << i)
            low = s->threshold[i];
    for (unsigned i = THR_UNR + 1; i-- > THR_UNC;)
        if (s->threshold_mask & 1u << i)
            high = s->threshold[i];
    return between(low, high, s->format);
}

void
sensor_value_from_sdr(struct machine_sensor *s, struct bytes record)
{
    struct sdr sdr;
    const struct sdr_sensor *facts = &sdr.u.sensor;

    s->has_value = !s->event_only;
    s->states = 0;
    if (s->event_type != 1 || !parse(record, &sdr) || sdr.type != SDR_FULL)
        return;
    if (facts->given & GIVEN_NOMINAL)
        s->value = facts->nominal;
    else if ((facts->given & GIVEN_NORMAL_RANGE) == GIVEN_NORMAL_RANGE)
        s->value = between(facts->normal_min, facts->normal_max, s->format);
    else
        s->value = middle(s, facts);
}
