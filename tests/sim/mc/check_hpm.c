#include <string.h>

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"

#include "sim/base/sum.h"
#include "sim/mc/mc_tables.h"

#define IMAGE 100u

static struct mcworld w;

static const struct machine_firmware firmwares[] = {
    { .id = 0, .name = "FIRMWARE", .version = { 1, 0x42, 1, 2, 3, 4 } },
    { .id = 2,
      .name = "CPLD",
      .version = { 3, 0 },
      .no_rollback = true,
      .no_deferral = true,
      .payload_reset = true },
};

static void
begin(void)
{
    mcworld_describe(&w);
    w.machine.firmwares = firmwares;
    w.machine.firmware_count = 2;
    mcworld_begin(&w);
}

static void
end(void)
{
    mcworld_end(&w);
}

#define hpm(cmd, ...) ask(&w, NETFN_GROUP, cmd, GROUP_PICMG, __VA_ARGS__)

/* An image of IMAGE octets that says 2.10 of itself. */
static void
make_image(uint8_t image[IMAGE], uint8_t self_test)
{
    memset(image, 0xa5, IMAGE);
    memcpy(image, "IPMILABF\x02\x10\x00\x00\x00\x07", 14);
    image[14] = self_test;
    image[15] = 0;
    image[IMAGE - 1] = sum_of(image, IMAGE - 1);
}

static struct answer *
send_block(uint8_t number, const uint8_t *data, size_t len)
{
    uint8_t request[2 + IMAGE] = { GROUP_PICMG, number };

    memcpy(request + 2, data, len);
    return mcworld_ask(&w, w.mc, NETFN_GROUP, 0x32, request, 2 + len);
}

/* Send an image to a component in blocks; the completion code of Finish. */
static unsigned
upload(uint8_t component, uint8_t action, const uint8_t *image, size_t len)
{
    uint8_t number = 0;

    ck_cc(hpm(0x31, (uint8_t)(1u << component), action), CC_OK);
    for (size_t at = 0; at < len; at += 20)
        ck_cc(send_block(number++, image + at, len - at < 20 ? len - at : 20), CC_OK);
    return hpm(0x33, component, (uint8_t)len, (uint8_t)(len >> 8), 0, 0)->cc;
}

static void
install(uint8_t self_test)
{
    uint8_t image[IMAGE];

    make_image(image, self_test);
    ck_assert_uint_eq(upload(0, HPM_UPLOAD, image, IMAGE), CC_OK);
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &hpm_commands, 0);
}
END_TEST

START_TEST(tells_what_it_can_do)
{
    ck_answer(hpm(0x2e), CC_OK, 0, 0, 0x57, 2, 2, 2, 2, 0x05);
    ck_answer(hpm(0x2f, 0, 0), CC_OK, 0, 0x1e);
    ck_answer(hpm(0x2f, 2, 0), CC_OK, 0, 0x2c);
    ck_answer(hpm(0x2f, 0, 1), CC_OK, 0, 1, 0x42, 1, 2, 3, 4);
    ck_answer(hpm(0x2f, 0, 2), CC_OK, 0, 'F', 'I', 'R', 'M', 'W', 'A', 'R', 'E', 0, 0, 0,
              0);
    ck_answer(hpm(0x2f, 0, 3), CC_OK, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
    ck_cc(hpm(0x2f, 1, 0), CC_CMD_82);
    ck_cc(hpm(0x2f, 0, 5), CC_CMD_83);
    ck_answer(hpm(0x36), CC_OK, 0, 0x55, 0);
    ck_answer(hpm(0x37), CC_OK, 0, 0, 100);
    ck_answer(hpm(0x3e, 2), CC_OK, 0, 2, 1, 2, 0, 0, 0xe0, 1);
    ck_cc(hpm(0x3e, 3), CC_INVALID_FIELD);
    ck_answer(ask(&w, NETFN_TRANSPORT, 0x02, 1, 0xe0, 0, 0), CC_OK, 0x11, 0, 0, 0, 247, 0,
              208, 0);
}
END_TEST

START_TEST(has_components_of_its_own_in_a_shelf)
{
    struct mcworld shelf;

    mcworld_describe(&shelf);
    shelf.shelf.atca = true;
    mcworld_begin(&shelf);
    ck_answer(ask(&shelf, NETFN_GROUP, 0x2e, 0), CC_OK, 0, 0, 0x57, 2, 2, 2, 2, 0x03);
    ck_answer(ask(&shelf, NETFN_GROUP, 0x2f, 0, 0, 1), CC_OK, 0, 1, 0x42, 1, 2, 3, 4);
    mcworld_end(&shelf);
}
END_TEST

START_TEST(changes_its_version_when_it_is_activated)
{
    install(0x55);
    ck_answer(hpm(0x2f, 0, 4), CC_OK, 0, 2, 0x10, 0, 0, 0, 7);
    ck_answer(hpm(0x2f, 0, 1), CC_OK, 0, 1, 0x42, 1, 2, 3, 4);
    ck_cc(hpm(0x35), CC_CMD_80);
    ck_answer(hpm(0x34), CC_OK, 0, 0x35, 0x80, 0);
    mcworld_run(&w, SPAN_MS(1500));
    ck_answer(hpm(0x34), CC_OK, 0, 0x35, 0x80, 50);
    ck_cc(hpm(0x36), CC_CMD_80);
    mcworld_run(&w, SPAN_S(2));
    ck_answer(hpm(0x34), CC_OK, 0, 0x35, 0, 100);
    ck_answer(hpm(0x36), CC_OK, 0, 0x55, 0);
    ck_answer(hpm(0x2f, 0, 1), CC_OK, 0, 2, 0x10, 0, 0, 0, 7);
    ck_answer(hpm(0x2f, 0, 3), CC_OK, 0, 1, 0x42, 1, 2, 3, 4);
    ck_answer(hpm(0x2f, 0, 4), CC_OK, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
    ck_answer(ask(&w, NETFN_APP, 0x01), CC_OK, 0x21, 0x83, 2, 0x10, 2, 0xbf, 0x34, 0x12,
              0, 2, 1, 0, 0, 0, 7);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(2));
    ck_assert_uint_eq(ask(&w, NETFN_APP, 0x01)->data[2], 2);
}
END_TEST

START_TEST(goes_back_by_hand)
{
    install(0x55);
    ck_cc(hpm(0x38), CC_STATE);
    hpm(0x35);
    mcworld_run(&w, SPAN_S(4));
    ck_cc(hpm(0x38), CC_CMD_80);
    ck_cc(hpm(0x37), CC_CMD_80);
    mcworld_run(&w, SPAN_S(3));
    ck_answer(hpm(0x37), CC_OK, 0, 1, 100);
    ck_answer(hpm(0x2f, 0, 1), CC_OK, 0, 1, 0x42, 1, 2, 3, 4);
    ck_answer(hpm(0x2f, 0, 3), CC_OK, 0, 2, 0x10, 0, 0, 0, 7);
}
END_TEST

START_TEST(goes_back_by_itself_when_its_self_test_fails)
{
    install(0x57);
    hpm(0x35);
    mcworld_run(&w, SPAN_S(4));
    ck_answer(hpm(0x36), CC_OK, 0, 0x57, 0);
    ck_answer(hpm(0x37), CC_OK, 0, 1, 100);
    ck_answer(hpm(0x2f, 0, 1), CC_OK, 0, 1, 0x42, 1, 2, 3, 4);
    ck_answer(hpm(0x34), CC_OK, 0, 0x35, 0xff, 100);
}
END_TEST

START_TEST(stays_broken_when_it_was_told_to)
{
    install(0x60);
    ck_cc(hpm(0x35, 2), CC_INVALID_FIELD);
    ck_cc(hpm(0x35, 1), CC_CMD_80);
    mcworld_run(&w, SPAN_S(4));
    ck_answer(hpm(0x36), CC_OK, 0, 0x60, 1);
    ck_answer(hpm(0x37), CC_CMD_82, 0, 0, 100);
    ck_answer(hpm(0x2f, 0, 1), CC_OK, 0, 2, 0x10, 0, 0, 0, 7);
}
END_TEST

/* Component 3 has no room for a copy to go back to. */
START_TEST(cannot_go_back_where_there_is_no_other_copy)
{
    static const struct machine_firmware stuck = {
        .id = 3, .name = "FPGA", .version = { 1, 0 }, .no_rollback = true
    };
    uint8_t image[IMAGE];

    end();
    mcworld_describe(&w);
    w.machine.firmwares = &stuck;
    w.machine.firmware_count = 1;
    mcworld_begin(&w);
    make_image(image, 0x60);
    ck_assert_uint_eq(upload(3, HPM_UPLOAD, image, IMAGE), CC_OK);
    hpm(0x35);
    mcworld_run(&w, SPAN_S(4));
    ck_answer(hpm(0x37), CC_CMD_81, 0, 1 << 3, 100);
    ck_answer(hpm(0x2f, 3, 1), CC_OK, 0, 2, 0x10, 0, 0, 0, 7);
}
END_TEST

START_TEST(takes_the_payload_with_it_where_it_is_so_described)
{
    uint8_t image[IMAGE];

    mcworld_run(&w, SPAN_S(60));
    ck_assert_int_eq(host_stage(w.host), HOST_STAGE_OS);
    make_image(image, 0x55);
    ck_assert_uint_eq(upload(0, HPM_UPLOAD, image, IMAGE), CC_OK);
    hpm(0x35);
    mcworld_run(&w, SPAN_S(4));
    ck_assert_int_eq(host_stage(w.host), HOST_STAGE_OS);
    ck_assert_uint_eq(upload(2, HPM_UPLOAD, image, IMAGE), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_assert_int_eq(host_stage(w.host), HOST_STAGE_POST);
}
END_TEST

START_TEST(refuses_an_upload_of_nothing)
{
    hpm(0x31, 1, HPM_UPLOAD);
    ck_cc(hpm(0x33, 0, 0, 0, 0, 0), CC_CMD_81);
    ck_answer(hpm(0x2f, 0, 4), CC_OK, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
}
END_TEST

START_TEST(is_active_at_once_where_nothing_is_deferred)
{
    uint8_t image[IMAGE];

    make_image(image, 0x55);
    ck_assert_uint_eq(upload(2, HPM_UPLOAD, image, IMAGE), CC_OK);
    ck_answer(hpm(0x2f, 2, 1), CC_OK, 0, 2, 0x10, 0, 0, 0, 7);
    ck_answer(hpm(0x2f, 2, 3), CC_OK, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
    ck_cc(hpm(0x35), CC_STATE);
}
END_TEST

START_TEST(compares_with_the_active_copy)
{
    uint8_t image[IMAGE];

    make_image(image, 0x55);
    ck_assert_uint_eq(upload(0, HPM_COMPARE, image, IMAGE), CC_CMD_83);
    install(0x55);
    hpm(0x35);
    mcworld_run(&w, SPAN_S(4));
    ck_assert_uint_eq(upload(0, HPM_COMPARE, image, IMAGE), CC_OK);
    ck_answer(hpm(0x2f, 0, 4), CC_OK, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
}
END_TEST

START_TEST(takes_images_without_a_mark)
{
    static const uint8_t image[IMAGE] = { 1, 2, 3 };
    const uint8_t *version;

    ck_assert_uint_eq(upload(0, HPM_UPLOAD, image, IMAGE), CC_OK);
    version = hpm(0x2f, 0, 4)->data + 1;
    ck_assert_uint_eq(version[0], 1);
    ck_assert_uint_eq(version[1], 0x43);
}
END_TEST

START_TEST(wants_its_blocks_in_order)
{
    static const uint8_t data[30] = { 0 };

    ck_cc(send_block(0, data, 10), CC_STATE);
    hpm(0x31, 1, HPM_UPLOAD);
    ck_cc(send_block(1, data, 10), CC_CMD_81);
    ck_cc(send_block(0, data, 10), CC_OK);
    ck_cc(send_block(0, data, 10), CC_OK);
    ck_cc(send_block(2, data, 10), CC_CMD_81);
    ck_cc(send_block(1, data, 0), CC_LENGTH);
    ck_cc(hpm(0x33, 2, 10, 0, 0, 0), CC_INVALID_FIELD);
    ck_cc(hpm(0x33, 0, 20, 0, 0, 0), CC_CMD_81);
    ck_cc(hpm(0x33, 0, 10, 0, 0, 0), CC_STATE);
}
END_TEST

START_TEST(counts_blocks_past_255)
{
    static const uint8_t data[4] = { 0 };

    hpm(0x31, 1, HPM_UPLOAD);
    for (unsigned i = 0; i < 300; i++)
        ck_cc(send_block((uint8_t)i, data, 4), CC_OK);
    ck_cc(hpm(0x33, 0, 1200 & 0xff, 1200 >> 8, 0, 0), CC_OK);
}
END_TEST

START_TEST(refuses_a_damaged_image)
{
    uint8_t image[IMAGE];

    make_image(image, 0x55);
    image[50] ^= 1;
    ck_assert_uint_eq(upload(0, HPM_UPLOAD, image, IMAGE), CC_CMD_82);
    ck_answer(hpm(0x2f, 0, 4), CC_OK, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
}
END_TEST

/* Head, 40 octets for the first copy, 28 for the second. */
static void
make_sections(uint8_t image[IMAGE])
{
    make_image(image, 0x55);
    image[15] = 1;
    memset(image + 16, 0, 16);
    image[16] = 32;
    image[20] = 40;
    image[24] = 72;
    image[28] = 28;
    image[71] = image[99] = 0;
    image[71] = (uint8_t) - (sum_of(image, 32) * -1 + sum_of(image + 32, 39) * -1);
    image[99] = (uint8_t) - (sum_of(image, 32) * -1 + sum_of(image + 72, 27) * -1);
}

START_TEST(asks_for_the_section_it_needs)
{
    uint8_t image[IMAGE];

    make_sections(image);
    hpm(0x31, 1, HPM_UPLOAD);
    ck_answer(send_block(0, image, 20), CC_OK, 0);
    ck_answer(send_block(1, image + 20, 20), CC_OK, 0, 72, 0, 0, 0, 28, 0, 0, 0);
    ck_answer(send_block(2, image + 72, 28), CC_OK, 0);
    ck_cc(hpm(0x33, 0, 68, 0, 0, 0), CC_OK);
    hpm(0x35);
    mcworld_run(&w, SPAN_S(4));
    ck_answer(hpm(0x2f, 0, 1), CC_OK, 0, 2, 0x10, 0, 0, 0, 7);
    hpm(0x31, 1, HPM_UPLOAD);
    ck_answer(send_block(0, image, 40), CC_OK, 0, 32, 0, 0, 0, 40, 0, 0, 0);
    ck_answer(send_block(1, image + 32, 40), CC_OK, 0);
    ck_cc(hpm(0x33, 0, 80, 0, 0, 0), CC_OK);
}
END_TEST

static const struct {
    const char *why;
    uint8_t mask, action;
    unsigned cc;
} actions[] = {
    { "no component", 0, HPM_UPLOAD, CC_CMD_81 },
    { "one that is not there", 2, HPM_UPLOAD, CC_CMD_81 },
    { "two at once", 5, HPM_UPLOAD, CC_CMD_81 },
    { "no action", 1, 4, CC_INVALID_FIELD },
    { "backup where there is no room", 4, HPM_BACKUP, CC_CMD_81 },
    { "backup", 1, HPM_BACKUP, CC_CMD_80 },
    { "prepare both", 5, HPM_PREPARE, CC_CMD_80 },
};

START_TEST(checks_what_is_begun)
{
    ck_assert_msg(hpm(0x31, actions[_i].mask, actions[_i].action)->cc == actions[_i].cc,
                  "%s", actions[_i].why);
}
END_TEST

START_TEST(does_one_thing_at_a_time)
{
    ck_cc(hpm(0x31, 1, HPM_PREPARE), CC_CMD_80);
    ck_cc(hpm(0x31, 1, HPM_UPLOAD), CC_CMD_80);
    ck_answer(hpm(0x34), CC_OK, 0, 0x31, 0x80, 0);
    mcworld_run(&w, HPM_ACTION);
    ck_answer(hpm(0x34), CC_OK, 0, 0x31, 0, 100);
    ck_cc(hpm(0x31, 1, HPM_UPLOAD), CC_OK);
}
END_TEST

START_TEST(can_be_aborted_but_not_half_way)
{
    install(0x55);
    ck_cc(hpm(0x30), CC_OK);
    hpm(0x31, 1, HPM_UPLOAD);
    ck_cc(hpm(0x30), CC_OK);
    ck_cc(send_block(0, (const uint8_t[]){ 1 }, 1), CC_STATE);
    hpm(0x35);
    ck_cc(hpm(0x30), CC_CMD_80);
    mcworld_run(&w, SPAN_S(4));
    ck_assert_uint_eq(hpm(0x2f, 0, 1)->data[1], 2);
}
END_TEST

START_TEST(forgets_an_upload_that_nobody_continues)
{
    hpm(0x31, 1, HPM_UPLOAD);
    mcworld_run(&w, HPM_IDLE);
    ck_cc(send_block(0, (const uint8_t[]){ 1 }, 1), CC_STATE);
    hpm(0x31, 1, HPM_UPLOAD);
    mc_cold_reset(w.mc);
    mcworld_run(&w, SPAN_S(2));
    ck_cc(send_block(0, (const uint8_t[]){ 1 }, 1), CC_STATE);
}
END_TEST

static Suite *
hpm_suite(void)
{
    Suite *s = suite_create("sim/mc/hpm");
    TCase *tc = tcase_create("hpm");

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, tells_what_it_can_do);
    tcase_add_test(tc, has_components_of_its_own_in_a_shelf);
    tcase_add_test(tc, changes_its_version_when_it_is_activated);
    tcase_add_test(tc, goes_back_by_hand);
    tcase_add_test(tc, goes_back_by_itself_when_its_self_test_fails);
    tcase_add_test(tc, stays_broken_when_it_was_told_to);
    tcase_add_test(tc, cannot_go_back_where_there_is_no_other_copy);
    tcase_add_test(tc, takes_the_payload_with_it_where_it_is_so_described);
    tcase_add_test(tc, refuses_an_upload_of_nothing);
    tcase_add_test(tc, is_active_at_once_where_nothing_is_deferred);
    tcase_add_test(tc, compares_with_the_active_copy);
    tcase_add_test(tc, takes_images_without_a_mark);
    tcase_add_test(tc, wants_its_blocks_in_order);
    tcase_add_test(tc, counts_blocks_past_255);
    tcase_add_test(tc, refuses_a_damaged_image);
    tcase_add_test(tc, asks_for_the_section_it_needs);
    tcase_add_loop_test(tc, checks_what_is_begun, 0, sizeof actions / sizeof actions[0]);
    tcase_add_test(tc, does_one_thing_at_a_time);
    tcase_add_test(tc, can_be_aborted_but_not_half_way);
    tcase_add_test(tc, forgets_an_upload_that_nobody_continues);
    suite_add_tcase(s, tc);
    return s;
}

int
main(void)
{
    return run_suite(hpm_suite());
}
