/*
 * sel_sensor.h - what a log says of itself, where the machine has a sensor
 * for it.
 *
 * Event Logging Disabled (type 10h): "log area cleared" once at each clear,
 * which is then the new log's first record; "almost full" with the percentage
 * in event data 3 from SEL_ALMOST_FULL on; "full" when room for one record is
 * left, which that event takes. Both hold until records are erased; their
 * end makes no event, because that would fill the log again. "All logging
 * disabled" holds while BMC Global Enables say so. System Event
 * (type 12h): "timestamp clock synchronized" twice when the SEL clock is set,
 * in old time and in new; "auxiliary log entry added" when a status is set.
 * Offsets that the sensor does not support are left alone.
 * Spec: IPMI v2.0 42.2 (types 10h, 12h), 31.
 */
#ifndef IPMILAB_MC_SEL_SENSOR_H
#define IPMILAB_MC_SEL_SENSOR_H

#include <stdbool.h>
#include <stdint.h>

struct mc;

#define SEL_ALMOST_FULL 90 /* per cent of the records */

/* The log has a record more; some less; none any more. */
void sel_sensor_logged(struct mc *mc);
void sel_sensor_erased(struct mc *mc);
void sel_sensor_cleared(struct mc *mc);

/* Logging is about to be disabled, or is enabled again. */
void sel_sensor_disabled(struct mc *mc, bool disabled);

/* The SEL clock is about to be set; it has been. */
void sel_sensor_clock(struct mc *mc, bool done);

/* Auxiliary log number has a new entry. */
void sel_sensor_auxiliary(struct mc *mc, uint8_t log);

#endif
