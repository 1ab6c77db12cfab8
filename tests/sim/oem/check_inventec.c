#include "sim/oem/inventec.h"

#include <string.h>

#include "sim/oem/extconf_common.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define GENERIC 0x30
#define SPECIFIC 0x34
#define EEPROM 0x05, 0xa6
#define MAC "02:aB:03:04:05:fF"

static struct mcworld w;

static void
begin(void)
{
    mcworld_describe(&w);
    w.machine.profiles[0] = &oem_inventec;
    mcworld_begin(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

static const struct answer *
set_mac(uint8_t cmd, const char *text)
{
    return mcworld_ask(&w, w.mc, NETFN_OEM, cmd, (const uint8_t *)text, strlen(text) + 1);
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &oem_inventec_commands, 0);
}
END_TEST

/* What stands where others have an IANA number is the text's beginning. */
START_TEST(sets_mac_addresses)
{
    ck_answer(set_mac(0x21, MAC), CC_OK);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x02, MCWORLD_LAN, 5, 0, 0), CC_OK, 0x11, 2, 0xab, 3, 4,
              5, 0xff);
    ck_answer(set_mac(0x23, MAC), CC_OK);
    ck_cc(set_mac(0x21, "02:ab:03:04:05:fg"), CC_INVALID_FIELD);
    ck_cc(set_mac(0x21, "02-ab-03-04-05-ff"), CC_INVALID_FIELD);
    ck_cc(set_mac(0x21, "02:ab:03:04:05:f"), CC_LENGTH);
    mcworld_from_lan(&w, PRIV_OPERATOR);
    ck_cc(set_mac(0x21, MAC), CC_PRIVILEGE);
}
END_TEST

START_TEST(locks_out_as_lan_parameter_26_says)
{
    uint8_t held = ask(&w, GENERIC, 0x01)->data[0];

    ck_cc(ask(&w, GENERIC, 0x03, held, EXTCONF_SECURITY, 2, 0, 0, 0, 1, 3), CC_OK);
    ck_cc(ask(&w, GENERIC, 0x03, held, EXTCONF_SECURITY, 3, 0, 0, 0, 1, 60, 0), CC_OK);
    ck_cc(ask(&w, GENERIC, 0x03, held, EXTCONF_SECURITY, 4, 0, 0, 0, 1, 125, 0), CC_OK);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x02, MCWORLD_LAN, 26, 0, 0), CC_OK, 0x11, 0, 3, 6, 0, 13,
              0);
    ck_answer(ask(&w, GENERIC, 0x02, held, EXTCONF_SECURITY, 4, 0, 0, 0, 0xff), CC_OK,
              EXTCONF_SECURITY, 4, 0, 2, 125, 0);
}
END_TEST

START_TEST(tells_settings_twice)
{
    uint8_t held = ask(&w, GENERIC, 0x01)->data[0];

    ck_answer(ask(&w, SPECIFIC, 0x03), CC_OK, 80, 0, 0xbb, 0x01);
    ck_cc(ask(&w, SPECIFIC, 0x02, 0x90, 0x1f, 0xfb, 0x20), CC_OK);
    ck_answer(ask(&w, GENERIC, 0x02, held, EXTCONF_WEB, 5, 0, 0, 0, 0xff), CC_OK, EXTCONF_WEB,
              5, 0, 2, 0x90, 0x1f);
    ck_cc(ask(&w, SPECIFIC, 0x02, 0, 0, 1, 0), CC_RANGE);
    ck_answer(ask(&w, SPECIFIC, 0x13, 1), CC_OK, 1);
    ck_answer(ask(&w, SPECIFIC, 0x14), CC_OK, 1);
    ck_answer(ask(&w, GENERIC, 0x02, held, EXTCONF_NIC, 1, 0, 0, 0, 0xff), CC_OK, EXTCONF_NIC, 1,
              0, 1, 1);
}
END_TEST

START_TEST(keeps_who_it_is)
{
    ck_cc(ask(&w, SPECIFIC, 0x10, 7), CC_OK);
    ck_cc(ask(&w, SPECIFIC, 0x15, 2, 9), CC_OK);
    ck_answer(ask(&w, SPECIFIC, 0x12, 'a', 'b'), CC_OK, 2);
    ck_cc(ask(&w, GENERIC, 0xb3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16), CC_OK);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(ask(&w, SPECIFIC, 0x11), CC_OK, 7);
    ck_answer(ask(&w, SPECIFIC, 0x16), CC_OK, 2, 9);
    ck_answer(ask(&w, NETFN_APP, 0x37), CC_OK, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
              16);
    ck_answer(ask(&w, NETFN_GROUP, 0x06, GROUP_DCMI, 0, 2), CC_OK, GROUP_DCMI, 2, 'a', 'b');
}
END_TEST

START_TEST(updates_firmware)
{
    uint8_t held = ask(&w, GENERIC, 0x01)->data[0];
    uint8_t task = ask(&w, NETFN_FIRMWARE, 0x01, 1, 0)->data[0];

    ck_assert_uint_ne(task, 0);
    ck_answer(ask(&w, NETFN_FIRMWARE, 0x02, task), CC_OK, 0);
    mcworld_run(&w, INVENTEC_STEP);
    ck_answer(ask(&w, NETFN_FIRMWARE, 0x02, task), CC_OK, 1);
    mcworld_run(&w, INVENTEC_STEP);
    ck_answer(ask(&w, NETFN_FIRMWARE, 0x02, task), CC_OK, 2);
    mcworld_run(&w, INVENTEC_STEP);
    ck_answer(ask(&w, NETFN_FIRMWARE, 0x02, task), CC_OK, 0xff);
    ck_cc(ask(&w, NETFN_FIRMWARE, 0x02, task + 1), CC_RANGE);
    ck_cc(ask(&w, NETFN_FIRMWARE, 0x01, 3, 0), CC_INVALID_FIELD);
    ck_cc(ask(&w, GENERIC, 0x03, held, EXTCONF_UPDATE, 1, 0, 0, 0, 1, 0), CC_OK);
    ck_cc(ask(&w, NETFN_FIRMWARE, 0x01, 1, 0), CC_STATE);
}
END_TEST

START_TEST(has_an_eeprom)
{
    ck_answer(ask(&w, NETFN_APP, 0x52, EEPROM, 2, 0x7f, 0xff), CC_OK, 0xff, 0xff);
    ck_answer(ask(&w, NETFN_APP, 0x52, EEPROM, 0, 0x7f, 0xff, 1, 2), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x52, EEPROM, 3, 0x7f, 0xff), CC_OK, 1, 2, 0xff);
    ck_cc(ask(&w, NETFN_APP, 0x52, EEPROM, 1, 0x7f), CC_LENGTH);
    mcworld_from_lan(&w, PRIV_OPERATOR);
    ck_cc(ask(&w, NETFN_APP, 0x52, EEPROM, 0, 0, 0, 1), CC_PRIVILEGE);
    ck_cc(ask(&w, NETFN_APP, 0x52, EEPROM, 1, 0, 0), CC_OK);
}
END_TEST

START_TEST(has_a_sol_parameter_of_its_own)
{
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x22, MCWORLD_LAN, 0xc0, 0, 0), CC_OK, 0x11, 0, 0);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x21, MCWORLD_LAN, 0xc0, 15, 0), CC_OK);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x22, MCWORLD_LAN, 0xc0, 0, 0), CC_OK, 0x11, 15, 0);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x22, 0x80 | MCWORLD_LAN, 0xc0, 0, 0), CC_OK, 0x11);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x21, MCWORLD_LAN, 0xc0, 15), CC_LENGTH);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x22, MCWORLD_LAN, 0xc1, 0, 0), CC_CMD_80);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x22, MCWORLD_LAN, 1, 0, 0), CC_OK);
    mcworld_from_lan(&w, PRIV_OPERATOR);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x21, MCWORLD_LAN, 0xc0, 15, 0), CC_PRIVILEGE);
}
END_TEST

START_TEST(drives_fans)
{
    ck_answer(ask(&w, SPECIFIC, 0x62), CC_OK, 50);
    ck_cc(ask(&w, SPECIFIC, 0x61, 0x80 | 100), CC_OK);
    ck_answer(ask(&w, SPECIFIC, 0x62), CC_OK, 0x80 | 100);
    ck_cc(ask(&w, SPECIFIC, 0x61, 0x80 | 101), CC_RANGE);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(ask(&w, SPECIFIC, 0x62), CC_OK, 50);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("oem_inventec", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, sets_mac_addresses);
    tcase_add_test(tc, locks_out_as_lan_parameter_26_says);
    tcase_add_test(tc, tells_settings_twice);
    tcase_add_test(tc, keeps_who_it_is);
    tcase_add_test(tc, updates_firmware);
    tcase_add_test(tc, has_an_eeprom);
    tcase_add_test(tc, has_a_sol_parameter_of_its_own);
    tcase_add_test(tc, drives_fans);
    return run_suite(s);
}
