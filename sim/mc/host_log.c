#include "sim/mc/host_log.h"

#include <stdlib.h>

#include "sim/host/post.h"
#include "sim/mc/mc_parts.h"
#include "sim/wire/sdr.h"

#define SENSOR_SPECIFIC 0x6f
#define ED2_EXTENSION   0xc0
#define ED3_EXTENSION   0x30
#define SOFTWARE        0x01 /* bit of an owner: a software id */

/* What the host reports. */
enum source { FROM_START, FROM_FIRMWARE, FROM_OS_BOOT, FROM_OS_STOP, FROM_NMI, SOURCES };

static const struct {
    uint8_t sensor_type, generator;
} sources[SOURCES] = {
    [FROM_START] = { 0x1d, GENERATOR_FIRMWARE },
    [FROM_FIRMWARE] = { 0x0f, GENERATOR_FIRMWARE },
    [FROM_OS_BOOT] = { 0x1f, GENERATOR_SYSTEM },
    [FROM_OS_STOP] = { 0x20, GENERATOR_SYSTEM },
    [FROM_NMI] = { 0x13, GENERATOR_FIRMWARE },
};

/* Offsets. */
enum { START_POWER_UP = 0, START_HARD = 1, START_WARM = 2, START_CAUSE = 7 };
enum { FIRMWARE_PROGRESS = 2 };
enum { STOP_CRASH = 1, STOP_GRACEFUL = 3, STOP_BY_PEF = 4, STOP_SILENT = 5 };
enum { NMI_DIAGNOSTIC = 0 };

/* Where the events of one source come from. */
struct reporter {
    bool there;
    bool readable;        /* a sensor of the BMC's, sensors.at[index] */
    uint8_t generator, lun, number;
    uint32_t index;
};

struct host_log {
    struct mc *mc;
    struct reporter at[SOURCES];
};

/* ---- which sensors ---- */

static int
source_of(uint8_t sensor_type, uint8_t event_type)
{
    for (int i = 0; i < SOURCES; i++)
        if (sources[i].sensor_type == sensor_type && event_type == SENSOR_SPECIFIC)
            return i;
    return -1;
}

static void
take_own(struct host_log *log, uint32_t index)
{
    const struct machine_sensor *facts = sensor_facts(log->mc, index);
    int i = source_of(facts->type, facts->event_type);

    if (i < 0 || log->at[i].there || facts->mirror)
        return;
    log->at[i] = (struct reporter){
        .there = true,
        .readable = !facts->event_only,
        .generator = sources[i].generator,
        .lun = facts->lun,
        .number = facts->number,
        .index = index,
    };
}

static void
take_record(struct host_log *log, struct bytes record)
{
    struct sdr sdr;
    const struct sdr_sensor *s = &sdr.u.sensor;
    int i;

    if (sdr_parse(record, &sdr) != SDR_OK || !sdr_is_sensor(&sdr) || !(s->owner & SOFTWARE))
        return;
    i = source_of(s->type, s->event_type);
    if (i < 0 || log->at[i].there)
        return;
    log->at[i] = (struct reporter){
        .there = true, .generator = s->owner, .lun = s->lun, .number = s->number,
    };
}

static bool
find_reporters(struct host_log *log)
{
    const struct machine_mc *machine = log->mc->machine;
    bool any = false;

    for (uint32_t i = 0; i < machine->sdr_count; i++)
        take_record(log, machine->sdrs[i].record);
    for (uint32_t i = 0; i < machine->sensor_count; i++)
        take_own(log, i);
    for (int i = 0; i < SOURCES; i++)
        any = any || log->at[i].there;
    return any;
}

/* ---- reporting ---- */

struct report {
    uint8_t offset, ed2, ed3;
};

#define REPORT(offset) (struct report){ (offset), EVENT_DATA_NONE, EVENT_DATA_NONE }

/* The same state again is news all the same. */
static void
set_sensor(struct mc *mc, uint32_t index, struct report r)
{
    sensor_set_states(mc, index, 0, true, EVENT_DATA_NONE, EVENT_DATA_NONE);
    sensor_set_states(mc, index, (uint16_t)(1u << r.offset), false, r.ed2, r.ed3);
}

static void
send(struct mc *mc, const struct reporter *from, uint8_t sensor_type, struct report r)
{
    const uint8_t generator[2] = { from->generator, from->lun };
    struct mc_event ev = {
        .lun = from->lun,
        .sensor_type = sensor_type,
        .sensor_number = from->number,
        .type_dir = SENSOR_SPECIFIC,
        .data = { r.offset, r.ed2, r.ed3 },
    };

    if (r.ed2 != EVENT_DATA_NONE)
        ev.data[0] |= ED2_EXTENSION;
    if (r.ed3 != EVENT_DATA_NONE)
        ev.data[0] |= ED3_EXTENSION;
    event_received(mc, generator, &ev);
}

static void
report(struct host_log *log, enum source source, struct report r)
{
    const struct reporter *from = &log->at[source];
    struct mc *mc = log->mc;

    if (!from->there || !mc->enabled || mc->reset == RESET_UNDER_WAY)
        return;
    if (from->readable)
        set_sensor(mc, from->index, r);
    else
        send(mc, from, sources[source].sensor_type, r);
}

/* ---- what the host does ---- */

/* Firmware cannot tell more of a button than that it was reset. */
static void
restarted(struct host_log *log, enum host_cause cause)
{
    const struct chassis *chassis = log->mc->chassis;
    struct report r = REPORT(START_CAUSE);

    if (cause == CAUSE_SOFT_RESET)
        r.offset = START_WARM;
    else if (cause == CAUSE_RESET_BUTTON || cause == CAUSE_UNKNOWN)
        r.offset = START_HARD;
    if (r.offset == START_CAUSE) {
        r.ed2 = (uint8_t)cause;
        r.ed3 = chassis != NULL ? chassis->restart_channel : EVENT_DATA_NONE;
    }
    report(log, FROM_START, r);
}

static void
progressed(struct host_log *log)
{
    uint8_t code = host_post_code(log->mc->opts.host);
    const struct chassis *chassis = log->mc->chassis;
    bool all = log->mc->machine->host.log == HOST_LOG_ALL ||
               (chassis != NULL && boot_wants_progress(&chassis->boot));

    if (all || code == POST_MEMORY || code == POST_SETUP || code == POST_BOOT_OS)
        report(log, FROM_FIRMWARE,
               (struct report){ FIRMWARE_PROGRESS, code, EVENT_DATA_NONE });
}

/* The offset of OS Boot that says where from. */
static void
os_runs(struct host_log *log)
{
    enum { FROM_A, FROM_C, FROM_PXE, FROM_DIAG, FROM_CD, FROM_ROM, FROM_SOMEWHERE };
    static const uint8_t offsets[BOOT_DEVICE_MASK + 1] = {
        [BOOT_DEVICE_ANY] = FROM_C,
        [BOOT_DEVICE_PXE] = FROM_PXE,
        [BOOT_DEVICE_DISK] = FROM_C,
        [BOOT_DEVICE_SAFE] = FROM_C,
        [BOOT_DEVICE_DIAG] = FROM_DIAG,
        [BOOT_DEVICE_CD] = FROM_CD,
        [BOOT_DEVICE_SETUP] = FROM_ROM,
        [BOOT_DEVICE_REMOTE_FLOPPY] = FROM_A,
        [BOOT_DEVICE_REMOTE_CD] = FROM_CD,
        [BOOT_DEVICE_REMOTE] = FROM_SOMEWHERE,
        [0x0a] = FROM_SOMEWHERE,
        [BOOT_DEVICE_REMOTE_DISK] = FROM_C,
        [0x0c] = FROM_SOMEWHERE, [0x0d] = FROM_SOMEWHERE, [0x0e] = FROM_SOMEWHERE,
        [BOOT_DEVICE_FLOPPY] = FROM_A,
    };
    const struct chassis *chassis = log->mc->chassis;

    report(log, FROM_OS_BOOT,
           REPORT(offsets[chassis != NULL ? chassis->boot.device : BOOT_DEVICE_ANY]));
}

static void
os_stopped(struct host_log *log, enum host_cause cause)
{
    bool pef = cause == CAUSE_PEF_RESET || cause == CAUSE_PEF_CYCLE;

    report(log, FROM_OS_STOP, REPORT(pef ? STOP_BY_PEF : STOP_GRACEFUL));
}

/* An interrupt is over at once; a sensor that can be read shows it no longer. */
static void
interrupted(struct host_log *log)
{
    const struct reporter *from = &log->at[FROM_NMI];

    report(log, FROM_NMI, REPORT(NMI_DIAGNOSTIC));
    if (from->there && from->readable)
        sensor_set_states(log->mc, from->index, 0, true, EVENT_DATA_NONE, EVENT_DATA_NONE);
}

static void
host_event(void *ctx, enum host_event ev, enum host_cause cause)
{
    struct host_log *log = ctx;

    switch (ev) {
    case HOST_EVENT_POWERED_ON: report(log, FROM_START, REPORT(START_POWER_UP)); break;
    case HOST_EVENT_RESET: restarted(log, cause); break;
    case HOST_EVENT_POST: progressed(log); break;
    case HOST_EVENT_BOOTED: os_runs(log); break;
    case HOST_EVENT_NMI: interrupted(log); break;
    case HOST_EVENT_OS_CRASHED: report(log, FROM_OS_STOP, REPORT(STOP_CRASH)); break;
    case HOST_EVENT_OS_SILENT: report(log, FROM_OS_STOP, REPORT(STOP_SILENT)); break;
    case HOST_EVENT_OS_STOPPED: os_stopped(log, cause); break;
    case HOST_EVENT_POWERED_OFF:
    case HOST_EVENT_SOFT_SHUTDOWN:
    case HOST_EVENT_BOOT_DEVICE:
        break;
    }
}

enum status
host_log_init(struct mc *mc)
{
    struct host_log *log;

    if (mc->opts.host == NULL || mc->machine->host.log == HOST_LOG_NONE)
        return ST_OK;
    log = calloc(1, sizeof *log);
    if (log == NULL)
        return ST_NOMEM;
    log->mc = mc;
    if (!find_reporters(log)) {
        free(log);
        return ST_OK;
    }
    mc->host_log = log;
    return host_listen(mc->opts.host, &(struct host_listener){ host_event, log });
}

void
host_log_reset(struct mc *mc)
{
    (void)mc;   /* the host's story goes on */
}

void
host_log_free(struct mc *mc)
{
    if (mc->host_log == NULL)
        return;
    host_unlisten(mc->opts.host, mc->host_log);
    free(mc->host_log);
    mc->host_log = NULL;
}
