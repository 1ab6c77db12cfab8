/*
 * The PCIe slots of an expansion chassis.
 *
 * 30h F0h: a bit for each of sixteen slots whose power changes, off to on or
 * on to off. A slot that is switched on draws what its sensor is described
 * with. CBh: one of them is not there; then none changes.
 *
 * 34h C8h: bit 7 set, [6:4] who controls it, 1 jumpers 2 the controller, [3:0]
 * the iPass pairs that feed two slots rather than four; a second octet, when
 * it is there, has what each half does: 1 so, 2 eight slots at one port.
 */
#include "sim/mc/mc_parts.h"
#include "sim/oem/dell.h"
#include "sim/wire/sdr.h"

#define SLOTS 16u
#define SENSOR_OF_FIRST 0x50
#define UNIT_WATTS 6
#define OFF_AT_MOST 1             /* raw: some count a little when off */
#define ON_DEFAULT 10             /* raw, of a slot described as off */

#define MAP_SET 0x80
#define MAP_CONTROL 0x70
#define MAP_CONTROL_SHIFT 4
#define MAP_PAIRS 0x0f
#define CONTROL_JUMPERS 1
#define CONTROL_BMC 2
#define HALF_PAIRS 1
#define HALF_EIGHT 2

static bool
slot_there(const struct mc *mc, unsigned slot)
{
    uint8_t number = (uint8_t)(SENSOR_OF_FIRST + slot);
    struct bytes record = sdr_of_sensor(mc, 0, number);
    struct sdr sdr;

    return sensor_index(mc, 0, number) >= 0 && record.len > 0 &&
           sdr_parse(record, &sdr) == SDR_OK && sdr.type == SDR_FULL &&
           sdr.u.sensor.units[1] == UNIT_WATTS;
}

static bool
any_slot(const struct mc *mc)
{
    for (unsigned slot = 0; slot < SLOTS; slot++)
        if (slot_there(mc, slot))
            return true;
    return false;
}

static void
toggle(struct mc *mc, unsigned slot)
{
    uint8_t number = (uint8_t)(SENSOR_OF_FIRST + slot);
    uint32_t i = (uint32_t)sensor_index(mc, 0, number);
    uint8_t described = sensor_facts(mc, i)->value;
    uint8_t on = described > OFF_AT_MOST ? described : ON_DEFAULT;

    sensor_set_value(mc, i, mc->sensors.at[i].value > OFF_AT_MOST ? 0 : on, false);
}

static enum ipmi_cc
slot_power(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint16_t which = rd_le16(&rq->data);

    (void)rs;
    if (!any_slot(mc))
        return CC_INVALID_COMMAND;
    if (which == 0)
        return CC_INVALID_FIELD;
    for (unsigned slot = 0; slot < SLOTS; slot++)
        if ((which & 1u << slot) != 0 && !slot_there(mc, slot))
            return CC_NOT_PRESENT;
    for (unsigned slot = 0; slot < SLOTS; slot++)
        if (which & 1u << slot)
            toggle(mc, slot);
    return CC_OK;
}

/* ---- port map ---- */

static bool
half_good(unsigned half)
{
    return half == HALF_PAIRS || half == HALF_EIGHT;
}

static enum ipmi_cc
set_port_map(struct dell *d, uint8_t map, bool has_slots, uint8_t slots)
{
    unsigned control = (unsigned)(map & MAP_CONTROL) >> MAP_CONTROL_SHIFT;

    if (control != CONTROL_JUMPERS && control != CONTROL_BMC)
        return CC_INVALID_FIELD;
    if (has_slots && (!half_good((unsigned)slots >> 4) || !half_good(slots & 0x0fu)))
        return CC_INVALID_FIELD;
    d->port_map = map & (MAP_CONTROL | MAP_PAIRS);
    if (has_slots)
        d->slot_map = slots;
    return CC_OK;
}

static enum ipmi_cc
port_map(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct dell *d = dell_of(mc);
    uint8_t map = rd_u8(&rq->data);
    bool has_slots = rd_left(&rq->data) > 0;
    uint8_t slots = has_slots ? rd_u8(&rq->data) : 0;
    enum ipmi_cc cc = CC_OK;

    if (!any_slot(mc))
        return CC_INVALID_COMMAND;
    if (map & MAP_SET)
        cc = rq->privilege < PRIV_ADMIN ? CC_PRIVILEGE
                                        : set_port_map(d, map, has_slots, slots);
    if (cc != CC_OK)
        return cc;
    wr_u8(rs, d->port_map);
    if (has_slots)
        wr_u8(rs, d->slot_map);
    return CC_OK;
}

#define OEM GROUP_OEM_CMDS

static const struct command rows[] = {
    { DELL_NETFN, 0xf0, "Dell Slot Power Control", NEEDS_ADMIN, 2, 2, OEM, slot_power, "" },
    { DELL_NETFN_PORT_MAP, 0xc8, "Dell Port Map", NEEDS_USER, 1, 2, OEM, port_map, "" },
};

const struct command_table oem_dell_slot_commands = { "dell-slots", rows,
                                                      sizeof rows / sizeof rows[0], 0 };
