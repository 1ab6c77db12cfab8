/*
 * intel.h - the profile "intel": Intel server boards, and the firmware
 * update of their Management Engine (ME).
 *
 * Board commands, at a BMC:
 *
 *   30h 02h  Restore Configuration: "CLR", 00h (how far) or AAh (begin); 00h
 *            under way, 01h done. What this profile keeps becomes as it was
 *            at first, users and LAN stay; done INTEL_RESTORE_TIME later
 *   30h 54h  Set Power Restore Delay: 11 bits of seconds, high octet first
 *   30h 55h  Get Power Restore Delay
 *   30h 57h  Set Fault Indication: source, type, state, LED group, LEDs
 *   30h 64h  Set Disk Slot LEDs: override [2:0], a bit for each of twelve slots
 *            in two octets, 0; 65h reads two bits a slot: 2 faulted
 *   30h 70h  Soft Reset, by an agent of the operating system: 0 is it there,
 *            1 shut down, 2 reset
 *   30h B1h  Control BMC Services: 0 off or 1 on, services [7] SSH [5] HTTP
 *            [3] RMCP, [7] KVM; kept, nothing is switched. B2h reads them
 *   32h 37h  Set SMTP Configuration: channel, parameter, set, block, data
 *   32h 38h  Get SMTP Configuration: channel, parameter, set, block
 *   32h 40h  Get LED Status: [7] identify light on, [6] for a time
 *   3Eh 40h  LAN Failover: 0 to 2 sets the mode, FFh does not; answers it
 *
 *   06h 34h  Send Message: channel 6, which leads to the engine on these
 *            boards, is channel 0 where there is no channel 6
 *
 * SMTP parameters, for each LAN channel: 0 enabled, 1 server (4 octets), 4
 * number of destinations (read only: 1), and text in blocks of 16: 2 user
 * name, 3 password (not read), 5 address, 6 subject, 7 message, 8 sender, 9
 * host name. 80h there is none such, 82h read only, 83h write only. No mail is
 * sent.
 *
 * ME firmware, at the engine itself or at a BMC that passes it on:
 *
 *   30h A0h  Prepare: any state but under way -> requested
 *   30h A1h  Open Area: 1 (operational code) or 2 (PIA) or 3 (SDR), 0
 *   30h A2h  Write Area: sequence, 1 to 22 octets. One that came already is
 *            taken for sent twice; any other is 80h, and all begins anew
 *   30h A3h  Close Area: size, and CRC-8 (polynomial 07h) of all octets; 81h,
 *            and failed, when they are not what came
 *   30h A4h  Register Update: 1 makes the new image run, what ran is the
 *            rollback image; 3 goes back to that; 4 forgets the new one; flags 0
 *   30h A6h  Get Status: image [1] new [2] rollback valid [4:3] which runs;
 *            state; result of update and of rollback (0), update type (0: none
 *            waits), dependencies, free octets. Clients take the four octets
 *            from state on for one number
 *   30h A7h  Get Capabilities: areas, [0] rollback [1] recovery
 *
 * D5h: not in this state. Of an image only size and CRC are looked at. What
 * Get Device ID tells stays as described: for clients to know an ME, device id
 * 0, revision 0, manufacturer 343, product 0B00h.
 *
 * Kept: everything but an update under way.
 * Layouts are those of FreeIPMI, ipmitool and ipmiutil.
 */
#ifndef IPMILAB_OEM_INTEL_H
#define IPMILAB_OEM_INTEL_H

#include "sim/engine/instant.h"
#include "sim/mc/oem.h"

#define INTEL_RESTORE_TIME SPAN_S(2)
#define INTEL_DELAY_MAX 0x7ffu
#define INTEL_FAULT_SOURCES 4u
#define INTEL_FAULT_TYPES 6u
#define INTEL_SLOTS 12u
#define INTEL_LANS 4u                  /* as many as a controller has */

#define INTEL_SMTP_BLOCK 16u
#define INTEL_SMTP_BLOCKS 4u           /* at most, of a text */
#define INTEL_SMTP_TEXTS 7u

#define ME_AREA_MAX 0x400000u          /* octets of an image */
#define ME_CHUNK 22u

struct intel_smtp {
    bool enabled;
    uint8_t server[4];
    char texts[INTEL_SMTP_TEXTS][INTEL_SMTP_BLOCK * INTEL_SMTP_BLOCKS];   /* NUL-padded */
};

enum me_state {
    ME_IDLE, ME_REQUESTED, ME_UNDER_WAY, ME_SUCCESS, ME_FAILED, ME_ROLLED_BACK, ME_ABORTED,
};

struct intel_me {
    uint8_t state;                     /* enum me_state */
    bool staged, rollback;             /* valid images beside what runs */
    uint8_t running;                   /* 1, 2 */
    uint8_t area;
    bool any;                          /* octets of it have come */
    uint8_t sequence;                  /* of the last write */
    uint8_t crc;
    uint32_t size;
};

struct intel {
    uint16_t restore_delay_s;
    uint8_t services[2];
    uint8_t faults[INTEL_FAULT_SOURCES][INTEL_FAULT_TYPES];
    uint8_t failover;
    uint8_t override;
    uint16_t slots;
    instant restored_at;
    struct intel_smtp *smtp[INTEL_LANS];   /* NULL: nothing was set */
    struct intel_me me;
};

extern const struct oem_profile oem_intel;
extern const struct command_table oem_intel_commands;
extern const struct command_table oem_intel_smtp_commands;
extern const struct command_table oem_intel_me_commands;

/* The state of a controller with this profile. */
struct intel *intel_of(struct mc *mc);

/* Forget the mail settings of all LANs. */
void intel_smtp_clear(struct intel *intel);

/* As a new board has it; and an update that a cold reset interrupts. */
void intel_me_init(struct intel_me *me);
void intel_me_reset(struct intel_me *me);

#endif
