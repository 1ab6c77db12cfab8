/* l_target.c - the BMC outside that is to be tested, and consoles before it. */
#include <errno.h>
#include <string.h>

#include "lua/core.h"

static const struct outside_target *
the_target(lua_State *L)
{
    const struct outside_setup *setup = play_outside_setup(play_of(L));

    return setup == NULL ? NULL : setup->target;
}

/* () -> {host, port, user, password, suite, lan15, writes, start} | nothing */
static int
target(lua_State *L)
{
    const struct outside_target *t = the_target(L);

    if (t == NULL)
        return 0;
    lua_newtable(L);
    core_set_text(L, "host", t->host);
    core_set_number(L, "port", t->port);
    core_set_text(L, "user", t->user);
    core_set_text(L, "password", t->password);
    core_set_number(L, "suite", t->suite);
    if (t->lan15 != NULL)
        core_set_text(L, "lan15", t->lan15);
    if (t->start != NULL)
        core_set_text(L, "start", t->start);
    core_set_bool(L, "writes", t->writes);
    return 1;
}

/* A console with a socket of its own, which the play closes with it. */
static struct stage_console *
call(lua_State *L, const struct peer *to, const struct remote_opts *opts)
{
    const struct outside_ops *ops = core_world_ops(L);
    struct outside_world *w = core_world(L);
    struct stage_console *c;
    void *endpoint;
    enum status st = ops->call(w, to, &endpoint);

    if (st == ST_IO)
        luaL_error(L, "a socket: %s", strerror(errno));
    if (st != ST_OK)
        core_fail(L, "a socket", st);
    st = stage_console_call(core_stage(L), to, endpoint, opts, &c);
    if (st == ST_OK)
        return c;
    ops->hang_up(w, endpoint);
    if (st == ST_INVALID)
        luaL_error(L, "there is no such cipher suite or authentication type");
    core_fail(L, "console", st);
    return NULL;
}

/* (host, port, [options]) -> console */
static int
target_console(lua_State *L)
{
    const char *host = luaL_checkstring(L, 1);
    uint16_t port = (uint16_t)core_number(L, 2, 1, UINT16_MAX, "port");
    bool raw = !lua_istable(L, 3);
    struct remote_opts opts;
    struct stage_console *c;
    struct peer to;
    uint32_t id;

    if (!raw)
        opts = core_remote_opts(L, 3);
    if (core_world_ops(L)->resolve(play_outside_setup(play_of(L)), host, port, &to) != ST_OK)
        return luaL_error(L, "there is no host \"%s\"", host);
    c = call(L, &to, raw ? NULL : &opts);
    id = play_add_console(play_of(L), c);
    if (id == 0)
        return luaL_error(L, "not enough memory");
    lua_pushinteger(L, id);
    return 1;
}

static const struct core_row rows[] = {
    { "target", target, "() -> {host, port, user, password, suite, lan15, writes, start} | nothing" },
    { "target_console", target_console,
      "(host, port, [options]) -> console before a BMC outside; as console_new" },
};

const struct core_rows l_target_rows = { rows, sizeof rows / sizeof rows[0] };
