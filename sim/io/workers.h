/*
 * workers.h - many items of work in several processes, their results in order.
 *
 * Each worker is a fork of this process that does one item after the other as
 * it is given them. One that dies or takes too long costs its item alone: a
 * new worker takes its place. The results come back in the order of the items,
 * whatever the number of workers, so that what is made of them is the same.
 *
 * Nothing of the workers survives: what programs of theirs are left when one
 * is lost, or at the end, is killed. While workers are at work SIGINT, SIGTERM
 * and SIGHUP stop them, and are left for the caller to die of.
 *
 * The caller must have no thread, no other child and no open loop when it calls.
 */
#ifndef IPMILAB_IO_WORKERS_H
#define IPMILAB_IO_WORKERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "sim/base/bytes.h"
#include "sim/base/status.h"

#define WORKERS_MAX 64

enum worker_end {
    WORKER_DONE,         /* the item's result is there */
    WORKER_DIED,         /* by a signal, or it ended by itself */
    WORKER_TOO_LONG,     /* it was stopped */
};

struct workers_opts {
    unsigned jobs;       /* 1 .. WORKERS_MAX */
    size_t count;        /* items */
    uint64_t limit_ms;   /* for one item; 0 = none */
    int *signal;         /* NULL, or where to say which signal stopped it; 0 */
    void *ctx;

    /* In a worker: do item i and write its result. */
    void (*work)(void *ctx, size_t i, FILE *to);

    /* Here, in the order of i. signal: that ended it, or 0. Returns false to
     * stop: items not begun are left. */
    bool (*done)(void *ctx, size_t i, enum worker_end end, int signal, struct bytes result);
};

/* ST_IO when processes cannot be made (errno tells), ST_NOMEM. */
enum status workers_run(const struct workers_opts *opts);

#endif
