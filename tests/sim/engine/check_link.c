#include <stdio.h>
#include <string.h>

#include "sim/engine/link.h"
#include "tests/lib/run.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct world w;
static struct link l;

/* What was delivered and what the tap saw, as "instant:text " and
 * "instant:fate:why:octets ". */
static char arrived[8192], seen[16384];
static const char *echo;   /* sent back into the link from deliver */

static void
write_down(char *to, size_t size, instant at, const char *words, struct bytes b)
{
    size_t used = strlen(to);

    snprintf(to + used, size - used, "%llu:%s%.*s ", (unsigned long long)at, words,
             (int)b.len, b.len ? (const char *)b.at : "");
}

static struct link_frame
frame(const char *text, enum tap_dir dir)
{
    return (struct link_frame){
        .about = { .link = TAP_IPMB, .number = 2, .dir = dir, .netfn = 6, .cmd = 1,
                   .payload_type = FAULT_ANY, .source = 0x20, .target = 0x52,
                   .lun = FAULT_ANY, .seq = FAULT_ANY },
        .to = &l, .bytes = bytes_of(text, strlen(text)),
    };
}

static void
send(const char *text)
{
    struct link_frame f = frame(text, TAP_ON_BUS);

    link_send(&l, &f);
}

static void
take(void *ctx, const struct link_frame *f)
{
    const char *again = echo;

    ck_assert_ptr_eq(ctx, &w);
    ck_assert_ptr_eq(f->to, &l);
    ck_assert_int_eq(f->about.source, 0x20);
    write_down(arrived, sizeof arrived, w.now, "", f->bytes);
    echo = NULL;
    if (again != NULL)
        send(again);
}

static void
watch(void *ctx, const struct tap_event *ev)
{
    char words[96];

    (void)ctx;
    ck_assert_uint_eq(ev->at, w.now);
    ck_assert_uint_eq(ev->number, 2);
    snprintf(words, sizeof words, "%s%s:%s:", ev->link == TAP_NOTE ? "note " : "",
             fate_text(ev->fate), ev->why ? ev->why : "");
    write_down(seen, sizeof seen, ev->at, words, ev->bytes);
}

static const struct tap tap = { watch, NULL };

static void
begin(void)
{
    world_init(&w, rng_key_root(1), 0, 0);
    w.tap = &tap;
    link_init(&l, &w, take, &w);
    arrived[0] = seen[0] = '\0';
    echo = NULL;
}

static void
end(void)
{
    link_free(&l);
    world_free(&w);
}

static uint32_t
arm(struct fault_rule rule)
{
    uint32_t id;

    w.tap = NULL;   /* the note is no matter here */
    ck_assert_int_eq(world_arm_fault(&w, &rule, &id), ST_OK);
    w.tap = &tap;
    return id;
}

/* A rule named r that strikes once. */
static struct fault_rule
once(enum fault_effect effect)
{
    struct fault_rule r = fault_rule_any(effect);

    r.name = "r";
    r.times = 1;
    return r;
}

START_TEST(delivers_at_once_when_nothing_is_wrong)
{
    send("one");
    send("two");
    ck_assert_str_eq(arrived, "0:one 0:two ");
    ck_assert_str_eq(seen, "0:delivered::one 0:delivered::two ");
    ck_assert_uint_eq(l.frames, 2);
    ck_assert_uint_eq(l.octets, 6);
    ck_assert_uint_eq(l.by_fate[FATE_DELIVERED], 2);
}
END_TEST

START_TEST(delivers_a_frame_that_no_rule_means)
{
    struct fault_rule r = once(FAULT_LOSE);

    r.target = 0x54;
    arm(r);
    send("one");
    ck_assert_str_eq(seen, "0:delivered::one ");
}
END_TEST

START_TEST(loses_and_shows_what_was_lost)
{
    arm(once(FAULT_LOSE));
    send("one");
    send("two");
    ck_assert_str_eq(arrived, "0:two ");
    ck_assert_str_eq(seen, "0:lost:r:one 0:delivered::two ");
    ck_assert_uint_eq(l.by_fate[FATE_LOST], 1);
}
END_TEST

START_TEST(shows_a_delayed_frame_when_it_arrives)
{
    struct fault_rule r = once(FAULT_DELAY);

    r.span = 100;
    arm(r);
    send("one");
    send("two");
    ck_assert_uint_eq(l.holding, 1);
    ck_assert_uint_eq(world_deadline(&w), 100);
    world_advance(&w, 1000);
    ck_assert_str_eq(arrived, "0:two 100:one ");
    ck_assert_str_eq(seen, "0:delivered::two 100:delayed:r:one ");
    ck_assert_uint_eq(l.holding, 0);
}
END_TEST

START_TEST(lets_frames_of_one_instant_go_in_the_order_they_came)
{
    struct fault_rule r = once(FAULT_DELAY);

    r.span = 100;
    r.times = 2;
    arm(r);
    send("one");
    send("two");
    world_advance(&w, 100);
    ck_assert_str_eq(arrived, "100:one 100:two ");
}
END_TEST

START_TEST(lets_the_shorter_delayed_go_first)
{
    struct fault_rule r = once(FAULT_DELAY);

    r.span = 100;
    arm(r);
    r.span = 30;
    r.times = 2;
    r.every = 2;
    arm(r);
    send("one");
    send("two");
    world_advance(&w, 1000);
    ck_assert_str_eq(arrived, "30:two 100:one ");
}
END_TEST

START_TEST(delivers_duplicates)
{
    struct fault_rule r = once(FAULT_DUPLICATE);

    r.count = 2;
    r.span = 10;
    arm(r);
    send("one");
    world_advance(&w, 100);
    ck_assert_str_eq(seen, "0:delivered:r:one 10:duplicated:r:one 20:duplicated:r:one ");
    ck_assert_uint_eq(l.frames, 1);
    ck_assert_uint_eq(l.by_fate[FATE_DUPLICATED], 2);
}
END_TEST

START_TEST(delivers_a_duplicate_at_once_without_a_span)
{
    arm(once(FAULT_DUPLICATE));
    send("one");
    ck_assert_str_eq(arrived, "0:one 0:one ");
}
END_TEST

START_TEST(corrupts_a_copy_and_not_the_senders_octets)
{
    struct fault_rule r = once(FAULT_CORRUPT);
    char mine[] = "abc";

    r.offset = 1;
    r.mask = 0x20;
    arm(r);
    send(mine);
    ck_assert_str_eq(arrived, "0:aBc ");
    ck_assert_str_eq(seen, "0:corrupted:r:aBc ");
    ck_assert_str_eq(mine, "abc");
}
END_TEST

START_TEST(truncates)
{
    struct fault_rule r = once(FAULT_TRUNCATE);

    r.count = 2;
    arm(r);
    send("abc");
    ck_assert_str_eq(seen, "0:truncated:r:ab ");
}
END_TEST

START_TEST(does_all_at_once)
{
    struct fault_rule r = once(FAULT_TRUNCATE);

    r.count = 2;
    arm(r);
    r = once(FAULT_CORRUPT);
    r.offset = 0;
    r.count = 3;
    r.mask = 0x20;
    arm(r);
    r = once(FAULT_DELAY);
    r.span = 5;
    arm(r);
    r = once(FAULT_DUPLICATE);
    r.span = 1;
    arm(r);
    send("abc");
    world_advance(&w, 10);
    ck_assert_str_eq(seen, "5:corrupted:r:AB 6:duplicated:r:AB ");
}
END_TEST

START_TEST(lets_a_reordered_frame_go_behind_the_next)
{
    arm(once(FAULT_REORDER));
    send("one");
    ck_assert_str_eq(arrived, "");
    world_advance(&w, 7);
    send("two");
    send("three");
    ck_assert_str_eq(arrived, "7:two 7:one 7:three ");
    ck_assert_str_eq(seen, "7:delivered::two 7:delayed:r:one 7:delivered::three ");
    ck_assert_uint_eq(world_deadline(&w), INSTANT_NEVER);
}
END_TEST

START_TEST(lets_a_reordered_frame_go_when_nothing_follows)
{
    struct fault_rule r = once(FAULT_REORDER);

    r.span = 50;
    arm(r);
    send("one");
    world_advance(&w, 100);
    ck_assert_str_eq(arrived, "50:one ");
}
END_TEST

START_TEST(is_not_overtaken_by_the_other_direction)
{
    struct link_frame back = frame("back", TAP_TO_BMC);

    arm(once(FAULT_REORDER));
    send("one");
    link_send(&l, &back);
    ck_assert_str_eq(arrived, "0:back ");
    send("two");
    ck_assert_str_eq(arrived, "0:back 0:two 0:one ");
}
END_TEST

START_TEST(is_not_overtaken_by_a_lost_frame)
{
    struct fault_rule lose = once(FAULT_LOSE);

    lose.every = 2;
    arm(once(FAULT_REORDER));
    arm(lose);
    send("one");
    send("two");
    ck_assert_str_eq(arrived, "");
    send("three");
    ck_assert_str_eq(arrived, "0:three 0:one ");
}
END_TEST

START_TEST(swaps_neighbours_when_all_are_reordered)
{
    struct fault_rule r = once(FAULT_REORDER);

    r.times = 0;
    arm(r);
    send("1");
    send("2");
    send("3");
    send("4");
    ck_assert_str_eq(arrived, "0:2 0:1 0:4 0:3 ");
}
END_TEST

START_TEST(lets_a_held_frame_go_although_its_rule_is_gone)
{
    struct fault_rule r = once(FAULT_DELAY);
    uint32_t id;

    r.span = 5;
    id = arm(r);
    send("one");
    fault_disarm(w.faults, id);
    world_advance(&w, 5);
    ck_assert_str_eq(seen, "5:delayed:r:one ");
}
END_TEST

START_TEST(loses_and_counts_what_it_cannot_hold)
{
    struct fault_rule r = once(FAULT_DELAY);

    r.span = 5;
    r.times = 0;
    arm(r);
    for (int i = 0; i < LINK_HELD_MAX + 3; i++)
        send("x");
    ck_assert_str_eq(seen, "0:lost:too many frames held:x 0:lost:too many frames held:x "
                           "0:lost:too many frames held:x ");
    world_advance(&w, 5);
    ck_assert_uint_eq(l.by_fate[FATE_DELAYED], LINK_HELD_MAX);
    ck_assert_uint_eq(l.by_fate[FATE_LOST], 3);
    ck_assert_uint_eq(l.frames, LINK_HELD_MAX + 3);
}
END_TEST

START_TEST(may_be_sent_into_while_it_delivers)
{
    struct fault_rule r = once(FAULT_DELAY);

    r.span = 5;
    arm(r);
    send("one");
    echo = "echo";
    world_advance(&w, 5);
    ck_assert_str_eq(arrived, "5:one 5:echo ");
}
END_TEST

START_TEST(shows_what_the_medium_kept)
{
    struct link_frame f = frame("one", TAP_ON_BUS);

    link_failed(&l, &f, FATE_COLLIDED, "with 2 others");
    ck_assert_str_eq(arrived, "");
    ck_assert_str_eq(seen, "0:collided:with 2 others:one ");
    ck_assert_uint_eq(l.frames, 1);
    ck_assert_uint_eq(l.by_fate[FATE_COLLIDED], 1);
}
END_TEST

START_TEST(notes_a_frame_that_crossed_as_one_with_another)
{
    struct link_frame f = frame("one", TAP_ON_BUS);

    link_send(&l, &f);
    link_merged(&l, &f, "equal");
    ck_assert_str_eq(arrived, "0:one ");
    ck_assert_str_eq(seen, "0:delivered::one 0:note merged:equal: ");
    ck_assert_uint_eq(l.frames, 2);
    ck_assert_uint_eq(l.by_fate[FATE_MERGED], 1);
}
END_TEST

/* Of three copies two are held for the duplicate's sake. */
START_TEST(tells_held_frames_from_held_copies)
{
    struct fault_rule dup = once(FAULT_DUPLICATE), late = once(FAULT_DELAY);

    dup.count = 2;
    dup.span = 5;
    late.span = 3;
    arm(dup);
    arm(late);
    send("one");
    ck_assert_uint_eq(l.holding, 3);
    ck_assert_uint_eq(l.copies, 2);
    world_advance(&w, 3);
    ck_assert_uint_eq(l.holding, 2);
    ck_assert_uint_eq(l.copies, 2);
    world_advance(&w, 8);
    ck_assert_uint_eq(l.copies, 1);
    world_advance(&w, 100);
    ck_assert_uint_eq(l.holding, 0);
    ck_assert_uint_eq(l.copies, 0);
}
END_TEST

START_TEST(shows_why_a_receiver_dropped_a_frame)
{
    struct link_frame f = frame("one", TAP_ON_BUS);

    link_send(&l, &f);
    link_ignored(&l, &f, "data checksum");
    link_refused(&l, &f, "busy");
    ck_assert_str_eq(seen, "0:delivered::one 0:note ignored:data checksum: "
                           "0:note refused:busy: ");
    ck_assert_uint_eq(l.frames, 1);
    ck_assert_uint_eq(l.by_fate[FATE_IGNORED], 1);
    ck_assert_uint_eq(l.by_fate[FATE_REFUSED], 1);
}
END_TEST

START_TEST(drops_what_it_holds_when_freed)
{
    struct fault_rule r = once(FAULT_DELAY);

    r.span = 5;
    arm(r);
    send("one");
    link_free(&l);
    world_advance(&w, 100);
    ck_assert_str_eq(arrived, "");
}
END_TEST

/* The whole history of 2,000 frames under four rules, twice. */
static char first_run[sizeof seen];

static void
run_history(void)
{
    static const enum fault_effect kinds[] = {
        FAULT_LOSE, FAULT_DELAY, FAULT_DUPLICATE, FAULT_REORDER, FAULT_CORRUPT
    };

    begin();
    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct fault_rule r = fault_rule_any(kinds[i]);

        r.probability_ppm = 200000;
        r.span = 3;
        r.jitter = 40;
        arm(r);
    }
    for (instant at = 0; at < 200; at++) {
        char text[8];

        world_advance(&w, at * 10);
        snprintf(text, sizeof text, "%llu", (unsigned long long)at);
        send(text);
    }
    world_advance(&w, 10000);
}

START_TEST(repeats_a_history_octet_for_octet_and_keeps_the_balance)
{
    uint64_t fates = 0;

    run_history();
    memcpy(first_run, seen, sizeof seen);
    for (int i = 0; i < FATES; i++)
        fates += i == FATE_DUPLICATED ? 0 : l.by_fate[i];
    ck_assert_uint_eq(fates, l.frames);
    ck_assert_uint_gt(l.by_fate[FATE_DUPLICATED], 10);
    end();
    run_history();
    ck_assert_str_eq(first_run, seen);
}
END_TEST

static Suite *
link_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/engine/link", &c);

    tcase_add_checked_fixture(c, begin, end);
    tcase_add_test(c, delivers_at_once_when_nothing_is_wrong);
    tcase_add_test(c, delivers_a_frame_that_no_rule_means);
    tcase_add_test(c, loses_and_shows_what_was_lost);
    tcase_add_test(c, shows_a_delayed_frame_when_it_arrives);
    tcase_add_test(c, lets_frames_of_one_instant_go_in_the_order_they_came);
    tcase_add_test(c, lets_the_shorter_delayed_go_first);
    tcase_add_test(c, delivers_duplicates);
    tcase_add_test(c, delivers_a_duplicate_at_once_without_a_span);
    tcase_add_test(c, corrupts_a_copy_and_not_the_senders_octets);
    tcase_add_test(c, truncates);
    tcase_add_test(c, does_all_at_once);
    tcase_add_test(c, lets_a_reordered_frame_go_behind_the_next);
    tcase_add_test(c, lets_a_reordered_frame_go_when_nothing_follows);
    tcase_add_test(c, is_not_overtaken_by_the_other_direction);
    tcase_add_test(c, is_not_overtaken_by_a_lost_frame);
    tcase_add_test(c, swaps_neighbours_when_all_are_reordered);
    tcase_add_test(c, lets_a_held_frame_go_although_its_rule_is_gone);
    tcase_add_test(c, loses_and_counts_what_it_cannot_hold);
    tcase_add_test(c, may_be_sent_into_while_it_delivers);
    tcase_add_test(c, shows_what_the_medium_kept);
    tcase_add_test(c, notes_a_frame_that_crossed_as_one_with_another);
    tcase_add_test(c, tells_held_frames_from_held_copies);
    tcase_add_test(c, shows_why_a_receiver_dropped_a_frame);
    tcase_add_test(c, drops_what_it_holds_when_freed);
    tcase_add_test(c, repeats_a_history_octet_for_octet_and_keeps_the_balance);
    return s;
}

int
main(void)
{
    return run_suite(link_suite());
}
