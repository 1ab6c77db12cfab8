#include "sim/mc/chassis.h"

#include "sim/mc/mc_tables.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define INTRUSION 1
#define ACPI 2
#define POWER_UNIT 3
#define FAN 4

static struct mcworld w;

/* One of each sensor that the chassis looks at or moves. */
static const struct machine_sensor sensors[] = {
    { .number = INTRUSION, .type = 0x05, .event_type = 0x6f, .assert_supported = 0x01,
      .scanning = true, .has_value = true },
    { .number = ACPI, .type = 0x22, .event_type = 0x6f, .assert_supported = 0x69,
      .assert_enabled = 0x69, .scanning = true, .events = true, .auto_rearm = true,
      .has_value = true },
    { .number = POWER_UNIT, .type = 0x09, .event_type = 0x6f, .assert_supported = 0x03,
      .scanning = true, .has_value = true },
    { .number = FAN, .type = 0x04, .event_type = 0x01, .assert_supported = 0x04,
      .assert_enabled = 0x04, .threshold_mask = 1u << THR_LC, .threshold = { [THR_LC] = 50 },
      .threshold_access = ACCESS_SETTABLE, .scanning = true, .has_value = true, .value = 100 },
};

static void
begin(void)
{
    mcworld_plain(&w);
}

static void
begin_with_sensors(void)
{
    mcworld_describe(&w);
    w.machine.sensors = sensors;
    w.machine.sensor_count = sizeof sensors / sizeof sensors[0];
    mcworld_begin(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

static uint8_t
status(unsigned octet)
{
    struct answer *a = ask(&w, NETFN_CHASSIS, 0x01);

    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 4);
    return a->data[octet];
}

static void
control(uint8_t op, uint8_t cc)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, op), cc);
}

static bool
powered(void)
{
    return status(0) & 1;
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &chassis_commands, 0);
}
END_TEST

START_TEST(tells_its_capabilities)
{
    ck_answer(ask(&w, NETFN_CHASSIS, 0x00), CC_OK, 0x06, 0x20, 0x20, 0x20, 0x20, 0x20);
}
END_TEST

START_TEST(takes_other_capabilities)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x05, 0xf1, 0x30, 0x00, 0x33, 0x36, 0x38), CC_OK);
    ck_answer(ask(&w, NETFN_CHASSIS, 0x00), CC_OK, 0x05, 0x30, 0x20, 0x32, 0x36, 0x38);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x05, 0, 0x40, 0x42, 0x44, 0x46), CC_OK);
    ck_answer(ask(&w, NETFN_CHASSIS, 0x00), CC_OK, 0x04, 0x40, 0x42, 0x44, 0x46, 0x38);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(60));
    ck_assert_uint_eq(w.mc->chassis->addresses[0], 0x40);
}
END_TEST

START_TEST(tells_its_status)
{
    ck_answer(ask(&w, NETFN_CHASSIS, 0x01), CC_OK, 0x01, 0x00, 0x40, 0xf0);
}
END_TEST

START_TEST(switches_the_power)
{
    control(0, CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(!powered());
    control(1, CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(powered());
    ck_assert_uint_eq(status(1), 0x10);
}
END_TEST

static const struct {
    uint8_t op, while_on, while_off;
} ops[] = {
    { 0, CC_OK, CC_OK },    { 1, CC_OK, CC_OK },    { 2, CC_OK, CC_STATE },
    { 3, CC_OK, CC_STATE }, { 4, CC_OK, CC_OK },    { 5, CC_OK, CC_STATE },
    { 6, CC_INVALID_FIELD, CC_INVALID_FIELD },      { 0x13, CC_OK, CC_STATE },
};

START_TEST(does_what_the_state_allows)
{
    control(ops[_i].op, ops[_i].while_on);
    mcworld_run(&w, SPAN_S(30));
    control(0, CC_OK);
    mcworld_run(&w, SPAN_S(30));
    control(ops[_i].op, ops[_i].while_off);
}
END_TEST

START_TEST(resets_by_the_old_command_too)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x03), CC_OK);
    ck_assert_int_eq(host_last_start(w.host), CAUSE_CHASSIS_CONTROL);
    control(0, CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_cc(ask(&w, NETFN_CHASSIS, 0x03), CC_STATE);
}
END_TEST

START_TEST(tells_why_the_host_started)
{
    ck_answer(ask(&w, NETFN_CHASSIS, 0x07), CC_OK, CAUSE_UNKNOWN, 0);
    mcworld_from_lan(&w, PRIV_ADMIN);
    control(3, CC_OK);
    ck_answer(ask(&w, NETFN_CHASSIS, 0x07), CC_OK, CAUSE_CHASSIS_CONTROL, MCWORLD_LAN);
    mcworld_from_system(&w);
    control(2, CC_OK);
    mcworld_run(&w, SPAN_S(5));
    ck_answer(ask(&w, NETFN_CHASSIS, 0x07), CC_OK, CAUSE_CHASSIS_CONTROL, CHANNEL_SYSTEM);
    host_do(w.host, HOST_OP_RESET, CAUSE_WATCHDOG);
    ck_answer(ask(&w, NETFN_CHASSIS, 0x07), CC_OK, CAUSE_WATCHDOG, 0);
}
END_TEST

START_TEST(does_not_blame_a_refused_control)
{
    mcworld_from_lan(&w, PRIV_ADMIN);
    control(2, CC_OK);
    mcworld_run(&w, SPAN_MS(500));
    mcworld_from_system(&w);
    control(3, CC_STATE);
    mcworld_run(&w, SPAN_S(5));
    ck_answer(ask(&w, NETFN_CHASSIS, 0x07), CC_OK, CAUSE_CHASSIS_CONTROL, MCWORLD_LAN);
}
END_TEST

static const struct {
    uint8_t policy, cause;   /* enum chassis_policy, enum host_cause */
} beginnings[] = {
    { POLICY_STAY_OFF, CAUSE_UNKNOWN },
    { POLICY_LAST_STATE, CAUSE_RESTORE_PREVIOUS },
    { POLICY_ALWAYS_ON, CAUSE_ALWAYS_RESTORE },
};

START_TEST(was_started_by_its_policy)
{
    end();
    mcworld_describe(&w);
    w.machine.power_policy = beginnings[_i].policy;
    mcworld_begin(&w);
    ck_answer(ask(&w, NETFN_CHASSIS, 0x07), CC_OK, beginnings[_i].cause, 0);
}
END_TEST

START_TEST(tells_what_the_power_last_went_down_for)
{
    end();
    mcworld_describe(&w);
    w.machine.power_policy = POLICY_ALWAYS_ON;
    w.machine.power_policy_given = true;
    mcworld_begin(&w);
    ck_assert_uint_eq(status(1), CHASSIS_AC_FAILED);
    control(2, CC_OK);
    mcworld_run(&w, SPAN_S(3));
    ck_assert_uint_eq(status(1), 0x10);
    w.mc->chassis->down_for = CHASSIS_OVERLOAD;
    ck_assert(chassis_button(w.mc->chassis, BUTTON_POWER));
    ck_assert_uint_eq(status(1), 0x10);
    mcworld_run(&w, SPAN_S(3));
    ck_assert_uint_eq(status(1), 0x10 | CHASSIS_OVERLOAD);
    ck_assert(chassis_button(w.mc->chassis, BUTTON_POWER));
    mcworld_run(&w, SPAN_S(3));
    ck_assert_uint_eq(status(1), CHASSIS_OVERLOAD);
    control(0, CC_OK);
    mcworld_run(&w, SPAN_S(3));
    ck_assert_uint_eq(status(1), 0);
}
END_TEST

START_TEST(keeps_a_restore_policy)
{
    ck_answer(ask(&w, NETFN_CHASSIS, 0x06, POLICY_ALWAYS_ON), CC_OK, 0x07);
    ck_answer(ask(&w, NETFN_CHASSIS, 0x06, 3), CC_OK, 0x07);
    ck_assert_uint_eq(status(0) >> 5, POLICY_ALWAYS_ON);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x06, 4), CC_INVALID_FIELD);
    ck_assert_uint_eq(status(0) >> 5, POLICY_ALWAYS_ON);
}
END_TEST

static const struct {
    uint8_t seconds;
    bool given;
    unsigned lit;
} identifies[] = {
    { 0, false, CHASSIS_IDENTIFY_DEFAULT_S }, { 5, true, 5 }, { 255, true, 255 },
};

START_TEST(lights_the_identify_light_for_a_while)
{
    instant span = SPAN_S(identifies[_i].lit);

    if (identifies[_i].given)
        ck_cc(ask(&w, NETFN_CHASSIS, 0x04, identifies[_i].seconds), CC_OK);
    else
        ck_cc(ask(&w, NETFN_CHASSIS, 0x04), CC_OK);
    mcworld_run(&w, span - 1);
    ck_assert_uint_eq(status(2), 0x50);
    mcworld_run(&w, 1);
    ck_assert_uint_eq(status(2), 0x40);
}
END_TEST

START_TEST(lights_the_identify_light_for_good)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x04, 5, 1), CC_OK);
    mcworld_run(&w, SPAN_S(3600));
    ck_assert_uint_eq(status(2), 0x60);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x04, 0), CC_OK);
    ck_assert_uint_eq(status(2), 0x40);
}
END_TEST

START_TEST(disables_buttons)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x0a, 0xf3), CC_OK);
    ck_assert_uint_eq(status(3), 0xf3);
    ck_assert_uint_eq(status(2) & 0x02, 0x02);
    ck_assert(!chassis_button(w.mc->chassis, BUTTON_RESET));
    ck_assert(!chassis_button(w.mc->chassis, BUTTON_POWER));
    ck_assert(chassis_button(w.mc->chassis, BUTTON_DIAG));
    ck_assert(!chassis_button(w.mc->chassis, BUTTON_STANDBY));
    control(0, CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(chassis_button(w.mc->chassis, BUTTON_POWER));
    mcworld_run(&w, SPAN_S(1));
    ck_assert(powered());
    ck_assert_uint_eq(status(1), 0);
    ck_answer(ask(&w, NETFN_CHASSIS, 0x07), CC_OK, CAUSE_POWER_BUTTON, 0);
}
END_TEST

START_TEST(obeys_its_buttons)
{
    ck_assert(chassis_button(w.mc->chassis, BUTTON_RESET));
    ck_answer(ask(&w, NETFN_CHASSIS, 0x07), CC_OK, CAUSE_RESET_BUTTON, 0);
    ck_assert(chassis_button(w.mc->chassis, BUTTON_POWER));
    mcworld_run(&w, SPAN_S(10));
    ck_assert(!powered());
}
END_TEST

START_TEST(waits_the_interval_of_a_power_cycle)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x0b, 7), CC_OK);
    control(2, CC_OK);
    mcworld_run(&w, SPAN_S(7));
    ck_assert(!powered());
    mcworld_run(&w, SPAN_S(1));
    ck_assert(powered());
}
END_TEST

START_TEST(counts_the_minutes_that_the_host_was_on)
{
    ck_answer(ask(&w, NETFN_CHASSIS, 0x0f), CC_OK, CHASSIS_POH_MINUTES, 0, 0, 0, 0);
    mcworld_run(&w, SPAN_S(60) * 300 - 1);
    ck_answer(ask(&w, NETFN_CHASSIS, 0x0f), CC_OK, CHASSIS_POH_MINUTES, 0x2b, 0x01, 0, 0);
    mcworld_run(&w, 1);
    ck_answer(ask(&w, NETFN_CHASSIS, 0x0f), CC_OK, CHASSIS_POH_MINUTES, 0x2c, 0x01, 0, 0);
    control(0, CC_OK);
    mcworld_run(&w, SPAN_S(3600));
    ck_answer(ask(&w, NETFN_CHASSIS, 0x0f), CC_OK, CHASSIS_POH_MINUTES, 0x2c, 0x01, 0, 0);
}
END_TEST

START_TEST(times_boot_flags_by_chassis_control)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x08, 5, 0x80, 4, 0, 0, 0), CC_OK);
    mcworld_run(&w, SPAN_S(50));
    control(1, CC_OK);   /* on already: nothing boots, and uses them up */
    mcworld_run(&w, SPAN_S(60) - 1);
    ck_answer(ask(&w, NETFN_CHASSIS, 0x09, 5, 0, 0), CC_OK, 1, 5, 0x80, 4, 0, 0, 0);
    mcworld_run(&w, 1);
    ck_answer(ask(&w, NETFN_CHASSIS, 0x09, 5, 0, 0), CC_OK, 1, 5, 0x00, 4, 0, 0, 0);
}
END_TEST

START_TEST(drops_boot_flags_when_others_reset_the_host)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x08, 5, 0x80, 4, 0, 0, 0), CC_OK);
    host_do(w.host, HOST_OP_RESET, CAUSE_WATCHDOG);
    ck_answer(ask(&w, NETFN_CHASSIS, 0x09, 5, 0, 0), CC_OK, 1, 5, 0x00, 4, 0, 0, 0);
}
END_TEST

/* Flags that lock all three buttons are the firmware's to obey, at each boot anew. */
START_TEST(has_buttons_that_firmware_locks)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x08, 5, 0x80, 0x05, 0x84, 0, 0), CC_OK);
    ck_assert_uint_eq(status(3), 0xf0);
    control(3, CC_OK);
    mcworld_run(&w, SPAN_S(30));
    ck_assert_uint_eq(status(3), 0xfb);
    ck_assert_uint_eq(status(2) & 0x02, 0x02);
    ck_assert(!chassis_button(w.mc->chassis, BUTTON_RESET));
    ck_assert(!chassis_button(w.mc->chassis, BUTTON_POWER));
    ck_assert(chassis_button(w.mc->chassis, BUTTON_DIAG));
    control(3, CC_OK);
    ck_assert_uint_eq(status(3), 0xf0);
    mcworld_run(&w, SPAN_S(30));
    ck_assert_uint_eq(status(3), 0xf0);
}
END_TEST

START_TEST(passes_over_boot_flags_that_are_marked)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x08, 0x85, 0x80, 0x05, 0, 0, 0), CC_OK);
    control(3, CC_OK);
    mcworld_run(&w, SPAN_S(30));
    ck_assert_uint_eq(w.mc->chassis->boot.device, BOOT_DEVICE_ANY);
    ck_assert_uint_eq(status(3), 0xf0);
    ck_answer(ask(&w, NETFN_CHASSIS, 0x09, 5, 0, 0), CC_OK, 1, 0x85, 0x80, 5, 0, 0, 0);
}
END_TEST

START_TEST(ends_every_set_in_progress_with_the_host)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x08, 0, 1), CC_OK);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 0, 1), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x58, 0, 1), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x58, 0, 1), CC_CMD_81);
    control(3, CC_OK);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x08, 0, 1), CC_OK);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 0, 1), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x58, 0, 1), CC_OK);
}
END_TEST

START_TEST(loses_the_volatile_in_a_cold_reset)
{
    ask(&w, NETFN_CHASSIS, 0x04, 5, 1);
    ask(&w, NETFN_CHASSIS, 0x0a, 0x0f);
    ask(&w, NETFN_CHASSIS, 0x06, POLICY_ALWAYS_ON);
    ask(&w, NETFN_CHASSIS, 0x08, 1, 7);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(60));
    ck_answer(ask(&w, NETFN_CHASSIS, 0x01), CC_OK, 0x41, 0x00, 0x40, 0xf0);
    ck_answer(ask(&w, NETFN_CHASSIS, 0x09, 1, 0, 0), CC_OK, 1, 1, 0);
}
END_TEST

START_TEST(refuses_control_without_a_host)
{
    end();
    mcworld_describe(&w);
    w.no_host = true;
    mcworld_begin(&w);
    control(1, CC_STATE);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x0b, 1), CC_STATE);
    ck_assert(!powered());
    ck_assert(!chassis_button(w.mc->chassis, BUTTON_POWER));
    ck_answer(ask(&w, NETFN_CHASSIS, 0x0f), CC_OK, CHASSIS_POH_MINUTES, 0, 0, 0, 0);
}
END_TEST

START_TEST(is_unknown_to_a_machine_without_a_chassis)
{
    end();
    mcworld_describe(&w);
    w.machine.support &= (uint8_t)~GROUP_CHASSIS_DEVICE;
    mcworld_begin(&w);
    ck_assert_ptr_null(w.mc->chassis);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x01), CC_INVALID_COMMAND);
    mc_cold_reset(w.mc);
}
END_TEST

static uint16_t
states(uint8_t number)
{
    uint8_t raw;
    uint16_t s;

    ck_assert(mc_sensor_raw(w.mc, 0, number, &raw, &s));
    return s;
}

START_TEST(keeps_power_sensors_true)
{
    unsigned before = w.mc->sel->count;

    mcworld_run(&w, 0);
    ck_assert_uint_eq(states(ACPI), 1u << 0);
    ck_assert_uint_eq(states(POWER_UNIT), 0);
    ck_assert_uint_eq(w.mc->sel->count, before);
    control(2, CC_OK);
    mcworld_run(&w, SPAN_MS(500));
    ck_assert_uint_eq(states(ACPI), 1u << 5);
    ck_assert_uint_eq(states(POWER_UNIT), 0x03);
    ck_assert_uint_eq(w.mc->sel->count, before + 1);
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(states(ACPI), 1u << 0);
    ck_assert_uint_eq(states(POWER_UNIT), 0);
    ck_assert_uint_eq(w.mc->sel->count, before + 2);
}
END_TEST

START_TEST(follows_what_software_says_of_acpi)
{
    unsigned before = w.mc->sel->count;

    ck_cc(ask(&w, NETFN_APP, 0x06, 0x83, 0x7f), CC_OK);
    ck_assert_uint_eq(states(ACPI), 1u << 3);
    ck_assert_uint_eq(w.mc->sel->count, before + 1);
    ck_cc(ask(&w, NETFN_APP, 0x06, 0x82, 0x7f), CC_OK);   /* S2, of which it knows nothing */
    ck_assert_uint_eq(states(ACPI), 1u << 0);
    ck_cc(ask(&w, NETFN_APP, 0x06, 0x83, 0x7f), CC_OK);
    control(3, CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x07), CC_OK, 0, 0);
    ck_assert_uint_eq(states(ACPI), 1u << 0);
    ck_cc(ask(&w, NETFN_APP, 0x06, 0x86, 0x7f), CC_OK);
    ck_assert_uint_eq(states(ACPI), 1u << 6);
    control(0, CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(states(ACPI), 1u << 6);
    control(1, CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(states(ACPI), 1u << 0);
    ck_answer(ask(&w, NETFN_APP, 0x07), CC_OK, 0, 0);
}
END_TEST

START_TEST(settles_its_sensors_again_after_a_cold_reset)
{
    control(0, CC_OK);
    mcworld_run(&w, SPAN_S(1));
    mc_cold_reset(w.mc);
    mcworld_run(&w, 0);
    ck_assert_uint_eq(states(ACPI), 1u << 5);
}
END_TEST

START_TEST(shows_faults_of_its_sensors)
{
    ck_assert_uint_eq(ask(&w, NETFN_CHASSIS, 0x00)->data[0], 0x07);
    ck_assert_uint_eq(status(2), 0x40);
    mc_sensor_set_bit(w.mc, 0, INTRUSION, 0, true, true);
    ck_assert_uint_eq(status(2), 0x41);
    mc_sensor_set_value(w.mc, 0, FAN, 20, true);
    ck_assert_uint_eq(status(2), 0x49);
}
END_TEST

static Suite *
chassis_suite(void)
{
    TCase *tc, *with_sensors = tcase_create("with sensors");
    Suite *s = run_suite_of("chassis", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, tells_its_capabilities);
    tcase_add_test(tc, takes_other_capabilities);
    tcase_add_test(tc, tells_its_status);
    tcase_add_test(tc, switches_the_power);
    tcase_add_loop_test(tc, does_what_the_state_allows, 0, sizeof ops / sizeof ops[0]);
    tcase_add_test(tc, resets_by_the_old_command_too);
    tcase_add_test(tc, tells_why_the_host_started);
    tcase_add_test(tc, does_not_blame_a_refused_control);
    tcase_add_loop_test(tc, was_started_by_its_policy, 0,
                        sizeof beginnings / sizeof beginnings[0]);
    tcase_add_test(tc, tells_what_the_power_last_went_down_for);
    tcase_add_test(tc, keeps_a_restore_policy);
    tcase_add_loop_test(tc, lights_the_identify_light_for_a_while, 0,
                        sizeof identifies / sizeof identifies[0]);
    tcase_add_test(tc, lights_the_identify_light_for_good);
    tcase_add_test(tc, disables_buttons);
    tcase_add_test(tc, obeys_its_buttons);
    tcase_add_test(tc, waits_the_interval_of_a_power_cycle);
    tcase_add_test(tc, counts_the_minutes_that_the_host_was_on);
    tcase_add_test(tc, times_boot_flags_by_chassis_control);
    tcase_add_test(tc, drops_boot_flags_when_others_reset_the_host);
    tcase_add_test(tc, has_buttons_that_firmware_locks);
    tcase_add_test(tc, passes_over_boot_flags_that_are_marked);
    tcase_add_test(tc, ends_every_set_in_progress_with_the_host);
    tcase_add_test(tc, loses_the_volatile_in_a_cold_reset);
    tcase_add_test(tc, refuses_control_without_a_host);
    tcase_add_test(tc, is_unknown_to_a_machine_without_a_chassis);
    suite_add_tcase(s, with_sensors);
    tcase_add_checked_fixture(with_sensors, begin_with_sensors, end);
    tcase_add_test(with_sensors, keeps_power_sensors_true);
    tcase_add_test(with_sensors, follows_what_software_says_of_acpi);
    tcase_add_test(with_sensors, settles_its_sensors_again_after_a_cold_reset);
    tcase_add_test(with_sensors, shows_faults_of_its_sensors);
    return s;
}

int
main(void)
{
    return run_suite(chassis_suite());
}
