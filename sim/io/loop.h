/*
 * loop.h - a lab in real time: the clock, the next timer, signals.
 *
 * One libuv loop drives one lab. The lab's instant 0 is when the loop was
 * made. Before any input of a later instant the lab's timers fire at their
 * nominal instants, however late the process woke up.
 */
#ifndef IPMILAB_IO_LOOP_H
#define IPMILAB_IO_LOOP_H

#include <uv.h>

#include "sim/lab/lab.h"

struct loop;

/* Sends what waits in the lab's outbox, and clears it; udp_lab.h provides it. */
typedef void loop_flush_fn(void *ctx, struct outbox *ob);

enum status loop_new(struct lab *lab, struct loop **out);
void loop_free(struct loop *loop);

uv_loop_t *loop_uv(struct loop *loop);
struct lab *loop_lab(struct loop *loop);

/* Lab time now, from the monotonic clock. */
instant loop_now(const struct loop *loop);

void loop_on_flush(struct loop *loop, loop_flush_fn *flush, void *ctx);

/* Send what waits in the lab's outbox now. */
void loop_flush(struct loop *loop);

/* After anything was given to the lab: send the outbox and arm the timer
 * for the lab's new deadline. */
void loop_settle(struct loop *loop);

/* Run until loop_stop(), or SIGINT, SIGTERM or a SIGHUP that was not ignored
 * arrives. */
void loop_run(struct loop *loop);
void loop_stop(struct loop *loop);

#endif
