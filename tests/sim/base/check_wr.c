#include "sim/base/wr.h"
#include "tests/lib/run.h"

#define GUARD 0xee /* what must stay in memory that is not the writer's */

START_TEST(writes_fields_in_the_order_of_the_table)
{
    static const uint8_t want[] = {
        0x01, 0x03, 0x02, 0x06, 0x05, 0x04, 0x0a, 0x09,
        0x08, 0x07, 0x0b, 0x0c, 0xf0, 0x0d, 0x0e, 0x0f,
    };
    uint8_t buf[sizeof want];
    struct wr w = wr_of(buf, sizeof buf);

    wr_u8(&w, 0x01);
    wr_le16(&w, 0x0203);
    wr_le24(&w, 0x040506);
    wr_le32(&w, 0x0708090a);
    wr_be16(&w, 0x0b0c);
    wr_be32(&w, 0xf00d0e0f);
    ck_assert(!w.bad);
    ck_assert_uint_eq(wr_room(&w), 0);
    ck_assert_uint_eq(wr_len(&w), sizeof want);
    ck_assert_mem_eq(wr_bytes_of(&w).at, want, sizeof want);
}
END_TEST

START_TEST(keeps_the_low_octets_of_what_is_too_wide)
{
    uint8_t buf[6];
    static const uint8_t want[] = { 0x44, 0x44, 0x33, 0x44, 0x33, 0x22 };
    struct wr w = wr_of(buf, sizeof buf);

    wr_u8(&w, 0x11223344);
    wr_le16(&w, 0x11223344);
    wr_le24(&w, 0x11223344);
    ck_assert_mem_eq(buf, want, sizeof want);
}
END_TEST

static void
write_wide(struct wr *w, int which)
{
    switch (which) {
    case 0: wr_u8(w, 1); break;
    case 1: wr_le16(w, 1); break;
    case 2: wr_le24(w, 1); break;
    case 3: wr_le32(w, 1); break;
    case 4: wr_be16(w, 1); break;
    case 5: wr_be32(w, 1); break;
    case 6: wr_bytes(w, "12345", 5); break;
    case 7: wr_span(w, bytes_of("12345", 5)); break;
    case 8: wr_fill(w, 0, 5); break;
    default: ck_assert_ptr_null(wr_hole(w, 5)); break;
    }
}

static const size_t widths[] = { 1, 2, 3, 4, 2, 4, 5, 5, 5, 5 };

START_TEST(drops_a_write_past_the_end_whole)
{
    uint8_t buf[5] = { GUARD, GUARD, GUARD, GUARD, GUARD };
    static const uint8_t untouched[5] = { GUARD, GUARD, GUARD, GUARD, GUARD };
    struct wr w = wr_of(buf, widths[_i] - 1);

    write_wide(&w, _i);
    ck_assert(w.bad);
    ck_assert_uint_eq(wr_len(&w), 0);
    ck_assert_mem_eq(buf, untouched, sizeof buf);
}
END_TEST

START_TEST(stays_bad_although_a_smaller_field_would_fit)
{
    uint8_t buf[3];
    struct wr w = wr_of(buf, sizeof buf);

    wr_le32(&w, 1);
    wr_u8(&w, 1);
    ck_assert(w.bad);
    ck_assert_uint_eq(wr_len(&w), 0);
    ck_assert_uint_eq(wr_room(&w), 0);
}
END_TEST

START_TEST(reserves_zeroes_to_be_filled_in_later)
{
    uint8_t buf[4] = { GUARD, GUARD, GUARD, GUARD };
    static const uint8_t empty[] = { 0x07, 0x00, 0x00, 0x09 };
    static const uint8_t filled[] = { 0x07, 0x34, 0x12, 0x09 };
    struct wr w = wr_of(buf, sizeof buf);
    struct wr hole;

    wr_u8(&w, 0x07);
    hole = wr_of(wr_hole(&w, 2), 2);
    wr_u8(&w, 0x09);
    ck_assert_mem_eq(buf, empty, sizeof empty);
    wr_le16(&hole, 0x1234);
    ck_assert_mem_eq(buf, filled, sizeof filled);
}
END_TEST

START_TEST(appends_octets_spans_and_fillings)
{
    uint8_t buf[8];
    struct wr w = wr_of(buf, sizeof buf);

    wr_bytes(&w, "abc", 3);
    wr_span(&w, bytes_of("de", 2));
    wr_fill(&w, 'x', 3);
    ck_assert_mem_eq(buf, "abcdexxx", 8);
    ck_assert(!w.bad);
}
END_TEST

START_TEST(takes_nothing_from_nowhere)
{
    struct wr w = wr_of(NULL, 0);

    wr_bytes(&w, NULL, 0);
    wr_span(&w, (struct bytes){ 0 });
    wr_fill(&w, 0, 0);
    ck_assert(!w.bad);
    ck_assert_uint_eq(wr_len(&w), 0);
    wr_u8(&w, 0);
    ck_assert(w.bad);
}
END_TEST

static Suite *
wr_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/base/wr", &c);

    tcase_add_test(c, writes_fields_in_the_order_of_the_table);
    tcase_add_test(c, keeps_the_low_octets_of_what_is_too_wide);
    tcase_add_loop_test(c, drops_a_write_past_the_end_whole, 0,
                        sizeof widths / sizeof widths[0]);
    tcase_add_test(c, stays_bad_although_a_smaller_field_would_fit);
    tcase_add_test(c, reserves_zeroes_to_be_filled_in_later);
    tcase_add_test(c, appends_octets_spans_and_fillings);
    tcase_add_test(c, takes_nothing_from_nowhere);
    return s;
}

int
main(void)
{
    return run_suite(wr_suite());
}
