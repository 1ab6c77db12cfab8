#include <stdio.h>

#include "emu/sdr_stored.h"
#include "tests/emu/files.h"
#include "tests/lib/run.h"

/* ---- what it is ----------------------------------------------------------------- */

static const struct {
    const char *text;
    bool is;
} kinds[] = {
    { "last_add_time:i:5\n", true },
    { "\n\r\n7:d:\\07", true },
    { "name:s:x\n", true },
    { "", false },
    { "\n\n", false },
    { "sdr type 1\n", false },
    { "define X \"a:d:b\"\n", false },
    { ":d:x\n", false },
    { "7:x:y\n", false },
    { "7:d", false },
};

START_TEST(knows_them_by_their_first_line)
{
    ck_assert_int_eq(sdr_stored_is(kinds[_i].text, strlen(kinds[_i].text)), kinds[_i].is);
}
END_TEST

static const struct {
    const char *path;
    int address;
} paths[] = {
    { "sdr.20.main", 0x20 },
    { "/var/ipmi_sim/x/sdr.8a.main", 0x8a },
    { "sdr.2.main", -1 },
    { "sdr.2x.main", -1 },
    { "sdr.20.main/x", -1 },
    { "sdr.20.device0", -1 },
    { "", -1 },
};

START_TEST(knows_whose_they_are_by_the_name)
{
    ck_assert_int_eq(sdr_stored_address(paths[_i].path), paths[_i].address);
}
END_TEST

/* ---- records ---------------------------------------------------------------------- */

/* Records as "id:octets behind the header,". */
struct seen {
    char text[256];
};

static bool
take(void *ctx, struct bytes record)
{
    struct seen *seen = ctx;
    size_t len = strlen(seen->text);

    snprintf(seen->text + len, sizeof seen->text - len, "%u:%.*s,",
             (unsigned)(record.at[0] | record.at[1] << 8), (int)record.len - 5,
             (const char *)record.at + 5);
    return true;
}

static const struct {
    const char *why, *text, *records, *said;
} texts[] = {
    { "ascending, however they are written",
      "last_add_time:i:9\n258:d:\\02\\01Q\\c0\\02ab\n3:d:\\03\\00Q\\c0\\01c\nlast_erase_time:i:0\n",
      "3:c,258:ab,", "" },
    { "no end of line, and one of another system", "1:d:\\01\\00Q\\c0\\01a\r\n2:d:\\02\\00Q\\c0\\01\\5C",
      "1:a,2:\\,", "" },
    { "six octets too many, as a second store leaves them",
      "1:d:\\01\\00Q\\c0\\01a\\00\\00\\00\\00\\00\\00\n", "1:a,", "" },
    { "none", "last_add_time:i:0\n", "", "" },
    { "cut off in an octet", "1:d:\\01\\00Q\\c0\\01\\4", "",
      "s:1:18: found a backslash; expected two hexadecimal digits behind it\n" },
    { "cut off", "1:d:\\01\\00Q\\c0\\03a\n2:d:\\02\\00Q\\c0\\01b\n", "2:b,",
      "s:1:1: found 6 octets of record 1; expected 8, as its fifth says\n" },
    { "too short to say", "1:d:\\01\\00\n", "",
      "s:1:1: found 2 octets of record 1; expected 5 or more\n" },
    { "no id", "x:d:\\01\n65535:d:a\n", "",
      "s:1:1: found \"x\"; expected a record's id, 1 to 65534\n"
      "s:2:1: found \"65535\"; expected a record's id, 1 to 65534\n" },
    { "a flipped octet", "1\x01" "d:\\01\n", "",
      "s:1:1: found \"1\\x01d:\\01\"; expected KEY:TYPE:VALUE, a line of a stored state\n" },
};

START_TEST(gives_the_records_and_tells_of_damage)
{
    struct seen seen = { "" };
    struct diags diags;

    diags_init(&diags);
    ck_assert(sdr_stored_text("s", texts[_i].text, strlen(texts[_i].text), take, &seen, &diags));
    ck_assert_str_eq(seen.text, texts[_i].records);
    ck_assert_str_eq(said(&diags), texts[_i].said);
    diags_free(&diags);
}
END_TEST

/* ---- in a machine ------------------------------------------------------------------ */

#define LOCATOR_STORED "\\00Q\\12\\0c \\00\\00\\00\\00\\00\\00\\07\\01\\00\\c1A"
#define MACHINE \
    "mc_add 0x20 0 0 0 0 0 0x9f 0 0 persist_sdr\nmc_enable 0x20\n" \
    "mc_add 0x30 0 0 0 0 0 0x9f 0 0 persist_sdr\nmc_enable 0x30\n"

/* ipmi_sim has both the stored record and the command that once added it. */
START_TEST(is_of_the_controller_named_and_not_added_twice)
{
    const struct file files[] = {
        { "m.emu", MACHINE "main_sdr_add 0x30 0 0 0x51 0x12 0x0c 0x20 0 0 0 0 0 0 7 1 0 0xc1 'A\n"
                           "main_sdr_add 0x30 0 0 0x51 0x12 0x0c 0x20 0 0 0 0 0 0 7 1 0 0xc1 'B\n" },
        { "sdr.30.main", "1:d:\\01" LOCATOR_STORED "\n" },
        { "stored", "9:d:\\09" LOCATOR_STORED "\n" },
        { NULL, NULL },
    };
    size_t n;
    struct description **all = files_load(files, 3, &n, NULL);

    ck_assert_uint_eq(n, 1);
    ck_assert_uint_eq(description_find_mc(all[0], 0x20)->sdr_count, 1);
    ck_assert_uint_eq(description_find_mc(all[0], 0x30)->sdr_count, 2);
    ck_assert_uint_eq(description_find_mc(all[0], 0x30)->sdrs[1].record.at[16], 'B');
    files_free(all, n);
}
END_TEST

#define ROWS(array) (int)(sizeof(array) / sizeof(array)[0])

static Suite *
sdr_stored_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("emu/sdr_stored", &c);

    tcase_add_loop_test(c, knows_them_by_their_first_line, 0, ROWS(kinds));
    tcase_add_loop_test(c, knows_whose_they_are_by_the_name, 0, ROWS(paths));
    tcase_add_loop_test(c, gives_the_records_and_tells_of_damage, 0, ROWS(texts));
    tcase_add_test(c, is_of_the_controller_named_and_not_added_twice);
    return s;
}

int
main(void)
{
    return run_suite(sdr_stored_suite());
}
