/*
 * udp.h - the UDP sockets of a lab's LAN endpoints.
 *
 * Datagrams are received and sent in batches (recvmmsg, sendmmsg); a batch
 * is given to the lab at one instant, the one of its receipt, and what the
 * lab answers is sent before the next is read. Nothing is allocated per
 * packet.
 */
#ifndef IPMILAB_IO_UDP_H
#define IPMILAB_IO_UDP_H

#include "sim/io/loop.h"

struct udp_hub;

enum status udp_hub_new(struct loop *loop, struct udp_hub **out);

/* Close all sockets. Before loop_free(). */
void udp_hub_free(struct udp_hub *hub);

/*
 * Bind a socket for one endpoint of a unit. Port 0 takes a free one; bound
 * is where it stands then, and socket the mark for lan_set_endpoint(). ST_IO
 * with errno kept when the system refuses.
 */
enum status udp_hub_open(struct udp_hub *hub, struct chassis_unit *unit, struct lan *lan,
                         const struct peer *at, struct peer *bound, void **socket);

/* Begin to receive on all sockets opened so far. */
enum status udp_hub_start(struct udp_hub *hub);

/* Send what is for the port of SNMP traps, 162, to another one; 0: do not. */
void udp_hub_set_trap_port(struct udp_hub *hub, uint16_t port);

/* Datagrams that the system would not take. */
uint64_t udp_hub_unsent(const struct udp_hub *hub);

#endif
