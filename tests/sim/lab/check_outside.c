#include "sim/lab/outside.h"

#include <stdlib.h>
#include <string.h>

#include "sim/lab/lab.h"
#include "tests/lib/run.h"

#define HEARD_MAX 64

/* What the recorder was told, and what crossed links, in one order. */
static struct {
    int kind;                  /* enum lab_heard_kind, or -1: a tap's event */
    instant at;
    size_t count, len;
    bool good;
} told[HEARD_MAX];
static unsigned told_count;

static struct lab *lab;
static struct chassis_unit *unit;

static void
record(void *ctx, const struct lab_heard *h)
{
    (void)ctx;
    ck_assert_uint_lt(told_count, HEARD_MAX);
    told[told_count].kind = (int)h->kind;
    told[told_count].at = h->at;
    told[told_count].count = h->count;
    told[told_count].len = h->octets.len;
    told[told_count].good = h->good;
    told_count++;
}

static void
see(void *ctx, const struct tap_event *ev)
{
    (void)ctx;
    if (ev->link == TAP_NOTE)
        return;
    ck_assert_uint_lt(told_count, HEARD_MAX);
    told[told_count].kind = -1;
    told[told_count++].at = ev->at;
}

static bool
read_file(void *ctx, const char *path, uint32_t at, uint8_t *to, uint32_t len)
{
    (void)ctx;
    (void)path;
    memset(to, (int)at, len);
    return true;
}

static bool
write_file(void *ctx, const char *path, uint32_t at, struct bytes data)
{
    (void)ctx;
    (void)path;
    (void)at;
    (void)data;
    return false;
}

/* A lab with one BMC, one LAN, a start script that adds to the SEL at 5 ms. */
static void
begin(void)
{
    static const struct mc_backing files = { .read = read_file, .write = write_file };
    static const struct tap tap = { see, NULL };
    struct lab_action action = { .at = SPAN_MS(5), .what = ACT_FAULT };
    struct lab_opts opts = { .seed = 1, .backing = &files };
    static struct fault_rule rule;
    struct description *d;
    struct machine_mc *mc;
    struct machine_lan *lan;

    told_count = 0;
    rule = fault_rule_any(FAULT_LOSE);
    rule.name = "all";
    action.fault = &rule;
    ck_assert(description_new("one", &d) == ST_OK);
    mc = description_mc(d, BMC_ADDRESS);
    *mc = (struct machine_mc){ .address = BMC_ADDRESS, .added = true, .enabled = true };
    lan = DESCRIPTION_ADD(d, mc->lans, mc->lan_count);
    *lan = (struct machine_lan){ .channel = 1, .limit = PRIV_ADMIN };
    ck_assert(description_act(d, &action) == ST_OK);
    ck_assert(lab_new(&opts, &lab) == ST_OK);
    ck_assert(lab_add(lab, d, 0, &unit) == ST_OK);
    description_unref(d);
    lab_set_tap(lab, &tap);
    lab_set_recorder(lab, record, NULL);
}

static void
send(instant at)
{
    static const uint8_t ping[] = { 6, 0, 0xff, 6, 0, 0, 0x11, 0xbe, 0x80, 1, 0, 0 };
    const struct peer from = { .addr = { 127, 0, 0, 1 }, .port = 40000, .family = PEER_IPV4 };

    lab_input(lab, unit, chassis_unit_lan(unit, 0), at, &from, bytes_of(ping, sizeof ping));
}

/* Before what comes of it, and as it was before a fault struck it. */
START_TEST(tells_a_datagram_before_it_is_lost)
{
    begin();
    send(SPAN_MS(1));
    send(SPAN_MS(10));
    ck_assert_int_eq(told[0].kind, HEARD_DATAGRAM);
    ck_assert_uint_eq(told[0].at, SPAN_MS(1));
    ck_assert_uint_eq(told[0].len, 12);
    ck_assert_int_eq(told[1].kind, -1);     /* the ping */
    ck_assert_int_eq(told[2].kind, -1);     /* its pong */
    ck_assert_int_eq(told[3].kind, HEARD_DATAGRAM);
    ck_assert_uint_eq(told[3].at, SPAN_MS(10));
    ck_assert_int_eq(told[4].kind, -1);     /* lost */
    ck_assert_uint_eq(told_count, 5);
    lab_free(lab);
}
END_TEST

START_TEST(tells_actions)
{
    const struct lab_action a = { .what = ACT_FAULT_CLEAR };

    begin();
    ck_assert(lab_act(lab, unit, SPAN_MS(2), &a) == ST_OK);
    ck_assert_uint_eq(told_count, 1);
    ck_assert_int_eq(told[0].kind, HEARD_ACTION);
    ck_assert_uint_eq(told[0].at, SPAN_MS(2));
    lab_set_recorder(lab, NULL, NULL);
    ck_assert(lab_act(lab, unit, SPAN_MS(3), &a) == ST_OK);
    ck_assert_uint_eq(told_count, 1);
    lab_free(lab);
}
END_TEST

START_TEST(tells_what_files_answered)
{
    struct outside o;
    static const struct mc_backing files = { .read = read_file, .write = write_file };
    const struct mc_backing *b;
    instant now = 77;
    uint8_t octets[4];

    told_count = 0;
    outside_init(&o, NULL, &now);
    ck_assert_ptr_null(outside_backing(&o));
    outside_init(&o, &files, &now);
    o.record = record;
    b = outside_backing(&o);
    ck_assert(b->read(b->ctx, "x", 9, octets, sizeof octets));
    ck_assert_uint_eq(octets[3], 9);
    ck_assert(!b->write(b->ctx, "x", 0, bytes_of(octets, 4)));
    ck_assert_int_eq(told[0].kind, HEARD_READ);
    ck_assert_uint_eq(told[0].len, 4);
    ck_assert_uint_eq(told[0].at, 77);
    ck_assert_int_eq(told[1].kind, HEARD_WRITTEN);
    ck_assert(!told[1].good);
    outside_free(&o);
}
END_TEST

/* ---- a program at the serial port ---- */

static size_t waiting;         /* characters that it would say */

static size_t
say(void *ctx, uint8_t *to, size_t room)
{
    size_t count = waiting < room ? waiting : room;

    (void)ctx;
    memset(to, 'x', count);
    waiting -= count;
    return count;
}

static size_t
hear(void *ctx, struct bytes chars)
{
    (void)ctx;
    return chars.len < 2 ? chars.len : 2;
}

static unsigned
count_of(int kind)
{
    unsigned n = 0;

    for (unsigned i = 0; i < told_count; i++)
        n += told[i].kind == kind;
    return n;
}

START_TEST(tells_what_a_serial_port_said_and_took)
{
    static int program;
    const struct uart_end end = { &program, say, hear, NULL };
    struct uart *uart;

    begin();
    ck_assert(lab_plug(lab, unit, &end) == ST_OK);
    uart = outside_uart(unit);
    ck_assert_int_eq(told[0].kind, HEARD_PLUG);
    waiting = 3;
    lab_speak(lab, unit, SPAN_MS(1));
    (void)lab_advance(lab, SPAN_MS(20));
    ck_assert_uint_eq(waiting, 0);
    ck_assert_uint_eq(count_of(HEARD_SPEAK), 1);
    ck_assert_uint_ge(count_of(HEARD_SAID), 2);     /* 3 characters; none when asked on */
    ck_assert_uint_eq(uart_send(uart, bytes_of("abc", 3)), 2);
    ck_assert_int_eq(told[told_count - 1].kind, HEARD_TAKEN);
    ck_assert_uint_eq(told[told_count - 1].count, 2);
    lab_unplug(lab, unit, &waiting);                /* not what is plugged in */
    ck_assert_uint_eq(count_of(HEARD_UNPLUG), 0);
    lab_unplug(lab, unit, &program);
    ck_assert_uint_eq(count_of(HEARD_UNPLUG), 1);
    lab_free(lab);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("outside", &t);

    tcase_add_test(t, tells_a_datagram_before_it_is_lost);
    tcase_add_test(t, tells_actions);
    tcase_add_test(t, tells_what_files_answered);
    tcase_add_test(t, tells_what_a_serial_port_said_and_took);
    return run_suite(s);
}
