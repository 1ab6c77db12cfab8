#include <string.h>

#include "emu/fru_compile.h"
#include "sim/base/sum.h"

#define RECORD_VERSION 2
#define FORMAT_MAX 0x7f

/* ---- lists ------------------------------------------------------------------------- */

static void
add_row(struct fru_compile *c, const struct fru_list *list, const struct token *t,
        struct fru_row *row, bool is_child)
{
    size_t size = list->size + (list->child != NULL ? 1u : 0u);

    if (is_child && row->child_count_at == 0) {
        fru_broken(c, t, "what the %s belongs to before it", list->name);
        return;
    }
    if (!is_child && list->kind == FRU_LIST_ONE && row->count > 0) {
        fru_broken(c, t, "one %s in a record", list->name);
        return;
    }
    if (row->len + size > sizeof row->octets) {
        fru_broken(c, t, "a record of at most %d octets", FRU_RECORD_DATA_MAX);
        return;
    }
    if (!fru_read_columns(c, list, row->octets + row->len))
        return;
    row->len += size;
    if (is_child) {
        row->octets[row->child_count_at - 1]++;
    } else {
        row->count++;
        row->child_count_at = list->child != NULL ? row->len : 0;
    }
}

/* A line of a list; false: t is no list's name. */
static bool
list_line(struct fru_compile *c, const struct token *t)
{
    const struct fru_layout *layout = c->record.layout;

    for (size_t i = 0; i < layout->list_count; i++) {
        const struct fru_list *list = layout->lists[i];
        bool child = list->child != NULL && token_is(t, list->child->name);

        if (child || token_is(t, list->name)) {
            add_row(c, child ? list->child : list, t, &c->record.list[i], child);
            return true;
        }
    }
    return false;
}

/* ---- records ----------------------------------------------------------------------- */

/* octet N V: a fixed octet that no field says. */
static void
set_octet(struct fru_compile *c)
{
    uint32_t n, v;

    if (c->record.layout->fixed == 0) {
        struct token t;

        (void)lex_word(&c->lx, &t);
        fru_broken(c, &t, "data, for the record has no fields");
        return;
    }
    if (fru_number(c, "octet's number", 1, c->record.layout->fixed, NULL, &n) &&
        fru_number(c, "octet's value", 0, 0xff, NULL, &v))
        c->record.fixed[n - 1] = (uint8_t)v;
    fru_line_end(c);
}

static const char *
item_name(const void *list, size_t i)
{
    return ((const struct fru_item *)list)[i].name;
}

static void
unknown_item(struct fru_compile *c, const struct token *t)
{
    const struct fru_layout *layout = c->record.layout;
    const char *similar = script_similar(t, layout->item_count, layout->items, item_name);

    if (similar != NULL)
        fru_broken(c, t, "a field of %s (%s?)", layout->name, similar);
    else
        fru_broken(c, t, "a field of %s, data or end", layout->name);
}

void
fru_record_line(struct fru_compile *c, const struct token *t)
{
    struct fru_record_build *r = &c->record;
    const struct fru_layout *layout = r->layout;
    uint32_t v;

    for (size_t i = 0; i < layout->item_count; i++) {
        if (!token_is(t, layout->items[i].name))
            continue;
        if (r->set >> i & 1)
            fru_broken(c, t, "each field once in a record");
        else
            fru_read_item(c, &layout->items[i], t);
        r->set |= 1ull << i;
        return;
    }
    if (list_line(c, t))
        return;
    if (token_is(t, "data")) {
        fru_octets(c, "octet", r->tail, sizeof r->tail, &r->tail_len);
    } else if (token_is(t, "octet")) {
        set_octet(c);
    } else if (token_is(t, "format")) {
        if (fru_number(c, "record's version", 0, FORMAT_MAX, NULL, &v))
            r->format = (uint8_t)v;
        fru_line_end(c);
    } else {
        unknown_item(c, t);
    }
}

static const struct fru_layout *
layout_named(const struct token *t)
{
    size_t count;
    const struct fru_layout *layouts = fru_layouts(&count);

    for (size_t i = 0; i < count; i++)
        if (token_is(t, layouts[i].name))
            return &layouts[i];
    return NULL;
}

static const char *
layout_name(const void *list, size_t i)
{
    return ((const struct fru_layout *)list)[i].name;
}

static void
unknown_record(struct fru_compile *c, const struct token *t)
{
    size_t count;
    const struct fru_layout *layouts = fru_layouts(&count);
    const char *similar = script_similar(t, count, layouts, layout_name);

    lex_wrong(&c->lx, t, "a record's name or number%s%s%s", similar ? " (" : "",
              similar ? similar : ", as in record power_supply", similar ? "?)" : "");
}

/* The number after picmg, oem and raw; of oem it may be missing. */
static bool
read_type(struct fru_compile *c, uint32_t min, uint32_t *v)
{
    struct token t;

    if (min == FRU_RECORD_OEM && (!lex_peek(&c->lx, &t) || token_is(&t, "at"))) {
        *v = FRU_RECORD_OEM;
        return true;
    }
    return fru_number(c, "record's number", min, 0xff, NULL, v);
}

/* The words after record: which layout, type and PICMG id. */
static bool
read_kind(struct fru_compile *c, struct fru_record_build *r)
{
    struct number n;
    struct token t;
    uint32_t v = 0;

    if (lex_word(&c->lx, &t) && number_read(t.text, t.len, &n) && !n.negative &&
        n.magnitude <= 0xff) {
        r->type = (uint8_t)n.magnitude;
        r->layout = fru_layout_of_type(r->type);
        return true;
    }
    if (token_is(&t, "picmg")) {
        r->layout = &fru_layout_picmg;
        r->type = FRU_RECORD_OEM;
        return read_type(c, 0, &v) ? (r->fixed[3] = (uint8_t)v, true) : false;
    }
    if (token_is(&t, "oem") || token_is(&t, "raw")) {
        r->layout = token_is(&t, "oem") ? &fru_layout_oem : &fru_layout_raw;
        if (!read_type(c, r->layout == &fru_layout_oem ? FRU_RECORD_OEM : 0, &v))
            return false;
        r->type = (uint8_t)v;
        return true;
    }
    r->layout = layout_named(&t);
    if (r->layout == NULL) {
        unknown_record(c, &t);
        return false;
    }
    r->type = r->layout->type;
    r->fixed[3] = r->layout->picmg_id;
    return true;
}

void
fru_record_open(struct fru_compile *c)
{
    struct fru_record_build *r = &c->record;

    memset(r, 0, sizeof *r);
    r->format = RECORD_VERSION;
    c->broken = false;
    if (!read_kind(c, r)) {
        c->where = FRU_SKIPPING;
        return;
    }
    c->where = FRU_IN_RECORD;
    if (r->layout->picmg)
        fru_bits_put(r->fixed, 0, 24, FRU_PICMG);
    fru_read_at(c);
    fru_line_end(c);
}

static void
write_list(struct wr *w, const struct fru_list *list, const struct fru_row *row)
{
    if (list->kind == FRU_LIST_COUNTED)
        wr_u8(w, (unsigned)row->count);
    if (list->kind == FRU_LIST_ONE && row->count == 0)
        wr_fill(w, 0, list->size);
    wr_bytes(w, row->octets, row->len);
}

/* Header and data; the octets, 0 when they are too many. */
static size_t
build_record(const struct fru_record_build *r, uint8_t to[FRU_MULTI_HEADER + FRU_RECORD_DATA_MAX])
{
    uint8_t *data = to + FRU_MULTI_HEADER;
    struct wr w = wr_of(data, FRU_RECORD_DATA_MAX);
    size_t len;

    wr_bytes(&w, r->fixed, r->layout->fixed);
    for (size_t i = 0; i < r->layout->list_count; i++)
        write_list(&w, r->layout->lists[i], &r->list[i]);
    wr_bytes(&w, r->tail, r->tail_len);
    if (w.bad)
        return 0;
    len = wr_len(&w);
    to[0] = r->type;
    to[1] = r->format;
    to[2] = (uint8_t)len;
    to[3] = sum_of(data, len);
    to[4] = sum_of(to, FRU_MULTI_HEADER - 1);
    return FRU_MULTI_HEADER + len;
}

/* Where it goes: the first one as an area, the others right behind. */
static bool
record_at(struct fru_compile *c, size_t *at)
{
    if (c->last_record == 0) {
        *at = fru_area_at(c);
        if (*at <= FRU_AREA_MAX)
            return true;
        diag_error(c->script->diags, c->begun,
                   "found the first record at octet %zu; expected it at %u or before", *at,
                   FRU_AREA_MAX);
        return false;
    }
    *at = c->last_record + FRU_MULTI_HEADER + c->image[c->last_record + 2];
    if (*at == c->next && !c->has_at)
        return true;
    diag_error(c->script->diags, c->begun,
               "found a record that is away from the others; expected all one after the other");
    return false;
}

void
fru_record_close(struct fru_compile *c)
{
    uint8_t octets[FRU_MULTI_HEADER + FRU_RECORD_DATA_MAX];
    size_t len = build_record(&c->record, octets), at;

    if (len == 0)
        diag_error(c->script->diags, c->begun,
                   "found a record of more than %d octets; expected at most as many",
                   FRU_RECORD_DATA_MAX);
    if (c->broken || len == 0 || !record_at(c, &at) || !fru_place(c, at, octets, len))
        return;
    if (c->last_record == 0)
        c->header.offset[FRU_MULTI] = (uint16_t)at;
    c->last_record = at;
    c->next = at + len;
}
