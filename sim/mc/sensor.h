/*
 * sensor.h - sensors: readings, thresholds, states and the events they make.
 *
 * A sensor has a raw value (8 bits, in the format its SDR names) or a set of
 * states (15 offsets). Of each a small struct holds what may differ from the
 * machine. A cold reset restores all of it but value and states: those are
 * the world's, not the controller's. Event bits are numbered as in event
 * masks: for threshold sensors 2k is "going low" and 2k + 1 "going high" of
 * LNC, LC, LNR, UNC, UC, UNR; for the others a bit is an offset.
 *
 * A condition that holds at the start, and after a cold reset, makes no
 * event. Re-arming makes events of all that hold. Sensors that re-arm
 * themselves report each change; the others report a thing once and are
 * then silent about it until they are re-armed.
 *
 * A threshold event asserts going high at reading >= threshold, going low at
 * reading <= threshold; it deasserts at threshold - (positive hysteresis + 1)
 * and below, threshold + (negative hysteresis + 1) and above. Comparisons are
 * of the signed or unsigned number that the format says.
 *
 * Values that move: a sensor described with move > 0 wanders about its value
 * by at most so many counts, smoothly, as a pure function of the chassis's
 * key, the sensor and the instant: no timer runs and no state changes for
 * it. A value that is set from outside stands still, and all do in
 * manufacturing test mode. Only a sensor whose wandering can cross a
 * threshold with an event enabled is watched: one timer a controller samples
 * those each SENSOR_SCAN, and runs only while there is one.
 *
 * Spec: IPMI v2.0 35, 29.5-29.7, 41, 42.
 */
#ifndef IPMILAB_MC_SENSOR_H
#define IPMILAB_MC_SENSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/status.h"
#include "sim/engine/timeline.h"
#include "sim/engine/rng.h"
#include "sim/ipmi/command.h"
#include "sim/mc/machine.h"

struct mc;

#define SENSOR_SCAN SPAN_S(1)
#define SENSOR_MOVE_DEFAULT_MS 5000u
#define SENSOR_STATES 0x7fffu          /* 15 offsets */
#define SENSOR_THRESHOLD_EVENTS 0x0fffu
#define EVENT_TYPE_THRESHOLD 0x01

struct sensor {
    uint8_t type, event_type;   /* Set Sensor Type may change them */
    uint8_t value;              /* raw; what the wandering goes about */
    uint8_t hysteresis_up, hysteresis_down;
    uint8_t threshold[THRESHOLDS];
    bool scanning : 1;
    bool events : 1;
    bool available : 1;         /* has had a value */
    bool watched : 1;           /* sampled by the scan timer */
    bool pinned : 1;            /* its value was set: it does not wander */
    bool absent : 1;            /* with its entity; see presence.h */
    uint16_t states;            /* discrete: offsets present */
    uint16_t active;            /* event bits whose condition holds, with hysteresis */
    uint16_t assert_enabled, deassert_enabled;
    uint16_t assert_status, deassert_status;   /* events since the last re-arm */
};

struct sensors {
    struct sensor *at;          /* parallel to machine->sensors */
    uint32_t count;
    uint32_t watched;           /* sensors that the timer samples */
    uint32_t population;        /* change indicator: times that sensors came or went */
    struct rng_key key;
    struct timer scan;
};

enum status sensors_init(struct mc *mc);
void sensors_reset(struct mc *mc);
void sensors_free(struct mc *mc);

/* ---- which ---- */

/* Index of a sensor, or -1. */
int sensor_index(const struct mc *mc, uint8_t lun, uint8_t number);

/* What the machine says of sensor i. */
const struct machine_sensor *sensor_facts(const struct mc *mc, uint32_t i);

/* True for a sensor whose events are thresholds. */
bool sensor_is_threshold(const struct sensor *s);

/* How many sensors a LUN has, not counting those that are gone. */
uint32_t sensors_on_lun(const struct mc *mc, uint8_t lun);

/* It has a reading: it has had a value, and its entity is there. */
bool sensor_has_reading(const struct sensor *s);

/* ---- readings (sensor_reading.c) ---- */

/* True while the value moves by itself. */
bool sensor_wanders(const struct mc *mc, uint32_t i);

/* True when wandering can bring about, or end, an event that is enabled. */
bool sensor_can_cross(const struct mc *mc, uint32_t i);

/* The raw value now, wandering included. */
uint8_t sensor_raw_now(const struct mc *mc, uint32_t i);

/* A raw value as the number that its format (machine_sensor.format) means. */
int sensor_number_of(uint8_t format, uint8_t raw);

/* Bit per enum threshold that raw has reached, as Get Sensor Reading shows. */
uint8_t sensor_comparison(const struct mc *mc, uint32_t i, uint8_t raw);

/* The event bits that hold at raw when those in before held just before. */
uint16_t sensor_conditions(const struct machine_sensor *facts, const struct sensor *s,
                           uint8_t raw, uint16_t before);

/* ---- changes; each may make events ---- */

/* A raw value from outside; it is then available and stands still. */
void sensor_set_value(struct mc *mc, uint32_t i, uint8_t raw, bool quiet);

/* Offsets present from now on; ed2 and ed3 (EVENT_DATA_NONE) go into the
 * events made. */
void sensor_set_states(struct mc *mc, uint32_t i, uint16_t states, bool quiet,
                       uint8_t ed2, uint8_t ed3);

/* Look at sensor i as it is now and send what events follow from it. With
 * quiet no event is sent, but the conditions are kept. */
void sensor_update(struct mc *mc, uint32_t i, bool quiet);

/* Forget the events in the masks and look again: what still holds is an
 * event again. */
void sensor_rearm(struct mc *mc, uint32_t i, uint16_t assert_mask,
                  uint16_t deassert_mask);

/* Re-arm all sensors (Set Event Receiver). */
void sensors_rearm(struct mc *mc);

/* Thresholds, enables, type or the value changed: watch it, or no longer. */
void sensor_review(struct mc *mc, uint32_t i);

/* What Set Sensor Reading And Event Status writes besides the reading. */
struct sensor_status {
    bool follow;              /* a discrete sensor's states become assert_bits, */
    uint16_t assert_bits;     /* .. the event status from now on */
    uint16_t deassert_bits;
    const uint8_t *data;      /* three event data octets; NULL = the sensor's own */
    bool with_offset;         /* data[0] [3:0] as they are, not the event's offset */
};

/* Set event status bits; each that was not set before is an event. */
void sensor_set_status(struct mc *mc, uint32_t i, const struct sensor_status *status);

#endif
