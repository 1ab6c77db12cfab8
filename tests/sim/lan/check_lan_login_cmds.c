#include "tests/lib/byhand.h"
#include "tests/lib/run.h"

static struct lanpair pair;
static struct byhand b;
static uint8_t challenge[16];

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

static void
challenge_md5(void)
{
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, LANPAIR_USER, challenge), 0);
}

/* ---- Get Session Challenge ---- */

START_TEST(challenges_known_users_only)
{
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, "nobody", challenge), 0x81);
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, "", challenge), 0x82);
    pair.users[0].enabled = true;
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, "", challenge), 0);
    pair.users[1].enabled = false;      /* or locked out */
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, LANPAIR_USER, challenge), 0x81);
    pair.users[1].enabled = true;
    pair.users[1].messaging = false;
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, LANPAIR_USER, challenge), 0x81);
}
END_TEST

START_TEST(challenges_nobody_with_a_password_of_20_octets)
{
    pair.users[1].password_is_20 = true;
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, LANPAIR_USER, challenge), 0x81);
}
END_TEST

START_TEST(challenges_for_enabled_types_only)
{
    pair.config.auth_support = AUTH_BIT_MD5 | AUTH_BIT_MD2;
    memset(pair.config.auth_enables, AUTH_BIT_MD5 | AUTH_BIT_STRAIGHT, 5);
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, LANPAIR_USER, challenge), 0);
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD2, LANPAIR_USER, challenge),
                     CC_INVALID_FIELD);
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_STRAIGHT, LANPAIR_USER, challenge),
                     CC_INVALID_FIELD);
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_OEM, LANPAIR_USER, challenge),
                     CC_INVALID_FIELD);
}
END_TEST

START_TEST(never_challenges_twice_alike)
{
    uint8_t other[16];
    uint32_t sid;

    challenge_md5();
    sid = b.sid;
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, LANPAIR_USER, other), 0);
    ck_assert_mem_ne(challenge, other, 16);
    ck_assert_uint_ne(sid, b.sid);
}
END_TEST

/* ---- Activate Session ---- */

START_TEST(grants_what_is_asked_within_the_limits)
{
    struct bytes data;
    struct lan_session_info info;

    challenge_md5();
    ck_assert_int_eq(byhand15_activate(&b, PRIV_OPERATOR, challenge, 9), 0);
    byhand15_cc(&b, NULL, &data);
    ck_assert_uint_eq(data.at[0], AUTH_MD5);
    ck_assert_uint_eq(data.at[9], PRIV_OPERATOR);
    ck_assert_uint_ne(b.seq, 0);
    ck_assert(lan_session_by_id(pair.lan, b.sid, &info));
    ck_assert_uint_eq(info.limit, PRIV_OPERATOR);
    ck_assert_uint_eq(info.privilege, PRIV_USER);
    ck_assert(!info.rmcpp && info.authenticated && !info.encrypted);
    challenge_md5();
    ck_assert_int_eq(byhand15_activate(&b, PRIV_CALLBACK, challenge, 9), 0);
    ck_assert(lan_session_by_id(pair.lan, b.sid, &info));
    ck_assert_uint_eq(info.privilege, PRIV_CALLBACK);
}
END_TEST

START_TEST(refuses_more_privilege_than_there_is)
{
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, "operator", challenge), 0);
    ck_assert_int_eq(byhand15_activate(&b, PRIV_ADMIN, challenge, 9), 0x86);
    ck_assert_int_eq(byhand15_activate(&b, PRIV_OPERATOR, challenge, 9), 0);
    pair.channel.volatile_access.limit = PRIV_USER;
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, "operator", challenge), 0);
    ck_assert_int_eq(byhand15_activate(&b, PRIV_OPERATOR, challenge, 9), 0x86);
    ck_assert_int_eq(byhand15_activate(&b, PRIV_USER, challenge, 9), 0);
    pair.users[3].limit = PRIV_NO_ACCESS;
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, "operator", challenge), 0);
    ck_assert_int_eq(byhand15_activate(&b, PRIV_USER, challenge, 9), 0x86);
}
END_TEST

START_TEST(refuses_fields_that_cannot_be)
{
    uint8_t wrong[16] = { 0 };

    challenge_md5();
    ck_assert_int_eq(byhand15_activate(&b, PRIV_NONE, challenge, 9), CC_INVALID_FIELD);
    ck_assert_int_eq(byhand15_activate(&b, 6, challenge, 9), CC_INVALID_FIELD);
    ck_assert_int_eq(byhand15_activate(&b, PRIV_USER, wrong, 9), CC_INVALID_FIELD);
    ck_assert_int_eq(byhand15_activate(&b, PRIV_USER, challenge, 0), 0x84);
    ck_assert_int_eq(byhand15_activate(&b, PRIV_USER, challenge, 9), 0);
}
END_TEST

START_TEST(looks_at_no_challenge_without_a_hash)
{
    uint8_t zeroes[16] = { 0 };

    ck_assert_int_eq(byhand15_challenge(&b, AUTH_STRAIGHT, LANPAIR_USER, challenge), 0);
    ck_assert_int_eq(byhand15_activate(&b, PRIV_USER, zeroes, 9), 0);
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_NONE, LANPAIR_USER, challenge), 0);
    ck_assert_int_eq(byhand15_activate(&b, PRIV_USER, zeroes, 9), 0);
}
END_TEST

START_TEST(asks_for_the_type_that_the_level_needs)
{
    pair.config.auth_enables[PRIV_ADMIN - 1] = AUTH_BIT_MD5;
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_STRAIGHT, LANPAIR_USER, challenge), 0);
    ck_assert_int_eq(byhand15_activate(&b, PRIV_ADMIN, challenge, 9), CC_INVALID_FIELD);
    ck_assert_int_eq(byhand15_activate(&b, PRIV_OPERATOR, challenge, 9), 0);
}
END_TEST

START_TEST(counts_sessions)
{
    pair.users[1].max_sessions = 1;
    byhand15_login(&b, AUTH_MD5);
    challenge_md5();
    ck_assert_int_eq(byhand15_activate(&b, PRIV_USER, challenge, 9), 0x82);
    pair.config.sessions_max = 1;
    ck_assert_int_eq(byhand15_activate(&b, PRIV_USER, challenge, 9), 0x81);
    ck_assert_uint_eq(lan_session_count(pair.lan), 1);
}
END_TEST

START_TEST(refuses_activation_outside_a_session)
{
    static const uint8_t rq[22] = { AUTH_NONE, PRIV_USER };

    byhand15_make(&b, AUTH_NONE, 0, 0, NETFN_APP, 0x3a, bytes_of(rq, sizeof rq));
    ck_assert_int_eq(byhand_say_packet(&b), DROP_NONE);
    ck_assert_int_eq(byhand15_cc(&b, NULL, NULL), 0x85);
}
END_TEST

START_TEST(reports_a_wrong_code_and_says_nothing)
{
    challenge_md5();
    b.password[0] ^= 1;
    for (unsigned i = 1; i < 4; i++) {
        ck_assert_int_eq(byhand15_activate(&b, PRIV_USER, challenge, 9), -1);
        ck_assert_uint_eq(lan_stats(pair.lan)->dropped[DROP_AUTHCODE], i);
        ck_assert_uint_eq(pair.bad_passwords, i);
    }
    b.password[0] ^= 1;
    ck_assert_int_eq(byhand15_activate(&b, PRIV_USER, challenge, 9), 0);
    ck_assert_uint_eq(pair.logins, 1);
}
END_TEST

START_TEST(takes_nothing_but_activation_in_a_pending_session)
{
    challenge_md5();
    byhand15_make(&b, AUTH_MD5, b.sid, 0, NETFN_APP, 0x01, bytes_of(NULL, 0));
    ck_assert_int_eq(byhand_say_packet(&b), DROP_SESSION_STATE);
    byhand15_make(&b, AUTH_MD5, b.sid, 1, NETFN_APP, 0x3a, bytes_of(NULL, 0));
    ck_assert_int_eq(byhand_say_packet(&b), DROP_SESSION_STATE);
    byhand15_make(&b, AUTH_STRAIGHT, b.sid, 0, NETFN_APP, 0x3a, bytes_of(NULL, 0));
    ck_assert_int_eq(byhand_say_packet(&b), DROP_AUTHTYPE);
}
END_TEST

START_TEST(answers_a_repeated_activation_alike)
{
    uint8_t first[OUTBOX_DATAGRAM_MAX];

    challenge_md5();
    ck_assert_int_eq(byhand15_activate(&b, PRIV_ADMIN, challenge, 0x55), 0);
    memcpy(first, b.reply, b.reply_len);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(byhand_say_packet(&b), DROP_NONE);
        ck_assert_mem_eq(b.reply, first, b.reply_len);
    }
    ck_assert_uint_eq(pair.logins, 1);
    ck_assert_uint_eq(lan_session_count(pair.lan), 1);
}
END_TEST

START_TEST(takes_no_late_activation_once_the_session_is_in_use)
{
    uint8_t late[OUTBOX_DATAGRAM_MAX];
    size_t len;

    challenge_md5();
    ck_assert_int_eq(byhand15_activate(&b, PRIV_ADMIN, challenge, 0x55), 0);
    memcpy(late, b.packet, b.packet_len);
    len = b.packet_len;
    byhand15_send(&b, NETFN_APP, 0x01, bytes_of(NULL, 0));
    ck_assert_int_eq(byhand_say(&b, bytes_of(late, len)), DROP_SEQUENCE);
}
END_TEST

START_TEST(numbers_anew_when_an_open_session_is_activated_again)
{
    uint8_t rq[22] = { AUTH_MD5, PRIV_ADMIN };
    struct lan15 wrap;
    struct bytes data;
    uint32_t seq;

    challenge_md5();
    ck_assert_int_eq(byhand15_activate(&b, PRIV_ADMIN, challenge, 0x55), 0);
    byhand15_send(&b, NETFN_APP, 0x01, bytes_of(NULL, 0));
    memcpy(rq + 2, challenge, 16);
    rq[19] = 0x70;
    seq = b.seq;
    ck_assert_int_eq(byhand15_send(&b, NETFN_APP, 0x3a, bytes_of(rq, 22)), DROP_NONE);
    ck_assert_int_eq(byhand15_cc(&b, &wrap, &data), CC_OK);
    ck_assert_uint_eq(wrap.seq, 0x7000);
    ck_assert_uint_eq(data.at[5], (seq + 1) & 0xff);
    byhand15_send(&b, NETFN_APP, 0x01, bytes_of(NULL, 0));
    byhand15_cc(&b, &wrap, NULL);
    ck_assert_uint_eq(wrap.seq, 0x7001);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("lan_login_cmds", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, challenges_known_users_only);
    tcase_add_test(tc, challenges_nobody_with_a_password_of_20_octets);
    tcase_add_test(tc, challenges_for_enabled_types_only);
    tcase_add_test(tc, never_challenges_twice_alike);
    tcase_add_test(tc, grants_what_is_asked_within_the_limits);
    tcase_add_test(tc, refuses_more_privilege_than_there_is);
    tcase_add_test(tc, refuses_fields_that_cannot_be);
    tcase_add_test(tc, looks_at_no_challenge_without_a_hash);
    tcase_add_test(tc, asks_for_the_type_that_the_level_needs);
    tcase_add_test(tc, counts_sessions);
    tcase_add_test(tc, refuses_activation_outside_a_session);
    tcase_add_test(tc, reports_a_wrong_code_and_says_nothing);
    tcase_add_test(tc, takes_nothing_but_activation_in_a_pending_session);
    tcase_add_test(tc, answers_a_repeated_activation_alike);
    tcase_add_test(tc, takes_no_late_activation_once_the_session_is_in_use);
    tcase_add_test(tc, numbers_anew_when_an_open_session_is_activated_again);
    return run_suite(s);
}
