/* A chassis with IPMB-0 as a pair, a carrier with a module behind it, and a
 * further IPMB of the BMC's. */
#include "sim/lab/chassis_buses.h"

#include <stdio.h>
#include <string.h>

#include "sim/bus/bus_name.h"
#include "sim/lab/lab.h"
#include "sim/mc/mc_parts.h"
#include "tests/lib/run.h"

#define BOARD 0x82
#define CARRIER 0x88
#define MODULE 0x72
#define MODULE_ID MC_ID(1, MODULE)
#define REMOTE_ID MC_ID(6, 0x30)
#define LINK_SENSOR 2
#define OTHER_SENSOR 3
#define MODULE_SENSOR 0x41

#define SEND_MESSAGE 0x34
#define TRACK 0x40

static struct lab *lab;
static struct description *d;
static struct chassis_unit *unit;

static unsigned answers;
static uint8_t cc, answer[64];
static size_t answer_len;

/* Frames on the local bus, and names of all buses that carried some. */
static uint8_t local[8][32];
static size_t local_len[8];
static unsigned locals;
static char names[512];

static void
watch(void *ctx, const struct tap_event *ev)
{
    char name[BUS_NAME_SIZE];

    (void)ctx;
    if (ev->link != TAP_IPMB || ev->bytes.len == 0)
        return;
    bus_name(ev->number, name);
    if (strstr(names, name) == NULL && strlen(names) < sizeof names - BUS_NAME_SIZE)
        sprintf(names + strlen(names), "%s ", name);
    if (ev->number != (BUS_LOCAL | 1) || locals == 8)
        return;
    memcpy(local[locals], ev->bytes.at, ev->bytes.len);
    local_len[locals++] = ev->bytes.len;
}

static const struct tap tap = { watch, NULL };

static void
add_sensor(struct machine_mc *mc, uint8_t number, uint8_t type, uint16_t states)
{
    struct machine_sensor *s = DESCRIPTION_ADD(d, mc->sensors, mc->sensor_count);

    *s = (struct machine_sensor){
        .number = number, .type = type, .event_type = 0x6f, .scanning = true, .events = true,
        .auto_rearm = true, .assert_supported = 0x0f, .assert_enabled = 0x0f,
        .has_value = true, .states = states,
    };
}

static struct machine_mc *
describe(uint16_t id, uint8_t support)
{
    struct machine_mc *mc = description_mc(d, id);

    mc->added = mc->enabled = true;
    mc->support = support;
    mc->product = id;
    return mc;
}

static void
add_port(struct machine_mc *mc, uint8_t bus, uint8_t channel, uint8_t address)
{
    *(struct machine_port *)DESCRIPTION_ADD(d, mc->ports, mc->port_count) =
        (struct machine_port){ bus, channel, address };
}

static void
describe_all(void)
{
    struct machine_mc *bmc = describe(0x20, 0x9f);

    d->bus_pair = true;
    d->shelf.atca = true;
    *(struct description_bus *)DESCRIPTION_ADD(d, d->buses, d->bus_count) =
        (struct description_bus){ .id = 1, .local = true };
    *(struct description_bus *)DESCRIPTION_ADD(d, d->buses, d->bus_count) =
        (struct description_bus){ .id = 6 };
    bmc->sel.present = true;
    bmc->sel.max = 64;
    add_port(bmc, 6, 6, 0x20);
    add_sensor(describe(BOARD, 0x29), LINK_SENSOR, SENSOR_IPMB, 1 << 3);
    add_sensor(description_find_mc(d, BOARD), OTHER_SENSOR, 0x08, 0);
    add_port(describe(CARRIER, 0x79), 1, 7, 0x20);
    add_sensor(describe(MODULE_ID, 0x29), MODULE_SENSOR, SENSOR_MODULE, 1);
    add_sensor(describe(REMOTE_ID, 0x29), MODULE_SENSOR, 0x08, 0);
}

static void
begin(void)
{
    struct lab_opts opts = { .seed = 1 };

    locals = 0;
    names[0] = '\0';
    ck_assert_int_eq(description_new("m", &d), ST_OK);
    describe_all();
    ck_assert_int_eq(lab_new(&opts, &lab), ST_OK);
    lab_set_tap(lab, &tap);
    ck_assert_int_eq(lab_add(lab, d, 0, &unit), ST_OK);
    lab_advance(lab, SPAN_S(1));
}

static void
end(void)
{
    lab_free(lab);
    description_unref(d);
}

static void
run(instant span)
{
    lab_advance(lab, instant_add(lab_now(lab), span));
}

static void
note_answer(void *ctx, const struct ipmi_origin *o, uint8_t code, struct bytes data)
{
    (void)ctx;
    (void)o;
    answers++;
    cc = code;
    answer_len = data.len;
    if (data.len)
        memcpy(answer, data.at, data.len);
}

static void
hand_in(void *rq)
{
    mc_request(chassis_unit_bmc(unit), rq);
}

/* A tracked Send Message from a channel of its own kind, so that the answer
 * comes inside; the message is what a request to address asks. */
static void
bridge(uint8_t channel, uint8_t address, uint8_t netfn, uint8_t cmd, struct bytes data)
{
    uint8_t octets[64];
    struct wr w = wr_of(octets, sizeof octets);
    struct ipmb_frame f = { .target = address, .source = 0x20, .netfn = netfn, .cmd = cmd,
                            .seq = 1, .data = data };
    struct ipmi_req rq = {
        .from = { .answer = note_answer, .channel = 0x0d, .netfn = NETFN_APP,
                  .cmd = SEND_MESSAGE, .rq_addr = 0x81 },
        .privilege = PRIV_ADMIN, .netfn = NETFN_APP, .cmd = SEND_MESSAGE,
    };
    unsigned before = answers;

    wr_u8(&w, TRACK | channel);
    ipmb_build(&w, &f);
    rq.data = rd_of(wr_bytes_of(&w));
    lab_do(lab, unit, lab_now(lab), hand_in, &rq);
    run(SPAN_S(6));
    ck_assert_uint_eq(answers, before + 1);
}

/* Get Device ID of the module, by the carrier. */
static void
bridge_to_module(uint8_t address)
{
    uint8_t inner[16];
    struct wr w = wr_of(inner, sizeof inner);
    struct ipmb_frame f = { .target = address, .source = 0x20, .netfn = NETFN_APP,
                            .cmd = 0x01, .seq = 5 };

    wr_u8(&w, TRACK | 7);
    ipmb_build(&w, &f);
    bridge(0, CARRIER, NETFN_APP, SEND_MESSAGE, wr_bytes_of(&w));
}

static const struct sel *
log_of_bmc(void)
{
    return chassis_unit_bmc(unit)->sel;
}

/* Octets 8 to 16 of the last record: generator, revision, sensor, data. */
static const uint8_t *
last_event(void)
{
    const struct sel *sel = log_of_bmc();

    ck_assert_uint_gt(sel->count, 0);
    return sel->records[sel->count - 1] + 7;
}

#define ck_event(...) \
    ck_assert_mem_eq(last_event(), ((const uint8_t[]){ __VA_ARGS__ }), 9)

/* How often the board's link sensor has said that: B above A. */
static unsigned
link_events(uint8_t offset, uint8_t status)
{
    const uint8_t body[] = { BOARD, 0x00, 0x04, SENSOR_IPMB, LINK_SENSOR, 0x6f,
                             (uint8_t)(0xa0 | offset), 0x00, status };
    unsigned n = 0;

    for (uint32_t i = 0; i < log_of_bmc()->count; i++)
        n += memcmp(log_of_bmc()->records[i] + 7, body, sizeof body) == 0;
    return n;
}

/* What Get Sensor Reading says of the board's link sensor. */
static uint8_t
link_reading(void)
{
    const uint8_t number = LINK_SENSOR;

    bridge(0, BOARD, NETFN_SENSOR, 0x2d, bytes_of(&number, 1));
    ck_assert_uint_eq(answer[6], 0);
    return answer[7];
}

static void
arm(struct fault_rule rule)
{
    uint32_t id;

    ck_assert_int_eq(world_arm_fault(chassis_unit_world(unit), &rule, &id), ST_OK);
}

static void
cut_off(uint8_t number, uint8_t address)
{
    struct fault_rule rule = fault_rule_any(FAULT_CUT);

    rule.link = TAP_IPMB;
    rule.number = number;
    fault_set_add(&rule, address);
    arm(rule);
}

START_TEST(has_each_half_of_a_pair_and_each_further_bus)
{
    static const char *const expected[] = { "ipmb0-a", "ipmb0-b", "ipmb-l1", "ipmb6" };
    char name[BUS_NAME_SIZE];

    ck_assert_uint_eq(chassis_unit_bus_count(unit), 4);
    for (uint32_t i = 0; i < 4; i++) {
        const struct medium *m = chassis_unit_nth_bus(unit, i);

        ck_assert_str_eq(bus_name(medium_config(m)->number, name), expected[i]);
    }
    ck_assert_ptr_null(chassis_unit_nth_bus(unit, 4));
    ck_assert_ptr_eq(chassis_unit_bus(unit), chassis_unit_nth_bus(unit, 0));
}
END_TEST

/* The request that the module gets has the carrier's address there and a number
 * of the carrier's; the answer comes back twice wrapped. */
START_TEST(reaches_a_module_by_its_carrier)
{
    bridge_to_module(MODULE);
    ck_assert_uint_eq(cc, 0);
    ck_assert_uint_eq(locals, 2);
    ck_assert_uint_eq(local_len[0], 7);
    ck_assert_mem_eq(local[0], ((const uint8_t[]){ 0x72, 0x18, 0x76, 0x20 }), 4);
    ck_assert_uint_eq(local[0][5], 0x01);
    ck_assert_mem_eq(local[1], ((const uint8_t[]){ 0x20, 0x1c, 0xc4, 0x72, local[0][4],
                                                   0x01, 0x00 }), 7);
    /* Outer answer: 20 1c .. 88 .. 34 00, and inside 20 1c .. 72 .. 01 00. */
    ck_assert_mem_eq(answer, ((const uint8_t[]){ 0x20, 0x1c, 0xc4, CARRIER, 0x04,
                                                 SEND_MESSAGE, 0x00 }), 7);
    ck_assert_mem_eq(answer + 7, ((const uint8_t[]){ 0x20, 0x1c, 0xc4, MODULE, 0x14, 0x01,
                                                     0x00 }), 7);
    ck_assert_uint_eq(answer[14 + 9] | (unsigned)answer[14 + 10] << 8, MODULE_ID);
}
END_TEST

START_TEST(says_that_there_is_no_such_module)
{
    bridge_to_module(0x7a);
    ck_assert_uint_eq(cc, 0);
    ck_assert_uint_eq(answer[6], CC_CMD_83);
}
END_TEST

START_TEST(reaches_a_controller_on_another_channel_of_the_bmc)
{
    bridge(6, 0x30, NETFN_APP, 0x01, bytes_of(NULL, 0));
    ck_assert_uint_eq(cc, 0);
    ck_assert_uint_eq(answer[7 + 9] | (unsigned)answer[7 + 10] << 8, REMOTE_ID);
    bridge(0, 0x30, NETFN_APP, 0x01, bytes_of(NULL, 0));
    ck_assert_uint_eq(cc, CC_CMD_83);
}
END_TEST

START_TEST(lists_its_buses_as_channels)
{
    static const uint8_t seven[] = { 7 };

    bridge(0, CARRIER, NETFN_APP, 0x42, bytes_of(seven, 1));
    ck_assert_mem_eq(answer + 6, ((const uint8_t[]){ 0x00, 7, MEDIUM_IPMB, PROTOCOL_IPMB }), 4);
    bridge(0, BOARD, NETFN_APP, 0x42, bytes_of(seven, 1));
    ck_assert_uint_eq(answer[6], CC_INVALID_COMMAND);
}
END_TEST

/* The channel is the record's generator's; on the IPMB-L, the carrier's word. */
START_TEST(logs_events_from_all_buses)
{
    struct lab_action set = { .what = ACT_SENSOR_BIT, .mc = REMOTE_ID,
                              .number = MODULE_SENSOR, .value = 1, .on = true, .event = true };

    ck_assert_int_eq(lab_act(lab, unit, lab_now(lab), &set), ST_OK);
    run(SPAN_S(1));
    ck_event(0x30, 0x60, 0x04, 0x08, MODULE_SENSOR, 0x6f, 0x01, 0xff, 0xff);
    set.mc = MODULE_ID;
    ck_assert_int_eq(lab_act(lab, unit, lab_now(lab), &set), ST_OK);
    run(SPAN_S(1));
    ck_event(CARRIER, 0x00, 0x04, SENSOR_MODULE, MODULE_SENSOR, 0x6f, 0x01, 0xff, 0xff);
}
END_TEST

/* Set IPMB State: A is isolated, under override; later given back. */
START_TEST(tells_of_a_link_that_is_isolated)
{
    static const uint8_t off[] = { 0x00, 0x00, 0xff }, on[] = { 0x00, 0x01, 0xff };
    const struct ipmb_port *port = chassis_unit_mc(unit, BOARD)->port;

    ck_assert_uint_eq(link_reading(), 0x88);
    bridge(0, BOARD, NETFN_GROUP, 0x09, bytes_of(off, sizeof off));
    ck_assert_uint_eq(answer[6], 0);
    ck_event(BOARD, 0x00, 0x04, SENSOR_IPMB, LINK_SENSOR, 0x6f, 0xa2, 0x00, 0x80);
    ck_assert_uint_eq(link_reading(), 0x80);
    ck_assert(ipmb_port_isolated(port, 0) && !ipmb_port_isolated(port, 1));
    for (int i = 0; i < 4; i++) {
        bridge(0, BOARD, NETFN_APP, 0x01, bytes_of(NULL, 0));
        ck_assert_uint_eq(cc, 0);
    }
    bridge(0, BOARD, NETFN_GROUP, 0x09, bytes_of(on, sizeof on));
    ck_event(BOARD, 0x00, 0x04, SENSOR_IPMB, LINK_SENSOR, 0x6f, 0xa3, 0x00, 0x88);
    ck_assert_uint_eq(link_reading(), 0x88);
    ck_assert(!ipmb_port_isolated(port, 0));
}
END_TEST

/* Isolated from both: the answer still gets out, then it is gone. */
START_TEST(answers_before_it_leaves_both_buses)
{
    static const uint8_t off[] = { 0x00, 0x00, 0x00 };

    bridge(0, BOARD, NETFN_GROUP, 0x09, bytes_of(off, sizeof off));
    ck_assert_uint_eq(cc, 0);
    ck_assert_uint_eq(answer[6], 0);
    bridge(0, BOARD, NETFN_APP, 0x01, bytes_of(NULL, 0));
    ck_assert_uint_eq(cc, CC_CMD_83);
}
END_TEST

/* SDA stuck on A under the board's own frame. */
START_TEST(tells_of_a_link_that_is_stuck_and_of_its_recovery)
{
    struct fault_rule rule = fault_rule_any(FAULT_STICK);

    rule.link = TAP_IPMB;
    rule.number = BUS_PAIR_A;
    rule.source = BOARD;
    rule.span = SPAN_S(8);
    rule.times = 1;
    arm(rule);
    /* Its answer breaks, and goes out on B. */
    bridge(0, BOARD, NETFN_APP, 0x01, bytes_of(NULL, 0));
    ck_assert_uint_eq(cc, 0);
    ck_assert_uint_eq(link_events(2, 0x8a), 1);
    ck_assert_uint_eq(link_events(3, 0x88), 0);
    run(SPAN_S(5));
    ck_assert_uint_eq(link_events(3, 0x88), 1);
}
END_TEST

/* The board sends so many events. */
static void
make_events(unsigned n)
{
    struct lab_action set = { .what = ACT_SENSOR_BIT, .mc = BOARD, .number = OTHER_SENSOR,
                              .event = true };

    while (n-- > 0) {
        for (int on = 1; on >= 0; on--) {
            set.on = on;
            ck_assert_int_eq(lab_act(lab, unit, lab_now(lab), &set), ST_OK);
        }
        run(SPAN_MS(100));
    }
}

/* A is cut off for the board: all goes on by B, and the board says why. */
START_TEST(tells_of_a_link_that_is_cut_off)
{
    make_events(4);
    cut_off(BUS_PAIR_A, BOARD);
    make_events(12);
    ck_assert_uint_eq(link_events(2, 0x8f), 1);
    bridge(0, BOARD, NETFN_APP, 0x01, bytes_of(NULL, 0));
    ck_assert_uint_eq(cc, 0);

    fault_disarm_all(chassis_unit_world(unit)->faults);
    run(SPAN_S(2));
    ck_assert_uint_eq(link_events(3, 0x88), 1);
}
END_TEST

START_TEST(is_not_reached_when_both_are_cut_off)
{
    cut_off(BUS_PAIR_A, BOARD);
    cut_off(BUS_PAIR_B, BOARD);
    bridge(0, BOARD, NETFN_APP, 0x01, bytes_of(NULL, 0));
    ck_assert_uint_eq(cc, CC_CMD_83);
}
END_TEST

/* A module is pulled out and put in by its id. */
START_TEST(knows_controllers_by_bus_and_address)
{
    ck_assert_ptr_null(chassis_unit_mc(unit, MODULE));
    ck_assert_uint_eq(mc_address(chassis_unit_mc(unit, MODULE_ID)), MODULE);
    ck_assert_int_eq(chassis_unit_remove(unit, MODULE_ID), ST_OK);
    bridge_to_module(MODULE);
    ck_assert_uint_eq(answer[6], CC_CMD_83);
    ck_assert_int_eq(chassis_unit_insert(unit, MODULE_ID), ST_OK);
    bridge_to_module(MODULE);
    ck_assert_uint_eq(answer[6], 0);
    ck_assert_ptr_nonnull(strstr(names, "ipmb0-a "));
    ck_assert_ptr_nonnull(strstr(names, "ipmb0-b "));
}
END_TEST

int
main(void)
{
    TCase *c;
    Suite *s = run_suite_of("chassis_buses", &c);

    tcase_add_checked_fixture(c, begin, end);
    tcase_add_test(c, has_each_half_of_a_pair_and_each_further_bus);
    tcase_add_test(c, reaches_a_module_by_its_carrier);
    tcase_add_test(c, says_that_there_is_no_such_module);
    tcase_add_test(c, reaches_a_controller_on_another_channel_of_the_bmc);
    tcase_add_test(c, lists_its_buses_as_channels);
    tcase_add_test(c, logs_events_from_all_buses);
    tcase_add_test(c, tells_of_a_link_that_is_isolated);
    tcase_add_test(c, answers_before_it_leaves_both_buses);
    tcase_add_test(c, tells_of_a_link_that_is_stuck_and_of_its_recovery);
    tcase_add_test(c, tells_of_a_link_that_is_cut_off);
    tcase_add_test(c, is_not_reached_when_both_are_cut_off);
    tcase_add_test(c, knows_controllers_by_bus_and_address);
    return run_suite(s);
}
