#include "sim/mc/dcmi.h"

#include <stdio.h>
#include <string.h>

#include "sim/mc/mc_tables.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/records.h"
#include "tests/lib/run.h"

#define RECORD 48
#define TEMPS 12
#define INLET 0x40
#define FIRST_CPU 2               /* sensors 0, 1: inlet; 2 .. 10: CPU; 11: baseboard */

static struct mcworld w;
static uint8_t records[TEMPS][RECORD];
static struct machine_sdr sdrs[TEMPS];
static struct machine_sensor sensors[TEMPS];

/* A temperature sensor in whole degrees Celsius, two's complement. */
static void
describe_sensor(unsigned i, uint8_t entity, uint8_t celsius)
{
    uint8_t *r = records[i];

    memset(r, 0, RECORD);
    r[0] = (uint8_t)(i + 1);
    r[2] = 0x51;
    r[3] = 0x01;
    r[4] = RECORD - 5;
    r[5] = 0x20;
    r[7] = (uint8_t)(i + 1);
    r[8] = entity;
    r[9] = 1;
    r[12] = r[13] = 0x01;
    r[20] = 0x80;
    r[21] = 1;
    r[24] = 1;                    /* M */
    sdrs[i].record = bytes_of(r, RECORD);
    sensors[i] = (struct machine_sensor){
        .number = (uint8_t)(i + 1), .type = 1, .event_type = 1, .scanning = true, .format = 2,
        .has_value = true, .value = celsius,
    };
}

static void
describe(void)
{
    mcworld_describe(&w);
    w.machine.power_on = true;
    w.machine.watts = (struct machine_watts){ .standby = 10, .idle = 100, .full = 300,
                                              .floor = 120 };
    describe_sensor(0, 0x37, 22);
    describe_sensor(1, 0x40, (uint8_t)-5);
    for (unsigned i = FIRST_CPU; i < TEMPS - 1; i++)
        describe_sensor(i, 0x03, (uint8_t)(40 + i));
    describe_sensor(TEMPS - 1, 0x42, 30);
    w.machine.sdrs = sdrs;
    w.machine.sdr_count = TEMPS;
    w.machine.sensors = sensors;
    w.machine.sensor_count = TEMPS;
    w.machine.support |= GROUP_SDR_REPOSITORY;
}

static void
begin(void)
{
    describe();
    mcworld_begin(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

#define DCMI(cmd, ...) ask(&w, NETFN_GROUP, cmd, GROUP_DCMI, __VA_ARGS__)
#define DC GROUP_DCMI

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &dcmi_commands, 0);
}
END_TEST

START_TEST(is_left_out_where_a_machine_has_none)
{
    end();
    describe();
    w.machine.groups_off = GROUP_DCMI_CMDS;
    mcworld_begin(&w);
    ck_answer(DCMI(0x01, 1), CC_INVALID_COMMAND, DC);
    ck_assert_ptr_null(w.mc->dcmi);
    ck_assert(!lanparm_config(w.mc, 0)->dcmi_pong);
}
END_TEST

START_TEST(tells_its_capabilities)
{
    ck_answer(DCMI(0x01, 1), CC_OK, DC, 1, 5, 2, 0, 1, 1);
    ck_answer(DCMI(0x01, 2), CC_OK, DC, 1, 5, 2, 64, 0, 0, 0, 1);
    ck_answer(DCMI(0x01, 3), CC_OK, DC, 1, 5, 2, 0x20, w.machine.device_revision & 0x0f);
    ck_answer(DCMI(0x01, 4), CC_OK, DC, 1, 5, 2, MCWORLD_LAN, 0xff, 0xff);
    ck_answer(DCMI(0x01, 5), CC_OK, DC, 1, 5, 2, 9, 0x05, 0x0f, 0x1e, 0x41, 0x43, 0x47, 0x4f,
              0x5e, 0x81);
    ck_answer(DCMI(0x01, 0), CC_INVALID_FIELD, DC);
    ck_answer(DCMI(0x01, 6), CC_INVALID_FIELD, DC);
    ck_assert(lanparm_config(w.mc, 0)->dcmi_pong);
}
END_TEST

START_TEST(tells_its_capabilities_outside_of_a_session)
{
    mcworld_from_lan(&w, PRIV_NONE);
    ck_cc(DCMI(0x01, 1), CC_OK);
    ck_cc(DCMI(0x02, 1, 0, 0), CC_PRIVILEGE);
}
END_TEST

/* ---- power ---- */

START_TEST(reads_power_and_its_statistics)
{
    const struct answer *a;

    mcworld_run(&w, SPAN_S(90));
    a = DCMI(0x02, 1, 0, 0);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 18);
    ck_assert_uint_ge(answer_le16(a, 1), 100);
    ck_assert_uint_le(answer_le16(a, 1), 300);
    ck_assert_uint_le(answer_le16(a, 3), answer_le16(a, 7));
    ck_assert_uint_le(answer_le16(a, 7), answer_le16(a, 5));
    ck_assert_uint_eq(answer_le32(a, 9), sel_time(w.mc));
    ck_assert_uint_eq(answer_le32(a, 13), 60000);
    ck_assert_uint_eq(a->data[17], 0x40);
}
END_TEST

START_TEST(reads_rolling_averages)
{
    const struct answer *a;

    mcworld_run(&w, SPAN_S(3));
    ck_assert_uint_eq(answer_le32(DCMI(0x02, 2, 0x05, 0), 13), 3000);
    mcworld_run(&w, SPAN_S(3600));
    a = DCMI(0x02, 2, 0x41, 0);
    ck_assert_uint_eq(answer_le32(a, 13), 60000);
    a = DCMI(0x02, 2, 0x81, 0);
    ck_assert_uint_eq(answer_le32(a, 13), 3600000);
    ck_cc(DCMI(0x02, 2, 0x42, 0), CC_INVALID_FIELD);
    ck_cc(DCMI(0x02, 3, 0, 0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(reads_standby_power_of_a_host_that_is_off)
{
    host_do(w.host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(answer_le16(DCMI(0x02, 1, 0, 0), 1), 10);
}
END_TEST

START_TEST(measures_nothing_without_a_host)
{
    end();
    describe();
    w.no_host = true;
    mcworld_begin(&w);
    ck_answer(DCMI(0x01, 1), CC_OK, DC, 1, 5, 2, 0, 0, 1);
    ck_assert_uint_eq(DCMI(0x02, 1, 0, 0)->data[17], 0);
    ck_cc(DCMI(0x05, 1, 0, 0), CC_OK);
}
END_TEST

START_TEST(begins_its_statistics_anew_after_a_cold_reset)
{
    mcworld_run(&w, SPAN_S(50));
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(2));
    ck_assert_uint_eq(answer_le32(DCMI(0x02, 1, 0, 0), 13), 2000);
}
END_TEST

static struct answer *
set_limit(uint8_t action, unsigned watts, unsigned ms, unsigned period_s)
{
    return DCMI(0x04, 0, 0, 0, action, LE(watts), LE(ms), LE(ms >> 16), 0, 0, LE(period_s));
}

START_TEST(keeps_a_power_limit)
{
    ck_answer(DCMI(0x03, 0, 0), CC_CMD_80, DC, 0, 0, 0, LE(300), LE(5750), 0, 0, 0, 0, LE(60));
    ck_answer(set_limit(0x11, 250, 2000, 30), CC_OK, DC);
    ck_answer(DCMI(0x03, 0, 0), CC_CMD_80, DC, 0, 0, 0x11, LE(250), LE(2000), 0, 0, 0, 0, LE(30));
    ck_answer(DCMI(0x05, 1, 0, 0), CC_OK, DC);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(DCMI(0x03, 0, 0), CC_OK, DC, 0, 0, 0x11, LE(250), LE(2000), 0, 0, 0, 0, LE(30));
    ck_cc(DCMI(0x05, 2, 0, 0), CC_INVALID_FIELD);
}
END_TEST

static const struct {
    uint8_t action;
    unsigned watts, ms, period_s;
    uint8_t cc;
} limits[] = {
    { 0x12, 100, 0, 1, CC_INVALID_FIELD },
    { 0x10, 100, 0, 1, CC_OK },
    { 0, 0, 0, 1, CC_CMD_84 },
    { 0, DCMI_LIMIT_MAX, 0, 1, CC_OK },
    { 0, DCMI_LIMIT_MAX + 1, 0, 1, CC_CMD_84 },
    { 0, 100, DCMI_CORRECTION_MAX, 1, CC_OK },
    { 0, 100, DCMI_CORRECTION_MAX + 1, 1, CC_CMD_85 },
    { 0, 100, 0, 0, CC_OK },
    { 0, 100, 0, DCMI_PERIOD_MAX, CC_OK },
    { 0, 100, 0, DCMI_PERIOD_MAX + 1, 0x89 },
};

START_TEST(checks_a_power_limit)
{
    ck_cc(set_limit(limits[_i].action, limits[_i].watts, limits[_i].ms, limits[_i].period_s),
          limits[_i].cc);
    if (limits[_i].cc != CC_OK)
        ck_assert_uint_eq(w.mc->dcmi->limit.watts, 300);
}
END_TEST

START_TEST(throttles_the_host)
{
    mcworld_run(&w, SPAN_S(10));
    ck_cc(set_limit(0, 121, 1000, 1), CC_OK);
    ck_assert_uint_gt(answer_le16(DCMI(0x02, 1, 0, 0), 1), 121);
    ck_cc(DCMI(0x05, 1, 0, 0), CC_OK);
    ck_assert_uint_le(answer_le16(DCMI(0x02, 1, 0, 0), 1), 121);
    ck_cc(DCMI(0x05, 0, 0, 0), CC_OK);
    ck_assert_uint_gt(answer_le16(DCMI(0x02, 1, 0, 0), 1), 121);
}
END_TEST

START_TEST(logs_a_limit_that_cannot_be_kept_after_its_time)
{
    mcworld_run(&w, SPAN_S(10));
    set_limit(DCMI_ACTION_LOG, 50, 2500, 1);
    ck_cc(DCMI(0x05, 1, 0, 0), CC_OK);
    mcworld_run(&w, SPAN_MS(2499));
    ck_assert_uint_eq(logged(w.mc), 0);
    mcworld_run(&w, SPAN_MS(1));
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_event(w.mc, 0, 0x20, 0, 0x04, 0x09, 0, 0x05, 0x01, 0xff, 0xff);
    mcworld_run(&w, SPAN_S(60));
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_assert(host_power_good(w.host));
    host_do(w.host, HOST_OP_OFF, CAUSE_CHASSIS_CONTROL);
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(logged(w.mc), 2);
    ck_event(w.mc, 1, 0x20, 0, 0x04, 0x09, 0, 0x85, 0x01, 0xff, 0xff);
}
END_TEST

START_TEST(switches_off_what_does_not_keep_its_limit)
{
    mcworld_run(&w, SPAN_S(10));
    set_limit(DCMI_ACTION_OFF, 50, 1000, 1);
    DCMI(0x05, 1, 0, 0);
    mcworld_run(&w, SPAN_MS(999));
    ck_assert(host_power_good(w.host));
    mcworld_run(&w, SPAN_MS(1) + HOST_POWER_OFF_DELAY);
    ck_assert(!host_power_good(w.host));
    ck_assert_uint_eq(ask(&w, NETFN_CHASSIS, 0x01)->data[1] & 0x02, 0x02);
}
END_TEST

START_TEST(does_nothing_about_a_limit_that_is_kept)
{
    mcworld_run(&w, SPAN_S(10));
    set_limit(DCMI_ACTION_OFF, 125, 1000, 1);
    DCMI(0x05, 1, 0, 0);
    mcworld_run(&w, SPAN_S(600));
    ck_assert(host_power_good(w.host));
    ck_assert_uint_eq(logged(w.mc), 0);
}
END_TEST

START_TEST(watches_only_while_there_is_something_to_watch)
{
    ck_assert(!timer_armed(&w.mc->dcmi->scan));
    set_limit(DCMI_ACTION_LOG, 50, 1000, 1);
    ck_assert(!timer_armed(&w.mc->dcmi->scan));
    DCMI(0x05, 1, 0, 0);
    ck_assert(timer_armed(&w.mc->dcmi->scan));
    DCMI(0x05, 0, 0, 0);
    ck_assert(!timer_armed(&w.mc->dcmi->scan));
}
END_TEST

/* ---- strings ---- */

static void
expect_string(uint8_t cmd, const char *text, size_t len)
{
    char got[DCMI_IDENTIFIER_MAX];
    size_t done = 0;

    while (done < len) {
        uint8_t n = (uint8_t)(len - done < DCMI_CHUNK ? len - done : DCMI_CHUNK);
        const struct answer *a = DCMI(cmd, (uint8_t)done, n);

        ck_cc(a, CC_OK);
        ck_assert_uint_eq(a->data[1], len);
        ck_assert_uint_eq(a->len, 2u + n);
        memcpy(got + done, a->data + 2, n);
        done += n;
    }
    ck_assert_mem_eq(got, text, len);
}

START_TEST(has_an_identifier_of_its_mac)
{
    char text[DCMI_IDENTIFIER_MAX];
    const uint8_t *mac = mc_mac(w.mc, MCWORLD_LAN);

    snprintf(text, sizeof text, "DCMI%02X%02X%02X%02X%02X%02X", mac[0], mac[1], mac[2], mac[3],
             mac[4], mac[5]);
    expect_string(0x09, text, 17);
}
END_TEST

START_TEST(keeps_its_strings_across_a_cold_reset)
{
    ck_answer(DCMI(0x08, 0, 16, '0', '1', '2', '3', '4', '5', '6', '7', '8',
                   '9', 'a', 'b', 'c', 'd', 'e', 'f'), CC_OK, DC, 16);
    ck_answer(DCMI(0x08, 16, 2, 'g', 'h'), CC_OK, DC, 18);
    ck_answer(DCMI(0x0a, 0, 4, 'n', 'a', 'm', 0), CC_OK, DC, 4);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    expect_string(0x06, "0123456789abcdefgh", 18);
    expect_string(0x09, "nam", 4);
}
END_TEST

START_TEST(ends_a_string_where_it_is_written)
{
    DCMI(0x08, 0, 5, 'h', 'e', 'l', 'l', 'o');
    ck_answer(DCMI(0x08, 1, 1, 'i'), CC_OK, DC, 2);
    expect_string(0x06, "hi", 2);
    ck_answer(DCMI(0x06, 0, 16), CC_OK, DC, 2, 'h', 'i');
    ck_answer(DCMI(0x06, 2, 4), CC_OK, DC, 2);
    ck_answer(DCMI(0x08, 0, 0), CC_OK, DC, 0);
    ck_answer(DCMI(0x06, 0, 16), CC_OK, DC, 0);
}
END_TEST

START_TEST(refuses_pieces_that_do_not_fit)
{
    ck_cc(DCMI(0x08, 1, 1, 'x'), CC_RANGE);
    ck_cc(DCMI(0x08, 0, 2, 'x'), CC_LENGTH);
    ck_cc(DCMI(0x06, 0, 17), CC_RANGE);
    ck_cc(DCMI(0x06, 48, 16), CC_RANGE);
    ck_cc(DCMI(0x06, 1, 1), CC_RANGE);
    ck_cc(DCMI(0x09, 60, 5), CC_RANGE);
}
END_TEST

static struct dcmi_string
asset_of(uint8_t encoding, uint8_t language, const char *text)
{
    static uint8_t image[64];
    static struct machine_fru fru = { .size = sizeof image, .data = { image, sizeof image } };
    uint8_t *area = image + 8;
    size_t at = 3, len = strlen(text);
    uint8_t sum = 0;

    memset(image, 0, sizeof image);
    memcpy(image, (const uint8_t[]){ 1, 0, 0, 0, 1, 0, 0, 0xfe }, 8);
    area[0] = 1;
    area[1] = 5;
    area[2] = language;
    for (unsigned i = 0; i < 5; i++)
        area[at++] = 0xc0;
    area[at++] = (uint8_t)((size_t)encoding << 6 | len);
    memcpy(area + at, text, len);
    at += len;
    area[at] = 0xc1;
    for (unsigned i = 0; i < 39; i++)
        sum = (uint8_t)(sum + area[i]);
    area[39] = (uint8_t)-sum;
    end();
    describe();
    w.machine.frus = &fru;
    w.machine.fru_count = 1;
    mcworld_begin(&w);
    return (struct dcmi_string){ .len = (uint8_t)len };
}

static const struct {
    uint8_t encoding, language, cc;
} encodings[] = {
    { 0, 25, CC_CMD_80 }, { 1, 25, CC_CMD_81 }, { 2, 25, CC_CMD_82 },
    { 3, 25, CC_OK },     { 3, 0, CC_OK },      { 3, 11, CC_CMD_83 },
};

START_TEST(begins_with_the_asset_tag_of_the_fru)
{
    struct dcmi_string s = asset_of(encodings[_i].encoding, encodings[_i].language, "AT-7");

    ck_assert_uint_eq(s.len, 4);
    ck_answer(DCMI(0x06, 0, 16), encodings[_i].cc, DC, 4, 'A', 'T', '-', '7');
    ck_cc(DCMI(0x08, 0, 1, 'x'), CC_OK);
    ck_answer(DCMI(0x06, 0, 16), CC_OK, DC, 1, 'x');
}
END_TEST

/* ---- temperatures ---- */

START_TEST(maps_entities_to_sensors)
{
    ck_answer(DCMI(0x07, 1, 0x40, 0, 0), CC_OK, DC, 2, 2, 1, 0, 2, 0);
    ck_answer(DCMI(0x07, 1, 0x37, 0, 1), CC_OK, DC, 2, 2, 1, 0, 2, 0);
    ck_answer(DCMI(0x07, 1, 0x40, 2, 0), CC_OK, DC, 2, 1, 2, 0);
    ck_answer(DCMI(0x07, 1, 0x42, 0, 0), CC_OK, DC, 1, 1, 12, 0);
    ck_cc(DCMI(0x07, 1, 0x40, 3, 0), CC_NOT_PRESENT);
    ck_cc(DCMI(0x07, 1, 0x43, 0, 0), CC_INVALID_FIELD);
    ck_cc(DCMI(0x07, 2, 0x40, 0, 0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(tells_of_eight_instances_at_once)
{
    ck_answer(DCMI(0x07, 1, 0x41, 0, 1), CC_OK, DC, 9, 8, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8, 0, 9,
              0, 10, 0);
    ck_answer(DCMI(0x07, 1, 0x03, 0, 9), CC_OK, DC, 9, 1, 11, 0);
    ck_answer(DCMI(0x07, 1, 0x03, 0, 10), CC_OK, DC, 9, 0);
}
END_TEST

START_TEST(reads_temperatures)
{
    ck_answer(DCMI(0x10, 1, 0x40, 0, 0), CC_OK, DC, 2, 2, 22, 1, 0x85, 2);
    ck_answer(DCMI(0x10, 1, 0x41, 9, 0), CC_OK, DC, 9, 1, 50, 9);
    w.mc->sensors.at[0].scanning = false;
    ck_answer(DCMI(0x10, 1, 0x40, 0, 0), CC_OK, DC, 2, 1, 0x85, 2);
}
END_TEST

START_TEST(reads_other_units)
{
    records[0][21] = 2;           /* Fahrenheit */
    ck_answer(DCMI(0x10, 1, 0x40, 1, 0), CC_OK, DC, 2, 1, 0x86, 1);
    records[0][21] = 3;           /* Kelvin */
    ck_answer(DCMI(0x10, 1, 0x40, 1, 0), CC_OK, DC, 2, 1, 0xff, 1);
    records[0][21] = 1;
    records[0][24] = 15;
    records[0][29] = 0xf0;        /* 1.5 x raw */
    ck_answer(DCMI(0x10, 1, 0x40, 1, 0), CC_OK, DC, 2, 1, 33, 1);
}
END_TEST

START_TEST(keeps_a_thermal_limit_as_long_as_it_says)
{
    ck_answer(DCMI(0x0c, INLET, 1), CC_OK, DC, 0, 0, 0, 0);
    ck_answer(DCMI(0x0b, INLET, 1, 0xa0, 40, LE(300)), CC_OK, DC);
    ck_answer(DCMI(0x0b, 0x37, 2, 0x60, 50, LE(5)), CC_OK, DC);
    ck_answer(DCMI(0x0c, INLET, 1), CC_OK, DC, 0xa0, 40, LE(300));
    ck_answer(DCMI(0x0c, INLET, 2), CC_OK, DC, 0x60, 50, LE(5));
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(DCMI(0x0c, INLET, 1), CC_OK, DC, 0xa0, 40, LE(300));
    ck_answer(DCMI(0x0c, INLET, 2), CC_OK, DC, 0, 0, 0, 0);
}
END_TEST

START_TEST(checks_a_thermal_limit)
{
    ck_cc(DCMI(0x0b, 0x41, 1, 0x20, 40, LE(5)), CC_INVALID_FIELD);
    ck_cc(DCMI(0x0b, INLET, 1, 0x01, 40, LE(5)), CC_INVALID_FIELD);
    ck_cc(DCMI(0x0b, INLET, 1, 0x20, 128, LE(5)), CC_CMD_84);
    ck_cc(DCMI(0x0b, INLET, 3, 0x20, 40, LE(5)), CC_NOT_PRESENT);
    ck_cc(DCMI(0x0b, INLET, 0, 0x20, 40, LE(5)), CC_NOT_PRESENT);
    ck_cc(DCMI(0x0c, INLET, 3), CC_NOT_PRESENT);
    ck_cc(DCMI(0x0c, 0x42, 1), CC_INVALID_FIELD);
}
END_TEST

START_TEST(acts_on_an_inlet_that_stays_too_hot)
{
    ck_cc(DCMI(0x0b, INLET, 1, 0x60, 35, LE(10)), CC_OK);
    mcworld_run(&w, SPAN_S(5));
    mc_sensor_set_value(w.mc, 0, 1, 36, false);
    mcworld_run(&w, SPAN_S(5));
    mc_sensor_set_value(w.mc, 0, 1, 35, false);
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(logged(w.mc), 0);
    mc_sensor_set_value(w.mc, 0, 1, 36, false);
    mcworld_run(&w, SPAN_S(10));
    ck_assert(host_power_good(w.host));
    mcworld_run(&w, SPAN_S(2));
    ck_assert(!host_power_good(w.host));
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_event(w.mc, 0, 0x20, 0, 0x04, 0x01, 1, 0x05, 0x01, 0xff, 0xff);
    mc_sensor_set_value(w.mc, 0, 1, 20, false);
    mcworld_run(&w, SPAN_S(2));
    ck_event(w.mc, 1, 0x20, 0, 0x04, 0x01, 1, 0x85, 0x01, 0xff, 0xff);
}
END_TEST

START_TEST(only_logs_when_told_so)
{
    ck_cc(DCMI(0x0b, INLET, 1, 0x20, 20, LE(0)), CC_OK);
    ck_assert_uint_eq(logged(w.mc), 1);
    mcworld_run(&w, SPAN_S(30));
    ck_assert_uint_eq(logged(w.mc), 1);
    ck_assert(host_power_good(w.host));
}
END_TEST

/* ---- parameters ---- */

START_TEST(keeps_its_parameters)
{
    ck_answer(DCMI(0x13, 1, 0), CC_OK, DC, 1, 5, 1, 0);
    ck_answer(DCMI(0x13, 3, 0), CC_OK, DC, 1, 5, 1, 4);
    ck_answer(DCMI(0x13, 4, 0), CC_OK, DC, 1, 5, 1, LE(120));
    ck_answer(DCMI(0x13, 5, 0), CC_OK, DC, 1, 5, 1, LE(64));
    ck_answer(DCMI(0x12, 1, 0, 1), CC_OK, DC);
    ck_answer(DCMI(0x12, 2, 0, 0x83), CC_OK, DC);
    ck_answer(DCMI(0x12, 3, 0, 9), CC_OK, DC);
    ck_answer(DCMI(0x12, 4, 0, LE(300)), CC_OK, DC);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(DCMI(0x13, 1, 0), CC_OK, DC, 1, 5, 1, 0);
    ck_answer(DCMI(0x13, 2, 0), CC_OK, DC, 1, 5, 1, 0x83);
    ck_answer(DCMI(0x13, 3, 0), CC_OK, DC, 1, 5, 1, 9);
    ck_answer(DCMI(0x13, 4, 0), CC_OK, DC, 1, 5, 1, LE(300));
}
END_TEST

static const struct {
    uint8_t data[4];
    size_t len;
    uint8_t cc;
} refusals[] = {
    { { 6, 0, 1 }, 3, CC_CMD_80 },     { { 0, 0, 1 }, 3, CC_CMD_80 },
    { { 1, 0, 2 }, 3, CC_INVALID_FIELD }, { { 2, 0, 4 }, 3, CC_INVALID_FIELD },
    { { 3, 0, 1, 1 }, 4, CC_LENGTH },  { { 4, 0, 1 }, 3, CC_LENGTH },
    { { 3, 1, 1 }, 3, CC_RANGE },
};

START_TEST(refuses_other_parameters)
{
    uint8_t rq[5] = { GROUP_DCMI };

    memcpy(rq + 1, refusals[_i].data, refusals[_i].len);
    ck_cc(mcworld_ask(&w, w.mc, NETFN_GROUP, 0x12, rq, 1 + refusals[_i].len), refusals[_i].cc);
    ck_answer(DCMI(0x13, 6, 0), CC_CMD_80, DC);
    ck_answer(DCMI(0x13, 3, 1), CC_RANGE, DC);
}
END_TEST

/* Each request is good but for one reserved octet. */
static const struct {
    uint8_t cmd, data[3];
    size_t len;
} unclean[] = {
    { 0x02, { 1, 5, 0 }, 3 },
    { 0x02, { 1, 0, 1 }, 3 },
    { 0x02, { 2, 5, 1 }, 3 },
    { 0x03, { 1, 0 }, 2 },
    { 0x03, { 0, 1 }, 2 },
    { 0x05, { 1, 1, 0 }, 3 },
    { 0x05, { 1, 0, 1 }, 3 },
};

START_TEST(refuses_reserved_octets_that_are_set)
{
    uint8_t rq[4] = { GROUP_DCMI };

    memcpy(rq + 1, unclean[_i].data, unclean[_i].len);
    ck_answer(mcworld_ask(&w, w.mc, NETFN_GROUP, unclean[_i].cmd, rq, 1 + unclean[_i].len),
              CC_INVALID_FIELD, DC);
    ck_assert(!w.mc->dcmi->limit.active);
}
END_TEST

static Suite *
dcmi_suite(void)
{
    Suite *s = suite_create("dcmi");
    TCase *tc = tcase_create("all");

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, is_left_out_where_a_machine_has_none);
    tcase_add_test(tc, tells_its_capabilities);
    tcase_add_test(tc, tells_its_capabilities_outside_of_a_session);
    tcase_add_test(tc, reads_power_and_its_statistics);
    tcase_add_test(tc, reads_rolling_averages);
    tcase_add_test(tc, reads_standby_power_of_a_host_that_is_off);
    tcase_add_test(tc, measures_nothing_without_a_host);
    tcase_add_test(tc, begins_its_statistics_anew_after_a_cold_reset);
    tcase_add_test(tc, keeps_a_power_limit);
    tcase_add_loop_test(tc, checks_a_power_limit, 0, sizeof limits / sizeof limits[0]);
    tcase_add_test(tc, throttles_the_host);
    tcase_add_test(tc, logs_a_limit_that_cannot_be_kept_after_its_time);
    tcase_add_test(tc, switches_off_what_does_not_keep_its_limit);
    tcase_add_test(tc, does_nothing_about_a_limit_that_is_kept);
    tcase_add_test(tc, watches_only_while_there_is_something_to_watch);
    tcase_add_test(tc, has_an_identifier_of_its_mac);
    tcase_add_test(tc, keeps_its_strings_across_a_cold_reset);
    tcase_add_test(tc, ends_a_string_where_it_is_written);
    tcase_add_test(tc, refuses_pieces_that_do_not_fit);
    tcase_add_loop_test(tc, begins_with_the_asset_tag_of_the_fru, 0,
                        sizeof encodings / sizeof encodings[0]);
    tcase_add_test(tc, maps_entities_to_sensors);
    tcase_add_test(tc, tells_of_eight_instances_at_once);
    tcase_add_test(tc, reads_temperatures);
    tcase_add_test(tc, reads_other_units);
    tcase_add_test(tc, keeps_a_thermal_limit_as_long_as_it_says);
    tcase_add_test(tc, checks_a_thermal_limit);
    tcase_add_test(tc, acts_on_an_inlet_that_stays_too_hot);
    tcase_add_test(tc, only_logs_when_told_so);
    tcase_add_test(tc, keeps_its_parameters);
    tcase_add_loop_test(tc, refuses_other_parameters, 0, sizeof refusals / sizeof refusals[0]);
    tcase_add_loop_test(tc, refuses_reserved_octets_that_are_set, 0,
                        sizeof unclean / sizeof unclean[0]);
    suite_add_tcase(s, tc);
    return s;
}

int
main(void)
{
    return run_suite(dcmi_suite());
}
