#include "sim/mc/agent.h"

#include <stdlib.h>

#include "sim/base/wr.h"
#include "sim/mc/mc_parts.h"
#include "sim/wire/sdr.h"

#define CMD_SET_RECEIVER   0x00
#define CMD_SET_HYSTERESIS 0x24
#define CMD_SET_THRESHOLDS 0x26
#define CMD_SET_ENABLE     0x28
#define CMD_SET_TYPE       0x2e

/* Octet 11 of a sensor's record. */
#define INIT_SCANNING    0x40
#define INIT_EVENTS      0x20
#define INIT_THRESHOLDS  0x10
#define INIT_HYSTERESIS  0x08
#define INIT_TYPE        0x04
#define DEFAULT_EVENTS   0x02
#define DEFAULT_SCANNING 0x01

/* Set Sensor Event Enable. */
#define ENABLE_EVENTS   0x80
#define ENABLE_SCANNING 0x40
#define ENABLE_SELECTED 0x10

/* Octets 8 and 9 of a controller's record. */
#define LOCATOR_EVENTS    0x03
#define LOCATOR_GENERATES 0x20

enum { LOCATOR_ENABLE, LOCATOR_DISABLE };

#define SOFTWARE    0x01 /* bit of an owner: a software id, nobody on the bus */
#define SETTABLE_AT 8    /* settable thresholds in a reading mask */
#define PATIENCE    SPAN_S(10)
#define DATA_MAX    8
#define UNTOUCHED   0xff /* Set Sensor Hysteresis: for future use */

/* What is done to a sensor, in order; to a controller, one thing. */
enum step { STEP_OFF, STEP_TYPE, STEP_THRESHOLDS, STEP_HYSTERESIS, STEP_ON, STEPS };

/* A run goes over the records twice. */
enum pass { PASS_SENSORS, PASS_RECEIVERS, PASSES };

struct agent {
    struct mc *mc;
    unsigned pass;
    uint32_t record; /* place in the repository */
    uint8_t member;  /* of the sensors that share it .. */
    uint8_t members; /* .. so many */
    unsigned step;
    bool asking;
    uint32_t ticket;       /* while asking */
    uint32_t unanswered;   /* requests */
    struct timer patience; /* while asking: a port that is reset says nothing */
};

/* A request to be made. */
struct order {
    uint8_t target, lun, cmd;
    uint8_t data[DATA_MAX];
    size_t len;
};

static void go_on(struct agent *a);

/* ---- what a record asks for ---- */

static uint8_t
access_of(uint8_t caps, unsigned at)
{
    return caps >> at & 3;
}

static bool
is_threshold(const struct sdr_sensor *s)
{
    return s->event_type == EVENT_TYPE_THRESHOLD;
}

/* Events and scanning off while the rest changes, so that nothing half set up
 * makes an event. */
static bool
order_off(const struct sdr_sensor *s, struct wr *w)
{
    wr_u8(w, 0);
    return (s->init & (INIT_SCANNING | INIT_EVENTS)) != 0;
}

static bool
order_type(const struct sdr_sensor *s, struct wr *w)
{
    wr_u8(w, s->type);
    wr_u8(w, s->event_type);
    return (s->init & INIT_TYPE) != 0;
}

/* Thresholds stand the other way round in commands. */
static bool
order_thresholds(const struct sdr_sensor *s, struct wr *w)
{
    wr_u8(w, s->reading_mask >> SETTABLE_AT & ((1u << SDR_THRESHOLDS) - 1));
    for (unsigned t = SDR_THRESHOLDS; t-- > 0;)
        wr_u8(w, s->threshold[t]);
    return (s->init & INIT_THRESHOLDS) && is_threshold(s) &&
           access_of(s->caps, 2) == ACCESS_SETTABLE;
}

static bool
order_hysteresis(const struct sdr_sensor *s, struct wr *w)
{
    wr_u8(w, UNTOUCHED);
    wr_u8(w, s->hysteresis_up);
    wr_u8(w, s->hysteresis_down);
    return (s->init & INIT_HYSTERESIS) && is_threshold(s) &&
           access_of(s->caps, 4) == ACCESS_SETTABLE;
}

static bool
order_on(const struct sdr_sensor *s, struct wr *w)
{
    uint16_t bits = is_threshold(s) ? SENSOR_THRESHOLD_EVENTS : SENSOR_STATES;
    uint8_t flags = 0;

    if (s->init & (INIT_EVENTS | DEFAULT_EVENTS))
        flags |= ENABLE_EVENTS;
    if (s->init & (INIT_SCANNING | DEFAULT_SCANNING))
        flags |= ENABLE_SCANNING;
    if (access_of(s->caps, 0) == EVENTS_PER_STATE)
        flags |= ENABLE_SELECTED;
    wr_u8(w, flags);
    wr_le16(w, s->assert_mask & bits);
    wr_le16(w, s->deassert_mask & bits);
    return (s->init & (INIT_SCANNING | INIT_EVENTS)) != 0;
}

static const struct {
    uint8_t cmd;
    bool (*order)(const struct sdr_sensor *s, struct wr *w);
} steps[STEPS] = {
    [STEP_OFF] = { CMD_SET_ENABLE, order_off },
    [STEP_TYPE] = { CMD_SET_TYPE, order_type },
    [STEP_THRESHOLDS] = { CMD_SET_THRESHOLDS, order_thresholds },
    [STEP_HYSTERESIS] = { CMD_SET_HYSTERESIS, order_hysteresis },
    [STEP_ON] = { CMD_SET_ENABLE, order_on },
};

/* Compose the present step of a sensor. False: the record does not ask for it. */
static bool
sensor_order(const struct agent *a, const struct sdr_sensor *s, struct order *o)
{
    struct wr w = wr_of(o->data, sizeof o->data);
    bool asked;

    o->target = s->owner;
    o->lun = s->lun;
    o->cmd = steps[a->step].cmd;
    wr_u8(&w, (unsigned)s->number + a->member);
    asked = steps[a->step].order(s, &w);
    o->len = wr_len(&w);
    return asked;
}

static bool
receiver_order(const struct agent *a, const struct sdr_locator *l, struct order *o)
{
    uint8_t own = a->mc->machine->address;
    unsigned events = l->flags & LOCATOR_EVENTS;

    *o = (struct order){ .target = l->access, .cmd = CMD_SET_RECEIVER, .len = 2 };
    o->data[0] = events == LOCATOR_DISABLE ? EVENT_RECEIVER_NONE : own;
    return l->access != own && l->channel == CHANNEL_PRIMARY_IPMB &&
           (l->caps & LOCATOR_GENERATES) && events <= LOCATOR_DISABLE;
}

/* A sensor that is set up by us. Records of the machine's own say nothing new
 * of our own sensors. */
static bool
concerns_sensor(const struct agent *a, const struct sdr *sdr)
{
    const struct sdr_sensor *s = &sdr->u.sensor;

    if (sdr->type != SDR_FULL && sdr->type != SDR_COMPACT)
        return false;
    if (s->owner & SOFTWARE || s->channel != CHANNEL_PRIMARY_IPMB)
        return false;
    return s->owner != a->mc->machine->address || sdr_added(a->mc, a->record);
}

/* ---- going over the records ---- */

static void
next_record(struct agent *a)
{
    a->record++;
    a->member = 0;
    a->step = 0;
}

/* Behind what was asked last, or was not asked for. */
static void
next_step(struct agent *a)
{
    if (a->pass == PASS_SENSORS && ++a->step < STEPS)
        return;
    a->step = 0;
    if (++a->member >= a->members)
        next_record(a);
}

/* Pass over what is left of a sensor that does not answer. */
static void
give_up(struct agent *a)
{
    a->unanswered++;
    a->step = STEPS;
    next_step(a);
}

/* What the present record asks for at the present step. */
static bool
order_of(struct agent *a, struct order *o)
{
    struct sdr sdr;
    uint16_t id;

    a->members = 1;
    if (sdr_parse(sdr_nth(a->mc, a->record, &id), &sdr) != SDR_OK)
        return false;
    if (a->pass == PASS_RECEIVERS)
        return sdr.type == SDR_MC_LOCATOR && receiver_order(a, &sdr.u.locator, o);
    if (!concerns_sensor(a, &sdr))
        return false;
    a->members = sdr.u.sensor.share;
    return sensor_order(a, &sdr.u.sensor, o);
}

/* Find the next thing to be done in this pass. False: it is over. */
static bool
next_of_pass(struct agent *a, struct order *o)
{
    for (; a->record < sdr_count(a->mc); next_step(a))
        if (order_of(a, o))
            return true;
    return false;
}

static bool
next_order(struct agent *a, struct order *o)
{
    for (; a->pass < PASSES; a->pass++, a->record = 0)
        if (next_of_pass(a, o))
            return true;
    return false;
}

/* ---- carrying out ---- */

static void
ignore_answer(void *ctx, const struct ipmi_origin *origin, uint8_t cc, struct bytes data)
{
    (void)ctx;
    (void)origin;
    (void)cc;
    (void)data;
}

static void
do_here(struct agent *a, const struct order *o)
{
    struct ipmi_req rq = {
        .from = { .answer = ignore_answer,
                  .channel = CHANNEL_SYSTEM,
                  .netfn = NETFN_SENSOR,
                  .cmd = o->cmd },
        .privilege = PRIV_SYSTEM,
        .netfn = NETFN_SENSOR,
        .lun = o->lun,
        .cmd = o->cmd,
        .data = rd_of(bytes_of(o->data, o->len)),
    };

    command_dispatch(&a->mc->gate, a->mc, &rq);
}

static void
answered(void *ctx, uint32_t mark, enum ipmb_end end, uint8_t cc, struct bytes data)
{
    struct agent *a = ctx;

    (void)mark;
    (void)cc;
    (void)data;
    a->asking = false;
    timeline_disarm(&a->mc->world->timeline, &a->patience);
    if (end == IPMB_END_ANSWERED)
        next_step(a);
    else
        give_up(a);
    go_on(a);
}

/* True when an answer is to be waited for. */
static bool
do_there(struct agent *a, const struct order *o)
{
    struct world *world = a->mc->world;
    struct ipmb_ask ask = {
        .target = o->target,
        .target_lun = o->lun,
        .netfn = NETFN_SENSOR,
        .cmd = o->cmd,
        .data = bytes_of(o->data, o->len),
        .done = answered,
        .ctx = a,
    };

    if (a->mc->port == NULL || ipmb_port_ask(a->mc->port, &ask, &a->ticket) != ST_OK) {
        give_up(a);
        return false;
    }
    a->asking = true;
    timeline_arm(&world->timeline, &a->patience, instant_add(world->now, PATIENCE));
    return true;
}

static void
out_of_patience(void *ctx, instant at)
{
    struct agent *a = ctx;

    (void)at;
    ipmb_port_cancel(a->mc->port, a->ticket);
    a->asking = false;
    give_up(a);
    go_on(a);
}

/* Do what can be done without waiting; at the end the agent is gone. */
static void
go_on(struct agent *a)
{
    struct order o;

    while (next_order(a, &o)) {
        if (o.target != a->mc->machine->address) {
            if (do_there(a, &o))
                return;
            continue;
        }
        do_here(a, &o);
        next_step(a);
    }
    a->mc->sdrs.unanswered = a->unanswered;
    agent_stop(a->mc);
}

enum status
agent_run(struct mc *mc)
{
    struct agent *a;

    agent_stop(mc);
    a = calloc(1, sizeof *a);
    if (a == NULL)
        return ST_NOMEM;
    a->mc = mc;
    timer_init(&a->patience, TIMER_DEVICE, out_of_patience, a);
    mc->sdrs.agent = a;
    go_on(a);
    return ST_OK;
}

bool
agent_running(const struct mc *mc)
{
    return mc->sdrs.agent != NULL;
}

void
agent_stop(struct mc *mc)
{
    struct agent *a = mc->sdrs.agent;

    if (a == NULL)
        return;
    if (a->asking && mc->port != NULL)
        ipmb_port_cancel(mc->port, a->ticket);
    timeline_disarm(&mc->world->timeline, &a->patience);
    free(a);
    mc->sdrs.agent = NULL;
}
