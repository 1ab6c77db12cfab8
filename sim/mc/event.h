/*
 * event.h - a controller's events: who is told, and how they get there.
 *
 * Whatever notices something (a sensor, the watchdog, the SEL itself) makes
 * a struct mc_event and hands it to mc_event(). Where the event receiver is
 * the controller itself, that becomes a SEL record with generator id and
 * time-stamp, and goes on to the message side (event message buffer).
 * Elsewhere it is sent as a Platform Event over the bus: one at a time, in
 * order, each tried again until the receiver takes it (it may be away, busy
 * or full) or EVENT_TRIES are used up. A round keeps to one sequence number
 * for as long as the receiver remembers it, so that an event of which only
 * the answers were lost is not logged twice. EVENT_QUEUE_MAX may wait; later
 * ones are dropped and counted.
 *
 * The event receiver is volatile: a cold reset restores the described one.
 * Spec: IPMI v2.0 29, 32.1; IPMB protocol, event messages.
 */
#ifndef IPMILAB_MC_EVENT_H
#define IPMILAB_MC_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/base/status.h"
#include "sim/ipmi/command.h"

struct mc;
struct event_queue;

#define EVENT_RECEIVER_NONE 0xff  /* Set Event Receiver: disabled */
#define EVENT_QUEUE_MAX 32        /* events waiting for the bus */
#define EVENT_TRIES 4             /* rounds of the port's own retries */
#define EVENT_RESENDS 20          /* in a round: more than fit into its 5 s */
#define EVENT_RETRY SPAN_MS(500)  /* between two rounds */
#define EVENT_PATIENCE SPAN_S(10) /* longer than any round takes */

#define EVM_REV_15 0x04           /* event message format revision, IPMI 1.5 and 2.0 */
#define EVENT_DEASSERTED 0x80     /* in type_dir */
#define EVENT_DATA_NONE 0xff      /* an event data octet that says nothing */

struct mc_event {
    uint8_t lun;            /* of the sensor */
    uint8_t sensor_type;
    uint8_t sensor_number;
    uint8_t type_dir;       /* event/reading type; EVENT_DEASSERTED */
    uint8_t data[3];
};

struct events {
    uint8_t receiver;       /* slave address; EVENT_RECEIVER_NONE */
    uint8_t receiver_lun;
    uint32_t dropped;       /* no room to wait, or never taken */
    struct event_queue *queue;   /* towards another controller; NULL until needed */
};

enum status events_init(struct mc *mc);
void events_reset(struct mc *mc);
void events_free(struct mc *mc);

/* Set Event Receiver without the re-arming: what waits goes to the new one,
 * or, when that is nobody or ourselves, nowhere. */
void events_set_receiver(struct mc *mc, uint8_t address, uint8_t lun);

/* True when this controller is its own event receiver. */
bool events_receives(const struct mc *mc);

/* Tell the event receiver. ev is copied. */
void mc_event(struct mc *mc, const struct mc_event *ev);

/*
 * An event message has come in, or was made here: log it as a record of
 * type 02h from generator (two octets as in a SEL record) and pass it on to
 * the message side and to event filtering. False: nobody has it, for the log
 * is full, the event message buffer not free and filtering off, or postponed
 * with an unlogged event held already. It is then as if it had not come, but
 * for the log's overflow flag.
 */
bool event_received(struct mc *mc, const uint8_t generator[2], const struct mc_event *ev);

#endif
