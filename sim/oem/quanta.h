/*
 * quanta.h - the profile "quanta": a Quanta S99Q, as its BMC answers.
 *
 *   30h 01h 02h 03h  extended configuration (sim/oem/extconf.h): what is common
 *                    (sim/oem/extconf_common.h), and 03h 02h redirection of
 *                    telnet and SSH to SOL, 04h 01h services that are off
 *                    (bits: 0 all, 1 KVM, 2 HTTP, 3 SSH and telnet), 11h 01h
 *                    node manager (bit 7)
 *   30h 04h 05h      reset to defaults, and how far that is (sim/oem/defaults.h)
 *   30h 10h          a temperature in degrees C, signed, by sensor number; CBh
 *                    without such a sensor, or a reading
 *   30h 18h          processor, from 1 on: type, MHz; C9h past the last.
 *                    Processors are the entities of that kind that sensors
 *                    belong to, at least one
 *   36h 65h          platform id, asked for with 4Ch 1Ch 00h 02h: 1
 *   06h 52h          Master Write-Read: the MAC addresses on private bus 2 at
 *                    AAh, from offset 0 the dedicated port's, from 6 on the
 *                    shared one's. They are those of the first and second
 *                    LAN; with one LAN the second is kept here. A described
 *                    device at that address comes first
 *
 * Kept across cold resets: all but reservations and tasks.
 * Layouts are those of clients; that of 10h is our own, none of them asks for
 * it. Other commands of the vendor's, whose layout nobody tells, are C1h.
 */
#ifndef IPMILAB_OEM_QUANTA_H
#define IPMILAB_OEM_QUANTA_H

#include "sim/mc/oem.h"

extern const struct oem_profile oem_quanta;
extern const struct command_table oem_quanta_commands;

#endif
