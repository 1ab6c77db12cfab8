/*
 * kontron.h - the profile "kontron": commands of Kontron's boards, and
 * their firmware update manager (FWUM).
 *
 * Board commands, 3Eh. Those that open with the four octets B4h 90h 91h 8Bh
 * come on LUN 3, as clients send them; other octets are CCh.
 *
 *   02h  next boot: 9Dh, device (0 setup 1 floppy 2 disk 3 CD 4 network),
 *        FFh; sets the boot flags of Set System Boot Options, valid for the
 *        next boot
 *   0Ch  serial number that the board was made with (of the FRU, as described)
 *   0Eh  date that it was made on, three octets as in the FRU
 *   82h  size of a channel's message buffer: channel, octets (0: as before)
 *
 * FWUM, 08h. Two banks hold firmware: what runs, and a new or the previous
 * one. A bank is 0 empty, 1 new, 2 waiting for validation, 3 last known good,
 * 4 previous good. Of a firmware are kept version and length, not octets.
 *
 *   00h  info: protocol 6, device id, flags, version, banks, one more octet
 *        (by which clients know that they may number their blocks)
 *   07h  a bank's state, length and version
 *   0Ah  start an image: length, 16 bits that make its octets add to zero,
 *        and 1 to have blocks numbered; answers the bank
 *   0Bh  a block: its number (modulo 256) or its address and length; 82h it
 *        is here already, 83h it is not the next
 *   0Ch  finish: version. Checked: length (C8h), sum (CCh),
 *        and what the image says of itself at 5A0h - maker, board, version -
 *        against the board's and the version given (CCh)
 *   09h  start the update; D5h with no new firmware. The next cold reset
 *        activates it, Get Device ID then tells its version; it waits for
 *        validation for FWUM_VALIDATION and is then the last known good
 *   0Eh  go back to the previous firmware, by the next cold reset; D5h
 *        without one
 *   0Fh  a part of the trace log: 7 of the last 49 commands, each code,
 *        state and completion code, the oldest first
 *
 * Kept: banks, trace log, what the next reset will do. Lost by a cold reset:
 * an image under way, buffer sizes. LAN parameter C2h is the host name.
 *
 * No text of the vendor's was to be had; layouts are those of clients. The
 * FWUM's other commands are between it and the firmware, and not answered.
 */
#ifndef IPMILAB_OEM_KONTRON_H
#define IPMILAB_OEM_KONTRON_H

#include "sim/engine/instant.h"
#include "sim/mc/oem.h"

#define FWUM_BANKS      2u
#define FWUM_TRACE      49u            /* commands */
#define FWUM_TRACE_PART 7u             /* of them in an answer */
#define FWUM_HEAD_AT    0x5a0u         /* what an image says of itself */
#define FWUM_HEAD       20u            /* octets of it */
#define FWUM_IMAGE_MAX  0x80000u       /* of a bank */
#define FWUM_VALIDATION SPAN_S(5)
#define KONTRON_HOSTNAME 36u

enum fwum_state { FWUM_EMPTY, FWUM_NEW, FWUM_UNPROVEN, FWUM_GOOD, FWUM_PREVIOUS };

struct fwum_bank {
    uint8_t state;                     /* enum fwum_state */
    uint32_t length;                   /* octets */
    uint8_t version[3];                /* major, minor and sub-minor, SDR */
};

/* An image that is coming. */
struct fwum_upload {
    bool open, numbered;
    uint8_t bank;
    uint8_t next;                      /* number of the next block */
    uint32_t length, at;
    uint16_t sum;                      /* of the octets, and what makes it zero */
    uint8_t head[FWUM_HEAD];
    uint8_t block_len;                 /* of the last block, for one sent twice */
};

struct fwum_trace {
    uint8_t cmd, state, cc;
};

enum fwum_next { FWUM_STAY, FWUM_UPDATE, FWUM_GO_BACK };

struct fwum {
    struct fwum_bank banks[FWUM_BANKS];
    bool replaced;                     /* Get Device ID tells of a bank */
    uint8_t next;                      /* enum fwum_next: what a cold reset does */
    instant proven_at;                 /* of the bank that waits for validation */
    struct fwum_upload upload;
    struct fwum_trace trace[FWUM_TRACE];
    uint8_t traced;                    /* of them filled */
};

struct kontron {
    uint8_t buffers[CHANNELS];         /* 0: as before */
    char hostname[KONTRON_HOSTNAME];   /* LAN parameter C2h, NUL-padded */
    struct fwum fwum;
};

extern const struct oem_profile oem_kontron;
extern const struct command_table oem_kontron_commands;
extern const struct command_table oem_fwum_commands;

/* The state of a controller with this profile. */
struct kontron *kontron_of(struct mc *mc);

/* The FWUM as the machine is described; and its cold reset. */
void fwum_init(struct mc *mc, struct fwum *f);
void fwum_reset(struct mc *mc, struct fwum *f);

/* The version that runs; NULL: as described, or as HPM.1 has it. */
const uint8_t *fwum_version(const struct fwum *f);

#endif
