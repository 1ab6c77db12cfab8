/*
 * rng.h - chance, from named streams of one seed.
 *
 * A key is derived from a seed by names and numbers (lab seed, chassis id,
 * "lan", "session ids"); a stream is a key at work. Adding a user of chance
 * or a chassis disturbs no other. The generator is written here so that the
 * same seed gives the same numbers on every machine and compiler
 * (SplitMix64 to derive, xoshiro256** to draw); it is no cryptographic
 * source. With --entropy system a lab's root key is drawn from the system.
 */
#ifndef IPMILAB_ENGINE_RNG_H
#define IPMILAB_ENGINE_RNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng_key {
    uint64_t k;
};

struct rng {
    uint64_t s[4];
};

/* The root key of a seed. */
struct rng_key rng_key_root(uint64_t seed);

/* A key below key, by a name, and by a number. */
struct rng_key rng_key_named(struct rng_key key, const char *name);
struct rng_key rng_key_numbered(struct rng_key key, uint64_t n);

/* A stream at its beginning. */
struct rng rng_start(struct rng_key key);

/* A stream by name below key: rng_start(rng_key_named(key, name)). */
struct rng rng_named(struct rng_key key, const char *name);

/* 64 random bits. */
uint64_t rng_u64(struct rng *r);

/* 0 .. bound - 1, each as likely; 0 when bound is 0. */
uint64_t rng_below(struct rng *r, uint64_t bound);

/* True with a probability of ppm / 1,000,000. */
bool rng_chance(struct rng *r, uint32_t ppm);

/* Fill len octets; the same octets on big- and little-endian machines. */
void rng_fill(struct rng *r, void *to, size_t len);

/* One draw that is a pure function of key and n: no state is kept. */
uint64_t rng_at(struct rng_key key, uint64_t n);

#endif
