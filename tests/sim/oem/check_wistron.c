#include "sim/oem/wistron.h"

#include <string.h>

#include "sim/oem/extconf_common.h"
#include "sim/oem/wistron_ipv6.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define GENERIC 0x30
#define IPV6 0xc0
#define TRAPS 0xc1

static struct mcworld w;
static uint8_t held;

static void
begin(void)
{
    mcworld_describe(&w);
    w.machine.profiles[0] = &oem_wistron;
    mcworld_begin(&w);
    held = ask(&w, GENERIC, 0x01)->data[0];
}

static void
end(void)
{
    mcworld_end(&w);
}

static void
cold_reset(void)
{
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    held = ask(&w, GENERIC, 0x01)->data[0];
}

static const struct answer *
get(uint8_t config, uint8_t id, uint8_t index)
{
    return ask(&w, GENERIC, 0x02, held, config, id, index, 0, 0, 0xff);
}

#define set(config, id, index, ...) \
    ask(&w, GENERIC, 0x03, held, (config), (id), (index), 0, 0, 1, __VA_ARGS__)

static uint8_t
set_text(uint8_t config, uint8_t id, const char *text)
{
    uint8_t rq[64] = { held, config, id, 0, 0, 0, 1, (uint8_t)strlen(text) };

    memcpy(rq + 8, text, strlen(text));
    return mcworld_ask(&w, w.mc, GENERIC, 0x03, rq, 8 + strlen(text))->cc;
}

static void
expect_text(uint8_t config, uint8_t id, const char *want)
{
    const struct answer *a = get(config, id, 0);

    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->data[4], strlen(want));
    ck_assert_mem_eq(a->data + 5, want, strlen(want));
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &oem_wistron_commands, 0);
}
END_TEST

START_TEST(sets_the_lans_ipv6_addresses)
{
    expect_text(IPV6, 2, "::");
    ck_assert_uint_eq(set_text(IPV6, 2, "2001:db8::5"), CC_OK);
    ck_cc(set(IPV6, 4, 0, 48), CC_OK);
    ck_cc(set(IPV6, 1, 0, 1), CC_OK);
    ck_assert_uint_eq(set_text(IPV6, 3, "2001:db8::1"), CC_OK);
    expect_text(IPV6, 2, "2001:db8::5");
    expect_text(IPV6, 3, "2001:db8::1");
    ck_answer(get(IPV6, 4, 0), CC_OK, IPV6, 4, 0, 1, 48);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x02, MCWORLD_LAN, 56, 0, 0), CC_OK, 0x11, 0, 0x80, 0x20,
              0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 48, 0);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x02, MCWORLD_LAN, 51, 0, 0), CC_OK, 0x11, 2);
    ck_assert_uint_eq(set_text(IPV6, 2, "nonsense"), CC_INVALID_FIELD);
    ck_assert_uint_eq(set_text(IPV6, 2, ""), CC_OK);
    ck_assert_uint_eq(ask(&w, NETFN_TRANSPORT, 0x02, MCWORLD_LAN, 56, 0, 0)->data[2], 0);
    ck_cc(set(IPV6, 4, 0, 129), CC_RANGE);
    ck_assert_uint_eq(set_text(IPV6, 6, "fe80::1"), CC_CMD_82);
    ck_assert_uint_eq(get(IPV6, 6, 0)->data[5], 'f');
}
END_TEST

START_TEST(keeps_addresses_that_are_addresses)
{
    ck_assert_uint_eq(set_text(IPV6, 8, "2001:db8::53"), CC_OK);
    ck_assert_uint_eq(set_text(IPV6, 8, "2001:db8::5g"), CC_INVALID_FIELD);
    cold_reset();
    expect_text(IPV6, 8, "2001:db8::53");
}
END_TEST

START_TEST(keeps_trap_destinations_apart)
{
    ck_answer(get(TRAPS, 3, 0), CC_OK, TRAPS, 3, 0, 1, WISTRON_TRAPS);
    ck_answer(get(TRAPS, 1, 0), CC_OK, TRAPS, 1, 0, 3, WISTRON_TRAPS, 3, 0);
    ck_cc(set(TRAPS, 1, 5, 0, 9, 2), CC_OK);
    ck_answer(get(TRAPS, 1, 5), CC_OK, TRAPS, 1, 5, 3, 0, 9, 2);
    ck_answer(get(TRAPS, 1, 4), CC_OK, TRAPS, 1, 4, 3, 6, 3, 0);
    ck_cc(get(TRAPS, 1, WISTRON_TRAPS), CC_INVALID_FIELD);
}
END_TEST

START_TEST(goes_back_to_the_users_defaults)
{
    ck_cc(set(EXTCONF_NIC, 1, 0, 1), CC_OK);
    ck_cc(set(EXTCONF_FIRMWARE, 8, 0, 0), CC_OK);
    ck_cc(set(EXTCONF_NIC, 1, 0, 0), CC_OK);
    ck_cc(set(EXTCONF_FIRMWARE, 8, 0, 1), CC_OK);
    ck_answer(get(EXTCONF_NIC, 1, 0), CC_OK, EXTCONF_NIC, 1, 0, 1, 1);
    ck_cc(get(EXTCONF_FIRMWARE, 8, 0), CC_CMD_83);
    ck_cc(ask(&w, GENERIC, 0x04, 0xff, 0), CC_OK);
    ck_answer(get(EXTCONF_NIC, 1, 0), CC_OK, EXTCONF_NIC, 1, 0, 1, 0);
}
END_TEST

START_TEST(lights_the_chassis)
{
    ck_answer(ask(&w, GENERIC, 0x1c), CC_OK, 1, 3, 0, 0);
    ck_cc(ask(&w, GENERIC, 0x1b, 1, 1, 2), CC_OK);
    ck_answer(ask(&w, GENERIC, 0x1c), CC_OK, 1, 3, 1, 2);
    ck_assert_uint_eq(ask(&w, NETFN_CHASSIS, 0x01)->data[2] & 0x30, 0x20);
    ck_cc(ask(&w, GENERIC, 0x1b, 1, 2, 0), CC_OK);
    ck_answer(ask(&w, GENERIC, 0x1c), CC_OK, 1, 3, 2, 0);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x04, 0), CC_OK);
    ck_answer(ask(&w, GENERIC, 0x1c), CC_OK, 1, 3, 0, 0);
    ck_cc(ask(&w, GENERIC, 0x1b, 2, 0, 0), CC_INVALID_FIELD);
    ck_cc(ask(&w, GENERIC, 0x1b, 1, 3, 0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(reads_power)
{
    const struct answer *a = ask(&w, GENERIC, 0x2e);

    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 13);
    ck_assert_uint_eq(a->data[4], 1);
    ck_assert_uint_ge(a->data[5] | a->data[6] << 8, DCMI_IDLE / 2);
}
END_TEST

START_TEST(keeps_a_string)
{
    ck_answer(ask(&w, NETFN_FIRMWARE, 0x0c, 0, 80), CC_OK, 0, 0);
    ck_cc(ask(&w, NETFN_FIRMWARE, 0x0b, 0, 3, 'a', 'b', 'c'), CC_OK);
    ck_cc(ask(&w, NETFN_FIRMWARE, 0x0b, 3, 1, 'd'), CC_OK);
    cold_reset();
    ck_answer(ask(&w, NETFN_FIRMWARE, 0x0c, 0, 80), CC_OK, 0, 4, 'a', 'b', 'c', 'd');
    ck_answer(ask(&w, NETFN_FIRMWARE, 0x0c, 2, 1), CC_OK, 2, 1, 'c');
    ck_cc(ask(&w, NETFN_FIRMWARE, 0x0b, 5, 1, 'd'), CC_RANGE);
    ck_cc(ask(&w, NETFN_FIRMWARE, 0x0b, 0, 2, 'd'), CC_LENGTH);
    ck_cc(ask(&w, NETFN_FIRMWARE, 0x0d), CC_OK);
    ck_answer(ask(&w, NETFN_FIRMWARE, 0x0c, 0, 80), CC_OK, 0, 0);
}
END_TEST

START_TEST(has_parameters_of_its_own)
{
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x02, MCWORLD_LAN, 0xc0, 0, 0), CC_OK, 0x11, 0xff, 1, 5);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 0xc0, 1, 2, 3), CC_OK);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 0xc0, 1, 2), CC_LENGTH);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 0xc1, 0xff), CC_OK);
    cold_reset();
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x02, MCWORLD_LAN, 0xc0, 0, 0), CC_OK, 0x11, 1, 2, 3);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x02, MCWORLD_LAN, 0xc1, 0, 0), CC_OK, 0x11, 0x80);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x02, MCWORLD_LAN, 0xc9, 0, 0), CC_CMD_80);
    ck_cc(ask(&w, NETFN_APP, 0x58, 0xc4, 't', 'a', 'g'), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x59, 0, 0xc4, 0, 0), CC_OK, 0x11, 't', 'a', 'g');
    ck_cc(ask(&w, NETFN_APP, 0x58, 0xc5, 'x'), CC_CMD_82);
    ck_answer(ask(&w, NETFN_APP, 0x59, 0, 0xd1, 0, 0), CC_OK, 0x11, 0, 0, 0);
    ck_cc(ask(&w, NETFN_APP, 0x59, 0, 0xd1, 9, 0), CC_RANGE);
    ck_cc(ask(&w, NETFN_APP, 0x59, 0, 0xd2, 0, 0), CC_CMD_80);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("oem_wistron", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, sets_the_lans_ipv6_addresses);
    tcase_add_test(tc, keeps_addresses_that_are_addresses);
    tcase_add_test(tc, keeps_trap_destinations_apart);
    tcase_add_test(tc, goes_back_to_the_users_defaults);
    tcase_add_test(tc, lights_the_chassis);
    tcase_add_test(tc, reads_power);
    tcase_add_test(tc, keeps_a_string);
    tcase_add_test(tc, has_parameters_of_its_own);
    return run_suite(s);
}
