/*
 * ipmb_port_impl.h - what a port is made of; for its own files only:
 *
 *   ipmb_port.c     the port itself, receiving
 *   ipmb_ask.c      requests of ours
 *   ipmb_answer.c   responses of ours
 *   ipmb_raw.c      raw frames
 *   ipmb_way.c      the buses it is on: which one a frame takes, links of a pair
 */
#ifndef IPMILAB_BUS_IPMB_PORT_IMPL_H
#define IPMILAB_BUS_IPMB_PORT_IMPL_H

#include "sim/bus/heard.h"
#include "sim/bus/ipmb_port.h"

/* A tag on the medium: what was sent, and its ticket. */
#define KIND_SHIFT 30
#define TICKET_MASK 0x3fffffffu
enum kind { KIND_RESPONSE, KIND_ASK, KIND_RAW };

/* A request of ours until it ends. Its place in the table is its rqSeq. */
struct open_ask {
    struct ipmb_port *port;
    struct open_ask *next;    /* in the list of spare ones */
    struct timer timer;
    struct ipmb_ask ask;      /* without its data */
    uint32_t ticket;
    instant asked_at;
    bool queued;              /* waiting for the wire, or on it */
    bool told;                /* ask.sent was called */
    bool pinned;              /* goes out on this way alone: a probe */
    bool tried_other;         /* this sending had no success on the other way, */
    bool naked;               /* where it was not acknowledged */
    uint8_t way;              /* index */
    uint8_t seq;
    uint8_t sendings;         /* that are over */
    uint8_t len;
    uint8_t octets[MEDIUM_FRAME_MAX];
};

struct raw_frame {
    bool used;
    bool tried_other;
    uint8_t way;              /* index */
    uint8_t len;
    uint32_t ticket;
    struct ipmb_raw raw;      /* without its frame */
};

/* What only a port that is used needs. */
struct tables {
    struct open_ask *open[IPMB_SEQS];
    instant rests_until[IPMB_SEQS];
    struct open_ask *spare;
    struct raw_frame raw[IPMB_PORT_RAW_MAX];
    uint8_t (*raw_octets)[MEDIUM_FRAME_MAX];   /* of a pair: of raw[]; or NULL */
    struct heard heard;
};

/* A bus that the port is on: the only one, or a link of a pair. */
struct way {
    struct ipmb_port *port;
    struct medium *medium;
    struct medium_node node;

    /* Of a pair. */
    bool isolated;
    bool probing;
    uint8_t status;           /* enum ipmb_link_status */
    uint8_t strikes;          /* in a row */
    uint8_t last_good;        /* who acknowledged a frame here last; 0: nobody */
    struct timer probe;
};

struct ipmb_port {
    struct ipmb_port_config config;
    struct ipmb_port_sinks sinks;
    struct tables *tables;    /* NULL until first use */
    struct rng jitter;
    uint32_t tickets;
    uint8_t last_seq;
    bool attached;            /* as its owner wants it */
    uint8_t turn;             /* the way that the next frame takes */
    struct ipmb_port_stats stats;
    unsigned way_count;
    struct way ways[];
};

/* The tables, made at first use; NULL when memory ran out. */
struct tables *ipmb_port_tables(struct ipmb_port *port);

/* What the result of a frame on the wire means for who wanted it sent. */
enum ipmb_end ipmb_port_end_of(enum wire_result result);

/* ipmb_ask.c */

/* A request's frame was sent, or could not be. */
void ipmb_ask_sent(struct ipmb_port *port, uint32_t ticket, enum wire_result result);

/* True when f, a response, ended an open request. */
bool ipmb_ask_answered(struct ipmb_port *port, const struct ipmb_frame *f);

/* What waits for a wire that the port has left: on the other bus of a pair if
 * that is there, or it ends with a bus error. */
void ipmb_ask_leave(struct ipmb_port *port, unsigned way);

/* Ask target whether it is there, on that way alone; ipmb_way_probed() tells.
 * False: not asked. */
bool ipmb_ask_probe(struct way *way, uint8_t target);

/* Forget all open requests; free the spare ones. */
void ipmb_ask_forget(struct ipmb_port *port);
void ipmb_ask_free_spare(struct tables *t);

/* ipmb_answer.c */

/* ipmi_answer_fn; ctx is the port: an answer, now or later, by the way that
 * the request came, or else by the other one. */
void ipmb_answer(void *ctx, const struct ipmi_origin *to, uint8_t cc, struct bytes data);

/* The same request came again, by that way: the kept response once more. */
void ipmb_answer_again(struct way *way, const struct heard_entry *e);

/* A response was sent, or could not be. */
void ipmb_answer_sent(struct way *way, uint32_t ticket, enum wire_result result);

/* ipmb_raw.c */

void ipmb_raw_sent(struct ipmb_port *port, uint32_t ticket, enum wire_result result);
void ipmb_raw_leave(struct ipmb_port *port, unsigned way);
void ipmb_raw_forget(struct ipmb_port *port);

/* ipmb_way.c */

/* Make way n of a port. */
void ipmb_way_init(struct ipmb_port *port, unsigned n, struct medium *medium);

/* Off its bus, without a word. */
void ipmb_way_leave(struct way *way);

/* Links work, as far as is known: after a reset. */
void ipmb_way_forget(struct ipmb_port *port);

/* The way that a new frame takes: by turns, those that work first. */
uint8_t ipmb_way_next(struct ipmb_port *port);

/* There is another way than n, and it is on its bus. */
bool ipmb_way_has_other(const struct ipmb_port *port, unsigned n);

/* What a frame for target met there: it was acknowledged; it was not, but was
 * on the other bus; the wire does not work (waited: at least it was not to be
 * had). */
void ipmb_way_good(struct way *way, uint8_t target);
void ipmb_way_naked(struct way *way);
void ipmb_way_broken(struct way *way, bool waited);
void ipmb_way_probed(struct way *way, bool good);

#endif
