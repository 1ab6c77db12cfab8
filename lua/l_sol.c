#include "lua/core.h"

/* The console's end of Serial over LAN; sim/lan/remote_sol.h. */

static struct stage_console *
check_console(lua_State *L)
{
    struct stage_console *c = play_console(play_of(L), luaL_checkinteger(L, 1));

    if (c == NULL)
        luaL_error(L, "this console is not there any more");
    return c;
}

static struct remote_sol *
check_sol(lua_State *L)
{
    struct remote_sol *sol = stage_sol(check_console(L));

    if (sol == NULL)
        luaL_error(L, "this console has no Serial over LAN");
    return sol;
}

/* Whether the suite of a console's session has what Serial over LAN can go
 * without. */
static bool
check_session(lua_State *L, struct stage_console *c, struct remote_secrets *s)
{
    const struct remote *r = stage_console_remote(c);

    return r != NULL && remote_secrets(r, s) && s->rmcpp ? true
           : luaL_error(L, "Serial over LAN needs an open session of RMCP+");
}

static int
sol_begin(lua_State *L)
{
    struct stage_console *c = check_console(L);
    struct stage *s = core_stage(L);
    struct remote_secrets agreed;
    struct remote_sol_opts opts = {
        .instance = (uint8_t)core_number(L, 2, 1, 15, "instance"),
    };
    enum status st;

    check_session(L, c, &agreed);
    opts.plain = agreed.conf == 0;
    opts.uncoded = agreed.integrity == 0;
    st = stage_sol_begin(s, c, &opts);
    return st == ST_OK ? 0 : core_fail(L, "Serial over LAN", st);
}

static int
sol_state(lua_State *L)
{
    static const char *const names[] = {
        [REMOTE_SOL_ACTIVATING] = "activating", [REMOTE_SOL_ACTIVE] = "active",
        [REMOTE_SOL_REFUSED] = "refused", [REMOTE_SOL_ENDED] = "ended",
        [REMOTE_SOL_LOST] = "lost",
    };
    const struct remote_sol *sol = check_sol(L);

    lua_newtable(L);
    core_set_text(L, "state", names[remote_sol_state(sol)]);
    core_set_number(L, "cc", remote_sol_cc(sol));
    core_set_number(L, "status", remote_sol_status(sol));
    core_set_bool(L, "idle", remote_sol_idle(sol));
    core_set_text(L, "violation", remote_sol_violation(sol));
    return 1;
}

static int
sol_type(lua_State *L)
{
    struct remote_sol *sol = check_sol(L);
    struct stage *s = core_stage(L);

    lua_pushinteger(L, (lua_Integer)remote_sol_type(sol, stage_now(s), core_bytes(L, 2)));
    stage_settle(s);
    return 1;
}

static int
sol_heard(lua_State *L)
{
    char chars[4096];
    struct stage_console *c = check_console(L);

    check_sol(L);
    lua_pushlstring(L, chars, stage_sol_take(c, chars, sizeof chars));
    return 1;
}

static int
sol_accept(lua_State *L)
{
    struct stage_console *c = check_console(L);

    check_sol(L);
    stage_sol_accept(c, lua_isnil(L, 2) ? SIZE_MAX
                                        : (size_t)core_number(L, 2, 0, 255, "accept"));
    return 0;
}

static int
sol_operate(lua_State *L)
{
    struct remote_sol *sol = check_sol(L);
    uint8_t operations = (uint8_t)core_number(L, 2, 0, 0x3f, "operations");
    struct stage *s = core_stage(L);

    remote_sol_operate(sol, stage_now(s), operations);
    stage_settle(s);
    return 0;
}

static int
sol_end(lua_State *L)
{
    struct remote_sol *sol = check_sol(L);
    struct stage *s = core_stage(L);

    remote_sol_end(sol, stage_now(s));
    stage_settle(s);
    return 0;
}

static const struct core_row rows[] = {
    { "sol_begin", sol_begin, "(console, instance): begin to activate it" },
    { "sol_state", sol_state, "(console) -> {state, cc, status, idle, violation}" },
    { "sol_type", sol_type, "(console, characters) -> how many there was room for" },
    { "sol_heard", sol_heard, "(console) -> some of what the host said; \"\": nothing new" },
    { "sol_accept", sol_accept, "(console, count | nil): of each packet from now on; nil: all" },
    { "sol_operate", sol_operate, "(console, operations): with the next packet, now" },
    { "sol_end", sol_end, "(console): deactivate it" },
};

const struct core_rows l_sol_rows = { rows, sizeof rows / sizeof rows[0] };
