#include "sim/mc/agent.h"

#include "tests/lib/records.h"
#include "tests/lib/run.h"
#include "tests/lib/sensor_records.h"

#define S         NETFN_SENSOR
#define N         NETFN_STORAGE
#define SATELLITE 0x72
#define NOBODY    0x74
#define OURS      0x30
#define THEIRS    0x31

#define INIT_ALL       0x7f
#define CAPS           0x68   /* re-arms itself; hysteresis and thresholds settable */
#define UPPER          0x0a80 /* events of UNC, UC, UNR going high */
#define SETTABLE_UPPER 0x3800
#define WHILE          SPAN_S(2)

/* The same sensor on both controllers. */
static struct machine_sensor sensors[2] = {
    {
        .number = OURS,
        .type = 0x01,
        .event_type = 0x01,
        .scanning = true,
        .assert_supported = UPPER,
        .deassert_supported = UPPER,
        .threshold_access = ACCESS_SETTABLE,
        .threshold_mask = 0x38,
        .threshold = { [THR_UNC] = 100, [THR_UC] = 110, [THR_UNR] = 120 },
        .hysteresis_access = ACCESS_SETTABLE,
        .has_value = true,
        .value = 50,
    },
};

static struct mcworld w;
static struct machine_mc satellite_facts;
static struct mc *satellite;
static uint8_t octets[4][SENSOR_RECORD];
static struct machine_sdr records[4];

static struct record_facts
facts_of(uint8_t owner, uint8_t number)
{
    return (struct record_facts){
        .owner = owner,
        .number = number,
        .init = INIT_ALL,
        .caps = CAPS,
        .type = 0x01,
        .event_type = 0x01,
        .assert_mask = UPPER,
        .deassert_mask = 0x0080,
        .reading_mask = SETTABLE_UPPER,
        .threshold = { 63, 62, 61 },
        .hysteresis_up = 2,
        .hysteresis_down = 3,
    };
}

/* A BMC with count records, and a satellite. */
static void
begin(uint32_t count)
{
    sensors[1] = sensors[0];
    sensors[1].number = THEIRS;
    mcworld_describe(&w);
    w.machine.sensors = &sensors[0];
    w.machine.sensor_count = 1;
    w.machine.sdrs = records;
    w.machine.sdr_count = count;
    mcworld_begin(&w);
    satellite_facts = mcworld_satellite(SATELLITE);
    satellite_facts.sensors = &sensors[1];
    satellite_facts.sensor_count = 1;
    satellite = mcworld_add(&w, &satellite_facts);
}

static void
teardown(void)
{
    mcworld_end(&w);
}

static void
described_by(unsigned n, struct record_facts f)
{
    records[n].record = full_record(octets[n], &f);
}

static void
add_record(struct record_facts f)
{
    uint8_t record[SENSOR_RECORD];

    full_record(record, &f);
    ck_cc(mcworld_ask(&w, w.mc, N, 0x24, record, sizeof record), CC_OK);
}

/* ---- own sensors ---- */

START_TEST(sets_up_a_sensor_as_an_added_record_says)
{
    begin(0);
    add_record(facts_of(0x20, OURS));
    ck_answer(ask(&w, S, 0x27, OURS), CC_OK, 0x38, 0, 0, 0, 100, 110, 120);
    ck_answer(ask(&w, N, 0x2c, 1), CC_OK, 1);
    ck_answer(ask(&w, S, 0x27, OURS), CC_OK, 0x38, 0, 0, 0, 61, 62, 63);
    ck_answer(ask(&w, S, 0x25, OURS, 0xff), CC_OK, 2, 3);
    ck_answer(ask(&w, S, 0x29, OURS), CC_OK, 0xc0, LE(UPPER), LE(0x0080));
}
END_TEST

START_TEST(runs_after_a_cold_reset)
{
    begin(0);
    add_record(facts_of(0x20, OURS));
    mc_cold_reset(w.mc);
    mcworld_run(&w, WHILE);
    ck_answer(ask(&w, S, 0x27, OURS), CC_OK, 0x38, 0, 0, 0, 61, 62, 63);
}
END_TEST

START_TEST(reports_what_holds_once_set_up)
{
    struct record_facts f = facts_of(0x20, OURS);

    f.threshold[2] = 40;
    begin(0);
    add_record(f);
    ck_answer(ask(&w, N, 0x2c, 1), CC_OK, 1);
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_event(w.mc, 0, 0x20, 0x00, 0x04, 0x01, OURS, 0x01, 0x57, 50, 40);
}
END_TEST

static const struct {
    uint8_t init, caps;
    uint8_t unc, hysteresis, flags; /* afterwards */
} wishes[] = {
    { 0x00, CAPS, 100, 0, 0x40 },
    { 0x10, CAPS, 61, 0, 0x40 },
    { 0x10, 0x64, 100, 0, 0x40 }, /* thresholds: readable only */
    { 0x08, CAPS, 100, 2, 0x40 },
    { 0x08, 0x58, 100, 0, 0x40 }, /* hysteresis: readable only */
    { 0x60, CAPS, 100, 0, 0xc0 },
    { 0x40, CAPS, 100, 0, 0x40 },
    { 0x42, CAPS, 100, 0, 0xc0 },
    { 0x21, CAPS, 100, 0, 0xc0 },
    { 0x20, CAPS, 100, 0, 0x80 },
};

START_TEST(does_what_the_record_asks_for)
{
    struct record_facts f = facts_of(0x20, OURS);

    f.init = wishes[_i].init;
    f.caps = wishes[_i].caps;
    begin(0);
    add_record(f);
    ck_answer(ask(&w, N, 0x2c, 1), CC_OK, 1);
    ck_assert_uint_eq(ask(&w, S, 0x27, OURS)->data[4], wishes[_i].unc);
    ck_assert_uint_eq(ask(&w, S, 0x25, OURS, 0xff)->data[0], wishes[_i].hysteresis);
    ck_assert_uint_eq(ask(&w, S, 0x29, OURS)->data[0], wishes[_i].flags);
}
END_TEST

START_TEST(leaves_described_sensors_as_described)
{
    described_by(0, facts_of(0x20, OURS));
    begin(1);
    ck_cc(ask(&w, S, 0x26, OURS, 0x08, 0, 0, 0, 90, 0, 0), CC_OK);
    ck_answer(ask(&w, N, 0x2c, 1), CC_OK, 1);
    ck_answer(ask(&w, S, 0x27, OURS), CC_OK, 0x38, 0, 0, 0, 100, 110, 120);
}
END_TEST

/* ---- over the bus ---- */

START_TEST(keeps_off_the_bus_when_a_lab_begins)
{
    described_by(0, facts_of(SATELLITE, THEIRS));
    begin(1);
    mcworld_run(&w, WHILE);
    ck_assert_uint_eq(ipmb_port_stats(w.mc->port)->asked, 0);
}
END_TEST

START_TEST(sets_up_sensors_of_other_controllers)
{
    described_by(0, facts_of(SATELLITE, THEIRS));
    begin(1);
    ck_answer(ask(&w, N, 0x2c, 1), CC_OK, 0);
    ck_answer(ask(&w, N, 0x2c, 0), CC_OK, 0);
    mcworld_run(&w, WHILE);
    ck_answer(ask(&w, N, 0x2c, 0), CC_OK, 1);
    ck_answer(ask_of(&w, satellite, S, 0x27, THEIRS), CC_OK, 0x38, 0, 0, 0, 61, 62, 63);
    ck_answer(ask_of(&w, satellite, S, 0x25, THEIRS, 0xff), CC_OK, 2, 3);
    ck_answer(ask_of(&w, satellite, S, 0x29, THEIRS), CC_OK, 0xc0, LE(UPPER), LE(0x0080));
    ck_assert_uint_eq(w.mc->sdrs.unanswered, 0);
}
END_TEST

START_TEST(passes_over_who_does_not_answer)
{
    described_by(0, facts_of(NOBODY, THEIRS));
    described_by(1, facts_of(SATELLITE, THEIRS));
    begin(2);
    ck_cc(ask(&w, N, 0x2c, 1), CC_OK);
    mcworld_run(&w, SPAN_S(30));
    ck_answer(ask(&w, N, 0x2c, 0), CC_OK, 1);
    ck_assert_uint_eq(w.mc->sdrs.unanswered, 1);
    ck_answer(ask_of(&w, satellite, S, 0x27, THEIRS), CC_OK, 0x38, 0, 0, 0, 61, 62, 63);
}
END_TEST

static const struct {
    uint8_t flags, before, after;
} receivers[] = {
    { 0x00, EVENT_RECEIVER_NONE, 0x20 },
    { 0x01, 0x20, EVENT_RECEIVER_NONE },
    { 0x02, 0x44, 0x44 },
};

START_TEST(names_the_event_receiver)
{
    records[0].record = locator_record(octets[0], SATELLITE, receivers[_i].flags);
    begin(1);
    ck_cc(ask_of(&w, satellite, S, 0x00, receivers[_i].before, 0), CC_OK);
    ck_cc(ask(&w, N, 0x2c, 1), CC_OK);
    mcworld_run(&w, WHILE);
    ck_answer(ask_of(&w, satellite, S, 0x01), CC_OK, receivers[_i].after, 0);
}
END_TEST

START_TEST(sets_up_each_of_the_sensors_that_share_a_record)
{
    static const struct machine_sensor switches[] = {
        { .number = 0x10, .type = 0x08, .event_type = 0x6f, .assert_supported = 7 },
        { .number = 0x11, .type = 0x08, .event_type = 0x6f, .assert_supported = 7 },
        { .number = 0x12, .type = 0x08, .event_type = 0x6f, .assert_supported = 7 },
    };
    struct record_facts f = {
        .owner = 0x20,
        .number = 0x10,
        .init = INIT_ALL,
        .type = 0x08,
        .event_type = 0x6f,
        .assert_mask = 7,
        .share = 2,
    };
    uint8_t record[COMPACT_RECORD];

    mcworld_describe(&w);
    w.machine.sensors = switches;
    w.machine.sensor_count = 3;
    mcworld_begin(&w);
    compact_record(record, &f);
    ck_cc(mcworld_ask(&w, w.mc, N, 0x24, record, sizeof record), CC_OK);
    ck_answer(ask(&w, N, 0x2c, 1), CC_OK, 1);
    ck_answer(ask(&w, S, 0x29, 0x10), CC_OK, 0xc0, 7, 0, 0, 0);
    ck_answer(ask(&w, S, 0x29, 0x11), CC_OK, 0xc0, 7, 0, 0, 0);
    ck_answer(ask(&w, S, 0x29, 0x12), CC_OK, 0x00, 0, 0, 0, 0);
}
END_TEST

START_TEST(ends_when_the_controller_is_reset)
{
    described_by(0, facts_of(SATELLITE, THEIRS));
    begin(1);
    ck_answer(ask(&w, N, 0x2c, 1), CC_OK, 0);
    mc_cold_reset(w.mc);
    ck_assert(!agent_running(w.mc));
    mcworld_run(&w, MC_RESET_TIME + SPAN_MS(1));
    ck_answer(ask(&w, N, 0x2c, 0), CC_OK, 0); /* a run of its own */
    mcworld_run(&w, WHILE);
    ck_answer(ask(&w, N, 0x2c, 0), CC_OK, 1);
}
END_TEST

START_TEST(begins_anew_when_asked_again)
{
    described_by(0, facts_of(SATELLITE, THEIRS));
    begin(1);
    ck_answer(ask(&w, N, 0x2c, 1), CC_OK, 0);
    ck_answer(ask(&w, N, 0x2c, 1), CC_OK, 0);
    mcworld_run(&w, WHILE);
    ck_answer(ask(&w, N, 0x2c, 0), CC_OK, 1);
    ck_answer(ask_of(&w, satellite, S, 0x27, THEIRS), CC_OK, 0x38, 0, 0, 0, 61, 62, 63);
}
END_TEST

START_TEST(may_be_under_way_at_the_end)
{
    described_by(0, facts_of(SATELLITE, THEIRS));
    begin(1);
    ck_answer(ask(&w, N, 0x2c, 1), CC_OK, 0);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("agent", &t);

    tcase_add_checked_fixture(t, NULL, teardown);
    tcase_add_test(t, sets_up_a_sensor_as_an_added_record_says);
    tcase_add_test(t, runs_after_a_cold_reset);
    tcase_add_test(t, reports_what_holds_once_set_up);
    tcase_add_loop_test(t, does_what_the_record_asks_for, 0,
                        sizeof wishes / sizeof wishes[0]);
    tcase_add_test(t, leaves_described_sensors_as_described);
    tcase_add_test(t, keeps_off_the_bus_when_a_lab_begins);
    tcase_add_test(t, sets_up_sensors_of_other_controllers);
    tcase_add_test(t, passes_over_who_does_not_answer);
    tcase_add_loop_test(t, names_the_event_receiver, 0,
                        sizeof receivers / sizeof receivers[0]);
    tcase_add_test(t, sets_up_each_of_the_sensors_that_share_a_record);
    tcase_add_test(t, ends_when_the_controller_is_reset);
    tcase_add_test(t, begins_anew_when_asked_again);
    tcase_add_test(t, may_be_under_way_at_the_end);
    return run_suite(s);
}
