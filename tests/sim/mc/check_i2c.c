#include "sim/mc/i2c.h"

#include <string.h>

#include "sim/bus/i2c_slave.h"
#include "sim/mc/mc_tables.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define READ_SIZE_MAX 200

static const uint8_t fru_data[32] = { 1, 2, 3, 4, 5 };
static const uint8_t registers[4] = { 0x11, 0x22, 0x33, 0x44 };

static const struct machine_fru frus[] = {
    { .id = 3, .size = sizeof fru_data, .data = { fru_data, sizeof fru_data } },
};

static const struct machine_i2c devices[] = {
    { .bus = 0, .address = 0xa0, .kind = I2C_EEPROM, .size = 256, .of_fru = true, .fru = 3 },
    { .bus = 0, .address = 0xa2, .kind = I2C_EEPROM, .size = 256 },
    { .bus = 2, .address = 0x90, .kind = I2C_REGISTERS, .size = 8,
      .data = { registers, sizeof registers } },
    { .bus = 2, .address = 0xa0, .kind = I2C_EEPROM, .size = 65536, .path = "eeprom.bin",
      .offset = 100 },
};

static struct mcworld w;
static uint8_t file[512];

static struct mcfile backing = { "eeprom.bin", file, sizeof file };

static void
begin(void)
{
    mcworld_describe(&w);
    w.machine.frus = frus;
    w.machine.fru_count = sizeof frus / sizeof frus[0];
    w.machine.i2c = devices;
    w.machine.i2c_count = sizeof devices / sizeof devices[0];
    memset(file, 0x5a, sizeof file);
    w.backing = mcworld_file(&backing);
    mcworld_begin(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

#define MWR(...) ask(&w, NETFN_APP, 0x52, __VA_ARGS__)
#define PRIVATE(bus) ((bus) << 1 | 1)

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &i2c_commands, 0);
}
END_TEST

START_TEST(costs_nothing_until_used)
{
    ck_assert_ptr_null(w.mc->i2c);
    ck_cc(MWR(PRIVATE(0), 0xa0, 1, 0), CC_OK);
    ck_assert_ptr_nonnull(w.mc->i2c);
}
END_TEST

static const struct {
    const char *why;
    uint8_t data[6];
    size_t len;
    uint8_t cc;
    uint8_t answer[4];
    size_t answer_len;
} transfers[] = {
    { "a FRU's EEPROM", { PRIVATE(0), 0xa0, 4, 1 }, 4, CC_OK, { 2, 3, 4, 5 }, 4 },
    { "past the end of the FRU", { PRIVATE(0), 0xa0, 2, 31 }, 4, CC_OK, { 0, 0xff }, 2 },
    { "a blank EEPROM", { PRIVATE(0), 0xa2, 2, 0 }, 4, CC_OK, { 0xff, 0xff }, 2 },
    { "registers", { PRIVATE(2), 0x90, 3, 2 }, 4, CC_OK, { 0x33, 0x44, 0 }, 3 },
    { "the read bit does not matter", { PRIVATE(2), 0x91, 1, 1 }, 4, CC_OK, { 0x22 }, 1 },
    { "an address alone", { PRIVATE(2), 0x90, 0 }, 3, CC_OK, { 0 }, 0 },
    { "nobody there", { PRIVATE(2), 0x92, 1, 0 }, 4, CC_CMD_83, { 0 }, 0 },
    { "no such bus", { PRIVATE(1), 0xa0, 1, 0 }, 4, CC_INVALID_FIELD, { 0 }, 0 },
    { "a public bus of a LAN", { 0x10, 0xa0, 1, 0 }, 4, CC_INVALID_FIELD, { 0 }, 0 },
    { "a public bus with a number", { 0x02, 0xa0, 1, 0 }, 4, CC_INVALID_FIELD, { 0 }, 0 },
};

START_TEST(does_what_is_asked)
{
    const struct answer *a =
        mcworld_ask(&w, w.mc, NETFN_APP, 0x52, transfers[_i].data, transfers[_i].len);

    ck_assert_msg(a->cc == transfers[_i].cc, "%s: %02Xh", transfers[_i].why, a->cc);
    ck_assert_uint_eq(a->len, transfers[_i].answer_len);
    ck_assert_mem_eq(a->data, transfers[_i].answer, a->len);
}
END_TEST

START_TEST(writes_through_to_the_fru)
{
    ck_answer(MWR(PRIVATE(0), 0xa0, 0, 2, 0x77, 0x78), CC_OK);
    ck_answer(ask(&w, NETFN_STORAGE, 0x11, 3, 1, 0, 4), CC_OK, 4, 2, 0x77, 0x78, 5);
    ck_cc(ask(&w, NETFN_STORAGE, 0x12, 3, 1, 0, 0x99), CC_OK);
    ck_answer(MWR(PRIVATE(0), 0xa0, 2, 1), CC_OK, 0x99, 0x77);
}
END_TEST

START_TEST(keeps_what_was_written_across_a_cold_reset)
{
    ck_cc(MWR(PRIVATE(0), 0xa2, 0, 0x10, 1, 2, 3), CC_OK);
    ck_cc(MWR(PRIVATE(2), 0x90, 0, 1, 0xee), CC_OK);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(MWR(PRIVATE(0), 0xa2, 4, 0x10), CC_OK, 1, 2, 3, 0xff);
    ck_answer(MWR(PRIVATE(2), 0x90, 2, 0), CC_OK, 0x11, 0xee);
}
END_TEST

START_TEST(goes_on_reading_where_it_was)
{
    ck_cc(MWR(PRIVATE(2), 0x90, 1, 0), CC_OK);
    ck_answer(MWR(PRIVATE(2), 0x90, 2), CC_OK, 0x22, 0x33);
}
END_TEST

START_TEST(reads_and_writes_the_file_behind_a_device)
{
    ck_cc(MWR(PRIVATE(2), 0xa0, 0, 0x00, 0x05, 0xab), CC_OK);
    ck_assert_uint_eq(file[105], 0xab);
    ck_answer(MWR(PRIVATE(2), 0xa0, 2, 0x00, 0x04), CC_OK, 0x5a, 0xab);
    ck_cc(MWR(PRIVATE(2), 0xa0, 1, 0x10, 0x00), CC_CMD_83);
}
END_TEST

START_TEST(says_when_there_was_more_to_read_than_an_answer_holds)
{
    const struct answer *a;

    a = MWR(PRIVATE(0), 0xa2, 255, 0);
    ck_assert_uint_eq(a->cc, CC_CMD_84);
    ck_assert_uint_eq(a->len, READ_SIZE_MAX);
}
END_TEST

START_TEST(sends_a_frame_on_the_ipmb)
{
    struct machine_mc there = mcworld_satellite(0x72);
    /* Get Device ID for 72h, to be answered to LUN 2 of 20h. */
    struct answer *a;

    mcworld_add(&w, &there);
    a = MWR(0x00, 0x72, 0, 0x18, 0x76, 0x20, 0x06, 0x01, 0xd9);
    ck_assert(!a->came);
    mcworld_run(&w, SPAN_MS(20));
    ck_answer(a, CC_OK);
    a = ask(&w, NETFN_APP, 0x33);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->data[1], 0x1e);
}
END_TEST

START_TEST(learns_that_nobody_is_at_an_address_of_the_ipmb)
{
    struct answer *a = MWR(0x00, 0x74, 0, 0x18, 0x74, 0x20, 0x06, 0x01, 0xd9);

    mcworld_run(&w, SPAN_MS(20));
    ck_answer(a, CC_CMD_83);
}
END_TEST

START_TEST(lets_only_so_many_frames_wait)
{
    struct answer *a[I2C_WAITING_MAX];

    for (unsigned i = 0; i < I2C_WAITING_MAX; i++)
        a[i] = MWR(0x00, 0x74, 0, 1);
    ck_cc(MWR(0x00, 0x74, 0, 1), CC_BUSY);
    mcworld_run(&w, SPAN_MS(50));
    for (unsigned i = 0; i < I2C_WAITING_MAX; i++)
        ck_answer(a[i], CC_CMD_83);
    a[0] = MWR(0x00, 0x74, 0, 1);
    mcworld_run(&w, SPAN_MS(50));
    ck_answer(a[0], CC_CMD_83);
}
END_TEST

START_TEST(forgets_what_waits_at_a_cold_reset)
{
    struct answer *a = MWR(0x00, 0x74, 0, 1);

    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(2));
    ck_assert(!a->came);
}
END_TEST

START_TEST(refuses_a_frame_that_is_too_long)
{
    uint8_t data[3 + 200] = { 0x00, 0x72, 0 };

    ck_cc(mcworld_ask(&w, w.mc, NETFN_APP, 0x52, data, sizeof data), CC_FIELD_LENGTH);
}
END_TEST

/* ---- devices on the IPMB ---- */

static const struct machine_i2c on_ipmb[] = {
    { .bus = MACHINE_I2C_IPMB, .address = 0xa0, .kind = I2C_EEPROM, .size = 512,
      .data = { fru_data, sizeof fru_data } },
    { .bus = MACHINE_I2C_IPMB, .address = 0x90, .kind = I2C_REGISTERS, .size = 4,
      .data = { registers, sizeof registers } },
    { .bus = MACHINE_I2C_IPMB, .address = 0xa8, .kind = I2C_EEPROM, .size = 65536,
      .path = "eeprom.bin" },
};

static void
begin_on_ipmb(void)
{
    mcworld_describe(&w);
    w.machine.i2c = on_ipmb;
    w.machine.i2c_count = sizeof on_ipmb / sizeof on_ipmb[0];
    memset(file, 0x5a, sizeof file);
    w.backing = mcworld_file(&backing);
    mcworld_begin(&w);
}

#define PUBLIC 0x00
#define IPMB(...) later(MWR(PUBLIC, __VA_ARGS__))

/* Its answer, after the wire's time. */
static const struct answer *
later(const struct answer *a)
{
    ck_assert(!a->came);
    mcworld_run(&w, SPAN_MS(50));
    return a;
}

START_TEST(reads_devices_on_the_ipmb)
{
    ck_answer(IPMB(0xa0, 4, 1), CC_OK, 2, 3, 4, 5);
    ck_answer(IPMB(0x90, 3, 2), CC_OK, 0x33, 0x44, 0x11);
    ck_answer(IPMB(0x90, 1), CC_OK, 0x22);
    ck_answer(IPMB(0x90, 0), CC_OK);
}
END_TEST

START_TEST(writes_devices_on_the_ipmb)
{
    ck_answer(IPMB(0xa2, 0, 0x10, 0x77, 0x78), CC_OK);
    ck_answer(IPMB(0xa2, 3, 0x10), CC_OK, 0x77, 0x78, 0xff);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(IPMB(0xa2, 1, 0x11), CC_OK, 0x78);
}
END_TEST

/* START, A0h, 10h, START, A1h, two octets, STOP: 3 + 9 x 5 bits. */
START_TEST(answers_when_the_wire_is_done)
{
    struct answer *a = MWR(PUBLIC, 0xa0, 2, 0x10);

    mcworld_run(&w, SPAN_US(480) - 1);
    ck_assert(!a->came);
    mcworld_run(&w, 1);
    ck_answer(a, CC_OK, 0, 0);
}
END_TEST

START_TEST(lets_another_controller_read_them)
{
    struct machine_mc there = mcworld_satellite(0x72);
    struct mc *mc = mcworld_add(&w, &there);

    ck_answer(later(ask_of(&w, mc, NETFN_APP, 0x52, PUBLIC, 0xa0, 2, 0)), CC_OK, 1, 2);
}
END_TEST

static const struct {
    const char *why;
    uint8_t address, cc;
} refusals[] = {
    { "nobody there", 0x92, CC_CMD_83 },
    { "a controller", 0x72, CC_CMD_83 },
    { "itself", 0x20, CC_CMD_83 },
};

START_TEST(reads_no_controller)
{
    struct machine_mc there = mcworld_satellite(0x72);
    const struct answer *a;

    mcworld_add(&w, &there);
    a = IPMB(refusals[_i].address, 1, 0);
    ck_assert_msg(a->cc == refusals[_i].cc, "%s: %02Xh", refusals[_i].why, a->cc);
    ck_assert_uint_eq(a->len, 0);
}
END_TEST

START_TEST(learns_that_a_device_does_not_work)
{
    ck_cc(IPMB(0xa8, 1, 0x10, 0x00), CC_CMD_83);
    ck_answer(IPMB(0xa8, 1, 0x00, 0x01), CC_OK, 0x5a);
}
END_TEST

START_TEST(cuts_what_an_answer_has_no_room_for)
{
    const struct answer *a = IPMB(0xa0, 255, 0);

    ck_assert_uint_eq(a->cc, CC_CMD_84);
    ck_assert_uint_eq(a->len, READ_SIZE_MAX);
    ck_assert_mem_eq(a->data, fru_data, 5);
}
END_TEST

/* Who goes without is told so: see also Send Message. */
static void
keep_the_bus(void *ctx, uint32_t tag, enum wire_result result)
{
    static const uint8_t frame[7] = { 0x20, 0, 0, 0x30 };

    (void)result;
    if (tag < MEDIUM_ARBITRATION_TRIES)
        ck_assert_int_eq(medium_send(w.bus, ctx, bytes_of(frame, sizeof frame), tag + 1), ST_OK);
}

START_TEST(says_that_others_always_won)
{
    struct medium_node node = { .address = 0x30, .sent = keep_the_bus, .ctx = &node };

    ck_assert_int_eq(medium_attach(w.bus, &node), ST_OK);
    keep_the_bus(&node, 0, WIRE_DONE);
    ck_answer(IPMB(0xa0, 4, 1), CC_CMD_81);
    ck_answer(IPMB(0xa0, 4, 1), CC_OK, 2, 3, 4, 5);
    medium_detach(w.bus, &node);
}
END_TEST

START_TEST(suffers_the_faults_of_the_bus)
{
    struct fault_rule rule = fault_rule_any(FAULT_LOSE);
    uint32_t id;

    rule.link = TAP_IPMB;
    ck_assert_int_eq(world_arm_fault(&w.world, &rule, &id), ST_OK);
    ck_answer(IPMB(0xa0, 2, 1), CC_OK, 0xff, 0xff);
    fault_disarm(w.world.faults, id);
    rule = fault_rule_any(FAULT_STICK);
    rule.count = 3;
    ck_assert_int_eq(world_arm_fault(&w.world, &rule, &id), ST_OK);
    ck_cc(IPMB(0xa0, 2, 1), CC_CMD_82);
}
END_TEST

START_TEST(refuses_an_address_that_is_taken)
{
    struct ipmb_port *port;
    struct ipmb_port_config config = { .world = &w.world, .medium = w.bus, .address = 0x90 };

    ck_assert_int_eq(ipmb_port_new(&config, &(struct ipmb_port_sinks){ .ctx = NULL }, &port),
                     ST_OK);
    ck_assert_int_eq(ipmb_port_attach(port), ST_EXISTS);
    ipmb_port_free(port);
}
END_TEST

static Suite *
i2c_suite(void)
{
    Suite *s = suite_create("i2c");
    TCase *tc = tcase_create("all");

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, costs_nothing_until_used);
    tcase_add_loop_test(tc, does_what_is_asked, 0, sizeof transfers / sizeof transfers[0]);
    tcase_add_test(tc, writes_through_to_the_fru);
    tcase_add_test(tc, keeps_what_was_written_across_a_cold_reset);
    tcase_add_test(tc, goes_on_reading_where_it_was);
    tcase_add_test(tc, reads_and_writes_the_file_behind_a_device);
    tcase_add_test(tc, says_when_there_was_more_to_read_than_an_answer_holds);
    tcase_add_test(tc, sends_a_frame_on_the_ipmb);
    tcase_add_test(tc, learns_that_nobody_is_at_an_address_of_the_ipmb);
    tcase_add_test(tc, lets_only_so_many_frames_wait);
    tcase_add_test(tc, forgets_what_waits_at_a_cold_reset);
    tcase_add_test(tc, refuses_a_frame_that_is_too_long);
    suite_add_tcase(s, tc);
    tc = tcase_create("on the IPMB");
    tcase_add_checked_fixture(tc, begin_on_ipmb, end);
    tcase_add_test(tc, reads_devices_on_the_ipmb);
    tcase_add_test(tc, writes_devices_on_the_ipmb);
    tcase_add_test(tc, answers_when_the_wire_is_done);
    tcase_add_test(tc, lets_another_controller_read_them);
    tcase_add_loop_test(tc, reads_no_controller, 0, sizeof refusals / sizeof refusals[0]);
    tcase_add_test(tc, learns_that_a_device_does_not_work);
    tcase_add_test(tc, cuts_what_an_answer_has_no_room_for);
    tcase_add_test(tc, says_that_others_always_won);
    tcase_add_test(tc, suffers_the_faults_of_the_bus);
    tcase_add_test(tc, refuses_an_address_that_is_taken);
    suite_add_tcase(s, tc);
    return s;
}

int
main(void)
{
    return run_suite(i2c_suite());
}
