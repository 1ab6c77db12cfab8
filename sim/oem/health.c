#include "sim/oem/health.h"

#include "sim/mc/mc_parts.h"

#define SPECIFIC 0x6f
#define OFFSETS 15
#define BIT(n) (1u << (n))

/* Offsets that tell of trouble. Type 0: of a generic event/reading type,
 * whatever the sensor's. */
static const struct trouble {
    uint8_t type, event_type;
    uint16_t warning, critical, fatal;
} troubles[] = {
    { 0x00, 0x04, BIT(1), 0, 0 },                              /* predictive failure */
    { 0x00, 0x05, BIT(1), 0, 0 },                              /* limit exceeded */
    { 0x00, 0x06, BIT(1), 0, 0 },                              /* performance lags */
    { 0x00, 0x07, BIT(1) | BIT(4), BIT(2) | BIT(5), BIT(3) | BIT(6) },   /* severity */
    { 0x00, 0x0b, BIT(2) | BIT(3) | BIT(4) | BIT(6) | BIT(7), BIT(1) | BIT(5), 0 },
    { 0x05, SPECIFIC, BIT(0) | BIT(4), 0, 0 },                 /* intrusion, LAN leash */
    { 0x07, SPECIFIC, BIT(8) | BIT(10), BIT(2) | BIT(3) | BIT(4) | BIT(5) | BIT(12),
      BIT(0) | BIT(1) | BIT(11) },                             /* processor */
    { 0x08, SPECIFIC, BIT(2), BIT(1) | BIT(3) | BIT(4) | BIT(5) | BIT(6), 0 },
    { 0x09, SPECIFIC, 0, BIT(5) | BIT(6), 0 },                 /* power unit */
    { 0x0c, SPECIFIC, BIT(0) | BIT(5), BIT(2) | BIT(3) | BIT(7), BIT(1) | BIT(10) },
    { 0x0d, SPECIFIC, BIT(2), BIT(1) | BIT(5) | BIT(6), 0 },   /* drive */
    { 0x0f, SPECIFIC, 0, BIT(0) | BIT(1), 0 },                 /* system firmware */
    { 0x10, SPECIFIC, BIT(5), BIT(4), 0 },                     /* the log itself */
    { 0x13, SPECIFIC, BIT(7), BIT(0) | BIT(3) | BIT(4) | BIT(5), BIT(8) | BIT(10) },
    { 0x19, SPECIFIC, 0, BIT(0), BIT(1) },                     /* chip set */
    { 0x20, SPECIFIC, 0, BIT(0), BIT(1) },                     /* operating system stopped */
    { 0x21, SPECIFIC, 0, BIT(0), 0 },                          /* slot */
    { 0x23, SPECIFIC, 0, BIT(0) | BIT(1) | BIT(2) | BIT(3), 0 },
    { 0x28, SPECIFIC, 0, BIT(0) | BIT(3) | BIT(4), 0 },        /* management subsystem */
    { 0x29, SPECIFIC, BIT(0), BIT(1), 0 },                     /* battery */
};

/* How bad a threshold event is, by its offset; two of each. */
static const uint8_t of_threshold[] = {
    HEALTH_WARNING, HEALTH_CRITICAL, HEALTH_FATAL,
    HEALTH_WARNING, HEALTH_CRITICAL, HEALTH_FATAL,
};

static enum oem_health
judge(uint8_t type, uint8_t event_type, uint16_t offsets)
{
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++) {
        const struct trouble *t = &troubles[i];

        if (t->event_type != event_type || (t->type != 0 && t->type != type))
            continue;
        if (offsets & t->fatal)
            return HEALTH_FATAL;
        if (offsets & t->critical)
            return HEALTH_CRITICAL;
        return offsets & t->warning ? HEALTH_WARNING : HEALTH_OK;
    }
    return HEALTH_OK;
}

enum oem_health
oem_health_of_event(uint8_t type, uint8_t event_type, uint8_t offset)
{
    if (event_type == EVENT_TYPE_THRESHOLD)
        return offset / 2 < THRESHOLDS ? of_threshold[offset / 2] : HEALTH_OK;
    return offset < OFFSETS ? judge(type, event_type, (uint16_t)BIT(offset)) : HEALTH_OK;
}

static enum oem_health
judge_thresholds(uint8_t reached)
{
    if (reached & (BIT(THR_LNR) | BIT(THR_UNR)))
        return HEALTH_FATAL;
    if (reached & (BIT(THR_LC) | BIT(THR_UC)))
        return HEALTH_CRITICAL;
    return reached & (BIT(THR_LNC) | BIT(THR_UNC)) ? HEALTH_WARNING : HEALTH_OK;
}

enum oem_health
oem_health_of(const struct mc *mc, uint32_t i)
{
    const struct sensor *s = &mc->sensors.at[i];

    if (!sensor_has_reading(s) || !s->scanning)
        return HEALTH_OK;
    if (sensor_is_threshold(s))
        return judge_thresholds(sensor_comparison(mc, i, sensor_raw_now(mc, i)));
    return judge(s->type, s->event_type, s->states);
}

enum oem_health
oem_health_worst(const struct mc *mc, uint8_t type, uint32_t *where)
{
    enum oem_health worst = HEALTH_OK;

    for (uint32_t i = 0; i < mc->sensors.count; i++) {
        enum oem_health health;

        if (type != OEM_HEALTH_ANY_TYPE && mc->sensors.at[i].type != type)
            continue;
        health = oem_health_of(mc, i);
        if (health <= worst)
            continue;
        worst = health;
        if (where != NULL)
            *where = i;
    }
    return worst;
}
