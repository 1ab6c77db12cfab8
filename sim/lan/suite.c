#include "sim/lan/suite.h"

#include <stddef.h>

#define RECORD_STANDARD 0xc0

/* Strength: encryption first (AES, then RC4 by key), integrity next, then the
 * hash; SHA-256 over SHA-1 over MD5. */
static const struct suite suites[SUITE_ID_MAX + 1] = {
    { 0, { AUTH_RAKP_NONE, INTEGRITY_NONE, CONF_NONE }, 0 },
    { 1, { AUTH_HMAC_SHA1, INTEGRITY_NONE, CONF_NONE }, 2 },
    { 2, { AUTH_HMAC_SHA1, INTEGRITY_HMAC_SHA1_96, CONF_NONE }, 6 },
    { 3, { AUTH_HMAC_SHA1, INTEGRITY_HMAC_SHA1_96, CONF_AES_CBC_128 }, 18 },
    { 4, { AUTH_HMAC_SHA1, INTEGRITY_HMAC_SHA1_96, CONF_XRC4_128 }, 14 },
    { 5, { AUTH_HMAC_SHA1, INTEGRITY_HMAC_SHA1_96, CONF_XRC4_40 }, 10 },
    { 6, { AUTH_HMAC_MD5, INTEGRITY_NONE, CONF_NONE }, 1 },
    { 7, { AUTH_HMAC_MD5, INTEGRITY_HMAC_MD5_128, CONF_NONE }, 5 },
    { 8, { AUTH_HMAC_MD5, INTEGRITY_HMAC_MD5_128, CONF_AES_CBC_128 }, 17 },
    { 9, { AUTH_HMAC_MD5, INTEGRITY_HMAC_MD5_128, CONF_XRC4_128 }, 13 },
    { 10, { AUTH_HMAC_MD5, INTEGRITY_HMAC_MD5_128, CONF_XRC4_40 }, 9 },
    { 11, { AUTH_HMAC_MD5, INTEGRITY_MD5_128, CONF_NONE }, 4 },
    { 12, { AUTH_HMAC_MD5, INTEGRITY_MD5_128, CONF_AES_CBC_128 }, 16 },
    { 13, { AUTH_HMAC_MD5, INTEGRITY_MD5_128, CONF_XRC4_128 }, 12 },
    { 14, { AUTH_HMAC_MD5, INTEGRITY_MD5_128, CONF_XRC4_40 }, 8 },
    { 15, { AUTH_HMAC_SHA256, INTEGRITY_NONE, CONF_NONE }, 3 },
    { 16, { AUTH_HMAC_SHA256, INTEGRITY_HMAC_SHA256_128, CONF_NONE }, 7 },
    { 17, { AUTH_HMAC_SHA256, INTEGRITY_HMAC_SHA256_128, CONF_AES_CBC_128 }, 19 },
    { 18, { AUTH_HMAC_SHA256, INTEGRITY_HMAC_SHA256_128, CONF_XRC4_128 }, 15 },
    { 19, { AUTH_HMAC_SHA256, INTEGRITY_HMAC_SHA256_128, CONF_XRC4_40 }, 11 },
};

const struct suite *
suite_by_id(unsigned id)
{
    return id <= SUITE_ID_MAX ? &suites[id] : NULL;
}

bool
suite_alg_known(enum algorithm_kind kind, unsigned alg)
{
    static const uint8_t count[ALG_KINDS] = { AUTH_ALGS, INTEGRITY_ALGS, CONF_ALGS };

    return alg < count[kind];
}

uint8_t
suite_alg_octet(enum algorithm_kind kind, unsigned alg)
{
    return (uint8_t)((unsigned)kind << 6 | alg);
}

void
suite_record_build(struct wr *w, const struct suite *s)
{
    wr_u8(w, RECORD_STANDARD);
    wr_u8(w, s->id);
    for (int kind = 0; kind < ALG_KINDS; kind++)
        wr_u8(w, suite_alg_octet((enum algorithm_kind)kind, s->alg[kind]));
}
