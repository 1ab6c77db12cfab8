#include "sim/lab/action.h"

#include "sim/lab/chassis_unit.h"

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

enum status
lab_act_on(struct chassis_unit *unit, const struct lab_action *a)
{
    struct mc *mc = chassis_unit_mc(unit, a->mc);

    if (a->what == ACT_POWER)
        return set_power(unit, a->on);
    if (mc == NULL)
        return ST_MISSING;
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
    case ACT_POWER:
        break;
    }
    return ST_INVALID;
}
