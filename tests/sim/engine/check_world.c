#include <string.h>

#include "sim/engine/world.h"
#include "tests/lib/run.h"

static struct world w;

/* A timer that writes down when it fired and arms itself again. */
struct ticker {
    struct timer timer;
    instant period;
    int left;
    instant fired[8];
    int count;
};

static void
tick(void *ctx, instant at)
{
    struct ticker *t = ctx;

    ck_assert_uint_eq(w.now, at);
    ck_assert(!timer_armed(&t->timer));
    t->fired[t->count++] = at;
    if (--t->left > 0)
        timeline_arm(&w.timeline, &t->timer, at + t->period);
}

static void
begin(void)
{
    world_init(&w, rng_key_root(1), 3, WORLD_EPOCH_DEFAULT);
}

static void
end(void)
{
    world_free(&w);
}

static void
start(struct ticker *t, instant at, instant period, int times)
{
    memset(t, 0, sizeof *t);
    t->period = period;
    t->left = times;
    timer_init(&t->timer, TIMER_DEVICE, tick, t);
    timeline_arm(&w.timeline, &t->timer, at);
}

START_TEST(fires_timers_at_their_nominal_instants_however_late_it_is)
{
    struct ticker t;

    start(&t, 10, 25, 4);
    ck_assert_uint_eq(world_deadline(&w), 10);
    world_advance(&w, 1000);
    ck_assert_int_eq(t.count, 4);
    for (int i = 0; i < 4; i++)
        ck_assert_uint_eq(t.fired[i], 10 + 25 * (instant)i);
    ck_assert_uint_eq(w.now, 1000);
    ck_assert_uint_eq(world_deadline(&w), INSTANT_NEVER);
}
END_TEST

START_TEST(fires_what_is_armed_for_the_same_instant_from_within)
{
    struct ticker t;

    start(&t, 10, 0, 3);
    world_advance(&w, 10);
    ck_assert_int_eq(t.count, 3);
    ck_assert_uint_eq(t.fired[2], 10);
}
END_TEST

START_TEST(takes_equal_timers_in_turn)
{
    struct ticker a, b;

    start(&a, 10, 10, 3);
    start(&b, 5, 5, 6);
    world_advance(&w, 9);
    ck_assert_int_eq(a.count, 0);
    ck_assert_int_eq(b.count, 1);
    world_advance(&w, 30);
    ck_assert_int_eq(a.count, 3);
    ck_assert_int_eq(b.count, 6);
}
END_TEST

START_TEST(fires_a_timer_of_the_past_now)
{
    struct ticker t;

    world_advance(&w, 100);
    start(&t, 40, 0, 1);
    world_advance(&w, 100);
    ck_assert_int_eq(t.count, 1);
    ck_assert_uint_eq(t.fired[0], 100);
}
END_TEST

START_TEST(never_goes_back)
{
    struct ticker t;

    world_advance(&w, 100);
    start(&t, 40, 0, 1);
    world_advance(&w, 99);
    ck_assert_int_eq(t.count, 0);
    ck_assert_uint_eq(w.now, 100);
}
END_TEST

START_TEST(counts_calendar_time_from_its_epoch)
{
    ck_assert_uint_eq(world_time_s(&w), WORLD_EPOCH_DEFAULT);
    world_advance(&w, SPAN_S(90) - 1);
    ck_assert_uint_eq(world_time_s(&w), WORLD_EPOCH_DEFAULT + 89);
    world_advance(&w, SPAN_S(90));
    ck_assert_uint_eq(world_time_s(&w), WORLD_EPOCH_DEFAULT + 90);
}
END_TEST

static char note[96];

static void
keep_note(void *ctx, const struct tap_event *ev)
{
    (void)ctx;
    ck_assert_int_eq(ev->link, TAP_NOTE);
    ck_assert_uint_eq(ev->chassis, 3);
    ck_assert_uint_eq(ev->at, w.now);
    ck_assert_uint_eq(ev->bytes.len, 0);
    strcpy(note, ev->why);
}

START_TEST(shows_notes_and_armed_faults)
{
    struct tap tap = { keep_note, NULL };
    struct fault_rule rule = fault_rule_any(FAULT_LOSE);
    uint32_t id;

    world_note(&w, "nobody hears this");
    w.tap = &tap;
    world_advance(&w, 7);
    world_note(&w, "power on");
    ck_assert_str_eq(note, "power on");
    rule.name = "deaf";
    ck_assert_ptr_null(w.faults);
    ck_assert_int_eq(world_arm_fault(&w, &rule, &id), ST_OK);
    ck_assert_str_eq(note, "fault 1 armed: deaf");
    ck_assert(!fault_idle(w.faults));
}
END_TEST

START_TEST(arms_a_fault_for_one_who_wants_no_number)
{
    struct tap tap = { keep_note, NULL };
    struct fault_rule rule = fault_rule_any(FAULT_LOSE);

    w.tap = &tap;
    ck_assert_int_eq(world_arm_fault(&w, &rule, NULL), ST_OK);
    ck_assert_str_eq(note, "fault 1 armed: fault");
    w.tap = NULL;
    ck_assert_int_eq(world_arm_fault(&w, &rule, NULL), ST_OK);
}
END_TEST

static Suite *
world_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/engine/world", &c);

    tcase_add_checked_fixture(c, begin, end);
    tcase_add_test(c, fires_timers_at_their_nominal_instants_however_late_it_is);
    tcase_add_test(c, fires_what_is_armed_for_the_same_instant_from_within);
    tcase_add_test(c, takes_equal_timers_in_turn);
    tcase_add_test(c, fires_a_timer_of_the_past_now);
    tcase_add_test(c, never_goes_back);
    tcase_add_test(c, counts_calendar_time_from_its_epoch);
    tcase_add_test(c, shows_notes_and_armed_faults);
    tcase_add_test(c, arms_a_fault_for_one_who_wants_no_number);
    return s;
}

int
main(void)
{
    return run_suite(world_suite());
}
