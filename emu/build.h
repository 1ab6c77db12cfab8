/*
 * build.h - a machine while it is being read: the description that grows,
 * and what the loader must remember beside it.
 *
 * Nothing depends on the order in which a file says things, as far as that
 * makes sense: controllers may be named before mc_add makes them, and a
 * sensor takes from its SDR, whenever that comes, what no sensor_set_...
 * command has said. Imperative commands change the state at the start, as
 * long as nobody could tell the difference; after a sleep, or when an event
 * can come of them, they become actions of the description.
 */
#ifndef IPMILAB_EMU_BUILD_H
#define IPMILAB_EMU_BUILD_H

#include "emu/args.h"
#include "emu/diag.h"
#include "sim/bus/bus_name.h"
#include "sim/lab/description.h"

#define BUILD_SEL_DEFAULT 512      /* records, where no sel_enable says */
#define BUILD_PERIOD_MIN_MS 10u    /* between readings from outside, or samples */
#define BUILD_SEL_FLAGS 0x0f       /* alloc info, reserve, partial add, delete */

/* What commands have said about a sensor, which its SDR then may not. */
enum told {
    TOLD_THRESHOLDS = 1u << 0,
    TOLD_HYSTERESIS = 1u << 1,
    TOLD_EVENTS = 1u << 2,
    TOLD_SDR = 1u << 3,            /* the SDR has been applied */
    TOLD_ACTION = 1u << 4,         /* it has an action at the start or later */
};

/* What stands beside a machine_sensor. */
struct sensor_note {
    uint32_t index;                /* in its controller's array */
    uint8_t told;                  /* enum told */
    struct place at;               /* where it was made */
};

/* What is known of a bus and address, be there a controller or not. */
struct mc_note {
    struct machine_mc *mc;         /* NULL: only the owner of SDRs */
    struct place named;            /* first mention by a command */
    struct place added;            /* mc_add */
    bool in_conf;                  /* set_working_mc has it: may be named early */
    bool from_sdrs;                /* sensors_from_sdrs */
    bool enabled;                  /* by some mc_enable, now or later */
    struct sensor_note *sensor[4][256];
    struct bytes sdr[4][256];      /* the type 1, 2 or 3 record, by owner */
    uint32_t last_from_sdrs;       /* build.sdr_total when it was last done */
    uint32_t stored;               /* so many of its first SDRs may come again */
};

/* aggregate: a controller that shows another's sensors. */
#define BUILD_AGGREGATES_MAX 64
struct build_aggregate {
    uint16_t to, from;             /* MC_ID */
    uint32_t ms;
    struct place at;
};

struct build {
    struct description *d;
    struct diags *diags;
    size_t errors;                 /* before this machine */
    struct pool *pool;
    struct mc_note *notes[(BUS_ID_MAX + 1) * 256];   /* by MC_ID */
    instant at;                    /* of imperative commands: sleeps so far */
    uint32_t sdr_total;            /* records so far */
    const char *main;              /* the machine's first file; borrowed */
    const char *file_given;        /* the last file's name: as given, and kept */
    const char *file;
    bool starts_program;           /* startcmd: the host is a program, not on by itself */
    bool starts_now;               /* startnow */
    bool power_given, power_on;    /* host_power: how the host is found */
    bool policy_given;             /* power_policy */
    uint8_t policy;
    struct machine_host host;      /* host_delay, host_log */
    struct build_aggregate aggregates[BUILD_AGGREGATES_MAX];
    uint32_t aggregate_count;
    bool nomem;
};

/* Start an empty machine, with a BMC at 20h to be and no name. main is the
 * file that complaints about the whole go to. */
enum status build_begin(struct build *b, const char *main, struct diags *diags,
                        struct pool *pool);

/* Complete what was left open, complain of what never came. The description
 * is the caller's whether there were errors or not; NULL: no memory. */
struct description *build_end(struct build *b);

/* The notes of a controller's id (MC_ID), made when there are none; NULL: no memory. */
struct mc_note *build_note(struct build *b, uint16_t id);

/* The controller of an id, named at a place; made when there is none. */
struct machine_mc *build_mc(struct build *b, uint16_t id, struct place at);

/* Forget the controller of an id. */
void build_mc_delete(struct build *b, uint16_t id);

/* A new sensor of mc, or NULL: there is one (*old tells where), or no memory. */
struct machine_sensor *build_sensor_add(struct build *b, struct machine_mc *mc,
                                        const struct machine_sensor *facts, struct place at,
                                        const struct sensor_note **old);

/* Take what is known from its SDR, if that is there already. */
void build_sensor_sdr(struct build *b, struct machine_mc *mc, struct machine_sensor *s);

/* A sensor to change, and its note; NULL when there is none. */
struct machine_sensor *build_sensor(struct build *b, struct machine_mc *mc, uint8_t lun,
                                    uint8_t number, struct sensor_note **note);

/* Sensors for all SDRs so far that mc owns and that have none yet. */
void build_sensors_from_sdrs(struct build *b, struct machine_mc *mc, struct place at);

/* Append a record, header included, to mc's main repository (lun < 0) or the
 * device SDRs of a LUN; its record id is set. False: no memory. */
bool build_sdr(struct build *b, struct machine_mc *mc, int lun, struct bytes record);

/* The same into the main repository, of one that ipmi_sim has stored: the
 * command that once added it adds it not again. */
bool build_stored_sdr(struct build *b, struct machine_mc *mc, struct bytes record);

/* Keep a directive verbatim, for later parts. */
void build_word(struct build *b, struct machine_mc *mc, const char *word, const char *rest,
                size_t len, struct place at);

/* False, after a complaint, when a period in milliseconds is too short. */
bool build_period_good(struct build *b, const struct value *ms);

/* sensors_dir: the period MACHINE_DIR_MS if it is not given. */
void build_sensors_dir(struct build *b, struct machine_mc *mc, const struct value *path,
                       const struct value *ms);

/* Make the mirrors of all aggregates, once all sensors are complete. */
void build_aggregates(struct build *b);

/* Complain of further buses of mc where a channel or an address is taken. */
void build_check_ports(struct build *b, const struct machine_mc *mc);

/* Put a controller's sensors in their order. */
void build_sort_sensors(struct machine_mc *mc);

/* mc_enable, mc_disable. */
void build_enable(struct build *b, struct machine_mc *mc, bool on);

/* Do an imperative command at b->at: fold it, or keep it as an action. */
void build_act(struct build *b, const struct lab_action *action);

/* Text and octets that live as long as the description. "" on no memory. */
const char *build_text(struct build *b, const char *text, size_t len);

#endif
