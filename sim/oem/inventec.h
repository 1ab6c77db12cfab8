/*
 * inventec.h - the profile "inventec": an Inventec 5441 or 5442, as its
 * BMC answers.
 *
 *   30h 01h 02h 03h  extended configuration (sim/oem/extconf.h): what is common
 *                    (sim/oem/extconf_common.h), and
 *                      03h 02  telnet and SSH redirected to SOL
 *                      04h 01  services that are off (bits: 0 all, 1 KVM,
 *                              2 HTTP, 3 SSH and telnet)
 *                      04h 02 03 04  bad passwords that lock out, window and
 *                              time of it in s
 *                      10h     firmware update: 01 remotely, 02 protocols
 *                              (bits: TFTP, FTP, HTTP), 03 URI, 04 retries,
 *                              05 from one to the next in 5 s, 06 delay (s)
 *                      11h 01  node manager (bit 7)
 *   30h 04h 05h      restore to defaults, and how far that is (sim/oem/defaults.h)
 *   30h B3h          set system GUID: 16 octets, as Get System GUID has them
 *   34h 02h 03h      set, get the ports of HTTP and HTTPS (0Ch 05 06)
 *   34h 10h 11h      set, get board id
 *   34h 12h          set asset tag: up to 10 characters, DCMI's; answers how
 *                    many
 *   34h 13h 14h      set, get LAN source (02h 01)
 *   34h 15h 16h      set, get version of the fan board: major, minor
 *   34h 61h 62h      set, get fan control: [7] by hand, [6:0] percent
 *   2Eh 21h 23h      without an IANA number: set the MAC address (sim/oem/macs.h)
 *                    of the dedicated, the shared port; as text with a NUL
 *   08h 01h 02h      update the firmware, and how far that is: 0 the image
 *                    comes, 1 is checked, 2 is written, FFh done. Each takes
 *                    INVENTEC_STEP; the version stays what it is. D5h while
 *                    remote updates are off
 *   06h 52h          Master Write-Read: an EEPROM of 32 KiB on private bus 2
 *                    at A6h, erased at first. A described device at that
 *                    address comes first
 *
 * LAN parameter C0h: sim/oem/dhcp.h. SOL parameter C0h: time-out when nothing
 * moves, minutes (2), 0 none; kept, and that is all. Lock-out is also written
 * to LAN parameter 26 of all LANs, in 10 s rounded up.
 *
 * Kept across cold resets: all but reservations, tasks and fan control.
 * Layouts are those of clients, and of Dell's description of its C6100's OEM
 * commands; others of the vendor's are C1h.
 */
#ifndef IPMILAB_OEM_INVENTEC_H
#define IPMILAB_OEM_INVENTEC_H

#include "sim/engine/instant.h"
#include "sim/mc/oem.h"

#define INVENTEC_STEP SPAN_MS(500)
#define INVENTEC_EEPROM 0x8000u
#define INVENTEC_EEPROM_PAGE 64u     /* octets that one write fills at most */

extern const struct oem_profile oem_inventec;
extern const struct command_table oem_inventec_commands, oem_inventec_mac_commands;

#endif
