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

#include "capture/trace.h"
#include "emu/emu.h"
#include "tests/lib/consoles.h"

#define LAPS 12
#define RUN_MAX SPAN_S(600)

static const struct console_request requests[] = {
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

static void
die(const char *what)
{
    fprintf(stderr, "trace_run: %s\n", what);
    exit(1);
}

static void
arm(struct chassis_unit *unit, enum fault_effect effect, const char *name, instant span)
{
    struct fault_rule rule = fault_rule_any(effect);

    rule.name = name;
    rule.probability_ppm = 30000;
    rule.span = span;
    rule.jitter = effect == FAULT_DELAY ? span : 0;
    if (world_arm_fault(chassis_unit_world(unit), &rule, NULL) != ST_OK)
        die("cannot arm a fault");
}

static void
add_console(struct consoles *cs, struct chassis_unit *unit, uint64_t seed)
{
    static const uint8_t suites[] = { 3, 17, 8, 4, 2 };
    size_t kind = cs->count % 6;
    struct remote_opts opts = {
        .key = rng_key_numbered(rng_key_named(rng_key_root(seed), "console"), cs->count),
        .rmcpp = kind != 5,
        .auth_type = 2,
        .suite = suites[kind % 5],
        .privilege = PRIV_ADMIN,
        .name_only = true,
        .user = "ADMIN",
        .password = "ADMIN",
        .timeout = SPAN_MS(400),
    };

    if (consoles_add(cs, unit, opts) == NULL)
        die("cannot make a console");
}

static void
build(struct lab *lab, struct consoles *cs, uint64_t seed, const char *const *files,
      size_t count)
{
    struct description **machines;
    struct diags diags;
    size_t n;

    diags_init(&diags);
    if (emu_load(files, count, NULL, &diags, &machines, &n) != ST_OK)
        die(diags.count ? diags.list[0].text : "cannot load");
    diags_free(&diags);
    for (size_t i = 0; i < 2 * n; i++) {
        struct chassis_unit *unit;

        if (lab_add(lab, machines[i % n], (uint32_t)(i / n), &unit) != ST_OK)
            die("cannot make a chassis");
        arm(unit, FAULT_LOSE, "loss", 0);
        arm(unit, FAULT_DUPLICATE, "double", SPAN_US(300));
        arm(unit, FAULT_DELAY, "delay", SPAN_MS(20));
        arm(unit, FAULT_REORDER, "reorder", SPAN_MS(50));
        add_console(cs, unit, seed);
    }
    for (size_t i = 0; i < n; i++)
        description_unref(machines[i]);
    free(machines);
}

static void
report(const struct consoles *cs)
{
    for (size_t i = 0; i < cs->count; i++) {
        const struct console *c = &cs->list[i];
        const char *error = remote_error(c->remote);

        printf("console %zu: %u answered, %u of them refused, %u timed out, state %d%s%s\n", i,
               c->answered, c->refused, c->timed_out, (int)remote_state(c->remote),
               error ? ", " : "", error ? error : "");
    }
}

int
main(int argc, char **argv)
{
    static struct consoles cs;
    struct lab_opts opts = { .seed = argc > 2 ? strtoull(argv[2], NULL, 0) : 0 };
    struct trace *trace;
    struct lab *lab;

    if (argc < 4)
        die("expected TRACE SEED FILE...");
    if (trace_open(argv[1], WORLD_EPOCH_DEFAULT, &trace) != ST_OK)
        die("cannot open the trace");
    if (lab_new(&opts, &lab) != ST_OK || consoles_begin(&cs, lab) != ST_OK)
        die("cannot make a lab");
    cs.requests = requests;
    cs.request_count = sizeof requests / sizeof requests[0];
    cs.laps = LAPS;
    build(lab, &cs, opts.seed, (const char *const *)argv + 3, (size_t)argc - 3);
    lab_set_tap(lab, trace_tap(trace));
    consoles_play(&cs, RUN_MAX);
    report(&cs);
    consoles_end(&cs);
    lab_free(lab);
    return trace_close(trace) == ST_OK ? 0 : 1;
}
