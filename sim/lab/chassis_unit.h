/*
 * chassis_unit.h - one chassis of a lab, alive: its world, bus, host,
 * controllers and LAN endpoints, made from a description.
 *
 * A unit shares nothing that changes with any other. Its driver advances it
 * (chassis_unit_advance) to the instant of each input before giving it in.
 */
#ifndef IPMILAB_LAB_CHASSIS_UNIT_H
#define IPMILAB_LAB_CHASSIS_UNIT_H

#include "sim/lab/description.h"
#include "sim/lab/segment.h"
#include "sim/mc/mc.h"

struct chassis_unit;

struct chassis_opts {
    struct description *description;     /* shared: a reference is taken */
    const struct command_set *commands;  /* borrowed, shared */
    struct oem_library *oem;             /* borrowed, of the lab */
    const struct mc_watch *const *watch; /* borrowed: where the lab's stands; or NULL */
    const struct crypto *crypto;         /* borrowed, shared */
    struct crypto_work *work;            /* borrowed, of the thread */
    const struct mc_backing *backing;    /* or NULL */
    struct segment *icmb;                /* that its description names; or NULL */
    struct rng_key key;                  /* of this chassis */
    uint32_t number;                     /* in its lab */
    uint32_t index;                      /* of its description: identity */
    uint64_t epoch_s;
    instant start;                       /* lab time at which it is switched on */
    const struct tap *tap;               /* or NULL */
    struct outbox *out;                  /* borrowed */
};

enum status chassis_unit_new(const struct chassis_opts *opts, struct chassis_unit **out);
void chassis_unit_free(struct chassis_unit *unit);

struct world *chassis_unit_world(struct chassis_unit *unit);
const struct description *chassis_unit_description(const struct chassis_unit *unit);
uint32_t chassis_unit_index(const struct chassis_unit *unit);
struct host *chassis_unit_host(struct chassis_unit *unit);

/*
 * Its buses, the halves of a pair each by itself: the n-th, NULL past the
 * last. The first is where the BMC has its channel 0, or A of that pair. Their
 * names are those of their numbers (sim/bus/bus_name.h, medium_config()).
 */
struct medium *chassis_unit_nth_bus(struct chassis_unit *unit, uint32_t n);
struct medium *chassis_unit_bus(struct chassis_unit *unit);   /* the first */
uint32_t chassis_unit_bus_count(const struct chassis_unit *unit);

struct segment *chassis_unit_icmb(struct chassis_unit *unit);

/* The BMC; the controller of an id (description.h: its address, on bus 0), NULL;
 * the n-th (NULL past the last). */
struct mc *chassis_unit_bmc(struct chassis_unit *unit);
struct mc *chassis_unit_mc(struct chassis_unit *unit, uint16_t id);
struct mc *chassis_unit_nth_mc(struct chassis_unit *unit, uint32_t n);

/*
 * Pull a satellite out: it is off the bus, and all of its state is gone. Put a
 * fresh one in, as described, where there is none. ST_MISSING: no such
 * controller there, or none described; ST_EXISTS; ST_INVALID: the BMC and
 * others with a LAN stay where they are; ST_NOMEM.
 */
enum status chassis_unit_remove(struct chassis_unit *unit, uint16_t id);
enum status chassis_unit_insert(struct chassis_unit *unit, uint16_t id);

/* Its mains power fails, or is there again: sim/lab/mains.h. */
void chassis_unit_set_mains(struct chassis_unit *unit, bool on);

/* LAN endpoints of all its controllers, in order; NULL past the last. */
struct lan *chassis_unit_lan(struct chassis_unit *unit, uint32_t n);
const struct machine_lan *chassis_unit_lan_facts(struct chassis_unit *unit, uint32_t n);

/* Let its timers fire up to an instant. */
void chassis_unit_advance(struct chassis_unit *unit, instant to);
instant chassis_unit_deadline(const struct chassis_unit *unit);

#endif
