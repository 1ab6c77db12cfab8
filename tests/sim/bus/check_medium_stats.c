#define STATIONS 3

#include "tests/lib/run.h"
#include "tests/sim/bus/stations.h"

#define US(n) SPAN_US(n)
#define MS(n) SPAN_MS(n)

static const struct medium_stats *
bus(void)
{
    return medium_stats(w.bus);
}

static const struct medium_node_stats *
of(const struct station *s)
{
    return medium_node_stats(w.bus, s->node.address);
}

/* b and c contend for a: b's 7 octets, then c's 9. */
START_TEST(counts_on_both_sides_what_crossed)
{
    wireworld_send(b, 0x20, 7, 1);
    wireworld_send(c, 0x20, 9, 2);
    ck_assert_uint_eq(medium_waiting(w.bus), 2);
    wireworld_until(&w, MS(10));
    ck_assert_uint_eq(medium_waiting(w.bus), 0);
    ck_assert_uint_eq(bus()->queued, 2);
    ck_assert_uint_eq(bus()->frames, 2);
    ck_assert_uint_eq(bus()->octets, 16);
    ck_assert_uint_eq(bus()->arbitration_losses, 1);
    ck_assert_uint_eq(bus()->retries, 1);
    ck_assert_uint_eq(of(b)->frames_sent, 1);
    ck_assert_uint_eq(of(b)->octets_sent, 7);
    ck_assert_uint_eq(of(b)->arbitration_losses, 0);
    ck_assert_uint_eq(of(c)->octets_sent, 9);
    ck_assert_uint_eq(of(c)->arbitration_losses, 1);
    ck_assert_uint_eq(of(a)->frames_received, 2);
    ck_assert_uint_eq(of(a)->octets_received, 16);
    ck_assert_ptr_null(medium_node_stats(w.bus, 0x60));
}
END_TEST

/* What was cut on its way counts as it arrived. */
START_TEST(counts_what_arrived_as_it_arrived)
{
    struct fault_rule r = fault_rule_any(FAULT_TRUNCATE);

    r.count = 5;
    wireworld_arm(&w, r);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, MS(10));
    ck_assert_uint_eq(of(b)->octets_sent, 7);
    ck_assert_uint_eq(of(a)->octets_received, 5);
}
END_TEST

START_TEST(counts_refusals_by_where_they_came)
{
    struct fault_rule r = fault_rule_any(FAULT_NAK);

    r.offset = 3;
    r.target = 0x20;
    wireworld_arm(&w, r);
    wireworld_send(b, 0x60, 7, 1);
    wireworld_send(b, 0x20, 7, 2);
    wireworld_until(&w, MS(10));
    ck_assert_uint_eq(bus()->naks, 1);
    ck_assert_uint_eq(bus()->data_naks, 1);
    ck_assert_uint_eq(of(b)->naks, 2);
    ck_assert_uint_eq(of(b)->frames_sent, 0);
    ck_assert_uint_eq(of(a)->frames_received, 0);
    ck_assert_uint_eq(bus()->octets, 0);
}
END_TEST

START_TEST(counts_collisions_of_each)
{
    again((struct medium_config){ .model = BUS_CSMA });
    wireworld_send(b, 0x20, 7, 1);
    wireworld_send(c, 0x20, 7, 2);
    wireworld_until(&w, MS(10));
    ck_assert_uint_eq(bus()->collisions, 2);
    ck_assert_uint_eq(of(b)->collisions, 1);
    ck_assert_uint_eq(of(c)->collisions, 1);
    ck_assert_uint_eq(of(b)->frames_sent, 0);
}
END_TEST

START_TEST(counts_what_is_sent_again)
{
    static const uint8_t frame[7] = { 0x20, 0x18, 0, 0x52 };

    for (int i = 0; i < 3; i++)
        medium_send_again(w.bus, &b->node, bytes_of(frame, 7), 1);
    wireworld_until(&w, MS(10));
    ck_assert_uint_eq(bus()->retries, 3);
    ck_assert_uint_eq(of(b)->resends, 3);
    medium_detach(w.bus, &b->node);
    ck_assert_int_eq(medium_send_again(w.bus, &b->node, bytes_of(frame, 7), 1), ST_MISSING);
    ck_assert_uint_eq(bus()->retries, 3);
    ck_assert_uint_eq(bus()->refused, 1);
}
END_TEST

/* The one on the wire, at 100 us, and two behind it. */
START_TEST(counts_what_a_leaving_sender_takes_along)
{
    for (uint8_t i = 1; i <= 3; i++)
        wireworld_send(b, 0x20, 7, i);
    wireworld_until(&w, US(100));
    medium_detach(w.bus, &b->node);
    ck_assert_uint_eq(bus()->withdrawn, 3);
    ck_assert_uint_eq(w.shown[FATE_LOST], 3);
    ck_assert_str_eq(w.why, "sender left the bus before its turn");
    wireworld_check_balance(&w);
    ck_assert_int_eq(medium_attach(w.bus, &b->node), ST_OK);
    ck_assert_uint_eq(of(b)->queued, 3);
}
END_TEST

/* A frame is on the wire from 1000 to 1650 us. */
static const struct {
    unsigned at;                 /* us */
    uint32_t ppm;
} uses[] = {
    { 0, 0 },
    { 1000, 0 },
    { 1325, 325 * 1000000u / 1325 },
    { 1650, 650 * 1000000u / 1650 },
    { 6500, 100000 },
};

START_TEST(knows_how_much_the_wire_was_used)
{
    if (uses[_i].at >= 1000) {
        wireworld_until(&w, US(1000));
        wireworld_send(b, 0x20, 7, 1);
    }
    wireworld_until(&w, US(uses[_i].at));
    ck_assert_uint_eq(medium_utilisation_ppm(w.bus), uses[_i].ppm);
}
END_TEST

/* b's frame waits for a babble of 3 ms, c's is broken with its address (100
 * us) and leaves SDA low; a's clock, 25 ms after it wanted the wire, frees
 * it (one clock, STOP), and its frame takes 650 us. */
START_TEST(keeps_frames_babble_and_stuck_apart)
{
    struct fault_rule babble = fault_rule_any(FAULT_BABBLE);
    struct fault_rule stick = fault_rule_any(FAULT_STICK);

    babble.source = 0x52;
    babble.span = MS(3);
    stick.source = 0x54;
    stick.count = 1;
    wireworld_arm(&w, babble);
    wireworld_arm(&w, stick);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, MS(10));
    wireworld_send(c, 0x20, 7, 2);
    wireworld_until(&w, MS(11));
    wireworld_send(a, 0x52, 7, 3);
    wireworld_until(&w, MS(20));
    /* Still stuck: 3 ms, 650 us, 100 us, and 9.9 ms since. */
    ck_assert_uint_eq(medium_utilisation_ppm(w.bus), 682500);
    wireworld_until(&w, MS(100));
    ck_assert_uint_eq(bus()->babble, MS(3));
    ck_assert_uint_eq(bus()->stuck, MS(36) + US(20) - US(10100));
    ck_assert_uint_eq(bus()->busy, US(100) + 2 * US(650));
    ck_assert_uint_eq(bus()->babbles, 1);
    ck_assert_uint_eq(bus()->sticks, 1);
    ck_assert_uint_eq(bus()->recoveries, 1);
    ck_assert_uint_eq(bus()->broken, 1);
    ck_assert_uint_eq(of(c)->broken, 1);
    ck_assert_uint_eq(medium_utilisation_ppm(w.bus), 303200);
}
END_TEST

/* Three that always want to send, asked at random instants. */
START_TEST(never_uses_more_than_there_is)
{
    struct rng r = rng_named(rng_key_root(3), "instants");

    again((struct medium_config){ .model = _i ? BUS_CSMA : BUS_I2C });
    w.quiet = true;
    wireworld_keep_sending(b, 0x20, 7);
    wireworld_keep_sending(c, 0x20, 32);
    for (int i = 0; i < 2000; i++) {
        wireworld_until(&w, w.world.now + rng_below(&r, US(500)));
        wireworld_check_balance(&w);
    }
    /* Frames of 650 us and 2.9 ms; without arbitration, half a millisecond of
     * waiting before each. */
    ck_assert_uint_gt(medium_utilisation_ppm(w.bus), _i ? 700000 : 990000);
}
END_TEST

/* A medium's life begins when it is made. */
START_TEST(does_not_count_the_time_before_it_was)
{
    static const uint8_t frame[7] = { 0x20, 0x18, 0, 0x52, 0x04, 0x01, 0 };
    struct medium_config config = { .number = 1 };
    struct medium_node from = { .address = 0x52 };
    struct medium *young;

    wireworld_until(&w, SPAN_S(5));
    ck_assert_int_eq(medium_new(&w.world, &config, &young), ST_OK);
    ck_assert_int_eq(medium_attach(young, &from), ST_OK);
    ck_assert_uint_eq(medium_utilisation_ppm(young), 0);
    medium_send(young, &from, bytes_of(frame, 7), 0);
    wireworld_until(&w, SPAN_S(5) + US(220));
    ck_assert_uint_eq(medium_utilisation_ppm(young), 500000);
    medium_free(young);
    w.shown[FATE_NAKED]--;
}
END_TEST

static Suite *
medium_stats_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("sim/bus/medium_stats", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, counts_on_both_sides_what_crossed);
    tcase_add_test(tc, counts_what_arrived_as_it_arrived);
    tcase_add_test(tc, counts_refusals_by_where_they_came);
    tcase_add_test(tc, counts_collisions_of_each);
    tcase_add_test(tc, counts_what_is_sent_again);
    tcase_add_test(tc, counts_what_a_leaving_sender_takes_along);
    tcase_add_loop_test(tc, knows_how_much_the_wire_was_used, 0, 5);
    tcase_add_test(tc, keeps_frames_babble_and_stuck_apart);
    tcase_add_loop_test(tc, never_uses_more_than_there_is, 0, 2);
    tcase_add_test(tc, does_not_count_the_time_before_it_was);
    return s;
}

int
main(void)
{
    return run_suite(medium_stats_suite());
}
