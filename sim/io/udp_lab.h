/*
 * udp_lab.h - the UDP sockets of a loop's lab.
 *
 * What they receive goes to the LAN endpoints that they were opened for, and
 * the loop sends the lab's outbox through them.
 */
#ifndef IPMILAB_IO_UDP_LAB_H
#define IPMILAB_IO_UDP_LAB_H

#include "sim/io/loop.h"
#include "sim/io/udp.h"

enum status udp_lab_new(struct loop *loop, struct udp_hub **out);

/* Close all sockets. Before loop_free(). */
void udp_lab_free(struct loop *loop, struct udp_hub *hub);

#endif
