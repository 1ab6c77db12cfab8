/*
 * pool.h - memory that is given back all at once: the words, names and
 * tables of one load.
 *
 * What comes out is zeroed and aligned for anything; nothing is freed by
 * itself. One pool, one thread.
 */
#ifndef IPMILAB_EMU_POOL_H
#define IPMILAB_EMU_POOL_H

#include <stdbool.h>
#include <stddef.h>

struct pool_chunk;

struct pool {
    struct pool_chunk *chunks;
    bool failed;               /* memory ran out at least once */
};

/* size octets, zeroed; NULL, and failed, when there is no memory. */
void *pool_alloc(struct pool *pool, size_t size);

/* A copy of len characters, NUL-terminated; NULL as above. */
char *pool_text(struct pool *pool, const char *text, size_t len);

/* Give everything back; the pool is empty and usable again. */
void pool_free(struct pool *pool);

#endif
