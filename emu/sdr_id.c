#include "emu/sdr_id.h"

#include <string.h>

static const char bcd_digits[] = "0123456789 -.:,_";

static int
bcd_of(char c)
{
    const char *at = c ? strchr(bcd_digits, c) : NULL;

    return at ? (int)(at - bcd_digits) : -1;
}

static bool
is_6bit(char c)
{
    return c >= 0x20 && c <= 0x5f;
}

enum sdr_id_code
sdr_id_shortest(const char *text, size_t len)
{
    enum sdr_id_code code = SDR_ID_BCD;

    for (size_t i = 0; i < len; i++) {
        if (!is_6bit(text[i]))
            return SDR_ID_8BIT;
        if (bcd_of(text[i]) < 0)
            code = SDR_ID_6BIT;
    }
    return code;
}

static size_t
put_bcd(const char *text, size_t len, uint8_t *to)
{
    for (size_t i = 0; i < len; i++) {
        int digit = bcd_of(text[i]);

        if (digit < 0)
            return 0;
        to[1 + i / 2] |= (uint8_t)(digit << (i % 2 ? 4 : 0));
    }
    return 1 + (len + 1) / 2;
}

/* Four characters in three octets, the first in the lowest bits. */
static size_t
put_6bit(const char *text, size_t len, uint8_t *to)
{
    for (size_t i = 0; i < len; i++) {
        unsigned bit = (unsigned)(6 * i % 8), v = (unsigned)(text[i] - 0x20) << bit;
        uint8_t *at = to + 1 + 6 * i / 8;

        if (!is_6bit(text[i]))
            return 0;
        at[0] |= (uint8_t)v;
        if (v > 0xff)
            at[1] |= (uint8_t)(v >> 8);
    }
    return 1 + (6 * len + 7) / 8;
}

size_t
sdr_id_encode(enum sdr_id_code code, const char *text, size_t len,
              uint8_t to[SDR_ID_OCTETS_MAX])
{
    size_t chars = code == SDR_ID_8BIT && len == 1 ? 2 : len;

    if (len > SDR_ID_CHARS_MAX)
        return 0;
    memset(to, 0, SDR_ID_OCTETS_MAX);
    to[0] = (uint8_t)((unsigned)code << 6 | chars);
    if (code == SDR_ID_BCD)
        return put_bcd(text, len, to);
    if (code == SDR_ID_6BIT)
        return put_6bit(text, len, to);
    if (len)
        memcpy(to + 1, text, len);
    return 1 + chars;
}

bool
sdr_id_decode(struct bytes id, char to[SDR_ID_CHARS_MAX], size_t *len, enum sdr_id_code *code)
{
    uint8_t again[SDR_ID_OCTETS_MAX] = { 0 };
    uint8_t in[SDR_ID_OCTETS_MAX + 1] = { 0 };
    unsigned type;

    if (id.len == 0 || id.len > SDR_ID_OCTETS_MAX)
        return false;
    memcpy(in, id.at, id.len);
    type = in[0] >> 6;
    *len = in[0] & 0x3f;
    if (type == 0)
        return false;
    *code = (enum sdr_id_code)type;
    for (size_t i = 0; i < *len; i++) {
        if (type == SDR_ID_BCD)
            to[i] = bcd_digits[in[1 + i / 2] >> (i % 2 ? 4 : 0) & 15];
        else if (type == SDR_ID_6BIT)
            to[i] = (char)(0x20 + ((in[1 + 6 * i / 8] | in[2 + 6 * i / 8] << 8) >> (6 * i % 8) &
                                   0x3f));
        else
            to[i] = (char)in[1 + i];
    }
    if (type == SDR_ID_8BIT && *len == 2 && to[1] == '\0')
        *len = 1;
    for (size_t i = 0; i < *len; i++)
        if (to[i] < 0x20 || to[i] == 0x7f)
            return false;
    return sdr_id_encode(*code, to, *len, again) == id.len && memcmp(again, in, id.len) == 0;
}
