#include <string.h>

#define STATIONS 3

#include "tests/lib/run.h"
#include "tests/sim/bus/stations.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define US(n) SPAN_US(n)
#define MS(n) SPAN_MS(n)

static void
set(struct station *s, struct medium_manner manner)
{
    ck_assert_int_eq(medium_set_manner(w.bus, s->node.address, &manner), ST_OK);
}

static void
log_is(const char *want)
{
    ck_assert_str_eq(w.log, want);
}

/* b sends 7 octets to a at 0: octets end at 100 us and 90 us apart, plus what
 * the clock is held. */
static const struct {
    const char *why;
    unsigned sender, receiver;   /* stretch in us */
    unsigned first, second, last, stop;
} stretches[] = {
    { "both are quick", 0, 0, 100, 190, 640, 650 },
    { "the receiver is slow", 0, 100, 200, 390, 1340, 1350 },
    { "the sender is slow", 40, 0, 140, 270, 920, 930 },
    { "the slower one counts", 40, 100, 200, 390, 1340, 1350 },
};

START_TEST(waits_for_the_slower_end_after_each_octet)
{
    set(b, (struct medium_manner){ .stretch = US(stretches[_i].sender) });
    set(a, (struct medium_manner){ .stretch = US(stretches[_i].receiver) });
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, US(50));
    ck_assert_msg(medium_octet_end(w.bus, &b->node, 0) == US(stretches[_i].first), "%s",
                  stretches[_i].why);
    ck_assert_uint_eq(medium_octet_end(w.bus, &b->node, 1), US(stretches[_i].second));
    ck_assert_uint_eq(medium_octet_end(w.bus, &b->node, 6), US(stretches[_i].last));
    ck_assert_uint_eq(medium_octet_end(w.bus, &b->node, 7), INSTANT_NEVER);
    ck_assert_uint_eq(medium_octet_end(w.bus, &c->node, 0), INSTANT_NEVER);
    wireworld_until(&w, US(stretches[_i].stop) - 1);
    log_is("");
    wireworld_until(&w, US(stretches[_i].stop));
    ck_assert_uint_eq(b->done, 1);
    ck_assert_uint_eq(a->got, 1);
    ck_assert_uint_eq(medium_octet_end(w.bus, &b->node, 0), INSTANT_NEVER);
}
END_TEST

/* 52h and 54h differ in the sixth bit of octet 3: the loser does not slow the
 * winner, slow as it is. */
START_TEST(is_not_slowed_by_a_contender_that_loses)
{
    set(c, (struct medium_manner){ .stretch = US(500) });
    wireworld_send(b, 0x20, 7, 1);
    wireworld_send(c, 0x20, 7, 2);
    wireworld_until(&w, US(700));
    log_is("650.0 b sent 1\n"
           "650.0 a got 1\n");
}
END_TEST

/* The address ends at 100 us. */
START_TEST(does_not_wait_for_a_clock_that_is_held_too_long)
{
    set(a, (struct medium_manner){ .stretch = MEDIUM_CLOCK_LOW_MAX + (_i ? 1 : 0) });
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, MS(1000));
    log_is(_i ? "35100.0 b broken 1\n" : "245650.0 b sent 1\n245650.0 a got 1\n");
    if (_i) {
        ck_assert_str_eq(w.why, "the clock was held too long");
        ck_assert_uint_eq(medium_link(w.bus)->by_fate[FATE_LOST], 1);
    }
}
END_TEST

START_TEST(does_not_acknowledge_while_it_is_busy)
{
    set(a, (struct medium_manner){ .busy_until = MS(1) });
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, MS(1) - 1);
    log_is("110.0 b naked 1\n");
    ck_assert_str_eq(w.why, "the controller is busy");
    wireworld_until(&w, MS(1));
    wireworld_send(b, 0x20, 7, 2);
    wireworld_until(&w, MS(5));
    log_is("110.0 b naked 1\n"
           "1650.0 b sent 2\n"
           "1650.0 a got 2\n");
}
END_TEST

/* The address is held from 100 to 400 us; six octets more take 540 us. */
START_TEST(holds_the_clock_while_it_is_busy)
{
    set(a, (struct medium_manner){ .busy_until = US(400), .busy_holds = true });
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, US(50));
    ck_assert_uint_eq(medium_octet_end(w.bus, &b->node, 0), US(400));
    ck_assert_uint_eq(medium_octet_end(w.bus, &b->node, 1), US(490));
    wireworld_until(&w, MS(5));
    log_is("950.0 b sent 1\n"
           "950.0 a got 1\n");
}
END_TEST

START_TEST(hears_nothing_of_a_dead_controller_until_it_is_back)
{
    set(b, (struct medium_manner){ .dead_until = MS(5) });
    wireworld_send(b, 0x20, 7, 1);
    wireworld_send(a, 0x52, 7, 2);
    wireworld_until(&w, MS(5) - 1);
    log_is("110.0 a naked 2\n");
    ck_assert_str_eq(w.why, "the controller is dead");
    wireworld_until(&w, MS(9));
    ck_assert_ptr_nonnull(strstr(w.log, "5650.0 b sent 1\n"));
}
END_TEST

START_TEST(is_dead_for_ever_when_told_so_and_back_when_told_so)
{
    set(b, (struct medium_manner){ .dead_until = INSTANT_NEVER });
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, SPAN_S(100));
    log_is("");
    ck_assert_uint_eq(world_deadline(&w.world), INSTANT_NEVER);
    set(b, (struct medium_manner){ .dead_until = 0 });
    wireworld_until(&w, SPAN_S(101));
    log_is("100000650.0 b sent 1\n"
           "100000650.0 a got 1\n");
}
END_TEST

/* Octet 5 is not acknowledged: 10 + 6 x 90 us, and STOP. */
START_TEST(takes_as_many_octets_as_it_has_room_for)
{
    set(a, (struct medium_manner){ .octets_max = 5 });
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, US(20));
    ck_assert_uint_eq(medium_octet_end(w.bus, &b->node, 5), US(550));
    ck_assert_uint_eq(medium_octet_end(w.bus, &b->node, 6), INSTANT_NEVER);
    wireworld_send(c, 0x20, 5, 2);
    wireworld_until(&w, MS(5));
    ck_assert_ptr_nonnull(strstr(w.log, "560.0 b full 1\n"));
    ck_assert_ptr_nonnull(strstr(w.log, "c sent 2\n"));
    ck_assert_uint_eq(medium_stats(w.bus)->data_naks, 1);
    ck_assert_uint_eq(medium_stats(w.bus)->naks, 0);
    ck_assert_uint_eq(medium_link(w.bus)->by_fate[FATE_NAKED], 1);
    ck_assert_uint_eq(a->got, 1);
}
END_TEST

/* In a broadcast its own address is octet 1: the limit moves along. */
START_TEST(counts_the_octets_of_a_broadcast_from_the_address)
{
    uint8_t frame[8] = { 0x00, 0x20, 0x18, 0, 0x52, 0x04, 0x01, 1 };

    set(a, (struct medium_manner){ .octets_max = 7 });
    medium_send(w.bus, &b->node, bytes_of(frame, 8), 1);
    wireworld_until(&w, MS(1));
    set(a, (struct medium_manner){ .octets_max = 6 });
    medium_send(w.bus, &b->node, bytes_of(frame, 8), 2);
    wireworld_until(&w, MS(2));
    log_is("740.0 b sent 1\n"
           "740.0 a got 1\n"
           "1740.0 b full 2\n");
}
END_TEST

/* It takes two frames, at 650 and 1304.7 us, and is through with them at
 * 5650 and 10650 us. The third starts at 1309.4 us. */
static const struct {
    uint8_t refuse_at;
    const char *third;
} full[] = {
    { 0, "1419.4 b naked 3\n" },
    { 1, "1509.4 b full 3\n" },
    { 3, "1689.4 b full 3\n" },
    { 6, "1959.4 b full 3\n" },
};

START_TEST(refuses_a_frame_when_its_buffer_is_full)
{
    set(a, (struct medium_manner){
        .frames_max = 2, .processing = MS(5), .refuse_at = full[_i].refuse_at });
    for (uint8_t i = 1; i <= 3; i++)
        wireworld_send(b, 0x20, 7, i);
    wireworld_until(&w, US(5600));
    ck_assert_msg(strstr(w.log, full[_i].third) != NULL, "%s", w.log);
    ck_assert_str_eq(w.why, "the receive buffer is full");
    ck_assert_uint_eq(a->got, 2);
    wireworld_send(b, 0x20, 7, 4);
    wireworld_until(&w, US(5650));
    ck_assert_uint_eq(a->got, 2);
    wireworld_send(c, 0x20, 7, 5);
    wireworld_until(&w, MS(8));
    ck_assert_uint_eq(a->got, 3);
    ck_assert_ptr_nonnull(strstr(w.log, "c sent 5\n"));
}
END_TEST

START_TEST(takes_any_number_of_frames_that_it_processes_at_once)
{
    set(a, (struct medium_manner){ .frames_max = 1 });
    for (uint8_t i = 1; i <= 3; i++)
        wireworld_send(b, 0x20, 7, i);
    wireworld_until(&w, MS(3));
    ck_assert_uint_eq(a->got, 3);
}
END_TEST

/* Both send 20h 18h 00h; the receiver takes two octets. Neither could have
 * noticed the other before the third was refused, at 290 us. */
START_TEST(tells_all_that_share_the_octet_that_is_refused)
{
    set(a, (struct medium_manner){ .octets_max = 2 });
    wireworld_send(b, 0x20, 7, 1);
    wireworld_send(c, 0x20, 7, 2);
    wireworld_until(&w, MS(5));
    log_is("290.0 b full 1\n"
           "290.0 c full 2\n");
    ck_assert_uint_eq(medium_stats(w.bus)->arbitration_losses, 0);
    ck_assert_uint_eq(medium_stats(w.bus)->data_naks, 2);
}
END_TEST

/* The refused octet is the fifth: the loser gave way before. */
START_TEST(lets_the_loser_go_on_after_a_refusal_that_came_later)
{
    set(a, (struct medium_manner){ .octets_max = 4 });
    wireworld_send(b, 0x20, 7, 1);
    wireworld_send(c, 0x20, 4, 2);
    wireworld_until(&w, MS(5));
    /* 20h 18h 00h 02h: c's last octet is its tag, and low. */
    log_is("380.0 c sent 2\n"
           "380.0 a got 2\n"
           "854.7 b full 1\n");
}
END_TEST

START_TEST(keeps_its_manner_when_it_comes_back)
{
    set(a, (struct medium_manner){ .stretch = US(100) });
    medium_detach(w.bus, &a->node);
    ck_assert_ptr_null(medium_manner(w.bus, 0x20));
    ck_assert_int_eq(medium_set_manner(w.bus, 0x20, &(struct medium_manner){ .stretch = 0 }),
                     ST_MISSING);
    ck_assert_int_eq(medium_attach(w.bus, &a->node), ST_OK);
    ck_assert_uint_eq(medium_manner(w.bus, 0x20)->stretch, US(100));
}
END_TEST

/* Stretching is timing; being busy, dead or full is not. */
START_TEST(refuses_at_instant_speed_as_well)
{
    end();
    make((struct medium_config){ .instant_speed = true, .model = _i ? BUS_CSMA : BUS_I2C });
    set(a, (struct medium_manner){
        .stretch = MS(1), .frames_max = 1, .processing = MS(5), .refuse_at = 2 });
    set(c, (struct medium_manner){ .busy_until = MS(2) });
    wireworld_until(&w, MS(1));
    wireworld_send(b, 0x20, 7, 1);
    wireworld_send(b, 0x20, 7, 2);
    wireworld_send(b, 0x54, 7, 3);
    wireworld_until(&w, MS(1));
    log_is("1000.0 b sent 1\n"
           "1000.0 a got 1\n"
           "1000.0 b full 2\n"
           "1000.0 b naked 3\n");
    wireworld_until(&w, MS(6));
    wireworld_send(b, 0x20, 7, 4);
    wireworld_until(&w, MS(6));
    ck_assert_uint_eq(a->got, 2);
}
END_TEST

static Suite *
medium_wire_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("sim/bus/medium_wire", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, waits_for_the_slower_end_after_each_octet, 0, COUNT(stretches));
    tcase_add_test(tc, is_not_slowed_by_a_contender_that_loses);
    tcase_add_loop_test(tc, does_not_wait_for_a_clock_that_is_held_too_long, 0, 2);
    tcase_add_test(tc, does_not_acknowledge_while_it_is_busy);
    tcase_add_test(tc, holds_the_clock_while_it_is_busy);
    tcase_add_test(tc, hears_nothing_of_a_dead_controller_until_it_is_back);
    tcase_add_test(tc, is_dead_for_ever_when_told_so_and_back_when_told_so);
    tcase_add_test(tc, takes_as_many_octets_as_it_has_room_for);
    tcase_add_test(tc, counts_the_octets_of_a_broadcast_from_the_address);
    tcase_add_loop_test(tc, refuses_a_frame_when_its_buffer_is_full, 0, COUNT(full));
    tcase_add_test(tc, takes_any_number_of_frames_that_it_processes_at_once);
    tcase_add_test(tc, tells_all_that_share_the_octet_that_is_refused);
    tcase_add_test(tc, lets_the_loser_go_on_after_a_refusal_that_came_later);
    tcase_add_test(tc, keeps_its_manner_when_it_comes_back);
    tcase_add_loop_test(tc, refuses_at_instant_speed_as_well, 0, 2);
    return s;
}

int
main(void)
{
    return run_suite(medium_wire_suite());
}
