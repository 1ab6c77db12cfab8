#include <stdlib.h>
#include <string.h>

#include "lua/core.h"
#include "sim/host/post.h"
#include "sim/host/uart.h"
#include "sim/mc/chassis.h"

#define SCREEN_MAX 65536           /* characters that wait to be read */

static struct host *
check_host(lua_State *L)
{
    struct host *host = chassis_unit_host(core_unit(L, 1));

    if (host == NULL)
        luaL_error(L, "this chassis manages no host");
    return host;
}

/* ---- power ---- */

static const char *const op_names[] = {
    [HOST_OP_OFF] = "off", [HOST_OP_ON] = "on", [HOST_OP_CYCLE] = "cycle",
    [HOST_OP_RESET] = "reset", [HOST_OP_DIAG] = "diag", [HOST_OP_SOFT] = "soft", NULL,
};

static const char *const cause_names[] = { "unknown", "power button", "reset button", NULL };
static const enum host_cause causes[] = { CAUSE_UNKNOWN, CAUSE_POWER_BUTTON, CAUSE_RESET_BUTTON };

struct operation {
    struct host *host;
    struct chassis *chassis;       /* NULL: without a front panel to disable */
    enum host_op op;
    enum host_cause cause;
    uint8_t button;                /* BUTTON_*, for press() */
    bool done;
};

static struct chassis *
chassis_with(struct chassis_unit *unit)
{
    struct mc *bmc = chassis_unit_bmc(unit);

    return bmc != NULL ? chassis_of(bmc) : NULL;
}

/* A button that does nothing switches nothing. */
static bool
panel_refuses(const struct operation *o)
{
    uint8_t off = o->chassis != NULL ? chassis_buttons_off(o->chassis) : 0;

    if (o->cause == CAUSE_POWER_BUTTON)
        return o->op != HOST_OP_ON && (off & BUTTON_POWER) != 0;
    return o->cause == CAUSE_RESET_BUTTON && (off & BUTTON_RESET) != 0;
}

static void
operate(void *ctx)
{
    struct operation *o = ctx;

    o->done = !panel_refuses(o) && host_do(o->host, o->op, o->cause);
}

static int
host_power(lua_State *L)
{
    struct operation o = {
        .host = check_host(L), .chassis = chassis_with(core_unit(L, 1)),
        .op = (enum host_op)luaL_checkoption(L, 2, NULL, op_names),
        .cause = causes[luaL_checkoption(L, 3, "unknown", cause_names)],
    };

    core_do(L, core_unit(L, 1), operate, &o);
    lua_pushboolean(L, o.done);
    return 1;
}

static const char *const button_names[] = { "power", "reset", "diag", "standby", NULL };
static const uint8_t buttons[] = { BUTTON_POWER, BUTTON_RESET, BUTTON_DIAG, BUTTON_STANDBY };

static void
press(void *ctx)
{
    struct operation *o = ctx;

    o->done = chassis_button(o->chassis, o->button);
}

static int
host_press(lua_State *L)
{
    struct operation o = {
        .chassis = chassis_with(core_unit(L, 1)),
        .button = buttons[luaL_checkoption(L, 2, NULL, button_names)],
    };

    if (o.chassis == NULL)
        return luaL_error(L, "this chassis has no chassis device, and no front panel");
    core_do(L, core_unit(L, 1), press, &o);
    lua_pushboolean(L, o.done);
    return 1;
}

static const char *const state_names[] = {
    [HOST_OFF] = "off", [HOST_ON] = "on", [HOST_SOFT_OFF] = "shutting down",
    [HOST_CYCLING] = "cycling", [HOST_TURNING_ON] = "turning on",
    [HOST_TURNING_OFF] = "turning off",
};

static const char *const stage_names[] = {
    [HOST_STAGE_NOTHING] = "nothing", [HOST_STAGE_POST] = "post", [HOST_STAGE_SETUP] = "setup",
    [HOST_STAGE_OS] = "os", [HOST_STAGE_STOPPING] = "stopping",
    [HOST_STAGE_STOPPED] = "stopped",
};

static int
host_facts(lua_State *L)
{
    struct host *host = check_host(L);

    lua_createtable(L, 0, 6);
    core_set_text(L, "state", state_names[host_state(host)]);
    core_set_text(L, "stage", stage_names[host_stage(host)]);
    core_set_number(L, "post_code", host_post_code(host));
    core_set_text(L, "post_text", post_text(host_post_code(host)));
    core_set_bool(L, "power", host_power_good(host));
    core_set_number(L, "cause", host_last_start(host));
    return 1;
}

/* ---- its serial port: a terminal at the far end ---- */

struct terminal {
    struct uart *uart;
    bool there;
    size_t len;
    uint8_t screen[SCREEN_MAX];
};

static size_t
room(void *ctx)
{
    const struct terminal *t = ctx;

    return SCREEN_MAX - t->len;
}

static void
take(void *ctx, struct bytes chars)
{
    struct terminal *t = ctx;
    size_t len = chars.len < room(t) ? chars.len : room(t);

    memcpy(t->screen + t->len, chars.at, len);
    t->len += len;
}

static void
ignore(void *ctx)
{
    (void)ctx;
}

static void
plug_in(void *ctx)
{
    struct terminal *t = ctx;
    struct uart_far far = { t, room, take, ignore, ignore };

    t->there = uart_connect(t->uart, &far);
}

static void
hang_up(void *ctx)
{
    struct terminal *t = ctx;

    if (t->there)
        uart_disconnect(t->uart);
    t->there = false;
}

static void
make_room(void *ctx)
{
    uart_far_room(((struct terminal *)ctx)->uart);
}

/* A terminal is memory of the Lua state, which is closed before the lab: the
 * port must not know it any more by then. */
static int
terminal_drop(lua_State *L)
{
    hang_up(lua_touserdata(L, 1));
    return 0;
}

static const char terminal_kind[] = "ipmilab.terminal";

static struct terminal *
check_terminal(lua_State *L, int arg)
{
    struct terminal *t = luaL_checkudata(L, arg, terminal_kind);

    if (!t->there)
        luaL_error(L, "nobody is at the host's serial port any more");
    return t;
}

static int
terminal_new(lua_State *L)
{
    struct uart *uart = host_uart(check_host(L));
    struct terminal *t;

    if (uart == NULL)
        return luaL_error(L, "not enough memory");
    t = lua_newuserdatauv(L, sizeof *t, 0);
    t->uart = uart;
    t->len = 0;
    t->there = false;
    if (luaL_newmetatable(L, terminal_kind)) {
        lua_pushcfunction(L, terminal_drop);
        lua_setfield(L, -2, "__gc");
    }
    lua_setmetatable(L, -2);
    core_do(L, core_unit(L, 1), plug_in, t);
    if (!t->there)
        return luaL_error(L, "somebody is at the host's serial port already: Serial over LAN, "
                             "or another terminal");
    return 1;
}

static int
terminal_close(lua_State *L)
{
    struct terminal *t = luaL_checkudata(L, 2, terminal_kind);

    core_do(L, core_unit(L, 1), hang_up, t);
    return 0;
}

/* All characters that arrived since the last call. */
static int
terminal_read(lua_State *L)
{
    struct terminal *t = check_terminal(L, 2);
    bool was_full = t->len == SCREEN_MAX;

    core_push_bytes(L, bytes_of(t->screen, t->len));
    t->len = 0;
    if (was_full)
        core_do(L, core_unit(L, 1), make_room, t);
    return 1;
}

struct typing {
    struct terminal *terminal;
    struct bytes keys;
    size_t taken;
};

static void
type(void *ctx)
{
    struct typing *t = ctx;

    t->taken = uart_send(t->terminal->uart, t->keys);
}

static int
terminal_type(lua_State *L)
{
    struct typing t = { check_terminal(L, 2), core_bytes(L, 3), 0 };

    core_do(L, core_unit(L, 1), type, &t);
    lua_pushinteger(L, (lua_Integer)t.taken);
    return 1;
}

static void
send_break(void *ctx)
{
    uart_signal(((struct terminal *)ctx)->uart, UART_BREAK, true);
}

static int
terminal_break(lua_State *L)
{
    core_do(L, core_unit(L, 1), send_break, check_terminal(L, 2));
    return 0;
}

static const struct core_row rows[] = {
    { "host_power", host_power, "(unit, off|on|cycle|reset|diag|soft, [cause]) -> it was possible?" },
    { "host_press", host_press, "(unit, power|reset|diag|standby) -> it did something?" },
    { "host_facts", host_facts, "(unit) -> {state, stage, post_code, post_text, power, cause}" },
    { "terminal_new", terminal_new, "(unit) -> terminal at its serial port" },
    { "terminal_close", terminal_close, "(unit, terminal): hang up" },
    { "terminal_read", terminal_read, "(unit, terminal) -> what arrived" },
    { "terminal_type", terminal_type, "(unit, terminal, keys) -> how many were taken" },
    { "terminal_break", terminal_break, "(unit, terminal)" },
};

const struct core_rows l_host_rows = { rows, sizeof rows / sizeof rows[0] };
