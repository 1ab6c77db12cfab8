/* stage_programs.c - the programs of a stage, and the folder they work in. */
#include <stdio.h>
#include <stdlib.h>

#include "sim/io/folder.h"
#include "sim/io/orphans.h"
#include "sim/io/stage_loop_impl.h"

/* Where administrators' tools live, which is not in everyone's PATH. */
#define MORE_PATH "/usr/local/sbin:/usr/sbin:/sbin"

void
stage_programs_path(char *to, size_t size)
{
    const char *path = getenv("PATH");

    if (path == NULL || path[0] == '\0')
        path = "/usr/local/bin:/usr/bin:/bin";
    snprintf(to, size, "%s:%s", path, MORE_PATH);
}

bool
stage_programs_find(const struct outside_setup *setup, const char *name, char *to, size_t size)
{
    char path[OUTSIDE_PATH_MAX];

    (void)setup;
    stage_programs_path(path, sizeof path);
    return child_find(name, path, to, size);
}

const char *
stage_programs_folder(struct outside_world *w)
{
    if (w->folder == NULL)
        w->folder = folder_make(w->within);
    return w->folder;
}

/* ---- programs ---- */

static struct child *
program(const struct outside_world *w, uint32_t id)
{
    for (size_t i = 0; id != 0 && i < STAGE_LOOP_PROGRAMS_MAX; i++)
        if (w->programs[i].id == id)
            return w->programs[i].child;
    return NULL;
}

static void
changed(void *ctx)
{
    struct outside_world *w = ctx;

    w->happened = true;
}

enum status
stage_programs_start(struct outside_world *w, const struct outside_program *p, uint32_t *id)
{
    const struct child_opts opts = {
        .uv = &w->uv, .argv = p->argv, .env = p->env, .dir = p->dir, .pty = p->pty,
        .changed = changed, .ctx = w,
    };
    struct stage_program *slot = w->programs;
    enum status st;

    while (slot < w->programs + STAGE_LOOP_PROGRAMS_MAX && slot->id != 0)
        slot++;
    if (slot == w->programs + STAGE_LOOP_PROGRAMS_MAX)
        return ST_FULL;
    st = child_start(&opts, &slot->child);
    if (st == ST_OK)
        *id = slot->id = ++w->started;
    return st;
}

bool
stage_programs_state(const struct outside_world *w, uint32_t id, struct outside_state *out)
{
    const struct child *c = program(w, id);
    struct child_state s;

    if (c == NULL)
        return false;
    s = child_state(c);
    *out = (struct outside_state){ s.ended, s.status, s.signal, s.late, s.ns,
                                   { s.lost[CHILD_OUT], s.lost[CHILD_ERR] } };
    return true;
}

void
stage_programs_limit(struct outside_world *w, uint32_t id, instant span)
{
    struct child *c = program(w, id);

    if (c != NULL)
        child_limit(c, span / 1000000u);
}

bool
stage_programs_take(struct outside_world *w, uint32_t id, bool *errors, struct bytes *octets)
{
    struct child *c = program(w, id);
    enum child_stream which;

    if (c == NULL || !child_take(c, &which, octets))
        return false;
    *errors = which == CHILD_ERR;
    return true;
}

enum status
stage_programs_write(struct outside_world *w, uint32_t id, struct bytes octets)
{
    struct child *c = program(w, id);

    return c == NULL ? ST_INVALID : child_write(c, octets);
}

void
stage_programs_close_input(struct outside_world *w, uint32_t id)
{
    struct child *c = program(w, id);

    if (c != NULL)
        child_close_input(c);
}

bool
stage_programs_signal(struct outside_world *w, uint32_t id, int signal)
{
    struct child *c = program(w, id);

    return c != NULL && child_signal(c, signal);
}

void
stage_programs_drop(struct outside_world *w, uint32_t id)
{
    for (size_t i = 0; id != 0 && i < STAGE_LOOP_PROGRAMS_MAX; i++) {
        if (w->programs[i].id != id)
            continue;
        child_free(w->programs[i].child);
        w->programs[i] = (struct stage_program){ 0 };
    }
}

bool
stage_programs_run(const struct outside_world *w)
{
    for (size_t i = 0; i < STAGE_LOOP_PROGRAMS_MAX; i++)
        if (w->programs[i].id != 0 && !child_state(w->programs[i].child).ended)
            return true;
    return false;
}

void
stage_programs_end(struct outside_world *w)
{
    for (size_t i = 0; i < STAGE_LOOP_PROGRAMS_MAX; i++)
        stage_programs_drop(w, w->programs[i].id);
    if (w->started != 0)
        orphans_end(NULL, 0);
}
