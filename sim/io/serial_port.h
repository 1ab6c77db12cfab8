/*
 * serial_port.h - a BMC's own serial port, as a TCP server or client: the
 * "serial" lines of its lan.conf.
 *
 *     serial 15 localhost 9003 codec TerminalMode
 *     serial 2 192.0.2.1 4002 connect codec Direct
 *
 * Codecs are TerminalMode, Direct (basic mode) and RadisysAscii; lines with
 * codec VM are left alone. Channel 15, or the name of a system interface, is
 * what system software has: no sessions, every privilege. Another number is a
 * serial channel; who connects is trusted there up to administrator, as
 * ipmi_sim trusts him.
 *
 * One client at a time (tcp_line.h). The n-th BMC of one machine listens n - 1
 * ports further up. With connect we are the client. A message for which there
 * is no room, or no client, is lost whole.
 */
#ifndef IPMILAB_IO_SERIAL_PORT_H
#define IPMILAB_IO_SERIAL_PORT_H

#include "sim/io/loop.h"

#define SERIAL_PORT_HOST_MAX 64    /* of a host's name, NUL counted */

/* What a "serial" line says. */
struct serial_port_line {
    char host[SERIAL_PORT_HOST_MAX];
    uint16_t port;
    uint8_t channel;
    uint8_t codec;                 /* enum serial_codec */
    bool connect;
};

/* Take the words of a "serial" line. False: it opens no port here. */
bool serial_port_parse(const char *words, struct serial_port_line *out);

struct serial_ports;

typedef void serial_ports_warn_fn(const char *line, const char *why);

/* Find the lines of all units of the loop's lab, and listen, or connect. A
 * port that cannot be had is warned of, once. ST_NOMEM. */
enum status serial_ports_new(struct loop *loop, serial_ports_warn_fn *warn,
                             struct serial_ports **out);

/* Hang up, before loop_free(). Answers still to come are forgotten when the
 * loop has closed all. */
void serial_ports_free(struct serial_ports *ports);

#endif
