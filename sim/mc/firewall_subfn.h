/*
 * firewall_subfn.h - sub-functions of commands: their numbers, and which of
 * them a request uses.
 *
 * A row is a command; bit n of a mask is its sub-function n. A request may
 * use several (a channel and a parameter, say); it is let by when all of
 * them are enabled. What the specification names but no request here can
 * tell apart has no row.
 * Spec: IPMI v2.0 appendix H.
 */
#ifndef IPMILAB_MC_FIREWALL_SUBFN_H
#define IPMILAB_MC_FIREWALL_SUBFN_H

#include "sim/ipmi/command.h"

struct mc;

/* The sub-functions that there are of a command; 0 = none. */
uint64_t firewall_subfn_all(uint8_t netfn, uint8_t cmd);

/* Those that a request for it uses. rq is not read on. */
uint64_t firewall_subfn_used(const struct mc *mc, const struct ipmi_req *rq);

#endif
