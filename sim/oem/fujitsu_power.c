#include "sim/oem/fujitsu_impl.h"

#define MINUTE_S   60u
#define LOOK_AGAIN SPAN_MS(500)

/* ---- power ---- */

static bool
came_by_network(const struct mc *mc, uint8_t channel)
{
    uint8_t medium = mc->channels[channel % CHANNELS].medium;

    return medium == MEDIUM_LAN || medium == MEDIUM_OTHER_LAN || medium == MEDIUM_SERIAL;
}

#define SOURCE_COMMAND 0x00
#define SOURCE_AC_FAIL 0x02
#define SOURCE_REMOTE  0x1d

static uint8_t
power_on_source(const struct chassis *chassis)
{
    static const uint8_t sources[] = {
        [CAUSE_UNKNOWN] = SOURCE_COMMAND,  [CAUSE_RESET_BUTTON] = 0x15,
        [CAUSE_POWER_BUTTON] = 0x01,       [CAUSE_WATCHDOG] = 0x08,
        [CAUSE_OEM] = SOURCE_COMMAND,      [CAUSE_ALWAYS_RESTORE] = 0x02,
        [CAUSE_RESTORE_PREVIOUS] = 0x02,   [CAUSE_PEF_RESET] = 0x15,
        [CAUSE_PEF_CYCLE] = 0x15,          [CAUSE_SOFT_RESET] = 0x16,
        [CAUSE_RTC] = 0x03,
    };
    uint8_t cause = chassis->restart_cause;

    if (cause == CAUSE_CHASSIS_CONTROL)
        return came_by_network(chassis->mc, chassis->restart_channel) ? SOURCE_REMOTE
                                                                      : SOURCE_COMMAND;
    return cause < sizeof sources ? sources[cause] : SOURCE_COMMAND;
}

/* A host that was never switched off since the lab began lost its power last. */
static uint8_t
power_off_source(const struct chassis *chassis)
{
    static const uint8_t sources[] = {
        [CAUSE_UNKNOWN] = SOURCE_AC_FAIL, [CAUSE_RESET_BUTTON] = 0x01,
        [CAUSE_POWER_BUTTON] = 0x01,      [CAUSE_WATCHDOG] = 0x08,
        [CAUSE_OEM] = SOURCE_COMMAND,     [CAUSE_RTC] = 0x03,
    };
    uint8_t cause = chassis->off_cause;

    if (cause == CAUSE_CHASSIS_CONTROL)
        return came_by_network(chassis->mc, chassis->off_channel) ? SOURCE_REMOTE
                                                                  : SOURCE_COMMAND;
    return cause < sizeof sources ? sources[cause] : SOURCE_COMMAND;
}

enum ipmi_cc
fujitsu_get_power_on_source(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, 1);
    wr_u8(rs, power_on_source(mc->chassis));
    return CC_OK;
}

enum ipmi_cc
fujitsu_get_power_off_source(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, 1);
    wr_u8(rs, power_off_source(mc->chassis));
    return CC_OK;
}

/* Object and value ids, both 0, and the length of what follows. */
static bool
value_follows(struct rd *data, size_t len)
{
    uint8_t object = rd_u8(data);
    uint16_t value = rd_le16(data);

    return object == 0 && value == 0 && rd_u8(data) == len && rd_left(data) == len;
}

enum ipmi_cc
fujitsu_set_power_off_inhibit(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    static const enum host_op ops[] = { HOST_OP_OFF, HOST_OP_ON, HOST_OP_CYCLE, HOST_OP_RESET,
                                        HOST_OP_DIAG, HOST_OP_SOFT };
    struct fujitsu *f = fujitsu_state(mc);
    uint8_t flag;

    (void)rs;
    if (!value_follows(&rq->data, 1))
        return CC_INVALID_FIELD;
    flag = rd_u8(&rq->data);
    if (flag > 1)
        return CC_INVALID_FIELD;
    f->inhibit = flag;
    if (!flag && f->held) {
        f->held = false;
        (void)chassis_control(mc->chassis, ops[f->held_op], rq->from.channel);
    }
    return CC_OK;
}

enum ipmi_cc
fujitsu_get_power_off_inhibit(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, 1);
    wr_u8(rs, fujitsu_state(mc)->inhibit);
    return CC_OK;
}

/* What switches off, cycles, resets or shuts down. */
static bool
ends_power(uint8_t op)
{
    return op == 0 || op == 2 || op == 3 || op == 5;
}

enum ipmi_cc
fujitsu_control_chassis(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct fujitsu *f = fujitsu_state(mc);
    struct rd data = rq->data;
    uint8_t op = rd_u8(&data) & 0x0f;

    if (!f->inhibit || !ends_power(op))
        return command_pass(&mc->gate, mc, rq, rs);
    f->held = true;
    f->held_op = op;
    return CC_OK;
}

void
fujitsu_switch_on(void *ctx, instant at)
{
    struct fujitsu *f = ctx;

    (void)at;
    if (f->mc->opts.host != NULL)
        (void)host_do(f->mc->opts.host, HOST_OP_ON, CAUSE_RTC);
}

enum ipmi_cc
fujitsu_set_next_power_on(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct fujitsu *f = fujitsu_state(mc);
    uint64_t now = world_time_s(mc->world);
    uint32_t at;

    (void)rs;
    if (!value_follows(&rq->data, 4))
        return CC_INVALID_FIELD;
    at = rd_le32(&rq->data);
    at -= at % MINUTE_S;
    if (at != 0 && at < now)
        return CC_RANGE;
    timeline_disarm(&mc->world->timeline, &f->alarm);
    if (at != 0 && !timeline_arm(&mc->world->timeline, &f->alarm,
                                 instant_add(mc->world->now, SPAN_S(at - now))))
        return CC_NO_SPACE;
    return CC_OK;
}

/* ---- the operating system and its agent ---- */

bool
fujitsu_agent_there(const struct mc *mc)
{
    return mc->opts.host != NULL && host_stage(mc->opts.host) == HOST_STAGE_OS;
}

enum ipmi_cc
fujitsu_shut_down(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    if (!fujitsu_agent_there(mc))
        return CC_STATE;
    return chassis_control(mc->chassis, HOST_OP_SOFT, rq->from.channel);
}

/* Look again until it is off, or somebody else has started it. */
void
fujitsu_start_again(void *ctx, instant at)
{
    struct fujitsu *f = ctx;
    enum host_state state = host_state(f->mc->opts.host);

    if (state == HOST_OFF)
        (void)chassis_control(f->mc->chassis, HOST_OP_ON, f->again_channel);
    else if (state == HOST_SOFT_OFF || state == HOST_TURNING_OFF)
        (void)timeline_arm(&f->mc->world->timeline, &f->again, instant_add(at, LOOK_AGAIN));
}

enum ipmi_cc
fujitsu_shut_down_and_start(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct fujitsu *f = fujitsu_state(mc);
    enum ipmi_cc cc = fujitsu_shut_down(mc, rq, rs);

    if (cc != CC_OK)
        return cc;
    f->again_channel = rq->from.channel;
    if (!timeline_arm(&mc->world->timeline, &f->again, instant_add(mc->world->now, LOOK_AGAIN)))
        return CC_NO_SPACE;
    return CC_OK;
}

enum ipmi_cc
fujitsu_get_agent_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, 1);
    wr_u8(rs, fujitsu_agent_there(mc));
    return CC_OK;
}

enum ipmi_cc
fujitsu_cancel_shutdown(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)mc;
    (void)rq;
    (void)rs;
    return CC_OK;
}
