#include "sim/wire/lanmsg.h"

#include "tests/lib/run.h"

static const struct {
    const char *why;
    uint8_t frame[8];
    size_t len;
    enum lanmsg_err want;
} cases[] = {
    { "Get Device ID", { 0x20, 0x18, 0xc8, 0x81, 0x04, 0x01, 0x7a }, 7, LANMSG_OK },
    { "with data", { 0x20, 0x18, 0xc8, 0x81, 0x10, 0x3b, 0x04, 0x30 }, 8, LANMSG_OK },
    { "sum 1 off by 1", { 0x20, 0x18, 0xc9, 0x81, 0x04, 0x01, 0x7a }, 7,
      LANMSG_BAD_HEADER_SUM },
    { "sum 2 off by 1", { 0x20, 0x18, 0xc8, 0x81, 0x04, 0x01, 0x7b }, 7,
      LANMSG_BAD_DATA_SUM },
    { "cut before sum 2", { 0x20, 0x18, 0xc8, 0x81, 0x04, 0x01 }, 6, LANMSG_SHORT },
    { "empty", { 0 }, 0, LANMSG_SHORT },
};

START_TEST(classifies_messages)
{
    struct lanmsg m;

    ck_assert_msg(lanmsg_parse(bytes_of(cases[_i].frame, cases[_i].len), &m) ==
                      cases[_i].want, "%s", cases[_i].why);
}
END_TEST

START_TEST(splits_a_request)
{
    static const uint8_t in[] = { 0x20, 0x1a, 0xc6, 0x81, 0x13, 0x3b, 0x04, 0x2d };
    struct lanmsg m;

    ck_assert_int_eq(lanmsg_parse(bytes_of(in, sizeof in), &m), LANMSG_OK);
    ck_assert_uint_eq(m.to, 0x20);
    ck_assert_uint_eq(m.netfn, 6);
    ck_assert_uint_eq(m.to_lun, 2);
    ck_assert_uint_eq(m.from, 0x81);
    ck_assert_uint_eq(m.rq_seq, 4);
    ck_assert_uint_eq(m.from_lun, 3);
    ck_assert_uint_eq(m.cmd, 0x3b);
    ck_assert_uint_eq(m.data.len, 1);
    ck_assert_uint_eq(m.data.at[0], 4);
    ck_assert(!lanmsg_is_response(&m));
}
END_TEST

START_TEST(builds_what_it_parses)
{
    uint8_t out[16];
    struct wr w = wr_of(out, sizeof out);
    struct lanmsg m;

    if (cases[_i].want != LANMSG_OK)
        return;
    ck_assert_int_eq(lanmsg_parse(bytes_of(cases[_i].frame, cases[_i].len), &m), LANMSG_OK);
    lanmsg_build(&w, &m);
    ck_assert_uint_eq(wr_len(&w), cases[_i].len);
    ck_assert_mem_eq(out, cases[_i].frame, cases[_i].len);
}
END_TEST

START_TEST(puts_the_completion_code_before_the_data)
{
    /* Set Session Privilege Level, granted: from a real log-in. */
    static const uint8_t want[] = { 0x81, 0x1c, 0x63, 0x20, 0x04, 0x3b, 0x00, 0x04, 0x9d };
    static const uint8_t data[] = { 0x04 };
    uint8_t out[16];
    struct wr w = wr_of(out, sizeof out);

    lanmsg_build_response(&w, &(struct lanmsg){
        .to = 0x81, .netfn = 7, .from = 0x20, .rq_seq = 1, .cmd = 0x3b,
        .data = { data, sizeof data },
    }, 0);
    ck_assert_uint_eq(wr_len(&w), sizeof want);
    ck_assert_mem_eq(out, want, sizeof want);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("lanmsg", &tc);

    tcase_add_loop_test(tc, classifies_messages, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tc, splits_a_request);
    tcase_add_loop_test(tc, builds_what_it_parses, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tc, puts_the_completion_code_before_the_data);
    return run_suite(s);
}
