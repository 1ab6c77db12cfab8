#include "emu/sdr_source.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emu/sdr_fields.h"
#include "emu/sdr_id.h"
#include "sim/wire/sdr.h"

#define FIELDS_MAX 192            /* of one type, with the special ones */

/* A file being compiled. */
struct compile {
    struct script *script;
    const struct sdr_source_opts *opts;
    struct lexer lx;
    const struct sdr_layout *layout;   /* of the record that is open, or NULL */
    struct place begun;                /* where it began */
    bool broken;                       /* it has a mistake and goes nowhere */
    bool skipping;                     /* its type is unknown */
    bool set[FIELDS_MAX];
    bool id_set;
    size_t last;                       /* field found last: the next is near */
    uint8_t octets[SDR_RECORD_MAX];
    uint8_t tail[SDR_RECORD_MAX];      /* id string, or what oem_data gives */
    size_t tail_len;
    bool stop;
};

static void
broken(struct compile *c, const struct token *t, const char *expected)
{
    lex_wrong(&c->lx, t, "%s", expected);
    c->broken = true;
}

/* ---- values ---------------------------------------------------------------------- */

static long
clamp(const struct number *n)
{
    long v = n->magnitude > 0xffffffff ? 0xffffffff : (long)n->magnitude;

    return n->negative ? -v : v;
}

/* What may follow a number: + N or - N. False after a complaint. */
static bool
read_sum(struct compile *c, long *v)
{
    struct token op, t;
    struct number n;

    if (!lex_peek(&c->lx, &op) || op.text[0] == '#')
        return true;
    (void)lex_word(&c->lx, &op);
    if (!token_is(&op, "+") && !token_is(&op, "-")) {
        broken(c, &op, "+, - or the end of the line");
        return false;
    }
    if (!lex_word(&c->lx, &t) || !number_read(t.text, t.len, &n)) {
        broken(c, &t, "a number");
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

/* A word of the field's, or a number or sum within its range. */
static bool
read_value(struct compile *c, const struct sdr_field *f, long *v)
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
            if (!read_sum(c, v))
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

static bool
read_bool(struct compile *c, const struct sdr_field *f, long *v)
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
named(const struct compile *c, const char *name)
{
    for (size_t i = 0; i < c->layout->count; i++)
        if (strcmp(c->layout->fields[i].name, name) == 0)
            return sdr_field_get(&c->layout->fields[i], c->octets);
    return 0;
}

/* A reading in its unit, back to the raw octet by what M, B and the
 * exponents are so far: y = (M x + B 10^K1) 10^K2. */
static bool
read_real(struct compile *c, const struct sdr_field *f, long *v)
{
    long format = named(c, "analog_data_format"), m = named(c, "m");
    long min = format == 1 ? -127 : format == 2 ? -128 : 0;
    long max = format == 1 || format == 2 ? 127 : 255;
    struct token t;
    double y, x;

    if (!lex_word(&c->lx, &t) || !real_of(&t, &y)) {
        broken(c, &t, "a reading, as in 3.3");
        return false;
    }
    if (m == 0) {
        broken(c, &t, "m, and b, r_exp and b_exp if any, before it");
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

/* ---- fields ------------------------------------------------------------------------- */

static void
set_guid(struct compile *c, const struct sdr_field *f)
{
    const struct arg arg = { ARG_BYTES, "GUID", 16, NULL, false };
    struct value v;

    if (arg_parse(&c->lx, &arg, &v))
        memcpy(c->octets + f->octet - 1, v.bytes, 16);
    else
        c->broken = true;
}

static void
set_field(struct compile *c, const struct sdr_field *f)
{
    long v = 0;
    bool ok;

    switch (f->kind) {
    case SDRF_GUID:
        set_guid(c, f);
        return;
    case SDRF_BOOL:
        ok = read_bool(c, f, &v);
        break;
    case SDRF_READING:
    case SDRF_DIFFERENCE:
        ok = read_real(c, f, &v);
        break;
    default:
        ok = read_value(c, f, &v);
        break;
    }
    if (ok)
        sdr_field_put(f, c->octets, v);
}

/* The encoding that a word after the string chooses. */
static bool
id_code(struct compile *c, const struct token *text, enum sdr_id_code *code)
{
    static const struct keyword words[] = {
        { "8bit", SDR_ID_8BIT }, { "6bit", SDR_ID_6BIT }, { "bcd", SDR_ID_BCD }, { NULL, 0 },
    };
    static const struct arg arg = { ARG_CHOICE, "encoding", 0, words, false };
    struct token t;
    struct value v;

    *code = c->opts->packed ? sdr_id_shortest(text->text, text->len) : SDR_ID_8BIT;
    if (!lex_peek(&c->lx, &t) || t.text[0] == '#')
        return true;
    if (!arg_parse(&c->lx, &arg, &v))
        return false;
    *code = (enum sdr_id_code)v.n;
    return true;
}

static void
set_id(struct compile *c)
{
    enum sdr_id_code code;
    struct token t;

    if (!lex_string(&c->lx, "the id string", &t) || !id_code(c, &t, &code)) {
        c->broken = true;
        return;
    }
    if (t.len > SDR_ID_CHARS_MAX) {
        lex_doubt(&c->lx, &t, "at most %d characters; the rest is cut off", SDR_ID_CHARS_MAX);
        t.len = SDR_ID_CHARS_MAX;
    } else if (t.len > SDR_ID_CHARS_SPEC) {
        lex_doubt(&c->lx, &t, "at most %d characters, or clients cut them off",
                  SDR_ID_CHARS_SPEC);
    }
    c->tail_len = sdr_id_encode(code, t.text, t.len, c->tail);
    if (c->tail_len == 0)
        broken(c, &t, "an id string that its encoding can write");
}

/* Octets up to the end of the line, behind the tail so far. */
static void
add_tail(struct compile *c, const char *what)
{
    size_t room = SDR_RECORD_MAX - c->layout->fixed - c->tail_len, count;

    if (!args_octets(&c->lx, what, c->tail + c->tail_len, room, &count))
        c->broken = true;
    else
        c->tail_len += count;
}

/* octet N VALUE: what no field says. The header's length is not for it. */
static void
set_octet(struct compile *c)
{
    static const struct arg args[ARGS_MAX] = {
        { ARG_UINT, "octet's number", 0, NULL, false },
        { ARG_U8, "octet's value", 0, NULL, false },
    };
    unsigned last = c->layout->fixed - (c->layout->has_id ? 1u : 0u);
    struct value v[ARGS_MAX];

    if (!args_parse(&c->lx, args, v)) {
        c->broken = true;
        return;
    }
    if (v[0].n < 3 || v[0].n == 4 || v[0].n == 5 || v[0].n > last) {
        diag_error(c->script->diags, v[0].at, "found octet %u; expected 3, or 6 to %u",
                   (unsigned)v[0].n, last);
        c->broken = true;
        return;
    }
    c->octets[v[0].n - 1] = (uint8_t)v[1].n;
}

/* Where a field is in its layout; from the last one on, for files mostly
 * follow the tables' order. */
static const struct sdr_field *
find_field(struct compile *c, const struct token *t)
{
    size_t count = c->layout->count;

    for (size_t i = 0; i < count; i++) {
        size_t at = (c->last + i) % count;

        if (token_is(t, c->layout->fields[at].name)) {
            c->last = at;
            return &c->layout->fields[at];
        }
    }
    return NULL;
}

static const char *
field_name(const void *list, size_t i)
{
    return ((const struct sdr_field *)list)[i].name;
}

static void
unknown_field(struct compile *c, const struct token *t)
{
    const char *similar = script_similar(t, c->layout->count, c->layout->fields, field_name);

    c->broken = true;
    if (similar != NULL)
        lex_wrong(&c->lx, t, "a field of SDR type 0x%02x (%s?)", c->layout->type, similar);
    else
        lex_wrong(&c->lx, t, "a field of SDR type 0x%02x, or endsdr", c->layout->type);
}

/* A field that may come once: note it, complain when it was there. */
static bool
once(struct compile *c, const struct token *t, bool *set)
{
    bool first = !*set;

    *set = true;
    if (!first)
        broken(c, t, "each field once in a record");
    return first;
}

static bool
special_field(struct compile *c, const struct token *t)
{
    if (c->layout->has_id && token_is(t, "id_string")) {
        if (once(c, t, &c->id_set))
            set_id(c);
    } else if (c->layout->has_id && token_is(t, "id_string_raw")) {
        if (once(c, t, &c->id_set)) {
            c->tail_len = 0;
            add_tail(c, "octet of the id");
        }
    } else if (!c->layout->has_id && token_is(t, "oem_data")) {
        add_tail(c, "octet");
    } else if (token_is(t, "octet")) {
        set_octet(c);
    } else {
        return false;
    }
    return true;
}

static void
field_line(struct compile *c, const struct token *t)
{
    const struct sdr_field *f = find_field(c, t);
    struct token rest;

    if (f == NULL) {
        if (!special_field(c, t))
            unknown_field(c, t);
        return;
    }
    if (!once(c, t, &c->set[f - c->layout->fields]))
        return;
    set_field(c, f);
    if (!c->broken && lex_word(&c->lx, &rest) && rest.text[0] != '#')
        lex_doubt(&c->lx, &rest, "the end of the line");
}

/* ---- records -------------------------------------------------------------------------- */

static void
check_required(struct compile *c, const struct token *t)
{
    for (size_t i = 0; i < c->layout->count; i++)
        if (c->layout->fields[i].required && !c->set[i]) {
            lex_wrong(&c->lx, t, "%s before the end of the record",
                      c->layout->fields[i].name);
            c->broken = true;
        }
    if (c->layout->has_id && !c->id_set) {
        lex_wrong(&c->lx, t, "id_string before the end of the record");
        c->broken = true;
    }
}

static void
deliver(struct compile *c, size_t len)
{
    c->octets[4] = (uint8_t)(len - SDR_HEADER);
    if (!c->opts->record(c->opts->ctx, bytes_of(c->octets, len)))
        c->stop = true;
}

static void
end_record(struct compile *c, const struct token *t)
{
    size_t fixed = c->layout->fixed - (c->layout->has_id ? 1u : 0u);

    check_required(c, t);
    if (!c->broken && fixed + c->tail_len > SDR_RECORD_MAX)
        broken(c, t, "a record of at most 260 octets");
    if (!c->broken) {
        memcpy(c->octets + fixed, c->tail, c->tail_len);
        deliver(c, fixed + c->tail_len);
    }
    c->layout = NULL;
}

static void
begin_record(struct compile *c, const struct token *sdr)
{
    static const struct arg type = { ARG_UINT, "SDR type", 255, NULL, false };
    struct token t;
    struct value v;
    long number;

    c->begun = sdr->at;
    c->layout = NULL;
    c->skipping = true;
    if (!lex_word(&c->lx, &t) || !token_is(&t, "type")) {
        lex_wrong(&c->lx, &t, "type, as in sdr type 1");
        return;
    }
    if (!arg_parse(&c->lx, &type, &v))
        return;
    number = (long)v.n;
    if (!read_sum(c, &number))
        return;
    c->layout = number < 0 ? NULL : sdr_layout_of((unsigned)number);
    if (c->layout == NULL) {
        diag_error(c->script->diags, v.at,
                   "found SDR type %ld; expected 1, 2, 3, 8, 9, 16 to 20 or 0xc0", number);
        return;
    }
    c->skipping = c->broken = c->id_set = false;
    memset(c->set, 0, sizeof c->set);
    memset(c->octets, 0, sizeof c->octets);
    c->tail_len = c->last = 0;
    c->octets[2] = c->layout->version;
    c->octets[3] = c->layout->type;
    if (c->layout->preset_octet)
        c->octets[c->layout->preset_octet - 1] = c->layout->preset;
}

/* record VERSION TYPE OCTET...: any record at all, but for id and length. */
static void
raw_record(struct compile *c, const struct token *t)
{
    size_t count;

    memset(c->octets, 0, sizeof c->octets);
    if (!args_octets(&c->lx, "octet", c->tail, SDR_RECORD_MAX - 3, &count))
        return;
    if (count < 2) {
        lex_wrong(&c->lx, t, "version, type and octets after it");
        return;
    }
    c->octets[2] = c->tail[0];
    c->octets[3] = c->tail[1];
    memcpy(c->octets + SDR_HEADER, c->tail + 2, count - 2);
    deliver(c, SDR_HEADER + count - 2);
}

/* ---- files ------------------------------------------------------------------------------ */

static void
include(struct compile *c)
{
    static const struct arg name = { ARG_STRING, "file's name", 0, NULL, false };
    struct opened file;
    struct value v;

    if (!arg_parse(&c->lx, &name, &v) || !script_include(c->script, &c->lx, &v, &file))
        return;
    sdr_source_text(c->script, c->opts, file.path, file.text, file.len);
    script_close(c->script, &file);
}

static void
top_line(struct compile *c, const struct token *t)
{
    if (token_is(t, "sdr"))
        begin_record(c, t);
    else if (token_is(t, "record"))
        raw_record(c, t);
    else if (token_is(t, "define"))
        script_define(c->script, &c->lx);
    else if (token_is(t, "include"))
        include(c);
    else
        lex_wrong(&c->lx, t, "sdr type N, record, define or include");
}

static void
source_line(struct compile *c, const struct line *line)
{
    struct token t;

    lexer_open(&c->lx, line, &c->script->vars, &c->script->pool, c->script->diags);
    if (!lex_word(&c->lx, &t) || t.len == 0) {
        if (t.undefined)
            broken(c, &t, "a field");
        return;
    }
    if (t.text[0] == '#')
        return;
    if (token_is(&t, "endsdr") && (c->layout != NULL || c->skipping)) {
        if (c->layout != NULL)
            end_record(c, &t);
        c->skipping = false;
    } else if (c->layout != NULL) {
        field_line(c, &t);
    } else if (!c->skipping) {
        top_line(c, &t);
    }
}

void
sdr_source_text(struct script *s, const struct sdr_source_opts *opts, const char *file,
                const char *text, size_t len)
{
    struct compile *c = calloc(1, sizeof *c);
    struct source source;
    struct line line;

    if (c == NULL) {
        s->pool.failed = true;
        return;
    }
    c->script = s;
    c->opts = opts;
    source_open(&source, file, text, len, false, s->diags);
    while (!c->stop && source_next(&source, &line))
        source_line(c, &line);
    if (c->layout != NULL || c->skipping)
        diag_error(s->diags, c->begun, "found a record without end; expected endsdr");
    s->pool.failed = s->pool.failed || c->stop;
    source_close(&source);
    free(c);
}

enum status
sdr_source_file(const struct emu_reader *reader, const char *path,
                const struct sdr_source_opts *opts, struct diags *diags)
{
    size_t errors = diags->errors;
    struct script s;
    struct opened file;
    bool nomem;

    script_init(&s, reader, diags);
    if (script_open(&s, path, &file)) {
        sdr_source_text(&s, opts, file.path, file.text, file.len);
        script_close(&s, &file);
    }
    nomem = s.pool.failed;
    script_free(&s);
    if (nomem)
        return ST_NOMEM;
    return diags->errors > errors ? ST_INVALID : ST_OK;
}
