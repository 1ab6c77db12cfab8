/*
 * report.h - what came of a run, for people and for programs.
 *
 * A report is told of the run's beginning, each test as it is over (in the
 * order of the plan), and its end. Same seed, same tests: same report, but
 * for the real times in those that have them.
 */
#ifndef IPMILAB_LUA_REPORT_H
#define IPMILAB_LUA_REPORT_H

#include <stdio.h>

#include "lua/scenario.h"

struct report_case {
    const char *path;                /* of the scenario */
    const char *name;                /* of the test */
    int line;
    uint64_t seed;
    const struct scenario_result *result;
    const char *repeat;              /* the command that plays it again */
};

struct report_sum {
    size_t planned, count[OUTCOMES], bad;
    const char *stopped;             /* why the rest was not played, or NULL */
    uint64_t real_ms;
};

struct report {
    void (*begin)(void *ctx, size_t planned);
    void (*add)(void *ctx, const struct report_case *c);
    /* Also frees ctx. False: it could not be written whole. */
    bool (*end)(void *ctx, const struct report_sum *sum);
    void *ctx;
};

/* For people: a line for what is worth one (verbose: for each test), failures
 * with all that is known, a sum. */
enum status report_human(FILE *to, bool verbose, struct report *out);

/* TAP version 13, a plan first, failures with a YAML block. */
enum status report_tap(FILE *to, struct report *out);

/* JUnit XML, a test suite for each scenario file. The file is made at the end. */
enum status report_junit(const char *path, struct report *out);

/* JSON: one object with an array of tests. */
enum status report_json(const char *path, struct report *out);

/* One file, index.html, in a folder (made when it is not there): each test
 * with what is known and its timeline (lua/timeline.h). It needs no other. */
enum status report_html(const char *folder, struct report *out);

#endif
