/*
 * args.h - the arguments of a command, a directive or a field, as rows.
 *
 * A row of struct arg says what is accepted in one place; args_parse() reads
 * a line against such rows and complains of each argument that is wrong, not
 * of the first alone.
 */
#ifndef IPMILAB_EMU_ARGS_H
#define IPMILAB_EMU_ARGS_H

#include "emu/lexer.h"

#define ARGS_MAX 12
#define ARG_BYTES_MAX 20

/* A word that stands for a number; lists of them end with a NULL name. */
struct keyword {
    const char *name;
    uint32_t value;
};

enum arg_kind {
    ARG_NONE,
    ARG_U8,       /* number, or 'c, or one of words; truncated to 8 bits */
    ARG_MC,       /* ARG_U8, or a number of 12 bits: a bus before it */
    ARG_UINT,     /* number of 32 bits, or one of words */
    ARG_BITS,     /* max characters 0 or 1, the leftmost the highest bit */
    ARG_BYTES,    /* max octets: "text", or 32 or 2 * max hex digits */
    ARG_STRING,   /* "..." '...' $NAME */
    ARG_WORD,     /* any word */
    ARG_BOOL,     /* true false on off yes no 1 0, in any case */
    ARG_CHOICE,   /* one of words */
    ARG_IP4,      /* a.b.c.d */
    ARG_MAC,      /* aa:bb:cc:dd:ee:ff */
};

struct arg {
    enum arg_kind kind;
    const char *name;             /* "sensor number": for the manual and for errors */
    uint32_t max;                 /* largest value (0 = any that fits); bits; octets */
    const struct keyword *words;
    bool optional;                /* and so are all after it */
};

struct value {
    bool given;
    struct place at;
    uint32_t n;                   /* numbers, bits, bools, words of a list */
    const char *text;             /* ARG_STRING, ARG_WORD: NUL-terminated */
    size_t len;                   /* of text; ARG_BYTES: octets given */
    uint8_t bytes[ARG_BYTES_MAX]; /* ARG_BYTES, ARG_IP4, ARG_MAC; zero-padded */
};

/* Read up to ARG_NONE or ARGS_MAX arguments. False when one was wrong, with
 * as many diagnostics. Words after them stay in the lexer. */
bool args_parse(struct lexer *lx, const struct arg *args, struct value out[ARGS_MAX]);

/* One argument alone. */
bool arg_parse(struct lexer *lx, const struct arg *arg, struct value *out);

/* One word that was read already. */
bool arg_of_token(struct lexer *lx, const struct token *t, const struct arg *arg,
                  struct value *out);

/* What an argument accepts, in words: "the sensor number, 0 to 254". Returns to. */
char *arg_expected(const struct arg *arg, char *to, size_t size);

/* Octets up to the end of the line, as ARG_U8; *count of them were good.
 * False after a diagnostic, or when there are more than size. */
bool args_octets(struct lexer *lx, const char *what, uint8_t *to, size_t size, size_t *count);

#endif
