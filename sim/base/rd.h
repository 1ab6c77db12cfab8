/*
 * rd.h - a bounded reading cursor with a sticky error.
 *
 * A message is read field by field, as the specification's table prints it,
 * and checked once at the end: a read past the end returns zero and sets
 * bad, and every later read does the same. Nothing is copied; the memory
 * stays the caller's. Multi-octet integers are little-endian (IPMI) unless
 * the name says be (RMCP, ASF, IP addresses).
 */
#ifndef IPMILAB_BASE_RD_H
#define IPMILAB_BASE_RD_H

#include <stdbool.h>

#include "sim/base/bytes.h"

struct rd {
    const uint8_t *at;
    const uint8_t *end;
    bool bad;
};

/* Start reading a span. */
struct rd rd_of(struct bytes in);

/* Octets not read yet; 0 once bad. */
size_t rd_left(const struct rd *r);

/* True when all was read and nothing failed. */
bool rd_done(const struct rd *r);

/* What has not been read yet, as a span; the cursor stays. */
struct bytes rd_rest(const struct rd *r);

uint8_t rd_u8(struct rd *r);
uint16_t rd_le16(struct rd *r);
uint32_t rd_le24(struct rd *r);
uint32_t rd_le32(struct rd *r);
uint16_t rd_be16(struct rd *r);
uint32_t rd_be32(struct rd *r);

/* Take len octets as a span into the input; an empty span and bad if short. */
struct bytes rd_bytes(struct rd *r, size_t len);

/* Copy len octets to to; zeroes and bad if short. */
void rd_copy(struct rd *r, void *to, size_t len);

/* Pass over len octets. */
void rd_skip(struct rd *r, size_t len);

#endif
