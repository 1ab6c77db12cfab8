#include "sim/bus/heard.h"

#include <stdlib.h>
#include <string.h>

#include "sim/bus/ipmb_port.h"

#define ENTRIES_FIRST 4u   /* made at first use; then twice as many */

void
heard_init(struct heard *h)
{
    memset(h, 0, sizeof *h);
}

void
heard_free(struct heard *h)
{
    free(h->entries);
    heard_init(h);
}

void
heard_clear(struct heard *h)
{
    for (uint32_t i = 0; i < h->count; i++)
        h->entries[i].used = false;
}

/* FNV-1a, 32 bits: tells a resend from another request of that number. */
static uint32_t
hash_of(struct bytes data)
{
    uint32_t hash = UINT32_C(0x811c9dc5);

    for (size_t i = 0; i < data.len; i++)
        hash = (hash ^ data.at[i]) * UINT32_C(0x01000193);
    return hash;
}

static bool
fresh(const struct heard_entry *e, instant now)
{
    return e->used && e->later < IPMB_PORT_DUPLICATE_LATER &&
           now - e->at < IPMB_PORT_DUPLICATE_SPAN;
}

static bool
same(const struct heard_entry *e, const struct ipmb_frame *f)
{
    return e->source == f->source && e->seq == f->seq && e->netfn == f->netfn &&
           e->cmd == f->cmd && e->lun == f->target_lun && e->source_lun == f->source_lun &&
           e->data_len == (uint8_t)f->data.len && e->data_hash == hash_of(f->data);
}

const struct heard_entry *
heard_find(const struct heard *h, instant now, const struct ipmb_frame *f)
{
    for (uint32_t i = 0; i < h->count; i++)
        if (fresh(&h->entries[i], now) && same(&h->entries[i], f))
            return &h->entries[i];
    return NULL;
}

static bool
grow(struct heard *h)
{
    uint32_t count = h->count ? h->count * 2 : ENTRIES_FIRST;
    struct heard_entry *entries;

    if (h->count >= IPMB_PORT_DUPLICATES_MAX)
        return false;
    entries = realloc(h->entries, count * sizeof *entries);
    if (entries == NULL)
        return false;
    memset(entries + h->count, 0, (count - h->count) * sizeof *entries);
    h->entries = entries;
    h->count = count;
    return true;
}

static struct heard_entry *
free_entry(struct heard *h, instant now)
{
    for (uint32_t i = 0; i < h->count; i++)
        if (!fresh(&h->entries[i], now))
            return &h->entries[i];
    return NULL;
}

static struct heard_entry *
oldest(struct heard *h)
{
    struct heard_entry *found = h->entries;

    for (uint32_t i = 1; i < h->count; i++)
        if (h->entries[i].generation < found->generation)
            found = &h->entries[i];
    return found;
}

static struct heard_entry *
make_entry(struct heard *h, instant now)
{
    struct heard_entry *e = free_entry(h, now);

    if (e == NULL && grow(h))
        e = free_entry(h, now);
    if (e == NULL && h->count > 0)
        e = oldest(h);
    return e;
}

/* One more request of this source: its earlier ones grow older. */
static void
age(struct heard *h, uint8_t source)
{
    for (uint32_t i = 0; i < h->count; i++)
        if (h->entries[i].source == source && h->entries[i].later < UINT8_MAX)
            h->entries[i].later++;
}

bool
heard_enter(struct heard *h, instant now, const struct ipmb_frame *f, uint32_t *number,
            uint32_t *generation)
{
    struct heard_entry *e;

    age(h, f->source);
    e = make_entry(h, now);
    if (e == NULL)
        return false;
    *e = (struct heard_entry){
        .used = true, .source = f->source, .source_lun = f->source_lun,
        .lun = f->target_lun, .seq = f->seq, .netfn = f->netfn, .cmd = f->cmd,
        .data_len = (uint8_t)f->data.len, .data_hash = hash_of(f->data),
        .generation = ++h->generations, .at = now,
    };
    *number = (uint32_t)(e - h->entries);
    *generation = e->generation;
    return true;
}

void
heard_answer(struct heard *h, uint32_t number, uint32_t generation, struct bytes reply)
{
    struct heard_entry *e;

    if (number >= h->count || reply.len > sizeof e->reply)
        return;
    e = &h->entries[number];
    if (!e->used || e->generation != generation)
        return;
    memcpy(e->reply, reply.at, reply.len);
    e->reply_len = (uint8_t)reply.len;
    e->answered = true;
}
