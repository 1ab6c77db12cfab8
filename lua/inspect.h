/*
 * inspect.h - what is wrong with a scenario file that can be seen without
 * playing it: its grammar, names that nothing has made, and what its outermost
 * lines do.
 */
#ifndef IPMILAB_LUA_INSPECT_H
#define IPMILAB_LUA_INSPECT_H

#include "emu/diag.h"
#include "lua/troupe.h"

/* Look at a file, and add what is found to diags. ST_NOMEM at worst: a file
 * that cannot be read is an error among the others. */
enum status scenario_inspect(struct troupe *t, const char *path, struct diags *diags);

#endif
