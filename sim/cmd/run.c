/* run.c - ipmilab run: one scenario, in this process, with all that it
 * prints as it prints it. */
#include <stdlib.h>
#include <string.h>

#include "lua/film.h"
#include "lua/report.h"
#include "sim/cmd/commands.h"
#include "sim/cmd/options.h"
#include "sim/cmd/play_trace.h"
#include "sim/cmd/target.h"
#include "sim/cmd/troupe_dirs.h"

struct run_opts {
    struct option_texts machines;
    struct target_opts target;
    const char *trace, *traces;
    uint64_t seed;
    const char *const *args;
    size_t arg_count;
};

static void
say(void *ctx, const char *line)
{
    (void)ctx;
    puts(line);
    fflush(stdout);
}

static void
add(struct report *report, struct report_sum *sum, const struct scenario *s, size_t n,
    struct scenario_result *r, uint64_t seed)
{
    const struct report_case c = {
        .path = s->path, .name = s->tests[n].name, .line = s->tests[n].line,
        .seed = seed, .result = r, .repeat = "the same command",
    };

    /* It was shown already. */
    free(r->said);
    r->said = NULL;
    sum->count[r->outcome]++;
    sum->bad += outcome_is_bad(r->outcome);
    report->add(report->ctx, &c);
}

static enum status
play_all(struct troupe *t, const struct scenario *s, const struct run_opts *o,
         struct film *film, struct report_sum *sum)
{
    struct scenario_opts opts = {
        .seed = o->seed, .tap = film ? film_tap(film) : NULL, .say = say,
        .traces = o->traces, .args = o->args, .arg_count = o->arg_count,
    };
    struct scenario_result r;
    struct report report;
    enum status st = report_human(stdout, true, &report);

    sum->planned = s->count;
    for (size_t n = 0; n < s->count && st == ST_OK; n++) {
        st = scenario_play(t, s, n, &opts, &r);
        if (st == ST_OK)
            add(&report, sum, s, n, &r, o->seed);
        scenario_result_free(&r);
    }
    (void)report.end(report.ctx, sum);
    return st;
}

static enum status
save(const struct scenario *s, const struct run_opts *o, const struct film *film,
     const struct play_trace *trace)
{
    const struct play_trace_run what = {
        .scenario = s, .seed = o->seed, .args = o->args, .arg_count = o->arg_count,
    };

    return play_trace_save(trace, film, o->trace, &what);
}

static int
run_file(struct troupe *t, const char *path, const struct run_opts *o)
{
    struct report_sum sum = { 0 };
    struct play_trace trace = { .troupe = NULL };
    struct film *film = NULL;
    struct scenario *s;
    char *why;
    enum status st = scenario_load(t, path, &s, &why);

    if (st != ST_OK) {
        if (why != NULL)
            fprintf(stderr, "ipmilab: %s\n", why);
        else
            fprintf(stderr, "ipmilab: %s: %s\n", path, status_text(st));
        free(why);
        return EXIT_USAGE;
    }
    if (o->trace != NULL) {
        play_trace_begin(&trace, t);
        st = film_new(&film);
    }
    if (st == ST_OK)
        st = play_all(t, s, o, film, &sum);
    if (st == ST_OK && film != NULL)
        st = save(s, o, film, &trace);
    play_trace_end(&trace);
    if (st != ST_OK)
        fprintf(stderr, "ipmilab: %s: %s\n", path, status_text(st));
    film_free(film);
    scenario_free(s);
    return st != ST_OK ? EXIT_LAB : sum.bad ? EXIT_CLAIM : EXIT_GOOD;
}

/* Whether -- stands before a word of the command line. */
static bool
dashes_before(int argc, char **argv, const char *word)
{
    for (int i = 1; i < argc && argv[i] != word; i++)
        if (strcmp(argv[i], "--") == 0)
            return true;
    return false;
}

int
cmd_run(int argc, char **argv)
{
    struct run_opts o = { .seed = 1, .traces = ".", .target = TARGET_DEFAULTS };
    const struct option_row rows[] = {
        { "seed", 's', OPTION_NUMBER, &o.seed, 0, UINT64_MAX, "N", "the lab's seed (1)" },
        { "trace", 't', OPTION_TEXT, &o.trace, 0, 0, "FILE", "keep a trace (.pcapng, or a pcap)" },
        { "traces", 0, OPTION_TEXT, &o.traces, 0, 0, "DIR",
          "where the scenario keeps traces, if it does (here)" },
        { "machines", 'm', OPTION_TEXTS, &o.machines, 0, 0, "DIR",
          "look for machines there, before the shipped ones" },
        TARGET_ROWS(&o.target),
    };
    const struct option_set set = {
        "ipmilab run SCENARIO.lua [options] [-- ARGUMENT...]",
        "Plays one scenario and shows what it prints. The arguments are its table arg. Exit\n"
        "status as of \"ipmilab test\".",
        rows, sizeof rows / sizeof rows[0],
    };
    const char **operands = calloc((size_t)argc + 1, sizeof *operands);
    struct target target = { .folder = NULL };
    struct troupe *t = NULL;
    size_t count;
    int code;

    if (operands == NULL)
        return EXIT_LAB;
    code = options_parse(&set, argc, argv, operands, &count);
    if (code < 0 && count == 0) {
        fprintf(stderr, "ipmilab: run: no scenario given\nusage: %s\n", set.usage);
        code = EXIT_USAGE;
    }
    if (code < 0 && count > 1 && !dashes_before(argc, argv, operands[1])) {
        fprintf(stderr, "ipmilab: run: \"%s\": expected one scenario; its arguments stand "
                "behind --\nusage: %s\n", operands[1], set.usage);
        code = EXIT_USAGE;
    }
    if (code < 0 && troupe_new(&t) != ST_OK)
        code = EXIT_LAB;
    if (code < 0)
        code = target_open(&o.target, &target);
    if (code < 0) {
        troupe_set_outside(t, &target.setup);
        troupe_dirs(t, &o.machines);
        o.args = operands + 1;
        o.arg_count = count - 1;
        code = run_file(t, operands[0], &o);
    }
    target_close(&target);
    troupe_free(t);
    option_texts_free(&o.machines);
    free(operands);
    return code;
}
