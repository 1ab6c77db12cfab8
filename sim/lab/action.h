/*
 * action.h - things done to a running chassis from outside: what the
 * imperative words of the .emu language, the console and scenarios come to.
 */
#ifndef IPMILAB_LAB_ACTION_H
#define IPMILAB_LAB_ACTION_H

#include <stdbool.h>

#include "sim/base/status.h"
#include "sim/engine/instant.h"

enum lab_act {
    ACT_SENSOR_VALUE,      /* mc lun number value event */
    ACT_SENSOR_BIT,        /* mc lun number bit on event */
    ACT_SENSOR_BIT_ONLY,   /* mc lun number bit event */
    ACT_SEL_ADD,           /* mc type body */
    ACT_MC_ENABLE,         /* mc on */
    ACT_POWER,             /* on: the host's power */
    ACT_FRU_HANDLE,        /* mc number on: open (PICMG, VITA) */
    ACT_FRU_PRESENCE,      /* mc number on: in */
};

struct lab_action {
    instant at;            /* after the chassis' start */
    enum lab_act what;
    uint8_t mc, lun, number;
    uint8_t value;         /* or bit, or SEL record type */
    bool on, event;
    uint8_t body[13];
};

struct chassis_unit;

/* Do it now. ST_MISSING: no such controller or sensor; ST_FULL: SEL full. */
enum status lab_act_on(struct chassis_unit *unit, const struct lab_action *a);

#endif
