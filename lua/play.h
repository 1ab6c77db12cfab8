/*
 * play.h - one scenario at work: a Lua state with the library in it, and the
 * stage that it plays on.
 *
 * The state is a sandbox: no clock, chance, file or process but through the
 * API; its memory is bounded, and a script that runs on without letting time
 * pass is stopped. What is nondeterministic in Lua (the order of pairs(),
 * addresses in tostring(), the pivots of table.sort(), the clock, chance) is
 * replaced by the library.
 *
 * C exports primitives, all in one table, "core"; the library in lua/ipmilab makes
 * the API of them. A primitive is given plain numbers for what it means (the
 * number of a chassis, the address of a controller) and looks each of them
 * up, so that a stale one is an error in words. Errors carry no position: the
 * library adds the scenario's line (lua/ipmilab/blame.lua).
 *
 * Lua never runs from within the lab but in the hooks of l_hook.c; whatever
 * the lab tells a scenario waits as a completion until stage_step() is over.
 */
#ifndef IPMILAB_LUA_PLAY_H
#define IPMILAB_LUA_PLAY_H

#include <lauxlib.h>
#include <lua.h>

#include "lua/stage.h"

#define PLAY_MEMORY_MAX (256u << 20)          /* octets of the Lua state */
#define PLAY_INSTRUCTIONS_MAX 400000000u      /* between two instants */

struct play;
struct troupe;

struct play_opts {
    struct troupe *troupe;             /* borrowed: what plays share */
    uint64_t seed;
    const struct tap *tap;             /* or NULL */

    /* A line that the scenario prints, as it does; NULL: it is kept only for
     * the result. */
    void (*say)(void *ctx, const char *line);
    void *say_ctx;

    const char *const *args;           /* of the scenario: its table arg */
    size_t arg_count;
};

enum status play_new(const struct play_opts *opts, struct play **out);
void play_free(struct play *p);

/* The stage, made at the first call; NULL: no memory. */
struct stage *play_stage(struct play *p);
bool play_has_stage(const struct play *p);

/* The Lua state: for the runner and the primitives. */
lua_State *play_lua(struct play *p);

/* The play that a state belongs to. */
struct play *play_of(lua_State *L);

/*
 * Call a function of the library's front (lua/ipmilab/front.lua) by name with
 * the nargs values on top of the stack, which are taken; leaves nresults. On
 * failure false, and the error message is on top.
 */
bool play_call(struct play *p, const char *name, int nargs, int nresults);

/* ---- for the primitives ---- */

/* What ended and was not fetched yet: requests of consoles, outside programs.
 * data is copied. False: no memory. */
struct completion {
    struct completion *next;
    uint32_t ticket;
    bool timed_out;
    uint8_t cc;
    size_t len;
    uint8_t data[];
};
bool play_complete(struct play *p, uint32_t ticket, bool timed_out, uint8_t cc,
                   struct bytes data);
uint32_t play_ticket(struct play *p);
struct completion *play_take_completion(struct play *p);   /* free() it; NULL */

/* The scenario let time pass: its instructions count anew. */
void play_breathe(struct play *p);

/* Consoles by number from 1. */
uint32_t play_add_console(struct play *p, struct stage_console *c);   /* 0: no memory */
struct stage_console *play_console(struct play *p, lua_Integer id);   /* NULL */
void play_drop_console(struct play *p, lua_Integer id);

struct troupe *play_troupe(struct play *p);
struct rng *play_chance(struct play *p);
uint64_t play_seed(const struct play *p);
void play_say(const struct play *p, const char *line);

#endif
