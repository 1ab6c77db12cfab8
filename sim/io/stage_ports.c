/* stage_ports.c - the sockets of a stage: of its BMCs, and of its consoles
 * before others. */
#include <stdlib.h>

#include "sim/io/addr.h"
#include "sim/io/stage_loop_impl.h"

static instant
arrived(void *ctx)
{
    struct outside_world *w = ctx;

    w->happened = true;
    return stage_loop_now(w);
}

static void
input(void *ctx, const struct udp_end *end, instant now, const struct peer *from,
      struct bytes datagram)
{
    struct outside_world *w = ctx;
    const struct stage_socket *s = end->mark;

    if (s->lan != NULL)
        stage_datagram(w->stage, s->unit, s->lan, now, from, datagram);
    else
        stage_answer(w->stage, s->socket, now, from, datagram);
}

/* The stage settles by itself. */
static void
settle(void *ctx)
{
    (void)ctx;
}

enum status
stage_ports_open(struct outside_world *w)
{
    const struct udp_user user = { w, &w->uv, arrived, input, settle };

    return udp_hub_new(&user, &w->hub);
}

static void
forget(struct outside_world *w, struct stage_socket **at)
{
    struct stage_socket *s = *at;

    *at = s->next;
    if (s->lan != NULL)
        stage_open_lan(w->stage, s->unit, s->lan, NULL);
    udp_hub_close(w->hub, s->socket);
    free(s);
}

void
stage_ports_close(struct outside_world *w)
{
    while (w->sockets != NULL)
        forget(w, &w->sockets);
    udp_hub_free(w->hub);
    w->hub = NULL;
}

/* A socket bound at an address, in the list, that receives. */
static enum status
add(struct outside_world *w, const struct stage_socket *facts, const struct peer *at,
    struct peer *bound, struct stage_socket **out)
{
    struct stage_socket *s = malloc(sizeof *s);
    enum status st;

    if (s == NULL)
        return ST_NOMEM;
    *s = *facts;
    st = udp_hub_open(w->hub, &(struct udp_end){ .mark = s }, at, bound, &s->socket);
    if (st != ST_OK) {
        free(s);
        return st;
    }
    s->next = w->sockets;
    w->sockets = s;
    *out = s;
    return udp_hub_start(w->hub);
}

void
stage_ports_unlisten(struct outside_world *w, struct lan *lan)
{
    struct stage_socket **at = &w->sockets;

    while (*at != NULL && (*at)->lan != lan)
        at = &(*at)->next;
    if (*at != NULL)
        forget(w, at);
}

enum status
stage_ports_listen(struct outside_world *w, struct chassis_unit *unit, struct lan *lan,
                   const char *host, uint16_t port, struct peer *bound)
{
    const struct stage_socket facts = { .unit = unit, .lan = lan };
    struct stage_socket *s;
    struct peer at;
    enum status st = addr_resolve(host, port, &at);

    if (st != ST_OK)
        return st;
    stage_ports_unlisten(w, lan);
    st = add(w, &facts, &at, bound, &s);
    if (st != ST_OK)
        return st;
    stage_open_lan(w->stage, unit, lan, s->socket);
    lan_set_port(lan, bound->port);
    return ST_OK;
}

enum status
stage_ports_call(struct outside_world *w, const struct peer *to, void **endpoint)
{
    const struct stage_socket facts = { .lan = NULL };
    const struct peer any = { .family = to->family };
    struct stage_socket *s;
    struct peer bound;
    enum status st = add(w, &facts, &any, &bound, &s);

    if (st == ST_OK)
        *endpoint = s->socket;
    return st;
}

void
stage_ports_hang_up(struct outside_world *w, void *endpoint)
{
    struct stage_socket **at = &w->sockets;

    while (*at != NULL && (*at)->socket != endpoint)
        at = &(*at)->next;
    if (*at != NULL)
        forget(w, at);
}
