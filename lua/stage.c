#include "lua/stage_impl.h"

#include <stdlib.h>
#include <string.h>

#define RMCP_PORT 623

enum status
stage_new(const struct stage_opts *opts, struct stage **out)
{
    struct lab_opts lab = { .seed = opts->seed, .epoch_s = opts->epoch_s,
                            .backing = opts->backing };
    struct stage *s = calloc(1, sizeof *s);
    enum status st;

    if (s == NULL)
        return ST_NOMEM;
    s->end = &s->consoles;
    s->tap = opts->tap;
    s->key = rng_key_named(rng_key_root(opts->seed), "stage");
    st = lab_new(&lab, &s->lab);
    if (st == ST_OK)
        st = crypto_new(&s->crypto);
    if (st != ST_OK) {
        stage_free(s);
        return st;
    }
    lab_set_tap(s->lab, opts->tap);
    *out = s;
    return ST_OK;
}

void
stage_free(struct stage *s)
{
    if (s == NULL)
        return;
    while (s->consoles != NULL) {
        struct stage_console *c = s->consoles;

        s->consoles = c->next;
        stage_console_drop(c);
    }
    lab_free(s->lab);
    crypto_free(s->crypto);
    free(s);
}

struct lab *
stage_lab(struct stage *s)
{
    return s->lab;
}

void
stage_set_tap(struct stage *s, const struct tap *tap)
{
    s->tap = tap;
    lab_set_tap(s->lab, tap);
}

instant
stage_now(const struct stage *s)
{
    return s->now;
}

const struct crypto *
stage_crypto(const struct stage *s)
{
    return s->crypto;
}

/* A LAN's address as clients and traces are to see it. */
static struct peer
shown(const struct mc *mc, const struct machine_lan *facts)
{
    struct peer p = { .family = PEER_IPV4, .port = RMCP_PORT };
    const uint8_t *ip = mc_ip(mc, facts->channel);

    if (ip != NULL)
        memcpy(p.addr, ip, 4);
    return p;
}

/* Show the LANs of a unit, or one of them (only), as what they are, with a
 * socket behind that one. */
static void
name_lans(struct chassis_unit *unit, const struct lan *only, void *endpoint)
{
    struct mc *mc;

    for (uint32_t m = 0; (mc = chassis_unit_nth_mc(unit, m)) != NULL; m++) {
        for (unsigned l = 0; mc_lan(mc, l) != NULL; l++) {
            struct peer local = shown(mc, &mc_machine(mc)->lans[l]);

            if (only == NULL || only == mc_lan(mc, l))
                lan_set_endpoint(mc_lan(mc, l), endpoint, &local);
        }
    }
}

void
stage_open_lan(struct stage *s, struct chassis_unit *unit, const struct lan *lan,
               void *endpoint)
{
    (void)s;
    name_lans(unit, lan, endpoint);
}

enum status
stage_add(struct stage *s, struct description *d, uint32_t index, struct chassis_unit **out)
{
    enum status st = lab_add(s->lab, d, index, out);

    if (st == ST_OK)
        name_lans(*out, NULL, NULL);
    return st;
}

void
stage_drive(struct stage *s, const struct stage_driver *driver)
{
    s->driver = driver;
}

bool
stage_is_real(const struct stage *s)
{
    return s->driver != NULL;
}

/* ---- datagrams, to and fro ---- */

static struct stage_console *
console_at(const struct stage *s, const struct peer *at)
{
    struct stage_console *c = s->consoles;

    while (c != NULL && !peer_equal(&c->at, at))
        c = c->next;
    return c;
}

static void
deliver(struct stage *s, const struct outbox_entry *e)
{
    struct stage_console *c = console_at(s, &e->to);

    if (c == NULL) {
        if (s->driver != NULL && e->endpoint != NULL)
            s->driver->send(s->driver->ctx, e);
    } else
        stage_console_arrive(s, c, e->bytes);
}

/* What the lab sent goes to whom it is for. True: there was something. */
static bool
empty_outbox(struct stage *s)
{
    struct outbox *out = lab_outbox(s->lab);
    size_t count = outbox_count(out);

    for (size_t i = 0; i < count; i++)
        deliver(s, outbox_at(out, i));
    outbox_clear(out);
    return count != 0;
}

/* A datagram between a console and a BMC outside, for who listens. */
static void
show(const struct stage *s, const struct stage_console *c, enum tap_dir dir, struct bytes b)
{
    struct tap_event ev = { .at = s->now, .link = TAP_LAN, .dir = dir, .fate = FATE_DELIVERED,
                            .local = c->to, .remote = c->at, .bytes = b };

    ev.local.port = RMCP_PORT;
    tap_emit(s->tap, &ev);
}

static void
send_out(struct stage *s, const struct stage_console *c, struct bytes b)
{
    const struct outbox_entry e = { s->now, c->endpoint, c->to, b };

    if (s->driver == NULL)
        return;
    show(s, c, TAP_TO_BMC, b);
    s->driver->send(s->driver->ctx, &e);
}

void
stage_send_from(struct stage *s, const struct stage_console *c, struct bytes b)
{
    if (c->lan != NULL)
        lab_input(s->lab, c->unit, c->lan, s->now, &c->at, b);
    else
        send_out(s, c, b);
}

/* What consoles sent is carried on. True: there was something. */
static bool
empty_consoles(struct stage *s)
{
    struct bytes datagram;
    bool any = false;

    for (struct stage_console *c = s->consoles; c != NULL; c = c->next) {
        while (c->remote != NULL && remote_output(c->remote, &datagram)) {
            stage_send_from(s, c, datagram);
            (void)empty_outbox(s);
            any = true;
        }
    }
    return any;
}

void
stage_settle(struct stage *s)
{
    /* From within: whoever is at it goes on until nothing waits. */
    if (s->settling || s->held)
        return;
    s->settling = true;
    while (empty_outbox(s) || empty_consoles(s))
        continue;
    s->settling = false;
}

/* ---- time ---- */

instant
stage_deadline(const struct stage *s)
{
    instant due = lab_deadline(s->lab);

    for (const struct stage_console *c = s->consoles; c != NULL; c = c->next) {
        if (c->remote != NULL && remote_deadline(c->remote) < due)
            due = remote_deadline(c->remote);
        if (stage_sol_deadline(c) < due)
            due = stage_sol_deadline(c);
    }
    return due;
}

/* Do all that is due at the present instant. */
static void
expire(struct stage *s)
{
    while (!lab_advance(s->lab, s->now))
        (void)empty_outbox(s);
    stage_settle(s);
    for (struct stage_console *c = s->consoles; c != NULL; c = c->next) {
        if (c->remote != NULL && remote_deadline(c->remote) <= s->now)
            remote_expire(c->remote, s->now);
        stage_sol_expire(s, c);
    }
    stage_settle(s);
}

/* Do all that is due up to an instant, each at its own, and be there. */
static void
catch_up(struct stage *s, instant now)
{
    instant due;

    while ((due = stage_deadline(s)) <= now) {
        if (due > s->now)
            s->now = due;
        expire(s);
    }
    if (now > s->now)
        s->now = now;
}

void
stage_hold(struct stage *s)
{
    s->held++;
}

void
stage_release(struct stage *s)
{
    s->held--;
}

void
stage_listen(struct stage *s, const struct stage_ear *ear)
{
    s->ear = ear;
}

void
stage_datagram(struct stage *s, struct chassis_unit *unit, struct lan *lan, instant now,
               const struct peer *from, struct bytes datagram)
{
    if (s->ear != NULL)
        s->ear->datagram(s->ear->ctx, unit, lan, now, from, datagram);
    catch_up(s, now);
    lab_input(s->lab, unit, lan, s->now, from, datagram);
    stage_settle(s);
}

void
stage_answer(struct stage *s, const void *endpoint, instant now, const struct peer *from,
             struct bytes datagram)
{
    struct stage_console *c = s->consoles;

    if (s->ear != NULL)
        s->ear->answer(s->ear->ctx, endpoint, now, from, datagram);
    while (c != NULL && (c->endpoint == NULL || c->endpoint != endpoint))
        c = c->next;
    if (c == NULL || !peer_equal(&c->to, from))
        return;
    catch_up(s, now);
    show(s, c, TAP_FROM_BMC, datagram);
    stage_console_arrive(s, c, datagram);
    stage_settle(s);
}

instant
stage_step(struct stage *s, instant until)
{
    instant due = stage_deadline(s);

    if (due > until)
        due = until;
    if (due < s->now)
        due = s->now;
    if (s->driver != NULL && due > s->now) {
        instant now = s->driver->wait(s->driver->ctx, due);

        due = now < due ? now : due;
    }
    if (due > s->now)
        s->now = due;
    expire(s);
    return s->now;
}
