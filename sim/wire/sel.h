/*
 * sel.h - system event log records: 16 octets to fields and back.
 *
 * Three layouts by type: 00h-BFh (02h, the system event, is the only one
 * defined), C0h-DFh OEM with a time-stamp, E0h-FFh OEM without. Nothing
 * allocates; structs hold copies.
 * Spec: IPMI v2.0 32.
 */
#ifndef IPMILAB_WIRE_SEL_H
#define IPMILAB_WIRE_SEL_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/bytes.h"

#define SEL_RECORD 16u           /* octets */
#define SEL_BODY 13u             /* what follows id and type */
#define SEL_TYPE_EVENT 0x02
#define SEL_TYPE_OEM_TIMED 0xc0  /* .. DFh */
#define SEL_TYPE_OEM 0xe0        /* .. FFh */
#define SEL_OEM_TIMED_DATA 6u
#define SEL_OEM_DATA 13u
#define SEL_TIME_UNSPECIFIED 0xffffffffu

struct sel_record {
    uint16_t id;
    uint8_t type;
    uint32_t timestamp;          /* 0 where the type has none */
    union {
        struct {                 /* below C0h */
            uint8_t generator[2];
            uint8_t evm_rev;
            uint8_t sensor_type, sensor_number;
            uint8_t type_dir;    /* [7] deassertion, [6:0] event/reading type */
            uint8_t data[3];
        } event;
        struct {                 /* C0h-DFh */
            uint32_t manufacturer;
            uint8_t data[SEL_OEM_TIMED_DATA];
        } oem_timed;
        uint8_t oem[SEL_OEM_DATA];   /* E0h-FFh */
    } u;
};

/* True for types whose records have a time-stamp. */
bool sel_type_timed(uint8_t type);

/* Take a record apart. False, and *out untouched, when it is not 16 octets. */
bool sel_parse(struct bytes in, struct sel_record *out);

/* Write a record's 16 octets. */
void sel_build(const struct sel_record *record, uint8_t to[SEL_RECORD]);

#endif
