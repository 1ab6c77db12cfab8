/*
 * mc_stats.h - what a controller has counted, for those outside it.
 */
#ifndef IPMILAB_MC_MC_STATS_H
#define IPMILAB_MC_MC_STATS_H

#include "sim/bus/ipmb_port.h"

struct mc;

struct mc_stats {
    const struct ipmb_port_stats *port; /* NULL: it is on no bus */
    uint64_t bridged;                   /* Send Messages that went on */
    uint64_t bridge_answered;           /* that got their answer */
    uint64_t bridge_expired;            /* or none in time */
    uint64_t bridge_refused;            /* for want of room */
    uint64_t queued;                    /* messages for system software that wait */
    uint64_t queue_dropped;             /* and those that found no room */
    uint64_t events_dropped;            /* that no event receiver took */
};

struct mc_stats mc_stats(const struct mc *mc);

#endif
