#include "sim/lan/protect.h"

#include <string.h>

#include "sim/base/rd.h"

#define AES_BLOCK 16
#define RC4_KEY_LEN 16
#define RC4_KEY_LEN_40 5

/* An integrity algorithm. MD5-128 has no HMAC: it is keyed with the password
 * at both ends of the data. */
static const struct {
    bool keyed;
    enum hash hash;
    uint8_t code_len;
} integrity[INTEGRITY_ALGS] = {
    [INTEGRITY_HMAC_SHA1_96] = { true, HASH_SHA1, 12 },
    [INTEGRITY_HMAC_MD5_128] = { true, HASH_MD5, 16 },
    [INTEGRITY_MD5_128] = { false, HASH_MD5, 16 },
    [INTEGRITY_HMAC_SHA256_128] = { true, HASH_SHA256, 16 },
};

enum status
protect_open(struct protect *p, const struct crypto *crypto, const struct suite *s,
             const struct protect_keys *keys)
{
    enum status st = ST_OK;

    memset(p, 0, sizeof *p);
    p->integrity = s->alg[ALG_INTEGRITY];
    p->conf = s->alg[ALG_CONF];
    if (keys->k2 != NULL)
        memcpy(p->k2, keys->k2, sizeof p->k2);
    if (keys->password != NULL)
        memcpy(p->password, keys->password, sizeof p->password);
    if (integrity[p->integrity].keyed)
        st = crypto_mac_new(crypto, integrity[p->integrity].hash, keys->k1, &p->mac);
    if (st == ST_OK && p->conf == CONF_AES_CBC_128)
        st = crypto_aes_new(crypto, p->k2, &p->aes);
    if (st != ST_OK)
        protect_close(p);
    return st;
}

void
protect_close(struct protect *p)
{
    crypto_mac_free(p->mac);
    crypto_aes_free(p->aes);
    crypto_wipe(p, sizeof *p);
}

/* ---- integrity ---- */

size_t
protect_code_len(const struct protect *p)
{
    return integrity[p->integrity].code_len;
}

bool
protect_sign(struct protect *p, struct crypto_work *work, struct bytes covered,
             uint8_t out[RMCPP_CODE_MAX])
{
    uint8_t digest[HASH_SIZE_MAX];
    struct bytes parts[] = {
        { p->password, sizeof p->password }, covered, { p->password, sizeof p->password },
    };
    bool done;

    if (p->mac != NULL)
        done = crypto_mac(p->mac, covered, digest);
    else
        done = crypto_digest(work, HASH_MD5, parts, sizeof parts / sizeof parts[0], digest);
    memcpy(out, digest, done ? protect_code_len(p) : 0);
    return done;
}

bool
protect_verify(struct protect *p, struct crypto_work *work, const struct rmcpp *m)
{
    struct rmcpp_trailer t;
    uint8_t code[RMCPP_CODE_MAX];
    size_t len = protect_code_len(p);

    return len != 0 && rmcpp_trailer_parse(m, len, &t) &&
           protect_sign(p, work, t.covered, code) && crypto_equal(code, t.code, len);
}

/* ---- AES-CBC-128 ---- */

static bool
aes_encrypt(struct protect *p, struct rng *rng, struct bytes plain, struct wr *w)
{
    size_t pad = AES_BLOCK - 1 - plain.len % AES_BLOCK;
    uint8_t *iv = wr_hole(w, PROTECT_IV_LEN);
    uint8_t *data = w->at;

    wr_span(w, plain);
    for (size_t i = 1; i <= pad; i++)
        wr_u8(w, (unsigned)i);
    wr_u8(w, (unsigned)pad);
    if (w->bad)
        return false;
    rng_fill(rng, iv, PROTECT_IV_LEN);
    return crypto_aes_encrypt(p->aes, iv, data, data, (size_t)(w->at - data));
}

/* Confidentiality pad octets count up from 1; a block of nothing but padding
 * does not occur. */
static bool
aes_unpad(const uint8_t *data, size_t len, struct bytes *plain)
{
    size_t pad = data[len - 1];

    if (pad >= AES_BLOCK || pad + 1 > len)
        return false;
    for (size_t i = 1; i <= pad; i++)
        if (data[len - 2 - pad + i] != i)
            return false;
    *plain = bytes_of(data, len - 1 - pad);
    return true;
}

static bool
aes_decrypt(struct crypto_aes *aes, struct bytes payload, uint8_t *to, struct bytes *plain)
{
    struct rd r = rd_of(payload);
    const uint8_t *iv = rd_bytes(&r, PROTECT_IV_LEN).at;
    struct bytes data = rd_rest(&r);

    if (r.bad || data.len == 0 || data.len % AES_BLOCK != 0)
        return false;
    return crypto_aes_decrypt(aes, iv, data.at, to, data.len) &&
           aes_unpad(to, data.len, plain);
}

/* ---- xRC4 ---- */

/* Begin a keystream: Krc = MD5(K2, IV), of which xRC4-40 uses 40 bits. */
static bool
rc4_start(const struct protect *p, struct crypto_work *work, struct protect_stream *s,
          const uint8_t *iv)
{
    uint8_t key[HASH_SIZE_MAX];
    struct bytes parts[] = { { p->k2, sizeof p->k2 }, { iv, PROTECT_IV_LEN } };

    if (!crypto_digest(work, HASH_MD5, parts, 2, key))
        return false;
    if (iv != s->iv)
        memcpy(s->iv, iv, PROTECT_IV_LEN);
    crypto_rc4_key(&s->rc4, key, p->conf == CONF_XRC4_40 ? RC4_KEY_LEN_40 : RC4_KEY_LEN);
    s->offset = 0;
    s->keyed = true;
    crypto_wipe(key, sizeof key);
    return true;
}

/* Pass over keystream up to offset. */
static void
rc4_skip(struct protect_stream *s, uint32_t offset)
{
    uint8_t waste[256] = { 0 };

    while (s->offset != offset) {
        uint32_t left = offset - s->offset;
        uint32_t len = left < sizeof waste ? left : (uint32_t)sizeof waste;

        crypto_rc4(&s->rc4, waste, waste, len);
        s->offset += len;
    }
}

/* Bring the stream to where a packet begins. */
static bool
rc4_seek(const struct protect *p, struct crypto_work *work, struct protect_stream *s,
         uint32_t offset)
{
    if (!s->keyed)
        return false;
    if (offset < s->offset && offset <= PROTECT_RC4_SKIP_MAX &&
        !rc4_start(p, work, s, s->iv))
        return false;
    if (offset < s->offset || offset - s->offset > PROTECT_RC4_SKIP_MAX)
        return false;
    rc4_skip(s, offset);
    return true;
}

static bool
rc4_encrypt(struct protect *p, struct crypto_work *work, struct rng *rng,
            struct bytes plain, struct wr *w)
{
    struct protect_stream *s = &p->tx;
    uint8_t iv[PROTECT_IV_LEN];

    if (!s->keyed || s->offset + plain.len > PROTECT_RC4_SKIP_MAX) {
        rng_fill(rng, iv, sizeof iv);
        if (!rc4_start(p, work, s, iv))
            return false;
    }
    wr_le32(w, s->offset);
    if (s->offset == 0)
        wr_bytes(w, s->iv, sizeof s->iv);
    if (wr_room(w) < plain.len)
        return false;
    crypto_rc4(&s->rc4, plain.at, w->at, plain.len);
    w->at += plain.len;
    s->offset += (uint32_t)plain.len;
    return true;
}

static bool
rc4_decrypt(const struct protect *p, struct crypto_work *work, struct protect_stream *s,
            struct bytes payload, uint8_t *to, struct bytes *plain)
{
    struct rd r = rd_of(payload);
    uint32_t offset = rd_le32(&r);
    const uint8_t *iv = offset == 0 ? rd_bytes(&r, PROTECT_IV_LEN).at : NULL;
    struct bytes data = rd_rest(&r);

    if (r.bad)
        return false;
    if (iv != NULL ? !rc4_start(p, work, s, iv) : !rc4_seek(p, work, s, offset))
        return false;
    crypto_rc4(&s->rc4, data.at, to, data.len);
    s->offset += (uint32_t)data.len;
    *plain = bytes_of(to, data.len);
    return true;
}

void
protect_renew_iv(struct protect *p)
{
    p->tx.keyed = false;
}

/* ---- either ---- */

bool
protect_encrypt(struct protect *p, struct crypto_work *work, struct rng *rng,
                struct bytes plain, struct wr *w)
{
    if (p->conf == CONF_AES_CBC_128)
        return aes_encrypt(p, rng, plain, w);
    return p->conf != CONF_NONE && rc4_encrypt(p, work, rng, plain, w);
}

/* Decrypt an xRC4 payload with a copy of the stream, which is given back. */
static bool
rc4_try(const struct protect *p, struct crypto_work *work, struct bytes payload,
        uint8_t *to, struct bytes *plain, struct protect_stream *s)
{
    *s = p->rx;
    return rc4_decrypt(p, work, s, payload, to, plain);
}

bool
protect_decrypt(struct protect *p, struct crypto_work *work, struct bytes payload,
                uint8_t *to, struct bytes *plain)
{
    struct protect_stream s;

    if (p->conf == CONF_AES_CBC_128)
        return aes_decrypt(p->aes, payload, to, plain);
    if (p->conf == CONF_NONE || !rc4_try(p, work, payload, to, plain, &s))
        return false;
    p->rx = s;
    return true;
}

bool
protect_peek(const struct protect *p, struct crypto_work *work, struct bytes payload,
             uint8_t *to, struct bytes *plain)
{
    struct protect_stream s;

    if (p->conf == CONF_AES_CBC_128)
        return aes_decrypt(p->aes, payload, to, plain);
    return p->conf != CONF_NONE && rc4_try(p, work, payload, to, plain, &s);
}
