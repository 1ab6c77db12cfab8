#include "lua/frame.h"

#include "sim/ipmi/command.h"
#include "sim/wire/asf.h"
#include "sim/wire/ipmb.h"
#include "sim/wire/lan15.h"
#include "sim/wire/lanmsg.h"
#include "sim/wire/rmcp.h"
#include "sim/wire/rmcpp.h"

/* Payload types: what they are called in claims, and a packet of them. */
static const struct {
    uint8_t type;
    const char *payload, *name;
} payloads[] = {
    { PAYLOAD_IPMI, "ipmi", NULL },
    { PAYLOAD_SOL, "sol", "SOL" },
    { PAYLOAD_OEM_EXPLICIT, "oem", "OEM Payload" },
    { PAYLOAD_OPEN_REQUEST, "open session request", "Open Session Request" },
    { PAYLOAD_OPEN_RESPONSE, "open session response", "Open Session Response" },
    { PAYLOAD_RAKP1, "rakp 1", "RAKP 1" },
    { PAYLOAD_RAKP2, "rakp 2", "RAKP 2" },
    { PAYLOAD_RAKP3, "rakp 3", "RAKP 3" },
    { PAYLOAD_RAKP4, "rakp 4", "RAKP 4" },
};

#define PAYLOADS (sizeof payloads / sizeof payloads[0])

/* The number of a group or manufacturer in front of the data; 0 without one. */
static uint32_t
id_of(unsigned netfn, struct bytes data)
{
    struct rd r = rd_of(data);

    netfn &= ~1u;
    return netfn == NETFN_GROUP ? rd_u8(&r) : netfn == NETFN_OEM ? rd_le24(&r) : 0;
}

/* A response's data begins with its completion code. */
static void
take_data(const struct command_names *names, struct bytes data, struct frame_facts *f)
{
    if (f->netfn & 1 && data.len > 0) {
        f->cc = data.at[0];
        data.at++;
        data.len--;
    }
    f->data = data;
    if (names != NULL)
        f->name = command_name(names, (unsigned)f->netfn, (unsigned)f->cmd,
                               id_of((unsigned)f->netfn, data));
}

static void
look_at_message(const struct command_names *names, struct bytes in, struct frame_facts *f)
{
    struct lanmsg m;

    if (lanmsg_parse(in, &m) != LANMSG_OK)
        return;
    f->netfn = m.netfn;
    f->cmd = m.cmd;
    f->lun = m.to_lun;
    f->seq = m.rq_seq;
    f->source = m.from;
    f->target = m.to;
    take_data(names, m.data, f);
}

static void
look_at_rmcpp(const struct command_names *names, struct bytes in, struct frame_facts *f)
{
    struct rmcpp m;

    if (rmcpp_parse(in, &m) != RMCPP_OK)
        return;
    f->rmcpp = true;
    f->encrypted = m.encrypted;
    f->session = m.sid;
    f->session_seq = m.seq;
    f->payload = "oem";
    for (size_t i = 0; i < PAYLOADS; i++)
        if (payloads[i].type == m.type) {
            f->payload = payloads[i].payload;
            f->name = payloads[i].name;
        }
    if (m.type == PAYLOAD_IPMI && !m.encrypted)
        look_at_message(names, m.payload, f);
    else
        f->data = m.payload;
}

static void
look_at_ipmi(const struct command_names *names, struct bytes in, struct frame_facts *f)
{
    struct lan15 m;

    if (lan15_auth_type(in) == AUTH_RMCPP) {
        look_at_rmcpp(names, in, f);
    } else if (lan15_parse(in, &m) == LAN15_OK) {
        f->payload = "ipmi";
        f->session = m.sid;
        f->session_seq = m.seq;
        look_at_message(names, m.msg, f);
    }
}

static void
look_at_asf(struct bytes in, struct frame_facts *f)
{
    struct asf m;

    f->payload = "asf";
    if (!asf_parse(in, &m))
        return;
    f->name = m.type == ASF_PING ? "Presence Ping" : m.type == ASF_PONG ? "Presence Pong" : NULL;
    f->data = m.data;
}

static void
look_at_datagram(const struct command_names *names, struct bytes in, struct frame_facts *f)
{
    struct rmcp r;

    if (rmcp_parse(in, &r) != RMCP_OK)
        return;
    if (r.ack)
        f->name = "RMCP ACK";
    else if (r.msg_class == RMCP_ASF)
        look_at_asf(r.data, f);
    else if (r.msg_class == RMCP_IPMI)
        look_at_ipmi(names, r.data, f);
}

static void
look_at_bus(const struct command_names *names, struct bytes in, struct frame_facts *f)
{
    struct ipmb_frame m;

    if (ipmb_parse(in, &m) != IPMB_OK)
        return;
    f->netfn = m.netfn;
    f->cmd = m.cmd;
    f->lun = m.target_lun;
    f->seq = m.seq;
    f->source = m.source;
    f->target = m.target;
    take_data(names, m.data, f);
}

void
frame_look(const struct tap_event *ev, const struct command_names *names,
           struct frame_facts *out)
{
    *out = (struct frame_facts){
        .netfn = FRAME_UNKNOWN, .cmd = FRAME_UNKNOWN, .lun = FRAME_UNKNOWN,
        .seq = FRAME_UNKNOWN, .cc = FRAME_UNKNOWN, .source = FRAME_UNKNOWN,
        .target = FRAME_UNKNOWN,
    };
    if (ev->link == TAP_LAN || ev->link == TAP_LAN_CLEAR)
        look_at_datagram(names, ev->bytes, out);
    else if (ev->link == TAP_IPMB)
        look_at_bus(names, ev->bytes, out);
}
