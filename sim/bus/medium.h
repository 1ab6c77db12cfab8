/*
 * medium.h - one bus: a wire that all nodes share.
 * Spec: I2C-bus specification (standard mode); IPMB Communications Protocol
 * v1.0. design.md, "IPMB".
 *
 * The wire. A node that wants to send queues a frame. It waits until the bus
 * is free (it senses the carrier), and then takes it for one START, nine bits
 * an octet (the ninth is the acknowledgement) and one STOP; after that the
 * bus rests for the bus-free time. So a frame of n octets that starts at t is
 * with its receiver, and known to have been sent, at
 *
 *     t + (2 + 9 n) bits                7 octets at 100 kHz: t + 650 us
 *
 * octet i of it, counted from 0, ends at t + (1 + 9 (i + 1)) bits, and the
 * next may start MEDIUM_BUS_FREE_PERCENT of a bit after STOP.
 *
 * Acknowledgement. An octet that is not acknowledged is the last one: STOP
 * follows its ninth bit. An address that nobody has, or whose controller is
 * dead or busy, is refused so (WIRE_NAKED, at t + 11 bits); a later octet
 * when the receiver has no room for it (WIRE_DATA_NAKED). In a broadcast (00h
 * in front) the second octet is the one that somebody must acknowledge. A
 * node cannot address itself. What a controller is like as a receiver is its
 * struct medium_manner; what it was like when the frame started counts for
 * all of the frame.
 *
 * Reading. A node may be a device that can be read (struct medium_node). Who
 * reads it sends START, its address with bit 0 set, and clocks octets in; it
 * acknowledges all but the last, and STOP follows. Where something is written
 * first, a second START (one bit more) stands between: with w octets after
 * the first address and r to be read, STOP is over at
 *
 *     t + (2 + 9 (1 + r)) bits                 nothing written
 *     t + (3 + 9 (1 + w + 1 + r)) bits
 *
 * Controllers do not acknowledge that second address: an IPMB knows only
 * writes. Nobody else gets the wire in between. The device gets what is written, and is
 * asked for what is read, when STOP is over. Two that read the same at the
 * same instant both have it; of those that read different lengths, the
 * longer read wins. On BUS_CSMA a read that collides is not acknowledged.
 *
 * Stretching. A slow controller holds the clock low for a span after each
 * octet that it sends or acknowledges; when both ends do, the longer span
 * counts. Who holds it for longer than MEDIUM_CLOCK_LOW_MAX is not waited
 * for: that frame is lost, and its sender knows (WIRE_BUS_ERROR). A contender
 * that loses an arbitration does not slow the winner.
 *
 * Nodes that start within a window of each other contend, two or more:
 *
 *   BUS_I2C   The window is the hold time of START. Bits are compared on the
 *             wire: a zero beats a one, so the frame that is lowest octet by
 *             octet survives intact. The others learn it at the bit that they
 *             lost, receive if they are addressed, and send again as soon as
 *             the bus is free; a frame that lost MEDIUM_ARBITRATION_TRIES
 *             times is given up (WIRE_LOST_ARBITRATION). Senders of equal
 *             octets do not notice each other: one frame arrives, all were
 *             sent. Where the frames are cut short before they differ, all
 *             that send them learn it.
 *             This is not fair: among those that always want to send, the
 *             lowest frame has the whole bus (by destination first, as the
 *             specification says; by source among requests to one
 *             controller), and the others starve until given up.
 *   BUS_CSMA  The window is how long a node takes from seeing a free bus to
 *             driving it. All frames that start in it are lost and no sender
 *             is told (WIRE_DONE). A node that found the bus busy waits for a
 *             random number of windows, below MEDIUM_BACKOFF_SLOTS, once it
 *             is free, and looks again; whenever it is busy meanwhile, that
 *             begins anew. All nodes have about equal shares. Of thirty that
 *             always want to send, three starts of five collide.
 *
 * Stuck. A fault can leave SDA low in the middle of a frame. Then nobody can
 * START. A node that wants to send watches that for MEDIUM_STUCK_PATIENCE and
 * gives nine clocks; when SDA is high after one of them, STOP follows and the
 * bus is free. When it is not, the frame of the node that clocked is lost
 * (WIRE_BUS_ERROR), and the next that wants to send tries, as long again
 * after. The first is who wanted the wire first, or has the lower address.
 *
 * Instant speed. Nothing that is counted in bits takes time, nor does
 * stretching, but everything still goes through the timeline, one frame after
 * the other: the lowest first (BUS_I2C), or in the order of asking (BUS_CSMA,
 * where nothing can collide then). Spans that are not bits stay: back-off of
 * ports, MEDIUM_STUCK_PATIENCE, those of faults and manners.
 *
 * Fates. The fault plan is asked twice about each frame: when it first wants
 * a free wire (effects of the wire, fault.h), and, if the wire carried it
 * whole, at the end of its STOP, where it crosses a link (sim/engine/link.h).
 * What is lost there was acknowledged all the same: the sender is told
 * WIRE_DONE. Frames held by a fault arrive later beside the wire's own
 * traffic. Each frame that was queued shows up in the tap once, with its
 * fate: those whose turn did not come as lost, when the sender leaves the
 * bus or takes them back. What befalls the wire itself is told in notes. So, at any instant,
 *
 *     queued = frames + merged + collisions + naks + data_naks + given_up
 *            + broken + withdrawn + medium_waiting()
 *
 * and the link has seen all of these but the last; see its own balance. One
 * that read crosses the link as the address and the octets read, after what
 * was written, which is a frame of its own (counted as restarts on top).
 * Octets that the link loses, or brings too late, were read as FFh: nobody
 * drove the wire.
 *
 * A medium belongs to one chassis and its world. Waiting frames lie in a
 * pool that grows when more wait than ever before, up to its bound; nothing
 * else grows or is allocated.
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

/* Nobody learns of a collision on BUS_CSMA, so nobody can wait longer after
 * one. What remains is to spread those that waited for the same frame over
 * more windows than there are of them on a full bus. */
#define MEDIUM_BACKOFF_SLOTS 32u

/* SMBus: a device that sees the clock low for so long gives up at the latest. */
#define MEDIUM_CLOCK_LOW_MAX SPAN_MS(35)

/* SMBus: from here on a line that is low is no traffic. */
#define MEDIUM_STUCK_PATIENCE SPAN_MS(25)
#define MEDIUM_RECOVERY_CLOCKS 9u

/* A full bus has some 30 controllers; each of them may win before the last
 * one does, twice. */
#define MEDIUM_ARBITRATION_TRIES 64u

#define MEDIUM_FRAME_MAX 128u            /* octets of a frame */
#define MEDIUM_READ_MAX 255u             /* octets read at a time */
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
    WIRE_NAKED,              /* nobody at that address, or nobody that listens */
    WIRE_DATA_NAKED,         /* a later octet was not acknowledged */
    WIRE_LOST_ARBITRATION,   /* too often */
    WIRE_BUS_ERROR,          /* the bus does not work */
};

struct medium;

/* What a controller is like on the wire. All 0: quick, and takes everything. */
struct medium_manner {
    instant stretch;         /* holds the clock after each octet */
    instant busy_until;      /* does not acknowledge its address before */
    instant dead_until;      /* neither acknowledges nor sends before;
                                INSTANT_NEVER: never again */
    instant processing;      /* of a frame; one after the other */
    uint8_t frames_max;      /* takes so many before it has processed them; 0:
                                any number */
    uint8_t refuse_at;       /* which octet it does not acknowledge when it has
                                that many; 0: the address */
    uint8_t octets_max;      /* of a frame, from the address on; the next is not
                                acknowledged; 0: any number */
    bool busy_holds;         /* while busy: acknowledges its address, and holds
                                the clock until it is not */
};

/* What one node did and saw. */
struct medium_node_stats {
    uint64_t queued;
    uint64_t frames_sent, octets_sent;          /* whole */
    uint64_t frames_received, octets_received;
    uint64_t naks;                 /* of addresses and of later octets */
    uint64_t collisions;
    uint64_t arbitration_losses;
    uint64_t broken;               /* frames lost to a bus that did not work */
    uint64_t resends;              /* as it said: medium_send_again() */
};

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

    /* A device: len octets (1 to MEDIUM_READ_MAX) are read from it, at its
     * address. False: it does not work now. NULL: it cannot be read. */
    bool (*read)(void *ctx, uint8_t address, uint8_t *to, size_t len);
    void *ctx;

    struct medium_node *next;
    bool attached;
    bool asked;              /* the fault plan, about the frame at the head */
    uint8_t phase;
    uint8_t outcome;         /* of the frame on the wire */
    uint16_t losses;         /* of arbitration, of the frame at the head */
    uint16_t queued;
    uint32_t head, tail;     /* of its queue in the pool */
    instant ready;           /* when it wants the wire */
    instant held_until;      /* waits so long for another to collide with */
    instant begin, end;      /* of its part on the wire */
    instant processed;       /* when it has processed all it received */
    const char *why;         /* the outcome, where no rule is the reason */
    uint32_t why_rule;
    struct fault_wire wire;  /* the verdict on the frame at the head */
    struct medium_manner manner;
    struct medium_node_stats stats;
    struct rng backoff;
};

struct medium_stats {
    uint64_t queued;               /* frames that were to be sent */
    uint64_t frames, octets;       /* that went over the wire whole */
    uint64_t collisions;           /* frames lost to one another (BUS_CSMA) */
    uint64_t given_up;             /* frames that gave way too often */
    uint64_t merged;               /* frames that equal ones carried along */
    uint64_t naks, data_naks;      /* frames refused at the address, and later */
    uint64_t broken;               /* frames lost to a bus that did not work */
    uint64_t withdrawn;            /* frames whose sender left the bus, or took
                                      them back */
    uint64_t restarts;             /* writes that a read followed */

    uint64_t refused;              /* not queued for want of room */
    uint64_t arbitration_losses;   /* each time a frame had to give way */
    uint64_t retries;              /* frames put on the wire again: after a lost
                                      arbitration, or by medium_send_again() */
    uint64_t babbles;              /* times that the wire was hogged */
    uint64_t sticks;               /* times that SDA stuck */
    uint64_t recoveries;           /* times that nine clocks were given */

    /* Of what is over; the wire is in one of these states, or free. */
    instant busy;                  /* START to STOP */
    instant babble;
    instant stuck;                 /* from the frame it broke to STOP */
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

/* Take it off: its queue is lost without a call, so is a frame of its that is
 * on the wire. Nothing happens when it is off already. Manner and statistics
 * stay with the node. */
void medium_detach(struct medium *m, struct medium_node *node);

/*
 * Queue a copy of frame (its first octet is the address). node->sent() will
 * be called with tag, never from within. ST_MISSING when node is not
 * attached, ST_INVALID for an empty or too long frame, ST_FULL, ST_NOMEM.
 */
enum status medium_send(struct medium *m, struct medium_node *node, struct bytes frame,
                        uint32_t tag);

/* The same for a frame that was sent before: counted as a retry. */
enum status medium_send_again(struct medium *m, struct medium_node *node,
                              struct bytes frame, uint32_t tag);

/*
 * Read count octets from the device whose address (bit 0 clear) is the first
 * octet of written; what follows is written to it first. node->sent() will be
 * called with tag; medium_octets_read() has the octets then. Errors as of
 * medium_send(); ST_INVALID for an odd address or 00h, or a bad count.
 */
enum status medium_read(struct medium *m, struct medium_node *node, struct bytes written,
                        size_t count, uint32_t tag);
enum status medium_read_again(struct medium *m, struct medium_node *node,
                              struct bytes written, size_t count, uint32_t tag);

/* Within node->sent(): what was read, when all of it was; else empty. */
struct bytes medium_octets_read(const struct medium *m);

/* Take back a frame that is not on the wire yet, by its tag (the first that
 * has it): its sender is not told. False when there is none. */
bool medium_take_back(struct medium *m, struct medium_node *node, uint32_t tag);

/* A node tells why it dropped a frame that it received. */
void medium_ignored(struct medium *m, const struct link_frame *f, const char *why);

/* True when a node with this address is on the bus. */
bool medium_has(const struct medium *m, uint8_t address);

/* What it was made as, bit_rate filled in. */
const struct medium_config *medium_config(const struct medium *m);

/* What the controller at address is like; copied. ST_MISSING. A frame that is
 * on the wire is not affected. */
enum status medium_set_manner(struct medium *m, uint8_t address,
                              const struct medium_manner *manner);
const struct medium_manner *medium_manner(const struct medium *m, uint8_t address);

/* Counters, and those of the fates of frames (link.h). */
const struct medium_stats *medium_stats(const struct medium *m);
const struct link *medium_link(const struct medium *m);

/* Those of the node at address; NULL when there is none. */
const struct medium_node_stats *medium_node_stats(const struct medium *m, uint8_t address);

/* SDA is low now, and nobody can START. */
bool medium_is_stuck(const struct medium *m);

/* Frames queued or on the wire now. */
uint32_t medium_waiting(const struct medium *m);

/* For how much of its life the wire was not free, up to now: frames, babble,
 * stuck. 1,000,000 is all of it, and never exceeded. */
uint32_t medium_utilisation_ppm(const struct medium *m);

/* How long n octets take from START to STOP, when nobody holds the clock. */
instant medium_frame_span(const struct medium *m, size_t octets);

/*
 * When octet i (from 0) of the frame that node has on the wire ends, its
 * acknowledgement and what the clock is held for after it included.
 * INSTANT_NEVER when node does not send now or does not get that far.
 */
instant medium_octet_end(const struct medium *m, const struct medium_node *node, size_t i);

#endif
