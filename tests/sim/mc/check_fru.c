#include <string.h>

#include "sim/mc/mc_tables.h"
#include "sim/wire/fru.h"
#include "tests/lib/records.h"
#include "tests/lib/run.h"

#define N           NETFN_STORAGE
#define IMAGE       256
#define FILE_OFFSET 10

static struct mcworld w;
static uint8_t image[IMAGE];
static uint8_t plain[300];
static uint8_t file[64];
static struct machine_fru frus[3];

/* One area with a serial number as given, all others fields fixed. */
static void
area(struct wr *out, struct fru_header *header, enum fru_area_kind kind,
     const char *const *fields)
{
    size_t start;

    header->offset[kind] = (uint16_t)wr_len(out);
    fru_area_begin(out, &start);
    wr_u8(out, kind == FRU_CHASSIS ? 0x17 : FRU_LANGUAGE_ENGLISH);
    if (kind == FRU_BOARD)
        wr_le24(out, 99);
    for (; *fields != NULL; fields++)
        fru_area_field(out, *fields);
    fru_area_end(out, start);
}

static void
make_image(const char *chassis, const char *board, const char *product)
{
    struct wr out = wr_of(image, sizeof image);
    struct fru_header header = { { 0 } };

    memset(image, 0, sizeof image);
    wr_hole(&out, FRU_HEADER);
    area(&out, &header, FRU_CHASSIS, (const char *const[]){ "PN1", chassis, NULL });
    area(&out, &header, FRU_BOARD,
         (const char *const[]){ "Acme", "Board", board, "PN2", "file", NULL });
    area(&out, &header, FRU_PRODUCT,
         (const char *const[]){ "Acme", "Server", "PN3", "1.0", product, "tag", "",
                                NULL });
    ck_assert(!out.bad);
    fru_header_build(&header, image);
}

static struct mcfile backing = { "inventory", file, sizeof file };

static void
begin(bool backed, uint32_t index)
{
    mcworld_describe(&w);
    frus[0] = (struct machine_fru){ .id = 0, .size = IMAGE, .data = { image, IMAGE } };
    frus[1] =
        (struct machine_fru){ .id = 7, .size = sizeof plain, .data = { plain, 290 } };
    frus[2] = (struct machine_fru){
        .id = 9, .size = 40, .path = "inventory", .offset = FILE_OFFSET
    };
    w.machine.frus = frus;
    w.machine.fru_count = 3;
    w.index = index;
    if (backed)
        w.backing = mcworld_file(&backing);
    mcworld_begin(&w);
}

static void
setup(void)
{
    make_image("CS0001", "BS0001", "PS0001");
    for (unsigned i = 0; i < sizeof plain; i++)
        plain[i] = (uint8_t)i;
    memset(file, 0xee, sizeof file);
    begin(true, 0);
}

static void
teardown(void)
{
    mcworld_end(&w);
}

/* ---- commands ---- */

START_TEST(tells_its_sizes)
{
    ck_answer(ask(&w, N, 0x10, 0), CC_OK, 0x00, 0x01, 0x00);
    ck_answer(ask(&w, N, 0x10, 7), CC_OK, 0x2c, 0x01, 0x00);
    ck_answer(ask(&w, N, 0x10, 9), CC_OK, 40, 0, 0);
    ck_cc(ask(&w, N, 0x10, 1), CC_NOT_PRESENT);
    ck_cc(ask(&w, N, 0x11, 1, 0, 0, 1), CC_NOT_PRESENT);
    ck_cc(ask(&w, N, 0x12, 1, 0, 0, 1), CC_NOT_PRESENT);
}
END_TEST

static const struct {
    const char *why;
    uint16_t offset;
    uint8_t count;
    uint8_t cc;
    uint8_t got;   /* octets */
    uint8_t octet; /* the first of them */
} reads[] = {
    { "the beginning", 0, 4, CC_OK, 4, 0 },
    { "nothing", 5, 0, CC_OK, 0, 0 },
    { "beyond 255", 0x104, 8, CC_OK, 8, 4 },
    { "as much as comes back", 0, 199, CC_OK, 199, 0 },
    { "more", 0, 200, CC_CANNOT_RETURN, 0, 0 },
    { "the most that can be asked for", 0, 255, CC_CANNOT_RETURN, 0, 0 },
    { "what is left", 280, 64, CC_OK, 20, 24 },
    { "what was not described", 295, 5, CC_OK, 5, 0 },
    { "the last", 299, 1, CC_OK, 1, 0 },
    { "from behind the end", 300, 1, CC_RANGE, 0, 0 },
};

START_TEST(reads_what_is_there)
{
    const struct answer *a = ask(&w, N, 0x11, 7, LE(reads[_i].offset), reads[_i].count);

    ck_assert_msg(a->cc == reads[_i].cc, "%s: %02x", reads[_i].why, a->cc);
    if (a->cc != CC_OK)
        return;
    ck_assert_msg(a->len == reads[_i].got + 1u && a->data[0] == reads[_i].got, "%s: %zu",
                  reads[_i].why, a->len);
    if (reads[_i].got)
        ck_assert_msg(a->data[1] == reads[_i].octet, "%s: %02x", reads[_i].why,
                      a->data[1]);
}
END_TEST

START_TEST(fits_what_it_gives_into_a_frame)
{
    w.who.channel = CHANNEL_PRIMARY_IPMB;
    ck_cc(ask(&w, N, 0x11, 7, 0, 0, 24), CC_CANNOT_RETURN);
    ck_cc(ask(&w, N, 0x11, 7, 0, 0, 23), CC_OK);
}
END_TEST

START_TEST(writes_to_a_copy_of_its_own)
{
    ck_answer(ask(&w, N, 0x12, 7, 0x01, 0x01, 0xaa, 0xbb), CC_OK, 2);
    ck_answer(ask(&w, N, 0x11, 7, 0x00, 0x01, 4), CC_OK, 4, 0x00, 0xaa, 0xbb, 0x03);
    ck_answer(ask(&w, N, 0x11, 7, LE(288), 4), CC_OK, 4, 0x20, 0x21, 0x00, 0x00);
    ck_assert_uint_eq(plain[0x101], 0x01);
    frus_reset(w.mc);
    ck_answer(ask(&w, N, 0x11, 7, 0x01, 0x01, 2), CC_OK, 2, 0xaa, 0xbb);
}
END_TEST

START_TEST(refuses_to_write_outside)
{
    ck_cc(ask(&w, N, 0x12, 7, LE(299), 1, 2), CC_RANGE);
    ck_cc(ask(&w, N, 0x12, 7, LE(301), 1), CC_RANGE);
    ck_cc(ask(&w, N, 0x12, 7, LE(0xffff), 1), CC_RANGE);
    ck_answer(ask(&w, N, 0x12, 7, LE(299), 1), CC_OK, 1);
    ck_answer(ask(&w, N, 0x12, 7, LE(300)), CC_OK, 0);
}
END_TEST

/* ---- how it is accessed ---- */

START_TEST(counts_words_where_it_is_accessed_by_words)
{
    frus[1].by_words = true;
    frus[1].size = 299;
    ck_answer(ask(&w, N, 0x10, 7), CC_OK, LE(298), 1);
    ck_answer(ask(&w, N, 0x11, 7, 1, 0, 2), CC_OK, 2, 2, 3, 4, 5);
    ck_answer(ask(&w, N, 0x11, 7, 148, 0, 9), CC_OK, 1, 0, 0);
    ck_cc(ask(&w, N, 0x11, 7, 149, 0, 1), CC_RANGE);
    ck_cc(ask(&w, N, 0x11, 7, 0, 0, 100), CC_CANNOT_RETURN);
    ck_cc(ask(&w, N, 0x11, 7, 0, 0, 99), CC_OK);
    ck_answer(ask(&w, N, 0x12, 7, 2, 0, 0xaa, 0xbb, 0xcc, 0xdd), CC_OK, 2);
    ck_answer(ask(&w, N, 0x11, 7, 1, 0, 3), CC_OK, 3, 2, 3, 0xaa, 0xbb, 0xcc, 0xdd);
    ck_cc(ask(&w, N, 0x12, 7, 2, 0, 0xaa), CC_LENGTH);
    ck_cc(ask(&w, N, 0x12, 7, 149, 0, 1, 2), CC_RANGE);
    ck_cc(ask(&w, N, 0x12, 7, 0xff, 0xff, 1, 2), CC_RANGE);
}
END_TEST

START_TEST(is_busy_after_a_write)
{
    frus[1].busy_ms = 5;
    ck_cc(ask(&w, N, 0x11, 7, 0, 0, 1), CC_OK);
    ck_answer(ask(&w, N, 0x12, 7, 0, 0, 0xaa), CC_OK, 1);
    ck_cc(ask(&w, N, 0x11, 7, 0, 0, 1), CC_CMD_81);
    ck_cc(ask(&w, N, 0x12, 7, 0, 0, 0xbb), CC_CMD_81);
    ck_cc(ask(&w, N, 0x10, 7), CC_OK);
    ck_cc(ask(&w, N, 0x11, 0, 0, 0, 1), CC_OK);
    mcworld_run(&w, SPAN_MS(5) - 1);
    ck_cc(ask(&w, N, 0x11, 7, 0, 0, 1), CC_CMD_81);
    mcworld_run(&w, 1);
    ck_answer(ask(&w, N, 0x11, 7, 0, 0, 1), CC_OK, 1, 0xaa);
}
END_TEST

static const struct machine_span guards[] = { { 4, 4 }, { 16, 1 } };

START_TEST(refuses_to_write_what_is_guarded)
{
    frus[1].guards = guards;
    frus[1].guard_count = 2;
    ck_cc(ask(&w, N, 0x12, 7, 2, 0, 1, 2, 3), CC_CMD_80);
    ck_cc(ask(&w, N, 0x12, 7, 5, 0, 1), CC_CMD_80);
    ck_cc(ask(&w, N, 0x12, 7, 7, 0, 1, 2), CC_CMD_80);
    ck_cc(ask(&w, N, 0x12, 7, 16, 0, 1), CC_CMD_80);
    ck_answer(ask(&w, N, 0x12, 7, 2, 0, 1, 2), CC_OK, 2);
    ck_answer(ask(&w, N, 0x12, 7, 8, 0, 1, 2), CC_OK, 2);
    ck_answer(ask(&w, N, 0x12, 7, 17, 0, 1), CC_OK, 1);
    ck_answer(ask(&w, N, 0x11, 7, 2, 0, 7), CC_OK, 7, 1, 2, 4, 5, 6, 7, 1);
}
END_TEST

/* ---- files ---- */

START_TEST(lives_in_its_file)
{
    file[FILE_OFFSET + 3] = 0x33;
    ck_answer(ask(&w, N, 0x11, 9, 2, 0, 2), CC_OK, 2, 0xee, 0x33);
    ck_answer(ask(&w, N, 0x12, 9, 39, 0, 0x77), CC_OK, 1);
    ck_assert_uint_eq(file[FILE_OFFSET + 39], 0x77);
    ck_cc(ask(&w, N, 0x12, 9, 40, 0, 0x77), CC_RANGE);
}
END_TEST

START_TEST(is_busy_while_its_file_fails)
{
    frus[2].path = "gone";
    ck_cc(ask(&w, N, 0x11, 9, 0, 0, 2), CC_CMD_81);
    ck_cc(ask(&w, N, 0x12, 9, 0, 0, 2), CC_CMD_81);
}
END_TEST

START_TEST(is_memory_where_there_are_no_files)
{
    mcworld_end(&w);
    begin(false, 0);
    ck_answer(ask(&w, N, 0x11, 9, 0, 0, 2), CC_OK, 2, 0, 0);
    ck_answer(ask(&w, N, 0x12, 9, 1, 0, 5), CC_OK, 1);
    ck_answer(ask(&w, N, 0x11, 9, 0, 0, 2), CC_OK, 2, 0, 5);
    ck_assert_uint_eq(file[FILE_OFFSET + 1], 0xee);
}
END_TEST

/* ---- serial numbers ---- */

static const struct {
    const char *described;
    uint32_t index;
    const char *want;
} serials[] = {
    { "CS0001", 1, "CS0002" },
    { "CS0001", 9, "CS0010" },
    { "CS0001", 9998, "CS9999" },
    { "CS0099", 1, "CS0100" },
    { "CN7475129876", 12345, "CN7475142221" },
    { "SN-AX", 3, "SN-A3" },
    { "SN-AX", 42, "SN-42" },
    { "A9", 100, "09" },
    { "ABC  ", 7, "AB7  " },
    { "12345678901234567890", 1, "12345678901234567891" },
    { "1999999999", 1, "1000000000" },
    { "X", 7, "7 " },
};

static const struct {
    enum fru_area_kind kind;
    unsigned field;
} places[] = {
    { FRU_CHASSIS, FRU_CHASSIS_SERIAL },
    { FRU_BOARD, FRU_BOARD_SERIAL },
    { FRU_PRODUCT, FRU_PRODUCT_SERIAL },
};

START_TEST(counts_serial_numbers_up)
{
    make_image(serials[_i].described, serials[_i].described, serials[_i].described);
    fru_personalise(image, sizeof image, serials[_i].index);
    for (unsigned n = 0; n < 3; n++) {
        struct fru_area opened;
        struct fru_field field;
        char text[80];

        ck_assert_msg(
            fru_area_open(bytes_of(image, sizeof image), places[n].kind, &opened),
            "%s: checksum", serials[_i].described);
        ck_assert(fru_nth(&opened, places[n].field, &field));
        ck_assert_str_eq(fru_text(&field, text, sizeof text), serials[_i].want);
    }
}
END_TEST

START_TEST(changes_serial_numbers_and_checksums_alone)
{
    uint8_t before[IMAGE];
    unsigned changed = 0;

    memcpy(before, image, sizeof before);
    fru_personalise(image, sizeof image, 1);
    for (unsigned i = 0; i < IMAGE; i++)
        changed += before[i] != image[i];
    ck_assert_uint_eq(changed, 6);
}
END_TEST

START_TEST(leaves_alone_what_is_no_inventory)
{
    uint8_t before[sizeof plain];

    memcpy(before, plain, sizeof before);
    fru_personalise(plain, sizeof plain, 77);
    ck_assert_mem_eq(plain, before, sizeof before);
    fru_personalise(plain, 0, 77);
    image[20] ^= 0x01; /* the chassis area's checksum is wrong now */
    memcpy(before, image, IMAGE);
    fru_personalise(image, IMAGE, 1);
    ck_assert_mem_eq(image + 8, before + 8, 24);
}
END_TEST

START_TEST(differs_on_the_copies_of_a_fleet)
{
    uint8_t before[IMAGE];

    memcpy(before, image, sizeof before);
    mcworld_end(&w);
    begin(true, 41);
    ck_assert_mem_eq(image, before, sizeof before);
    fru_personalise(before, sizeof before, 41);
    for (uint8_t at = 0; at < 250; at = (uint8_t)(at + 10)) {
        const struct answer *a = ask(&w, N, 0x11, 0, at, 0, 10);

        ck_cc(a, CC_OK);
        ck_assert_mem_eq(a->data + 1, before + at, a->data[0]);
    }
    /* Also after it was written. */
    ck_cc(ask(&w, N, 0x12, 0, 255, 0, 0x5a), CC_OK);
    ck_assert_mem_eq(w.mc->frus.at[0].own, before, 255);
}
END_TEST

START_TEST(keeps_its_rows)
{
    mcworld_check_rows(&w, &fru_commands, 0);
}
END_TEST

static Suite *
fru_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/mc/fru", &c);

    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, tells_its_sizes);
    tcase_add_loop_test(c, reads_what_is_there, 0, sizeof reads / sizeof reads[0]);
    tcase_add_test(c, fits_what_it_gives_into_a_frame);
    tcase_add_test(c, writes_to_a_copy_of_its_own);
    tcase_add_test(c, refuses_to_write_outside);
    tcase_add_test(c, counts_words_where_it_is_accessed_by_words);
    tcase_add_test(c, is_busy_after_a_write);
    tcase_add_test(c, refuses_to_write_what_is_guarded);
    tcase_add_test(c, lives_in_its_file);
    tcase_add_test(c, is_busy_while_its_file_fails);
    tcase_add_test(c, is_memory_where_there_are_no_files);
    tcase_add_loop_test(c, counts_serial_numbers_up, 0,
                        sizeof serials / sizeof serials[0]);
    tcase_add_test(c, changes_serial_numbers_and_checksums_alone);
    tcase_add_test(c, leaves_alone_what_is_no_inventory);
    tcase_add_test(c, differs_on_the_copies_of_a_fleet);
    tcase_add_test(c, keeps_its_rows);
    return s;
}

int
main(void)
{
    return run_suite(fru_suite());
}
