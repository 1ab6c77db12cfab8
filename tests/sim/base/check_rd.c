#include "sim/base/rd.h"
#include "tests/lib/run.h"

static const uint8_t ten[] = {
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a
};

static struct rd
rd_ten(void)
{
    return rd_of(bytes_of(ten, sizeof ten));
}

START_TEST(reads_fields_in_the_order_of_the_table)
{
    struct rd r = rd_ten();

    ck_assert_uint_eq(rd_u8(&r), 0x01);
    ck_assert_uint_eq(rd_le16(&r), 0x0302);
    ck_assert_uint_eq(rd_le24(&r), 0x060504);
    ck_assert_uint_eq(rd_le32(&r), 0x0a090807);
    ck_assert(rd_done(&r));
}
END_TEST

START_TEST(reads_network_order_where_the_name_says_so)
{
    struct rd r = rd_ten();

    ck_assert_uint_eq(rd_be16(&r), 0x0102);
    ck_assert_uint_eq(rd_be32(&r), 0x03040506);
    ck_assert_uint_eq(rd_left(&r), 4);
}
END_TEST

START_TEST(keeps_the_top_bit_of_wide_integers)
{
    static const uint8_t high[] = { 0xff, 0xfe, 0xfd, 0xfc };
    struct rd le = rd_of(bytes_of(high, sizeof high));
    struct rd be = rd_of(bytes_of(high, sizeof high));

    ck_assert_uint_eq(rd_le32(&le), 0xfcfdfeffu);
    ck_assert_uint_eq(rd_be32(&be), 0xfffefdfcu);
}
END_TEST

/* One read of each width with one octet less than it needs. */
static uint32_t
read_wide(struct rd *r, size_t width, bool be)
{
    switch (width) {
    case 1: return rd_u8(r);
    case 2: return be ? rd_be16(r) : rd_le16(r);
    case 3: return rd_le24(r);
    default: return be ? rd_be32(r) : rd_le32(r);
    }
}

static const struct {
    size_t width;
    bool be;
} widths[] = { { 1, false }, { 2, false }, { 3, false },
               { 4, false }, { 2, true },  { 4, true } };

START_TEST(gives_zero_and_turns_bad_when_cut_short)
{
    size_t width = widths[_i].width;
    struct rd r = rd_of(bytes_of(ten, width - 1));

    ck_assert_uint_eq(read_wide(&r, width, widths[_i].be), 0);
    ck_assert(r.bad);
    ck_assert(!rd_done(&r));
    ck_assert_uint_eq(rd_left(&r), 0);
}
END_TEST

START_TEST(stays_bad_although_octets_are_left)
{
    struct rd r = rd_of(bytes_of(ten, 3));

    (void)rd_le32(&r);
    ck_assert_uint_eq(rd_u8(&r), 0);
    ck_assert_uint_eq(rd_rest(&r).len, 0);
    ck_assert(r.bad);
}
END_TEST

START_TEST(lends_spans_of_the_input)
{
    struct rd r = rd_ten();
    struct bytes first = rd_bytes(&r, 4);

    ck_assert_ptr_eq(first.at, ten);
    ck_assert_uint_eq(first.len, 4);
    ck_assert_ptr_eq(rd_rest(&r).at, ten + 4);
    ck_assert_uint_eq(rd_rest(&r).len, 6);
    ck_assert_uint_eq(rd_left(&r), 6);
}
END_TEST

START_TEST(lends_nothing_when_the_span_is_too_long)
{
    struct rd r = rd_ten();
    struct bytes span = rd_bytes(&r, sizeof ten + 1);

    ck_assert_ptr_null(span.at);
    ck_assert_uint_eq(span.len, 0);
    ck_assert(r.bad);
}
END_TEST

START_TEST(zeroes_a_copy_that_is_cut_short)
{
    struct rd r = rd_of(bytes_of(ten, 2));
    uint8_t to[4] = { 0xee, 0xee, 0xee, 0xee };
    static const uint8_t zeroes[4];

    rd_copy(&r, to, sizeof to);
    ck_assert_mem_eq(to, zeroes, sizeof to);
    ck_assert(r.bad);
}
END_TEST

START_TEST(passes_over_octets)
{
    struct rd r = rd_ten();

    rd_skip(&r, 9);
    ck_assert_uint_eq(rd_u8(&r), 0x0a);
    rd_skip(&r, 1);
    ck_assert(r.bad);
}
END_TEST

START_TEST(takes_an_empty_span_without_memory)
{
    struct rd r = rd_of((struct bytes){ 0 });

    ck_assert(rd_done(&r));
    ck_assert_uint_eq(rd_bytes(&r, 0).len, 0);
    rd_skip(&r, 0);
    ck_assert(rd_done(&r));
    (void)rd_u8(&r);
    ck_assert(r.bad);
}
END_TEST

static Suite *
rd_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/base/rd", &c);

    tcase_add_test(c, reads_fields_in_the_order_of_the_table);
    tcase_add_test(c, reads_network_order_where_the_name_says_so);
    tcase_add_test(c, keeps_the_top_bit_of_wide_integers);
    tcase_add_loop_test(c, gives_zero_and_turns_bad_when_cut_short, 0,
                        sizeof widths / sizeof widths[0]);
    tcase_add_test(c, stays_bad_although_octets_are_left);
    tcase_add_test(c, lends_spans_of_the_input);
    tcase_add_test(c, lends_nothing_when_the_span_is_too_long);
    tcase_add_test(c, zeroes_a_copy_that_is_cut_short);
    tcase_add_test(c, passes_over_octets);
    tcase_add_test(c, takes_an_empty_span_without_memory);
    return s;
}

int
main(void)
{
    return run_suite(rd_suite());
}
