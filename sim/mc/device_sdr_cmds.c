#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/presence.h"
#include "sim/mc/reply.h"
#include "sim/wire/sdr.h"

#define COUNT_SDRS   0x01 /* Get Device SDR Info: count records, not sensors */
#define FLAG_DYNAMIC 0x80

/* The device SDRs of the LUN that was asked. */
static const struct machine_sdr *
asked(const struct mc *mc, const struct ipmi_req *rq, uint32_t *count)
{
    *count = mc->machine->device_sdr_count[rq->lun & 3];
    return mc->machine->device_sdrs[rq->lun & 3];
}

/* The record of a sensor that is not there at present is not either. */
static bool
hidden(const struct mc *mc, struct bytes record)
{
    struct sdr sdr;
    int i = -1;

    if (mc->machine->dynamic_sensors && sdr_parse(record, &sdr) == SDR_OK &&
        sdr_is_sensor(&sdr) && sdr.u.sensor.owner == mc->machine->address)
        i = sensor_index(mc, sdr.u.sensor.lun, sdr.u.sensor.number);
    return i >= 0 && presence_hides(mc, (uint32_t)i);
}

/* The place of the first record from at on that is there; count: none. */
static uint32_t
shown_from(const struct mc *mc, const struct machine_sdr *sdrs, uint32_t at,
           uint32_t count)
{
    while (at < count && hidden(mc, sdrs[at].record))
        at++;
    return at;
}

static uint32_t
shown_count(const struct mc *mc, const struct machine_sdr *sdrs, uint32_t count)
{
    uint32_t n = 0;

    for (uint32_t at = 0; at < count; at++)
        n += !hidden(mc, sdrs[at].record);
    return n;
}

/* The place that a record id names; count: none. */
static uint32_t
place_of(const struct mc *mc, const struct machine_sdr *sdrs, uint32_t id, uint32_t count)
{
    if (id == SDR_ID_FIRST)
        return shown_from(mc, sdrs, 0, count);
    if (id != SDR_ID_LAST)
        return id <= count && !hidden(mc, sdrs[id - 1].record) ? id - 1 : count;
    for (uint32_t at = count; at-- > 0;)
        if (!hidden(mc, sdrs[at].record))
            return at;
    return count;
}

static enum ipmi_cc
get_device_sdr_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t what = rd_left(&rq->data) ? rd_u8(&rq->data) : 0;
    uint8_t flags = mc->machine->dynamic_sensors ? FLAG_DYNAMIC : 0;
    uint32_t count;
    const struct machine_sdr *sdrs = asked(mc, rq, &count);

    if (what & COUNT_SDRS)
        count = shown_count(mc, sdrs, count);
    else
        count = sensors_on_lun(mc, rq->lun);
    for (uint8_t lun = 0; lun < 4; lun++)
        if (sensors_on_lun(mc, lun))
            flags |= (uint8_t)(1u << lun);
    wr_u8(rs, count < UINT8_MAX ? count : UINT8_MAX);
    wr_u8(rs, flags);
    if (flags & FLAG_DYNAMIC)
        wr_le32(rs, mc->sensors.population);
    return CC_OK;
}

static enum ipmi_cc
get_device_sdr(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct sdr_read read = sdr_read_of(&rq->data);
    uint32_t count;
    const struct machine_sdr *sdrs = asked(mc, rq, &count);
    uint32_t at, next;

    if (read.offset != 0 &&
        (read.reservation == 0 || read.reservation != mc->sdrs.device_reservation))
        return CC_RESERVATION;
    at = place_of(mc, sdrs, read.id, count);
    if (at == count)
        return CC_NOT_PRESENT;
    next = shown_from(mc, sdrs, at + 1, count);
    return sdr_read_answer(&read, sdrs[at].record, (uint16_t)(at + 1),
                           (uint16_t)(next < count ? next + 1 : SDR_ID_LAST),
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
    { NETFN_SENSOR, 0x20, "Get Device SDR Info", NEEDS_SYSTEM | READS, 0, 1,
      GROUP_DEVICE_SDRS, get_device_sdr_info, "35.2" },
    { NETFN_SENSOR, 0x21, "Get Device SDR", NEEDS_SYSTEM | READS, 6, 6, GROUP_DEVICE_SDRS,
      get_device_sdr, "35.3" },
    { NETFN_SENSOR, 0x22, "Reserve Device SDR Repository", NEEDS_SYSTEM, 0, 0,
      GROUP_DEVICE_SDRS, reserve_device_sdr_repository, "35.4" },
};

const struct command_table device_sdr_commands = {
    .subject = "device sdr",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
