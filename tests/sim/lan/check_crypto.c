/*
 * The vectors are those of IPMI sessions: user "ADMIN", password "test",
 * console session id A0A2A3A4h, BMC session id 01020304h, and their nonces.
 */
#include "sim/lan/crypto.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

#include "sim/base/hex.h"
#include "tests/lib/run.h"

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))
#define ROOM 256
#define PARTS 8

#define SIDC "a4a3a2a0"
#define SIDM "04030201"
#define RC "202122232425262728292a2b2c2d2e2f"
#define RM "404142434445464748494a4b4c4d4e4f"
#define GUID "606162636465666768696a6b6c6d6e6f"
#define NAME "14" "05" "41444d494e"   /* role, length, ADMIN */
#define NO_NAME "04" "00"
#define PW16 "74657374000000000000000000000000"
#define PW20 PW16 "00000000"
#define KG "303132333435363738396162636465666768696a"
#define X01 "0101010101010101010101010101010101010101"
#define X02 "0202020202020202020202020202020202020202"
#define CHALLENGE "101112131415161718191a1b1c1d1e1f"

/* A span from hexadecimal text, in memory of its own. */
struct octets {
    uint8_t at[ROOM];
    size_t len;
};

static struct octets
octets(const char *hex)
{
    struct octets o = { .len = strlen(hex) / 2 };

    ck_assert_uint_le(o.len, ROOM);
    ck_assert(hex_read(hex, o.at, o.len));
    return o;
}

static void
assert_octets(const uint8_t *got, const char *want)
{
    char text[2 * ROOM + 1];

    ck_assert_str_eq(hex_print(bytes_of(got, strlen(want) / 2), text, sizeof text), want);
}

static struct crypto *crypto;
static struct crypto_work *work;

static void
set_up(void)
{
    ck_assert_int_eq(crypto_new(&crypto), ST_OK);
    ck_assert_int_eq(crypto_work_new(crypto, &work), ST_OK);
}

static void
tear_down(void)
{
    crypto_work_free(work);
    crypto_free(crypto);
}

/* ---- digests ---- */

#define MESSAGE "2018c8810c3a0204" CHALLENGE "4433221111"
#define MESSAGE_MD2 "2018c8810c3a0104" CHALLENGE "4433221112"

static const struct {
    const char *why;
    enum hash hash;
    const char *parts[PARTS];
    const char *want;
} digest_rows[] = {
    { "nothing", HASH_SHA1, { "" }, "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
    { "abc", HASH_SHA256, { "61", "6263" },
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "MD2 of a session message", HASH_MD2,
      { PW16, "82010000", MESSAGE_MD2, "00000000", PW16 },
      "ebb809d1e6e359968aca4f645fcff335" },
    { "MD2 single-session", HASH_MD2, { PW16, "82010000", CHALLENGE, PW16 },
      "be14f48d6114c369ceae406e8f2e0bdc" },
    { "MD2 Get AuthCode", HASH_MD2, { PW16, CHALLENGE, PW16 },
      "c1dc4245ea4046edfa9980d609e97b9d" },
    { "MD2 second message", HASH_MD2,
      { PW16, "82010000", "2018c881103b0430", "96cb6078", PW16 },
      "47a155967cd10f6c456deaf922b08c9e" },
    { "MD5 of a session message", HASH_MD5,
      { PW16, "82010000", MESSAGE, "00000000", PW16 },
      "bf80d81af0d3a7049cc802745e64606f" },
    { "MD5 single-session", HASH_MD5, { PW16, "82010000", CHALLENGE, PW16 },
      "5b4e99a9d96febffd3c059d762dd01f3" },
    { "MD5 Get AuthCode", HASH_MD5, { PW16, CHALLENGE, PW16 },
      "863e9cc56ce468d1802cafd43144944a" },
    { "MD5 second message", HASH_MD5,
      { PW16, "82010000", "2018c881103b0430", "96cb6078", PW16 },
      "7e301797992ed4719f79dbf992d81344" },
    { "MD5-128 of suite 11", HASH_MD5,
      { PW20, "0640040302010100000007002018c88104017affffff0307", PW20 },
      "d3f8f9aa09c146bb04ddb906e6cbbdc6" },
    { "Krc of suite 4", HASH_MD5,
      { "6d2a6162f6d4237d1c5e6eecee670f18", "808182838485868788898a8b8c8d8e8f" },
      "f3ecb26881dbeaf24889ff078e0eb7e4" },
    { "Krc of suite 18", HASH_MD5,
      { "082467f90a7ab7950feec8aebdfa5259", "808182838485868788898a8b8c8d8e8f" },
      "3273ef74f7aa86bfa7e748849fa2433c" },
};

START_TEST(digests_parts_in_order)
{
    struct octets text[PARTS];
    struct bytes parts[PARTS];
    uint8_t out[HASH_SIZE_MAX];
    size_t n = 0;

    for (; n < PARTS && digest_rows[_i].parts[n] != NULL; n++) {
        text[n] = octets(digest_rows[_i].parts[n]);
        parts[n] = bytes_of(text[n].at, text[n].len);
    }
    ck_assert_uint_eq(hash_size(digest_rows[_i].hash), strlen(digest_rows[_i].want) / 2);
    ck_assert(crypto_digest(work, digest_rows[_i].hash, parts, n, out));
    assert_octets(out, digest_rows[_i].want);
}
END_TEST

/* ---- HMAC ---- */

#define SHA1_SIK "30970e044937413495e588022ab9a8554626be9c"
#define SHA1_SIK_KG "aaae3c9bb15d02c7d1fefb46d6c79ab584ae88a0"
#define SHA1_SIK_NULL "ac3ed14230fddefe159d1f3e66059b0f4115adc1"
#define MD5_SIK "54461710d9e12fe79543cc2444a97ba0"
#define SHA256_SIK "0569c6bcaebf3835b01051f21480a4f3425153d4db8b2477b93b02504e5df466"
#define SHA256_SIK_KG "c90a30298e8e26ef49dc8a0518b4977ec82a76239502b0eff679369065fab5f3"
#define SHA256_SIK_NULL "a4c3adbf1a196333ed6fc69aaa78eccf7d2d144ec21e58c6d6632cfc49b06cb2"
#define RAKP2_OF(name) SIDC SIDM RC RM GUID name
#define RAKP3_OF(name) RM SIDC name
#define SIK_OF(name) RC RM name
#define RAKP4_OF RC SIDM GUID

#define SUITE_1 "0640040302010100000007002018c88104017affffff0307"
#define AES_HEAD "06c004030201010000002000808182838485868788898a8b8c8d8e8f"
#define RC4_HEAD "06c004030201010000001b0000000000808182838485868788898a8b8c8d8e8f"

/* want may be shorter than the hash: the code is cut to it. */
static const struct {
    const char *why;
    enum hash hash;
    const char *key;
    const char *data;
    const char *want;
} hmac_rows[] = {
    { "SHA1 RAKP 2", HASH_SHA1, PW20, RAKP2_OF(NAME),
      "b5c8d2d261511c76737e02743eac2b46e6f103ec" },
    { "SHA1 RAKP 3", HASH_SHA1, PW20, RAKP3_OF(NAME),
      "836946d5243c675bd9b3e14d19b87efe5a8dc7c3" },
    { "16 octets of key are the same key", HASH_SHA1, PW16, RAKP3_OF(NAME),
      "836946d5243c675bd9b3e14d19b87efe5a8dc7c3" },
    { "SHA1 SIK", HASH_SHA1, PW20, SIK_OF(NAME), SHA1_SIK },
    { "SHA1 RAKP 4", HASH_SHA1, SHA1_SIK, RAKP4_OF, "ee1942ce713f53bac4fb5f63" },
    { "SHA1 K1", HASH_SHA1, SHA1_SIK, X01, "06fdc862cbeb8696aea832251cd3e81f1531850e" },
    { "SHA1 K2", HASH_SHA1, SHA1_SIK, X02, "6d2a6162f6d4237d1c5e6eecee670f186047575c" },
    { "SHA1 Kg SIK", HASH_SHA1, KG, SIK_OF(NAME), SHA1_SIK_KG },
    { "SHA1 Kg RAKP 4", HASH_SHA1, SHA1_SIK_KG, RAKP4_OF, "c6bc001ad546083d60b7da2f" },
    { "SHA1 Kg K1", HASH_SHA1, SHA1_SIK_KG, X01,
      "fbc9cac6ca0452d32bcbe0c434f9c783880a5efc" },
    { "SHA1 Kg K2", HASH_SHA1, SHA1_SIK_KG, X02,
      "e4ec05b5980d8a8545f401bbf95fcb8a49930ec2" },
    { "SHA1 null RAKP 2", HASH_SHA1, "", RAKP2_OF(NO_NAME),
      "6aef54e558064b079dca090c0fb9a61087e05ce0" },
    { "SHA1 null RAKP 3", HASH_SHA1, "", RAKP3_OF(NO_NAME),
      "c09d1ef0bf84481e17c0d949868c43281035cc40" },
    { "SHA1 null SIK", HASH_SHA1, "", SIK_OF(NO_NAME), SHA1_SIK_NULL },
    { "SHA1 null RAKP 4", HASH_SHA1, SHA1_SIK_NULL, RAKP4_OF, "aa7097e3e7507c7a98b61a35" },
    { "SHA1 null K1", HASH_SHA1, SHA1_SIK_NULL, X01,
      "b7fa589d633b402b01e39ed3435cfc27ad9305bc" },
    { "SHA1 null K2", HASH_SHA1, SHA1_SIK_NULL, X02,
      "a55f5c2712295a55e749ede0e9561f0ffb4065a1" },
    { "MD5 RAKP 2", HASH_MD5, PW20, RAKP2_OF(NAME), "3e81d0152d7a802b3da86e48f4045f2c" },
    { "MD5 RAKP 3", HASH_MD5, PW20, RAKP3_OF(NAME), "2ebf519f8840cc2ed1a20bc9bd723df1" },
    { "MD5 SIK", HASH_MD5, PW20, SIK_OF(NAME), MD5_SIK },
    { "MD5 RAKP 4", HASH_MD5, MD5_SIK, RAKP4_OF, "baa6b9c9608d8a6e75a1cf63126f50f6" },
    { "MD5 K1", HASH_MD5, MD5_SIK, X01, "6249fb354b15a00a907dd503fc10982b" },
    { "MD5 K2", HASH_MD5, MD5_SIK, X02, "e4ae3f0f520e2660648ec6d686667baf" },
    { "MD5 K1 of 16 octets", HASH_MD5, MD5_SIK, "01010101010101010101010101010101",
      "f69621700ca5e77ad8c7170ee4b649b6" },
    { "SHA256 RAKP 2", HASH_SHA256, PW20, RAKP2_OF(NAME),
      "21448ac137a76948b267c86fc58035fa77ab2e5f030c3c87098cf489994aa291" },
    { "SHA256 RAKP 3", HASH_SHA256, PW20, RAKP3_OF(NAME),
      "0de88eeab5202b2856b3ed9c7d0a6c0ab73d945d1f310a45cc74be412d8b154e" },
    { "SHA256 SIK", HASH_SHA256, PW20, SIK_OF(NAME), SHA256_SIK },
    { "SHA256 RAKP 4", HASH_SHA256, SHA256_SIK, RAKP4_OF,
      "7dc6a21a8189e0df26c318ad171add37" },
    { "SHA256 K1", HASH_SHA256, SHA256_SIK, X01,
      "76d9a3ba64572b234c8e54395e8435caf5ae3262a17d40c85f607146493b2726" },
    { "SHA256 K2", HASH_SHA256, SHA256_SIK, X02,
      "082467f90a7ab7950feec8aebdfa5259d85465a0e131e9b87ac7bdcd30217dd6" },
    { "SHA256 Kg SIK", HASH_SHA256, KG, SIK_OF(NAME), SHA256_SIK_KG },
    { "SHA256 Kg RAKP 4", HASH_SHA256, SHA256_SIK_KG, RAKP4_OF,
      "61bfa5b43978724858f0b52c08f1a8dd" },
    { "SHA256 Kg K1", HASH_SHA256, SHA256_SIK_KG, X01,
      "50a37f5c38260d4af021c07da72d0c44ccc0ac18a9c292fd306f71aadc4b47ea" },
    { "SHA256 Kg K2", HASH_SHA256, SHA256_SIK_KG, X02,
      "406e2f61944929e61dc07acbe5b7822cad6a2d9f5691398a87524b3b364bb112" },
    { "SHA256 null RAKP 2", HASH_SHA256, "", RAKP2_OF(NO_NAME),
      "923a091ed37b271f5e5180acc53ad2f87ae68b950810d9918385ff671317ed17" },
    { "SHA256 null RAKP 3", HASH_SHA256, "", RAKP3_OF(NO_NAME),
      "968119349fd82751fa5091fe8f60af23223caf87917dc20d69242ad478318005" },
    { "SHA256 null SIK", HASH_SHA256, "", SIK_OF(NO_NAME), SHA256_SIK_NULL },
    { "SHA256 null RAKP 4", HASH_SHA256, SHA256_SIK_NULL, RAKP4_OF,
      "aad07293a41da57f68334481cdd8747a" },
    { "suite 2", HASH_SHA1, "06fdc862cbeb8696aea832251cd3e81f1531850e", SUITE_1,
      "b4260f79112d0f80d55d1876" },
    { "suite 3", HASH_SHA1, "06fdc862cbeb8696aea832251cd3e81f1531850e",
      AES_HEAD "645618a3b4e54b1213f86875ceff8681ffff0207", "598cdf8ac19e0b5f0aa5cb09" },
    { "suite 3 with Kg", HASH_SHA1, "fbc9cac6ca0452d32bcbe0c434f9c783880a5efc",
      AES_HEAD "08056ed7bd4ff2e56457e233ac7eb8a0ffff0207", "da892c85e31b96b376000018" },
    { "suite 4", HASH_SHA1, "06fdc862cbeb8696aea832251cd3e81f1531850e",
      RC4_HEAD "39c8dd81a7d269ffffff0307", "679131e471c9638e47e411b8" },
    { "suite 5", HASH_SHA1, "06fdc862cbeb8696aea832251cd3e81f1531850e",
      RC4_HEAD "32f2f530c47d55ffffff0307", "c6c5db74b161488f79c3bf19" },
    { "suite 7", HASH_MD5, "6249fb354b15a00a907dd503fc10982b", SUITE_1,
      "2096dd6e82e08a8757a072f27eb7d7bd" },
    { "suite 8", HASH_MD5, "6249fb354b15a00a907dd503fc10982b",
      AES_HEAD "31c91f43ecfb8ed1fb2849a102ac52c7ffff0207",
      "f87aad2657c0afc091d109d9817f084a" },
    { "suite 16", HASH_SHA256,
      "76d9a3ba64572b234c8e54395e8435caf5ae3262a17d40c85f607146493b2726", SUITE_1,
      "0d22d0944d4c60416e32be97ef2ea31e" },
    { "suite 17", HASH_SHA256,
      "76d9a3ba64572b234c8e54395e8435caf5ae3262a17d40c85f607146493b2726",
      AES_HEAD "e0c18b035fa9e3838e9521a6fbb72cd1ffff0207",
      "5ba753228337cb1cb3751e5f1e35fbe2" },
    { "suite 18", HASH_SHA256,
      "76d9a3ba64572b234c8e54395e8435caf5ae3262a17d40c85f607146493b2726",
      RC4_HEAD "23ec579ebc1e79ffffff0307", "4eb6fbcd18fc32e963271b5fd2993927" },
};

START_TEST(authenticates_under_a_key_used_once)
{
    struct octets key = octets(hmac_rows[_i].key), data = octets(hmac_rows[_i].data);
    size_t cut = data.len / 3;
    struct bytes parts[] = { bytes_of(data.at, cut), { 0 },
                             bytes_of(data.at + cut, data.len - cut) };
    uint8_t out[HASH_SIZE_MAX];

    ck_assert(crypto_hmac(work, hmac_rows[_i].hash, bytes_of(key.at, key.len), parts, 3, out));
    assert_octets(out, hmac_rows[_i].want);
}
END_TEST

START_TEST(authenticates_again_and_again_under_a_kept_key)
{
    struct octets key = octets(hmac_rows[_i].key), data = octets(hmac_rows[_i].data);
    struct crypto_mac *mac;
    uint8_t out[HASH_SIZE_MAX];

    ck_assert_int_eq(crypto_mac_new(crypto, hmac_rows[_i].hash, bytes_of(key.at, key.len), &mac),
                     ST_OK);
    for (int i = 0; i < 3; i++) {
        memset(out, 0, sizeof out);
        ck_assert(crypto_mac(mac, bytes_of(data.at, data.len), out));
        assert_octets(out, hmac_rows[_i].want);
        ck_assert(crypto_mac(mac, bytes_of("other", 5), out));
    }
    crypto_mac_free(mac);
}
END_TEST

START_TEST(replaces_a_key_longer_than_a_block)
{
    /* RFC 4231 test case 6: 131 octets AAh. */
    static const char data[] = "Test Using Larger Than Block-Size Key - Hash Key First";
    struct bytes part = bytes_of(data, strlen(data));
    uint8_t key[131], out[HASH_SIZE_MAX];

    memset(key, 0xaa, sizeof key);
    ck_assert(crypto_hmac(work, HASH_SHA256, bytes_of(key, sizeof key), &part, 1, out));
    assert_octets(out, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}
END_TEST

START_TEST(has_no_hmac_of_md2)
{
    struct crypto_mac *mac;
    uint8_t out[HASH_SIZE_MAX];

    ck_assert_int_eq(crypto_mac_new(crypto, HASH_MD2, bytes_of("k", 1), &mac), ST_INVALID);
    ck_assert(!crypto_hmac(work, HASH_MD2, bytes_of("k", 1), NULL, 0, out));
}
END_TEST

/* ---- AES ---- */

#define IV "808182838485868788898a8b8c8d8e8f"
#define PLAIN "2018c88104017a010203040506070808"

static const struct {
    const char *why, *key, *iv, *plain, *cipher;
} aes_rows[] = {
    { "NIST SP 800-38A F.2.1", "2b7e151628aed2a6abf7158809cf4f3c",
      "000102030405060708090a0b0c0d0e0f",
      "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51",
      "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2" },
    { "suite 3", "6d2a6162f6d4237d1c5e6eecee670f18", IV, PLAIN,
      "645618a3b4e54b1213f86875ceff8681" },
    { "suite 3 with Kg", "e4ec05b5980d8a8545f401bbf95fcb8a", IV, PLAIN,
      "08056ed7bd4ff2e56457e233ac7eb8a0" },
    { "suite 8", "e4ae3f0f520e2660648ec6d686667baf", IV, PLAIN,
      "31c91f43ecfb8ed1fb2849a102ac52c7" },
    { "suite 17", "082467f90a7ab7950feec8aebdfa5259", IV, PLAIN,
      "e0c18b035fa9e3838e9521a6fbb72cd1" },
    { "seen between ipmitool and ipmi_sim", "b1e614474d25033bb87d18d0bf36b4f2",
      "de1288fa36e3d2108cccf6320c5e5624", "2018c881043b043c0102030405060707",
      "9f723cb2dcec913858f33db37120d09c" },
};

START_TEST(encrypts_and_decrypts_whatever_passed_before)
{
    struct octets key = octets(aes_rows[_i].key), iv = octets(aes_rows[_i].iv);
    struct octets plain = octets(aes_rows[_i].plain), cipher = octets(aes_rows[_i].cipher);
    struct crypto_aes *aes;
    uint8_t out[ROOM];

    ck_assert_int_eq(crypto_aes_new(crypto, key.at, &aes), ST_OK);
    for (int i = 0; i < 3; i++) {
        ck_assert(crypto_aes_encrypt(aes, iv.at, plain.at, out, plain.len));
        assert_octets(out, aes_rows[_i].cipher);
        ck_assert(crypto_aes_decrypt(aes, iv.at, cipher.at, out, cipher.len));
        assert_octets(out, aes_rows[_i].plain);
        ck_assert(crypto_aes_encrypt(aes, key.at, cipher.at, out, cipher.len));
        ck_assert(crypto_aes_decrypt(aes, key.at, plain.at, out, plain.len));
    }
    crypto_aes_free(aes);
}
END_TEST

START_TEST(works_in_place_behind_its_iv)
{
    struct octets key = octets(aes_rows[0].key), packet = octets(aes_rows[0].iv);
    struct octets plain = octets(aes_rows[0].plain);
    struct crypto_aes *aes;

    memcpy(packet.at + 16, plain.at, plain.len);
    ck_assert_int_eq(crypto_aes_new(crypto, key.at, &aes), ST_OK);
    ck_assert(crypto_aes_encrypt(aes, packet.at, packet.at + 16, packet.at + 16, plain.len));
    assert_octets(packet.at + 16, aes_rows[0].cipher);
    ck_assert(crypto_aes_decrypt(aes, packet.at, packet.at + 16, packet.at, plain.len));
    assert_octets(packet.at, aes_rows[0].plain);
    crypto_aes_free(aes);
}
END_TEST

START_TEST(refuses_what_is_no_whole_block)
{
    static const size_t lens[] = { 0, 1, 15, 17, CRYPTO_AES_MAX + 16 };
    uint8_t block[32] = { 0 };
    struct crypto_aes *aes;

    ck_assert_int_eq(crypto_aes_new(crypto, block, &aes), ST_OK);
    for (int i = 0; i < COUNT(lens); i++) {
        ck_assert(!crypto_aes_encrypt(aes, block, block, block, lens[i]));
        ck_assert(!crypto_aes_decrypt(aes, block, block, block, lens[i]));
    }
    crypto_aes_free(aes);
}
END_TEST

/* ---- RC4 ---- */

#define KRC "f3ecb26881dbeaf24889ff078e0eb7e4"

/* first and then second, in one keystream. */
static const struct {
    const char *why, *key, *plain[2], *cipher[2];
} rc4_rows[] = {
    { "Key", "4b6579", { "506c61696e74657874", "" }, { "bbf316e8d940af0ad3", "" } },
    { "suite 4", KRC, { "2018c88104017a", "2018c881080473" },
      { "39c8dd81a7d269", "15f2812bfc0225" } },
    { "suite 5, 40 bits", "f3ecb26881", { "2018c88104017a", "2018c881080473" },
      { "32f2f530c47d55", "04465582306a5c" } },
    { "suite 18", "3273ef74f7aa86bfa7e748849fa2433c", { "2018c88104017a", "2018c881080473" },
      { "23ec579ebc1e79", "1c871cd04cb26b" } },
};

START_TEST(streams_on)
{
    struct octets key = octets(rc4_rows[_i].key);
    struct crypto_rc4 rc4;
    uint8_t out[ROOM];

    crypto_rc4_key(&rc4, key.at, key.len);
    for (int i = 0; i < 2; i++) {
        struct octets plain = octets(rc4_rows[_i].plain[i]);

        crypto_rc4(&rc4, plain.at, out, plain.len);
        assert_octets(out, rc4_rows[_i].cipher[i]);
    }
}
END_TEST

/* ---- the rest ---- */

START_TEST(compares_octets)
{
    ck_assert(crypto_equal("abcd", "abcx", 3));
    ck_assert(!crypto_equal("abcd", "abcx", 4));
    ck_assert(crypto_equal("a", "b", 0));
}
END_TEST

START_TEST(wipes)
{
    uint8_t secret[] = { 1, 2, 3 }, zero[3] = { 0 };

    crypto_wipe(secret, sizeof secret);
    ck_assert_mem_eq(secret, zero, sizeof zero);
}
END_TEST

START_TEST(keeps_two_of_them_apart)
{
    struct crypto *other;
    struct bytes abc = bytes_of("abc", 3);
    uint8_t out[HASH_SIZE_MAX];

    ck_assert_int_eq(crypto_new(&other), ST_OK);
    crypto_free(other);
    ck_assert(crypto_digest(work, HASH_MD5, &abc, 1, out));
    assert_octets(out, "900150983cd24fb0d6963f7d28e17f72");
}
END_TEST

/* How much of what the library allocated stands. */
static size_t standing;

static void *
count_malloc(size_t size, const char *file, int line)
{
    size_t *p = malloc(size + 16);

    (void)file;
    (void)line;
    if (p == NULL)
        return NULL;
    standing += size;
    *p = size;
    return p + 2;
}

static void
count_free(void *at, const char *file, int line)
{
    (void)file;
    (void)line;
    if (at == NULL)
        return;
    standing -= ((size_t *)at)[-2];
    free((size_t *)at - 2);
}

static void *
count_realloc(void *at, size_t size, const char *file, int line)
{
    void *to = count_malloc(size, file, line);

    if (at != NULL && to != NULL) {
        size_t old = ((size_t *)at)[-2];

        memcpy(to, at, old < size ? old : size);
        count_free(at, file, line);
    }
    return to;
}

/* A session may take 4 KiB in all; its contexts take half of it at most. */
START_TEST(needs_little_memory_and_no_more_with_each_packet)
{
    uint8_t key[20] = { 1 }, data[64] = { 2 }, out[HASH_SIZE_MAX];
    struct bytes part = bytes_of(data, sizeof data);
    struct crypto_mac *mac;
    struct crypto_aes *aes;
    size_t before = standing, keyed;

    ck_assert_int_eq(crypto_mac_new(crypto, HASH_SHA256, bytes_of(key, 20), &mac), ST_OK);
    ck_assert_int_eq(crypto_aes_new(crypto, key, &aes), ST_OK);
    ck_assert(crypto_mac(mac, part, out));
    keyed = standing;
    ck_assert_uint_gt(keyed, before);
    ck_assert_uint_le(keyed - before, 2048);
    for (int i = 0; i < 10; i++) {
        ck_assert(crypto_mac(mac, part, out));
        ck_assert(crypto_hmac(work, HASH_SHA1, bytes_of(key, 20), &part, 1, out));
        ck_assert(crypto_digest(work, HASH_MD5, &part, 1, out));
        ck_assert(crypto_aes_encrypt(aes, key, data, data, sizeof data));
        ck_assert(crypto_aes_decrypt(aes, key, data, data, sizeof data));
    }
    ck_assert_uint_eq(standing, keyed);
    crypto_mac_free(mac);
    crypto_aes_free(aes);
    ck_assert_uint_eq(standing, before);
}
END_TEST

static Suite *
crypto_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("crypto", &tc);

    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, digests_parts_in_order, 0, COUNT(digest_rows));
    tcase_add_loop_test(tc, authenticates_under_a_key_used_once, 0, COUNT(hmac_rows));
    tcase_add_loop_test(tc, authenticates_again_and_again_under_a_kept_key, 0,
                        COUNT(hmac_rows));
    tcase_add_test(tc, replaces_a_key_longer_than_a_block);
    tcase_add_test(tc, has_no_hmac_of_md2);
    tcase_add_loop_test(tc, encrypts_and_decrypts_whatever_passed_before, 0, COUNT(aes_rows));
    tcase_add_test(tc, works_in_place_behind_its_iv);
    tcase_add_test(tc, refuses_what_is_no_whole_block);
    tcase_add_loop_test(tc, streams_on, 0, COUNT(rc4_rows));
    tcase_add_test(tc, compares_octets);
    tcase_add_test(tc, wipes);
    tcase_add_test(tc, keeps_two_of_them_apart);
    tcase_add_test(tc, needs_little_memory_and_no_more_with_each_packet);
    return s;
}

int
main(void)
{
    /* before the library is used at all, or it refuses */
    if (!CRYPTO_set_mem_functions(count_malloc, count_realloc, count_free))
        return 1;
    return run_suite(crypto_suite());
}
