#include "sim/lan/crypto.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/provider.h>

#include "sim/lan/md2.h"

#define HMAC_BLOCK 64   /* octets; the same for MD5, SHA-1 and SHA-256 */
#define AES_BLOCK 16

/* The library's name of a hash; MD2 is ours. */
static const struct {
    const char *name;
    size_t size;
} hashes[HASHES] = {
    [HASH_MD2] = { NULL, MD2_SIZE },
    [HASH_MD5] = { "MD5", 16 },
    [HASH_SHA1] = { "SHA1", 20 },
    [HASH_SHA256] = { "SHA256", 32 },
};

/* A library context of our own: what openssl.cnf says of the process' one
 * (FIPS only, providers left out) does not reach it. */
struct crypto {
    OSSL_LIB_CTX *lib;
    OSSL_PROVIDER *provider;
    EVP_MD *md[HASHES];
    EVP_CIPHER *aes;
};

struct crypto_work {
    EVP_MD_CTX *md[HASHES];
};

/* The key of an HMAC, padded to a block and marked; RFC 2104. */
struct hmac_pads {
    uint8_t inner[HMAC_BLOCK];
    uint8_t outer[HMAC_BLOCK];
};

/*
 * A kept HMAC: the states of the two digests behind the padded key, which are
 * hashed once and copied for each packet. That takes four fifths of the time
 * of the library's own HMAC and two thirds of its memory.
 */
struct crypto_mac {
    EVP_MD_CTX *inner, *outer;
    EVP_MD_CTX *md;   /* at work */
    size_t size;
};

/* One direction of CBC and the block that the next one is chained to. */
struct aes_way {
    EVP_CIPHER_CTX *ctx;
    uint8_t last[AES_BLOCK];
};

struct crypto_aes {
    struct aes_way encrypt, decrypt;
};

size_t
hash_size(enum hash h)
{
    return hashes[h].size;
}

/* ---- what is shared ---- */

static bool
fetch(struct crypto *c)
{
    c->lib = OSSL_LIB_CTX_new();
    if (c->lib == NULL)
        return false;
    c->provider = OSSL_PROVIDER_load(c->lib, "default");
    if (c->provider == NULL)
        return false;
    for (unsigned h = 0; h < HASHES; h++) {
        if (hashes[h].name == NULL)
            continue;
        c->md[h] = EVP_MD_fetch(c->lib, hashes[h].name, NULL);
        if (c->md[h] == NULL)
            return false;
    }
    c->aes = EVP_CIPHER_fetch(c->lib, "AES-128-CBC", NULL);
    return c->aes != NULL;
}

enum status
crypto_new(struct crypto **out)
{
    struct crypto *c = calloc(1, sizeof *c);

    if (c == NULL)
        return ST_NOMEM;
    if (!fetch(c)) {
        crypto_free(c);
        return ST_CRYPTO;
    }
    *out = c;
    return ST_OK;
}

void
crypto_free(struct crypto *c)
{
    if (c == NULL)
        return;
    EVP_CIPHER_free(c->aes);
    for (unsigned h = 0; h < HASHES; h++)
        EVP_MD_free(c->md[h]);
    if (c->provider != NULL)
        OSSL_PROVIDER_unload(c->provider);
    OSSL_LIB_CTX_free(c->lib);
    free(c);
}

/* ---- digests ---- */

/* Digest the parts behind what md has taken already. */
static bool
finish_digest(EVP_MD_CTX *md, const struct bytes *parts, size_t count, uint8_t *out)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i].len && EVP_DigestUpdate(md, parts[i].at, parts[i].len) != 1)
            return false;
    return EVP_DigestFinal_ex(md, out, NULL) == 1;
}

/* Digest the parts; md was prepared for its hash once and is only set back
 * here, so that nothing is looked up. */
static bool
digest_parts(EVP_MD_CTX *md, const struct bytes *parts, size_t count, uint8_t *out)
{
    return EVP_DigestInit_ex2(md, NULL, NULL) == 1 && finish_digest(md, parts, count, out);
}

static EVP_MD_CTX *
new_digest(const EVP_MD *md)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();

    if (ctx != NULL && EVP_DigestInit_ex2(ctx, md, NULL) == 1)
        return ctx;
    EVP_MD_CTX_free(ctx);
    return NULL;
}

enum status
crypto_work_new(const struct crypto *c, struct crypto_work **out)
{
    struct crypto_work *w = calloc(1, sizeof *w);

    if (w == NULL)
        return ST_NOMEM;
    for (unsigned h = 0; h < HASHES; h++) {
        if (c->md[h] == NULL)
            continue;
        w->md[h] = new_digest(c->md[h]);
        if (w->md[h] == NULL) {
            crypto_work_free(w);
            return ST_CRYPTO;
        }
    }
    *out = w;
    return ST_OK;
}

void
crypto_work_free(struct crypto_work *w)
{
    if (w == NULL)
        return;
    for (unsigned h = 0; h < HASHES; h++)
        EVP_MD_CTX_free(w->md[h]);
    free(w);
}

static void
md2_parts(const struct bytes *parts, size_t count, uint8_t *out)
{
    struct md2 m;

    md2_begin(&m);
    for (size_t i = 0; i < count; i++)
        md2_add(&m, parts[i]);
    md2_end(&m, out);
}

bool
crypto_digest(struct crypto_work *w, enum hash h, const struct bytes *parts,
              size_t count, uint8_t *out)
{
    if (h != HASH_MD2)
        return digest_parts(w->md[h], parts, count, out);
    md2_parts(parts, count, out);
    return true;
}

/* ---- HMAC ---- */

/* Pad the key; one longer than a block is replaced by its digest. type is
 * NULL where md is prepared for h already. */
static bool
pad_key(struct hmac_pads *p, EVP_MD_CTX *md, const EVP_MD *type, enum hash h,
        struct bytes key)
{
    uint8_t block[HMAC_BLOCK] = { 0 };

    if (key.len > sizeof block) {
        if (EVP_DigestInit_ex2(md, type, NULL) != 1 || !finish_digest(md, &key, 1, block))
            return false;
    } else if (key.len) {
        memcpy(block, key.at, key.len);
    }
    assert(hash_size(h) <= sizeof block);
    for (unsigned i = 0; i < sizeof block; i++) {
        p->inner[i] = block[i] ^ 0x36;
        p->outer[i] = block[i] ^ 0x5c;
    }
    crypto_wipe(block, sizeof block);
    return true;
}

static bool
begin_padded(EVP_MD_CTX *md, const EVP_MD *type, const uint8_t pad[HMAC_BLOCK])
{
    return EVP_DigestInit_ex2(md, type, NULL) == 1 &&
           EVP_DigestUpdate(md, pad, HMAC_BLOCK) == 1;
}

static bool
hmac_once(EVP_MD_CTX *md, enum hash h, struct bytes key, const struct bytes *parts,
          size_t count, struct hmac_pads *pads, uint8_t *out)
{
    uint8_t inner[HASH_SIZE_MAX] = { 0 };
    struct bytes digest = bytes_of(inner, hash_size(h));

    return pad_key(pads, md, NULL, h, key) && begin_padded(md, NULL, pads->inner) &&
           finish_digest(md, parts, count, inner) &&
           begin_padded(md, NULL, pads->outer) &&
           finish_digest(md, &digest, 1, out);
}

bool
crypto_hmac(struct crypto_work *w, enum hash h, struct bytes key,
            const struct bytes *parts, size_t count, uint8_t *out)
{
    struct hmac_pads pads;
    bool ok;

    if (h == HASH_MD2)   /* no algorithm of IPMI has an HMAC of it */
        return false;
    ok = hmac_once(w->md[h], h, key, parts, count, &pads, out);
    crypto_wipe(&pads, sizeof pads);
    return ok;
}

static bool
key_mac(struct crypto_mac *m, const EVP_MD *type, enum hash h, struct bytes key)
{
    struct hmac_pads pads;
    bool ok;

    m->size = hash_size(h);
    m->inner = EVP_MD_CTX_new();
    m->outer = EVP_MD_CTX_new();
    m->md = EVP_MD_CTX_new();
    if (m->inner == NULL || m->outer == NULL || m->md == NULL)
        return false;
    ok = pad_key(&pads, m->md, type, h, key) &&
         begin_padded(m->inner, type, pads.inner) &&
         begin_padded(m->outer, type, pads.outer);
    crypto_wipe(&pads, sizeof pads);
    return ok;
}

enum status
crypto_mac_new(const struct crypto *c, enum hash h, struct bytes key,
               struct crypto_mac **out)
{
    struct crypto_mac *m;

    if (h == HASH_MD2)
        return ST_INVALID;
    m = calloc(1, sizeof *m);
    if (m == NULL)
        return ST_NOMEM;
    if (!key_mac(m, c->md[h], h, key)) {
        crypto_mac_free(m);
        return ST_CRYPTO;
    }
    *out = m;
    return ST_OK;
}

void
crypto_mac_free(struct crypto_mac *m)
{
    if (m == NULL)
        return;
    EVP_MD_CTX_free(m->inner);   /* each wipes its state */
    EVP_MD_CTX_free(m->outer);
    EVP_MD_CTX_free(m->md);
    free(m);
}

bool
crypto_mac(struct crypto_mac *m, struct bytes data, uint8_t *out)
{
    uint8_t inner[HASH_SIZE_MAX] = { 0 };
    struct bytes digest = bytes_of(inner, m->size);

    return EVP_MD_CTX_copy_ex(m->md, m->inner) == 1 &&
           finish_digest(m->md, &data, 1, inner) &&
           EVP_MD_CTX_copy_ex(m->md, m->outer) == 1 &&
           finish_digest(m->md, &digest, 1, out);
}

/* ---- AES ---- */

static bool
open_way(struct aes_way *way, const EVP_CIPHER *aes, const uint8_t *key, int encrypt)
{
    way->ctx = EVP_CIPHER_CTX_new();
    return way->ctx != NULL &&
           EVP_CipherInit_ex2(way->ctx, aes, key, way->last, encrypt, NULL) == 1 &&
           EVP_CIPHER_CTX_set_padding(way->ctx, 0) == 1;
}

enum status
crypto_aes_new(const struct crypto *c, const uint8_t key[16], struct crypto_aes **out)
{
    struct crypto_aes *a = calloc(1, sizeof *a);

    if (a == NULL)
        return ST_NOMEM;
    if (!open_way(&a->encrypt, c->aes, key, 1) || !open_way(&a->decrypt, c->aes, key, 0)) {
        crypto_aes_free(a);
        return ST_CRYPTO;
    }
    *out = a;
    return ST_OK;
}

void
crypto_aes_free(struct crypto_aes *a)
{
    if (a == NULL)
        return;
    EVP_CIPHER_CTX_free(a->encrypt.ctx);   /* wipes its key schedule */
    EVP_CIPHER_CTX_free(a->decrypt.ctx);
    free(a);
}

/* XOR into a block what turns chaining to last into chaining to iv. */
static void
rechain(uint8_t *block, const uint8_t *last, const uint8_t *iv)
{
    for (unsigned i = 0; i < AES_BLOCK; i++)
        block[i] = (uint8_t)(block[i] ^ last[i] ^ iv[i]);
}

static bool
run_way(struct aes_way *way, const uint8_t *in, uint8_t *out, size_t len)
{
    int done = 0;

    return EVP_CipherUpdate(way->ctx, out, &done, in, (int)len) == 1 && done == (int)len;
}

/*
 * A context is never told a new IV, which would cost five times what the
 * blocks of a packet do. CBC XORs the chaining block into the first block
 * and nowhere else, and the one the context holds is known: the last
 * ciphertext block that passed.
 */
bool
crypto_aes_encrypt(struct crypto_aes *a, const uint8_t iv[16], const uint8_t *in,
                   uint8_t *out, size_t len)
{
    struct aes_way *way = &a->encrypt;

    if (len == 0 || len % AES_BLOCK || len > CRYPTO_AES_MAX)
        return false;
    memmove(out, in, len);
    rechain(out, way->last, iv);
    if (!run_way(way, out, out, len))
        return false;
    memcpy(way->last, out + len - AES_BLOCK, AES_BLOCK);
    return true;
}

bool
crypto_aes_decrypt(struct crypto_aes *a, const uint8_t iv[16], const uint8_t *in,
                   uint8_t *out, size_t len)
{
    struct aes_way *way = &a->decrypt;
    uint8_t iv_copy[AES_BLOCK], next[AES_BLOCK];

    if (len == 0 || len % AES_BLOCK || len > CRYPTO_AES_MAX)
        return false;
    /* in may be out, and iv may stand right before either */
    memcpy(iv_copy, iv, AES_BLOCK);
    memcpy(next, in + len - AES_BLOCK, AES_BLOCK);
    memmove(out, in, len);
    if (!run_way(way, out, out, len))
        return false;
    rechain(out, way->last, iv_copy);
    memcpy(way->last, next, AES_BLOCK);
    return true;
}

/* ---- octets ---- */

bool
crypto_equal(const void *a, const void *b, size_t len)
{
    return CRYPTO_memcmp(a, b, len) == 0;
}

void
crypto_wipe(void *p, size_t len)
{
    OPENSSL_cleanse(p, len);
}
