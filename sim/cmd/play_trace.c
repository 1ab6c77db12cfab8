#include "sim/cmd/play_trace.h"

#include <stdlib.h>

#include "capture/play_facts.h"
#include "sim/engine/world.h"

#ifndef IPMILAB_VERSION
#define IPMILAB_VERSION "unknown"
#endif

void
play_trace_begin(struct play_trace *t, struct troupe *troupe)
{
    struct emu_reader reader;

    *t = (struct play_trace){ .troupe = troupe, .outside = troupe_outside(troupe) };
    reader = sources_keep(&t->sources);
    troupe_forget(troupe);
    troupe_read_by(troupe, &reader);
    if (t->outside == NULL)
        return;
    outside_record(&t->recorder, t->outside, &t->log);
    troupe_set_outside(troupe, &t->recorder.setup);
}

void
play_trace_end(struct play_trace *t)
{
    if (t->troupe != NULL) {
        troupe_read_by(t->troupe, NULL);
        troupe_set_outside(t->troupe, t->outside);
    }
    sources_free(&t->sources);
    outside_log_free(&t->log);
    *t = (struct play_trace){ 0 };
}

static struct play_target
target_of(const struct outside_setup *outside)
{
    const struct outside_target *t = outside != NULL ? outside->target : NULL;

    if (t == NULL)
        return (struct play_target){ .host = NULL };
    return (struct play_target){ .host = t->host, .port = t->port, .user = t->user,
                                 .password = t->password, .suite = t->suite,
                                 .lan15 = t->lan15, .writes = t->writes, .start = t->start };
}

enum status
play_trace_save(const struct play_trace *t, const struct film *film, const char *path,
                const struct play_trace_run *run)
{
    const struct scenario *s = run->scenario;
    const char *folders[TROUPE_FOLDERS_MAX + 1];      /* NULL at the end */
    size_t folder_count = 0;
    struct play_facts facts = {
        .version = IPMILAB_VERSION, .seed = run->seed, .path = s->path,
        .text = bytes_of(s->text, s->len), .test = run->test,
        .name = run->test != 0 ? s->tests[run->test - 1].name : "",
        .args = run->args, .arg_count = run->arg_count,
        .folders = folders, .texts = t->sources.texts, .text_count = t->sources.count,
        .outside = t->log.len != 0, .cut = film_missed(film) != 0,
        .target = target_of(t->outside),
    };
    struct bytes log = bytes_of(t->log.at, t->log.full ? 0 : t->log.len);
    enum status st;
    char *json;

    while ((folders[folder_count] = troupe_folder(t->troupe, folder_count)) != NULL)
        folder_count++;
    facts.folder_count = folder_count;
    json = play_facts_print(&facts);
    st = film_save_run(film, path, WORLD_EPOCH_DEFAULT, json, log);

    /* A scenario that is too long for it is traced all the same. */
    if (st == ST_FULL)
        st = film_save(film, path, WORLD_EPOCH_DEFAULT);
    free(json);
    return st;
}
