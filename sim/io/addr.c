#include "sim/io/addr.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>

socklen_t
addr_from_peer(const struct peer *p, struct sockaddr_storage *sa)
{
    memset(sa, 0, sizeof *sa);
    if (p->family == PEER_IPV4) {
        struct sockaddr_in *in = (struct sockaddr_in *)(void *)sa;

        in->sin_family = AF_INET;
        in->sin_port = htons(p->port);
        memcpy(&in->sin_addr, p->addr, 4);
        return sizeof *in;
    }
    if (p->family == PEER_IPV6) {
        struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)(void *)sa;

        in6->sin6_family = AF_INET6;
        in6->sin6_port = htons(p->port);
        memcpy(&in6->sin6_addr, p->addr, 16);
        return sizeof *in6;
    }
    return 0;
}

struct peer
addr_to_peer(const struct sockaddr *sa)
{
    struct peer p = { .family = PEER_NONE };

    if (sa->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)sa;

        p.family = PEER_IPV4;
        p.port = ntohs(in->sin_port);
        memcpy(p.addr, &in->sin_addr, 4);
    } else if (sa->sa_family == AF_INET6) {
        const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)(const void *)sa;
        bool mapped = IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr);

        p.family = mapped ? PEER_IPV4 : PEER_IPV6;
        p.port = ntohs(in6->sin6_port);
        memcpy(p.addr, in6->sin6_addr.s6_addr + (mapped ? 12 : 0), mapped ? 4 : 16);
    }
    return p;
}

enum status
addr_resolve(const char *host, uint16_t port, struct peer *out)
{
    struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_DGRAM };
    struct addrinfo *list;

    if (getaddrinfo(host, NULL, &hints, &list) != 0)
        return ST_MISSING;
    *out = addr_to_peer(list->ai_addr);
    out->port = port;
    freeaddrinfo(list);
    return ST_OK;
}

const char *
addr_host_text(const struct peer *p, char *to, size_t size)
{
    int family = p->family == PEER_IPV6 ? AF_INET6 : AF_INET;

    if (inet_ntop(family, p->addr, to, (socklen_t)size) == NULL && size)
        to[0] = '\0';
    return to;
}

const char *
addr_text(const struct peer *p, char *to, size_t size)
{
    char host[INET6_ADDRSTRLEN];

    snprintf(to, size, p->family == PEER_IPV6 ? "[%s]:%u" : "%s:%u",
             addr_host_text(p, host, sizeof host), p->port);
    return to;
}
