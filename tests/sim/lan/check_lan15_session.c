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

static const struct bytes nothing;

static enum lan_drop
get_device_id(void)
{
    return byhand15_send(&b, NETFN_APP, 0x01, nothing);
}

/* ---- a session ---- */

static const uint8_t types[] = { AUTH_NONE, AUTH_MD2, AUTH_MD5, AUTH_STRAIGHT };

START_TEST(serves_sessions_of_every_type)
{
    struct lan15 wrap;
    struct bytes data;

    byhand15_login(&b, types[_i]);
    for (int i = 0; i < 20; i++) {
        ck_assert_int_eq(get_device_id(), DROP_NONE);
        ck_assert_int_eq(byhand15_cc(&b, &wrap, &data), CC_OK);
        ck_assert_uint_eq(wrap.auth_type, types[_i]);
        ck_assert_uint_eq(wrap.sid, b.sid);
        ck_assert_uint_eq(data.len, 11);
    }
    ck_assert_uint_eq(pair.logins, 1);
}
END_TEST

START_TEST(numbers_its_packets_from_the_announced_number_on)
{
    uint8_t challenge[16];
    struct lan15 wrap;

    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, LANPAIR_USER, challenge), 0);
    ck_assert_int_eq(byhand15_activate(&b, PRIV_ADMIN, challenge, 0xfffffffe), 0);
    byhand15_cc(&b, &wrap, NULL);
    ck_assert_uint_eq(wrap.seq, 0xfffffffe);
    for (uint32_t i = 0; i < 3; i++) {
        get_device_id();
        byhand15_cc(&b, &wrap, NULL);
        ck_assert_uint_eq(wrap.seq, 0xffffffff + i);
    }
}
END_TEST

/* ---- what a packet must be ---- */

static enum lan_drop
say(uint8_t auth_type, uint32_t sid, uint32_t seq)
{
    byhand15_make(&b, auth_type, sid, seq, NETFN_APP, 0x01, nothing);
    return byhand_say_packet(&b);
}

START_TEST(drops_what_does_not_belong)
{
    byhand15_login(&b, AUTH_MD5);
    ck_assert_int_eq(say(AUTH_MD5, b.sid ^ 0x80000000, b.seq), DROP_NO_SESSION);
    ck_assert_int_eq(say(AUTH_MD2, b.sid, b.seq), DROP_AUTHTYPE);
    ck_assert_int_eq(say(AUTH_NONE, b.sid, b.seq), DROP_AUTHTYPE);
    ck_assert_int_eq(say(AUTH_OEM, b.sid, b.seq), DROP_AUTHTYPE);
    ck_assert_int_eq(say(3, b.sid, b.seq), DROP_AUTHTYPE);
    ck_assert_int_eq(say(AUTH_MD5, 0, 0), DROP_AUTHTYPE);
    ck_assert_int_eq(say(AUTH_MD5, b.sid, 0), DROP_SESSION_STATE);
    byhand15_make(&b, AUTH_MD5, b.sid, b.seq, NETFN_APP, 0x01, nothing);
    b.packet[4 + 9] ^= 1;     /* first octet of the code */
    ck_assert_int_eq(byhand_say_packet(&b), DROP_AUTHCODE);
    b.packet[4 + 9] ^= 1;
    ck_assert_int_eq(byhand_say_packet(&b), DROP_NONE);
    ck_assert_uint_eq(pair.bad_passwords, 0);
}
END_TEST

START_TEST(accepts_a_number_once_and_within_eight)
{
    uint32_t first;

    byhand15_login(&b, AUTH_MD5);
    first = b.seq;
    ck_assert_int_eq(say(AUTH_MD5, b.sid, first), DROP_NONE);
    ck_assert_int_eq(say(AUTH_MD5, b.sid, first), DROP_SEQUENCE);
    ck_assert_int_eq(say(AUTH_MD5, b.sid, first + 9), DROP_SEQUENCE);
    ck_assert_int_eq(say(AUTH_MD5, b.sid, first + 8), DROP_NONE);
    ck_assert_int_eq(say(AUTH_MD5, b.sid, first + 1), DROP_NONE);
    ck_assert_int_eq(say(AUTH_MD5, b.sid, first + 1), DROP_SEQUENCE);
    ck_assert_int_eq(say(AUTH_MD5, b.sid, first - 1), DROP_SEQUENCE);
}
END_TEST

START_TEST(lets_no_forger_move_the_window)
{
    byhand15_login(&b, AUTH_MD5);
    byhand15_make(&b, AUTH_MD5, b.sid, b.seq + 7, NETFN_APP, 0x01, nothing);
    b.packet[b.packet_len - 1] ^= 0x55;
    ck_assert_int_eq(byhand_say_packet(&b), DROP_AUTHCODE);
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(get_device_id(), DROP_NONE);
}
END_TEST

START_TEST(judges_the_message_inside)
{
    ck_assert_int_eq(byhand_say_hex(&b, "0600ff07" "00" "00000000" "00000000" "09"
                                        "2018c88104388e04b2"), DROP_CHECKSUM);
    ck_assert_int_eq(byhand_say_hex(&b, "0600ff07" "00" "00000000" "00000000" "09"
                                        "2018c98104388e04b1"), DROP_CHECKSUM);
    ck_assert_int_eq(byhand_say_hex(&b, "0600ff07" "00" "00000000" "00000000" "06"
                                        "2018c8810438"), DROP_LENGTH);
    ck_assert_int_eq(byhand_say_hex(&b, "0600ff07" "00" "00000000" "00000000" "09"
                                        "8218668104388e04b1"), DROP_ADDRESS);
    ck_assert_int_eq(byhand_say_hex(&b, "0600ff07" "00" "00000000" "00000000" "08"
                                        "201cc4810401007a"), DROP_RESPONSE);
    ck_assert_int_eq(byhand_say_hex(&b, "0600ff07" "00" "00000000" "00000000"),
                     DROP_FORMAT);
    ck_assert_uint_eq(pair.requests, 0);
    ck_assert_int_eq(byhand_say_hex(&b, "0600ff07" "00" "00000000" "00000000" "09"
                                        "2018c88114388e04a1"), DROP_NONE);
    ck_assert_uint_eq(pair.requests, 1);
}
END_TEST

START_TEST(answers_under_the_askers_address_sequence_and_luns)
{
    static const uint8_t want[] = { 0x81, 0xbf, 0xc0, 0x20, 0x08, 0x42, 0x00, 0x96 };

    /* rsLUN 0, rqLUN 3, rqSeq 2 */
    ck_assert_int_eq(byhand_say_hex(&b, "0600ff07" "00" "00000000" "00000000" "07"
                                        "20b828" "810b42" "32"), DROP_NONE);
    ck_assert_uint_eq(b.reply_len, 14 + sizeof want);
    ck_assert_mem_eq(b.reply + 14, want, sizeof want);
}
END_TEST

/* ---- authentication that is switched off ---- */

START_TEST(needs_no_codes_when_per_message_authentication_is_off)
{
    struct lan15 wrap;
    struct bytes data;
    uint8_t challenge[16];

    pair.channel.volatile_access.per_message_disabled = true;
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, LANPAIR_USER, challenge), 0);
    ck_assert_int_eq(byhand15_activate(&b, PRIV_ADMIN, challenge, 1), 0);
    byhand15_cc(&b, &wrap, &data);
    ck_assert_uint_eq(wrap.auth_type, AUTH_MD5);
    ck_assert_uint_eq(data.at[0], AUTH_NONE);
    ck_assert_int_eq(say(AUTH_NONE, b.sid, b.seq), DROP_NONE);
    ck_assert_int_eq(byhand15_cc(&b, &wrap, NULL), CC_OK);
    ck_assert_uint_eq(wrap.auth_type, AUTH_NONE);
    ck_assert_uint_eq(wrap.seq, 2);
    ck_assert_int_eq(say(AUTH_NONE, b.sid, b.seq), DROP_SEQUENCE);
    /* a code is checked where there is one */
    ck_assert_int_eq(say(AUTH_MD5, b.sid, b.seq + 1), DROP_NONE);
    byhand15_cc(&b, &wrap, NULL);
    ck_assert_uint_eq(wrap.auth_type, AUTH_MD5);
    b.password[0] ^= 1;
    ck_assert_int_eq(say(AUTH_MD5, b.sid, b.seq + 2), DROP_AUTHCODE);
}
END_TEST

START_TEST(needs_no_codes_for_user_commands_when_user_level_authentication_is_off)
{
    static const uint8_t level[] = { PRIV_ADMIN };
    static const uint8_t authcode[19] = { AUTH_MD5, 0x0e, 2 };

    pair.channel.volatile_access.user_level_disabled = true;
    byhand15_login(&b, AUTH_MD5);
    ck_assert_int_eq(say(AUTH_NONE, b.sid, b.seq), DROP_NONE);
    ck_assert_int_eq(byhand15_cc(&b, NULL, NULL), CC_OK);
    b.seq++;
    ck_assert_int_eq(byhand15_send(&b, NETFN_APP, 0x3b, bytes_of(level, 1)), DROP_NONE);
    ck_assert_int_eq(byhand15_cc(&b, NULL, NULL), CC_OK);
    /* Get AuthCode is an Operator's command */
    byhand15_make(&b, AUTH_NONE, b.sid, b.seq, NETFN_APP, 0x3f, bytes_of(authcode, 19));
    ck_assert_int_eq(byhand_say_packet(&b), DROP_NONE);
    ck_assert_int_eq(byhand15_cc(&b, NULL, NULL), CC_PRIVILEGE);
    byhand15_make(&b, AUTH_MD5, b.sid, b.seq + 1, NETFN_APP, 0x3f, bytes_of(authcode, 19));
    ck_assert_int_eq(byhand_say_packet(&b), DROP_NONE);
    ck_assert_int_eq(byhand15_cc(&b, NULL, NULL), CC_OK);
}
END_TEST

START_TEST(serves_a_session_on_with_the_password_it_was_opened_with)
{
    byhand15_login(&b, AUTH_MD5);
    memcpy(pair.users[1].password, "other", 5);
    ck_assert_int_eq(get_device_id(), DROP_NONE);
    ck_assert_int_eq(byhand15_cc(&b, NULL, NULL), CC_OK);
}
END_TEST

/* ---- how long an answer may be ---- */

START_TEST(says_so_when_an_answer_is_too_long_for_the_wrapper)
{
    static const uint8_t data[248];
    struct bytes got;

    byhand15_login(&b, AUTH_MD5);
    byhand15_send(&b, LANPAIR_ECHO_NETFN, LANPAIR_ECHO_CMD, bytes_of(data, 247));
    ck_assert_int_eq(byhand15_cc(&b, NULL, &got), CC_OK);
    ck_assert_uint_eq(got.len, 247);
    byhand15_send(&b, LANPAIR_ECHO_NETFN, LANPAIR_ECHO_CMD, bytes_of(data, 248));
    ck_assert_int_eq(byhand15_cc(&b, NULL, &got), CC_CANNOT_RETURN);
}
END_TEST

/* ---- access mode ---- */

START_TEST(keeps_sessions_out_of_a_disabled_channel)
{
    uint8_t challenge[16];

    byhand15_login(&b, AUTH_MD5);
    pair.channel.volatile_access.mode = ACCESS_DISABLED;
    ck_assert_int_eq(get_device_id(), DROP_CHANNEL_DISABLED);
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, LANPAIR_USER, challenge), -1);
    ck_assert_int_eq(byhand_say_hex(&b, "0600ff07" "00" "00000000" "00000000" "09"
                                        "2018c88114380e0421"), DROP_NONE);
    ck_assert_uint_eq(b.replies, 1);
    pair.channel.volatile_access.mode = ACCESS_SHARED;
    ck_assert_int_eq(byhand15_challenge(&b, AUTH_MD5, LANPAIR_USER, challenge), 0);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("lan15_session", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, serves_sessions_of_every_type, 0, sizeof types);
    tcase_add_test(tc, numbers_its_packets_from_the_announced_number_on);
    tcase_add_test(tc, drops_what_does_not_belong);
    tcase_add_test(tc, accepts_a_number_once_and_within_eight);
    tcase_add_test(tc, lets_no_forger_move_the_window);
    tcase_add_test(tc, judges_the_message_inside);
    tcase_add_test(tc, answers_under_the_askers_address_sequence_and_luns);
    tcase_add_test(tc, needs_no_codes_when_per_message_authentication_is_off);
    tcase_add_test(tc, needs_no_codes_for_user_commands_when_user_level_authentication_is_off);
    tcase_add_test(tc, serves_a_session_on_with_the_password_it_was_opened_with);
    tcase_add_test(tc, says_so_when_an_answer_is_too_long_for_the_wrapper);
    tcase_add_test(tc, keeps_sessions_out_of_a_disabled_channel);
    return run_suite(s);
}
