#include "sim/mc/firewall.h"

#include <string.h>

#include "sim/mc/firewall_subfn.h"
#include "sim/mc/mc_tables.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/records.h"
#include "tests/lib/run.h"

#define PRESENT 0x0e
#define UPPER 0x40
#define MASK 16

static struct mcworld w;

static void
begin(void)
{
    mcworld_describe(&w);
    w.machine.power_on = true;
    mcworld_begin(&w);
    mcworld_from_lan(&w, PRIV_ADMIN);
}

static void
end(void)
{
    mcworld_end(&w);
}

static bool
bit(const uint8_t *mask, unsigned n)
{
    return mask[n / 8] >> n % 8 & 1;
}

/* Set the enables of commands 00h .. 7Fh of a network function but for one. */
static uint8_t
set_all_but(uint8_t netfn, uint8_t cmd, bool enabled)
{
    uint8_t rq[3 + MASK] = { PRESENT, netfn, 0 };
    const struct answer *a = ask(&w, NETFN_APP, 0x61, PRESENT, netfn, 0);

    ck_cc(a, CC_OK);
    memcpy(rq + 3, a->data, MASK);
    rq[3 + cmd / 8] &= (uint8_t)~(1u << cmd % 8);
    if (enabled)
        rq[3 + cmd / 8] |= (uint8_t)(1u << cmd % 8);
    return mcworld_ask(&w, w.mc, NETFN_APP, 0x60, rq, sizeof rq)->cc;
}

static uint8_t
set_subs(uint8_t netfn, uint8_t cmd, uint32_t subs)
{
    return ask(&w, NETFN_APP, 0x62, PRESENT, netfn, 0, cmd, LE(subs), LE(subs >> 16))->cc;
}

static uint32_t
subs_enabled(uint8_t netfn, uint8_t cmd)
{
    const struct answer *a = ask(&w, NETFN_APP, 0x63, PRESENT, netfn, 0, cmd);

    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 4);
    return answer_le32(a, 0);
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &firewall_commands, 0);
}
END_TEST

START_TEST(lists_network_functions)
{
    const struct answer *a = ask(&w, NETFN_APP, 0x09, PRESENT);
    uint32_t lun0;

    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 17);
    ck_assert_uint_eq(a->data[0], 0x01);
    lun0 = answer_le32(a, 1);
    ck_assert_uint_eq(lun0 & 0x7f, 0x6d);      /* chassis, S/E, app, storage, transport */
    ck_assert(lun0 >> NETFN_GROUP / 2 & 1);
    ck_assert_uint_eq(answer_le32(a, 5), 0);
    ck_cc(ask(&w, NETFN_APP, 0x09, 5), CC_INVALID_FIELD);
}
END_TEST

START_TEST(lists_sensors_on_another_lun)
{
    static const struct machine_sensor sensors[] = {
        { .lun = 1, .number = 1, .type = 1, .event_type = 1 },
    };
    const struct answer *a;

    end();
    mcworld_describe(&w);
    w.machine.sensors = sensors;
    w.machine.sensor_count = 1;
    mcworld_begin(&w);
    a = ask(&w, NETFN_APP, 0x09, PRESENT);
    ck_assert_uint_eq(a->data[0], 0x05);
    ck_assert_uint_eq(answer_le32(a, 5), 1u << NETFN_SENSOR / 2);
}
END_TEST

START_TEST(lists_commands_with_the_sense_turned_round)
{
    const struct answer *a = ask(&w, NETFN_APP, 0x0a, PRESENT, NETFN_APP, 0);

    ck_assert_uint_eq(a->len, MASK);
    ck_assert(!bit(a->data, 0x01) && !bit(a->data, 0x60) && bit(a->data, 0x00));
    ck_assert_msg(bit(a->data, 0x31), "local only, and this is a LAN");
    a = ask(&w, NETFN_APP, 0x0a, CHANNEL_SYSTEM, NETFN_APP, 0);
    ck_assert(!bit(a->data, 0x31));
    a = ask(&w, NETFN_APP, 0x0a, PRESENT, UPPER | NETFN_APP, 0);
    for (unsigned i = 0; i < MASK; i++)
        ck_assert_uint_eq(a->data[i], 0xff);
}
END_TEST

START_TEST(lists_commands_of_a_group)
{
    const struct answer *a = ask(&w, NETFN_APP, 0x0a, PRESENT, NETFN_GROUP, 0, GROUP_DCMI);

    ck_assert(!bit(a->data, 0x02) && bit(a->data, 0x0d));
    a = ask(&w, NETFN_APP, 0x0a, PRESENT, NETFN_GROUP, 0, 0x77);
    ck_assert(bit(a->data, 0x02));
    a = ask(&w, NETFN_APP, 0x0a, PRESENT, NETFN_GROUP, 0);
    ck_assert_msg(!bit(a->data, 0x02), "all groups");
}
END_TEST

START_TEST(keeps_some_commands_from_being_disabled)
{
    const struct answer *a = ask(&w, NETFN_APP, 0x0c, PRESENT, NETFN_APP, 0);

    ck_assert(!bit(a->data, 0x01) && !bit(a->data, 0x60) && !bit(a->data, 0x3c));
    ck_assert(bit(a->data, 0x02) && bit(a->data, 0x24));
    ck_assert_uint_eq(set_all_but(NETFN_APP, 0x60, false), CC_CMD_80);
    ck_assert_uint_eq(set_all_but(NETFN_APP, 0x00, true), CC_CMD_80);
    ck_assert_ptr_null(w.mc->firewall);
}
END_TEST

START_TEST(refuses_a_disabled_command_on_its_channel_only)
{
    ck_cc(ask(&w, NETFN_STORAGE, 0x40), CC_OK);
    ck_assert_uint_eq(set_all_but(NETFN_STORAGE, 0x40, false), CC_OK);
    ck_cc(ask(&w, NETFN_STORAGE, 0x40), CC_PRIVILEGE);
    ck_cc(ask(&w, NETFN_STORAGE, 0x48), CC_OK);
    ck_assert(!bit(ask(&w, NETFN_APP, 0x61, PRESENT, NETFN_STORAGE, 0)->data, 0x40));
    mcworld_from_system(&w);
    ck_cc(ask(&w, NETFN_STORAGE, 0x40), CC_OK);
    ck_assert(bit(ask(&w, NETFN_APP, 0x61, PRESENT, NETFN_STORAGE, 0)->data, 0x40));
}
END_TEST

START_TEST(lets_a_command_be_enabled_again)
{
    set_all_but(NETFN_STORAGE, 0x40, false);
    ck_assert_ptr_nonnull(w.mc->gate.allows);
    ck_assert_uint_eq(ask(&w, NETFN_APP, 0x09, PRESENT)->data[0], 0x02);
    ck_assert_uint_eq(set_all_but(NETFN_STORAGE, 0x40, true), CC_OK);
    ck_cc(ask(&w, NETFN_STORAGE, 0x40), CC_OK);
    ck_assert_uint_eq(ask(&w, NETFN_APP, 0x09, PRESENT)->data[0], 0x01);
    ck_assert_ptr_null(w.mc->gate.allows);
}
END_TEST

START_TEST(disables_a_command_of_one_group)
{
    uint8_t rq[3 + MASK + 1] = { PRESENT, NETFN_GROUP, 0 };
    const struct answer *a = ask(&w, NETFN_APP, 0x61, PRESENT, NETFN_GROUP, 0, GROUP_DCMI);

    memcpy(rq + 3, a->data, MASK);
    rq[3] &= (uint8_t)~(1u << 2);
    rq[3 + MASK] = GROUP_DCMI;
    ck_cc(mcworld_ask(&w, w.mc, NETFN_APP, 0x60, rq, sizeof rq), CC_OK);
    ck_cc(ask(&w, NETFN_GROUP, 0x02, GROUP_DCMI, 1, 0, 0), CC_PRIVILEGE);
    ck_cc(ask(&w, NETFN_GROUP, 0x03, GROUP_DCMI, 0, 0), CC_CMD_80);
}
END_TEST

START_TEST(is_not_lost_by_a_cold_reset)
{
    set_all_but(NETFN_STORAGE, 0x40, false);
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
    ck_cc(ask(&w, NETFN_STORAGE, 0x40), CC_PRIVILEGE);
}
END_TEST

START_TEST(tells_what_its_sub_functions_are_numbered_by)
{
    ck_answer(ask(&w, NETFN_APP, 0x0b, PRESENT, NETFN_CHASSIS, 0, 0x02), CC_OK, 0x00, 0x20,
              0x10, 0xc1, 0xff, 0xff, 0xff);
    ck_answer(ask(&w, NETFN_APP, 0x0d, PRESENT, NETFN_CHASSIS, 0, 0x02), CC_OK, 0x3e, 0, 0, 0);
    ck_answer(ask(&w, NETFN_APP, 0x0d, PRESENT, NETFN_CHASSIS, 0, 0x01), CC_OK, 0, 0, 0, 0);
    ck_answer(ask(&w, NETFN_APP, 0x0d, PRESENT, NETFN_CHASSIS, 0, 0x77), CC_OK, 0, 0, 0, 0);
}
END_TEST

START_TEST(refuses_a_disabled_sub_function)
{
    ck_assert_uint_eq(set_subs(NETFN_CHASSIS, 0x02, 0x3e & ~(1u << 3)), CC_OK);
    ck_assert_uint_eq(subs_enabled(NETFN_CHASSIS, 0x02), 0x36);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 3), CC_SUBFN_DISABLED);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 1), CC_OK);
    ck_assert_uint_eq(set_subs(NETFN_CHASSIS, 0x02, 1), CC_CMD_80);
    ck_assert_uint_eq(set_subs(NETFN_CHASSIS, 0x02, 0x3e), CC_OK);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 3), CC_OK);
}
END_TEST

START_TEST(takes_no_sub_functions_where_there_are_none)
{
    ck_assert_uint_eq(set_subs(NETFN_CHASSIS, 0x01, 0), CC_OK);
    ck_assert_uint_eq(set_subs(NETFN_CHASSIS, 0x01, 1), CC_CMD_80);
    ck_assert_uint_eq(set_subs(0x3e, 0x77, 0), CC_OK);
    ck_assert_ptr_null(w.mc->firewall);
}
END_TEST

/* ipmitool's "firewall reset" switches all of them off on its way. */
START_TEST(gives_sub_functions_back_to_a_command_that_is_enabled_without_any)
{
    ck_assert_uint_eq(set_subs(NETFN_CHASSIS, 0x02, 0), CC_OK);
    ck_assert_uint_eq(set_subs(NETFN_APP, 0x3c, 0), CC_OK);
    ck_assert_uint_eq(subs_enabled(NETFN_CHASSIS, 0x02), 0);
    ck_assert_uint_eq(set_all_but(NETFN_CHASSIS, 0x02, true), CC_OK);
    ck_assert_uint_eq(set_all_but(NETFN_APP, 0x3c, true), CC_OK);
    ck_assert_uint_eq(subs_enabled(NETFN_CHASSIS, 0x02), 0x3e);
    ck_assert_ptr_null(w.mc->gate.allows);
}
END_TEST

START_TEST(refuses_halves_there_are_not)
{
    for (unsigned half = 2; half <= 3; half++) {
        uint8_t netfn = (uint8_t)(half << 6 | NETFN_APP);

        ck_cc(ask(&w, NETFN_APP, 0x0a, PRESENT, netfn, 0), CC_INVALID_FIELD);
        ck_cc(ask(&w, NETFN_APP, 0x61, PRESENT, netfn, 0), CC_INVALID_FIELD);
        ck_cc(ask(&w, NETFN_APP, 0x63, PRESENT, netfn, 0, 0x34), CC_INVALID_FIELD);
    }
}
END_TEST

#define SERIAL 4
#define SERIAL_ALL 0xfe, 0xff, 0xff, 0xff, 0x07, 0, 0, 0   /* 1 to 34 */

static const struct machine_word serial_words[] = {
    { "serial", "4 localhost 9012 codec TerminalMode", "lan.conf", 1 },
};

static void
begin_with_serial(void)
{
    mcworld_describe(&w);
    w.machine.words = serial_words;
    w.machine.word_count = 1;
    mcworld_begin(&w);
    mcworld_from_lan(&w, PRIV_ADMIN);
}

/* Set Serial/Modem Configuration is the one command that needs a second mask. */
START_TEST(has_more_sub_functions_than_one_mask_holds)
{
    ck_answer(ask(&w, NETFN_APP, 0x0b, PRESENT, NETFN_TRANSPORT, 0, 0x10), CC_OK, 0, 0x20, 0x10,
              0x01, 0, 0, 0, 0xf8, 0xff, 0xff, 0xff);
    ck_answer(ask(&w, NETFN_APP, 0x0d, PRESENT, NETFN_TRANSPORT, 0, 0x10), CC_OK, SERIAL_ALL);
    ck_cc(ask(&w, NETFN_APP, 0x62, PRESENT, NETFN_TRANSPORT, 0, 0x10, 0xfe, 0xff, 0xff, 0xff, 3,
              0, 0, 0), CC_OK);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x10, SERIAL, 54, 0, 0, 0, 0, 0, 0), CC_SUBFN_DISABLED);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x10, SERIAL, 7, 0, 7), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x62, PRESENT, NETFN_TRANSPORT, 0, 0x10, 0xfe, 0xef, 0xff, 0xff),
          CC_OK);   /* one mask says nothing of the others */
    ck_answer(ask(&w, NETFN_APP, 0x63, PRESENT, NETFN_TRANSPORT, 0, 0x10), CC_OK, 0xfe, 0xef,
              0xff, 0xff, 0x03, 0, 0, 0);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x10, SERIAL, 7, 0, 7), CC_SUBFN_DISABLED);
    ck_cc(ask(&w, NETFN_APP, 0x62, PRESENT, NETFN_TRANSPORT, 0, 0x10, 0, 0, 0, 0, 8, 0, 0, 0),
          CC_CMD_80);
    ck_cc(ask(&w, NETFN_APP, 0x62, PRESENT, NETFN_TRANSPORT, 0, 0x10, SERIAL_ALL), CC_OK);
    ck_assert_ptr_null(w.mc->gate.allows);
}
END_TEST

/* As ipmitool's "firewall reset" does it: no sub-function, in one mask, then
 * all commands that there are. */
START_TEST(has_them_all_again_after_a_reset)
{
    uint8_t rq[19] = { PRESENT, NETFN_TRANSPORT };
    const struct answer *a = ask(&w, NETFN_APP, 0x0c, PRESENT, NETFN_TRANSPORT, 0);

    ck_cc(a, CC_OK);
    memcpy(rq + 3, a->data, 16);
    ck_cc(ask(&w, NETFN_APP, 0x62, PRESENT, NETFN_TRANSPORT, 0, 0x10, 0, 0, 0, 0), CC_OK);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x10, SERIAL, 7, 0, 7), CC_SUBFN_DISABLED);
    ck_cc(mcworld_ask(&w, w.mc, NETFN_APP, 0x60, rq, sizeof rq), CC_OK);
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x10, SERIAL, 7, 0, 7), CC_OK);
}
END_TEST

START_TEST(leaves_forwarded_command_to_forwarding)
{
    const struct answer *a;

    mcworld_from_system(&w);
    a = ask(&w, NETFN_APP, 0x0c, CHANNEL_SYSTEM, NETFN_TRANSPORT, 0);
    ck_cc(a, CC_OK);
    ck_assert(!bit(a->data, 0x30) && bit(a->data, 0x31));
    a = ask(&w, NETFN_APP, 0x61, CHANNEL_SYSTEM, NETFN_TRANSPORT, 0);
    ck_assert(bit(a->data, 0x30));
}
END_TEST

START_TEST(takes_a_second_mask_of_nothing)
{
    ck_cc(ask(&w, NETFN_APP, 0x62, PRESENT, NETFN_CHASSIS, 0, 2, 0x3e, 0, 0, 0, 0, 0, 0, 0), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x62, PRESENT, NETFN_CHASSIS, 0, 2, 0x3e, 0, 0, 0, 1, 0, 0, 0),
          CC_CMD_80);
    ck_cc(ask(&w, NETFN_APP, 0x62, PRESENT, NETFN_GROUP, 0, 2, GROUP_DCMI, 0, 0, 0, 0), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x62, PRESENT, NETFN_CHASSIS, 0, 2, 0, 0, 0, 0, 0), CC_LENGTH);
}
END_TEST

static const struct {
    uint8_t netfn, cmd;
    uint8_t data[8];
    size_t len;
    uint64_t used;
} uses[] = {
    { NETFN_CHASSIS, 0x02, { 0 }, 1, 0 },
    { NETFN_CHASSIS, 0x02, { 5 }, 1, 1u << 5 },
    { NETFN_CHASSIS, 0x04, { 10 }, 1, 0 },
    { NETFN_CHASSIS, 0x04, { 0, 1 }, 2, 1 },
    { NETFN_CHASSIS, 0x08, { 5, 0 }, 2, 1u << 5 },
    { NETFN_CHASSIS, 0x08, { 4, 0x03, 0 }, 3, 1u << 4 | 1u << 12 | 1u << 11 },
    { NETFN_CHASSIS, 0x0a, { 0x05 }, 1, 0x05 },
    { NETFN_SENSOR, 0x11, { 0 }, 1, 1 },
    { NETFN_SENSOR, 0x11, { 60 }, 1, 2 },
    { NETFN_SENSOR, 0x11, { 0xfe }, 1, 4 },
    { NETFN_SENSOR, 0x11, { 0xff }, 1, 0 },
    { NETFN_SENSOR, 0x12, { 6, 1 }, 2, 1u << 4 },
    { NETFN_SENSOR, 0x12, { 12, 0 }, 2, 1u << 8 },
    { NETFN_SENSOR, 0x12, { 12, 1 }, 2, 1u << 9 },
    { NETFN_SENSOR, 0x12, { 96, 1 }, 2, 1u << 13 },
    { NETFN_SENSOR, 0x16, { 1, 1, 0 }, 3, 1u << 1 },
    { NETFN_SENSOR, 0x16, { 0x0a, 1, 0, 1 }, 4, 1u << 11 | 1u << 8 },
    { NETFN_APP, 0x24, { 0, 0, 0, 0, 0, 0 }, 6, 0 },
    { NETFN_APP, 0x24, { 4, 1, 0, 2, 10, 0 }, 6, 0x0f },
    { NETFN_APP, 0x2e, { ENABLES_DEFAULT | 1 }, 1, 1 },
    { NETFN_APP, 0x30, { 0x09 }, 1, 0x09 },
    { NETFN_APP, 0x32, { 3, 0 }, 2, 1u << 3 },
    { NETFN_APP, 0x34, { 0x40 }, 1, 1 },
    { NETFN_APP, 0x3c, { 1, 0, 0, 0 }, 4, 1u << MCWORLD_LAN },
    { NETFN_APP, 0x3f, { 2, 3 }, 2, 1u << 3 },
    { NETFN_APP, 0x40, { PRESENT, 0, 0 }, 3, 1u << MCWORLD_LAN },
    { NETFN_APP, 0x52, { 0x05, 0xa0, 1 }, 3, 1u << 10 },
    { NETFN_APP, 0x52, { 0x70, 0xa0, 1 }, 3, 1u << 7 },
    { NETFN_APP, 0x52, { 0x90, 0xa0, 1 }, 3, 1u << 17 },
    { NETFN_STORAGE, 0x5b, { 2 }, 1, 4 },
    { NETFN_TRANSPORT, 0x01, { 1, 3, 0 }, 3, 1u << 1 | 1u << 8 },
    { NETFN_TRANSPORT, 0x01, { 9, 18, 0 }, 3, 1u << 22 | 1u << 13 },
    { NETFN_TRANSPORT, 0x01, { 1, 18, 2 }, 3, 1u << 1 | 1u << 14 },
    { NETFN_TRANSPORT, 0x01, { 1, 0, 1 }, 3, 1u << 1 },
    { NETFN_TRANSPORT, 0x03, { 2, 3 }, 2, 1u << 2 | 1u << 10 },
    { NETFN_TRANSPORT, 0x10, { 2, 2, 0 }, 3, 1u << 2 | 1u << 8 },
    { NETFN_TRANSPORT, 0x10, { 2, 17, 0 }, 3, 1u << 2 | 1u << 17 },
    { NETFN_TRANSPORT, 0x10, { 2, 17, 1 }, 3, 1u << 2 | 1u << 18 },
    { NETFN_TRANSPORT, 0x10, { 2, 40, 0 }, 3, 1u << 2 | 1u << 25 },
    { NETFN_TRANSPORT, 0x10, { 2, 40, 1 }, 3, 1u << 2 | 1u << 26 },
    { NETFN_TRANSPORT, 0x10, { 2, 40, 7 }, 3, 1u << 2 | 1u << 27 },
    { NETFN_TRANSPORT, 0x10, { 2, 192, 0 }, 3, 1u << 2 | 1u << 29 },
    { NETFN_TRANSPORT, 0x10, { 0x0a, 54, 0 }, 3, UINT64_C(1) << 32 | UINT64_C(1) << 34 },
    { NETFN_TRANSPORT, 0x12, { 2, 4 }, 2, 1u << 4 },
    { NETFN_TRANSPORT, 0x14, { 2, 1 }, 2, 1u << 2 },
    { NETFN_TRANSPORT, 0x19, { 2, 1 }, 2, 1u << 2 },
    { NETFN_TRANSPORT, 0x1a, { 5, 2 }, 2, 1u << 2 },
    { NETFN_APP, 0x34, { CHANNEL_SYSTEM }, 1, 0 },
    { NETFN_TRANSPORT, 0x21, { 1, 2, 0 }, 3, 1u << 1 | 1u << 9 },
    { NETFN_CHASSIS, 0x02, { 0 }, 0, 0 },
    { NETFN_STORAGE, 0x40, { 1 }, 1, 0 },
};

START_TEST(knows_which_sub_functions_a_request_uses)
{
    struct ipmi_req rq = {
        .from = { .channel = MCWORLD_LAN }, .netfn = uses[_i].netfn, .cmd = uses[_i].cmd,
        .data = rd_of(bytes_of(uses[_i].data, uses[_i].len)),
    };

    ck_assert_uint_eq(firewall_subfn_used(w.mc, &rq), uses[_i].used);
    ck_assert_uint_eq(uses[_i].used & ~firewall_subfn_all(rq.netfn, rq.cmd), 0);
}
END_TEST

START_TEST(lists_groups)
{
    struct answer *a = ask(&w, NETFN_APP, 0x64, PRESENT, NETFN_GROUP, 0);

    ck_answer(a, CC_OK, 0x80, 0x01, GROUP_DCMI);
    ck_cc(ask(&w, NETFN_APP, 0x64, PRESENT, NETFN_GROUP, 1), CC_RANGE);
    ck_cc(ask(&w, NETFN_APP, 0x64, PRESENT, NETFN_APP, 0), CC_INVALID_FIELD);
    ck_cc(ask(&w, NETFN_APP, 0x64, PRESENT, 0x3e, 0), CC_RANGE);
}
END_TEST

START_TEST(disables_everything_that_can_be)
{
    for (uint8_t netfn = 0; netfn < 0x40; netfn += 2) {
        const struct answer *can = ask(&w, NETFN_APP, 0x0c, PRESENT, netfn, 0);
        uint8_t rq[3 + MASK] = { PRESENT, netfn, 0 };
        const struct answer *is = ask(&w, NETFN_APP, 0x61, PRESENT, netfn, 0);

        for (unsigned i = 0; i < MASK; i++)
            rq[3 + i] = is->data[i] & (uint8_t)~can->data[i];
        ck_cc(mcworld_ask(&w, w.mc, NETFN_APP, 0x60, rq, sizeof rq), CC_OK);
    }
    ck_cc(ask(&w, NETFN_CHASSIS, 0x01), CC_PRIVILEGE);
    ck_cc(ask(&w, NETFN_APP, 0x01), CC_OK);
    ck_cc(ask(&w, NETFN_APP, 0x61, PRESENT, NETFN_APP, 0), CC_OK);
}
END_TEST

static Suite *
firewall_suite(void)
{
    Suite *s = suite_create("firewall");
    TCase *tc = tcase_create("all"), *serial = tcase_create("with a serial channel");

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, lists_network_functions);
    tcase_add_test(tc, lists_sensors_on_another_lun);
    tcase_add_test(tc, lists_commands_with_the_sense_turned_round);
    tcase_add_test(tc, lists_commands_of_a_group);
    tcase_add_test(tc, keeps_some_commands_from_being_disabled);
    tcase_add_test(tc, refuses_a_disabled_command_on_its_channel_only);
    tcase_add_test(tc, lets_a_command_be_enabled_again);
    tcase_add_test(tc, disables_a_command_of_one_group);
    tcase_add_test(tc, is_not_lost_by_a_cold_reset);
    tcase_add_test(tc, tells_what_its_sub_functions_are_numbered_by);
    tcase_add_test(tc, refuses_a_disabled_sub_function);
    tcase_add_test(tc, takes_no_sub_functions_where_there_are_none);
    tcase_add_test(tc, gives_sub_functions_back_to_a_command_that_is_enabled_without_any);
    tcase_add_test(tc, refuses_halves_there_are_not);
    tcase_add_test(tc, leaves_forwarded_command_to_forwarding);
    tcase_add_test(tc, takes_a_second_mask_of_nothing);
    tcase_add_loop_test(tc, knows_which_sub_functions_a_request_uses, 0,
                        sizeof uses / sizeof uses[0]);
    tcase_add_test(tc, lists_groups);
    tcase_add_test(tc, disables_everything_that_can_be);
    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(serial, begin_with_serial, end);
    tcase_add_test(serial, has_more_sub_functions_than_one_mask_holds);
    tcase_add_test(serial, has_them_all_again_after_a_reset);
    suite_add_tcase(s, serial);
    return s;
}

int
main(void)
{
    return run_suite(firewall_suite());
}
