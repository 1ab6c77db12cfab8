/*
 * child.h - a program that we run: what it is given, what it says, how it ends.
 *
 * It leads a session and a process group of its own, talks to us through
 * pipes or a pseudo-terminal, and inherits nothing else: no descriptor, no
 * ignored or blocked signal, no variable of our environment. It is killed
 * when this process ends, however that happens.
 *
 * Of what it says up to CHILD_WAITING_MAX octets a stream wait to be taken;
 * more is read and counted, so that it never stands still for us. What is
 * written to it waits likewise.
 */
#ifndef IPMILAB_IO_CHILD_H
#define IPMILAB_IO_CHILD_H

#include <stdbool.h>
#include <uv.h>

#include "sim/base/bytes.h"
#include "sim/base/status.h"

#define CHILD_WAITING_MAX (1u << 20)

/* After its end, how long somebody it has left behind may hold its output
 * open before that is taken for all. */
#define CHILD_LINGER_MS 200

struct child;

enum child_stream { CHILD_OUT, CHILD_ERR, CHILD_STREAMS };

struct child_opts {
    uv_loop_t *uv;
    const char *const *argv;    /* NULL at the end; argv[0] is a path */
    const char *const *env;     /* "NAME=value", NULL at the end: all of it */
    const char *dir;            /* where it works; NULL: where we do */
    bool pty;                   /* all streams are one terminal; what it says is CHILD_OUT */

    /* It said something, or it ended: called by the loop. */
    void (*changed)(void *ctx);
    void *ctx;
};

struct child_state {
    bool ended;                 /* and all that it said was read */
    int status;                 /* exit status, when signal is 0 */
    int signal;                 /* that ended it */
    bool late;                  /* the time of child_limit() is over */
    uint64_t ns;                /* how long it ran, or has run */
    uint64_t lost[CHILD_STREAMS];
};

/*
 * Find a program as a shell does: a name in the folders of path, separated
 * by colons; what has a slash in it as it is. Its path goes to size
 * characters at to. False: there is none.
 */
bool child_find(const char *name, const char *path, char *to, size_t size);

/* Start one; all of opts is borrowed for the call. ST_IO: errno tells why not. */
enum status child_start(const struct child_opts *opts, struct child **out);

/* Kill what is left of its process group, and let go of it. The loop is run
 * once more before it is closed. */
void child_free(struct child *c);

struct child_state child_state(const struct child *c);

/* The oldest of what it said and was not taken: one stream's octets, valid
 * until the loop runs again. False: nothing waits. */
bool child_take(struct child *c, enum child_stream *which, struct bytes *octets);

/* Give it input. ST_FULL: so much waits already that this would be too much;
 * ST_INVALID: its input is closed; ST_NOMEM. */
enum status child_write(struct child *c, struct bytes octets);

/* Its input ends after what was written; on a terminal, control-D is typed. */
void child_close_input(struct child *c);

/* Be told (changed) when so much time from now is over, and it has not ended. */
void child_limit(struct child *c, uint64_t ms);

/* Send a signal to its process group. False: it is over. */
bool child_signal(struct child *c, int signal);

#endif
