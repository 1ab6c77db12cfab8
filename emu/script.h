/*
 * script.h - what the three languages share while files are read: the
 * reader, the variables, the diagnostics, and which files are open.
 */
#ifndef IPMILAB_EMU_SCRIPT_H
#define IPMILAB_EMU_SCRIPT_H

#include "emu/args.h"

struct script {
    const struct emu_reader *reader;
    struct diags *diags;
    struct pool pool;
    struct vars vars;
    const char *open[EMU_INCLUDE_DEPTH_MAX];
    unsigned depth;
    unsigned included;          /* files so far */
};

/* reader (NULL: the file system) and diags are borrowed; the pool is the
 * script's own. */
void script_init(struct script *s, const struct emu_reader *reader, struct diags *diags);
void script_free(struct script *s);

/* A file that is open: its text and its name as found. */
struct opened {
    const char *path;
    char *text;
    size_t len;
};

/* Open a file given by the user. False after a diagnostic. */
bool script_open(struct script *s, const char *path, struct opened *out);

/* Open the file that a string of the line in lx names, beside the line's own
 * file and so on (emu_find). False after a diagnostic: also when the file is
 * open already, or too many are. */
bool script_include(struct script *s, struct lexer *lx, const struct value *name,
                    struct opened *out);

/* Take a file that was read already as open. False: no memory; text is freed. */
bool script_enter(struct script *s, const char *path, struct opened *out);

/* Close what script_open() or script_include() opened, last opened first. */
void script_close(struct script *s, struct opened *opened);

/* define NAME "value": what follows the word define. */
void script_define(struct script *s, struct lexer *lx);

/* The name in a list of so many words that word was probably meant to be, or
 * NULL. name(i) gives the words. */
const char *script_similar(const struct token *word, size_t count, const void *list,
                           const char *(*name)(const void *list, size_t i));

#endif
