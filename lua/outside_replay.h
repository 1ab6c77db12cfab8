/*
 * outside_replay.h - a world outside that is none: it gives a play what a log
 * (outside_log.h) has, so that it goes as it did. No program runs, nothing is
 * sent, no time passes.
 *
 * A play that asks for something else than the log has next has parted from
 * it: from then on everything fails, or is over.
 */
#ifndef IPMILAB_LUA_OUTSIDE_REPLAY_H
#define IPMILAB_LUA_OUTSIDE_REPLAY_H

#include "lua/outside.h"
#include "lua/outside_log.h"

struct outside_replay {
    struct outside_setup setup;              /* to be given to the troupe; its first member */
    struct outside_reader log;
    bool parted;
    enum outside_code asked, had;            /* then */
    char path[OUTSIDE_PATH_MAX];             /* of the test's folder */
};

/* log and target are borrowed. The struct stays where it is while plays use
 * it, one after the other. */
void outside_replay(struct outside_replay *r, struct bytes log,
                    const struct outside_target *target);

#endif
