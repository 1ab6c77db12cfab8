/*
 * gigabyte.h - the profile "gigabyte": a Gigabyte MD90-FS0-ZB, as its BMC
 * answers.
 *
 *   2Eh CCh, IANA 11102  0Ch 01h sets, 0Ch 02h tells (after the two octets) the
 *                        NIC mode: 1 dedicated, 2 shared, 3 failover
 *   2Eh 20h, IANA 15370  15h, a port (2), 0 block it or 1 unblock it
 *   2Eh 21h, IANA 15370  15h, a port: is it 0 blocked, 1 open
 *
 * Ports are those of the services SSH 22, HTTP 80, rpcbind 111, SLP 427, HTTPS
 * 443, KVM 2068 and WBEM 5988, 5989; C9h for others. Both are kept across
 * cold resets, and that is all: nothing listens there.
 * Layouts are those of clients.
 */
#ifndef IPMILAB_OEM_GIGABYTE_H
#define IPMILAB_OEM_GIGABYTE_H

#include "sim/mc/oem.h"

extern const struct oem_profile oem_gigabyte;
extern const struct command_table oem_gigabyte_commands, oem_gigabyte_port_commands;

#endif
