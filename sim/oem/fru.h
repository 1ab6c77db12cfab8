/*
 * fru.h - what a manufacturer's commands tell of the FRU of a controller:
 * single fields of device 0's areas, as they are now or as the factory left
 * them.
 */
#ifndef IPMILAB_OEM_FRU_H
#define IPMILAB_OEM_FRU_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/wire/fru.h"

struct mc;

/* Such a field has at most so many characters, with its NUL. */
#define OEM_FRU_TEXT (2u * FRU_FIELD_MAX + 1u)

enum oem_fru_age { OEM_FRU_NOW, OEM_FRU_FACTORY };

/* Field n of an area as text, NUL-terminated and cut to size. False, and "",
 * when there is none. */
bool oem_fru_text(const struct mc *mc, enum oem_fru_age age, enum fru_area_kind kind,
                  unsigned n, char *to, size_t size);

/* When the board was made: minutes since 1996-01-01, 0 = unspecified. False
 * when there is no board area. */
bool oem_fru_made(const struct mc *mc, enum oem_fru_age age, uint32_t *minutes);

#endif
