#include "capture/peer_text.h"

#include <stdio.h>

#define GROUPS 8

static unsigned
group(const struct peer *p, int i)
{
    return (unsigned)p->addr[2 * i] << 8 | p->addr[2 * i + 1];
}

/* The longest run of two and more zero groups, the first of equal ones
 * (RFC 5952): begins at *at, len 0 when there is none. */
static int
longest_zeros(const struct peer *p, int *at)
{
    int best = 0;

    *at = 0;
    for (int i = 0; i < GROUPS; i++) {
        int len = 0;

        while (i + len < GROUPS && group(p, i + len) == 0)
            len++;
        if (len > best && len > 1) {
            best = len;
            *at = i;
        }
    }
    return best;
}

static char *
ipv6_text(const struct peer *p, char *to, size_t size)
{
    int zeros_at, zeros = longest_zeros(p, &zeros_at), n = 0;
    char text[48];

    for (int i = 0; i < GROUPS; i++) {
        if (zeros && i == zeros_at) {
            n += snprintf(text + n, sizeof text - (size_t)n, "::");
            i += zeros - 1;
            continue;
        }
        n += snprintf(text + n, sizeof text - (size_t)n, "%s%x",
                      i && !(zeros && i == zeros_at + zeros) ? ":" : "", group(p, i));
    }
    (void)snprintf(to, size, "[%s]:%u", text, p->port);
    return to;
}

char *
peer_text(const struct peer *p, char *to, size_t size)
{
    if (p->family == PEER_IPV6)
        return ipv6_text(p, to, size);
    if (p->family == PEER_IPV4)
        (void)snprintf(to, size, "%u.%u.%u.%u:%u", p->addr[0], p->addr[1], p->addr[2],
                       p->addr[3], p->port);
    else
        (void)snprintf(to, size, "-");
    return to;
}
