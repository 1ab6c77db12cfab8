/*
 * lexer.h - the words of a logical line.
 *
 * Words are separated by blanks and tabs. A word that begins with $ is the
 * name of a variable and stands for its value, which is not split again; an
 * undefined one ends the line, as if nothing were there. A string is one or
 * more of "...", '...' and $NAME with no blank between them; there are no
 * escapes, and the other quote is an ordinary character inside.
 *
 * What comes out lives as long as the line, the variables and the pool.
 */
#ifndef IPMILAB_EMU_LEXER_H
#define IPMILAB_EMU_LEXER_H

#include <stdint.h>

#include "emu/emu_file.h"
#include "emu/vars.h"

struct lexer {
    const struct line *line;
    size_t at;                  /* next character */
    size_t past;                /* just after the last word read */
    const struct vars *vars;
    struct pool *pool;          /* of strings that had to be put together */
    struct diags *diags;
};

struct token {
    const char *text;           /* len characters; after $: the value */
    size_t len;
    struct place at;
    bool undefined;             /* text is the $name of no variable */
};

void lexer_open(struct lexer *lx, const struct line *line, const struct vars *vars,
                struct pool *pool, struct diags *diags);

/* The next word. False at the end, or at an undefined variable. In both
 * cases *t is good for lex_missing(). */
bool lex_word(struct lexer *lx, struct token *t);

/* Look at the next word without taking it. */
bool lex_peek(const struct lexer *lx, struct token *t);

/*
 * The next string; t->text is NUL-terminated. False after a diagnostic that
 * names what was expected: "the file's name".
 */
bool lex_string(struct lexer *lx, const char *what, struct token *t);

/* The rest of the line as it is written, without blanks around. */
struct token lex_rest(struct lexer *lx);

/* Is t the word? Case counts. */
bool token_is(const struct token *t, const char *word);

/* Complain that a word, or the end of the line, is not what was expected. */
void lex_wrong(struct lexer *lx, const struct token *t, const char *expected, ...)
    __attribute__((format(printf, 3, 4)));

/* The same as a warning. */
void lex_doubt(struct lexer *lx, const struct token *t, const char *expected, ...)
    __attribute__((format(printf, 3, 4)));

/* A number as C's strtoul reads it with base 0: decimal, 0x, leading 0 for
 * octal, an optional sign. Too long ones stand at the end of their range. */
struct number {
    uint64_t magnitude;
    bool negative;
};

bool number_read(const char *text, size_t len, struct number *out);

/* Would it be a number with 0x in front? */
bool number_is_bare_hex(const char *text, size_t len);

#endif
