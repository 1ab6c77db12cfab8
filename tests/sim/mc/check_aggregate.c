#include "sim/mc/aggregate.h"

#include <string.h>

#include "sim/wire/sel.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define CARD   0x82
#define TEMP   1     /* of the card */
#define DOOR   2
#define M_TEMP 0x41  /* of the BMC, LUN 1 */
#define M_DOOR 0x42

static const struct machine_sensor card_sensors[] = {
    { .number = TEMP, .type = 1, .event_type = 1, .scanning = true, .events = true,
      .has_value = true, .value = 30, .threshold_access = ACCESS_SETTABLE,
      .threshold_mask = 1u << THR_UC, .threshold = { [THR_UC] = 90 }, .auto_rearm = true,
      .assert_supported = 0x200, .assert_enabled = 0x200 },
    { .number = DOOR, .type = 5, .event_type = 0x6f, .scanning = true, .has_value = true,
      .states = 1 },
};

static const struct machine_sensor mirrored[] = {
    { .lun = 1, .number = M_TEMP, .type = 1, .event_type = 1, .scanning = true, .mirror = true,
      .threshold_access = ACCESS_READABLE, .threshold_mask = 1u << THR_UC,
      .threshold = { [THR_UC] = 90 } },
    { .lun = 1, .number = M_DOOR, .type = 5, .event_type = 0x6f, .scanning = true,
      .mirror = true },
};

static const struct machine_mirror mirrors[] = {
    { 1, M_TEMP, CARD, 0, TEMP }, { 1, M_DOOR, CARD, 0, DOOR },
};

static struct mcworld w;
static struct machine_source source;
static struct machine_mc card_machine;
static struct mc *card;

static void
start(bool log)
{
    mcworld_describe(&w);
    source = (struct machine_source){ CARD, log, 0 };
    w.machine.sensors = mirrored;
    w.machine.sensor_count = 2;
    w.machine.sources = &source;
    w.machine.source_count = 1;
    w.machine.mirrors = mirrors;
    w.machine.mirror_count = 2;
    mcworld_begin(&w);
    card_machine = mcworld_satellite(CARD);
    card_machine.sensors = card_sensors;
    card_machine.sensor_count = 2;
    card_machine.sel = (struct machine_sel){ .present = log, .max = 100 };
    card_machine.support |= log ? 0x04 : 0;
    card = mcworld_add(&w, &card_machine);
    mcworld_run(&w, SPAN_MS(500));
}

static void
begin(void)
{
    start(true);
}

static void
end(void)
{
    mcworld_end(&w);
}

static struct answer *
reading(uint8_t number)
{
    struct answer *a;

    w.who.lun = 1;
    a = ask(&w, NETFN_SENSOR, 0x2d, number);
    w.who.lun = 0;
    ck_cc(a, CC_OK);
    return a;
}

static unsigned
logged(void)
{
    struct answer *a = ask(&w, NETFN_STORAGE, 0x40);

    ck_cc(a, CC_OK);
    return (unsigned)(a->data[1] | a->data[2] << 8);
}

/* The last record of the BMC's log. */
static struct sel_record
last_record(void)
{
    struct answer *a = ask(&w, NETFN_STORAGE, 0x43, 0, 0, 0xff, 0xff, 0, 0xff);
    struct sel_record r;

    ck_cc(a, CC_OK);
    ck_assert(sel_parse(bytes_of(a->data + 2, SEL_RECORD), &r));
    return r;
}

static void
card_logs(uint8_t number, uint8_t offset)
{
    uint8_t body[SEL_BODY] = { 0, 0, 0, 0, CARD, 0, 4, 5, number, 0x6f, offset, 0xff, 0xff };

    ck_assert_uint_ne(mc_sel_add(card, SEL_TYPE_EVENT, body), 0);
}

START_TEST(shows_readings_and_states)
{
    struct answer *a = reading(M_TEMP);

    ck_assert_uint_eq(a->data[0], 30);
    ck_assert(!(a->data[1] & 0x20));
    a = reading(M_DOOR);
    ck_assert_uint_eq(a->data[2] & 0x7f, 1);
    ck_assert(mc_sensor_set_value(card, 0, TEMP, 44, false));
    ck_assert(mc_sensor_set_bit(card, 0, DOOR, 3, true, false));
    mcworld_run(&w, SPAN_S(2));
    ck_assert_uint_eq(reading(M_TEMP)->data[0], 44);
    ck_assert_uint_eq(reading(M_DOOR)->data[2] & 0x7f, 9);
}
END_TEST

START_TEST(follows_thresholds)
{
    ck_assert_uint_eq(reading(M_TEMP)->data[2] & 0x3f, 0);
    ck_cc(ask_of(&w, card, NETFN_SENSOR, 0x26, TEMP, 1u << THR_UC, 0, 0, 0, 0, 25, 0), CC_OK);
    mcworld_run(&w, SPAN_S(2));
    ck_assert_uint_eq(reading(M_TEMP)->data[2] & 0x3f, 1u << THR_UC);
}
END_TEST

START_TEST(fetches_what_the_card_logs)
{
    unsigned before = logged();
    struct sel_record r;

    card_logs(DOOR, 2);
    card_logs(DOOR, 4);
    mcworld_run(&w, SPAN_S(3));
    ck_assert_uint_eq(logged(), before + 2);
    r = last_record();
    ck_assert_uint_eq(r.u.event.generator[0], 0x20);
    ck_assert_uint_eq(r.u.event.generator[1], 1);
    ck_assert_uint_eq(r.u.event.sensor_number, M_DOOR);
    ck_assert_uint_eq(r.u.event.data[0], 4);
    mcworld_run(&w, SPAN_S(10));
    ck_assert_uint_eq(logged(), before + 2);
}
END_TEST

START_TEST(leaves_numbers_that_it_does_not_mirror)
{
    struct sel_record r;

    card_logs(77, 1);
    mcworld_run(&w, SPAN_S(3));
    r = last_record();
    ck_assert_uint_eq(r.u.event.generator[0], CARD);
    ck_assert_uint_eq(r.u.event.sensor_number, 77);
}
END_TEST

/* In a burst a few go with each round; the log may be cleared in between. */
START_TEST(fetches_a_burst_and_goes_on_after_a_clear)
{
    unsigned before = logged();

    for (uint8_t i = 0; i < 40; i++)
        card_logs(DOOR, i & 7);
    mcworld_run(&w, SPAN_S(10));
    ck_assert_uint_eq(logged(), before + 40);
    sel_clear(card);
    mcworld_run(&w, SPAN_S(3));
    card_logs(DOOR, 5);
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(logged(), before + 41);
}
END_TEST

/* Between two rounds: the new record has the id of the one copied last. */
START_TEST(is_not_deceived_by_an_id_that_comes_again)
{
    unsigned before;

    card_logs(DOOR, 2);
    mcworld_run(&w, SPAN_S(3));
    before = logged();
    sel_clear(card);
    card_logs(DOOR, 6);
    card_logs(DOOR, 7);
    mcworld_run(&w, SPAN_S(3));
    ck_assert_uint_eq(logged(), before + 2);
    ck_assert_uint_eq(last_record().u.event.data[0], 7);
}
END_TEST

START_TEST(takes_in_what_a_card_without_a_log_sends)
{
    unsigned before;
    struct sel_record r;

    end();
    start(false);
    before = logged();
    ck_assert(mc_sensor_set_value(card, 0, TEMP, 95, true));
    mcworld_run(&w, SPAN_S(3));
    ck_assert_uint_eq(logged(), before + 1);
    r = last_record();
    ck_assert_uint_eq(r.u.event.generator[0], 0x20);
    ck_assert_uint_eq(r.u.event.sensor_number, M_TEMP);
    ck_assert_uint_eq(reading(M_TEMP)->data[0], 95);
}
END_TEST

START_TEST(has_no_reading_while_the_card_is_away)
{
    mc_set_enabled(card, false);
    mcworld_run(&w, SPAN_S(20));
    ck_assert(reading(M_TEMP)->data[1] & 0x20);
    ck_assert(reading(M_DOOR)->data[1] & 0x20);
    mc_set_enabled(card, true);
    mcworld_run(&w, SPAN_S(20));
    ck_assert_uint_eq(reading(M_TEMP)->data[0], 30);
}
END_TEST

START_TEST(goes_on_after_a_reset_of_its_own)
{
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(5));
    ck_assert(mc_sensor_set_value(card, 0, TEMP, 50, false));
    mcworld_run(&w, SPAN_S(3));
    ck_assert_uint_eq(reading(M_TEMP)->data[0], 50);
}
END_TEST

START_TEST(leaves_the_card_to_answer_for_itself)
{
    struct answer *a = ask_of(&w, card, NETFN_SENSOR, 0x2d, TEMP);

    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->data[0], 30);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("aggregate", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, shows_readings_and_states);
    tcase_add_test(t, follows_thresholds);
    tcase_add_test(t, fetches_what_the_card_logs);
    tcase_add_test(t, leaves_numbers_that_it_does_not_mirror);
    tcase_add_test(t, fetches_a_burst_and_goes_on_after_a_clear);
    tcase_add_test(t, is_not_deceived_by_an_id_that_comes_again);
    tcase_add_test(t, takes_in_what_a_card_without_a_log_sends);
    tcase_add_test(t, has_no_reading_while_the_card_is_away);
    tcase_add_test(t, goes_on_after_a_reset_of_its_own);
    tcase_add_test(t, leaves_the_card_to_answer_for_itself);
    return run_suite(s);
}
