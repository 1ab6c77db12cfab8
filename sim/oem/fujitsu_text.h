/*
 * fujitsu_text.h - a record of the event log as a line of text, and how
 * bad it is, as an iRMC tells.
 *
 * The line is the sensor's name (its id string, or its type), what happened
 * (words for the offsets of the generic types and the usual sensor types, the
 * number for others), and "deasserted" where it is over. OEM records are
 * their octets in hex.
 */
#ifndef IPMILAB_OEM_FUJITSU_TEXT_H
#define IPMILAB_OEM_FUJITSU_TEXT_H

#include <stddef.h>

#include "sim/oem/health.h"
#include "sim/wire/sel.h"

#define FUJITSU_TEXT_MAX 99u     /* characters of a line */

struct mc;

/* The line, NUL-terminated, cut to FUJITSU_TEXT_MAX. Returns its length. */
size_t fujitsu_sel_text(const struct mc *mc, const struct sel_record *record,
                        char to[FUJITSU_TEXT_MAX + 1]);

/* How bad it is; what is over is well. */
enum oem_health fujitsu_sel_health(const struct sel_record *record);

#endif
