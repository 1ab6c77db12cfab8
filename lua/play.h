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

#include "lua/outside.h"
#include "lua/stage.h"

#define PLAY_MEMORY_MAX (256u << 20)          /* octets of the Lua state */
#define PLAY_INSTRUCTIONS_MAX 400000000u      /* between two instants */

struct play;
struct troupe;

struct play_opts {
    struct troupe *troupe;             /* borrowed: what plays share */
    uint64_t seed;
    const struct tap *tap;             /* or NULL */
    const char *traces;                /* folder that it may keep traces in, or NULL */

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

/*
 * The outside. Time is virtual until a program runs there or somebody holds
 * real time, unless the scenario says how it is to go.
 */
enum play_pace { PLAY_PACE_AUTO, PLAY_PACE_REAL, PLAY_PACE_VIRTUAL };

/* The world outside, opened at the first call; NULL: *why is ST_MISSING when
 * this play has none. */
struct outside_world *play_outside(struct play *p, enum status *why);
bool play_has_outside(const struct play *p);
const struct outside_setup *play_outside_setup(const struct play *p);

void play_set_pace(struct play *p, enum play_pace pace);
void play_hold_real(struct play *p, int holders);    /* so many more, or fewer */

/* Let time be virtual or real as it should: before it passes, and as soon as
 * the outside takes part, for only real time carries datagrams there. */
void play_keep_pace(struct play *p);

/* In virtual time: wait for the outside alone, while the lab's time stands. Does
 * nothing, and gives false, when time is to pass. */
bool play_wait_outside(struct play *p);

/* True when something outside may happen although nothing is due. */
bool play_awaits_outside(const struct play *p);

/* Consoles by number from 1. */
uint32_t play_add_console(struct play *p, struct stage_console *c);   /* 0: no memory */
struct stage_console *play_console(struct play *p, lua_Integer id);   /* NULL */
void play_drop_console(struct play *p, lua_Integer id);

/* Where what the scenario hung into the lab stands (lua/hooks.h); freed with
 * the play. */
struct hooks;
struct hooks **play_hooks(struct play *p);

/*
 * The play's own film (lua/film.h), which runs from the first call on, beside
 * the tap of its options. NULL: no memory.
 */
struct film *play_film(struct play *p);

/* The folder that the scenario may keep traces in; NULL: none. */
const char *play_traces(const struct play *p);

struct troupe *play_troupe(struct play *p);
struct rng *play_chance(struct play *p);
uint64_t play_seed(const struct play *p);
void play_say(const struct play *p, const char *line);

/* True when somebody sees what it says as it says it. */
bool play_is_watched(const struct play *p);

#endif
