#include <string.h>

#include "sim/engine/timeline.h"
#include "tests/lib/run.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct timeline tl;

static void
begin(void)
{
    timeline_init(&tl);
}

static void
end(void)
{
    timeline_free(&tl);
}

static void
ignore(void *ctx, instant at)
{
    (void)ctx;
    (void)at;
}

/* A timer with a letter for a name. */
static void
make(struct timer *t, const char *name, enum timer_priority priority)
{
    timer_init(t, priority, ignore, (void *)(uintptr_t)name);
}

/* The names of all timers up to until, in the order in which they come. */
static const char *
order_until(instant until)
{
    static char names[64];
    struct timer *t;

    names[0] = '\0';
    while ((t = timeline_take(&tl, until)) != NULL)
        strcat(names, t->ctx);
    return names;
}

static struct timer a, b, c, d;

static void
make_four(void)
{
    make(&a, "a", TIMER_DEVICE);
    make(&b, "b", TIMER_DEVICE);
    make(&c, "c", TIMER_WIRE);
    make(&d, "d", TIMER_EXPIRY);
}

START_TEST(fires_by_instant_then_priority_then_order_of_arming)
{
    make_four();
    timeline_arm(&tl, &d, 10);
    timeline_arm(&tl, &b, 10);
    timeline_arm(&tl, &a, 10);
    timeline_arm(&tl, &c, 10);
    ck_assert_str_eq(order_until(10), "cbad");
    timeline_arm(&tl, &c, 11);
    timeline_arm(&tl, &d, 10);
    ck_assert_str_eq(order_until(11), "dc");
}
END_TEST

START_TEST(puts_a_timer_that_is_armed_again_behind_its_equals)
{
    make_four();
    timeline_arm(&tl, &a, 10);
    timeline_arm(&tl, &b, 10);
    timeline_arm(&tl, &a, 10);
    ck_assert_str_eq(order_until(10), "ba");
}
END_TEST

START_TEST(moves_a_timer_forth_and_back)
{
    make_four();
    timeline_arm(&tl, &a, 10);
    timeline_arm(&tl, &b, 20);
    timeline_arm(&tl, &c, 30);
    timeline_arm(&tl, &a, 40);
    timeline_arm(&tl, &c, 5);
    ck_assert_uint_eq(timeline_next(&tl), 5);
    ck_assert_str_eq(order_until(40), "cba");
}
END_TEST

START_TEST(disarms_and_does_not_mind_doing_it_twice)
{
    make_four();
    timeline_arm(&tl, &a, 10);
    timeline_arm(&tl, &b, 20);
    timeline_disarm(&tl, &a);
    timeline_disarm(&tl, &a);
    ck_assert(!timer_armed(&a));
    ck_assert(timer_armed(&b));
    ck_assert_str_eq(order_until(100), "b");
    ck_assert(!timer_armed(&b));
}
END_TEST

START_TEST(hands_out_nothing_before_its_instant)
{
    make_four();
    ck_assert_uint_eq(timeline_next(&tl), INSTANT_NEVER);
    timeline_arm(&tl, &a, 10);
    ck_assert_ptr_null(timeline_take(&tl, 9));
    ck_assert_ptr_eq(timeline_take(&tl, 10), &a);
    ck_assert_ptr_null(timeline_take(&tl, INSTANT_NEVER));
}
END_TEST

START_TEST(keeps_a_thousand_in_order_while_they_move_and_go)
{
    static struct timer many[1000];
    instant last = 0;
    struct timer *t;
    size_t seen = 0;

    for (size_t i = 0; i < COUNT(many); i++) {
        make(&many[i], "", TIMER_DEVICE);
        timeline_arm(&tl, &many[i], i * 7919 % 1009);
    }
    for (size_t i = 0; i < COUNT(many); i += 3)
        timeline_arm(&tl, &many[i], i * 31 % 500);
    for (size_t i = 1; i < COUNT(many); i += 3)
        timeline_disarm(&tl, &many[i]);
    for (; (t = timeline_take(&tl, INSTANT_NEVER)) != NULL; seen++) {
        ck_assert_uint_ge(t->at, last);
        last = t->at;
    }
    ck_assert_uint_eq(seen, 667);
}
END_TEST

START_TEST(leaves_timers_disarmed_when_it_is_freed)
{
    make_four();
    timeline_arm(&tl, &a, 10);
    timeline_free(&tl);
    ck_assert(!timer_armed(&a));
    timeline_arm(&tl, &a, 3);
    ck_assert_uint_eq(timeline_next(&tl), 3);
}
END_TEST

static Suite *
timeline_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("sim/engine/timeline", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, fires_by_instant_then_priority_then_order_of_arming);
    tcase_add_test(tc, puts_a_timer_that_is_armed_again_behind_its_equals);
    tcase_add_test(tc, moves_a_timer_forth_and_back);
    tcase_add_test(tc, disarms_and_does_not_mind_doing_it_twice);
    tcase_add_test(tc, hands_out_nothing_before_its_instant);
    tcase_add_test(tc, keeps_a_thousand_in_order_while_they_move_and_go);
    tcase_add_test(tc, leaves_timers_disarmed_when_it_is_freed);
    return s;
}

int
main(void)
{
    return run_suite(timeline_suite());
}
