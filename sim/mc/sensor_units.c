#include "sim/mc/mc_parts.h"
#include "sim/wire/convert.h"

/* The conversion that the described record of sensor i has. */
static bool
find_convert(const struct mc *mc, uint32_t i, struct convert *out)
{
    struct sdr sdr;

    return sdr_parse(sensor_facts(mc, i)->sdr, &sdr) == SDR_OK && convert_of(&sdr, out);
}

bool
mc_sensor_set_units(struct mc *mc, uint8_t lun, uint8_t number, double value, bool event)
{
    int i = sensor_index(mc, lun, number);
    struct convert convert;
    uint8_t raw;

    if (i < 0 || !find_convert(mc, (uint32_t)i, &convert) || !convert_raw(&convert, value, &raw))
        return false;
    sensor_set_value(mc, (uint32_t)i, raw, !event);
    return true;
}

bool
mc_sensor_in_units(const struct mc *mc, uint8_t lun, uint8_t number, uint8_t raw, double *value)
{
    int i = sensor_index(mc, lun, number);
    struct convert convert;

    return i >= 0 && find_convert(mc, (uint32_t)i, &convert) &&
           convert_value(&convert, raw, value);
}

bool
mc_sensor_units(struct mc *mc, uint8_t lun, uint8_t number, double *value)
{
    int i = sensor_index(mc, lun, number);

    return i >= 0 && sensor_has_reading(&mc->sensors.at[i]) &&
           mc_sensor_in_units(mc, lun, number, sensor_raw_now(mc, (uint32_t)i), value);
}
