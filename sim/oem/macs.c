#include "sim/oem/macs.h"

#include <string.h>

#include "sim/mc/mc_parts.h"

#define PARAM_MAC 5

void
oem_macs_get(const struct mc *mc, const struct oem_macs *macs, enum oem_port port,
             uint8_t to[OEM_MAC])
{
    const uint8_t *mac = lanparm_mac(mc, port);

    if (mac == NULL && port == OEM_PORT_SHARED && macs->written) {
        memcpy(to, macs->shared, OEM_MAC);
        return;
    }
    if (mac == NULL)
        mac = lanparm_mac(mc, OEM_PORT_DEDICATED);
    memset(to, 0, OEM_MAC);
    if (mac == NULL)
        return;
    memcpy(to, mac, OEM_MAC);
    if (lanparm_mac(mc, port) == NULL)
        to[OEM_MAC - 1]++;
}

enum ipmi_cc
oem_macs_set(struct mc *mc, struct oem_macs *macs, enum oem_port port,
             const uint8_t mac[OEM_MAC])
{
    struct param_ask ask = { .selector = PARAM_MAC, .privilege = PRIV_ADMIN };
    struct rd data = rd_of(bytes_of(mac, OEM_MAC));

    if (lanparm_mac(mc, port) != NULL)
        return lanparm_set(mc->lanparm[port], &ask, &data);
    if (port == OEM_PORT_DEDICATED)
        return CC_STATE;
    memcpy(macs->shared, mac, OEM_MAC);
    macs->written = true;
    return CC_OK;
}
