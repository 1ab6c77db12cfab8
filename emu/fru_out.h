/*
 * fru_out.h - a FRU device being printed: what fru_print.c (areas) and
 * fru_print_record.c (multirecords) share.
 */
#ifndef IPMILAB_EMU_FRU_OUT_H
#define IPMILAB_EMU_FRU_OUT_H

#include "emu/diag.h"
#include "emu/fru_source.h"
#include "sim/wire/fru.h"

struct fru_out {
    struct bytes image;
    const char *file;
    struct diags *diags;
    bool covered[FRU_IMAGE_MAX];     /* octets that the text says */
    uint8_t fill;
    size_t next;                     /* behind the last area, as the compiler counts */
    char *text;                      /* NUL-terminated; NULL: none, or no memory */
    size_t len, room;
    bool nomem;
};

void fru_say(struct fru_out *out, const char *words, ...)
    __attribute__((format(printf, 2, 3)));

/* " 0x01 0x02", over several lines when they are many, and a line end. */
void fru_say_octets(struct fru_out *out, struct bytes octets);

/* A string in quotes of the source language. */
void fru_say_string(struct fru_out *out, const char *text);

/* The value of a field, from its type bits and data, and a line end. */
void fru_say_field(struct fru_out *out, unsigned type, bool wide, struct bytes data);

/* " at N" where the compiler would not begin by itself, and a line end. */
void fru_say_at(struct fru_out *out, size_t at);

/* Note octets as said. False when some were said before: after a complaint. */
bool fru_cover(struct fru_out *out, const char *what, size_t at, size_t len);

/* Complain of the device. */
void fru_damage(struct fru_out *out, const char *words, ...)
    __attribute__((format(printf, 2, 3)));

/* All records, the first of which is at an offset. */
void fru_print_records(struct fru_out *out, size_t at);

#endif
