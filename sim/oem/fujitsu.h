/*
 * fujitsu.h - the profile "fujitsu": a PRIMERGY server, as its iRMC S2
 * answers. A command's code is followed by a specifier.
 *
 * Network function 2Eh, IANA 10368:
 *
 *   01h 15h 16h  power on and power off source: what brought it about last
 *       1Ch 1Dh  set, get power off inhibit. While it is set, a Chassis Control
 *                that switches off or resets is answered as if it were done,
 *                and done (the last one) when it is cleared
 *       20h      next power on: UNIX time, 0 never; once, to the minute
 *   02h 05h 06h  ask the operating system to shut down, to shut down and start
 *                again; D5h while none runs
 *       08h      is its agent there: while an operating system runs
 *       09h      a shutdown is cancelled: there is none that could be
 *   10h 02h      write to the front display: line, 2 octets, length + 1,
 *                attribute, characters. It shows as new output, no more
 *   F1h 09h      is system firmware in its self test
 *   F5h 10h      system status; what is news since a time-stamp
 *       12h      versions in EEPROM 0 or 1
 *       42h      state of a component by entity, instance from 0, sensor type:
 *                0 well, 2 about to fail, 3 failed; 01h and 02h: no such
 *       43h      record of the event log as a long text: from an offset, so
 *                many characters, and a NUL
 *       45h      the same, its first 20 characters
 *       B0h B1h  set, get identify LED: the chassis identify light
 *       B3h      error LEDs: CSS (on: something needs attention) times 3, plus
 *                global error (1 on: critical; 2 blinking: worse)
 *
 * Network function 30h: 04h 05h set, get firmware selector (0 to 5, kept);
 * 19h remote storage: none is connected; 1Ah switch the local screen on and
 * off.
 *
 * All but the times of the display and of the next power on, the inhibit flag
 * and the screen is kept across cold resets. Other commands are C1h, other
 * specifiers CCh. 43h takes an octet too many: ipmiutil sends one.
 * Facts: the manufacturer's manual of the iRMC S2/S3, and clients.
 */
#ifndef IPMILAB_OEM_FUJITSU_H
#define IPMILAB_OEM_FUJITSU_H

#include "sim/mc/oem.h"

#define FUJITSU_IANA 10368u

extern const struct oem_profile oem_fujitsu;
extern const struct command_table oem_fujitsu_commands, oem_fujitsu_plain_commands;

#endif
