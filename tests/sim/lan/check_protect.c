#include "sim/lan/protect.h"

#include "sim/base/hex.h"
#include "tests/lib/run.h"

static struct crypto *crypto;
static struct crypto_work *work;
static struct protect p;

static void
begin(void)
{
    ck_assert_int_eq(crypto_new(&crypto), ST_OK);
    ck_assert_int_eq(crypto_work_new(crypto, &work), ST_OK);
    memset(&p, 0, sizeof p);
}

static void
end(void)
{
    protect_close(&p);
    crypto_work_free(work);
    crypto_free(crypto);
}

#define GET_DEVICE_ID "2018c88104017a"

/* Get Device ID as the suites wrap it, behind the RMCP header. */
static const struct {
    unsigned suite;
    const char *k1, *k2, *packet;
} cases[] = {
    { 2, "06fdc862cbeb8696aea832251cd3e81f1531850e",
      "6d2a6162f6d4237d1c5e6eecee670f186047575c",
      "0640040302010100000007002018c88104017affffff0307b4260f79112d0f80d55d1876" },
    { 3, "06fdc862cbeb8696aea832251cd3e81f1531850e",
      "6d2a6162f6d4237d1c5e6eecee670f186047575c",
      "06c004030201010000002000808182838485868788898a8b8c8d8e8f645618a3b4e54b1213f8"
      "6875ceff8681ffff0207598cdf8ac19e0b5f0aa5cb09" },
    { 4, "06fdc862cbeb8696aea832251cd3e81f1531850e",
      "6d2a6162f6d4237d1c5e6eecee670f186047575c",
      "06c004030201010000001b0000000000808182838485868788898a8b8c8d8e8f39c8dd81a7d2"
      "69ffffff0307679131e471c9638e47e411b8" },
    { 5, "06fdc862cbeb8696aea832251cd3e81f1531850e",
      "6d2a6162f6d4237d1c5e6eecee670f186047575c",
      "06c004030201010000001b0000000000808182838485868788898a8b8c8d8e8f32f2f530c47d"
      "55ffffff0307c6c5db74b161488f79c3bf19" },
    { 3, "fbc9cac6ca0452d32bcbe0c434f9c783880a5efc",
      "e4ec05b5980d8a8545f401bbf95fcb8a49930ec2",
      "06c004030201010000002000808182838485868788898a8b8c8d8e8f08056ed7bd4ff2e56457"
      "e233ac7eb8a0ffff0207da892c85e31b96b376000018" },
    { 7, "6249fb354b15a00a907dd503fc10982b",
      "e4ae3f0f520e2660648ec6d686667baf",
      "0640040302010100000007002018c88104017affffff03072096dd6e82e08a8757a072f27eb7"
      "d7bd" },
    { 8, "6249fb354b15a00a907dd503fc10982b",
      "e4ae3f0f520e2660648ec6d686667baf",
      "06c004030201010000002000808182838485868788898a8b8c8d8e8f31c91f43ecfb8ed1fb28"
      "49a102ac52c7ffff0207f87aad2657c0afc091d109d9817f084a" },
    { 11, "6249fb354b15a00a907dd503fc10982b",
      "e4ae3f0f520e2660648ec6d686667baf",
      "0640040302010100000007002018c88104017affffff0307d3f8f9aa09c146bb04ddb906e6cb"
      "bdc6" },
    { 12, "6249fb354b15a00a907dd503fc10982b",
      "e4ae3f0f520e2660648ec6d686667baf",
      "06c004030201010000002000808182838485868788898a8b8c8d8e8f31c91f43ecfb8ed1fb28"
      "49a102ac52c7ffff02078790ee84db5f7e43785dba92d3681d0c" },
    { 16, "76d9a3ba64572b234c8e54395e8435caf5ae3262a17d40c85f607146493b2726",
      "082467f90a7ab7950feec8aebdfa5259d85465a0e131e9b87ac7bdcd30217dd6",
      "0640040302010100000007002018c88104017affffff03070d22d0944d4c60416e32be97ef2e"
      "a31e" },
    { 17, "76d9a3ba64572b234c8e54395e8435caf5ae3262a17d40c85f607146493b2726",
      "082467f90a7ab7950feec8aebdfa5259d85465a0e131e9b87ac7bdcd30217dd6",
      "06c004030201010000002000808182838485868788898a8b8c8d8e8fe0c18b035fa9e3838e95"
      "21a6fbb72cd1ffff02075ba753228337cb1cb3751e5f1e35fbe2" },
    { 18, "76d9a3ba64572b234c8e54395e8435caf5ae3262a17d40c85f607146493b2726",
      "082467f90a7ab7950feec8aebdfa5259d85465a0e131e9b87ac7bdcd30217dd6",
      "06c004030201010000001b0000000000808182838485868788898a8b8c8d8e8f23ec579ebc1e"
      "79ffffff03074eb6fbcd18fc32e963271b5fd2993927" },
};

static void
open_with(unsigned suite, const char *k1, const char *k2)
{
    static const uint8_t password[PROTECT_PASSWORD_LEN] = "test";
    uint8_t key1[HASH_SIZE_MAX], key2[HASH_SIZE_MAX];
    size_t len = strlen(k1) / 2;
    struct protect_keys keys = { { key1, len }, key2, password };

    ck_assert(hex_read(k1, key1, len));
    ck_assert(hex_read(k2, key2, strlen(k2) / 2));
    ck_assert_int_eq(protect_open(&p, crypto, suite_by_id(suite), &keys), ST_OK);
}

static struct rmcpp
parse(const char *packet, uint8_t *buf)
{
    struct rmcpp m;

    ck_assert(hex_read(packet, buf, strlen(packet) / 2));
    ck_assert_int_eq(rmcpp_parse(bytes_of(buf, strlen(packet) / 2), &m), RMCPP_OK);
    return m;
}

static void
assert_hex(struct bytes got, const char *want)
{
    char text[256];

    ck_assert_str_eq(hex_print(got, text, sizeof text), want);
}

START_TEST(accepts_the_packet)
{
    uint8_t buf[128], room[128];
    struct rmcpp m = parse(cases[_i].packet, buf);
    struct bytes plain = m.payload;

    open_with(cases[_i].suite, cases[_i].k1, cases[_i].k2);
    ck_assert(protect_verify(&p, work, &m));
    ck_assert_int_eq(m.encrypted, p.conf != CONF_NONE);
    if (m.encrypted)
        ck_assert(protect_decrypt(&p, work, m.payload, room, &plain));
    assert_hex(plain, GET_DEVICE_ID);
}
END_TEST

START_TEST(refuses_the_packet_with_any_bit_of_its_code_turned)
{
    uint8_t buf[128];
    struct rmcpp m = parse(cases[_i].packet, buf);
    size_t len = strlen(cases[_i].packet) / 2;

    open_with(cases[_i].suite, cases[_i].k1, cases[_i].k2);
    for (size_t bit = 0; bit < 8 * protect_code_len(&p); bit++) {
        buf[len - 1 - bit / 8] ^= (uint8_t)(1u << bit % 8);
        ck_assert(!protect_verify(&p, work, &m));
        buf[len - 1 - bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    ck_assert(protect_verify(&p, work, &m));
}
END_TEST

START_TEST(decrypts_what_it_encrypts)
{
    struct rng rng = rng_named(rng_key_root(1), "iv");
    struct protect other;

    open_with(cases[_i].suite, cases[_i].k1, cases[_i].k2);
    other = p;     /* streams only: what one sends, the other receives */
    for (size_t len = 0; len < 40 && p.conf != CONF_NONE; len++) {
        uint8_t text[40], packet[128], room[128];
        struct wr w = wr_of(packet, sizeof packet);
        struct bytes plain;

        memset(text, (int)len, len);
        ck_assert(protect_encrypt(&p, work, &rng, bytes_of(text, len), &w));
        ck_assert_uint_le(wr_len(&w), len + PROTECT_OVERHEAD_MAX);
        ck_assert(protect_decrypt(&other, work, wr_bytes_of(&w), room, &plain));
        ck_assert_uint_eq(plain.len, len);
        ck_assert(len == 0 || memcmp(plain.at, text, len) == 0);
    }
}
END_TEST

/* ---- AES ---- */

static const struct {
    const char *why;
    const char *plain;
    bool want;
} paddings[] = {
    { "good", "2018c88104017a010203040506070808", true },
    { "15 pads, no data", "0102030405060708090a0b0c0d0e0f0f", true },
    { "no pads", "000102030405060708090a0b0c0d0e00", true },
    { "16 pads", "01020304050607080910111213141510", false },
    { "a pad is wrong", "2018c88104017a010203040506080808", false },
    { "first pad is 0", "2018c88104017a000203040506070808", false },
};

START_TEST(checks_the_padding)
{
    static const uint8_t iv[16];
    uint8_t packet[32] = { 0 }, room[32];
    struct bytes plain;

    open_with(3, cases[1].k1, cases[1].k2);
    ck_assert(hex_read(paddings[_i].plain, room, 16));
    ck_assert(crypto_aes_encrypt(p.aes, iv, room, packet + 16, 16));
    ck_assert_msg(protect_decrypt(&p, work, bytes_of(packet, 32), room, &plain) ==
                      paddings[_i].want, "%s", paddings[_i].why);
}
END_TEST

START_TEST(refuses_encrypted_payloads_of_impossible_lengths)
{
    static const size_t lens[] = { 0, 1, 15, 16, 17, 31, 33, 47 };
    static const uint8_t packet[48];
    uint8_t room[48];
    struct bytes plain;

    open_with(3, cases[1].k1, cases[1].k2);
    for (size_t i = 0; i < sizeof lens / sizeof lens[0]; i++)
        ck_assert(!protect_decrypt(&p, work, bytes_of(packet, lens[i]), room, &plain));
}
END_TEST

/* ---- xRC4 ---- */

/* The first payload of a stream, with its IV, and the second, behind it. */
static const struct {
    unsigned suite;
    const char *k2, *first, *second;
} streams[] = {
    { 4, "6d2a6162f6d4237d1c5e6eecee670f18",
      "00000000808182838485868788898a8b8c8d8e8f39c8dd81a7d269", "0700000015f2812bfc0225" },
    { 5, "6d2a6162f6d4237d1c5e6eecee670f18",
      "00000000808182838485868788898a8b8c8d8e8f32f2f530c47d55", "0700000004465582306a5c" },
    { 18, "082467f90a7ab7950feec8aebdfa5259",
      "00000000808182838485868788898a8b8c8d8e8f23ec579ebc1e79", "070000001c871cd04cb26b" },
};

#define SECOND "2018c881080473"

static void
open_stream(int i)
{
    open_with(streams[i].suite, cases[0].k1, streams[i].k2);
}

static bool
receive(const char *payload, bool peek, const char *want)
{
    uint8_t in[64], room[64];
    size_t len = strlen(payload) / 2;
    struct bytes plain;

    ck_assert(hex_read(payload, in, len));
    if (!(peek ? protect_peek(&p, work, bytes_of(in, len), room, &plain)
               : protect_decrypt(&p, work, bytes_of(in, len), room, &plain)))
        return false;
    assert_hex(plain, want);
    return true;
}

START_TEST(goes_on_with_the_keystream)
{
    open_stream(_i);
    ck_assert(receive(streams[_i].first, false, GET_DEVICE_ID));
    ck_assert(receive(streams[_i].second, false, SECOND));
}
END_TEST

START_TEST(begins_with_an_iv)
{
    open_stream(_i);
    ck_assert(!receive(streams[_i].second, false, SECOND));
}
END_TEST

START_TEST(goes_back_for_a_late_packet)
{
    open_stream(_i);
    ck_assert(receive(streams[_i].first, false, GET_DEVICE_ID));
    ck_assert(receive(streams[_i].second, false, SECOND));
    ck_assert(receive(streams[_i].second, false, SECOND));
    ck_assert(receive(streams[_i].first, false, GET_DEVICE_ID));
}
END_TEST

START_TEST(passes_over_what_was_lost)
{
    static const uint8_t text[7] = { 1, 2, 3, 4, 5, 6, 7 };
    struct rng rng = rng_named(rng_key_root(1), "iv");
    struct protect other;

    open_stream(_i);
    other = p;
    for (int i = 0; i < 50; i++) {
        uint8_t packet[64], room[64];
        struct wr w = wr_of(packet, sizeof packet);
        struct bytes plain;

        ck_assert(protect_encrypt(&p, work, &rng, bytes_of(text, sizeof text), &w));
        if (i != 0 && i % 5 != 0)
            continue;
        ck_assert(protect_decrypt(&other, work, wr_bytes_of(&w), room, &plain));
        ck_assert_uint_eq(plain.len, sizeof text);
        ck_assert_mem_eq(plain.at, text, sizeof text);
    }
}
END_TEST

START_TEST(does_not_chase_an_absurd_offset)
{
    /* 65544; 7 octets of the keystream are used */
    static const char beyond[] = "0800010015f2812bfc0225";

    open_stream(_i);
    ck_assert(receive(streams[_i].first, false, GET_DEVICE_ID));
    ck_assert(!receive(beyond, false, ""));
    ck_assert(receive(streams[_i].second, false, SECOND));
}
END_TEST

START_TEST(peeks_without_moving)
{
    open_stream(_i);
    ck_assert(receive(streams[_i].first, true, GET_DEVICE_ID));
    ck_assert(!receive(streams[_i].second, true, SECOND));
    ck_assert(receive(streams[_i].first, false, GET_DEVICE_ID));
    ck_assert(receive(streams[_i].second, true, SECOND));
    ck_assert(receive(streams[_i].second, false, SECOND));
}
END_TEST

/* Send one octet; true when the packet brought an IV. */
static bool
sends_iv(struct rng *rng)
{
    static const uint8_t text[1];
    uint8_t packet[64];
    struct wr w = wr_of(packet, sizeof packet);

    ck_assert(protect_encrypt(&p, work, rng, bytes_of(text, sizeof text), &w));
    return wr_len(&w) == 4 + PROTECT_IV_LEN + 1;
}

START_TEST(takes_a_new_iv_when_told_to)
{
    struct rng rng = rng_named(rng_key_root(1), "iv");

    open_stream(_i);
    ck_assert(sends_iv(&rng));
    ck_assert(!sends_iv(&rng));
    protect_renew_iv(&p);
    ck_assert(sends_iv(&rng));
}
END_TEST

START_TEST(takes_a_new_iv_before_the_keystream_grows_too_long)
{
    struct rng rng = rng_named(rng_key_root(1), "iv");

    open_stream(_i);
    ck_assert(sends_iv(&rng));
    for (uint32_t i = 1; i < PROTECT_RC4_SKIP_MAX; i++)
        ck_assert(!sends_iv(&rng));
    ck_assert(sends_iv(&rng));
}
END_TEST

#define COUNT(rows) (int)(sizeof(rows) / sizeof(rows)[0])

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("protect", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, accepts_the_packet, 0, COUNT(cases));
    tcase_add_loop_test(tc, refuses_the_packet_with_any_bit_of_its_code_turned, 0,
                        COUNT(cases));
    tcase_add_loop_test(tc, decrypts_what_it_encrypts, 0, COUNT(cases));
    tcase_add_loop_test(tc, checks_the_padding, 0, COUNT(paddings));
    tcase_add_test(tc, refuses_encrypted_payloads_of_impossible_lengths);
    tcase_add_loop_test(tc, goes_on_with_the_keystream, 0, COUNT(streams));
    tcase_add_loop_test(tc, begins_with_an_iv, 0, COUNT(streams));
    tcase_add_loop_test(tc, goes_back_for_a_late_packet, 0, COUNT(streams));
    tcase_add_loop_test(tc, passes_over_what_was_lost, 0, COUNT(streams));
    tcase_add_loop_test(tc, does_not_chase_an_absurd_offset, 0, COUNT(streams));
    tcase_add_loop_test(tc, peeks_without_moving, 0, COUNT(streams));
    tcase_add_loop_test(tc, takes_a_new_iv_when_told_to, 0, COUNT(streams));
    tcase_add_loop_test(tc, takes_a_new_iv_before_the_keystream_grows_too_long, 0,
                        COUNT(streams));
    return run_suite(s);
}
