/* The wire is idle (nobody holds it) or busy (some nodes send). While idle,
 * the next contest opens when the first node is ready and the bus is free;
 * it is decided when its window closes. */
#include "sim/bus/medium.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sim/wire/ipmb.h"

#define NONE UINT32_MAX       /* no slot */
#define POOL_FIRST 8u         /* slots made at first use */

enum phase { IDLE, WAITING, SENDING };

enum outcome { WHOLE, MERGED, NAKED, COLLIDED, GIVEN_UP };

/* A queued frame. */
struct slot {
    uint32_t next;
    uint32_t tag;
    uint64_t order;           /* of asking */
    uint8_t len;
    uint8_t octets[MEDIUM_FRAME_MAX];
};

struct medium {
    struct world *world;
    struct medium_config config;
    instant bit;
    struct link link;
    struct timer timer;
    struct medium_node *nodes;   /* by address */
    uint32_t node_count;

    bool busy;
    instant began, ends;      /* of the present occupation */
    instant free_at;          /* when the bus has rested */
    instant opens;            /* the next contest, while idle */

    struct slot *pool;
    uint32_t room, spare;     /* spare: list of unused slots */
    uint64_t orders;
    struct medium_stats stats;
};

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
    free(m->pool);
    free(m);
}

/* Spans. */

static instant
bits(const struct medium *m, size_t n)
{
    return m->bit * n;
}

static instant
octets_span(const struct medium *m, size_t octets)
{
    return bits(m, MEDIUM_START_BITS + MEDIUM_BITS_PER_OCTET * octets + MEDIUM_STOP_BITS);
}

instant
medium_frame_span(const struct medium *m, size_t octets)
{
    return octets_span(m, octets);
}

static instant
window(const struct medium *m)
{
    if (m->config.model == BUS_CSMA)
        return bits(m, MEDIUM_VULNERABLE_BITS);
    return m->bit * MEDIUM_START_HOLD_PERCENT / 100;
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

static const struct slot *
head_of(const struct medium *m, const struct medium_node *n)
{
    return &m->pool[n->head];
}

static struct bytes
frame_of(const struct medium *m, const struct medium_node *n)
{
    return bytes_of(head_of(m, n)->octets, head_of(m, n)->len);
}

static void
push(struct medium *m, struct medium_node *n, struct bytes frame, uint32_t tag)
{
    uint32_t i = m->spare;
    struct slot *s = &m->pool[i];

    m->spare = s->next;
    s->next = NONE;
    s->tag = tag;
    s->order = m->orders++;
    s->len = (uint8_t)frame.len;
    memcpy(s->octets, frame.at, frame.len);
    if (n->queued++ == 0)
        n->head = i;
    else
        m->pool[n->tail].next = i;
    n->tail = i;
}

static void
pop(struct medium *m, struct medium_node *n)
{
    uint32_t i = n->head;

    n->head = m->pool[i].next;
    n->queued--;
    n->losses = 0;
    m->pool[i].next = m->spare;
    m->spare = i;
}

/* Nodes. */

static struct medium_node *
node_at(const struct medium *m, unsigned address)
{
    struct medium_node *n = m->nodes;

    while (n != NULL && n->address != address)
        n = n->next;
    return n;
}

bool
medium_has(const struct medium *m, uint8_t address)
{
    return node_at(m, address) != NULL;
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
    if (node->attached || node_at(m, node->address) != NULL)
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
    node->queued = node->losses = 0;
    node->head = node->tail = NONE;
    node->backoff = backoff_of(m, node->address);
    return ST_OK;
}

/* The contest and its start. */

/* On BUS_CSMA, a node that found the bus busy looks again some windows after
 * it is free. */
static void
back_off(struct medium *m, struct medium_node *n)
{
    if (m->config.model != BUS_CSMA || n->ready >= m->free_at)
        return;
    n->ready = m->free_at + window(m) * rng_below(&n->backoff, MEDIUM_BACKOFF_SLOTS);
}

/* While the wire is idle: set the timer for the close of the next contest. */
static void
plan(struct medium *m)
{
    instant ready = INSTANT_NEVER, closes;

    for (const struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (n->phase == WAITING && n->ready < ready)
            ready = n->ready;
    if (ready == INSTANT_NEVER) {
        timeline_disarm(&m->world->timeline, &m->timer);
        return;
    }
    m->opens = ready > m->free_at ? ready : m->free_at;
    closes = m->opens + window(m);
    if (!timer_armed(&m->timer) || m->timer.at != closes)
        timeline_arm(&m->world->timeline, &m->timer, closes);
}

static bool
takes_part(const struct medium *m, const struct medium_node *n)
{
    return n->phase == WAITING &&
           (n->ready <= m->opens || n->ready < m->opens + window(m));
}

/* How the address of a frame fares: octets until the NAK, or 0 for an
 * acknowledgement. */
static size_t
naked_after(const struct medium *m, const struct medium_node *from, struct bytes frame)
{
    size_t i = frame.at[0] == IPMB_BROADCAST && frame.len > 1 ? 1 : 0;
    struct medium_node *to = node_at(m, frame.at[i]);

    if (to != NULL && to != from)
        return 0;
    /* The general call is acknowledged by any node at all. */
    if (i == 1 && m->node_count < 2)
        return 1;
    return i + 1;
}

/* Put n on the wire from start for so many bits. */
static void
occupy(struct medium *m, struct medium_node *n, instant start, instant span,
       enum outcome outcome)
{
    n->phase = SENDING;
    n->outcome = (uint8_t)outcome;
    n->end = start + span;
    if (n->end > m->ends)
        m->ends = n->end;
}

/* n has the wire for itself. */
static void
send_alone(struct medium *m, struct medium_node *n, instant start)
{
    struct bytes frame = frame_of(m, n);
    size_t naked = naked_after(m, n, frame);

    occupy(m, n, start, octets_span(m, naked ? naked : frame.len), naked ? NAKED : WHOLE);
}

/* BUS_CSMA. */

static instant
start_of(const struct medium *m, const struct medium_node *n)
{
    return n->ready > m->opens ? n->ready : m->opens;
}

static void
collide_all(struct medium *m)
{
    for (struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (takes_part(m, n))
            occupy(m, n, start_of(m, n), octets_span(m, frame_of(m, n).len), COLLIDED);
}

static void
decide_csma(struct medium *m)
{
    struct medium_node *first = NULL;
    unsigned contenders = 0;

    for (struct medium_node *n = m->nodes; n != NULL; n = n->next) {
        if (!takes_part(m, n))
            continue;
        contenders++;
        if (first == NULL || head_of(m, n)->order < head_of(m, first)->order)
            first = n;
    }
    if (contenders > 1 && !m->config.instant_speed)
        collide_all(m);
    else if (first != NULL)
        send_alone(m, first, start_of(m, first));
}

/* BUS_I2C. */

/* Number of bits after START, acknowledgements included, at the end of
 * which frames a and b are told apart; 0 when they are equal. Where one ends
 * before they differ, it wins. */
static size_t
bits_to_differ(struct bytes a, struct bytes b)
{
    size_t len = a.len < b.len ? a.len : b.len;

    for (size_t i = 0; i < len; i++) {
        unsigned differ = a.at[i] ^ b.at[i], bit = 1;

        if (differ == 0)
            continue;
        for (; (differ & 0x80u) == 0; differ <<= 1)
            bit++;
        return MEDIUM_BITS_PER_OCTET * i + bit;
    }
    return a.len == b.len ? 0 : MEDIUM_BITS_PER_OCTET * len + 1;
}

static bool
beats(struct bytes a, struct bytes b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = memcmp(a.at, b.at, len);

    return order < 0 || (order == 0 && a.len < b.len);
}

/* What becomes of n, whose frame is not the one that survives. */
static void
yield_to(struct medium *m, struct medium_node *n, const struct medium_node *winner)
{
    size_t apart = bits_to_differ(frame_of(m, n), frame_of(m, winner));

    if (apart == 0) {
        occupy(m, n, m->opens, winner->end - m->opens,
               winner->outcome == NAKED ? NAKED : MERGED);
        return;
    }
    /* Both saw the same octet go unacknowledged before they could differ. */
    if (winner->outcome == NAKED &&
        apart > MEDIUM_BITS_PER_OCTET * naked_after(m, winner, frame_of(m, winner))) {
        occupy(m, n, m->opens, winner->end - m->opens, NAKED);
        return;
    }
    m->stats.arbitration_losses++;
    if (++n->losses >= MEDIUM_ARBITRATION_TRIES)
        occupy(m, n, m->opens, bits(m, MEDIUM_START_BITS + apart), GIVEN_UP);
}

static void
decide_i2c(struct medium *m)
{
    struct medium_node *winner = NULL;

    for (struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (takes_part(m, n) &&
            (winner == NULL || beats(frame_of(m, n), frame_of(m, winner))))
            winner = n;
    if (winner == NULL)
        return;
    send_alone(m, winner, m->opens);
    for (struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (takes_part(m, n))
            yield_to(m, n, winner);
}

/* The end of a transmission. */

static int
octet_at(struct bytes frame, size_t i)
{
    return i < frame.len ? frame.at[i] : FAULT_ANY;
}

static int
netfn_at(struct bytes frame, size_t i)
{
    return i < frame.len ? frame.at[i] >> 2 : FAULT_ANY;
}

/* What the fault plan is told: where the fields of a good frame would be. */
static struct link_frame
describe(const struct medium *m, struct bytes frame)
{
    size_t i = frame.at[0] == IPMB_BROADCAST ? 1 : 0;

    return (struct link_frame){
        .about = {
            .link = TAP_IPMB, .number = m->config.number, .dir = TAP_ON_BUS,
            .target = octet_at(frame, i), .netfn = netfn_at(frame, i + 1),
            .source = octet_at(frame, i + 3), .cmd = octet_at(frame, i + 5),
            .payload_type = FAULT_ANY, .len = frame.len,
        },
        .bytes = frame,
    };
}

static void
deliver(void *ctx, const struct link_frame *f)
{
    struct medium *m = ctx;
    struct medium_node *to = node_at(m, (unsigned)f->about.target);

    /* Gone since: the frame was held, or its receiver left while it was on
     * the wire. */
    if (to == NULL)
        link_ignored(&m->link, f, "receiver left the bus");
    else
        to->receive(to->ctx, f);
}

static enum wire_result
result_of(enum outcome outcome)
{
    if (outcome == NAKED)
        return WIRE_NAKED;
    return outcome == GIVEN_UP ? WIRE_LOST_ARBITRATION : WIRE_DONE;
}

/* Show and deliver what was sent. */
static void
conclude(struct medium *m, const struct link_frame *f, enum outcome outcome)
{
    switch (outcome) {
    case WHOLE:
        m->stats.frames++;
        m->stats.octets += f->bytes.len;
        link_send(&m->link, f);
        break;
    case MERGED:
        m->stats.merged++;
        break;
    case NAKED:
        m->stats.naks++;
        link_failed(&m->link, f, FATE_NAKED, "nobody at that address");
        break;
    case COLLIDED:
        m->stats.collisions++;
        link_failed(&m->link, f, FATE_COLLIDED, "others started at the same time");
        break;
    case GIVEN_UP:
        m->stats.given_up++;
        link_failed(&m->link, f, FATE_COLLIDED, "lost arbitration too often");
        break;
    }
}

/* n's part on the wire is over. The frame is copied first: those called may
 * queue more and so move the pool. */
static void
finish(struct medium *m, struct medium_node *n)
{
    enum outcome outcome = (enum outcome)n->outcome;
    uint32_t tag = head_of(m, n)->tag;
    uint8_t copy[MEDIUM_FRAME_MAX];
    struct bytes frame = frame_of(m, n);
    struct link_frame f;

    memcpy(copy, frame.at, frame.len);
    f = describe(m, bytes_of(copy, frame.len));
    pop(m, n);
    n->phase = n->queued ? WAITING : IDLE;
    n->ready = m->world->now;
    if (n->sent != NULL)
        n->sent(n->ctx, tag, result_of(outcome));
    conclude(m, &f, outcome);
}

/* The next node whose part is over by now: by end, then by address. */
static struct medium_node *
next_finished(const struct medium *m, instant at)
{
    struct medium_node *found = NULL;

    for (struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (n->phase == SENDING && n->end <= at && (found == NULL || n->end < found->end))
            found = n;
    return found;
}

static void
arm_busy(struct medium *m)
{
    instant next = m->ends;

    for (const struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (n->phase == SENDING && n->end < next)
            next = n->end;
    timeline_arm(&m->world->timeline, &m->timer, next);
}

static void
fall_idle(struct medium *m)
{
    m->busy = false;
    m->stats.busy += m->ends - m->began;
    m->free_at = m->ends + m->bit * MEDIUM_BUS_FREE_PERCENT / 100;
    for (struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (n->phase == WAITING)
            back_off(m, n);
    plan(m);
}

static void
begin_busy(struct medium *m)
{
    m->ends = m->began = m->opens;
    if (m->config.model == BUS_CSMA)
        decide_csma(m);
    else
        decide_i2c(m);
    m->busy = true;
    arm_busy(m);
}

static void
wake(void *ctx, instant at)
{
    struct medium *m = ctx;
    struct medium_node *n;

    if (!m->busy) {
        begin_busy(m);
        return;
    }
    while ((n = next_finished(m, at)) != NULL)
        finish(m, n);
    if (at < m->ends)
        arm_busy(m);
    else
        fall_idle(m);
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

enum status
medium_send(struct medium *m, struct medium_node *node, struct bytes frame, uint32_t tag)
{
    enum status st = may_send(m, node, frame);

    if (st == ST_OK && m->spare == NONE && !grow(m))
        st = ST_NOMEM;
    if (st != ST_OK) {
        m->stats.refused++;
        return st;
    }
    push(m, node, frame, tag);
    if (node->phase != IDLE)
        return ST_OK;
    node->phase = WAITING;
    node->ready = m->world->now;
    if (!m->busy) {
        back_off(m, node);
        plan(m);
    }
    return ST_OK;
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
    if (node->phase == SENDING) {
        struct link_frame f = describe(m, frame_of(m, node));

        link_failed(&m->link, &f, FATE_LOST, "sender left the bus");
    }
    while (node->queued > 0)
        pop(m, node);
    node->phase = IDLE;
    if (!m->busy)
        plan(m);
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

const struct medium_stats *
medium_stats(const struct medium *m)
{
    return &m->stats;
}

const struct link *
medium_link(const struct medium *m)
{
    return &m->link;
}
