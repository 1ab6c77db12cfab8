#include "sim/oem/intel.h"

#include "sim/host/host.h"
#include "sim/mc/chassis.h"
#include "sim/oem/intel_nm.h"
#include "sim/oem/tyan.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/records.h"
#include "tests/lib/run.h"

#define BOARD 0x30
#define CONFIG 0x32

static struct mcworld w;

static void
begin(void)
{
    mcworld_describe(&w);
    w.machine.profiles[0] = &oem_intel;
    mcworld_begin(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

#define OK(...) ck_answer(__VA_ARGS__, CC_OK)

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &oem_intel_commands, 0x34);
    mcworld_check_rows(&w, &oem_intel_smtp_commands, 0);
    mcworld_check_rows(&w, &oem_intel_me_commands, 0);
}
END_TEST

START_TEST(keeps_a_power_restore_delay)
{
    OK(ask(&w, BOARD, 0x54, 0x07, 0xff));
    ck_answer(ask(&w, BOARD, 0x55), CC_OK, 0x07, 0xff);
    ck_answer(ask(&w, BOARD, 0x54, 0x08, 0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(keeps_which_services_are_on)
{
    ck_answer(ask(&w, BOARD, 0xb2), CC_OK, 0xa8, 0x80);
    OK(ask(&w, BOARD, 0xb1, 0, 0x80, 0x80));
    ck_answer(ask(&w, BOARD, 0xb2), CC_OK, 0x28, 0);
    OK(ask(&w, BOARD, 0xb1, 1, 0x80, 0));
    ck_answer(ask(&w, BOARD, 0xb2), CC_OK, 0xa8, 0);
    ck_answer(ask(&w, BOARD, 0xb1, 2, 0x80, 0), CC_INVALID_FIELD);
    ck_answer(ask(&w, BOARD, 0xb1, 1, 0x40, 0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(takes_a_while_to_restore_its_configuration)
{
    OK(ask(&w, BOARD, 0x54, 0, 9));
    ck_answer(ask(&w, BOARD, 0x02, 'C', 'L', 'R', 0), CC_OK, 1);
    ck_answer(ask(&w, BOARD, 0x02, 'C', 'L', 'R', 0xaa), CC_OK, 0);
    mcworld_run(&w, INTEL_RESTORE_TIME - 1);
    ck_answer(ask(&w, BOARD, 0x02, 'C', 'L', 'R', 0), CC_OK, 0);
    mcworld_run(&w, 1);
    ck_answer(ask(&w, BOARD, 0x02, 'C', 'L', 'R', 0), CC_OK, 1);
    ck_answer(ask(&w, BOARD, 0x55), CC_OK, 0, 0);
    ck_answer(ask(&w, BOARD, 0x02, 'C', 'L', 'X', 0), CC_INVALID_FIELD);
    ck_answer(ask(&w, BOARD, 0x02, 'C', 'L', 'R', 1), CC_INVALID_FIELD);
}
END_TEST

START_TEST(takes_fault_indications)
{
    OK(ask(&w, BOARD, 0x57, 3, 5, 4, 0xff, 0));
    ck_assert_uint_eq(intel_of(w.mc)->faults[3][5], 4);
    ck_answer(ask(&w, BOARD, 0x57, 4, 5, 4, 0xff, 0), CC_INVALID_FIELD);
    ck_answer(ask(&w, BOARD, 0x57, 3, 6, 4, 0xff, 0), CC_INVALID_FIELD);
    ck_answer(ask(&w, BOARD, 0x57, 3, 5, 5, 0xff, 0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(shows_its_lights)
{
    ck_answer(ask(&w, CONFIG, 0x40), CC_OK, 0);
    chassis_identify(w.mc->chassis, 15, false);
    ck_answer(ask(&w, CONFIG, 0x40), CC_OK, 0x40);
    chassis_identify(w.mc->chassis, 0, true);
    ck_answer(ask(&w, CONFIG, 0x40), CC_OK, 0x80);
    ck_answer(ask(&w, BOARD, 0x65), CC_OK, 0, 0, 0, 0);
    OK(ask(&w, BOARD, 0x64, 1, 0x05, 0x08, 0));
    ck_answer(ask(&w, BOARD, 0x65), CC_OK, 1, 0x22, 0, 0x80);
    ck_answer(ask(&w, BOARD, 0x64, 1, 0, 0x10, 0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(has_an_agent_while_an_operating_system_runs)
{
    OK(ask(&w, BOARD, 0x70, 0));
    ck_answer(ask(&w, BOARD, 0x70, 3), CC_INVALID_FIELD);
    OK(ask(&w, BOARD, 0x70, 1));
    mcworld_run(&w, SPAN_S(5));
    ck_assert_int_eq(host_state(w.host), HOST_OFF);
    ck_answer(ask(&w, BOARD, 0x70, 0), CC_STATE);
}
END_TEST

START_TEST(keeps_mail_settings)
{
    OK(ask(&w, CONFIG, 0x37, MCWORLD_LAN, 0, 0, 0, 1));
    OK(ask(&w, CONFIG, 0x37, MCWORLD_LAN, 1, 0, 0, 192, 0, 2, 7));
    OK(ask(&w, CONFIG, 0x37, MCWORLD_LAN, 7, 0, 3, 'e', 'n', 'd'));
    OK(ask(&w, CONFIG, 0x37, MCWORLD_LAN, 3, 0, 0, 's'));
    ck_answer(ask(&w, CONFIG, 0x38, MCWORLD_LAN, 0, 0, 0), CC_OK, 1);
    ck_answer(ask(&w, CONFIG, 0x38, MCWORLD_LAN, 1, 0, 0), CC_OK, 192, 0, 2, 7);
    ck_answer(ask(&w, CONFIG, 0x38, MCWORLD_LAN, 4, 0, 0), CC_OK, 1);
    ck_answer(ask(&w, CONFIG, 0x38, MCWORLD_LAN, 7, 0, 3), CC_OK, 'e', 'n', 'd', 0, 0, 0, 0, 0, 0,
              0, 0, 0, 0, 0, 0, 0);
}
END_TEST

static const struct {
    const char *why;
    uint8_t cmd;
    uint8_t data[10];
    uint8_t len;
    unsigned cc;
} mail[] = {
    { "not a LAN", 0x38, { 0, 0, 0, 0 }, 4, CC_INVALID_FIELD },
    { "no such set", 0x38, { MCWORLD_LAN, 0, 2, 0 }, 4, CC_INVALID_FIELD },
    { "no such parameter", 0x38, { MCWORLD_LAN, 10, 0, 0 }, 4, 0x80 },
    { "no such parameter to set", 0x37, { MCWORLD_LAN, 10, 0, 0, 1 }, 5, 0x80 },
    { "read only", 0x37, { MCWORLD_LAN, 4, 0, 0, 1 }, 5, 0x82 },
    { "write only", 0x38, { MCWORLD_LAN, 3, 0, 0 }, 4, 0x83 },
    { "past the end", 0x38, { MCWORLD_LAN, 2, 0, 1 }, 4, CC_RANGE },
    { "past the end, set", 0x37, { MCWORLD_LAN, 2, 0, 1, 'x' }, 5, CC_RANGE },
    { "too long a switch", 0x37, { MCWORLD_LAN, 0, 0, 0, 1, 1 }, 6, CC_LENGTH },
    { "neither on nor off", 0x37, { MCWORLD_LAN, 0, 0, 0, 2 }, 5, CC_INVALID_FIELD },
    { "too short an address", 0x37, { MCWORLD_LAN, 1, 0, 0, 1 }, 5, CC_LENGTH },
};

START_TEST(refuses_mail_settings)
{
    const struct answer *a =
        mcworld_ask(&w, w.mc, CONFIG, mail[_i].cmd, mail[_i].data, mail[_i].len);

    ck_assert_msg(a->cc == mail[_i].cc, "%s: %02Xh", mail[_i].why, a->cc);
}
END_TEST

/* ---- the engine's firmware ---- */

static void
ck_state(uint8_t image, uint8_t state)
{
    const struct answer *a = ask(&w, BOARD, 0xa6);

    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 10);
    ck_assert_uint_eq(a->data[0], image);
    ck_assert_uint_eq(a->data[1], state);
    ck_assert_uint_eq(a->data[2] | a->data[3] | a->data[4], 0);   /* clients see one number */
}

START_TEST(updates_the_engine)
{
    ck_answer(ask(&w, BOARD, 0xa7), CC_OK, 0x0e, 0x03);
    ck_state(0x0c, ME_IDLE);
    OK(ask(&w, BOARD, 0xa0));
    ck_state(0x0c, ME_REQUESTED);
    OK(ask(&w, BOARD, 0xa1, 1, 0));
    ck_state(0x0c, ME_UNDER_WAY);
    OK(ask(&w, BOARD, 0xa2, 0, '1', '2', '3', '4', '5'));
    OK(ask(&w, BOARD, 0xa2, 0, '1', '2', '3', '4', '5'));   /* sent twice */
    OK(ask(&w, BOARD, 0xa2, 1, '6', '7', '8', '9'));
    OK(ask(&w, BOARD, 0xa3, 9, 0, 0, 0, 0xf4, 0));          /* CRC-8's check value */
    ck_state(0x0e, ME_REQUESTED);
    OK(ask(&w, BOARD, 0xa4, 1, 0));
    ck_state(0x14, ME_SUCCESS);
    OK(ask(&w, BOARD, 0xa4, 3, 0));
    ck_state(0x0c, ME_ROLLED_BACK);
}
END_TEST

START_TEST(refuses_an_image_that_is_not_what_came)
{
    OK(ask(&w, BOARD, 0xa0));
    OK(ask(&w, BOARD, 0xa1, 1, 0));
    OK(ask(&w, BOARD, 0xa2, 0, 'x'));
    ck_answer(ask(&w, BOARD, 0xa2, 2, 'x'), CC_CMD_80);     /* one is missing */
    OK(ask(&w, BOARD, 0xa2, 0, '1', '2'));
    ck_answer(ask(&w, BOARD, 0xa3, 3, 0, 0, 0, 0, 0), CC_CMD_81);
    ck_state(0x0c, ME_FAILED);
    ck_answer(ask(&w, BOARD, 0xa4, 1, 0), CC_STATE);
}
END_TEST

START_TEST(does_one_step_after_the_other)
{
    ck_answer(ask(&w, BOARD, 0xa1, 1, 0), CC_STATE);
    ck_answer(ask(&w, BOARD, 0xa2, 0, 1), CC_STATE);
    ck_answer(ask(&w, BOARD, 0xa3, 0, 0, 0, 0, 0, 0), CC_STATE);
    ck_answer(ask(&w, BOARD, 0xa4, 1, 0), CC_STATE);
    ck_answer(ask(&w, BOARD, 0xa4, 2, 0), CC_INVALID_FIELD);
    ck_answer(ask(&w, BOARD, 0xa4, 1, 1), CC_INVALID_FIELD);
    OK(ask(&w, BOARD, 0xa0));
    ck_answer(ask(&w, BOARD, 0xa1, 0, 0), CC_INVALID_FIELD);
    OK(ask(&w, BOARD, 0xa1, 2, 0));
    ck_answer(ask(&w, BOARD, 0xa0), CC_STATE);
    OK(ask(&w, BOARD, 0xa4, 4, 0));
    ck_state(0x0c, ME_ABORTED);
    OK(ask(&w, BOARD, 0xa0));
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(2));
    ck_state(0x0c, ME_IDLE);
}
END_TEST

START_TEST(passes_messages_for_channel_6_to_the_engine)
{
    struct machine_mc engine = mcworld_satellite(0x2c);
    const struct answer *a;

    (void)mcworld_add(&w, &engine);
    mcworld_from_lan(&w, PRIV_ADMIN);
    a = ask(&w, NETFN_APP, 0x34, 0x46, 0x2c, 0x18, 0xbc, 0x20, 0x04, 0x01, 0xdb);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(a->came);
    ck_assert_uint_eq(a->cc, CC_OK);
    a = ask(&w, NETFN_APP, 0x34, 0x45, 0x2c, 0x18, 0xbc, 0x20, 0x04, 0x01, 0xdb);
    ck_assert_uint_eq(a->cc, CC_INVALID_FIELD);
}
END_TEST

/* ---- Tyan's console, which no more than shares the network function ---- */

static void
begin_tyan(void)
{
    mcworld_describe(&w);
    w.machine.profiles[0] = &oem_tyan;
    mcworld_begin(&w);
}

START_TEST(sends_a_console_to_nobody_but_the_asker)
{
    ck_answer(ask(&w, BOARD, 0x06, 127, 0, 0, 1, 0x0d, 0x3f), CC_INVALID_FIELD);
    mcworld_from_lan(&w, PRIV_ADMIN);
    ck_answer(ask(&w, BOARD, 0x06, 198, 51, 100, 1, 0x0d, 0x3f), CC_INVALID_FIELD);
    ck_answer(ask(&w, BOARD, 0x02, 127, 0, 0, 1, 0x0d, 0x3f), CC_STATE);
    ck_answer(ask(&w, BOARD, 0x03, 2, 'x', 0), CC_STATE);
    ck_assert_uint_eq(outbox_count(w.out), 0);
}
END_TEST

START_TEST(keeps_the_promises_of_the_console_rows)
{
    mcworld_check_rows(&w, &oem_tyan_commands, 0);
}
END_TEST

/* ---- anything at all ---- */

static const struct command_table *const all[] = {
    &oem_intel_commands,    &oem_intel_smtp_commands,      &oem_intel_me_commands,
    &oem_intel_nm_commands, &oem_intel_nm_policy_commands, &oem_tyan_commands,
};

/* Half of the octets are small: most fields are. */
static void
ask_anything(struct rng *rng, const struct command_table *table, const struct command *row)
{
    uint8_t octets[80];
    size_t at = 0, len = row->len_min + rng_below(rng, 4);

    rng_fill(rng, octets, sizeof octets);
    for (size_t i = 0; i < sizeof octets; i++)
        octets[i] = octets[i] & 0x80 ? octets[i] : octets[i] % 6;
    if (table->id)
        for (; at < 3; at++)
            octets[at] = (uint8_t)(table->id >> 8 * at);
    (void)mcworld_ask(&w, w.mc, row->netfn, row->cmd, octets, len < sizeof octets ? len : 80);
}

START_TEST(answers_anything)
{
    struct rng rng = rng_named(rng_key_root(7), "anything");

    end();
    mcworld_describe(&w);
    w.machine.profiles[0] = &oem_intel;
    w.machine.profiles[1] = &oem_intel_nm;
    w.machine.profiles[2] = &oem_tyan;
    mcworld_begin(&w);
    for (unsigned n = 0; n < 30000; n++) {
        const struct command_table *table = all[rng_below(&rng, sizeof all / sizeof all[0])];

        ask_anything(&rng, table, &table->rows[rng_below(&rng, table->count)]);
        if (n % 16 == 0)
            mcworld_run(&w, SPAN_MS(700));
        if (n % 500 == 0)
            (void)host_do(w.host, HOST_OP_ON, CAUSE_CHASSIS_CONTROL);
        outbox_clear(w.out);
    }
}
END_TEST

static Suite *
intel_suite(void)
{
    TCase *tc, *tyan = tcase_create("tyan");
    Suite *s = run_suite_of("intel", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, keeps_a_power_restore_delay);
    tcase_add_test(tc, keeps_which_services_are_on);
    tcase_add_test(tc, takes_a_while_to_restore_its_configuration);
    tcase_add_test(tc, takes_fault_indications);
    tcase_add_test(tc, shows_its_lights);
    tcase_add_test(tc, has_an_agent_while_an_operating_system_runs);
    tcase_add_test(tc, keeps_mail_settings);
    tcase_add_loop_test(tc, refuses_mail_settings, 0, sizeof mail / sizeof mail[0]);
    tcase_add_test(tc, updates_the_engine);
    tcase_add_test(tc, refuses_an_image_that_is_not_what_came);
    tcase_add_test(tc, does_one_step_after_the_other);
    tcase_add_test(tc, passes_messages_for_channel_6_to_the_engine);
    tcase_add_test(tc, answers_anything);
    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tyan, begin_tyan, end);
    tcase_add_test(tyan, sends_a_console_to_nobody_but_the_asker);
    tcase_add_test(tyan, keeps_the_promises_of_the_console_rows);
    suite_add_tcase(s, tyan);
    return s;
}

int
main(void)
{
    return run_suite(intel_suite());
}
