/*
 * hwmon.h - a folder of readings in the manner of Linux's hardware monitors.
 *
 * Each file <kind><number>_input holds one decimal number in the kernel's
 * unit for its kind: temp millidegrees Celsius, fan revolutions per minute,
 * in millivolts, curr milliamperes, power microwatts, energy microjoules,
 * humidity thousandths of a percent, freq hertz. <kind><number>_label, if
 * there is one, says what it is called; else it is called <kind><number>.
 * A folder within whose name begins with hwmon is one of these itself, so
 * that /sys/class/hwmon can be given whole. Nothing is kept between readings.
 */
#ifndef IPMILAB_IO_HWMON_H
#define IPMILAB_IO_HWMON_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/status.h"

#define HWMON_LABEL 64       /* octets of a label that count, with its NUL */

struct hwmon_kind;

struct hwmon_reading {
    const char *path;        /* of the file; valid during the call */
    char label[HWMON_LABEL];
    const struct hwmon_kind *kind;
    double value;            /* in degrees Celsius, V, A, W, ... */
    const char *why;         /* NULL; else there is no value, and this is why */
};

typedef void hwmon_fn(void *ctx, const struct hwmon_reading *reading);

/* Tell of every reading in a folder, in the order of their names. ST_IO, with
 * errno, when the folder cannot be read. */
enum status hwmon_read(const char *dir, hwmon_fn *fn, void *ctx);

/* The kind of a file by its name; NULL when it is no reading. *stem: the
 * length of the name before "_input". */
const struct hwmon_kind *hwmon_kind_of(const char *name, int *stem);

/* A value of that kind in the units of an SDR (octets 21 to 23): false when
 * they measure something else. */
bool hwmon_in_units(const struct hwmon_kind *kind, const uint8_t units[3], double *value);

#endif
