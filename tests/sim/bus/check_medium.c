#include <string.h>

#include "tests/lib/run.h"
#include "tests/sim/bus/stations.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define US(n) SPAN_US(n)

/* At 100 kHz a bit is 10 us: START and STOP 20 us, an octet 90 us, and 4.7 us
 * of rest. 7 octets: 650 us; 8 octets: 740 us; a NAKed address: 110 us. */
#define SPAN_7 US(650)
#define SPAN_8 US(740)
#define SPAN_NAK US(110)
#define REST 4700

static void
run_until(instant at)
{
    wireworld_until(&w, at);
}

static const struct {
    uint32_t rate;
    size_t octets;
    instant span;
} spans[] = {
    { 0, 7, SPAN_7 },
    { 0, 32, US(2900) },
    { 400000, 7, 162500 },
    { 100000, 1, SPAN_NAK },
};

START_TEST(takes_nine_bits_an_octet_and_two_more)
{
    again((struct medium_config){ .bit_rate = spans[_i].rate });
    ck_assert_uint_eq(medium_frame_span(w.bus, spans[_i].octets), spans[_i].span);
}
END_TEST

START_TEST(delivers_at_the_end_of_stop)
{
    run_until(US(100));
    wireworld_send(b, 0x20, 7, 1);
    run_until(US(100) + SPAN_7 - 1);
    ck_assert_str_eq(w.log, "");
    run_until(US(1000));
    ck_assert_str_eq(w.log, "750.0 b sent 1\n"
                            "750.0 a got 1\n");
    ck_assert_uint_eq(medium_stats(w.bus)->busy, SPAN_7);
    ck_assert_uint_eq(medium_stats(w.bus)->octets, 7);
    ck_assert_uint_eq(world_deadline(&w.world), INSTANT_NEVER);
}
END_TEST

START_TEST(rests_between_frames)
{
    wireworld_send(b, 0x20, 7, 1);
    wireworld_send(b, 0x20, 7, 2);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "650.0 b sent 1\n"
                            "650.0 a got 1\n"
                            "1304.7 b sent 2\n"
                            "1304.7 a got 2\n");
}
END_TEST

START_TEST(makes_a_sender_wait_for_a_free_bus)
{
    wireworld_send(b, 0x20, 7, 1);
    run_until(US(300));
    wireworld_send(c, 0x20, 7, 2);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "650.0 b sent 1\n"
                            "650.0 a got 1\n"
                            "1304.7 c sent 2\n"
                            "1304.7 a got 2\n");
    ck_assert_uint_eq(medium_stats(w.bus)->arbitration_losses, 0);
}
END_TEST

START_TEST(starts_at_once_when_the_bus_has_rested)
{
    wireworld_send(b, 0x20, 7, 1);
    run_until(SPAN_7 + REST);
    wireworld_send(c, 0x20, 7, 2);
    run_until(US(5000));
    ck_assert_ptr_nonnull(strstr(w.log, "1304.7 c sent 2\n"));
}
END_TEST

START_TEST(does_not_acknowledge_an_absent_address)
{
    wireworld_send(b, 0x22, 7, 1);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "110.0 b naked 1\n");
    ck_assert_uint_eq(medium_stats(w.bus)->naks, 1);
    ck_assert_uint_eq(medium_link(w.bus)->by_fate[FATE_NAKED], 1);
    ck_assert_uint_eq(medium_stats(w.bus)->busy, SPAN_NAK);
}
END_TEST

START_TEST(does_not_let_a_node_address_itself)
{
    wireworld_send(b, 0x52, 7, 1);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "110.0 b naked 1\n");
}
END_TEST

/* 00h 54h: the second octet is the address. */
static const struct {
    uint8_t address;
    const char *want;
} broadcasts[] = {
    { 0x54, "740.0 b sent 1\n740.0 c got 1\n" },
    { 0x58, "200.0 b naked 1\n" },
};

START_TEST(delivers_a_broadcast_to_the_one_it_names)
{
    uint8_t frame[8] = { 0x00, broadcasts[_i].address, 0x18, 0, 0x52, 0x04, 0x01, 1 };

    medium_send(w.bus, &b->node, bytes_of(frame, sizeof frame), 1);
    run_until(US(5000));
    ck_assert_str_eq(w.log, broadcasts[_i].want);
}
END_TEST

START_TEST(acknowledges_no_broadcast_when_nobody_else_is_there)
{
    uint8_t frame[8] = { 0x00, 0x54, 0x18, 0, 0x52, 0x04, 0x01, 1 };

    medium_detach(w.bus, &a->node);
    medium_detach(w.bus, &c->node);
    medium_detach(w.bus, &d->node);
    medium_send(w.bus, &b->node, bytes_of(frame, sizeof frame), 1);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "110.0 b naked 1\n");
}
END_TEST

/* Three start at 0. 20h 18h 00h and then the source: 52h is lowest, 54h next.
 * b ends at 650; c starts at 654.7 and ends at 1304.7; d, with 8 octets,
 * starts at 1309.4 and ends at 2049.4. */
START_TEST(lets_the_lowest_of_three_win_and_the_others_follow)
{
    wireworld_send(d, 0x20, 8, 3);
    wireworld_send(c, 0x20, 7, 2);
    wireworld_send(b, 0x20, 7, 1);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "650.0 b sent 1\n"
                            "650.0 a got 1\n"
                            "1304.7 c sent 2\n"
                            "1304.7 a got 2\n"
                            "2049.4 d sent 3\n"
                            "2049.4 a got 3\n");
    ck_assert_uint_eq(medium_stats(w.bus)->arbitration_losses, 3);
    ck_assert_uint_eq(medium_stats(w.bus)->collisions, 0);
    ck_assert_uint_eq(medium_stats(w.bus)->busy, 2 * SPAN_7 + SPAN_8);
}
END_TEST

START_TEST(lets_one_join_within_the_hold_time_of_start)
{
    wireworld_send(c, 0x20, 7, 2);
    run_until(_i ? 4000 : 3999);
    wireworld_send(b, 0x20, 7, 1);
    run_until(US(5000));
    ck_assert_msg(strncmp(w.log, _i ? "650.0 c" : "650.0 b", 7) == 0, "%s", w.log);
    ck_assert_uint_eq(medium_stats(w.bus)->arbitration_losses, _i ? 0 : 1);
}
END_TEST

START_TEST(makes_a_loser_the_receiver_when_it_is_addressed)
{
    wireworld_send(b, 0x56, 7, 1);
    wireworld_send(c, 0x52, 7, 2);
    run_until(US(660));
    ck_assert_str_eq(w.log, "650.0 c sent 2\n"
                            "650.0 b got 2\n");
}
END_TEST

START_TEST(merges_equal_frames)
{
    uint8_t frame[7] = { 0x20, 0x18, 0xc8, 0x81, 0x04, 0x01, 0x7a };

    medium_send(w.bus, &b->node, bytes_of(frame, 7), 1);
    medium_send(w.bus, &c->node, bytes_of(frame, 7), 2);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "650.0 b sent 1\n"
                            "650.0 a got 122\n"
                            "650.0 c sent 2\n");
    ck_assert_uint_eq(medium_stats(w.bus)->merged, 1);
    ck_assert_uint_eq(medium_stats(w.bus)->frames, 1);
}
END_TEST

START_TEST(tells_all_that_address_an_absent_one_together)
{
    wireworld_send(b, 0x22, 7, 1);
    wireworld_send(c, 0x22, 7, 2);
    wireworld_send(d, 0x54, 7, 3);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "110.0 b naked 1\n"
                            "110.0 c naked 2\n"
                            "764.7 d sent 3\n"
                            "764.7 c got 3\n");
}
END_TEST

/* The 64th contest opens at 63 x 654.7 us; 56h and 20h differ in the second
 * bit, so that c knows it 30 us after. */
START_TEST(gives_up_a_frame_that_lost_too_often)
{
    wireworld_send(c, 0x56, 7, 9);
    for (unsigned i = 0; i < MEDIUM_ARBITRATION_TRIES; i++)
        wireworld_send(b, 0x20, 7, 1);
    run_until(US(41277));
    ck_assert_ptr_nonnull(strstr(w.log, "41276.1 c beaten 9\n"));
    ck_assert_uint_eq(medium_stats(w.bus)->arbitration_losses, MEDIUM_ARBITRATION_TRIES);
    ck_assert_uint_eq(medium_stats(w.bus)->given_up, 1);
    ck_assert_uint_eq(medium_link(w.bus)->by_fate[FATE_COLLIDED], 1);
}
END_TEST

/* CSMA: all three started together; each ends in its own time, nobody is
 * told, and the bus is free after the last. */
START_TEST(loses_all_that_start_in_the_vulnerable_window)
{
    again((struct medium_config){ .model = BUS_CSMA });
    wireworld_send(b, 0x20, 7, 1);
    run_until(US(20));
    wireworld_send(c, 0x20, 7, 2);
    run_until(US(49));
    wireworld_send(d, 0x20, 8, 3);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "650.0 b sent 1\n"
                            "670.0 c sent 2\n"
                            "789.0 d sent 3\n");
    ck_assert_uint_eq(medium_stats(w.bus)->collisions, 3);
    ck_assert_uint_eq(medium_link(w.bus)->by_fate[FATE_COLLIDED], 3);
    ck_assert_uint_eq(medium_stats(w.bus)->busy, US(789));
}
END_TEST

/* One that looks at 50 us sees a busy bus: it backs off from 654.7 us by a
 * whole number of 50 us windows. */
START_TEST(senses_the_carrier_after_the_vulnerable_window)
{
    instant ended;

    again((struct medium_config){ .model = BUS_CSMA });
    wireworld_send(b, 0x20, 7, 1);
    run_until(US(50));
    wireworld_send(c, 0x20, 7, 2);
    run_until(US(651));
    ck_assert_str_eq(w.log, "650.0 b sent 1\n"
                            "650.0 a got 1\n");
    while (medium_stats(w.bus)->frames < 2)
        run_until(world_deadline(&w.world));
    ended = w.world.now - SPAN_7 - SPAN_7 - REST;
    ck_assert_uint_eq(ended % US(50), 0);
    ck_assert_uint_lt(ended, US(50) * MEDIUM_BACKOFF_SLOTS);
    ck_assert_uint_eq(medium_stats(w.bus)->collisions, 0);
}
END_TEST

START_TEST(knows_an_absent_address_under_csma_as_well)
{
    again((struct medium_config){ .model = BUS_CSMA });
    wireworld_send(b, 0x22, 7, 1);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "110.0 b naked 1\n");
}
END_TEST

START_TEST(takes_no_time_at_instant_speed_but_keeps_the_order)
{
    again((struct medium_config){ .instant_speed = true, .model = _i ? BUS_CSMA : BUS_I2C });
    run_until(US(7));
    wireworld_send(c, 0x20, 7, 2);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_send(b, 0x22, 7, 3);
    ck_assert_str_eq(w.log, "");
    run_until(US(7));
    ck_assert_str_eq(w.log, _i ? "7.0 c sent 2\n7.0 a got 2\n7.0 b sent 1\n7.0 a got 1\n"
                                    "7.0 b naked 3\n"
                                  : "7.0 b sent 1\n7.0 a got 1\n7.0 c sent 2\n7.0 a got 2\n"
                                    "7.0 b naked 3\n");
    ck_assert_uint_eq(medium_stats(w.bus)->busy, 0);
    ck_assert_uint_eq(medium_stats(w.bus)->collisions, 0);
}
END_TEST

START_TEST(asks_the_fault_plan_with_the_frames_fields)
{
    struct fault_rule r = fault_rule_any(FAULT_LOSE);
    uint32_t id;
    uint64_t matched, struck;

    r.link = TAP_IPMB;
    r.number = 0;
    r.dir = TAP_ON_BUS;
    r.netfn = 6;
    r.cmd = 1;
    r.source = 0x52;
    r.target = 0x20;
    id = wireworld_arm(&w, r);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_send(c, 0x20, 7, 2);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "650.0 b sent 1\n"
                            "1304.7 c sent 2\n"
                            "1304.7 a got 2\n");
    ck_assert(fault_counts(w.world.faults, id, &matched, &struck));
    ck_assert_uint_eq(struck, 1);
    ck_assert_uint_eq(medium_link(w.bus)->by_fate[FATE_LOST], 1);
}
END_TEST

START_TEST(forgets_what_a_detached_node_had_queued)
{
    wireworld_send(b, 0x20, 7, 1);
    wireworld_send(c, 0x20, 7, 2);
    wireworld_send(c, 0x20, 7, 3);
    run_until(US(100));
    medium_detach(w.bus, &c->node);
    medium_detach(w.bus, &c->node);
    ck_assert(!medium_has(w.bus, 0x54));
    ck_assert_int_eq(wireworld_send(c, 0x20, 7, 4), ST_MISSING);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "650.0 b sent 1\n"
                            "650.0 a got 1\n");
}
END_TEST

START_TEST(loses_the_frame_of_a_sender_that_leaves)
{
    wireworld_send(b, 0x20, 7, 1);
    run_until(US(100));
    medium_detach(w.bus, &b->node);
    wireworld_send(c, 0x20, 7, 2);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "1304.7 c sent 2\n"
                            "1304.7 a got 2\n");
    ck_assert_uint_eq(medium_link(w.bus)->by_fate[FATE_LOST], 1);
}
END_TEST

START_TEST(ignores_a_frame_whose_receiver_left)
{
    wireworld_send(b, 0x20, 7, 1);
    run_until(US(300));
    medium_detach(w.bus, &a->node);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "650.0 b sent 1\n");
    ck_assert_uint_eq(medium_link(w.bus)->by_fate[FATE_IGNORED], 1);
}
END_TEST

/* b's 1 is on the wire; of 2, 3 and 4 one is taken back, then 5 queued. */
static const struct {
    uint32_t tag;
    bool taken;
    const char *sent;
} take_backs[] = {
    { 1, false, "12345" },
    { 2, true, "1345" },
    { 3, true, "1245" },
    { 4, true, "1235" },
    { 9, false, "12345" },
};

START_TEST(takes_back_what_is_not_on_the_wire)
{
    char marks[8] = "";
    size_t n = 0;

    for (uint8_t i = 1; i <= 4; i++)
        wireworld_send(b, 0x20, 7, i);
    run_until(US(100));
    ck_assert(medium_take_back(w.bus, &b->node, take_backs[_i].tag) == take_backs[_i].taken);
    wireworld_send(b, 0x20, 7, 5);
    run_until(US(5000));
    for (const char *at = w.log; (at = strstr(at, "got ")) != NULL; at += 4)
        marks[n++] = at[4];
    ck_assert_str_eq(marks, take_backs[_i].sent);
    ck_assert_uint_eq(medium_stats(w.bus)->withdrawn, take_backs[_i].taken);
    ck_assert(!medium_take_back(w.bus, &b->node, 5));
}
END_TEST

/* The only frame, before its contest is decided. */
START_TEST(wants_nothing_once_it_has_taken_all_back)
{
    wireworld_send(b, 0x20, 7, 1);
    ck_assert(medium_take_back(w.bus, &b->node, 1));
    ck_assert_uint_eq(world_deadline(&w.world), INSTANT_NEVER);
    run_until(US(5000));
    ck_assert_str_eq(w.log, "");
    wireworld_send(b, 0x20, 7, 2);
    run_until(US(10000));
    ck_assert_uint_eq(b->done, 1);
}
END_TEST

START_TEST(has_bounds)
{
    uint8_t long_frame[MEDIUM_FRAME_MAX + 1] = { 0x20 };
    struct medium_node twin = { .address = 0x52 }, odd = { .address = 0x53 };
    struct medium *none;

    for (unsigned i = 0; i < MEDIUM_QUEUE_MAX; i++)
        ck_assert_int_eq(wireworld_send(b, 0x20, 7, 1), ST_OK);
    ck_assert_int_eq(wireworld_send(b, 0x20, 7, 1), ST_FULL);
    ck_assert_uint_eq(medium_stats(w.bus)->refused, 1);
    ck_assert_int_eq(medium_send(w.bus, &c->node, bytes_of(long_frame, sizeof long_frame), 0),
                     ST_INVALID);
    ck_assert_int_eq(medium_send(w.bus, &c->node, bytes_of(long_frame, MEDIUM_FRAME_MAX), 0), ST_OK);
    ck_assert_int_eq(medium_send(w.bus, &c->node, bytes_of(NULL, 0), 0), ST_INVALID);
    ck_assert_int_eq(medium_attach(w.bus, &twin), ST_EXISTS);
    ck_assert_int_eq(medium_attach(w.bus, &odd), ST_INVALID);
    ck_assert_int_eq(medium_new(&w.world, &(struct medium_config){ .bit_rate = 10 }, &none), ST_INVALID);
}
END_TEST

/* Four nodes send 1,000 frames at random instants. */
static void
storm(enum bus_model model)
{
    struct station *all[] = { a, b, c, d };
    struct rng r = rng_named(rng_key_root((uint64_t)model), "storm");

    again((struct medium_config){ .model = model });
    for (int i = 0; i < 1000; i++) {
        struct station *from = all[rng_below(&r, 4)], *to = all[rng_below(&r, 4)];

        run_until(w.world.now + rng_below(&r, US(900)));
        wireworld_send(from, to == from ? 0x70 : to->node.address, 7 + (size_t)rng_below(&r, 26), 1);
    }
    run_until(SPAN_S(100));
}

START_TEST(balances_after_a_storm)
{
    const struct medium_stats *s;
    const uint64_t *fate;

    storm(_i ? BUS_CSMA : BUS_I2C);
    s = medium_stats(w.bus);
    fate = medium_link(w.bus)->by_fate;
    ck_assert_uint_eq(s->frames + s->merged + s->collisions + s->naks + s->given_up +
                      s->refused, 1000);
    ck_assert_uint_lt(s->refused, 500);
    ck_assert_uint_eq(fate[FATE_DELIVERED], s->frames);
    ck_assert_uint_eq(fate[FATE_COLLIDED], s->collisions + s->given_up);
    ck_assert_uint_eq(fate[FATE_NAKED], s->naks);
    ck_assert_uint_lt(s->busy, w.world.now);
    if (_i)
        ck_assert_uint_gt(s->collisions, 0);
    else
        ck_assert_uint_eq(s->collisions, 0);
}
END_TEST

static char first_log[WIREWORLD_LOG];

START_TEST(repeats_a_storm_exactly)
{
    storm(BUS_CSMA);
    memcpy(first_log, w.log, sizeof first_log);
    storm(BUS_CSMA);
    ck_assert_str_eq(first_log, w.log);
}
END_TEST

static Suite *
medium_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("sim/bus/medium", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, takes_nine_bits_an_octet_and_two_more, 0, COUNT(spans));
    tcase_add_test(tc, delivers_at_the_end_of_stop);
    tcase_add_test(tc, rests_between_frames);
    tcase_add_test(tc, makes_a_sender_wait_for_a_free_bus);
    tcase_add_test(tc, starts_at_once_when_the_bus_has_rested);
    tcase_add_test(tc, does_not_acknowledge_an_absent_address);
    tcase_add_test(tc, does_not_let_a_node_address_itself);
    tcase_add_loop_test(tc, delivers_a_broadcast_to_the_one_it_names, 0, COUNT(broadcasts));
    tcase_add_test(tc, acknowledges_no_broadcast_when_nobody_else_is_there);
    tcase_add_test(tc, lets_the_lowest_of_three_win_and_the_others_follow);
    tcase_add_loop_test(tc, lets_one_join_within_the_hold_time_of_start, 0, 2);
    tcase_add_test(tc, makes_a_loser_the_receiver_when_it_is_addressed);
    tcase_add_test(tc, merges_equal_frames);
    tcase_add_test(tc, tells_all_that_address_an_absent_one_together);
    tcase_add_test(tc, gives_up_a_frame_that_lost_too_often);
    tcase_add_test(tc, loses_all_that_start_in_the_vulnerable_window);
    tcase_add_test(tc, senses_the_carrier_after_the_vulnerable_window);
    tcase_add_test(tc, knows_an_absent_address_under_csma_as_well);
    tcase_add_loop_test(tc, takes_no_time_at_instant_speed_but_keeps_the_order, 0, 2);
    tcase_add_test(tc, asks_the_fault_plan_with_the_frames_fields);
    tcase_add_test(tc, forgets_what_a_detached_node_had_queued);
    tcase_add_test(tc, loses_the_frame_of_a_sender_that_leaves);
    tcase_add_test(tc, ignores_a_frame_whose_receiver_left);
    tcase_add_loop_test(tc, takes_back_what_is_not_on_the_wire, 0, COUNT(take_backs));
    tcase_add_test(tc, wants_nothing_once_it_has_taken_all_back);
    tcase_add_test(tc, has_bounds);
    tcase_add_loop_test(tc, balances_after_a_storm, 0, 2);
    tcase_add_test(tc, repeats_a_storm_exactly);
    return s;
}

int
main(void)
{
    return run_suite(medium_suite());
}
