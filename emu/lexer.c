#include "emu/lexer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/hex.h"

void
lexer_open(struct lexer *lx, const struct line *line, const struct vars *vars,
           struct pool *pool, struct diags *diags)
{
    *lx = (struct lexer){ line, 0, 0, vars, pool, diags };
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void
skip_blanks(struct lexer *lx)
{
    while (lx->at < lx->line->len && is_blank(lx->line->text[lx->at]))
        lx->at++;
}

/* The end of the line as a token: just after its last word. */
static bool
at_end(struct lexer *lx, struct token *t)
{
    *t = (struct token){ "", 0, line_place(lx->line, lx->past), false };
    return false;
}

/* Put the value of a $name in its place. */
static bool
expand(struct lexer *lx, struct token *t)
{
    const char *value = vars_get(lx->vars, t->text + 1, t->len - 1);

    if (value == NULL) {
        t->undefined = true;
        lx->at = lx->line->len;
        return false;
    }
    t->text = value;
    t->len = strlen(value);
    return true;
}

bool
lex_word(struct lexer *lx, struct token *t)
{
    const char *text = lx->line->text;
    size_t start;

    skip_blanks(lx);
    if (lx->at == lx->line->len)
        return at_end(lx, t);
    start = lx->at;
    while (lx->at < lx->line->len && !is_blank(text[lx->at]))
        lx->at++;
    lx->past = lx->at;
    *t = (struct token){ text + start, lx->at - start, line_place(lx->line, start), false };
    return text[start] == '$' ? expand(lx, t) : true;
}

bool
lex_peek(const struct lexer *lx, struct token *t)
{
    struct lexer copy = *lx;

    return lex_word(&copy, t);
}

struct token
lex_rest(struct lexer *lx)
{
    struct token t;
    size_t end = lx->line->len;

    skip_blanks(lx);
    while (end > lx->at && is_blank(lx->line->text[end - 1]))
        end--;
    t = (struct token){ lx->line->text + lx->at, end - lx->at, line_place(lx->line, lx->at),
                        false };
    lx->past = end;
    lx->at = lx->line->len;
    return t;
}

bool
token_is(const struct token *t, const char *word)
{
    return strlen(word) == t->len && memcmp(t->text, word, t->len) == 0;
}

/* Say what a token is, for "found ...". */
static const char *
found(const struct token *t, char to[DIAG_QUOTED_MAX + 32])
{
    char quoted[DIAG_QUOTED_MAX];

    if (t->len == 0)
        return "the end of the line";
    snprintf(to, DIAG_QUOTED_MAX + 32, "%s%s", t->undefined ? "the undefined variable " : "",
             diag_quoted(t->text, t->len, quoted));
    return to;
}

void
lex_wrong(struct lexer *lx, const struct token *t, const char *expected, ...)
{
    char buf[DIAG_QUOTED_MAX + 32], words[256];
    va_list args;

    va_start(args, expected);
    vsnprintf(words, sizeof words, expected, args);
    va_end(args);
    diag_error(lx->diags, t->at, "found %s; expected %s", found(t, buf), words);
}

void
lex_doubt(struct lexer *lx, const struct token *t, const char *expected, ...)
{
    char buf[DIAG_QUOTED_MAX + 32], words[256];
    va_list args;

    va_start(args, expected);
    vsnprintf(words, sizeof words, expected, args);
    va_end(args);
    diag_warning(lx->diags, t->at, "found %s; expected %s", found(t, buf), words);
}

/* ---- strings ------------------------------------------------------------ */

static bool
is_quote(char c)
{
    return c == '"' || c == '\'';
}

/* The characters of a $NAME after the $: up to a blank, $ or quote. */
static size_t
name_len(const char *text, size_t len)
{
    size_t n = 0;

    while (n < len && !is_blank(text[n]) && text[n] != '$' && !is_quote(text[n]))
        n++;
    return n;
}

/* A piece of a string: its text, and how much of the line it took. */
struct part {
    const char *text;
    size_t len, took;
};

/* Read one piece at the lexer's place; complain if it is none. */
static bool
read_part(struct lexer *lx, const char *what, struct part *p)
{
    const char *text = lx->line->text + lx->at;
    size_t left = lx->line->len - lx->at;
    struct token t = { text, left, line_place(lx->line, lx->at), false };

    if (is_quote(text[0])) {
        const char *end = memchr(text + 1, text[0], left - 1);

        if (end == NULL) {
            lex_wrong(lx, &t, "a closing %c after %s", text[0], what);
            return false;
        }
        *p = (struct part){ text + 1, (size_t)(end - text) - 1, (size_t)(end - text) + 1 };
        return true;
    }
    t.len = text[0] == '$' ? 1 + name_len(text + 1, left - 1) : left;
    if (text[0] != '$') {
        for (t.len = 1; t.len < left && !is_blank(text[t.len]);)
            t.len++;
        lex_wrong(lx, &t, "%s in quotes", what);
        return false;
    }
    p->took = t.len;
    p->text = vars_get(lx->vars, t.text + 1, t.len - 1);
    t.undefined = p->text == NULL;
    if (t.undefined)
        lex_wrong(lx, &t, "%s", what);
    else
        p->len = strlen(p->text);
    return !t.undefined;
}

/* Put one more piece behind what there is. */
static bool
join(struct lexer *lx, struct token *t, const struct part *p)
{
    char *text = pool_alloc(lx->pool, t->len + p->len + 1);

    if (text == NULL)
        return false;
    if (t->len)
        memcpy(text, t->text, t->len);
    if (p->len)
        memcpy(text + t->len, p->text, p->len);
    t->text = text;
    t->len += p->len;
    return true;
}

bool
lex_string(struct lexer *lx, const char *what, struct token *t)
{
    struct part p;

    skip_blanks(lx);
    if (lx->at == lx->line->len) {
        at_end(lx, t);
        lex_wrong(lx, t, "%s in quotes", what);
        return false;
    }
    *t = (struct token){ "", 0, line_place(lx->line, lx->at), false };
    do {
        if (!read_part(lx, what, &p) || !join(lx, t, &p))
            return false;
        lx->at += p.took;
        lx->past = lx->at;
    } while (lx->at < lx->line->len && !is_blank(lx->line->text[lx->at]));
    return true;
}

/* ---- numbers ------------------------------------------------------------ */

/* Digits of a base up to the end; the value stays at the top of its range. */
static bool
read_digits(const char *text, size_t len, unsigned base, uint64_t *out)
{
    uint64_t v = 0;
    bool over = false;

    for (size_t i = 0; i < len; i++) {
        int digit = hex_digit(text[i]);

        if (digit < 0 || (unsigned)digit >= base)
            return false;
        over = over || v > (UINT64_MAX - (unsigned)digit) / base;
        v = v * base + (unsigned)digit;
    }
    *out = over ? UINT64_MAX : v;
    return len > 0;
}

bool
number_read(const char *text, size_t len, struct number *out)
{
    unsigned base = 10;

    out->negative = len > 0 && text[0] == '-';
    if (len > 0 && (text[0] == '-' || text[0] == '+')) {
        text++;
        len--;
    }
    if (len > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
        base = 16;
        text += 2;
        len -= 2;
    } else if (len > 1 && text[0] == '0') {
        base = 8;
    }
    return read_digits(text, len, base, &out->magnitude);
}

bool
number_is_bare_hex(const char *text, size_t len)
{
    uint64_t ignored;

    return read_digits(text, len, 16, &ignored);
}
