#include "emu/sdr_id.h"

#include <string.h>

#include "sim/wire/text.h"

static bool
is_bcd(char c)
{
    uint8_t octet;

    return text_put(TEXT_BCD_LOW, &c, 1, &octet, 1);
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
        if (!is_bcd(text[i]))
            code = SDR_ID_6BIT;
    }
    return code;
}

size_t
sdr_id_encode(enum sdr_id_code code, const char *text, size_t len,
              uint8_t to[SDR_ID_OCTETS_MAX])
{
    size_t chars = code == SDR_ID_8BIT && len == 1 ? 2 : len;
    size_t octets = text_octets(text_code_of_sdr(code), chars);

    if (len > SDR_ID_CHARS_MAX)
        return 0;
    memset(to, 0, SDR_ID_OCTETS_MAX);
    to[0] = (uint8_t)((unsigned)code << 6 | chars);
    return text_put(text_code_of_sdr(code), text, len, to + 1, octets) ? 1 + octets : 0;
}

bool
sdr_id_decode(struct bytes id, char to[SDR_ID_CHARS_MAX], size_t *len, enum sdr_id_code *code)
{
    uint8_t again[SDR_ID_OCTETS_MAX];
    char text[SDR_ID_CHARS_MAX + 1] = "";
    unsigned type;

    if (id.len == 0 || id.len > SDR_ID_OCTETS_MAX)
        return false;
    type = id.at[0] >> 6;
    if (type == TEXT_WIDE)
        return false;
    text_decode(text_code_of_sdr(type), bytes_of(id.at + 1, id.len - 1),
                id.at[0] & SDR_ID_CHARS_MAX, text, sizeof text);
    *code = (enum sdr_id_code)type;
    *len = id.at[0] & SDR_ID_CHARS_MAX;
    if (type == SDR_ID_8BIT && id.len == 3 && *len == 2 && id.at[2] == '\0')
        *len = 1;
    memcpy(to, text, *len);
    return sdr_id_encode(*code, to, *len, again) == id.len && memcmp(again, id.at, id.len) == 0;
}
