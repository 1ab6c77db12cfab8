/*
 * sdr_stored.h - sensor data records as ipmi_sim stores them, and as sdrcomp
 * writes them unless told otherwise: a text, sdr.XX.main in the folder of a
 * machine's state, XX the controller's address.
 *
 *     last_add_time:i:1795287262
 *     2:d:\02\00Q\03\14 \00\00...
 *
 * A line is KEY:TYPE:VALUE, in any order. A record has its id as key and type
 * d; printable characters of its value are octets, and \xx is one in two
 * hexadecimal digits. Lines of the types i and s tell times and are passed
 * over. Octets behind what a record says that it has are left out: ipmi_sim
 * adds some each time it stores one again.
 */
#ifndef IPMILAB_EMU_SDR_STORED_H
#define IPMILAB_EMU_SDR_STORED_H

#include "emu/diag.h"
#include "emu/sdr_source.h"

/* Whether a text is of this kind, by its first line. */
bool sdr_stored_is(const char *text, size_t len);

/* The address that a path ending in sdr.XX.main tells; -1: it is none. */
int sdr_stored_address(const char *path);

/*
 * Give all records, by ascending ids, to record (header included). Mistakes go
 * to diags; records without one are delivered all the same. False: no memory,
 * or record() said so.
 */
bool sdr_stored_text(const char *file, const char *text, size_t len, sdr_record_fn *record,
                     void *ctx, struct diags *diags);

#endif
