#include "sim/io/folder.h"

#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define OPEN_MAX_DEPTH 16
#define TRIES 100

char *
folder_name(void)
{
    const char *within = getenv("TMPDIR");
    uint64_t chance = 0;
    char *path;

    if (within == NULL || within[0] == '\0')
        within = "/tmp";
    (void)!getrandom(&chance, sizeof chance, 0);
    if (asprintf(&path, "%s/ipmilab-%d.%016" PRIx64, within, (int)getpid(), chance) < 0)
        return NULL;
    return path;
}

static char *
make_within(const char *within)
{
    char *path;

    if (mkdir(within, 0700) != 0 && errno != EEXIST)
        return NULL;
    if (asprintf(&path, "%s/XXXXXX", within) < 0)
        return NULL;
    if (mkdtemp(path) != NULL)
        return path;
    free(path);
    return NULL;
}

char *
folder_make(const char *within)
{
    char *path = NULL;

    /* Another process may remove the outer one just now. */
    for (int i = 0; path == NULL && i < TRIES; i++) {
        errno = 0;
        path = make_within(within);
        if (path == NULL && errno != ENOENT)
            break;
    }
    return path;
}

static int
open_up(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)where;
    /* What a program locked is to be emptied all the same. */
    if (kind == FTW_D || kind == FTW_DNR)
        (void)chmod(path, 0700);
    return 0;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    (void)remove(path);
    return 0;
}

void
folder_remove(const char *path)
{
    if (path == NULL)
        return;
    (void)nftw(path, open_up, OPEN_MAX_DEPTH, FTW_PHYS);
    (void)nftw(path, remove_one, OPEN_MAX_DEPTH, FTW_DEPTH | FTW_PHYS);
}

void
folder_remove_within(const char *path, const char *within)
{
    folder_remove(path);
    if (path != NULL)
        (void)rmdir(within);
}
