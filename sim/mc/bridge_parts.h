/*
 * bridge_parts.h - Send Message from the inside; for the bridge's files.
 *
 *     bridge.c           Send Message, style, ends of sessions, resets
 *     bridge_pending.c   the table of what is not finished
 *     bridge_deliver.c   answers on their way back
 *     bridge_bus.c       to the IPMB, and to ourselves
 *     bridge_session.c   into a session, and to system software
 */
#ifndef IPMILAB_MC_BRIDGE_PARTS_H
#define IPMILAB_MC_BRIDGE_PARTS_H

#include "sim/mc/bridge.h"
#include "sim/mc/mc_parts.h"

/* Send Message, byte 1 [7:6]. */
enum { TRACK_NOT, TRACK_REQUEST, TRACK_RAW, TRACK_RESERVED };

#define CC_NO_HANDLE CC_CMD_80
#define MESSAGE_MAX  288 /* octets of a message that is carried into a session */

enum entry_kind {
    ENTRY_FREE,
    ENTRY_RAW,     /* an untracked frame that waits for the wire */
    ENTRY_BUS,     /* a request of ours on the IPMB */
    ENTRY_SELF,    /* done here */
    ENTRY_SESSION, /* sent to a remote console */
};

/* One Send Message that is not finished. */
struct entry {
    uint8_t kind;
    uint8_t style;   /* enum bridge_style */
    bool answered;   /* Send Message itself was */
    uint8_t seq;     /* ENTRY_SESSION: ours */
    uint8_t channel; /* ENTRY_SESSION: of the console */
    uint32_t session;
    uint32_t generation;
    uint32_t ticket; /* ENTRY_BUS: of port */
    struct ipmb_port *port;
    instant until;
    struct ipmi_origin origin; /* who sent Send Message */
    struct ipmb_frame rq;      /* what it carried; data is not kept */
};

struct bridge {
    struct mc *mc;
    uint8_t style;
    uint8_t next_seq;
    struct bridge_stats stats;
    struct timer expiry; /* of the entry that ends first */
    struct entry at[BRIDGE_MAX];
};

/* ---- bridge_pending.c ---- */

/* The table, made at its first use; NULL when there is no memory. */
struct bridge *bridge_table(struct mc *mc);

/* A free entry, filled in for a Send Message that carries f; NULL when all
 * are taken or there is no memory. */
struct entry *bridge_begin(struct mc *mc, enum entry_kind kind, const struct ipmi_req *rq,
                           const struct ipmb_frame *f);

/* Free an entry, and take back what it waits for. */
void bridge_end(struct bridge *b, struct entry *e);

/* Free an entry whose request is over. */
void bridge_release(struct bridge *b, struct entry *e);

/* An entry as a number that later calls bring back; the entry of a mark, NULL
 * when it is over (or b is). */
uint32_t bridge_mark(const struct bridge *b, const struct entry *e);
struct entry *bridge_marked(struct bridge *b, uint32_t mark);

/* ---- bridge_deliver.c ---- */

/* Answer Send Message itself, once. */
void bridge_answer(struct entry *e, uint8_t cc, struct bytes data);

/* The target answered: pass it on, and be done with it. */
void bridge_finish(struct bridge *b, struct entry *e, uint8_t cc, struct bytes data);

/* It will not: be done with it, and say cc if Send Message still waits. */
void bridge_give_up(struct bridge *b, struct entry *e, uint8_t cc);

/* ---- where a message goes; each gives Send Message's completion code ---- */

enum ipmi_cc bridge_to_bus(struct mc *mc, struct ipmi_req *rq, unsigned tracking,
                           const struct channel *to, struct bytes message);
enum ipmi_cc bridge_to_session(struct mc *mc, struct ipmi_req *rq, unsigned tracking,
                               const struct channel *to, struct bytes message);
enum ipmi_cc bridge_to_software(struct mc *mc, struct ipmi_req *rq, struct bytes message);

#endif
