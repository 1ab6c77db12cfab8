/* test.c - ipmilab test: scenario files and folders of them, played and
 * judged. */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lua/film.h"
#include "lua/plan.h"
#include "lua/report.h"
#include "lua/result_text.h"
#include "lua/timeline.h"
#include "sim/cmd/commands.h"
#include "sim/cmd/options.h"
#include "sim/cmd/play_trace.h"
#include "sim/cmd/target.h"
#include "sim/cmd/troupe_dirs.h"
#include "sim/io/workers.h"

#define REPORTS_MAX 4
#define PATH_LEN    4096

struct test_opts {
    struct option_texts machines;
    struct target_opts target;
    const char *filter, *tag, *seeds, *junit, *json, *html, *traces;
    uint64_t seed, jobs, timeout;
    bool list, shuffle, tap, verbose, keep;
};

struct run {
    const struct test_opts *opts;
    struct troupe *troupe;
    struct target target;
    struct plan plan;
    struct report reports[REPORTS_MAX];
    size_t report_count;
    struct report_sum sum;
    int signal;                    /* that stopped the run; 0 */
};

static int
complain(const char *what, const char *why)
{
    fprintf(stderr, "ipmilab: test: %s: %s\n", what, why);
    return EXIT_USAGE;
}

static uint64_t
now_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (uint64_t)ts.tv_sec * 1000u + (uint64_t)ts.tv_nsec / 1000000u;
}

/* ---- one test, in a worker ---- */

/* The name of a test's trace: the scenario's path and number without what
 * file systems mind. */
static char *
capture_path(const struct run *run, const struct plan_item *item)
{
    char name[PATH_LEN];
    int n = snprintf(name, sizeof name, "%s/%s-%zu-seed-%" PRIu64 ".pcapng", run->opts->traces,
                     item->scenario->path, item->test + 1, item->seed);

    if (n < 0 || (size_t)n >= sizeof name)
        return NULL;
    for (char *c = name + strlen(run->opts->traces) + 1; *c != '\0'; c++)
        if (*c == '/')
            *c = '-';
    return strdup(name);
}

static void
keep_capture(const struct run *run, const struct plan_item *item, const struct film *film,
             const struct play_trace *trace, struct scenario_result *r)
{
    const struct play_trace_run what = {
        .scenario = item->scenario, .test = (uint32_t)item->test + 1, .seed = item->seed,
    };
    char *path;

    if (run->opts->traces == NULL || film == NULL || film_count(film) == 0)
        return;
    if (!run->opts->keep && !outcome_is_bad(r->outcome))
        return;
    path = capture_path(run, item);
    if (path != NULL && play_trace_save(trace, film, path, &what) == ST_OK)
        r->capture = path;
    else
        free(path);
}

static void
work(void *ctx, size_t i, FILE *to)
{
    const struct run *run = ctx;
    const struct plan_item *item = &run->plan.items[i];
    struct scenario_opts opts = { .seed = item->seed, .traces = run->opts->traces };
    struct scenario_result r;
    struct film *film = NULL;
    struct play_trace trace = { .troupe = NULL };
    uint64_t began = now_ms();

    if ((run->opts->traces != NULL || run->opts->html != NULL) && film_new(&film) == ST_OK)
        opts.tap = film_tap(film);
    if (run->opts->traces != NULL)
        play_trace_begin(&trace, run->troupe);
    if (scenario_play(run->troupe, item->scenario, item->test, &opts, &r) != ST_OK)
        r.message = strdup("not enough memory");
    keep_capture(run, item, film, &trace, &r);
    play_trace_end(&trace);
    if (run->opts->html != NULL && film != NULL)
        r.timeline = timeline_of(film);
    r.real_ms = now_ms() - began;
    result_write(&r, to);
    scenario_result_free(&r);
    film_free(film);
}

/* ---- results ---- */

/* The command that plays a test again, as one would type it. */
static void
repeat_of(const struct run *run, const struct plan_item *item, char to[PATH_LEN])
{
    int n = snprintf(to, PATH_LEN, "ipmilab test %s --seed %" PRIu64, item->scenario->path,
                     item->seed);

    if (item->scenario->count > 1 && n > 0 && n < PATH_LEN)
        n += snprintf(to + n, (size_t)(PATH_LEN - n), " --filter '%s'",
                      item->scenario->tests[item->test].name);
    if (run->opts->target.target != NULL && n > 0 && n < PATH_LEN)
        n += snprintf(to + n, (size_t)(PATH_LEN - n), " --target %s", run->opts->target.target);
    if (run->opts->target.start != NULL && n > 0 && n < PATH_LEN)
        snprintf(to + n, (size_t)(PATH_LEN - n), " --target-start '%s'", run->opts->target.start);
}

static void
lost(struct scenario_result *r, const struct run *run, enum worker_end end, int signal_no)
{
    char words[128];

    if (end == WORKER_TOO_LONG)
        snprintf(words, sizeof words, "it took longer than %" PRIu64 " s and was stopped",
                 run->opts->timeout);
    else
        snprintf(words, sizeof words, "the lab died%s%s", signal_no ? ": " : "",
                 signal_no ? strsignal(signal_no) : "");
    *r = (struct scenario_result){ .outcome = OUTCOME_ERROR, .message = strdup(words) };
}

static bool
done(void *ctx, size_t i, enum worker_end end, int signal_no, struct bytes result)
{
    struct run *run = ctx;
    const struct plan_item *item = &run->plan.items[i];
    struct scenario_result r;
    char repeat[PATH_LEN];
    struct report_case c = {
        .path = item->scenario->path,
        .name = item->scenario->tests[item->test].name,
        .line = item->scenario->tests[item->test].line,
        .seed = item->seed, .result = &r, .repeat = repeat,
    };

    if (end != WORKER_DONE || !result_read(result, &r))
        lost(&r, run, end, signal_no);
    repeat_of(run, item, repeat);
    run->sum.count[r.outcome]++;
    run->sum.bad += outcome_is_bad(r.outcome);
    if (r.no_target)
        run->sum.stopped = "the target does not answer";
    for (size_t n = 0; n < run->report_count; n++)
        run->reports[n].add(run->reports[n].ctx, &c);
    scenario_result_free(&r);
    return run->sum.stopped == NULL;
}

/* ---- the run ---- */

/* *path is, after a failure, the one that could not be opened. */
static enum status
open_reports(struct run *run, const char **path)
{
    const struct test_opts *o = run->opts;
    enum status st = ST_OK;

    run->report_count = 0;
    if (o->junit != NULL) {
        *path = o->junit;
        st = report_junit(o->junit, &run->reports[run->report_count]);
        run->report_count += st == ST_OK;
    }
    if (st == ST_OK && o->json != NULL) {
        *path = o->json;
        st = report_json(o->json, &run->reports[run->report_count]);
        run->report_count += st == ST_OK;
    }
    if (st == ST_OK && o->html != NULL) {
        *path = o->html;
        st = report_html(o->html, &run->reports[run->report_count]);
        run->report_count += st == ST_OK;
    }
    if (st == ST_OK) {
        *path = "report";
        st = o->tap ? report_tap(stdout, &run->reports[run->report_count])
                    : report_human(stdout, o->verbose, &run->reports[run->report_count]);
        run->report_count += st == ST_OK;
    }
    return st;
}

static int
list_tests(const struct run *run)
{
    for (size_t i = 0; i < run->plan.count; i++) {
        const struct plan_item *item = &run->plan.items[i];
        const struct scenario_test *t = &item->scenario->tests[item->test];

        printf("%s:%d: %s", item->scenario->path, t->line, t->name);
        for (size_t n = 0; n < t->tag_count; n++)
            printf(" [%s]", t->tags[n]);
        putchar('\n');
    }
    return EXIT_GOOD;
}

static int
play_all(struct run *run)
{
    struct workers_opts workers = {
        .jobs = (unsigned)run->opts->jobs, .count = run->plan.count,
        .limit_ms = run->opts->timeout * 1000, .signal = &run->signal, .ctx = run,
        .work = work, .done = done,
    };
    uint64_t began = now_ms();
    const char *path = "report";
    enum status st = open_reports(run, &path);
    bool written = true;

    if (st != ST_OK)
        return complain(path, strerror(errno));
    run->sum.planned = run->plan.count;
    for (size_t i = 0; i < run->report_count; i++)
        run->reports[i].begin(run->reports[i].ctx, run->plan.count);
    st = workers_run(&workers);
    /* Whoever reads the report may be gone, and we too, then. */
    target_close(&run->target);
    run->sum.real_ms = now_ms() - began;
    for (size_t i = 0; i < run->report_count; i++)
        written = run->reports[i].end(run->reports[i].ctx, &run->sum) && written;
    if (st != ST_OK || !written) {
        (void)complain(st != ST_OK ? "processes" : "report", strerror(errno));
        return EXIT_LAB;
    }
    return run->sum.bad ? EXIT_CLAIM : EXIT_GOOD;
}

/* "A..B", or one seed. */
static bool
read_seeds(const struct test_opts *o, struct plan_opts *plan)
{
    char *end;

    plan->seed_first = plan->seed_last = o->seed;
    if (o->seeds == NULL)
        return true;
    plan->seed_first = strtoull(o->seeds, &end, 10);
    if (end == o->seeds || strncmp(end, "..", 2) != 0)
        return false;
    plan->seed_last = strtoull(end + 2, &end, 10);
    return *end == '\0' && plan->seed_last >= plan->seed_first;
}

static int
make_plan(struct run *run, const char **paths, size_t count)
{
    struct plan_opts plan = {
        .paths = paths, .path_count = count, .filter = run->opts->filter,
        .tag = run->opts->tag, .shuffle = run->opts->shuffle,
    };
    char *why;

    if (!read_seeds(run->opts, &plan))
        return complain(run->opts->seeds, "expected A..B, the first seed and the last");
    if (plan_make(run->troupe, &plan, &run->plan, &why) != ST_OK) {
        fprintf(stderr, "ipmilab: %s\n", why ? why : "not enough memory");
        free(why);
        return EXIT_USAGE;
    }
    if (run->plan.count == 0)
        return complain("no test", "none is there, or none is chosen by --filter and --tag");
    return -1;
}

static int
run_tests(const struct test_opts *opts, const char **paths, size_t count)
{
    struct run run = { .opts = opts };
    int code;

    if (opts->traces != NULL && mkdir(opts->traces, 0777) != 0 && errno != EEXIST)
        return complain(opts->traces, strerror(errno));
    if (troupe_new(&run.troupe) != ST_OK)
        return EXIT_LAB;
    troupe_dirs(run.troupe, &opts->machines);
    code = target_open(&opts->target, &run.target);
    if (code < 0) {
        troupe_set_outside(run.troupe, &run.target.setup);
        code = make_plan(&run, paths, count);
    }
    if (code < 0)
        code = opts->list ? list_tests(&run) : play_all(&run);
    plan_free(&run.plan);
    target_close(&run.target);
    troupe_free(run.troupe);
    if (run.signal != 0)
        (void)raise(run.signal);
    return code;
}

static uint64_t
processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n < 1 ? 1 : n > WORKERS_MAX ? WORKERS_MAX : (uint64_t)n;
}

int
cmd_test(int argc, char **argv)
{
    struct test_opts o = { .seed = 1, .timeout = 60,
                           .target = TARGET_DEFAULTS };
    const struct option_row rows[] = {
        { "filter", 'f', OPTION_TEXT, &o.filter, 0, 0, "TEXT",
          "only tests whose \"file: name\" contains TEXT" },
        { "tag", 't', OPTION_TEXT, &o.tag, 0, 0, "TAG", "only tests with this tag; !TAG: without it" },
        { "seed", 's', OPTION_NUMBER, &o.seed, 0, UINT64_MAX, "N", "the labs' seed (1)" },
        { "seeds", 0, OPTION_TEXT, &o.seeds, 0, 0, "A..B", "each test under each of these seeds" },
        { "jobs", 'j', OPTION_NUMBER, &o.jobs, 1, WORKERS_MAX, "N",
          "tests at a time, each in a process (as many as processors; 1 with --target)" },
        { "timeout", 0, OPTION_NUMBER, &o.timeout, 0, 86400, "SECONDS",
          "real time that a test may take (60; 0: any)" },
        { "list", 'l', OPTION_FLAG, &o.list, 0, 0, NULL, "print the tests, play none" },
        { "shuffle", 0, OPTION_FLAG, &o.shuffle, 0, 0, NULL, "in an order that the seed gives" },
        { "verbose", 'v', OPTION_FLAG, &o.verbose, 0, 0, NULL, "a line for each test" },
        { "tap", 0, OPTION_FLAG, &o.tap, 0, 0, NULL, "print TAP version 13" },
        { "junit", 0, OPTION_TEXT, &o.junit, 0, 0, "FILE", "write JUnit XML" },
        { "json", 0, OPTION_TEXT, &o.json, 0, 0, "FILE", "write JSON" },
        { "report", 0, OPTION_TEXT, &o.html, 0, 0, "DIR",
          "write a page for people there, index.html, with a timeline of each test" },
        { "traces", 0, OPTION_TEXT, &o.traces, 0, 0, "DIR",
          "keep a pcapng of each test that fails there" },
        { "keep", 0, OPTION_FLAG, &o.keep, 0, 0, NULL, "with --traces: of each test" },
        { "machines", 'm', OPTION_TEXTS, &o.machines, 0, 0, "DIR",
          "look for machines there, before the shipped ones" },
        TARGET_ROWS(&o.target),
    };
    const struct option_set set = {
        "ipmilab test PATH... [options]",
        "Plays scenario files, and those in folders, and judges their claims. Each test has a\n"
        "lab of its own. Exit status 0: all claims hold; 1: one does not; 2: usage, or a file\n"
        "is wrong; 3: the lab itself failed.",
        rows, sizeof rows / sizeof rows[0],
    };
    const char **paths = calloc((size_t)argc + 1, sizeof *paths);
    size_t count;
    int code;

    if (paths == NULL)
        return EXIT_LAB;
    code = options_parse(&set, argc, argv, paths, &count);
    if (code < 0 && count == 0)
        code = complain("no scenario given", "usage: ipmilab test PATH... [options]");
    /* Before one BMC tests would take each other's sessions and reservations. */
    if (o.jobs == 0)
        o.jobs = o.target.target != NULL ? 1 : processors();
    if (code < 0)
        code = run_tests(&o, paths, count);
    option_texts_free(&o.machines);
    free(paths);
    return code;
}
