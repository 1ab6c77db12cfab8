/*
 * messages.h - messaging of a controller: global enables, message flags,
 * event message buffer and receive message queue. Bridging is bridge.h's.
 *
 * All of it is volatile. The queue is allocated when the first message needs
 * it; an idle controller has none.
 *
 * Messages for system software (LUN 2) wait in the receive message queue for
 * Get Message, whole, at most MESSAGES_QUEUE of them; what does not fit is
 * refused or dropped, and counted.
 * Spec: IPMI v2.0 6.13, 22.1-22.8.
 */
#ifndef IPMILAB_MC_MESSAGES_H
#define IPMILAB_MC_MESSAGES_H

#include "sim/base/status.h"
#include "sim/engine/world.h"
#include "sim/ipmi/request.h"

struct mc;

#define MESSAGES_QUEUE     16 /* messages waiting for Get Message */
#define MESSAGES_QUEUE_LEN 96 /* octets of the longest one */
#define MESSAGES_EVENT     16 /* octets of an event record */

/* Set BMC Global Enables. */
#define ENABLE_QUEUE_INTERRUPT 0x01
#define ENABLE_EVENT_INTERRUPT 0x02
#define ENABLE_EVENT_BUFFER    0x04
#define ENABLE_SEL_LOGGING     0x08
#define ENABLE_OEM             0xe0
#define ENABLES_DEFAULT        ENABLE_SEL_LOGGING

/* Get and Clear Message Flags. */
#define FLAG_QUEUE    0x01
#define FLAG_EVENT    0x02
#define FLAG_WATCHDOG 0x08 /* pre-time-out interrupt */
#define FLAG_OEM      0xe0

struct message_queue;
struct bridge;

struct messages {
    uint8_t enables; /* ENABLE_* */
    uint8_t flags;   /* FLAG_WATCHDOG, FLAG_OEM; the others follow from below */
    bool event_held;
    uint16_t receive_off; /* bit per channel: Enable Message Channel Receive */
    uint8_t event[MESSAGES_EVENT];
    uint32_t dropped;            /* messages for software that found no room */
    struct message_queue *queue; /* NULL until needed */
    struct bridge *bridge;       /* NULL until needed; see bridge.h */
};

/* mc->messages. ST_NOMEM. */
enum status messages_init(struct mc *mc);
void messages_reset(struct mc *mc);
void messages_free(struct mc *mc);

/* What a warm reset does here: the queue and bridged requests are forgotten. */
void messages_warm_reset(struct mc *mc);

/* Event messages are to be logged in the SEL. */
bool messages_sel_logging(const struct mc *mc);

/* An event reached this controller: keep the record in the event message
 * buffer, when that is enabled and empty. True: it is kept. */
bool messages_event(struct mc *mc, const uint8_t record[MESSAGES_EVENT]);

/* Message flags as Get Message Flags has them; set one of ours. */
uint8_t messages_flags(const struct messages *messages);
void messages_raise(struct mc *mc, uint8_t flag);

/* System software has something to fetch, by what is enabled to interrupt. */
bool messages_attention(const struct messages *messages);

/*
 * Put a message into the receive queue: the privilege (0 = session-less) and
 * channel it came by, and the octets Get Message returns. CC_OK, or why not:
 * CC_DESTINATION (receiving is disabled on that channel), CC_FIELD_LENGTH
 * (too long), CC_BUSY (full), CC_NO_SPACE (no memory).
 */
enum ipmi_cc messages_put(struct mc *mc, uint8_t privilege, uint8_t channel,
                          struct bytes message);

/* A request for LUN 2 of a BMC: into the queue, or refused with an answer. */
void messages_put_request(struct mc *mc, struct ipmi_req *rq);

/* The oldest message: privilege << 4 | channel, then its octets. Empty span
 * when there is none. Borrowed until the next call here. */
struct bytes messages_oldest(const struct messages *messages);
void messages_take(struct messages *messages);
unsigned messages_waiting(const struct messages *messages);

/* Forget all that waits. */
void messages_flush(struct messages *messages);

#endif
