/*
 * lan15.h - the IPMI 1.5 session wrapper.
 * Spec: IPMI v2.0 13.6, table 13-8.
 *
 *     auth type, session seq (4), session id (4) [, AuthCode (16)], length,
 *     message [, legacy pad]
 *
 * The AuthCode is there unless the auth type is none. Its computation is
 * sim/lan/auth15.h. Numbers are little-endian. Nothing here allocates or
 * keeps pointers; spans lead into the input.
 */
#ifndef IPMILAB_WIRE_LAN15_H
#define IPMILAB_WIRE_LAN15_H

#include "sim/base/bytes.h"
#include "sim/base/wr.h"

enum auth_type {
    AUTH_NONE = 0,
    AUTH_MD2 = 1,
    AUTH_MD5 = 2,
    AUTH_STRAIGHT = 4,
    AUTH_OEM = 5,
    AUTH_RMCPP = 6,      /* not this wrapper: see rmcpp.h */
};

#define AUTH_CODE_LEN 16
#define LAN15_MSG_MAX 255

/* Some consoles append one octet where old network chips lost frames of
 * certain lengths; it is not counted and must be accepted. */
#define LAN15_LEGACY_PAD_MAX 1

struct lan15 {
    uint8_t auth_type;       /* enum auth_type, bits 3:0 */
    uint32_t seq, sid;
    const uint8_t *code;     /* AUTH_CODE_LEN octets; NULL when auth_type is none */
    struct bytes msg;
};

enum lan15_err { LAN15_OK, LAN15_SHORT, LAN15_LENGTH };

/* The auth type of an RMCP message of class IPMI: which wrapper it has.
 * AUTH_NONE of an empty one. */
uint8_t lan15_auth_type(struct bytes in);

/* Read a wrapper; on failure *m is untouched. LAN15_LENGTH: the message and
 * what follows it do not agree with the length field. */
enum lan15_err lan15_parse(struct bytes in, struct lan15 *m);

/* Write wrapper and message. */
void lan15_build(struct wr *w, const struct lan15 *m);

#endif
