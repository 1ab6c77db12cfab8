#include <stdlib.h>
#include <string.h>

#include "lua/core.h"
#include "lua/hooks.h"
#include "lua/troupe.h"

/* d as a light userdata; or raise why, which is freed. */
static int
machine_or_why(lua_State *L, struct description *d, char *why)
{
    if (d != NULL) {
        lua_pushlightuserdata(L, d);
        return 1;
    }
    lua_pushstring(L, why == NULL ? "not enough memory" : why);
    free(why);
    return lua_error(L);
}

static int
machine(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    const char *from = luaL_optstring(L, 2, NULL);
    char *why = NULL;
    struct description *d = troupe_machine(play_troupe(play_of(L)), from, name, &why);

    return machine_or_why(L, d, why);
}

static int
machine_text(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    const char *emu = luaL_optstring(L, 2, NULL);
    const char *conf = luaL_optstring(L, 3, NULL);
    char *why = NULL;
    struct description *d = troupe_machine_text(play_troupe(play_of(L)), name, emu, conf, &why);

    return machine_or_why(L, d, why);
}

static int
add(lua_State *L)
{
    struct stage *s = core_stage(L);
    lua_Integer index = core_number(L, 2, 0, UINT32_MAX - 1, "index");
    struct chassis_unit *unit;
    enum status st;

    luaL_checktype(L, 1, LUA_TLIGHTUSERDATA);
    st = stage_add(s, lua_touserdata(L, 1), (uint32_t)index, &unit);
    if (st != ST_OK)
        return core_fail(L, "chassis", st);
    stage_settle(s);
    watch_added(*play_hooks(play_of(L)));
    lua_pushinteger(L, lab_count(stage_lab(s)) - 1);
    return 1;
}

/* Its name, index, the BMC's address, the addresses of all controllers, and
 * how many LANs there are. */
static int
chassis(lua_State *L)
{
    struct chassis_unit *unit = core_unit(L, 1);
    const struct description *d = chassis_unit_description(unit);
    struct mc *mc;
    uint32_t n = 0;

    lua_newtable(L);
    core_set_text(L, "name", d->name);
    core_set_number(L, "index", chassis_unit_index(unit));
    core_set_number(L, "bmc", d->bmc_address);
    lua_newtable(L);
    while ((mc = chassis_unit_nth_mc(unit, n)) != NULL) {
        lua_pushinteger(L, machine_id(mc_machine(mc)));
        lua_rawseti(L, -2, ++n);
    }
    lua_setfield(L, -2, "controllers");
    for (n = 0; chassis_unit_lan(unit, n) != NULL; n++)
        continue;
    core_set_number(L, "lans", n);
    return 1;
}

static const struct core_row rows[] = {
    { "machine", machine, "(name, [scenario file]) -> machine: load it, once a process" },
    { "machine_text", machine_text, "(name, [emu], [conf]) -> machine: of text" },
    { "add", add, "(machine, index) -> unit: put a chassis of it into the lab" },
    { "chassis", chassis, "(unit) -> {name, index, bmc, controllers, lans}" },
};

const struct core_rows l_lab_rows = { rows, sizeof rows / sizeof rows[0] };
