/*
 * ipframe.h - a datagram wrapped in UDP and IP, as raw-IP captures want it.
 *
 * IPv4 with its header checksum and a UDP checksum; IPv6 likewise. Identity
 * and flow fields are zero, the hop limit 64: the octets are a function of
 * the arguments alone.
 */
#ifndef IPMILAB_CAPTURE_IPFRAME_H
#define IPMILAB_CAPTURE_IPFRAME_H

#include "sim/base/wr.h"
#include "sim/engine/peer.h"

#define IPFRAME_OVERHEAD_MAX 48

/*
 * Append the headers and the payload to w. When the two sides are of
 * different families, both are written as IPv6, IPv4 addresses mapped.
 */
void ipframe_build(struct wr *w, const struct peer *from, const struct peer *to,
                   struct bytes payload);

#endif
