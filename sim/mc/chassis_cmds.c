#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

#define POLICY_MASK 0x07
#define POLICY_NO_CHANGE 3
#define POLICIES_SUPPORTED 0x07
#define CONTROL_MASK 0x0f
#define IDENTIFY_FOREVER 0x01
#define ADDRESS_BITS 0xfe        /* bit 0 of a slave address is reserved */

/* Capabilities that can be set; what the hardware has of the others stays. */
#define CAPABILITIES_SET (CHASSIS_CAP_INTRUSION | CHASSIS_CAP_FP_LOCKOUT)
#define CAPABILITIES_FIXED (CHASSIS_CAP_DIAG_INT | CHASSIS_CAP_INTERLOCK)

static enum ipmi_cc
get_chassis_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, mc->chassis->capabilities);
    wr_bytes(rs, mc->chassis->addresses, sizeof mc->chassis->addresses);
    return CC_OK;
}

static enum ipmi_cc
get_chassis_status(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t status[4];

    (void)rq;
    chassis_status(mc->chassis, status);
    wr_bytes(rs, status, sizeof status);
    return CC_OK;
}

/* Chassis Control's values. */
static const enum host_op control_ops[] = {
    HOST_OP_OFF, HOST_OP_ON, HOST_OP_CYCLE, HOST_OP_RESET, HOST_OP_DIAG, HOST_OP_SOFT,
};

static enum ipmi_cc
do_chassis_control(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t op = rd_u8(&rq->data) & CONTROL_MASK;

    (void)rs;
    if (op >= sizeof control_ops / sizeof control_ops[0])
        return CC_INVALID_FIELD;
    return chassis_control(mc->chassis, control_ops[op], rq->from.channel);
}

static enum ipmi_cc
do_chassis_reset(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    return chassis_control(mc->chassis, HOST_OP_RESET, rq->from.channel);
}

static enum ipmi_cc
do_chassis_identify(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t seconds = CHASSIS_IDENTIFY_DEFAULT_S;
    bool forever = false;

    (void)rs;
    if (rd_left(&rq->data) > 0)
        seconds = rd_u8(&rq->data);
    if (rd_left(&rq->data) > 0)
        forever = rd_u8(&rq->data) & IDENTIFY_FOREVER;
    chassis_identify(mc->chassis, seconds, forever);
    return CC_OK;
}

/* An address of 00h says nothing of that device, and reserved bits are
 * passed over. */
static enum ipmi_cc
set_chassis_capabilities(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t flags = rd_u8(&rq->data) & CAPABILITIES_SET;
    uint8_t fixed = mc->chassis->capabilities & CAPABILITIES_FIXED;

    (void)rs;
    mc->chassis->capabilities = flags | fixed;
    for (size_t i = 0; rd_left(&rq->data) > 0; i++) {
        uint8_t address = rd_u8(&rq->data) & ADDRESS_BITS;

        if (address != 0)
            mc->chassis->addresses[i] = address;
    }
    return CC_OK;
}

static enum ipmi_cc
set_power_restore_policy(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    uint8_t policy = rd_u8(&rq->data) & POLICY_MASK;

    if (policy > POLICY_NO_CHANGE)
        return CC_INVALID_FIELD;
    if (policy != POLICY_NO_CHANGE)
        mc->chassis->policy = policy;
    wr_u8(rs, POLICIES_SUPPORTED);
    return CC_OK;
}

static enum ipmi_cc
get_system_restart_cause(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, mc->chassis->restart_cause);
    wr_u8(rs, mc->chassis->restart_channel);
    return CC_OK;
}

static enum ipmi_cc
set_front_panel_enables(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    mc->chassis->buttons_off = rd_u8(&rq->data) & BUTTONS;
    return CC_OK;
}

static enum ipmi_cc
set_power_cycle_interval(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    if (mc->chassis->host == NULL)
        return CC_STATE;
    host_set_cycle_interval(mc->chassis->host, SPAN_S(rd_u8(&rq->data)));
    return CC_OK;
}

static enum ipmi_cc
set_system_boot_options(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rs;
    return boot_set(&mc->chassis->boot, rq);
}

static enum ipmi_cc
get_system_boot_options(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    return boot_get(&mc->chassis->boot, rq, rs);
}

static enum ipmi_cc
get_poh_counter(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    (void)rq;
    wr_u8(rs, CHASSIS_POH_MINUTES);
    wr_le32(rs, chassis_poh(mc->chassis));
    return CC_OK;
}

#define CHASSIS GROUP_CHASSIS_DEVICE

static const struct command rows[] = {
    { NETFN_CHASSIS, 0x00, "Get Chassis Capabilities", NEEDS_USER | READS, 0, 0, CHASSIS,
      get_chassis_capabilities, "28.1" },
    { NETFN_CHASSIS, 0x01, "Get Chassis Status", NEEDS_USER | READS, 0, 0, CHASSIS,
      get_chassis_status, "28.2" },
    { NETFN_CHASSIS, 0x02, "Chassis Control", NEEDS_OPERATOR, 1, 1, CHASSIS,
      do_chassis_control, "28.3" },
    { NETFN_CHASSIS, 0x03, "Chassis Reset", NEEDS_OPERATOR, 0, 0, CHASSIS,
      do_chassis_reset, "28.4" },
    { NETFN_CHASSIS, 0x04, "Chassis Identify", NEEDS_OPERATOR, 0, 2, CHASSIS,
      do_chassis_identify, "28.5" },
    { NETFN_CHASSIS, 0x05, "Set Chassis Capabilities", NEEDS_ADMIN, 5, 6, CHASSIS,
      set_chassis_capabilities, "28.7" },
    { NETFN_CHASSIS, 0x06, "Set Power Restore Policy", NEEDS_OPERATOR, 1, 1, CHASSIS,
      set_power_restore_policy, "28.8" },
    { NETFN_CHASSIS, 0x07, "Get System Restart Cause", NEEDS_USER | READS, 0, 0, CHASSIS,
      get_system_restart_cause, "28.11" },
    { NETFN_CHASSIS, 0x08, "Set System Boot Options", NEEDS_OPERATOR, 1, LEN_ANY, CHASSIS,
      set_system_boot_options, "28.12" },
    { NETFN_CHASSIS, 0x09, "Get System Boot Options", NEEDS_OPERATOR | READS, 3, 3, CHASSIS,
      get_system_boot_options, "28.13" },
    { NETFN_CHASSIS, 0x0a, "Set Front Panel Button Enables", NEEDS_ADMIN, 1, 1, CHASSIS,
      set_front_panel_enables, "28.6" },
    { NETFN_CHASSIS, 0x0b, "Set Power Cycle Interval", NEEDS_ADMIN, 1, 1, CHASSIS,
      set_power_cycle_interval, "28.9" },
    { NETFN_CHASSIS, 0x0f, "Get POH Counter", NEEDS_USER | READS, 0, 0, CHASSIS,
      get_poh_counter, "28.14" },
};

const struct command_table chassis_commands = {
    .subject = "chassis",
    .rows = rows,
    .count = sizeof rows / sizeof rows[0],
};
