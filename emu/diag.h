/*
 * diag.h - what was found wrong or doubtful in a file, and where.
 *
 * All of a file's mistakes are collected, not the first alone. A sentence
 * says what was found and what was expected:
 *
 *     rack.emu:12:15: found "0x1g"; expected the sensor number, 0 to 254
 *     rack.emu:13:22: warning: found "dynsense"; expected dynsens or persist_sdr
 *
 * An error keeps the file from being used; a warning does not. Lines and
 * columns count from 1, columns in octets; line 0 stands for the file as a
 * whole. A diags owns copies of all text in it.
 */
#ifndef IPMILAB_EMU_DIAG_H
#define IPMILAB_EMU_DIAG_H

#include <stddef.h>

#include "emu/pool.h"

#define DIAGS_KEPT_MAX 1000    /* the rest is counted only */
#define DIAG_TEXT_MAX 512

enum severity { SEVERITY_WARNING, SEVERITY_ERROR };

struct place {
    const char *file;          /* borrowed */
    int line, column;
};

struct diag {
    enum severity severity;
    struct place at;
    const char *text;
};

struct diags {
    const struct diag *list;   /* in the order they were found */
    size_t count;              /* kept in list */
    size_t errors, warnings;   /* found */
    struct diag *room;
    size_t room_size;
    const char *file;          /* the last file's name: ours, and as given */
    const char *file_given;
    struct pool pool;
};

void diags_init(struct diags *diags);
void diags_free(struct diags *diags);

/* Add one; the words as for printf. */
void diag_error(struct diags *diags, struct place at, const char *words, ...)
    __attribute__((format(printf, 3, 4)));
void diag_warning(struct diags *diags, struct place at, const char *words, ...)
    __attribute__((format(printf, 3, 4)));

/* One as a line for a person, without a line end. Returns to. */
char *diag_print(const struct diag *diag, char *to, size_t size);

/* len characters of a file between quotes, fit to be printed: the
 * unprintable as \xNN, the long cut. Returns to. */
#define DIAG_QUOTED_MAX 64
char *diag_quoted(const char *text, size_t len, char to[DIAG_QUOTED_MAX]);

#endif
