#include "sim/base/sum.h"
#include "tests/lib/run.h"

/* Sums as they stand on the wire. */
static const struct {
    const char *why;
    uint8_t octets[8];
    size_t len;
    uint8_t sum;
} rows[] = {
    { "nothing", { 0 }, 0, 0x00 },
    { "zeroes", { 0, 0, 0 }, 3, 0x00 },
    { "an IPMB header to the BMC, App", { 0x20, 0x18 }, 2, 0xc8 },
    { "Get Device ID's second part", { 0x81, 0x04, 0x01 }, 3, 0x7a },
    { "a sum that wraps", { 0xff, 0xff, 0xff }, 3, 0x03 },
    { "a FRU common header", { 0x01, 0x00, 0x01, 0x02, 0x09, 0x00, 0x00 }, 7, 0xf3 },
};

START_TEST(is_what_makes_the_octets_add_to_zero)
{
    ck_assert_msg(sum_of(rows[_i].octets, rows[_i].len) == rows[_i].sum, "%s",
                  rows[_i].why);
}
END_TEST

START_TEST(accepts_its_own_sum_and_no_other)
{
    uint8_t all[9] = { 0 };
    size_t len = rows[_i].len;

    for (size_t i = 0; i < len; i++)
        all[i] = rows[_i].octets[i];
    for (unsigned guess = 0; guess < 256; guess++) {
        all[len] = (uint8_t)guess;
        ck_assert_msg(sum_ok(all, len + 1) == (guess == rows[_i].sum), "%s, %02x",
                      rows[_i].why, guess);
    }
}
END_TEST

static Suite *
sum_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/base/sum", &c);
    int count = sizeof rows / sizeof rows[0];

    tcase_add_loop_test(c, is_what_makes_the_octets_add_to_zero, 0, count);
    tcase_add_loop_test(c, accepts_its_own_sum_and_no_other, 0, count);
    return s;
}

int
main(void)
{
    return run_suite(sum_suite());
}
