#include "emu/fault_value.h"

#include <string.h>

#define ANY_OCTET (-1)
#define PPM_OF_PERCENT 10000u
#define PERCENT_DECIMALS 4

struct token
fault_token_part(const struct token *t, size_t from, size_t len)
{
    struct token part = { t->text + from, len, t->at, false };

    part.at.column += (int)from;
    return part;
}

bool
fault_number(const struct token *t, uint32_t max, uint32_t *out)
{
    struct number n;

    if (!number_read(t->text, t->len, &n) || n.negative || n.magnitude > max)
        return false;
    *out = (uint32_t)n.magnitude;
    return true;
}

static bool
span_of(const struct token *t, instant *out)
{
    static const struct {
        const char *word;
        uint64_t ns;
    } units[] = {
        { "ns", 1 }, { "us", 1000 }, { "ms", 1000000 }, { "s", 1000000000 },
        { "min", 60 * UINT64_C(1000000000) }, { "h", 3600 * UINT64_C(1000000000) },
    };
    uint64_t n = 0;
    size_t digits = 0;

    for (; digits < t->len && t->text[digits] >= '0' && t->text[digits] <= '9'; digits++) {
        if (n > (UINT64_MAX - 9) / 10)
            return false;
        n = 10 * n + (uint64_t)(t->text[digits] - '0');
    }
    for (size_t i = 0; digits && i < sizeof units / sizeof units[0]; i++) {
        struct token unit = fault_token_part(t, digits, t->len - digits);

        if (token_is(&unit, units[i].word) && n <= UINT64_MAX / units[i].ns) {
            *out = n * units[i].ns;
            return true;
        }
    }
    return false;
}

/* "5%", "0.25%", in parts per million; the sign may be missing after a key. */
static bool
chance_of(const struct token *t, uint32_t *ppm)
{
    size_t len = t->len && t->text[t->len - 1] == '%' ? t->len - 1 : t->len;
    uint32_t n = 0, decimals = 0;
    bool point = false;

    if (len == 0 || t->text[0] == '.' || t->text[len - 1] == '.')
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = t->text[i];

        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9' || n > 1000000 || (point && ++decimals > PERCENT_DECIMALS))
            return false;
        n = 10 * n + (uint32_t)(c - '0');
    }
    for (; decimals < PERCENT_DECIMALS && n <= 1000000; decimals++)
        n *= 10;
    *ppm = n;
    return n > 0 && n <= 100 * PPM_OF_PERCENT;
}

static bool
dir_of(const struct token *t, int *out)
{
    *out = token_is(t, "in") ? TAP_TO_BMC : TAP_FROM_BMC;
    return token_is(t, "in") || token_is(t, "out");
}

static bool
place_of(const struct token *t, enum fault_place *out)
{
    static const char *const words[FAULT_PLACES] = {
        [FAULT_AT_FRAME] = "frame",
        [FAULT_AT_HEADER_SUM] = "header-sum",
        [FAULT_AT_DATA] = "data",
        [FAULT_AT_DATA_SUM] = "data-sum",
    };

    for (int i = 0; i < FAULT_PLACES; i++)
        if (token_is(t, words[i])) {
            *out = (enum fault_place)i;
            return true;
        }
    return false;
}

static bool
segment_of(const struct token *t, struct fault_rule *rule)
{
    for (size_t from = 0; from <= t->len;) {
        const char *comma = memchr(t->text + from, ',', t->len - from);
        size_t end = comma ? (size_t)(comma - t->text) : t->len;
        struct token one = fault_token_part(t, from, end - from);
        uint32_t address;

        if (!fault_number(&one, 0xfe, &address) || address == 0 || address & 1)
            return false;
        fault_set_add(rule, (uint8_t)address);
        from = end + 1;
    }
    return true;
}

static bool
octet_of(const struct token *t, uint32_t max, int *out)
{
    uint32_t n = 0;

    if (!token_is(t, "any") && !fault_number(t, max, &n))
        return false;
    *out = token_is(t, "any") ? ANY_OCTET : (int)n;
    return true;
}

void
fault_keep_name(struct fault_words *out, const char *text, size_t len)
{
    size_t n = 0;

    for (; n < len && n < FAULT_NAME_MAX; n++)
        out->name[n] = text[n] >= ' ' && text[n] <= '~' ? text[n] : '?';
    out->name[n] = '\0';
}

static bool
name_of(const struct token *t, struct fault_words *out)
{
    if (t->len == 0 || t->len > FAULT_NAME_MAX)
        return false;
    fault_keep_name(out, t->text, t->len);
    return true;
}

bool
fault_value(struct fault_words *out, const struct fault_key *key, const struct token *t)
{
    void *to = (char *)&out->rule + key->member;
    uint32_t n = 0;
    bool good;

    switch (key->kind) {
    case VALUE_OCTET: return octet_of(t, key->max, to);
    case VALUE_SPAN: return span_of(t, to);
    case VALUE_CHANCE: return chance_of(t, to);
    case VALUE_DIR: return dir_of(t, to);
    case VALUE_PART: return place_of(t, to);
    case VALUE_SEGMENT: return segment_of(t, &out->rule);
    case VALUE_NAME: return name_of(t, out);
    default: break;
    }
    good = fault_number(t, key->max, &n);
    if (good && key->kind == VALUE_INT)
        *(int *)to = (int)n;
    else if (good && key->kind == VALUE_U32)
        *(uint32_t *)to = n;
    else if (good)
        *(uint8_t *)to = (uint8_t)n;
    return good;
}
