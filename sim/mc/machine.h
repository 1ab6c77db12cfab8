/*
 * machine.h - what a management controller is, as described: plain facts,
 * immutable once loaded, shared by every controller made from them.
 *
 * A loader (emu, or a scenario) fills these in through sim/lab/description.h,
 * which owns the memory. Nothing of a running controller points back here
 * with a right to write.
 */
#ifndef IPMILAB_MC_MACHINE_H
#define IPMILAB_MC_MACHINE_H

#include <stdbool.h>

#include "sim/base/bytes.h"
#include "sim/engine/instant.h"
#include "sim/engine/peer.h"

/* Order of thresholds in commands (Set Sensor Thresholds), not of SDRs. */
enum threshold { THR_LNC, THR_LC, THR_LNR, THR_UNC, THR_UC, THR_UNR, THRESHOLDS };

/* Access to thresholds and hysteresis; SDR bytes 12. */
enum sensor_access { ACCESS_NONE, ACCESS_READABLE, ACCESS_SETTABLE, ACCESS_FIXED };

/* Event control; SDR byte 12 [1:0]. */
enum event_control { EVENTS_PER_STATE, EVENTS_ENTIRE_SENSOR, EVENTS_GLOBAL, EVENTS_NONE };

/* A sensor whose value comes from a file of the computer the lab runs on;
 * read by the shell around the core, which hands the value in. */
struct machine_poll {
    const char *path;
    uint32_t period_ms;
    bool ascii;               /* else raw little-endian octets */
    uint32_t offset, length;  /* raw: where, 1..4 octets */
    int base;                 /* ascii: 0, 8, 10, 16 */
    int64_t mask, sub, mult, div;   /* ((v & mask) - sub) * mult / div, rounded */
    int initstate;
    bool units;               /* a number in the SDR's units, not a raw reading */
    bool depends;             /* poll only while a discrete bit is set: */
    uint8_t depends_mc, depends_lun, depends_sensor, depends_bit;
};

struct machine_sensor {
    uint8_t lun, number;
    uint8_t type;             /* sensor type code */
    uint8_t event_type;       /* event/reading type code; 01h = threshold */
    bool event_only;
    bool scanning, events;    /* enabled at start */
    bool auto_rearm;
    uint8_t event_control;    /* enum event_control */
    uint16_t assert_supported, deassert_supported;   /* event bits / offsets */
    uint16_t assert_enabled, deassert_enabled;
    uint8_t threshold_access; /* enum sensor_access */
    uint8_t threshold_mask;   /* bit per enum threshold: exists */
    uint8_t threshold_hidden; /* of those: it cannot be read back */
    uint8_t threshold_fixed;  /* of those: it cannot be set */
    uint8_t threshold[THRESHOLDS];
    uint8_t hysteresis_access;
    uint8_t hysteresis_up, hysteresis_down;   /* positive-, negative-going */
    uint8_t format;           /* SDR byte 21 [7:6]: 0 unsigned 1 ones' 2 two's complement 3 none */
    bool has_value;           /* false: reading unavailable until one is set */
    uint8_t value;            /* raw */
    uint16_t states;          /* discrete: offsets present */
    uint8_t move;             /* the raw value wanders by up to so many counts */
    uint32_t move_ms;         /* about how often it changes; 0 = 5000 */
    bool mirror;              /* of another controller's: aggregate.h */
    const struct machine_poll *poll;   /* NULL = none */
    struct bytes sdr;         /* the record that describes it, header first; or none */
};

struct machine_sdr {
    struct bytes record;      /* whole, 5-octet header first */
};

struct machine_span {
    uint32_t from, count;     /* octets */
};

struct machine_fru {
    uint8_t id;
    uint32_t size;            /* octets */
    struct bytes data;        /* initial content, size octets */
    const char *path;         /* NULL, or the file behind it (offset below) */
    uint32_t offset;
    bool by_words;            /* offsets and counts are of 16 bits each */
    uint16_t busy_ms;         /* how long a write keeps it from being used */
    const struct machine_span *guards;        /* what cannot be written */
    uint32_t guard_count;
};

/* A SEL record that is there at the start. before_s: seconds before lab time
 * 0 that its time-stamp says; used for timestamped records. */
struct machine_sel_entry {
    uint8_t type;
    uint8_t body[13];         /* octets 4..16 of the record; timestamp included */
    uint32_t before_s;
    bool keep_timestamp;      /* body has its own */
};

struct machine_sel {
    bool present;
    uint16_t max;             /* records */
    uint8_t flags;            /* Get SEL Info support bits: 0 alloc 1 reserve 2 partial 3 delete */
    const struct machine_sel_entry *entries;
    uint32_t count;
};

struct machine_user {
    uint8_t id;               /* 1..63 */
    bool enabled;
    uint8_t name[16];
    uint8_t password[20];
    bool password_is_20;
    uint8_t limit;            /* enum privilege */
    uint8_t max_sessions;     /* 0 = no limit */
};

struct machine_lan {
    uint8_t channel;
    bool has_address;         /* false: no socket */
    char host[64];            /* as written: name or address */
    uint16_t port;            /* as written; 623 by default */
    bool has_secondary;       /* it is at a secondary RMCP port as well: */
    uint16_t secondary_port;  /* as written; 664 by default */
    uint8_t limit;            /* enum privilege; channel */
    uint8_t auth_enables[5];  /* AUTH_BIT_* (sim/lan/lan_host.h), callback .. OEM */
    bool auth_given;
    bool guid_given;
    uint8_t guid[16];
    bool kg_set;
    uint8_t kg[20];
    bool per_message_off, alerting_off;
    bool suite_0;             /* offer cipher suite 0: unsafe, only when asked for */
    uint16_t sessions_max;    /* 0 = default */
    uint8_t ip[4], mask[4], gateway[4], mac[6], gateway_mac[6];   /* parameters at start */
    uint8_t ip_source;        /* 1 static 2 DHCP */
    bool ip_given, mask_given, gateway_given, mac_given;
    const char *config_program;   /* of the host's: kept, run only on request */
};

/* A directive that is kept for a later part or for the shell around the
 * core: "serial", "sol", "chassis_control", "startcmd", ... verbatim. */
struct machine_word {
    const char *word;
    const char *rest;         /* the arguments as written */
    const char *file;
    int line;
};

/* A place in a shelf, and what sits there; the slave address of a controller
 * is twice its hardware address. Types: sim/mc/picmg.h. */
struct machine_site {
    uint8_t hw_address, type, number;
};

/* What the controllers of a chassis know of it when it is a shelf. */
struct machine_shelf {
    bool atca;                /* PICMG 3.0, AMC.0, MTCA.0 */
    bool vita;                /* VITA 46.11 */
    const struct machine_site *sites;
    uint32_t site_count;
};

/* What a FRU draws at each of its power levels, from level 1 on. */
#define MACHINE_POWER_LEVELS 20
struct machine_power {
    uint8_t fru;
    uint8_t delay;            /* to stable power, 100 ms */
    uint8_t multiplier;       /* of draw, 0.1 W */
    uint8_t count;
    uint8_t draw[MACHINE_POWER_LEVELS];
};

/* A firmware that HPM.1 can upgrade. */
#define MACHINE_HPM_NAME 12
struct machine_firmware {
    uint8_t id;               /* component 0..7; 0 is what Get Device ID shows */
    char name[MACHINE_HPM_NAME];
    uint8_t version[6];       /* major (7 bits), minor (BCD), auxiliary */
    bool no_rollback;         /* there is room for one copy only */
    bool no_deferral;         /* an upload is active as soon as it is finished */
    bool payload_reset;       /* takes a cold reset of the payload */
};

/* The host of a BMC: what is said of it beyond sim/host/host.h's constants. */
enum host_span {
    HOST_SPAN_ON, HOST_SPAN_OFF, HOST_SPAN_SOFT, HOST_SPAN_CYCLE, HOST_SPAN_BOOT, HOST_SPANS,
};

struct machine_host {
    uint8_t given;            /* bit per enum host_span: ms[] is said */
    uint8_t log;              /* enum host_log_what, sim/mc/host_log.h */
    uint32_t ms[HOST_SPANS];
};

/* A folder of this computer in the manner of Linux's hwmon, whose values a
 * controller's sensors follow; read by the shell around the core. */
#define MACHINE_DIR_MS 1000u
struct machine_sensor_dir {
    const char *path;
    uint32_t period_ms;
};

/* What the host of a BMC draws, in watts; full 0: sim/mc/dcmi.h's defaults. */
struct machine_watts {
    uint16_t standby;         /* off */
    uint16_t idle, full;      /* running */
    uint16_t floor;           /* running, throttled as far as it goes */
};

#define MACHINE_I2C_IPMB 0x80

/* A device on a private I2C bus of a controller, or on its IPMB (channel 0). */
struct machine_i2c {
    uint8_t bus;              /* 0..7, or MACHINE_I2C_IPMB */
    uint8_t address;          /* 8 bits, bit 0 clear */
    uint8_t kind;             /* enum i2c_kind, sim/bus/i2c_slave.h */
    bool of_fru;              /* its content is that of FRU fru */
    uint8_t fru;
    uint32_t size;            /* octets, at least 1 */
    struct bytes data;        /* initial content, at most size octets */
    const char *path;         /* NULL, or the file behind it (offset below) */
    uint32_t offset;
};

/* A controller that another one shows the sensors and events of; and one such
 * sensor (sim/mc/aggregate.h). */
struct machine_source {
    uint8_t from;
    bool log;                 /* it has an event log */
    uint32_t period_ms;       /* of the first source counts; 0: the default */
};

struct machine_mirror {
    uint8_t lun, number;      /* here */
    uint8_t from, from_lun, from_number;
};

/* A vendor's commands (sim/mc/oem.h), and the most of them on a controller. */
#define MACHINE_PROFILES_MAX 16
struct oem_profile;

/* What a rule does with a request that fits it. */
enum machine_rule_does {
    RULE_ANSWERS,
    RULE_PASSES,              /* as if the command had no rules */
    RULE_IS_SILENT,           /* no answer, ever */
};

/* Octets of a rule, in 16 bits each: an octet; in a pattern any octet; in an
 * answer an octet of the request's data, or all from one on, added to these. */
#define MACHINE_RULE_ANY 0x100
#define MACHINE_RULE_ECHO 0x200
#define MACHINE_RULE_ECHO_FROM 0x400

#define MACHINE_RULES_MAX 4096           /* of a controller */
#define MACHINE_RULE_OCTETS_MAX 200      /* of a pattern, of an answer */
#define MACHINE_RULE_AFTER_MAX_MS 600000

/* A rule of sim/mc/oem_rules.h. Data is what follows a group id or
 * manufacturer's number. */
struct machine_rule {
    uint8_t netfn, cmd;
    uint8_t needs;            /* enum command_needs; that of a command's first counts */
    uint8_t does;             /* enum machine_rule_does */
    uint32_t id;              /* group id or IANA number, else 0 */
    const uint16_t *pattern;  /* pattern_len of them */
    uint16_t pattern_len;
    bool open;                /* data may go on after the pattern */
    bool says_needs;          /* what it passes on is asked for no other privilege */
    uint8_t cc;
    const uint16_t *answer;   /* answer_len of them */
    uint16_t answer_len;
    uint32_t after_ms;        /* the answer takes so long */
};

/* A further bus that a controller is on. */
struct machine_port {
    uint8_t bus;              /* its id */
    uint8_t channel;          /* number of it for the controller, 1 .. Bh */
    uint8_t address;          /* of the controller there */
};

struct machine_mc {
    uint8_t address;          /* slave address */
    uint8_t bus;              /* id of the bus it is on; 0: the BMC's channel 0 */
    const struct machine_port *ports;         /* on others besides */
    uint32_t port_count;
    bool added;               /* mc_add was seen; else only a name in lan.conf */
    bool enabled;
    uint8_t device_id;
    bool has_device_sdrs;
    bool dynamic_sensors;
    bool persist_sdr;
    uint8_t device_revision;  /* 4 bits */
    uint8_t fw_major, fw_minor;
    uint8_t support;          /* additional device support bits */
    uint32_t manufacturer;    /* 20 bits */
    uint16_t product;
    uint8_t aux[4];
    bool guid_given;
    uint8_t guid[16];
    uint8_t leds;
    uint32_t groups_off;      /* enum command_group bits switched off */

    const struct machine_sdr *sdrs;           /* main repository */
    uint32_t sdr_count;
    const struct machine_sdr *device_sdrs[4]; /* by LUN */
    uint32_t device_sdr_count[4];
    const struct machine_sensor *sensors;     /* in order of (lun, number) */
    uint32_t sensor_count;
    const struct machine_fru *frus;
    uint32_t fru_count;
    const struct machine_i2c *i2c;            /* devices on its buses */
    uint32_t i2c_count;
    struct machine_watts watts;               /* BMC */
    struct machine_sel sel;
    const struct machine_user *users;
    uint32_t user_count;
    const struct machine_lan *lans;
    uint32_t lan_count;
    const struct machine_word *words;
    uint32_t word_count;
    const struct machine_power *powers;       /* by FRU; what is missing: a default */
    uint32_t power_count;
    const struct machine_firmware *firmwares; /* none: no HPM.1, but in a shelf */
    uint32_t firmware_count;
    bool power_on;            /* of the host at start, or before; BMC only */
    bool power_policy_given;  /* the policy acts at the start, on power_on */
    uint8_t power_policy;     /* 0 always off 1 previous 2 always on */
    struct machine_host host;                 /* BMC only */
    const struct machine_sensor_dir *dirs;
    uint32_t dir_count;
    const struct machine_source *sources;
    uint32_t source_count;
    const struct machine_mirror *mirrors;
    uint32_t mirror_count;
    bool keeps_events;        /* is its own event receiver, though not the BMC */
    uint32_t history, history_ms;             /* sim/mc/sensor_history.h; 0: none */
    const struct oem_profile *profiles[MACHINE_PROFILES_MAX];   /* NULL past the last */
    const struct machine_rule *rules;         /* in the order in which they are tried */
    uint32_t rule_count;
};

#endif
