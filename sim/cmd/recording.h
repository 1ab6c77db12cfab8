/*
 * recording.h - a lab's inputs written to its trace, and read from one:
 * struct lab_heard (sim/lab/recorder.h) as struct input_record.
 */
#ifndef IPMILAB_CMD_RECORDING_H
#define IPMILAB_CMD_RECORDING_H

#include "capture/input_record.h"
#include "capture/trace.h"
#include "sim/lab/lab.h"

struct recording;

/* Keep all that reaches lab in trace, both borrowed. ST_NOMEM. */
enum status recording_new(struct lab *lab, struct trace *trace, struct recording **out);

/* Where a LAN stands; to be told before anything reaches it. */
void recording_endpoint(struct recording *r, struct chassis_unit *unit, const struct lan *lan,
                        const struct peer *local, uint16_t port);

/* The run is over at the lab's present instant: say so, and stop. NULL is
 * nothing. */
void recording_end(struct recording *r);


/* An action out of a record that has one. It points into the record. */
struct lab_action recording_action(const struct input_record *m);

/* The name of a chassis in a trace: twin, or twin-2 when there are several of
 * each machine. */
#define RECORDING_NAME_MAX 96
const char *recording_name(const struct chassis_unit *unit, uint32_t count,
                           char to[RECORDING_NAME_MAX]);

#endif
