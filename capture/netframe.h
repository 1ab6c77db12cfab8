/*
 * netframe.h - a UDP datagram taken out of a frame of a network: the inverse
 * of ipframe.h, for the link types that captures of LAN traffic have.
 *
 * Ethernet (with VLAN tags), Linux cooked of both versions, loopback of both
 * kinds, raw IP; IPv4, and IPv6 with extension headers. Checksums are not
 * looked at: captures taken where datagrams leave often have none yet.
 */
#ifndef IPMILAB_CAPTURE_NETFRAME_H
#define IPMILAB_CAPTURE_NETFRAME_H

#include "sim/base/bytes.h"
#include "sim/engine/peer.h"

struct netframe {
    struct peer from, to;
    struct bytes payload;      /* in the frame */
};

enum netframe_err {
    NETFRAME_OK,
    NETFRAME_LINK,             /* a link type that is not known */
    NETFRAME_OTHER,            /* no UDP */
    NETFRAME_FRAGMENT,         /* a part of a datagram */
    NETFRAME_SHORT,            /* cut, or shorter than it says */
};

/* Take a frame of a link type (packet.h); on failure *out is untouched. */
enum netframe_err netframe_parse(uint16_t link_type, struct bytes frame, struct netframe *out);

/* In words; never NULL. */
const char *netframe_err_text(enum netframe_err err);

#endif
