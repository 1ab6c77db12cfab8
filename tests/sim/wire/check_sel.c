#include "sim/wire/sel.h"
#include "tests/lib/run.h"

/* One record of each layout. */
static const struct {
    const char *why;
    uint8_t octets[SEL_RECORD];
    struct sel_record want;
} rows[] = {
    { "temperature going high",
      { 0x34, 0x12, 0x02, 0x01, 0x02, 0x03, 0x04, 0x20, 0x01, 0x04, 0x01, 0x30, 0x01,
        0x59, 0x58, 0x60 },
      { .id = 0x1234,
        .type = 0x02,
        .timestamp = 0x04030201,
        .u.event = { { 0x20, 0x01 }, 0x04, 0x01, 0x30, 0x01, { 0x59, 0x58, 0x60 } } } },
    { "OEM with a time-stamp",
      { 0x02, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x01, 0x57, 0x01, 0x00, 1, 2, 3, 4, 5, 6 },
      { .id = 2,
        .type = 0xc0,
        .timestamp = 0x01000000,
        .u.oem_timed = { 0x157, { 1, 2, 3, 4, 5, 6 } } } },
    { "OEM without",
      { 0x03, 0x00, 0xe0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 },
      { .id = 3, .type = 0xe0, .u.oem = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 } } },
};

START_TEST(takes_a_record_apart)
{
    struct sel_record got;

    ck_assert(sel_parse(bytes_of(rows[_i].octets, SEL_RECORD), &got));
    ck_assert_uint_eq(got.id, rows[_i].want.id);
    ck_assert_uint_eq(got.type, rows[_i].want.type);
    ck_assert_uint_eq(got.timestamp, rows[_i].want.timestamp);
}
END_TEST

START_TEST(reads_an_event_s_fields)
{
    struct sel_record got;

    ck_assert(sel_parse(bytes_of(rows[0].octets, SEL_RECORD), &got));
    ck_assert_uint_eq(got.u.event.generator[0], 0x20);
    ck_assert_uint_eq(got.u.event.generator[1], 0x01);
    ck_assert_uint_eq(got.u.event.evm_rev, 0x04);
    ck_assert_uint_eq(got.u.event.sensor_type, 0x01);
    ck_assert_uint_eq(got.u.event.sensor_number, 0x30);
    ck_assert_uint_eq(got.u.event.type_dir, 0x01);
    ck_assert_uint_eq(got.u.event.data[0], 0x59);
    ck_assert_uint_eq(got.u.event.data[2], 0x60);
}
END_TEST

START_TEST(builds_the_same_octets)
{
    uint8_t octets[SEL_RECORD];

    sel_build(&rows[_i].want, octets);
    ck_assert_mem_eq(octets, rows[_i].octets, SEL_RECORD);
}
END_TEST

START_TEST(takes_sixteen_octets_and_no_others)
{
    struct sel_record got = { .id = 77 };

    for (size_t len = 0; len < SEL_RECORD; len++)
        ck_assert(!sel_parse(bytes_of(rows[0].octets, len), &got));
    ck_assert_uint_eq(got.id, 77);
}
END_TEST

START_TEST(knows_which_types_have_a_time)
{
    ck_assert(sel_type_timed(0x02));
    ck_assert(sel_type_timed(0xdf));
    ck_assert(!sel_type_timed(0xe0));
    ck_assert(!sel_type_timed(0xff));
}
END_TEST

static Suite *
sel_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/wire/sel", &c);
    int count = sizeof rows / sizeof rows[0];

    tcase_add_loop_test(c, takes_a_record_apart, 0, count);
    tcase_add_test(c, reads_an_event_s_fields);
    tcase_add_loop_test(c, builds_the_same_octets, 0, count);
    tcase_add_test(c, takes_sixteen_octets_and_no_others);
    tcase_add_test(c, knows_which_types_have_a_time);
    return s;
}

int
main(void)
{
    return run_suite(sel_suite());
}
