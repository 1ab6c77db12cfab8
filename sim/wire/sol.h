/*
 * sol.h - the payload of Serial over LAN: a header of four octets, then
 * characters.
 * Spec: IPMI v2.0 15.9, tables 15-2, 15-3.
 *
 *     packet sequence (0 = tells only: an acknowledgement, a status),
 *     sequence acknowledged (0 = none), characters accepted of that packet,
 *     operation (from the console) or status (from the BMC), characters
 *
 * Nothing here allocates or keeps pointers; spans lead into the input.
 */
#ifndef IPMILAB_WIRE_SOL_H
#define IPMILAB_WIRE_SOL_H

#include <stdbool.h>

#include "sim/base/bytes.h"
#include "sim/base/wr.h"

#define SOL_HEADER 4
#define SOL_CHARS_MAX 255      /* as many as can be acknowledged */
#define SOL_SEQ_MAX 15         /* 1 .. 15, then 1 again */

#define SOL_NACK 0x40          /* both ways: the packet named is not acknowledged */

/* Operations: console to BMC. */
enum sol_operation {
    SOL_RING = 0x20,           /* assert RI: wake on ring */
    SOL_BREAK = 0x10,          /* send a break to the host */
    SOL_PAUSE = 0x08,          /* deassert CTS: the host is to stop sending */
    SOL_HANG_UP = 0x04,        /* deassert DCD and DSR */
    SOL_FLUSH_INBOUND = 0x02,  /* drop characters that are not at the host yet */
    SOL_FLUSH_OUTBOUND = 0x01, /* drop characters that are not at the console yet */
};

/* Status: BMC to console. */
enum sol_status {
    SOL_UNAVAILABLE = 0x20,    /* the host is off or in reset: nobody listens */
    SOL_INACTIVE = 0x10,       /* SOL is being deactivated */
    SOL_OVERRUN = 0x08,        /* characters to the console were dropped */
    SOL_BREAK_SEEN = 0x04,     /* the host sent a break */
};

struct sol_packet {
    uint8_t seq;               /* 0 .. SOL_SEQ_MAX */
    uint8_t ack;               /* 0 .. SOL_SEQ_MAX */
    uint8_t accepted;
    uint8_t flags;             /* operation or status, SOL_NACK */
    struct bytes chars;        /* at most SOL_CHARS_MAX */
};

/* Split a payload; false, and *p untouched, when it is cut or too long.
 * Reserved bits are dropped. */
bool sol_parse(struct bytes in, struct sol_packet *p);

void sol_build(struct wr *w, const struct sol_packet *p);

#endif
