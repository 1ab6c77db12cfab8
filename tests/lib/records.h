/*
 * records.h - looking into answers and into a controller's log.
 *
 * Out of range is a failed test.
 */
#ifndef IPMILAB_TESTS_RECORDS_H
#define IPMILAB_TESTS_RECORDS_H

#include <check.h>

#include "tests/lib/mcworld.h"

/* Two octets of a number, low one first, in a request. */
#define LE(n) (uint8_t)(n), (uint8_t)((unsigned)(n) >> 8)

/* A number in an answer's data. */
static inline uint16_t
answer_le16(const struct answer *a, size_t at)
{
    ck_assert_uint_le(at + 2, a->len);
    return (uint16_t)(a->data[at + 1] << 8 | a->data[at]);
}

static inline uint32_t
answer_le32(const struct answer *a, size_t at)
{
    return (uint32_t)answer_le16(a, at + 2) << 16 | answer_le16(a, at);
}

/* How many records the SEL has, and the n-th of them. */
static inline unsigned
logged(const struct mc *mc)
{
    return mc->sel->count;
}

static inline const uint8_t *
record(const struct mc *mc, unsigned n)
{
    ck_assert_uint_lt(n, mc->sel->count);
    return mc->sel->records[n];
}

/* Check octets 8 to 16 of the n-th record: generator, revision, sensor type and
 * number, direction and type, data. */
#define ck_event(mc, n, ...)                                                            \
    ck_assert_mem_eq(record((mc), (n)) + 7, ((const uint8_t[]){ __VA_ARGS__ }),         \
                     sizeof((const uint8_t[]){ __VA_ARGS__ }))

#endif
