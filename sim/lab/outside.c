#include "sim/lab/outside.h"

#include <stdlib.h>

#include "sim/lab/chassis_unit.h"

/* A serial port that leads out, and what is plugged into it. */
struct outside_port {
    struct outside_port *next;
    struct outside *outside;
    struct chassis_unit *unit;
    struct uart_end end;
};

void
outside_tell(const struct outside *o, const struct lab_heard *heard)
{
    struct lab_heard told = *heard;

    if (o->record == NULL)
        return;
    told.at = *o->now;
    o->record(o->ctx, &told);
}

/* ---- files ---- */

static bool
read_file(void *ctx, const char *path, uint32_t at, uint8_t *to, uint32_t len)
{
    struct outside *o = ctx;
    bool good = o->files->read(o->files->ctx, path, at, to, len);

    outside_tell(o, &(struct lab_heard){ .kind = HEARD_READ, .good = good,
                                         .octets = bytes_of(to, good ? len : 0) });
    return good;
}

static bool
write_file(void *ctx, const char *path, uint32_t at, struct bytes data)
{
    struct outside *o = ctx;
    bool good = o->files->write(o->files->ctx, path, at, data);

    outside_tell(o, &(struct lab_heard){ .kind = HEARD_WRITTEN, .good = good });
    return good;
}

void
outside_init(struct outside *o, const struct mc_backing *files, const instant *now)
{
    *o = (struct outside){
        .now = now, .files = files,
        .backing = { .read = read_file, .write = write_file, .ctx = o },
    };
}

const struct mc_backing *
outside_backing(const struct outside *o)
{
    return o->files != NULL ? &o->backing : NULL;
}

/* ---- serial ports ---- */

static size_t
port_say(void *ctx, uint8_t *to, size_t room)
{
    struct outside_port *p = ctx;
    size_t count = p->end.say(p->end.ctx, to, room);

    outside_tell(p->outside, &(struct lab_heard){ .kind = HEARD_SAID, .unit = p->unit,
                                                  .octets = bytes_of(to, count) });
    return count;
}

static size_t
port_hear(void *ctx, struct bytes chars)
{
    struct outside_port *p = ctx;
    size_t count = p->end.hear(p->end.ctx, chars);

    outside_tell(p->outside, &(struct lab_heard){ .kind = HEARD_TAKEN, .unit = p->unit,
                                                  .count = count });
    return count;
}

static void
port_signal(void *ctx, enum uart_signal what, bool on)
{
    struct outside_port *p = ctx;

    if (p->end.signal != NULL)
        p->end.signal(p->end.ctx, what, on);
}

struct uart *
outside_uart(struct chassis_unit *unit)
{
    struct host *host = chassis_unit_host(unit);

    return host != NULL ? host_uart(host) : NULL;
}

static struct outside_port *
port_of(struct outside *o, const struct chassis_unit *unit)
{
    struct outside_port *p = o->ports;

    while (p != NULL && p->unit != unit)
        p = p->next;
    return p;
}

static struct outside_port *
make_port(struct outside *o, struct chassis_unit *unit)
{
    struct outside_port *p = calloc(1, sizeof *p);

    if (p == NULL)
        return NULL;
    p->outside = o;
    p->unit = unit;
    p->next = o->ports;
    o->ports = p;
    return p;
}

enum status
outside_plug(struct outside *o, struct chassis_unit *unit, const struct uart_end *end)
{
    struct uart *uart = outside_uart(unit);
    struct outside_port *p = port_of(o, unit);

    if (uart == NULL)
        return chassis_unit_host(unit) == NULL ? ST_MISSING : ST_NOMEM;
    if (p == NULL)
        p = make_port(o, unit);
    if (p == NULL)
        return ST_NOMEM;
    p->end = *end;
    outside_tell(o, &(struct lab_heard){ .kind = HEARD_PLUG, .unit = unit });
    uart_plug(uart, &(struct uart_end){ p, port_say, port_hear, port_signal });
    return ST_OK;
}

bool
outside_unplug(struct outside *o, struct chassis_unit *unit, const void *ctx)
{
    struct outside_port *p = port_of(o, unit);
    struct uart *uart = outside_uart(unit);

    if (p == NULL || p->end.ctx != ctx || !uart_has(uart, p))
        return false;
    outside_tell(o, &(struct lab_heard){ .kind = HEARD_UNPLUG, .unit = unit });
    uart_plug(uart, NULL);
    return true;
}

void
outside_free(struct outside *o)
{
    while (o->ports != NULL) {
        struct outside_port *p = o->ports;

        o->ports = p->next;
        free(p);
    }
}
