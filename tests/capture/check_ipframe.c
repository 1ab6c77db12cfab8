#include <string.h>

#include "capture/ipframe.h"
#include "tests/lib/run.h"

static const struct peer bmc = { .addr = { 192, 0, 2, 1 }, .port = 623, .family = PEER_IPV4 };
static const struct peer console = { .addr = { 127, 0, 0, 1 }, .port = 40000, .family = PEER_IPV4 };
static const struct peer console6 = { .addr = { [15] = 1 }, .port = 40000, .family = PEER_IPV6 };

/* The ones' complement sum over a header with a right checksum is FFFFh. */
static unsigned
internet_sum(const uint8_t *p, size_t len, unsigned sum)
{
    for (size_t i = 0; i < len; i += 2)
        sum += (unsigned)p[i] << 8 | (i + 1 < len ? p[i + 1] : 0);
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return sum;
}

START_TEST(wraps_in_ipv4_with_right_checksums)
{
    uint8_t buf[128];
    struct wr w = wr_of(buf, sizeof buf);

    ipframe_build(&w, &console, &bmc, bytes_of("\x06\x00\xff\x06\x01", 5));
    ck_assert(!w.bad);
    ck_assert_uint_eq(wr_len(&w), 20 + 8 + 5);
    ck_assert_uint_eq(buf[0], 0x45);
    ck_assert_uint_eq(buf[3], 33);
    ck_assert_uint_eq(internet_sum(buf, 20, 0), 0xffff);
    ck_assert_uint_eq(internet_sum(buf + 20, 13, internet_sum(buf + 12, 8, 17 + 13)), 0xffff);
    ck_assert_mem_eq(buf + 22, "\x02\x6f", 2);
}
END_TEST

START_TEST(maps_ipv4_when_the_sides_differ)
{
    uint8_t buf[128];
    struct wr w = wr_of(buf, sizeof buf);

    ipframe_build(&w, &console6, &bmc, bytes_of("abc", 3));
    ck_assert_uint_eq(wr_len(&w), 40 + 8 + 3);
    ck_assert_uint_eq(buf[0] >> 4, 6);
    ck_assert_mem_eq(buf + 24 + 10, "\xff\xff\xc0\x00\x02\x01", 6);
    ck_assert_uint_eq(internet_sum(buf + 40, 11, internet_sum(buf + 8, 32, 17 + 11)), 0xffff);
}
END_TEST

START_TEST(is_bad_without_room)
{
    uint8_t buf[30];
    struct wr w = wr_of(buf, sizeof buf);

    ipframe_build(&w, &console, &bmc, bytes_of("too long", 8));
    ck_assert(w.bad);
}
END_TEST

static Suite *
ipframe_suite(void)
{
    Suite *s = suite_create("ipframe");
    TCase *t = tcase_create("ipframe");

    tcase_add_test(t, wraps_in_ipv4_with_right_checksums);
    tcase_add_test(t, maps_ipv4_when_the_sides_differ);
    tcase_add_test(t, is_bad_without_room);
    suite_add_tcase(s, t);
    return s;
}

int
main(void)
{
    return run_suite(ipframe_suite());
}
