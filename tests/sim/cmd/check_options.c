#include <stdio.h>
#include <string.h>

#include "sim/cmd/options.h"
#include "tests/lib/run.h"

static uint64_t number;
static bool flag;
static unsigned count;
static const char *text;
static struct option_texts texts;

static const struct option_row rows[] = {
    { "number", 'n', OPTION_NUMBER, &number, 1, 100, "N", "a number" },
    { "flag", 'f', OPTION_FLAG, &flag, 0, 0, NULL, "a flag" },
    { "count", 'c', OPTION_COUNT, &count, 0, 0, NULL, "counted" },
    { "text", 't', OPTION_TEXT, &text, 0, 0, "T", "a text" },
    { "texts", 0, OPTION_TEXTS, &texts, 0, 0, "T", "several" },
};
static const struct option_set set = { "test", "A test.", rows, sizeof rows / sizeof rows[0] };

static const char *operands[16];
static size_t operand_count;

static void
setup(void)
{
    number = 7;
    flag = false;
    count = 0;
    text = NULL;
    texts = (struct option_texts){ 0 };
}

static void
teardown(void)
{
    option_texts_free(&texts);
}

/* Parse words separated by blanks; argv[0] is there already. */
static int
parse(const char *words)
{
    static char copy[256];
    char *argv[16] = { copy };
    int argc = 1;

    snprintf(copy, sizeof copy, "test %s", words);
    strtok(copy, " ");
    while ((argv[argc] = strtok(NULL, " ")) != NULL)
        argc++;
    return options_parse(&set, argc, argv, operands, &operand_count);
}

START_TEST(takes_values_in_every_way)
{
    static const char *const ways[] = { "--number 42", "--number=42", "-n 42", "-n42", "-fn42" };

    ck_assert_int_eq(parse(ways[_i]), -1);
    ck_assert_uint_eq(number, 42);
}
END_TEST

static const struct {
    const char *why, *words;
} wrong[] = {
    { "unknown", "--nothing" },       { "unknown letter", "-x" },
    { "no value", "--number" },       { "value out of range", "-n 101" },
    { "below the range", "-n 0" },    { "negative", "-n -1" },
    { "not a number", "-n 4x" },      { "value for a flag", "--flag=1" },
    { "half a name", "--num 4" },
};

START_TEST(refuses_what_is_wrong)
{
    ck_assert_msg(parse(wrong[_i].words) == EXIT_USAGE, "%s", wrong[_i].why);
}
END_TEST

START_TEST(keeps_operands_in_order)
{
    ck_assert_int_eq(parse("a -f b --text t c -- -n -"), -1);
    ck_assert_uint_eq(operand_count, 5);
    ck_assert_str_eq(operands[0], "a");
    ck_assert_str_eq(operands[2], "c");
    ck_assert_str_eq(operands[3], "-n");
    ck_assert_str_eq(operands[4], "-");
    ck_assert(flag);
    ck_assert_str_eq(text, "t");
}
END_TEST

START_TEST(counts_and_collects)
{
    ck_assert_int_eq(parse("-cc --count --texts a --texts=b"), -1);
    ck_assert_uint_eq(count, 3);
    ck_assert_uint_eq(texts.count, 2);
    ck_assert_str_eq(texts.at[1], "b");
}
END_TEST

START_TEST(ends_well_after_help)
{
    ck_assert_int_eq(parse("--help"), EXIT_GOOD);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("options", &t);

    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, takes_values_in_every_way, 0, 5);
    tcase_add_loop_test(t, refuses_what_is_wrong, 0, (int)(sizeof wrong / sizeof wrong[0]));
    tcase_add_test(t, keeps_operands_in_order);
    tcase_add_test(t, counts_and_collects);
    tcase_add_test(t, ends_well_after_help);
    return run_suite(s);
}
