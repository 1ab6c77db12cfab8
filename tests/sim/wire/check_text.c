#include "sim/wire/text.h"
#include "tests/lib/run.h"

#include <string.h>

static const struct {
    const char *text;
    enum text_code code;
    uint8_t octets[12];
    size_t len;
} rows[] = {
    { "IPMI", TEXT_PACKED, { 0x29, 0xdc, 0xa6 }, 3 },
    { "0123-9", TEXT_BCD_PLUS, { 0x01, 0x23, 0xb9 }, 3 },
    { "1.2:3,4_ 5", TEXT_BCD_PLUS, { 0x1c, 0x2d, 0x3e, 0x4f, 0xa5 }, 5 },
    { "0123-9", TEXT_BCD_LOW, { 0x10, 0x32, 0x9b }, 3 },
    { "1.2:3,4_ 5", TEXT_BCD_LOW, { 0xc1, 0xd2, 0xe3, 0xf4, 0x5a }, 5 },
    { "Fan 1", TEXT_LATIN, { 'F', 'a', 'n', ' ', '1' }, 5 },
    { "ab", TEXT_WIDE, { 'a', 0, 'b', 0 }, 4 },
};

START_TEST(reads_and_writes_each_character_set)
{
    char text[32];
    uint8_t octets[12];
    struct bytes in = bytes_of(rows[_i].octets, rows[_i].len);

    text_decode(rows[_i].code, in, SIZE_MAX, text, sizeof text);
    ck_assert_str_eq(text, rows[_i].text);
    ck_assert(text_encode(rows[_i].code, rows[_i].text, octets, rows[_i].len));
    ck_assert_mem_eq(octets, rows[_i].octets, rows[_i].len);
}
END_TEST

START_TEST(counts_characters_and_octets)
{
    size_t chars = strlen(rows[_i].text);

    ck_assert_uint_eq(text_octets(rows[_i].code, chars), rows[_i].len);
    ck_assert_uint_ge(text_chars(rows[_i].code, rows[_i].len), chars);
}
END_TEST

START_TEST(refuses_what_a_set_lacks)
{
    uint8_t octets[8];

    ck_assert(!text_encode(TEXT_BCD_PLUS, "A1", octets, 1));
    ck_assert(!text_encode(TEXT_PACKED, "abc", octets, 3));
}
END_TEST

START_TEST(pads_with_blanks_and_cuts)
{
    uint8_t octets[4];

    ck_assert(text_encode(TEXT_LATIN, "ab", octets, 4));
    ck_assert_mem_eq(octets, "ab  ", 4);
    ck_assert(text_encode(TEXT_LATIN, "abcdef", octets, 4));
    ck_assert_mem_eq(octets, "abcd", 4);
}
END_TEST

START_TEST(leaves_the_rest_zero)
{
    uint8_t octets[3];

    ck_assert(text_put(TEXT_BCD_LOW, "123", 3, octets, 3));
    ck_assert_mem_eq(octets, "\x21\x03\0", 3);
    ck_assert(text_put(TEXT_BCD_PLUS, "123", 3, octets, 3));
    ck_assert_mem_eq(octets, "\x12\x30\0", 3);
    ck_assert(text_put(TEXT_PACKED, "IP", 2, octets, 3));
    ck_assert_mem_eq(octets, "\x29\x0c\0", 3);
}
END_TEST

START_TEST(knows_the_order_of_sdrs)
{
    ck_assert_int_eq(text_code_of_sdr(0), TEXT_WIDE);
    ck_assert_int_eq(text_code_of_sdr(1), TEXT_BCD_LOW);
    ck_assert_int_eq(text_code_of_sdr(2), TEXT_PACKED);
    ck_assert_int_eq(text_code_of_sdr(3), TEXT_LATIN);
}
END_TEST

START_TEST(keeps_within_the_room_given)
{
    char text[4];

    text_decode(TEXT_LATIN, bytes_of("abcdef", 6), 6, text, sizeof text);
    ck_assert_str_eq(text, "abc");
    text_decode(TEXT_LATIN, bytes_of("abcdef", 6), 2, text, sizeof text);
    ck_assert_str_eq(text, "ab");
    text_decode(TEXT_LATIN, bytes_of("a\x01\xff", 3), 3, text, sizeof text);
    ck_assert_str_eq(text, "a??");
}
END_TEST

static Suite *
text_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/wire/text", &c);
    int count = sizeof rows / sizeof rows[0];

    tcase_add_loop_test(c, reads_and_writes_each_character_set, 0, count);
    tcase_add_loop_test(c, counts_characters_and_octets, 0, count);
    tcase_add_test(c, refuses_what_a_set_lacks);
    tcase_add_test(c, pads_with_blanks_and_cuts);
    tcase_add_test(c, leaves_the_rest_zero);
    tcase_add_test(c, knows_the_order_of_sdrs);
    tcase_add_test(c, keeps_within_the_room_given);
    return s;
}

int
main(void)
{
    return run_suite(text_suite());
}
