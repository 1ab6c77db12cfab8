#include "emu/diag.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
diags_init(struct diags *diags)
{
    memset(diags, 0, sizeof *diags);
}

void
diags_free(struct diags *diags)
{
    free(diags->room);
    pool_free(&diags->pool);
    diags_init(diags);
}

/* Our copy of a file's name; most come in a row about the same file. */
static const char *
own_file(struct diags *diags, const char *file)
{
    if (file == NULL)
        return "";
    if (diags->file == NULL || file != diags->file_given || strcmp(file, diags->file) != 0) {
        diags->file = pool_text(&diags->pool, file, strlen(file));
        diags->file_given = file;
    }
    return diags->file ? diags->file : "";
}

static struct diag *
next_diag(struct diags *diags)
{
    if (diags->count == DIAGS_KEPT_MAX)
        return NULL;
    if (diags->count == diags->room_size) {
        size_t size = diags->room_size ? 2 * diags->room_size : 16;
        struct diag *more = realloc(diags->room, size * sizeof *more);

        if (more == NULL)
            return NULL;
        diags->room = more;
        diags->room_size = size;
        diags->list = more;
    }
    return &diags->room[diags->count];
}

static void
add(struct diags *diags, enum severity severity, struct place at, const char *words,
    va_list args)
{
    char text[DIAG_TEXT_MAX];
    struct diag *diag = next_diag(diags);

    if (severity == SEVERITY_ERROR)
        diags->errors++;
    else
        diags->warnings++;
    if (diag == NULL)
        return;
    vsnprintf(text, sizeof text, words, args);
    diag->severity = severity;
    diag->at = at;
    diag->at.file = own_file(diags, at.file);
    diag->text = pool_text(&diags->pool, text, strlen(text));
    if (diag->text != NULL)
        diags->count++;
}

void
diag_error(struct diags *diags, struct place at, const char *words, ...)
{
    va_list args;

    va_start(args, words);
    add(diags, SEVERITY_ERROR, at, words, args);
    va_end(args);
}

void
diag_warning(struct diags *diags, struct place at, const char *words, ...)
{
    va_list args;

    va_start(args, words);
    add(diags, SEVERITY_WARNING, at, words, args);
    va_end(args);
}

char *
diag_print(const struct diag *diag, char *to, size_t size)
{
    const char *kind = diag->severity == SEVERITY_WARNING ? "warning: " : "";

    if (diag->at.line == 0)
        snprintf(to, size, "%s: %s%s", diag->at.file, kind, diag->text);
    else
        snprintf(to, size, "%s:%d:%d: %s%s", diag->at.file, diag->at.line, diag->at.column,
                 kind, diag->text);
    return to;
}

char *
diag_quoted(const char *text, size_t len, char to[DIAG_QUOTED_MAX])
{
    static const char hex[] = "0123456789abcdef";
    size_t at = 0;

    to[at++] = '"';
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];

        if (at > DIAG_QUOTED_MAX - 9) {    /* \xNN..."NUL still fits */
            memcpy(to + at, "...", 3);
            at += 3;
            break;
        }
        if (c >= 0x20 && c < 0x7f) {
            to[at++] = (char)c;
        } else {
            to[at++] = '\\';
            to[at++] = 'x';
            to[at++] = hex[c >> 4];
            to[at++] = hex[c & 15];
        }
    }
    to[at++] = '"';
    to[at] = '\0';
    return to;
}
