#include "sim/lab/description.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_SIZE 16384

/* A piece of the arena: the header, then room. */
struct chunk {
    struct chunk *next;
    size_t used, size;
    _Alignas(16) uint8_t room[];
};

/* What a loader sees, and what only this file knows. */
struct owned {
    struct description seen;
    struct chunk *chunks;
    atomic_uint users;
};

static struct owned *
owned_of(struct description *d)
{
    return (struct owned *)(void *)d;
}

enum status
description_new(const char *name, struct description **out)
{
    struct owned *o = calloc(1, sizeof *o);

    if (o == NULL)
        return ST_NOMEM;
    atomic_init(&o->users, 1);
    o->seen.bmc_address = 0x20;
    o->seen.name = description_text(&o->seen, name);
    if (o->seen.name == NULL) {
        description_unref(&o->seen);
        return ST_NOMEM;
    }
    *out = &o->seen;
    return ST_OK;
}

struct description *
description_ref(struct description *d)
{
    atomic_fetch_add(&owned_of(d)->users, 1);
    return d;
}

void
description_unref(struct description *d)
{
    struct owned *o;

    if (d == NULL)
        return;
    o = owned_of(d);
    if (atomic_fetch_sub(&o->users, 1) != 1)
        return;
    while (o->chunks != NULL) {
        struct chunk *c = o->chunks;

        o->chunks = c->next;
        free(c);
    }
    free(o);
}

static struct chunk *
add_chunk(struct owned *o, size_t least)
{
    size_t size = least > CHUNK_SIZE ? least : CHUNK_SIZE;
    struct chunk *c = malloc(sizeof *c + size);

    if (c == NULL)
        return NULL;
    c->used = 0;
    c->size = size;
    c->next = o->chunks;
    o->chunks = c;
    return c;
}

void *
description_alloc(struct description *d, size_t size)
{
    struct owned *o = owned_of(d);
    struct chunk *c = o->chunks;
    size_t need = (size + 15u) & ~(size_t)15u;
    void *p;

    if (c == NULL || c->size - c->used < need)
        c = add_chunk(o, need);
    if (c == NULL)
        return NULL;
    p = c->room + c->used;
    c->used += need;
    return memset(p, 0, need);
}

const char *
description_text(struct description *d, const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = description_alloc(d, size);

    return copy == NULL ? NULL : memcpy(copy, text, size);
}

struct bytes
description_bytes(struct description *d, const void *p, size_t len)
{
    void *copy = len ? description_alloc(d, len) : NULL;

    if (copy == NULL)
        return bytes_of(NULL, 0);
    return bytes_of(memcpy(copy, p, len), len);
}

struct machine_mc *
description_find_mc(const struct description *d, uint16_t id)
{
    for (uint32_t i = 0; i < d->mc_count; i++)
        if (machine_id(d->mcs[i]) == id)
            return d->mcs[i];
    return NULL;
}

struct description_bus *
description_find_bus(const struct description *d, uint8_t id)
{
    for (uint32_t i = 0; i < d->bus_count; i++)
        if (d->buses[i].id == id)
            return (struct description_bus *)(uintptr_t)&d->buses[i];
    return NULL;
}

struct machine_mc *
description_mc(struct description *d, uint16_t id)
{
    struct machine_mc *mc = description_find_mc(d, id);

    if (mc != NULL || d->mc_count == DESCRIPTION_MCS_MAX)
        return mc;
    mc = description_alloc(d, sizeof *mc);
    if (mc == NULL)
        return NULL;
    mc->address = (uint8_t)id;
    mc->bus = (uint8_t)(id >> 8);
    d->mcs[d->mc_count++] = mc;
    return mc;
}

/* An array has room for 4, 8, 16, ... elements: it is full at 0, 4, 8, 16 ... */
static bool
is_full(uint32_t count)
{
    return count == 0 || (count >= 4 && (count & (count - 1)) == 0);
}

void *
description_grow(struct description *d, const void **array, uint32_t *count, size_t size)
{
    uint8_t *at = (uint8_t *)(uintptr_t)*array;

    if (is_full(*count)) {
        uint8_t *more = description_alloc(d, (*count ? *count * 2u : 4u) * size);

        if (more == NULL)
            return NULL;
        if (*count)
            memcpy(more, at, *count * size);
        *array = at = more;
    }
    return at + (*count)++ * size;
}

enum status
description_act(struct description *d, const struct lab_action *a)
{
    struct lab_action *last = DESCRIPTION_ADD(d, d->actions, d->action_count);
    struct lab_action *at = last;

    if (last == NULL)
        return ST_NOMEM;
    for (; at > d->actions && at[-1].at > a->at; at--)
        *at = at[-1];
    *at = *a;
    return ST_OK;
}

struct machine_sensor *
description_sensor(struct machine_mc *mc, uint8_t lun, uint8_t number)
{
    for (uint32_t i = 0; i < mc->sensor_count; i++)
        if (mc->sensors[i].number == number && mc->sensors[i].lun == lun)
            return (struct machine_sensor *)(uintptr_t)&mc->sensors[i];
    return NULL;
}

struct machine_user *
description_user(struct description *d, struct machine_mc *mc, uint8_t id)
{
    struct machine_user *user;

    for (uint32_t i = 0; i < mc->user_count; i++)
        if (mc->users[i].id == id)
            return (struct machine_user *)(uintptr_t)&mc->users[i];
    user = DESCRIPTION_ADD(d, mc->users, mc->user_count);
    if (user != NULL)
        user->id = id;
    return user;
}
