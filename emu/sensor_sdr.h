/*
 * sensor_sdr.h - what a sensor data record says about the sensor itself.
 * Spec: IPMI v2.0 43.1 to 43.3; types 01h, 02h and 03h.
 */
#ifndef IPMILAB_EMU_SENSOR_SDR_H
#define IPMILAB_EMU_SENSOR_SDR_H

#include "sim/mc/machine.h"

/* Whose sensor a record describes. share: how many numbers in a row, at
 * least 1. */
struct sensor_key {
    uint8_t owner, lun, number;
    uint8_t share;
};

/* False when it is no record of a sensor. */
bool sensor_key_of(struct bytes record, struct sensor_key *key);

/*
 * Take over what a record says, but for what told (enum told of build.h)
 * says that commands have said. Of an event-only sensor every assertion is
 * an event.
 */
void sensor_from_sdr(struct machine_sensor *s, struct bytes record, unsigned told);

/* Begin a sensor that nothing but its record describes: types, enables. */
void sensor_begin_from_sdr(struct machine_sensor *s, struct bytes record);

/* Give it a value: the nominal reading, else the middle of the normal range,
 * of the thresholds, or of what it can read; discrete: no state. */
void sensor_value_from_sdr(struct machine_sensor *s, struct bytes record);

/* A raw reading as a number, by SDR byte 21 [7:6], and back. */
int sensor_raw_to_int(uint8_t raw, uint8_t format);
uint8_t sensor_int_to_raw(int v, uint8_t format);

#endif
