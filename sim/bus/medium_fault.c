#include "sim/bus/medium_impl.h"

#include <stdio.h>

#define NOTE_MAX 96

/* Tell the tap what the wire suffers, and by which rule. */
static void
note(struct medium *m, const char *what, uint32_t rule)
{
    const char *name = fault_name(m->world->faults, rule);
    char words[NOTE_MAX];

    if (m->world->tap == NULL)
        return;
    snprintf(words, sizeof words, "ipmb %u: %s%s%s", m->config.number, what,
             name != NULL ? ": " : "", name != NULL ? name : "");
    world_note(m->world, words);
}

/* Verdicts. */

static void
extend(instant *until, instant from, instant span)
{
    instant end = instant_add(from, span);

    if (span != 0 && end > *until)
        *until = end;
}

void
medium_ask_faults(struct medium *m, struct medium_node *n)
{
    struct link_frame f;
    struct medium_node *to;
    struct transfer t;

    if (n->asked)
        return;
    n->asked = true;
    n->wire = (struct fault_wire){ .struck = false };
    if (fault_idle(m->world->faults))
        return;
    t = medium_transfer(m, n);
    f = medium_describe_all(m, n, &t);
    n->wire = fault_ask_wire(m->world->faults, m->opens, &f.about);
    to = medium_node_at(m, (unsigned)f.about.target);
    if (to == NULL || to == n)
        return;
    extend(&to->manner.busy_until, m->opens, n->wire.busy);
    extend(&to->manner.dead_until, m->opens, n->wire.dead);
}

bool
medium_wait_to_collide(struct medium *m, struct medium_node *n, bool alone)
{
    instant span = n->wire.collide;

    n->wire.collide = 0;
    if (!alone || span == 0)
        return false;
    n->held_until = instant_add(m->opens, span);
    if (n->held_until < m->world->now)
        n->held_until = m->world->now;
    return true;
}

/* Babble. */

bool
medium_babble(struct medium *m)
{
    instant now = m->world->now, span = 0;
    uint32_t rule = 0;

    for (struct medium_node *n = m->nodes; n != NULL; n = n->next) {
        if (!n->asked || n->wire.babble == 0)
            continue;
        if (n->wire.babble > span) {
            span = n->wire.babble;
            rule = n->wire.babble_rule;
        }
        n->wire.babble = 0;
    }
    if (span == 0)
        return false;
    m->state = BABBLED;
    m->stats.babbles++;
    m->began = m->opens;
    m->ends = instant_add(m->opens, span);
    if (m->ends < now)
        m->ends = now;
    note(m, "a node babbles", rule);
    timeline_arm(&m->world->timeline, &m->timer, m->ends);
    return true;
}

void
medium_babble_over(struct medium *m)
{
    m->stats.babble += m->ends - m->began;
    medium_fall_free(m);
}

/* SDA stuck low. */

void
medium_will_jam(struct medium *m, const struct medium_node *n)
{
    m->sticks = true;
    m->jam = (struct jam){
        .since = n->end, .seen = n->end, .clocks = n->wire.stick_clocks,
        .until = instant_add(n->end, n->wire.stick_span),
    };
}

void
medium_jam(struct medium *m)
{
    m->sticks = false;
    m->state = JAMMED;
    m->stats.sticks++;
    note(m, "SDA is stuck low", 0);
    medium_plan_recovery(m);
}

/* Who clocks next, and when it wanted the wire. */
static struct medium_node *
next_clocker(const struct medium *m, instant *wants)
{
    struct medium_node *found = NULL;

    *wants = INSTANT_NEVER;
    for (struct medium_node *n = m->nodes; n != NULL; n = n->next) {
        instant at = medium_wants_at(n);

        if (at < *wants) {
            *wants = at;
            found = n;
        }
    }
    return found;
}

/* How many of nine clocks that begin at start it takes, and whether SDA is
 * high then. */
static void
foresee(struct jam *jam, instant start)
{
    uint32_t left = jam->clocks > jam->clocked ? jam->clocks - jam->clocked : UINT32_MAX;

    jam->frees = left <= MEDIUM_RECOVERY_CLOCKS || start >= jam->until;
    jam->used = left < MEDIUM_RECOVERY_CLOCKS ? left : MEDIUM_RECOVERY_CLOCKS;
}

void
medium_plan_recovery(struct medium *m)
{
    struct jam *jam = &m->jam;
    instant start, wants, end;

    jam->clocker = next_clocker(m, &wants);
    if (jam->clocker == NULL) {
        timeline_disarm(&m->world->timeline, &m->timer);
        return;
    }
    start = instant_add(wants > jam->seen ? wants : jam->seen, MEDIUM_STUCK_PATIENCE);
    if (start < m->world->now)
        start = m->world->now;
    foresee(jam, start);
    end = start + medium_bits(m, jam->used + (jam->frees ? MEDIUM_STOP_BITS : 0));
    if (!timer_armed(&m->timer) || m->timer.at != end)
        timeline_arm(&m->world->timeline, &m->timer, end);
}

/* The node that clocked in vain learns that the bus does not work. */
static void
fail_clocker(struct medium *m, struct medium_node *n)
{
    n->outcome = UNSENT;
    n->why = "SDA is stuck low";
    n->why_rule = 0;
    medium_finish(m, n);
}

void
medium_recover(struct medium *m, instant at)
{
    struct jam *jam = &m->jam;
    struct medium_node *clocker = jam->clocker;

    m->stats.recoveries++;
    if (jam->frees) {
        m->stats.stuck += at - jam->since;
        m->ends = at;
        note(m, "SDA is free again", 0);
        medium_fall_free(m);
        return;
    }
    jam->clocked += jam->used;
    jam->seen = at;
    fail_clocker(m, clocker);
    medium_plan_recovery(m);
}
