/*
 * How long it takes to read two hundred sensors of a satellite through its
 * BMC: what the wire takes, no less and hardly more; and no time on a bus
 * without timing. A whole lab, a console and its session, in lab time.
 */
#include <stdio.h>

#include "emu/emu.h"
#include "sim/wire/ipmb.h"
#include "tests/emu/files.h"
#include "tests/lib/consoles.h"
#include "tests/lib/run.h"

#define SATELLITE 0x72
#define SENSORS 200
#define SEND_MESSAGE 0x34
#define GET_SENSOR_READING 0x2d

/*
 * By hand, from medium.h's header: START and STOP take a bit each, an octet
 * nine, a bit 10 us. The request has 8 octets: address, netfn, sum, source,
 * sequence, command, sensor number, sum. The answer has 11: a completion code
 * and three octets where the request has its number. So 74 and 101 bits. Each
 * frame waits for the bus to be free (4.7 us) and is late by the hold time of
 * START (4 us) at most.
 */
#define WIRE_SPAN SPAN_US(740 + 1010)
#define PAUSES_SPAN SPAN_US(2 * 9)

static const char machine[] =
    "mc_setbmc 0x20\n"
    "mc_add 0x20 0x21 no-device-sdrs 3 1 1 0x9f 0x1291 0xf02\n"
    "mc_add 0x72 0x22 no-device-sdrs 3 1 1 0x01 0x1291 0xf03\n"
    "mc_enable 0x20\nmc_enable 0x72\n"
    "bridge_style 0x20 encapsulated\n";

static char text[32768];
static uint8_t frames[SENSORS][1 + IPMB_FRAME_MAX];
static struct console_request requests[SENSORS];

static struct lab *lab;
static struct consoles consoles;
static struct description **machines;
static size_t machine_count;

/* The satellite's sensors, and the bus' speed if one is said. */
static void
write_machine(const char *speed)
{
    int len = snprintf(text, sizeof text, "%s%s", machine, speed);

    for (int i = 1; i <= SENSORS; i++)
        len += snprintf(text + len, sizeof text - (size_t)len,
                        "sensor_add 0x72 0 %d 1 1\nsensor_set_value 0x72 0 %d %d 0\n", i, i,
                        i);
    ck_assert_int_lt(len, (int)sizeof text);
}

/* Tracked Send Messages, each with a Get Sensor Reading. */
static void
write_requests(void)
{
    for (uint8_t i = 0; i < SENSORS; i++) {
        uint8_t number = (uint8_t)(i + 1);
        struct ipmb_frame f = {
            .target = SATELLITE, .source = 0x81, .netfn = NETFN_SENSOR,
            .seq = i & 0x3f, .cmd = GET_SENSOR_READING, .data = bytes_of(&number, 1),
        };
        struct wr w = wr_of(frames[i], sizeof frames[i]);

        wr_u8(&w, 0x40);
        ipmb_build(&w, &f);
        ck_assert(!w.bad);
        ck_assert_uint_eq(wr_len(&w), 1 + 8);
        requests[i] = (struct console_request){ NETFN_APP, SEND_MESSAGE,
                                                (uint8_t)wr_len(&w),
                                                (const char *)frames[i] };
    }
}

/* A console that will ask for all of them, one after the other. */
static struct console *
begin(const char *speed)
{
    struct file files[] = { { "m.emu", text }, { NULL, NULL } };
    struct lab_opts opts = { .seed = 1 };
    struct remote_opts remote = { .key = rng_key_root(1), .rmcpp = true, .suite = 3,
                                  .privilege = PRIV_ADMIN, .user = "ADMIN",
                                  .password = "ADMIN", .retries = REMOTE_NO_RETRIES };
    struct chassis_unit *unit;
    struct console *c;

    write_machine(speed);
    write_requests();
    machines = files_load(files, 1, &machine_count, NULL);
    ck_assert_int_eq(lab_new(&opts, &lab), ST_OK);
    ck_assert_int_eq(lab_add(lab, machines[0], 0, &unit), ST_OK);
    ck_assert_int_eq(consoles_begin(&consoles, lab), ST_OK);
    consoles.requests = requests;
    consoles.request_count = SENSORS;
    c = consoles_add(&consoles, unit, remote);
    ck_assert_ptr_nonnull(c);
    return c;
}

static void
end(void)
{
    consoles_end(&consoles);
    lab_free(lab);
    files_free(machines, machine_count);
}

START_TEST(takes_what_the_wire_takes)
{
    struct console *c = begin("");

    consoles_play(&consoles, SENSORS * WIRE_SPAN - 1);
    ck_assert_uint_lt(c->answered, SENSORS);
    ck_assert_uint_gt(c->answered, SENSORS - 10);
    consoles_play(&consoles, SENSORS * (WIRE_SPAN + PAUSES_SPAN));
    ck_assert_uint_eq(c->answered, SENSORS);
    ck_assert_uint_eq(c->refused, 0);
    end();
}
END_TEST

START_TEST(takes_four_times_as_long_at_a_quarter_of_the_speed)
{
    struct console *c = begin("ipmb_speed 25000\n");

    consoles_play(&consoles, 4 * SENSORS * WIRE_SPAN - 1);
    ck_assert_uint_lt(c->answered, SENSORS);
    consoles_play(&consoles, 4 * SENSORS * (WIRE_SPAN + PAUSES_SPAN));
    ck_assert_uint_eq(c->answered, SENSORS);
    end();
}
END_TEST

START_TEST(takes_no_time_without_timing)
{
    struct console *c = begin("ipmb_speed instant\n");

    consoles_play(&consoles, 0);
    ck_assert_uint_eq(c->answered, SENSORS);
    ck_assert_uint_eq(c->refused, 0);
    end();
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("bridge speed", &t);

    tcase_add_test(t, takes_what_the_wire_takes);
    tcase_add_test(t, takes_four_times_as_long_at_a_quarter_of_the_speed);
    tcase_add_test(t, takes_no_time_without_timing);
    return run_suite(s);
}
