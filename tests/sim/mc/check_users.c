#include <string.h>

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#include "sim/mc/mc_tables.h"

#define ADMIN    2 /* user ids that are described */
#define OPERATOR 3
#define SPARE    9

#define NAME_16 \
    's', 'i', 'x', 't', 'e', 'e', 'n', 'c', 'h', 'a', 'r', 'a', 'c', 't', 'e', 'r'
#define NO_NAME     0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
#define ADMIN_NAME  'a', 'd', 'm', 'i', 'n', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
#define PASSWORD_16 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
#define PASSWORD_20 PASSWORD_16, 17, 18, 19, 20
#define OTHER_16    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17

static struct mcworld w;

static void
begin(void)
{
    mcworld_plain(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

static struct lan_user
seen(uint8_t id)
{
    struct lan_user u = { .id = 0 };

    (void)users_lan_user(w.mc, MCWORLD_LAN, id, &u);
    return u;
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &users_commands, 0);
}
END_TEST

START_TEST(shows_who_is_described)
{
    ck_answer(ask(&w, NETFN_APP, 0x44, 1, ADMIN), CC_OK, 16, 0x43, 1, 0x14);
    ck_answer(ask(&w, NETFN_APP, 0x44, 1, 1), CC_OK, 16, 0x83, 1, 0x14);
    ck_answer(ask(&w, NETFN_APP, 0x44, 0x0e, SPARE), CC_INVALID_FIELD);
    ck_answer(ask(&w, NETFN_APP, 0x44, 1, SPARE), CC_OK, 16, 0x83, 1, 0x0f);
    ck_answer(ask(&w, NETFN_APP, 0x46, ADMIN), CC_OK, ADMIN_NAME);
    ck_answer(ask(&w, NETFN_APP, 0x46, 1), CC_OK, NO_NAME);
    ck_answer(ask(&w, NETFN_APP, 0x46, SPARE), CC_OK, NO_NAME);
}
END_TEST

START_TEST(has_no_users_zero_and_past_the_last)
{
    static const uint8_t ids[] = { 0, 17, 63 };

    for (size_t i = 0; i < sizeof ids; i++) {
        ck_cc(ask(&w, NETFN_APP, 0x44, 1, ids[i]), CC_INVALID_FIELD);
        ck_cc(ask(&w, NETFN_APP, 0x46, ids[i]), CC_INVALID_FIELD);
        ck_cc(ask(&w, NETFN_APP, 0x43, 0x90 | 1, ids[i], 4), CC_INVALID_FIELD);
        ck_cc(ask(&w, NETFN_APP, 0x45, ids[i], NAME_16), CC_INVALID_FIELD);
        ck_cc(ask(&w, NETFN_APP, 0x47, ids[i], 1), CC_INVALID_FIELD);
    }
}
END_TEST

START_TEST(makes_room_for_the_highest_id_described)
{
    struct mcworld v;

    mcworld_describe(&v);
    v.users[3].id = 40;
    mcworld_begin(&v);
    ck_answer(ask(&v, NETFN_APP, 0x44, 1, 40), CC_OK, 40, 0x43, 1, 0x12);
    mcworld_end(&v);
}
END_TEST

static const struct {
    const char *why;
    uint8_t channel_flags, limit;
    unsigned cc;
    uint8_t access; /* byte 4 of Get User Access */
} access_rows[] = {
    { "all flags", 0xf1, 3, CC_OK, 0x73 },
    { "no flags", 0x81, 2, CC_OK, 0x02 },
    { "flags not meant", 0x71, 2, CC_OK, 0x12 },
    { "no access", 0x91, 0x0f, CC_OK, 0x1f },
    { "OEM", 0x91, 5, CC_OK, 0x15 },
    { "reserved limit", 0x91, 0, CC_INVALID_FIELD, 0x14 },
    { "no such limit", 0x91, 6, CC_INVALID_FIELD, 0x14 },
    { "no sessions there", 0x90, 4, CC_INVALID_FIELD, 0x14 },
    { "no such channel", 0x95, 4, CC_INVALID_FIELD, 0x14 },
};

START_TEST(sets_access)
{
    ck_cc(ask(&w, NETFN_APP, 0x43, access_rows[_i].channel_flags, ADMIN,
              access_rows[_i].limit),
          access_rows[_i].cc);
    ck_answer(ask(&w, NETFN_APP, 0x44, 1, ADMIN), CC_OK, 16, 0x43, 1,
              access_rows[_i].access);
}
END_TEST

START_TEST(keeps_access_of_each_channel_apart)
{
    struct mcworld v;

    mcworld_describe(&v);
    v.machine.lan_count = 2;
    mcworld_begin(&v);
    ck_cc(ask(&v, NETFN_APP, 0x43, 0x80 | MCWORLD_SECOND_LAN, ADMIN, 2), CC_OK);
    ck_answer(ask(&v, NETFN_APP, 0x44, MCWORLD_SECOND_LAN, ADMIN), CC_OK, 16, 0x43, 1,
              0x02);
    ck_answer(ask(&v, NETFN_APP, 0x44, MCWORLD_LAN, ADMIN), CC_OK, 16, 0x43, 1, 0x14);
    mcworld_end(&v);
}
END_TEST

START_TEST(limits_sessions_when_told)
{
    ck_cc(ask(&w, NETFN_APP, 0x43, 0x91, ADMIN, 4, 3), CC_OK);
    ck_assert_uint_eq(seen(ADMIN).max_sessions, 3);
    ck_cc(ask(&w, NETFN_APP, 0x43, 0x91, ADMIN, 4), CC_OK);
    ck_assert_uint_eq(seen(ADMIN).max_sessions, 3);
}
END_TEST

START_TEST(names_users)
{
    ck_cc(ask(&w, NETFN_APP, 0x45, SPARE, NAME_16), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x46, SPARE), CC_OK, NAME_16);
    ck_cc(ask(&w, NETFN_APP, 0x45, SPARE, NO_NAME), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x46, SPARE), CC_OK, NO_NAME);
    ck_cc(ask(&w, NETFN_APP, 0x45, SPARE, 'x', 0, 'y', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
              0),
          CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x46, SPARE), CC_OK, 'x', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
              0, 0, 0, 0, 0);
}
END_TEST

START_TEST(refuses_names_that_are_taken_or_fixed)
{
    ck_cc(ask(&w, NETFN_APP, 0x45, SPARE, ADMIN_NAME), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, 0x45, ADMIN, ADMIN_NAME), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x45, 1, NAME_16), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, 0x45, 1, NO_NAME), CC_OK);
}
END_TEST

START_TEST(enables_and_disables)
{
    ck_cc(ask(&w, NETFN_APP, 0x47, SPARE, 1), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x44, 1, SPARE), CC_OK, 16, 0x44, 1, 0x0f);
    ck_cc(ask(&w, NETFN_APP, 0x47, SPARE, 0, PASSWORD_16), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x44, 1, SPARE), CC_OK, 16, 0x83, 1, 0x0f);
    ck_assert(!seen(SPARE).enabled);
}
END_TEST

START_TEST(tests_passwords_of_16_octets)
{
    ck_cc(ask(&w, NETFN_APP, 0x47, SPARE, 2, PASSWORD_16), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x47, SPARE, 3, PASSWORD_16), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x47, SPARE, 3, OTHER_16), CC_CMD_80);
    ck_cc(ask(&w, NETFN_APP, 0x47, 0x80 | SPARE, 3, PASSWORD_20), CC_CMD_81);
    ck_assert(!seen(SPARE).password_is_20);
}
END_TEST

START_TEST(tests_passwords_of_20_octets)
{
    static const uint8_t password[] = { PASSWORD_20 };

    ck_cc(ask(&w, NETFN_APP, 0x47, 0x80 | SPARE, 2, PASSWORD_20), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x47, 0x80 | SPARE, 3, PASSWORD_20), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x47, SPARE, 3, PASSWORD_16), CC_CMD_81);
    ck_assert(seen(SPARE).password_is_20);
    ck_assert_mem_eq(seen(SPARE).password, password, sizeof password);
}
END_TEST

START_TEST(wants_passwords_of_the_size_announced)
{
    ck_cc(ask(&w, NETFN_APP, 0x47, SPARE, 2, PASSWORD_20), CC_LENGTH);
    ck_cc(ask(&w, NETFN_APP, 0x47, 0x80 | SPARE, 2, PASSWORD_16), CC_LENGTH);
    ck_cc(ask(&w, NETFN_APP, 0x47, SPARE, 2), CC_LENGTH);
    ck_cc(ask(&w, NETFN_APP, 0x47, SPARE, 3), CC_LENGTH);
}
END_TEST

START_TEST(keeps_users_over_a_cold_reset)
{
    ck_cc(ask(&w, NETFN_APP, 0x45, SPARE, NAME_16), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x47, SPARE, 1), CC_OK);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(ask(&w, NETFN_APP, 0x46, SPARE), CC_OK, NAME_16);
    ck_answer(ask(&w, NETFN_APP, 0x44, 1, SPARE), CC_OK, 16, 0x44, 1, 0x0f);
}
END_TEST

START_TEST(keeps_payload_access)
{
    ck_answer(ask(&w, NETFN_APP, 0x4d, 1, ADMIN), CC_OK, 2, 0, 0, 0);
    ck_answer(ask(&w, NETFN_APP, 0x4d, 1, SPARE), CC_OK, 0, 0, 0, 0);
    ck_cc(ask(&w, NETFN_APP, 0x4c, 1, 0x00 | ADMIN, 0x04, 0, 0x81, 0), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x4d, 1, ADMIN), CC_OK, 6, 0, 0x81, 0);
    ck_cc(ask(&w, NETFN_APP, 0x4c, 1, 0x40 | ADMIN, 0x02, 0, 0x01, 0), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x4d, 1, ADMIN), CC_OK, 4, 0, 0x80, 0);
    ck_cc(ask(&w, NETFN_APP, 0x4c, 1, 0x00 | ADMIN, 0xff, 0xff, 0xff, 0xff), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x4d, 1, ADMIN), CC_OK, 0xfe, 0, 0xff, 0);
    ck_cc(ask(&w, NETFN_APP, 0x4c, 1, 0x80 | ADMIN, 2, 0, 0, 0), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, 0x4c, 0, ADMIN, 2, 0, 0, 0), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, 0x4d, 1, 17), CC_INVALID_FIELD);
}
END_TEST

/* ---- sessions ---- */

static uint32_t
log_in(struct remote **console)
{
    struct remote_opts opts = mcworld_console(&w);
    struct lan_session_info info;

    ck_assert_int_eq(remote_new(&opts, console), ST_OK);
    remote_open(*console, w.world.now);
    mcworld_talk(&w, 0, *console);
    ck_assert_int_eq(remote_state(*console), REMOTE_OPEN);
    ck_assert(lan_session_nth(mc_lan(w.mc, 0), 0, &info));
    ck_assert_uint_eq(info.user, ADMIN);
    return info.id;
}

/* Whoever disables himself still hears that it was done. */
START_TEST(ends_the_sessions_of_a_user_that_is_disabled)
{
    struct remote *console;
    uint32_t own = log_in(&console);

    mcworld_from_lan(&w, PRIV_ADMIN);
    w.who.session = own;
    ck_cc(ask(&w, NETFN_APP, 0x47, ADMIN, 0), CC_OK);
    ck_assert_uint_eq(lan_session_count(mc_lan(w.mc, 0)), 1);
    mcworld_from_system(&w);
    ck_cc(ask(&w, NETFN_APP, 0x47, OPERATOR, 0), CC_OK);
    ck_assert_uint_eq(lan_session_count(mc_lan(w.mc, 0)), 1);
    ck_cc(ask(&w, NETFN_APP, 0x47, ADMIN, 0), CC_OK);
    ck_assert_uint_eq(lan_session_count(mc_lan(w.mc, 0)), 0);
    remote_free(console);
}
END_TEST

START_TEST(counts_sessions_in_channel_info)
{
    struct remote *console;

    (void)log_in(&console);
    ck_answer(ask(&w, NETFN_APP, 0x42, 1), CC_OK, 1, 4, 1, 0x81, 0xf2, 0x1b, 0, 0, 0);
    mc_cold_reset(w.mc);
    ck_assert_uint_eq(lan_session_count(mc_lan(w.mc, 0)), 0);
    remote_free(console);
}
END_TEST

/* ---- bad passwords ---- */

static void
bad_password_rule(bool audit, uint8_t threshold, uint8_t reset_10s, uint8_t lockout_10s)
{
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 26, audit, threshold, reset_10s, 0,
              lockout_10s, 0),
          CC_OK);
}

static void
guess(unsigned times)
{
    while (times--)
        users_lan_login(w.mc, MCWORLD_LAN, ADMIN, LOGIN_BAD_PASSWORD);
}

START_TEST(never_locks_out_without_a_threshold)
{
    guess(300);
    ck_assert(seen(ADMIN).enabled);
}
END_TEST

START_TEST(locks_out_at_the_threshold_and_lets_in_after_the_interval)
{
    bad_password_rule(false, 3, 0, 6);
    guess(2);
    ck_assert(seen(ADMIN).enabled);
    guess(1);
    ck_assert(!seen(ADMIN).enabled);
    ck_answer(ask(&w, NETFN_APP, 0x44, 1, ADMIN), CC_OK, 16, 0x83, 1, 0x14);
    ck_assert(seen(OPERATOR).enabled);
    mcworld_run(&w, SPAN_S(60) - 1);
    ck_assert(!seen(ADMIN).enabled);
    mcworld_run(&w, 1);
    ck_assert(seen(ADMIN).enabled);
    guess(2);
    ck_assert(seen(ADMIN).enabled);
    guess(1);
    ck_assert(!seen(ADMIN).enabled);
}
END_TEST

START_TEST(forgets_bad_passwords_after_the_reset_interval)
{
    bad_password_rule(false, 3, 2, 6);
    guess(2);
    mcworld_run(&w, SPAN_S(20));
    guess(2);
    ck_assert(seen(ADMIN).enabled);
    mcworld_run(&w, SPAN_S(19));
    guess(1);
    ck_assert(!seen(ADMIN).enabled);
}
END_TEST

START_TEST(forgets_bad_passwords_after_a_good_one)
{
    bad_password_rule(false, 3, 0, 6);
    guess(2);
    users_lan_login(w.mc, MCWORLD_LAN, ADMIN, LOGIN_OK);
    guess(2);
    ck_assert(seen(ADMIN).enabled);
}
END_TEST

START_TEST(stays_locked_until_set_user_access_when_told)
{
    bad_password_rule(false, 1, 0, 0);
    guess(1);
    mcworld_run(&w, SPAN_S(100000));
    ck_assert(!seen(ADMIN).enabled);
    ck_cc(ask(&w, NETFN_APP, 0x43, 0x91, ADMIN, 4), CC_OK);
    ck_assert(seen(ADMIN).enabled);
}
END_TEST

/* Log records so far, and the last one. */
static unsigned
logged(struct answer **last)
{
    struct answer *info = ask(&w, NETFN_STORAGE, 0x40);

    *last = ask(&w, NETFN_STORAGE, 0x43, 0, 0, 0xff, 0xff, 0, 0xff);
    return info->data[1] | (unsigned)info->data[2] << 8;
}

START_TEST(logs_a_lock_out_when_told)
{
    static const uint8_t event[] = { 0x04, 0x2a, 0x00, 0x6f, 0xa3, ADMIN, MCWORLD_LAN };
    struct answer *last;

    bad_password_rule(true, 2, 0, 0);
    guess(1);
    ck_assert_uint_eq(logged(&last), 0);
    guess(5);
    ck_assert_uint_eq(logged(&last), 1);
    ck_assert_mem_eq(last->data + 2 + 9, event, sizeof event);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("users", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, keeps_the_promises_of_its_rows);
    tcase_add_test(t, shows_who_is_described);
    tcase_add_test(t, has_no_users_zero_and_past_the_last);
    tcase_add_test(t, makes_room_for_the_highest_id_described);
    tcase_add_loop_test(t, sets_access, 0, sizeof access_rows / sizeof access_rows[0]);
    tcase_add_test(t, keeps_access_of_each_channel_apart);
    tcase_add_test(t, limits_sessions_when_told);
    tcase_add_test(t, names_users);
    tcase_add_test(t, refuses_names_that_are_taken_or_fixed);
    tcase_add_test(t, enables_and_disables);
    tcase_add_test(t, tests_passwords_of_16_octets);
    tcase_add_test(t, tests_passwords_of_20_octets);
    tcase_add_test(t, wants_passwords_of_the_size_announced);
    tcase_add_test(t, keeps_users_over_a_cold_reset);
    tcase_add_test(t, keeps_payload_access);
    tcase_add_test(t, ends_the_sessions_of_a_user_that_is_disabled);
    tcase_add_test(t, counts_sessions_in_channel_info);
    tcase_add_test(t, never_locks_out_without_a_threshold);
    tcase_add_test(t, locks_out_at_the_threshold_and_lets_in_after_the_interval);
    tcase_add_test(t, forgets_bad_passwords_after_the_reset_interval);
    tcase_add_test(t, forgets_bad_passwords_after_a_good_one);
    tcase_add_test(t, stays_locked_until_set_user_access_when_told);
    tcase_add_test(t, logs_a_lock_out_when_told);
    return run_suite(s);
}
