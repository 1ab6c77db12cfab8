/*
 * stream.h - a host's serial port that leads out of the lab: the "sol" line of
 * its BMC's lan.conf.
 *
 *     sol "tcp:host:port" 115200
 *     sol "telnet:host:port" 115200
 *
 * The port is connected to that TCP server - a QEMU's serial console, say -
 * instead of the lab's own operating system; characters go both ways, and
 * telnet's commands are taken out and a break put in. A server that is not
 * there is tried again now and then (tcp_line.h); meanwhile nothing is said and
 * what is typed is lost, as on an unplugged line. A few thousand characters wait
 * in either direction: a server that says more waits.
 *
 * Other devices are left alone and told once; so is a server while it cannot
 * be reached.
 */
#ifndef IPMILAB_IO_STREAM_H
#define IPMILAB_IO_STREAM_H

#include "sim/io/loop.h"

#define STREAM_HOST_MAX 64         /* of a host's name, NUL counted */

struct streams;

typedef void streams_warn_fn(const char *device, const char *why);

/* What a device of a "sol" line means. */
struct stream_device {
    bool telnet;
    char host[STREAM_HOST_MAX];
    uint16_t port;
};

/* Take a "sol" line's first argument, in quotes or not; false when it is no
 * TCP server. */
bool stream_parse(const char *words, struct stream_device *out);

/* Find the lines of all units of the loop's lab, and connect. */
enum status streams_new(struct loop *loop, streams_warn_fn *warn, struct streams **out);

/* Disconnect. Before loop_free(). */
void streams_free(struct streams *streams);

/*
 * Take telnet's commands out of len octets at at, in place; *state is 0 at the
 * beginning and kept between calls. Returns how many are left.
 */
size_t stream_untelnet(uint8_t *state, uint8_t *at, size_t len);

#endif
