#include <stdio.h>

#include "emu/emu_line.h"
#include "tests/emu/files.h"
#include "tests/lib/run.h"

#define BMC "mc_add 0x20 0x21 no-device-sdrs 3 1 1 0x9f 0x1291 0xf02\nmc_enable 0x20\n"
#define SATELLITE "mc_add 0x72 0x21 no-device-sdrs 3 1 1 0x29 0x1291 0xf03\nmc_enable 0x72\n"

static struct description **all;
static size_t count;

static struct description *
load(const char *text, const char **got)
{
    struct file files[] = { { "m.emu", text }, { NULL, NULL } };

    all = files_load(files, 1, &count, got);
    return all ? all[0] : NULL;
}

START_TEST(describes_the_bus)
{
    struct description *d = load(BMC "ipmb_speed 400000\nipmb_model csma\n", NULL);

    ck_assert_uint_eq(d->bus_hz, 400000);
    ck_assert(d->bus_csma && !d->bus_instant);
    files_free(all, count);
    d = load(BMC "ipmb_speed instant\nipmb_model i2c\n", NULL);
    ck_assert(d->bus_instant && !d->bus_csma);
    files_free(all, count);
}
END_TEST

START_TEST(does_things_at_the_start_and_after_sleeps)
{
    struct description *d = load(BMC SATELLITE
                                 "bridge_style 0x20 encapsulated\n"
                                 "fault ipmb lose 5% name=noise\n"
                                 "sleep 1000\nmc_remove 0x72\n"
                                 "sleep 1000\nmc_insert 0x72\nmc_power 0x72 off\n"
                                 "mc_reset 0x20 warm\nfault_clear 1\nfault_clear all\n",
                                 NULL);
    const struct lab_action *a = d->actions;

    ck_assert_uint_eq(d->action_count, 8);
    ck_assert_int_eq(a[0].what, ACT_BRIDGE_STYLE);
    ck_assert_uint_eq(a[0].value, 1);
    ck_assert_int_eq(a[1].what, ACT_FAULT);
    ck_assert_str_eq(a[1].fault->name, "noise");
    ck_assert_uint_eq(a[1].fault->probability_ppm, 50000);
    ck_assert_int_eq(a[2].what, ACT_MC_PRESENCE);
    ck_assert_uint_eq(a[2].at, SPAN_S(1));
    ck_assert_uint_eq(a[2].mc, 0x72);
    ck_assert(!a[2].on && a[3].on);
    ck_assert_int_eq(a[4].what, ACT_MC_POWER);
    ck_assert(!a[4].on);
    ck_assert_int_eq(a[5].what, ACT_MC_RESET);
    ck_assert(!a[5].on);
    ck_assert_int_eq(a[6].what, ACT_FAULT_CLEAR);
    ck_assert_uint_eq(a[6].id, 1);
    ck_assert_uint_eq(a[7].id, 0);
    files_free(all, count);
}
END_TEST

static const struct {
    const char *line, *said;
} wrongs[] = {
    { "ipmb_speed 999", "found 999 Hz; expected 1000 to 1000000, or instant" },
    { "ipmb_speed fast", "found \"fast\"; expected the bit rate in Hz" },
    { "mc_remove 0x20", "found the BMC, 0x20; expected another controller" },
    { "mc_power 0x20 off", "found the BMC, 0x20; expected another controller" },
    { "bridge_style 0x20 both", "expected the style: packets, encapsulated" },
    { "mc_reset 0x20 hot", "expected the reset: cold, warm" },
    { "fault ipmb lose netfn=0x40", "m.emu:3:23: found \"0x40\"; expected the network function" },
};

START_TEST(tells_what_is_wrong)
{
    const char *got;
    char text[256];

    snprintf(text, sizeof text, BMC "%s\n", wrongs[_i].line);
    ck_assert_ptr_null(load(text, &got));
    ck_assert_msg(strstr(got, wrongs[_i].said) != NULL, "%s: %s", wrongs[_i].line, got);
}
END_TEST

static const struct {
    const char *line;
    enum status st;
    enum lab_act what;
} lines[] = {
    { "mc_remove 0x72", ST_OK, ACT_MC_PRESENCE },
    { "mc_power 0x72 on", ST_OK, ACT_MC_POWER },
    { "mc_reset 0x20 cold", ST_OK, ACT_MC_RESET },
    { "bridge_style 0x20 packets", ST_OK, ACT_BRIDGE_STYLE },
    { "fault lan delay span=1s", ST_OK, ACT_FAULT },
    { "fault_clear 7", ST_OK, ACT_FAULT_CLEAR },
    { "mc_remove 0x20", ST_INVALID, ACT_POWER },
    { "ipmb_speed 100000", ST_INVALID, ACT_POWER },
    { "fault lan delay", ST_INVALID, ACT_POWER },
};

START_TEST(answers_a_console)
{
    struct description *d = load(BMC SATELLITE, NULL);
    struct emu_console *console;
    struct emu_answer answer;

    ck_assert_int_eq(emu_console_new(NULL, &console), ST_OK);
    ck_assert_int_eq(emu_line(console, d, lines[_i].line, &answer), lines[_i].st);
    ck_assert_uint_eq(answer.count, lines[_i].st == ST_OK);
    if (answer.count)
        ck_assert_int_eq(answer.actions[0].what, lines[_i].what);
    if (answer.count && answer.actions[0].what == ACT_FAULT)
        ck_assert_str_eq(answer.actions[0].fault->name, "lan delay span=1s");
    emu_console_free(console);
    files_free(all, count);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("emu/emu_cmd_bus", &t);

    tcase_add_test(t, describes_the_bus);
    tcase_add_test(t, does_things_at_the_start_and_after_sleeps);
    tcase_add_loop_test(t, tells_what_is_wrong, 0, sizeof wrongs / sizeof wrongs[0]);
    tcase_add_loop_test(t, answers_a_console, 0, sizeof lines / sizeof lines[0]);
    return run_suite(s);
}
