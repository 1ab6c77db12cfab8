#include "sim/io/loop.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>

struct loop {
    uv_loop_t uv;
    uv_timer_t timer;
    uv_signal_t interrupt, terminate, hangup;
    struct lab *lab;
    uint64_t began_ns;
    instant armed;               /* what the timer is set for */
    loop_flush_fn *flush;
    void *flush_ctx;
};

static uint64_t
monotonic_ns(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

instant
loop_now(const struct loop *loop)
{
    return monotonic_ns() - loop->began_ns;
}

void
loop_flush(struct loop *loop)
{
    if (loop->flush != NULL)
        loop->flush(loop->flush_ctx, lab_outbox(loop->lab));
    else
        outbox_clear(lab_outbox(loop->lab));
}

static void
on_timer(uv_timer_t *timer)
{
    struct loop *loop = timer->data;

    loop->armed = INSTANT_NEVER;
    while (!lab_advance(loop->lab, loop_now(loop)))
        loop_flush(loop);
    loop_settle(loop);
}

static void
on_signal(uv_signal_t *signal, int number)
{
    (void)number;
    loop_stop(signal->data);
}

/* nohup has us ignore a terminal's end; that is to stay so. */
static bool
is_ignored(int number)
{
    struct sigaction now;

    return sigaction(number, NULL, &now) == 0 && now.sa_handler == SIG_IGN;
}

enum status
loop_new(struct lab *lab, struct loop **out)
{
    struct loop *loop = calloc(1, sizeof *loop);

    if (loop == NULL)
        return ST_NOMEM;
    if (uv_loop_init(&loop->uv) != 0) {
        free(loop);
        return ST_NOMEM;
    }
    loop->lab = lab;
    loop->began_ns = monotonic_ns();
    loop->armed = INSTANT_NEVER;
    uv_timer_init(&loop->uv, &loop->timer);
    uv_signal_init(&loop->uv, &loop->interrupt);
    uv_signal_init(&loop->uv, &loop->terminate);
    uv_signal_init(&loop->uv, &loop->hangup);
    loop->timer.data = loop->interrupt.data = loop->terminate.data = loop->hangup.data = loop;
    uv_signal_start(&loop->interrupt, on_signal, SIGINT);
    uv_signal_start(&loop->terminate, on_signal, SIGTERM);
    if (!is_ignored(SIGHUP))
        uv_signal_start(&loop->hangup, on_signal, SIGHUP);
    *out = loop;
    return ST_OK;
}

static void
close_handle(uv_handle_t *handle, void *arg)
{
    (void)arg;
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

void
loop_free(struct loop *loop)
{
    if (loop == NULL)
        return;
    uv_walk(&loop->uv, close_handle, NULL);
    uv_run(&loop->uv, UV_RUN_DEFAULT);
    uv_loop_close(&loop->uv);
    free(loop);
}

uv_loop_t *
loop_uv(struct loop *loop)
{
    return &loop->uv;
}

struct lab *
loop_lab(struct loop *loop)
{
    return loop->lab;
}

void
loop_on_flush(struct loop *loop, loop_flush_fn *flush, void *ctx)
{
    loop->flush = flush;
    loop->flush_ctx = ctx;
}

/* Whole milliseconds from now to at, rounded up. */
static uint64_t
wait_ms(const struct loop *loop, instant at)
{
    instant now = loop_now(loop);

    return at <= now ? 0 : (at - now + 999999u) / 1000000u;
}

void
loop_settle(struct loop *loop)
{
    instant due = lab_deadline(loop->lab);

    loop_flush(loop);
    if (due == loop->armed)
        return;
    loop->armed = due;
    if (due == INSTANT_NEVER)
        uv_timer_stop(&loop->timer);
    else {
        uv_update_time(&loop->uv);
        uv_timer_start(&loop->timer, on_timer, wait_ms(loop, due), 0);
    }
}

void
loop_run(struct loop *loop)
{
    loop_settle(loop);
    uv_run(&loop->uv, UV_RUN_DEFAULT);
}

void
loop_stop(struct loop *loop)
{
    uv_stop(&loop->uv);
}
