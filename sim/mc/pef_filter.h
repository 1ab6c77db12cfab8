/*
 * pef_filter.h - one event filter and one event: do they match?
 *
 * Pure functions on the octets of an event filter table entry (PEF parameter
 * 6, without its set selector) and of an event record as the SEL has it. All
 * fields of an entry must match. Octets 5 to 9 match anything when they are
 * FFh. The event trigger is compared whole, so that a filter for event type
 * 6Fh means assertions, and one for EFh deassertions.
 * Spec: IPMI v2.0 17.7, 17.8.
 */
#ifndef IPMILAB_MC_PEF_FILTER_H
#define IPMILAB_MC_PEF_FILTER_H

#include <stdbool.h>

#include "sim/wire/sel.h"

#define PEF_FILTER 20u            /* octets of an entry */

/* Octet 1. */
#define PEF_FILTER_ENABLED 0x80
#define PEF_FILTER_FACTORY 0x40   /* [6:5] = 10b: made by the manufacturer */
#define PEF_FILTER_KIND 0x60

/* Octet 2, and of other places that name actions. */
#define PEF_ALERT 0x01
#define PEF_POWER_DOWN 0x02
#define PEF_RESET 0x04
#define PEF_CYCLE 0x08
#define PEF_OEM 0x10
#define PEF_DIAG 0x20
#define PEF_ACTIONS 0x3f          /* all but group control, 40h */

#define PEF_POLICY_NUMBER 0x0f    /* of octet 3 */

/* What a filter asks for when it matches. */
struct pef_filter_wish {
    uint8_t actions;              /* PEF_* */
    uint8_t policy;               /* alert policy set; 0 = none */
    uint8_t severity;
};

/* The mask test of one event data octet: and, compare 1 and compare 2 as in
 * octets 12 to 14 of an entry. */
bool pef_data_matches(uint8_t data, const uint8_t mask[3]);

/* True when the filter is enabled and matches the record, which must be of
 * type 02h. */
bool pef_filter_matches(const uint8_t filter[PEF_FILTER], const struct sel_record *record);

struct pef_filter_wish pef_filter_wish(const uint8_t filter[PEF_FILTER]);

#endif
