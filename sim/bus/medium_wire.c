#include "sim/bus/medium_impl.h"

#include <stdio.h>
#include <string.h>

instant
medium_frame_span(const struct medium *m, size_t octets)
{
    return medium_bits(m, MEDIUM_START_BITS + MEDIUM_BITS_PER_OCTET * octets +
                              MEDIUM_STOP_BITS);
}

/* Acknowledgement. */

/* The first octet that is not acknowledged, and why. */
struct refusal {
    size_t at;               /* SIZE_MAX: all are */
    const char *why;
    uint32_t rule;
};

static void
refuse(struct refusal *r, size_t at, const char *why, uint32_t rule)
{
    if (at < r->at)
        *r = (struct refusal){ at, why, rule };
}

/* Has it received as many frames as it takes without processing them? */
static bool
is_full(const struct medium_node *to, instant at)
{
    const struct medium_manner *manner = &to->manner;
    instant left = to->processed > at ? to->processed - at : 0;
    instant frames;

    if (manner->frames_max == 0 || manner->processing == 0)
        return false;
    frames = left / manner->processing + (left % manner->processing != 0);
    return frames >= manner->frames_max;
}

/* What the receiver, whose address is octet i, says to a frame of len octets. */
static void
refuse_by_manner(struct refusal *r, const struct medium_node *to, instant at, size_t i,
                 size_t len)
{
    const struct medium_manner *manner = &to->manner;

    if (manner->dead_until > at)
        refuse(r, i, "the controller is dead", 0);
    if (manner->busy_until > at && !manner->busy_holds)
        refuse(r, i, "the controller is busy", 0);
    if (is_full(to, at) && i + manner->refuse_at < len)
        refuse(r, i + manner->refuse_at, "the receive buffer is full", 0);
    if (manner->octets_max != 0 && i + manner->octets_max < len)
        refuse(r, i + manner->octets_max, "longer than the receive buffer", 0);
}

static struct refusal
refusal_of(const struct medium *m, const struct medium_node *n, instant start,
           const struct transfer *t)
{
    struct refusal r = { .at = SIZE_MAX };
    size_t i = medium_address_index(t->octets);
    size_t written = t->restart > 0 ? t->restart : t->octets.len;
    const struct medium_node *to = medium_target(m, t);

    if (n->wire.nak)
        refuse(&r, n->wire.nak_at < 0 ? i : (size_t)n->wire.nak_at, NULL, n->wire.nak_rule);
    /* The general call is acknowledged by any node at all. */
    if (i == 1 && m->node_count < 2)
        refuse(&r, 0, "nobody at that address", 0);
    if (to == NULL || to == n)
        refuse(&r, i, "nobody at that address", 0);
    else
        refuse_by_manner(&r, to, start, i, written);
    if (t->reads > 0 && (to == NULL || to->read == NULL))
        refuse(&r, t->restart, "it cannot be read", 0);
    return r;
}

/* Stretching. */

/* For how long the clock is held after octet k, which ends at at and is
 * acknowledged when taken. */
static instant
held_after(const struct medium *m, const struct medium_node *n, const struct transfer *t,
           size_t k, instant at, bool taken)
{
    size_t i = medium_address_index(t->octets);
    const struct medium_node *to = medium_target(m, t);
    instant span = 0;

    if (m->config.instant_speed)
        return 0;
    if (taken && k >= i && to != NULL) {
        span = instant_add(to->manner.stretch, n->wire.stretch);
        if (k == i && to->manner.busy_holds && to->manner.busy_until > instant_add(at, span))
            span = to->manner.busy_until - at;
    }
    if (taken && n->wire.stretch_once != 0 && k == (size_t)n->wire.stretch_at)
        span = instant_add(span, n->wire.stretch_once);
    return span > n->manner.stretch ? span : n->manner.stretch;
}

/* The course. */

static struct course
ended(enum outcome outcome, size_t octets, instant end, const char *why, uint32_t rule)
{
    return (struct course){ outcome, octets, end, why, rule };
}

static struct course
refused(const struct medium *m, const struct transfer *t, const struct refusal *r,
        instant at)
{
    bool address = r->at <= medium_address_index(t->octets) ||
                   (t->reads > 0 && r->at == t->restart);

    return ended(address ? NAKED : DATA_NAKED, r->at + 1,
                 at + medium_bits(m, MEDIUM_STOP_BITS), r->why, r->rule);
}

/* The octet after which SDA stays low; SIZE_MAX: none. */
static size_t
sticks_at(const struct medium *m, const struct medium_node *n)
{
    if (!n->wire.stick)
        return SIZE_MAX;
    return n->wire.stick_at < 0 ? medium_address_index(medium_head(m, n))
                                : (size_t)n->wire.stick_at;
}

/* Bits of a START that comes again before octet k. */
static size_t
again_before(const struct transfer *t, size_t k)
{
    return k > 0 && k == t->restart ? MEDIUM_START_BITS : 0;
}

/* Follow n's frame over the wire from start on, for at most so many octets;
 * WHOLE without a STOP when that is not all of it. */
static struct course
follow(const struct medium *m, const struct medium_node *n, instant start, size_t octets)
{
    struct transfer t = medium_transfer(m, n);
    size_t len = t.octets.len + t.reads, stick = sticks_at(m, n);
    struct refusal refusal = refusal_of(m, n, start, &t);
    instant at = start + medium_bits(m, MEDIUM_START_BITS);

    for (size_t k = 0; k < len; k++) {
        instant held;

        if (k == octets)
            return ended(WHOLE, k, at, NULL, 0);
        at += medium_bits(m, again_before(&t, k) + MEDIUM_BITS_PER_OCTET);
        held = held_after(m, n, &t, k, at, k != refusal.at);
        if (held > MEDIUM_CLOCK_LOW_MAX)
            return ended(HELD, k + 1, instant_add(at, MEDIUM_CLOCK_LOW_MAX),
                         "the clock was held too long", 0);
        at += held;
        if (k == refusal.at)
            return refused(m, &t, &refusal, at);
        if (k == stick)
            return ended(STUCK, k + 1, at, NULL, n->wire.stick_rule);
    }
    if (octets == len)
        return ended(WHOLE, len, at, NULL, 0);
    return ended(WHOLE, len, at + medium_bits(m, MEDIUM_STOP_BITS), NULL, 0);
}

struct course
medium_course(const struct medium *m, const struct medium_node *n, instant start)
{
    return follow(m, n, start, SIZE_MAX);
}

instant
medium_bit_end(const struct medium *m, const struct medium_node *n, instant start,
               size_t octet, size_t bit)
{
    struct transfer t = medium_transfer(m, n);

    return follow(m, n, start, octet).end + medium_bits(m, again_before(&t, octet) + bit);
}

instant
medium_transfer_span(const struct medium *m, const struct transfer *t)
{
    return medium_frame_span(m, t->octets.len + t->reads) +
           medium_bits(m, t->restart > 0 ? MEDIUM_START_BITS : 0);
}

/* Those that collide drive every octet, and nobody stops them. */
static instant
collided_octet_end(const struct medium *m, const struct medium_node *n, size_t i)
{
    struct transfer t = medium_transfer(m, n);
    size_t again = t.restart > 0 && i >= t.restart ? MEDIUM_START_BITS : 0;

    return n->begin +
           medium_bits(m, MEDIUM_START_BITS + again + MEDIUM_BITS_PER_OCTET * (i + 1));
}

instant
medium_octet_end(const struct medium *m, const struct medium_node *node, size_t i)
{
    struct transfer t;
    struct course c;

    if (node->phase != SENDING)
        return INSTANT_NEVER;
    t = medium_transfer(m, node);
    if (i >= t.octets.len + t.reads)
        return INSTANT_NEVER;
    if (node->outcome == COLLIDED)
        return collided_octet_end(m, node, i);
    c = follow(m, node, node->begin, i + 1);
    if (c.octets < i + 1 || c.end > node->end)
        return INSTANT_NEVER;
    /* The STOP after a refused octet is not its own. */
    if (c.outcome == NAKED || c.outcome == DATA_NAKED)
        return c.end - medium_bits(m, MEDIUM_STOP_BITS);
    return c.end;
}

/* On the wire. */

void
medium_occupy(struct medium *m, struct medium_node *n, instant start, instant end,
              enum outcome outcome)
{
    n->phase = SENDING;
    n->outcome = (uint8_t)outcome;
    n->begin = start;
    n->end = end;
    if (end > m->ends)
        m->ends = end;
}

/* What the sender is told, and who counts it. */

static enum wire_result
result_of(enum outcome outcome, bool reads)
{
    switch (outcome) {
    case COLLIDED: return reads ? WIRE_NAKED : WIRE_DONE;
    case NAKED: return WIRE_NAKED;
    case DATA_NAKED: return WIRE_DATA_NAKED;
    case GIVEN_UP: return WIRE_LOST_ARBITRATION;
    case HELD:
    case STUCK:
    case UNSENT: return WIRE_BUS_ERROR;
    case WHOLE:
    case MERGED: break;
    }
    return WIRE_DONE;
}

static void
count(struct medium_stats *s, struct medium_node_stats *n, enum outcome outcome, size_t len)
{
    switch (outcome) {
    case WHOLE:
        s->frames++;
        s->octets += len;
        break;
    case MERGED: s->merged++; break;
    case NAKED: s->naks++; break;
    case DATA_NAKED: s->data_naks++; break;
    case COLLIDED: s->collisions++; break;
    case GIVEN_UP: s->given_up++; break;
    case HELD:
    case STUCK:
    case UNSENT: s->broken++; break;
    }
    if (outcome == WHOLE || outcome == MERGED) {
        n->frames_sent++;
        n->octets_sent += len;
    }
    n->naks += outcome == NAKED || outcome == DATA_NAKED;
    n->collisions += outcome == COLLIDED;
    n->broken += result_of(outcome, false) == WIRE_BUS_ERROR;
}

/* Show and deliver what was sent. */
static void
conclude(struct medium *m, const struct link_frame *f, enum outcome outcome,
         const char *why)
{
    switch (outcome) {
    case WHOLE:
        link_send(&m->link, f);
        break;
    case MERGED:
        link_merged(&m->link, f, why);
        break;
    case NAKED:
    case DATA_NAKED:
        link_failed(&m->link, f, FATE_NAKED, why);
        break;
    case COLLIDED:
    case GIVEN_UP:
        link_failed(&m->link, f, FATE_COLLIDED, why);
        break;
    case HELD:
    case STUCK:
    case UNSENT:
        link_failed(&m->link, f, FATE_LOST, why);
        break;
    }
}

/* Why n's frame ended as it did. A rule may be disarmed by those called. */
static void
reason_of(const struct medium *m, const struct medium_node *n, char to[FAULT_NAME_MAX + 1])
{
    const char *why = n->why != NULL ? n->why : fault_name(m->world->faults, n->why_rule);

    snprintf(to, FAULT_NAME_MAX + 1, "%s", why != NULL ? why : "fault");
}

/* A transfer that was on the wire, out of the pool: those called may queue
 * more and so move that. */
struct over {
    struct transfer t;
    uint8_t octets[MEDIUM_FRAME_MAX];
    uint32_t tag;
    char why[FAULT_NAME_MAX + 1];
};

static void
take_over(struct medium *m, struct medium_node *n, struct over *o)
{
    o->t = medium_transfer(m, n);
    o->tag = medium_head_tag(m, n);
    memcpy(o->octets, o->t.octets.at, o->t.octets.len);
    o->t.octets.at = o->octets;
    reason_of(m, n, o->why);
    medium_pop(m, n);
    n->phase = n->queued ? WAITING : IDLE;
    n->ready = m->world->now;
}

static bool
is_attached(const struct medium *m, const struct medium_node *n)
{
    const struct medium_node *at = m->nodes;

    while (at != NULL && at != n)
        at = at->next;
    return at != NULL;
}

static void
tell_sender(struct medium *m, struct medium_node *n, uint32_t tag, enum wire_result result,
            struct bytes read)
{
    if (n->sent == NULL)
        return;
    m->read = read;
    n->sent(n->ctx, tag, result);
    m->read = bytes_of(NULL, 0);
}

static void
finish_written(struct medium *m, struct medium_node *n, enum outcome outcome)
{
    struct over o;
    struct link_frame f;

    take_over(m, n, &o);
    f = medium_describe_all(m, n, &o.t);
    count(&m->stats, &n->stats, outcome, o.t.octets.len);
    tell_sender(m, n, o.tag, result_of(outcome, o.t.reads > 0), bytes_of(NULL, 0));
    conclude(m, &f, outcome, o.why);
}

/* The device comes first: without it nobody can be told what was read. Those
 * who are called then may take n off the bus. */
static void
finish_read(struct medium *m, struct medium_node *n, enum outcome outcome)
{
    uint8_t octets[MEDIUM_READ_MAX];
    struct bytes read = bytes_of(octets, 0);
    struct medium_node_stats gone = { .queued = 0 };
    struct over o;
    bool there;

    take_over(m, n, &o);
    if (outcome == MERGED) {
        struct link_frame f = medium_describe_all(m, n, &o.t);

        memcpy(octets, m->shared->octets, o.t.reads);
        link_merged(&m->link, &f, o.why);
    } else if (!medium_cross_read(m, n, &o.t, octets)) {
        outcome = DATA_NAKED;
    }
    if (outcome != DATA_NAKED)
        read.len = o.t.reads;
    there = is_attached(m, n);
    count(&m->stats, there ? &n->stats : &gone, outcome, o.t.octets.len + o.t.reads);
    if (there)
        tell_sender(m, n, o.tag, result_of(outcome, true), read);
}

/* n's read was to be that of another as well, who has left the bus: it is its
 * own now. */
static bool
is_orphan(const struct medium *m, const struct medium_node *n)
{
    return n->outcome == MERGED && (m->shared == NULL || m->shared->end != n->end);
}

void
medium_finish(struct medium *m, struct medium_node *n)
{
    enum outcome outcome = (enum outcome)n->outcome;

    if (medium_transfer(m, n).reads == 0 || (outcome != WHOLE && outcome != MERGED))
        finish_written(m, n, outcome);
    else
        finish_read(m, n, is_orphan(m, n) ? WHOLE : outcome);
}

/* Those that share what another reads come after it. */
static bool
shares(const struct medium *m, const struct medium_node *n)
{
    return n->outcome == MERGED && medium_transfer(m, n).reads > 0;
}

static bool
ends_before(const struct medium *m, const struct medium_node *a, const struct medium_node *b)
{
    return a->end < b->end || (a->end == b->end && shares(m, b) && !shares(m, a));
}

/* The next node whose part is over by now: by end, then by address. */
static struct medium_node *
next_finished(const struct medium *m, instant at)
{
    struct medium_node *found = NULL;

    for (struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (n->phase == SENDING && n->end <= at && (found == NULL || ends_before(m, n, found)))
            found = n;
    return found;
}

void
medium_arm_carry(struct medium *m)
{
    instant next = m->ends;

    for (const struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (n->phase == SENDING && n->end < next)
            next = n->end;
    timeline_arm(&m->world->timeline, &m->timer, next);
}

void
medium_fall_free(struct medium *m)
{
    m->state = FREE;
    m->free_at = m->ends + m->bit * MEDIUM_BUS_FREE_PERCENT / 100;
    for (struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (n->phase == WAITING)
            medium_back_off(m, n);
    medium_plan(m);
}

void
medium_carry(struct medium *m, instant at)
{
    struct medium_node *n;

    while ((n = next_finished(m, at)) != NULL)
        medium_finish(m, n);
    if (at < m->ends) {
        medium_arm_carry(m);
        return;
    }
    m->stats.busy += m->ends - m->began;
    if (m->sticks)
        medium_jam(m);
    else
        medium_fall_free(m);
}
