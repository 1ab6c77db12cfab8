#include "sim/mc/host_log.h"

#include "sim/wire/sel.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

/* Event-only records as system software owns them, but for the last. */
#define RECORD(owner, number, type)                                                     \
    { 1, 0, 0x51, 0x03, 12, owner, 0, number, 0x22, 1, type, 0x6f, 0, 0, 0, 0, 0xc0 }

static const uint8_t octets[][17] = {
    RECORD(0x01, 0x50, 0x1d), RECORD(0x01, 0x51, 0x0f),
    RECORD(0x41, 0x52, 0x1f), RECORD(0x41, 0x53, 0x20),
};

static struct machine_sdr records[4];

#define FRONT_NMI 0x10
#define OWN_STOP  0x11

static const struct machine_sensor sensors[] = {
    { .number = FRONT_NMI, .type = 0x13, .event_type = 0x6f, .scanning = true, .events = true,
      .assert_supported = 1, .assert_enabled = 1, .auto_rearm = true, .has_value = true },
    { .number = OWN_STOP, .type = 0x20, .event_type = 0x6f, .event_only = true },
};

static struct mcworld w;
static unsigned logged;   /* records seen so far */

static void
start(bool on, uint8_t what, bool own)
{
    mcworld_describe(&w);
    for (unsigned i = 0; i < 4; i++)
        records[i].record = bytes_of(octets[i], sizeof octets[i]);
    w.machine.power_on = on;
    w.machine.host.log = what;
    if (own) {
        w.machine.sensors = sensors;
        w.machine.sensor_count = sizeof sensors / sizeof sensors[0];
    } else {
        w.machine.sdrs = records;
        w.machine.sdr_count = 4;
    }
    mcworld_begin(&w);
    logged = 0;
}

static void
begin(void)
{
    start(true, HOST_LOG_BRIEF, false);
}

static void
end(void)
{
    mcworld_end(&w);
}

static unsigned
count(void)
{
    struct answer *a = ask(&w, NETFN_STORAGE, 0x40);

    ck_cc(a, CC_OK);
    return (unsigned)(a->data[1] | a->data[2] << 8);
}

/* The next record not yet looked at: its generator, type, number and data. */
static void
expect(uint8_t generator, uint8_t type, uint8_t number, uint8_t ed1, uint8_t ed2, uint8_t ed3)
{
    struct answer *a;
    struct sel_record r;

    ck_assert_uint_gt(count(), logged);
    logged++;
    a = ask(&w, NETFN_STORAGE, 0x43, 0, 0, (uint8_t)logged, 0, 0, 0xff);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 2 + SEL_RECORD);
    ck_assert(sel_parse(bytes_of(a->data + 2, SEL_RECORD), &r));
    ck_assert_uint_eq(r.u.event.generator[0], generator);
    ck_assert_uint_eq(r.u.event.sensor_type, type);
    ck_assert_uint_eq(r.u.event.sensor_number, number);
    ck_assert_uint_eq(r.u.event.type_dir, 0x6f);
    ck_assert_uint_eq(r.u.event.data[0], ed1);
    ck_assert_uint_eq(r.u.event.data[1], ed2);
    ck_assert_uint_eq(r.u.event.data[2], ed3);
}

static void
expect_no_more(void)
{
    ck_assert_uint_eq(count(), logged);
}

/* Set boot flags: valid, perhaps persistent, a device. */
static void
boot_from(uint8_t flags, uint8_t device)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x08, 5, flags, (uint8_t)(device << 2), 0, 0, 0), CC_OK);
}

static uint8_t
boot_flags(void)
{
    struct answer *a = ask(&w, NETFN_CHASSIS, 0x09, 5, 0, 0);

    ck_cc(a, CC_OK);
    return a->data[2];
}

START_TEST(logs_a_boot)
{
    end();
    start(false, HOST_LOG_BRIEF, false);
    ck_assert(host_do(w.host, HOST_OP_ON, CAUSE_POWER_BUTTON));
    mcworld_run(&w, SPAN_S(30));
    expect(0x01, 0x1d, 0x50, 0x00, 0xff, 0xff);
    expect(0x01, 0x0f, 0x51, 0xc2, 0x01, 0xff);
    expect(0x01, 0x0f, 0x51, 0xc2, 0x13, 0xff);
    expect(0x41, 0x1f, 0x52, 0x01, 0xff, 0xff);
    expect_no_more();
}
END_TEST

START_TEST(logs_every_step_when_told)
{
    end();
    start(false, HOST_LOG_ALL, false);
    ck_assert(host_do(w.host, HOST_OP_ON, CAUSE_POWER_BUTTON));
    mcworld_run(&w, SPAN_S(30));
    ck_assert_uint_eq(count(), 1 + 13 + 1);
}
END_TEST

START_TEST(logs_every_step_of_a_boot_whose_flags_want_it)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x08, 5, 0x80, 0, 0x10, 0, 0), CC_OK);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 3), CC_OK);
    mcworld_run(&w, SPAN_S(30));
    ck_assert_uint_eq(count(), 1 + 13 + 1);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 3), CC_OK);
    mcworld_run(&w, SPAN_S(30));
    ck_assert_uint_eq(count(), 15 + 1 + 2 + 1);   /* the flags are used up */
}
END_TEST

START_TEST(logs_nothing_when_told)
{
    end();
    start(true, HOST_LOG_NONE, false);
    ck_assert(host_do(w.host, HOST_OP_CYCLE, CAUSE_POWER_BUTTON));
    mcworld_run(&w, SPAN_S(60));
    expect_no_more();
    ck_assert_ptr_null(w.mc->host_log);
}
END_TEST

static const struct {
    enum host_cause cause;
    uint8_t ed1, ed2, ed3;
} resets[] = {
    { CAUSE_RESET_BUTTON, 0x01, 0xff, 0xff },
    { CAUSE_SOFT_RESET, 0x02, 0xff, 0xff },
    { CAUSE_WATCHDOG, 0xf7, 0x04, 0x00 },
    { CAUSE_PEF_RESET, 0xf7, 0x08, 0x00 },
};

START_TEST(tells_what_a_reset_came_from)
{
    ck_assert(host_do(w.host, HOST_OP_RESET, resets[_i].cause));
    expect(0x01, 0x1d, 0x50, resets[_i].ed1, resets[_i].ed2, resets[_i].ed3);
}
END_TEST

START_TEST(tells_the_channel_that_a_reset_came_by)
{
    mcworld_from_lan(&w, PRIV_ADMIN);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 3), CC_OK);
    mcworld_from_system(&w);
    expect(0x01, 0x1d, 0x50, 0xf7, CAUSE_CHASSIS_CONTROL, MCWORLD_LAN);
}
END_TEST

START_TEST(begins_anew_when_reset_on_its_way)
{
    host_do(w.host, HOST_OP_RESET, CAUSE_RESET_BUTTON);
    mcworld_run(&w, SPAN_S(10));
    host_do(w.host, HOST_OP_RESET, CAUSE_RESET_BUTTON);
    mcworld_run(&w, SPAN_S(30));
    expect(0x01, 0x1d, 0x50, 0x01, 0xff, 0xff);
    expect(0x01, 0x0f, 0x51, 0xc2, 0x01, 0xff);
    expect(0x01, 0x1d, 0x50, 0x01, 0xff, 0xff);
    expect(0x01, 0x0f, 0x51, 0xc2, 0x01, 0xff);
    expect(0x01, 0x0f, 0x51, 0xc2, 0x13, 0xff);
    expect(0x41, 0x1f, 0x52, 0x01, 0xff, 0xff);
    expect_no_more();
}
END_TEST

static const struct {
    uint8_t device, offset;
} boots[] = {
    { BOOT_DEVICE_ANY, 1 },  { BOOT_DEVICE_PXE, 2 }, { BOOT_DEVICE_DISK, 1 },
    { BOOT_DEVICE_DIAG, 3 }, { BOOT_DEVICE_CD, 4 },  { BOOT_DEVICE_FLOPPY, 0 },
};

START_TEST(boots_from_what_the_flags_say)
{
    boot_from(0x80, boots[_i].device);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 3), CC_OK);
    mcworld_run(&w, SPAN_S(30));
    logged = 3;
    expect(0x41, 0x1f, 0x52, boots[_i].offset, 0xff, 0xff);
}
END_TEST

START_TEST(uses_valid_flags_up)
{
    boot_from(0x80, BOOT_DEVICE_PXE);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 3), CC_OK);
    mcworld_run(&w, SPAN_S(14));
    ck_assert_uint_eq(boot_flags(), 0x80);
    mcworld_run(&w, SPAN_S(2));
    ck_assert_uint_eq(boot_flags(), 0x00);
}
END_TEST

START_TEST(leaves_persistent_flags)
{
    boot_from(0xc0, BOOT_DEVICE_PXE);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 3), CC_OK);
    mcworld_run(&w, SPAN_S(30));
    ck_assert_uint_eq(boot_flags(), 0xc0);
    logged = 3;
    expect(0x41, 0x1f, 0x52, 2, 0xff, 0xff);
}
END_TEST

START_TEST(acknowledges_the_options)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x08, 4, 0x1f, 0x1f), CC_OK);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 3), CC_OK);
    mcworld_run(&w, SPAN_S(16));
    ck_answer(ask(&w, NETFN_CHASSIS, 0x09, 4, 0, 0), CC_OK, 1, 4, 0, 0x1e);
    mcworld_run(&w, SPAN_S(10));
    ck_answer(ask(&w, NETFN_CHASSIS, 0x09, 4, 0, 0), CC_OK, 1, 4, 0, 0x1c);
}
END_TEST

START_TEST(waits_in_setup_when_the_flags_say_so)
{
    boot_from(0x80, BOOT_DEVICE_SETUP);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 3), CC_OK);
    mcworld_run(&w, SPAN_S(600));
    logged = 2;
    expect(0x01, 0x0f, 0x51, 0xc2, 0x05, 0xff);
    expect_no_more();
    ck_assert_int_eq(host_stage(w.host), HOST_STAGE_SETUP);
}
END_TEST

START_TEST(logs_a_shutdown_in_good_order)
{
    host_do(w.host, HOST_OP_SOFT, CAUSE_POWER_BUTTON);
    mcworld_run(&w, SPAN_S(10));
    expect(0x41, 0x20, 0x53, 0x03, 0xff, 0xff);
    expect_no_more();
}
END_TEST

START_TEST(logs_a_crash_and_that_nobody_answers)
{
    host_do(w.host, HOST_OP_DIAG, CAUSE_CHASSIS_CONTROL);
    expect(0x41, 0x20, 0x53, 0x01, 0xff, 0xff);
    host_do(w.host, HOST_OP_SOFT, CAUSE_CHASSIS_CONTROL);
    mcworld_run(&w, SPAN_S(10));
    expect(0x41, 0x20, 0x53, 0x05, 0xff, 0xff);
    expect_no_more();
    ck_assert_int_eq(host_state(w.host), HOST_OFF);
}
END_TEST

START_TEST(moves_sensors_of_the_bmcs_own)
{
    uint8_t raw;
    uint16_t states;

    end();
    start(true, HOST_LOG_BRIEF, true);
    host_do(w.host, HOST_OP_DIAG, CAUSE_CHASSIS_CONTROL);
    expect(0x20, 0x13, FRONT_NMI, 0x00, 0xff, 0xff);
    expect(0x41, 0x20, OWN_STOP, 0x01, 0xff, 0xff);
    ck_assert(mc_sensor_raw(w.mc, 0, FRONT_NMI, &raw, &states));
    ck_assert_uint_eq(states, 0);
}
END_TEST

START_TEST(tells_nobody_while_the_bmc_is_away)
{
    mc_cold_reset(w.mc);
    host_do(w.host, HOST_OP_RESET, CAUSE_RESET_BUTTON);
    mcworld_run(&w, SPAN_MS(900));
    expect_no_more();
    mcworld_run(&w, SPAN_S(1));
    expect(0x01, 0x0f, 0x51, 0xc2, 0x01, 0xff);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("host_log", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, logs_a_boot);
    tcase_add_test(t, logs_every_step_when_told);
    tcase_add_test(t, logs_every_step_of_a_boot_whose_flags_want_it);
    tcase_add_test(t, logs_nothing_when_told);
    tcase_add_loop_test(t, tells_what_a_reset_came_from, 0, sizeof resets / sizeof resets[0]);
    tcase_add_test(t, tells_the_channel_that_a_reset_came_by);
    tcase_add_test(t, begins_anew_when_reset_on_its_way);
    tcase_add_loop_test(t, boots_from_what_the_flags_say, 0, sizeof boots / sizeof boots[0]);
    tcase_add_test(t, uses_valid_flags_up);
    tcase_add_test(t, leaves_persistent_flags);
    tcase_add_test(t, acknowledges_the_options);
    tcase_add_test(t, waits_in_setup_when_the_flags_say_so);
    tcase_add_test(t, logs_a_shutdown_in_good_order);
    tcase_add_test(t, logs_a_crash_and_that_nobody_answers);
    tcase_add_test(t, moves_sensors_of_the_bmcs_own);
    tcase_add_test(t, tells_nobody_while_the_bmc_is_away);
    return run_suite(s);
}
