/*
 * description.h - a chassis as described, immutable once loaded; and the
 * builder that a loader fills it with.
 *
 * A description owns all memory below it (one arena), counts its users, and
 * is shared by every chassis made from it, in any thread.
 */
#ifndef IPMILAB_LAB_DESCRIPTION_H
#define IPMILAB_LAB_DESCRIPTION_H

#include <stdarg.h>
#include <stddef.h>

#include "sim/base/status.h"
#include "sim/lab/action.h"
#include "sim/mc/machine.h"

#define DESCRIPTION_MCS_MAX 127     /* controllers of a chassis */

/*
 * Controllers are told apart by their bus and address. A controller on bus 0
 * goes by its address alone, so that the id of a controller in a chassis with
 * one bus is its address: 82h is 082h, and 172h is 72h on bus 1.
 */
#define MC_ID(bus, address) ((uint16_t)((unsigned)(bus) << 8 | (uint8_t)(address)))

static inline uint16_t
machine_id(const struct machine_mc *mc)
{
    return MC_ID(mc->bus, mc->address);
}

/* A bus besides bus 0. */
struct description_bus {
    uint8_t id;                     /* 1 .. BUS_ID_MAX (sim/bus/bus_name.h) */
    bool local;                     /* an IPMB-L: by its name */
    bool pair, instant, csma;
    uint32_t hz;                    /* 0 = 100000 */
};

struct description {
    const char *name;
    uint8_t bmc_address;
    struct machine_shelf shelf;     /* atca_enable, vita_enable, atca_set_site */
    const char *icmb;               /* the segment it joins; NULL = none */
    uint16_t icmb_address;          /* of the first of its kind; others follow */
    uint8_t icmb_channel;
    uint32_t bus_hz;                /* 0 = 100000 */
    bool bus_instant, bus_csma, bus_pair;              /* and all of bus 0 */
    const struct description_bus *buses;
    uint32_t bus_count;             /* of those besides bus 0 */
    struct machine_mc *mcs[DESCRIPTION_MCS_MAX];       /* in order of definition */
    uint32_t mc_count;
    const struct lab_action *actions;   /* what a start script does, by instant */
    uint32_t action_count;
};

/* A new, empty one with BMC address 20h. name is copied. */
enum status description_new(const char *name, struct description **out);

/* Share and let go; the last lets the memory go. Safe between threads. */
struct description *description_ref(struct description *d);
void description_unref(struct description *d);

/* Memory that lives as long as d, zeroed; NULL when there is none. */
void *description_alloc(struct description *d, size_t size);
const char *description_text(struct description *d, const char *text);
struct bytes description_bytes(struct description *d, const void *p, size_t len);

/* The controller of an id (MC_ID); made (not yet added) when there is none.
 * NULL: no memory, or the chassis is full. */
struct machine_mc *description_mc(struct description *d, uint16_t id);

/* The controller of an id, or NULL. */
struct machine_mc *description_find_mc(const struct description *d, uint16_t id);

/* The bus of an id above 0; NULL. */
struct description_bus *description_find_bus(const struct description *d, uint8_t id);

/*
 * Append one element to an array of a description and return it, zeroed:
 * *array grows by doubling inside the arena. Used through the macro:
 *     struct machine_sensor *s = DESCRIPTION_ADD(d, mc->sensors, mc->sensor_count);
 */
void *description_grow(struct description *d, const void **array, uint32_t *count,
                       size_t size);
#define DESCRIPTION_ADD(d, array, count)                                                  \
    description_grow((d), (const void **)(void *)&(array), &(count), sizeof *(array))

/* The sensor lun/number of mc, to be changed while loading; NULL. */
struct machine_sensor *description_sensor(struct machine_mc *mc, uint8_t lun, uint8_t number);


/* Add an action to the start script, behind those that are due as early. It is
 * copied; what it points to must live as long as d. ST_NOMEM. */
enum status description_act(struct description *d, const struct lab_action *a);

/* The user with an id of mc, made when there is none; NULL: no memory. */
struct machine_user *description_user(struct description *d, struct machine_mc *mc, uint8_t id);

#endif
