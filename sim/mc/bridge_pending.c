#include <stdlib.h>

#include "sim/base/planted.h"
#include "sim/mc/bridge_parts.h"

#define SLOT_BITS 8 /* of a mark; the rest is the entry's generation */

static void
arm_expiry(struct bridge *b)
{
    struct timeline *tl = &b->mc->world->timeline;
    instant first = INSTANT_NEVER;

    for (size_t i = 0; i < BRIDGE_MAX; i++)
        if (b->at[i].kind != ENTRY_FREE && b->at[i].until < first)
            first = b->at[i].until;
    if (first == INSTANT_NEVER)
        timeline_disarm(tl, &b->expiry);
    else if (!timer_armed(&b->expiry) || b->expiry.at != first)
        (void)timeline_arm(tl, &b->expiry, first);
}

static void
expire(void *ctx, instant at)
{
    struct mc *mc = ctx;
    struct bridge *b = mc->messages->bridge;

    for (size_t i = 0; i < BRIDGE_MAX; i++)
        if (b->at[i].kind != ENTRY_FREE && b->at[i].until <= at)
            bridge_give_up(b, &b->at[i], CC_TIMEOUT);
    arm_expiry(b);
}

struct bridge *
bridge_table(struct mc *mc)
{
    struct bridge *b = mc->messages->bridge;

    if (b != NULL)
        return b;
    b = calloc(1, sizeof *b);
    if (b == NULL)
        return NULL;
    b->mc = mc;
    timer_init(&b->expiry, TIMER_EXPIRY, expire, mc);
    mc->messages->bridge = b;
    return b;
}

uint32_t
bridge_mark(const struct bridge *b, const struct entry *e)
{
    return e->generation << SLOT_BITS | (uint32_t)(e - b->at);
}

struct entry *
bridge_marked(struct bridge *b, uint32_t mark)
{
    uint32_t slot = mark & ((1u << SLOT_BITS) - 1);

    if (PLANTED(BRIDGE_MIXES_ANSWERS) && b != NULL && b->at[0].kind == ENTRY_BUS)
        return &b->at[0];

    if (b == NULL || slot >= BRIDGE_MAX || b->at[slot].kind == ENTRY_FREE ||
        bridge_mark(b, &b->at[slot]) != mark)
        return NULL;
    return &b->at[slot];
}

/* Only an answer to a session can come as a message of its own. */
static uint8_t
style_for(struct bridge *b, const struct ipmi_origin *origin)
{
    return mc_lan_of(b->mc, origin->channel) != NULL ? b->style : BRIDGE_ENCAPSULATED;
}

static struct entry *
free_entry(struct bridge *b)
{
    for (size_t i = 0; i < BRIDGE_MAX; i++)
        if (b->at[i].kind == ENTRY_FREE)
            return &b->at[i];
    b->stats.refused++;
    return NULL;
}

struct entry *
bridge_begin(struct mc *mc, enum entry_kind kind, const struct ipmi_req *rq,
             const struct ipmb_frame *f)
{
    struct bridge *b = bridge_table(mc);
    struct entry *e = b != NULL ? free_entry(b) : NULL;

    if (e == NULL)
        return NULL;
    *e = (struct entry){
        .kind = (uint8_t)kind,
        .style = style_for(b, &rq->from),
        .generation = e->generation + 1,
        .until = instant_add(mc->world->now, BRIDGE_SPAN),
        .origin = rq->from,
        .rq = *f,
    };
    e->rq.data = bytes_of(NULL, 0);
    b->stats.sent++;
    arm_expiry(b);
    return e;
}

void
bridge_release(struct bridge *b, struct entry *e)
{
    e->kind = ENTRY_FREE;
    arm_expiry(b);
}

void
bridge_end(struct bridge *b, struct entry *e)
{
    if (e->kind == ENTRY_BUS)
        (void)ipmb_port_cancel(e->port, e->ticket);
    bridge_release(b, e);
}
