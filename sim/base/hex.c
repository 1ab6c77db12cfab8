#include "sim/base/hex.h"

int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

char *
hex_print(struct bytes span, char *to, size_t size)
{
    static const char digits[] = "0123456789abcdef";
    size_t o = 0;

    for (size_t i = 0; i < span.len && o + 2 < size; i++) {
        to[o++] = digits[span.at[i] >> 4];
        to[o++] = digits[span.at[i] & 15];
    }
    if (size)
        to[o] = '\0';
    return to;
}

bool
hex_read(const char *text, uint8_t *to, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        int hi = hex_digit(text[2 * i]);
        int lo = hi < 0 ? -1 : hex_digit(text[2 * i + 1]);

        if (lo < 0)
            return false;
        to[i] = (uint8_t)(hi << 4 | lo);
    }
    return true;
}
