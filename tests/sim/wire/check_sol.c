#include "sim/wire/sol.h"

#include <string.h>

#include "tests/lib/run.h"

static const struct {
    const char *why;
    uint8_t in[8];
    size_t len;
    bool good;
    struct sol_packet want;
} cases[] = {
    { "an acknowledgement", { 0, 5, 12, 0 }, 4, true, { .ack = 5, .accepted = 12 } },
    { "characters", { 1, 0, 0, 0, 'h', 'i' }, 6, true, { .seq = 1, .chars = { NULL, 2 } } },
    { "a break", { 15, 0, 0, 0x10 }, 4, true, { .seq = 15, .flags = SOL_BREAK } },
    { "reserved bits", { 0xf2, 0x33, 9, 0xc0 }, 4, true,
      { .seq = 2, .ack = 3, .accepted = 9, .flags = SOL_NACK } },
    { "a cut header", { 1, 0, 0 }, 3, false, { 0 } },
    { "nothing", { 0 }, 0, false, { 0 } },
};

START_TEST(splits_payloads)
{
    struct sol_packet p;
    bool good = sol_parse(bytes_of(cases[_i].in, cases[_i].len), &p);

    ck_assert_msg(good == cases[_i].good, "%s", cases[_i].why);
    if (!good)
        return;
    ck_assert_uint_eq(p.seq, cases[_i].want.seq);
    ck_assert_uint_eq(p.ack, cases[_i].want.ack);
    ck_assert_uint_eq(p.accepted, cases[_i].want.accepted);
    ck_assert_uint_eq(p.flags, cases[_i].want.flags);
    ck_assert_uint_eq(p.chars.len, cases[_i].want.chars.len);
}
END_TEST

START_TEST(takes_no_more_characters_than_can_be_acknowledged)
{
    uint8_t in[SOL_HEADER + SOL_CHARS_MAX + 1] = { 1 };
    struct sol_packet p;

    ck_assert(sol_parse(bytes_of(in, sizeof in - 1), &p));
    ck_assert_uint_eq(p.chars.len, SOL_CHARS_MAX);
    ck_assert(!sol_parse(bytes_of(in, sizeof in), &p));
}
END_TEST

START_TEST(builds_what_it_splits)
{
    static const uint8_t want[] = { 7, 6, 5, 0x48, 'x', 'y', 'z' };
    uint8_t buf[16];
    struct wr w = wr_of(buf, sizeof buf);

    sol_build(&w, &(struct sol_packet){ 7, 6, 5, 0x48, bytes_of("xyz", 3) });
    ck_assert(!w.bad);
    ck_assert_uint_eq(wr_len(&w), sizeof want);
    ck_assert_mem_eq(buf, want, sizeof want);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("sol", &t);

    tcase_add_loop_test(t, splits_payloads, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(t, takes_no_more_characters_than_can_be_acknowledged);
    tcase_add_test(t, builds_what_it_splits);
    return run_suite(s);
}
