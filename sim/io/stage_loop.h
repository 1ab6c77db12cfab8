/*
 * stage_loop.h - the world outside of a scenario's stage, on a libuv loop:
 * its programs, its sockets, its clock.
 *
 * Real time begins at the instant at which the stage stands. Timers of the
 * stage and sleepers of the scenario come at their nominal instants, before
 * what arrives later; the instant of what arrives is read once, at receipt.
 *
 * While it is open this process adopts orphans (orphans.h), ignores SIGPIPE,
 * and ends its programs when SIGINT, SIGTERM or SIGHUP ends it.
 */
#ifndef IPMILAB_IO_STAGE_LOOP_H
#define IPMILAB_IO_STAGE_LOOP_H

#include "lua/outside.h"

#define STAGE_LOOP_PROGRAMS_MAX 64      /* at a time */

extern const struct outside_ops stage_loop_ops;

#endif
