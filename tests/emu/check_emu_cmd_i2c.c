#include <stdio.h>

#include "sim/bus/i2c_slave.h"
#include "tests/emu/files.h"
#include "tests/lib/run.h"

#define BMC "mc_add 0x20 0x21 no-device-sdrs 0 1 0 0x9f 0 0\n"
#define FRU "mc_add_fru_data 0x20 3 16 data 1 2 3\n"
#define ON "mc_enable 0x20\n"

static struct description **
load(const char *text, size_t *n, const char **all)
{
    char whole[4096];
    const struct file files[] = { { "m.conf", "name \"m\"\n" }, { "m.emu", whole },
                                  { NULL, NULL } };

    snprintf(whole, sizeof whole, BMC "%s" ON, text);
    return files_load(files, 2, n, all);
}

static const struct machine_mc *
bmc(struct description **all)
{
    return description_find_mc(all[0], 0x20);
}

START_TEST(puts_devices_on_private_buses)
{
    static const struct machine_i2c want[] = {
        { .bus = 0, .address = 0xa0, .kind = I2C_EEPROM, .size = 256 },
        { .bus = 0, .address = 0xa2, .kind = I2C_EEPROM, .size = 512 },
        { .bus = 2, .address = 0xa4, .kind = I2C_EEPROM, .size = 4096, .offset = 16 },
        { .bus = 3, .address = 0xa0, .kind = I2C_EEPROM, .size = 128, .of_fru = true, .fru = 3 },
        { .bus = 7, .address = 0x90, .kind = I2C_REGISTERS, .size = 8 },
        { .bus = MACHINE_I2C_IPMB, .address = 0xa0, .kind = I2C_EEPROM, .size = 256 },
    };
    size_t n;
    struct description **all = load(
        FRU "i2c_eeprom 0x20 0 0xa0 256  # blank\n"
            "i2c_eeprom 0x20 0 0xa2 512 data 1 2 0xff\n"
            "i2c_eeprom 0x20 2 0xa4 4096 file 16 \"eeprom.bin\"\n"
            "i2c_eeprom 0x20 3 0xa0 128 fru 3\n"
            "i2c_registers 0x20 7 0x90 8 data 0x42\n"
            "i2c_eeprom 0x20 ipmb 0xa0 256\n", &n, NULL);
    const struct machine_mc *mc = bmc(all);

    ck_assert_uint_eq(mc->i2c_count, 6);
    for (unsigned i = 0; i < 6; i++) {
        const struct machine_i2c *d = &mc->i2c[i];

        ck_assert_uint_eq(d->bus, want[i].bus);
        ck_assert_uint_eq(d->address, want[i].address);
        ck_assert_uint_eq(d->kind, want[i].kind);
        ck_assert_uint_eq(d->size, want[i].size);
        ck_assert_uint_eq(d->offset, want[i].offset);
        ck_assert(d->of_fru == want[i].of_fru && d->fru == want[i].fru);
    }
    ck_assert_uint_eq(mc->i2c[0].data.len, 0);
    ck_assert_uint_eq(mc->i2c[1].data.len, 3);
    ck_assert_mem_eq(mc->i2c[1].data.at, "\x01\x02\xff", 3);
    ck_assert_ptr_nonnull(mc->i2c[2].path);
    ck_assert_uint_eq(mc->i2c[4].data.at[0], 0x42);
    files_free(all, n);
}
END_TEST

START_TEST(says_what_the_host_draws)
{
    size_t n;
    struct description **all = load("host_watts 0x20 10 100 300 120\n", &n, NULL);

    ck_assert_uint_eq(bmc(all)->watts.standby, 10);
    ck_assert_uint_eq(bmc(all)->watts.idle, 100);
    ck_assert_uint_eq(bmc(all)->watts.full, 300);
    ck_assert_uint_eq(bmc(all)->watts.floor, 120);
    files_free(all, n);
    all = load("host_watts 0x20 10 100 300\n", &n, NULL);
    ck_assert_uint_eq(bmc(all)->watts.floor, 100);
    files_free(all, n);
}
END_TEST

static const struct {
    const char *text, *said;
} wrongs[] = {
    { "i2c_eeprom 0x20 0 0xa1 256\n",
      "m.emu:2:19: found 0xa1; expected the device's address, even and above 0\n" },
    { "i2c_eeprom 0x20 8 0xa0 256\n",
      "m.emu:2:17: found \"8\"; expected the private bus, 0 to 7 or ipmb\n" },
    { "i2c_eeprom 0x20 0 0xa0 0\n", "m.emu:2:24: found size 0; expected 1 to 65536\n" },
    { "i2c_registers 0x20 0 0xa0 257\n", "m.emu:2:27: found size 257; expected 1 to 256\n" },
    { "i2c_eeprom 0x20 0 0xa0 8\ni2c_registers 0x20 0 0xa0 8\n",
      "m.emu:3:22: found device 0xa0 of bus 0 a second time; expected it once\n" },
    { "i2c_eeprom 0x20 ipmb 0xa0 8\ni2c_registers 0x20 ipmb 0xa0 8\n",
      "m.emu:3:25: found device 0xa0 of the IPMB a second time; expected it once\n" },
    { "i2c_eeprom 0x20 ipmb 0x20 8\n",
      "m.emu:2:22: found 0x20, the controller's own; expected an address that is free\n" },
    { "i2c_eeprom 0x20 0 0xa0 8 blank\n",
      "m.emu:2:26: found \"blank\"; expected data, file or fru\n" },
    { "i2c_eeprom 0x20 0 0xa0 8 fru 3\n",
      "m.emu:2:30: found FRU 3, which is not there; expected mc_add_fru_data before it\n" },
    { "host_watts 0x20 10 9 20\n", "m.emu:2:20: found 9 W; expected 10 to 32767\n" },
    { "host_watts 0x20 0 0 20\n", "m.emu:2:19: found 0 W; expected 1 to 32767\n" },
    { "host_watts 0x20 10 20 40000\n", "m.emu:2:23: found 40000 W; expected 20 to 32767\n" },
    { "host_watts 0x20 10 20 30 31\n", "m.emu:2:26: found 31 W; expected 10 to 30\n" },
};

START_TEST(says_what_is_wrong_and_where)
{
    const char *got;
    size_t n;
    struct description **all = load(wrongs[_i].text, &n, &got);

    ck_assert_msg(strcmp(got, wrongs[_i].said) == 0, "%s\nwas said:\n%s\nexpected:\n%s",
                  wrongs[_i].text, got, wrongs[_i].said);
    files_free(all, n);
}
END_TEST

static Suite *
emu_cmd_i2c_suite(void)
{
    Suite *s = suite_create("emu_cmd_i2c");
    TCase *tc = tcase_create("all");

    tcase_add_test(tc, puts_devices_on_private_buses);
    tcase_add_test(tc, says_what_the_host_draws);
    tcase_add_loop_test(tc, says_what_is_wrong_and_where, 0, sizeof wrongs / sizeof wrongs[0]);
    suite_add_tcase(s, tc);
    return s;
}

int
main(void)
{
    return run_suite(emu_cmd_i2c_suite());
}
