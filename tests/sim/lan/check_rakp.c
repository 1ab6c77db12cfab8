#include "sim/lan/rakp.h"

#include "sim/base/hex.h"
#include "tests/lib/run.h"

static struct crypto *crypto;
static struct crypto_work *work;

static void
begin(void)
{
    ck_assert_int_eq(crypto_new(&crypto), ST_OK);
    ck_assert_int_eq(crypto_work_new(crypto, &work), ST_OK);
}

static void
end(void)
{
    crypto_work_free(work);
    crypto_free(crypto);
}

static const char kg_text[] = "303132333435363738396162636465666768696a";

/* Codes and keys of log-ins, as hexadecimal digits. */
static const struct {
    const char *why;
    uint8_t auth;
    bool two_keys;
    uint8_t role;
    const char *name, *password;
    const char *code2, *code3, *sik, *icv, *k1, *k2;
} cases[] = {
    { "HMAC-SHA1", AUTH_HMAC_SHA1, false, 0x14, "ADMIN", "test",
      "b5c8d2d261511c76737e02743eac2b46e6f103ec",
      "836946d5243c675bd9b3e14d19b87efe5a8dc7c3",
      "30970e044937413495e588022ab9a8554626be9c",
      "ee1942ce713f53bac4fb5f63",
      "06fdc862cbeb8696aea832251cd3e81f1531850e",
      "6d2a6162f6d4237d1c5e6eecee670f186047575c" },
    { "HMAC-SHA1, two keys", AUTH_HMAC_SHA1, true, 0x14, "ADMIN", "test",
      "b5c8d2d261511c76737e02743eac2b46e6f103ec",
      "836946d5243c675bd9b3e14d19b87efe5a8dc7c3",
      "aaae3c9bb15d02c7d1fefb46d6c79ab584ae88a0",
      "c6bc001ad546083d60b7da2f",
      "fbc9cac6ca0452d32bcbe0c434f9c783880a5efc",
      "e4ec05b5980d8a8545f401bbf95fcb8a49930ec2" },
    { "HMAC-MD5", AUTH_HMAC_MD5, false, 0x14, "ADMIN", "test",
      "3e81d0152d7a802b3da86e48f4045f2c",
      "2ebf519f8840cc2ed1a20bc9bd723df1",
      "54461710d9e12fe79543cc2444a97ba0",
      "baa6b9c9608d8a6e75a1cf63126f50f6",
      "6249fb354b15a00a907dd503fc10982b",
      "e4ae3f0f520e2660648ec6d686667baf" },
    { "HMAC-SHA256", AUTH_HMAC_SHA256, false, 0x14, "ADMIN", "test",
      "21448ac137a76948b267c86fc58035fa77ab2e5f030c3c87098cf489994aa291",
      "0de88eeab5202b2856b3ed9c7d0a6c0ab73d945d1f310a45cc74be412d8b154e",
      "0569c6bcaebf3835b01051f21480a4f3425153d4db8b2477b93b02504e5df466",
      "7dc6a21a8189e0df26c318ad171add37",
      "76d9a3ba64572b234c8e54395e8435caf5ae3262a17d40c85f607146493b2726",
      "082467f90a7ab7950feec8aebdfa5259d85465a0e131e9b87ac7bdcd30217dd6" },
    { "HMAC-SHA256, two keys", AUTH_HMAC_SHA256, true, 0x14, "ADMIN", "test",
      "21448ac137a76948b267c86fc58035fa77ab2e5f030c3c87098cf489994aa291",
      "0de88eeab5202b2856b3ed9c7d0a6c0ab73d945d1f310a45cc74be412d8b154e",
      "c90a30298e8e26ef49dc8a0518b4977ec82a76239502b0eff679369065fab5f3",
      "61bfa5b43978724858f0b52c08f1a8dd",
      "50a37f5c38260d4af021c07da72d0c44ccc0ac18a9c292fd306f71aadc4b47ea",
      "406e2f61944929e61dc07acbe5b7822cad6a2d9f5691398a87524b3b364bb112" },
    { "null user, sha1", AUTH_HMAC_SHA1, false, 0x04, "", "",
      "6aef54e558064b079dca090c0fb9a61087e05ce0",
      "c09d1ef0bf84481e17c0d949868c43281035cc40",
      "ac3ed14230fddefe159d1f3e66059b0f4115adc1",
      "aa7097e3e7507c7a98b61a35",
      "b7fa589d633b402b01e39ed3435cfc27ad9305bc",
      "a55f5c2712295a55e749ede0e9561f0ffb4065a1" },
    { "null user, sha256", AUTH_HMAC_SHA256, false, 0x04, "", "",
      "923a091ed37b271f5e5180acc53ad2f87ae68b950810d9918385ff671317ed17",
      "968119349fd82751fa5091fe8f60af23223caf87917dc20d69242ad478318005",
      "a4c3adbf1a196333ed6fc69aaa78eccf7d2d144ec21e58c6d6632cfc49b06cb2",
      "aad07293a41da57f68334481cdd8747a",
      "9b39b2f1689c7e810afe548450a35028b9e3c92e9d9058cf447a8e90e4df0d2a",
      "646be278350c9e369e6bed9937836ba862569659e33dfcdc410b7e2074ebcd4a" },
};

static struct rakp_facts
facts_of(int i)
{
    struct rakp_facts f = {
        .auth = cases[i].auth, .console_sid = 0xa0a2a3a4, .bmc_sid = 0x01020304,
        .role = cases[i].role, .name_len = (uint8_t)strlen(cases[i].name),
    };

    memcpy(f.name, cases[i].name, f.name_len);
    for (uint8_t n = 0; n < 16; n++) {
        f.rc[n] = (uint8_t)(0x20 + n);
        f.rm[n] = (uint8_t)(0x40 + n);
        f.guid[n] = (uint8_t)(0x60 + n);
    }
    return f;
}

static void
assert_hex(const uint8_t *got, size_t len, const char *want)
{
    char text[2 * RAKP_CODE_MAX + 1];

    ck_assert_str_eq(hex_print(bytes_of(got, len), text, sizeof text), want);
}

START_TEST(makes_codes_and_keys)
{
    struct rakp_facts f = facts_of(_i);
    size_t len = rakp_code_len(f.auth);
    uint8_t kuid[RAKP_KEY_LEN] = { 0 };
    uint8_t kg[RAKP_KEY_LEN], sik[RAKP_SIK_MAX], out[RAKP_CODE_MAX];

    memcpy(kuid, cases[_i].password, strlen(cases[_i].password));
    ck_assert(hex_read(kg_text, kg, sizeof kg));
    ck_assert(rakp_code2(work, &f, kuid, out));
    assert_hex(out, len, cases[_i].code2);
    ck_assert(rakp_code3(work, &f, kuid, out));
    assert_hex(out, len, cases[_i].code3);
    ck_assert(rakp_sik(work, &f, cases[_i].two_keys ? kg : kuid, sik));
    assert_hex(sik, len, cases[_i].sik);
    ck_assert(rakp_icv(work, &f, sik, out));
    assert_hex(out, rakp_icv_len(f.auth), cases[_i].icv);
    ck_assert(rakp_key(work, &f, sik, 1, out));
    assert_hex(out, len, cases[_i].k1);
    ck_assert(rakp_key(work, &f, sik, 2, out));
    assert_hex(out, len, cases[_i].k2);
}
END_TEST

START_TEST(has_no_codes_without_an_algorithm)
{
    static const uint8_t kuid[RAKP_KEY_LEN];
    struct rakp_facts f = facts_of(0);
    uint8_t out[RAKP_CODE_MAX];

    f.auth = AUTH_RAKP_NONE;
    ck_assert_uint_eq(rakp_code_len(AUTH_RAKP_NONE), 0);
    ck_assert_uint_eq(rakp_icv_len(AUTH_RAKP_NONE), 0);
    ck_assert_uint_eq(rakp_code_len(AUTH_ALGS), 0);
    ck_assert(!rakp_code2(work, &f, kuid, out));
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("rakp", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, makes_codes_and_keys, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tc, has_no_codes_without_an_algorithm);
    return run_suite(s);
}
