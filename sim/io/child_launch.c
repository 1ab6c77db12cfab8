/* child_launch.c - from a program's name to a process. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/io/child_impl.h"
#include "sim/io/orphans.h"
#include "sim/io/pty.h"

#define EXEC_FAILED 127
#define WHY_FD 3                 /* where a child tells why it could not begin */
#define FDS_MAX 65536            /* to be closed one by one, at most */

static const struct child_ends no_ends = { -1, { -1, -1 }, -1, { -1, -1 } };

/* ---- finding ---- */

static bool
is_program(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

bool
child_find(const char *name, const char *path, char *to, size_t size)
{
    if (strchr(name, '/') != NULL) {
        int n = snprintf(to, size, "%s", name);

        return n >= 0 && (size_t)n < size && is_program(to);
    }
    for (const char *at = path; at != NULL && name[0] != '\0'; ) {
        size_t len = strcspn(at, ":");
        int n = snprintf(to, size, "%.*s/%s", len ? (int)len : 1, len ? at : ".", name);

        if (n >= 0 && (size_t)n < size && is_program(to))
            return true;
        at = at[len] == ':' ? at + len + 1 : NULL;
    }
    return false;
}

/* ---- the child's own side ---- */

/* Descriptors from first up go when the program begins. */
static void
close_from(int first)
{
    long max;

#ifdef SYS_close_range
    if (syscall(SYS_close_range, first, ~0u, 0) == 0)
        return;
#endif
    max = sysconf(_SC_OPEN_MAX);
    for (int fd = first; fd < (max > FDS_MAX ? FDS_MAX : (int)max); fd++)
        close(fd);
}

static void
forget_signals(void)
{
    sigset_t none;

    for (int n = 1; n < NSIG; n++)
        (void)signal(n, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Move a descriptor to where the first three do not collide with it. */
static int
out_of_the_way(int fd)
{
    return fcntl(fd, F_DUPFD_CLOEXEC, WHY_FD + 1);
}

static void
become(const struct child_opts *opts, const struct child_ends *e, int why_fd, pid_t parent)
{
    int in = out_of_the_way(e->their_in);
    int out = out_of_the_way(e->their_out[CHILD_OUT]);
    int err = out_of_the_way(e->their_out[CHILD_ERR]);
    int why;

    why_fd = out_of_the_way(why_fd);
    orphans_follow(parent, SIGKILL);
    (void)setsid();
    if (opts->pty)
        pty_take(in);
    if (dup2(in, 0) == 0 && dup2(out, 1) == 1 && dup2(err, 2) == 2 &&
        dup3(why_fd, WHY_FD, O_CLOEXEC) == WHY_FD &&
        (opts->dir == NULL || chdir(opts->dir) == 0)) {
        close_from(WHY_FD + 1);
        forget_signals();
        execve(opts->argv[0], (char *const *)(uintptr_t)opts->argv,
               (char *const *)(uintptr_t)opts->env);
        why_fd = WHY_FD;
    }
    why = errno;
    (void)!write(why_fd, &why, sizeof why);
    _exit(EXEC_FAILED);
}

/* ---- starting ---- */

static void
close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void
close_theirs(struct child_ends *e)
{
    close_fd(&e->their_in);
    close_fd(&e->their_out[CHILD_OUT]);
    close_fd(&e->their_out[CHILD_ERR]);
}

void
child_ends_close(struct child_ends *e)
{
    int why = errno;

    close_theirs(e);
    close_fd(&e->in);
    close_fd(&e->out[CHILD_OUT]);
    close_fd(&e->out[CHILD_ERR]);
    errno = why;
}

static bool
pipe_of(int *read_end, int *write_end)
{
    int fds[2];

    if (pipe2(fds, O_CLOEXEC) != 0)
        return false;
    *read_end = fds[0];
    *write_end = fds[1];
    return true;
}

enum status
child_ends_open(bool pty, struct child_ends *e)
{
    *e = no_ends;
    if (pty) {
        enum status st = pty_open(&e->out[CHILD_OUT], &e->their_in);

        if (st == ST_OK) {
            e->their_out[CHILD_OUT] = fcntl(e->their_in, F_DUPFD_CLOEXEC, 0);
            e->their_out[CHILD_ERR] = fcntl(e->their_in, F_DUPFD_CLOEXEC, 0);
        }
        return st;
    }
    if (pipe_of(&e->their_in, &e->in) &&
        pipe_of(&e->out[CHILD_OUT], &e->their_out[CHILD_OUT]) &&
        pipe_of(&e->out[CHILD_ERR], &e->their_out[CHILD_ERR]))
        return ST_OK;
    child_ends_close(e);
    return ST_IO;
}

/* Wait until the program has begun; 0, or why it could not. */
static int
begun(int why_fd)
{
    int why = 0;
    ssize_t n;

    do
        n = read(why_fd, &why, sizeof why);
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof why ? why : 0;
}

/* Wait for the end of a process that we may kill. */
static void
reap(pid_t pid)
{
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

void
child_end_group(pid_t group)
{
    /* One of another user's, as setuid programs are, ends when it likes. */
    (void)kill(-group, SIGKILL);
    if (kill(group, SIGKILL) == 0)
        reap(group);
    while (kill(-group, SIGKILL) == 0 && waitpid(-group, NULL, 0) > 0)
        continue;
}

/* Our handlers must not run in the child. */
static pid_t
fork_quietly(sigset_t *before)
{
    sigset_t all;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, before);
    return fork();
}

pid_t
child_launch(const struct child_opts *opts, struct child_ends *e)
{
    pid_t parent = getpid(), pid;
    sigset_t before;
    int read_end, write_end, why;

    if (!pipe_of(&read_end, &write_end))
        return 0;
    pid = fork_quietly(&before);
    if (pid == 0)
        become(opts, e, write_end, parent);
    why = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(write_end);
    close_theirs(e);
    if (pid > 0)
        why = begun(read_end);
    close(read_end);
    if (pid > 0 && why == 0)
        return pid;
    if (pid > 0)
        reap(pid);
    errno = why;
    return 0;
}
