#include "capture/play_facts.h"

#include <stdlib.h>
#include <string.h>

#include "tests/lib/run.h"

static const char *const args[] = { "one", "two \"words\"" };
static const char *const folders[] = { "mine" };
static const struct run_text texts[] = { { "mine/x.emu", { (const uint8_t *)"sel 1\n", 6 } } };

static struct play_facts
some(void)
{
    return (struct play_facts){
        .version = "9.9", .seed = UINT64_MAX, .path = "a/b.lua",
        .text = { (const uint8_t *)"test(\"x\")\n", 10 }, .test = 3, .name = "it's x",
        .args = args, .arg_count = 2, .folders = folders, .folder_count = 1,
        .texts = texts, .text_count = 1, .outside = true, .cut = true,
        .target = { .host = "::1", .port = 623, .user = "u", .password = "p", .suite = 17,
                    .lan15 = "md5", .writes = true, .start = "run it" },
    };
}

START_TEST(goes_there_and_back)
{
    struct play_facts facts = some(), *back;
    char *json = play_facts_print(&facts), *again;
    const char *why;

    ck_assert_ptr_nonnull(json);
    ck_assert(play_facts_are(json, strlen(json)));
    ck_assert(play_facts_read(json, strlen(json), &back, &why) == ST_OK);
    ck_assert_uint_eq(back->seed, UINT64_MAX);
    ck_assert_uint_eq(back->test, 3);
    ck_assert_str_eq(back->name, "it's x");
    ck_assert_str_eq(back->args[1], "two \"words\"");
    ck_assert_str_eq(back->folders[0], "mine");
    ck_assert_str_eq(back->texts[0].name, "mine/x.emu");
    ck_assert_uint_eq(back->text.len, 10);
    ck_assert(memcmp(back->text.at, facts.text.at, 10) == 0);
    ck_assert(back->outside && back->cut && back->target.writes);
    ck_assert_str_eq(back->target.lan15, "md5");
    ck_assert_str_eq(back->target.start, "run it");
    again = play_facts_print(back);
    ck_assert_str_eq(json, again);
    play_facts_free(back);
    free(json);
    free(again);
}
END_TEST

START_TEST(knows_no_text_that_json_cannot_hold)
{
    struct play_facts facts = some();

    facts.text = bytes_of("caf\xe9", 4);
    ck_assert_ptr_null(play_facts_print(&facts));
}
END_TEST

static const struct {
    const char *json, *why;
} wrong[] = {
    { "", "expected JSON" },
    { "[]", "expected \"ipmilab scenario\": 1" },
    { "{\"ipmilab run\": 1}", "expected \"ipmilab scenario\": 1" },
    { "{\"ipmilab scenario\": 1, \"version\": \"x\"}",
      "expected a version, and a scenario's path, text and name" },
    { "{\"ipmilab scenario\": 1, \"version\": \"x\", \"path\": \"p\", \"name\": \"\", "
      "\"text\": \"\", \"seed\": \"-1\", \"test\": 0}", "expected seed and test" },
    { "{\"ipmilab scenario\": 1, \"version\": \"x\", \"path\": \"p\", \"name\": \"\", "
      "\"text\": \"\", \"seed\": \"1\", \"test\": 0, \"args\": [1], \"folders\": []}",
      "expected lists of args and folders" },
    { "{\"ipmilab scenario\": 1, \"version\": \"x\", \"path\": \"p\", \"name\": \"\", "
      "\"text\": \"\", \"seed\": \"1\", \"test\": 0, \"args\": [], \"folders\": [], "
      "\"target\": {\"host\": \"h\", \"port\": 70000}}",
      "expected host, port, user, password and suite of the target" },
};

START_TEST(says_what_is_wrong)
{
    struct play_facts *facts;
    const char *why;

    ck_assert(play_facts_read(wrong[_i].json, strlen(wrong[_i].json), &facts, &why) ==
              ST_INVALID);
    ck_assert_str_eq(why, wrong[_i].why);
}
END_TEST

START_TEST(tells_a_scenario_from_a_lab)
{
    ck_assert(!play_facts_are("{\"ipmilab run\": 1}", 18));
    ck_assert(!play_facts_are("{", 1));
    ck_assert(play_facts_are("{\"ipmilab scenario\": 9}", 23));
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("play_facts", &t);

    tcase_add_test(t, goes_there_and_back);
    tcase_add_test(t, knows_no_text_that_json_cannot_hold);
    tcase_add_loop_test(t, says_what_is_wrong, 0, sizeof wrong / sizeof wrong[0]);
    tcase_add_test(t, tells_a_scenario_from_a_lab);
    return run_suite(s);
}
