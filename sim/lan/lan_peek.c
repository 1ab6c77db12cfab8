#include "sim/lan/lan_parts.h"

#include "sim/wire/rmcp.h"

static void
peek_message(struct bytes msg, struct fault_frame *about)
{
    struct lanmsg m;

    if (lanmsg_parse(msg, &m) != LANMSG_OK)
        return;
    about->netfn = m.netfn;
    about->cmd = m.cmd;
    about->lun = m.to_lun;
    about->seq = m.rq_seq;
}

static void
peek_encrypted(struct lan *lan, const struct rmcpp *m, struct fault_frame *about)
{
    uint8_t scratch[OUTBOX_DATAGRAM_MAX];
    const struct session *s = session_find(&lan->sessions, m->sid);
    struct bytes plain;

    if (s == NULL || !s->rmcpp || s->state != SESSION_ACTIVE ||
        m->payload.len > sizeof scratch)
        return;
    if (protect_peek(&s->v20.protect, lan->work, m->payload, scratch, &plain))
        peek_message(plain, about);
}

static void
peek_rmcpp(struct lan *lan, struct bytes in, struct fault_frame *about)
{
    struct rmcpp m;

    if (rmcpp_parse(in, &m) != RMCPP_OK)
        return;
    about->payload_type = m.type;
    if (m.type != PAYLOAD_IPMI)
        return;
    if (m.encrypted)
        peek_encrypted(lan, &m, about);
    else
        peek_message(m.payload, about);
}

void
lan_peek(struct lan *lan, struct bytes datagram, struct fault_frame *about)
{
    struct rmcp r;
    struct lan15 m;

    if (rmcp_parse(datagram, &r) != RMCP_OK || r.ack || r.msg_class != RMCP_IPMI)
        return;
    if (lan15_auth_type(r.data) == AUTH_RMCPP) {
        peek_rmcpp(lan, r.data, about);
    } else if (lan15_parse(r.data, &m) == LAN15_OK) {
        about->payload_type = PAYLOAD_IPMI;
        peek_message(m.msg, about);
    }
}
