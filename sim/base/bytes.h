/*
 * bytes.h - a borrowed span of octets.
 *
 * Whoever hands one over keeps the memory; nobody frees through it. An empty
 * span may have a NULL pointer.
 */
#ifndef IPMILAB_BASE_BYTES_H
#define IPMILAB_BASE_BYTES_H

#include <stddef.h>
#include <stdint.h>

struct bytes {
    const uint8_t *at;
    size_t len;
};

/* Make a span of len octets at p. */
static inline struct bytes
bytes_of(const void *p, size_t len)
{
    return (struct bytes){ .at = p, .len = len };
}

#endif
