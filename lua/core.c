#include "lua/core.h"

#include <stdio.h>

#include "lua/hooks.h"

static const struct core_rows *const subjects[] = {
    &l_time_rows, &l_lab_rows, &l_mc_rows, &l_console_rows, &l_crypto_rows,
    &l_run_rows, &l_target_rows, &l_hook_rows, &l_node_rows,
    &l_watch_rows, &l_fault_rows, &l_trace_rows, &l_bus_rows, &l_host_rows,
    &l_sol_rows,
};

#define SUBJECTS (sizeof subjects / sizeof subjects[0])

void
core_open(lua_State *L)
{
    lua_newtable(L);
    for (size_t s = 0; s < SUBJECTS; s++) {
        for (size_t i = 0; i < subjects[s]->count; i++) {
            lua_pushcfunction(L, subjects[s]->rows[i].fn);
            lua_setfield(L, -2, subjects[s]->rows[i].name);
        }
    }
}

/* The function of a command that is at work; NULL: none is. */
static const struct hook_call *
call_of(struct play *p)
{
    const struct hooks *h = *play_hooks(p);

    return h == NULL ? NULL : h->call;
}

void
core_outside(lua_State *L)
{
    if (call_of(play_of(L)) != NULL)
        luaL_error(L, "a function that answers a command cannot ask or wait; spawn() a task, or "
                      "return later()");
}

struct stage *
core_stage(lua_State *L)
{
    struct stage *s = play_stage(play_of(L));

    core_outside(L);
    if (s == NULL)
        luaL_error(L, "not enough memory");
    return s;
}

struct chassis_unit *
core_unit(lua_State *L, int arg)
{
    lua_Integer n = luaL_checkinteger(L, arg);
    struct play *p = play_of(L);
    struct chassis_unit *unit = NULL;

    if (play_has_stage(p) && n >= 0 && n <= UINT32_MAX)
        unit = lab_unit(stage_lab(play_stage(p)), (uint32_t)n);
    if (unit == NULL)
        luaL_error(L, "this chassis is not there any more");
    return unit;
}

struct mc *
core_mc(lua_State *L, int arg)
{
    struct chassis_unit *unit = core_unit(L, arg);
    lua_Integer address = luaL_checkinteger(L, arg + 1);
    struct mc *mc = address >= 0 && address <= UINT16_MAX
                        ? chassis_unit_mc(unit, (uint16_t)address) : NULL;

    if (mc == NULL) {
        char hex[24];

        (void)snprintf(hex, sizeof hex, "%02llXh", (unsigned long long)address);
        luaL_error(L, "there is no controller at %s in this chassis", hex);
    }
    return mc;
}

lua_Integer
core_number(lua_State *L, int arg, lua_Integer min, lua_Integer max, const char *what)
{
    int whole;
    lua_Integer v = lua_tointegerx(L, arg, &whole);

    if (!whole || v < min || v > max)
        luaL_error(L, "%s: found %s; expected a whole number, %I to %I", what,
                   luaL_tolstring(L, arg, NULL), (LUAI_UACINT)min, (LUAI_UACINT)max);
    return v;
}

instant
core_instant(lua_State *L, int arg)
{
    lua_Integer v = luaL_checkinteger(L, arg);

    return v < 0 ? 0 : (instant)v;
}

struct bytes
core_bytes(lua_State *L, int arg)
{
    struct bytes b;

    b.at = (const uint8_t *)luaL_checklstring(L, arg, &b.len);
    return b;
}

void
core_push_bytes(lua_State *L, struct bytes b)
{
    lua_pushlstring(L, b.len ? (const char *)b.at : "", b.len);
}

lua_Integer
core_field_number(lua_State *L, int arg, const char *field, lua_Integer min, lua_Integer max,
                  lua_Integer otherwise)
{
    lua_Integer v = otherwise;

    if (lua_getfield(L, arg, field) != LUA_TNIL)
        v = core_number(L, -1, min, max, field);
    lua_pop(L, 1);
    return v;
}

bool
core_field_bool(lua_State *L, int arg, const char *field)
{
    bool v;

    lua_getfield(L, arg, field);
    v = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return v;
}

void
core_set_number(lua_State *L, const char *field, lua_Integer v)
{
    lua_pushinteger(L, v);
    lua_setfield(L, -2, field);
}

void
core_set_bool(lua_State *L, const char *field, bool v)
{
    lua_pushboolean(L, v);
    lua_setfield(L, -2, field);
}

void
core_set_text(lua_State *L, const char *field, const char *v)
{
    lua_pushstring(L, v);
    lua_setfield(L, -2, field);
}

int
core_fail(lua_State *L, const char *what, enum status st)
{
    return luaL_error(L, "%s: %s", what, status_text(st));
}

void
core_do(lua_State *L, struct chassis_unit *unit, void (*what)(void *ctx), void *ctx)
{
    const struct hook_call *call = call_of(play_of(L));
    struct stage *s = play_stage(play_of(L));

    if (call != NULL && call->chassis == chassis_unit_world(unit)->chassis) {
        what(ctx);
        return;
    }
    if (call != NULL)
        luaL_error(L, "a function that answers a command acts on its own chassis alone; "
                      "spawn() a task for others");
    lab_do(stage_lab(s), unit, stage_now(s), what, ctx);
    stage_settle(s);
}

static void
nothing(void *ctx)
{
    (void)ctx;
}

void
core_bring(lua_State *L, struct chassis_unit *unit)
{
    if (call_of(play_of(L)) == NULL)
        core_do(L, unit, nothing, NULL);
}
