#include "sim/oem/inventec.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/hex.h"
#include "sim/mc/mc_parts.h"
#include "sim/mc/reply.h"
#include "sim/oem/defaults.h"
#include "sim/oem/dhcp.h"
#include "sim/oem/extconf_common.h"
#include "sim/oem/fans.h"
#include "sim/oem/macs.h"

#define NETFN_GENERIC  0x30
#define NETFN_SPECIFIC 0x34

#define SOL_TIMEOUT    0xc0      /* SOL parameter */
#define CHANNEL_BITS   0x0f
#define REVISION_ONLY  0x80

#define PARAM_BAD_PASSWORD 26
#define BAD_PASSWORD   6         /* octets of it */
#define LOCKOUT_UNIT_S 10u

#define ASSET_MAX      10
#define MAC_TEXT       17
#define FANS_BY_HAND   0x80
#define FANS_DUTY      0x7f

#define INSTALL_OPTIONS 12
#define UPDATE_INTERFACES 3
#define UPDATE_FORCE   0x80
enum { UPDATE_COMING, UPDATE_CHECKED, UPDATE_WRITTEN, UPDATE_DONE = 0xff };

#define EEPROM_BUS     0x05      /* channel 0, bus 2, private */
#define EEPROM_ADDRESS 0xa6
#define READ_BIT       0x01

#define SECURITY_FAILURES 0x02
#define SECURITY_WINDOW   0x03
#define SECURITY_TIME     0x04
#define UPDATE_REMOTE     0x01
#define URI_MAX           254

struct inventec {
    struct extconf conf;         /* first: extconf_common.h finds it by that */
    struct oem_dhcp dhcp;
    struct oem_macs macs;
    uint16_t sol_timeout[MC_LANS_MAX];
    uint8_t board_id;
    uint8_t fan_board[2];
    uint8_t *eeprom;             /* NULL until it is written */

    struct oem_task task;        /* volatile, like all below */
    struct oem_task update;
    uint8_t fans;
};

static struct inventec *
state_of(struct mc *mc)
{
    return oem_state(mc, &oem_inventec);
}

/* ---- extended configuration ---- */

/* Octets of LAN parameter 26 that an attribute is; its value, or in 10 s. */
static enum ipmi_cc
set_bad_password(struct mc *mc, size_t at, size_t size, unsigned value)
{
    for (unsigned i = 0; i < MC_LANS_MAX && mc->lanparm[i] != NULL; i++) {
        struct param_ask ask = { .selector = PARAM_BAD_PASSWORD, .privilege = PRIV_ADMIN };
        uint8_t all[BAD_PASSWORD];
        struct rd data = rd_of(bytes_of(all, sizeof all));
        enum ipmi_cc cc;

        memcpy(all, mc->lanparm[i]->bad_password, sizeof all);
        all[at] = (uint8_t)value;
        if (size > 1)
            all[at + 1] = (uint8_t)(value >> 8);
        cc = lanparm_set(mc->lanparm[i], &ask, &data);
        if (cc != CC_OK)
            return cc;
    }
    return CC_OK;
}

static unsigned
in_units(struct bytes seconds)
{
    unsigned s = (unsigned)seconds.at[0] | (unsigned)seconds.at[1] << 8;

    return (s + LOCKOUT_UNIT_S - 1) / LOCKOUT_UNIT_S;
}

static enum ipmi_cc
set_failures(struct mc *mc, uint8_t index, struct bytes data)
{
    (void)index;
    return set_bad_password(mc, 1, 1, data.at[0]);
}

static enum ipmi_cc
set_window(struct mc *mc, uint8_t index, struct bytes data)
{
    (void)index;
    return set_bad_password(mc, 2, 2, in_units(data));
}

static enum ipmi_cc
set_lockout(struct mc *mc, uint8_t index, struct bytes data)
{
    (void)index;
    return set_bad_password(mc, 4, 2, in_units(data));
}

#define VALUE(octets) .kind = EXTCONF_VALUE, .size = (octets)

static const struct extconf_attr attrs[] = {
    { EXTCONF_SOL, 0x02, VALUE(1), .max = 1 },
    { EXTCONF_SECURITY, 0x01, VALUE(1), .max = 0x0f },
    { EXTCONF_SECURITY, SECURITY_FAILURES, VALUE(1), .set = set_failures },
    { EXTCONF_SECURITY, SECURITY_WINDOW, VALUE(2), .set = set_window },
    { EXTCONF_SECURITY, SECURITY_TIME, VALUE(2), .set = set_lockout },
    { EXTCONF_UPDATE, UPDATE_REMOTE, VALUE(1), .max = 1, .value = 1 },
    { EXTCONF_UPDATE, 0x02, VALUE(1), .value = 0x07, .read_only = true },
    { EXTCONF_UPDATE, 0x03, .kind = EXTCONF_TEXT, .size = URI_MAX },
    { EXTCONF_UPDATE, 0x04, VALUE(1), .value = 3 },
    { EXTCONF_UPDATE, 0x05, VALUE(1), .value = 2 },
    { EXTCONF_UPDATE, 0x06, VALUE(1) },
    { EXTCONF_POWER, 0x01, VALUE(1) },
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
begin_kept(struct inventec *v)
{
    extconf_defaults(&v->conf);
    oem_dhcp_init(&v->dhcp);
    memset(v->sol_timeout, 0, sizeof v->sol_timeout);
}

static enum ipmi_cc
restore_to_defaults(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct inventec *v = state_of(mc);
    bool rest;
    enum ipmi_cc cc = oem_defaults_restore(mc, rq, &v->task, &rest, rs);

    if (cc == CC_OK && rest)
        begin_kept(v);
    return cc;
}

static enum ipmi_cc
get_restore_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return oem_defaults_status(mc, rq, &state_of(mc)->task, rs);
}

/* ---- who it is ---- */

static enum ipmi_cc
set_system_guid(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    rd_copy(&rq->data, mc->guid, sizeof mc->guid);
    return CC_OK;
}

static enum ipmi_cc
set_board_id(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    state_of(mc)->board_id = rd_u8(&rq->data);
    return CC_OK;
}

static enum ipmi_cc
get_board_id(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, state_of(mc)->board_id);
    return CC_OK;
}

static enum ipmi_cc
set_fan_board(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct inventec *v = state_of(mc);

    (void)rs;
    rd_copy(&rq->data, v->fan_board, sizeof v->fan_board);
    return CC_OK;
}

static enum ipmi_cc
get_fan_board(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct inventec *v = state_of(mc);

    (void)rq;
    wr_bytes(rs, v->fan_board, sizeof v->fan_board);
    return CC_OK;
}

static enum ipmi_cc
set_asset_tag(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct bytes tag = rd_rest(&rq->data);
    uint8_t total;
    enum ipmi_cc cc;

    if (mc->dcmi == NULL)
        return CC_STATE;
    cc = dcmi_set_string(mc, DCMI_ASSET, 0, tag, &total);
    if (cc == CC_OK)
        wr_u8(rs, (unsigned)tag.len);
    return cc;
}

/* "aa:bb:cc:dd:ee:ff" and a NUL. */
static bool
parse_mac(struct bytes text, uint8_t to[OEM_MAC])
{
    if (text.len != MAC_TEXT + 1 || text.at[MAC_TEXT] != 0)
        return false;
    for (size_t i = 0; i < OEM_MAC; i++) {
        int high = hex_digit((char)text.at[3 * i]);
        int low = hex_digit((char)text.at[3 * i + 1]);

        if (high < 0 || low < 0 || (i + 1 < OEM_MAC && text.at[3 * i + 2] != ':'))
            return false;
        to[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static enum ipmi_cc
set_mac(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    enum oem_port port = rq->cmd == 0x21 ? OEM_PORT_DEDICATED : OEM_PORT_SHARED;
    uint8_t mac[OEM_MAC];

    (void)rs;
    if (!parse_mac(rd_rest(&rq->data), mac))
        return CC_INVALID_FIELD;
    return oem_macs_set(mc, &state_of(mc)->macs, port, mac);
}

/* ---- the same settings, by other commands ---- */

static enum ipmi_cc
set_web_ports(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct extconf *conf = &state_of(mc)->conf;
    uint16_t http = rd_le16(&rq->data);
    uint16_t https = rd_le16(&rq->data);

    (void)rs;
    if (http == 0 || https == 0)
        return CC_RANGE;
    extconf_put_value(conf, EXTCONF_WEB, EXTCONF_WEB_HTTP, http);
    extconf_put_value(conf, EXTCONF_WEB, EXTCONF_WEB_HTTPS, https);
    return CC_OK;
}

static enum ipmi_cc
get_web_ports(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct extconf *conf = &state_of(mc)->conf;
    uint32_t http = 0, https = 0;

    (void)rq;
    extconf_value(conf, EXTCONF_WEB, EXTCONF_WEB_HTTP, &http);
    extconf_value(conf, EXTCONF_WEB, EXTCONF_WEB_HTTPS, &https);
    wr_le16(rs, http);
    wr_le16(rs, https);
    return CC_OK;
}

static enum ipmi_cc
set_lan_source(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t source = rd_u8(&rq->data);

    if (source > 1)
        return CC_INVALID_FIELD;
    extconf_put_value(&state_of(mc)->conf, EXTCONF_NIC, EXTCONF_NIC_MODE, source);
    wr_u8(rs, source);
    return CC_OK;
}

static enum ipmi_cc
get_lan_source(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t source = 0;

    (void)rq;
    extconf_value(&state_of(mc)->conf, EXTCONF_NIC, EXTCONF_NIC_MODE, &source);
    wr_u8(rs, source);
    return CC_OK;
}

/* ---- fans ---- */

static enum ipmi_cc
set_fans(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t setting = rd_u8(&rq->data);

    (void)rs;
    if ((setting & FANS_DUTY) > OEM_FANS_FULL)
        return CC_RANGE;
    state_of(mc)->fans = setting;
    if (setting & FANS_BY_HAND)
        oem_fans_drive(mc, setting & FANS_DUTY);
    else
        oem_fans_auto(mc);
    return CC_OK;
}

static enum ipmi_cc
get_fans(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, state_of(mc)->fans);
    return CC_OK;
}

/* ---- firmware update ---- */

static enum ipmi_cc
update_firmware(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct inventec *v = state_of(mc);
    uint8_t interface = rd_u8(&rq->data);
    uint8_t type = rd_u8(&rq->data);
    uint32_t remote = 0;

    extconf_value(&v->conf, EXTCONF_UPDATE, UPDATE_REMOTE, &remote);
    if (interface >= UPDATE_INTERFACES || type & (uint8_t)~UPDATE_FORCE)
        return CC_INVALID_FIELD;
    if (!remote)
        return CC_STATE;
    v->update.id = v->update.id == UINT8_MAX ? 1 : (uint8_t)(v->update.id + 1);
    v->update.began = mc->world->now;
    wr_u8(rs, v->update.id);
    return CC_OK;
}

static enum ipmi_cc
get_update_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct inventec *v = state_of(mc);
    uint8_t id = rd_u8(&rq->data);
    instant steps = (mc->world->now - v->update.began) / INVENTEC_STEP;

    if (id == 0 || id != v->update.id)
        return CC_RANGE;
    wr_u8(rs, steps <= UPDATE_WRITTEN ? (unsigned)steps : UPDATE_DONE);
    return CC_OK;
}

/* ---- EEPROM ---- */

static enum ipmi_cc
write_eeprom(struct inventec *v, uint16_t at, struct bytes data)
{
    if (data.len > INVENTEC_EEPROM_PAGE)
        return CC_INVALID_FIELD;
    if (v->eeprom == NULL) {
        v->eeprom = malloc(INVENTEC_EEPROM);
        if (v->eeprom == NULL)
            return CC_NO_SPACE;
        memset(v->eeprom, 0xff, INVENTEC_EEPROM);
    }
    for (size_t i = 0; i < data.len; i++)
        v->eeprom[(at + i) % INVENTEC_EEPROM] = data.at[i];
    return CC_OK;
}

/* Addresses wrap around, as in the part itself. */
static enum ipmi_cc
access_eeprom(struct mc *mc, struct ipmi_req *rq, uint8_t count, struct rd *data,
              struct wr *rs)
{
    struct inventec *v = state_of(mc);
    uint16_t at = rd_be16(data);
    struct bytes write = rd_rest(data);

    if (data->bad)
        return CC_LENGTH;
    if (count > reply_room(mc, rq))
        return CC_CANNOT_RETURN;
    if (write.len > 0) {
        enum ipmi_cc cc = rq->privilege >= PRIV_ADMIN ? write_eeprom(v, at, write)
                                                      : CC_PRIVILEGE;

        if (cc != CC_OK)
            return cc;
    }
    for (unsigned i = 0; i < count; i++)
        wr_u8(rs, v->eeprom != NULL ? v->eeprom[(at + i) % INVENTEC_EEPROM] : 0xffu);
    return CC_OK;
}

static enum ipmi_cc
master_write_read(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct rd data = rq->data;
    uint8_t bus = rd_u8(&data);
    uint8_t address = rd_u8(&data) & (uint8_t)~READ_BIT;
    uint8_t count = rd_u8(&data);

    if (bus != EEPROM_BUS || address != EEPROM_ADDRESS || i2c_described(mc, 2, EEPROM_ADDRESS))
        return command_pass(&mc->gate, mc, rq, rs);
    return access_eeprom(mc, rq, count, &data, rs);
}

/* ---- parameters ---- */

static enum ipmi_cc
get_lan(struct mc *mc, uint8_t channel, uint8_t param, uint8_t set, uint8_t block,
        struct wr *data)
{
    (void)set;
    (void)block;
    if (param != OEM_DHCP_RETRY_PARAM)
        return CC_PARAM_UNSUPPORTED;
    return oem_dhcp_get(&state_of(mc)->dhcp, mc_lan_index(mc, channel), data);
}

static enum ipmi_cc
set_lan(struct mc *mc, uint8_t channel, uint8_t param, struct rd *data)
{
    if (param != OEM_DHCP_RETRY_PARAM)
        return CC_PARAM_UNSUPPORTED;
    return oem_dhcp_set(&state_of(mc)->dhcp, mc_lan_index(mc, channel), data);
}

/* Index of the LAN that the first octet names, or -1. */
static int
lan_named(struct mc *mc, const struct ipmi_req *rq, uint8_t first)
{
    const struct channel *channel = mc_channel(mc, rq, first & CHANNEL_BITS);

    return channel != NULL ? mc_lan_index(mc, channel->number) : -1;
}

static enum ipmi_cc
get_sol(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct rd data = rq->data;
    uint8_t first = rd_u8(&data);
    uint8_t selector = rd_u8(&data);
    int lan = lan_named(mc, rq, first);

    if (selector != SOL_TIMEOUT || lan < 0)
        return command_pass(&mc->gate, mc, rq, rs);
    rd_skip(&rq->data, 4);
    wr_u8(rs, PARAM_REVISION);
    if (!(first & REVISION_ONLY))
        wr_le16(rs, state_of(mc)->sol_timeout[lan]);
    return CC_OK;
}

static enum ipmi_cc
set_sol(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct rd data = rq->data;
    uint8_t first = rd_u8(&data);
    uint8_t selector = rd_u8(&data);
    uint16_t minutes = rd_le16(&data);
    int lan = lan_named(mc, rq, first);

    if (selector != SOL_TIMEOUT || lan < 0)
        return command_pass(&mc->gate, mc, rq, rs);
    if (!rd_done(&data))
        return CC_LENGTH;
    state_of(mc)->sol_timeout[lan] = minutes;
    return CC_OK;
}

/* ---- the profile ---- */

static void
init(struct mc *mc, void *state)
{
    struct inventec *v = state;

    (void)mc;
    extconf_init(&v->conf, &table);
    begin_kept(v);
    v->fan_board[0] = 1;
    v->fans = OEM_FANS_AUTO;
}

static void
reset(struct mc *mc, void *state)
{
    struct inventec *v = state;

    extconf_reset(&v->conf);
    v->task = v->update = (struct oem_task){ 0 };
    if (v->fans & FANS_BY_HAND)
        oem_fans_auto(mc);
    v->fans = OEM_FANS_AUTO;
}

static void
end(struct mc *mc, void *state)
{
    struct inventec *v = state;

    (void)mc;
    extconf_end(&v->conf);
    free(v->eeprom);
}

#define OEM GROUP_OEM_CMDS
#define SOL (GROUP_OEM_CMDS | GROUP_SOL)

static const struct command rows[] = {
    { NETFN_APP, 0x52, "Master Write-Read", NEEDS_OPERATOR, 3, LEN_ANY, OEM,
      master_write_read, "22.11" },
    { NETFN_FIRMWARE, 0x01, "Inventec Update Firmware", NEEDS_ADMIN, 2, 2 + INSTALL_OPTIONS,
      OEM, update_firmware, "" },
    { NETFN_FIRMWARE, 0x02, "Inventec Get Update Status", NEEDS_USER | READS, 1, 1, OEM,
      get_update_status, "" },
    { NETFN_TRANSPORT, 0x21, "Set SOL Configuration Parameters", NEEDS_ADMIN, 2, LEN_ANY, SOL,
      set_sol, "26.2" },
    { NETFN_TRANSPORT, 0x22, "Get SOL Configuration Parameters", NEEDS_USER | READS, 4, 4,
      SOL, get_sol, "26.3" },
    { NETFN_GENERIC, 0x01, "Inventec Reserve Extended Configuration", NEEDS_USER, 0, 0, OEM,
      reserve, "" },
    { NETFN_GENERIC, 0x02, "Inventec Get Extended Configuration", NEEDS_USER | READS,
      EXTCONF_GET_LEN, EXTCONF_GET_LEN, OEM, get_config, "" },
    { NETFN_GENERIC, 0x03, "Inventec Set Extended Configuration", NEEDS_ADMIN,
      EXTCONF_SET_LEN, LEN_ANY, OEM, set_config, "" },
    { NETFN_GENERIC, 0x04, "Inventec Restore To Defaults", NEEDS_ADMIN, 1, 1, OEM,
      restore_to_defaults, "" },
    { NETFN_GENERIC, 0x05, "Inventec Get Restore Status", NEEDS_USER | READS, 1, 1, OEM,
      get_restore_status, "" },
    { NETFN_GENERIC, 0xb3, "Inventec Set System GUID", NEEDS_ADMIN, 16, 16, OEM,
      set_system_guid, "" },
    { NETFN_SPECIFIC, 0x02, "Inventec Set Web Port Number", NEEDS_ADMIN, 4, 4, OEM,
      set_web_ports, "" },
    { NETFN_SPECIFIC, 0x03, "Inventec Get Web Port Number", NEEDS_USER | READS, 0, 0, OEM,
      get_web_ports, "" },
    { NETFN_SPECIFIC, 0x10, "Inventec Set Board ID", NEEDS_ADMIN, 1, 1, OEM, set_board_id,
      "" },
    { NETFN_SPECIFIC, 0x11, "Inventec Get Board ID", NEEDS_USER | READS, 0, 0, OEM,
      get_board_id, "" },
    { NETFN_SPECIFIC, 0x12, "Inventec Set Asset Tag", NEEDS_ADMIN, 0, ASSET_MAX, OEM,
      set_asset_tag, "" },
    { NETFN_SPECIFIC, 0x13, "Inventec Set LAN Source", NEEDS_ADMIN, 1, 1, OEM,
      set_lan_source, "" },
    { NETFN_SPECIFIC, 0x14, "Inventec Get LAN Source", NEEDS_USER | READS, 0, 0, OEM,
      get_lan_source, "" },
    { NETFN_SPECIFIC, 0x15, "Inventec Set FCB Firmware Version", NEEDS_ADMIN, 2, 2, OEM,
      set_fan_board, "" },
    { NETFN_SPECIFIC, 0x16, "Inventec Get FCB Firmware Version", NEEDS_USER | READS, 0, 0,
      OEM, get_fan_board, "" },
    { NETFN_SPECIFIC, 0x61, "Inventec Set Fan Control", NEEDS_ADMIN, 1, 1, OEM, set_fans, "" },
    { NETFN_SPECIFIC, 0x62, "Inventec Get Fan Control", NEEDS_USER | READS, 0, 0, OEM,
      get_fans, "" },
};

static const struct command mac_rows[] = {
    { NETFN_OEM, 0x21, "Inventec Set Dedicated MAC Address", NEEDS_ADMIN, MAC_TEXT + 1,
      MAC_TEXT + 1, OEM, set_mac, "" },
    { NETFN_OEM, 0x23, "Inventec Set Shared MAC Address", NEEDS_ADMIN, MAC_TEXT + 1,
      MAC_TEXT + 1, OEM, set_mac, "" },
};

const struct command_table oem_inventec_commands = { "inventec", rows,
                                                     sizeof rows / sizeof rows[0], 0 };
const struct command_table oem_inventec_mac_commands = {
    "inventec MAC", mac_rows, sizeof mac_rows / sizeof mac_rows[0], COMMAND_NO_IANA,
};

static const struct command_table *const tables[] = { &oem_inventec_commands,
                                                      &oem_inventec_mac_commands };

const struct oem_profile oem_inventec = {
    .name = "inventec",
    .what = "Inventec 5441 and 5442 (Dell Xanadu)",
    .tables = tables,
    .table_count = sizeof tables / sizeof tables[0],
    .state_size = sizeof(struct inventec),
    .init = init,
    .reset = reset,
    .end = end,
    .get_lan = get_lan,
    .set_lan = set_lan,
};
