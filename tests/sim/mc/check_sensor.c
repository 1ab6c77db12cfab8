#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_tables.h"
#include "tests/lib/records.h"
#include "tests/lib/run.h"

#define S NETFN_SENSOR

/* Event bits as masks have them. */
#define LOWER_GOING_LOW  0x0015
#define UPPER_GOING_HIGH 0x0a80
#define USUAL            (LOWER_GOING_LOW | UPPER_GOING_HIGH)

/* The sensors, in the machine's order. */
enum {
    TEMP,
    SIGNED,
    ONES,
    MANUAL,
    NOVALUE,
    READONLY,
    FIXED,
    PSU,
    STICKY,
    EVENT,
    GLOBAL,
    OTHER
};

#define THRESHOLD_SENSOR                                                       \
    .type = 0x01, .event_type = 0x01, .scanning = true, .events = true,        \
    .has_value = true, .assert_supported = USUAL, .deassert_supported = USUAL, \
    .assert_enabled = USUAL, .deassert_enabled = USUAL,                        \
    .threshold_access = ACCESS_SETTABLE, .threshold_mask = 0x3f,               \
    .hysteresis_access = ACCESS_SETTABLE, .hysteresis_up = 2, .hysteresis_down = 3

#define DISCRETE_SENSOR                                                           \
    .event_type = 0x6f, .scanning = true, .events = true, .has_value = true,      \
    .assert_supported = 0x0f, .deassert_supported = 0x0f, .assert_enabled = 0x07, \
    .deassert_enabled = 0x03, .format = 3

static const struct machine_sensor described[] = {
    [TEMP] = { .number = 0x30,
               THRESHOLD_SENSOR,
               .auto_rearm = true,
               .value = 0x50,
               .threshold = { 0x20, 0x10, 0x08, 0x60, 0x70, 0x80 } },
    [SIGNED] = { .number = 0x31,
                 THRESHOLD_SENSOR,
                 .auto_rearm = true,
                 .value = 0x00,
                 .format = 2,
                 .threshold = { 0xf6, 0xec, 0xe2, 0x0a, 0x14, 0x1e } },
    [ONES] = { .number = 0x32,
               THRESHOLD_SENSOR,
               .auto_rearm = true,
               .value = 0x00,
               .format = 1,
               .threshold = { 0xf5, 0xeb, 0xe1, 0x0a, 0x14, 0x1e } },
    [MANUAL] = { .number = 0x33,
                 THRESHOLD_SENSOR,
                 .value = 0x50,
                 .threshold = { 0x20, 0x10, 0x08, 0x60, 0x70, 0x80 } },
    [NOVALUE] = { .number = 0x34,
                  .type = 0x04,
                  .event_type = 0x01,
                  .scanning = true,
                  .threshold_access = ACCESS_READABLE,
                  .threshold_mask = 0x03,
                  .threshold = { 0x20, 0x10 },
                  .event_control = EVENTS_NONE },
    [READONLY] = { .number = 0x35,
                   .type = 0x02,
                   .event_type = 0x01,
                   .scanning = true,
                   .has_value = true,
                   .threshold_access = ACCESS_READABLE,
                   .threshold_mask = 0x18,
                   .threshold = { 9, 9, 9, 0x60, 0x70, 9 },
                   .hysteresis_access = ACCESS_READABLE,
                   .hysteresis_up = 4,
                   .event_control = EVENTS_ENTIRE_SENSOR },
    [FIXED] = { .number = 0x36,
                .type = 0x02,
                .event_type = 0x01,
                .scanning = true,
                .has_value = true,
                .threshold_access = ACCESS_FIXED,
                .threshold_mask = 0x3f,
                .hysteresis_access = ACCESS_FIXED },
    [PSU] = { .number = 0x40,
              .type = 0x08,
              DISCRETE_SENSOR,
              .auto_rearm = true,
              .states = 0x01 },
    [STICKY] = { .number = 0x41, .type = 0x08, DISCRETE_SENSOR },
    [EVENT] = { .number = 0x42,
                .type = 0x0c,
                DISCRETE_SENSOR,
                .auto_rearm = true,
                .event_only = true },
    [GLOBAL] = { .number = 0x43,
                 .type = 0x25,
                 DISCRETE_SENSOR,
                 .auto_rearm = true,
                 .event_control = EVENTS_GLOBAL },
    [OTHER] = { .lun = 1,
                .number = 0x30,
                .type = 0x0d,
                DISCRETE_SENSOR,
                .auto_rearm = true,
                .states = 0x4001 },
};

static struct mcworld w;
static struct machine_sensor sensors[sizeof described / sizeof described[0]];

static void
begin(void)
{
    w.machine.sensors = sensors;
    w.machine.sensor_count = sizeof sensors / sizeof sensors[0];
    mcworld_begin(&w);
}

static void
setup(void)
{
    mcworld_describe(&w);
    memcpy(sensors, described, sizeof sensors);
    begin();
}

static void
teardown(void)
{
    mcworld_end(&w);
}

/* Make it again with sensors[] as the test has changed it. */
static void
again(void)
{
    mcworld_end(&w);
    mcworld_describe(&w);
    begin();
}

static void
set(unsigned which, uint8_t value)
{
    ck_assert(mc_sensor_set_value(w.mc, described[which].lun, described[which].number,
                                  value, true));
}

/* ---- readings ---- */

static const struct {
    const char *why;
    unsigned which;
    uint8_t value;
    uint8_t comparison;
} comparisons[] = {
    { "nothing reached", TEMP, 0x50, 0x00 },
    { "just below UNC", TEMP, 0x5f, 0x00 },
    { "UNC", TEMP, 0x60, 0x08 },
    { "just below UC", TEMP, 0x6f, 0x08 },
    { "UC", TEMP, 0x70, 0x18 },
    { "UNR", TEMP, 0x80, 0x38 },
    { "the most", TEMP, 0xff, 0x38 },
    { "just above LNC", TEMP, 0x21, 0x00 },
    { "LNC", TEMP, 0x20, 0x01 },
    { "LC", TEMP, 0x10, 0x03 },
    { "LNR", TEMP, 0x08, 0x07 },
    { "two's complement: -9", SIGNED, 0xf7, 0x00 },
    { "two's complement: -10", SIGNED, 0xf6, 0x01 },
    { "two's complement: -128", SIGNED, 0x80, 0x07 },
    { "two's complement: 10", SIGNED, 0x0a, 0x08 },
    { "two's complement: 127", SIGNED, 0x7f, 0x38 },
    { "ones' complement: -9", ONES, 0xf6, 0x00 },
    { "ones' complement: -10", ONES, 0xf5, 0x01 },
    { "ones' complement: -127", ONES, 0x80, 0x07 },
    { "ones' complement: -0", ONES, 0xff, 0x00 },
};

START_TEST(compares_readings_with_thresholds)
{
    uint8_t number = described[comparisons[_i].which].number;
    const struct answer *a;

    set(comparisons[_i].which, comparisons[_i].value);
    a = ask(&w, S, 0x2d, number);
    ck_assert_msg(a->data[2] == (0xc0 | comparisons[_i].comparison), "%s: %02x",
                  comparisons[_i].why, a->data[2]);
    ck_answer(a, CC_OK, comparisons[_i].value, 0xc0, 0xc0 | comparisons[_i].comparison);
}
END_TEST

START_TEST(reports_states)
{
    ck_answer(ask(&w, S, 0x2d, 0x40), CC_OK, 0, 0xc0, 0x01, 0x80);
    w.who.lun = 1;
    ck_answer(ask(&w, S, 0x2d, 0x30), CC_OK, 0, 0xc0, 0x01, 0xc0);
}
END_TEST

START_TEST(says_when_there_is_no_reading)
{
    ck_answer(ask(&w, S, 0x2d, 0x34), CC_OK, 0, 0x60, 0xc0);
    set(NOVALUE, 0x10);
    ck_answer(ask(&w, S, 0x2d, 0x34), CC_OK, 0x10, 0x40, 0xc3);
}
END_TEST

START_TEST(refuses_sensors_that_are_not_there_or_not_read)
{
    ck_cc(ask(&w, S, 0x2d, 0x99), CC_NOT_PRESENT);
    ck_cc(ask(&w, S, 0x2d, 0x42), CC_ILLEGAL);
    w.who.lun = 1;
    ck_cc(ask(&w, S, 0x2d, 0x31), CC_NOT_PRESENT);
    w.who.lun = 3;
    ck_cc(ask(&w, S, 0x2d, 0x30), CC_NOT_PRESENT);
}
END_TEST

START_TEST(shows_flags_in_readings)
{
    ck_cc(ask(&w, S, 0x28, 0x30, 0x40), CC_OK);
    ck_answer(ask(&w, S, 0x2d, 0x30), CC_OK, 0x50, 0x40, 0xc0);
    ck_cc(ask(&w, S, 0x28, 0x30, 0x80), CC_OK);
    ck_answer(ask(&w, S, 0x2d, 0x30), CC_OK, 0x50, 0x80, 0xc0);
}
END_TEST

/* ---- threshold events ---- */

/* What a step from one value to another brings: event data octet 1, with
 * 80h for a deassertion; several in order of the log; 0 ends the list. */
#define UP(offset)   (0x50 | (offset))
#define DOWN(offset) (0x80 | 0x50 | (offset))

static const struct {
    const char *why;
    unsigned which;
    uint8_t values[4]; /* set in turn; 1 to 4 of them */
    unsigned count;
    uint8_t last[6]; /* events of the last value */
} steps[] = {
    { "below UNC", TEMP, { 0x5f }, 1, { 0 } },
    { "to UNC", TEMP, { 0x60 }, 1, { UP(7) } },
    { "above UNC already", TEMP, { 0x60, 0x61 }, 2, { 0 } },
    { "back by the hysteresis", TEMP, { 0x60, 0x5e }, 2, { 0 } },
    { "back by one more", TEMP, { 0x60, 0x5d }, 2, { DOWN(7) } },
    { "within the hysteresis and up again", TEMP, { 0x60, 0x5e, 0x60 }, 3, { 0 } },
    { "out of it and up again", TEMP, { 0x60, 0x5d, 0x60 }, 3, { UP(7) } },
    { "out of it and not quite up", TEMP, { 0x60, 0x5d, 0x5f }, 3, { 0 } },
    { "to UC at once", TEMP, { 0x70 }, 1, { UP(7), UP(9) } },
    { "to UNR at once", TEMP, { 0x90 }, 1, { UP(7), UP(9), UP(11) } },
    { "from UNR to good", TEMP, { 0x90, 0x50 }, 2, { DOWN(11), DOWN(9), DOWN(7) } },
    { "from UNR to UC", TEMP, { 0x80, 0x7d }, 2, { DOWN(11) } },
    { "above LNC", TEMP, { 0x21 }, 1, { 0 } },
    { "to LNC", TEMP, { 0x20 }, 1, { UP(0) } },
    { "up by the hysteresis", TEMP, { 0x20, 0x23 }, 2, { 0 } },
    { "up by one more", TEMP, { 0x20, 0x24 }, 2, { DOWN(0) } },
    { "to LNR at once", TEMP, { 0x00 }, 1, { UP(0), UP(2), UP(4) } },
    { "from the bottom to the top",
      TEMP,
      { 0x00, 0xff },
      2,
      { DOWN(4), DOWN(2), DOWN(0), UP(7), UP(9), UP(11) } },
    { "two's complement, to LNC", SIGNED, { 0xf6 }, 1, { UP(0) } },
    { "two's complement, up by the hysteresis", SIGNED, { 0xf6, 0xf9 }, 2, { 0 } },
    { "two's complement, up by one more", SIGNED, { 0xf6, 0xfa }, 2, { DOWN(0) } },
    { "two's complement, to UNC", SIGNED, { 0x0a }, 1, { UP(7) } },
    { "two's complement, back by one more", SIGNED, { 0x0a, 0x07 }, 2, { DOWN(7) } },
    { "ones' complement, to LNC", ONES, { 0xf5 }, 1, { UP(0) } },
    { "ones' complement, up by the hysteresis", ONES, { 0xf5, 0xf8 }, 2, { 0 } },
    { "ones' complement, up by one more", ONES, { 0xf5, 0xf9 }, 2, { DOWN(0) } },
    { "manual, once", MANUAL, { 0x60 }, 1, { UP(7) } },
    { "manual, it goes", MANUAL, { 0x60, 0x50 }, 2, { DOWN(7) } },
    { "manual, no second time", MANUAL, { 0x60, 0x50, 0x60 }, 3, { 0 } },
    { "manual, nor when it goes again", MANUAL, { 0x60, 0x50, 0x60, 0x50 }, 4, { 0 } },
};

START_TEST(makes_events_where_thresholds_are_crossed)
{
    const struct machine_sensor *facts = &described[steps[_i].which];
    unsigned before = 0, wanted = 0;
    uint8_t value = 0;

    for (unsigned n = 0; n < steps[_i].count; n++) {
        before = logged(w.mc);
        value = steps[_i].values[n];
        set(steps[_i].which, value);
    }
    while (wanted < 6 && steps[_i].last[wanted])
        wanted++;
    ck_assert_msg(logged(w.mc) - before == wanted, "%s: %u events", steps[_i].why,
                  logged(w.mc) - before);
    for (unsigned n = 0; n < wanted; n++) {
        uint8_t what = steps[_i].last[n];
        unsigned bit = what & 0x0f;

        ck_event(w.mc, before + n, 0x20, 0x00, 0x04, 0x01, facts->number,
                 0x01 | (what & 0x80), what & 0x7f, value, facts->threshold[bit / 2]);
    }
}
END_TEST

START_TEST(knows_all_twelve_threshold_events)
{
    sensors[TEMP].assert_supported = sensors[TEMP].assert_enabled = 0x0fff;
    sensors[TEMP].deassert_supported = sensors[TEMP].deassert_enabled = 0;
    again();
    set(TEMP, 0x0c); /* going low: LNC, LC */
    ck_assert_uint_eq(logged(w.mc), 2);
    set(TEMP, 0x65); /* going high: LC, LNC (which it had left), UNC */
    ck_assert_uint_eq(logged(w.mc), 5);
    ck_event(w.mc, 2, 0x20, 0x00, 0x04, 0x01, 0x30, 0x01, 0x51, 0x65, 0x20);
    ck_event(w.mc, 3, 0x20, 0x00, 0x04, 0x01, 0x30, 0x01, 0x53, 0x65, 0x10);
    ck_event(w.mc, 4, 0x20, 0x00, 0x04, 0x01, 0x30, 0x01, 0x57, 0x65, 0x60);
}
END_TEST

static const struct {
    const char *why;
    uint16_t assert_supported, deassert_supported, assert_enabled, deassert_enabled;
    bool events;
    uint8_t control;
    unsigned up, down; /* events when UNC is reached, and left */
} masks[] = {
    { "all", USUAL, USUAL, USUAL, USUAL, true, EVENTS_PER_STATE, 1, 1 },
    { "assertions", USUAL, USUAL, USUAL, 0, true, EVENTS_PER_STATE, 1, 0 },
    { "deassertions", USUAL, USUAL, 0, USUAL, true, EVENTS_PER_STATE, 0, 1 },
    { "others", USUAL, USUAL, LOWER_GOING_LOW, LOWER_GOING_LOW, true, EVENTS_PER_STATE, 0,
      0 },
    { "enabled but not supported", 0, USUAL, USUAL, USUAL, true, EVENTS_PER_STATE, 0, 1 },
    { "the sensor's are off", USUAL, USUAL, USUAL, USUAL, false, EVENTS_PER_STATE, 0, 0 },
    { "switched as a whole", USUAL, USUAL, USUAL, USUAL, true, EVENTS_ENTIRE_SENSOR, 1,
      1 },
    { "switched globally", USUAL, USUAL, USUAL, USUAL, true, EVENTS_GLOBAL, 1, 1 },
    { "none", USUAL, USUAL, USUAL, USUAL, true, EVENTS_NONE, 0, 0 },
};

START_TEST(sends_the_events_that_are_enabled)
{
    struct machine_sensor *s = &sensors[TEMP];

    s->assert_supported = masks[_i].assert_supported;
    s->deassert_supported = masks[_i].deassert_supported;
    s->assert_enabled = masks[_i].assert_enabled;
    s->deassert_enabled = masks[_i].deassert_enabled;
    s->events = masks[_i].events;
    s->event_control = masks[_i].control;
    again();
    set(TEMP, 0x60);
    ck_assert_msg(logged(w.mc) == masks[_i].up, "%s, up: %u", masks[_i].why,
                  logged(w.mc));
    set(TEMP, 0x50);
    ck_assert_msg(logged(w.mc) == masks[_i].up + masks[_i].down, "%s, down: %u",
                  masks[_i].why, logged(w.mc));
}
END_TEST

START_TEST(can_be_changed_without_an_event)
{
    ck_assert(mc_sensor_set_value(w.mc, 0, 0x30, 0x60, false));
    ck_assert(mc_sensor_set_bit(w.mc, 0, 0x40, 1, true, false));
    ck_assert_uint_eq(logged(w.mc), 0);
    ck_answer(ask(&w, S, 0x2b, 0x30), CC_OK, 0xc0, 0x80, 0, 0, 0);
    set(TEMP, 0x50);
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_assert(!mc_sensor_set_value(w.mc, 0, 0x77, 0, true));
    ck_assert(!mc_sensor_set_bit(w.mc, 0, 0x40, 15, true, true));
}
END_TEST

START_TEST(does_not_look_while_scanning_is_off)
{
    ck_cc(ask(&w, S, 0x28, 0x30, 0x80), CC_OK);
    set(TEMP, 0x70);
    ck_assert_uint_eq(logged(w.mc), 0);
    ck_cc(ask(&w, S, 0x28, 0x30, 0xc0), CC_OK);
    ck_assert_uint_eq(logged(w.mc), 2);
}
END_TEST

/* ---- discrete events ---- */

START_TEST(makes_events_of_states)
{
    ck_assert(mc_sensor_set_bit(w.mc, 0, 0x40, 1, true, true));
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_event(w.mc, 0, 0x20, 0x00, 0x04, 0x08, 0x40, 0x6f, 0x01, 0xff, 0xff);
    ck_assert(mc_sensor_set_bit(w.mc, 0, 0x40, 1, true, true));
    ck_assert(mc_sensor_set_bit(w.mc, 0, 0x40, 3, true, true)); /* not enabled */
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_assert(mc_sensor_set_bit(w.mc, 0, 0x40, 1, false, true));
    ck_event(w.mc, 1, 0x20, 0x00, 0x04, 0x08, 0x40, 0xef, 0x01, 0xff, 0xff);
    ck_answer(ask(&w, S, 0x2d, 0x40), CC_OK, 0, 0xc0, 0x09, 0x80);
}
END_TEST

START_TEST(can_have_one_state_alone)
{
    ck_assert(mc_sensor_set_bit_only(w.mc, 0, 0x40, 2, true));
    ck_assert_uint_eq(logged(w.mc), 2);
    ck_event(w.mc, 0, 0x20, 0x00, 0x04, 0x08, 0x40, 0xef, 0x00, 0xff, 0xff);
    ck_event(w.mc, 1, 0x20, 0x00, 0x04, 0x08, 0x40, 0x6f, 0x02, 0xff, 0xff);
    ck_answer(ask(&w, S, 0x2d, 0x40), CC_OK, 2, 0xc0, 0x04, 0x80);
}
END_TEST

START_TEST(puts_the_lun_into_the_generator)
{
    ck_assert(mc_sensor_set_bit(w.mc, 1, 0x30, 2, true, true));
    ck_event(w.mc, 0, 0x20, 0x01, 0x04, 0x0d, 0x30, 0x6f, 0x02, 0xff, 0xff);
}
END_TEST

START_TEST(says_which_data_octets_hold_something)
{
    sensor_set_states(w.mc, PSU, 0x03, false, 0x12, EVENT_DATA_NONE);
    ck_event(w.mc, 0, 0x20, 0x00, 0x04, 0x08, 0x40, 0x6f, 0xc1, 0x12, 0xff);
}
END_TEST

/* ---- event status and re-arming ---- */

START_TEST(keeps_a_status_of_its_events)
{
    ck_answer(ask(&w, S, 0x2b, 0x30), CC_OK, 0xc0, 0, 0, 0, 0);
    set(TEMP, 0x70);
    ck_answer(ask(&w, S, 0x2b, 0x30), CC_OK, 0xc0, 0x80, 0x02, 0, 0);
    set(TEMP, 0x6d);
    ck_answer(ask(&w, S, 0x2b, 0x30), CC_OK, 0xc0, 0x80, 0, 0, 0x02);
    ck_answer(ask(&w, S, 0x2b, 0x40), CC_OK, 0xc0, 1, 0, 0, 0);
    ck_answer(ask(&w, S, 0x2b, 0x34), CC_OK, 0x60, 0, 0, 0, 0);
    ck_cc(ask(&w, S, 0x2b, 0x99), CC_NOT_PRESENT);
}
END_TEST

START_TEST(keeps_what_a_manual_sensor_saw)
{
    set(MANUAL, 0x60);
    set(MANUAL, 0x50);
    ck_answer(ask(&w, S, 0x2b, 0x33), CC_OK, 0xc0, 0x80, 0, 0x80, 0);
    ck_cc(ask(&w, S, 0x2a, 0x33, 0x00), CC_OK);
    ck_answer(ask(&w, S, 0x2b, 0x33), CC_OK, 0xc0, 0, 0, 0, 0);
    set(MANUAL, 0x60);
    ck_assert_uint_eq(logged(w.mc), 3);
}
END_TEST

START_TEST(tells_again_what_still_holds_when_rearmed)
{
    set(TEMP, 0x70);
    ck_assert_uint_eq(logged(w.mc), 2);
    ck_cc(ask(&w, S, 0x2a, 0x30, 0x00), CC_OK);
    ck_assert_uint_eq(logged(w.mc), 4);
    ck_event(w.mc, 2, 0x20, 0x00, 0x04, 0x01, 0x30, 0x01, 0x57, 0x70, 0x60);
    ck_event(w.mc, 3, 0x20, 0x00, 0x04, 0x01, 0x30, 0x01, 0x59, 0x70, 0x70);
}
END_TEST

START_TEST(rearms_selected_events)
{
    set(TEMP, 0x70);
    ck_cc(ask(&w, S, 0x2a, 0x30, 0x80, 0x00, 0x02), CC_OK);
    ck_assert_uint_eq(logged(w.mc), 3);
    ck_event(w.mc, 2, 0x20, 0x00, 0x04, 0x01, 0x30, 0x01, 0x59, 0x70, 0x70);
    ck_cc(ask(&w, S, 0x2a, 0x30, 0x80), CC_OK);
    ck_assert_uint_eq(logged(w.mc), 3);
    ck_cc(ask(&w, S, 0x2a, 0x99, 0x00), CC_NOT_PRESENT);
}
END_TEST

START_TEST(says_nothing_of_what_holds_at_the_start)
{
    sensors[TEMP].value = 0x75;
    again();
    ck_assert_uint_eq(logged(w.mc), 0);
    ck_answer(ask(&w, S, 0x2b, 0x30), CC_OK, 0xc0, 0x80, 0x02, 0, 0);
    set(TEMP, 0x50);
    ck_assert_uint_eq(logged(w.mc), 2);
}
END_TEST

/* ---- thresholds and hysteresis ---- */

START_TEST(gives_thresholds_in_the_order_of_commands)
{
    ck_answer(ask(&w, S, 0x27, 0x30), CC_OK, 0x3f, 0x20, 0x10, 0x08, 0x60, 0x70, 0x80);
    ck_answer(ask(&w, S, 0x27, 0x35), CC_OK, 0x18, 0, 0, 0, 0x60, 0x70, 0);
    ck_cc(ask(&w, S, 0x27, 0x36), CC_ILLEGAL);
    ck_cc(ask(&w, S, 0x27, 0x40), CC_ILLEGAL);
    ck_cc(ask(&w, S, 0x27, 0x99), CC_NOT_PRESENT);
}
END_TEST

START_TEST(sets_the_thresholds_in_the_mask)
{
    ck_cc(ask(&w, S, 0x26, 0x30, 0x11, 0x21, 1, 2, 3, 0x71, 4), CC_OK);
    ck_answer(ask(&w, S, 0x27, 0x30), CC_OK, 0x3f, 0x21, 0x10, 0x08, 0x60, 0x71, 0x80);
    ck_cc(ask(&w, S, 0x26, 0x35, 0x08, 0, 0, 0, 1, 0, 0), CC_ILLEGAL);
    ck_cc(ask(&w, S, 0x26, 0x40, 0x08, 0, 0, 0, 1, 0, 0), CC_ILLEGAL);
    ck_cc(ask(&w, S, 0x26, 0x99, 0x08, 0, 0, 0, 1, 0, 0), CC_NOT_PRESENT);
}
END_TEST

START_TEST(refuses_thresholds_that_a_sensor_lacks)
{
    sensors[TEMP].threshold_mask = 0x1b;
    again();
    ck_cc(ask(&w, S, 0x26, 0x30, 0x04, 0, 0, 1, 0, 0, 0), CC_INVALID_FIELD);
    ck_answer(ask(&w, S, 0x27, 0x30), CC_OK, 0x1b, 0x20, 0x10, 0, 0x60, 0x70, 0);
    set(TEMP, 0xff);
    ck_answer(ask(&w, S, 0x2d, 0x30), CC_OK, 0xff, 0xc0, 0xd8);
    ck_assert_uint_eq(logged(w.mc), 2);
}
END_TEST

START_TEST(gives_and_sets_only_the_thresholds_that_it_may)
{
    sensors[TEMP].threshold_hidden = 1u << THR_LNR;
    sensors[TEMP].threshold_fixed = 1u << THR_UNR;
    again();
    ck_answer(ask(&w, S, 0x27, 0x30), CC_OK, 0x3b, 0x20, 0x10, 0, 0x60, 0x70, 0x80);
    ck_cc(ask(&w, S, 0x26, 0x30, 0x28, 0, 0, 0, 0x61, 0, 0x90), CC_INVALID_FIELD);
    ck_cc(ask(&w, S, 0x26, 0x30, 0x0c, 0, 0, 0x07, 0x61, 0, 0x90), CC_OK);
    ck_answer(ask(&w, S, 0x27, 0x30), CC_OK, 0x3b, 0x20, 0x10, 0, 0x61, 0x70, 0x80);
    set(TEMP, 0x07);
    ck_answer(ask(&w, S, 0x2d, 0x30), CC_OK, 0x07, 0xc0, 0xc7);
}
END_TEST

START_TEST(makes_an_event_when_a_threshold_comes_to_the_reading)
{
    ck_cc(ask(&w, S, 0x26, 0x30, 0x08, 0, 0, 0, 0x50, 0, 0), CC_OK);
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_event(w.mc, 0, 0x20, 0x00, 0x04, 0x01, 0x30, 0x01, 0x57, 0x50, 0x50);
    ck_cc(ask(&w, S, 0x26, 0x30, 0x08, 0, 0, 0, 0x60, 0, 0), CC_OK);
    ck_assert_uint_eq(logged(w.mc), 2);
    ck_event(w.mc, 1, 0x20, 0x00, 0x04, 0x01, 0x30, 0x81, 0x57, 0x50, 0x60);
}
END_TEST

START_TEST(gives_and_sets_hysteresis)
{
    ck_answer(ask(&w, S, 0x25, 0x30, 0xff), CC_OK, 2, 3);
    ck_cc(ask(&w, S, 0x24, 0x30, 0xff, 5, 6), CC_OK);
    ck_answer(ask(&w, S, 0x25, 0x30, 0xff), CC_OK, 5, 6);
    ck_answer(ask(&w, S, 0x25, 0x35, 0xff), CC_OK, 4, 0);
    ck_cc(ask(&w, S, 0x24, 0x35, 0xff, 5, 6), CC_ILLEGAL);
    ck_cc(ask(&w, S, 0x25, 0x36, 0xff), CC_ILLEGAL);
    ck_cc(ask(&w, S, 0x25, 0x40, 0xff), CC_ILLEGAL);
    ck_cc(ask(&w, S, 0x25, 0x99, 0xff), CC_NOT_PRESENT);
    set(TEMP, 0x60);
    set(TEMP, 0x5b);
    ck_assert_uint_eq(logged(w.mc), 1);
    set(TEMP, 0x5a);
    ck_assert_uint_eq(logged(w.mc), 2);
}
END_TEST

/* ---- event enables ---- */

static const struct {
    const char *why;
    uint8_t request[6];
    size_t len;
    uint8_t cc;
    uint8_t after[5];
} enables[] = {
    { "flags alone", { 0x30, 0xc0 }, 2, CC_OK, { 0xc0, 0x95, 0x0a, 0x95, 0x0a } },
    { "events off", { 0x30, 0x40 }, 2, CC_OK, { 0x40, 0x95, 0x0a, 0x95, 0x0a } },
    { "masks without an operation",
      { 0x30, 0xc0, 0xff, 0xff, 0xff, 0xff },
      6,
      CC_OK,
      { 0xc0, 0x95, 0x0a, 0x95, 0x0a } },
    { "disable one assertion",
      { 0x30, 0xe0, 0x80 },
      3,
      CC_OK,
      { 0xc0, 0x15, 0x0a, 0x95, 0x0a } },
    { "disable two octets of assertions",
      { 0x30, 0xe0, 0x80, 0x0a },
      4,
      CC_OK,
      { 0xc0, 0x15, 0x00, 0x95, 0x0a } },
    { "disable a deassertion",
      { 0x30, 0xe0, 0, 0, 0x01 },
      5,
      CC_OK,
      { 0xc0, 0x95, 0x0a, 0x94, 0x0a } },
    { "disable all",
      { 0x30, 0xe0, 0xff, 0x0f, 0xff, 0x0f },
      6,
      CC_OK,
      { 0xc0, 0, 0, 0, 0 } },
    { "enable what is not supported",
      { 0x30, 0xd0, 0xff, 0xff, 0xff, 0xff },
      6,
      CC_OK,
      { 0xc0, 0x95, 0x0a, 0x95, 0x0a } },
    { "no such operation",
      { 0x30, 0xf0, 0x80 },
      3,
      CC_INVALID_FIELD,
      { 0xc0, 0x95, 0x0a, 0x95, 0x0a } },
    { "an entire sensor off", { 0x35, 0x40 }, 2, CC_OK, { 0x40, 0, 0, 0, 0 } },
    { "an entire sensor on", { 0x35, 0xc0 }, 2, CC_OK, { 0xc0, 0, 0, 0, 0 } },
    { "selecting on an entire sensor",
      { 0x35, 0xd0, 0x80 },
      3,
      CC_ILLEGAL,
      { 0x40, 0, 0, 0, 0 } },
    { "a global one keeps its flag",
      { 0x43, 0x40 },
      2,
      CC_OK,
      { 0xc0, 0x07, 0, 0x03, 0 } },
    { "one without events as well", { 0x34, 0xc0 }, 2, CC_OK, { 0x40, 0, 0, 0, 0 } },
};

START_TEST(enables_and_disables_events)
{
    const struct answer *a =
        mcworld_ask(&w, w.mc, S, 0x28, enables[_i].request, enables[_i].len);

    ck_assert_msg(a->cc == enables[_i].cc, "%s: %02x", enables[_i].why, a->cc);
    a = ask(&w, S, 0x29, enables[_i].request[0]);
    ck_assert_msg(a->len == 5 && memcmp(a->data, enables[_i].after, 5) == 0, "%s",
                  enables[_i].why);
}
END_TEST

START_TEST(enables_again_what_was_disabled)
{
    ck_cc(ask(&w, S, 0x28, 0x30, 0xe0, 0xff, 0x0f, 0xff, 0x0f), CC_OK);
    set(TEMP, 0x60);
    ck_assert_uint_eq(logged(w.mc), 0);
    ck_cc(ask(&w, S, 0x28, 0x30, 0xd0, 0x80, 0x00, 0x80, 0x00), CC_OK);
    ck_answer(ask(&w, S, 0x29, 0x30), CC_OK, 0xc0, 0x80, 0, 0x80, 0);
    set(TEMP, 0x50);
    ck_assert_uint_eq(logged(w.mc), 1);
}
END_TEST

/* ---- types ---- */

START_TEST(gives_and_sets_types)
{
    ck_answer(ask(&w, S, 0x2f, 0x40), CC_OK, 0x08, 0x6f);
    ck_cc(ask(&w, S, 0x2e, 0x40, 0x0d, 0xef), CC_OK);
    ck_answer(ask(&w, S, 0x2f, 0x40), CC_OK, 0x0d, 0x6f);
    ck_assert(mc_sensor_set_bit(w.mc, 0, 0x40, 1, true, true));
    ck_event(w.mc, 0, 0x20, 0x00, 0x04, 0x0d, 0x40, 0x6f, 0x01, 0xff, 0xff);
    ck_cc(ask(&w, S, 0x2f, 0x99), CC_NOT_PRESENT);
    ck_cc(ask(&w, S, 0x2e, 0x99, 1, 1), CC_NOT_PRESENT);
}
END_TEST

/* ---- Set Sensor Reading And Event Status ---- */

START_TEST(takes_a_reading)
{
    ck_cc(ask(&w, S, 0x30, 0x30, 0x01, 0x61), CC_OK);
    ck_answer(ask(&w, S, 0x2d, 0x30), CC_OK, 0x61, 0xc0, 0xc8);
    ck_event(w.mc, 0, 0x20, 0x00, 0x04, 0x01, 0x30, 0x01, 0x57, 0x61, 0x60);
    ck_cc(ask(&w, S, 0x30, 0x30, 0x00, 0x11), CC_OK);
    ck_answer(ask(&w, S, 0x2d, 0x30), CC_OK, 0x61, 0xc0, 0xc8);
}
END_TEST

static const struct {
    const char *why;
    uint8_t ops;
    uint8_t given;
    uint8_t assert_after, states_after;
} writes[] = {
    { "as they are", 0x00, 0x06, 0x01, 0x01 },
    { "write", 0x10, 0x06, 0x06, 0x06 },
    { "set ones", 0x20, 0x06, 0x07, 0x07 },
    { "clear zeros", 0x30, 0x06, 0x00, 0x00 },
};

START_TEST(writes_sets_and_clears_status_bits)
{
    const struct answer *a;

    ck_cc(ask(&w, S, 0x30, 0x40, writes[_i].ops, 0, writes[_i].given, 0), CC_OK);
    a = ask(&w, S, 0x2b, 0x40);
    ck_assert_msg(a->data[1] == writes[_i].assert_after, "%s", writes[_i].why);
    a = ask(&w, S, 0x2d, 0x40);
    ck_assert_msg(a->data[2] == writes[_i].states_after, "%s", writes[_i].why);
}
END_TEST

START_TEST(makes_events_of_status_bits_with_the_data_given)
{
    /* The sensor's own data. */
    ck_cc(ask(&w, S, 0x30, 0x40, 0x20, 0, 0x02, 0), CC_OK);
    ck_event(w.mc, 0, 0x20, 0x00, 0x04, 0x08, 0x40, 0x6f, 0x01, 0xff, 0xff);
    /* All three octets. */
    ck_cc(ask(&w, S, 0x30, 0x40, 0x60, 0, 0x04, 0, 0, 0, 0xa7, 0x11, 0x22), CC_OK);
    ck_event(w.mc, 1, 0x20, 0x00, 0x04, 0x08, 0x40, 0x6f, 0xa7, 0x11, 0x22);
    /* All but the offset; a deassertion. */
    ck_cc(ask(&w, S, 0x30, 0x40, 0x88, 0, 0, 0, 0x02, 0, 0xa7, 0x11, 0x22), CC_OK);
    ck_event(w.mc, 2, 0x20, 0x00, 0x04, 0x08, 0x40, 0xef, 0xa1, 0x11, 0x22);
    ck_assert_uint_eq(logged(w.mc), 3);
}
END_TEST

START_TEST(refuses_operations_that_are_none)
{
    ck_cc(ask(&w, S, 0x30, 0x30, 0x02, 0x61), CC_INVALID_FIELD);
    ck_cc(ask(&w, S, 0x30, 0x30, 0xc0, 0x61), CC_INVALID_FIELD);
    ck_cc(ask(&w, S, 0x30, 0x30, 0x01), CC_LENGTH);
    ck_cc(ask(&w, S, 0x30, 0x30, 0x10, 0x61, 0), CC_LENGTH);
    ck_cc(ask(&w, S, 0x30, 0x30, 0x04, 0x61, 0, 0, 0), CC_LENGTH);
    ck_cc(ask(&w, S, 0x30, 0x30, 0x40, 0x61, 0, 0, 0, 0, 0, 0), CC_LENGTH);
    ck_cc(ask(&w, S, 0x30, 0x42, 0x01, 0x61), CC_CMD_80);
    ck_cc(ask(&w, S, 0x30, 0x99, 0x01, 0x61), CC_NOT_PRESENT);
    ck_answer(ask(&w, S, 0x2d, 0x30), CC_OK, 0x50, 0xc0, 0xc0);
}
END_TEST

START_TEST(makes_events_of_event_only_sensors)
{
    ck_cc(ask(&w, S, 0x30, 0x42, 0x20, 0, 0x01, 0), CC_OK);
    ck_event(w.mc, 0, 0x20, 0x00, 0x04, 0x0c, 0x42, 0x6f, 0x00, 0xff, 0xff);
}
END_TEST

/* ---- reset ---- */

START_TEST(forgets_settings_in_a_reset_but_not_the_world)
{
    set(TEMP, 0x60);
    ck_cc(ask(&w, S, 0x26, 0x30, 0x08, 0, 0, 0, 0x58, 0, 0), CC_OK);
    ck_cc(ask(&w, S, 0x24, 0x30, 0xff, 5, 6), CC_OK);
    ck_cc(ask(&w, S, 0x28, 0x30, 0x00), CC_OK);
    ck_assert(mc_sensor_set_bit(w.mc, 0, 0x40, 1, true, true));
    sensors_reset(w.mc);
    ck_assert_uint_eq(logged(w.mc), 2);
    ck_answer(ask(&w, S, 0x27, 0x30), CC_OK, 0x3f, 0x20, 0x10, 0x08, 0x60, 0x70, 0x80);
    ck_answer(ask(&w, S, 0x25, 0x30, 0xff), CC_OK, 2, 3);
    ck_answer(ask(&w, S, 0x2d, 0x30), CC_OK, 0x60, 0xc0, 0xc8);
    ck_answer(ask(&w, S, 0x2d, 0x40), CC_OK, 0, 0xc0, 0x03, 0x80);
}
END_TEST

/* ---- values that move ---- */

static uint8_t
raw_of(unsigned which)
{
    uint8_t raw;
    uint16_t states;

    ck_assert(mc_sensor_raw(w.mc, described[which].lun, described[which].number, &raw,
                            &states));
    return raw;
}

START_TEST(wanders_within_its_bounds_and_step_by_step)
{
    uint8_t last;
    unsigned changes = 0;

    sensors[TEMP].move = 4;
    sensors[TEMP].move_ms = 5000;
    again();
    last = raw_of(TEMP);
    for (unsigned n = 0; n < 2000; n++) {
        uint8_t now;

        mcworld_run(&w, SPAN_MS(500));
        now = raw_of(TEMP);
        ck_assert_uint_ge(now, 0x50 - 4);
        ck_assert_uint_le(now, 0x50 + 4);
        ck_assert_int_le(abs((int)now - (int)last), 2);
        changes += now != last;
        last = now;
    }
    ck_assert_uint_gt(changes, 100);
    ck_assert_uint_eq(logged(w.mc), 0);
}
END_TEST

START_TEST(arms_no_timer_while_it_cannot_cross)
{
    instant idle = world_deadline(&w.world);

    for (unsigned i = TEMP; i <= MANUAL; i++)
        sensors[i].move = 4;
    again();
    ck_assert_uint_eq(world_deadline(&w.world), idle);
    ck_assert_uint_eq(w.mc->sensors.watched, 0);
    sensors[TEMP].move = 0x10;
    again();
    ck_assert_uint_eq(w.mc->sensors.watched, 1);
    ck_assert_uint_eq(world_deadline(&w.world), SPAN_S(1));
}
END_TEST

START_TEST(is_the_same_whenever_it_is_asked)
{
    uint8_t raw[3];

    sensors[TEMP].move = 8;
    for (unsigned n = 0; n < 3; n++) {
        again();
        mcworld_run(&w, SPAN_S(n == 0 ? 1000 : 400));
        if (n == 1)
            (void)raw_of(TEMP);
        mcworld_run(&w, SPAN_S(n == 0 ? 0 : 600));
        raw[n] = raw_of(TEMP);
    }
    ck_assert_uint_eq(raw[0], raw[1]);
    ck_assert_uint_eq(raw[0], raw[2]);
}
END_TEST

START_TEST(makes_events_when_wandering_crosses)
{
    unsigned events;

    sensors[TEMP].move = 6;
    sensors[TEMP].value = 0x5c;
    sensors[TEMP].hysteresis_up = 1;
    again();
    mcworld_run(&w, SPAN_S(600));
    events = logged(w.mc);
    ck_assert_uint_gt(events, 2);
    for (unsigned n = 0; n < events; n++) {
        const uint8_t *r = record(w.mc, n);

        ck_assert_uint_eq(r[12], n % 2 ? 0x81 : 0x01);
        ck_assert_uint_eq(r[13], 0x57);
        if (n % 2)
            ck_assert_uint_le(r[14], 0x5e);
        else
            ck_assert_uint_ge(r[14], 0x60);
    }
}
END_TEST

START_TEST(makes_the_same_events_whether_or_not_it_is_asked)
{
    uint8_t first[SEL_RECORD * 8];
    unsigned count = 0;

    sensors[TEMP].move = 6;
    sensors[TEMP].value = 0x5c;
    for (unsigned asked = 0; asked < 2; asked++) {
        again();
        for (unsigned n = 0; n < 3000; n++) {
            mcworld_run(&w, SPAN_MS(100));
            if (asked) {
                ask(&w, S, 0x2d, 0x30);
                ask(&w, S, 0x2b, 0x30);
            }
        }
        if (!asked) {
            count = logged(w.mc) < 8 ? logged(w.mc) : 8;
            memcpy(first, record(w.mc, 0), count * SEL_RECORD);
        }
    }
    ck_assert_uint_gt(count, 0);
    ck_assert_mem_eq(record(w.mc, 0), first, count * SEL_RECORD);
}
END_TEST

START_TEST(stands_still_where_it_was_set)
{
    sensors[TEMP].move = 0x18;
    again();
    set(TEMP, 0x42);
    for (unsigned n = 0; n < 50; n++) {
        mcworld_run(&w, SPAN_S(3));
        ck_assert_uint_eq(raw_of(TEMP), 0x42);
    }
    ck_assert_uint_eq(w.mc->sensors.watched, 0);
}
END_TEST

START_TEST(stays_in_the_range_of_its_format)
{
    sensors[TEMP].value = 0xfe;
    sensors[TEMP].events = false;
    sensors[TEMP].move = 20;
    sensors[SIGNED].value = 0x82; /* -126 */
    sensors[SIGNED].events = false;
    sensors[SIGNED].move = 20;
    sensors[ONES].value = 0x81; /* -126 */
    sensors[ONES].events = false;
    sensors[ONES].move = 20;
    again();
    for (unsigned n = 0; n < 500; n++) {
        mcworld_run(&w, SPAN_S(2));
        ck_assert_uint_ge(raw_of(TEMP), 0xfe - 20);
        ck_assert_int_le((int8_t)raw_of(SIGNED), -126 + 20);
        ck_assert_int_le(sensor_number_of(1, raw_of(ONES)), -126 + 20);
    }
}
END_TEST

/* ---- reading factors ---- */

static const uint8_t full_record[] = {
    0x07, 0x00, 0x51, 0x01, 0x2c, 0x20, 0x00, 0x30, 0x07, 0x01, 0x7f, 0x68, 0x01,
    0x01, 0x95, 0x0a, 0x95, 0x0a, 0x3f, 0x3f, 0x00, 0x01, 0x00, 0x00, 0x11, 0x22,
    0x33, 0x44, 0x57, 0x66, 0x07, 0x19, 0x50, 0x05, 0x7f, 0x80, 0x80, 0x70, 0x60,
    0x08, 0x10, 0x20, 0x02, 0x03, 0x00, 0x00, 0x00, 0xc1, 'T',
};

START_TEST(gives_the_factors_of_its_record)
{
    static const struct machine_sdr sdr = { { full_record, sizeof full_record } };

    ck_cc(ask(&w, S, 0x23, 0x30, 0x50), CC_ILLEGAL);
    mcworld_end(&w);
    mcworld_describe(&w);
    w.machine.sdrs = &sdr;
    w.machine.sdr_count = 1;
    begin();
    ck_answer(ask(&w, S, 0x23, 0x30, 0x50), CC_OK, 0x50, 0x11, 0x22, 0x33, 0x44, 0x54,
              0x66);
    ck_cc(ask(&w, S, 0x23, 0x31, 0x50), CC_ILLEGAL);
    ck_cc(ask(&w, S, 0x23, 0x99, 0x50), CC_NOT_PRESENT);
}
END_TEST

/* Of a satellite the BMC has the records; those of a BMC may be cleared. */
START_TEST(keeps_its_factors_without_a_record_in_the_repository)
{
    sensors[TEMP].sdr = bytes_of(full_record, sizeof full_record);
    again();
    ck_answer(ask(&w, S, 0x23, 0x30, 0x50), CC_OK, 0x50, 0x11, 0x22, 0x33, 0x44, 0x54,
              0x66);
    ck_cc(ask(&w, S, 0x23, 0x31, 0x50), CC_ILLEGAL);
}
END_TEST

START_TEST(keeps_its_rows)
{
    mcworld_check_rows(&w, &sensor_commands, 0);
}
END_TEST

START_TEST(is_small)
{
    ck_assert_uint_le(sizeof(struct sensor), 40);
}
END_TEST

#define ROWS(array) (sizeof(array) / sizeof(array)[0])

static Suite *
sensor_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/mc/sensor", &c);

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_loop_test(c, compares_readings_with_thresholds, 0, ROWS(comparisons));
    tcase_add_test(c, reports_states);
    tcase_add_test(c, says_when_there_is_no_reading);
    tcase_add_test(c, refuses_sensors_that_are_not_there_or_not_read);
    tcase_add_test(c, shows_flags_in_readings);
    tcase_add_loop_test(c, makes_events_where_thresholds_are_crossed, 0, ROWS(steps));
    tcase_add_test(c, knows_all_twelve_threshold_events);
    tcase_add_loop_test(c, sends_the_events_that_are_enabled, 0, ROWS(masks));
    tcase_add_test(c, can_be_changed_without_an_event);
    tcase_add_test(c, does_not_look_while_scanning_is_off);
    tcase_add_test(c, makes_events_of_states);
    tcase_add_test(c, can_have_one_state_alone);
    tcase_add_test(c, puts_the_lun_into_the_generator);
    tcase_add_test(c, says_which_data_octets_hold_something);
    tcase_add_test(c, keeps_a_status_of_its_events);
    tcase_add_test(c, keeps_what_a_manual_sensor_saw);
    tcase_add_test(c, tells_again_what_still_holds_when_rearmed);
    tcase_add_test(c, rearms_selected_events);
    tcase_add_test(c, says_nothing_of_what_holds_at_the_start);
    tcase_add_test(c, gives_thresholds_in_the_order_of_commands);
    tcase_add_test(c, sets_the_thresholds_in_the_mask);
    tcase_add_test(c, refuses_thresholds_that_a_sensor_lacks);
    tcase_add_test(c, gives_and_sets_only_the_thresholds_that_it_may);
    tcase_add_test(c, makes_an_event_when_a_threshold_comes_to_the_reading);
    tcase_add_test(c, gives_and_sets_hysteresis);
    tcase_add_loop_test(c, enables_and_disables_events, 0, ROWS(enables));
    tcase_add_test(c, enables_again_what_was_disabled);
    tcase_add_test(c, gives_and_sets_types);
    tcase_add_test(c, takes_a_reading);
    tcase_add_loop_test(c, writes_sets_and_clears_status_bits, 0, ROWS(writes));
    tcase_add_test(c, makes_events_of_status_bits_with_the_data_given);
    tcase_add_test(c, refuses_operations_that_are_none);
    tcase_add_test(c, makes_events_of_event_only_sensors);
    tcase_add_test(c, forgets_settings_in_a_reset_but_not_the_world);
    tcase_add_test(c, wanders_within_its_bounds_and_step_by_step);
    tcase_add_test(c, arms_no_timer_while_it_cannot_cross);
    tcase_add_test(c, is_the_same_whenever_it_is_asked);
    tcase_add_test(c, makes_events_when_wandering_crosses);
    tcase_add_test(c, makes_the_same_events_whether_or_not_it_is_asked);
    tcase_add_test(c, stands_still_where_it_was_set);
    tcase_add_test(c, stays_in_the_range_of_its_format);
    tcase_add_test(c, gives_the_factors_of_its_record);
    tcase_add_test(c, keeps_its_factors_without_a_record_in_the_repository);
    tcase_add_test(c, keeps_its_rows);
    tcase_add_test(c, is_small);
    return s;
}

int
main(void)
{
    return run_suite(sensor_suite());
}
