#include "sim/lan/suite.h"

#include "tests/lib/run.h"

static const struct {
    unsigned id;
    uint8_t record[SUITE_RECORD_LEN];
} records[] = {
    { 0, { 0xc0, 0x00, 0x00, 0x40, 0x80 } },
    { 1, { 0xc0, 0x01, 0x01, 0x40, 0x80 } },
    { 3, { 0xc0, 0x03, 0x01, 0x41, 0x81 } },
    { 8, { 0xc0, 0x08, 0x02, 0x42, 0x81 } },
    { 12, { 0xc0, 0x0c, 0x02, 0x43, 0x81 } },
    { 14, { 0xc0, 0x0e, 0x02, 0x43, 0x83 } },
    { 17, { 0xc0, 0x11, 0x03, 0x44, 0x81 } },
    { 18, { 0xc0, 0x12, 0x03, 0x44, 0x82 } },
};

START_TEST(builds_records)
{
    uint8_t out[16];
    struct wr w = wr_of(out, sizeof out);

    suite_record_build(&w, suite_by_id(records[_i].id));
    ck_assert_uint_eq(wr_len(&w), SUITE_RECORD_LEN);
    ck_assert_mem_eq(out, records[_i].record, SUITE_RECORD_LEN);
}
END_TEST

START_TEST(has_suites_0_to_19_in_their_places)
{
    for (unsigned id = 0; id <= SUITE_ID_MAX; id++)
        ck_assert_uint_eq(suite_by_id(id)->id, id);
    ck_assert_ptr_null(suite_by_id(SUITE_ID_MAX + 1));
}
END_TEST

START_TEST(prefers_no_two_suites_alike)
{
    for (unsigned a = 0; a <= SUITE_ID_MAX; a++)
        for (unsigned b = 0; b < a; b++)
            ck_assert_uint_ne(suite_by_id(a)->strength, suite_by_id(b)->strength);
    ck_assert_uint_eq(suite_by_id(17)->strength, SUITE_ID_MAX);
    ck_assert_uint_eq(suite_by_id(0)->strength, 0);
}
END_TEST

START_TEST(knows_its_algorithms)
{
    ck_assert(suite_alg_known(ALG_AUTH, 3) && !suite_alg_known(ALG_AUTH, 4));
    ck_assert(suite_alg_known(ALG_INTEGRITY, 4) && !suite_alg_known(ALG_INTEGRITY, 5));
    ck_assert(suite_alg_known(ALG_CONF, 3) && !suite_alg_known(ALG_CONF, 4));
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("suite", &tc);

    tcase_add_loop_test(tc, builds_records, 0, sizeof records / sizeof records[0]);
    tcase_add_test(tc, has_suites_0_to_19_in_their_places);
    tcase_add_test(tc, prefers_no_two_suites_alike);
    tcase_add_test(tc, knows_its_algorithms);
    return run_suite(s);
}
