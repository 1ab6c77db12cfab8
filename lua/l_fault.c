#include <string.h>

#include "emu/fault_words.h"
#include "lua/core.h"

#define RULE 2                     /* argument: the table */
#define DIAG_LEN 1024

static int
number_field(lua_State *L, const char *field, int max)
{
    return (int)core_field_number(L, RULE, field, FAULT_ANY, max, FAULT_ANY);
}

static instant
span_field(lua_State *L, const char *field)
{
    return (instant)core_field_number(L, RULE, field, 0, INT64_MAX, 0);
}

static uint32_t
count_field(lua_State *L, const char *field)
{
    return (uint32_t)core_field_number(L, RULE, field, 0, UINT32_MAX, 0);
}

static enum fault_effect
effect_field(lua_State *L)
{
    const char *word;
    int e = 0;

    lua_getfield(L, RULE, "effect");
    word = luaL_checkstring(L, -1);
    while (e < FAULT_EFFECTS && strcmp(fault_effect_text((enum fault_effect)e), word) != 0)
        e++;
    if (e == FAULT_EFFECTS)
        luaL_error(L, "effect = \"%s\": there is no such effect", word);
    lua_pop(L, 1);
    return (enum fault_effect)e;
}

static void
read_segment(lua_State *L, struct fault_rule *rule)
{
    if (lua_getfield(L, RULE, "segment") == LUA_TTABLE)
        for (lua_Integer i = 1; lua_rawgeti(L, -1, i) != LUA_TNIL; i++) {
            fault_set_add(rule, (uint8_t)core_number(L, -1, 0, 0xfe, "segment"));
            lua_pop(L, 1);
        }
    else
        lua_pushnil(L);
    lua_pop(L, 2);
}

static struct fault_rule
read_rule(lua_State *L)
{
    struct fault_rule r = fault_rule_any(effect_field(L));

    r.link = number_field(L, "link", TAP_LINKS - 1);
    r.number = number_field(L, "number", UINT8_MAX);
    r.dir = number_field(L, "direction", TAP_ON_BUS);
    r.netfn = number_field(L, "netfn", 0x3f);
    r.cmd = number_field(L, "cmd", 0xff);
    r.payload_type = number_field(L, "payload", 0x3f);
    r.source = number_field(L, "from", 0xff);
    r.target = number_field(L, "to", 0xff);
    r.lun = number_field(L, "lun", 3);
    r.seq = number_field(L, "seq", 0x3f);
    r.from = span_field(L, "since");
    r.until = span_field(L, "till");
    r.probability_ppm = (uint32_t)core_field_number(L, RULE, "ppm", 0, 1000000, 0);
    r.every = count_field(L, "every");
    r.times = count_field(L, "times");
    r.span = span_field(L, "span");
    r.jitter = span_field(L, "jitter");
    r.offset = number_field(L, "offset", INT16_MAX);
    r.count = count_field(L, "count");
    r.mask = (uint8_t)core_field_number(L, RULE, "mask", 0, 0xff, 0);
    r.place = (enum fault_place)core_field_number(L, RULE, "place", 0, FAULT_PLACES - 1, 0);
    read_segment(L, &r);
    return r;
}

struct arming {
    struct world *world;
    const struct fault_rule *rule;
    uint32_t id;
    enum status st;
};

static void
arm(void *ctx)
{
    struct arming *a = ctx;

    a->st = world_arm_fault(a->world, a->rule, &a->id);
}

static int
arm_rule(lua_State *L, const struct fault_rule *rule)
{
    struct chassis_unit *unit = core_unit(L, 1);
    struct arming a = { .world = chassis_unit_world(unit), .rule = rule };

    core_do(L, unit, arm, &a);
    if (a.st == ST_INVALID)
        return luaL_error(L, "this fault contradicts itself, or can never strike");
    if (a.st == ST_FULL)
        return luaL_error(L, "%d faults are armed already; there is no room for more",
                          FAULT_RULES_MAX);
    if (a.st != ST_OK)
        return core_fail(L, "fault", a.st);
    lua_pushinteger(L, a.id);
    return 1;
}

static int
fault_arm_table(lua_State *L)
{
    struct fault_rule rule;

    luaL_checktype(L, RULE, LUA_TTABLE);
    rule = read_rule(L);
    lua_getfield(L, RULE, "name");
    rule.name = lua_tostring(L, -1);
    return arm_rule(L, &rule);
}

/* Read one line of words. False: the first complaint, or nothing, is in why. */
static bool
read_words(const char *text, size_t len, struct fault_words *out, char why[DIAG_LEN])
{
    struct pool pool = { 0 };
    struct source source;
    struct diags diags;
    struct lexer lx;
    struct line line;
    struct vars vars;
    bool good = false;

    why[0] = '\0';
    diags_init(&diags);
    vars_init(&vars, &pool);
    source_open(&source, "fault", text, len, false, &diags);
    if (source_next(&source, &line)) {
        lexer_open(&lx, &line, &vars, &pool, &diags);
        good = fault_words_parse(&lx, out);
    }
    if (!good && diags.count > 0)
        (void)diag_print(&diags.list[0], why, DIAG_LEN);
    source_close(&source);
    pool_free(&pool);
    diags_free(&diags);
    return good;
}

static int
fault_arm_words(lua_State *L)
{
    instant now = chassis_unit_world(core_unit(L, 1))->now;
    instant present = stage_now(play_stage(play_of(L)));
    struct fault_words words;
    char why[DIAG_LEN];
    struct bytes text = core_bytes(L, 2);

    if (!read_words((const char *)text.at, text.len, &words, why))
        return luaL_error(L, "%s", why[0] ? why : "fault: expected WHERE EFFECT, such as "
                                                  "\"ipmb lose 5%\"");
    if (present > now)
        now = present;
    words.rule.from = instant_add(now, words.rule.from);
    if (words.rule.until)
        words.rule.until = instant_add(now, words.rule.until);
    return arm_rule(L, &words.rule);
}

/* A frame on its way may still show the name of its fault: outside alone. */
static int
fault_disarm_one(lua_State *L)
{
    struct world *world = chassis_unit_world(core_unit(L, 1));
    uint32_t id = (uint32_t)core_number(L, 2, 0, UINT32_MAX, "fault");

    core_outside(L);
    lua_pushboolean(L, world->faults != NULL && fault_disarm(world->faults, id));
    return 1;
}

static int
fault_disarm_each(lua_State *L)
{
    struct world *world = chassis_unit_world(core_unit(L, 1));

    core_outside(L);
    if (world->faults != NULL)
        fault_disarm_all(world->faults);
    return 0;
}

static int
fault_count(lua_State *L)
{
    const struct world *world = chassis_unit_world(core_unit(L, 1));
    uint32_t id = (uint32_t)core_number(L, 2, 0, UINT32_MAX, "fault");
    uint64_t matched, struck;

    if (world->faults == NULL || !fault_counts(world->faults, id, &matched, &struck))
        return 0;
    lua_pushinteger(L, (lua_Integer)matched);
    lua_pushinteger(L, (lua_Integer)struck);
    return 2;
}

/* The effects by name, in their order. */
static int
fault_effects(lua_State *L)
{
    lua_newtable(L);
    for (int e = 0; e < FAULT_EFFECTS; e++) {
        lua_pushstring(L, fault_effect_text((enum fault_effect)e));
        lua_rawseti(L, -2, e + 1);
    }
    return 1;
}

static const struct core_row rows[] = {
    { "fault_arm", fault_arm_table, "(unit, {effect, link, ...}) -> fault: fields as of fault.h" },
    { "fault_words", fault_arm_words, "(unit, words) -> fault: as files and --fault have it" },
    { "fault_disarm", fault_disarm_one, "(unit, fault) -> it was armed?" },
    { "fault_disarm_all", fault_disarm_each, "(unit)" },
    { "fault_count", fault_count, "(unit, fault) -> matched, struck; nothing when disarmed" },
    { "fault_effects", fault_effects, "() -> names of all effects" },
};

const struct core_rows l_fault_rows = { rows, sizeof rows / sizeof rows[0] };
