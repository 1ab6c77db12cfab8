#include "sim/lan/lan_parts.h"

#include "sim/base/planted.h"

/* The longest message: seven octets around data and a completion code. */
#define MESSAGE_MAX (LANMSG_LEN_MIN + 1 + IPMI_DATA_MAX)

/* What one may ask of a channel whose access mode keeps sessions out. */
static bool
is_discovery(const struct lanmsg *m)
{
    static const uint8_t cmds[] = {
        0x37,   /* Get System GUID */
        0x38,   /* Get Channel Authentication Capabilities */
        0x54,   /* Get Channel Cipher Suites */
    };

    for (size_t i = 0; m->netfn == NETFN_APP && i < sizeof cmds; i++)
        if (m->cmd == cmds[i])
            return true;
    return false;
}

/* ---- answers ---- */

static bool
send_answer(struct lan *lan, struct session *s, const struct ipmi_origin *o, uint8_t cc,
            struct bytes data)
{
    uint8_t buf[MESSAGE_MAX];
    struct wr w = wr_of(buf, sizeof buf);
    struct lan_route route = { .remote = o->peer, .local = o->local };

    lanmsg_build_response(&w, &(struct lanmsg){
        .to = o->rq_addr, .to_lun = o->rq_lun, .netfn = o->netfn | 1,
        .from = o->rs_addr, .from_lun = o->rs_lun, .cmd = o->cmd, .data = data,
        .rq_seq = PLANTED(LAN_ANSWER_SEQ_WRONG) ? 0 : o->rq_seq,
    }, cc);
    return !w.bad && lan_message_send(lan, s, o->format, &route, wr_bytes_of(&w));
}

/* Answer a request that came by this channel; an ipmi_answer_fn. */
static void
answer(void *ctx, const struct ipmi_origin *o, uint8_t cc, struct bytes data)
{
    struct lan *lan = ctx;
    struct session *s = NULL;

    if (o->session != 0) {
        s = session_find(&lan->sessions, o->session);
        if (s == NULL)
            return;     /* it ended before its answer was ready */
        repeat_keep(s, o, cc, data);
    }
    if (send_answer(lan, s, o, cc, data))
        return;
    /* An IPMI 1.5 message holds no more than 255 octets: ask for less. */
    if (!send_answer(lan, s, o, CC_CANNOT_RETURN, bytes_of(NULL, 0)))
        lan_count_drop(lan, DROP_INTERNAL);
}

bool
lan_message_send(struct lan *lan, struct session *s, uint8_t format,
                 const struct lan_route *route, struct bytes msg)
{
    if (format & FORMAT_RMCPP)
        return rmcpp_send(lan, s, PAYLOAD_IPMI, format, route, msg);
    return lan15_send(lan, s, format & FORMAT_AUTH_TYPE, route, msg);
}

/* ---- requests ---- */

static struct ipmi_req
request_of(struct lan *lan, const struct link_frame *f, const struct session *s,
           uint8_t format, const struct lanmsg *m)
{
    return (struct ipmi_req){
        .from = {
            .answer = answer,
            .ctx = lan,
            .session = s != NULL ? s->id : 0,
            .channel = lan->config->channel,
            .user = s != NULL ? s->user : 0,
            .rs_addr = m->to, .rs_lun = m->to_lun,
            .rq_addr = m->from, .rq_lun = m->from_lun, .rq_seq = m->rq_seq,
            .netfn = m->netfn, .cmd = m->cmd,
            .format = format,
            .peer = f->remote, .local = f->local,
        },
        .netfn = m->netfn, .lun = m->to_lun, .cmd = m->cmd,
        .data = rd_of(m->data),
    };
}

/* Hand the request over. The session it came by may ask for its own end
 * (Close Session, a reset, its user disabled): that waits for the answer. */
static void
serve(struct lan *lan, struct ipmi_req *rq)
{
    struct session *s;

    lan->serving = rq->from.session;
    lan->host.request(lan->host.ctx, rq);
    lan->serving = 0;
    s = session_find(&lan->sessions, rq->from.session);
    if (s != NULL && rq->silent)
        repeat_forget(s, &rq->from);
    if (s != NULL && s->closing)
        lan_end_session(lan, s, (enum lan_session_end)s->closing_why);
}

static enum lan_drop
response_input(struct lan *lan, const struct session *s, const struct lanmsg *m)
{
    if (s == NULL || s->state != SESSION_ACTIVE || lan->host.response == NULL ||
        m->data.len == 0)
        return DROP_RESPONSE;
    lan->host.response(lan->host.ctx, lan->config->channel, s->id, m->netfn, m->rq_seq,
                       m->cmd, m->data);
    return DROP_NONE;
}

enum lan_drop
lan_message_input(struct lan *lan, const struct link_frame *f, struct session *s,
                  uint8_t format, uint8_t privilege, struct bytes msg)
{
    struct lanmsg m;
    struct ipmi_req rq;
    struct session_done *done;

    switch (lanmsg_parse(msg, &m)) {
    case LANMSG_OK:
        break;
    case LANMSG_SHORT:
        return DROP_LENGTH;
    case LANMSG_BAD_HEADER_SUM:
    case LANMSG_BAD_DATA_SUM:
        return DROP_CHECKSUM;
    }
    if (m.to != BMC_ADDRESS)
        return DROP_ADDRESS;
    if (lanmsg_is_response(&m))
        return response_input(lan, s, &m);
    if (!lan_is_open(lan) && !is_discovery(&m))
        return DROP_CHANNEL_DISABLED;
    rq = request_of(lan, f, s, format, &m);
    rq.privilege = privilege;
    switch (repeat_of(lan, s, &m, msg, &done)) {
    case REPEAT_NONE:
        break;
    case REPEAT_RUNNING:
        return DROP_REPEATED_EARLY;
    case REPEAT_ANSWERED:
        (void)send_answer(lan, s, &rq.from, done->cc, bytes_of(done->data, done->len));
        return DROP_REPEATED;
    }
    repeat_mark(s, done, &rq.from);
    serve(lan, &rq);
    return DROP_NONE;
}
