/*
 * Random requests, at every privilege, to every controller of the shipped
 * machines: each is answered once or never, nothing is damaged by it, and
 * the next honest request is answered as ever. The sanitizer build makes
 * much of this.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emu/emu.h"
#include "sim/lab/lab.h"
#include "tests/lib/run.h"

#define REQUESTS 250000         /* a machine: a million in all */
#define DATA_MAX 40
#define RESET_SPAN SPAN_S(2)    /* any reset that was asked for is over by then */

static const char *const names[] = { "server-1u", "server-2s", "twin", "shelf" };

static struct rng rng;
static unsigned answers;
static uint8_t last_cc;

static void
count(void *ctx, const struct ipmi_origin *o, uint8_t cc, struct bytes data)
{
    (void)ctx;
    (void)o;
    ck_assert_uint_le(data.len, IPMI_DATA_MAX);
    answers++;
    last_cc = cc;
}

static struct lab *
load(const char *name, struct chassis_unit **unit)
{
    const char *top = getenv("SRCDIR");
    struct description **machines;
    struct lab_opts opts = { .seed = 1 };
    struct diags diags;
    struct lab *lab;
    char path[4096];
    const char *files[] = { path };
    size_t n;

    snprintf(path, sizeof path, "%s/emu/machines/%s.emu", top ? top : ".", name);
    diags_init(&diags);
    ck_assert_msg(emu_load(files, 1, NULL, &diags, &machines, &n) == ST_OK, "%s", path);
    diags_free(&diags);
    ck_assert(lab_new(&opts, &lab) == ST_OK);
    ck_assert(lab_add(lab, machines[0], 0, unit) == ST_OK);
    description_unref(machines[0]);
    free(machines);
    return lab;
}

static struct mc *
random_mc(struct chassis_unit *unit)
{
    uint32_t count_of = 0;

    while (chassis_unit_nth_mc(unit, count_of) != NULL)
        count_of++;
    return chassis_unit_nth_mc(unit, (uint32_t)rng_below(&rng, count_of));
}

static void
ask(struct mc *mc, uint8_t privilege, uint8_t netfn, uint8_t lun, uint8_t cmd,
    struct bytes data)
{
    struct ipmi_req rq = {
        .from = { .answer = count, .channel = 1, .rs_addr = 0x20, .rq_addr = 0x81,
                  .netfn = netfn, .cmd = cmd },
        .privilege = privilege, .netfn = netfn, .lun = lun, .cmd = cmd, .data = rd_of(data),
    };

    if (privilege == PRIV_SYSTEM)
        rq.from.channel = CHANNEL_SYSTEM;
    mc_request(mc, &rq);
}

/* Half of the octets are small: those mean something more often. */
static uint8_t
random_octet(void)
{
    return (uint8_t)rng_below(&rng, rng_chance(&rng, 500000) ? 8 : 256);
}

static void
ask_at_random(struct mc *mc)
{
    static const uint8_t privileges[] = { PRIV_NONE, PRIV_USER, PRIV_ADMIN, PRIV_ADMIN,
                                          PRIV_SYSTEM };
    static const uint8_t groups[] = { 0x00, 0x01, 0x03, 0xdc };
    uint8_t data[DATA_MAX];
    size_t len = (size_t)rng_below(&rng, rng_chance(&rng, 700000) ? 10 : DATA_MAX + 1);
    uint8_t netfn = (uint8_t)(rng_below(&rng, 8) * 2);

    if (rng_chance(&rng, 100000))
        netfn = rng_chance(&rng, 800000) ? NETFN_GROUP : (uint8_t)(rng_below(&rng, 32) * 2);
    for (size_t i = 0; i < len; i++)
        data[i] = random_octet();
    if (netfn == NETFN_GROUP && len)
        data[0] = groups[rng_below(&rng, sizeof groups)];
    ask(mc, privileges[rng_below(&rng, sizeof privileges)], netfn,
        (uint8_t)(rng_chance(&rng, 900000) ? 0 : rng_below(&rng, 4)),
        (uint8_t)rng_below(&rng, rng_chance(&rng, 900000) ? 0x70 : 0x100),
        bytes_of(data, len));
}

START_TEST(answers_each_once_and_the_honest_as_ever)
{
    struct chassis_unit *unit;
    struct lab *lab = load(names[_i], &unit);
    instant now = 0;

    rng = rng_named(rng_key_root((uint64_t)_i), "random requests");
    for (unsigned n = 0; n < REQUESTS; n++) {
        answers = 0;
        ask_at_random(random_mc(unit));
        ck_assert_uint_le(answers, 1);
        if (rng_chance(&rng, 10000)) {
            now += rng_below(&rng, SPAN_S(1));
            while (!lab_advance(lab, now))
                outbox_clear(lab_outbox(lab));
        }
        outbox_clear(lab_outbox(lab));
    }
    now += RESET_SPAN;
    ck_assert(lab_advance(lab, now));
    answers = 0;
    ask(chassis_unit_bmc(unit), PRIV_ADMIN, NETFN_APP, 0, 0x01, bytes_of(NULL, 0));
    ck_assert_uint_eq(answers, 1);
    ck_assert_uint_eq(last_cc, CC_OK);
    lab_free(lab);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("random requests", &t);

    tcase_add_loop_test(t, answers_each_once_and_the_honest_as_ever, 0,
                        (int)(sizeof names / sizeof names[0]));
    return run_suite(s);
}
