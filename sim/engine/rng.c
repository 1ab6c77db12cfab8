#include "sim/engine/rng.h"

/* The step of SplitMix64: 2^64 divided by the golden ratio, made odd. */
#define GOLDEN UINT64_C(0x9e3779b97f4a7c15)

/* Keep names, numbers and stateless draws below one key apart. */
#define SALT_ROOT UINT64_C(0x69706d696c616221)
#define SALT_NAME UINT64_C(0x6e616d656e616d65)
#define SALT_NUMBER UINT64_C(0x6e756d6265726564)
#define SALT_AT UINT64_C(0x6174617461746174)

/* SplitMix64's output function: a bijection that spreads every bit. */
static uint64_t
mix(uint64_t z)
{
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static uint64_t
below_key(struct rng_key key, uint64_t salt, uint64_t v)
{
    return mix(key.k ^ mix(v + salt));
}

/* FNV-1a, 64 bits. */
static uint64_t
hash_of(const char *name)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (; *name != '\0'; name++)
        h = (h ^ (uint8_t)*name) * UINT64_C(0x100000001b3);
    return h;
}

struct rng_key
rng_key_root(uint64_t seed)
{
    return (struct rng_key){ mix(seed + SALT_ROOT) };
}

struct rng_key
rng_key_named(struct rng_key key, const char *name)
{
    return (struct rng_key){ below_key(key, SALT_NAME, hash_of(name)) };
}

struct rng_key
rng_key_numbered(struct rng_key key, uint64_t n)
{
    return (struct rng_key){ below_key(key, SALT_NUMBER, n) };
}

struct rng
rng_start(struct rng_key key)
{
    struct rng r;

    for (int i = 0; i < 4; i++)
        r.s[i] = mix(key.k += GOLDEN);
    return r;
}

struct rng
rng_named(struct rng_key key, const char *name)
{
    return rng_start(rng_key_named(key, name));
}

static uint64_t
rotl(uint64_t x, int n)
{
    return x << n | x >> (64 - n);
}

/* xoshiro256**. */
uint64_t
rng_u64(struct rng *r)
{
    uint64_t *s = r->s;
    uint64_t out = rotl(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return out;
}

uint64_t
rng_below(struct rng *r, uint64_t bound)
{
    uint64_t skip, v;

    if (bound == 0)
        return 0;
    /* 2^64 mod bound values too many: drawn again, or the low ones would be
     * likelier than the others. */
    skip = (0 - bound) % bound;
    do
        v = rng_u64(r);
    while (v < skip);
    return v % bound;
}

bool
rng_chance(struct rng *r, uint32_t ppm)
{
    return rng_below(r, 1000000) < ppm;
}

void
rng_fill(struct rng *r, void *to, size_t len)
{
    uint8_t *at = to;
    uint64_t v = 0;

    for (size_t i = 0; i < len; i++) {
        if (i % 8 == 0)
            v = rng_u64(r);
        at[i] = (uint8_t)(v >> 8 * (i % 8));
    }
}

uint64_t
rng_at(struct rng_key key, uint64_t n)
{
    return below_key(key, SALT_AT, n);
}
