#include "sim/wire/convert.h"

#include <math.h>

#include "tests/lib/run.h"

#define EXACT 1e-12   /* relative: the last place of a double or two */

/* Values worked out by hand, from the formula in the header. */
static const struct {
    const char *why;
    uint8_t format, linearization;
    int16_t m, b;
    int8_t r_exp, b_exp;
    uint8_t raw;
    double want;
} values[] = {
    { "linear: 1 x", CONVERT_UNSIGNED, CONVERT_LINEAR, 1, 0, 0, 0, 22, 22 },
    { "linear: 0.1 x", CONVERT_UNSIGNED, CONVERT_LINEAR, 1, 0, -1, 0, 41, 4.1 },
    { "linear: 59 x 10^-3", CONVERT_UNSIGNED, CONVERT_LINEAR, 59, 0, -3, 0, 203, 11.977 },
    { "linear: 40 x", CONVERT_UNSIGNED, CONVERT_LINEAR, 4, 0, 1, 0, 200, 8000 },
    { "linear: 2 x - 5 * 10^1", CONVERT_UNSIGNED, CONVERT_LINEAR, 2, -5, 0, 1, 30, 10 },
    { "linear: (3 x + 7 * 10^2) * 10^-2", CONVERT_UNSIGNED, CONVERT_LINEAR, 3, 7, -2, 2, 100, 10 },
    { "linear: (1 x + 25 * 10^-1) * 10^1", CONVERT_UNSIGNED, CONVERT_LINEAR, 1, 25, 1, -1, 4, 65 },
    { "linear: a negative M", CONVERT_UNSIGNED, CONVERT_LINEAR, -1, 100, 0, 0, 30, 70 },
    { "linear: the largest M, B and exponents", CONVERT_UNSIGNED, CONVERT_LINEAR, 511, 511, 7, 7,
      255, (511 * 255 + 511e7) * 1e7 },
    { "linear: the smallest", CONVERT_UNSIGNED, CONVERT_LINEAR, -512, -512, -8, -8, 255,
      (-512 * 255 - 512e-8) * 1e-8 },
    { "ones' complement: -1", CONVERT_ONES, CONVERT_LINEAR, 1, 0, 0, 0, 0xfe, -1 },
    { "ones' complement: the other zero", CONVERT_ONES, CONVERT_LINEAR, 1, 0, 0, 0, 0xff, 0 },
    { "ones' complement: -127", CONVERT_ONES, CONVERT_LINEAR, 1, 0, 0, 0, 0x80, -127 },
    { "two's complement: -1", CONVERT_TWOS, CONVERT_LINEAR, 1, 0, 0, 0, 0xff, -1 },
    { "two's complement: -128", CONVERT_TWOS, CONVERT_LINEAR, 1, 0, 0, 0, 0x80, -128 },
    { "two's complement: 127", CONVERT_TWOS, CONVERT_LINEAR, 1, 0, 0, 0, 0x7f, 127 },
    { "ln 1 = 0", CONVERT_UNSIGNED, CONVERT_LN, 1, 0, 0, 0, 1, 0 },
    { "ln 20", CONVERT_UNSIGNED, CONVERT_LN, 2, 0, 0, 0, 10, 2.995732273553991 },
    { "log10 of 100 * 10^1", CONVERT_UNSIGNED, CONVERT_LOG10, 1, 0, 1, 0, 100, 3 },
    { "log10 of 0.01", CONVERT_UNSIGNED, CONVERT_LOG10, 1, 0, -2, 0, 1, -2 },
    { "log2 of 64", CONVERT_UNSIGNED, CONVERT_LOG2, 1, 0, 0, 0, 64, 6 },
    { "log2 of 3 + 5", CONVERT_UNSIGNED, CONVERT_LOG2, 1, 5, 0, 0, 3, 3 },
    { "e^0", CONVERT_UNSIGNED, CONVERT_EXP, 1, 0, 0, 0, 0, 1 },
    { "e^2", CONVERT_UNSIGNED, CONVERT_EXP, 1, 0, -1, 0, 20, 7.38905609893065 },
    { "e^-1", CONVERT_TWOS, CONVERT_EXP, 1, 0, 0, 0, 0xff, 0.36787944117144233 },
    { "10^3", CONVERT_UNSIGNED, CONVERT_EXP10, 1, 0, -1, 0, 30, 1000 },
    { "10^-2", CONVERT_TWOS, CONVERT_EXP10, 1, 0, 0, 0, 0xfe, 0.01 },
    { "2^10", CONVERT_UNSIGNED, CONVERT_EXP2, 1, 0, 0, 0, 10, 1024 },
    { "2^0.5", CONVERT_UNSIGNED, CONVERT_EXP2, 1, 0, -1, 0, 5, 1.4142135623730951 },
    { "1/8", CONVERT_UNSIGNED, CONVERT_INVERSE, 1, 0, 0, 0, 8, 0.125 },
    { "1/(25 * 10^-2)", CONVERT_UNSIGNED, CONVERT_INVERSE, 1, 0, -2, 0, 25, 4 },
    { "1/-2", CONVERT_TWOS, CONVERT_INVERSE, 1, 0, 0, 0, 0xfe, -0.5 },
    { "12 squared", CONVERT_UNSIGNED, CONVERT_SQUARE, 1, 0, 0, 0, 12, 144 },
    { "-1.5 squared", CONVERT_TWOS, CONVERT_SQUARE, 1, 0, -1, 0, 0xf1, 2.25 },
    { "7 cubed", CONVERT_UNSIGNED, CONVERT_CUBE, 1, 0, 0, 0, 7, 343 },
    { "-2 cubed", CONVERT_TWOS, CONVERT_CUBE, 1, 0, 0, 0, 0xfe, -8 },
    { "root of 144", CONVERT_UNSIGNED, CONVERT_SQRT, 1, 0, 0, 0, 144, 12 },
    { "root of 2 * 32 + 17", CONVERT_UNSIGNED, CONVERT_SQRT, 2, 17, 0, 0, 32, 9 },
    { "cube root of 125", CONVERT_UNSIGNED, CONVERT_CBRT, 1, 0, 0, 0, 125, 5 },
    { "cube root of -27", CONVERT_TWOS, CONVERT_CBRT, 1, 0, 0, 0, 0xe5, -3 },
};

static struct convert
convert_row(int i)
{
    return (struct convert){
        .format = values[i].format,
        .factors = { .linearization = values[i].linearization, .m = values[i].m,
                     .b = values[i].b, .r_exp = values[i].r_exp, .b_exp = values[i].b_exp },
    };
}

START_TEST(makes_the_values_worked_out_by_hand)
{
    struct convert c = convert_row(_i);
    double got = NAN, want = values[_i].want;

    ck_assert_msg(convert_value(&c, values[_i].raw, &got), "%s", values[_i].why);
    ck_assert_msg(fabs(got - want) <= EXACT * fmax(1, fabs(want)), "%s: %.17g, expected %.17g",
                  values[_i].why, got, want);
}
END_TEST

/* Every raw octet that has a value comes back from it as one of that value. */
START_TEST(comes_back_to_what_it_was)
{
    struct convert c = convert_row(_i);
    double there, back;
    uint8_t raw;

    for (unsigned i = 0; i < 256; i++) {
        if (!convert_value(&c, (uint8_t)i, &there))
            continue;
        ck_assert(convert_raw(&c, there, &raw));
        ck_assert(convert_value(&c, raw, &back));
        ck_assert_msg(back == there && raw <= i, "%s: raw %u came back as %u", values[_i].why, i,
                      raw);
    }
}
END_TEST

static const struct {
    const char *why;
    struct convert c;
    double value;
    uint8_t want;
} raws[] = {
    { "between two counts the nearer one", { CONVERT_UNSIGNED, { .m = 1 } }, 22.4, 22 },
    { "past the middle the upper one", { CONVERT_UNSIGNED, { .m = 1 } }, 22.6, 23 },
    { "right in the middle the lower one", { CONVERT_UNSIGNED, { .m = 1 } }, 22.5, 22 },
    { "below what can be read", { CONVERT_UNSIGNED, { .m = 1 } }, -40, 0 },
    { "above", { CONVERT_UNSIGNED, { .m = 1 } }, 1e300, 255 },
    { "infinitely above", { CONVERT_UNSIGNED, { .m = 1 } }, INFINITY, 255 },
    { "infinitely below, signed", { CONVERT_TWOS, { .m = 1 } }, -INFINITY, 0x80 },
    { "zero has two octets, the smaller is taken", { CONVERT_ONES, { .m = 1 } }, 0, 0 },
    { "below zero", { CONVERT_ONES, { .m = 1 } }, -3.2, 0xfc },
    { "12 V of 0.059", { CONVERT_UNSIGNED, { .m = 59, .r_exp = -3 } }, 12, 203 },
    { "falling", { CONVERT_UNSIGNED, { .m = -1, .b = 100 } }, 99.7, 0 },
    { "1/x never meets 0", { CONVERT_UNSIGNED, { .linearization = CONVERT_INVERSE, .m = 1 } },
      1e6, 1 },
    { "of two roots the positive",
      { CONVERT_TWOS, { .linearization = CONVERT_SQUARE, .m = 1 } }, 49, 7 },
    { "a logarithm", { CONVERT_UNSIGNED, { .linearization = CONVERT_LOG10, .m = 1 } }, 2, 100 },
    { "all octets the same", { CONVERT_UNSIGNED, { .m = 0, .b = 5 } }, 17, 0 },
};

START_TEST(takes_the_nearest_octet)
{
    uint8_t raw = 0xaa;

    ck_assert(convert_raw(&raws[_i].c, raws[_i].value, &raw));
    ck_assert_msg(raw == raws[_i].want, "%s: %u, expected %u", raws[_i].why, raw,
                  raws[_i].want);
}
END_TEST

static const struct {
    const char *why;
    struct convert c;
    uint8_t raw;
} nothings[] = {
    { "ln 0", { CONVERT_UNSIGNED, { .linearization = CONVERT_LN, .m = 1 } }, 0 },
    { "log10 of -1", { CONVERT_TWOS, { .linearization = CONVERT_LOG10, .m = 1 } }, 0xff },
    { "log2 of -1", { CONVERT_TWOS, { .linearization = CONVERT_LOG2, .m = 1 } }, 0xff },
    { "1/0", { CONVERT_UNSIGNED, { .linearization = CONVERT_INVERSE, .m = 1 } }, 0 },
    { "root of -1", { CONVERT_TWOS, { .linearization = CONVERT_SQRT, .m = 1 } }, 0xff },
    { "10^(255 * 10^7)",
      { CONVERT_UNSIGNED, { .linearization = CONVERT_EXP10, .m = 1, .r_exp = 7 } }, 255 },
    { "no analog reading", { CONVERT_NOT_ANALOG, { .m = 1 } }, 1 },
    { "non-linear", { CONVERT_UNSIGNED, { .linearization = 0x70, .m = 1 } }, 1 },
    { "an OEM's", { CONVERT_UNSIGNED, { .linearization = 0x7f, .m = 1 } }, 1 },
};

START_TEST(has_no_value_where_there_is_none)
{
    double value = 77;

    ck_assert_msg(!convert_value(&nothings[_i].c, nothings[_i].raw, &value), "%s",
                  nothings[_i].why);
    ck_assert(value == 77);
    ck_assert(convert_count(&nothings[_i].c, nothings[_i].raw) == 0);
}
END_TEST

START_TEST(has_no_octet_for_what_is_no_value)
{
    struct convert good = { CONVERT_UNSIGNED, { .m = 1 } };
    struct convert never = { CONVERT_UNSIGNED, { .linearization = CONVERT_LN, .m = -1 } };
    uint8_t raw = 0xaa;

    ck_assert(!convert_raw(&good, NAN, &raw));
    ck_assert(!convert_raw(&never, 1, &raw));
    ck_assert_uint_eq(raw, 0xaa);
}
END_TEST

START_TEST(knows_what_a_count_is_worth)
{
    struct convert even = { CONVERT_UNSIGNED, { .m = 59, .r_exp = -3 } };
    struct convert square = { CONVERT_UNSIGNED, { .linearization = CONVERT_SQUARE, .m = 1 } };

    ck_assert(fabs(convert_count(&even, 0) - 0.059) < EXACT);
    ck_assert(fabs(convert_count(&even, 255) - 0.059) < 1e-9);
    ck_assert(convert_count(&square, 10) == 21);
}
END_TEST

/* A full record: two's complement, x^3, M 5, B -3, exponents -2 and 1. */
static const uint8_t record[] = {
    0x01, 0x00, 0x51, 0x01, 43, 0x20, 0x00, 0x01, 0x03, 0x01, 0x7f, 0x68, 0x01, 0x01,
    0, 0, 0, 0, 0, 0, 0x80, 0x01, 0x00, 0x09, 5, 0, 0xfd, 0xc0, 0, 0xe1,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc0,
};

START_TEST(is_that_of_a_record)
{
    struct sdr sdr;
    struct convert c;
    double value;

    ck_assert_int_eq(sdr_parse(bytes_of(record, sizeof record), &sdr), SDR_OK);
    ck_assert(convert_of(&sdr, &c));
    ck_assert(convert_value(&c, 0xfe, &value));
    ck_assert(fabs(value - -0.064) < EXACT);   /* ((5 * -2 - 30) / 100) ^ 3 */
    sdr.u.sensor.units[0] = 0xc0;
    ck_assert(!convert_of(&sdr, &c));
    sdr.u.sensor.units[0] = 0;
    sdr.u.sensor.factors.linearization = 0x70;
    ck_assert(!convert_of(&sdr, &c));
    sdr.type = SDR_COMPACT;
    ck_assert(!convert_of(&sdr, &c));
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("convert", &t);

    tcase_add_loop_test(t, makes_the_values_worked_out_by_hand, 0,
                        sizeof values / sizeof values[0]);
    tcase_add_loop_test(t, comes_back_to_what_it_was, 0, sizeof values / sizeof values[0]);
    tcase_add_loop_test(t, takes_the_nearest_octet, 0, sizeof raws / sizeof raws[0]);
    tcase_add_loop_test(t, has_no_value_where_there_is_none, 0,
                        sizeof nothings / sizeof nothings[0]);
    tcase_add_test(t, has_no_octet_for_what_is_no_value);
    tcase_add_test(t, knows_what_a_count_is_worth);
    tcase_add_test(t, is_that_of_a_record);
    return run_suite(s);
}
