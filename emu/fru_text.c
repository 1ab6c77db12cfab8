#include "emu/fru_text.h"

#include <stdio.h>
#include <string.h>

#include "sim/wire/text.h"

#define MINUTES_A_DAY 1440
#define MINUTES_MAX 0xffffffu      /* the field has 24 bits */
#define FIRST_YEAR 1996
#define LAST_YEAR 2027             /* in which those minutes end */
#define BMP_LAST 0xffffu

const char *
fru_code_word(enum fru_code code)
{
    static const char *const words[] = { "binary", "bcd", "6bit", "8bit", "unicode" };

    return words[code];
}

unsigned
fru_code_type(enum fru_code code)
{
    return code == FRU_CODE_UNICODE ? FRU_CODE_8BIT : code;
}

/* ---- UTF-8 ------------------------------------------------------------------------- */

/* The next character of up to 16 bits; 0 when there is none such. */
static unsigned
utf8_next(const char **at, const char *end)
{
    const uint8_t *p = (const uint8_t *)*at;
    size_t left = (size_t)(end - *at), n = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : 3;
    unsigned c = n == 1 ? p[0] : n == 2 ? p[0] & 0x1fu : p[0] & 0x0fu;

    if (n > left || p[0] >= 0xf0 || (p[0] >= 0x80 && p[0] < 0xc2))
        return 0;
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3fu);
    }
    *at += n;
    return n == 3 && c < 0x800 ? 0 : c;
}

static size_t
utf8_put(unsigned c, char *to)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xc0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    to[0] = (char)(0xe0 | c >> 12);
    to[1] = (char)(0x80 | (c >> 6 & 0x3f));
    to[2] = (char)(0x80 | (c & 0x3f));
    return 3;
}

/* Controls and the halves of surrogate pairs are no text. */
static bool
is_text(unsigned c)
{
    return (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c < 0xd800) ||
           (c >= 0xe000 && c < BMP_LAST - 1);
}

/* ---- encodings --------------------------------------------------------------------- */

/* BCD plus and packed ASCII, as sim/wire has them. */
static enum status
encode_small(enum text_code code, const char *text, size_t len, uint8_t *to, size_t room,
             size_t *count)
{
    char ended[2 * FRU_TEXT_MAX + 1];

    *count = text_octets(code, len);
    if (*count > room || len >= sizeof ended)
        return ST_FULL;
    if (memchr(text, '\0', len) != NULL)
        return ST_INVALID;
    memcpy(ended, text, len);
    ended[len] = '\0';
    return text_encode(code, ended, to, *count) ? ST_OK : ST_INVALID;
}

static enum status
encode_wide(bool wide, const char *text, size_t len, uint8_t *to, size_t room, size_t *count)
{
    const char *end = text + len;

    for (*count = 0; text < end;) {
        unsigned c = utf8_next(&text, end);

        if (!is_text(c) || (!wide && c > 0xff))
            return ST_INVALID;
        if (*count + (wide ? 2 : 1) > room)
            return ST_FULL;
        to[(*count)++] = (uint8_t)c;
        if (wide)
            to[(*count)++] = (uint8_t)(c >> 8);
    }
    return ST_OK;
}

enum status
fru_text_encode(enum fru_code code, const char *text, size_t len, uint8_t *to, size_t room,
                size_t *count)
{
    *count = 0;
    if (code == FRU_CODE_BINARY)
        return ST_INVALID;
    if (len == 0)
        return ST_OK;
    if (code == FRU_CODE_BCD || code == FRU_CODE_6BIT)
        return encode_small((enum text_code)code, text, len, to, room, count);
    return encode_wide(code == FRU_CODE_UNICODE, text, len, to, room, count);
}

static bool
decode_wide(bool wide, struct bytes octets, char *to)
{
    size_t step = wide ? 2 : 1, len = 0;

    if (octets.len % step != 0)
        return false;
    for (size_t i = 0; i < octets.len; i += step) {
        unsigned c = octets.at[i];

        if (wide)
            c |= (unsigned)octets.at[i + 1] << 8;
        if (!is_text(c))
            return false;
        len += utf8_put(c, to + len);
    }
    to[len] = '\0';
    return true;
}

bool
fru_text_decode(enum fru_code code, struct bytes octets, char to[FRU_TEXT_SIZE])
{
    uint8_t again[FRU_TEXT_MAX];
    size_t count;

    if (octets.len > FRU_TEXT_MAX || code == FRU_CODE_BINARY)
        return false;
    if (octets.len == 0)
        to[0] = '\0';
    else if (code == FRU_CODE_BCD || code == FRU_CODE_6BIT)
        text_decode((enum text_code)code, octets, SIZE_MAX, to, FRU_TEXT_SIZE);
    else if (!decode_wide(code == FRU_CODE_UNICODE, octets, to))
        return false;
    if (fru_text_encode(code, to, strlen(to), again, sizeof again, &count) != ST_OK)
        return false;
    return count == octets.len && (count == 0 || memcmp(again, octets.at, count) == 0);
}

/* ---- dates ------------------------------------------------------------------------- */

static bool
is_leap(unsigned year)
{
    return year % 4 == 0;          /* from 1996 to 2027 that is all */
}

static unsigned
days_in(unsigned year, unsigned month)
{
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Digits by a pattern in which letters stand for digits. */
static bool
digits_by(const char *text, size_t len, const char *pattern, unsigned v[5])
{
    static const char letters[] = "YMDhm";

    if (len != strlen(pattern))
        return false;
    for (size_t i = 0; i < len; i++) {
        const char *letter = strchr(letters, pattern[i]);

        if (letter == NULL && text[i] != pattern[i])
            return false;
        if (letter == NULL)
            continue;
        if (text[i] < '0' || text[i] > '9')
            return false;
        v[letter - letters] = v[letter - letters] * 10 + (unsigned)(text[i] - '0');
    }
    return true;
}

bool
fru_date_read(const char *text, size_t len, uint32_t *minutes)
{
    unsigned v[5] = { 0 }, w[5] = { 0 }, *d = v;
    uint32_t days = 0;

    if (!digits_by(text, len, "YYYY-MM-DDThh:mm", v)) {
        d = w;
        if (!digits_by(text, len, "YYYY-MM-DD", w))
            return false;
    }
    if (d[0] < FIRST_YEAR || d[0] > LAST_YEAR || d[1] < 1 || d[1] > 12 || d[2] < 1 ||
        d[2] > days_in(d[0], d[1]) || d[3] > 23 || d[4] > 59)
        return false;
    for (unsigned y = FIRST_YEAR; y < d[0]; y++)
        days += is_leap(y) ? 366 : 365;
    for (unsigned m = 1; m < d[1]; m++)
        days += days_in(d[0], m);
    *minutes = (days + d[2] - 1) * MINUTES_A_DAY + d[3] * 60 + d[4];
    return *minutes <= MINUTES_MAX;
}

char *
fru_date_print(uint32_t minutes, char to[FRU_DATE_SIZE])
{
    unsigned days = minutes / MINUTES_A_DAY, rest = minutes % MINUTES_A_DAY;
    unsigned year = FIRST_YEAR, month = 1;

    for (; days >= (is_leap(year) ? 366u : 365u); year++)
        days -= is_leap(year) ? 366 : 365;
    for (; days >= days_in(year, month); month++)
        days -= days_in(year, month);
    snprintf(to, FRU_DATE_SIZE, "%04u-%02u-%02uT%02u:%02u", year % 10000, month, days + 1,
             rest / 60, rest % 60);
    return to;
}
