#include "sim/lan/seqwin.h"

#include "tests/lib/run.h"

/* A window at a start, numbers that come one after the other, and whether the
 * last is fresh. */
static const struct {
    const char *why;
    uint32_t first;
    unsigned span;
    int count;
    uint32_t seq[4];
    bool want;
} cases[] = {
    { "the first number", 1, 16, 1, { 1 }, true },
    { "the first number comes again", 1, 16, 2, { 1, 1 }, false },
    { "the next", 1, 16, 2, { 1, 2 }, true },
    { "first numbers may be left out", 1, 16, 1, { 3 }, true },
    { "and come late", 1, 16, 2, { 3, 1 }, true },
    { "but not twice", 1, 16, 3, { 3, 1, 1 }, false },
    { "farthest ahead", 1, 16, 1, { 16 }, true },
    { "too far ahead", 1, 16, 1, { 17 }, false },
    { "before the first", 1, 16, 1, { 0 }, false },
    { "before the first, after it was used", 100, 8, 2, { 100, 99 }, false },
    { "farthest behind", 1, 16, 3, { 10, 20, 4 }, true },
    { "too far behind", 1, 16, 3, { 10, 20, 3 }, false },
    { "IPMI 1.5: farthest ahead", 100, 8, 2, { 100, 108 }, true },
    { "IPMI 1.5: too far ahead", 100, 8, 2, { 100, 109 }, false },
    { "IPMI 1.5: farthest behind", 100, 8, 3, { 107, 115, 107 }, false },
    { "IPMI 1.5: farthest behind, new", 100, 8, 3, { 106, 114, 107 }, true },
    { "IPMI 1.5: too far behind", 100, 8, 4, { 106, 107, 115, 105 }, false },
    { "0 follows FFFFFFFFh", 0xffffffff, 8, 2, { 0xffffffff, 0 }, true },
    { "and is not old then", 0xffffffff, 8, 3, { 0xffffffff, 0, 0 }, false },
    { "a number from before the wrap", 0xfffffffe, 8, 3, { 0xfffffffe, 2, 0xffffffff }, true },
    { "starting at 0", 0, 8, 1, { 0 }, true },
};

START_TEST(tells_fresh_numbers_from_old)
{
    struct seqwin w;
    int last = cases[_i].count - 1;

    seqwin_start(&w, cases[_i].first);
    for (int i = 0; i < last; i++) {
        if (seqwin_fresh(&w, cases[_i].seq[i], cases[_i].span))
            seqwin_take(&w, cases[_i].seq[i]);
    }
    ck_assert_msg(seqwin_fresh(&w, cases[_i].seq[last], cases[_i].span) == cases[_i].want,
                  "%s", cases[_i].why);
}
END_TEST

START_TEST(accepts_each_number_of_a_long_run_once)
{
    struct seqwin w;

    seqwin_start(&w, 0xffffff00);
    for (uint32_t i = 0; i < 512; i++) {
        uint32_t seq = 0xffffff00 + i;

        ck_assert(seqwin_fresh(&w, seq, 8));
        seqwin_take(&w, seq);
        for (uint32_t back = 0; back <= 40; back++)
            ck_assert(!seqwin_fresh(&w, seq - back, 8));
    }
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("seqwin", &tc);

    tcase_add_loop_test(tc, tells_fresh_numbers_from_old, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tc, accepts_each_number_of_a_long_run_once);
    return run_suite(s);
}
