/*
 * sdr_compile.h - SDR source on its way to records; for the compiler's own
 * files only:
 *
 *   sdr_source.c   files and records
 *   sdr_line.c     lines of a record: its fields, id string, octets
 *   sdr_value.c    values of fields
 */
#ifndef IPMILAB_EMU_SDR_COMPILE_H
#define IPMILAB_EMU_SDR_COMPILE_H

#include "emu/sdr_fields.h"
#include "emu/sdr_source.h"
#include "sim/wire/sdr.h"

#define SDR_FIELDS_MAX 192        /* of one type, with the special ones */

/* A file being compiled. */
struct sdr_compile {
    struct script *script;
    const struct sdr_source_opts *opts;
    struct lexer lx;
    const struct sdr_layout *layout;   /* of the record that is open, or NULL */
    struct place begun;                /* where it began */
    bool broken;                       /* it has a mistake and goes nowhere */
    bool skipping;                     /* its type is unknown */
    bool set[SDR_FIELDS_MAX];
    bool id_set;
    size_t last;                       /* field found last: the next is near */
    uint8_t octets[SDR_RECORD_MAX];
    uint8_t tail[SDR_RECORD_MAX];      /* id string, or what oem_data gives */
    size_t tail_len;
    bool stop;
};

/* What was found is wrong, and so is the record. */
void sdr_broken(struct sdr_compile *c, const struct token *t, const char *expected);

/* ---- values (sdr_value.c) ---- each false after a complaint ---- */

/* What may follow a number, to be added to it: + N or - N. */
bool sdr_read_sum(struct sdr_compile *c, long *v);

/* A word of the field's, or a number or sum within its range. */
bool sdr_read_value(struct sdr_compile *c, const struct sdr_field *f, long *v);
bool sdr_read_bool(struct sdr_compile *c, const struct sdr_field *f, long *v);

/* A reading in its unit, back to the raw octet by what M, B and the
 * exponents are so far. */
bool sdr_read_real(struct sdr_compile *c, const struct sdr_field *f, long *v);

/* ---- lines (sdr_line.c) ---- */

/* A line of the record that is open; t is its first word. */
void sdr_field_line(struct sdr_compile *c, const struct token *t);

#endif
