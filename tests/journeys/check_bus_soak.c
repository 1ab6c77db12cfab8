/*
 * Ten minutes of anything: random requests from everybody to everybody, over
 * the bus and bridged, garbage, events, and every fault there is. Each request
 * ends once, every frame is accounted for, the wire is never used for longer
 * than there was, nothing grows, and in the end all are reached as ever.
 */
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "emu/emu.h"
#include "sim/lab/lab.h"
#include "sim/mc/mc_parts.h"
#include "sim/wire/ipmb.h"
#include "tests/emu/files.h"
#include "tests/lib/run.h"

#define SATELLITES 12u
#define FIRST 0x70u              /* their addresses follow, two apart */
#define NOBODY 0xb0u
#define SENSOR 0x31u
#define SEND_MESSAGE 0x34

#define WARM_UP SPAN_S(300)      /* by then tables are about as large as they get */
#define SOAK SPAN_S(600)         /* from there on */
#define PAUSE SPAN_S(20)         /* all that was asked is over by then */
#define STEP SPAN_MS(20)         /* at most between two doings */
#define RULES 8u
#define GROWTH 16384u            /* octets that tables may still grow by, in all */

static struct lab *lab;
static struct chassis_unit *unit;
static struct description **machines;
static size_t machine_count;
static struct rng rng;
static char text[8192];
static unsigned asked, ended, sent, answered, armed;

/* What is allocated now; the sanitizers count by themselves. */
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static size_t
allocated(void)
{
    if (__sanitizer_get_current_allocated_bytes != NULL)
        return __sanitizer_get_current_allocated_bytes();
    return mallinfo2().uordblks;
}

static void
begin(const char *bus)
{
    struct file files[] = { { "m.emu", text }, { NULL, NULL } };
    struct lab_opts opts = { .seed = 7 };
    int len = snprintf(text, sizeof text,
                       "%smc_setbmc 0x20\n"
                       "mc_add 0x20 0x21 no-device-sdrs 3 1 1 0x9f 0x1291 0xf02\n"
                       "sel_enable 0x20 64 0x0a\nmc_enable 0x20\n", bus);

    for (unsigned i = 0; i < SATELLITES; i++) {
        unsigned a = FIRST + 2 * i;

        len += snprintf(text + len, sizeof text - (size_t)len,
                        "mc_add 0x%x 0x22 no-device-sdrs 3 1 1 0x29 0x1291 0xf03\n"
                        "sensor_add 0x%x 0 0x%x 8 0x6f\n"
                        "sensor_set_event_support 0x%x 0 0x%x enable scanning per-state "
                        "000000000000001 000000000000001 000000000000001 000000000000001\n"
                        "mc_enable 0x%x\n", a, a, SENSOR, a, SENSOR, a);
    }
    ck_assert_int_lt(len, (int)sizeof text);
    rng = rng_named(rng_key_root(7), "soak");
    machines = files_load(files, 1, &machine_count, NULL);
    ck_assert_int_eq(lab_new(&opts, &lab), ST_OK);
    ck_assert_int_eq(lab_add(lab, machines[0], 0, &unit), ST_OK);
    asked = ended = sent = answered = armed = 0;
}

static void
end(void)
{
    lab_free(lab);
    files_free(machines, machine_count);
}

/* ---- doings ---- */

/* The BMC, a satellite, or an address that nobody has. */
static uint8_t
random_address(void)
{
    unsigned n = (unsigned)rng_below(&rng, SATELLITES + 2);

    if (n == SATELLITES)
        return BMC_ADDRESS;
    return n > SATELLITES ? NOBODY : (uint8_t)(FIRST + 2 * n);
}

static struct mc *
random_mc(void)
{
    struct mc *mc = chassis_unit_mc(unit, random_address());

    return mc != NULL ? mc : chassis_unit_bmc(unit);
}

/* A command that changes nobody, perhaps with data that it does not take. */
static struct ipmb_frame
random_request(uint8_t data[IPMB_FRAME_MAX])
{
    static const uint8_t commands[][2] = {
        { NETFN_APP, 0x01 }, { NETFN_APP, 0x04 }, { NETFN_SENSOR, 0x2d },
        { NETFN_STORAGE, 0x10 }, { NETFN_APP, 0x37 }, { NETFN_APP, 0xee },
    };
    const uint8_t *c = commands[rng_below(&rng, sizeof commands / sizeof commands[0])];
    size_t len = rng_below(&rng, 4);

    for (size_t i = 0; i < len; i++)
        data[i] = (uint8_t)rng_below(&rng, 256);
    return (struct ipmb_frame){
        .target = random_address(), .source = BMC_ADDRESS, .netfn = c[0], .cmd = c[1],
        .seq = (uint8_t)rng_below(&rng, IPMB_SEQS), .data = bytes_of(data, len),
    };
}

static void
on_done(void *ctx, uint32_t mark, enum ipmb_end how, uint8_t cc, struct bytes data)
{
    (void)ctx;
    (void)mark;
    (void)how;
    (void)cc;
    (void)data;
    ended++;
}

static void
ask(void *ctx)
{
    uint8_t data[IPMB_FRAME_MAX];
    struct ipmb_frame f = random_request(data);
    struct ipmb_ask a = { .target = f.target, .netfn = f.netfn, .cmd = f.cmd,
                          .data = f.data, .done = on_done };

    (void)ctx;
    asked += ipmb_port_ask(random_mc()->port, &a, NULL) == ST_OK;
}

static void
send_garbage(void *ctx)
{
    uint8_t octets[IPMB_FRAME_MAX];
    struct ipmb_raw raw = { .frame = bytes_of(octets, 1 + rng_below(&rng, 31)) };

    (void)ctx;
    for (size_t i = 0; i < sizeof octets; i++)
        octets[i] = (uint8_t)rng_below(&rng, 256);
    octets[0] = random_address();
    (void)ipmb_port_send_raw(random_mc()->port, &raw);
}

static uint8_t last_cc;

static void
on_answer(void *ctx, const struct ipmi_origin *to, uint8_t cc, struct bytes data)
{
    struct rd r = rd_of(data);

    (void)ctx;
    (void)to;
    answered++;
    rd_skip(&r, IPMB_FRAME_MIN - 1);
    last_cc = cc == CC_OK ? rd_u8(&r) : cc;
}

static void
hand_in(void *rq)
{
    mc_request(chassis_unit_bmc(unit), rq);
}

/* A tracked Send Message, answered inside. */
static void
bridge(const struct ipmb_frame *f)
{
    uint8_t octets[64];
    struct wr w = wr_of(octets, sizeof octets);
    struct ipmi_req rq = {
        .from = { .answer = on_answer, .channel = 0x0d, .netfn = NETFN_APP,
                  .cmd = SEND_MESSAGE, .rq_addr = 0x81 },
        .privilege = PRIV_ADMIN, .netfn = NETFN_APP, .cmd = SEND_MESSAGE,
    };

    wr_u8(&w, 0x40);
    ipmb_build(&w, f);
    rq.data = rd_of(wr_bytes_of(&w));
    sent++;
    lab_do(lab, unit, lab_now(lab), hand_in, &rq);
}

static void
bridge_something(void)
{
    uint8_t data[IPMB_FRAME_MAX];
    struct ipmb_frame f = random_request(data);

    bridge(&f);
}

static void
make_event(void)
{
    struct lab_action a = { .at = lab_now(lab), .what = ACT_SENSOR_BIT,
                            .number = SENSOR, .event = true };

    a.mc = (uint8_t)(FIRST + 2 * rng_below(&rng, SATELLITES));
    a.on = rng_chance(&rng, 500000);
    (void)lab_act(lab, unit, lab_now(lab), &a);
}

/* There is no plan before the first rule. */
static void
disarm(void)
{
    if (chassis_unit_world(unit)->faults != NULL)
        fault_disarm_all(chassis_unit_world(unit)->faults);
}

static void
arm_fault(void)
{
    struct fault_rule rule = fault_rule_any((enum fault_effect)rng_below(&rng, FAULT_EFFECTS));

    if (armed++ % RULES == 0)
        disarm();
    rule.link = TAP_IPMB;
    rule.probability_ppm = 200000;
    rule.times = 1 + (uint32_t)rng_below(&rng, 20);
    rule.span = rng_below(&rng, SPAN_MS(200));
    rule.offset = (int)rng_below(&rng, 8) - 1;
    rule.count = (uint32_t)rng_below(&rng, 4);
    fault_set_add(&rule, random_address());
    ck_assert_int_eq(world_arm_fault(chassis_unit_world(unit), &rule, &(uint32_t){ 0 }),
                     ST_OK);
}

static void
do_something(void)
{
    unsigned what = (unsigned)rng_below(&rng, 100);

    if (what < 60)
        lab_do(lab, unit, lab_now(lab), ask, NULL);
    else if (what < 85)
        bridge_something();
    else if (what < 90)
        lab_do(lab, unit, lab_now(lab), send_garbage, NULL);
    else if (what < 98)
        make_event();
    else
        arm_fault();
}

/* ---- what must hold ---- */

static void
check_bus(const struct medium *bus)
{
    const struct medium_stats *s = medium_stats(bus);

    ck_assert_uint_eq(s->queued, s->frames + s->merged + s->collisions + s->naks +
                                     s->data_naks + s->given_up + s->broken +
                                     s->withdrawn + medium_waiting(bus));
    ck_assert_uint_le(medium_utilisation_ppm(bus), 1000000);
}

static void
go_on_until(instant at)
{
    while (lab_now(lab) < at) {
        do_something();
        lab_advance(lab, lab_now(lab) + 1 + rng_below(&rng, STEP));
        for (uint32_t i = 0; i < chassis_unit_bus_count(unit); i++)
            check_bus(chassis_unit_nth_bus(unit, i));
    }
}

/* Let all that was asked come to its end. */
static void
be_quiet(void)
{
    disarm();
    lab_advance(lab, lab_now(lab) + PAUSE);
    ck_assert_uint_eq(ended, asked);
    ck_assert_uint_eq(answered, sent);
    for (uint32_t i = 0; i < chassis_unit_bus_count(unit); i++)
        ck_assert_uint_eq(medium_waiting(chassis_unit_nth_bus(unit, i)), 0);
}

static void
reach_all(void)
{
    for (unsigned i = 0; i < SATELLITES; i++) {
        struct ipmb_frame f = { .target = (uint8_t)(FIRST + 2 * i), .source = BMC_ADDRESS,
                                .netfn = NETFN_APP, .cmd = 0x01 };

        bridge(&f);
        lab_advance(lab, lab_now(lab) + SPAN_S(1));
        ck_assert_uint_eq(answered, sent);
        ck_assert_uint_eq(last_cc, CC_OK);
    }
}

static const char *const buses[] = {
    "",
    "ipmb_model csma\n",
    "ipmb_bus ipmb0 pair\n",
    "ipmb_bus ipmb0 pair csma\n",
};

START_TEST(leaves_everything_as_it_was)
{
    size_t before, after;

    begin(buses[_i]);
    go_on_until(WARM_UP);
    be_quiet();
    before = allocated();
    go_on_until(lab_now(lab) + SOAK);
    be_quiet();
    after = allocated();
    ck_assert_msg(after <= before + GROWTH, "%zu octets, then %zu", before, after);
    ck_assert_uint_gt(asked, 50000);
    ck_assert_uint_gt(medium_stats(chassis_unit_bus(unit))->frames, 50000);
    reach_all();
    end();
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("bus soak", &t);

    tcase_add_loop_test(t, leaves_everything_as_it_was, 0, sizeof buses / sizeof buses[0]);
    return run_suite(s);
}
