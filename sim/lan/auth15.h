/*
 * auth15.h - AuthCodes of IPMI 1.5 sessions.
 * Spec: IPMI v2.0 22.17.1, 22.21.
 *
 * H below is MD2 or MD5, pw the password NUL-padded to 16 octets; numbers go
 * in as the session header has them. A straight password is its own code.
 * All give AUTH_CODE_LEN octets; false, and out unspecified, for an auth
 * type without a code or when the crypto library failed.
 */
#ifndef IPMILAB_LAN_AUTH15_H
#define IPMILAB_LAN_AUTH15_H

#include <stdbool.h>

#include "sim/lan/crypto.h"
#include "sim/wire/lan15.h"

#define AUTH15_PASSWORD_LEN 16
#define AUTH15_CHALLENGE_LEN 16

/* Multi-session channels (LAN): H(pw, sid, message, seq, pw). */
bool auth15_packet(struct crypto_work *work, uint8_t type,
                   const uint8_t pw[AUTH15_PASSWORD_LEN], uint32_t sid, uint32_t seq,
                   struct bytes msg, uint8_t out[AUTH_CODE_LEN]);

/* Single-session channels (serial): H(pw, temporary sid, challenge, pw). */
bool auth15_activation(struct crypto_work *work, uint8_t type,
                       const uint8_t pw[AUTH15_PASSWORD_LEN], uint32_t sid,
                       const uint8_t challenge[AUTH15_CHALLENGE_LEN],
                       uint8_t out[AUTH_CODE_LEN]);

/* Get AuthCode: H(pw, data, pw). */
bool auth15_data(struct crypto_work *work, uint8_t type,
                 const uint8_t pw[AUTH15_PASSWORD_LEN], struct bytes data,
                 uint8_t out[AUTH_CODE_LEN]);

/* The type's bit in LAN parameters 1 and 2 and in Get Channel Authentication
 * Capabilities; 0 for a type that is none of IPMI 1.5's. */
uint8_t auth15_bit(uint8_t type);

#endif
