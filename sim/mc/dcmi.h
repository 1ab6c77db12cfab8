/*
 * dcmi.h - Data Center Manageability Interface 1.5 of a BMC: identification,
 * power reading and limit, temperatures and their limits, DHCP parameters.
 *
 * Power: what the host draws follows sim/host/power.h with the watts of the
 * machine (machine_watts; defaults below). Statistics reach back over the
 * sampling period that goes with the power limit, enhanced ones over one of
 * dcmi_periods[], but never beyond the controller's last cold reset.
 *
 * An active power limit throttles the host. What the host still draws above
 * the limit, longer than the correction time, brings about the exception
 * action, once until it is below again: an event and perhaps power off. The
 * event is "limit exceeded" (event type 05h, offset 1) of the machine's
 * first sensor that counts watts (other than a power supply's, if there is
 * one), or of a Power Unit numbered 0; it is deasserted when the draw is
 * within the limit. OEM actions (02h-10h) are
 * kept and do nothing. A thermal limit, one for each inlet temperature, is
 * the same without throttling, on its temperature sensor.
 * Both are looked at each DCMI_SCAN, and only while there is one to watch.
 *
 * Temperatures: the sensors of this controller's SDR repository whose entity
 * is inlet (40h, 37h), processor (41h, 03h) or baseboard (42h, 07h); either
 * number of a pair finds both. Instances count from 1 in the order of the
 * records, because records may name one entity instance twice.
 *
 * Kept across cold resets: asset tag, identifier string, parameters, power
 * limit and whether it is active, thermal limits that say so (bit 7 of
 * their actions). Until one is written the asset tag is that of FRU 0's
 * product area, and the identifier string "DCMI" and the first LAN's MAC.
 * Spec: DCMI v1.5 6.
 */
#ifndef IPMILAB_MC_DCMI_H
#define IPMILAB_MC_DCMI_H

#include <stdbool.h>

#include "sim/engine/world.h"
#include "sim/host/power.h"
#include "sim/ipmi/command.h"
#include "sim/ipmi/param.h"

struct mc;

#define DCMI_MAJOR 1
#define DCMI_MINOR 5
#define DCMI_REVISION_CAPABILITIES 2
#define DCMI_REVISION_CONFIG 1

#define DCMI_SCAN SPAN_S(1)
#define DCMI_SCAN_S 1              /* temperature sampling period */

#define DCMI_STANDBY 12            /* W, when the machine says nothing */
#define DCMI_IDLE 110
#define DCMI_FULL 420
#define DCMI_FLOOR 130

#define DCMI_LIMIT_MAX 10000u      /* W; 84h above it, and for 0 */
#define DCMI_CORRECTION_MAX 600000u   /* ms; 85h above it */
#define DCMI_CORRECTION_DEFAULT 5750u
#define DCMI_PERIOD_MAX 3600u      /* s; 89h above it; 0 leaves it as it is (ipmiutil) */
#define DCMI_PERIOD_DEFAULT 60u

#define DCMI_CHUNK 16u             /* octets of a string in one command */
#define DCMI_ASSET_MAX 63u
#define DCMI_IDENTIFIER_MAX 64u    /* with its NUL */
#define DCMI_INSTANCES 8u          /* in one answer */

/* Exception actions of the power limit. */
#define DCMI_ACTION_NONE 0x00
#define DCMI_ACTION_OFF 0x01       /* and log */
#define DCMI_ACTION_LOG 0x11

/* Exception actions of a thermal limit. */
#define DCMI_THERMAL_PERSISTENT 0x80
#define DCMI_THERMAL_OFF 0x40
#define DCMI_THERMAL_LOG 0x20
#define DCMI_THERMAL_ACTIONS (DCMI_THERMAL_OFF | DCMI_THERMAL_LOG)

/* Something that must not stay above its limit. */
struct dcmi_watch {
    bool over;                     /* at the last look */
    bool acted;                    /* the exception was dealt with */
    instant since;                 /* it has been over */
};

struct dcmi_power_limit {
    uint8_t action;
    uint16_t watts;
    uint32_t correction_ms;
    uint16_t period_s;
    bool active;
    struct dcmi_watch watch;
};

struct dcmi_thermal_limit {
    uint8_t action;
    uint8_t celsius;
    uint16_t seconds;
    struct dcmi_watch watch;
};

struct dcmi_string {
    uint8_t len;
    uint8_t octets[DCMI_IDENTIFIER_MAX];
};

struct dcmi_config {
    uint8_t discovery;             /* 2 */
    uint8_t initial_s;             /* 3 */
    uint8_t contact_s[2], retry_s[2];   /* 4, 5 */
};

struct dcmi {
    struct mc *mc;
    struct power *power;           /* NULL: manages no host */
    instant began;                 /* statistics */
    struct dcmi_power_limit limit;
    struct dcmi_thermal_limit *thermal;   /* by inlet instance; NULL until set */
    uint8_t thermal_count;
    struct dcmi_string *asset, *identifier;   /* NULL until written */
    struct dcmi_config config;
    struct timer scan;
};

/* mc->dcmi, on a BMC with the DCMI group. ST_NOMEM, or ST_FULL when the host
 * has no room for a listener. */
enum status dcmi_init(struct mc *mc);
void dcmi_reset(struct mc *mc);
void dcmi_free(struct mc *mc);

/* Rolling average periods of enhanced power readings, in the specification's
 * code: [7:6] unit (s, min, h, day), [5:0] how many. */
extern const uint8_t dcmi_periods[];
#define DCMI_PERIODS 9

/* ---- power (dcmi_limit.c) ---- */

struct dcmi_reading {
    uint16_t now;
    struct power_stats stats;
    uint32_t period_ms;
};

/* The draw, and its statistics over a span. */
void dcmi_read_power(const struct mc *mc, instant span, struct dcmi_reading *out);

/* Set the power limit. 84h, 85h, 89h: watts, correction time, period out of
 * range; CCh: no such action. */
enum ipmi_cc dcmi_set_power_limit(struct mc *mc, const struct dcmi_power_limit *limit);
void dcmi_activate_power_limit(struct mc *mc, bool active);

/* The thermal limit of an inlet instance (from 1); NULL when there is no
 * such sensor, or no memory. */
struct dcmi_thermal_limit *dcmi_thermal_edit(struct mc *mc, uint8_t instance);

/* The same to read: a limit that was never set is all zero. */
struct dcmi_thermal_limit dcmi_thermal(const struct mc *mc, uint8_t instance);

/* A limit was changed: look again, from now on. */
void dcmi_review(struct mc *mc);

/* ---- temperatures (dcmi_sensor.c) ---- */

struct dcmi_temperature {
    uint16_t record;               /* SDR id */
    uint8_t lun, number;
    bool available;
    int celsius;
};

/* True for an entity id that DCMI knows; *inlet when it is an inlet's. */
bool dcmi_entity(uint8_t entity, bool *inlet);

/* How many temperature sensors an entity has. */
unsigned dcmi_instances(const struct mc *mc, uint8_t entity);

/* The instance-th, from 1. False when there are not so many. */
bool dcmi_temperature(const struct mc *mc, uint8_t entity, unsigned instance,
                      struct dcmi_temperature *out);

/* ---- strings (dcmi.c) ---- */

enum dcmi_which { DCMI_ASSET, DCMI_IDENTIFIER };

/* As it reads now. Returns 00h, or for an asset tag from the FRU the code
 * that tells its encoding (80h-83h). */
enum ipmi_cc dcmi_string(const struct mc *mc, enum dcmi_which which, struct dcmi_string *out);

/* Write data at offset; it then ends there. C9h: out of bounds, or not where
 * it ends or before; C4h. */
enum ipmi_cc dcmi_set_string(struct mc *mc, enum dcmi_which which, uint8_t offset,
                             struct bytes data, uint8_t *total);

/* Configuration parameters 1 .. 5: a family of struct mc. */
extern const struct param_family dcmi_family;

#endif
