/*
 * tyan.h - the profile "tyan": the serial console of older Tyan boards,
 * which sends what the host says as plain UDP datagrams (TSOL).
 *
 *   30h 06h  Start: IPv4 address, UDP port (high octet first)
 *   30h 02h  Stop: the same
 *   30h 03h  Send Keys: how many octets follow, keys, a number that differs from
 *            that of the request before (the same again: sent twice)
 *
 * Datagrams go out of the LAN that Start came by: four octets (0, 0, a counter,
 * high octet first), then up to TSOL_CHARS characters. They stop with Stop, with
 * the session that asked, or a cold reset.
 *
 * Where the real thing sends wherever it is told, this one sends to the address
 * that the request came from and to no other (CCh), so that a lab cannot be
 * made to send to strangers; thus it starts over an IPv4 LAN only. D5h: somebody
 * else has the serial port; or, for the other two, it is not started.
 *
 * Layouts are those of ipmitool.
 */
#ifndef IPMILAB_OEM_TYAN_H
#define IPMILAB_OEM_TYAN_H

#include "sim/mc/oem.h"

#define TSOL_CHARS 64u
#define TSOL_KEYS_MAX 64u              /* that wait for the host; then C0h */

extern const struct oem_profile oem_tyan;
extern const struct command_table oem_tyan_commands;

#endif
