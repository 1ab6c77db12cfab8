/*
 * core.h - the primitives, by subject, and what they have in common.
 *
 * Each file l_<subject>.c has one table of rows. A row says what a primitive
 * is called and, for who maintains the library above it, what it takes and
 * gives. For scenarios the library's own annotations are the manual.
 */
#ifndef IPMILAB_LUA_CORE_H
#define IPMILAB_LUA_CORE_H

#include "lua/play.h"

struct core_row {
    const char *name;
    lua_CFunction fn;
    const char *what;      /* "(unit, mc) -> {...}: ..." */
};

struct core_rows {
    const struct core_row *rows;
    size_t count;
};

extern const struct core_rows l_time_rows;
extern const struct core_rows l_lab_rows;
extern const struct core_rows l_mc_rows;
extern const struct core_rows l_console_rows;
extern const struct core_rows l_crypto_rows;
extern const struct core_rows l_run_rows;
extern const struct core_rows l_target_rows;
extern const struct core_rows l_hook_rows;
extern const struct core_rows l_node_rows;
extern const struct core_rows l_watch_rows;
extern const struct core_rows l_fault_rows;
extern const struct core_rows l_trace_rows;
extern const struct core_rows l_bus_rows;
extern const struct core_rows l_host_rows;
extern const struct core_rows l_sol_rows;

/* Push a table with all primitives. */
void core_open(lua_State *L);

/* ---- arguments; each raises an error in words ---- */

/* The stage; an error within a function that answers a command. */
struct stage *core_stage(lua_State *L);

/* An error within a function that answers a command. */
void core_outside(lua_State *L);

/* The unit whose number is argument arg, and its controller whose id (its
 * address, on bus 0; sim/lab/description.h) is the next argument. */
struct chassis_unit *core_unit(lua_State *L, int arg);
struct mc *core_mc(lua_State *L, int arg);

/* A whole number in min .. max; what it is, for the error. */
lua_Integer core_number(lua_State *L, int arg, lua_Integer min, lua_Integer max,
                        const char *what);

/* An instant or span: a whole number of nanoseconds, not negative. */
instant core_instant(lua_State *L, int arg);

/* Octets: a string. Borrowed while it is on the stack. */
struct bytes core_bytes(lua_State *L, int arg);
void core_push_bytes(lua_State *L, struct bytes b);

/* A field of the table at arg, with a default for nil. */
lua_Integer core_field_number(lua_State *L, int arg, const char *field, lua_Integer min,
                              lua_Integer max, lua_Integer otherwise);
bool core_field_bool(lua_State *L, int arg, const char *field);

/* Set a field of the table on top. */
void core_set_number(lua_State *L, const char *field, lua_Integer v);
void core_set_bool(lua_State *L, const char *field, bool v);
void core_set_text(lua_State *L, const char *field, const char *v);

/* What a remote console is to be like, of the table at arg (l_console.c). */
struct remote_opts core_remote_opts(lua_State *L, int arg);

/* The world outside; an error when there is none. */
struct outside_world *core_world(lua_State *L);
const struct outside_ops *core_world_ops(lua_State *L);

/* Raise the words of a status. */
int core_fail(lua_State *L, const char *what, enum status st);

/* Do something to a unit at the present instant, timers due before first, and
 * carry on what it sent. Within a function that answers a command: at once,
 * and to its own chassis alone. */
void core_do(lua_State *L, struct chassis_unit *unit, void (*what)(void *ctx), void *ctx);

/* Before something is read of a unit that changes with time alone: a unit's own time
 * stands at the last thing that happened to it. Within a function that answers a
 * command nothing is done. */
void core_bring(lua_State *L, struct chassis_unit *unit);

#endif
