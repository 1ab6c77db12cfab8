/*
 * oem_library.h - what the controllers of a lab share of their OEM commands:
 * the index of each profile, the index of each machine's rules, and the rows
 * that were added for all of them.
 *
 * A profile's index is made when the first controller wants it and goes with
 * the library; that of a machine's rules goes with the last controller made
 * from that machine. So many BMCs of one machine cost little. A library
 * belongs to one lab, and so to one thread at a time.
 */
#ifndef IPMILAB_MC_OEM_LIBRARY_H
#define IPMILAB_MC_OEM_LIBRARY_H

#include "sim/mc/oem.h"
#include "sim/mc/oem_rows.h"

struct machine_mc;
struct oem_library;

/* Told that PEF takes its OEM action; record: the event's, 16 octets. */
typedef void oem_pef_fn(void *ctx, struct mc *mc, const uint8_t *record);

/* NULL: no memory. Freed after its controllers. */
struct oem_library *oem_library_new(void);
void oem_library_free(struct oem_library *lib);

/* Commands of all controllers. */
struct oem_rows *oem_library_rows(struct oem_library *lib);

/* Who is told of PEF's OEM actions, of all controllers; NULL: nobody. */
void oem_library_on_pef(struct oem_library *lib, oem_pef_fn *fn, void *ctx);

/* ---- for oem.c ---- */

/* The layers of a gate that has nothing but those rows: one. */
const struct command_layer *const *oem_library_layers(const struct oem_library *lib);

/* The index of a profile's rows; the library's own. ST_EXISTS and ST_INVALID
 * as for command_set_new(): the profile contradicts itself. */
enum status oem_library_profile(struct oem_library *lib, const struct oem_profile *profile,
                                const struct command_set **out);

/* The index of a machine's rules, for one controller more, and for one less. */
enum status oem_library_rules(struct oem_library *lib, const struct machine_mc *machine,
                              const struct command_set **out);
void oem_library_drop_rules(struct oem_library *lib, const struct machine_mc *machine);

void oem_library_tell_pef(struct oem_library *lib, struct mc *mc, const uint8_t *record);

#endif
