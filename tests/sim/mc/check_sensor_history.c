#include "sim/mc/sensor_history.h"

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define TEMP  0
#define DOOR  1
#define EMPTY 2

static const struct machine_sensor sensors[] = {
    { .number = 1, .type = 0x01, .event_type = 0x01, .scanning = true, .has_value = true,
      .value = 30 },
    { .number = 2, .type = 0x05, .event_type = 0x6f, .scanning = true, .has_value = true,
      .states = 0x4001 },
    { .number = 3, .type = 0x01, .event_type = 0x01, .scanning = true },
};

static struct mcworld w;

static void
begin(void)
{
    mcworld_describe(&w);
    w.machine.sensors = sensors;
    w.machine.sensor_count = sizeof sensors / sizeof sensors[0];
    mcworld_begin(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

static struct sensor_sample
sample(uint32_t i, uint32_t n)
{
    struct sensor_sample s = { 0 };

    ck_assert(sensor_history_get(w.mc, i, n, &s));
    return s;
}

START_TEST(is_off_until_it_is_asked_for)
{
    struct sensor_sample s;

    mcworld_run(&w, SPAN_S(60));
    ck_assert_uint_eq(sensor_history_count(w.mc), 0);
    ck_assert(!sensor_history_get(w.mc, TEMP, 0, &s));
    ck_assert_ptr_null(w.mc->history);
}
END_TEST

START_TEST(samples_at_multiples_of_its_period)
{
    mcworld_run(&w, SPAN_MS(1500));
    ck_assert_int_eq(sensor_history_begin(w.mc, 10, SPAN_S(1)), ST_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(mc_sensor_set_value(w.mc, 0, 1, 40, false));
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(sensor_history_count(w.mc), 2);
    ck_assert_uint_eq(sample(TEMP, 0).at, SPAN_S(2));
    ck_assert_uint_eq(sample(TEMP, 0).reading, 30);
    ck_assert_uint_eq(sample(TEMP, 1).at, SPAN_S(3));
    ck_assert_uint_eq(sample(TEMP, 1).reading, 40);
}
END_TEST

START_TEST(keeps_states_and_what_was_not_there)
{
    ck_assert_int_eq(sensor_history_begin(w.mc, 4, SPAN_S(1)), ST_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(sample(DOOR, 0).available);
    ck_assert_uint_eq(sample(DOOR, 0).reading, 0x4001);
    ck_assert(!sample(EMPTY, 0).available);
    w.mc->sensors.at[DOOR].absent = true; /* with its entity */
    mc_set_enabled(w.mc, false);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(!sample(TEMP, 1).available);
    mc_set_enabled(w.mc, true);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(sample(TEMP, 2).available);
    ck_assert(!sample(DOOR, 2).available);
}
END_TEST

START_TEST(forgets_the_oldest)
{
    struct sensor_sample s;

    ck_assert_int_eq(sensor_history_begin(w.mc, 3, SPAN_S(1)), ST_OK);
    for (uint8_t i = 1; i <= 5; i++) {
        ck_assert(mc_sensor_set_value(w.mc, 0, 1, i, false));
        mcworld_run(&w, SPAN_S(1));
    }
    ck_assert_uint_eq(sensor_history_count(w.mc), 3);
    for (uint32_t n = 0; n < 3; n++) {
        ck_assert_uint_eq(sample(TEMP, n).reading, 3 + n);
        ck_assert_uint_eq(sample(TEMP, n).at, SPAN_S(3 + n));
    }
    ck_assert(!sensor_history_get(w.mc, TEMP, 3, &s));
    ck_assert(!sensor_history_get(w.mc, 3, 0, &s));
}
END_TEST

START_TEST(outlives_a_reset_and_ends_when_told)
{
    ck_assert_int_eq(sensor_history_begin(w.mc, 3, SPAN_S(1)), ST_OK);
    mcworld_run(&w, SPAN_S(2));
    mc_cold_reset(w.mc);
    ck_assert_uint_eq(sensor_history_count(w.mc), 2);
    sensor_history_end(w.mc);
    ck_assert_uint_eq(sensor_history_count(w.mc), 0);
    sensor_history_end(w.mc);
    mcworld_run(&w, SPAN_S(5));
}
END_TEST

START_TEST(refuses_what_makes_no_sense)
{
    ck_assert_int_eq(sensor_history_begin(w.mc, 0, SPAN_S(1)), ST_INVALID);
    ck_assert_int_eq(sensor_history_begin(w.mc, SENSOR_HISTORY_MAX + 1, SPAN_S(1)), ST_INVALID);
    ck_assert_int_eq(sensor_history_begin(w.mc, 1, 0), ST_INVALID);
    end();
    mcworld_plain(&w);
    ck_assert_int_eq(sensor_history_begin(w.mc, 1, SPAN_S(1)), ST_MISSING);
}
END_TEST

START_TEST(is_switched_on_by_the_machine)
{
    end();
    mcworld_describe(&w);
    w.machine.sensors = sensors;
    w.machine.sensor_count = sizeof sensors / sizeof sensors[0];
    w.machine.history = 100;
    mcworld_begin(&w);
    mcworld_run(&w, SPAN_S(60));
    ck_assert_uint_eq(sensor_history_count(w.mc), 6);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("sensor_history", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, is_off_until_it_is_asked_for);
    tcase_add_test(t, samples_at_multiples_of_its_period);
    tcase_add_test(t, keeps_states_and_what_was_not_there);
    tcase_add_test(t, forgets_the_oldest);
    tcase_add_test(t, outlives_a_reset_and_ends_when_told);
    tcase_add_test(t, refuses_what_makes_no_sense);
    tcase_add_test(t, is_switched_on_by_the_machine);
    return run_suite(s);
}
