#include "sim/oem/kontron.h"

#include <string.h>

#include "sim/wire/fru.h"
#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#define BOARD 0x3e
#define KEY 0xb4, 0x90, 0x91, 0x8b
#define IMAGE 1500u
#define BLOCK 28u
#define MAKER 15000u
#define PRODUCT 5002u

static struct mcworld w;
static uint8_t fru_octets[256];
static struct machine_fru fru;
static uint8_t image[IMAGE];

static void
describe_fru(void)
{
    struct wr out = wr_of(fru_octets, sizeof fru_octets);
    struct fru_header header = { .offset = { [FRU_BOARD] = FRU_HEADER } };
    size_t start;

    memset(fru_octets, 0, sizeof fru_octets);
    wr_fill(&out, 0, FRU_HEADER);
    fru_area_begin(&out, &start);
    wr_u8(&out, FRU_LANGUAGE_ENGLISH);
    wr_le24(&out, 0x123456);
    fru_area_field(&out, "Kontron");
    fru_area_field(&out, "CP6012");
    fru_area_field(&out, "SN0815");
    fru_area_end(&out, start);
    fru_header_build(&header, fru_octets);
    fru = (struct machine_fru){ .size = sizeof fru_octets,
                                .data = { fru_octets, sizeof fru_octets } };
}

static void
begin(void)
{
    describe_fru();
    mcworld_describe(&w);
    w.machine.fw_major = 2;
    w.machine.fw_minor = 0x14;
    w.machine.manufacturer = MAKER;
    w.machine.product = PRODUCT;
    w.machine.frus = &fru;
    w.machine.fru_count = 1;
    w.machine.profiles[0] = &oem_kontron;
    mcworld_begin(&w);
    w.who.lun = 3;
}

static void
end(void)
{
    mcworld_end(&w);
}

static void
cold_reset(void)
{
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
}

START_TEST(keeps_the_promises_of_its_rows)
{
    w.who.lun = 0;
    mcworld_check_rows(&w, &oem_kontron_commands, 0);
    mcworld_check_rows(&w, &oem_fwum_commands, 0);
}
END_TEST

/* ---- the board ---- */

static const struct {
    uint8_t asked, device;
} boots[] = {
    { 0, BOOT_DEVICE_SETUP }, { 1, BOOT_DEVICE_FLOPPY }, { 2, BOOT_DEVICE_DISK },
    { 3, BOOT_DEVICE_CD },    { 4, BOOT_DEVICE_PXE },
};

START_TEST(boots_from_it_next)
{
    const struct boot *boot = &w.mc->chassis->boot;

    ck_answer(ask(&w, BOARD, 0x02, KEY, 0x9d, boots[_i].asked, 0xff), CC_OK);
    ck_assert_uint_eq(boot->flags[0], BOOT_FLAGS_VALID);
    ck_assert_uint_eq(boot->flags[1] >> BOOT_DEVICE_SHIFT, boots[_i].device);
    mcworld_run(&w, BOOT_VALID_SPAN + SPAN_S(1)); /* as of any boot options */
    ck_assert_uint_eq(boot->flags[0] & BOOT_FLAGS_VALID, 0);
}
END_TEST

START_TEST(is_strict_about_boots)
{
    ck_cc(ask(&w, BOARD, 0x02, KEY, 0x9d, 5, 0xff), CC_INVALID_FIELD);
    ck_cc(ask(&w, BOARD, 0x02, KEY, 0x9c, 2, 0xff), CC_INVALID_FIELD);
    ck_cc(ask(&w, BOARD, 0x02, KEY, 0x9d, 2, 0), CC_INVALID_FIELD);
    ck_cc(ask(&w, BOARD, 0x02, 1, 2, 3, 4, 0x9d, 2, 0xff), CC_INVALID_FIELD);
    w.who.lun = 0;
    ck_cc(ask(&w, BOARD, 0x02, KEY, 0x9d, 2, 0xff), CC_INVALID_LUN);
}
END_TEST

START_TEST(knows_what_it_was_made_with)
{
    const uint8_t patch[] = { 0, FRU_HEADER + 3, 0, 9, 9, 9 };

    ck_answer(ask(&w, BOARD, 0x0c, KEY), CC_OK, 'S', 'N', '0', '8', '1', '5');
    ck_answer(ask(&w, BOARD, 0x0e, KEY), CC_OK, 0x56, 0x34, 0x12);
    w.who.lun = 0;
    ck_cc(mcworld_ask(&w, w.mc, NETFN_STORAGE, 0x12, patch, sizeof patch), CC_OK);
    w.who.lun = 3;
    ck_answer(ask(&w, BOARD, 0x0e, KEY), CC_OK, 0x56, 0x34, 0x12);
    ck_cc(ask(&w, BOARD, 0x0c, 0, 0, 0, 0), CC_INVALID_FIELD);
}
END_TEST

START_TEST(sizes_buffers)
{
    w.who.lun = 0;
    ck_answer(ask(&w, BOARD, 0x82, MCWORLD_LAN, 100), CC_OK);
    ck_assert_uint_eq(kontron_of(w.mc)->buffers[MCWORLD_LAN], 100);
    ck_answer(ask(&w, BOARD, 0x82, 0x0e, 0), CC_OK);
    ck_answer(ask(&w, BOARD, 0x82, 9, 0), CC_INVALID_FIELD);
    cold_reset();
    ck_assert_uint_eq(kontron_of(w.mc)->buffers[MCWORLD_LAN], 0);
}
END_TEST

START_TEST(has_a_host_name)
{
    const struct answer *a;

    w.who.lun = 0;
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x01, MCWORLD_LAN, 0xc2, 'b', '7'), CC_OK);
    cold_reset();
    a = ask(&w, NETFN_TRANSPORT, 0x02, MCWORLD_LAN, 0xc2, 0, 0);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 1 + KONTRON_HOSTNAME);
    ck_assert_str_eq((const char *)a->data + 1, "b7");
    ck_cc(ask(&w, NETFN_TRANSPORT, 0x02, MCWORLD_LAN, 0xc3, 0, 0), CC_CMD_80);
}
END_TEST

/* ---- the firmware update manager ---- */

#define FWUM(cmd, ...) ask(&w, NETFN_FIRMWARE, cmd, __VA_ARGS__)

static uint16_t
make_image(unsigned product, uint8_t minor)
{
    uint8_t *head = image + FWUM_HEAD_AT;
    uint16_t sum = 0;

    for (unsigned i = 0; i < IMAGE; i++)
        image[i] = (uint8_t)(i * 3);
    memset(head, 0, FWUM_HEAD);
    head[6] = (uint8_t)(product >> 8);
    head[7] = (uint8_t)product;
    head[11] = 2;
    head[12] = minor;
    head[13] = 3;
    head[14] = MAKER & 0xff;
    head[15] = MAKER >> 8;
    for (unsigned i = 0; i < IMAGE; i++)
        sum = (uint16_t)(sum + image[i]);
    return (uint16_t)-sum;
}

static uint8_t
start(uint16_t padding)
{
    w.who.lun = 0;
    return FWUM(0x0a, IMAGE & 0xff, IMAGE >> 8, 0, (uint8_t)padding, (uint8_t)(padding >> 8), 1)
        ->cc;
}

static uint8_t
block(uint8_t number, unsigned at)
{
    uint8_t rq[1 + BLOCK] = { number };
    unsigned len = IMAGE - at < BLOCK ? IMAGE - at : BLOCK;

    memcpy(rq + 1, image + at, len);
    return mcworld_ask(&w, w.mc, NETFN_FIRMWARE, 0x0b, rq, 1 + len)->cc;
}

static uint8_t
finish(uint8_t minor)
{
    return FWUM(0x0c, 2, minor, 3, 0)->cc;
}

/* A whole download; how it finished. */
static uint8_t
download(unsigned product, uint8_t minor)
{
    uint8_t number = 0;

    ck_assert_uint_eq(start(make_image(product, minor)), CC_OK);
    for (unsigned at = 0; at < IMAGE; at += BLOCK)
        ck_assert_uint_eq(block(number++, at), CC_OK);
    return finish(minor);
}

static uint8_t
state_of(uint8_t bank)
{
    const struct answer *a = FWUM(0x07, bank);

    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 7);
    return a->data[0];
}

static uint8_t
minor_now(void)
{
    return ask(&w, NETFN_APP, 0x01)->data[3];
}

START_TEST(has_two_banks)
{
    w.who.lun = 0;
    ck_answer(FWUM(0x00), CC_OK, 6, w.machine.device_id, 2, 2, 0x14, 2, 0);
    ck_assert_uint_eq(state_of(0), FWUM_GOOD);
    ck_assert_uint_eq(state_of(1), FWUM_EMPTY);
    ck_cc(FWUM(0x07, 2), CC_RANGE);
    ck_cc(FWUM(0x09, 0), CC_STATE);
    ck_cc(FWUM(0x0e, 0), CC_STATE);
}
END_TEST

START_TEST(updates_and_goes_back)
{
    ck_assert_uint_eq(download(PRODUCT, 0x15), CC_OK);
    ck_assert_uint_eq(state_of(1), FWUM_NEW);
    cold_reset(); /* nobody asked for it yet */
    ck_assert_uint_eq(minor_now(), 0x14);
    ck_cc(FWUM(0x09, 1), CC_INVALID_FIELD);
    ck_cc(FWUM(0x09, 0), CC_OK);
    ck_assert_uint_eq(minor_now(), 0x14);
    cold_reset();
    ck_assert_uint_eq(minor_now(), 0x15);
    ck_assert_uint_eq(ask(&w, NETFN_APP, 0x01)->data[11], 3);
    ck_assert_uint_eq(state_of(1), FWUM_UNPROVEN);
    ck_assert_uint_eq(start(0), CC_STATE); /* the other is all there is to fall back on */
    mcworld_run(&w, FWUM_VALIDATION);
    ck_assert_uint_eq(state_of(0), FWUM_PREVIOUS);
    ck_assert_uint_eq(state_of(1), FWUM_GOOD);
    ck_cc(FWUM(0x0e, 0), CC_OK);
    cold_reset();
    ck_assert_uint_eq(minor_now(), 0x14);
    ck_assert_uint_eq(state_of(0), FWUM_GOOD);
    ck_assert_uint_eq(state_of(1), FWUM_PREVIOUS);
}
END_TEST

START_TEST(refuses_what_is_not_for_it)
{
    ck_assert_uint_eq(download(PRODUCT + 1, 0x15), CC_INVALID_FIELD);
    ck_assert_uint_eq(state_of(1), FWUM_EMPTY);
    ck_assert_uint_eq(finish(0x15), CC_STATE);
}
END_TEST

START_TEST(refuses_what_was_damaged)
{
    uint16_t padding = make_image(PRODUCT, 0x15);

    ck_assert_uint_eq(start(padding), CC_OK);
    image[700] ^= 1;
    for (unsigned at = 0, n = 0; at < IMAGE; at += BLOCK)
        ck_assert_uint_eq(block((uint8_t)n++, at), CC_OK);
    ck_assert_uint_eq(finish(0x15), CC_INVALID_FIELD);
}
END_TEST

START_TEST(takes_blocks_in_order)
{
    uint16_t padding = make_image(PRODUCT, 0x15);

    w.who.lun = 0;
    ck_assert_uint_eq(block(0, 0), CC_STATE);
    ck_assert_uint_eq(start(padding), CC_OK);
    ck_assert_uint_eq(block(1, 0), CC_CMD_83);
    ck_assert_uint_eq(block(0, 0), CC_OK);
    ck_assert_uint_eq(block(0, 0), CC_CMD_82);
    ck_assert_uint_eq(block(2, BLOCK), CC_CMD_83);
    ck_assert_uint_eq(block(1, BLOCK), CC_OK);
    ck_assert_uint_eq(finish(0x15), CC_FIELD_LENGTH);
    cold_reset();
    ck_assert_uint_eq(block(2, 2 * BLOCK), CC_STATE);
}
END_TEST

START_TEST(takes_blocks_by_address)
{
    uint16_t padding = make_image(PRODUCT, 0x15);
    uint8_t rq[4 + BLOCK];

    w.who.lun = 0;
    ck_cc(FWUM(0x0a, IMAGE & 0xff, IMAGE >> 8, 0, (uint8_t)padding, (uint8_t)(padding >> 8)),
          CC_OK);
    for (unsigned at = 0; at < IMAGE; at += BLOCK) {
        unsigned len = IMAGE - at < BLOCK ? IMAGE - at : BLOCK;

        rq[0] = (uint8_t)at;
        rq[1] = (uint8_t)(at >> 8);
        rq[2] = 0;
        rq[3] = (uint8_t)len;
        memcpy(rq + 4, image + at, len);
        ck_cc(mcworld_ask(&w, w.mc, NETFN_FIRMWARE, 0x0b, rq, 4 + len), CC_OK);
        ck_cc(mcworld_ask(&w, w.mc, NETFN_FIRMWARE, 0x0b, rq, 4 + len), CC_CMD_82);
    }
    ck_cc(FWUM(0x0b, 0, 0, 0, 2, 1), CC_LENGTH);
    ck_cc(FWUM(0x0b, 0, 0, 0), CC_LENGTH);
    ck_assert_uint_eq(finish(0x15), CC_OK);
}
END_TEST

START_TEST(has_limits)
{
    w.who.lun = 0;
    ck_cc(FWUM(0x0a, 100, 0, 0, 0, 0, 1), CC_RANGE);
    ck_cc(FWUM(0x0a, 0, 0, 0xff, 0, 0, 1), CC_RANGE);
    ck_cc(FWUM(0x0a, 0, 8, 0, 0, 0, 2), CC_INVALID_FIELD);
}
END_TEST

START_TEST(keeps_a_trace)
{
    static const uint8_t wanted[] = { 0x00, 3, 0, 0x07, 3, 0xc9, 0x09, 3, 0xd5, 0, 0, 0 };
    const struct answer *a;

    w.who.lun = 0;
    ck_cc(FWUM(0x00), CC_OK);
    ck_cc(FWUM(0x00), CC_OK);
    ck_cc(FWUM(0x07, 9), CC_RANGE);
    ck_cc(FWUM(0x09, 0), CC_STATE);
    cold_reset();
    a = FWUM(0x0f, 0);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 21);
    ck_assert_mem_eq(a->data, wanted, sizeof wanted);
    for (int i = 0; i < 60; i++) {
        ck_cc(FWUM(0x00), CC_OK);
        ck_cc(FWUM(0x07, 0), CC_OK);
    }
    ck_assert_uint_eq(FWUM(0x0f, 6)->data[18], 0x07); /* the last of 49 */
    ck_cc(FWUM(0x0f, 7), CC_RANGE);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("oem_kontron", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_loop_test(tc, boots_from_it_next, 0, sizeof boots / sizeof boots[0]);
    tcase_add_test(tc, is_strict_about_boots);
    tcase_add_test(tc, knows_what_it_was_made_with);
    tcase_add_test(tc, sizes_buffers);
    tcase_add_test(tc, has_a_host_name);
    tcase_add_test(tc, has_two_banks);
    tcase_add_test(tc, updates_and_goes_back);
    tcase_add_test(tc, refuses_what_is_not_for_it);
    tcase_add_test(tc, refuses_what_was_damaged);
    tcase_add_test(tc, takes_blocks_in_order);
    tcase_add_test(tc, takes_blocks_by_address);
    tcase_add_test(tc, has_limits);
    tcase_add_test(tc, keeps_a_trace);
    return run_suite(s);
}
