/*
 * suite.h - cipher suites and their algorithms.
 * Spec: IPMI v2.0 13.28, tables 13-17 to 13-20, 22-18.
 */
#ifndef IPMILAB_LAN_SUITE_H
#define IPMILAB_LAN_SUITE_H

#include <stdbool.h>

#include "sim/base/wr.h"
#include "sim/wire/rakp_msg.h"

enum auth_alg { AUTH_RAKP_NONE, AUTH_HMAC_SHA1, AUTH_HMAC_MD5, AUTH_HMAC_SHA256, AUTH_ALGS };

enum integrity_alg {
    INTEGRITY_NONE,
    INTEGRITY_HMAC_SHA1_96,
    INTEGRITY_HMAC_MD5_128,
    INTEGRITY_MD5_128,
    INTEGRITY_HMAC_SHA256_128,
    INTEGRITY_ALGS
};

enum conf_alg { CONF_NONE, CONF_AES_CBC_128, CONF_XRC4_128, CONF_XRC4_40, CONF_ALGS };

#define SUITE_ID_MAX 19
#define SUITE_RECORD_LEN 5

/* One standard suite. */
struct suite {
    uint8_t id;
    uint8_t alg[ALG_KINDS];   /* enum auth_alg, integrity_alg, conf_alg */
    uint8_t strength;         /* higher is preferred when the choice is ours */
};

/* A suite by its number, 0 .. SUITE_ID_MAX; NULL for others. */
const struct suite *suite_by_id(unsigned id);

/* Whether an algorithm number of this kind is one we have. */
bool suite_alg_known(enum algorithm_kind kind, unsigned alg);

/* Write a suite's record of Get Channel Cipher Suites, all three algorithms
 * named, SUITE_RECORD_LEN octets. */
void suite_record_build(struct wr *w, const struct suite *s);

/* One algorithm as that command lists it: number and kind in one octet. */
uint8_t suite_alg_octet(enum algorithm_kind kind, unsigned alg);

#endif
