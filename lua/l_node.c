#include <stdlib.h>

#include "lua/core.h"
#include "lua/hooks.h"

/* A controller that is a function: a node on the bus of a chassis. */
struct node {
    struct node *next;
    struct hooks *hooks;
    struct chassis_unit *unit;
    struct ipmb_port *port;
    struct hook hook;             /* its function */
    int id;
};

static void
node_free(struct node *n)
{
    hooks_forget(n->hooks, n);
    ipmb_port_free(n->port);
    free(n);
}

void
nodes_close(struct hooks *h)
{
    while (h->nodes != NULL) {
        struct node *n = h->nodes;

        h->nodes = n->next;
        node_free(n);
    }
}

/* A request for it: an ipmi_request_fn. */
static void
request(void *ctx, struct ipmi_req *rq)
{
    struct node *n = ctx;
    uint8_t room[IPMI_DATA_MAX];
    struct wr rs = wr_of(room, sizeof room);
    struct hook_call call = {
        .hook = &n->hook, .rq = rq, .rs = &rs, .data = { rq->data.at, rd_left(&rq->data) },
        .owner = n, .world = chassis_unit_world(n->unit),
        .chassis = chassis_unit_world(n->unit)->chassis,
    };
    enum ipmi_cc cc = hooks_run(n->hooks, &call);

    if (rs.bad)
        ipmi_answer(&rq->from, CC_CANNOT_RETURN, bytes_of(NULL, 0));
    else if (cc != CC_LATER && cc != CC_SILENT)
        ipmi_answer(&rq->from, (uint8_t)cc, wr_bytes_of(&rs));
}

static struct node *
check_node(lua_State *L)
{
    lua_Integer id = luaL_checkinteger(L, 1);
    struct node *n = hooks_of(L)->nodes;

    while (n != NULL && n->id != id)
        n = n->next;
    if (n == NULL)
        luaL_error(L, "this controller is not there any more");
    return n;
}

static enum status
put_on_bus(struct node *n, struct medium *bus, uint8_t address)
{
    struct ipmb_port_config config = {
        .world = chassis_unit_world(n->unit), .medium = bus,
        .address = address, .channel = CHANNEL_PRIMARY_IPMB,
    };
    struct ipmb_port_sinks sinks = { .ctx = n, .request = request };
    enum status st = ipmb_port_new(&config, &sinks, &n->port);

    return st == ST_OK ? ipmb_port_attach(n->port) : st;
}

static int
node_add(lua_State *L)
{
    struct chassis_unit *unit = core_unit(L, 1);
    uint8_t address = (uint8_t)core_number(L, 2, 0, 0xfe, "address");
    struct medium *bus = chassis_unit_nth_bus(unit,
                                              (uint32_t)core_number(L, 4, 0, UINT32_MAX, "bus"));
    struct hooks *h = hooks_of(L);
    struct node *n;
    enum status st;
    int id;

    core_outside(L);
    if (bus == NULL)
        return luaL_error(L, "this chassis has no such bus");
    id = hooks_keep(h, L, 3);
    n = calloc(1, sizeof *n);
    if (n == NULL)
        return luaL_error(L, "not enough memory");
    n->hooks = h;
    n->unit = unit;
    n->id = n->hook.id = id;
    st = put_on_bus(n, bus, address);
    if (st != ST_OK) {
        node_free(n);
        return st == ST_EXISTS ? luaL_error(L, "there is a controller at that address already")
                               : core_fail(L, "controller", st);
    }
    n->next = h->nodes;
    h->nodes = n;
    lua_pushinteger(L, id);
    return 1;
}

static int
node_remove(lua_State *L)
{
    struct hooks *h = hooks_of(L);
    struct node *n = check_node(L), **at = &h->nodes;

    core_outside(L);
    while (*at != n)
        at = &(*at)->next;
    *at = n->next;
    hooks_drop(h, n->id);
    node_free(n);
    return 0;
}

struct plug {
    struct node *node;
    bool on;
};

static void
plug(void *ctx)
{
    const struct plug *p = ctx;

    if (!p->on)
        ipmb_port_detach(p->node->port);
    else if (!ipmb_port_attached(p->node->port))
        (void)ipmb_port_attach(p->node->port);
}

static int
node_plug(lua_State *L)
{
    struct plug p = { check_node(L), lua_toboolean(L, 2) };

    core_outside(L);
    core_do(L, p.node->unit, plug, &p);
    return 0;
}

/* ---- its own requests to others ---- */

struct asking {
    struct play *play;
    struct ipmb_port *port;
    struct ipmb_ask ask;
    enum status st;
};

static void
done(void *ctx, uint32_t mark, enum ipmb_end end, uint8_t cc, struct bytes data)
{
    (void)play_complete(ctx, mark, end != IPMB_END_ANSWERED, cc, data);
}

static void
ask(void *ctx)
{
    struct asking *a = ctx;

    a->st = ipmb_port_ask(a->port, &a->ask, NULL);
}

/* How often a request is sent again; nothing: as the port does. */
static uint8_t
resends_of(lua_State *L, int arg)
{
    lua_Integer times;

    if (lua_isnoneornil(L, arg))
        return 0;
    times = core_number(L, arg, 0, IPMB_PORT_NO_RESENDS - 1, "resends");
    return times == 0 ? IPMB_PORT_NO_RESENDS : (uint8_t)times;
}

/* The ticket of what was begun, or its error. */
static int
asked(lua_State *L, enum status st, uint32_t ticket)
{
    if (st == ST_MISSING)
        return luaL_error(L, "this controller is not on the bus");
    if (st != ST_OK)
        return core_fail(L, "request", st);
    lua_pushinteger(L, ticket);
    return 1;
}

static int
node_ask(lua_State *L)
{
    struct node *n = check_node(L);
    struct play *p = play_of(L);
    struct asking a = {
        .play = p, .port = n->port,
        .ask = {
            .target = (uint8_t)core_number(L, 2, 0, 0xff, "target"),
            .netfn = (uint8_t)core_number(L, 3, 0, 0x3f, "netfn"),
            .cmd = (uint8_t)core_number(L, 4, 0, 0xff, "cmd"),
            .data = core_bytes(L, 5),
            .target_lun = (uint8_t)(lua_isnoneornil(L, 6) ? 0 : core_number(L, 6, 0, 3, "LUN")),
            .broadcast = lua_toboolean(L, 7),
            .resends = resends_of(L, 8),
            .done = done, .ctx = p,
        },
    };

    core_outside(L);
    a.ask.mark = play_ticket(p);
    core_do(L, n->unit, ask, &a);
    return asked(L, a.st, a.ask.mark);
}

/* ---- frames as they are ---- */

struct sending {
    struct ipmb_port *port;
    struct ipmb_raw raw;
    enum status st;
};

static void
sent(void *ctx, uint32_t mark, enum ipmb_end end)
{
    (void)play_complete(ctx, mark, end != IPMB_END_ANSWERED, ipmb_end_cc(end),
                        bytes_of(NULL, 0));
}

static void
send_raw(void *ctx)
{
    struct sending *s = ctx;

    s->st = ipmb_port_send_raw(s->port, &s->raw);
}

static int
node_send(lua_State *L)
{
    struct node *n = check_node(L);
    struct play *p = play_of(L);
    struct sending s = {
        .port = n->port,
        .raw = { .frame = core_bytes(L, 2), .sent = sent, .ctx = p },
    };

    core_outside(L);
    s.raw.mark = play_ticket(p);
    core_do(L, n->unit, send_raw, &s);
    return asked(L, s.st, s.raw.mark);
}

static const struct core_row rows[] = {
    { "node_add", node_add, "(unit, address, fn, n) -> node: a controller on the n-th bus whose requests fn answers" },
    { "node_remove", node_remove, "(node)" },
    { "node_plug", node_plug, "(node, on): onto the bus, or off it" },
    { "node_ask", node_ask, "(node, target, netfn, cmd, data, [lun], [broadcast], [resends]) -> ticket" },
    { "node_send", node_send, "(node, octets) -> ticket: a frame as it is" },
};

const struct core_rows l_node_rows = { rows, sizeof rows / sizeof rows[0] };
