/*
 * audit.h - Session Audit events: who logged in, who could not.
 *
 * Sent for the sensor of type 2Ah that the machine describes, by what is
 * enabled there. Without such a sensor only a lock-out whose logging LAN
 * parameter 26 asks for is sent, for sensor number 0.
 * Spec: IPMI v2.0 table 42-3, sensor type 2Ah.
 */
#ifndef IPMILAB_MC_AUDIT_H
#define IPMILAB_MC_AUDIT_H

#include "sim/lan/lan_host.h"

struct mc;

/* Offsets of the sensor type. */
enum audit { AUDIT_ACTIVATED, AUDIT_DEACTIVATED, AUDIT_BAD_PASSWORD, AUDIT_LOCKED_OUT };

/* user 0 = not known. */
void audit_event(struct mc *mc, enum audit what, uint8_t user, uint8_t channel);

/* A session ended, and why. Whose it was is gone with it: user 0. */
void audit_ended(struct mc *mc, uint8_t channel, enum lan_session_end why);

/* A user is locked out; demanded: whether or not a sensor is described. */
void audit_locked_out(struct mc *mc, uint8_t user, uint8_t channel, bool demanded);

#endif
