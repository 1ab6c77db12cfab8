#include "sim/mc/sel_sensor.h"

#include "tests/lib/records.h"
#include "tests/lib/run.h"

#define N       NETFN_STORAGE
#define LOGGING 0x10
#define SYSTEM  0x12
#define SIZE    20 /* records of the log */
#define ALMOST  18 /* 90 % of them */

static const struct machine_sensor sensors[] = {
    {
        .number = LOGGING,
        .type = 0x10,
        .event_type = 0x6f,
        .scanning = true,
        .events = true,
        .auto_rearm = true,
        .assert_supported = 0x3f,
        .assert_enabled = 0x3f,
        .deassert_supported = 0x3f,
        .deassert_enabled = 0x3f,
        .has_value = true,
    },
    {
        .number = SYSTEM,
        .type = 0x12,
        .event_type = 0x6f,
        .event_only = true,
        .scanning = true,
        .events = true,
        .auto_rearm = true,
        .assert_supported = 0x3f,
        .assert_enabled = 0x3f,
    },
};

static const uint8_t body[SEL_BODY] = { 0, 0, 0, 0, 0x20, 0, 4, 1, 0x30, 1, 0x59, 1, 2 };

static struct mcworld w;

static void
setup(void)
{
    mcworld_describe(&w);
    w.machine.sensors = sensors;
    w.machine.sensor_count = 2;
    w.machine.sel.max = SIZE;
    mcworld_begin(&w);
}

static void
teardown(void)
{
    mcworld_end(&w);
}

static void
fill_to(unsigned count)
{
    while (logged(w.mc) < count)
        ck_assert_uint_ne(mc_sel_add(w.mc, SEL_TYPE_EVENT, body), 0);
}

static uint8_t
states(void)
{
    const struct answer *a = ask(&w, NETFN_SENSOR, 0x2d, LOGGING);

    ck_cc(a, CC_OK);
    return a->data[2];
}

static void
clear(void)
{
    const struct answer *a = ask(&w, N, 0x42);

    ck_cc(a, CC_OK);
    ck_cc(ask(&w, N, 0x47, a->data[0], a->data[1], 'C', 'L', 'R', 0xaa), CC_OK);
}

START_TEST(begins_a_cleared_log_with_saying_so)
{
    fill_to(3);
    clear();
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_event(w.mc, 0, 0x20, 0, 0x04, 0x10, LOGGING, 0x6f, 0x02, 0xff, 0xff);
    clear();
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_assert_uint_eq(states(), 0);
}
END_TEST

START_TEST(says_that_the_log_is_almost_full_once)
{
    fill_to(ALMOST - 1);
    ck_assert_uint_eq(states(), 0);
    ck_assert_uint_ne(mc_sel_add(w.mc, SEL_TYPE_EVENT, body), 0);
    ck_assert_uint_eq(logged(w.mc), SIZE);
    ck_event(w.mc, ALMOST, 0x20, 0, 0x04, 0x10, LOGGING, 0x6f, 0x35, 0xff, 90);
    ck_event(w.mc, ALMOST + 1, 0x20, 0, 0x04, 0x10, LOGGING, 0x6f, 0x04, 0xff, 0xff);
    ck_assert_uint_eq(states(), 0x30);
    ck_assert(!(w.mc->sel->flags & SEL_OVERFLOW));
    ck_assert_uint_eq(mc_sel_add(w.mc, SEL_TYPE_EVENT, body), 0);
    ck_assert(w.mc->sel->flags & SEL_OVERFLOW);
}
END_TEST

START_TEST(is_no_longer_full_once_records_are_deleted)
{
    const struct answer *a;

    fill_to(ALMOST);
    for (int i = 0; i < 3; i++) {
        a = ask(&w, N, 0x42);
        ck_cc(ask(&w, N, 0x46, a->data[0], a->data[1], 0, 0), CC_OK);
    }
    ck_assert_uint_eq(logged(w.mc), SIZE - 3);
    ck_assert_uint_eq(states(), 0);
    ck_assert_uint_ne(mc_sel_add(w.mc, SEL_TYPE_EVENT, body), 0);
    ck_assert_uint_eq(states(), 0x30);
}
END_TEST

START_TEST(is_as_full_as_it_is_after_clearing)
{
    fill_to(ALMOST);
    clear();
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_assert_uint_eq(states(), 0);
}
END_TEST

START_TEST(says_that_logging_is_disabled)
{
    ck_cc(ask(&w, NETFN_APP, 0x2e, 0), CC_OK);
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_event(w.mc, 0, 0x20, 0, 0x04, 0x10, LOGGING, 0x6f, 0x03, 0xff, 0xff);
    ck_assert_uint_eq(states(), 0x08);
    ck_cc(ask(&w, NETFN_APP, 0x2e, ENABLE_SEL_LOGGING), CC_OK);
    ck_assert_uint_eq(states(), 0);
    ck_cc(ask(&w, NETFN_APP, 0x2e, 0), CC_OK);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(states(), 0);
}
END_TEST

START_TEST(marks_a_change_of_the_clock_on_both_sides)
{
    ck_cc(ask(&w, N, 0x49, 0x00, 0x00, 0x00, 0x70), CC_OK);
    ck_assert_uint_eq(logged(w.mc), 2);
    ck_event(w.mc, 0, 0x20, 0, 0x04, 0x12, SYSTEM, 0x6f, 0xc5, 0x00, 0xff);
    ck_event(w.mc, 1, 0x20, 0, 0x04, 0x12, SYSTEM, 0x6f, 0xc5, 0x80, 0xff);
    ck_assert_uint_eq(record(w.mc, 0)[6], 0x69);
    ck_assert_uint_eq(record(w.mc, 1)[6], 0x70);
}
END_TEST

START_TEST(tells_of_an_entry_in_an_auxiliary_log)
{
    ck_cc(ask(&w, N, 0x5b, 0x00, 1, 2, 3, 4, 5, 0, 0, 0), CC_OK);
    ck_event(w.mc, 0, 0x20, 0, 0x04, 0x12, SYSTEM, 0x6f, 0xc3, 0x00, 0xff);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("sel sensor", &t);

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, begins_a_cleared_log_with_saying_so);
    tcase_add_test(t, says_that_the_log_is_almost_full_once);
    tcase_add_test(t, is_no_longer_full_once_records_are_deleted);
    tcase_add_test(t, is_as_full_as_it_is_after_clearing);
    tcase_add_test(t, says_that_logging_is_disabled);
    tcase_add_test(t, marks_a_change_of_the_clock_on_both_sides);
    tcase_add_test(t, tells_of_an_entry_in_an_auxiliary_log);
    return run_suite(s);
}
