#include <stdlib.h>

#include "lua/core.h"

/* The instant it is; 0 before there is a stage. */
static int
now(lua_State *L)
{
    struct play *p = play_of(L);

    lua_pushinteger(L, play_has_stage(p) ? (lua_Integer)stage_now(play_stage(p)) : 0);
    return 1;
}

/* ([until], [outside]): outside says that nobody waits for the lab. */
static int
step(lua_State *L)
{
    struct stage *s = core_stage(L);
    instant until = lua_isnoneornil(L, 1) ? INSTANT_NEVER : core_instant(L, 1);

    play_keep_pace(play_of(L));
    if (lua_toboolean(L, 2) && play_wait_outside(play_of(L))) {
        lua_pushinteger(L, (lua_Integer)stage_now(s));
        return 1;
    }
    if (until == INSTANT_NEVER && stage_deadline(s) == INSTANT_NEVER &&
        !play_awaits_outside(play_of(L)))
        return luaL_error(L, "nothing will ever happen again, and the scenario waits for it");
    play_breathe(play_of(L));
    lua_pushinteger(L, (lua_Integer)stage_step(s, until));
    return 1;
}

static int
settle(lua_State *L)
{
    stage_settle(core_stage(L));
    return 0;
}

/* The next thing that ended: ticket, timed out, completion code, data. */
static int
take(lua_State *L)
{
    struct completion *c = play_take_completion(play_of(L));

    if (c == NULL)
        return 0;
    /* Room is made first: an error here would leave c to nobody. */
    lua_pushinteger(L, c->ticket);
    lua_pushboolean(L, c->timed_out);
    lua_pushinteger(L, c->cc);
    lua_pushlstring(L, (const char *)c->data, c->len);
    free(c);
    return 4;
}

/* A whole number in 0 .. n - 1 from the lab's seed. */
static int
chance(lua_State *L)
{
    lua_Integer n = luaL_checkinteger(L, 1);

    lua_pushinteger(L, n <= 0 ? 0 : (lua_Integer)rng_below(play_chance(play_of(L)), (uint64_t)n));
    return 1;
}

static int
seed(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)play_seed(play_of(L)));
    return 1;
}

static int
say(lua_State *L)
{
    play_say(play_of(L), luaL_checkstring(L, 1));
    return 0;
}

static int
watched(lua_State *L)
{
    lua_pushboolean(L, play_is_watched(play_of(L)));
    return 1;
}

static const struct core_row rows[] = {
    { "now", now, "() -> instant in ns" },
    { "step", step, "([until], [outside]) -> instant: let time pass to the next event, or until; outside: "
      "only programs are waited for" },
    { "settle", settle, "(): carry what waits, without letting time pass" },
    { "take", take, "() -> ticket, timed_out, cc, data | nothing: what ended" },
    { "chance", chance, "(n) -> 0 .. n - 1, from the seed" },
    { "seed", seed, "() -> the lab's seed" },
    { "say", say, "(line): to who watches the scenario" },
    { "watched", watched, "() -> whether somebody does: ipmilab run, not ipmilab test" },
};

const struct core_rows l_time_rows = { rows, sizeof rows / sizeof rows[0] };
