#include "sim/mc/mc_parts.h"
#include "sim/mc/picmg.h"

/* ---- power ---- */

/* Where nothing is described: a board that can be content with less, and
 * what is no board. */
static const struct machine_power board_power = {
    .delay = 5,
    .multiplier = 10,
    .count = 3,
    .draw = { 20, 90, 150 },
};
static const struct machine_power other_power = {
    .delay = 1,
    .multiplier = 10,
    .count = 1,
    .draw = { 25 },
};

const struct machine_power *
picmg_power(const struct mc *mc, uint8_t fru)
{
    for (uint32_t i = 0; i < mc->machine->power_count; i++)
        if (mc->machine->powers[i].fru == fru)
            return &mc->machine->powers[i];
    return picmg_own_site(mc).type == SITE_BOARD ? &board_power : &other_power;
}

uint32_t
picmg_watts(const struct machine_power *p, uint8_t level)
{
    if (level == 0 || level > p->count)
        return 0;
    return (p->draw[level - 1] * (uint32_t)p->multiplier + 9) / 10;
}

enum ipmi_cc
picmg_set_level(struct picmg_fru *f, uint8_t level)
{
    const struct machine_power *p = picmg_power(f->mc, f->id);
    bool active = picmg_state(f) >= PICMG_M3 && picmg_state(f) <= PICMG_M5;

    if (level == POWER_LEVEL_SAME)
        return CC_OK;
    if (level > p->count)
        return CC_INVALID_FIELD;
    if (level > 0 && !active)
        return CC_STATE;
    f->level = level;
    /* Without power there is nothing to be active with. */
    if (level == 0 && active)
        (void)picmg_activate(f, false);
    return CC_OK;
}

/* ---- fans ---- */

static bool
is_fan(const struct machine_sensor *facts)
{
    return facts->type == SENSOR_FAN && facts->event_type == EVENT_TYPE_THRESHOLD;
}

bool
picmg_has_fans(const struct mc *mc)
{
    for (uint32_t i = 0; i < mc->machine->sensor_count; i++)
        if (is_fan(&mc->machine->sensors[i]))
            return true;
    return false;
}

uint8_t
picmg_fan_level(const struct picmg *p)
{
    if (p->fan_override == FAN_SHUTDOWN)
        return 0;
    if (p->fan_override == FAN_BY_LOCAL)
        return p->fan_local;
    if (!p->fan_local_off && p->fan_local > p->fan_override)
        return p->fan_local;
    return p->fan_override;
}

/* The fans turn at a level: their readings go on wandering, about another
 * value. */
static void
turn(struct mc *mc, uint32_t i, unsigned level)
{
    const struct machine_sensor *facts = sensor_facts(mc, i);
    unsigned raw = (facts->value * level + FAN_NORMAL / 2) / FAN_NORMAL;

    mc->sensors.at[i].value = (uint8_t)(raw < 0xff ? raw : 0xff);
    sensor_update(mc, i, false);
    sensor_review(mc, i);
}

enum ipmi_cc
picmg_set_fans(struct mc *mc, uint8_t level, bool local)
{
    struct picmg *p = picmg_of(mc);

    if (p == NULL)
        return CC_NO_SPACE;
    if (level > FAN_MAX && level != FAN_SHUTDOWN && level != FAN_BY_LOCAL)
        return CC_INVALID_FIELD;
    p->fan_override = level;
    p->fan_local_off = !local;
    for (uint32_t i = 0; i < mc->sensors.count; i++)
        if (is_fan(sensor_facts(mc, i)))
            turn(mc, i, picmg_fan_level(p));
    return CC_OK;
}
