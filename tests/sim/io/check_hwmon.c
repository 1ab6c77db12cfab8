#include "sim/io/hwmon.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/lib/run.h"

#define READINGS 8

static char dir[] = "check_hwmon-XXXXXX";
static struct hwmon_reading got[READINGS];
static unsigned count;

static void
begin(void)
{
    memcpy(dir + strlen(dir) - 6, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(dir));
    count = 0;
}

static void
end(void)
{
    char command[64];

    snprintf(command, sizeof command, "rm -r %s", dir);
    ck_assert_int_eq(system(command), 0);
}

static void
put(const char *name, const char *text)
{
    char path[128];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", dir, name);
    f = fopen(path, "w");
    ck_assert_ptr_nonnull(f);
    fputs(text, f);
    fclose(f);
}

static void
take(void *ctx, const struct hwmon_reading *r)
{
    (void)ctx;
    ck_assert_uint_lt(count, READINGS);
    got[count++] = *r;
}

static const struct {
    const char *name, *text;
    double want;
    uint8_t unit;
} rows[] = {
    { "temp1_input", "41600\n", 41.6, 1 },    { "temp12_input", "-5000", -5, 1 },
    { "fan1_input", "8400\n", 8400, 18 },     { "in0_input", "12096\n", 12.096, 4 },
    { "curr3_input", "1500\n", 1.5, 5 },      { "power1_input", "312000000\n", 312, 6 },
    { "energy1_input", "2500000\n", 2.5, 7 }, { "freq1_input", "50\n", 50, 19 },
};

START_TEST(reads_each_kind_in_its_unit)
{
    uint8_t units[3] = { 0, rows[_i].unit, 0 };

    put(rows[_i].name, rows[_i].text);
    ck_assert_int_eq(hwmon_read(dir, take, NULL), ST_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert_ptr_null(got[0].why);
    ck_assert(fabs(got[0].value - rows[_i].want) < 1e-9);
    ck_assert_int_eq(strncmp(got[0].label, rows[_i].name, strlen(got[0].label)), 0);
    ck_assert(hwmon_in_units(got[0].kind, units, &got[0].value));
}
END_TEST

START_TEST(takes_labels_and_the_order_of_names)
{
    put("temp2_input", "20000\n");
    put("temp2_label", "  Inlet Temp \n");
    put("temp1_input", "30000\n");
    put("fan1_input", "1\n");
    put("temp1_max", "90000\n");
    put("tempX_input", "1\n");
    put("temp_input", "1\n");
    put("name", "chip\n");
    ck_assert_int_eq(hwmon_read(dir, take, NULL), ST_OK);
    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(got[0].label, "fan1");
    ck_assert_str_eq(got[1].label, "temp1");
    ck_assert_str_eq(got[2].label, "Inlet Temp");
}
END_TEST

START_TEST(looks_into_folders_of_chips)
{
    char path[64];

    snprintf(path, sizeof path, "%s/hwmon3", dir);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    put("hwmon3/in1_input", "3300");
    ck_assert_int_eq(hwmon_read(dir, take, NULL), ST_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert(fabs(got[0].value - 3.3) < 1e-9);
}
END_TEST

static const char *const bad[] = { "", "\n", "none\n", "12x\n", "nan", "inf" };

START_TEST(says_why_there_is_no_value)
{
    put("temp1_input", bad[_i]);
    ck_assert_int_eq(hwmon_read(dir, take, NULL), ST_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(got[0].why, "holds no number");
}
END_TEST

START_TEST(does_not_wait_for_a_pipe)
{
    char path[128];

    snprintf(path, sizeof path, "%s/temp1_input", dir);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    ck_assert_int_eq(hwmon_read(dir, take, NULL), ST_OK);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(got[0].why, "holds no number");
}
END_TEST

START_TEST(says_that_there_is_no_folder)
{
    ck_assert_int_eq(hwmon_read("nowhere", take, NULL), ST_IO);
    ck_assert_uint_eq(count, 0);
}
END_TEST

/* A kind's name, octet 21 and base unit of a record, a value there or -1. */
static const struct {
    const char *name;
    uint8_t flags, unit;
    double from, want;
} units[] = {
    { "temp1_input", 0, 2, 100, 212 },   { "temp1_input", 0, 3, 0, 273.15 },
    { "temp1_input", 0x80, 1, 25, 25 },  { "temp1_input", 0, 4, 25, -1 },
    { "fan1_input", 0x01, 18, 50, -1 },  { "humidity1_input", 0x01, 0, 40, 40 },
    { "humidity1_input", 0, 0, 40, -1 }, { "power1_input", 0x02, 6, 40, -1 },
};

START_TEST(measures_what_the_sensor_measures)
{
    uint8_t octets[3] = { units[_i].flags, units[_i].unit, 0 };
    double value = units[_i].from;
    int stem;

    ck_assert(hwmon_in_units(hwmon_kind_of(units[_i].name, &stem), octets, &value) ==
              (units[_i].want >= 0));
    if (units[_i].want >= 0)
        ck_assert(fabs(value - units[_i].want) < 1e-9);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("hwmon", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_loop_test(t, reads_each_kind_in_its_unit, 0, sizeof rows / sizeof rows[0]);
    tcase_add_test(t, takes_labels_and_the_order_of_names);
    tcase_add_test(t, looks_into_folders_of_chips);
    tcase_add_loop_test(t, says_why_there_is_no_value, 0, sizeof bad / sizeof bad[0]);
    tcase_add_test(t, does_not_wait_for_a_pipe);
    tcase_add_test(t, says_that_there_is_no_folder);
    tcase_add_loop_test(t, measures_what_the_sensor_measures, 0, sizeof units / sizeof units[0]);
    return run_suite(s);
}
