/*
 * agent.h - the initialization agent: sets sensors up as the records of the
 * SDR repository say.
 *
 * It runs when Run Initialization Agent asks for it, and when a controller
 * with a repository is back after a cold reset. Record by record, each
 * sensor on this controller or on its IPMB gets, as far as the record's
 * initialization bits and capabilities ask for it: events and scanning off,
 * sensor type, thresholds, hysteresis, then event enables and scanning.
 * At the end each controller that a locator record says generates events is
 * told its event receiver: this controller, or none if the record says so;
 * that re-arms its sensors, which then report what holds.
 *
 * Its own sensors are set up at once; what goes over the bus goes one
 * request at a time. A controller that does not answer has the rest of that
 * sensor passed over, and is counted. The records that a machine is described
 * with say nothing new of its own sensors, whose description is the state
 * after the agent's work; so only records added since are obeyed there. For
 * the same reason nothing crosses the bus when a lab begins.
 *
 * Volatile: a cold reset ends a run. Allocated while it runs.
 * Spec: IPMI v2.0 33.6, 33.21, 43.1 (octet 11), 43.9 (octet 8).
 */
#ifndef IPMILAB_MC_AGENT_H
#define IPMILAB_MC_AGENT_H

#include <stdbool.h>

#include "sim/base/status.h"

struct mc;
struct agent;

/* Begin a run, from the first record on also when one is under way. ST_NOMEM. */
enum status agent_run(struct mc *mc);

/* A run is under way. */
bool agent_running(const struct mc *mc);

/* End a run where it is; nothing happens when there is none. */
void agent_stop(struct mc *mc);

#endif
