/* l_run.c - programs outside, ports of the lab's BMCs, and the pace of time. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "lua/core.h"

#define WORDS_MAX 1024          /* of a command line, and of an environment */

const struct outside_ops *
core_world_ops(lua_State *L)
{
    const struct outside_setup *setup = play_outside_setup(play_of(L));

    if (setup == NULL)
        luaL_error(L, "there is no world outside of this play");
    return setup->ops;
}

struct outside_world *
core_world(lua_State *L)
{
    enum status why;
    struct outside_world *w;

    core_outside(L);
    w = play_outside(play_of(L), &why);
    if (w == NULL && why == ST_MISSING)
        luaL_error(L, "there is no world outside of this play");
    if (w == NULL)
        core_fail(L, "the world outside", why);
    return w;
}

static uint32_t
check_id(lua_State *L, int arg)
{
    lua_Integer id = luaL_checkinteger(L, arg);
    struct outside_state s;

    if (id < 1 || id > UINT32_MAX ||
        !core_world_ops(L)->state(core_world(L), (uint32_t)id, &s))
        luaL_error(L, "this program is not there any more");
    return (uint32_t)id;
}

/* ---- programs ---- */

static int
program_path(lua_State *L)
{
    char path[OUTSIDE_PATH_MAX];

    core_world_ops(L)->path(play_outside_setup(play_of(L)), path, sizeof path);
    lua_pushstring(L, path);
    return 1;
}

static int
program_find(lua_State *L)
{
    char path[OUTSIDE_PATH_MAX];

    if (!core_world_ops(L)->find(play_outside_setup(play_of(L)), luaL_checkstring(L, 1), path,
                                 sizeof path))
        return 0;
    lua_pushstring(L, path);
    return 1;
}

static int
folder(lua_State *L)
{
    struct outside_world *w = core_world(L);
    const char *path = core_world_ops(L)->folder(w);

    if (path == NULL)
        return luaL_error(L, "no folder for the test's files: %s", strerror(errno));
    lua_pushstring(L, path);
    return 1;
}

/* The list of strings at arg, NULL at its end. The array is Lua's, on top of
 * the stack; the strings belong to the list. */
static const char *const *
words_of(lua_State *L, int arg)
{
    size_t count = lua_rawlen(L, arg);
    const char **words;

    if (count > WORDS_MAX)
        luaL_error(L, "%d words are too many; up to %d fit", (int)count, WORDS_MAX);
    words = lua_newuserdatauv(L, (count + 1) * sizeof *words, 0);
    for (size_t i = 0; i < count; i++) {
        /* As a string it stays in the list, which keeps it. */
        if (lua_rawgeti(L, arg, (lua_Integer)i + 1) != LUA_TSTRING)
            luaL_error(L, "word %d: found a %s; expected text", (int)i + 1,
                       luaL_typename(L, -1));
        words[i] = lua_tostring(L, -1);
        lua_pop(L, 1);
    }
    words[count] = NULL;
    return words;
}

/* (argv, env, dir, pty) */
static int
program_start(lua_State *L)
{
    struct outside_world *w = core_world(L);
    struct outside_program p = { .pty = lua_toboolean(L, 4) };
    enum status st;
    uint32_t id;

    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, 2, LUA_TTABLE);
    p.argv = words_of(L, 1);
    p.env = words_of(L, 2);
    p.dir = luaL_checkstring(L, 3);
    st = core_world_ops(L)->start(w, &p, &id);
    if (st == ST_FULL)
        return luaL_error(L, "too many programs run at once");
    if (st == ST_IO)
        return luaL_error(L, "%s: it cannot be run%s: %s", p.argv[0],
                          p.pty ? " in a terminal" : "", strerror(errno));
    if (st != ST_OK)
        return core_fail(L, p.argv[0], st);
    play_keep_pace(play_of(L));
    lua_pushinteger(L, id);
    return 1;
}

static const struct {
    const char *name;
    int number;
} signals[] = {
    { "HUP", SIGHUP },   { "INT", SIGINT },   { "QUIT", SIGQUIT },   { "ILL", SIGILL },
    { "ABRT", SIGABRT }, { "BUS", SIGBUS },   { "FPE", SIGFPE },     { "KILL", SIGKILL },
    { "USR1", SIGUSR1 }, { "SEGV", SIGSEGV }, { "USR2", SIGUSR2 },   { "PIPE", SIGPIPE },
    { "ALRM", SIGALRM }, { "TERM", SIGTERM }, { "CONT", SIGCONT },   { "STOP", SIGSTOP },
    { "TSTP", SIGTSTP }, { "TRAP", SIGTRAP }, { "WINCH", SIGWINCH }, { "XCPU", SIGXCPU },
};

#define SIGNALS (sizeof signals / sizeof signals[0])

static void
push_signal(lua_State *L, int number)
{
    for (size_t i = 0; i < SIGNALS; i++) {
        if (signals[i].number == number) {
            lua_pushstring(L, signals[i].name);
            return;
        }
    }
    lua_pushfstring(L, "%d", number);
}

static int
signal_number(lua_State *L, int arg)
{
    const char *name = luaL_checkstring(L, arg);

    for (size_t i = 0; i < SIGNALS; i++)
        if (strcmp(signals[i].name, name) == 0)
            return signals[i].number;
    return luaL_error(L, "there is no signal \"%s\"; TERM, KILL, INT and the like are",
                      name);
}

static int
program_state(lua_State *L)
{
    uint32_t id = check_id(L, 1);
    struct outside_state s;

    (void)core_world_ops(L)->state(core_world(L), id, &s);
    lua_newtable(L);
    core_set_bool(L, "ended", s.ended);
    if (s.signal == 0)
        core_set_number(L, "status", s.status);
    else {
        push_signal(L, s.signal);
        lua_setfield(L, -2, "signal");
    }
    core_set_bool(L, "late", s.late);
    core_set_number(L, "ns", (lua_Integer)s.ns);
    core_set_number(L, "lost", (lua_Integer)(s.lost[0] + s.lost[1]));
    return 1;
}

/* (id) -> errors?, text | nothing */
static int
program_take(lua_State *L)
{
    uint32_t id = check_id(L, 1);
    struct bytes octets;
    bool errors;

    if (!core_world_ops(L)->take(core_world(L), id, &errors, &octets))
        return 0;
    lua_pushboolean(L, errors);
    core_push_bytes(L, octets);
    return 2;
}

static int
program_write(lua_State *L)
{
    uint32_t id = check_id(L, 1);
    enum status st = core_world_ops(L)->write(core_world(L), id, core_bytes(L, 2));

    if (st == ST_FULL)
        return luaL_error(L, "the program does not read its input, and too much waits");
    if (st == ST_INVALID)
        return luaL_error(L, "the program's input is closed");
    return st == ST_OK ? 0 : core_fail(L, "input", st);
}

static int
program_close_input(lua_State *L)
{
    core_world_ops(L)->close_input(core_world(L), check_id(L, 1));
    return 0;
}

static int
program_signal(lua_State *L)
{
    uint32_t id = check_id(L, 1);

    lua_pushboolean(L, core_world_ops(L)->signal(core_world(L), id, signal_number(L, 2)));
    return 1;
}

static int
program_limit(lua_State *L)
{
    core_world_ops(L)->limit(core_world(L), check_id(L, 1), core_instant(L, 2));
    return 0;
}

static int
program_drop(lua_State *L)
{
    core_world_ops(L)->drop(core_world(L), check_id(L, 1));
    return 0;
}

/* ---- ports ---- */

static struct lan *
check_lan(lua_State *L, int arg)
{
    struct chassis_unit *unit = core_unit(L, arg);
    struct lan *lan = chassis_unit_lan(unit, (uint32_t)core_number(L, arg + 1, 0, 255, "lan"));

    if (lan == NULL)
        luaL_error(L, "this chassis has no such LAN");
    return lan;
}

/* (unit, lan, host, port) -> host, port | nil, why: the system refuses */
static int
listen(lua_State *L)
{
    struct outside_world *w = core_world(L);
    struct lan *lan = check_lan(L, 1);
    const char *host = luaL_checkstring(L, 3);
    uint16_t port = (uint16_t)core_number(L, 4, 0, UINT16_MAX, "port");
    char text[OUTSIDE_HOST_MAX];
    struct peer bound;
    enum status st = core_world_ops(L)->listen(w, core_unit(L, 1), lan, host, port, &bound);

    if (st == ST_MISSING)
        return luaL_error(L, "there is no host \"%s\"", host);
    if (st == ST_IO) {
        lua_pushnil(L);
        lua_pushstring(L, strerror(errno));
        return 2;
    }
    if (st != ST_OK)
        return core_fail(L, "port", st);
    core_world_ops(L)->host_text(play_outside_setup(play_of(L)), &bound, text, sizeof text);
    lua_pushstring(L, text);
    lua_pushinteger(L, bound.port);
    return 2;
}

static int
unlisten(lua_State *L)
{
    core_world_ops(L)->unlisten(core_world(L), check_lan(L, 1));
    return 0;
}

/* ---- time ---- */

static int
pace(lua_State *L)
{
    static const char *const names[] = { "auto", "real", "virtual", NULL };
    static const enum play_pace paces[] = { PLAY_PACE_AUTO, PLAY_PACE_REAL, PLAY_PACE_VIRTUAL };
    enum play_pace p = paces[luaL_checkoption(L, 1, NULL, names)];

    if (p == PLAY_PACE_REAL)
        (void)core_world(L);
    play_set_pace(play_of(L), p);
    play_keep_pace(play_of(L));
    return 0;
}

static int
hold(lua_State *L)
{
    (void)core_world(L);
    play_hold_real(play_of(L), (int)core_number(L, 1, -1, 1, "holders"));
    play_keep_pace(play_of(L));
    return 0;
}

static int
is_real(lua_State *L)
{
    struct play *p = play_of(L);

    play_keep_pace(p);
    lua_pushboolean(L, play_has_stage(p) && stage_is_real(play_stage(p)));
    return 1;
}

static const struct core_row rows[] = {
    { "program_path", program_path, "() -> the folders that are searched, with colons" },
    { "program_find", program_find, "(name) -> path | nothing" },
    { "program_start", program_start, "(argv, env, folder, pty) -> program" },
    { "program_state", program_state, "(program) -> {ended, status or signal, late, ns, lost}" },
    { "program_take", program_take, "(program) -> errors, text | nothing: what it said" },
    { "program_write", program_write, "(program, text)" },
    { "program_close_input", program_close_input, "(program)" },
    { "program_signal", program_signal, "(program, name) -> was it there" },
    { "program_limit", program_limit, "(program, span): late is true after that time" },
    { "program_drop", program_drop, "(program): end and forget it" },
    { "folder", folder, "() -> path of the test's own folder" },
    { "listen", listen, "(unit, lan, host, port) -> host, port | nil, why" },
    { "unlisten", unlisten, "(unit, lan)" },
    { "pace", pace, "(auto|real|virtual): how time goes" },
    { "hold", hold, "(1 | -1): one more, or one fewer, who needs real time" },
    { "is_real", is_real, "() -> whether time is real" },
};

const struct core_rows l_run_rows = { rows, sizeof rows / sizeof rows[0] };
