#include "sim/mc/icmb_bridge.h"

#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/mc/mc_tables.h"

#define SLOT_BITS      8
#define DEVICE_DEFAULT BMC_ADDRESS
#define EVENT_OCTETS   7

#define CMD_PLATFORM_EVENT 0x02

/* ---- slots ---- */

static struct icmb_slot *
take_slot(struct icmb_bridge *b, enum icmb_slot_kind kind)
{
    for (unsigned i = 0; i < ICMB_SLOTS; i++) {
        struct icmb_slot *s = &b->slots[i];

        if (s->kind == ICMB_SLOT_FREE) {
            *s = (struct icmb_slot){ .kind = (uint8_t)kind,
                                     .generation = (uint8_t)(s->generation + 1) };
            return s;
        }
    }
    return NULL;
}

static uint32_t
mark_of(const struct icmb_bridge *b, const struct icmb_slot *s)
{
    return (uint32_t)s->generation << SLOT_BITS | (uint32_t)(s - b->slots);
}

/* The slot of a mark; NULL when it is over. */
static struct icmb_slot *
slot_of(struct icmb_bridge *b, uint32_t mark)
{
    uint32_t i = mark & ((1u << SLOT_BITS) - 1);

    if (i >= ICMB_SLOTS || b->slots[i].kind == ICMB_SLOT_FREE ||
        mark_of(b, &b->slots[i]) != mark)
        return NULL;
    return &b->slots[i];
}

static void
note_error(struct icmb_bridge *b, uint8_t cc, uint8_t cmd, uint16_t remote)
{
    if (cc == CC_OK)
        return;
    b->error_cc = cc;
    b->error_cmd = cmd;
    b->error_remote = remote;
}

/* ---- asking ---- */

/* Answer who asked, one way or the other, and be done. */
static void
finish(struct icmb_bridge *b, struct icmb_slot *s, uint8_t cc, struct bytes data)
{
    struct icmb_slot done = *s;
    uint8_t octets[2 + ICMB_FRAME_MAX];
    struct wr w = wr_of(octets, sizeof octets);

    s->kind = ICMB_SLOT_FREE;
    note_error(b, cc, done.cmd, done.remote);
    if (done.kind == ICMB_SLOT_OUT)
        ipmi_answer(&done.origin, cc, data);
    if (done.kind != ICMB_SLOT_QUEUE)
        return;
    wr_u8(&w, done.queue_seq);
    wr_u8(&w, cc);
    wr_span(&w, data);
    if (!w.bad)
        (void)messages_put(b->mc, 0, b->mc->opts.icmb_channel, wr_bytes_of(&w));
}

static void
on_answer(void *ctx, uint32_t mark, uint16_t from, uint8_t cc, struct bytes data)
{
    struct icmb_bridge *b = ctx;
    struct icmb_slot *s = slot_of(b, mark);
    struct rd r = rd_of(data);

    if (s == NULL)
        return;
    if (s->remote != ICMB_ALL) {
        finish(b, s, cc, data);
        return;
    }
    from = rd_le16(&r);
    if (cc == CC_OK && !r.bad && s->count < ICMB_ADDRESSES_MAX)
        s->addresses[s->count++] = from;
}

/* Of one bridge nothing came, or of all what came. */
static void
on_end(void *ctx, uint32_t mark, unsigned answers)
{
    struct icmb_bridge *b = ctx;
    struct icmb_slot *s = slot_of(b, mark);
    uint8_t octets[1 + 2 * ICMB_ADDRESSES_MAX];
    struct wr w = wr_of(octets, sizeof octets);

    (void)answers;
    if (s == NULL)
        return;
    if (s->remote != ICMB_ALL) {
        finish(b, s, CC_TIMEOUT, bytes_of(NULL, 0));
        return;
    }
    if (s->cmd == ICMB_GET_ADDRESSES)
        wr_u8(&w, s->count);
    for (unsigned i = 0; i < s->count; i++)
        wr_le16(&w, s->addresses[i]);
    finish(b, s, CC_OK, wr_bytes_of(&w));
}

static enum ipmi_cc
cc_of(enum status st)
{
    switch (st) {
    case ST_OK: return CC_LATER;
    case ST_FULL: return CC_BUSY;
    case ST_MISSING: return CC_STATE;
    default: return CC_INVALID_FIELD;
    }
}

static enum ipmi_cc
ask_in(struct icmb_bridge *b, struct icmb_slot *s, uint8_t privilege, struct bytes data)
{
    struct icmb_ask request = {
        .to = s->remote,
        .privilege = privilege,
        .cmd = s->cmd,
        .data = data,
        .answer = on_answer,
        .end = on_end,
        .ctx = b,
        .mark = mark_of(b, s),
    };
    enum status st = icmb_ask(b->node, &request);

    if (st != ST_OK)
        s->kind = ICMB_SLOT_FREE;
    else if (s->cmd == ICMB_REQUEST)
        b->bridged++;
    return cc_of(st);
}

enum ipmi_cc
icmb_bridge_ask(struct mc *mc, const struct ipmi_req *rq, uint16_t to, uint8_t cmd,
                struct bytes data)
{
    struct icmb_bridge *b = mc->icmb;
    struct icmb_slot *s = take_slot(b, ICMB_SLOT_OUT);

    if (s == NULL)
        return CC_BUSY;
    s->remote = to;
    s->cmd = cmd;
    s->origin = rq->from;
    return ask_in(b, s, rq->privilege, data);
}

/* From system software the answer comes to its queue. */
static enum ipmi_cc
ask_for_queue(struct mc *mc, const struct ipmi_req *rq, struct rd *r)
{
    struct icmb_bridge *b = mc->icmb;
    struct icmb_slot *s;
    uint8_t seq = rd_u8(r), cmd;
    uint16_t to = rd_le16(r);
    enum ipmi_cc cc;

    cmd = rd_u8(r);
    if (r->bad)
        return CC_LENGTH;
    if (cmd != ICMB_REQUEST && cmd != ICMB_MESSAGE)
        return CC_INVALID_FIELD;
    s = take_slot(b, ICMB_SLOT_QUEUE);
    if (s == NULL)
        return CC_BUSY;
    s->remote = to;
    s->cmd = cmd;
    s->queue_seq = seq;
    cc = ask_in(b, s, rq->privilege, rd_rest(r));
    return cc == CC_LATER ? CC_OK : cc;
}

enum ipmi_cc
icmb_bridge_send(struct mc *mc, struct ipmi_req *rq, struct bytes message)
{
    struct rd r = rd_of(message);
    uint16_t to;
    uint8_t cmd;

    if (mc->icmb == NULL)
        return CC_INVALID_FIELD;
    if (rq->from.channel == CHANNEL_SYSTEM)
        return ask_for_queue(mc, rq, &r);
    to = rd_le16(&r);
    cmd = rd_u8(&r);
    if (r.bad)
        return CC_LENGTH;
    if (to == ICMB_ALL || (cmd != ICMB_REQUEST && cmd != ICMB_MESSAGE))
        return CC_INVALID_FIELD;
    return icmb_bridge_ask(mc, rq, to, cmd, rd_rest(&r));
}

/* ---- events that go out ---- */

void
icmb_bridge_event(struct mc *mc, const struct mc_event *ev)
{
    struct icmb_bridge *b = mc->icmb;
    uint8_t octets[1 + EVENT_OCTETS];
    struct wr w = wr_of(octets, sizeof octets);
    struct icmb_slot *s;

    if (b == NULL || b->destination == ICMB_NOWHERE || b->receiving)
        return;
    s = take_slot(b, ICMB_SLOT_EVENT);
    if (s == NULL)
        return;
    s->remote = b->destination;
    s->cmd = ICMB_SEND_EVENT;
    wr_u8(&w, b->destination_sa);
    wr_u8(&w, EVM_REV_15);
    wr_u8(&w, ev->sensor_type);
    wr_u8(&w, ev->sensor_number);
    wr_u8(&w, ev->type_dir);
    wr_bytes(&w, ev->data, sizeof ev->data);
    (void)ask_in(b, s, PRIV_SYSTEM, wr_bytes_of(&w));
}

/* ---- what comes in ---- */

static void
answer(struct icmb_bridge *b, const struct icmb_frame *f, enum ipmi_cc cc,
       struct bytes data)
{
    if (!icmb_answer(b->node, f, (uint8_t)cc, data))
        (void)icmb_answer(b->node, f, CC_CANNOT_RETURN, bytes_of(NULL, 0));
}

/* The completion code of the controller that was meant, then its data. */
static void
answer_bridged(struct icmb_bridge *b, struct icmb_slot *s, enum ipmi_cc bridge_cc,
               uint8_t cc, struct bytes data)
{
    uint8_t octets[ICMB_DATA_MAX];
    struct wr w = wr_of(octets, sizeof octets);
    struct icmb_frame f = s->frame;

    s->kind = ICMB_SLOT_FREE;
    if (bridge_cc == CC_OK) {
        wr_u8(&w, cc);
        wr_span(&w, data);
    }
    if (w.bad)
        answer(b, &f, CC_CANNOT_RETURN, bytes_of(NULL, 0));
    else
        answer(b, &f, bridge_cc, wr_bytes_of(&w));
}

static void
on_here(void *ctx, const struct ipmi_origin *origin, uint8_t cc, struct bytes data)
{
    struct mc *mc = ctx;
    struct icmb_slot *s = mc->icmb == NULL ? NULL : slot_of(mc->icmb, origin->mark[0]);

    if (s != NULL)
        answer_bridged(mc->icmb, s, CC_OK, cc, data);
}

static void
on_bus(void *ctx, uint32_t mark, enum ipmb_end end, uint8_t cc, struct bytes data)
{
    struct icmb_bridge *b = ctx;
    struct icmb_slot *s = slot_of(b, mark);

    if (s != NULL)
        answer_bridged(b, s, end == IPMB_END_ANSWERED ? CC_OK : ipmb_end_cc(end), cc,
                       data);
}

/* What BridgeRequest says of the request inside. */
struct inner {
    uint8_t target, netfn, lun, cmd;
    struct bytes data;
};

static void
do_here(struct icmb_bridge *b, struct icmb_slot *s, const struct inner *in)
{
    struct ipmi_req rq = {
        .from = {
            .answer = on_here,
            .ctx = b->mc,
            .channel = b->mc->opts.icmb_channel,
            .rs_addr = in->target,
            .rs_lun = in->lun,
            .netfn = in->netfn,
            .cmd = in->cmd,
        },
        .privilege = s->frame.privilege,
        .netfn = in->netfn,
        .lun = in->lun,
        .cmd = in->cmd,
        .data = rd_of(in->data),
    };

    rq.from.mark[0] = mark_of(b, s);
    mc_request(b->mc, &rq);
}

static enum ipmi_cc
do_on_bus(struct icmb_bridge *b, struct icmb_slot *s, const struct inner *in)
{
    struct ipmb_ask request = {
        .target = in->target,
        .target_lun = in->lun,
        .netfn = in->netfn,
        .cmd = in->cmd,
        .data = in->data,
        .done = on_bus,
        .ctx = b,
        .mark = mark_of(b, s),
    };

    if (s->frame.privilege < PRIV_OPERATOR)
        return CC_PRIVILEGE;
    if (b->mc->port == NULL)
        return CC_CMD_82;
    switch (ipmb_port_ask(b->mc->port, &request, &s->ticket)) {
    case ST_OK: return CC_OK;
    case ST_FULL: return CC_BUSY;
    case ST_MISSING: return CC_CMD_82;
    default: return CC_INVALID_FIELD;
    }
}

static void
bridge_in(struct icmb_bridge *b, const struct icmb_frame *f)
{
    struct rd r = rd_of(f->data);
    struct inner in = { .target = rd_u8(&r) };
    uint8_t netfn = rd_u8(&r);
    struct icmb_slot *s;
    enum ipmi_cc cc = CC_OK;

    in.netfn = netfn >> 2;
    in.lun = netfn & 3;
    in.cmd = rd_u8(&r);
    in.data = rd_rest(&r);
    if (r.bad || in.netfn % 2) {
        answer(b, f, r.bad ? CC_LENGTH : CC_INVALID_FIELD, bytes_of(NULL, 0));
        return;
    }
    s = take_slot(b, ICMB_SLOT_IN);
    if (s == NULL) {
        answer(b, f, CC_BUSY, bytes_of(NULL, 0));
        return;
    }
    s->frame = *f;
    s->frame.data = bytes_of(NULL, 0);
    b->bridged++;
    if (in.target == b->mc->machine->address)
        do_here(b, s, &in);
    else
        cc = do_on_bus(b, s, &in);
    if (cc != CC_OK)
        answer_bridged(b, s, cc, 0, bytes_of(NULL, 0));
}

static enum ipmi_cc
message_in(struct icmb_bridge *b, const struct icmb_frame *f)
{
    uint8_t octets[2 + ICMB_FRAME_MAX];
    struct wr w = wr_of(octets, sizeof octets);
    struct ipmb_ask request = {
        .target = b->proxy,
        .target_lun = b->proxy_lun,
        .netfn = NETFN_BRIDGE,
        .cmd = ICMB_MESSAGE,
    };

    wr_le16(&w, f->from);
    wr_span(&w, f->data);
    if (b->proxy == b->mc->machine->address)
        return messages_put(b->mc, 0, b->mc->opts.icmb_channel, wr_bytes_of(&w));
    request.data = wr_bytes_of(&w);
    return b->mc->port != NULL && ipmb_port_ask(b->mc->port, &request, NULL) == ST_OK
               ? CC_OK
               : CC_CMD_82;
}

/* An event for another controller of the chassis goes on over its IPMB. */
static enum ipmi_cc
event_through(struct icmb_bridge *b, uint8_t target, struct bytes message)
{
    struct ipmb_ask request = {
        .target = target,
        .netfn = NETFN_SENSOR,
        .cmd = CMD_PLATFORM_EVENT,
        .data = message,
    };

    return b->mc->port != NULL && ipmb_port_ask(b->mc->port, &request, NULL) == ST_OK
               ? CC_OK
               : CC_CMD_82;
}

/* Its sensor is one of the far BMC's, as far as the log can say. */
static enum ipmi_cc
event_in(struct icmb_bridge *b, const struct icmb_frame *f)
{
    struct rd r = rd_of(f->data);
    uint8_t generator[2] = { BMC_ADDRESS, (uint8_t)(b->mc->opts.icmb_channel << 4) };
    uint8_t target = rd_u8(&r), revision;
    struct bytes message = rd_rest(&r);
    struct mc_event ev = { 0 };
    bool taken;

    revision = rd_u8(&r);
    ev.sensor_type = rd_u8(&r);
    ev.sensor_number = rd_u8(&r);
    ev.type_dir = rd_u8(&r);
    rd_copy(&r, ev.data, sizeof ev.data);
    if (r.bad || rd_left(&r) > 0)
        return CC_LENGTH;
    if (revision != EVM_REV_15 && revision != EVM_REV_15 - 1)
        return CC_INVALID_FIELD;
    if (!b->reception)
        return CC_STATE;
    b->events++;
    if (target != b->mc->machine->address)
        return event_through(b, target, message);
    b->receiving = true;
    taken = event_received(b->mc, generator, &ev);
    b->receiving = false;
    return taken ? CC_OK : CC_NO_SPACE;
}

static bool
in_range(const struct icmb_frame *f, uint16_t address)
{
    struct rd r = rd_of(f->data);
    uint16_t low, high;

    if (f->data.len == 0)
        return true;
    low = rd_le16(&r);
    high = rd_le16(&r);
    return !r.bad && address >= low && address <= high;
}

/* A broadcast is answered by those that it is about, or by nobody. */
static void
discovery_in(struct icmb_bridge *b, const struct icmb_frame *f)
{
    uint16_t own = icmb_address(b->node);
    uint8_t octets[2] = { (uint8_t)own, (uint8_t)(own >> 8) };

    if (f->cmd == ICMB_GET_ADDRESSES && !b->discovered && in_range(f, own))
        answer(b, f, CC_OK, bytes_of(octets, sizeof octets));
    else if (f->cmd == ICMB_PREPARE)
        b->discovered = false;
}

static void
connection_in(struct icmb_bridge *b, const struct icmb_frame *f)
{
    if (f->data.len != 1)
        return;
    b->connection = f->data.at[0];
    b->connection_from = f->from;
}

static void
request_in(void *ctx, const struct icmb_frame *f)
{
    struct icmb_bridge *b = ctx;
    enum ipmi_cc cc = CC_OK;

    switch (f->cmd) {
    case ICMB_PREPARE:
    case ICMB_GET_ADDRESSES: discovery_in(b, f); return;
    case ICMB_SEND_CONNECTION: connection_in(b, f); return;
    case ICMB_REQUEST: bridge_in(b, f); return;
    case ICMB_SET_DISCOVERED: b->discovered = true; break;
    case ICMB_MESSAGE: cc = message_in(b, f); break;
    case ICMB_SEND_EVENT: cc = event_in(b, f); break;
    default: cc = CC_INVALID_COMMAND; break;
    }
    answer(b, f, cc, bytes_of(NULL, 0));
}

/* ---- birth, cold reset, end ---- */

enum status
icmb_bridge_init(struct mc *mc)
{
    struct icmb_opts opts = {
        .world = mc->world,
        .wire = mc->opts.icmb,
        .address = mc->opts.icmb_address,
        .request = request_in,
    };
    struct icmb_bridge *b;
    enum status st;

    mc->icmb = NULL;
    if (mc->opts.icmb == NULL || mc->machine->groups_off & GROUP_ICMB)
        return ST_OK;
    b = calloc(1, sizeof *b);
    if (b == NULL)
        return ST_NOMEM;
    b->mc = mc;
    b->proxy = mc->machine->address;
    b->proxy_lun = LUN_SMS;
    b->device = DEVICE_DEFAULT;
    opts.ctx = b;
    st = icmb_new(&opts, &b->node);
    if (st != ST_OK)
        free(b);
    else
        mc->icmb = b;
    return st;
}

void
icmb_bridge_reset(struct mc *mc)
{
    struct icmb_bridge *b = mc->icmb;

    if (b == NULL)
        return;
    icmb_reset(b->node);
    icmb_clear_stats(b->node);
    icmb_set_enabled(b->node, true);
    for (unsigned i = 0; i < ICMB_SLOTS; i++) {
        if (b->slots[i].kind == ICMB_SLOT_IN && b->slots[i].ticket && mc->port != NULL)
            (void)ipmb_port_cancel(mc->port, b->slots[i].ticket);
        b->slots[i].kind = ICMB_SLOT_FREE;
    }
    b->discovered = false;
    b->events = 0;
    b->bridged = 0;
    b->connection = 0;
    b->connection_from = 0;
    b->error_cc = b->error_cmd = 0;
    b->error_remote = 0;
}

void
icmb_bridge_free(struct mc *mc)
{
    if (mc->icmb == NULL)
        return;
    icmb_free(mc->icmb->node);
    free(mc->icmb);
    mc->icmb = NULL;
}
