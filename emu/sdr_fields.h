/*
 * sdr_fields.h - the fields of SDR source, one row each, by record type.
 * Spec: IPMI v2.0 43; octets are counted from 1, as its tables do.
 */
#ifndef IPMILAB_EMU_SDR_FIELDS_H
#define IPMILAB_EMU_SDR_FIELDS_H

#include "emu/args.h"
#include "sim/base/bytes.h"

enum sdr_field_kind {
    SDRF_BITS,          /* number or word, in bits of one octet */
    SDRF_SIGNED,        /* two's complement in bits of one octet */
    SDRF_SPLIT,         /* signed, its high bits in a second octet */
    SDRF_SPLIT_PLAIN,   /* the same, unsigned, negative ones accepted */
    SDRF_BOOL,          /* one bit */
    SDRF_LE,            /* number, in bits / 8 octets, the low one first */
    SDRF_GUID,          /* 16 octets */
    SDRF_READING,       /* real number, through M, B and the exponents */
    SDRF_DIFFERENCE,    /* the same without B */
};

/* When a row is printed: rows that are other names of the same bits are not. */
enum sdr_field_print { PRINT_ANY, PRINT_THRESHOLD, PRINT_DISCRETE, PRINT_NEVER };

struct sdr_field {
    const char *name;
    enum sdr_field_kind kind;
    uint8_t octet, shift, bits;       /* shift, bits: within the octet */
    bool required;
    enum sdr_field_print print;
    const struct keyword *words;
    uint8_t octet2, shift2, bits2;    /* SDRF_SPLIT: the high bits */
};

struct sdr_layout {
    uint8_t type;
    uint8_t version;
    uint8_t fixed;                    /* octets up to the id string's type/length octet */
    bool has_id;                      /* id_string ends it */
    uint8_t preset_octet, preset;     /* an octet's value before any field; 0: none */
    uint8_t event_type_octet;         /* where sensors have it; 0: no sensor */
    const struct sdr_field *fields;
    size_t count;
};

/* The layout of a type, or NULL. */
const struct sdr_layout *sdr_layout_of(unsigned type);

/* The value in a record's octets, sign and all; for kinds of bits only. */
long sdr_field_get(const struct sdr_field *f, const uint8_t *record);

/* Put a value in (bits are OR'ed, other octets replaced). */
void sdr_field_put(const struct sdr_field *f, uint8_t *record, long value);

/* Smallest and largest value that a field takes. */
void sdr_field_range(const struct sdr_field *f, long *min, long *max);

#endif
