/*
 * medium.h - one bus: a wire that all nodes share.
 * Spec: I2C-bus specification (standard mode); IPMB Communications Protocol
 * v1.0. design.md, "IPMB".
 *
 * A node that wants to send queues a frame. It waits until the bus is free,
 * and then takes it for one START, nine bits an octet (the ninth is the
 * acknowledgement) and one STOP; after that the bus rests for the bus-free
 * time. So a frame of n octets that starts at t is with its receiver, and
 * known to have been sent, at
 *
 *     t + (2 + 9 n) bits                7 octets at 100 kHz: t + 650 us
 *
 * and the next may start MEDIUM_BUS_FREE_PERCENT of a bit later. An address
 * that nobody has is not acknowledged: STOP follows its ninth bit, and the
 * sender learns it (WIRE_NAKED) at t + 11 bits. In a broadcast (00h in
 * front) the second octet is the one that somebody must acknowledge. A node
 * cannot address itself.
 *
 * Nodes that start within a window of each other contend:
 *
 *   BUS_I2C   The window is the hold time of START. Bits are compared on the
 *             wire: a zero beats a one, so the frame that is lowest octet by
 *             octet survives intact and the others are sent again as soon as
 *             the bus is free; a frame that lost MEDIUM_ARBITRATION_TRIES
 *             times is given up (WIRE_LOST_ARBITRATION). Senders of equal
 *             octets do not notice each other: one frame arrives, all were
 *             sent. Where the frames' common address is not acknowledged, all
 *             that send it learn it.
 *   BUS_CSMA  The window is how long a node takes from seeing a free bus to
 *             driving it. All frames that start in it are lost and no sender
 *             is told (WIRE_DONE). A node that found the bus busy waits for a
 *             random number of windows, below MEDIUM_BACKOFF_SLOTS, once it
 *             is free, and looks again.
 *
 * With instant speed nothing takes time, but everything still goes through
 * the timeline, one frame after the other: the lowest first (BUS_I2C), or in
 * the order of asking (BUS_CSMA, where nothing can collide then).
 *
 * Every frame crosses a link (sim/engine/link.h) at the end of its STOP and
 * shows up there once, with its fate; the fault plan is asked there. What it
 * loses was acknowledged all the same: the sender is told WIRE_DONE. Frames
 * held by a fault arrive later beside the wire's own traffic.
 *
 * A medium belongs to one chassis and its world. Waiting frames lie in a
 * pool that grows when more wait than ever before, up to its bound.
 */
#ifndef IPMILAB_BUS_MEDIUM_H
#define IPMILAB_BUS_MEDIUM_H

#include "sim/engine/link.h"

#define MEDIUM_BIT_RATE 100000u          /* Hz, standard mode */
#define MEDIUM_BIT_RATE_MIN 1000u
#define MEDIUM_BIT_RATE_MAX 1000000u

#define MEDIUM_BITS_PER_OCTET 9u         /* eight and the acknowledgement */
#define MEDIUM_START_BITS 1u
#define MEDIUM_STOP_BITS 1u

/* In hundredths of a bit; at 100 kHz tBUF = 4.7 us and tHD;STA = 4.0 us. */
#define MEDIUM_BUS_FREE_PERCENT 47u
#define MEDIUM_START_HOLD_PERCENT 40u

/* The vulnerable window of BUS_CSMA in bits: 50 us at 100 kHz, the time for
 * which both lines must be high before SMBus calls a bus idle. */
#define MEDIUM_VULNERABLE_BITS 5u
#define MEDIUM_BACKOFF_SLOTS 16u

/* A full bus has some 30 controllers; each of them may win before the last
 * one does, twice. */
#define MEDIUM_ARBITRATION_TRIES 64u

#define MEDIUM_FRAME_MAX 128u            /* octets of a frame */
#define MEDIUM_NODES_MAX 112u            /* addresses 10h to EEh */
#define MEDIUM_QUEUE_MAX 64u             /* frames waiting at one node */
#define MEDIUM_WAITING_MAX 1024u         /* frames waiting at all nodes */

enum bus_model { BUS_I2C, BUS_CSMA };

struct medium_config {
    uint8_t number;          /* of the bus, for faults and taps */
    enum bus_model model;
    uint32_t bit_rate;       /* Hz; 0 = MEDIUM_BIT_RATE */
    bool instant_speed;      /* switch timing off */
};

/* What a sender learns from the wire. */
enum wire_result {
    WIRE_DONE,               /* every octet acknowledged, as far as it knows */
    WIRE_NAKED,              /* nobody at that address */
    WIRE_LOST_ARBITRATION,   /* too often */
    WIRE_BUS_ERROR,          /* the bus does not work */
};

struct medium;

/*
 * A node, embedded in whatever speaks on the bus. Fill in the first part
 * before medium_attach(); the rest is the medium's.
 */
struct medium_node {
    uint8_t address;         /* even, 02h to FEh */

    /* A frame for this node arrived; f->bytes are borrowed for the call. */
    void (*receive)(void *ctx, const struct link_frame *f);

    /* The frame that was queued under tag was sent, or could not be. Called
     * before receive() of the node that it is for. */
    void (*sent)(void *ctx, uint32_t tag, enum wire_result result);
    void *ctx;

    struct medium_node *next;
    bool attached;
    uint8_t phase;
    uint8_t outcome;         /* of the frame on the wire */
    uint16_t losses;         /* of arbitration, of the frame at the head */
    uint16_t queued;
    uint32_t head, tail;     /* of its queue in the pool */
    instant ready;           /* when it wants the wire */
    instant end;             /* of its part on the wire */
    struct rng backoff;
};

struct medium_stats {
    uint64_t frames, octets;       /* that went over the wire whole */
    uint64_t collisions;           /* frames lost to one another (BUS_CSMA) */
    uint64_t arbitration_losses;   /* each time a frame had to give way */
    uint64_t given_up;             /* frames that gave way too often */
    uint64_t merged;               /* frames that equal ones carried along */
    uint64_t naks;
    uint64_t refused;              /* not queued for want of room */
    instant busy;                  /* START to STOP, of what is over */
};

/* world is borrowed. ST_INVALID for a bit rate out of range, ST_NOMEM. */
enum status medium_new(struct world *world, const struct medium_config *config,
                       struct medium **out);

/* Nodes still attached are off the bus then; nothing is called or shown. */
void medium_free(struct medium *m);

/*
 * Put a node on the bus; it stays its owner's and must stay where it is.
 * ST_EXISTS when its address is taken, ST_INVALID for an odd address or
 * 00h, ST_FULL.
 */
enum status medium_attach(struct medium *m, struct medium_node *node);

/* Take it off: its queue is forgotten without a call, a frame of its that is
 * on the wire is lost. Nothing happens when it is off already. */
void medium_detach(struct medium *m, struct medium_node *node);

/*
 * Queue a copy of frame (its first octet is the address). node->sent() will
 * be called with tag, never from within. ST_MISSING when node is not
 * attached, ST_INVALID for an empty or too long frame, ST_FULL, ST_NOMEM.
 */
enum status medium_send(struct medium *m, struct medium_node *node, struct bytes frame,
                        uint32_t tag);

/* A node tells why it dropped a frame that it received. */
void medium_ignored(struct medium *m, const struct link_frame *f, const char *why);

/* True when a node with this address is on the bus. */
bool medium_has(const struct medium *m, uint8_t address);

/* What it was made as, bit_rate filled in. */
const struct medium_config *medium_config(const struct medium *m);

/* Counters, and those of the fates of frames (link.h). */
const struct medium_stats *medium_stats(const struct medium *m);
const struct link *medium_link(const struct medium *m);

/* How long n octets take from START to STOP. */
instant medium_frame_span(const struct medium *m, size_t octets);

#endif
