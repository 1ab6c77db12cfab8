/*
 * udp.h - UDP sockets, received from and sent to in batches.
 *
 * A batch (recvmmsg) is given to the user at one instant, the one of its
 * receipt, and what is answered is sent (sendmmsg) before the next is read.
 * Nothing is allocated per packet.
 *
 * A socket may be the secondary port of another: who is heard there is marked
 * so, and what outbox entries of the other one's mark have for such a peer
 * leaves there.
 */
#ifndef IPMILAB_IO_UDP_H
#define IPMILAB_IO_UDP_H

#include <uv.h>

#include "sim/base/status.h"
#include "sim/engine/outbox.h"

struct udp_hub;
struct chassis_unit;
struct lan;

/* What a socket is for: one endpoint of a unit, or what mark means to the user. */
struct udp_end {
    struct chassis_unit *unit;
    struct lan *lan;
    void *mark;
    void *beside;            /* socket whose secondary port this is; NULL: none */
};

/* Whose the sockets are: a lab in real time (udp_lab.h), a scenario's stage. */
struct udp_user {
    void *ctx;
    uv_loop_t *uv;

    /* Datagrams are here: do what was due before, and say which instant it is. */
    instant (*arrived)(void *ctx);

    /* One of them, at that instant. It may not open or close sockets. */
    void (*input)(void *ctx, const struct udp_end *end, instant now, const struct peer *from,
                  struct bytes datagram);

    /* That was the last of the batch. */
    void (*settle)(void *ctx);
};

/* Copies user. */
enum status udp_hub_new(const struct udp_user *user, struct udp_hub **out);

/* Close all sockets; the loop is run once more before it is closed. */
void udp_hub_free(struct udp_hub *hub);

/*
 * Bind a socket. Port 0 takes a free one; bound is where it stands then, and
 * socket the mark of outbox entries that it is to send. end is copied. ST_IO
 * with errno kept when the system refuses.
 */
enum status udp_hub_open(struct udp_hub *hub, const struct udp_end *end, const struct peer *at,
                         struct peer *bound, void **socket);

/* Close one of them; a secondary port before the socket that it is beside. */
void udp_hub_close(struct udp_hub *hub, void *socket);

/* Begin to receive on all sockets opened so far. */
enum status udp_hub_start(struct udp_hub *hub);

/* Send all of an outbox whose endpoints are sockets of this hub, and clear it. */
void udp_hub_flush(struct udp_hub *hub, struct outbox *ob);

/* Send one datagram. By a socket that was closed meanwhile nothing goes out. */
void udp_hub_send(struct udp_hub *hub, void *socket, const struct peer *to,
                  struct bytes datagram);

/* Send what is for the port of SNMP traps, 162, to another one; 0: do not. */
void udp_hub_set_trap_port(struct udp_hub *hub, uint16_t port);

/* Datagrams that the system would not take. */
uint64_t udp_hub_unsent(const struct udp_hub *hub);

#endif
