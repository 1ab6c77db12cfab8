#include <string.h>

#include "tests/lib/run.h"
#include "tests/lib/wireworld.h"

#define US(n) SPAN_US(n)

static struct wireworld w;

static void
begin(void)
{
    wireworld_begin(&w, (struct medium_config){ .model = BUS_I2C });
}

static void
end(void)
{
    wireworld_end(&w);
}

static void
again(enum bus_model model)
{
    end();
    wireworld_begin(&w, (struct medium_config){ .model = model });
}

/* Three controllers report to a fourth. */

static struct station *a, *b, *c, *d;

static void
add_four(void)
{
    a = wireworld_add(&w, "a", 0x20);
    b = wireworld_add(&w, "b", 0x52);
    c = wireworld_add(&w, "c", 0x54);
    d = wireworld_add(&w, "d", 0x56);
}

/* When octets of s end, in tenths of a microsecond from first on; nothing
 * past the last. */
static void
octets_end(const struct station *s, instant tenths, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        ck_assert_uint_eq(medium_octet_end(w.bus, &s->node, i), tenths * 100 + US(90) * i);
    ck_assert_uint_eq(medium_octet_end(w.bus, &s->node, count), INSTANT_NEVER);
}

static void
off_the_wire(const struct station *s)
{
    ck_assert_uint_eq(medium_octet_end(w.bus, &s->node, 0), INSTANT_NEVER);
}

/*
 * All three begin with 20h 18h 00h, and then with their own address: 52h is
 * 01010010, 54h 01010100, 56h 01010110, so that b's zero in the sixth bit of
 * the fourth octet beats both. START takes 10 us, an octet 90.
 *
 *   b  from 0:       octets end at 100 190 280 370 460 550 640, STOP 650
 *   c  from 654.7:   754.7 ... 1294.7, STOP 1304.7
 *   d  from 1309.4:  1409.4 ... 2039.4 (8 octets), STOP 2049.4
 */
START_TEST(puts_three_frames_behind_one_another_octet_by_octet)
{
    add_four();
    wireworld_send(d, 0x20, 8, 3);
    wireworld_send(c, 0x20, 7, 2);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, US(5));
    octets_end(b, 1000, 7);
    off_the_wire(c);
    off_the_wire(d);
    ck_assert_uint_eq(c->node.stats.arbitration_losses, 1);
    ck_assert_uint_eq(d->node.stats.arbitration_losses, 1);
    wireworld_until(&w, US(660));
    off_the_wire(b);
    octets_end(c, 7547, 7);
    off_the_wire(d);
    wireworld_until(&w, US(1315));
    octets_end(d, 14094, 8);
    wireworld_until(&w, US(5000));
    ck_assert_str_eq(w.log, "650.0 b sent 1\n650.0 a got 1\n"
                            "1304.7 c sent 2\n1304.7 a got 2\n"
                            "2049.4 d sent 3\n2049.4 a got 3\n");
    ck_assert_uint_eq(medium_stats(w.bus)->arbitration_losses, 3);
    ck_assert_uint_eq(medium_stats(w.bus)->retries, 3);
    ck_assert_uint_eq(medium_link(w.bus)->by_fate[FATE_DELIVERED], 3);
}
END_TEST

/*
 * The same without arbitration: they start at 0, 20 and 49 us, inside of the
 * 50 us in which none of them sees another, and go on to their ends.
 *
 *   b  100 ... 640, STOP 650
 *   c  120 ... 660, STOP 670
 *   d  149 ... 779 (8 octets), STOP 789
 */
START_TEST(puts_three_frames_over_one_another_octet_by_octet)
{
    again(BUS_CSMA);
    add_four();
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, US(20));
    wireworld_send(c, 0x20, 7, 2);
    wireworld_until(&w, US(49));
    wireworld_send(d, 0x20, 8, 3);
    wireworld_until(&w, US(60));
    octets_end(b, 1000, 7);
    octets_end(c, 1200, 7);
    octets_end(d, 1490, 8);
    wireworld_until(&w, US(5000));
    ck_assert_str_eq(w.log, "650.0 b sent 1\n"
                            "670.0 c sent 2\n"
                            "789.0 d sent 3\n");
    ck_assert_uint_eq(a->got, 0);
    ck_assert_uint_eq(medium_stats(w.bus)->collisions, 3);
    ck_assert_uint_eq(medium_link(w.bus)->by_fate[FATE_COLLIDED], 3);
}
END_TEST

/* A loser gives up in the octet that it loses, here the eighth bit of octet 1
 * (18h and 19h): 10 + 90 + 80 us after the 64th start, at 63 x 654.7. */
START_TEST(gives_up_at_the_bit_that_it_lost_last)
{
    uint8_t frame[7] = { 0x20, 0x19, 0, 0x54 };

    add_four();
    medium_send(w.bus, &c->node, bytes_of(frame, sizeof frame), 9);
    for (unsigned i = 0; i < MEDIUM_ARBITRATION_TRIES; i++)
        wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, SPAN_S(1));
    ck_assert_ptr_nonnull(strstr(w.log, "41426.1 c beaten 9\n"));
    ck_assert_uint_eq(medium_stats(w.bus)->given_up, 1);
    ck_assert_str_eq(w.why, "lost arbitration too often");
}
END_TEST

/* Equal frames cross as one: the second is told of in a note, as merged. */
START_TEST(gives_a_merged_frame_a_fate_too)
{
    uint8_t frame[7] = { 0x20, 0x18, 0xc8, 0x81, 0x04, 0x01, 0x7a };

    add_four();
    medium_send(w.bus, &b->node, bytes_of(frame, 7), 1);
    medium_send(w.bus, &c->node, bytes_of(frame, 7), 2);
    wireworld_until(&w, US(5000));
    ck_assert_uint_eq(a->got, 1);
    ck_assert_uint_eq(b->done + c->done, 2);
    ck_assert_uint_eq(w.shown[FATE_MERGED], 1);
    ck_assert_uint_eq(w.shown[FATE_DELIVERED], 1);
}
END_TEST

/* A thousand random contests of 2 to 30. */

#define CONTESTS 1000u
#define MOST 30u

static struct rng chance;
static uint8_t frames[MOST][32];
static size_t lens[MOST];
static unsigned ended_as[MOST], ended;   /* by station: 1 is first */

static void
note_end(void *ctx, uint32_t tag, enum wire_result result)
{
    struct station *s = ctx;

    ck_assert_int_eq(result, WIRE_DONE);
    s->learned++;
    ended_as[tag] = ++ended;
}

static void
add_thirty(void)
{
    chance = rng_named(rng_key_root(7), "contests");
    w.quiet = true;
    for (unsigned i = 0; i < MOST; i++)
        wireworld_add(&w, "x", (uint8_t)(0x20 + 2 * i))->node.sent = note_end;
}

/* A frame to another station. What follows is equal for many of them, but
 * never all of it. */
static void
draw_frame(unsigned from)
{
    unsigned to = (from + 1 + (unsigned)rng_below(&chance, MOST - 1)) % MOST;

    memset(frames[from], 0, sizeof frames[from]);
    frames[from][0] = w.stations[to].node.address;
    frames[from][1] = (uint8_t)rng_below(&chance, 4);
    frames[from][2] = (uint8_t)rng_below(&chance, 2);
    frames[from][3] = w.stations[from].node.address;
    lens[from] = 7 + (size_t)rng_below(&chance, 26);
}

/* So many stations, from a random one on, send within span from now on. */
static unsigned
start_contest(unsigned *first, instant span)
{
    unsigned count = 2 + (unsigned)rng_below(&chance, MOST - 1);
    instant from = w.world.now;

    *first = (unsigned)rng_below(&chance, MOST);
    ended = 0;
    memset(ended_as, 0, sizeof ended_as);
    for (unsigned k = 0; k < count; k++) {
        unsigned i = (*first + k) % MOST;

        draw_frame(i);
        wireworld_until(&w, from + span * k / count);
        ck_assert_int_eq(medium_send(w.bus, &w.stations[i].node,
                                     bytes_of(frames[i], lens[i]), i), ST_OK);
    }
    return count;
}

/* How many of those that take part have lower octets than station i. */
static unsigned
lower_than(unsigned i, unsigned first, unsigned count)
{
    unsigned lower = 0;

    for (unsigned k = 0; k < count; k++) {
        unsigned j = (first + k) % MOST;

        lower += memcmp(frames[j], frames[i], sizeof frames[i]) < 0;
    }
    return lower;
}

START_TEST(lets_the_lowest_win_each_of_a_thousand_contests)
{
    uint64_t sent = 0, got = 0;

    add_thirty();
    for (unsigned n = 0; n < CONTESTS; n++) {
        unsigned first, count = start_contest(&first, 0);

        wireworld_until(&w, w.world.now + SPAN_MS(100));
        ck_assert_uint_eq(ended, count);
        for (unsigned k = 0; k < count; k++) {
            unsigned i = (first + k) % MOST;

            ck_assert_uint_eq(ended_as[i], lower_than(i, first, count) + 1);
        }
        sent += count;
    }
    for (unsigned i = 0; i < MOST; i++)
        got += w.stations[i].got;
    ck_assert_uint_eq(got, sent);
    ck_assert_uint_eq(medium_stats(w.bus)->frames, sent);
    ck_assert_uint_eq(medium_stats(w.bus)->collisions, 0);
    ck_assert_uint_eq(medium_stats(w.bus)->given_up, 0);
}
END_TEST

/* All start before the first has been on the wire for 50 us. */
START_TEST(loses_all_of_a_thousand_collisions)
{
    uint64_t sent = 0;

    again(BUS_CSMA);
    add_thirty();
    for (unsigned n = 0; n < CONTESTS; n++) {
        unsigned first, count = start_contest(&first, US(50));

        wireworld_until(&w, w.world.now + SPAN_MS(100));
        ck_assert_uint_eq(ended, count);
        sent += count;
    }
    for (unsigned i = 0; i < MOST; i++)
        ck_assert_uint_eq(w.stations[i].got, 0);
    ck_assert_uint_eq(medium_stats(w.bus)->collisions, sent);
    ck_assert_uint_eq(medium_stats(w.bus)->frames, 0);
    ck_assert_uint_eq(medium_link(w.bus)->by_fate[FATE_COLLIDED], sent);
}
END_TEST

/* Thirty that always want to send. */

static void
saturate(enum bus_model model, instant span)
{
    again(model);
    w.quiet = true;
    wireworld_add(&w, "a", 0x20);
    for (unsigned i = 0; i < MOST; i++)
        wireworld_keep_sending(wireworld_add(&w, "x", (uint8_t)(0x70 + 2 * i)), 0x20, 7);
    wireworld_until(&w, span);
    ck_assert_uint_eq(medium_waiting(w.bus), MOST);
    ck_assert_uint_eq(medium_link(w.bus)->holding, 0);
    ck_assert_uint_le(w.world.timeline.count, 1);
}

/* A frame each 654.7 us, 650 of them busy. */
START_TEST(starves_all_but_the_lowest_of_a_full_bus)
{
    const struct medium_stats *s;

    saturate(BUS_I2C, SPAN_S(60));
    s = medium_stats(w.bus);
    ck_assert_uint_eq(s->frames, SPAN_S(60) / (US(650) + 4700));
    ck_assert_uint_eq(w.stations[1].node.stats.frames_sent, s->frames);
    for (unsigned i = 2; i <= MOST; i++) {
        ck_assert_uint_eq(w.stations[i].node.stats.frames_sent, 0);
        /* Each was given up after 64 contests, and the next one tried. */
        ck_assert_uint_eq(w.stations[i].learned, (s->frames + 1) / MEDIUM_ARBITRATION_TRIES);
    }
    ck_assert_uint_gt(medium_utilisation_ppm(w.bus), 992000);
    ck_assert_uint_lt(medium_utilisation_ppm(w.bus), 993000);
}
END_TEST

/*
 * Each waits for a number of windows below 32, anew after each frame: one of
 * thirty has the lowest for itself in 30/32 * sum over k of ((31 - k)/32)^29,
 * six contests of ten. A contest takes 650 us, 4.7 us of rest and some 0.6
 * windows of 50 us: 350,000 of them in four minutes.
 */
START_TEST(shares_a_full_bus_about_equally_without_arbitration)
{
    const struct medium_stats *s;
    uint64_t share;

    saturate(BUS_CSMA, SPAN_S(240));
    s = medium_stats(w.bus);
    share = s->frames / MOST;
    ck_assert_uint_gt(s->frames, 350000 * 58 / 100);
    ck_assert_uint_lt(s->frames, 350000 * 62 / 100);
    for (unsigned i = 1; i <= MOST; i++) {
        uint64_t mine = w.stations[i].node.stats.frames_sent;

        ck_assert_msg(mine > share * 85 / 100 && mine < share * 115 / 100,
                      "%u: %llu of %llu", i, (unsigned long long)mine,
                      (unsigned long long)share);
    }
    ck_assert_uint_lt(s->collisions, 2 * s->frames);
    ck_assert_uint_gt(medium_utilisation_ppm(w.bus), 800000);
    ck_assert_uint_lt(medium_utilisation_ppm(w.bus), 1000000);
}
END_TEST

static Suite *
medium_arbitrate_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("sim/bus/medium_arbitrate", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, puts_three_frames_behind_one_another_octet_by_octet);
    tcase_add_test(tc, puts_three_frames_over_one_another_octet_by_octet);
    tcase_add_test(tc, gives_up_at_the_bit_that_it_lost_last);
    tcase_add_test(tc, gives_a_merged_frame_a_fate_too);
    tcase_add_test(tc, lets_the_lowest_win_each_of_a_thousand_contests);
    tcase_add_test(tc, loses_all_of_a_thousand_collisions);
    tcase_add_test(tc, starves_all_but_the_lowest_of_a_full_bus);
    tcase_add_test(tc, shares_a_full_bus_about_equally_without_arbitration);
    return s;
}

int
main(void)
{
    return run_suite(medium_arbitrate_suite());
}
