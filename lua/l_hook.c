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

/* An answer under way. */
struct later {
    struct later *next, **at;
    struct hooks *hooks;
    struct world *world;
    const void *owner;
    struct timer timer;
    struct ipmi_origin origin;
    uint8_t cc;
    size_t len;
    uint8_t data[];
};

/* ---- birth and death ---- */

static struct hooks *
hooks_new(lua_State *L, struct play *p)
{
    struct hooks *h = play_stage(p) == NULL ? NULL : calloc(1, sizeof *h);

    if (h == NULL)
        luaL_error(L, "not enough memory");
    h->play = p;
    h->thread = h->functions = h->meta = h->judge = h->handler = h->error = LUA_NOREF;
    h->happenings_end = &h->happenings;
    *play_hooks(p) = h;           /* from here on the play frees it */
    h->L = lua_newthread(L);
    h->thread = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_newtable(L);
    h->functions = luaL_ref(L, LUA_REGISTRYINDEX);
    watch_open(h);
    return h;
}

struct hooks *
hooks_of(lua_State *L)
{
    struct play *p = play_of(L);
    struct hooks *h = *play_hooks(p);

    return h != NULL ? h : hooks_new(L, p);
}

void
hooks_close(struct hooks *h)
{
    if (h == NULL)
        return;
    h->closed = true;
    watch_close(h);
    nodes_close(h);
    hooks_forget(h, NULL);
}

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
hooks_free(struct hooks *h)
{
    if (h == NULL)
        return;
    watch_free(h);
    while (h->slots != NULL) {
        struct hook_slot *slot = h->slots;

        h->slots = slot->next;
        free_slot(slot);
    }
    free(h);
}

/* ---- functions of the scenario ---- */

int
hooks_keep(struct hooks *h, lua_State *L, int arg)
{
    int id;

    luaL_checktype(L, arg, LUA_TFUNCTION);
    lua_rawgeti(L, LUA_REGISTRYINDEX, h->functions);
    lua_pushvalue(L, arg);
    id = luaL_ref(L, -2);
    lua_pop(L, 1);
    return id;
}

void
hooks_drop(struct hooks *h, int id)
{
    lua_State *L = h->L;

    lua_rawgeti(L, LUA_REGISTRYINDEX, h->functions);
    luaL_unref(L, -1, id);
    lua_pop(L, 1);
}

/* ---- answers that come later ---- */

static void
forget(struct later *l)
{
    timeline_disarm(&l->world->timeline, &l->timer);
    *l->at = l->next;
    if (l->next != NULL)
        l->next->at = l->at;
    l->hooks->later_count--;
    free(l);
}

void
hooks_forget(struct hooks *h, const void *owner)
{
    struct later *next;

    for (struct later *l = h->laters; l != NULL; l = next) {
        next = l->next;
        if (owner == NULL || l->owner == owner)
            forget(l);
    }
}

static void
answer_now(void *ctx, instant at)
{
    struct later *l = ctx;

    (void)at;
    ipmi_answer(&l->origin, l->cc, bytes_of(l->data, l->len));
    forget(l);
}

/* The group or manufacturer goes in front of what is answered, as the gate
 * puts it before what is answered at once. */
static size_t
write_id(const struct hook_call *call, uint8_t to[3])
{
    struct wr w = wr_of(to, 3);

    if (call->mc != NULL && call->rq->netfn == NETFN_GROUP)
        wr_u8(&w, call->rq->id);
    else if (call->mc != NULL && call->rq->netfn == NETFN_OEM &&
             call->rq->id != COMMAND_NO_IANA)
        wr_le24(&w, call->rq->id);
    return wr_len(&w);
}

static enum ipmi_cc
answer_later(lua_State *L, struct hooks *h, struct hook_call *call, uint8_t cc,
             struct bytes data, instant span)
{
    uint8_t id[3];
    size_t id_len = write_id(call, id);
    struct later *l;

    if (h->later_count == LATERS_MAX)
        luaL_error(L, "%d answers are under way; there is no room for another", LATERS_MAX);
    l = calloc(1, sizeof *l + id_len + data.len);
    if (l == NULL)
        luaL_error(L, "not enough memory");
    *l = (struct later){ .next = h->laters, .at = &h->laters, .hooks = h,
                         .world = call->world, .owner = call->owner,
                         .origin = call->rq->from, .cc = cc, .len = id_len + data.len };
    memcpy(l->data, id, id_len);
    if (data.len)
        memcpy(l->data + id_len, data.at, data.len);
    if (l->next != NULL)
        l->next->at = &l->next;
    h->laters = l;
    h->later_count++;
    timer_init(&l->timer, TIMER_DEVICE, answer_now, l);
    if (!timeline_arm(&call->world->timeline, &l->timer,
                      instant_add(call->world->now, span))) {
        forget(l);
        luaL_error(L, "not enough memory");
    }
    return CC_LATER;
}

/* ---- running ---- */

static void
push_request(lua_State *L, const struct hooks *h, const struct hook_call *call)
{
    const struct ipmi_req *rq = call->rq;

    lua_createtable(L, 0, 8);
    lua_rawgeti(L, LUA_REGISTRYINDEX, h->meta);
    lua_setmetatable(L, -2);
    core_set_number(L, "netfn", rq->netfn);
    core_set_number(L, "cmd", rq->cmd);
    core_set_number(L, "lun", rq->lun);
    core_push_bytes(L, call->data);
    lua_setfield(L, -2, "data");
    core_set_number(L, "privilege", rq->privilege);
    core_set_number(L, "channel", rq->from.channel);
    core_set_number(L, "user", rq->from.user);
    core_set_number(L, "session", rq->from.session);
    if (rq->from.channel == CHANNEL_PRIMARY_IPMB)
        core_set_number(L, "from", rq->from.rq_addr);
}

/* A completion code, and data as octets or none: what most functions give. */
static bool
is_plain(lua_State *L)
{
    lua_Integer cc = lua_tointeger(L, -2);

    return lua_isinteger(L, -2) && cc >= 0 && cc <= 0xff &&
           (lua_isnil(L, -1) || lua_type(L, -1) == LUA_TSTRING);
}

/* On top are code, data, span of a later answer. */
static void
take_answer(lua_State *L, struct hooks *h, struct hook_call *call)
{
    lua_Integer code = lua_tointeger(L, -3);
    struct bytes data = { 0 };

    if (call->passed_on) {
        call->cc = CC_LATER;
        return;
    }
    if (lua_type(L, -2) == LUA_TSTRING)
        data = core_bytes(L, lua_absindex(L, -2));
    if (!lua_isnil(L, -1)) {
        call->cc = answer_later(L, h, call, (uint8_t)code, data,
                                (instant)lua_tointeger(L, -1));
        return;
    }
    wr_bytes(call->rs, data.at, data.len);
    call->cc = (enum ipmi_cc)code;
}

/* (call): in protected mode. */
static int
run_protected(lua_State *L)
{
    struct hook_call *call = lua_touserdata(L, 1);
    struct hooks *h = *play_hooks(play_of(L));

    lua_rawgeti(L, LUA_REGISTRYINDEX, h->functions);
    lua_rawgeti(L, 2, call->hook->id);        /* call functions fn */
    lua_pushvalue(L, 3);
    push_request(L, h, call);
    call->request = lua_topointer(L, -1);
    lua_call(L, 1, 2);                        /* call functions fn cc data */
    if (is_plain(L)) {
        lua_pushnil(L);
    } else {
        lua_rawgeti(L, LUA_REGISTRYINDEX, h->judge);
        lua_insert(L, 3);                     /* call functions judge fn cc data */
        lua_call(L, 3, 3);
    }
    take_answer(L, h, call);
    return 0;
}

/* Keep the first error, on top, for the test. */
static void
keep_error(struct hooks *h)
{
    if (h->error == LUA_NOREF)
        h->error = luaL_ref(h->L, LUA_REGISTRYINDEX);
    else
        lua_pop(h->L, 1);
}

enum ipmi_cc
hooks_run(struct hooks *h, struct hook_call *call)
{
    lua_State *L = h->L;
    int top;

    if (h->closed || h->depth == HOOK_DEPTH_MAX || !lua_checkstack(L, 8))
        return CC_UNSPECIFIED;
    top = lua_gettop(L);
    call->cc = CC_UNSPECIFIED;
    call->outer = h->call;
    h->call = call;
    h->depth++;
    stage_hold(play_stage(h->play));
    lua_rawgeti(L, LUA_REGISTRYINDEX, h->handler);
    lua_pushcfunction(L, run_protected);
    lua_pushlightuserdata(L, call);
    if (lua_pcall(L, 1, 0, top + 1) != LUA_OK) {
        call->cc = call->passed_on ? CC_LATER : CC_UNSPECIFIED;
        keep_error(h);
    }
    stage_release(play_stage(h->play));
    h->depth--;
    h->call = call->outer;
    lua_settop(L, top);
    return call->cc;
}

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

/* (request, [data]) -> code, data: what would answer without this function. */
static int
hook_original(lua_State *L)
{
    struct hooks *h = hooks_of(L);
    struct hook_call *call = h->call;
    uint8_t room[IPMI_DATA_MAX];
    struct wr rs = wr_of(room, sizeof room);
    struct ipmi_req rq;
    enum ipmi_cc cc;

    if (call == NULL || call->request != lua_topointer(L, 1))
        return luaL_error(L, "original(): that request is answered already");
    if (call->mc == NULL)
        return luaL_error(L, "original(): this controller is all functions; there is none");
    if (call->passed_on)
        return luaL_error(L, "original(): it answers later, by itself; it cannot do it twice");
    rq = *call->rq;
    rq.data = rd_of(lua_isnoneornil(L, 2) ? call->data : core_bytes(L, 2));
    if (call->hook->below != NULL)
        cc = run_on_mc(call->hook->below, call->mc, &rq, &rs);
    else
        cc = mc_pass(call->mc, &rq, &rs);
    if (rq.data.bad && cc == CC_OK)
        cc = CC_LENGTH;
    call->passed_on = cc == CC_LATER;
    lua_pushinteger(L, (lua_Integer)cc);
    core_push_bytes(L, wr_bytes_of(&rs));
    return 2;
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
    return there != NULL ? there->needs : (uint8_t)NEEDS_USER;
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

/* (metatable, judge, handler): the library's around functions of scenarios. */
static int
hook_open(lua_State *L)
{
    struct hooks *h = hooks_of(L);

    if (h->judge != LUA_NOREF)
        return 0;
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    luaL_checktype(L, 3, LUA_TFUNCTION);
    lua_settop(L, 3);
    h->handler = luaL_ref(L, LUA_REGISTRYINDEX);
    h->judge = luaL_ref(L, LUA_REGISTRYINDEX);
    h->meta = luaL_ref(L, LUA_REGISTRYINDEX);
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

static const struct core_row rows[] = {
    { "hook_open", hook_open,
      "(metatable of requests, judge, handler): judge(fn, cc, data) -> code, data, span of a "
      "later answer, where it is not plain; handler makes something of errors" },
    { "hook_add", hook_add,
      "(unit, mc, netfn, cmd, group or iana, privilege, length min, max, fn) -> hook" },
    { "hook_remove", hook_remove, "(hook) -> it was there?" },
    { "hook_original", hook_original,
      "(request, [data]) -> code, data: what would have answered; within fn alone" },
    { "hook_function", hook_function, "() -> the fn at work" },
    { "outside", outside, "(): an error within such a function" },
    { "hook_error", hook_error, "() -> the first error of a function, or nothing" },
};

const struct core_rows l_hook_rows = { rows, sizeof rows / sizeof rows[0] };
