/*
 * What Send Message says to a console when the wire has the last word: 81h,
 * 82h, 83h, and C3h or nothing, with the answer inside and behind; by RMCP+,
 * through a whole lab.
 */
#include <stdio.h>

#include "emu/emu.h"
#include "sim/wire/ipmb.h"
#include "tests/emu/files.h"
#include "tests/lib/consoles.h"
#include "tests/lib/run.h"

#define SATELLITE 0x72
#define NOBODY 0x90
#define BABBLER 0x30
#define SEND_MESSAGE 0x34

static const char machine[] =
    "mc_setbmc 0x20\n"
    "mc_add 0x20 0x21 no-device-sdrs 3 1 1 0x9f 0x1291 0xf02\n"
    "mc_add 0x72 0x22 no-device-sdrs 3 1 1 0x01 0x1291 0xf03\n"
    "mc_enable 0x20\nmc_enable 0x72\n"
    "bridge_style 0x20 %s\n";

static char text[1024];
static struct lab *lab;
static struct chassis_unit *unit;
static struct consoles consoles;
static struct console *console;
static struct description **machines;
static size_t machine_count;

static uint8_t message[1 + IPMB_FRAME_MAX];
static struct console_request request = { NETFN_APP, SEND_MESSAGE, 0,
                                          (const char *)message };

/* Get Device ID of target, tracked, asked once. */
static void
ask_for(uint8_t target)
{
    struct ipmb_frame f = { .target = target, .source = 0x81, .netfn = NETFN_APP,
                            .seq = 9, .cmd = 0x01 };
    struct wr w = wr_of(message, sizeof message);

    wr_u8(&w, 0x40);
    ipmb_build(&w, &f);
    request.len = (uint8_t)wr_len(&w);
    consoles.requests = &request;
    consoles.request_count = 1;
}

static void
begin(const char *style)
{
    struct file files[] = { { "m.emu", text }, { NULL, NULL } };
    struct lab_opts opts = { .seed = 1 };
    struct remote_opts remote = { .key = rng_key_root(1), .rmcpp = true, .suite = 3,
                                  .privilege = PRIV_ADMIN, .user = "ADMIN",
                                  .password = "ADMIN", .retries = REMOTE_NO_RETRIES,
                                  .timeout = SPAN_S(8) };

    snprintf(text, sizeof text, machine, style);
    machines = files_load(files, 1, &machine_count, NULL);
    ck_assert_int_eq(lab_new(&opts, &lab), ST_OK);
    ck_assert_int_eq(lab_add(lab, machines[0], 0, &unit), ST_OK);
    ck_assert_int_eq(consoles_begin(&consoles, lab), ST_OK);
    console = consoles_add(&consoles, unit, remote);
    ck_assert_ptr_nonnull(console);
}

static void
end(void)
{
    consoles_end(&consoles);
    lab_free(lab);
    files_free(machines, machine_count);
}

/* Always has one more frame for the BMC, which beats any for a satellite. */
static struct medium_node babbler;

static void
babble(void *ctx, uint32_t tag, enum wire_result result)
{
    static const uint8_t frame[7] = { BMC_ADDRESS, 0, 0, BABBLER };

    (void)ctx;
    (void)tag;
    (void)result;
    ck_assert_int_eq(medium_send(chassis_unit_bus(unit), &babbler,
                                 bytes_of(frame, sizeof frame), 0), ST_OK);
}

static void
let_others_win(void)
{
    babbler = (struct medium_node){ .address = BABBLER, .sent = babble };
    ck_assert_int_eq(medium_attach(chassis_unit_bus(unit), &babbler), ST_OK);
    babble(NULL, 0, WIRE_DONE);
}

static void
arm(enum fault_effect effect)
{
    struct fault_rule rule = fault_rule_any(effect);

    rule.link = TAP_IPMB;
    rule.target = SATELLITE;
    rule.span = SPAN_S(1);
    ck_assert_int_eq(world_arm_fault(chassis_unit_world(unit), &rule, &(uint32_t){ 0 }),
                     ST_OK);
}

static void
stick_bus(void)
{
    arm(FAULT_STICK);
}

static void
lose_all(void)
{
    arm(FAULT_LOSE);
}

static void
do_nothing(void)
{
}

static const struct {
    const char *why;
    const char *style;
    void (*prepare)(void);
    uint8_t target, cc;
} ends[] = {
    { "others always won", "packets", let_others_win, SATELLITE, CC_CMD_81 },
    { "others always won", "encapsulated", let_others_win, SATELLITE, CC_CMD_81 },
    { "the bus got stuck", "packets", stick_bus, SATELLITE, CC_CMD_82 },
    { "the bus got stuck", "encapsulated", stick_bus, SATELLITE, CC_CMD_82 },
    { "nobody is there", "packets", do_nothing, NOBODY, CC_CMD_83 },
    { "nobody is there", "encapsulated", do_nothing, NOBODY, CC_CMD_83 },
    { "no answer, behind", "packets", lose_all, SATELLITE, CC_OK },
    { "no answer, inside", "encapsulated", lose_all, SATELLITE, CC_TIMEOUT },
    { "all is well", "packets", do_nothing, SATELLITE, CC_OK },
    { "all is well", "encapsulated", do_nothing, SATELLITE, CC_OK },
};

START_TEST(says_what_the_wire_said)
{
    begin(ends[_i].style);
    ends[_i].prepare();
    ask_for(ends[_i].target);
    consoles_play(&consoles, SPAN_S(7));
    ck_assert_msg(console->answered == 1 && console->cc == ends[_i].cc, "%s, %s: %02X",
                  ends[_i].why, ends[_i].style, (unsigned)console->cc);
    if (babbler.attached)
        medium_detach(chassis_unit_bus(unit), &babbler);
    end();
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("bridge ends", &t);

    tcase_add_loop_test(t, says_what_the_wire_said, 0, sizeof ends / sizeof ends[0]);
    return run_suite(s);
}
