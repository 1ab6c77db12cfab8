/*
 * serial_basic.h - basic mode on a serial line: messages in packets.
 * Spec: IPMI v2.0 14.4.
 *
 * A packet is START, a message of lanmsg.h's or ipmb.h's shape, STOP. Octets
 * of a message that mean something on the line are escaped. The other end
 * sends HANDSHAKE when it is ready for the next packet; it may come anywhere
 * between packets. What stands outside of packets is ignored, and a START
 * begins a packet whatever was before it.
 */
#ifndef IPMILAB_WIRE_SERIAL_BASIC_H
#define IPMILAB_WIRE_SERIAL_BASIC_H

#include <stdbool.h>

#include "sim/base/bytes.h"
#include "sim/base/wr.h"

#define SERIAL_BASIC_START     0xa0
#define SERIAL_BASIC_STOP      0xa5
#define SERIAL_BASIC_HANDSHAKE 0xa6
#define SERIAL_BASIC_ESCAPE    0xaa

#define SERIAL_BASIC_MESSAGE_MAX 256u    /* octets without their escapes */
#define SERIAL_BASIC_PACKET_MAX (2u * SERIAL_BASIC_MESSAGE_MAX + 2u)

/* A packet on its way in. All 0: none. */
struct serial_basic {
    bool inside, escaped, bad;
    uint16_t len;
    uint8_t octets[SERIAL_BASIC_MESSAGE_MAX];
};

enum serial_basic_event {
    SERIAL_BASIC_MORE,       /* nothing yet */
    SERIAL_BASIC_MESSAGE,
    SERIAL_BASIC_BAD,        /* a packet that is too long, or escapes nothing */
};

/* Take one octet of the line. *message is valid until the next. */
enum serial_basic_event serial_basic_take(struct serial_basic *b, uint8_t octet,
                                          struct bytes *message);

/* Write message as a packet. */
void serial_basic_build(struct wr *out, struct bytes message);

#endif
