/*
 * addr.h - peers and socket addresses, one as the other, and as text.
 */
#ifndef IPMILAB_IO_ADDR_H
#define IPMILAB_IO_ADDR_H

#include <netinet/in.h>
#include <sys/socket.h>

#include "sim/base/status.h"
#include "sim/engine/peer.h"

/* "127.0.0.1:9001", "[::1]:9001" and the NUL. */
#define ADDR_TEXT_MAX 56

/* A peer as a socket address; returns its length, 0 for PEER_NONE. */
socklen_t addr_from_peer(const struct peer *p, struct sockaddr_storage *sa);

/* A socket address as a peer; IPv4-mapped IPv6 becomes IPv4. */
struct peer addr_to_peer(const struct sockaddr *sa);

/* Look a name or numeric address up. ST_MISSING: no such host. */
enum status addr_resolve(const char *host, uint16_t port, struct peer *out);

/* The address alone, and address with port, into size characters at to. */
const char *addr_host_text(const struct peer *p, char *to, size_t size);
const char *addr_text(const struct peer *p, char *to, size_t size);

#endif
