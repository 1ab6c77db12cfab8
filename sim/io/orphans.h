/*
 * orphans.h - whatever the programs that we started leave behind.
 *
 * A process that adopts becomes the parent of every descendant whose own
 * parent has ended, daemons included, and can end them: none survives it.
 */
#ifndef IPMILAB_IO_ORPHANS_H
#define IPMILAB_IO_ORPHANS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Adopt from now on, or do not. Returns what it was before. */
bool orphans_adopt(bool on);

/*
 * Kill and reap all children of this process but the count at except, until
 * there are none: those that they leave to us as well.
 */
void orphans_end(const pid_t *except, size_t count);

/* To be called by a fresh child, whose parent was parent: have a signal sent to
 * it when that ends. */
void orphans_follow(pid_t parent, int signal);

#endif
