/*
 * timeline.h - a film as lines for a report: who said what, when, in which
 * lane, and what became of it.
 *
 * JSON text: an array of [instant in ns, lane, direction, fate, words, why],
 * lanes as below, direction 1 to the BMC, 2 from it, 0 neither. At most
 * TIMELINE_MAX events, then one note that says how many more there were.
 */
#ifndef IPMILAB_LUA_TIMELINE_H
#define IPMILAB_LUA_TIMELINE_H

#include "lua/film.h"

#define TIMELINE_MAX 400

enum timeline_lane { LANE_LAN, LANE_BMC, LANE_BUS, LANES };

/* malloc()ed; NULL: no memory. */
char *timeline_of(const struct film *film);

#endif
