#include "sim/mc/messages.h"

#include <stdlib.h>
#include <string.h>

#include "sim/mc/bridge.h"
#include "sim/mc/mc_parts.h"
#include "sim/mc/sel_sensor.h"
#include "sim/wire/lanmsg.h"

#define PRIVILEGE_SHIFT 4

struct message {
    uint8_t len;
    uint8_t octets[1 + MESSAGES_QUEUE_LEN]; /* privilege << 4 | channel, message */
};

/* A ring. */
struct message_queue {
    unsigned first, count;
    struct message at[MESSAGES_QUEUE];
};

enum status
messages_init(struct mc *mc)
{
    mc->messages = calloc(1, sizeof *mc->messages);
    if (mc->messages == NULL)
        return ST_NOMEM;
    mc->messages->enables = ENABLES_DEFAULT;
    return ST_OK;
}

void
messages_reset(struct mc *mc)
{
    messages_warm_reset(mc);
    mc->messages->enables = ENABLES_DEFAULT;
    sel_sensor_disabled(mc, false);
    mc->messages->flags = 0;
    mc->messages->event_held = false;
    mc->messages->receive_off = 0;
}

void
messages_warm_reset(struct mc *mc)
{
    messages_flush(mc->messages);
    bridge_reset(mc);
}

void
messages_free(struct mc *mc)
{
    if (mc->messages == NULL)
        return;
    bridge_free(mc);
    free(mc->messages->queue);
    free(mc->messages);
    mc->messages = NULL;
}

/* ---- flags and the event message buffer ---- */

bool
messages_sel_logging(const struct mc *mc)
{
    return (mc->messages->enables & ENABLE_SEL_LOGGING) != 0;
}

bool
messages_event(struct mc *mc, const uint8_t record[MESSAGES_EVENT])
{
    struct messages *m = mc->messages;

    if (!(m->enables & ENABLE_EVENT_BUFFER) || m->event_held)
        return false;
    memcpy(m->event, record, sizeof m->event);
    m->event_held = true;
    return true;
}

uint8_t
messages_flags(const struct messages *messages)
{
    uint8_t flags = messages->flags;

    if (messages_waiting(messages))
        flags |= FLAG_QUEUE;
    if (messages->event_held)
        flags |= FLAG_EVENT;
    return flags;
}

void
messages_raise(struct mc *mc, uint8_t flag)
{
    mc->messages->flags |= flag;
}

bool
messages_attention(const struct messages *messages)
{
    uint8_t flags = messages_flags(messages);

    if (!(messages->enables & ENABLE_QUEUE_INTERRUPT))
        flags &= (uint8_t)~FLAG_QUEUE;
    if (!(messages->enables & ENABLE_EVENT_INTERRUPT))
        flags &= (uint8_t)~FLAG_EVENT;
    return flags != 0;
}

/* ---- the receive message queue ---- */

static enum ipmi_cc
queue_room(struct messages *m, uint8_t channel, size_t len)
{
    if (m->receive_off >> channel & 1)
        return CC_DESTINATION;
    if (len > MESSAGES_QUEUE_LEN)
        return CC_FIELD_LENGTH;
    if (m->queue == NULL)
        m->queue = calloc(1, sizeof *m->queue);
    if (m->queue == NULL)
        return CC_NO_SPACE;
    return m->queue->count < MESSAGES_QUEUE ? CC_OK : CC_BUSY;
}

enum ipmi_cc
messages_put(struct mc *mc, uint8_t privilege, uint8_t channel, struct bytes message)
{
    struct messages *m = mc->messages;
    enum ipmi_cc cc = queue_room(m, channel, message.len);
    struct message *to;
    struct wr w;

    if (cc != CC_OK) {
        m->dropped++;
        return cc;
    }
    to = &m->queue->at[(m->queue->first + m->queue->count++) % MESSAGES_QUEUE];
    w = wr_of(to->octets, sizeof to->octets);
    wr_u8(&w, (unsigned)privilege << PRIVILEGE_SHIFT | channel);
    wr_span(&w, message);
    to->len = (uint8_t)wr_len(&w);
    return CC_OK;
}

/* As Get Message shows it: the IPMB's without the leading address, a
 * session's with its handle in front. */
static void
write_request(struct mc *mc, const struct ipmi_req *rq, struct wr *w)
{
    struct lan *lan = mc_lan_of(mc, rq->from.channel);
    struct lan_session_info info = { .handle = 0 };
    uint8_t octets[MESSAGES_QUEUE_LEN];
    struct wr whole = wr_of(octets, sizeof octets);
    struct lanmsg msg = {
        .to = rq->from.rs_addr,
        .to_lun = rq->lun,
        .netfn = rq->netfn,
        .from = rq->from.rq_addr,
        .from_lun = rq->from.rq_lun,
        .rq_seq = rq->from.rq_seq,
        .cmd = rq->cmd,
        .data = rd_rest(&rq->data),
    };

    lanmsg_build(&whole, &msg);
    w->bad = w->bad || whole.bad;
    if (lan != NULL) {
        (void)lan_session_by_id(lan, rq->from.session, &info);
        wr_u8(w, info.handle);
        wr_span(w, wr_bytes_of(&whole));
    } else {
        wr_bytes(w, octets + 1, wr_len(&whole) - 1);
    }
}

void
messages_put_request(struct mc *mc, struct ipmi_req *rq)
{
    bool in_session = rq->from.session != 0;
    uint8_t octets[MESSAGES_QUEUE_LEN];
    struct wr w = wr_of(octets, sizeof octets);
    enum ipmi_cc cc;

    if (rq->from.channel == CHANNEL_SYSTEM)
        cc = CC_INVALID_LUN; /* software does not write to itself */
    else if (rq->privilege < PRIV_USER)
        cc = CC_PRIVILEGE;
    else {
        write_request(mc, rq, &w);
        cc = w.bad ? CC_FIELD_LENGTH
                   : messages_put(mc, in_session ? rq->privilege : 0, rq->from.channel,
                                  wr_bytes_of(&w));
    }
    if (cc != CC_OK)
        ipmi_answer(&rq->from, (uint8_t)cc, bytes_of(NULL, 0));
}

struct bytes
messages_oldest(const struct messages *messages)
{
    const struct message_queue *q = messages->queue;

    if (q == NULL || q->count == 0)
        return bytes_of(NULL, 0);
    return bytes_of(q->at[q->first].octets, q->at[q->first].len);
}

void
messages_take(struct messages *messages)
{
    struct message_queue *q = messages->queue;

    if (q == NULL || q->count == 0)
        return;
    q->first = (q->first + 1) % MESSAGES_QUEUE;
    q->count--;
}

unsigned
messages_waiting(const struct messages *messages)
{
    return messages->queue != NULL ? messages->queue->count : 0;
}

void
messages_flush(struct messages *messages)
{
    if (messages->queue != NULL)
        messages->queue->count = 0;
}
