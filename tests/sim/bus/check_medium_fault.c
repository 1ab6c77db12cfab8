#include <string.h>

#include "sim/wire/ipmb.h"
#include "tests/lib/run.h"
#include "tests/sim/bus/stations.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define US(n) SPAN_US(n)
#define MS(n) SPAN_MS(n)

/* A rule for frames to a, once, named after its effect. */
static struct fault_rule
to_a(enum fault_effect effect)
{
    struct fault_rule r = fault_rule_any(effect);

    r.name = fault_effect_text(effect);
    r.target = 0x20;
    r.times = 1;
    return r;
}

/* One frame of seven octets from b to a at 0 and another at 5 ms; the rule
 * strikes the first. Octet i ends at 100 + 90 i us, STOP is 10 us more. */
static const struct {
    const char *why;
    struct fault_rule rule;      /* beyond to_a() */
    const char *log;
    enum fate fate;
} single[] = {
    { "lost after it was acknowledged",
      { .effect = FAULT_LOSE }, "650.0 b sent 1\n", FATE_LOST },
    { "damaged, its last octet as well",
      { .effect = FAULT_CORRUPT, .offset = 6, .mask = 0x80 },
      "650.0 b sent 1\n650.0 a got 129\n", FATE_CORRUPTED },
    { "cut",
      { .effect = FAULT_TRUNCATE, .count = 4 },
      "650.0 b sent 1\n650.0 a got 82\n", FATE_TRUNCATED },
    { "later",
      { .effect = FAULT_DELAY, .span = MS(2) },
      "650.0 b sent 1\n2650.0 a got 1\n", FATE_DELAYED },
    { "twice, 100 us apart",
      { .effect = FAULT_DUPLICATE, .span = US(100) },
      "650.0 b sent 1\n650.0 a got 1\n750.0 a got 1\n", FATE_DELIVERED },
    { "its address not acknowledged",
      { .effect = FAULT_NAK, .offset = -1 }, "110.0 b naked 1\n", FATE_NAKED },
    { "octet 0 not acknowledged",
      { .effect = FAULT_NAK, .offset = 0 }, "110.0 b naked 1\n", FATE_NAKED },
    { "octet 4 not acknowledged",
      { .effect = FAULT_NAK, .offset = 4 }, "470.0 b full 1\n", FATE_NAKED },
    { "the last octet not acknowledged",
      { .effect = FAULT_NAK, .offset = 6 }, "650.0 b full 1\n", FATE_NAKED },
    { "the clock held after each octet",
      { .effect = FAULT_STRETCH, .offset = -1, .span = US(50) },
      "1000.0 b sent 1\n1000.0 a got 1\n", FATE_DELIVERED },
    { "the clock held after octet 2",
      { .effect = FAULT_STRETCH, .offset = 2, .span = US(300) },
      "950.0 b sent 1\n950.0 a got 1\n", FATE_DELIVERED },
    { "the clock held for ever after octet 2: 280 us and 35 ms",
      { .effect = FAULT_STRETCH, .offset = 2, .span = INSTANT_NEVER },
      "35280.0 b broken 1\n", FATE_LOST },
    { "the wire hogged",
      { .effect = FAULT_BABBLE, .span = MS(10) },
      "10654.7 b sent 1\n10654.7 a got 1\n", FATE_DELIVERED },
    { "SDA stuck at octet 3",
      { .effect = FAULT_STICK, .offset = 3, .count = 1 }, "370.0 b broken 1\n", FATE_LOST },
    { "its controller busy",
      { .effect = FAULT_BUSY, .span = MS(2) }, "110.0 b naked 1\n", FATE_NAKED },
    { "its controller dead",
      { .effect = FAULT_DEAD, .span = MS(2) }, "110.0 b naked 1\n", FATE_NAKED },
    { "nobody to collide with",
      { .effect = FAULT_COLLIDE, .span = MS(2) },
      "2650.0 b sent 1\n2650.0 a got 1\n", FATE_DELIVERED },
};

START_TEST(strikes_a_frame_at_its_instant)
{
    struct fault_rule r = to_a(single[_i].rule.effect);
    uint64_t matched, struck;
    uint32_t id;

    r.offset = single[_i].rule.offset;
    r.count = single[_i].rule.count;
    r.mask = single[_i].rule.mask;
    r.span = single[_i].rule.span;
    id = wireworld_arm(&w, r);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, MS(40));
    ck_assert_msg(strcmp(w.log, single[_i].log) == 0, "%s:\n%s", single[_i].why, w.log);
    ck_assert_uint_eq(w.shown[single[_i].fate], 1);
    ck_assert(fault_counts(w.world.faults, id, &matched, &struck));
    ck_assert_uint_eq(matched, 1);
    ck_assert_uint_eq(struck, 1);
    w.log[0] = '\0';
    wireworld_send(b, 0x20, 7, 2);
    wireworld_until(&w, MS(100));
    ck_assert_ptr_nonnull(strstr(w.log, "a got 2\n"));
}
END_TEST

START_TEST(names_the_rule_that_ended_a_frame)
{
    static const enum fault_effect ending[] = {
        FAULT_NAK, FAULT_BUSY, FAULT_DEAD, FAULT_STICK
    };
    struct fault_rule r = to_a(ending[_i]);

    r.name = "the one to blame";
    r.span = MS(1);
    wireworld_arm(&w, r);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, MS(1));
    ck_assert_str_eq(w.why, "the one to blame");
}
END_TEST

START_TEST(lets_the_next_frame_overtake)
{
    wireworld_arm(&w, to_a(FAULT_REORDER));
    wireworld_send(b, 0x20, 7, 1);
    wireworld_send(b, 0x20, 7, 2);
    wireworld_until(&w, MS(5));
    ck_assert_str_eq(w.log, "650.0 b sent 1\n"
                            "1304.7 b sent 2\n"
                            "1304.7 a got 2\n"
                            "1304.7 a got 1\n");
}
END_TEST

/* Octets 2, 6 to 9, and 10 of an IPMB frame with four octets of data. */
static const struct {
    enum fault_place place;
    int offset;
    uint32_t count;
    size_t first, last;          /* where the damage may be */
    enum ipmb_err err;
} places[] = {
    { FAULT_AT_HEADER_SUM, -1, 0, 2, 2, IPMB_BAD_HEADER_SUM },
    { FAULT_AT_DATA, -1, 0, 6, 9, IPMB_BAD_DATA_SUM },
    { FAULT_AT_DATA, 1, 0, 7, 7, IPMB_BAD_DATA_SUM },
    { FAULT_AT_DATA, 2, 9, 8, 9, IPMB_BAD_DATA_SUM },
    { FAULT_AT_DATA_SUM, -1, 0, 10, 10, IPMB_BAD_DATA_SUM },
};

START_TEST(damages_a_named_place)
{
    static const uint8_t data[] = { 1, 2, 3, 4 };
    uint8_t octets[32];
    struct wr wr = wr_of(octets, sizeof octets);
    struct ipmb_frame f = { .target = 0x20, .source = 0x52, .netfn = 4, .cmd = 2,
                            .data = bytes_of(data, 4) };
    struct fault_rule r = fault_rule_any(FAULT_CORRUPT);

    ipmb_build(&wr, &f);
    r.place = places[_i].place;
    r.offset = places[_i].offset;
    r.count = places[_i].count;
    r.mask = 0x40;
    wireworld_arm(&w, r);
    for (unsigned n = 0; n < 20; n++) {
        medium_send(w.bus, &b->node, wr_bytes_of(&wr), 1);
        wireworld_until(&w, w.world.now + MS(2));
        for (size_t i = 0; i < a->last_len; i++)
            if (i < places[_i].first || i > places[_i].last)
                ck_assert_uint_eq(a->last[i], octets[i]);
        ck_assert_int_eq(ipmb_parse(bytes_of(a->last, a->last_len), &f), places[_i].err);
    }
    ck_assert_uint_eq(w.shown[FATE_CORRUPTED], 20);
}
END_TEST

/* A request without data has none to damage; a frame of six octets is none. */
START_TEST(spares_frames_without_the_place)
{
    struct fault_rule r = fault_rule_any(FAULT_CORRUPT);

    r.place = _i ? FAULT_AT_DATA_SUM : FAULT_AT_DATA;
    wireworld_arm(&w, r);
    wireworld_send(b, 0x20, _i ? 6 : 7, 1);
    wireworld_until(&w, MS(1));
    ck_assert_uint_eq(w.shown[FATE_DELIVERED], 1);
}
END_TEST

/* 54h is called with 18h (netfn 6, LUN 0) and 04h (sequence 1). */
static const struct {
    const char *why;
    size_t field;
    int value;
    bool meant;
} fields[] = {
    { "its source", offsetof(struct fault_rule, source), 0x52, true },
    { "another source", offsetof(struct fault_rule, source), 0x20, false },
    { "its target", offsetof(struct fault_rule, target), 0x54, true },
    { "its netfn", offsetof(struct fault_rule, netfn), 6, true },
    { "its command", offsetof(struct fault_rule, cmd), 1, true },
    { "its LUN", offsetof(struct fault_rule, lun), 2, true },
    { "another LUN", offsetof(struct fault_rule, lun), 0, false },
    { "its sequence number", offsetof(struct fault_rule, seq), 33, true },
    { "another sequence number", offsetof(struct fault_rule, seq), 32, false },
    { "its bus", offsetof(struct fault_rule, number), 0, true },
    { "another bus", offsetof(struct fault_rule, number), 7, false },
};

START_TEST(means_frames_by_what_they_say)
{
    static const uint8_t frame[] = { 0x54, 0x1a, 0, 0x52, 33 << 2, 0x01, 0 };
    static const enum fault_effect kinds[] = { FAULT_NAK, FAULT_LOSE };

    for (unsigned k = 0; k < COUNT(kinds); k++) {
        struct fault_rule r = fault_rule_any(kinds[k]);
        unsigned before = c->got;
        uint32_t id;

        memcpy((char *)&r + fields[_i].field, &fields[_i].value, sizeof(int));
        id = wireworld_arm(&w, r);
        medium_send(w.bus, &b->node, bytes_of(frame, sizeof frame), 1);
        wireworld_until(&w, w.world.now + MS(2));
        ck_assert_msg((c->got == before) == fields[_i].meant, "%s", fields[_i].why);
        ck_assert(fault_disarm(w.world.faults, id));
    }
}
END_TEST

/* Twelve frames, 1 ms apart: what is NAKed. */
static const struct {
    uint32_t every, times;
    unsigned from, until;        /* ms */
    const char *naked;
} schedules[] = {
    { 0, 0, 0, 0, "xxxxxxxxxxxx" },
    { 3, 0, 0, 0, "..x..x..x..x" },
    { 3, 2, 0, 0, "..x..x......" },
    { 0, 2, 0, 0, "xx.........." },
    { 0, 0, 4, 7, "....xxx....." },
};

START_TEST(strikes_the_wire_on_schedule)
{
    struct fault_rule r = fault_rule_any(FAULT_NAK);
    char naked[13] = "";

    r.every = schedules[_i].every;
    r.times = schedules[_i].times;
    r.from = MS(schedules[_i].from);
    r.until = MS(schedules[_i].until);
    wireworld_arm(&w, r);
    for (unsigned i = 0; i < 12; i++) {
        unsigned before = a->got;

        wireworld_until(&w, MS(i));
        wireworld_send(b, 0x20, 7, 1);
        wireworld_until(&w, MS(i + 1) - 1);
        naked[i] = a->got > before ? '.' : 'x';
    }
    ck_assert_str_eq(naked, schedules[_i].naked);
}
END_TEST

START_TEST(strikes_the_wire_with_its_probability)
{
    struct fault_rule r = fault_rule_any(FAULT_NAK);

    r.probability_ppm = 50000;
    wireworld_arm(&w, r);
    w.quiet = true;
    for (unsigned i = 0; i < 10000; i++) {
        wireworld_send(b, 0x20, 7, 1);
        wireworld_until(&w, w.world.now + MS(1));
    }
    ck_assert_uint_gt(medium_stats(w.bus)->naks, 425);
    ck_assert_uint_lt(medium_stats(w.bus)->naks, 575);
}
END_TEST

/* A frame that loses an arbitration is not asked about again: the rule
 * strikes its second frame. */
START_TEST(is_asked_once_about_a_frame_that_tries_twice)
{
    struct fault_rule r = fault_rule_any(FAULT_NAK);

    r.source = 0x54;
    r.every = 2;
    wireworld_arm(&w, r);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_send(c, 0x20, 7, 2);
    wireworld_send(c, 0x20, 7, 3);
    wireworld_until(&w, MS(5));
    ck_assert_str_eq(w.log, "650.0 b sent 1\n650.0 a got 1\n"
                            "1304.7 c sent 2\n1304.7 a got 2\n"
                            "1419.4 c naked 3\n");
}
END_TEST

/* Forced collisions: b waits for c, which comes at 300 us. */

START_TEST(makes_the_next_two_senders_collide)
{
    again((struct medium_config){ .model = BUS_CSMA });
    wireworld_arm(&w, to_a(FAULT_COLLIDE));
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, US(300));
    wireworld_send(c, 0x20, 8, 2);
    wireworld_until(&w, MS(5));
    ck_assert_str_eq(w.log, "950.0 b sent 1\n"
                            "1040.0 c sent 2\n");
    ck_assert_uint_eq(medium_stats(w.bus)->collisions, 2);
    ck_assert_uint_eq(w.shown[FATE_COLLIDED], 2);
}
END_TEST

START_TEST(makes_the_next_two_senders_contend)
{
    wireworld_arm(&w, to_a(FAULT_COLLIDE));
    wireworld_send(c, 0x20, 7, 1);
    wireworld_until(&w, US(300));
    wireworld_send(b, 0x20, 7, 2);
    wireworld_until(&w, MS(5));
    ck_assert_str_eq(w.log, "950.0 b sent 2\n950.0 a got 2\n"
                            "1604.7 c sent 1\n1604.7 a got 1\n");
    ck_assert_uint_eq(medium_stats(w.bus)->arbitration_losses, 1);
}
END_TEST

/* It begins with the frame, at 100 us, and ends at 10.1 ms; then b, and c
 * that came meanwhile, find a free bus. */
START_TEST(hogs_the_wire_for_a_span)
{
    struct fault_rule r = to_a(FAULT_BABBLE);

    r.span = MS(10);
    wireworld_arm(&w, r);
    wireworld_until(&w, US(100));
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, MS(5));
    ck_assert_str_eq(w.note, "ipmb 0: a node babbles: babble");
    wireworld_send(c, 0x20, 7, 2);
    wireworld_until(&w, MS(20));
    ck_assert_str_eq(w.log, "10754.7 b sent 1\n10754.7 a got 1\n"
                            "11409.4 c sent 2\n11409.4 a got 2\n");
    ck_assert_uint_eq(medium_stats(w.bus)->babble, MS(10));
    ck_assert_uint_eq(medium_stats(w.bus)->babbles, 1);
    ck_assert_uint_eq(medium_stats(w.bus)->busy, 2 * US(650));
}
END_TEST

/*
 * Stuck: b's frame is broken with its address, at 100 us. c wants the wire at
 * 200 us, watches it for 25 ms, and gives clocks from 25200 us on: SDA is
 * high after so many, STOP follows, and after the rest c's frame.
 */
static const struct {
    uint32_t clocks;
    unsigned free_at;            /* us: the clocks, and STOP */
    const char *done;            /* 4.7 us and 650 us after */
} recoveries[] = {
    { 1, 25220, "\n25874.7 c sent 2\n" },
    { 3, 25240, "\n25894.7 c sent 2\n" },
    { 9, 25300, "\n25954.7 c sent 2\n" },
};

START_TEST(frees_a_stuck_bus_at_the_clock_that_was_said)
{
    struct fault_rule r = to_a(FAULT_STICK);

    r.count = recoveries[_i].clocks;
    wireworld_arm(&w, r);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, US(200));
    ck_assert_str_eq(w.log, "100.0 b broken 1\n");
    ck_assert_str_eq(w.note, "ipmb 0: SDA is stuck low");
    wireworld_send(c, 0x20, 7, 2);
    wireworld_until(&w, MS(40));
    ck_assert_msg(strstr(w.log, recoveries[_i].done) != NULL, "%s", w.log);
    ck_assert_str_eq(w.note, "ipmb 0: SDA is free again");
    ck_assert_uint_eq(medium_stats(w.bus)->stuck, US(recoveries[_i].free_at) - US(100));
    ck_assert_uint_eq(medium_stats(w.bus)->recoveries, 1);
    ck_assert_uint_eq(medium_stats(w.bus)->busy, US(100) + US(650));
}
END_TEST

/*
 * Stuck for 60 ms from 100 us on. c clocks at 25200 us in vain, nine clocks
 * of 10 us, and learns it at 25290. d goes on: 25 ms later, until 50380. The
 * third attempt begins at 75380, and the ninth clock, at 75470, frees the
 * bus; STOP 75480, rest, 650 us.
 */
START_TEST(frees_a_stuck_bus_by_nine_clocks_when_the_span_is_over)
{
    struct fault_rule r = to_a(FAULT_STICK);

    r.span = MS(60);
    wireworld_arm(&w, r);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, US(200));
    wireworld_send(c, 0x20, 7, 2);
    wireworld_until(&w, US(300));
    wireworld_send(d, 0x20, 7, 3);
    wireworld_send(d, 0x20, 7, 4);
    wireworld_until(&w, MS(100));
    ck_assert_str_eq(w.log, "100.0 b broken 1\n"
                            "25290.0 c broken 2\n"
                            "50380.0 d broken 3\n"
                            "76134.7 d sent 4\n"
                            "76134.7 a got 4\n");
    ck_assert_uint_eq(w.shown[FATE_LOST], 3);
    ck_assert_uint_eq(medium_stats(w.bus)->broken, 3);
    ck_assert_uint_eq(medium_stats(w.bus)->recoveries, 3);
    ck_assert_uint_eq(medium_stats(w.bus)->stuck, US(75480) - US(100));
}
END_TEST

/* Clock 12 is the third of the second nine. */
START_TEST(counts_clocks_over_attempts)
{
    struct fault_rule r = to_a(FAULT_STICK);

    r.count = 12;
    wireworld_arm(&w, r);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, US(200));
    wireworld_send(c, 0x20, 7, 2);
    wireworld_send(d, 0x20, 7, 3);
    wireworld_until(&w, MS(100));
    ck_assert_str_eq(w.log, "100.0 b broken 1\n"
                            "25290.0 c broken 2\n"
                            "50984.7 d sent 3\n"
                            "50984.7 a got 3\n");
}
END_TEST

START_TEST(stays_stuck_while_nobody_wants_the_wire)
{
    struct fault_rule r = to_a(FAULT_STICK);

    r.span = MS(1);
    wireworld_arm(&w, r);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, SPAN_S(10));
    ck_assert_uint_eq(world_deadline(&w.world), INSTANT_NEVER);
    ck_assert_uint_eq(medium_utilisation_ppm(w.bus), 1000000);
    wireworld_send(c, 0x20, 7, 2);
    wireworld_until(&w, SPAN_S(11));
    ck_assert_uint_eq(c->done, 1);
}
END_TEST

START_TEST(goes_on_when_the_node_that_clocks_leaves)
{
    struct fault_rule r = to_a(FAULT_STICK);

    r.count = 1;
    wireworld_arm(&w, r);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, US(200));
    wireworld_send(c, 0x20, 7, 2);
    wireworld_until(&w, MS(10));
    wireworld_send(d, 0x20, 7, 3);
    wireworld_until(&w, MS(20));
    medium_detach(w.bus, &c->node);
    wireworld_until(&w, MS(50));
    ck_assert_str_eq(w.log, "100.0 b broken 1\n"
                            "35674.7 d sent 3\n"
                            "35674.7 a got 3\n");
    ck_assert_uint_eq(medium_stats(w.bus)->withdrawn, 1);
}
END_TEST

START_TEST(makes_a_controller_busy_for_a_span)
{
    struct fault_rule r = to_a(FAULT_BUSY);

    r.span = MS(2);
    wireworld_arm(&w, r);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, MS(1));
    wireworld_send(c, 0x20, 7, 2);
    wireworld_until(&w, MS(2));
    wireworld_send(c, 0x20, 7, 3);
    wireworld_until(&w, MS(5));
    ck_assert_str_eq(w.log, "110.0 b naked 1\n"
                            "1110.0 c naked 2\n"
                            "2650.0 c sent 3\n"
                            "2650.0 a got 3\n");
}
END_TEST

/* a is dead until 2 ms: its own frame of 0.5 ms waits. */
START_TEST(makes_a_controller_dead_for_a_span)
{
    struct fault_rule r = to_a(FAULT_DEAD);

    r.span = MS(2);
    wireworld_arm(&w, r);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, US(500));
    wireworld_send(a, 0x52, 7, 2);
    wireworld_until(&w, MS(1));
    wireworld_send(c, 0x20, 7, 3);
    wireworld_until(&w, MS(5));
    ck_assert_str_eq(w.log, "110.0 b naked 1\n"
                            "1110.0 c naked 3\n"
                            "2650.0 a sent 2\n"
                            "2650.0 b got 2\n");
}
END_TEST

/* Both start at 0. a is asked about first, and b is dead by then; b's frame
 * kills a at 3 ms. */
START_TEST(asks_nobody_about_the_frame_of_a_node_just_killed)
{
    struct fault_rule r = fault_rule_any(FAULT_DEAD);

    r.span = MS(3);
    wireworld_arm(&w, r);
    wireworld_send(a, 0x52, 7, 1);
    wireworld_send(b, 0x20, 7, 2);
    wireworld_until(&w, MS(20));
    ck_assert_str_eq(w.log, "110.0 a naked 1\n"
                            "3110.0 b naked 2\n");
}
END_TEST

/* 52h and 54h are cut off from 20h and 56h. */
static const struct {
    unsigned from, to;           /* stations */
    bool arrives;
} cuts[] = {
    { 1, 0, false }, { 0, 1, false }, { 2, 3, false }, { 3, 2, false },
    { 1, 2, true }, { 2, 1, true }, { 0, 3, true }, { 3, 0, true },
};

START_TEST(cuts_a_segment_off)
{
    struct fault_rule r = fault_rule_any(FAULT_CUT);
    struct station *from = &w.stations[cuts[_i].from], *to = &w.stations[cuts[_i].to];

    fault_set_add(&r, 0x52);
    fault_set_add(&r, 0x54);
    r.until = MS(10);
    wireworld_arm(&w, r);
    wireworld_send(from, to->node.address, 7, 1);
    wireworld_until(&w, MS(5));
    ck_assert_uint_eq(to->got, cuts[_i].arrives);
    ck_assert_uint_eq(w.shown[FATE_NAKED], !cuts[_i].arrives);
    ck_assert_uint_eq(medium_stats(w.bus)->busy, cuts[_i].arrives ? US(650) : US(110));
    wireworld_until(&w, MS(10));
    wireworld_send(from, to->node.address, 7, 2);
    wireworld_until(&w, MS(20));
    ck_assert_uint_eq(to->got, 1u + cuts[_i].arrives);
}
END_TEST

/* In a broadcast it is the second octet that nobody acknowledges. */
START_TEST(does_not_let_a_broadcast_cross_a_cut)
{
    uint8_t frame[8] = { 0x00, 0x20, 0x18, 0, 0x52, 0x04, 0x01, 1 };
    struct fault_rule r = fault_rule_any(FAULT_CUT);

    fault_set_add(&r, 0x52);
    wireworld_arm(&w, r);
    medium_send(w.bus, &b->node, bytes_of(frame, sizeof frame), 1);
    wireworld_until(&w, MS(5));
    ck_assert_str_eq(w.log, "200.0 b naked 1\n");
}
END_TEST

/* At instant speed babble and patience still take their time, bits do not. */
START_TEST(keeps_the_spans_of_faults_at_instant_speed)
{
    struct fault_rule r = to_a(FAULT_BABBLE), stuck = to_a(FAULT_STICK);

    again((struct medium_config){ .instant_speed = true, .model = _i ? BUS_CSMA : BUS_I2C });
    r.span = MS(1);
    stuck.count = 4;
    wireworld_arm(&w, r);
    wireworld_arm(&w, stuck);
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, MS(2));
    wireworld_send(c, 0x20, 7, 2);
    wireworld_until(&w, MS(100));
    ck_assert_str_eq(w.log, "1000.0 b broken 1\n"
                            "27000.0 c sent 2\n"
                            "27000.0 a got 2\n");
}
END_TEST

/* Everything at once: random frames of four nodes that come and go, under
 * rules for each effect. Nothing is lost count of, at any instant. */

static void
arm_everything(struct rng *r)
{
    for (int e = 0; e < FAULT_EFFECTS; e++) {
        struct fault_rule rule = fault_rule_any((enum fault_effect)e);

        rule.name = fault_effect_text((enum fault_effect)e);
        rule.probability_ppm = 20000;
        rule.span = US(200) + rng_below(r, MS(4));
        rule.jitter = US(100);
        rule.offset = (int)rng_below(r, 6) - 1;
        rule.count = (uint32_t)rng_below(r, 8);
        fault_set_add(&rule, 0x52);
        wireworld_arm(&w, rule);
    }
}

static void
change_something(struct rng *r)
{
    struct station *s = &w.stations[rng_below(r, 4)];
    struct medium_manner manner = {
        .stretch = rng_below(r, US(30)), .busy_until = w.world.now + rng_below(r, MS(1)),
        .processing = rng_below(r, MS(1)), .frames_max = (uint8_t)rng_below(r, 3),
        .refuse_at = (uint8_t)rng_below(r, 4), .busy_holds = rng_chance(r, 500000),
    };

    if (!s->node.attached)
        ck_assert_int_eq(medium_attach(w.bus, &s->node), ST_OK);
    else if (rng_chance(r, 200000))
        medium_detach(w.bus, &s->node);
    else
        medium_set_manner(w.bus, s->node.address, &manner);
}

static void
storm(const struct medium_config *config)
{
    struct rng r = rng_named(rng_key_root(config->model), "storm of faults");

    again(*config);
    arm_everything(&r);
    for (unsigned i = 0; i < 1200; i++) {
        struct station *from = &w.stations[rng_below(&r, 4)];

        wireworld_until(&w, w.world.now + rng_below(&r, MS(2)));
        if (i % 40 == 39)
            change_something(&r);
        wireworld_send(from, w.stations[rng_below(&r, 4)].node.address,
                       2 + (size_t)rng_below(&r, 31), (uint8_t)i);
        wireworld_check_balance(&w);
    }
    wireworld_until(&w, SPAN_S(3000));
}

static const struct medium_config configs[] = {
    { .model = BUS_I2C },
    { .model = BUS_CSMA },
    { .model = BUS_I2C, .instant_speed = true },
    { .model = BUS_CSMA, .instant_speed = true },
};

static char first_log[WIREWORLD_LOG];

START_TEST(balances_after_a_storm_of_faults_and_repeats_it)
{
    const struct medium_stats *s;

    storm(&configs[_i]);
    s = medium_stats(w.bus);
    for (int e = 0; e < FAULT_EFFECTS; e++) {
        uint64_t matched, struck;

        ck_assert(fault_counts(w.world.faults, (uint32_t)e + 1, &matched, &struck));
        ck_assert_msg(struck > 0, "%s", fault_effect_text((enum fault_effect)e));
    }
    ck_assert_uint_eq(medium_waiting(w.bus), 0);
    ck_assert_uint_gt(s->frames, 250);
    ck_assert_uint_gt(s->broken, 0);
    memcpy(first_log, w.log, sizeof first_log);
    storm(&configs[_i]);
    ck_assert_str_eq(w.log, first_log);
}
END_TEST

static Suite *
medium_fault_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("sim/bus/medium_fault", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, strikes_a_frame_at_its_instant, 0, COUNT(single));
    tcase_add_loop_test(tc, names_the_rule_that_ended_a_frame, 0, 4);
    tcase_add_test(tc, lets_the_next_frame_overtake);
    tcase_add_loop_test(tc, damages_a_named_place, 0, COUNT(places));
    tcase_add_loop_test(tc, spares_frames_without_the_place, 0, 2);
    tcase_add_loop_test(tc, means_frames_by_what_they_say, 0, COUNT(fields));
    tcase_add_loop_test(tc, strikes_the_wire_on_schedule, 0, COUNT(schedules));
    tcase_add_test(tc, strikes_the_wire_with_its_probability);
    tcase_add_test(tc, is_asked_once_about_a_frame_that_tries_twice);
    tcase_add_test(tc, makes_the_next_two_senders_collide);
    tcase_add_test(tc, makes_the_next_two_senders_contend);
    tcase_add_test(tc, hogs_the_wire_for_a_span);
    tcase_add_loop_test(tc, frees_a_stuck_bus_at_the_clock_that_was_said, 0,
                        COUNT(recoveries));
    tcase_add_test(tc, frees_a_stuck_bus_by_nine_clocks_when_the_span_is_over);
    tcase_add_test(tc, counts_clocks_over_attempts);
    tcase_add_test(tc, stays_stuck_while_nobody_wants_the_wire);
    tcase_add_test(tc, goes_on_when_the_node_that_clocks_leaves);
    tcase_add_test(tc, makes_a_controller_busy_for_a_span);
    tcase_add_test(tc, makes_a_controller_dead_for_a_span);
    tcase_add_test(tc, asks_nobody_about_the_frame_of_a_node_just_killed);
    tcase_add_loop_test(tc, cuts_a_segment_off, 0, COUNT(cuts));
    tcase_add_test(tc, does_not_let_a_broadcast_cross_a_cut);
    tcase_add_loop_test(tc, keeps_the_spans_of_faults_at_instant_speed, 0, 2);
    tcase_add_loop_test(tc, balances_after_a_storm_of_faults_and_repeats_it, 0,
                        COUNT(configs));
    return s;
}

int
main(void)
{
    return run_suite(medium_fault_suite());
}
