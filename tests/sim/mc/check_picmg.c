#include <string.h>

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#include "sim/mc/mc_tables.h"
#include "sim/wire/fru.h"

#define BOARD  0x82
#define SWAP   1 /* sensor numbers */
#define LINK   2
#define HS_BMC 5

static struct mcworld w;
static struct mc *board;
static struct machine_mc board_facts;

static const struct machine_site sites[] = {
    { 0x10, SITE_MANAGER, 1 },
    { 0x41, SITE_BOARD, 3 },
    { 0x2f, SITE_FAN_TRAY, 1 },
};

#define SWAP_SENSOR(n)                                                              \
    {                                                                               \
        .number = n, .type = SENSOR_HOT_SWAP, .event_type = 0x6f, .scanning = true, \
        .events = true, .auto_rearm = true, .assert_supported = 0xff,               \
        .assert_enabled = 0xff, .has_value = true, .states = 1u << PICMG_M4         \
    }

static const struct machine_sensor board_sensors[] = {
    SWAP_SENSOR(SWAP),
    { .number = LINK,
      .type = SENSOR_IPMB,
      .event_type = 0x6f,
      .scanning = true,
      .events = true,
      .auto_rearm = true,
      .assert_supported = 0x0f,
      .assert_enabled = 0x0f,
      .has_value = true,
      .states = 8 },
};

static const struct machine_sensor bmc_sensors[] = {
    SWAP_SENSOR(HS_BMC),
    { .number = 7,
      .type = SENSOR_FAN,
      .event_type = 1,
      .scanning = true,
      .events = true,
      .has_value = true,
      .value = 50 },
};

static uint8_t inventory[64];
static const struct machine_fru frus[] = {
    { .id = 0, .size = 64, .data = { inventory, 64 } },
};

static void
describe(bool atca)
{
    mcworld_describe(&w);
    w.shelf = (struct machine_shelf){
        .atca = atca, .vita = !atca, .sites = sites, .site_count = 3
    };
    w.machine.sensors = bmc_sensors;
    w.machine.sensor_count = 2;
    w.machine.frus = frus;
    w.machine.fru_count = 1;
    board_facts = mcworld_satellite(BOARD);
    board_facts.sensors = board_sensors;
    board_facts.sensor_count = 2;
}

static void
begin(void)
{
    describe(true);
    mcworld_begin(&w);
    board = mcworld_add(&w, &board_facts);
}

static void
end(void)
{
    mcworld_end(&w);
}

#define picmg(cmd, ...) ask(&w, NETFN_GROUP, cmd, GROUP_PICMG, __VA_ARGS__)
#define picmg_board(cmd, ...) \
    ask_of(&w, board, NETFN_GROUP, cmd, GROUP_PICMG, __VA_ARGS__)

static unsigned
state_of(struct mc *mc, uint8_t sensor)
{
    uint8_t raw;
    uint16_t states = 0;

    ck_assert(mc_sensor_raw(mc, 0, sensor, &raw, &states));
    return states;
}

static unsigned
logged(void)
{
    struct answer *info = ask(&w, NETFN_STORAGE, 0x40);

    return info->data[1] | (unsigned)info->data[2] << 8;
}

/* The n-th log record's octets from the generator on; n from 1. */
static const uint8_t *
record(unsigned n)
{
    return ask(&w, NETFN_STORAGE, 0x43, 0, 0, (uint8_t)n, 0, 0, 0xff)->data + 2 + 7;
}

/* ---- rows ---- */

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &picmg_commands, 0);
    mcworld_check_rows(&w, &picmg_link_commands, 0);
    mcworld_check_rows(&w, &shelf_commands, 0);
}
END_TEST

START_TEST(is_nowhere_but_in_a_shelf)
{
    struct mcworld plain;

    mcworld_plain(&plain);
    ck_cc(ask(&plain, NETFN_GROUP, 0x00, GROUP_PICMG), CC_INVALID_COMMAND);
    ck_cc(ask(&plain, NETFN_GROUP, 0x00, GROUP_VITA), CC_INVALID_COMMAND);
    ck_cc(ask(&plain, NETFN_GROUP, 0x2e, GROUP_PICMG), CC_INVALID_COMMAND);
    ck_assert_ptr_null(plain.mc->picmg);
    ck_assert_ptr_null(plain.mc->hpm);
    mcworld_end(&plain);
    ck_cc(ask(&w, NETFN_GROUP, 0x00, GROUP_VITA), CC_INVALID_COMMAND);
}
END_TEST

START_TEST(leaves_what_the_shelf_manager_does_to_it)
{
    ck_cc(picmg(0x02), CC_OK);
    ck_cc(picmg_board(0x02), CC_INVALID_COMMAND);
    ck_cc(picmg_board(0x14, 0), CC_INVALID_COMMAND);
    ck_cc(picmg_board(0x24, 1, 1, 0, 0, 0), CC_INVALID_COMMAND);
}
END_TEST

/* ---- addresses ---- */

static const struct {
    const char *why;
    uint8_t data[4];
    size_t len;
    unsigned cc;
    uint8_t hw, site;
} addresses[] = {
    { "itself", { 0 }, 0, CC_OK, 0x10, 1 },
    { "FRU 0", { 0 }, 1, CC_OK, 0x10, 1 },
    { "no such FRU", { 9 }, 1, CC_NOT_PRESENT, 0, 0 },
    { "a key type and no key", { 0, 0 }, 2, CC_LENGTH, 0, 0 },
    { "hardware address", { 0, 0, 0x41 }, 3, CC_OK, 0x41, 3 },
    { "hardware address of nobody", { 0, 0, 0x42 }, 3, CC_NOT_PRESENT, 0, 0 },
    { "IPMB address", { 0, 1, 0x5e }, 3, CC_OK, 0x2f, 1 },
    { "site", { 0, 3, 3, SITE_BOARD }, 4, CC_OK, 0x41, 3 },
    { "site of nobody", { 0, 3, 4, SITE_BOARD }, 4, CC_NOT_PRESENT, 0, 0 },
    { "site without its type", { 0, 3, 3 }, 3, CC_LENGTH, 0, 0 },
    { "reserved key type", { 0, 2, 3, 0 }, 4, CC_INVALID_FIELD, 0, 0 },
};

START_TEST(tells_where_things_are)
{
    uint8_t data[5] = { GROUP_PICMG };
    struct answer *a;

    memcpy(data + 1, addresses[_i].data, 4);
    a = mcworld_ask(&w, w.mc, NETFN_GROUP, 0x01, data, addresses[_i].len + 1);
    ck_assert_msg(a->cc == addresses[_i].cc, "%s: %02Xh", addresses[_i].why, a->cc);
    if (a->cc == CC_OK)
        ck_assert_msg(a->data[1] == addresses[_i].hw &&
                          a->data[2] == addresses[_i].hw << 1 &&
                          a->data[5] == addresses[_i].site,
                      "%s", addresses[_i].why);
}
END_TEST

START_TEST(tells_only_of_itself_where_it_is_no_manager)
{
    ck_answer(picmg_board(0x01), CC_OK, 0, 0x41, 0x82, 0xff, 0, 3, SITE_BOARD);
    ck_cc(picmg_board(0x01, 0, 0, 0x10), CC_NOT_PRESENT);
}
END_TEST

/* A FRU's record is searched for behind the one that is named. */
START_TEST(finds_one_locator_after_the_other)
{
    static const uint8_t own[16] = { 1, 0, 0x51, 0x12, 11, BOARD };
    static const uint8_t fru[16] = { 2, 0, 0x51, 0x11, 11, BOARD, 1, 0x80 };
    static const uint8_t again[16] = { 3, 0, 0x51, 0x12, 11, BOARD };
    static const struct machine_sdr records[] = {
        { .record = { own, sizeof own } },
        { .record = { fru, sizeof fru } },
        { .record = { again, sizeof again } },
    };

    board_facts.device_sdrs[0] = records;
    board_facts.device_sdr_count[0] = 3;
    ck_answer(picmg_board(0x0d, 0), CC_OK, 0, 1, 0);
    ck_answer(picmg_board(0x0d, 0, 0, 0), CC_OK, 0, 1, 0);
    ck_answer(picmg_board(0x0d, 0, 1, 0), CC_OK, 0, 3, 0);
    ck_cc(picmg_board(0x0d, 0, 3, 0), CC_NOT_PRESENT);
    ck_cc(picmg_board(0x0d, 0, 1), CC_LENGTH);
    ck_cc(picmg_board(0x0d, 9), CC_INVALID_FIELD);
}
END_TEST

/* ---- activation ---- */

START_TEST(goes_out_and_comes_back_by_its_handle)
{
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M4);
    ck_assert(mc_fru_handle(board, 0, true));
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M5);
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M1);
    ck_assert(mc_fru_handle(board, 0, false));
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M4);
    ck_assert_uint_eq(logged(), 6);
}
END_TEST

/* Cause and state before, and FRU, of each change. */
START_TEST(logs_each_change_with_its_cause)
{
    static const uint8_t data[][2] = {
        { 0xa5, SWAP_HANDLE << 4 | 4 },    { 0xa6, SWAP_COMMANDED << 4 | 5 },
        { 0xa1, SWAP_NORMAL << 4 | 6 },    { 0xa2, SWAP_HANDLE << 4 | 1 },
        { 0xa3, SWAP_COMMANDED << 4 | 2 }, { 0xa4, SWAP_NORMAL << 4 | 3 },
    };

    mc_fru_handle(board, 0, true);
    mcworld_run(&w, SPAN_S(5));
    mc_fru_handle(board, 0, false);
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(logged(), 6);
    for (unsigned i = 0; i < 6; i++) {
        const uint8_t *r = record(i + 1);

        ck_assert_uint_eq(r[0], BOARD);
        ck_assert_uint_eq(r[3], SENSOR_HOT_SWAP);
        ck_assert_uint_eq(r[4], SWAP);
        ck_assert_uint_eq(r[5], 0x6f);
        ck_assert_uint_eq(r[6], data[i][0]);
        ck_assert_uint_eq(r[7], data[i][1]);
        ck_assert_uint_eq(r[8], 0);
    }
}
END_TEST

START_TEST(stays_inactive_when_it_was_deactivated_by_command)
{
    ck_answer(picmg_board(0x0c, 0, 0), CC_OK, 0);
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M6);
    mcworld_run(&w, SPAN_S(10));
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M1);
    ck_answer(picmg_board(0x0b, 0), CC_OK, 0, POLICY_LOCKED);
    ck_answer(picmg_board(0x0c, 0, 1), CC_OK, 0);
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M3);
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M4);
    ck_answer(picmg_board(0x0b, 0), CC_OK, 0, POLICY_DEACTIVATION);
}
END_TEST

/* The operator who comes with the handle wins over who locked it from afar. */
START_TEST(is_unlocked_by_its_handle)
{
    ck_answer(picmg_board(0x0c, 0, 0), CC_OK, 0);
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M1);
    ck_assert(mc_fru_handle(board, 0, true));
    ck_answer(picmg_board(0x0b, 0), CC_OK, 0, 0);
    ck_assert(mc_fru_handle(board, 0, false));
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M4);
}
END_TEST

/* It goes as if its handle were opened, and, since that is closed, stays. */
START_TEST(goes_out_when_its_deactivation_is_unlocked)
{
    ck_answer(picmg_board(0x0b, 0), CC_OK, 0, POLICY_DEACTIVATION);
    ck_answer(picmg_board(0x0a, 0, POLICY_DEACTIVATION, POLICY_DEACTIVATION), CC_OK, 0);
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M4);
    ck_answer(picmg_board(0x0a, 0, POLICY_DEACTIVATION, 0), CC_OK, 0);
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M5);
    mcworld_run(&w, SPAN_S(10));
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M1);
    ck_answer(picmg_board(0x0b, 0), CC_OK, 0, POLICY_LOCKED);
}
END_TEST

START_TEST(turns_round_when_it_is_told_to_on_its_way_out)
{
    picmg_board(0x0c, 0, 0);
    ck_answer(picmg_board(0x0c, 0, 1), CC_OK, 0);
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M6);
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M4);
}
END_TEST

START_TEST(starts_when_it_is_unlocked)
{
    ck_answer(picmg_board(0x0c, 0, 0), CC_OK, 0);
    mcworld_run(&w, SPAN_S(10));
    ck_answer(picmg_board(0x0a, 0, POLICY_LOCKED, 0), CC_OK, 0);
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M4);
}
END_TEST

START_TEST(has_two_policies_and_two_commands)
{
    ck_cc(picmg_board(0x0a, 0, 4, 4), CC_INVALID_FIELD);
    ck_cc(picmg_board(0x0c, 0, 2), CC_INVALID_FIELD);
    ck_cc(picmg_board(0x0c, 1, 1), CC_INVALID_FIELD);
}
END_TEST

START_TEST(cannot_be_activated_with_an_open_handle)
{
    mc_fru_handle(board, 0, true);
    mcworld_run(&w, SPAN_S(5));
    ck_cc(picmg_board(0x0c, 0, 1), CC_STATE);
}
END_TEST

START_TEST(is_pulled_out_and_put_in)
{
    const uint8_t *r;

    ck_assert(mc_fru_presence(board, 0, false));
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M0);
    r = record(1);
    ck_assert_uint_eq(r[6], 0xa0);
    ck_assert_uint_eq(r[7], SWAP_EXTRACTED << 4 | 4);
    ck_assert(mc_fru_presence(board, 0, true));
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M1);
    mc_fru_handle(board, 0, false);
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M4);
    ck_assert(!mc_fru_presence(board, 9, true));
}
END_TEST

START_TEST(is_lost_when_it_does_not_answer)
{
    const uint8_t *r;

    mc_fru_handle(board, 0, true);
    mcworld_run(&w, SPAN_MS(8));
    mc_set_enabled(board, false);
    mcworld_run(&w, SPAN_S(20));
    ck_assert_uint_eq(logged(), 2);
    r = record(2);
    ck_assert_uint_eq(r[0], BOARD);
    ck_assert_uint_eq(r[4], SWAP);
    ck_assert_uint_eq(r[6], 0xa7);
    ck_assert_uint_eq(r[7], SWAP_LOST << 4 | PICMG_M5);
    mc_set_enabled(board, true);
    mc_fru_handle(board, 0, false);
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(logged(), 4);
    r = record(3);
    ck_assert_uint_eq(r[6], 0xa4);
    ck_assert_uint_eq(r[7], SWAP_HANDLE << 4 | PICMG_M5);
    r = record(4);
    ck_assert_uint_eq(r[6], 0xa4);
    ck_assert_uint_eq(r[7], SWAP_LOST << 4 | PICMG_M7);
}
END_TEST

START_TEST(switches_the_host_of_the_manager)
{
    ck_assert(host_power_good(w.host));
    ck_answer(picmg(0x0c, 0, 0), CC_OK, 0);
    mcworld_run(&w, SPAN_S(10));
    ck_assert(!host_power_good(w.host));
    ck_assert_uint_eq(state_of(w.mc, HS_BMC), 1u << PICMG_M1);
    ck_answer(picmg(0x0c, 0, 1), CC_OK, 0);
    mcworld_run(&w, SPAN_S(10));
    ck_assert(host_power_good(w.host));
}
END_TEST

START_TEST(controls_a_payload)
{
    ck_answer(picmg(0x1e, 0), CC_OK, 0, 0x0e);
    ck_answer(picmg_board(0x1e, 0), CC_OK, 0, 0x06);
    ck_cc(picmg(0x04, 0, 0), CC_OK);
    ck_cc(picmg(0x04, 0, 3), CC_OK);
    ck_cc(picmg_board(0x04, 0, 3), CC_INVALID_FIELD);
    ck_cc(picmg(0x04, 0, 9), CC_INVALID_FIELD);
    ck_cc(picmg(0x04, 9, 0), CC_INVALID_FIELD);
    ck_cc(picmg_board(0x04, 0, 2), CC_OK);
    ck_answer(picmg_board(0x08, 0, 2), CC_OK, 0, 1, 45, 45, LED_GREEN);
    ck_answer(picmg_board(0x0c, 0, 0), CC_OK, 0);
    mcworld_run(&w, SPAN_S(5));
    ck_cc(picmg_board(0x04, 0, 0), CC_STATE);
}
END_TEST

START_TEST(keeps_the_locks_that_are_kept)
{
    picmg(0x0a, 0, 3, 3);
    picmg(0x07, 0, 1, LED_ON, 0, LED_RED);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(5));
    ck_answer(picmg(0x0b, 0), CC_OK, 0, POLICY_LOCKED | POLICY_DEACTIVATION);
    ck_answer(picmg(0x08, 0, 1), CC_OK, 0, 1, LED_OFF, 0, LED_RED);
}
END_TEST

/* ---- LEDs ---- */

START_TEST(has_leds)
{
    ck_answer(picmg_board(0x05, 0), CC_OK, 0, 0x0f, 0);
    ck_answer(picmg_board(0x06, 0, 0), CC_OK, 0, 1u << LED_BLUE, LED_BLUE, LED_BLUE);
    ck_answer(picmg_board(0x06, 0, 1), CC_OK, 0, 1u << LED_RED | 1u << LED_AMBER, LED_RED,
              LED_RED);
    ck_cc(picmg_board(0x06, 0, 4), CC_INVALID_FIELD);
    ck_cc(picmg_board(0x08, 0, 4), CC_INVALID_FIELD);
    ck_cc(picmg_board(0x05, 3), CC_INVALID_FIELD);
}
END_TEST

START_TEST(shows_its_state_in_blue)
{
    ck_answer(picmg_board(0x08, 0, 0), CC_OK, 0, 1, LED_OFF, 0, LED_BLUE);
    mc_fru_handle(board, 0, true);
    ck_answer(picmg_board(0x08, 0, 0), CC_OK, 0, 1, 90, 10, LED_BLUE);
    mcworld_run(&w, SPAN_S(5));
    ck_answer(picmg_board(0x08, 0, 0), CC_OK, 0, 1, LED_ON, 0, LED_BLUE);
}
END_TEST

START_TEST(obeys_an_override_until_local_control_is_restored)
{
    ck_answer(picmg_board(0x07, 0, 1, 50, 20, LED_AMBER), CC_OK, 0);
    ck_answer(picmg_board(0x08, 0, 1), CC_OK, 0, 3, LED_OFF, 0, LED_RED, 50, 20,
              LED_AMBER);
    ck_answer(picmg_board(0x07, 0, 1, LED_ON, 0, LED_SAME), CC_OK, 0);
    ck_answer(picmg_board(0x08, 0, 1), CC_OK, 0, 3, LED_OFF, 0, LED_RED, LED_ON, 0,
              LED_AMBER);
    ck_answer(picmg_board(0x07, 0, 1, LED_LOCAL, 0, LED_SAME), CC_OK, 0);
    ck_answer(picmg_board(0x08, 0, 1), CC_OK, 0, 1, LED_OFF, 0, LED_RED);
    ck_answer(picmg_board(0x07, 0, 1, LED_LOCAL, 0, LED_AMBER), CC_OK, 0);
    ck_answer(picmg_board(0x08, 0, 1), CC_OK, 0, 1, LED_OFF, 0, LED_AMBER);
    ck_answer(picmg_board(0x07, 0, 1, LED_LOCAL, 0, LED_DEFAULT), CC_OK, 0);
    ck_answer(picmg_board(0x08, 0, 1), CC_OK, 0, 1, LED_OFF, 0, LED_RED);
    ck_answer(picmg_board(0x07, 0, 1, LED_OFF, 0, 0), CC_OK, 0);
    ck_answer(picmg_board(0x08, 0, 1), CC_OK, 0, 3, LED_OFF, 0, LED_RED, LED_OFF, 0, LED_RED);
}
END_TEST

START_TEST(tests_its_lamps_for_a_while)
{
    ck_answer(picmg_board(0x07, 0, LED_ALL, LED_TEST, 20, LED_DEFAULT), CC_OK, 0);
    ck_answer(picmg_board(0x08, 0, 2), CC_OK, 0, 5, LED_ON, 0, LED_GREEN, LED_OFF, 0,
              LED_GREEN, 20);
    mcworld_run(&w, SPAN_S(2));
    ck_answer(picmg_board(0x08, 0, 2), CC_OK, 0, 1, LED_ON, 0, LED_GREEN);
}
END_TEST

static const struct {
    const char *why;
    uint8_t led, function, on_time, colour;
} bad_leds[] = {
    { "no such LED", 4, LED_ON, 0, LED_DEFAULT },
    { "reserved function", 0, 0xfd, 0, LED_DEFAULT },
    { "blinking, never on", 0, 50, 0, LED_DEFAULT },
    { "too long a test", 0, LED_TEST, 128, LED_DEFAULT },
    { "a colour it has not", 0, LED_ON, 0, LED_RED },
    { "no colour", 0, LED_ON, 0, 7 },
    { "no colour, of all", LED_ALL, LED_ON, 0, 7 },
    { "reserved bits of a colour, of all", LED_ALL, LED_ON, 0, 0x10 | LED_RED },
};

START_TEST(refuses_what_no_led_does)
{
    ck_assert_msg(picmg_board(0x07, 0, bad_leds[_i].led, bad_leds[_i].function,
                              bad_leds[_i].on_time, bad_leds[_i].colour)
                          ->cc == CC_INVALID_FIELD,
                  "%s", bad_leds[_i].why);
}
END_TEST

/* ---- links ---- */

START_TEST(keeps_the_state_of_its_ports)
{
    ck_answer(picmg_board(0x0f, 0x41), CC_OK, 0);
    ck_answer(picmg_board(0x0e, 0x41, 0x21, 0, 0, 1), CC_OK, 0);
    ck_answer(picmg_board(0x0e, 0x41, 0x22, 0, 0, 0), CC_OK, 0);
    ck_answer(picmg_board(0x0f, 0x41), CC_OK, 0, 0x41, 0x21, 0, 0, 1, 0x41, 0x22, 0, 0,
              0);
    ck_answer(picmg_board(0x0e, 0x41, 0x21, 0, 0, 0), CC_OK, 0);
    ck_answer(picmg_board(0x0f, 0x41), CC_OK, 0, 0x41, 0x21, 0, 0, 0, 0x41, 0x22, 0, 0,
              0);
    ck_cc(picmg_board(0x0e, 0x41, 0x21, 0, 0, 2), CC_INVALID_FIELD);
    ck_cc(picmg_board(0x0e, 0xc1, 0x21, 0, 0, 1), CC_INVALID_FIELD);
    ck_cc(picmg_board(0x0f, 0xc1), CC_INVALID_FIELD);
}
END_TEST

START_TEST(disables_its_ports_with_its_payload)
{
    picmg_board(0x0e, 0x41, 0x21, 0, 0, 1);
    picmg_board(0x0c, 0, 0);
    ck_answer(picmg_board(0x0f, 0x41), CC_OK, 0, 0x41, 0x21, 0, 0, 0);
}
END_TEST

START_TEST(keeps_amc_ports_and_clocks)
{
    ck_answer(picmg_board(0x19, 2, 0x21, 0, 0, 1, 5), CC_OK, 0);
    ck_answer(picmg_board(0x1a, 2, 5), CC_OK, 0, 0x21, 0, 0, 1);
    ck_answer(picmg_board(0x1a, 2), CC_OK, 0);
    ck_cc(picmg_board(0x19, 2, 0x21, 0, 0, 1, 0x15), CC_INVALID_FIELD);
    ck_cc(picmg_board(0x1a, 2, 0x15), CC_INVALID_FIELD);
    ck_cc(picmg_board(0x2d, 1, 0), CC_NOT_PRESENT);
    ck_answer(picmg_board(0x2c, 1, 3, 0x0c, 1, 20, 0x00, 0xe1, 0xf5, 0x05, 0), CC_OK, 0);
    ck_answer(picmg_board(0x2d, 1, 0), CC_OK, 0, 0x0c, 3, 1, 20, 0x00, 0xe1, 0xf5, 0x05);
    ck_answer(picmg_board(0x2c, 1, 3, 0x04, 1, 20, 0x00, 0xe1, 0xf5, 0x05, 0), CC_OK, 0);
    ck_answer(picmg_board(0x2d, 1, 0), CC_OK, 0, 0x04);
    ck_answer(picmg_board(0x3b, 0x41, 4), CC_OK, 0);
    ck_answer(picmg_board(0x3c, 0x41), CC_OK, 0, 0x41, 4);
    ck_answer(picmg_board(0x3c, 0x42), CC_OK, 0, 0x42, 0);
}
END_TEST

START_TEST(has_a_bound_on_its_links)
{
    for (unsigned i = 0; i < PICMG_LINKS_MAX; i++)
        ck_cc(picmg_board(0x0e, (uint8_t)i, 0, 0, 0, 1), CC_OK);
    ck_cc(picmg_board(0x0e, 0xbf, 0, 0, 0, 1), CC_NO_SPACE);
    ck_cc(picmg_board(0x0e, 5, 0, 0, 0, 0), CC_OK);
}
END_TEST

START_TEST(isolates_a_bus_and_says_so)
{
    ck_answer(picmg_board(0x18, 0, 1), CC_OK, 0, 1, LINK);
    ck_answer(picmg_board(0x18, 1, LINK), CC_OK, 0, 1, LINK);
    ck_cc(picmg_board(0x18, 0, 2), CC_NOT_PRESENT);
    ck_answer(picmg_board(0x09, 0, 0xff), CC_OK, 0);
    ck_assert_uint_eq(state_of(board, LINK), 1u << 2);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(logged(), 1);
    ck_answer(picmg_board(0x09, 1, 0xff), CC_OK, 0);
    ck_assert_uint_eq(state_of(board, LINK), 1u << 3);
    ck_cc(picmg_board(0x09, 5 << 1, 0xff), CC_INVALID_FIELD);
}
END_TEST

START_TEST(is_out_of_reach_when_both_buses_are_isolated)
{
    ck_answer(picmg_board(0x09, 0, 0), CC_OK, 0);
    ck_assert_uint_eq(state_of(board, LINK), 1u << 0);
    mcworld_run(&w, SPAN_S(1));
    ck_assert(!ipmb_port_attached(board->port));
    ck_answer(picmg_board(0x09, 1, 0), CC_OK, 0);
    ck_assert(ipmb_port_attached(board->port));
}
END_TEST

START_TEST(shares_bused_resources)
{
    ck_answer(picmg_board(0x17, 0, 1), CC_OK, 0, 1);
    ck_answer(picmg_board(0x17, 3, 1), CC_OK, 0, 0);
    ck_answer(picmg_board(0x17, 0, 1), CC_OK, 0, 0);
    ck_answer(picmg_board(0x17, 1, 1), CC_OK, 0, 0);
    ck_answer(picmg_board(0x17, 1, 1), CC_OK, 0, 2);
    ck_cc(picmg_board(0x17, 0, 5), CC_INVALID_FIELD);
    w.who = (struct asker){ .channel = CHANNEL_PRIMARY_IPMB,
                            .privilege = PRIV_SYSTEM,
                            .rq_addr = 0x82 };
    ck_answer(picmg(0x17, 0, 2), CC_OK, 0, 0);
    w.who.rq_addr = 0x84;
    ck_answer(picmg(0x17, 0, 2), CC_OK, 0, 1);
    ck_answer(picmg(0x17, 1, 2), CC_OK, 0, 1);
    w.who.rq_addr = 0x82;
    ck_answer(picmg(0x17, 1, 2), CC_OK, 0, 0);
}
END_TEST

/* ---- power and fans ---- */

START_TEST(has_power_levels)
{
    ck_answer(picmg_board(0x12, 0, 0), CC_OK, 0, 0x83, 0, 10, 20, 90, 150);
    ck_answer(picmg_board(0x11, 0, 2, 0), CC_OK, 0);
    ck_answer(picmg_board(0x12, 0, 0), CC_OK, 0, 0x82, 0, 10, 20, 90, 150);
    ck_answer(picmg_board(0x12, 0, 1), CC_OK, 0, 0x83, 0, 10, 20, 90, 150);
    ck_answer(picmg_board(0x11, 0, 0xff, 1), CC_OK, 0);
    ck_answer(picmg_board(0x12, 0, 0), CC_OK, 0, 0x82, 0, 10, 20, 90, 150);
    ck_answer(picmg_board(0x12, 0, 2), CC_OK, 0, 0x81, 5, 10, 20, 90, 150);
    ck_cc(picmg_board(0x11, 0, 4, 0), CC_INVALID_FIELD);
    ck_cc(picmg_board(0x11, 0, 1, 2), CC_INVALID_FIELD);
    ck_cc(picmg_board(0x12, 0, 4), CC_INVALID_FIELD);
    ck_answer(picmg_board(0x11, 0, 0, 0), CC_OK, 0);
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M6);
    mcworld_run(&w, SPAN_S(5));
    ck_cc(picmg_board(0x11, 0, 2, 1), CC_STATE);
    ck_answer(picmg_board(0x12, 0, 0), CC_OK, 0, 0x80, 0, 10, 20, 90, 150);
}
END_TEST

START_TEST(is_granted_the_power_it_wants)
{
    picmg_board(0x0c, 0, 0);
    mcworld_run(&w, SPAN_S(5));
    ck_answer(picmg(0x22, 0), CC_OK, 0, 0, 0, 0, 0);
    picmg_board(0x0c, 0, 1);
    mcworld_run(&w, SPAN_S(5));
    ck_answer(picmg(0x22, 0), CC_OK, 0, 1, 0, 150, 0);
    ck_answer(picmg_board(0x12, 0, 0), CC_OK, 0, 0x83, 0, 10, 20, 90, 150);
    picmg_board(0x0c, 0, 0);
    mcworld_run(&w, SPAN_S(5));
    ck_answer(picmg(0x22, 0), CC_OK, 0, 2, 0, 0, 0);
    ck_cc(picmg(0x22, 1), CC_INVALID_FIELD);
}
END_TEST

START_TEST(turns_its_fans)
{
    uint16_t states;
    uint8_t raw;

    ck_answer(picmg(0x14, 0), CC_OK, 0, 0, 15, 5, 0x80);
    ck_answer(picmg(0x16, 0), CC_OK, 0, 0xff, 5, 1);
    ck_answer(picmg(0x15, 0, 10), CC_OK, 0);
    ck_answer(picmg(0x16, 0), CC_OK, 0, 10, 5, 1);
    ck_assert(mc_sensor_raw(w.mc, 0, 7, &raw, &states));
    ck_assert_uint_eq(raw, 100);
    ck_answer(picmg(0x15, 0, 2, 1), CC_OK, 0);
    ck_assert(mc_sensor_raw(w.mc, 0, 7, &raw, &states));
    ck_assert_uint_eq(raw, 50);
    ck_answer(picmg(0x15, 0, 2, 0), CC_OK, 0);
    ck_assert(mc_sensor_raw(w.mc, 0, 7, &raw, &states));
    ck_assert_uint_eq(raw, 20);
    ck_answer(picmg(0x15, 0, FAN_SHUTDOWN), CC_OK, 0);
    ck_assert(mc_sensor_raw(w.mc, 0, 7, &raw, &states));
    ck_assert_uint_eq(raw, 0);
    ck_answer(picmg(0x15, 0, FAN_BY_LOCAL, 0), CC_OK, 0);
    ck_assert(mc_sensor_raw(w.mc, 0, 7, &raw, &states));
    ck_assert_uint_eq(raw, 50);
    ck_answer(picmg(0x16, 0), CC_OK, 0, 0xff, 5, 0);
    ck_cc(picmg(0x15, 0, 16), CC_INVALID_FIELD);
}
END_TEST

/* ---- the shelf manager ---- */

START_TEST(keeps_the_shelf_address)
{
    ck_answer(picmg(0x02), CC_OK, 0, 0xc0);
    ck_answer(picmg(0x03, 0xc3, 'R', '1', '2'), CC_OK, 0);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(2));
    ck_answer(picmg(0x02), CC_OK, 0, 0xc3, 'R', '1', '2');
    ck_cc(picmg(0x03, 0xc4, 'R', '1', '2'), CC_INVALID_FIELD);
}
END_TEST

START_TEST(tells_how_it_is_reached)
{
    ck_answer(picmg(0x1b), CC_OK, 0, 0x20, 0xff);
    ck_answer(picmg(0x21, 0), CC_OK, 0, 0, 0, 0, 0, 1, SITE_MANAGER, 1, 60, 0x81, 192, 0, 2,
              10, 0x02, 0x6f);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 8, 0x23, 0x01), CC_OK);
    ck_answer(picmg(0x21, 0), CC_OK, 0, 0, 0, 0, 0, 1, SITE_MANAGER, 1, 60, 0x81, 192, 0, 2,
              10, 0x01, 0x23);
    ck_cc(picmg(0x21, 1), CC_NOT_PRESENT);
}
END_TEST

START_TEST(lets_a_fan_policy_run_out)
{
    ck_answer(picmg(0x1d, 1), CC_OK, 0, 1);
    ck_answer(picmg(0x1c, 1, 0, 1), CC_OK, 0);
    ck_answer(picmg(0x1d, 1), CC_OK, 0, 0);
    mcworld_run(&w, SPAN_S(9));
    ck_answer(picmg(0x1d, 1), CC_OK, 0, 0);
    mcworld_run(&w, SPAN_S(1));
    ck_answer(picmg(0x1d, 1), CC_OK, 0, 1);
    ck_answer(picmg(0x1c, 1, 0, 0xff, 3, 0), CC_OK, 0);
    ck_answer(picmg(0x1d, 1, 3, 0), CC_OK, 0, 0, 1);
    ck_answer(picmg(0x1d, 1), CC_OK, 0, 1);
    ck_cc(picmg(0x1c, 1, 2), CC_INVALID_FIELD);
}
END_TEST

START_TEST(has_alarms_and_places)
{
    ck_answer(picmg(0x29, 0), CC_OK, 0, 0x0f);
    ck_answer(picmg(0x2a, 0, 5), CC_OK, 0);
    ck_answer(picmg(0x2b, 0), CC_OK, 0, 5);
    ck_cc(picmg(0x2a, 0, 0x10), CC_INVALID_FIELD);
    ck_answer(picmg(0x23, 0, SITE_BOARD, 3), CC_OK, 0, 2, 1, 0, 30, 0, 0, 0);
    ck_cc(picmg(0x23, 0, SITE_BOARD, 9), CC_NOT_PRESENT);
}
END_TEST

static void
make_inventory(void)
{
    static const struct fru_header header = { .offset = { 0 } };

    memset(inventory, 0, sizeof inventory);
    fru_header_build(&header, inventory);
}

START_TEST(writes_an_inventory_as_a_whole)
{
    struct answer *a = picmg(0x1f, 0, 1, 0, 0);

    make_inventory();
    ck_answer(a, CC_OK, 0, 1, 0, 0, 0, 0, 0);
    ck_cc(picmg(0x1f, 0, 1, 0, 0), CC_CMD_81);
    ck_answer(picmg(0x20, 0, 1, 0, 40, 0, 'x', 'y'), CC_OK, 0, 2);
    ck_answer(ask(&w, NETFN_STORAGE, 0x11, 0, 40, 0, 2), CC_OK, 2, 0, 0);
    ck_cc(picmg(0x20, 0, 2, 0, 40, 0, 'x', 'y'), CC_CMD_80);
    ck_cc(picmg(0x20, 0, 1, 0, 63, 0, 'x', 'y'), CC_RANGE);
    a = picmg(0x1f, 0, 3, 1, 0);
    ck_cc(a, CC_OK);
    ck_assert_uint_ne(a->data[3] | a->data[4] | a->data[5] | a->data[6], 0);
    ck_answer(ask(&w, NETFN_STORAGE, 0x11, 0, 40, 0, 2), CC_OK, 2, 'x', 'y');
    ck_cc(picmg(0x1f, 0, 3, 1, 0), CC_CMD_81);
}
END_TEST

START_TEST(commits_no_rubbish)
{
    make_inventory();
    ck_cc(picmg(0x1f, 0, 1, 0, 0), CC_OK);
    ck_cc(picmg(0x20, 0, 1, 0, 0, 0, 0xff), CC_OK);
    ck_cc(picmg(0x1f, 0, 3, 1, 0), CC_CMD_80);
    ck_cc(picmg(0x1f, 0, 2, 1, 0), CC_OK);
    ck_answer(ask(&w, NETFN_STORAGE, 0x11, 0, 0, 0, 1), CC_OK, 1, 1);
    ck_cc(picmg(0x1f, 0, 4, 1, 0), CC_INVALID_FIELD);
    ck_cc(picmg(0x1f, 9, 0, 0, 0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(lets_a_lock_run_out)
{
    ck_cc(picmg(0x1f, 0, 1, 0, 0), CC_OK);
    mcworld_run(&w, DRAFT_TIMEOUT);
    ck_answer(picmg(0x1f, 0, 1, 0, 0), CC_OK, 0, 2, 0, 0, 0, 0, 0);
}
END_TEST

/* ---- VITA ---- */

static void
begin_vita(void)
{
    describe(false);
    mcworld_begin(&w);
    board = mcworld_add(&w, &board_facts);
}

#define vita(cmd, ...)       ask(&w, NETFN_GROUP, cmd, GROUP_VITA, __VA_ARGS__)
#define vita_board(cmd, ...) ask_of(&w, board, NETFN_GROUP, cmd, GROUP_VITA, __VA_ARGS__)

START_TEST(keeps_the_promises_of_vita)
{
    mcworld_check_rows(&w, &vita_commands, 0);
    ck_answer(vita(0x00), CC_OK, 3, 0x11, 1, 0, 0x11, 0, 0);
    ck_answer(vita_board(0x00), CC_OK, 3, 0, 1, 0, 0x11, 0, 0);
    ck_cc(ask(&w, NETFN_GROUP, 0x00, GROUP_PICMG), CC_INVALID_COMMAND);
    ck_cc(vita_board(0x02), CC_INVALID_COMMAND);
    ck_answer(vita_board(0x40), CC_OK, 3, 0x41, 0x82, 0xff, 0, 3, SITE_BOARD);
}
END_TEST

START_TEST(activates_without_asking)
{
    ck_answer(vita_board(0x0c, 0, 0), CC_OK, 3);
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M1);
    ck_answer(vita_board(0x0c, 0, 1), CC_OK, 3);
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M4);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(logged(), 3);
}
END_TEST

START_TEST(heeds_four_policies)
{
    ck_answer(vita_board(0x0a, 0, 0x0f, 0x0c), CC_OK, 3);
    ck_answer(vita_board(0x0b, 0), CC_OK, 3, 0x0c);
    ck_cc(vita_board(0x0c, 0, 0), CC_STATE);
    ck_cc(vita_board(0x0a, 0, 0x10, 0x10), CC_INVALID_FIELD);
    ck_answer(vita_board(0x0a, 0, POLICY_DEACTIVATION, POLICY_DEACTIVATION), CC_OK, 3);
    mc_fru_handle(board, 0, true);
    ck_assert_uint_eq(state_of(board, SWAP), 1u << PICMG_M4);
    mc_cold_reset(board);
    mcworld_run(&w, SPAN_S(5));
    ck_answer(vita_board(0x0b, 0), CC_OK, 3, POLICY_LOCKED_BY_RESET | POLICY_LOCKED);
}
END_TEST

START_TEST(holds_a_host_in_reset)
{
    ck_answer(vita(0x43, 0), CC_OK, 3, 3);
    ck_answer(vita(0x42, 0, 1, 1), CC_OK, 3);
    mcworld_run(&w, SPAN_S(2));
    ck_assert(!host_power_good(w.host));
    ck_answer(vita(0x41, 0), CC_OK, 3, 1);
    ck_answer(vita(0x42, 0, 1, 0), CC_OK, 3);
    mcworld_run(&w, SPAN_S(2));
    ck_assert(host_power_good(w.host));
    ck_cc(vita(0x42, 0, 4, 0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(tells_sensors_hash_and_mode)
{
    uint8_t hash[5];
    struct answer *a;

    make_inventory();
    ck_answer(vita(0x44, 0), CC_OK, 3, HS_BMC, 0xff, 0xff, 0xff, 0xff, 0xff);
    a = vita(0x45, 0);
    ck_cc(a, CC_OK);
    memcpy(hash, a->data, 5);
    ask(&w, NETFN_STORAGE, 0x12, 0, 50, 0, 'z');
    a = vita(0x45, 0);
    ck_assert(memcmp(hash, a->data, 5) != 0);
    ck_answer(vita(0x47, 0, 1), CC_OK, 3);
    ck_answer(vita(0x46, 0), CC_OK, 3, 2, 1);
    ck_cc(vita(0x47, 0, 2), CC_INVALID_FIELD);
    ck_answer(vita(0x05, 0), CC_OK, 3, 0, 4);
    ck_answer(vita(0x06, 0, 0), CC_OK, 3, 2, 1, 1, 0);
    ck_answer(vita(0x09, 0xff, 0xff, 0), CC_OK, 3);
    ck_answer(vita(0x1e, 0), CC_OK, 3, 0x1f);
    ck_cc(vita(0x04, 0, CONTROL_QUIESCE), CC_INVALID_FIELD);
    ck_answer(vita(0x21, 0), CC_OK, 3, 0, 0, 0, 0, 1, SITE_MANAGER, 1, 60, 0x80, 192, 0, 2, 10,
              0x02, 0x6f);
}
END_TEST

/* ---- power modules ---- */

static const struct machine_site module_sites[] = { { 0x41, SITE_POWER_MODULE, 2 } };

static void
begin_module(void)
{
    describe(true);
    w.shelf.sites = module_sites;
    w.shelf.site_count = 1;
    mcworld_begin(&w);
    board = mcworld_add(&w, &board_facts);
}

START_TEST(feeds_its_channels)
{
    ck_answer(picmg_board(0x00), CC_OK, 0, 0x05, 0, 0);
    ck_answer(picmg_board(0x24, 1, 3, 80, 2, 1), CC_OK, 0);
    ck_answer(picmg_board(0x25, 1, 2), CC_OK, 0, 16, 3, 7, 0);
    ck_answer(picmg_board(0x24, 1, 2, 80, 1, 2), CC_OK, 0);
    ck_answer(picmg_board(0x25, 1, 1), CC_OK, 0, 16, 3, 1);
    ck_answer(picmg_board(0x28, 20, 1), CC_OK, 0);
    ck_answer(picmg_board(0x27), CC_OK, 0, 3);
    mcworld_run(&w, SPAN_S(2));
    ck_answer(picmg_board(0x27), CC_OK, 0, 2);
    ck_answer(picmg_board(0x26, 0), CC_OK, 0);
    ck_answer(picmg_board(0x25, 1, 1), CC_OK, 0, 16, 3, 0);
    ck_cc(picmg_board(0x24, 17, 3, 0, 0, 0), CC_INVALID_FIELD);
    ck_cc(picmg_board(0x24, 1, 6, 0, 0, 0), CC_INVALID_FIELD);
    ck_cc(picmg_board(0x25, 16, 2), CC_INVALID_FIELD);
}
END_TEST

static TCase *
add_case(Suite *s, const char *name, void (*setup)(void))
{
    TCase *tc = tcase_create(name);

    tcase_add_checked_fixture(tc, setup, end);
    suite_add_tcase(s, tc);
    return tc;
}

static Suite *
picmg_suite(void)
{
    Suite *s = suite_create("sim/mc/picmg");
    TCase *tc = add_case(s, "picmg", begin);

    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, is_nowhere_but_in_a_shelf);
    tcase_add_test(tc, leaves_what_the_shelf_manager_does_to_it);
    tcase_add_loop_test(tc, tells_where_things_are, 0,
                        sizeof addresses / sizeof addresses[0]);
    tcase_add_test(tc, tells_only_of_itself_where_it_is_no_manager);
    tcase_add_test(tc, finds_one_locator_after_the_other);
    tcase_add_test(tc, goes_out_and_comes_back_by_its_handle);
    tcase_add_test(tc, logs_each_change_with_its_cause);
    tcase_add_test(tc, stays_inactive_when_it_was_deactivated_by_command);
    tcase_add_test(tc, is_unlocked_by_its_handle);
    tcase_add_test(tc, goes_out_when_its_deactivation_is_unlocked);
    tcase_add_test(tc, turns_round_when_it_is_told_to_on_its_way_out);
    tcase_add_test(tc, starts_when_it_is_unlocked);
    tcase_add_test(tc, has_two_policies_and_two_commands);
    tcase_add_test(tc, cannot_be_activated_with_an_open_handle);
    tcase_add_test(tc, is_pulled_out_and_put_in);
    tcase_add_test(tc, is_lost_when_it_does_not_answer);
    tcase_add_test(tc, switches_the_host_of_the_manager);
    tcase_add_test(tc, controls_a_payload);
    tcase_add_test(tc, keeps_the_locks_that_are_kept);
    tcase_add_test(tc, has_leds);
    tcase_add_test(tc, shows_its_state_in_blue);
    tcase_add_test(tc, obeys_an_override_until_local_control_is_restored);
    tcase_add_test(tc, tests_its_lamps_for_a_while);
    tcase_add_loop_test(tc, refuses_what_no_led_does, 0,
                        sizeof bad_leds / sizeof bad_leds[0]);
    tcase_add_test(tc, keeps_the_state_of_its_ports);
    tcase_add_test(tc, disables_its_ports_with_its_payload);
    tcase_add_test(tc, keeps_amc_ports_and_clocks);
    tcase_add_test(tc, has_a_bound_on_its_links);
    tcase_add_test(tc, isolates_a_bus_and_says_so);
    tcase_add_test(tc, is_out_of_reach_when_both_buses_are_isolated);
    tcase_add_test(tc, shares_bused_resources);
    tcase_add_test(tc, has_power_levels);
    tcase_add_test(tc, is_granted_the_power_it_wants);
    tcase_add_test(tc, turns_its_fans);
    tc = add_case(s, "shelf", begin);
    tcase_add_test(tc, keeps_the_shelf_address);
    tcase_add_test(tc, tells_how_it_is_reached);
    tcase_add_test(tc, lets_a_fan_policy_run_out);
    tcase_add_test(tc, has_alarms_and_places);
    tcase_add_test(tc, writes_an_inventory_as_a_whole);
    tcase_add_test(tc, commits_no_rubbish);
    tcase_add_test(tc, lets_a_lock_run_out);
    tc = add_case(s, "vita", begin_vita);
    tcase_add_test(tc, keeps_the_promises_of_vita);
    tcase_add_test(tc, activates_without_asking);
    tcase_add_test(tc, heeds_four_policies);
    tcase_add_test(tc, holds_a_host_in_reset);
    tcase_add_test(tc, tells_sensors_hash_and_mode);
    tc = add_case(s, "module", begin_module);
    tcase_add_test(tc, feeds_its_channels);
    return s;
}

int
main(void)
{
    return run_suite(picmg_suite());
}
