/* l_crypto.c - hashes, codes and ciphers, for packets that a scenario makes by
 * hand (lua/ipmilab/packet.lua and session.lua). */
#include <stdlib.h>
#include <string.h>

#include "lua/core.h"
#include "sim/lan/crypto.h"

#define BLOCK 16

static const char *const hash_names[] = { "md2", "md5", "sha1", "sha256", NULL };

static enum hash
check_hash(lua_State *L, int arg)
{
    return (enum hash)luaL_checkoption(L, arg, NULL, hash_names);
}

static int
failed(lua_State *L)
{
    return luaL_error(L, "the cryptographic library failed");
}

static int
push_digest(lua_State *L, enum hash h, bool made, const uint8_t *digest)
{
    if (!made)
        return failed(L);
    core_push_bytes(L, bytes_of(digest, hash_size(h)));
    return 1;
}

/* (hash, octets) -> digest */
static int
hash(lua_State *L)
{
    enum hash h = check_hash(L, 1);
    struct bytes in = core_bytes(L, 2);
    uint8_t digest[HASH_SIZE_MAX];
    struct crypto_work *work;
    bool made;

    if (crypto_work_new(stage_crypto(core_stage(L)), &work) != ST_OK)
        return failed(L);
    made = crypto_digest(work, h, &in, 1, digest);
    crypto_work_free(work);
    return push_digest(L, h, made, digest);
}

/* (hash, key, octets) -> code; hash is not "md2" */
static int
hmac(lua_State *L)
{
    enum hash h = check_hash(L, 1);
    struct bytes key = core_bytes(L, 2);
    struct bytes in = core_bytes(L, 3);
    uint8_t code[HASH_SIZE_MAX];
    struct crypto_work *work;
    bool made;

    if (h == HASH_MD2)
        return luaL_error(L, "there is no HMAC with md2");
    if (crypto_work_new(stage_crypto(core_stage(L)), &work) != ST_OK)
        return failed(L);
    made = crypto_hmac(work, h, key, &in, 1, code);
    crypto_work_free(work);
    return push_digest(L, h, made, code);
}

typedef bool aes_fn(struct crypto_aes *a, const uint8_t iv[16], const uint8_t *in, uint8_t *out,
                    size_t len);

/* (key, iv, octets) -> octets, a multiple of 16 of them, nothing padded */
static int
aes(lua_State *L, aes_fn *cipher)
{
    struct bytes key = core_bytes(L, 1), iv = core_bytes(L, 2), in = core_bytes(L, 3);
    const struct crypto *crypto = stage_crypto(core_stage(L));
    struct crypto_aes *a;
    luaL_Buffer b;
    bool made;

    if (key.len != BLOCK || iv.len != BLOCK)
        return luaL_error(L, "AES-CBC-128 takes a key and an IV of %d octets", BLOCK);
    if (in.len == 0 || in.len % BLOCK != 0 || in.len > CRYPTO_AES_MAX)
        return luaL_error(L, "AES-CBC-128 takes whole blocks of %d octets", BLOCK);
    (void)luaL_buffinitsize(L, &b, in.len);
    if (crypto_aes_new(crypto, key.at, &a) != ST_OK)
        return failed(L);
    made = cipher(a, iv.at, in.at, (uint8_t *)luaL_buffaddr(&b), in.len);
    crypto_aes_free(a);
    if (!made)
        return failed(L);
    luaL_pushresultsize(&b, in.len);
    return 1;
}

static int
aes_encrypt(lua_State *L)
{
    return aes(L, crypto_aes_encrypt);
}

static int
aes_decrypt(lua_State *L)
{
    return aes(L, crypto_aes_decrypt);
}

/* Pass over so much of a keystream. */
static void
skip(struct crypto_rc4 *stream, lua_Integer octets)
{
    uint8_t lost;

    while (octets-- > 0) {
        lost = 0;
        crypto_rc4(stream, &lost, &lost, 1);
    }
}

/* (key, octets, passed over) -> octets */
static int
rc4(lua_State *L)
{
    struct bytes key = core_bytes(L, 1), in = core_bytes(L, 2);
    lua_Integer offset = core_number(L, 3, 0, 1 << 20, "offset");
    struct crypto_rc4 stream;
    luaL_Buffer b;

    if (key.len < 1 || key.len > 256)
        return luaL_error(L, "RC4 takes a key of 1 to 256 octets");
    (void)luaL_buffinitsize(L, &b, in.len);
    crypto_rc4_key(&stream, key.at, key.len);
    skip(&stream, offset);
    crypto_rc4(&stream, in.at, (uint8_t *)luaL_buffaddr(&b), in.len);
    luaL_pushresultsize(&b, in.len);
    return 1;
}

static const struct core_row rows[] = {
    { "hash", hash, "(\"md2\"|\"md5\"|\"sha1\"|\"sha256\", octets) -> digest" },
    { "hmac", hmac, "(hash, key, octets) -> code; not md2" },
    { "aes_encrypt", aes_encrypt, "(key, iv, octets) -> octets: AES-CBC-128, whole blocks" },
    { "aes_decrypt", aes_decrypt, "(key, iv, octets) -> octets" },
    { "rc4", rc4, "(key, octets, offset of the keystream) -> octets" },
};

const struct core_rows l_crypto_rows = { rows, sizeof rows / sizeof rows[0] };
