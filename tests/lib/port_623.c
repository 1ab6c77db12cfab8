/*
 * port_623.c - an LD_PRELOAD library for clients that know no port but 623.
 *
 * What they send to port 623 goes to the port in $IPMI_PORT of the same
 * address, and what comes from there seems to come from 623. IPv4 alone, for
 * the calls that these clients make.
 */
#include <dlfcn.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define RMCP_PORT 623

typedef int connect_fn(int, const struct sockaddr *, socklen_t);
typedef ssize_t sendto_fn(int, const void *, size_t, int, const struct sockaddr *,
                          socklen_t);
typedef ssize_t recvfrom_fn(int, void *, size_t, int, struct sockaddr *, socklen_t *);

ssize_t __recvfrom_chk(int fd, void *buf, size_t len, size_t size, int flags,
                       struct sockaddr *from, socklen_t *from_len);

/* The function that ours stands in front of, into a function pointer. */
static void
find(const char *name, void *to)
{
    void *symbol = dlsym(RTLD_NEXT, name);

    memcpy(to, &symbol, sizeof symbol);
}

/* The address with the port changed, in *to, or as it was. */
static const struct sockaddr *
redirect(const struct sockaddr *addr, socklen_t len, struct sockaddr_in *to)
{
    const char *port = getenv("IPMI_PORT");

    if (addr == NULL || port == NULL || addr->sa_family != AF_INET || len < sizeof *to)
        return addr;
    memcpy(to, addr, sizeof *to);
    if (ntohs(to->sin_port) == RMCP_PORT)
        to->sin_port = htons((in_port_t)atoi(port));
    return (const struct sockaddr *)to;
}

static void
restore(struct sockaddr *addr)
{
    const char *port = getenv("IPMI_PORT");
    struct sockaddr_in in;

    if (addr == NULL || port == NULL || addr->sa_family != AF_INET)
        return;
    memcpy(&in, addr, sizeof in);
    if (ntohs(in.sin_port) == (in_port_t)atoi(port))
        in.sin_port = htons(RMCP_PORT);
    memcpy(addr, &in, sizeof in);
}

int
connect(int fd, const struct sockaddr *addr, socklen_t len)
{
    struct sockaddr_in in;
    connect_fn *real;

    find("connect", &real);
    return real(fd, redirect(addr, len, &in), len);
}

ssize_t
sendto(int fd, const void *buf, size_t n, int flags, const struct sockaddr *addr,
       socklen_t len)
{
    struct sockaddr_in in;
    sendto_fn *real;

    find("sendto", &real);
    return real(fd, buf, n, flags, redirect(addr, len, &in), len);
}

ssize_t
recvfrom(int fd, void *buf, size_t n, int flags, struct sockaddr *from, socklen_t *len)
{
    recvfrom_fn *real;
    ssize_t got;

    find("recvfrom", &real);
    got = real(fd, buf, n, flags, from, len);
    if (got >= 0)
        restore(from);
    return got;
}

/* What recvfrom() becomes in programs built with fortified sources. */
ssize_t
__recvfrom_chk(int fd, void *buf, size_t len, size_t size, int flags,
               struct sockaddr *from, socklen_t *from_len)
{
    return recvfrom(fd, buf, len < size ? len : size, flags, from, from_len);
}
