#include <stddef.h>
#include <string.h>

#include "lua/core.h"
#include "sim/bus/bus_name.h"
#include "sim/engine/link.h"
#include "sim/mc/mc_stats.h"

/* ---- counters: 64-bit numbers of a struct, by name ---- */

struct counter {
    const char *name;
    size_t at;
};

#define OF(type, member) { #member, offsetof(struct type, member) }

static void
set_counters(lua_State *L, const void *from, const struct counter *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t v;

        memcpy(&v, (const char *)from + rows[i].at, sizeof v);
        core_set_number(L, rows[i].name, (lua_Integer)v);
    }
}

#define SET_COUNTERS(L, from, rows) set_counters(L, from, rows, sizeof rows / sizeof rows[0])

static void
set_fates(lua_State *L, const char *field, const struct link *link)
{
    lua_createtable(L, 0, FATES + 2);
    core_set_number(L, "frames", (lua_Integer)link->frames);
    core_set_number(L, "octets", (lua_Integer)link->octets);
    for (int fate = 0; fate < FATES; fate++)
        core_set_number(L, fate_text((enum fate)fate), (lua_Integer)link->by_fate[fate]);
    lua_setfield(L, -2, field);
}

static const struct counter bus_rows[] = {
    OF(medium_stats, queued), OF(medium_stats, frames), OF(medium_stats, octets),
    OF(medium_stats, collisions), OF(medium_stats, given_up), OF(medium_stats, merged),
    OF(medium_stats, naks), OF(medium_stats, data_naks), OF(medium_stats, broken),
    OF(medium_stats, withdrawn), OF(medium_stats, refused),
    OF(medium_stats, arbitration_losses), OF(medium_stats, retries),
    OF(medium_stats, babbles), OF(medium_stats, sticks), OF(medium_stats, recoveries),
    OF(medium_stats, busy), OF(medium_stats, babble), OF(medium_stats, stuck),
};

static const struct counter node_rows[] = {
    OF(medium_node_stats, queued), OF(medium_node_stats, frames_sent),
    OF(medium_node_stats, octets_sent), OF(medium_node_stats, frames_received),
    OF(medium_node_stats, octets_received), OF(medium_node_stats, naks),
    OF(medium_node_stats, collisions), OF(medium_node_stats, arbitration_losses),
    OF(medium_node_stats, broken), OF(medium_node_stats, resends),
};

static const struct counter mc_rows[] = {
    OF(mc_stats, bridged), OF(mc_stats, bridge_answered), OF(mc_stats, bridge_expired),
    OF(mc_stats, bridge_refused), OF(mc_stats, queued), OF(mc_stats, queue_dropped),
    OF(mc_stats, events_dropped),
};

static const struct counter port_rows[] = {
    OF(ipmb_port_stats, asked), OF(ipmb_port_stats, answered),
    OF(ipmb_port_stats, resends), OF(ipmb_port_stats, timed_out),
    OF(ipmb_port_stats, naked), OF(ipmb_port_stats, lost_arbitration),
    OF(ipmb_port_stats, bus_errors), OF(ipmb_port_stats, requests),
    OF(ipmb_port_stats, duplicates), OF(ipmb_port_stats, responses),
    OF(ipmb_port_stats, responses_lost), OF(ipmb_port_stats, cut),
    OF(ipmb_port_stats, sms), OF(ipmb_port_stats, raw), OF(ipmb_port_stats, ignored),
};

static const struct counter lan_rows[] = {
    OF(lan_stats, received), OF(lan_stats, sent), OF(lan_stats, logins),
    OF(lan_stats, logins_refused), OF(lan_stats, sessions_timed_out),
};

/* The n-th bus of a chassis. */
static struct medium *
check_bus(lua_State *L)
{
    uint32_t n = (uint32_t)core_number(L, 2, 0, UINT32_MAX, "bus");
    struct medium *bus = chassis_unit_nth_bus(core_unit(L, 1), n);

    if (bus == NULL)
        luaL_error(L, "this chassis has no such bus");
    return bus;
}

/* The names of a chassis' buses, in their order. */
static int
bus_names(lua_State *L)
{
    struct chassis_unit *unit = core_unit(L, 1);
    char name[BUS_NAME_SIZE];
    const struct medium *bus;

    lua_newtable(L);
    for (uint32_t n = 0; (bus = chassis_unit_nth_bus(unit, n)) != NULL; n++) {
        lua_pushstring(L, bus_name(medium_config(bus)->number, name));
        lua_rawseti(L, -2, (lua_Integer)n + 1);
    }
    return 1;
}

/* The number by which faults know the bus of a name; nothing: it is no name. */
static int
bus_number_of(lua_State *L)
{
    struct bytes name = core_bytes(L, 1);
    uint8_t number;

    if (!bus_number((const char *)name.at, name.len, &number))
        return 0;
    lua_pushinteger(L, number);
    return 1;
}

static int
bus_stats(lua_State *L)
{
    const struct medium *bus = check_bus(L);

    core_bring(L, core_unit(L, 1));
    lua_createtable(L, 0, 26);
    SET_COUNTERS(L, medium_stats(bus), bus_rows);
    core_set_number(L, "waiting", medium_waiting(bus));
    core_set_number(L, "utilisation_ppm", medium_utilisation_ppm(bus));
    set_fates(L, "fates", medium_link(bus));
    return 1;
}

static int
bus_node_stats(lua_State *L)
{
    const struct medium_node_stats *stats =
        medium_node_stats(check_bus(L), (uint8_t)core_number(L, 3, 0, 0xff, "address"));

    if (stats == NULL)
        return 0;
    lua_createtable(L, 0, 10);
    SET_COUNTERS(L, stats, node_rows);
    return 1;
}

static instant
field_instant(lua_State *L, const char *field)
{
    return (instant)core_field_number(L, 4, field, 0, INT64_MAX, 0);
}

/* What the controller of an address is like on the wire. */
static int
bus_manner(lua_State *L)
{
    struct medium *bus = check_bus(L);
    uint8_t address = (uint8_t)core_number(L, 3, 0, 0xff, "address");
    struct medium_manner manner = {
        .stretch = field_instant(L, "stretch"),
        .busy_until = field_instant(L, "busy_until"),
        .dead_until = field_instant(L, "dead_until"),
        .processing = field_instant(L, "processing"),
        .frames_max = (uint8_t)core_field_number(L, 4, "frames", 0, 0xff, 0),
        .refuse_at = (uint8_t)core_field_number(L, 4, "refuse_at", 0, 0xff, 0),
        .octets_max = (uint8_t)core_field_number(L, 4, "octets", 0, 0xff, 0),
        .busy_holds = core_field_bool(L, 4, "busy_holds"),
    };

    if (medium_set_manner(bus, address, &manner) != ST_OK)
        return luaL_error(L, "nobody has that address on this bus");
    return 0;
}

static int
mc_counters(lua_State *L)
{
    const struct mc_stats stats = mc_stats(core_mc(L, 1));

    lua_createtable(L, 0, 10);
    SET_COUNTERS(L, &stats, mc_rows);
    if (stats.port == NULL)
        return 1;
    lua_createtable(L, 0, 16);
    SET_COUNTERS(L, stats.port, port_rows);
    lua_setfield(L, -2, "port");
    return 1;
}

/* The n-th LAN of a controller. */
static const struct lan *
check_lan(lua_State *L)
{
    const struct lan *lan =
        mc_lan(core_mc(L, 1), (unsigned)core_number(L, 3, 0, 255, "LAN"));

    if (lan == NULL)
        luaL_error(L, "this controller has no such LAN");
    return lan;
}

static int
lan_counters(lua_State *L)
{
    const struct lan *lan = check_lan(L);
    const struct lan_stats *stats = lan_stats(lan);

    lua_createtable(L, 0, 10);
    SET_COUNTERS(L, stats, lan_rows);
    core_set_number(L, "sessions", lan_session_count(lan));
    lua_newtable(L);
    for (int why = DROP_NONE + 1; why < LAN_DROPS; why++)
        if (stats->dropped[why])
            core_set_number(L, lan_drop_text((enum lan_drop)why), (lua_Integer)stats->dropped[why]);
    lua_setfield(L, -2, "dropped");
    set_fates(L, "incoming", lan_link(lan, TAP_TO_BMC));
    set_fates(L, "outgoing", lan_link(lan, TAP_FROM_BMC));
    return 1;
}

/* ---- what the .emu language's imperative words do ---- */

static const char *const act_names[] = { "presence", "power", "reset", "enable", "mains", NULL };
static const enum lab_act acts[] = { ACT_MC_PRESENCE, ACT_MC_POWER, ACT_MC_RESET, ACT_MC_ENABLE,
                                     ACT_MAINS };

static int
act(lua_State *L)
{
    struct chassis_unit *unit = core_unit(L, 1);
    struct stage *s = core_stage(L);
    struct lab_action a = {
        .what = acts[luaL_checkoption(L, 2, NULL, act_names)],
        .mc = (uint16_t)core_number(L, 3, 0, UINT16_MAX, "address"),
        .on = lua_toboolean(L, 4),
    };
    enum status st = lab_act(stage_lab(s), unit, stage_now(s), &a);

    stage_settle(s);
    switch (st) {
    case ST_OK: return 0;
    case ST_MISSING: return luaL_error(L, "there is no such controller in this chassis");
    case ST_EXISTS: return luaL_error(L, "that controller is there already");
    case ST_INVALID: return luaL_error(L, "that cannot be done with this controller");
    default: return core_fail(L, "controller", st);
    }
}

static const struct core_row rows[] = {
    { "bus_names", bus_names, "(unit) -> names of its buses" },
    { "bus_number", bus_number_of, "(name) -> number for faults, or nothing" },
    { "bus_stats", bus_stats, "(unit, n) -> {queued, frames, octets, ..., fates}" },
    { "bus_node_stats", bus_node_stats, "(unit, n, address) -> {frames_sent, ...}, or nothing" },
    { "bus_manner", bus_manner, "(unit, n, address, {stretch, processing, frames, ...}): as of medium.h" },
    { "mc_stats", mc_counters, "(unit, mc) -> {bridged, ..., port}" },
    { "lan_stats", lan_counters, "(unit, mc, n) -> {received, sent, dropped, incoming, ...}" },
    { "act", act, "(unit, presence|power|reset|enable|mains, mc, on): put in, switch, cold reset, ..." },
};

const struct core_rows l_bus_rows = { rows, sizeof rows / sizeof rows[0] };
