#include "sim/mc/sel_sensor.h"

#include "sim/mc/mc_parts.h"

#define EVENT_TYPE_SPECIFIC 0x6f

#define TYPE_LOGGING 0x10
enum { LOG_CLEARED = 2, LOG_DISABLED = 3, LOG_FULL = 4, LOG_ALMOST_FULL = 5 };

#define TYPE_SYSTEM_EVENT 0x12
enum { AUXILIARY_ENTRY = 3, CLOCK_SYNCHRONIZED = 5 };
#define CLOCK_SECOND_OF_PAIR 0x80 /* event data 2; the SEL's clock is 0 */

/* The sensor of that type that supports an offset, or -1. */
static int
sensor_for(const struct mc *mc, uint8_t type, unsigned offset)
{
    int i = mc_sensor_of_type(mc, type);
    const struct machine_sensor *facts;

    if (i < 0)
        return -1;
    facts = sensor_facts(mc, (uint32_t)i);
    if (facts->event_type != EVENT_TYPE_SPECIFIC ||
        !(facts->assert_supported >> offset & 1))
        return -1;
    return i;
}

static void
show(struct mc *mc, uint8_t type, unsigned offset, bool on, bool quiet, uint8_t ed3)
{
    int i = sensor_for(mc, type, offset);
    uint16_t before, after, bit = (uint16_t)(1u << offset);

    if (i < 0)
        return;
    before = mc->sensors.at[i].states;
    after = on ? before | bit : before & (uint16_t)~bit;
    if (after != before)
        sensor_set_states(mc, (uint32_t)i, after, quiet, EVENT_DATA_NONE, ed3);
}

/* Something that happens, and then is over. */
static void
happen(struct mc *mc, uint8_t type, unsigned offset, uint8_t ed2)
{
    int i = sensor_for(mc, type, offset);
    uint16_t states, bit = (uint16_t)(1u << offset);

    if (i < 0)
        return;
    states = mc->sensors.at[i].states & (uint16_t)~bit;
    sensor_set_states(mc, (uint32_t)i, states, true, EVENT_DATA_NONE, EVENT_DATA_NONE);
    sensor_set_states(mc, (uint32_t)i, states | bit, false, ed2, EVENT_DATA_NONE);
    sensor_set_states(mc, (uint32_t)i, states, true, EVENT_DATA_NONE, EVENT_DATA_NONE);
}

static uint8_t
per_cent(const struct sel *sel)
{
    return (uint8_t)(sel->count * 100 / sel->max);
}

static bool
full(const struct sel *sel)
{
    return sel->count + 1 >= sel->max;
}

void
sel_sensor_logged(struct mc *mc)
{
    const struct sel *sel = mc->sel;

    if (per_cent(sel) >= SEL_ALMOST_FULL)
        show(mc, TYPE_LOGGING, LOG_ALMOST_FULL, true, false, per_cent(sel));
    if (full(sel))
        show(mc, TYPE_LOGGING, LOG_FULL, true, false, EVENT_DATA_NONE);
}

void
sel_sensor_erased(struct mc *mc)
{
    const struct sel *sel = mc->sel;

    if (per_cent(sel) < SEL_ALMOST_FULL)
        show(mc, TYPE_LOGGING, LOG_ALMOST_FULL, false, true, EVENT_DATA_NONE);
    if (!full(sel))
        show(mc, TYPE_LOGGING, LOG_FULL, false, true, EVENT_DATA_NONE);
}

void
sel_sensor_cleared(struct mc *mc)
{
    sel_sensor_erased(mc);
    happen(mc, TYPE_LOGGING, LOG_CLEARED, EVENT_DATA_NONE);
}

void
sel_sensor_disabled(struct mc *mc, bool disabled)
{
    show(mc, TYPE_LOGGING, LOG_DISABLED, disabled, !disabled, EVENT_DATA_NONE);
}

void
sel_sensor_clock(struct mc *mc, bool done)
{
    happen(mc, TYPE_SYSTEM_EVENT, CLOCK_SYNCHRONIZED, done ? CLOCK_SECOND_OF_PAIR : 0);
}

void
sel_sensor_auxiliary(struct mc *mc, uint8_t log)
{
    happen(mc, TYPE_SYSTEM_EVENT, AUXILIARY_ENTRY, log);
}
