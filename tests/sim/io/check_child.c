#include "sim/io/child.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/io/orphans.h"
#include "tests/lib/run.h"

static const char *const no_env[] = { "PATH=/usr/local/bin:/usr/bin:/bin", NULL };

struct world {
    uv_loop_t uv;
    struct child *child;
    int changes;
    char said[CHILD_STREAMS][4096];
    char order[64];                     /* "oe": output, then errors */
};

static void
changed(void *ctx)
{
    struct world *w = ctx;

    w->changes++;
}

static void
begin(struct world *w, const char *script, bool pty)
{
    const char *const argv[] = { "/bin/sh", "-c", script, NULL };
    const struct child_opts opts = { .uv = &w->uv, .argv = argv, .env = no_env, .dir = "/",
                                     .pty = pty, .changed = changed, .ctx = w };

    memset(w, 0, sizeof *w);
    uv_loop_init(&w->uv);
    ck_assert_int_eq(child_start(&opts, &w->child), ST_OK);
}

static void
hear(struct world *w)
{
    enum child_stream which;
    struct bytes b;

    while (child_take(w->child, &which, &b)) {
        strncat(w->said[which], (const char *)b.at, b.len);
        strcat(w->order, which == CHILD_OUT ? "o" : "e");
    }
}

/* Run the loop until it has ended. */
static void
run_out(struct world *w)
{
    while (!child_state(w->child).ended)
        uv_run(&w->uv, UV_RUN_ONCE);
    hear(w);
}

static void
finish(struct world *w)
{
    child_free(w->child);
    uv_run(&w->uv, UV_RUN_DEFAULT);
    ck_assert_int_eq(uv_loop_close(&w->uv), 0);
    /* No zombie. */
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}

static void
write_text(struct world *w, const char *text)
{
    struct bytes b = { (const uint8_t *)text, strlen(text) };

    ck_assert_int_eq(child_write(w->child, b), ST_OK);
}

START_TEST(tells_streams_order_and_status)
{
    struct world w;

    begin(&w, "echo a; sleep 0.05; echo b >&2; sleep 0.05; echo c; exit 3", false);
    run_out(&w);
    ck_assert_str_eq(w.said[CHILD_OUT], "a\nc\n");
    ck_assert_str_eq(w.said[CHILD_ERR], "b\n");
    ck_assert_str_eq(w.order, "oeo");
    ck_assert_int_eq(child_state(w.child).status, 3);
    ck_assert_int_eq(child_state(w.child).signal, 0);
    ck_assert_int_gt(w.changes, 0);
    finish(&w);
}
END_TEST

START_TEST(writes_and_ends_the_input)
{
    struct world w;

    begin(&w, "cat; echo end", false);
    write_text(&w, "one ");
    write_text(&w, "two\n");
    child_close_input(w.child);
    ck_assert_int_eq(child_write(w.child, bytes_of((const uint8_t *)"x", 1)), ST_INVALID);
    run_out(&w);
    ck_assert_str_eq(w.said[CHILD_OUT], "one two\nend\n");
    finish(&w);
}
END_TEST

/* A program that does not read must not make us keep without bound. */
START_TEST(bounds_what_waits_to_be_written)
{
    static uint8_t much[CHILD_WAITING_MAX / 2 + 1];
    struct world w;

    begin(&w, "sleep 60", false);
    ck_assert_int_eq(child_write(w.child, bytes_of(much, sizeof much)), ST_OK);
    ck_assert_int_eq(child_write(w.child, bytes_of(much, sizeof much)), ST_FULL);
    finish(&w);
}
END_TEST

START_TEST(bounds_and_counts_what_is_said)
{
    struct world w;
    enum child_stream which;
    struct bytes b;
    size_t kept = 0;

    begin(&w, "head -c 1500000 /dev/zero", false);
    while (!child_state(w.child).ended)
        uv_run(&w.uv, UV_RUN_ONCE);
    while (child_take(w.child, &which, &b))
        kept += b.len;
    ck_assert_uint_eq(kept, CHILD_WAITING_MAX);
    ck_assert_uint_eq(child_state(w.child).lost[CHILD_OUT], 1500000 - CHILD_WAITING_MAX);
    finish(&w);
}
END_TEST

/* A terminal that closes before the program ends must not hang up on it. */
START_TEST(sees_a_terminal)
{
    struct world w;

    begin(&w, "test -t 0 && test -t 1 && read x && echo \"got $x\"; "
              "exec </dev/null >/dev/null 2>&1; sleep 0.1; exit 4", true);
    write_text(&w, "hello\n");
    run_out(&w);
    ck_assert_str_eq(w.said[CHILD_OUT], "hello\r\ngot hello\r\n");
    ck_assert_int_eq(child_state(w.child).status, 4);
    finish(&w);
}
END_TEST

START_TEST(ends_a_terminals_input)
{
    struct world w;

    begin(&w, "cat; echo end", true);
    child_close_input(w.child);
    run_out(&w);
    ck_assert_ptr_nonnull(strstr(w.said[CHILD_OUT], "end\r\n"));
    finish(&w);
}
END_TEST

START_TEST(signals_the_whole_group)
{
    struct world w;

    begin(&w, "sleep 60 & sleep 60", false);
    ck_assert(child_signal(w.child, SIGTERM));
    run_out(&w);
    ck_assert_int_eq(child_state(w.child).signal, SIGTERM);
    ck_assert(!child_signal(w.child, SIGTERM));
    finish(&w);
}
END_TEST

START_TEST(does_not_wait_for_who_holds_its_output_open)
{
    struct world w;

    begin(&w, "sleep 60 & echo done", false);
    run_out(&w);
    ck_assert_str_eq(w.said[CHILD_OUT], "done\n");
    ck_assert_uint_lt(child_state(w.child).ns, 30000000000u);
    finish(&w);
}
END_TEST

START_TEST(tells_when_time_is_over)
{
    struct world w;

    begin(&w, "sleep 60", false);
    child_limit(w.child, 20);
    ck_assert(!child_state(w.child).late);
    while (!child_state(w.child).late)
        uv_run(&w.uv, UV_RUN_ONCE);
    ck_assert(!child_state(w.child).ended);
    finish(&w);
}
END_TEST

/* Also a program that has left its group and its session. */
START_TEST(leaves_nobody_behind)
{
    bool before = orphans_adopt(true);
    struct world w;
    pid_t far;

    begin(&w, "setsid sleep 60 >/dev/null 2>&1 & echo $!", false);
    run_out(&w);
    far = (pid_t)atoi(w.said[CHILD_OUT]);
    ck_assert_int_gt(far, 1);
    ck_assert_int_eq(kill(far, 0), 0);
    child_free(w.child);
    uv_run(&w.uv, UV_RUN_DEFAULT);
    uv_loop_close(&w.uv);
    orphans_end(NULL, 0);
    ck_assert_int_eq(kill(far, 0), -1);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    (void)orphans_adopt(before);
}
END_TEST

START_TEST(says_why_it_cannot_begin)
{
    static const char *const argv[] = { "/etc/passwd", NULL };
    static const char *const sh[] = { "/bin/sh", NULL };
    uv_loop_t uv;
    struct child_opts opts = { .uv = &uv, .argv = argv, .env = no_env };
    struct child *c;

    uv_loop_init(&uv);
    ck_assert_int_eq(child_start(&opts, &c), ST_IO);
    ck_assert_int_eq(errno, EACCES);
    opts.argv = sh;
    opts.dir = "/no/such/folder";
    ck_assert_int_eq(child_start(&opts, &c), ST_IO);
    ck_assert_int_eq(errno, ENOENT);
    uv_run(&uv, UV_RUN_DEFAULT);
    ck_assert_int_eq(uv_loop_close(&uv), 0);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}
END_TEST

START_TEST(finds_programs_as_a_shell_does)
{
    char path[256];

    ck_assert(child_find("sh", "/no/such:/bin", path, sizeof path));
    ck_assert_str_eq(path, "/bin/sh");
    ck_assert(child_find("/bin/sh", "", path, sizeof path));
    ck_assert(!child_find("sh", "/no/such", path, sizeof path));
    ck_assert(!child_find("passwd", "/etc", path, sizeof path));
    ck_assert(!child_find("", "/bin", path, sizeof path));
    ck_assert(!child_find("/bin", "/bin", path, sizeof path));
    ck_assert(!child_find("sh", "/bin", path, 4));
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("child", &t);

    tcase_add_test(t, tells_streams_order_and_status);
    tcase_add_test(t, writes_and_ends_the_input);
    tcase_add_test(t, bounds_what_waits_to_be_written);
    tcase_add_test(t, bounds_and_counts_what_is_said);
    tcase_add_test(t, sees_a_terminal);
    tcase_add_test(t, ends_a_terminals_input);
    tcase_add_test(t, signals_the_whole_group);
    tcase_add_test(t, does_not_wait_for_who_holds_its_output_open);
    tcase_add_test(t, tells_when_time_is_over);
    tcase_add_test(t, leaves_nobody_behind);
    tcase_add_test(t, says_why_it_cannot_begin);
    tcase_add_test(t, finds_programs_as_a_shell_does);
    return run_suite(s);
}
