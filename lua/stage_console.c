/* stage_console.c - the consoles of a stage: where they stand, what they got. */
#include <stdlib.h>
#include <string.h>

#include "lua/stage_impl.h"

#define CONSOLE_PORT 49152

void
stage_console_drop(struct stage_console *c)
{
    while (c->inbox != NULL) {
        struct datagram *d = c->inbox;

        c->inbox = d->next;
        free(d);
    }
    stage_sol_drop(c);
    remote_free(c->remote);
    free(c);
}

static void
keep(struct stage_console *c, struct bytes b)
{
    struct datagram *d;

    if (c->waiting == STAGE_INBOX_MAX || (d = malloc(sizeof *d + b.len)) == NULL)
        return;
    d->next = NULL;
    d->len = b.len;
    memcpy(d->bytes, b.at, b.len);
    *c->inbox_end = d;
    c->inbox_end = &d->next;
    c->waiting++;
}

void
stage_console_arrive(struct stage *s, struct stage_console *c, struct bytes b)
{
    if (c->remote == NULL || c->listens)
        keep(c, b);
    if (c->remote != NULL)
        remote_input(c->remote, s->now, b);
}

/* 192.0.2.1 and up; past 250 the net of 198.18.0.0/15. */
static struct peer
address_of(uint32_t n)
{
    struct peer p = { .family = PEER_IPV4, .port = (uint16_t)(CONSOLE_PORT + n % 16000) };

    if (n < 250)
        memcpy(p.addr, (uint8_t[]){ 192, 0, 2, (uint8_t)(n + 1) }, 4);
    else
        memcpy(p.addr, (uint8_t[]){ 198, (uint8_t)(18 + (n >> 16 & 1)), (uint8_t)(n >> 8),
                                    (uint8_t)n }, 4);
    return p;
}

/* The same for a console that speaks IPv6: 2001:db8::1 and up. */
static struct peer
address6_of(uint32_t n)
{
    struct peer p = { .family = PEER_IPV6, .port = CONSOLE_PORT,
                      .addr = { 0x20, 0x01, 0x0d, 0xb8 } };

    p.addr[14] = (uint8_t)((n + 1) >> 8);
    p.addr[15] = (uint8_t)(n + 1);
    return p;
}

static enum status
make_remote(struct stage *s, const struct remote_opts *opts, struct stage_console *c)
{
    struct remote_opts own = *opts;

    own.crypto = s->crypto;
    own.work = NULL;
    own.key = rng_key_numbered(s->key, s->made);
    return remote_new(&own, &c->remote);
}

/* One with a remote as opts says, not in the list yet. */
static enum status
make_console(struct stage *s, const struct remote_opts *opts, struct stage_console **out)
{
    struct stage_console *c;
    enum status st = ST_OK;

    if (s->made == STAGE_CONSOLES_MAX)
        return ST_FULL;
    c = calloc(1, sizeof *c);
    if (c == NULL)
        return ST_NOMEM;
    if (opts != NULL)
        st = make_remote(s, opts, c);
    if (st != ST_OK) {
        free(c);
        return st;
    }
    c->inbox_end = &c->inbox;
    *out = c;
    return ST_OK;
}

static void
add_console(struct stage *s, struct stage_console *c, struct peer at)
{
    c->at = at;
    s->made++;
    *s->end = c;
    s->end = &c->next;
}

enum status
stage_console_new(struct stage *s, struct chassis_unit *unit, struct lan *lan,
                  const struct remote_opts *opts, struct stage_console **out)
{
    enum status st = make_console(s, opts, out);

    if (st != ST_OK)
        return st;
    (*out)->unit = unit;
    (*out)->lan = lan;
    add_console(s, *out, address_of(s->made));
    return ST_OK;
}

enum status
stage_console_call(struct stage *s, const struct peer *to, void *endpoint,
                   const struct remote_opts *opts, struct stage_console **out)
{
    enum status st = make_console(s, opts, out);

    if (st != ST_OK)
        return st;
    (*out)->to = *to;
    (*out)->endpoint = endpoint;
    add_console(s, *out, to->family == PEER_IPV6 ? address6_of(s->made) : address_of(s->made));
    return ST_OK;
}

void *
stage_console_endpoint(const struct stage_console *c)
{
    return c->endpoint;
}

void
stage_console_free(struct stage *s, struct stage_console *c)
{
    struct stage_console **p = &s->consoles;

    if (c == NULL)
        return;
    while (*p != c)
        p = &(*p)->next;
    *p = c->next;
    if (s->end == &c->next)
        s->end = p;
    stage_console_drop(c);
}

struct remote *
stage_console_remote(struct stage_console *c)
{
    return c->remote;
}

const struct peer *
stage_console_address(const struct stage_console *c)
{
    return &c->at;
}

void
stage_console_send(struct stage *s, struct stage_console *c, struct bytes datagram)
{
    stage_send_from(s, c, datagram);
    stage_settle(s);
}

void
stage_console_listen(struct stage_console *c)
{
    c->listens = true;
}

size_t
stage_console_take(struct stage_console *c, void *to, size_t size)
{
    struct datagram *d = c->inbox;
    size_t len;

    if (d == NULL)
        return 0;
    len = d->len < size ? d->len : size;
    memcpy(to, d->bytes, len);
    c->inbox = d->next;
    if (c->inbox == NULL)
        c->inbox_end = &c->inbox;
    c->waiting--;
    free(d);
    return len;
}

size_t
stage_console_waiting(const struct stage_console *c)
{
    return c->waiting;
}
