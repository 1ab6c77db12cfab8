#include "sim/mc/oem_rules.h"

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define NETFN_VENDOR 0x30
#define GET_MESSAGE_FLAGS 0x31      /* both: not in a session */
#define READ_EVENT_BUFFER 0x35
#define OTHER_IANA 0x001234u
#define OTHER_OCTETS 0x34, 0x12, 0x00

static struct mcworld w;

/* What stands behind: a command of a profile's. */
static enum ipmi_cc
says_one(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    wr_u8(rs, 1);
    return CC_OK;
}

static enum ipmi_cc
passes_on(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return mc_pass(mc, rq, rs);
}

static const struct command profile_rows[] = {
    { NETFN_VENDOR, 0x02, "Says One", NEEDS_ADMIN, 0, 1, GROUP_OEM_CMDS, says_one, "" },
    { NETFN_APP, GET_MESSAGE_FLAGS, "Passes On", NEEDS_SYSTEM, 0, LEN_ANY, GROUP_OEM_CMDS,
      passes_on, "" },
};
static const struct command_table profile_table = { "one", profile_rows, 2, 0 };
static const struct command_table *const profile_tables[] = { &profile_table };
static const struct oem_profile profile = {
    .name = "one", .what = "", .tables = profile_tables, .table_count = 1,
};

/* One more controller; it outlives the test. */
static struct machine_mc satellite;

static void
end(void)
{
    mcworld_end(&w);
}

static const uint16_t one_any[] = { 0x01, MACHINE_RULE_ANY };
static const uint16_t two[] = { 0x02 };
static const uint16_t echo[] = { 0xaa, MACHINE_RULE_ECHO | 1, MACHINE_RULE_ECHO | 7,
                                 MACHINE_RULE_ECHO_FROM | 2 };
static const uint16_t word[] = { 0xbb };

static const struct machine_rule rules[] = {
    { .netfn = NETFN_VENDOR, .cmd = 0x02, .needs = NEEDS_OPERATOR, .pattern = one_any,
      .pattern_len = 2, .open = true, .answer = echo, .answer_len = 4 },
    { .netfn = NETFN_OEM, .cmd = 0x10, .id = OTHER_IANA, .needs = NEEDS_USER, .open = true,
      .answer = word, .answer_len = 1, .after_ms = 100 },
    { .netfn = NETFN_VENDOR, .cmd = 0x02, .needs = NEEDS_OPERATOR, .pattern = two,
      .pattern_len = 1, .cc = 0x80, .answer = word, .answer_len = 1 },
    { .netfn = NETFN_VENDOR, .cmd = 0x02, .needs = NEEDS_OPERATOR, .pattern = one_any,
      .pattern_len = 1, .does = RULE_IS_SILENT },
    { .netfn = NETFN_VENDOR, .cmd = 0x02, .needs = NEEDS_OPERATOR, .does = RULE_PASSES },
    { .netfn = NETFN_APP, .cmd = GET_MESSAGE_FLAGS, .needs = NEEDS_OPERATOR, .says_needs = true,
      .open = true, .does = RULE_PASSES },
    { .netfn = NETFN_APP, .cmd = READ_EVENT_BUFFER, .needs = NEEDS_OPERATOR, .open = true,
      .does = RULE_PASSES },
};

static void
begin(void)
{
    mcworld_describe(&w);
    w.machine.rules = rules;
    w.machine.rule_count = sizeof rules / sizeof rules[0];
    w.machine.profiles[0] = &profile;
    mcworld_begin(&w);
}

START_TEST(carries_out_the_first_rule_that_fits)
{
    ck_answer(ask(&w, NETFN_VENDOR, 0x02, 1, 5, 6, 7), CC_OK, 0xaa, 5, 0, 6, 7);
    ck_answer(ask(&w, NETFN_VENDOR, 0x02, 1, 5), CC_OK, 0xaa, 5, 0);
    ck_answer(ask(&w, NETFN_VENDOR, 0x02, 2), 0x80, 0xbb);
    ck_assert(!ask(&w, NETFN_VENDOR, 0x02, 1)->came);
    ck_cc(ask(&w, NETFN_VENDOR, 0x02, 3), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_VENDOR, 0x02, 2, 2), CC_INVALID_FIELD);
}
END_TEST

START_TEST(passes_on_to_what_is_behind_a_rule)
{
    ck_answer(ask(&w, NETFN_VENDOR, 0x02), CC_OK, 1);
    mcworld_from_lan(&w, PRIV_OPERATOR);
    ck_cc(ask(&w, NETFN_VENDOR, 0x02), CC_PRIVILEGE);
    ck_cc(ask(&w, NETFN_VENDOR, 0x02, 2), 0x80);
    mcworld_from_lan(&w, PRIV_USER);
    ck_cc(ask(&w, NETFN_VENDOR, 0x02, 2), CC_PRIVILEGE);
}
END_TEST

START_TEST(opens_a_command_to_those_that_a_rule_names)
{
    mcworld_from_lan(&w, PRIV_OPERATOR);
    ck_answer(ask(&w, NETFN_APP, GET_MESSAGE_FLAGS), CC_OK, 0);
    ck_cc(ask(&w, NETFN_APP, GET_MESSAGE_FLAGS, 0), CC_LENGTH);
    ck_cc(ask(&w, NETFN_APP, READ_EVENT_BUFFER), CC_PRIVILEGE);
    mcworld_from_lan(&w, PRIV_USER);
    ck_cc(ask(&w, NETFN_APP, GET_MESSAGE_FLAGS), CC_PRIVILEGE);
}
END_TEST

START_TEST(answers_after_a_while)
{
    const struct answer *a = ask(&w, NETFN_OEM, 0x10, OTHER_OCTETS, 9);

    mcworld_run(&w, SPAN_MS(99));
    ck_assert(!a->came);
    mcworld_run(&w, SPAN_MS(1));
    ck_answer(a, CC_OK, OTHER_OCTETS, 0xbb);
}
END_TEST

START_TEST(has_bounds_for_late_answers)
{
    for (unsigned i = 0; i < 8; i++)
        ck_assert(!ask(&w, NETFN_OEM, 0x10, OTHER_OCTETS)->came);
    ck_cc(ask(&w, NETFN_OEM, 0x10, OTHER_OCTETS), CC_BUSY);
    mcworld_run(&w, SPAN_MS(100));
    ck_assert(!ask(&w, NETFN_OEM, 0x10, OTHER_OCTETS)->came);
}
END_TEST

START_TEST(forgets_late_answers_in_a_cold_reset)
{
    const struct answer *a = ask(&w, NETFN_OEM, 0x10, OTHER_OCTETS);

    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(!a->came);
}
END_TEST

START_TEST(shares_the_rules_of_a_machine)
{
    satellite = mcworld_satellite(0x82);
    satellite.rules = rules;
    satellite.rule_count = w.machine.rule_count;
    (void)mcworld_add(&w, &satellite);
    ck_answer(ask_of(&w, w.satellites[0], NETFN_VENDOR, 0x02, 2), 0x80, 0xbb);
    ck_answer(ask(&w, NETFN_VENDOR, 0x02, 2), 0x80, 0xbb);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("oem_rules", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, carries_out_the_first_rule_that_fits);
    tcase_add_test(t, passes_on_to_what_is_behind_a_rule);
    tcase_add_test(t, opens_a_command_to_those_that_a_rule_names);
    tcase_add_test(t, answers_after_a_while);
    tcase_add_test(t, has_bounds_for_late_answers);
    tcase_add_test(t, forgets_late_answers_in_a_cold_reset);
    tcase_add_test(t, shares_the_rules_of_a_machine);
    return run_suite(s);
}
