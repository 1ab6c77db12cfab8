#include "sim/base/ip6.h"
#include "tests/lib/run.h"

#include <string.h>

static const struct {
    const char *text, *want;     /* want: as it is printed; NULL: no address */
} texts[] = {
    { "2001:db8::5", "2001:db8::5" },
    { "::", "::" },
    { "::1", "::1" },
    { "1::", "1::" },
    { "2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1" },
    { "2001:0db8:0000:0001:0001:0001:0001:0001", "2001:db8:0:1:1:1:1:1" },
    { "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8" },
    { "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0" },
    { "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
    { "fe80::84:caff:fef5:95b0", "fe80::84:caff:fef5:95b0" },
    { "", NULL },
    { ":", NULL },
    { ":::", NULL },
    { "1", NULL },
    { "1:2:3:4:5:6:7", NULL },
    { "1:2:3:4:5:6:7:8:9", NULL },
    { "1:2:3:4::5:6:7:8", NULL },
    { "1::2::3", NULL },
    { "12345::", NULL },
    { "1:2:3:4:5:6:7:", NULL },
    { ":1:2:3:4:5:6:7", NULL },
    { "::g", NULL },
    { "::1 ", NULL },
    { "::1.2.3.4", NULL },
    { "fe80::1%eth0", NULL },
};

START_TEST(reads_and_prints_addresses)
{
    uint8_t address[IP6_ADDRESS];
    char text[IP6_TEXT];
    bool taken = ip6_parse(bytes_of(texts[_i].text, strlen(texts[_i].text)), address);

    ck_assert_msg(taken == (texts[_i].want != NULL), "%s", texts[_i].text);
    if (!taken)
        return;
    ck_assert_uint_eq(ip6_print(address, text), strlen(texts[_i].want));
    ck_assert_str_eq(text, texts[_i].want);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("ip6", &tc);

    tcase_add_loop_test(tc, reads_and_prints_addresses, 0, sizeof texts / sizeof texts[0]);
    return run_suite(s);
}
