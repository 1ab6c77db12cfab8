#include "sim/lab/deadlines.h"

#include <assert.h>
#include <stdlib.h>

bool
deadlines_reserve(struct deadlines *d, uint32_t room)
{
    uint32_t *heap = realloc(d->heap, room * sizeof *heap);
    uint32_t *place;
    instant *at;

    if (heap == NULL)
        return false;
    d->heap = heap;
    place = realloc(d->place, room * sizeof *place);
    if (place == NULL)
        return false;
    d->place = place;
    at = realloc(d->at, room * sizeof *at);
    if (at == NULL)
        return false;
    d->at = at;
    d->room = room;
    return true;
}

void
deadlines_free(struct deadlines *d)
{
    free(d->heap);
    free(d->place);
    free(d->at);
    *d = (struct deadlines){ 0 };
}

static bool
earlier(const struct deadlines *d, uint32_t a, uint32_t b)
{
    return d->at[a] != d->at[b] ? d->at[a] < d->at[b] : a < b;
}

static void
put(struct deadlines *d, uint32_t slot, uint32_t chassis)
{
    d->heap[slot] = chassis;
    d->place[chassis] = slot;
}

static void
rise(struct deadlines *d, uint32_t chassis)
{
    uint32_t slot = d->place[chassis];

    while (slot > 0 && earlier(d, chassis, d->heap[(slot - 1) / 2])) {
        put(d, slot, d->heap[(slot - 1) / 2]);
        slot = (slot - 1) / 2;
    }
    put(d, slot, chassis);
}

static void
sink(struct deadlines *d, uint32_t chassis)
{
    uint32_t slot = d->place[chassis];

    for (uint32_t child = 2 * slot + 1; child < d->count; child = 2 * slot + 1) {
        if (child + 1 < d->count && earlier(d, d->heap[child + 1], d->heap[child]))
            child++;
        if (!earlier(d, d->heap[child], chassis))
            break;
        put(d, slot, d->heap[child]);
        slot = child;
    }
    put(d, slot, chassis);
}

void
deadlines_set(struct deadlines *d, uint32_t chassis, instant at)
{
    assert(chassis <= d->count && chassis < d->room);
    if (chassis == d->count) {
        d->at[chassis] = at;
        put(d, d->count++, chassis);
        rise(d, chassis);
        return;
    }
    if (at == d->at[chassis])
        return;
    d->at[chassis] = at;
    rise(d, chassis);
    sink(d, chassis);
}

instant
deadlines_next(const struct deadlines *d)
{
    return d->count ? d->at[d->heap[0]] : INSTANT_NEVER;
}

uint32_t
deadlines_first(const struct deadlines *d)
{
    assert(d->count > 0);
    return d->heap[0];
}
