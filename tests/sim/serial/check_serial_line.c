#include "sim/serial/serial_line.h"

#include <string.h>

#include "tests/lib/run.h"

#define HEAR(text) serial_line_hear(line, bytes_of((text), sizeof(text) - 1))
#define SAID(text) said_is((text), sizeof(text) - 1)

/* A line of a controller at 20h that keeps the last request. */
static struct world world;
static struct serial_line *line;
static uint8_t said[1024], data[256];
static size_t said_len;
static struct ipmi_req asked;
static unsigned count, fates[FATES];
static struct tap tap;

static void
keep(void *ctx, struct ipmi_req *rq)
{
    size_t len = rd_left(&rq->data);

    (void)ctx;
    count++;
    asked = *rq;
    rd_copy(&rq->data, data, len);
    asked.data = rd_of(bytes_of(data, len));
}

static void
say(void *ctx, struct bytes chars)
{
    (void)ctx;
    ck_assert_uint_le(chars.len, sizeof said - said_len);
    memcpy(said + said_len, chars.at, chars.len);
    said_len += chars.len;
}

static void
watch(void *ctx, const struct tap_event *ev)
{
    (void)ctx;
    if (ev->link == TAP_SYSIF)
        fates[ev->fate]++;
}

static void
begin(uint8_t codec)
{
    struct serial_line_config config = {
        .world = &world, .codec = codec, .channel = 2, .privilege = PRIV_ADMIN, .address = 0x20,
    };

    world_init(&world, rng_key_root(1), 0, 0);
    tap = (struct tap){ watch, NULL };
    world.tap = &tap;
    said_len = count = 0;
    memset(fates, 0, sizeof fates);
    ck_assert_int_eq(serial_line_new(&config, &(struct serial_line_sinks){ NULL, keep, say },
                                     &line), ST_OK);
}

static void
end(void)
{
    serial_line_free(line);
    world_free(&world);
}

static void
begin_terminal(void)
{
    begin(SERIAL_CODEC_TERMINAL);
}

static void
begin_basic(void)
{
    begin(SERIAL_CODEC_BASIC);
}

static void
begin_radisys(void)
{
    begin(SERIAL_CODEC_RADISYS);
}

static void
said_is(const char *octets, size_t len)
{
    ck_assert_uint_eq(said_len, len);
    ck_assert_mem_eq(said, octets, len);
    said_len = 0;
}

static void
answer(uint8_t cc, const char *octets, size_t len)
{
    ipmi_answer(&asked.from, cc, bytes_of(octets, len));
}

static void
arm(enum fault_effect effect)
{
    struct fault_rule rule = fault_rule_any(effect);

    rule.link = TAP_SYSIF;
    rule.cmd = 0x01;
    ck_assert_int_eq(world_arm_fault(&world, &rule, NULL), ST_OK);
}

/* ---- terminal mode ---- */

START_TEST(asks_and_answers_in_terminal_mode)
{
    HEAR("[18 2C 01 aa]\r\n");
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(asked.netfn, NETFN_APP);
    ck_assert_uint_eq(asked.cmd, 0x01);
    ck_assert_uint_eq(asked.privilege, PRIV_ADMIN);
    ck_assert_uint_eq(asked.from.channel, 2);
    ck_assert_uint_eq(rd_left(&asked.data), 1);
    ck_assert_uint_eq(data[0], 0xaa);
    answer(CC_OK, "\x20\x81", 2);
    SAID("[1C 2C 01 00 20 81]\r\n");
    ck_assert_uint_eq(fates[FATE_DELIVERED], 2);
}
END_TEST

START_TEST(keeps_the_lun_and_the_number)
{
    HEAR("[1B FD 01]");
    ck_assert_uint_eq(asked.lun, 3);
    ck_assert_uint_eq(asked.from.rq_seq, 0x3f);
    answer(CC_INVALID_LUN, NULL, 0);
    SAID("[1F FD 01 C2]\r\n");
}
END_TEST

START_TEST(says_what_it_does_not_understand)
{
    HEAR("[SYS PWR ON]");
    SAID("[ERR C1]\r\n");
    HEAR("[18 00]");
    SAID("[ERR C7]\r\n");
    HEAR("[18 00 0]");
    SAID("[ERR C7]\r\n");
    ck_assert_uint_eq(count, 0);
    ck_assert_uint_eq(serial_line_stats(line)->bad, 3);
}
END_TEST

START_TEST(drops_responses)
{
    HEAR("[1C 00 01 00]");
    ck_assert_uint_eq(count, 0);
    ck_assert_uint_eq(said_len, 0);
}
END_TEST

START_TEST(cuts_an_answer_that_is_too_long)
{
    static const char octets[SERIAL_LINE_ROOM + 1];

    HEAR("[18 00 01]");
    answer(CC_OK, octets, sizeof octets);
    SAID("[1C 00 01 CA]\r\n");
}
END_TEST

START_TEST(forgets_half_a_message)
{
    HEAR("[18 00");
    serial_line_hang_up(line);
    HEAR(" 01]");
    ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(loses_what_a_fault_takes)
{
    arm(FAULT_LOSE);
    HEAR("[18 00 01]");
    ck_assert_uint_eq(count, 0);
    HEAR("[18 00 02]");
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(fates[FATE_LOST], 1);
}
END_TEST

START_TEST(asks_twice_what_a_fault_doubles)
{
    arm(FAULT_DUPLICATE);
    HEAR("[18 04 01]");
    ck_assert_uint_eq(count, 2);
    ck_assert_uint_eq(asked.from.rq_seq, 1);
}
END_TEST

/* ---- basic mode: Get Device ID of 81h, number 1 ---- */

#define PACKET "\xa0\x20\x18\xc8\x81\x04\x01\x7a\xa5"

START_TEST(asks_and_answers_in_basic_mode)
{
    HEAR(PACKET);
    SAID("\xa6");
    ck_assert_uint_eq(asked.cmd, 0x01);
    ck_assert_uint_eq(asked.from.rq_addr, 0x81);
    ck_assert_uint_eq(asked.from.rq_seq, 1);
    /* 81h + 1Ch + 63h = 0; 20h + 04h + 01h + 00h + A5h + 36h = 0 */
    answer(CC_OK, "\xa5", 1);
    SAID("\xa0\x81\x1c\x63\x20\x04\x01\x00\xaa\xb5\x36\xa5");
}
END_TEST

START_TEST(drops_a_damaged_packet)
{
    HEAR("\xa0\x20\x18\xc8\x81\x04\x01\x7b\xa5");
    SAID("\xa6");
    HEAR("\xa0\x20\x18\xa5");
    SAID("\xa6");
    HEAR("\xa0\xaa\x20\xa5");
    SAID("\xa6");
    HEAR("\xa0\x52\x18\x96\x81\x04\x01\x7a\xa5");
    SAID("\xa6");
    ck_assert_uint_eq(count, 0);
    ck_assert_uint_eq(serial_line_stats(line)->bad, 4);
}
END_TEST

/* ---- Radisys's ---- */

START_TEST(asks_and_answers_in_hexadecimal)
{
    HEAR("2018C88104017A\r");
    ck_assert_uint_eq(asked.cmd, 0x01);
    answer(CC_OK, "\xa5", 1);
    SAID("811C6320040100A536\r");
    HEAR("0118E78104017A\r");
    ck_assert_uint_eq(count, 2);
}
END_TEST

START_TEST(sends_on_what_is_for_others)
{
    HEAR("5218962004 01 DB\r");
    ck_assert_uint_eq(count, 1);
    ck_assert_uint_eq(asked.netfn, NETFN_APP);
    ck_assert_uint_eq(asked.cmd, 0x34);
    ck_assert_uint_eq(rd_left(&asked.data), 8);
    ck_assert_mem_eq(data, "\x00\x52\x18\x96\x20\x04\x01\xdb", 8);
    answer(CC_OK, NULL, 0);
    ck_assert_uint_eq(said_len, 0);
}
END_TEST

static void
add(Suite *s, TCase *c, void (*setup)(void))
{
    tcase_add_checked_fixture(c, setup, end);
    suite_add_tcase(s, c);
}

int
main(void)
{
    Suite *s = suite_create("sim/serial/serial_line");
    TCase *terminal = tcase_create("terminal"), *basic = tcase_create("basic");
    TCase *radisys = tcase_create("radisys");

    add(s, terminal, begin_terminal);
    tcase_add_test(terminal, asks_and_answers_in_terminal_mode);
    tcase_add_test(terminal, keeps_the_lun_and_the_number);
    tcase_add_test(terminal, says_what_it_does_not_understand);
    tcase_add_test(terminal, drops_responses);
    tcase_add_test(terminal, cuts_an_answer_that_is_too_long);
    tcase_add_test(terminal, forgets_half_a_message);
    tcase_add_test(terminal, loses_what_a_fault_takes);
    tcase_add_test(terminal, asks_twice_what_a_fault_doubles);
    add(s, basic, begin_basic);
    tcase_add_test(basic, asks_and_answers_in_basic_mode);
    tcase_add_test(basic, drops_a_damaged_packet);
    add(s, radisys, begin_radisys);
    tcase_add_test(radisys, asks_and_answers_in_hexadecimal);
    tcase_add_test(radisys, sends_on_what_is_for_others);
    return run_suite(s);
}
