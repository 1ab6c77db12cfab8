#include "sim/oem/ibm.h"

#include <string.h>

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define IBM 0x3a
#define FAN_LED 0x00, 0x14
#define FAN 7
#define ENERGY 0x66, 0x4a, 0x00

static struct mcworld w;
static struct machine_sensor fan;
static uint8_t described[] = { 0, 0, 0x51, 0xc0, 8, 2, 0, 0, 0xed, 0, 0, 0x60, 0x00 };
static struct machine_sdr record = { { described, sizeof described } };

static void
describe(void)
{
    fan = (struct machine_sensor){
        .number = FAN, .type = 0x04, .event_type = 0x01, .scanning = true, .has_value = true,
        .value = 50, .threshold_mask = 0x02, .threshold = { [THR_LC] = 20 },
        .assert_supported = 0x0fff };
    mcworld_describe(&w);
    w.machine.sensors = &fan;
    w.machine.sensor_count = 1;
    w.machine.profiles[0] = &oem_ibm;
}

static void
begin(void)
{
    describe();
    mcworld_begin(&w);
}

static void
begin_with_records(void)
{
    describe();
    w.machine.sdrs = &record;
    w.machine.sdr_count = 1;
    mcworld_begin(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &oem_ibm_commands, 0);
    mcworld_check_rows(&w, &oem_ibm_energy_commands, 0);
    mcworld_check_rows(&w, &oem_ibm_lenovo_energy_commands, 0);
}
END_TEST

START_TEST(lights_its_leds)
{
    ck_answer(ask(&w, IBM, 0xc0, FAN_LED), CC_OK, 0, 0, 0, 0, 0, 0);
    ck_answer(ask(&w, IBM, 0xc0, 0, 0), CC_OK, 0, 0, 0, 0, 0, 0);
    mc_sensor_set_value(w.mc, 0, FAN, 10, false);
    ck_answer(ask(&w, IBM, 0xc0, FAN_LED), CC_OK, 0, 1, 0, 0, FAN, 2);
    ck_answer(ask(&w, IBM, 0xc0, 0, 0), CC_OK, 0, 1, 0, FAN_LED, 1);
    ck_answer(ask(&w, IBM, 0xc0, 0, 3), CC_OK, 0, 1, 0, 0, FAN, 2);
    ck_answer(ask(&w, IBM, 0xc0, 0, 1), CC_OK, 0, 0, 0, 0, 0, 0);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x04, 0, 1), CC_OK);
    ck_answer(ask(&w, IBM, 0xc0, 0, 1), CC_OK, 0, 1, 0, 0, 0, 3);
}
END_TEST

START_TEST(has_the_leds_of_its_sensors)
{
    uint16_t id;

    ck_assert_uint_eq(sdr_count(w.mc), 4);
    ck_assert_mem_eq(sdr_nth(w.mc, 3, &id).at + 3, ((uint8_t[]){ 0xc0, 11, 2, 0, 0, 0xed }), 6);
    ck_cc(ask(&w, IBM, 0xc0, 0, 0x1c), CC_RANGE);
    ck_cc(ask(&w, IBM, 0xc0, 0x14, 0), CC_OK);
}
END_TEST

START_TEST(has_the_leds_that_are_described)
{
    ck_assert_uint_eq(sdr_count(w.mc), 1);
    ck_answer(ask(&w, IBM, 0xc0, 0, 0x60), CC_OK, 0, 0, 0, 0, 0, 0);
    ck_cc(ask(&w, IBM, 0xc0, FAN_LED), CC_RANGE);
}
END_TEST

/* What pyghmi looks at to know an IMM. */
START_TEST(is_an_imm)
{
    const struct answer *a = ask(&w, IBM, 0x50);

    ck_answer(ask(&w, IBM, 0xc1), CC_OK, 0, 1, 0);
    ck_cc(a, CC_OK);
    ck_assert_uint_gt(a->len, 19);
}
END_TEST

START_TEST(has_properties)
{
    const struct answer *a;

    ck_answer(ask(&w, IBM, 0xc4, 0, 0, 3, 0x82, '/', 'x'), CC_OK, 1);
    ck_answer(ask(&w, IBM, 0xc4, 3, 0, 6, 1, 0x82, '/', 'x', 0x11, 9), CC_OK, 0);
    ck_answer(ask(&w, IBM, 0xc4, 0, 0, 3, 0x82, '/', 'x'), CC_OK, 0, 5, 0, 0x44, 9, 0, 0, 0);
    a = ask(&w, IBM, 0xc4, 0, 0, 18, 0x91, '/', 'v', '2', '/', 'b', 'i', 'o', 's', '/', 'b', 'u',
            'i', 'l', 'd', '_', 'i', 'd');
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->data[0], 0);
    ck_assert_uint_eq(a->data[3] & 0x80, 0x80);
    for (uint8_t i = 1; i < IBM_PROPERTIES; i++)
        ck_answer(ask(&w, IBM, 0xc4, 3, 0, 6, 1, 0x82, 'y', i, 0x11, 9), CC_OK, 0);
    ck_answer(ask(&w, IBM, 0xc4, 3, 0, 6, 1, 0x82, 'y', 99, 0x11, 9), CC_OK, 2);
    ck_cc(ask(&w, IBM, 0xc4, 0, 0, 4, 0x82, '/', 'x'), CC_LENGTH);
    ck_cc(ask(&w, IBM, 0xc4, 1, 0, 3, 0x82, '/', 'x'), CC_INVALID_FIELD);
    ck_cc(ask(&w, IBM, 0xc4, 0, 0, 3, 0x83, '/', 'x'), CC_INVALID_FIELD);
    mcworld_from_lan(&w, PRIV_USER);
    ck_cc(ask(&w, IBM, 0xc4, 3, 0, 6, 1, 0x82, '/', 'x', 0x11, 9), CC_PRIVILEGE);
}
END_TEST

static uint64_t
energy(uint8_t meter)
{
    const struct answer *a = ask(&w, NETFN_OEM, 0x81, ENERGY, 1, 1, 0x82, meter, 8);
    uint64_t mj = 0;

    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 11);
    for (size_t i = 3; i < 11; i++)
        mj = mj << 8 | a->data[i];
    return mj;
}

START_TEST(counts_energy)
{
    uint64_t before, after;

    ck_answer(ask(&w, NETFN_OEM, 0x82, ENERGY, 0, 0, 1), CC_OK, ENERGY, 0, 2, 1, 1);
    before = energy(0);
    mcworld_run(&w, SPAN_S(10));
    after = energy(0);
    ck_assert_uint_ge(after - before, 10u * DCMI_IDLE * 1000u / 2);
    ck_assert_uint_le(after - before, 10u * DCMI_FULL * 1000u);
    ck_assert_uint_gt(energy(1), after);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_assert_uint_ge(energy(0), after);
    ck_cc(ask(&w, NETFN_OEM, 0x81, ENERGY, 2, 1, 0x82, 0, 8), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_OEM, 0x82, 0x4d, 0x4f, 0x00, 0, 0, 1), CC_OK);
}
END_TEST

START_TEST(restores_defaults)
{
    ck_cc(ask(&w, NETFN_APP, 0x47, 3, 0), CC_OK);
    ck_cc(ask(&w, NETFN_OEM, 0xcc, 0x5e, 0x2b, 0, 0x0a, 1, 0xff, 0, 0, 1), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_OEM, 0xcc, 0x5e, 0x2b, 0, 0x0c, 2), CC_INVALID_FIELD);
    ck_assert_uint_eq(users_enabled(w.mc->users), 2);
    ck_cc(ask(&w, NETFN_OEM, 0xcc, 0x5e, 0x2b, 0, 0x0a, 1, 0xff, 0, 0, 0), CC_OK);
    ck_assert_uint_eq(users_enabled(w.mc->users), 3);
}
END_TEST

int
main(void)
{
    TCase *tc, *more;
    Suite *s = run_suite_of("oem_ibm", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, lights_its_leds);
    tcase_add_test(tc, has_the_leds_of_its_sensors);
    tcase_add_test(tc, is_an_imm);
    tcase_add_test(tc, has_properties);
    tcase_add_test(tc, counts_energy);
    tcase_add_test(tc, restores_defaults);
    more = tcase_create("with records");
    tcase_add_checked_fixture(more, begin_with_records, end);
    tcase_add_test(more, has_the_leds_that_are_described);
    suite_add_tcase(s, more);
    return run_suite(s);
}
