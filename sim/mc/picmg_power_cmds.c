#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/picmg_cmds.h"

#define POWER_DYNAMIC 0x80
#define POWER_TYPES   4 /* steady, desired steady, early, desired early */
#define POWER_DESIRED 1 /* bit of a type */
#define POWER_EARLY   2
#define EARLY_LEVEL   1 /* a payload that starts draws no more than this */
#define COPY_MAX      1

#define SLOTS_SPANNED 1
#define IPMC_LOCATION 0
#define FAN_CAN_LOCAL 0x80

/* ---- power levels ---- */

/* A board has what it draws written down: there is nothing to compute. */
static enum ipmi_cc
compute_power_properties(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    if (picmg_named(mc, rq) == NULL)
        return CC_INVALID_FIELD;
    wr_u8(rs, SLOTS_SPANNED);
    wr_u8(rs, IPMC_LOCATION);
    return CC_OK;
}

/* The levels of a FRU are as described and do not change: those that it desires
 * and those that it has are the same, copied or not. */
static enum ipmi_cc
set_power_level(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct picmg_fru *f = picmg_named(mc, rq);
    uint8_t level = rd_u8(&rq->data), copy = rd_u8(&rq->data);

    (void)rs;
    if (f == NULL || copy > COPY_MAX)
        return CC_INVALID_FIELD;
    return picmg_set_level(f, level);
}

static enum ipmi_cc
get_power_level(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct picmg_fru *f = picmg_named(mc, rq);
    uint8_t type = rd_u8(&rq->data), level;
    const struct machine_power *p;

    if (f == NULL || type >= POWER_TYPES)
        return CC_INVALID_FIELD;
    p = picmg_power(mc, f->id);
    level = type & POWER_DESIRED ? f->wanted : f->level;
    if (type & POWER_EARLY && level > EARLY_LEVEL)
        level = EARLY_LEVEL;
    wr_u8(rs, (p->count > 1 ? POWER_DYNAMIC : 0u) | level);
    wr_u8(rs, type & POWER_EARLY ? p->delay : 0u);
    wr_u8(rs, p->multiplier);
    wr_bytes(rs, p->draw, p->count);
    return CC_OK;
}

/* To the shelf manager: have a look at my power again. Somebody else's wish
 * is about the shelf manager's own FRU. */
static enum ipmi_cc
renegotiate_power(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t fru = rd_left(&rq->data) > 0 ? rd_u8(&rq->data) : 0;
    bool by_bus = rq->from.channel == CHANNEL_PRIMARY_IPMB;
    struct picmg_fru *f;

    (void)rs;
    if (shelf_managed(mc) && by_bus) {
        shelf_renegotiate(mc, rq->from.rq_addr, fru);
        return CC_OK;
    }
    f = picmg_fru(mc, fru);
    return f == NULL ? CC_INVALID_FIELD : picmg_set_level(f, f->wanted);
}

/* ---- fans ---- */

static enum ipmi_cc
check_fan_fru(struct mc *mc, struct ipmi_req *rq)
{
    return picmg_named(mc, rq) == NULL ? CC_INVALID_FIELD : CC_OK;
}

enum ipmi_cc
picmg_fan_properties(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    enum ipmi_cc cc = check_fan_fru(mc, rq);

    if (cc != CC_OK)
        return cc;
    wr_u8(rs, FAN_MIN);
    wr_u8(rs, FAN_MAX);
    wr_u8(rs, FAN_NORMAL);
    wr_u8(rs, FAN_CAN_LOCAL);
    return CC_OK;
}

enum ipmi_cc
picmg_set_fan_level(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    enum ipmi_cc cc = check_fan_fru(mc, rq);
    uint8_t level = rd_u8(&rq->data);
    uint8_t local = rd_left(&rq->data) > 0 ? rd_u8(&rq->data) : 1;

    (void)rs;
    if (cc == CC_OK && local > 1)
        cc = CC_INVALID_FIELD;
    if (cc == CC_OK)
        cc = picmg_set_fans(mc, level, local);
    return cc;
}

enum ipmi_cc
picmg_get_fan_level(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    enum ipmi_cc cc = check_fan_fru(mc, rq);

    if (cc != CC_OK)
        return cc;
    wr_u8(rs, mc->picmg->fan_override);
    wr_u8(rs, mc->picmg->fan_local);
    wr_u8(rs, !mc->picmg->fan_local_off);
    return CC_OK;
}

/* ---- power modules of MicroTCA ---- */

/* Power Channel Control: what to do. */
enum {
    MANAGEMENT_OFF,
    MANAGEMENT_ON,
    PAYLOAD_OFF,
    PAYLOAD_ON,
    ALL_OFF,
    ALL_ON,
    CONTROLS,
};

#define GLOBAL_READY   0x01 /* Get Power Channel Status */
#define GLOBAL_ALONE   0x02 /* no heartbeat of the carrier manager */
#define HEARTBEAT_UNIT SPAN_MS(100)
#define PM_ALIVE       0x01 /* Get PM Status */
#define PM_PRIMARY     0x02

static bool
hears_manager(const struct mc *mc)
{
    return mc->world->now < mc->picmg->heartbeat_until;
}

static void
control_channel(struct power_channel *c, uint8_t what)
{
    static const struct {
        uint8_t off, on;
    } effects[CONTROLS] = {
        [MANAGEMENT_OFF] = { CHANNEL_MANAGEMENT | CHANNEL_PAYLOAD, 0 },
        [MANAGEMENT_ON] = { 0, CHANNEL_MANAGEMENT },
        [PAYLOAD_OFF] = { CHANNEL_PAYLOAD, 0 },
        [PAYLOAD_ON] = { 0, CHANNEL_MANAGEMENT | CHANNEL_PAYLOAD },
        [ALL_OFF] = { CHANNEL_MANAGEMENT | CHANNEL_PAYLOAD, 0 },
        [ALL_ON] = { 0, CHANNEL_MANAGEMENT | CHANNEL_PAYLOAD },
    };

    c->flags = (uint8_t)((c->flags & ~effects[what].off) | effects[what].on);
}

/* Channels count from 1. */
static enum ipmi_cc
power_channel_control(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t number = rd_u8(&rq->data), what = rd_u8(&rq->data);
    struct picmg *p = picmg_of(mc);
    struct power_channel *c;

    (void)rs;
    if (p == NULL)
        return CC_NO_SPACE;
    if (number < 1 || number > POWER_CHANNELS || what >= CONTROLS)
        return CC_INVALID_FIELD;
    c = &p->channels[number - 1];
    c->limit = rd_u8(&rq->data);
    c->primary = rd_u8(&rq->data);
    c->backup = rd_u8(&rq->data);
    control_channel(c, what);
    if (c->primary == picmg_own_site(mc).number)
        c->flags |= CHANNEL_PRIMARY;
    else
        c->flags &= (uint8_t)~CHANNEL_PRIMARY;
    return CC_OK;
}

static enum ipmi_cc
get_power_channel_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t first = rd_u8(&rq->data), count = rd_u8(&rq->data);
    const struct picmg *p = picmg_of(mc);

    if (p == NULL)
        return CC_NO_SPACE;
    if (first < 1 || first > POWER_CHANNELS || count > POWER_CHANNELS - first + 1)
        return CC_INVALID_FIELD;
    wr_u8(rs, POWER_CHANNELS);
    wr_u8(rs, GLOBAL_READY | (hears_manager(mc) ? 0u : GLOBAL_ALONE));
    for (unsigned i = 0; i < count; i++)
        wr_u8(rs, p->channels[first - 1 + i].flags);
    return CC_OK;
}

/* Takes a FRU of the module; 0 is the module: all channels go off. */
static enum ipmi_cc
pm_reset(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct picmg_fru *f = picmg_named(mc, rq);

    (void)rs;
    if (f == NULL)
        return CC_INVALID_FIELD;
    for (unsigned i = 0; i < POWER_CHANNELS; i++)
        mc->picmg->channels[i] = (struct power_channel){ 0 };
    return CC_OK;
}

static enum ipmi_cc
get_pm_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct picmg *p = picmg_of(mc);

    (void)rq;
    if (p == NULL)
        return CC_NO_SPACE;
    wr_u8(rs,
          (hears_manager(mc) ? PM_ALIVE : 0u) | (p->primary_source ? PM_PRIMARY : 0u));
    return CC_OK;
}

static enum ipmi_cc
pm_heartbeat(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t units = rd_u8(&rq->data), primary = rd_u8(&rq->data);
    struct picmg *p = picmg_of(mc);

    (void)rs;
    if (p == NULL)
        return CC_NO_SPACE;
    if (primary > 1)
        return CC_INVALID_FIELD;
    p->heartbeat_until = instant_add(mc->world->now, units * HEARTBEAT_UNIT);
    p->primary_source = primary;
    return CC_OK;
}

#define PICMG(cmd, name, needs, min, max, more, handler, section)                    \
    {                                                                                \
        NETFN_GROUP, cmd, name, needs, min, max, GROUP_PICMG_CMDS | (more), handler, \
            section                                                                  \
    }
#define USER     NEEDS_USER
#define OPERATOR NEEDS_OPERATOR
#define FAN      GROUP_FAN_TRAY
#define MODULE   GROUP_POWER_MODULE

static const struct command rows[] = {
    PICMG(0x10, "Compute Power Properties", USER, 2, 2, 0, compute_power_properties,
          "PICMG3.0"),
    PICMG(0x11, "Set Power Level", OPERATOR, 4, 4, 0, set_power_level, "PICMG3.0"),
    PICMG(0x12, "Get Power Level", USER | READS, 3, 3, 0, get_power_level, "PICMG3.0"),
    PICMG(0x13, "Renegotiate Power", OPERATOR, 1, 2, 0, renegotiate_power, "PICMG3.0"),
    PICMG(0x14, "Get Fan Speed Properties", USER | READS, 2, 2, FAN, picmg_fan_properties,
          "PICMG3.0"),
    PICMG(0x15, "Set Fan Level", OPERATOR, 3, 4, FAN, picmg_set_fan_level, "PICMG3.0"),
    PICMG(0x16, "Get Fan Level", USER | READS, 2, 2, FAN, picmg_get_fan_level, "PICMG3.0"),
    PICMG(0x24, "Power Channel Control", OPERATOR, 6, 6, MODULE, power_channel_control,
          "MTCA.0"),
    PICMG(0x25, "Get Power Channel Status", USER | READS, 3, 3, MODULE,
          get_power_channel_status, "MTCA.0"),
    PICMG(0x26, "PM Reset", OPERATOR, 2, 2, MODULE, pm_reset, "MTCA.0"),
    PICMG(0x27, "Get PM Status", USER | READS, 1, 1, MODULE, get_pm_status, "MTCA.0"),
    PICMG(0x28, "PM Heartbeat", OPERATOR, 3, 3, MODULE, pm_heartbeat, "MTCA.0"),
};

const struct command_table picmg_power_commands = { "picmg-power", rows,
                                                    sizeof rows / sizeof rows[0],
                                                    GROUP_PICMG };
