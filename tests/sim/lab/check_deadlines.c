#include "sim/engine/rng.h"
#include "sim/lab/deadlines.h"
#include "tests/lib/run.h"

#define MANY 200

static struct deadlines d;

static void
setup(void)
{
    d = (struct deadlines){ 0 };
    ck_assert(deadlines_reserve(&d, MANY));
}

static void
teardown(void)
{
    deadlines_free(&d);
}

START_TEST(is_never_while_empty)
{
    ck_assert(deadlines_next(&d) == INSTANT_NEVER);
}
END_TEST

START_TEST(takes_the_lowest_number_among_equals)
{
    for (uint32_t i = 0; i < 5; i++)
        deadlines_set(&d, i, 70);
    ck_assert_uint_eq(deadlines_first(&d), 0);
    deadlines_set(&d, 0, 71);
    ck_assert_uint_eq(deadlines_first(&d), 1);
    deadlines_set(&d, 0, 70);
    ck_assert_uint_eq(deadlines_first(&d), 0);
}
END_TEST

/* The plain way: look at all. */
static uint32_t
earliest(const instant *at)
{
    uint32_t best = 0;

    for (uint32_t i = 1; i < MANY; i++)
        if (at[i] < at[best])
            best = i;
    return best;
}

START_TEST(agrees_with_a_plain_search_after_random_changes)
{
    struct rng rng = rng_named(rng_key_root(1), "deadlines");
    instant at[MANY];

    for (uint32_t i = 0; i < MANY; i++)
        deadlines_set(&d, i, at[i] = rng_below(&rng, 50));
    for (int n = 0; n < 5000; n++) {
        uint32_t i = (uint32_t)rng_below(&rng, MANY);

        at[i] = rng_chance(&rng, 100000) ? INSTANT_NEVER : rng_below(&rng, 1000);
        deadlines_set(&d, i, at[i]);
        ck_assert_uint_eq(deadlines_first(&d), earliest(at));
        ck_assert(deadlines_next(&d) == at[earliest(at)]);
    }
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("deadlines", &t);

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, is_never_while_empty);
    tcase_add_test(t, takes_the_lowest_number_among_equals);
    tcase_add_test(t, agrees_with_a_plain_search_after_random_changes);
    return run_suite(s);
}
