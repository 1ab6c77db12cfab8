#include "lua/troupe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WHY_LINE 1024

/* A machine by what it was asked for. */
struct known {
    struct known *next;
    char *key;
    struct description *d;
};

struct troupe {
    struct known *machines;
    const char *folders[TROUPE_FOLDERS_MAX];
    size_t folder_count;
    struct emu_reader reader;      /* without folders */
    const struct outside_setup *outside;
    struct {
        uint8_t *at;
        size_t len;
    } code[TROUPE_MODULES_MAX];
};

enum status
troupe_new(struct troupe **out)
{
    *out = calloc(1, sizeof **out);
    return *out == NULL ? ST_NOMEM : ST_OK;
}

void
troupe_forget(struct troupe *t)
{
    while (t->machines != NULL) {
        struct known *k = t->machines;

        t->machines = k->next;
        description_unref(k->d);
        free(k->key);
        free(k);
    }
}

void
troupe_free(struct troupe *t)
{
    if (t == NULL)
        return;
    troupe_forget(t);
    for (size_t i = 0; i < TROUPE_MODULES_MAX; i++)
        free(t->code[i].at);
    free(t);
}

void
troupe_set_outside(struct troupe *t, const struct outside_setup *outside)
{
    t->outside = outside;
}

const struct outside_setup *
troupe_outside(const struct troupe *t)
{
    return t->outside;
}

enum status
troupe_search(struct troupe *t, const char *folder)
{
    if (t->folder_count == TROUPE_FOLDERS_MAX)
        return ST_FULL;
    t->folders[t->folder_count++] = folder;
    return ST_OK;
}

const char *
troupe_folder(const struct troupe *t, size_t n)
{
    return n < t->folder_count ? t->folders[n] : NULL;
}

void
troupe_read_by(struct troupe *t, const struct emu_reader *reader)
{
    t->reader = reader != NULL ? *reader : (struct emu_reader){ 0 };
}

/* The reader, with the folders. */
static struct emu_reader
reader_of(const struct troupe *t)
{
    struct emu_reader reader = t->reader;

    reader.folders = t->folders;
    reader.folder_count = t->folder_count;
    return reader;
}

/* ---- machines ---- */

static struct description *
find_known(const struct troupe *t, const char *key)
{
    for (const struct known *k = t->machines; k != NULL; k = k->next)
        if (strcmp(k->key, key) == 0)
            return k->d;
    return NULL;
}

/* Keep d under key, both taken; d also when there is no memory for it. */
static struct description *
keep(struct troupe *t, char *key, struct description *d)
{
    struct known *k = d == NULL ? NULL : malloc(sizeof *k);

    if (k == NULL) {
        free(key);
        description_unref(d);
        return NULL;
    }
    *k = (struct known){ t->machines, key, d };
    t->machines = k;
    return d;
}

/* All errors among diags, a line each. */
static char *
words_of(const struct diags *diags)
{
    char line[WHY_LINE], *text = NULL;
    size_t size;
    FILE *to = open_memstream(&text, &size);
    const char *between = "";

    if (to == NULL)
        return NULL;
    for (size_t i = 0; i < diags->count; i++) {
        if (diags->list[i].severity != SEVERITY_ERROR)
            continue;
        fprintf(to, "%s%s", between, diag_print(&diags->list[i], line, sizeof line));
        between = "\n";
    }
    if (fclose(to) == 0)
        return text;
    free(text);
    return NULL;
}

static struct description *
load(const char *const *files, size_t count, const struct emu_opts *opts, char **why)
{
    struct description **all, *d = NULL;
    struct diags diags;
    size_t n;
    enum status st;

    diags_init(&diags);
    st = emu_load(files, count, opts, &diags, &all, &n);
    if (st == ST_OK) {
        d = all[0];
        for (size_t i = 1; i < n; i++)
            description_unref(all[i]);
        free(all);
    } else
        *why = st == ST_INVALID ? words_of(&diags) : strdup(status_text(st));
    diags_free(&diags);
    return d;
}

/* name as it is, and with .emu: the first that a file is found by, in path. */
static bool
find_file(struct troupe *t, const char *from, const char *name, char path[EMU_PATH_MAX])
{
    struct emu_reader reader = reader_of(t);
    char with[EMU_PATH_MAX];
    char *text;
    size_t len;
    int n = snprintf(with, sizeof with, "%s.emu", name);

    if ((n > 0 && (size_t)n < sizeof with &&
         emu_find(&reader, from, with, path, &text, &len) == ST_OK) ||
        emu_find(&reader, from, name, path, &text, &len) == ST_OK) {
        free(text);
        return true;
    }
    return false;
}

static char *
not_found(const char *name)
{
    char line[WHY_LINE];

    snprintf(line, sizeof line,
             "there is no machine \"%s\"; expected the name of a shipped one (server-1u, "
             "server-2s, twin, shelf) or the path of an .emu file", name);
    return strdup(line);
}

struct description *
troupe_machine(struct troupe *t, const char *from, const char *name, char **why)
{
    struct emu_opts opts = { .reader = reader_of(t) };
    char path[EMU_PATH_MAX];
    const char *files[] = { path };
    struct description *d;

    *why = NULL;
    if (!find_file(t, from, name, path)) {
        *why = not_found(name);
        return NULL;
    }
    d = find_known(t, path);
    return d != NULL ? d : keep(t, strdup(path), load(files, 1, &opts, why));
}

/* ---- machines of text ---- */

struct texts {
    char emu_path[WHY_LINE], conf_path[WHY_LINE];
    const char *emu, *conf;
    struct emu_reader behind;
};

/* An emu_read_fn: the two texts, and the troupe's reader behind them. */
static enum status
read_texts(void *ctx, const char *path, char **text, size_t *len)
{
    const struct texts *texts = ctx;
    const char *found = NULL;

    if (strcmp(path, texts->emu_path) == 0)
        found = texts->emu;
    else if (strcmp(path, texts->conf_path) == 0)
        found = texts->conf;
    else
        return emu_read(&texts->behind, path, text, len);
    if (found == NULL)
        return ST_MISSING;
    *text = strdup(found);
    *len = strlen(found);
    return *text == NULL ? ST_NOMEM : ST_OK;
}

static char *
joined(const char *a, const char *b, const char *c)
{
    size_t size = strlen(a) + strlen(b) + strlen(c) + 3;
    char *text = malloc(size);

    if (text != NULL)
        snprintf(text, size, "%s\n%s\n%s", a, b, c);
    return text;
}

struct description *
troupe_machine_text(struct troupe *t, const char *name, const char *emu, const char *conf,
                    char **why)
{
    struct texts texts = { .emu = emu == NULL ? "" : emu, .conf = conf,
                           .behind = t->reader };
    struct emu_opts opts = { .reader = { .read = read_texts, .ctx = &texts,
                                         .folders = t->folders,
                                         .folder_count = t->folder_count } };
    const char *files[] = { texts.conf_path, texts.emu_path };
    char *key = joined(name, texts.emu, conf == NULL ? "" : conf);
    struct description *d;

    *why = NULL;
    d = key == NULL ? NULL : find_known(t, key);
    if (d != NULL || key == NULL) {
        free(key);
        return d;
    }
    snprintf(texts.emu_path, sizeof texts.emu_path, "%s.emu", name);
    snprintf(texts.conf_path, sizeof texts.conf_path, "%s.conf", name);
    d = conf == NULL ? load(files + 1, 1, &opts, why) : load(files, 2, &opts, why);
    return keep(t, key, d);
}

/* ---- compiled modules ---- */

struct bytes
troupe_code(const struct troupe *t, size_t module)
{
    return module < TROUPE_MODULES_MAX
               ? (struct bytes){ t->code[module].at, t->code[module].len }
               : (struct bytes){ NULL, 0 };
}

void
troupe_keep_code(struct troupe *t, size_t module, struct bytes code)
{
    uint8_t *copy;

    if (module >= TROUPE_MODULES_MAX || t->code[module].at != NULL)
        return;
    copy = malloc(code.len);
    if (copy == NULL)
        return;
    memcpy(copy, code.at, code.len);
    t->code[module].at = copy;
    t->code[module].len = code.len;
}
