#include "sim/oem/wistron.h"

#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/defaults.h"
#include "sim/oem/dhcp.h"
#include "sim/oem/extconf_common.h"
#include "sim/oem/fru.h"
#include "sim/oem/health.h"
#include "sim/oem/wistron_ipv6.h"

#define NETFN_GENERIC 0x30

#define ASSET_MAX   20
#define SERVICE_MAX 7
#define SET_OCTETS  16u         /* of a text in sets */
#define ENCODING_ASCII 0

#define LINK_CONTROL      0xc1
#define LINK_CONTROL_BITS 0x80

#define SC_PROTOCOL   1
#define LEDS_BOTH     0x03
#define POWER_TOTAL   0x01
#define NO_READINGS   CC_CMD_81

enum light { LIGHT_OFF, LIGHT_ON, LIGHT_BLINK };

#define TRAP_OEM1     6
#define TRAP_TIMEOUT  3

#define EXTCONF_IPV6  0xc0
#define EXTCONF_TRAPS 0xc1

struct wistron {
    struct extconf conf;         /* first: extconf_common.h finds it by that */
    struct extconf own_defaults; /* the user's, or as at first */
    uint8_t password_policy;
    struct oem_dhcp dhcp;
    uint8_t link_control[MC_LANS_MAX];
    uint8_t text_len;
    uint8_t text[WISTRON_STRING];

    struct oem_task task;        /* volatile, like all below */
    bool identify_blinks, fault_set;
    uint8_t fault;               /* enum light */
};

static struct wistron *
state_of(struct mc *mc)
{
    return oem_state(mc, &oem_wistron);
}

/* ---- extended configuration ---- */

static enum ipmi_cc
get_user_default(struct mc *mc, uint8_t index, struct wr *data)
{
    (void)mc;
    (void)index;
    (void)data;
    return CC_CMD_83;
}

static enum ipmi_cc
set_user_default(struct mc *mc, uint8_t index, struct bytes data)
{
    struct wistron *w = state_of(mc);
    enum status st;

    (void)index;
    st = data.at[0] == 0 ? extconf_copy(&w->own_defaults, &w->conf)
                         : extconf_copy(&w->conf, &w->own_defaults);
    return st == ST_OK ? CC_OK : CC_NO_SPACE;
}

#define VALUE(octets) .kind = EXTCONF_VALUE, .size = (octets)
#define FLAG VALUE(1), .max = 1
#define PORT(n) VALUE(2), .min = 1, .max = UINT16_MAX, .value = (n)
#define ADDRESS .kind = EXTCONF_TEXT, .size = IPV6_TEXT_MAX
#define KEPT_ADDRESS ADDRESS, .text = "::", .set = wistron_check_ipv6

static const struct extconf_attr attrs[] = {
    { EXTCONF_NIC, 0x02, VALUE(1), .max = 4 },
    { EXTCONF_SOL, 0x02, VALUE(1), .max = 2 },
    { EXTCONF_SOL, 0x03, VALUE(1), .max = 2 },
    { EXTCONF_SECURITY, 0x01, VALUE(1), .max = 0x3f },
    { EXTCONF_DNS, 0x08, VALUE(1), .value = 5 },
    { EXTCONF_WEB, 0x07, PORT(5900) },
    { EXTCONF_WEB, 0x08, PORT(23) },
    { EXTCONF_WEB, 0x09, PORT(22) },
    { EXTCONF_FIRMWARE, 0x08, FLAG, .get = get_user_default, .set = set_user_default },
    { EXTCONF_IPV6, 0x01, FLAG, .get = wistron_get_ipv6_on, .set = wistron_set_ipv6_on },
    { EXTCONF_IPV6, 0x02, ADDRESS, .get = wistron_get_ipv6_address,
      .set = wistron_set_ipv6_address },
    { EXTCONF_IPV6, 0x03, ADDRESS, .get = wistron_get_ipv6_gateway,
      .set = wistron_set_ipv6_gateway },
    { EXTCONF_IPV6, 0x04, VALUE(1), .max = 128, .get = wistron_get_ipv6_prefix,
      .set = wistron_set_ipv6_prefix },
    { EXTCONF_IPV6, 0x05, FLAG },
    { EXTCONF_IPV6, 0x06, ADDRESS, .get = wistron_get_ipv6_link_local },
    { EXTCONF_IPV6, 0x07, FLAG },
    { EXTCONF_IPV6, 0x08, KEPT_ADDRESS },
    { EXTCONF_IPV6, 0x09, KEPT_ADDRESS },
    { EXTCONF_TRAPS, 0x01, VALUE(3), .last = WISTRON_TRAPS - 1,
      .value = TRAP_OEM1 | TRAP_TIMEOUT << 8 },
    { EXTCONF_TRAPS, 0x02, KEPT_ADDRESS, .last = WISTRON_TRAPS - 1 },
    { EXTCONF_TRAPS, 0x03, VALUE(1), .value = WISTRON_TRAPS, .read_only = true },
};

static const struct extconf_group group = { attrs, sizeof attrs / sizeof attrs[0] };
static const struct extconf_table table = { { &group, &extconf_common },
                                            extconf_common_other };

static enum ipmi_cc
reserve(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    return extconf_reserve(&state_of(mc)->conf, rs);
}

static enum ipmi_cc
get_config(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return extconf_get(&state_of(mc)->conf, mc, rq, rs);
}

static enum ipmi_cc
set_config(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return extconf_set(&state_of(mc)->conf, mc, rq, rs);
}

/* ---- defaults ---- */

static void
begin_kept(struct wistron *w)
{
    extconf_defaults(&w->conf);
    oem_dhcp_init(&w->dhcp);
    memset(w->link_control, 0, sizeof w->link_control);
    w->password_policy = 0;
}

/* A second octet would reset satellite controllers; there are none. */
static enum ipmi_cc
reset_to_defaults(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct wistron *w = state_of(mc);
    bool rest;
    enum ipmi_cc cc = oem_defaults_restore(mc, rq, &w->task, &rest, rs);

    if (cc == CC_OK && rest)
        begin_kept(w);
    return cc;
}

static enum ipmi_cc
get_restore_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return oem_defaults_status(mc, rq, &state_of(mc)->task, rs);
}

/* ---- chassis ---- */

static enum ipmi_cc
set_leds(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct wistron *w = state_of(mc);
    uint8_t protocol = rd_u8(&rq->data);
    uint8_t identify = rd_u8(&rq->data);
    uint8_t fault = rd_u8(&rq->data);

    (void)rs;
    if (protocol != SC_PROTOCOL || identify > LIGHT_BLINK || fault > LIGHT_BLINK)
        return CC_INVALID_FIELD;
    chassis_identify(mc->chassis, 0, identify != LIGHT_OFF);
    w->identify_blinks = identify == LIGHT_BLINK;
    w->fault = fault;
    w->fault_set = true;
    return CC_OK;
}

static enum light
identify_led(const struct mc *mc, const struct wistron *w)
{
    if (mc->chassis->identify == IDENTIFY_OFF)
        return LIGHT_OFF;
    return w->identify_blinks || mc->chassis->identify == IDENTIFY_TIMED ? LIGHT_BLINK : LIGHT_ON;
}

static enum light
fault_led(const struct mc *mc, const struct wistron *w)
{
    if (w->fault_set)
        return w->fault;
    return oem_health_worst(mc, OEM_HEALTH_ANY_TYPE, NULL) >= HEALTH_CRITICAL ? LIGHT_ON
                                                                              : LIGHT_OFF;
}

static enum ipmi_cc
get_leds(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct wistron *w = state_of(mc);

    (void)rq;
    wr_u8(rs, SC_PROTOCOL);
    wr_u8(rs, LEDS_BOTH);
    wr_u8(rs, identify_led(mc, w));
    wr_u8(rs, fault_led(mc, w));
    return CC_OK;
}

/* What the fans draw of it is not known. */
static enum ipmi_cc
get_power_readings(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct dcmi_reading reading;

    (void)rq;
    if (mc->dcmi == NULL || mc->dcmi->power == NULL)
        return NO_READINGS;
    dcmi_read_power(mc, DCMI_SCAN, &reading);
    wr_le32(rs, sel_time(mc));
    wr_u8(rs, POWER_TOTAL);
    wr_le16(rs, reading.now);
    wr_le16(rs, 0);
    wr_le32(rs, 0);
    return CC_OK;
}

/* ---- password policy, the string ---- */

static enum ipmi_cc
set_password_policy(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t on = rd_u8(&rq->data);

    (void)rs;
    if (on > 1)
        return CC_INVALID_FIELD;
    state_of(mc)->password_policy = on;
    return CC_OK;
}

static enum ipmi_cc
write_string(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct wistron *w = state_of(mc);
    uint8_t at = rd_u8(&rq->data);
    uint8_t count = rd_u8(&rq->data);
    struct bytes data = rd_rest(&rq->data);

    (void)rs;
    if (data.len != count)
        return CC_LENGTH;
    if (at > w->text_len || at + data.len > WISTRON_STRING)
        return CC_RANGE;
    memcpy(w->text + at, data.at, data.len);
    w->text_len = (uint8_t)(at + data.len);
    return CC_OK;
}

static enum ipmi_cc
read_string(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct wistron *w = state_of(mc);
    uint8_t at = rd_u8(&rq->data);
    uint8_t count = rd_u8(&rq->data);

    if (at > w->text_len)
        return CC_RANGE;
    if (count > w->text_len - at)
        count = (uint8_t)(w->text_len - at);
    wr_u8(rs, at);
    wr_u8(rs, count);
    wr_bytes(rs, w->text + at, count);
    return CC_OK;
}

static enum ipmi_cc
clear_string(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    (void)rs;
    state_of(mc)->text_len = 0;
    return CC_OK;
}

/* ---- parameters ---- */

static enum ipmi_cc
get_asset_tag(struct mc *mc, struct wr *data)
{
    struct dcmi_string tag;
    char text[OEM_FRU_TEXT];

    if (mc->dcmi != NULL) {
        (void)dcmi_string(mc, DCMI_ASSET, &tag);
        wr_bytes(data, tag.octets, tag.len < ASSET_MAX ? tag.len : ASSET_MAX);
        return CC_OK;
    }
    oem_fru_text(mc, OEM_FRU_NOW, FRU_PRODUCT, FRU_PRODUCT_ASSET, text, ASSET_MAX + 1);
    wr_bytes(data, text, strlen(text));
    return CC_OK;
}

static enum ipmi_cc
get_service_tag(struct mc *mc, struct wr *data)
{
    char text[OEM_FRU_TEXT];

    oem_fru_text(mc, OEM_FRU_NOW, FRU_PRODUCT, FRU_PRODUCT_SERIAL, text, SERVICE_MAX + 1);
    wr_bytes(data, text, strlen(text));
    return CC_OK;
}

static enum ipmi_cc
get_product_name(struct mc *mc, uint8_t set, struct wr *data)
{
    char text[OEM_FRU_TEXT];
    size_t head = set == 0 ? 2 : 0;
    size_t len, at;

    oem_fru_text(mc, OEM_FRU_NOW, FRU_PRODUCT, FRU_PRODUCT_NAME, text, sizeof text);
    len = strlen(text);
    at = set == 0 ? 0 : set * SET_OCTETS - 2;
    if (at > len)
        return CC_RANGE;
    wr_u8(data, set);
    if (set == 0) {
        wr_u8(data, ENCODING_ASCII);
        wr_u8(data, (unsigned)len);
    }
    len -= at;
    wr_bytes(data, text + at, len < SET_OCTETS - head ? len : SET_OCTETS - head);
    return CC_OK;
}

static enum ipmi_cc
get_sysinfo(struct mc *mc, uint8_t param, uint8_t set, uint8_t block, struct wr *data)
{
    (void)block;
    switch (param) {
    case 0xc4:
        return get_asset_tag(mc, data);
    case 0xc5:
        return get_service_tag(mc, data);
    case 0xd1:
        return get_product_name(mc, set, data);
    default:
        return CC_PARAM_UNSUPPORTED;
    }
}

static enum ipmi_cc
set_sysinfo(struct mc *mc, uint8_t param, struct rd *data)
{
    struct bytes tag = rd_rest(data);
    uint8_t total;

    if (param == 0xc5 || param == 0xd1)
        return CC_CMD_82;
    if (param != 0xc4)
        return CC_PARAM_UNSUPPORTED;
    if (mc->dcmi == NULL)
        return CC_CMD_82;
    if (tag.len > ASSET_MAX)
        return CC_LENGTH;
    rd_skip(data, tag.len);
    return dcmi_set_string(mc, DCMI_ASSET, 0, tag, &total);
}

static enum ipmi_cc
get_lan(struct mc *mc, uint8_t channel, uint8_t param, uint8_t set, uint8_t block,
        struct wr *data)
{
    const struct wistron *w = state_of(mc);
    int lan = mc_lan_index(mc, channel);

    (void)set;
    (void)block;
    if (param == OEM_DHCP_RETRY_PARAM)
        return oem_dhcp_get(&w->dhcp, lan, data);
    if (param != LINK_CONTROL || lan < 0)
        return CC_PARAM_UNSUPPORTED;
    wr_u8(data, w->link_control[lan]);
    return CC_OK;
}

static enum ipmi_cc
set_lan(struct mc *mc, uint8_t channel, uint8_t param, struct rd *data)
{
    struct wistron *w = state_of(mc);
    int lan = mc_lan_index(mc, channel);

    if (param == OEM_DHCP_RETRY_PARAM)
        return oem_dhcp_set(&w->dhcp, lan, data);
    if (param != LINK_CONTROL || lan < 0)
        return CC_PARAM_UNSUPPORTED;
    if (rd_left(data) != 1)
        return CC_LENGTH;
    w->link_control[lan] = rd_u8(data) & LINK_CONTROL_BITS;
    return CC_OK;
}

/* ---- the profile ---- */

static void
init(struct mc *mc, void *state)
{
    struct wistron *w = state;

    (void)mc;
    extconf_init(&w->conf, &table);
    extconf_init(&w->own_defaults, &table);
    begin_kept(w);
}

static void
reset(struct mc *mc, void *state)
{
    struct wistron *w = state;

    (void)mc;
    extconf_reset(&w->conf);
    w->task = (struct oem_task){ 0 };
    w->identify_blinks = w->fault_set = false;
    w->fault = LIGHT_OFF;
}

static void
end(struct mc *mc, void *state)
{
    struct wistron *w = state;

    (void)mc;
    extconf_end(&w->conf);
    extconf_end(&w->own_defaults);
}

#define OEM GROUP_OEM_CMDS
#define CHASSIS (GROUP_OEM_CMDS | GROUP_CHASSIS_DEVICE)

static const struct command rows[] = {
    { NETFN_FIRMWARE, 0x0b, "Wistron Write Proprietary String", NEEDS_ADMIN, 2, LEN_ANY, OEM,
      write_string, "" },
    { NETFN_FIRMWARE, 0x0c, "Wistron Read Proprietary String", NEEDS_USER | READS, 2, 2,
      OEM, read_string, "" },
    { NETFN_FIRMWARE, 0x0d, "Wistron Clear Proprietary String", NEEDS_ADMIN, 0, 0, OEM,
      clear_string, "" },
    { NETFN_GENERIC, 0x01, "Wistron Reserve Extended Configuration", NEEDS_USER, 0, 0, OEM,
      reserve, "" },
    { NETFN_GENERIC, 0x02, "Wistron Get Extended Configuration", NEEDS_USER | READS,
      EXTCONF_GET_LEN, EXTCONF_GET_LEN, OEM, get_config, "" },
    { NETFN_GENERIC, 0x03, "Wistron Set Extended Configuration", NEEDS_ADMIN, EXTCONF_SET_LEN,
      LEN_ANY, OEM, set_config, "" },
    { NETFN_GENERIC, 0x04, "Wistron Reset To Defaults", NEEDS_ADMIN, 1, 2, OEM,
      reset_to_defaults, "" },
    { NETFN_GENERIC, 0x05, "Wistron Get Restore Status", NEEDS_USER | READS, 1, 1, OEM,
      get_restore_status, "" },
    { NETFN_GENERIC, 0x1b, "Wistron Set Chassis LED Status", NEEDS_OPERATOR, 3, 3, CHASSIS,
      set_leds, "" },
    { NETFN_GENERIC, 0x1c, "Wistron Get Chassis LED Status", NEEDS_USER | READS, 0, 0,
      CHASSIS, get_leds, "" },
    { NETFN_GENERIC, 0x2e, "Wistron Get Chassis Power Readings", NEEDS_USER | READS, 0, 0,
      OEM, get_power_readings, "" },
    { NETFN_GENERIC, 0x51, "Wistron Set Password Policy", NEEDS_ADMIN, 1, 1, OEM,
      set_password_policy, "" },
};

const struct command_table oem_wistron_commands = { "wistron", rows,
                                                    sizeof rows / sizeof rows[0], 0 };

static const struct command_table *const tables[] = { &oem_wistron_commands };

const struct oem_profile oem_wistron = {
    .name = "wistron",
    .what = "Wistron (Dell PowerEdge) C6220",
    .tables = tables,
    .table_count = sizeof tables / sizeof tables[0],
    .state_size = sizeof(struct wistron),
    .init = init,
    .reset = reset,
    .end = end,
    .get_sysinfo = get_sysinfo,
    .set_sysinfo = set_sysinfo,
    .get_lan = get_lan,
    .set_lan = set_lan,
};
