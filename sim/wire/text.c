#include "sim/wire/text.h"

#include <string.h>

#define PACKED_FIRST 0x20
#define PACKED_LAST  0x5f

static const char bcd_plus[16] = { '0', '1', '2', '3', '4', '5', '6', '7',
                                   '8', '9', ' ', '-', '.', ':', ',', '_' };

size_t
text_chars(enum text_code code, size_t octets)
{
    switch (code) {
    case TEXT_WIDE: return octets / 2;
    case TEXT_BCD_PLUS:
    case TEXT_BCD_LOW: return octets * 2;
    case TEXT_PACKED: return octets * 8 / 6;
    case TEXT_LATIN: break;
    }
    return octets;
}

size_t
text_octets(enum text_code code, size_t chars)
{
    switch (code) {
    case TEXT_WIDE: return chars * 2;
    case TEXT_BCD_PLUS:
    case TEXT_BCD_LOW: return (chars + 1) / 2;
    case TEXT_PACKED: return (chars * 6 + 7) / 8;
    case TEXT_LATIN: break;
    }
    return chars;
}

/* The six bits of character n. */
static unsigned
packed_get(const uint8_t *data, size_t len, size_t n)
{
    size_t bit = n * 6;
    size_t at = bit / 8;
    unsigned two = data[at];

    if (at + 1 < len)
        two |= (unsigned)data[at + 1] << 8;
    return two >> bit % 8 & 0x3f;
}

static void
packed_put(uint8_t *data, size_t len, size_t n, unsigned six)
{
    size_t bit = n * 6;
    size_t at = bit / 8;
    unsigned two = six << bit % 8;

    data[at] |= (uint8_t)two;
    if (at + 1 < len)
        data[at + 1] |= (uint8_t)(two >> 8);
}

/* How far up in its octet the nibble of character n is. */
static unsigned
nibble_shift(enum text_code code, size_t n)
{
    return (n % 2 == 0) == (code == TEXT_BCD_PLUS) ? 4 : 0;
}

static unsigned
char_at(enum text_code code, struct bytes data, size_t n)
{
    switch (code) {
    case TEXT_WIDE: return (unsigned)data.at[2 * n + 1] << 8 | data.at[2 * n];
    case TEXT_BCD_PLUS:
    case TEXT_BCD_LOW:
        return (uint8_t)bcd_plus[data.at[n / 2] >> nibble_shift(code, n) & 0x0f];
    case TEXT_PACKED: return PACKED_FIRST + packed_get(data.at, data.len, n);
    case TEXT_LATIN: break;
    }
    return data.at[n];
}

char *
text_decode(enum text_code code, struct bytes data, size_t chars, char *to, size_t size)
{
    size_t held = text_chars(code, data.len);
    size_t n = 0;

    if (size == 0)
        return to;
    if (chars > held)
        chars = held;
    for (; n < chars && n < size - 1; n++) {
        unsigned c = char_at(code, data, n);

        to[n] = c >= 0x20 && c < 0x7f ? (char)c : '?';
    }
    to[n] = '\0';
    return to;
}

/* Put one character over zeroed octets. False when the set lacks it. */
static bool
put(enum text_code code, uint8_t *data, size_t len, size_t n, char c)
{
    const char *nibble;

    switch (code) {
    case TEXT_WIDE: data[2 * n] = (uint8_t)c; return true;
    case TEXT_BCD_PLUS:
    case TEXT_BCD_LOW:
        nibble = memchr(bcd_plus, c, sizeof bcd_plus);
        if (nibble == NULL)
            return false;
        data[n / 2] |= (uint8_t)((nibble - bcd_plus) << nibble_shift(code, n));
        return true;
    case TEXT_PACKED:
        if (c < PACKED_FIRST || c > PACKED_LAST)
            return false;
        packed_put(data, len, n, (unsigned)(c - PACKED_FIRST));
        return true;
    case TEXT_LATIN: break;
    }
    data[n] = (uint8_t)c;
    return true;
}

bool
text_put(enum text_code code, const char *text, size_t chars, uint8_t *data, size_t len)
{
    if (len)
        memset(data, 0, len);
    for (size_t n = 0; n < chars; n++)
        if (!put(code, data, len, n, text[n]))
            return false;
    return true;
}

bool
text_encode(enum text_code code, const char *text, uint8_t *data, size_t len)
{
    size_t room = text_chars(code, len);
    size_t given = strlen(text);

    if (!text_put(code, text, given < room ? given : room, data, len))
        return false;
    for (size_t n = given; n < room; n++)
        if (!put(code, data, len, n, ' '))
            return false;
    return true;
}
