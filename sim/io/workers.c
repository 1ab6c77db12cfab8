#include "sim/io/workers.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sim/io/orphans.h"

#define NO_ITEM SIZE_MAX

struct worker {
    pid_t pid;           /* 0: none */
    int to, from;        /* pipes: item numbers; results */
    size_t item;         /* under way, or NO_ITEM */
    uint64_t began_ms;
    uint8_t *got;        /* of its result: an 8-octet length first */
    size_t len, room;
};

/* What is known of an item that is over, until its turn. */
struct result {
    uint8_t *at;
    size_t len;
    enum worker_end end;
    int signal;
    bool over;
};

struct pool {
    const struct workers_opts *opts;
    sigset_t before;     /* the caller's signal mask */
    int told_to_end;     /* signalfd of those that end us */
    int ending;          /* the one that came, or 0 */
    struct worker workers[WORKERS_MAX];
    struct result *results;
    size_t next, told;   /* item to begin; item to tell of */
    bool stopped;
};

static uint64_t
now_ms(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (uint64_t)ts.tv_sec * 1000u + (uint64_t)ts.tv_nsec / 1000000u;
}

/* ---- a worker's own side ---- */

static bool
read_all(int fd, void *to, size_t size)
{
    uint8_t *at = to;

    while (size > 0) {
        ssize_t n = read(fd, at, size);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        size -= (size_t)n;
    }
    return true;
}

static bool
write_all(int fd, const void *from, size_t size)
{
    const uint8_t *at = from;

    while (size > 0) {
        ssize_t n = write(fd, at, size);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        size -= (size_t)n;
    }
    return true;
}

static bool
do_item(const struct workers_opts *opts, size_t item, int to)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    uint64_t size;
    bool ok;

    if (out == NULL)
        return false;
    opts->work(opts->ctx, item, out);
    if (fclose(out) != 0)
        return false;
    size = len;
    ok = write_all(to, &size, sizeof size) && write_all(to, text, len);
    free(text);
    return ok;
}

static void
work(const struct workers_opts *opts, int from, int to)
{
    size_t item;

    while (read_all(from, &item, sizeof item) && do_item(opts, item, to))
        continue;
    /* Not exit(): what the parent has buffered is the parent's. */
    _exit(0);
}

/* ---- starting and ending workers ---- */

static void
close_inherited(const struct pool *pool)
{
    for (unsigned i = 0; i < pool->opts->jobs; i++) {
        if (pool->workers[i].pid == 0)
            continue;
        close(pool->workers[i].to);
        close(pool->workers[i].from);
    }
}

static enum status
start(struct pool *pool, struct worker *w)
{
    int items[2], results[2];
    pid_t parent;

    if (pipe2(items, O_CLOEXEC) != 0)
        return ST_IO;
    if (pipe2(results, O_CLOEXEC) != 0) {
        close(items[0]);
        close(items[1]);
        return ST_IO;
    }
    fflush(NULL);
    parent = getpid();
    w->pid = fork();
    if (w->pid == 0) {
        /* Not SIGKILL: it is to end its programs first. */
        orphans_follow(parent, SIGTERM);
        sigprocmask(SIG_SETMASK, &pool->before, NULL);
        close(items[1]);
        close(results[0]);
        close_inherited(pool);
        work(pool->opts, items[0], results[1]);
    }
    close(items[0]);
    close(results[1]);
    w->to = items[1];
    w->from = results[0];
    w->item = NO_ITEM;
    w->len = 0;
    if (w->pid > 0)
        return ST_OK;
    w->pid = 0;
    close(w->to);
    close(w->from);
    return ST_IO;
}

/* Let a worker go; the signal that ended it, or 0. */
static int
reap(struct worker *w)
{
    int status = 0;

    close(w->to);
    close(w->from);
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    w->pid = 0;
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/* ---- items ---- */

static void
over(struct pool *pool, struct worker *w, enum worker_end end, int signal_no)
{
    struct result *r = &pool->results[w->item];

    *r = (struct result){ .end = end, .signal = signal_no, .over = true };
    if (end == WORKER_DONE) {
        r->len = w->len - sizeof(uint64_t);
        r->at = malloc(r->len + 1);
        if (r->at == NULL)
            r->end = WORKER_DIED;
        else
            memcpy(r->at, w->got + sizeof(uint64_t), r->len);
    }
    w->item = NO_ITEM;
    w->len = 0;
}

static void
tell(struct pool *pool)
{
    while (pool->told < pool->next && pool->results[pool->told].over && !pool->stopped) {
        struct result *r = &pool->results[pool->told];
        struct bytes data = { r->at, r->at == NULL ? 0 : r->len };

        if (!pool->opts->done(pool->opts->ctx, pool->told, r->end, r->signal, data))
            pool->stopped = true;
        free(r->at);
        r->at = NULL;
        pool->told++;
    }
}

/* Give an idle worker its next item, starting it first when it is not there. */
static enum status
feed(struct pool *pool, struct worker *w)
{
    enum status st = ST_OK;

    if (w->item != NO_ITEM || pool->stopped || pool->next == pool->opts->count)
        return ST_OK;
    if (w->pid == 0)
        st = start(pool, w);
    if (st != ST_OK)
        return st;
    w->item = pool->next++;
    w->began_ms = now_ms();
    /* A worker that is gone shows when its result is read. */
    (void)!write_all(w->to, &w->item, sizeof w->item);
    return ST_OK;
}

/* What a worker that is no more has left running. */
static void
end_orphans(const struct pool *pool)
{
    pid_t living[WORKERS_MAX];
    size_t count = 0;

    for (unsigned i = 0; i < pool->opts->jobs; i++)
        if (pool->workers[i].pid != 0)
            living[count++] = pool->workers[i].pid;
    orphans_end(living, count);
}

/* Let a worker go that failed at its item. */
static void
lose(struct pool *pool, struct worker *w, enum worker_end end)
{
    int signal_no = reap(w);

    end_orphans(pool);
    over(pool, w, end, signal_no);
}

static bool
complete(const struct worker *w)
{
    uint64_t size;

    if (w->len < sizeof size)
        return false;
    memcpy(&size, w->got, sizeof size);
    return w->len >= sizeof size + size;
}

static bool
make_room(struct worker *w)
{
    size_t room = w->room ? w->room * 2 : 65536;
    uint8_t *got;

    if (w->len < w->room)
        return true;
    got = realloc(w->got, room);
    if (got == NULL)
        return false;
    w->got = got;
    w->room = room;
    return true;
}

static void
receive(struct pool *pool, struct worker *w)
{
    ssize_t n;

    if (!make_room(w)) {
        kill(w->pid, SIGKILL);
        lose(pool, w, WORKER_DIED);
        return;
    }
    n = read(w->from, w->got + w->len, w->room - w->len);
    if (n < 0 && errno == EINTR)
        return;
    if (n <= 0) {
        lose(pool, w, WORKER_DIED);
        return;
    }
    w->len += (size_t)n;
    if (complete(w))
        over(pool, w, WORKER_DONE, 0);
}

static void
stop_slow(struct pool *pool, struct worker *w)
{
    uint64_t limit = pool->opts->limit_ms;

    if (limit == 0 || w->item == NO_ITEM || now_ms() - w->began_ms <= limit)
        return;
    kill(w->pid, SIGKILL);
    lose(pool, w, WORKER_TOO_LONG);
}

/* ---- signals ---- */

/* They are taken from a descriptor, so that workers, and what these run, are
 * ended before we are. Who started us may want some of them ignored. */
static void
take_signals(struct pool *pool)
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
    struct sigaction action;
    sigset_t ours;

    sigemptyset(&ours);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(&ours, numbers[i]);
    sigprocmask(SIG_BLOCK, &ours, &pool->before);
    pool->told_to_end = signalfd(-1, &ours, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void
look_for_signal(struct pool *pool)
{
    struct signalfd_siginfo info;

    if (pool->told_to_end < 0 ||
        read(pool->told_to_end, &info, sizeof info) != (ssize_t)sizeof info)
        return;
    pool->ending = (int)info.ssi_signo;
    pool->stopped = true;
}

static void
give_signals_back(struct pool *pool)
{
    if (pool->told_to_end >= 0)
        close(pool->told_to_end);
    sigprocmask(SIG_SETMASK, &pool->before, NULL);
    if (pool->opts->signal != NULL)
        *pool->opts->signal = pool->ending;
}

/* Wait for a worker to say something, a tenth of a second at most. */
static size_t
await(struct pool *pool)
{
    struct pollfd fds[WORKERS_MAX + 1];
    struct worker *who[WORKERS_MAX];
    nfds_t n = 0;

    for (unsigned i = 0; i < pool->opts->jobs; i++) {
        if (pool->workers[i].item == NO_ITEM)
            continue;
        who[n] = &pool->workers[i];
        fds[n++] = (struct pollfd){ .fd = pool->workers[i].from, .events = POLLIN };
    }
    fds[n] = (struct pollfd){ .fd = pool->told_to_end, .events = POLLIN };
    if (n > 0 && poll(fds, n + 1, 100) > 0)
        for (nfds_t i = 0; i < n; i++)
            if (fds[i].revents != 0)
                receive(pool, who[i]);
    look_for_signal(pool);
    return n;
}

static void
end_all(struct pool *pool)
{
    for (unsigned i = 0; i < pool->opts->jobs; i++) {
        struct worker *w = &pool->workers[i];

        if (w->pid != 0 && w->item != NO_ITEM)
            kill(w->pid, SIGKILL);
        if (w->pid != 0)
            (void)reap(w);
        free(w->got);
    }
    end_orphans(pool);
    for (size_t i = pool->told; i < pool->opts->count; i++)
        free(pool->results[i].at);
}

enum status
workers_run(const struct workers_opts *opts)
{
    struct pool pool = { .opts = opts };
    void (*old)(int);
    enum status st = ST_OK;
    bool adopted;

    pool.results = calloc(opts->count + 1, sizeof *pool.results);
    if (pool.results == NULL)
        return ST_NOMEM;
    old = signal(SIGPIPE, SIG_IGN);
    adopted = orphans_adopt(true);
    take_signals(&pool);
    for (unsigned i = 0; i < opts->jobs; i++)
        pool.workers[i].item = NO_ITEM;
    do {
        for (unsigned i = 0; i < opts->jobs && st == ST_OK; i++)
            st = feed(&pool, &pool.workers[i]);
        if (await(&pool) == 0)
            break;
        for (unsigned i = 0; i < opts->jobs; i++)
            stop_slow(&pool, &pool.workers[i]);
        tell(&pool);
    } while (st == ST_OK && !pool.stopped);
    end_all(&pool);
    free(pool.results);
    give_signals_back(&pool);
    (void)orphans_adopt(adopted);
    signal(SIGPIPE, old);
    return st;
}
