#include <string.h>

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#include "sim/mc/mc_tables.h"

static struct mcworld w;

static void
begin(void)
{
    mcworld_plain(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

static unsigned
logged(void)
{
    struct answer *info = ask(&w, NETFN_STORAGE, 0x40);

    return info->data[1] | (unsigned)info->data[2] << 8;
}

/* The event octets of log record id: EvMRev to event data 3. */
static const uint8_t *
record(uint8_t id)
{
    return ask(&w, NETFN_STORAGE, 0x43, 0, 0, id, 0, 0, 0xff)->data + 2 + 9;
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &watchdog_commands, 0);
}
END_TEST

START_TEST(refuses_a_reset_before_it_was_set)
{
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_CMD_80);
    ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, 4, 0, 0, 0, 0, 0, 0, 0);
}
END_TEST

static const struct {
    const char *why;
    uint8_t use, actions;
    unsigned cc;
} settings[] = {
    { "no use", 0, 0, CC_INVALID_FIELD },
    { "use 6", 6, 0, CC_INVALID_FIELD },
    { "action 4", 4, 4, CC_INVALID_FIELD },
    { "interrupt 4", 4, 0x40, CC_INVALID_FIELD },
    { "FRB2", 1, 0x31, CC_OK },
    { "OEM", 5, 0x23, CC_OK },
    { "don't log", 0x83, 0x12, CC_OK },
};

START_TEST(checks_its_settings)
{
    uint8_t use = settings[_i].use, actions = settings[_i].actions;

    ck_cc(ask(&w, NETFN_APP, 0x24, use, actions, 1, 0, 0x2c, 0x01), settings[_i].cc);
    if (settings[_i].cc == CC_OK)
        ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, use, actions, 1, 0, 0x2c, 1, 0x2c, 1);
}
END_TEST

START_TEST(counts_down_in_lab_time)
{
    ck_cc(ask(&w, NETFN_APP, 0x24, 4, 0, 0, 0, 100, 0), CC_OK);
    mcworld_run(&w, SPAN_S(100));
    ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, 4, 0, 0, 0, 100, 0, 100, 0);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_OK);
    mcworld_run(&w, SPAN_S(4));
    ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, 0x44, 0, 0, 0, 100, 0, 60, 0);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_OK);
    mcworld_run(&w, SPAN_S(10) - 1);
    ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, 0x44, 0, 0, 0, 100, 0, 1, 0);
    mcworld_run(&w, 1);
    ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, 4, 0, 0, 0x10, 100, 0, 0, 0);
}
END_TEST

static const struct {
    uint8_t action, offset;
    bool good_after, good_later;
    enum host_cause cause;
} bites[] = {
    { 0, 0, true, true, CAUSE_UNKNOWN },
    { 1, 1, true, true, CAUSE_WATCHDOG },
    { 2, 2, false, false, CAUSE_UNKNOWN },
    { 3, 3, false, true, CAUSE_WATCHDOG },
};

START_TEST(acts_on_the_host_and_logs_it)
{
    const uint8_t event[] = {
        0x04, 0x23, 0x00, 0x6f, 0xc0 | bites[_i].offset, 0x04, 0xff
    };

    ck_cc(ask(&w, NETFN_APP, 0x24, 4, bites[_i].action, 0, 0, 10, 0), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_OK);
    mcworld_run(&w, SPAN_S(1) + HOST_POWER_OFF_DELAY + SPAN_MS(1));
    ck_assert_uint_eq(logged(), 1);
    ck_assert_mem_eq(record(1), event, sizeof event);
    ck_assert(host_power_good(w.host) == bites[_i].good_after);
    mcworld_run(&w, SPAN_S(5));
    ck_assert(host_power_good(w.host) == bites[_i].good_later);
    if (bites[_i].cause != CAUSE_UNKNOWN)
        ck_assert_int_eq(host_last_start(w.host), bites[_i].cause);
    ck_assert_uint_eq(logged(), 1);
}
END_TEST

START_TEST(does_not_log_when_told_but_once)
{
    ck_cc(ask(&w, NETFN_APP, 0x24, 0x84, 0, 0, 0, 10, 0), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(logged(), 0);
    ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, 4, 0, 0, 0x10, 10, 0, 0, 0);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(logged(), 1);
}
END_TEST

START_TEST(interrupts_before_the_end)
{
    static const uint8_t event[] = { 0x04, 0x23, 0x00, 0x6f, 0xc8, 0x34, 0xff };

    ck_cc(ask(&w, NETFN_APP, 0x24, 4, 0x30, 2, 0, 50, 0), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_OK);
    mcworld_run(&w, SPAN_S(3) - 1);
    ck_answer(ask(&w, NETFN_APP, 0x31), CC_OK, 0x00);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_OK);
    mcworld_run(&w, SPAN_S(3));
    ck_answer(ask(&w, NETFN_APP, 0x31), CC_OK, 0x08);
    ck_assert_mem_eq(record(1), event, sizeof event);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_STATE);
    ck_cc(ask(&w, NETFN_APP, 0x30, 0x08), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x31), CC_OK, 0x00);
    mcworld_run(&w, SPAN_S(2));
    ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, 4, 0x30, 2, 0x10, 50, 0, 0, 0);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_OK);
}
END_TEST

START_TEST(goes_on_from_the_new_count_when_told_not_to_stop)
{
    ck_cc(ask(&w, NETFN_APP, 0x24, 4, 0, 0, 0, 100, 0), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x24, 0x44, 0, 0, 0, 50, 0), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, 4, 0, 0, 0, 50, 0, 50, 0);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_cc(ask(&w, NETFN_APP, 0x24, 0x44, 0, 0, 0, 200, 0), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, 0x44, 0, 0, 0, 200, 0, 190, 0);
    ck_cc(ask(&w, NETFN_APP, 0x24, 4, 0, 0, 0, 30, 0), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, 4, 0, 0, 0, 30, 0, 30, 0);
}
END_TEST

START_TEST(clears_expiration_flags_that_are_named)
{
    ck_cc(ask(&w, NETFN_APP, 0x24, 3, 0, 0, 0, 0, 0), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_OK);
    mcworld_run(&w, 0);
    ck_cc(ask(&w, NETFN_APP, 0x24, 1, 0, 0, 0, 0, 0), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_OK);
    mcworld_run(&w, 0);
    ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, 1, 0, 0, 0x0a, 0, 0, 0, 0);
    ck_cc(ask(&w, NETFN_APP, 0x24, 1, 0, 0, 0x08, 0, 0), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, 1, 0, 0, 0x02, 0, 0, 0, 0);
}
END_TEST

START_TEST(stops_when_the_host_goes_off)
{
    ck_cc(ask(&w, NETFN_APP, 0x24, 4, 1, 0, 0, 100, 0), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(host_do(w.host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL));
    mcworld_run(&w, SPAN_S(60));
    ck_assert(!watchdog_running(w.mc->watchdog));
    ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, 4, 1, 0, 0, 100, 0, 89, 0);
}
END_TEST

START_TEST(forgets_everything_in_a_cold_reset)
{
    ck_cc(ask(&w, NETFN_APP, 0x24, 4, 1, 0, 0, 100, 0), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_OK);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(60));
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_CMD_80);
    ck_assert(host_power_good(w.host));
    ck_assert_uint_eq(logged(), 0);
}
END_TEST

/* A described sensor shows what happened, and decides whether it is logged. */
static void
with_sensor(struct mcworld *v, struct machine_sensor *s, uint16_t enabled)
{
    *s = (struct machine_sensor){
        .number = 0x55,
        .type = 0x23,
        .event_type = 0x6f,
        .scanning = true,
        .events = true,
        .assert_supported = 0x010f,
        .assert_enabled = enabled,
        .has_value = true,
    };
    mcworld_describe(v);
    v->machine.sensors = s;
    v->machine.sensor_count = 1;
    mcworld_begin(v);
    ck_cc(ask(v, NETFN_APP, 0x24, 4, 1, 0, 0, 10, 0), CC_OK);
    ck_cc(ask(v, NETFN_APP, 0x22), CC_OK);
    mcworld_run(v, SPAN_S(1));
}

START_TEST(shows_on_the_sensor_that_is_described)
{
    static const uint8_t event[] = { 0x04, 0x23, 0x55, 0x6f, 0xc1, 0x04, 0xff };
    struct machine_sensor s;
    struct mcworld v;
    struct answer *a;

    with_sensor(&v, &s, 0x010f);
    a = ask(&v, NETFN_STORAGE, 0x43, 0, 0, 1, 0, 0, 0xff);
    ck_cc(a, CC_OK);
    ck_assert_mem_eq(a->data + 11, event, sizeof event);
    a = ask(&v, NETFN_SENSOR, 0x2d, 0x55);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->data[2], 0x02);
    ck_cc(ask(&v, NETFN_APP, 0x22), CC_OK);
    ck_assert_uint_eq(ask(&v, NETFN_SENSOR, 0x2d, 0x55)->data[2], 0x00);
    mcworld_run(&v, SPAN_S(1));
    ck_assert_uint_eq(ask(&v, NETFN_SENSOR, 0x2d, 0x55)->data[2], 0x02);
    ck_cc(ask(&v, NETFN_APP, 0x24, 4, 1, 0, 0, 10, 0), CC_OK);
    ck_assert_uint_eq(ask(&v, NETFN_SENSOR, 0x2d, 0x55)->data[2], 0x00);
    ck_assert_uint_eq(ask(&v, NETFN_STORAGE, 0x40)->data[1], 2);   /* and no more records */
    mcworld_end(&v);
}
END_TEST

START_TEST(logs_nothing_that_the_sensor_has_disabled)
{
    struct machine_sensor s;
    struct mcworld v;

    with_sensor(&v, &s, 0x0001);
    ck_assert_uint_eq(ask(&v, NETFN_STORAGE, 0x40)->data[1], 0);
    mcworld_end(&v);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("watchdog", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, keeps_the_promises_of_its_rows);
    tcase_add_test(t, refuses_a_reset_before_it_was_set);
    tcase_add_loop_test(t, checks_its_settings, 0, sizeof settings / sizeof settings[0]);
    tcase_add_test(t, counts_down_in_lab_time);
    tcase_add_loop_test(t, acts_on_the_host_and_logs_it, 0,
                        sizeof bites / sizeof bites[0]);
    tcase_add_test(t, does_not_log_when_told_but_once);
    tcase_add_test(t, interrupts_before_the_end);
    tcase_add_test(t, goes_on_from_the_new_count_when_told_not_to_stop);
    tcase_add_test(t, clears_expiration_flags_that_are_named);
    tcase_add_test(t, stops_when_the_host_goes_off);
    tcase_add_test(t, forgets_everything_in_a_cold_reset);
    tcase_add_test(t, shows_on_the_sensor_that_is_described);
    tcase_add_test(t, logs_nothing_that_the_sensor_has_disabled);
    return run_suite(s);
}
