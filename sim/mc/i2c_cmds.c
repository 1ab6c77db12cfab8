#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/reply.h"

/* Byte 1 of Master Write-Read. */
#define CHANNEL_SHIFT 4
#define BUS_SHIFT     1
#define BUS_BITS      0x07
#define PRIVATE       0x01
#define ADDRESS_BITS  0xfe

static enum ipmi_cc
master_write_read(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t bus = rd_u8(&rq->data);
    struct i2c_transfer t = {
        .channel = (uint8_t)(bus >> CHANNEL_SHIFT),
        .bus = bus >> BUS_SHIFT & BUS_BITS,
        .is_private = bus & PRIVATE,
    };

    t.address = rd_u8(&rq->data) & ADDRESS_BITS;
    t.count = rd_u8(&rq->data);
    t.data = rd_rest(&rq->data);
    if (!t.is_private && t.bus != 0)
        return CC_INVALID_FIELD;   /* a channel has one public bus */
    return i2c_transfer(mc, &t, &rq->from, reply_room(mc, rq), rs);
}

static const struct command rows[] = {
    { NETFN_APP, 0x52, "Master Write-Read", NEEDS_OPERATOR, 3, LEN_ANY, 0, master_write_read,
      "22.11" },
};

const struct command_table i2c_commands = {
    .subject = "i2c",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
