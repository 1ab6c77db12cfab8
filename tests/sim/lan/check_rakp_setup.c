#include "tests/lib/byhand.h"
#include "tests/lib/run.h"

#define NAME_ONLY RAKP_ROLE_NAME_ONLY

static struct lanpair pair;
static struct byhand b;
static struct rakp2 rakp2;
static struct rakp34 rakp4;

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
open_suite(unsigned suite)
{
    struct open_request rq = byhand_open_request(suite, 0);
    struct open_response rs;

    rq.console_sid += pair.logins;      /* another session each time */
    ck_assert_uint_eq(byhand_open(&b, &rq, &rs), RAKP_OK);
    b.suite = suite_by_id(suite);
}

/* ---- the whole of it ---- */

START_TEST(logs_in_with_every_suite)
{
    uint8_t room[1024];
    struct bytes data;

    for (int two_keys = 0; two_keys < 2; two_keys++) {
        pair.config.kg_set = two_keys;
        memset(pair.config.kg, 0x4b, sizeof pair.config.kg);
        open_suite((unsigned)_i);
        ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | PRIV_ADMIN, LANPAIR_USER, &rakp2), 0);
        ck_assert_uint_eq(byhand_rakp3(&b, &rakp4), RAKP_OK);
        for (int i = 0; i < 40; i++) {
            ck_assert_int_eq(byhand_send(&b, NETFN_APP, 0x01, byhand_text("")), DROP_NONE);
            ck_assert_int_eq(byhand_cc(&b, NULL, room, &data), CC_OK);
            ck_assert_uint_eq(data.len, 11);
        }
    }
    ck_assert_uint_eq(pair.logins, 2);
    ck_assert_uint_eq(pair.began, 2);
}
END_TEST

START_TEST(takes_passwords_of_20_octets)
{
    memcpy(pair.users[1].password, "abcdefghij0123456789", 20);
    pair.users[1].password_is_20 = true;
    memcpy(b.kuid, "abcdefghij0123456789", 20);
    ck_assert_uint_eq(byhand_login(&b, 11, NAME_ONLY | 4, LANPAIR_USER), RAKP_OK);
    ck_assert_uint_eq(byhand_login(&b, 17, NAME_ONLY | 4, LANPAIR_USER), RAKP_OK);
    open_suite(3);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 4, LANPAIR_USER, &rakp2), RAKP_OK);
    b.kuid[19] ^= 1;
    ck_assert_uint_eq(byhand_rakp3(&b, &rakp4), RAKP_INVALID_INTEGRITY_CODE);
}
END_TEST

START_TEST(starts_at_user_or_below)
{
    struct lan_session_info info;

    ck_assert_uint_eq(byhand_login(&b, 3, NAME_ONLY | PRIV_ADMIN, LANPAIR_USER), RAKP_OK);
    ck_assert(lan_session_by_id(pair.lan, b.facts.bmc_sid, &info));
    ck_assert_uint_eq(info.privilege, PRIV_USER);
    ck_assert_uint_eq(info.limit, PRIV_ADMIN);
    ck_assert_uint_eq(info.user, 2);
    ck_assert(info.rmcpp && info.encrypted && info.authenticated);
    ck_assert(peer_equal(&info.peer, &b.from));
    open_suite(3);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | PRIV_CALLBACK, LANPAIR_USER, &rakp2), 0);
    ck_assert_uint_eq(byhand_rakp3(&b, &rakp4), RAKP_OK);
    ck_assert(lan_session_by_id(pair.lan, b.facts.bmc_sid, &info));
    ck_assert_uint_eq(info.privilege, PRIV_CALLBACK);
}
END_TEST

/* ---- who may ---- */

/* Users 1 to 3 as a row says, all of the one password; 4 stays "operator". */
static const struct {
    const char *why;
    struct {
        const char *name;
        uint8_t limit;
        bool off;
    } user[3];
    uint8_t role;
    const char *name;
    uint8_t status;
    uint8_t id;      /* who it is */
} lookups[] = {
    { "by name", { { "", 4, 0 }, { "ADMIN", 4, 0 } }, NAME_ONLY | 4, "ADMIN", 0, 2 },
    { "by name, less than his limit", { { "", 4, 0 }, { "ADMIN", 4, 0 } }, NAME_ONLY | 2,
      "ADMIN", 0, 2 },
    { "by name, above his limit", { { "", 4, 0 }, { "u", 2, 0 } }, NAME_ONLY | 3, "u",
      RAKP_UNAUTHORIZED_ROLE, 0 },
    { "unknown name", { { "", 4, 0 }, { "ADMIN", 4, 0 } }, NAME_ONLY | 4, "admin",
      RAKP_UNAUTHORIZED_NAME, 0 },
    { "a part of a name", { { "", 4, 0 }, { "ADMIN", 4, 0 } }, NAME_ONLY | 4, "ADMI",
      RAKP_UNAUTHORIZED_NAME, 0 },
    { "disabled", { { "", 4, 0 }, { "ADMIN", 4, 1 } }, NAME_ONLY | 4, "ADMIN",
      RAKP_UNAUTHORIZED_NAME, 0 },
    { "first of two", { { "", 4, 0 }, { "x", 4, 0 }, { "x", 3, 0 } }, NAME_ONLY | 3, "x",
      0, 2 },
    { "first of two that is enabled", { { "", 4, 0 }, { "x", 4, 1 }, { "x", 3, 0 } },
      NAME_ONLY | 3, "x", 0, 3 },
    { "by name and level", { { "", 4, 0 }, { "x", 4, 0 }, { "x", 3, 0 } }, 3, "x", 0, 3 },
    { "by name and level, exactly", { { "", 4, 0 }, { "x", 4, 0 } }, 3, "x",
      RAKP_UNAUTHORIZED_ROLE, 0 },
    { "by name and level, unknown", { { "", 4, 0 }, { "x", 4, 0 } }, 4, "y",
      RAKP_UNAUTHORIZED_NAME, 0 },
    { "null user by name", { { "", 4, 0 } }, NAME_ONLY | 4, "", 0, 1 },
    { "null user by role", { { "", 2, 0 }, { "", 4, 0 }, { "", 3, 0 } }, 3, "", 0, 3 },
    { "null user is off", { { "", 4, 1 }, { "x", 4, 0 }, { "y", 4, 0 } }, NAME_ONLY | 4, "",
      RAKP_UNAUTHORIZED_NAME, 0 },
    { "16 characters", { { "", 4, 0 }, { "sixteencharname1", 4, 0 } }, NAME_ONLY | 4,
      "sixteencharname1", 0, 2 },
    { "no access", { { "", 4, 0 }, { "x", 15, 0 } }, NAME_ONLY | 2, "x",
      RAKP_UNAUTHORIZED_ROLE, 0 },
    { "level 0", { { "", 4, 0 }, { "x", 4, 0 } }, NAME_ONLY | 0, "x", RAKP_INVALID_ROLE, 0 },
    { "level 6", { { "", 4, 0 }, { "x", 4, 0 } }, NAME_ONLY | 6, "x", RAKP_INVALID_ROLE, 0 },
    { "above the channel", { { "", 4, 0 }, { "x", 5, 0 } }, NAME_ONLY | 5, "x",
      RAKP_UNAUTHORIZED_ROLE, 0 },
};

START_TEST(looks_users_up)
{
    struct lan_session_info info;

    for (int i = 0; i < 3; i++) {
        struct lan_user *u = &pair.users[i];

        memset(u->name, 0, sizeof u->name);
        if (lookups[_i].user[i].limit == 0) {
            u->enabled = false;
            continue;
        }
        memcpy(u->name, lookups[_i].user[i].name, strlen(lookups[_i].user[i].name));
        u->limit = lookups[_i].user[i].limit;
        u->enabled = !lookups[_i].user[i].off;
    }
    open_suite(3);
    ck_assert_msg(byhand_rakp1(&b, lookups[_i].role, lookups[_i].name, &rakp2) ==
                      lookups[_i].status, "%s: status %02xh", lookups[_i].why, rakp2.status);
    if (rakp2.status != RAKP_OK)
        return;
    ck_assert_uint_eq(byhand_rakp3(&b, &rakp4), RAKP_OK);
    ck_assert(lan_session_by_id(pair.lan, b.facts.bmc_sid, &info));
    ck_assert_uint_eq(info.user, lookups[_i].id);
}
END_TEST

START_TEST(lets_nobody_in_whose_messaging_is_off)
{
    pair.users[1].messaging = false;
    open_suite(3);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 4, LANPAIR_USER, &rakp2),
                      RAKP_UNAUTHORIZED_NAME);
}
END_TEST

START_TEST(holds_to_the_level_of_open_session)
{
    struct open_request rq = byhand_open_request(3, PRIV_USER);
    struct open_response rs;

    ck_assert_uint_eq(byhand_open(&b, &rq, &rs), RAKP_OK);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 4, LANPAIR_USER, &rakp2),
                      RAKP_UNAUTHORIZED_ROLE);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 2, LANPAIR_USER, &rakp2), RAKP_OK);
}
END_TEST

START_TEST(refuses_a_name_of_17_characters)
{
    uint8_t payload[RAKP1_FIXED_LEN + 17] = { 0 };
    struct bytes answer;
    struct wr w = wr_of(payload + 4, 4);

    open_suite(3);
    wr_le32(&w, b.facts.bmc_sid);
    payload[24] = NAME_ONLY | 4;
    payload[27] = 17;
    answer = byhand_setup(&b, PAYLOAD_RAKP1, bytes_of(payload, sizeof payload));
    ck_assert(rakp2_parse(answer, &rakp2));
    ck_assert_uint_eq(rakp2.status, RAKP_INVALID_NAME_LENGTH);
    ck_assert_uint_eq(answer.len, RAKP_ERROR_LEN);
}
END_TEST

START_TEST(counts_the_sessions_of_a_user)
{
    pair.users[1].max_sessions = 1;
    ck_assert_uint_eq(byhand_login(&b, 3, NAME_ONLY | 4, LANPAIR_USER), RAKP_OK);
    open_suite(3);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 4, LANPAIR_USER, &rakp2),
                      RAKP_NO_RESOURCES_AT_ROLE);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 3, "operator", &rakp2), RAKP_OK);
}
END_TEST

/* ---- what changes between RAKP 1 and RAKP 3 ---- */

enum change { DISABLED, DEMOTED, FULL, USER_FULL };

static const struct {
    enum change change;
    uint8_t status;
} changes[] = {
    { DISABLED, RAKP_UNAUTHORIZED_NAME },
    { DEMOTED, RAKP_UNAUTHORIZED_ROLE },
    { FULL, RAKP_NO_RESOURCES },
    { USER_FULL, RAKP_NO_RESOURCES_AT_ROLE },
};

START_TEST(judges_again_at_rakp_3)
{
    struct byhand other;

    byhand_begin(&other, &pair);
    other.from.port++;
    open_suite(3);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 4, LANPAIR_USER, &rakp2), RAKP_OK);
    ck_assert_uint_eq(byhand_login(&other, 3, NAME_ONLY | 4, LANPAIR_USER), RAKP_OK);
    switch (changes[_i].change) {
    case DISABLED:
        pair.users[1].enabled = false;
        break;
    case DEMOTED:
        pair.users[1].limit = PRIV_USER;
        break;
    case FULL:
        pair.config.sessions_max = 1;
        break;
    case USER_FULL:
        pair.users[1].max_sessions = 1;
        break;
    }
    ck_assert_uint_eq(byhand_rakp3(&b, &rakp4), changes[_i].status);
    ck_assert_uint_eq(lan_session_count(pair.lan), 1);
    byhand_end(&other);
}
END_TEST

/* ---- wrong passwords ---- */

START_TEST(refuses_a_wrong_code_and_reports_it)
{
    open_suite(3);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 4, LANPAIR_USER, &rakp2), RAKP_OK);
    b.kuid[0] ^= 1;
    ck_assert_uint_eq(byhand_rakp3(&b, &rakp4), RAKP_INVALID_INTEGRITY_CODE);
    ck_assert_uint_eq(pair.bad_passwords, 1);
    ck_assert_uint_eq(lan_session_count(pair.lan), 0);
    /* the same again gets the same answer, and counts once */
    ck_assert_uint_eq(byhand_rakp3(&b, &rakp4), RAKP_INVALID_INTEGRITY_CODE);
    ck_assert_uint_eq(pair.bad_passwords, 1);
    /* the right code comes too late: the session is spent */
    b.kuid[0] ^= 1;
    ck_assert_uint_eq(byhand_rakp3(&b, &rakp4), RAKP_INACTIVE_SESSION_ID);
    ck_assert_uint_eq(pair.logins, 0);
}
END_TEST

static enum lan_drop
send_rakp3_status(uint8_t status)
{
    uint8_t buf[RAKP_MSG_MAX];
    struct wr w = wr_of(buf, sizeof buf);

    rakp34_build(&w, &(struct rakp34){ .tag = 3, .status = status, .sid = b.facts.bmc_sid });
    byhand_setup(&b, PAYLOAD_RAKP3, wr_bytes_of(&w));
    ck_assert_uint_eq(b.replies, 0);
    return byhand_say_packet(&b);
}

START_TEST(counts_a_console_that_knows_another_password)
{
    open_suite(3);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 4, LANPAIR_USER, &rakp2), RAKP_OK);
    ck_assert_int_eq(send_rakp3_status(RAKP_INVALID_INTEGRITY_CODE), DROP_NO_SESSION);
    ck_assert_uint_eq(pair.bad_passwords, 1);
}
END_TEST

START_TEST(forgets_a_session_that_the_console_gives_up)
{
    open_suite(3);
    ck_assert_int_eq(send_rakp3_status(RAKP_NO_RESOURCES), DROP_NO_SESSION);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 4, LANPAIR_USER, &rakp2),
                      RAKP_INVALID_SESSION_ID);
    ck_assert_uint_eq(pair.bad_passwords, 0);
}
END_TEST

START_TEST(lets_nobody_give_an_active_session_up)
{
    ck_assert_uint_eq(byhand_login(&b, 3, NAME_ONLY | 4, LANPAIR_USER), RAKP_OK);
    ck_assert_int_eq(send_rakp3_status(RAKP_NO_RESOURCES), DROP_SESSION_STATE);
    ck_assert_uint_eq(lan_session_count(pair.lan), 1);
}
END_TEST

/* ---- order and repetition ---- */

START_TEST(answers_messages_for_no_session)
{
    b.facts.bmc_sid = 0x12345678;
    b.facts.auth = AUTH_HMAC_SHA1;
    b.facts.console_sid = 0;
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 4, LANPAIR_USER, &rakp2),
                      RAKP_INVALID_SESSION_ID);
    ck_assert_uint_eq(byhand_rakp3(&b, &rakp4), RAKP_INVALID_SESSION_ID);
}
END_TEST

START_TEST(answers_messages_out_of_order)
{
    open_suite(3);
    ck_assert_uint_eq(byhand_rakp3(&b, &rakp4), RAKP_INACTIVE_SESSION_ID);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 4, LANPAIR_USER, &rakp2), RAKP_OK);
    ck_assert_uint_eq(byhand_rakp3(&b, &rakp4), RAKP_OK);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 4, LANPAIR_USER, &rakp2),
                      RAKP_INACTIVE_SESSION_ID);
    ck_assert_uint_eq(lan_session_count(pair.lan), 1);
}
END_TEST

/* Say the same set-up message again, under another tag: alike but for it. */
static void
assert_answered_alike(uint8_t payload_type)
{
    uint8_t first[OUTBOX_DATAGRAM_MAX];
    size_t len = b.reply_len, tag = 4 + 12;

    memcpy(first, b.reply, len);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(byhand_say_packet(&b), DROP_NONE);
        ck_assert_uint_eq(b.reply_len, len);
        ck_assert_uint_eq(b.reply[tag], b.packet[tag]);
        first[tag] = b.reply[tag];
        ck_assert_mem_eq(b.reply, first, len);
        ck_assert_uint_eq(b.reply[5], payload_type);
        b.packet[tag] = 0x99;
    }
}

START_TEST(answers_repeated_messages_alike)
{
    uint8_t room[1024], rakp1[OUTBOX_DATAGRAM_MAX];
    size_t rakp1_len;

    open_suite((unsigned)_i);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 4, LANPAIR_USER, &rakp2), RAKP_OK);
    memcpy(rakp1, b.packet, b.packet_len);
    rakp1_len = b.packet_len;
    assert_answered_alike(PAYLOAD_RAKP2);
    ck_assert_uint_eq(byhand_rakp3(&b, &rakp4), RAKP_OK);
    assert_answered_alike(PAYLOAD_RAKP4);
    ck_assert_uint_eq(pair.logins, 1);
    ck_assert_uint_eq(pair.began, 1);
    /* even a RAKP 1 that was long on its way harms no active session */
    ck_assert_int_eq(byhand_say(&b, bytes_of(rakp1, rakp1_len)), DROP_NONE);
    ck_assert_uint_eq(b.replies, 1);
    ck_assert_int_eq(byhand_send(&b, NETFN_APP, 0x01, byhand_text("")), DROP_NONE);
    ck_assert_int_eq(byhand_cc(&b, NULL, room, NULL), CC_OK);
}
END_TEST

START_TEST(begins_again_with_a_new_random_number)
{
    uint8_t first[RAKP_RANDOM_LEN];

    open_suite(3);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 4, LANPAIR_USER, &rakp2), RAKP_OK);
    memcpy(first, rakp2.random, sizeof first);
    ck_assert_uint_eq(byhand_rakp1(&b, NAME_ONLY | 4, LANPAIR_USER, &rakp2), RAKP_OK);
    ck_assert_mem_ne(first, rakp2.random, sizeof first);
    ck_assert_uint_eq(byhand_rakp3(&b, &rakp4), RAKP_OK);
}
END_TEST

START_TEST(is_the_same_for_the_same_seed)
{
    uint8_t first[OUTBOX_DATAGRAM_MAX];
    size_t len;

    ck_assert_uint_eq(byhand_login(&b, 17, NAME_ONLY | 4, LANPAIR_USER), RAKP_OK);
    byhand_send(&b, NETFN_APP, 0x01, byhand_text(""));
    len = b.reply_len;
    memcpy(first, b.reply, len);
    end();
    begin();
    ck_assert_uint_eq(byhand_login(&b, 17, NAME_ONLY | 4, LANPAIR_USER), RAKP_OK);
    byhand_send(&b, NETFN_APP, 0x01, byhand_text(""));
    ck_assert_uint_eq(b.reply_len, len);
    ck_assert_mem_eq(b.reply, first, len);
}
END_TEST

#define COUNT(rows) (int)(sizeof(rows) / sizeof(rows)[0])

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("rakp_setup", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, logs_in_with_every_suite, 0, 18);
    tcase_add_test(tc, takes_passwords_of_20_octets);
    tcase_add_test(tc, starts_at_user_or_below);
    tcase_add_loop_test(tc, looks_users_up, 0, COUNT(lookups));
    tcase_add_test(tc, lets_nobody_in_whose_messaging_is_off);
    tcase_add_test(tc, holds_to_the_level_of_open_session);
    tcase_add_test(tc, refuses_a_name_of_17_characters);
    tcase_add_test(tc, counts_the_sessions_of_a_user);
    tcase_add_loop_test(tc, judges_again_at_rakp_3, 0, COUNT(changes));
    tcase_add_test(tc, refuses_a_wrong_code_and_reports_it);
    tcase_add_test(tc, counts_a_console_that_knows_another_password);
    tcase_add_test(tc, forgets_a_session_that_the_console_gives_up);
    tcase_add_test(tc, lets_nobody_give_an_active_session_up);
    tcase_add_test(tc, answers_messages_for_no_session);
    tcase_add_test(tc, answers_messages_out_of_order);
    tcase_add_loop_test(tc, answers_repeated_messages_alike, 0, 18);
    tcase_add_test(tc, begins_again_with_a_new_random_number);
    tcase_add_test(tc, is_the_same_for_the_same_seed);
    return run_suite(s);
}
