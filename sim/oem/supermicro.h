/*
 * supermicro.h - the profile "supermicro": commands of Supermicro's BMCs.
 *
 *   3Ch 20h, 30h 20h  firmware: version, build, hardware id, tag
 *   30h 03h           reset chassis intrusion: the sensor's, which Get
 *                     Chassis Status follows
 *   30h 45h           fan mode: 0 standard, 1 full, 2 optimal, 4 heavy I/O
 *   30h 70h           by the first octet:
 *                       F0h   services beside IPMI: 0 off, 1 on, 2 which
 *                       0Ch   LAN port: 0 dedicated, 1 shared, 2 failover
 *                       66h   a fan zone's duty in percent
 *                     alone 0, 1 or 2: as after F0h
 *   30h 41h, 3Ch 40h  factory defaults (sim/oem/defaults.h) and a cold reset
 *   06h 52h           Master Write-Read: power supplies on private bus 3
 *
 * Power supply n is the n-th sensor of type Power Supply. It is well when it
 * is present and shows nothing else; at 70h + 2(n - 1) register 0Ch, and at
 * 78h + 2(n - 1) register 78h, read 1 then, and 0 when it is not; at
 * B0h + 2(n - 1) registers 79h and 0Ch read 0, or 1. A described device at
 * the same address comes first.
 *
 * Full and heavy I/O drive the fans (sim/oem/fans.h), as duties do; there is one
 * duty for both zones, the higher. Kept across cold resets: services, LAN
 * port, fan mode. Lost: duties.
 *
 * No text of the vendor's was to be had; layouts are those of clients.
 */
#ifndef IPMILAB_OEM_SUPERMICRO_H
#define IPMILAB_OEM_SUPERMICRO_H

#include "sim/mc/oem.h"

extern const struct oem_profile oem_supermicro;
extern const struct command_table oem_supermicro_commands;

#endif
