#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/picmg_cmds.h"

#define LENGTH_BITS 0x3f /* of a type/length octet */

/* ---- the shelf's address ---- */

enum ipmi_cc
shelf_get_address(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct shelf *s = shelf_of(mc);

    (void)rq;
    if (s == NULL)
        return CC_NO_SPACE;
    wr_bytes(rs, s->address, 1u + (s->address[0] & LENGTH_BITS));
    return CC_OK;
}

enum ipmi_cc
shelf_set_address(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct shelf *s = shelf_of(mc);
    struct bytes text = rd_rest(&rq->data);

    (void)rs;
    if (s == NULL)
        return CC_NO_SPACE;
    if (text.len > sizeof s->address || (text.at[0] & LENGTH_BITS) != text.len - 1)
        return CC_INVALID_FIELD;
    memcpy(s->address, text.at, text.len);
    s->addressed = (uint32_t)world_time_s(mc->world);
    return CC_OK;
}

enum ipmi_cc
shelf_get_manager_address(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, mc->machine->address); /* active */
    wr_u8(rs, 0xff);                 /* there is no backup */
    return CC_OK;
}

/* ---- IP addresses ---- */

#define ADDRESS_MANAGER   0x80 /* whichever controller is the manager just now */
#define PICMG_IPV4        0x01
#define VITA_IPV4         0x00
#define MAX_UNAVAILABLE_S 60

/* The n-th address: the LANs of this controller in their order. The port is
 * LAN parameter 8 with its octets the other way round. */
enum ipmi_cc
shelf_get_manager_ip(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t n = rd_u8(&rq->data);
    struct machine_site site = picmg_own_site(mc);
    const uint8_t *ip, *port;

    if (n >= mc->lan_count)
        return CC_NOT_PRESENT;
    ip = lanparm_ip(mc, n);
    port = mc->lanparm[n]->port;
    wr_le32(rs, mc->shelf != NULL ? mc->shelf->addressed : 0);
    wr_u8(rs, mc->lan_count);
    wr_u8(rs, site.type);
    wr_u8(rs, site.number);
    wr_u8(rs, MAX_UNAVAILABLE_S);
    wr_u8(rs, ADDRESS_MANAGER | (picmg_by_vita(rq) ? VITA_IPV4 : PICMG_IPV4));
    wr_bytes(rs, ip, 4);
    wr_u8(rs, port[1]);
    wr_u8(rs, port[0]);
    return CC_OK;
}

/* ---- fan policy ---- */

#define POLICY_ALL       0xff
#define POLICY_FOR_EVER  0xff /* of time-out */
#define POLICY_UNIT      SPAN_S(5) /* 0 is one of them */
#define COVERAGE_COVERED 0x01

/* Who is disabled for a while is enabled again when that is over. */
static uint8_t
policy_now(const struct mc *mc, const struct shelf_policy *p)
{
    return p->enabled || mc->world->now >= p->until;
}

static void
read_site(struct rd *r, struct shelf_policy *p)
{
    p->number = p->of = POLICY_ALL;
    if (rd_left(r) == 0)
        return;
    p->number = rd_u8(r);
    p->of = rd_u8(r);
}

enum ipmi_cc
shelf_set_fan_policy(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct shelf_policy like = { .type = SITE_FAN_TRAY, .site = rd_u8(&rq->data) }, *p;
    uint8_t enabled = rd_u8(&rq->data);
    uint8_t timeout = rd_left(&rq->data) > 0 ? rd_u8(&rq->data) : POLICY_FOR_EVER;

    (void)rs;
    read_site(&rq->data, &like);
    if (enabled > 1)
        return CC_INVALID_FIELD;
    if (rq->data.bad)
        return CC_LENGTH;
    p = shelf_policy(mc, &like, true);
    if (p == NULL)
        return CC_NO_SPACE;
    p->enabled = enabled;
    p->until = timeout == POLICY_FOR_EVER
                   ? INSTANT_NEVER
                   : instant_add(mc->world->now, (timeout + 1u) * POLICY_UNIT);
    return CC_OK;
}

enum ipmi_cc
shelf_get_fan_policy(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct shelf_policy like = { .type = SITE_FAN_TRAY, .site = rd_u8(&rq->data) };
    const struct shelf_policy *p;

    read_site(&rq->data, &like);
    if (rq->data.bad)
        return CC_LENGTH;
    p = shelf_policy(mc, &like, false);
    wr_u8(rs, p == NULL ? 1u : policy_now(mc, p));
    if (like.number != POLICY_ALL)
        wr_u8(rs, picmg_site_of(mc, SITE_FAN_TRAY, like.site) != NULL ? COVERAGE_COVERED
                                                                      : 0u);
    return CC_OK;
}

/* ---- FRU inventories as a whole ---- */

enum ipmi_cc
shelf_lock_control(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t fru = rd_u8(&rq->data), op = rd_u8(&rq->data);
    uint16_t lock = rd_le16(&rq->data);
    uint32_t stamp;
    enum ipmi_cc cc = fru_draft_control(mc, fru, op, &lock, &stamp);

    if (cc != CC_OK)
        return cc;
    wr_le16(rs, lock);
    wr_le32(rs, stamp);
    return CC_OK;
}

enum ipmi_cc
shelf_write_fru(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t fru = rd_u8(&rq->data);
    uint16_t lock = rd_le16(&rq->data), at = rd_le16(&rq->data);
    struct bytes data = rd_rest(&rq->data);
    enum ipmi_cc cc;

    if (data.len > UINT8_MAX)
        return CC_LENGTH;
    cc = fru_draft_write(mc, fru, lock, at, data);
    if (cc == CC_OK)
        wr_u8(rs, (unsigned)data.len);
    return cc;
}

/* ---- power, location, alarms ---- */

#define FEEDS 1

/* Of each feed from the one that is named: what is granted of its power. */
static enum ipmi_cc
get_power_allocation(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct shelf *s = shelf_of(mc);
    uint32_t watts = shelf_watts(mc);

    if (s == NULL)
        return CC_NO_SPACE;
    if (rd_u8(&rq->data) >= FEEDS)
        return CC_INVALID_FIELD;
    wr_le16(rs, s->grants);
    wr_le16(rs, watts < UINT16_MAX ? watts : UINT16_MAX);
    return CC_OK;
}

#define SLOT_WIDTH 30 /* mm */

/* Sites stand side by side, in the order in which they are described: of the
 * site whose hardware address, type and number are given. */
static enum ipmi_cc
get_location(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t hw_address = rd_u8(&rq->data), type = rd_u8(&rq->data);
    uint8_t number = rd_u8(&rq->data);
    const struct machine_site *site = picmg_site_of(mc, type, number);
    unsigned slot;

    if (site == NULL || (hw_address != 0 && site->hw_address != hw_address))
        return CC_NOT_PRESENT;
    slot = (unsigned)(site - mc->opts.shelf->sites);
    wr_u8(rs, slot + 1);
    wr_u8(rs, 1); /* tier */
    wr_u8(rs, 0); /* origin: front, left, bottom */
    wr_le16(rs, slot * SLOT_WIDTH);
    wr_le16(rs, 0);
    return CC_OK;
}

#define ALARM_MINOR    0x01
#define ALARM_MAJOR    0x02
#define ALARM_CRITICAL 0x04
#define ALARM_POWER    0x08
#define ALARMS         (ALARM_MINOR | ALARM_MAJOR | ALARM_CRITICAL | ALARM_POWER)

static enum ipmi_cc
get_alarm_capability(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    if (picmg_named(mc, rq) == NULL)
        return CC_INVALID_FIELD;
    wr_u8(rs, ALARMS);
    return CC_OK;
}

static enum ipmi_cc
set_alarm_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct picmg_fru *f = picmg_named(mc, rq);
    uint8_t alarms = rd_u8(&rq->data);

    (void)rs;
    if (f == NULL || alarms & ~ALARMS)
        return CC_INVALID_FIELD;
    mc->picmg->alarms = alarms;
    return CC_OK;
}

static enum ipmi_cc
get_alarm_state(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    if (picmg_named(mc, rq) == NULL)
        return CC_INVALID_FIELD;
    wr_u8(rs, mc->picmg->alarms);
    return CC_OK;
}

#define PICMG(cmd, name, needs, min, max, more, handler, section)                    \
    {                                                                                \
        NETFN_GROUP, cmd, name, needs, min, max, GROUP_PICMG_CMDS | (more), handler, \
            section                                                                  \
    }
#define USER     NEEDS_USER
#define OPERATOR NEEDS_OPERATOR
#define ADMIN    NEEDS_ADMIN
#define MANAGER  GROUP_SHELF_MANAGER
#define ALARM    GROUP_TELCO_ALARM

static const struct command rows[] = {
    PICMG(0x02, "Get Shelf Address Info", USER | READS, 1, 1, MANAGER, shelf_get_address,
          "PICMG3.0"),
    PICMG(0x03, "Set Shelf Address Info", ADMIN, 2, 22, MANAGER, shelf_set_address,
          "PICMG3.0"),
    PICMG(0x1b, "Get Shelf Manager IPMB Address", USER | READS, 1, 1, MANAGER,
          shelf_get_manager_address, "PICMG3.0"),
    PICMG(0x1c, "Set Fan Policy", OPERATOR, 3, 6, MANAGER, shelf_set_fan_policy,
          "PICMG3.0"),
    PICMG(0x1d, "Get Fan Policy", USER | READS, 2, 4, MANAGER, shelf_get_fan_policy,
          "PICMG3.0"),
    PICMG(0x1f, "FRU Inventory Device Lock Control", OPERATOR, 5, 5, MANAGER,
          shelf_lock_control, "PICMG3.0"),
    PICMG(0x20, "FRU Inventory Device Write", OPERATOR, 7, LEN_ANY, MANAGER,
          shelf_write_fru, "PICMG3.0"),
    PICMG(0x21, "Get Shelf Manager IP Addresses", USER | READS, 2, 2, MANAGER,
          shelf_get_manager_ip, "PICMG3.0"),
    PICMG(0x22, "Get Shelf Power Allocation", USER | READS, 2, 2, MANAGER,
          get_power_allocation, "PICMG3.0"),
    PICMG(0x23, "Get Location Information", USER | READS, 4, 4, MANAGER, get_location,
          "MTCA.0"),
    PICMG(0x29, "Get Telco Alarm Capability", USER | READS, 2, 2, ALARM,
          get_alarm_capability, "MTCA.0"),
    PICMG(0x2a, "Set Telco Alarm State", OPERATOR, 3, 3, ALARM, set_alarm_state,
          "MTCA.0"),
    PICMG(0x2b, "Get Telco Alarm State", USER | READS, 2, 2, ALARM, get_alarm_state,
          "MTCA.0"),
};

const struct command_table shelf_commands = { "shelf", rows, sizeof rows / sizeof rows[0],
                                              GROUP_PICMG };
