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
refusal_of(const struct medium *m, const struct medium_node *n, instant start)
{
    struct refusal r = { .at = SIZE_MAX };
    struct bytes frame = medium_head(m, n);
    size_t i = medium_address_index(frame);
    const struct medium_node *to = medium_node_at(m, frame.at[i]);

    if (n->wire.nak)
        refuse(&r, n->wire.nak_at < 0 ? i : (size_t)n->wire.nak_at, NULL, n->wire.nak_rule);
    /* The general call is acknowledged by any node at all. */
    if (i == 1 && m->node_count < 2)
        refuse(&r, 0, "nobody at that address", 0);
    if (to == NULL || to == n)
        refuse(&r, i, "nobody at that address", 0);
    else
        refuse_by_manner(&r, to, start, i, frame.len);
    return r;
}

/* Stretching. */

/* For how long the clock is held after octet k, which ends at at and is
 * acknowledged when taken. */
static instant
held_after(const struct medium *m, const struct medium_node *n, size_t k, instant at,
           bool taken)
{
    struct bytes frame = medium_head(m, n);
    size_t i = medium_address_index(frame);
    const struct medium_node *to = medium_node_at(m, frame.at[i]);
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
refused(const struct medium *m, const struct medium_node *n, const struct refusal *r,
        instant at)
{
    bool address = r->at <= medium_address_index(medium_head(m, n));

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

/* Follow n's frame over the wire from start on, for at most so many octets;
 * WHOLE without a STOP when that is not all of it. */
static struct course
follow(const struct medium *m, const struct medium_node *n, instant start, size_t octets)
{
    size_t len = medium_head(m, n).len, stick = sticks_at(m, n);
    struct refusal refusal = refusal_of(m, n, start);
    instant at = start + medium_bits(m, MEDIUM_START_BITS);

    for (size_t k = 0; k < len; k++) {
        instant held;

        if (k == octets)
            return ended(WHOLE, k, at, NULL, 0);
        at += medium_bits(m, MEDIUM_BITS_PER_OCTET);
        held = held_after(m, n, k, at, k != refusal.at);
        if (held > MEDIUM_CLOCK_LOW_MAX)
            return ended(HELD, k + 1, instant_add(at, MEDIUM_CLOCK_LOW_MAX),
                         "the clock was held too long", 0);
        at += held;
        if (k == refusal.at)
            return refused(m, n, &refusal, at);
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
medium_bits_end(const struct medium *m, const struct medium_node *n, instant start,
                size_t bits)
{
    size_t octets = (bits - MEDIUM_START_BITS) / MEDIUM_BITS_PER_OCTET;
    size_t further = (bits - MEDIUM_START_BITS) % MEDIUM_BITS_PER_OCTET;

    return follow(m, n, start, octets).end + medium_bits(m, further);
}

/* Those that collide drive every octet, and nobody stops them. */
static instant
collided_octet_end(const struct medium *m, const struct medium_node *n, size_t i)
{
    return n->begin + medium_bits(m, MEDIUM_START_BITS + MEDIUM_BITS_PER_OCTET * (i + 1));
}

instant
medium_octet_end(const struct medium *m, const struct medium_node *node, size_t i)
{
    struct course c;

    if (node->phase != SENDING || i >= medium_head(m, node).len)
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
result_of(enum outcome outcome)
{
    switch (outcome) {
    case NAKED: return WIRE_NAKED;
    case DATA_NAKED: return WIRE_DATA_NAKED;
    case GIVEN_UP: return WIRE_LOST_ARBITRATION;
    case HELD:
    case STUCK:
    case UNSENT: return WIRE_BUS_ERROR;
    case WHOLE:
    case MERGED:
    case COLLIDED: break;
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
    n->broken += result_of(outcome) == WIRE_BUS_ERROR;
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

/* The frame is copied first: those called may queue more and so move the
 * pool. */
void
medium_finish(struct medium *m, struct medium_node *n)
{
    enum outcome outcome = (enum outcome)n->outcome;
    struct bytes frame = medium_head(m, n);
    uint32_t tag = medium_head_tag(m, n);
    uint8_t copy[MEDIUM_FRAME_MAX];
    char why[FAULT_NAME_MAX + 1];
    struct link_frame f;

    memcpy(copy, frame.at, frame.len);
    f = medium_describe(m, n, bytes_of(copy, frame.len));
    reason_of(m, n, why);
    count(&m->stats, &n->stats, outcome, frame.len);
    medium_pop(m, n);
    n->phase = n->queued ? WAITING : IDLE;
    n->ready = m->world->now;
    if (n->sent != NULL)
        n->sent(n->ctx, tag, result_of(outcome));
    conclude(m, &f, outcome, why);
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
