#include "capture/run_facts.h"

#include <stdlib.h>
#include <string.h>

#include "tests/lib/run.h"

static const char *const files[] = { "a.emu", "folder/b.conf" };
static const char *const users[] = { "admin:s\"cret" };
static const char *const faults[] = { "ipmb lose 5%" };
static const struct run_text texts[] = {
    { "a.emu", { (const uint8_t *)"mc_add 0x20\n", 12 } },
    { "empty", { (const uint8_t *)"", 0 } },
    { "latin", { (const uint8_t *)"caf\xe9", 4 } },
    { "binary", { (const uint8_t *)"a\0b", 3 } },
};

static struct run_facts
some(void)
{
    return (struct run_facts){
        .version = "9.9", .epoch_s = 1767225600, .seed = UINT64_MAX, .system_entropy = true,
        .root = 0x0123456789abcdefu, .count = 10,
        .files = files, .file_count = 2, .users = users, .user_count = 1,
        .faults = faults, .fault_count = 1, .texts = texts, .text_count = 4,
    };
}

START_TEST(goes_there_and_back)
{
    struct run_facts facts = some(), *back;
    char *json = run_facts_print(&facts), *again;
    const char *why;

    ck_assert_ptr_nonnull(json);
    ck_assert(run_facts_read(json, strlen(json), &back, &why) == ST_OK);
    ck_assert_uint_eq(back->seed, UINT64_MAX);
    ck_assert_uint_eq(back->root, facts.root);
    ck_assert_str_eq(back->files[1], "folder/b.conf");
    ck_assert_str_eq(back->users[0], "admin:s\"cret");
    ck_assert_uint_eq(back->text_count, 4);
    for (int i = 0; i < 4; i++) {
        ck_assert_uint_eq(back->texts[i].text.len, texts[i].text.len);
        ck_assert(memcmp(back->texts[i].text.at, texts[i].text.at, texts[i].text.len) == 0);
    }
    again = run_facts_print(back);
    ck_assert_str_eq(json, again);
    run_facts_free(back);
    free(json);
    free(again);
}
END_TEST

static const struct {
    const char *json, *why;
} wrong[] = {
    { "", "expected JSON" },
    { "[]", "expected \"ipmilab run\": 1" },
    { "{\"ipmilab run\": 2}", "expected \"ipmilab run\": 1" },
    { "{\"ipmilab run\": 1, \"version\": \"x\", \"epoch\": -1, \"seed\": \"1\", \"count\": 1}",
      "expected epoch, seed and count" },
    { "{\"ipmilab run\": 1, \"version\": \"x\", \"epoch\": 1, \"seed\": \"-1\", \"count\": 1}",
      "expected epoch, seed and count" },
    { "{\"ipmilab run\": 1, \"version\": \"x\", \"epoch\": 1, \"seed\": \"1\", \"count\": 1,"
      " \"entropy\": \"system\"}", "expected the root key that was drawn" },
    { "{\"ipmilab run\": 1, \"version\": \"x\", \"epoch\": 1, \"seed\": \"1\", \"count\": 1,"
      " \"entropy\": \"seed\", \"files\": [1], \"users\": [], \"faults\": []}",
      "expected words in the lists of files, users and faults" },
    { "{\"ipmilab run\": 1, \"version\": \"x\", \"epoch\": 1, \"seed\": \"1\", \"count\": 1,"
      " \"entropy\": \"seed\", \"files\": [], \"users\": [], \"faults\": [],"
      " \"texts\": [{\"name\": \"x\", \"hex\": \"0\"}]}",
      "expected pairs of hexadecimal digits in a text's hex" },
};

START_TEST(says_what_it_expected)
{
    struct run_facts *facts;
    const char *why;

    ck_assert(run_facts_read(wrong[_i].json, strlen(wrong[_i].json), &facts, &why) ==
              ST_INVALID);
    ck_assert_str_eq(why, wrong[_i].why);
}
END_TEST

START_TEST(cuts_into_pieces_that_join)
{
    const char *text = "abcdefghij";
    size_t mark = strlen(RUN_FACTS_MARK), count;
    struct bytes *pieces;
    char joined[16] = "";

    ck_assert(run_facts_cut(text, mark + 4, &pieces, &count) == ST_OK);
    ck_assert_uint_eq(count, 3);
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_le(pieces[i].len, mark + 4);
        ck_assert_mem_eq(pieces[i].at, RUN_FACTS_MARK, mark);
        strncat(joined, (const char *)pieces[i].at + mark, pieces[i].len - mark);
    }
    ck_assert_str_eq(joined, text);
    free(pieces);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("run_facts", &t);

    tcase_add_test(t, goes_there_and_back);
    tcase_add_loop_test(t, says_what_it_expected, 0, sizeof wrong / sizeof wrong[0]);
    tcase_add_test(t, cuts_into_pieces_that_join);
    return run_suite(s);
}
