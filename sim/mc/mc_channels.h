/*
 * mc_channels.h - what a controller's channels are made of: its places on
 * buses, its LANs, its serial port, the system interface and the ICMB.
 *
 * For mc.c, which calls them in this order, and frees in the reverse one.
 */
#ifndef IPMILAB_MC_MC_CHANNELS_H
#define IPMILAB_MC_MC_CHANNELS_H

#include "sim/base/status.h"

struct mc;

/* Number the channels and say what they are. ST_INVALID when a LAN or a bus
 * has no number of its own. */
enum status mc_channels_init(struct mc *mc);

/* Take the controller's places on its buses. */
enum status mc_ports_init(struct mc *mc);
void mc_ports_reset(struct mc *mc);
void mc_ports_free(struct mc *mc);

/* Bring its LANs up, when all that they ask of the controller is there. */
enum status mc_lans_init(struct mc *mc);
void mc_lans_free(struct mc *mc);

#endif
