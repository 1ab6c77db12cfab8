/*
 * rmcp.h - the four octets in front of every datagram at port 623.
 * Spec: ASF 2.0 3.2.2; IPMI v2.0 13.1.3.
 *
 * Nothing here allocates or keeps pointers; spans lead into the input.
 */
#ifndef IPMILAB_WIRE_RMCP_H
#define IPMILAB_WIRE_RMCP_H

#include <stdbool.h>

#include "sim/base/bytes.h"
#include "sim/base/wr.h"

#define RMCP_PORT 623
#define RMCP_VERSION 0x06     /* ASF 2.0; IPMI knows no other */
#define RMCP_NO_ACK 0xff      /* sequence number of messages that want no ACK */
#define RMCP_HEADER_LEN 4
#define RMCP_ACK_BIT 0x80

enum rmcp_class {
    RMCP_ASF = 6,
    RMCP_IPMI = 7,
    RMCP_OEM = 8,
};

struct rmcp {
    uint8_t sequence;
    uint8_t msg_class;    /* bits 4:0; enum rmcp_class or a stranger */
    bool ack;
    struct bytes data;    /* behind the header; parse only */
};

enum rmcp_err { RMCP_OK, RMCP_SHORT, RMCP_BAD_VERSION };

/* Split a datagram; on failure *m is untouched. */
enum rmcp_err rmcp_parse(struct bytes datagram, struct rmcp *m);

/* Write the header of m. */
void rmcp_build(struct wr *w, const struct rmcp *m);

/* True when a receiver of m acknowledges it (ASF 2.0 3.2.2.2). */
bool rmcp_wants_ack(const struct rmcp *m);

#endif
