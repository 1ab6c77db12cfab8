#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "emu/fru_compile.h"
#include "emu/fru_text.h"

void
fru_broken(struct fru_compile *c, const struct token *t, const char *expected, ...)
{
    char words[256];
    va_list args;

    va_start(args, expected);
    vsnprintf(words, sizeof words, expected, args);
    va_end(args);
    lex_wrong(&c->lx, t, "%s", words);
    c->lx.at = c->lx.line->len;
    c->broken = true;
}

void
fru_line_end(struct fru_compile *c)
{
    struct token t;

    if ((lex_word(&c->lx, &t) && t.text[0] != '#') || t.undefined)
        fru_broken(c, &t, "the end of the line");
}

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

bool
fru_number(struct fru_compile *c, const char *what, uint32_t min, uint32_t max,
           const struct keyword *words, uint32_t *out)
{
    const struct arg arg = { ARG_UINT, what, max, words, false };
    char expected[224];
    struct number n;
    struct token t;

    if (lex_word(&c->lx, &t)) {
        if (keyword_of(words, &t, out))
            return true;
        if (number_read(t.text, t.len, &n) && !n.negative && n.magnitude >= min &&
            n.magnitude <= max) {
            *out = (uint32_t)n.magnitude;
            return true;
        }
    }
    if (words != NULL)
        fru_broken(c, &t, "%s", arg_expected(&arg, expected, sizeof expected));
    else
        fru_broken(c, &t, "the %s, %u to %u", what, (unsigned)min, (unsigned)max);
    return false;
}

void
fru_octets(struct fru_compile *c, const char *what, uint8_t *to, size_t room, size_t *len)
{
    size_t count;

    if (!args_octets(&c->lx, what, to + *len, room - *len, &count))
        c->broken = true;
    *len += count;
}

static bool
is_string(const struct lexer *lx)
{
    struct lexer copy = *lx;
    const char *text = lx->line->text;

    while (copy.at < lx->line->len && (text[copy.at] == ' ' || text[copy.at] == '\t'))
        copy.at++;
    return copy.at < lx->line->len && strchr("\"'$", text[copy.at]) != NULL;
}

static bool
field_text(struct fru_compile *c, enum fru_code code, uint8_t *to, size_t *len)
{
    struct token t;
    enum status st;

    if (!lex_string(&c->lx, "the text", &t)) {
        c->broken = true;
        return false;
    }
    st = fru_text_encode(code, t.text, t.len, to, FRU_FIELD_MAX, len);
    if (st == ST_FULL)
        fru_broken(c, &t, "at most %u octets of text", FRU_FIELD_MAX);
    else if (st != ST_OK)
        fru_broken(c, &t, "UTF-8 text in characters that %s has", fru_code_word(code));
    if (st == ST_OK && code == FRU_CODE_8BIT && *len == 1) {
        lex_doubt(&c->lx, &t, "two characters, for one would end the area; a blank is added");
        to[(*len)++] = ' ';
    }
    fru_line_end(c);
    return st == ST_OK;
}

static bool
field_octets(struct fru_compile *c, enum fru_code code, const struct token *word, uint8_t *to,
             size_t *len)
{
    fru_octets(c, "octet", to, FRU_FIELD_MAX, len);
    if (*len == 1 && fru_code_type(code) == FRU_CODE_8BIT)
        fru_broken(c, word, "none or at least two octets, for one would end the area");
    return !c->broken;
}

bool
fru_field_value(struct fru_compile *c, bool wide, uint8_t to[1 + FRU_FIELD_MAX])
{
    enum fru_code code = wide ? FRU_CODE_UNICODE : FRU_CODE_8BIT;
    struct token t = { 0 };
    size_t len = 0;
    bool ok;

    if (!is_string(&c->lx)) {
        (void)lex_word(&c->lx, &t);
        for (code = FRU_CODE_BINARY; code <= FRU_CODE_UNICODE; code++)
            if (token_is(&t, fru_code_word(code)))
                break;
        if (code > FRU_CODE_UNICODE) {
            fru_broken(c, &t, "\"text\", or 8bit, 6bit, bcd, unicode or binary before it");
            return false;
        }
    }
    ok = code != FRU_CODE_BINARY && is_string(&c->lx)
             ? field_text(c, code, to + 1, &len)
             : field_octets(c, code, &t, to + 1, &len);
    to[0] = (uint8_t)(fru_code_type(code) << 6 | len);
    return ok;
}

void
fru_read_at(struct fru_compile *c)
{
    struct token t;
    uint32_t at;

    c->has_at = false;
    if (!lex_peek(&c->lx, &t) || !token_is(&t, "at"))
        return;
    (void)lex_word(&c->lx, &t);
    (void)lex_peek(&c->lx, &t);
    if (!fru_number(c, "offset", FRU_HEADER, FRU_AREA_MAX, NULL, &at))
        return;
    if (at % FRU_UNIT != 0)
        fru_broken(c, &t, "an offset that 8 divides");
    c->has_at = true;
    c->at = at;
}
