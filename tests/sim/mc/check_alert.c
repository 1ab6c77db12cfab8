#include "sim/mc/alert.h"

#include <string.h>

#include "sim/wire/pet.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define SECOND_CHANNEL MCWORLD_SECOND_LAN
#define TRAPS_MAX 64

/* A trap that went out: when, to which host, and what it said. */
struct trap {
    instant at;
    uint8_t host;                 /* last octet of the address */
    struct pet pet;
    uint8_t octets[PET_MESSAGE_MAX];
};

static struct mcworld w;
static struct trap traps[TRAPS_MAX];
static unsigned trap_count;

static void
begin(void)
{
    mcworld_describe(&w);
    w.machine.lan_count = 2;
    mcworld_begin(&w);
    trap_count = 0;
}

static void
end(void)
{
    mcworld_end(&w);
}

/* Move what went out into traps[]. */
static void
collect(void)
{
    for (size_t i = 0; i < outbox_count(w.out); i++) {
        const struct outbox_entry *e = outbox_at(w.out, i);
        struct trap *t = &traps[trap_count++];

        ck_assert_uint_le(trap_count, TRAPS_MAX);
        ck_assert_uint_eq(e->to.port, PET_PORT);
        t->at = e->at;
        t->host = e->to.addr[3];
        memcpy(t->octets, e->bytes.at, e->bytes.len);
        ck_assert(pet_parse(bytes_of(t->octets, e->bytes.len), &t->pet));
    }
    outbox_clear(w.out);
}

static void
run(instant span)
{
    mcworld_run(&w, span);
    collect();
}

#define set(...) ck_cc(ask(&w, NETFN_SENSOR, 0x12, __VA_ARGS__), CC_OK)

/* Destination n of a channel is 198.51.100.(channel * 10 + n). */
static void
destination(uint8_t channel, uint8_t n, uint8_t type, uint8_t timeout, uint8_t retries)
{
    uint8_t host = (uint8_t)(channel * 10 + n);

    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, channel, 18, n, type, timeout, retries), CC_OK);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, channel, 19, n, 0, 0, 198, 51, 100, host, 0, 0, 0, 0, 0,
              0), CC_OK);
}

/* Policy entry i: set 1, enabled. */
static void
policy(uint8_t i, uint8_t kind, uint8_t channel, uint8_t n)
{
    set(9, i, 0x18 | kind, (uint8_t)(channel << 4 | n), 0);
}

/* The watchdog's factory filter alerts by set 1, with severity critical. */
static void
event(void)
{
    ck_cc(ask(&w, NETFN_SENSOR, 0x02, 0x41, 0x04, 0x23, 0x07, 0x6f, 0xc1, 0x04, 0xff), CC_OK);
}

static void
acknowledge(const struct trap *t, uint8_t ed3)
{
    uint16_t sequence = t->pet.sequence;
    uint32_t time = t->pet.time_s;

    mcworld_from_lan(&w, PRIV_NONE);
    w.who.session = 0;
    ck_answer(ask(&w, NETFN_SENSOR, 0x17, (uint8_t)sequence, (uint8_t)(sequence >> 8),
                  (uint8_t)time, (uint8_t)(time >> 8), (uint8_t)(time >> 16),
                  (uint8_t)(time >> 24), 0x20, t->pet.sensor_device, t->pet.sensor_number,
                  t->pet.data[0], t->pet.data[1], ed3), CC_OK);
    mcworld_from_system(&w);
}

START_TEST(sends_a_trap)
{
    static const uint8_t data[8] = { 0xc1, 0x04, 0xff };
    static const uint8_t agent[4] = { 192, 0, 2, 10 };
    const struct pet *pet = &traps[0].pet;

    destination(1, 1, 0, 2, 0);
    policy(1, 0, 1, 1);
    run(SPAN_S(100));
    event();
    run(SPAN_S(1));
    ck_assert_uint_eq(trap_count, 1);
    ck_assert_uint_eq(traps[0].at, SPAN_S(100));
    ck_assert_uint_eq(traps[0].host, 11);
    ck_assert_uint_eq(pet->community.len, 6);
    ck_assert_mem_eq(pet->community.at, "public", 6);
    ck_assert_mem_eq(pet->agent, agent, 4);
    ck_assert_uint_eq(pet->uptime_cs, 10000);
    ck_assert_uint_eq(pet->sensor_type, 0x23);
    ck_assert_uint_eq(pet->event_type, 0x6f);
    ck_assert_uint_eq(pet->offset, 0x01);
    for (unsigned i = 0; i < 16; i++)
        ck_assert_uint_eq(pet->guid[i], w.mc->guid[15 - i]);
    ck_assert_uint_eq(pet->sequence, 1);
    ck_assert_uint_eq(pet->time_s, WORLD_EPOCH_DEFAULT + 100 - PET_EPOCH_S);
    ck_assert_uint_eq(pet->utc_offset, PET_UTC_UNSPECIFIED);
    ck_assert_uint_eq(pet->source, 0x20);
    ck_assert_uint_eq(pet->event_source, 0x20);
    ck_assert_uint_eq(pet->severity, 0x10);
    ck_assert_uint_eq(pet->sensor_device, 0x41);
    ck_assert_uint_eq(pet->sensor_number, 0x07);
    ck_assert_uint_eq(pet->entity, 0);
    ck_assert_mem_eq(pet->data, data, 8);
    ck_assert_uint_eq(pet->manufacturer, w.machine.manufacturer);
    ck_assert_uint_eq(pet->system_id, w.machine.product);
    ck_assert_uint_eq(pet->oem.len, 1);
}
END_TEST

START_TEST(says_what_it_was_told_to)
{
    const struct pet *pet = &traps[0].pet;

    destination(1, 1, 0, 2, 0);
    policy(1, 0, 1, 1);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, 1, 16, 'm', 'a', 'r', 's', 0, 'x', 0, 0, 0, 0, 0, 0, 0, 0,
              0, 0, 0, 0), CC_OK);
    set(10, 1, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
    ck_cc(ask(&w, NETFN_STORAGE, 0x5d, 0x3c, 0), CC_OK);   /* UTC + 60 minutes */
    event();
    run(0);
    ck_assert_uint_eq(pet->community.len, 4);
    ck_assert_mem_eq(pet->community.at, "mars", 4);
    for (unsigned i = 0; i < 16; i++)
        ck_assert_uint_eq(pet->guid[i], i + 1);
    ck_assert_uint_eq(pet->utc_offset, 60);
}
END_TEST

/* What keeps an alert from going out. */
static void
nothing(void)
{
}

static void
disable_pef(void)
{
    set(1, 0);
}

static void
disable_alert_action(void)
{
    set(2, 0x3e);
}

static void
disable_policy(void)
{
    set(9, 1, 0x10, 0x11, 0);
}

static void
disable_filter(void)
{
    set(7, 16, 0x40);
}

static void
other_set(void)
{
    set(9, 1, 0x28, 0x11, 0);
}

static void
disable_alerting(void)
{
    ck_cc(ask(&w, NETFN_APP, 0x40, 1, 0xa2, 0x04), CC_OK);
}

static void
oem_destination(void)
{
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, 1, 18, 1, 6, 0, 0), CC_OK);
}

static void
no_address(void)
{
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, 1, 19, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), CC_OK);
}

static void
no_such_channel(void)
{
    policy(1, 0, 7, 1);
}

static void
no_such_destination(void)
{
    policy(1, 0, 1, 9);
}

static const struct {
    void (*change)(void);
    unsigned traps;
} obstacles[] = {
    { nothing, 1 },          { disable_pef, 0 },      { disable_alert_action, 0 },
    { disable_policy, 0 },   { disable_filter, 0 },   { other_set, 0 },
    { disable_alerting, 0 }, { oem_destination, 0 },  { no_address, 0 },
    { no_such_channel, 0 },  { no_such_destination, 0 },
};

START_TEST(sends_only_where_all_agree)
{
    destination(1, 1, 0, 2, 0);
    policy(1, 0, 1, 1);
    obstacles[_i].change();
    event();
    run(SPAN_S(10));
    ck_assert_uint_eq(trap_count, obstacles[_i].traps);
}
END_TEST

/* Repetitions: how often, when, and that nothing but the uptime differs. */
START_TEST(repeats_a_trap_that_needs_no_answer)
{
    destination(1, 1, 0, 4, 2);
    destination(1, 2, 0, 0, 0);
    policy(1, 0, 1, 1);
    policy(2, 0, 1, 2);
    event();
    run(SPAN_S(60));
    ck_assert_uint_eq(trap_count, 4);
    for (unsigned i = 0; i < 3; i++) {
        ck_assert_uint_eq(traps[i].at, SPAN_S(5 * i));
        ck_assert_uint_eq(traps[i].host, 11);
        ck_assert_uint_eq(traps[i].pet.sequence, 1);
        ck_assert_uint_eq(traps[i].pet.time_s, traps[0].pet.time_s);
    }
    ck_assert_uint_eq(traps[3].at, SPAN_S(10));
    ck_assert_uint_eq(traps[3].host, 12);
    ck_assert_uint_eq(traps[3].pet.sequence, 2);
}
END_TEST

START_TEST(gives_up_when_nobody_acknowledges)
{
    destination(1, 1, 0x80, 1, 3);
    destination(1, 2, 0, 0, 0);
    policy(1, 0, 1, 1);
    policy(2, 1, 1, 2);          /* only if the first one was not told */
    event();
    run(SPAN_S(60));
    ck_assert_uint_eq(trap_count, 5);
    ck_assert_uint_eq(traps[3].at, SPAN_S(6));
    ck_assert_uint_eq(traps[4].at, SPAN_S(8));
    ck_assert_uint_eq(traps[4].host, 12);
}
END_TEST

START_TEST(is_done_when_somebody_acknowledges)
{
    destination(1, 1, 0x80, 1, 3);
    destination(1, 2, 0, 0, 0);
    policy(1, 0, 1, 1);
    policy(2, 1, 1, 2);
    event();
    run(SPAN_S(3));
    ck_assert_uint_eq(trap_count, 2);
    acknowledge(&traps[0], 0x00);            /* of another event */
    acknowledge(&traps[0], 0xff);
    acknowledge(&traps[0], 0xff);
    run(SPAN_S(60));
    ck_assert_uint_eq(trap_count, 2);
}
END_TEST

START_TEST(takes_acknowledgements_that_nobody_waits_for)
{
    struct trap t = { .pet = { .sequence = 7 } };

    acknowledge(&t, 0);
    destination(1, 1, 0, 1, 3);
    policy(1, 0, 1, 1);
    event();
    run(0);
    acknowledge(&traps[0], 0xff);
    run(SPAN_S(60));
    ck_assert_uint_eq(trap_count, 4);
}
END_TEST

/*
 * Four destinations: 11 and 12 on the first channel, 31 and 32 on the other;
 * 32 is of an OEM type, which cannot be told. told says which of 11, 12, 31
 * answer. kinds are the policies of the entries, in the order given.
 */
static const struct {
    const char *why;
    uint8_t order[4], kinds[4];
    uint8_t want[4];
    unsigned count;
    bool told;
} policies[] = {
    { "always", { 11, 12, 31, 32 }, { 0, 0, 0, 0 }, { 11, 12, 31 }, 3, true },
    { "skip, told", { 11, 12, 31, 32 }, { 0, 1, 0, 0 }, { 11, 31 }, 2, true },
    { "skip, not told", { 11, 12, 31, 32 }, { 0, 1, 0, 0 }, { 11, 12, 31 }, 3, false },
    { "skip all", { 11, 12, 31, 32 }, { 0, 1, 1, 1 }, { 11 }, 1, true },
    { "stop, told", { 11, 12, 31, 32 }, { 0, 2, 0, 0 }, { 11 }, 1, true },
    { "stop, not told", { 11, 12, 31, 32 }, { 0, 2, 0, 0 }, { 11, 12, 31 }, 3, false },
    { "channel, told", { 11, 12, 31, 32 }, { 0, 3, 0, 0 }, { 11, 31 }, 2, true },
    { "channel, not told", { 11, 12, 31, 32 }, { 0, 3, 0, 0 }, { 11, 12, 31 }, 3, false },
    { "channel, past its like", { 31, 11, 12, 31 }, { 0, 3, 0, 0 }, { 31, 31 }, 2, true },
    { "type, told", { 11, 12, 32, 31 }, { 0, 4, 0, 0 }, { 11, 31 }, 2, true },
    { "type, past its like", { 11, 12, 31, 32 }, { 0, 4, 0, 0 }, { 11 }, 1, true },
    { "the first one is never skipped", { 11, 12, 31, 32 }, { 1, 2, 3, 4 }, { 11 }, 1, true },
    { "one that cannot be told", { 32, 11, 12, 31 }, { 0, 1, 2, 0 }, { 11 }, 1, true },
};

START_TEST(follows_the_policies)
{
    uint8_t type = policies[_i].told ? 0 : 0x80;

    destination(1, 1, type, 0, 0);
    destination(1, 2, type, 0, 0);
    destination(SECOND_CHANNEL, 1, type, 0, 0);
    destination(SECOND_CHANNEL, 2, 6, 0, 0);
    for (uint8_t i = 0; i < 4; i++)
        policy((uint8_t)(i + 1), policies[_i].kinds[i], policies[_i].order[i] / 10,
               policies[_i].order[i] % 10);
    event();
    run(SPAN_S(60));
    ck_assert_msg(trap_count == policies[_i].count, "%s: %u traps", policies[_i].why, trap_count);
    for (unsigned i = 0; i < trap_count; i++)
        ck_assert_msg(traps[i].host == policies[_i].want[i], "%s: trap %u went to %u",
                      policies[_i].why, i, traps[i].host);
}
END_TEST

START_TEST(uses_the_lowest_policy_set_and_the_highest_severity)
{
    destination(1, 1, 0, 0, 0);
    destination(1, 2, 0, 0, 0);
    set(9, 1, 0x18, 0x11, 0);
    set(9, 2, 0x28, 0x12, 0);
    /* Two more filters for the watchdog, of sets 2 and 3. */
    set(6, 20, 0x80, 1, 2, 0x20, 0xff, 0xff, 0x23, 0xff, 0x6f, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0,
        0);
    set(6, 21, 0x80, 1, 3, 0x02, 0xff, 0xff, 0x23, 0xff, 0x6f, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0,
        0);
    event();
    run(SPAN_S(1));
    ck_assert_uint_eq(trap_count, 1);
    ck_assert_uint_eq(traps[0].host, 11);
    ck_assert_uint_eq(traps[0].pet.severity, 0x20);
    set(7, 16, 0x40);
    event();
    run(SPAN_S(1));
    ck_assert_uint_eq(trap_count, 2);
    ck_assert_uint_eq(traps[1].host, 12);
}
END_TEST

/* Policy number 0 names no set, whatever stands in the table. */
START_TEST(has_no_policy_set_0)
{
    destination(1, 1, 0, 0, 0);
    destination(1, 2, 0, 0, 0);
    set(9, 1, 0x18, 0x11, 0);
    set(9, 2, 0x08, 0x12, 0);
    set(6, 20, 0x80, 1, 0, 0x20, 0xff, 0xff, 0x23, 0xff, 0x6f, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0,
        0);
    event();
    run(SPAN_S(1));
    ck_assert_uint_eq(trap_count, 1);
    ck_assert_uint_eq(traps[0].host, 11);
    set(7, 16, 0x40);
    event();
    run(SPAN_S(1));
    ck_assert_uint_eq(trap_count, 1);
}
END_TEST

static void
expect_text(const struct trap *t, const char *want)
{
    size_t len = strlen(want);

    ck_assert_uint_eq(t->pet.oem.len, len + 4);
    ck_assert_uint_eq(t->pet.oem.at[0], 0x80);
    ck_assert_uint_eq(t->pet.oem.at[1], 0x40 | len);
    ck_assert_uint_eq(t->pet.oem.at[2], 0x01);
    ck_assert_mem_eq(t->pet.oem.at + 3, want, len);
}

START_TEST(sends_an_alert_string)
{
    destination(1, 1, 0, 0, 0);
    set(13, 2, 1, 'd', 'o', 'g', 0);
    set(9, 1, 0x18, 0x11, 2);
    event();
    run(0);
    ck_assert_uint_eq(trap_count, 1);
    expect_text(&traps[0], "dog");
}
END_TEST

START_TEST(looks_an_alert_string_up_by_filter_and_set)
{
    destination(1, 1, 0, 0, 0);
    set(13, 1, 1, 'n', 'o', 0);
    set(13, 4, 1, 'b', 'i', 't', 'e', 's', 0);
    set(12, 1, 16, 5);
    set(12, 4, 16, 6);
    set(9, 1, 0x18, 0x11, 0x86);
    event();
    run(0);
    expect_text(&traps[0], "bites");
    set(9, 1, 0x18, 0x11, 0x87);
    event();
    run(0);
    ck_assert_uint_eq(traps[1].pet.oem.len, 1);
}
END_TEST

START_TEST(waits_for_the_alert_startup_delay)
{
    destination(1, 1, 0, 0, 0);
    policy(1, 0, 1, 1);
    set(1, PEF_CONTROL_ENABLE | PEF_CONTROL_ALERT_DELAY);
    set(4, 20);
    ck_assert(host_do(w.host, HOST_OP_RESET, CAUSE_RESET_BUTTON));
    for (unsigned i = 0; i < ALERTS_WAITING_MAX + 2; i++)
        event();
    run(SPAN_S(20) - 1);
    ck_assert_uint_eq(trap_count, 0);
    run(1);
    ck_assert_uint_eq(trap_count, ALERTS_WAITING_MAX);
    ck_assert_uint_eq(alerts_dropped(w.mc), 2);
}
END_TEST

START_TEST(waits_until_a_power_down_is_done)
{
    destination(1, 1, 0, 0, 0);
    policy(1, 0, 1, 1);
    set(2, 0x3f);
    set(6, 20, 0x80, 2, 0, 0, 0xff, 0xff, 0x23, 0xff, 0x6f, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    event();
    run(SPAN_S(5));
    ck_assert_uint_eq(trap_count, 1);
    ck_assert_uint_eq(traps[0].at, HOST_POWER_OFF_DELAY);
    ck_assert(!host_power_good(w.host));
    event();                      /* nothing to wait for any more */
    run(0);
    ck_assert_uint_eq(trap_count, 2);
}
END_TEST

START_TEST(forgets_waiting_alerts_when_pef_is_disabled)
{
    destination(1, 1, 0x80, 1, 7);
    policy(1, 0, 1, 1);
    event();
    event();
    run(SPAN_S(1));
    ck_assert_uint_eq(trap_count, 1);
    set(1, 0);
    set(1, 1);
    run(SPAN_S(60));
    ck_assert_uint_eq(trap_count, 1);
    event();
    run(0);
    ck_assert_uint_eq(trap_count, 2);
}
END_TEST

START_TEST(knows_the_entity_of_a_sensor)
{
    static const uint8_t octets[] = {
        0x01, 0x00, 0x51, 0x03, 13, 0x41, 0x00, 0x07, 0x17, 0x62, 0x23, 0x6f, 0, 0, 0, 0, 0, 0xc0,
    };
    const struct machine_sdr sdr = { bytes_of(octets, sizeof octets) };

    end();
    mcworld_describe(&w);
    w.machine.sdrs = &sdr;
    w.machine.sdr_count = 1;
    mcworld_begin(&w);
    destination(1, 1, 0, 0, 0);
    policy(1, 0, 1, 1);
    event();
    run(0);
    ck_assert_uint_eq(traps[0].pet.entity, 0x17);
    ck_assert_uint_eq(traps[0].pet.instance, 0x62);
}
END_TEST

START_TEST(crosses_a_link_with_faults)
{
    struct fault_rule rule = fault_rule_any(FAULT_LOSE);
    uint32_t id;

    destination(1, 1, 0x80, 0, 2);
    policy(1, 0, 1, 1);
    rule.link = TAP_LAN;
    rule.dir = TAP_FROM_BMC;
    rule.times = 2;
    ck_assert(world_arm_fault(&w.world, &rule, &id) == ST_OK);
    event();
    run(SPAN_S(10));
    ck_assert_uint_eq(trap_count, 1);
    ck_assert_uint_eq(traps[0].at, SPAN_S(2));
}
END_TEST

/* ---- Alert Immediate ---- */

#define immediate(...) ask(&w, NETFN_SENSOR, 0x16, 1, __VA_ARGS__)

START_TEST(alerts_immediately)
{
    const struct pet *pet = &traps[0].pet;

    destination(1, 0, 0, 0, 0);
    set(13, 0, 1, 'n', 'o', 'w', 0);
    set(1, 0);
    disable_alerting();
    ck_answer(immediate(0x40, 0), CC_OK, 0);
    ck_answer(immediate(0x00, 0x80), CC_OK);
    run(0);
    ck_assert_uint_eq(trap_count, 1);
    ck_assert_uint_eq(traps[0].host, 10);
    ck_assert_uint_eq(pet->sensor_type, 0x12);
    ck_assert_uint_eq(pet->sensor_device, 0x20);
    expect_text(&traps[0], "now");
    ck_answer(immediate(0x40, 0), CC_OK, 1);
    ck_answer(immediate(0x80, 0), CC_OK);
    ck_answer(immediate(0x40, 0), CC_OK, 0);
}
END_TEST

START_TEST(alerts_immediately_of_any_event)
{
    const struct pet *pet = &traps[0].pet;

    destination(1, 3, 0, 0, 0);
    ck_answer(immediate(0x03, 0, 0x41, 4, 1, 0x30, 0x81, 0x57, 0x60, 0x50), CC_OK);
    run(0);
    ck_assert_uint_eq(trap_count, 1);
    ck_assert_uint_eq(pet->sensor_type, 1);
    ck_assert_uint_eq(pet->event_type, 1);
    ck_assert_uint_eq(pet->offset, 0x87);
    ck_assert_uint_eq(pet->sensor_device, 0x41);
    ck_assert_uint_eq(pet->sensor_number, 0x30);
    ck_assert_uint_eq(pet->data[2], 0x50);
    ck_assert_uint_eq(pet->oem.len, 1);
}
END_TEST

START_TEST(knows_how_an_immediate_alert_fares)
{
    destination(1, 2, 0x80, 1, 1);
    ck_answer(immediate(0x02, 0), CC_OK);
    ck_answer(immediate(0x40, 0), CC_OK, 0xff);
    ck_cc(immediate(0x02, 0), CC_CMD_81);
    ck_answer(immediate(0x80, 0), CC_OK);
    run(SPAN_S(4) - 1);
    ck_answer(immediate(0x40, 0), CC_OK, 0xff);
    run(1);
    ck_answer(immediate(0x40, 0), CC_OK, 3);
    ck_answer(immediate(0x02, 0), CC_OK);
    run(0);
    acknowledge(&traps[trap_count - 1], 0xff);
    ck_answer(immediate(0x40, 0), CC_OK, 1);
    ck_assert_uint_eq(trap_count, 3);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(1));
    ck_answer(immediate(0x40, 0), CC_OK, 0);
}
END_TEST

static const struct {
    const char *why;
    uint8_t data[12];
    size_t len;
    unsigned cc;
} orders[] = {
    { "no such channel", { 7, 1, 0 }, 3, CC_INVALID_FIELD },
    { "no LAN", { 0, 1, 0 }, 3, CC_INVALID_FIELD },
    { "no such destination", { 1, 5, 0 }, 3, CC_RANGE },
    { "no such string", { 1, 1, 0x89 }, 3, CC_RANGE },
    { "no address", { 1, 4, 0 }, 3, CC_STATE },
    { "no such operation", { 1, 0xc1, 0 }, 3, CC_INVALID_FIELD },
    { "half an event", { 1, 1, 0, 0x20, 4, 1, 1 }, 7, CC_LENGTH },
    { "a short event", { 1, 1, 0, 0x20, 4, 1, 1, 1, 1, 1 }, 10, CC_LENGTH },
    { "all well", { 1, 1, 0, 0x20, 4, 1, 1, 1, 1, 1, 1 }, 11, CC_OK },
};

START_TEST(refuses_orders_that_make_no_sense)
{
    struct answer *a;

    destination(1, 1, 0, 0, 0);
    a = mcworld_ask(&w, w.mc, NETFN_SENSOR, 0x16, orders[_i].data, orders[_i].len);
    ck_assert_msg(a->cc == orders[_i].cc, "%s: %02Xh", orders[_i].why, a->cc);
    run(0);
    ck_assert_uint_eq(trap_count, orders[_i].cc == CC_OK);
}
END_TEST

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

static Suite *
alert_suite(void)
{
    TCase *t;
    Suite *s = run_suite_of("alert", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, sends_a_trap);
    tcase_add_test(t, says_what_it_was_told_to);
    tcase_add_loop_test(t, sends_only_where_all_agree, 0, COUNT(obstacles));
    tcase_add_test(t, repeats_a_trap_that_needs_no_answer);
    tcase_add_test(t, gives_up_when_nobody_acknowledges);
    tcase_add_test(t, is_done_when_somebody_acknowledges);
    tcase_add_test(t, takes_acknowledgements_that_nobody_waits_for);
    tcase_add_loop_test(t, follows_the_policies, 0, COUNT(policies));
    tcase_add_test(t, uses_the_lowest_policy_set_and_the_highest_severity);
    tcase_add_test(t, has_no_policy_set_0);
    tcase_add_test(t, sends_an_alert_string);
    tcase_add_test(t, looks_an_alert_string_up_by_filter_and_set);
    tcase_add_test(t, waits_for_the_alert_startup_delay);
    tcase_add_test(t, waits_until_a_power_down_is_done);
    tcase_add_test(t, forgets_waiting_alerts_when_pef_is_disabled);
    tcase_add_test(t, knows_the_entity_of_a_sensor);
    tcase_add_test(t, crosses_a_link_with_faults);
    tcase_add_test(t, alerts_immediately);
    tcase_add_test(t, alerts_immediately_of_any_event);
    tcase_add_test(t, knows_how_an_immediate_alert_fares);
    tcase_add_loop_test(t, refuses_orders_that_make_no_sense, 0, COUNT(orders));
    return s;
}

int
main(void)
{
    return run_suite(alert_suite());
}
