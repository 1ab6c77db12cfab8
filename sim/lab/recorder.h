/*
 * recorder.h - what reaches a lab from outside, told to who keeps it.
 *
 * A run is a function of its seed, its machines and of what comes in from
 * outside, with the instants. All of that passes through lab.h, and lab.h
 * tells a recorder of each such thing just before it happens: after the
 * timers that were due, before any fault strikes. Whoever kept it all can
 * play it to a fresh lab and gets the same octets.
 *
 * Some of it the lab asks for: what a file holds, what the program at a serial
 * port says. These answers are told when they are given. Where the lab asks
 * again they are due in the same order, among the inputs.
 *
 * lab_do() is told to nobody: what it does is a function of the caller's.
 */
#ifndef IPMILAB_LAB_RECORDER_H
#define IPMILAB_LAB_RECORDER_H

#include "sim/base/bytes.h"
#include "sim/engine/peer.h"
#include "sim/lab/action.h"

struct lan;

enum lab_heard_kind {
    HEARD_DATAGRAM,    /* unit lan from octets: lab_input() */
    HEARD_ACTION,      /* unit action: lab_act() */
    HEARD_PLUG,        /* unit: lab_plug() */
    HEARD_UNPLUG,      /* unit: lab_unplug() */
    HEARD_SPEAK,       /* unit: lab_speak() */
    HEARD_LISTEN,      /* unit: lab_listen() */
    /* answers */
    HEARD_SAID,        /* unit octets: characters from what is plugged in */
    HEARD_TAKEN,       /* unit count: of characters, how many that took */
    HEARD_READ,        /* good octets: a file was read */
    HEARD_WRITTEN,     /* good: a file was written */
};

struct lab_heard {
    enum lab_heard_kind kind;
    instant at;
    struct chassis_unit *unit;         /* NULL where it belongs to none */
    struct lan *lan;
    const struct peer *from;
    const struct lab_action *action;
    struct bytes octets;
    size_t count;
    bool good;
};

/* All of what is borrowed is so for the call. It must do nothing to the lab. */
typedef void lab_record_fn(void *ctx, const struct lab_heard *heard);

#endif
