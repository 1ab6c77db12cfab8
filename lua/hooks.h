/*
 * hooks.h - what a play hangs into its lab: functions of the scenario that
 * answer commands, and a queue of what happened, for functions that listen.
 *
 * Commands are the one place where Lua runs from within the lab: on a thread
 * of its own, protected, unable to wait. Its errors are kept, and end the
 * test at the library's next look (core.hook_error); the request is answered
 * FFh. While such a function runs, primitives may act on its own chassis,
 * directly, and on nothing else (core_outside(), core_do()).
 *
 * Listeners are not called from within: what happened is queued, at most
 * HAPPENINGS_MAX of it, and fetched with core.happening() when the lab rests.
 *
 *     hooks.c    functions at work, and answers that come later
 *     l_hook.c   functions that answer commands of controllers
 *     l_node.c   controllers that are functions altogether
 *     l_watch.c  what happened
 */
#ifndef IPMILAB_LUA_HOOKS_H
#define IPMILAB_LUA_HOOKS_H

#include "lua/play.h"
#include "sim/ipmi/command.h"
#include "sim/mc/watch.h"

#define HOOK_DEPTH_MAX 16         /* functions within functions */
#define LATERS_MAX     4096       /* answers under way */
#define HAPPENINGS_MAX 100000
#define WATCHED_MAX    4096       /* requests whose answers are waited for */

struct hooks;
struct hook_slot;
struct later;
struct node;
struct happening;
struct watched;

/* One function at work. */
struct hook_call {
    struct hook_call *outer;
    struct hook *hook;
    struct mc *mc;                /* NULL: a node's */
    struct ipmi_req *rq;
    struct bytes data;            /* of rq */
    struct wr *rs;
    const void *request;          /* the table that the function was given */
    uint32_t chassis;
    const void *owner;            /* of a later answer: mc or node */
    struct world *world;
    enum ipmi_cc cc;
    bool passed_on;               /* the original answers later */
};

/* A function for a command; those of one command stand above each other. */
struct hook {
    struct hook *below;
    struct hook_slot *slot;       /* NULL: a node's */
    int id;                       /* in the table of functions */
    uint8_t needs;
    uint16_t len_min, len_max;
};

struct hooks {
    struct play *play;
    lua_State *L;                 /* the thread that functions run on */
    int thread, functions, error;                /* references; LUA_NOREF: none */
    int requests, replies;                       /* their metatables */
    int octets, judge, handler;                  /* functions of the library */
    struct hook_call *call;       /* the innermost, NULL: none */
    unsigned depth;
    bool closed;

    struct hook_slot *slots;
    struct later *laters;
    size_t later_count;
    struct node *nodes;

    struct mc_watch watch;
    uint32_t kinds;               /* of happenings that are wanted, bits */
    struct happening *happenings, **happenings_end;
    size_t happening_count;
    bool happenings_lost;
    struct watched *watched;
    size_t watched_count;
    uint32_t hosts;               /* chassis whose hosts are listened to */
    struct host_ear *ears;
};

/* The play's hooks, made at the first call; raises for want of memory. */
struct hooks *hooks_of(lua_State *L);

/* Detach everything from the lab, before it goes; free the rest, after. */
void hooks_close(struct hooks *h);
void hooks_free(struct hooks *h);

/* Run function id of hook on a request: call's mc, rq, rs, chassis, owner and
 * world are set. Gives what a handler gives. */
enum ipmi_cc hooks_run(struct hooks *h, struct hook_call *call);

/* Keep the function at arg of L; its id. And let it go. */
int hooks_keep(struct hooks *h, lua_State *L, int arg);
void hooks_drop(struct hooks *h, int id);

/* Forget answers under way of an owner; NULL: all. */
void hooks_forget(struct hooks *h, const void *owner);

/* A controller is about to be freed. */
void hooks_gone(struct hooks *h, const struct mc *mc);

/* ---- for hooks.c ---- */
void slots_free(struct hooks *h);
void nodes_close(struct hooks *h);
void watch_open(struct hooks *h);
void watch_close(struct hooks *h);
void watch_free(struct hooks *h);

/* A chassis was added: listen to its host, if that is wanted. */
void watch_added(struct hooks *h);

#endif
