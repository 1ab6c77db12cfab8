#include <string.h>

#include "sim/mc/mc_tables.h"
#include "tests/lib/records.h"
#include "tests/lib/run.h"

#define S         NETFN_SENSOR
#define SATELLITE 0x72

static struct mcworld w;

static const struct mc_event hot = { .sensor_type = 0x01,
                                     .sensor_number = 0x30,
                                     .type_dir = 0x01,
                                     .data = { 0x57, 0x60, 0x5f } };

static const struct mc_event cold = { .sensor_type = 0x01,
                                      .sensor_number = 0x31,
                                      .type_dir = 0x01,
                                      .data = { 0x50, 0x10, 0x11 } };

static void
setup(void)
{
    mcworld_plain(&w);
}

static void
teardown(void)
{
    mcworld_end(&w);
}

/* ---- events of the controller's own ---- */

START_TEST(logs_its_own_events)
{
    struct mc_event ev = hot;

    mcworld_run(&w, SPAN_S(3));
    mc_event(w.mc, &ev);
    ev.lun = 1;
    ev.type_dir |= EVENT_DEASSERTED;
    mc_event(w.mc, &ev);
    ck_assert_mem_eq(record(w.mc, 0),
                     ((const uint8_t[]){ 1, 0, 0x02, 0x03, 0xb9, 0x55, 0x69, 0x20, 0x00,
                                         0x04, 0x01, 0x30, 0x01, 0x57, 0x60, 0x5f }),
                     SEL_RECORD);
    ck_event(w.mc, 1, 0x20, 0x01, 0x04, 0x01, 0x30, 0x81, 0x57, 0x60, 0x5f);
}
END_TEST

START_TEST(passes_events_on_to_the_event_buffer)
{
    ck_cc(ask(&w, NETFN_APP, 0x2e, ENABLE_SEL_LOGGING | ENABLE_EVENT_BUFFER), CC_OK);
    mc_event(w.mc, &hot);
    ck_answer(ask(&w, NETFN_APP, 0x35), CC_OK, 1, 0, 0x02, 0x00, 0xb9, 0x55, 0x69, 0x20,
              0x00, 0x04, 0x01, 0x30, 0x01, 0x57, 0x60, 0x5f);
}
END_TEST

START_TEST(logs_nothing_while_logging_is_off)
{
    ck_cc(ask(&w, NETFN_APP, 0x2e, ENABLE_EVENT_BUFFER), CC_OK);
    mc_event(w.mc, &hot);
    ck_assert_uint_eq(logged(w.mc), 0);
    ck_assert_uint_eq(ask(&w, NETFN_APP, 0x35)->cc, CC_OK);
}
END_TEST

START_TEST(is_silent_without_a_receiver)
{
    ck_cc(ask(&w, S, 0x00, 0xff, 0), CC_OK);
    mc_event(w.mc, &hot);
    ck_assert_uint_eq(logged(w.mc), 0);
    ck_answer(ask(&w, S, 0x01), CC_OK, 0xff, 0);
    ck_cc(ask(&w, S, 0x00, 0x20, 0), CC_OK);
    mc_event(w.mc, &hot);
    ck_assert_uint_eq(logged(w.mc), 1);
}
END_TEST

/* ---- event receiver ---- */

START_TEST(names_its_event_receiver)
{
    ck_answer(ask(&w, S, 0x01), CC_OK, 0x20, 0x00);
    ck_cc(ask(&w, S, 0x00, 0x82, 0x05), CC_OK);
    ck_answer(ask(&w, S, 0x01), CC_OK, 0x82, 0x01);
    ck_cc(ask(&w, S, 0x00, 0x83, 0x00), CC_INVALID_FIELD);
    ck_cc(ask(&w, S, 0x00, 0x00, 0x00), CC_INVALID_FIELD);
    ck_answer(ask(&w, S, 0x01), CC_OK, 0x82, 0x01);
    events_reset(w.mc);
    ck_answer(ask(&w, S, 0x01), CC_OK, 0x20, 0x00);
}
END_TEST

START_TEST(tells_a_new_receiver_what_holds)
{
    static const struct machine_sensor sensor = {
        .number = 0x40,
        .type = 0x08,
        .event_type = 0x6f,
        .scanning = true,
        .events = true,
        .auto_rearm = true,
        .assert_supported = 3,
        .assert_enabled = 3,
        .has_value = true,
        .states = 0x02,
    };

    mcworld_end(&w);
    mcworld_describe(&w);
    w.machine.sensors = &sensor;
    w.machine.sensor_count = 1;
    mcworld_begin(&w);
    ck_assert_uint_eq(logged(w.mc), 0);
    ck_cc(ask(&w, S, 0x00, 0x20, 0x00), CC_OK);
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_event(w.mc, 0, 0x20, 0x00, 0x04, 0x08, 0x40, 0x6f, 0x01, 0xff, 0xff);
}
END_TEST

/* ---- Platform Event Message ---- */

static const struct {
    const char *why;
    uint8_t channel, rq_addr, rq_lun;
    uint8_t request[9];
    size_t len;
    uint8_t cc;
    uint8_t logged[9]; /* octets 8 to 16 of the record */
} messages[] = {
    { "system software, whole",
      CHANNEL_SYSTEM,
      0,
      0,
      { 0x41, 0x04, 0x0f, 0x06, 0x6f, 0xc2, 0x13, 0x14 },
      8,
      CC_OK,
      { 0x41, 0x00, 0x04, 0x0f, 0x06, 0x6f, 0xc2, 0x13, 0x14 } },
    { "system software, one data octet",
      CHANNEL_SYSTEM,
      0,
      0,
      { 0x41, 0x04, 0x0f, 0x06, 0x6f, 0x02 },
      6,
      CC_OK,
      { 0x41, 0x00, 0x04, 0x0f, 0x06, 0x6f, 0x02, 0xff, 0xff } },
    { "system software, no data octet",
      CHANNEL_SYSTEM,
      0,
      0,
      { 0x41, 0x04, 0x0f, 0x06, 0x6f },
      5,
      CC_LENGTH,
      { 0 } },
    { "a console",
      MCWORLD_LAN,
      0x81,
      0,
      { 0x04, 0x01, 0x30, 0x01, 0x59, 0x58, 0x60 },
      7,
      CC_OK,
      { 0x81, 0x10, 0x04, 0x01, 0x30, 0x01, 0x59, 0x58, 0x60 } },
    { "a console, two data octets",
      MCWORLD_LAN,
      0x81,
      0,
      { 0x04, 0x01, 0x30, 0x01, 0x59, 0x58 },
      6,
      CC_OK,
      { 0x81, 0x10, 0x04, 0x01, 0x30, 0x01, 0x59, 0x58, 0xff } },
    { "a console with a generator id",
      MCWORLD_LAN,
      0x81,
      0,
      { 0x41, 0x04, 0x01, 0x30, 0x01, 0x59, 0x58, 0x60 },
      8,
      CC_LENGTH,
      { 0 } },
    { "a controller on the IPMB",
      CHANNEL_PRIMARY_IPMB,
      0x72,
      1,
      { 0x04, 0x01, 0x30, 0x81, 0x57, 0x58, 0x60 },
      7,
      CC_OK,
      { 0x72, 0x01, 0x04, 0x01, 0x30, 0x81, 0x57, 0x58, 0x60 } },
    { "IPMI 1.0's revision",
      CHANNEL_PRIMARY_IPMB,
      0x72,
      0,
      { 0x03, 0x01, 0x30, 0x01, 0x57, 0x58, 0x60 },
      7,
      CC_OK,
      { 0x72, 0x00, 0x04, 0x01, 0x30, 0x01, 0x57, 0x58, 0x60 } },
    { "another revision",
      CHANNEL_PRIMARY_IPMB,
      0x72,
      0,
      { 0x05, 0x01, 0x30, 0x01, 0x57, 0x58, 0x60 },
      7,
      CC_INVALID_FIELD,
      { 0 } },
    { "too short",
      CHANNEL_PRIMARY_IPMB,
      0x72,
      0,
      { 0x04, 0x01, 0x30, 0x01 },
      4,
      CC_LENGTH,
      { 0 } },
};

START_TEST(logs_events_of_others)
{
    const struct answer *a;

    w.who.channel = messages[_i].channel;
    w.who.rq_addr = messages[_i].rq_addr;
    w.who.rq_lun = messages[_i].rq_lun;
    a = mcworld_ask(&w, w.mc, S, 0x02, messages[_i].request, messages[_i].len);
    ck_assert_msg(a->cc == messages[_i].cc, "%s: %02x", messages[_i].why, a->cc);
    ck_assert_uint_eq(a->len, 0);
    ck_assert_msg(logged(w.mc) == (messages[_i].cc == CC_OK), "%s", messages[_i].why);
    if (messages[_i].cc == CC_OK)
        ck_assert_msg(memcmp(record(w.mc, 0) + 7, messages[_i].logged, 9) == 0, "%s",
                      messages[_i].why);
}
END_TEST

/* ---- a full log ---- */

static void
fill_log(void)
{
    static const uint8_t body[SEL_BODY] = { 0 };

    while (mc_sel_add(w.mc, SEL_TYPE_EVENT, body) != 0)
        ;
}

static uint8_t
send_event(void)
{
    return ask(&w, S, 0x02, 0x41, EVM_REV_15, 0x0f, 0x06, 0x6f, 0xc2, 0x13, 0x14)->cc;
}

static void
filter(bool on)
{
    ck_cc(ask(&w, S, 0x12, 0x01, on ? PEF_CONTROL_ENABLE : 0), CC_OK);
}

START_TEST(refuses_events_that_nobody_can_take)
{
    filter(false);
    fill_log();
    ck_assert_uint_eq(send_event(), CC_NO_SPACE);
    ck_assert_uint_eq(w.mc->sel->flags & SEL_OVERFLOW, SEL_OVERFLOW);
    mc_event(w.mc, &hot);
    ck_assert_uint_eq(w.mc->events.dropped, 1);
    ck_cc(ask(&w, NETFN_APP, 0x2e, ENABLE_EVENT_BUFFER), CC_OK);
    ck_assert_uint_eq(send_event(), CC_OK); /* nobody asked for it to be logged */
    ck_assert_uint_eq(send_event(), CC_OK);
}
END_TEST

START_TEST(takes_an_event_into_the_event_buffer_when_the_log_is_full)
{
    filter(false);
    fill_log();
    ck_cc(ask(&w, NETFN_APP, 0x2e, ENABLE_SEL_LOGGING | ENABLE_EVENT_BUFFER), CC_OK);
    ck_assert_uint_eq(send_event(), CC_OK);
    ck_assert_uint_eq(send_event(), CC_NO_SPACE);
    ck_cc(ask(&w, NETFN_APP, 0x35), CC_OK);
    ck_assert_uint_eq(send_event(), CC_OK);
}
END_TEST

START_TEST(takes_an_event_to_be_filtered_when_the_log_is_full)
{
    fill_log();
    filter(true);
    ck_assert_uint_eq(send_event(), CC_OK);
    ck_assert_uint_eq(send_event(), CC_OK);
    ck_cc(ask(&w, S, 0x11, PEF_POSTPONE_DISABLE), CC_OK);
    ck_assert_uint_eq(send_event(), CC_OK); /* held until filtering goes on */
    ck_assert_uint_eq(send_event(), CC_NO_SPACE);
    ck_cc(ask(&w, S, 0x11, PEF_POSTPONE_OFF), CC_OK);
    ck_assert_uint_eq(send_event(), CC_OK);
}
END_TEST

/* ---- events of a satellite ---- */

static struct machine_mc satellite;

static struct mc *
add_satellite(void)
{
    satellite = mcworld_satellite(SATELLITE);
    return mcworld_add(&w, &satellite);
}

START_TEST(sends_events_to_the_receiver_in_order)
{
    struct mc *mc = add_satellite();
    struct mc_event ev = hot;

    for (uint8_t n = 0; n < 5; n++) {
        ev.sensor_number = n;
        ev.lun = n == 4;
        mc_event(mc, &ev);
    }
    ck_assert_uint_eq(logged(w.mc), 0);
    mcworld_run(&w, SPAN_MS(50));
    ck_assert_uint_eq(logged(w.mc), 5);
    for (uint8_t n = 0; n < 5; n++)
        ck_event(w.mc, n, SATELLITE, n == 4, 0x04, 0x01, n, 0x01, 0x57, 0x60, 0x5f);
    ck_assert_uint_eq(mc->events.dropped, 0);
}
END_TEST

START_TEST(tries_again_when_the_receiver_is_away)
{
    struct mc *mc = add_satellite();

    mc_set_enabled(w.mc, false);
    mc_event(mc, &hot);
    mcworld_run(&w, SPAN_MS(700));
    mc_set_enabled(w.mc, true);
    ck_assert_uint_eq(logged(w.mc), 0);
    mcworld_run(&w, SPAN_S(2));
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_assert_uint_eq(mc->events.dropped, 0);
}
END_TEST

START_TEST(tries_again_when_the_receiver_is_full)
{
    struct mc *mc = add_satellite();

    filter(false);
    fill_log();
    mc_event(mc, &hot);
    mcworld_run(&w, SPAN_MS(700));
    sel_clear(w.mc);
    mcworld_run(&w, SPAN_S(2));
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_assert_uint_eq(mc->events.dropped, 0);
}
END_TEST

START_TEST(gives_an_event_up_that_nobody_takes)
{
    struct mc *mc = add_satellite();

    mc_set_enabled(w.mc, false);
    mc_event(mc, &hot);
    mcworld_run(&w, SPAN_S(30));
    ck_assert_uint_eq(mc->events.dropped, 1);
    mc_set_enabled(w.mc, true);
    mcworld_run(&w, SPAN_S(30));
    ck_assert_uint_eq(logged(w.mc), 0);
    mc_event(mc, &hot);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(logged(w.mc), 1);
}
END_TEST

START_TEST(lets_so_many_wait_and_no_more)
{
    struct mc *mc = add_satellite();

    for (unsigned n = 0; n < EVENT_QUEUE_MAX + 3; n++)
        mc_event(mc, &hot);
    ck_assert_uint_eq(mc->events.dropped, 3);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(logged(w.mc), EVENT_QUEUE_MAX);
}
END_TEST

START_TEST(outlives_a_reset_of_its_port)
{
    struct mc *mc = add_satellite();

    mc_event(mc, &hot);
    ipmb_port_reset(mc->port);
    mc_event(mc, &cold);
    mcworld_run(&w, EVENT_PATIENCE + SPAN_S(1));
    /* The first may have been on the wire when the port forgot it: then it
     * comes twice. The second must come. */
    ck_event(w.mc, logged(w.mc) - 1, SATELLITE, 0x00, 0x04, 0x01, 0x31, 0x01, 0x50, 0x10,
             0x11);
    ck_assert_uint_eq(mc->events.dropped, 0);
}
END_TEST

START_TEST(sends_what_waits_to_a_new_receiver)
{
    struct mc *mc = add_satellite();

    events_set_receiver(mc, 0x90, 0); /* nobody */
    mc_event(mc, &hot);
    mcworld_run(&w, SPAN_MS(100));
    ck_cc(ask_of(&w, mc, S, 0x00, 0x20, 0x00), CC_OK);
    mcworld_run(&w, SPAN_MS(100));
    ck_assert_uint_eq(logged(w.mc), 1);
}
END_TEST

START_TEST(forgets_what_waits_in_a_reset)
{
    struct mc *mc = add_satellite();

    mc_event(mc, &hot);
    mc_event(mc, &hot);
    mc_cold_reset(mc);
    mcworld_run(&w, SPAN_S(30));
    ck_assert_uint_le(logged(w.mc), 1);
    mc_event(mc, &hot);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_ge(logged(w.mc), 1);
}
END_TEST

START_TEST(drops_events_without_a_bus)
{
    struct mc_event ev = hot;

    mcworld_end(&w);
    mcworld_describe(&w);
    w.no_bus = true;
    mcworld_begin(&w);
    ck_cc(ask(&w, S, 0x00, 0x82, 0x00), CC_OK);
    mc_event(w.mc, &ev);
    ck_assert_uint_eq(w.mc->events.dropped, 1);
}
END_TEST

START_TEST(keeps_its_rows)
{
    mcworld_check_rows(&w, &event_commands, 0);
}
END_TEST

static Suite *
event_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/mc/event", &c);

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, logs_its_own_events);
    tcase_add_test(c, passes_events_on_to_the_event_buffer);
    tcase_add_test(c, logs_nothing_while_logging_is_off);
    tcase_add_test(c, is_silent_without_a_receiver);
    tcase_add_test(c, names_its_event_receiver);
    tcase_add_test(c, tells_a_new_receiver_what_holds);
    tcase_add_loop_test(c, logs_events_of_others, 0,
                        sizeof messages / sizeof messages[0]);
    tcase_add_test(c, refuses_events_that_nobody_can_take);
    tcase_add_test(c, takes_an_event_into_the_event_buffer_when_the_log_is_full);
    tcase_add_test(c, takes_an_event_to_be_filtered_when_the_log_is_full);
    tcase_add_test(c, sends_events_to_the_receiver_in_order);
    tcase_add_test(c, tries_again_when_the_receiver_is_away);
    tcase_add_test(c, tries_again_when_the_receiver_is_full);
    tcase_add_test(c, gives_an_event_up_that_nobody_takes);
    tcase_add_test(c, lets_so_many_wait_and_no_more);
    tcase_add_test(c, outlives_a_reset_of_its_port);
    tcase_add_test(c, sends_what_waits_to_a_new_receiver);
    tcase_add_test(c, forgets_what_waits_in_a_reset);
    tcase_add_test(c, drops_events_without_a_bus);
    tcase_add_test(c, keeps_its_rows);
    return s;
}

int
main(void)
{
    return run_suite(event_suite());
}
