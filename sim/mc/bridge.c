#include "sim/mc/bridge.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/wire/lanmsg.h"

/* Send Message, byte 1. */
#define CHANNEL_BITS   0x0f
#define TRACKING_SHIFT 6
enum { TRACK_NOT, TRACK_REQUEST, TRACK_RAW, TRACK_RESERVED };

#define CC_NO_HANDLE CC_CMD_80
#define MESSAGE_MAX  288 /* octets of a message that is carried into a session */
#define SLOT_BITS    8   /* of a mark; the rest is the entry's generation */
#define SEQ_BITS     0x3f

enum entry_kind {
    ENTRY_FREE,
    ENTRY_RAW,     /* an untracked frame that waits for the wire */
    ENTRY_BUS,     /* a request of ours on the IPMB */
    ENTRY_SELF,    /* done here */
    ENTRY_SESSION, /* sent to a remote console */
};

/* One Send Message that is not finished. */
struct entry {
    uint8_t kind;
    uint8_t style;   /* enum bridge_style */
    bool answered;   /* Send Message itself was */
    uint8_t seq;     /* ENTRY_SESSION: ours */
    uint8_t channel; /* ENTRY_SESSION: of the console */
    uint32_t session;
    uint32_t generation;
    uint32_t ticket; /* ENTRY_BUS: of the port */
    instant until;
    struct ipmi_origin origin; /* who sent Send Message */
    struct ipmb_frame rq;      /* what it carried; data is not kept */
};

struct bridge {
    struct mc *mc;
    uint8_t style;
    uint8_t next_seq;
    struct bridge_stats stats;
    struct timer expiry; /* of the entry that ends first */
    struct entry at[BRIDGE_MAX];
};

/* ---- entries ---- */

static void expire(void *ctx, instant at);

/* The table; NULL when there is no memory. */
static struct bridge *
table(struct mc *mc)
{
    struct bridge *b = mc->messages->bridge;

    if (b != NULL)
        return b;
    b = calloc(1, sizeof *b);
    if (b == NULL)
        return NULL;
    b->mc = mc;
    timer_init(&b->expiry, TIMER_EXPIRY, expire, mc);
    mc->messages->bridge = b;
    return b;
}

static uint32_t
mark_of(const struct bridge *b, const struct entry *e)
{
    return e->generation << SLOT_BITS | (uint32_t)(e - b->at);
}

/* The entry of a mark; NULL when it is over. */
static struct entry *
entry_of(struct bridge *b, uint32_t mark)
{
    uint32_t slot = mark & ((1u << SLOT_BITS) - 1);

    if (b == NULL || slot >= BRIDGE_MAX || b->at[slot].kind == ENTRY_FREE ||
        mark_of(b, &b->at[slot]) != mark)
        return NULL;
    return &b->at[slot];
}

static void
arm_expiry(struct bridge *b)
{
    struct timeline *tl = &b->mc->world->timeline;
    instant first = INSTANT_NEVER;

    for (size_t i = 0; i < BRIDGE_MAX; i++)
        if (b->at[i].kind != ENTRY_FREE && b->at[i].until < first)
            first = b->at[i].until;
    if (first == INSTANT_NEVER)
        timeline_disarm(tl, &b->expiry);
    else if (!timer_armed(&b->expiry) || b->expiry.at != first)
        (void)timeline_arm(tl, &b->expiry, first);
}

/* Only an answer to a session can come as a message of its own. */
static uint8_t
style_for(struct bridge *b, const struct ipmi_origin *origin)
{
    return mc_lan_of(b->mc, origin->channel) != NULL ? b->style : BRIDGE_ENCAPSULATED;
}

/* A free entry, filled in; NULL when all are taken or there is no memory. */
static struct entry *
entry_begin(struct mc *mc, enum entry_kind kind, const struct ipmi_req *rq,
            const struct ipmb_frame *f)
{
    struct bridge *b = table(mc);
    struct entry *e = NULL;

    for (size_t i = 0; b != NULL && e == NULL && i < BRIDGE_MAX; i++)
        if (b->at[i].kind == ENTRY_FREE)
            e = &b->at[i];
    if (e == NULL) {
        if (b != NULL)
            b->stats.refused++;
        return NULL;
    }
    *e = (struct entry){
        .kind = (uint8_t)kind,
        .style = style_for(b, &rq->from),
        .generation = e->generation + 1,
        .until = instant_add(mc->world->now, BRIDGE_SPAN),
        .origin = rq->from,
        .rq = *f,
    };
    e->rq.data = bytes_of(NULL, 0);
    b->stats.sent++;
    arm_expiry(b);
    return e;
}

static void
entry_end(struct bridge *b, struct entry *e)
{
    if (e->kind == ENTRY_BUS)
        (void)ipmb_port_cancel(b->mc->port, e->ticket);
    e->kind = ENTRY_FREE;
    arm_expiry(b);
}

/* Answer Send Message itself, once. */
static void
answer_send(struct entry *e, uint8_t cc, struct bytes data)
{
    if (e->answered)
        return;
    e->answered = true;
    ipmi_answer(&e->origin, cc, data);
}

/* The target's answer as the asker would have seen it on the wire. */
static void
write_answer(struct wr *w, const struct entry *e, uint8_t to, uint8_t from, uint8_t cc,
             struct bytes data)
{
    struct lanmsg msg = {
        .to = to,
        .to_lun = e->rq.source_lun,
        .netfn = e->rq.netfn | 1,
        .from = from,
        .from_lun = e->rq.target_lun,
        .rq_seq = e->rq.seq,
        .cmd = e->rq.cmd,
        .data = data,
    };

    lanmsg_build_response(w, &msg, cc);
}

/* A message of its own into the session: from us, to the software that sent
 * Send Message. */
static void
send_packet(struct bridge *b, const struct entry *e, uint8_t cc, struct bytes data)
{
    struct lan *lan = mc_lan_of(b->mc, e->origin.channel);
    uint8_t octets[MESSAGE_MAX];
    struct wr w = wr_of(octets, sizeof octets);

    write_answer(&w, e, e->origin.rq_addr, e->origin.rs_addr, cc, data);
    if (lan != NULL && !w.bad)
        (void)lan_session_send(lan, e->origin.session, wr_bytes_of(&w));
}

static void
answer_inside(struct entry *e, uint8_t cc, struct bytes data)
{
    uint8_t octets[MESSAGE_MAX];
    struct wr w = wr_of(octets, sizeof octets);

    write_answer(&w, e, e->rq.source, e->rq.target, cc, data);
    answer_send(e, w.bad ? CC_CANNOT_RETURN : CC_OK,
                w.bad ? bytes_of(NULL, 0) : wr_bytes_of(&w));
}

/* The target answered: pass it on, and be done with it. */
static void
finish(struct bridge *b, struct entry *e, uint8_t cc, struct bytes data)
{
    struct entry done = *e;

    b->stats.answered++;
    e->kind = ENTRY_FREE;
    arm_expiry(b);
    if (done.style == BRIDGE_ENCAPSULATED) {
        answer_inside(&done, cc, data);
        return;
    }
    answer_send(&done, CC_OK, bytes_of(NULL, 0));
    send_packet(b, &done, cc, data);
}

static void
expire(void *ctx, instant at)
{
    struct mc *mc = ctx;
    struct bridge *b = mc->messages->bridge;

    for (size_t i = 0; i < BRIDGE_MAX; i++) {
        struct entry done = b->at[i];

        if (done.kind == ENTRY_FREE || done.until > at)
            continue;
        b->stats.expired++;
        entry_end(b, &b->at[i]);
        answer_send(&done, CC_TIMEOUT, bytes_of(NULL, 0));
    }
    arm_expiry(b);
}

/* ---- to the IPMB ---- */

static enum ipmi_cc
cc_of_status(enum status st)
{
    switch (st) {
    case ST_OK: return CC_LATER;
    case ST_FULL: return CC_BUSY;
    case ST_NOMEM: return CC_NO_SPACE;
    case ST_MISSING: return CC_CMD_82; /* bus error: we are not on it */
    default: return CC_INVALID_FIELD;
    }
}

static void
on_raw_sent(void *ctx, uint32_t mark, enum ipmb_end end)
{
    struct mc *mc = ctx;
    struct entry *e = entry_of(mc->messages->bridge, mark);
    struct entry done;

    if (e == NULL)
        return;
    done = *e;
    entry_end(mc->messages->bridge, e);
    answer_send(&done, ipmb_end_cc(end), bytes_of(NULL, 0));
}

static enum ipmi_cc
send_raw(struct mc *mc, struct ipmi_req *rq, const struct ipmb_frame *f,
         struct bytes frame)
{
    struct entry *e = entry_begin(mc, ENTRY_RAW, rq, f);
    struct ipmb_raw raw = { .frame = frame, .sent = on_raw_sent, .ctx = mc };
    enum ipmi_cc cc;

    if (e == NULL)
        return CC_BUSY;
    raw.mark = mark_of(mc->messages->bridge, e);
    cc = cc_of_status(ipmb_port_send_raw(mc->port, &raw));
    if (cc != CC_LATER)
        entry_end(mc->messages->bridge, e);
    return cc;
}

static void
on_bus_sent(void *ctx, uint32_t mark, enum ipmb_end end)
{
    struct mc *mc = ctx;
    struct entry *e = entry_of(mc->messages->bridge, mark);

    if (e != NULL && e->style == BRIDGE_PACKETS)
        answer_send(e, ipmb_end_cc(end), bytes_of(NULL, 0));
}

/* A request that was not answered is only worth a word while Send Message
 * itself still waits for one. */
static void
on_bus_done(void *ctx, uint32_t mark, enum ipmb_end end, uint8_t cc, struct bytes data)
{
    struct mc *mc = ctx;
    struct bridge *b = mc->messages->bridge;
    struct entry *e = entry_of(b, mark);
    struct entry done;

    if (e == NULL)
        return;
    if (end == IPMB_END_ANSWERED) {
        finish(b, e, cc, data);
        return;
    }
    done = *e;
    b->stats.expired++;
    entry_end(b, e);
    answer_send(&done, cc, bytes_of(NULL, 0));
}

static enum ipmi_cc
ask_bus(struct mc *mc, struct ipmi_req *rq, const struct ipmb_frame *f)
{
    struct entry *e = entry_begin(mc, ENTRY_BUS, rq, f);
    struct ipmb_ask ask = {
        .target = f->target,
        .target_lun = f->target_lun,
        .netfn = f->netfn,
        .cmd = f->cmd,
        .broadcast = f->broadcast,
        .data = f->data,
        .sent = on_bus_sent,
        .done = on_bus_done,
        .ctx = mc,
    };
    enum status st;

    if (e == NULL)
        return CC_BUSY;
    ask.mark = mark_of(mc->messages->bridge, e);
    st = ipmb_port_ask(mc->port, &ask, &e->ticket);
    if (st != ST_OK) {
        e->kind = ENTRY_RAW; /* there is no ticket to give back */
        entry_end(mc->messages->bridge, e);
    }
    return cc_of_status(st);
}

/* ---- to ourselves ---- */

static void
on_self_answer(void *ctx, const struct ipmi_origin *origin, uint8_t cc, struct bytes data)
{
    struct mc *mc = ctx;
    struct entry *e = entry_of(mc->messages->bridge, origin->mark[0]);

    if (e != NULL)
        finish(mc->messages->bridge, e, cc, data);
}

/* No node on a bus hears itself. The asker's privilege goes along, or bridging
 * would be a way round the gate. */
static enum ipmi_cc
ask_self(struct mc *mc, struct ipmi_req *rq, const struct ipmb_frame *f)
{
    struct entry *e = entry_begin(mc, ENTRY_SELF, rq, f);
    uint8_t data[IPMB_FRAME_MAX];
    struct ipmi_req inner = {
        .from = {
            .answer = on_self_answer,
            .ctx = mc,
            .channel = CHANNEL_PRIMARY_IPMB,
            .rs_addr = f->target,
            .rs_lun = f->target_lun,
            .rq_addr = mc->machine->address,
            .rq_lun = f->source_lun,
            .rq_seq = f->seq,
            .netfn = f->netfn,
            .cmd = f->cmd,
        },
        .privilege = rq->privilege,
        .netfn = f->netfn,
        .lun = f->target_lun,
        .cmd = f->cmd,
    };

    if (e == NULL)
        return CC_BUSY;
    if (f->data.len > sizeof data) {
        entry_end(mc->messages->bridge, e);
        return CC_INVALID_FIELD;
    }
    if (f->data.len)
        memcpy(data, f->data.at, f->data.len);
    inner.data = rd_of(bytes_of(data, f->data.len));
    inner.from.mark[0] = mark_of(mc->messages->bridge, e);
    if (e->style == BRIDGE_PACKETS)
        answer_send(e, CC_OK, bytes_of(NULL, 0));
    mc_request(mc, &inner);
    return CC_LATER;
}

static enum ipmi_cc
send_to_bus(struct mc *mc, struct ipmi_req *rq, unsigned tracking, struct bytes message)
{
    bool from_software = rq->from.channel == CHANNEL_SYSTEM;
    struct ipmb_frame f;
    enum ipmb_err err = ipmb_parse(message, &f);

    if (err == IPMB_SHORT)
        return CC_LENGTH;
    if (err != IPMB_OK)
        return CC_INVALID_FIELD;
    if (f.broadcast && (f.netfn != NETFN_APP || f.cmd != 0x01))
        return CC_INVALID_FIELD;
    if (f.target == mc->machine->address && !ipmb_is_response(&f) && !from_software)
        return ask_self(mc, rq, &f);
    if (mc->port == NULL)
        return CC_CMD_82;
    if (tracking == TRACK_REQUEST && !ipmb_is_response(&f) && !from_software)
        return ask_bus(mc, rq, &f);
    return send_raw(mc, rq, &f, message);
}

/* ---- into a session ---- */

/* A sequence number that no request to a console has. */
static uint8_t
free_seq(struct bridge *b)
{
    for (;;) {
        bool taken = false;

        b->next_seq = (b->next_seq + 1) & SEQ_BITS;
        for (size_t i = 0; i < BRIDGE_MAX; i++)
            taken =
                taken || (b->at[i].kind == ENTRY_SESSION && b->at[i].seq == b->next_seq);
        if (!taken)
            return b->next_seq;
    }
}

static enum ipmi_cc
ask_session(struct mc *mc, struct ipmi_req *rq, struct lan *lan,
            const struct lan_session_info *info, const struct ipmb_frame *f)
{
    struct entry *e = entry_begin(mc, ENTRY_SESSION, rq, f);
    uint8_t octets[MESSAGE_MAX];
    struct wr w = wr_of(octets, sizeof octets);
    struct ipmb_frame ours = *f;

    if (e == NULL)
        return CC_BUSY;
    e->seq = free_seq(mc->messages->bridge);
    e->channel = info->channel;
    e->session = info->id;
    ours.source = BMC_ADDRESS;
    ours.source_lun = LUN_BMC;
    ours.seq = e->seq;
    ipmb_build(&w, &ours);
    if (w.bad || !lan_session_send(lan, info->id, wr_bytes_of(&w))) {
        entry_end(mc->messages->bridge, e);
        return w.bad ? CC_LENGTH : CC_NO_HANDLE;
    }
    if (e->style == BRIDGE_PACKETS)
        answer_send(e, CC_OK, bytes_of(NULL, 0));
    return CC_LATER;
}

static enum ipmi_cc
send_to_session(struct mc *mc, struct ipmi_req *rq, unsigned tracking,
                const struct channel *to, struct bytes message)
{
    struct lan *lan = mc_lan_of(mc, to->number);
    struct rd r = rd_of(message);
    uint8_t handle = rd_u8(&r);
    struct bytes whole = rd_rest(&r);
    struct lan_session_info info;
    struct lanmsg msg;
    struct ipmb_frame f;
    enum lanmsg_err err = lanmsg_parse(whole, &msg);

    if (r.bad || err == LANMSG_SHORT)
        return CC_LENGTH;
    if (err != LANMSG_OK)
        return CC_INVALID_FIELD;
    if (lan == NULL || !lan_session_by_handle(lan, handle, &info))
        return CC_NO_HANDLE;
    if (tracking != TRACK_REQUEST || lanmsg_is_response(&msg) ||
        rq->from.channel == CHANNEL_SYSTEM)
        return lan_session_send(lan, info.id, whole) ? CC_OK : CC_NO_HANDLE;
    f = (struct ipmb_frame){
        .target = msg.to,
        .target_lun = msg.to_lun,
        .source = msg.from,
        .source_lun = msg.from_lun,
        .netfn = msg.netfn,
        .seq = msg.rq_seq,
        .cmd = msg.cmd,
        .data = msg.data,
    };
    return ask_session(mc, rq, lan, &info, &f);
}

static struct entry *
find_session_entry(struct bridge *b, uint8_t channel, uint32_t session, uint8_t netfn,
                   uint8_t seq, uint8_t cmd)
{
    for (size_t i = 0; b != NULL && i < BRIDGE_MAX; i++) {
        struct entry *e = &b->at[i];

        if (e->kind == ENTRY_SESSION && e->channel == channel && e->session == session &&
            e->seq == seq && e->rq.cmd == cmd && (e->rq.netfn | 1) == netfn)
            return e;
    }
    return NULL;
}

/* What no tracked request awaits was asked by system software. */
static void
queue_response(struct mc *mc, uint8_t channel, uint32_t session, uint8_t netfn,
               uint8_t rq_seq, uint8_t cmd, struct bytes data)
{
    struct lan *lan = mc_lan_of(mc, channel);
    struct lan_session_info info;
    uint8_t octets[MESSAGES_QUEUE_LEN];
    struct wr w = wr_of(octets, sizeof octets), body;
    struct lanmsg msg = {
        .to = BMC_ADDRESS,
        .to_lun = LUN_SMS,
        .netfn = netfn,
        .from = LANMSG_SWID_CONSOLE,
        .rq_seq = rq_seq,
        .cmd = cmd,
        .data = data,
    };

    if (lan == NULL || !lan_session_by_id(lan, session, &info))
        return;
    wr_u8(&w, info.handle);
    body = wr_of(w.at, wr_room(&w));
    lanmsg_build(&body, &msg);
    if (!body.bad)
        (void)messages_put(mc, info.privilege, channel,
                           bytes_of(octets, wr_len(&w) + wr_len(&body)));
}

void
bridge_lan_response(void *ctx, uint8_t channel, uint32_t session, uint8_t netfn,
                    uint8_t rq_seq, uint8_t cmd, struct bytes data)
{
    struct mc *mc = ctx;
    struct entry *e =
        find_session_entry(mc->messages->bridge, channel, session, netfn, rq_seq, cmd);
    struct rd r = rd_of(data);
    uint8_t cc = rd_u8(&r);

    if (e == NULL)
        queue_response(mc, channel, session, netfn, rq_seq, cmd, data);
    else if (!r.bad)
        finish(mc->messages->bridge, e, cc, rd_rest(&r));
}

/* ---- to system software ---- */

/* Also a way to LUN 2, for those that name the channel instead. */
static enum ipmi_cc
send_to_software(struct mc *mc, struct ipmi_req *rq, struct bytes message)
{
    struct lan *lan = mc_lan_of(mc, rq->from.channel);
    uint8_t octets[MESSAGES_QUEUE_LEN];
    struct wr w = wr_of(octets, sizeof octets);
    struct lan_session_info info;
    struct ipmb_frame f;

    if (rq->from.channel == CHANNEL_SYSTEM || ipmb_parse(message, &f) != IPMB_OK)
        return CC_INVALID_FIELD;
    if (lan != NULL) {
        if (!lan_session_by_id(lan, rq->from.session, &info))
            return CC_NO_HANDLE;
        wr_u8(&w, info.handle);
        wr_span(&w, message);
    } else {
        wr_bytes(&w, message.at + 1, message.len - 1);
    }
    if (w.bad)
        return CC_FIELD_LENGTH;
    return messages_put(mc, lan != NULL ? rq->privilege : 0, rq->from.channel,
                        wr_bytes_of(&w));
}

void
bridge_sms(void *ctx, struct ipmb_port *port, const struct ipmb_frame *f,
           struct bytes frame)
{
    (void)f;
    (void)messages_put(ctx, 0, ipmb_port_channel(port),
                       bytes_of(frame.at + 1, frame.len - 1));
}

/* ---- Send Message ---- */

enum ipmi_cc
bridge_send(struct mc *mc, struct ipmi_req *rq)
{
    uint8_t control = rd_u8(&rq->data);
    unsigned tracking = control >> TRACKING_SHIFT;
    const struct channel *to = mc_channel(mc, rq, control & CHANNEL_BITS);
    struct bytes message = rd_rest(&rq->data);

    if (to == NULL || tracking == TRACK_RAW || tracking == TRACK_RESERVED)
        return CC_INVALID_FIELD;
    if (to->medium != MEDIUM_SYSTEM && rq->privilege < PRIV_OPERATOR)
        return CC_PRIVILEGE;
    switch (to->medium) {
    case MEDIUM_IPMB: return send_to_bus(mc, rq, tracking, message);
    case MEDIUM_LAN: return send_to_session(mc, rq, tracking, to, message);
    case MEDIUM_SYSTEM: return send_to_software(mc, rq, message);
    case MEDIUM_ICMB_10: return icmb_bridge_send(mc, rq, message);
    default: return CC_INVALID_FIELD;
    }
}

/* ---- settings, sessions, resets ---- */

enum status
bridge_set_style(struct mc *mc, enum bridge_style style)
{
    struct bridge *b = table(mc);

    if (b == NULL)
        return ST_NOMEM;
    b->style = (uint8_t)style;
    return ST_OK;
}

struct bridge_stats
bridge_stats(const struct mc *mc)
{
    static const struct bridge_stats none;

    return mc->messages->bridge != NULL ? mc->messages->bridge->stats : none;
}

static bool
concerns(const struct entry *e, uint8_t channel, uint32_t session)
{
    return (e->origin.channel == channel && e->origin.session == session) ||
           (e->kind == ENTRY_SESSION && e->channel == channel && e->session == session);
}

void
bridge_session_ended(struct mc *mc, uint8_t channel, uint32_t session)
{
    struct bridge *b = mc->messages->bridge;

    for (size_t i = 0; b != NULL && session && i < BRIDGE_MAX; i++)
        if (b->at[i].kind != ENTRY_FREE && concerns(&b->at[i], channel, session))
            entry_end(b, &b->at[i]);
}

void
bridge_reset(struct mc *mc)
{
    struct bridge *b = mc->messages->bridge;

    for (size_t i = 0; b != NULL && i < BRIDGE_MAX; i++)
        if (b->at[i].kind != ENTRY_FREE)
            entry_end(b, &b->at[i]);
}

void
bridge_free(struct mc *mc)
{
    struct bridge *b = mc->messages->bridge;

    if (b == NULL)
        return;
    timeline_disarm(&mc->world->timeline, &b->expiry);
    free(b);
    mc->messages->bridge = NULL;
}
