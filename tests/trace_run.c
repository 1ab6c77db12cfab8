/*
 * trace_run.c - one fixed run in virtual time, recorded: for comparing runs
 * with each other, and what different compilers made of the same source.
 *
 *     trace_run TRACE SEED FILE...
 *
 * Two BMCs of each machine; a console on each, of another kind each time,
 * asks for what clients ask for, bridged requests to satellites too, over
 * links that lose, double, delay and reorder. Prints what it counted.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/trace.h"
#include "emu/emu.h"
#include "sim/lab/lab.h"
#include "sim/lan/remote.h"

#define CONSOLES_MAX 32
#define LAPS 12                      /* through the requests below */
#define RUN_MAX SPAN_S(600)

static const struct {
    uint8_t netfn, cmd, len;
    const char *data;
} requests[] = {
    { NETFN_APP, 0x01, 0, "" },
    { NETFN_CHASSIS, 0x01, 0, "" },
    { NETFN_SENSOR, 0x2d, 1, "\x01" },
    { NETFN_SENSOR, 0x2d, 1, "\x05" },
    { NETFN_STORAGE, 0x40, 0, "" },
    { NETFN_STORAGE, 0x43, 6, "\0\0\0\0\0\xff" },
    { NETFN_STORAGE, 0x23, 6, "\0\0\x01\0\0\xff" },
    { NETFN_STORAGE, 0x11, 4, "\0\0\0\x20" },
    { NETFN_TRANSPORT, 0x02, 4, "\x01\x03\0\0" },
    /* Send Message, tracked, to 72h: Get Device ID */
    { NETFN_APP, 0x34, 8, "\x40\x72\x18\x76\x20\x04\x01\xdb" },
    { NETFN_CHASSIS, 0x02, 1, "\x03" },
    { NETFN_SENSOR, 0x02, 7, "\x04\x01\x01\x01\x57\x30\x28" },
};
#define REQUESTS (sizeof requests / sizeof requests[0])

struct console {
    struct remote *remote;
    struct chassis_unit *unit;
    struct lan *lan;
    struct peer peer;
    size_t next;
    bool waiting;
    unsigned answered, timed_out;
};

struct run {
    struct lab *lab;
    struct crypto *crypto;
    struct console consoles[CONSOLES_MAX];
    size_t count;
    instant now;
};

static void
die(const char *what)
{
    fprintf(stderr, "trace_run: %s\n", what);
    exit(1);
}

static void
on_done(void *ctx, bool timed_out, uint8_t cc, struct bytes data)
{
    struct console *c = ctx;

    (void)cc;
    (void)data;
    c->waiting = false;
    c->answered += !timed_out;
    c->timed_out += timed_out;
}

/* Let a console go on with its list. */
static void
go_on(struct run *run, struct console *c)
{
    size_t i = c->next % REQUESTS;

    if (remote_state(c->remote) != REMOTE_OPEN || c->waiting)
        return;
    if (c->next == LAPS * REQUESTS) {
        remote_close(c->remote, run->now);
        c->next++;
    } else if (c->next < LAPS * REQUESTS) {
        c->waiting = remote_request(c->remote, run->now, requests[i].netfn, requests[i].cmd,
                                    bytes_of(requests[i].data, requests[i].len), on_done, c);
        c->next += c->waiting;
    }
}

static bool
say(struct run *run, struct console *c)
{
    struct bytes datagram;
    bool any = false;

    while (remote_output(c->remote, &datagram)) {
        lab_input(run->lab, c->unit, c->lan, run->now, &c->peer, datagram);
        any = true;
    }
    return any;
}

static bool
hear(struct run *run)
{
    struct outbox *ob = lab_outbox(run->lab);
    size_t count = outbox_count(ob);

    for (size_t i = 0; i < count; i++) {
        const struct outbox_entry *e = outbox_at(ob, i);
        struct console *c = e->endpoint;

        remote_input(c->remote, run->now, e->bytes);
    }
    outbox_clear(ob);
    return count > 0;
}

/* Everything that happens at the present instant. */
static void
settle(struct run *run)
{
    bool any = true;

    while (any) {
        any = false;
        for (size_t i = 0; i < run->count; i++) {
            go_on(run, &run->consoles[i]);
            any |= say(run, &run->consoles[i]);
        }
        any |= hear(run);
    }
}

static instant
next_instant(const struct run *run)
{
    instant next = lab_deadline(run->lab);

    for (size_t i = 0; i < run->count; i++) {
        instant at = remote_deadline(run->consoles[i].remote);

        next = at < next ? at : next;
    }
    return next;
}

static void
play(struct run *run)
{
    settle(run);
    for (;;) {
        instant next = next_instant(run);

        if (next == INSTANT_NEVER || next > RUN_MAX)
            return;
        run->now = next;
        (void)lab_advance(run->lab, next);
        for (size_t i = 0; i < run->count; i++)
            if (remote_deadline(run->consoles[i].remote) <= next)
                remote_expire(run->consoles[i].remote, next);
        settle(run);
    }
}

static void
arm(struct chassis_unit *unit, enum fault_effect effect, const char *name, uint32_t ppm,
    instant span)
{
    struct fault_rule rule = fault_rule_any(effect);

    rule.name = name;
    rule.probability_ppm = ppm;
    rule.span = span;
    rule.jitter = span;
    rule.count = effect == FAULT_DUPLICATE;
    if (world_arm_fault(chassis_unit_world(unit), &rule, NULL) != ST_OK)
        die("cannot arm a fault");
}

static void
add_console(struct run *run, struct chassis_unit *unit, uint64_t seed)
{
    static const uint8_t suites[] = { 3, 17, 8, 4, 2 };
    struct console *c = &run->consoles[run->count];
    bool rmcpp = run->count % 6 != 5;
    struct remote_opts opts = {
        .crypto = run->crypto,
        .key = rng_key_numbered(rng_key_named(rng_key_root(seed), "console"), run->count),
        .rmcpp = rmcpp,
        .auth_type = 2,
        .suite = suites[run->count % 6 % 5],
        .privilege = PRIV_ADMIN,
        .name_only = true,
        .user = "ADMIN",
        .password = "ADMIN",
        .timeout = SPAN_MS(400),
    };

    if (run->count == CONSOLES_MAX || remote_new(&opts, &c->remote) != ST_OK)
        die("cannot make a console");
    c->unit = unit;
    c->lan = chassis_unit_lan(unit, 0);
    c->peer = (struct peer){ .addr = { 198, 51, 100, 1 }, .family = PEER_IPV4 };
    c->peer.port = (uint16_t)(40000 + run->count);
    lan_set_endpoint(c->lan, c, &(struct peer){
        .addr = { 192, 0, 2, (uint8_t)(run->count + 1) }, .port = 623, .family = PEER_IPV4 });
    run->count++;
    remote_open(c->remote, 0);
}

static void
build(struct run *run, uint64_t seed, const char *const *files, size_t count)
{
    struct lab_opts opts = { .seed = seed };
    struct description **machines;
    struct diags diags;
    size_t n;

    diags_init(&diags);
    if (emu_load(files, count, NULL, &diags, &machines, &n) != ST_OK)
        die(diags.count ? diags.list[0].text : "cannot load");
    diags_free(&diags);
    if (lab_new(&opts, &run->lab) != ST_OK || crypto_new(&run->crypto) != ST_OK)
        die("cannot make a lab");
    for (size_t i = 0; i < 2 * n; i++) {
        struct chassis_unit *unit;

        if (lab_add(run->lab, machines[i % n], (uint32_t)(i / n), &unit) != ST_OK)
            die("cannot make a chassis");
        arm(unit, FAULT_LOSE, "loss", 30000, 0);
        arm(unit, FAULT_DUPLICATE, "double", 30000, SPAN_US(300));
        arm(unit, FAULT_DELAY, "delay", 30000, SPAN_MS(20));
        arm(unit, FAULT_REORDER, "reorder", 30000, SPAN_MS(50));
        add_console(run, unit, seed);
    }
    for (size_t i = 0; i < n; i++)
        description_unref(machines[i]);
    free(machines);
}

int
main(int argc, char **argv)
{
    static struct run run;
    struct trace *trace;

    if (argc < 4)
        die("expected TRACE SEED FILE...");
    if (trace_open(argv[1], WORLD_EPOCH_DEFAULT, &trace) != ST_OK)
        die("cannot open the trace");
    build(&run, strtoull(argv[2], NULL, 0), (const char *const *)argv + 3, (size_t)argc - 3);
    lab_set_tap(run.lab, trace_tap(trace));
    play(&run);
    for (size_t i = 0; i < run.count; i++) {
        const struct console *c = &run.consoles[i];

        printf("console %zu: %u answered, %u timed out, state %d%s%s\n", i, c->answered,
               c->timed_out, (int)remote_state(c->remote),
               remote_error(c->remote) ? ", " : "",
               remote_error(c->remote) ? remote_error(c->remote) : "");
        remote_free(run.consoles[i].remote);
    }
    lab_free(run.lab);
    crypto_free(run.crypto);
    return trace_close(trace) == ST_OK ? 0 : 1;
}
