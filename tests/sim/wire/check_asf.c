#include "sim/wire/asf.h"

#include "tests/lib/run.h"

/* Behind the RMCP header. */
static const uint8_t ping[] = { 0x00, 0x00, 0x11, 0xbe, 0x80, 0x21, 0x00, 0x00 };
static const uint8_t pong[] = { 0x00, 0x00, 0x11, 0xbe, 0x40, 0x21, 0x00, 0x10,
                                0x00, 0x00, 0x11, 0xbe, 0x00, 0x00, 0x00, 0x00,
                                0x81, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00 };

START_TEST(reads_a_ping)
{
    struct asf m;

    ck_assert(asf_parse(bytes_of(ping, sizeof ping), &m));
    ck_assert_uint_eq(m.type, ASF_PING);
    ck_assert_uint_eq(m.tag, 0x21);
    ck_assert_uint_eq(m.data.len, 0);
}
END_TEST

static const struct {
    const char *why;
    size_t at;
    uint8_t value;
    size_t len;
} spoiled[] = {
    { "another IANA number", 3, 0xbf, sizeof ping },
    { "length says more than there is", 7, 1, sizeof ping },
    { "cut", 0, 0, sizeof ping - 1 },
    { "empty", 0, 0, 0 },
};

START_TEST(refuses_malformed_messages)
{
    uint8_t in[sizeof ping];
    struct asf m;

    memcpy(in, ping, sizeof ping);
    in[spoiled[_i].at] = spoiled[_i].value;
    ck_assert_msg(!asf_parse(bytes_of(in, spoiled[_i].len), &m), "%s", spoiled[_i].why);
}
END_TEST

START_TEST(builds_a_pong)
{
    uint8_t data[ASF_PONG_DATA_LEN], buf[64];
    struct wr d = wr_of(data, sizeof data), w = wr_of(buf, sizeof buf);

    asf_pong_build(&d, &(struct asf_pong){ .iana = ASF_IANA, .entities = 0x81 });
    asf_build(&w, &(struct asf){ .type = ASF_PONG, .tag = 0x21, .data = wr_bytes_of(&d) });
    ck_assert_uint_eq(wr_len(&w), sizeof pong);
    ck_assert_mem_eq(buf, pong, sizeof pong);
}
END_TEST

START_TEST(reads_the_pong_it_builds)
{
    struct asf m;
    struct asf_pong p;

    ck_assert(asf_parse(bytes_of(pong, sizeof pong), &m));
    ck_assert(asf_pong_parse(m.data, &p));
    ck_assert_uint_eq(p.iana, ASF_IANA);
    ck_assert_uint_eq(p.oem, 0);
    ck_assert_uint_eq(p.entities, ASF_ENTITY_IPMI | ASF_ENTITY_ASF_10);
    ck_assert_uint_eq(p.interactions, 0);
    ck_assert(!asf_pong_parse(bytes_of(m.data.at, m.data.len - 1), &p));
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("asf", &tc);

    tcase_add_test(tc, reads_a_ping);
    tcase_add_loop_test(tc, refuses_malformed_messages, 0,
                        sizeof spoiled / sizeof spoiled[0]);
    tcase_add_test(tc, builds_a_pong);
    tcase_add_test(tc, reads_the_pong_it_builds);
    return run_suite(s);
}
