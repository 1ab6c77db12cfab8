/*
 * intel_nm.h - the profile "intel-nm": Intel Node Manager 3.0, which
 * measures what a computer draws and keeps it within limits.
 *
 * It stands at a Management Engine (a satellite, 2Ch on most boards), or at
 * the BMC where that passes its commands on. Either way it measures the host
 * that the chassis's BMC manages, with the power model of sim/mc/dcmi.h, and
 * the BMC's first inlet temperature: that stands for the wires an engine has
 * to supplies, processors and the air. A BMC without the DCMI group has no
 * power model; measurements are then suspended and all zero.
 *
 * Domains: 0 the platform, 1 its processors, 2 memory, 3 hardware protection
 * (the whole platform again), 4 high-power I/O. What 1, 2 and 4 draw is a
 * fixed share of the platform's draw, nm_shares[]; nothing while the host is
 * off.
 *
 * A policy (16 in all; a number 0 to 255 in each domain) is enabled by
 * itself, and in force while its domain, Node Manager as a whole and the host
 * are on and none of its suspend periods runs. In force, its trigger decides:
 *
 *   0 none            always; the limit is in watts of its domain
 *   1 inlet           while the inlet is warmer than the trigger limit (degrees);
 *                     limit in watts, 0: as low as it goes
 *   2 missing reading when the first sensor that counts watts could not be read
 *                     for the trigger limit (0.1 s); limit: percent of throttling
 *   3 after reset     when no operating system runs the trigger limit (0.1 s)
 *                     after a reset; limit in watts
 *   4 boot time       during self test; limit: [0] performance (else the host is
 *                     held to its idle draw), [7:1] cores to disable: kept
 *
 * The lowest of all limits throttles the host, next to DCMI's own. What the
 * domain still draws above a limit of triggers 0, 1 and 3, for longer than the
 * correction time, is an exception, once until it is within again: the alert
 * action tells the event receiver (asserted, then deasserted), the shutdown
 * action tells it of the shutdown and has the host stop softly. Alert
 * thresholds (of the domain's watts, or of the inlet for trigger 1) tell of
 * each crossing while the policy is in force. Each event goes as an Alert
 * Immediate to the alert destination as well, where that is a LAN; where it is
 * IPMB, as a platform event to that address.
 *
 * Everything is looked at each NM_SCAN, and at the very instant at which a
 * correction time ends; only while some policy is enabled.
 *
 * Statistics reach back to the last reset of theirs, those of a policy no
 * further than its reporting period; power is sampled as sim/host/power.h
 * does. The inlet's are weighted by time, looked at as above and whenever
 * statistics are asked for. Modes that only a real host could feed (unhandled
 * requests, response time, communication failures) are all zero.
 *
 * Kept: policies but for volatile ones, what is enabled, power draw ranges,
 * alert destination, turbo ratios. Lost by a cold reset: volatile policies,
 * statistics.
 *
 * Completion codes: 80h no such policy, 81h no such domain (Get Policy adds the
 * next one there is and their number), 82h trigger, 83h configuration action
 * or policy type, 84h limit, 85h correction time or suspend period, 86h
 * trigger limit, 87h number of thresholds or periods, 88h statistics mode,
 * 89h reporting period, 8Bh aggressiveness, A1h nothing is limiting or no such
 * socket, ACh no processor there, C4h no room, C9h cores, D5h not while the
 * policy is enabled (limits, correction time, actions and period may change;
 * what triggers it may not).
 * Spec: Intel Intelligent Power Node Manager, external interface; layouts as
 * ipmitool and FreeIPMI have them.
 */
#ifndef IPMILAB_OEM_INTEL_NM_H
#define IPMILAB_OEM_INTEL_NM_H

#include "sim/engine/timeline.h"
#include "sim/host/power.h"
#include "sim/mc/event.h"
#include "sim/mc/oem.h"

#define INTEL_IANA 0x000157u

#define NM_SCAN SPAN_S(1)
#define NM_VERSION 0x05                /* 3.0 */
#define NM_INTERFACE 0x03              /* 3.0 */
#define NM_POLICIES 16u
#define NM_THRESHOLDS 3u
#define NM_PERIODS 5u
#define NM_SOCKETS 2u                  /* processors; their numbers go to 7 */
#define NM_CORES 8u

#define NM_WATTS_MIN 1u                /* power draw range until one is set */
#define NM_WATTS_MAX 32767u
#define NM_CELSIUS_MIN 20u             /* trigger limits */
#define NM_CELSIUS_MAX 45u
#define NM_TENTHS_MIN 10u
#define NM_TENTHS_MAX 36000u
#define NM_CORRECTION_MIN 1000u        /* ms */
#define NM_CORRECTION_MAX 600000u
#define NM_PERIOD_MIN 1u               /* s */
#define NM_PERIOD_MAX 3600u
#define NM_PERCENT 100u

#define NM_DAY_TICKS 240u              /* suspend periods count 6 minutes */
#define NM_TICK_S 360u

#define NM_RATIO_MIN 5u                /* turbo ratios; FreeIPMI asks for no more than 7 */
#define NM_RATIO_MAX 36u
#define NM_RATIO_DEFAULT 33u

/* Sensors of its events, by number; all of type NM_SENSOR_TYPE. */
#define NM_SENSOR_TYPE 0xdc
#define NM_SENSOR_EXCEPTION 0x18       /* event type 72h */
#define NM_SENSOR_HEALTH 0x19          /* 73h */
#define NM_SENSOR_CAPABILITIES 0x1a    /* 74h */
#define NM_SENSOR_THRESHOLD 0x1b       /* 72h */

enum nm_domain { NM_PLATFORM, NM_CPU, NM_MEMORY, NM_PROTECTION, NM_IO, NM_DOMAINS };

enum nm_trigger { NM_NO_TRIGGER, NM_INLET, NM_MISSING, NM_AFTER_RESET, NM_BOOT, NM_TRIGGERS };

/* Exception actions; [7] of that octet is the secondary side of the supplies. */
#define NM_ALERT 0x01
#define NM_SHUTDOWN 0x02
#define NM_SECONDARY 0x80

struct nm_period {
    uint8_t start, stop;               /* of the day, in ticks */
    uint8_t days;                      /* bit 0 Monday .. 6; none: once, within a day */
};

/* Temperatures over time. */
struct nm_inlet {
    instant since, last_at;
    bool any;
    int16_t last, min, max;            /* degrees */
    int64_t sum;                       /* degree milliseconds */
};

struct nm_policy {
    bool there, enabled;
    uint8_t domain, id;
    uint8_t trigger;                   /* enum nm_trigger */
    uint8_t aggressive;                /* 0 automatic 1 not 2 aggressive */
    bool is_volatile;
    uint8_t actions;                   /* NM_ALERT .. */
    uint16_t limit;
    uint32_t correction_ms;
    uint16_t trigger_limit;
    uint16_t period_s;
    uint8_t threshold_count, period_count;
    uint16_t thresholds[NM_THRESHOLDS];
    struct nm_period periods[NM_PERIODS];
    instant periods_set;

    /* volatile */
    bool in_force, triggered;
    bool over, acted;                  /* above the limit; and dealt with */
    instant over_since;
    bool above[NM_THRESHOLDS];         /* of the thresholds */
    instant since;                     /* statistics */
    struct nm_inlet inlet;
};

struct nm_range {
    uint16_t min, max;                 /* watts */
};

struct nm {
    struct mc *mc;
    bool on;                           /* as a whole */
    bool domain_on[NM_DOMAINS];
    struct nm_range ranges[NM_DOMAINS];
    struct nm_policy *policies;        /* NM_POLICIES, once there was one */
    unsigned policy_places;            /* of them; 0 before */
    uint8_t destination[3];            /* as Set Alert Destination has it */
    uint8_t turbo[NM_SOCKETS][NM_CORES];   /* 0: the default */

    /* volatile */
    instant since[NM_DOMAINS];         /* statistics */
    struct nm_inlet inlet;
    bool missing;                      /* the power reading is, */
    instant missing_since;             /* since then */
    struct timer scan;
};

extern const struct oem_profile oem_intel_nm;
extern const struct command_table oem_intel_nm_commands;
extern const struct command_table oem_intel_nm_policy_commands;

/* The state of a controller with this profile. */
struct nm *nm_of(struct mc *mc);

/* The policy; NULL. */
struct nm_policy *nm_policy_find(struct nm *nm, uint8_t domain, uint8_t id);

/* A free place among the policies; NULL: none, or no memory. */
struct nm_policy *nm_policy_room(struct nm *nm);

/* ---- commands ---- */

/* Of an octet that has a domain or a trigger below, and something else, or
 * nothing, above. */
#define NM_DOMAIN_BITS 0x0f
#define NM_HIGH_NIBBLE 0xf0
#define NM_POWER_CONTROL 0x10          /* the one kind of policy; to be added */

/* What the limits of a trigger may be. */
struct nm_trigger_facts {
    bool watts;                        /* the limit is, of the power draw range */
    bool corrects;                     /* the correction time means something */
    bool platform_only;
    uint16_t trigger_min, trigger_max; /* both 0: any */
};
extern const struct nm_trigger_facts nm_triggers[NM_TRIGGERS];

/* Read a domain, or a domain and the number of a policy there. CCh: not clear
 * above the domain; 81h, 80h: there is none. */
enum ipmi_cc nm_read_domain(struct ipmi_req *rq, uint8_t *domain);
enum ipmi_cc nm_read_policy(struct mc *mc, struct ipmi_req *rq, struct nm_policy **policy);

/* A row; lengths without the three octets of the IANA number. */
#define NM_ROW(cmd, name, min, max, handler) \
    { NETFN_OEM, cmd, name, NEEDS_ADMIN, 3 + (min), 3 + (max), 0, handler, "" }
#define NM_READ(cmd, name, min, max, handler) \
    { NETFN_OEM, cmd, name, NEEDS_ADMIN | READS, 3 + (min), 3 + (max), 0, handler, "" }

/* ---- measuring (sim/oem/intel_nm_measure.c) ---- */

/* What the host draws; NULL when that cannot be known. */
struct power *nm_power(const struct nm *nm);
struct host *nm_host(const struct nm *nm);

/* Watts of a domain when the platform draws so many; and the most that the
 * platform may draw for the domain to keep to so many, at least 1. */
uint16_t nm_share(const struct power_facts *facts, unsigned domain, unsigned platform);
uint16_t nm_platform_for(const struct power_facts *facts, unsigned domain, unsigned watts);

/* A domain's draw now; 0 when it cannot be known. */
uint16_t nm_watts(const struct nm *nm, unsigned domain);

/* The inlet now. False: it cannot be read. */
bool nm_inlet_now(const struct nm *nm, int16_t *celsius);

/* The first sensor that counts watts is there and cannot be read. */
bool nm_reading_missing(const struct nm *nm);

/* Look at the inlet, for the statistics; and begin them anew. */
void nm_inlet_look(struct nm *nm);
void nm_inlet_begin(struct nm *nm, struct nm_inlet *inlet);

struct nm_statistics {
    uint16_t now, min, max, average;
    uint32_t period_s;
};

/* Statistics of a mode, of a policy or (NULL) of all of a domain. CC_CMD_81,
 * NM_CC_MODE: not that mode of that domain, or not at all. */
enum ipmi_cc nm_statistics(struct nm *nm, uint8_t mode, unsigned domain,
                           const struct nm_policy *policy, struct nm_statistics *out);
bool nm_mode_of_policy(uint8_t mode);

/* ---- limiting (sim/oem/intel_nm_limit.c) ---- */

/* Something changed: look again, throttle, tell, and arm the timer. */
void nm_review(struct nm *nm);

/* The policy that limits a domain: of those that its limit makes draw less
 * than the host wants to, the lowest. NULL. */
const struct nm_policy *nm_limiting(const struct nm *nm, unsigned domain);
bool nm_limits(const struct nm *nm, const struct nm_policy *policy);

/* Take the throttle off and stop looking. */
void nm_stop(struct nm *nm);

/* ---- telling (sim/oem/intel_nm_event.c) ---- */

/* The limit of a policy was exceeded for too long, or its what-th threshold
 * was; or is no longer. */
#define NM_EXCEPTION NM_THRESHOLDS
void nm_tell(struct nm *nm, const struct nm_policy *policy, unsigned what, bool asserted);
void nm_tell_shutdown(struct nm *nm, const struct nm_policy *policy);

/* Completion codes beyond sim/wire/codes.h. */
#define NM_CC_NO_POLICY CC_CMD_80
#define NM_CC_NO_DOMAIN CC_CMD_81
#define NM_CC_TRIGGER CC_CMD_82
#define NM_CC_ACTION CC_CMD_83
#define NM_CC_LIMIT CC_CMD_84
#define NM_CC_TIME CC_CMD_85
#define NM_CC_TRIGGER_LIMIT CC_CMD_86
#define NM_CC_COUNT ((enum ipmi_cc)0x87)
#define NM_CC_MODE ((enum ipmi_cc)0x88)
#define NM_CC_PERIOD ((enum ipmi_cc)0x89)
#define NM_CC_AGGRESSIVE ((enum ipmi_cc)0x8b)
#define NM_CC_NOTHING ((enum ipmi_cc)0xa1)
#define NM_CC_SOCKET ((enum ipmi_cc)0xa1)
#define NM_CC_NO_CPU ((enum ipmi_cc)0xac)

#endif
