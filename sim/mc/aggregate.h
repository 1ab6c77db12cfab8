/*
 * aggregate.h - one controller shows what others have: the BMC of a
 * management module the sensors and events of its line cards.
 *
 * A machine names the sources (machine_mc.sources) and, for each of their
 * sensors that a record describes, a sensor of this controller that mirrors
 * it (machine_mc.mirrors), with a record of its own. While the lab runs,
 * this controller asks each source in turn over the IPMB: readings or states
 * of all mirrored sensors, thresholds where they can be set, then what is new
 * in its event log, one request at a time. When it has been around it waits
 * for the period and begins anew. Mirrors send no events themselves. A source
 * that does not answer makes its mirrors unavailable until it does.
 *
 * Events of a source come into this controller's log, under the mirror's own
 * number, in one of two ways: a source with a log keeps its own events and
 * they are fetched from there; one without sends them here as they happen.
 * Time-stamps are this controller's. Each source still answers for itself.
 */
#ifndef IPMILAB_MC_AGGREGATE_H
#define IPMILAB_MC_AGGREGATE_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/status.h"
#include "sim/engine/instant.h"

struct mc;
struct mc_event;
struct aggregate;

#define AGGREGATE_MS_DEFAULT 1000u    /* between two rounds */
#define AGGREGATE_RECORDS 16          /* fetched from one log in one round */
#define AGGREGATE_PATIENCE SPAN_S(10) /* longer than a port's retries take */

/* mc->aggregate, when the machine names sources. */
enum status aggregate_init(struct mc *mc);
void aggregate_reset(struct mc *mc);
void aggregate_free(struct mc *mc);

/* An event from a source becomes one of the mirror's: generator and sensor
 * number change. Others stay as they are. */
void aggregate_translate(const struct mc *mc, uint8_t generator[2], struct mc_event *ev);

#endif
