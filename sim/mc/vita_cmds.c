#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/picmg_cmds.h"

/* Get VSO Capabilities: layer [5:4] and tier [1:0]. */
#define IPMC_TIER_1    0x00
#define MANAGER_TIER_2 0x11
#define IPMB_TWO       0x01 /* interfaces; at 100 kHz */
#define STANDARD_46_11 0x00
#define REVISION       0x11 /* 1.1, minor digit first */

#define NO_SENSOR 0xff

#define HOLD_COLD 0x01
#define HOLD_WARM 0x02
#define HOLDS     (HOLD_COLD | HOLD_WARM)

#define CRC_START 0xffffffffu
#define CRC_POLY  0xedb88320u

#define MODES 2u /* payload modes: normal, and for maintenance */

static enum ipmi_cc
get_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, shelf_managed(mc) ? MANAGER_TIER_2 : IPMC_TIER_1);
    wr_u8(rs, IPMB_TWO);
    wr_u8(rs, STANDARD_46_11);
    wr_u8(rs, REVISION);
    wr_u8(rs, picmg_fru_max(mc));
    wr_u8(rs, 0);
    return CC_OK;
}

/* ---- FRUs ---- */

static enum ipmi_cc
set_persistent_control(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct picmg_fru *f = picmg_named(mc, rq);
    uint8_t mask = rd_u8(&rq->data), bits = rd_u8(&rq->data);

    (void)rs;
    if (f == NULL || (mask | bits) & ~HOLDS)
        return CC_INVALID_FIELD;
    picmg_hold(f, mask, bits);
    return CC_OK;
}

static enum ipmi_cc
get_persistent_control(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct picmg_fru *f = picmg_named(mc, rq);

    if (f == NULL)
        return CC_INVALID_FIELD;
    wr_u8(rs, f->persistent);
    return CC_OK;
}

static enum ipmi_cc
get_persistent_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    if (picmg_named(mc, rq) == NULL)
        return CC_INVALID_FIELD;
    wr_u8(rs, HOLDS);
    return CC_OK;
}

/* ---- LEDs ---- */

static enum ipmi_cc
get_led_properties(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    if (picmg_named(mc, rq) == NULL)
        return CC_INVALID_FIELD;
    wr_u8(rs, 0);
    wr_u8(rs, picmg_leds(mc));
    return CC_OK;
}

/* ---- the sensors that every FRU has ---- */

#define SENSOR_HEALTH      0xf2
#define SENSOR_TEMPERATURE 0xf3
#define SENSOR_RESULTS     0xf4
#define SENSOR_TEST        0xf5
#define SENSOR_VOLTAGE     0x02

/* The first sensor of a type that is no threshold sensor: those of the FRU
 * as a whole are discrete. FRU 0's, which all FRUs of a controller share. */
static uint8_t
number_of(const struct mc *mc, uint8_t type)
{
    for (uint32_t i = 0; i < mc->sensors.count; i++)
        if (sensor_facts(mc, i)->type == type && !sensor_is_threshold(&mc->sensors.at[i]))
            return sensor_facts(mc, i)->number;
    return NO_SENSOR;
}

static enum ipmi_cc
get_mandatory_sensors(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct picmg_fru *f = picmg_named(mc, rq);

    if (f == NULL)
        return CC_INVALID_FIELD;
    wr_u8(rs, f->sensor < 0 ? NO_SENSOR : sensor_facts(mc, (uint32_t)f->sensor)->number);
    wr_u8(rs, number_of(mc, SENSOR_HEALTH));
    wr_u8(rs, number_of(mc, SENSOR_VOLTAGE));
    wr_u8(rs, number_of(mc, SENSOR_TEMPERATURE));
    wr_u8(rs, number_of(mc, SENSOR_RESULTS));
    wr_u8(rs, number_of(mc, SENSOR_TEST));
    return CC_OK;
}

/* ---- what VITA 46.11-2015 adds ---- */

static uint32_t
crc_more(uint32_t crc, uint8_t octet)
{
    crc ^= octet;
    for (unsigned bit = 0; bit < 8; bit++)
        crc = crc & 1 ? crc >> 1 ^ CRC_POLY : crc >> 1;
    return crc;
}

/* CRC-32 of the inventory as it is now: it tells whether anything changed. */
static enum ipmi_cc
get_fru_hash(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct fru *fru = fru_find(mc, rd_u8(&rq->data));
    uint32_t crc = CRC_START;

    if (fru == NULL)
        return CC_INVALID_FIELD;
    for (uint32_t at = 0; at < fru->facts->size; at++) {
        uint8_t octet;

        if (fru_read(mc, fru, at, &octet, 1) != ST_OK)
            return CC_BUSY;
        crc = crc_more(crc, octet);
    }
    wr_le32(rs, ~crc);
    return CC_OK;
}

/* Count of modes, and the present one. */
static enum ipmi_cc
get_mode_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct picmg_fru *f = picmg_named(mc, rq);

    if (f == NULL)
        return CC_INVALID_FIELD;
    wr_u8(rs, MODES);
    wr_u8(rs, f->mode);
    return CC_OK;
}

static enum ipmi_cc
set_mode(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct picmg_fru *f = picmg_named(mc, rq);
    uint8_t mode = rd_u8(&rq->data);

    (void)rs;
    if (f == NULL || mode >= MODES)
        return CC_INVALID_FIELD;
    f->mode = mode;
    return CC_OK;
}

#define VITA(cmd, name, needs, min, max, more, handler)                             \
    {                                                                               \
        NETFN_GROUP, cmd, name, needs, min, max, GROUP_VITA_CMDS | (more), handler, \
            "VITA46.11"                                                             \
    }
#define USER     NEEDS_USER
#define OPERATOR NEEDS_OPERATOR
#define ADMIN    NEEDS_ADMIN
#define FAN      GROUP_FAN_TRAY
#define MANAGER  GROUP_SHELF_MANAGER

static const struct command rows[] = {
    VITA(0x00, "Get VSO Capabilities", USER | READS, 1, 1, 0, get_capabilities),
    VITA(0x01, "Get Chassis Address Table Info", USER | READS, 1, 5, MANAGER,
         picmg_get_address_info),
    VITA(0x02, "Get Chassis Identifier", USER | READS, 1, 1, MANAGER, shelf_get_address),
    VITA(0x03, "Set Chassis Identifier", ADMIN, 2, LEN_ANY, MANAGER, shelf_set_address),
    VITA(0x04, "FRU Control", OPERATOR, 3, 3, 0, picmg_fru_control_cmd),
    VITA(0x05, "Get FRU LED Properties", USER | READS, 2, 2, 0, get_led_properties),
    VITA(0x06, "Get LED Color Capabilities", USER | READS, 3, 3, 0,
         picmg_get_led_colours),
    VITA(0x07, "Set FRU LED State", OPERATOR, 6, 6, 0, picmg_set_led_state),
    VITA(0x08, "Get FRU LED State", USER | READS, 3, 3, 0, picmg_get_led_state),
    VITA(0x09, "Set IPMB State", OPERATOR, 3, 4, 0, picmg_set_ipmb_state),
    VITA(0x0a, "Set FRU State Policy Bits", OPERATOR, 4, 4, 0, picmg_set_policy_cmd),
    VITA(0x0b, "Get FRU State Policy Bits", USER | READS, 2, 2, 0, picmg_get_policy_cmd),
    VITA(0x0c, "Set FRU Activation", OPERATOR, 3, 3, 0, picmg_set_activation),
    VITA(0x0d, "Get Device Locator Record ID", USER | READS, 2, 4, 0, picmg_locator_id),
    VITA(0x14, "Get Fan Speed Properties", USER | READS, 2, 2, FAN, picmg_fan_properties),
    VITA(0x15, "Set Fan Level", OPERATOR, 3, 4, FAN, picmg_set_fan_level),
    VITA(0x16, "Get Fan Level", USER | READS, 2, 2, FAN, picmg_get_fan_level),
    VITA(0x18, "Get IPMB Link Info", USER | READS, 3, 3, 0, picmg_get_link_info),
    VITA(0x1b, "Get Chassis Manager IPMB Address", USER | READS, 1, 1, MANAGER,
         shelf_get_manager_address),
    VITA(0x1c, "Set Fan Policy", OPERATOR, 3, 6, MANAGER, shelf_set_fan_policy),
    VITA(0x1d, "Get Fan Policy", USER | READS, 2, 4, MANAGER, shelf_get_fan_policy),
    VITA(0x1e, "FRU Control Capabilities", USER | READS, 2, 2, 0,
         picmg_get_control_capabilities),
    VITA(0x1f, "FRU Inventory Device Lock Control", OPERATOR, 5, 5, 0,
         shelf_lock_control),
    VITA(0x20, "FRU Inventory Device Write", OPERATOR, 7, LEN_ANY, 0, shelf_write_fru),
    VITA(0x21, "Get Chassis Manager IP Addresses", USER | READS, 2, 2, MANAGER,
         shelf_get_manager_ip),
    VITA(0x40, "Get FRU Address Info", USER | READS, 1, 5, 0, picmg_get_address_info),
    VITA(0x41, "Get FRU Persistent Control", USER | READS, 2, 2, 0, get_persistent_control),
    VITA(0x42, "Set FRU Persistent Control", OPERATOR, 4, 4, 0, set_persistent_control),
    VITA(0x43, "FRU Persistent Control Capabilities", USER | READS, 2, 2, 0,
         get_persistent_capabilities),
    VITA(0x44, "Get Mandatory Sensor Numbers", USER | READS, 2, 2, 0,
         get_mandatory_sensors),
    VITA(0x45, "Get FRU Hash", USER | READS, 2, 2, 0, get_fru_hash),
    VITA(0x46, "Get Payload Mode Capabilities", USER | READS, 2, 2, 0,
         get_mode_capabilities),
    VITA(0x47, "Set Payload Mode", OPERATOR, 3, 3, 0, set_mode),
};

const struct command_table vita_commands = { "vita", rows, sizeof rows / sizeof rows[0],
                                             GROUP_VITA };
