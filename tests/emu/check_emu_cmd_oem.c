#include <stdio.h>
#include <string.h>

#include "sim/ipmi/command.h"
#include "sim/oem/profiles.h"
#include "tests/emu/files.h"
#include "tests/lib/run.h"

#define BMC "mc_add 0x20 0x21 no-device-sdrs 0 1 0 0x9f 0 0\n"
#define ON "mc_enable 0x20\n"
#define TEXT_MAX 8192

static struct description **
load(const char *text, size_t *n, const char **all)
{
    static char whole[TEXT_MAX + sizeof BMC ON];
    const struct file files[] = { { "m.conf", "name \"m\"\n" }, { "m.emu", whole },
                                  { NULL, NULL } };

    (void)snprintf(whole, sizeof whole, BMC "%s" ON, text);
    return files_load(files, 2, n, all);
}

static const struct machine_mc *
bmc(struct description **all)
{
    return description_find_mc(all[0], 0x20);
}

static void
ck_octets(const uint16_t *have, size_t have_len, const uint16_t *want, size_t want_len)
{
    ck_assert_uint_eq(have_len, want_len);
    if (want_len)
        ck_assert_mem_eq(have, want, want_len * sizeof *want);
}

/* ---- rules ---- */

#define OCTETS(...) (const uint16_t[]){ __VA_ARGS__ }, \
                    sizeof((const uint16_t[]){ __VA_ARGS__ }) / sizeof(uint16_t)

static const struct {
    const char *text;
    struct machine_rule want;
} rules[] = {
    { "0x30 0x01 answer 00",
      { .netfn = 0x30, .cmd = 1, .needs = NEEDS_USER, .open = true } },
    { "0x30 0x01 any silent",
      { .netfn = 0x30, .cmd = 1, .needs = NEEDS_NOTHING, .says_needs = true, .open = true,
        .does = RULE_IS_SILENT } },
    { "0x06 0x01 system pass  # as ever",
      { .netfn = 0x06, .cmd = 1, .needs = NEEDS_SYSTEM, .says_needs = true, .open = true,
        .does = RULE_PASSES } },
    { "0x30 0x01 data answer 00",
      { .netfn = 0x30, .cmd = 1, .needs = NEEDS_USER } },
    { "0x30 0x01 data * answer c9",
      { .netfn = 0x30, .cmd = 1, .needs = NEEDS_USER, .open = true, .cc = 0xc9 } },
    { "0x2e 0x01 iana 674 admin answer 0x80",
      { .netfn = 0x2e, .cmd = 1, .id = 674, .needs = NEEDS_ADMIN, .says_needs = true,
        .open = true, .cc = 0x80 } },
    { "0x2e 0x01 answer 00",
      { .netfn = 0x2e, .cmd = 1, .id = COMMAND_NO_IANA, .needs = NEEDS_USER, .open = true } },
    { "0x2c 0x01 operator group 0x52 after 250 answer 00",
      { .netfn = 0x2c, .cmd = 1, .id = 0x52, .needs = NEEDS_OPERATOR, .says_needs = true,
        .open = true, .after_ms = 250 } },
};

START_TEST(reads_rules)
{
    const struct machine_rule *want = &rules[_i].want;
    const struct machine_rule *have;
    struct description **all;
    char text[256];
    size_t n;

    (void)snprintf(text, sizeof text, "oem_command 0x20 %s\n", rules[_i].text);
    all = load(text, &n, NULL);
    ck_assert_uint_eq(bmc(all)->rule_count, 1);
    have = bmc(all)->rules;
    ck_assert_uint_eq(have->netfn, want->netfn);
    ck_assert_uint_eq(have->cmd, want->cmd);
    ck_assert_uint_eq(have->id, want->id);
    ck_assert_uint_eq(have->needs, want->needs);
    ck_assert_uint_eq(have->says_needs, want->says_needs);
    ck_assert_uint_eq(have->does, want->does);
    ck_assert_uint_eq(have->open, want->open);
    ck_assert_uint_eq(have->cc, want->cc);
    ck_assert_uint_eq(have->after_ms, want->after_ms);
    ck_assert_uint_eq(have->pattern_len, 0);
    ck_assert_uint_eq(have->answer_len, 0);
    files_free(all, n);
}
END_TEST

START_TEST(reads_octets_in_hexadecimal)
{
    size_t n;
    struct description **all =
        load("oem_command 0x20 0x30 0x01 data 1 .. 0xAb 10 * answer 0 10 @1 @12 @3.. fF\n", &n,
             NULL);
    const struct machine_rule *r = bmc(all)->rules;

    ck_octets(r->pattern, r->pattern_len, OCTETS(1, MACHINE_RULE_ANY, 0xab, 0x10));
    ck_assert(r->open);
    ck_octets(r->answer, r->answer_len,
              OCTETS(0x10, MACHINE_RULE_ECHO | 0, MACHINE_RULE_ECHO | 11,
                     MACHINE_RULE_ECHO_FROM | 2, 0xff));
    files_free(all, n);
}
END_TEST

START_TEST(keeps_rules_in_their_order_and_privilege)
{
    size_t n;
    struct description **all = load("oem_command 0x20 0x30 0x01 admin data 1 answer 81\n"
                                    "oem_command 0x20 0x30 0x02 answer 82\n"
                                    "oem_command 0x20 0x30 0x01 admin data 2 answer 83\n"
                                    "oem_command 0x20 0x30 0x01 answer 84\n", &n, NULL);
    const struct machine_mc *mc = bmc(all);

    ck_assert_uint_eq(mc->rule_count, 4);
    for (unsigned i = 0; i < 4; i++)
        ck_assert_uint_eq(mc->rules[i].cc, 0x81 + i);
    ck_assert_uint_eq(mc->rules[1].needs, NEEDS_USER);
    ck_assert_uint_eq(mc->rules[3].needs, NEEDS_ADMIN);
    ck_assert(!mc->rules[1].says_needs);
    ck_assert(mc->rules[3].says_needs);
    files_free(all, n);
}
END_TEST

static const struct {
    const char *text;
    const char *want;
} wrong[] = {
    { "oem_command 0x20 0x31 1 answer 00",
      "m.emu:2:18: found 0x31, the network function of an answer; expected an even one" },
    { "oem_command 0x20 0x40 1 answer 00",
      "m.emu:2:18: found \"0x40\"; expected the network function, 0 to 62" },
    { "oem_command 0x20 0x30 1",
      "m.emu:2:24: found the end of the line; expected iana, group, a privilege, data, after; "
      "and answer, pass or silent" },
    { "oem_command 0x20 0x30 1 root answer 00",
      "m.emu:2:25: found \"root\"; expected iana, group, a privilege" },
    { "oem_command 0x20 0x30 1 answer",
      "m.emu:2:31: found the end of the line; expected the completion code, two hexadecimal" },
    { "oem_command 0x20 0x30 1 answer 100",
      "m.emu:2:32: found \"100\"; expected the completion code" },
    { "oem_command 0x20 0x30 1 answer 00 xy",
      "m.emu:2:35: found \"xy\"; expected an octet, two hexadecimal digits, or @N" },
    { "oem_command 0x20 0x30 1 answer 00 @0",
      "m.emu:2:35: found \"@0\"; expected an octet" },
    { "oem_command 0x20 0x30 1 answer 00 @201",
      "m.emu:2:35: found \"@201\"; expected an octet" },
    { "oem_command 0x20 0x30 1 data @1 answer 00",
      "m.emu:2:30: found \"@1\"; expected an octet, two hexadecimal digits, .. or *" },
    { "oem_command 0x20 0x30 1 data * 01 answer 00",
      "m.emu:2:32: found \"01\"; expected after, answer, pass or silent" },
    { "oem_command 0x20 0x30 1 data 01 data 02 answer 00",
      "m.emu:2:33: found \"data\"; expected an octet" },
    { "oem_command 0x20 0x30 1 user admin answer 00",
      "m.emu:2:30: found \"admin\"; expected it once" },
    { "oem_command 0x20 0x30 1 after 600001 answer 00",
      "m.emu:2:31: found \"600001\"; expected the milliseconds, 0 to 600000" },
    { "oem_command 0x20 0x30 1 after 5 pass",
      "m.emu:2:33: found \"pass\"; expected answer, which alone can come after a while" },
    { "oem_command 0x20 0x30 1 silent 00",
      "m.emu:2:32: found \"00\"; expected the end of the command" },
    { "oem_command 0x20 0x2c 1 answer 00",
      "m.emu:2:18: found network function 0x2c; expected group NUMBER with it" },
    { "oem_command 0x20 0x2c 1 iana 5 answer 00",
      "m.emu:2:18: found network function 0x2c; expected group NUMBER with it" },
    { "oem_command 0x20 0x2e 1 group 5 answer 00",
      "m.emu:2:18: found network function 0x2e; expected iana NUMBER with it, or nothing" },
    { "oem_command 0x20 0x30 1 iana 5 answer 00",
      "m.emu:2:18: found network function 0x30; expected neither iana nor group with it" },
    { "oem_command 0x20 0x2e 1 iana 0x1000000 answer 00",
      "m.emu:2:30: found \"0x1000000\"; expected the manufacturer's number, 0 to 16777215" },
    { "oem_command 0x20 0x30 1 user answer 00\noem_command 0x20 0x30 1 admin answer 00",
      "m.emu:3:25: found \"admin\"; expected the privilege of the command's first rule, or none" },
    { "oem_profile 0x20", "m.emu:2:17: found the end of the line; expected a profile: " },
    { "oem_profile 0x20 nobody", "m.emu:2:18: found \"nobody\"; expected a profile: " },
};

START_TEST(says_what_is_wrong)
{
    const char *all;
    size_t n;
    struct description **d;
    char text[256];

    (void)snprintf(text, sizeof text, "%s\n", wrong[_i].text);
    d = load(text, &n, &all);
    ck_assert_msg(strstr(all, wrong[_i].want) != NULL, "%s: expected %s", all, wrong[_i].want);
    if (d != NULL)
        files_free(d, n);
}
END_TEST

START_TEST(has_bounds)
{
    static char text[TEXT_MAX];
    const char *all;
    size_t n, len = 0;
    struct description **d;

    len += (size_t)snprintf(text, sizeof text, "oem_command 0x20 0x30 1 data");
    for (unsigned i = 0; i <= MACHINE_RULE_OCTETS_MAX; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, " 11");
    (void)snprintf(text + len, sizeof text - len, " answer 00\n");
    d = load(text, &n, &all);
    ck_assert_msg(strstr(all, "found \"11\"; expected at most 200 octets") != NULL, "%s", all);
    if (d != NULL)
        files_free(d, n);
}
END_TEST

/* ---- profiles ---- */

START_TEST(names_profiles)
{
    const struct oem_profile *first = oem_profile_nth(0), *second = oem_profile_nth(1);
    struct description **all;
    const char *said;
    char text[256];
    size_t n;

    if (second == NULL)
        return;
    (void)snprintf(text, sizeof text, "oem_profile 0x20 %s %s  # two\n", second->name,
                   first->name);
    all = load(text, &n, NULL);
    ck_assert_ptr_eq(bmc(all)->profiles[0], second);
    ck_assert_ptr_eq(bmc(all)->profiles[1], first);
    ck_assert_ptr_null(bmc(all)->profiles[2]);
    files_free(all, n);
    (void)snprintf(text, sizeof text, "oem_profile 0x20 %s\noem_profile 0x20 %s\n", first->name,
                   first->name);
    all = load(text, &n, &said);
    ck_assert_msg(strstr(said, "m.emu:3:18: found") != NULL &&
                      strstr(said, "expected each profile once") != NULL, "%s", said);
    if (all != NULL)
        files_free(all, n);
}
END_TEST

START_TEST(lists_the_profiles_there_are)
{
    const struct oem_profile *profile;
    struct description **d;
    const char *all;
    size_t n;

    d = load("oem_profile 0x20 nobody\n", &n, &all);
    for (size_t i = 0; (profile = oem_profile_nth(i)) != NULL; i++)
        ck_assert_msg(strstr(all, profile->name) != NULL, "%s: no %s", all, profile->name);
    if (d != NULL)
        files_free(d, n);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("emu_cmd_oem", &t);

    tcase_add_loop_test(t, reads_rules, 0, (int)(sizeof rules / sizeof rules[0]));
    tcase_add_test(t, reads_octets_in_hexadecimal);
    tcase_add_test(t, keeps_rules_in_their_order_and_privilege);
    tcase_add_loop_test(t, says_what_is_wrong, 0, (int)(sizeof wrong / sizeof wrong[0]));
    tcase_add_test(t, has_bounds);
    tcase_add_test(t, names_profiles);
    tcase_add_test(t, lists_the_profiles_there_are);
    return run_suite(s);
}
