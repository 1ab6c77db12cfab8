#include "sim/mc/alert.h"

#include <stdlib.h>
#include <string.h>

#include "sim/mc/alert_send.h"
#include "sim/mc/mc_parts.h"

/* Alert policies: what becomes of an entry when the destination before it
 * was told. */
enum policy_kind {
    SEND_ALWAYS,
    SKIP_IF_TOLD,          /* and go on with the next */
    END_IF_TOLD,
    CHANNEL_IF_TOLD,       /* go on with the next of another channel */
    TYPE_IF_TOLD           /* go on with the next of another destination type */
};

#define LAN_DESTINATION_TYPE 0x07
#define TYPE_ELSEWHERE 0xff        /* of a destination that is not on a LAN */

#define SENSOR_TYPE_SYSTEM_EVENT 0x12
#define EVENT_TYPE_SPECIFIC 0x6f
#define PEF_ACTION_EVENT 0xc4
#define ORDER_STRING 0x80
#define ORDER_SELECTOR 0x7f

struct policy {
    uint8_t set, kind, channel, destination, string;
    bool enabled, by_event;
};

/* Alert Immediate on one LAN. */
struct order {
    struct alert_send send;
    uint8_t status;
};

struct alerts {
    struct mc *mc;
    struct alert waiting[ALERTS_WAITING_MAX];   /* the first one is being sent */
    uint32_t first, count, dropped;
    unsigned next;                /* policy entry to look at for the first one */
    bool told;                    /* the destination before was */
    uint16_t sequence;            /* of the last trap */
    struct alert_send send;
    struct order orders[MC_LANS_MAX];
};

/* ---- policies ---- */

static struct policy
policy_at(const struct mc *mc, unsigned i)
{
    const uint8_t *entry = pef_config(mc)->policies[i];

    return (struct policy){
        .set = entry[0] >> 4,
        .enabled = entry[0] & PEF_POLICY_ENABLED,
        .kind = entry[0] & PEF_POLICY_KIND,
        .channel = entry[1] >> 4,
        .destination = entry[1] & 0x0f,
        .by_event = entry[2] & PEF_POLICY_BY_EVENT,
        .string = entry[2] & (PEF_POLICY_BY_EVENT - 1),
    };
}

/* The next entry in force of a set, from entry i on; PEF_POLICIES when there
 * is none. */
static unsigned
next_policy(const struct mc *mc, uint8_t set, unsigned i)
{
    for (; i < PEF_POLICIES; i++) {
        struct policy p = policy_at(mc, i);

        if (p.enabled && p.set == set)
            break;
    }
    return i;
}

static uint8_t
destination_type(const struct mc *mc, const struct policy *p)
{
    int lan = mc_lan_index(mc, p->channel);

    if (lan < 0 || p->destination > LANPARM_DESTINATIONS)
        return TYPE_ELSEWHERE;
    return mc->lanparm[lan]->destinations[p->destination].type[0] & LAN_DESTINATION_TYPE;
}

/* The next entry after i that is not alike in what kind looks at. */
static unsigned
next_unlike(const struct mc *mc, unsigned i, const struct policy *p)
{
    for (i = next_policy(mc, p->set, i + 1); i < PEF_POLICIES;
         i = next_policy(mc, p->set, i + 1)) {
        struct policy q = policy_at(mc, i);

        if (p->kind == CHANNEL_IF_TOLD ? q.channel != p->channel
                                       : destination_type(mc, &q) != destination_type(mc, p))
            break;
    }
    return i;
}

/* The entry to send to, from entry i on; PEF_POLICIES when the set is done. */
static unsigned
choose(const struct mc *mc, uint8_t set, unsigned i, bool told)
{
    for (i = next_policy(mc, set, i); i < PEF_POLICIES;) {
        struct policy p = policy_at(mc, i);

        if (!told || p.kind == SEND_ALWAYS)
            return i;
        if (p.kind == SKIP_IF_TOLD)
            i = next_policy(mc, set, i + 1);
        else if (p.kind == END_IF_TOLD)
            return PEF_POLICIES;
        else
            i = next_unlike(mc, i, &p);
    }
    return i;
}

/* The alert string of an entry: its own, or the one whose key is the filter
 * that matched and the entry's string set; 0 = none. */
static uint8_t
string_of(const struct mc *mc, const struct policy *p, uint8_t filter)
{
    const struct pef_config *config = pef_config(mc);

    if (!p->by_event)
        return p->string;
    for (uint8_t s = 1; s <= PEF_STRINGS; s++)
        if (config->keys[s][0] == filter && config->keys[s][1] == p->string)
            return s;
    return 0;
}

/* ---- the queue ---- */

static uint16_t
next_sequence(struct alerts *a)
{
    if (++a->sequence == 0)
        a->sequence = 1;
    return a->sequence;
}

static enum alert_begun
send_to(struct alerts *a, const struct alert *alert, const struct policy *p)
{
    struct mc *mc = a->mc;
    struct alert_target target = {
        .destination = p->destination,
        .string = string_of(mc, p, alert->filter),
        .severity = alert->severity,
    };
    int lan = mc_lan_index(mc, p->channel);

    if (lan < 0 || mc->channels[p->channel].volatile_access.alerting_disabled)
        return ALERT_FAILED;
    target.lan = (uint8_t)lan;
    target.with_string = target.string != 0;
    memcpy(target.record, alert->record, sizeof target.record);
    return alert_send_begin(&a->send, &target, next_sequence(a));
}

/* Tell destinations of the first alert until one keeps us waiting; true when
 * all are through. */
static bool
tell_all(struct alerts *a)
{
    const struct alert *alert = &a->waiting[a->first];

    for (;;) {
        unsigned i = choose(a->mc, alert->set, a->next, a->told);
        enum alert_begun begun;
        struct policy p;

        if (i == PEF_POLICIES)
            return true;
        a->next = i + 1;
        p = policy_at(a->mc, i);
        begun = send_to(a, alert, &p);
        if (begun == ALERT_WAITS)
            return false;
        a->told = begun == ALERT_SENT;
    }
}

static void
begin_first(struct alerts *a)
{
    a->next = 0;
    a->told = false;
}

void
alerts_run(struct mc *mc)
{
    struct alerts *a = mc->pef->alerts;

    while (a != NULL && a->count > 0 && !a->send.busy && !pef_holds_alerts(mc) && tell_all(a)) {
        a->first = (a->first + 1) % ALERTS_WAITING_MAX;
        a->count--;
        begin_first(a);
    }
}

static void
one_done(void *ctx, bool delivered)
{
    struct alerts *a = ctx;

    a->told = delivered;
    alerts_run(a->mc);
}

static void
order_done(void *ctx, bool delivered)
{
    struct order *o = ctx;

    o->status = delivered ? ALERT_DELIVERED : ALERT_UNACKNOWLEDGED;
}

static struct alerts *
make_alerts(struct mc *mc)
{
    struct alerts *a = mc->pef->alerts;

    if (a != NULL)
        return a;
    a = calloc(1, sizeof *a);
    if (a == NULL)
        return NULL;
    a->mc = mc;
    alert_send_init(&a->send, mc, one_done, a);
    for (unsigned i = 0; i < MC_LANS_MAX; i++)
        alert_send_init(&a->orders[i].send, mc, order_done, &a->orders[i]);
    mc->pef->alerts = a;
    return a;
}

void
alerts_add(struct mc *mc, const struct alert *alert)
{
    struct alerts *a;

    if (next_policy(mc, alert->set, 0) == PEF_POLICIES)
        return;
    a = make_alerts(mc);
    if (a == NULL)
        return;
    if (a->count == ALERTS_WAITING_MAX) {
        a->dropped++;
        return;
    }
    a->waiting[(a->first + a->count) % ALERTS_WAITING_MAX] = *alert;
    if (a->count++ == 0)
        begin_first(a);
}

void
alerts_cancel(struct mc *mc)
{
    struct alerts *a = mc->pef->alerts;

    if (a == NULL)
        return;
    a->count = 0;
    alert_send_cancel(&a->send);
}

void
alerts_reset(struct mc *mc)
{
    struct alerts *a = mc->pef->alerts;

    if (a == NULL)
        return;
    alerts_cancel(mc);
    for (unsigned i = 0; i < MC_LANS_MAX; i++) {
        alert_send_cancel(&a->orders[i].send);
        a->orders[i].status = ALERT_NONE;
    }
}

void
alerts_free(struct mc *mc)
{
    alerts_reset(mc);
    free(mc->pef->alerts);
    mc->pef->alerts = NULL;
}

uint32_t
alerts_dropped(const struct mc *mc)
{
    return mc->pef != NULL && mc->pef->alerts != NULL ? mc->pef->alerts->dropped : 0;
}

/* ---- Alert Immediate ---- */

/* The record that the order's trap is about: what was given, or our own. */
static void
order_record(const struct mc *mc, const struct alert_order *order, uint8_t to[SEL_RECORD])
{
    struct sel_record record = {
        .type = SEL_TYPE_EVENT,
        .timestamp = sel_time(mc),
        .u.event = {
            .generator = { mc->machine->address },
            .evm_rev = EVM_REV_15,
            .sensor_type = SENSOR_TYPE_SYSTEM_EVENT,
            .type_dir = EVENT_TYPE_SPECIFIC,
            .data = { PEF_ACTION_EVENT, PEF_ALERT, EVENT_DATA_NONE },
        },
    };

    if (order->has_event) {
        record.u.event.generator[0] = order->event.generator;
        record.u.event.sensor_type = order->event.sensor_type;
        record.u.event.sensor_number = order->event.sensor_number;
        record.u.event.type_dir = order->event.type_dir;
        memcpy(record.u.event.data, order->event.data, sizeof record.u.event.data);
    }
    sel_build(&record, to);
}

enum ipmi_cc
alerts_order(struct mc *mc, const struct alert_order *order)
{
    struct alert_target target = {
        .lan = order->lan,
        .destination = order->destination,
        .string = order->string & ORDER_SELECTOR,
        .with_string = order->string & ORDER_STRING,
    };
    struct alerts *a;
    struct order *o;
    enum alert_begun begun;

    if (order->destination > LANPARM_DESTINATIONS ||
        (target.with_string && target.string > PEF_STRINGS))
        return CC_RANGE;
    if (!alert_send_possible(mc, order->lan, order->destination))
        return CC_STATE;
    a = make_alerts(mc);
    if (a == NULL)
        return CC_NO_SPACE;
    o = &a->orders[order->lan];
    if (o->send.busy)
        return CC_CMD_81;
    order_record(mc, order, target.record);
    begun = alert_send_begin(&o->send, &target, next_sequence(a));
    o->status = begun == ALERT_WAITS ? ALERT_UNDER_WAY : ALERT_DELIVERED;
    return CC_OK;
}

uint8_t
alerts_order_status(const struct mc *mc, uint8_t lan)
{
    return mc->pef->alerts != NULL ? mc->pef->alerts->orders[lan].status : (uint8_t)ALERT_NONE;
}

/* What is under way goes on. */
void
alerts_clear_status(struct mc *mc, uint8_t lan)
{
    struct alerts *a = mc->pef->alerts;

    if (a != NULL && !a->orders[lan].send.busy)
        a->orders[lan].status = ALERT_NONE;
}

void
alerts_acknowledge(struct mc *mc, const struct alert_ack *ack)
{
    struct alerts *a = mc->pef->alerts;

    if (a == NULL || alert_send_acknowledge(&a->send, ack))
        return;
    for (unsigned i = 0; i < MC_LANS_MAX; i++)
        if (alert_send_acknowledge(&a->orders[i].send, ack))
            return;
}
