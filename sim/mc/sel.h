/*
 * sel.h - the system event log.
 *
 * Records of 16 octets in order of arrival, each with an id that it keeps;
 * ids run 1 .. FFFEh and begin again. Memory grows by SEL_CHUNK records up
 * to the machine's maximum. A full log takes no more (C4h) and remembers
 * that something was lost (overflow). The log is nonvolatile, its clock too;
 * reservation and partial add are lost by a cold reset.
 *
 * A reservation ends when a record is added or the log cleared, when another
 * is made, and by a reset; not when a record is deleted, for that changes no
 * other record's id, and clients delete several under one. A partial add ends
 * with it; so does one without reservations, on a log that takes none, when
 * another record is added.
 * SEL time is calendar time plus an offset that Set SEL Time moves.
 *
 * Spec: IPMI v2.0 31, 32.
 */
#ifndef IPMILAB_MC_SEL_H
#define IPMILAB_MC_SEL_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/status.h"
#include "sim/ipmi/command.h"
#include "sim/wire/sel.h"

struct mc;

#define SEL_CHUNK 32u
#define SEL_MAX_DEFAULT 1024u    /* when the machine names none */
#define SEL_MAX 0xff00u          /* fewer than there are ids */
#define SEL_UTC_UNSPECIFIED 0x07ff
#define SEL_UTC_MAX 1440         /* minutes to either side */
#define SEL_AUX_LOGS 3           /* MCA, OEM 1, OEM 2 */
#define SEL_AUX_OCTETS 15
#define SEL_ID_FIRST 0x0000u
#define SEL_ID_LAST 0xffffu

/* Get SEL Info's support bits; machine_sel.flags has the low four. */
#define SEL_HAS_ALLOC 0x01
#define SEL_HAS_RESERVE 0x02
#define SEL_HAS_PARTIAL 0x04
#define SEL_HAS_DELETE 0x08
#define SEL_OVERFLOW 0x80

struct sel {
    uint8_t (*records)[SEL_RECORD];
    uint32_t count, room, max;
    uint16_t next_id;
    uint16_t reservation, last_reservation;    /* 0 = none */
    uint32_t add_time, erase_time;             /* SEL_TIME_UNSPECIFIED = never */
    int64_t clock_offset;                      /* SEL time - calendar time, seconds */
    int16_t utc_offset;                        /* minutes; SEL_UTC_UNSPECIFIED */
    uint8_t flags;                             /* SEL_HAS_*, SEL_OVERFLOW */
    uint8_t partial_len;                       /* octets of a Partial Add so far */
    uint16_t partial_id;                       /* 0 = none under way */
    uint8_t partial[SEL_RECORD];
    uint8_t (*aux)[SEL_AUX_OCTETS];            /* SEL_AUX_LOGS of them; NULL until set */
};

/* mc->sel from the machine, with its entries; stays NULL without one. */
enum status sel_init(struct mc *mc);
void sel_reset(struct mc *mc);
void sel_free(struct mc *mc);

/* SEL time; calendar time on a controller without a log. */
uint32_t sel_time(const struct mc *mc);

/*
 * Log type and 13 octets. The time-stamp of a timestamped type is set to
 * SEL time. Returns the id, or 0 when there is no log or no room; the record
 * as logged, or as it would have been, is at stored when that is not NULL.
 */
uint16_t sel_log(struct mc *mc, uint8_t type, const uint8_t body[SEL_BODY],
                 uint8_t stored[SEL_RECORD]);

/* Place of a record by id (SEL_ID_FIRST, SEL_ID_LAST too), or -1. */
int sel_find(const struct sel *sel, uint16_t id);

/* ST_MISSING when there is no such record. */
enum status sel_delete(struct mc *mc, uint16_t id, uint16_t *gone);
void sel_clear(struct mc *mc);

#endif
