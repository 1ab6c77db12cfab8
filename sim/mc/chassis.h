/*
 * chassis.h - the chassis device: power state and control, identify light,
 * front panel, restore policy, restart cause, operating hours, boot options.
 *
 * The chassis listens to the host it manages (mc.h's opts.host; NULL on a
 * controller that has a chassis device but no host) and keeps what it knows
 * of it true whoever moved the host: a command, the watchdog, a button, a
 * scenario. When the machine describes a sensor-specific System ACPI Power
 * State (type 22h) or Power Unit (type 09h, offsets 0 and 1) sensor on this
 * controller, it follows the host too, with events; the former also what Set
 * ACPI Power State says, as far as it has such an offset. A host that starts or
 * is reset is working (S0), whatever was said before. Faults and intrusion in
 * Get Chassis Status follow the sensors (chassis.c has the table).
 *
 * Kept across cold resets: capabilities, restore policy, causes of the last
 * restart and power off, last power event, and the host's operating hours.
 * Lost: identify state, front panel enables, cycle interval, boot options.
 * Spec: IPMI v2.0 28.
 */
#ifndef IPMILAB_MC_CHASSIS_H
#define IPMILAB_MC_CHASSIS_H

#include "sim/host/host.h"
#include "sim/mc/boot.h"

struct mc;

#define CHASSIS_IDENTIFY_DEFAULT_S 15
#define CHASSIS_POH_MINUTES 1         /* minutes per count of Get POH Counter */

/* Capabilities flags. */
#define CHASSIS_CAP_INTRUSION 0x01
#define CHASSIS_CAP_FP_LOCKOUT 0x02
#define CHASSIS_CAP_DIAG_INT 0x04
#define CHASSIS_CAP_INTERLOCK 0x08

/* Power restore policies. */
enum chassis_policy { POLICY_STAY_OFF, POLICY_LAST_STATE, POLICY_ALWAYS_ON };

/* Front panel buttons, for enables and for chassis_button(). */
#define BUTTON_POWER 0x01
#define BUTTON_RESET 0x02
#define BUTTON_DIAG 0x04
#define BUTTON_STANDBY 0x08
#define BUTTONS 0x0f

/* Identify light, as Get Chassis Status reports it. */
enum chassis_identify { IDENTIFY_OFF, IDENTIFY_TIMED, IDENTIFY_ON };

/* Last power event, byte 2 of Get Chassis Status: what the power last went down
 * for, which stands until it goes down for something else. */
#define CHASSIS_AC_FAILED 0x01
#define CHASSIS_OVERLOAD 0x02

struct chassis {
    struct mc *mc;
    struct host *host;            /* borrowed; NULL = none */
    uint8_t capabilities;         /* CHASSIS_CAP_* */
    uint8_t addresses[5];         /* FRU, SDR, SEL, system management, bridge */
    uint8_t policy;               /* enum chassis_policy */
    uint8_t last_event;           /* byte 2 of Get Chassis Status */
    uint8_t down_for;             /* what the power is about to go down for: CHASSIS_* */
    uint8_t identify;             /* enum chassis_identify */
    uint8_t buttons_off;          /* BUTTON_* that were disabled by command */
    uint8_t restart_cause;        /* enum host_cause; of the last start or reset */
    uint8_t restart_channel;      /* that the command came by */
    uint8_t off_cause;            /* the same of the last power off */
    uint8_t off_channel;
    uint8_t control_channel;      /* of the Chassis Control under way */
    struct timer identify_until;
    struct timer settle;          /* sensors that follow the host, once all is made */
    struct boot boot;
};

/* mc->chassis from the machine, where the gate's groups have a chassis
 * device. The host must outlive it. ST_NOMEM, or ST_FULL when the host has
 * no room for a listener. */
enum status chassis_init(struct mc *mc);
void chassis_reset(struct mc *mc);
void chassis_free(struct mc *mc);

/* The chassis device of a controller; NULL: it has none. */
struct chassis *chassis_of(struct mc *mc);

/*
 * Chassis Control: do op as asked through channel. CC_STATE (D5h) when the
 * host's present state does not allow it, or there is no host. A diagnostic
 * interrupt is but a pulse, which a host without power does not feel.
 */
enum ipmi_cc chassis_control(struct chassis *chassis, enum host_op op, uint8_t channel);

/* Light the identify light: seconds 0 puts it out, forever overrides. */
void chassis_identify(struct chassis *chassis, uint8_t seconds, bool forever);

/* Buttons that do nothing: disabled by Set Front Panel Button Enables, or locked
 * by system firmware as the boot flags asked. The power button only loses its
 * power-off half. */
uint8_t chassis_buttons_off(const struct chassis *chassis);

/* Somebody presses a front panel button (one BUTTON_*). False when that
 * button is disabled or the host cannot. */
bool chassis_button(struct chassis *chassis, uint8_t button);

/* The system's ACPI state as Get ACPI Power State has it: a host without power
 * is soft-off at least, whatever was set last. */
uint8_t chassis_acpi_state(const struct mc *mc);

/* Set ACPI Power State said another. chassis may be NULL. */
void chassis_acpi_said(struct chassis *chassis);

/* Mains power failed and is there again: the last power event. chassis may be
 * NULL. */
void chassis_mains_back(struct chassis *chassis);

/* Get Chassis Status' four bytes. */
void chassis_status(const struct chassis *chassis, uint8_t to[4]);

/* Counts of CHASSIS_POH_MINUTES that the host has been on. */
uint32_t chassis_poh(const struct chassis *chassis);

#endif
