/* Datagrams lie one behind the other in one arena: a batch of short ones
 * touches little memory however large the outbox is. */
#include "sim/engine/outbox.h"

#include <assert.h>
#include <stdlib.h>

#define DATAGRAMS_MAX 65536u

struct outbox {
    struct outbox_entry *entries;
    size_t room, count;
    uint8_t *arena;     /* room times OUTBOX_DATAGRAM_MAX octets */
    size_t used;
    uint64_t dropped;
};

enum status
outbox_new(size_t datagrams, struct outbox **out)
{
    struct outbox *ob;

    if (datagrams == 0 || datagrams > DATAGRAMS_MAX)
        return ST_INVALID;
    ob = calloc(1, sizeof *ob);
    if (ob == NULL)
        return ST_NOMEM;
    ob->room = datagrams;
    ob->entries = calloc(datagrams, sizeof *ob->entries);
    ob->arena = malloc(datagrams * OUTBOX_DATAGRAM_MAX);
    if (ob->entries == NULL || ob->arena == NULL) {
        outbox_free(ob);
        return ST_NOMEM;
    }
    *out = ob;
    return ST_OK;
}

void
outbox_free(struct outbox *ob)
{
    if (ob == NULL)
        return;
    free(ob->entries);
    free(ob->arena);
    free(ob);
}

struct wr
outbox_begin(struct outbox *ob)
{
    struct wr full = { .bad = true };

    if (ob->count == ob->room)
        return full;
    return wr_of(ob->arena + ob->used, OUTBOX_DATAGRAM_MAX);
}

void
outbox_end(struct outbox *ob, const struct wr *w, instant at, void *endpoint,
           const struct peer *to)
{
    if (w->bad || wr_len(w) == 0) {
        ob->dropped++;
        return;
    }
    assert(w->start == ob->arena + ob->used && ob->count < ob->room);
    ob->entries[ob->count++] = (struct outbox_entry){
        .at = at, .endpoint = endpoint, .to = *to, .bytes = wr_bytes_of(w)
    };
    ob->used += wr_len(w);
}

void
outbox_put(struct outbox *ob, instant at, void *endpoint, const struct peer *to,
           struct bytes datagram)
{
    struct wr w = outbox_begin(ob);

    wr_span(&w, datagram);
    outbox_end(ob, &w, at, endpoint, to);
}

size_t
outbox_count(const struct outbox *ob)
{
    return ob->count;
}

const struct outbox_entry *
outbox_at(const struct outbox *ob, size_t i)
{
    assert(i < ob->count);
    return &ob->entries[i];
}

void
outbox_clear(struct outbox *ob)
{
    ob->count = 0;
    ob->used = 0;
}

uint64_t
outbox_dropped(const struct outbox *ob)
{
    return ob->dropped;
}
