#include "sim/base/hex.h"
#include "tests/lib/run.h"

#include <string.h>

static const uint8_t four[] = { 0x00, 0x7f, 0xab, 0xff };

START_TEST(knows_the_digits_and_nothing_else)
{
    static const char lower[] = "0123456789abcdef";
    static const char upper[] = "0123456789ABCDEF";

    for (int c = 0; c < 256; c++) {
        const char *l = c ? strchr(lower, c) : NULL;
        const char *u = c ? strchr(upper, c) : NULL;
        int want = l ? (int)(l - lower) : u ? (int)(u - upper) : -1;

        ck_assert_msg(hex_digit((char)c) == want, "character %d", c);
    }
}
END_TEST

/* What fits, in whole octets, into so many characters. */
static const struct {
    size_t size;
    const char *text;
} fits[] = {
    { 16, "007fabff" }, { 9, "007fabff" }, { 8, "007fab" }, { 7, "007fab" },
    { 3, "00" },        { 2, "" },         { 1, "" },
};

START_TEST(prints_whole_octets_as_far_as_there_is_room)
{
    char to[16];

    ck_assert_ptr_eq(hex_print(bytes_of(four, sizeof four), to, fits[_i].size), to);
    ck_assert_str_eq(to, fits[_i].text);
}
END_TEST

START_TEST(touches_nothing_when_given_no_room)
{
    char to[1] = { 'x' };

    hex_print(bytes_of(four, sizeof four), to, 0);
    ck_assert_int_eq(to[0], 'x');
}
END_TEST

START_TEST(reads_back_what_it_printed)
{
    char text[2 * sizeof four + 1];
    uint8_t back[sizeof four];

    hex_print(bytes_of(four, sizeof four), text, sizeof text);
    ck_assert(hex_read(text, back, sizeof back));
    ck_assert_mem_eq(back, four, sizeof four);
}
END_TEST

static const struct {
    const char *why;
    const char *text;
    bool ok;
} texts[] = {
    { "both cases", "aBCd", true },
    { "more than was asked for", "abcdef", true },
    { "one digit short", "abc", false },
    { "one octet short", "ab", false },
    { "nothing", "", false },
    { "no digit first", "abxd", false },
    { "no digit second", "abcx", false },
    { "a prefix", "0xab", false },
    { "a space between", "ab c", false },
};

START_TEST(reads_exactly_the_octets_asked_for)
{
    uint8_t to[2];
    bool ok = hex_read(texts[_i].text, to, sizeof to);

    ck_assert_msg(ok == texts[_i].ok, "%s", texts[_i].why);
    if (ok)
        ck_assert_mem_eq(to, "\xab\xcd", 2);
}
END_TEST

static Suite *
hex_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/base/hex", &c);

    tcase_add_test(c, knows_the_digits_and_nothing_else);
    tcase_add_loop_test(c, prints_whole_octets_as_far_as_there_is_room, 0,
                        sizeof fits / sizeof fits[0]);
    tcase_add_test(c, touches_nothing_when_given_no_room);
    tcase_add_test(c, reads_back_what_it_printed);
    tcase_add_loop_test(c, reads_exactly_the_octets_asked_for, 0,
                        sizeof texts / sizeof texts[0]);
    return s;
}

int
main(void)
{
    return run_suite(hex_suite());
}
