/*
 * child_impl.h - what the files of child.h share: child_launch.c makes a
 * process of a program, child.c listens to it.
 */
#ifndef IPMILAB_IO_CHILD_IMPL_H
#define IPMILAB_IO_CHILD_IMPL_H

#include <sys/types.h>

#include "sim/io/child.h"

/* The descriptors of its streams, ours and its own; -1: none. On a terminal
 * out[CHILD_OUT] is our side of all. */
struct child_ends {
    int in, out[CHILD_STREAMS];
    int their_in, their_out[CHILD_STREAMS];
};

/* Open them; all are closed on exec. ST_IO, errno. */
enum status child_ends_open(bool pty, struct child_ends *e);

/* Close those that are still open; errno is kept. */
void child_ends_close(struct child_ends *e);

/* Fork and become the program, which has its own ends then; ours have none of
 * them any more. 0 and errno when it could not. */
pid_t child_launch(const struct child_opts *opts, struct child_ends *e);

/* Kill its group, and reap of it what is our child, adopted ones as well. */
void child_end_group(pid_t group);

#endif
