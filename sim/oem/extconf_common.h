/*
 * extconf_common.h - the extended configuration that all manufacturers
 * who have it agree on, and the commands around it that they share.
 *
 *   02h NIC               01 shared 0 or dedicated 1
 *   03h SOL               01 idle time-out, minutes
 *   05h account status    01 how many users have a name, 02 are enabled; of
 *                         user <index>: 03 its name, 04 enabled 1, disabled
 *                         2, locked out 3, none of them 0
 *   06h DNS               01 servers by DHCP, 02 03 servers, 04 register the
 *                         BMC, 05 host name, 06 domain by DHCP, 07 domain
 *   0Ch web server        01 on, 02 sessions at most, 03 now, 04 time-out
 *                         (s), 05 06 ports of HTTP and HTTPS
 *   0Fh firmware          01 name, 02 description, 03 entity, 04 product,
 *                         05 version, 06 branch, 07 build
 *   11h power management  02 after AC comes back: 0 at once, 1 at random,
 *                         2 after 03 (s); 04 05 bounds of that delay
 *
 * Users are the controller's; the version is that of Get Device ID, the
 * build its auxiliary octets, the product that of FRU 0. The rest is kept,
 * and that is all: there is no web server, and no DNS to be asked.
 */
#ifndef IPMILAB_OEM_EXTCONF_COMMON_H
#define IPMILAB_OEM_EXTCONF_COMMON_H

#include "sim/oem/extconf.h"

#define EXTCONF_NIC 0x02
#define EXTCONF_SOL 0x03
#define EXTCONF_SECURITY 0x04
#define EXTCONF_ACCOUNTS 0x05
#define EXTCONF_DNS 0x06
#define EXTCONF_WEB 0x0c
#define EXTCONF_FIRMWARE 0x0f
#define EXTCONF_UPDATE 0x10
#define EXTCONF_POWER 0x11

#define EXTCONF_NIC_MODE 0x01
#define EXTCONF_WEB_HTTP 0x05
#define EXTCONF_WEB_HTTPS 0x06

extern const struct extconf_group extconf_common;

/* For their tables' other: the one of a controller's configurations (its
 * profiles inventec, quanta, wistron) that has the attribute. */
struct extconf *extconf_common_other(struct mc *mc, uint8_t config, uint8_t id);

#define EXTCONF_DNS_HOST_MAX 64
#define EXTCONF_DNS_DOMAIN_MAX 254
#define EXTCONF_WEB_SESSIONS 4

#endif
