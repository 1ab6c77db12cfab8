/*
 * fru_compile.h - a FRU source being compiled: what fru_source.c (the image),
 * fru_value.c (words and fields), fru_area.c (areas with fields), fru_record.c
 * (multirecords) and fru_item.c (values in them) share.
 */
#ifndef IPMILAB_EMU_FRU_COMPILE_H
#define IPMILAB_EMU_FRU_COMPILE_H

#include "emu/fru_layout.h"
#include "emu/fru_source.h"
#include "sim/wire/fru.h"

#define FRU_AREA_MAX (255 * FRU_UNIT)     /* octets of an area: its length octet */
#define FRU_AREA_FIELDS 8                 /* of fixed fields, no area has more */

/* An octet list that grows up to its bound. */
struct fru_octets {
    uint8_t at[FRU_AREA_MAX];
    size_t len;
};

struct fru_row {
    uint8_t octets[FRU_RECORD_DATA_MAX];
    size_t len;
    size_t count;                         /* rows */
    size_t child_count_at;                /* of the last row; 0: none yet */
};

enum fru_where { FRU_AT_TOP, FRU_IN_AREA, FRU_IN_RECORD, FRU_SKIPPING };

struct fru_compile {
    struct script *script;
    struct lexer lx;
    enum fru_where where;
    struct place begun;                   /* where the open area or record began */
    bool broken;                          /* it has a mistake and goes nowhere */
    bool has_at;                          /* ... at */
    size_t at;

    /* the image */
    size_t size;                          /* 0: as large as it needs to be */
    bool size_fixed;                      /* the source has no say */
    uint8_t fill, format, pad;
    bool has_area[FRU_AREAS];
    struct fru_header header;
    size_t next;                          /* behind the last area or record */
    size_t top;                           /* behind the last octet that is used */
    struct place top_at;
    size_t last_record;                   /* where its header is; 0: none */
    uint8_t image[FRU_IMAGE_MAX];
    bool used[FRU_IMAGE_MAX];

    /* the open area */
    struct fru_area_build {
        enum fru_area_kind kind;
        uint8_t format, type, language;
        uint32_t made;
        uint32_t length;                  /* 0: what it needs */
        bool short_of, any_field;
        uint32_t fields;
        bool set[FRU_AREA_FIELDS];
        uint8_t field[FRU_AREA_FIELDS][1 + FRU_FIELD_MAX];
        struct fru_octets custom, unused;
        uint8_t data[FRU_IMAGE_MAX];      /* internal use */
        size_t data_len;
    } area;

    /* the open record */
    struct fru_record_build {
        const struct fru_layout *layout;
        uint8_t type, format;
        bool any_current, any_text;
        uint64_t set;                     /* items, a bit each */
        uint8_t fixed[FRU_RECORD_DATA_MAX];
        struct fru_row list[FRU_LISTS_MAX];
        uint8_t tail[FRU_RECORD_DATA_MAX];
        size_t tail_len;
    } record;
};

/* Complain of a word, mark what is open as broken, and pass over the rest of
 * the line. */
void fru_broken(struct fru_compile *c, const struct token *t, const char *expected, ...)
    __attribute__((format(printf, 3, 4)));

/* Complain of what follows the last argument, if something does. */
void fru_line_end(struct fru_compile *c);

/* A number of min to max, or one of words (NULL: none). */
bool fru_number(struct fru_compile *c, const char *what, uint32_t min, uint32_t max,
                const struct keyword *words, uint32_t *out);

/* Octets up to the end of the line, behind the *len there are. */
void fru_octets(struct fru_compile *c, const char *what, uint8_t *to, size_t room,
                size_t *len);

/*
 * A field's value: a string, in 8 bits or, where wide, in 16; or an encoding
 * and a string or octets. Type/length octet and data go to to.
 */
bool fru_field_value(struct fru_compile *c, bool wide,
                     uint8_t to[1 + FRU_FIELD_MAX]);

/* "at N" if it is there, into c->at. */
void fru_read_at(struct fru_compile *c);

/* The offset for what begins a new area: c->at, or the next that is free. */
size_t fru_area_at(const struct fru_compile *c);

/* Put octets into the image. False after a diagnostic at c->begun. */
bool fru_place(struct fru_compile *c, size_t at, const uint8_t *octets, size_t len);

/* What a source that has "chassis" and the like opens, fills and closes. */
bool fru_area_word(struct fru_compile *c, const struct token *t);
void fru_area_line(struct fru_compile *c, const struct token *t);
void fru_area_close(struct fru_compile *c);

/* The value of an item whose name was read, into the open record; and the
 * columns of a row, into to, which is zero. False: there was a mistake. */
void fru_read_item(struct fru_compile *c, const struct fru_item *item,
                   const struct token *name);
bool fru_read_columns(struct fru_compile *c, const struct fru_list *list, uint8_t *to);

void fru_record_open(struct fru_compile *c);
void fru_record_line(struct fru_compile *c, const struct token *t);
void fru_record_close(struct fru_compile *c);

#endif
