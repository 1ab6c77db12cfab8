/* A binary heap of pointers; each timer knows its place, so that moving and
 * disarming one costs no search. */
#include "sim/engine/timeline.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define ROOM_FIRST 16u

void
timeline_init(struct timeline *tl)
{
    memset(tl, 0, sizeof *tl);
}

void
timeline_free(struct timeline *tl)
{
    for (uint32_t i = 0; i < tl->count; i++)
        tl->heap[i]->slot = 0;
    free(tl->heap);
    timeline_init(tl);
}

void
timer_init(struct timer *t, enum timer_priority priority,
           void (*fire)(void *ctx, instant at), void *ctx)
{
    memset(t, 0, sizeof *t);
    t->fire = fire;
    t->ctx = ctx;
    t->priority = (uint8_t)priority;
}

/* The written tie order: instant, priority, order of arming. */
static bool
before(const struct timer *a, const struct timer *b)
{
    if (a->at != b->at)
        return a->at < b->at;
    if (a->priority != b->priority)
        return a->priority < b->priority;
    return a->order < b->order;
}

static void
place(struct timeline *tl, struct timer *t, uint32_t i)
{
    tl->heap[i] = t;
    t->slot = i + 1;
}

/* Move t, which belongs at i or nearer the root, to its place. */
static void
rise(struct timeline *tl, struct timer *t, uint32_t i)
{
    while (i > 0) {
        uint32_t parent = (i - 1) / 2;

        if (!before(t, tl->heap[parent]))
            break;
        place(tl, tl->heap[parent], i);
        i = parent;
    }
    place(tl, t, i);
}

/* Move t, which belongs at i or farther from the root, to its place. */
static void
sink(struct timeline *tl, struct timer *t, uint32_t i)
{
    for (uint32_t child = 2 * i + 1; child < tl->count; child = 2 * i + 1) {
        if (child + 1 < tl->count && before(tl->heap[child + 1], tl->heap[child]))
            child++;
        if (!before(tl->heap[child], t))
            break;
        place(tl, tl->heap[child], i);
        i = child;
    }
    place(tl, t, i);
}

static void
settle(struct timeline *tl, struct timer *t, uint32_t i)
{
    if (i > 0 && before(t, tl->heap[(i - 1) / 2]))
        rise(tl, t, i);
    else
        sink(tl, t, i);
}

static bool
make_room(struct timeline *tl)
{
    uint32_t room = tl->room ? tl->room * 2 : ROOM_FIRST;
    struct timer **heap;

    if (tl->count < tl->room)
        return true;
    heap = realloc(tl->heap, room * sizeof(struct timer *));
    if (heap == NULL)
        return false;
    tl->heap = heap;
    tl->room = room;
    return true;
}

bool
timeline_arm(struct timeline *tl, struct timer *t, instant at)
{
    bool armed = timer_armed(t);

    if (!armed && !make_room(tl))
        return false;
    t->at = at;
    t->order = tl->order++;
    if (armed)
        settle(tl, t, t->slot - 1);
    else
        rise(tl, t, tl->count++);
    return true;
}

void
timeline_disarm(struct timeline *tl, struct timer *t)
{
    uint32_t i = t->slot - 1;
    struct timer *last;

    if (!timer_armed(t))
        return;
    assert(i < tl->count && tl->heap[i] == t);
    t->slot = 0;
    last = tl->heap[--tl->count];
    if (last != t)
        settle(tl, last, i);
}

instant
timeline_next(const struct timeline *tl)
{
    return tl->count ? tl->heap[0]->at : INSTANT_NEVER;
}

struct timer *
timeline_take(struct timeline *tl, instant until)
{
    struct timer *t;

    if (tl->count == 0 || tl->heap[0]->at > until)
        return NULL;
    t = tl->heap[0];
    timeline_disarm(tl, t);
    return t;
}
