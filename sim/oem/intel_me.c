#include "sim/mc/mc_parts.h"
#include "sim/oem/intel.h"

#define NETFN_ME 0x30
#define CC_RESTART CC_CMD_80
#define CC_NOT_WHAT_CAME CC_CMD_81

#define AREA_FIRST 1
#define AREA_LAST 3
#define AREAS 0x0e                     /* a bit each */
#define CAN_ROLL_BACK 0x01
#define CAN_RECOVER 0x02
#define IMAGE_NEW 0x02
#define IMAGE_ROLLBACK 0x04
#define RUNNING_SHIFT 3
#define OTHER_BANK(bank) (3u - (bank))
#define CRC_POLYNOMIAL 0x07

enum update_type { UPDATE_NORMAL = 1, UPDATE_ROLLBACK = 3, UPDATE_ABORT = 4 };

void
intel_me_init(struct intel_me *me)
{
    *me = (struct intel_me){ .running = 1, .rollback = true };
}

void
intel_me_reset(struct intel_me *me)
{
    me->state = ME_IDLE;
    me->staged = false;
}

static struct intel_me *
me_of(struct mc *mc)
{
    return &intel_of(mc)->me;
}

static uint8_t
crc8(uint8_t crc, struct bytes data)
{
    for (size_t i = 0; i < data.len; i++) {
        crc ^= data.at[i];
        for (unsigned bit = 0; bit < 8; bit++)
            crc = (uint8_t)(crc & 0x80 ? crc << 1 ^ CRC_POLYNOMIAL : crc << 1);
    }
    return crc;
}

static void
begin_image(struct intel_me *me)
{
    me->any = false;
    me->crc = 0;
    me->size = 0;
}

static enum ipmi_cc
prepare(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct intel_me *me = me_of(mc);

    (void)rq;
    (void)rs;
    if (me->state == ME_UNDER_WAY)
        return CC_STATE;
    me->state = ME_REQUESTED;
    me->staged = false;
    return CC_OK;
}

static enum ipmi_cc
open_area(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct intel_me *me = me_of(mc);
    uint8_t area = rd_u8(&rq->data);

    (void)rs;
    if (area < AREA_FIRST || area > AREA_LAST || rd_u8(&rq->data) != 0)
        return CC_INVALID_FIELD;
    if (me->state != ME_REQUESTED)
        return CC_STATE;
    me->state = ME_UNDER_WAY;
    me->area = area;
    begin_image(me);
    return CC_OK;
}

static enum ipmi_cc
write_area(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct intel_me *me = me_of(mc);
    uint8_t sequence = rd_u8(&rq->data);
    struct bytes data = rd_rest(&rq->data);

    (void)rs;
    if (me->state != ME_UNDER_WAY)
        return CC_STATE;
    if (me->any && sequence == me->sequence)
        return CC_OK;
    if (sequence != (uint8_t)(me->any ? me->sequence + 1u : 0u)) {
        begin_image(me);
        return CC_RESTART;
    }
    if (me->size + data.len > ME_AREA_MAX)
        return CC_NO_SPACE;
    me->any = true;
    me->sequence = sequence;
    me->size += (uint32_t)data.len;
    me->crc = crc8(me->crc, data);
    return CC_OK;
}

static enum ipmi_cc
close_area(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct intel_me *me = me_of(mc);
    uint32_t size = rd_le32(&rq->data);
    uint16_t sum = rd_le16(&rq->data);

    (void)rs;
    if (me->state != ME_UNDER_WAY)
        return CC_STATE;
    if (size != me->size || sum != me->crc || size == 0) {
        me->state = ME_FAILED;
        return CC_NOT_WHAT_CAME;
    }
    me->state = ME_REQUESTED;
    me->staged = true;
    return CC_OK;
}

/* The image in the other bank runs now; what ran can be gone back to. */
static enum ipmi_cc
change_image(struct intel_me *me, bool there, enum me_state then)
{
    if (!there)
        return CC_STATE;
    me->running = (uint8_t)OTHER_BANK(me->running);
    me->rollback = true;
    me->staged = false;
    me->state = (uint8_t)then;
    return CC_OK;
}

static enum ipmi_cc
register_update(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct intel_me *me = me_of(mc);
    uint8_t type = rd_u8(&rq->data);

    (void)rs;
    if (rd_u8(&rq->data) != 0)
        return CC_INVALID_FIELD;
    switch (type) {
    case UPDATE_NORMAL:
        return change_image(me, me->staged && me->state == ME_REQUESTED, ME_SUCCESS);
    case UPDATE_ROLLBACK:
        return change_image(me, me->rollback && me->state != ME_UNDER_WAY, ME_ROLLED_BACK);
    case UPDATE_ABORT:
        me->staged = false;
        me->state = ME_ABORTED;
        return CC_OK;
    default:
        return CC_INVALID_FIELD;
    }
}

static enum ipmi_cc
get_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct intel_me *me = me_of(mc);

    (void)rq;
    wr_u8(rs, (me->staged ? IMAGE_NEW : 0u) | (me->rollback ? IMAGE_ROLLBACK : 0u) |
                  (unsigned)me->running << RUNNING_SHIFT);
    wr_u8(rs, me->state);
    wr_fill(rs, 0, 4);                 /* results, type, dependencies */
    wr_le32(rs, me->staged ? 0 : ME_AREA_MAX);
    return CC_OK;
}

static enum ipmi_cc
get_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    wr_u8(rs, AREAS);
    wr_u8(rs, CAN_ROLL_BACK | CAN_RECOVER);
    return CC_OK;
}

static const struct command rows[] = {
    { NETFN_ME, 0xa0, "Intel ME Update Prepare", NEEDS_ADMIN, 0, 0, 0, prepare, "" },
    { NETFN_ME, 0xa1, "Intel ME Update Open Area", NEEDS_ADMIN, 2, 2, 0, open_area, "" },
    { NETFN_ME, 0xa2, "Intel ME Update Write Area", NEEDS_ADMIN, 2, 1 + ME_CHUNK, 0, write_area,
      "" },
    { NETFN_ME, 0xa3, "Intel ME Update Close Area", NEEDS_ADMIN, 6, 6, 0, close_area, "" },
    { NETFN_ME, 0xa4, "Intel ME Register Update", NEEDS_ADMIN, 2, 2, 0, register_update, "" },
    { NETFN_ME, 0xa6, "Intel ME Get Update Status", NEEDS_ADMIN | READS, 0, 0, 0,
      get_status, "" },
    { NETFN_ME, 0xa7, "Intel ME Get Update Capabilities", NEEDS_ADMIN | READS, 0, 0, 0,
      get_capabilities, "" },
};

const struct command_table oem_intel_me_commands = {
    .subject = "intel-me", .rows = rows, .count = sizeof rows / sizeof rows[0],
};
