/*
 * rakp.h - the codes and keys of RMCP+ session set-up.
 * Spec: IPMI v2.0 13.20-13.23, 13.31-13.33.
 *
 * Kuid is the user's password, NUL-padded to 20 octets; Kg the channel's key,
 * or Kuid when that is null (one-key log-in). The hash of all HMACs is that
 * of the authentication algorithm; RAKP-none has no codes and no keys.
 * The role octet is hashed exactly as RAKP message 1 had it.
 *
 * Functions return false when the crypto library failed.
 */
#ifndef IPMILAB_LAN_RAKP_H
#define IPMILAB_LAN_RAKP_H

#include "sim/lan/crypto.h"
#include "sim/lan/suite.h"

#define RAKP_KEY_LEN 20        /* Kuid, Kg */
#define RAKP_SIK_MAX HASH_SIZE_MAX

/* What both sides know after RAKP message 2. */
struct rakp_facts {
    uint8_t auth;              /* enum auth_alg */
    uint32_t console_sid, bmc_sid;
    uint8_t rc[RAKP_RANDOM_LEN], rm[RAKP_RANDOM_LEN];
    uint8_t guid[RAKP_GUID_LEN];
    uint8_t role, name_len;
    uint8_t name[RAKP_NAME_MAX];
};

/* Octets of a key exchange code and SIK, K1, K2; and of the integrity check
 * value of RAKP message 4. 0 for RAKP-none. */
size_t rakp_code_len(unsigned auth);
size_t rakp_icv_len(unsigned auth);

/* Key exchange codes of RAKP messages 2 and 3. */
bool rakp_code2(struct crypto_work *work, const struct rakp_facts *f,
                const uint8_t kuid[RAKP_KEY_LEN], uint8_t out[RAKP_CODE_MAX]);
bool rakp_code3(struct crypto_work *work, const struct rakp_facts *f,
                const uint8_t kuid[RAKP_KEY_LEN], uint8_t out[RAKP_CODE_MAX]);

/* Session integrity key. */
bool rakp_sik(struct crypto_work *work, const struct rakp_facts *f,
              const uint8_t kg[RAKP_KEY_LEN], uint8_t out[RAKP_SIK_MAX]);

/* Integrity check value of RAKP message 4; rakp_icv_len() octets count. */
bool rakp_icv(struct crypto_work *work, const struct rakp_facts *f,
              const uint8_t sik[RAKP_SIK_MAX], uint8_t out[RAKP_CODE_MAX]);

/* Additional key n (1: K1, 2: K2). The constant is 20 octets of n for every
 * hash: what all consoles but OpenIPMI's library do. */
bool rakp_key(struct crypto_work *work, const struct rakp_facts *f,
              const uint8_t sik[RAKP_SIK_MAX], uint8_t n, uint8_t out[RAKP_SIK_MAX]);

#endif
