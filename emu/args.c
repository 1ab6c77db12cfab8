#include "emu/args.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "sim/base/hex.h"

/* ---- what is accepted, in words ------------------------------------------- */

static void
expected_words(const struct arg *arg, char *to, size_t size)
{
    for (const struct keyword *k = arg->words; k != NULL && k->name != NULL; k++) {
        size_t len = strlen(to);

        snprintf(to + len, size - len, "%s%s", k == arg->words ? "" : ", ", k->name);
        if (strlen(to) > size - 32) {     /* long lists are in the manual */
            strcat(to, " ...");
            return;
        }
    }
}

char *
arg_expected(const struct arg *arg, char *to, size_t size)
{
    char words[160] = "";
    uint32_t max = arg->max ? arg->max : arg->kind == ARG_UINT ? 0xffffffff : 0xff;

    expected_words(arg, words, sizeof words);
    switch (arg->kind) {
    case ARG_U8:
    case ARG_MC:
    case ARG_UINT:
        snprintf(to, size, "the %s, 0 to %u%s%s", arg->name, max, words[0] ? " or " : "", words);
        break;
    case ARG_BITS:
        snprintf(to, size, "the %s, %u characters 0 or 1", arg->name, arg->max);
        break;
    case ARG_BYTES:
        snprintf(to, size, "the %s, \"text\" or %u hexadecimal digits", arg->name,
                 2 * arg->max);
        break;
    case ARG_BOOL:
        snprintf(to, size, "the %s, true or false", arg->name);
        break;
    case ARG_CHOICE:
        snprintf(to, size, "the %s: %s", arg->name, words);
        break;
    case ARG_IP4:
        snprintf(to, size, "the %s, as in 192.0.2.1", arg->name);
        break;
    case ARG_MAC:
        snprintf(to, size, "the %s, as in 02:00:00:12:34:56", arg->name);
        break;
    default:
        snprintf(to, size, "the %s", arg->name);
        break;
    }
    return to;
}

/* Why a word that looks like a number is none. */
static const char *
number_hint(const struct token *t)
{
    struct number n;
    bool decimal = true;

    if (t->undefined || !number_is_bare_hex(t->text, t->len) ||
        number_read(t->text, t->len, &n))
        return "";
    for (size_t i = 0; i < t->len; i++)
        decimal = decimal && hex_digit(t->text[i]) < 10;
    return decimal ? " (0 in front means octal)" : " (hexadecimal begins with 0x)";
}

static bool
wrong(struct lexer *lx, const struct token *t, const struct arg *arg)
{
    bool number = arg->kind == ARG_U8 || arg->kind == ARG_MC || arg->kind == ARG_UINT;
    char words[224];

    lex_wrong(lx, t, "%s%s", arg_expected(arg, words, sizeof words),
              number ? number_hint(t) : "");
    return false;
}

/* ---- one kind of argument each ------------------------------------------- */

/* The value of a word in a list. */
static bool
keyword_of(const struct keyword *words, const struct token *t, uint32_t *out)
{
    for (; words != NULL && words->name != NULL; words++)
        if (token_is(t, words->name)) {
            *out = words->value;
            return true;
        }
    return false;
}

/* A number to so many bits, as ipmi_sim cuts it; cutting is worth a word. */
static uint32_t
cut(struct lexer *lx, const struct token *t, const struct number *n, const struct arg *arg)
{
    bool with_bus = arg->kind == ARG_MC && !n->negative && n->magnitude <= 0xfff;
    unsigned bits = arg->kind == ARG_UINT || with_bus ? 32 : 8;
    uint64_t mask = bits == 8 ? 0xff : 0xffffffff;
    uint64_t v = n->negative ? 0 - n->magnitude : n->magnitude;
    uint64_t most = n->negative ? (mask >> 1) + 1 : mask;

    if (n->magnitude > most)
        lex_doubt(lx, t, "the %s in %u bits; it is taken as %u", arg->name, bits,
                  (unsigned)(v & mask));
    return (uint32_t)(v & mask);
}

static bool
parse_number(struct lexer *lx, const struct token *t, const struct arg *arg, struct value *out)
{
    struct number n;

    if (keyword_of(arg->words, t, &out->n))
        return true;
    if (arg->kind != ARG_UINT && t->text[0] == '\'') {
        out->n = t->len > 1 ? (uint8_t)t->text[1] : 0;
    } else {
        if (!number_read(t->text, t->len, &n))
            return wrong(lx, t, arg);
        out->n = cut(lx, t, &n, arg);
    }
    return arg->max == 0 || out->n <= arg->max ? true : wrong(lx, t, arg);
}

static bool
parse_bits(struct lexer *lx, const struct token *t, const struct arg *arg, struct value *out)
{
    out->n = 0;
    if (t->len != arg->max)
        return wrong(lx, t, arg);
    for (size_t i = 0; i < t->len; i++) {
        if (t->text[i] != '0' && t->text[i] != '1')
            return wrong(lx, t, arg);
        out->n = out->n << 1 | (t->text[i] == '1');
    }
    return true;
}

static bool
parse_hex(struct lexer *lx, const struct token *t, const struct arg *arg, struct value *out)
{
    size_t octets = t->len / 2;

    if ((t->len != 32 && t->len != 2u * arg->max) || octets > arg->max ||
        !hex_read(t->text, out->bytes, octets)) {
        memset(out->bytes, 0, sizeof out->bytes);
        return wrong(lx, t, arg);
    }
    out->len = octets;
    return true;
}

/* "text" without blanks is a word of its own, inner quotes and all; with
 * blanks, which ipmi_sim refuses, it is a string. */
static bool
parse_bytes(struct lexer *lx, const struct arg *arg, struct value *out)
{
    struct lexer before = *lx;
    struct token t;

    if (!lex_word(lx, &t))
        return wrong(lx, &t, arg);
    out->at = t.at;
    if (t.text[0] != '"')
        return parse_hex(lx, &t, arg, out);
    if (t.len >= 2 && t.text[t.len - 1] == '"') {
        t.text++;
        t.len -= 2;
    } else {
        *lx = before;
        if (!lex_string(lx, arg->name, &t))
            return false;
    }
    if (t.len > arg->max)
        lex_doubt(lx, &t, "at most %u characters for the %s; the rest is cut off", arg->max,
                  arg->name);
    out->len = t.len > arg->max ? arg->max : t.len;
    if (out->len)
        memcpy(out->bytes, t.text, out->len);
    return true;
}

static bool
parse_bool(struct lexer *lx, const struct token *t, const struct arg *arg, struct value *out)
{
    static const struct keyword words[] = {
        { "true", 1 }, { "on", 1 }, { "yes", 1 }, { "1", 1 },
        { "false", 0 }, { "off", 0 }, { "no", 0 }, { "0", 0 },
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i].name) == t->len && strncasecmp(words[i].name, t->text, t->len) == 0) {
            out->n = words[i].value;
            return true;
        }
    return wrong(lx, t, arg);
}

/* Numbers between separators, each at most 255, in base 10 or 16. */
static bool
parse_octet_list(const struct token *t, char separator, size_t count, bool hex, uint8_t *to)
{
    const char *at = t->text, *end = t->text + t->len;

    for (size_t i = 0; i < count; i++) {
        unsigned v = 0, digits = 0;

        for (; at < end && *at != separator; at++, digits++) {
            int d = hex_digit(*at);

            if (d < 0 || (!hex && d > 9) || digits == 3)
                return false;
            v = v * (hex ? 16u : 10u) + (unsigned)d;
        }
        if (digits == 0 || v > 255 || (i + 1 < count) != (at < end))
            return false;
        to[i] = (uint8_t)v;
        at++;
    }
    return true;
}

static bool
parse_word(struct lexer *lx, const struct token *t, const struct arg *arg, struct value *out)
{
    switch (arg->kind) {
    case ARG_U8:
    case ARG_MC:
    case ARG_UINT:
        return parse_number(lx, t, arg, out);
    case ARG_BITS:
        return parse_bits(lx, t, arg, out);
    case ARG_BOOL:
        return parse_bool(lx, t, arg, out);
    case ARG_CHOICE:
        return keyword_of(arg->words, t, &out->n) ? true : wrong(lx, t, arg);
    case ARG_IP4:
        return parse_octet_list(t, '.', 4, false, out->bytes) ? true : wrong(lx, t, arg);
    case ARG_MAC:
        return parse_octet_list(t, ':', 6, true, out->bytes) ? true : wrong(lx, t, arg);
    default:
        out->text = pool_text(lx->pool, t->text, t->len);
        out->len = t->len;
        return out->text != NULL;
    }
}

bool
arg_of_token(struct lexer *lx, const struct token *t, const struct arg *arg, struct value *out)
{
    memset(out, 0, sizeof *out);
    out->given = true;
    out->at = t->at;
    return parse_word(lx, t, arg, out);
}

bool
arg_parse(struct lexer *lx, const struct arg *arg, struct value *out)
{
    char words[224];
    struct token t;

    memset(out, 0, sizeof *out);
    out->given = true;
    if (arg->kind == ARG_BYTES)
        return parse_bytes(lx, arg, out);
    if (arg->kind == ARG_STRING) {
        bool ok = lex_string(lx, arg_expected(arg, words, sizeof words), &t);

        out->at = t.at;
        out->text = t.text;
        out->len = t.len;
        return ok;
    }
    if (!lex_word(lx, &t))
        return wrong(lx, &t, arg);
    return arg_of_token(lx, &t, arg, out);
}

bool
args_parse(struct lexer *lx, const struct arg *args, struct value out[ARGS_MAX])
{
    bool all = true;
    struct token t;

    memset(out, 0, ARGS_MAX * sizeof *out);
    for (size_t i = 0; i < ARGS_MAX && args[i].kind != ARG_NONE; i++) {
        bool end = !lex_peek(lx, &t) && !t.undefined;

        if (end && args[i].optional)
            break;
        all = arg_parse(lx, &args[i], &out[i]) && all;
        if (end)
            break;        /* one complaint about a line that is too short */
    }
    return all;
}

bool
args_octets(struct lexer *lx, const char *what, uint8_t *to, size_t size, size_t *count)
{
    const struct arg octet = { ARG_U8, what, 0, NULL, false };
    struct value v;
    struct token t;
    bool all = true;

    *count = 0;
    while (lex_word(lx, &t)) {
        if (*count == size) {
            lex_wrong(lx, &t, "at most %zu octets", size);
            return false;
        }
        if (!arg_of_token(lx, &t, &octet, &v)) {
            all = false;
            continue;
        }
        to[(*count)++] = (uint8_t)v.n;
    }
    if (t.undefined)
        lex_doubt(lx, &t, "one that define has set; the line ends before it");
    return all;
}
