#include "sim/mc/forward.h"

#include "sim/mc/mc_tables.h"
#include "tests/lib/records.h"
#include "tests/lib/run.h"

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

#define GET_DEVICE_ID_ONLY 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0

/* Forward Get Device ID of the LAN, and switch that on. */
static void
forward(void)
{
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x31, MCWORLD_LAN, NETFN_APP, 0, GET_DEVICE_ID_ONLY), CC_OK);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x33, MCWORLD_LAN, 1), CC_OK, 0);
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &forward_commands, 0);
}
END_TEST

START_TEST(keeps_what_is_set)
{
    forward();
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x32, MCWORLD_LAN, NETFN_APP, 0), CC_OK,
              GET_DEVICE_ID_ONLY);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x32, MCWORLD_LAN, 0x40 | NETFN_APP, 0), CC_OK, 0, 0, 0,
              0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x32, MCWORLD_LAN, NETFN_APP, 0), CC_OK,
              GET_DEVICE_ID_ONLY);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x33, MCWORLD_LAN, 0), CC_OK, 1);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x32, 9, NETFN_APP, 0), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x32, MCWORLD_LAN, NETFN_APP | 1, 0), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x32, MCWORLD_LAN, 0x80, 0), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x33, CHANNEL_SYSTEM, 1), CC_INVALID_FIELD);
}
END_TEST

#define NOTHING 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0

/* A set of nothing takes no place, also one that was of something. */
START_TEST(has_room_for_as_many_sets_as_it_says)
{
    for (uint8_t n = 0; n < 2 * FORWARD_SETS; n++)
        ck_cc(ask(&w, NETFN_TRANSPORT, 0x31, MCWORLD_LAN, (uint8_t)(n * 2 % 0x40), n & 3,
                  NOTHING), CC_OK);
    for (uint8_t n = 0; n < FORWARD_SETS; n++)
        ck_cc(ask(&w, NETFN_TRANSPORT, 0x31, MCWORLD_LAN, (uint8_t)(n * 2), 0,
                  GET_DEVICE_ID_ONLY), CC_OK);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x31, MCWORLD_LAN, 0, 1, GET_DEVICE_ID_ONLY), CC_NO_SPACE);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x31, MCWORLD_LAN, NETFN_APP, 0, NOTHING), CC_OK);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x32, MCWORLD_LAN, NETFN_APP, 0), CC_OK, NOTHING);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x31, MCWORLD_LAN, 0, 1, GET_DEVICE_ID_ONLY), CC_OK);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x32, MCWORLD_LAN, 0x3e, 0), CC_OK, GET_DEVICE_ID_ONLY);
}
END_TEST

START_TEST(has_system_software_answer)
{
    const struct answer *waits, *got;
    uint8_t seq;

    forward();
    mcworld_from_lan(&w, PRIV_USER);
    waits = ask(&w, NETFN_APP, 0x01);
    ck_assert(!waits->came);
    mcworld_from_system(&w);
    got = ask(&w, NETFN_APP, 0x33);
    ck_cc(got, CC_OK);
    /* privilege and channel; handle, addresses and sums; then ours */
    ck_assert_uint_eq(got->data[0], PRIV_USER << 4 | MCWORLD_LAN);
    ck_assert_uint_eq(got->data[3], NETFN_TRANSPORT << 2 | LUN_SMS);
    ck_assert_uint_eq(got->data[7], 0x30);
    ck_assert_uint_eq(got->data[8], MCWORLD_LAN);
    ck_assert_uint_eq(got->data[10], PRIV_USER);
    ck_assert_uint_eq(got->data[11], NETFN_APP << 2);
    ck_assert_uint_eq(got->data[12], 0x01);
    seq = got->data[6] >> 2;
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x30, (uint8_t)(seq + 1), 0), CC_CMD_80);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x30, seq, 0xc9, 1, 2), CC_OK);
    ck_answer(waits, 0xc9, 1, 2);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x30, seq, 0), CC_CMD_80);
}
END_TEST

START_TEST(answers_itself_when_software_does_not)
{
    const struct answer *waits;

    forward();
    mcworld_from_lan(&w, PRIV_USER);
    waits = ask(&w, NETFN_APP, 0x01);
    mcworld_run(&w, FORWARD_TIME);
    ck_cc(waits, CC_TIMEOUT);
}
END_TEST

START_TEST(forwards_nothing_else)
{
    forward();
    ck_cc(ask(&w, NETFN_APP, 0x01), CC_OK);
    mcworld_from_lan(&w, PRIV_USER);
    ck_cc(ask(&w, NETFN_APP, 0x04), CC_OK);
    mcworld_from_system(&w);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x33, MCWORLD_LAN, 0), CC_OK);
    mcworld_from_lan(&w, PRIV_USER);
    ck_cc(ask(&w, NETFN_APP, 0x01), CC_OK);
}
END_TEST

START_TEST(keeps_sessions_its_own)
{
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x31, MCWORLD_LAN, NETFN_APP, 0, 255, 255, 255, 255, 255,
              255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255),
          CC_OK);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x33, MCWORLD_LAN, 1), CC_OK);
    mcworld_from_lan(&w, PRIV_ADMIN);
    ck_cc(ask(&w, NETFN_APP, 0x38, 0x0e, PRIV_ADMIN), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x4a, 1), CC_OK);
}
END_TEST

START_TEST(has_no_more_wait_than_it_has_room_for)
{
    const struct answer *waits[FORWARD_PENDING];

    forward();
    mcworld_from_lan(&w, PRIV_USER);
    for (unsigned i = 0; i < FORWARD_PENDING; i++)
        waits[i] = ask(&w, NETFN_APP, 0x01);
    ck_cc(ask(&w, NETFN_APP, 0x01), CC_BUSY);
    mcworld_run(&w, FORWARD_TIME);
    for (unsigned i = 0; i < FORWARD_PENDING; i++)
        ck_cc(waits[i], CC_TIMEOUT);
}
END_TEST

START_TEST(forgets_who_waits_at_a_reset)
{
    const struct answer *waits;

    forward();
    mcworld_from_lan(&w, PRIV_USER);
    waits = ask(&w, NETFN_APP, 0x01);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(10));
    ck_assert(!waits->came);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("forward", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, keeps_the_promises_of_its_rows);
    tcase_add_test(t, keeps_what_is_set);
    tcase_add_test(t, has_room_for_as_many_sets_as_it_says);
    tcase_add_test(t, has_system_software_answer);
    tcase_add_test(t, answers_itself_when_software_does_not);
    tcase_add_test(t, forwards_nothing_else);
    tcase_add_test(t, keeps_sessions_its_own);
    tcase_add_test(t, has_no_more_wait_than_it_has_room_for);
    tcase_add_test(t, forgets_who_waits_at_a_reset);
    return run_suite(s);
}
