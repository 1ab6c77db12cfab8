#include "sim/oem/supermicro.h"

#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/defaults.h"
#include "sim/oem/fans.h"
#include "sim/oem/fru.h"

#define NETFN_GENERIC   0x30
#define NETFN_PEPPERCON 0x3c
#define TYPE_INTRUSION    0x05
#define TYPE_POWER_SUPPLY 0x08
#define SENSOR_SPECIFIC   0x6f

/* Clients keep an answer of 32 octets: 17, and the tag with its NUL. */
#define TAG_MAX 14

#define PSU_PRESENT  0x0001
#define PSU_TROUBLES 0x007e   /* failure, predictive, input lost or out of range, configuration */

enum fan_mode { FANS_STANDARD, FANS_FULL, FANS_OPTIMAL, FANS_HEAVY_IO = 4 };
#define HEAVY_IO_DUTY 75u
#define ZONES 2

enum lan_port { PORT_DEDICATED, PORT_SHARED, PORT_FAILOVER };
enum services { SERVICES_OFF, SERVICES_ON, SERVICES_STATUS };

struct supermicro {
    uint8_t services;        /* kept: 0 off, 1 on */
    uint8_t port;            /* kept: enum lan_port */
    uint8_t fans;            /* kept: enum fan_mode */
    uint8_t duty[ZONES];     /* volatile; percent */
    bool driven;             /* volatile: by duties */
};

static struct supermicro *
state_of(struct mc *mc)
{
    return oem_state(mc, &oem_supermicro);
}

/* ---- firmware ---- */

static uint32_t
le16(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static enum ipmi_cc
get_firmware_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct machine_mc *m = mc->machine;
    char tag[OEM_FRU_TEXT];

    (void)rq;
    wr_le32(rs, m->fw_major);
    wr_le32(rs, m->fw_minor);
    wr_le32(rs, m->aux[0]);
    wr_le32(rs, le16(m->aux + 2));
    wr_u8(rs, m->device_revision);
    oem_fru_text(mc, OEM_FRU_NOW, FRU_BOARD, FRU_BOARD_PRODUCT, tag, TAG_MAX + 1);
    wr_bytes(rs, tag, strlen(tag) + 1);
    return CC_OK;
}

/* ---- intrusion ---- */

/* The switch is latched until it is reset; a chassis without one has nothing
 * to reset. */
static enum ipmi_cc
reset_intrusion(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    (void)rs;
    for (uint32_t i = 0; i < mc->sensors.count; i++) {
        const struct machine_sensor *facts = sensor_facts(mc, i);

        if (facts->type == TYPE_INTRUSION && facts->event_type == SENSOR_SPECIFIC &&
            !facts->mirror && mc->sensors.at[i].available)
            mc_sensor_set_bit(mc, facts->lun, facts->number, 0, false, true);
    }
    return CC_OK;
}

/* ---- fans ---- */

/* Do as mode and duties say. */
static void
drive_fans(struct mc *mc, const struct supermicro *s)
{
    uint8_t duty = s->duty[0] > s->duty[1] ? s->duty[0] : s->duty[1];

    if (s->driven)
        oem_fans_drive(mc, duty);
    else if (s->fans == FANS_FULL)
        oem_fans_drive(mc, OEM_FANS_FULL);
    else if (s->fans == FANS_HEAVY_IO)
        oem_fans_drive(mc, HEAVY_IO_DUTY);
    else
        oem_fans_auto(mc);
}

static uint8_t
mode_duty(const struct supermicro *s)
{
    if (s->fans == FANS_FULL)
        return OEM_FANS_FULL;
    return s->fans == FANS_HEAVY_IO ? HEAVY_IO_DUTY : OEM_FANS_AUTO;
}

static void
choose_fan_mode(struct mc *mc, struct supermicro *s, uint8_t mode)
{
    s->fans = mode;
    s->driven = false;
    memset(s->duty, mode_duty(s), sizeof s->duty);
    drive_fans(mc, s);
}

static enum ipmi_cc
fan_mode(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct supermicro *s = state_of(mc);
    uint8_t set = rd_u8(&rq->data);
    uint8_t mode = set == 1 ? rd_u8(&rq->data) : 0;

    if (!rd_done(&rq->data))
        return CC_LENGTH;
    if (set > 1 || mode > FANS_HEAVY_IO || mode == 3)
        return CC_INVALID_FIELD;
    if (set)
        choose_fan_mode(mc, s, mode);
    else
        wr_u8(rs, s->fans);
    return CC_OK;
}

static enum ipmi_cc
zone_duty(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct supermicro *s = state_of(mc);
    uint8_t set = rd_u8(&rq->data);
    uint8_t zone = rd_u8(&rq->data);
    uint8_t duty = set == 1 ? rd_u8(&rq->data) : 0;

    if (!rd_done(&rq->data))
        return CC_LENGTH;
    if (set > 1 || zone >= ZONES || duty > OEM_FANS_FULL)
        return CC_INVALID_FIELD;
    if (!set) {
        wr_u8(rs, s->duty[zone]);
        return CC_OK;
    }
    s->duty[zone] = duty;
    s->driven = true;
    drive_fans(mc, s);
    return CC_OK;
}

/* ---- the generic extension ---- */

static enum ipmi_cc
bmc_services(struct mc *mc, uint8_t action, struct wr *rs)
{
    struct supermicro *s = state_of(mc);

    if (action > SERVICES_STATUS)
        return CC_INVALID_FIELD;
    if (action == SERVICES_STATUS)
        wr_u8(rs, s->services);
    else
        s->services = action;
    return CC_OK;
}

static enum ipmi_cc
services_of(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t action = rd_u8(&rq->data);

    return rd_done(&rq->data) ? bmc_services(mc, action, rs) : CC_LENGTH;
}

static enum ipmi_cc
chosen_port(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct supermicro *s = state_of(mc);
    uint8_t set = rd_u8(&rq->data);
    uint8_t port = set == 1 ? rd_u8(&rq->data) : 0;

    if (!rd_done(&rq->data))
        return CC_LENGTH;
    if (set > 1 || port > PORT_FAILOVER)
        return CC_INVALID_FIELD;
    if (set)
        s->port = port;
    else
        wr_u8(rs, s->port);
    return CC_OK;
}

static const struct {
    uint8_t code;
    command_fn *handler;
} subs[] = {
    { 0xf0, services_of },
    { 0x0c, chosen_port },
    { 0x66, zone_duty },
};

static enum ipmi_cc
generic_extension(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct rd whole = rq->data;
    uint8_t code = rd_u8(&rq->data);
    enum ipmi_cc cc;

    if (rd_left(&rq->data) == 0 && code <= SERVICES_STATUS)
        return bmc_services(mc, code, rs);
    for (size_t i = 0; i < sizeof subs / sizeof subs[0]; i++)
        if (subs[i].code == code)
            return subs[i].handler(mc, rq, rs);
    rq->data = whole;
    cc = command_pass(&mc->gate, mc, rq, rs);
    return cc == CC_INVALID_COMMAND ? CC_INVALID_FIELD : cc;
}

static enum ipmi_cc
factory_defaults(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct supermicro *s = state_of(mc);
    enum ipmi_cc cc = oem_defaults(mc, OEM_DEFAULTS_PARTS);

    (void)rq;
    (void)rs;
    if (cc != CC_OK)
        return cc;
    *s = (struct supermicro){ .services = SERVICES_ON, .port = PORT_FAILOVER };
    choose_fan_mode(mc, s, FANS_STANDARD);
    mc_ask_reset(mc, RESET_COLD_ASKED);
    return CC_OK;
}

/* ---- power supplies ---- */

#define PSU_BUS     0x07   /* channel 0, bus 3, private */
#define PSU_STEP    2u
#define CC_NAKED    CC_CMD_83
#define BUS_BITS    0x07
#define ADDRESS_BIT 0xfe

/* Where a supply tells how it is, and in which words. */
static const struct {
    uint8_t first;           /* address of supply 1 */
    uint8_t supplies;
    uint8_t reg, well, ill;
} supplies[] = {
    { 0x70, 3, 0x0c, 1, 0 },
    { 0x78, 3, 0x78, 1, 0 },
    { 0xb0, 3, 0x79, 0, 1 },
    { 0xb0, 3, 0x0c, 0, 1 },
};

/* State bits of the n-th power supply, 0 ..; false when there are not so many. */
static bool
supply_states(const struct mc *mc, unsigned n, uint16_t *states)
{
    for (uint32_t i = 0; i < mc->sensors.count; i++) {
        const struct machine_sensor *facts = sensor_facts(mc, i);

        if (facts->type != TYPE_POWER_SUPPLY || facts->event_type != SENSOR_SPECIFIC ||
            facts->mirror || n-- > 0)
            continue;
        *states = mc->sensors.at[i].states;
        return true;
    }
    return false;
}

/* What register reg at address reads; false: no supply tells it there. */
static bool
supply_register(const struct mc *mc, uint8_t address, uint8_t reg, uint8_t *value)
{
    uint16_t states;

    for (size_t i = 0; i < sizeof supplies / sizeof supplies[0]; i++) {
        unsigned n = (unsigned)(address - supplies[i].first) / PSU_STEP;

        if (address < supplies[i].first || n >= supplies[i].supplies ||
            reg != supplies[i].reg || !supply_states(mc, n, &states))
            continue;
        *value = (states & PSU_PRESENT) && !(states & PSU_TROUBLES) ? supplies[i].well
                                                                    : supplies[i].ill;
        return true;
    }
    return false;
}

static enum ipmi_cc
master_write_read(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct rd data = rq->data;
    uint8_t bus = rd_u8(&data);
    uint8_t address = rd_u8(&data) & ADDRESS_BIT;
    uint8_t count = rd_u8(&data);
    uint8_t reg = rd_u8(&data), value;
    enum ipmi_cc cc;

    if (bus == PSU_BUS && count == 1 && rd_done(&data) &&
        !i2c_described(mc, bus >> 1 & BUS_BITS, address) &&
        supply_register(mc, address, reg, &value)) {
        wr_u8(rs, value);
        return CC_OK;
    }
    cc = command_pass(&mc->gate, mc, rq, rs);
    return bus == PSU_BUS && cc == CC_INVALID_FIELD ? CC_NAKED : cc;   /* there is a bus */
}

/* ---- the profile ---- */

static void
init(struct mc *mc, void *state)
{
    struct supermicro *s = state;

    (void)mc;
    *s = (struct supermicro){ .services = SERVICES_ON, .port = PORT_FAILOVER };
    memset(s->duty, OEM_FANS_AUTO, sizeof s->duty);
}

static void
reset(struct mc *mc, void *state)
{
    struct supermicro *s = state;

    if (!s->driven)
        return;
    s->driven = false;
    memset(s->duty, mode_duty(s), sizeof s->duty);
    drive_fans(mc, s);
}

static const struct command rows[] = {
    { NETFN_APP, 0x52, "Master Write-Read", NEEDS_OPERATOR, 3, LEN_ANY, GROUP_OEM_CMDS,
      master_write_read, "22.11" },
    { NETFN_GENERIC, 0x03, "Supermicro Reset Intrusion", NEEDS_OPERATOR, 0, 0, GROUP_OEM_CMDS,
      reset_intrusion, "" },
    { NETFN_GENERIC, 0x20, "Supermicro Get Firmware Info", NEEDS_USER | READS, 0, 0,
      GROUP_OEM_CMDS, get_firmware_info, "" },
    { NETFN_GENERIC, 0x41, "Supermicro Factory Defaults", NEEDS_ADMIN, 0, 0, GROUP_OEM_CMDS,
      factory_defaults, "" },
    { NETFN_GENERIC, 0x45, "Supermicro Fan Mode", NEEDS_ADMIN, 1, 2, GROUP_OEM_CMDS, fan_mode,
      "" },
    { NETFN_GENERIC, 0x70, "Supermicro Generic Extension", NEEDS_ADMIN, 1, 4, GROUP_OEM_CMDS,
      generic_extension, "" },
    { NETFN_PEPPERCON, 0x20, "Supermicro Get Extra Firmware Info", NEEDS_USER | READS, 0, 0,
      GROUP_OEM_CMDS, get_firmware_info, "" },
    { NETFN_PEPPERCON, 0x40, "Supermicro Factory Defaults", NEEDS_ADMIN, 0, 0, GROUP_OEM_CMDS,
      factory_defaults, "" },
};

const struct command_table oem_supermicro_commands = { "supermicro", rows,
                                                       sizeof rows / sizeof rows[0], 0 };

static const struct command_table *const tables[] = { &oem_supermicro_commands };

const struct oem_profile oem_supermicro = {
    .name = "supermicro",
    .what = "Supermicro server boards, X8 to X11",
    .tables = tables,
    .table_count = sizeof tables / sizeof tables[0],
    .state_size = sizeof(struct supermicro),
    .init = init,
    .reset = reset,
};
