/*
 * sensor_history.h - what the sensors of a controller read over time, for
 * graphs.
 *
 * Off, and free, until it is switched on: by the machine (machine_mc.history)
 * or here. Then all sensors are sampled together at whole multiples of a
 * period, and each keeps its last so many samples: two octets a sample, a
 * ring a sensor. A sample is what Get Sensor Reading would have answered at
 * that instant: it costs the simulation nothing else, sends no event and
 * changes no sensor. The history belongs to the lab, not to the controller:
 * resets do not touch it.
 */
#ifndef IPMILAB_MC_SENSOR_HISTORY_H
#define IPMILAB_MC_SENSOR_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/status.h"
#include "sim/engine/instant.h"

#define SENSOR_HISTORY_MAX 86400u      /* samples a sensor: a day of seconds */
#define SENSOR_HISTORY_MS_DEFAULT 10000u

struct mc;
struct sensor_history;

struct sensor_sample {
    instant at;
    bool available;         /* there was a reading */
    uint16_t reading;       /* raw; of a discrete sensor its states */
};

/* mc->history, as the machine says. */
enum status sensor_history_init(struct mc *mc);
void sensor_history_reset(struct mc *mc);
void sensor_history_free(struct mc *mc);

/*
 * Switch it on, from empty: samples 1 to SENSOR_HISTORY_MAX, period at least
 * 1 ms. ST_INVALID otherwise, ST_NOMEM; it is then as it was. A controller
 * without sensors has no history: ST_MISSING.
 */
enum status sensor_history_begin(struct mc *mc, uint32_t samples, instant period);

/* Switch it off and forget. */
void sensor_history_end(struct mc *mc);

/* How many samples each sensor has now, up to those asked for; 0 when off. */
uint32_t sensor_history_count(const struct mc *mc);

/* The n-th sample of sensor i, 0 the oldest. False past the last. */
bool sensor_history_get(const struct mc *mc, uint32_t i, uint32_t n,
                        struct sensor_sample *out);

#endif
