#include "sim/mc/mc_parts.h"
#include "sim/oem/dell.h"
#include "sim/wire/fru.h"
#include "sim/wire/sdr.h"

#define ENTITY_POWER_SUPPLY 0x0a
#define TYPE_POWER_SUPPLY 0x08
#define SENSOR_SPECIFIC 0x6f

#define PRESENT  0x0001
#define TROUBLES 0x001a           /* failure, input lost, out of range or lost */

#define RECORD_POWER_SUPPLY 0x00
#define CAPACITY_BITS 0x0fff
#define FRU_LOOKED_AT 2048u

/* ---- ratings ---- */

/* The id of the FRU that a locator gives to a supply, or -1. */
static int
fru_of(const struct mc *mc, uint8_t instance)
{
    struct bytes record;
    struct sdr sdr;
    uint16_t id;

    for (uint32_t n = 0; (record = sdr_nth(mc, n, &id)).len > 0; n++)
        if (sdr_parse(record, &sdr) == SDR_OK && sdr.type == SDR_FRU_LOCATOR &&
            sdr.u.locator.entity == ENTITY_POWER_SUPPLY &&
            sdr.u.locator.instance == instance)
            return sdr.u.locator.device;
    return -1;
}

/* 0: there is no such record in it. */
static uint16_t
capacity_in(struct bytes image)
{
    struct fru_header header;
    struct fru_multi record;
    struct rd r;

    if (!fru_header_parse(image, &header) || header.offset[FRU_MULTI] == 0)
        return 0;
    r = rd_of(bytes_of(image.at + header.offset[FRU_MULTI],
                       image.len - header.offset[FRU_MULTI]));
    while (fru_multi_next(&r, &record))
        if (record.type == RECORD_POWER_SUPPLY && record.data.len >= 2)
            return (uint16_t)((record.data.at[0] | record.data.at[1] << 8) & CAPACITY_BITS);
    return 0;
}

static uint16_t
rated_watts(const struct mc *mc, uint8_t instance)
{
    uint8_t image[FRU_LOOKED_AT];
    int id = fru_of(mc, instance);
    const struct fru *fru = id < 0 ? NULL : fru_find(mc, (uint8_t)id);
    uint16_t watts = 0;
    uint32_t size;

    if (fru == NULL)
        return DELL_SUPPLY_WATTS;
    size = fru->facts->size < sizeof image ? fru->facts->size : FRU_LOOKED_AT;
    if (fru_read(mc, fru, 0, image, size) == ST_OK)
        watts = capacity_in(bytes_of(image, size));
    return watts ? watts : DELL_SUPPLY_WATTS;
}

/* ---- which ---- */

static bool
is_supply(const struct mc *mc, const struct sdr *sdr)
{
    const struct sdr_sensor *s = &sdr->u.sensor;

    return (sdr->type == SDR_FULL || sdr->type == SDR_COMPACT) &&
           s->owner == mc->machine->address && s->entity == ENTITY_POWER_SUPPLY &&
           s->type == TYPE_POWER_SUPPLY && s->event_type == SENSOR_SPECIFIC;
}

/* The first that fits: the n-th, or with instance >= 0 the one of it. */
static bool
find(struct mc *mc, unsigned n, int instance, struct dell_supply *out)
{
    struct bytes record;
    struct sdr sdr;
    uint16_t id;
    uint8_t raw;

    for (uint32_t i = 0; (record = sdr_nth(mc, i, &id)).len > 0; i++) {
        if (sdr_parse(record, &sdr) != SDR_OK || !is_supply(mc, &sdr))
            continue;
        if (instance >= 0 ? sdr.u.sensor.instance != instance : n-- > 0)
            continue;
        *out = (struct dell_supply){ .instance = sdr.u.sensor.instance };
        (void)mc_sensor_raw(mc, sdr.u.sensor.lun, sdr.u.sensor.number, &raw, &out->states);
        out->watts = rated_watts(mc, out->instance);
        return true;
    }
    return false;
}

bool
dell_supply_nth(struct mc *mc, unsigned n, struct dell_supply *out)
{
    return find(mc, n, -1, out);
}

bool
dell_supply_find(struct mc *mc, uint8_t instance, struct dell_supply *out)
{
    return find(mc, 0, instance, out);
}

unsigned
dell_supplies(struct mc *mc, uint32_t *watts)
{
    struct dell_supply supply;
    unsigned n = 0;

    *watts = 0;
    for (; dell_supply_nth(mc, n, &supply); n++)
        *watts += supply.watts;
    return n;
}

bool
dell_supply_delivers(const struct dell_supply *supply)
{
    return (supply->states & PRESENT) != 0 && (supply->states & TROUBLES) == 0;
}
