#include <string.h>

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#include "sim/lab/segment.h"
#include "sim/mc/mc_tables.h"

/*
 * Two chassis on one segment: a, whose bridge we ask, and b with a satellite.
 * Each has a world of its own; run() lets both act in the lab's order.
 */
static struct mcworld a, b;
static struct segment *segment;
static struct connector *ends[2];
static struct machine_mc satellite;

#define ADDRESS_A 0x0101
#define ADDRESS_B 0x0202
#define SATELLITE 0x30
#define TO_B      0x02, 0x02

/* The segment must know a chassis' world before its BMC connects. */
static void
begin_one(struct mcworld *w, unsigned n, uint16_t address)
{
    mcworld_describe(w);
    w->seed = n + 1;
    w->icmb_address = address;
    ck_assert(segment_join(segment, &w->world, &ends[n]) == ST_OK);
    w->icmb = connector_wire(ends[n]);
    mcworld_begin(w);
}

static void
begin(void)
{
    ck_assert(segment_new("spine", &segment) == ST_OK);
    begin_one(&a, 0, ADDRESS_A);
    begin_one(&b, 1, ADDRESS_B);
    satellite = mcworld_satellite(SATELLITE);
    (void)mcworld_add(&b, &satellite);
}

static void
end(void)
{
    mc_free(a.mc);
    mc_free(b.mc);
    a.mc = b.mc = NULL;
    segment_leave(ends[0]);
    segment_leave(ends[1]);
    mcworld_end(&a);
    mcworld_end(&b);
    segment_free(segment);
}

static void
run(instant span)
{
    instant to = instant_add(a.world.now, span);

    for (;;) {
        bool first = world_deadline(&a.world) <= world_deadline(&b.world);
        struct world *next = first ? &a.world : &b.world;

        if (world_deadline(next) > to)
            break;
        world_advance(next, world_deadline(next));
    }
    world_advance(&a.world, to);
    world_advance(&b.world, to);
}

#define icmb(cmd, ...) ask(&a, NETFN_BRIDGE, cmd, __VA_ARGS__)
#define far(cmd, ...)  ask(&b, NETFN_BRIDGE, cmd, __VA_ARGS__)

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&a, &icmb_commands, 0);
}
END_TEST

START_TEST(is_nowhere_but_on_a_segment)
{
    struct mcworld plain;

    mcworld_plain(&plain);
    ck_cc(ask(&plain, NETFN_BRIDGE, 0x00), CC_INVALID_COMMAND);
    ck_assert_ptr_null(plain.mc->icmb);
    ck_assert(!(ask(&plain, NETFN_APP, 0x01)->data[5] & GROUP_BRIDGE_DEVICE));
    mcworld_end(&plain);
}
END_TEST

START_TEST(says_what_it_is)
{
    ck_answer(icmb(0x00), CC_OK, 1);
    ck_answer(icmb(0x02), CC_OK, 1, 1);
    ck_answer(icmb(0x06), CC_OK, 0x10, 0x0f, ICMB_DATA_MAX);
    ck_answer(icmb(0x09), CC_OK, BMC_ADDRESS, LUN_SMS);
    ck_answer(icmb(0x0a), CC_OK, 1, 0, 1);
    ck_answer(icmb(0x0b, 0), CC_OK, 0, 0, 0);
    ck_answer(icmb(0x13), CC_OK, BMC_ADDRESS);
    ck_answer(icmb(0xff), CC_OK, 0, 0, 0, 0);
    ck_answer(ask(&a, NETFN_APP, 0x42, ICMB_CHANNEL), CC_OK, ICMB_CHANNEL, MEDIUM_ICMB_10,
              PROTOCOL_ICMB, 0, 0xf2, 0x1b, 0, 0, 0);
    ck_assert(ask(&a, NETFN_APP, 0x01)->data[5] & GROUP_BRIDGE_DEVICE);
}
END_TEST

START_TEST(keeps_what_it_is_told)
{
    ck_cc(icmb(0x03, 0x34, 0x12), CC_OK);
    ck_cc(icmb(0x04, 0x30, 1), CC_OK);
    ck_cc(icmb(0x14, 0x22), CC_OK);
    ck_cc(icmb(0x31, TO_B, 0x20), CC_OK);
    ck_cc(icmb(0x32, 1), CC_OK);
    mc_cold_reset(a.mc);
    run(SPAN_S(2));
    ck_answer(icmb(0x02), CC_OK, 0x34, 0x12);
    ck_answer(icmb(0x09), CC_OK, 0x30, 1);
    ck_answer(icmb(0x13), CC_OK, 0x22);
    ck_answer(icmb(0x34), CC_OK, TO_B, 0x20);
    ck_answer(icmb(0x35), CC_OK, 1);
}
END_TEST

static const struct {
    const char *why;
    uint8_t cmd, data[6];
    size_t len;
} bad[] = {
    { "state 2", 0x01, { 2 }, 1 },
    { "address 0", 0x03, { 0, 0 }, 2 },
    { "address of all", 0x03, { 0xff, 0xff }, 2 },
    { "odd proxy", 0x04, { 0x21, 0 }, 2 },
    { "LUN 4", 0x04, { 0x20, 4 }, 2 },
    { "connector 1", 0x0b, { 1 }, 1 },
    { "discover nobody", 0x12, { 0, 0 }, 2 },
    { "odd device", 0x14, { 0x21 }, 1 },
    { "bridge to all", 0x20, { 0xff, 0xff, 0x20, 0x18, 1 }, 5 },
    { "bridge to itself", 0x20, { 1, 1, 0x20, 0x18, 1 }, 5 },
    { "events for all", 0x31, { 0xff, 0xff, 0x20 }, 3 },
    { "reception 2", 0x32, { 2 }, 1 },
};

START_TEST(refuses_what_makes_no_sense)
{
    ck_assert_msg(
        mcworld_ask(&a, a.mc, NETFN_BRIDGE, bad[_i].cmd, bad[_i].data, bad[_i].len)->cc ==
            CC_INVALID_FIELD,
        "%s", bad[_i].why);
}
END_TEST

START_TEST(discovers_others_once)
{
    struct answer *r = icmb(0x11);

    ck_assert(!r->came);
    run(SPAN_S(1));
    ck_answer(r, CC_OK, 1, TO_B);
    r = icmb(0x12, TO_B);
    run(SPAN_S(1));
    ck_answer(r, CC_OK);
    r = icmb(0x11);
    run(SPAN_S(1));
    ck_answer(r, CC_OK, 0);
    r = icmb(0x10);
    run(SPAN_S(1));
    ck_answer(r, CC_OK);
    r = icmb(0x11, 0, 2, 0, 3);
    run(SPAN_S(1));
    ck_answer(r, CC_OK, 1, TO_B);
    r = icmb(0x11, 3, 2, 0, 3);
    run(SPAN_S(1));
    ck_answer(r, CC_OK, 0);
    ck_cc(icmb(0x11, 1), CC_LENGTH);
}
END_TEST

START_TEST(asks_a_far_bmc)
{
    struct answer *r = icmb(0x20, TO_B, BMC_ADDRESS, NETFN_APP << 2, 0x01);

    ck_assert(!r->came);
    run(SPAN_S(1));
    ck_cc(r, CC_OK);
    ck_assert_uint_eq(r->len, 16);
    ck_assert_uint_eq(r->data[0], CC_OK);
    ck_assert_uint_eq(r->data[1], 0x21);
    ck_answer(icmb(0x05), CC_OK, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0);
    ck_cc(icmb(0x08), CC_OK);
    ck_answer(icmb(0x05), CC_OK, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
END_TEST

START_TEST(asks_a_far_controller_over_its_bus)
{
    struct answer *r = icmb(0x20, TO_B, SATELLITE, NETFN_APP << 2, 0x01);

    run(SPAN_S(1));
    ck_cc(r, CC_OK);
    ck_assert_uint_eq(r->data[0], CC_OK);
    ck_assert_uint_eq(r->data[1], SATELLITE);
    r = icmb(0x20, TO_B, 0x44, NETFN_APP << 2, 0x01);
    run(SPAN_S(5));
    ck_cc(r, CC_CMD_83);
    ck_answer(icmb(0xff), CC_OK, CC_CMD_83, 0x20, TO_B);
}
END_TEST

START_TEST(takes_the_askers_privilege_along)
{
    struct answer *r;

    mcworld_from_lan(&a, PRIV_OPERATOR);
    r = icmb(0x20, TO_B, BMC_ADDRESS, NETFN_APP << 2, 0x02);
    run(SPAN_S(1));
    ck_answer(r, CC_OK, CC_PRIVILEGE);
    mcworld_from_lan(&a, PRIV_USER);
    ck_cc(icmb(0x20, TO_B, BMC_ADDRESS, NETFN_APP << 2, 0x01), CC_PRIVILEGE);
}
END_TEST

START_TEST(gives_up_on_who_is_not_there)
{
    struct answer *r = icmb(0x20, 9, 9, BMC_ADDRESS, NETFN_APP << 2, 0x01);

    run(SPAN_S(3));
    ck_cc(r, CC_TIMEOUT);
    ck_answer(icmb(0xff), CC_OK, CC_TIMEOUT, 0x20, 9, 9);
    ck_cc(far(0x01, 0), CC_OK);
    r = icmb(0x20, TO_B, BMC_ADDRESS, NETFN_APP << 2, 0x01);
    run(SPAN_S(3));
    ck_cc(r, CC_TIMEOUT);
    ck_cc(icmb(0x01, 0), CC_OK);
    ck_cc(icmb(0x20, TO_B, BMC_ADDRESS, NETFN_APP << 2, 0x01), CC_STATE);
}
END_TEST

START_TEST(leaves_messages_for_software)
{
    struct answer *r = icmb(0x21, TO_B, 'h', 'i');

    run(SPAN_S(1));
    ck_answer(r, CC_OK);
    ck_answer(ask(&b, NETFN_APP, 0x33), CC_OK, ICMB_CHANNEL, 1, 1, 'h', 'i');
}
END_TEST

START_TEST(carries_send_message)
{
    struct answer *r;

    mcworld_from_lan(&a, PRIV_ADMIN);
    r = ask(&a, NETFN_APP, 0x34, 0x40 | ICMB_CHANNEL, TO_B, 0x20, BMC_ADDRESS,
            NETFN_APP << 2, 0x37);
    run(SPAN_S(1));
    ck_cc(r, CC_OK);
    ck_assert_uint_eq(r->len, 17);
    ck_assert_mem_eq(r->data + 1, mc_guid(b.mc), 16);
    ck_cc(ask(&a, NETFN_APP, 0x34, 0x40 | ICMB_CHANNEL, TO_B, 0x30), CC_INVALID_FIELD);
    mcworld_from_system(&a);
    r = ask(&a, NETFN_APP, 0x34, ICMB_CHANNEL, 0x15, TO_B, 0x20, BMC_ADDRESS,
            NETFN_APP << 2, 0x05, 1);
    ck_cc(r, CC_OK);
    run(SPAN_S(1));
    ck_answer(ask(&a, NETFN_APP, 0x33), CC_OK, ICMB_CHANNEL, 0x15, CC_OK, CC_OK);
}
END_TEST

static unsigned
logged(struct mcworld *w)
{
    struct answer *info = ask(w, NETFN_STORAGE, 0x40);

    return info->data[1] | (unsigned)info->data[2] << 8;
}

START_TEST(sends_events_to_a_far_log)
{
    struct answer *r;

    ck_cc(icmb(0x33, 4, 1, 2, 1, 0x59, 60, 50), CC_STATE);
    ck_cc(icmb(0x31, TO_B, BMC_ADDRESS), CC_OK);
    r = icmb(0x33, 4, 1, 2, 1, 0x59, 60, 50);
    run(SPAN_S(1));
    ck_cc(r, CC_STATE);
    ck_cc(far(0x32, 1), CC_OK);
    r = icmb(0x33, 4, 1, 2, 1, 0x59, 60, 50);
    run(SPAN_S(1));
    ck_cc(r, CC_OK);
    ck_assert_uint_eq(logged(&b), 1);
    ck_answer(far(0x30), CC_OK, 1, 0);
    r = icmb(0x33, 7, 1, 2, 1, 0x59, 60, 50);
    run(SPAN_S(1));
    ck_cc(r, CC_INVALID_FIELD);
}
END_TEST

START_TEST(passes_its_own_events_on_but_not_for_ever)
{
    icmb(0x31, TO_B, BMC_ADDRESS);
    icmb(0x32, 1);
    far(0x31, 1, 1, BMC_ADDRESS);
    far(0x32, 1);
    ck_cc(ask(&a, NETFN_SENSOR, 0x02, 0x41, 4, 1, 2, 1, 0x59, 60, 50), CC_OK);
    run(SPAN_S(5));
    ck_assert_uint_eq(logged(&a), 1);
    ck_assert_uint_eq(logged(&b), 1);
}
END_TEST

START_TEST(tells_who_is_at_the_other_end)
{
    struct answer *r = icmb(0x0c, 0, 0x77);

    run(SPAN_S(1));
    ck_answer(r, CC_OK);
    ck_answer(far(0x0b, 0), CC_OK, 0x77, 1, 1);
    mc_cold_reset(b.mc);
    run(SPAN_S(1));
    ck_answer(far(0x0b, 0), CC_OK, 0, 0, 0);
}
END_TEST

START_TEST(forgets_what_is_open_when_it_is_reset)
{
    struct answer *r = icmb(0x20, TO_B, BMC_ADDRESS, NETFN_APP << 2, 0x01);

    mc_cold_reset(a.mc);
    run(SPAN_S(5));
    ck_assert(!r->came);
    r = icmb(0x20, TO_B, BMC_ADDRESS, NETFN_APP << 2, 0x01);
    run(SPAN_S(1));
    ck_cc(r, CC_OK);
}
END_TEST

START_TEST(has_a_bound_on_what_is_open)
{
    for (unsigned i = 0; i < ICMB_SLOTS; i++)
        (void)icmb(0x20, 9, 9, BMC_ADDRESS, NETFN_APP << 2, 0x01);
    ck_cc(icmb(0x20, TO_B, BMC_ADDRESS, NETFN_APP << 2, 0x01), CC_BUSY);
    run(SPAN_S(5));
}
END_TEST

static Suite *
icmb_suite(void)
{
    Suite *s = suite_create("sim/mc/icmb_bridge");
    TCase *tc = tcase_create("icmb");

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, is_nowhere_but_on_a_segment);
    tcase_add_test(tc, says_what_it_is);
    tcase_add_test(tc, keeps_what_it_is_told);
    tcase_add_loop_test(tc, refuses_what_makes_no_sense, 0, sizeof bad / sizeof bad[0]);
    tcase_add_test(tc, discovers_others_once);
    tcase_add_test(tc, asks_a_far_bmc);
    tcase_add_test(tc, asks_a_far_controller_over_its_bus);
    tcase_add_test(tc, takes_the_askers_privilege_along);
    tcase_add_test(tc, gives_up_on_who_is_not_there);
    tcase_add_test(tc, leaves_messages_for_software);
    tcase_add_test(tc, carries_send_message);
    tcase_add_test(tc, sends_events_to_a_far_log);
    tcase_add_test(tc, passes_its_own_events_on_but_not_for_ever);
    tcase_add_test(tc, tells_who_is_at_the_other_end);
    tcase_add_test(tc, forgets_what_is_open_when_it_is_reset);
    tcase_add_test(tc, has_a_bound_on_what_is_open);
    suite_add_tcase(s, tc);
    return s;
}

int
main(void)
{
    return run_suite(icmb_suite());
}
