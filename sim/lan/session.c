#include "sim/lan/session.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/planted.h"

/* An id, from low to high: place in the table, serial number, random. */
#define SLOT_BITS 7
#define SERIAL_BITS 16
#define ROOM_FIRST 4

_Static_assert(SESSION_SLOTS_MAX <= 1 << SLOT_BITS, "an id must hold any place");

void
sessions_init(struct sessions *t, struct rng *rng)
{
    memset(t, 0, sizeof *t);
    t->serial = (uint16_t)rng_u64(rng);
}

static void
append(struct session_list *l, struct session *s)
{
    s->next = NULL;
    s->prev = l->last;
    if (l->last != NULL)
        l->last->next = s;
    else
        l->first = s;
    l->last = s;
    l->count++;
}

static void
take_out(struct session_list *l, struct session *s)
{
    if (s->prev != NULL)
        s->prev->next = s->next;
    else
        l->first = s->next;
    if (s->next != NULL)
        s->next->prev = s->prev;
    else
        l->last = s->prev;
    l->count--;
}

static struct session_list *
list_of(struct sessions *t, const struct session *s)
{
    return s->state == SESSION_ACTIVE ? &t->active : &t->pending;
}

static void
drop_all(struct sessions *t, struct session_list *l)
{
    while (l->first != NULL)
        session_drop(t, l->first);
}

void
sessions_free(struct sessions *t)
{
    drop_all(t, &t->active);
    drop_all(t, &t->pending);
    while (t->spare.first != NULL) {
        struct session *s = t->spare.first;

        take_out(&t->spare, s);
        free(s);
    }
    free(t->slot);
    memset(t, 0, sizeof *t);
}

static bool
grow(struct sessions *t)
{
    unsigned room = t->room ? 2 * t->room : ROOM_FIRST;
    struct session **slot;

    assert(room <= SESSION_SLOTS_MAX);
    slot = realloc(t->slot, room * sizeof *slot);
    if (slot == NULL)
        return false;
    memset(slot + t->room, 0, (room - t->room) * sizeof *slot);
    t->slot = slot;
    t->room = room;
    return true;
}

/* Index of an empty place, the table grown if it must be; -1 without memory. */
static int
empty_slot(struct sessions *t)
{
    unsigned i = 0;

    while (i < t->room && t->slot[i] != NULL)
        i++;
    return i < t->room || grow(t) ? (int)i : -1;
}

static struct session *
spare_or_new(struct sessions *t)
{
    struct session *s = t->spare.first;

    if (s == NULL)
        return calloc(1, sizeof *s);
    take_out(&t->spare, s);
    return s;
}

static uint32_t
draw_id(struct sessions *t, struct rng *rng, unsigned slot)
{
    uint32_t id;

    do {
        id = (uint32_t)rng_u64(rng) << (SLOT_BITS + SERIAL_BITS);
        id |= (uint32_t)t->serial++ << SLOT_BITS | slot;
    } while (id == 0);
    return id;
}

struct session *
session_begin(struct sessions *t, struct rng *rng, enum session_state state)
{
    int slot;
    struct session *s;

    assert(t->pending.count < SESSION_PENDING_MAX);
    slot = empty_slot(t);
    s = slot < 0 ? NULL : spare_or_new(t);
    if (s == NULL)
        return NULL;
    memset(s, 0, sizeof *s);
    s->slot = (uint8_t)slot;
    s->id = draw_id(t, rng, s->slot);
    if (PLANTED(SESSION_ID_REUSED))
        s->id = 1u << SLOT_BITS | s->slot;
    s->state = (uint8_t)state;
    t->slot[slot] = s;
    append(&t->pending, s);
    return s;
}

void
session_used(struct sessions *t, struct session *s)
{
    take_out(&t->pending, s);
    append(&t->pending, s);
}

static bool
handle_in_use(const struct sessions *t, uint8_t handle)
{
    for (const struct session *s = t->active.first; s != NULL; s = s->next)
        if (s->handle == handle)
            return true;
    return false;
}

void
session_activate(struct sessions *t, struct session *s)
{
    /* There are fewer sessions than handles, so that this ends. */
    do
        t->last_handle++;
    while (t->last_handle == 0 || handle_in_use(t, t->last_handle));
    take_out(&t->pending, s);
    s->state = SESSION_ACTIVE;
    s->handle = t->last_handle;
    append(&t->active, s);
}

void
session_drop(struct sessions *t, struct session *s)
{
    take_out(list_of(t, s), s);
    t->slot[s->slot] = NULL;
    if (s->rmcpp)
        protect_close(&s->v20.protect);
    crypto_wipe(s, sizeof *s);
    append(&t->spare, s);
}

struct session *
session_find(const struct sessions *t, uint32_t id)
{
    unsigned slot = id & ((1u << SLOT_BITS) - 1);
    struct session *s = slot < t->room ? t->slot[slot] : NULL;

    return s != NULL && s->id == id ? s : NULL;
}

unsigned
session_count_user(const struct sessions *t, uint8_t user)
{
    unsigned count = 0;

    for (const struct session *s = t->active.first; s != NULL; s = s->next)
        count += s->user == user;
    return count;
}
