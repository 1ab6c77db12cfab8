/*
 * outside_record.h - a world outside that is another one, and keeps what that
 * gives a play in a log (outside_log.h), from which the play can be replayed.
 */
#ifndef IPMILAB_LUA_OUTSIDE_RECORD_H
#define IPMILAB_LUA_OUTSIDE_RECORD_H

#include "lua/outside.h"
#include "lua/outside_log.h"

struct outside_recorder {
    struct outside_setup setup;              /* to be given to the troupe; its first member */
    const struct outside_setup *real;
    struct outside_log *log;
};

/* Both are borrowed. The struct stays where it is while plays use it, one
 * after the other. */
void outside_record(struct outside_recorder *r, const struct outside_setup *real,
                    struct outside_log *log);

#endif
