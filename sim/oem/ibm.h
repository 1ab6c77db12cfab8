/*
 * ibm.h - the profile "ibm": an IBM or Lenovo System x, as its IMM
 * answers.
 *
 *   3Ah C0h  LED by id, high octet first: 0, is it on, 0, why (2), kind of
 *            why: 1 the LED <why> is on, 2 the sensor <why>, 3 somebody
 *            switched it on. C9h: there is no such LED
 *   3Ah C1h  what it is: an IMM
 *   3Ah 50h  build of the firmware: id, date, time
 *   3Ah C4h  properties by name (sim/oem/ibm_imm.c)
 *   2Eh 82h 81h  IANA 19046 or 20301: find the energy meter, read it (mJ, high
 *            octet first): what the host drew (DC), what the supplies drew
 *            for it (AC)
 *   2Eh CCh  IANA 11102, 0Ah 01h FFh 00h 00h 00h: back to defaults: users,
 *            LAN, SOL, serial port and PEF (sim/oem/defaults.h)
 *
 * LEDs that the controller has, FAULT, LOCATION, INFO and those of the kinds
 * of sensors it has, are on as its sensors say; LOCATION is the chassis
 * identify light. Their records (OEM, of IBM, kind EDh: by them clients learn
 * which there are) are added to the SDR repository, unless the machine
 * describes such records: then those are the LEDs, and one that this profile
 * knows nothing of is off.
 *
 * The energy is added up when it is asked for, from no more than the samples
 * of a power statistic; CBh without a power model. It and the properties that
 * were set are kept across cold resets.
 * Layouts are those of clients.
 */
#ifndef IPMILAB_OEM_IBM_H
#define IPMILAB_OEM_IBM_H

#include "sim/engine/instant.h"
#include "sim/mc/oem.h"

#define IBM_PROPERTIES 8         /* that are set, at most */
#define IBM_PROPERTY_NAME 96

struct ibm_property {
    char name[IBM_PROPERTY_NAME + 1];   /* "": free */
    uint8_t value;
};

/* State of the profile. */
struct ibm {
    uint64_t dc_mj;              /* energy up to counted */
    instant counted;
    struct ibm_property properties[IBM_PROPERTIES];
};

extern const struct oem_profile oem_ibm;
extern const struct command_table oem_ibm_commands, oem_ibm_lenovo_energy_commands;
extern const struct command_table oem_ibm_energy_commands, oem_ibm_defaults_commands;

/* ---- for sim/oem/ibm.c, from sim/oem/ibm_imm.c ---- */
command_fn ibm_get_kind, ibm_get_build, ibm_property, ibm_find_meter, ibm_read_meter;
command_fn ibm_restore_defaults;

#endif
