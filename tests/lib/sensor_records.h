/*
 * sensor_records.h - sensor data records for tests, of what matters in them.
 *
 *     static uint8_t octets[SENSOR_RECORD];
 *     struct bytes r = full_record(octets, &(struct record_facts){
 *         .owner = 0x20, .number = 0x30, .type = 1, .event_type = 1 });
 */
#ifndef IPMILAB_TESTS_SENSOR_RECORDS_H
#define IPMILAB_TESTS_SENSOR_RECORDS_H

#include <string.h>

#include "sim/base/bytes.h"

#define SENSOR_RECORD  48 /* a full one, without a name */
#define COMPACT_RECORD 32
#define ENTITY_RECORD  16
#define LOCATOR_RECORD 16

struct record_facts {
    uint8_t owner, number;
    uint8_t entity, instance;
    uint8_t init, caps; /* octets 11 and 12 */
    uint8_t type, event_type;
    uint16_t assert_mask, deassert_mask, reading_mask;
    uint8_t share;        /* compact; octet 24 */
    uint8_t share_offset; /* octet 25 */
    uint8_t threshold[6]; /* full: UNR, UC, UNC, LNR, LC, LNC */
    uint8_t hysteresis_up, hysteresis_down;
};

static inline void
begin_record(uint8_t *to, uint8_t type, size_t len)
{
    memset(to, 0, len);
    to[2] = 0x51;
    to[3] = type;
    to[4] = (uint8_t)(len - 5);
}

static inline void
put_sensor(uint8_t *to, const struct record_facts *f)
{
    const uint8_t fields[] = {
        f->owner,
        0,
        f->number,
        f->entity,
        f->instance,
        f->init,
        f->caps,
        f->type,
        f->event_type,
        (uint8_t)f->assert_mask,
        (uint8_t)(f->assert_mask >> 8),
        (uint8_t)f->deassert_mask,
        (uint8_t)(f->deassert_mask >> 8),
        (uint8_t)f->reading_mask,
        (uint8_t)(f->reading_mask >> 8),
    };

    memcpy(to + 5, fields, sizeof fields);
}

static inline struct bytes
full_record(uint8_t to[SENSOR_RECORD], const struct record_facts *f)
{
    begin_record(to, 0x01, SENSOR_RECORD);
    put_sensor(to, f);
    to[24] = 1; /* M */
    memcpy(to + 36, f->threshold, sizeof f->threshold);
    to[42] = f->hysteresis_up;
    to[43] = f->hysteresis_down;
    to[47] = 0xc0;
    return bytes_of(to, SENSOR_RECORD);
}

static inline struct bytes
compact_record(uint8_t to[COMPACT_RECORD], const struct record_facts *f)
{
    begin_record(to, 0x02, COMPACT_RECORD);
    put_sensor(to, f);
    to[20] = 0xc0; /* no analog reading */
    to[23] = f->share;
    to[24] = f->share_offset;
    to[25] = f->hysteresis_up;
    to[26] = f->hysteresis_down;
    to[31] = 0xc0;
    return bytes_of(to, COMPACT_RECORD);
}

/* A controller at address, which generates events. flags: octet 8. */
static inline struct bytes
locator_record(uint8_t to[LOCATOR_RECORD], uint8_t address, uint8_t flags)
{
    begin_record(to, 0x12, LOCATOR_RECORD);
    to[5] = address;
    to[7] = flags;
    to[8] = 0x29;
    to[15] = 0xc0;
    return bytes_of(to, LOCATOR_RECORD);
}

/* What container contains: four entities with their instances. */
static inline struct bytes
entity_record(uint8_t to[ENTITY_RECORD], uint8_t entity, uint8_t instance, uint8_t flags,
              const uint8_t contained[8])
{
    begin_record(to, 0x08, ENTITY_RECORD);
    to[5] = entity;
    to[6] = instance;
    to[7] = flags;
    memcpy(to + 8, contained, 8);
    return bytes_of(to, ENTITY_RECORD);
}

#endif
