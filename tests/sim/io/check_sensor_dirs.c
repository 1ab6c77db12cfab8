#include "sim/io/sensor_dirs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/run.h"

#define WARNINGS 8

/* A full record: linear, of a type's base unit, called by four letters. */
#define RECORD(number, unit, m, exponents, a, b, c, d)                                    \
    { 1, 0, 0x51, 0x01, 47, 0x20, 0, number, 3, 1, 0x7f, 0x40, 1, 1, 0, 0, 0, 0, 0, 0, 0, unit, \
      0, 0, m, 0, 0, 0, 0, exponents, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,  \
      0xc4, a, b, c, d }

static const uint8_t inlet[] = RECORD(1, 1, 5, 0xf0, 'I', 'n', 'l', 't');   /* 0.5 C */
static const uint8_t fan[] = RECORD(2, 18, 70, 0, 'F', 'a', 'n', '1');      /* 70 RPM */

static char dir[] = "check_sensor_dirs-XXXXXX";
static struct lab *lab;
static struct loop *loop;
static struct description *machine;
static struct sensor_dirs *dirs;
static char warned[WARNINGS][160];
static unsigned warnings;

static void
warn(const char *path, const char *why)
{
    const char *slash = strrchr(path, '/');

    ck_assert_uint_lt(warnings, WARNINGS);
    snprintf(warned[warnings++], sizeof warned[0], "%s: %s", slash ? slash + 1 : path, why);
}

static void
add_sensor(struct machine_mc *mc, uint8_t number, const uint8_t *record, size_t len)
{
    struct machine_sensor *s = DESCRIPTION_ADD(machine, mc->sensors, mc->sensor_count);

    *s = (struct machine_sensor){ .number = number, .type = 1, .event_type = 1,
                                  .scanning = true, .sdr = bytes_of(record, len) };
}

static void
begin(void)
{
    struct lab_opts opts = { .seed = 1 };
    struct machine_mc *mc;

    memcpy(dir + strlen(dir) - 6, "XXXXXX", 6);
    ck_assert_ptr_nonnull(mkdtemp(dir));
    ck_assert_int_eq(description_new("m", &machine), ST_OK);
    mc = description_mc(machine, 0x20);
    mc->added = mc->enabled = true;
    add_sensor(mc, 1, inlet, sizeof inlet);
    add_sensor(mc, 2, fan, sizeof fan);
    ck_assert_int_eq(lab_new(&opts, &lab), ST_OK);
    for (uint32_t i = 0; i < 2; i++)
        ck_assert_int_eq(lab_add(lab, machine, i, NULL), ST_OK);
    ck_assert_int_eq(loop_new(lab, &loop), ST_OK);
    dirs = NULL;
    warnings = 0;
}

static void
end(void)
{
    char command[64];

    sensor_dirs_free(dirs);
    loop_free(loop);
    lab_free(lab);
    description_unref(machine);
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
follow(uint32_t period_ms)
{
    struct machine_sensor_dir all = { dir, period_ms };

    ck_assert_int_eq(sensor_dirs_new(loop, &all, warn, &dirs), ST_OK);
}

static uint8_t
raw(uint32_t unit, uint8_t number)
{
    uint8_t value = 0;
    uint16_t states;

    ck_assert(mc_sensor_raw(chassis_unit_bmc(lab_unit(lab, unit)), 0, number, &value, &states));
    return value;
}

START_TEST(sets_the_sensors_of_its_labels_in_every_unit)
{
    put("temp3_input", "23300\n");
    put("temp3_label", "INLT\n");
    put("fan1_input", "8400\n");
    follow(1000);
    for (uint32_t unit = 0; unit < 2; unit++) {
        ck_assert_uint_eq(raw(unit, 1), 47);
        ck_assert_uint_eq(raw(unit, 2), 120);
    }
    ck_assert_uint_eq(warnings, 0);
}
END_TEST

static void
stop(uv_timer_t *timer)
{
    loop_stop(timer->data);
}

/* Let real time pass. */
static void
run(uint64_t ms)
{
    uv_timer_t timer;

    uv_timer_init(loop_uv(loop), &timer);
    timer.data = loop;
    uv_timer_start(&timer, stop, ms, 0);
    loop_run(loop);
    uv_close((uv_handle_t *)&timer, NULL);
    uv_run(loop_uv(loop), UV_RUN_NOWAIT);
}

START_TEST(follows_what_changes)
{
    put("fan1_input", "7000\n");
    follow(10);
    ck_assert_uint_eq(raw(0, 2), 100);
    put("fan1_input", "700\n");
    run(200);
    ck_assert_uint_eq(raw(0, 2), 10);
}
END_TEST

START_TEST(tells_each_trouble_once)
{
    put("fan1_input", "none\n");
    put("in0_input", "12000\n");
    put("curr1_input", "1500\n");
    put("curr1_label", "Inlt\n");
    follow(10);
    run(200);
    ck_assert_uint_eq(warnings, 3);
    ck_assert_str_eq(warned[0], "curr1_input: the sensor of its label measures something else");
    ck_assert_str_eq(warned[1], "fan1_input: holds no number");
    ck_assert_str_eq(warned[2], "in0_input: no sensor has its label");
    put("fan1_input", "7000\n");
    run(200);
    put("fan1_input", "none\n");
    run(200);
    ck_assert_uint_eq(warnings, 4);
    ck_assert_uint_eq(raw(0, 2), 100);
}
END_TEST

START_TEST(reads_what_the_machine_names)
{
    struct machine_mc *mc = description_find_mc(machine, 0x20);
    struct machine_sensor_dir *d = DESCRIPTION_ADD(machine, mc->dirs, mc->dir_count);

    d->path = dir;
    put("fan1_input", "1400\n");
    ck_assert_int_eq(sensor_dirs_new(loop, NULL, warn, &dirs), ST_OK);
    ck_assert_uint_eq(raw(1, 2), 20);
}
END_TEST

START_TEST(says_that_there_is_no_folder)
{
    struct machine_sensor_dir nowhere = { "nowhere", 1000 };

    ck_assert_int_eq(sensor_dirs_new(loop, &nowhere, warn, &dirs), ST_OK);
    ck_assert_uint_eq(warnings, 1);
    ck_assert_str_eq(warned[0], "nowhere: No such file or directory");
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("sensor_dirs", &t);

    tcase_add_checked_fixture(t, begin, end);
    tcase_add_test(t, sets_the_sensors_of_its_labels_in_every_unit);
    tcase_add_test(t, follows_what_changes);
    tcase_add_test(t, tells_each_trouble_once);
    tcase_add_test(t, reads_what_the_machine_names);
    tcase_add_test(t, says_that_there_is_no_folder);
    return run_suite(s);
}
