#include "sim/mc/bridge_parts.h"
#include "sim/wire/lanmsg.h"

#define SEQ_BITS 0x3f

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
    struct entry *e = bridge_begin(mc, ENTRY_SESSION, rq, f);
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
        bridge_end(mc->messages->bridge, e);
        return w.bad ? CC_LENGTH : CC_NO_HANDLE;
    }
    if (e->style == BRIDGE_PACKETS)
        bridge_answer(e, CC_OK, bytes_of(NULL, 0));
    return CC_LATER;
}

enum ipmi_cc
bridge_to_session(struct mc *mc, struct ipmi_req *rq, unsigned tracking,
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
        bridge_finish(mc->messages->bridge, e, cc, rd_rest(&r));
}

/* ---- to system software ---- */

/* Also a way to LUN 2, for those that name the channel instead. */
enum ipmi_cc
bridge_to_software(struct mc *mc, struct ipmi_req *rq, struct bytes message)
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
