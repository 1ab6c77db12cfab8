/*
 * Thirty satellites notice something at one instant, on a bus that loses one
 * frame in twenty: with either model of the bus, and whatever the seed, the
 * BMC's SEL has each event once, and nothing is left to be done.
 */
#include <string.h>

#include "sim/lab/lab.h"
#include "tests/lib/records.h"
#include "tests/lib/run.h"

#define REPORTERS 30u
#define FIRST 0x70u              /* their addresses follow, two apart */
#define SENSOR 0x31u
#define INSTANT SPAN_S(2)
#define SEEDS 50

static void
describe_bmc(struct description *d)
{
    *description_mc(d, BMC_ADDRESS) = (struct machine_mc){
        .address = BMC_ADDRESS, .added = true, .enabled = true, .support = 0x9f,
        .sel = { .present = true, .max = 256 },
    };
}

static void
describe_reporter(struct description *d, uint8_t address)
{
    struct machine_mc *mc = description_mc(d, address);
    struct machine_sensor *s;
    struct lab_action *a;

    *mc = (struct machine_mc){ .address = address, .added = true, .enabled = true,
                               .support = 0x29 };
    s = DESCRIPTION_ADD(d, mc->sensors, mc->sensor_count);
    *s = (struct machine_sensor){
        .number = SENSOR, .type = 0x08, .event_type = 0x6f, .scanning = true,
        .events = true, .auto_rearm = true, .assert_supported = 1, .assert_enabled = 1,
        .has_value = true,
    };
    a = DESCRIPTION_ADD(d, d->actions, d->action_count);
    *a = (struct lab_action){ .at = INSTANT, .what = ACT_SENSOR_BIT, .mc = address,
                              .number = SENSOR, .on = true, .event = true };
}

static struct lab *
make(enum bus_model model, uint64_t seed, struct chassis_unit **unit)
{
    struct fault_rule lose = fault_rule_any(FAULT_LOSE);
    struct lab_opts opts = { .seed = seed };
    struct description *d;
    struct lab *lab;
    uint32_t id;

    ck_assert_int_eq(description_new("thirty", &d), ST_OK);
    d->bus_csma = model == BUS_CSMA;
    describe_bmc(d);
    for (unsigned i = 0; i < REPORTERS; i++)
        describe_reporter(d, (uint8_t)(FIRST + 2 * i));
    ck_assert_int_eq(lab_new(&opts, &lab), ST_OK);
    ck_assert_int_eq(lab_add(lab, d, 0, unit), ST_OK);
    description_unref(d);
    lose.link = TAP_IPMB;
    lose.probability_ppm = 50000;
    ck_assert_int_eq(world_arm_fault(chassis_unit_world(*unit), &lose, &id), ST_OK);
    return lab;
}

/* How many records there are of each. */
static void
check_log(const struct mc *bmc)
{
    unsigned times[256] = { 0 };

    for (unsigned i = 0; i < logged(bmc); i++)
        times[record(bmc, i)[7]]++;
    for (unsigned i = 0; i < REPORTERS; i++)
        ck_assert_msg(times[FIRST + 2 * i] == 1, "%02Xh: %u times", FIRST + 2 * i,
                      times[FIRST + 2 * i]);
    ck_assert_uint_eq(logged(bmc), REPORTERS);
}

static void
check_bus(const struct medium *bus, enum bus_model model)
{
    const struct medium_stats *s = medium_stats(bus);

    ck_assert_uint_eq(medium_waiting(bus), 0);
    ck_assert_uint_eq(s->queued, s->frames + s->merged + s->collisions + s->naks +
                                     s->data_naks + s->given_up + s->broken + s->withdrawn);
    ck_assert((s->collisions > 0) == (model == BUS_CSMA));
    ck_assert((s->arbitration_losses > 0) == (model == BUS_I2C));
}

START_TEST(are_all_heard_once)
{
    enum bus_model model = _i % 2 ? BUS_CSMA : BUS_I2C;
    struct chassis_unit *unit;
    struct lab *lab = make(model, (uint64_t)_i / 2 + 1, &unit);

    lab_advance(lab, INSTANT + SPAN_S(60));
    check_log(chassis_unit_bmc(unit));
    check_bus(chassis_unit_bus(unit), model);
    for (unsigned i = 0; i < REPORTERS; i++) {
        const struct mc *mc = chassis_unit_mc(unit, (uint8_t)(FIRST + 2 * i));

        ck_assert_uint_eq(mc->events.dropped, 0);
    }
    lab_free(lab);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("thirty reporters", &tc);

    tcase_add_loop_test(tc, are_all_heard_once, 0, 2 * SEEDS);
    return run_suite(s);
}
