#include "sim/io/workers.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/run.h"

#define ITEMS 12

struct job {
    pid_t *orphan;              /* shared memory: who an item left running */
    enum worker_end ends[ITEMS];
    int signals[ITEMS];
    char results[ITEMS][16];
    size_t told;
    bool in_order;
    int stopped_by;
    pid_t whole;                /* to be signalled by an item */
};

static void
good(void *ctx, size_t i, FILE *to)
{
    (void)ctx;
    fprintf(to, "item %zu", i);
}

static bool
done(void *ctx, size_t i, enum worker_end end, int signal, struct bytes result)
{
    struct job *job = ctx;

    job->in_order = job->in_order && i == job->told;
    job->told++;
    job->ends[i] = end;
    job->signals[i] = signal;
    if (result.len)
        memcpy(job->results[i], result.at, result.len < 15 ? result.len : 15);
    return true;
}

static enum status
run_job(struct job *job, size_t count, void (*work)(void *, size_t, FILE *))
{
    const struct workers_opts opts = { .jobs = 3, .count = count, .limit_ms = 500,
                                       .signal = &job->stopped_by, .ctx = job, .work = work,
                                       .done = done };

    job->in_order = true;
    return workers_run(&opts);
}

START_TEST(tells_results_in_order)
{
    struct job job = { .told = 0 };

    ck_assert_int_eq(run_job(&job, ITEMS, good), ST_OK);
    ck_assert(job.in_order);
    ck_assert_uint_eq(job.told, ITEMS);
    ck_assert_str_eq(job.results[7], "item 7");
    ck_assert_int_eq(job.stopped_by, 0);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}
END_TEST

static void
some_die(void *ctx, size_t i, FILE *to)
{
    if (i == 1)
        abort();
    if (i == 2)
        pause();
    good(ctx, i, to);
}

START_TEST(goes_on_when_a_worker_dies_or_takes_too_long)
{
    struct job job = { .told = 0 };

    ck_assert_int_eq(run_job(&job, 6, some_die), ST_OK);
    ck_assert(job.in_order);
    ck_assert_int_eq(job.ends[1], WORKER_DIED);
    ck_assert_int_eq(job.signals[1], SIGABRT);
    ck_assert_int_eq(job.ends[2], WORKER_TOO_LONG);
    ck_assert_int_eq(job.ends[5], WORKER_DONE);
}
END_TEST

/* Leave a process behind that nobody knows, and never end. */
static void
leave_one(void *ctx, size_t i, FILE *to)
{
    struct job *job = ctx;

    (void)i;
    (void)to;
    if (fork() == 0) {
        setsid();
        job->orphan[0] = getpid();
        for (;;)
            pause();
    }
    if (job->whole != 0) {
        while (job->orphan[0] == 0)
            usleep(1000);
        kill(job->whole, SIGTERM);
    }
    for (;;)
        pause();
}

static pid_t *
shared(void)
{
    void *at = mmap(NULL, sizeof(pid_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
                    0);

    ck_assert(at != MAP_FAILED);
    return at;
}

START_TEST(ends_what_a_stopped_worker_left_running)
{
    struct job job = { .orphan = shared() };

    ck_assert_int_eq(run_job(&job, 1, leave_one), ST_OK);
    ck_assert_int_eq(job.ends[0], WORKER_TOO_LONG);
    ck_assert_int_gt(job.orphan[0], 0);
    ck_assert_int_eq(kill(job.orphan[0], 0), -1);
    ck_assert_int_eq(errno, ESRCH);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}
END_TEST

START_TEST(is_stopped_by_a_signal_and_says_so)
{
    struct job job = { .orphan = shared(), .whole = getpid() };

    ck_assert_int_eq(run_job(&job, 1, leave_one), ST_OK);
    ck_assert_int_eq(job.stopped_by, SIGTERM);
    ck_assert_uint_eq(job.told, 0);
    ck_assert_int_eq(kill(job.orphan[0], 0), -1);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
}
END_TEST

int
main(void)
{
    TCase *t;
    Suite *s = run_suite_of("workers", &t);

    tcase_add_test(t, tells_results_in_order);
    tcase_add_test(t, goes_on_when_a_worker_dies_or_takes_too_long);
    tcase_add_test(t, ends_what_a_stopped_worker_left_running);
    tcase_add_test(t, is_stopped_by_a_signal_and_says_so);
    return run_suite(s);
}
