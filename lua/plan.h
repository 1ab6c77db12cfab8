/*
 * plan.h - which tests are to be played, in which order, under which seeds.
 *
 * The order is that of the paths as given, within a folder that of the
 * names, within a file that of the lines, then that of the seeds; or, shuffled,
 * a permutation that the seed determines.
 */
#ifndef IPMILAB_LUA_PLAN_H
#define IPMILAB_LUA_PLAN_H

#include "lua/scenario.h"

struct plan_item {
    const struct scenario *scenario;
    size_t test;
    uint64_t seed;
};

struct plan {
    struct scenario **scenarios;
    size_t scenario_count;
    struct plan_item *items;
    size_t count;
};

struct plan_opts {
    const char *const *paths;       /* files, and folders of *.lua */
    size_t path_count;
    const char *filter;             /* NULL, or text that "path: name" contains */
    const char *tag;                /* NULL, or a tag that a test has; "!TAG": has not */
    uint64_t seed_first, seed_last;
    bool shuffle;                   /* by seed_first */
};

/*
 * Load all. ST_INVALID, ST_MISSING, ST_IO: *why (free() it; may be NULL) says
 * which file and what is wrong.
 */
enum status plan_make(struct troupe *t, const struct plan_opts *opts, struct plan *out,
                      char **why);
void plan_free(struct plan *p);

#endif
