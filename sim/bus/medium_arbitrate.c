#include "sim/bus/medium_impl.h"

#include <assert.h>
#include <string.h>

static instant
window(const struct medium *m)
{
    if (m->config.model == BUS_CSMA)
        return medium_bits(m, MEDIUM_VULNERABLE_BITS);
    return m->bit * MEDIUM_START_HOLD_PERCENT / 100;
}

/* Who takes part. */

instant
medium_wants_at(const struct medium_node *n)
{
    instant at = n->ready;

    if (n->phase != WAITING)
        return INSTANT_NEVER;
    if (n->manner.dead_until > at)
        at = n->manner.dead_until;
    return n->held_until > at ? n->held_until : at;
}

void
medium_back_off(struct medium *m, struct medium_node *n)
{
    if (m->config.model == BUS_CSMA)
        n->ready =
            m->free_at + window(m) * rng_below(&n->backoff, MEDIUM_BACKOFF_SLOTS);
}

void
medium_plan(struct medium *m)
{
    instant wants = INSTANT_NEVER, closes, now = m->world->now;

    for (const struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (medium_wants_at(n) < wants)
            wants = medium_wants_at(n);
    if (wants == INSTANT_NEVER) {
        timeline_disarm(&m->world->timeline, &m->timer);
        return;
    }
    m->opens = wants > m->free_at ? wants : m->free_at;
    /* One that wanted it before, but came back to life only now. */
    if (m->opens + window(m) < now)
        m->opens = now;
    closes = m->opens + window(m);
    if (!timer_armed(&m->timer) || m->timer.at != closes)
        timeline_arm(&m->world->timeline, &m->timer, closes);
}

static bool
takes_part(const struct medium *m, const struct medium_node *n)
{
    instant wants = medium_wants_at(n);

    return wants <= m->opens || wants < m->opens + window(m);
}

static unsigned
contenders(const struct medium *m)
{
    unsigned count = 0;

    for (const struct medium_node *n = m->nodes; n != NULL; n = n->next)
        count += takes_part(m, n);
    return count;
}

static instant
start_of(const struct medium *m, const struct medium_node *n)
{
    return n->ready > m->opens ? n->ready : m->opens;
}

/* n has the wire. */
static void
send(struct medium *m, struct medium_node *n, instant start, const struct course *c)
{
    n->why = c->why;
    n->why_rule = c->rule;
    medium_occupy(m, n, start, c->end, c->outcome);
    if (c->outcome == STUCK)
        medium_will_jam(m, n);
}

/* BUS_CSMA. */

static instant
span_of(const struct medium *m, const struct medium_node *n)
{
    struct transfer t = medium_transfer(m, n);

    return medium_transfer_span(m, &t);
}

static void
collide_all(struct medium *m)
{
    for (struct medium_node *n = m->nodes; n != NULL; n = n->next) {
        instant start = start_of(m, n);

        if (!takes_part(m, n))
            continue;
        n->why = "others started at the same time";
        n->why_rule = 0;
        medium_occupy(m, n, start, start + span_of(m, n), COLLIDED);
    }
}

static void
decide_csma(struct medium *m)
{
    struct medium_node *first = NULL;
    struct course c;

    if (contenders(m) > 1 && !m->config.instant_speed) {
        collide_all(m);
        return;
    }
    for (struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (takes_part(m, n) &&
            (first == NULL || medium_head_order(m, n) < medium_head_order(m, first)))
            first = n;
    assert(first != NULL);
    c = medium_course(m, first, start_of(m, first));
    send(m, first, start_of(m, first), &c);
}

/* BUS_I2C. */

/* Where two frames are told apart. */
struct parting {
    int order;                /* below 0: the first wins; 0: they are equal */
    size_t octet;
    unsigned bit;             /* of it, from 1; 9 is the acknowledgement */
};

static struct parting
parting_of_octets(uint8_t a, uint8_t b, size_t i)
{
    unsigned differ = a ^ b, bit = 1;

    for (; (differ & 0x80u) == 0; differ <<= 1)
        bit++;
    return (struct parting){ a < b ? -1 : 1, i, bit };
}

/* Of two that send equal octets and then read: who has enough does not
 * acknowledge, which the other overrides. */
static struct parting
parting_of_reads(const struct transfer *a, const struct transfer *b)
{
    size_t shorter = a->reads < b->reads ? a->reads : b->reads;

    if (a->reads == b->reads)
        return (struct parting){ 0, 0, 0 };
    return (struct parting){ a->reads > b->reads ? -1 : 1, a->octets.len + shorter - 1,
                             MEDIUM_BITS_PER_OCTET };
}

static struct parting
parting_of(const struct transfer *a, const struct transfer *b)
{
    size_t a_len = a->octets.len, b_len = b->octets.len;
    size_t len = a_len < b_len ? a_len : b_len;

    for (size_t i = 0; i < len; i++) {
        bool a_again = i > 0 && i == a->restart, b_again = i > 0 && i == b->restart;

        /* Who goes on holds SDA low at the clock of the other's START. */
        if (a_again != b_again)
            return (struct parting){ b_again ? -1 : 1, i, 1 };
        if (a->octets.at[i] != b->octets.at[i])
            return parting_of_octets(a->octets.at[i], b->octets.at[i], i);
    }
    /* Where one ends before they differ, it wins. */
    if (a_len != b_len)
        return (struct parting){ a_len < b_len ? -1 : 1, len, 1 };
    if ((a->reads == 0) != (b->reads == 0))
        return (struct parting){ a->reads == 0 ? -1 : 1, len, 1 };
    return parting_of_reads(a, b);
}

static bool
beats(const struct medium *m, const struct medium_node *a, const struct medium_node *b)
{
    struct transfer of_a = medium_transfer(m, a), of_b = medium_transfer(m, b);

    return parting_of(&of_a, &of_b).order < 0;
}

/* The winner, and how its frame fares. */
struct decision {
    struct medium_node *winner;
    struct course course;
};

/* n was still on the wire when the winner's frame ended as it did. */
static void
share_end(struct medium *m, struct medium_node *n, const struct decision *d)
{
    bool whole = d->course.outcome == WHOLE;

    n->why = whole ? "as one with an equal frame" : d->course.why;
    n->why_rule = d->course.rule;
    medium_occupy(m, n, m->opens, d->course.end, whole ? MERGED : d->course.outcome);
}

/* n is on the wire for as long as the winner. */
static bool
goes_along(struct medium *m, const struct transfer *t, const struct parting *p,
           const struct decision *d)
{
    if (d->course.outcome != WHOLE)
        return p->order == 0 || p->octet >= d->course.octets;
    return p->order == 0 && (t->reads == 0 || medium_share_read(m));
}

/* What becomes of n, whose frame is not the one that survives. */
static void
yield_to(struct medium *m, struct medium_node *n, const struct decision *d)
{
    struct transfer ours = medium_transfer(m, n), theirs = medium_transfer(m, d->winner);
    struct parting p = parting_of(&ours, &theirs);

    if (goes_along(m, &ours, &p, d)) {
        share_end(m, n, d);
        return;
    }
    m->stats.arbitration_losses++;
    n->stats.arbitration_losses++;
    if (++n->losses < MEDIUM_ARBITRATION_TRIES) {
        m->stats.retries++;
        return;
    }
    n->why = "lost arbitration too often";
    n->why_rule = 0;
    medium_occupy(m, n, m->opens, medium_bit_end(m, d->winner, m->opens, p.octet, p.bit),
                  GIVEN_UP);
}

static void
decide_i2c(struct medium *m)
{
    struct decision d = { .winner = NULL };

    for (struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (takes_part(m, n) &&
            (d.winner == NULL || beats(m, n, d.winner)))
            d.winner = n;
    assert(d.winner != NULL);
    d.course = medium_course(m, d.winner, m->opens);
    send(m, d.winner, m->opens, &d.course);
    for (struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (takes_part(m, n))
            yield_to(m, n, &d);
}

/* The contest. */

/* Those that wait for another to collide with start when it does. */
static void
join_held(struct medium *m)
{
    bool another = false;

    for (const struct medium_node *n = m->nodes; n != NULL; n = n->next)
        another |= takes_part(m, n) && n->held_until == 0;
    for (struct medium_node *n = m->nodes; n != NULL; n = n->next) {
        if (n->phase != WAITING || n->held_until == 0 || !(another || takes_part(m, n)))
            continue;
        n->ready = another ? m->opens : n->held_until;
        n->held_until = 0;
    }
}

/* Who is killed by what one with a lower address says is not asked; so the
 * last to be asked takes part, whatever the others say. */
static void
ask_faults(struct medium *m)
{
    for (struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (takes_part(m, n))
            medium_ask_faults(m, n);
}

/* True when nobody is to start now after all, since a fault lets the only one
 * wait for another. */
static bool
falls_through(struct medium *m)
{
    unsigned count = contenders(m);
    bool waits = false;

    for (struct medium_node *n = m->nodes; n != NULL; n = n->next)
        if (takes_part(m, n))
            waits = medium_wait_to_collide(m, n, count == 1);
    return waits;
}

void
medium_contest(struct medium *m)
{
    join_held(m);
    ask_faults(m);
    if (medium_babble(m))
        return;
    if (falls_through(m)) {
        medium_plan(m);
        return;
    }
    m->ends = m->began = m->opens;
    m->state = TAKEN;
    if (m->config.model == BUS_CSMA)
        decide_csma(m);
    else
        decide_i2c(m);
    medium_arm_carry(m);
}
