/*
 * protect.h - integrity and confidentiality of one RMCP+ session.
 * Spec: IPMI v2.0 13.28.4, 13.28.5, 13.29, 13.30; RFC 2104; RFC 1321.
 *
 * Contexts are keyed once, when the session is opened, and reused for every
 * packet; a packet allocates nothing. Encrypt, then authenticate.
 *
 * xRC4 keeps one keystream a direction. A packet says at which offset of it
 * its data begins; offset 0 brings a new IV and starts over. A receiver
 * follows lost packets by passing over keystream, and late ones by starting
 * again from the last IV, both up to PROTECT_RC4_SKIP_MAX octets; our own
 * direction takes a new IV before it grows past that.
 */
#ifndef IPMILAB_LAN_PROTECT_H
#define IPMILAB_LAN_PROTECT_H

#include "sim/engine/rng.h"
#include "sim/lan/crypto.h"
#include "sim/lan/suite.h"
#include "sim/wire/rmcpp.h"

#define PROTECT_IV_LEN 16
#define PROTECT_PASSWORD_LEN 20
#define PROTECT_RC4_SKIP_MAX 65536u

/* Octets that encryption adds at most: offset and IV, or IV and padding. */
#define PROTECT_OVERHEAD_MAX 32

/* One direction of an xRC4 session. */
struct protect_stream {
    struct crypto_rc4 rc4;
    uint8_t iv[PROTECT_IV_LEN];
    uint32_t offset;          /* of the next octet */
    bool keyed;
};

struct protect {
    uint8_t integrity, conf;  /* enum integrity_alg, conf_alg */
    struct crypto_mac *mac;   /* keyed with K1; NULL where there is none */
    struct crypto_aes *aes;   /* keyed with K2 */
    uint8_t k2[16];           /* xRC4 derives its keys from it for each IV */
    uint8_t password[PROTECT_PASSWORD_LEN];   /* MD5-128 is keyed with it */
    struct protect_stream rx, tx;
};

/* What a session's protection is made of. k1 and k2 may be NULL where the
 * suite needs none; password is NUL-padded. */
struct protect_keys {
    struct bytes k1;          /* whole */
    const uint8_t *k2;        /* its first 16 octets count */
    const uint8_t *password;  /* PROTECT_PASSWORD_LEN */
};

/* Key the contexts of suite s. On failure nothing is left to close. */
enum status protect_open(struct protect *p, const struct crypto *crypto,
                         const struct suite *s, const struct protect_keys *keys);

/* Free the contexts and wipe the rest. A zeroed struct may be closed. */
void protect_close(struct protect *p);

/* Octets of an AuthCode: 0, 12 or 16. */
size_t protect_code_len(const struct protect *p);

/* The AuthCode of covered, protect_code_len() octets. */
bool protect_sign(struct protect *p, struct crypto_work *work, struct bytes covered,
                  uint8_t out[RMCPP_CODE_MAX]);

/* True when m, which is authenticated, has a good trailer and code. */
bool protect_verify(struct protect *p, struct crypto_work *work, const struct rmcpp *m);

/* Append the encrypted form of plain, its header and padding included. */
bool protect_encrypt(struct protect *p, struct crypto_work *work, struct rng *rng,
                     struct bytes plain, struct wr *w);

/*
 * Decrypt a payload into room at to, which has payload.len octets; *plain
 * then lies in it. False, and nothing changed, for what is too short, badly
 * padded or out of the keystream's reach.
 */
bool protect_decrypt(struct protect *p, struct crypto_work *work, struct bytes payload,
                     uint8_t *to, struct bytes *plain);

/* The same without moving the keystream: a look into a packet that may still
 * be lost. */
bool protect_peek(const struct protect *p, struct crypto_work *work, struct bytes payload,
                  uint8_t *to, struct bytes *plain);

/* Take a new IV for the next xRC4 packet that is sent. */
void protect_renew_iv(struct protect *p);

#endif
