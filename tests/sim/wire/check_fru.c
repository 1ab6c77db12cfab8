#include "sim/wire/fru.h"
#include "tests/lib/run.h"

#include <string.h>

#include "sim/base/sum.h"

#define IMAGE 256

/* Header, chassis and board areas, and a multirecord area of two. */
static size_t
make_image(uint8_t image[IMAGE])
{
    struct wr w = wr_of(image, IMAGE);
    struct fru_header header = { { 0 } };
    size_t start;

    wr_hole(&w, FRU_HEADER);
    header.offset[FRU_CHASSIS] = (uint16_t)wr_len(&w);
    fru_area_begin(&w, &start);
    wr_u8(&w, 0x17);
    fru_area_field(&w, "CH-100");
    fru_area_field(&w, "CS0001");
    fru_area_end(&w, start);
    header.offset[FRU_BOARD] = (uint16_t)wr_len(&w);
    fru_area_begin(&w, &start);
    wr_u8(&w, FRU_LANGUAGE_ENGLISH);
    wr_le24(&w, 123456);
    fru_area_field(&w, "Acme");
    fru_area_field(&w, "Board");
    fru_area_field(&w, "BS0001");
    fru_area_field(&w, "P");
    fru_area_field(&w, "");
    fru_area_field(&w, "custom");
    fru_area_end(&w, start);
    header.offset[FRU_MULTI] = (uint16_t)wr_len(&w);
    wr_bytes(&w, (const uint8_t[]){ 0x03, 0x02, 0x02, 0x9d, 0x5c, 0x01, 0x62 }, 7);
    wr_bytes(&w, (const uint8_t[]){ 0xc0, 0x82, 0x01, 0xff, 0xbe, 0x02 }, 6);
    ck_assert(!w.bad);
    fru_header_build(&header, image);
    return wr_len(&w);
}

START_TEST(builds_and_reads_a_header)
{
    static const uint8_t want[FRU_HEADER] = { 0x01, 0, 1, 4, 10, 0, 0, 0xf0 };
    struct fru_header header = { { 0, 8, 32, 80, 0 } };
    uint8_t octets[100] = { 0 };
    struct fru_header got;

    fru_header_build(&header, octets);
    ck_assert_mem_eq(octets, want, sizeof want);
    ck_assert(fru_header_parse(bytes_of(octets, sizeof octets), &got));
    ck_assert_mem_eq(got.offset, header.offset, sizeof got.offset);
}
END_TEST

static const struct {
    const char *why;
    size_t at;
    uint8_t octet;
    size_t len;
} bad_headers[] = {
    { "another version", 0, 0x02, 100 },
    { "a wrong checksum", 7, 0xf1, 100 },
    { "cut", 0, 0x01, 7 },
    { "nothing", 0, 0x01, 0 },
    { "an area that begins behind the end", 0, 0x01, 80 },
};

START_TEST(refuses_a_header_that_is_wrong)
{
    uint8_t octets[100] = { 0x01, 0, 1, 4, 10, 0, 0, 0xf0 };
    struct fru_header got;

    octets[bad_headers[_i].at] = bad_headers[_i].octet;
    ck_assert_msg(!fru_header_parse(bytes_of(octets, bad_headers[_i].len), &got), "%s",
                  bad_headers[_i].why);
}
END_TEST

static void
expect_field(const struct fru_area *area, unsigned n, const char *want)
{
    struct fru_field field;
    char text[80];

    ck_assert(fru_nth(area, n, &field));
    ck_assert_str_eq(fru_text(&field, text, sizeof text), want);
}

START_TEST(finds_the_fields_of_areas_it_built)
{
    uint8_t image[IMAGE];
    struct bytes all = bytes_of(image, make_image(image));
    struct fru_area area;

    ck_assert(fru_area_open(all, FRU_CHASSIS, &area));
    ck_assert_uint_eq(area.chassis_type, 0x17);
    expect_field(&area, FRU_CHASSIS_PART, "CH-100");
    expect_field(&area, FRU_CHASSIS_SERIAL, "CS0001");
    ck_assert(fru_area_open(all, FRU_BOARD, &area));
    ck_assert_uint_eq(area.language, FRU_LANGUAGE_ENGLISH);
    ck_assert_uint_eq(area.made, 123456);
    ck_assert_uint_eq(area.all.len % FRU_UNIT, 0);
    expect_field(&area, FRU_BOARD_SERIAL, "BS0001");
    expect_field(&area, FRU_BOARD_PART, "P ");
    expect_field(&area, FRU_BOARD_FILE, "");
    expect_field(&area, FRU_BOARD_FIELDS, "custom");
}
END_TEST

START_TEST(ends_after_the_last_field)
{
    uint8_t image[IMAGE];
    struct bytes all = bytes_of(image, make_image(image));
    struct fru_area area;
    struct fru_field field;

    ck_assert(fru_area_open(all, FRU_CHASSIS, &area));
    ck_assert(!fru_nth(&area, FRU_CHASSIS_FIELDS, &field));
    ck_assert(fru_next(&area, &field));
    ck_assert(fru_next(&area, &field));
    ck_assert(!fru_next(&area, &field));
    ck_assert(!fru_next(&area, &field));
}
END_TEST

START_TEST(opens_no_area_that_is_absent_or_damaged)
{
    uint8_t image[IMAGE];
    struct bytes all = bytes_of(image, make_image(image));
    struct fru_area area;

    ck_assert(!fru_area_open(all, FRU_PRODUCT, &area));
    ck_assert(!fru_area_open(all, FRU_MULTI, &area));
    image[12] ^= 1;
    ck_assert(!fru_area_open(all, FRU_CHASSIS, &area));
    image[12] ^= 1;
    ck_assert(fru_area_open(all, FRU_CHASSIS, &area));
    ck_assert(!fru_area_open(bytes_of(image, 20), FRU_CHASSIS, &area));
}
END_TEST

START_TEST(prints_binary_fields_as_digits)
{
    struct fru_field field = { FRU_BINARY, bytes_of("\x12\xab", 2) };
    char text[16];

    ck_assert_str_eq(fru_text(&field, text, sizeof text), "12ab");
}
END_TEST

START_TEST(refuses_a_field_that_is_too_long)
{
    uint8_t octets[200];
    struct wr w = wr_of(octets, sizeof octets);
    char text[FRU_FIELD_MAX + 2];

    memset(text, 'x', sizeof text);
    text[FRU_FIELD_MAX] = '\0';
    fru_area_field(&w, text);
    ck_assert(!w.bad);
    text[FRU_FIELD_MAX] = 'x';
    text[FRU_FIELD_MAX + 1] = '\0';
    fru_area_field(&w, text);
    ck_assert(w.bad);
}
END_TEST

START_TEST(walks_multirecords)
{
    uint8_t image[IMAGE];
    size_t len = make_image(image);
    struct fru_header header;
    struct fru_multi multi;
    struct rd r;

    ck_assert(fru_header_parse(bytes_of(image, len), &header));
    r = rd_of(bytes_of(image + header.offset[FRU_MULTI], len - header.offset[FRU_MULTI]));
    ck_assert(fru_multi_next(&r, &multi));
    ck_assert_uint_eq(multi.type, 0x03);
    ck_assert(multi.sum_ok);
    ck_assert_uint_eq(multi.data.len, 2);
    ck_assert(fru_multi_next(&r, &multi));
    ck_assert_uint_eq(multi.type, 0xc0);
    ck_assert_uint_eq(multi.flags & FRU_MULTI_END, FRU_MULTI_END);
    ck_assert(!multi.sum_ok);
    ck_assert(!fru_multi_next(&r, &multi));
}
END_TEST

static Suite *
fru_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/wire/fru", &c);

    tcase_add_test(c, builds_and_reads_a_header);
    tcase_add_loop_test(c, refuses_a_header_that_is_wrong, 0,
                        sizeof bad_headers / sizeof bad_headers[0]);
    tcase_add_test(c, finds_the_fields_of_areas_it_built);
    tcase_add_test(c, ends_after_the_last_field);
    tcase_add_test(c, opens_no_area_that_is_absent_or_damaged);
    tcase_add_test(c, prints_binary_fields_as_digits);
    tcase_add_test(c, refuses_a_field_that_is_too_long);
    tcase_add_test(c, walks_multirecords);
    return s;
}

int
main(void)
{
    return run_suite(fru_suite());
}
