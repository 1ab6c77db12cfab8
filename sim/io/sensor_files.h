/*
 * sensor_files.h - sensors whose values come from files of this computer
 * (the .emu language's "poll ... file").
 *
 * Each such sensor has a timer of its own; a file that cannot be read or
 * holds no number leaves the sensor as it is, and is reported once until it
 * is readable again.
 */
#ifndef IPMILAB_IO_SENSOR_FILES_H
#define IPMILAB_IO_SENSOR_FILES_H

#include "sim/io/loop.h"

struct sensor_files;

/* Told once when a file fails: its path and words. */
typedef void sensor_files_warn_fn(const char *path, const char *why);

/* Find the polled sensors of all units of the loop's lab and begin. */
enum status sensor_files_new(struct loop *loop, sensor_files_warn_fn *warn,
                             struct sensor_files **out);

/* Stop. Before loop_free(), which ends the timers. */
void sensor_files_free(struct sensor_files *files);

/* The value of one file by a poll's rules: false with why in words. */
bool sensor_files_read(const struct machine_poll *poll, int64_t *value, const char **why);

/* The raw reading of one file that has units: its number, a decimal fraction
 * perhaps, less sub, times mult, by div, is in the units of the record that
 * describes the sensor. False with why in words. */
bool sensor_files_units(const struct machine_poll *poll, struct bytes sdr, uint8_t *raw,
                        const char **why);

#endif
