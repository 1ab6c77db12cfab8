/*
 * wistron.h - the profile "wistron": a Wistron (Dell PowerEdge) C6220, as
 * its BMC answers.
 *
 *   30h 01h 02h 03h  extended configuration (sim/oem/extconf.h): what is common
 *                    (sim/oem/extconf_common.h), and
 *                      02h 02  shared port: 0 none, 1 .. 4
 *                      03h 02 03  telnet, SSH: 0 off, 1 SOL, 2 SMASH
 *                      04h 01  services that are off (bits: 0 all, 1 KVM,
 *                              2 HTTP, 3 SSH, 4 SNMP, 5 telnet)
 *                      06h 08  DNS registration delay, s
 *                      0Ch 07 08 09  ports of KVM, telnet, SSH
 *                      0Fh 08  0: keep the present settings as the user's
 *                              defaults, 1: back to them; not read (83h)
 *                      C0h     IPv6: 01 on, 02 address, 03 gateway, 04 prefix
 *                              length, 05 by itself, 06 link-local address,
 *                              07 DNS by itself, 08 09 DNS servers
 *                      C1h     IPv6 traps <index>: 01 type, time-out, retries
 *                              02 address; 03 how many there are
 *   30h 04h 05h      reset to defaults, and how far that is (sim/oem/defaults.h)
 *   30h 1Bh 1Ch      set, get chassis LEDs: protocol 1, identification, fault,
 *                    each 0 off, 1 on, 2 blinking
 *   30h 2Eh          power readings of the chassis; 81h without a power model
 *   30h 51h          password policy: kept, and that is all
 *   08h 0Bh 0Ch 0Dh  write, read, clear a string of WISTRON_STRING octets
 *
 * System info parameters C4h asset tag (DCMI's; may be written), C5h service
 * tag (the product's serial number, at most 7 characters), D1h product name in
 * sets of 16, as the standard ones have it. LAN parameters C0h (sim/oem/dhcp.h) and
 * C1h, what a link that goes down means: [7] nothing, or DHCP anew.
 *
 * IPv6 on, addresses and prefix length are those of LAN parameters 51, 56, 59
 * and 65 of the first LAN. The identification LED is the chassis identify
 * light. The fault LED is on while a sensor tells of something critical, until
 * it is set. FreeIPMI takes the type of trap destination 0 for their number:
 * all are of type 6 (OEM 1) at first, and there are as many.
 *
 * Kept across cold resets: all but reservations, tasks and LEDs.
 * Layouts are those of clients; other commands of the vendor's are C1h.
 */
#ifndef IPMILAB_OEM_WISTRON_H
#define IPMILAB_OEM_WISTRON_H

#include "sim/mc/oem.h"
#include "sim/oem/extconf.h"

#define WISTRON_STRING 80
#define WISTRON_TRAPS 6

extern const struct oem_profile oem_wistron;
extern const struct command_table oem_wistron_commands;

#endif
