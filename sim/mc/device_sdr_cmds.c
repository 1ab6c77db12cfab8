#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/reply.h"

#define COUNT_SDRS   0x01 /* Get Device SDR Info: count records, not sensors */
#define FLAG_DYNAMIC 0x80

/* The device SDRs of the LUN that was asked. */
static const struct machine_sdr *
asked(const struct mc *mc, const struct ipmi_req *rq, uint32_t *count)
{
    *count = mc->machine->device_sdr_count[rq->lun & 3];
    return mc->machine->device_sdrs[rq->lun & 3];
}

static enum ipmi_cc
get_device_sdr_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t what = rd_left(&rq->data) ? rd_u8(&rq->data) : 0;
    uint8_t flags = mc->machine->dynamic_sensors ? FLAG_DYNAMIC : 0;
    uint32_t count;

    asked(mc, rq, &count);
    if (!(what & COUNT_SDRS))
        count = sensors_on_lun(mc, rq->lun);
    for (uint8_t lun = 0; lun < 4; lun++)
        if (sensors_on_lun(mc, lun))
            flags |= (uint8_t)(1u << lun);
    wr_u8(rs, count < UINT8_MAX ? count : UINT8_MAX);
    wr_u8(rs, flags);
    if (flags & FLAG_DYNAMIC)
        wr_le32(rs,
                0); /* population change indicator: none came or went since the start */
    return CC_OK;
}

static enum ipmi_cc
get_device_sdr(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct sdr_read read = sdr_read_of(&rq->data);
    uint32_t count;
    const struct machine_sdr *sdrs = asked(mc, rq, &count);
    uint32_t id = read.id == SDR_ID_FIRST ? 1 : read.id == SDR_ID_LAST ? count : read.id;

    if (read.offset != 0 &&
        (read.reservation == 0 || read.reservation != mc->sdrs.device_reservation))
        return CC_RESERVATION;
    if (id == 0 || id > count)
        return CC_NOT_PRESENT;
    return sdr_read_answer(&read, sdrs[id - 1].record, (uint16_t)id,
                           (uint16_t)(id < count ? id + 1 : SDR_ID_LAST),
                           reply_room(mc, rq), rs);
}

static enum ipmi_cc
reserve_device_sdr_repository(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_le16(rs, sdr_reserve(mc, true));
    return CC_OK;
}

/* Appendix G: only where no session is needed, on the IPMB above all. */
static const struct command rows[] = {
    { NETFN_SENSOR, 0x20, "Get Device SDR Info", NEEDS_SYSTEM, 0, 1, GROUP_DEVICE_SDRS,
      get_device_sdr_info, "35.2" },
    { NETFN_SENSOR, 0x21, "Get Device SDR", NEEDS_SYSTEM, 6, 6, GROUP_DEVICE_SDRS,
      get_device_sdr, "35.3" },
    { NETFN_SENSOR, 0x22, "Reserve Device SDR Repository", NEEDS_SYSTEM, 0, 0,
      GROUP_DEVICE_SDRS, reserve_device_sdr_repository, "35.4" },
};

const struct command_table device_sdr_commands = {
    .subject = "device sdr",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
