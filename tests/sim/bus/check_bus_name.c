/* Numbers of buses and their names. */
#include <string.h>

#include "sim/bus/bus_name.h"
#include "tests/lib/run.h"

static const struct {
    uint8_t number;
    const char *name;
} names[] = {
    { 0x00, "ipmb0" },   { 0x06, "ipmb6" },    { 0x3f, "ipmb63" },
    { 0x40, "ipmb0-a" }, { 0x80, "ipmb0-b" },  { 0x85, "ipmb5-b" },
    { 0xc1, "ipmb-l1" }, { 0xcf, "ipmb-l15" },
};

START_TEST(names_every_number)
{
    char name[BUS_NAME_SIZE];
    uint8_t number = 0xee;

    ck_assert_str_eq(bus_name(names[_i].number, name), names[_i].name);
    ck_assert(bus_number(names[_i].name, strlen(names[_i].name), &number));
    ck_assert_uint_eq(number, names[_i].number);
}
END_TEST

static const char *const none[] = { "", "ipmb", "ipmb64", "ipmb00", "ipmb0-c", "ipmb-l",
                                    "ipmb0-a ", "IPMB0", "ipmb-l-1" };

START_TEST(knows_what_is_no_name)
{
    uint8_t number;

    ck_assert(!bus_number(none[_i], strlen(none[_i]), &number));
}
END_TEST

/* A name is the number's own: none stands for two. */
START_TEST(gives_each_number_a_name_of_its_own)
{
    char name[BUS_NAME_SIZE];
    uint8_t number;

    for (unsigned n = 0; n <= UINT8_MAX; n++) {
        bus_name((uint8_t)n, name);
        ck_assert(bus_number(name, strlen(name), &number));
        ck_assert_uint_eq(number, n);
    }
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("bus_name", &tc);

    tcase_add_loop_test(tc, names_every_number, 0, sizeof names / sizeof names[0]);
    tcase_add_loop_test(tc, knows_what_is_no_name, 0, sizeof none / sizeof none[0]);
    tcase_add_test(tc, gives_each_number_a_name_of_its_own);
    return run_suite(s);
}
