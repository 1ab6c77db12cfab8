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
    uint8_t threshold[THRESHOLDS];
    uint8_t hysteresis_access;
    uint8_t hysteresis_up, hysteresis_down;   /* positive-, negative-going */
    uint8_t format;           /* SDR byte 21 [7:6]: 0 unsigned 1 ones' 2 two's complement 3 none */
    bool has_value;           /* false: reading unavailable until one is set */
    uint8_t value;            /* raw */
    uint16_t states;          /* discrete: offsets present */
    uint8_t move;             /* the raw value wanders by up to so many counts */
    uint32_t move_ms;         /* about how often it changes; 0 = 5000 */
    const struct machine_poll *poll;   /* NULL = none */
};

struct machine_sdr {
    struct bytes record;      /* whole, 5-octet header first */
};

struct machine_fru {
    uint8_t id;
    uint32_t size;            /* octets */
    struct bytes data;        /* initial content, size octets */
    const char *path;         /* NULL, or the file behind it (offset below) */
    uint32_t offset;
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
    uint8_t limit;            /* enum privilege; channel */
    uint8_t auth_enables[5];  /* AUTH_BIT_* (sim/lan/lan_host.h), callback .. OEM */
    bool auth_given;
    bool guid_given;
    uint8_t guid[16];
    bool kg_set;
    uint8_t kg[20];
    bool per_message_off, alerting;
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

struct machine_mc {
    uint8_t address;          /* slave address */
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
    struct machine_sel sel;
    const struct machine_user *users;
    uint32_t user_count;
    const struct machine_lan *lans;
    uint32_t lan_count;
    const struct machine_word *words;
    uint32_t word_count;
    bool power_on;            /* of the host at start; BMC only */
    uint8_t power_policy;     /* 0 always off 1 previous 2 always on */
};

#endif
