#include <stdlib.h>
#include <string.h>

#include "sim/base/planted.h"
#include "sim/mc/agent.h"
#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/reply.h"
#include "sim/wire/sdr.h"

/* Get SDR Repository Info: what there is. Updates are taken at any time and
 * in update mode. */
#define SUPPORT_ALLOC      0x01
#define SUPPORT_RESERVE    0x02
#define SUPPORT_PARTIAL    0x04
#define SUPPORT_DELETE     0x08
#define SUPPORT_ANY_UPDATE 0x60
#define SUPPORT_OVERFLOW   0x80

#define CLEAR_INITIATE 0xaa
#define CLEAR_STATUS   0x00
#define DONE           0x01
#define ADD_LAST       0x01
#define ADD_PROGRESS   0x0f
#define AGENT_RUN      0x01

static bool
reserved(const struct mc *mc, uint16_t id)
{
    return id != 0 && id == mc->sdrs.reservation;
}

static enum ipmi_cc
get_sdr_repository_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t used = sdr_units_used(mc);
    uint32_t added, erased;

    (void)rq;
    sdr_stamps(mc, &added, &erased);
    wr_u8(rs, SDR_VERSION);
    wr_le16(rs, sdr_count(mc));
    wr_le16(rs, used < SDR_UNITS ? (SDR_UNITS - used) * SDR_UNIT : 0);
    wr_le32(rs, added);
    wr_le32(rs, erased);
    wr_u8(rs, SUPPORT_ALLOC | SUPPORT_RESERVE | SUPPORT_PARTIAL | SUPPORT_DELETE |
                  SUPPORT_ANY_UPDATE | (mc->sdrs.overflow ? SUPPORT_OVERFLOW : 0));
    return CC_OK;
}

static enum ipmi_cc
get_sdr_repository_allocation_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint32_t used = sdr_units_used(mc);
    uint32_t left = used < SDR_UNITS ? SDR_UNITS - used : 0;

    (void)rq;
    wr_le16(rs, SDR_UNITS);
    wr_le16(rs, SDR_UNIT);
    wr_le16(rs, left);
    wr_le16(rs, left); /* free space is never scattered */
    wr_u8(rs, (SDR_RECORD_MAX + SDR_UNIT - 1) / SDR_UNIT);
    return CC_OK;
}

static enum ipmi_cc
reserve_sdr_repository(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    if (sdr_update_shuts_out(mc, rq))
        return CC_SDR_UPDATE;
    wr_le16(rs, sdr_reserve(mc, false));
    return CC_OK;
}

static enum ipmi_cc
get_sdr(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct sdr_read read = sdr_read_of(&rq->data);
    struct bytes record;
    uint16_t id = 0, next = SDR_ID_LAST;
    int at;

    if (sdr_update_shuts_out(mc, rq))
        return CC_SDR_UPDATE;
    if (read.offset != 0 && !reserved(mc, read.reservation))
        return CC_RESERVATION;
    at = sdr_find(mc, read.id);
    if (at < 0)
        return CC_NOT_PRESENT;
    record = sdr_nth(mc, (uint32_t)at, &id);
    sdr_nth(mc, (uint32_t)at + 1, &next);
    if (PLANTED(SDR_LAST_NEXT_WRONG) && next == SDR_ID_LAST)
        next = (uint16_t)(id + 1);
    return sdr_read_answer(&read, record, id, next, reply_room(mc, rq), rs);
}

/* Completion codes of what adding can end in. */
static enum ipmi_cc
cc_of(enum status st)
{
    if (st == ST_INVALID)
        return CC_CMD_80;
    return st == ST_OK ? CC_OK : CC_NO_SPACE;
}

static enum ipmi_cc
add_sdr(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct bytes record = rd_rest(&rq->data);
    uint16_t id;
    enum ipmi_cc cc;

    if (sdr_update_shuts_out(mc, rq))
        return CC_SDR_UPDATE;
    if (sdr_check_length(record) != SDR_OK)
        return CC_CMD_80;
    if (sdr_take_id(mc, &id) != ST_OK)
        return CC_NO_SPACE;
    cc = cc_of(sdr_add(mc, record, id));
    if (cc == CC_OK)
        wr_le16(rs, id);
    return cc;
}

/* Begin a record that comes in pieces; it has its id from now on. */
static enum ipmi_cc
begin_partial(struct mc *mc)
{
    struct sdr_repo *repo = &mc->sdrs;

    if (repo->partial == NULL)
        repo->partial = malloc(sizeof *repo->partial);
    if (repo->partial == NULL || sdr_take_id(mc, &repo->partial->id) != ST_OK)
        return CC_NO_SPACE;
    repo->partial->len = 0;
    return CC_OK;
}

static void
end_partial(struct mc *mc)
{
    free(mc->sdrs.partial);
    mc->sdrs.partial = NULL;
}

static enum ipmi_cc
finish_partial(struct mc *mc)
{
    const struct sdr_partial *partial = mc->sdrs.partial;
    enum ipmi_cc cc =
        cc_of(sdr_add(mc, bytes_of(partial->octets, partial->len), partial->id));

    end_partial(mc);
    return cc;
}

static enum ipmi_cc
partial_add_sdr(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint16_t reservation = rd_le16(&rq->data);
    uint16_t id = rd_le16(&rq->data);
    uint8_t offset = rd_u8(&rq->data);
    uint8_t progress = rd_u8(&rq->data) & ADD_PROGRESS;
    struct bytes piece = rd_rest(&rq->data);
    struct sdr_partial *partial;
    enum ipmi_cc cc;

    if (sdr_update_shuts_out(mc, rq))
        return CC_SDR_UPDATE;
    if (!reserved(mc, reservation))
        return CC_RESERVATION;
    if (progress > ADD_LAST)
        return CC_INVALID_FIELD;
    cc = offset == 0 ? begin_partial(mc) : CC_OK;
    if (cc != CC_OK)
        return cc;
    partial = mc->sdrs.partial;
    if (partial == NULL || offset != partial->len || (offset != 0 && id != partial->id))
        return CC_INVALID_FIELD;
    if (piece.len > (size_t)(SDR_RECORD_MAX - partial->len)) {
        end_partial(mc);
        return CC_CMD_80;
    }
    memcpy(partial->octets + partial->len, piece.at, piece.len);
    partial->len = (uint16_t)(partial->len + piece.len);
    id = partial->id;
    if (progress == ADD_LAST)
        cc = finish_partial(mc);
    if (cc == CC_OK)
        wr_le16(rs, id);
    return cc;
}

static enum ipmi_cc
delete_sdr(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint16_t reservation = rd_le16(&rq->data);
    uint16_t id = rd_le16(&rq->data);
    uint16_t gone;

    if (sdr_update_shuts_out(mc, rq))
        return CC_SDR_UPDATE;
    if (!reserved(mc, reservation))
        return CC_RESERVATION;
    if (sdr_delete(mc, id, &gone) != ST_OK)
        return CC_NOT_PRESENT;
    wr_le16(rs, gone);
    return CC_OK;
}

/* Asking how far it is takes no reservation: clearing has just ended it. */
static enum ipmi_cc
clear_sdr_repository(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint16_t reservation = rd_le16(&rq->data);
    struct bytes letters = rd_bytes(&rq->data, 3);
    uint8_t operation = rd_u8(&rq->data);

    if (memcmp(letters.at, "CLR", 3) != 0)
        return CC_INVALID_FIELD;
    if (operation != CLEAR_INITIATE && operation != CLEAR_STATUS)
        return CC_INVALID_FIELD;
    if (operation == CLEAR_INITIATE) {
        if (sdr_update_shuts_out(mc, rq))
            return CC_SDR_UPDATE;
        if (!reserved(mc, reservation))
            return CC_RESERVATION;
        if (sdr_clear(mc) != ST_OK)
            return CC_UNSPECIFIED;
    }
    wr_u8(rs, DONE);
    return CC_OK;
}

static enum ipmi_cc
get_sdr_repository_time(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_le32(rs, sdr_time(mc));
    return CC_OK;
}

static enum ipmi_cc
set_sdr_repository_time(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    mc->sdrs.clock_offset =
        (int64_t)rd_le32(&rq->data) - (int64_t)world_time_s(mc->world);
    return CC_OK;
}

static enum ipmi_cc
enter_update_mode(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    if (sdr_update_shuts_out(mc, rq))
        return CC_SDR_UPDATE;
    sdr_update_begin(mc, rq);
    return CC_OK;
}

static enum ipmi_cc
exit_update_mode(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    if (sdr_update_shuts_out(mc, rq))
        return CC_SDR_UPDATE;
    sdr_update_end(mc);
    return CC_OK;
}

/* Sensors are first as they are without the agent. */
static enum ipmi_cc
run_initialization_agent(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    if (rd_u8(&rq->data) & AGENT_RUN) {
        if (sdr_update_shuts_out(mc, rq))
            return CC_SDR_UPDATE;
        sensors_reset(mc);
        if (agent_run(mc) != ST_OK)
            return CC_UNSPECIFIED;
    }
    wr_u8(rs, agent_running(mc) ? 0 : DONE);
    return CC_OK;
}

#define SDRS GROUP_SDR_REPOSITORY

static const struct command rows[] = {
    { NETFN_STORAGE, 0x20, "Get SDR Repository Info", NEEDS_USER | READS, 0, 0, SDRS,
      get_sdr_repository_info, "33.9" },
    { NETFN_STORAGE, 0x21, "Get SDR Repository Allocation Info", NEEDS_USER | READS, 0, 0,
      SDRS, get_sdr_repository_allocation_info, "33.10" },
    { NETFN_STORAGE, 0x22, "Reserve SDR Repository", NEEDS_USER, 0, 0, SDRS,
      reserve_sdr_repository, "33.11" },
    { NETFN_STORAGE, 0x23, "Get SDR", NEEDS_USER | READS, 6, 6, SDRS, get_sdr, "33.12" },
    { NETFN_STORAGE, 0x24, "Add SDR", NEEDS_OPERATOR, 6, LEN_ANY, SDRS, add_sdr,
      "33.13" },
    { NETFN_STORAGE, 0x25, "Partial Add SDR", NEEDS_OPERATOR, 6, LEN_ANY, SDRS,
      partial_add_sdr, "33.14" },
    { NETFN_STORAGE, 0x26, "Delete SDR", NEEDS_OPERATOR, 4, 4, SDRS, delete_sdr,
      "33.15" },
    { NETFN_STORAGE, 0x27, "Clear SDR Repository", NEEDS_OPERATOR, 6, 6, SDRS,
      clear_sdr_repository, "33.16" },
    { NETFN_STORAGE, 0x28, "Get SDR Repository Time", NEEDS_USER | READS, 0, 0, SDRS,
      get_sdr_repository_time, "33.17" },
    { NETFN_STORAGE, 0x29, "Set SDR Repository Time", NEEDS_OPERATOR, 4, 4, SDRS,
      set_sdr_repository_time, "33.18" },
    { NETFN_STORAGE, 0x2a, "Enter SDR Repository Update Mode", NEEDS_OPERATOR, 0, 0, SDRS,
      enter_update_mode, "33.19" },
    { NETFN_STORAGE, 0x2b, "Exit SDR Repository Update Mode", NEEDS_OPERATOR, 0, 0, SDRS,
      exit_update_mode, "33.20" },
    { NETFN_STORAGE, 0x2c, "Run Initialization Agent", NEEDS_OPERATOR, 1, 1, SDRS,
      run_initialization_agent, "33.21" },
};

const struct command_table sdr_commands = {
    .subject = "sdr",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
