/*
 * fru_fields.h - the areas of FRU information and their fixed fields, for
 * compiler and printer alike.
 */
#ifndef IPMILAB_EMU_FRU_FIELDS_H
#define IPMILAB_EMU_FRU_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/wire/fru.h"

#define FRU_CHASSIS_UNKNOWN 2

struct fru_area_field {
    const char *name;
    bool english;                    /* whatever the area's language */
};

struct fru_area_words {
    const char *name;
    const struct fru_area_field *fields;
    size_t count;
};

/* By enum fru_area_kind, up to the product area. */
extern const struct fru_area_words fru_area_words[FRU_MULTI];

/* Has text in field n of an area (SIZE_MAX: a custom one) two octets a
 * character, when its type is 3? */
bool fru_is_wide(enum fru_area_kind kind, uint8_t language, size_t n);

#endif
