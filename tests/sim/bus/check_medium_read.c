#include <string.h>

#include "sim/bus/i2c_node.h"
#include "tests/lib/run.h"
#include "tests/lib/wireworld.h"

#define US(n) SPAN_US(n)
#define DEVICE 0xa0

/* Two controllers, and eight registers at A0h that hold 10h, 11h, ... 17h. */
static struct wireworld w;
static struct station *a, *b, *eeprom;
static uint8_t pointer, registers[8];
static bool broken;

static void
write_device(void *ctx, const struct link_frame *f)
{
    eeprom->got++;
    (void)ctx;
    if (f->bytes.len > 1)
        pointer = f->bytes.at[1];
    for (size_t i = 2; i < f->bytes.len; i++)
        registers[pointer++ % 8] = f->bytes.at[i];
}

static bool
read_device(void *ctx, uint8_t address, uint8_t *to, size_t len)
{
    (void)ctx;
    ck_assert_uint_eq(address, DEVICE);
    for (size_t i = 0; i < len; i++)
        to[i] = registers[pointer++ % 8];
    return !broken;
}

static void
begin_as(struct medium_config config)
{
    wireworld_begin(&w, config);
    a = wireworld_add(&w, "a", 0x20);
    b = wireworld_add(&w, "b", 0x52);
    eeprom = wireworld_add(&w, "eeprom", DEVICE);
    eeprom->node.receive = write_device;
    eeprom->node.read = read_device;
    for (uint8_t i = 0; i < 8; i++)
        registers[i] = 0x10 + i;
    pointer = 0;
    broken = false;
}

static void
begin(void)
{
    begin_as((struct medium_config){ .model = BUS_I2C });
}

static void
end(void)
{
    wireworld_end(&w);
}

static void
again(struct medium_config config)
{
    end();
    begin_as(config);
}

static void
ck_read(const struct station *s, const char *octets, size_t len)
{
    ck_assert_uint_eq(s->read_len, len);
    ck_assert_mem_eq(s->read, octets, len);
}

/* START 10 us, A1h and three octets 90 each, STOP 10. */
START_TEST(reads_on_where_the_device_is)
{
    wireworld_read(a, DEVICE, NULL, 0, 3, 7);
    wireworld_until(&w, US(5));
    for (unsigned i = 0; i < 4; i++)
        ck_assert_uint_eq(medium_octet_end(w.bus, &a->node, i), US(100) + US(90) * i);
    ck_assert_uint_eq(medium_octet_end(w.bus, &a->node, 4), INSTANT_NEVER);
    wireworld_until(&w, US(1000));
    ck_assert_str_eq(w.log, "380.0 a sent 7\n");
    ck_read(a, "\x10\x11\x12", 3);
    ck_assert_uint_eq(medium_stats(w.bus)->octets, 4);
    ck_assert_uint_eq(medium_stats(w.bus)->busy, US(380));
}
END_TEST

/* A0h 05h, START again (10 us more), A1h, two octets: octets end at 100 190,
 * 290 380 470; STOP at 480. */
START_TEST(writes_and_starts_again)
{
    static const instant ends[] = { US(100), US(190), US(290), US(380), US(470) };

    wireworld_read(a, DEVICE, "\x05", 1, 2, 7);
    wireworld_until(&w, US(5));
    for (unsigned i = 0; i < 5; i++)
        ck_assert_uint_eq(medium_octet_end(w.bus, &a->node, i), ends[i]);
    wireworld_until(&w, US(1000));
    ck_assert_str_eq(w.log, "480.0 a sent 7\n");
    ck_read(a, "\x15\x16", 2);
    ck_assert_uint_eq(medium_stats(w.bus)->restarts, 1);
    ck_assert_uint_eq(medium_link(w.bus)->by_fate[FATE_DELIVERED], 2);
}
END_TEST

START_TEST(writes_more_than_the_place_before_it_reads)
{
    wireworld_read(a, DEVICE, "\x02\x77\x78", 3, 1, 7);
    wireworld_until(&w, US(1000));
    ck_assert_uint_eq(registers[2], 0x77);
    ck_assert_uint_eq(registers[3], 0x78);
    ck_read(a, "\x14", 1);
}
END_TEST

/* Nobody gets the wire between the two parts: b waits until 480 and 4.7. */
START_TEST(keeps_the_wire_between_the_two)
{
    wireworld_read(a, DEVICE, "\x05", 1, 2, 7);
    wireworld_until(&w, US(195));
    wireworld_send(b, 0x20, 7, 1);
    wireworld_until(&w, US(5000));
    ck_assert_str_eq(w.log, "480.0 a sent 7\n1134.7 b sent 1\n1134.7 a got 1\n");
}
END_TEST

/* The address with bit 0 set is refused at 100 us, or, after two octets and
 * another START, at 290; STOP follows. */
START_TEST(is_refused_by_who_cannot_be_read)
{
    wireworld_read(a, 0x52, NULL, 0, 1, 1);
    wireworld_until(&w, US(1000));
    wireworld_read(a, 0x52, "\x05", 1, 1, 2);
    wireworld_until(&w, US(2000));
    wireworld_read(a, 0x54, "\x05", 1, 1, 3);
    wireworld_until(&w, US(3000));
    ck_assert_str_eq(w.log, "110.0 a naked 1\n1300.0 a naked 2\n2110.0 a naked 3\n");
    ck_assert_uint_eq(a->read_len, 0);
    ck_assert_uint_eq(b->got, 0);
}
END_TEST

START_TEST(tells_that_the_device_does_not_work)
{
    broken = true;
    wireworld_read(a, DEVICE, "\x05", 1, 1, 1);
    wireworld_until(&w, US(1000));
    ck_assert_str_eq(w.log, "390.0 a full 1\n");
    ck_assert_str_eq(w.why, "the device does not work");
    ck_assert_uint_eq(a->read_len, 0);
}
END_TEST

static const struct {
    uint8_t first;
    size_t len, count;
} wrongs[] = { { 0xa1, 1, 1 }, { 0, 1, 1 }, { DEVICE, 1, 0 }, { DEVICE, 1, 256 },
               { DEVICE, 0, 1 }, { DEVICE, MEDIUM_FRAME_MAX, 1 } };

START_TEST(refuses_what_makes_no_sense)
{
    uint8_t octets[MEDIUM_FRAME_MAX] = { wrongs[_i].first };

    ck_assert_int_eq(medium_read(w.bus, &a->node, bytes_of(octets, wrongs[_i].len),
                                 wrongs[_i].count, 1), ST_INVALID);
}
END_TEST

START_TEST(reads_as_much_as_there_can_be)
{
    wireworld_read(a, DEVICE, "\x00", 1, MEDIUM_READ_MAX, 1);
    wireworld_until(&w, SPAN_MS(50));
    /* 3 + 9 (1 + 1 + 1 + 255) bits. */
    ck_assert_str_eq(w.log, "23250.0 a sent 1\n");
    ck_assert_uint_eq(a->read_len, MEDIUM_READ_MAX);
    ck_assert_uint_eq(a->read[254], 0x16);
}
END_TEST

START_TEST(takes_no_time_at_instant_speed)
{
    again((struct medium_config){ .model = BUS_I2C, .instant_speed = true });
    wireworld_read(a, DEVICE, "\x05", 1, 2, 7);
    wireworld_read(b, DEVICE, "\x05", 1, 2, 8);
    wireworld_until(&w, 0);
    ck_assert_str_eq(w.log, "0.0 a sent 7\n0.0 b sent 8\n");
    ck_read(b, "\x15\x16", 2);
}
END_TEST

/* ---- contests ---- */

START_TEST(gives_the_same_to_those_who_read_the_same)
{
    wireworld_read(a, DEVICE, NULL, 0, 2, 1);
    wireworld_read(b, DEVICE, NULL, 0, 2, 2);
    wireworld_until(&w, US(1000));
    ck_assert_str_eq(w.log, "290.0 a sent 1\n290.0 b sent 2\n");
    ck_read(a, "\x10\x11", 2);
    ck_read(b, "\x10\x11", 2);
    ck_assert_uint_eq(medium_stats(w.bus)->merged, 1);
    ck_assert_uint_eq(pointer, 2);
}
END_TEST

/* The winner, b, is gone before the end: a's read is its own. */
START_TEST(reads_for_itself_when_the_other_leaves)
{
    struct station *low = wireworld_add(&w, "low", 0x10);

    wireworld_read(low, DEVICE, NULL, 0, 2, 1);
    wireworld_read(b, DEVICE, NULL, 0, 2, 2);
    wireworld_until(&w, US(200));
    medium_detach(w.bus, &low->node);
    wireworld_until(&w, US(1000));
    ck_assert_str_eq(w.log, "290.0 b sent 2\n");
    ck_read(b, "\x10\x11", 2);
    ck_assert_int_eq(medium_attach(w.bus, &low->node), ST_OK);
}
END_TEST

/* b has enough after one octet and does not acknowledge; a does, and holds
 * SDA low. b learns it at the ninth bit of that octet and reads again. */
START_TEST(lets_the_longer_read_win)
{
    wireworld_read(a, DEVICE, NULL, 0, 2, 1);
    wireworld_read(b, DEVICE, NULL, 0, 1, 2);
    wireworld_until(&w, US(1000));
    ck_assert_str_eq(w.log, "290.0 a sent 1\n494.7 b sent 2\n");
    ck_read(a, "\x10\x11", 2);
    ck_read(b, "\x12", 1);
    ck_assert_uint_eq(b->node.stats.arbitration_losses, 1);
}
END_TEST

/* A write to A0h beats a read of it; and of two that write 05h, who goes on
 * writing beats who starts again. */
START_TEST(lets_writes_win)
{
    uint8_t frame[3] = { DEVICE, 5, 0x99 };

    wireworld_read(a, DEVICE, NULL, 0, 1, 1);
    medium_send(w.bus, &b->node, bytes_of(frame, 2), 2);
    wireworld_until(&w, US(1000));
    ck_assert_str_eq(w.log, "200.0 b sent 2\n404.7 a sent 1\n");
    ck_read(a, "\x15", 1);
    w.log[0] = '\0';
    wireworld_read(a, DEVICE, "\x05", 1, 1, 1);
    medium_send(w.bus, &b->node, bytes_of(frame, 3), 2);
    wireworld_until(&w, US(5000));
    ck_assert_str_eq(w.log, "1290.0 b sent 2\n1684.7 a sent 1\n");
    ck_read(a, "\x99", 1);
}
END_TEST

/* The last loss is known at the eighth bit of A1h, after START: 80 + 10 us. */
START_TEST(starves_behind_those_who_write)
{
    uint8_t frame[1] = { DEVICE };

    wireworld_read(a, DEVICE, NULL, 0, 1, 9);
    for (unsigned i = 0; i < MEDIUM_ARBITRATION_TRIES; i++)
        medium_send(w.bus, &b->node, bytes_of(frame, 1), 1);
    wireworld_until(&w, SPAN_MS(50));
    /* 63 x (110 + 4.7) + 90 */
    ck_assert_ptr_nonnull(strstr(w.log, "7316.1 a beaten 9\n"));
}
END_TEST

START_TEST(is_not_acknowledged_where_it_collides)
{
    again((struct medium_config){ .model = BUS_CSMA });
    wireworld_read(a, DEVICE, "\x05", 1, 1, 1);
    wireworld_send(b, 0x20, 7, 2);
    wireworld_until(&w, US(1000));
    /* a: 3 + 9 x 4 bits */
    ck_assert_str_eq(w.log, "390.0 a naked 1\n650.0 b sent 2\n");
    ck_assert_uint_eq(eeprom->got, 0);
}
END_TEST

/* ---- faults and fates ---- */

static struct fault_rule
rule_for(enum fault_effect effect, int offset)
{
    struct fault_rule rule = fault_rule_any(effect);

    rule.link = TAP_IPMB;
    rule.target = DEVICE;
    rule.offset = offset;
    return rule;
}

/* Of A0h 05h A1h and two octets: the second address ends at 290. */
static const struct {
    int offset;
    const char *log;
} naks[] = {
    { -1, "110.0 a naked 1\n" },
    { 1, "200.0 a full 1\n" },
    { 2, "300.0 a naked 1\n" },
    { 3, "390.0 a full 1\n" },
    { 5, "480.0 a sent 1\n" },
};

START_TEST(is_refused_at_any_octet)
{
    wireworld_arm(&w, rule_for(FAULT_NAK, naks[_i].offset));
    wireworld_read(a, DEVICE, "\x05", 1, 2, 1);
    wireworld_until(&w, US(1000));
    ck_assert_str_eq(w.log, naks[_i].log);
}
END_TEST

START_TEST(reads_ones_where_the_octets_are_lost)
{
    wireworld_arm(&w, rule_for(FAULT_LOSE, -1));
    wireworld_read(a, DEVICE, "\x05", 1, 2, 1);
    wireworld_until(&w, US(1000));
    ck_assert_str_eq(w.log, "480.0 a sent 1\n");
    ck_read(a, "\xff\xff", 2);
    ck_assert_uint_eq(eeprom->got, 0);
}
END_TEST

START_TEST(reads_what_a_fault_made_of_it)
{
    struct fault_rule rule = rule_for(FAULT_CORRUPT, 2);

    rule.mask = 0x80;
    rule.count = 1;
    wireworld_arm(&w, rule);
    wireworld_read(a, DEVICE, NULL, 0, 2, 1);
    wireworld_until(&w, US(1000));
    ck_read(a, "\x10\x91", 2);
    ck_assert_uint_eq(w.shown[FATE_CORRUPTED], 1);
}
END_TEST

START_TEST(comes_too_late_when_it_is_held)
{
    struct fault_rule rule = rule_for(FAULT_DELAY, -1);

    rule.span = SPAN_MS(1);
    wireworld_arm(&w, rule);
    wireworld_read(a, DEVICE, NULL, 0, 2, 1);
    wireworld_until(&w, SPAN_MS(5));
    ck_assert_str_eq(w.log, "290.0 a sent 1\n");
    ck_read(a, "\xff\xff", 2);
    ck_assert_str_eq(w.why, "the read is over");
}
END_TEST

START_TEST(leaves_the_bus_stuck)
{
    struct fault_rule rule = rule_for(FAULT_STICK, 3);

    rule.count = 3;
    rule.times = 1;
    wireworld_arm(&w, rule);
    wireworld_read(a, DEVICE, "\x05", 1, 2, 1);
    wireworld_until(&w, US(1000));
    ck_assert_str_eq(w.log, "380.0 a broken 1\n");
    ck_assert(medium_is_stuck(w.bus));
    wireworld_read(b, DEVICE, NULL, 0, 1, 2);
    wireworld_until(&w, SPAN_MS(50));
    ck_assert_ptr_nonnull(strstr(w.log, "b sent 2\n"));
}
END_TEST

/* 3 ms more after each octet that it acknowledges or sends. */
START_TEST(waits_for_a_slow_device)
{
    struct medium_manner slow = { .stretch = SPAN_MS(3) };

    ck_assert_int_eq(medium_set_manner(w.bus, DEVICE, &slow), ST_OK);
    wireworld_read(a, DEVICE, NULL, 0, 2, 1);
    wireworld_until(&w, SPAN_MS(50));
    ck_assert_str_eq(w.log, "9290.0 a sent 1\n");
}
END_TEST

/* ---- a device of i2c_node.h ---- */

static uint8_t content[512];

static bool
read_content(void *ctx, uint32_t at, uint8_t *to, uint32_t len)
{
    (void)ctx;
    memcpy(to, content + at, len);
    return true;
}

static bool
write_content(void *ctx, uint32_t at, struct bytes data)
{
    (void)ctx;
    memcpy(content + at, data.at, data.len);
    return true;
}

static const struct i2c_store store = { .read = read_content, .write = write_content };

START_TEST(has_an_eeprom_at_all_its_addresses)
{
    struct i2c_slave slave = { .kind = I2C_EEPROM, .address = 0xa8, .size = 512 };
    struct i2c_node *node;

    memset(content, 0, sizeof content);
    content[0x103] = 0x77;
    ck_assert_int_eq(i2c_node_new(w.bus, &slave, &store, &node), ST_OK);
    wireworld_read(a, 0xaa, "\x03", 1, 1, 1);
    wireworld_until(&w, US(1000));
    ck_read(a, "\x77", 1);
    wireworld_read(a, 0xa8, "\x03\x55", 2, 1, 1);
    wireworld_until(&w, US(2000));
    ck_assert_uint_eq(content[3], 0x55);
    i2c_node_free(node);
    wireworld_read(a, 0xaa, "\x03", 1, 1, 1);
    wireworld_until(&w, US(3000));
    ck_assert_ptr_nonnull(strstr(w.log, "a naked 1\n"));
    a->got += 2;              /* of the device, which is gone from the count */
    a->node.stats.frames_received += 2;
}
END_TEST

START_TEST(takes_no_address_that_is_taken)
{
    struct i2c_slave slave = { .kind = I2C_EEPROM, .address = 0x9e, .size = 2048 };
    struct i2c_node *node;

    ck_assert_int_eq(i2c_node_new(w.bus, &slave, &store, &node), ST_EXISTS);
    ck_assert(!medium_has(w.bus, 0x9e));
}
END_TEST

int
main(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/bus/medium_read", &c);

    tcase_add_checked_fixture(c, begin, end);
    tcase_add_test(c, reads_on_where_the_device_is);
    tcase_add_test(c, writes_and_starts_again);
    tcase_add_test(c, writes_more_than_the_place_before_it_reads);
    tcase_add_test(c, keeps_the_wire_between_the_two);
    tcase_add_test(c, is_refused_by_who_cannot_be_read);
    tcase_add_test(c, tells_that_the_device_does_not_work);
    tcase_add_loop_test(c, refuses_what_makes_no_sense, 0, sizeof wrongs / sizeof wrongs[0]);
    tcase_add_test(c, reads_as_much_as_there_can_be);
    tcase_add_test(c, takes_no_time_at_instant_speed);
    tcase_add_test(c, gives_the_same_to_those_who_read_the_same);
    tcase_add_test(c, reads_for_itself_when_the_other_leaves);
    tcase_add_test(c, lets_the_longer_read_win);
    tcase_add_test(c, lets_writes_win);
    tcase_add_test(c, starves_behind_those_who_write);
    tcase_add_test(c, is_not_acknowledged_where_it_collides);
    tcase_add_loop_test(c, is_refused_at_any_octet, 0, sizeof naks / sizeof naks[0]);
    tcase_add_test(c, reads_ones_where_the_octets_are_lost);
    tcase_add_test(c, reads_what_a_fault_made_of_it);
    tcase_add_test(c, comes_too_late_when_it_is_held);
    tcase_add_test(c, leaves_the_bus_stuck);
    tcase_add_test(c, waits_for_a_slow_device);
    tcase_add_test(c, has_an_eeprom_at_all_its_addresses);
    tcase_add_test(c, takes_no_address_that_is_taken);
    return run_suite(s);
}
