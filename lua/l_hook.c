#include <stdlib.h>
#include <string.h>

#include "lua/core.h"
#include "lua/hooks.h"
#include "sim/mc/oem_part.h"

/* A command of a controller that has functions: one row, the uppermost first. */
struct hook_slot {
    struct hook_slot *next;
    struct hooks *hooks;
    struct mc *mc;                /* NULL: it is gone, and the row with it */
    uint8_t netfn, cmd;
    uint32_t id;
    struct oem_row *row;
    struct hook *top;
};

/* ---- birth and death of commands ---- */

static void
free_slot(struct hook_slot *slot)
{
    while (slot->top != NULL) {
        struct hook *hook = slot->top;

        slot->top = hook->below;
        free(hook);
    }
    free(slot);
}

void
slots_free(struct hooks *h)
{
    while (h->slots != NULL) {
        struct hook_slot *slot = h->slots;

        h->slots = slot->next;
        free_slot(slot);
    }
}

void
hooks_gone(struct hooks *h, const struct mc *mc)
{
    for (struct hook_slot *slot = h->slots; slot != NULL; slot = slot->next)
        if (slot->mc == mc) {
            slot->mc = NULL;
            slot->row = NULL;
        }
    hooks_forget(h, mc);
}

/* ---- answering ---- */

static enum ipmi_cc
run_on_mc(struct hook *hook, struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct hook_call call = {
        .hook = hook, .mc = mc, .rq = rq, .rs = rs, .data = { rq->data.at, rd_left(&rq->data) },
        .chassis = mc_world(mc)->chassis, .owner = mc, .world = mc_world(mc),
    };

    return hooks_run(hook->slot->hooks, &call);
}

/* The handler of every row: an oem_row_fn. */
static enum ipmi_cc
answer_by_lua(void *ctx, struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct hook_slot *slot = ctx;

    if (slot->top == NULL || slot->hooks->closed)
        return mc_pass(mc, rq, rs);
    return run_on_mc(slot->top, mc, rq, rs);
}

/* A reply, as the library's console.lua makes it. */
static void
push_reply(lua_State *L, const struct hooks *h, enum ipmi_cc cc, struct bytes data)
{
    bool answered = cc < CC_LATER;

    lua_createtable(L, 0, 3);
    lua_pushboolean(L, !answered);
    lua_setfield(L, -2, "timed_out");
    if (answered)
        core_set_number(L, "cc", (lua_Integer)cc);
    core_push_bytes(L, answered ? data : (struct bytes){ 0 });
    lua_setfield(L, -2, "data");
    if (cc == CC_LATER) {
        lua_pushboolean(L, true);
        lua_setfield(L, -2, "later");
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, h->replies);
    lua_setmetatable(L, -2);
}

/* The data at an argument, made octets there; call's own where there is none. */
static struct bytes
data_at(lua_State *L, int arg, const struct hooks *h)
{
    if (lua_isnoneornil(L, arg))
        return h->call->data;
    if (lua_type(L, arg) != LUA_TSTRING) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, h->octets);
        lua_pushvalue(L, arg);
        lua_call(L, 1, 1);
        lua_replace(L, arg);
    }
    return core_bytes(L, arg);
}

static void
check_original(lua_State *L, const struct hook_call *call)
{
    if (call == NULL || call->request != lua_topointer(L, lua_upvalueindex(1)))
        luaL_error(L, "original(): that request is answered already");
    if (call->mc == NULL)
        luaL_error(L, "original(): this controller is all functions; there is none");
    if (call->passed_on)
        luaL_error(L, "original(): it answers later, by itself; it cannot do it twice");
}

/* original(data), or request:original(data): what would answer without this
 * function. Upvalue: the request. */
static int
original(lua_State *L)
{
    struct hooks *h = hooks_of(L);
    struct hook_call *call = h->call;
    bool method = lua_rawequal(L, 1, lua_upvalueindex(1));
    uint8_t room[IPMI_DATA_MAX];
    struct wr rs = wr_of(room, sizeof room);
    struct ipmi_req rq;
    enum ipmi_cc cc;

    check_original(L, call);
    rq = *call->rq;
    rq.data = rd_of(data_at(L, method ? 2 : 1, h));
    if (call->hook->below != NULL)
        cc = run_on_mc(call->hook->below, call->mc, &rq, &rs);
    else
        cc = mc_pass(call->mc, &rq, &rs);
    if (rq.data.bad && cc == CC_OK)
        cc = CC_LENGTH;
    call->passed_on = cc == CC_LATER;
    push_reply(L, h, cc, wr_bytes_of(&rs));
    return 1;
}

/* (request, key): __index of requests. */
static int
hook_index(lua_State *L)
{
    size_t len;
    const char *octets;
    lua_Integer at;

    if (!lua_isinteger(L, 2)) {
        if (lua_type(L, 2) != LUA_TSTRING || strcmp(lua_tostring(L, 2), "original") != 0)
            return 0;
        lua_pushvalue(L, 1);
        lua_pushcclosure(L, original, 1);
        return 1;
    }
    at = lua_tointeger(L, 2);
    lua_pushliteral(L, "data");
    lua_rawget(L, 1);
    octets = lua_tolstring(L, -1, &len);
    if (octets == NULL || at < 1 || (size_t)at > len)
        return 0;
    lua_pushinteger(L, (uint8_t)octets[at - 1]);
    return 1;
}

/* ---- adding and removing ---- */

static struct hook_slot *
find_slot(struct hooks *h, const struct mc *mc, uint8_t netfn, uint8_t cmd, uint32_t id)
{
    struct hook_slot *slot = h->slots;

    while (slot != NULL && (slot->mc != mc || slot->netfn != netfn || slot->cmd != cmd ||
                            slot->id != id))
        slot = slot->next;
    return slot;
}

/* The controller's row as its uppermost function wants it; none without one. */
static enum status
renew_row(struct hook_slot *slot)
{
    struct oem_rows *rows = slot->mc != NULL ? oem_rows_of(slot->mc) : NULL;
    struct oem_row_facts facts = {
        .netfn = slot->netfn, .cmd = slot->cmd, .id = slot->id,
        .name = "a scenario's", .fn = answer_by_lua, .ctx = slot,
    };

    if (slot->mc == NULL)
        return ST_OK;
    oem_row_remove(slot->row);
    slot->row = NULL;
    if (slot->top == NULL)
        return ST_OK;
    if (rows == NULL)
        return ST_NOMEM;
    facts.needs = slot->top->needs;
    facts.len_min = slot->top->len_min;
    facts.len_max = slot->top->len_max;
    return oem_rows_add(rows, &facts, &slot->row);
}

/* Where a command's row stands: 0 .. , or the manufacturer's without number. */
static uint32_t
check_id(lua_State *L, int arg, uint8_t netfn)
{
    if (netfn == NETFN_GROUP)
        return (uint32_t)core_number(L, arg, 0, 0xff, "group");
    if (netfn != NETFN_OEM)
        return 0;
    return lua_isnoneornil(L, arg) ? COMMAND_NO_IANA
                                   : (uint32_t)core_number(L, arg, 0, 0xffffff, "iana");
}

static uint16_t
check_length(lua_State *L, int arg, uint8_t netfn, uint32_t id, uint16_t otherwise)
{
    unsigned ids = netfn == NETFN_GROUP ? 1 : netfn == NETFN_OEM && id != COMMAND_NO_IANA ? 3 : 0;

    if (lua_isnoneornil(L, arg))
        return otherwise == LEN_ANY ? LEN_ANY : (uint16_t)(otherwise + ids);
    return (uint16_t)(core_number(L, arg, 0, IPMI_DATA_MAX, "length") + (lua_Integer)ids);
}

/* Who may ask: as said; as for the command that it replaces; a user. */
static uint8_t
check_needs(lua_State *L, int arg, const struct command *there)
{
    if (!lua_isnoneornil(L, arg))
        return (uint8_t)core_number(L, arg, 0, PRIV_SYSTEM, "privilege");
    return there != NULL ? command_needs(there) : (uint8_t)NEEDS_USER;
}

static struct hook_slot *
make_slot(lua_State *L, struct hooks *h, struct mc *mc, uint8_t netfn, uint8_t cmd, uint32_t id)
{
    struct hook_slot *slot = find_slot(h, mc, netfn, cmd, id);

    if (slot != NULL)
        return slot;
    slot = calloc(1, sizeof *slot);
    if (slot == NULL)
        luaL_error(L, "not enough memory");
    *slot = (struct hook_slot){ .next = h->slots, .hooks = h, .mc = mc, .netfn = netfn,
                                .cmd = cmd, .id = id };
    h->slots = slot;
    return slot;
}

static int
hook_add(lua_State *L)
{
    struct mc *mc = core_mc(L, 1);
    uint8_t netfn = (uint8_t)core_number(L, 3, 0, 0x3f, "netfn");
    uint8_t cmd = (uint8_t)core_number(L, 4, 0, 0xff, "cmd");
    uint32_t id = check_id(L, 5, netfn);
    struct hook want = {
        .needs = check_needs(L, 6, mc_command(mc, netfn, cmd, id)),
        .len_min = check_length(L, 7, netfn, id, 0),
        .len_max = check_length(L, 8, netfn, id, LEN_ANY),
    };
    struct hooks *h = hooks_of(L);
    struct hook *hook;
    enum status st;

    if (netfn % 2)
        return luaL_error(L, "netfn: found %d; expected an even one: requests are answered", netfn);
    if (want.len_min > want.len_max)
        return luaL_error(L, "length: at least is more than at most");
    want.slot = make_slot(L, h, mc, netfn, cmd, id);
    want.id = hooks_keep(h, L, 9);
    hook = malloc(sizeof *hook);
    if (hook == NULL)
        return luaL_error(L, "not enough memory");
    want.below = want.slot->top;
    *hook = want;
    hook->slot->top = hook;
    st = renew_row(hook->slot);
    if (st != ST_OK) {
        hook->slot->top = hook->below;
        free(hook);
        return core_fail(L, "command", st);
    }
    lua_pushinteger(L, hook->id);
    return 1;
}

/* Unlink the function of an id; NULL when there is none. */
static struct hook *
unlink_hook(struct hooks *h, lua_Integer id)
{
    for (struct hook_slot *slot = h->slots; slot != NULL; slot = slot->next)
        for (struct hook **at = &slot->top; *at != NULL; at = &(*at)->below)
            if ((*at)->id == id) {
                struct hook *hook = *at;

                *at = hook->below;
                return hook;
            }
    return NULL;
}

/* True: it was there. */
static int
hook_remove(lua_State *L)
{
    struct hooks *h = hooks_of(L);
    struct hook *hook;

    for (const struct hook_call *call = h->call; call != NULL; call = call->outer)
        if (call->hook->id == luaL_checkinteger(L, 1))
            return luaL_error(L, "a command's function cannot remove itself while it answers");
    hook = unlink_hook(h, luaL_checkinteger(L, 1));
    if (hook != NULL) {
        (void)renew_row(hook->slot);
        hooks_drop(h, hook->id);
        free(hook);
    }
    lua_pushboolean(L, hook != NULL);
    return 1;
}

/* The library's around functions of scenarios, in the order of their names. */
static int
hook_open(lua_State *L)
{
    struct hooks *h = hooks_of(L);
    int *const kept[] = { &h->handler, &h->judge, &h->octets, &h->replies, &h->requests };

    if (h->judge != LUA_NOREF)
        return 0;
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, 2, LUA_TTABLE);
    for (int arg = 3; arg <= 5; arg++)
        luaL_checktype(L, arg, LUA_TFUNCTION);
    lua_settop(L, 5);
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        *kept[i] = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

/* The first error of a function since the last call, as the handler made it. */
static int
hook_error(lua_State *L)
{
    struct hooks *h = *play_hooks(play_of(L));

    if (h == NULL || h->error == LUA_NOREF)
        return 0;
    lua_rawgeti(L, LUA_REGISTRYINDEX, h->error);
    luaL_unref(L, LUA_REGISTRYINDEX, h->error);
    h->error = LUA_NOREF;
    return 1;
}

/* The function that is at work, the innermost. */
static int
hook_function(lua_State *L)
{
    struct hooks *h = hooks_of(L);

    if (h->call == NULL)
        return 0;
    lua_rawgeti(L, LUA_REGISTRYINDEX, h->functions);
    lua_rawgeti(L, -1, h->call->hook->id);
    return 1;
}

static int
outside(lua_State *L)
{
    core_outside(L);
    return 0;
}

static const struct core_row rows[] = {
    { "hook_open", hook_open,
      "(metatable of requests, of replies, octets, judge, handler): octets(data) -> string; "
      "judge(fn, cc, data) -> code, data, span of a later answer, where it is not plain; "
      "handler makes something of errors" },
    { "hook_add", hook_add,
      "(unit, mc, netfn, cmd, group or iana, privilege, length min, max, fn) -> hook" },
    { "hook_remove", hook_remove, "(hook) -> it was there?" },
    { "hook_index", hook_index,
      "(request, key): __index of requests: an octet by number, or original([data]) -> reply: "
      "what would have answered; within fn alone" },
    { "hook_function", hook_function, "() -> the fn at work" },
    { "outside", outside, "(): an error within such a function" },
    { "hook_error", hook_error, "() -> the first error of a function, or nothing" },
};

const struct core_rows l_hook_rows = { rows, sizeof rows / sizeof rows[0] };
