/*
 * macs.h - the two MAC addresses of a BMC with a dedicated and a shared
 * network port, as manufacturers' commands read and write them.
 *
 * The dedicated port is the first LAN, the shared one the second, and their
 * addresses are those of LAN parameter 5. A controller with one LAN keeps the
 * other address here: until it is written, the next after the dedicated one.
 */
#ifndef IPMILAB_OEM_MACS_H
#define IPMILAB_OEM_MACS_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/wire/codes.h"

#define OEM_MAC 6

struct mc;

enum oem_port { OEM_PORT_DEDICATED, OEM_PORT_SHARED, OEM_PORTS };

/* All zero: nothing was written. */
struct oem_macs {
    bool written;
    uint8_t shared[OEM_MAC];
};

void oem_macs_get(const struct mc *mc, const struct oem_macs *macs, enum oem_port port,
                  uint8_t to[OEM_MAC]);

/* D5h on a controller without a LAN. */
enum ipmi_cc oem_macs_set(struct mc *mc, struct oem_macs *macs, enum oem_port port,
                          const uint8_t mac[OEM_MAC]);

#endif
