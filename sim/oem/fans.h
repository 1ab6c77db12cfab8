/*
 * fans.h - fans that a manufacturer's command drives.
 *
 * Left alone they turn as described, which is taken for OEM_FANS_AUTO percent
 * of what they can. Driven by hand each fan of the controller (threshold
 * sensors of type Fan with values in units, mirrors aside) turns in
 * proportion, with the events that follow from it. What drives them is
 * volatile; who drives them calls oem_fans_auto() when it forgets.
 */
#ifndef IPMILAB_OEM_FANS_H
#define IPMILAB_OEM_FANS_H

#include <stdint.h>

struct mc;

#define OEM_FANS_AUTO 50u   /* percent */
#define OEM_FANS_FULL 100u

/* Drive all fans at percent (0 .. 100) of what they can. */
void oem_fans_drive(struct mc *mc, uint8_t percent);

/* Let them turn as described again; no events. */
void oem_fans_auto(struct mc *mc);

#endif
