#include "sim/lan/auth15.h"

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

static const uint8_t password[AUTH15_PASSWORD_LEN] = "test";
static const uint8_t challenge[AUTH15_CHALLENGE_LEN] = {
    0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17,
    0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f,
};

#define SID 0x182
#define ACTIVATE_MD5 "2018c8810c3a0204101112131415161718191a1b1c1d1e1f4433221111"
#define ACTIVATE_MD2 "2018c8810c3a0104101112131415161718191a1b1c1d1e1f4433221112"
#define SET_PRIVILEGE "2018c881103b0430"

static const struct {
    const char *message;
    uint8_t type;
    uint32_t seq;
    const char *code;
} packets[] = {
    { ACTIVATE_MD2, AUTH_MD2, 0, "ebb809d1e6e359968aca4f645fcff335" },
    { ACTIVATE_MD5, AUTH_MD5, 0, "bf80d81af0d3a7049cc802745e64606f" },
    { SET_PRIVILEGE, AUTH_MD5, 0x7860cb96, "7e301797992ed4719f79dbf992d81344" },
    { SET_PRIVILEGE, AUTH_MD2, 0x7860cb96, "47a155967cd10f6c456deaf922b08c9e" },
    { SET_PRIVILEGE, AUTH_STRAIGHT, 5, "74657374000000000000000000000000" },
};

static void
assert_code(const uint8_t *code, const char *want)
{
    char text[2 * AUTH_CODE_LEN + 1];

    ck_assert_str_eq(hex_print(bytes_of(code, AUTH_CODE_LEN), text, sizeof text), want);
}

START_TEST(signs_packets)
{
    uint8_t message[64], code[AUTH_CODE_LEN];
    size_t len = strlen(packets[_i].message) / 2;

    ck_assert(hex_read(packets[_i].message, message, len));
    ck_assert(auth15_packet(work, packets[_i].type, password, SID, packets[_i].seq,
                            bytes_of(message, len), code));
    assert_code(code, packets[_i].code);
}
END_TEST

static const struct {
    uint8_t type;
    const char *activation, *data;
} codes[] = {
    { AUTH_MD2, "be14f48d6114c369ceae406e8f2e0bdc", "c1dc4245ea4046edfa9980d609e97b9d" },
    { AUTH_MD5, "5b4e99a9d96febffd3c059d762dd01f3", "863e9cc56ce468d1802cafd43144944a" },
};

START_TEST(signs_single_session_activations)
{
    uint8_t code[AUTH_CODE_LEN];

    ck_assert(auth15_activation(work, codes[_i].type, password, SID, challenge, code));
    assert_code(code, codes[_i].activation);
}
END_TEST

START_TEST(signs_data_for_get_authcode)
{
    uint8_t code[AUTH_CODE_LEN];

    ck_assert(auth15_data(work, codes[_i].type, password,
                          bytes_of(challenge, sizeof challenge), code));
    assert_code(code, codes[_i].data);
}
END_TEST

START_TEST(has_no_code_for_other_types)
{
    static const uint8_t types[] = { AUTH_NONE, 3, AUTH_OEM, AUTH_RMCPP, 0xf };
    uint8_t code[AUTH_CODE_LEN];

    for (size_t i = 0; i < sizeof types; i++)
        ck_assert(!auth15_packet(work, types[i], password, SID, 0, bytes_of(NULL, 0), code));
}
END_TEST

START_TEST(knows_the_bit_of_each_type)
{
    static const uint8_t want[] = { 0x01, 0x02, 0x04, 0, 0x10, 0x20, 0, 0 };

    for (uint8_t type = 0; type < sizeof want; type++)
        ck_assert_uint_eq(auth15_bit(type), want[type]);
}
END_TEST

int
main(void)
{
    TCase *tc;
    Suite *s = run_suite_of("auth15", &tc);

    tcase_add_checked_fixture(tc, begin, end);
    tcase_add_loop_test(tc, signs_packets, 0, sizeof packets / sizeof packets[0]);
    tcase_add_loop_test(tc, signs_single_session_activations, 0, 2);
    tcase_add_loop_test(tc, signs_data_for_get_authcode, 0, 2);
    tcase_add_test(tc, has_no_code_for_other_types);
    tcase_add_test(tc, knows_the_bit_of_each_type);
    return run_suite(s);
}
