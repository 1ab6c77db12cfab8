#include "sim/lab/action.h"

#include "sim/lab/chassis_unit.h"
#include "sim/mc/bridge.h"

static enum status
found(bool yes)
{
    return yes ? ST_OK : ST_MISSING;
}

static enum status
set_power(struct chassis_unit *unit, bool on)
{
    struct host *host = chassis_unit_host(unit);

    if (host == NULL)
        return ST_MISSING;
    (void)host_do(host, on ? HOST_OP_ON : HOST_OP_OFF, CAUSE_UNKNOWN);
    return ST_OK;
}

/* A window of a rule in words counts from when it is armed. */
static enum status
arm_fault(struct world *world, const struct fault_rule *fault)
{
    struct fault_rule rule = *fault;
    uint32_t id;

    rule.from = instant_add(world->now, rule.from);
    if (rule.until)
        rule.until = instant_add(world->now, rule.until);
    return world_arm_fault(world, &rule, &id);
}

static enum status
clear_fault(struct world *world, uint32_t id)
{
    if (world->faults == NULL)
        return found(id == 0);
    if (id)
        return found(fault_disarm(world->faults, id));
    fault_disarm_all(world->faults);
    return ST_OK;
}

/* The BMC has standby power, and everything hangs on it. */
static enum status
set_mc_power(struct chassis_unit *unit, struct mc *mc, bool on)
{
    if (mc == chassis_unit_bmc(unit))
        return ST_INVALID;
    mc_set_power(mc, on);
    return ST_OK;
}

static enum status
reset_mc(struct mc *mc, bool cold)
{
    (cold ? mc_cold_reset : mc_warm_reset)(mc);
    return ST_OK;
}

static enum status
act_on_mc(struct chassis_unit *unit, struct mc *mc, const struct lab_action *a)
{
    switch (a->what) {
    case ACT_SENSOR_VALUE:
        return found(mc_sensor_set_value(mc, a->lun, a->number, a->value, a->event));
    case ACT_SENSOR_BIT:
        return found(mc_sensor_set_bit(mc, a->lun, a->number, a->value, a->on, a->event));
    case ACT_SENSOR_BIT_ONLY:
        return found(mc_sensor_set_bit_only(mc, a->lun, a->number, a->value, a->event));
    case ACT_SEL_ADD:
        return mc_sel_add(mc, a->value, a->body) ? ST_OK : ST_FULL;
    case ACT_MC_ENABLE:
        mc_set_enabled(mc, a->on);
        return ST_OK;
    case ACT_FRU_HANDLE:
        return found(mc_fru_handle(mc, a->number, a->on));
    case ACT_FRU_PRESENCE:
        return found(mc_fru_presence(mc, a->number, a->on));
    case ACT_MC_POWER: return set_mc_power(unit, mc, a->on);
    case ACT_MC_RESET: return reset_mc(mc, a->on);
    case ACT_BRIDGE_STYLE: return bridge_set_style(mc, a->value);
    default: return ST_INVALID;
    }
}

enum status
lab_act_on(struct chassis_unit *unit, const struct lab_action *a)
{
    struct world *world = chassis_unit_world(unit);
    struct mc *mc;

    switch (a->what) {
    case ACT_POWER: return set_power(unit, a->on);
    case ACT_MAINS: chassis_unit_set_mains(unit, a->on); return ST_OK;
    case ACT_FAULT: return arm_fault(world, a->fault);
    case ACT_FAULT_CLEAR: return clear_fault(world, a->id);
    case ACT_MC_PRESENCE:
        return (a->on ? chassis_unit_insert : chassis_unit_remove)(unit, a->mc);
    default: break;
    }
    mc = chassis_unit_mc(unit, a->mc);
    return mc != NULL ? act_on_mc(unit, mc, a) : ST_MISSING;
}
