/*
 * alert_send.h - one alert on its way to one destination.
 *
 * A platform event trap goes out of a LAN's endpoint to UDP port 162 of the
 * destination (LAN parameters 16, 18, 19). Where an acknowledgement is asked
 * for, it is waited for and the trap repeated as often as parameter 18 says;
 * the alert has failed when none came by then. Where none is, the trap is
 * repeated as often, and has succeeded. All repetitions have the sequence
 * number of the first.
 */
#ifndef IPMILAB_MC_ALERT_SEND_H
#define IPMILAB_MC_ALERT_SEND_H

#include "sim/engine/timeline.h"
#include "sim/mc/alert.h"

/* Where to, and about what. */
struct alert_target {
    uint8_t lan;              /* index */
    uint8_t destination;      /* 0 .. LANPARM_DESTINATIONS */
    uint8_t string;           /* alert string; 0 .. when with_string */
    bool with_string;
    uint8_t severity;
    uint8_t record[SEL_RECORD];
};

struct alert_send {
    struct mc *mc;
    void (*done)(void *ctx, bool delivered);   /* never called by alert_send_begin() */
    void *ctx;
    struct alert_target target;
    bool busy, wants_ack;
    uint8_t repeats;          /* left */
    uint16_t sequence;
    instant interval;
    struct timer timer;
};

enum alert_begun { ALERT_SENT, ALERT_FAILED, ALERT_WAITS };

void alert_send_init(struct alert_send *s, struct mc *mc,
                     void (*done)(void *ctx, bool delivered), void *ctx);

/* False when the destination cannot be told: no address, or an OEM type. */
bool alert_send_possible(const struct mc *mc, uint8_t lan, uint8_t destination);

/* Send the first trap under that sequence number; s must not be busy.
 * ALERT_WAITS: done() will be called. */
enum alert_begun alert_send_begin(struct alert_send *s, const struct alert_target *target,
                                  uint16_t sequence);

/* True when ack is what s waits for; it has succeeded then. */
bool alert_send_acknowledge(struct alert_send *s, const struct alert_ack *ack);

/* Forget it; done() is not called. */
void alert_send_cancel(struct alert_send *s);

#endif
