#include "sim/wire/serial_text.h"

#include <string.h>

#include "tests/lib/run.h"

typedef enum serial_text_event take_fn(struct serial_text *, uint8_t, struct bytes *);

static const struct {
    const char *line;
    take_fn *take;
    enum serial_text_event last;
    const char *got;
    size_t len;
} lines[] = {
    { "[180022]", serial_text_terminal, SERIAL_TEXT_MESSAGE, "\x18\x00\x22", 3 },
    { "[18 00 22]", serial_text_terminal, SERIAL_TEXT_MESSAGE, "\x18\x00\x22", 3 },
    { "[ 18\t00  2a fF ]", serial_text_terminal, SERIAL_TEXT_MESSAGE, "\x18\x00\x2a\xff", 4 },
    { "[]", serial_text_terminal, SERIAL_TEXT_MESSAGE, "", 0 },
    { "login: [18]", serial_text_terminal, SERIAL_TEXT_MESSAGE, "\x18", 1 },
    { "[18 00[19]", serial_text_terminal, SERIAL_TEXT_MESSAGE, "\x19", 1 },
    { "[18 03\b2]", serial_text_terminal, SERIAL_TEXT_MESSAGE, "\x18\x02", 2 },
    { "[\b\x7f" "18]", serial_text_terminal, SERIAL_TEXT_MESSAGE, "\x18", 1 },
    { "[SYS HEALTH QUERY]", serial_text_terminal, SERIAL_TEXT_WORDS, "SYS HEALTH QUERY", 16 },
    { "[18 0]", serial_text_terminal, SERIAL_TEXT_BAD, NULL, 0 },
    { "[18 xy]", serial_text_terminal, SERIAL_TEXT_BAD, NULL, 0 },
    { "180022]", serial_text_terminal, SERIAL_TEXT_MORE, NULL, 0 },
    { "2018C88104017A\r", serial_text_radisys, SERIAL_TEXT_MESSAGE,
      "\x20\x18\xc8\x81\x04\x01\x7a", 7 },
    { "\r", serial_text_radisys, SERIAL_TEXT_MORE, NULL, 0 },
    { "\n20\r", serial_text_radisys, SERIAL_TEXT_MESSAGE, "\x20", 1 },
    { "2g\r", serial_text_radisys, SERIAL_TEXT_BAD, NULL, 0 },
};

START_TEST(takes_lines)
{
    const char *line = lines[_i].line;
    size_t len = strlen(line);
    struct serial_text t = { .len = 0 };
    struct bytes got;

    for (size_t i = 0; i + 1 < len; i++)
        ck_assert_int_eq(lines[_i].take(&t, (uint8_t)line[i], &got), SERIAL_TEXT_MORE);
    ck_assert_msg(lines[_i].take(&t, (uint8_t)line[len - 1], &got) == lines[_i].last, "%s", line);
    if (lines[_i].got == NULL)
        return;
    ck_assert_uint_eq(got.len, lines[_i].len);
    ck_assert_mem_eq(got.at, lines[_i].got, got.len);
}
END_TEST

START_TEST(builds_lines)
{
    static const uint8_t octets[] = { 0x1c, 0x00, 0xab };
    char text[32];
    struct wr w = wr_of(text, sizeof text);

    serial_text_build_terminal(&w, bytes_of(octets, sizeof octets));
    serial_text_build_radisys(&w, bytes_of(octets, sizeof octets));
    ck_assert_uint_eq(wr_len(&w), 19);
    ck_assert_mem_eq(text, "[1C 00 AB]\r\n1C00AB\r", 19);
}
END_TEST

START_TEST(has_a_bound)
{
    struct serial_text t = { .len = 0 };
    struct bytes got;

    (void)serial_text_terminal(&t, '[', &got);
    for (unsigned i = 0; i <= SERIAL_TEXT_LINE_MAX; i++)
        (void)serial_text_terminal(&t, '0', &got);
    ck_assert_int_eq(serial_text_terminal(&t, ']', &got), SERIAL_TEXT_BAD);
    (void)serial_text_terminal(&t, '[', &got);
    for (unsigned i = 0; i < 2 * SERIAL_TEXT_MESSAGE_MAX; i++)
        (void)serial_text_terminal(&t, '0', &got);
    ck_assert_int_eq(serial_text_terminal(&t, ']', &got), SERIAL_TEXT_MESSAGE);
    ck_assert_uint_eq(got.len, SERIAL_TEXT_MESSAGE_MAX);
    (void)serial_text_terminal(&t, '[', &got);
    for (unsigned i = 0; i < 2 * SERIAL_TEXT_MESSAGE_MAX + 2; i++)
        (void)serial_text_terminal(&t, '0', &got);
    ck_assert_int_eq(serial_text_terminal(&t, ']', &got), SERIAL_TEXT_BAD);
}
END_TEST

int
main(void)
{
    TCase *c;
    Suite *s = run_suite_of("sim/wire/serial_text", &c);

    tcase_add_loop_test(c, takes_lines, 0, sizeof lines / sizeof lines[0]);
    tcase_add_test(c, builds_lines);
    tcase_add_test(c, has_a_bound);
    return run_suite(s);
}
