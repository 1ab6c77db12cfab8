#include "emu/sdr_source.h"

#include <stdlib.h>
#include <string.h>

#include "emu/sdr_compile.h"

/* ---- records -------------------------------------------------------------------------- */

static void
check_required(struct sdr_compile *c, const struct token *t)
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
deliver(struct sdr_compile *c, size_t len)
{
    c->octets[4] = (uint8_t)(len - SDR_HEADER);
    if (!c->opts->record(c->opts->ctx, bytes_of(c->octets, len)))
        c->stop = true;
}

static void
end_record(struct sdr_compile *c, const struct token *t)
{
    size_t fixed = c->layout->fixed - (c->layout->has_id ? 1u : 0u);

    check_required(c, t);
    if (!c->broken && fixed + c->tail_len > SDR_RECORD_MAX)
        sdr_broken(c, t, "a record of at most 260 octets");
    if (!c->broken) {
        memcpy(c->octets + fixed, c->tail, c->tail_len);
        deliver(c, fixed + c->tail_len);
    }
    c->layout = NULL;
}

static void
begin_record(struct sdr_compile *c, const struct token *sdr)
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
    if (!sdr_read_sum(c, &number))
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
raw_record(struct sdr_compile *c, const struct token *t)
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
include(struct sdr_compile *c)
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
top_line(struct sdr_compile *c, const struct token *t)
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
source_line(struct sdr_compile *c, const struct line *line)
{
    struct token t;

    lexer_open(&c->lx, line, &c->script->vars, &c->script->pool, c->script->diags);
    if (!lex_word(&c->lx, &t) || t.len == 0) {
        if (t.undefined)
            sdr_broken(c, &t, "a field");
        return;
    }
    if (t.text[0] == '#')
        return;
    if (token_is(&t, "endsdr") && (c->layout != NULL || c->skipping)) {
        if (c->layout != NULL)
            end_record(c, &t);
        c->skipping = false;
    } else if (c->layout != NULL) {
        sdr_field_line(c, &t);
    } else if (!c->skipping) {
        top_line(c, &t);
    }
}

void
sdr_source_text(struct script *s, const struct sdr_source_opts *opts, const char *file,
                const char *text, size_t len)
{
    struct sdr_compile *c = calloc(1, sizeof *c);
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
