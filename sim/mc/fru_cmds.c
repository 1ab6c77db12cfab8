#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/reply.h"

#define ACCESS_BYTES   0x00 /* Get FRU Inventory Area Info: not by words */
#define CC_DEVICE_BUSY CC_CMD_81

static uint32_t
size_of(const struct fru *fru)
{
    return fru->facts->size < FRU_SIZE_MAX ? fru->facts->size : FRU_SIZE_MAX;
}

static enum ipmi_cc
get_fru_inventory_area_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct fru *fru = fru_find(mc, rd_u8(&rq->data));

    if (fru == NULL)
        return CC_NOT_PRESENT;
    wr_le16(rs, size_of(fru));
    wr_u8(rs, ACCESS_BYTES);
    return CC_OK;
}

/* What goes past the end is left out, and the count says so; what does not
 * fit the way back is refused, and the client asks for less. */
static enum ipmi_cc
read_fru_data(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct fru *fru = fru_find(mc, rd_u8(&rq->data));
    uint16_t offset = rd_le16(&rq->data);
    uint32_t count = rd_u8(&rq->data);
    uint8_t data[REPLY_OTHER];

    if (fru == NULL)
        return CC_NOT_PRESENT;
    if (offset >= size_of(fru))
        return CC_RANGE;
    if (count > size_of(fru) - offset)
        count = size_of(fru) - offset;
    if (count + 1 > reply_room(mc, rq))
        return CC_CANNOT_RETURN;
    if (fru_read(mc, fru, offset, data, count) != ST_OK)
        return CC_DEVICE_BUSY;
    wr_u8(rs, count);
    wr_bytes(rs, data, count);
    return CC_OK;
}

static enum ipmi_cc
write_fru_data(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct fru *fru = fru_find(mc, rd_u8(&rq->data));
    uint16_t offset = rd_le16(&rq->data);
    struct bytes data = rd_rest(&rq->data);

    if (fru == NULL)
        return CC_NOT_PRESENT;
    if (offset > size_of(fru) || data.len > size_of(fru) - offset)
        return CC_RANGE;
    if (data.len > UINT8_MAX)
        return CC_LENGTH;
    if (fru_write(mc, fru, offset, data) != ST_OK)
        return CC_DEVICE_BUSY;
    wr_u8(rs, (unsigned)data.len);
    return CC_OK;
}

#define FRU GROUP_FRU_DEVICE

static const struct command rows[] = {
    { NETFN_STORAGE, 0x10, "Get FRU Inventory Area Info", NEEDS_USER, 1, 1, FRU,
      get_fru_inventory_area_info, "34.1" },
    { NETFN_STORAGE, 0x11, "Read FRU Data", NEEDS_USER, 4, 4, FRU, read_fru_data,
      "34.2" },
    { NETFN_STORAGE, 0x12, "Write FRU Data", NEEDS_OPERATOR, 3, LEN_ANY, FRU,
      write_fru_data, "34.3" },
};

const struct command_table fru_commands = {
    .subject = "fru",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
