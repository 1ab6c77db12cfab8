#include "sim/wire/rmcp.h"

#include "tests/lib/run.h"

static const struct {
    const char *why;
    uint8_t datagram[6];
    size_t len;
    enum rmcp_err want;
} cases[] = {
    { "IPMI", { 0x06, 0x00, 0xff, 0x07, 0xaa, 0xbb }, 6, RMCP_OK },
    { "nothing behind the header", { 0x06, 0x00, 0xff, 0x07 }, 4, RMCP_OK },
    { "cut", { 0x06, 0x00, 0xff }, 3, RMCP_SHORT },
    { "empty", { 0 }, 0, RMCP_SHORT },
    { "version 05h", { 0x05, 0x00, 0xff, 0x07 }, 4, RMCP_BAD_VERSION },
};

START_TEST(classifies_datagrams)
{
    struct rmcp m;

    ck_assert_msg(rmcp_parse(bytes_of(cases[_i].datagram, cases[_i].len), &m) ==
                      cases[_i].want, "%s", cases[_i].why);
}
END_TEST

START_TEST(splits_a_header)
{
    static const uint8_t datagram[] = { 0x06, 0x00, 0x21, 0x86, 0x55 };
    struct rmcp m;

    ck_assert_int_eq(rmcp_parse(bytes_of(datagram, sizeof datagram), &m), RMCP_OK);
    ck_assert_uint_eq(m.sequence, 0x21);
    ck_assert_uint_eq(m.msg_class, RMCP_ASF);
    ck_assert(m.ack);
    ck_assert_uint_eq(m.data.len, 1);
    ck_assert_uint_eq(m.data.at[0], 0x55);
}
END_TEST

START_TEST(builds_what_it_parses)
{
    static const uint8_t want[] = { 0x06, 0x00, 0x21, 0x87 };
    uint8_t buf[8];
    struct wr w = wr_of(buf, sizeof buf);

    rmcp_build(&w, &(struct rmcp){ .sequence = 0x21, .msg_class = RMCP_IPMI, .ack = true });
    ck_assert_uint_eq(wr_len(&w), sizeof want);
    ck_assert_mem_eq(buf, want, sizeof want);
}
END_TEST

START_TEST(acknowledges_only_numbered_messages_that_are_no_acks)
{
    ck_assert(rmcp_wants_ack(&(struct rmcp){ .sequence = 7, .msg_class = RMCP_ASF }));
    ck_assert(!rmcp_wants_ack(&(struct rmcp){ .sequence = RMCP_NO_ACK }));
    ck_assert(!rmcp_wants_ack(&(struct rmcp){ .sequence = 7, .ack = true }));
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("rmcp", &tc);

    tcase_add_loop_test(tc, classifies_datagrams, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tc, splits_a_header);
    tcase_add_test(tc, builds_what_it_parses);
    tcase_add_test(tc, acknowledges_only_numbered_messages_that_are_no_acks);
    return run_suite(s);
}
