/*
 * toyos.h - what a simulated host says at its serial port: firmware and
 * kernel messages while it boots, a log-in, a shell of a few commands.
 *
 * It is as deterministic as all of the lab: what it prints depends on the
 * host's events, lab time and what is typed. Output is made when it is
 * fetched, so that a listing of any length costs no memory and stops when
 * nobody takes it; keys typed meanwhile wait, TOYOS_AHEAD of them.
 *
 * Nothing is said while nobody is at the port. Who comes while the host
 * boots sees the rest of the messages; who comes later is greeted with a
 * log-in prompt; who leaves is logged out, as a modem's hang-up does it. Any
 * name but the empty one is let in with any password, which is not echoed.
 * All else is echoed: also during a boot, by a system that stops or crashed,
 * and in the setup program, which take no other notice of a line. A lone X
 * leaves setup.
 *
 * Commands: help, uname, uptime, date, whoami, echo WORDS, seq [FROM] TO,
 * clear, reboot, poweroff, exit. Ctrl-C ends a listing, Ctrl-U forgets the
 * line, Ctrl-D logs out. A break and then "b" resets the host, as Linux's
 * magic SysRq does; "o" turns it off; other keys tell that.
 */
#ifndef IPMILAB_HOST_TOYOS_H
#define IPMILAB_HOST_TOYOS_H

#include "sim/host/host.h"
#include "sim/host/uart.h"

#define TOYOS_LINE 128         /* characters of a typed line that are kept */
#define TOYOS_AHEAD 256        /* keys that wait */

struct toyos;

/*
 * Plug one into a port of host's, whose events it follows. ST_NOMEM; ST_FULL
 * when the host has no room for a listener.
 */
enum status toyos_new(struct world *world, struct host *host, struct uart *uart,
                      struct toyos **out);

/* Unplug it, unless something else was plugged in meanwhile; before the host
 * and the port are freed. */
void toyos_free(struct toyos *os);

#endif
