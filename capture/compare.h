/*
 * compare.h - two packets that should be the same, and what is different.
 */
#ifndef IPMILAB_CAPTURE_COMPARE_H
#define IPMILAB_CAPTURE_COMPARE_H

#include <stdio.h>

#include "capture/packet.h"
#include "sim/base/status.h"

/* In the order in which they are looked for. */
enum compare_what {
    COMPARE_SAME,
    COMPARE_MISSING,           /* one side has no packet */
    COMPARE_LANE,              /* interfaces: name or link type */
    COMPARE_TIME,
    COMPARE_OCTETS,
    COMPARE_DIR,
    COMPARE_COMMENT,           /* fates */
};

/* Either may be NULL. */
enum compare_what compare_packets(const struct packet *a, const struct packet *b,
                                  bool ignore_time);

/* Two sides with what to call them: "trace", "replay". */
struct compare_sides {
    const char *name[2];
    const struct packet *packet[2];    /* NULL: it ends here */
    uint64_t start_ns;                 /* time 0 of what is printed */
};

/* Say what differs first: where, both in words, the octets in hex with those
 * that differ marked, and both dissected. ST_NOMEM. */
enum status compare_explain(FILE *to, const struct compare_sides *sides,
                            enum compare_what what);

/* ---- packets by interface ---- */

struct compare_tally;

enum status compare_tally_new(struct compare_tally **out);
void compare_tally_free(struct compare_tally *t);

/* Count a packet of a side, 0 or 1. ST_NOMEM. */
enum status compare_tally_add(struct compare_tally *t, int side, const struct packet *p);

/* A table: interface, and what either side has; both sides' names on top. */
void compare_tally_print(const struct compare_tally *t, const char *const names[2], FILE *to);

/* Interfaces that were counted. */
size_t compare_tally_lanes(const struct compare_tally *t);

#endif
