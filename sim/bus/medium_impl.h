/*
 * medium_impl.h - what a medium is made of; for its own files only:
 *
 *   medium.c             making, nodes, queues, what nodes call
 *   medium_arbitrate.c   who gets the free wire, and what that does to others
 *   medium_wire.c        the course of frames over the wire, to their end
 *   medium_read.c        what is read on the way over the link
 *   medium_fault.c       verdicts of the wire, babble, stuck and recovery
 *   medium_stats.c       counters
 */
#ifndef IPMILAB_BUS_MEDIUM_IMPL_H
#define IPMILAB_BUS_MEDIUM_IMPL_H

#include "sim/bus/medium.h"

#define NONE UINT32_MAX       /* no slot */

/* Of a node. */
enum phase { IDLE, WAITING, SENDING };

/* Of a frame. */
enum outcome { WHOLE, MERGED, NAKED, DATA_NAKED, COLLIDED, GIVEN_UP, HELD, STUCK, UNSENT };

/* Of the wire. While FREE, the next contest opens when the first node wants
 * the wire and the bus has rested; it is decided when its window closes. */
enum wire_state { FREE, TAKEN, BABBLED, JAMMED };

/* A queued frame. */
struct slot {
    uint32_t next;
    uint32_t tag;
    uint64_t order;           /* of asking */
    uint8_t len;
    uint8_t restart, reads;   /* as in struct transfer */
    uint8_t octets[MEDIUM_FRAME_MAX];
};

/* All that is sent and read between START and STOP. */
struct transfer {
    struct bytes octets;      /* that the sender drives, addresses included */
    size_t restart;           /* START comes again before this one; 0: it does not */
    size_t reads;             /* octets read after them; the last of them is the
                                 address then, with bit 0 set */
};

/* What was read, for those with an equal frame. */
struct shared_read {
    instant end;
    uint8_t octets[MEDIUM_READ_MAX];
};

/* SDA is low. */
struct jam {
    instant since, until;
    uint32_t clocks;          /* lets go at this one; 0: no such clock */
    uint32_t clocked;         /* so far */
    instant seen;             /* since when the next node watches it */

    struct medium_node *clocker;   /* the coming attempt; NULL: nobody wants */
    uint32_t used;            /* clocks of it */
    bool frees;
};

struct medium {
    struct world *world;
    struct medium_config config;
    instant bit;
    struct link link;
    struct timer timer;
    struct medium_node *nodes;   /* by address */
    uint32_t node_count;

    enum wire_state state;
    bool sticks;              /* a frame on the wire will leave SDA low */
    instant born;
    instant began, ends;      /* of the present occupation */
    instant free_at;          /* when the bus has rested */
    instant opens;            /* the next contest, while free */
    struct jam jam;

    struct slot *pool;
    uint32_t room, spare;     /* spare: list of unused slots */
    uint64_t orders;

    uint32_t read_number;     /* of the read that crosses the link now */
    uint8_t *reading;         /* where its octets go; NULL: none does */
    struct bytes read;        /* for medium_octets_read() */
    struct shared_read *shared;    /* NULL until two read the same */
    struct medium_stats stats;
};

/* How a frame fares on the wire. */
struct course {
    enum outcome outcome;
    size_t octets;            /* on the wire, the one refused included */
    instant end;
    const char *why;          /* NULL when rule is the reason, or none needed */
    uint32_t rule;
};

/* medium.c */

struct medium_node *medium_node_at(const struct medium *m, unsigned address);

/* The frame at the head of a node's queue, and its place in the order of
 * asking. Valid until something is queued. */
struct bytes medium_head(const struct medium *m, const struct medium_node *n);
struct transfer medium_transfer(const struct medium *m, const struct medium_node *n);
uint64_t medium_head_order(const struct medium *m, const struct medium_node *n);
uint32_t medium_head_tag(const struct medium *m, const struct medium_node *n);

/* Forget the frame at the head. */
void medium_pop(struct medium *m, struct medium_node *n);

/* Where the address stands in a frame: 1 in a broadcast, else 0. */
size_t medium_address_index(struct bytes frame);

/* Who is addressed; NULL: nobody. */
struct medium_node *medium_target(const struct medium *m, const struct transfer *t);

/* What the fault plan is told: where the fields of a good frame would be. The
 * same of all of a transfer. */
struct link_frame medium_describe(const struct medium *m, const struct medium_node *from,
                                  struct bytes frame);
struct link_frame medium_describe_all(const struct medium *m, const struct medium_node *from,
                                      const struct transfer *t);

static inline instant
medium_bits(const struct medium *m, size_t n)
{
    return m->bit * n;
}

/* medium_arbitrate.c */

/* When n wants the wire, as things stand; INSTANT_NEVER when it does not. */
instant medium_wants_at(const struct medium_node *n);

/* While the wire is free: set the timer for the close of the next contest. */
void medium_plan(struct medium *m);

/* The window has closed: decide the contest. */
void medium_contest(struct medium *m);

/* On BUS_CSMA, a node that finds the bus busy looks again some windows after
 * it is free. */
void medium_back_off(struct medium *m, struct medium_node *n);

/* medium_wire.c */

/* The course of n's frame if it has the wire from start on. */
struct course medium_course(const struct medium *m, const struct medium_node *n,
                            instant start);

/* The instant at which a bit (from 1) of an octet of it is over. */
instant medium_bit_end(const struct medium *m, const struct medium_node *n, instant start,
                       size_t octet, size_t bit);

/* How long all of it takes when nobody holds the clock or refuses. */
instant medium_transfer_span(const struct medium *m, const struct transfer *t);

/* Put n on the wire from start to end. */
void medium_occupy(struct medium *m, struct medium_node *n, instant start, instant end,
                   enum outcome outcome);

/* n's part on the wire is over, or it never had one. */
void medium_finish(struct medium *m, struct medium_node *n);

/* The timer while frames are on the wire. */
void medium_carry(struct medium *m, instant at);
void medium_arm_carry(struct medium *m);

/* The wire is free from m->ends on. */
void medium_fall_free(struct medium *m);

/* medium_read.c */

/* n's read, t with a copy of its octets, is over and nobody refused: let it
 * cross the link; the octets go to to. False: the device does not work. */
bool medium_cross_read(struct medium *m, const struct medium_node *n,
                       const struct transfer *t, uint8_t to[MEDIUM_READ_MAX]);

/* The link brought octets that were read. */
void medium_take_read(struct medium *m, const struct link_frame *f);

/* Another has the same read as the one that ends at end. False: no memory. */
bool medium_share_read(struct medium *m);

/* medium_fault.c */

/* Ask the plan about n's frame, once; obey what concerns the target now. */
void medium_ask_faults(struct medium *m, struct medium_node *n);

/* When a contender's verdict says so: hogs the wire; true when it does. */
bool medium_babble(struct medium *m);
void medium_babble_over(struct medium *m);

/* The verdict on n's frame may want it to collide. When n is alone, it waits
 * for another; true when it does. */
bool medium_wait_to_collide(struct medium *m, struct medium_node *n, bool alone);

/* n's frame, on the wire, will leave SDA low when it ends; and now it has. */
void medium_will_jam(struct medium *m, const struct medium_node *n);
void medium_jam(struct medium *m);

/* While it is low: plan the next attempt; carry it out. */
void medium_plan_recovery(struct medium *m);
void medium_recover(struct medium *m, instant at);

#endif
