#include "emu/fru_fields.h"

#define COUNT(rows) (sizeof (rows) / sizeof (rows)[0])

static const struct fru_area_field chassis[] = {
    { "part", true },
    { "serial", true },
};

static const struct fru_area_field board[] = {
    { "manufacturer", false }, { "product", false }, { "serial", true },
    { "part", false },         { "file", true },
};

static const struct fru_area_field product[] = {
    { "manufacturer", false }, { "name", false },  { "part", false }, { "version", false },
    { "serial", true },        { "asset", false }, { "file", true },
};

const struct fru_area_words fru_area_words[FRU_MULTI] = {
    [FRU_INTERNAL] = { "internal", NULL, 0 },
    [FRU_CHASSIS] = { "chassis", chassis, COUNT(chassis) },
    [FRU_BOARD] = { "board", board, COUNT(board) },
    [FRU_PRODUCT] = { "product", product, COUNT(product) },
};

bool
fru_is_wide(enum fru_area_kind kind, uint8_t language, size_t n)
{
    if (kind == FRU_CHASSIS || language == 0 || language == FRU_LANGUAGE_ENGLISH)
        return false;
    return n >= fru_area_words[kind].count || !fru_area_words[kind].fields[n].english;
}
