/*
 * film.h - a run in memory: every event of its taps, to be looked at while it
 * goes on, and written to a trace file when it is worth keeping.
 *
 * Bounded: past FILM_OCTETS_MAX of them new events are counted and not kept.
 * Most tests end well and nobody wants their trace, so nothing is written
 * until film_save().
 */
#ifndef IPMILAB_LUA_FILM_H
#define IPMILAB_LUA_FILM_H

#include <stddef.h>

#include "sim/base/status.h"
#include "sim/engine/tap.h"

#define FILM_OCTETS_MAX (64u << 20)    /* with what an event takes itself */

struct film;

enum status film_new(struct film **out);
void film_free(struct film *film);

/* The tap to give to a lab. */
const struct tap *film_tap(struct film *film);

/* Events kept, and the n-th of them (NULL past the last). Valid until
 * film_free(); only the latest numbers change while a run goes on. */
size_t film_count(const struct film *film);
const struct tap_event *film_event(const struct film *film, size_t n);

/* Events that found no room. */
size_t film_missed(const struct film *film);

/* Write all to a trace file (capture/trace.h tells the kinds). */
enum status film_save(const struct film *film, const char *path, uint64_t epoch_s);

/* The same with what the run is made of (play_facts.h's JSON; NULL: nothing)
 * and what the outside gave it (outside_log.h), so that it can be replayed. */
enum status film_save_run(const struct film *film, const char *path, uint64_t epoch_s,
                          const char *facts, struct bytes outside);

#endif
