/*
 * dhcp.h - LAN parameter C0h of several manufacturers: how a BMC asks a
 * DHCP server again.
 *
 * Three octets: retries (0 none, FFh for ever), from one to the next in 10 s,
 * and until it begins anew in minutes. Kept, for each LAN, and that is all:
 * nobody asks a server.
 */
#ifndef IPMILAB_OEM_DHCP_H
#define IPMILAB_OEM_DHCP_H

#include "sim/mc/mc_parts.h"

#define OEM_DHCP_RETRY_PARAM 0xc0
#define OEM_DHCP_RETRY 3

struct oem_dhcp {
    uint8_t retry[MC_LANS_MAX][OEM_DHCP_RETRY];
};

void oem_dhcp_init(struct oem_dhcp *dhcp);

/* What Get and Set LAN Configuration Parameters carry behind revision and
 * selector. C7h: not three octets. */
enum ipmi_cc oem_dhcp_get(const struct oem_dhcp *dhcp, int lan, struct wr *data);
enum ipmi_cc oem_dhcp_set(struct oem_dhcp *dhcp, int lan, struct rd *data);

#endif
