#include <string.h>

#include "lua/core.h"
#include "sim/mc/sensor_history.h"
#include "sim/wire/sdr.h"

/* ---- requests from within the chassis, not over a LAN ---- */

struct request {
    struct play *play;
    struct mc *mc;
    uint32_t ticket;
    uint8_t netfn, lun, cmd, privilege, channel;
    struct bytes data;
};

static void
answered(void *ctx, const struct ipmi_origin *origin, uint8_t cc, struct bytes data)
{
    (void)play_complete(ctx, origin->mark[0], false, cc, data);
}

static void
ask(void *ctx)
{
    const struct request *r = ctx;
    struct ipmi_req rq = {
        .from = { .answer = answered, .ctx = r->play, .channel = r->channel,
                  .rs_addr = mc_address(r->mc), .rs_lun = r->lun, .rq_addr = 0x81,
                  .netfn = r->netfn, .cmd = r->cmd, .mark = { r->ticket } },
        .privilege = r->privilege,
        .netfn = r->netfn,
        .lun = r->lun,
        .cmd = r->cmd,
        .data = rd_of(r->data),
    };

    mc_request(r->mc, &rq);
}

/* A controller that is reset forgets the request: then it never ends. */
static int
mc_ask(lua_State *L)
{
    struct play *p = play_of(L);
    struct request r = { .play = p, .channel = CHANNEL_SYSTEM };
    uint8_t privilege;

    core_outside(L);
    r.mc = core_mc(L, 1);
    r.netfn = (uint8_t)core_number(L, 3, 0, 0x3f, "netfn");
    r.cmd = (uint8_t)core_number(L, 4, 0, 0xff, "cmd");
    r.data = core_bytes(L, 5);
    r.lun = (uint8_t)(lua_isnoneornil(L, 6) ? 0 : core_number(L, 6, 0, 3, "LUN"));
    privilege = (uint8_t)(lua_isnoneornil(L, 7) ? PRIV_SYSTEM
                                                : core_number(L, 7, 0, 15, "privilege"));
    r.privilege = privilege;
    r.ticket = play_ticket(p);
    core_do(L, core_unit(L, 1), ask, &r);
    lua_pushinteger(L, r.ticket);
    return 1;
}

/* ---- sensors, from their own side ---- */

struct sensor_change {
    struct mc *mc;
    uint8_t lun, number;
    lua_Number value;
    uint16_t on, off;
    bool units, there;
};

static void
change_value(void *ctx)
{
    struct sensor_change *c = ctx;

    c->there = c->units ? mc_sensor_set_units(c->mc, c->lun, c->number, c->value, true)
                        : mc_sensor_set_value(c->mc, c->lun, c->number, (uint8_t)c->value, true);
}

static void
change_bits(void *ctx)
{
    struct sensor_change *c = ctx;

    for (uint8_t bit = 0; c->there && bit < 15; bit++)
        if ((c->on | c->off) >> bit & 1)
            c->there = mc_sensor_set_bit(c->mc, c->lun, c->number, bit, c->on >> bit & 1, true);
}

static struct sensor_change
check_sensor(lua_State *L)
{
    return (struct sensor_change){
        .mc = core_mc(L, 1),
        .lun = (uint8_t)core_number(L, 3, 0, 3, "LUN"),
        .number = (uint8_t)core_number(L, 4, 0, 0xfe, "sensor number"),
        .there = true,
    };
}

static int
no_sensor(lua_State *L, const struct sensor_change *c)
{
    return luaL_error(L, "there is no such sensor %d (LUN %d) at this controller",
                      c->number, c->lun);
}

static int
sensor_set(lua_State *L)
{
    struct sensor_change c = check_sensor(L);

    c.units = lua_toboolean(L, 6);
    c.value = c.units ? luaL_checknumber(L, 5) : (lua_Number)core_number(L, 5, 0, 255, "raw reading");
    core_do(L, core_unit(L, 1), change_value, &c);
    return c.there ? 0 : no_sensor(L, &c);
}

static int
sensor_bits(lua_State *L)
{
    struct sensor_change c = check_sensor(L);

    c.on = (uint16_t)core_number(L, 5, 0, 0x7fff, "states");
    c.off = (uint16_t)core_number(L, 6, 0, 0x7fff, "states");
    core_do(L, core_unit(L, 1), change_bits, &c);
    return c.there ? 0 : no_sensor(L, &c);
}

static int
sensor_get(lua_State *L)
{
    struct sensor_change c = check_sensor(L);
    uint8_t raw;
    uint16_t states;
    double value;

    core_bring(L, core_unit(L, 1));
    if (!mc_sensor_raw(c.mc, c.lun, c.number, &raw, &states))
        return no_sensor(L, &c);
    lua_pushinteger(L, raw);
    lua_pushinteger(L, states);
    if (!mc_sensor_units(c.mc, c.lun, c.number, &value))
        return 2;
    lua_pushnumber(L, value);
    return 3;
}

/* ---- what they read over time ---- */

struct history_wish {
    struct mc *mc;
    uint32_t samples;
    instant period;
    enum status st;
};

static void
begin_history(void *ctx)
{
    struct history_wish *w = ctx;

    w->st = sensor_history_begin(w->mc, w->samples, w->period);
}

static int
history_keep(lua_State *L)
{
    struct history_wish w = {
        .mc = core_mc(L, 1),
        .samples = (uint32_t)core_number(L, 3, 1, SENSOR_HISTORY_MAX, "samples"),
        .period = core_instant(L, 4),
    };

    core_do(L, core_unit(L, 1), begin_history, &w);
    if (w.st == ST_MISSING)
        return luaL_error(L, "this controller has no sensors");
    if (w.st != ST_OK)
        return luaL_error(L, "no history of %d samples: %s", (int)w.samples,
                          status_text(w.st));
    return 0;
}

/* Where a sensor stands among its controller's; -1: nowhere. */
static lua_Integer
place_of(const struct sensor_change *c)
{
    const struct machine_mc *m = mc_machine(c->mc);

    for (uint32_t i = 0; i < m->sensor_count; i++)
        if (m->sensors[i].lun == c->lun && m->sensors[i].number == c->number)
            return i;
    return -1;
}

static void
push_sample(lua_State *L, const struct sensor_change *c, const struct sensor_sample *sample)
{
    double value;

    lua_newtable(L);
    lua_pushnumber(L, (lua_Number)sample->at / SPAN_S(1));
    lua_setfield(L, -2, "at");
    if (!sample->available)
        return;
    core_set_number(L, "reading", sample->reading);
    if (!mc_sensor_in_units(c->mc, c->lun, c->number, (uint8_t)sample->reading, &value))
        return;
    lua_pushnumber(L, value);
    lua_setfield(L, -2, "value");
}

static int
history(lua_State *L)
{
    struct sensor_change c = check_sensor(L);
    lua_Integer i = place_of(&c);
    struct sensor_sample sample;

    if (i < 0)
        return no_sensor(L, &c);
    core_bring(L, core_unit(L, 1));
    lua_newtable(L);
    for (uint32_t n = 0; sensor_history_get(c.mc, (uint32_t)i, n, &sample); n++) {
        push_sample(L, &c, &sample);
        lua_rawseti(L, -2, (lua_Integer)n + 1);
    }
    return 1;
}

/* ---- which there are ---- */

/* The name that its record gives it, in the table on top. */
static void
set_name(lua_State *L, const struct machine_sensor *s)
{
    struct sdr sdr;
    char name[64];

    if (s->sdr.len != 0 && sdr_parse(s->sdr, &sdr) == SDR_OK)
        core_set_text(L, "name", sdr_id_text(&sdr, name, sizeof name));
}

/* All sensors of a controller. */
static int
sensors(lua_State *L)
{
    const struct machine_mc *m = mc_machine(core_mc(L, 1));

    lua_newtable(L);
    for (uint32_t i = 0; i < m->sensor_count; i++) {
        const struct machine_sensor *s = &m->sensors[i];

        lua_newtable(L);
        core_set_number(L, "lun", s->lun);
        core_set_number(L, "number", s->number);
        core_set_number(L, "type", s->type);
        core_set_number(L, "event_type", s->event_type);
        set_name(L, s);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static const struct core_row rows[] = {
    { "mc_ask", mc_ask,
      "(unit, mc, netfn, cmd, data, [lun], [privilege]) -> ticket: in-band, as the host asks" },
    { "sensors", sensors, "(unit, mc) -> list of {lun, number, type, event_type, name}" },
    { "sensor_set", sensor_set, "(unit, mc, lun, number, value, in units?)" },
    { "sensor_bits", sensor_bits, "(unit, mc, lun, number, states on, states off)" },
    { "sensor_get", sensor_get, "(unit, mc, lun, number) -> raw, states, [value in units]" },
    { "history_keep", history_keep, "(unit, mc, samples, period)" },
    { "history", history, "(unit, mc, lun, number) -> list of {at, [reading], [value]}" },
};

const struct core_rows l_mc_rows = { rows, sizeof rows / sizeof rows[0] };
