#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "emu/sdr_fields.h"
#include "emu/sdr_id.h"
#include "emu/sdr_source.h"
#include "sim/wire/sdr.h"

#define OCTETS_PER_LINE 16

/* Text that grows up to its room; full is remembered. */
struct print {
    char *to;
    size_t len, size;
    bool full;
};

static void say(struct print *p, const char *words, ...) __attribute__((format(printf, 2, 3)));

static void
say(struct print *p, const char *words, ...)
{
    va_list args;
    int n;

    va_start(args, words);
    n = vsnprintf(p->to + p->len, p->size - p->len, words, args);
    va_end(args);
    if (n < 0 || (size_t)n >= p->size - p->len)
        p->full = true;
    else
        p->len += (size_t)n;
}

static void
say_octets(struct print *p, struct bytes octets)
{
    for (size_t i = 0; i < octets.len; i++)
        say(p, " 0x%02x", octets.at[i]);
    say(p, "\n");
}

static bool
is_printed(const struct sdr_field *f, const struct sdr_layout *layout, const uint8_t *record)
{
    bool threshold = layout->event_type_octet && record[layout->event_type_octet - 1] == 1;

    if (f->print == PRINT_ANY)
        return true;
    return f->print == (threshold ? PRINT_THRESHOLD : PRINT_DISCRETE);
}

static void
print_guid(struct print *p, const struct sdr_field *f, const uint8_t *record, uint8_t *shadow)
{
    const uint8_t *guid = record + f->octet - 1;

    say(p, "\t%s\t", f->name);
    for (size_t i = 0; i < 16; i++)
        say(p, "%02x", guid[i]);
    say(p, "\n");
    memcpy(shadow + f->octet - 1, guid, 16);
}

/* One field, unless it is nothing; what it says goes into shadow as well. */
static void
print_field(struct print *p, const struct sdr_field *f, const uint8_t *record, uint8_t *shadow)
{
    const struct keyword *k = f->words;
    long v;

    if (f->kind == SDRF_GUID) {
        print_guid(p, f, record, shadow);
        return;
    }
    v = sdr_field_get(f, record);
    if (v == 0 && !f->required)
        return;
    while (k != NULL && k->name != NULL && (long)k->value != v)
        k++;
    if (f->kind == SDRF_BOOL)
        say(p, "\t%s\ttrue\n", f->name);
    else if (k != NULL && k->name != NULL)
        say(p, "\t%s\t%s\n", f->name, k->name);
    else if (f->kind == SDRF_BITS && f->bits == 8)
        say(p, "\t%s\t0x%02lx\n", f->name, (unsigned long)v);
    else
        say(p, "\t%s\t%ld\n", f->name, v);
    sdr_field_put(f, shadow, v);
}

/* A string between quotes; its own double quotes between single ones. */
static void
say_string(struct print *p, const char *text, size_t len)
{
    bool open = false;

    if (len == 0)
        say(p, "\"\"");
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"') {
            say(p, open ? "\"'\"'" : "'\"'");
            open = false;
        } else {
            say(p, open ? "%c" : "\"%c", text[i]);
            open = true;
        }
    }
    if (open)
        say(p, "\"");
}

static void
print_id(struct print *p, struct bytes id)
{
    static const char *const names[] = { NULL, "bcd", "6bit", "8bit" };
    char text[SDR_ID_CHARS_MAX];
    enum sdr_id_code code;
    size_t len;

    if (!sdr_id_decode(id, text, &len, &code)) {
        say(p, "\tid_string_raw\t");
        say_octets(p, id);
        return;
    }
    say(p, "\tid_string\t");
    say_string(p, text, len);
    /* Neither way of choosing an encoding may come to another one. */
    if (code != SDR_ID_8BIT || sdr_id_shortest(text, len) != SDR_ID_8BIT)
        say(p, " %s", names[code]);
    say(p, "\n");
}

/* What no field has said of the octets up to the id string. */
static void
print_rest(struct print *p, const uint8_t *record, const uint8_t *shadow, size_t fixed)
{
    for (size_t i = 2; i < fixed; i++)
        if (i != 3 && i != 4 && record[i] != shadow[i])
            say(p, "\toctet\t%zu 0x%02x\n", i + 1, record[i]);
}

static void
print_tail(struct print *p, struct bytes record, size_t fixed)
{
    for (size_t at = fixed; at < record.len; at += OCTETS_PER_LINE) {
        size_t n = record.len - at < OCTETS_PER_LINE ? record.len - at : OCTETS_PER_LINE;

        say(p, "\toem_data");
        say_octets(p, bytes_of(record.at + at, n));
    }
}

static void
print_typed(struct print *p, const struct sdr_layout *layout, struct bytes record)
{
    size_t fixed = layout->fixed - (layout->has_id ? 1u : 0u);
    uint8_t shadow[SDR_RECORD_MAX] = { 0 };

    shadow[2] = layout->version;
    if (layout->preset_octet)
        shadow[layout->preset_octet - 1] = layout->preset;
    say(p, "sdr type %u\n", layout->type);
    for (size_t i = 0; i < layout->count; i++)
        if (is_printed(&layout->fields[i], layout, record.at))
            print_field(p, &layout->fields[i], record.at, shadow);
    print_rest(p, record.at, shadow, fixed);
    if (layout->has_id)
        print_id(p, bytes_of(record.at + fixed, record.len - fixed));
    else
        print_tail(p, record, fixed);
    say(p, "endsdr\n");
}

size_t
sdr_source_print(struct bytes record, char *to, size_t size)
{
    struct print p = { .to = to, .size = size, .full = size == 0 };
    const struct sdr_layout *layout;

    if (size > 0)
        to[0] = '\0';
    if (p.full || record.len > SDR_RECORD_MAX || sdr_check_length(record) != SDR_OK)
        return 0;
    layout = sdr_layout_of(record.at[3]);
    if (layout != NULL && record.len >= layout->fixed) {
        print_typed(&p, layout, record);
    } else {
        say(&p, "record 0x%02x 0x%02x", record.at[2], record.at[3]);
        say_octets(&p, bytes_of(record.at + SDR_HEADER, record.len - SDR_HEADER));
    }
    return p.full ? 0 : p.len;
}
