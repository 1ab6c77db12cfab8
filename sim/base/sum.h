/*
 * sum.h - the 8-bit two's complement checksum that IPMB, LAN messages, FRU
 * areas and the VM protocol share: all octets and the checksum add to 0
 * modulo 256.
 */
#ifndef IPMILAB_BASE_SUM_H
#define IPMILAB_BASE_SUM_H

#include <stdbool.h>

#include "sim/base/bytes.h"

/* The octet that makes the sum over len octets at p zero. */
uint8_t sum_of(const void *p, size_t len);

/* True when the octets, checksum included, add to zero. */
bool sum_ok(const void *p, size_t len);

#endif
