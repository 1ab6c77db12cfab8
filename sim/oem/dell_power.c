/*
 * Power supplies, and the power cap: system info parameter EAh and its switch.
 */
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/dell.h"
#include "sim/wire/sdr.h"

#define ENTITY_POWER_SUPPLY 0x0a
#define UNIT_WATTS 6
#define VERSION_OCTETS 8u

static struct machine_watts
watts_of(const struct mc *mc)
{
    if (mc->machine->watts.full == 0)
        return (struct machine_watts){ DCMI_STANDBY, DCMI_IDLE, DCMI_FULL, DCMI_FLOOR };
    return mc->machine->watts;
}

static uint16_t
less(uint32_t from, uint32_t what)
{
    uint32_t rest = from > what ? from - what : 0;

    return (uint16_t)(rest < UINT16_MAX ? rest : UINT16_MAX);
}

/* ---- supplies ---- */

/* The highest offset that holds is the trouble it has; 0: it is present. */
static unsigned
online_status(uint16_t states)
{
    unsigned worst = 0;

    for (unsigned bit = 1; bit < 7; bit++)
        if (states & 1u << bit)
            worst = bit;
    return worst;
}

static enum ipmi_cc
get_supply_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t entity = rd_u8(&rq->data);
    struct dell_supply supply;

    if (entity != ENTITY_POWER_SUPPLY || !dell_supply_find(mc, rd_u8(&rq->data), &supply))
        return CC_NOT_PRESENT;
    wr_le16(rs, supply.watts);
    wr_le16(rs, dell_tenths_of_amperes(supply.watts));
    wr_le16(rs, DELL_VOLTS);
    wr_le32(rs, 0);               /* component id: the vendor's own */
    wr_bytes(rs, "00.01.01", VERSION_OCTETS);
    wr_u8(rs, 0);                 /* AC */
    wr_le16(rs, supply.watts);
    wr_u8(rs, online_status(supply.states));
    wr_u8(rs, 0);
    return CC_OK;
}

/* Those that deliver share the load evenly; with none that says so, all do. */
static uint32_t
share_of(struct mc *mc, const struct dell_supply *supply)
{
    struct dell_supply other;
    unsigned all = 0, delivering = 0;

    for (; dell_supply_nth(mc, all, &other); all++)
        delivering += dell_supply_delivers(&other);
    if (delivering == 0)
        return dell_draw(mc) / all;
    return dell_supply_delivers(supply) ? dell_draw(mc) / delivering : 0;
}

static enum ipmi_cc
get_consumption(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t entity = rd_u8(&rq->data);
    uint8_t instance = rd_u8(&rq->data);
    struct dell_supply supply;
    uint32_t watts;

    if (entity != ENTITY_POWER_SUPPLY ||
        (instance != 0 && !dell_supply_find(mc, instance, &supply)))
        return CC_NOT_PRESENT;
    watts = instance == 0 ? dell_draw(mc) : share_of(mc, &supply);
    wr_le16(rs, (unsigned)watts);
    wr_le16(rs, dell_tenths_of_amperes(watts));
    wr_fill(rs, 0, 3);
    return CC_OK;
}

/* What the supplies can deliver; without any, what the system can draw. */
static uint32_t
available(struct mc *mc)
{
    uint32_t watts;

    return dell_supplies(mc, &watts) ? watts : watts_of(mc).full;
}

static enum ipmi_cc
get_head_room(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t watts = available(mc);

    (void)rq;
    wr_le16(rs, less(watts, dell_draw(mc)));
    wr_le16(rs, less(watts, dell_read_meter(mc)->peak));
    return CC_OK;
}

/* ---- the cap ---- */

#define CAP_SET 0
#define CAP_GET 1
#define CAP_ENABLED  0x01
#define CAP_SETTABLE 0x02
#define CAP_OCTETS 12u

enum { UNIT_WATT = 0, UNIT_BTU = 1, UNIT_PERCENT = 3 };

static enum ipmi_cc
cap_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t op = rd_u8(&rq->data);
    uint8_t on = rd_u8(&rq->data);

    if (op == CAP_GET) {
        wr_u8(rs, CAP_SETTABLE | (mc->dcmi->limit.active ? CAP_ENABLED : 0));
        return CC_OK;
    }
    if (op != CAP_SET || on > 1)
        return CC_INVALID_FIELD;
    if (rq->privilege < PRIV_ADMIN)
        return CC_PRIVILEGE;
    dcmi_activate_power_limit(mc, on);
    return CC_OK;
}

static enum ipmi_cc
get_cap(struct mc *mc, uint8_t set, struct wr *data)
{
    struct machine_watts watts = watts_of(mc);
    const struct dcmi_power_limit *limit;
    uint32_t rated;
    unsigned supplies = dell_supplies(mc, &rated);

    (void)set;
    if (mc->dcmi == NULL)
        return CC_PARAM_UNSUPPORTED;
    limit = &mc->dcmi->limit;
    wr_le16(data, limit->watts);
    wr_u8(data, UNIT_WATT);
    wr_le16(data, watts.full);
    wr_le16(data, watts.floor);
    wr_u8(data, supplies);
    wr_le16(data, less(available(mc), 0));
    wr_u8(data, limit->active && dell_draw(mc) > limit->watts);
    wr_u8(data, 0);
    return CC_OK;
}

/* A cap in watts, whatever it is given in; 3.413 BTU/h are a watt. */
static uint32_t
in_watts(const struct machine_watts *watts, uint8_t unit, uint32_t value)
{
    if (unit == UNIT_BTU)
        return value * 1000u / 3413u;
    if (unit == UNIT_PERCENT)
        return watts->floor + (uint32_t)(watts->full - watts->floor) * value / 100u;
    return value;
}

/* Behind the cap comes what the client read, by some in the wrong order of
 * octets; it is not the client's to change, nor looked at. */
static enum ipmi_cc
set_cap(struct mc *mc, struct rd *data)
{
    struct machine_watts watts = watts_of(mc);
    size_t len = rd_left(data);
    uint32_t value = rd_le16(data);
    uint8_t unit = rd_u8(data);
    struct dcmi_power_limit limit;

    if (mc->dcmi == NULL)
        return CC_PARAM_UNSUPPORTED;
    if (len != CAP_OCTETS)
        return CC_LENGTH;
    if (unit != UNIT_WATT && unit != UNIT_BTU && unit != UNIT_PERCENT)
        return CC_INVALID_FIELD;
    value = in_watts(&watts, unit, value);
    if (value < watts.floor || value > watts.full)
        return CC_RANGE;
    limit = mc->dcmi->limit;
    limit.watts = (uint16_t)value;
    return dcmi_set_power_limit(mc, &limit);
}

/* ---- the sensor that shows it ---- */

/* Is that the sensor by whose name clients look for the system's power? */
static bool
shows_power(const struct mc *mc, uint8_t lun, uint8_t number)
{
    static const char *const names[] = { "System Level", "Pwr Consumption" };
    struct bytes record = sdr_of_sensor(mc, lun, number);
    struct sdr sdr;
    char name[SDR_ID_TEXT];

    if (record.len == 0 || sdr_parse(record, &sdr) != SDR_OK || sdr.type != SDR_FULL ||
        sdr.u.sensor.units[1] != UNIT_WATTS)
        return false;
    sdr_id_text(&sdr, name, sizeof name);
    return strcmp(name, names[0]) == 0 || strcmp(name, names[1]) == 0;
}

static enum ipmi_cc
get_sensor_reading(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct rd data = rq->data;
    uint8_t number = rd_u8(&data);

    if (mc->dcmi->power != NULL && shows_power(mc, rq->lun, number))
        (void)mc_sensor_set_units(mc, rq->lun, number, dell_draw(mc), true);
    return command_pass(&mc->gate, mc, rq, rs);
}

#define OEM GROUP_OEM_CMDS
#define POWER (GROUP_OEM_CMDS | GROUP_DCMI_CMDS)

static const struct command rows[] = {
    { NETFN_SENSOR, 0x2d, "Get Sensor Reading", NEEDS_USER | READS, 1, 1,
      POWER | GROUP_SENSOR_DEVICE, get_sensor_reading, "35.14" },
    { DELL_NETFN, 0xb0, "Dell Get Power Supply Info", NEEDS_USER | READS, 2, 2, OEM,
      get_supply_info, "" },
    { DELL_NETFN, 0xb3, "Dell Get Power Consumption", NEEDS_USER | READS, 2, 2, POWER,
      get_consumption, "" },
    { DELL_NETFN, 0xba, "Dell Power Capacity Status", NEEDS_USER, 2, 2, POWER, cap_status,
      "" },
    { DELL_NETFN, 0xbb, "Dell Get Power Head Room", NEEDS_USER | READS, 0, 0, POWER,
      get_head_room, "" },
};

const struct command_table oem_dell_power_commands = { "dell-power", rows,
                                                       sizeof rows / sizeof rows[0], 0 };

static const struct dell_param params[] = {
    { 0xea, get_cap, set_cap },
};

const struct dell_params dell_power_params = { params, sizeof params / sizeof params[0] };
