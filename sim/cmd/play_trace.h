/*
 * play_trace.h - the run of a scenario kept as a trace that can be replayed:
 * what crossed the links, what the run is made of (capture/play_facts.h), and
 * what programs and other things outside gave it (lua/outside_log.h).
 */
#ifndef IPMILAB_CMD_PLAY_TRACE_H
#define IPMILAB_CMD_PLAY_TRACE_H

#include "lua/film.h"
#include "lua/outside_record.h"
#include "lua/scenario.h"
#include "sim/cmd/sources.h"

struct play_trace {
    struct troupe *troupe;
    const struct outside_setup *outside;     /* of the troupe, before */
    struct sources sources;                  /* of machines */
    struct outside_log log;
    struct outside_recorder recorder;
};

struct play_trace_run {
    const struct scenario *scenario;
    uint32_t test;                           /* from 1; 0: all, one after the other */
    uint64_t seed;
    const char *const *args;
    size_t arg_count;
};

/* Keep what machines are made from, and what the outside gives to plays of a
 * troupe, from now on; the troupe forgets those that it has, whose files were
 * read before. The struct stays where it is until play_trace_end(), which the
 * troupe outlives. */
void play_trace_begin(struct play_trace *t, struct troupe *troupe);

/* Write a trace of what was played and filmed since. */
enum status play_trace_save(const struct play_trace *t, const struct film *film,
                            const char *path, const struct play_trace_run *run);

void play_trace_end(struct play_trace *t);

#endif
