#include "sim/mc/lanparm6.h"

#include <stdlib.h>
#include <string.h>

#include "sim/mc/lanparm.h"

#define SUPPORT 0x07           /* IPv6 alert destinations, both at once, IPv6 alone */
#define AUTOMATIC 0x03         /* SLAAC and DHCPv6 */
#define TIMING_GLOBAL 1
#define ROUTERS_BOTH 0x03      /* static ones and those heard */
#define HOP_LIMIT 0x40
#define STATIC_ENABLED 0x80
#define SOURCE_SLAAC 1
#define PREFIX_MAX 128
#define LINK_LOCAL_PREFIX 64
#define DUID_LL 3              /* RFC 8415 11.4: of the link layer */
#define DUID_ETHERNET 1

/*
 * As after delivery. The timing of DHCPv6 is that of RFC 3315 in the units
 * that the specification's table gives each octet (0.5 s for most); that of
 * neighbour discovery is RFC 4861's, delays in 0.5 s, then counts.
 */
static const struct lanparm6 defaults = {
    .hop_limit = HOP_LIMIT,
    .fixed = { { 0, { 0 }, LINK_LOCAL_PREFIX }, { 0, { 0 }, LINK_LOCAL_PREFIX } },
    .dhcp_timing = {
        { 2, 2, 4, 2, 60, 10, 2, 2, 4, 5, 5, 60, 5, 150, 2, 2 },
        { 4, 2, 5, 2, 5 },
    },
    .router_control = ROUTERS_BOTH,
    .nd_timing = { 2, 8, 3, 1, 3, 3 },
};

static const struct lanparm6 *
present(const struct lanparm *lp)
{
    return lp->six != NULL ? lp->six : &defaults;
}

static const uint8_t *
load(const void *of, const struct param *row)
{
    (void)row;
    return (const uint8_t *)present(of);
}

static uint8_t *
store(void *of, const struct param *row)
{
    struct lanparm *lp = of;

    (void)row;
    if (lp->six == NULL) {
        lp->six = malloc(sizeof *lp->six);
        if (lp->six != NULL)
            *lp->six = defaults;
    }
    return (uint8_t *)lp->six;
}

static enum ipmi_cc
check_enables(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    return param_check_range(data[0], IPV6_BOTH);
}

static enum ipmi_cc
check_flow_label(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    data[0] &= 0x0f;
    return CC_OK;
}

static enum ipmi_cc
check_prefix_length(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    return param_check_range(data[0], PREFIX_MAX);
}

static enum ipmi_cc
check_router_control(void *of, const struct param_ask *ask, uint8_t *data, size_t len)
{
    (void)of;
    (void)ask;
    (void)len;
    return param_check_range(data[0], ROUTERS_BOTH);
}

static unsigned
address_status(const struct lanparm *lp, bool enabled)
{
    return enabled && present(lp)->enables != IPV6_OFF ? IPV6_ACTIVE : IPV6_DISABLED;
}

/* The status octet that follows the prefix is the BMC's to say. */
static enum ipmi_cc
set_static(void *of, const struct param_ask *ask, struct rd *data)
{
    struct lanparm6_static value;
    struct lanparm6 *six;

    value.enable = rd_u8(data) & STATIC_ENABLED;
    rd_copy(data, value.address, sizeof value.address);
    value.prefix = rd_u8(data);
    if (value.prefix > PREFIX_MAX)
        return CC_INVALID_FIELD;
    if (store(of, ask->row) == NULL)
        return CC_NO_SPACE;
    six = ((struct lanparm *)of)->six;
    six->fixed[ask->set] = value;
    return CC_OK;
}

static enum ipmi_cc
get_static(const void *of, const struct param_ask *ask, struct wr *rs)
{
    const struct lanparm6_static *a = &present(of)->fixed[ask->set];

    wr_u8(rs, a->enable);
    wr_bytes(rs, a->address, sizeof a->address);
    wr_u8(rs, a->prefix);
    wr_u8(rs, address_status(of, a->enable));
    return CC_OK;
}

/* The link-local address of an Ethernet MAC, RFC 4291 appendix A. */
static enum ipmi_cc
get_dynamic(const void *of, const struct param_ask *ask, struct wr *rs)
{
    const struct lanparm *lp = of;

    (void)ask;
    wr_u8(rs, SOURCE_SLAAC);
    wr_be16(rs, 0xfe80);
    wr_fill(rs, 0, 6);
    wr_u8(rs, lp->mac[0] ^ 0x02u);
    wr_bytes(rs, lp->mac + 1, 2);
    wr_be16(rs, 0xfffe);
    wr_bytes(rs, lp->mac + 3, 3);
    wr_u8(rs, LINK_LOCAL_PREFIX);
    wr_u8(rs, address_status(lp, true));
    return CC_OK;
}

/* The DUID that DHCPv6 would use: its length, then the MAC's. */
static enum ipmi_cc
get_dynamic_duid(const void *of, const struct param_ask *ask, struct wr *rs)
{
    const struct lanparm *lp = of;
    uint8_t blocks[LANPARM6_DUID_BLOCKS][LANPARM6_BLOCK] = { { 0 } };
    struct wr duid = wr_of(blocks[0] + 1, sizeof blocks[0] - 1);

    wr_be16(&duid, DUID_LL);
    wr_be16(&duid, DUID_ETHERNET);
    wr_bytes(&duid, lp->mac, sizeof lp->mac);
    blocks[0][0] = (uint8_t)wr_len(&duid);
    wr_bytes(rs, blocks[ask->block], LANPARM6_BLOCK);
    return CC_OK;
}

static const uint8_t support[] = { SUPPORT };
static const uint8_t status[] = { LANPARM6_STATIC, LANPARM6_DYNAMIC, AUTOMATIC };
static const uint8_t duid_blocks[] = { LANPARM6_DUID_BLOCKS };
static const uint8_t timing[] = { TIMING_GLOBAL };
static const uint8_t none[16] = { 0 };

#define AT(field) .at = offsetof(struct lanparm6, field)
#define ONLY .access = PARAM_RO
#define DUID .size = LANPARM6_BLOCK, .keys = PARAM_SETS_BLOCKS, \
             .block_max = LANPARM6_DUID_BLOCKS - 1
/* A table without entries: every set selector is out of range. */
#define EMPTY .keys = PARAM_SETS, .set_min = 1, .set_max = 0, .fixed = none

static const struct param rows[] = {
    { 50, "IPv6/IPv4 Support", .size = 1, ONLY, .fixed = support },
    { 51, "IPv6/IPv4 Addressing Enables", .size = 1, AT(enables), .check = check_enables },
    { 52, "IPv6 Header Static Traffic Class", .size = 1, AT(traffic_class) },
    { 53, "IPv6 Header Static Hop Limit", .size = 1, AT(hop_limit) },
    { 54, "IPv6 Header Flow Label", .size = 3, AT(flow_label), .check = check_flow_label },
    { 55, "IPv6 Status", .size = 3, ONLY, .fixed = status },
    { 56, "IPv6 Static Addresses", .size = 18, .size_max = 19, .keys = PARAM_SETS,
      .set_max = LANPARM6_STATIC - 1, .set = set_static, .get = get_static },
    { 57, "IPv6 DHCPv6 Static DUID Storage Length", .size = 1, ONLY, .fixed = duid_blocks },
    { 58, "IPv6 DHCPv6 Static DUIDs", DUID, AT(duid) },
    { 59, "IPv6 Dynamic Address", .size = 19, ONLY, .keys = PARAM_SETS,
      .set_max = LANPARM6_DYNAMIC - 1, .get = get_dynamic },
    { 60, "IPv6 DHCPv6 Dynamic DUID Storage Length", .size = 1, ONLY, .fixed = duid_blocks },
    { 61, "IPv6 DHCPv6 Dynamic DUIDs", DUID, ONLY, .get = get_dynamic_duid },
    { 62, "IPv6 DHCPv6 Timing Configuration Support", .size = 1, ONLY, .fixed = timing },
    { 63, "IPv6 DHCPv6 Timing Configuration", .size = LANPARM6_BLOCK,
      .keys = PARAM_SETS_BLOCKS, .block_max = LANPARM6_TIMING_BLOCKS - 1, AT(dhcp_timing) },
    { 64, "IPv6 Router Address Configuration Control", .size = 1, AT(router_control),
      .check = check_router_control },
    { 65, "IPv6 Static Router 1 IP Address", .size = 16, AT(routers[0].address) },
    { 66, "IPv6 Static Router 1 MAC Address", .size = 6, AT(routers[0].mac) },
    { 67, "IPv6 Static Router 1 Prefix Length", .size = 1, AT(routers[0].prefix_length),
      .check = check_prefix_length },
    { 68, "IPv6 Static Router 1 Prefix Value", .size = 16, AT(routers[0].prefix) },
    { 69, "IPv6 Static Router 2 IP Address", .size = 16, AT(routers[1].address) },
    { 70, "IPv6 Static Router 2 MAC Address", .size = 6, AT(routers[1].mac) },
    { 71, "IPv6 Static Router 2 Prefix Length", .size = 1, AT(routers[1].prefix_length),
      .check = check_prefix_length },
    { 72, "IPv6 Static Router 2 Prefix Value", .size = 16, AT(routers[1].prefix) },
    { 73, "IPv6 Number of Dynamic Router Info Sets", .size = 1, ONLY, .fixed = none },
    { 74, "IPv6 Dynamic Router Info IP Address", .size = 16, ONLY, EMPTY },
    { 75, "IPv6 Dynamic Router Info MAC Address", .size = 6, ONLY, EMPTY },
    { 76, "IPv6 Dynamic Router Info Prefix Length", .size = 1, ONLY, EMPTY },
    { 77, "IPv6 Dynamic Router Info Prefix Value", .size = 16, ONLY, EMPTY },
    { 78, "IPv6 Dynamic Router Received Hop Limit", .size = 1, ONLY, .fixed = none },
    { 79, "IPv6 ND/SLAAC Timing Configuration Support", .size = 1, ONLY, .fixed = timing },
    { 80, "IPv6 ND/SLAAC Timing Configuration", .size = LANPARM6_BLOCK,
      .keys = PARAM_SETS_BLOCKS, AT(nd_timing) },
};

const struct param_family lanparm6_family = {
    .name = "LAN, IPv6",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
    .revision = PARAM_REVISION,
    .load = load,
    .store = store,
};
