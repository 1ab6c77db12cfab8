/*
 * reply.h - how much an answer may carry back.
 *
 * Commands that read records, inventories and the like let the asker choose
 * how many octets it wants; what does not fit the way it asked by is refused
 * with CAh, and clients then ask for less.
 */
#ifndef IPMILAB_MC_REPLY_H
#define IPMILAB_MC_REPLY_H

#include <stddef.h>

struct mc;
struct ipmi_req;

/* A frame has 32 octets at most, and an answer 8 about its data. */
#define REPLY_IPMB 24u

/* What every session-based client is known to take; the longest datagram
 * stays far below any MTU. */
#define REPLY_OTHER 200u

/* Octets that may follow the completion code in the answer to rq. */
size_t reply_room(const struct mc *mc, const struct ipmi_req *rq);

#endif
