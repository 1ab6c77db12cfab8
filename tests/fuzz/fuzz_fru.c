/* FRU images: reading one stays inside it, and personalising one keeps its
 * length, its fields and its checksums. */
#include <stdlib.h>
#include <string.h>

#include "sim/mc/fru.h"
#include "sim/wire/fru.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static unsigned
count_fields(struct bytes image, enum fru_area_kind kind)
{
    struct fru_area area;
    struct fru_field field;
    unsigned n = 0;
    char text[2 * FRU_FIELD_MAX + 1];

    if (!fru_area_open(image, kind, &area))
        return 0;
    while (fru_next(&area, &field)) {
        fru_text(&field, text, sizeof text);
        n++;
    }
    return n + 1;
}

static void
walk_multi(struct bytes image)
{
    struct fru_header header;
    struct fru_multi multi;
    struct rd r;

    if (!fru_header_parse(image, &header) || header.offset[FRU_MULTI] == 0)
        return;
    r = rd_of(bytes_of(image.at + header.offset[FRU_MULTI],
                       image.len - header.offset[FRU_MULTI]));
    while (fru_multi_next(&r, &multi))
        if (multi.data.at + multi.data.len > image.at + image.len)
            abort();
}

/* Areas of a hostile image may lie over one another, and then what is made
 * right for one is wrong for another; one that is alone keeps its fields. */
static bool
alone(struct bytes image, enum fru_area_kind kind)
{
    struct fru_header header;

    if (!fru_header_parse(image, &header))
        return false;
    for (int other = FRU_CHASSIS; other <= FRU_PRODUCT; other++)
        if ((header.offset[other] != 0) != (other == (int)kind))
            return false;
    return true;
}

static void
compare(struct bytes before, struct bytes after)
{
    for (int n = FRU_CHASSIS; n <= FRU_PRODUCT; n++) {
        enum fru_area_kind kind = (enum fru_area_kind)n;

        if (alone(before, kind) &&
            count_fields(after, kind) != count_fields(before, kind))
            abort();
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct bytes image = bytes_of(at, len);
    uint8_t *copy;

    if (len > FRU_SIZE_MAX)
        return 0;
    copy = malloc(len ? len : 1);
    if (copy == NULL)
        return 0;
    if (len)
        memcpy(copy, at, len);
    walk_multi(image);
    fru_personalise(copy, (uint32_t)len, 12345);
    compare(image, bytes_of(copy, len));
    free(copy);
    return 0;
}
