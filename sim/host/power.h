/*
 * power.h - what the managed computer draws, in watts.
 *
 * The draw is a pure function of the host's history, the chassis's key and
 * the instant: no timer runs for it, and it can be asked for the past as well
 * as for now. A host that is off draws its standby power; at its self test,
 * most of what it can; one that runs its operating system wanders between
 * idle and full with a load that changes slowly (over POWER_SLOW) and
 * quickly (over POWER_FAST); one that waits or has crashed idles.
 *
 * A cap throttles the host at once, but never below its floor: what it needs
 * to run at all; so a cap below the floor is not kept, which is what an
 * exception action of a power limit is for. Several may cap it, each for
 * itself; the lowest cap holds.
 *
 * The last POWER_CHANGES changes of state and cap are remembered; before the
 * oldest of them the host counts as having always been as it was then.
 */
#ifndef IPMILAB_HOST_POWER_H
#define IPMILAB_HOST_POWER_H

#include "sim/host/host.h"

#define POWER_SLOW SPAN_S(600)
#define POWER_FAST SPAN_S(20)
#define POWER_CHANGES 16u
#define POWER_SAMPLES_MAX 512u     /* of one statistic; else one a second */

/* Watts. */
struct power_facts {
    uint16_t standby;              /* off */
    uint16_t idle, full;           /* running, without load and with all of it */
    uint16_t floor;                /* running, throttled as far as it goes */
};

struct power_stats {
    uint16_t min, max, average;
};

struct power;

/* Follow a host, which must outlive it and is taken to be as it is now since
 * the lab began. facts is copied. ST_NOMEM, or ST_FULL when the host has no
 * room for a listener. power_free(NULL) is fine. */
enum status power_new(struct world *world, struct host *host, const struct power_facts *facts,
                      struct power **out);
void power_free(struct power *power);

/* The draw at an instant, now or in the past. */
uint16_t power_at(const struct power *power, instant at);

/* Statistics from one instant to another, sampled at whole seconds (or
 * coarser, at most POWER_SAMPLES_MAX times) and at the end. */
void power_statistics(const struct power *power, instant from, instant to,
                      struct power_stats *out);

/* What it would draw if nothing throttled it. */
uint16_t power_wanted_at(const struct power *power, instant at);

/* As given to power_new(). */
const struct power_facts *power_facts_of(const struct power *power);

/* Who throttles: the BMC's DCMI limit, its Node Manager, a satellite's. */
enum power_limiter { POWER_BY_DCMI, POWER_BY_NODE_MANAGER, POWER_BY_SATELLITE, POWER_LIMITERS };

/* Throttle to so many watts from now on; 0 = do not. power_cap() is DCMI's. */
void power_cap_by(struct power *power, enum power_limiter by, uint16_t watts);
void power_cap(struct power *power, uint16_t watts);

#endif
