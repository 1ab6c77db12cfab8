/*
 * rmcpp.h - the RMCP+ packet: header, payload, session trailer.
 * Spec: IPMI v2.0 13.6, tables 13-8, 13-16.
 *
 *     06, payload type [, OEM IANA (4), OEM payload id (2)], session id (4),
 *     session seq (4), length (2), payload
 *     [, FFh pads, pad length, next header 07, AuthCode]
 *
 * The trailer is there when the authenticated bit is set. Encryption and
 * codes are sim/lan/protect.h's. Numbers are little-endian. Nothing here
 * allocates or keeps pointers; spans lead into the input.
 */
#ifndef IPMILAB_WIRE_RMCPP_H
#define IPMILAB_WIRE_RMCPP_H

#include <stdbool.h>

#include "sim/base/bytes.h"
#include "sim/base/wr.h"

enum payload_type {
    PAYLOAD_IPMI = 0x00,
    PAYLOAD_SOL = 0x01,
    PAYLOAD_OEM_EXPLICIT = 0x02,
    PAYLOAD_OPEN_REQUEST = 0x10,
    PAYLOAD_OPEN_RESPONSE = 0x11,
    PAYLOAD_RAKP1 = 0x12,
    PAYLOAD_RAKP2 = 0x13,
    PAYLOAD_RAKP3 = 0x14,
    PAYLOAD_RAKP4 = 0x15,
    PAYLOAD_OEM0 = 0x20,
    PAYLOAD_OEM7 = 0x27,
};

#define PAYLOAD_TYPE_BITS 0x3f
#define RMCPP_ENCRYPTED 0x80
#define RMCPP_AUTHENTICATED 0x40
#define RMCPP_NEXT_HEADER 0x07
#define RMCPP_PAD 0xff
#define RMCPP_HEADER_MAX 18
#define RMCPP_CODE_MAX 16

struct rmcpp {
    bool encrypted, authenticated;
    uint8_t type;               /* enum payload_type, bits 5:0 */
    uint32_t oem_iana;          /* PAYLOAD_OEM_EXPLICIT only */
    uint16_t oem_payload;
    uint32_t sid, seq;
    struct bytes payload;       /* as on the wire, confidentiality header included */
    struct bytes header;        /* parse only: 06 up to the payload */
    struct bytes trailer;       /* parse only: all behind the payload */
};

enum rmcpp_err { RMCPP_OK, RMCPP_SHORT, RMCPP_LENGTH };

/*
 * Split an RMCP message of class IPMI whose auth type is 06h. On failure *m
 * is untouched. RMCPP_LENGTH: the payload is cut, or something follows a
 * packet that is not authenticated.
 */
enum rmcpp_err rmcpp_parse(struct bytes in, struct rmcpp *m);

/* Write the header for a payload of len octets; the caller writes those. */
void rmcpp_build_header(struct wr *w, const struct rmcpp *m, size_t len);

/* The end of an authenticated packet. */
struct rmcpp_trailer {
    struct bytes covered;   /* what the AuthCode is made of: 06 .. next header */
    const uint8_t *code;    /* code_len octets */
    uint8_t pads;
};

/* Find the trailer of m when its AuthCode has code_len octets. False when the
 * lengths or the next header field do not fit. */
bool rmcpp_trailer_parse(const struct rmcpp *m, size_t code_len,
                         struct rmcpp_trailer *out);

/* Append pads, pad length and next header to a packet that began at start
 * (its 06 octet). What is then between start and w->at is what the code
 * covers; the caller appends the code. */
void rmcpp_build_trailer(struct wr *w, const uint8_t *start);

#endif
