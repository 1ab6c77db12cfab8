#include "sim/base/hex.h"
#include "tests/lib/byhand.h"
#include "tests/lib/run.h"

static struct lanpair pair;
static struct byhand b;

static void
begin(void)
{
    lanpair_begin(&pair, 1);
    byhand_begin(&b, &pair);
}

static void
end(void)
{
    byhand_end(&b);
    lanpair_end(&pair);
}

/* Ask outside a session; the answer's data. */
static int
ask(uint8_t cmd, const char *digits, struct bytes *data)
{
    uint8_t rq[8];
    size_t len = strlen(digits) / 2;

    ck_assert(hex_read(digits, rq, len));
    byhand15_make(&b, AUTH_NONE, 0, 0, NETFN_APP, cmd, bytes_of(rq, len));
    ck_assert_int_eq(byhand_say_packet(&b), DROP_NONE);
    return byhand15_cc(&b, NULL, data);
}

static void
assert_answer(uint8_t cmd, const char *rq, const char *want)
{
    struct bytes data;
    char text[64];

    ck_assert_int_eq(ask(cmd, rq, &data), CC_OK);
    ck_assert_str_eq(hex_print(data, text, sizeof text), want);
}

/* ---- Get Channel Authentication Capabilities ---- */

#define CAPS 0x38

START_TEST(tells_types_and_users)
{
    assert_answer(CAPS, "0e04", "0117040000000000");
    assert_answer(CAPS, "8e04", "0197040300000000");
    assert_answer(CAPS, "0104", "0117040000000000");
}
END_TEST

START_TEST(tells_the_types_of_the_level_asked_for)
{
    pair.config.auth_support = AUTH_BIT_MD5 | AUTH_BIT_STRAIGHT | AUTH_BIT_NONE;
    pair.config.auth_enables[PRIV_USER - 1] = AUTH_BIT_NONE | AUTH_BIT_MD2;
    pair.config.auth_enables[PRIV_ADMIN - 1] = AUTH_BIT_MD5 | AUTH_BIT_OEM;
    pair.config.auth_enables[PRIV_OEM - 1] = 0;
    assert_answer(CAPS, "0e02", "0101040000000000");
    assert_answer(CAPS, "0e04", "0104040000000000");
    assert_answer(CAPS, "8e05", "0180040200000000");   /* no IPMI 1.5 */
}
END_TEST

START_TEST(tells_what_is_switched_off)
{
    pair.channel.volatile_access.per_message_disabled = true;
    assert_answer(CAPS, "0e04", "0117140000000000");
    pair.channel.volatile_access.user_level_disabled = true;
    assert_answer(CAPS, "0e04", "01171c0000000000");
}
END_TEST

START_TEST(tells_of_null_users)
{
    pair.users[0].enabled = true;
    assert_answer(CAPS, "0e04", "0117060000000000");
    memset(pair.users[0].password, 0, sizeof pair.users[0].password);
    assert_answer(CAPS, "0e04", "0117050000000000");
    for (int i = 1; i < LANPAIR_USERS; i++)
        pair.users[i].enabled = false;
    assert_answer(CAPS, "0e04", "0117010000000000");
}
END_TEST

START_TEST(tells_of_two_keys_in_rmcpp_only)
{
    pair.config.kg_set = true;
    assert_answer(CAPS, "0e04", "0117040000000000");
    assert_answer(CAPS, "8e04", "0197240300000000");
}
END_TEST

START_TEST(answers_as_ipmi_15_does_without_rmcpp)
{
    pair.config.rmcpp = false;
    pair.config.oem_iana = 0x123456;
    pair.config.oem_aux = 0x78;
    assert_answer(CAPS, "8e04", "0117040056341278");
}
END_TEST

START_TEST(refuses_levels_that_are_none)
{
    ck_assert_int_eq(ask(CAPS, "0e00", NULL), CC_INVALID_FIELD);
    ck_assert_int_eq(ask(CAPS, "0e06", NULL), CC_INVALID_FIELD);
}
END_TEST

/* ---- Get Channel Cipher Suites ---- */

#define SUITES 0x54

START_TEST(lists_suites_16_octets_at_a_time)
{
    assert_answer(SUITES, "0e0080", "01" "c000004080" "c001014080" "c002014180" "c0");
    assert_answer(SUITES, "0e0181", "01" "03014181" "c004014182" "c005014183" "c006");
    assert_answer(SUITES, "0e0085", "01" "c010034480" "c011034481");
    assert_answer(SUITES, "0e0086", "01");
    assert_answer(SUITES, "0e00bf", "01");
}
END_TEST

START_TEST(lists_algorithms)
{
    assert_answer(SUITES, "0e0000", "01" "00010203" "4041424344" "80818283");
    pair.config.suite_id[0] = 3;
    pair.config.suites = 1;
    assert_answer(SUITES, "0e0000", "01" "01" "41" "81");
    assert_answer(SUITES, "0e0001", "01");
}
END_TEST

START_TEST(lists_what_is_on_offer_in_the_order_of_the_configuration)
{
    pair.config.suite_id[0] = 17;
    pair.config.suite_id[1] = 12;
    pair.config.suite_id[2] = 3;
    pair.config.suites = 3;
    pair.config.suite_limit[1] = 0;
    assert_answer(SUITES, "0e0080", "01" "c011034481" "c003014181");
}
END_TEST

START_TEST(ends_a_list_of_full_pages_with_an_empty_one)
{
    pair.config.suites = 16;      /* 80 octets */
    assert_answer(SUITES, "0e0084", "01" "81" "c00d024382" "c00e024383" "c00f034080");
    assert_answer(SUITES, "0e0085", "01");
}
END_TEST

START_TEST(lists_nothing_for_other_payloads_or_without_rmcpp)
{
    ck_assert_int_eq(ask(SUITES, "0e0280", NULL), CC_INVALID_FIELD);
    pair.config.rmcpp = false;
    ck_assert_int_eq(ask(SUITES, "0e0080", NULL), CC_INVALID_COMMAND);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("lan_caps_cmds", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, tells_types_and_users);
    tcase_add_test(tc, tells_the_types_of_the_level_asked_for);
    tcase_add_test(tc, tells_what_is_switched_off);
    tcase_add_test(tc, tells_of_null_users);
    tcase_add_test(tc, tells_of_two_keys_in_rmcpp_only);
    tcase_add_test(tc, answers_as_ipmi_15_does_without_rmcpp);
    tcase_add_test(tc, refuses_levels_that_are_none);
    tcase_add_test(tc, lists_suites_16_octets_at_a_time);
    tcase_add_test(tc, lists_algorithms);
    tcase_add_test(tc, lists_what_is_on_offer_in_the_order_of_the_configuration);
    tcase_add_test(tc, ends_a_list_of_full_pages_with_an_empty_one);
    tcase_add_test(tc, lists_nothing_for_other_payloads_or_without_rmcpp);
    return run_suite(s);
}
