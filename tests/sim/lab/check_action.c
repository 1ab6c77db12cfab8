#include "sim/lab/action.h"

#include "sim/lab/lab.h"
#include "sim/mc/bridge.h"
#include "sim/mc/mc_parts.h"
#include "tests/lib/records.h"
#include "tests/lib/run.h"

#define SATELLITE 0x72
#define SPARE 0x74
#define SENSOR 0x30

static struct lab *lab;
static struct description *d;
static struct chassis_unit *unit;
static unsigned answers;
static uint8_t last_cc;

/* A satellite's sensor that makes an event of its first state. */
static void
add_sensor(struct machine_mc *mc)
{
    struct machine_sensor *s = DESCRIPTION_ADD(d, mc->sensors, mc->sensor_count);

    *s = (struct machine_sensor){
        .number = SENSOR, .type = 0x08, .event_type = 0x6f, .scanning = true,
        .events = true, .auto_rearm = true, .assert_supported = 1, .assert_enabled = 1,
        .has_value = true,
    };
}

static void
describe_satellite(uint8_t address)
{
    struct machine_mc *mc = description_mc(d, address);

    *mc = (struct machine_mc){ .address = address, .added = true, .enabled = true,
                               .support = 0x29 };
    add_sensor(mc);
}

/* A BMC with a SEL, and two satellites. */
static void
begin(void)
{
    struct lab_opts opts = { .seed = 1 };

    ck_assert_int_eq(description_new("m", &d), ST_OK);
    *description_mc(d, 0x20) = (struct machine_mc){
        .address = 0x20, .added = true, .enabled = true, .support = 0x9f,
        .sel = { .present = true, .max = 64 },
    };
    describe_satellite(SATELLITE);
    describe_satellite(SPARE);
    ck_assert_int_eq(lab_new(&opts, &lab), ST_OK);
    ck_assert_int_eq(lab_add(lab, d, 0, &unit), ST_OK);
    lab_advance(lab, SPAN_S(1));
}

static void
end(void)
{
    lab_free(lab);
    description_unref(d);
}

static enum status
act(struct lab_action a)
{
    return lab_act(lab, unit, lab_now(lab), &a);
}

static enum status
act_on(uint8_t mc, enum lab_act what, bool on)
{
    return act((struct lab_action){ .what = what, .mc = mc, .on = on });
}

static void
run(instant span)
{
    lab_advance(lab, instant_add(lab_now(lab), span));
}

/* ---- asking over the bus ---- */

static void
note_answer(void *ctx, const struct ipmi_origin *o, uint8_t cc, struct bytes data)
{
    (void)ctx;
    (void)o;
    (void)data;
    answers++;
    last_cc = cc;
}

static void
hand_in(void *rq)
{
    mc_request(chassis_unit_bmc(unit), rq);
}

/* What Send Message of a Get Device ID for address is answered with, from the
 * system interface and untracked: 00h, or what the wire said. */
static uint8_t
reach(uint8_t address)
{
    uint8_t data[] = { 0x00, address, 0x18, (uint8_t)-(address + 0x18), 0x20, 0x06, 0x01,
                       (uint8_t)-0x27 };
    struct ipmi_req rq = {
        .from = { .answer = note_answer, .channel = CHANNEL_SYSTEM, .netfn = NETFN_APP,
                  .cmd = 0x34 },
        .privilege = PRIV_SYSTEM, .netfn = NETFN_APP, .cmd = 0x34,
        .data = rd_of(bytes_of(data, sizeof data)),
    };
    unsigned before = answers;

    lab_do(lab, unit, lab_now(lab), hand_in, &rq);
    run(SPAN_MS(100));
    ck_assert_uint_eq(answers, before + 1);
    return last_cc;
}

static unsigned
logged_here(void)
{
    return logged(chassis_unit_bmc(unit));
}

static void
make_event(uint8_t mc)
{
    struct lab_action set = { .what = ACT_SENSOR_BIT, .mc = mc, .number = SENSOR, .on = true,
                              .event = true };

    ck_assert_int_eq(act(set), ST_OK);
    run(SPAN_S(1));
}

/* ---- satellites ---- */

START_TEST(pulls_a_satellite_out_and_puts_a_fresh_one_in)
{
    ck_assert_uint_eq(reach(SATELLITE), CC_OK);
    ck_assert_int_eq(act_on(SATELLITE, ACT_MC_PRESENCE, false), ST_OK);
    ck_assert_uint_eq(reach(SATELLITE), CC_CMD_83);
    ck_assert_uint_eq(reach(SPARE), CC_OK);
    ck_assert_ptr_null(chassis_unit_mc(unit, SATELLITE));
    ck_assert_int_eq(act_on(SATELLITE, ACT_MC_PRESENCE, false), ST_MISSING);
    ck_assert_int_eq(act_on(SATELLITE, ACT_MC_RESET, true), ST_MISSING);
    ck_assert_int_eq(act_on(SATELLITE, ACT_MC_PRESENCE, true), ST_OK);
    ck_assert_uint_eq(reach(SATELLITE), CC_OK);
    ck_assert_int_eq(act_on(SATELLITE, ACT_MC_PRESENCE, true), ST_EXISTS);
}
END_TEST

START_TEST(leaves_the_bmc_where_it_is)
{
    ck_assert_int_eq(act_on(0x20, ACT_MC_PRESENCE, false), ST_INVALID);
    ck_assert_int_eq(act_on(0x20, ACT_MC_POWER, false), ST_INVALID);
    ck_assert_int_eq(act_on(0x90, ACT_MC_PRESENCE, true), ST_MISSING);
}
END_TEST

/* An event that is on its way when its controller is pulled out. */
START_TEST(pulls_a_satellite_out_that_is_talking)
{
    struct lab_action set = { .what = ACT_SENSOR_BIT, .mc = SATELLITE, .number = SENSOR,
                              .on = true, .event = true };

    ck_assert_int_eq(act(set), ST_OK);
    run(SPAN_US(300));
    ck_assert_int_eq(act_on(SATELLITE, ACT_MC_PRESENCE, false), ST_OK);
    run(SPAN_S(30));
    ck_assert_uint_eq(logged_here(), 0);
    make_event(SPARE);
    ck_assert_uint_eq(logged_here(), 1);
}
END_TEST

/* What is nonvolatile stays: enables are volatile, the state is the world's. */
START_TEST(switches_a_satellite_off_and_on)
{
    struct mc *mc = chassis_unit_mc(unit, SATELLITE);

    events_set_receiver(mc, EVENT_RECEIVER_NONE, 0);
    ck_assert_int_eq(act_on(SATELLITE, ACT_MC_POWER, false), ST_OK);
    run(SPAN_S(2));
    ck_assert_uint_eq(reach(SATELLITE), CC_CMD_83);
    make_event(SATELLITE);
    ck_assert_uint_eq(logged_here(), 0);
    ck_assert_int_eq(act_on(SATELLITE, ACT_MC_POWER, true), ST_OK);
    ck_assert_uint_eq(reach(SATELLITE), CC_CMD_83);     /* it starts */
    run(MC_RESET_TIME);
    ck_assert_uint_eq(reach(SATELLITE), CC_OK);
    ck_assert_ptr_eq(chassis_unit_mc(unit, SATELLITE), mc);
    ck_assert_uint_eq(mc->events.receiver, 0x20);
    ck_assert_uint_eq(logged_here(), 0);
}
END_TEST

START_TEST(resets_a_controller)
{
    struct mc *mc = chassis_unit_mc(unit, SATELLITE);

    events_set_receiver(mc, EVENT_RECEIVER_NONE, 0);
    ck_assert_int_eq(act_on(SATELLITE, ACT_MC_RESET, false), ST_OK);
    ck_assert_uint_eq(mc->events.receiver, EVENT_RECEIVER_NONE);
    ck_assert_uint_eq(reach(SATELLITE), CC_OK);
    ck_assert_int_eq(act_on(SATELLITE, ACT_MC_RESET, true), ST_OK);
    ck_assert_uint_eq(reach(SATELLITE), CC_CMD_83);
    run(MC_RESET_TIME);
    ck_assert_uint_eq(reach(SATELLITE), CC_OK);
    ck_assert_uint_eq(mc->events.receiver, 0x20);
}
END_TEST

/* Address in the first octet; channel and LUN, both 0 here, in the second. */
START_TEST(logs_who_made_an_event)
{
    make_event(SATELLITE);
    ck_assert_uint_eq(logged_here(), 1);
    ck_event(chassis_unit_bmc(unit), 0, SATELLITE, 0x00, 0x04, 0x08, SENSOR, 0x6f, 0x00, 0xff,
             0xff);
}
END_TEST

/* ---- faults ---- */

static enum status
arm(const struct fault_rule *rule)
{
    return act((struct lab_action){ .what = ACT_FAULT, .fault = rule });
}

static enum status
clear(uint32_t id)
{
    return act((struct lab_action){ .what = ACT_FAULT_CLEAR, .id = id });
}

START_TEST(arms_and_disarms_faults)
{
    struct fault_rule nak = fault_rule_any(FAULT_CORRUPT);

    nak.link = TAP_IPMB;
    nak.target = 0x20;
    ck_assert_int_eq(clear(0), ST_OK);
    ck_assert_int_eq(clear(1), ST_MISSING);
    ck_assert_int_eq(arm(&nak), ST_OK);
    make_event(SATELLITE);
    ck_assert_uint_eq(logged_here(), 0);
    ck_assert_int_eq(clear(2), ST_MISSING);
    ck_assert_int_eq(clear(1), ST_OK);
    run(SPAN_S(5));
    ck_assert_uint_eq(logged_here(), 1);     /* it was tried again */
    nak.probability_ppm = 2000000;
    ck_assert_int_eq(arm(&nak), ST_INVALID);
}
END_TEST

START_TEST(counts_a_fault_s_window_from_when_it_is_armed)
{
    struct fault_rule lose = fault_rule_any(FAULT_LOSE);

    lose.link = TAP_IPMB;
    lose.from = SPAN_S(2);
    lose.until = SPAN_S(4);
    run(SPAN_S(10));
    ck_assert_int_eq(arm(&lose), ST_OK);
    make_event(SATELLITE);
    ck_assert_uint_eq(logged_here(), 1);
    run(SPAN_MS(1500));
    make_event(SPARE);
    ck_assert_uint_eq(logged_here(), 1);
    run(SPAN_S(5));
    ck_assert_uint_eq(logged_here(), 2);
}
END_TEST

START_TEST(chooses_how_bridged_answers_come)
{
    struct lab_action style = { .what = ACT_BRIDGE_STYLE, .mc = 0x20,
                                .value = BRIDGE_ENCAPSULATED };

    ck_assert_int_eq(act(style), ST_OK);
    style.mc = 0x90;
    ck_assert_int_eq(act(style), ST_MISSING);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("action", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, pulls_a_satellite_out_and_puts_a_fresh_one_in);
    tcase_add_test(t, leaves_the_bmc_where_it_is);
    tcase_add_test(t, pulls_a_satellite_out_that_is_talking);
    tcase_add_test(t, switches_a_satellite_off_and_on);
    tcase_add_test(t, resets_a_controller);
    tcase_add_test(t, logs_who_made_an_event);
    tcase_add_test(t, arms_and_disarms_faults);
    tcase_add_test(t, counts_a_fault_s_window_from_when_it_is_armed);
    tcase_add_test(t, chooses_how_bridged_answers_come);
    return run_suite(s);
}
