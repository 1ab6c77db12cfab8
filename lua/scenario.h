/*
 * scenario.h - a scenario file: its tests, and what came of playing them.
 *
 * Each test is played in a Lua state and a lab of its own, so that it gives
 * the same whatever ran before it. A file that never calls test() is one test
 * by itself, named after the file.
 */
#ifndef IPMILAB_LUA_SCENARIO_H
#define IPMILAB_LUA_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>

#include "lua/troupe.h"
#include "sim/engine/tap.h"

#define SCENARIO_TAGS_MAX 16

enum outcome {
    OUTCOME_PASS,
    OUTCOME_FAIL,      /* a claim does not hold */
    OUTCOME_ERROR,     /* the scenario itself is wrong, or the lab failed */
    OUTCOME_SKIP,
    OUTCOME_XFAIL,     /* failed as it was expected to */
    OUTCOME_XPASS,     /* held although it was expected to fail: counts as failure */
    OUTCOMES
};

/* "pass", "fail", ...; never NULL. */
const char *outcome_text(enum outcome outcome);

/* True for those that make a run fail. */
bool outcome_is_bad(enum outcome outcome);

struct scenario_test {
    char *name;
    int line;
    char *tags[SCENARIO_TAGS_MAX];
    size_t tag_count;
};

struct scenario {
    char *path;
    char *text;             /* len octets */
    size_t len;
    struct scenario_test *tests;
    size_t count;
};

/* What came of a test. Text is the result's own, or NULL. */
struct scenario_result {
    enum outcome outcome;
    instant at;             /* lab time at its end */
    char *where;            /* "file:line" of the claim or error */
    char *message;          /* the claim; the error; why skipped; why expected to fail */
    char *expected, *actual;
    char *xfail;            /* why it was expected to fail */
    char *trace;            /* Lua's traceback, of errors */
    char *said;             /* what the scenario printed */
    char *capture;          /* trace file that the player kept */
    char *timeline;         /* what it made of the film (timeline.h) */
    uint64_t real_ms;       /* as the player measured it */
    bool no_target;         /* the BMC outside, before which it is played, does not answer */
};

/*
 * Read a file and find its tests. ST_INVALID: *why (free() it) says
 * file:line and what is wrong; ST_IO, ST_MISSING, ST_NOMEM: *why may be NULL.
 */
enum status scenario_load(struct troupe *t, const char *path, struct scenario **out, char **why);
void scenario_free(struct scenario *s);

/* The same of a text that stands for the file, which is not read. */
enum status scenario_of_text(struct troupe *t, const char *path, struct bytes text,
                             struct scenario **out, char **why);

struct scenario_opts {
    uint64_t seed;
    const struct tap *tap;       /* or NULL; borrowed */
    const char *traces;          /* folder that it may keep traces in, or NULL */
    void (*say)(void *ctx, const char *line);    /* or NULL: each line printed */
    void *say_ctx;
    const char *const *args;     /* the scenario's table arg */
    size_t arg_count;
};

/* Play the n-th test. ST_NOMEM at worst; else *result is filled in. */
enum status scenario_play(struct troupe *t, const struct scenario *s, size_t n,
                          const struct scenario_opts *opts, struct scenario_result *result);
void scenario_result_free(struct scenario_result *result);

#endif
