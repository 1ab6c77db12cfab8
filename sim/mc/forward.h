/*
 * forward.h - command forwarding: commands of a channel's that system software
 * is to answer instead of the BMC.
 *
 * Which ones is set per channel, network function, LUN and command, and the
 * channel's forwarding enabled. Such a request then goes into the receive
 * message queue as a Forwarded Command, and its asker waits. System software
 * gets it with Get Message and answers with a Forwarded Command of its own;
 * if it does not within FORWARD_TIME, C3h is answered. A queue without room,
 * or more than FORWARD_PENDING of them, is answered C0h.
 *
 * The specification's layouts were not at hand; these are ours:
 *
 *     Set Forwarded Commands      channel; [7:6] 0 = commands 00-7Fh, 1 = 80-FFh,
 *                                 [5:0] network function; LUN; 16 octets: bit n =
 *                                 command n (+ 80h) is forwarded
 *     Get Forwarded Commands      the first three; answer: the 16 octets
 *     Enable Forwarded Commands   channel; [0] enable; answer: [0] it was enabled
 *     Forwarded Command,          an IPMI message as from a requester on that
 *       BMC to software           channel, with data: channel, user id, privilege,
 *                                 network function and LUN, command, its data
 *     Forwarded Command,          sequence number of that message, completion code,
 *       software to BMC           data; 80h when no asker waits under that number
 *
 * Never forwarded: what opens, keeps and ends sessions and payloads, and
 * these commands. Settings are kept across resets; who waits is forgotten.
 * Nothing is allocated until something is set.
 * Spec: IPMI v2.0 35b.
 */
#ifndef IPMILAB_MC_FORWARD_H
#define IPMILAB_MC_FORWARD_H

#include "sim/base/status.h"
#include "sim/engine/world.h"
#include "sim/ipmi/request.h"

struct mc;
struct forward;

#define FORWARD_SETS 32            /* of channel, network function half and LUN */
#define FORWARD_MASK 16            /* octets: a bit each of 128 commands */
#define FORWARD_PENDING 8
#define FORWARD_TIME SPAN_S(5)

/* mc->forward. */
enum status forward_init(struct mc *mc);
void forward_reset(struct mc *mc);
void forward_free(struct mc *mc);

/* Take a request that is to be forwarded; false: it is not. */
bool forward_take(struct mc *mc, struct ipmi_req *rq);

/* Which commands one set is about. */
struct forward_set {
    uint8_t channel;
    uint8_t half;                  /* [7:6] half, [5:0] network function */
    uint8_t lun;
    uint8_t mask[FORWARD_MASK];
};

/* The mask of a set's channel, half and LUN; set it (CC_NO_SPACE). */
void forward_get(const struct mc *mc, struct forward_set *set);
enum ipmi_cc forward_set(struct mc *mc, const struct forward_set *set);

/* Returns what it was. CC_NO_SPACE in *cc without memory. */
bool forward_enable(struct mc *mc, uint8_t channel, bool enabled, enum ipmi_cc *cc);

/* System software's answer. False: nobody waits under that number. */
bool forward_answer(struct mc *mc, uint8_t seq, uint8_t cc, struct bytes data);

#endif
