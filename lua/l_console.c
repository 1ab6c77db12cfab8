#include <stdlib.h>
#include <string.h>

#include "lua/core.h"

/* What a request of a console needs when it ends. */
struct asked {
    struct play *play;
    uint32_t ticket;
};

static struct stage_console *
check_console(lua_State *L, int arg)
{
    struct stage_console *c = play_console(play_of(L), luaL_checkinteger(L, arg));

    if (c == NULL)
        luaL_error(L, "this console is not there any more");
    return c;
}

static struct remote *
check_remote(lua_State *L, int arg)
{
    struct remote *r = stage_console_remote(check_console(L, arg));

    if (r == NULL)
        luaL_error(L, "this console sends datagrams as they are; it has no session");
    return r;
}

/* A text field of the table at arg of up to size octets, zero-filled. */
static void
octets_field(lua_State *L, int arg, const char *field, void *to, size_t size)
{
    size_t len;
    const char *text;

    memset(to, 0, size);
    if (lua_getfield(L, arg, field) != LUA_TNIL) {
        text = luaL_checklstring(L, -1, &len);
        if (len > size)
            luaL_error(L, "%s: %d octets are too many; up to %d fit", field, (int)len,
                       (int)size);
        memcpy(to, text, len);
    }
    lua_pop(L, 1);
}

struct remote_opts
core_remote_opts(lua_State *L, int arg)
{
    struct remote_opts o = {
        .rmcpp = core_field_bool(L, arg, "rmcpp"),
        .auth_type = (uint8_t)core_field_number(L, arg, "auth_type", 0, 5, 2),
        .suite = (uint8_t)core_field_number(L, arg, "suite", 0, 63, 3),
        .privilege = (uint8_t)core_field_number(L, arg, "privilege", 0, 15, PRIV_ADMIN),
        .name_only = core_field_bool(L, arg, "name_only"),
        .ask_highest = core_field_bool(L, arg, "ask_highest"),
        .skip_capabilities = core_field_bool(L, arg, "skip_capabilities"),
        .timeout = (instant)core_field_number(L, arg, "timeout", 0, INT64_MAX, 0),
        .retries = (unsigned)core_field_number(L, arg, "retries", 0, 1000, REMOTE_RETRIES),
    };

    if (o.retries == 0)
        o.retries = REMOTE_NO_RETRIES;
    octets_field(L, arg, "user", o.user, 16);
    octets_field(L, arg, "password", o.password, sizeof o.password);
    octets_field(L, arg, "kg", o.kg, sizeof o.kg);
    lua_getfield(L, arg, "kg");
    o.kg_set = !lua_isnil(L, -1);
    lua_pop(L, 1);
    return o;
}

static int
console_new(lua_State *L)
{
    struct stage *s = core_stage(L);
    struct chassis_unit *unit = core_unit(L, 1);
    struct lan *lan = chassis_unit_lan(unit, (uint32_t)core_number(L, 2, 0, 255, "lan"));
    struct remote_opts opts;
    struct stage_console *c;
    enum status st;
    uint32_t id;

    if (lan == NULL)
        return luaL_error(L, "this chassis has no such LAN");
    if (lua_istable(L, 3))
        opts = core_remote_opts(L, 3);
    st = stage_console_new(s, unit, lan, lua_istable(L, 3) ? &opts : NULL, &c);
    if (st == ST_INVALID)
        return luaL_error(L, "there is no such cipher suite or authentication type");
    if (st != ST_OK)
        return core_fail(L, "console", st);
    id = play_add_console(play_of(L), c);
    if (id == 0)
        return luaL_error(L, "not enough memory");
    lua_pushinteger(L, id);
    return 1;
}

static int
console_free(lua_State *L)
{
    core_outside(L);
    play_drop_console(play_of(L), luaL_checkinteger(L, 1));
    return 0;
}

static int
console_open(lua_State *L)
{
    struct remote *r = check_remote(L, 1);
    struct stage *s = core_stage(L);

    remote_open(r, stage_now(s));
    stage_settle(s);
    return 0;
}

static int
console_close(lua_State *L)
{
    struct remote *r = check_remote(L, 1);
    struct stage *s = core_stage(L);

    remote_close(r, stage_now(s));
    stage_settle(s);
    return 0;
}

static const char *const state_names[] = {
    [REMOTE_IDLE] = "idle", [REMOTE_OPENING] = "opening", [REMOTE_OPEN] = "open",
    [REMOTE_CLOSING] = "closing", [REMOTE_CLOSED] = "closed", [REMOTE_FAILED] = "failed",
};

static int
console_state(lua_State *L)
{
    const struct remote *r = check_remote(L, 1);
    const struct remote_stats *stats = remote_stats(r);

    lua_newtable(L);
    core_set_text(L, "state", state_names[remote_state(r)]);
    core_set_text(L, "error", remote_error(r));
    core_set_text(L, "violation", remote_violation(r));
    core_set_number(L, "privilege", remote_privilege(r));
    core_set_number(L, "bmc_session", remote_bmc_sid(r));
    core_set_number(L, "session", remote_console_sid(r));
    core_set_number(L, "sent", (lua_Integer)stats->sent);
    core_set_number(L, "received", (lua_Integer)stats->received);
    core_set_number(L, "retries", (lua_Integer)stats->retries);
    core_set_number(L, "repeats", (lua_Integer)stats->repeats);
    core_set_number(L, "violations", (lua_Integer)stats->violations);
    return 1;
}

static void
done(void *ctx, bool timed_out, uint8_t cc, struct bytes data)
{
    struct asked *asked = ctx;

    (void)play_complete(asked->play, asked->ticket, timed_out, cc, data);
    free(asked);
}

static int
console_request(lua_State *L)
{
    struct remote *r = check_remote(L, 1);
    uint8_t netfn = (uint8_t)core_number(L, 2, 0, 0x3f, "netfn");
    uint8_t cmd = (uint8_t)core_number(L, 3, 0, 0xff, "cmd");
    struct bytes data = core_bytes(L, 4);
    struct stage *s = core_stage(L);
    struct asked *asked;

    if (data.len > REMOTE_DATA_MAX)
        return luaL_error(L, "%d octets of data are too many; up to %d fit", (int)data.len,
                          REMOTE_DATA_MAX);
    asked = malloc(sizeof *asked);
    if (asked == NULL)
        return luaL_error(L, "not enough memory");
    *asked = (struct asked){ play_of(L), play_ticket(play_of(L)) };
    lua_pushinteger(L, asked->ticket);
    if (!remote_request(r, stage_now(s), netfn, cmd, data, done, asked)) {
        free(asked);
        return luaL_error(L, "%d requests are under way already", REMOTE_PENDING_MAX);
    }
    stage_settle(s);
    return 1;
}

static int
console_send(lua_State *L)
{
    struct stage_console *c = check_console(L, 1);

    stage_console_send(core_stage(L), c, core_bytes(L, 2));
    return 0;
}

static int
console_receive(lua_State *L)
{
    struct stage_console *c = check_console(L, 1);
    char datagram[OUTBOX_DATAGRAM_MAX];
    size_t len;

    if (stage_console_waiting(c) == 0)
        return 0;
    len = stage_console_take(c, datagram, sizeof datagram);
    lua_pushlstring(L, datagram, len);
    return 1;
}

/* What an open session agreed on, for packets made by hand; from now on what
 * arrives is kept. */
static int
console_secrets(lua_State *L)
{
    const struct remote *r = check_remote(L, 1);
    struct remote_secrets s;

    if (!remote_secrets(r, &s))
        return luaL_error(L, "this console has no open session");
    stage_console_listen(check_console(L, 1));
    lua_newtable(L);
    core_set_bool(L, "rmcpp", s.rmcpp);
    core_set_number(L, "auth_type", s.auth_type);
    core_set_number(L, "auth", s.auth);
    core_set_number(L, "integrity", s.integrity);
    core_set_number(L, "confidentiality", s.conf);
    core_push_bytes(L, s.sik);
    lua_setfield(L, -2, "sik");
    core_push_bytes(L, bytes_of(s.password, 20));
    lua_setfield(L, -2, "password");
    core_set_number(L, "bmc_session", remote_bmc_sid(r));
    core_set_number(L, "session", remote_console_sid(r));
    return 1;
}

static int
console_number(lua_State *L)
{
    lua_pushinteger(L, remote_take_number(check_remote(L, 1)));
    return 1;
}

static const struct core_row rows[] = {
    { "console_new", console_new,
      "(unit, lan, [options]) -> console; without options one of raw datagrams" },
    { "console_free", console_free, "(console)" },
    { "console_open", console_open, "(console): begin to open its session" },
    { "console_close", console_close, "(console): begin to close it" },
    { "console_state", console_state, "(console) -> {state, error, violation, privilege, ...}" },
    { "console_request", console_request, "(console, netfn, cmd, data) -> ticket" },
    { "console_send", console_send, "(console, datagram): as it is" },
    { "console_receive", console_receive, "(console) -> datagram | nothing" },
    { "console_secrets", console_secrets,
      "(console) -> {rmcpp, auth_type, auth, integrity, confidentiality, sik, password, "
      "bmc_session, session}: of its open session; console_receive() gives what arrives" },
    { "console_number", console_number, "(console) -> its session's next number, taken" },
};

const struct core_rows l_console_rows = { rows, sizeof rows / sizeof rows[0] };
