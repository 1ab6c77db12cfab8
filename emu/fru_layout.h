/*
 * fru_layout.h - what stands in multirecords, as rows: the fields of each
 * record, and the lists of the PICMG records.
 *
 * A record's data are fixed octets, in which fields have their bits, then
 * lists of rows, then octets that nothing here knows. Numbers are
 * little-endian over as many octets as their bits take.
 * Spec: FRU Information Storage Definition 17 to 19; PICMG 3.0 3.6 to 3.8;
 * AMC.0 3.7 to 3.10.
 */
#ifndef IPMILAB_EMU_FRU_LAYOUT_H
#define IPMILAB_EMU_FRU_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "emu/args.h"
#include "sim/base/bytes.h"

#define FRU_RECORD_DATA_MAX 255
#define FRU_RECORD_OEM 0xc0          /* the first OEM type; PICMG's */
#define FRU_LISTS_MAX 4
#define FRU_PICMG 0x00315au          /* PICMG's manufacturer id */
#define FRU_PICMG_HEADER 5           /* manufacturer, record id, format version */

enum fru_item_kind {
    FRU_ITEM_UINT,
    FRU_ITEM_INT,        /* two's complement */
    FRU_ITEM_BOOL,
    FRU_ITEM_UNIT,       /* the unit of the currents: 10 mA, or 100 mA when set */
    FRU_ITEM_CURRENT,    /* in that unit */
    FRU_ITEM_IP4,        /* four octets, the first part first */
    FRU_ITEM_GUID,       /* sixteen octets as they are */
    FRU_ITEM_FIELD,      /* a type/length octet and twenty octets */
    FRU_ITEM_TEXT,       /* octet 0 is bit's number, and text follows to the end */
    FRU_ITEM_TEXT_GUID,  /* the same with a GUID */
};

struct fru_item {
    const char *name;
    enum fru_item_kind kind;
    uint8_t at;                    /* first octet, from 0 */
    uint8_t bit, bits;             /* the lowest bit of them, from octet at's bit 0 */
    uint8_t decimals;              /* the stored number is of 1/10^decimals units */
    uint8_t step;                  /* and of so many of these; 0 = 1 */
    const char *unit;              /* NULL: none */
    const struct keyword *words;
};

enum fru_list_kind {
    FRU_LIST_COUNTED,    /* an octet before it counts its rows */
    FRU_LIST_TO_END,     /* as many as there are octets */
    FRU_LIST_ONE,        /* one row, zero when not given */
};

/* Rows of columns, packed from bit 0 on; names are the columns' in order. A
 * list with a child has, behind each row's columns, an octet that counts rows
 * of the child, and these. */
struct fru_list {
    const char *name;
    enum fru_list_kind kind;
    const struct fru_item *columns;
    uint8_t column_count;
    uint8_t size;                  /* octets of a row, a child's count not with it */
    const struct fru_list *child;
};

struct fru_layout {
    const char *name;              /* what follows the word record */
    uint8_t type;
    uint8_t picmg_id;              /* of a PICMG record with fields of its own */
    bool picmg;
    uint8_t fixed;                 /* octets before lists */
    const struct fru_item *items;
    uint8_t item_count;
    const struct fru_list *const *lists;     /* list_count of them */
    uint8_t list_count;
};

/* All rows that have a name of their own. */
const struct fru_layout *fru_layouts(size_t *count);

/* PICMG records without fields of their own; OEM records; any record. */
extern const struct fru_layout fru_layout_picmg, fru_layout_oem, fru_layout_raw;

/* The layout of a record type given as a number: raw where none is known. */
const struct fru_layout *fru_layout_of_type(uint8_t type);

/* The layout that takes such data whole. */
const struct fru_layout *fru_layout_for(uint8_t type, struct bytes data);

/* Up to 32 bits from bit on, within memory that has them. */
uint32_t fru_bits_get(const uint8_t *at, unsigned bit, unsigned bits);
void fru_bits_put(uint8_t *at, unsigned bit, unsigned bits, uint32_t value);

/* Digits behind the point of an item in a record: of currents the unit bit
 * says. */
unsigned fru_item_decimals(const struct fru_item *item, const uint8_t *data);

#endif
