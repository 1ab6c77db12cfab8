#include <check.h>
#include <string.h>

#include "emu/fru_text.h"
#include "tests/lib/run.h"

static const struct {
    const char *why, *text;
    enum fru_code code;
    const char *octets;
    size_t len;
} texts[] = {
    { "ASCII", "S1U-MB1", FRU_CODE_8BIT, "S1U-MB1", 7 },
    { "nothing", "", FRU_CODE_8BIT, "", 0 },
    { "Latin-1", "M\xc3\xbcller \xc2\xa9", FRU_CODE_8BIT, "M\xfcller \xa9", 8 },
    { "the specification's example", "IPMI", FRU_CODE_6BIT, "\x29\xdc\xa6", 3 },
    { "digits", "12-34.5 ", FRU_CODE_BCD, "\x12\xb3\x4c\x5a", 4 },
    { "two octets a character", "a\xc3\xa9\xe2\x82\xac", FRU_CODE_UNICODE,
      "a\0\xe9\0\xac\x20", 6 },
};

START_TEST(encodes_and_decodes)
{
    struct bytes octets = bytes_of(texts[_i].octets, texts[_i].len);
    uint8_t to[FRU_TEXT_MAX];
    char text[FRU_TEXT_SIZE];
    size_t count;

    ck_assert_int_eq(fru_text_encode(texts[_i].code, texts[_i].text, strlen(texts[_i].text),
                                     to, sizeof to, &count), ST_OK);
    ck_assert_msg(count == octets.len && memcmp(to, octets.at, count) == 0, "%s",
                  texts[_i].why);
    ck_assert_msg(fru_text_decode(texts[_i].code, octets, text), "%s", texts[_i].why);
    ck_assert_str_eq(text, texts[_i].text);
}
END_TEST

static const struct {
    const char *why, *text;
    size_t len;
    enum fru_code code;
    enum status want;
} refused[] = {
    { "small letters in 6 bits", "ipmi", 4, FRU_CODE_6BIT, ST_INVALID },
    { "letters in BCD", "12A", 3, FRU_CODE_BCD, ST_INVALID },
    { "a euro in Latin-1", "\xe2\x82\xac", 3, FRU_CODE_8BIT, ST_INVALID },
    { "no UTF-8", "\xff\xfe", 2, FRU_CODE_8BIT, ST_INVALID },
    { "half a character", "\xc3", 1, FRU_CODE_8BIT, ST_INVALID },
    { "a long form", "\xc0\x80", 2, FRU_CODE_8BIT, ST_INVALID },
    { "a longer form", "\xe0\x80\xaf", 3, FRU_CODE_UNICODE, ST_INVALID },
    { "half of a pair", "\xed\xa0\x80", 3, FRU_CODE_UNICODE, ST_INVALID },
    { "a character of 17 bits", "\xf0\x9f\x98\x80", 4, FRU_CODE_UNICODE, ST_INVALID },
    { "a control", "a\tb", 3, FRU_CODE_8BIT, ST_INVALID },
    { "a NUL", "A\0B", 3, FRU_CODE_6BIT, ST_INVALID },
    { "text in binary", "A", 1, FRU_CODE_BINARY, ST_INVALID },
    { "nine octets", "123456789", 9, FRU_CODE_8BIT, ST_FULL },
    { "nine octets of digits", "12345678901234567", 17, FRU_CODE_BCD, ST_FULL },
    { "ten octets", "12345", 5, FRU_CODE_UNICODE, ST_FULL },
};

START_TEST(refuses)
{
    uint8_t to[8];
    size_t count;

    ck_assert_msg(fru_text_encode(refused[_i].code, refused[_i].text, refused[_i].len, to,
                                  sizeof to, &count) == refused[_i].want,
                  "%s", refused[_i].why);
}
END_TEST

static const struct {
    const char *why;
    enum fru_code code;
    const char *octets;
    size_t len;
} opaque[] = {
    { "a control", FRU_CODE_8BIT, "a\nb", 3 },
    { "C1 controls", FRU_CODE_8BIT, "\x85", 1 },
    { "bits left over in 6-bit", FRU_CODE_6BIT, "\x21\xf4", 2 },
    { "an odd octet of Unicode", FRU_CODE_UNICODE, "a\0b", 3 },
    { "half of a pair", FRU_CODE_UNICODE, "\0\xd8", 2 },
    { "a NUL", FRU_CODE_UNICODE, "\0\0", 2 },
    { "binary", FRU_CODE_BINARY, "ab", 2 },
};

START_TEST(leaves_what_is_no_text)
{
    char text[FRU_TEXT_SIZE];

    ck_assert_msg(!fru_text_decode(opaque[_i].code, bytes_of(opaque[_i].octets,
                                                             opaque[_i].len), text),
                  "%s", opaque[_i].why);
}
END_TEST

static const struct {
    const char *text;
    uint32_t minutes;
} dates[] = {
    { "1996-01-01T00:00", 0 },
    { "1996-01-01T00:01", 1 },
    { "1996-02-29T00:00", 59 * 1440 },
    { "1996-12-31T23:59", 366 * 1440 - 1 },
    { "1997-01-01T00:00", 366 * 1440 },
    { "2000-02-29T12:00", 1520 * 1440 + 720 },
    { "2026-01-31T12:34", 10988 * 1440 + 754 },
    { "2027-11-24T20:15", 0xffffff },
};

START_TEST(knows_dates)
{
    char text[FRU_DATE_SIZE];
    uint32_t minutes;

    ck_assert(fru_date_read(dates[_i].text, strlen(dates[_i].text), &minutes));
    ck_assert_uint_eq(minutes, dates[_i].minutes);
    ck_assert_str_eq(fru_date_print(minutes, text), dates[_i].text);
}
END_TEST

START_TEST(takes_midnight_for_a_day)
{
    uint32_t minutes;

    ck_assert(fru_date_read("1996-01-02", 10, &minutes));
    ck_assert_uint_eq(minutes, 1440);
}
END_TEST

START_TEST(refuses_dates)
{
    static const char *const bad[] = {
        "", "2026", "2026-13-01", "2026-00-01", "2026-02-29", "2026-04-31", "1995-12-31",
        "2027-11-24T20:16", "2028-01-01", "2026-01-01T24:00", "2026-01-01T00:60",
        "2026-01-01 00:00", "2026-1-1", "26-01-01", "2026-01-01T00:00Z",
    };
    uint32_t minutes;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!fru_date_read(bad[i], strlen(bad[i]), &minutes), "%s", bad[i]);
}
END_TEST

#define ROWS(a) (int)(sizeof (a) / sizeof (a)[0])

static Suite *
fru_text_suite(void)
{
    Suite *s = suite_create("fru_text");
    TCase *t = tcase_create("texts");

    tcase_add_loop_test(t, encodes_and_decodes, 0, ROWS(texts));
    tcase_add_loop_test(t, refuses, 0, ROWS(refused));
    tcase_add_loop_test(t, leaves_what_is_no_text, 0, ROWS(opaque));
    suite_add_tcase(s, t);
    t = tcase_create("dates");
    tcase_add_loop_test(t, knows_dates, 0, ROWS(dates));
    tcase_add_test(t, takes_midnight_for_a_day);
    tcase_add_test(t, refuses_dates);
    suite_add_tcase(s, t);
    return s;
}

int
main(void)
{
    return run_suite(fru_text_suite());
}
