/*
 * pcapng_source.h - a reader of pcapng files, ours and other programs'.
 *
 * Sections of either byte order, one after the other; interfaces are counted
 * through all of them. Enhanced, simple and obsolete packet blocks become
 * packets; blocks of other types are passed over. Time-stamps of any
 * resolution become nanoseconds since 1970.
 * Spec: draft-ietf-opsawg-pcapng.
 *
 * Strict: the first thing that cannot be right ends the reading, and is told
 * with its offset in the file, what was found and what was expected. Bounded:
 * a block has at most PCAPNG_BLOCK_MAX octets, a file PCAPNG_INTERFACES_MAX
 * interfaces; no memory is taken for octets that the file does not have.
 */
#ifndef IPMILAB_CAPTURE_PCAPNG_SOURCE_H
#define IPMILAB_CAPTURE_PCAPNG_SOURCE_H

#include <stdio.h>

#include "capture/packet.h"
#include "sim/base/status.h"

#define PCAPNG_BLOCK_MAX (16u << 20)
#define PCAPNG_INTERFACES_MAX (1u << 20)

struct pcapng_source;

/* Read file (borrowed) from where it stands. ST_NOMEM. */
enum status pcapng_source_new(FILE *file, struct pcapng_source **out);
void pcapng_source_free(struct pcapng_source *s);

/* The next packet; borrowed until the next call. */
enum packet_result pcapng_source_next(struct pcapng_source *s, struct packet *out);

/* What was wrong, after PACKET_BAD: "at octet 40: found ...; expected ...". */
const char *pcapng_source_error(const struct pcapng_source *s);

/* Interfaces so far, and the n-th of them (NULL past the last). */
uint32_t pcapng_source_lanes(const struct pcapng_source *s);
const struct packet_lane *pcapng_source_lane(const struct pcapng_source *s, uint32_t n);

/* Comments of the sections so far, in order; NULL past the last. Octets, as
 * many as *len, and a NUL. */
const char *pcapng_source_comment(const struct pcapng_source *s, size_t n, size_t *len);

#endif
