#include <string.h>

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define ADMIN    2
#define SENSOR   0x60
#define EVENT_AT 11 /* of the event's octets in the answer of Get SEL Entry */
#define EVENT    7

static struct mcworld w;
static struct machine_sensor sensor;
static struct remote *console;

static void
begin(uint16_t enabled)
{
    sensor = (struct machine_sensor){
        .number = SENSOR,
        .type = 0x2a,
        .event_type = 0x6f,
        .scanning = true,
        .events = true,
        .assert_supported = 0x0f,
        .assert_enabled = enabled,
    };
    mcworld_describe(&w);
    w.machine.sensors = &sensor;
    w.machine.sensor_count = 1;
    mcworld_begin(&w);
}

static void
end(void)
{
    remote_free(console);
    console = NULL;
    mcworld_end(&w);
}

static void
log_in(const char *password)
{
    struct remote_opts opts = mcworld_console(&w);

    memset(opts.password, 0, sizeof opts.password);
    memcpy(opts.password, password, strlen(password));
    ck_assert_int_eq(remote_new(&opts, &console), ST_OK);
    remote_open(console, w.world.now);
    mcworld_talk(&w, 0, console);
}

static void
ck_event(uint8_t id, uint8_t offset, uint8_t user, uint8_t ed3)
{
    const uint8_t want[EVENT] = { 0x04, 0x2a, SENSOR, 0x6f, (uint8_t)(0xa0 | offset),
                                  user, ed3 };
    struct answer *a = ask(&w, NETFN_STORAGE, 0x43, 0, 0, id, 0, 0, 0xff);

    ck_cc(a, CC_OK);
    ck_assert_mem_eq(a->data + EVENT_AT, want, EVENT);
}

static unsigned
logged(void)
{
    return ask(&w, NETFN_STORAGE, 0x40)->data[1];
}

START_TEST(logs_who_came_and_how_he_left)
{
    begin(0x0f);
    log_in(MCWORLD_PASSWORD);
    remote_close(console, w.world.now);
    mcworld_talk(&w, 0, console);
    ck_assert_uint_eq(logged(), 2);
    ck_event(1, 0, ADMIN, 0x01);
    ck_event(2, 1, 0, 0x11);
    end();
}
END_TEST

START_TEST(logs_a_session_that_timed_out_or_was_ended)
{
    begin(0x02);
    log_in(MCWORLD_PASSWORD);
    if (_i == 0)
        mcworld_run(&w, LAN_SESSION_TIMEOUT + SPAN_S(5));
    else
        mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_assert_uint_eq(logged(), 1);
    ck_event(1, 1, 0, _i == 0 ? 0x21 : 0x31);
    end();
}
END_TEST

START_TEST(logs_a_bad_password)
{
    begin(0x04);
    log_in("wrong");
    ck_assert_int_eq(remote_state(console), REMOTE_FAILED);
    ck_assert_uint_ge(logged(), 1);
    ck_event(1, 2, ADMIN, 0x01);
    end();
}
END_TEST

START_TEST(logs_nothing_that_is_not_enabled)
{
    begin(0x00);
    log_in(MCWORLD_PASSWORD);
    ck_assert_uint_eq(logged(), 0);
    end();
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("audit", &t);

    tcase_add_test(t, logs_who_came_and_how_he_left);
    tcase_add_loop_test(t, logs_a_session_that_timed_out_or_was_ended, 0, 2);
    tcase_add_test(t, logs_a_bad_password);
    tcase_add_test(t, logs_nothing_that_is_not_enabled);
    return run_suite(s);
}
