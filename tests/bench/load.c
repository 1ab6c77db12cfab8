/*
 * load MODE [OPTION…] - put load on a BMC, or on a bare echo server, and
 * print one line of figures, "name=value …".
 *
 * Modes: requests (Get Device ID in open sessions), setups (open, raise the
 * privilege, close), poll (each BMC once: open, chassis status, close), ping
 * (ASF presence), echo (bare datagrams), crypto (no network: what the
 * protection of one request and its answer costs a server).
 *
 * Options, with their defaults:
 *     --host 127.0.0.1  --port 623  --bmcs 1    BMCs at that many ports
 *     --workers 16  --window 4                  sessions, and requests under way in each
 *     --seconds 2                               measured, after all are at work
 *     --suite 3 | --auth md5                    RMCP+ or IPMI 1.5 (none md2 md5 straight)
 *     --user ADMIN  --password test
 *     --size 72                                 octets of an echo datagram
 *     --pid 0                                   the server's, for its processor time
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "tests/bench/load.h"

#define UP_WITHIN SPAN_S(10)
#define POLL_WITHIN SPAN_S(120)
#define WARM_UP SPAN_MS(200)

void
load_die(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fputs("load: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

/* ---- options ---- */

static void
set_auth(struct load_opts *o, const char *value)
{
    static const char *const names[] = { "none", "md2", "md5", NULL, "straight" };

    o->remote.rmcpp = false;
    for (uint8_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i] != NULL && strcmp(names[i], value) == 0) {
            o->remote.auth_type = i;
            return;
        }
    }
    load_die("--auth %s: expected none, md2, md5 or straight", value);
}

static unsigned
number(const char *name, const char *value, unsigned max)
{
    char *end;
    unsigned long n = strtoul(value, &end, 10);

    if (*end != '\0' || end == value || n > max)
        load_die("%s %s: expected a number up to %u", name, value, max);
    return (unsigned)n;
}

static void
set_text(const char *name, const char *value, void *to, size_t size)
{
    if (strlen(value) > size)
        load_die("%s: at most %zu characters", name, size);
    memset(to, 0, size);
    memcpy(to, value, strlen(value));
}

static void
set_option(struct load_opts *o, const char *name, const char *value)
{
    if (strcmp(name, "--host") == 0)
        o->host = value;
    else if (strcmp(name, "--port") == 0)
        o->port = (uint16_t)number(name, value, 65535);
    else if (strcmp(name, "--bmcs") == 0)
        o->bmcs = number(name, value, 65535);
    else if (strcmp(name, "--workers") == 0)
        o->workers = number(name, value, LOAD_WORKERS_MAX);
    else if (strcmp(name, "--window") == 0)
        o->window = number(name, value, LOAD_WINDOW_MAX);
    else if (strcmp(name, "--seconds") == 0)
        o->seconds = strtod(value, NULL);
    else if (strcmp(name, "--suite") == 0)
        o->remote.suite = (uint8_t)number(name, value, 19);
    else if (strcmp(name, "--auth") == 0)
        set_auth(o, value);
    else if (strcmp(name, "--user") == 0)
        set_text(name, value, o->remote.user, sizeof o->remote.user - 1);
    else if (strcmp(name, "--password") == 0)
        set_text(name, value, o->remote.password, sizeof o->remote.password);
    else if (strcmp(name, "--size") == 0)
        o->size = number(name, value, LOAD_DATAGRAM_MAX);
    else if (strcmp(name, "--pid") == 0)
        o->pid = number(name, value, 1u << 30);
    else
        load_die("unknown option %s", name);
}

static struct load_opts
defaults(void)
{
    return (struct load_opts){
        .host = "127.0.0.1",
        .port = 623,
        .bmcs = 1,
        .workers = 16,
        .window = 4,
        .seconds = 2,
        .size = 72,
        .remote = {
            .key = rng_key_named(rng_key_root(1), "load"),
            .rmcpp = true,
            .suite = 3,
            .privilege = PRIV_ADMIN,
            .name_only = true,
            .skip_capabilities = true,
            .user = "ADMIN",
            .password = "test",
        },
    };
}

/* ---- measuring ---- */

struct sample {
    instant at;
    uint64_t done, timed_out, server_ns;
    double client_s;
};

static struct sample
take_sample(const struct load *l)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return (struct sample){
        .at = l->now,
        .done = l->done,
        .timed_out = l->timed_out,
        .server_ns = cpu_of_process(l->opts.pid),
        .client_s = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
                    (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6,
    };
}

static void
report(const struct load *l, const struct sample *a, const struct sample *b)
{
    double seconds = (double)(b->at - a->at) / 1e9;
    double done = (double)(b->done - a->done);
    double server_us = (double)(b->server_ns - a->server_ns) / 1e3;

    printf("count=%.0f unit=%s seconds=%.3f rate=%.0f timed_out=%llu client_us=%.2f", done,
           l->opts.mode->counts, seconds, done / seconds,
           (unsigned long long)(b->timed_out - a->timed_out),
           (b->client_s - a->client_s) * 1e6 / done);
    if (server_us > 0)
        printf(" server_us=%.2f server_load=%.2f", server_us / done,
               server_us / 1e6 / seconds);
    putchar('\n');
}

static void
run_for_seconds(struct load *l)
{
    instant give_up = l->now + UP_WITHIN;
    struct sample a, b;

    while (!mode_is_up(l)) {
        loop_run(l, l->now + SPAN_MS(20));
        if (l->now > give_up)
            load_die("the sessions do not open");
    }
    loop_run(l, l->now + WARM_UP);
    a = take_sample(l);
    loop_run(l, l->now + (instant)(l->opts.seconds * 1e9));
    b = take_sample(l);
    report(l, &a, &b);
    l->ending = true;
    loop_run(l, l->now + UP_WITHIN);
}

static void
run_to_the_end(struct load *l)
{
    struct sample a = take_sample(l), b;

    loop_run(l, l->now + POLL_WITHIN);
    b = take_sample(l);
    report(l, &a, &b);
}

int
main(int argc, char **argv)
{
    struct load l = { .opts = defaults() };

    if (argc < 2 || argc % 2 != 0)
        load_die("usage: load MODE [--OPTION VALUE]…");
    for (int i = 2; i + 1 < argc; i += 2)
        set_option(&l.opts, argv[i], argv[i + 1]);
    if (strcmp(argv[1], "crypto") == 0) {
        l.opts.workers = 0;
        loop_begin(&l);
        printf("crypto_ns=%.0f\n", cpu_of_crypto(&l));
        loop_end(&l);
        return 0;
    }
    l.opts.mode = mode_by_name(argv[1]);
    if (l.opts.mode == NULL)
        load_die("unknown mode %s", argv[1]);
    if (l.opts.workers == 0 || l.opts.bmcs == 0 || l.opts.window == 0)
        load_die("workers, window and bmcs are at least 1");
    if (strcmp(l.opts.mode->name, "poll") == 0 && l.opts.workers > l.opts.bmcs)
        l.opts.workers = l.opts.bmcs;
    loop_begin(&l);
    if (strcmp(l.opts.mode->name, "poll") == 0)
        run_to_the_end(&l);
    else
        run_for_seconds(&l);
    loop_end(&l);
    return 0;
}
