#include "sim/cmd/recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct recording {
    struct lab *lab;
    struct trace *trace;
};

/* ---- what is heard, as records ---- */

static void
write_record(const struct recording *r, instant at, const struct input_record *m)
{
    uint8_t buf[INPUT_RECORD_MAX];
    struct wr w = wr_of(buf, sizeof buf);

    input_record_build(&w, m);
    if (!w.bad)
        (void)trace_input(r->trace, at, wr_bytes_of(&w));   /* shows when it is closed */
}

static uint8_t
lan_number(struct chassis_unit *unit, const struct lan *lan)
{
    uint8_t n = 0;

    while (chassis_unit_lan(unit, n) != lan)
        n++;
    return n;
}

static void
take_action(struct input_record *m, const struct lab_action *a)
{
    m->action = (struct input_action){
        .what = (uint8_t)a->what, .mc = a->mc, .lun = a->lun, .number = a->number,
        .value = a->value, .on = a->on, .event = a->event, .id = a->id,
        .has_rule = a->fault != NULL,
    };
    memcpy(m->action.body, a->body, sizeof m->action.body);
    if (a->fault != NULL)
        m->rule = *a->fault;
}

struct lab_action
recording_action(const struct input_record *m)
{
    const struct input_action *a = &m->action;
    struct lab_action out = {
        .what = (enum lab_act)a->what, .mc = a->mc, .lun = a->lun, .number = a->number,
        .value = a->value, .on = a->on, .event = a->event, .id = a->id,
        .fault = a->has_rule ? &m->rule : NULL,
    };

    memcpy(out.body, a->body, sizeof out.body);
    return out;
}

/* What a file held, in as many records as it takes. */
static void
write_read(const struct recording *r, const struct lab_heard *h, struct input_record *m)
{
    size_t at = 0;

    m->good = h->good;
    do {
        size_t left = h->octets.len - at;
        size_t piece = left < INPUT_OCTETS_MAX ? left : INPUT_OCTETS_MAX;

        m->more = piece < left;
        m->octets = bytes_of(piece ? h->octets.at + at : NULL, piece);
        write_record(r, h->at, m);
        at += piece;
    } while (m->more);
}

static enum input_kind
kind_of(enum lab_heard_kind kind)
{
    static const enum input_kind kinds[] = {
        [HEARD_DATAGRAM] = INPUT_DATAGRAM, [HEARD_ACTION] = INPUT_ACTION,
        [HEARD_PLUG] = INPUT_PLUG,         [HEARD_UNPLUG] = INPUT_UNPLUG,
        [HEARD_SPEAK] = INPUT_SPEAK,       [HEARD_LISTEN] = INPUT_LISTEN,
        [HEARD_SAID] = INPUT_SAID,         [HEARD_TAKEN] = INPUT_TAKEN,
        [HEARD_READ] = INPUT_READ,         [HEARD_WRITTEN] = INPUT_WRITTEN,
    };

    return kinds[kind];
}

static void
on_heard(void *ctx, const struct lab_heard *h)
{
    const struct recording *r = ctx;
    struct input_record m = { .kind = kind_of(h->kind), .octets = h->octets,
                              .count = (uint16_t)h->count, .good = h->good };

    if (h->unit != NULL)
        m.chassis = chassis_unit_world(h->unit)->chassis;
    if (h->lan != NULL)
        m.lan = lan_number(h->unit, h->lan);
    if (h->from != NULL)
        m.peer = *h->from;
    if (h->action != NULL)
        take_action(&m, h->action);
    if (h->kind == HEARD_READ)
        write_read(r, h, &m);
    else
        write_record(r, h->at, &m);
}

/* ---- life ---- */

enum status
recording_new(struct lab *lab, struct trace *trace, struct recording **out)
{
    struct recording *r = calloc(1, sizeof *r);

    if (r == NULL)
        return ST_NOMEM;
    r->lab = lab;
    r->trace = trace;
    lab_set_recorder(lab, on_heard, r);
    *out = r;
    return ST_OK;
}

void
recording_endpoint(struct recording *r, struct chassis_unit *unit, const struct lan *lan,
                   const struct peer *local, uint16_t port)
{
    struct input_record m = {
        .kind = INPUT_ENDPOINT, .chassis = chassis_unit_world(unit)->chassis,
        .lan = lan_number(unit, lan), .peer = *local, .port = port,
    };

    write_record(r, lab_now(r->lab), &m);
}

void
recording_end(struct recording *r)
{
    if (r == NULL)
        return;
    write_record(r, lab_now(r->lab), &(struct input_record){ .kind = INPUT_END });
    lab_set_recorder(r->lab, NULL, NULL);
    free(r);
}

const char *
recording_name(const struct chassis_unit *unit, uint32_t count, char to[RECORDING_NAME_MAX])
{
    const char *machine = chassis_unit_description(unit)->name;

    if (count > 1)
        (void)snprintf(to, RECORDING_NAME_MAX, "%.80s-%u", machine,
                       (unsigned)chassis_unit_index(unit) + 1);
    else
        (void)snprintf(to, RECORDING_NAME_MAX, "%.80s", machine);
    return to;
}
