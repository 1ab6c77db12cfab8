#include <string.h>

#include "sim/mc/mc_tables.h"
#include "tests/lib/records.h"
#include "tests/lib/run.h"

#define N         NETFN_STORAGE
#define NOW       WORLD_EPOCH_DEFAULT
#define SATELLITE 0x72

static const uint8_t first[] = {
    0x99, 0x99, 0x51, 0x12, 0x0e, 0x20, 0x00, 0x20, 0xbf, 0x00,
    0x00, 0x00, 0x07, 0x01, 0x00, 0xc3, 'B',  'M',  'C',
};
static const uint8_t second[] = {
    0x99, 0x99, 0x51, 0x11, 0x0e, 0x20, 0x00, 0x80, 0x00, 0x00,
    0x10, 0x00, 0x07, 0x01, 0x00, 0xc3, 'F',  'R',  'U',
};
static const uint8_t third[] = { 0x99, 0x99, 0x51, 0xc0, 0x05,
                                 0x57, 0x01, 0x00, 0xaa, 0xbb };

static const struct machine_sdr records[] = {
    { { first, sizeof first } },
    { { second, sizeof second } },
    { { third, sizeof third } },
};

/* What a client adds: an OEM record whose id it does not know. */
static const uint8_t added[] = { 0x00, 0x00, 0x51, 0xc0, 0x04, 0x57, 0x01, 0x00, 0x11 };

static struct mcworld w;

static void
setup(void)
{
    mcworld_describe(&w);
    w.machine.sdrs = records;
    w.machine.sdr_count = 3;
    mcworld_begin(&w);
}

static void
teardown(void)
{
    mcworld_end(&w);
}

static uint16_t
reserve(void)
{
    const struct answer *a = ask(&w, N, 0x22);

    ck_cc(a, CC_OK);
    return answer_le16(a, 0);
}

static uint32_t
add_time(void)
{
    return answer_le32(ask(&w, N, 0x20), 5);
}

static uint32_t
erase_time(void)
{
    return answer_le32(ask(&w, N, 0x20), 9);
}

static uint16_t
add(void)
{
    const struct answer *a = mcworld_ask(&w, w.mc, N, 0x24, added, sizeof added);

    ck_cc(a, CC_OK);
    return answer_le16(a, 0);
}

/* ---- reading ---- */

START_TEST(gives_records_ids_in_their_order)
{
    const struct answer *a = ask(&w, N, 0x23, 0, 0, 0, 0, 0, 0xff);

    ck_assert_uint_eq(a->len, 2 + sizeof first);
    ck_assert_mem_eq(a->data, ((const uint8_t[]){ 2, 0, 1, 0 }), 4);
    ck_assert_mem_eq(a->data + 4, first + 2, sizeof first - 2);
    ck_answer(ask(&w, N, 0x23, 0, 0, 2, 0, 0, 5), CC_OK, 3, 0, 2, 0, 0x51, 0x11, 0x0e);
    ck_answer(ask(&w, N, 0x23, 0, 0, 3, 0, 0, 0xff), CC_OK, 0xff, 0xff, 3, 0, 0x51, 0xc0,
              5, 0x57, 0x01, 0x00, 0xaa, 0xbb);
    ck_answer(ask(&w, N, 0x23, 0, 0, 0xff, 0xff, 0, 4), CC_OK, 0xff, 0xff, 3, 0, 0x51,
              0xc0);
}
END_TEST

static const struct {
    const char *why;
    uint16_t id;
    uint8_t offset, count;
    uint8_t cc;
    size_t len;
} reads[] = {
    { "header", 1, 0, 5, CC_OK, 7 },
    { "from the second octet", 1, 1, 2, CC_OK, 4 },
    { "all but the header", 1, 5, 14, CC_OK, 16 },
    { "to the end", 1, 5, 0xff, CC_OK, 16 },
    { "one too many", 1, 5, 15, CC_CANNOT_RETURN, 0 },
    { "the last octet", 1, 18, 1, CC_OK, 3 },
    { "from behind it", 1, 19, 1, CC_RANGE, 0 },
    { "far behind it", 1, 0xfe, 1, CC_RANGE, 0 },
    { "no such record", 4, 0, 5, CC_NOT_PRESENT, 0 },
};

START_TEST(gives_parts_of_a_record)
{
    uint16_t r = reserve();
    const struct answer *a =
        ask(&w, N, 0x23, LE(r), LE(reads[_i].id), reads[_i].offset, reads[_i].count);

    ck_assert_msg(a->cc == reads[_i].cc && a->len == reads[_i].len,
                  "%s: %02x, %zu octets", reads[_i].why, a->cc, a->len);
}
END_TEST

START_TEST(refuses_more_than_a_channel_carries)
{
    uint8_t whole[SDR_RECORD_MAX] = { 0, 0, 0x51, 0xc0, 0xff };
    struct machine_sdr big = { { whole, sizeof whole } };

    mcworld_end(&w);
    mcworld_describe(&w);
    w.machine.sdrs = &big;
    w.machine.sdr_count = 1;
    mcworld_begin(&w);
    ck_cc(ask(&w, N, 0x23, 0, 0, 1, 0, 0, 0xff), CC_CANNOT_RETURN);
    ck_cc(ask(&w, N, 0x23, 0, 0, 1, 0, 0, 199), CC_CANNOT_RETURN);
    ck_cc(ask(&w, N, 0x23, 0, 0, 1, 0, 0, 198), CC_OK);
    w.who.channel = CHANNEL_PRIMARY_IPMB;
    ck_cc(ask(&w, N, 0x23, 0, 0, 1, 0, 0, 23), CC_CANNOT_RETURN);
    ck_cc(ask(&w, N, 0x23, 0, 0, 1, 0, 0, 22), CC_OK);
}
END_TEST

START_TEST(wants_a_reservation_for_all_but_the_beginning)
{
    uint16_t r = reserve();

    ck_cc(ask(&w, N, 0x23, 0, 0, 1, 0, 0, 5), CC_OK);
    ck_cc(ask(&w, N, 0x23, 0, 0, 1, 0, 1, 5), CC_RESERVATION);
    ck_cc(ask(&w, N, 0x23, LE(r + 1), 1, 0, 1, 5), CC_RESERVATION);
    ck_cc(ask(&w, N, 0x23, LE(r), 1, 0, 1, 5), CC_OK);
    ck_cc(ask(&w, N, 0x26, 0, 0, 1, 0), CC_RESERVATION);
    ck_cc(ask(&w, N, 0x27, 0, 0, 'C', 'L', 'R', 0xaa), CC_RESERVATION);
    ck_cc(ask(&w, N, 0x25, 0, 0, 0, 0, 0, 0, 1), CC_RESERVATION);
}
END_TEST

START_TEST(ends_a_reservation_when_another_is_made_and_by_a_reset)
{
    uint16_t r = reserve();
    uint16_t later = reserve();

    ck_cc(ask(&w, N, 0x23, LE(r), 1, 0, 1, 5), CC_RESERVATION);
    ck_cc(ask(&w, N, 0x23, LE(later), 1, 0, 1, 5), CC_OK);
    sdr_repo_reset(w.mc);
    ck_cc(ask(&w, N, 0x23, LE(later), 1, 0, 1, 5), CC_RESERVATION);
}
END_TEST

START_TEST(ends_a_reservation_when_a_record_goes)
{
    uint16_t r = reserve();

    ck_answer(ask(&w, N, 0x26, LE(r), 2, 0), CC_OK, 2, 0);
    ck_cc(ask(&w, N, 0x26, LE(r), 3, 0), CC_RESERVATION);
    r = reserve();
    ck_answer(ask(&w, N, 0x27, LE(r), 'C', 'L', 'R', 0xaa), CC_OK, 1);
    ck_cc(ask(&w, N, 0x27, LE(r), 'C', 'L', 'R', 0xaa), CC_RESERVATION);
}
END_TEST

/* No id changes by it. */
START_TEST(keeps_a_reservation_when_a_record_comes)
{
    uint16_t r = reserve();

    add();
    ck_cc(ask(&w, N, 0x23, LE(r), 1, 0, 1, 5), CC_OK);
}
END_TEST

/* ---- info ---- */

START_TEST(counts_records_and_room)
{
    const struct answer *a = ask(&w, N, 0x20);

    ck_assert_uint_eq(a->len, 14);
    ck_assert_uint_eq(a->data[0], 0x51);
    ck_assert_uint_eq(answer_le16(a, 1), 3);
    ck_assert_uint_eq(answer_le16(a, 3), (4095 - 5) * 16);
    ck_assert_uint_eq(a->data[13], 0x6f);
    ck_answer(ask(&w, N, 0x21), CC_OK, LE(4095), LE(16), LE(4090), LE(4090), 17);
}
END_TEST

START_TEST(moves_its_stamps_with_every_change)
{
    uint32_t added_at = add_time(), erased_at = erase_time();
    uint16_t r;

    ck_assert_uint_lt(added_at, NOW);
    add();
    ck_assert_uint_eq(add_time(), NOW);
    ck_assert_uint_eq(erase_time(), erased_at);
    add();
    ck_assert_uint_eq(add_time(), NOW + 1);
    mcworld_run(&w, SPAN_S(10));
    add();
    ck_assert_uint_eq(add_time(), NOW + 10);
    r = reserve();
    ck_cc(ask(&w, N, 0x26, LE(r), 1, 0), CC_OK);
    ck_assert_uint_eq(erase_time(), NOW + 10);
    r = reserve();
    ck_cc(ask(&w, N, 0x27, LE(r), 'C', 'L', 'R', 0xaa), CC_OK);
    ck_assert_uint_eq(erase_time(), NOW + 11);
    ck_assert_uint_eq(add_time(), NOW + 10);
}
END_TEST

START_TEST(has_other_stamps_for_other_records)
{
    uint32_t before = add_time();

    mcworld_end(&w);
    setup();
    ck_assert_uint_eq(add_time(), before);
    mcworld_end(&w);
    mcworld_describe(&w);
    w.machine.sdrs = records;
    w.machine.sdr_count = 2;
    mcworld_begin(&w);
    ck_assert_uint_ne(add_time(), before);
}
END_TEST

START_TEST(keeps_its_time_as_set)
{
    ck_answer(ask(&w, N, 0x28), CC_OK, 0x00, 0xb9, 0x55, 0x69);
    ck_cc(ask(&w, N, 0x29, 0, 0, 0, 0x70), CC_OK);
    mcworld_run(&w, SPAN_S(5));
    ck_answer(ask(&w, N, 0x28), CC_OK, 5, 0, 0, 0x70);
    add();
    ck_assert_uint_eq(add_time(), 0x70000005);
    /* A clock that runs back does not make stamps stand still. */
    ck_cc(ask(&w, N, 0x29, 0, 0, 0, 0x60), CC_OK);
    add();
    ck_assert_uint_eq(add_time(), 0x70000006);
}
END_TEST

/* ---- adding ---- */

START_TEST(adds_at_the_end_under_a_new_id)
{
    ck_assert_uint_eq(add(), 4);
    ck_assert_uint_eq(add(), 5);
    ck_answer(ask(&w, N, 0x23, 0, 0, 4, 0, 0, 0xff), CC_OK, 5, 0, 4, 0, 0x51, 0xc0, 4,
              0x57, 0x01, 0x00, 0x11);
    ck_answer(ask(&w, N, 0x23, 0, 0, 3, 0, 0, 4), CC_OK, 4, 0, 3, 0, 0x51, 0xc0);
    ck_assert_uint_eq(answer_le16(ask(&w, N, 0x20), 1), 5);
}
END_TEST

START_TEST(refuses_a_record_whose_length_is_wrong)
{
    ck_cc(ask(&w, N, 0x24, 0, 0, 0x51, 0xc0, 3, 1, 2), CC_CMD_80);
    ck_cc(ask(&w, N, 0x24, 0, 0, 0x51, 0xc0, 1, 1, 2), CC_CMD_80);
    ck_assert_uint_eq(sdr_count(w.mc), 3);
}
END_TEST

START_TEST(leaves_the_machine_s_records_alone)
{
    static const uint8_t before = 0x99;
    uint16_t r = reserve();

    add();
    ck_cc(ask(&w, N, 0x26, LE(r), 1, 0), CC_OK);
    ck_assert_uint_eq(first[0], before);
    ck_assert_uint_eq(w.machine.sdr_count, 3);
    ck_answer(ask(&w, N, 0x23, 0, 0, 0, 0, 0, 4), CC_OK, 3, 0, 2, 0, 0x51, 0x11);
}
END_TEST

START_TEST(begins_ids_again_when_cleared)
{
    uint16_t r = reserve();

    ck_cc(ask(&w, N, 0x27, LE(r), 'C', 'L', 'X', 0xaa), CC_INVALID_FIELD);
    ck_cc(ask(&w, N, 0x27, LE(r), 'C', 'L', 'R', 0x55), CC_INVALID_FIELD);
    ck_answer(ask(&w, N, 0x27, LE(r), 'C', 'L', 'R', 0xaa), CC_OK, 1);
    ck_answer(ask(&w, N, 0x27, LE(r), 'C', 'L', 'R', 0x00), CC_OK, 1);
    ck_cc(ask(&w, N, 0x23, 0, 0, 0, 0, 0, 5), CC_NOT_PRESENT);
    ck_assert_uint_eq(add(), 1);
    ck_assert_uint_eq(add(), 2);
}
END_TEST

START_TEST(takes_no_more_than_it_has_room_for)
{
    uint8_t big[SDR_RECORD_MAX] = { 0, 0, 0x51, 0xc0, 0xff };
    unsigned fit = (4095 - 5) / 17;
    uint16_t r;

    for (unsigned n = 0; n < fit; n++)
        ck_cc(mcworld_ask(&w, w.mc, N, 0x24, big, sizeof big), CC_OK);
    ck_assert_uint_eq(ask(&w, N, 0x20)->data[13], 0x6f);
    ck_cc(mcworld_ask(&w, w.mc, N, 0x24, big, sizeof big), CC_NO_SPACE);
    ck_assert_uint_eq(ask(&w, N, 0x20)->data[13], 0xef);
    r = reserve();
    ck_cc(ask(&w, N, 0x26, LE(r), 0xff, 0xff), CC_OK);
    ck_assert_uint_eq(ask(&w, N, 0x20)->data[13], 0x6f);
    ck_cc(mcworld_ask(&w, w.mc, N, 0x24, big, sizeof big), CC_OK);
}
END_TEST

/* ---- pieces ---- */

START_TEST(puts_a_record_together_from_pieces)
{
    uint16_t r = reserve();

    ck_answer(ask(&w, N, 0x25, LE(r), 0, 0, 0, 0, 0, 0, 0x51, 0xc0, 4), CC_OK, 4, 0);
    ck_answer(ask(&w, N, 0x25, LE(r), 4, 0, 5, 0, 0x57, 0x01), CC_OK, 4, 0);
    ck_assert_uint_eq(sdr_count(w.mc), 3);
    ck_assert_uint_eq(add(), 5); /* another client's, meanwhile */
    ck_answer(ask(&w, N, 0x25, LE(r), 4, 0, 7, 1, 0x00, 0x22), CC_OK, 4, 0);
    ck_answer(ask(&w, N, 0x23, 0, 0, 4, 0, 0, 0xff), CC_OK, 0xff, 0xff, 4, 0, 0x51, 0xc0,
              4, 0x57, 0x01, 0x00, 0x22);
}
END_TEST

START_TEST(takes_a_whole_record_as_one_piece)
{
    uint16_t r = reserve();

    ck_answer(
        ask(&w, N, 0x25, LE(r), 0, 0, 0, 1, 0, 0, 0x51, 0xc0, 4, 0x57, 0x01, 0x00, 0x22),
        CC_OK, 4, 0);
    ck_assert_uint_eq(sdr_count(w.mc), 4);
}
END_TEST

START_TEST(refuses_pieces_that_do_not_fit)
{
    uint16_t r = reserve();

    ck_cc(ask(&w, N, 0x25, LE(r), 0, 0, 4, 0, 1), CC_INVALID_FIELD);
    ck_cc(ask(&w, N, 0x25, LE(r), 0, 0, 0, 2, 1), CC_INVALID_FIELD);
    ck_answer(ask(&w, N, 0x25, LE(r), 0, 0, 0, 0, 0, 0, 0x51, 0xc0, 4), CC_OK, 4, 0);
    ck_cc(ask(&w, N, 0x25, LE(r), 4, 0, 6, 0, 1), CC_INVALID_FIELD);
    ck_cc(ask(&w, N, 0x25, LE(r), 9, 0, 5, 0, 1), CC_INVALID_FIELD);
    ck_cc(ask(&w, N, 0x25, LE(r), 4, 0, 5, 1, 1), CC_CMD_80);
    ck_cc(ask(&w, N, 0x25, LE(r), 4, 0, 6, 1, 1, 2, 3), CC_INVALID_FIELD);
    ck_assert_uint_eq(sdr_count(w.mc), 3);
}
END_TEST

START_TEST(forgets_the_pieces_with_their_reservation)
{
    uint16_t r = reserve();

    ck_answer(ask(&w, N, 0x25, LE(r), 0, 0, 0, 0, 0, 0, 0x51, 0xc0, 4), CC_OK, 4, 0);
    r = reserve();
    ck_cc(ask(&w, N, 0x25, LE(r), 4, 0, 5, 1, 0x57, 0x01, 0x00, 0x22), CC_INVALID_FIELD);
    ck_assert_uint_eq(sdr_count(w.mc), 3);
}
END_TEST

START_TEST(bounds_what_pieces_add_up_to)
{
    uint8_t piece[6 + 131] = { 0 };
    uint16_t r = reserve();

    piece[0] = (uint8_t)r;
    piece[1] = (uint8_t)(r >> 8);
    ck_cc(mcworld_ask(&w, w.mc, N, 0x25, piece, sizeof piece), CC_OK);
    piece[2] = 4;
    piece[4] = 131;
    ck_cc(mcworld_ask(&w, w.mc, N, 0x25, piece, sizeof piece), CC_CMD_80);
}
END_TEST

/* ---- modes and the agent ---- */

START_TEST(enters_and_leaves_update_mode)
{
    ck_cc(ask(&w, N, 0x2a), CC_OK);
    ck_cc(ask(&w, N, 0x23, 0, 0, 0, 0, 0, 0xff), CC_OK);
    add();
    ck_cc(ask(&w, N, 0x2b), CC_OK);
    mcworld_from_lan(&w, PRIV_ADMIN);
    ck_cc(ask(&w, N, 0x23, 0, 0, 0, 0, 0, 0xff), CC_OK);
}
END_TEST

static const struct {
    uint8_t cmd, len;
    uint8_t data[9];
} of_the_updater[] = {
    { 0x22, 0, { 0 } },
    { 0x23, 6, { 0, 0, 0, 0, 0, 0xff } },
    { 0x24, 9, { 0x00, 0x00, 0x51, 0xc0, 0x04, 0x57, 0x01, 0x00, 0x11 } },
    { 0x25, 6, { 0 } },
    { 0x26, 4, { 0 } },
    { 0x27, 6, { 0, 0, 'C', 'L', 'R', 0xaa } },
    { 0x2a, 0, { 0 } },
    { 0x2b, 0, { 0 } },
    { 0x2c, 1, { 1 } },
};

START_TEST(is_the_updaters_alone_in_update_mode)
{
    uint8_t cmd = of_the_updater[_i].cmd, len = of_the_updater[_i].len;

    ck_cc(ask(&w, N, 0x2a), CC_OK);
    mcworld_from_lan(&w, PRIV_ADMIN);
    ck_answer(mcworld_ask(&w, w.mc, N, cmd, of_the_updater[_i].data, len), CC_SDR_UPDATE);
    ck_cc(ask(&w, N, 0x20), CC_OK);
    ck_cc(ask(&w, N, 0x28), CC_OK);
}
END_TEST

START_TEST(leaves_update_mode_when_its_owner_is_gone)
{
    ck_cc(ask(&w, N, 0x2a), CC_OK);
    mcworld_run(&w, SDR_UPDATE_SPAN - SPAN_S(1));
    ck_cc(ask(&w, N, 0x23, 0, 0, 0, 0, 0, 0xff), CC_OK);
    mcworld_run(&w, SDR_UPDATE_SPAN - SPAN_S(1));
    mcworld_from_lan(&w, PRIV_ADMIN);
    ck_cc(ask(&w, N, 0x22), CC_SDR_UPDATE);
    mcworld_run(&w, SPAN_S(1));
    ck_cc(ask(&w, N, 0x22), CC_OK);
}
END_TEST

START_TEST(leaves_update_mode_on_a_reset)
{
    ck_cc(ask(&w, N, 0x2a), CC_OK);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(1));
    mcworld_from_lan(&w, PRIV_ADMIN);
    ck_cc(ask(&w, N, 0x22), CC_OK);
}
END_TEST

START_TEST(runs_the_initialization_agent)
{
    ck_answer(ask(&w, N, 0x2c, 0), CC_OK, 1);
    ck_answer(ask(&w, N, 0x2c, 1), CC_OK, 1);
}
END_TEST

START_TEST(keeps_its_records_in_a_reset)
{
    add();
    sdr_repo_reset(w.mc);
    ck_assert_uint_eq(sdr_count(w.mc), 4);
    ck_assert_uint_eq(add(), 5);
}
END_TEST

/* ---- device SDRs ---- */

static struct machine_mc satellite;

static const struct machine_sensor satellite_sensors[] = {
    { .number = 0x10 },
    { .number = 0x11 },
    { .number = 0x12 },
    { .lun = 3, .number = 0x10 },
};

static struct mc *
add_satellite(void)
{
    satellite = mcworld_satellite(SATELLITE);
    satellite.device_sdrs[0] = records;
    satellite.device_sdr_count[0] = 2;
    satellite.device_sdrs[3] = records + 2;
    satellite.device_sdr_count[3] = 1;
    satellite.sensors = satellite_sensors;
    satellite.sensor_count = 4;
    w.who.channel = CHANNEL_PRIMARY_IPMB;
    return mcworld_add(&w, &satellite);
}

START_TEST(counts_device_sdrs_and_sensors_of_a_lun)
{
    struct mc *mc = add_satellite();

    ck_answer(ask_of(&w, mc, NETFN_SENSOR, 0x20), CC_OK, 3, 0x09);
    ck_answer(ask_of(&w, mc, NETFN_SENSOR, 0x20, 0), CC_OK, 3, 0x09);
    ck_answer(ask_of(&w, mc, NETFN_SENSOR, 0x20, 1), CC_OK, 2, 0x09);
    w.who.lun = 3;
    ck_answer(ask_of(&w, mc, NETFN_SENSOR, 0x20, 1), CC_OK, 1, 0x09);
    satellite.dynamic_sensors = true;
    ck_answer(ask_of(&w, mc, NETFN_SENSOR, 0x20), CC_OK, 1, 0x89, 0, 0, 0, 0);
}
END_TEST

START_TEST(gives_device_sdrs_of_a_lun)
{
    struct mc *mc = add_satellite();
    const struct answer *a = ask_of(&w, mc, NETFN_SENSOR, 0x22);
    uint16_t r = answer_le16(a, 0);

    ck_answer(ask_of(&w, mc, NETFN_SENSOR, 0x21, 0, 0, 0, 0, 0, 5), CC_OK, 2, 0, 1, 0,
              0x51, 0x12, 0x0e);
    ck_answer(ask_of(&w, mc, NETFN_SENSOR, 0x21, 0, 0, 2, 0, 0, 5), CC_OK, 0xff, 0xff, 2,
              0, 0x51, 0x11, 0x0e);
    ck_cc(ask_of(&w, mc, NETFN_SENSOR, 0x21, 0, 0, 3, 0, 0, 5), CC_NOT_PRESENT);
    ck_cc(ask_of(&w, mc, NETFN_SENSOR, 0x21, 0, 0, 1, 0, 5, 5), CC_RESERVATION);
    ck_answer(ask_of(&w, mc, NETFN_SENSOR, 0x21, LE(r), 1, 0, 16, 3), CC_OK, 2, 0, 'B',
              'M', 'C');
    w.who.lun = 3;
    ck_answer(ask_of(&w, mc, NETFN_SENSOR, 0x21, 0, 0, 0xff, 0xff, 0, 5), CC_OK, 0xff,
              0xff, 1, 0, 0x51, 0xc0, 0x05);
    w.who.lun = 1;
    ck_cc(ask_of(&w, mc, NETFN_SENSOR, 0x21, 0, 0, 0, 0, 0, 5), CC_NOT_PRESENT);
}
END_TEST

START_TEST(keeps_its_rows)
{
    mcworld_check_rows(&w, &sdr_commands, 0);
    mcworld_check_rows(&w, &device_sdr_commands, 0);
}
END_TEST

static Suite *
sdr_repo_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/mc/sdr_repo", &c);

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, gives_records_ids_in_their_order);
    tcase_add_loop_test(c, gives_parts_of_a_record, 0, sizeof reads / sizeof reads[0]);
    tcase_add_test(c, refuses_more_than_a_channel_carries);
    tcase_add_test(c, wants_a_reservation_for_all_but_the_beginning);
    tcase_add_test(c, ends_a_reservation_when_another_is_made_and_by_a_reset);
    tcase_add_test(c, ends_a_reservation_when_a_record_goes);
    tcase_add_test(c, keeps_a_reservation_when_a_record_comes);
    tcase_add_test(c, counts_records_and_room);
    tcase_add_test(c, moves_its_stamps_with_every_change);
    tcase_add_test(c, has_other_stamps_for_other_records);
    tcase_add_test(c, keeps_its_time_as_set);
    tcase_add_test(c, adds_at_the_end_under_a_new_id);
    tcase_add_test(c, refuses_a_record_whose_length_is_wrong);
    tcase_add_test(c, leaves_the_machine_s_records_alone);
    tcase_add_test(c, begins_ids_again_when_cleared);
    tcase_add_test(c, takes_no_more_than_it_has_room_for);
    tcase_add_test(c, puts_a_record_together_from_pieces);
    tcase_add_test(c, takes_a_whole_record_as_one_piece);
    tcase_add_test(c, refuses_pieces_that_do_not_fit);
    tcase_add_test(c, forgets_the_pieces_with_their_reservation);
    tcase_add_test(c, bounds_what_pieces_add_up_to);
    tcase_add_test(c, enters_and_leaves_update_mode);
    tcase_add_loop_test(c, is_the_updaters_alone_in_update_mode, 0,
                        sizeof of_the_updater / sizeof of_the_updater[0]);
    tcase_add_test(c, leaves_update_mode_when_its_owner_is_gone);
    tcase_add_test(c, leaves_update_mode_on_a_reset);
    tcase_add_test(c, runs_the_initialization_agent);
    tcase_add_test(c, keeps_its_records_in_a_reset);
    tcase_add_test(c, counts_device_sdrs_and_sensors_of_a_lun);
    tcase_add_test(c, gives_device_sdrs_of_a_lun);
    tcase_add_test(c, keeps_its_rows);
    return s;
}

int
main(void)
{
    return run_suite(sdr_repo_suite());
}
