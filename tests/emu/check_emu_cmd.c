#include <stdio.h>

#include "emu/emu_cmd.h"
#include "sim/ipmi/command.h"
#include "sim/mc/chassis.h"
#include "sim/mc/host_log.h"
#include "tests/emu/files.h"
#include "tests/lib/run.h"

#define BMC "mc_add 0x20 0x21 no-device-sdrs 0x83 0x91 0x45 0x9f 0x1291 0xf02\n"
#define ON "mc_enable 0x20\n"
#define SENSOR "sensor_add 0x20 0 1 0x01 0x01\n"

/* Load one .emu text together with a lan.conf that says only a name. */
static struct description **
load(const char *text, size_t *n, const char **all)
{
    const struct file files[] = { { "m.conf", "name \"m\"\n" }, { "m.emu", text }, { NULL, NULL } };

    return files_load(files, 2, n, all);
}

/* Load a BMC with some more commands; there may be nothing to say. */
static struct description *
bmc_with(const char *more, struct description ***all)
{
    char text[8192];
    size_t n;

    snprintf(text, sizeof text, BMC "%s" ON, more);
    *all = load(text, &n, NULL);
    ck_assert_uint_eq(n, 1);
    return (*all)[0];
}

static const struct machine_sensor *
sensor_of(const struct description *d, uint8_t mc, uint8_t lun, uint8_t number)
{
    const struct machine_sensor *s =
        description_sensor(description_find_mc(d, mc), lun, number);

    ck_assert_ptr_nonnull(s);
    return s;
}

START_TEST(has_a_sentence_and_a_handler_for_every_command)
{
    size_t count;
    const struct emu_cmd *all = emu_cmds(&count);

    for (size_t i = 0; i < count; i++) {
        ck_assert_ptr_nonnull(all[i].handler);
        ck_assert_int_eq(all[i].doc[strlen(all[i].doc) - 1], '.');
        ck_assert_ptr_eq(emu_cmd_find(all[i].name, strlen(all[i].name)), &all[i]);
    }
}
END_TEST

static const char *const known[] = {
    "quit", "define", "include", "read_cmds", "sleep", "debug", "persist", "mc_setbmc", "mc_add",
    "mc_enable", "mc_disable", "mc_delete", "mc_set_guid", "mc_set_power", "mc_add_fru_data",
    "mc_dump_fru_data", "mc_set_num_leds", "sel_enable", "sel_add", "main_sdr_add",
    "device_sdr_add", "sensor_add", "sensor_set_bit", "sensor_set_bit_clr_rest",
    "sensor_set_value", "sensor_set_hysteresis", "sensor_set_threshold",
    "sensor_set_event_support", "atca_enable", "atca_set_site", "noecho", "sdr_source",
    "device_sdr_source", "sensors_from_sdrs", "sensor_move", "sel_seed", "group_off",
    "sensors_dir", "sensor_history", "host_power", "mains", "host_delay", "host_log",
    "power_policy",
    "aggregate", "ipmb_speed", "ipmb_model", "mc_remove", "mc_insert", "mc_power", "mc_reset",
    "bridge_style", "fault", "fault_clear",
    "vita_enable", "fru_power", "fru_handle", "fru_presence", "hpm_component", "icmb",
    "sel_list", "get_user_password", "mc_add_i2c_data",
};

START_TEST(knows_the_command)
{
    ck_assert_ptr_nonnull(emu_cmd_find(known[_i], strlen(known[_i])));
}
END_TEST

START_TEST(reads_what_get_device_id_answers)
{
    struct description **all, *d = bmc_with("", &all);
    const struct machine_mc *mc = description_find_mc(d, 0x20);

    ck_assert(mc->added && mc->enabled && !mc->has_device_sdrs);
    ck_assert_uint_eq(mc->device_id, 0x21);
    ck_assert_uint_eq(mc->device_revision, 3);
    ck_assert_uint_eq(mc->fw_major, 0x11);
    ck_assert_uint_eq(mc->fw_minor, 0x45);
    ck_assert_uint_eq(mc->support, 0x9f);
    ck_assert_uint_eq(mc->manufacturer, 0x1291);
    ck_assert_uint_eq(mc->product, 0xf02);
    files_free(all, 1);
}
END_TEST

START_TEST(sets_up_controllers)
{
    struct description **all;
    struct description *d = bmc_with(
        "mc_add 0x30 2 has-device-sdrs 0 0x10 1 0xa0 1 2 dynsens persist_sdr\n"
        "mc_set_guid 0x30 \"0123456789abcdef\"\n"
        "mc_set_num_leds 0x30 4\n"
        "group_off 0x20 watchdog pef dcmi\n"
        "mc_add 0x40 3 1 0 0 0 0 0 0\nmc_delete 0x40\n"
        "mc_enable 0x30\nmc_disable 0x30\n", &all);
    const struct machine_mc *mc = description_find_mc(d, 0x30);

    ck_assert_uint_eq(d->mc_count, 2);
    ck_assert(mc->has_device_sdrs && mc->dynamic_sensors && mc->persist_sdr && !mc->enabled);
    ck_assert(mc->guid_given);
    ck_assert_mem_eq(mc->guid, "0123456789abcdef", 16);
    ck_assert_uint_eq(mc->leds, 4);
    ck_assert_uint_eq(description_find_mc(d, 0x20)->groups_off,
                      GROUP_WATCHDOG | GROUP_PEF | GROUP_DCMI_CMDS);
    files_free(all, 1);
}
END_TEST

START_TEST(describes_a_chassis_of_vita_with_its_firmware)
{
    struct description **all;
    struct description *d = bmc_with("vita_enable\n"
                                     "atca_set_site 0x10 3 1\natca_set_site 0x10 3 2\n"
                                     "fru_power 0x20 0 5 10 20 90\n"
                                     "fru_power 0x20 0 4 20 30\n"
                                     "hpm_component 0x20 0 \"IPMC\" 3 0x10\n"
                                     "hpm_component 0x20 1 \"FPGA\" 1 0 no-rollback "
                                     "no-deferral payload-reset\n"
                                     "icmb \"spine\" 0x0101 7\n", &all);
    const struct machine_mc *mc = description_find_mc(d, 0x20);

    ck_assert(d->shelf.vita && !d->shelf.atca);
    ck_assert_uint_eq(d->shelf.site_count, 1);
    ck_assert_uint_eq(d->shelf.sites[0].number, 2);
    ck_assert_uint_eq(mc->power_count, 1);
    ck_assert_uint_eq(mc->powers[0].count, 1);
    ck_assert_uint_eq(mc->powers[0].draw[0], 30);
    ck_assert_uint_eq(mc->firmware_count, 2);
    ck_assert_str_eq(mc->firmwares[0].name, "IPMC");
    ck_assert_uint_eq(mc->firmwares[0].version[1], 0x10);
    ck_assert(!mc->firmwares[0].no_rollback && mc->firmwares[1].no_rollback);
    ck_assert(mc->firmwares[1].no_deferral && mc->firmwares[1].payload_reset);
    ck_assert_str_eq(d->icmb, "spine");
    ck_assert_uint_eq(d->icmb_address, 0x0101);
    ck_assert_uint_eq(d->icmb_channel, 7);
    files_free(all, 1);
}
END_TEST

START_TEST(moves_frus_of_a_shelf)
{
    struct description **all;
    struct description *d = bmc_with("fru_handle 0x20 0 open\n"
                                     "fru_presence 0x20 1 out\n", &all);

    ck_assert_uint_eq(d->action_count, 2);
    ck_assert(d->actions[0].what == ACT_FRU_HANDLE && d->actions[0].on);
    ck_assert(d->actions[1].what == ACT_FRU_PRESENCE && !d->actions[1].on);
    ck_assert_uint_eq(d->actions[1].number, 1);
    files_free(all, 1);
}
END_TEST

START_TEST(makes_an_atca_shelf)
{
    struct description **all, *d = bmc_with("atca_enable\natca_set_site 0x41 3 7\n", &all);

    ck_assert(d->shelf.atca && !d->shelf.vita);
    ck_assert_uint_eq(d->shelf.site_count, 1);
    ck_assert_uint_eq(d->shelf.sites[0].hw_address, 0x41);
    ck_assert_uint_eq(d->shelf.sites[0].type, 3);
    ck_assert_uint_eq(d->shelf.sites[0].number, 7);
    ck_assert_uint_eq(d->mcs[0]->leds, 2);
    files_free(all, 1);
}
END_TEST

/* ---- sensors ----------------------------------------------------------------------- */

START_TEST(sets_up_a_sensor)
{
    struct description **all;
    struct description *d = bmc_with(
        SENSOR
        "sensor_set_value 0x20 0 1 0x60 0\n"
        "sensor_set_threshold 0x20 0 1 settable 111001 0xa0 0x90 0x70 0 0 5\n"
        "sensor_set_hysteresis 0x20 0 1 readable 2 3\n"
        "sensor_set_event_support 0x20 0 1 enable no-scanning entire-sensor \\\n"
        "  000111111000000 000000011000000 \\\n"
        "  000001000000001 000000001000000\n"
        "sensor_move 0x20 0 1 4 2500\n", &all);
    const struct machine_sensor *s = sensor_of(d, 0x20, 0, 1);

    ck_assert(s->has_value && s->value == 0x60 && s->events && !s->scanning);
    ck_assert_int_eq(s->threshold_access, ACCESS_SETTABLE);
    ck_assert_uint_eq(s->threshold_mask, 0x39);
    ck_assert_uint_eq(s->threshold[THR_UNR], 0xa0);
    ck_assert_uint_eq(s->threshold[THR_UC], 0x90);
    ck_assert_uint_eq(s->threshold[THR_UNC], 0x70);
    ck_assert_uint_eq(s->threshold[THR_LNC], 5);
    ck_assert_int_eq(s->hysteresis_access, ACCESS_READABLE);
    ck_assert_uint_eq(s->hysteresis_up, 2);
    ck_assert_uint_eq(s->hysteresis_down, 3);
    ck_assert_int_eq(s->event_control, EVENTS_ENTIRE_SENSOR);
    ck_assert_uint_eq(s->assert_supported, 0x0fc0);
    ck_assert_uint_eq(s->deassert_supported, 0x00c0);
    ck_assert_uint_eq(s->assert_enabled, 0x0200);
    ck_assert_uint_eq(s->deassert_enabled, 0x0040);
    ck_assert_uint_eq(s->move, 4);
    ck_assert_uint_eq(s->move_ms, 2500);
    files_free(all, 1);
}
END_TEST

START_TEST(needs_no_threshold_values)
{
    struct description **all;
    struct description *d =
        bmc_with(SENSOR "sensor_set_threshold 0x20 0 1 fixed 000111\n", &all);

    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 1)->threshold_mask, 7);
    files_free(all, 1);
}
END_TEST

START_TEST(leaves_a_reading_unavailable_and_states_readable)
{
    struct description **all;
    struct description *d = bmc_with(
        SENSOR "sensor_add 0x20 0 2 37 0x6f\nsensor_add 0x20 0 3 37 0x6f event-only\n", &all);

    ck_assert(!sensor_of(d, 0x20, 0, 1)->has_value);
    ck_assert(sensor_of(d, 0x20, 0, 2)->has_value);
    ck_assert(!sensor_of(d, 0x20, 0, 3)->has_value);
    ck_assert(sensor_of(d, 0x20, 0, 3)->event_only);
    files_free(all, 1);
}
END_TEST

START_TEST(sorts_sensors_by_lun_and_number)
{
    struct description **all;
    struct description *d = bmc_with(
        "sensor_add 0x20 1 1 1 1\nsensor_add 0x20 0 9 1 1\nsensor_add 0x20 0 2 1 1\n"
        "sensor_set_value 0x20 1 1 11 0\nsensor_set_value 0x20 0 9 9 0\n", &all);
    const struct machine_mc *mc = d->mcs[0];

    ck_assert_uint_eq(mc->sensors[0].number, 2);
    ck_assert_uint_eq(mc->sensors[1].value, 9);
    ck_assert_uint_eq(mc->sensors[2].lun, 1);
    ck_assert_uint_eq(mc->sensors[2].value, 11);
    files_free(all, 1);
}
END_TEST

START_TEST(keeps_a_polled_file)
{
    struct description **all;
    struct description *d = bmc_with(
        "define N \"1\"\n"
        "sensor_add 0x20 0 1 2 1 poll 2000 file \"/sys/v-\"$N mult=8 div=0x7d sub=-10 "
        "mask=0xff base=16 initstate=3 depends=0x20,0,8,2\n"
        "sensor_add 0x20 0 2 2 1 poll 1000 file \"x\" raw offset=6 length=2\n", &all);
    const struct machine_poll *p = sensor_of(d, 0x20, 0, 1)->poll;

    ck_assert_str_eq(p->path, "/sys/v-1");
    ck_assert_uint_eq(p->period_ms, 2000);
    ck_assert(p->ascii && p->depends);
    ck_assert_int_eq(p->mult, 8);
    ck_assert_int_eq(p->div, 125);
    ck_assert_int_eq(p->sub, -10);
    ck_assert_int_eq(p->mask, 0xff);
    ck_assert_int_eq(p->base, 16);
    ck_assert_int_eq(p->initstate, 3);
    ck_assert_uint_eq(p->depends_mc, 0x20);
    ck_assert_uint_eq(p->depends_sensor, 8);
    ck_assert_uint_eq(p->depends_bit, 2);
    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 1)->states, 3);
    p = sensor_of(d, 0x20, 0, 2)->poll;
    ck_assert(!p->ascii && !p->depends);
    ck_assert_uint_eq(p->offset, 6);
    ck_assert_uint_eq(p->length, 2);
    ck_assert_int_eq(p->mask, -1);
    ck_assert_int_eq(p->mult, 1);
    ck_assert_int_eq(p->div, 1);
    files_free(all, 1);
}
END_TEST

/* ---- what happens --------------------------------------------------------------------- */

#define STATES "sensor_add 0x20 0 2 37 0x6f\n"
#define STATE_EVENTS "sensor_set_event_support 0x20 0 2 enable scanning per-state " \
                     "000000000000011 000000000000001 000000000000011 000000000000001\n"
#define HOT "sensor_set_threshold 0x20 0 1 settable 010000 0 0x90 0 0 0 0\n" \
            "sensor_set_event_support 0x20 0 1 enable scanning per-state " \
            "000001000000000 000001000000000 000001000000000 000001000000000\n"

/* Commands, the actions they leave, and what the sensors begin with. */
static const struct {
    const char *why, *commands;
    uint32_t actions;
    uint8_t value;
    uint16_t states;
} folds[] = {
    { "a value", SENSOR "sensor_set_value 0x20 0 1 5 0\n", 0, 5, 0 },
    { "a value with an event that nothing supports", SENSOR "sensor_set_value 0x20 0 1 5 1\n",
      0, 5, 0 },
    { "a value with an event that it does not give",
      SENSOR HOT "sensor_set_value 0x20 0 1 0x8f 1\n", 0, 0x8f, 0 },
    { "a value that gives an event", SENSOR HOT "sensor_set_value 0x20 0 1 0x90 1\n", 1, 0, 0 },
    { "the same silently", SENSOR HOT "sensor_set_value 0x20 0 1 0x90 0\n", 0, 0x90, 0 },
    { "a value back from an alarm",
      SENSOR HOT "sensor_set_value 0x20 0 1 0x90 0\nsensor_set_value 0x20 0 1 1 1\n", 1, 0x90,
      0 },
    { "what follows an event", SENSOR HOT
      "sensor_set_value 0x20 0 1 0x90 1\nsensor_set_value 0x20 0 1 1 0\n", 2, 0, 0 },
    { "states", STATES "sensor_set_bit 0x20 0 2 3 1 0\nsensor_set_bit 0x20 0 2 0 1 0\n"
      "sensor_set_bit 0x20 0 2 3 0 0\n", 0, 0, 1 },
    { "one state for all", STATES "sensor_set_bit 0x20 0 2 3 1 0\n"
      "sensor_set_bit_clr_rest 0x20 0 2 1 1\n", 0, 0, 2 },
    { "a state with its event", STATES STATE_EVENTS "sensor_set_bit 0x20 0 2 0 1 1\n", 1, 0, 0 },
    { "a state that it has", STATES STATE_EVENTS "sensor_set_bit 0x20 0 2 0 0 1\n", 0, 0, 0 },
    { "a state without an event", STATES STATE_EVENTS "sensor_set_bit 0x20 0 2 4 1 1\n", 0, 0,
      16 },
    { "a value after a sleep, and mc_enable", SENSOR "sleep 10\nsensor_set_value 0x20 0 1 5 0\n", 2, 0, 0 },
};

START_TEST(polls_a_file_in_units)
{
    struct description **all;
    struct description *d =
        bmc_with("sensor_add 0x20 0 1 2 1 poll 2000 file \"x\" units div=1000\n", &all);

    ck_assert(sensor_of(d, 0x20, 0, 1)->poll->units);
    ck_assert_int_eq(sensor_of(d, 0x20, 0, 1)->poll->div, 1000);
    files_free(all, 1);
}
END_TEST

START_TEST(follows_folders_and_keeps_readings)
{
    struct description **all;
    struct description *d = bmc_with("sensors_dir 0x20 \"/sys/a\"\n"
                                     "sensors_dir 0x20 \"b\" 250\n"
                                     "sensor_history 0x20 360 5000\n", &all);
    const struct machine_mc *mc = description_find_mc(d, 0x20);

    ck_assert_uint_eq(mc->dir_count, 2);
    ck_assert_str_eq(mc->dirs[0].path, "/sys/a");
    ck_assert_uint_eq(mc->dirs[0].period_ms, MACHINE_DIR_MS);
    ck_assert_str_eq(mc->dirs[1].path, "b");
    ck_assert_uint_eq(mc->dirs[1].period_ms, 250);
    ck_assert_uint_eq(mc->history, 360);
    ck_assert_uint_eq(mc->history_ms, 5000);
    files_free(all, 1);
}
END_TEST

/* A record of the card's, another that the BMC has of it already. What is said
 * twice is one source. */
START_TEST(mirrors_a_card)
{
    struct description **all;
    struct description *d = bmc_with(
        "aggregate 0x20 0x82 500\n"
        "aggregate 0x20 0x82\n"
        "mc_add 0x82 1 has-device-sdrs 1 1 1 0x2d 1 1\nmc_enable 0x82\n"
        "sel_enable 0x82 10 0\n"
        "sensors_from_sdrs 0x82\n"
        "main_sdr_add 0x20 0 0 0x51 3 12 0x20 0 1 7 1 4 0x6f 0 0 0 0 0xc0\n"
        "sensors_from_sdrs 0x20\n"
        "main_sdr_add 0x20 0 0 0x51 2 27 0x82 0 9 7 1 0x7f 0x60 5 0x6f 0 0 0 0 0 0 0xc0 0 0 "
        "0x02 0 0 0 0 0 0 0 0xc0\n"
        "device_sdr_add 0x82 0 0 0 0x51 3 12 0x82 0 1 7 1 4 0x6f 0 0 0 0 0xc0\n", &all);
    const struct machine_mc *bmc = description_find_mc(d, 0x20);
    const struct machine_mc *card = description_find_mc(d, 0x82);

    ck_assert_uint_eq(bmc->source_count, 1);
    ck_assert(bmc->sources[0].from == 0x82 && bmc->sources[0].log);
    ck_assert_uint_eq(bmc->sources[0].period_ms, 500);
    ck_assert(card->keeps_events);
    ck_assert_uint_eq(bmc->mirror_count, 3);
    ck_assert_uint_eq(bmc->sensor_count, 4);
    ck_assert_uint_eq(bmc->sdr_count, 3);
    ck_assert_uint_eq(bmc->mirrors[0].number, 2);
    ck_assert_uint_eq(bmc->mirrors[0].from_number, 9);
    ck_assert_uint_eq(bmc->mirrors[1].number, 3);
    ck_assert_uint_eq(bmc->mirrors[2].number, 4);
    ck_assert_uint_eq(bmc->mirrors[2].from_number, 1);
    ck_assert_uint_eq(bmc->sdrs[1].record.at[5], 0x20);
    ck_assert_uint_eq(bmc->sdrs[1].record.at[7], 2);
    ck_assert_uint_eq(bmc->sdrs[2].record.at[5], 0x20);
    ck_assert_uint_eq(bmc->sdrs[2].record.at[7], 4);
    ck_assert(!bmc->sensors[0].mirror && bmc->sensors[1].mirror && !bmc->sensors[1].has_value);
    ck_assert_uint_eq(card->sensor_count, 3);
    ck_assert_uint_eq(card->device_sdrs[0][0].record.at[5], 0x82);
    files_free(all, 1);
}
END_TEST

/* Whatever the order: the BMC may be named later. */
START_TEST(describes_the_host)
{
    const struct file files[] = {
        { "m.emu", "host_delay boot 3000\nhost_delay soft 0\nhost_log all\n"
                   "power_policy previous\nhost_power off\nmc_setbmc 0x30\n"
                   "mc_add 0x30 1 no-device-sdrs 1 1 1 0x9f 1 1\nmc_enable 0x30\n" },
        { NULL, NULL },
    };
    struct description **all = files_load(files, 1, NULL, NULL);
    const struct machine_mc *mc = description_find_mc(all[0], 0x30);

    ck_assert_uint_eq(mc->host.given, 1u << HOST_SPAN_BOOT | 1u << HOST_SPAN_SOFT);
    ck_assert_uint_eq(mc->host.ms[HOST_SPAN_BOOT], 3000);
    ck_assert_uint_eq(mc->host.log, HOST_LOG_ALL);
    ck_assert(mc->power_policy_given && !mc->power_on);
    ck_assert_uint_eq(mc->power_policy, POLICY_LAST_STATE);
    files_free(all, 1);
}
END_TEST

START_TEST(switches_the_host_after_a_sleep)
{
    struct description **all;
    struct description *d = bmc_with("sleep 100\nhost_power off\nmains off\n"
                                     "sleep 100\nmains on\n", &all);

    ck_assert(description_find_mc(d, 0x20)->power_on);
    ck_assert_uint_ge(d->action_count, 3);
    ck_assert_int_eq(d->actions[0].what, ACT_POWER);
    ck_assert(!d->actions[0].on);
    ck_assert_int_eq(d->actions[1].what, ACT_MAINS);
    ck_assert(!d->actions[1].on);
    ck_assert_int_eq(d->actions[2].what, ACT_MAINS);
    ck_assert(d->actions[2].on);
    files_free(all, 1);
}
END_TEST

START_TEST(folds_what_nobody_can_tell)
{
    struct description **all, *d = bmc_with(folds[_i].commands, &all);
    const struct machine_sensor *first = description_sensor(d->mcs[0], 0, 1);
    const struct machine_sensor *second = description_sensor(d->mcs[0], 0, 2);

    ck_assert_msg(d->action_count == folds[_i].actions, "%s", folds[_i].why);
    if (first != NULL)
        ck_assert_msg(first->value == folds[_i].value, "%s", folds[_i].why);
    if (second != NULL)
        ck_assert_msg(second->states == folds[_i].states, "%s", folds[_i].why);
    files_free(all, 1);
}
END_TEST

START_TEST(does_things_when_the_sleeps_before_are_over)
{
    struct description **all;
    struct description *d = bmc_with(
        SENSOR STATES "sel_enable 0x20 100 0x0a\nsleep 1500\n"
        "sensor_set_value 0x20 0 1 7 1\nsleep 500\nsensor_set_bit 0x20 0 2 1 1 1\n"
        "sensor_set_bit_clr_rest 0x20 0 2 3 0\nmc_disable 0x20\n"
        "sel_add 0x20 2 1 2 3 4 5 6 7 8 9 10 11 12 13\n", &all);
    const struct lab_action *a = d->actions;

    ck_assert_uint_eq(d->action_count, 6);       /* with mc_enable at the end */
    ck_assert_uint_eq(a[0].at, SPAN_MS(1500));
    ck_assert_int_eq(a[0].what, ACT_SENSOR_VALUE);
    ck_assert(a[0].mc == 0x20 && a[0].number == 1 && a[0].value == 7 && a[0].event);
    ck_assert_uint_eq(a[1].at, SPAN_MS(2000));
    ck_assert_int_eq(a[1].what, ACT_SENSOR_BIT);
    ck_assert(a[1].number == 2 && a[1].value == 1 && a[1].on && a[1].event);
    ck_assert_int_eq(a[2].what, ACT_SENSOR_BIT_ONLY);
    ck_assert(a[2].value == 3 && !a[2].event);
    ck_assert_int_eq(a[3].what, ACT_MC_ENABLE);
    ck_assert(!a[3].on);
    ck_assert_int_eq(a[4].what, ACT_SEL_ADD);
    ck_assert_uint_eq(a[4].value, 2);
    ck_assert_uint_eq(a[4].body[12], 13);
    ck_assert_int_eq(a[5].what, ACT_MC_ENABLE);
    files_free(all, 1);
}
END_TEST

START_TEST(fills_the_event_log)
{
    struct description **all;
    struct description *d = bmc_with(
        "sel_enable 0x20 100 0xff\n"
        "sel_add 0x20 2 0 0 0 0 0x20 0 4 1 2 3 4 5 6\n"
        "sel_seed 0x20 3600 2 0 0 0 0 0x20 0 4 7 2 3 4 5 6\n", &all);
    const struct machine_sel *sel = &d->mcs[0]->sel;

    ck_assert(sel->present);
    ck_assert_uint_eq(sel->max, 100);
    ck_assert_uint_eq(sel->flags, 0x0f);
    ck_assert_uint_eq(sel->count, 2);
    ck_assert_uint_eq(sel->entries[0].type, 2);
    ck_assert_uint_eq(sel->entries[0].before_s, 0);
    ck_assert_uint_eq(sel->entries[1].before_s, 3600);
    ck_assert_uint_eq(sel->entries[1].body[7], 7);
    files_free(all, 1);
}
END_TEST

START_TEST(logs_an_atca_power_event)
{
    struct description **all;
    struct description *d =
        bmc_with("sel_enable 0x20 9 0\nmc_set_power 0x20 5 0\nmc_set_power 0x20 130 1\n", &all);
    const struct machine_mc *mc = d->mcs[0];

    ck_assert_uint_eq(mc->sel.count, 1);
    ck_assert_uint_eq(mc->sel.entries[0].type, 0xc0);
    ck_assert_uint_eq(mc->sel.entries[0].body[4], 0x20);
    ck_assert_uint_eq(mc->sel.entries[0].body[10], 130);
    ck_assert_uint_eq(mc->word_count, 2);
    ck_assert_str_eq(mc->words[1].word, "mc_set_power");
    ck_assert_str_eq(mc->words[1].rest, "130");
    files_free(all, 1);
}
END_TEST

/* ---- FRU and records -------------------------------------------------------------------- */

START_TEST(keeps_fru_data)
{
    struct description **all;
    struct description *d = bmc_with(
        "mc_add_fru_data 0x20 0 8 data 1 0x02 'A\n"
        "mc_add_fru_data 0x20 1 4 data\n"
        "mc_add_fru_data 0x20 2 256 file 16 \"/tmp/\"'fru'\n"
        "mc_add_fru_data 0x20 1 2 data 9 8\n", &all);
    const struct machine_mc *mc = d->mcs[0];

    ck_assert_uint_eq(mc->fru_count, 3);
    ck_assert_uint_eq(mc->frus[0].size, 8);
    ck_assert_mem_eq(mc->frus[0].data.at, "\1\2A\0\0\0\0\0", 8);
    ck_assert_uint_eq(mc->frus[1].size, 2);
    ck_assert_mem_eq(mc->frus[1].data.at, "\11\10", 2);
    ck_assert_str_eq(mc->frus[2].path, "/tmp/fru");
    ck_assert_uint_eq(mc->frus[2].offset, 16);
    ck_assert_ptr_null(mc->frus[0].path);
    files_free(all, 1);
}
END_TEST

START_TEST(adds_records_and_numbers_them)
{
    struct description **all;
    struct description *d = bmc_with(
        "main_sdr_add 0x20 9 9 0x51 0xc0 3 1 2 3\n"
        "main_sdr_add 0x20 0 0 0x51 0xc0 \\\n# comment\n 4 1 2 3 'x\n"
        "mc_add 0x30 2 1 0 0 0 0 0 0\n"
        "device_sdr_add 0x30 2 0 0 0x51 0xc0 3 1 2 3\n", &all);
    const struct machine_mc *mc = d->mcs[0];

    ck_assert_uint_eq(mc->sdr_count, 2);
    ck_assert_uint_eq(mc->sdrs[0].record.len, 8);
    ck_assert_mem_eq(mc->sdrs[0].record.at, "\1\0\x51\xc0\3\1\2\3", 8);
    ck_assert_mem_eq(mc->sdrs[1].record.at, "\2\0\x51\xc0\4\1\2\3x", 9);
    ck_assert_uint_eq(d->mcs[1]->device_sdr_count[2], 1);
    ck_assert_mem_eq(d->mcs[1]->device_sdrs[2][0].record.at, "\1\0", 2);
    files_free(all, 1);
}
END_TEST

/* A full record of temperature sensor 1: thresholds LNC 5, UNC 70, UC 80. */
#define FULL(init, type) \
    "main_sdr_add 0x20 0 0 0x51 1 0x2c 0x20 0 1 7 1 " init " 0x68 " type " 1 " \
    "0x80 0x72 0x80 0x32 0x19 0x19 0x80 1 0 0 1 0 0 0 0 0 1 40 0 0 0x7f 0x80 " \
    "90 80 70 0 1 5 2 3 0 0 0 0xc1 'T\n"

static const struct {
    const char *why, *commands;
    uint8_t type, unc, up;
    uint16_t asserts;
} merges[] = {
    { "record after sensor", SENSOR FULL("0x7f", "4"), 4, 70, 2, 0x0280 },
    { "record before sensor", FULL("0x7f", "4") SENSOR, 4, 70, 2, 0x0280 },
    { "its type is not to be initialized", SENSOR FULL("0x7b", "4"), 1, 70, 2, 0x0280 },
    { "thresholds that were set", SENSOR FULL("0x7f", "1")
      "sensor_set_threshold 0x20 0 1 settable 001000 0 0 60 0 0 0\n", 1, 60, 2, 0x0280 },
    { "the same before the record",
      SENSOR "sensor_set_threshold 0x20 0 1 settable 001000 0 0 60 0 0 0\n" FULL("0x7f", "1"),
      1, 60, 2, 0x0280 },
    { "hysteresis that was set", SENSOR "sensor_set_hysteresis 0x20 0 1 fixed 9 9\n"
      FULL("0x7f", "1"), 1, 70, 9, 0x0280 },
    { "events that were set", SENSOR
      "sensor_set_event_support 0x20 0 1 enable scanning per-state 000000000000001 "
      "000000000000000 000000000000001 000000000000000\n" FULL("0x7f", "1"), 1, 70, 2, 1 },
};

START_TEST(takes_the_rest_of_a_sensor_from_its_record)
{
    struct description **all, *d = bmc_with(merges[_i].commands, &all);
    const struct machine_sensor *s = sensor_of(d, 0x20, 0, 1);

    ck_assert_msg(s->type == merges[_i].type, "%s", merges[_i].why);
    ck_assert_msg(s->threshold[THR_UNC] == merges[_i].unc, "%s", merges[_i].why);
    ck_assert_msg(s->hysteresis_up == merges[_i].up, "%s", merges[_i].why);
    ck_assert_msg(s->assert_enabled == merges[_i].asserts, "%s", merges[_i].why);
    ck_assert(s->auto_rearm);
    ck_assert_int_eq(s->format, 2);
    files_free(all, 1);
}
END_TEST

START_TEST(makes_sensors_from_records)
{
    struct description **all;
    struct description *d = bmc_with(
        "sensors_from_sdrs 0x20\n"
        FULL("0x7f", "1")                        /* comes later, and counts */
        "main_sdr_add 0x20 0 0 0x51 2 0x1b 0x20 0 9 7 1 0x67 0x40 8 0x6f 3 0 0 0 3 0 0xc0 "
        "0 0 0x02 0 0 0 0 0 0 0 0xc0\n"          /* numbers 9 and 10 */
        "main_sdr_add 0x20 0 0 0x51 3 0x0c 0x20 0 5 7 1 18 0x6f 1 0 0 0 0xc0\n"
        "main_sdr_add 0x20 0 0 0x51 3 0x0c 0x20 0 8 7 1 0x2a 0x6f 1 0 0 0 0xc0\n"
        "main_sdr_add 0x20 0 0 0x51 3 0x0c 0x41 0 6 7 1 18 0x6f 1 0 0 0 0xc0\n", &all);
    const struct machine_mc *mc = d->mcs[0];

    ck_assert_uint_eq(mc->sensor_count, 5);
    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 1)->value, 40);      /* nominal */
    ck_assert(sensor_of(d, 0x20, 0, 1)->has_value);
    ck_assert(sensor_of(d, 0x20, 0, 5)->event_only);
    ck_assert(sensor_of(d, 0x20, 0, 5)->auto_rearm);
    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 5)->assert_enabled, 0x7fff);
    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 8)->assert_supported, 0x7fff);
    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 8)->assert_enabled, 0);   /* Session Audit */
    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 9)->type, 8);
    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 10)->assert_enabled, 3);
    ck_assert(sensor_of(d, 0x20, 0, 10)->has_value);
    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 10)->states, 0);
    files_free(all, 1);
}
END_TEST

#define EVENT_ONLY "main_sdr_add 0x20 0 0 0x51 3 0x0c 0x20 0 5 7 1 18 0x6f 1 0 0 0 0xc0\n"
#define NO_BITS " 000000000000000"

START_TEST(lets_the_events_of_an_event_only_sensor_be_chosen)
{
    struct description **all;
    struct description *d = bmc_with(
        EVENT_ONLY "sensors_from_sdrs 0x20\nsensor_set_event_support 0x20 0 5 enable "
        "scanning per-state 000000000000011" NO_BITS " 000000000000001" NO_BITS "\n", &all);

    ck_assert(sensor_of(d, 0x20, 0, 5)->auto_rearm);
    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 5)->assert_supported, 3);
    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 5)->assert_enabled, 1);
    files_free(all, 1);
}
END_TEST

/* A full record: LNR is read, UNC is read and set, UC is set, UNR compared. */
#define MASKS                                                                                \
    "main_sdr_add 0x20 0 0 0x51 1 0x2b 0x20 0 1 7 1 0x7f 0x08 1 1 0 0 0 0x40 0x0c 0x18 0 1 " \
    "0 0 1 0 0 0 0 0 0 0 0 0 0xff 0 6 5 4 3 2 1 0 0 0 0 0 0xc0\n"

START_TEST(knows_which_thresholds_can_be_read_and_set)
{
    struct description **all;
    struct description *d = bmc_with(MASKS "sensors_from_sdrs 0x20\n", &all);
    const struct machine_sensor *s = sensor_of(d, 0x20, 0, 1);

    ck_assert_uint_eq(s->threshold_mask, 1u << THR_LNR | 1u << THR_UNC | 1u << THR_UC |
                                             1u << THR_UNR);
    ck_assert_uint_eq(s->threshold_hidden, 1u << THR_UC | 1u << THR_UNR);
    ck_assert_uint_eq(s->threshold_fixed, 1u << THR_LNR | 1u << THR_UNR);
    files_free(all, 1);
    d = bmc_with(MASKS "sensors_from_sdrs 0x20\n"
                 "sensor_set_threshold 0x20 0 1 settable 111111 6 5 4 3 2 1\n", &all);
    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 1)->threshold_mask, 0x3f);
    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 1)->threshold_hidden, 0);
    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 1)->threshold_fixed, 0);
    files_free(all, 1);
}
END_TEST

START_TEST(lets_such_sensors_be_changed)
{
    struct description **all;
    struct description *d = bmc_with(
        FULL("0x7f", "1") "sensors_from_sdrs 0x20\nsensor_set_value 0x20 0 1 33 0\n", &all);

    ck_assert_uint_eq(sensor_of(d, 0x20, 0, 1)->value, 33);
    files_free(all, 1);
}
END_TEST

START_TEST(compiles_sdr_source)
{
    static const char record[] =
        "sdr type 18\ndevice_slave_address $ADDRESS\ndevice_channel_number 0\n"
        "entity_id system_board\nentity_instance 1\nid_string \"BMC\"\nendsdr\n";
    const struct file files[] = {
        { "d/m.emu", "define ADDRESS \"0x20\"\n" BMC
          "mc_add 0x30 2 1 0 0 0 0 0 0\nsdr_source 0x20 \"all.sdrs\"\n"
          "device_sdr_source 0x30 1 \"all.sdrs\"\n" ON },
        { "d/all.sdrs", record }, { NULL, NULL },
    };
    size_t n;
    struct description **all = files_load(files, 1, &n, NULL);

    ck_assert_uint_eq(all[0]->mcs[0]->sdr_count, 1);
    ck_assert_mem_eq(all[0]->mcs[0]->sdrs[0].record.at, "\1\0\x51\x12\x0e\x20", 6);
    ck_assert_uint_eq(all[0]->mcs[1]->device_sdr_count[1], 1);
    files_free(all, n);
}
END_TEST

/* ---- complaints ------------------------------------------------------------------------------- */

/* After "mc_add ..." in line 1, and with mc_enable at the end. */
static const struct {
    const char *text, *said;
} wrongs[] = {
    { "sensor_ad 0x20\nmc_enabel 0x20\nfoo\n",
      "m.emu:2:1: found \"sensor_ad\"; expected a command (sensor_add?)\n"
      "m.emu:3:1: found \"mc_enabel\"; expected a command (mc_enable?)\n"
      "m.emu:4:1: found \"foo\"; expected a command\n" },
    { "  $NOTHING 1\n",
      "m.emu:2:3: found the undefined variable \"$NOTHING\"; expected a command\n" },
    { "x\n",
      "m.emu:2:1: warning: found \"x\"; expected a command; a line of one character is passed "
      "over\n" },
    { "sensor_add 0x20 0 1 1\n",
      "m.emu:2:22: found the end of the line; expected the event/reading type code, 0 to 255\n" },
    { "sensor_add 0x20 4 1 1 1\n", "m.emu:2:17: found \"4\"; expected the LUN, 0 to 3\n" },
    { "sensor_add 0x20 0 255 1 1\n", "m.emu:2:19: found \"255\"; expected the sensor number, 0 to "
      "254\n" },
    { SENSOR SENSOR,
      "m.emu:3:19: found sensor 0x20 0 0x01 a second time; expected it once, as in line 2\n" },
    { "sensor_add 0x20 0 1 1 1 sticky\n",
      "m.emu:2:25: warning: found \"sticky\"; expected event-only or poll; it is passed over\n" },
    { "sensor_add 0x20 0 1 1 1 event-only poll 5 file \"x\"\n",
      "m.emu:2:36: found \"poll\"; expected event-only or poll, not both\n" },
    { "sensor_add 0x20 0 1 1 1 poll 5 pipe \"x\"\n",
      "m.emu:2:32: found \"pipe\"; expected the way to poll: file\n" },
    { "sensor_add 0x20 0 1 1 1 poll 5 file x\n",
      "m.emu:2:37: found \"x\"; expected the file's name in quotes\n" },
    { "sensor_add 0x20 0 1 1 1 poll 5 file \"x\" div=z\n",
      "m.emu:2:41: found \"div=z\"; expected div=NUMBER\n" },
    { "sensor_add 0x20 0 1 1 1 poll 5 file \"x\" depends=1,2\n",
      "m.emu:2:41: found \"depends=1,2\"; expected depends=MC,LUN,SENSOR,BIT\n" },
    { "sensor_set_value 0x20 0 1 5 0\n",
      "m.emu:2:25: found sensor 0x20 0 0x01, which is not there; expected sensor_add before "
      "it\n" },
    { SENSOR "sensor_set_value 0x20 0 1 5 0 6\n",
      "m.emu:3:31: warning: found \"6\"; expected the end of the command\n" },
    { SENSOR "sensor_set_value 0x20 0 1 5 0 # six\n", "" },
    { SENSOR "sensor_set_bit 0x20 0 1 15 1 0\n",
      "m.emu:3:25: found \"15\"; expected the bit, 0 to 14\n" },
    { SENSOR "sensor_set_threshold 0x20 0 1 maybe 11 1\n",
      "m.emu:3:31: found \"maybe\"; expected the threshold support, 0 to 255 or none, readable, "
      "settable, fixed\n"
      "m.emu:3:37: found \"11\"; expected the thresholds there are, 6 characters 0 or 1\n"
      "m.emu:3:41: found the end of the line; expected the upper critical threshold, 0 to "
      "255\n" },
    { BMC, "m.emu:2:8: found controller 0x20 a second time; expected it once, as in line 1\n" },
    { "mc_add 0x30 0 0 0 0 0 0 0 0 sometimes\n",
      "m.emu:2:29: warning: found \"sometimes\"; expected dynsens or persist_sdr; it is passed "
      "over\n" },
    { "mc_enable 0x30\n",
      "m.emu:2:11: found controller 0x30, which is not there; expected mc_add 0x30\n" },
    { "mc_set_num_leds 0x30 2\nmc_add 0x30 0 0 0 0 0 0 0 0\n",
      "m.emu:2:17: warning: found controller 0x30 before its mc_add; expected mc_add before\n" },
    { "mc_add 0xb1 0 0 0 0 0 0 0 0\n",
      "m.emu:2:8: warning: found controller 0xb1; expected an even address above 0, or it is "
      "not on the bus and cannot be asked\n" },
    { "mc_setbmc 0x21\n",
      "m.emu:2:11: found 0x21; expected the BMC's address, even and above 0\n" },
    { "mc_set_guid 0x20 abc\n",
      "m.emu:2:18: found \"abc\"; expected the GUID, \"text\" or 32 hexadecimal digits\n" },
    { "main_sdr_add 0x20 0 0 0x51 0xc0 4 1 2 3\n",
      "m.emu:2:1: found 8 octets; expected 9, as the fifth (0x04) says\n" },
    { "main_sdr_add 0x20 0 0 0x51 0xc0 3 1 2 3 4 5\n",
      "m.emu:2:1: warning: found 10 octets; expected 8, as the fifth (0x03) says: the rest is "
      "passed over\n" },
    { "main_sdr_add 0x20 0x51 0xc0 3 1 2 3\n",
      "m.emu:2:1: warning: found a record without its id; expected it in front, any two "
      "octets\n" },
    { "main_sdr_add 0x20 0 0\n", "m.emu:2:1: found 2 octets; expected at least 5\n" },
    { "main_sdr_add 0x20 0 0 \\\n 0x51 zz \\\n 1 0y\n",
      "m.emu:3:7: found \"zz\"; expected the record's octet, 0 to 255\n"
      "m.emu:4:4: found \"0y\"; expected the record's octet, 0 to 255\n" },
    { "mc_add_fru_data 0x20 0 2 data 1 2 3\n",
      "m.emu:2:35: found \"3\"; expected at most 2 octets\n" },
    { "mc_add_fru_data 0x20 0 2 1 2\n",
      "m.emu:2:26: warning: found \"1\"; expected data or file; it is taken as data\n" },
    { "mc_add_fru_data 0x20 0 2\n",
      "m.emu:2:25: found the end of the line; expected data or file\n" },
    { "mc_add_fru_data 0x20 0 65536 data\n",
      "m.emu:2:24: found size 65536; expected 0 to 65535\n" },
    { "sel_enable 0x20 70000 0\n",
      "m.emu:2:17: warning: found 70000 records; expected at most 65535\n" },
    { "sel_enable 0x20 9 0\nsel_add 0x20 2 1 2 3\n",
      "m.emu:3:1: found 3 octets; expected 13 after the type\n" },
    { "sel_add 0x20 2 1 2 3 4 5 6 7 8 9 10 11 12 13\n",
      "m.emu:1:8: warning: found SEL records of controller 0x20; expected sel_enable 0x20 with "
      "them\n" },
    { "group_off 0x20 tea\n",
      "m.emu:2:16: found \"tea\"; expected the group of commands: bridge, chassis, dcmi, "
      "device-sdrs, event-generator, event-receiver, firewall, fru, hpm, icmb, lan, oem, pef, "
      "picmg, sdr-repository ...\n" },
    { "aggregate 0x20 0x20\n",
      "m.emu:2:16: found 0x20; expected another controller, at most 64 of them\n" },
    { "aggregate 0x20 0x84\n",
      "m.emu:2:16: found controller 0x84, which is not there; expected mc_add 0x84\n" },
    { "sensors_dir 0x20 \"x\" 5\n", "m.emu:2:22: found 5; expected at least 10 milliseconds\n" },
    { "sensor_history 0x20 10 1\n", "m.emu:2:24: found 1; expected at least 10 milliseconds\n" },
    { "include \"none.emu\"\n",
      "m.emu:2:9: found \"none.emu\", which cannot be read (not found); expected a file\n" },
    { "include none.emu\n",
      "m.emu:2:9: found \"none.emu\"; expected the file's name in quotes\n" },
    { "include \"m.emu\"\n",
      "m.emu:2:9: found \"m.emu\", which is being read; expected another file\n" },
    { "define X\n", "m.emu:2:9: found the end of the line; expected the variable's value in "
      "quotes\n" },
    { "debug raw loud\n", "m.emu:2:11: warning: found \"loud\"; expected raw msg sol\n" },
    { "sel_list 0x20\n", "m.emu:2:1: warning: found \"sel_list\"; expected a command; this one "
      "is a fork's and is not carried out\n" },
    { "main_sdr_add 0x20 0x100 0 0x51 0xc0 3 1 2 3\n",
      "m.emu:2:19: warning: found \"0x100\"; expected the record's octet in 8 bits; it is taken "
      "as 0\n" },
    { "quit\nnonsense\n",
      "m.emu:2:1: warning: found quit; expected a command: nothing after it is read\n"
      "m.emu:1:8: warning: found no mc_enable 0x20, the BMC; expected one: it will not "
      "answer\n" },
};

START_TEST(says_what_is_wrong_and_where)
{
    struct description **all;
    const char *got;
    char text[4096];
    size_t n;

    snprintf(text, sizeof text, BMC "%s" ON, wrongs[_i].text);
    all = load(text, &n, &got);
    ck_assert_msg(strcmp(got, wrongs[_i].said) == 0, "%s\nwas said:\n%s\nexpected:\n%s",
                  wrongs[_i].text, got, wrongs[_i].said);
    files_free(all, n);
}
END_TEST

/* ---- at run time --------------------------------------------------------------------------------- */

static const struct {
    const char *line;
    enum status st;
    size_t actions;
    const char *text;
} lines[] = {
    { "sensor_set_value 0x20 0 1 0x33 1", ST_OK, 1, "" },
    { "sensor_set_bit_clr_rest 0x20 0 1 3 0", ST_OK, 1, "" },
    { "mc_disable 0x20", ST_OK, 1, "" },
    { "sel_add 0x20 2 1 2 3 4 5 6 7 8 9 10 11 12 13", ST_OK, 1, "" },
    { "mc_set_power 0x20 1 1", ST_OK, 1, "" },
    { "mc_set_power 0x20 1 0", ST_OK, 0, "" },
    { "", ST_OK, 0, "" },
    { "# nothing", ST_OK, 0, "" },
    { "include \"later.emu\"", ST_OK, 5, "" },
    { "sensor_set_value 0x20 0 2 0x33 1", ST_INVALID, 0,
      "found sensor 0x20 0 0x02, which is not there; expected sensor_add before it\n" },
    { "mc_enable 0x30", ST_INVALID, 0,
      "found controller 0x30; expected one that is there\n" },
    { "mc_add 0x30 0 0 0 0 0 0 0 0", ST_INVALID, 0,
      "found \"mc_add\"; expected it in a file that describes a machine, not at run time\n" },
    { "help", ST_INVALID, 0, "found \"help\"; expected a command\n" },
};

static const struct file later[] = {
    { "later.emu", "sensor_set_value 0x20 0 1 1 0\nsensor_set_value 0x20 0 1 2 0\nsleep 50\n"
                   "sensor_set_value 0x20 0 1 3 0\nsensor_set_value 0x20 0 1 4 0\n"
                   "sensor_set_value 0x20 0 1 5 0\n" },
    { NULL, NULL },
};

START_TEST(answers_a_console)
{
    struct emu_reader reader = files_reader(later);
    struct description **all, *d = bmc_with(SENSOR, &all);
    struct emu_console *console;
    struct emu_answer answer;

    ck_assert_int_eq(emu_console_new(&reader, &console), ST_OK);
    ck_assert_int_eq(emu_line(console, d, lines[_i].line, &answer), lines[_i].st);
    ck_assert_str_eq(answer.text, lines[_i].text);
    ck_assert_uint_eq(answer.count, lines[_i].actions);
    if (answer.count == 5) {
        ck_assert_uint_eq(answer.actions[1].at, 0);
        ck_assert_uint_eq(answer.actions[2].at, SPAN_MS(50));
        ck_assert_uint_eq(answer.actions[4].value, 5);
        ck_assert_uint_eq(answer.slept, SPAN_MS(50));
    }
    emu_console_free(console);
    files_free(all, 1);
}
END_TEST

START_TEST(keeps_a_consoles_variables_and_hears_its_wishes)
{
    struct description **all, *d = bmc_with(SENSOR, &all);
    struct emu_console *console;
    struct emu_answer answer;

    ck_assert_int_eq(emu_console_new(NULL, &console), ST_OK);
    ck_assert_int_eq(emu_line(console, d, "define V \"0x44\"", &answer), ST_OK);
    ck_assert_int_eq(emu_line(console, d, "sensor_set_value 0x20 0 1 $V 0", &answer), ST_OK);
    ck_assert_uint_eq(answer.actions[0].value, 0x44);
    ck_assert_int_eq(emu_line(console, d, "noecho", &answer), ST_OK);
    ck_assert(answer.noecho && !answer.quit);
    ck_assert_int_eq(emu_line(console, d, "quit", &answer), ST_OK);
    ck_assert(answer.quit && !answer.noecho);
    emu_console_free(console);
    files_free(all, 1);
}
END_TEST

#define ROWS(array) (int)(sizeof(array) / sizeof(array)[0])

static Suite *
emu_cmd_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("emu/emu_cmd", &c);

    tcase_add_test(c, has_a_sentence_and_a_handler_for_every_command);
    tcase_add_loop_test(c, knows_the_command, 0, ROWS(known));
    tcase_add_test(c, reads_what_get_device_id_answers);
    tcase_add_test(c, sets_up_controllers);
    tcase_add_test(c, describes_a_chassis_of_vita_with_its_firmware);
    tcase_add_test(c, moves_frus_of_a_shelf);
    tcase_add_test(c, makes_an_atca_shelf);
    tcase_add_test(c, sets_up_a_sensor);
    tcase_add_test(c, needs_no_threshold_values);
    tcase_add_test(c, leaves_a_reading_unavailable_and_states_readable);
    tcase_add_test(c, sorts_sensors_by_lun_and_number);
    tcase_add_test(c, keeps_a_polled_file);
    tcase_add_loop_test(c, folds_what_nobody_can_tell, 0, ROWS(folds));
    tcase_add_test(c, does_things_when_the_sleeps_before_are_over);
    tcase_add_test(c, fills_the_event_log);
    tcase_add_test(c, logs_an_atca_power_event);
    tcase_add_test(c, keeps_fru_data);
    tcase_add_test(c, adds_records_and_numbers_them);
    tcase_add_loop_test(c, takes_the_rest_of_a_sensor_from_its_record, 0, ROWS(merges));
    tcase_add_test(c, makes_sensors_from_records);
    tcase_add_test(c, lets_the_events_of_an_event_only_sensor_be_chosen);
    tcase_add_test(c, knows_which_thresholds_can_be_read_and_set);
    tcase_add_test(c, lets_such_sensors_be_changed);
    tcase_add_test(c, compiles_sdr_source);
    tcase_add_test(c, polls_a_file_in_units);
    tcase_add_test(c, follows_folders_and_keeps_readings);
    tcase_add_test(c, mirrors_a_card);
    tcase_add_test(c, describes_the_host);
    tcase_add_test(c, switches_the_host_after_a_sleep);
    tcase_add_loop_test(c, says_what_is_wrong_and_where, 0, ROWS(wrongs));
    tcase_add_loop_test(c, answers_a_console, 0, ROWS(lines));
    tcase_add_test(c, keeps_a_consoles_variables_and_hears_its_wishes);
    return s;
}

int
main(void)
{
    return run_suite(emu_cmd_suite());
}
