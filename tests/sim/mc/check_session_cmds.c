#include <string.h>

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#include "sim/mc/mc_tables.h"
#include "sim/wire/lan15.h"

static struct mcworld w;
static struct remote *consoles[3];

static void
begin(void)
{
    memset(consoles, 0, sizeof consoles);
    mcworld_describe(&w);
    w.machine.lan_count = 2;
    mcworld_begin(&w);
}

static void
end(void)
{
    for (int i = 0; i < 3; i++)
        remote_free(consoles[i]);
    mcworld_end(&w);
}

/* Log "admin" in at LAN n, as console i; what the channel knows of it. */
static struct lan_session_info
log_in(int i, unsigned n, bool rmcpp)
{
    struct remote_opts opts = mcworld_console(&w);
    struct lan_session_info info;

    opts.key = rng_key_numbered(opts.key, (uint64_t)i);
    opts.rmcpp = rmcpp;
    opts.auth_type = AUTH_MD5;
    ck_assert_int_eq(remote_new(&opts, &consoles[i]), ST_OK);
    remote_open(consoles[i], w.world.now);
    mcworld_talk(&w, n, consoles[i]);
    ck_assert_int_eq(remote_state(consoles[i]), REMOTE_OPEN);
    ck_assert(lan_session_nth(mc_lan(w.mc, n), lan_session_count(mc_lan(w.mc, n)) - 1, &info));
    return info;
}

/* Ask as the console of that session. */
static void
ask_as(const struct lan_session_info *info, uint8_t privilege)
{
    mcworld_from_lan(&w, privilege);
    w.who.channel = info->channel;
    w.who.session = info->id;
    w.who.user = info->user;
}

#define BYTES4(v) (uint8_t)(v), (uint8_t)((v) >> 8), (uint8_t)((v) >> 16), (uint8_t)((v) >> 24)

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &session_commands, 0);
}
END_TEST

/* ---- Get Session Info ---- */

/* The answer for a session: handle, slots, active ones, user, privilege,
 * protocol and channel; the rest is about its console. */
static void
assert_info(const struct answer *a, const struct lan_session_info *info, uint8_t active)
{
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 18);
    ck_assert_uint_eq(a->data[0], info->handle);
    ck_assert_uint_eq(a->data[2], active);
    ck_assert_uint_eq(a->data[3], info->user);
    ck_assert_uint_eq(a->data[4], info->privilege);
    ck_assert_uint_eq(a->data[5], info->channel | (info->rmcpp ? 0x10 : 0));
    ck_assert_mem_eq(a->data + 6, info->peer.addr, 4);
    ck_assert_uint_eq(a->data[16] | a->data[17] << 8, info->peer.port);
}

START_TEST(tells_of_sessions_on_all_channels)
{
    struct lan_session_info first = log_in(0, 0, true), second = log_in(1, 0, false),
                            other = log_in(2, 1, true);

    ask_as(&second, PRIV_USER);
    assert_info(ask(&w, NETFN_APP, 0x3d, 0), &second, 3);
    assert_info(ask(&w, NETFN_APP, 0x3d, 1), &first, 3);
    assert_info(ask(&w, NETFN_APP, 0x3d, 2), &second, 3);
    assert_info(ask(&w, NETFN_APP, 0x3d, 3), &other, 3);
    assert_info(ask(&w, NETFN_APP, 0x3d, 0xff, BYTES4(other.id)), &other, 3);
    assert_info(ask(&w, NETFN_APP, 0x3d, 0xfe, second.handle), &second, 3);
}
END_TEST

START_TEST(tells_only_counts_where_there_is_no_session)
{
    ck_answer(ask(&w, NETFN_APP, 0x3d, 0), CC_OK, 0, 0x3f, 0);
    ck_answer(ask(&w, NETFN_APP, 0x3d, 7), CC_OK, 0, 0x3f, 0);
    ck_cc(ask(&w, NETFN_APP, 0x3d, 0xfe, 9), CC_NOT_PRESENT);
    ck_cc(ask(&w, NETFN_APP, 0x3d, 0xff, 1, 2, 3, 4), CC_NOT_PRESENT);
    ck_cc(ask(&w, NETFN_APP, 0x3d, 0xfe), CC_LENGTH);
    ck_cc(ask(&w, NETFN_APP, 0x3d, 0xff, 1, 2, 3), CC_LENGTH);
}
END_TEST

/* A handle may be in use on both channels. */
START_TEST(means_the_askers_channel_by_a_handle)
{
    struct lan_session_info here = log_in(0, 1, true), there = log_in(1, 0, true);

    ck_assert_uint_eq(here.handle, there.handle);
    ask_as(&here, PRIV_USER);
    assert_info(ask(&w, NETFN_APP, 0x3d, 0xfe, here.handle), &here, 2);
    ask_as(&there, PRIV_USER);
    assert_info(ask(&w, NETFN_APP, 0x3d, 0xfe, there.handle), &there, 2);
}
END_TEST

/* ---- Close Session ---- */

START_TEST(closes_sessions_of_all_channels)
{
    struct lan_session_info first = log_in(0, 0, true), other = log_in(1, 1, true);

    ask_as(&first, PRIV_OPERATOR);
    ck_cc(ask(&w, NETFN_APP, 0x3c, BYTES4(other.id)), CC_PRIVILEGE);
    ask_as(&first, PRIV_ADMIN);
    ck_cc(ask(&w, NETFN_APP, 0x3c, BYTES4(other.id)), CC_OK);
    ck_assert_uint_eq(lan_session_count(mc_lan(w.mc, 1)), 0);
    ck_cc(ask(&w, NETFN_APP, 0x3c, BYTES4(other.id)), 0x87);
    mcworld_from_system(&w);
    ck_cc(ask(&w, NETFN_APP, 0x3c, 0, 0, 0, 0, 0x77), 0x88);
    ck_cc(ask(&w, NETFN_APP, 0x3c, 0, 0, 0, 0), CC_LENGTH);
    ck_cc(ask(&w, NETFN_APP, 0x3c, 0, 0, 0, 0, first.handle), CC_OK);
    ck_assert_uint_eq(lan_session_count(mc_lan(w.mc, 0)), 0);
}
END_TEST

/* ---- which channel ---- */

START_TEST(answers_for_the_channel_that_is_named)
{
    struct answer *a = ask(&w, NETFN_APP, 0x38, MCWORLD_SECOND_LAN, PRIV_ADMIN);

    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->data[0], MCWORLD_SECOND_LAN);
    a = ask(&w, NETFN_APP, 0x54, MCWORLD_LAN, 0, 0x80);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->data[0], MCWORLD_LAN);
    mcworld_from_lan(&w, PRIV_NONE);
    w.who.channel = MCWORLD_SECOND_LAN;
    a = ask(&w, NETFN_APP, 0x38, 0x0e, PRIV_ADMIN);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->data[0], MCWORLD_SECOND_LAN);
}
END_TEST

START_TEST(knows_no_sessions_on_other_channels)
{
    static const uint8_t data[22];

    ck_cc(ask(&w, NETFN_APP, 0x38, CHANNEL_PRIMARY_IPMB, PRIV_ADMIN), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, 0x38, CHANNEL_PRESENT, PRIV_ADMIN), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, 0x38, 9, PRIV_ADMIN), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, 0x54, CHANNEL_PRESENT, 0, 0x80), CC_INVALID_FIELD);
    ck_cc(mcworld_ask(&w, w.mc, NETFN_APP, 0x39, data, 17), CC_INVALID_COMMAND);
    ck_cc(mcworld_ask(&w, w.mc, NETFN_APP, 0x3a, data, 22), CC_INVALID_COMMAND);
    ck_cc(ask(&w, NETFN_APP, 0x3b, 4), CC_INVALID_COMMAND);
    ck_cc(ask(&w, NETFN_APP, 0x55, 0, 1, 0), CC_INVALID_COMMAND);
}
END_TEST

START_TEST(signs_data_for_system_software)
{
    struct answer *a = ask(&w, NETFN_APP, 0x3f, AUTH_MD5, MCWORLD_LAN, 2, 0, 1, 2, 3, 4, 5, 6,
                           7, 8, 9, 10, 11, 12, 13, 14, 15);

    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 16);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("session_cmds", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, tells_of_sessions_on_all_channels);
    tcase_add_test(tc, tells_only_counts_where_there_is_no_session);
    tcase_add_test(tc, means_the_askers_channel_by_a_handle);
    tcase_add_test(tc, closes_sessions_of_all_channels);
    tcase_add_test(tc, answers_for_the_channel_that_is_named);
    tcase_add_test(tc, knows_no_sessions_on_other_channels);
    tcase_add_test(tc, signs_data_for_system_software);
    return run_suite(s);
}
