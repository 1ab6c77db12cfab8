#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

/* Spec: IPMI v2.0 35b; layouts: forward.h. */

#define CHANNEL_BITS 0x0f
#define HALVES 2
#define HALF_SHIFT 6
#define LUN_BITS 0x03
#define ENABLE 0x01
#define CC_NOBODY_WAITS CC_CMD_80

/* The channel, network function and LUN a request is about; false for a
 * channel there is not, or an odd function. */
static bool
read_set(struct mc *mc, struct ipmi_req *rq, struct forward_set *set)
{
    const struct channel *c = mc_channel(mc, rq, rd_u8(&rq->data) & CHANNEL_BITS);

    set->half = rd_u8(&rq->data);
    set->lun = rd_u8(&rq->data) & LUN_BITS;
    if (c == NULL || set->half & 1 || set->half >> HALF_SHIFT >= HALVES)
        return false;
    set->channel = c->number;
    return true;
}

static enum ipmi_cc
set_forwarded_commands(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct forward_set set;

    (void)rs;
    if (!read_set(mc, rq, &set) || set.channel == CHANNEL_SYSTEM)
        return CC_INVALID_FIELD;
    rd_copy(&rq->data, set.mask, sizeof set.mask);
    return forward_set(mc, &set);
}

static enum ipmi_cc
get_forwarded_commands(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct forward_set set;

    if (!read_set(mc, rq, &set))
        return CC_INVALID_FIELD;
    forward_get(mc, &set);
    wr_bytes(rs, set.mask, sizeof set.mask);
    return CC_OK;
}

static enum ipmi_cc
enable_forwarded_commands(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct channel *c = mc_channel(mc, rq, rd_u8(&rq->data) & CHANNEL_BITS);
    bool enabled = rd_u8(&rq->data) & ENABLE, was;
    enum ipmi_cc cc;

    if (c == NULL || c->number == CHANNEL_SYSTEM)
        return CC_INVALID_FIELD;
    was = forward_enable(mc, c->number, enabled, &cc);
    if (cc == CC_OK)
        wr_u8(rs, was ? ENABLE : 0);
    return cc;
}

static enum ipmi_cc
forwarded_command(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t seq = rd_u8(&rq->data), cc = rd_u8(&rq->data);

    (void)rs;
    return forward_answer(mc, seq, cc, rd_rest(&rq->data)) ? CC_OK : CC_NOBODY_WAITS;
}

static const struct command rows[] = {
    { NETFN_TRANSPORT, 0x30, "Forwarded Command", NEEDS_SYSTEM, 2, LEN_ANY, GROUP_BMC,
      forwarded_command, "35b.1" },
    { NETFN_TRANSPORT, 0x31, "Set Forwarded Commands", NEEDS_ADMIN, 19, 19, GROUP_BMC,
      set_forwarded_commands, "35b.2" },
    { NETFN_TRANSPORT, 0x32, "Get Forwarded Commands", NEEDS_USER | READS, 3, 3, GROUP_BMC,
      get_forwarded_commands, "35b.3" },
    { NETFN_TRANSPORT, 0x33, "Enable Forwarded Commands", NEEDS_ADMIN, 2, 2, GROUP_BMC,
      enable_forwarded_commands, "35b.4" },
};

const struct command_table forward_commands = {
    .subject = "forwarding",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
