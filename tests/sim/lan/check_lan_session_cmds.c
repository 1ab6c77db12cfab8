#include "sim/base/hex.h"
#include "tests/lib/byhand.h"
#include "tests/lib/run.h"

static struct lanpair pair;
static struct byhand b;
static uint8_t room[1024];

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

/* Ask with data from hexadecimal digits; the completion code. */
static int
ask(uint8_t cmd, const char *digits, struct bytes *data)
{
    uint8_t rq[64];
    size_t len = strlen(digits) / 2;

    ck_assert(hex_read(digits, rq, len));
    ck_assert_int_eq(byhand_send(&b, NETFN_APP, cmd, bytes_of(rq, len)), DROP_NONE);
    return byhand_cc(&b, NULL, room, data);
}

static void
login(unsigned suite, uint8_t level, const char *name)
{
    ck_assert_uint_eq(byhand_login(&b, suite, (uint8_t)(0x10 | level), name), RAKP_OK);
}

/* ---- Set Session Privilege Level ---- */

#define SET_PRIVILEGE 0x3b

START_TEST(raises_and_lowers_the_privilege)
{
    static const uint8_t steps[] = { 0, 4, 0, 2, 3, 0 }, now[] = { 2, 4, 4, 2, 3, 3 };
    struct bytes data;

    login(3, PRIV_ADMIN, LANPAIR_USER);
    for (size_t i = 0; i < sizeof steps; i++) {
        char digits[3] = { '0', (char)('0' + steps[i]), '\0' };

        ck_assert_int_eq(ask(SET_PRIVILEGE, digits, &data), CC_OK);
        ck_assert_uint_eq(data.len, 1);
        ck_assert_uint_eq(data.at[0], now[i]);
    }
}
END_TEST

START_TEST(grants_no_privilege_beyond_the_limits)
{
    login(3, PRIV_OPERATOR, LANPAIR_USER);
    ck_assert_int_eq(ask(SET_PRIVILEGE, "04", NULL), 0x80);   /* opened for less */
    ck_assert_int_eq(ask(SET_PRIVILEGE, "05", NULL), 0x81);
    ck_assert_int_eq(ask(SET_PRIVILEGE, "01", NULL), CC_INVALID_FIELD);
    ck_assert_int_eq(ask(SET_PRIVILEGE, "06", NULL), CC_INVALID_FIELD);
    pair.channel.volatile_access.limit = PRIV_USER;
    ck_assert_int_eq(ask(SET_PRIVILEGE, "03", NULL), 0x81);
    pair.channel.volatile_access.limit = PRIV_ADMIN;
    pair.users[1].limit = PRIV_USER;
    ck_assert_int_eq(ask(SET_PRIVILEGE, "03", NULL), 0x81);
    ck_assert_int_eq(ask(SET_PRIVILEGE, "02", NULL), CC_OK);
}
END_TEST

/* ---- Close Session ---- */

#define CLOSE 0x3c

static struct bytes
close_rq(uint32_t id, int handle, uint8_t *buf)
{
    struct wr w = wr_of(buf, 5);

    wr_le32(&w, id);
    if (handle >= 0)
        wr_u8(&w, (unsigned)handle);
    return wr_bytes_of(&w);
}

static int
close_session(uint32_t id, int handle)
{
    uint8_t buf[5];

    ck_assert_int_eq(byhand_send(&b, NETFN_APP, CLOSE, close_rq(id, handle, buf)), DROP_NONE);
    return byhand_cc(&b, NULL, room, NULL);
}

START_TEST(answers_and_then_closes)
{
    uint8_t buf[5];

    login(3, PRIV_USER, LANPAIR_USER);
    ck_assert_int_eq(close_session(b.facts.bmc_sid, -1), CC_OK);
    ck_assert_uint_eq(lan_session_count(pair.lan), 0);
    ck_assert_uint_eq(pair.ended, 1);
    ck_assert_int_eq(byhand_send(&b, NETFN_APP, CLOSE, close_rq(b.facts.bmc_sid, -1, buf)),
                     DROP_NO_SESSION);
    byhand15_login(&b, AUTH_MD5);
    ck_assert_int_eq(byhand15_send(&b, NETFN_APP, CLOSE, close_rq(b.sid, -1, buf)),
                     DROP_NONE);
    ck_assert_int_eq(byhand15_cc(&b, NULL, NULL), CC_OK);
    ck_assert_uint_eq(lan_session_count(pair.lan), 0);
}
END_TEST

START_TEST(closes_others_for_administrators)
{
    struct lan_session_info info;
    uint32_t other;

    login(3, PRIV_USER, "user");
    other = b.facts.bmc_sid;
    login(3, PRIV_ADMIN, LANPAIR_USER);
    ck_assert_int_eq(close_session(other, -1), CC_PRIVILEGE);
    ck_assert_int_eq(ask(SET_PRIVILEGE, "04", NULL), CC_OK);
    ck_assert_int_eq(close_session(other, -1), CC_OK);
    ck_assert_int_eq(close_session(other, -1), 0x87);
    login(3, PRIV_USER, "user");
    ck_assert(lan_session_by_id(pair.lan, b.facts.bmc_sid, &info));
    ck_assert_int_eq(close_session(0, 99), 0x88);
    ck_assert_int_eq(close_session(0, -1), CC_LENGTH);
    ck_assert_int_eq(close_session(0, info.handle), CC_OK);
    ck_assert_uint_eq(lan_session_count(pair.lan), 1);
}
END_TEST

/* ---- Get AuthCode ---- */

#define GET_AUTHCODE 0x3f
#define CHALLENGE "101112131415161718191a1b1c1d1e1f"

static const struct {
    const char *request;
    int cc;
    const char *code;
} authcodes[] = {
    { "010e02" CHALLENGE, CC_OK, "c1dc4245ea4046edfa9980d609e97b9d" },
    { "020e02" CHALLENGE, CC_OK, "863e9cc56ce468d1802cafd43144944a" },
    { "000e02" CHALLENGE, CC_INVALID_FIELD, "" },
    { "040e02" CHALLENGE, CC_INVALID_FIELD, "" },
    { "020e3f" CHALLENGE, CC_INVALID_FIELD, "" },
    { "400e02" CHALLENGE, CC_INVALID_FIELD, "" },
    { "410e02" CHALLENGE, CC_OK, "7239db08f0c295d83d863e24" },
    { "420e02" CHALLENGE, CC_OK, "ca6ecf49ddcff1c4fc9b794d6f26dd2e" },
    { "430e02" CHALLENGE, CC_OK, "1833c746ad7aeca01f2bc7a87f5f7ca5" },
    { "440e02" CHALLENGE, CC_OK, "462d75a88014d371b897a6799ed9c90e" },
    { "450e02" CHALLENGE, CC_INVALID_FIELD, "" },
    { "810e02" CHALLENGE, CC_INVALID_FIELD, "" },
};

START_TEST(signs_data_with_a_users_password)
{
    struct bytes data;
    char text[64];

    login(3, PRIV_ADMIN, LANPAIR_USER);
    ck_assert_int_eq(ask(GET_AUTHCODE, authcodes[_i].request, NULL), CC_PRIVILEGE);
    ck_assert_int_eq(ask(SET_PRIVILEGE, "03", NULL), CC_OK);
    ck_assert_int_eq(ask(GET_AUTHCODE, authcodes[_i].request, &data), authcodes[_i].cc);
    ck_assert_str_eq(hex_print(data, text, sizeof text), authcodes[_i].code);
}
END_TEST

/* ---- Suspend/Resume Payload Encryption ---- */

#define SUSPEND 0x55

/* Get Device ID, in the clear or not. */
static enum lan_drop
say(bool encrypted)
{
    struct byhand_packet p = byhand_next(&b);

    p.encrypted = encrypted;
    byhand_make_request(&b, &p, NETFN_APP, 0x01, bytes_of(NULL, 0));
    return byhand_say_packet(&b);
}

static int
suspend(bool encrypted, const char *digits)
{
    struct byhand_packet p = byhand_next(&b);
    uint8_t rq[3];

    p.encrypted = encrypted;
    ck_assert(hex_read(digits, rq, sizeof rq));
    byhand_make_request(&b, &p, NETFN_APP, SUSPEND, bytes_of(rq, sizeof rq));
    ck_assert_int_eq(byhand_say_packet(&b), DROP_NONE);
    return byhand_cc(&b, NULL, room, NULL);
}

START_TEST(suspends_and_resumes_encryption)
{
    struct rmcpp outer;
    struct lan_session_info info;

    login(3, PRIV_USER, LANPAIR_USER);
    ck_assert_int_eq(say(false), DROP_UNPROTECTED);
    ck_assert_int_eq(suspend(true, "000100"), CC_OK);
    ck_assert(lan_session_by_id(pair.lan, b.facts.bmc_sid, &info) && !info.encrypted);
    ck_assert_int_eq(say(false), DROP_NONE);
    ck_assert_int_eq(byhand_cc(&b, &outer, room, NULL), CC_OK);
    ck_assert(!outer.encrypted && outer.authenticated);
    ck_assert_int_eq(say(true), DROP_NONE);
    ck_assert_int_eq(byhand_cc(&b, &outer, room, NULL), CC_OK);
    ck_assert(outer.encrypted);
    ck_assert_int_eq(suspend(false, "000101"), CC_OK);
    ck_assert_int_eq(say(false), DROP_UNPROTECTED);
    ck_assert_int_eq(say(true), DROP_NONE);
}
END_TEST

START_TEST(brings_a_new_iv_when_asked_to)
{
    struct rmcpp outer;

    login(4, PRIV_USER, LANPAIR_USER);
    say(true);
    byhand_cc(&b, &outer, room, NULL);
    ck_assert_uint_eq(outer.payload.at[0], 0);
    say(true);
    byhand_cc(&b, &outer, room, NULL);
    ck_assert_uint_ne(outer.payload.at[0], 0);
    ck_assert_int_eq(suspend(true, "000102"), CC_OK);
    byhand_cc(&b, &outer, room, NULL);
    ck_assert_uint_eq(outer.payload.at[0], 0);
}
END_TEST

START_TEST(refuses_what_cannot_be_suspended)
{
    static const uint8_t rq[3];

    login(3, PRIV_USER, LANPAIR_USER);
    ck_assert_int_eq(suspend(true, "000102"), 0x80);    /* AES has no IV to renew */
    ck_assert_int_eq(suspend(true, "010100"), 0x83);    /* no SOL here */
    ck_assert_int_eq(suspend(true, "000103"), CC_INVALID_FIELD);
    login(2, PRIV_USER, LANPAIR_USER);
    ck_assert_int_eq(suspend(false, "000100"), 0x82);
    byhand15_login(&b, AUTH_MD5);
    byhand15_send(&b, NETFN_APP, SUSPEND, bytes_of(rq, sizeof rq));
    ck_assert_int_eq(byhand15_cc(&b, NULL, NULL), 0x82);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("lan_session_cmds", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, raises_and_lowers_the_privilege);
    tcase_add_test(tc, grants_no_privilege_beyond_the_limits);
    tcase_add_test(tc, answers_and_then_closes);
    tcase_add_test(tc, closes_others_for_administrators);
    tcase_add_loop_test(tc, signs_data_with_a_users_password, 0,
                        sizeof authcodes / sizeof authcodes[0]);
    tcase_add_test(tc, suspends_and_resumes_encryption);
    tcase_add_test(tc, brings_a_new_iv_when_asked_to);
    tcase_add_test(tc, refuses_what_cannot_be_suspended);
    return run_suite(s);
}
