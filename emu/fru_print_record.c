#include <stdio.h>
#include <string.h>

#include "emu/fru_layout.h"
#include "emu/fru_out.h"
#include "emu/fru_text.h"
#include "emu/fru_words.h"
#include "sim/base/hex.h"
#include "sim/base/sum.h"

#define RECORD_VERSION 2
#define GUID_OCTETS 16
#define NAME_WIDTH 23
#define VALUE_SIZE 64

/* ---- values ------------------------------------------------------------------------ */

static uint32_t
power_of_ten(unsigned n)
{
    uint32_t v = 1;

    while (n-- > 0)
        v *= 10;
    return v;
}

/* A stored number as the source has it, without the unit. */
static void
number_text(const struct fru_item *item, unsigned decimals, uint32_t raw, char to[VALUE_SIZE])
{
    const char *word = fru_word_of(item->words, raw);
    uint32_t scale = power_of_ten(decimals);
    bool negative = item->kind == FRU_ITEM_INT && raw >> (item->bits - 1);
    uint32_t v = (negative ? (1u << item->bits) - raw : raw) * (item->step ? item->step : 1u);

    if (word != NULL)
        snprintf(to, VALUE_SIZE, "%s", word);
    else if (decimals == 0)
        snprintf(to, VALUE_SIZE, "%s%u", negative ? "-" : "", (unsigned)v);
    else
        snprintf(to, VALUE_SIZE, "%s%u.%0*u", negative ? "-" : "", (unsigned)(v / scale),
                 (int)decimals, (unsigned)(v % scale));
}

static void
print_number(struct fru_out *out, const struct fru_item *item, const uint8_t *data,
             uint8_t *shadow)
{
    uint32_t raw = fru_bits_get(data + item->at, item->bit, item->bits);
    bool worded = fru_word_of(item->words, raw) != NULL;
    char text[VALUE_SIZE];

    fru_bits_put(shadow + item->at, item->bit, item->bits, raw);
    if (raw == 0 && item->kind != FRU_ITEM_UNIT)
        return;
    number_text(item, fru_item_decimals(item, data), raw, text);
    fru_say(out, "    %-*s %s%s%s\n", NAME_WIDTH, item->name, text,
            item->unit && !worded ? " " : "", item->unit && !worded ? item->unit : "");
}

static void
print_flag(struct fru_out *out, const struct fru_item *item, const uint8_t *data,
           uint8_t *shadow)
{
    if (fru_bits_get(data + item->at, item->bit, 1) == 0)
        return;
    fru_bits_put(shadow + item->at, item->bit, 1, 1);
    fru_say(out, "    %-*s true\n", NAME_WIDTH, item->name);
}

static void
print_ip4(struct fru_out *out, const struct fru_item *item, const uint8_t *data,
          uint8_t *shadow)
{
    const uint8_t *ip = data + item->at;

    memcpy(shadow + item->at, ip, 4);
    fru_say(out, "    %-*s %u.%u.%u.%u\n", NAME_WIDTH, item->name, ip[0], ip[1], ip[2], ip[3]);
}

/* The text in a field; octets behind it are for print_octets(). */
static void
print_item_field(struct fru_out *out, const struct fru_item *item, const uint8_t *data,
                 uint8_t *shadow)
{
    const uint8_t *at = data + item->at;
    size_t len = at[0] & FRU_FIELD_MAX;

    if (at[0] == 0 || at[0] == FRU_FIELDS_END || len >= item->bits / 8u)
        return;
    fru_say(out, "    %-*s ", NAME_WIDTH, item->name);
    fru_say_field(out, at[0] >> 6, false, bytes_of(at + 1, len));
    memcpy(shadow + item->at, at, 1 + len);
}

/* Text or a GUID that fills the record; *tail is then empty. */
static void
print_access(struct fru_out *out, const struct fru_item *item, const uint8_t *data,
             uint8_t *shadow, struct bytes *tail)
{
    char text[FRU_TEXT_SIZE];

    if (data[0] != item->bit)
        return;
    if (item->kind == FRU_ITEM_TEXT_GUID ? tail->len != GUID_OCTETS
                                         : !fru_text_decode(FRU_CODE_8BIT, *tail, text))
        return;
    fru_say(out, "    %-*s ", NAME_WIDTH, item->name);
    if (item->kind == FRU_ITEM_TEXT_GUID)
        fru_say(out, "%s", hex_print(*tail, text, sizeof text));
    else
        fru_say_string(out, text);
    fru_say(out, "\n");
    shadow[0] = data[0];
    tail->len = 0;
}

static void
print_item(struct fru_out *out, const struct fru_item *item, const uint8_t *data,
           uint8_t *shadow, struct bytes *tail)
{
    switch (item->kind) {
    case FRU_ITEM_BOOL:
        print_flag(out, item, data, shadow);
        break;
    case FRU_ITEM_IP4:
        print_ip4(out, item, data, shadow);
        break;
    case FRU_ITEM_FIELD:
        print_item_field(out, item, data, shadow);
        break;
    case FRU_ITEM_TEXT:
    case FRU_ITEM_TEXT_GUID:
        print_access(out, item, data, shadow, tail);
        break;
    case FRU_ITEM_GUID:
        break;                              /* of lists alone */
    default:
        print_number(out, item, data, shadow);
        break;
    }
}

/* ---- lists ------------------------------------------------------------------------- */

static void
print_row(struct fru_out *out, const struct fru_list *list, const uint8_t *row, bool child)
{
    unsigned bit = 0;
    char text[VALUE_SIZE];

    fru_say(out, "    %s%s", child ? "    " : "", list->name);
    for (size_t i = 0; i < list->column_count; i++) {
        const struct fru_item *column = &list->columns[i];

        if (column->kind == FRU_ITEM_GUID)
            hex_print(bytes_of(row + bit / 8, GUID_OCTETS), text, sizeof text);
        else
            number_text(column, column->decimals, fru_bits_get(row, bit, column->bits), text);
        fru_say(out, " %s", text);
        bit += column->bits;
    }
    fru_say(out, "\n");
}

/* A comment that names the columns. */
static void
print_columns(struct fru_out *out, const struct fru_list *list)
{
    fru_say(out, "    # %s", list->name);
    for (size_t i = 0; i < list->column_count; i++)
        fru_say(out, " %s", list->columns[i].name);
    fru_say(out, "\n");
    if (list->child != NULL)
        print_columns(out, list->child);
}

static void
print_list(struct fru_out *out, const struct fru_list *list, struct bytes *left)
{
    size_t rows = list->kind == FRU_LIST_ONE ? 1 : SIZE_MAX;
    struct rd r = rd_of(*left);

    if (list->kind == FRU_LIST_COUNTED)
        rows = rd_u8(&r);
    if (rows > 0 && rd_left(&r) >= list->size)
        print_columns(out, list);
    while (rows-- > 0 && rd_left(&r) >= list->size) {
        print_row(out, list, rd_bytes(&r, list->size).at, false);
        for (unsigned n = list->child ? rd_u8(&r) : 0; n > 0; n--)
            print_row(out, list->child, rd_bytes(&r, list->child->size).at, true);
    }
    *left = rd_rest(&r);
}

/* ---- records ----------------------------------------------------------------------- */

/* Fixed octets that no field has said. */
static void
print_octets(struct fru_out *out, size_t fixed, const uint8_t *data, const uint8_t *shadow)
{
    for (size_t i = 0; i < fixed; i++)
        if (data[i] != shadow[i])
            fru_say(out, "    octet %zu 0x%02x\n", i + 1, data[i]);
}

static void
print_name(struct fru_out *out, const struct fru_layout *layout, uint8_t type,
           struct bytes data)
{
    fru_say(out, "\nrecord %s", layout->name);
    if (layout == &fru_layout_picmg)
        fru_say(out, " 0x%02x", data.at[3]);
    else if (layout == &fru_layout_raw || (layout == &fru_layout_oem && type != FRU_RECORD_OEM))
        fru_say(out, " 0x%02x", type);
}

static void
print_data(struct fru_out *out, const struct fru_layout *layout, struct bytes data)
{
    uint8_t shadow[FRU_RECORD_DATA_MAX] = { 0 };
    struct bytes tail = bytes_of(data.at + layout->fixed, data.len - layout->fixed);

    if (layout->picmg) {
        fru_bits_put(shadow, 0, 24, FRU_PICMG);
        shadow[3] = data.at[3];
    }
    for (size_t i = 0; i < layout->item_count; i++)
        if (!layout->picmg || layout->items[i].at != 3)
            print_item(out, &layout->items[i], data.at, shadow, &tail);
    print_octets(out, layout->fixed, data.at, shadow);
    for (size_t i = 0; i < layout->list_count; i++)
        print_list(out, layout->lists[i], &tail);
    if (tail.len > 0) {
        fru_say(out, "    data");
        fru_say_octets(out, tail);
    }
}

static void
print_record(struct fru_out *out, const struct fru_multi *record, size_t at, bool first)
{
    const struct fru_layout *layout = fru_layout_for(record->type, record->data);
    unsigned format = record->flags & ~(unsigned)FRU_MULTI_END;

    print_name(out, layout, record->type, record->data);
    if (first)
        fru_say_at(out, at);
    else
        fru_say(out, "\n");
    if (format != RECORD_VERSION)
        fru_say(out, "    %-*s 0x%02x\n", NAME_WIDTH, "format", format);
    print_data(out, layout, record->data);
    fru_say(out, "end\n");
}

/* The record at an offset. False, after a complaint, when there is none. */
static bool
read_record(struct fru_out *out, size_t at, struct fru_multi *record)
{
    const uint8_t *header = out->image.at + at;
    size_t left = out->image.len - at;

    if (left < FRU_MULTI_HEADER || !sum_ok(header, FRU_MULTI_HEADER)) {
        fru_damage(out, "found no record's header at %zu; expected one, for no record so far "
                   "was the last", at);
        return false;
    }
    *record = (struct fru_multi){ .type = header[0], .flags = header[1] };
    record->data = bytes_of(header + FRU_MULTI_HEADER, header[2]);
    if (header[2] > left - FRU_MULTI_HEADER) {
        fru_damage(out, "found length %u of the record at %zu; expected at most %zu", header[2],
                   at, left - FRU_MULTI_HEADER);
        return false;
    }
    if (sum_of(record->data.at, record->data.len) != header[3])
        fru_damage(out, "found checksum 0x%02x of the record at %zu; expected 0x%02x",
                   header[3], at, sum_of(record->data.at, record->data.len));
    return true;
}

void
fru_print_records(struct fru_out *out, size_t at)
{
    struct fru_multi record = { 0 };
    bool first = true;

    while (!(record.flags & FRU_MULTI_END) && read_record(out, at, &record)) {
        size_t len = FRU_MULTI_HEADER + record.data.len;

        if (!fru_cover(out, "a record", at, len))
            return;
        print_record(out, &record, at, first);
        first = false;
        at += len;
        out->next = at;
    }
}
