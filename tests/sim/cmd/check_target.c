#include "sim/cmd/target.h"

#include <stdlib.h>

#include "tests/lib/run.h"

static const struct {
    const char *text, *host;
    uint16_t port;
} cases[] = {
    { "bmc.example", "bmc.example", 623 },
    { "192.0.2.1:9001", "192.0.2.1", 9001 },
    { "[::1]", "::1", 623 },
    { "[fe80::1%eth0]:9001", "fe80::1%eth0", 9001 },
    { "2001:db8::7", "2001:db8::7", 623 },
    { "", NULL, 0 },
    { ":623", NULL, 0 },
    { "[]:623", NULL, 0 },
    { "host:", NULL, 0 },
    { "host:0", NULL, 0 },
    { "host:65536", NULL, 0 },
    { "host:+9", NULL, 0 },
    { "host:9x", NULL, 0 },
    { "[::1", NULL, 0 },
    { "[::1]9001", NULL, 0 },
};

START_TEST(reads_addresses)
{
    char *host = NULL;
    uint16_t port;
    bool good = target_parse(cases[_i].text, &host, &port);

    ck_assert_msg(good == (cases[_i].host != NULL), "%s", cases[_i].text);
    if (!good)
        return;
    ck_assert_str_eq(host, cases[_i].host);
    ck_assert_uint_eq(port, cases[_i].port);
    free(host);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("target", &t);

    tcase_add_loop_test(t, reads_addresses, 0, sizeof cases / sizeof cases[0]);
    return run_suite(s);
}
