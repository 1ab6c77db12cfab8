#include "sim/bus/i2c_slave.h"

#include <check.h>
#include <string.h>

#include "tests/lib/run.h"

static uint8_t content[I2C_SLAVE_SIZE_MAX];
static bool broken;

static bool
read_content(void *ctx, uint32_t at, uint8_t *to, uint32_t len)
{
    (void)ctx;
    ck_assert_uint_le(at + len, sizeof content);
    memcpy(to, content + at, len);
    return !broken;
}

static bool
write_content(void *ctx, uint32_t at, struct bytes data)
{
    (void)ctx;
    ck_assert_uint_le(at + data.len, sizeof content);
    if (data.len)
        memcpy(content + at, data.at, data.len);
    return !broken;
}

static const struct i2c_store store = { .read = read_content, .write = write_content };

static void
begin(void)
{
    broken = false;
    for (size_t i = 0; i < sizeof content; i++)
        content[i] = (uint8_t)(i ^ i >> 8);
}

static bool
put(struct i2c_slave *s, uint8_t address, const uint8_t *data, size_t len)
{
    return i2c_slave_write(s, &store, address, bytes_of(data, len));
}

#define PUT(s, address, ...) \
    put((s), (address), (const uint8_t[]){ __VA_ARGS__ }, sizeof((const uint8_t[]){ __VA_ARGS__ }))

static const struct {
    uint8_t kind;
    uint32_t size;
    uint8_t address;
    bool answers;
} addresses[] = {
    { I2C_EEPROM, 256, 0xa0, true },    { I2C_EEPROM, 256, 0xa2, false },
    { I2C_EEPROM, 256, 0x9e, false },   { I2C_EEPROM, 512, 0xa2, true },
    { I2C_EEPROM, 512, 0xa4, false },   { I2C_EEPROM, 2048, 0xae, true },
    { I2C_EEPROM, 2048, 0xb0, false },  { I2C_EEPROM, 4096, 0xa0, true },
    { I2C_EEPROM, 4096, 0xa2, false },  { I2C_REGISTERS, 256, 0xa2, false },
};

START_TEST(answers_at_its_addresses)
{
    struct i2c_slave s = { .kind = addresses[_i].kind, .address = 0xa0,
                           .size = addresses[_i].size };

    ck_assert(i2c_slave_answers(&s, addresses[_i].address) == addresses[_i].answers);
}
END_TEST

static const struct {
    const char *why;
    uint32_t size;
    uint8_t address;
    uint8_t word[2];
    uint8_t len;
    uint32_t at;
} words[] = {
    { "one octet", 256, 0xa0, { 0x12 }, 1, 0x12 },
    { "a small device rolls over", 128, 0xa0, { 0x92 }, 1, 0x12 },
    { "the second block", 512, 0xa2, { 0x12 }, 1, 0x112 },
    { "the last block", 2048, 0xae, { 0x12 }, 1, 0x712 },
    { "two octets", 4096, 0xa0, { 0x03, 0x45 }, 2, 0x345 },
    { "two octets, past the end", 4096, 0xa0, { 0x13, 0x45 }, 2, 0x345 },
};

START_TEST(reads_from_its_word_address)
{
    struct i2c_slave s = { .kind = I2C_EEPROM, .address = 0xa0, .size = words[_i].size };
    uint8_t got[4];

    ck_assert(put(&s, words[_i].address, words[_i].word, words[_i].len));
    ck_assert(i2c_slave_read(&s, &store, got, sizeof got));
    ck_assert_msg(memcmp(got, content + words[_i].at, sizeof got) == 0, "%s", words[_i].why);
}
END_TEST

START_TEST(goes_on_where_it_was)
{
    struct i2c_slave s = { .kind = I2C_EEPROM, .address = 0xa0, .size = 256 };
    uint8_t got[2];

    ck_assert(PUT(&s, 0xa0, 0xfe));
    ck_assert(i2c_slave_read(&s, &store, got, 1));
    ck_assert(i2c_slave_read(&s, &store, got, 2));
    ck_assert_uint_eq(got[0], content[255]);
    ck_assert_uint_eq(got[1], content[0]);
}
END_TEST

START_TEST(rolls_over_inside_a_page_of_an_eeprom)
{
    struct i2c_slave s = { .kind = I2C_EEPROM, .address = 0xa0, .size = 256 };

    ck_assert(PUT(&s, 0xa0, 0x16, 1, 2, 3));
    ck_assert_uint_eq(content[0x16], 1);
    ck_assert_uint_eq(content[0x17], 2);
    ck_assert_uint_eq(content[0x10], 3);
    ck_assert_uint_eq(content[0x18], 0x18);
}
END_TEST

START_TEST(has_a_short_last_page)
{
    struct i2c_slave s = { .kind = I2C_EEPROM, .address = 0xa0, .size = 12 };

    ck_assert(PUT(&s, 0xa0, 0x0a, 1, 2, 3));
    ck_assert_uint_eq(content[0x0a], 1);
    ck_assert_uint_eq(content[0x0b], 2);
    ck_assert_uint_eq(content[0x08], 3);
}
END_TEST

START_TEST(writes_registers_on_and_on)
{
    struct i2c_slave s = { .kind = I2C_REGISTERS, .address = 0x90, .size = 8 };
    uint8_t got[8];

    ck_assert(PUT(&s, 0x90, 6, 0x61, 0x62, 0x63));
    ck_assert(PUT(&s, 0x90, 0));
    ck_assert(i2c_slave_read(&s, &store, got, sizeof got));
    ck_assert_uint_eq(got[6], 0x61);
    ck_assert_uint_eq(got[7], 0x62);
    ck_assert_uint_eq(got[0], 0x63);
}
END_TEST

START_TEST(takes_an_address_alone)
{
    struct i2c_slave s = { .kind = I2C_EEPROM, .address = 0xa0, .size = 4096, .pointer = 5 };

    ck_assert(put(&s, 0xa0, NULL, 0));
    ck_assert(PUT(&s, 0xa0, 0x01));
    ck_assert_uint_eq(s.pointer, 5);
}
END_TEST

START_TEST(does_not_acknowledge_what_does_not_work)
{
    struct i2c_slave s = { .kind = I2C_REGISTERS, .address = 0x90, .size = 8 };
    uint8_t got;

    broken = true;
    ck_assert(!PUT(&s, 0x90, 0, 1));
    ck_assert(!i2c_slave_read(&s, &store, &got, 1));
}
END_TEST

static Suite *
i2c_slave_suite(void)
{
    Suite *s = suite_create("i2c_slave");
    TCase *tc = tcase_create("all");

    tcase_add_checked_fixture(tc, begin, NULL);
    tcase_add_loop_test(tc, answers_at_its_addresses, 0,
                        sizeof addresses / sizeof addresses[0]);
    tcase_add_loop_test(tc, reads_from_its_word_address, 0, sizeof words / sizeof words[0]);
    tcase_add_test(tc, goes_on_where_it_was);
    tcase_add_test(tc, rolls_over_inside_a_page_of_an_eeprom);
    tcase_add_test(tc, has_a_short_last_page);
    tcase_add_test(tc, writes_registers_on_and_on);
    tcase_add_test(tc, takes_an_address_alone);
    tcase_add_test(tc, does_not_acknowledge_what_does_not_work);
    suite_add_tcase(s, tc);
    return s;
}

int
main(void)
{
    return run_suite(i2c_slave_suite());
}
