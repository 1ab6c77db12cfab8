#include "sim/lan/auth15.h"

#include <string.h>

#include "sim/base/wr.h"

static bool
hash_of(uint8_t type, enum hash *h)
{
    *h = type == AUTH_MD2 ? HASH_MD2 : HASH_MD5;
    return type == AUTH_MD2 || type == AUTH_MD5;
}

static bool
digest(struct crypto_work *work, uint8_t type, const uint8_t *pw,
       const struct bytes *parts, size_t count, uint8_t *out)
{
    enum hash h;

    if (type == AUTH_STRAIGHT) {
        memcpy(out, pw, AUTH_CODE_LEN);
        return true;
    }
    return hash_of(type, &h) && crypto_digest(work, h, parts, count, out);
}

bool
auth15_packet(struct crypto_work *work, uint8_t type,
              const uint8_t pw[AUTH15_PASSWORD_LEN], uint32_t sid, uint32_t seq,
              struct bytes msg, uint8_t out[AUTH_CODE_LEN])
{
    uint8_t number[8];
    struct wr w = wr_of(number, sizeof number);
    struct bytes parts[] = {
        { pw, AUTH15_PASSWORD_LEN }, { number, 4 },
        msg, { number + 4, 4 }, { pw, AUTH15_PASSWORD_LEN },
    };

    wr_le32(&w, sid);
    wr_le32(&w, seq);
    return digest(work, type, pw, parts, sizeof parts / sizeof parts[0], out);
}

bool
auth15_activation(struct crypto_work *work, uint8_t type,
                  const uint8_t pw[AUTH15_PASSWORD_LEN], uint32_t sid,
                  const uint8_t challenge[AUTH15_CHALLENGE_LEN],
                  uint8_t out[AUTH_CODE_LEN])
{
    uint8_t number[4];
    struct wr w = wr_of(number, sizeof number);
    struct bytes parts[] = {
        { pw, AUTH15_PASSWORD_LEN }, { number, sizeof number },
        { challenge, AUTH15_CHALLENGE_LEN }, { pw, AUTH15_PASSWORD_LEN },
    };

    wr_le32(&w, sid);
    return digest(work, type, pw, parts, sizeof parts / sizeof parts[0], out);
}

bool
auth15_data(struct crypto_work *work, uint8_t type,
            const uint8_t pw[AUTH15_PASSWORD_LEN], struct bytes data,
            uint8_t out[AUTH_CODE_LEN])
{
    struct bytes parts[] = {
        { pw, AUTH15_PASSWORD_LEN }, data, { pw, AUTH15_PASSWORD_LEN },
    };

    return digest(work, type, pw, parts, sizeof parts / sizeof parts[0], out);
}

uint8_t
auth15_bit(uint8_t type)
{
    switch (type) {
    case AUTH_NONE:
    case AUTH_MD2:
    case AUTH_MD5:
    case AUTH_STRAIGHT:
    case AUTH_OEM:
        return (uint8_t)(1u << type);
    default:
        return 0;
    }
}
