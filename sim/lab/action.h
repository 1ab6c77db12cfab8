/*
 * action.h - things done to a running chassis from outside: what the
 * imperative words of the .emu language, the console and scenarios come to.
 */
#ifndef IPMILAB_LAB_ACTION_H
#define IPMILAB_LAB_ACTION_H

#include <stdbool.h>

#include "sim/base/status.h"
#include "sim/engine/fault.h"

enum lab_act {
    ACT_SENSOR_VALUE,      /* mc lun number value event */
    ACT_SENSOR_BIT,        /* mc lun number bit on event */
    ACT_SENSOR_BIT_ONLY,   /* mc lun number bit event */
    ACT_SEL_ADD,           /* mc type body */
    ACT_MC_ENABLE,         /* mc on */
    ACT_POWER,             /* on: the host's power */
    ACT_MAINS,             /* on: the chassis' mains power */
    ACT_FRU_HANDLE,        /* mc number on: open (PICMG, VITA) */
    ACT_FRU_PRESENCE,      /* mc number on: in */
    ACT_MC_PRESENCE,       /* mc on: a fresh one is put in, or it is pulled out */
    ACT_MC_POWER,          /* mc on: a satellite's power */
    ACT_MC_RESET,          /* mc on: cold, else warm */
    ACT_BRIDGE_STYLE,      /* mc value: enum bridge_style, sim/mc/bridge.h */
    ACT_FAULT,             /* fault: its window counts from now */
    ACT_FAULT_CLEAR,       /* id of the rule; 0: all */
};

struct lab_action {
    instant at;            /* after the chassis' start */
    enum lab_act what;
    uint16_t mc;           /* MC_ID, sim/lab/description.h */
    uint8_t lun, number;
    uint8_t value;         /* or bit, or SEL record type */
    bool on, event;
    uint8_t body[13];
    uint32_t id;
    const struct fault_rule *fault;      /* borrowed from whoever made the action */
};

struct chassis_unit;

/*
 * Do it now. ST_MISSING: no such controller, sensor or fault; ST_FULL: SEL or
 * fault plan full; ST_EXISTS: that controller is there already; ST_INVALID:
 * not with this controller, or a fault that contradicts itself; ST_NOMEM.
 */
enum status lab_act_on(struct chassis_unit *unit, const struct lab_action *a);

#endif
