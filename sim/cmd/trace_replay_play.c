/* trace_replay_play.c - ipmilab trace replay of a scenario's run: played again
 * with the same seed, with what the outside gave it then, and compared. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "capture/input_record.h"
#include "capture/play_facts.h"
#include "capture/trace.h"
#include "lua/outside_replay.h"
#include "lua/scenario.h"
#include "sim/cmd/options.h"
#include "sim/cmd/replay_match.h"
#include "sim/cmd/sources.h"
#include "sim/cmd/trace_cmds.h"
#include "sim/engine/world.h"
#include "sim/io/folder.h"
#include "sim/io/stage_loop.h"

#ifndef IPMILAB_VERSION
#define IPMILAB_VERSION "unknown"
#endif

struct again {
    const char *path;
    struct play_facts *facts;
    struct run_facts texts;        /* of machines */
    struct outside_log log;
    struct packet_source *source;
    struct replay_match match;
    struct trace *trace;
    struct troupe *troupe;
    struct scenario *scenario;
    struct outside_target target;
    struct outside_replay outside;
    char *said;                    /* why a test did not hold now; NULL */
    char *folder;                  /* where traces go that the scenario keeps */
};

static int
fail(const struct again *a, enum status st)
{
    fprintf(stderr, "ipmilab: %s: %s\n", a->path, status_text(st));
    return EXIT_LAB;
}

/* The command that does the same again, for people. */
static void
print_command(const struct again *a, FILE *to)
{
    const struct play_facts *f = a->facts;

    fprintf(to, "ipmilab %s %s --seed %" PRIu64, f->test != 0 ? "test" : "run", f->path, f->seed);
    if (f->test != 0)
        fprintf(to, " --filter '%s'", f->name);
    if (f->target.host != NULL)
        fprintf(to, " --target %s:%u", f->target.host, f->target.port);
    fputc('\n', to);
}

/* ---- what the trace has ---- */

static int
read_log(struct again *a)
{
    struct packet_source *source;
    struct packet p;
    struct input_record m;
    enum packet_result result;
    int code = trace_source_open(a->path, &source);

    if (code >= 0)
        return code;
    while ((result = packet_source_next(source, &p)) == PACKET_NEXT) {
        if (p.lane->link_type != LINKTYPE_USER0 || !input_record_parse(p.bytes, &m) ||
            m.kind != INPUT_OUTSIDE)
            continue;
        outside_log_piece(&a->log, m.octets);
    }
    code = result == PACKET_BAD ? trace_source_bad(source) : -1;
    packet_source_close(source);
    if (code < 0 && a->facts->outside && (a->log.len == 0 || a->log.full)) {
        fprintf(stderr, "ipmilab: %s: programs took part, and what they said is not in the "
                "trace; play it again with\n    ", a->path);
        print_command(a, stderr);
        code = EXIT_USAGE;
    }
    return code;
}

static int
open_match(struct again *a)
{
    struct pcapng_out out;
    enum status st;
    int code = trace_source_open(a->path, &a->source);

    if (code >= 0)
        return code;
    replay_match_begin(&a->match, a->source, WORLD_EPOCH_DEFAULT);
    out = replay_match_out(&a->match);
    st = trace_open_to(&out, WORLD_EPOCH_DEFAULT, &a->trace);
    return st == ST_OK ? -1 : fail(a, st);
}

/* ---- playing ---- */

static int
make_folder(struct again *a)
{
    a->folder = folder_name();
    return a->folder != NULL && mkdir(a->folder, 0700) == 0 ? -1 : fail(a, ST_IO);
}

static int
open_troupe(struct again *a)
{
    const struct play_facts *f = a->facts;
    const struct outside_setup here = { .ops = &stage_loop_ops, .folder = a->folder };
    struct emu_reader reader;
    char *why = NULL;
    enum status st = troupe_new(&a->troupe);

    if (st != ST_OK)
        return fail(a, st);
    a->texts = (struct run_facts){ .texts = f->texts, .text_count = f->text_count };
    reader = sources_of_run(&a->texts);
    troupe_read_by(a->troupe, &reader);
    for (size_t i = 0; i < f->folder_count; i++)
        (void)troupe_search(a->troupe, f->folders[i]);
    a->target = (struct outside_target){
        .host = f->target.host, .port = f->target.port, .user = f->target.user,
        .password = f->target.password, .suite = f->target.suite, .lan15 = f->target.lan15,
        .writes = f->target.writes, .start = f->target.start,
    };
    outside_replay(&a->outside, bytes_of(a->log.at, a->log.len),
                   f->target.host != NULL ? &a->target : NULL);
    /* Looking for its tests it may look for programs; it does nothing with them. */
    troupe_set_outside(a->troupe, &here);
    st = scenario_of_text(a->troupe, f->path, f->text, &a->scenario, &why);
    if (st == ST_OK && f->test > a->scenario->count) {
        fprintf(stderr, "ipmilab: %s: the scenario has no test %u here\n", a->path, f->test);
        return EXIT_USAGE;
    }
    if (st == ST_INVALID)
        fprintf(stderr, "ipmilab: %s\n", why != NULL ? why : f->path);
    free(why);
    troupe_set_outside(a->troupe, &a->outside.setup);
    return st == ST_OK ? -1 : st == ST_INVALID ? EXIT_USAGE : fail(a, st);
}

static int
play_test(struct again *a, size_t n)
{
    const struct scenario_opts opts = {
        .seed = a->facts->seed, .tap = trace_tap(a->trace), .traces = a->folder,
        .args = a->facts->args, .arg_count = a->facts->arg_count,
    };
    struct scenario_result r;
    enum status st = scenario_play(a->troupe, a->scenario, n, &opts, &r);

    if (a->said == NULL && st == ST_OK && outcome_is_bad(r.outcome)) {
        a->said = r.message;
        r.message = NULL;
    }
    scenario_result_free(&r);
    return st == ST_OK ? -1 : fail(a, st);
}

static int
play(struct again *a)
{
    uint32_t only = a->facts->test;
    int code = -1;

    for (size_t n = 0; code < 0 && n < a->scenario->count; n++)
        if (only == 0 || n + 1 == only)
            code = play_test(a, n);
    (void)trace_flush(a->trace);
    if (code < 0 && replay_match_good(&a->match) && !a->outside.parted && !a->facts->cut)
        replay_match_finish(&a->match);
    return code;
}

/* ---- the verdict ---- */

static void
print_circumstances(const struct again *a)
{
    printf("\nthe same before: %" PRIu64 " packets\n", a->match.same);
    if (strcmp(a->facts->version, IPMILAB_VERSION) != 0)
        printf("\nthe trace was made by version %s; this is %s\n", a->facts->version,
               IPMILAB_VERSION);
    if (a->said != NULL)
        printf("\nthe scenario now says: %s\n", a->said);
    printf("\nthe scenario as it was then was played; as it is now:\n    ");
    print_command(a, stdout);
}

static int
judge(const struct again *a)
{
    if (a->match.result == PACKET_BAD)
        return trace_source_bad(a->source);
    if (a->match.what != COMPARE_SAME) {
        if (replay_match_explain(&a->match, stdout) != ST_OK)
            return fail(a, ST_NOMEM);
        print_circumstances(a);
        return EXIT_CLAIM;
    }
    if (a->outside.parted) {
        printf("the replay goes another way: the scenario asks for %s, the trace has %s next\n",
               outside_code_text(a->outside.asked), outside_code_text(a->outside.had));
        print_circumstances(a);
        return EXIT_CLAIM;
    }
    printf("%s: %s played again, %" PRIu64 " packets, all the same%s\n", a->path, a->facts->path,
           a->match.same, a->facts->cut ? " (the trace ends before the run did)" : "");
    return EXIT_GOOD;
}

static void
close_again(struct again *a)
{
    if (a->trace != NULL)
        (void)trace_close(a->trace);
    replay_match_end(&a->match);
    packet_source_close(a->source);
    scenario_free(a->scenario);
    troupe_free(a->troupe);
    outside_log_free(&a->log);
    play_facts_free(a->facts);
    folder_remove(a->folder);
    free(a->folder);
    free(a->said);
}

int
trace_replay_scenario(const char *path, const char *json, size_t len)
{
    struct again *a = calloc(1, sizeof *a);
    const char *why;
    enum status st;
    int code = -1;

    if (a == NULL)
        return EXIT_LAB;
    a->path = path;
    st = play_facts_read(json, len, &a->facts, &why);
    if (st != ST_OK) {
        fprintf(stderr, "ipmilab: %s: the run in the section header: %s\n", path, why);
        code = st == ST_NOMEM ? EXIT_LAB : EXIT_USAGE;
    }
    if (code < 0)
        code = read_log(a);
    if (code < 0)
        code = open_match(a);
    if (code < 0)
        code = make_folder(a);
    if (code < 0)
        code = open_troupe(a);
    if (code < 0)
        code = play(a);
    if (code < 0)
        code = judge(a);
    close_again(a);
    free(a);
    return code;
}
