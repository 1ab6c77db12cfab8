#include "sim/cmd/outfile.h"

#include <sys/stat.h>
#include <unistd.h>

void
outfile_discard(const char *path)
{
    struct stat st;

    if (lstat(path, &st) == 0 && S_ISREG(st.st_mode))
        (void)unlink(path);
}
