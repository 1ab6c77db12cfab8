/*
 * picmg.h - a controller in a shelf: its FRUs and their states, LEDs, power,
 * fans, and its links to the shelf's two buses. PICMG 3.0 (ATCA), AMC.0 and
 * MTCA.0; VITA 46.11 shares all of it under another group id.
 *
 * Managed FRUs are FRU 0 and each described FRU that has a hot swap sensor
 * (type F0h) of its own: the n-th sensor of that type belongs to the n-th of
 * them, in order of FRU id. The sensor's states are the truth about a FRU's
 * state, so that a console that sets the sensor moves the FRU; without a
 * sensor the state is kept here. A FRU without any state at the start is M4.
 *
 *   M0 not installed      M1 inactive            M2 activation request
 *   M3 activation         M4 active              M5 deactivation request
 *   M6 deactivation       M7 communication lost
 *
 * A closed handle takes M1 to M2, unless the FRU is locked, and M5 back to
 * M4; an open one takes M2, M3 to M1 and M4 to M5. Set FRU Activation takes
 * M2 to M3 and M5 to M4, or M2 to M1 and M3, M4, M5 to M6. Somebody who
 * deactivates by command wants it to stay so: the FRU is locked, until its
 * handle is opened. To activate what stands in M1 with its handle closed
 * unlocks it and brings it to M2 and M3; in M6, it will start anew from M1.
 * From M3 on the FRU's deactivation is locked; M4 is left for M5 when that
 * lock goes, by the handle's being opened or by Set FRU Activation Policy. In
 * a VITA chassis nobody but a command sets that lock, and while it is set an
 * open handle is not heeded.
 * M3 becomes M4 after PICMG_STEP, M6 becomes M1 after PICMG_STEP. In a VITA
 * chassis there is no M2 and no M3: what would be M2 is M4. Each change is
 * an event of the sensor: event data 2 has the cause and the state before,
 * event data 3 the FRU.
 *
 * FRU 0 of a BMC with a host is the host's board: M4 powers it on, M6 shuts
 * it down, M1 is off.
 *
 * Volatile: LED overrides, bus isolation, the fans' override, deactivation
 * locks. Kept: locks, states (they are the world's), levels, links.
 *
 * All of it is allocated when a command or a handle first needs it.
 * The PICMG text was not to be had; layouts are those that clients agree on.
 */
#ifndef IPMILAB_MC_PICMG_H
#define IPMILAB_MC_PICMG_H

#include "sim/base/bytes.h"
#include "sim/base/status.h"
#include "sim/base/wr.h"
#include "sim/engine/timeline.h"
#include "sim/ipmi/command.h"
#include "sim/mc/machine.h"

struct mc;

#define PICMG_STEP     SPAN_S(1)     /* M3 to M4, M6 to M1 */
#define PICMG_DEBOUNCE SPAN_MS(100)  /* a handle to be believed */
#define PICMG_START    SPAN_S(5)     /* a payload starts */

#define SENSOR_HOT_SWAP 0xf0
#define SENSOR_IPMB     0xf1
#define SENSOR_MODULE   0xf2         /* PICMG: an AMC's; VITA: FRU health */
#define SENSOR_FAN      0x04

enum picmg_state {
    PICMG_M0, PICMG_M1, PICMG_M2, PICMG_M3, PICMG_M4, PICMG_M5, PICMG_M6, PICMG_M7,
};

/* Event data 2 [7:4] of a hot swap event. */
enum picmg_cause {
    SWAP_NORMAL, SWAP_COMMANDED, SWAP_HANDLE, SWAP_PROGRAM, SWAP_LOST,
    SWAP_LOST_HERE, SWAP_EXTRACTED, SWAP_PROVIDED, SWAP_ADDRESS, SWAP_DEACTIVATED,
};

/* Activation policy. VITA has all four, PICMG the first two. */
#define POLICY_LOCKED           0x01
#define POLICY_DEACTIVATION     0x02 /* M4 is not left for M5 */
#define POLICY_IGNORE_COMMAND   0x04 /* nor a command to deactivate */
#define POLICY_LOCKED_BY_RESET  0x08
#define POLICY_PICMG            0x03
#define POLICY_VITA             0x0f

/* Site types. Those of MicroTCA and of VITA have the same numbers. */
enum site_type {
    SITE_BOARD, SITE_POWER_ENTRY, SITE_SHELF_FRU, SITE_MANAGER, SITE_FAN_TRAY,
    SITE_FAN_FILTER, SITE_ALARM, SITE_AMC, SITE_PMC, SITE_RTM,
    SITE_MCH = 0x0a, SITE_POWER_MODULE = 0x0b,
};

/* Colours, and bits of what an LED can show. */
enum led_colour { LED_BLUE = 1, LED_RED, LED_GREEN, LED_AMBER, LED_ORANGE, LED_WHITE };
#define LED_SAME    0x0e
#define LED_DEFAULT 0x0f
#define LED_ALL     0xff

#define LED_OFF   0x00
#define LED_BLINK 0xfa  /* and below, from 1: off for so many 10 ms */
#define LED_TEST  0xfb
#define LED_LOCAL 0xfc
#define LED_ON    0xff

#define PICMG_LEDS 8u

/* What an LED is told: the octets of Set FRU LED State. */
struct led_show {
    uint8_t function, on_time, colour;
};

struct picmg_led {
    bool overridden;
    uint8_t local;            /* colour under local control; 0 = by default */
    struct led_show told;
    uint8_t test;             /* 100 ms, as it was asked for */
    instant test_until;
};

struct picmg_fru {
    struct mc *mc;
    uint8_t id;
    int sensor;               /* index of its hot swap sensor, -1 = none */
    uint8_t state;            /* without a sensor */
    bool handle_open;
    uint8_t policy;
    uint8_t level, wanted;    /* of power; level 0 = none */
    uint8_t persistent;       /* VITA: resets that are held */
    uint8_t mode;             /* VITA: payload mode */
    bool quiesced;
    instant starts_until;     /* a payload takes so long to start */
    struct timer step;        /* the next change of state */
    struct picmg_led leds[PICMG_LEDS];
};

/* A port or a clock as it was set: key and octets as on the wire. */
#define PICMG_LINKS_MAX 128u
struct picmg_link {
    uint8_t kind;             /* enum picmg_link_kind */
    uint16_t key;             /* what asks for it: channel, device, clock */
    uint8_t len;
    uint8_t octets[8];        /* link information, or a clock's setting */
    uint8_t state;            /* 1 = enabled */
};
enum picmg_link_kind { LINK_PORT, LINK_AMC, LINK_CLOCK, LINK_CLASS };

#define BUSED_RESOURCES 5u

/* A power module of MicroTCA: what it feeds. */
#define POWER_CHANNELS 16u
#define CHANNEL_MANAGEMENT 0x01  /* management power is on */
#define CHANNEL_PAYLOAD    0x02
#define CHANNEL_PRIMARY    0x04  /* this module feeds it, not its backup */
struct power_channel {
    uint8_t flags;
    uint8_t limit;               /* of current, 0.1 A */
    uint8_t primary, backup;     /* power modules, by site number */
};

struct picmg {
    struct picmg_fru *frus;   /* managed ones, in order of id */
    uint32_t fru_count;
    uint64_t isolated[2];     /* IPMB-A, IPMB-B: bit per link; 0 = all */
    uint8_t fan_override;     /* FFh = local control */
    uint8_t fan_local;
    bool fan_local_off;       /* local control does not move the fans */
    uint8_t bused;            /* resources that this board controls: bits */
    uint8_t alarms;           /* telco */
    struct power_channel channels[POWER_CHANNELS];
    instant heartbeat_until;  /* the carrier manager is alive; 0 = never heard */
    bool primary_source;      /* PS1#, as the last heartbeat said */
    struct picmg_link *links;
    uint32_t link_count;
    struct timer isolate;     /* goes off buses, once the answer is out */
};

/* mc->picmg: NULL until needed. */
enum status picmg_init(struct mc *mc);
void picmg_reset(struct mc *mc);
void picmg_free(struct mc *mc);

/* mc->picmg, made when it is not there yet; NULL: no memory. */
struct picmg *picmg_of(struct mc *mc);

/* Bits of enum command_group that a controller has for what sits where. */
uint32_t picmg_groups(const struct mc *mc);

/* ---- the shelf ---- */

/* The site of a hardware address, or of a type and number; NULL. */
const struct machine_site *picmg_site_at(const struct mc *mc, uint8_t hw_address);
const struct machine_site *picmg_site_of(const struct mc *mc, uint8_t type, uint8_t number);

/* Where this controller sits; a guess when nothing was described. */
struct machine_site picmg_own_site(const struct mc *mc);

/* The highest id of a managed FRU. */
uint8_t picmg_fru_max(struct mc *mc);

/* ---- FRUs ---- */

/* A managed FRU; NULL: there is none of that id, or no memory. */
struct picmg_fru *picmg_fru(struct mc *mc, uint8_t id);

enum picmg_state picmg_state(const struct picmg_fru *f);

/* Set FRU Activation. CC_OK, or CC_STATE when its state does not allow it. */
enum ipmi_cc picmg_activate(struct picmg_fru *f, bool activate);

/* Set policy bits in mask; a FRU that is unlocked may want to start. */
void picmg_set_policy(struct picmg_fru *f, uint8_t mask, uint8_t bits);

/* FRU Control. */
enum picmg_control {
    CONTROL_COLD, CONTROL_WARM, CONTROL_REBOOT, CONTROL_DIAGNOSTIC, CONTROL_QUIESCE,
};
enum ipmi_cc picmg_control(struct picmg_fru *f, uint8_t option);

/* Bits of enum picmg_control that a FRU obeys. */
uint8_t picmg_controls(const struct picmg_fru *f);

/* VITA: resets in mask are held, or let go. */
void picmg_hold(struct picmg_fru *f, uint8_t mask, uint8_t bits);

/* From outside: its handle, and its being there at all. */
void picmg_handle(struct picmg_fru *f, bool open);
void picmg_presence(struct picmg_fru *f, bool there);

/* An event of a module at an address of our IPMB-L: when its handle was opened
 * or closed, so is that of our FRU of its site's number. */
struct mc_event;
void picmg_module_event(struct mc *mc, uint8_t module, const struct mc_event *ev);

/* ---- LEDs (picmg_led.c) ---- */

/* How many a FRU has: the four of every FRU, then its own. */
unsigned picmg_leds(const struct mc *mc);

/* Colours (bits) of an LED, and its colour by default. */
uint8_t picmg_led_colours(unsigned led);
uint8_t picmg_led_colour(unsigned led);

/* What local control would show now. */
struct led_show picmg_led_local(const struct picmg_fru *f, unsigned led);

/* Set FRU LED State, of one LED or of LED_ALL. */
enum ipmi_cc picmg_led_set(struct picmg_fru *f, uint8_t led, struct led_show told);

/* Write the answer of Get FRU LED State. */
void picmg_led_get(const struct picmg_fru *f, unsigned led, struct wr *rs);

/* ---- power (picmg_power.c) ---- */

/* What a FRU draws, by level. */
const struct machine_power *picmg_power(const struct mc *mc, uint8_t fru);

/* Watts at a level, rounded up; 0 at level 0. */
uint32_t picmg_watts(const struct machine_power *p, uint8_t level);

/* Set Power Level: a level from 1 takes effect at once, in M3 to M5 (D5h);
 * 0 deactivates, too. */
#define POWER_LEVEL_SAME 0xff
enum ipmi_cc picmg_set_level(struct picmg_fru *f, uint8_t level);

/* ---- fans (picmg_power.c) ---- */

#define FAN_MIN       0u
#define FAN_MAX       15u
#define FAN_NORMAL    5u
#define FAN_SHUTDOWN  0xfe
#define FAN_BY_LOCAL  0xff

bool picmg_has_fans(const struct mc *mc);

/* The level the fans run at. */
uint8_t picmg_fan_level(const struct picmg *p);

/* Set Fan Level: level, or one of the two above; local: local control is
 * enabled, and the fans run at the higher of both levels. The fan sensors
 * follow: at FAN_NORMAL they read as described, otherwise in proportion.
 * CC_INVALID_FIELD */
enum ipmi_cc picmg_set_fans(struct mc *mc, uint8_t level, bool local);

/* ---- links (picmg_link.c) ---- */

/* The n-th link of a kind and key; NULL past the last. */
struct picmg_link *picmg_link(const struct mc *mc, uint8_t kind, uint16_t key, unsigned n);

/* Keep a link: one with the same octets up to same is replaced. CC_NO_SPACE. */
enum ipmi_cc picmg_link_set(struct mc *mc, const struct picmg_link *link, size_t same);

/* A FRU is off: nothing of this controller's is enabled any more. */
void picmg_links_off(struct mc *mc);

/* The index of the sensor of link number of the IPMB (1 .., 0 = the first), -1. */
int picmg_ipmb_sensor(const struct mc *mc, uint8_t link);

/* What sensors of the IPMB read when nothing has happened yet. */
void picmg_links_init(struct mc *mc);

/* timer_fn; ctx is the mc: leave the buses that are isolated. */
void picmg_leave_buses(void *ctx, instant at);

/* For ipmb_port_sinks; ctx is the mc: a link of the pair failed, or works. */
struct ipmb_port;
void picmg_link_changed(void *ctx, struct ipmb_port *port, unsigned which);

/* Set IPMB State: link 0 = all; which 0 = A, 1 = B. False: no such link. */
bool picmg_isolate(struct mc *mc, unsigned which, uint8_t link, bool isolate);

#endif
