#include "sim/lan/rakp.h"

#include <string.h>

#define KEY_CONST_LEN 20

/* An authentication algorithm's hash and the lengths that follow from it. */
static const struct {
    enum hash hash;
    uint8_t code_len, icv_len;
} algs[AUTH_ALGS] = {
    [AUTH_HMAC_SHA1] = { HASH_SHA1, 20, 12 },
    [AUTH_HMAC_MD5] = { HASH_MD5, 16, 16 },
    [AUTH_HMAC_SHA256] = { HASH_SHA256, 32, 16 },
};

size_t
rakp_code_len(unsigned auth)
{
    return auth < AUTH_ALGS ? algs[auth].code_len : 0;
}

size_t
rakp_icv_len(unsigned auth)
{
    return auth < AUTH_ALGS ? algs[auth].icv_len : 0;
}

#define FACTS_MAX (2 * 4 + 2 * RAKP_RANDOM_LEN + RAKP_GUID_LEN + 2 + RAKP_NAME_MAX)

/* HMAC of what w holds. */
static bool
hmac(struct crypto_work *work, const struct rakp_facts *f, const uint8_t *key,
     size_t key_len, const struct wr *w, uint8_t *out)
{
    struct bytes data = wr_bytes_of(w);

    if (rakp_code_len(f->auth) == 0 || w->bad)
        return false;
    return crypto_hmac(work, algs[f->auth].hash, bytes_of(key, key_len), &data, 1, out);
}

static void
put_role_and_name(struct wr *w, const struct rakp_facts *f)
{
    wr_u8(w, f->role);
    wr_u8(w, f->name_len);
    wr_bytes(w, f->name, f->name_len);
}

bool
rakp_code2(struct crypto_work *work, const struct rakp_facts *f,
           const uint8_t kuid[RAKP_KEY_LEN], uint8_t out[RAKP_CODE_MAX])
{
    uint8_t buf[FACTS_MAX];
    struct wr w = wr_of(buf, sizeof buf);

    wr_le32(&w, f->console_sid);
    wr_le32(&w, f->bmc_sid);
    wr_bytes(&w, f->rc, sizeof f->rc);
    wr_bytes(&w, f->rm, sizeof f->rm);
    wr_bytes(&w, f->guid, sizeof f->guid);
    put_role_and_name(&w, f);
    return hmac(work, f, kuid, RAKP_KEY_LEN, &w, out);
}

bool
rakp_code3(struct crypto_work *work, const struct rakp_facts *f,
           const uint8_t kuid[RAKP_KEY_LEN], uint8_t out[RAKP_CODE_MAX])
{
    uint8_t buf[FACTS_MAX];
    struct wr w = wr_of(buf, sizeof buf);

    wr_bytes(&w, f->rm, sizeof f->rm);
    wr_le32(&w, f->console_sid);
    put_role_and_name(&w, f);
    return hmac(work, f, kuid, RAKP_KEY_LEN, &w, out);
}

bool
rakp_sik(struct crypto_work *work, const struct rakp_facts *f,
         const uint8_t kg[RAKP_KEY_LEN], uint8_t out[RAKP_SIK_MAX])
{
    uint8_t buf[FACTS_MAX];
    struct wr w = wr_of(buf, sizeof buf);

    wr_bytes(&w, f->rc, sizeof f->rc);
    wr_bytes(&w, f->rm, sizeof f->rm);
    put_role_and_name(&w, f);
    return hmac(work, f, kg, RAKP_KEY_LEN, &w, out);
}

bool
rakp_icv(struct crypto_work *work, const struct rakp_facts *f,
         const uint8_t sik[RAKP_SIK_MAX], uint8_t out[RAKP_CODE_MAX])
{
    uint8_t buf[FACTS_MAX];
    struct wr w = wr_of(buf, sizeof buf);

    wr_bytes(&w, f->rc, sizeof f->rc);
    wr_le32(&w, f->bmc_sid);
    wr_bytes(&w, f->guid, sizeof f->guid);
    return hmac(work, f, sik, rakp_code_len(f->auth), &w, out);
}

bool
rakp_key(struct crypto_work *work, const struct rakp_facts *f,
         const uint8_t sik[RAKP_SIK_MAX], uint8_t n, uint8_t out[RAKP_SIK_MAX])
{
    uint8_t constant[KEY_CONST_LEN];
    struct wr w = wr_of(constant, sizeof constant);

    wr_fill(&w, n, sizeof constant);
    return hmac(work, f, sik, rakp_code_len(f->auth), &w, out);
}
