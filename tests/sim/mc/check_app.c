#include <string.h>

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#include "sim/mc/mc_tables.h"

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

START_TEST(keeps_the_promises_of_its_rows)
{
    static const struct command_table *const tables[] = { &app_commands,
                                                          &channel_commands,
                                                          &payload_commands };

    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        mcworld_check_rows(&w, tables[i], 0);
}
END_TEST

START_TEST(says_what_it_is)
{
    ck_answer(ask(&w, NETFN_APP, 0x01), CC_OK, 0x21, 0x83, 0x01, 0x42, 0x02, 0xbf, 0x34,
              0x12, 0x00, 0x02, 0x01, 1, 2, 3, 4);
}
END_TEST

START_TEST(passes_its_self_test)
{
    ck_answer(ask(&w, NETFN_APP, 0x04), CC_OK, 0x55, 0x00);
}
END_TEST

START_TEST(finds_that_its_repository_was_emptied)
{
    const struct answer *a = ask(&w, NETFN_STORAGE, 0x22);

    ck_cc(ask(&w, NETFN_STORAGE, 0x27, a->data[0], a->data[1], 'C', 'L', 'R', 0xaa), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x04), CC_OK, 0x57, 0x08);
}
END_TEST

START_TEST(holds_its_sensors_still_in_manufacturing_test)
{
    static const struct machine_sensor sensor = {
        .number = 0x30, .type = 0x01, .event_type = 0x01, .scanning = true,
        .has_value = true, .value = 50, .move = 10, .move_ms = 1000,
    };
    unsigned elsewhere = 0;

    mcworld_end(&w);
    mcworld_describe(&w);
    w.machine.sensors = &sensor;
    w.machine.sensor_count = 1;
    mcworld_begin(&w);
    for (int i = 0; i < 20; i++) {
        mcworld_run(&w, SPAN_S(3));
        elsewhere += ask(&w, NETFN_SENSOR, 0x2d, 0x30)->data[0] != 50;
    }
    ck_assert_uint_gt(elsewhere, 5);
    ck_answer(ask(&w, NETFN_APP, 0x05), CC_OK);
    for (int i = 0; i < 20; i++) {
        mcworld_run(&w, SPAN_S(3));
        ck_assert_uint_eq(ask(&w, NETFN_SENSOR, 0x2d, 0x30)->data[0], 50);
    }
    mc_cold_reset(w.mc);
    ck_assert(sensor_wanders(w.mc, 0));
}
END_TEST

START_TEST(has_one_guid_for_device_and_system)
{
    struct answer *device = ask(&w, NETFN_APP, 0x08);
    struct answer *system;

    mcworld_from_lan(&w, PRIV_NONE);
    system = ask(&w, NETFN_APP, 0x37);
    ck_cc(device, CC_OK);
    ck_cc(system, CC_OK);
    ck_assert_uint_eq(device->len, 16);
    ck_assert_mem_eq(device->data, system->data, 16);
    ck_assert_mem_eq(device->data, mc_guid(w.mc), 16);
    ck_assert_uint_eq(device->data[9] >> 4, 4);
    ck_assert_uint_eq(device->data[7] >> 6, 2);
    ck_assert_mem_eq(lanparm_config(w.mc, 0)->guid, mc_guid(w.mc), 16);
}
END_TEST

/* A described GUID is the first controller's; copies have one each. */
START_TEST(gives_each_copy_a_guid_of_its_own)
{
    static const uint8_t given[16] = { 1, 2, 3 };
    uint8_t guid[2][16];

    for (uint32_t i = 0; i < 2; i++) {
        struct mcworld v;

        mcworld_describe(&v);
        v.machine.guid_given = true;
        v.machine.guid[0] = 1;
        v.machine.guid[1] = 2;
        v.machine.guid[2] = 3;
        v.index = i;
        mcworld_begin(&v);
        memcpy(guid[i], mc_guid(v.mc), 16);
        mcworld_end(&v);
    }
    ck_assert_mem_eq(guid[0], given, 16);
    ck_assert_mem_ne(guid[1], given, 16);
}
END_TEST

static const struct {
    const char *why;
    uint8_t system, device;
    unsigned cc;
    uint8_t now[2];
} acpi[] = {
    { "set both", 0x83, 0x82, CC_OK, { 0x03, 0x02 } },
    { "only the device", 0x03, 0x81, CC_OK, { 0x00, 0x01 } },
    { "no change", 0xff, 0xff, CC_OK, { 0x00, 0x00 } },
    { "no such system state", 0x8b, 0x80, CC_INVALID_FIELD, { 0x00, 0x00 } },
    { "no such device state", 0x83, 0x84, CC_INVALID_FIELD, { 0x00, 0x00 } },
    { "unknown", 0xaa, 0xaa, CC_OK, { 0x2a, 0x2a } },
    { "legacy on", 0xa0, 0x7f, CC_OK, { 0x20, 0x00 } },
};

START_TEST(keeps_the_acpi_power_state)
{
    ck_cc(ask(&w, NETFN_APP, 0x06, acpi[_i].system, acpi[_i].device), acpi[_i].cc);
    ck_answer(ask(&w, NETFN_APP, 0x07), CC_OK, acpi[_i].now[0], acpi[_i].now[1]);
}
END_TEST

START_TEST(reports_a_host_without_power_as_soft_off)
{
    ck_assert(host_do(w.host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL));
    mcworld_run(&w, SPAN_S(1));
    ck_answer(ask(&w, NETFN_APP, 0x07), CC_OK, 0x06, 0x00);
    ck_cc(ask(&w, NETFN_APP, 0x06, 0xa0, 0x7f), CC_OK);   /* legacy on: it is not */
    ck_answer(ask(&w, NETFN_APP, 0x07), CC_OK, 0x06, 0x00);
    ck_cc(ask(&w, NETFN_APP, 0x06, 0x84, 0x7f), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x07), CC_OK, 0x04, 0x00);
}
END_TEST

START_TEST(answers_a_cold_reset_then_goes_away_and_comes_back)
{
    ck_cc(ask(&w, NETFN_APP, 0x06, 0x83, 0x82), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x02), CC_OK);
    mcworld_run(&w, MC_RESET_DELAY - 1);
    ck_cc(ask(&w, NETFN_APP, 0x01), CC_OK);
    mcworld_run(&w, 1);
    ck_assert(!ask(&w, NETFN_APP, 0x01)->came);
    mcworld_from_lan(&w, PRIV_ADMIN);
    ck_assert(!ask(&w, NETFN_APP, 0x01)->came);
    ck_assert_uint_eq(w.mc->channels[MCWORLD_LAN].volatile_access.mode, ACCESS_DISABLED);
    mcworld_run(&w, MC_RESET_TIME);
    ck_cc(ask(&w, NETFN_APP, 0x01), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x07), CC_OK, 0x00, 0x00);
    ck_answer(ask(&w, NETFN_APP, 0x41, MCWORLD_LAN, 0x80), CC_OK, 0x02, PRIV_ADMIN);
}
END_TEST

START_TEST(keeps_its_settings_over_a_warm_reset)
{
    ck_cc(ask(&w, NETFN_APP, 0x24, 4, 0, 0, 0, 100, 0), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x03), CC_OK);
    mcworld_run(&w, MC_RESET_DELAY);
    ck_answer(ask(&w, NETFN_APP, 0x25), CC_OK, 4, 0, 0, 0, 100, 0, 100, 0);
}
END_TEST

START_TEST(answers_ffh_on_a_lan_while_disabled)
{
    mc_set_enabled(w.mc, false);
    ck_assert(!ask(&w, NETFN_APP, 0x01)->came);
    mcworld_from_lan(&w, PRIV_ADMIN);
    ck_cc(ask(&w, NETFN_APP, 0x01), CC_UNSPECIFIED);
    ck_assert(!medium_has(w.bus, BMC_ADDRESS));
    mc_set_enabled(w.mc, true);
    ck_cc(ask(&w, NETFN_APP, 0x01), CC_OK);
    ck_assert(medium_has(w.bus, BMC_ADDRESS));
}
END_TEST

START_TEST(describes_its_system_interfaces)
{
    ck_answer(ask(&w, NETFN_APP, 0x36), CC_OK, 1, 0x40, 0x40, 5, 1);
    ck_answer(ask(&w, NETFN_APP, 0x57, 1), CC_OK, 0, 0, 0x40);
    ck_answer(ask(&w, NETFN_APP, 0x57, 0), CC_OK, 0, 0x88, 0x40, 0x40);
    ck_cc(ask(&w, NETFN_APP, 0x57, 3), CC_INVALID_FIELD);
}
END_TEST

START_TEST(describes_its_channels)
{
    ck_answer(ask(&w, NETFN_APP, 0x42, 0), CC_OK, 0, 1, 1, 0, 0xf2, 0x1b, 0, 0, 0);
    ck_answer(ask(&w, NETFN_APP, 0x42, 1), CC_OK, 1, 4, 1, 0x80, 0xf2, 0x1b, 0, 0, 0);
    ck_answer(ask(&w, NETFN_APP, 0x42, 0x0e), CC_OK, 0x0f, 0x0c, 5, 0, 0xf2, 0x1b, 0,
              0x60, 0x60);
    mcworld_from_lan(&w, PRIV_USER);
    ck_answer(ask(&w, NETFN_APP, 0x42, 0x0e), CC_OK, 1, 4, 1, 0x80, 0xf2, 0x1b, 0, 0, 0);
    ck_cc(ask(&w, NETFN_APP, 0x42, 2), CC_INVALID_FIELD);
}
END_TEST

static const struct {
    const char *why;
    uint8_t request[3];
    unsigned cc;
    uint8_t stored[2], present[2];
} access_rows[] = {
    { "neither", { 1, 0x00, 0x00 }, CC_OK, { 0x02, 4 }, { 0x02, 4 } },
    { "stored, disabled", { 1, 0x58, 0x43 }, CC_OK, { 0x18, 3 }, { 0x02, 4 } },
    { "stored mode", { 1, 0x5a, 0x43 }, CC_OK, { 0x1a, 3 }, { 0x02, 4 } },
    { "volatile", { 1, 0x80, 0x82 }, CC_OK, { 0x02, 4 }, { 0x00, 2 } },
    { "both at once", { 1, 0xc2, 0x84 }, CC_INVALID_FIELD, { 0x02, 4 }, { 0x02, 4 } },
    { "pre-boot", { 1, 0x81, 0x84 }, CC_CMD_83, { 0x02, 4 }, { 0x02, 4 } },
    { "shared", { 1, 0x83, 0x84 }, CC_CMD_83, { 0x02, 4 }, { 0x02, 4 } },
    { "no privilege", { 1, 0x82, 0x80 }, CC_INVALID_FIELD, { 0x02, 4 }, { 0x02, 4 } },
    { "no sessions", { 0, 0x82, 0x84 }, CC_CMD_82, { 0x02, 4 }, { 0x02, 4 } },
    { "no channel", { 7, 0x82, 0x84 }, CC_INVALID_FIELD, { 0x02, 4 }, { 0x02, 4 } },
};

START_TEST(keeps_channel_access_twice)
{
    const uint8_t *rq = access_rows[_i].request;

    ck_cc(ask(&w, NETFN_APP, 0x40, rq[0], rq[1], rq[2]), access_rows[_i].cc);
    ck_answer(ask(&w, NETFN_APP, 0x41, 1, 0x40), CC_OK, access_rows[_i].stored[0],
              access_rows[_i].stored[1]);
    ck_answer(ask(&w, NETFN_APP, 0x41, 1, 0x80), CC_OK, access_rows[_i].present[0],
              access_rows[_i].present[1]);
}
END_TEST

START_TEST(refuses_to_read_access_of_nothing)
{
    ck_cc(ask(&w, NETFN_APP, 0x41, 0, 0x40), CC_CMD_82);
    ck_cc(ask(&w, NETFN_APP, 0x41, 1, 0x00), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, 0x41, 1, 0xc0), CC_INVALID_FIELD);
}
END_TEST

#define KEY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20

START_TEST(sets_reads_and_locks_the_bmc_key)
{
    static const uint8_t key[] = { KEY };

    ck_answer(ask(&w, NETFN_APP, 0x56, 1, 0, 1), CC_OK, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
              0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    ck_answer(ask(&w, NETFN_APP, 0x56, 1, 1, 1, KEY), CC_OK, 2);
    ck_assert(lanparm_config(w.mc, 0)->kg_set);
    ck_assert_mem_eq(lanparm_config(w.mc, 0)->kg, key, sizeof key);
    ck_answer(ask(&w, NETFN_APP, 0x56, 1, 0, 1), CC_OK, 2, KEY);
    ck_answer(ask(&w, NETFN_APP, 0x56, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                  0, 0, 0, 0, 0, 0),
              CC_OK, 2);
    ck_assert(!lanparm_config(w.mc, 0)->kg_set);
    ck_answer(ask(&w, NETFN_APP, 0x56, 1, 2, 1), CC_OK, 1);
    ck_cc(ask(&w, NETFN_APP, 0x56, 1, 1, 1, KEY), CC_CMD_80);
    ck_cc(ask(&w, NETFN_APP, 0x56, 1, 0, 1), CC_CMD_80);
}
END_TEST

START_TEST(keeps_a_k_r_that_makes_no_difference)
{
    ck_answer(ask(&w, NETFN_APP, 0x56, 1, 1, 0, KEY), CC_OK, 2);
    ck_answer(ask(&w, NETFN_APP, 0x56, 1, 0, 0), CC_OK, 2, KEY);
    ck_assert(!lanparm_config(w.mc, 0)->kg_set);
    ck_answer(ask(&w, NETFN_APP, 0x56, 1, 2, 0), CC_OK, 1);
    ck_cc(ask(&w, NETFN_APP, 0x56, 1, 1, 0, KEY), CC_CMD_80);
    ck_answer(ask(&w, NETFN_APP, 0x56, 1, 1, 1, KEY), CC_OK, 2);
}
END_TEST

START_TEST(refuses_bad_keys)
{
    ck_cc(ask(&w, NETFN_APP, 0x56, 1, 1, 1, 1, 2, 3), CC_CMD_81);
    ck_cc(ask(&w, NETFN_APP, 0x56, 1, 3, 1), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, 0x56, 1, 0, 2), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, 0x56, 0, 0, 1), CC_INVALID_FIELD);
}
END_TEST

START_TEST(offers_ipmi_messages_and_sol)
{
    ck_answer(ask(&w, NETFN_APP, 0x4e, 1), CC_OK, 3, 0, 0x3f, 0, 0, 0, 0, 0);
    ck_answer(ask(&w, NETFN_APP, 0x4f, 1, 0x00), CC_OK, 0x10);
    ck_answer(ask(&w, NETFN_APP, 0x4f, 1, 0x12), CC_OK, 0x10);
    ck_answer(ask(&w, NETFN_APP, 0x4f, 1, 0x01), CC_OK, 0x10);
    ck_cc(ask(&w, NETFN_APP, 0x4f, 1, 0x20), CC_CMD_80);
    ck_cc(ask(&w, NETFN_APP, 0x48, 1, 1, 0, 0, 0, 0), CC_STATE);
    ck_cc(ask(&w, NETFN_APP, 0x48, 0, 1, 0, 0, 0, 0), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, 0x49, 1, 1, 0, 0, 0, 0), CC_STATE);
    ck_answer(ask(&w, NETFN_APP, 0x4a, 1), CC_OK, 1, 0, 0);
    ck_answer(ask(&w, NETFN_APP, 0x4b, 1, 1), CC_OK, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
    ck_cc(ask(&w, NETFN_APP, 0x50, 1, 2, 0, 0, 0, 0, 0), CC_CMD_80);
    ck_cc(ask(&w, NETFN_APP, 0x4e, 0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(answers_on_the_bus_as_on_the_lan)
{
    struct machine_mc m = mcworld_satellite(0x82);
    struct mc *satellite = mcworld_add(&w, &m);

    ck_answer(ask_of(&w, satellite, NETFN_APP, 0x01), CC_OK, 0x82, 0x80, 0x02, 0x10, 0x02,
              0x29, 0x34, 0x12, 0x00, 0x02, 0x01, 0, 0, 0, 0);
    ck_cc(ask_of(&w, satellite, NETFN_APP, 0x44, 1, 2), CC_INVALID_COMMAND);
    ck_cc(ask_of(&w, satellite, NETFN_APP, 0x37), CC_INVALID_COMMAND);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("app", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, keeps_the_promises_of_its_rows);
    tcase_add_test(t, says_what_it_is);
    tcase_add_test(t, passes_its_self_test);
    tcase_add_test(t, finds_that_its_repository_was_emptied);
    tcase_add_test(t, holds_its_sensors_still_in_manufacturing_test);
    tcase_add_test(t, has_one_guid_for_device_and_system);
    tcase_add_test(t, gives_each_copy_a_guid_of_its_own);
    tcase_add_loop_test(t, keeps_the_acpi_power_state, 0, sizeof acpi / sizeof acpi[0]);
    tcase_add_test(t, reports_a_host_without_power_as_soft_off);
    tcase_add_test(t, answers_a_cold_reset_then_goes_away_and_comes_back);
    tcase_add_test(t, keeps_its_settings_over_a_warm_reset);
    tcase_add_test(t, answers_ffh_on_a_lan_while_disabled);
    tcase_add_test(t, describes_its_system_interfaces);
    tcase_add_test(t, describes_its_channels);
    tcase_add_loop_test(t, keeps_channel_access_twice, 0,
                        sizeof access_rows / sizeof access_rows[0]);
    tcase_add_test(t, refuses_to_read_access_of_nothing);
    tcase_add_test(t, sets_reads_and_locks_the_bmc_key);
    tcase_add_test(t, keeps_a_k_r_that_makes_no_difference);
    tcase_add_test(t, refuses_bad_keys);
    tcase_add_test(t, offers_ipmi_messages_and_sol);
    tcase_add_test(t, answers_on_the_bus_as_on_the_lan);
    return run_suite(s);
}
