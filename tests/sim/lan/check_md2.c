#include "sim/lan/md2.h"

#include <string.h>

#include "sim/base/hex.h"
#include "tests/lib/run.h"

/* RFC 1319 A.5. */
static const struct {
    const char *text;
    const char *want;
} cases[] = {
    { "", "8350e5a3e24c153df2275c9f80692773" },
    { "a", "32ec01ec4a6dac72c0ab96fb34c0b5d1" },
    { "abc", "da853b0d3f88d99b30283a69e6ded6bb" },
    { "message digest", "ab4f496bfb2a530b219ff33031fe06b0" },
    { "abcdefghijklmnopqrstuvwxyz", "4e8ddff3650292ab5a4108c3aa47940b" },
    { "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
      "da33def2a42df13975352846c30338cd" },
    { "123456789012345678901234567890123456789012345678901234567890123456789012345678"
      "90", "d5976f79d83d3a0dc9806c3c66f3efd8" },
};

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

START_TEST(digests)
{
    uint8_t out[MD2_SIZE];
    char text[2 * MD2_SIZE + 1];
    struct md2 m;

    md2_begin(&m);
    md2_add(&m, bytes_of(cases[_i].text, strlen(cases[_i].text)));
    md2_end(&m, out);
    ck_assert_str_eq(hex_print(bytes_of(out, sizeof out), text, sizeof text),
                     cases[_i].want);
}
END_TEST

START_TEST(takes_pieces_of_any_size)
{
    const char *in = cases[6].text;
    size_t len = strlen(in);
    char text[2 * MD2_SIZE + 1];

    for (size_t piece = 1; piece <= len; piece++) {
        uint8_t out[MD2_SIZE];
        struct md2 m;

        md2_begin(&m);
        for (size_t at = 0; at < len; at += piece)
            md2_add(&m, bytes_of(in + at, len - at < piece ? len - at : piece));
        md2_end(&m, out);
        ck_assert_str_eq(hex_print(bytes_of(out, sizeof out), text, sizeof text),
                         cases[6].want);
    }
}
END_TEST

static Suite *
md2_suite(void)
{
    TCase *tc;
    Suite *s = run_suite_of("md2", &tc);

    tcase_add_loop_test(tc, digests, 0, COUNT(cases));
    tcase_add_test(tc, takes_pieces_of_any_size);
    return s;
}

int
main(void)
{
    return run_suite(md2_suite());
}
