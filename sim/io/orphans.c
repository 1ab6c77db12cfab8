#include "sim/io/orphans.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS_MAX 1000     /* of kills: each ends a generation at least */

bool
orphans_adopt(bool on)
{
    int before = 0;

    (void)prctl(PR_GET_CHILD_SUBREAPER, &before, 0, 0, 0);
    (void)prctl(PR_SET_CHILD_SUBREAPER, on ? 1 : 0, 0, 0, 0);
    return before != 0;
}

void
orphans_follow(pid_t parent, int signal)
{
    (void)prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0);
    /* It may have ended before that was set. */
    if (getppid() != parent)
        _exit(127);
}

/* The parent of a process, 0 when it is gone. proc(5): the name stands in
 * brackets and may hold anything. */
static pid_t
parent_of(pid_t pid)
{
    char path[32], text[512];
    const char *after;
    FILE *file;
    size_t len;
    int parent = 0;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    file = fopen(path, "re");
    if (file == NULL)
        return 0;
    len = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[len] = '\0';
    after = strrchr(text, ')');
    if (after == NULL || sscanf(after, ") %*c %d", &parent) != 1)
        return 0;
    return parent;
}

static bool
is_among(pid_t pid, const pid_t *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == pid)
            return true;
    return false;
}

/* Kill and reap the children that there are now; false: there are none. */
static bool
end_children(const pid_t *except, size_t count)
{
    DIR *proc = opendir("/proc");
    const struct dirent *entry;
    bool any = false;

    while (proc != NULL && (entry = readdir(proc)) != NULL) {
        pid_t pid = (pid_t)atoi(entry->d_name);

        if (pid <= 0 || parent_of(pid) != getpid() || is_among(pid, except, count))
            continue;
        /* One of another user's, as setuid programs are, ends when it likes. */
        if (kill(pid, SIGKILL) != 0)
            continue;
        any = true;
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    if (proc != NULL)
        closedir(proc);
    return any;
}

void
orphans_end(const pid_t *except, size_t count)
{
    for (int i = 0; i < ROUNDS_MAX && end_children(except, count); i++)
        continue;
}
