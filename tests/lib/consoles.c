#include "tests/lib/consoles.h"

enum status
consoles_begin(struct consoles *cs, struct lab *lab)
{
    *cs = (struct consoles){ .lab = lab, .laps = 1 };
    return crypto_new(&cs->crypto);
}

void
consoles_end(struct consoles *cs)
{
    for (size_t i = 0; i < cs->count; i++)
        remote_free(cs->list[i].remote);
    crypto_free(cs->crypto);
}

struct console *
consoles_add(struct consoles *cs, struct chassis_unit *unit, struct remote_opts opts)
{
    struct console *c = &cs->list[cs->count];
    struct peer local = { .addr = { 192, 0, 2 }, .port = 623, .family = PEER_IPV4 };

    opts.crypto = cs->crypto;
    if (cs->count == CONSOLES_MAX || remote_new(&opts, &c->remote) != ST_OK)
        return NULL;
    c->unit = unit;
    c->lan = chassis_unit_lan(unit, 0);
    c->peer = (struct peer){ .addr = { 198, 51, 100, 1 }, .family = PEER_IPV4 };
    c->peer.port = (uint16_t)(40000 + cs->count);
    local.addr[3] = (uint8_t)++cs->count;
    lan_set_endpoint(c->lan, c, &local);
    return c;
}

static void
on_done(void *ctx, bool timed_out, uint8_t cc, struct bytes data)
{
    struct console *c = ctx;

    (void)data;
    c->waiting = false;
    c->answered += !timed_out;
    c->refused += !timed_out && cc != 0;
    c->cc = cc;
    c->timed_out += timed_out;
}

/* Let a console go on with its list. */
static void
go_on(struct consoles *cs, struct console *c)
{
    size_t all = cs->laps * cs->request_count;
    const struct console_request *rq;

    if (remote_state(c->remote) != REMOTE_OPEN || c->waiting || c->next > all)
        return;
    if (c->next == all) {
        remote_close(c->remote, cs->now);
        c->next++;
        return;
    }
    rq = &cs->requests[c->next % cs->request_count];
    c->waiting = remote_request(c->remote, cs->now, rq->netfn, rq->cmd,
                                bytes_of(rq->data, rq->len), on_done, c);
    c->next += c->waiting;
}

static bool
say(struct consoles *cs, struct console *c)
{
    struct bytes datagram;
    bool any = false;

    while (remote_output(c->remote, &datagram)) {
        lab_input(cs->lab, c->unit, c->lan, cs->now, &c->peer, datagram);
        any = true;
    }
    return any;
}

static bool
hear(struct consoles *cs)
{
    struct outbox *ob = lab_outbox(cs->lab);
    size_t count = outbox_count(ob);

    for (size_t i = 0; i < count; i++) {
        const struct outbox_entry *e = outbox_at(ob, i);
        struct console *c = e->endpoint;

        if (c != NULL)
            remote_input(c->remote, cs->now, e->bytes);
    }
    outbox_clear(ob);
    return count > 0;
}

/* Everything that happens at the present instant. */
static void
settle(struct consoles *cs)
{
    bool any = true;

    while (any) {
        any = false;
        for (size_t i = 0; i < cs->count; i++) {
            go_on(cs, &cs->list[i]);
            any |= say(cs, &cs->list[i]);
        }
        any |= hear(cs);
    }
}

static instant
next_instant(const struct consoles *cs)
{
    instant next = lab_deadline(cs->lab);

    for (size_t i = 0; i < cs->count; i++) {
        instant at = remote_deadline(cs->list[i].remote);

        next = at < next ? at : next;
    }
    return next;
}

static void
step(struct consoles *cs, instant to)
{
    cs->now = to;
    while (!lab_advance(cs->lab, to))
        (void)hear(cs);
    for (size_t i = 0; i < cs->count; i++)
        if (remote_deadline(cs->list[i].remote) <= to)
            remote_expire(cs->list[i].remote, to);
    settle(cs);
}

void
consoles_play(struct consoles *cs, instant until)
{
    for (size_t i = 0; i < cs->count; i++)
        if (remote_state(cs->list[i].remote) == REMOTE_IDLE)
            remote_open(cs->list[i].remote, cs->now);
    settle(cs);
    for (instant next = next_instant(cs); next <= until && next != INSTANT_NEVER;
         next = next_instant(cs))
        step(cs, next);
}
