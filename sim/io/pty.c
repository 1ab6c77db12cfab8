#include "sim/io/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define NAME_MAX_LEN 64

enum status
pty_open(int *ours, int *theirs)
{
    const struct winsize size = { .ws_row = PTY_ROWS, .ws_col = PTY_COLUMNS };
    char name[NAME_MAX_LEN];
    int why;

    *theirs = -1;
    *ours = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*ours < 0)
        return ST_IO;
    if (grantpt(*ours) == 0 && unlockpt(*ours) == 0 && ptsname_r(*ours, name, sizeof name) == 0)
        *theirs = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*theirs >= 0) {
        (void)ioctl(*theirs, TIOCSWINSZ, &size);
        return ST_OK;
    }
    why = errno;
    close(*ours);
    errno = why;
    return ST_IO;
}

void
pty_take(int theirs)
{
    (void)ioctl(theirs, TIOCSCTTY, 0);
}
