#include "sim/io/stream.h"

#include <string.h>

#include "tests/lib/run.h"

static const struct {
    const char *words;
    bool good, telnet;
    const char *host;
    uint16_t port;
} devices[] = {
    { "\"tcp:127.0.0.1:9011\" 115200", true, false, "127.0.0.1", 9011 },
    { "tcp:localhost:1 9600 history=10", true, false, "localhost", 1 },
    { "\"telnet:host.example:65535\"", true, true, "host.example", 65535 },
    { "\"tcp:::1:23\"", true, false, "::1", 23 },
    { "\"/dev/ttyS0\" 115200", false, false, "", 0 },
    { "\"tcp:localhost\" 115200", false, false, "", 0 },
    { "\"tcp::9011\"", false, false, "", 0 },
    { "\"tcp:localhost:0\"", false, false, "", 0 },
    { "\"tcp:localhost:65536\"", false, false, "", 0 },
    { "\"tcp:localhost:12x\"", false, false, "", 0 },
    { "\"tcp:a-name-that-is-much-longer-than-any-name-of-a-host-has-any-right-to-be.example:1\"",
      false, false, "", 0 },
};

START_TEST(reads_devices)
{
    struct stream_device d;

    ck_assert_int_eq(stream_parse(devices[_i].words, &d), devices[_i].good);
    if (!devices[_i].good)
        return;
    ck_assert_int_eq(d.telnet, devices[_i].telnet);
    ck_assert_str_eq(d.host, devices[_i].host);
    ck_assert_uint_eq(d.port, devices[_i].port);
}
END_TEST

static const struct {
    const char *why, *in;
    size_t len;
    const char *out;
} talks[] = {
    { "plain text", "hello", 5, "hello" },
    { "options", "\xff\xfb\x01\xff\xfe\x03login", 11, "login" },
    { "a doubled octet", "a\xff\xff" "b", 4, "a\xff" "b" },
    { "a subnegotiation", "x\xff\xfa\x18\x01\xff\xf0y", 8, "xy" },
    { "a command of one octet", "x\xff\xf1y", 4, "xy" },
};

/* Whole, and an octet at a time. */
START_TEST(takes_telnets_commands_out)
{
    uint8_t buf[32], state = 0;
    size_t len, left = 0;

    memcpy(buf, talks[_i].in, talks[_i].len);
    len = stream_untelnet(&state, buf, talks[_i].len);
    ck_assert_msg(len == strlen(talks[_i].out), "%s", talks[_i].why);
    ck_assert_mem_eq(buf, talks[_i].out, len);
    ck_assert_uint_eq(state, 0);
    memcpy(buf, talks[_i].in, talks[_i].len);
    for (size_t i = 0; i < talks[_i].len; i++) {
        uint8_t one = buf[i];

        if (stream_untelnet(&state, &one, 1) == 1)
            buf[left++] = one;
    }
    ck_assert_uint_eq(left, len);
    ck_assert_mem_eq(buf, talks[_i].out, len);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("stream", &t);

    tcase_add_loop_test(t, reads_devices, 0, sizeof devices / sizeof devices[0]);
    tcase_add_loop_test(t, takes_telnets_commands_out, 0, sizeof talks / sizeof talks[0]);
    return run_suite(s);
}
