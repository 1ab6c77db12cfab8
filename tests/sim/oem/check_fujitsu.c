#include "sim/oem/fujitsu.h"

#include <string.h>

#include "sim/oem/fujitsu_text.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"
#include "tests/lib/sensor_records.h"

#define IANA 0x80, 0x28, 0x00
#define INLET 1

static struct mcworld w;
static uint8_t octets[SENSOR_RECORD];
static struct machine_sensor inlet;
static struct machine_sdr record;

static void
begin(void)
{
    inlet = (struct machine_sensor){
        .number = INLET, .type = 0x01, .event_type = 0x01, .scanning = true, .events = true,
        .has_value = true, .value = 20, .threshold_mask = 0x38, .threshold_access = 2,
        .threshold = { 0, 0, 0, 40, 50, 60 }, .assert_supported = 0x0fff,
        .assert_enabled = 0x0280, .auto_rearm = true,
        .sdr = full_record(octets, &(struct record_facts){
            .owner = 0x20, .number = INLET, .entity = 0x37, .instance = 1, .type = 0x01,
            .event_type = 0x01 }) };
    mcworld_describe(&w);
    w.machine.fw_major = 5;
    w.machine.fw_minor = 0x42;
    w.machine.product = 0x0262;
    memset(w.machine.aux, 0, sizeof w.machine.aux);
    record.record = inlet.sdr;
    w.machine.sdrs = &record;
    w.machine.sdr_count = 1;
    w.machine.sensors = &inlet;
    w.machine.sensor_count = 1;
    w.machine.profiles[0] = &oem_fujitsu;
    mcworld_begin(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

#define fujitsu(cmd, ...) ask(&w, NETFN_OEM, (cmd), IANA, __VA_ARGS__)

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &oem_fujitsu_commands, 0);
    mcworld_check_rows(&w, &oem_fujitsu_plain_commands, 0);
}
END_TEST

START_TEST(tells_sources_of_power)
{
    ck_answer(fujitsu(0x01, 0x15), CC_OK, IANA, 1, 0x00);
    ck_answer(fujitsu(0x01, 0x16), CC_OK, IANA, 1, 0x02);
    mcworld_from_lan(&w, PRIV_ADMIN);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 0), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_answer(fujitsu(0x01, 0x16), CC_OK, IANA, 1, 0x1d);
    mcworld_from_system(&w);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 1), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_answer(fujitsu(0x01, 0x15), CC_OK, IANA, 1, 0x00);
    ck_assert(chassis_button(w.mc->chassis, BUTTON_POWER));
    mcworld_run(&w, SPAN_S(5));
    ck_answer(fujitsu(0x01, 0x16), CC_OK, IANA, 1, 0x01);
    ck_assert(chassis_button(w.mc->chassis, BUTTON_POWER));
    mcworld_run(&w, SPAN_S(1));
    ck_answer(fujitsu(0x01, 0x15), CC_OK, IANA, 1, 0x01);
}
END_TEST

START_TEST(holds_power_up)
{
    ck_cc(fujitsu(0x01, 0x1c, 0, 0, 0, 1, 1), CC_OK);
    ck_answer(fujitsu(0x01, 0x1d), CC_OK, IANA, 1, 1);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 2), CC_OK);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 0), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(host_power_good(w.host));
    ck_cc(fujitsu(0x01, 0x1c, 0, 0, 0, 1, 0), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(!host_power_good(w.host));
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 1), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(host_power_good(w.host));
    ck_cc(fujitsu(0x01, 0x1c, 0, 0, 0, 1, 2), CC_INVALID_FIELD);
    ck_cc(fujitsu(0x01, 0x1c, 1, 0, 0, 1, 1), CC_INVALID_FIELD);
    ck_cc(fujitsu(0x01, 0x1c, 0, 0, 0, 1), CC_LENGTH);
}
END_TEST

START_TEST(forgets_to_hold_power_up)
{
    ck_cc(fujitsu(0x01, 0x1c, 0, 0, 0, 1, 1), CC_OK);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(fujitsu(0x01, 0x1d), CC_OK, IANA, 1, 0);
}
END_TEST

/* The minute is what counts. */
START_TEST(switches_on_at_a_time)
{
    uint32_t at = (uint32_t)world_time_s(&w.world) + 125;

    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 0), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_cc(fujitsu(0x01, 0x20, 0, 0, 0, 4, (uint8_t)at, (uint8_t)(at >> 8), (uint8_t)(at >> 16),
                  (uint8_t)(at >> 24)),
          CC_OK);
    mcworld_run(&w, SPAN_S(118));
    ck_assert(!host_power_good(w.host));
    mcworld_run(&w, SPAN_S(2));
    ck_assert(host_power_good(w.host));
    ck_answer(fujitsu(0x01, 0x15), CC_OK, IANA, 1, 0x03);
    ck_cc(fujitsu(0x01, 0x20, 0, 0, 0, 4, 1, 2, 3, 4), CC_RANGE);
    ck_cc(fujitsu(0x01, 0x20, 0, 0, 0, 4, 0, 0, 0, 0), CC_OK);
}
END_TEST

START_TEST(asks_the_operating_system)
{
    ck_answer(fujitsu(0x02, 0x08), CC_OK, IANA, 1, 1);
    ck_answer(fujitsu(0x02, 0x09), CC_OK, IANA);
    ck_cc(fujitsu(0x02, 0x06), CC_OK);
    mcworld_run(&w, HOST_SOFT_DELAY + SPAN_MS(200));
    ck_assert(!host_power_good(w.host));
    mcworld_run(&w, SPAN_S(1));
    ck_assert(host_power_good(w.host));
    ck_answer(fujitsu(0x02, 0x08), CC_OK, IANA, 1, 0);
    ck_answer(fujitsu(0xf1, 0x09), CC_OK, IANA, 1);
    ck_cc(fujitsu(0x02, 0x05), CC_STATE);
    mcworld_run(&w, HOST_BOOT_DELAY);
    ck_answer(fujitsu(0xf1, 0x09), CC_OK, IANA, 0);
    ck_cc(fujitsu(0x02, 0x05), CC_OK);
    mcworld_run(&w, HOST_SOFT_DELAY + SPAN_S(1));
    ck_assert(!host_power_good(w.host));
}
END_TEST

START_TEST(tells_its_status)
{
    ck_answer(fujitsu(0xf5, 0x10, 0xff, 0xff, 0xff, 0x7f), CC_OK, IANA, 0x82, 0, 0, 0);
    ck_cc(ask(&w, NETFN_APP, 0x24, 0x44, 0, 0, 0, 0xff, 0xff), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x22), CC_OK);
    ck_cc(fujitsu(0xf5, 0xb0, 1), CC_OK);
    mc_sensor_set_value(w.mc, 0, INLET, 52, true);
    ck_cc(fujitsu(0x10, 0x02, 1, 0, 0, 3, 0, 'h', 'i'), CC_OK);
    ck_answer(fujitsu(0xf5, 0x10, 0, 0, 0, 0), CC_OK, IANA, 0x96, 0x85, 0x81, 0);
    ck_answer(fujitsu(0xf5, 0x10, 0xff, 0xff, 0xff, 0x7f), CC_OK, IANA, 0x96, 0x85, 0, 0);
    ck_cc(fujitsu(0x10, 0x02, 1, 0, 0, 4, 0, 'h', 'i'), CC_LENGTH);
    ck_cc(fujitsu(0x10, 0x02, 1, 0, 0, 3, 2, 'h', 'i'), CC_INVALID_FIELD);
}
END_TEST

START_TEST(lights_its_lights)
{
    ck_answer(fujitsu(0xf5, 0xb1), CC_OK, IANA, 0);
    ck_answer(fujitsu(0xf5, 0xb0, 1), CC_OK, IANA);
    ck_answer(fujitsu(0xf5, 0xb1), CC_OK, IANA, 1);
    ck_assert_uint_eq(ask(&w, NETFN_CHASSIS, 0x01)->data[2] & 0x30, 0x20);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x04, 0), CC_OK);
    ck_answer(fujitsu(0xf5, 0xb1), CC_OK, IANA, 0);
    ck_cc(fujitsu(0xf5, 0xb0, 2), CC_INVALID_FIELD);
    ck_answer(fujitsu(0xf5, 0xb3), CC_OK, IANA, 0);
    mc_sensor_set_value(w.mc, 0, INLET, 42, true);
    ck_answer(fujitsu(0xf5, 0xb3), CC_OK, IANA, 3);
    mc_sensor_set_value(w.mc, 0, INLET, 52, true);
    ck_answer(fujitsu(0xf5, 0xb3), CC_OK, IANA, 4);
    mc_sensor_set_value(w.mc, 0, INLET, 62, true);
    ck_answer(fujitsu(0xf5, 0xb3), CC_OK, IANA, 5);
}
END_TEST

START_TEST(tells_of_components)
{
    ck_answer(fujitsu(0xf5, 0x42, 0x37, 0, 0x01), CC_OK, IANA, 0, 1);
    mc_sensor_set_value(w.mc, 0, INLET, 42, true);
    ck_answer(fujitsu(0xf5, 0x42, 0x37, 0, 0x01), CC_OK, IANA, 2, 1);
    mc_sensor_set_value(w.mc, 0, INLET, 52, true);
    ck_answer(fujitsu(0xf5, 0x42, 0x37, 0, 0x01, 0), CC_OK, IANA, 3, 1);
    ck_cc(fujitsu(0xf5, 0x42, 0x37, 1, 0x01), 0x01);
}
END_TEST

START_TEST(tells_versions)
{
    ck_answer(fujitsu(0xf5, 0x12, 1), CC_OK, IANA, 1, 5, 42, 0, 0, 0, 'A', 1, 0, 'A', 0x62,
              0x02, 1, 0, 1, 0);
    ck_cc(fujitsu(0xf5, 0x12, 2), CC_RANGE);
}
END_TEST

/* Read it all, count characters at a time, as FreeIPMI does: the next offset
 * is behind what came, and no more is asked for than is left. */
static void
read_text(uint16_t id, uint8_t count, char to[FUJITSU_TEXT_MAX + 1])
{
    size_t at = 0, len = 1;

    while (at < len) {
        uint8_t left = (uint8_t)(at && count > len - at ? len - at : count);
        const struct answer *a = fujitsu(0xf5, 0x43, (uint8_t)id, (uint8_t)(id >> 8),
                                         (uint8_t)at, left);

        ck_cc(a, CC_OK);
        len = a->data[13];
        ck_assert_uint_eq(a->data[a->len - 1], 0);
        ck_assert_uint_gt(a->len, 15);
        memcpy(to + at, a->data + 14, a->len - 15);
        at += a->len - 15;
    }
    to[at] = '\0';
}

START_TEST(puts_the_log_into_words)
{
    char text[FUJITSU_TEXT_MAX + 1];
    const struct answer *a;

    mc_sensor_set_value(w.mc, 0, INLET, 52, true);
    read_text(0, 100, text);
    ck_assert_str_eq(text, "Temperature: Upper non-critical going high");
    read_text(0xffff, 5, text);
    ck_assert_str_eq(text, "Temperature: Upper critical going high");
    a = fujitsu(0xf5, 0x43, 0, 0, 0, 100);
    ck_assert_uint_eq(a->data[3], 2);
    ck_assert_uint_eq(a->data[5], 1);
    ck_assert_uint_eq(a->data[7], 2);
    ck_assert_uint_eq(a->data[12], 0x10);
    a = fujitsu(0xf5, 0x43, 0xff, 0xff, 0, 100);
    ck_assert_uint_eq(a->data[3] & a->data[4], 0xff);
    ck_assert_uint_eq(a->data[12], 0x20);
    ck_cc(fujitsu(0xf5, 0x43, 9, 0, 0, 100), CC_NOT_PRESENT);
    ck_cc(fujitsu(0xf5, 0x43, 1, 0, 99, 1), CC_RANGE);
    ck_cc(fujitsu(0xf5, 0x43, 1, 0, 0, 1, 0), CC_OK);
    a = fujitsu(0xf5, 0x45, 1, 0);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 34);
    ck_assert_mem_eq(a->data + 14, "Temperature: Upper n", 20);
}
END_TEST

START_TEST(wants_an_administrator_for_words)
{
    mcworld_from_lan(&w, PRIV_OPERATOR);
    ck_cc(fujitsu(0xf5, 0x43, 0, 0, 0, 100), CC_PRIVILEGE);
    ck_cc(fujitsu(0xf5, 0xb0, 1), CC_OK);
    mcworld_from_lan(&w, PRIV_USER);
    ck_cc(fujitsu(0xf5, 0xb0, 0), CC_PRIVILEGE);
    ck_cc(fujitsu(0xf5, 0xb1), CC_OK);
}
END_TEST

static const struct {
    const char *want;
    struct sel_record record;
    enum oem_health health;
} lines[] = {
    { "Memory: Uncorrectable error",
      { .type = 2, .u.event = { { 0x41, 0 }, 4, 0x0c, 9, 0x6f, { 1 } } }, HEALTH_FATAL },
    { "Processor: Thermal trip (deasserted)",
      { .type = 2, .u.event = { { 0x20, 0 }, 4, 0x07, 9, 0xef, { 1 } } }, HEALTH_OK },
    { "Sensor type C7h: event 70h, offset 03h",
      { .type = 2, .u.event = { { 0x20, 0 }, 4, 0xc7, 9, 0x70, { 3 } } }, HEALTH_OK },
    { "Power supply: Redundancy lost",
      { .type = 2, .u.event = { { 0x20, 0 }, 4, 0x08, 9, 0x0b, { 1 } } }, HEALTH_CRITICAL },
    { "OEM record of 002880: 01 02 03 04 05 06",
      { .type = 0xc1, .u.oem_timed = { 10368, { 1, 2, 3, 4, 5, 6 } } }, HEALTH_OK },
    { "OEM record: 00 00 00 00 00 00 00 00 00 00 00 00 FF",
      { .type = 0xe0, .u.oem = { [12] = 0xff } }, HEALTH_OK },
};

START_TEST(has_words_for_records)
{
    char text[FUJITSU_TEXT_MAX + 1];

    ck_assert_uint_eq(fujitsu_sel_text(w.mc, &lines[_i].record, text), strlen(lines[_i].want));
    ck_assert_str_eq(text, lines[_i].want);
    ck_assert_int_eq(fujitsu_sel_health(&lines[_i].record), lines[_i].health);
}
END_TEST

START_TEST(has_no_remote_storage)
{
    ck_answer(ask(&w, 0x30, 0x19, 2, 0, 1), CC_OK, 2, 0, 1, 3);
    ck_answer(ask(&w, 0x30, 0x19, 1, 0, 0), CC_OK, 1, 0, 0, 0);
    ck_cc(ask(&w, 0x30, 0x19, 2, 0, 2), CC_RANGE);
    ck_cc(ask(&w, 0x30, 0x19, 3, 0, 0), CC_INVALID_FIELD);
    ck_cc(ask(&w, 0x30, 0x04, 5), CC_OK);
    ck_answer(ask(&w, 0x30, 0x05), CC_OK, 5, 1);
    ck_cc(ask(&w, 0x30, 0x04, 6), CC_INVALID_FIELD);
    ck_cc(ask(&w, 0x30, 0x1a, 2), CC_INVALID_FIELD);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("oem_fujitsu", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, tells_sources_of_power);
    tcase_add_test(tc, holds_power_up);
    tcase_add_test(tc, forgets_to_hold_power_up);
    tcase_add_test(tc, switches_on_at_a_time);
    tcase_add_test(tc, asks_the_operating_system);
    tcase_add_test(tc, tells_its_status);
    tcase_add_test(tc, lights_its_lights);
    tcase_add_test(tc, tells_of_components);
    tcase_add_test(tc, tells_versions);
    tcase_add_test(tc, puts_the_log_into_words);
    tcase_add_test(tc, wants_an_administrator_for_words);
    tcase_add_loop_test(tc, has_words_for_records, 0, sizeof lines / sizeof lines[0]);
    tcase_add_test(tc, has_no_remote_storage);
    return run_suite(s);
}
