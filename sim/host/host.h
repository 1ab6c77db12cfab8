/*
 * host.h - the managed computer: power, boot, front panel.
 *
 * A simulated host behind a chassis: it takes commands (power on, off,
 * cycle, reset, soft shutdown, diagnostic interrupt), goes through its
 * states in lab time with realistic delays (constants below, settable), and
 * tells its listeners each change. It knows no controller.
 *
 * Once power is good, and after each reset, system firmware goes through its
 * self test (post.h) and starts an operating system, which then runs. A
 * reset begins that anew, wherever it was. A soft shutdown is the running
 * operating system's to follow: it stops, and the power goes off. Firmware
 * switches off at once. A diagnostic interrupt crashes a running system; a
 * soft shutdown then ends in power off all the same, without its help.
 */
#ifndef IPMILAB_HOST_HOST_H
#define IPMILAB_HOST_HOST_H

#include <stdbool.h>

#include "sim/engine/world.h"

#define HOST_POWER_ON_DELAY   SPAN_MS(100)   /* command to power good */
#define HOST_POWER_OFF_DELAY  SPAN_MS(100)
#define HOST_SOFT_DELAY       SPAN_S(2)      /* an OS shutting down */
#define HOST_CYCLE_INTERVAL   SPAN_S(1)      /* off time of a power cycle */
#define HOST_BOOT_DELAY       SPAN_S(20)     /* power good to OS running: all of post.h */

enum host_state {
    HOST_OFF, HOST_ON, HOST_SOFT_OFF, HOST_CYCLING, HOST_TURNING_ON, HOST_TURNING_OFF,
};

/* Who or what made the host start; values of Get System Restart Cause. */
enum host_cause {
    CAUSE_UNKNOWN = 0, CAUSE_CHASSIS_CONTROL = 1, CAUSE_RESET_BUTTON = 2,
    CAUSE_POWER_BUTTON = 3, CAUSE_WATCHDOG = 4, CAUSE_OEM = 5, CAUSE_ALWAYS_RESTORE = 6,
    CAUSE_RESTORE_PREVIOUS = 7, CAUSE_PEF_RESET = 8, CAUSE_PEF_CYCLE = 9,
    CAUSE_SOFT_RESET = 0x0a, CAUSE_RTC = 0x0b,
};

/* What runs on it. */
enum host_stage {
    HOST_STAGE_NOTHING,   /* no power */
    HOST_STAGE_POST,      /* system firmware; host_post_code() tells how far it is */
    HOST_STAGE_SETUP,     /* its setup program, which waits for somebody */
    HOST_STAGE_OS,
    HOST_STAGE_STOPPING,  /* the operating system shuts down */
    HOST_STAGE_STOPPED,   /* it has, or it crashed */
};

enum host_op { HOST_OP_OFF, HOST_OP_ON, HOST_OP_CYCLE, HOST_OP_RESET, HOST_OP_DIAG, HOST_OP_SOFT };

/* What listeners are told. */
enum host_event {
    HOST_EVENT_POWERED_ON, HOST_EVENT_POWERED_OFF, HOST_EVENT_RESET, HOST_EVENT_NMI,
    HOST_EVENT_SOFT_SHUTDOWN, HOST_EVENT_BOOTED,
    HOST_EVENT_POST,          /* firmware came to host_post_code() */
    HOST_EVENT_BOOT_DEVICE,   /* it is about to choose what to boot: host_enter_setup() */
    HOST_EVENT_OS_STOPPED,    /* a soft shutdown went as it should; power goes next */
    HOST_EVENT_OS_CRASHED,
    HOST_EVENT_OS_SILENT,     /* nobody was there to follow it; power goes all the same */
};

struct host_listener {
    void (*event)(void *ctx, enum host_event ev, enum host_cause cause);
    void *ctx;
};

struct host;

/* A host in state off or on (running its OS). Its listeners hear nothing of
 * how it began. host_free(NULL) is fine. */
enum status host_new(struct world *world, bool on, struct host **out);
void host_free(struct host *host);

/* How long its changes take; the constants above until set. */
struct host_delays {
    instant on, off, soft, cycle, boot;
};
void host_delays(const struct host *host, struct host_delays *out);
void host_set_delays(struct host *host, const struct host_delays *delays);

/* At most HOST_LISTENERS_MAX; ST_FULL past that. */
#define HOST_LISTENERS_MAX 12
enum status host_listen(struct host *host, const struct host_listener *l);

/* Tell all listeners of that ctx no more. */
void host_unlisten(struct host *host, const void *ctx);

/*
 * Ask for an operation. False, and nothing changed, when the state does not
 * allow it: cycle, reset, diagnostic interrupt and soft shutdown need a host
 * that is on (or, for a cycle or reset, turning on). Power off while
 * soft-off is in progress forces it off; power on of a host that is on its
 * way off starts it again once it is off. An operation that asks for what is
 * already so does nothing.
 */
bool host_do(struct host *host, enum host_op op, enum host_cause cause);

/*
 * Mains power fails: a host that has power is off at once, and no operation is
 * possible until it is there again. It stays off then, until it is asked for.
 */
void host_set_mains(struct host *host, bool on);

enum host_state host_state(const struct host *host);

enum host_stage host_stage(const struct host *host);

/* The step that firmware is at, or was last; POST_NONE before the first and
 * without power. */
uint8_t host_post_code(const struct host *host);

/* Firmware goes into its setup program instead of booting. Only while it is
 * at its self test, which HOST_EVENT_BOOT_DEVICE is the last word of. */
void host_enter_setup(struct host *host);

/* Power good: what Get Chassis Status reports. On while soft-off runs. */
bool host_power_good(const struct host *host);

enum host_cause host_last_start(const struct host *host);

/* When its boot began, while it is at its self test; else when its operating
 * system began to run. */
instant host_since(const struct host *host);

/*
 * The serial port, with the lab's toy operating system (toyos.h) plugged in;
 * both are made at the first call and freed with the host. NULL when there
 * is no memory, or no listener left.
 */
struct uart;
struct uart *host_uart(struct host *host);

/* Off time of a power cycle (Set Power Cycle Interval). */
void host_set_cycle_interval(struct host *host, instant span);

/* Lab time powered on since the lab began, for the POH counter. */
instant host_powered_time(const struct host *host);

#endif
