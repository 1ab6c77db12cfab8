/*
 * alert.h - alerts: who is told of an event, in which order, and whether it
 * got there.
 *
 * An alert goes to the destinations of one alert policy set (PEF parameter
 * 9), one after the other in the order of the table; whether an entry is used
 * depends on how the destination before it fared (policies 0 to 4). Alerts
 * wait in a queue of ALERTS_WAITING_MAX; more are dropped and counted. While
 * PEF holds alerts (startup delay, power down) the queue stands still. An
 * entry that leads nowhere (no LAN channel, alerting disabled there, a
 * destination without an address or of an OEM type) counts as failed.
 *
 * Alert Immediate sends one alert to one destination of a LAN past the queue
 * and policies, also where alerting is disabled; one at a time on each
 * channel. Its status stays until the next, or until it is cleared. One to a
 * serial channel is serial.h's.
 *
 * How one destination is told, alert_send.h says. All of this is volatile.
 * Memory is taken when the first alert has somewhere to go.
 * Spec: IPMI v2.0 17.11-17.13, 30.7, 30.8.
 */
#ifndef IPMILAB_MC_ALERT_H
#define IPMILAB_MC_ALERT_H

#include "sim/ipmi/request.h"
#include "sim/wire/sel.h"

struct mc;

#define ALERTS_WAITING_MAX 16

/* Alert Immediate's status. */
enum alert_status {
    ALERT_NONE,
    ALERT_DELIVERED,
    ALERT_CALL_FAILED,        /* not on a LAN */
    ALERT_UNACKNOWLEDGED,
    ALERT_UNDER_WAY = 0xff
};

/* What PEF found out about an event. */
struct alert {
    uint8_t record[SEL_RECORD];
    uint8_t severity;
    uint8_t set;              /* alert policy set */
    uint8_t filter;           /* that matched, from 1: key of an alert string */
};

/* Alert Immediate. */
struct alert_order {
    uint8_t lan;              /* index */
    uint8_t destination;
    uint8_t string;           /* [7] send it; [6:0] selector */
    bool has_event;           /* else: a system event that says no more than "alert" */
    struct {
        uint8_t generator, sensor_type, sensor_number, type_dir, data[3];
    } event;
};

/* PET Acknowledge. */
struct alert_ack {
    uint16_t sequence;
    uint32_t time_s;
    uint8_t event_source, sensor_device, sensor_number, data[3];
};

/* Queue an alert, to go out with alerts_run(). Dropped when its policy set
 * leads nowhere, or there is no room. */
void alerts_add(struct mc *mc, const struct alert *alert);

/* Go on with the queue. */
void alerts_run(struct mc *mc);

/* Forget what waits and what is under way, but not Alert Immediate's; or all. */
void alerts_cancel(struct mc *mc);
void alerts_reset(struct mc *mc);
void alerts_free(struct mc *mc);

/* Alerts dropped for want of room. */
uint32_t alerts_dropped(const struct mc *mc);

/*
 * Begin an Alert Immediate. CC_OK; CC_RANGE for a destination or string that
 * there is not; CC_STATE for a destination that is not set up; CC_CMD_81
 * while one is under way; CC_NO_SPACE.
 */
enum ipmi_cc alerts_order(struct mc *mc, const struct alert_order *order);
uint8_t alerts_order_status(const struct mc *mc, uint8_t lan);
void alerts_clear_status(struct mc *mc, uint8_t lan);

/* Somebody acknowledges a trap; nothing happens unless it is waited for. */
void alerts_acknowledge(struct mc *mc, const struct alert_ack *ack);

#endif
