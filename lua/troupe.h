/*
 * troupe.h - what all plays of a process share: machines that were loaded,
 * and the library compiled once.
 *
 * Machines are immutable; each is read once. A troupe is used by one thread
 * at a time.
 */
#ifndef IPMILAB_LUA_TROUPE_H
#define IPMILAB_LUA_TROUPE_H

#include "emu/emu.h"
#include "lua/outside.h"

#define TROUPE_MODULES_MAX 64
#define TROUPE_FOLDERS_MAX 8

struct troupe;

enum status troupe_new(struct troupe **out);
void troupe_free(struct troupe *t);

/* The world outside of all plays; NULL, as at first: there is none. Borrowed. */
void troupe_set_outside(struct troupe *t, const struct outside_setup *outside);
const struct outside_setup *troupe_outside(const struct troupe *t);

/* One more folder where machines are looked for by name; borrowed. */
enum status troupe_search(struct troupe *t, const char *folder);

/* The n-th of these folders; NULL past the last. */
const char *troupe_folder(const struct troupe *t, size_t n);

/* Have files read by another reader than the file system's, whose folders do
 * not count; NULL: by that again. Copied, its ctx borrowed. */
void troupe_read_by(struct troupe *t, const struct emu_reader *reader);

/* Forget all machines, which are read anew when they are asked for. No play
 * is at work. */
void troupe_forget(struct troupe *t);

/*
 * The machine of a file: a name ("server-1u"), or a path, which is looked for
 * beside the file from (the scenario; NULL: none), in the working directory,
 * and in the folders. Borrowed. NULL: *why are lines of words (free() it; may
 * be NULL for want of memory).
 */
struct description *troupe_machine(struct troupe *t, const char *from, const char *name,
                                   char **why);

/* A machine of .emu and lan.conf text (either may be NULL). The same texts
 * under the same name are loaded once. As troupe_machine(). */
struct description *troupe_machine_text(struct troupe *t, const char *name, const char *emu,
                                        const char *conf, char **why);

/* Bytecode of a library module by number; empty before troupe_keep_code(),
 * which copies. */
struct bytes troupe_code(const struct troupe *t, size_t module);
void troupe_keep_code(struct troupe *t, size_t module, struct bytes code);

#endif
