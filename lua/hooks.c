#include "lua/hooks.h"

#include <stdlib.h>
#include <string.h>

#include "lua/core.h"

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
    h->thread = h->functions = h->error = LUA_NOREF;
    h->requests = h->replies = h->octets = h->judge = h->handler = LUA_NOREF;
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

void
hooks_free(struct hooks *h)
{
    if (h == NULL)
        return;
    watch_free(h);
    slots_free(h);
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
    lua_rawgeti(L, LUA_REGISTRYINDEX, h->requests);
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

/* A reply in place of both, as request.original() gives it: take its parts. */
static void
unfold_reply(lua_State *L, const struct hooks *h)
{
    bool reply;

    if (!lua_istable(L, -2) || !lua_isnil(L, -1) || !lua_getmetatable(L, -2))
        return;
    lua_rawgeti(L, LUA_REGISTRYINDEX, h->replies);
    reply = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    if (!reply)
        return;
    lua_pushliteral(L, "cc");
    lua_rawget(L, -3);                        /* reply nil cc */
    lua_pushliteral(L, "data");
    lua_rawget(L, -4);                        /* reply nil cc data */
    if (is_plain(L)) {
        lua_copy(L, -2, -4);
        lua_copy(L, -1, -3);
    }
    lua_pop(L, 2);
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
    unfold_reply(L, h);
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
