#include "sim/oem/wistron_ipv6.h"

#include <string.h>

#include "sim/base/ip6.h"
#include "sim/mc/lanparm6.h"
#include "sim/mc/mc_parts.h"

#define ADDRESS IP6_ADDRESS
#define ENABLED 0x80

enum { PARAM_ENABLES = 51, PARAM_STATIC = 56, PARAM_DYNAMIC = 59, PARAM_ROUTER = 65 };

/* A static address, as parameter 56 has it behind its set selector. */
struct fixed {
    uint8_t enable;
    uint8_t address[ADDRESS];
    uint8_t prefix;
};

/* ---- texts ---- */

/* The empty text is the address of nobody. */
static bool
parse(struct bytes text, uint8_t to[ADDRESS])
{
    memset(to, 0, ADDRESS);
    return text.len == 0 || ip6_parse(text, to);
}

static void
print(const uint8_t address[ADDRESS], struct wr *to)
{
    char room[IP6_TEXT];

    wr_bytes(to, room, ip6_print(address, room));
}

enum ipmi_cc
wistron_check_ipv6(struct mc *mc, uint8_t index, struct bytes data)
{
    uint8_t address[ADDRESS];

    (void)mc;
    (void)index;
    return parse(data, address) ? CC_OK : CC_INVALID_FIELD;
}

/* ---- parameters of the first LAN ---- */

/* Data of a parameter without its revision; false without a LAN. */
static bool
get_param(struct mc *mc, uint8_t selector, uint8_t room[PARAM_DATA_MAX])
{
    struct param_ask ask = { .selector = selector, .privilege = PRIV_ADMIN };
    uint8_t all[1 + PARAM_DATA_MAX];
    struct wr to = wr_of(all, sizeof all);

    if (mc->lanparm[0] == NULL || lanparm_get(mc->lanparm[0], &ask, false, &to) != CC_OK)
        return false;
    memcpy(room, all + 1, wr_len(&to) - 1);
    return true;
}

static enum ipmi_cc
set_param(struct mc *mc, uint8_t selector, struct bytes data)
{
    struct param_ask ask = { .selector = selector, .privilege = PRIV_ADMIN };
    struct rd from = rd_of(data);

    return mc->lanparm[0] != NULL ? lanparm_set(mc->lanparm[0], &ask, &from)
                                  : CC_INVALID_FIELD;
}

static bool
get_fixed(struct mc *mc, struct fixed *out)
{
    uint8_t room[PARAM_DATA_MAX];
    struct rd from = rd_of(bytes_of(room, sizeof room));

    if (!get_param(mc, PARAM_STATIC, room))
        return false;
    rd_skip(&from, 1);
    out->enable = rd_u8(&from);
    rd_copy(&from, out->address, ADDRESS);
    out->prefix = rd_u8(&from);
    return true;
}

static enum ipmi_cc
set_fixed(struct mc *mc, const struct fixed *fixed)
{
    uint8_t room[PARAM_DATA_MAX];
    struct wr to = wr_of(room, sizeof room);

    wr_u8(&to, 0);
    wr_u8(&to, fixed->enable);
    wr_bytes(&to, fixed->address, ADDRESS);
    wr_u8(&to, fixed->prefix);
    return set_param(mc, PARAM_STATIC, wr_bytes_of(&to));
}

/* ---- attributes ---- */

enum ipmi_cc
wistron_get_ipv6_on(struct mc *mc, uint8_t index, struct wr *data)
{
    uint8_t room[PARAM_DATA_MAX];

    (void)index;
    if (!get_param(mc, PARAM_ENABLES, room))
        return CC_INVALID_FIELD;
    wr_u8(data, room[0] != IPV6_OFF);
    return CC_OK;
}

enum ipmi_cc
wistron_set_ipv6_on(struct mc *mc, uint8_t index, struct bytes data)
{
    uint8_t enables = data.at[0] ? IPV6_BOTH : IPV6_OFF;

    (void)index;
    return set_param(mc, PARAM_ENABLES, bytes_of(&enables, 1));
}

enum ipmi_cc
wistron_get_ipv6_address(struct mc *mc, uint8_t index, struct wr *data)
{
    struct fixed fixed;

    (void)index;
    if (!get_fixed(mc, &fixed))
        return CC_INVALID_FIELD;
    print(fixed.address, data);
    return CC_OK;
}

enum ipmi_cc
wistron_set_ipv6_address(struct mc *mc, uint8_t index, struct bytes data)
{
    static const uint8_t none[ADDRESS];
    struct fixed fixed;

    (void)index;
    if (!get_fixed(mc, &fixed) || !parse(data, fixed.address))
        return CC_INVALID_FIELD;
    fixed.enable = memcmp(fixed.address, none, ADDRESS) != 0 ? ENABLED : 0;
    return set_fixed(mc, &fixed);
}

enum ipmi_cc
wistron_get_ipv6_prefix(struct mc *mc, uint8_t index, struct wr *data)
{
    struct fixed fixed;

    (void)index;
    if (!get_fixed(mc, &fixed))
        return CC_INVALID_FIELD;
    wr_u8(data, fixed.prefix);
    return CC_OK;
}

enum ipmi_cc
wistron_set_ipv6_prefix(struct mc *mc, uint8_t index, struct bytes data)
{
    struct fixed fixed;

    (void)index;
    if (!get_fixed(mc, &fixed))
        return CC_INVALID_FIELD;
    fixed.prefix = data.at[0];
    return set_fixed(mc, &fixed);
}

enum ipmi_cc
wistron_get_ipv6_gateway(struct mc *mc, uint8_t index, struct wr *data)
{
    uint8_t room[PARAM_DATA_MAX];

    (void)index;
    if (!get_param(mc, PARAM_ROUTER, room))
        return CC_INVALID_FIELD;
    print(room, data);
    return CC_OK;
}

enum ipmi_cc
wistron_set_ipv6_gateway(struct mc *mc, uint8_t index, struct bytes data)
{
    uint8_t address[ADDRESS];

    (void)index;
    if (!parse(data, address))
        return CC_INVALID_FIELD;
    return set_param(mc, PARAM_ROUTER, bytes_of(address, sizeof address));
}

enum ipmi_cc
wistron_get_ipv6_link_local(struct mc *mc, uint8_t index, struct wr *data)
{
    uint8_t room[PARAM_DATA_MAX];

    (void)index;
    if (!get_param(mc, PARAM_DYNAMIC, room))
        return CC_INVALID_FIELD;
    print(room + 2, data);   /* behind set selector and source */
    return CC_OK;
}
