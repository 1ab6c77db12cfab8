#include <stdlib.h>
#include <string.h>

#include "sim/base/planted.h"
#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"
#include "sim/mc/sel_sensor.h"

#define SEL_COMMANDS_VERSION 0x51
#define CLEAR_INITIATE       0xaa
#define CLEAR_STATUS         0x00
#define CLEAR_DONE           0x01
#define READ_ALL             0xff
#define ADD_LAST             0x01 /* Partial Add: the record ends here */
#define ADD_PROGRESS         0x0f
#define AUX_LOG              0x0f
#define AUX_MCA              0
#define AUX_MCA_OCTETS       8

/* A command that the log was described without, or no log at all. */
static bool
lacks(const struct mc *mc, uint8_t feature)
{
    return mc->sel == NULL || (mc->sel->flags & feature) != feature;
}

/* A log that takes no reservations needs none. */
static bool
reserved(const struct sel *sel, uint16_t id)
{
    if (!(sel->flags & SEL_HAS_RESERVE) || PLANTED(SEL_RESERVATION_UNCHECKED))
        return true;
    return id != 0 && id == sel->reservation;
}

static enum ipmi_cc
get_sel_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct sel *sel = mc->sel;
    uint32_t free_octets;

    (void)rq;
    if (lacks(mc, 0))
        return CC_INVALID_COMMAND;
    free_octets = (sel->max - sel->count) * SEL_RECORD;
    wr_u8(rs, SEL_COMMANDS_VERSION);
    wr_le16(rs, sel->count);
    wr_le16(rs, free_octets < UINT16_MAX ? free_octets : UINT16_MAX);
    wr_le32(rs, sel->add_time);
    wr_le32(rs, sel->erase_time);
    wr_u8(rs, sel->flags);
    return CC_OK;
}

static enum ipmi_cc
get_sel_allocation_info(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct sel *sel = mc->sel;

    (void)rq;
    if (lacks(mc, SEL_HAS_ALLOC))
        return CC_INVALID_COMMAND;
    wr_le16(rs, sel->max);
    wr_le16(rs, SEL_RECORD); /* an allocation unit is one record */
    wr_le16(rs, sel->max - sel->count);
    wr_le16(rs, sel->max - sel->count); /* free space is never scattered */
    wr_u8(rs, 1);                       /* largest record, in units */
    return CC_OK;
}

static enum ipmi_cc
reserve_sel(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct sel *sel = mc->sel;

    (void)rq;
    if (lacks(mc, SEL_HAS_RESERVE))
        return CC_INVALID_COMMAND;
    if (++sel->last_reservation == 0)
        sel->last_reservation = 1;
    sel->reservation = sel->last_reservation;
    sel->partial_id = 0;
    wr_le16(rs, sel->reservation);
    return CC_OK;
}

static enum ipmi_cc
get_sel_entry(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct sel *sel = mc->sel;
    uint16_t reservation = rd_le16(&rq->data);
    uint16_t id = rd_le16(&rq->data);
    uint8_t offset = rd_u8(&rq->data);
    uint8_t count = rd_u8(&rq->data);
    struct rd next;
    int at;

    if (lacks(mc, 0))
        return CC_INVALID_COMMAND;
    if (offset != 0 && !reserved(sel, reservation))
        return CC_RESERVATION;
    at = sel_find(sel, id);
    if (at < 0)
        return CC_NOT_PRESENT;
    if (offset >= SEL_RECORD)
        return CC_RANGE;
    if (count == READ_ALL)
        count = (uint8_t)(SEL_RECORD - offset);
    if (offset + count > (int)SEL_RECORD)
        return CC_CANNOT_RETURN;
    next = rd_of(bytes_of(sel->records[at + 1], 2));
    wr_le16(rs, (uint32_t)at + 1 < sel->count ? rd_le16(&next) : SEL_ID_LAST);
    wr_bytes(rs, sel->records[at] + offset, count);
    return CC_OK;
}

static enum ipmi_cc
add_sel_entry(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t type, body[SEL_BODY];
    uint16_t id;

    if (lacks(mc, 0))
        return CC_INVALID_COMMAND;
    rd_skip(&rq->data, 2); /* the id is ours to give */
    type = rd_u8(&rq->data);
    rd_copy(&rq->data, body, sizeof body);
    id = sel_log(mc, type, body, NULL);
    if (id == 0)
        return CC_NO_SPACE;
    wr_le16(rs, id);
    return CC_OK;
}

/* The last piece has come: log the record. */
static enum ipmi_cc
finish_partial(struct mc *mc, struct wr *rs)
{
    struct sel *sel = mc->sel;
    uint16_t id;

    sel->partial_id = 0;
    if (sel->partial_len != SEL_RECORD)
        return CC_CMD_80;
    id = sel_log(mc, sel->partial[2], sel->partial + 3, NULL);
    if (id == 0)
        return CC_NO_SPACE;
    wr_le16(rs, id);
    return CC_OK;
}

static enum ipmi_cc
partial_add_sel_entry(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct sel *sel = mc->sel;
    uint16_t reservation = rd_le16(&rq->data);
    uint16_t id = rd_le16(&rq->data);
    uint8_t offset = rd_u8(&rq->data);
    uint8_t progress = rd_u8(&rq->data) & ADD_PROGRESS;
    struct bytes piece = rd_rest(&rq->data);

    if (lacks(mc, SEL_HAS_PARTIAL))
        return CC_INVALID_COMMAND;
    if (!reserved(sel, reservation))
        return CC_RESERVATION;
    if (progress > ADD_LAST)
        return CC_INVALID_FIELD;
    if (sel->count == sel->max) {
        sel->flags |= SEL_OVERFLOW;
        return CC_NO_SPACE;
    }
    if (offset == 0) {
        sel->partial_id = sel->next_id;
        sel->partial_len = 0;
    } else if (sel->partial_id == 0 || id != sel->partial_id ||
               offset != sel->partial_len) {
        return CC_INVALID_FIELD;
    }
    if (piece.len > (size_t)(SEL_RECORD - sel->partial_len)) {
        sel->partial_id = 0;
        return CC_CMD_80;
    }
    memcpy(sel->partial + sel->partial_len, piece.at, piece.len);
    sel->partial_len = (uint8_t)(sel->partial_len + piece.len);
    if (progress == ADD_LAST)
        return finish_partial(mc, rs);
    wr_le16(rs, sel->partial_id);
    return CC_OK;
}

static enum ipmi_cc
delete_sel_entry(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint16_t reservation = rd_le16(&rq->data);
    uint16_t id = rd_le16(&rq->data);
    uint16_t gone;

    if (lacks(mc, SEL_HAS_DELETE))
        return CC_INVALID_COMMAND;
    if (!reserved(mc->sel, reservation))
        return CC_RESERVATION;
    if (sel_delete(mc, id, &gone) != ST_OK)
        return CC_NOT_PRESENT;
    wr_le16(rs, gone);
    return CC_OK;
}

/* Asking how far it is takes no reservation: clearing has just ended it. */
static enum ipmi_cc
clear_sel(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint16_t reservation = rd_le16(&rq->data);
    struct bytes letters = rd_bytes(&rq->data, 3);
    uint8_t operation = rd_u8(&rq->data);

    if (lacks(mc, 0))
        return CC_INVALID_COMMAND;
    if (!PLANTED(SEL_CLEARED_WITHOUT_CLR) && memcmp(letters.at, "CLR", 3) != 0)
        return CC_INVALID_FIELD;
    if (operation != CLEAR_INITIATE && operation != CLEAR_STATUS)
        return CC_INVALID_FIELD;
    if (operation == CLEAR_INITIATE) {
        if (!reserved(mc->sel, reservation))
            return CC_RESERVATION;
        sel_clear(mc);
    }
    wr_u8(rs, CLEAR_DONE);
    return CC_OK;
}

static enum ipmi_cc
get_sel_time(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    if (lacks(mc, 0))
        return CC_INVALID_COMMAND;
    wr_le32(rs, sel_time(mc));
    return CC_OK;
}

static enum ipmi_cc
set_sel_time(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    if (lacks(mc, 0))
        return CC_INVALID_COMMAND;
    sel_sensor_clock(mc, false);
    mc->sel->clock_offset =
        (int64_t)rd_le32(&rq->data) - (int64_t)world_time_s(mc->world);
    sel_sensor_clock(mc, true);
    return CC_OK;
}

static enum ipmi_cc
get_sel_time_utc_offset(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    if (lacks(mc, 0))
        return CC_INVALID_COMMAND;
    wr_le16(rs, (uint16_t)mc->sel->utc_offset);
    return CC_OK;
}

static enum ipmi_cc
set_sel_time_utc_offset(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    int16_t minutes = (int16_t)rd_le16(&rq->data);

    (void)rs;
    if (lacks(mc, 0))
        return CC_INVALID_COMMAND;
    if ((minutes < -SEL_UTC_MAX || minutes > SEL_UTC_MAX) &&
        minutes != SEL_UTC_UNSPECIFIED)
        return CC_RANGE;
    mc->sel->utc_offset = minutes;
    return CC_OK;
}

/* Octets of an auxiliary log's status: machine check counts, or OEM data. */
static size_t
aux_octets(uint8_t log)
{
    return log == AUX_MCA ? AUX_MCA_OCTETS : SEL_AUX_OCTETS;
}

static enum ipmi_cc
get_auxiliary_log_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t log = rd_u8(&rq->data) & AUX_LOG;

    if (lacks(mc, 0))
        return CC_INVALID_COMMAND;
    if (log >= SEL_AUX_LOGS)
        return CC_INVALID_FIELD;
    if (mc->sel->aux != NULL) {
        wr_bytes(rs, mc->sel->aux[log], aux_octets(log));
        return CC_OK;
    }
    wr_le32(rs, SEL_TIME_UNSPECIFIED);
    wr_fill(rs, 0, aux_octets(log) - 4);
    return CC_OK;
}

/* Room for all logs, as they read before one is set. */
static bool
make_aux(struct sel *sel)
{
    if (sel->aux != NULL)
        return true;
    sel->aux = calloc(SEL_AUX_LOGS, sizeof *sel->aux);
    if (sel->aux == NULL)
        return false;
    for (unsigned i = 0; i < SEL_AUX_LOGS; i++)
        memset(sel->aux[i], 0xff, 4);
    return true;
}

static enum ipmi_cc
set_auxiliary_log_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t log = rd_u8(&rq->data) & AUX_LOG;

    (void)rs;
    if (lacks(mc, 0))
        return CC_INVALID_COMMAND;
    if (log >= SEL_AUX_LOGS)
        return CC_INVALID_FIELD;
    if (rd_left(&rq->data) != aux_octets(log))
        return CC_LENGTH;
    if (!make_aux(mc->sel))
        return CC_UNSPECIFIED;
    rd_copy(&rq->data, mc->sel->aux[log], aux_octets(log));
    sel_sensor_auxiliary(mc, log);
    return CC_OK;
}

#define SEL GROUP_SEL_DEVICE

static const struct command rows[] = {
    { NETFN_STORAGE, 0x40, "Get SEL Info", NEEDS_USER | READS, 0, 0, SEL, get_sel_info,
      "31.2" },
    { NETFN_STORAGE, 0x41, "Get SEL Allocation Info", NEEDS_USER | READS, 0, 0, SEL,
      get_sel_allocation_info, "31.3" },
    { NETFN_STORAGE, 0x42, "Reserve SEL", NEEDS_USER, 0, 0, SEL, reserve_sel, "31.4" },
    { NETFN_STORAGE, 0x43, "Get SEL Entry", NEEDS_USER | READS, 6, 6, SEL, get_sel_entry,
      "31.5" },
    { NETFN_STORAGE, 0x44, "Add SEL Entry", NEEDS_OPERATOR, 16, 16, SEL, add_sel_entry,
      "31.6" },
    { NETFN_STORAGE, 0x45, "Partial Add SEL Entry", NEEDS_OPERATOR, 6, 22, SEL,
      partial_add_sel_entry, "31.7" },
    { NETFN_STORAGE, 0x46, "Delete SEL Entry", NEEDS_OPERATOR, 4, 4, SEL,
      delete_sel_entry, "31.8" },
    { NETFN_STORAGE, 0x47, "Clear SEL", NEEDS_OPERATOR, 6, 6, SEL, clear_sel, "31.9" },
    { NETFN_STORAGE, 0x48, "Get SEL Time", NEEDS_USER | READS, 0, 0, SEL, get_sel_time,
      "31.10" },
    { NETFN_STORAGE, 0x49, "Set SEL Time", NEEDS_OPERATOR, 4, 4, SEL, set_sel_time,
      "31.11" },
    { NETFN_STORAGE, 0x5a, "Get Auxiliary Log Status", NEEDS_USER | READS, 1, 1, SEL,
      get_auxiliary_log_status, "31.12" },
    { NETFN_STORAGE, 0x5b, "Set Auxiliary Log Status", NEEDS_ADMIN, 9, 16, SEL,
      set_auxiliary_log_status, "31.13" },
    { NETFN_STORAGE, 0x5c, "Get SEL Time UTC Offset", NEEDS_USER | READS, 0, 0, SEL,
      get_sel_time_utc_offset, "31.11a" },
    { NETFN_STORAGE, 0x5d, "Set SEL Time UTC Offset", NEEDS_OPERATOR, 2, 2, SEL,
      set_sel_time_utc_offset, "31.11a" },
};

const struct command_table sel_commands = {
    .subject = "sel",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
