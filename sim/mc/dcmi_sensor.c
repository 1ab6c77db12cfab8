#include <math.h>

#include "sim/mc/dcmi.h"
#include "sim/mc/mc_parts.h"
#include "sim/wire/sdr.h"

#define TYPE_TEMPERATURE 0x01
#define FORMAT_SHIFT 6               /* of units 1: how a raw value is to be read */
#define FORMAT_NONE 3
#define LINEAR_BITS 0x7f

enum { UNIT_CELSIUS = 1, UNIT_FAHRENHEIT = 2, UNIT_KELVIN = 3 };

/* DCMI's entity ids and those that IPMI has for the same things. */
static const struct {
    uint8_t dcmi, ipmi;
    bool inlet;
} entities[] = {
    { 0x40, 0x37, true },
    { 0x41, 0x03, false },
    { 0x42, 0x07, false },
};
#define ENTITIES (sizeof entities / sizeof entities[0])

/* Row of an entity id, or -1. */
static int
entity_row(uint8_t entity)
{
    for (size_t i = 0; i < ENTITIES; i++)
        if (entities[i].dcmi == entity || entities[i].ipmi == entity)
            return (int)i;
    return -1;
}

bool
dcmi_entity(uint8_t entity, bool *inlet)
{
    int row = entity_row(entity);

    *inlet = row >= 0 && entities[row].inlet;
    return row >= 0;
}

/* The n-th record from *n on that describes such a sensor of ours; *n is then
 * the place after it. */
static bool
next_record(const struct mc *mc, int row, uint32_t *n, struct sdr *sdr, uint16_t *id)
{
    struct bytes record;

    while ((record = sdr_nth(mc, (*n)++, id)).len > 0)
        if (sdr_parse(record, sdr) == SDR_OK && sdr->type == SDR_FULL &&
            sdr->u.sensor.type == TYPE_TEMPERATURE &&
            sdr->u.sensor.owner == mc->machine->address &&
            entity_row(sdr->u.sensor.entity) == row)
            return true;
    return false;
}

unsigned
dcmi_instances(const struct mc *mc, uint8_t entity)
{
    int row = entity_row(entity);
    unsigned count = 0;
    struct sdr sdr;
    uint16_t id;

    for (uint32_t n = 0; row >= 0 && next_record(mc, row, &n, &sdr, &id);)
        count++;
    return count < UINT8_MAX ? count : UINT8_MAX;
}

static int
to_celsius(const struct sdr_sensor *s, int number)
{
    const struct sdr_factors *f = &s->factors;
    double v = (f->m * number + f->b * pow(10, f->b_exp)) * pow(10, f->r_exp);

    if (s->units[1] == UNIT_FAHRENHEIT)
        v = (v - 32) * 5 / 9;
    else if (s->units[1] == UNIT_KELVIN)
        v -= 273.15;
    return (int)lround(v < -INT16_MAX ? -INT16_MAX : v > INT16_MAX ? INT16_MAX : v);
}

/* Read the sensor, if it can be read: it scans, has a value, and its value
 * is a number on a straight line. */
static void
read_sensor(const struct mc *mc, const struct sdr_sensor *s, struct dcmi_temperature *out)
{
    int i = sensor_index(mc, s->lun, s->number);
    uint8_t format = s->units[0] >> FORMAT_SHIFT;
    uint32_t at = (uint32_t)i;

    if (i < 0 || !mc->sensors.at[at].available || !mc->sensors.at[at].scanning ||
        format == FORMAT_NONE || (s->factors.linearization & LINEAR_BITS) != 0)
        return;
    out->available = true;
    out->celsius = to_celsius(s, sensor_number_of(format, sensor_raw_now(mc, at)));
}

bool
dcmi_temperature(const struct mc *mc, uint8_t entity, unsigned instance,
                 struct dcmi_temperature *out)
{
    int row = entity_row(entity);
    struct sdr sdr;
    uint16_t id;
    uint32_t n = 0;

    if (row < 0 || instance == 0)
        return false;
    do {
        if (!next_record(mc, row, &n, &sdr, &id))
            return false;
    } while (--instance > 0);
    *out = (struct dcmi_temperature){
        .record = id, .lun = sdr.u.sensor.lun, .number = sdr.u.sensor.number,
    };
    read_sensor(mc, &sdr.u.sensor, out);
    return true;
}
