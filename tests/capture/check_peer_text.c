#include "capture/peer_text.h"

#include "tests/lib/run.h"

static const struct {
    struct peer peer;
    const char *text;
} rows[] = {
    { { .family = PEER_NONE }, "-" },
    { { .addr = { 192, 0, 2, 255 }, .port = 623, .family = PEER_IPV4 }, "192.0.2.255:623" },
    { { .port = 1, .family = PEER_IPV6 }, "[::]:1" },
    { { .addr = { [15] = 1 }, .port = 623, .family = PEER_IPV6 }, "[::1]:623" },
    { { .addr = { 0x20, 1, 0x0d, 0xb8, [15] = 1 }, .port = 9, .family = PEER_IPV6 },
      "[2001:db8::1]:9" },
    { { .addr = { 0x20, 1, [3] = 1, [14] = 1 }, .port = 9, .family = PEER_IPV6 },
      "[2001:1::100]:9" },
    { { .addr = { 0, 1, 0, 0, 0, 2, 0, 3, 0, 0, 0, 0, 0, 4, 0, 0 }, .family = PEER_IPV6 },
      "[1:0:2:3::4:0]:0" },
    { { .addr = { 0xff, 2, [13] = 1 }, .family = PEER_IPV6 }, "[ff02::1:0]:0" },
};

START_TEST(writes_addresses_as_people_do)
{
    char text[PEER_TEXT_MAX];

    ck_assert_str_eq(peer_text(&rows[_i].peer, text, sizeof text), rows[_i].text);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("peer_text", &t);

    tcase_add_loop_test(t, writes_addresses_as_people_do, 0, sizeof rows / sizeof rows[0]);
    return run_suite(s);
}
