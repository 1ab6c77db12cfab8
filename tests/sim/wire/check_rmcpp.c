#include "sim/wire/rmcpp.h"

#include <stdlib.h>

#include "sim/base/hex.h"
#include "tests/lib/run.h"

/* Get Device ID in suites 1, 2, 3 and 7, behind the RMCP header. */
#define PLAIN "0600040302010100000007002018c88104017a"
#define SIGNED "0640040302010100000007002018c88104017affffff0307"
#define CODE12 "b4260f79112d0f80d55d1876"
#define CODE16 "2096dd6e82e08a8757a072f27eb7d7bd"
#define SUITE3                                                                             \
    "06c004030201010000002000808182838485868788898a8b8c8d8e8f645618a3b4e54b1213f86875ceff" \
    "8681ffff0207598cdf8ac19e0b5f0aa5cb09"
#define OEM "0602e40800000100040302010100000002001122"

static struct bytes
read_hex(const char *text, uint8_t *to)
{
    size_t len = strlen(text) / 2;

    ck_assert(hex_read(text, to, len));
    return bytes_of(to, len);
}

START_TEST(reads_a_plain_packet)
{
    uint8_t buf[128];
    struct rmcpp m;

    ck_assert_int_eq(rmcpp_parse(read_hex(PLAIN, buf), &m), RMCPP_OK);
    ck_assert(!m.encrypted && !m.authenticated);
    ck_assert_uint_eq(m.type, PAYLOAD_IPMI);
    ck_assert_uint_eq(m.sid, 0x01020304);
    ck_assert_uint_eq(m.seq, 1);
    ck_assert_uint_eq(m.payload.len, 7);
    ck_assert_uint_eq(m.trailer.len, 0);
}
END_TEST

START_TEST(reads_an_oem_explicit_packet)
{
    uint8_t buf[128];
    struct rmcpp m;

    ck_assert_int_eq(rmcpp_parse(read_hex(OEM, buf), &m), RMCPP_OK);
    ck_assert_uint_eq(m.type, PAYLOAD_OEM_EXPLICIT);
    ck_assert_uint_eq(m.oem_iana, 0x8e4);
    ck_assert_uint_eq(m.oem_payload, 1);
    ck_assert_uint_eq(m.header.len, RMCPP_HEADER_MAX);
    ck_assert_uint_eq(m.payload.len, 2);
}
END_TEST

/* A packet, its code's length, how many octets the code covers. */
static const struct {
    const char *packet;
    size_t code_len, covered;
    uint8_t pads;
} trailers[] = {
    { SIGNED CODE12, 12, 24, 3 },
    { SIGNED CODE16, 16, 24, 3 },
    { SUITE3, 12, 48, 2 },
    /* a console that aligns without the two octets behind the pads */
    { "0640040302010100000007002018c88104017aff0107" CODE12, 12, 22, 1 },
};

START_TEST(finds_the_trailer)
{
    uint8_t buf[128];
    struct rmcpp m;
    struct rmcpp_trailer t;

    ck_assert_int_eq(rmcpp_parse(read_hex(trailers[_i].packet, buf), &m), RMCPP_OK);
    ck_assert(m.authenticated);
    ck_assert(rmcpp_trailer_parse(&m, trailers[_i].code_len, &t));
    ck_assert_uint_eq(t.covered.len, trailers[_i].covered);
    ck_assert_ptr_eq(t.covered.at, buf);
    ck_assert_ptr_eq(t.code, buf + trailers[_i].covered);
    ck_assert_uint_eq(t.pads, trailers[_i].pads);
}
END_TEST

static const struct {
    const char *why;
    const char *packet;
    size_t code_len;
} bad_trailers[] = {
    { "none", "0640040302010100000007002018c88104017a", 12 },
    { "code is cut", SIGNED "b4260f79112d0f80d55d18", 12 },
    { "pad length says less", "0640040302010100000007002018c88104017affffff0207" CODE12, 12 },
    { "next header", "0640040302010100000007002018c88104017affffff0308" CODE12, 12 },
    { "code is of another length", SIGNED CODE16, 12 },
};

START_TEST(refuses_trailers_that_do_not_fit)
{
    uint8_t buf[128];
    struct rmcpp m;
    struct rmcpp_trailer t;

    ck_assert_int_eq(rmcpp_parse(read_hex(bad_trailers[_i].packet, buf), &m), RMCPP_OK);
    ck_assert_msg(!rmcpp_trailer_parse(&m, bad_trailers[_i].code_len, &t), "%s",
                  bad_trailers[_i].why);
}
END_TEST

static const char *const packets[] = { PLAIN, OEM };

START_TEST(builds_the_header_it_parses)
{
    uint8_t buf[128], out[128];
    struct bytes in = read_hex(packets[_i], buf);
    struct wr w = wr_of(out, sizeof out);
    struct rmcpp m;

    ck_assert_int_eq(rmcpp_parse(in, &m), RMCPP_OK);
    rmcpp_build_header(&w, &m, m.payload.len);
    wr_span(&w, m.payload);
    ck_assert_uint_eq(wr_len(&w), in.len);
    ck_assert_mem_eq(out, in.at, in.len);
}
END_TEST

START_TEST(pads_what_is_signed_to_a_multiple_of_four)
{
    for (size_t payload = 0; payload < 9; payload++) {
        uint8_t out[64];
        struct wr w = wr_of(out, sizeof out);
        struct rmcpp m = { .authenticated = true };

        rmcpp_build_header(&w, &m, payload);
        wr_fill(&w, 0xaa, payload);
        rmcpp_build_trailer(&w, out);
        ck_assert_uint_eq(wr_len(&w) % 4, 0);
        ck_assert_uint_eq(w.at[-1], RMCPP_NEXT_HEADER);
        ck_assert_uint_lt(w.at[-2], 4);
        for (int i = 0; i < w.at[-2]; i++)
            ck_assert_uint_eq(w.at[-3 - i], RMCPP_PAD);
    }
}
END_TEST

START_TEST(refuses_every_cut)
{
    uint8_t buf[128];
    struct bytes in = read_hex(PLAIN, buf);

    for (size_t len = 0; len < in.len; len++) {
        uint8_t *copy = malloc(len ? len : 1);
        struct rmcpp m;

        memcpy(copy, in.at, len);
        ck_assert_int_eq(rmcpp_parse(bytes_of(copy, len), &m),
                         len < 12 ? RMCPP_SHORT : RMCPP_LENGTH);
        free(copy);
    }
}
END_TEST

START_TEST(refuses_what_follows_a_packet_without_trailer)
{
    uint8_t buf[128];
    struct rmcpp m;

    ck_assert_int_eq(rmcpp_parse(read_hex(PLAIN "00", buf), &m), RMCPP_LENGTH);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("rmcpp", &tc);

    tcase_add_test(tc, reads_a_plain_packet);
    tcase_add_test(tc, reads_an_oem_explicit_packet);
    tcase_add_loop_test(tc, finds_the_trailer, 0, sizeof trailers / sizeof trailers[0]);
    tcase_add_loop_test(tc, refuses_trailers_that_do_not_fit, 0,
                        sizeof bad_trailers / sizeof bad_trailers[0]);
    tcase_add_loop_test(tc, builds_the_header_it_parses, 0,
                        sizeof packets / sizeof packets[0]);
    tcase_add_test(tc, pads_what_is_signed_to_a_multiple_of_four);
    tcase_add_test(tc, refuses_every_cut);
    tcase_add_test(tc, refuses_what_follows_a_packet_without_trailer);
    return run_suite(s);
}
