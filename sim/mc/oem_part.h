/*
 * oem_part.h - the OEM part of a controller: its rules, rows and profiles
 * before the standard rows at its gate (sim/mc/oem.h), and their state.
 */
#ifndef IPMILAB_MC_OEM_PART_H
#define IPMILAB_MC_OEM_PART_H

#include "sim/mc/oem.h"
#include "sim/mc/oem_rows.h"

struct oem;
struct oem_late;

/*
 * mc->oem stays NULL on a controller without rules and profiles, until it
 * gets a row of its own. ST_INVALID, ST_EXISTS: a profile contradicts itself,
 * or there is no library for what the machine has.
 */
enum status oem_init(struct mc *mc);
void oem_reset(struct mc *mc);
void oem_free(struct mc *mc);

/* Rows of this controller alone, to add to; NULL: no memory, or no library. */
struct oem_rows *oem_rows_of(struct mc *mc);

/* The first so many of the machine's profiles answer: all, or none. */
unsigned oem_profile_count(const struct mc *mc);

/* Answers of its rules under way. */
struct oem_late *oem_late(struct mc *mc);

/* PEF takes its OEM action for an event record: profiles, then the lab's
 * user, are told. */
void oem_pef_action(struct mc *mc, const uint8_t *record);

#endif
