#include "sim/base/planted.h"
#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/reply.h"

#define ACCESS_BYTES    0x00 /* Get FRU Inventory Area Info */
#define ACCESS_WORDS    0x01
#define CC_GUARDED      CC_CMD_80
#define CC_DEVICE_BUSY  CC_CMD_81

/* Octets of what offsets and counts count. */
static uint32_t
unit_of(const struct fru *fru)
{
    return fru->facts->by_words ? 2 : 1;
}

/* What can be reached: of a device accessed by words, whole ones. */
static uint32_t
size_of(const struct fru *fru)
{
    uint32_t size = fru->facts->size < FRU_SIZE_MAX ? fru->facts->size : FRU_SIZE_MAX;

    return size - size % unit_of(fru);
}

static enum ipmi_cc
get_fru_inventory_area_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct fru *fru = fru_find(mc, rd_u8(&rq->data));

    if (fru == NULL)
        return CC_NOT_PRESENT;
    wr_le16(rs, size_of(fru));
    wr_u8(rs, fru->facts->by_words ? ACCESS_WORDS : ACCESS_BYTES);
    return CC_OK;
}

/* What goes past the end is left out, and the count says so; what does not
 * fit the way back is refused, and the client asks for less. */
static enum ipmi_cc
read_fru_data(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct fru *fru = fru_find(mc, rd_u8(&rq->data));
    uint32_t offset = rd_le16(&rq->data);
    uint32_t count = rd_u8(&rq->data);
    uint8_t data[REPLY_OTHER];

    if (fru == NULL)
        return CC_NOT_PRESENT;
    offset *= unit_of(fru);
    count *= unit_of(fru);
    if (offset >= size_of(fru))
        return CC_RANGE;
    if (fru_is_busy(mc, fru))
        return CC_DEVICE_BUSY;
    if (count > size_of(fru) - offset)
        count = size_of(fru) - offset;
    if (count + 1 > reply_room(mc, rq))
        return CC_CANNOT_RETURN;
    if (fru_read(mc, fru, offset, data, count) != ST_OK)
        return CC_DEVICE_BUSY;
    wr_u8(rs, count / unit_of(fru));
    wr_bytes(rs, data, count);
    return CC_OK;
}

static enum ipmi_cc
write_fru_data(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct fru *fru = fru_find(mc, rd_u8(&rq->data));
    uint32_t offset = rd_le16(&rq->data);
    struct bytes data = rd_rest(&rq->data);

    if (fru == NULL)
        return CC_NOT_PRESENT;
    offset *= unit_of(fru);
    if (PLANTED(FRU_WRITE_WRAPS) && data.len <= size_of(fru) &&
        offset + data.len > size_of(fru))
        offset = 0;
    if (offset > size_of(fru) || data.len > size_of(fru) - offset)
        return CC_RANGE;
    if (data.len % unit_of(fru) != 0 || data.len / unit_of(fru) > UINT8_MAX)
        return CC_LENGTH;
    if (fru_is_busy(mc, fru))
        return CC_DEVICE_BUSY;
    if (fru_is_guarded(fru, offset, data.len))
        return CC_GUARDED;
    if (fru_write(mc, fru, offset, data) != ST_OK)
        return CC_DEVICE_BUSY;
    wr_u8(rs, (unsigned)data.len / unit_of(fru));
    return CC_OK;
}

#define FRU GROUP_FRU_DEVICE

static const struct command rows[] = {
    { NETFN_STORAGE, 0x10, "Get FRU Inventory Area Info", NEEDS_USER | READS, 1, 1, FRU,
      get_fru_inventory_area_info, "34.1" },
    { NETFN_STORAGE, 0x11, "Read FRU Data", NEEDS_USER | READS, 4, 4, FRU, read_fru_data,
      "34.2" },
    { NETFN_STORAGE, 0x12, "Write FRU Data", NEEDS_OPERATOR, 3, LEN_ANY, FRU,
      write_fru_data, "34.3" },
};

const struct command_table fru_commands = {
    .subject = "fru",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
