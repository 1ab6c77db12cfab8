#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

#define GROUPS       (GROUP_BMC | GROUP_WATCHDOG)
#define CC_NEVER_SET CC_CMD_80

#define INTERRUPT_SHIFT 4
#define INTERRUPT_BITS  0x07
#define ACTION_BITS     0x07

static enum ipmi_cc
reset_watchdog(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    (void)rs;
    if (!mc->watchdog->set)
        return CC_NEVER_SET;
    return watchdog_start(mc->watchdog) ? CC_OK : CC_STATE;
}

static bool
settings_valid(uint8_t use, uint8_t actions)
{
    unsigned u = use & WATCHDOG_USE;

    return u >= WATCHDOG_FRB2 && u <= WATCHDOG_OEM &&
           (actions & ACTION_BITS) <= WATCHDOG_POWER_CYCLE &&
           (actions >> INTERRUPT_SHIFT & INTERRUPT_BITS) <= WATCHDOG_MESSAGE;
}

static enum ipmi_cc
set_watchdog(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct watchdog *wd = mc->watchdog;
    uint8_t use = rd_u8(&rq->data);
    uint8_t settings = rd_u8(&rq->data);

    (void)rs;
    if (!settings_valid(use, settings))
        return CC_INVALID_FIELD;
    wd->use = use & (WATCHDOG_DONT_LOG | WATCHDOG_USE);
    wd->actions = settings & (INTERRUPT_BITS << INTERRUPT_SHIFT | ACTION_BITS);
    wd->pretimeout_s = rd_u8(&rq->data);
    wd->expired &= (uint8_t)~rd_u8(&rq->data);
    wd->initial = rd_le16(&rq->data);
    watchdog_apply(wd, (use & WATCHDOG_DONT_STOP) != 0);
    return CC_OK;
}

static enum ipmi_cc
get_watchdog(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    const struct watchdog *wd = mc->watchdog;

    (void)rq;
    wr_u8(rs, (unsigned)wd->use | (watchdog_running(wd) ? WATCHDOG_RUNNING : 0));
    wr_u8(rs, wd->actions);
    wr_u8(rs, wd->pretimeout_s);
    wr_u8(rs, wd->expired);
    wr_le16(rs, wd->initial);
    wr_le16(rs, watchdog_left(wd));
    return CC_OK;
}

static const struct command rows[] = {
    { NETFN_APP, 0x22, "Reset Watchdog Timer", NEEDS_OPERATOR, 0, 0, GROUPS,
      reset_watchdog, "27.5" },
    { NETFN_APP, 0x24, "Set Watchdog Timer", NEEDS_OPERATOR, 6, 6, GROUPS, set_watchdog,
      "27.6" },
    { NETFN_APP, 0x25, "Get Watchdog Timer", NEEDS_USER | READS, 0, 0, GROUPS, get_watchdog,
      "27.7" },
};

const struct command_table watchdog_commands = { "watchdog", rows,
                                                 sizeof rows / sizeof rows[0], 0 };
