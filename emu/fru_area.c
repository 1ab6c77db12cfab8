#include <string.h>

#include "emu/fru_compile.h"
#include "emu/fru_fields.h"
#include "emu/fru_text.h"
#include "emu/fru_words.h"
#include "sim/base/sum.h"

#define FIELD_EMPTY 0xc0          /* no text, in 8 bits */
#define INFO_MAX 2048             /* an area, and what shows that it is too long */

bool
fru_area_word(struct fru_compile *c, const struct token *t)
{
    struct fru_area_build *a = &c->area;
    const struct fru_area_words *words = NULL;

    for (int kind = FRU_INTERNAL; kind < FRU_MULTI; kind++)
        if (token_is(t, fru_area_words[kind].name))
            words = &fru_area_words[kind];
    if (words == NULL)
        return false;
    memset(a, 0, sizeof *a);
    a->kind = (enum fru_area_kind)(words - fru_area_words);
    a->format = FRU_VERSION;
    a->language = FRU_LANGUAGE_ENGLISH;
    a->type = FRU_CHASSIS_UNKNOWN;
    c->where = FRU_IN_AREA;
    c->broken = false;
    fru_read_at(c);
    fru_line_end(c);
    if (c->has_area[a->kind])
        fru_broken(c, t, "each area once");
    c->has_area[a->kind] = true;
    return true;
}

/* ---- fields ------------------------------------------------------------------------ */

static void
add_custom(struct fru_compile *c, const struct token *t)
{
    struct fru_octets *custom = &c->area.custom;
    uint8_t field[1 + FRU_FIELD_MAX];
    size_t len;

    if (!fru_field_value(c, fru_is_wide(c->area.kind, c->area.language, SIZE_MAX), field))
        return;
    len = 1u + (field[0] & FRU_FIELD_MAX);
    if (custom->len + len > sizeof custom->at) {
        fru_broken(c, t, "fields of at most %u octets in an area", FRU_AREA_MAX);
        return;
    }
    memcpy(custom->at + custom->len, field, len);
    custom->len += len;
}

static bool
fixed_field(struct fru_compile *c, const struct token *t)
{
    struct fru_area_build *a = &c->area;
    const struct fru_area_words *words = &fru_area_words[a->kind];

    for (size_t i = 0; i < words->count; i++) {
        if (!token_is(t, words->fields[i].name))
            continue;
        if (a->set[i]) {
            fru_broken(c, t, "each field once in an area");
            return true;
        }
        a->set[i] = true;
        (void)fru_field_value(c, fru_is_wide(a->kind, a->language, i), a->field[i]);
        return true;
    }
    return false;
}

static void
set_date(struct fru_compile *c)
{
    struct token t;

    if (!lex_word(&c->lx, &t) || (!token_is(&t, "unspecified") &&
                                  !fru_date_read(t.text, t.len, &c->area.made)))
        fru_broken(c, &t, "the date, as in 2026-01-31T12:34, up to 2027-11-24, or unspecified");
    fru_line_end(c);
}

static void
set_language(struct fru_compile *c, const struct token *t)
{
    uint32_t v;

    if (c->area.any_field) {
        fru_broken(c, t, "the language before the fields");
        return;
    }
    if (fru_number(c, "language", 0, 0xff, fru_languages, &v))
        c->area.language = (uint8_t)v;
    fru_line_end(c);
}

static void
set_type(struct fru_compile *c)
{
    uint32_t v;

    if (fru_number(c, "chassis type", 0, 0xff, fru_chassis_types, &v))
        c->area.type = (uint8_t)v;
    fru_line_end(c);
}

static void
set_length(struct fru_compile *c)
{
    struct token t;

    (void)lex_peek(&c->lx, &t);
    if (fru_number(c, "length", FRU_UNIT, FRU_AREA_MAX, NULL, &c->area.length) &&
        c->area.length % FRU_UNIT != 0)
        fru_broken(c, &t, "a length that 8 divides");
    fru_line_end(c);
}

static void
set_fields(struct fru_compile *c)
{
    c->area.short_of = fru_number(c, "count of fields", 0,
                                  (uint32_t)fru_area_words[c->area.kind].count, NULL,
                                  &c->area.fields);
    fru_line_end(c);
}

/* Words of all areas that have fields. False: it is none. */
static bool
general_line(struct fru_compile *c, const struct token *t)
{
    if (token_is(t, "length"))
        set_length(c);
    else if (token_is(t, "unused"))
        fru_octets(c, "octet", c->area.unused.at, sizeof c->area.unused.at,
                   &c->area.unused.len);
    else if (token_is(t, "fields"))
        set_fields(c);
    else if (c->area.kind == FRU_CHASSIS && token_is(t, "type"))
        set_type(c);
    else if (c->area.kind != FRU_CHASSIS && token_is(t, "language"))
        set_language(c, t);
    else if (c->area.kind == FRU_BOARD && token_is(t, "date"))
        set_date(c);
    else
        return false;
    return true;
}

static void
unknown_word(struct fru_compile *c, const struct token *t)
{
    const struct fru_area_words *words = &fru_area_words[c->area.kind];
    char names[128] = "";

    for (size_t i = 0; i < words->count; i++) {
        strcat(names, words->fields[i].name);
        strcat(names, ", ");
    }
    fru_broken(c, t, "%s%s or end", names,
               c->area.kind == FRU_INTERNAL ? "data" : "custom");
}

void
fru_area_line(struct fru_compile *c, const struct token *t)
{
    struct fru_area_build *a = &c->area;
    uint32_t v;

    if (token_is(t, "format")) {
        if (fru_number(c, "area's first octet", 0, 0xff, NULL, &v))
            a->format = (uint8_t)v;
        fru_line_end(c);
    } else if (a->kind == FRU_INTERNAL) {
        if (token_is(t, "data"))
            fru_octets(c, "octet", a->data, sizeof a->data - 1, &a->data_len);
        else
            unknown_word(c, t);
    } else if (!general_line(c, t)) {
        a->any_field = true;
        if (token_is(t, "custom"))
            add_custom(c, t);
        else if (!fixed_field(c, t))
            unknown_word(c, t);
    }
}

/* ---- the end of an area ------------------------------------------------------------ */

static void
write_fields(const struct fru_area_build *a, struct wr *w)
{
    size_t count = a->short_of ? a->fields : fru_area_words[a->kind].count;

    for (size_t i = 0; i < count; i++)
        if (a->set[i])
            wr_bytes(w, a->field[i], 1u + (a->field[i][0] & FRU_FIELD_MAX));
        else
            wr_u8(w, FIELD_EMPTY);
    wr_bytes(w, a->custom.at, a->custom.len);
    wr_u8(w, FRU_FIELDS_END);
}

/* Fields that are said to be missing have no values. */
static bool
is_cut(const struct fru_area_build *a)
{
    if (!a->short_of)
        return true;
    for (size_t i = a->fields; i < fru_area_words[a->kind].count; i++)
        if (a->set[i])
            return false;
    return a->custom.len == 0 || a->fields == fru_area_words[a->kind].count;
}

/* The whole area, up to its checksum; its octets, 0 after a diagnostic. */
static size_t
build_area(struct fru_compile *c, uint8_t *to)
{
    struct fru_area_build *a = &c->area;
    struct wr w = wr_of(to, INFO_MAX);
    size_t need;

    wr_u8(&w, a->format);
    wr_u8(&w, 0);
    wr_u8(&w, a->kind == FRU_CHASSIS ? a->type : a->language);
    if (a->kind == FRU_BOARD)
        wr_le24(&w, a->made);
    write_fields(a, &w);
    wr_bytes(&w, a->unused.at, a->unused.len);
    need = (wr_len(&w) + 1 + FRU_UNIT - 1) / FRU_UNIT * FRU_UNIT;
    if (w.bad || need > (a->length ? a->length : FRU_AREA_MAX)) {
        diag_error(c->script->diags, c->begun,
                   "found an area of more than %zu octets; expected at most as many",
                   (size_t)(a->length ? a->length : FRU_AREA_MAX));
        return 0;
    }
    if (a->length > need)
        need = a->length;
    wr_fill(&w, 0, need - 1 - wr_len(&w));
    to[1] = (uint8_t)(need / FRU_UNIT);
    wr_u8(&w, sum_of(to, need - 1));
    return need;
}

static size_t
build_internal(struct fru_area_build *a)
{
    memmove(a->data + 1, a->data, a->data_len);
    a->data[0] = a->format;
    return 1 + a->data_len;
}

void
fru_area_close(struct fru_compile *c)
{
    struct fru_area_build *a = &c->area;
    uint8_t info[INFO_MAX];
    size_t at = fru_area_at(c), len;

    if (!is_cut(a)) {
        diag_error(c->script->diags, c->begun,
                   "found fields behind the last one; expected at most %u, as fields says",
                   (unsigned)a->fields);
        c->broken = true;
    }
    if (at > FRU_AREA_MAX) {
        diag_error(c->script->diags, c->begun,
                   "found an area at octet %zu; expected all to begin at %u or before", at,
                   FRU_AREA_MAX);
        c->broken = true;
    }
    if (c->broken)
        return;
    len = a->kind == FRU_INTERNAL ? build_internal(a) : build_area(c, info);
    if (len == 0 || !fru_place(c, at, a->kind == FRU_INTERNAL ? a->data : info, len))
        return;
    c->header.offset[a->kind] = (uint16_t)at;
    c->next = at + len;
}
