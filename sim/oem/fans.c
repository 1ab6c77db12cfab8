#include "sim/oem/fans.h"

#include "sim/mc/mc_parts.h"
#include "sim/wire/convert.h"

#define TYPE_FAN 0x04

static bool
is_fan(const struct machine_sensor *facts)
{
    return facts->type == TYPE_FAN && facts->event_type == EVENT_TYPE_THRESHOLD &&
           facts->has_value && !facts->mirror;
}

/* What it turns at when left alone, in the units of its record. */
static bool
described_speed(const struct machine_sensor *facts, double *value)
{
    struct convert convert;
    struct sdr sdr;

    return sdr_parse(facts->sdr, &sdr) == SDR_OK && convert_of(&sdr, &convert) &&
           convert_value(&convert, facts->value, value);
}

void
oem_fans_drive(struct mc *mc, uint8_t percent)
{
    for (uint32_t i = 0; i < mc->sensors.count; i++) {
        const struct machine_sensor *facts = sensor_facts(mc, i);
        double speed;

        if (is_fan(facts) && described_speed(facts, &speed))
            (void)mc_sensor_set_units(mc, facts->lun, facts->number,
                                      speed * percent / OEM_FANS_AUTO, true);
    }
}

void
oem_fans_auto(struct mc *mc)
{
    for (uint32_t i = 0; i < mc->sensors.count; i++) {
        const struct machine_sensor *facts = sensor_facts(mc, i);

        if (is_fan(facts))
            sensor_set_value(mc, i, facts->value, true);
    }
}
