/*
 * chassis_buses.h - the buses of a chassis, made from its description: bus 0,
 * and those besides. Of a pair each half is a medium of its own.
 */
#ifndef IPMILAB_LAB_CHASSIS_BUSES_H
#define IPMILAB_LAB_CHASSIS_BUSES_H

#include "sim/bus/medium.h"
#include "sim/lab/description.h"
#include "sim/mc/mc.h"

struct chassis_buses {
    struct medium **at;       /* count of them; bus 0 first */
    uint32_t count;
};

/* Make those of d. ST_INVALID for a bit rate out of range, ST_NOMEM; free it
 * all the same. */
enum status chassis_buses_init(struct chassis_buses *b, struct world *world,
                               const struct description *d);
void chassis_buses_free(struct chassis_buses *b);

/* The medium of a bus id; second: B, of a pair. NULL: there is none. */
struct medium *chassis_buses_find(const struct chassis_buses *b, uint8_t id, bool second);

/* The further buses of a controller, into to; their count. What is on a bus
 * that is not described is left out. */
#define CHASSIS_BUSES_OF_MC 11u
uint32_t chassis_buses_of(const struct chassis_buses *b, const struct machine_mc *m,
                          struct mc_bus to[CHASSIS_BUSES_OF_MC]);

/* Who takes the events of a controller: the address on its bus of whoever
 * owns that. On bus 0 the BMC; elsewhere the first whose further bus it is.
 * 0: itself, as mc_opts has it; EVENT_RECEIVER_NONE: nobody. */
uint8_t chassis_buses_receiver(const struct description *d, const struct machine_mc *m);

#endif
