#include "sim/io/serial_port.h"

#include "sim/serial/serial_line.h"
#include "tests/lib/run.h"

static const struct {
    const char *words;
    bool good;
    const char *host;
    uint16_t port;
    uint8_t channel, codec;
    bool connect;
} lines[] = {
    { "15 localhost 9003 codec TerminalMode", true, "localhost", 9003, 15,
      SERIAL_CODEC_TERMINAL, false },
    { "2 127.0.0.1 1 connect codec Direct", true, "127.0.0.1", 1, 2, SERIAL_CODEC_BASIC, true },
    { "kcs ::1 65535 oem Radisys codec RadisysAscii ipmb 0x20 # word", true, "::1", 65535, 15,
      SERIAL_CODEC_RADISYS, false },
    { "15 localhost 9003 codec VM", false, "", 0, 0, 0, false },
    { "15 localhost 9003", false, "", 0, 0, 0, false },
    { "16 localhost 9003 codec Direct", false, "", 0, 0, 0, false },
    { "x localhost 9003 codec Direct", false, "", 0, 0, 0, false },
    { "15 localhost 0 codec Direct", false, "", 0, 0, 0, false },
    { "15 localhost 65536 codec Direct", false, "", 0, 0, 0, false },
    { "15 localhost port codec Direct", false, "", 0, 0, 0, false },
    { "15", false, "", 0, 0, 0, false },
    { "", false, "", 0, 0, 0, false },
};

START_TEST(reads_lines)
{
    struct serial_port_line l;

    ck_assert_msg(serial_port_parse(lines[_i].words, &l) == lines[_i].good, "%s",
                  lines[_i].words);
    if (!lines[_i].good)
        return;
    ck_assert_str_eq(l.host, lines[_i].host);
    ck_assert_uint_eq(l.port, lines[_i].port);
    ck_assert_uint_eq(l.channel, lines[_i].channel);
    ck_assert_uint_eq(l.codec, lines[_i].codec);
    ck_assert_int_eq(l.connect, lines[_i].connect);
}
END_TEST

int
main(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/io/serial_port", &c);

    tcase_add_loop_test(c, reads_lines, 0, sizeof lines / sizeof lines[0]);
    return run_suite(s);
}
