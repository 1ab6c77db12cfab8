#include "sim/oem/fru.h"

#include "sim/mc/mc_parts.h"

#define LOOKED_AT 2048u   /* octets from the start; areas lie in them */

/* An area of FRU 0; room holds what it points into. */
static bool
open_area(const struct mc *mc, enum oem_fru_age age, enum fru_area_kind kind,
          uint8_t room[LOOKED_AT], struct fru_area *out)
{
    const struct fru *fru = fru_find(mc, 0);
    struct fru factory;
    uint32_t size;

    if (fru == NULL)
        return false;
    factory = *fru;
    factory.own = NULL;
    size = fru->facts->size < LOOKED_AT ? fru->facts->size : LOOKED_AT;
    return fru_read(mc, age == OEM_FRU_NOW ? fru : &factory, 0, room, size) == ST_OK &&
           fru_area_open(bytes_of(room, size), kind, out);
}

bool
oem_fru_text(const struct mc *mc, enum oem_fru_age age, enum fru_area_kind kind, unsigned n,
             char *to, size_t size)
{
    uint8_t room[LOOKED_AT];
    struct fru_area area;
    struct fru_field field;

    to[0] = '\0';
    if (!open_area(mc, age, kind, room, &area) || !fru_nth(&area, n, &field))
        return false;
    fru_text(&field, to, size);
    return true;
}

bool
oem_fru_made(const struct mc *mc, enum oem_fru_age age, uint32_t *minutes)
{
    uint8_t room[LOOKED_AT];
    struct fru_area area;

    if (!open_area(mc, age, FRU_BOARD, room, &area))
        return false;
    *minutes = area.made;
    return true;
}
