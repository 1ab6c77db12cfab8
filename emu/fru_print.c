#include <stdlib.h>
#include <string.h>

#include "emu/fru_fields.h"
#include "emu/fru_out.h"
#include "emu/fru_text.h"
#include "emu/fru_words.h"
#include "sim/base/sum.h"

#define VERSION_BITS 0x0f
#define NEAR 8                     /* octets outside of areas that one line says */

/* ---- areas with fields ------------------------------------------------------------- */

/* What fields and C1h leave of an area, and how many fields were there. */
struct walked {
    size_t fields;
    size_t content;                 /* octets up to C1h, with it */
};

static void
print_field(struct fru_out *out, enum fru_area_kind kind, uint8_t language, size_t n,
            const struct fru_field *field)
{
    const struct fru_area_words *words = &fru_area_words[kind];
    bool fixed = n < words->count;

    fru_say(out, "    %-13s ", fixed ? words->fields[n].name : "custom");
    fru_say_field(out, field->encoding, fru_is_wide(kind, language, fixed ? n : SIZE_MAX),
                  field->data);
}

static struct walked
print_fields(struct fru_out *out, enum fru_area_kind kind, const struct fru_area *area)
{
    const char *name = fru_area_words[kind].name;
    struct fru_area walk = *area;
    struct walked w = { 0 };
    struct fru_field field;
    const uint8_t *at = walk.fields.at;

    while (fru_next(&walk, &field)) {
        print_field(out, kind, area->language, w.fields++, &field);
        at = walk.fields.at;
    }
    w.content = (size_t)(at - area->all.at);
    if (w.content < area->all.len - 1 && *at == FRU_FIELDS_END)
        w.content++;
    else if (w.content < area->all.len - 1)
        fru_damage(out, "found field %zu of the %s area longer than the area; expected C1h "
                   "behind the last field", w.fields + 1, name);
    else
        fru_damage(out, "found the end of the %s area; expected C1h behind the last field",
                   name);
    return w;
}

static void
print_rest(struct fru_out *out, enum fru_area_kind kind, const struct fru_area *area,
           const struct walked *w)
{
    size_t len = area->all.len;
    size_t need = (w->content + 1 + FRU_UNIT - 1) / FRU_UNIT * FRU_UNIT;
    struct bytes rest = bytes_of(area->all.at + w->content, len - 1 - w->content);

    if (w->fields < fru_area_words[kind].count)
        fru_say(out, "    %-13s %zu\n", "fields", w->fields);
    if (need < len)
        fru_say(out, "    %-13s %zu\n", "length", len);
    while (rest.len > 0 && rest.at[rest.len - 1] == 0)
        rest.len--;
    if (rest.len > 0) {
        fru_say(out, "    unused");
        fru_say_octets(out, rest);
    }
}

static void
say_number(struct fru_out *out, const char *name, const struct keyword *words, unsigned v)
{
    const char *word = fru_word_of(words, v);

    if (word != NULL)
        fru_say(out, "    %-13s %s\n", name, word);
    else
        fru_say(out, "    %-13s %u\n", name, v);
}

static void
print_head(struct fru_out *out, enum fru_area_kind kind, const struct fru_area *area)
{
    char date[FRU_DATE_SIZE] = "unspecified";

    if (area->all.at[0] != FRU_VERSION)
        fru_say(out, "    %-13s 0x%02x\n", "format", area->all.at[0]);
    if (kind == FRU_CHASSIS)
        say_number(out, "type", fru_chassis_types, area->chassis_type);
    else
        say_number(out, "language", fru_languages, area->language);
    if (kind == FRU_BOARD)
        fru_say(out, "    %-13s %s\n", "date",
                area->made ? fru_date_print(area->made, date) : date);
}

/* The octets of an area; empty, after a complaint, when they cannot be told. */
static struct bytes
area_octets(struct fru_out *out, enum fru_area_kind kind, size_t at)
{
    const char *name = fru_area_words[kind].name;
    const uint8_t *area = out->image.at + at;
    size_t left = out->image.len - at, len;

    if (left < FRU_UNIT || (area[0] & VERSION_BITS) != FRU_VERSION) {
        fru_damage(out, "found octet 0x%02x at %zu, where the %s area begins; expected 0x01, "
                   "and at least 8 octets", area[0], at, name);
        return bytes_of(NULL, 0);
    }
    len = area[1] * FRU_UNIT;
    if (len == 0 || len > left) {
        fru_damage(out, "found length %zu of the %s area at %zu; expected 8 to %zu", len, name,
                   at, left);
        return bytes_of(NULL, 0);
    }
    if (!sum_ok(area, len))
        fru_damage(out, "found checksum 0x%02x of the %s area at %zu; expected 0x%02x",
                   area[len - 1], name, at, sum_of(area, len - 1));
    return bytes_of(area, len);
}

static void
print_info(struct fru_out *out, enum fru_area_kind kind, size_t at)
{
    struct bytes all = area_octets(out, kind, at);
    struct fru_area area;
    struct walked w;

    if (all.len == 0)
        return;
    fru_area_read(all, kind, &area);
    (void)fru_cover(out, fru_area_words[kind].name, at, all.len);
    fru_say(out, "\n%s", fru_area_words[kind].name);
    fru_say_at(out, at);
    print_head(out, kind, &area);
    w = print_fields(out, kind, &area);
    print_rest(out, kind, &area, &w);
    fru_say(out, "end\n");
    out->next = at + all.len;
}

/* Internal use goes to the next area, but for what is like unused octets. */
static void
print_internal(struct fru_out *out, size_t at, size_t end)
{
    const uint8_t *area = out->image.at + at;
    size_t len = end - at;

    while (len > 1 && area[len - 1] == out->fill)
        len--;
    (void)fru_cover(out, "internal", at, len);
    fru_say(out, "\ninternal");
    fru_say_at(out, at);
    if (area[0] != FRU_VERSION)
        fru_say(out, "    %-13s 0x%02x\n", "format", area[0]);
    if (len > 1) {
        fru_say(out, "    data");
        fru_say_octets(out, bytes_of(area + 1, len - 1));
    }
    fru_say(out, "end\n");
    out->next = at + len;
}

/* ---- the device -------------------------------------------------------------------- */

struct start {
    enum fru_area_kind kind;
    size_t at;
};

/* Which areas there are, in the order of their offsets. */
static size_t
starts_of(struct fru_out *out, struct start starts[FRU_AREAS])
{
    size_t n = 0;

    for (unsigned kind = 0; kind < FRU_AREAS; kind++) {
        size_t at = (size_t)out->image.at[1 + kind] * FRU_UNIT, i = n;

        if (at == 0)
            continue;
        if (at >= out->image.len) {
            fru_damage(out, "found an area at %zu; expected it within the %zu octets", at,
                       out->image.len);
            continue;
        }
        for (; i > 0 && starts[i - 1].at > at; i--)
            starts[i] = starts[i - 1];
        starts[i] = (struct start){ (enum fru_area_kind)kind, at };
        n++;
    }
    return n;
}

static void
print_areas(struct fru_out *out)
{
    struct start starts[FRU_AREAS];
    size_t count = starts_of(out, starts);

    for (size_t i = 0; i < count; i++) {
        size_t end = i + 1 < count ? starts[i + 1].at : out->image.len;

        if (starts[i].kind == FRU_MULTI)
            fru_print_records(out, starts[i].at);
        else if (starts[i].kind == FRU_INTERNAL)
            print_internal(out, starts[i].at, end > starts[i].at ? end : starts[i].at + 1);
        else
            print_info(out, starts[i].kind, starts[i].at);
    }
}

/* What most unused octets will be: FFh in a device that was erased, else 0. */
static uint8_t
find_fill(struct bytes image)
{
    size_t zeros = 0, ones = 0;

    while (zeros < image.len && image.at[image.len - 1 - zeros] == 0)
        zeros++;
    while (ones < image.len && image.at[image.len - 1 - ones] == 0xff)
        ones++;
    return ones > zeros ? 0xff : 0;
}

/* What stands outside of all areas and is not fill. */
static void
print_strays(struct fru_out *out)
{
    const uint8_t *image = out->image.at;
    size_t at = FRU_HEADER;

    while (at < out->image.len) {
        size_t end = at, last = at;

        if (out->covered[at] || image[at] == out->fill) {
            at++;
            continue;
        }
        for (; end < out->image.len && !out->covered[end] && end < last + NEAR; end++)
            if (image[end] != out->fill)
                last = end;
        fru_say(out, "\noctets %zu", at);
        fru_say_octets(out, bytes_of(image + at, last + 1 - at));
        at = last + 1;
    }
}

/* False when the header says nothing of areas. */
static bool
check_header(struct fru_out *out)
{
    const uint8_t *image = out->image.at;

    if ((image[0] & VERSION_BITS) != FRU_VERSION) {
        fru_damage(out, "found octet 0x%02x at the beginning; expected 0x01, a FRU header",
                   image[0]);
        return false;
    }
    if (!sum_ok(image, FRU_HEADER))
        fru_damage(out, "found checksum 0x%02x of the header; expected 0x%02x",
                   image[FRU_HEADER - 1], sum_of(image, FRU_HEADER - 1));
    if (image[0] != FRU_VERSION)
        fru_say(out, "format 0x%02x\n", image[0]);
    if (image[FRU_HEADER - 2] != 0)
        fru_say(out, "pad 0x%02x\n", image[FRU_HEADER - 2]);
    return true;
}

static void
print_device(struct fru_out *out)
{
    if (out->image.len < FRU_HEADER || out->image.len > FRU_IMAGE_MAX) {
        fru_damage(out, "found %zu octets; expected %u to %u", out->image.len, FRU_HEADER,
                   FRU_IMAGE_MAX);
        return;
    }
    out->fill = find_fill(out->image);
    memset(out->covered, true, FRU_HEADER);
    fru_say(out, "size %zu\n", out->image.len);
    if (out->fill != 0)
        fru_say(out, "fill 0x%02x\n", out->fill);
    if (check_header(out))
        print_areas(out);
    print_strays(out);
}

char *
fru_source_print(struct bytes image, const char *file, struct diags *diags)
{
    struct fru_out *out = calloc(1, sizeof *out);
    char *text;

    if (out == NULL)
        return NULL;
    out->image = image;
    out->file = file;
    out->diags = diags;
    out->next = FRU_HEADER;
    fru_say(out, "%s", "");
    print_device(out);
    if (out->nomem)
        free(out->text);
    text = out->nomem ? NULL : out->text;
    free(out);
    return text;
}
