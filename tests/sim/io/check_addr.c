#include <string.h>

#include "sim/io/addr.h"
#include "tests/lib/run.h"

static const struct {
    const char *host;
    uint16_t port;
    const char *text;
} rows[] = {
    { "127.0.0.1", 9001, "127.0.0.1:9001" },
    { "0.0.0.0", 623, "0.0.0.0:623" },
    { "::1", 623, "[::1]:623" },
    { "fe80::1:2", 0, "[fe80::1:2]:0" },
};

START_TEST(prints_what_it_resolved)
{
    struct peer p;
    char text[ADDR_TEXT_MAX];

    ck_assert(addr_resolve(rows[_i].host, rows[_i].port, &p) == ST_OK);
    ck_assert_str_eq(addr_text(&p, text, sizeof text), rows[_i].text);
}
END_TEST

START_TEST(survives_the_way_through_a_socket_address)
{
    struct sockaddr_storage sa;
    struct peer p, back;

    ck_assert(addr_resolve(rows[_i].host, rows[_i].port, &p) == ST_OK);
    ck_assert_uint_gt(addr_from_peer(&p, &sa), 0);
    back = addr_to_peer((struct sockaddr *)&sa);
    ck_assert(peer_equal(&p, &back));
}
END_TEST

START_TEST(takes_mapped_ipv4_for_what_it_is)
{
    struct peer p;
    char text[ADDR_TEXT_MAX];

    ck_assert(addr_resolve("::ffff:192.0.2.7", 5, &p) == ST_OK);
    ck_assert_uint_eq(p.family, PEER_IPV4);
    ck_assert_str_eq(addr_text(&p, text, sizeof text), "192.0.2.7:5");
}
END_TEST

START_TEST(has_no_socket_address_for_nobody)
{
    struct sockaddr_storage sa;
    struct peer none = { .family = PEER_NONE };

    ck_assert_uint_eq(addr_from_peer(&none, &sa), 0);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("addr", &t);
    int count = (int)(sizeof rows / sizeof rows[0]);

    tcase_add_loop_test(t, prints_what_it_resolved, 0, count);
    tcase_add_loop_test(t, survives_the_way_through_a_socket_address, 0, count);
    tcase_add_test(t, takes_mapped_ipv4_for_what_it_is);
    tcase_add_test(t, has_no_socket_address_for_nobody);
    return run_suite(s);
}
