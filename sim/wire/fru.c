#include "sim/wire/fru.h"

#include <string.h>

#include "sim/base/hex.h"
#include "sim/base/sum.h"

#define FIELD_LENGTH 0x3f

bool
fru_header_parse(struct bytes image, struct fru_header *out)
{
    if (image.len < FRU_HEADER || (image.at[0] & 0x0f) != FRU_VERSION ||
        !sum_ok(image.at, FRU_HEADER))
        return false;
    for (unsigned i = 0; i < FRU_AREAS; i++) {
        out->offset[i] = (uint16_t)(image.at[1 + i] * FRU_UNIT);
        if (out->offset[i] >= image.len)
            return false;
    }
    return true;
}

void
fru_header_build(const struct fru_header *header, uint8_t to[FRU_HEADER])
{
    struct wr w = wr_of(to, FRU_HEADER);

    wr_u8(&w, FRU_VERSION);
    for (unsigned i = 0; i < FRU_AREAS; i++)
        wr_u8(&w, header->offset[i] / FRU_UNIT);
    wr_u8(&w, 0);
    wr_u8(&w, sum_of(to, FRU_HEADER - 1));
}

/* The octets of an info area, checked. Empty: there is none. */
static struct bytes
area_octets(struct bytes image, enum fru_area_kind kind)
{
    struct fru_header header;
    const uint8_t *area;
    size_t left, len;

    if (!fru_header_parse(image, &header) || header.offset[kind] == 0)
        return bytes_of(NULL, 0);
    area = image.at + header.offset[kind];
    left = image.len - header.offset[kind];
    if (left < FRU_UNIT || (area[0] & 0x0f) != FRU_VERSION)
        return bytes_of(NULL, 0);
    len = area[1] * FRU_UNIT;
    if (len == 0 || len > left || !sum_ok(area, len))
        return bytes_of(NULL, 0);
    return bytes_of(area, len);
}

void
fru_area_read(struct bytes all, enum fru_area_kind kind, struct fru_area *out)
{
    *out =
        (struct fru_area){ .all = all, .fields = rd_of(bytes_of(all.at, all.len - 1)) };
    rd_skip(&out->fields, 2); /* version, length */
    if (kind == FRU_CHASSIS)
        out->chassis_type = rd_u8(&out->fields);
    else
        out->language = rd_u8(&out->fields);
    if (kind == FRU_BOARD)
        out->made = rd_le24(&out->fields);
}

bool
fru_area_open(struct bytes image, enum fru_area_kind kind, struct fru_area *out)
{
    struct bytes all = area_octets(image, kind);

    if (all.len == 0 || kind == FRU_INTERNAL || kind == FRU_MULTI)
        return false;
    fru_area_read(all, kind, out);
    return true;
}

bool
fru_next(struct fru_area *area, struct fru_field *out)
{
    struct rd *r = &area->fields;
    uint8_t type_length = rd_u8(r);

    if (r->bad || type_length == FRU_FIELDS_END) {
        r->bad = true;
        return false;
    }
    out->encoding = type_length >> 6;
    out->data = rd_bytes(r, type_length & FIELD_LENGTH);
    return !r->bad;
}

bool
fru_nth(const struct fru_area *area, unsigned n, struct fru_field *out)
{
    struct fru_area walk = *area;

    do {
        if (!fru_next(&walk, out))
            return false;
    } while (n-- > 0);
    return true;
}

char *
fru_text(const struct fru_field *field, char *to, size_t size)
{
    if (field->encoding == FRU_BINARY)
        return hex_print(field->data, to, size);
    return text_decode((enum text_code)field->encoding, field->data, SIZE_MAX, to, size);
}

void
fru_area_begin(struct wr *w, size_t *start)
{
    *start = wr_len(w);
    wr_u8(w, FRU_VERSION);
    wr_u8(w, 0);
}

void
fru_area_field(struct wr *w, const char *text)
{
    size_t len = strlen(text);

    if (len > FRU_FIELD_MAX) {
        w->bad = true;
        return;
    }
    if (len == 1) {
        wr_u8(w, FRU_TEXT << 6 | 2);
        wr_u8(w, (uint8_t)text[0]);
        wr_u8(w, ' ');
        return;
    }
    wr_u8(w, (unsigned)FRU_TEXT << 6 | (unsigned)len);
    wr_bytes(w, text, len);
}

void
fru_area_end(struct wr *w, size_t start)
{
    size_t len;
    uint8_t *area = w->start + start;

    wr_u8(w, FRU_FIELDS_END);
    while ((wr_len(w) - start + 1) % FRU_UNIT != 0 && !w->bad)
        wr_u8(w, 0);
    len = wr_len(w) - start + 1;
    if (w->bad || len / FRU_UNIT > UINT8_MAX) {
        w->bad = true;
        return;
    }
    area[1] = (uint8_t)(len / FRU_UNIT);
    wr_u8(w, sum_of(area, len - 1));
}

bool
fru_multi_next(struct rd *r, struct fru_multi *out)
{
    struct bytes header = rd_bytes(r, FRU_MULTI_HEADER);

    if (r->bad || !sum_ok(header.at, header.len)) {
        r->bad = true;
        return false;
    }
    out->type = header.at[0];
    out->flags = header.at[1];
    out->data = rd_bytes(r, header.at[2]);
    if (r->bad)
        return false;
    out->sum_ok = sum_of(out->data.at, out->data.len) == header.at[3];
    return true;
}
