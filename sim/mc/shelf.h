/*
 * shelf.h - the shelf manager (in a VITA chassis: the chassis manager): what
 * the BMC of a shelf does for its FRUs, and what it keeps for all.
 *
 * It is the event receiver, so it hears each change of a FRU's state, and
 * answers it over the IPMB as a shelf manager would, SHELF_DELAY later:
 * M2 with Set FRU Activation, M3 with Set Power Level (what the FRU wants),
 * M5 with Set FRU Activation (deactivate). What it granted it takes back when
 * the FRU is M1: until then that may need it.
 *
 * A controller that does not answer is M7, communication lost: an event in the
 * log as if it had come from that controller's own sensor. Its next event shows
 * that it is back, which is another. VITA's FRUs do without a manager's acts;
 * their states are noted all the same.
 *
 * At most SHELF_FRUS are known, in order of their first event; acts beyond
 * SHELF_ACTS that wait are dropped and counted. The shelf address is kept,
 * the rest is lost by a cold reset, as are acts under way.
 *
 * Allocated when first needed. Layouts as in picmg.h.
 */
#ifndef IPMILAB_MC_SHELF_H
#define IPMILAB_MC_SHELF_H

#include "sim/base/status.h"
#include "sim/engine/timeline.h"
#include "sim/ipmi/command.h"

struct mc;
struct mc_event;

#define SHELF_DELAY    SPAN_MS(10)
#define SHELF_FRUS     64u
#define SHELF_ACTS     16u
#define SHELF_POLICIES 16u
#define SHELF_ADDRESS  20u      /* characters of the shelf address */

/* A FRU whose state an event told. */
struct shelf_fru {
    uint8_t address, fru;
    uint8_t lun, sensor;        /* its hot swap sensor */
    uint8_t state;              /* enum picmg_state */
    uint32_t watts;             /* that it was granted */
};

/* Something to be done about a FRU; the first is being done. */
struct shelf_act {
    uint8_t address, fru, state;
};

/* Whether the shelf manager may set a fan tray's level itself. */
struct shelf_policy {
    uint8_t site, type;         /* of the fan tray */
    uint8_t number, of;         /* of the site that it is for; FFh = all */
    uint8_t enabled;            /* 0 or 1 */
    instant until;              /* disabled: enabled again then */
};

struct shelf {
    struct mc *mc;
    uint8_t address[1 + SHELF_ADDRESS];   /* type/length, characters */
    uint32_t addressed;         /* seconds since 1970 when it was set */
    struct shelf_fru frus[SHELF_FRUS];
    uint32_t fru_count;
    struct shelf_act acts[SHELF_ACTS];
    uint32_t act_first, act_count, dropped;
    bool asking;
    uint32_t ticket;
    struct timer next;
    uint16_t grants;            /* update count of the power allocation */
    struct shelf_policy policies[SHELF_POLICIES];
    uint32_t policy_count;
    uint8_t owners[5];          /* of bused resources: slave address, 0 = nobody */
};

/* mc->shelf: NULL until needed. */
enum status shelf_init(struct mc *mc);
void shelf_reset(struct mc *mc);
void shelf_free(struct mc *mc);

/* mc->shelf, made when it is not there; NULL: no memory. */
struct shelf *shelf_of(struct mc *mc);

/* This controller is one. */
bool shelf_managed(const struct mc *mc);

/* An event reached this controller: generator is its two octets. True when
 * it is one that the shelf manager heeds. */
bool shelf_event(struct mc *mc, const uint8_t generator[2], const struct mc_event *ev);

/* A FRU asks to have its power looked at again. */
void shelf_renegotiate(struct mc *mc, uint8_t address, uint8_t fru);

/* Watts granted to all. */
uint32_t shelf_watts(const struct mc *mc);

/* The policy of a fan tray for a site; made when make is set. NULL. */
struct shelf_policy *shelf_policy(struct mc *mc, const struct shelf_policy *like, bool make);

#endif
