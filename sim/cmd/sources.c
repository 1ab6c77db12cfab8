#include "sim/cmd/sources.h"

#include <stdlib.h>
#include <string.h>

static const struct run_text *
find(const struct run_text *texts, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(texts[i].name, name) == 0)
            return &texts[i];
    return NULL;
}

/* A copy of len octets with a NUL behind them. */
static char *
copy_of(const void *octets, size_t len)
{
    char *copy = malloc(len + 1);

    if (copy == NULL)
        return NULL;
    if (len)
        memcpy(copy, octets, len);
    copy[len] = '\0';
    return copy;
}

static enum status
keep(struct sources *s, const char *name, const char *text, size_t len)
{
    struct run_text *more = realloc(s->texts, (s->count + 1) * sizeof *more);
    char *kept_name = copy_of(name, strlen(name)), *kept_text = copy_of(text, len);

    if (more != NULL)
        s->texts = more;
    if (more == NULL || kept_name == NULL || kept_text == NULL) {
        free(kept_name);
        free(kept_text);
        return ST_NOMEM;
    }
    s->texts[s->count++] = (struct run_text){ kept_name, bytes_of(kept_text, len) };
    return ST_OK;
}

static enum status
read_and_keep(void *ctx, const char *path, char **text, size_t *len)
{
    static const struct emu_reader disk;
    struct sources *s = ctx;
    enum status st = emu_read(&disk, path, text, len);

    if (st != ST_OK || find(s->texts, s->count, path) != NULL)
        return st;
    st = keep(s, path, *text, *len);
    if (st != ST_OK)
        free(*text);
    return st;
}

struct emu_reader
sources_keep(struct sources *s)
{
    return (struct emu_reader){ .read = read_and_keep, .ctx = s };
}

void
sources_free(struct sources *s)
{
    for (size_t i = 0; i < s->count; i++) {
        free((void *)(uintptr_t)s->texts[i].name);
        free((void *)(uintptr_t)s->texts[i].text.at);
    }
    free(s->texts);
    *s = (struct sources){ 0 };
}

static enum status
read_kept(void *ctx, const char *path, char **text, size_t *len)
{
    const struct run_facts *facts = ctx;
    const struct run_text *t = find(facts->texts, facts->text_count, path);

    if (t == NULL)
        return ST_MISSING;
    *text = copy_of(t->text.at, t->text.len);
    *len = t->text.len;
    return *text != NULL ? ST_OK : ST_NOMEM;
}

struct emu_reader
sources_of_run(const struct run_facts *facts)
{
    return (struct emu_reader){ .read = read_kept, .ctx = (void *)(uintptr_t)facts };
}
