#include <string.h>

#include "sim/engine/fault.h"
#include "tests/lib/run.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct fault_plan *plan;

static void
begin(void)
{
    ck_assert_int_eq(fault_plan_new(rng_key_root(1), &plan), ST_OK);
}

static void
end(void)
{
    fault_plan_free(plan);
}

static uint32_t
arm(struct fault_rule rule)
{
    uint32_t id = 0;

    ck_assert_int_eq(fault_arm(plan, &rule, &id), ST_OK);
    return id;
}

/* A Get Device ID response on its way out, on LAN channel 1. */
static const struct fault_frame a_frame = {
    .link = TAP_LAN, .number = 1, .dir = TAP_FROM_BMC, .netfn = 7, .cmd = 1,
    .payload_type = 0, .source = FAULT_ANY, .target = FAULT_ANY, .lun = 2, .seq = 33,
    .len = 40,
};

static struct fault_verdict
ask(void)
{
    return fault_ask(plan, 1000, &a_frame);
}

START_TEST(does_nothing_while_nothing_is_armed)
{
    struct fault_verdict v = ask();

    ck_assert(fault_idle(plan));
    ck_assert(fault_idle(NULL));
    ck_assert(!v.struck);
    ck_assert_uint_eq(v.copies, 1);
    ck_assert_uint_eq(v.delay[0], 0);
    ck_assert_int_eq(v.corrupt_at, -1);
    ck_assert_uint_eq(v.cut, SIZE_MAX);
    v = fault_ask(NULL, 0, &a_frame);
    ck_assert(!v.struck);
}
END_TEST

/* One field of a rule and whether the frame above is meant. */
#define FIELD(f) offsetof(struct fault_rule, f)
static const struct {
    const char *why;
    size_t field;
    int value;
    bool meant;
} fields[] = {
    { "its link", FIELD(link), TAP_LAN, true },
    { "another link", FIELD(link), TAP_IPMB, false },
    { "its channel", FIELD(number), 1, true },
    { "another channel", FIELD(number), 2, false },
    { "its direction", FIELD(dir), TAP_FROM_BMC, true },
    { "the other direction", FIELD(dir), TAP_TO_BMC, false },
    { "its netfn", FIELD(netfn), 7, true },
    { "the request's netfn", FIELD(netfn), 6, false },
    { "its command", FIELD(cmd), 1, true },
    { "another command", FIELD(cmd), 2, false },
    { "its payload type", FIELD(payload_type), 0, true },
    { "another payload type", FIELD(payload_type), 1, false },
    { "its LUN", FIELD(lun), 2, true },
    { "another LUN", FIELD(lun), 0, false },
    { "its sequence number", FIELD(seq), 33, true },
    { "another sequence number", FIELD(seq), 0, false },
    { "a source that is not known", FIELD(source), 0x20, false },
    { "a target that is not known", FIELD(target), 0x20, false },
};

START_TEST(matches_on_each_field)
{
    struct fault_rule r = fault_rule_any(FAULT_LOSE);

    memcpy((char *)&r + fields[_i].field, &fields[_i].value, sizeof(int));
    arm(r);
    ck_assert_msg(ask().lost == fields[_i].meant, "%s", fields[_i].why);
}
END_TEST

static const struct {
    instant from, until, at;
    bool meant;
} windows[] = {
    { 0, 0, 0, true },
    { 0, 0, INSTANT_NEVER, true },
    { 10, 20, 9, false },
    { 10, 20, 10, true },
    { 10, 20, 19, true },
    { 10, 20, 20, false },
    { 10, 0, 9, false },
    { 10, 0, 1000, true },
};

START_TEST(matches_within_its_window)
{
    struct fault_rule r = fault_rule_any(FAULT_LOSE);

    r.from = windows[_i].from;
    r.until = windows[_i].until;
    arm(r);
    ck_assert(fault_ask(plan, windows[_i].at, &a_frame).lost == windows[_i].meant);
}
END_TEST

static const struct {
    uint32_t every, times;
    const char *lost;   /* of ten frames */
} schedules[] = {
    { 0, 0, "xxxxxxxxxx" },
    { 1, 0, "xxxxxxxxxx" },
    { 3, 0, "..x..x..x." },
    { 0, 2, "xx........" },
    { 3, 2, "..x..x...." },
};

START_TEST(strikes_every_nth_and_so_many_times)
{
    struct fault_rule r = fault_rule_any(FAULT_LOSE);
    uint64_t matched, struck, want = 0;
    uint32_t id;

    r.every = schedules[_i].every;
    r.times = schedules[_i].times;
    id = arm(r);
    for (int i = 0; i < 10; i++) {
        bool lost = schedules[_i].lost[i] == 'x';

        ck_assert(ask().lost == lost);
        want += lost;
    }
    ck_assert(fault_counts(plan, id, &matched, &struck));
    ck_assert_uint_eq(matched, 10);
    ck_assert_uint_eq(struck, want);
}
END_TEST

START_TEST(strikes_with_its_probability)
{
    struct fault_rule r = fault_rule_any(FAULT_LOSE);
    int lost = 0;

    r.probability_ppm = 50000;
    arm(r);
    for (int i = 0; i < 20000; i++)
        lost += ask().lost;
    ck_assert_int_gt(lost, 850);
    ck_assert_int_lt(lost, 1150);
}
END_TEST

START_TEST(is_not_disturbed_by_another_rule)
{
    struct fault_rule r = fault_rule_any(FAULT_LOSE), noise = fault_rule_any(FAULT_CORRUPT);
    bool alone[100], together[100];

    r.probability_ppm = noise.probability_ppm = 300000;
    arm(r);
    for (int i = 0; i < 100; i++)
        alone[i] = ask().lost;
    end();
    begin();
    arm(r);
    arm(noise);
    for (int i = 0; i < 100; i++)
        together[i] = ask().lost;
    ck_assert_mem_eq(alone, together, sizeof alone);
}
END_TEST

START_TEST(delays_by_span_and_at_most_jitter)
{
    struct fault_rule r = fault_rule_any(FAULT_DELAY);
    instant least = INSTANT_NEVER, most = 0;

    r.span = 100;
    r.jitter = 10;
    arm(r);
    for (int i = 0; i < 1000; i++) {
        instant d = ask().delay[0];

        least = d < least ? d : least;
        most = d > most ? d : most;
    }
    ck_assert_uint_eq(least, 100);
    ck_assert_uint_eq(most, 110);
}
END_TEST

START_TEST(duplicates_so_many_times_a_span_apart)
{
    struct fault_rule r = fault_rule_any(FAULT_DUPLICATE);
    struct fault_verdict v;

    r.count = 2;
    r.span = 50;
    arm(r);
    v = ask();
    ck_assert_uint_eq(v.copies, 3);
    ck_assert_uint_eq(v.delay[0], 0);
    ck_assert_uint_eq(v.delay[1], 50);
    ck_assert_uint_eq(v.delay[2], 100);
}
END_TEST

START_TEST(duplicates_once_when_no_count_is_given)
{
    arm(fault_rule_any(FAULT_DUPLICATE));
    ck_assert_uint_eq(ask().copies, 2);
}
END_TEST

/* Delay and duplication add up, whichever was armed first. */
START_TEST(adds_effects_up)
{
    struct fault_rule dup = fault_rule_any(FAULT_DUPLICATE), late = fault_rule_any(FAULT_DELAY);
    struct fault_verdict v;

    dup.span = 5;
    late.span = 100;
    arm(_i ? dup : late);
    arm(_i ? late : dup);
    v = ask();
    ck_assert_uint_eq(v.copies, 2);
    ck_assert_uint_eq(v.delay[0], 100);
    ck_assert_uint_eq(v.delay[1], 105);
}
END_TEST

START_TEST(never_makes_more_copies_than_the_bound)
{
    struct fault_rule r = fault_rule_any(FAULT_DUPLICATE);

    r.count = FAULT_COPIES_MAX - 1;
    arm(r);
    arm(r);
    ck_assert_uint_eq(ask().copies, FAULT_COPIES_MAX);
}
END_TEST

START_TEST(reorders_within_a_span)
{
    struct fault_rule r = fault_rule_any(FAULT_REORDER);

    arm(r);
    ck_assert(ask().reorder);
    ck_assert_uint_eq(ask().reorder_span, FAULT_REORDER_SPAN);
    r.span = SPAN_S(2);
    arm(r);
    ck_assert_uint_eq(ask().reorder_span, SPAN_S(2));
}
END_TEST

static const struct {
    const char *why;
    int offset;
    uint32_t count;
    uint8_t mask;
    int at;            /* -2: anywhere */
    uint32_t len;
} corruptions[] = {
    { "one octet by default", 5, 0, 0x80, 5, 1 },
    { "three octets", 5, 3, 0x01, 5, 3 },
    { "no farther than the end", 38, 10, 0xff, 38, 2 },
    { "anywhere, anyhow", -1, 0, 0, -2, 1 },
    { "the whole", -1, 40, 1, 0, 40 },
    { "more than the whole", -1, 90, 1, 0, 40 },
};

START_TEST(corrupts_where_it_was_told)
{
    struct fault_rule r = fault_rule_any(FAULT_CORRUPT);

    r.offset = corruptions[_i].offset;
    r.count = corruptions[_i].count;
    r.mask = corruptions[_i].mask;
    arm(r);
    for (int i = 0; i < 100; i++) {
        struct fault_verdict v = ask();

        ck_assert_int_ge(v.corrupt_at, 0);
        ck_assert_int_lt(v.corrupt_at, 40);
        ck_assert_msg(corruptions[_i].at == -2 || v.corrupt_at == corruptions[_i].at, "%s",
                      corruptions[_i].why);
        ck_assert_uint_eq(v.corrupt_len, corruptions[_i].len);
        ck_assert_uint_ne(v.corrupt_mask, 0);
        ck_assert(r.mask == 0 || v.corrupt_mask == r.mask);
    }
}
END_TEST

/* Places: 2, 6 to 35, none. */
static const struct {
    enum fault_place place;
    int offset;
    uint32_t count;
    int from, to;      /* where it may begin; -1: does not match */
    uint32_t len;
} placed[] = {
    { FAULT_AT_HEADER_SUM, -1, 0, 2, 2, 1 },
    { FAULT_AT_HEADER_SUM, -1, 9, 2, 2, 1 },
    { FAULT_AT_HEADER_SUM, 1, 0, -1, -1, 0 },
    { FAULT_AT_DATA, -1, 0, 6, 35, 1 },
    { FAULT_AT_DATA, 0, 3, 6, 6, 3 },
    { FAULT_AT_DATA, 29, 3, 35, 35, 1 },
    { FAULT_AT_DATA, 30, 0, -1, -1, 0 },
    { FAULT_AT_DATA_SUM, -1, 0, -1, -1, 0 },
};

START_TEST(corrupts_within_a_place)
{
    struct fault_rule r = fault_rule_any(FAULT_CORRUPT);
    struct fault_frame f = a_frame;

    f.parts[FAULT_AT_HEADER_SUM] = (struct fault_part){ 2, 1 };
    f.parts[FAULT_AT_DATA] = (struct fault_part){ 6, 30 };
    r.place = placed[_i].place;
    r.offset = placed[_i].offset;
    r.count = placed[_i].count;
    arm(r);
    for (int i = 0; i < 100; i++) {
        struct fault_verdict v = fault_ask(plan, 0, &f);

        ck_assert_int_ge(v.corrupt_at, placed[_i].from);
        ck_assert_int_le(v.corrupt_at, placed[_i].to);
        ck_assert_uint_eq(v.corrupt_len, placed[_i].len);
    }
}
END_TEST

START_TEST(truncates_to_a_length_or_to_any)
{
    struct fault_rule r = fault_rule_any(FAULT_TRUNCATE);

    arm(r);
    for (int i = 0; i < 200; i++) {
        size_t cut = ask().cut;

        ck_assert_uint_ge(cut, 1);
        ck_assert_uint_lt(cut, 40);
    }
    r.count = 1;
    arm(r);
    ck_assert_uint_eq(ask().cut, 1);
}
END_TEST

START_TEST(does_not_match_frames_too_short_for_the_effect)
{
    struct fault_rule corrupt = fault_rule_any(FAULT_CORRUPT);
    struct fault_rule cut = fault_rule_any(FAULT_TRUNCATE);
    uint64_t matched, struck;

    corrupt.offset = 40;
    cut.count = 40;
    arm(corrupt);
    arm(cut);
    ck_assert(!ask().struck);
    ck_assert(fault_counts(plan, 1, &matched, &struck));
    ck_assert_uint_eq(matched, 0);
}
END_TEST

/* The wire. */

/* A request on bus 0, from 52h to 20h. */
static const struct fault_frame on_bus = {
    .link = TAP_IPMB, .number = 0, .dir = TAP_ON_BUS, .netfn = 4, .cmd = 2,
    .payload_type = FAULT_ANY, .source = 0x52, .target = 0x20, .lun = 0, .seq = 1, .len = 8,
};

static struct fault_wire
ask_wire(void)
{
    return fault_ask_wire(plan, 1000, &on_bus);
}

START_TEST(leaves_the_wire_alone_while_nothing_is_armed_for_it)
{
    ck_assert(!fault_ask_wire(NULL, 0, &on_bus).struck);
    ck_assert(!ask_wire().struck);
    arm(fault_rule_any(FAULT_LOSE));
    ck_assert(!ask_wire().struck);
    ck_assert(fault_ask(plan, 0, &on_bus).lost);
}
END_TEST

/* Each kind of rule is asked, and counted, in its own place only. */
START_TEST(keeps_wire_and_link_apart)
{
    uint32_t nak = arm(fault_rule_any(FAULT_NAK)), lose = arm(fault_rule_any(FAULT_LOSE));
    uint64_t matched, struck;

    ck_assert(ask_wire().nak);
    ck_assert(ask_wire().nak);
    ck_assert(fault_ask(plan, 0, &on_bus).lost);
    ck_assert(fault_counts(plan, nak, &matched, &struck));
    ck_assert_uint_eq(matched, 2);
    ck_assert(fault_counts(plan, lose, &matched, &struck));
    ck_assert_uint_eq(matched, 1);
    ck_assert(fault_disarm(plan, nak));
    ck_assert(!ask_wire().struck);
}
END_TEST

static const struct {
    struct fault_rule rule;      /* effect, span, offset, count */
    struct fault_wire want;
} on_wire[] = {
    { { .effect = FAULT_NAK, .offset = -1 }, { .nak = true, .nak_at = -1, .nak_rule = 1 } },
    { { .effect = FAULT_NAK, .offset = 5 }, { .nak = true, .nak_at = 5, .nak_rule = 1 } },
    { { .effect = FAULT_STRETCH, .offset = -1, .span = 70 }, { .stretch = 70 } },
    { { .effect = FAULT_STRETCH, .offset = 3, .span = 70 },
      { .stretch_at = 3, .stretch_once = 70 } },
    { { .effect = FAULT_COLLIDE }, { .collide = FAULT_COLLIDE_SPAN } },
    { { .effect = FAULT_COLLIDE, .span = 9 }, { .collide = 9 } },
    { { .effect = FAULT_BABBLE, .span = 9 }, { .babble = 9, .babble_rule = 1 } },
    { { .effect = FAULT_STICK, .offset = -1, .count = 4 },
      { .stick = true, .stick_at = -1, .stick_clocks = 4, .stick_rule = 1,
        .stick_span = INSTANT_NEVER } },
    { { .effect = FAULT_STICK, .offset = 2, .span = 8 },
      { .stick = true, .stick_at = 2, .stick_span = 8, .stick_rule = 1 } },
    { { .effect = FAULT_BUSY, .span = 6 },
      { .nak = true, .nak_at = -1, .nak_rule = 1, .busy = 6 } },
    { { .effect = FAULT_DEAD, .span = 6 },
      { .nak = true, .nak_at = -1, .nak_rule = 1, .dead = 6 } },
    { { .effect = FAULT_CUT, .set = { 1u << 0x10 } },
      { .nak = true, .nak_at = -1, .nak_rule = 1 } },
};

START_TEST(says_what_befalls_the_wire)
{
    struct fault_rule r = fault_rule_any(on_wire[_i].rule.effect);
    const struct fault_wire *want = &on_wire[_i].want;
    struct fault_wire got;

    r.span = on_wire[_i].rule.span;
    r.offset = on_wire[_i].rule.offset;
    r.count = on_wire[_i].rule.count;
    r.set[0] = on_wire[_i].rule.set[0];
    arm(r);
    got = ask_wire();
    ck_assert(got.struck);
    ck_assert(got.nak == want->nak && got.stick == want->stick);
    ck_assert_int_eq(got.nak_at, want->nak_at);
    ck_assert_int_eq(got.stick_at, want->stick_at);
    ck_assert_int_eq(got.stretch_at, want->stretch_at);
    ck_assert_uint_eq(got.nak_rule, want->nak_rule);
    ck_assert_uint_eq(got.stick_rule, want->stick_rule);
    ck_assert_uint_eq(got.babble_rule, want->babble_rule);
    ck_assert_uint_eq(got.stick_clocks, want->stick_clocks);
    ck_assert_uint_eq(got.stretch, want->stretch);
    ck_assert_uint_eq(got.stretch_once, want->stretch_once);
    ck_assert_uint_eq(got.collide, want->collide);
    ck_assert_uint_eq(got.babble, want->babble);
    ck_assert_uint_eq(got.stick_span, want->stick_span);
    ck_assert_uint_eq(got.busy, want->busy);
    ck_assert_uint_eq(got.dead, want->dead);
}
END_TEST

START_TEST(adds_spans_of_the_wire_up)
{
    struct fault_rule slow = fault_rule_any(FAULT_STRETCH);
    struct fault_rule hog = fault_rule_any(FAULT_BABBLE);

    slow.span = 10;
    hog.span = INSTANT_NEVER;
    hog.jitter = 7;
    arm(slow);
    arm(slow);
    arm(hog);
    ck_assert_uint_eq(ask_wire().stretch, 20);
    ck_assert_uint_eq(ask_wire().babble, INSTANT_NEVER);
}
END_TEST

START_TEST(draws_for_the_wire_from_the_rules_own_stream)
{
    struct fault_rule r = fault_rule_any(FAULT_NAK), noise = fault_rule_any(FAULT_STRETCH);
    bool alone[100], together[100];

    r.probability_ppm = noise.probability_ppm = 300000;
    noise.jitter = 50;
    arm(r);
    for (int i = 0; i < 100; i++)
        alone[i] = ask_wire().nak;
    end();
    begin();
    arm(r);
    arm(noise);
    for (int i = 0; i < 100; i++)
        together[i] = ask_wire().nak;
    ck_assert_mem_eq(alone, together, sizeof alone);
}
END_TEST

/* An octet past the end; a cut that the frame does not cross. */
START_TEST(does_not_match_frames_that_the_wire_effect_does_not_fit)
{
    struct fault_rule nak = fault_rule_any(FAULT_NAK), cut = fault_rule_any(FAULT_CUT);
    struct fault_frame f = on_bus;

    nak.offset = 8;
    fault_set_add(&cut, 0x20);
    fault_set_add(&cut, 0x52);
    fault_set_add(&cut, 0xee);
    arm(nak);
    arm(cut);
    ck_assert(!ask_wire().struck);
    f.target = 0x54;
    ck_assert(fault_ask_wire(plan, 0, &f).nak);
    f.source = 0xee;
    ck_assert(fault_ask_wire(plan, 0, &f).nak);
    f.target = FAULT_ANY;
    ck_assert(!fault_ask_wire(plan, 0, &f).struck);
    f.source = f.target = 0xfe;
    ck_assert(!fault_ask_wire(plan, 0, &f).struck);
}
END_TEST

START_TEST(keeps_a_set_of_addresses)
{
    struct fault_rule r = fault_rule_any(FAULT_CUT);

    for (unsigned a = 0; a < 256; a += 6)
        fault_set_add(&r, (uint8_t)a);
    for (unsigned a = 0; a < 256; a += 2)
        ck_assert(fault_set_has(&r, (uint8_t)a) == (a % 6 == 0));
}
END_TEST

START_TEST(has_a_word_of_its_own_for_every_effect)
{
    for (int i = 0; i < FAULT_EFFECTS; i++)
        for (int j = 0; j < i; j++)
            ck_assert_str_ne(fault_effect_text((enum fault_effect)i),
                             fault_effect_text((enum fault_effect)j));
    ck_assert_str_eq(fault_effect_text(FAULT_STICK), "stick");
    ck_assert_str_eq(fault_effect_text(FAULT_EFFECTS), "unknown");
}
END_TEST

START_TEST(gives_the_name_of_a_rule_while_it_is_armed)
{
    struct fault_rule r = fault_rule_any(FAULT_NAK);
    uint32_t id;

    r.name = "deaf";
    id = arm(r);
    ck_assert_str_eq(fault_name(plan, id), "deaf");
    ck_assert_ptr_null(fault_name(plan, id + 1));
    ck_assert_ptr_null(fault_name(NULL, id));
    fault_disarm(plan, id);
    ck_assert_ptr_null(fault_name(plan, id));
}
END_TEST

START_TEST(names_the_rule_that_lost_the_frame_or_the_last_one)
{
    struct fault_rule lose = fault_rule_any(FAULT_LOSE), late = fault_rule_any(FAULT_DELAY);
    uint32_t id;

    late.name = "slow";
    late.span = 1;
    lose.name = "a name much longer than anyone should ever want to read in a trace";
    arm(late);
    ck_assert_str_eq(ask().name, "slow");
    id = arm(lose);
    arm(late);
    ck_assert_str_eq(ask().name, "a name much longer than anyone should ever want");
    ck_assert_uint_eq(strlen(ask().name), FAULT_NAME_MAX);
    ck_assert(fault_disarm(plan, id));
    ck_assert_str_eq(ask().name, "slow");
}
END_TEST

START_TEST(disarms_by_id_and_never_uses_an_id_again)
{
    uint32_t first = arm(fault_rule_any(FAULT_LOSE)), second = arm(fault_rule_any(FAULT_REORDER));
    uint64_t n;

    ck_assert_uint_eq(first, 1);
    ck_assert(fault_disarm(plan, first));
    ck_assert(!fault_disarm(plan, first));
    ck_assert(!fault_counts(plan, first, &n, &n));
    ck_assert(!ask().lost && ask().reorder);
    fault_disarm_all(plan);
    ck_assert(fault_idle(plan));
    ck_assert_uint_eq(arm(fault_rule_any(FAULT_LOSE)), second + 1);
}
END_TEST

START_TEST(is_full_past_its_bound)
{
    struct fault_rule r = fault_rule_any(FAULT_LOSE);
    uint32_t id;

    for (int i = 0; i < FAULT_RULES_MAX; i++)
        arm(r);
    ck_assert_int_eq(fault_arm(plan, &r, &id), ST_FULL);
}
END_TEST

START_TEST(refuses_rules_that_contradict_themselves)
{
    struct fault_rule bad[19];
    uint32_t id;

    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i] = fault_rule_any(FAULT_LOSE);
    bad[0].probability_ppm = 1000001;
    bad[1].from = bad[1].until = 5;
    bad[2].effect = FAULT_EFFECTS;
    bad[3].netfn = 0x40;
    bad[4].cmd = -2;
    bad[5].effect = FAULT_DUPLICATE;
    bad[5].count = FAULT_COPIES_MAX;
    bad[6].effect = FAULT_DELAY;
    bad[7].effect = FAULT_CORRUPT;
    bad[7].offset = -2;
    bad[8].lun = 4;
    bad[9].seq = 0x40;
    bad[10].effect = FAULT_NAK;
    bad[10].link = TAP_LAN;
    bad[11].effect = FAULT_STRETCH;
    bad[12].effect = FAULT_BABBLE;
    bad[13].effect = FAULT_STICK;
    bad[14].effect = FAULT_BUSY;
    bad[15].effect = FAULT_DEAD;
    bad[16].effect = FAULT_CUT;
    bad[17].place = FAULT_AT_DATA;
    bad[18].effect = FAULT_CORRUPT;
    bad[18].place = FAULT_PLACES;
    for (size_t i = 0; i < COUNT(bad); i++)
        ck_assert_msg(fault_arm(plan, &bad[i], &id) == ST_INVALID, "%zu", i);
    ck_assert(fault_idle(plan));
}
END_TEST

START_TEST(knows_when_a_link_must_look_into_its_frames)
{
    struct fault_rule r = fault_rule_any(FAULT_LOSE);

    ck_assert(!fault_wants_message(NULL, TAP_LAN));
    arm(r);
    ck_assert(!fault_wants_message(plan, TAP_LAN));
    r.link = TAP_LAN;
    r.cmd = 1;
    arm(r);
    ck_assert(fault_wants_message(plan, TAP_LAN));
    ck_assert(!fault_wants_message(plan, TAP_IPMB));
    r.link = TAP_IPMB;
    r.cmd = FAULT_ANY;
    *(_i ? &r.lun : &r.seq) = 1;
    arm(r);
    ck_assert(fault_wants_message(plan, TAP_IPMB));
}
END_TEST

static Suite *
fault_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/engine/fault", &c);

    tcase_add_checked_fixture(c, begin, end);
    tcase_add_test(c, does_nothing_while_nothing_is_armed);
    tcase_add_loop_test(c, matches_on_each_field, 0, COUNT(fields));
    tcase_add_loop_test(c, matches_within_its_window, 0, COUNT(windows));
    tcase_add_loop_test(c, strikes_every_nth_and_so_many_times, 0, COUNT(schedules));
    tcase_add_test(c, strikes_with_its_probability);
    tcase_add_test(c, is_not_disturbed_by_another_rule);
    tcase_add_test(c, delays_by_span_and_at_most_jitter);
    tcase_add_test(c, duplicates_so_many_times_a_span_apart);
    tcase_add_test(c, duplicates_once_when_no_count_is_given);
    tcase_add_loop_test(c, adds_effects_up, 0, 2);
    tcase_add_test(c, never_makes_more_copies_than_the_bound);
    tcase_add_test(c, reorders_within_a_span);
    tcase_add_loop_test(c, corrupts_where_it_was_told, 0, COUNT(corruptions));
    tcase_add_test(c, truncates_to_a_length_or_to_any);
    tcase_add_test(c, does_not_match_frames_too_short_for_the_effect);
    tcase_add_test(c, names_the_rule_that_lost_the_frame_or_the_last_one);
    tcase_add_test(c, disarms_by_id_and_never_uses_an_id_again);
    tcase_add_test(c, is_full_past_its_bound);
    tcase_add_test(c, refuses_rules_that_contradict_themselves);
    tcase_add_loop_test(c, knows_when_a_link_must_look_into_its_frames, 0, 2);
    tcase_add_loop_test(c, corrupts_within_a_place, 0, COUNT(placed));
    tcase_add_test(c, leaves_the_wire_alone_while_nothing_is_armed_for_it);
    tcase_add_test(c, keeps_wire_and_link_apart);
    tcase_add_loop_test(c, says_what_befalls_the_wire, 0, COUNT(on_wire));
    tcase_add_test(c, adds_spans_of_the_wire_up);
    tcase_add_test(c, draws_for_the_wire_from_the_rules_own_stream);
    tcase_add_test(c, does_not_match_frames_that_the_wire_effect_does_not_fit);
    tcase_add_test(c, keeps_a_set_of_addresses);
    tcase_add_test(c, has_a_word_of_its_own_for_every_effect);
    tcase_add_test(c, gives_the_name_of_a_rule_while_it_is_armed);
    return s;
}

int
main(void)
{
    return run_suite(fault_suite());
}
