#include "sim/mc/presence.h"

#include "tests/lib/records.h"
#include "tests/lib/run.h"
#include "tests/lib/sensor_records.h"

#define S        NETFN_SENSOR
#define PRESENCE 0x10
#define SUPPLY   0x11 /* status of a power supply */
#define FAN      0x20
#define OTHER    0x21

#define IGNORE      0x80
#define UNAVAILABLE 0x20

/* Entities: 0Ah.1 holds 1Dh.1; 1Dh.2 stands alone. */
#define BAY  0x0a
#define FANS 0x1d

enum { IS_PRESENT, IS_ABSENT, IS_DISABLED };

static struct machine_sensor sensors[] = {
    {
        .number = PRESENCE,
        .type = 0x25,
        .event_type = 0x6f,
        .scanning = true,
        .events = true,
        .auto_rearm = true,
        .assert_supported = 7,
        .assert_enabled = 7,
        .deassert_supported = 7,
        .has_value = true,
        .states = 1,
    },
    {
        .number = SUPPLY,
        .type = 0x08,
        .event_type = 0x6f,
        .scanning = true,
        .assert_supported = 0x0f,
        .has_value = true,
        .states = 1,
    },
    {
        .number = FAN,
        .type = 0x04,
        .event_type = 0x01,
        .scanning = true,
        .events = true,
        .auto_rearm = true,
        .assert_supported = 0x0004,
        .assert_enabled = 0x0004,
        .threshold_access = ACCESS_READABLE,
        .threshold_mask = 2,
        .threshold = { [THR_LC] = 20 },
        .has_value = true,
        .value = 60,
    },
    {
        .number = OTHER,
        .type = 0x04,
        .event_type = 0x01,
        .scanning = true,
        .has_value = true,
        .value = 61,
    },
};

static struct mcworld w;
static uint8_t octets[5][SENSOR_RECORD];
static struct machine_sdr records[5];

static void
described_by(unsigned n, uint8_t number, uint8_t entity, uint8_t instance, uint8_t caps)
{
    struct record_facts f = {
        .owner = 0x20,
        .number = number,
        .entity = entity,
        .instance = instance,
        .caps = caps,
    };

    records[n].record = compact_record(octets[n], &f);
}

/* The presence sensor and the power supply's are of the bay. */
static void
setup(void)
{
    static const uint8_t contained[8] = { FANS, 1 };

    sensors[0].states = 1;
    described_by(0, PRESENCE, BAY, 1, IGNORE);
    described_by(1, SUPPLY, BAY, 2, IGNORE);
    described_by(2, FAN, FANS, 1, IGNORE);
    described_by(3, OTHER, FANS, 2, IGNORE);
    records[4].record = entity_record(octets[4], BAY, 1, 0, contained);
    mcworld_describe(&w);
    w.machine.sensors = sensors;
    w.machine.sensor_count = 4;
    w.machine.sdrs = records;
    w.machine.sdr_count = 5;
}

static void
teardown(void)
{
    mcworld_end(&w);
}

static void
bay_is(unsigned state)
{
    ck_assert(mc_sensor_set_bit_only(w.mc, 0, PRESENCE, (uint8_t)state, true));
}

static bool
reads(uint8_t number)
{
    const struct answer *a = ask(&w, S, 0x2d, number);

    ck_cc(a, CC_OK);
    return !(a->data[1] & UNAVAILABLE);
}

START_TEST(takes_the_sensors_of_an_absent_entity_away)
{
    mcworld_begin(&w);
    ck_assert(reads(FAN));
    bay_is(IS_ABSENT);
    ck_answer(ask(&w, S, 0x2d, FAN), CC_OK, 0, 0xc0 | UNAVAILABLE, 0xc0);
    ck_assert(reads(OTHER));
    ck_assert(reads(PRESENCE));
    bay_is(IS_PRESENT);
    ck_answer(ask(&w, S, 0x2d, FAN), CC_OK, 60, 0xc0, 0xc0);
    bay_is(IS_DISABLED);
    ck_assert(!reads(FAN));
}
END_TEST

START_TEST(knows_what_is_absent_at_the_start)
{
    sensors[0].states = 1u << IS_ABSENT;
    mcworld_begin(&w);
    ck_assert(!reads(FAN));
    bay_is(IS_PRESENT);
    ck_assert(reads(FAN));
}
END_TEST

START_TEST(keeps_what_is_absent_over_a_cold_reset)
{
    mcworld_begin(&w);
    bay_is(IS_ABSENT);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(!reads(FAN));
}
END_TEST

START_TEST(keeps_sensors_that_do_not_mind)
{
    described_by(2, FAN, FANS, 1, 0);
    mcworld_begin(&w);
    bay_is(IS_ABSENT);
    ck_assert(reads(FAN));
}
END_TEST

START_TEST(makes_no_events_for_what_is_absent)
{
    mcworld_begin(&w);
    bay_is(IS_ABSENT);
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_assert(mc_sensor_set_value(w.mc, 0, FAN, 0, true));
    ck_assert_uint_eq(logged(w.mc), 1);
    bay_is(IS_PRESENT);
    ck_assert_uint_eq(logged(w.mc), 3);
    ck_event(w.mc, 1, 0x20, 0, 0x04, 0x25, PRESENCE, 0x6f, 0x00, 0xff, 0xff);
    ck_event(w.mc, 2, 0x20, 0, 0x04, 0x04, FAN, 0x01, 0x52, 0, 20);
}
END_TEST

START_TEST(sees_that_something_present_was_taken_out)
{
    described_by(2, FAN, BAY, 2, IGNORE);
    mcworld_begin(&w);
    ck_assert(mc_sensor_set_bit(w.mc, 0, SUPPLY, 0, false, false));
    ck_assert(!reads(FAN));
    ck_assert(reads(SUPPLY));
    ck_assert(mc_sensor_set_bit(w.mc, 0, SUPPLY, 0, true, false));
    ck_assert(reads(FAN));
}
END_TEST

START_TEST(follows_a_presence_that_a_client_sets)
{
    mcworld_begin(&w);
    ck_cc(ask(&w, S, 0x30, PRESENCE, 0x10, 0x00, 0x02, 0x00), CC_OK);
    ck_assert(!reads(FAN));
}
END_TEST

START_TEST(takes_ranges_of_entities_away)
{
    static const uint8_t range[8] = { FANS, 1, FANS, 2 };

    records[4].record = entity_record(octets[4], BAY, 1, 0x80, range);
    mcworld_begin(&w);
    bay_is(IS_ABSENT);
    ck_assert(!reads(FAN));
    ck_assert(!reads(OTHER));
}
END_TEST

START_TEST(looks_through_entities_in_entities)
{
    static const uint8_t inner[8] = { BAY, 1 };

    records[3].record = entity_record(octets[3], BAY, 2, 0, inner);
    mcworld_begin(&w);
    ck_assert(mc_sensor_set_bit(w.mc, 0, SUPPLY, 0, false, false));
    ck_assert(!reads(FAN));
}
END_TEST

START_TEST(is_not_led_in_circles)
{
    static const uint8_t back[8] = { BAY, 1, FANS, 1 };

    records[3].record = entity_record(octets[3], FANS, 1, 0, back);
    mcworld_begin(&w);
    bay_is(IS_ABSENT);
    ck_assert(!reads(FAN));
}
END_TEST

/* ---- dynamic population ---- */

static void
begin_dynamic(void)
{
    w.machine.dynamic_sensors = true;
    w.machine.device_sdrs[0] = records;
    w.machine.device_sdr_count[0] = 5;
    w.machine.sdr_count = 0;
    mcworld_begin(&w);
}

START_TEST(counts_its_population)
{
    begin_dynamic();
    ck_answer(ask(&w, S, 0x20), CC_OK, 4, 0x81, 0, 0, 0, 0);
    ck_answer(ask(&w, S, 0x20, 1), CC_OK, 5, 0x81, 0, 0, 0, 0);
    bay_is(IS_ABSENT);
    ck_answer(ask(&w, S, 0x20), CC_OK, 3, 0x81, 1, 0, 0, 0);
    ck_answer(ask(&w, S, 0x20, 1), CC_OK, 4, 0x81, 1, 0, 0, 0);
    bay_is(IS_DISABLED);
    ck_answer(ask(&w, S, 0x20), CC_OK, 3, 0x81, 1, 0, 0, 0);
    bay_is(IS_PRESENT);
    ck_answer(ask(&w, S, 0x20), CC_OK, 4, 0x81, 2, 0, 0, 0);
}
END_TEST

/* The number of the sensor of a device SDR, and the id that follows. */
static unsigned
device_sdr(uint16_t id, uint16_t *next)
{
    const struct answer *a = ask(&w, S, 0x21, 0, 0, LE(id), 0, 8);

    ck_cc(a, CC_OK);
    *next = answer_le16(a, 0);
    return a->data[2 + 7];
}

START_TEST(leaves_out_the_records_of_what_is_gone)
{
    uint16_t next;

    begin_dynamic();
    bay_is(IS_ABSENT);
    ck_assert_uint_eq(device_sdr(0, &next), PRESENCE);
    ck_assert_uint_eq(next, 2);
    ck_assert_uint_eq(device_sdr(2, &next), SUPPLY);
    ck_assert_uint_eq(next, 4);
    ck_assert_uint_eq(device_sdr(4, &next), OTHER);
    ck_cc(ask(&w, S, 0x21, 0, 0, LE(3), 0, 8), CC_NOT_PRESENT);
    bay_is(IS_PRESENT);
    ck_assert_uint_eq(device_sdr(3, &next), FAN);
}
END_TEST

START_TEST(has_no_sensor_that_is_gone)
{
    begin_dynamic();
    bay_is(IS_ABSENT);
    ck_cc(ask(&w, S, 0x2d, FAN), CC_NOT_PRESENT);
    ck_cc(ask(&w, S, 0x27, FAN), CC_NOT_PRESENT);
    bay_is(IS_PRESENT);
    ck_assert(reads(FAN));
}
END_TEST

START_TEST(ends_a_reservation_when_the_population_changes)
{
    const struct answer *a;
    uint8_t low, high;

    begin_dynamic();
    a = ask(&w, S, 0x22);
    ck_cc(a, CC_OK);
    low = a->data[0];
    high = a->data[1];
    ck_cc(ask(&w, S, 0x21, low, high, 1, 0, 5, 3), CC_OK);
    bay_is(IS_ABSENT);
    ck_cc(ask(&w, S, 0x21, low, high, 1, 0, 5, 3), CC_RESERVATION);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("presence", &t);

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, takes_the_sensors_of_an_absent_entity_away);
    tcase_add_test(t, knows_what_is_absent_at_the_start);
    tcase_add_test(t, keeps_what_is_absent_over_a_cold_reset);
    tcase_add_test(t, keeps_sensors_that_do_not_mind);
    tcase_add_test(t, makes_no_events_for_what_is_absent);
    tcase_add_test(t, sees_that_something_present_was_taken_out);
    tcase_add_test(t, follows_a_presence_that_a_client_sets);
    tcase_add_test(t, takes_ranges_of_entities_away);
    tcase_add_test(t, looks_through_entities_in_entities);
    tcase_add_test(t, is_not_led_in_circles);
    tcase_add_test(t, counts_its_population);
    tcase_add_test(t, leaves_out_the_records_of_what_is_gone);
    tcase_add_test(t, has_no_sensor_that_is_gone);
    tcase_add_test(t, ends_a_reservation_when_the_population_changes);
    return run_suite(s);
}
