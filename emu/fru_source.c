#include "emu/fru_source.h"

#include <stdlib.h>
#include <string.h>

#include "emu/fru_compile.h"
#include "sim/base/sum.h"

/* ---- the image --------------------------------------------------------------------- */

size_t
fru_area_at(const struct fru_compile *c)
{
    return c->has_at ? c->at : (c->next + FRU_UNIT - 1) / FRU_UNIT * FRU_UNIT;
}

bool
fru_place(struct fru_compile *c, size_t at, const uint8_t *octets, size_t len)
{
    struct diags *diags = c->script->diags;

    if (at > FRU_IMAGE_MAX || len > FRU_IMAGE_MAX - at) {
        diag_error(diags, c->begun, "found octets up to %zu; expected at most %u", at + len,
                   FRU_IMAGE_MAX);
        return false;
    }
    for (size_t i = 0; i < len; i++)
        if (c->used[at + i]) {
            diag_error(diags, c->begun,
                       "found octets %zu to %zu over others; expected what does not overlap",
                       at, at + len - 1);
            return false;
        }
    memset(c->used + at, true, len);
    if (len)
        memcpy(c->image + at, octets, len);
    if (at + len > c->top) {
        c->top = at + len;
        c->top_at = c->begun;
    }
    return true;
}

/* The last record says so, which its header's checksum covers. */
static void
end_records(struct fru_compile *c)
{
    uint8_t *header = c->image + c->last_record;

    if (c->last_record == 0)
        return;
    header[1] |= FRU_MULTI_END;
    header[FRU_MULTI_HEADER - 1] = sum_of(header, FRU_MULTI_HEADER - 1);
}

static bool
finish(struct fru_compile *c, struct fru_image *out)
{
    size_t size = c->size ? c->size : c->top;

    if (c->top > size) {
        diag_error(c->script->diags, c->top_at,
                   "found octets up to %zu; expected at most %zu, the device's size", c->top,
                   size);
        return false;
    }
    end_records(c);
    fru_header_build(&c->header, c->image);
    c->image[0] = c->format;
    c->image[FRU_HEADER - 2] = c->pad;
    c->image[FRU_HEADER - 1] = sum_of(c->image, FRU_HEADER - 1);
    out->octets = malloc(size);
    if (out->octets == NULL) {
        c->script->pool.failed = true;
        return false;
    }
    out->len = size;
    for (size_t i = 0; i < size; i++)
        out->octets[i] = c->used[i] ? c->image[i] : c->fill;
    return true;
}

/* ---- lines ------------------------------------------------------------------------- */

static void
set_size(struct fru_compile *c)
{
    uint32_t size;

    if (fru_number(c, "size", FRU_HEADER, FRU_IMAGE_MAX, NULL, &size) && !c->size_fixed)
        c->size = size;
    fru_line_end(c);
}

static void
set_octet(struct fru_compile *c, const char *what, uint8_t *to)
{
    uint32_t v;

    if (fru_number(c, what, 0, 0xff, NULL, &v))
        *to = (uint8_t)v;
    fru_line_end(c);
}

static void
stray_octets(struct fru_compile *c)
{
    uint8_t *octets = c->area.data;
    uint32_t at;
    size_t len = 0;

    c->broken = false;
    if (!fru_number(c, "offset", FRU_HEADER, FRU_IMAGE_MAX - 1, NULL, &at))
        return;
    fru_octets(c, "octet", octets, sizeof c->area.data, &len);
    if (!c->broken)
        (void)fru_place(c, at, octets, len);
}

static void run(struct fru_compile *c, const char *file, const char *text, size_t len);

static void
include(struct fru_compile *c)
{
    static const struct arg name = { ARG_STRING, "file's name", 0, NULL, false };
    struct opened file;
    struct value v;

    if (!arg_parse(&c->lx, &name, &v) || !script_include(c->script, &c->lx, &v, &file))
        return;
    run(c, file.path, file.text, file.len);
    script_close(c->script, &file);
}

static void
top_line(struct fru_compile *c, const struct token *t)
{
    c->begun = t->at;
    if (token_is(t, "size"))
        set_size(c);
    else if (token_is(t, "fill"))
        set_octet(c, "fill", &c->fill);
    else if (token_is(t, "format"))
        set_octet(c, "header's first octet", &c->format);
    else if (token_is(t, "pad"))
        set_octet(c, "header's reserved octet", &c->pad);
    else if (token_is(t, "octets"))
        stray_octets(c);
    else if (token_is(t, "define"))
        script_define(c->script, &c->lx);
    else if (token_is(t, "include"))
        include(c);
    else if (token_is(t, "record"))
        fru_record_open(c);
    else if (!fru_area_word(c, t))
        lex_wrong(&c->lx, t, "internal, chassis, board, product, record, size, fill, octets, "
                  "define or include");
}

static void
end_line(struct fru_compile *c)
{
    fru_line_end(c);
    if (c->where == FRU_IN_AREA)
        fru_area_close(c);
    else if (c->where == FRU_IN_RECORD)
        fru_record_close(c);
    c->where = FRU_AT_TOP;
}

static void
source_line(struct fru_compile *c, const struct line *line)
{
    struct token t;

    lexer_open(&c->lx, line, &c->script->vars, &c->script->pool, c->script->diags);
    if (!lex_word(&c->lx, &t) || t.len == 0) {
        if (t.undefined)
            fru_broken(c, &t, "a word");
        return;
    }
    if (t.text[0] == '#')
        return;
    if (c->where != FRU_AT_TOP && token_is(&t, "end"))
        end_line(c);
    else if (c->where == FRU_IN_AREA)
        fru_area_line(c, &t);
    else if (c->where == FRU_IN_RECORD)
        fru_record_line(c, &t);
    else if (c->where == FRU_AT_TOP)
        top_line(c, &t);
}

static void
run(struct fru_compile *c, const char *file, const char *text, size_t len)
{
    struct source source;
    struct line line;

    source_open(&source, file, text, len, true, c->script->diags);
    while (source_next(&source, &line))
        source_line(c, &line);
    if (c->where != FRU_AT_TOP)
        diag_error(c->script->diags, c->begun,
                   "found an area or record without end; expected end");
    c->where = FRU_AT_TOP;
    source_close(&source);
}

static struct fru_compile *
begin(struct script *s, size_t size)
{
    struct fru_compile *c = calloc(1, sizeof *c);

    if (c == NULL)
        return NULL;
    c->script = s;
    c->size = size;
    c->size_fixed = size != 0;
    c->format = FRU_VERSION;
    c->next = c->top = FRU_HEADER;
    memset(c->used, true, FRU_HEADER);
    return c;
}

bool
fru_source_text(struct script *s, const char *file, const char *text, size_t len, size_t size,
                struct fru_image *out)
{
    struct fru_compile *c = begin(s, size);
    size_t errors = s->diags->errors;
    bool ok;

    *out = (struct fru_image){ 0 };
    if (c == NULL) {
        s->pool.failed = true;
        return false;
    }
    c->top_at = (struct place){ file, 1, 1 };
    run(c, file, text, len);
    ok = s->diags->errors == errors && finish(c, out);
    free(c);
    return ok;
}

enum status
fru_source_file(const struct emu_reader *reader, const char *path, size_t size,
                struct diags *diags, struct fru_image *out)
{
    struct script s;
    struct opened file;
    bool ok = false, nomem;

    *out = (struct fru_image){ 0 };
    script_init(&s, reader, diags);
    if (script_open(&s, path, &file)) {
        ok = fru_source_text(&s, file.path, file.text, file.len, size, out);
        script_close(&s, &file);
    }
    nomem = s.pool.failed;
    script_free(&s);
    if (nomem && !ok)
        return ST_NOMEM;
    return ok ? ST_OK : ST_INVALID;
}
