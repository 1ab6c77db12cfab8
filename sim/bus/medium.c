#include "sim/bus/medium_impl.h"

#include <stdlib.h>
#include <string.h>

#include "sim/wire/ipmb.h"

#define POOL_FIRST 8u         /* slots made at first use */

static void wake(void *ctx, instant at);
static void deliver(void *ctx, const struct link_frame *f);

enum status
medium_new(struct world *world, const struct medium_config *config, struct medium **out)
{
    uint32_t rate = config->bit_rate ? config->bit_rate : MEDIUM_BIT_RATE;
    struct medium *m;

    if (rate < MEDIUM_BIT_RATE_MIN || rate > MEDIUM_BIT_RATE_MAX)
        return ST_INVALID;
    m = calloc(1, sizeof *m);
    if (m == NULL)
        return ST_NOMEM;
    m->world = world;
    m->config = *config;
    m->config.bit_rate = rate;
    m->bit = config->instant_speed ? 0 : SPAN_S(1) / rate;
    m->born = world->now;
    m->spare = NONE;
    link_init(&m->link, world, deliver, m);
    timer_init(&m->timer, TIMER_WIRE, wake, m);
    *out = m;
    return ST_OK;
}

void
medium_free(struct medium *m)
{
    if (m == NULL)
        return;
    for (; m->nodes != NULL; m->nodes = m->nodes->next)
        m->nodes->attached = false;
    timeline_disarm(&m->world->timeline, &m->timer);
    link_free(&m->link);
    free(m->shared);
    free(m->pool);
    free(m);
}

/* The pool of waiting frames. */

static bool
grow(struct medium *m)
{
    uint32_t room = m->room ? m->room * 2 : POOL_FIRST;
    struct slot *pool;

    if (m->room >= MEDIUM_WAITING_MAX)
        return false;
    pool = realloc(m->pool, room * sizeof *pool);
    if (pool == NULL)
        return false;
    m->pool = pool;
    for (uint32_t i = m->room; i < room; i++)
        pool[i].next = i + 1 < room ? i + 1 : NONE;
    m->spare = m->room;
    m->room = room;
    return true;
}

struct bytes
medium_head(const struct medium *m, const struct medium_node *n)
{
    const struct slot *s = &m->pool[n->head];

    return bytes_of(s->octets, s->len);
}

struct transfer
medium_transfer(const struct medium *m, const struct medium_node *n)
{
    const struct slot *s = &m->pool[n->head];

    return (struct transfer){ bytes_of(s->octets, s->len), s->restart, s->reads };
}

uint64_t
medium_head_order(const struct medium *m, const struct medium_node *n)
{
    return m->pool[n->head].order;
}

uint32_t
medium_head_tag(const struct medium *m, const struct medium_node *n)
{
    return m->pool[n->head].tag;
}

static void
push(struct medium *m, struct medium_node *n, const struct transfer *t, uint32_t tag)
{
    uint32_t i = m->spare;
    struct slot *s = &m->pool[i];

    m->spare = s->next;
    s->next = NONE;
    s->tag = tag;
    s->order = m->orders++;
    s->len = (uint8_t)t->octets.len;
    s->restart = (uint8_t)t->restart;
    s->reads = (uint8_t)t->reads;
    memcpy(s->octets, t->octets.at, t->octets.len);
    if (n->queued++ == 0)
        n->head = i;
    else
        m->pool[n->tail].next = i;
    n->tail = i;
    n->stats.queued++;
    m->stats.queued++;
}

/* What concerned only the frame that was at the head. */
static void
forget_head(struct medium_node *n)
{
    n->losses = 0;
    n->asked = false;
    n->held_until = 0;
}

void
medium_pop(struct medium *m, struct medium_node *n)
{
    uint32_t i = n->head;

    n->head = m->pool[i].next;
    n->queued--;
    m->pool[i].next = m->spare;
    m->spare = i;
    forget_head(n);
}

/* Take the frame behind the one in slot before off n's queue. */
static void
unlink_after(struct medium *m, struct medium_node *n, uint32_t before)
{
    uint32_t i = m->pool[before].next;

    m->pool[before].next = m->pool[i].next;
    if (n->tail == i)
        n->tail = before;
    n->queued--;
    m->pool[i].next = m->spare;
    m->spare = i;
}

/* Nodes. */

struct medium_node *
medium_node_at(const struct medium *m, unsigned address)
{
    struct medium_node *n = m->nodes;

    while (n != NULL && n->address != address)
        n = n->next;
    return n;
}

bool
medium_has(const struct medium *m, uint8_t address)
{
    return medium_node_at(m, address) != NULL;
}

static struct rng
backoff_of(const struct medium *m, uint8_t address)
{
    struct rng_key key = rng_key_named(m->world->key, "ipmb back-off");

    return rng_start(rng_key_numbered(rng_key_numbered(key, m->config.number), address));
}

enum status
medium_attach(struct medium *m, struct medium_node *node)
{
    struct medium_node **at = &m->nodes;

    if (node->address == IPMB_BROADCAST || node->address & 1)
        return ST_INVALID;
    if (node->attached || medium_has(m, node->address))
        return ST_EXISTS;
    if (m->node_count == MEDIUM_NODES_MAX)
        return ST_FULL;
    while (*at != NULL && (*at)->address < node->address)
        at = &(*at)->next;
    node->next = *at;
    *at = node;
    m->node_count++;
    node->attached = true;
    node->phase = IDLE;
    node->queued = 0;
    node->head = node->tail = NONE;
    node->backoff = backoff_of(m, node->address);
    forget_head(node);
    return ST_OK;
}

/* The frame in slot i will not be sent. */
static void
withdraw(struct medium *m, const struct medium_node *node, uint32_t i, const char *why)
{
    const struct slot *s = &m->pool[i];
    struct transfer t = { bytes_of(s->octets, s->len), s->restart, s->reads };
    struct link_frame f = medium_describe_all(m, node, &t);

    m->stats.withdrawn++;
    link_failed(&m->link, &f, FATE_LOST, why);
}

/* Frames of a node that leaves, on the wire or before, are lost. */
static void
withdraw_all(struct medium *m, struct medium_node *node)
{
    const char *why = node->phase == SENDING ? "sender left the bus"
                                             : "sender left the bus before its turn";

    while (node->queued > 0) {
        withdraw(m, node, node->head, why);
        medium_pop(m, node);
        why = "sender left the bus before its turn";
    }
}

static void
plan_anew(struct medium *m)
{
    if (m->state == FREE)
        medium_plan(m);
    else if (m->state == JAMMED)
        medium_plan_recovery(m);
}

void
medium_detach(struct medium *m, struct medium_node *node)
{
    struct medium_node **at = &m->nodes;

    if (!node->attached)
        return;
    while (*at != node)
        at = &(*at)->next;
    *at = node->next;
    m->node_count--;
    node->attached = false;
    withdraw_all(m, node);
    node->phase = IDLE;
    plan_anew(m);
}

enum status
medium_set_manner(struct medium *m, uint8_t address, const struct medium_manner *manner)
{
    struct medium_node *n = medium_node_at(m, address);

    if (n == NULL)
        return ST_MISSING;
    n->manner = *manner;
    plan_anew(m);
    return ST_OK;
}

const struct medium_manner *
medium_manner(const struct medium *m, uint8_t address)
{
    const struct medium_node *n = medium_node_at(m, address);

    return n == NULL ? NULL : &n->manner;
}

/* What a frame says. */

size_t
medium_address_index(struct bytes frame)
{
    return frame.at[0] == IPMB_BROADCAST && frame.len > 1 ? 1 : 0;
}

/* An address to be read from has bit 0 set. */
struct medium_node *
medium_target(const struct medium *m, const struct transfer *t)
{
    uint8_t address = t->octets.at[medium_address_index(t->octets)];

    return medium_node_at(m, t->reads > 0 ? address & ~1u : address);
}

static int
octet_at(struct bytes frame, size_t i)
{
    return i < frame.len ? frame.at[i] : FAULT_ANY;
}

/* Six bits and two below them, as both netfn and sequence number stand. */
static int
high_at(struct bytes frame, size_t i)
{
    return i < frame.len ? frame.at[i] >> 2 : FAULT_ANY;
}

static int
low_at(struct bytes frame, size_t i)
{
    return i < frame.len ? frame.at[i] & 3 : FAULT_ANY;
}

static struct fault_part
part(size_t at, size_t end)
{
    return (struct fault_part){ (uint16_t)at, (uint16_t)(at < end ? end - at : 0) };
}

struct link_frame
medium_describe(const struct medium *m, const struct medium_node *from, struct bytes frame)
{
    size_t i = medium_address_index(frame);
    size_t last = frame.len - 1;
    struct link_frame f = {
        .about = {
            .link = TAP_IPMB, .number = m->config.number, .dir = TAP_ON_BUS,
            .target = octet_at(frame, i),
            .netfn = high_at(frame, i + 1), .lun = low_at(frame, i + 1),
            .source = i + 3 < frame.len ? frame.at[i + 3] : from->address,
            .seq = high_at(frame, i + 4), .cmd = octet_at(frame, i + 5),
            .payload_type = FAULT_ANY, .len = frame.len,
        },
        .bytes = frame,
    };

    if (last < i + 6)
        return f;
    f.about.parts[FAULT_AT_HEADER_SUM] = part(i + 2, i + 3);
    f.about.parts[FAULT_AT_DATA] = part(i + 6, last);
    f.about.parts[FAULT_AT_DATA_SUM] = part(last, last + 1);
    return f;
}

struct link_frame
medium_describe_all(const struct medium *m, const struct medium_node *from,
                    const struct transfer *t)
{
    size_t written = t->restart > 0 ? t->restart : t->octets.len;
    struct link_frame f = medium_describe(m, from, bytes_of(t->octets.at, written));

    if (t->reads > 0)
        f.about.target &= ~1;
    f.bytes = t->octets;
    f.about.len = t->octets.len + t->reads;
    return f;
}

/* Events. */

static void
wake(void *ctx, instant at)
{
    struct medium *m = ctx;

    switch (m->state) {
    case FREE:
        medium_contest(m);
        break;
    case TAKEN:
        medium_carry(m, at);
        break;
    case BABBLED:
        medium_babble_over(m);
        break;
    case JAMMED:
        medium_recover(m, at);
        break;
    }
}

/* It has one more frame to process when it is through with those before. */
static void
begin_processing(const struct medium *m, struct medium_node *to)
{
    instant now = m->world->now;

    to->processed = instant_add(to->processed > now ? to->processed : now,
                                to->manner.processing);
}

static void
deliver(void *ctx, const struct link_frame *f)
{
    struct medium *m = ctx;
    struct medium_node *to;

    if (f->to != NULL) {
        medium_take_read(m, f);
        return;
    }
    to = medium_node_at(m, (unsigned)f->about.target);
    /* Gone since: the frame was held, or its receiver left while it was on
     * the wire. */
    if (to == NULL) {
        link_ignored(&m->link, f, "receiver left the bus");
        return;
    }
    begin_processing(m, to);
    to->stats.frames_received++;
    to->stats.octets_received += f->bytes.len;
    to->receive(to->ctx, f);
}

/* What nodes call. */

static enum status
may_send(const struct medium *m, const struct medium_node *n, struct bytes frame)
{
    if (!n->attached)
        return ST_MISSING;
    if (frame.len == 0 || frame.len > MEDIUM_FRAME_MAX)
        return ST_INVALID;
    if (n->queued == MEDIUM_QUEUE_MAX ||
        (m->spare == NONE && m->room >= MEDIUM_WAITING_MAX))
        return ST_FULL;
    return ST_OK;
}

static enum status
queue(struct medium *m, struct medium_node *node, const struct transfer *t, uint32_t tag)
{
    enum status st = may_send(m, node, t->octets);

    if (st == ST_OK && m->spare == NONE && !grow(m))
        st = ST_NOMEM;
    if (st != ST_OK) {
        m->stats.refused++;
        return st;
    }
    push(m, node, t, tag);
    if (node->phase != IDLE)
        return ST_OK;
    node->phase = WAITING;
    node->ready = m->world->now;
    if (m->state == FREE && node->ready < m->free_at)
        medium_back_off(m, node);
    plan_anew(m);
    return ST_OK;
}

static enum status
again(struct medium *m, struct medium_node *node, enum status st)
{
    if (st == ST_OK) {
        m->stats.retries++;
        node->stats.resends++;
    }
    return st;
}

enum status
medium_send(struct medium *m, struct medium_node *node, struct bytes frame, uint32_t tag)
{
    return queue(m, node, &(struct transfer){ .octets = frame }, tag);
}

enum status
medium_send_again(struct medium *m, struct medium_node *node, struct bytes frame,
                  uint32_t tag)
{
    return again(m, node, medium_send(m, node, frame, tag));
}

/* Nothing but the address to be written: it is read at once. */
enum status
medium_read(struct medium *m, struct medium_node *node, struct bytes written, size_t count,
            uint32_t tag)
{
    uint8_t octets[MEDIUM_FRAME_MAX];
    size_t restart = written.len > 1 ? written.len : 0;
    struct transfer t = { bytes_of(octets, restart + 1), restart, count };

    if (written.len == 0 || t.octets.len > sizeof octets || written.at[0] == IPMB_BROADCAST ||
        written.at[0] & 1 || count == 0 || count > MEDIUM_READ_MAX)
        return ST_INVALID;
    memcpy(octets, written.at, restart);
    octets[restart] = written.at[0] | 1u;
    return queue(m, node, &t, tag);
}

enum status
medium_read_again(struct medium *m, struct medium_node *node, struct bytes written,
                  size_t count, uint32_t tag)
{
    return again(m, node, medium_read(m, node, written, count, tag));
}

struct bytes
medium_octets_read(const struct medium *m)
{
    return m->read;
}

/* The slot of the frame with tag, and the one before it; NONE. */
static uint32_t
find_tag(const struct medium *m, const struct medium_node *node, uint32_t tag,
         uint32_t *before)
{
    uint32_t i = node->queued > 0 ? node->head : NONE;

    *before = NONE;
    while (i != NONE && m->pool[i].tag != tag) {
        *before = i;
        i = m->pool[i].next;
    }
    return i;
}

bool
medium_take_back(struct medium *m, struct medium_node *node, uint32_t tag)
{
    uint32_t before, i = find_tag(m, node, tag, &before);

    if (i == NONE || (before == NONE && node->phase == SENDING))
        return false;
    withdraw(m, node, i, "taken back before its turn");
    if (before != NONE) {
        unlink_after(m, node, before);
        return true;
    }
    medium_pop(m, node);
    node->phase = node->queued ? WAITING : IDLE;
    plan_anew(m);
    return true;
}

void
medium_ignored(struct medium *m, const struct link_frame *f, const char *why)
{
    link_ignored(&m->link, f, why);
}

const struct medium_config *
medium_config(const struct medium *m)
{
    return &m->config;
}

const struct link *
medium_link(const struct medium *m)
{
    return &m->link;
}
