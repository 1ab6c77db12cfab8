#include "sim/oem/dell.h"

#include <string.h>

#include "sim/engine/rng.h"
#include "sim/host/post.h"
#include "sim/wire/fru.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"
#include "tests/lib/sensor_records.h"

#define GET_INFO 0x59
#define SET_INFO 0x58
#define FRU_SIZE 128
#define NAME "System Level"
#define NAMED (SENSOR_RECORD + sizeof NAME - 1)

enum { PSU1 = 1, PSU2 = 2, LEVEL = 0x98, SLOT1 = 0x50, SLOT2 = 0x51 };
enum { FLOOR = 120, FULL = 300 };

static struct mcworld w;
static uint8_t psu_octets[2][COMPACT_RECORD], slot_octets[2][SENSOR_RECORD];
static uint8_t level_octets[NAMED], fru_octets[FRU_SIZE];
static struct machine_sdr sdrs[5];
static struct machine_sensor sensors[5];
static struct machine_fru fru;

static void
describe_psu(unsigned i)
{
    struct record_facts facts = { .owner = 0x20, .number = (uint8_t)(PSU1 + i), .entity = 0x0a,
                                  .instance = (uint8_t)(i + 1), .type = 0x08,
                                  .event_type = 0x6f, .share = 1 };

    sdrs[i].record = compact_record(psu_octets[i], &facts);
    sensors[i] = (struct machine_sensor){
        .number = facts.number, .type = 0x08, .event_type = 0x6f, .assert_supported = 0x0f,
        .scanning = true, .has_value = true, .states = 1 };
}

/* A sensor that counts watts, m of them to a count. */
static void
describe_watts(unsigned i, uint8_t *octets, uint8_t number, uint8_t m, uint8_t value)
{
    full_record(octets, &(struct record_facts){ .owner = 0x20, .number = number, .entity = 7,
                                                .instance = 1, .type = 0x0b,
                                                .event_type = 0x01 });
    octets[21] = 6;
    octets[24] = m;
    sdrs[i].record = bytes_of(octets, SENSOR_RECORD);
    sensors[i] = (struct machine_sensor){ .number = number, .type = 0x0b, .event_type = 0x01,
                                          .scanning = true, .has_value = true,
                                          .value = value };
}

static void
describe_level(unsigned i)
{
    describe_watts(i, level_octets, LEVEL, 2, 10);
    level_octets[4] = NAMED - 5;
    level_octets[47] = 0xc0 | (sizeof NAME - 1);
    memcpy(level_octets + SENSOR_RECORD, NAME, sizeof NAME - 1);
    sdrs[i].record = bytes_of(level_octets, NAMED);
    sensors[i].sdr = sdrs[i].record;
}

static void
describe_fru(void)
{
    static const char *const fields[] = { "DELL", "PowerEdge R720", "", "A01",
                                         "7XK2PT1", "T1" };
    struct fru_header header = { .offset = { [FRU_PRODUCT] = FRU_HEADER } };
    struct wr wr = wr_of(fru_octets, sizeof fru_octets);
    size_t start;

    memset(fru_octets, 0, sizeof fru_octets);
    fru_header_build(&header, wr_hole(&wr, FRU_HEADER));
    fru_area_begin(&wr, &start);
    wr_u8(&wr, FRU_LANGUAGE_ENGLISH);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        fru_area_field(&wr, fields[i]);
    fru_area_end(&wr, start);
    fru = (struct machine_fru){ .size = FRU_SIZE, .data = bytes_of(fru_octets, FRU_SIZE) };
}

static void
begin(void)
{
    describe_psu(0);
    describe_psu(1);
    describe_watts(2, slot_octets[0], SLOT1, 1, 30);
    describe_watts(3, slot_octets[1], SLOT2, 1, 0);
    describe_level(4);
    describe_fru();
    mcworld_describe(&w);
    w.machine.power_on = true;
    w.machine.watts = (struct machine_watts){ .standby = 10, .idle = 150, .full = FULL,
                                              .floor = FLOOR };
    w.machine.support |= GROUP_SDR_REPOSITORY | GROUP_FRU_DEVICE;
    w.machine.sdrs = sdrs;
    w.machine.sdr_count = 5;
    w.machine.sensors = sensors;
    w.machine.sensor_count = 5;
    w.machine.frus = &fru;
    w.machine.fru_count = 1;
    w.machine.profiles[0] = &oem_dell;
    mcworld_begin(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

#define dell(...) ask(&w, DELL_NETFN, __VA_ARGS__)
#define get_info(param, set) ask(&w, NETFN_APP, GET_INFO, 0, (param), (set), 0)
#define set_info(...) ask(&w, NETFN_APP, SET_INFO, __VA_ARGS__)

static unsigned
le16(const struct answer *a, size_t at)
{
    return a->data[at] | (unsigned)a->data[at + 1] << 8;
}

static uint32_t
le32(const struct answer *a, size_t at)
{
    return le16(a, at) | (uint32_t)le16(a, at + 2) << 16;
}

/* ---- all of it ---- */

static const struct command_table *const tables[] = {
    &oem_dell_commands,        &oem_dell_lan_commands,     &oem_dell_power_commands,
    &oem_dell_meter_commands,  &oem_dell_storage_commands, &oem_dell_slot_commands,
    &oem_dell_config_commands,
};

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, tables[_i], 0);
}
END_TEST

/* Requests of a legal length that mean nothing. */
static const struct {
    const char *why;
    uint8_t netfn, cmd, data[16];
    size_t len;
    uint8_t cc;
} refusals[] = {
    { "a rack server's slot", 0x30, 0x18, { 0 }, 0, CC_STATE },
    { "neither status nor reset", 0x30, 0x21, { 0x55 }, 1, CC_INVALID_FIELD },
    { "no such selection", 0x30, 0x24, { 4 }, 1, CC_INVALID_FIELD },
    { "no such port", 0x30, 0x28, { 0, 0 }, 2, CC_INVALID_FIELD },
    { "no fifth LOM", 0x30, 0x28, { 6, 0 }, 2, CC_INVALID_FIELD },
    { "failover to dedicated", 0x30, 0x28, { 2, 1 }, 2, CC_INVALID_FIELD },
    { "failover to itself", 0x30, 0x28, { 3, 3 }, 2, CC_INVALID_FIELD },
    { "failover of dedicated", 0x30, 0x28, { 1, 6 }, 2, CC_INVALID_FIELD },
    { "password policy 2", 0x30, 0x51, { 2 }, 1, CC_INVALID_FIELD },
    { "energy of another entity", 0x30, 0x9c, { 8, 1 }, 2, CC_NOT_PRESENT },
    { "nothing to clear", 0x30, 0x9d, { 7, 1, 0 }, 3, CC_INVALID_FIELD },
    { "another card", 0x30, 0xa4, { 0, 1 }, 2, CC_INVALID_FIELD },
    { "no third supply", 0x30, 0xb0, { 0x0a, 3 }, 2, CC_NOT_PRESENT },
    { "no supply", 0x30, 0xb3, { 7, 1 }, 2, CC_NOT_PRESENT },
    { "neither get nor set", 0x30, 0xba, { 2, 0 }, 2, CC_INVALID_FIELD },
    { "neither on nor off", 0x30, 0xba, { 0, 2 }, 2, CC_INVALID_FIELD },
    { "no such question", 0x30, 0xc1, { 4, 0, 0 }, 3, CC_INVALID_FIELD },
    { "the MAC is not to be set", 0x30, 0xc9, { 0 }, 1, CC_INVALID_FIELD },
    { "29 s with extremes", 0x30, 0xcc, { 29, 0, 0, 0 }, 4, CC_RANGE },
    { "901 s", 0x30, 0xcc, { 0x85, 3, 0, 1 }, 4, CC_RANGE },
    { "no such part", 0x30, 0xcc, { 60, 0, 13, 0 }, 4, CC_INVALID_FIELD },
    { "no such switch", 0x30, 0xcd, { 0, 2 }, 2, CC_INVALID_FIELD },
    { "storage: neither", 0x30, 0xd5, { 2, 0, 8, 0, 0, 0, 0, 0, 0, 0 }, 10, CC_INVALID_FIELD },
    { "storage: no such", 0x30, 0xd5, { 1, 9, 8, 0, 0, 0 }, 6, CC_INVALID_FIELD },
    { "storage: at an offset", 0x30, 0xd5, { 1, 7, 6, 0, 1, 0, 0, 0 }, 8, CC_RANGE },
    { "storage: cut", 0x30, 0xd5, { 1, 7, 6, 0, 0, 0, 0 }, 7, CC_LENGTH },
    { "storage: too much", 0x30, 0xd5, { 1, 7, 33, 0, 0, 0, 0, 0 }, 8, CC_CANNOT_RETURN },
    { "storage: other bay", 0x30, 0xd5, { 1, 4, 6, 0, 0, 0, 1, 0 }, 8, CC_NOT_PRESENT },
    { "storage: no slot 8", 0x30, 0xd5, { 1, 4, 6, 0, 0, 0, 0, 8 }, 8, CC_NOT_PRESENT },
    { "storage: map is not set", 0x30, 0xd5, { 0, 7, 0, 0, 0, 0 }, 6, CC_INVALID_FIELD },
    { "no slot to toggle", 0x30, 0xf0, { 0, 0 }, 2, CC_INVALID_FIELD },
    { "no slot 3", 0x30, 0xf0, { 5, 0 }, 2, CC_NOT_PRESENT },
    { "nobody controls it", 0x34, 0xc8, { 0x80, 0x11 }, 2, CC_INVALID_FIELD },
    { "no such half", 0x34, 0xc8, { 0xa0, 0x31 }, 2, CC_INVALID_FIELD },
    { "not known", 0x30, 0x33, { 0 }, 0, CC_INVALID_COMMAND },
    { "parameter", NETFN_APP, GET_INFO, { 0, 0xd0, 0, 0 }, 4, CC_PARAM_UNSUPPORTED },
    { "no fifth block", NETFN_APP, GET_INFO, { 0, 0xd1, 4, 0 }, 4, CC_RANGE },
    { "no fourth part", NETFN_APP, GET_INFO, { 0, 0xdd, 3, 0 }, 4, CC_RANGE },
    { "five octets", NETFN_APP, GET_INFO, { 0, 0xda, 0, 0, 0 }, 5, CC_LENGTH },
    { "six of another", NETFN_APP, GET_INFO, { 0, 0xd1, 0, 0, 0, 0 }, 6, CC_LENGTH },
    { "past the LOMs", NETFN_APP, GET_INFO, { 0, 0xda, 0, 0, 32, 8 }, 6, CC_RANGE },
    { "the tag is fixed", NETFN_APP, SET_INFO, { 0xc5, 1, 'X' }, 3, CC_CMD_82 },
    { "asset tag cut", NETFN_APP, SET_INFO, { 0xc4, 2, 'X' }, 3, CC_LENGTH },
    { "text too long", NETFN_APP, SET_INFO, { 0xc1, 0, 0, 63, 'X' }, 5, CC_RANGE },
    { "text not ASCII", NETFN_APP, SET_INFO, { 0xc1, 0, 2, 1, 'X' }, 5, CC_INVALID_FIELD },
    { "fifth block", NETFN_APP, SET_INFO, { 0xc1, 4, 'X' }, 3, CC_RANGE },
    { "two modes", NETFN_APP, SET_INFO, { 0xc2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0 }, 13,
      CC_INVALID_FIELD },
    { "errors 3", NETFN_APP, SET_INFO, { 0xc2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0 }, 13,
      CC_INVALID_FIELD },
    { "short display", NETFN_APP, SET_INFO, { 0xc2, 1 }, 2, CC_LENGTH },
    { "lock 3", NETFN_APP, SET_INFO, { 0xe7, 0, 3, 0, 0 }, 5, CC_INVALID_FIELD },
    { "cap below the floor", NETFN_APP, SET_INFO, { 0xea, FLOOR - 1 }, 13, CC_RANGE },
    { "cap in 2", NETFN_APP, SET_INFO, { 0xea, 200, 0, 2 }, 13, CC_INVALID_FIELD },
    { "cap cut", NETFN_APP, SET_INFO, { 0xea, 200, 0, 0 }, 4, CC_LENGTH },
};

START_TEST(is_strict)
{
    const struct answer *a = mcworld_ask(&w, w.mc, refusals[_i].netfn, refusals[_i].cmd,
                                         refusals[_i].data, refusals[_i].len);

    ck_assert_msg(a->cc == refusals[_i].cc, "%s: %02x", refusals[_i].why, a->cc);
    ck_assert_msg(a->len == 0, "%s: data", refusals[_i].why);
}
END_TEST

START_TEST(lets_users_read_and_administrators_write)
{
    mcworld_from_lan(&w, PRIV_USER);
    ck_cc(dell(0xba, 1, 0xff), CC_OK);
    ck_cc(dell(0xba, 0, 1), CC_PRIVILEGE);
    ck_cc(ask(&w, DELL_NETFN_PORT_MAP, 0xc8, 0, 0), CC_OK);
    ck_cc(ask(&w, DELL_NETFN_PORT_MAP, 0xc8, 0xa0, 0x11), CC_PRIVILEGE);
    ck_cc(dell(0xd5, 0, 4, 14, 0, 0, 0, 14, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0),
          CC_PRIVILEGE);
    ck_cc(set_info(0xe1, 0), CC_PRIVILEGE);
}
END_TEST

/* ---- who it is ---- */

START_TEST(tells_who_it_is)
{
    const struct answer *a;

    ck_answer(get_info(0xc5, 0), CC_OK, 0x11, 7, '7', 'X', 'K', '2', 'P', 'T', '1');
    ck_answer(get_info(0xc8, 0), CC_OK, 0x11, 3, 'A', '0', '1');
    ck_answer(get_info(0xd1, 0), CC_OK, 0x11, 0, 0, 14, 'P', 'o', 'w', 'e', 'r', 'E', 'd', 'g',
              'e', ' ', 'R', '7', '2', '0');
    a = get_info(0xc3, 0);
    ck_assert_uint_eq(a->len, 18);
    ck_assert_mem_eq(a->data + 2, mc_guid(w.mc), 16);
}
END_TEST

START_TEST(shares_the_asset_tag_with_dcmi)
{
    ck_answer(get_info(0xc4, 0), CC_OK, 0x11, 2, 'T', '1');
    ck_cc(set_info(0xc4, 3, 'A', 'B', 'C'), CC_OK);
    ck_answer(get_info(0xc4, 0), CC_OK, 0x11, 3, 'A', 'B', 'C');
    ck_answer(ask(&w, NETFN_GROUP, 0x06, GROUP_DCMI, 0, 3), CC_OK, GROUP_DCMI, 3, 'A', 'B',
              'C');
}
END_TEST

/* By the last octet of its third part clients know the generation. */
START_TEST(is_of_the_twelfth_generation)
{
    const struct answer *a = get_info(0xdd, 2);

    ck_assert_uint_eq(a->len, 11);
    ck_assert_uint_eq(a->data[10], 0x10);
}
END_TEST

START_TEST(has_the_address_of_its_lan)
{
    const struct answer *a;

    memcpy(w.mc->lanparm[0]->ip, "\xc0\x00\x02\x07", 4);
    ck_answer(get_info(0xde, 1), CC_OK, 0x11, 1, '2', '.', '7', ':', '4', '4', '3', 0, 0, 0, 0,
              0, 0, 0, 0, 0);
    a = get_info(0xdd, 0);
    ck_assert_mem_eq(a->data + 6, "\xc0\x00\x02\x07", 4);
    a = dell(0xc9, 1);
    ck_assert_uint_eq(a->len, 13);
    ck_assert_mem_eq(a->data + 7, lanparm_mac(w.mc, 0), 6);
}
END_TEST

START_TEST(lists_its_loms)
{
    const struct answer *a = get_info(0xcb, 0);
    const struct answer *record;

    ck_assert_uint_eq(a->len, 2 + DELL_LOMS * 6);
    ck_answer(ask(&w, NETFN_APP, GET_INFO, 0, 0xda, 0, 0, 0, 0), CC_OK, 0x11, 32);
    ck_answer(get_info(0xda, 0), CC_OK, 0x11, 32);
    record = ask(&w, NETFN_APP, GET_INFO, 0, 0xda, 0, 0, 8, 8);
    ck_assert_uint_eq(record->len, 9);
    ck_assert_uint_eq(record->data[2], 1);
    ck_assert_mem_eq(record->data + 3, a->data + 8, 6);
    ck_assert_mem_ne(record->data + 3, lanparm_mac(w.mc, 0), 6);
}
END_TEST

START_TEST(passes_other_parameters_on)
{
    ck_cc(get_info(2, 0), CC_OK);
    ck_answer(ask(&w, NETFN_APP, GET_INFO, 0x80, 0xd1, 0, 0), CC_OK, 0x11);
}
END_TEST

START_TEST(tells_the_version_of_the_operating_system_that_runs)
{
    static const uint8_t own[] = { 3, '1', '.', '0' };

    mcworld_run(&w, SPAN_S(60));
    ck_assert_mem_eq(get_info(0xe4, 0)->data + 3, own, sizeof own);
    ck_cc(set_info(0xe4, 0, 0, 2, '1', '2'), CC_OK);
    ck_assert_uint_eq(get_info(0xe4, 0)->data[3], 2);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 0), CC_OK);
    mcworld_run(&w, SPAN_S(60));
    ck_assert_uint_eq(get_info(0xe4, 0)->data[3], 0);
}
END_TEST

START_TEST(forgets_the_operating_system_that_ran)
{
    mcworld_run(&w, SPAN_S(1));
    ck_cc(set_info(0xe4, 0, 0, 3, '5', '.', '1'), CC_OK);
    ck_assert_uint_eq(get_info(0xe4, 0)->data[3], 3);
    mcworld_run(&w, SPAN_S(1));
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 3), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_uint_eq(get_info(0xe4, 0)->data[3], 0);
}
END_TEST

/* ---- display ---- */

START_TEST(shows_a_text)
{
    ck_cc(set_info(0xc1, 0, 0, 16, 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l',
                   'm', 'n'), CC_OK);
    ck_cc(set_info(0xc1, 1, 'o', 'p'), CC_OK);
    ck_answer(get_info(0xc1, 1), CC_OK, 0x11, 1, 'o', 'p', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
              0, 0);
    ck_cc(set_info(0xc1, 0, 0, 1, 'z'), CC_OK);
    ck_assert_uint_eq(get_info(0xc1, 1)->data[2], 0);
}
END_TEST

START_TEST(keeps_the_display_across_a_cold_reset)
{
    ck_cc(set_info(0xc2, 0, 1, 0, 0, 0xff, 0xaa, 1, 2, 3, 4, 2, 0xbb), CC_OK);
    ck_cc(set_info(0xe7, 1, 2, 9, 9), CC_OK);
    ck_answer(get_info(0xe7, 0), CC_OK, 0x11, 1, 2, 0, 0);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(2));
    ck_answer(get_info(0xc2, 0), CC_OK, 0x11, 0, 1, 0, 0, 3, 0, 0xff, 3, 0, 0, 2, 0);
    ck_answer(get_info(0xe7, 0), CC_OK, 0x11, 0, 2, 0, 0);
}
END_TEST

/* ---- network ---- */

static const struct {
    uint8_t old, nic, failover, active;
} selections[] = {
    { 0, 2, 0, 1 }, { 1, 2, 3, 1 }, { 2, 1, 0, 5 }, { 3, 2, 6, 1 },
};

START_TEST(selects_a_port_in_both_ways)
{
    ck_cc(dell(0x24, selections[_i].old), CC_OK);
    ck_answer(dell(0x29), CC_OK, selections[_i].nic, selections[_i].failover);
    ck_cc(dell(0x28, 5, 2), CC_OK);
    ck_answer(dell(0xc1, 0, 0, 0), CC_OK, 4, 0, 0);
    ck_cc(dell(0x28, selections[_i].nic, selections[_i].failover), CC_OK);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(2));
    ck_answer(dell(0x25), CC_OK, selections[_i].old);
    ck_answer(dell(0xc1, 1, 0, 0), CC_OK, selections[_i].active, 1, 0);
}
END_TEST

/* ---- power ---- */

static unsigned
watts_now(void)
{
    return power_at(w.mc->dcmi->power, w.world.now);
}

START_TEST(measures_energy_and_peaks)
{
    const struct answer *a;
    uint32_t start;

    mcworld_run(&w, SPAN_S(3600));
    a = dell(0x9c, 7, 1);
    ck_assert_uint_eq(a->len, 24);
    start = le32(a, 0);
    ck_assert_uint_ge(le32(a, 4), FLOOR);
    ck_assert_uint_le(le32(a, 4), FULL);
    ck_assert_uint_ge(le16(a, 22), watts_now());
    ck_cc(dell(0x9d, 7, 1, 1), CC_OK);
    a = dell(0x9c, 7, 1);
    ck_assert_uint_eq(le32(a, 0), start + 3600);
    ck_assert_uint_eq(le32(a, 4), 0);
    ck_assert_uint_eq(le32(a, 8), start);
    ck_cc(dell(0x9d, 7, 1, 2), CC_OK);
    a = dell(0x9c, 7, 1);
    ck_assert_uint_eq(le16(a, 22), watts_now());
    ck_assert_uint_eq(le32(a, 18), start + 3600);
}
END_TEST

START_TEST(keeps_energy_across_a_cold_reset)
{
    uint32_t before;

    mcworld_run(&w, SPAN_S(36000));
    before = le32(dell(0x9c, 7, 1), 4);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(2));
    ck_assert_uint_ge(le32(dell(0x9c, 7, 1), 4), before);
}
END_TEST

START_TEST(shares_the_load_among_supplies)
{
    mcworld_run(&w, SPAN_S(5));
    ck_assert_uint_eq(le16(dell(0xb3, 0x0a, 0), 0), watts_now());
    ck_assert_uint_eq(le16(dell(0xb3, 0x0a, 1), 0), watts_now() / 2);
    mc_sensor_set_bit(w.mc, 0, PSU2, 3, true, false); /* no input */
    ck_assert_uint_eq(le16(dell(0xb3, 0x0a, 1), 0), watts_now());
    ck_assert_uint_eq(le16(dell(0xb3, 0x0a, 2), 0), 0);
    ck_assert_uint_eq(dell(0xb0, 0x0a, 1)->data[21], 0);
    ck_assert_uint_eq(dell(0xb0, 0x0a, 2)->data[21], 3);
    ck_assert_uint_eq(dell(0xb0, 0x0a, 2)->len, 23);
    ck_assert_uint_eq(le16(dell(0xbb), 0), 2 * DELL_SUPPLY_WATTS - watts_now());
}
END_TEST

static const struct {
    const char *why;
    uint8_t data[13];
    unsigned watts;
} caps[] = {
    { "watts", { 0xea, 200, 0, 0 }, 200 },
    { "BTU/h", { 0xea, 0xa9, 2, 1, 0xff, 0xff }, 199 },
    { "percent", { 0xea, 50, 0, 3 }, 210 },
};

START_TEST(sets_the_limit_that_dcmi_has)
{
    const struct answer *a = mcworld_ask(&w, w.mc, NETFN_APP, SET_INFO, caps[_i].data, 13);

    ck_assert_msg(a->cc == CC_OK, "%s: %02x", caps[_i].why, a->cc);
    ck_assert_uint_eq(w.mc->dcmi->limit.watts, caps[_i].watts);
    ck_answer(dell(0xba, 1, 0xff), CC_OK, 2);
    ck_cc(dell(0xba, 0, 1), CC_OK);
    ck_answer(dell(0xba, 1, 0xff), CC_OK, 3);
    ck_assert(w.mc->dcmi->limit.active);
    ck_assert_uint_le(watts_now(), caps[_i].watts);
    a = get_info(0xea, 0);
    ck_assert_uint_eq(a->len, 13);
    ck_assert_uint_eq(le16(a, 1), caps[_i].watts);
    ck_assert_uint_eq(a->data[3], 0);
    ck_assert_uint_eq(le16(a, 4), FULL);
    ck_assert_uint_eq(le16(a, 6), FLOOR);
    ck_assert_uint_eq(a->data[8], 2);
}
END_TEST

START_TEST(remembers_a_week)
{
    const struct answer *max, *min, *average;

    mcworld_run(&w, SPAN_S(7200));
    average = get_info(0xeb, 0);
    max = get_info(0xec, 0);
    min = get_info(0xed, 0);
    ck_assert_uint_eq(average->len, 9);
    ck_assert_uint_eq(max->len, 25);
    for (size_t at = 1; at < 9; at += 2) {
        ck_assert_uint_le(le16(min, at), le16(average, at));
        ck_assert_uint_le(le16(average, at), le16(max, at));
    }
    ck_assert_uint_ge(le16(max, 3), le16(max, 1));
    ck_assert_uint_ge(le32(max, 9) + 60, sel_time(w.mc));
}
END_TEST

START_TEST(averages_over_an_interval)
{
    const struct answer *a;

    mcworld_run(&w, SPAN_S(100));
    a = dell(0xcc, 60, 0, 0, 0);
    ck_assert_uint_eq(a->len, 11);
    ck_assert_uint_le(le16(a, 2), le16(a, 0));
    ck_assert_uint_le(le16(a, 0), le16(a, 4));
    a = dell(0xcc, 5, 0, 9, 1);
    ck_assert_uint_gt(le16(a, 0), 0);
    ck_assert_uint_eq(le16(a, 4), 0);
    ck_answer(dell(0xcd, 0, 0), CC_OK, 30, 0, 0x84, 3, 1);
}
END_TEST

START_TEST(shows_the_draw_on_the_sensor_of_that_name)
{
    unsigned counts;

    mcworld_run(&w, SPAN_S(5));
    counts = ask(&w, NETFN_SENSOR, 0x2d, LEVEL)->data[0];
    ck_assert_uint_ge(2 * counts + 1, watts_now());
    ck_assert_uint_le(2 * counts, watts_now() + 1);
    ck_assert_uint_eq(ask(&w, NETFN_SENSOR, 0x2d, SLOT1)->data[0], 30);
    ck_cc(ask(&w, NETFN_SENSOR, 0x2d, 0x77), CC_NOT_PRESENT);
}
END_TEST

/* ---- lights, slots, boot ---- */

START_TEST(keeps_the_light_of_a_bay)
{
    ck_answer(dell(0xd5, 1, 7, 6, 0, 0, 0, 3, 0), CC_OK, 1, 7, 6, 0, 0, 0, 0, 0, 3, 0, 0, 0);
    ck_answer(dell(0xd5, 1, 7, 3, 0, 0, 0, 3, 8), CC_OK, 1, 7, 3, 0, 0, 0, 0, 0xff, 0xff);
    ck_cc(dell(0xd5, 0, 4, 14, 0, 0, 0, 14, 0, 0, 3, 0x28, 2, 0, 0, 0, 0, 0, 0, 0, 0), CC_OK);
    ck_cc(dell(0xd5, 0, 4, 14, 0, 0, 0, 14, 0, 0, 3, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0),
          CC_INVALID_FIELD);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(2));
    ck_answer(dell(0xd5, 1, 4, 4, 0, 0, 0, 0, 3), CC_OK, 1, 4, 4, 0, 0, 0, 0, 3, 0x28, 2);
}
END_TEST

START_TEST(tells_of_the_identify_light)
{
    ck_answer(dell(0x32), CC_OK, 0);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x04, 0, 1), CC_OK);
    ck_answer(dell(0x32), CC_OK, 1);
}
END_TEST

START_TEST(switches_slots)
{
    ck_cc(dell(0xf0, 3, 0), CC_OK);
    ck_assert_uint_eq(ask(&w, NETFN_SENSOR, 0x2d, SLOT1)->data[0], 0);
    ck_assert_uint_gt(ask(&w, NETFN_SENSOR, 0x2d, SLOT2)->data[0], 1);
    ck_cc(dell(0xf0, 1, 0), CC_OK);
    ck_assert_uint_eq(ask(&w, NETFN_SENSOR, 0x2d, SLOT1)->data[0], 30);
}
END_TEST

START_TEST(maps_ports)
{
    ck_answer(ask(&w, DELL_NETFN_PORT_MAP, 0xc8, 0, 0), CC_OK, 0x20, 0x11);
    ck_answer(ask(&w, DELL_NETFN_PORT_MAP, 0xc8, 0), CC_OK, 0x20);
    ck_answer(ask(&w, DELL_NETFN_PORT_MAP, 0xc8, 0x98, 0x12), CC_OK, 0x18, 0x12);
    ck_answer(ask(&w, DELL_NETFN_PORT_MAP, 0xc8, 0xa1), CC_OK, 0x21);
    ck_answer(ask(&w, DELL_NETFN_PORT_MAP, 0xc8, 0, 0), CC_OK, 0x21, 0x12);
}
END_TEST

START_TEST(follows_the_boot)
{
    ck_assert_uint_eq(dell(0x99)->data[0], POST_BOOT_OS);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 3), CC_OK);
    mcworld_run(&w, SPAN_S(3));
    ck_assert_uint_eq(dell(0x99)->data[0], host_post_code(w.host));
    ck_assert_uint_ne(dell(0x99)->data[0], POST_BOOT_OS);
    ck_assert_uint_eq(dell(0x99)->len, 2u + dell(0x99)->data[1]);
}
END_TEST

/* ---- extended configuration ---- */

#define IANA 0xa2, 0x02, 0x00
#define config(cmd, ...) ask(&w, NETFN_OEM, (cmd), IANA, __VA_ARGS__)

static uint8_t
reservation(void)
{
    const struct answer *a = ask(&w, NETFN_OEM, 1, IANA);

    ck_cc(a, CC_OK);
    return a->data[3];
}

START_TEST(configures_a_service)
{
    uint8_t id = reservation();

    ck_answer(config(2, id, 0x0a, 0, 0, 0, 0xff), CC_OK, IANA, 0x0a, 0, 14, 14, 0, 1, 0x1f, 0,
              1, 4, 0, 0x08, 7, 0, 0, 22, 0);
    /* Two fields of five; what is not in the mask is not looked at. */
    ck_answer(config(3, id, 0x0a, 0, 0, 0, 1, 14, 0, 1, 0x11, 0, 0, 9, 9, 1, 2, 3, 4, 0xae, 8),
              CC_OK, IANA, 14);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(2));
    ck_cc(config(2, id, 0x0a, 0, 0, 0, 0xff), CC_RESERVATION);
    id = reservation();
    ck_answer(config(2, id, 0x0a, 0, 5, 0, 9), CC_OK, IANA, 0x0a, 0, 9, 0, 4, 0, 0x08, 7, 0, 0,
              0xae, 8);
}
END_TEST

START_TEST(takes_a_token_in_parts)
{
    uint8_t id = reservation();

    ck_answer(config(3, id, 0x0c, 0, 0, 0, 0, 16, 0, 1, 0x20, 0, 0, 0, 0, 0), CC_OK, IANA, 9);
    ck_answer(config(3, id, 0x0c, 0, 9, 0, 1, 0, 0, 0, 0, 0, 0xfb), CC_INVALID_FIELD, IANA);
    ck_cc(config(3, id, 0x0c, 0, 9, 0, 1, 0), CC_RANGE);
    ck_answer(config(3, id, 0x0c, 0, 0, 0, 0, 16, 0, 1, 0x20, 0, 0, 0, 0, 0), CC_OK, IANA, 9);
    ck_answer(config(3, id, 0x0c, 0, 9, 0, 1, 0, 0, 0, 0, 0, 0xfb, 0x20), CC_OK, IANA, 7);
    ck_assert_uint_eq(dell_https_port(dell_of(w.mc)), 0x20fb);
}
END_TEST

START_TEST(switches_the_web_server_in_both_ways)
{
    uint8_t id = reservation();

    ck_cc(set_info(0xe1, 0), CC_OK);
    ck_answer(config(2, id, 0x0c, 0, 5, 0, 1), CC_OK, IANA, 0x0c, 0, 1, 0);
    ck_answer(get_info(0xe1, 0), CC_OK, 0x11, 0, 0);
}
END_TEST

/* Nothing of a bad token is stored. */
static const struct {
    const char *why;
    uint8_t data[16];
    size_t len;
    uint8_t cc;
} tokens[] = {
    { "no such token", { 0x55, 0, 0, 0, 1, 0 }, 6, CC_INVALID_FIELD },
    { "an index", { 0x0a, 1, 0, 0, 1, 0 }, 6, CC_INVALID_FIELD },
    { "not from the start", { 0x0a, 0, 1, 0, 1, 0 }, 6, CC_RANGE },
    { "progress 2", { 0x0a, 0, 0, 0, 2, 0 }, 6, CC_INVALID_FIELD },
    { "no header", { 0x0a, 0, 0, 0, 1, 4, 0, 1, 1 }, 9, CC_INVALID_FIELD },
    { "another length", { 0x0a, 0, 0, 0, 1, 9, 0, 1, 0, 0 }, 10, CC_INVALID_FIELD },
    { "another version", { 0x0a, 0, 0, 0, 1, 5, 0, 2, 0, 0 }, 10, CC_INVALID_FIELD },
    { "a sixth field", { 0x0a, 0, 0, 0, 1, 5, 0, 1, 0x20, 0 }, 10, CC_INVALID_FIELD },
    { "cut", { 0x0a, 0, 0, 0, 1, 6, 0, 1, 1, 0, 0 }, 11, CC_INVALID_FIELD },
};

START_TEST(refuses_bad_tokens)
{
    uint8_t rq[4 + sizeof tokens[0].data] = { IANA, reservation() };
    const struct answer *a;

    memcpy(rq + 4, tokens[_i].data, tokens[_i].len);
    a = mcworld_ask(&w, w.mc, NETFN_OEM, 3, rq, 4 + tokens[_i].len);
    ck_assert_msg(a->cc == tokens[_i].cc, "%s: %02x", tokens[_i].why, a->cc);
    ck_assert_uint_eq(dell_of(w.mc)->ssh[0], 1);
}
END_TEST

START_TEST(refuses_fields_that_are_only_read_or_no_flags)
{
    uint8_t id = reservation();

    ck_cc(config(3, id, 0x0a, 0, 0, 0, 1, 14, 0, 1, 2, 0, 0, 9, 9, 0, 0, 0, 0, 0, 0),
          CC_INVALID_FIELD);
    ck_cc(config(3, id, 0x0a, 0, 0, 0, 1, 14, 0, 1, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
          CC_INVALID_FIELD);
    ck_cc(config(3, 0, 0x0a, 0, 0, 0, 1, 0), CC_RESERVATION);
    ck_cc(config(2, id, 0x0a, 0, 14, 0, 1), CC_RANGE);
    ck_cc(config(2, id, 0x0a, 0, 13, 0, 2), CC_RANGE);
}
END_TEST

/* Long texts: read in parts, none of them shorter than a header. */
START_TEST(keeps_long_texts)
{
    uint8_t rq[10 + 24 + 250] = { IANA, 0, 0x07, 0, 0, 0, 1 };
    const struct answer *a;
    size_t at = 0, text = 109;
    uint16_t len = (uint16_t)(24 + text);

    rq[3] = reservation();
    rq[9] = (uint8_t)len;
    rq[11] = 1;
    rq[12] = 0x04;
    rq[19] = (uint8_t)text;
    memset(rq + 20, 'x', text);
    ck_cc(mcworld_ask(&w, w.mc, NETFN_OEM, 3, rq, 9u + len), CC_OK);
    while (at < len) {
        a = config(2, rq[3], 0x07, 0, (uint8_t)at, 0, 0xff);
        ck_cc(a, CC_OK);
        ck_assert_uint_ge(a->data[5], DELL_TOKEN_HEADER);
        at += a->data[5];
    }
    ck_assert_uint_eq(at, len);
}
END_TEST

START_TEST(has_bounded_room_for_texts)
{
    uint8_t rq[9 + 200] = { IANA, reservation(), 0x07, 0, 0, 0, 0 };

    for (unsigned n = 0; n < 2; n++) {
        rq[6] = (uint8_t)(n * 200);
        ck_cc(mcworld_ask(&w, w.mc, NETFN_OEM, 3, rq, sizeof rq), CC_OK);
    }
    rq[6] = 400 & 0xff;
    rq[7] = 400 >> 8;
    ck_cc(mcworld_ask(&w, w.mc, NETFN_OEM, 3, rq, sizeof rq), CC_NO_SPACE);
}
END_TEST

/* ---- anything ---- */

#define REQUESTS 40000
#define RANDOM_MAX 48

/* Of a legal length, or one more; small octets mean something more often. */
static void
ask_at_random(struct rng *rng)
{
    size_t which = (size_t)rng_below(rng, sizeof tables / sizeof tables[0]);
    const struct command_table *table = tables[which];
    const struct command *row = &table->rows[rng_below(rng, table->count)];
    size_t most = row->len_max < RANDOM_MAX ? row->len_max : RANDOM_MAX - 1;
    size_t len = row->len_min + (size_t)rng_below(rng, most - row->len_min + 2);
    uint8_t data[RANDOM_MAX + 1] = { 0 };

    for (size_t i = 0; i < len; i++)
        data[i] = (uint8_t)rng_below(rng, rng_chance(rng, 700000) ? 16 : 256);
    if (table->id != 0)
        memcpy(data, (const uint8_t[]){ IANA, dell_of(w.mc)->reservation }, 4);
    if (row->cmd == GET_INFO)
        data[1] = (uint8_t)(0xc0 + rng_below(rng, 0x40));
    ck_assert_uint_eq(mcworld_ask(&w, w.mc, row->netfn, row->cmd, data, len)->times, 1);
}

START_TEST(answers_anything_once)
{
    struct rng rng = rng_named(rng_key_root(1), "dell");

    (void)reservation();
    for (unsigned n = 0; n < REQUESTS; n++) {
        ask_at_random(&rng);
        if (n % 16 == 0)
            set_info((uint8_t)(0xc0 + n / 16 % 0x40), (uint8_t)rng_below(&rng, 5),
                     (uint8_t)rng_below(&rng, 256), (uint8_t)rng_below(&rng, 80), 1, 2, 3);
    }
    ck_cc(get_info(0xd1, 0), CC_OK);
}
END_TEST

/* ---- defaults ---- */

START_TEST(goes_back_to_defaults)
{
    ck_cc(dell(0x28, 5, 2), CC_OK);
    ck_cc(set_info(0xe1, 0), CC_OK);
    ck_cc(dell(0xba, 0, 1), CC_OK);
    ck_answer(dell(0x21, 0), CC_OK, 1);
    ck_answer(dell(0x21, 0xaa), CC_OK, 0);
    ck_answer(dell(0x21, 0), CC_OK, 0);
    mcworld_run(&w, DELL_DEFAULTS_SPAN);
    ck_answer(dell(0x21, 0), CC_OK, 1);
    ck_answer(dell(0x29), CC_OK, 1, 0);
    ck_answer(get_info(0xe1, 0), CC_OK, 0x11, 1, 1);
    ck_answer(dell(0xba, 1, 0xff), CC_OK, 2);
}
END_TEST

#define COUNT(of) ((int)(sizeof(of) / sizeof(of)[0]))

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("oem_dell", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, keeps_the_promises_of_its_rows, 0, COUNT(tables));
    tcase_add_loop_test(tc, is_strict, 0, COUNT(refusals));
    tcase_add_test(tc, lets_users_read_and_administrators_write);
    tcase_add_test(tc, tells_who_it_is);
    tcase_add_test(tc, shares_the_asset_tag_with_dcmi);
    tcase_add_test(tc, is_of_the_twelfth_generation);
    tcase_add_test(tc, has_the_address_of_its_lan);
    tcase_add_test(tc, lists_its_loms);
    tcase_add_test(tc, passes_other_parameters_on);
    tcase_add_test(tc, tells_the_version_of_the_operating_system_that_runs);
    tcase_add_test(tc, forgets_the_operating_system_that_ran);
    tcase_add_test(tc, shows_a_text);
    tcase_add_test(tc, keeps_the_display_across_a_cold_reset);
    tcase_add_loop_test(tc, selects_a_port_in_both_ways, 0, COUNT(selections));
    tcase_add_test(tc, measures_energy_and_peaks);
    tcase_add_test(tc, keeps_energy_across_a_cold_reset);
    tcase_add_test(tc, shares_the_load_among_supplies);
    tcase_add_loop_test(tc, sets_the_limit_that_dcmi_has, 0, COUNT(caps));
    tcase_add_test(tc, remembers_a_week);
    tcase_add_test(tc, averages_over_an_interval);
    tcase_add_test(tc, shows_the_draw_on_the_sensor_of_that_name);
    tcase_add_test(tc, keeps_the_light_of_a_bay);
    tcase_add_test(tc, tells_of_the_identify_light);
    tcase_add_test(tc, switches_slots);
    tcase_add_test(tc, maps_ports);
    tcase_add_test(tc, follows_the_boot);
    tcase_add_test(tc, configures_a_service);
    tcase_add_test(tc, takes_a_token_in_parts);
    tcase_add_test(tc, switches_the_web_server_in_both_ways);
    tcase_add_loop_test(tc, refuses_bad_tokens, 0, COUNT(tokens));
    tcase_add_test(tc, refuses_fields_that_are_only_read_or_no_flags);
    tcase_add_test(tc, keeps_long_texts);
    tcase_add_test(tc, has_bounded_room_for_texts);
    tcase_add_test(tc, goes_back_to_defaults);
    tcase_add_test(tc, answers_anything_once);
    return run_suite(s);
}
