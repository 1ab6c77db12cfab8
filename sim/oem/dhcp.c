#include "sim/oem/dhcp.h"

#include <string.h>

void
oem_dhcp_init(struct oem_dhcp *dhcp)
{
    static const uint8_t first[OEM_DHCP_RETRY] = { 0xff, 1, 5 };

    for (size_t i = 0; i < MC_LANS_MAX; i++)
        memcpy(dhcp->retry[i], first, sizeof first);
}

enum ipmi_cc
oem_dhcp_get(const struct oem_dhcp *dhcp, int lan, struct wr *data)
{
    if (lan < 0)
        return CC_INVALID_FIELD;
    wr_bytes(data, dhcp->retry[lan], OEM_DHCP_RETRY);
    return CC_OK;
}

enum ipmi_cc
oem_dhcp_set(struct oem_dhcp *dhcp, int lan, struct rd *data)
{
    if (lan < 0)
        return CC_INVALID_FIELD;
    if (rd_left(data) != OEM_DHCP_RETRY)
        return CC_LENGTH;
    rd_copy(data, dhcp->retry[lan], OEM_DHCP_RETRY);
    return CC_OK;
}
