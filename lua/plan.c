#include "lua/plan.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sim/engine/rng.h"

#define PATH_LEN 4096
#define DEPTH_MAX 16

struct making {
    struct troupe *troupe;
    struct plan *plan;
    char **why;
};

static char *
words(const char *path, const char *what)
{
    size_t size = strlen(path) + strlen(what) + 3;
    char *text = malloc(size);

    if (text != NULL)
        snprintf(text, size, "%s: %s", path, what);
    return text;
}

static enum status
add_file(struct making *m, const char *path)
{
    struct plan *p = m->plan;
    struct scenario **more = realloc(p->scenarios, (p->scenario_count + 1) * sizeof *more);
    enum status st;

    if (more == NULL)
        return ST_NOMEM;
    p->scenarios = more;
    st = scenario_load(m->troupe, path, &p->scenarios[p->scenario_count], m->why);
    if (st == ST_OK)
        p->scenario_count++;
    else if (*m->why == NULL)
        *m->why = words(path, status_text(st));
    return st;
}

static int
is_wanted(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static enum status add_path(struct making *m, const char *path, bool named, unsigned depth);

static enum status
add_folder(struct making *m, const char *folder, unsigned depth)
{
    struct dirent **names;
    int count = scandir(folder, &names, is_wanted, alphasort);
    enum status st = count < 0 ? ST_IO : ST_OK;

    for (int i = 0; i < count; i++) {
        char path[PATH_LEN];
        int n = snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);

        if (st == ST_OK && n > 0 && (size_t)n < sizeof path)
            st = add_path(m, path, false, depth + 1);
        free(names[i]);
    }
    if (count >= 0)
        free(names);
    return st;
}

static enum status
add_path(struct making *m, const char *path, bool named, unsigned depth)
{
    size_t len = strlen(path);
    struct stat st;

    if (stat(path, &st) != 0) {
        *m->why = words(path, "there is no such file or folder");
        return ST_MISSING;
    }
    if (S_ISDIR(st.st_mode))
        return depth < DEPTH_MAX ? add_folder(m, path, depth) : ST_OK;
    if (named || (len > 4 && strcmp(path + len - 4, ".lua") == 0))
        return add_file(m, path);
    return ST_OK;
}

/* ---- items ---- */

static bool
has_tag(const struct scenario_test *t, const char *tag)
{
    for (size_t i = 0; i < t->tag_count; i++)
        if (strcmp(t->tags[i], tag) == 0)
            return true;
    return false;
}

static bool
is_tagged(const struct plan_opts *opts, const struct scenario_test *t)
{
    if (opts->tag == NULL)
        return true;
    return opts->tag[0] == '!' ? !has_tag(t, opts->tag + 1) : has_tag(t, opts->tag);
}

static bool
is_chosen(const struct plan_opts *opts, const struct scenario *s, const struct scenario_test *t)
{
    char line[PATH_LEN];

    if (!is_tagged(opts, t))
        return false;
    if (opts->filter == NULL)
        return true;
    snprintf(line, sizeof line, "%s: %s", s->path, t->name);
    return strstr(line, opts->filter) != NULL;
}

static enum status
add_item(struct plan *p, const struct plan_item *item, size_t *room)
{
    if (p->count == *room) {
        size_t more = *room ? *room * 2 : 64;
        struct plan_item *items = realloc(p->items, more * sizeof *items);

        if (items == NULL)
            return ST_NOMEM;
        p->items = items;
        *room = more;
    }
    p->items[p->count++] = *item;
    return ST_OK;
}

static enum status
add_items(const struct plan_opts *opts, struct plan *p)
{
    enum status st = ST_OK;
    size_t room = 0;

    for (size_t s = 0; s < p->scenario_count; s++)
        for (size_t t = 0; t < p->scenarios[s]->count; t++) {
            if (!is_chosen(opts, p->scenarios[s], &p->scenarios[s]->tests[t]))
                continue;
            for (uint64_t seed = opts->seed_first; st == ST_OK; seed++) {
                st = add_item(p, &(struct plan_item){ p->scenarios[s], t, seed }, &room);
                if (seed == opts->seed_last)
                    break;
            }
        }
    return st;
}

static void
shuffle(struct plan *p, uint64_t seed)
{
    struct rng rng = rng_named(rng_key_root(seed), "shuffle");

    for (size_t i = p->count; i > 1; i--) {
        size_t j = (size_t)rng_below(&rng, i);
        struct plan_item swapped = p->items[i - 1];

        p->items[i - 1] = p->items[j];
        p->items[j] = swapped;
    }
}

enum status
plan_make(struct troupe *t, const struct plan_opts *opts, struct plan *out, char **why)
{
    struct making m = { t, out, why };
    enum status st = ST_OK;

    *why = NULL;
    *out = (struct plan){ 0 };
    for (size_t i = 0; i < opts->path_count && st == ST_OK; i++)
        st = add_path(&m, opts->paths[i], true, 0);
    if (st == ST_OK)
        st = add_items(opts, out);
    if (st != ST_OK)
        plan_free(out);
    else if (opts->shuffle)
        shuffle(out, opts->seed_first);
    return st;
}

void
plan_free(struct plan *p)
{
    for (size_t i = 0; i < p->scenario_count; i++)
        scenario_free(p->scenarios[i]);
    free(p->scenarios);
    free(p->items);
    *p = (struct plan){ 0 };
}
