#include "emu/emu_file.h"
#include "tests/emu/files.h"
#include "tests/lib/run.h"

/* Logical lines joined with |, and what was said. */
static const struct {
    const char *why, *text, *lines, *said;
} texts[] = {
    { "nothing", "", "", "" },
    { "blank lines", "\n \n\t\n", "", "" },
    { "last line without its end", "a\nb", "a|b|", "" },
    { "blanks are kept", "  a  \n", "  a  |", "" },
    { "a comment", "# a\nb\n#c\n", "b|", "" },
    { "an indented one is the lexer's", " # a\n", " # a|", "" },
    { "a comment that ends in a backslash ends there", "# a \\\nb\n", "b|", "" },
    { "goes on", "a \\\nb\n", "a b|", "" },
    { "no blank is put in", "a\\\nb\n", "ab|", "" },
    { "comments inside", "a \\\n# x\n# y \\\nb\n", "a b|", "" },
    { "ended by a blank line", "a \\\n\nb\n", "a |b|", "" },
    { "twice", "a\\\nb\\\nc\nd\n", "abc|d|", "" },
    { "a blank after the backslash", "a \\ \nb\n", "a \\ |b|", "" },
    { "a lone backslash", "\\\n\\\n", "",
      "f:2:1: warning: found the end of the file after a backslash; expected the line to go "
      "on\n" },
    { "the file ends while it goes on", "a \\\n", "a |",
      "f:1:1: warning: found the end of the file after a backslash; expected the line to go "
      "on\n" },
    { "carriage returns", "ab\r\nc \\\r\nd\r\n", "ab|c d|",
      "f:1:3: warning: found a carriage return; expected lines that end in a line feed "
      "alone\n" },
};

START_TEST(puts_physical_lines_together)
{
    char got[256] = "";
    struct source s;
    struct diags diags;
    struct line line;

    diags_init(&diags);
    source_open(&s, "f", texts[_i].text, strlen(texts[_i].text), true, &diags);
    while (source_next(&s, &line)) {
        ck_assert_uint_eq(strlen(line.text), line.len);
        strcat(strcat(got, line.text), "|");
    }
    ck_assert_msg(strcmp(got, texts[_i].lines) == 0, "%s: %s", texts[_i].why, got);
    ck_assert_msg(strcmp(said(&diags), texts[_i].said) == 0, "%s: %s", texts[_i].why,
                  said(&diags));
    source_close(&s);
    diags_free(&diags);
}
END_TEST

START_TEST(lets_a_backslash_be_where_lines_do_not_go_on)
{
    static const char text[] = "a \\\nb\n";
    struct source s;
    struct diags diags;
    struct line line;

    diags_init(&diags);
    source_open(&s, "f", text, strlen(text), false, &diags);
    ck_assert(source_next(&s, &line));
    ck_assert_str_eq(line.text, "a \\");
    ck_assert(source_next(&s, &line));
    ck_assert(!source_next(&s, &line));
    source_close(&s);
    diags_free(&diags);
}
END_TEST

/* Offsets in the logical line "ab cd efg" of three physical ones. */
static const struct {
    size_t offset;
    int line, column;
} places[] = {
    { 0, 2, 1 }, { 2, 2, 3 }, { 3, 3, 1 }, { 5, 3, 3 }, { 6, 5, 1 }, { 8, 5, 3 }, { 9, 5, 4 },
};

START_TEST(knows_where_each_character_stood)
{
    static const char text[] = "\nab \\\ncd \\\n# comment\nefg\n";
    struct source s;
    struct diags diags;
    struct line line;
    struct place at;

    diags_init(&diags);
    source_open(&s, "f", text, strlen(text), true, &diags);
    ck_assert(source_next(&s, &line));
    ck_assert_str_eq(line.text, "ab cd efg");
    at = line_place(&line, places[_i].offset);
    ck_assert_str_eq(at.file, "f");
    ck_assert_int_eq(at.line, places[_i].line);
    ck_assert_int_eq(at.column, places[_i].column);
    source_close(&s);
    diags_free(&diags);
}
END_TEST

static const struct file tree[] = {
    { "a", "" }, { "d/a", "" }, { "d/b", "" }, { "/abs", "" }, { "conf/c", "" }, { "conf/a", "" },
    { NULL, NULL },
};

/* Where a name in a file is found. */
static const struct {
    const char *from, *name, *path;
} finds[] = {
    { "x", "a", "a" },      { "d/x", "a", "d/a" }, { "d/x", "b", "d/b" }, { "x", "b", NULL },
    { "x", "d/b", "d/b" },  { "d/x", "/abs", "/abs" }, { "d/x", "c", "conf/c" },
    { "d/x", "./c", NULL }, { "x", "../c", NULL },  { "x", "", NULL },    { NULL, "a", "a" },
};

START_TEST(looks_beside_the_file_then_here_then_in_folders)
{
    static const char *const folders[] = { "etc", "conf" };
    struct emu_reader reader = files_reader(tree);
    char path[EMU_PATH_MAX], *text = NULL;
    enum status st;
    size_t len;

    reader.folders = folders;
    reader.folder_count = 2;
    st = emu_find(&reader, finds[_i].from, finds[_i].name, path, &text, &len);
    if (finds[_i].path == NULL) {
        ck_assert_int_eq(st, ST_MISSING);
    } else {
        ck_assert_int_eq(st, ST_OK);
        ck_assert_str_eq(path, finds[_i].path);
        free(text);
    }
}
END_TEST

START_TEST(tells_a_missing_file_from_an_unreadable_one)
{
    struct emu_reader disk = { 0 };
    char *text;
    size_t len;

    ck_assert_int_eq(emu_read(&disk, "/no/such/file", &text, &len), ST_MISSING);
    ck_assert_int_eq(emu_read(&disk, "/", &text, &len), ST_IO);
}
END_TEST

#define ROWS(array) (int)(sizeof(array) / sizeof(array)[0])

static Suite *
emu_file_suite(void)
{
    TCase *c;
    Suite *s = run_suite_of("emu/emu_file", &c);

    tcase_add_loop_test(c, puts_physical_lines_together, 0, ROWS(texts));
    tcase_add_test(c, lets_a_backslash_be_where_lines_do_not_go_on);
    tcase_add_loop_test(c, knows_where_each_character_stood, 0, ROWS(places));
    tcase_add_loop_test(c, looks_beside_the_file_then_here_then_in_folders, 0, ROWS(finds));
    tcase_add_test(c, tells_a_missing_file_from_an_unreadable_one);
    return s;
}

int
main(void)
{
    return run_suite(emu_file_suite());
}
