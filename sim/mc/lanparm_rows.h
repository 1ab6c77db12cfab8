/*
 * lanparm_rows.h - the rows of LAN parameters 0 to 26, a family of struct
 * lanparm (lanparm6.h has the others).
 */
#ifndef IPMILAB_MC_LANPARM_ROWS_H
#define IPMILAB_MC_LANPARM_ROWS_H

#include "sim/mc/lanparm.h"

extern const struct param_family lanparm_family;

/* Sources of an IP address: parameter 4. */
enum { IP_SOURCE_UNSPECIFIED, IP_SOURCE_STATIC, IP_SOURCE_DHCP, IP_SOURCE_BIOS, IP_SOURCE_OTHER };

/* Make config's suite limits what parameter 24 says. */
void lanparm_apply_suites(struct lanparm *lp);

#endif
