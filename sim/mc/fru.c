#include "sim/mc/fru.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/sum.h"
#include "sim/mc/mc_parts.h"
#include "sim/wire/fru.h"

#define SERIAL_DIGITS_MAX 9 /* of a serial number that count up: below 2^32 */

/* ---- serial numbers ---- */

/* Where each area has its serial number. */
static const struct {
    enum fru_area_kind area;
    unsigned field;
} serials[] = {
    { FRU_CHASSIS, FRU_CHASSIS_SERIAL },
    { FRU_BOARD, FRU_BOARD_SERIAL },
    { FRU_PRODUCT, FRU_PRODUCT_SERIAL },
};

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t
digits_of(uint32_t n)
{
    size_t digits = 1;

    while (n /= 10)
        digits++;
    return digits;
}

/* Add index to the number that text ends in. A number that is too short for
 * it takes letters in front of it, which count as zeros. */
static void
count_up(char *text, size_t len, uint32_t index)
{
    size_t end, digits = 0;
    uint32_t carry = index;

    while (len > 0 && text[len - 1] == ' ')
        len--;
    while (digits < len && digits < SERIAL_DIGITS_MAX && is_digit(text[len - 1 - digits]))
        digits++;
    if (digits < digits_of(index))
        digits = digits_of(index);
    if (digits > len)
        digits = len;
    for (end = len; digits > 0; digits--, end--) {
        uint32_t sum =
            carry % 10 + (is_digit(text[end - 1]) ? (uint32_t)(text[end - 1] - '0') : 0);

        text[end - 1] = (char)('0' + sum % 10);
        carry = carry / 10 + sum / 10;
    }
}

/* The same for a serial number that is no text: big-endian. */
static void
count_up_binary(uint8_t *data, size_t len, uint32_t index)
{
    uint64_t carry = index;

    while (len-- > 0) {
        carry += data[len];
        data[len] = (uint8_t)carry;
        carry >>= 8;
    }
}

static void
personalise_field(uint8_t *data, const struct fru_field *field, uint32_t index)
{
    enum text_code code = (enum text_code)field->encoding;
    char text[2 * FRU_FIELD_MAX + 1];

    if (field->encoding == FRU_BINARY) {
        count_up_binary(data, field->data.len, index);
    } else if (field->encoding == FRU_TEXT) {
        count_up((char *)data, field->data.len, index);
    } else {
        text_decode(code, field->data, SIZE_MAX, text, sizeof text);
        count_up(text, strlen(text), index);
        text_encode(code, text, data, field->data.len);
    }
}

void
fru_personalise(uint8_t *fru, uint32_t size, uint32_t index)
{
    struct bytes image = bytes_of(fru, size);

    for (size_t i = 0; i < sizeof serials / sizeof serials[0]; i++) {
        struct fru_area area;
        struct fru_field field;
        uint8_t *start;

        if (!fru_area_open(image, serials[i].area, &area) ||
            !fru_nth(&area, serials[i].field, &field) || field.data.len == 0)
            continue;
        personalise_field(fru + (field.data.at - fru), &field, index);
        start = fru + (area.all.at - fru);
        start[area.all.len - 1] = sum_of(start, area.all.len - 1);
    }
}

/* Keep the octets in which a personalised image differs from the machine's. */
static enum status
keep_differences(struct fru *fru, const uint8_t *image)
{
    const struct machine_fru *facts = fru->facts;
    uint32_t n = 0;

    for (uint32_t at = 0; at < facts->size; at++)
        n += image[at] != facts->data.at[at];
    if (n == 0)
        return ST_OK;
    fru->patches = calloc(n, sizeof *fru->patches);
    if (fru->patches == NULL)
        return ST_NOMEM;
    for (uint32_t at = 0; at < facts->size; at++)
        if (image[at] != facts->data.at[at])
            fru->patches[fru->patch_count++] =
                (struct fru_patch){ .at = (uint16_t)at, .octet = image[at] };
    return ST_OK;
}

static enum status
personalise(struct fru *fru, uint32_t index)
{
    uint8_t *image;
    enum status st;

    if (fru->facts->data.len < fru->facts->size || fru->facts->size == 0)
        return ST_OK;
    image = malloc(fru->facts->size);
    if (image == NULL)
        return ST_NOMEM;
    memcpy(image, fru->facts->data.at, fru->facts->size);
    fru_personalise(image, fru->facts->size, index);
    st = keep_differences(fru, image);
    free(image);
    return st;
}

/* ---- access ---- */

struct fru *
fru_find(const struct mc *mc, uint8_t id)
{
    for (uint32_t i = 0; i < mc->frus.count; i++)
        if (mc->frus.at[i].facts->id == id)
            return &mc->frus.at[i];
    return NULL;
}

/* True when a file takes the place of all else. */
static bool
in_file(const struct mc *mc, const struct fru *fru)
{
    return fru->facts->path != NULL && mc->opts.backing != NULL;
}

/* The described content, what is missing of it as zeros, with the differences. */
static void
read_described(const struct fru *fru, uint32_t at, uint8_t *to, uint32_t len)
{
    struct bytes data = fru->facts->data;
    uint32_t there = at < data.len ? (uint32_t)data.len - at : 0;

    if (there > len)
        there = len;
    memset(to, 0, len);
    if (there)
        memcpy(to, data.at + at, there);
    for (uint32_t i = 0; i < fru->patch_count; i++)
        if (fru->patches[i].at >= at && fru->patches[i].at - at < len)
            to[fru->patches[i].at - at] = fru->patches[i].octet;
}

bool
fru_is_busy(const struct mc *mc, const struct fru *fru)
{
    return mc->world->now < fru->busy_until;
}

bool
fru_is_guarded(const struct fru *fru, uint32_t at, size_t len)
{
    for (uint32_t i = 0; i < fru->facts->guard_count; i++) {
        const struct machine_span *guard = &fru->facts->guards[i];

        if (at < guard->from + guard->count && at + len > guard->from)
            return true;
    }
    return false;
}

enum status
fru_read(const struct mc *mc, const struct fru *fru, uint32_t at, uint8_t *to,
         uint32_t len)
{
    const struct mc_backing *backing = mc->opts.backing;

    if (in_file(mc, fru))
        return backing->read(backing->ctx, fru->facts->path, fru->facts->offset + at, to,
                             len)
                   ? ST_OK
                   : ST_IO;
    if (fru->own != NULL)
        memcpy(to, fru->own + at, len);
    else
        read_described(fru, at, to, len);
    return ST_OK;
}

enum status
fru_write(struct mc *mc, struct fru *fru, uint32_t at, struct bytes data)
{
    const struct mc_backing *backing = mc->opts.backing;

    fru->busy_until = instant_add(mc->world->now, SPAN_MS(fru->facts->busy_ms));
    if (in_file(mc, fru))
        return backing->write(backing->ctx, fru->facts->path, fru->facts->offset + at,
                              data)
                   ? ST_OK
                   : ST_IO;
    if (fru->own == NULL) {
        fru->own = malloc(fru->facts->size ? fru->facts->size : 1);
        if (fru->own == NULL)
            return ST_NOMEM;
        read_described(fru, 0, fru->own, fru->facts->size);
    }
    if (data.len)
        memcpy(fru->own + at, data.at, data.len);
    return ST_OK;
}

/* ---- birth and end ---- */

enum status
frus_init(struct mc *mc)
{
    const struct machine_mc *machine = mc->machine;
    uint32_t index = mc->opts.identity.index;

    mc->frus = (struct frus){ 0 };
    if (machine->fru_count == 0)
        return ST_OK;
    mc->frus.at = calloc(machine->fru_count, sizeof *mc->frus.at);
    if (mc->frus.at == NULL)
        return ST_NOMEM;
    mc->frus.count = machine->fru_count;
    for (uint32_t i = 0; i < machine->fru_count; i++)
        mc->frus.at[i].facts = &machine->frus[i];
    for (uint32_t i = 0; i < machine->fru_count && index > 0; i++) {
        enum status st =
            in_file(mc, &mc->frus.at[i]) ? ST_OK : personalise(&mc->frus.at[i], index);

        if (st != ST_OK)
            return st;
    }
    return ST_OK;
}

/* An inventory is nonvolatile. */
void
frus_reset(struct mc *mc)
{
    (void)mc;
}

void
frus_free(struct mc *mc)
{
    for (uint32_t i = 0; i < mc->frus.count; i++) {
        free(mc->frus.at[i].own);
        free(mc->frus.at[i].patches);
    }
    free(mc->frus.at);
    mc->frus = (struct frus){ 0 };
}
