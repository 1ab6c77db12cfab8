#include "sim/wire/serial_basic.h"

#include <string.h>

#include "tests/lib/run.h"

static struct serial_basic b;

static void
begin(void)
{
    memset(&b, 0, sizeof b);
}

/* Take all but the last octet, which are to be nothing yet; what the last is. */
static enum serial_basic_event
take(const uint8_t *octets, size_t len, struct bytes *message)
{
    for (size_t i = 0; i + 1 < len; i++)
        ck_assert_int_eq(serial_basic_take(&b, octets[i], message), SERIAL_BASIC_MORE);
    return serial_basic_take(&b, octets[len - 1], message);
}

static const struct {
    const char *why;
    uint8_t packet[16];
    size_t len;
    uint8_t message[10];
    size_t message_len;
} packets[] = {
    { "Get Device ID", { 0xa0, 0x20, 0x18, 0xc8, 0x81, 0x04, 0x01, 0x7a, 0xa5 }, 9,
      { 0x20, 0x18, 0xc8, 0x81, 0x04, 0x01, 0x7a }, 7 },
    { "all that is escaped",
      { 0xa0, 0xaa, 0xb0, 0xaa, 0xb5, 0xaa, 0xb6, 0xaa, 0xba, 0xaa, 0x3b, 0xa5 }, 12,
      { 0xa0, 0xa5, 0xa6, 0xaa, 0x1b }, 5 },
    { "what escapes stand for, not escaped", { 0xa0, 0xb0, 0xb5, 0x3b, 0xa5 }, 5,
      { 0xb0, 0xb5, 0x3b }, 3 },
    { "nothing", { 0xa0, 0xa5 }, 2, { 0 }, 0 },
};

START_TEST(takes_packets)
{
    struct bytes message;

    ck_assert_msg(take(packets[_i].packet, packets[_i].len, &message) == SERIAL_BASIC_MESSAGE,
                  "%s", packets[_i].why);
    ck_assert_uint_eq(message.len, packets[_i].message_len);
    ck_assert_mem_eq(message.at, packets[_i].message, message.len);
}
END_TEST

START_TEST(builds_them)
{
    uint8_t octets[32];
    struct wr w = wr_of(octets, sizeof octets);

    serial_basic_build(&w, bytes_of(packets[_i].message, packets[_i].message_len));
    ck_assert_uint_eq(wr_len(&w), packets[_i].len);
    ck_assert_mem_eq(octets, packets[_i].packet, packets[_i].len);
}
END_TEST

static const struct {
    const char *why;
    uint8_t octets[10];
    size_t len;
    enum serial_basic_event last;
} others[] = {
    { "no packet", { 0x20, 0x18, 0xa5 }, 3, SERIAL_BASIC_MORE },
    { "a handshake", { 0xa6 }, 1, SERIAL_BASIC_MORE },
    { "a handshake inside", { 0xa0, 0x20, 0xa6, 0xa5 }, 4, SERIAL_BASIC_MESSAGE },
    { "an escape of nothing", { 0xa0, 0xaa, 0x20, 0xa5 }, 4, SERIAL_BASIC_BAD },
    { "an escape at the end", { 0xa0, 0x20, 0xaa, 0xa5 }, 4, SERIAL_BASIC_BAD },
    { "begun anew", { 0xa0, 0xaa, 0x20, 0xa0, 0x20, 0xa5 }, 6, SERIAL_BASIC_MESSAGE },
};

START_TEST(tells_what_is_none)
{
    struct bytes message;

    ck_assert_msg(take(others[_i].octets, others[_i].len, &message) == others[_i].last, "%s",
                  others[_i].why);
}
END_TEST

START_TEST(has_a_bound)
{
    uint8_t octets[SERIAL_BASIC_MESSAGE_MAX + 3] = { SERIAL_BASIC_START };
    struct bytes message;

    octets[SERIAL_BASIC_MESSAGE_MAX + 1] = SERIAL_BASIC_STOP;
    ck_assert_int_eq(take(octets, SERIAL_BASIC_MESSAGE_MAX + 2, &message),
                     SERIAL_BASIC_MESSAGE);
    ck_assert_uint_eq(message.len, SERIAL_BASIC_MESSAGE_MAX);
    octets[SERIAL_BASIC_MESSAGE_MAX + 1] = 0;
    octets[SERIAL_BASIC_MESSAGE_MAX + 2] = SERIAL_BASIC_STOP;
    ck_assert_int_eq(take(octets, sizeof octets, &message), SERIAL_BASIC_BAD);
}
END_TEST

int
main(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/wire/serial_basic", &c);

    tcase_add_checked_fixture(c, begin, NULL);
    tcase_add_loop_test(c, takes_packets, 0, sizeof packets / sizeof packets[0]);
    tcase_add_loop_test(c, builds_them, 0, sizeof packets / sizeof packets[0]);
    tcase_add_loop_test(c, tells_what_is_none, 0, sizeof others / sizeof others[0]);
    tcase_add_test(c, has_a_bound);
    return run_suite(s);
}
