#include "sim/wire/serial_text.h"

#include <string.h>

#define BACKSPACE 0x08
#define DELETE    0x7f
#define CR        '\r'

static int
digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void
put(struct serial_text *t, uint8_t c)
{
    if (c == BACKSPACE || c == DELETE) {
        if (t->len > 0)
            t->len--;
    } else if (t->len == sizeof t->line) {
        t->too_long = true;
    } else {
        t->line[t->len++] = (char)c;
    }
}

/* Octets replace their digits, in place. False: they are none, from *at on. */
static bool
decode(struct serial_text *t, size_t *at, size_t *octets)
{
    *octets = 0;
    for (*at = 0; *at < t->len; *at += 2) {
        int high, low;

        while (*at < t->len && is_blank(t->line[*at]))
            ++*at;
        if (*at == t->len)
            return true;
        high = digit(t->line[*at]);
        low = *at + 1 < t->len ? digit(t->line[*at + 1]) : -1;
        if (high < 0 || low < 0 || *octets == SERIAL_TEXT_MESSAGE_MAX)
            return false;
        t->line[(*octets)++] = (char)(high << 4 | low);
    }
    return true;
}

/* The line is whole. */
static enum serial_text_event
end(struct serial_text *t, struct bytes *got)
{
    size_t at, octets;

    t->inside = false;
    if (t->too_long)
        return SERIAL_TEXT_BAD;
    if (decode(t, &at, &octets)) {
        *got = bytes_of(t->line, octets);
        return SERIAL_TEXT_MESSAGE;
    }
    *got = bytes_of(t->line, t->len);
    return octets == 0 ? SERIAL_TEXT_WORDS : SERIAL_TEXT_BAD;
}

static void
begin(struct serial_text *t)
{
    t->inside = true;
    t->too_long = false;
    t->len = 0;
}

enum serial_text_event
serial_text_terminal(struct serial_text *t, uint8_t c, struct bytes *got)
{
    if (c == '[')
        begin(t);
    else if (t->inside && c == ']')
        return end(t, got);
    else if (t->inside)
        put(t, c);
    return SERIAL_TEXT_MORE;
}

enum serial_text_event
serial_text_radisys(struct serial_text *t, uint8_t c, struct bytes *got)
{
    if (!t->inside)
        begin(t);
    if (c != CR) {
        put(t, c);
        return SERIAL_TEXT_MORE;
    }
    if (end(t, got) != SERIAL_TEXT_MESSAGE)
        return SERIAL_TEXT_BAD;
    return got->len > 0 ? SERIAL_TEXT_MESSAGE : SERIAL_TEXT_MORE;
}

static void
put_octet(struct wr *out, uint8_t octet)
{
    static const char digits[] = "0123456789ABCDEF";

    wr_u8(out, (uint8_t)digits[octet >> 4]);
    wr_u8(out, (uint8_t)digits[octet & 0x0f]);
}

void
serial_text_build_terminal(struct wr *out, struct bytes message)
{
    wr_u8(out, '[');
    for (size_t i = 0; i < message.len; i++) {
        if (i > 0)
            wr_u8(out, ' ');
        put_octet(out, message.at[i]);
    }
    wr_bytes(out, "]\r\n", 3);
}

void
serial_text_build_radisys(struct wr *out, struct bytes message)
{
    for (size_t i = 0; i < message.len; i++)
        put_octet(out, message.at[i]);
    wr_u8(out, CR);
}
