#include "emu/pool.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE 8192

struct pool_chunk {
    struct pool_chunk *next;
    size_t used, size;
    _Alignas(16) unsigned char room[];
};

static struct pool_chunk *
chunk_new(struct pool *pool, size_t need)
{
    size_t size = need > CHUNK_SIZE ? need : CHUNK_SIZE;
    struct pool_chunk *c = size > SIZE_MAX - sizeof *c ? NULL : malloc(sizeof *c + size);

    if (c == NULL) {
        pool->failed = true;
        return NULL;
    }
    c->used = 0;
    c->size = size;
    c->next = pool->chunks;
    pool->chunks = c;
    return c;
}

void *
pool_alloc(struct pool *pool, size_t size)
{
    size_t need = (size + 15u) & ~(size_t)15u;
    struct pool_chunk *c = pool->chunks;
    void *p;

    if (c == NULL || c->size - c->used < need)
        c = chunk_new(pool, need);
    if (c == NULL)
        return NULL;
    p = c->room + c->used;
    c->used += need;
    return memset(p, 0, need);
}

char *
pool_text(struct pool *pool, const char *text, size_t len)
{
    char *copy = pool_alloc(pool, len + 1);

    if (copy != NULL && len > 0)
        memcpy(copy, text, len);
    return copy;
}

void
pool_free(struct pool *pool)
{
    while (pool->chunks != NULL) {
        struct pool_chunk *c = pool->chunks;

        pool->chunks = c->next;
        free(c);
    }
    pool->failed = false;
}
