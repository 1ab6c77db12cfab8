/* Values of fields of SDR source. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "emu/sdr_compile.h"

void
sdr_broken(struct sdr_compile *c, const struct token *t, const char *expected)
{
    lex_wrong(&c->lx, t, "%s", expected);
    c->broken = true;
}

static long
clamp(const struct number *n)
{
    long v = n->magnitude > 0xffffffff ? 0xffffffff : (long)n->magnitude;

    return n->negative ? -v : v;
}

bool
sdr_read_sum(struct sdr_compile *c, long *v)
{
    struct token op, t;
    struct number n;

    if (!lex_peek(&c->lx, &op) || op.text[0] == '#')
        return true;
    (void)lex_word(&c->lx, &op);
    if (!token_is(&op, "+") && !token_is(&op, "-")) {
        sdr_broken(c, &op, "+, - or the end of the line");
        return false;
    }
    if (!lex_word(&c->lx, &t) || !number_read(t.text, t.len, &n)) {
        sdr_broken(c, &t, "a number");
        return false;
    }
    *v += op.text[0] == '+' ? clamp(&n) : -clamp(&n);
    return true;
}

static void
words_of(const struct keyword *words, char *to, size_t size)
{
    struct arg arg = { ARG_CHOICE, "value", 0, words, false };

    to[0] = '\0';
    if (words != NULL)
        arg_expected(&arg, to, size);
}

bool
sdr_read_value(struct sdr_compile *c, const struct sdr_field *f, long *v)
{
    char words[200];
    struct token t;
    struct number n;
    long min, max;

    sdr_field_range(f, &min, &max);
    words_of(f->words, words, sizeof words);
    if (lex_word(&c->lx, &t)) {
        for (const struct keyword *k = f->words; k != NULL && k->name != NULL; k++)
            if (token_is(&t, k->name)) {
                *v = (long)k->value;
                return true;
            }
        if (number_read(t.text, t.len, &n)) {
            *v = clamp(&n);
            if (!sdr_read_sum(c, v))
                return false;
            if (*v >= min && *v <= max)
                return true;
        }
    }
    lex_wrong(&c->lx, &t, "%s, %ld to %ld%s%s", f->name, min, max, words[0] ? ", or " : "",
              words);
    c->broken = true;
    return false;
}

bool
sdr_read_bool(struct sdr_compile *c, const struct sdr_field *f, long *v)
{
    const struct arg arg = { ARG_BOOL, f->name, 0, NULL, false };
    struct value value;

    if (!arg_parse(&c->lx, &arg, &value)) {
        c->broken = true;
        return false;
    }
    *v = (long)value.n;
    return true;
}

static bool
real_of(const struct token *t, double *out)
{
    char text[64], *end;

    if (t->len == 0 || t->len >= sizeof text)
        return false;
    memcpy(text, t->text, t->len);
    text[t->len] = '\0';
    *out = strtod(text, &end);
    return *end == '\0' && isfinite(*out);
}

static long
named(const struct sdr_compile *c, const char *name)
{
    for (size_t i = 0; i < c->layout->count; i++)
        if (strcmp(c->layout->fields[i].name, name) == 0)
            return sdr_field_get(&c->layout->fields[i], c->octets);
    return 0;
}

/* y = (M x + B 10^K1) 10^K2 */
bool
sdr_read_real(struct sdr_compile *c, const struct sdr_field *f, long *v)
{
    long format = named(c, "analog_data_format"), m = named(c, "m");
    long min = format == 1 ? -127 : format == 2 ? -128 : 0;
    long max = format == 1 || format == 2 ? 127 : 255;
    struct token t;
    double y, x;

    if (!lex_word(&c->lx, &t) || !real_of(&t, &y)) {
        sdr_broken(c, &t, "a reading, as in 3.3");
        return false;
    }
    if (m == 0) {
        sdr_broken(c, &t, "m, and b, r_exp and b_exp if any, before it");
        return false;
    }
    x = y / pow(10, (double)named(c, "r_exp"));
    if (f->kind == SDRF_READING)
        x -= (double)named(c, "b") * pow(10, (double)named(c, "b_exp"));
    x = round(x / (double)m);
    if (x < (double)min || x > (double)max) {
        lex_wrong(&c->lx, &t, "%s that comes to %ld to %ld, not %.0f", f->name, min, max, x);
        c->broken = true;
        return false;
    }
    *v = (long)x;
    if (*v < 0)
        *v = format == 1 ? ~-*v & 0xff : *v & 0xff;
    return true;
}
