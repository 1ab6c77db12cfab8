/*
 * crypto.h - hashes, codes and ciphers of LAN sessions.
 *
 * A struct crypto is made once for a program and shared, also by threads: it
 * holds the algorithms fetched from the library, in a library context of its
 * own (the machine's openssl.cnf changes nothing), and is immutable after
 * crypto_new(). Keyed contexts belong to a session, are used by one thread at
 * a time, and are reused for every packet: nothing but *_new() allocates here
 * (OpenSSL 3.0 itself renews some 100 octets of a digest's state whenever one
 * begins). MD2 (RFC 1319) and RC4 are written here: libraries dropped the one
 * and keep the other in a provider that is not always installed. Keys are
 * wiped when their context is freed.
 */
#ifndef IPMILAB_LAN_CRYPTO_H
#define IPMILAB_LAN_CRYPTO_H

#include <stdbool.h>

#include "sim/base/bytes.h"
#include "sim/base/status.h"

enum hash { HASH_MD2, HASH_MD5, HASH_SHA1, HASH_SHA256, HASHES };

#define HASH_SIZE_MAX 32

/* Octets of a digest: 16, 16, 20, 32. */
size_t hash_size(enum hash h);

struct crypto;
enum status crypto_new(struct crypto **out);
void crypto_free(struct crypto *c);

/* A worker's own scratch contexts (one a LAN channel or a thread): unkeyed
 * digests and re-keyable MACs for log-ins. */
struct crypto_work;
enum status crypto_work_new(const struct crypto *c, struct crypto_work **out);
void crypto_work_free(struct crypto_work *w);

/* Digest of the parts in order, into hash_size(h) octets. False when the library failed. */
bool crypto_digest(struct crypto_work *w, enum hash h, const struct bytes *parts,
                   size_t count, uint8_t *out);

/* HMAC of the parts under a key used once (log-ins). h is not HASH_MD2. */
bool crypto_hmac(struct crypto_work *w, enum hash h, struct bytes key,
                 const struct bytes *parts, size_t count, uint8_t *out);

/* A keyed HMAC, reused for each packet. h is not HASH_MD2 (ST_INVALID). */
struct crypto_mac;
enum status crypto_mac_new(const struct crypto *c, enum hash h, struct bytes key,
                           struct crypto_mac **out);
void crypto_mac_free(struct crypto_mac *m);
bool crypto_mac(struct crypto_mac *m, struct bytes data, uint8_t *out);

/*
 * AES-CBC-128 under one key, both directions, no padding: len a multiple of
 * 16, from 16 to CRYPTO_AES_MAX, else false. in and out may be the same.
 */
#define CRYPTO_AES_MAX 65536
struct crypto_aes;
enum status crypto_aes_new(const struct crypto *c, const uint8_t key[16],
                           struct crypto_aes **out);
void crypto_aes_free(struct crypto_aes *a);
bool crypto_aes_encrypt(struct crypto_aes *a, const uint8_t iv[16], const uint8_t *in,
                        uint8_t *out, size_t len);
bool crypto_aes_decrypt(struct crypto_aes *a, const uint8_t iv[16], const uint8_t *in,
                        uint8_t *out, size_t len);

/* An RC4 stream: keyed (len 1 .. 256), then a continuous keystream. A plain
 * value: copying it forks the stream. in and out may be the same. */
struct crypto_rc4 {
    uint8_t s[256];
    uint8_t i, j;
};
void crypto_rc4_key(struct crypto_rc4 *r, const uint8_t *key, size_t len);
void crypto_rc4(struct crypto_rc4 *r, const uint8_t *in, uint8_t *out, size_t len);

/* Compare in constant time. */
bool crypto_equal(const void *a, const void *b, size_t len);

/* Overwrite so that the compiler cannot leave it out. */
void crypto_wipe(void *p, size_t len);

#endif
