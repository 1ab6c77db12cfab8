/*
 * ipmb_port_impl.h - what a port is made of; for ipmb_port.c (the port itself,
 * receiving, answering, raw frames) and ipmb_ask.c (requests of ours) only.
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
    uint8_t seq;
    uint8_t sendings;         /* that are over */
    uint8_t len;
    uint8_t octets[MEDIUM_FRAME_MAX];
};

struct raw_frame {
    bool used;
    uint32_t ticket;
    struct ipmb_raw raw;      /* without its frame */
};

/* What only a port that is used needs. */
struct tables {
    struct open_ask *open[IPMB_SEQS];
    instant rests_until[IPMB_SEQS];
    struct open_ask *spare;
    struct raw_frame raw[IPMB_PORT_RAW_MAX];
    struct heard heard;
};

struct ipmb_port {
    struct ipmb_port_config config;
    struct ipmb_port_sinks sinks;
    struct medium_node node;
    struct tables *tables;    /* NULL until first use */
    struct rng jitter;
    uint32_t tickets;
    uint8_t last_seq;
    struct ipmb_port_stats stats;
};

/* The tables, made at first use; NULL when memory ran out. */
struct tables *ipmb_port_tables(struct ipmb_port *port);

/* What the result of a frame on the wire means for who wanted it sent. */
enum ipmb_end ipmb_port_end_of(enum wire_result result);

/* A request's frame was sent, or could not be. */
void ipmb_ask_sent(struct ipmb_port *port, uint32_t ticket, enum wire_result result);

/* True when f, a response, ended an open request. */
bool ipmb_ask_answered(struct ipmb_port *port, const struct ipmb_frame *f);

/* End all that wait for the wire, with a bus error. */
void ipmb_ask_end_unsent(struct ipmb_port *port);

/* Forget all open requests; free the spare ones. */
void ipmb_ask_forget(struct ipmb_port *port);
void ipmb_ask_free_spare(struct tables *t);

#endif
