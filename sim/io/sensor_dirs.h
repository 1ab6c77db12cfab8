/*
 * sensor_dirs.h - sensors that follow folders of readings (hwmon.h).
 *
 * A folder is read again each period. A reading goes to the sensors that
 * have its label for an id string, case aside, if their record measures the
 * same thing and has values (sim/wire/convert.h); it comes as the nearest raw
 * reading, with events. A machine names folders for one of its controllers
 * (sensors_dir); one more may be given for all of them. Every unit that is
 * made from a machine follows the same files.
 *
 * What cannot be read, and labels that no sensor has, leave the sensors as
 * they are; each is told once, again after it was good in between.
 */
#ifndef IPMILAB_IO_SENSOR_DIRS_H
#define IPMILAB_IO_SENSOR_DIRS_H

#include "sim/io/sensor_files.h"

#define SENSOR_DIRS_TOLD_MAX 1024   /* complaints of one folder; more are not told */

struct sensor_dirs;

/* Follow the folders of all units of the loop's lab, and, unless it is NULL,
 * one more for all. Each is read once before this returns. */
enum status sensor_dirs_new(struct loop *loop, const struct machine_sensor_dir *all,
                            sensor_files_warn_fn *warn, struct sensor_dirs **out);

/* Stop. Before loop_free(), which ends the timers. */
void sensor_dirs_free(struct sensor_dirs *dirs);

#endif
