#include <stdio.h>

#include "tests/emu/files.h"
#include "tests/lib/run.h"

#define BMC "mc_add 0x20 0x21 no-device-sdrs 1 1 1 0x9f 0x1291 0xf02\nmc_enable 0x20\n"

/* Load a BMC with some more commands, and a FRU source beside it. */
static struct description **
load(const char *more, const char **all)
{
    char text[1024];
    const struct file files[] = {
        { "m.conf", "name \"m\"\n" },
        { "m.emu", text },
        { "board.fru", "chassis\n part \"AB\"\nend\n" },
        { "bad.fru", "chassis\n colour \"red\"\nend\n" },
        { NULL, NULL },
    };

    snprintf(text, sizeof text, BMC "%s", more);
    return files_load(files, 2, NULL, all);
}

static const struct machine_fru *
first_fru(struct description **all)
{
    const struct machine_mc *mc = description_find_mc(all[0], 0x20);

    ck_assert_uint_eq(mc->fru_count, 1);
    return &mc->frus[0];
}

START_TEST(compiles_readable_text)
{
    struct description **all = load("fru_source 0x20 3 64 \"board.fru\"\n", NULL);
    const struct machine_fru *fru = first_fru(all);

    ck_assert_uint_eq(fru->id, 3);
    ck_assert_uint_eq(fru->size, 64);
    ck_assert_uint_eq(fru->data.len, 64);
    ck_assert_mem_eq(fru->data.at, "\1\0\1\0\0\0\0\xfe\1\2\2\xc2" "AB\xc0\xc1", 16);
    ck_assert_uint_eq(fru->data.at[63], 0);
    files_free(all, 1);
}
END_TEST

START_TEST(takes_the_description_that_comes_last)
{
    struct description **all = load("fru_source 0x20 0 64 \"board.fru\"\n"
                                    "fru_access 0x20 0 words\n"
                                    "mc_add_fru_data 0x20 0 8 data 1 2\n", NULL);
    const struct machine_fru *fru = first_fru(all);

    ck_assert_uint_eq(fru->size, 8);
    ck_assert_mem_eq(fru->data.at, "\1\2\0", 3);
    ck_assert(fru->by_words);
    files_free(all, 1);
}
END_TEST

START_TEST(says_how_it_is_accessed)
{
    struct description **all = load("mc_add_fru_data 0x20 0 64 data\n"
                                    "fru_access 0x20 0 words busy=5 guard=0,8 guard=0x10,1 # x\n"
                                    "fru_access 0x20 0 busy=7\n", NULL);
    const struct machine_fru *fru = first_fru(all);

    ck_assert(fru->by_words);
    ck_assert_uint_eq(fru->busy_ms, 7);
    ck_assert_uint_eq(fru->guard_count, 2);
    ck_assert_uint_eq(fru->guards[1].from, 16);
    ck_assert_uint_eq(fru->guards[1].count, 1);
    files_free(all, 1);
}
END_TEST

static const struct {
    const char *line, *says;
} mistakes[] = {
    { "fru_source 0x20 0 64 \"bad.fru\"\n",
      "bad.fru:2:2: found \"colour\"; expected part, serial, custom or end" },
    { "fru_source 0x20 0 16 \"board.fru\"\n",
      "board.fru:1:1: found octets up to 24; expected at most 16, the device's size" },
    { "fru_source 0x20 0 7 \"board.fru\"\n",
      "m.emu:3:19: found size 7; expected 8 to 65535" },
    { "fru_source 0x20 0 64 \"none.fru\"\n",
      "m.emu:3:22: found \"none.fru\", which cannot be read (not found); expected a file" },
    { "fru_access 0x20 0 words\n", "m.emu:3:17: found FRU 0, which is not there; expected "
      "mc_add_fru_data or fru_source before it" },
    { "mc_add_fru_data 0x20 0 8 data\nfru_access 0x20 0 slow\n",
      "m.emu:4:19: found \"slow\"; expected words, bytes, busy=MILLISECONDS or "
      "guard=OFFSET,COUNT" },
    { "mc_add_fru_data 0x20 0 8 data\nfru_access 0x20 0 busy=60001\n",
      "m.emu:4:19: found \"busy=60001\"; expected busy=MILLISECONDS, 0 to 60000" },
    { "mc_add_fru_data 0x20 0 8 data\nfru_access 0x20 0 guard=1,8\n",
      "m.emu:4:19: found \"guard=1,8\"; expected guard=OFFSET,COUNT within 8 octets" },
    { "mc_add_fru_data 0x20 0 8 data\nfru_access 0x20 0 guard=1\n",
      "m.emu:4:19: found \"guard=1\"; expected guard=OFFSET,COUNT within 8 octets" },
};

START_TEST(tells_mistakes)
{
    char expected[256];
    const char *all;

    ck_assert_ptr_null(load(mistakes[_i].line, &all));
    snprintf(expected, sizeof expected, "%s\n", mistakes[_i].says);
    ck_assert_str_eq(all, expected);
}
END_TEST

static Suite *
emu_cmd_fru_suite(void)
{
    Suite *s = suite_create("emu_cmd_fru");
    TCase *t = tcase_create("commands");

    tcase_add_test(t, compiles_readable_text);
    tcase_add_test(t, takes_the_description_that_comes_last);
    tcase_add_test(t, says_how_it_is_accessed);
    tcase_add_loop_test(t, tells_mistakes, 0, (int)(sizeof mistakes / sizeof mistakes[0]));
    suite_add_tcase(s, t);
    return s;
}

int
main(void)
{
    return run_suite(emu_cmd_fru_suite());
}
