#include <stdio.h>

#include "emu/emu.h"
#include "sim/ipmi/channel.h"
#include "tests/emu/files.h"
#include "tests/lib/run.h"

#define BMC "mc_add 0x20 0 0 0 0 0 0x9f 0 0\nmc_enable 0x20\n"
#define CONF "startlan 1\naddr localhost 9001\nendlan\nuser 2 true \"a\" \"b\" admin 1\n"
#define RECORD \
    "sdr type 18\ndevice_slave_address 0x20\ndevice_channel_number 0\n" \
    "entity_id 7\nentity_instance 1\nid_string \"B\"\nendsdr\n"

/* ---- kinds of files ------------------------------------------------------------- */

static const struct {
    const char *path, *text;
    enum emu_kind kind;
} kinds[] = {
    { "a.emu", NULL, EMU_KIND_COMMANDS },
    { "d/lan.conf", NULL, EMU_KIND_CONF },
    { "a.sdrs", NULL, EMU_KIND_SDRS },
    { "a.sdr", NULL, EMU_KIND_SDRS },
    { ".emu", NULL, EMU_KIND_UNKNOWN },
    { "a", NULL, EMU_KIND_UNKNOWN },
    { "a.emu", "startlan 1\n", EMU_KIND_COMMANDS },
    { "a", "# c\n\n  define X \"1\"\n\tmc_add 0x20\n", EMU_KIND_COMMANDS },
    { "a", "define X \"1\"\nname \"x\"\n", EMU_KIND_CONF },
    { "a", "sdr type 1\n", EMU_KIND_SDRS },
    { "a", "record 1 2\r\n", EMU_KIND_SDRS },
    { "a", "mc_enable", EMU_KIND_COMMANDS },
    { "a", "hello\nworld\n", EMU_KIND_UNKNOWN },
    { "a", "", EMU_KIND_UNKNOWN },
};

START_TEST(tells_the_languages_apart)
{
    size_t len = kinds[_i].text ? strlen(kinds[_i].text) : 0;

    ck_assert_int_eq(emu_kind_of(kinds[_i].path, kinds[_i].text, len), kinds[_i].kind);
}
END_TEST

/* ---- grouping ---------------------------------------------------------------------- */

static const struct file rack[] = {
    { "a.emu", BMC },
    { "b.emu", BMC },
    { "b.conf", "name \"bee\"\n" CONF },
    { "lan.conf", "name \"site\"\n" CONF },
    { "s.sdrs", RECORD },
    { "t.sdr", RECORD RECORD },
    { "site.emu", BMC "sel_enable 0x20 7 0\n" },
    { "words", "# by its words\n" BMC },
    { NULL, NULL },
};

/* Files, and name:users:channels:records of each machine. */
static const struct {
    const char *files[5];
    const char *machines;
} groups[] = {
    { { "a.emu" }, "a:1:1:0 " },
    { { "b.emu" }, "bee:1:1:0 " },
    { { "a.emu", "a.emu" }, "a:1:1:0 a:1:1:0 " },
    { { "lan.conf", "a.emu" }, "site:1:1:0 " },
    { { "lan.conf", "b.emu" }, "site:1:1:0 " },
    { { "lan.conf", "a.emu", "s.sdrs", "t.sdr" }, "site:1:1:3 " },
    { { "lan.conf", "t.sdr", "a.emu", "b.emu" }, "site:1:1:2 bee:1:1:0 " },
    { { "a.emu", "s.sdrs", "lan.conf", "b.emu", "t.sdr" }, "a:1:1:1 site:1:1:2 " },
    { { "b.emu", "b.conf" }, "bee:1:1:0 " },
    { { "b.conf", "b.emu", "b.emu" }, "bee:1:1:0 bee:1:1:0 " },
    { { "lan.conf" }, "site:1:1:0 " },
    { { "words" }, "words:1:1:0 " },
};

START_TEST(groups_files_into_machines)
{
    struct emu_opts opts = { .reader = files_reader(rack) };
    struct description **all;
    struct diags diags;
    size_t count = 0, n;
    char got[128] = "";

    while (count < 5 && groups[_i].files[count] != NULL)
        count++;
    diags_init(&diags);
    ck_assert_int_eq(emu_load(groups[_i].files, count, &opts, &diags, &all, &n), ST_OK);
    ck_assert_str_eq(said(&diags), "");
    for (size_t i = 0; i < n; i++) {
        const struct machine_mc *mc = description_find_mc(all[i], 0x20);

        snprintf(got + strlen(got), sizeof got - strlen(got), "%s:%u:%u:%u ", all[i]->name,
                 mc->user_count, mc->lan_count, mc->sdr_count);
    }
    ck_assert_str_eq(got, groups[_i].machines);
    files_free(all, n);
    diags_free(&diags);
}
END_TEST

START_TEST(finds_the_commands_that_a_lone_conf_names)
{
    const struct file files[] = {
        { "d/lan.conf", "name \"x\"\n" CONF }, { "d/x.emu", BMC "sel_enable 0x20 7 0\n" },
        { NULL, NULL },
    };
    size_t n;
    struct description **all = files_load(files, 1, &n, NULL);

    ck_assert_uint_eq(description_find_mc(all[0], 0x20)->sel.max, 7);
    files_free(all, n);
}
END_TEST

START_TEST(gives_a_machine_without_conf_a_safe_way_in)
{
    const struct file files[] = { { "d/one.two.emu", BMC }, { NULL, NULL } };
    size_t n;
    struct description **all = files_load(files, 1, &n, NULL);
    const struct machine_mc *mc = all[0]->mcs[0];

    ck_assert_str_eq(all[0]->name, "one.two");
    ck_assert_uint_eq(mc->lan_count, 1);
    ck_assert_uint_eq(mc->lans[0].channel, 1);
    ck_assert(!mc->lans[0].has_address && !mc->lans[0].suite_0);
    ck_assert_uint_eq(mc->user_count, 1);
    ck_assert_uint_eq(mc->users[0].id, 2);
    ck_assert(mc->users[0].enabled);
    ck_assert_int_eq(mc->users[0].limit, PRIV_ADMIN);
    ck_assert_mem_eq(mc->users[0].name, "ADMIN\0\0\0\0\0\0\0\0\0\0\0", 16);
    ck_assert_mem_eq(mc->users[0].password, "ADMIN\0\0\0", 8);
    files_free(all, n);
}
END_TEST

START_TEST(makes_a_plain_bmc_of_a_conf_alone)
{
    const struct file files[] = { { "lan.conf", "name \"x\"\n" CONF }, { NULL, NULL } };
    const char *words;
    size_t n;
    struct description **all = files_load(files, 1, &n, &words);
    const struct machine_mc *mc = all[0]->mcs[0];

    ck_assert_str_eq(words, "lan.conf: warning: found no mc_add 0x20, the BMC; expected one: it "
                            "is a plain BMC now\n");
    ck_assert(mc->added && mc->enabled && mc->sel.present);
    files_free(all, n);
}
END_TEST

START_TEST(carries_out_commands_after_the_files)
{
    static const char *const commands[] = { "mc_enable 0x20", "sel_enable 0x20 5 0\nfoo" };
    const struct file files[] = {
        { "m.emu", "mc_add 0x20 0 0 0 0 0 0 0 0\n" }, { NULL, NULL },
    };
    const char *const names[] = { "m.emu" };
    struct emu_opts opts = { files_reader(files), commands, 1 };
    struct description **all;
    struct diags diags;
    size_t n;

    diags_init(&diags);
    ck_assert_int_eq(emu_load(names, 1, &opts, &diags, &all, &n), ST_OK);
    ck_assert(all[0]->mcs[0]->enabled);
    files_free(all, n);
    opts.command_count = 2;
    ck_assert_int_eq(emu_load(names, 1, &opts, &diags, &all, &n), ST_INVALID);
    ck_assert_str_eq(said(&diags),
                     "command line:2:1: found \"foo\"; expected a command\n");
    ck_assert_ptr_null(all);
    diags_free(&diags);
}
END_TEST

/* ---- what is wrong with files as such ------------------------------------------------- */

static const struct {
    struct file files[4];
    size_t count;
    const char *said;
} wrongs[] = {
    { { { "m.emu", "foo\n" BMC "bar\n" } }, 1,
      "m.emu:1:1: found \"foo\"; expected a command\n"
      "m.emu:4:1: found \"bar\"; expected a command\n" },
    { { { "m.emu", "foo\n" BMC }, { "n.emu", "bar\n" BMC } }, 2,
      "m.emu:1:1: found \"foo\"; expected a command\n"
      "n.emu:1:1: found \"bar\"; expected a command\n" },
    { { { "m.emu", BMC "include \"n.emu\"\n" }, { "n.emu", "\n  foo\n" } }, 1,
      "n.emu:2:3: found \"foo\"; expected a command\n" },
    { { { "m.emu", BMC }, { "readme", "to be read\n" } }, 2,
      "readme: found a file of no known kind; expected .emu commands, lan.conf or SDR source\n" },
    { { { "m.conf", CONF }, { "m.emu", BMC } }, 2,
      "m.conf: warning: found no name; expected name \"...\": it is m\n" },
    { { { "m.conf", "name \"m\"\nset_working_mc 0x30\nstartlan 1\nendlan\nset_working_mc 0x20\n"
        CONF }, { "m.emu", BMC "mc_add 0x30 0 0 0 0 0 0 0 0\n" } }, 2,
      "m.emu:3:8: warning: found a LAN of controller 0x30; expected LANs of the BMC, 0x20, "
      "alone: this one is not opened\n" },
    { { { "m.emu", "" } }, 1,
      "m.emu: warning: found no mc_add 0x20, the BMC; expected one: it is a plain BMC now\n" },
    { { { "m.emu", BMC "\r\n" } }, 1,
      "m.emu:3:1: warning: found a carriage return; expected lines that end in a line feed "
      "alone\n" },
    { { { "m.emu", "mc_add 0x20 0 0 0 0 0 0 0 0\n" } }, 1,
      "m.emu:1:8: warning: found no mc_enable 0x20, the BMC; expected one: it will not "
      "answer\n" },
    { { { "m.emu", BMC "include \"a\"\n" }, { "a", "include \"b\"\n" },
        { "b", "include \"a\"\n" } }, 1,
      "b:1:9: found \"a\", which is being read; expected another file\n" },
};

START_TEST(says_what_is_wrong_in_all_files)
{
    struct description **all;
    const char *got;
    size_t n;

    all = files_load(wrongs[_i].files, wrongs[_i].count, &n, &got);
    ck_assert_str_eq(got, wrongs[_i].said);
    files_free(all, n);
}
END_TEST

START_TEST(says_that_a_file_is_not_there)
{
    static const char *const names[] = { "/no/such.emu", "/no/such.conf", "/no/such" };
    struct description **all;
    struct diags diags;
    size_t n;

    diags_init(&diags);
    ck_assert_int_eq(emu_load(names, 3, NULL, &diags, &all, &n), ST_INVALID);
    ck_assert_uint_eq(diags.errors, 3);
    ck_assert_str_eq(diags.list[0].text,
                     "found no way to read it (not found); expected a file");
    diags_free(&diags);
}
END_TEST

/* A file that includes two others, each of which includes two others, ... */
static enum status
endless(void *ctx, const char *path, char **text, size_t *len)
{
    unsigned *count = ctx;
    char buf[128];

    *len = (size_t)snprintf(buf, sizeof buf, "include \"%u\"\ninclude \"%u\"\n", *count,
                            *count + 1);
    *count += 2;
    *text = malloc(*len + 1);
    memcpy(*text, buf, *len);
    return path ? ST_OK : ST_MISSING;
}

START_TEST(bounds_what_files_include)
{
    static const char *const names[] = { "m.emu" };
    unsigned count = 0;
    struct emu_opts opts = { .reader = { .read = endless, .ctx = &count } };
    struct description **all;
    struct diags diags;
    size_t n;

    diags_init(&diags);
    ck_assert_int_eq(emu_load(names, 1, &opts, &diags, &all, &n), ST_INVALID);
    ck_assert_uint_lt(count, 2 * EMU_INCLUDES_MAX + 100);
    ck_assert_uint_eq(diags.count, DIAGS_KEPT_MAX);
    ck_assert_uint_gt(diags.errors, DIAGS_KEPT_MAX);
    diags_free(&diags);
}
END_TEST

START_TEST(bounds_the_controllers)
{
    static char text[8192];
    const struct file files[] = { { "m.emu", text }, { NULL, NULL } };
    struct description **all;
    const char *got;
    size_t n;

    strcpy(text, BMC);
    for (unsigned i = 1; i < 140; i++)
        if (i != 0x20)
            snprintf(text + strlen(text), 64, "mc_add %u 0 0 0 0 0 0 0 0\n", i);
    all = files_load(files, 1, &n, &got);
    ck_assert_ptr_null(all);
    ck_assert_ptr_nonnull(strstr(got, "one more controller, at 0x80; expected at most 127"));
}
END_TEST

/* ---- whole machines ---------------------------------------------------------------------- */

/* Files on disk that say things the way ipmi_sim's own examples do. */
START_TEST(loads_files_written_for_ipmi_sim)
{
    static const char *const stems[] = { "shed.conf", "shed.emu", "shed.sdrs" };
    const char *dir = getenv("SRCDIR") ? getenv("SRCDIR") : ".";
    char paths[3][1024];
    const char *names[3];
    struct description **all;
    const struct machine_mc *bmc, *satellite;
    const struct machine_sensor *s;
    struct diags diags;
    size_t n;

    for (size_t i = 0; i < 3; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/tests/data/emu/%s", dir, stems[i]);
        names[i] = paths[i];
    }
    diags_init(&diags);
    ck_assert_int_eq(emu_load(names, 3, NULL, &diags, &all, &n), ST_OK);
    ck_assert_str_eq(said(&diags), "");
    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(all[0]->name, "shed");
    bmc = description_find_mc(all[0], 0x20);
    satellite = description_find_mc(all[0], 0x30);
    ck_assert(bmc->enabled && bmc->persist_sdr && satellite->enabled && satellite->added);
    ck_assert_uint_eq(bmc->sdr_count, 5);
    ck_assert_uint_eq(bmc->sensor_count, 3);
    ck_assert_uint_eq(bmc->word_count, 4);
    ck_assert_uint_eq(satellite->fru_count, 1);
    s = description_sensor(description_find_mc(all[0], 0x20), 0, 1);
    ck_assert(s->has_value && s->value == 0x60 && s->scanning && s->events);
    ck_assert_str_eq(s->poll->path, "shed-temperature");
    ck_assert_uint_eq(s->threshold[THR_UNR], 0xa0);
    ck_assert_uint_eq(s->threshold_mask, 0x38);
    s = description_sensor(description_find_mc(all[0], 0x20), 0, 2);
    ck_assert(s->has_value && s->states == 2);
    ck_assert_uint_eq(all[0]->action_count, 0);
    files_free(all, n);
    diags_free(&diags);
}
END_TEST

START_TEST(makes_the_same_twice_and_shares_nothing)
{
    const struct file files[] = {
        { "m.emu", BMC "sensor_add 0x20 0 1 1 1\n" }, { NULL, NULL },
    };
    size_t n;
    struct description **one = files_load(files, 1, &n, NULL);
    struct description **two = files_load(files, 1, &n, NULL);

    files_free(one, 1);
    ck_assert_uint_eq(two[0]->mcs[0]->sensor_count, 1);
    files_free(two, 1);
}
END_TEST

/* Lines grow, time must not grow with their square: ten thousand records
 * and sensors are still little. */
START_TEST(takes_large_machines_in_its_stride)
{
    static char text[4u << 20];
    const struct file files[] = { { "m.emu", text }, { NULL, NULL } };
    struct description **all;
    size_t len, n;

    len = (size_t)sprintf(text, "%smc_add 0x22 0 1 0 0 0 0 0 0\n", BMC);
    for (unsigned i = 0; i < 1020; i++)
        len += (size_t)sprintf(text + len, "sensor_add 0x20 %u %u 1 1\n"
                               "sensor_set_value 0x20 %u %u 9 1\n",
                               i / 255, i % 255, i / 255, i % 255);
    for (unsigned i = 0; i < 10000; i++)
        len += (size_t)sprintf(text + len, "main_sdr_add 0x20 0 0 0x51 2 0x1b 0x20 0x0%u 0x%02x "
                               "7 1 0x67 0x40 8 0x6f 3 0 0 0 3 0 0xc0 0 0 1 0 0 0 0 0 0 0 0xc0\n",
                               i / 255 % 4, i % 255);
    all = files_load(files, 1, &n, NULL);
    ck_assert_uint_eq(all[0]->mcs[0]->sdr_count, 10000);
    ck_assert_uint_eq(all[0]->mcs[0]->sensor_count, 1020);
    ck_assert_uint_eq(all[0]->mcs[0]->sensors[1019].assert_enabled, 3);
    files_free(all, n);
}
END_TEST

#define ROWS(array) (int)(sizeof(array) / sizeof(array)[0])

static Suite *
emu_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("emu/emu", &c);

    tcase_add_loop_test(c, tells_the_languages_apart, 0, ROWS(kinds));
    tcase_add_loop_test(c, groups_files_into_machines, 0, ROWS(groups));
    tcase_add_test(c, finds_the_commands_that_a_lone_conf_names);
    tcase_add_test(c, gives_a_machine_without_conf_a_safe_way_in);
    tcase_add_test(c, makes_a_plain_bmc_of_a_conf_alone);
    tcase_add_test(c, carries_out_commands_after_the_files);
    tcase_add_loop_test(c, says_what_is_wrong_in_all_files, 0, ROWS(wrongs));
    tcase_add_test(c, says_that_a_file_is_not_there);
    tcase_add_test(c, bounds_what_files_include);
    tcase_add_test(c, bounds_the_controllers);
    tcase_add_test(c, loads_files_written_for_ipmi_sim);
    tcase_add_test(c, makes_the_same_twice_and_shares_nothing);
    tcase_add_test(c, takes_large_machines_in_its_stride);
    return s;
}

int
main(void)
{
    return run_suite(emu_suite());
}
