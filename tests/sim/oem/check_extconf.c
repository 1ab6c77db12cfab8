#include "sim/oem/extconf.h"

#include <string.h>

#include "sim/oem/extconf_common.h"
#include "sim/oem/inventec.h"
#include "sim/oem/quanta.h"
#include "sim/oem/wistron.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

/* Through a profile that has it: what a table of its own could not show is
 * how the commands look from outside. */
#define NETFN 0x30
#define ALL EXTCONF_ALL
#define LAST 1

static struct mcworld w;
static uint8_t held;

static void
begin(void)
{
    mcworld_describe(&w);
    w.machine.fw_major = 1;
    w.machine.fw_minor = 0x30;
    w.machine.profiles[0] = &oem_quanta;
    mcworld_begin(&w);
    held = ask(&w, NETFN, 0x01)->data[0];
}

static void
end(void)
{
    mcworld_end(&w);
}

static const struct answer *
get(uint8_t config, uint8_t id, uint8_t index)
{
    return ask(&w, NETFN, 0x02, held, config, id, index, 0, 0, ALL);
}

#define set(config, id, ...) ask(&w, NETFN, 0x03, held, (config), (id), 0, 0, 0, LAST, __VA_ARGS__)

START_TEST(wants_the_reservation_in_force)
{
    uint8_t next = ask(&w, NETFN, 0x01)->data[0];

    ck_assert_uint_ne(held, 0);
    ck_assert_uint_ne(next, held);
    ck_cc(get(EXTCONF_NIC, 1, 0), CC_RESERVATION);
    ck_cc(set(EXTCONF_NIC, 1, 1), CC_RESERVATION);
    held = 0;
    ck_cc(get(EXTCONF_NIC, 1, 0), CC_RESERVATION);
    held = next;
    ck_cc(get(EXTCONF_NIC, 1, 0), CC_OK);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_cc(get(EXTCONF_NIC, 1, 0), CC_RESERVATION);
}
END_TEST

START_TEST(reads_back_values)
{
    ck_answer(get(EXTCONF_NIC, 1, 0), CC_OK, EXTCONF_NIC, 1, 0, 1, 0);
    ck_answer(set(EXTCONF_NIC, 1, 1), CC_OK, 1);
    ck_answer(get(EXTCONF_NIC, 1, 0), CC_OK, EXTCONF_NIC, 1, 0, 1, 1);
    ck_answer(set(EXTCONF_WEB, 4, 1, 2, 3, 4), CC_OK, 4);
    ck_answer(get(EXTCONF_WEB, 4, 0), CC_OK, EXTCONF_WEB, 4, 0, 4, 1, 2, 3, 4);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    held = ask(&w, NETFN, 0x01)->data[0];
    ck_answer(get(EXTCONF_NIC, 1, 0), CC_OK, EXTCONF_NIC, 1, 0, 1, 1);
}
END_TEST

START_TEST(reads_back_texts)
{
    ck_answer(set(EXTCONF_DNS, 5, 3, 'a', 'b', 'c'), CC_OK, 4);
    ck_answer(get(EXTCONF_DNS, 5, 0), CC_OK, EXTCONF_DNS, 5, 0, 4, 3, 'a', 'b', 'c');
    ck_answer(ask(&w, NETFN, 0x02, held, EXTCONF_DNS, 5, 0, 2, 0, 1), CC_OK, EXTCONF_DNS, 5, 0,
              1, 'b');
    ck_answer(ask(&w, NETFN, 0x02, held, EXTCONF_DNS, 5, 0, 4, 0, ALL), CC_OK, EXTCONF_DNS, 5,
              0, 0);
    ck_cc(ask(&w, NETFN, 0x02, held, EXTCONF_DNS, 5, 0, 5, 0, ALL), CC_RANGE);
    ck_answer(set(EXTCONF_DNS, 5, 0), CC_OK, 1);
    ck_answer(get(EXTCONF_DNS, 5, 0), CC_OK, EXTCONF_DNS, 5, 0, 1, 0);
}
END_TEST

/* Nothing changes before the last piece. */
START_TEST(takes_data_in_pieces)
{
    ck_answer(ask(&w, NETFN, 0x03, held, EXTCONF_DNS, 5, 0, 0, 0, 0, 4, 'a', 'b'), CC_OK, 3);
    ck_answer(get(EXTCONF_DNS, 5, 0), CC_OK, EXTCONF_DNS, 5, 0, 4, 3, 'b', 'm', 'c');
    ck_cc(ask(&w, NETFN, 0x03, held, EXTCONF_DNS, 5, 0, 4, 0, LAST, 'd'), CC_RANGE);
    ck_cc(ask(&w, NETFN, 0x03, held, EXTCONF_DNS, 7, 0, 3, 0, LAST, 'd'), CC_RANGE);
    ck_answer(ask(&w, NETFN, 0x03, held, EXTCONF_DNS, 5, 0, 3, 0, LAST, 'c', 'd'), CC_OK, 2);
    ck_answer(get(EXTCONF_DNS, 5, 0), CC_OK, EXTCONF_DNS, 5, 0, 5, 4, 'a', 'b', 'c', 'd');
    ck_cc(ask(&w, NETFN, 0x03, held, EXTCONF_DNS, 5, 0, 5, 0, LAST, 'e'), CC_RANGE);
}
END_TEST

START_TEST(is_strict)
{
    ck_cc(get(0x7f, 1, 0), CC_INVALID_FIELD);
    ck_cc(get(EXTCONF_NIC, 9, 0), CC_INVALID_FIELD);
    ck_cc(get(EXTCONF_NIC, 1, 1), CC_INVALID_FIELD);
    ck_cc(set(EXTCONF_NIC, 1, 2), CC_RANGE);
    ck_cc(set(EXTCONF_NIC, 1, 1, 0), CC_LENGTH);
    ck_cc(set(EXTCONF_WEB, 5, 0, 0), CC_RANGE);
    ck_cc(set(EXTCONF_WEB, 3, 1), CC_CMD_82);
    ck_cc(set(EXTCONF_ACCOUNTS, 1, 1), CC_CMD_82);
    ck_cc(set(EXTCONF_DNS, 5, 2, 'a'), CC_LENGTH);
    ck_cc(ask(&w, NETFN, 0x03, held, EXTCONF_NIC, 1, 0, 0, 0, 2, 1), CC_INVALID_FIELD);
    ck_answer(get(EXTCONF_NIC, 1, 0), CC_OK, EXTCONF_NIC, 1, 0, 1, 0);
}
END_TEST

START_TEST(bounds_its_texts)
{
    uint8_t rq[7 + 2 + EXTCONF_DATA_MAX] = { held, EXTCONF_DNS, 5, 0, 0, 0, LAST };

    rq[7] = EXTCONF_DNS_HOST_MAX + 1;
    ck_cc(mcworld_ask(&w, w.mc, NETFN, 0x03, rq, 8u + rq[7]), CC_FIELD_LENGTH);
    rq[7] = EXTCONF_DNS_HOST_MAX;
    ck_cc(mcworld_ask(&w, w.mc, NETFN, 0x03, rq, 8u + rq[7]), CC_OK);
    rq[2] = 7;
    rq[7] = EXTCONF_DNS_DOMAIN_MAX;
    ck_cc(mcworld_ask(&w, w.mc, NETFN, 0x03, rq, 8u + rq[7]), CC_OK);
    ck_cc(mcworld_ask(&w, w.mc, NETFN, 0x03, rq, sizeof rq), CC_FIELD_LENGTH);
}
END_TEST

/* More than an answer holds is given as far as it fits, or refused when so
 * many octets were asked for. */
START_TEST(gives_what_fits)
{
    uint8_t rq[7 + 255] = { held, EXTCONF_DNS, 7, 0, 0, 0, LAST, 254 };
    const struct answer *a;

    memset(rq + 8, 'x', 254);
    ck_cc(mcworld_ask(&w, w.mc, NETFN, 0x03, rq, sizeof rq), CC_OK);
    mcworld_from_lan(&w, PRIV_USER);
    a = get(EXTCONF_DNS, 7, 0);
    ck_cc(a, CC_OK);
    ck_assert_uint_lt(a->data[3], 255);
    ck_assert_uint_eq(a->len, 4u + a->data[3]);
    ck_cc(ask(&w, NETFN, 0x02, held, EXTCONF_DNS, 7, 0, 0, 0, 254), CC_CANNOT_RETURN);
    a = ask(&w, NETFN, 0x02, held, EXTCONF_DNS, 7, 0, a->data[3], 0, 100);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->data[3] + get(EXTCONF_DNS, 7, 0)->data[3], 255);
}
END_TEST

START_TEST(tells_of_accounts)
{
    ck_answer(get(EXTCONF_ACCOUNTS, 1, 0), CC_OK, EXTCONF_ACCOUNTS, 1, 0, 1, 3);
    ck_answer(get(EXTCONF_ACCOUNTS, 2, 0), CC_OK, EXTCONF_ACCOUNTS, 2, 0, 1, 3);
    ck_answer(get(EXTCONF_ACCOUNTS, 3, 4), CC_OK, EXTCONF_ACCOUNTS, 3, 4, 5, 4, 'u', 's', 'e',
              'r');
    ck_answer(get(EXTCONF_ACCOUNTS, 4, 1), CC_OK, EXTCONF_ACCOUNTS, 4, 1, 1, 2);
    ck_answer(get(EXTCONF_ACCOUNTS, 4, 2), CC_OK, EXTCONF_ACCOUNTS, 4, 2, 1, 1);
    users_edit(w.mc->users, 2)->access[0].locked_until = INSTANT_NEVER;
    ck_answer(get(EXTCONF_ACCOUNTS, 4, 2), CC_OK, EXTCONF_ACCOUNTS, 4, 2, 1, 3);
    ck_cc(get(EXTCONF_ACCOUNTS, 4, 0), CC_INVALID_FIELD);
    ck_cc(get(EXTCONF_ACCOUNTS, 4, 17), CC_INVALID_FIELD);
    ck_cc(get(EXTCONF_ACCOUNTS, 4, 200), CC_INVALID_FIELD);
}
END_TEST

START_TEST(tells_its_firmware)
{
    ck_answer(get(EXTCONF_FIRMWARE, 5, 0), CC_OK, EXTCONF_FIRMWARE, 5, 0, 5, 4, '1', '.', '3',
              '0');
    ck_cc(set(EXTCONF_FIRMWARE, 5, 1, 'x'), CC_CMD_82);
}
END_TEST

/* A machine that speaks several dialects: 06h 08h is Wistron's alone, 10h 04h
 * Inventec's, and 03h 02h is all three's, so of the first. */
START_TEST(has_what_other_profiles_of_its_controller_have)
{
    ck_cc(get(EXTCONF_DNS, 8, 0), CC_INVALID_FIELD);
    mcworld_end(&w);
    mcworld_describe(&w);
    w.machine.profiles[0] = &oem_quanta;
    w.machine.profiles[1] = &oem_wistron;
    w.machine.profiles[2] = &oem_inventec;
    mcworld_begin(&w);
    held = ask(&w, NETFN, 0x01)->data[0];
    ck_answer(get(EXTCONF_DNS, 8, 0), CC_OK, EXTCONF_DNS, 8, 0, 1, 5);
    ck_answer(set(EXTCONF_DNS, 8, 6), CC_OK, 1);
    ck_answer(get(EXTCONF_DNS, 8, 0), CC_OK, EXTCONF_DNS, 8, 0, 1, 6);
    ck_answer(get(EXTCONF_UPDATE, 4, 0), CC_OK, EXTCONF_UPDATE, 4, 0, 1, 3);
    ck_cc(set(EXTCONF_SOL, 2, 2), CC_RANGE);
    ck_cc(get(EXTCONF_DNS, 9, 0), CC_INVALID_FIELD);
    held++;
    ck_cc(get(EXTCONF_DNS, 8, 0), CC_RESERVATION);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("oem_extconf", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, wants_the_reservation_in_force);
    tcase_add_test(tc, reads_back_values);
    tcase_add_test(tc, reads_back_texts);
    tcase_add_test(tc, takes_data_in_pieces);
    tcase_add_test(tc, is_strict);
    tcase_add_test(tc, bounds_its_texts);
    tcase_add_test(tc, gives_what_fits);
    tcase_add_test(tc, tells_of_accounts);
    tcase_add_test(tc, tells_its_firmware);
    tcase_add_test(tc, has_what_other_profiles_of_its_controller_have);
    return run_suite(s);
}
