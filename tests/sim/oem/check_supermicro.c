#include "sim/oem/supermicro.h"

#include <string.h>

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"
#include "tests/lib/sensor_records.h"

#define GENERIC 0x30
#define INTRUSION 1
#define PSU(n) (uint8_t)(1 + (n))
#define FAN 4
#define BUS 0x07

static struct mcworld w;
static uint8_t fan_octets[SENSOR_RECORD];
static uint8_t registers[1] = { 0x5a };
static struct machine_i2c device;
static struct machine_sensor sensors[4];

static void
describe(void)
{
    struct machine_sensor psu = { .type = 0x08, .event_type = 0x6f, .assert_supported = 0x0f,
                                  .scanning = true, .has_value = true, .states = 1 };

    sensors[0] = (struct machine_sensor){
        .number = INTRUSION, .type = 0x05, .event_type = 0x6f, .assert_supported = 1,
        .deassert_supported = 1, .scanning = true, .has_value = true, .states = 1 };
    sensors[1] = psu;
    sensors[1].number = PSU(1);
    sensors[2] = psu;
    sensors[2].number = PSU(2);
    sensors[3] = (struct machine_sensor){
        .number = FAN, .type = 0x04, .event_type = 0x01, .scanning = true, .has_value = true,
        .value = 50,
        .sdr = full_record(fan_octets, &(struct record_facts){
            .owner = 0x20, .number = FAN, .type = 0x04, .event_type = 0x01 }) };
    mcworld_describe(&w);
    w.machine.fw_major = 3;
    w.machine.fw_minor = 0x42;
    w.machine.sensors = sensors;
    w.machine.sensor_count = sizeof sensors / sizeof sensors[0];
    w.machine.profiles[0] = &oem_supermicro;
}

static void
begin(void)
{
    describe();
    mcworld_begin(&w);
}

static void
begin_with_device(void)
{
    describe();
    device = (struct machine_i2c){ .bus = 3, .address = 0x70, .kind = 1, .size = 16,
                                   .data = { registers, sizeof registers } };
    w.machine.i2c = &device;
    w.machine.i2c_count = 1;
    mcworld_begin(&w);
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
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &oem_supermicro_commands, 0);
}
END_TEST

START_TEST(tells_its_firmware)
{
    const struct answer *a = ask(&w, 0x3c, 0x20);

    ck_cc(a, CC_OK);
    ck_assert_uint_ge(a->len, 18);
    ck_assert_uint_le(a->len, 32);
    ck_assert_uint_eq(a->data[0], 3);
    ck_assert_uint_eq(a->data[4], 0x42);
    ck_assert_uint_eq(a->data[a->len - 1], 0);
    ck_cc(ask(&w, GENERIC, 0x20), CC_OK);
}
END_TEST

START_TEST(resets_the_intrusion)
{
    ck_assert_uint_eq(ask(&w, NETFN_CHASSIS, 0x01)->data[2] & 1, 1);
    ck_answer(ask(&w, GENERIC, 0x03), CC_OK);
    ck_assert_uint_eq(ask(&w, NETFN_CHASSIS, 0x01)->data[2] & 1, 0);
}
END_TEST

START_TEST(switches_services)
{
    ck_answer(ask(&w, GENERIC, 0x70, 0xf0, 2), CC_OK, 1);
    ck_answer(ask(&w, GENERIC, 0x70, 0xf0, 0), CC_OK);
    ck_answer(ask(&w, GENERIC, 0x70, 2), CC_OK, 0);
    cold_reset();
    ck_answer(ask(&w, GENERIC, 0x70, 0xf0, 2), CC_OK, 0);
    ck_answer(ask(&w, GENERIC, 0x70, 1), CC_OK);
    ck_answer(ask(&w, GENERIC, 0x70, 2), CC_OK, 1);
}
END_TEST

START_TEST(chooses_a_lan_port)
{
    ck_answer(ask(&w, GENERIC, 0x70, 0x0c, 0), CC_OK, 2);
    ck_answer(ask(&w, GENERIC, 0x70, 0x0c, 1, 0), CC_OK);
    cold_reset();
    ck_answer(ask(&w, GENERIC, 0x70, 0x0c, 0), CC_OK, 0);
}
END_TEST

static const struct {
    const char *why;
    uint8_t data[4];
    size_t len;
    uint8_t cc;
} extensions[] = {
    { "no such action", { 0xf0, 3 }, 2, CC_INVALID_FIELD },
    { "no action", { 0xf0 }, 1, CC_LENGTH },
    { "more than an action", { 0xf0, 2, 0 }, 3, CC_LENGTH },
    { "no such port", { 0x0c, 1, 3 }, 3, CC_INVALID_FIELD },
    { "no port", { 0x0c, 1 }, 2, CC_LENGTH },
    { "a port too many", { 0x0c, 0, 1 }, 3, CC_LENGTH },
    { "no such zone", { 0x66, 0, 2 }, 3, CC_INVALID_FIELD },
    { "no such duty", { 0x66, 1, 0, 101 }, 4, CC_INVALID_FIELD },
    { "no such function", { 0x99, 0 }, 2, CC_INVALID_FIELD },
    { "no such action, alone", { 3 }, 1, CC_INVALID_FIELD },
};

START_TEST(is_strict)
{
    const struct answer *a =
        mcworld_ask(&w, w.mc, GENERIC, 0x70, extensions[_i].data, extensions[_i].len);

    ck_assert_msg(a->cc == extensions[_i].cc, "%s: %02Xh", extensions[_i].why, a->cc);
}
END_TEST

static uint8_t
fan_speed(void)
{
    uint8_t raw;
    uint16_t states;

    ck_assert(mc_sensor_raw(w.mc, 0, FAN, &raw, &states));
    return raw;
}

START_TEST(drives_the_fans)
{
    ck_answer(ask(&w, GENERIC, 0x45, 0), CC_OK, 0);
    ck_assert_uint_eq(fan_speed(), 50);
    ck_cc(ask(&w, GENERIC, 0x45, 1, 1), CC_OK);
    ck_assert_uint_eq(fan_speed(), 100);
    ck_answer(ask(&w, GENERIC, 0x70, 0x66, 0, 0), CC_OK, 100);
    ck_cc(ask(&w, GENERIC, 0x70, 0x66, 1, 0, 20), CC_OK);
    ck_cc(ask(&w, GENERIC, 0x70, 0x66, 1, 1, 30), CC_OK);
    ck_assert_uint_eq(fan_speed(), 30);
    cold_reset();
    ck_assert_uint_eq(fan_speed(), 100);
    ck_answer(ask(&w, GENERIC, 0x45, 0), CC_OK, 1);
    ck_cc(ask(&w, GENERIC, 0x45, 1, 3), CC_INVALID_FIELD);
    ck_cc(ask(&w, GENERIC, 0x45, 1), CC_LENGTH);
    ck_cc(ask(&w, GENERIC, 0x45, 1, 2), CC_OK);
    ck_assert_uint_eq(fan_speed(), 50);
}
END_TEST

/* ---- power supplies ---- */

#define MWR(address, reg) ask(&w, NETFN_APP, 0x52, BUS, (address), 1, (reg))

START_TEST(tells_how_supplies_are)
{
    mc_sensor_set_bit(w.mc, 0, PSU(2), 3, true, true); /* its input is lost */
    ck_answer(MWR(0x70, 0x0c), CC_OK, 1);
    ck_answer(MWR(0x72, 0x0c), CC_OK, 0);
    ck_answer(MWR(0x78, 0x78), CC_OK, 1);
    ck_answer(MWR(0x7a, 0x78), CC_OK, 0);
    ck_answer(MWR(0xb0, 0x79), CC_OK, 0);
    ck_answer(MWR(0xb2, 0x79), CC_OK, 1);
    ck_answer(MWR(0xb2, 0x0c), CC_OK, 1);
    mc_sensor_set_bit(w.mc, 0, PSU(2), 3, false, true);
    ck_answer(MWR(0x72, 0x0c), CC_OK, 1);
    mc_sensor_set_bit(w.mc, 0, PSU(2), 0, false, true); /* taken out */
    ck_answer(MWR(0x72, 0x0c), CC_OK, 0);
}
END_TEST

START_TEST(has_no_supply_there)
{
    ck_answer(MWR(0x74, 0x0c), CC_CMD_83);
    ck_answer(MWR(0x70, 0x0d), CC_CMD_83);
    ck_answer(MWR(0x6e, 0x0c), CC_CMD_83);
    ck_answer(ask(&w, NETFN_APP, 0x52, 0x05, 0x70, 1, 0x0c), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, 0x52, BUS, 0x70), CC_LENGTH);
}
END_TEST

START_TEST(leaves_described_devices_alone)
{
    ck_answer(ask(&w, NETFN_APP, 0x52, BUS, 0x70, 1, 0), CC_OK, 0x5a);
    ck_answer(MWR(0x70, 0x0c), CC_OK, 0);
    ck_answer(MWR(0x72, 0x0c), CC_OK, 1);
}
END_TEST

START_TEST(goes_back_to_the_factory_settings)
{
    ck_cc(ask(&w, GENERIC, 0x70, 0xf0, 0), CC_OK);
    ck_cc(ask(&w, GENERIC, 0x45, 1, 1), CC_OK);
    ck_cc(ask(&w, GENERIC, 0x41), CC_OK);
    mcworld_run(&w, SPAN_S(2));
    ck_answer(ask(&w, GENERIC, 0x70, 0xf0, 2), CC_OK, 1);
    ck_answer(ask(&w, GENERIC, 0x45, 0), CC_OK, 0);
    ck_assert_uint_eq(fan_speed(), 50);
}
END_TEST

int
main(void)
{
    TCase *tc, *more;
    Suite *s = run_suite_of("oem_supermicro", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, tells_its_firmware);
    tcase_add_test(tc, resets_the_intrusion);
    tcase_add_test(tc, switches_services);
    tcase_add_test(tc, chooses_a_lan_port);
    tcase_add_loop_test(tc, is_strict, 0, sizeof extensions / sizeof extensions[0]);
    tcase_add_test(tc, drives_the_fans);
    tcase_add_test(tc, tells_how_supplies_are);
    tcase_add_test(tc, has_no_supply_there);
    tcase_add_test(tc, goes_back_to_the_factory_settings);
    more = tcase_create("with a device");
    tcase_add_checked_fixture(more, begin_with_device, end);
    tcase_add_test(more, leaves_described_devices_alone);
    suite_add_tcase(s, more);
    return run_suite(s);
}
