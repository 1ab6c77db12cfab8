#include "sim/mc/oem.h"

#include <string.h>

#include "sim/mc/firewall.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define NETFN_VENDOR 0x30
#define VENDOR_IANA 0x00abcdu
#define IANA_OCTETS 0xcd, 0xab, 0x00
#define OTHER_OCTETS 0x34, 0x12, 0x00
#define LIST_LAST 0x80

static struct mcworld w;

static void
end(void)
{
    mcworld_end(&w);
}

static void
describe(void)
{
    mcworld_describe(&w);
}

/* One more controller; it outlives the test. */
static struct machine_mc satellite;

static void
add_satellite(const struct oem_profile *profile)
{
    satellite = mcworld_satellite(0x82);
    satellite.profiles[0] = profile;
    (void)mcworld_add(&w, &satellite);
}

/* ---- two profiles ---- */

/* State of the first: what init leaves, what a command counts. */
struct first {
    uint8_t made, count, resets;
    uint8_t param;
    uint8_t event;        /* type of the last event that PEF told of */
};

static const struct oem_profile first_profile, second_profile, cold_profile;

static enum ipmi_cc
first_count(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct first *state = oem_state(mc, &first_profile);

    (void)rq;
    wr_u8(rs, state->made);
    wr_u8(rs, ++state->count);
    wr_u8(rs, state->resets);
    return CC_OK;
}

static enum ipmi_cc
first_says(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    wr_u8(rs, 1);
    return CC_OK;
}

/* Get Device ID, with its first octet doubled. */
static enum ipmi_cc
first_device_id(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    enum ipmi_cc cc = mc_pass(mc, rq, rs);

    rs->start[0] = (uint8_t)(2 * rs->start[0]);
    return cc;
}

static enum ipmi_cc
second_says(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    wr_u8(rs, 2);
    return CC_OK;
}

static enum ipmi_cc
second_echo(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    wr_span(rs, rd_rest(&rq->data));
    return CC_OK;
}

#define OEM GROUP_OEM_CMDS

static const struct command first_rows[] = {
    { NETFN_VENDOR, 0x01, "Count", NEEDS_USER, 0, 0, OEM, first_count, "" },
    { NETFN_VENDOR, 0x02, "Both", NEEDS_ADMIN, 0, 1, OEM, first_says, "" },
    { NETFN_APP, 0x01, "Get Device ID", NEEDS_USER, 0, 0, OEM, first_device_id, "" },
};

static const struct command second_rows[] = {
    { NETFN_VENDOR, 0x02, "Both", NEEDS_USER, 0, 1, OEM, second_says, "" },
    { NETFN_VENDOR, 0x03, "Second's", NEEDS_USER, 0, LEN_ANY, OEM, second_says, "" },
};

static const struct command iana_rows[] = {
    { NETFN_OEM, 0x10, "With a number", NEEDS_USER, 3, 8, OEM, second_echo, "" },
    { NETFN_OEM, 0x11, "With a number too", NEEDS_USER, 4, 4, OEM, second_says, "" },
};

static const struct command bare_rows[] = {
    { NETFN_OEM, 0x11, "Without a number", NEEDS_USER, 0, 5, OEM, second_echo, "" },
};

static const struct command_table first_table = { "first", first_rows, 3, 0 };
static const struct command_table second_table = { "second", second_rows, 2, 0 };
static const struct command_table iana_table = { "iana", iana_rows, 2, VENDOR_IANA };
static const struct command_table bare_table = { "bare", bare_rows, 1, COMMAND_NO_IANA };
static const struct command_table *const first_tables[] = { &first_table };
static const struct command_table *const second_tables[] = { &second_table, &iana_table,
                                                             &bare_table };
static const struct command_table *const twice[] = { &second_table, &second_table };

static void
first_init(struct mc *mc, void *state)
{
    struct first *f = state;

    (void)mc;
    f->made += 7;
}

static void
first_reset(struct mc *mc, void *state)
{
    struct first *f = state;

    (void)mc;
    f->count = 0;
    f->resets++;
}

static enum ipmi_cc
first_get_sysinfo(struct mc *mc, uint8_t param, uint8_t set, uint8_t block, struct wr *data)
{
    const struct first *f = oem_state(mc, &first_profile);

    if (param != 0xc1)
        return CC_PARAM_UNSUPPORTED;
    if (set > 1)
        return CC_RANGE;
    wr_u8(data, set);
    wr_u8(data, block);
    wr_u8(data, f->param);
    return CC_OK;
}

static enum ipmi_cc
first_set_sysinfo(struct mc *mc, uint8_t param, struct rd *data)
{
    struct first *f = oem_state(mc, &first_profile);
    uint8_t value = rd_u8(data);

    if (param != 0xc1)
        return CC_PARAM_UNSUPPORTED;
    if (data->bad)
        return CC_LENGTH;
    if (value > 9)
        return CC_INVALID_FIELD;
    f->param = value;
    return CC_OK;
}

static enum ipmi_cc
second_get_lan(struct mc *mc, uint8_t channel, uint8_t param, uint8_t set, uint8_t block,
               struct wr *data)
{
    (void)mc;
    (void)set;
    (void)block;
    wr_u8(data, channel);
    wr_u8(data, param);
    return param == 0xd0 ? CC_OK : CC_PARAM_UNSUPPORTED;
}

static enum ipmi_cc
second_set_lan(struct mc *mc, uint8_t channel, uint8_t param, struct rd *data)
{
    (void)mc;
    if (param != 0xd0 || channel != MCWORLD_LAN)
        return CC_PARAM_UNSUPPORTED;
    return rd_left(data) == 2 ? CC_OK : CC_LENGTH;
}

static void
first_pef(struct mc *mc, void *state, const uint8_t *record)
{
    struct first *f = state;

    (void)mc;
    f->event = record[10];
}

static const struct oem_profile first_profile = {
    .name = "first", .what = "", .tables = first_tables, .table_count = 1,
    .state_size = sizeof(struct first), .init = first_init, .reset = first_reset,
    .get_sysinfo = first_get_sysinfo, .set_sysinfo = first_set_sysinfo,
    .pef_action = first_pef,
};

static const struct oem_profile second_profile = {
    .name = "second", .what = "", .tables = second_tables, .table_count = 3,
    .get_lan = second_get_lan, .set_lan = second_set_lan,
};

/* One that contradicts itself. */
static const struct oem_profile cold_profile = {
    .name = "cold", .what = "", .tables = twice, .table_count = 2,
};

static void
begin_with_both(void)
{
    describe();
    w.machine.profiles[0] = &first_profile;
    w.machine.profiles[1] = &second_profile;
    mcworld_begin(&w);
}

/* ---- profiles ---- */

START_TEST(answers_as_the_first_profile_that_has_it)
{
    ck_answer(ask(&w, NETFN_VENDOR, 0x02, 0), CC_OK, 1);
    ck_answer(ask(&w, NETFN_VENDOR, 0x03, 0), CC_OK, 2);
    ck_cc(ask(&w, NETFN_VENDOR, 0x04, 0), CC_INVALID_COMMAND);
}
END_TEST

START_TEST(replaces_a_standard_command_and_calls_it)
{
    const struct answer *a = ask(&w, NETFN_APP, 0x01);

    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->data[0], 2 * 0x21);
    ck_assert_uint_ge(a->len, 11);
}
END_TEST

START_TEST(keeps_state_of_each_controller)
{
    add_satellite(&first_profile);
    ck_answer(ask(&w, NETFN_VENDOR, 0x01), CC_OK, 7, 1, 0);
    ck_answer(ask(&w, NETFN_VENDOR, 0x01), CC_OK, 7, 2, 0);
    ck_answer(ask_of(&w, w.satellites[0], NETFN_VENDOR, 0x01), CC_OK, 7, 1, 0);
    ck_assert_ptr_null(oem_state(w.mc, &second_profile));
    ck_assert_ptr_null(oem_state(w.satellites[0], &second_profile));
}
END_TEST

START_TEST(begins_anew_after_a_cold_reset)
{
    (void)ask(&w, NETFN_VENDOR, 0x01);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(2));
    ck_answer(ask(&w, NETFN_VENDOR, 0x01), CC_OK, 7, 1, 1);
}
END_TEST

START_TEST(passes_the_gate_like_any_command)
{
    mcworld_check_rows(&w, &first_table, 0);
    mcworld_check_rows(&w, &iana_table, 0);
}
END_TEST

START_TEST(takes_the_number_off_and_puts_it_before_the_answer)
{
    ck_answer(ask(&w, NETFN_OEM, 0x10, IANA_OCTETS, 5, 6), CC_OK, IANA_OCTETS, 5, 6);
    ck_answer(ask(&w, NETFN_OEM, 0x10, OTHER_OCTETS, 5), CC_INVALID_COMMAND, OTHER_OCTETS);
    ck_cc(ask(&w, NETFN_OEM, 0x10, 1, 2), CC_LENGTH);
}
END_TEST

START_TEST(knows_commands_without_a_number)
{
    ck_answer(ask(&w, NETFN_OEM, 0x11), CC_OK);
    ck_answer(ask(&w, NETFN_OEM, 0x11, 9), CC_OK, 9);
    ck_answer(ask(&w, NETFN_OEM, 0x11, 9, 8, 7, 6), CC_OK, 9, 8, 7, 6);
    ck_answer(ask(&w, NETFN_OEM, 0x11, IANA_OCTETS, 5), CC_OK, IANA_OCTETS, 2);
    ck_cc(ask(&w, NETFN_OEM, 0x11, 9, 8, 7, 6, 5, 4), CC_LENGTH);
}
END_TEST

START_TEST(can_be_switched_off)
{
    end();
    describe();
    w.machine.profiles[0] = &first_profile;
    w.machine.groups_off = GROUP_OEM_CMDS;
    mcworld_begin(&w);
    ck_cc(ask(&w, NETFN_VENDOR, 0x01), CC_INVALID_COMMAND);
    ck_assert_uint_eq(ask(&w, NETFN_APP, 0x01)->data[0], 0x21);
    ck_assert_ptr_null(oem_state(w.mc, &first_profile));
    ck_cc(ask(&w, NETFN_APP, 0x59, 0, 0xc1, 0, 0), CC_PARAM_UNSUPPORTED);
}
END_TEST

START_TEST(refuses_a_profile_that_contradicts_itself)
{
    struct machine_mc m = mcworld_satellite(0x82);
    struct mc_opts opts = w.mc->opts;
    struct mc *mc = NULL;

    m.profiles[0] = &first_profile;
    m.profiles[1] = &cold_profile;
    opts.machine = &m;
    opts.bmc = false;
    opts.host = NULL;
    ck_assert_int_eq(mc_new(&opts, &mc), ST_EXISTS);
    m.profiles[1] = NULL;
    opts.oem = NULL;
    ck_assert_int_eq(mc_new(&opts, &mc), ST_INVALID);
}
END_TEST

/* ---- the firmware firewall ---- */

START_TEST(is_seen_by_the_firmware_firewall)
{
    const struct answer *a = ask(&w, NETFN_APP, 0x0a, 0x0e, NETFN_VENDOR, 0);

    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->data[0], (uint8_t)~0x0e);
    a = ask(&w, NETFN_APP, 0x0a, 0x0e, NETFN_OEM, 0, IANA_OCTETS);
    ck_assert_uint_eq(a->data[2], (uint8_t)~0x03);
    /* The vendor's, then those that go without a number: the machine's maker. */
    ck_answer(ask(&w, NETFN_APP, 0x64, 0x0e, NETFN_OEM, 0), CC_OK, 0, 1, IANA_OCTETS);
    ck_answer(ask(&w, NETFN_APP, 0x64, 0x0e, NETFN_OEM, 1), CC_OK, LIST_LAST, 1, OTHER_OCTETS);
    ck_answer(ask(&w, NETFN_APP, 0x64, 0x0e, NETFN_VENDOR, 0), CC_OK, LIST_LAST, 1,
              OTHER_OCTETS);
}
END_TEST

START_TEST(can_be_disabled_by_the_firmware_firewall)
{
    const struct firewall_target t = { .channel = CHANNEL_SYSTEM, .netfn = NETFN_OEM,
                                       .cmd = 0x10, .id = VENDOR_IANA };

    ck_assert(firewall_configurable(w.mc, &t));
    ck_assert(firewall_reserve(w.mc, 1));
    firewall_set(w.mc, &t, false);
    ck_cc(ask(&w, NETFN_OEM, 0x10, IANA_OCTETS), CC_PRIVILEGE);
    firewall_set(w.mc, &t, true);
    ck_cc(ask(&w, NETFN_OEM, 0x10, IANA_OCTETS), CC_OK);
}
END_TEST

/* ---- parameters ---- */

START_TEST(has_system_info_parameters_of_its_own)
{
    ck_cc(ask(&w, NETFN_APP, 0x58, 0xc1, 5), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x58, 0xc1, 10), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, 0x58, 0xc1), CC_LENGTH);
    ck_cc(ask(&w, NETFN_APP, 0x58, 0xc2, 1), CC_PARAM_UNSUPPORTED);
    ck_answer(ask(&w, NETFN_APP, 0x59, 0, 0xc1, 1, 3), CC_OK, 0x11, 1, 3, 5);
    ck_answer(ask(&w, NETFN_APP, 0x59, 0x80, 0xc1, 0, 0), CC_OK, 0x11);
    ck_answer(ask(&w, NETFN_APP, 0x59, 0, 0xc1, 2, 0), CC_RANGE);
    ck_answer(ask(&w, NETFN_APP, 0x59, 0, 0xc2, 0, 0), CC_PARAM_UNSUPPORTED);
    ck_answer(ask(&w, NETFN_APP, 0x59, 0, 0x77, 0, 0), CC_PARAM_UNSUPPORTED);
}
END_TEST

START_TEST(has_lan_parameters_of_its_own)
{
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x02, MCWORLD_LAN, 0xd0, 0, 0), CC_OK, 0x11,
              MCWORLD_LAN, 0xd0);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x02, 0x80 | MCWORLD_LAN, 0xd0, 0, 0), CC_OK, 0x11);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x02, MCWORLD_LAN, 0xd1, 0, 0), CC_PARAM_UNSUPPORTED);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 0xd0, 1, 2), CC_OK);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 0xd0, 1), CC_LENGTH);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 0xd1, 1), CC_PARAM_UNSUPPORTED);
}
END_TEST

/* ---- PEF ---- */

static unsigned told;

static void
note_pef(void *ctx, struct mc *mc, const uint8_t *record)
{
    told++;
    ck_assert_ptr_eq(ctx, &w);
    ck_assert_ptr_eq(mc, w.mc);
    ck_assert_uint_eq(record[10], 0x07);
}

/* A filter for whatever comes, and the OEM action. */
static void
filter_all(void)
{
    ck_cc(ask(&w, NETFN_SENSOR, 0x12, 0x06, 1, 0x80, 0x10, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff,
              0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0), CC_OK);
    ck_cc(ask(&w, NETFN_SENSOR, 0x12, 0x02, 0x3f), CC_OK);
}

START_TEST(is_told_of_pef_actions)
{
    const struct first *f = oem_state(w.mc, &first_profile);

    told = 0;
    oem_library_on_pef(w.oem, note_pef, &w);
    filter_all();
    ck_cc(ask(&w, NETFN_SENSOR, 0x02, 0x21, 0x04, 0x07, 0x30, 0x6f, 0x01, 0xff, 0xff), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(told, 1);
    ck_assert_uint_eq(f->event, 0x07);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("oem", &t);

    tcase_add_checked_fixture(t, begin_with_both, end);
    tcase_add_test(t, answers_as_the_first_profile_that_has_it);
    tcase_add_test(t, replaces_a_standard_command_and_calls_it);
    tcase_add_test(t, keeps_state_of_each_controller);
    tcase_add_test(t, begins_anew_after_a_cold_reset);
    tcase_add_test(t, passes_the_gate_like_any_command);
    tcase_add_test(t, takes_the_number_off_and_puts_it_before_the_answer);
    tcase_add_test(t, knows_commands_without_a_number);
    tcase_add_test(t, can_be_switched_off);
    tcase_add_test(t, refuses_a_profile_that_contradicts_itself);
    tcase_add_test(t, is_seen_by_the_firmware_firewall);
    tcase_add_test(t, can_be_disabled_by_the_firmware_firewall);
    tcase_add_test(t, has_system_info_parameters_of_its_own);
    tcase_add_test(t, has_lan_parameters_of_its_own);
    tcase_add_test(t, is_told_of_pef_actions);
    return run_suite(s);
}
