#include "sim/host/power.h"

#include <check.h>
#include <stdlib.h>

#include "tests/lib/run.h"

static const struct power_facts facts = { .standby = 10, .idle = 100, .full = 300, .floor = 120 };

static struct world world;
static struct host *host;
static struct power *power;

static void
begin_as(bool on)
{
    world_init(&world, rng_key_root(7), 0, WORLD_EPOCH_DEFAULT);
    ck_assert_int_eq(host_new(&world, on, &host), ST_OK);
    ck_assert_int_eq(power_new(&world, host, &facts, &power), ST_OK);
}

static void
end(void)
{
    power_free(power);
    host_free(host);
    world_free(&world);
}

static void
begin(void)
{
    begin_as(true);
}

static void
run_until(unsigned seconds)
{
    world_advance(&world, SPAN_S(seconds));
}

START_TEST(draws_standby_power_while_off)
{
    end();
    begin_as(false);
    ck_assert_uint_eq(power_at(power, SPAN_S(5)), facts.standby);
}
END_TEST

START_TEST(stays_between_idle_and_full_while_on)
{
    uint16_t least = UINT16_MAX, most = 0;

    for (unsigned s = 0; s < 7200; s += 7) {
        uint16_t watts = power_at(power, SPAN_S(s));

        least = watts < least ? watts : least;
        most = watts > most ? watts : most;
    }
    ck_assert_uint_ge(least, facts.idle);
    ck_assert_uint_le(most, facts.full);
    ck_assert_uint_gt(most - least, 40);
}
END_TEST

START_TEST(changes_smoothly)
{
    for (unsigned s = 0; s < 3600; s++) {
        int step = power_at(power, SPAN_S(s + 1)) - power_at(power, SPAN_S(s));

        ck_assert_int_lt(abs(step), 8);
    }
}
END_TEST

START_TEST(is_the_same_for_the_same_seed)
{
    uint16_t watts = power_at(power, SPAN_S(1234));

    end();
    begin();
    ck_assert_uint_eq(power_at(power, SPAN_S(1234)), watts);
}
END_TEST

START_TEST(follows_the_host)
{
    run_until(10);
    ck_assert(host_do(host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL));
    run_until(20);
    ck_assert_uint_eq(power_at(power, world.now), facts.standby);
    ck_assert(host_do(host, HOST_OP_ON, CAUSE_CHASSIS_CONTROL));
    run_until(25);
    ck_assert_uint_ge(power_at(power, world.now), facts.idle + 140);
    run_until(60);
    ck_assert_uint_gt(power_at(power, SPAN_S(5)), facts.standby);
    ck_assert_uint_eq(power_at(power, SPAN_S(15)), facts.standby);
}
END_TEST

START_TEST(keeps_to_a_cap_above_its_floor)
{
    run_until(10);
    power_cap(power, 130);
    for (unsigned s = 10; s < 3600; s++)
        ck_assert_uint_le(power_at(power, SPAN_S(s)), 130);
    power_cap(power, 50);
    run_until(20);
    for (unsigned s = 20; s < 3600; s++)
        ck_assert_uint_le(power_at(power, SPAN_S(s)), facts.floor);
    power_cap(power, 0);
    ck_assert_uint_gt(power_at(power, world.now), 0);
}
END_TEST

START_TEST(keeps_to_the_lowest_of_several_caps)
{
    power_cap(power, 150);
    power_cap_by(power, POWER_BY_SATELLITE, 130);
    ck_assert_uint_le(power_at(power, world.now), 130);
    power_cap(power, 0);
    ck_assert_uint_le(power_at(power, world.now), 130);
    power_cap_by(power, POWER_BY_SATELLITE, 0);
    ck_assert_uint_eq(power_at(power, world.now), power_wanted_at(power, world.now));
}
END_TEST

START_TEST(takes_minimum_maximum_and_average)
{
    struct power_stats stats;

    run_until(10);
    host_do(host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL);
    run_until(20);
    power_statistics(power, 0, world.now, &stats);
    ck_assert_uint_eq(stats.min, facts.standby);
    ck_assert_uint_ge(stats.max, facts.idle);
    ck_assert_uint_gt(stats.average, stats.min);
    ck_assert_uint_lt(stats.average, stats.max);
    power_statistics(power, SPAN_S(15), SPAN_S(18), &stats);
    ck_assert_uint_eq(stats.min, facts.standby);
    ck_assert_uint_eq(stats.max, facts.standby);
    ck_assert_uint_eq(stats.average, facts.standby);
}
END_TEST

START_TEST(has_statistics_of_no_time_at_all)
{
    struct power_stats stats;

    power_statistics(power, 0, 0, &stats);
    ck_assert_uint_eq(stats.min, power_at(power, 0));
    ck_assert_uint_eq(stats.max, stats.min);
    ck_assert_uint_eq(stats.average, stats.min);
}
END_TEST

START_TEST(forgets_the_oldest_changes)
{
    for (unsigned i = 0; i < 3 * POWER_CHANGES; i++) {
        run_until(10 + i);
        power_cap(power, (uint16_t)(200 + i));
    }
    ck_assert_uint_le(power_at(power, world.now), 200 + 3 * POWER_CHANGES);
    ck_assert_uint_ge(power_at(power, 0), facts.idle);
}
END_TEST

static Suite *
power_suite(void)
{
    Suite *s = suite_create("power");
    TCase *tc = tcase_create("all");

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, draws_standby_power_while_off);
    tcase_add_test(tc, stays_between_idle_and_full_while_on);
    tcase_add_test(tc, changes_smoothly);
    tcase_add_test(tc, is_the_same_for_the_same_seed);
    tcase_add_test(tc, follows_the_host);
    tcase_add_test(tc, keeps_to_a_cap_above_its_floor);
    tcase_add_test(tc, keeps_to_the_lowest_of_several_caps);
    tcase_add_test(tc, takes_minimum_maximum_and_average);
    tcase_add_test(tc, has_statistics_of_no_time_at_all);
    tcase_add_test(tc, forgets_the_oldest_changes);
    suite_add_tcase(s, tc);
    return s;
}

int
main(void)
{
    return run_suite(power_suite());
}
