#include <string.h>

#include "sim/base/hex.h"
#include "sim/engine/rng.h"
#include "tests/lib/run.h"

START_TEST(draws_what_the_authors_of_xoshiro256starstar_draw)
{
    static const uint64_t want[] = { 11520, 0, 1509978240, UINT64_C(1215971899390074240) };
    struct rng r = { { 1, 2, 3, 4 } };

    for (int i = 0; i < 4; i++)
        ck_assert_uint_eq(rng_u64(&r), want[i]);
}
END_TEST

START_TEST(starts_a_stream_with_splitmix64)
{
    struct rng r = rng_start((struct rng_key){ 1234567 });

    ck_assert_uint_eq(r.s[0], UINT64_C(6457827717110365317));
    ck_assert_uint_eq(r.s[1], UINT64_C(3203168211198807973));
    ck_assert_uint_eq(r.s[2], UINT64_C(9817491932198370423));
    ck_assert_uint_eq(r.s[3], UINT64_C(4593380528125082431));
}
END_TEST

/* Golden: a change here changes every recorded run. */
static const struct {
    uint64_t seed;
    const char *name;
    uint64_t number, first;
} golden[] = {
    { 0, "", 0, UINT64_C(0x06c960f149e7fe01) },
    { 1, "lan", 0, UINT64_C(0xb9076a6abc37135f) },
    { 1, "lan", 1, UINT64_C(0x59f0b60cf8120981) },
    { 1, "session ids", 0, UINT64_C(0xd17d8852363cc010) },
    { UINT64_MAX, "ipmb", 7, UINT64_C(0xa4e6ded3b64295b6) },
};

START_TEST(derives_the_same_streams_for_ever)
{
    struct rng_key key = rng_key_numbered(rng_key_root(golden[_i].seed), golden[_i].number);
    struct rng r = rng_named(key, golden[_i].name);
    uint64_t got = rng_u64(&r);

    ck_assert_msg(got == golden[_i].first, "seed %llu %s/%llu: %llx",
                  (unsigned long long)golden[_i].seed, golden[_i].name,
                  (unsigned long long)golden[_i].number, (unsigned long long)got);
}
END_TEST

START_TEST(keeps_names_numbers_and_paths_apart)
{
    struct rng_key root = rng_key_root(42);
    uint64_t k[] = {
        root.k,
        rng_key_named(root, "a").k,
        rng_key_named(root, "b").k,
        rng_key_numbered(root, 0).k,
        rng_key_numbered(root, 'a').k,
        rng_key_named(rng_key_named(root, "a"), "b").k,
        rng_key_named(rng_key_named(root, "b"), "a").k,
        rng_key_numbered(rng_key_named(root, "a"), 1).k,
        rng_key_named(rng_key_numbered(root, 1), "a").k,
        rng_at(root, 0),
        rng_key_root(43).k,
    };

    for (size_t i = 0; i < sizeof k / sizeof k[0]; i++)
        for (size_t j = 0; j < i; j++)
            ck_assert_msg(k[i] != k[j], "%zu and %zu", i, j);
}
END_TEST

START_TEST(is_not_disturbed_by_draws_from_another_stream)
{
    struct rng_key key = rng_key_root(7);
    struct rng mine = rng_named(key, "mine"), again = mine, other = rng_named(key, "other");

    for (int i = 0; i < 100; i++) {
        (void)rng_u64(&other);
        ck_assert_uint_eq(rng_u64(&mine), rng_u64(&again));
    }
}
END_TEST

static const uint64_t bounds[] = {
    1, 2, 3, 7, 64, 1000000, UINT64_C(1) << 63, (UINT64_C(1) << 63) + 1, UINT64_MAX
};

START_TEST(stays_below_its_bound)
{
    struct rng r = rng_named(rng_key_root(1), "below");

    for (int i = 0; i < 1000; i++)
        ck_assert_uint_lt(rng_below(&r, bounds[_i]), bounds[_i]);
}
END_TEST

START_TEST(gives_zero_below_zero)
{
    struct rng r = rng_named(rng_key_root(1), "below");

    ck_assert_uint_eq(rng_below(&r, 0), 0);
}
END_TEST

/* Just above half of the range a plain modulo would give the lower half
 * twice as often as the upper. */
START_TEST(draws_each_value_as_often)
{
    struct rng r = rng_named(rng_key_root(1), "fair");
    uint64_t bound = UINT64_C(3) << 62;
    int low = 0, sixth[6] = { 0 };

    for (int i = 0; i < 60000; i++) {
        low += rng_below(&r, bound) < bound / 3;
        sixth[rng_below(&r, 6)]++;
    }
    ck_assert_int_ge(low, 19400);
    ck_assert_int_le(low, 20600);
    for (int i = 0; i < 6; i++)
        ck_assert_msg(sixth[i] > 9600 && sixth[i] < 10400, "%d: %d", i, sixth[i]);
}
END_TEST

static const struct {
    uint32_t ppm;
    int min, max;   /* of 100,000 */
} chances[] = {
    { 0, 0, 0 },
    { 50000, 4700, 5300 },
    { 500000, 49200, 50800 },
    { 1000000, 100000, 100000 },
};

START_TEST(is_true_as_often_as_asked)
{
    struct rng r = rng_named(rng_key_root(3), "chance");
    int hits = 0;

    for (int i = 0; i < 100000; i++)
        hits += rng_chance(&r, chances[_i].ppm);
    ck_assert_int_ge(hits, chances[_i].min);
    ck_assert_int_le(hits, chances[_i].max);
}
END_TEST

START_TEST(fills_octets_little_end_first)
{
    struct rng r = rng_named(rng_key_root(9), "fill"), same = r;
    uint8_t got[11], want[16];

    rng_fill(&r, got, sizeof got);
    for (int i = 0; i < 2; i++) {
        uint64_t v = rng_u64(&same);

        for (int j = 0; j < 8; j++, v >>= 8)
            want[8 * i + j] = (uint8_t)v;
    }
    ck_assert_mem_eq(got, want, sizeof got);
    ck_assert_uint_eq(rng_u64(&r), rng_u64(&same));
}
END_TEST

static Suite *
rng_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/engine/rng", &c);

    tcase_add_test(c, draws_what_the_authors_of_xoshiro256starstar_draw);
    tcase_add_test(c, starts_a_stream_with_splitmix64);
    tcase_add_loop_test(c, derives_the_same_streams_for_ever, 0,
                        sizeof golden / sizeof golden[0]);
    tcase_add_test(c, keeps_names_numbers_and_paths_apart);
    tcase_add_test(c, is_not_disturbed_by_draws_from_another_stream);
    tcase_add_loop_test(c, stays_below_its_bound, 0, sizeof bounds / sizeof bounds[0]);
    tcase_add_test(c, gives_zero_below_zero);
    tcase_add_test(c, draws_each_value_as_often);
    tcase_add_loop_test(c, is_true_as_often_as_asked, 0, sizeof chances / sizeof chances[0]);
    tcase_add_test(c, fills_octets_little_end_first);
    return s;
}

int
main(void)
{
    return run_suite(rng_suite());
}
