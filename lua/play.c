#include "lua/play.h"

#include <assert.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "lua/core.h"
#include "lua/film.h"
#include "lua/hooks.h"
#include "lua/library.h"
#include "lua/troupe.h"

#define HOOK_EVERY 10000

static const char front_key;      /* registry: the library's front */

struct play {
    lua_State *L;
    struct troupe *troupe;
    struct stage *stage;
    struct play_opts opts;
    uint64_t seed;
    struct rng chance;
    size_t memory;
    uint32_t instructions;        /* since time passed */
    uint32_t tickets;
    struct completion *completions, **completions_end;
    struct stage_console **consoles;
    size_t console_count;
    struct outside_world *outside;
    enum play_pace pace, keeping;
    int holders;                  /* of real time */
    struct hooks *hooks;
    struct film *film;
    struct tap both;              /* opts.tap and the film's */
};

/* ---- the sandbox's bounds ---- */

static void *
allocate(void *ctx, void *block, size_t old, size_t size)
{
    struct play *p = ctx;
    void *moved;

    if (block == NULL)
        old = 0;
    if (size == 0) {
        p->memory -= old;
        free(block);
        return NULL;
    }
    if (size > old && size - old > PLAY_MEMORY_MAX - p->memory)
        return NULL;
    moved = realloc(block, size);
    if (moved != NULL)
        p->memory += size - old;
    return moved;
}

static void
count_instructions(lua_State *L, lua_Debug *ar)
{
    struct play *p = play_of(L);

    (void)ar;
    p->instructions += HOOK_EVERY;
    if (p->instructions > PLAY_INSTRUCTIONS_MAX) {
        p->instructions = 0;
        lua_pushliteral(L, "the scenario runs on and on and lets no time pass; is there a "
                           "loop without sleep() or wait_until()?");
        lua_error(L);
    }
}

void
play_breathe(struct play *p)
{
    p->instructions = 0;
}

struct play *
play_of(lua_State *L)
{
    struct play *p;

    memcpy(&p, lua_getextraspace(L), sizeof p);
    return p;
}

/* ---- the library ---- */

struct dump {
    uint8_t *at;
    size_t len;
};

static int
append(lua_State *L, const void *piece, size_t size, void *to)
{
    struct dump *dump = to;
    uint8_t *at = realloc(dump->at, dump->len + size);

    (void)L;
    if (at == NULL)
        return 1;
    memcpy(at + dump->len, piece, size);
    dump->at = at;
    dump->len += size;
    return 0;
}

/* Keep the function on top as the bytecode of a module. */
static void
keep_code(lua_State *L, size_t module)
{
    struct dump dump = { NULL, 0 };

    if (lua_dump(L, append, &dump, 0) == 0)
        troupe_keep_code(play_of(L)->troupe, module, (struct bytes){ dump.at, dump.len });
    free(dump.at);
}

/* core.module(name): a file of the library as a function. */
static int
core_module(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    const struct library_file *file = library_find(name);
    const char *chunk = lua_pushfstring(L, "=ipmilab/%s.lua", name);
    struct bytes code;
    size_t module;

    if (file == NULL)
        return luaL_error(L, "there is no module \"%s\"", name);
    module = (size_t)(file - library_files);
    code = troupe_code(play_of(L)->troupe, module);
    if (code.len != 0) {
        if (luaL_loadbufferx(L, (const char *)code.at, code.len, chunk, "b") != LUA_OK)
            return lua_error(L);
        return 1;
    }
    if (luaL_loadbufferx(L, (const char *)file->text, file->len, chunk, "t") != LUA_OK)
        return lua_error(L);
    keep_code(L, module);
    return 1;
}

static void
push_args(lua_State *L, const struct play_opts *opts)
{
    lua_newtable(L);
    for (size_t i = 0; i < opts->arg_count; i++) {
        lua_pushstring(L, opts->args[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* Open the standard libraries (the library sees all of them, a scenario only
 * what lua/ipmilab/sandbox.lua lets it), the primitives, and the front. */
static int
open_all(lua_State *L)
{
    /* Requests, replies, octets: most of what a scenario makes dies young. */
    lua_gc(L, LUA_GCGEN, 0, 0);
    luaL_openlibs(L);
    core_open(L);                              /* core */
    lua_pushcfunction(L, core_module);
    lua_setfield(L, -2, "module");
    push_args(L, &play_of(L)->opts);
    lua_setfield(L, -2, "args");
    lua_pushcfunction(L, core_module);
    lua_pushliteral(L, "front");
    lua_call(L, 1, 1);                         /* core front.lua */
    lua_pushvalue(L, -2);
    lua_call(L, 1, 1);                         /* core front */
    lua_rawsetp(L, LUA_REGISTRYINDEX, &front_key);
    return 0;
}

bool
play_call(struct play *p, const char *name, int nargs, int nresults)
{
    lua_State *L = p->L;

    lua_rawgetp(L, LUA_REGISTRYINDEX, &front_key);
    lua_getfield(L, -1, name);
    lua_remove(L, -2);
    lua_insert(L, -nargs - 1);
    return lua_pcall(L, nargs, nresults, 0) == LUA_OK;
}

/* ---- birth and death ---- */

enum status
play_new(const struct play_opts *opts, struct play **out)
{
    struct play *p = calloc(1, sizeof *p);

    if (p == NULL)
        return ST_NOMEM;
    p->troupe = opts->troupe;
    p->opts = *opts;
    p->seed = opts->seed;
    p->chance = rng_named(rng_key_root(opts->seed), "scenario");
    p->completions_end = &p->completions;
    p->L = lua_newstate(allocate, p);
    if (p->L == NULL) {
        free(p);
        return ST_NOMEM;
    }
    memcpy(lua_getextraspace(p->L), &p, sizeof p);
    lua_sethook(p->L, count_instructions, LUA_MASKCOUNT, HOOK_EVERY);
    lua_pushcfunction(p->L, open_all);
    if (lua_pcall(p->L, 0, 0, 0) != LUA_OK) {
        /* Our own library: only memory can lack. */
        assert(lua_type(p->L, -1) != LUA_TSTRING ||
               strcmp(lua_tostring(p->L, -1), "not enough memory") == 0);
        play_free(p);
        return ST_NOMEM;
    }
    *out = p;
    return ST_OK;
}

static const struct outside_ops *
ops_of(const struct play *p)
{
    return troupe_outside(p->troupe)->ops;
}

void
play_free(struct play *p)
{
    struct completion *c;

    if (p == NULL)
        return;
    hooks_close(p->hooks);
    lua_close(p->L);
    if (p->stage != NULL)
        stage_drive(p->stage, NULL);
    if (p->outside != NULL)
        ops_of(p)->close(p->outside);
    while ((c = play_take_completion(p)) != NULL)
        free(c);
    free(p->consoles);
    stage_free(p->stage);
    hooks_free(p->hooks);
    film_free(p->film);
    free(p);
}

static void
show_both(void *ctx, const struct tap_event *ev)
{
    struct play *p = ctx;

    tap_emit(p->opts.tap, ev);
    tap_emit(film_tap(p->film), ev);
}

/* Who is shown what crosses the lab's links. */
static const struct tap *
tap_of(struct play *p)
{
    if (p->film == NULL)
        return p->opts.tap;
    p->both = (struct tap){ show_both, p };
    return p->opts.tap != NULL ? &p->both : film_tap(p->film);
}

struct film *
play_film(struct play *p)
{
    if (p->film != NULL || film_new(&p->film) != ST_OK)
        return p->film;
    if (p->stage != NULL)
        stage_set_tap(p->stage, tap_of(p));
    return p->film;
}

const char *
play_traces(const struct play *p)
{
    return p->opts.traces;
}

struct hooks **
play_hooks(struct play *p)
{
    return &p->hooks;
}

struct stage *
play_stage(struct play *p)
{
    struct stage_opts opts = { .seed = p->seed, .tap = tap_of(p) };

    if (p->stage == NULL && stage_new(&opts, &p->stage) != ST_OK)
        return NULL;
    return p->stage;
}

bool
play_has_stage(const struct play *p)
{
    return p->stage != NULL;
}

lua_State *
play_lua(struct play *p)
{
    return p->L;
}

struct troupe *
play_troupe(struct play *p)
{
    return p->troupe;
}

struct rng *
play_chance(struct play *p)
{
    return &p->chance;
}

uint64_t
play_seed(const struct play *p)
{
    return p->seed;
}

void
play_say(const struct play *p, const char *line)
{
    if (p->opts.say != NULL)
        p->opts.say(p->opts.say_ctx, line);
}

bool
play_is_watched(const struct play *p)
{
    return p->opts.say != NULL;
}

/* ---- what ended ---- */

uint32_t
play_ticket(struct play *p)
{
    return ++p->tickets;
}

bool
play_complete(struct play *p, uint32_t ticket, bool timed_out, uint8_t cc, struct bytes data)
{
    struct completion *c = malloc(sizeof *c + data.len);

    if (c == NULL)
        return false;
    *c = (struct completion){ .ticket = ticket, .timed_out = timed_out, .cc = cc,
                              .len = data.len };
    if (data.len)
        memcpy(c->data, data.at, data.len);
    *p->completions_end = c;
    p->completions_end = &c->next;
    return true;
}

struct completion *
play_take_completion(struct play *p)
{
    struct completion *c = p->completions;

    if (c == NULL)
        return NULL;
    p->completions = c->next;
    if (p->completions == NULL)
        p->completions_end = &p->completions;
    return c;
}

/* ---- consoles ---- */

uint32_t
play_add_console(struct play *p, struct stage_console *c)
{
    struct stage_console **more = realloc(p->consoles,
                                          (p->console_count + 1) * sizeof *more);

    if (more == NULL)
        return 0;
    p->consoles = more;
    p->consoles[p->console_count++] = c;
    return (uint32_t)p->console_count;
}

struct stage_console *
play_console(struct play *p, lua_Integer id)
{
    return id >= 1 && (size_t)id <= p->console_count ? p->consoles[id - 1] : NULL;
}

void
play_drop_console(struct play *p, lua_Integer id)
{
    struct stage_console *c = play_console(p, id);

    if (c == NULL)
        return;
    p->consoles[id - 1] = NULL;
    if (p->outside != NULL && stage_console_endpoint(c) != NULL)
        ops_of(p)->hang_up(p->outside, stage_console_endpoint(c));
    stage_console_free(p->stage, c);
}

/* ---- the outside ---- */

struct outside_world *
play_outside(struct play *p, enum status *why)
{
    const struct outside_setup *setup = troupe_outside(p->troupe);

    *why = setup == NULL ? ST_MISSING : ST_NOMEM;
    if (p->outside == NULL && setup != NULL && play_stage(p) != NULL)
        *why = setup->ops->open(setup, p->stage, &p->outside);
    return p->outside;
}

bool
play_has_outside(const struct play *p)
{
    return p->outside != NULL;
}

const struct outside_setup *
play_outside_setup(const struct play *p)
{
    return troupe_outside(p->troupe);
}

void
play_set_pace(struct play *p, enum play_pace pace)
{
    p->pace = pace;
}

void
play_hold_real(struct play *p, int holders)
{
    p->holders += holders;
}

/* Whether anybody outside takes part now. */
static bool
has_company(const struct play *p)
{
    return p->holders > 0 || ops_of(p)->busy(p->outside);
}

/* AUTO: virtual, and nothing of the outside is looked at. */
static enum play_pace
pace_of(const struct play *p)
{
    if (p->outside == NULL)
        return PLAY_PACE_AUTO;
    if (p->pace == PLAY_PACE_REAL)
        return PLAY_PACE_REAL;
    if (!has_company(p))
        return PLAY_PACE_AUTO;
    return p->pace == PLAY_PACE_VIRTUAL ? PLAY_PACE_VIRTUAL : PLAY_PACE_REAL;
}

void
play_keep_pace(struct play *p)
{
    enum play_pace pace = pace_of(p);

    if (pace == p->keeping)
        return;
    p->keeping = pace;
    if (pace == PLAY_PACE_AUTO)
        stage_drive(p->stage, NULL);
    else
        stage_drive(p->stage, ops_of(p)->drive(p->outside, pace == PLAY_PACE_REAL
                                                               ? OUTSIDE_REAL
                                                               : OUTSIDE_HURRIED));
}

bool
play_wait_outside(struct play *p)
{
    const struct stage_driver *driver;

    if (p->keeping != PLAY_PACE_VIRTUAL)
        return false;
    driver = ops_of(p)->drive(p->outside, OUTSIDE_HURRIED);
    (void)driver->wait(driver->ctx, INSTANT_NEVER);
    return true;
}

bool
play_awaits_outside(const struct play *p)
{
    return p->outside != NULL && has_company(p);
}
