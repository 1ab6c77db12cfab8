#include "sim/oem/quanta.h"

#include "sim/oem/extconf_common.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"
#include "tests/lib/sensor_records.h"

#define GENERIC 0x30
#define MACS 0x05, 0xaa

static struct mcworld w;
static uint8_t octets[2][SENSOR_RECORD];
static struct machine_sdr records[2];
static struct machine_sensor sensors[2];
static struct machine_i2c device;

static void
describe(void)
{
    for (uint8_t i = 0; i < 2; i++) {
        records[i].record = full_record(octets[i], &(struct record_facts){
            .owner = 0x20, .number = (uint8_t)(i + 1), .entity = 3, .instance = (uint8_t)(i + 1),
            .type = (uint8_t)(i + 1), .event_type = 1 });
        sensors[i] = (struct machine_sensor){
            .number = (uint8_t)(i + 1), .type = (uint8_t)(i + 1), .event_type = 1,
            .scanning = true, .has_value = true, .value = 45, .sdr = records[i].record };
    }
    mcworld_describe(&w);
    w.machine.sdrs = records;
    w.machine.sdr_count = 2;
    w.machine.sensors = sensors;
    w.machine.sensor_count = 2;
    w.machine.profiles[0] = &oem_quanta;
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
    device = (struct machine_i2c){ .bus = 2, .address = 0xaa, .kind = 1, .size = 16 };
    w.machine.i2c = &device;
    w.machine.i2c_count = 1;
    mcworld_begin(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &oem_quanta_commands, 0);
}
END_TEST

START_TEST(tells_of_processors)
{
    ck_answer(ask(&w, GENERIC, 0x18, 1), CC_OK, 0x0e, 0x60, 0x09);
    ck_answer(ask(&w, GENERIC, 0x18, 2), CC_OK, 0x0e, 0x60, 0x09);
    ck_cc(ask(&w, GENERIC, 0x18, 3), CC_RANGE);
    ck_cc(ask(&w, GENERIC, 0x18, 0), CC_RANGE);
}
END_TEST

START_TEST(reads_temperatures)
{
    ck_answer(ask(&w, GENERIC, 0x10, 1), CC_OK, 45);
    ck_cc(ask(&w, GENERIC, 0x10, 2), CC_NOT_PRESENT);
    ck_cc(ask(&w, GENERIC, 0x10, 3), CC_NOT_PRESENT);
}
END_TEST

START_TEST(reads_and_writes_mac_addresses)
{
    const uint8_t *mac = lanparm_mac(w.mc, 0);

    ck_answer(ask(&w, NETFN_APP, 0x52, MACS, 12, 0, 0), CC_OK, mac[0], mac[1], mac[2], mac[3],
              mac[4], mac[5], mac[0], mac[1], mac[2], mac[3], mac[4], (uint8_t)(mac[5] + 1));
    ck_answer(ask(&w, NETFN_APP, 0x52, MACS, 0, 0, 0, 2, 3, 4, 5, 6, 7), CC_OK);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x02, MCWORLD_LAN, 5, 0, 0), CC_OK, 0x11, 2, 3, 4, 5, 6,
              7);
    ck_answer(ask(&w, NETFN_APP, 0x52, MACS, 0, 0, 6, 2, 9, 9, 9, 9, 9), CC_OK);
    ck_answer(ask(&w, NETFN_APP, 0x52, MACS, 6, 0, 6), CC_OK, 2, 9, 9, 9, 9, 9);
    ck_cc(ask(&w, NETFN_APP, 0x52, MACS, 12, 0, 1), CC_RANGE);
    ck_cc(ask(&w, NETFN_APP, 0x52, MACS, 0, 0, 3, 2, 9, 9, 9, 9, 9), CC_RANGE);
    ck_cc(ask(&w, NETFN_APP, 0x52, MACS, 12, 0), CC_LENGTH);
    mcworld_from_lan(&w, PRIV_OPERATOR);
    ck_cc(ask(&w, NETFN_APP, 0x52, MACS, 0, 0, 6, 2, 9, 9, 9, 9, 8), CC_PRIVILEGE);
}
END_TEST

START_TEST(leaves_described_devices_alone)
{
    ck_cc(ask(&w, NETFN_APP, 0x52, MACS, 1, 0), CC_OK);
}
END_TEST

START_TEST(goes_back_to_defaults)
{
    uint8_t held = ask(&w, GENERIC, 0x01)->data[0];

    ck_cc(ask(&w, GENERIC, 0x03, held, EXTCONF_POWER, 1, 0, 0, 0, 1, 0x80), CC_OK);
    ck_cc(ask(&w, GENERIC, 0x04, 0x1f), CC_OK);
    ck_answer(ask(&w, GENERIC, 0x02, held, EXTCONF_POWER, 1, 0, 0, 0, 0xff), CC_OK,
              EXTCONF_POWER, 1, 0, 1, 0x80);
    ck_cc(ask(&w, GENERIC, 0x04, 0xe0), CC_OK);
    ck_answer(ask(&w, GENERIC, 0x02, held, EXTCONF_POWER, 1, 0, 0, 0, 0xff), CC_OK,
              EXTCONF_POWER, 1, 0, 1, 0);
}
END_TEST

START_TEST(tells_its_platform)
{
    ck_answer(ask(&w, 0x36, 0x65, 0x4c, 0x1c, 0, 2), CC_OK, 1);
    ck_cc(ask(&w, 0x36, 0x65, 0x4c, 0x1c, 0, 1), CC_INVALID_FIELD);
}
END_TEST

int
main(void)
{
    TCase *tc, *more;
    Suite *s = run_suite_of("oem_quanta", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, tells_of_processors);
    tcase_add_test(tc, reads_temperatures);
    tcase_add_test(tc, reads_and_writes_mac_addresses);
    tcase_add_test(tc, goes_back_to_defaults);
    tcase_add_test(tc, tells_its_platform);
    more = tcase_create("with a device");
    tcase_add_checked_fixture(more, begin_with_device, end);
    tcase_add_test(more, leaves_described_devices_alone);
    suite_add_tcase(s, more);
    return run_suite(s);
}
