#include "sim/mc/event.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/wr.h"
#include "sim/mc/mc_parts.h"

#define EVENT_MESSAGE      7 /* octets: revision, sensor type, number, direction, data */
#define CMD_PLATFORM_EVENT 0x02

/* Events on their way to another controller; the first one is being sent. */
struct event_queue {
    struct mc *mc;
    struct mc_event at[EVENT_QUEUE_MAX];
    uint32_t first, count;
    uint32_t tries; /* of the first one, without an answer */
    bool asking;
    uint32_t ticket;    /* while asking */
    struct timer again; /* the next try; while asking, the end of patience */
};

static void send_first(struct event_queue *q);

static void
take_first(struct event_queue *q)
{
    q->first = (q->first + 1) % EVENT_QUEUE_MAX;
    q->count--;
    q->tries = 0;
}

static void
arm(struct event_queue *q, instant span)
{
    timeline_arm(&q->mc->world->timeline, &q->again,
                 instant_add(q->mc->world->now, span));
}

/* Nobody took it: again later, or give this one up for the next. */
static void
unanswered(struct event_queue *q)
{
    if (++q->tries < EVENT_TRIES) {
        arm(q, EVENT_RETRY);
        return;
    }
    q->mc->events.dropped++;
    take_first(q);
    send_first(q);
}

static void
answered(void *ctx, uint32_t mark, enum ipmb_end end, uint8_t cc, struct bytes data)
{
    struct event_queue *q = ctx;

    (void)mark;
    (void)data;
    q->asking = false;
    timeline_disarm(&q->mc->world->timeline, &q->again);
    if (end != IPMB_END_ANSWERED || cc == CC_BUSY || cc == CC_NO_SPACE) {
        unanswered(q);
        return;
    }
    if (cc != CC_OK)
        q->mc->events.dropped++;
    take_first(q);
    send_first(q);
}

/* The octets that follow the command code of a Platform Event. */
static void
message_of(const struct mc_event *ev, uint8_t to[EVENT_MESSAGE])
{
    struct wr w = wr_of(to, EVENT_MESSAGE);

    wr_u8(&w, EVM_REV_15);
    wr_u8(&w, ev->sensor_type);
    wr_u8(&w, ev->sensor_number);
    wr_u8(&w, ev->type_dir);
    wr_bytes(&w, ev->data, sizeof ev->data);
}

static void
send_first(struct event_queue *q)
{
    const struct events *events = &q->mc->events;
    const struct mc_event *ev = &q->at[q->first];
    uint8_t message[EVENT_MESSAGE] = { 0 };
    struct ipmb_ask ask = {
        .target = events->receiver,
        .target_lun = events->receiver_lun,
        .lun = ev->lun,
        .netfn = NETFN_SENSOR,
        .cmd = CMD_PLATFORM_EVENT,
        .resends = EVENT_RESENDS,
        .data = bytes_of(message, sizeof message),
        .done = answered,
        .ctx = q,
    };

    if (q->count == 0)
        return;
    message_of(ev, message);
    q->asking = ipmb_port_ask(q->mc->port, &ask, &q->ticket) == ST_OK;
    if (q->asking)
        arm(q, EVENT_PATIENCE);
    else
        unanswered(q);
}

/* A port that was reset meanwhile forgot the request and will never say so. */
static void
time_is_up(void *ctx, instant at)
{
    struct event_queue *q = ctx;

    (void)at;
    if (!q->asking) {
        send_first(q);
        return;
    }
    ipmb_port_cancel(q->mc->port, q->ticket);
    q->asking = false;
    unanswered(q);
}

static struct event_queue *
make_queue(struct mc *mc)
{
    struct event_queue *q = calloc(1, sizeof *q);

    if (q == NULL)
        return NULL;
    q->mc = mc;
    timer_init(&q->again, TIMER_DEVICE, time_is_up, q);
    mc->events.queue = q;
    return q;
}

/* Nothing is on the bus any more, nor about to be; what waits goes on waiting. */
static void
stop_sending(struct event_queue *q)
{
    if (q->asking)
        ipmb_port_cancel(q->mc->port, q->ticket);
    q->asking = false;
    q->tries = 0;
    timeline_disarm(&q->mc->world->timeline, &q->again);
}

static void
enqueue(struct mc *mc, const struct mc_event *ev)
{
    struct event_queue *q = mc->events.queue;

    if (mc->port == NULL || (q == NULL && (q = make_queue(mc)) == NULL) ||
        q->count == EVENT_QUEUE_MAX) {
        mc->events.dropped++;
        return;
    }
    q->at[(q->first + q->count) % EVENT_QUEUE_MAX] = *ev;
    if (q->count++ == 0)
        send_first(q);
}

bool
events_receives(const struct mc *mc)
{
    return mc->events.receiver == mc->machine->address;
}

void
mc_event(struct mc *mc, const struct mc_event *ev)
{
    uint8_t generator[2] = { mc->machine->address, ev->lun };

    if (mc->events.receiver == EVENT_RECEIVER_NONE || mc->unpowered)
        return;
    if (!events_receives(mc))
        enqueue(mc, ev);
    else if (!event_received(mc, generator, ev))
        mc->events.dropped++;
}

/* Log a record, or what it would have been. False: the log is full. */
static bool
log_event(struct mc *mc, uint8_t octets[SEL_RECORD], uint16_t *id)
{
    *id = 0;
    if (!messages_sel_logging(mc))
        return true;
    *id = sel_log(mc, SEL_TYPE_EVENT, octets + SEL_RECORD - SEL_BODY, octets);
    return *id != 0 || mc->sel == NULL;
}

bool
event_received(struct mc *mc, const uint8_t generator[2], const struct mc_event *ev)
{
    struct sel_record record = {
        .type = SEL_TYPE_EVENT,
        .timestamp = sel_time(mc),
        .u.event = {
            .generator = { generator[0], generator[1] },
            .evm_rev = EVM_REV_15,
            .sensor_type = ev->sensor_type,
            .sensor_number = ev->sensor_number,
            .type_dir = ev->type_dir,
            .data = { ev->data[0], ev->data[1], ev->data[2] },
        },
    };
    struct mc_event shown = *ev;
    uint8_t octets[SEL_RECORD];
    uint16_t id;
    bool taken;

    aggregate_translate(mc, record.u.event.generator, &shown);
    record.u.event.sensor_number = shown.sensor_number;
    sel_build(&record, octets);
    taken = log_event(mc, octets, &id);
    taken = messages_event(mc, octets) || taken;
    taken = pef_event(mc, id, octets) || taken;
    taken = shelf_event(mc, generator, ev) || taken;
    if (taken)
        icmb_bridge_event(mc, ev);
    return taken;
}

void
events_set_receiver(struct mc *mc, uint8_t address, uint8_t lun)
{
    struct events *events = &mc->events;

    if (events->queue != NULL)
        stop_sending(events->queue);
    events->receiver = address;
    events->receiver_lun = lun;
    if (events->queue == NULL)
        return;
    if (address == EVENT_RECEIVER_NONE || events_receives(mc))
        events->queue->count = 0;
    else
        send_first(events->queue);
}

enum status
events_init(struct mc *mc)
{
    mc->events = (struct events){ 0 };
    events_reset(mc);
    return ST_OK;
}

void
events_reset(struct mc *mc)
{
    uint8_t described = mc->opts.event_receiver;

    if (mc->events.queue != NULL)
        mc->events.queue->count = 0;
    events_set_receiver(mc, described ? described : mc->machine->address, 0);
}

void
events_free(struct mc *mc)
{
    if (mc->events.queue != NULL)
        timeline_disarm(&mc->world->timeline, &mc->events.queue->again);
    free(mc->events.queue);
    mc->events.queue = NULL;
}
