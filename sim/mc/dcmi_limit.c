#include <stdlib.h>

#include "sim/mc/dcmi.h"
#include "sim/mc/mc_parts.h"
#include "sim/wire/sdr.h"

#define CC_WATTS      CC_CMD_84
#define CC_CORRECTION CC_CMD_85
#define CC_PERIOD     ((enum ipmi_cc)0x89)
#define ACTION_OEM_LAST 0x10

#define UNIT_WATTS 6
#define TYPE_TEMPERATURE 0x01
#define TYPE_POWER_UNIT 0x09
#define EVENT_TYPE_LIMIT 0x05
#define LIMIT_EXCEEDED 1
#define ENTITY_INLET 0x40
#define ENTITY_POWER_SUPPLY 0x0a

/* ---- reading ---- */

void
dcmi_read_power(const struct mc *mc, instant span, struct dcmi_reading *out)
{
    const struct dcmi *dcmi = mc->dcmi;
    instant now = mc->world->now, past = now - dcmi->began;

    *out = (struct dcmi_reading){ 0 };
    if (dcmi->power == NULL)
        return;
    if (span > past)
        span = past;
    out->now = power_at(dcmi->power, now);
    power_statistics(dcmi->power, now - span, now, &out->stats);
    out->period_ms = (uint32_t)(span / SPAN_MS(1));
}

/* ---- exceptions ---- */

/* The next record from *n on of a sensor of ours that counts watts. */
static bool
next_watts(const struct mc *mc, uint32_t *n, struct sdr *sdr)
{
    struct bytes record;
    uint16_t id;

    while ((record = sdr_nth(mc, (*n)++, &id)).len > 0)
        if (sdr_parse(record, sdr) == SDR_OK && sdr_is_sensor(sdr) &&
            sdr->u.sensor.owner == mc->machine->address &&
            sdr->u.sensor.units[1] == UNIT_WATTS)
            return true;
    return false;
}

/* The sensor that stands for the power of it all: the first that counts
 * watts, but one of a power supply only when there is no other. */
static void
power_sensor(const struct mc *mc, struct mc_event *ev)
{
    bool any = false, whole = false;
    struct sdr sdr;

    ev->sensor_type = TYPE_POWER_UNIT;
    for (uint32_t n = 0; !whole && next_watts(mc, &n, &sdr);) {
        whole = sdr.u.sensor.entity != ENTITY_POWER_SUPPLY;
        if (any && !whole)
            continue;
        any = true;
        ev->lun = sdr.u.sensor.lun;
        ev->sensor_type = sdr.u.sensor.type;
        ev->sensor_number = sdr.u.sensor.number;
    }
}

static void
tell_limit(struct mc *mc, struct mc_event *ev, bool exceeded)
{
    ev->type_dir = EVENT_TYPE_LIMIT | (exceeded ? 0 : EVENT_DEASSERTED);
    ev->data[0] = LIMIT_EXCEEDED;
    ev->data[1] = ev->data[2] = EVENT_DATA_NONE;
    mc_event(mc, ev);
}

static void
switch_off(struct mc *mc)
{
    if (mc->opts.host != NULL)
        (void)host_do(mc->opts.host, HOST_OP_OFF, CAUSE_UNKNOWN);
}

/* What became of something that is watched. */
enum verdict { NOTHING_NEW, EXCEEDED, WITHIN_AGAIN };

/* Look: over says how it is now. *next is brought forward to the instant at
 * which it would have been over for too long. */
static enum verdict
look(struct dcmi_watch *watch, bool over, instant now, instant patience, instant *next)
{
    bool acted = watch->acted;
    instant due;

    if (!over) {
        *watch = (struct dcmi_watch){ 0 };
        return acted ? WITHIN_AGAIN : NOTHING_NEW;
    }
    if (!watch->over)
        watch->since = now;
    watch->over = true;
    due = instant_add(watch->since, patience);
    if (acted)
        return NOTHING_NEW;
    if (now < due) {
        *next = due < *next ? due : *next;
        return NOTHING_NEW;
    }
    watch->acted = true;
    return EXCEEDED;
}

/* True while there is something to look at. */
static bool
watch_power(struct mc *mc, instant *next)
{
    struct dcmi *dcmi = mc->dcmi;
    struct dcmi_power_limit *limit = &dcmi->limit;
    bool logs = limit->action == DCMI_ACTION_OFF || limit->action == DCMI_ACTION_LOG;
    struct mc_event ev = { 0 };
    enum verdict verdict;
    instant now = mc->world->now;

    if (!limit->active || !logs || dcmi->power == NULL)
        return false;
    verdict = look(&limit->watch, power_at(dcmi->power, now) > limit->watts, now,
                   SPAN_MS(limit->correction_ms), next);
    if (verdict == NOTHING_NEW)
        return true;
    power_sensor(mc, &ev);
    tell_limit(mc, &ev, verdict == EXCEEDED);
    if (verdict == EXCEEDED && limit->action == DCMI_ACTION_OFF) {
        if (mc->chassis != NULL)
            mc->chassis->down_for = CHASSIS_OVERLOAD;
        switch_off(mc);
    }
    return true;
}

static bool
watch_thermal(struct mc *mc, uint8_t instance, instant *next)
{
    struct dcmi_thermal_limit *limit = &mc->dcmi->thermal[instance - 1];
    struct dcmi_temperature t = { 0 };
    struct mc_event ev;
    enum verdict verdict;

    if (!(limit->action & DCMI_THERMAL_ACTIONS) ||
        !dcmi_temperature(mc, ENTITY_INLET, instance, &t))
        return false;
    verdict = look(&limit->watch, t.available && t.celsius > limit->celsius, mc->world->now,
                   SPAN_S(limit->seconds), next);
    if (verdict == NOTHING_NEW)
        return true;
    ev = (struct mc_event){
        .lun = t.lun, .sensor_type = TYPE_TEMPERATURE, .sensor_number = t.number,
    };
    tell_limit(mc, &ev, verdict == EXCEEDED);
    if (verdict == EXCEEDED && limit->action & DCMI_THERMAL_OFF)
        switch_off(mc);
    return true;
}

void
dcmi_review(struct mc *mc)
{
    struct dcmi *dcmi = mc->dcmi;
    struct timeline *tl = &mc->world->timeline;
    instant next = instant_add(mc->world->now, DCMI_SCAN);
    bool watching = watch_power(mc, &next);

    for (unsigned i = 1; i <= dcmi->thermal_count; i++)
        if (watch_thermal(mc, (uint8_t)i, &next))
            watching = true;
    if (watching)
        (void)timeline_arm(tl, &dcmi->scan, next);
    else
        timeline_disarm(tl, &dcmi->scan);
}

/* ---- limits ---- */

static void
throttle(struct dcmi *dcmi)
{
    if (dcmi->power != NULL)
        power_cap(dcmi->power, dcmi->limit.active ? dcmi->limit.watts : 0);
}

enum ipmi_cc
dcmi_set_power_limit(struct mc *mc, const struct dcmi_power_limit *limit)
{
    struct dcmi_power_limit *own = &mc->dcmi->limit;

    if (limit->action > ACTION_OEM_LAST && limit->action != DCMI_ACTION_LOG)
        return CC_INVALID_FIELD;
    if (limit->watts == 0 || limit->watts > DCMI_LIMIT_MAX)
        return CC_WATTS;
    if (limit->correction_ms > DCMI_CORRECTION_MAX)
        return CC_CORRECTION;
    if (limit->period_s > DCMI_PERIOD_MAX)
        return CC_PERIOD;
    *own = (struct dcmi_power_limit){
        .action = limit->action, .watts = limit->watts, .correction_ms = limit->correction_ms,
        .period_s = limit->period_s ? limit->period_s : own->period_s, .active = own->active,
    };
    throttle(mc->dcmi);
    dcmi_review(mc);
    return CC_OK;
}

void
dcmi_activate_power_limit(struct mc *mc, bool active)
{
    struct dcmi_power_limit *limit = &mc->dcmi->limit;

    if (limit->active == active)
        return;
    limit->active = active;
    limit->watch = (struct dcmi_watch){ 0 };
    throttle(mc->dcmi);
    dcmi_review(mc);
}

struct dcmi_thermal_limit *
dcmi_thermal_edit(struct mc *mc, uint8_t instance)
{
    struct dcmi *dcmi = mc->dcmi;
    unsigned count = dcmi_instances(mc, ENTITY_INLET);
    struct dcmi_thermal_limit *more;

    if (instance == 0 || instance > count || count > UINT8_MAX)
        return NULL;
    if (instance > dcmi->thermal_count) {
        more = realloc(dcmi->thermal, count * sizeof *more);
        if (more == NULL)
            return NULL;
        for (unsigned i = dcmi->thermal_count; i < count; i++)
            more[i] = (struct dcmi_thermal_limit){ 0 };
        dcmi->thermal = more;
        dcmi->thermal_count = (uint8_t)count;
    }
    return &dcmi->thermal[instance - 1];
}

struct dcmi_thermal_limit
dcmi_thermal(const struct mc *mc, uint8_t instance)
{
    const struct dcmi *dcmi = mc->dcmi;

    if (instance == 0 || instance > dcmi->thermal_count)
        return (struct dcmi_thermal_limit){ 0 };
    return dcmi->thermal[instance - 1];
}
