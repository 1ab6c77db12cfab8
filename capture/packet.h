/*
 * packet.h - a packet of a capture file and the interface it was seen at.
 */
#ifndef IPMILAB_CAPTURE_PACKET_H
#define IPMILAB_CAPTURE_PACKET_H

#include <stdbool.h>

#include "capture/pcapng.h"
#include "sim/base/bytes.h"

/* Link types as capture files number them (tcpdump.org/linktypes). */
enum link_type {
    LINKTYPE_NULL = 0,             /* BSD loopback: family in host order */
    LINKTYPE_ETHERNET = 1,
    LINKTYPE_RAW = 101,            /* IPv4 or IPv6, as the first octet says */
    LINKTYPE_LOOP = 108,           /* family in network order */
    LINKTYPE_LINUX_SLL = 113,      /* Linux "any" */
    LINKTYPE_USER0 = 147,          /* our inputs: input_record.h */
    LINKTYPE_IPV4 = 228,
    LINKTYPE_IPV6 = 229,
    LINKTYPE_IPMI_HPM_2 = 260,     /* frames of buses, and notes */
    LINKTYPE_LINUX_SLL2 = 276,
};

/* The names that our own traces give to interfaces. */
#define LANE_LAN "lan0"
#define LANE_LAN_CLEAR "lan0-clear"
#define LANE_NOTES "notes"
#define LANE_INPUTS "inputs"

struct packet_lane {
    uint32_t number;               /* in its file, from 0 */
    uint16_t link_type;            /* enum link_type, or a stranger */
    const char *name;              /* "" when it has none */
    const char *description;       /* likewise */
};

struct packet {
    uint64_t number;               /* in its file, from 1 */
    const struct packet_lane *lane;
    bool timed;                    /* has a time-stamp at all */
    uint64_t time_ns;              /* since 1970 */
    enum pcapng_dir dir;
    const char *comment;           /* "" when it has none */
    struct bytes bytes;            /* as many as were kept */
    uint32_t whole;                /* octets it had */
};

enum packet_result { PACKET_NEXT, PACKET_END, PACKET_BAD };

#endif
