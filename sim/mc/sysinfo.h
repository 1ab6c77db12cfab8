/*
 * sysinfo.h - system info parameters: names and versions that the host's
 * software leaves with its BMC.
 *
 * Seven strings of at most SYSINFO_STRING_MAX octets, in sets of 16: set 0
 * is encoding, length and 14 octets, later sets are 16 octets each. Nothing
 * is kept until one is written; until then firmware version and system name
 * read as the machine's (the name in its controller's locator record).
 * Operating system name and version (4, 5) are volatile: a reset of the host
 * clears them.
 * Spec: IPMI v2.0 22.14a-22.14b.
 */
#ifndef IPMILAB_MC_SYSINFO_H
#define IPMILAB_MC_SYSINFO_H

#include "sim/base/status.h"
#include "sim/ipmi/param.h"

struct mc;

#define SYSINFO_STRINGS 7            /* parameters 1 .. 7 */
#define SYSINFO_STRING_MAX 254       /* 14 + 15 sets of 16 */

struct sysinfo;

/* Parameters 0 .. 7: a family of struct mc. */
extern const struct param_family sysinfo_family;

/* The BMC only; allocates nothing. */
enum status sysinfo_init(struct mc *mc);
void sysinfo_reset(struct mc *mc);
void sysinfo_free(struct mc *mc);

/* The host was reset or went off: the volatile strings and a set in
 * progress end. */
void sysinfo_host_left(struct mc *mc);

/*
 * Parameter 1 .. 7 as it stands: encoding, and at most size octets of the
 * string at to. Returns its whole length.
 */
size_t sysinfo_string(const struct mc *mc, unsigned parameter, uint8_t *encoding,
                      uint8_t *to, size_t size);

#endif
