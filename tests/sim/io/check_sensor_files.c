#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sim/io/sensor_files.h"
#include "tests/lib/run.h"

static char path[64];

static void
write_file(const char *octets, size_t len)
{
    FILE *f;

    snprintf(path, sizeof path, "check_sensor_files-%ld", (long)getpid());
    f = fopen(path, "wb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(octets, 1, len, f), len);
    fclose(f);
}

static const struct {
    const char *why, *octets;
    size_t len;
    struct machine_poll poll;
    bool ok;
    int64_t want;
} rows[] = {
    { "a decimal number", "42\n", 3, { .ascii = true, .base = 10 }, true, 42 },
    { "a hexadecimal one", "0x1f", 4, { .ascii = true, .base = 0 }, true, 31 },
    { "millidegrees to degrees, rounded", "41600\n", 6,
      { .ascii = true, .base = 10, .div = 1000 }, true, 42 },
    { "an offset taken off, then scaled", "110\n", 4,
      { .ascii = true, .base = 10, .sub = 10, .mult = 3 }, true, 300 },
    { "a mask", "255\n", 4, { .ascii = true, .base = 10, .mask = 0x0f }, true, 15 },
    { "little-endian octets from an offset", "\0\0\x34\x12", 4,
      { .offset = 2, .length = 2 }, true, 0x1234 },
    { "no number", "none\n", 5, { .ascii = true, .base = 10 }, false, 0 },
    { "too few octets", "\1", 1, { .length = 2 }, false, 0 },
};

START_TEST(reads_a_value_by_the_polls_rules)
{
    struct machine_poll poll = rows[_i].poll;
    const char *why = NULL;
    int64_t value = 0;

    write_file(rows[_i].octets, rows[_i].len);
    poll.path = path;
    ck_assert_msg(sensor_files_read(&poll, &value, &why) == rows[_i].ok, "%s", rows[_i].why);
    if (rows[_i].ok)
        ck_assert_msg(value == rows[_i].want, "%s: %lld", rows[_i].why, (long long)value);
    else
        ck_assert_ptr_nonnull(why);
    unlink(path);
}
END_TEST

START_TEST(says_why_a_file_cannot_be_read)
{
    struct machine_poll poll = { .path = "/nonexistent/temp1_input", .ascii = true };
    const char *why = NULL;
    int64_t value;

    ck_assert(!sensor_files_read(&poll, &value, &why));
    ck_assert_str_eq(why, "No such file or directory");
}
END_TEST

/* A full record: two's complement, 0.5 degrees Celsius a count. */
static const uint8_t record[] = {
    1, 0, 0x51, 0x01, 43, 0x20, 0, 1, 3, 1, 0x7f, 0x40, 1, 1, 0, 0, 0, 0, 0, 0, 0x80, 1,
    0, 0, 5, 0, 0, 0, 0, 0xf0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc0,
};

static const struct {
    const char *why, *octets;
    size_t len;
    struct machine_poll poll;
    uint8_t want;
} in_units[] = {
    { "degrees", "21\n", 3, { .ascii = true }, 42 },
    { "a decimal fraction", "21.4\n", 5, { .ascii = true }, 43 },
    { "below zero", "-3\n", 3, { .ascii = true }, 0xfa },
    { "millidegrees", "41600\n", 6, { .ascii = true, .div = 1000 }, 83 },
    { "kelvins to degrees", "300\n", 4, { .ascii = true, .sub = 273 }, 54 },
    { "more than there can be", "900\n", 4, { .ascii = true }, 0x7f },
    { "octets", "\x14\x00", 2, { .length = 2 }, 40 },
};

START_TEST(reads_a_value_in_the_sensors_units)
{
    struct machine_poll poll = in_units[_i].poll;
    const char *why = NULL;
    uint8_t raw = 0;

    write_file(in_units[_i].octets, in_units[_i].len);
    poll.path = path;
    ck_assert(sensor_files_units(&poll, bytes_of(record, sizeof record), &raw, &why));
    ck_assert_msg(raw == in_units[_i].want, "%s: %u", in_units[_i].why, raw);
    unlink(path);
}
END_TEST

START_TEST(needs_a_record_for_units)
{
    struct machine_poll poll = { .path = "none", .ascii = true };
    const char *why = NULL;
    uint8_t raw;

    ck_assert(!sensor_files_units(&poll, bytes_of(NULL, 0), &raw, &why));
    ck_assert_str_eq(why, "is for a sensor without a record that has units");
    ck_assert(!sensor_files_units(&poll, bytes_of(record, sizeof record), &raw, &why));
    ck_assert_str_eq(why, "No such file or directory");
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("sensor_files", &t);

    tcase_add_loop_test(t, reads_a_value_by_the_polls_rules, 0, sizeof rows / sizeof rows[0]);
    tcase_add_test(t, says_why_a_file_cannot_be_read);
    tcase_add_loop_test(t, reads_a_value_in_the_sensors_units, 0,
                        sizeof in_units / sizeof in_units[0]);
    tcase_add_test(t, needs_a_record_for_units);
    return run_suite(s);
}
