#include <stdlib.h>

#include "tests/lib/byhand.h"
#include "tests/lib/run.h"

/* Random, truncated and bit-flipped datagrams by the hundred thousand, and an
 * honest console beside them that is served all the time. */

#define ROUNDS 2000
#define NOISE_A_ROUND 500       /* 1,000,000 datagrams in all */
#define SAMPLES_MAX 64
#define NOISE_MAX 600

static struct lanpair pair;
static struct byhand honest;
static struct rng rng;

/* Datagrams that made sense once: what is spoiled. */
static struct {
    uint8_t bytes[NOISE_MAX];
    size_t len;
} samples[SAMPLES_MAX];
static unsigned sample_count;

static void
keep(void *ctx, bool to_bmc, struct bytes datagram)
{
    (void)ctx;
    if (!to_bmc || sample_count == SAMPLES_MAX || datagram.len > NOISE_MAX)
        return;
    memcpy(samples[sample_count].bytes, datagram.at, datagram.len);
    samples[sample_count++].len = datagram.len;
}

static void
take_samples(bool rmcpp, uint8_t suite, uint8_t auth_type)
{
    struct remote_opts opts = lanpair_console(&pair);
    struct remote *r;

    opts.rmcpp = rmcpp;
    opts.suite = suite;
    opts.auth_type = auth_type;
    ck_assert_int_eq(remote_new(&opts, &r), ST_OK);
    lanpair_open(&pair, r);
    ck_assert_int_eq(remote_state(r), REMOTE_OPEN);
    remote_free(r);
}

static void
begin(void)
{
    static const uint8_t suites[] = { 1, 3, 4, 12, 17 };

    lanpair_begin(&pair, 1);
    pair.seen = keep;
    sample_count = 0;
    for (size_t i = 0; i < sizeof suites; i++)
        take_samples(true, suites[i], 0);
    take_samples(false, 0, AUTH_NONE);
    take_samples(false, 0, AUTH_MD5);
    pair.seen = NULL;
    byhand_begin(&honest, &pair);
    rng = rng_named(rng_key_root(99), "noise");
}

static void
end(void)
{
    byhand_end(&honest);
    lanpair_end(&pair);
}

/* ---- noise ---- */

static size_t
noise_of(uint8_t *to)
{
    unsigned i = (unsigned)rng_below(&rng, sample_count);
    size_t len = samples[i].len;

    memcpy(to, samples[i].bytes, len);
    switch (rng_below(&rng, 4)) {
    case 0:     /* nothing but noise, behind a header that lets it in */
        len = rng_below(&rng, 64);
        rng_fill(&rng, to, len);
        if (len >= 4)
            memcpy(to, "\x06\x00\xff\x07", 4);
        return len;
    case 1:
        return rng_below(&rng, len);
    default:
        for (uint64_t flips = 1 + rng_below(&rng, 4); flips > 0; flips--)
            to[rng_below(&rng, len)] ^= (uint8_t)(1u << rng_below(&rng, 8));
        return len;
    }
}

static void
make_noise(struct peer *from)
{
    uint8_t buf[NOISE_MAX];

    for (int i = 0; i < NOISE_A_ROUND; i++) {
        size_t len = noise_of(buf);
        uint8_t *exact = malloc(len ? len : 1);   /* so that a sanitizer sees its end */

        memcpy(exact, buf, len);
        from->port = (uint16_t)(1024 + rng_below(&rng, 8));
        lan_input(pair.lan, from, bytes_of(exact, len));
        free(exact);
        outbox_clear(pair.out);
    }
}

START_TEST(serves_the_honest_beside_the_noise)
{
    struct peer from = { .addr = { 192, 0, 2, 66 }, .family = PEER_IPV4 };
    uint8_t room[1024];

    ck_assert_uint_eq(byhand_login(&honest, 3, 0x14, LANPAIR_USER), RAKP_OK);
    for (int round = 0; round < ROUNDS; round++) {
        make_noise(&from);
        world_advance(&pair.world, pair.world.now + SPAN_MS(500));
        ck_assert_int_eq(byhand_send(&honest, NETFN_APP, 0x01, bytes_of(NULL, 0)), DROP_NONE);
        ck_assert_int_eq(byhand_cc(&honest, NULL, room, NULL), CC_OK);
    }
    /* and another is let in */
    ck_assert_uint_eq(byhand_login(&honest, 17, 0x14, LANPAIR_USER), RAKP_OK);
    ck_assert_uint_eq(outbox_dropped(pair.out), 0);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("lan noise", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_set_timeout(tc, 600);
    tcase_add_test(tc, serves_the_honest_beside_the_noise);
    return run_suite(s);
}
