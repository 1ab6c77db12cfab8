/*
 * mains.h - the mains power of a chassis: it fails, and comes back.
 *
 * Without it the host is off at once and cannot be switched on, and no
 * controller is there: sessions and all that is volatile are gone. When it
 * comes back all controllers start, as after a cold reset, and once the BMC
 * has started, MAINS_RESTORE later, its power restore policy decides about the
 * host. Get Chassis Status then tells of a power failure as the last event.
 *
 * A lab whose description gives a policy begins as mains power comes back.
 * Spec: IPMI v2.0 28.2, 28.8.
 */
#ifndef IPMILAB_LAB_MAINS_H
#define IPMILAB_LAB_MAINS_H

#include "sim/engine/world.h"

#define MAINS_RESTORE SPAN_S(1)

struct chassis_unit;

struct mains {
    struct chassis_unit *unit;    /* borrowed; it owns this */
    bool failed;
    bool was_on;                  /* the host, before; a failure before the policy has
                                   * acted on an earlier one does not count */
    struct timer back;            /* the policy acts */
};

void mains_init(struct mains *mains, struct chassis_unit *unit);
void mains_end(struct mains *mains);

/* The lab begins: what a described policy makes of a host that was on, or not. */
void mains_begin(struct mains *mains);

/* It fails, or is there again; as it is already: nothing. */
void mains_set(struct mains *mains, bool on);

#endif
