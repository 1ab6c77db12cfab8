#include <string.h>

#include "sim/mc/bridge_parts.h"

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
    struct entry *e = bridge_marked(mc->messages->bridge, mark);
    struct entry done;

    if (e == NULL)
        return;
    done = *e;
    bridge_release(mc->messages->bridge, e);
    bridge_answer(&done, ipmb_end_cc(end), bytes_of(NULL, 0));
}

static enum ipmi_cc
send_raw(struct mc *mc, struct ipmb_port *port, struct ipmi_req *rq,
         const struct ipmb_frame *f, struct bytes frame)
{
    struct entry *e = bridge_begin(mc, ENTRY_RAW, rq, f);
    struct ipmb_raw raw = { .frame = frame, .sent = on_raw_sent, .ctx = mc };
    enum ipmi_cc cc;

    if (e == NULL)
        return CC_BUSY;
    raw.mark = bridge_mark(mc->messages->bridge, e);
    cc = cc_of_status(ipmb_port_send_raw(port, &raw));
    if (cc != CC_LATER)
        bridge_release(mc->messages->bridge, e);
    return cc;
}

/* Send Raw: whatever the octets are, as long as there is an address. */
static enum ipmi_cc
send_octets(struct mc *mc, struct ipmb_port *port, struct ipmi_req *rq,
            struct bytes message)
{
    struct ipmb_frame unknown = { 0 };

    if (message.len == 0)
        return CC_LENGTH;
    return port != NULL ? send_raw(mc, port, rq, &unknown, message) : CC_CMD_82;
}

static void
on_bus_sent(void *ctx, uint32_t mark, enum ipmb_end end)
{
    struct mc *mc = ctx;
    struct entry *e = bridge_marked(mc->messages->bridge, mark);

    if (e != NULL && e->style == BRIDGE_PACKETS)
        bridge_answer(e, ipmb_end_cc(end), bytes_of(NULL, 0));
}

/* A request that was not answered is only worth a word while Send Message
 * itself still waits for one. */
static void
on_bus_done(void *ctx, uint32_t mark, enum ipmb_end end, uint8_t cc, struct bytes data)
{
    struct mc *mc = ctx;
    struct bridge *b = mc->messages->bridge;
    struct entry *e = bridge_marked(b, mark);

    if (e != NULL && end == IPMB_END_ANSWERED)
        bridge_finish(b, e, cc, data);
    else if (e != NULL)
        bridge_give_up(b, e, cc);
}

static enum ipmi_cc
ask_bus(struct mc *mc, struct ipmb_port *port, struct ipmi_req *rq,
        const struct ipmb_frame *f)
{
    struct entry *e = bridge_begin(mc, ENTRY_BUS, rq, f);
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
    ask.mark = bridge_mark(mc->messages->bridge, e);
    e->port = port;
    st = ipmb_port_ask(port, &ask, &e->ticket);
    if (st != ST_OK)
        bridge_release(mc->messages->bridge, e); /* there is no ticket to give back */
    return cc_of_status(st);
}

/* ---- to ourselves ---- */

static void
on_self_answer(void *ctx, const struct ipmi_origin *origin, uint8_t cc, struct bytes data)
{
    struct mc *mc = ctx;
    struct entry *e = bridge_marked(mc->messages->bridge, origin->mark[0]);

    if (e != NULL)
        bridge_finish(mc->messages->bridge, e, cc, data);
}

/* No node on a bus hears itself. The asker's privilege goes along, or bridging
 * would be a way round the gate. */
static enum ipmi_cc
ask_self(struct mc *mc, uint8_t channel, struct ipmi_req *rq, const struct ipmb_frame *f)
{
    struct entry *e = bridge_begin(mc, ENTRY_SELF, rq, f);
    uint8_t data[IPMB_FRAME_MAX];
    struct ipmi_req inner = {
        .from = {
            .answer = on_self_answer,
            .ctx = mc,
            .channel = channel,
            .rs_addr = f->target,
            .rs_lun = f->target_lun,
            .rq_addr = f->target,
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
        bridge_release(mc->messages->bridge, e);
        return CC_INVALID_FIELD;
    }
    if (f->data.len)
        memcpy(data, f->data.at, f->data.len);
    inner.data = rd_of(bytes_of(data, f->data.len));
    inner.from.mark[0] = bridge_mark(mc->messages->bridge, e);
    if (e->style == BRIDGE_PACKETS)
        bridge_answer(e, CC_OK, bytes_of(NULL, 0));
    mc_request(mc, &inner);
    return CC_LATER;
}

/* ---- which of them ---- */

enum ipmi_cc
bridge_to_bus(struct mc *mc, struct ipmi_req *rq, unsigned tracking,
              const struct channel *to, struct bytes message)
{
    struct ipmb_port *port = to->impl;
    uint8_t own = port != NULL ? ipmb_port_address(port) : mc->machine->address;
    bool from_software = rq->from.channel == CHANNEL_SYSTEM;
    struct ipmb_frame f = { 0 };
    enum ipmb_err err;

    if (tracking == TRACK_RAW)
        return send_octets(mc, port, rq, message);
    err = ipmb_parse(message, &f);
    if (err == IPMB_SHORT)
        return CC_LENGTH;
    if (err != IPMB_OK)
        return CC_INVALID_FIELD;
    if (f.broadcast && (f.netfn != NETFN_APP || f.cmd != 0x01))
        return CC_INVALID_FIELD;
    if (f.target == own && !ipmb_is_response(&f) && !from_software)
        return ask_self(mc, to->number, rq, &f);
    if (port == NULL)
        return CC_CMD_82;
    if (tracking == TRACK_REQUEST && !ipmb_is_response(&f) && !from_software)
        return ask_bus(mc, port, rq, &f);
    return send_raw(mc, port, rq, &f, message);
}
