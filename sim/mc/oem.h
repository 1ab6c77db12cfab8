/*
 * oem.h - a manufacturer's commands: profiles, as data, and from outside.
 *
 * What a controller answers beyond the specification comes in three ways,
 * and is looked up in this order before the standard rows (so that it may
 * replace one):
 *
 *   rules     of the machine's description: a request pattern and its answer,
 *             as data (oem_command);
 *   rows      that the user of the library gave the lab;
 *   profiles  that the description names (oem_profile): a vendor's command
 *             tables, with state behind them. Several may be named; the
 *             first that has a command of the request's length answers it.
 *
 * All of them pass the one gate, like any command; GROUP_OEM_CMDS off
 * switches rules and profiles off. What stands in front may let the next one
 * do it (command_pass), down to the standard row.
 *
 * A profile is constant and shared; its state is a controller's own, made
 * with the controller, zeroed, and freed with it. It answers from the state
 * of the controller (sensors, power, users, SEL, ...) wherever the vendor's
 * command is about such a thing, and keeps in its own what only the vendor
 * knows.
 */
#ifndef IPMILAB_MC_OEM_H
#define IPMILAB_MC_OEM_H

#include "sim/ipmi/command.h"

#define OEM_PROFILES_MAX 16  /* of a controller */

/* Octets of state that each controller pays for, asked for anything or not. A
 * larger part (a text, a file, a table) is allocated when it is first written. */
#define OEM_STATE_MAX 2048u

/* Of a parameter that nobody knows. */
#define CC_PARAM_UNSUPPORTED CC_CMD_80

struct oem_profile {
    const char *name;        /* as a description says it: "dell" */
    const char *what;        /* for the list: "Dell PowerEdge, as iDRAC answers" */

    const struct command_table *const *tables;
    size_t table_count;

    size_t state_size;       /* octets of a controller's state, at most
                                OEM_STATE_MAX; 0 = none */

    /* Fill in the state, zeroed before; NULL: nothing to fill in. */
    void (*init)(struct mc *mc, void *state);

    /* A cold reset: the volatile part begins anew; NULL: nothing is volatile. */
    void (*reset)(struct mc *mc, void *state);

    /* The controller goes: timers are to be disarmed, and what init took given
     * back, but for the state itself. NULL: there is nothing of the kind. */
    void (*end)(struct mc *mc, void *state);

    /*
     * The manufacturer's own parameters (C0h to FFh) of System Info and of
     * the LAN configuration. Reading writes the data after the revision;
     * writing reads the data after the selector, and keeps nothing when that
     * was too short (data->bad, answered C7h). CC_PARAM_UNSUPPORTED for a
     * number that is not known. Any may be NULL.
     */
    enum ipmi_cc (*get_sysinfo)(struct mc *mc, uint8_t param, uint8_t set, uint8_t block,
                                struct wr *data);
    enum ipmi_cc (*set_sysinfo)(struct mc *mc, uint8_t param, struct rd *data);
    enum ipmi_cc (*get_lan)(struct mc *mc, uint8_t channel, uint8_t param, uint8_t set,
                            uint8_t block, struct wr *data);
    enum ipmi_cc (*set_lan)(struct mc *mc, uint8_t channel, uint8_t param, struct rd *data);

    /* PEF takes its OEM action, for an event record of 16 octets. */
    void (*pef_action)(struct mc *mc, void *state, const uint8_t *record);
};

/* The state of a profile at a controller that has it; NULL otherwise. */
void *oem_state(struct mc *mc, const struct oem_profile *profile);

#endif
