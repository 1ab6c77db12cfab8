#include "sim/oem/intel_nm.h"

#include <string.h>

#include "sim/wire/pet.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/records.h"
#include "tests/lib/run.h"

#define ME_ADDRESS 0x2c
#define RECORD 48
#define SENSORS 2
#define INLET 0x20
#define WATTS 0x21
#define ID 0x57, 0x01, 0x00
#define STANDBY 10
#define IDLE 100
#define FULL 300
#define FLOOR 120

static struct mcworld w;
static struct machine_mc engine_machine;
static uint8_t records[SENSORS][RECORD];
static struct machine_sdr sdrs[SENSORS];
static struct machine_sensor sensors[SENSORS];

/* A sensor whose record gives its raw value as it is, in a unit. */
static void
describe_sensor(unsigned i, uint8_t number, uint8_t entity, uint8_t type, uint8_t unit,
                uint8_t value)
{
    uint8_t *r = records[i];

    memset(r, 0, RECORD);
    r[0] = (uint8_t)(i + 1);
    r[2] = 0x51;
    r[3] = 0x01;
    r[4] = RECORD - 5;
    r[5] = BMC_ADDRESS;
    r[7] = number;
    r[8] = entity;
    r[9] = 1;
    r[12] = type;
    r[13] = 0x01;
    r[21] = unit;
    r[24] = 1;
    sdrs[i].record = bytes_of(r, RECORD);
    sensors[i] = (struct machine_sensor){
        .number = number, .type = type, .event_type = 1, .scanning = true, .has_value = true,
        .value = value,
    };
}

static void
describe(void)
{
    mcworld_describe(&w);
    w.machine.watts = (struct machine_watts){ STANDBY, IDLE, FULL, FLOOR };
    describe_sensor(0, INLET, 0x37, 0x01, 1, 25);
    describe_sensor(1, WATTS, 0x07, 0x0b, 6, 150);
    w.machine.sdrs = sdrs;
    w.machine.sdr_count = SENSORS;
    w.machine.sensors = sensors;
    w.machine.sensor_count = SENSORS;
    w.machine.support |= GROUP_SDR_REPOSITORY;
    w.machine.profiles[0] = &oem_intel_nm;
}

static void
begin(void)
{
    describe();
    mcworld_begin(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

#define NM(cmd, ...) ask(&w, NETFN_OEM, cmd, ID, __VA_ARGS__)
#define OK(...) ck_cc(__VA_ARGS__, CC_OK)

/* A policy as a request has it. */
struct told {
    uint8_t domain, id, trigger, actions;
    uint16_t limit, trigger_limit, period_s;
    uint32_t correction_ms;
    bool disabled, is_volatile;
};

static const struct answer *
set_of(struct mc *mc, struct told t)
{
    uint32_t ms = t.correction_ms ? t.correction_ms : 5000;

    return ask_of(&w, mc, NETFN_OEM, 0xc1, ID,
                  (uint8_t)(t.domain | (t.disabled ? 0 : 0x10)), t.id,
                  (uint8_t)(t.trigger | 0x10 | (t.is_volatile ? 0x80 : 0)), t.actions,
                  LE(t.limit), LE(ms & 0xffff), LE(ms >> 16), LE(t.trigger_limit),
                  LE(t.period_s ? t.period_s : 10));
}

#define set(...) set_of(w.mc, (struct told){ __VA_ARGS__ })
#define policy(...) ck_answer(set(__VA_ARGS__), CC_OK, ID)

static struct power *
power(void)
{
    return w.mc->dcmi->power;
}

static unsigned
draw(void)
{
    return power_at(power(), w.world.now);
}

static void
limiting(uint8_t domain, uint8_t id)
{
    ck_answer(NM(0xf2, domain), CC_OK, ID, id);
}

/* The most that was drawn over a span. */
static unsigned
most(instant span)
{
    unsigned max = 0;

    for (instant gone = 0; gone < span; gone += SPAN_MS(500)) {
        mcworld_run(&w, SPAN_MS(500));
        max = draw() > max ? draw() : max;
    }
    return max;
}

/* ---- what it is ---- */

START_TEST(tells_its_version_and_what_it_can_do)
{
    w.machine.fw_major = 3;
    w.machine.fw_minor = 0x15;
    ck_answer(NM(0xca), CC_OK, ID, 5, 3, w.machine.aux[0], 3, 0x15);
    ck_answer(NM(0xc9, 0, 0x10), CC_OK, ID, 16, 0xff, 0x7f, 1, 0, 0xe8, 3, 0, 0, 0xc0, 0x27, 9,
              0, 1, 0, 0x10, 0x0e, 0);
    ck_answer(NM(0xc9, 1, 0x91), CC_OK, ID, 16, 45, 0, 20, 0, 0xe8, 3, 0, 0, 0xc0, 0x27, 9, 0, 1,
              0, 0x10, 0x0e, 0x81);
    OK(NM(0xcb, 2, LE(5), LE(90)));
    ck_assert_uint_eq(answer_le16(NM(0xc9, 2, 0x10), 4), 90);
}
END_TEST

static const struct {
    const char *why;
    uint8_t cmd;
    uint8_t data[17];
    uint8_t len;
    unsigned cc;
} refusals[] = {
    { "no IANA number to speak of", 0xca, { 0x57, 0x01 }, 2, CC_LENGTH },
    { "version with something behind", 0xca, { ID, 0 }, 4, CC_LENGTH },
    { "control, short", 0xc0, { ID, 1, 0 }, 5, CC_LENGTH },
    { "control of something else", 0xc0, { ID, 6, 0, 0 }, 6, CC_INVALID_FIELD },
    { "control with reserved bits", 0xc0, { ID, 9, 0, 0 }, 6, CC_INVALID_FIELD },
    { "control of no domain", 0xc0, { ID, 3, 5, 0 }, 6, 0x81 },
    { "control of no policy", 0xc0, { ID, 5, 0, 9 }, 6, 0x80 },
    { "removal of no policy", 0xc1, { ID }, 17, 0x80 },
    { "thresholds of no policy", 0xc3, { ID, 0, 9, 0 }, 6, 0x80 },
    { "thresholds of no domain", 0xc4, { ID, 7, 1 }, 5, 0x81 },
    { "four thresholds", 0xc3, { ID, 0, 1, 4 }, 6, 0x87 },
    { "fewer thresholds than said", 0xc3, { ID, 0, 1, 2, 1, 0 }, 8, CC_LENGTH },
    { "a threshold of nothing", 0xc3, { ID, 0, 1, 1, 0, 0 }, 8, 0x84 },
    { "six periods", 0xc5, { ID, 0, 1, 6 }, 6, 0x87 },
    { "a period that ends first", 0xc5, { ID, 0, 1, 1, 20, 20, 1 }, 9, 0x85 },
    { "a period past midnight", 0xc5, { ID, 0, 1, 1, 20, 241, 1 }, 9, 0x85 },
    { "an eighth day", 0xc5, { ID, 0, 1, 1, 20, 30, 0x80 }, 9, CC_INVALID_FIELD },
    { "reset of something else", 0xc7, { ID, 2, 0, 0 }, 6, 0x88 },
    { "reset of no policy's", 0xc7, { ID, 1, 0, 9 }, 6, 0x80 },
    { "reset of no domain's", 0xc7, { ID, 0, 6, 9 }, 6, 0x81 },
    { "statistics of nothing", 0xc8, { ID, 0x0b, 0, 0 }, 6, 0x88 },
    { "statistics with reserved bits", 0xc8, { ID, 0x21, 0, 0 }, 6, CC_INVALID_FIELD },
    { "a processor's inlet", 0xc8, { ID, 2, 1, 0 }, 6, 0x81 },
    { "no policy's statistics", 0xc8, { ID, 0x11, 0, 9 }, 6, 0x80 },
    { "capabilities of no domain", 0xc9, { ID, 8, 0x10 }, 5, 0x81 },
    { "capabilities by no trigger", 0xc9, { ID, 0, 0x15 }, 5, 0x82 },
    { "a boot time policy of memory", 0xc9, { ID, 2, 0x14 }, 5, 0x82 },
    { "no power control", 0xc9, { ID, 0, 0x20 }, 5, 0x83 },
    { "a range upside down", 0xcb, { ID, 0, 9, 0, 8, 0 }, 8, CC_INVALID_FIELD },
    { "a reserved bit of the destination", 0xce, { ID, 0x11, 1, 0 }, 6, CC_INVALID_FIELD },
    { "a selector of five bits", 0xce, { ID, 1, 0x11, 0 }, 6, CC_INVALID_FIELD },
    { "socket 8", 0xcd, { ID, 8, 1 }, 5, 0xa1 },
    { "no processor there", 0xcd, { ID, 5, 1 }, 5, 0xac },
    { "more cores than there are", 0xcd, { ID, 0, 9 }, 5, 0xc9 },
    { "no core", 0xcd, { ID, 0, 0 }, 5, 0xc9 },
    { "a ratio too high", 0xcc, { ID, 0, 1, 99 }, 6, CC_INVALID_FIELD },
    { "nothing limits", 0xf2, { ID, 0 }, 4, 0xa1 },
    { "no domain to limit", 0xf2, { ID, 5 }, 4, 0x81 },
};

START_TEST(refuses)
{
    const struct answer *a;

    policy(.id = 1, .limit = 200, .disabled = true);
    a = mcworld_ask(&w, w.mc, NETFN_OEM, refusals[_i].cmd, refusals[_i].data, refusals[_i].len);
    ck_assert_msg(a->cc == refusals[_i].cc, "%s: %02Xh", refusals[_i].why, a->cc);
}
END_TEST

static const struct {
    const char *why;
    struct told told;
    unsigned cc;
} unfit[] = {
    { "no domain", { .domain = 5, .limit = 200 }, 0x81 },
    { "no trigger", { .trigger = 5, .limit = 200 }, 0x82 },
    { "boot time of a domain", { .domain = 1, .trigger = 4 }, 0x82 },
    { "no limit", { .limit = 0 }, 0x84 },
    { "more than the range", { .limit = 32768 }, 0x84 },
    { "more than all", { .trigger = 2, .limit = 101, .trigger_limit = 20 }, 0x84 },
    { "boot time, reserved", { .trigger = 4, .limit = 0x100 }, 0x84 },
    { "too hasty", { .limit = 200, .correction_ms = 999 }, 0x85 },
    { "too patient", { .limit = 200, .correction_ms = 600001 }, 0x85 },
    { "too cold", { .trigger = 1, .limit = 200, .trigger_limit = 19 }, 0x86 },
    { "too hot", { .trigger = 1, .limit = 200, .trigger_limit = 46 }, 0x86 },
    { "an instant", { .trigger = 3, .limit = 200, .trigger_limit = 9 }, 0x86 },
    { "too long a look back", { .limit = 200, .period_s = 3601 }, 0x89 },
    { "an action unheard of", { .limit = 200, .actions = 4 }, CC_INVALID_FIELD },
};

START_TEST(checks_a_policy)
{
    const struct answer *a = set_of(w.mc, unfit[_i].told);

    ck_assert_msg(a->cc == unfit[_i].cc, "%s: %02Xh", unfit[_i].why, a->cc);
    ck_answer(NM(0xc2, 0, 0), 0x80, ID, 0, 0);
}
END_TEST

START_TEST(refuses_an_aggressiveness_that_there_is_not)
{
    ck_answer(NM(0xc1, 0x10, 1, 0x70, 0, LE(200), LE(5000), LE(0), LE(0), LE(10)), 0x8b, ID);
}
END_TEST

START_TEST(needs_an_administrator)
{
    mcworld_from_lan(&w, PRIV_OPERATOR);
    ck_cc(NM(0xca), CC_PRIVILEGE);
    mcworld_from_lan(&w, PRIV_ADMIN);
    OK(NM(0xca));
}
END_TEST

/* ---- policies ---- */

START_TEST(keeps_policies_and_tells_of_the_next)
{
    policy(.id = 7, .limit = 200, .actions = 3, .period_s = 60, .disabled = true);
    policy(.id = 9, .limit = 300, .trigger = 1, .trigger_limit = 30);
    ck_answer(NM(0xc2, 0, 7), CC_OK, ID, 0x60, 0x10, 3, LE(200), LE(5000), LE(0), LE(0), LE(60));
    ck_answer(NM(0xc2, 0, 9), CC_OK, ID, 0x70, 0x11, 0, LE(300), LE(5000), LE(0), LE(30), LE(10));
    ck_answer(NM(0xc2, 0, 0), 0x80, ID, 7, 2);
    ck_answer(NM(0xc2, 0, 8), 0x80, ID, 9, 2);
    ck_answer(NM(0xc2, 0, 10), 0x80, ID, 7, 2);
    ck_answer(NM(0xc2, 1, 7), 0x80, ID, 0, 0);
    ck_answer(NM(0xc2, 6, 7), 0x81, ID, 0, 5);
    OK(NM(0xc1, 0, 7, 0, 0, LE(0), LE(0), LE(0), LE(0), LE(0)));
    ck_answer(NM(0xc2, 0, 7), 0x80, ID, 9, 1);
}
END_TEST

START_TEST(has_room_for_sixteen)
{
    for (uint8_t i = 0; i < NM_POLICIES; i++)
        policy(.domain = i % 3, .id = i, .limit = 200, .disabled = true);
    ck_answer(set(.id = 99, .limit = 200), CC_NO_SPACE, ID);
    policy(.domain = 0, .id = 0, .limit = 210, .disabled = true);
}
END_TEST

START_TEST(changes_an_enabled_policy_within_limits)
{
    policy(.id = 1, .limit = 200);
    policy(.id = 1, .limit = 220, .correction_ms = 7000);
    ck_cc(set(.id = 1, .limit = 220, .trigger = 1, .trigger_limit = 30), CC_STATE);
    ck_cc(NM(0xc3, 0, 1, 0), CC_STATE);
    ck_cc(NM(0xc5, 0, 1, 0), CC_STATE);
    OK(NM(0xc0, 4, 0, 1));
    policy(.id = 1, .limit = 220, .trigger = 1, .trigger_limit = 30, .disabled = true);
}
END_TEST

START_TEST(keeps_thresholds_and_periods)
{
    policy(.id = 1, .limit = 200, .disabled = true);
    ck_answer(NM(0xc4, 0, 1), CC_OK, ID, 0);
    OK(NM(0xc3, 0, 1, 2, LE(150), LE(250)));
    ck_answer(NM(0xc4, 0, 1), CC_OK, ID, 2, LE(150), LE(250));
    OK(NM(0xc5, 0, 1, 2, 10, 20, 0x7f, 230, 240, 1));
    ck_answer(NM(0xc6, 0, 1), CC_OK, ID, 2, 10, 20, 0x7f, 230, 240, 1);
    OK(NM(0xc5, 0, 1, 0));
    ck_answer(NM(0xc6, 0, 1), CC_OK, ID, 0);
}
END_TEST

START_TEST(forgets_what_is_volatile)
{
    policy(.id = 1, .limit = 200, .is_volatile = true);
    policy(.id = 2, .limit = 210);
    OK(NM(0xc0, 2, 1, 0));
    ck_answer(NM(0xc2, 0, 1), CC_OK, ID, 0x70, 0x90, 0, LE(200), LE(5000), LE(0), LE(0), LE(10));
    mcworld_run(&w, SPAN_S(30));
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(2));
    ck_cc(NM(0xc2, 0, 1), 0x80);
    ck_cc(NM(0xc2, 0, 2), CC_OK);
    ck_assert_uint_eq(answer_le32(NM(0xc8, 1, 0, 0), 15), 2);
    ck_assert(!nm_of(w.mc)->domain_on[1]);
    ck_assert_uint_le(most(SPAN_S(60)), 210);
}
END_TEST

/* ---- limits ---- */

START_TEST(throttles_to_the_lowest_limit)
{
    ck_assert_uint_gt(most(SPAN_S(300)), 200);
    policy(.id = 1, .limit = 200);
    policy(.id = 2, .limit = 160);
    ck_assert_uint_le(most(SPAN_S(300)), 160);
    OK(NM(0xc0, 4, 0, 2));
    ck_assert_uint_gt(most(SPAN_S(300)), 160);
    ck_assert_uint_le(most(SPAN_S(300)), 200);
    OK(NM(0xc0, 0, 0, 0));
    ck_assert_uint_gt(most(SPAN_S(300)), 200);
    OK(NM(0xc0, 1, 0, 0));
    OK(NM(0xc0, 2, 0, 0));
    ck_assert_uint_gt(most(SPAN_S(300)), 200);
    OK(NM(0xc0, 3, 0, 0));
    ck_assert_uint_le(most(SPAN_S(300)), 200);
}
END_TEST

START_TEST(leaves_dcmi_its_own_limit)
{
    policy(.id = 1, .limit = 180);
    OK(ask(&w, NETFN_GROUP, 0x04, GROUP_DCMI, 0, 0, 0, 0, LE(150), LE(5000), LE(0), 0, 0, LE(60)));
    OK(ask(&w, NETFN_GROUP, 0x05, GROUP_DCMI, 1, 0, 0));
    ck_assert_uint_le(most(SPAN_S(300)), 150);
    OK(ask(&w, NETFN_GROUP, 0x05, GROUP_DCMI, 0, 0, 0));
    ck_assert_uint_gt(most(SPAN_S(300)), 150);
    ck_assert_uint_le(most(SPAN_S(300)), 180);
}
END_TEST

START_TEST(limits_a_domain_by_its_share)
{
    const struct power_facts *facts = power_facts_of(power());
    unsigned cap = nm_platform_for(facts, NM_CPU, 60);

    ck_assert_uint_le(nm_share(facts, NM_CPU, cap), 60);
    ck_assert_uint_gt(nm_share(facts, NM_CPU, cap + 1), 60);
    policy(.domain = 1, .id = 3, .limit = 60);
    ck_assert_uint_le(most(SPAN_S(300)), cap);
    ck_assert_uint_le(answer_le16(NM(0xc8, 1, 1, 0), 3), 60);
    while (power_wanted_at(power(), w.world.now) <= cap)
        mcworld_run(&w, SPAN_S(1));
    limiting(1, 3);
    ck_cc(NM(0xf2, 0), 0xa1);
    ck_assert_uint_eq(NM(0xc8, 0x11, 1, 3)->data[19], 0xf1);
}
END_TEST

START_TEST(tells_of_a_limit_that_cannot_be_kept_at_the_end_of_its_time)
{
    mcworld_run(&w, SPAN_MS(10300));
    policy(.id = 5, .limit = IDLE, .actions = 1, .correction_ms = 3700);
    mcworld_run(&w, SPAN_MS(3700) - 1);
    ck_assert_uint_eq(logged(w.mc), 0);
    mcworld_run(&w, 1);
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_event(w.mc, 0, 0x20, 0, 4, 0xdc, 0x18, 0x72, 0xa8, 0, 5);
    mcworld_run(&w, SPAN_S(60));
    ck_assert_uint_eq(logged(w.mc), 1);
    OK(NM(0xc0, 4, 0, 5));
    ck_assert_uint_eq(logged(w.mc), 2);
    ck_event(w.mc, 1, 0x20, 0, 4, 0xdc, 0x18, 0xf2, 0xa8, 0, 5);
    ck_assert(host_power_good(w.host));
}
END_TEST

START_TEST(says_nothing_of_a_limit_without_the_action)
{
    policy(.id = 5, .limit = IDLE);
    mcworld_run(&w, SPAN_S(60));
    ck_assert_uint_eq(logged(w.mc), 0);
}
END_TEST

START_TEST(shuts_down_what_does_not_keep_its_limit)
{
    policy(.domain = 1, .id = 5, .limit = 10, .actions = 2, .correction_ms = 4000);
    mcworld_run(&w, SPAN_S(4) - 1);
    ck_assert_int_eq(host_state(w.host), HOST_ON);
    mcworld_run(&w, 1);
    ck_assert_int_eq(host_state(w.host), HOST_SOFT_OFF);
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_event(w.mc, 0, 0x20, 0, 4, 0xdc, 0x19, 0x73, 0xa2, 0xf1, 5);
    mcworld_run(&w, SPAN_S(10));
    ck_assert_int_eq(host_state(w.host), HOST_OFF);
    ck_assert_uint_eq(NM(0xc8, 0x11, 1, 5)->data[19], 0x51);
}
END_TEST

START_TEST(tells_of_thresholds_as_they_are_crossed)
{
    unsigned n = 0;

    policy(.id = 4, .limit = 300, .disabled = true);
    OK(NM(0xc3, 0, 4, 3, LE(50), LE(105), LE(299)));
    OK(NM(0xc0, 5, 0, 4));
    ck_event(w.mc, 0, 0x20, 0, 4, 0xdc, 0x1b, 0x72, 0xa0, 0, 4);
    ck_event(w.mc, 1, 0x20, 0, 4, 0xdc, 0x1b, 0x72, 0xa1, 0, 4);
    ck_assert_uint_eq(logged(w.mc), 2);
    ck_assert(host_do(w.host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL));
    mcworld_run(&w, SPAN_S(3));
    for (unsigned i = 2; i < logged(w.mc); i++)
        if (record(w.mc, i)[10] == 0xdc)
            n++;
    ck_assert_uint_eq(n, 2);
}
END_TEST

/* ---- triggers ---- */

START_TEST(limits_while_the_inlet_is_too_warm)
{
    policy(.id = 1, .trigger = 1, .limit = 150, .trigger_limit = 30);
    ck_assert_uint_gt(most(SPAN_S(300)), 150);
    ck_assert(mc_sensor_set_value(w.mc, 0, INLET, 31, false));
    mcworld_run(&w, NM_SCAN);
    ck_assert_uint_le(most(SPAN_S(300)), 150);
    ck_assert(mc_sensor_set_value(w.mc, 0, INLET, 30, false));
    mcworld_run(&w, NM_SCAN);
    ck_assert_uint_gt(most(SPAN_S(300)), 150);
}
END_TEST

START_TEST(goes_as_low_as_it_can_for_a_limit_of_nothing)
{
    policy(.id = 1, .trigger = 1, .limit = 0, .trigger_limit = 20);
    ck_assert_uint_le(most(SPAN_S(60)), FLOOR);
}
END_TEST

START_TEST(throttles_when_power_cannot_be_read)
{
    policy(.id = 1, .trigger = 2, .limit = 100, .trigger_limit = 50);
    mcworld_run(&w, SPAN_S(10));
    w.mc->sensors.at[1].scanning = false;
    mcworld_run(&w, SPAN_MS(5900));
    ck_cc(NM(0xf2, 0), 0xa1);
    mcworld_run(&w, SPAN_MS(1100));
    ck_assert_uint_le(most(SPAN_S(30)), FLOOR);
    w.mc->sensors.at[1].scanning = true;
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_gt(most(SPAN_S(300)), FLOOR);
}
END_TEST

START_TEST(limits_a_host_that_does_not_start_in_time)
{
    policy(.id = 1, .trigger = 3, .limit = 150, .trigger_limit = 100);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(host_do(w.host, HOST_OP_RESET, CAUSE_CHASSIS_CONTROL));
    mcworld_run(&w, SPAN_S(9));
    ck_assert_uint_gt(draw(), 150);
    mcworld_run(&w, SPAN_S(2));
    ck_assert_uint_eq(draw(), 150);
    limiting(0, 1);
    mcworld_run(&w, HOST_BOOT_DELAY);
    ck_assert_uint_gt(most(SPAN_S(300)), 150);
}
END_TEST

START_TEST(starts_a_host_as_a_boot_time_policy_says)
{
    policy(.id = 1, .trigger = 4, .limit = 0x04);
    ck_assert(host_do(w.host, HOST_OP_RESET, CAUSE_CHASSIS_CONTROL));
    mcworld_run(&w, SPAN_S(2));
    ck_assert_uint_le(draw(), FLOOR);
    OK(NM(0xc0, 4, 0, 1));
    policy(.id = 1, .trigger = 4, .limit = 0x05);
    ck_assert_uint_gt(draw(), FLOOR);
}
END_TEST

START_TEST(stands_back_while_a_period_runs)
{
    /* Lab time begins on a Thursday, at midnight. */
    policy(.id = 1, .limit = 150, .disabled = true);
    OK(NM(0xc5, 0, 1, 2, 0, 1, 0x08, 2, 3, 0x70));
    OK(NM(0xc0, 5, 0, 1));
    ck_assert_uint_gt(most(SPAN_S(350)), 150);
    mcworld_run(&w, SPAN_S(12));
    ck_assert_uint_le(most(SPAN_S(600)), 150);
    mcworld_run(&w, SPAN_S(86400) - w.world.now);
    ck_assert_uint_le(most(SPAN_S(350)), 150);
    mcworld_run(&w, SPAN_S(372));
    ck_assert_uint_gt(most(SPAN_S(340)), 150);
}
END_TEST

/* ---- statistics ---- */

START_TEST(tells_the_draw_over_a_reporting_period)
{
    struct power_stats stats;
    const struct answer *a;

    policy(.id = 1, .limit = 300, .period_s = 10);
    mcworld_run(&w, SPAN_MS(45600));
    power_statistics(power(), w.world.now - SPAN_S(10), w.world.now, &stats);
    a = NM(0xc8, 0x11, 0, 1);
    ck_answer(a, CC_OK, ID, LE(draw()), LE(stats.min), LE(stats.max), LE(stats.average),
              LE(sel_time(w.mc) & 0xffff), LE(sel_time(w.mc) >> 16), LE(10), LE(0), 0x70);
    power_statistics(power(), 0, w.world.now, &stats);
    ck_answer(NM(0xc8, 0x01, 0, 0xff), CC_OK, ID, LE(draw()), LE(stats.min), LE(stats.max),
              LE(stats.average), LE(sel_time(w.mc) & 0xffff), LE(sel_time(w.mc) >> 16), LE(45),
              LE(0), 0x70);
}
END_TEST

START_TEST(begins_statistics_anew)
{
    mcworld_run(&w, SPAN_S(45));
    OK(NM(0xc7, 0, 0, 0xff));
    mcworld_run(&w, SPAN_S(7));
    ck_assert_uint_eq(answer_le32(NM(0xc8, 1, 0, 0), 15), 7);
    ck_assert_uint_eq(answer_le32(NM(0xc8, 1, 1, 0), 15), 52);
}
END_TEST

START_TEST(weighs_the_inlet_by_time)
{
    policy(.id = 1, .limit = 300);
    OK(NM(0xc7, 0, 0, 0));
    mcworld_run(&w, SPAN_S(10));
    ck_assert(mc_sensor_set_value(w.mc, 0, INLET, 45, false));
    mcworld_run(&w, SPAN_S(1));
    (void)NM(0xc8, 2, 0, 0);
    mcworld_run(&w, SPAN_S(9));
    ck_answer(NM(0xc8, 2, 0, 0), CC_OK, ID, LE(45), LE(25), LE(45), LE(34),
              LE(sel_time(w.mc) & 0xffff), LE(sel_time(w.mc) >> 16), LE(20), LE(0), 0x70);
}
END_TEST

START_TEST(tells_how_much_it_throttles)
{
    ck_assert_uint_eq(answer_le16(NM(0xc8, 3, 0, 0), 3), 0);
    policy(.id = 1, .limit = 1);
    ck_assert_uint_eq(answer_le16(NM(0xc8, 3, 0, 0), 3),
                      power_wanted_at(power(), w.world.now) > FLOOR ? 100 : 0);
    ck_assert_uint_eq(answer_le16(NM(0xc8, 0x1b, 0, 0), 3), 0);
}
END_TEST

START_TEST(measures_nothing_without_a_power_model)
{
    end();
    describe();
    w.machine.groups_off = GROUP_DCMI_CMDS;
    mcworld_begin(&w);
    policy(.id = 1, .limit = 1, .actions = 3);
    mcworld_run(&w, SPAN_S(60));
    ck_assert_uint_eq(answer_le16(NM(0xc8, 1, 0, 0), 3), 0);
    ck_assert_uint_eq(NM(0xc8, 1, 0, 0)->data[19], 0x30);
    ck_assert_uint_eq(logged(w.mc), 0);
}
END_TEST

START_TEST(looks_only_while_a_policy_is_enabled)
{
    ck_assert(!timer_armed(&nm_of(w.mc)->scan));
    policy(.id = 1, .limit = 200);
    ck_assert(timer_armed(&nm_of(w.mc)->scan));
    OK(NM(0xc0, 0, 0, 0));
    ck_assert(!timer_armed(&nm_of(w.mc)->scan));
}
END_TEST

/* ---- elsewhere ---- */

START_TEST(keeps_turbo_ratios)
{
    ck_answer(NM(0xcd, 0xff, 0xff), CC_OK, ID, 33, 33, 36, 5);
    OK(NM(0xcc, 1, 2, 20));
    ck_answer(NM(0xcd, 0, 0xff), CC_OK, ID, 33, 33, 36, 5);
    ck_answer(NM(0xcd, 0xff, 2), CC_OK, ID, 20, 33, 36, 5);
    OK(NM(0xcc, 0xff, 0xff, 0));
    ck_answer(NM(0xcd, 1, 2), CC_OK, ID, 33, 33, 36, 5);
    ck_assert(host_do(w.host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL));
    mcworld_run(&w, SPAN_S(1));
    ck_cc(NM(0xcd, 1, 2), CC_STATE);
}
END_TEST

START_TEST(alerts_its_destination)
{
    const struct outbox_entry *e;

    OK(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 18, 1, 0, 1, 0));
    OK(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 19, 1, 0, 0, 198, 51, 100, 7, 0, 0, 0, 0, 0,
           0));
    ck_answer(NM(0xcf), CC_OK, ID, 0x80, 0, 0);
    OK(NM(0xce, MCWORLD_LAN, 1, 0));
    ck_answer(NM(0xcf), CC_OK, ID, MCWORLD_LAN, 1, 0);
    policy(.id = 5, .limit = IDLE, .actions = 1, .correction_ms = 2000);
    mcworld_run(&w, SPAN_S(2));
    ck_assert_uint_eq(outbox_count(w.out), 1);
    e = outbox_at(w.out, 0);
    ck_assert_uint_eq(e->to.port, PET_PORT);
    ck_assert_uint_eq(e->to.addr[3], 7);
    ck_assert_uint_eq(e->at, SPAN_S(2));
}
END_TEST

START_TEST(measures_and_limits_the_host_from_a_satellite)
{
    struct mc *engine;
    struct nm *nm;

    end();
    describe();
    w.machine.profiles[0] = NULL;
    mcworld_begin(&w);
    engine_machine = mcworld_satellite(ME_ADDRESS);
    engine_machine.profiles[0] = &oem_intel_nm;
    engine = mcworld_add(&w, &engine_machine);
    nm = nm_of(engine);
    ck_cc(NM(0xca), CC_INVALID_COMMAND);
    ck_cc(set_of(engine, (struct told){ .id = 5, .limit = IDLE, .actions = 1 }), CC_OK);
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(nm_watts(nm, NM_PLATFORM), draw());
    ck_assert_uint_le(draw(), FLOOR);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_event(w.mc, 0, ME_ADDRESS, 0, 4, 0xdc, 0x18, 0x72, 0xa8, 0, 5);
    mc_set_power(engine, false);
    ck_assert_uint_gt(most(SPAN_S(300)), FLOOR);
}
END_TEST

static Suite *
nm_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("intel-nm", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, tells_its_version_and_what_it_can_do);
    tcase_add_loop_test(tc, refuses, 0, sizeof refusals / sizeof refusals[0]);
    tcase_add_loop_test(tc, checks_a_policy, 0, sizeof unfit / sizeof unfit[0]);
    tcase_add_test(tc, refuses_an_aggressiveness_that_there_is_not);
    tcase_add_test(tc, needs_an_administrator);
    tcase_add_test(tc, keeps_policies_and_tells_of_the_next);
    tcase_add_test(tc, has_room_for_sixteen);
    tcase_add_test(tc, changes_an_enabled_policy_within_limits);
    tcase_add_test(tc, keeps_thresholds_and_periods);
    tcase_add_test(tc, forgets_what_is_volatile);
    tcase_add_test(tc, throttles_to_the_lowest_limit);
    tcase_add_test(tc, leaves_dcmi_its_own_limit);
    tcase_add_test(tc, limits_a_domain_by_its_share);
    tcase_add_test(tc, tells_of_a_limit_that_cannot_be_kept_at_the_end_of_its_time);
    tcase_add_test(tc, says_nothing_of_a_limit_without_the_action);
    tcase_add_test(tc, shuts_down_what_does_not_keep_its_limit);
    tcase_add_test(tc, tells_of_thresholds_as_they_are_crossed);
    tcase_add_test(tc, limits_while_the_inlet_is_too_warm);
    tcase_add_test(tc, goes_as_low_as_it_can_for_a_limit_of_nothing);
    tcase_add_test(tc, throttles_when_power_cannot_be_read);
    tcase_add_test(tc, limits_a_host_that_does_not_start_in_time);
    tcase_add_test(tc, starts_a_host_as_a_boot_time_policy_says);
    tcase_add_test(tc, stands_back_while_a_period_runs);
    tcase_add_test(tc, tells_the_draw_over_a_reporting_period);
    tcase_add_test(tc, begins_statistics_anew);
    tcase_add_test(tc, weighs_the_inlet_by_time);
    tcase_add_test(tc, tells_how_much_it_throttles);
    tcase_add_test(tc, measures_nothing_without_a_power_model);
    tcase_add_test(tc, looks_only_while_a_policy_is_enabled);
    tcase_add_test(tc, keeps_turbo_ratios);
    tcase_add_test(tc, alerts_its_destination);
    tcase_add_test(tc, measures_and_limits_the_host_from_a_satellite);
    suite_add_tcase(s, tc);
    return s;
}

int
main(void)
{
    return run_suite(nm_suite());
}
