/*
 * peer.h - an address and port of the other side of a datagram, without
 * sockets.
 */
#ifndef IPMILAB_ENGINE_PEER_H
#define IPMILAB_ENGINE_PEER_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum peer_family { PEER_NONE = 0, PEER_IPV4 = 4, PEER_IPV6 = 6 };

struct peer {
    uint8_t addr[16];   /* network order; IPv4 in the first four, rest zero */
    uint16_t port;      /* host order */
    uint8_t family;     /* enum peer_family */
    bool secondary;     /* it talks to a BMC's secondary RMCP port: answers leave there */
};

static inline bool
peer_equal(const struct peer *a, const struct peer *b)
{
    return a->family == b->family && a->port == b->port &&
           a->secondary == b->secondary && memcmp(a->addr, b->addr, sizeof a->addr) == 0;
}

#endif
