/*
 * pef.h - platform event filtering: what a BMC does about events.
 *
 * Every event that reaches the BMC is logged first and filtered then
 * (pef_event, called by event.c). Filters that match ask for actions: power
 * down, power cycle, reset, diagnostic interrupt, OEM, alert. Actions are
 * taken behind the event, at the same instant, in the order of IPMI v2.0
 * table 17-1: of the first four only the one that stands first here, then OEM
 * (of which the OEM profiles and the user of the library are told, for the last
 * event that wants it, and whoever listens to the lab by a note), then
 * alerts (alert.h), which wait until a power down is done. Global control
 * (parameter 2) has the last word. When parameter 1 asks for it, a System
 * Event 12h offset 04h tells of the actions before they are taken; that event
 * itself is not filtered, or a filter that matches anything would never rest.
 *
 * Between two actions on the host PEF_HOST_GAP passes, so that a filter that
 * matches what its own action causes turns in circles, but not on the spot.
 * Power actions wait for the startup delay, alerts for theirs, counted from
 * each power-on and reset of the host while parameter 1 enables them. Turning
 * PEF off cancels what waits; events that come while it is off are never
 * looked at. Held up by the postpone timer or by a temporary disable, events
 * are looked at later, out of the SEL (or one that was not logged, out of a
 * buffer): those after the last one that the BMC or software has processed.
 * So they are after a cold reset. Power loss or reset of the host end both.
 *
 * The postpone timer counts while there are events not looked at by either,
 * and stops when software has processed the last one.
 *
 * From the factory PEF is on with PEF_FACTORY_FILTERS filters that alert, and
 * with alert policies that are all off, so that nothing happens until a
 * destination is set and a policy enabled. Everything but set in progress,
 * alert string 0 and its key is kept across resets. There is no group control:
 * no parameters 14 and 15, and a filter does not keep its wish for it.
 *
 * Completion codes of Set and Get are those of param.h.
 * Spec: IPMI v2.0 17, 30.
 */
#ifndef IPMILAB_MC_PEF_H
#define IPMILAB_MC_PEF_H

#include "sim/base/status.h"
#include "sim/engine/timeline.h"
#include "sim/ipmi/param.h"
#include "sim/mc/pef_filter.h"

struct mc;
struct alerts;

#define PEF_VERSION 0x51
#define PEF_FILTERS 24
#define PEF_FACTORY_FILTERS 16    /* the first ones */
#define PEF_FACTORY_CHANNEL 1     /* that pef_factory's policies name */
#define PEF_POLICIES 16
#define PEF_POLICY 3              /* octets of an entry */
#define PEF_STRINGS 8             /* alert strings that are kept; 0 is the volatile one */
#define PEF_STRING_BLOCK 16
#define PEF_STRING_BLOCKS 4
#define PEF_STRING_MAX (PEF_STRING_BLOCK * PEF_STRING_BLOCKS)
#define PEF_HOST_GAP SPAN_S(1)    /* between two actions on the host */

/* Parameter 1. */
#define PEF_CONTROL_ENABLE 0x01
#define PEF_CONTROL_EVENTS 0x02
#define PEF_CONTROL_STARTUP_DELAY 0x04
#define PEF_CONTROL_ALERT_DELAY 0x08

/* Alert policy entries. */
#define PEF_POLICY_ENABLED 0x08   /* of octet 1; [7:4] set */
#define PEF_POLICY_KIND 0x07
#define PEF_POLICY_BY_EVENT 0x80  /* of octet 3: look the string up by filter */

/* Arm PEF Postpone Timer. */
#define PEF_POSTPONE_OFF 0x00
#define PEF_POSTPONE_MAX 0xfd     /* seconds */
#define PEF_POSTPONE_DISABLE 0xfe /* PEF is off until the host leaves or told otherwise */
#define PEF_POSTPONE_GET 0xff

/* Last processed event ids. */
#define PEF_ID_NONE 0xffffu
#define PEF_ID_UNLOGGED 0x0000u

/* Parameters as they stand on the wire. */
struct pef_config {
    uint8_t progress;                                       /* 0 */
    uint8_t control;                                        /* 1 */
    uint8_t actions;                                        /* 2: PEF_* */
    uint8_t startup_s;                                      /* 3 */
    uint8_t alert_startup_s;                                /* 4 */
    uint8_t filters[PEF_FILTERS][PEF_FILTER];               /* 6, 7 */
    uint8_t policies[PEF_POLICIES][PEF_POLICY];             /* 9 */
    uint8_t guid[1 + 16];                                   /* 10 */
    uint8_t keys[1 + PEF_STRINGS][2];                       /* 12: filter, set */
    uint8_t strings[1 + PEF_STRINGS][PEF_STRING_MAX];       /* 13 */
};

extern const struct param_family pef_family;   /* of struct mc */
extern const struct pef_config pef_factory;

struct pef {
    struct mc *mc;
    struct pef_config *config;    /* NULL: pef_factory */
    struct alerts *alerts;        /* NULL until one is sent */
    uint16_t software_id, bmc_id; /* last processed; PEF_ID_* */
    uint16_t seen;                /* records up to this id need no more looking at */
    uint8_t pending;              /* PEF_*: actions to be taken */
    uint8_t postpone;             /* as it was armed */
    instant host_rest;            /* no action on the host before this */
    bool going_off;               /* a power down of ours is not done yet */
    bool own_event;               /* the event on its way is ours */
    bool kept;                    /* unlogged holds an event to be looked at */
    uint8_t unlogged[SEL_RECORD];
    uint8_t oem_record[SEL_RECORD];        /* the last event that wants the OEM action */
    struct timer act;             /* pending actions; events left from before */
    struct timer startup, alert_startup;   /* armed while they delay */
    struct timer countdown;       /* of the postpone timer */
};

/* mc->pef: on a BMC with the PEF group; after the SEL. ST_NOMEM, or ST_FULL
 * when the host has no room for a listener. */
enum status pef_init(struct mc *mc);
void pef_reset(struct mc *mc);
void pef_free(struct mc *mc);

/* Parameters as they are now; and to write to: NULL without memory. */
const struct pef_config *pef_config(const struct mc *mc);
struct pef_config *pef_own_config(struct mc *mc);

/* Write parameter 1, with all that follows from it. False without memory. */
bool pef_set_control(struct mc *mc, uint8_t control);

/*
 * An event record was logged under id, or not logged (PEF_ID_UNLOGGED).
 * True when it was looked at or will be. Nothing happens on a controller
 * without PEF.
 */
bool pef_event(struct mc *mc, uint16_t id, const uint8_t record[SEL_RECORD]);

/* A record, event or not, was put into the SEL. */
void pef_logged(struct mc *mc, uint16_t id);

/* The SEL was cleared: no event is the last processed one any more. */
void pef_sel_cleared(struct mc *mc);

/* Arm PEF Postpone Timer, and what it answers. */
void pef_arm_postpone(struct mc *mc, uint8_t seconds);
uint8_t pef_postpone_left(const struct mc *mc);

/* Set Last Processed Event ID. */
void pef_set_processed(struct mc *mc, bool by_bmc, uint16_t id);

/* Actions there are: Get PEF Capabilities. */
uint8_t pef_supported(const struct mc *mc);

/* True while alerts have to wait. */
bool pef_holds_alerts(const struct mc *mc);

/* Text of an alert string, 0 .. PEF_STRINGS; empty when there is none. */
struct bytes pef_string(const struct mc *mc, uint8_t string);

#endif
