#include "sim/lab/mains.h"

#include "sim/lab/action.h"
#include "sim/lab/lab.h"
#include "sim/mc/mc_parts.h"
#include "tests/lib/run.h"

#define SATELLITE 0x72

static struct lab *lab;
static struct description *d;
static struct chassis_unit *unit;

/* A BMC whose host is on, and a satellite. */
static void
begin(void)
{
    struct lab_opts opts = { .seed = 1 };

    ck_assert_int_eq(description_new("m", &d), ST_OK);
    *description_mc(d, 0x20) = (struct machine_mc){
        .address = 0x20, .added = true, .enabled = true, .support = 0x9f,
        .power_on = true,
    };
    *description_mc(d, SATELLITE) = (struct machine_mc){
        .address = SATELLITE, .added = true, .enabled = true, .support = 0x29,
    };
    ck_assert_int_eq(lab_new(&opts, &lab), ST_OK);
    ck_assert_int_eq(lab_add(lab, d, 0, &unit), ST_OK);
}

static void
end(void)
{
    lab_free(lab);
    description_unref(d);
}

static void
run(instant span)
{
    lab_advance(lab, instant_add(lab_now(lab), span));
}

static void
mains(bool on)
{
    struct lab_action a = { .what = ACT_MAINS, .on = on };

    ck_assert_int_eq(lab_act(lab, unit, lab_now(lab), &a), ST_OK);
}

static struct chassis *
chassis(void)
{
    return chassis_of(chassis_unit_bmc(unit));
}

static const struct {
    uint8_t policy;
    bool was_on, becomes_on;
    enum host_cause cause;
} policies[] = {
    { POLICY_STAY_OFF, true, false, CAUSE_UNKNOWN },
    { POLICY_LAST_STATE, true, true, CAUSE_RESTORE_PREVIOUS },
    { POLICY_LAST_STATE, false, false, CAUSE_UNKNOWN },
    { POLICY_ALWAYS_ON, false, true, CAUSE_ALWAYS_RESTORE },
};

START_TEST(comes_back_as_the_policy_says)
{
    struct host *host = chassis_unit_host(unit);

    chassis()->policy = policies[_i].policy;
    if (!policies[_i].was_on)
        (void)host_do(host, HOST_OP_OFF, CAUSE_UNKNOWN);
    run(SPAN_S(1));
    mains(false);
    ck_assert_int_eq(host_state(host), HOST_OFF);
    run(SPAN_S(10));
    mains(true);
    ck_assert_uint_eq(chassis()->last_event, CHASSIS_AC_FAILED);
    ck_assert_int_eq(host_state(host), HOST_OFF);
    run(SPAN_S(2));
    ck_assert_int_eq(host_state(host), policies[_i].becomes_on ? HOST_ON : HOST_OFF);
    if (policies[_i].becomes_on)
        ck_assert_int_eq(host_last_start(host), policies[_i].cause);
}
END_TEST

START_TEST(takes_all_power_while_it_is_gone)
{
    struct host *host = chassis_unit_host(unit);
    instant powered;

    run(SPAN_S(7));
    mains(false);
    powered = host_powered_time(host);
    ck_assert_uint_eq(powered, SPAN_S(7));
    ck_assert(chassis_unit_bmc(unit)->unpowered);
    ck_assert(chassis_unit_mc(unit, SATELLITE)->unpowered);
    ck_assert(!host_do(host, HOST_OP_ON, CAUSE_POWER_BUTTON));
    run(SPAN_S(60));
    ck_assert_uint_eq(host_powered_time(host), powered);
    mains(true);
    ck_assert(!chassis_unit_mc(unit, SATELLITE)->unpowered);
    ck_assert(host_do(host, HOST_OP_ON, CAUSE_POWER_BUTTON));
}
END_TEST

/* It fails again before the policy has acted, while the host is off: what
 * counts is how it was before all that. */
START_TEST(may_fail_again_at_once)
{
    chassis()->policy = POLICY_LAST_STATE;
    mains(false);
    run(SPAN_S(1));
    mains(true);
    run(MAINS_RESTORE / 2);
    mains(false);
    run(SPAN_S(5));
    ck_assert_int_eq(host_state(chassis_unit_host(unit)), HOST_OFF);
    mains(true);
    run(SPAN_S(2));
    ck_assert_int_eq(host_state(chassis_unit_host(unit)), HOST_ON);
}
END_TEST

START_TEST(gives_no_power_to_who_is_put_in_meanwhile)
{
    struct lab_action out = { .what = ACT_MC_PRESENCE, .mc = SATELLITE };
    struct lab_action in = { .what = ACT_MC_PRESENCE, .mc = SATELLITE, .on = true };

    ck_assert_int_eq(lab_act(lab, unit, lab_now(lab), &out), ST_OK);
    mains(false);
    ck_assert_int_eq(lab_act(lab, unit, lab_now(lab), &in), ST_OK);
    ck_assert(chassis_unit_mc(unit, SATELLITE)->unpowered);
    mains(true);
    ck_assert(!chassis_unit_mc(unit, SATELLITE)->unpowered);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("mains", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_loop_test(t, comes_back_as_the_policy_says, 0,
                        sizeof policies / sizeof policies[0]);
    tcase_add_test(t, takes_all_power_while_it_is_gone);
    tcase_add_test(t, may_fail_again_at_once);
    tcase_add_test(t, gives_no_power_to_who_is_put_in_meanwhile);
    return run_suite(s);
}
