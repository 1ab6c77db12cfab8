/*
 * boot.h - system boot options: what the next boot of the managed computer
 * is asked to do, parameters 0 to 7 of Set/Get System Boot Options.
 *
 * All of it is semi-volatile: it outlives resets and power cycles of the
 * host but not a cold reset of the controller, after which it is zero.
 *
 * The boot flags' valid bit is cleared by the controller 60 s after it was
 * set unless a Chassis Control came meanwhile (which starts the 60 s anew),
 * and when the host starts by other means than Chassis Control; each rule
 * can be switched off by a bit of parameter 3. Flags that system firmware
 * finds valid when it chooses what to boot are used up, unless they are
 * persistent; it, and then the operating system's loader, acknowledge for
 * themselves in parameter 4. Firmware passes over flags whose parameter is
 * marked invalid. Flags that were valid as it began it goes by, also when their
 * time runs out before it has come to choose. A device that is persistent becomes
 * firmware's own setting (its setup program never does), and is booted from
 * without flags as well, until they persistently say another, or ask for its
 * settings to be cleared. Firmware locks the front panel's buttons that the flags
 * name, until the host is reset or goes off.
 * Spec: IPMI v2.0 28.12-28.13, table 28-14.
 */
#ifndef IPMILAB_MC_BOOT_H
#define IPMILAB_MC_BOOT_H

#include "sim/engine/world.h"
#include "sim/host/host.h"
#include "sim/ipmi/request.h"

#define BOOT_VALID_SPAN SPAN_S(60)
#define BOOT_MAILBOX_BLOCK 16
#define BOOT_MAILBOX_BLOCKS 5     /* the least that the specification asks for */
#define BOOT_PARAMS 8             /* selectors 0 .. 7 */

/* Bits of parameter 3: do not clear the valid bit on ... */
#define BOOT_KEEP_POWER_BUTTON 0x01   /* power button or wake event */
#define BOOT_KEEP_RESET_BUTTON 0x02   /* push button or soft reset */
#define BOOT_KEEP_WATCHDOG     0x04
#define BOOT_KEEP_TIMEOUT      0x08   /* the 60 s */
#define BOOT_KEEP_PEF          0x10

/* Boot flags, data octets 1 and 3. */
#define BOOT_FLAGS_VALID       0x80
#define BOOT_FLAGS_PERSISTENT  0x40
#define BOOT_DEVICE_SHIFT      2      /* octet 2 [5:2]: enum boot_device */
#define BOOT_DEVICE_MASK       0x0f
#define BOOT_CLEAR_SETTINGS    0x80   /* octet 2: "CMOS clear" */
#define BOOT_LOCK_RESET        0x01   /* octet 2: the reset button */
#define BOOT_LOCK_POWER        0x80   /* octet 3: the power button */
#define BOOT_LOCK_STANDBY      0x04   /* octet 3: the sleep button */
#define BOOT_ALL_PROGRESS      0x10   /* octet 3: firmware reports each of its steps */
#define BOOT_PASSWORD_BYPASS   0x08   /* octet 3; only an administrator may ask for it */

/* Boot device selectors. */
enum boot_device {
    BOOT_DEVICE_ANY = 0, BOOT_DEVICE_PXE = 1, BOOT_DEVICE_DISK = 2, BOOT_DEVICE_SAFE = 3,
    BOOT_DEVICE_DIAG = 4, BOOT_DEVICE_CD = 5, BOOT_DEVICE_SETUP = 6,
    BOOT_DEVICE_REMOTE_FLOPPY = 7, BOOT_DEVICE_REMOTE_CD = 8, BOOT_DEVICE_REMOTE = 9,
    BOOT_DEVICE_REMOTE_DISK = 0x0b, BOOT_DEVICE_FLOPPY = 0x0f,
};

struct boot {
    uint8_t progress;             /* 0: set in progress */
    uint8_t partition;            /* 1 */
    uint8_t partition_scan;       /* 2 */
    uint8_t keep;                 /* 3 */
    uint8_t ack[2];               /* 4: write mask (reads 0), who has yet to handle it */
    uint8_t flags[5];             /* 5 */
    uint8_t initiator[9];         /* 6 */
    uint8_t mailbox[BOOT_MAILBOX_BLOCKS][BOOT_MAILBOX_BLOCK];   /* 7; by set selector */
    uint8_t locked;               /* bit per selector: marked invalid or locked */
    uint8_t device;               /* that the last boot was from: enum boot_device */
    uint8_t setting;              /* firmware's own: enum boot_device */
    uint8_t found[5];             /* flags that it found as it began; not valid: none */
    bool locks_power, locks_reset, locks_standby;   /* what firmware locked since */
    struct world *world;
    struct timer valid_until;
};

/* Everything zero, no timer armed. */
void boot_init(struct boot *boot, struct world *world);

/* A cold reset of the controller: zero again but for what is firmware's. */
void boot_reset(struct boot *boot);

/* The host started (or was reset) for that cause. */
void boot_host_started(struct boot *boot, enum host_cause cause);

/* The host was reset or went off: a set in progress ends. */
void boot_host_left(struct boot *boot);

/* Firmware chooses what to boot: boot->device, and what it locks, by the flags if
 * they are valid. */
void boot_choose(struct boot *boot);

/* The flags want firmware to report each step of the boot that it is at. */
bool boot_wants_progress(const struct boot *boot);

/* The operating system runs: its loader has handled the options. */
void boot_loaded(struct boot *boot);

/* A Chassis Control arrived: the 60 s begin anew. */
void boot_control_seen(struct boot *boot);

/*
 * Set and get a parameter; rq->data begins at the selector octet. The
 * password bypass bit needs an administrator (D4h). Completion codes of
 * param.h.
 */
enum ipmi_cc boot_set(struct boot *boot, struct ipmi_req *rq);
enum ipmi_cc boot_get(const struct boot *boot, struct ipmi_req *rq, struct wr *rs);

#endif
