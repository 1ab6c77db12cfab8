/*
 * fru.h - FRU inventory images: header, areas, fields, checksums.
 *
 * An image begins with a header of 8 octets that says, in units of 8 octets,
 * where its areas are. Chassis, board and product areas hold fields, each a
 * type/length octet and its data, up to a C1h octet, and end in a checksum
 * that makes the whole area add to zero. Nothing allocates; spans point into
 * the image.
 * Spec: Platform Management FRU Information Storage Definition v1.0 r1.3.
 */
#ifndef IPMILAB_WIRE_FRU_H
#define IPMILAB_WIRE_FRU_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/bytes.h"
#include "sim/base/rd.h"
#include "sim/base/wr.h"
#include "sim/wire/text.h"

#define FRU_HEADER 8u
#define FRU_UNIT 8u
#define FRU_VERSION 0x01
#define FRU_FIELDS_END 0xc1
#define FRU_FIELD_MAX 63u
#define FRU_LANGUAGE_ENGLISH 25
#define FRU_MULTI_HEADER 5u
#define FRU_MULTI_END 0x80       /* in fru_multi.flags: the last record */

/* In the order of the header's octets. */
enum fru_area_kind {
    FRU_INTERNAL,
    FRU_CHASSIS,
    FRU_BOARD,
    FRU_PRODUCT,
    FRU_MULTI,
    FRU_AREAS,
};

/* Fields of an area in their order; custom ones follow. */
enum { FRU_CHASSIS_PART, FRU_CHASSIS_SERIAL, FRU_CHASSIS_FIELDS };
enum { FRU_BOARD_MANUFACTURER, FRU_BOARD_PRODUCT, FRU_BOARD_SERIAL, FRU_BOARD_PART,
       FRU_BOARD_FILE, FRU_BOARD_FIELDS };
enum { FRU_PRODUCT_MANUFACTURER, FRU_PRODUCT_NAME, FRU_PRODUCT_PART, FRU_PRODUCT_VERSION,
       FRU_PRODUCT_SERIAL, FRU_PRODUCT_ASSET, FRU_PRODUCT_FILE, FRU_PRODUCT_FIELDS };

/* All but binary are those of sim/wire/text.h, with the same numbers. */
enum fru_encoding {
    FRU_BINARY = 0,
    FRU_BCD_PLUS = TEXT_BCD_PLUS,
    FRU_PACKED = TEXT_PACKED,
    FRU_TEXT = TEXT_LATIN,
};

struct fru_header {
    uint16_t offset[FRU_AREAS];  /* octets; 0 = absent */
};

struct fru_field {
    uint8_t encoding;            /* enum fru_encoding */
    struct bytes data;           /* as stored */
};

/* An info area (chassis, board, product) opened for reading. */
struct fru_area {
    struct bytes all;            /* version octet to checksum */
    uint8_t language;            /* board, product */
    uint8_t chassis_type;        /* chassis */
    uint32_t made;               /* board: minutes since 1996-01-01; 0 = unspecified */
    struct rd fields;            /* for fru_next() */
};

struct fru_multi {
    uint8_t type;
    uint8_t flags;               /* FRU_MULTI_END, [3:0] format version */
    struct bytes data;
    bool sum_ok;                 /* the data's checksum */
};

/* Read the header. False: too short, another version, a bad checksum, or an
 * area that begins outside of image. */
bool fru_header_parse(struct bytes image, struct fru_header *out);
void fru_header_build(const struct fru_header *header, uint8_t to[FRU_HEADER]);

/* Open one of the three info areas. False: absent, cut, another version or a
 * bad checksum. */
bool fru_area_open(struct bytes image, enum fru_area_kind kind, struct fru_area *out);

/* The same of an area's octets (at least FRU_UNIT), with no look at version,
 * length and checksum. */
void fru_area_read(struct bytes all, enum fru_area_kind kind, struct fru_area *out);

/* The next field. False after the last, and for what ends without C1h. */
bool fru_next(struct fru_area *area, struct fru_field *out);

/* The n-th field (an enum above). False when there are not so many. */
bool fru_nth(const struct fru_area *area, unsigned n, struct fru_field *out);

/* A field as text, NUL-terminated, at most size - 1 characters: binary as
 * hexadecimal digits, what is not printable as '?'. Returns to. */
char *fru_text(const struct fru_field *field, char *to, size_t size);

/* Begin an info area: version and a hole for its length. Then the caller
 * writes the area's fixed octets and fields. */
void fru_area_begin(struct wr *w, size_t *start);

/* A text field, 8-bit. More than FRU_FIELD_MAX characters set w->bad. A
 * single character is stored with a blank, since C1h would end the area. */
void fru_area_field(struct wr *w, const char *text);

/* End the area: C1h, padding, length, checksum. */
void fru_area_end(struct wr *w, size_t start);

/* The next multirecord; *r begins at the multirecord area. False at the end
 * and at a record whose header is cut or wrong. */
bool fru_multi_next(struct rd *r, struct fru_multi *out);

#endif
