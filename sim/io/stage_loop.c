#include "sim/io/stage_loop.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "sim/io/addr.h"
#include "sim/io/folder.h"
#include "sim/io/orphans.h"
#include "sim/io/stage_loop_impl.h"

/* So often may the stage go on without a look outside when it is late. */
#define LATE_STEPS_MAX 64

/* ---- time ---- */

static uint64_t
monotonic_ns(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
}

instant
stage_loop_now(const struct outside_world *w)
{
    return w->hurried ? stage_now(w->stage) : monotonic_ns() - w->began_ns;
}

static void
on_timer(uv_timer_t *timer)
{
    (void)timer;
}

/* Let the outside come in for a span; until the first thing that happens. */
static void
look_outside(struct outside_world *w, instant span)
{
    if (span != INSTANT_NEVER) {
        uv_update_time(&w->uv);
        uv_timer_start(&w->timer, on_timer, span / 1000000u + (span % 1000000u != 0), 0);
    }
    uv_run(&w->uv, span == 0 ? UV_RUN_NOWAIT : UV_RUN_ONCE);
    uv_timer_stop(&w->timer);
}

/* Time does not wait for the outside, unless nothing else is waited for. */
static instant
hurry(struct outside_world *w, instant until)
{
    w->happened = false;
    look_outside(w, until == INSTANT_NEVER ? until : 0);
    return w->happened || until == INSTANT_NEVER ? stage_now(w->stage) : until;
}

static instant
wait_outside(void *ctx, instant until)
{
    struct outside_world *w = ctx;
    instant now;

    if (w->hurried)
        return hurry(w, until);
    now = stage_loop_now(w);
    if (now >= until && w->late < LATE_STEPS_MAX) {
        w->late++;
        return until;
    }
    w->late = 0;
    look_outside(w, until == INSTANT_NEVER ? until : now < until ? until - now : 0);
    return stage_loop_now(w);
}

static const struct stage_driver *
drive(struct outside_world *w, enum outside_pace pace)
{
    w->hurried = pace == OUTSIDE_HURRIED;
    w->began_ns = monotonic_ns() - stage_now(w->stage);
    return &w->driver;
}

static void
send_datagram(void *ctx, const struct outbox_entry *e)
{
    struct outside_world *w = ctx;

    udp_hub_send(w->hub, e->endpoint, &e->to, e->bytes);
}

/* ---- birth and death ---- */

/* We are told to end: programs first. */
static void
on_signal(uv_signal_t *handle, int number)
{
    struct outside_world *w = handle->data;

    stage_programs_end(w);
    folder_remove_within(w->folder, w->within);
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

static void
watch_signals(struct outside_world *w)
{
    static const int numbers[STAGE_SIGNALS] = { SIGINT, SIGTERM, SIGHUP };

    struct sigaction action;

    for (int i = 0; i < STAGE_SIGNALS; i++) {
        uv_signal_init(&w->uv, &w->signals[i]);
        w->signals[i].data = w;
        /* Who started us may want it ignored. */
        if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            uv_signal_start(&w->signals[i], on_signal, numbers[i]);
        uv_unref((uv_handle_t *)&w->signals[i]);
    }
}

static void
close_world(struct outside_world *w)
{
    if (w == NULL)
        return;
    stage_programs_end(w);
    stage_ports_close(w);
    uv_close((uv_handle_t *)&w->timer, NULL);
    for (int i = 0; i < STAGE_SIGNALS; i++)
        uv_close((uv_handle_t *)&w->signals[i], NULL);
    uv_run(&w->uv, UV_RUN_DEFAULT);
    uv_loop_close(&w->uv);
    folder_remove_within(w->folder, w->within);
    free(w->folder);
    (void)orphans_adopt(w->adopted_before);
    (void)signal(SIGPIPE, w->sigpipe_before);
    free(w);
}

static enum status
open_world(const struct outside_setup *setup, struct stage *stage, struct outside_world **out)
{
    struct outside_world *w = calloc(1, sizeof *w);
    enum status st;

    if (w == NULL)
        return ST_NOMEM;
    if (uv_loop_init(&w->uv) != 0) {
        free(w);
        return ST_IO;
    }
    w->stage = stage;
    w->within = setup->folder;
    w->driver = (struct stage_driver){ w, wait_outside, send_datagram };
    uv_timer_init(&w->uv, &w->timer);
    watch_signals(w);
    w->adopted_before = orphans_adopt(true);
    w->sigpipe_before = signal(SIGPIPE, SIG_IGN);
    st = stage_ports_open(w);
    if (st != ST_OK) {
        close_world(w);
        return st;
    }
    *out = w;
    return ST_OK;
}

static void
path(const struct outside_setup *setup, char *to, size_t size)
{
    (void)setup;
    stage_programs_path(to, size);
}

static enum status
resolve(const struct outside_setup *setup, const char *host, uint16_t port, struct peer *out)
{
    (void)setup;
    return addr_resolve(host, port, out);
}

static void
host_text(const struct outside_setup *setup, const struct peer *at, char *to, size_t size)
{
    (void)setup;
    (void)addr_host_text(at, to, size);
}

const struct outside_ops stage_loop_ops = {
    .open = open_world,
    .close = close_world,
    .drive = drive,
    .busy = stage_programs_run,
    .folder = stage_programs_folder,
    .find = stage_programs_find,
    .path = path,
    .start = stage_programs_start,
    .state = stage_programs_state,
    .take = stage_programs_take,
    .write = stage_programs_write,
    .close_input = stage_programs_close_input,
    .signal = stage_programs_signal,
    .limit = stage_programs_limit,
    .drop = stage_programs_drop,
    .listen = stage_ports_listen,
    .unlisten = stage_ports_unlisten,
    .resolve = resolve,
    .call = stage_ports_call,
    .hang_up = stage_ports_hang_up,
    .host_text = host_text,
};
