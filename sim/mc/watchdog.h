/*
 * watchdog.h - the watchdog timer: counts down in lab time, and acts on the
 * managed host when nobody resets it.
 *
 * Settings stand as the bytes of Set Watchdog Timer; counts are of 100 ms.
 * Setting stops the timer (unless asked not to), Reset Watchdog Timer starts
 * it. The pre-time-out interrupt comes pretimeout seconds before the end; from
 * then on the countdown can no longer be reset. At the end the timer stops,
 * the use's expiration flag is set, a Watchdog 2 event is sent (unless don't
 * log, which then clears) and the action falls on the host. A Watchdog 2 sensor
 * shows what happened until the timer is set or started again.
 *
 * A host that is reset or goes off by other means stops the countdown: it
 * would bite whatever starts next.
 *
 * Volatile: a cold reset stops and forgets it. Two timers of a controller
 * stand on the world's timeline while it runs.
 * Spec: IPMI v2.0 27.
 */
#ifndef IPMILAB_MC_WATCHDOG_H
#define IPMILAB_MC_WATCHDOG_H

#include "sim/base/status.h"
#include "sim/engine/world.h"

struct mc;

#define WATCHDOG_COUNT SPAN_MS(100)

/* Timer use, byte 1. */
enum watchdog_use {
    WATCHDOG_FRB2 = 1,
    WATCHDOG_POST,
    WATCHDOG_OS_LOAD,
    WATCHDOG_SMS_OS,
    WATCHDOG_OEM
};
#define WATCHDOG_USE       0x07
#define WATCHDOG_RUNNING   0x40 /* in answers; in requests: do not stop */
#define WATCHDOG_DONT_STOP 0x40
#define WATCHDOG_DONT_LOG  0x80

/* Timer actions, byte 2. */
enum watchdog_action {
    WATCHDOG_NOTHING,
    WATCHDOG_HARD_RESET,
    WATCHDOG_POWER_DOWN,
    WATCHDOG_POWER_CYCLE
};
enum watchdog_interrupt {
    WATCHDOG_NO_INTERRUPT,
    WATCHDOG_SMI,
    WATCHDOG_NMI,
    WATCHDOG_MESSAGE
};

/* Offsets of the Watchdog 2 sensor type, 23h. */
#define WATCHDOG_OFFSET_EXPIRED   0
#define WATCHDOG_OFFSET_INTERRUPT 8

struct watchdog {
    struct mc *mc;
    bool set;        /* since the last cold reset */
    bool pre_begun;  /* the pre-time-out interrupt came in this countdown */
    uint8_t use;     /* WATCHDOG_DONT_LOG | enum watchdog_use */
    uint8_t actions; /* interrupt << 4 | action */
    uint8_t pretimeout_s;
    uint8_t expired;       /* expiration flags, bit per use */
    uint16_t initial;      /* countdown, in counts */
    uint16_t left;         /* present countdown while stopped */
    struct timer end, pre; /* armed while it runs */
};

/* mc->watchdog: on a BMC. ST_NOMEM. */
enum status watchdog_init(struct mc *mc);
void watchdog_reset(struct mc *mc);
void watchdog_free(struct mc *mc);

bool watchdog_running(const struct watchdog *wd);

/* Counts left: of the running countdown, or where it stopped. */
uint16_t watchdog_left(const struct watchdog *wd);

/* Start the countdown anew. False once the pre-time-out interrupt came. */
bool watchdog_start(struct watchdog *wd);

/* Take new settings: use, actions and initial are in place. A running timer
 * goes on from the new count when keep is set, else it stops. */
void watchdog_apply(struct watchdog *wd, bool keep);

void watchdog_stop(struct watchdog *wd);

#endif
