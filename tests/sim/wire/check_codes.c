#include "sim/wire/codes.h"

#include "tests/lib/run.h"

static const struct {
    const char *(*text)(unsigned);
    unsigned code;
    const char *want;
} cases[] = {
    { cc_text, CC_OK, "completed normally" },
    { cc_text, CC_INVALID_COMMAND, "invalid command" },
    { cc_text, 0x01, "OEM code" },
    { cc_text, 0x7e, "OEM code" },
    { cc_text, 0x80, "command-specific code" },
    { cc_text, 0xbe, "command-specific code" },
    { cc_text, 0x7f, "reserved code" },
    { cc_text, 0xd7, "reserved code" },
    { cc_text, CC_UNSPECIFIED, "unspecified error" },
    { cc_text, CC_LATER, "answered later" },
    { netfn_text, NETFN_APP, "App" },
    { netfn_text, NETFN_STORAGE | 1, "Storage" },
    { netfn_text, 0x30, "Controller-specific OEM" },
    { netfn_text, 0x10, "reserved" },
    { privilege_text, PRIV_ADMIN, "Administrator" },
    { privilege_text, 9, "reserved" },
};

START_TEST(has_a_word_for_every_number)
{
    ck_assert_str_eq(cases[_i].text(cases[_i].code), cases[_i].want);
}
END_TEST

START_TEST(never_gives_null)
{
    for (unsigned n = 0; n < 0x200; n++) {
        ck_assert_ptr_nonnull(cc_text(n));
        ck_assert_ptr_nonnull(netfn_text(n));
        ck_assert_ptr_nonnull(privilege_text(n));
    }
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("codes", &tc);

    tcase_add_loop_test(tc, has_a_word_for_every_number, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tc, never_gives_null);
    return run_suite(s);
}
