/*
 * Drive bays and the vFlash card.
 *
 * 30h D5h: 1 get or 0 set, subcommand, length and offset (16 bits each), data.
 * An answer to a get repeats those six octets, then has as many as the length
 * asks for. The length of a set counts what follows the offset.
 *
 *   get 00h  firmware of the backplane; request: bay and three more octets
 *   get 07h  where a drive is: PCI bus, device and function; answers one
 *            octet, bay and slot, FFh when there is none
 *   get 04h  bay, slot; answers both and the lights (16 bits)
 *   set 04h  its length again (16 bits), bay, slot, lights, eight octets
 *
 * There is one bay, 0. Its slots are the controller's sensors of type Drive
 * Slot, or SLOTS_DEFAULT when it has none; the drive of slot n is device 0,
 * function 0 on PCI bus n. Lights: 0 present 1 online 2 hot spare 3 identify
 * 4 rebuilding 5 fault 6 predicted 9 critical 10 failed.
 */
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/dell.h"

#define TYPE_DRIVE_SLOT 0x0d
#define SLOTS_DEFAULT 8u
#define NOWHERE 0xff
#define LIGHTS 0x067f

#define OP_SET 0
#define OP_GET 1
#define SUB_FIRMWARE 0x00
#define SUB_LIGHTS   0x04
#define SUB_MAP      0x07
#define HEAD 6u
#define PAYLOAD_MAX 32u
#define SET_OCTETS 14u

/* ---- the backplane ---- */

static unsigned
slots_of(const struct mc *mc)
{
    unsigned n = 0;

    for (uint32_t i = 0; i < mc->sensors.count && n < DELL_BAYS; i++)
        n += sensor_facts(mc, i)->type == TYPE_DRIVE_SLOT && !sensor_facts(mc, i)->mirror;
    return n ? n : SLOTS_DEFAULT;
}

static bool
slot_there(const struct mc *mc, uint8_t bay, uint8_t slot)
{
    return bay == 0 && slot < slots_of(mc);
}

static enum ipmi_cc
get_firmware(struct mc *mc, struct rd *data, struct wr *out)
{
    static const uint8_t version[] = { 3, 31, 0, 0, 0, 0, 0, 0 };
    size_t len = rd_left(data);
    uint8_t bay = rd_u8(data);

    (void)mc;
    if (len != 4)
        return CC_LENGTH;
    if (bay != 0)
        return CC_NOT_PRESENT;
    wr_bytes(out, version, sizeof version);
    return CC_OK;
}

static enum ipmi_cc
get_map(struct mc *mc, struct rd *data, struct wr *out)
{
    size_t len = rd_left(data);
    uint8_t bus = rd_u8(data);
    uint8_t device = rd_u8(data);
    bool there = device == 0 && slot_there(mc, 0, bus);

    if (len != 2)
        return CC_LENGTH;
    wr_u8(out, 0);
    wr_u8(out, there ? 0 : NOWHERE);
    wr_u8(out, there ? bus : NOWHERE);
    return CC_OK;
}

static enum ipmi_cc
get_lights(struct mc *mc, struct rd *data, struct wr *out)
{
    size_t len = rd_left(data);
    uint8_t bay = rd_u8(data);
    uint8_t slot = rd_u8(data);

    if (len != 2)
        return CC_LENGTH;
    if (!slot_there(mc, bay, slot))
        return CC_NOT_PRESENT;
    wr_u8(out, bay);
    wr_u8(out, slot);
    wr_le16(out, dell_of(mc)->bays[slot]);
    return CC_OK;
}

static enum ipmi_cc
set_lights(struct mc *mc, struct rd *data)
{
    size_t len = rd_left(data);
    uint16_t again = rd_le16(data);
    uint8_t bay = rd_u8(data);
    uint8_t slot = rd_u8(data);
    uint16_t lights = rd_le16(data);

    if (len != SET_OCTETS)
        return CC_LENGTH;
    if (again != SET_OCTETS || (lights & ~LIGHTS) != 0)
        return CC_INVALID_FIELD;
    if (!slot_there(mc, bay, slot))
        return CC_NOT_PRESENT;
    dell_of(mc)->bays[slot] = lights;
    return CC_OK;
}

/* ---- the command ---- */

static const struct {
    uint8_t sub;
    enum ipmi_cc (*get)(struct mc *mc, struct rd *data, struct wr *out);
    enum ipmi_cc (*set)(struct mc *mc, struct rd *data);
} subcommands[] = {
    { SUB_FIRMWARE, get_firmware, NULL },
    { SUB_LIGHTS, get_lights, set_lights },
    { SUB_MAP, get_map, NULL },
};

#define SUBCOMMANDS (sizeof subcommands / sizeof subcommands[0])

static size_t
subcommand(uint8_t sub)
{
    size_t i = 0;

    while (i < SUBCOMMANDS && subcommands[i].sub != sub)
        i++;
    return i;
}

/* The length is that of the answer; what it does not fill is zero. */
static enum ipmi_cc
do_get(struct mc *mc, size_t i, struct bytes head, uint16_t len, struct ipmi_req *rq,
       struct wr *rs)
{
    uint8_t payload[PAYLOAD_MAX] = { 0 };
    struct wr out = wr_of(payload, sizeof payload);
    enum ipmi_cc cc;

    if (len > PAYLOAD_MAX)
        return CC_CANNOT_RETURN;
    cc = subcommands[i].get(mc, &rq->data, &out);
    if (cc != CC_OK)
        return cc;
    wr_span(rs, head);
    wr_bytes(rs, payload, len);
    return CC_OK;
}

static enum ipmi_cc
do_set(struct mc *mc, size_t i, uint16_t len, struct ipmi_req *rq)
{
    if (subcommands[i].set == NULL)
        return CC_INVALID_FIELD;
    if (rq->privilege < PRIV_OPERATOR)
        return CC_PRIVILEGE;
    if (len != rd_left(&rq->data))
        return CC_LENGTH;
    return subcommands[i].set(mc, &rq->data);
}

static enum ipmi_cc
storage(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct bytes head = bytes_of(rq->data.at, HEAD);
    uint8_t op = rd_u8(&rq->data);
    size_t i = subcommand(rd_u8(&rq->data));
    uint16_t len = rd_le16(&rq->data);
    uint16_t offset = rd_le16(&rq->data);

    if (op > OP_GET || i == SUBCOMMANDS)
        return CC_INVALID_FIELD;
    if (offset != 0)
        return CC_RANGE;
    return op == OP_GET ? do_get(mc, i, head, len, rq, rs) : do_set(mc, i, len, rq);
}

/* ---- vFlash ---- */

/* Initialized, licensed, attached, enabled, there; its health is good. */
#define CARD_STATUS 0xf4
#define CARD_MB 7668u
#define CARD_FREE_MB 7412u

static enum ipmi_cc
get_card(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    if (rd_le16(&rq->data) != 0)
        return CC_INVALID_FIELD;
    wr_u8(rs, 0);                 /* the card's own completion code */
    wr_u8(rs, CARD_STATUS);
    wr_le32(rs, CARD_MB);
    wr_le32(rs, CARD_FREE_MB);
    wr_u8(rs, 0);                 /* no bootable partition */
    wr_u8(rs, 0);
    return CC_OK;
}

#define OEM GROUP_OEM_CMDS

static const struct command rows[] = {
    { DELL_NETFN, 0xa4, "Dell Get Extended SD Card Info", NEEDS_USER | READS, 2, 2, OEM,
      get_card, "" },
    { DELL_NETFN, 0xd5, "Dell Storage", NEEDS_USER, HEAD, LEN_ANY, OEM, storage, "" },
};

const struct command_table oem_dell_storage_commands = { "dell-storage", rows,
                                                         sizeof rows / sizeof rows[0], 0 };
