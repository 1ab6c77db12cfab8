/*
 * mc_parts.h - a controller from the inside: its parts side by side.
 *
 * For the files of sim/mc and sim/oem only. Each part has a header of its own
 * that owns its struct, and three functions: PART_init (from the machine;
 * ST_NOMEM at worst), PART_reset (a cold reset: the volatile becomes what it
 * was after init, the rest stays) and PART_free. mc.c calls them in the order
 * below.
 */
#ifndef IPMILAB_MC_MC_PARTS_H
#define IPMILAB_MC_MC_PARTS_H

#include "sim/mc/mc.h"

#include "sim/mc/aggregate.h"
#include "sim/mc/chassis.h"
#include "sim/mc/dcmi.h"
#include "sim/mc/event.h"
#include "sim/mc/firewall.h"
#include "sim/mc/forward.h"
#include "sim/mc/fru.h"
#include "sim/mc/host_log.h"
#include "sim/mc/fru_draft.h"
#include "sim/mc/hpm.h"
#include "sim/mc/i2c.h"
#include "sim/mc/icmb_bridge.h"
#include "sim/mc/lanparm.h"
#include "sim/mc/messages.h"
#include "sim/mc/oem_part.h"
#include "sim/mc/picmg.h"
#include "sim/mc/pef.h"
#include "sim/mc/sdr_repo.h"
#include "sim/mc/sel.h"
#include "sim/mc/sensor.h"
#include "sim/mc/serial.h"
#include "sim/mc/solport.h"
#include "sim/mc/sensor_history.h"
#include "sim/mc/shelf.h"
#include "sim/mc/sysinfo.h"
#include "sim/mc/users.h"
#include "sim/mc/watch.h"
#include "sim/mc/watchdog.h"

#define MC_LANS_MAX 4
#define MC_KEY 20      /* octets of K_r and K_g */

/* A reset that was commanded comes a little later, so that its answer goes
 * out first; then the controller is not there for a while. */
#define MC_RESET_DELAY SPAN_MS(50)
#define MC_RESET_TIME SPAN_MS(500)

enum mc_reset { RESET_NONE, RESET_COLD_ASKED, RESET_WARM_ASKED, RESET_UNDER_WAY };

struct mc {
    struct world *world;
    const struct machine_mc *machine;
    struct mc_opts opts;
    struct command_gate gate;
    bool enabled;
    bool unpowered;                       /* mc_set_power() */
    uint8_t reset;                        /* enum mc_reset */
    struct timer reset_timer;             /* the next step of a reset */
    uint8_t guid[16];
    uint8_t acpi_system, acpi_device;     /* Set ACPI Power State */
    bool manufacturing;                   /* test mode: sensors stand still */

    struct ipmb_port *port;               /* on opts.bus; NULL = alone */
    struct channel channels[CHANNELS];
    uint8_t kr[MC_LANS_MAX][MC_KEY];      /* K_r as it was set; nothing is made from it */
    uint16_t kr_locked, kg_locked;        /* bit per channel: Set Channel Security Keys */
    struct lan *lans[MC_LANS_MAX];        /* lan_count of them */
    unsigned lan_count;
    bool has_serial;                      /* a serial channel is among channels[] */

    struct users *users;                  /* NULL on a controller without sessions */
    struct lanparm *lanparm[MC_LANS_MAX]; /* as lans[] */
    struct messages *messages;            /* flags, event buffer, queue, bridging */
    struct watchdog *watchdog;            /* BMC */
    struct chassis *chassis;              /* with GROUP_CHASSIS_DEVICE */
    struct sysinfo *sysinfo;              /* BMC; NULL until written */
    struct events events;                 /* event receiver, sending */
    struct sel *sel;                      /* NULL = none */
    struct sdr_repo sdrs;
    struct sensors sensors;
    struct sensor_history *history;       /* NULL = off */
    struct aggregate *aggregate;          /* NULL without sources */
    struct host_log *host_log;            /* NULL = nothing to log */
    struct frus frus;
    struct forward *forward;              /* NULL until something is set */
    struct serial *serial;                /* NULL without a serial channel */
    struct solport *sol;                  /* NULL until a parameter is written, or SOL used */
    struct dcmi *dcmi;                    /* NULL without the DCMI group */
    struct firewall *firewall;            /* NULL while nothing is disabled */
    struct i2c *i2c;                      /* NULL until needed */
    struct picmg *picmg;                  /* in a shelf; NULL until needed */
    struct shelf *shelf;                  /* of its manager; NULL until needed */
    struct fru_draft *draft;              /* NULL until needed */
    struct hpm *hpm;                      /* NULL until needed */
    struct icmb_bridge *icmb;             /* NULL without an ICMB */
    struct pef *pef;                      /* BMC; NULL without the PEF group */
    struct oem *oem;                      /* NULL without rules, rows and profiles */
};

/* The channel a request means by number: 0Eh is the one it came by. NULL when
 * there is none. */
struct channel *mc_channel(struct mc *mc, const struct ipmi_req *rq, uint8_t number);

/* The LAN of a channel number; NULL when that is no LAN channel. */
struct lan *mc_lan_of(struct mc *mc, uint8_t channel);

/* Index of a LAN channel number in lans[] and lanparm[], or -1. */
int mc_lan_index(const struct mc *mc, uint8_t channel);

/* Who is told what happens here; NULL: nobody. */
static inline const struct mc_watch *
mc_watch_of(const struct mc *mc)
{
    return mc->opts.watch != NULL ? *mc->opts.watch : NULL;
}

/* Begin a reset MC_RESET_DELAY from now: RESET_COLD_ASKED or RESET_WARM_ASKED. */
void mc_ask_reset(struct mc *mc, enum mc_reset which);

/* Index of the first sensor of that type here, mirrors aside, or -1. */
int mc_sensor_of_type(const struct mc *mc, uint8_t type);

#endif
