#include "sim/io/backing.h"

#include <fcntl.h>
#include <unistd.h>

static bool
read_file(void *ctx, const char *path, uint32_t at, uint8_t *to, uint32_t len)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n;

    (void)ctx;
    if (fd < 0)
        return false;
    n = pread(fd, to, len, at);
    close(fd);
    if (n < 0)
        return false;
    memset(to + n, 0, len - (size_t)n);
    return true;
}

static bool
write_file(void *ctx, const char *path, uint32_t at, struct bytes data)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    ssize_t n;

    (void)ctx;
    if (fd < 0)
        return false;
    n = pwrite(fd, data.at, data.len, at);
    return close(fd) == 0 && n == (ssize_t)data.len;
}

const struct mc_backing *
backing_files(void)
{
    static const struct mc_backing files = { .read = read_file, .write = write_file };

    return &files;
}
