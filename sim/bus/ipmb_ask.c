/* Requests of a port's own, from the table of open ones to their end. */
#include "sim/bus/ipmb_port_impl.h"

#include <stdlib.h>
#include <string.h>

static void time_out(void *ctx, instant at);

static struct open_ask *
new_ask(struct ipmb_port *port)
{
    struct tables *t = port->tables;
    struct open_ask *a = t->spare;

    if (a != NULL)
        t->spare = a->next;
    else
        a = malloc(sizeof *a);
    if (a == NULL)
        return NULL;
    memset(a, 0, sizeof *a);
    a->port = port;
    timer_init(&a->timer, TIMER_EXPIRY, time_out, a);
    return a;
}

/* The next number that is neither open nor resting, round and round; -1. */
static int
next_seq(const struct ipmb_port *port)
{
    const struct tables *t = port->tables;

    for (unsigned i = 1; i <= IPMB_SEQS; i++) {
        unsigned seq = (port->last_seq + i) % IPMB_SEQS;

        if (t->open[seq] == NULL && t->rests_until[seq] <= port->config.world->now)
            return (int)seq;
    }
    return -1;
}

/* Take a out of the table. It is still there for the caller to read until
 * the next request is made. */
static void
close_ask(struct open_ask *a)
{
    struct ipmb_port *port = a->port;
    struct tables *t = port->tables;

    timeline_disarm(&port->config.world->timeline, &a->timer);
    t->open[a->seq] = NULL;
    a->next = t->spare;
    t->spare = a;
}

/* When it ends at the latest, and its number is forgotten. */
static instant
expiry(const struct open_ask *a)
{
    return instant_add(a->asked_at, IPMB_PORT_SEQ_EXPIRY);
}

static uint32_t
tag_of(const struct open_ask *a)
{
    return (uint32_t)KIND_ASK << KIND_SHIFT | a->ticket;
}

static struct way *
way_of(const struct open_ask *a)
{
    return &a->port->ways[a->way];
}

/* It may still go out on the other bus of a pair. */
static bool
may_change(const struct open_ask *a)
{
    return !a->pinned && !a->tried_other && ipmb_way_has_other(a->port, a->way);
}

/* Keep its frame from being sent when nobody waits for the answer any more. */
static void
take_back(struct open_ask *a)
{
    struct way *way = way_of(a);

    if (a->queued && medium_take_back(way->medium, &way->node, tag_of(a)))
        a->queued = false;
}

/* Keep the number of a request whose answer may still come: it was sent, or
 * is about to be. */
static void
rest_seq(struct open_ask *a)
{
    if (a->sendings > 0 || a->queued)
        a->port->tables->rests_until[a->seq] = expiry(a);
}

static struct open_ask *
find_ask(const struct ipmb_port *port, uint32_t ticket)
{
    struct open_ask *a = port->tables ? port->tables->open[ticket % IPMB_SEQS] : NULL;

    return a != NULL && a->ticket == ticket ? a : NULL;
}

static uint64_t *
end_counter(struct ipmb_port_stats *s, enum ipmb_end end)
{
    switch (end) {
    case IPMB_END_ANSWERED: return &s->answered;
    case IPMB_END_TIMED_OUT: return &s->timed_out;
    case IPMB_END_NAKED: return &s->naked;
    case IPMB_END_LOST_ARBITRATION: return &s->lost_arbitration;
    case IPMB_END_BUS_ERROR: break;
    }
    return &s->bus_errors;
}

/* End a request: close it first, then tell. */
static void
end_ask(struct open_ask *a, enum ipmb_end end, struct bytes answer)
{
    struct ipmb_ask ask = a->ask;
    bool told = a->told;
    struct rd r = rd_of(answer);
    uint8_t cc = end == IPMB_END_ANSWERED ? rd_u8(&r) : ipmb_end_cc(end);

    ++*end_counter(&a->port->stats, end);
    close_ask(a);
    if (!told && ask.sent != NULL)
        ask.sent(ask.ctx, ask.mark, end);
    if (ask.done != NULL)
        ask.done(ask.ctx, ask.mark, end, cc, rd_rest(&r));
}

static bool
arm(struct open_ask *a, instant span)
{
    struct world *w = a->port->config.world;
    instant at = instant_add(w->now, span);

    return timeline_arm(&w->timeline, &a->timer, at < expiry(a) ? at : expiry(a));
}

/* Queue a's frame; it may wait for the wire until the request expires, or
 * until it is time to try the other bus. */
static enum status
queue_ask(struct open_ask *a)
{
    struct way *way = way_of(a);
    struct bytes frame = bytes_of(a->octets, a->len);
    enum status st;

    if (!arm(a, may_change(a) ? IPMB_PORT_WAY_PATIENCE : IPMB_PORT_SEQ_EXPIRY))
        return ST_NOMEM;
    st = a->sendings > 0 || a->tried_other
             ? medium_send_again(way->medium, &way->node, frame, tag_of(a))
             : medium_send(way->medium, &way->node, frame, tag_of(a));
    a->queued = st == ST_OK;
    return st;
}

/* No success here: the same on the other bus. False when that cannot be. */
static bool
change_way(struct open_ask *a, bool naked)
{
    if (!may_change(a))
        return false;
    a->queued = false;
    a->tried_other = true;
    a->naked = naked;
    a->way ^= 1u;
    a->port->stats.changed++;
    return queue_ask(a) == ST_OK;
}

static bool
may_ask(const struct ipmb_port *port, const struct ipmb_ask *ask)
{
    bool discovery = ask->netfn == NETFN_APP && ask->cmd == 0x01;

    return (ask->netfn & 1) == 0 && ask->netfn < 0x40 && (ask->target & 1) == 0 &&
           ask->target != IPMB_BROADCAST && (!ask->broadcast || discovery) &&
           ask->data.len <= ipmb_port_ask_room(port);
}

static void
build_ask(struct open_ask *a, struct bytes data)
{
    struct wr w = wr_of(a->octets, sizeof a->octets);
    struct ipmb_frame f = {
        .target = a->ask.target, .target_lun = a->ask.target_lun,
        .source = a->port->config.address, .source_lun = a->ask.lun,
        .netfn = a->ask.netfn, .seq = a->seq, .cmd = a->ask.cmd,
        .broadcast = a->ask.broadcast, .data = data,
    };

    ipmb_build(&w, &f);
    a->len = (uint8_t)wr_len(&w);
}

static void
open_ask(struct open_ask *a, const struct ipmb_ask *ask, unsigned seq)
{
    struct ipmb_port *port = a->port;

    a->ask = *ask;
    a->ask.data = bytes_of(NULL, 0);
    if (ask->resends == 0)
        a->ask.resends = port->config.resends;
    else if (ask->resends == IPMB_PORT_NO_RESENDS)
        a->ask.resends = 0;
    a->seq = (uint8_t)seq;
    a->ticket = (++port->tickets * IPMB_SEQS + seq) & TICKET_MASK;
    a->asked_at = port->config.world->now;
    a->way = ipmb_way_next(port);
    build_ask(a, ask->data);
    port->tables->open[seq] = a;
    port->last_seq = a->seq;
}

/* Ask; pinned: on that way alone. */
static enum status
ask_on(struct ipmb_port *port, const struct ipmb_ask *ask, const struct way *pinned,
       uint32_t *ticket)
{
    struct open_ask *a;
    enum status st;
    int seq;

    if (!may_ask(port, ask))
        return ST_INVALID;
    if (!ipmb_port_attached(port))
        return ST_MISSING;
    if (ipmb_port_tables(port) == NULL)
        return ST_NOMEM;
    seq = next_seq(port);
    if (seq < 0)
        return ST_FULL;
    a = new_ask(port);
    if (a == NULL)
        return ST_NOMEM;
    open_ask(a, ask, (unsigned)seq);
    if (pinned != NULL) {
        a->pinned = true;
        a->way = (uint8_t)(pinned - port->ways);
    }
    st = queue_ask(a);
    if (st != ST_OK) {
        close_ask(a);
        return st;
    }
    port->stats.asked++;
    if (ticket != NULL)
        *ticket = a->ticket;
    return ST_OK;
}

enum status
ipmb_port_ask(struct ipmb_port *port, const struct ipmb_ask *ask, uint32_t *ticket)
{
    return ask_on(port, ask, NULL, ticket);
}

/* ipmb_ask.sent: the probe was taken, or never will be. */
static void
probe_sent(void *ctx, uint32_t mark, enum ipmb_end end)
{
    (void)mark;
    ipmb_way_probed(ctx, end == IPMB_END_ANSWERED);
}

bool
ipmb_ask_probe(struct way *way, uint8_t target)
{
    struct ipmb_ask probe = {
        .target = target,
        .netfn = NETFN_APP,
        .cmd = 0x01,
        .resends = IPMB_PORT_NO_RESENDS,
        .sent = probe_sent,
        .ctx = way,
    };

    return ask_on(way->port, &probe, way, NULL) == ST_OK;
}

bool
ipmb_port_cancel(struct ipmb_port *port, uint32_t ticket)
{
    struct open_ask *a = find_ask(port, ticket);

    if (a == NULL)
        return false;
    take_back(a);
    rest_seq(a);
    close_ask(a);
    return true;
}

/* How long to wait for an answer. Where senders are not told of a collision,
 * all of them wait equally long; chance keeps them from meeting again. */
static instant
patience(struct ipmb_port *port)
{
    const struct medium_config *c = medium_config(port->config.medium);
    instant span = port->config.timeout;

    if (c->model == BUS_CSMA && !c->instant_speed)
        span += rng_below(&port->jitter, IPMB_PORT_RESEND_JITTER);
    return span;
}

/* It did not get the wire. On it already, it goes on. */
static void
no_wire(struct open_ask *a, instant at)
{
    bool other = may_change(a) && at < expiry(a);

    take_back(a);
    if (other && a->queued) {
        arm(a, IPMB_PORT_SEQ_EXPIRY);
        return;
    }
    if (!a->queued)
        ipmb_way_broken(way_of(a), true);
    if (other && change_way(a, false))
        return;
    rest_seq(a);
    end_ask(a, IPMB_END_BUS_ERROR, bytes_of(NULL, 0));
}

/* Once more, of a pair on the bus whose turn it is: not the one just used. */
static enum status
queue_again(struct open_ask *a)
{
    if (!a->pinned && ipmb_way_has_other(a->port, a->way))
        a->way ^= 1u;
    a->tried_other = a->naked = false;
    return queue_ask(a);
}

/* The timer of an open request: no answer came, or the wire did not. */
static void
time_out(void *ctx, instant at)
{
    struct open_ask *a = ctx;
    struct ipmb_port *port = a->port;

    if (a->queued) {
        no_wire(a, at);
    } else if (a->sendings > a->ask.resends || at >= expiry(a)) {
        rest_seq(a);
        end_ask(a, IPMB_END_TIMED_OUT, bytes_of(NULL, 0));
    } else {
        port->stats.resends++;
        /* Not even queued: that counts as a sending that was lost. */
        if (queue_again(a) != ST_OK) {
            a->sendings++;
            arm(a, patience(port));
        }
    }
}

/* The receiver had no room for the rest: again soon, or never. */
static void
send_later(struct open_ask *a)
{
    a->queued = false;
    a->sendings++;
    if (a->sendings > a->ask.resends)
        end_ask(a, IPMB_END_NAKED, bytes_of(NULL, 0));
    else
        arm(a, IPMB_PORT_NAK_PAUSE);
}

static void
await_answer(struct open_ask *a)
{
    struct ipmb_ask ask = a->ask;
    bool told = a->told;

    a->queued = false;
    a->told = true;
    a->sendings++;
    ipmb_way_good(way_of(a), a->ask.target);
    if (a->tried_other && a->naked)
        ipmb_way_naked(&a->port->ways[a->way ^ 1u]);
    arm(a, patience(a->port));
    if (!told && ask.sent != NULL)
        ask.sent(ask.ctx, ask.mark, IPMB_END_ANSWERED);
}

/* The wire refused a: note what that says of the link, and try the other. */
static bool
another_way(struct open_ask *a, enum wire_result result)
{
    if (result == WIRE_BUS_ERROR)
        ipmb_way_broken(way_of(a), false);
    return change_way(a, result == WIRE_NAKED);
}

void
ipmb_ask_sent(struct ipmb_port *port, uint32_t ticket, enum wire_result result)
{
    struct open_ask *a = find_ask(port, ticket);

    /* Answered meanwhile, or cancelled. */
    if (a == NULL)
        return;
    if (result == WIRE_DONE)
        await_answer(a);
    else if (result == WIRE_DATA_NAKED)
        send_later(a);
    else if (!another_way(a, result))
        end_ask(a, ipmb_port_end_of(result), bytes_of(NULL, 0));
}

static bool
answers(const struct ipmb_frame *f, const struct open_ask *a)
{
    return a != NULL && a->sendings > 0 && f->source == a->ask.target &&
           f->source_lun == a->ask.target_lun && f->target_lun == a->ask.lun &&
           f->netfn == (a->ask.netfn | 1) && f->cmd == a->ask.cmd;
}

bool
ipmb_ask_answered(struct ipmb_port *port, const struct ipmb_frame *f)
{
    struct open_ask *a = port->tables ? port->tables->open[f->seq] : NULL;

    if (!answers(f, a))
        return false;
    end_ask(a, IPMB_END_ANSWERED, f->data);
    return true;
}

void
ipmb_ask_leave(struct ipmb_port *port, unsigned way)
{
    for (unsigned i = 0; i < IPMB_SEQS; i++) {
        struct open_ask *a = port->tables->open[i];

        if (a == NULL || !a->queued || a->way != way || change_way(a, false))
            continue;
        rest_seq(a);
        end_ask(a, IPMB_END_BUS_ERROR, bytes_of(NULL, 0));
    }
}

void
ipmb_ask_forget(struct ipmb_port *port)
{
    for (unsigned i = 0; i < IPMB_SEQS; i++) {
        struct open_ask *a = port->tables->open[i];

        if (a == NULL)
            continue;
        rest_seq(a);
        close_ask(a);
    }
}

void
ipmb_ask_free_spare(struct tables *t)
{
    struct open_ask *a;

    while ((a = t->spare) != NULL) {
        t->spare = a->next;
        free(a);
    }
}
