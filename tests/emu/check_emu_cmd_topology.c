/* Words for buses, and for controllers on them. */
#include <stdio.h>
#include <string.h>

#include "tests/emu/files.h"
#include "tests/lib/run.h"

#define BMC "mc_add 0x20 0x21 no-device-sdrs 3 1 1 0x9f 0x1291 0xf02\nmc_enable 0x20\n"
#define CARRIER "mc_add 0x82 0x21 no-device-sdrs 3 1 1 0x79 0x1291 0xf03\nmc_enable 0x82\n"
#define MODULE " 0x21 no-device-sdrs 3 1 1 0x29 0x1291 0xf04\n"

static struct description **all;
static size_t count;

static struct description *
load(const char *text, const char **got)
{
    struct file files[] = { { "m.emu", text }, { NULL, NULL } };

    all = files_load(files, 1, &count, got);
    return all ? all[0] : NULL;
}

START_TEST(describes_a_pair)
{
    const struct description *d = load(BMC "ipmb_bus ipmb0 pair hz=400000  # fast\n", NULL);

    ck_assert(d->bus_pair && !d->bus_csma && !d->bus_instant);
    ck_assert_uint_eq(d->bus_hz, 400000);
    ck_assert_uint_eq(d->bus_count, 0);
    files_free(all, count);
}
END_TEST

START_TEST(describes_further_buses)
{
    const struct description *d =
        load(BMC "ipmb_bus ipmb-l1 instant\nipmb_bus ipmb6 csma pair\n", NULL);

    ck_assert(!d->bus_pair);
    ck_assert_uint_eq(d->bus_count, 2);
    ck_assert(d->buses[0].id == 1 && d->buses[0].local && d->buses[0].instant);
    ck_assert(d->buses[1].id == 6 && !d->buses[1].local && d->buses[1].csma);
    ck_assert(d->buses[1].pair);
    files_free(all, count);
}
END_TEST

/* Two modules of one address, each on its carrier's bus. */
START_TEST(tells_controllers_apart_by_their_buses)
{
    const struct description *d =
        load(BMC CARRIER "ipmb_bus ipmb-l1\nipmb_bus ipmb-l2\n"
             "mc_bus 0x82 ipmb-l1 7\nmc_bus 0x82 ipmb-l2 8 address=0x22\n"
             "mc_add 0x172" MODULE "mc_enable 0x172\nmc_add 0x272" MODULE "mc_enable 0x272\n"
             "mc_add 0x72" MODULE "mc_enable 0x72\n"
             "sleep 1000\nmc_power 0x172 off\n", NULL);
    const struct machine_mc *carrier = description_find_mc(d, 0x82);

    ck_assert_uint_eq(d->mc_count, 5);
    for (unsigned bus = 0; bus < 3; bus++) {
        const struct machine_mc *mc = description_find_mc(d, MC_ID(bus, 0x72));

        ck_assert_ptr_nonnull(mc);
        ck_assert(mc->bus == bus && mc->address == 0x72 && mc->enabled);
    }
    ck_assert_uint_eq(carrier->port_count, 2);
    ck_assert_uint_eq(carrier->ports[0].bus, 1);
    ck_assert_uint_eq(carrier->ports[0].channel, 7);
    ck_assert_uint_eq(carrier->ports[0].address, 0x20);
    ck_assert_uint_eq(carrier->ports[1].address, 0x22);
    ck_assert_uint_eq(d->actions[0].mc, 0x172);
    files_free(all, count);
}
END_TEST

static const struct {
    const char *line, *said;
} wrongs[] = {
    { "ipmb_bus ipmc0", "m.emu:6:10: found ipmc0; expected the bus's name, ipmb0 to ipmb15" },
    { "ipmb_bus ipmb16", "found ipmb16; expected the bus's name" },
    { "ipmb_bus ipmb-l0", "found ipmb-l0; expected the bus's name" },
    { "ipmb_bus ipmb0-a", "found ipmb0-a; expected the bus's name" },
    { "ipmb_bus ipmb1", "found a second bus of number 1; expected each number once" },
    { "ipmb_bus ipmb2 twice", "m.emu:6:16: found \"twice\"; expected pair, csma, instant or hz=N" },
    { "ipmb_bus ipmb-l2 pair", "found \"pair\"; expected csma, instant or hz=N" },
    { "ipmb_bus ipmb2 hz=10", "found \"hz=10\"; expected hz= and 1000 to 1000000" },
    { "mc_bus 0x82 ipmb-l2 7", "m.emu:6:13: found ipmb-l2; expected a bus that ipmb_bus has" },
    { "mc_bus 0x82 ipmb0 7", "found ipmb0; expected another bus than the one that it is on" },
    { "mc_bus 0x82 ipmb-l1 0", "found channel 0; expected one of its that is free, 1 to 11" },
    { "mc_bus 0x82 ipmb-l1 12", "found \"12\"; expected the channel, 0 to 11" },
    { "mc_bus 0x82 ipmb-l1 7 address=0x21", "found \"address=0x21\"; expected address= and" },
    { "mc_bus 0x82 ipmb-l1 7 x", "found \"x\"; expected address= and" },
    { "mc_bus 0x20 ipmb-l1 7\nmc_bus 0x82 ipmb-l1 7",
      "found controller 0x20 on ipmb-l1; expected an address there that no other has" },
    { "mc_add 0x120" MODULE "mc_enable 0x120\nmc_bus 0x82 ipmb-l1 7",
      "found controller 0x82 on ipmb-l1; expected an address there that no other has" },
    { "mc_enable 0x372", "m.emu:6:11: warning: found controller 0x372; expected an address in 8 bits, or a bus 3" },
    { "fault ipmb3 lose 5%", "warning: found a fault on ipmb3, which is not there" },
    { "fault ipmb0-a lose 5%", "warning: found a fault on ipmb0-a, which is not there" },
};

START_TEST(tells_what_is_wrong)
{
    char text[512];
    const char *got;

    snprintf(text, sizeof text, "%s%sipmb_bus ipmb-l1\n%s\n", BMC, CARRIER, wrongs[_i].line);
    (void)load(text, &got);
    ck_assert_msg(strstr(got, wrongs[_i].said) != NULL, "%s: %s", wrongs[_i].line, got);
    files_free(all, count);
}
END_TEST

/* A number in 8 bits, as ipmi_sim cuts it, where there is no such bus. */
START_TEST(takes_long_addresses_as_before_without_buses)
{
    const char *got;
    const struct description *d = load("mc_add 0x120" MODULE "mc_enable 0x120\n", &got);

    ck_assert_ptr_nonnull(d);
    ck_assert_ptr_nonnull(description_find_mc(d, 0x20));
    ck_assert_ptr_nonnull(strstr(got, "it is taken as 0x20"));
    files_free(all, count);
}
END_TEST

int
main(void)
{
    TCase *c;
    Suite *s = run_suite_of("emu/emu_cmd_topology", &c);

    tcase_add_test(c, describes_a_pair);
    tcase_add_test(c, describes_further_buses);
    tcase_add_test(c, tells_controllers_apart_by_their_buses);
    tcase_add_loop_test(c, tells_what_is_wrong, 0, sizeof wrongs / sizeof wrongs[0]);
    tcase_add_test(c, takes_long_addresses_as_before_without_buses);
    return run_suite(s);
}
