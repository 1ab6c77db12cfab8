#include "sim/oem/gigabyte.h"

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define NIC 0x5e, 0x2b, 0x00, 0x0c
#define PORTS 0x0a, 0x3c, 0x00, 0x15

static struct mcworld w;

static void
begin(void)
{
    mcworld_describe(&w);
    w.machine.profiles[0] = &oem_gigabyte;
    mcworld_begin(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &oem_gigabyte_commands, 0);
    mcworld_check_rows(&w, &oem_gigabyte_port_commands, 0);
}
END_TEST

START_TEST(keeps_a_nic_mode)
{
    ck_answer(ask(&w, NETFN_OEM, 0xcc, NIC, 2), CC_OK, NIC, 2, 3);
    ck_answer(ask(&w, NETFN_OEM, 0xcc, NIC, 1, 1), CC_OK, 0x5e, 0x2b, 0x00);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(ask(&w, NETFN_OEM, 0xcc, NIC, 2), CC_OK, NIC, 2, 1);
    ck_cc(ask(&w, NETFN_OEM, 0xcc, NIC, 1, 0), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_OEM, 0xcc, NIC, 1, 4), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_OEM, 0xcc, NIC, 1), CC_LENGTH);
    ck_cc(ask(&w, NETFN_OEM, 0xcc, NIC, 2, 0), CC_LENGTH);
    ck_cc(ask(&w, NETFN_OEM, 0xcc, NIC, 3), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_OEM, 0xcc, 0x5e, 0x2b, 0x00, 0x0d, 2), CC_INVALID_FIELD);
    mcworld_from_lan(&w, PRIV_OPERATOR);
    ck_cc(ask(&w, NETFN_OEM, 0xcc, NIC, 1, 1), CC_PRIVILEGE);
}
END_TEST

START_TEST(keeps_ports)
{
    ck_answer(ask(&w, NETFN_OEM, 0x21, PORTS, 0xbb, 0x01), CC_OK, 0x0a, 0x3c, 0x00, 1);
    ck_cc(ask(&w, NETFN_OEM, 0x20, PORTS, 0xbb, 0x01, 0), CC_OK);
    ck_answer(ask(&w, NETFN_OEM, 0x21, PORTS, 0xbb, 0x01), CC_OK, 0x0a, 0x3c, 0x00, 0);
    ck_answer(ask(&w, NETFN_OEM, 0x21, PORTS, 22, 0), CC_OK, 0x0a, 0x3c, 0x00, 1);
    ck_cc(ask(&w, NETFN_OEM, 0x21, PORTS, 23, 0), CC_RANGE);
    ck_cc(ask(&w, NETFN_OEM, 0x20, PORTS, 22, 0, 2), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_OEM, 0x21, 0x0a, 0x3c, 0x00, 0x16, 22, 0), CC_INVALID_FIELD);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("oem_gigabyte", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, keeps_a_nic_mode);
    tcase_add_test(tc, keeps_ports);
    return run_suite(s);
}
