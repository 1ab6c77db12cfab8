#include "sim/lab/chassis_unit.h"

#include "sim/lab/lab.h"
#include "sim/mc/chassis.h"
#include "tests/lib/run.h"

static struct lab *lab;
static struct description *d;
static struct chassis_unit *unit;

static struct machine_mc *
describe(void)
{
    struct machine_mc *mc;

    ck_assert_int_eq(description_new("m", &d), ST_OK);
    mc = description_mc(d, 0x20);
    *mc = (struct machine_mc){ .address = 0x20, .added = true, .enabled = true,
                               .support = 0x9f, .power_on = true };
    return mc;
}

static struct host *
make(void)
{
    struct lab_opts opts = { .seed = 1 };

    ck_assert_int_eq(lab_new(&opts, &lab), ST_OK);
    ck_assert_int_eq(lab_add(lab, d, 0, &unit), ST_OK);
    return chassis_unit_host(unit);
}

static void
end(void)
{
    lab_free(lab);
    description_unref(d);
}

static const struct {
    bool was_on, given;
    uint8_t policy;
    bool on, booted;              /* at once; a minute later the OS runs */
    enum host_cause cause;
} restores[] = {
    { true, false, POLICY_STAY_OFF, true, true, CAUSE_UNKNOWN },
    { false, false, POLICY_ALWAYS_ON, false, false, CAUSE_UNKNOWN },
    { true, true, POLICY_STAY_OFF, false, false, CAUSE_UNKNOWN },
    { true, true, POLICY_LAST_STATE, false, true, CAUSE_RESTORE_PREVIOUS },
    { false, true, POLICY_LAST_STATE, false, false, CAUSE_UNKNOWN },
    { true, true, POLICY_ALWAYS_ON, false, true, CAUSE_ALWAYS_RESTORE },
    { false, true, POLICY_ALWAYS_ON, false, true, CAUSE_ALWAYS_RESTORE },
};

START_TEST(restores_power_as_the_policy_says)
{
    struct machine_mc *mc = describe();
    struct host *host;

    mc->power_on = restores[_i].was_on;
    mc->power_policy_given = restores[_i].given;
    mc->power_policy = restores[_i].policy;
    host = make();
    ck_assert(host_power_good(host) == restores[_i].on);
    lab_advance(lab, SPAN_S(60));
    ck_assert((host_stage(host) == HOST_STAGE_OS) == restores[_i].booted);
    ck_assert_int_eq(host_last_start(host), restores[_i].cause);
    end();
}
END_TEST

START_TEST(gives_its_host_the_delays_described)
{
    struct machine_mc *mc = describe();
    struct host_delays delays;

    mc->host.given = 1u << HOST_SPAN_OFF | 1u << HOST_SPAN_BOOT;
    mc->host.ms[HOST_SPAN_BOOT] = 5000;
    mc->host.ms[HOST_SPAN_ON] = 77;
    host_delays(make(), &delays);
    ck_assert_uint_eq(delays.boot, SPAN_S(5));
    ck_assert_uint_eq(delays.off, 0);
    ck_assert_uint_eq(delays.on, HOST_POWER_ON_DELAY);
    ck_assert_uint_eq(delays.soft, HOST_SOFT_DELAY);
    end();
}
END_TEST

/* The BMC's cold reset forgets Set Power Cycle Interval, not the description. */
START_TEST(keeps_the_described_off_time_through_a_reset)
{
    struct machine_mc *mc = describe();
    struct host_delays delays;
    struct host *host;

    mc->host.given = 1u << HOST_SPAN_CYCLE;
    mc->host.ms[HOST_SPAN_CYCLE] = 7000;
    host = make();
    host_set_cycle_interval(host, SPAN_S(1));
    mc_cold_reset(chassis_unit_bmc(unit));
    host_delays(host, &delays);
    ck_assert_uint_eq(delays.cycle, SPAN_S(7));
    end();
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("chassis_unit", &t);

    tcase_add_loop_test(t, restores_power_as_the_policy_says, 0,
                        sizeof restores / sizeof restores[0]);
    tcase_add_test(t, gives_its_host_the_delays_described);
    tcase_add_test(t, keeps_the_described_off_time_through_a_reset);
    return run_suite(s);
}
