/*
 * mc.h - a management controller: one device on an IPMB, with its models and
 * the commands on them. The controller at 20h that owns channels is the BMC.
 *
 * State is of three kinds, kept apart in each part of a controller: the
 * machine (immutable, shared), what a real controller keeps in flash
 * (survives resets) and what a cold reset loses. A fresh controller costs
 * what it changed: records, FRU contents and the like are copied from the
 * machine only when they are written.
 */
#ifndef IPMILAB_MC_MC_H
#define IPMILAB_MC_MC_H

#include "sim/bus/icmb.h"
#include "sim/bus/ipmb_port.h"
#include "sim/bus/medium.h"
#include "sim/engine/world.h"
#include "sim/host/host.h"
#include "sim/ipmi/channel.h"
#include "sim/ipmi/command.h"
#include "sim/lan/lan.h"
#include "sim/mc/machine.h"

struct mc;
struct mc_watch;
struct oem_library;

/* What makes one of many BMCs of a machine itself. */
struct mc_identity {
    uint32_t index;          /* 0 = exactly as described */
    struct rng_key key;      /* GUID and MAC of index > 0 are derived from it */
};

/* The file behind a FRU, provided by the shell around the core; may be NULL. */
struct mc_backing {
    bool (*read)(void *ctx, const char *path, uint32_t at, uint8_t *to, uint32_t len);
    bool (*write)(void *ctx, const char *path, uint32_t at, struct bytes data);
    void *ctx;
};

/* A further bus that a controller is on: an IPMB-L of a carrier's, another
 * IPMB of the BMC's. */
struct mc_bus {
    struct medium *medium, *second;     /* borrowed; second: B, of a pair, or NULL */
    uint8_t channel;                    /* number of it here: 1 .. Bh */
    uint8_t address;                    /* of the controller there */
};

struct mc_opts {
    struct world *world;                /* borrowed, like all below */
    const struct machine_mc *machine;
    const struct command_set *commands;
    struct oem_library *oem;            /* may be NULL for a machine without OEM parts */
    const struct mc_watch *const *watch;   /* where the lab's stands (watch.h); or NULL */
    const struct crypto *crypto;
    struct crypto_work *work;
    struct medium *bus;                 /* its channel 0; NULL = alone */
    struct medium *bus_b;               /* of a pair: B; NULL = one bus */
    const struct mc_bus *buses;         /* bus_count further ones; needed for the call */
    uint32_t bus_count;
    struct host *host;                  /* BMC only; NULL = manages none */
    struct mc *const *manager;          /* where the chassis's BMC stands once it is made:
                                           whose host a satellite measures; NULL = nobody's */
    const struct mc_backing *backing;   /* or NULL */
    const struct machine_shelf *shelf;  /* NULL or neither kind: no shelf */
    const struct icmb_wire *icmb;       /* BMC only; NULL = joins no ICMB */
    uint16_t icmb_address;
    uint8_t icmb_channel;
    struct mc_identity identity;
    bool bmc;
    uint8_t event_receiver;             /* slave address; 0 = self */
};

enum status mc_new(const struct mc_opts *opts, struct mc **out);
void mc_free(struct mc *mc);

/* ---- facts ---- */

/* Its slave address on the bus that is its channel 0. */
uint8_t mc_address(const struct mc *mc);
const struct machine_mc *mc_machine(const struct mc *mc);
struct world *mc_world(const struct mc *mc);
const uint8_t *mc_guid(const struct mc *mc);

/* Its port on the IPMB that is a channel of its; NULL: no such channel. */
struct ipmb_port *mc_port(const struct mc *mc, uint8_t channel);

/* LAN channels, 0 .. ; NULL past the last. */
struct lan *mc_lan(const struct mc *mc, unsigned n);

/* The MAC address of a LAN channel, as parameter 5 has it. */
const uint8_t *mc_mac(const struct mc *mc, uint8_t channel);

/* Its IPv4 address, as parameter 3 has it now; NULL when there is none. */
const uint8_t *mc_ip(const struct mc *mc, uint8_t channel);

/* ---- requests from elsewhere than the channels (an ipmi_request_fn; ctx is the mc) ---- */
void mc_request(void *mc, struct ipmi_req *rq);

/* From within a handler: let the command's next row do it, in the order of
 * sim/mc/oem.h, down to the standard one. See command_pass(). */
enum ipmi_cc mc_pass(struct mc *mc, struct ipmi_req *rq, struct wr *rs);

/* The row that answers a command now; NULL: none. id as of command_find(). */
const struct command *mc_command(const struct mc *mc, unsigned netfn, unsigned cmd,
                                 uint32_t id);

/* Enable or disable: a disabled controller answers nothing on the bus and
 * FFh on a LAN. */
void mc_set_enabled(struct mc *mc, bool enabled);

/* Power of a satellite. Off, it is off the bus, makes no events, and what is
 * volatile is lost; on, it starts as after a cold reset. */
void mc_set_power(struct mc *mc, bool on);

/* Reset: cold loses everything volatile, sessions included; warm keeps what
 * the specification says. */
void mc_cold_reset(struct mc *mc);
void mc_warm_reset(struct mc *mc);

/* ---- sensors, from outside (language actions, scenarios, polled files) ----
 * event says whether events may be generated by the change. False: no such
 * sensor. */
bool mc_sensor_set_value(struct mc *mc, uint8_t lun, uint8_t number, uint8_t raw, bool event);
bool mc_sensor_set_bit(struct mc *mc, uint8_t lun, uint8_t number, uint8_t bit, bool on,
                       bool event);
bool mc_sensor_set_bit_only(struct mc *mc, uint8_t lun, uint8_t number, uint8_t bit, bool event);
bool mc_sensor_raw(struct mc *mc, uint8_t lun, uint8_t number, uint8_t *raw, uint16_t *states);

/* The same in the units of the sensor's described record (sim/wire/convert.h).
 * False: no such sensor, or its record gives no values. */
bool mc_sensor_set_units(struct mc *mc, uint8_t lun, uint8_t number, double value, bool event);
bool mc_sensor_units(struct mc *mc, uint8_t lun, uint8_t number, double *value);

/* What a raw reading of it, of another time say, means in those units. */
bool mc_sensor_in_units(const struct mc *mc, uint8_t lun, uint8_t number, uint8_t raw,
                        double *value);

/* ---- FRUs of a shelf, from outside: the handle, and being there at all.
 * False: no such FRU. */
bool mc_fru_handle(struct mc *mc, uint8_t fru, bool open);
bool mc_fru_presence(struct mc *mc, uint8_t fru, bool there);

/* Add a SEL record (type and 13 octets; the time-stamp of timestamped kinds
 * is replaced). Returns its id, 0 when there is no room or no SEL. */
uint16_t mc_sel_add(struct mc *mc, uint8_t type, const uint8_t body[13]);

/* All command tables of a controller, for command_set_new(). */
const struct command_table *const *mc_command_tables(size_t *count);

#endif
