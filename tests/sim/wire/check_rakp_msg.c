#include "sim/wire/rakp_msg.h"

#include "sim/base/hex.h"
#include "tests/lib/run.h"

/* The payloads of one suite-3 log-in of ipmitool's, as they were on the wire. */
#define OPEN_REQUEST "00000000a4a3a2a0000000080100000001000008010000000200000801000000"
#define OPEN_RESPONSE                                                                      \
    "00000000a4a3a2a002000000000000080100000001000008010000000200000801000000"
#define RAKP1 "0000000002000000a56d8be485dab3e00722e54a8a16765f1400000769706d69757372"
#define RAKP2                                                                              \
    "00000000a4a3a2a0c64e09224cd1714c7f7db6519b0fb93ea123456789abcdefa123456789abcdef"     \
    "436a13d3dd9d065b55a30a722d4b68b88b31f782"
#define RAKP3 "000000000200000054029dc56f45b276508f57b45f9e59a97dab4bf8"
#define RAKP4 "00000000a4a3a2a0dab445f42e1897e6d6251285"

static struct bytes
read_hex(const char *text, uint8_t *to)
{
    size_t len = strlen(text) / 2;

    ck_assert(hex_read(text, to, len));
    return bytes_of(to, len);
}

/* One message: parsed and built again it is the same; any cut is refused. */
#define ROUND_TRIP(text, type, name, shortest)                                             \
    do {                                                                                   \
        uint8_t buf_[128], out_[128];                                                      \
        struct bytes in_ = read_hex(text, buf_);                                           \
        struct wr w_ = wr_of(out_, sizeof out_);                                           \
        struct type m_;                                                                    \
                                                                                           \
        ck_assert(name##_parse(in_, &m_));                                                 \
        name##_build(&w_, &m_);                                                            \
        ck_assert_uint_eq(wr_len(&w_), in_.len);                                           \
        ck_assert_mem_eq(out_, in_.at, in_.len);                                           \
        for (size_t len_ = 0; len_ < (shortest); len_++)                                   \
            ck_assert(!name##_parse(bytes_of(buf_, len_), &m_));                           \
    } while (0)

START_TEST(builds_what_it_parses)
{
    ROUND_TRIP(OPEN_REQUEST, open_request, open_request, 32);
    ROUND_TRIP(OPEN_RESPONSE, open_response, open_response, 36);
    ROUND_TRIP(RAKP1, rakp1, rakp1, 35);
    ROUND_TRIP(RAKP2, rakp2, rakp2, 40);
    ROUND_TRIP(RAKP3, rakp34, rakp34, 8);
    ROUND_TRIP(RAKP4, rakp34, rakp34, 8);
}
END_TEST

START_TEST(knows_an_open_request)
{
    uint8_t buf[64];
    struct open_request m;

    ck_assert(open_request_parse(read_hex(OPEN_REQUEST, buf), &m));
    ck_assert_uint_eq(m.privilege, 0);
    ck_assert_uint_eq(m.console_sid, 0xa0a2a3a4);
    for (uint8_t i = 0; i < ALG_KINDS; i++) {
        ck_assert_uint_eq(m.alg[i].kind, i);
        ck_assert_uint_eq(m.alg[i].len, ALG_BLOCK_LEN);
        ck_assert_uint_eq(m.alg[i].alg, 1);
    }
}
END_TEST

START_TEST(knows_rakp_1)
{
    uint8_t buf[64];
    struct rakp1 m;

    ck_assert(rakp1_parse(read_hex(RAKP1, buf), &m));
    ck_assert_uint_eq(m.bmc_sid, 2);
    ck_assert_uint_eq(m.role, 0x14);
    ck_assert_uint_eq(m.name_len, 7);
    ck_assert_mem_eq(m.name, "ipmiusr\0\0\0\0\0\0\0\0\0", sizeof m.name);
}
END_TEST

START_TEST(takes_a_name_in_a_full_field)
{
    uint8_t buf[64];
    struct rakp1 m;

    ck_assert(rakp1_parse(read_hex(RAKP1 "000000000000000000", buf), &m));
    ck_assert_uint_eq(m.name_len, 7);
}
END_TEST

START_TEST(hands_on_a_name_length_that_is_too_great)
{
    uint8_t buf[64];
    struct bytes in = read_hex(RAKP1, buf);
    struct rakp1 m;

    buf[27] = RAKP_NAME_MAX + 1;
    ck_assert(rakp1_parse(in, &m));
    ck_assert_uint_eq(m.name_len, RAKP_NAME_MAX + 1);
}
END_TEST

START_TEST(ends_a_refusal_behind_the_session_id)
{
    uint8_t buf[64], want[RAKP_ERROR_LEN];
    struct wr w = wr_of(buf, sizeof buf);
    struct rakp2 rakp2;
    struct open_response open;

    rakp2_build(&w, &(struct rakp2){ .tag = 5, .status = RAKP_UNAUTHORIZED_NAME,
                                     .console_sid = 0xa0a2a3a4 });
    ck_assert_uint_eq(wr_len(&w), RAKP_ERROR_LEN);
    read_hex("050d0000a4a3a2a0", want);
    ck_assert_mem_eq(buf, want, sizeof want);
    ck_assert(rakp2_parse(wr_bytes_of(&w), &rakp2));
    ck_assert_uint_eq(rakp2.status, RAKP_UNAUTHORIZED_NAME);

    w = wr_of(buf, sizeof buf);
    open_response_build(&w, &(struct open_response){ .tag = 5, .status = 0x11 });
    ck_assert_uint_eq(wr_len(&w), RAKP_ERROR_LEN);
    ck_assert(open_response_parse(wr_bytes_of(&w), &open));
}
END_TEST

START_TEST(has_words_for_every_status)
{
    for (unsigned status = 0; status <= RAKP_ILLEGAL_PARAMETER; status++)
        ck_assert_str_ne(rakp_status_text(status), "unknown status");
    ck_assert_str_eq(rakp_status_text(0x13), "unknown status");
    ck_assert_str_eq(rakp_status_text(0xff), "unknown status");
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("rakp_msg", &tc);

    tcase_add_test(tc, builds_what_it_parses);
    tcase_add_test(tc, knows_an_open_request);
    tcase_add_test(tc, knows_rakp_1);
    tcase_add_test(tc, takes_a_name_in_a_full_field);
    tcase_add_test(tc, hands_on_a_name_length_that_is_too_great);
    tcase_add_test(tc, ends_a_refusal_behind_the_session_id);
    tcase_add_test(tc, has_words_for_every_status);
    return run_suite(s);
}
