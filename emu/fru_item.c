#include <string.h>

#include "emu/fru_compile.h"
#include "emu/fru_text.h"
#include "sim/base/hex.h"

#define GUID_OCTETS 16
#define DIGITS_MAX 9             /* of a number, with those behind the point */

/* ---- numbers ----------------------------------------------------------------------- */

static long long
power_of_ten(unsigned n)
{
    long long v = 1;

    while (n-- > 0)
        v *= 10;
    return v;
}

/* -12.25 in so many decimals, or any number when there are none. */
static bool
read_decimal(const struct token *t, unsigned decimals, long long *out)
{
    size_t i = t->len > 0 && t->text[0] == '-', digits = 0;
    bool point = false;
    unsigned behind = 0;
    struct number n;
    long long v = 0;

    if (decimals == 0 && number_read(t->text, t->len, &n) && n.magnitude < 1u << 31) {
        *out = n.negative ? -(long long)n.magnitude : (long long)n.magnitude;
        return true;
    }
    for (; i < t->len; i++) {
        if (t->text[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (t->text[i] < '0' || t->text[i] > '9' || ++digits > DIGITS_MAX)
            return false;
        behind += point;
        if (behind > decimals && t->text[i] != '0')
            return false;
        if (behind <= decimals)
            v = v * 10 + (t->text[i] - '0');
    }
    if (digits == 0)
        return false;
    v *= power_of_ten(behind < decimals ? decimals - behind : 0);
    *out = t->text[0] == '-' ? -v : v;
    return true;
}

static void
list_words(const struct keyword *words, char *to, size_t size)
{
    struct arg arg = { ARG_CHOICE, "value", 0, words, false };
    char text[128];

    to[0] = '\0';
    if (words == NULL)
        return;
    arg_expected(&arg, text, sizeof text);
    strncat(to, ", or", size - 1);
    strncat(to, text + strlen("the value:"), size - 1 - strlen(to));
}

static void
number_expected(struct fru_compile *c, const struct token *t, const struct fru_item *item,
                unsigned decimals, long long min, long long max)
{
    long long scale = power_of_ten(decimals);
    char words[128];

    list_words(item->words, words, sizeof words);
    if (decimals == 0)
        fru_broken(c, t, "the %s, %lld to %lld%s%s%s", item->name, min, max,
                   item->unit ? " " : "", item->unit ? item->unit : "", words);
    else
        fru_broken(c, t, "the %s, %.*f to %.*f%s%s in steps of %.*f%s", item->name,
                   (int)decimals, (double)min / (double)scale, (int)decimals,
                   (double)max / (double)scale, item->unit ? " " : "",
                   item->unit ? item->unit : "", (int)decimals,
                   (item->step ? item->step : 1) / (double)scale, words);
}

/* The unit may stand behind the number. */
static void
pass_unit(struct fru_compile *c, const struct fru_item *item)
{
    struct token t;

    if (item->unit != NULL && lex_peek(&c->lx, &t) && token_is(&t, item->unit))
        (void)lex_word(&c->lx, &t);
}

static bool
read_number(struct fru_compile *c, const struct fru_item *item, const uint8_t *data,
            uint32_t *out)
{
    unsigned decimals = fru_item_decimals(item, data);
    long long step = item->step ? item->step : 1, v;
    bool is_signed = item->kind == FRU_ITEM_INT;
    unsigned bits = is_signed ? item->bits - 1u : item->bits;
    long long max = (1ll << bits) - 1, min = is_signed ? -max - 1 : 0;
    struct token t;

    if (lex_word(&c->lx, &t)) {
        for (const struct keyword *k = item->words; k != NULL && k->name != NULL; k++)
            if (token_is(&t, k->name)) {
                *out = k->value;
                return true;
            }
        if (read_decimal(&t, decimals, &v) && v % step == 0 && v / step >= min &&
            v / step <= max) {
            *out = (uint32_t)(v / step);
            pass_unit(c, item);
            return true;
        }
    }
    number_expected(c, &t, item, decimals, min * step, max * step);
    return false;
}

static bool
read_guid(struct fru_compile *c, const struct fru_item *item, uint8_t *to)
{
    struct token t;

    if (lex_word(&c->lx, &t) && t.len == 2 * GUID_OCTETS && hex_read(t.text, to, GUID_OCTETS))
        return true;
    fru_broken(c, &t, "the %s, %d hexadecimal digits", item->name, 2 * GUID_OCTETS);
    return false;
}

static bool
read_flag(struct fru_compile *c, const struct fru_item *item, uint8_t *data)
{
    const struct arg arg = { ARG_BOOL, item->name, 0, NULL, false };
    struct value v;

    if (!arg_parse(&c->lx, &arg, &v)) {
        c->broken = true;
        return false;
    }
    fru_bits_put(data + item->at, item->bit, item->bits, v.n);
    return true;
}

static bool
read_ip4(struct fru_compile *c, const struct fru_item *item, uint8_t *to)
{
    const struct arg arg = { ARG_IP4, item->name, 0, NULL, false };
    struct value v;

    if (!arg_parse(&c->lx, &arg, &v)) {
        c->broken = true;
        return false;
    }
    memcpy(to, v.bytes, 4);
    return true;
}

/* A type/length octet and as much text as the item has room for. */
static void
read_field(struct fru_compile *c, const struct fru_item *item, const struct token *name,
           uint8_t *to)
{
    uint8_t field[1 + FRU_FIELD_MAX] = { 0 };

    if (!fru_field_value(c, false, field))
        return;
    if (1u + (field[0] & FRU_FIELD_MAX) > item->bits / 8u)
        fru_broken(c, name, "at most %u octets of it", item->bits / 8u - 1);
    else
        memcpy(to, field, 1u + (field[0] & FRU_FIELD_MAX));
}

/* Text up to the record's end; one such item makes the record. */
static bool
read_text(struct fru_compile *c, const struct fru_item *item, const struct token *name)
{
    struct fru_record_build *r = &c->record;
    struct token t;
    enum status st;

    if (r->any_text) {
        fru_broken(c, name, "one text in a record");
        return false;
    }
    r->any_text = true;
    r->fixed[0] = item->bit;
    if (item->kind == FRU_ITEM_TEXT_GUID) {
        r->tail_len = GUID_OCTETS;
        return read_guid(c, item, r->tail);
    }
    if (!lex_string(&c->lx, "the text", &t)) {
        c->broken = true;
        return false;
    }
    st = fru_text_encode(FRU_CODE_8BIT, t.text, t.len, r->tail, sizeof r->tail - 1,
                         &r->tail_len);
    if (st != ST_OK)
        fru_broken(c, &t, "at most %zu characters of Latin-1, in UTF-8", sizeof r->tail - 1);
    return st == ST_OK;
}

void
fru_read_item(struct fru_compile *c, const struct fru_item *item, const struct token *name)
{
    struct fru_record_build *r = &c->record;
    uint8_t *to = r->fixed + item->at;
    uint32_t v;

    switch (item->kind) {
    case FRU_ITEM_BOOL:
        (void)read_flag(c, item, r->fixed);
        break;
    case FRU_ITEM_IP4:
        (void)read_ip4(c, item, to);
        break;
    case FRU_ITEM_GUID:
        (void)read_guid(c, item, to);
        break;
    case FRU_ITEM_FIELD:
        read_field(c, item, name, to);
        return;
    case FRU_ITEM_TEXT:
    case FRU_ITEM_TEXT_GUID:
        if (!read_text(c, item, name))
            return;
        break;
    default:
        if (item->kind == FRU_ITEM_UNIT && r->any_current) {
            fru_broken(c, name, "%s before the currents", item->name);
            return;
        }
        r->any_current = r->any_current || item->kind == FRU_ITEM_CURRENT;
        if (read_number(c, item, r->fixed, &v))
            fru_bits_put(to, item->bit, item->bits, v);
        break;
    }
    fru_line_end(c);
}

bool
fru_read_columns(struct fru_compile *c, const struct fru_list *list, uint8_t *to)
{
    unsigned bit = 0;
    uint32_t v;

    for (size_t i = 0; i < list->column_count; i++) {
        const struct fru_item *column = &list->columns[i];

        if (column->kind == FRU_ITEM_GUID) {
            if (!read_guid(c, column, to + bit / 8))
                return false;
        } else {
            if (!read_number(c, column, to, &v))
                return false;
            fru_bits_put(to, bit, column->bits, v);
        }
        bit += column->bits;
    }
    fru_line_end(c);
    return true;
}
