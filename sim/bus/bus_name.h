/*
 * bus_name.h - numbers of the buses in a chassis, and what they are called.
 *
 * A bus has an id of its own in its chassis, 0 to BUS_ID_MAX: 0 is where the
 * BMC has its channel 0. The number that faults, taps and media know it by
 * says besides what kind of bus it is, so that a name needs nothing else:
 *
 *     BUS_SINGLE     ipmb0       one bus
 *     BUS_PAIR_A     ipmb0-a     the halves of a redundant pair, IPMB-0
 *     BUS_PAIR_B     ipmb0-b
 *     BUS_LOCAL      ipmb-l1     an IPMB-L, behind a carrier
 *
 * A single bus may have any number up to 3Fh here, as ever.
 */
#ifndef IPMILAB_BUS_BUS_NAME_H
#define IPMILAB_BUS_BUS_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BUS_ID_MAX 15u
#define BUS_NAME_SIZE 16u

/* Bits 7:6 of a number; the id is below. */
enum bus_form {
    BUS_SINGLE = 0x00,
    BUS_PAIR_A = 0x40,
    BUS_PAIR_B = 0x80,
    BUS_LOCAL = 0xc0,
};
#define BUS_KIND_BITS 0xc0u
#define BUS_ID_BITS 0x3fu

/* The name of a number. Returns to. */
const char *bus_name(uint8_t number, char to[BUS_NAME_SIZE]);

/* The number of a name; false when it is none. */
bool bus_number(const char *name, size_t len, uint8_t *number);

#endif
