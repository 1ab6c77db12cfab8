#include "sim/mc/aggregate.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/wr.h"
#include "sim/mc/mc_parts.h"
#include "sim/wire/sel.h"

#define CMD_GET_READING    0x2d
#define CMD_GET_THRESHOLDS 0x27
#define CMD_GET_SEL_ENTRY  0x43
#define READING_MISSING    0x20 /* second octet of a reading */
#define READING_SCANNING   0x40
#define READ_ALL           0xff
#define ASK_MAX            6

/* Where a round is with the present source. */
enum phase { PHASE_READING, PHASE_THRESHOLDS, PHASE_LOG };

/* What is known of a source's log. */
struct copied {
    uint16_t id;          /* of the record copied last; 0: none */
    uint32_t time;        /* its time-stamp */
    uint8_t body[SEL_BODY];
    bool first_round;     /* what was there before the lab is not copied */
};

struct aggregate {
    struct mc *mc;
    struct timer timer;   /* the next round; while asking, the end of patience */
    uint32_t source, mirror;
    enum phase phase;
    uint32_t records;     /* copied in this round from this source */
    uint16_t wanted;      /* the record asked for */
    bool asking;
    uint32_t ticket;
    struct copied copied[];   /* by source */
};

static void go_on(struct aggregate *a);

static const struct machine_mirror *
mirror_of(const struct aggregate *a)
{
    return &a->mc->machine->mirrors[a->mirror];
}

static uint8_t
address_of(const struct aggregate *a)
{
    return a->mc->machine->sources[a->source].from;
}

/* ---- rounds ---- */

static void
arm(struct aggregate *a, instant span)
{
    struct world *world = a->mc->world;

    (void)timeline_arm(&world->timeline, &a->timer, instant_add(world->now, span));
}

static void
begin_source(struct aggregate *a)
{
    a->mirror = 0;
    a->phase = PHASE_READING;
    a->records = 0;
}

static void
next_source(struct aggregate *a)
{
    uint32_t ms = a->mc->machine->sources[0].period_ms;

    a->source++;
    begin_source(a);
    if (a->source < a->mc->machine->source_count) {
        go_on(a);
        return;
    }
    a->source = 0;
    arm(a, SPAN_MS(ms ? ms : AGGREGATE_MS_DEFAULT));
}

/* Nobody is there: none of its sensors has a reading. */
static void
source_is_gone(struct aggregate *a)
{
    const struct machine_mc *machine = a->mc->machine;

    for (uint32_t i = 0; i < machine->mirror_count; i++) {
        const struct machine_mirror *m = &machine->mirrors[i];
        int s = sensor_index(a->mc, m->lun, m->number);

        if (m->from == address_of(a) && s >= 0)
            a->mc->sensors.at[s].available = false;
    }
    next_source(a);
}

/* ---- answers ---- */

static void
take_reading(struct aggregate *a, uint8_t cc, struct bytes data)
{
    const struct machine_mirror *m = mirror_of(a);
    int i = sensor_index(a->mc, m->lun, m->number);
    struct rd r = rd_of(data);
    uint8_t raw = rd_u8(&r), flags = rd_u8(&r);
    uint16_t states;

    if (i < 0)
        return;
    if (cc != CC_OK || r.bad || flags & READING_MISSING || !(flags & READING_SCANNING)) {
        a->mc->sensors.at[i].available = false;
        return;
    }
    if (sensor_is_threshold(&a->mc->sensors.at[i])) {
        sensor_set_value(a->mc, (uint32_t)i, raw, true);
        return;
    }
    states = rd_left(&r) ? rd_u8(&r) : 0;
    states |= (uint16_t)(rd_left(&r) ? rd_u8(&r) << 8 : 0);
    a->mc->sensors.at[i].value = raw;
    sensor_set_states(a->mc, (uint32_t)i, states, true, EVENT_DATA_NONE, EVENT_DATA_NONE);
}

static void
take_thresholds(struct aggregate *a, uint8_t cc, struct bytes data)
{
    const struct machine_mirror *m = mirror_of(a);
    int i = sensor_index(a->mc, m->lun, m->number);
    struct rd r = rd_of(data);
    uint8_t octets[1 + THRESHOLDS];

    rd_copy(&r, octets, sizeof octets);
    if (i < 0 || cc != CC_OK || r.bad)
        return;
    for (unsigned t = 0; t < THRESHOLDS; t++)
        if (octets[0] >> t & 1)
            a->mc->sensors.at[i].threshold[t] = octets[1 + t];
    sensor_update(a->mc, (uint32_t)i, true);
}

/* A record of a source's log comes into ours as if it had been sent here. */
static void
log_record(struct mc *mc, const struct sel_record *record, const uint8_t *body)
{
    struct mc_event ev = { .lun = record->u.event.generator[1] & 3,
                           .sensor_type = record->u.event.sensor_type,
                           .sensor_number = record->u.event.sensor_number,
                           .type_dir = record->u.event.type_dir };

    for (unsigned i = 0; i < 3; i++)
        ev.data[i] = record->u.event.data[i];
    if (record->type == SEL_TYPE_EVENT)
        event_received(mc, record->u.event.generator, &ev);
    else
        (void)sel_log(mc, record->type, body, NULL);
}

/*
 * The record asked for is the one copied last, and tells what follows it; or
 * a new one. When that one is gone, or another has its id, the log was
 * cleared: it begins anew, and what is older than what was copied is not
 * copied again.
 */
static bool
take_record(struct aggregate *a, uint8_t cc, struct bytes data)
{
    struct copied *c = &a->copied[a->source];
    struct rd r = rd_of(data);
    uint16_t next = rd_le16(&r);
    struct bytes octets = rd_bytes(&r, SEL_RECORD);
    const uint8_t *body;
    struct sel_record record;
    bool timed;

    if (cc == CC_NOT_PRESENT && c->id != 0) {
        c->id = 0;
        return false;
    }
    if (cc != CC_OK || r.bad || !sel_parse(octets, &record)) {
        c->first_round = false;
        return false;
    }
    timed = sel_type_timed(record.type);
    body = octets.at + SEL_RECORD - SEL_BODY;
    if (record.id == c->id && memcmp(body, c->body, SEL_BODY) != 0) {
        c->id = a->wanted = 0;
        return true;
    }
    if (record.id != c->id && !c->first_round && (!timed || record.timestamp >= c->time)) {
        log_record(a->mc, &record, body);
        a->records++;
    }
    c->id = record.id;
    memcpy(c->body, body, SEL_BODY);
    if (timed)
        c->time = record.timestamp;
    a->wanted = next;
    if (next == SEL_ID_LAST)
        c->first_round = false;
    return next != SEL_ID_LAST && a->records < AGGREGATE_RECORDS;
}

/* Where to after an answer: the next thing to ask, or the next source. */
static void
after(struct aggregate *a, bool more_records)
{
    const struct machine_mirror *m;
    const struct machine_sensor *facts;
    int i;

    if (a->phase == PHASE_LOG && !more_records) {
        next_source(a);
        return;
    }
    if (a->phase == PHASE_READING) {
        m = mirror_of(a);
        i = sensor_index(a->mc, m->lun, m->number);
        facts = i < 0 ? NULL : sensor_facts(a->mc, (uint32_t)i);
        if (facts != NULL && facts->event_type == EVENT_TYPE_THRESHOLD && facts->threshold_mask)
            a->phase = PHASE_THRESHOLDS;
        else
            a->mirror++;
    } else if (a->phase == PHASE_THRESHOLDS) {
        a->phase = PHASE_READING;
        a->mirror++;
    }
    go_on(a);
}

static void
answered(void *ctx, uint32_t mark, enum ipmb_end end, uint8_t cc, struct bytes data)
{
    struct aggregate *a = ctx;
    bool more = false;

    (void)mark;
    a->asking = false;
    timeline_disarm(&a->mc->world->timeline, &a->timer);
    if (end != IPMB_END_ANSWERED) {
        source_is_gone(a);
        return;
    }
    if (a->phase == PHASE_READING)
        take_reading(a, cc, data);
    else if (a->phase == PHASE_THRESHOLDS)
        take_thresholds(a, cc, data);
    else
        more = take_record(a, cc, data);
    after(a, more);
}

/* ---- requests ---- */

static void
ask(struct aggregate *a, uint8_t lun, uint8_t netfn, uint8_t cmd, struct bytes data)
{
    struct ipmb_ask request = {
        .target = address_of(a), .target_lun = lun, .netfn = netfn, .cmd = cmd, .data = data,
        .done = answered, .ctx = a,
    };

    a->asking = a->mc->port != NULL && ipmb_port_ask(a->mc->port, &request, &a->ticket) == ST_OK;
    /* A port that is off the bus or full: what was read stands until later. */
    arm(a, a->asking ? AGGREGATE_PATIENCE : SPAN_MS(AGGREGATE_MS_DEFAULT));
}

static void
ask_sensor(struct aggregate *a)
{
    const struct machine_mirror *m = mirror_of(a);
    uint8_t cmd = a->phase == PHASE_READING ? CMD_GET_READING : CMD_GET_THRESHOLDS;

    ask(a, m->from_lun, NETFN_SENSOR, cmd, bytes_of(&m->from_number, 1));
}

static void
ask_record(struct aggregate *a)
{
    uint8_t octets[ASK_MAX];
    struct wr w = wr_of(octets, sizeof octets);

    wr_le16(&w, 0);
    wr_le16(&w, a->wanted);
    wr_u8(&w, 0);
    wr_u8(&w, READ_ALL);
    ask(a, 0, NETFN_STORAGE, CMD_GET_SEL_ENTRY, bytes_of(octets, sizeof octets));
}

/* Ask what comes next of the present source. */
static void
go_on(struct aggregate *a)
{
    const struct machine_mc *machine = a->mc->machine;

    while (a->phase == PHASE_READING && a->mirror < machine->mirror_count &&
           mirror_of(a)->from != address_of(a))
        a->mirror++;
    if (a->phase == PHASE_READING && a->mirror == machine->mirror_count) {
        if (!machine->sources[a->source].log) {
            next_source(a);
            return;
        }
        a->phase = PHASE_LOG;
        a->wanted = a->copied[a->source].id;
    }
    if (a->phase == PHASE_LOG)
        ask_record(a);
    else
        ask_sensor(a);
}

/* The next round; or a request of which its port knows nothing any more. */
static void
on_timer(void *ctx, instant at)
{
    struct aggregate *a = ctx;

    (void)at;
    if (!a->asking) {
        go_on(a);
        return;
    }
    ipmb_port_cancel(a->mc->port, a->ticket);
    a->asking = false;
    source_is_gone(a);
}

void
aggregate_translate(const struct mc *mc, uint8_t generator[2], struct mc_event *ev)
{
    const struct machine_mc *machine = mc->machine;

    if (mc->aggregate == NULL)
        return;
    for (uint32_t i = 0; i < machine->mirror_count; i++) {
        const struct machine_mirror *m = &machine->mirrors[i];

        if (m->from != generator[0] || m->from_lun != (generator[1] & 3) ||
            m->from_number != ev->sensor_number)
            continue;
        generator[0] = machine->address;
        generator[1] = m->lun;
        ev->lun = m->lun;
        ev->sensor_number = m->number;
        return;
    }
}

/* ---- birth and end ---- */

enum status
aggregate_init(struct mc *mc)
{
    uint32_t sources = mc->machine->source_count;
    struct aggregate *a;

    if (sources == 0)
        return ST_OK;
    a = calloc(1, sizeof *a + sources * sizeof a->copied[0]);
    if (a == NULL)
        return ST_NOMEM;
    a->mc = mc;
    for (uint32_t i = 0; i < sources; i++)
        a->copied[i].first_round = true;
    timer_init(&a->timer, TIMER_DEVICE, on_timer, a);
    mc->aggregate = a;
    arm(a, 0);
    return ST_OK;
}

void
aggregate_reset(struct mc *mc)
{
    struct aggregate *a = mc->aggregate;

    if (a == NULL)
        return;
    if (a->asking)
        ipmb_port_cancel(mc->port, a->ticket);
    a->asking = false;
    a->source = 0;
    begin_source(a);
    arm(a, SPAN_MS(AGGREGATE_MS_DEFAULT));
}

void
aggregate_free(struct mc *mc)
{
    if (mc->aggregate == NULL)
        return;
    timeline_disarm(&mc->world->timeline, &mc->aggregate->timer);
    free(mc->aggregate);
    mc->aggregate = NULL;
}
