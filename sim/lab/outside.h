/*
 * outside.h - a lab's side of what it asks the world outside for: files
 * behind FRUs (struct mc_backing) and programs at serial ports (struct
 * uart_end). It passes the questions on and tells the recorder the answers.
 *
 * For lab.c, which owns one.
 */
#ifndef IPMILAB_LAB_OUTSIDE_H
#define IPMILAB_LAB_OUTSIDE_H

#include "sim/host/uart.h"
#include "sim/lab/recorder.h"
#include "sim/mc/mc.h"

struct outside_port;

struct outside {
    lab_record_fn *record;             /* NULL: nobody keeps anything */
    void *ctx;
    const instant *now;                /* the lab's */
    const struct mc_backing *files;    /* the real ones, or NULL */
    struct mc_backing backing;         /* those that tell */
    struct outside_port *ports;        /* list */
};

void outside_init(struct outside *o, const struct mc_backing *files, const instant *now);

/* After all units. */
void outside_free(struct outside *o);

/* What to give to controllers: NULL when there are no files. */
const struct mc_backing *outside_backing(const struct outside *o);

/* Tell the recorder, if there is one, at the lab's present instant. */
void outside_tell(const struct outside *o, const struct lab_heard *heard);

/* Plug end (copied) into a unit's port. ST_MISSING: it has none; ST_NOMEM. */
enum status outside_plug(struct outside *o, struct chassis_unit *unit,
                         const struct uart_end *end);

/* Unplug the end with that ctx, if it is still there. False when it is not. */
bool outside_unplug(struct outside *o, struct chassis_unit *unit, const void *ctx);

/* The port of a unit; NULL when it has none. */
struct uart *outside_uart(struct chassis_unit *unit);

#endif
