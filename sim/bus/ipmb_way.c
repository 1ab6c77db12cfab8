/* The buses that a port is on; and, of a pair, how its two links are. */
#include "sim/bus/ipmb_port_impl.h"

static void probe_time(void *ctx, instant at);

void
ipmb_way_init(struct ipmb_port *port, unsigned n, struct medium *medium)
{
    struct way *way = &port->ways[n];

    way->port = port;
    way->medium = medium;
    timer_init(&way->probe, TIMER_EXPIRY, probe_time, way);
}

/* ---- which one ---- */

bool
ipmb_way_has_other(const struct ipmb_port *port, unsigned n)
{
    return port->way_count == IPMB_PORT_WAYS && port->ways[n ^ 1u].node.attached;
}

static bool
is_fit(const struct way *way)
{
    return way->node.attached && way->status == IPMB_LINK_WORKS;
}

uint8_t
ipmb_way_next(struct ipmb_port *port)
{
    uint8_t n = port->turn;

    if (port->way_count == 1)
        return 0;
    port->turn ^= 1u;
    if (is_fit(&port->ways[n]) || !ipmb_way_has_other(port, n))
        return n;
    return is_fit(&port->ways[n ^ 1u]) || !port->ways[n].node.attached ? n ^ 1u : n;
}

/* ---- links that fail, and work again ---- */

static struct timeline *
timeline_of(struct way *way)
{
    return &way->port->config.world->timeline;
}

static void
probe_later(struct way *way)
{
    (void)timeline_arm(timeline_of(way), &way->probe,
                       instant_add(way->port->config.world->now, IPMB_PORT_PROBE));
}

static void
set_status(struct way *way, enum ipmb_link_status status)
{
    struct ipmb_port *port = way->port;

    if (way->status == status)
        return;
    way->status = (uint8_t)status;
    way->strikes = 0;
    if (status != IPMB_LINK_WORKS) {
        port->stats.link_failures++;
        probe_later(way);
    } else {
        timeline_disarm(timeline_of(way), &way->probe);
    }
    if (port->sinks.link != NULL)
        port->sinks.link(port->sinks.ctx, port, (unsigned)(way - port->ways));
}

/* Whom to ask whether the link works: who acknowledged something here last, or
 * at least on the other bus. 0: nobody is known. */
static uint8_t
probed_address(const struct way *way)
{
    const struct ipmb_port *port = way->port;
    unsigned n = (unsigned)(way - port->ways);

    return way->last_good ? way->last_good : port->ways[n ^ 1u].last_good;
}

static bool
probe(struct way *way)
{
    uint8_t target = probed_address(way);

    if (way->probing)
        return true;
    way->probing = target != 0 && way->node.attached && ipmb_ask_probe(way, target);
    return way->probing;
}

static void
probe_time(void *ctx, instant at)
{
    struct way *way = ctx;

    (void)at;
    if (!probe(way))
        probe_later(way);
}

void
ipmb_way_probed(struct way *way, bool good)
{
    if (!way->probing)
        return;
    way->probing = false;
    if (good)
        set_status(way, IPMB_LINK_WORKS);
    else if (way->status == IPMB_LINK_WORKS)
        set_status(way, IPMB_LINK_UNDIAGNOSED);
    else
        probe_later(way);
}

void
ipmb_way_good(struct way *way, uint8_t target)
{
    way->last_good = target;
    way->strikes = 0;
}

void
ipmb_way_naked(struct way *way)
{
    if (way->status != IPMB_LINK_WORKS || way->probing ||
        ++way->strikes < IPMB_PORT_STRIKES)
        return;
    way->strikes = 0;
    if (way->last_good == 0 || !probe(way))
        set_status(way, IPMB_LINK_UNDIAGNOSED);
}

/* A wire that was only busy for too long is no broken one. */
void
ipmb_way_broken(struct way *way, bool waited)
{
    bool stuck = medium_is_stuck(way->medium);

    if (way->port->way_count == 1 || (waited && !stuck))
        return;
    if (way->status == IPMB_LINK_WORKS)
        set_status(way, stuck ? IPMB_LINK_DATA_LOW : IPMB_LINK_CLOCK_LOW);
}

/* ---- on the bus and off it ---- */

void
ipmb_way_leave(struct way *way)
{
    timeline_disarm(timeline_of(way), &way->probe);
    way->probing = false;
    medium_detach(way->medium, &way->node);
}

static void
forget(struct way *way)
{
    timeline_disarm(timeline_of(way), &way->probe);
    way->probing = false;
    way->status = IPMB_LINK_WORKS;
    way->strikes = 0;
}

void
ipmb_way_forget(struct ipmb_port *port)
{
    for (unsigned i = 0; i < port->way_count; i++)
        forget(&port->ways[i]);
}

/* Off a bus: what waits for it goes elsewhere. */
static void
leave(struct ipmb_port *port, unsigned n)
{
    ipmb_way_leave(&port->ways[n]);
    if (port->tables == NULL)
        return;
    ipmb_ask_leave(port, n);
    ipmb_raw_leave(port, n);
}

static enum status
enter(struct way *way)
{
    if (way->isolated || way->node.attached)
        return ST_OK;
    forget(way);
    return medium_attach(way->medium, &way->node);
}

enum status
ipmb_port_attach(struct ipmb_port *port)
{
    enum status st = ST_OK;

    if (ipmb_port_attached(port))
        return ST_EXISTS;
    for (unsigned i = 0; st == ST_OK && i < port->way_count; i++)
        st = enter(&port->ways[i]);
    port->attached = st == ST_OK;
    for (unsigned i = 0; st != ST_OK && i < port->way_count; i++)
        ipmb_way_leave(&port->ways[i]);
    return st;
}

/* All off first, so that nothing that waits tries another of them. */
void
ipmb_port_detach(struct ipmb_port *port)
{
    port->attached = false;
    for (unsigned i = 0; i < port->way_count; i++)
        ipmb_way_leave(&port->ways[i]);
    for (unsigned i = 0; i < port->way_count; i++)
        leave(port, i);
}

bool
ipmb_port_attached(const struct ipmb_port *port)
{
    for (unsigned i = 0; i < port->way_count; i++)
        if (port->ways[i].node.attached)
            return true;
    return false;
}

enum status
ipmb_port_isolate(struct ipmb_port *port, unsigned which, bool isolate)
{
    struct way *way;

    if (port->way_count != IPMB_PORT_WAYS || which >= IPMB_PORT_WAYS)
        return ST_MISSING;
    way = &port->ways[which];
    if (way->isolated == isolate)
        return ST_OK;
    way->isolated = isolate;
    forget(way);
    if (isolate)
        leave(port, which);
    return isolate || !port->attached ? ST_OK : enter(way);
}

struct medium *
ipmb_port_way(const struct ipmb_port *port, unsigned n)
{
    return n < port->way_count ? port->ways[n].medium : NULL;
}

bool
ipmb_port_isolated(const struct ipmb_port *port, unsigned which)
{
    return which < port->way_count && port->ways[which].isolated;
}

enum ipmb_link_status
ipmb_port_link(const struct ipmb_port *port, unsigned which)
{
    return which < port->way_count ? (enum ipmb_link_status)port->ways[which].status
                                   : IPMB_LINK_WORKS;
}
