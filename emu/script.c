#include "emu/script.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/status.h"

#define SIMILAR_LEN_MAX 40

void
script_init(struct script *s, const struct emu_reader *reader, struct diags *diags)
{
    static const struct emu_reader disk;

    memset(s, 0, sizeof *s);
    s->reader = reader ? reader : &disk;
    s->diags = diags;
    vars_init(&s->vars, &s->pool);
}

void
script_free(struct script *s)
{
    pool_free(&s->pool);
}

bool
script_enter(struct script *s, const char *path, struct opened *out)
{
    out->path = pool_text(&s->pool, path, strlen(path));
    if (out->path == NULL) {
        free(out->text);
        return false;
    }
    s->open[s->depth++] = out->path;
    s->included++;
    return true;
}

bool
script_open(struct script *s, const char *path, struct opened *out)
{
    enum status st = emu_read(s->reader, path, &out->text, &out->len);

    if (st == ST_OK)
        return script_enter(s, path, out);
    diag_error(s->diags, (struct place){ path, 0, 0 },
               "found no way to read it (%s); expected a file", emu_read_failure(st));
    return false;
}

static bool
is_open(const struct script *s, const char *path)
{
    for (unsigned i = 0; i < s->depth; i++)
        if (strcmp(s->open[i], path) == 0)
            return true;
    return false;
}

bool
script_include(struct script *s, struct lexer *lx, const struct value *name, struct opened *out)
{
    char path[EMU_PATH_MAX], quoted[DIAG_QUOTED_MAX];
    enum status st;

    diag_quoted(name->text, name->len, quoted);
    if (s->depth == EMU_INCLUDE_DEPTH_MAX || s->included >= EMU_INCLUDES_MAX) {
        diag_error(s->diags, name->at,
                   "found one more file, %s; expected at most %d within each other, %d in all",
                   quoted, EMU_INCLUDE_DEPTH_MAX, EMU_INCLUDES_MAX);
        return false;
    }
    st = emu_find(s->reader, lx->line->file, name->text, path, &out->text, &out->len);
    if (st != ST_OK) {
        diag_error(s->diags, name->at, "found %s, which cannot be read (%s); expected a file",
                   quoted, emu_read_failure(st));
        return false;
    }
    if (is_open(s, path)) {
        diag_error(s->diags, name->at, "found %s, which is being read; expected another file",
                   quoted);
        free(out->text);
        return false;
    }
    return script_enter(s, path, out);
}

void
script_close(struct script *s, struct opened *opened)
{
    s->depth--;
    free(opened->text);
    opened->text = NULL;
}

void
script_define(struct script *s, struct lexer *lx)
{
    static const struct arg args[ARGS_MAX] = {
        { ARG_WORD, "variable's name", 0, NULL, false },
        { ARG_STRING, "variable's value", 0, NULL, false },
    };
    struct value v[ARGS_MAX];

    if (args_parse(lx, args, v))
        (void)vars_set(&s->vars, v[0].text, v[0].len, v[1].text);
}

/* ---- what was meant ---------------------------------------------------------- */

static size_t
least(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;

    return ab < c ? ab : c;
}

/* How many characters to add, drop or change (Levenshtein). */
static size_t
distance(const struct token *word, const char *name)
{
    size_t row[SIMILAR_LEN_MAX + 1];
    size_t len = strlen(name);

    for (size_t j = 0; j <= len; j++)
        row[j] = j;
    for (size_t i = 1; i <= word->len; i++) {
        size_t corner = row[0];

        row[0] = i;
        for (size_t j = 1; j <= len; j++) {
            size_t above = row[j];

            row[j] = least(row[j] + 1, row[j - 1] + 1,
                           corner + (word->text[i - 1] != name[j - 1]));
            corner = above;
        }
    }
    return row[len];
}

const char *
script_similar(const struct token *word, size_t count, const void *list,
               const char *(*name)(const void *list, size_t i))
{
    const char *best = NULL;
    size_t best_distance = 3;      /* more is another word */

    if (word->len > SIMILAR_LEN_MAX || word->len < 3)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const char *candidate = name(list, i);
        size_t d = strlen(candidate) > SIMILAR_LEN_MAX ? best_distance
                                                       : distance(word, candidate);

        if (d < best_distance) {
            best = candidate;
            best_distance = d;
        }
    }
    return best;
}
