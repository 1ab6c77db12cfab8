#include "sim/oem/defaults.h"

#include "sim/oem/quanta.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

static struct mcworld w;

static void
begin(void)
{
    mcworld_describe(&w);
    w.machine.profiles[0] = &oem_quanta;
    mcworld_begin(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

#define restore(mask) ask(&w, 0x30, 0x04, (mask))
#define status(id) ask(&w, 0x30, 0x05, (id))

START_TEST(restores_users)
{
    ck_cc(ask(&w, NETFN_APP, 0x47, 3, 0), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x45, 9, 'x', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), CC_OK);
    ck_cc(restore(OEM_DEFAULTS_USERS), CC_OK);
    ck_assert_uint_eq(users_enabled(w.mc->users), 3);
    ck_assert_uint_eq(users_get(w.mc->users, 9)->name[0], 0);
    ck_assert_uint_eq(users_get(w.mc->users, 2)->name[0], 'a');
}
END_TEST

/* The channel goes on with the same configuration, which is now another. */
START_TEST(restores_the_lan)
{
    const struct lan_config *config = lanparm_config(w.mc, 0);
    uint8_t before[6];

    memcpy(before, lanparm_mac(w.mc, 0), sizeof before);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 5, 2, 3, 4, 5, 6, 7), CC_OK);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 53, 9), CC_OK);
    ck_cc(restore(OEM_DEFAULTS_LAN), CC_OK);
    ck_assert_mem_eq(lanparm_mac(w.mc, 0), before, sizeof before);
    ck_assert_ptr_null(w.mc->lanparm[0]->six);
    ck_assert_ptr_eq(lanparm_config(w.mc, 0), config);
}
END_TEST

START_TEST(restores_sol)
{
    uint8_t at_first = ask(&w, NETFN_TRANSPORT, 0x22, MCWORLD_LAN, 3, 0, 0)->data[1];

    ck_cc(ask(&w, NETFN_TRANSPORT, 0x21, MCWORLD_LAN, 3, at_first + 1, 9), CC_OK);
    ck_cc(restore(OEM_DEFAULTS_SOL), CC_OK);
    ck_assert_uint_eq(ask(&w, NETFN_TRANSPORT, 0x22, MCWORLD_LAN, 3, 0, 0)->data[1], at_first);
}
END_TEST

START_TEST(restores_pef)
{
    ck_cc(ask(&w, NETFN_SENSOR, 0x12, 2, 0), CC_OK);
    ck_answer(ask(&w, NETFN_SENSOR, 0x13, 2, 0, 0), CC_OK, 0x11, 0);
    ck_cc(restore(OEM_DEFAULTS_PEF), CC_OK);
    ck_answer(ask(&w, NETFN_SENSOR, 0x13, 2, 0, 0), CC_OK, 0x11, pef_factory.actions);
}
END_TEST

START_TEST(leaves_the_others_alone)
{
    ck_cc(ask(&w, NETFN_SENSOR, 0x12, 2, 0), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x47, 3, 0), CC_OK);
    ck_cc(restore(OEM_DEFAULTS_LAN | OEM_DEFAULTS_SOL | OEM_DEFAULTS_SERIAL), CC_OK);
    ck_answer(ask(&w, NETFN_SENSOR, 0x13, 2, 0, 0), CC_OK, 0x11, 0);
    ck_cc(restore(0), CC_OK);
    ck_answer(ask(&w, NETFN_SENSOR, 0x13, 2, 0, 0), CC_OK, 0x11, 0);
    ck_cc(restore(0x20), CC_INVALID_FIELD);
    ck_cc(restore(0xc0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(tells_how_far_it_is)
{
    uint8_t id;

    ck_cc(status(0), CC_RANGE);
    ck_cc(status(1), CC_RANGE);
    id = restore(0)->data[0];
    ck_assert_uint_ne(id, 0);
    ck_answer(status(id), CC_OK, 0);
    mcworld_run(&w, OEM_DEFAULTS_SPAN);
    ck_answer(status(id), CC_OK, 1);
    ck_cc(status((uint8_t)(id + 1)), CC_RANGE);
    mcworld_run(&w, OEM_DEFAULTS_VALID);
    ck_cc(status(id), CC_RANGE);
    ck_assert_uint_ne(restore(0)->data[0], id);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("oem_defaults", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, restores_users);
    tcase_add_test(tc, restores_the_lan);
    tcase_add_test(tc, restores_sol);
    tcase_add_test(tc, restores_pef);
    tcase_add_test(tc, leaves_the_others_alone);
    tcase_add_test(tc, tells_how_far_it_is);
    return run_suite(s);
}
