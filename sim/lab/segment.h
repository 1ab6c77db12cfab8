/*
 * segment.h - where chassis of one lab meet: a shared ICMB wire.
 *
 * Chassis share nothing that changes but this. A segment belongs to the lab;
 * a chassis joins it with its world and gets a connector (struct icmb_wire).
 * The wire is half-duplex, 19200 baud, ten bits an octet: a frame goes out as
 * soon as those before it have passed and SEGMENT_GAP is over, and arrives
 * at all other connectors at the instant its last bit does.
 *
 * What keeps it reproducible: the lab lets its chassis act in order of
 * (instant, chassis number), so frames take the wire in that order; a frame
 * arrives later than it was sent, through a timer in the receiver's own
 * world; and receivers of one frame hear it in order of chassis number. So
 * chassis that share a segment must live in the same lab, and the lab brings
 * all of them to the instant of an input that one of them gets.
 *
 * Each connector is a link of the receiver's (TAP_ICMB): faults armed in a
 * chassis strike the frames that it would hear.
 *
 * At most SEGMENT_MEMBERS chassis join; SEGMENT_FRAMES frames may be on
 * their way, later ones are lost and counted.
 */
#ifndef IPMILAB_LAB_SEGMENT_H
#define IPMILAB_LAB_SEGMENT_H

#include "sim/bus/icmb.h"

#define SEGMENT_BAUD    19200u
#define SEGMENT_GAP     SPAN_MS(2)    /* the direction of the drivers turns */
#define SEGMENT_MEMBERS 64u
#define SEGMENT_FRAMES  64u

struct segment;
struct connector;

/* A wire of that name (copied). */
enum status segment_new(const char *name, struct segment **out);

/* All connectors must have left. */
void segment_free(struct segment *segment);

const char *segment_name(const struct segment *segment);

/* Join with a world, borrowed. ST_FULL, ST_NOMEM. */
enum status segment_join(struct segment *segment, struct world *world,
                         struct connector **out);
void segment_leave(struct connector *c);

/* What the chassis' bridge is given. */
const struct icmb_wire *connector_wire(const struct connector *c);

/* The worlds that joined, in order of joining; NULL past the last. */
struct world *segment_world(const struct segment *segment, uint32_t n);

/* True when frames were sent since the last call: deadlines of others moved. */
bool segment_take_changed(struct segment *segment);

struct segment_stats {
    uint64_t frames, octets;
    uint64_t lost;                    /* for want of room */
    instant busy;                     /* for how long the wire was */
};

const struct segment_stats *segment_stats(const struct segment *segment);

#endif
