/*
 * bridge.h - Send Message: requests and responses carried from one channel
 * of a controller to another.
 *
 * From the system interface nothing is tracked: the message goes out as it
 * is, and an answer to LUN 2 comes to the receive message queue. Send Raw,
 * to the IPMB alone, puts any octets on the wire, whoever asks; they are not
 * looked at, and nothing that they cause comes back.
 *
 * From a session or the IPMB a request that is to be tracked becomes one of
 * ours, with our address and a sequence number of ours, and an entry here.
 * The answer goes back to where it came from as enum bridge_style says. To a
 * session, by default, Send Message is answered as soon as the request is on
 * its way, and the target's answer follows as a message of its own: every
 * client takes that, FreeIPMI nothing else. To the IPMB the target's answer
 * is always inside Send Message's, since the asker there keeps nothing that
 * a second message could be matched with; that makes double bridging work. So
 * it is to a serial line, which has no sessions here.
 *
 * Completion codes of Send Message: 80h no such session, 81h lost
 * arbitration, 82h bus error, 83h NAK, C0h too many requests open, C3h no
 * answer (only where the answer would be inside), CCh bad message, D3h
 * software does not receive, D4h privilege.
 *
 * A request to our own address is done here, with the asker's privilege.
 *
 * At most BRIDGE_MAX requests are open; each for BRIDGE_SPAN at most, and not
 * longer than the session it came from. The table is allocated when the
 * first request needs it.
 * Spec: IPMI v2.0 6.12-6.13, 22.7.
 */
#ifndef IPMILAB_MC_BRIDGE_H
#define IPMILAB_MC_BRIDGE_H

#include "sim/bus/ipmb_port.h"
#include "sim/ipmi/request.h"

struct mc;
struct bridge;

#define BRIDGE_MAX  8
#define BRIDGE_SPAN SPAN_S(5)

/* How the answer to a tracked request goes back to a session. */
enum bridge_style { BRIDGE_PACKETS, BRIDGE_ENCAPSULATED };

struct bridge_stats {
    uint32_t sent;     /* requests and raw messages that went out */
    uint32_t answered; /* requests that got their answer */
    uint32_t expired;  /* or none in time */
    uint32_t refused;  /* for want of room */
};

/* Do Send Message: rq->data is its request data. */
enum ipmi_cc bridge_send(struct mc *mc, struct ipmi_req *rq);

/* Choose the style for sessions; ST_NOMEM. Counters, zero while nothing was
 * bridged. */
enum status bridge_set_style(struct mc *mc, enum bridge_style style);
struct bridge_stats bridge_stats(const struct mc *mc);

/* For ipmb_port_sinks; ctx is the mc: a frame for LUN 2. */
void bridge_sms(void *ctx, struct ipmb_port *port, const struct ipmb_frame *f,
                struct bytes frame);

/* For lan_host; ctx is the mc: a console answered. */
void bridge_lan_response(void *ctx, uint8_t channel, uint32_t session, uint8_t netfn,
                         uint8_t rq_seq, uint8_t cmd, struct bytes data);

/* A session ended: forget what it asked, and what it was asked. */
void bridge_session_ended(struct mc *mc, uint8_t channel, uint32_t session);

/* Forget all; the style stays. */
void bridge_reset(struct mc *mc);
void bridge_free(struct mc *mc);

#endif
