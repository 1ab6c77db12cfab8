/*
 * files.h - files that exist in a test's memory only, and what a loader
 * says of them.
 */
#ifndef IPMILAB_TESTS_EMU_FILES_H
#define IPMILAB_TESTS_EMU_FILES_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "emu/emu.h"

#define FILES_MAX 6
#define SAID_MAX 16384

struct file {
    const char *name, *text;
};

/* A reader of files; the array ends with a NULL name. */
static inline enum status
files_read(void *ctx, const char *path, char **text, size_t *len)
{
    for (const struct file *f = ctx; f->name != NULL; f++)
        if (strcmp(f->name, path) == 0) {
            *len = strlen(f->text);
            *text = malloc(*len + 1);
            ck_assert_ptr_nonnull(*text);
            memcpy(*text, f->text, *len);
            return ST_OK;
        }
    return ST_MISSING;
}

static inline struct emu_reader
files_reader(const struct file *files)
{
    return (struct emu_reader){ .read = files_read, .ctx = (void *)(uintptr_t)files };
}

/* All diagnostics, a line each. */
static inline const char *
said(const struct diags *diags)
{
    static char text[SAID_MAX];
    size_t len = 0;

    text[0] = '\0';
    for (size_t i = 0; i < diags->count; i++) {
        ck_assert_uint_lt(len + DIAG_TEXT_MAX, sizeof text);
        diag_print(&diags->list[i], text + len, sizeof text - len);
        len += strlen(text + len);
        text[len++] = '\n';
        text[len] = '\0';
    }
    return text;
}

/*
 * Load the first count of files; the rest can be included. *all says what was
 * said. Returns the descriptions, or NULL; n may be NULL.
 */
static inline struct description **
files_load(const struct file *files, size_t count, size_t *n, const char **all)
{
    struct emu_opts opts = { .reader = files_reader(files) };
    const char *names[FILES_MAX];
    struct description **out;
    struct diags diags;
    size_t made;
    enum status st;

    ck_assert_uint_le(count, FILES_MAX);
    for (size_t i = 0; i < count; i++)
        names[i] = files[i].name;
    diags_init(&diags);
    st = emu_load(names, count, &opts, &diags, &out, &made);
    ck_assert_int_eq(st, diags.errors ? ST_INVALID : ST_OK);
    if (all != NULL)
        *all = said(&diags);
    else
        ck_assert_str_eq(said(&diags), "");
    if (n != NULL)
        *n = made;
    diags_free(&diags);
    return out;
}

static inline void
files_free(struct description **all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        description_unref(all[i]);
    free(all);
}

#endif
