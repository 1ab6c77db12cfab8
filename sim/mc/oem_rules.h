/*
 * oem_rules.h - commands that are data: request patterns and their answers,
 * from a machine's description (struct machine_rule, oem_command of .emu).
 *
 * The rules of one command are tried in their order; the first that fits the
 * request's data is carried out. A request that fits none of them is CCh. The
 * answer is a completion code and octets, among them some of the request (00h
 * where the request is too short); it may take a while, and the controller
 * keeps OEM_LATE_MAX such answers at most, of 256 octets: C0h and CAh above. A rule may also pass
 * the request on to what would have answered without the rules, or be silent.
 *
 * An index of the rules is made for the first controller of a machine and
 * shared by all of a library (oem_library.h) until the last of them goes.
 */
#ifndef IPMILAB_MC_OEM_RULES_H
#define IPMILAB_MC_OEM_RULES_H

#include "sim/ipmi/command.h"

#define OEM_LATE_MAX 8

struct machine_mc;
struct oem_rules;
struct oem_late;

/* The index of a machine's rules, which are borrowed. ST_INVALID: an odd
 * network function. */
enum status oem_rules_new(const struct machine_mc *machine, struct oem_rules **out);
void oem_rules_free(struct oem_rules *rules);

const struct command_set *oem_rules_set(const struct oem_rules *rules);

/* True when an answer takes a while: then the controller needs an oem_late. */
bool oem_rules_late(const struct machine_mc *machine);

/* A controller's answers under way. Freeing it, or forgetting them, leaves
 * those requests without one. NULL: no memory. */
struct oem_late *oem_late_new(struct mc *mc);
void oem_late_free(struct oem_late *late);
void oem_late_forget(struct oem_late *late);

#endif
