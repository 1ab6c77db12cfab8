#include "sim/lan/session.h"
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

static void
login(void)
{
    ck_assert_uint_eq(byhand_login(&b, 3, 0x14, LANPAIR_USER), RAKP_OK);
    pair.requests = 0;
}

/* Say an echo under an rqSeq and the next session number. */
static enum lan_drop
say(uint8_t rq_seq, const char *text)
{
    struct byhand_packet p = byhand_next(&b);

    b.rq_seq = rq_seq;
    byhand_make_request(&b, &p, LANPAIR_ECHO_NETFN, LANPAIR_ECHO_CMD, byhand_text(text));
    return byhand_say_packet(&b);
}

static void
expect_echo(const char *text)
{
    struct bytes data, want = byhand_text(text);

    ck_assert_int_eq(byhand_cc(&b, NULL, room, &data), CC_OK);
    ck_assert_uint_eq(data.len, want.len);
    ck_assert_mem_eq(data.at, want.at, want.len);
}

START_TEST(carries_a_request_out_once)
{
    login();
    ck_assert_int_eq(say(7, "abc"), DROP_NONE);
    expect_echo("abc");
    for (int i = 0; i < 20; i++) {
        ck_assert_int_eq(say(7, "abc"), DROP_REPEATED);
        expect_echo("abc");
    }
    ck_assert_uint_eq(pair.requests, 1);
}
END_TEST

START_TEST(knows_another_request)
{
    login();
    say(7, "abc");
    ck_assert_int_eq(say(7, "abd"), DROP_NONE);
    ck_assert_int_eq(say(8, "abc"), DROP_NONE);
    ck_assert_uint_eq(pair.requests, 3);
}
END_TEST

START_TEST(knows_what_came_before_others)
{
    login();
    for (uint8_t i = 0; i < SESSION_DONE_MAX; i++)
        say(i, "abc");
    ck_assert_int_eq(say(0, "abc"), DROP_REPEATED);
    say(SESSION_DONE_MAX, "abc");
    ck_assert_int_eq(say(0, "abc"), DROP_NONE);
    ck_assert_uint_eq(pair.requests, SESSION_DONE_MAX + 2);
}
END_TEST

START_TEST(takes_it_for_new_after_a_while)
{
    login();
    say(7, "abc");
    pair.world.now += LAN_REPEAT_SPAN;
    ck_assert_int_eq(say(7, "abc"), DROP_NONE);
    ck_assert_uint_eq(pair.requests, 2);
}
END_TEST

START_TEST(keeps_no_long_answer)
{
    static const char text[] = "a long answer, as one who only reads it has";

    _Static_assert(sizeof text - 1 > SESSION_DONE_DATA, "it should be long");
    login();
    say(7, text);
    ck_assert_int_eq(say(7, text), DROP_NONE);
    expect_echo(text);
    ck_assert_uint_eq(pair.requests, 2);
}
END_TEST

START_TEST(keeps_nothing_outside_of_sessions)
{
    struct byhand_packet p = { 0 };

    for (int i = 0; i < 2; i++) {
        byhand_make_request(&b, &p, LANPAIR_ECHO_NETFN, LANPAIR_ECHO_CMD, byhand_text("abc"));
        ck_assert_int_eq(byhand_say_packet(&b), DROP_NONE);
    }
    ck_assert_uint_eq(pair.requests, 2);
}
END_TEST

START_TEST(forgets_with_its_session)
{
    login();
    say(7, "abc");
    ck_assert_uint_eq(byhand_login(&b, 3, 0x14, LANPAIR_USER), RAKP_OK);
    ck_assert_int_eq(say(7, "abc"), DROP_NONE);
}
END_TEST

START_TEST(does_so_in_ipmi_15)
{
    byhand15_login(&b, AUTH_MD5);
    pair.requests = 0;
    for (int i = 0; i < 5; i++) {
        b.rq_seq = 8;
        byhand15_make(&b, AUTH_MD5, b.sid, b.seq++, LANPAIR_ECHO_NETFN, LANPAIR_ECHO_CMD,
                      byhand_text("abc"));
        ck_assert_int_eq(byhand_say_packet(&b), i == 0 ? DROP_NONE : DROP_REPEATED);
        ck_assert_int_eq(byhand15_cc(&b, NULL, NULL), CC_OK);
    }
    ck_assert_uint_eq(pair.requests, 1);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("lan_repeat", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, carries_a_request_out_once);
    tcase_add_test(tc, knows_another_request);
    tcase_add_test(tc, knows_what_came_before_others);
    tcase_add_test(tc, takes_it_for_new_after_a_while);
    tcase_add_test(tc, keeps_no_long_answer);
    tcase_add_test(tc, keeps_nothing_outside_of_sessions);
    tcase_add_test(tc, forgets_with_its_session);
    tcase_add_test(tc, does_so_in_ipmi_15);
    return run_suite(s);
}
