#include "sim/mc/chassis.h"

#include <stdlib.h>

#include "sim/base/planted.h"
#include "sim/mc/mc_parts.h"

#define TYPE_INTRUSION 0x05
#define TYPE_FAN 0x04
#define TYPE_POWER_SUPPLY 0x08
#define TYPE_POWER_UNIT 0x09
#define TYPE_DRIVE 0x0d
#define TYPE_ACPI_POWER 0x22
#define EVENT_TYPE_SPECIFIC 0x6f

/* Offsets of System ACPI Power State; up to Ah they are the states themselves. */
#define ACPI_WORKING 0
#define ACPI_S5 5
#define ACPI_S4_S5 6
#define ACPI_NO_OFFSET 0x0f

/* States of Set ACPI Power State. */
#define STATE_S3 0x03
#define STATE_SOFT_OFF 0x06      /* S4 or S5, whichever */
#define STATE_SLEEPING 0x08      /* S1, S2 or S3 */
#define STATE_OVERRIDE 0x0a
#define STATE_LEGACY_ON 0x20
#define STATE_LEGACY_OFF 0x21
#define STATE_UNKNOWN 0x2a

/* Offsets of Power Unit. */
#define POWER_UNIT_OFF 0
#define POWER_UNIT_CYCLE 1

/* Threshold events of a fan that no longer cools: LC and LNR going low. */
#define FAN_FAULTS 0x0014

/* Get Chassis Status. */
#define POWER_ON 0x01
#define POWER_INTERLOCK 0x04
#define POWER_FAULT 0x08
#define POWER_CONTROL_FAULT 0x10
#define LAST_ON_BY_IPMI 0x10
#define MISC_INTRUSION 0x01
#define MISC_LOCKOUT 0x02
#define MISC_DRIVE_FAULT 0x04
#define MISC_COOLING_FAULT 0x08
#define MISC_IDENTIFY_SUPPORTED 0x40

/* Which sensor state sets which bit of Get Chassis Status. */
static const struct {
    uint8_t sensor_type, event_type;
    uint16_t bits;                /* any of them; events of a threshold sensor */
    uint8_t octet, bit;
} faults[] = {
    { TYPE_INTRUSION, EVENT_TYPE_SPECIFIC, 1u << 0, 2, MISC_INTRUSION },
    { TYPE_DRIVE, EVENT_TYPE_SPECIFIC, 1u << 1, 2, MISC_DRIVE_FAULT },
    { TYPE_FAN, EVENT_TYPE_THRESHOLD, FAN_FAULTS, 2, MISC_COOLING_FAULT },
    { TYPE_POWER_SUPPLY, EVENT_TYPE_SPECIFIC, 1u << 1, 0, POWER_FAULT },
    { TYPE_POWER_UNIT, EVENT_TYPE_SPECIFIC, 1u << 3, 0, POWER_INTERLOCK },
    { TYPE_POWER_UNIT, EVENT_TYPE_SPECIFIC, 1u << 5, 0, POWER_CONTROL_FAULT },
    { TYPE_POWER_UNIT, EVENT_TYPE_SPECIFIC, 1u << 6, 0, POWER_FAULT },
};
#define FAULTS (sizeof faults / sizeof faults[0])

static bool
on(const struct chassis *chassis)
{
    return chassis->host != NULL && host_power_good(chassis->host);
}

static bool
supports(const struct machine_sensor *facts, unsigned offset)
{
    return (facts->assert_supported | facts->states) >> offset & 1u;
}

/* Software cannot say that it runs where there is no power. */
uint8_t
chassis_acpi_state(const struct mc *mc)
{
    bool off = mc->opts.host != NULL && !host_power_good(mc->opts.host);
    uint8_t said = mc->acpi_system;
    bool wants_power = said <= STATE_S3 || said == STATE_SLEEPING || said == STATE_LEGACY_ON;

    return off && wants_power ? STATE_SOFT_OFF : said;
}

/* The offset that stands for a state. */
static uint8_t
acpi_offset(uint8_t state)
{
    switch (state) {
    case STATE_LEGACY_ON: return 0x0b;
    case STATE_LEGACY_OFF: return 0x0c;
    case STATE_UNKNOWN: return 0x0e;
    default: return state <= STATE_OVERRIDE ? state : ACPI_NO_OFFSET;
    }
}

/* What was said goes before what can be seen of the power. */
static void
acpi_follow(struct chassis *chassis, const struct machine_sensor *facts, bool event)
{
    uint8_t said = chassis->mc->acpi_system, offset = ACPI_WORKING;
    uint8_t wanted = acpi_offset(said);

    if (said != ACPI_WORKING && said == chassis_acpi_state(chassis->mc) &&
        wanted != ACPI_NO_OFFSET && supports(facts, wanted))
        offset = wanted;
    else if (!on(chassis))
        offset = supports(facts, ACPI_S5) || !supports(facts, ACPI_S4_S5) ? ACPI_S5 : ACPI_S4_S5;
    mc_sensor_set_bit_only(chassis->mc, facts->lun, facts->number, offset, event);
}

static void
power_unit_follow(struct chassis *chassis, const struct machine_sensor *facts, bool event)
{
    struct mc *mc = chassis->mc;
    bool cycling = chassis->host != NULL && host_state(chassis->host) == HOST_CYCLING;

    if (supports(facts, POWER_UNIT_OFF))
        mc_sensor_set_bit(mc, facts->lun, facts->number, POWER_UNIT_OFF, !on(chassis), event);
    if (supports(facts, POWER_UNIT_CYCLE))
        mc_sensor_set_bit(mc, facts->lun, facts->number, POWER_UNIT_CYCLE, cycling, event);
}

/* Bring the sensors that stand for the host's power up to date. */
static void
sensors_follow(struct chassis *chassis, bool event)
{
    const struct machine_mc *machine = mc_machine(chassis->mc);

    for (uint32_t i = 0; i < machine->sensor_count; i++) {
        const struct machine_sensor *facts = &machine->sensors[i];

        if (facts->event_type != EVENT_TYPE_SPECIFIC || facts->mirror)
            continue;
        if (facts->type == TYPE_ACPI_POWER)
            acpi_follow(chassis, facts, event);
        else if (facts->type == TYPE_POWER_UNIT)
            power_unit_follow(chassis, facts, event);
    }
}

void
chassis_acpi_said(struct chassis *chassis)
{
    if (chassis != NULL)
        sensors_follow(chassis, true);
}

/* What a reset or loss of power ends. */
static void
host_left(struct chassis *chassis)
{
    boot_host_left(&chassis->boot);
    lanparm_host_left(chassis->mc);
    solport_host_left(chassis->mc);
    serial_host_left(chassis->mc);
    sysinfo_host_left(chassis->mc);
}

static void
host_started(struct chassis *chassis, enum host_cause cause)
{
    bool asked = cause == CAUSE_CHASSIS_CONTROL;

    chassis->restart_cause = (uint8_t)(PLANTED(RESTART_CAUSE_WRONG) ? CAUSE_UNKNOWN : cause);
    chassis->restart_channel = asked ? chassis->control_channel : 0;
    chassis->mc->acpi_system = ACPI_WORKING;
    boot_host_started(&chassis->boot, cause);
}

static void
host_event(void *ctx, enum host_event ev, enum host_cause cause)
{
    struct chassis *chassis = ctx;

    switch (ev) {
    case HOST_EVENT_POWERED_ON:
        chassis->last_event &= (uint8_t)~LAST_ON_BY_IPMI;
        chassis->last_event |= cause == CAUSE_CHASSIS_CONTROL ? LAST_ON_BY_IPMI : 0;
        chassis->down_for = 0;
        host_started(chassis, cause);
        sensors_follow(chassis, true);
        break;
    case HOST_EVENT_POWERED_OFF:
        chassis->last_event = (chassis->last_event & LAST_ON_BY_IPMI) | chassis->down_for;
        chassis->down_for = 0;
        chassis->off_cause = (uint8_t)cause;
        chassis->off_channel = cause == CAUSE_CHASSIS_CONTROL ? chassis->control_channel : 0;
        host_left(chassis);
        sensors_follow(chassis, true);
        break;
    case HOST_EVENT_RESET:
        host_left(chassis);
        host_started(chassis, cause);
        sensors_follow(chassis, true);
        break;
    case HOST_EVENT_BOOT_DEVICE:
        boot_choose(&chassis->boot);
        if (chassis->boot.device == BOOT_DEVICE_SETUP)
            host_enter_setup(chassis->host);
        break;
    case HOST_EVENT_BOOTED:
        boot_loaded(&chassis->boot);
        break;
    case HOST_EVENT_NMI:
    case HOST_EVENT_SOFT_SHUTDOWN:
    case HOST_EVENT_POST:
    case HOST_EVENT_OS_STOPPED:
    case HOST_EVENT_OS_CRASHED:
    case HOST_EVENT_OS_SILENT:
        break;
    }
}

static void
settle(void *ctx, instant at)
{
    (void)at;
    sensors_follow(ctx, false);
}

static void
identify_over(void *ctx, instant at)
{
    struct chassis *chassis = ctx;

    (void)at;
    chassis->identify = IDENTIFY_OFF;
}

/* The other parts are not all made (or reset) yet: sensors wait their turn. */
static void
settle_soon(struct chassis *chassis)
{
    struct world *world = chassis->mc->world;

    timeline_arm(&world->timeline, &chassis->settle, world->now);
}

static bool
has_sensor(const struct machine_mc *machine, uint8_t type)
{
    for (uint32_t i = 0; i < machine->sensor_count; i++)
        if (machine->sensors[i].type == type)
            return true;
    return false;
}

/* Why a host that is on at the beginning was started. */
static enum host_cause
first_cause(const struct chassis *chassis)
{
    if (!on(chassis) || chassis->policy == POLICY_STAY_OFF)
        return CAUSE_UNKNOWN;
    return chassis->policy == POLICY_ALWAYS_ON ? CAUSE_ALWAYS_RESTORE : CAUSE_RESTORE_PREVIOUS;
}

static void
begin(struct chassis *chassis, struct mc *mc)
{
    const struct machine_mc *machine = mc->machine;

    chassis->mc = mc;
    chassis->host = mc->opts.host;
    chassis->capabilities = CHASSIS_CAP_FP_LOCKOUT | CHASSIS_CAP_DIAG_INT;
    if (has_sensor(machine, TYPE_INTRUSION))
        chassis->capabilities |= CHASSIS_CAP_INTRUSION;
    for (size_t i = 0; i < sizeof chassis->addresses; i++)
        chassis->addresses[i] = machine->address;
    if (machine->power_policy <= POLICY_ALWAYS_ON)
        chassis->policy = machine->power_policy;
    if (machine->power_policy_given)
        chassis->last_event = CHASSIS_AC_FAILED;   /* mains power has just come back */
    chassis->restart_cause = (uint8_t)first_cause(chassis);
    timer_init(&chassis->identify_until, TIMER_EXPIRY, identify_over, chassis);
    timer_init(&chassis->settle, TIMER_DEVICE, settle, chassis);
    boot_init(&chassis->boot, mc->world);
}

enum status
chassis_init(struct mc *mc)
{
    const struct machine_mc *machine = mc->machine;
    struct host_listener listener = { .event = host_event };
    struct chassis *chassis;

    if (!(mc->gate.groups & GROUP_CHASSIS_DEVICE))
        return ST_OK;
    chassis = calloc(1, sizeof *chassis);
    if (chassis == NULL)
        return ST_NOMEM;
    begin(chassis, mc);
    listener.ctx = chassis;
    if (chassis->host != NULL && host_listen(chassis->host, &listener) != ST_OK) {
        free(chassis);
        return ST_FULL;
    }
    mc->chassis = chassis;
    if (has_sensor(machine, TYPE_ACPI_POWER) || has_sensor(machine, TYPE_POWER_UNIT))
        settle_soon(chassis);
    return ST_OK;
}

/* The off time of a power cycle until a command sets another. */
static instant
described_cycle(const struct mc *mc)
{
    const struct machine_host *host = &mc->machine->host;

    return host->given & 1u << HOST_SPAN_CYCLE ? SPAN_MS(host->ms[HOST_SPAN_CYCLE])
                                               : HOST_CYCLE_INTERVAL;
}

void
chassis_reset(struct mc *mc)
{
    struct chassis *chassis = mc->chassis;

    if (chassis == NULL)
        return;
    chassis_identify(chassis, 0, false);
    chassis->buttons_off = 0;
    if (chassis->host != NULL)
        host_set_cycle_interval(chassis->host, described_cycle(mc));
    boot_reset(&chassis->boot);
    settle_soon(chassis);
}

void
chassis_free(struct mc *mc)
{
    struct chassis *chassis = mc->chassis;

    if (chassis == NULL)
        return;
    if (chassis->host != NULL)
        host_unlisten(chassis->host, chassis);
    timeline_disarm(&mc->world->timeline, &chassis->identify_until);
    timeline_disarm(&mc->world->timeline, &chassis->settle);
    boot_reset(&chassis->boot);
    free(chassis);
    mc->chassis = NULL;
}

void
chassis_mains_back(struct chassis *chassis)
{
    if (chassis != NULL)
        chassis->last_event = CHASSIS_AC_FAILED;
}

struct chassis *
chassis_of(struct mc *mc)
{
    return mc->chassis;
}

enum ipmi_cc
chassis_control(struct chassis *chassis, enum host_op op, uint8_t channel)
{
    uint8_t before = chassis->control_channel;

    boot_control_seen(&chassis->boot);
    chassis->control_channel = channel;
    if (chassis->host != NULL && host_do(chassis->host, op, CAUSE_CHASSIS_CONTROL))
        return CC_OK;
    chassis->control_channel = before;
    if (chassis->host != NULL && op == HOST_OP_DIAG)
        return CC_OK;
    return PLANTED(CYCLE_WHEN_OFF) && op == HOST_OP_CYCLE ? CC_OK : CC_STATE;
}

void
chassis_identify(struct chassis *chassis, uint8_t seconds, bool forever)
{
    struct world *world = chassis->mc->world;

    timeline_disarm(&world->timeline, &chassis->identify_until);
    if (forever) {
        chassis->identify = IDENTIFY_ON;
    } else if (seconds == 0) {
        chassis->identify = IDENTIFY_OFF;
    } else {
        chassis->identify = IDENTIFY_TIMED;
        timeline_arm(&world->timeline, &chassis->identify_until,
                     instant_add(world->now, SPAN_S(seconds)));
    }
}

uint8_t
chassis_buttons_off(const struct chassis *chassis)
{
    const struct boot *boot = &chassis->boot;

    return (uint8_t)(chassis->buttons_off | (boot->locks_power ? BUTTON_POWER : 0) |
                     (boot->locks_reset ? BUTTON_RESET : 0) |
                     (boot->locks_standby ? BUTTON_STANDBY : 0));
}

bool
chassis_button(struct chassis *chassis, uint8_t button)
{
    struct host *host = chassis->host;

    if (host == NULL)
        return false;
    /* The power button only loses its power-off half. */
    if (button == BUTTON_POWER && !on(chassis))
        return host_do(host, HOST_OP_ON, CAUSE_POWER_BUTTON);
    if (chassis_buttons_off(chassis) & button)
        return false;
    switch (button) {
    case BUTTON_POWER:
        return host_do(host, HOST_OP_SOFT, CAUSE_POWER_BUTTON);
    case BUTTON_RESET:
        return host_do(host, HOST_OP_RESET, CAUSE_RESET_BUTTON);
    case BUTTON_DIAG:
        return host_do(host, HOST_OP_DIAG, CAUSE_UNKNOWN);
    default:
        return false;   /* this host does not sleep */
    }
}

/* The events or states of sensor i that hold. */
static uint16_t
holding(const struct mc *mc, uint32_t i)
{
    const struct sensor *s = &mc->sensors.at[i];

    return sensor_is_threshold(s) ? s->active : s->states;
}

static void
add_faults(const struct mc *mc, uint8_t to[4])
{
    const struct machine_sensor *facts = mc->machine->sensors;

    for (uint32_t i = 0; i < mc->sensors.count; i++)
        for (size_t f = 0; f < FAULTS; f++)
            if (facts[i].type == faults[f].sensor_type &&
                facts[i].event_type == faults[f].event_type &&
                (holding(mc, i) & faults[f].bits) != 0)
                to[faults[f].octet] |= faults[f].bit;
}

void
chassis_status(const struct chassis *chassis, uint8_t to[4])
{
    uint8_t both = BUTTON_POWER | BUTTON_RESET, buttons_off = chassis_buttons_off(chassis);

    to[0] = (uint8_t)(chassis->policy << 5 | (on(chassis) ? POWER_ON : 0));
    to[1] = chassis->last_event;
    to[2] = (uint8_t)(MISC_IDENTIFY_SUPPORTED | chassis->identify << 4);
    if ((buttons_off & both) == both)
        to[2] |= MISC_LOCKOUT;
    to[3] = (uint8_t)(BUTTONS << 4 | buttons_off);
    add_faults(chassis->mc, to);
}

uint32_t
chassis_poh(const struct chassis *chassis)
{
    if (chassis->host == NULL)
        return 0;
    return (uint32_t)(host_powered_time(chassis->host) / SPAN_S(CHASSIS_POH_MINUTES * 60));
}
