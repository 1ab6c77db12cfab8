#include "capture/netframe.h"

#include "capture/ipframe.h"
#include "capture/packet.h"
#include "tests/lib/run.h"

static const struct peer v4_from = { .addr = { 192, 0, 2, 1 }, .port = 40000,
                                     .family = PEER_IPV4 };
static const struct peer v4_to = { .addr = { 192, 0, 2, 2 }, .port = 623, .family = PEER_IPV4 };
static const struct peer v6_from = { .addr = { 0x20, 1, 0xd, 0xb8, [15] = 1 }, .port = 40000,
                                     .family = PEER_IPV6 };
static const struct peer v6_to = { .addr = { 0x20, 1, 0xd, 0xb8, [15] = 2 }, .port = 623,
                                   .family = PEER_IPV6 };

/* What stands in front of IP, of each link type. */
static const struct {
    const char *why;
    uint16_t link_type;
    uint8_t head[24];
    size_t len;
} links[] = {
    { "raw", LINKTYPE_RAW, { 0 }, 0 },
    { "loopback", LINKTYPE_NULL, { 2, 0, 0, 0 }, 4 },
    { "Ethernet", LINKTYPE_ETHERNET, { [12] = 0x08, 0x00 }, 14 },
    { "Ethernet with a VLAN tag", LINKTYPE_ETHERNET, { [12] = 0x81, 0x00, 0, 5, 0x08, 0x00 },
      18 },
    { "Linux cooked", LINKTYPE_LINUX_SLL, { [14] = 0x08, 0x00 }, 16 },
    { "Linux cooked 2", LINKTYPE_LINUX_SLL2, { 0x08, 0x00 }, 20 },
};

static struct wr
build(int i, uint8_t *buf, size_t size, const struct peer *from, const struct peer *to)
{
    struct wr w = wr_of(buf, size);

    wr_bytes(&w, links[i].head, links[i].len);
    ipframe_build(&w, from, to, bytes_of("payload", 7));
    return w;
}

START_TEST(takes_a_datagram_out_of_each_link)
{
    uint8_t buf[128];
    struct wr w = build(_i, buf, sizeof buf, &v4_from, &v4_to);
    struct netframe f;

    wr_fill(&w, 0, 6);          /* short frames are padded */
    ck_assert_msg(netframe_parse(links[_i].link_type, wr_bytes_of(&w), &f) == NETFRAME_OK,
                  "%s", links[_i].why);
    ck_assert(peer_equal(&f.from, &v4_from) && peer_equal(&f.to, &v4_to));
    ck_assert_uint_eq(f.payload.len, 7);
    ck_assert_mem_eq(f.payload.at, "payload", 7);
}
END_TEST

START_TEST(refuses_what_was_cut)
{
    uint8_t buf[128];
    struct wr w = build(_i, buf, sizeof buf, &v4_from, &v4_to);
    struct netframe f;

    for (size_t len = 0; len < wr_len(&w); len++)
        ck_assert(netframe_parse(links[_i].link_type, bytes_of(buf, len), &f) != NETFRAME_OK);
}
END_TEST

/* A hop-by-hop header and one of options, of eight octets each, then UDP. */
START_TEST(passes_over_extension_headers)
{
    uint8_t plain[128], buf[160];
    struct wr w = build(0, plain, sizeof plain, &v6_from, &v6_to), with;
    struct netframe f;

    ck_assert(netframe_parse(LINKTYPE_IPV6, wr_bytes_of(&w), &f) == NETFRAME_OK);
    ck_assert(peer_equal(&f.from, &v6_from) && peer_equal(&f.to, &v6_to));
    with = wr_of(buf, sizeof buf);
    wr_bytes(&with, plain, 6);
    wr_u8(&with, 0);
    wr_bytes(&with, plain + 7, 33);
    wr_bytes(&with, "\x3c\0\0\0\0\0\0\0", 8);
    wr_bytes(&with, "\x11\0\0\0\0\0\0\0", 8);
    wr_bytes(&with, plain + 40, wr_len(&w) - 40);
    ck_assert(netframe_parse(LINKTYPE_IPV6, wr_bytes_of(&with), &f) == NETFRAME_OK);
    ck_assert_mem_eq(f.payload.at, "payload", 7);
}
END_TEST

static const struct {
    const char *why;
    uint16_t link_type;
    size_t at;
    uint8_t octet;
    enum netframe_err want;
} others[] = {
    { "TCP", LINKTYPE_RAW, 9, 6, NETFRAME_OTHER },
    { "a first fragment", LINKTYPE_RAW, 6, 0x20, NETFRAME_FRAGMENT },
    { "a later fragment", LINKTYPE_RAW, 7, 0x10, NETFRAME_FRAGMENT },
    { "a header shorter than any", LINKTYPE_RAW, 0, 0x44, NETFRAME_SHORT },
    { "IP of another version", LINKTYPE_RAW, 0, 0x55, NETFRAME_OTHER },
    { "a UDP length below its header", LINKTYPE_RAW, 25, 7, NETFRAME_SHORT },
    { "a link type that nobody knows", 999, 0, 0x45, NETFRAME_LINK },
};

START_TEST(says_what_is_no_datagram)
{
    uint8_t buf[128];
    struct wr w = build(0, buf, sizeof buf, &v4_from, &v4_to);
    struct netframe f;

    buf[others[_i].at] = others[_i].octet;
    ck_assert_msg(netframe_parse(others[_i].link_type, wr_bytes_of(&w), &f) == others[_i].want,
                  "%s", others[_i].why);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("netframe", &t);

    tcase_add_loop_test(t, takes_a_datagram_out_of_each_link, 0,
                        sizeof links / sizeof links[0]);
    tcase_add_loop_test(t, refuses_what_was_cut, 0, sizeof links / sizeof links[0]);
    tcase_add_test(t, passes_over_extension_headers);
    tcase_add_loop_test(t, says_what_is_no_datagram, 0, sizeof others / sizeof others[0]);
    return run_suite(s);
}
