#include "emu/args.h"
#include "emu/lexer.h"
#include "emu/script.h"
#include "tests/emu/files.h"
#include "tests/lib/run.h"

/* A lexer over one line, with $N = 7, $WORDS = "a b" and $EMPTY. */
struct fixture {
    struct script script;
    struct emu_reader reader;
    struct diags diags;
    struct source source;
    struct line line;
    struct lexer lx;
};

static void
open_line(struct fixture *f, const char *text)
{
    memset(f, 0, sizeof *f);
    diags_init(&f->diags);
    script_init(&f->script, &f->reader, &f->diags);
    vars_set(&f->script.vars, "N", 1, "7");
    vars_set(&f->script.vars, "WORDS", 5, "a b");
    vars_set(&f->script.vars, "EMPTY", 5, "");
    source_open(&f->source, "f", text, strlen(text), true, &f->diags);
    ck_assert(source_next(&f->source, &f->line));
    lexer_open(&f->lx, &f->line, &f->script.vars, &f->script.pool, &f->diags);
}

static void
close_line(struct fixture *f)
{
    source_close(&f->source);
    script_free(&f->script);
    diags_free(&f->diags);
}

/* Words joined with |. */
static const struct {
    const char *text, *words;
} lines[] = {
    { "a b", "a|b|" },
    { "  a\t \tb  ", "a|b|" },
    { "\"a b\" 'c", "\"a|b\"|'c|" },
    { "$N x$N 0x$N", "7|x$N|0x$N|" },
    { "$WORDS z", "a b|z|" },
    { "a $NONE b", "a|" },
    { "a # b", "a|#|b|" },
};

START_TEST(splits_a_line_into_words)
{
    char got[128] = "";
    struct fixture f;
    struct token t;

    open_line(&f, lines[_i].text);
    while (lex_word(&f.lx, &t))
        strcat(strncat(got, t.text, t.len), "|");
    ck_assert_str_eq(got, lines[_i].words);
    close_line(&f);
}
END_TEST

static const struct {
    const char *text, *value, *said;
} strings[] = {
    { "\"abc\"", "abc", "" },
    { "\"a b\tc\"", "a b\tc", "" },
    { "'it \"is\"'", "it \"is\"", "" },
    { "\"it's\"", "it's", "" },
    { "\"\"", "", "" },
    { "\"a\"'b'\"c\"", "abc", "" },
    { "\"/x-\"$N\"-1\"", "/x-7-1", "" },
    { "$N$WORDS'!'", "7a b!", "" },
    { "$EMPTY", "", "" },
    { "\"back\\slash\"", "back\\slash", "" },
    { "abc", NULL, "f:1:1: found \"abc\"; expected the name in quotes\n" },
    { "\"a\"b c", NULL, "f:1:4: found \"b\"; expected the name in quotes\n" },
    { "  \"abc", NULL, "f:1:3: found \"\"abc\"; expected a closing \" after the name\n" },
    { "\"a\"$NONE", NULL,
      "f:1:4: found the undefined variable \"$NONE\"; expected the name\n" },
};

START_TEST(puts_strings_together)
{
    struct fixture f;
    struct token t;

    open_line(&f, strings[_i].text);
    ck_assert_int_eq(lex_string(&f.lx, "the name", &t), strings[_i].value != NULL);
    if (strings[_i].value != NULL) {
        ck_assert_str_eq(t.text, strings[_i].value);
        ck_assert_uint_eq(t.len, strlen(strings[_i].value));
    }
    ck_assert_str_eq(said(&f.diags), strings[_i].said);
    close_line(&f);
}
END_TEST

START_TEST(reads_the_word_after_a_string)
{
    struct fixture f;
    struct token t;

    open_line(&f, "\"a b\"  c");
    ck_assert(lex_string(&f.lx, "the name", &t));
    ck_assert(lex_word(&f.lx, &t));
    ck_assert(token_is(&t, "c"));
    ck_assert_int_eq(t.at.column, 8);
    close_line(&f);
}
END_TEST

static const struct {
    const char *text;
    bool ok, negative;
    uint64_t magnitude;
} numbers[] = {
    { "0", true, false, 0 },
    { "10", true, false, 10 },
    { "010", true, false, 8 },
    { "0x1f", true, false, 31 },
    { "0X1F", true, false, 31 },
    { "+5", true, false, 5 },
    { "-5", true, true, 5 },
    { "-0x10", true, true, 16 },
    { "00", true, false, 0 },
    { "18446744073709551615", true, false, UINT64_MAX },
    { "18446744073709551616", true, false, UINT64_MAX },
    { "0xfffffffffffffffff", true, false, UINT64_MAX },
    { "08", false, false, 0 },
    { "1f", false, false, 0 },
    { "0x", false, false, 0 },
    { "0xg", false, false, 0 },
    { "", false, false, 0 },
    { "-", false, false, 0 },
    { "1 ", false, false, 0 },
    { "--1", false, false, 0 },
    { "1.5", false, false, 0 },
};

START_TEST(reads_numbers_as_strtoul_does)
{
    struct number n;
    bool ok = number_read(numbers[_i].text, strlen(numbers[_i].text), &n);

    ck_assert_msg(ok == numbers[_i].ok, "\"%s\"", numbers[_i].text);
    if (!ok)
        return;
    ck_assert_uint_eq(n.magnitude, numbers[_i].magnitude);
    ck_assert_int_eq(n.negative, numbers[_i].negative);
}
END_TEST

/* ---- arguments ------------------------------------------------------------------ */

static const struct keyword words[] = { { "none", 0 }, { "all", 300 }, { NULL, 0 } };

#define U8 { ARG_U8, "level", 0, NULL, false }
#define U8_OR { ARG_U8, "level", 0, words, false }
#define U8_TO_9 { ARG_U8, "level", 9, NULL, false }
#define UINT { ARG_UINT, "count", 0, NULL, false }
#define BITS { ARG_BITS, "mask", 4, NULL, false }
#define BOOL { ARG_BOOL, "switch", 0, NULL, false }
#define CHOICE { ARG_CHOICE, "kind", 0, words, false }

static const struct {
    struct arg arg;
    const char *text;
    bool ok;
    uint32_t n;
    const char *said;
} singles[] = {
    { U8, "255", true, 255, "" },
    { U8, "0x20", true, 0x20, "" },
    { U8, "'A", true, 65, "" },
    { U8, "'A'", true, 65, "" },
    { U8, "'9xyz", true, '9', "" },
    { U8, "'", true, 0, "" },
    { U8, "$N", true, 7, "" },
    { U8, "-1", true, 255, "" },
    { U8, "-128", true, 128, "" },
    { U8, "-129", true, 127,
      "f:1:1: warning: found \"-129\"; expected the level in 8 bits; it is taken as 127\n" },
    { U8, "256", true, 0,
      "f:1:1: warning: found \"256\"; expected the level in 8 bits; it is taken as 0\n" },
    { U8, "0x120", true, 0x20,
      "f:1:1: warning: found \"0x120\"; expected the level in 8 bits; it is taken as 32\n" },
    { U8, "08", false, 0,
      "f:1:1: found \"08\"; expected the level, 0 to 255 (0 in front means octal)\n" },
    { U8, "c9", false, 0,
      "f:1:1: found \"c9\"; expected the level, 0 to 255 (hexadecimal begins with 0x)\n" },
    { U8, "x", false, 0, "f:1:1: found \"x\"; expected the level, 0 to 255\n" },
    { U8, "$NONE", false, 0,
      "f:1:1: found the undefined variable \"$NONE\"; expected the level, 0 to 255\n" },
    { U8_OR, "all", true, 300, "" },
    { U8_OR, "3", true, 3, "" },
    { U8_OR, "ALL", false, 0,
      "f:1:1: found \"ALL\"; expected the level, 0 to 255 or none, all\n" },
    { U8_TO_9, "9", true, 9, "" },
    { U8_TO_9, "10", false, 0,
      "f:1:1: found \"10\"; expected the level, 0 to 9\n" },
    { UINT, "0xffffffff", true, 0xffffffff, "" },
    { UINT, "-1", true, 0xffffffff, "" },
    { UINT, "0x100000001", true, 1,
      "f:1:1: warning: found \"0x100000001\"; expected the count in 32 bits; it is taken as "
      "1\n" },
    { UINT, "'a", false, 0, "f:1:1: found \"'a\"; expected the count, 0 to 4294967295\n" },
    { BITS, "1010", true, 10, "" },
    { BITS, "0001", true, 1, "" },
    { BITS, "101", false, 0, "f:1:1: found \"101\"; expected the mask, 4 characters 0 or 1\n" },
    { BITS, "1012", false, 0, "f:1:1: found \"1012\"; expected the mask, 4 characters 0 or 1\n" },
    { BOOL, "TRUE", true, 1, "" },
    { BOOL, "off", true, 0, "" },
    { BOOL, "maybe", false, 0, "f:1:1: found \"maybe\"; expected the switch, true or false\n" },
    { CHOICE, "all", true, 300, "" },
    { CHOICE, "1", false, 0, "f:1:1: found \"1\"; expected the kind: none, all\n" },
};

START_TEST(reads_one_argument)
{
    struct fixture f;
    struct value v;

    open_line(&f, singles[_i].text);
    ck_assert_msg(arg_parse(&f.lx, &singles[_i].arg, &v) == singles[_i].ok, "%s",
                  singles[_i].text);
    if (singles[_i].ok)
        ck_assert_uint_eq(v.n, singles[_i].n);
    ck_assert_str_eq(said(&f.diags), singles[_i].said);
    close_line(&f);
}
END_TEST

static const struct {
    uint32_t max;
    const char *text;
    size_t len;                 /* 0: refused */
    const char *octets, *said;
} octets[] = {
    { 16, "\"text\"", 4, "text", "" },
    { 16, "\"I_AM_A_REAL_BMC!\"", 16, "I_AM_A_REAL_BMC!", "" },
    { 16, "\"two words\"", 9, "two words", "" },
    { 16, "\"q\"q\"", 3, "q\"q", "" },
    { 16, "a123456789abcdefA123456789abcdef", 16,
      "\xa1\x23\x45\x67\x89\xab\xcd\xef\xa1\x23\x45\x67\x89\xab\xcd\xef", "" },
    { 20, "41414141414141414141414141414141", 16, "AAAAAAAAAAAAAAAA\0\0\0\0", "" },
    { 20, "4141414141414141414141414141414142424242", 20, "AAAAAAAAAAAAAAAABBBB", "" },
    { 4, "\"abcdef\"", 4, "abcd",
      "f:1:1: warning: found \"abcdef\"; expected at most 4 characters for the key; the rest "
      "is cut off\n" },
    { 16, "4141", 0, NULL,
      "f:1:1: found \"4141\"; expected the key, \"text\" or 32 hexadecimal digits\n" },
    { 16, "x123456789abcdefa123456789abcdef", 0, NULL,
      "f:1:1: found \"x123456789abcdefa123456789abcdef\"; expected the key, \"text\" or 32 "
      "hexadecimal digits\n" },
};

START_TEST(reads_octets_as_text_or_digits)
{
    const struct arg arg = { ARG_BYTES, "key", octets[_i].max, NULL, false };
    struct fixture f;
    struct value v;

    open_line(&f, octets[_i].text);
    ck_assert_msg(arg_parse(&f.lx, &arg, &v) == (octets[_i].len > 0), "%s", octets[_i].text);
    if (octets[_i].len > 0) {
        ck_assert_uint_eq(v.len, octets[_i].len);
        ck_assert_mem_eq(v.bytes, octets[_i].octets, v.len);
    }
    ck_assert_str_eq(said(&f.diags), octets[_i].said);
    close_line(&f);
}
END_TEST

static const struct {
    enum arg_kind kind;
    const char *text;
    bool ok;
} addresses[] = {
    { ARG_IP4, "192.0.2.1", true },   { ARG_IP4, "0.0.0.0", true },
    { ARG_IP4, "192.0.2", false },    { ARG_IP4, "192.0.2.1.5", false },
    { ARG_IP4, "192.0.2.256", false }, { ARG_IP4, "192.0.2.", false },
    { ARG_IP4, "192.0.x.1", false },  { ARG_MAC, "02:00:00:ab:CD:ef", true },
    { ARG_MAC, "02:00:00:ab:CD", false }, { ARG_MAC, "02:00:00:ab:CD:eg", false },
    { ARG_MAC, "020:00:00:ab:CD:ef", true },
};

START_TEST(reads_addresses)
{
    const struct arg arg = { addresses[_i].kind, "address", 0, NULL, false };
    struct fixture f;
    struct value v;

    open_line(&f, addresses[_i].text);
    ck_assert_msg(arg_parse(&f.lx, &arg, &v) == addresses[_i].ok, "%s", addresses[_i].text);
    ck_assert_int_eq(f.diags.errors > 0, !addresses[_i].ok);
    close_line(&f);
}
END_TEST

static const struct arg three[ARGS_MAX] = {
    U8, { ARG_BITS, "mask", 4, NULL, false }, { ARG_UINT, "count", 0, NULL, true },
};

static const struct {
    const char *text;
    bool ok;
    const char *said;
} several[] = {
    { "1 1111 5", true, "" },
    { "1 1111", true, "" },
    { "1 1111 5 6", true, "" },
    { "x 111 y", false,
      "f:1:1: found \"x\"; expected the level, 0 to 255\n"
      "f:1:3: found \"111\"; expected the mask, 4 characters 0 or 1\n"
      "f:1:7: found \"y\"; expected the count, 0 to 4294967295\n" },
    { "1  ", false, "f:1:2: found the end of the line; expected the mask, 4 characters 0 or "
                    "1\n" },
    { "1 \\\n  11x1 \\\n 3", false,
      "f:2:3: found \"11x1\"; expected the mask, 4 characters 0 or 1\n" },
};

START_TEST(complains_of_every_argument_that_is_wrong)
{
    struct fixture f;
    struct value v[ARGS_MAX];

    open_line(&f, several[_i].text);
    ck_assert_int_eq(args_parse(&f.lx, three, v), several[_i].ok);
    ck_assert_str_eq(said(&f.diags), several[_i].said);
    close_line(&f);
}
END_TEST

#define ROWS(array) (int)(sizeof(array) / sizeof(array)[0])

static Suite *
lexer_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("emu/lexer", &c);

    tcase_add_loop_test(c, splits_a_line_into_words, 0, ROWS(lines));
    tcase_add_loop_test(c, puts_strings_together, 0, ROWS(strings));
    tcase_add_test(c, reads_the_word_after_a_string);
    tcase_add_loop_test(c, reads_numbers_as_strtoul_does, 0, ROWS(numbers));
    tcase_add_loop_test(c, reads_one_argument, 0, ROWS(singles));
    tcase_add_loop_test(c, reads_octets_as_text_or_digits, 0, ROWS(octets));
    tcase_add_loop_test(c, reads_addresses, 0, ROWS(addresses));
    tcase_add_loop_test(c, complains_of_every_argument_that_is_wrong, 0, ROWS(several));
    return s;
}

int
main(void)
{
    return run_suite(lexer_suite());
}
