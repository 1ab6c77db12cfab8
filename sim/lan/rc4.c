#include "sim/lan/crypto.h"

static void
swap(uint8_t *a, uint8_t *b)
{
    uint8_t t = *a;

    *a = *b;
    *b = t;
}

void
crypto_rc4_key(struct crypto_rc4 *r, const uint8_t *key, size_t len)
{
    uint8_t j = 0;

    for (unsigned i = 0; i < sizeof r->s; i++)
        r->s[i] = (uint8_t)i;
    for (unsigned i = 0; i < sizeof r->s; i++) {
        j = (uint8_t)(j + r->s[i] + key[i % len]);
        swap(&r->s[i], &r->s[j]);
    }
    r->i = r->j = 0;
}

void
crypto_rc4(struct crypto_rc4 *r, const uint8_t *in, uint8_t *out, size_t len)
{
    for (size_t n = 0; n < len; n++) {
        r->i++;
        r->j = (uint8_t)(r->j + r->s[r->i]);
        swap(&r->s[r->i], &r->s[r->j]);
        out[n] = in[n] ^ r->s[(uint8_t)(r->s[r->i] + r->s[r->j])];
    }
}
