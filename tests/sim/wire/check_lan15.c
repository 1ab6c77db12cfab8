#include "sim/wire/lan15.h"

#include <stdlib.h>

#include "sim/base/hex.h"
#include "tests/lib/run.h"

/* Activate Session under MD5, behind the RMCP header. */
#define CODE "bf80d81af0d3a7049cc802745e64606f"
#define MESSAGE "2018c8810c3a0204101112131415161718191a1b1c1d1e1f4433221111"
#define ACTIVATION "020000000082010000" CODE "1d" MESSAGE
/* Session-less: Get Channel Authentication Capabilities. */
#define SESSIONLESS "00" "00000000" "00000000" "09" "2018c88104388e04b1"

static struct bytes
read_hex(const char *text, uint8_t *to)
{
    size_t len = strlen(text) / 2;

    ck_assert(hex_read(text, to, len));
    return bytes_of(to, len);
}

START_TEST(reads_an_authenticated_packet)
{
    uint8_t buf[128], code[AUTH_CODE_LEN], msg[64];
    struct bytes want = read_hex(MESSAGE, msg);
    struct lan15 m;

    read_hex(CODE, code);
    ck_assert_int_eq(lan15_parse(read_hex(ACTIVATION, buf), &m), LAN15_OK);
    ck_assert_uint_eq(m.auth_type, AUTH_MD5);
    ck_assert_uint_eq(m.seq, 0);
    ck_assert_uint_eq(m.sid, 0x182);
    ck_assert_mem_eq(m.code, code, sizeof code);
    ck_assert_uint_eq(m.msg.len, want.len);
    ck_assert_mem_eq(m.msg.at, want.at, want.len);
}
END_TEST

START_TEST(reads_a_packet_without_code)
{
    uint8_t buf[128];
    struct lan15 m;

    ck_assert_int_eq(lan15_parse(read_hex(SESSIONLESS, buf), &m), LAN15_OK);
    ck_assert_uint_eq(m.auth_type, AUTH_NONE);
    ck_assert_ptr_null(m.code);
    ck_assert_uint_eq(m.msg.len, 9);
}
END_TEST

static const char *const packets[] = { ACTIVATION, SESSIONLESS };

START_TEST(builds_what_it_parses)
{
    uint8_t buf[128], out[128];
    struct bytes in = read_hex(packets[_i], buf);
    struct wr w = wr_of(out, sizeof out);
    struct lan15 m;

    ck_assert_int_eq(lan15_parse(in, &m), LAN15_OK);
    lan15_build(&w, &m);
    ck_assert(!w.bad);
    ck_assert_uint_eq(wr_len(&w), in.len);
    ck_assert_mem_eq(out, in.at, in.len);
}
END_TEST

START_TEST(accepts_one_legacy_pad_octet_and_no_more)
{
    uint8_t buf[128];
    struct lan15 m;

    ck_assert_int_eq(lan15_parse(read_hex(ACTIVATION "00", buf), &m), LAN15_OK);
    ck_assert_uint_eq(m.msg.len, 0x1d);
    ck_assert_int_eq(lan15_parse(read_hex(ACTIVATION "0000", buf), &m), LAN15_LENGTH);
}
END_TEST

START_TEST(refuses_every_cut)
{
    uint8_t buf[128];
    struct bytes in = read_hex(ACTIVATION, buf);

    for (size_t len = 0; len < in.len; len++) {
        uint8_t *copy = malloc(len ? len : 1);
        struct lan15 m;

        memcpy(copy, in.at, len);
        ck_assert_int_eq(lan15_parse(bytes_of(copy, len), &m),
                         len < 26 ? LAN15_SHORT : LAN15_LENGTH);
        free(copy);
    }
}
END_TEST

START_TEST(builds_no_message_that_its_length_cannot_tell)
{
    static const uint8_t msg[LAN15_MSG_MAX + 1];
    uint8_t out[512];
    struct wr w = wr_of(out, sizeof out);

    lan15_build(&w, &(struct lan15){ .msg = { msg, sizeof msg } });
    ck_assert(w.bad);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("lan15", &tc);

    tcase_add_test(tc, reads_an_authenticated_packet);
    tcase_add_test(tc, reads_a_packet_without_code);
    tcase_add_loop_test(tc, builds_what_it_parses, 0, sizeof packets / sizeof packets[0]);
    tcase_add_test(tc, accepts_one_legacy_pad_octet_and_no_more);
    tcase_add_test(tc, refuses_every_cut);
    tcase_add_test(tc, builds_no_message_that_its_length_cannot_tell);
    return run_suite(s);
}
