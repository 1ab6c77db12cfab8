/*
 * library.h - the Lua half of the scenario language, built into the program.
 *
 * The files of lua/ipmilab, as they are; lua/embed.sh makes the table from
 * them.
 */
#ifndef IPMILAB_LUA_LIBRARY_H
#define IPMILAB_LUA_LIBRARY_H

#include <stddef.h>

struct library_file {
    const char *name;              /* "task" for lua/ipmilab/task.lua */
    const unsigned char *text;
    size_t len;
};

extern const struct library_file library_files[];
extern const size_t library_count;

/* The file of a name, or NULL. */
const struct library_file *library_find(const char *name);

#endif
