/*
 * post.h - what system firmware goes through between power good and the
 * operating system.
 *
 * The steps stand in their order, with the codes that System Firmware
 * Progress events carry (sensor type 0Fh, offset 2, event data 2) and the
 * part of the whole boot after which each begins.
 * Spec: IPMI v2.0 42.2, table 42-3.
 */
#ifndef IPMILAB_HOST_POST_H
#define IPMILAB_HOST_POST_H

#include <stddef.h>
#include <stdint.h>

/* Codes that mean something to others. */
#define POST_NONE    0x00
#define POST_MEMORY  0x01
#define POST_SETUP   0x05   /* somebody is in the setup program */
#define POST_BOOT_OS 0x13   /* the last one: what follows is the operating system's */

struct post_step {
    uint8_t code;
    uint16_t permille;      /* of the time from power good to a running OS */
    const char *text;
};

/* All steps; the last is POST_BOOT_OS. */
const struct post_step *post_steps(size_t *count);

/* Words for a code, "unspecified" for one that is none of these. */
const char *post_text(uint8_t code);

#endif
