/*
 * icmb.h - a bridge's connection to an Intelligent Chassis Management Bus.
 *
 * The ICMB joins chassis. Each has a bridge with a 16-bit address; what they
 * exchange are requests and responses that name a command of the Bridge
 * network function. The text of the ICMB specification was not to be had, so
 * the layout is chosen here, and answered strictly:
 *
 *   octet 1-2   receiver, least significant first; FFFFh: all others
 *         3-4   sender
 *         5     [7] response · [5:0] sequence number
 *         6     privilege of who asked, which goes along, or the ICMB would
 *               be a way round the gate of the far controller
 *         7     command
 *         8-    data; of a response the completion code first
 *         last  makes the sum of all octets zero
 *
 * A frame has at most ICMB_FRAME_MAX octets. What is too short, damaged, for
 * another address or awaited by nobody is dropped and counted. A request to
 * one bridge is answered within ICMB_TIMEOUT or never; one to all collects
 * answers for ICMB_COLLECT. Nothing is sent twice: who asked asks again.
 *
 * A node owns its timers in the world it was made with and no memory but its
 * own. The wire is somebody else's (sim/lab/segment.h).
 */
#ifndef IPMILAB_BUS_ICMB_H
#define IPMILAB_BUS_ICMB_H

#include "sim/base/status.h"
#include "sim/base/wr.h"
#include "sim/engine/world.h"

#define ICMB_FRAME_MAX 72u
#define ICMB_HEAD      7u
#define ICMB_DATA_MAX  (ICMB_FRAME_MAX - ICMB_HEAD - 1)   /* of a request */
#define ICMB_ALL       0xffffu
#define ICMB_NOWHERE   0x0000u                 /* no bridge has this address */
#define ICMB_TIMEOUT   SPAN_S(2)
#define ICMB_COLLECT   SPAN_MS(500)
#define ICMB_ASKS_MAX  8u                      /* requests open at once */

struct icmb;

/* A frame arrived, whole; borrowed for the call. */
typedef void icmb_frame_fn(void *to, struct bytes frame);

/* What a node needs of a segment: one connector of it. */
struct icmb_wire {
    /* From now on frames of the others go to deliver(to, ...), at the instant
     * they arrive; deliver NULL: no longer. */
    void (*connect)(void *ctx, icmb_frame_fn *deliver, void *to);

    /* Send a frame (copied) as soon as the wire is free. */
    void (*send)(void *ctx, struct bytes frame);
    void *ctx;
};

/* What a frame says. data points into it. */
struct icmb_frame {
    uint16_t to, from;
    bool response;
    uint8_t seq, privilege, cmd;
    struct bytes data;
};

/* Build a frame; too much data sets w->bad. Parse one: false when it is too
 * short, too long or its sum is wrong. */
void icmb_build(struct wr *w, const struct icmb_frame *f);
bool icmb_parse(struct bytes octets, struct icmb_frame *f);

struct icmb_opts {
    struct world *world;                  /* borrowed, like wire */
    const struct icmb_wire *wire;
    uint16_t address;

    /* A request for us or for all; f is borrowed for the call. */
    void (*request)(void *ctx, const struct icmb_frame *f);
    void *ctx;
};

enum status icmb_new(const struct icmb_opts *opts, struct icmb **out);
void icmb_free(struct icmb *node);

/* Forget what was asked, without a call. */
void icmb_reset(struct icmb *node);

uint16_t icmb_address(const struct icmb *node);
void icmb_set_address(struct icmb *node, uint16_t address);

/* A disabled node neither sends nor hears. */
void icmb_set_enabled(struct icmb *node, bool enabled);
bool icmb_enabled(const struct icmb *node);

struct icmb_ask {
    uint16_t to;
    uint8_t privilege, cmd;
    struct bytes data;                    /* borrowed for the call */

    /* An answer came: from one bridge, or, of those to all, one more. cc and
     * data (without cc) are borrowed for the call. */
    void (*answer)(void *ctx, uint32_t mark, uint16_t from, uint8_t cc, struct bytes data);

    /* No more will come. answers tells how many did. Of a request to one
     * bridge this follows its answer at once. */
    void (*end)(void *ctx, uint32_t mark, unsigned answers);
    void *ctx;
    uint32_t mark;
};

/* Ask. ST_MISSING while disabled, ST_FULL when too many are open, ST_INVALID
 * for too much data or no address. No call follows a failure; none comes
 * from within. */
enum status icmb_ask(struct icmb *node, const struct icmb_ask *ask);

/* Answer the request that f was: only f's sender, sequence number and
 * command count, so that it may be kept. False: too much data. */
bool icmb_answer(struct icmb *node, const struct icmb_frame *f, uint8_t cc, struct bytes data);

struct icmb_stats {
    uint32_t sent, received;              /* frames; received: for us */
    uint32_t damaged;                     /* bad sum or length */
    uint32_t unexpected;                  /* responses nobody awaited */
    uint32_t timed_out;                   /* requests to one bridge */
};

const struct icmb_stats *icmb_stats(const struct icmb *node);
void icmb_clear_stats(struct icmb *node);

#endif
