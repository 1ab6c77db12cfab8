#include "sim/mc/lanparm_rows.h"

#include <string.h>

#include "sim/mc/mc_parts.h"

#define AUTH_LEVELS 5
#define ARP_BITS (LANPARM_ARP_RESPONSES | LANPARM_ARP_GRATUITOUS)
#define HEADER_FLAGS 0xe0      /* of the second octet of parameter 7 */
#define HEADER_SERVICE 0xfe    /* of the third: precedence, type of service */
#define VLAN_ENABLED 0x80      /* of the second octet */
#define VLAN_ID_HIGH 0x0f
#define VLAN_PRIORITY_MAX 7
#define DESTINATION_TYPE 0x07
#define DESTINATION_ACK 0x80
#define DESTINATION_RETRIES 0x07
#define DESTINATION_OEM1 6
#define ADDRESS_FORMAT 0xf0
#define ADDRESS_IPV4 0x00
#define ADDRESS_IPV6 0x10
#define ADDRESS_GATEWAY 0x01   /* the backup gateway */
#define ADDRESS_IPV4_LEN 12
#define ADDRESS_IPV6_LEN 17
#define TAG_802_1Q 0x10
#define AUDIT_BIT 0x01
#define HPM2_AROUND_REQUEST 7u /* octets of a payload beside its data */
#define HPM2_AROUND_ANSWER 8u

static enum ipmi_cc
check_auth_enables(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    const struct lanparm *lp = of;

    (void)ask;
    for (size_t i = 0; i < len; i++)
        if (data[i] & ~lp->config.auth_support)
            return CC_INVALID_FIELD;
    return CC_OK;
}

/* Who else than us sets the address may not be overruled; a client that
 * writes back what it read is let through. */
static enum ipmi_cc
check_ip(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    const struct lanparm *lp = of;
    bool ours = lp->ip_source != IP_SOURCE_DHCP && lp->ip_source != IP_SOURCE_BIOS;

    (void)ask;
    return ours || memcmp(data, lp->ip, len) == 0 ? CC_OK : CC_STATE;
}

static enum ipmi_cc
check_ip_source(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[0] &= 0x0f;
    return param_check_range(data[0], IP_SOURCE_OTHER);
}

static enum ipmi_cc
check_header(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[1] &= HEADER_FLAGS;
    data[2] &= HEADER_SERVICE;
    return CC_OK;
}

static enum ipmi_cc
check_arp(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[0] &= ARP_BITS;
    return CC_OK;
}

static enum ipmi_cc
check_destination_type(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    uint8_t type = data[0] & DESTINATION_TYPE;

    (void)of;
    (void)ask;
    (void)len;
    if (type != 0 && type < DESTINATION_OEM1)
        return CC_INVALID_FIELD;
    data[0] &= DESTINATION_ACK | DESTINATION_TYPE;
    data[2] &= DESTINATION_RETRIES;
    return CC_OK;
}

static size_t
address_len(uint8_t first)
{
    switch (first & ADDRESS_FORMAT) {
    case ADDRESS_IPV4:
        return ADDRESS_IPV4_LEN;
    case ADDRESS_IPV6:
        return ADDRESS_IPV6_LEN;
    default:
        return 0;
    }
}

static enum ipmi_cc
set_destination_address(void *of, const struct param_ask *ask, struct rd *data)
{
    struct lanparm *lp = of;
    uint8_t *to = lp->destinations[ask->set].address;
    size_t len = rd_left(data);
    uint8_t value[ADDRESS_IPV6_LEN] = { 0 };

    rd_copy(data, value, len);
    if (address_len(value[0]) == 0)
        return CC_INVALID_FIELD;
    if (address_len(value[0]) != len)
        return CC_LENGTH;
    value[0] &= ADDRESS_FORMAT;
    if (value[0] == ADDRESS_IPV4)
        value[1] &= ADDRESS_GATEWAY;
    memcpy(to, value, sizeof value);
    return CC_OK;
}

static enum ipmi_cc
get_destination_address(const void *of, const struct param_ask *ask, struct wr *rs)
{
    const struct lanparm *lp = of;
    const uint8_t *from = lp->destinations[ask->set].address;

    wr_bytes(rs, from, address_len(from[0]));
    return CC_OK;
}

/* Id 0 is no VLAN, FFFh is reserved. */
static enum ipmi_cc
check_vlan(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    unsigned id = (unsigned)(data[1] & VLAN_ID_HIGH) << 8 | data[0];

    (void)of;
    (void)ask;
    (void)len;
    if (id == 0xfff || ((data[1] & VLAN_ENABLED) && id == 0))
        return CC_INVALID_FIELD;
    data[1] &= VLAN_ENABLED | VLAN_ID_HIGH;
    return CC_OK;
}

static enum ipmi_cc
check_vlan_priority(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    return param_check_range(data[0], VLAN_PRIORITY_MAX);
}

static enum ipmi_cc
check_vlan_tag(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[0] &= 0xf0;
    return param_check_range(data[0], TAG_802_1Q);
}

/* Parameter 23 has room for sixteen entries; OpenIPMI takes no less. */
static enum ipmi_cc
get_suites(const void *of, const struct param_ask *ask, struct wr *rs)
{
    (void)of;
    (void)ask;
    wr_u8(rs, 0);
    for (unsigned entry = 0; entry < 16; entry++)
        wr_u8(rs, entry < LANPARM_SUITE_ENTRIES ? entry : 0);
    return CC_OK;
}

/* The level of a suite that has an entry: low nibble first. */
static uint8_t
suite_level(const uint8_t *suites, size_t id)
{
    return suites[1 + id / 2] >> (id % 2 ? 4 : 0) & 0x0f;
}

void
lanparm_apply_suites(struct lanparm *lp)
{
    struct lan_config *config = &lp->config;

    for (size_t i = 0; i < config->suites; i++)
        if (config->suite_id[i] < LANPARM_SUITE_ENTRIES)
            config->suite_limit[i] = suite_level(lp->suites, config->suite_id[i]);
}

static enum ipmi_cc
set_suite_levels(void *of, const struct param_ask *ask, struct rd *data)
{
    struct lanparm *lp = of;
    uint8_t value[sizeof lp->suites];

    (void)ask;
    rd_copy(data, value, sizeof value);
    for (size_t id = 0; id < LANPARM_SUITE_ENTRIES; id++)
        if (suite_level(value, id) > PRIV_OEM)
            return CC_INVALID_FIELD;
    value[0] = 0;
    value[sizeof value - 1] &= 0x0f;   /* there is no entry 16 */
    memcpy(lp->suites, value, sizeof value);
    lanparm_apply_suites(lp);
    return CC_OK;
}

static enum ipmi_cc
get_suite_levels(const void *of, const struct param_ask *ask, struct wr *rs)
{
    const struct lanparm *lp = of;

    (void)ask;
    wr_bytes(rs, lp->suites, sizeof lp->suites);
    return CC_OK;
}

static enum ipmi_cc
check_bad_password(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[0] &= AUDIT_BIT;
    return CC_OK;
}

/* HPM.2: capabilities, attachment and bandwidth class unspecified, then the
 * longest payloads that come in and go out. */
static enum ipmi_cc
get_hpm2(const void *of, const struct param_ask *ask, struct wr *rs)
{
    const struct lanparm *lp = of;

    (void)ask;
    if (!(lp->mc->gate.groups & GROUP_HPM))
        return CC_CMD_80;
    wr_fill(rs, 0, 3);
    wr_le16(rs, HPM2_AROUND_REQUEST + LANPARM_HPM2_REQUEST);
    wr_le16(rs, HPM2_AROUND_ANSWER + LANPARM_HPM2_ANSWER);
    return CC_OK;
}

static const uint8_t destinations[] = { LANPARM_DESTINATIONS };
static const uint8_t suite_entries[] = { LANPARM_SUITE_ENTRIES };

#define AT(field) .at = offsetof(struct lanparm, field)
#define ONLY .access = PARAM_RO
#define DESTINATION .keys = PARAM_SETS, .set_max = LANPARM_DESTINATIONS, \
                    .stride = sizeof(struct lanparm_destination), .keep = PARAM_SET0_VOLATILE

static const struct param rows[] = {
    { PARAM_PROGRESS, "Set In Progress", .size = 1, AT(progress), .keep = PARAM_VOLATILE },
    { 1, "Authentication Type Support", .size = 1, ONLY, AT(config.auth_support) },
    { 2, "Authentication Type Enables", .size = AUTH_LEVELS, AT(config.auth_enables),
      .check = check_auth_enables },
    { 3, "IP Address", .size = 4, AT(ip), .check = check_ip },
    { 4, "IP Address Source", .size = 1, AT(ip_source), .check = check_ip_source },
    { 5, "MAC Address", .size = 6, AT(mac) },
    { 6, "Subnet Mask", .size = 4, AT(mask) },
    { 7, "IPv4 Header Parameters", .size = 3, AT(header), .check = check_header },
    { 8, "Primary RMCP Port Number", .size = 2, AT(port) },
    { 9, "Secondary RMCP Port Number", .size = 2, AT(port_secondary) },
    { 10, "BMC-generated ARP Control", .size = 1, AT(arp), .check = check_arp },
    { 11, "Gratuitous ARP Interval", .size = 1, AT(arp_interval) },
    { 12, "Default Gateway Address", .size = 4, AT(gateway) },
    { 13, "Default Gateway MAC Address", .size = 6, AT(gateway_mac) },
    { 14, "Backup Gateway Address", .size = 4, AT(backup_gateway) },
    { 15, "Backup Gateway MAC Address", .size = 6, AT(backup_gateway_mac) },
    { 16, "Community String", .size = LANPARM_COMMUNITY, AT(community) },
    { 17, "Number of Destinations", .size = 1, ONLY, .fixed = destinations },
    { 18, "Destination Type", .size = 3, DESTINATION, AT(destinations[0].type),
      .check = check_destination_type },
    { 19, "Destination Addresses", .size = ADDRESS_IPV4_LEN, .size_max = ADDRESS_IPV6_LEN,
      DESTINATION, .set = set_destination_address, .get = get_destination_address },
    { 20, "802.1q VLAN ID", .size = 2, AT(vlan), .check = check_vlan },
    { 21, "802.1q VLAN Priority", .size = 1, AT(vlan_priority), .check = check_vlan_priority },
    { 22, "RMCP+ Messaging Cipher Suite Entry Support", .size = 1, ONLY,
      .fixed = suite_entries },
    { 23, "RMCP+ Messaging Cipher Suite Entries", .size = 1 + LANPARM_SUITE_ENTRIES, ONLY,
      .get = get_suites },
    { 24, "RMCP+ Messaging Cipher Suite Privilege Levels", .size = 9, .set = set_suite_levels,
      .get = get_suite_levels },
    { 25, "Destination Address VLAN TAGs", .size = 3, DESTINATION, AT(destinations[0].vlan),
      .check = check_vlan_tag },
    { 26, "Bad Password Threshold", .size = 6, AT(bad_password), .check = check_bad_password },
    { LANPARM_HPM2, "HPM.2 Channel Capabilities", .size = 7, ONLY, .get = get_hpm2 },
};

static const uint8_t *
load(const void *of, const struct param *row)
{
    (void)row;
    return of;
}

static uint8_t *
store(void *of, const struct param *row)
{
    (void)row;
    return of;
}

const struct param_family lanparm_family = {
    .name = "LAN",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .revision = PARAM_REVISION,
    .load = load,
    .store = store,
};
