#include "sim/mc/serial.h"

#include <string.h>

#include "sim/mc/alert.h"
#include "sim/mc/mc_tables.h"
#include "tests/lib/records.h"
#include "tests/lib/run.h"

#define SERIAL 4

static const struct machine_word words[] = {
    { "serial", "kcs localhost 9010 codec VM", "lan.conf", 1 },
    { "sol", "\"tcp:localhost:9011\" 115200", "lan.conf", 2 },
    { "serial", "4 localhost 9012 codec TerminalMode", "lan.conf", 3 },
};

static struct mcworld w;

static void
begin_with(const struct machine_word *described, uint32_t count)
{
    mcworld_describe(&w);
    w.machine.words = described;
    w.machine.word_count = count;
    mcworld_begin(&w);
}

static void
begin(void)
{
    begin_with(words, 3);
}

static void
end(void)
{
    mcworld_end(&w);
}

#define SET(...) ask(&w, NETFN_TRANSPORT, 0x10, SERIAL, __VA_ARGS__)
#define GET(n, set, block) ask(&w, NETFN_TRANSPORT, 0x11, SERIAL, n, set, block)
#define MUX(n) ask(&w, NETFN_TRANSPORT, 0x12, SERIAL, n)

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &serial_commands, 0);
}
END_TEST

START_TEST(is_not_there_unless_described)
{
    end();
    begin_with(words, 2);
    ck_cc(GET(0, 0, 0), CC_INVALID_COMMAND);
    ck_cc(ask(&w, NETFN_APP, 0x42, SERIAL), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x22, MCWORLD_LAN, 0, 0, 0), CC_OK);
}
END_TEST

START_TEST(is_a_channel_of_its_own)
{
    ck_answer(ask(&w, NETFN_APP, 0x42, SERIAL), CC_OK, SERIAL, MEDIUM_SERIAL, PROTOCOL_TMODE,
              SESSION_SINGLE << 6, 0xf2, 0x1b, 0, 0, 0);
    ck_answer(ask(&w, NETFN_APP, 0x41, SERIAL, 0x80), CC_OK, ACCESS_SHARED, PRIV_ADMIN);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x11, MCWORLD_LAN, 0, 0, 0), CC_INVALID_FIELD);
}
END_TEST

/* A parameter as it is written and then read; selectors in front of both. */
static const struct {
    uint8_t n, keys, set[20], len;
} values[] = {
    { 2, 0, { 1, 2, 4, 0x10, 0 }, 5 },
    { 3, 0, { 0x84 }, 1 },
    { 4, 0, { 3 }, 1 },
    { 5, 0, { 1, 2, 1, 2, 0xff }, 5 },
    { 6, 0, { 3 }, 1 },
    { 7, 0, { 0x60, 7 }, 2 },
    { 8, 0, { 0x7f, 0x0f }, 2 },
    { 9, 0, { 0x10, 0x0f }, 2 },
    { 10, 1, { 2, 'A', 'T', 'Z', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 17 },
    { 11, 0, { '-', '-', '-', 0, 0 }, 5 },
    { 12, 0, { 'A', 'T', 'H', '0', 0, 0, 0, 0 }, 8 },
    { 13, 0, { 'A', 'T', 'D', 'T', 0, 0, 0, 0 }, 8 },
    { 14, 0, { 9 }, 1 },
    { 17, 1, { 4, 0x83, 7, 0x31, 0x12 }, 5 },
    { 18, 0, { 30 }, 1 },
    { 19, 1, { 1, 0x40, 6 }, 3 },
    { 21, 2, { 1, 3, '5', '5', '5', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 18 },
    { 23, 1, { 2, 192, 0, 2, 1 }, 5 },
    { 25, 1, { 1, 0x12 }, 2 },
    { 27, 1, { 4, '1', '2', '3', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 17 },
    { 28, 1, { 1, 3, 'P', 'G', '2', 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 14 },
    { 30, 0, { 1, 2, 3 }, 3 },
    { 31, 0, { 1, 2 }, 2 },
    { 32, 0, { 3, 4 }, 2 },
    { 33, 0, { 5 }, 1 },
    { 34, 0, { 'c', 'h', 'a', 'p' }, 16 },
    { 35, 0, { 1, 2, 3, 4, 5, 6, 7, 8 }, 8 },
    { 36, 0, { 1, 2, 3, 4 }, 4 },
    { 38, 1, { 1, 4 }, 2 },
    { 39, 1, { 1, 10, 0, 0, 1 }, 5 },
    { 40, 1, { 2, 'u' }, 17 },
    { 41, 1, { 2, 'd' }, 17 },
    { 43, 1, { 3, 2 }, 2 },
    { 44, 1, { 3, 60 }, 2 },
    { 45, 0, { 10, 0, 0, 1, 10, 0, 0, 2 }, 8 },
    { 48, 0, { 10, 0, 0, 9 }, 4 },
    { 49, 1, { 1, '0', '1' }, 17 },
    { 51, 1, { 2, 0x21, 0x03 }, 3 },
    { 52, 1, { 1, 'J', '5' }, 17 },
    { 53, 1, { 2, 'C', 'O', 'M' }, 17 },
    { 54, 0, { 1, 3, 1, 0, 2, 0 }, 6 },
};

START_TEST(keeps_parameters)
{
    uint8_t request[24] = { SERIAL, values[_i].n }, want[24] = { 0x11 };
    uint8_t set = values[_i].keys ? values[_i].set[0] : 0;
    uint8_t block = values[_i].keys == 2 ? values[_i].set[1] : set;

    memcpy(request + 2, values[_i].set, values[_i].len);
    memcpy(want + 1, values[_i].set, values[_i].len);
    ck_cc(mcworld_ask(&w, w.mc, NETFN_TRANSPORT, 0x10, request, values[_i].len + 2u), CC_OK);
    for (int reset = 0; reset < 2; reset++) {
        const struct answer *a = GET(values[_i].n, set, block);

        ck_cc(a, CC_OK);
        ck_assert_uint_eq(a->len, values[_i].len + 1u);
        ck_assert_mem_eq(a->data, want, a->len);
        mc_cold_reset(w.mc);
        mcworld_run(&w, MC_RESET_TIME);
    }
}
END_TEST

START_TEST(has_every_parameter)
{
    for (uint8_t n = 0; n <= 54; n++) {
        const struct param *row = param_find(&serial_family, n);

        ck_assert_ptr_nonnull(row);
        ck_cc(GET(n, row->set_min, row->block_min),
              row->access == PARAM_WO ? CC_CMD_83 : CC_OK);
    }
    ck_cc(GET(55, 0, 0), CC_CMD_80);
    ck_assert_ptr_null(w.mc->serial->config);
}
END_TEST

START_TEST(refuses_bad_values)
{
    ck_cc(SET(1, 0), CC_CMD_82);
    ck_cc(SET(2, 0x08, 0, 0, 0, 0), CC_INVALID_FIELD);
    ck_cc(SET(7, 0xc0, 7), CC_INVALID_FIELD);
    ck_cc(SET(7, 0x00, 5), CC_INVALID_FIELD);
    ck_cc(SET(9, 0x3f, 0), CC_INVALID_FIELD);
    ck_cc(SET(17, 1, 5, 0, 0, 0), CC_INVALID_FIELD);
    ck_cc(SET(17, 5, 0, 0, 0, 0), CC_RANGE);
    ck_cc(SET(29, 0x01, 0x60), CC_INVALID_FIELD);
    ck_cc(SET(29, 0x01, 0x13), CC_INVALID_FIELD);
    ck_cc(SET(33, 6), CC_INVALID_FIELD);
    ck_cc(SET(26, 1, 's', 'e', 'c', 'r', 'e', 't'), CC_OK);
    ck_cc(GET(26, 1, 0), CC_CMD_83);
    ck_cc(SET(3, 0x78), CC_OK);
    ck_answer(GET(3, 0, 0), CC_OK, 0x11, 0);
}
END_TEST

START_TEST(forgets_destination_0_at_a_reset)
{
    ck_cc(SET(17, 0, 0x81, 9, 0, 0), CC_OK);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(GET(17, 0, 0), CC_OK, 0x11, 0, 0, 5, 0, 0);
}
END_TEST

START_TEST(ends_a_set_in_progress_with_the_host)
{
    ck_cc(SET(0, 1), CC_OK);
    ck_cc(SET(0, 1), CC_CMD_81);
    ck_assert(host_do(w.host, HOST_OP_RESET, CAUSE_RESET_BUTTON));
    ck_answer(GET(0, 0, 0), CC_OK, 0x11, 0);
}
END_TEST

START_TEST(keeps_terminal_mode_twice)
{
    ck_cc(SET(29, 0x31, 0x30), CC_OK);
    ck_answer(GET(29, 0, 0), CC_OK, 0x11, 0x21, 0x30);
    ck_cc(SET(29, 0x62, 0x40), CC_OK);
    ck_answer(GET(29, 0, 0), CC_OK, 0x11, 0x21, 0x30);
    ck_cc(SET(29, 0x80, 0), CC_OK);
    ck_answer(GET(29, 0, 0), CC_OK, 0x11, 0x22, 0x40);
    ck_cc(SET(29, 0x01, 0x10), CC_OK);
    ck_cc(SET(29, 0xc0, 0), CC_INVALID_FIELD);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(GET(29, 0, 0), CC_OK, 0x11, 0x22, 0x40);
}
END_TEST

START_TEST(switches_the_mux)
{
    static const struct {
        uint8_t function, answer;
    } steps[] = {
        { 0, 0x00 }, { 2, 0x03 }, { 0, 0x01 }, { 5, 0x83 }, { 1, 0x81 }, { 3, 0x82 },
        { 6, 0x02 }, { 7, 0x42 }, { 2, 0x40 }, { 4, 0x43 }, { 8, 0x03 }, { 1, 0x02 },
    };

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        ck_answer(MUX(steps[i].function), CC_OK, steps[i].answer);
    ck_cc(MUX(9), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x12, MCWORLD_LAN, 0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(lifts_blocks_when_the_host_starts_by_itself)
{
    ck_cc(MUX(5), CC_OK);
    ck_assert(host_do(w.host, HOST_OP_RESET, CAUSE_CHASSIS_CONTROL));
    ck_answer(MUX(0), CC_OK, 0x80);
    ck_assert(host_do(w.host, HOST_OP_RESET, CAUSE_RESET_BUTTON));
    ck_answer(MUX(0), CC_OK, 0x00);
}
END_TEST

START_TEST(shares_the_port_with_sol)
{
    struct solport_start start = { .channel = MCWORLD_LAN, .instance = 1, .session = 9 };

    ck_cc(MUX(7), CC_OK);
    ck_assert(!serial_allows_sol(w.mc));
    ck_cc(MUX(8), CC_OK);
    ck_assert(serial_allows_sol(w.mc));
    ck_assert_int_eq(solport_activate(w.mc, &start), CC_OK);
    ck_answer(MUX(0), CC_OK, 0x05);
    ck_answer(MUX(1), CC_OK, 0x05);
    ck_answer(MUX(3), CC_OK, 0x02);
    ck_assert_uint_eq(solport_owner(w.mc, 1), 0);
}
END_TEST

START_TEST(lends_sol_its_bit_rate)
{
    ck_cc(SET(7, 0, 6), CC_OK);
    ck_assert_uint_eq(serial_rate(w.mc), 6);
}
END_TEST

START_TEST(calls_back_in_vain)
{
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x19, SERIAL, 1), CC_INVALID_FIELD);
    ck_cc(SET(17, 1, 3, 0, 2, 0), CC_OK);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x19, SERIAL, 1), CC_STATE);
    ck_cc(SET(3, 0x05), CC_OK);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x19, SERIAL, 1), CC_OK);
    ck_answer(MUX(0), CC_OK, 0x08);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x19, SERIAL, 1), CC_BUSY);
    mcworld_run(&w, SPAN_S(130));
    ck_answer(MUX(0), CC_OK, 0x00);
    mcworld_from_lan(&w, PRIV_USER);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x19, SERIAL, 1), CC_PRIVILEGE);
    mcworld_from_lan(&w, PRIV_CALLBACK);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x19, SERIAL, 1), CC_OK);
}
END_TEST

#define ALERT(operation, destination) \
    ask(&w, NETFN_SENSOR, 0x16, SERIAL, (operation) << 6 | (destination), 0)

/* Nobody answers: its calls are made, and have failed. */
START_TEST(alerts_in_vain)
{
    ck_cc(SET(17, 1, 0, 5, 1, 0), CC_OK);
    ck_cc(SET(17, 2, 3, 5, 1, 0), CC_OK);
    ck_cc(ALERT(0, 1), CC_STATE);
    ck_cc(SET(3, 0x05), CC_OK);
    ck_cc(ALERT(0, 9), CC_RANGE);
    ck_cc(ALERT(0, 2), CC_INVALID_FIELD);
    ck_answer(ALERT(1, 1), CC_OK, ALERT_NONE);
    ck_cc(ALERT(0, 1), CC_OK);
    ck_cc(ALERT(0, 1), CC_CMD_81);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x19, SERIAL, 2), CC_CMD_81);
    ck_answer(MUX(0), CC_OK, 0x08);
    ck_cc(ALERT(2, 1), CC_OK);
    ck_answer(ALERT(1, 1), CC_OK, ALERT_UNDER_WAY);
    mcworld_run(&w, SPAN_S(130));
    ck_answer(ALERT(1, 1), CC_OK, ALERT_CALL_FAILED);
    ck_cc(ALERT(2, 1), CC_OK);
    ck_answer(ALERT(1, 1), CC_OK, ALERT_NONE);
    ck_cc(ALERT(3, 1), CC_INVALID_FIELD);
}
END_TEST

START_TEST(keeps_callback_options_of_users)
{
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x1b, 3, SERIAL), CC_OK, 0, 0, 0xff, 0xff, 0xff);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x1a, 3, SERIAL, 0xff, 0xff, 1, 2, 3), CC_OK);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x1b, 3, SERIAL), CC_OK, 3, 0x0f, 1, 2, 3);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x1b, 2, SERIAL), CC_OK, 0, 0, 0xff, 0xff, 0xff);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x1b, 40, SERIAL), CC_INVALID_FIELD);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x1b, 3, SERIAL), CC_OK, 3, 0x0f, 1, 2, 3);
}
END_TEST

START_TEST(has_no_link_for_proxies)
{
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x14, SERIAL, 2, 'h', 'i'), CC_OK);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x15, SERIAL, 2), CC_OK, 'h', 'i', 0, 0, 0, 0, 0, 0, 0,
              0, 0, 0, 0, 0, 0, 0);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x15, SERIAL, 0), CC_RANGE);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x14, SERIAL, 17, 1), CC_RANGE);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x16, SERIAL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
          CC_CMD_80);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x17, SERIAL, 0), CC_CMD_80);
    mcworld_from_lan(&w, PRIV_ADMIN);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x15, SERIAL, 2), CC_PRIVILEGE);
}
END_TEST

START_TEST(routes_ports_that_exist)
{
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x1c, 2), CC_OK);
    ck_assert_uint_eq(w.mc->serial->route, 2);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x1c, 3), CC_RANGE);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x13, SERIAL), CC_OK, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
              0, 0, 0, 0);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("serial", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, keeps_the_promises_of_its_rows);
    tcase_add_test(t, is_not_there_unless_described);
    tcase_add_test(t, is_a_channel_of_its_own);
    tcase_add_loop_test(t, keeps_parameters, 0, sizeof values / sizeof values[0]);
    tcase_add_test(t, has_every_parameter);
    tcase_add_test(t, refuses_bad_values);
    tcase_add_test(t, forgets_destination_0_at_a_reset);
    tcase_add_test(t, ends_a_set_in_progress_with_the_host);
    tcase_add_test(t, keeps_terminal_mode_twice);
    tcase_add_test(t, switches_the_mux);
    tcase_add_test(t, lifts_blocks_when_the_host_starts_by_itself);
    tcase_add_test(t, shares_the_port_with_sol);
    tcase_add_test(t, lends_sol_its_bit_rate);
    tcase_add_test(t, calls_back_in_vain);
    tcase_add_test(t, alerts_in_vain);
    tcase_add_test(t, keeps_callback_options_of_users);
    tcase_add_test(t, has_no_link_for_proxies);
    tcase_add_test(t, routes_ports_that_exist);
    return run_suite(s);
}
