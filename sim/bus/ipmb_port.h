/*
 * ipmb_port.h - a controller's connection to an IPMB.
 * Spec: IPMB Communications Protocol v1.0 (sequence numbers, retries,
 * duplicates); IPMI v2.0 6.13, 20.1, 22.7.
 *
 * A port asks, answers, and passes on.
 *
 * Asking: ipmb_port_ask() gives a request a sequence number that no open
 * request has, puts it on the bus and waits for the answer for
 * IPMB_PORT_TIMEOUT from the end of its transmission; it is then sent again,
 * octet for octet, up to IPMB_PORT_RESENDS times. It ends IPMB_PORT_SEQ_EXPIRY
 * after it was asked at the latest: by then the other end has forgotten its
 * number, and would take a further one for new. A request that the wire
 * refuses (NAK of the address, arbitration lost too often, bus error) ends at
 * once, and one that waits for the wire at its latest ends with a bus error.
 * Where a later octet is not acknowledged somebody is
 * there, but has no room now: that counts as a sending, and the next comes
 * IPMB_PORT_NAK_PAUSE later; after the last, the request ends as NAKed. On
 * a BUS_CSMA medium, where two that collided would collide again, a resend
 * comes up to IPMB_PORT_RESEND_JITTER later, by chance. The sequence number
 * of a request that was sent and never answered rests for
 * IPMB_PORT_SEQ_EXPIRY from when it was asked.
 *
 * Answering: a request for one of our LUNs goes to the request sink, once.
 * The response is kept for IPMB_PORT_DUPLICATE_SPAN; the same request again
 * (source, sequence number, netfn, LUNs, command and data alike) gets the
 * kept response and is not executed, or nothing while it is being executed.
 * A kept response is forgotten earlier when its source has sent
 * IPMB_PORT_DUPLICATE_LATER other requests since: six bits come round
 * quickly, and the next one of that number is a new one.
 *
 * A pair (IPMB-0 as PICMG 3.0 has it): a port on two buses, A and B, with one
 * address on both. Requests go out by turns. What has no success on one bus
 * (no acknowledgement, arbitration lost too often, a bus that does not work,
 * the wire not got in IPMB_PORT_WAY_PATIENCE) is tried on the other at once,
 * and ends only when that was in vain as well; what was sent and is not
 * answered is sent again on the other bus. A response goes out on the bus
 * that its request came by; when it is refused there (but for want of room),
 * on the other at once, as long as the request is not forgotten. Duplicates are
 * told as ever, whichever bus each comes by.
 *
 * Each bus of a pair is a link that works or does not. It fails when it is
 * found not to work; or when IPMB_PORT_STRIKES frames in a row were not
 * acknowledged there that were on the other, and a probe (Get Device ID) of
 * who last acknowledged one there is not either: somebody else's link may be
 * the broken one. A failed link is used when there is no other; it is probed
 * each IPMB_PORT_PROBE, and works again when that is acknowledged. A link can
 * be isolated: the port is off that bus. The owner is told of all changes but
 * those it makes itself.
 *
 * Passing on: requests and unexpected responses for LUN 2 are system
 * software's and go to the sms sink whole; see Get Message.
 *
 * Damaged, foreign and unexpected frames are dropped and counted, and the
 * tap is told why. Nobody answers with an error on this bus.
 *
 * A port that never spoke nor heard costs little: its tables are made at
 * first use. They have bounds; nothing grows past them.
 */
#ifndef IPMILAB_BUS_IPMB_PORT_H
#define IPMILAB_BUS_IPMB_PORT_H

#include "sim/bus/medium.h"
#include "sim/ipmi/request.h"
#include "sim/wire/ipmb.h"

#define IPMB_PORT_TIMEOUT SPAN_MS(250)
#define IPMB_PORT_RESENDS 3u
#define IPMB_PORT_RESEND_JITTER SPAN_MS(60)
#define IPMB_PORT_NAK_PAUSE SPAN_MS(60)
#define IPMB_PORT_SEQ_EXPIRY SPAN_S(5)
#define IPMB_PORT_DUPLICATE_SPAN SPAN_S(5)
#define IPMB_PORT_DUPLICATE_LATER 32u    /* half of the sequence numbers */
#define IPMB_PORT_DUPLICATES_MAX 64u     /* kept responses; then the oldest goes */
#define IPMB_PORT_OPEN_MAX IPMB_SEQS     /* requests open at once */
#define IPMB_PORT_RAW_MAX 16u            /* raw frames waiting at once */

/* Of pairs. */
#define IPMB_PORT_WAYS 2u
#define IPMB_PORT_WAY_PATIENCE SPAN_MS(60)
#define IPMB_PORT_STRIKES 3u
#define IPMB_PORT_PROBE SPAN_S(1)

/* How a request ended. */
enum ipmb_end {
    IPMB_END_ANSWERED,
    IPMB_END_TIMED_OUT,
    IPMB_END_NAKED,
    IPMB_END_LOST_ARBITRATION,
    IPMB_END_BUS_ERROR,
};

/* The completion code that Send Message gives for an end: 00h, C3h, 83h, 81h, 82h. */
uint8_t ipmb_end_cc(enum ipmb_end end);

/* Of a link of a pair: the codes of PICMG 3.0's IPMB-0 sensor. */
enum ipmb_link_status {
    IPMB_LINK_WORKS = 0,
    IPMB_LINK_DATA_LOW = 2,        /* nobody can drive SDA high */
    IPMB_LINK_CLOCK_LOW = 5,       /* SCL was held low for too long */
    IPMB_LINK_UNDIAGNOSED = 7,
};

struct ipmb_port;

/* What a port hands things to. ctx goes to all of them. */
struct ipmb_port_sinks {
    void *ctx;

    /* A request for us, at most once. Privilege is PRIV_SYSTEM. NULL: none
     * is answered. */
    ipmi_request_fn *request;

    /* A frame for LUN 2, whole, checked; borrowed for the call. f is what it
     * says. NULL: requests go to the request sink (which refuses the LUN),
     * responses are dropped. */
    void (*sms)(void *ctx, struct ipmb_port *port, const struct ipmb_frame *f,
                struct bytes frame);

    /* A link of a pair, 0 = A, 1 = B, failed or works again. NULL: not
     * wanted. */
    void (*link)(void *ctx, struct ipmb_port *port, unsigned which);
};

struct ipmb_port_config {
    struct world *world;       /* borrowed */
    struct medium *medium;     /* borrowed */
    struct medium *second;     /* of a pair: bus B; NULL = one bus; borrowed */
    uint8_t address;
    uint8_t channel;           /* number, for origin.channel */
    uint8_t frame_max;         /* octets a frame; 0 = IPMB_FRAME_MAX */
    uint8_t resends;           /* of a request; 0 = IPMB_PORT_RESENDS, or
                                  IPMB_PORT_NO_RESENDS */
    instant timeout;           /* 0 = IPMB_PORT_TIMEOUT */
};

#define IPMB_PORT_NO_RESENDS 0xffu

/* Make a port, not attached yet. ST_INVALID for a bad address or a
 * frame_max below IPMB_FRAME_MAX or above MEDIUM_FRAME_MAX; ST_NOMEM. */
enum status ipmb_port_new(const struct ipmb_port_config *config,
                          const struct ipmb_port_sinks *sinks, struct ipmb_port **out);

/* Detach, reset and free. */
void ipmb_port_free(struct ipmb_port *port);

/*
 * Go on the bus (see medium_attach()), and off it. Going off, what was not
 * sent yet ends with IPMB_END_BUS_ERROR, called from within; requests that
 * were sent stay open until they time out.
 */
/* Of a pair, this concerns those buses that are not isolated. */
enum status ipmb_port_attach(struct ipmb_port *port);
void ipmb_port_detach(struct ipmb_port *port);
bool ipmb_port_attached(const struct ipmb_port *port);

/* Of a pair: leave a bus, 0 = A, 1 = B, or go on it again. What waits there is
 * sent on the other, or ends as in ipmb_port_detach(). ST_MISSING: no such
 * bus; else as medium_attach(). */
enum status ipmb_port_isolate(struct ipmb_port *port, unsigned which, bool isolate);
bool ipmb_port_isolated(const struct ipmb_port *port, unsigned which);
enum ipmb_link_status ipmb_port_link(const struct ipmb_port *port, unsigned which);

/* What a controller's cold reset does here: requests and raw frames are
 * forgotten without a call, kept responses too. What is queued for the bus
 * already, such as the answer to Cold Reset, still goes out. An attached port
 * stays attached. */
void ipmb_port_reset(struct ipmb_port *port);

/* One request to another controller. data is borrowed for the call. */
struct ipmb_ask {
    uint8_t target, target_lun;
    uint8_t lun;               /* ours; the answer comes back to it */
    uint8_t netfn, cmd;
    bool broadcast;            /* 00h in front: only Get Device ID */
    uint8_t resends;           /* of this one; 0 = the port's */
    struct bytes data;

    /* The first transmission that the receiver took is over (IPMB_END_ANSWERED
     * here means that it is on its way), or there was none. Comes before
     * done, at most once; NULL: not wanted. */
    void (*sent)(void *ctx, uint32_t mark, enum ipmb_end end);

    /* The request ended. cc and data (without cc) are the answer's if it was
     * answered, else ipmb_end_cc() and empty; data is borrowed for the call.
     * The request is over by then: a new one may be made here. NULL: not
     * wanted. Neither is ever called from within ipmb_port_ask(). */
    void (*done)(void *ctx, uint32_t mark, enum ipmb_end end, uint8_t cc,
                 struct bytes data);
    void *ctx;
    uint32_t mark;
};

/*
 * Ask. *ticket (may be NULL) is for ipmb_port_cancel(). ST_FULL when no
 * sequence number or no room is left, ST_MISSING while not attached,
 * ST_INVALID for an odd netfn, an odd or zero target, another broadcast than
 * Get Device ID, or too much data, ST_NOMEM; then no call follows.
 */
enum status ipmb_port_ask(struct ipmb_port *port, const struct ipmb_ask *ask,
                          uint32_t *ticket);

/* Forget an open request; its answer will be dropped. False when it is over. */
bool ipmb_port_cancel(struct ipmb_port *port, uint32_t ticket);

/* What a raw frame is sent with. sent may be NULL. */
struct ipmb_raw {
    struct bytes frame;        /* borrowed for the call; sent as it is */
    uint8_t read;              /* octets to be read from a device then: see
                                  medium_read(); 0 = a frame like any */
    void (*sent)(void *ctx, uint32_t mark, enum ipmb_end end);
    void *ctx;
    uint32_t mark;
};

/* Put a frame on the bus that nothing here keeps track of (untracked Send
 * Message): only the wire's result is told, IPMB_END_ANSWERED for sent.
 * Errors as of ipmb_port_ask(); ST_INVALID when longer than frame_max. */
enum status ipmb_port_send_raw(struct ipmb_port *port, const struct ipmb_raw *raw);

/* Within raw->sent: the octets that were read; borrowed for that call. */
struct bytes ipmb_port_octets_read(const struct ipmb_port *port);

/* How much request data, and response data after the completion code, a
 * frame has room for. */
size_t ipmb_port_ask_room(const struct ipmb_port *port);
size_t ipmb_port_answer_room(const struct ipmb_port *port);

uint8_t ipmb_port_address(const struct ipmb_port *port);
uint8_t ipmb_port_channel(const struct ipmb_port *port);
struct medium *ipmb_port_medium(const struct ipmb_port *port);   /* A, of a pair */

/* Its bus 0, and 1 = B of a pair; NULL past the last. */
struct medium *ipmb_port_way(const struct ipmb_port *port, unsigned n);
bool ipmb_port_is_pair(const struct ipmb_port *port);

struct ipmb_port_stats {
    uint64_t asked, answered;      /* requests of ours */
    uint64_t resends, timed_out;   /* timed_out: given up */
    uint64_t naked, lost_arbitration, bus_errors;   /* requests that ended so */
    uint64_t requests;             /* for us, new */
    uint64_t duplicates;           /* for us, not executed again */
    uint64_t responses;            /* of ours, first time */
    uint64_t responses_lost;       /* that could not be queued or sent */
    uint64_t cut;                  /* answered CAh, being too long */
    uint64_t sms;                  /* frames passed on */
    uint64_t raw;                  /* frames sent as they were */
    uint64_t ignored;              /* frames dropped, whatever the reason */
    uint64_t changed;              /* frames tried on the other bus of a pair */
    uint64_t link_failures;        /* of a pair's links */
};

const struct ipmb_port_stats *ipmb_port_stats(const struct ipmb_port *port);

#endif
