/* Lines of a record of SDR source. */
#include <string.h>

#include "emu/sdr_compile.h"
#include "emu/sdr_id.h"

static void
set_guid(struct sdr_compile *c, const struct sdr_field *f)
{
    const struct arg arg = { ARG_BYTES, "GUID", 16, NULL, false };
    struct value v;

    if (arg_parse(&c->lx, &arg, &v))
        memcpy(c->octets + f->octet - 1, v.bytes, 16);
    else
        c->broken = true;
}

static void
set_field(struct sdr_compile *c, const struct sdr_field *f)
{
    long v = 0;
    bool ok;

    switch (f->kind) {
    case SDRF_GUID:
        set_guid(c, f);
        return;
    case SDRF_BOOL:
        ok = sdr_read_bool(c, f, &v);
        break;
    case SDRF_READING:
    case SDRF_DIFFERENCE:
        ok = sdr_read_real(c, f, &v);
        break;
    default:
        ok = sdr_read_value(c, f, &v);
        break;
    }
    if (ok)
        sdr_field_put(f, c->octets, v);
}

/* The encoding that a word after the string chooses. */
static bool
id_code(struct sdr_compile *c, const struct token *text, enum sdr_id_code *code)
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
set_id(struct sdr_compile *c)
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
        sdr_broken(c, &t, "an id string that its encoding can write");
}

/* Octets up to the end of the line, behind the tail so far. */
static void
add_tail(struct sdr_compile *c, const char *what)
{
    size_t room = SDR_RECORD_MAX - c->layout->fixed - c->tail_len, count;

    if (!args_octets(&c->lx, what, c->tail + c->tail_len, room, &count))
        c->broken = true;
    else
        c->tail_len += count;
}

/* octet N VALUE: what no field says. The header's length is not for it. */
static void
set_octet(struct sdr_compile *c)
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
find_field(struct sdr_compile *c, const struct token *t)
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
unknown_field(struct sdr_compile *c, const struct token *t)
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
once(struct sdr_compile *c, const struct token *t, bool *set)
{
    bool first = !*set;

    *set = true;
    if (!first)
        sdr_broken(c, t, "each field once in a record");
    return first;
}

static bool
special_field(struct sdr_compile *c, const struct token *t)
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

void
sdr_field_line(struct sdr_compile *c, const struct token *t)
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
