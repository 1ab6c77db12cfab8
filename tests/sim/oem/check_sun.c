#include "sim/oem/sun.h"

#include <stdio.h>
#include <string.h>

#include "tests/lib/mcworld.h"
#include "tests/lib/run.h"
#include "tests/lib/sensor_records.h"

#define CHASSIS 0x17
#define BAY     0x1a
#define LED_NAME 15 /* where a locator has its name */
#define NAME_ROOM 16

enum { LOCATE, SERVICE, OK, BAY_LED, FAR_LED, NEAR_LED, FAN, DRIVE, RECORDS };

static struct mcworld w;
static uint8_t octets[RECORDS][SENSOR_RECORD + NAME_ROOM];
static struct machine_sdr sdrs[RECORDS];
static struct machine_sensor sensors[2];
static struct machine_mc blade;

/* ---- the world ---- */

static void
name_record(uint8_t *r, size_t at, const char *name)
{
    size_t len = strlen(name);

    r[at] = (uint8_t)(0xc0 | len);
    memcpy(r + at + 1, name, len);
    r[4] = (uint8_t)(at + 1 + len - 5);
}

static void
describe_led(int n, uint8_t access, uint8_t slave, uint8_t entity, uint8_t oem, const char *name)
{
    uint8_t *r = octets[n];

    begin_record(r, 0x10, 16);
    r[5] = access;
    r[6] = slave;
    r[12] = entity;
    r[13] = 1;
    r[14] = oem;
    name_record(r, LED_NAME, name);
    sdrs[n].record = bytes_of(r, 16 + strlen(name));
}

/* A fan that turns at 100 x 10 a minute, and a drive in the bay. */
static void
describe_sensors(void)
{
    full_record(octets[FAN], &(struct record_facts){
        .owner = 0x20, .number = 1, .entity = 0x1d, .instance = 1, .type = 0x04,
        .event_type = 0x01 });
    octets[FAN][24] = 10; /* M */
    name_record(octets[FAN], 47, "F 1.A");
    sdrs[FAN].record = bytes_of(octets[FAN], SENSOR_RECORD + 5);
    compact_record(octets[DRIVE], &(struct record_facts){
        .owner = 0x20, .number = 2, .entity = BAY, .instance = 1, .type = 0x0d,
        .event_type = 0x6f, .share = 1 });
    name_record(octets[DRIVE], 31, "M.2");
    sdrs[DRIVE].record = bytes_of(octets[DRIVE], COMPACT_RECORD + 3);
    sensors[0] = (struct machine_sensor){
        .number = 1, .type = 0x04, .event_type = 0x01, .scanning = true, .has_value = true,
        .value = 100, .sdr = sdrs[FAN].record };
    sensors[1] = (struct machine_sensor){
        .number = 2, .type = 0x0d, .event_type = 0x6f, .assert_supported = 3,
        .scanning = true, .has_value = true, .states = 1, .sdr = sdrs[DRIVE].record };
}

static void
begin(void)
{
    mcworld_describe(&w);
    describe_led(LOCATE, 0x20, 0x00, CHASSIS, SUN_LED_LOCATE, "LOCATE");
    describe_led(SERVICE, 0x20, 0x00, CHASSIS, SUN_LED_SERVICE, "SERVICE");
    describe_led(OK, 0x20, 0x00, CHASSIS, SUN_LED_ACT, "OK");
    describe_led(BAY_LED, 0x20, 0x10, BAY, SUN_LED_SERVICE, "HDD0.SERVICE");
    describe_led(FAR_LED, 0x52, 0x20, 0x07, 0x40, "BL9.X");
    describe_led(NEAR_LED, 0x82, 0x20, 0x07, 0x40, "BL1.X");
    describe_sensors();
    w.machine.sdrs = sdrs;
    w.machine.sdr_count = RECORDS;
    w.machine.sensors = sensors;
    w.machine.sensor_count = sizeof sensors / sizeof sensors[0];
    w.machine.profiles[0] = &oem_sun;
    mcworld_begin(&w);
    blade = mcworld_satellite(0x82);
    mcworld_add(&w, &blade);
}

static void
end(void)
{
    mcworld_end(&w);
}

static void
cold_reset(void)
{
    mc_cold_reset(w.mc);
    mcworld_run(&w, MC_RESET_TIME);
}

#define SUN(cmd, ...) ask(&w, NETFN_OEM, cmd, __VA_ARGS__)

static struct answer *
sun(uint8_t cmd, const void *data, size_t len)
{
    return mcworld_ask(&w, w.mc, NETFN_OEM, cmd, data, len);
}

START_TEST(keeps_the_promises_of_its_rows)
{
    mcworld_check_rows(&w, &oem_sun_commands, 0);
}
END_TEST

START_TEST(leaves_the_manufacturers_id_out)
{
    ck_answer(SUN(0x23, 1, 0), CC_OK, 1, 0);
    ck_answer(SUN(0x23, 1, 0, 2, 3, 4), CC_OK, 1, 0, 2, 3, 4);
    ck_answer(SUN(0x99, 1, 0, 2), CC_INVALID_COMMAND, 1, 0, 2);
}
END_TEST

/* ---- LEDs ---- */

#define GET_LED(type, n)                                                                    \
    SUN(0x21, octets[n][6], (type), octets[n][5], octets[n][14], octets[n][12], octets[n][13], 0)
#define SET_LED(type, n, mode)                                                              \
    SUN(0x22, octets[n][6], (type), octets[n][5], octets[n][14], (mode), octets[n][12],     \
        octets[n][13], 0, 0)
#define OWN(n) octets[n][14]

static const struct {
    const char *why;
    uint8_t cmd, data[9];
    size_t len;
    uint8_t cc;
} asked[] = {
    { "the short form", 0x21, { 0, 3, 0x20, 3, 0 }, 5, CC_OK },
    { "with the entity", 0x21, { 0, 3, 0x20, 3, CHASSIS, 1, 0 }, 7, CC_OK },
    { "in between", 0x21, { 0, 3, 0x20, 3, CHASSIS, 0 }, 6, CC_LENGTH },
    { "another type of it", 0x21, { 0, 0, 0x20, 3, 0 }, 5, CC_OK },
    { "no such type", 0x21, { 0, 4, 0x20, 3, 0 }, 5, CC_INVALID_FIELD },
    { "no such force", 0x21, { 0, 3, 0x20, 3, 2 }, 5, CC_INVALID_FIELD },
    { "no such LED", 0x21, { 2, 3, 0x20, 3, 0 }, 5, CC_NOT_PRESENT },
    { "another entity", 0x21, { 0, 3, 0x20, 3, CHASSIS, 2, 0 }, 7, CC_NOT_PRESENT },
    { "its controller is not there", 0x21, { 0x20, 0x40, 0x52, 0x40, 0 }, 5, CC_DESTINATION },
    { "its controller is there", 0x21, { 0x20, 0x40, 0x82, 0x40, 0 }, 5, CC_OK },
    { "set, the short form", 0x22, { 0, 3, 0x20, 3, 4, 0, 0 }, 7, CC_OK },
    { "set, in between", 0x22, { 0, 3, 0x20, 3, 4, 0, 0, 0 }, 8, CC_LENGTH },
    { "no such mode", 0x22, { 0, 3, 0x20, 3, 5, 0, 0 }, 7, CC_INVALID_FIELD },
    { "set one not there", 0x22, { 0x20, 0x40, 0x52, 0x40, 1, 0, 0 }, 7, CC_DESTINATION },
};

START_TEST(knows_its_leds)
{
    const struct answer *a = sun(asked[_i].cmd, asked[_i].data, asked[_i].len);

    ck_assert_msg(a->cc == asked[_i].cc, "%s: %02Xh", asked[_i].why, a->cc);
}
END_TEST

START_TEST(lights_the_identify_light)
{
    ck_answer(GET_LED(OWN(LOCATE), LOCATE), CC_OK, SUN_LED_OFF);
    ck_answer(SET_LED(OWN(LOCATE), LOCATE, SUN_LED_SLOW), CC_OK);
    ck_answer(GET_LED(OWN(LOCATE), LOCATE), CC_OK, SUN_LED_SLOW);
    ck_assert_uint_eq(w.mc->chassis->identify, IDENTIFY_ON);
    ck_answer(SET_LED(OWN(LOCATE), LOCATE, SUN_LED_OFF), CC_OK);
    ck_assert_uint_eq(w.mc->chassis->identify, IDENTIFY_OFF);

    ck_cc(ask(&w, NETFN_CHASSIS, 0x04, 2), CC_OK);
    ck_answer(GET_LED(OWN(LOCATE), LOCATE), CC_OK, SUN_LED_FAST);
    mcworld_run(&w, SPAN_S(3));
    ck_answer(GET_LED(OWN(LOCATE), LOCATE), CC_OK, SUN_LED_OFF);
}
END_TEST

START_TEST(shows_the_hosts_power)
{
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 0), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_answer(GET_LED(OWN(OK), OK), CC_OK, SUN_LED_STANDBY);
    ck_cc(ask(&w, NETFN_CHASSIS, 0x02, 1), CC_OK);
    mcworld_run(&w, SPAN_S(1));
    ck_answer(GET_LED(OWN(OK), OK), CC_OK, SUN_LED_SLOW);
    mcworld_run(&w, SPAN_S(30));
    ck_answer(GET_LED(OWN(OK), OK), CC_OK, SUN_LED_ON);
}
END_TEST

START_TEST(shows_faults)
{
    ck_answer(GET_LED(OWN(SERVICE), SERVICE), CC_OK, SUN_LED_OFF);
    mc_sensor_set_bit(w.mc, 0, 2, 1, true, true);
    ck_answer(GET_LED(OWN(SERVICE), SERVICE), CC_OK, SUN_LED_ON);
    ck_answer(GET_LED(OWN(BAY_LED), BAY_LED), CC_OK, SUN_LED_ON);
    ck_answer(SET_LED(OWN(BAY_LED), BAY_LED, SUN_LED_OFF), CC_OK);
    ck_answer(GET_LED(OWN(BAY_LED), BAY_LED), CC_OK, SUN_LED_OFF);
    cold_reset(); /* what was written is lost */
    ck_answer(GET_LED(OWN(BAY_LED), BAY_LED), CC_OK, SUN_LED_ON);
}
END_TEST

/* ---- small ones ---- */

START_TEST(tells_its_version)
{
    const struct answer *a = SUN(0x24);

    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 80);
    ck_assert_uint_eq(a->data[1], SUN_VERSION_MAJOR);
    ck_assert_uint_eq(a->data[2], SUN_VERSION_MINOR);
    ck_assert_int_eq(strncmp((const char *)a->data + 25, "3.2.", 4), 0);
}
END_TEST

static const struct {
    const char *id, *full;
} nac_names[] = {
    { "LOCATE", "/SYS/LOCATE" }, { "HDD0.SERVICE", "/SYS/HDD0/SERVICE" },
    { "F 1.A", "/SYS/F_1/A" },   { "M.2", "/SYS/M.2" },
    { "nothing", "" },
};

START_TEST(tells_full_names)
{
    uint8_t rq[65] = { 0 };
    const struct answer *a;

    memcpy(rq + 1, nac_names[_i].id, strlen(nac_names[_i].id));
    a = sun(0x29, rq, sizeof rq);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, sizeof rq);
    ck_assert_str_eq((const char *)a->data + 1, nac_names[_i].full);
    rq[0] = 1;
    ck_cc(sun(0x29, rq, sizeof rq), CC_RANGE);
}
END_TEST

static double
fan_speed(void)
{
    double value;

    ck_assert(mc_sensor_units(w.mc, 0, 1, &value));
    return value;
}

START_TEST(drives_the_fans)
{
    ck_assert_double_eq(fan_speed(), 1000);
    ck_cc(SUN(0x20, 25), CC_OK);
    ck_assert_double_eq(fan_speed(), 500);
    ck_cc(SUN(0x20, 101), CC_RANGE);
    ck_cc(SUN(0x41, 2), CC_INVALID_FIELD);
    ck_cc(SUN(0x41, 0), CC_OK);
    ck_assert_double_eq(fan_speed(), 1000);
    ck_cc(SUN(0x20, 100), CC_OK);
    ck_assert_double_eq(fan_speed(), 2000);
    cold_reset();
    ck_assert_double_eq(fan_speed(), 1000);
}
END_TEST

/* ---- keys and files ---- */

static uint8_t
send_block(uint8_t user, uint8_t block, char fill, uint8_t len)
{
    uint8_t rq[3 + 64] = { user, block, len };

    memset(rq + 3, fill, len);
    return sun(0x01, rq, 3u + len)->cc;
}

/* What file id holds; -1: there is none. */
static int
read_file(const char *id, char *to)
{
    uint8_t rq[21] = { 11 };
    int len = 0;

    memcpy(rq + 1, id, strlen(id));
    for (;; rq[20]++) {
        const struct answer *a = sun(0x44, rq, sizeof rq);
        unsigned size;

        if (a->cc != CC_OK)
            return -1;
        ck_assert_uint_ge(a->len, 9);
        ck_assert_uint_eq(a->data[3], rq[20]);
        size = a->data[7];
        ck_assert_uint_eq(a->len, 9 + size);
        memcpy(to + len, a->data + 9, size);
        len += (int)size;
        if (a->data[8])
            return len;
    }
}

START_TEST(keeps_ssh_keys)
{
    char file[2048];

    ck_assert_uint_eq(send_block(2, 0, 'a', 64), CC_OK);
    ck_assert_uint_eq(send_block(2, 2, 'x', 64), CC_INVALID_FIELD);
    ck_assert_uint_eq(send_block(2, 1, 'b', 64), CC_OK);
    ck_assert_int_eq(read_file("SSH_PUBKEYS", file), 0);
    ck_assert_uint_eq(send_block(2, 0xff, 'c', 3), CC_OK);
    ck_assert_int_eq(read_file("SSH_PUBKEYS", file), 131);
    ck_assert_int_eq(memcmp(file + 120, "bbbbbbbbccc", 11), 0);
    ck_assert_uint_eq(send_block(3, 0xff, 'd', 5), CC_OK);
    ck_assert_uint_eq(send_block(2, 0xff, 'e', 2), CC_OK);
    cold_reset();
    ck_assert_int_eq(read_file("SSH_PUBKEYS", file), 7);
    ck_cc(SUN(0x02, 2), CC_OK);
    ck_cc(SUN(0x02, 2), CC_OK);
    ck_assert_int_eq(read_file("SSH_PUBKEYS", file), 5);
    ck_cc(SUN(0x02, 0), CC_INVALID_FIELD);
    ck_assert_uint_eq(send_block(0, 0xff, 'd', 5), CC_INVALID_FIELD);
    ck_cc(SUN(0x01, 2, 0, 3, 'a', 'b'), CC_LENGTH);
}
END_TEST

START_TEST(has_room_for_so_many_keys)
{
    uint8_t block;

    for (uint8_t user = 1; user <= SUN_KEYS; user++)
        ck_assert_uint_eq(send_block(user, 0xff, 'k', 64), CC_OK);
    ck_assert_uint_eq(send_block(SUN_KEYS + 1, 0xff, 'k', 64), CC_NO_SPACE);
    for (block = 0; block < SUN_KEY / 64; block++)
        ck_assert_uint_eq(send_block(1, block, 'k', 64), CC_OK);
    ck_assert_uint_eq(send_block(1, block, 'k', 1), CC_NO_SPACE);
}
END_TEST

START_TEST(has_files)
{
    char file[8192];

    ck_assert_int_gt(read_file("DIAG_INVENTORY", file), 0);
    ck_assert_int_eq(read_file("DIAG_FAILED", file), 0);
    mc_sensor_set_bit(w.mc, 0, 2, 1, true, true);
    ck_assert_int_eq(read_file("DIAG_FAILED", file), 9);
    ck_assert_int_eq(memcmp(file, "/SYS/M.2\n", 9), 0);
    ck_assert_int_eq(read_file("DIAG_NOTHING", file), -1);
}
END_TEST

START_TEST(tells_its_behavior)
{
    uint8_t rq[33] = { 15 };

    memcpy(rq + 1, "SUPPORTS_SIGNED_PACKAGES", 24);
    ck_answer(sun(0x44, rq, sizeof rq), CC_OK, 1);
    memcpy(rq + 1, "REQUIRES_SIGNED_PACKAGES", 24);
    ck_answer(sun(0x44, rq, sizeof rq), CC_OK, 0);
    rq[1] = 'x';
    ck_answer(sun(0x44, rq, sizeof rq), CC_NOT_PRESENT);
    ck_cc(sun(0x44, rq, sizeof rq - 1), CC_LENGTH);
    ck_cc(SUN(0x44, 99, 0), CC_INVALID_FIELD);
}
END_TEST

/* ---- values ---- */

static struct answer *
value_message(uint8_t code, const char *path)
{
    uint8_t rq[80] = { code };

    memcpy(rq + 1, path, strlen(path));
    return sun(0x2a, rq, sizeof rq);
}

static const char *
value_of(const char *path)
{
    const struct answer *a;

    ck_cc(value_message(1, path), CC_OK);
    a = value_message(2, path);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 80);
    return a->data[0] == 3 ? (const char *)a->data + 1 : "?";
}

/* The transaction, or 0 when the piece was refused. */
static uint8_t
piece(uint8_t type, uint8_t tid, uint8_t last, const char *text)
{
    uint8_t rq[60] = { 3, type, tid, last };
    const struct answer *a;

    memcpy(rq + 4, text, strlen(text) < 56 ? strlen(text) : 56);
    a = sun(0x2c, rq, sizeof rq);
    ck_cc(a, CC_OK);
    ck_assert_uint_eq(a->len, 2);
    return a->data[0] == 1 ? a->data[1] : 0;
}

static uint8_t
setting_status(uint8_t tid)
{
    uint8_t rq[60] = { 4, 0, tid };

    return sun(0x2c, rq, sizeof rq)->data[0];
}

/* 3 done, 2 failed, 5 not found. */
static uint8_t
set_value(const char *path, const char *value)
{
    uint8_t tid = piece(0, 0, 0, path);

    ck_assert_uint_ne(tid, 0);
    ck_assert_uint_eq(setting_status(tid), 4);
    ck_assert_uint_eq(piece(1, tid, 1, value), tid);
    return setting_status(tid);
}

static const struct {
    const char *path, *value;
} values[] = {
    { "/SYS/power_state", "On" },    { "/sys/POWER_STATE", "On" },
    { "/SYS/LOCATE/value", "Off" },  { "/SYS/OK", "On" },
    { "/SYS/F_1/A", "1000.000" },    { "/SYS/F_1/A/type", "Threshold Sensor" },
    { "/SYS/M.2/value", "0x0001" },  { "/SYS/M.2/other", "?" },
    { "/SYS/type", "Host System" },  { "/SP/users/admin/role", "administrator" },
    { "/SP/users/nobody/role", "?" }, { "/HOST/boot_device", "default" },
    { "/SYS", "?" },                 { "", "?" },
    { "SYS/type", "?" },             { "/SP/hostname/", "SUNSP" },
    { "/X/clock/uptime", "0" },
};

START_TEST(tells_values)
{
    const char *value = value_of(values[_i].path);

    ck_assert_int_eq(strncmp(value, values[_i].value, strlen(values[_i].value)), 0);
}
END_TEST

START_TEST(tells_only_what_was_asked_for)
{
    ck_cc(value_message(2, "/SYS/type"), CC_STATE);
    ck_cc(value_message(1, "/SYS/type"), CC_OK);
    ck_cc(value_message(3, "/SYS/type"), CC_INVALID_FIELD);
    cold_reset();
    ck_cc(value_message(2, "/SYS/type"), CC_STATE);
}
END_TEST

START_TEST(sets_values)
{
    ck_assert_uint_eq(set_value("/SP/hostname", "ilom"), 3);
    ck_assert_str_eq(value_of("/X/hostname"), "ilom");
    cold_reset();
    ck_assert_str_eq(value_of("/SP/hostname"), "ilom");
    ck_assert_uint_eq(set_value("/SYS/LOCATE/value", "Fast_Blink"), 3);
    ck_assert_uint_eq(w.mc->chassis->identify, IDENTIFY_ON);
    ck_assert_uint_eq(set_value("/SYS/LOCATE/value", "purple"), 2);
    ck_assert_uint_eq(set_value("/HOST/boot_device", "pxe"), 3);
    ck_assert_uint_eq(w.mc->chassis->boot.flags[1] >> BOOT_DEVICE_SHIFT, BOOT_DEVICE_PXE);
    ck_assert_uint_eq(set_value("/SYS/power_state", "Off"), 2);
    ck_assert_uint_eq(set_value("/SYS/F_1/A", "9"), 2);
    ck_assert_uint_eq(set_value("/nothing", "9"), 5);
}
END_TEST

START_TEST(puts_values_together)
{
    char long_text[57];
    uint8_t tid = piece(0, 0, 0, "/SP/system_");

    ck_assert_uint_eq(piece(0, tid, 0, "contact"), tid);
    ck_assert_uint_eq(piece(1, tid, 0, "you"), tid);
    ck_assert_uint_eq(piece(0, tid, 0, "late"), 0);
    ck_assert_uint_eq(piece(1, (uint8_t)(tid + 1), 0, "stranger"), 0);
    ck_assert_uint_eq(setting_status(tid), 4);
    ck_assert_uint_eq(piece(1, tid, 1, " two"), tid);
    ck_assert_uint_eq(setting_status(tid), 3);
    ck_assert_uint_eq(piece(1, tid, 1, "more"), 0);
    ck_assert_str_eq(value_of("/SP/system_contact"), "you two");

    memset(long_text, 'x', 56);
    long_text[56] = '\0';
    tid = piece(0, 0, 0, "/SP/system_contact");
    for (int i = 0; i < 20; i++)
        ck_assert_uint_eq(piece(1, tid, 0, long_text), tid);
    ck_assert_uint_eq(piece(1, tid, 1, "end"), tid);
    ck_assert_uint_eq(setting_status(tid), 2);
    ck_assert_str_eq(value_of("/SP/system_contact"), "you two");
}
END_TEST

/* ---- the command line ---- */

static uint8_t handle[4], seqnum;

/* Send a message; the answer's text, and its result in *result. */
static const char *
cli(uint8_t version, uint8_t command, uint8_t number, const char *text, uint8_t *result)
{
    uint8_t rq[80] = { version, command, number, 0 };
    const struct answer *a;

    memcpy(rq + 4, handle, 4);
    memcpy(rq + 8, text, strlen(text) + 1);
    a = sun(0x19, rq, 8 + strlen(text) + 1);
    ck_cc(a, CC_OK);
    ck_assert_uint_ge(a->len, 9);
    ck_assert_uint_le(a->len, 80);
    ck_assert_uint_eq(a->data[a->len - 1], 0);
    if (command <= 1)
        memcpy(handle, a->data + 4, 4);
    *result = a->data[1];
    return (const char *)a->data + 8;
}

static uint8_t
cli_open(uint8_t command)
{
    uint8_t result;

    seqnum = 0;
    (void)cli(2, command, seqnum, "", &result);
    return result;
}

/* Type text and collect what comes until nothing does. */
static const char *
type_in(const char *text)
{
    static char all[8192];
    const char *part;
    uint8_t result = 0;

    all[0] = '\0';
    do {
        part = cli(2, 3, seqnum ^= 1, text, &result);
        strcat(all, part);
        text = "";
    } while (part[0] != '\0' && result == 0);
    return all;
}

START_TEST(has_a_command_line)
{
    uint8_t result;

    ck_assert_uint_eq(cli_open(0), 0);
    ck_assert_str_eq(type_in(""), "-> ");
    ck_assert_ptr_nonnull(strstr(type_in("version\n"), "SP firmware 3.2."));
    ck_assert_ptr_nonnull(strstr(type_in("help\n"), "show [TARGET]"));
    ck_assert_ptr_nonnull(strstr(type_in("show /SYS\n"), "HDD0/SERVICE"));
    ck_assert_ptr_nonnull(strstr(type_in("cd /SP\n"), "/SP\n"));
    ck_assert_ptr_nonnull(strstr(type_in("set hostname=\"a b\"\n"), "Set 'hostname' to 'a b'"));
    ck_assert_ptr_nonnull(strstr(type_in("show\n"), "hostname = a b"));
    ck_assert_ptr_nonnull(strstr(type_in("show /SP/hostname\n"), "/SP/hostname = a b"));
    ck_assert_ptr_nonnull(strstr(type_in("nonsense\n"), "Invalid command 'nonsense'"));
    ck_assert_ptr_nonnull(strstr(type_in("cd /none\n"), "cd: No matching target"));
    ck_assert_str_eq(type_in("exit\n"), "exit\nDisconnected\n");
    (void)cli(2, 3, seqnum ^= 1, "", &result);
    ck_assert_uint_eq(result, 2); /* of nobody's session */
}
END_TEST

START_TEST(edits_its_line)
{
    cli_open(0);
    (void)type_in("");
    ck_assert_str_eq(type_in("verX"), "verX");
    ck_assert_str_eq(type_in("\x7f"), "\b \b");
    ck_assert_ptr_nonnull(strstr(type_in("sion\r"), "SP firmware"));
    ck_assert_str_eq(type_in("show\x03"), "show^C\n-> ");
}
END_TEST

START_TEST(asks_before_it_acts)
{
    cli_open(0);
    ck_assert_ptr_nonnull(strstr(type_in("stop -f /SYS\n"), "(y/n)? "));
    ck_assert_ptr_nonnull(strstr(type_in("n\n"), "Command aborted"));
    ck_assert(host_power_good(w.host));
    (void)type_in("stop -f /SYS\n");
    ck_assert_ptr_nonnull(strstr(type_in("y\n"), "Stopping /SYS"));
    mcworld_run(&w, SPAN_S(1));
    ck_assert(!host_power_good(w.host));
    ck_assert_ptr_nonnull(strstr(type_in("reset -script /SYS\n"), "present state"));
    (void)type_in("start -script /SYS\n");
    mcworld_run(&w, SPAN_S(1));
    ck_assert(host_power_good(w.host));
    ck_assert_ptr_nonnull(strstr(type_in("stop /SP\n"), "Invalid command syntax"));
}
END_TEST

START_TEST(repeats_what_was_lost)
{
    uint8_t result;

    cli_open(0);
    (void)type_in("");
    seqnum ^= 1;
    ck_assert_str_eq(cli(2, 3, seqnum, "exi", &result), "exi");
    ck_assert_str_eq(cli(2, 3, seqnum, "exi", &result), "exi");
    ck_assert_str_eq(type_in("t\n"), "t\nDisconnected\n");
}
END_TEST

START_TEST(has_one_session)
{
    uint8_t result;

    w.who.session = 7;
    ck_assert_uint_eq(cli_open(0), 0);
    ck_assert_uint_eq(cli_open(0), 0); /* asked again: nothing was done yet */
    (void)type_in("");
    w.who.session = 8;
    ck_assert_uint_eq(cli_open(0), 1); /* busy */
    ck_assert_uint_eq(cli_open(1), 0); /* by force */
    mcworld_run(&w, SUN_CLI_IDLE);
    w.who.session = 9;
    ck_assert_uint_eq(cli_open(0), 0);
    (void)type_in("");
    ck_assert_str_eq(cli(3, 0, 0, "", &result), "Invalid version");
    (void)cli(2, 2, 0, "", &result);
    ck_assert_uint_eq(cli_open(0), 1); /* that handle was not ours to close */
    ck_cc(SUN(0x19, 2, 5, 0, 0, 0, 0, 0, 0, 0), CC_INVALID_FIELD);
    ck_cc(SUN(0x19, 2, 0, 0, 0, 0, 0, 0, 0, 'x'), CC_INVALID_FIELD);
}
END_TEST

START_TEST(never_says_more_than_it_has_room_for)
{
    cli_open(0);
    for (int i = 0; i < 300; i++) {
        uint8_t result;

        (void)cli(2, 3, seqnum ^= 1, "help\nhelp\nhelp\nshow /SYS\n", &result);
        ck_assert_uint_eq(result, 0);
    }
    (void)type_in("");
    ck_assert_ptr_nonnull(strstr(type_in("version\n"), "SP firmware"));
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("oem_sun", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_test(tc, keeps_the_promises_of_its_rows);
    tcase_add_test(tc, leaves_the_manufacturers_id_out);
    tcase_add_loop_test(tc, knows_its_leds, 0, sizeof asked / sizeof asked[0]);
    tcase_add_test(tc, lights_the_identify_light);
    tcase_add_test(tc, shows_the_hosts_power);
    tcase_add_test(tc, shows_faults);
    tcase_add_test(tc, tells_its_version);
    tcase_add_loop_test(tc, tells_full_names, 0, sizeof nac_names / sizeof nac_names[0]);
    tcase_add_test(tc, drives_the_fans);
    tcase_add_test(tc, keeps_ssh_keys);
    tcase_add_test(tc, has_room_for_so_many_keys);
    tcase_add_test(tc, has_files);
    tcase_add_test(tc, tells_its_behavior);
    tcase_add_loop_test(tc, tells_values, 0, sizeof values / sizeof values[0]);
    tcase_add_test(tc, tells_only_what_was_asked_for);
    tcase_add_test(tc, sets_values);
    tcase_add_test(tc, puts_values_together);
    tcase_add_test(tc, has_a_command_line);
    tcase_add_test(tc, edits_its_line);
    tcase_add_test(tc, asks_before_it_acts);
    tcase_add_test(tc, repeats_what_was_lost);
    tcase_add_test(tc, has_one_session);
    tcase_add_test(tc, never_says_more_than_it_has_room_for);
    return run_suite(s);
}
