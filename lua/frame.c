#include "lua/frame.h"

#include "sim/mc/mc.h"
#include "sim/wire/asf.h"
#include "sim/wire/ipmb.h"
#include "sim/wire/lan15.h"
#include "sim/wire/lanmsg.h"
#include "sim/wire/rmcp.h"
#include "sim/wire/rmcpp.h"

#define IANA_LEN 3

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

static bool
means(const struct command_table *table, unsigned netfn, struct bytes data)
{
    if (netfn == NETFN_GROUP)
        return data.len > 0 && data.at[0] == table->id;
    if (netfn == NETFN_OEM)
        return data.len >= IANA_LEN &&
               ((uint32_t)data.at[0] | (uint32_t)data.at[1] << 8 |
                (uint32_t)data.at[2] << 16) == table->id;
    return true;
}

static const char *
name_in(const struct command_table *table, unsigned netfn, unsigned cmd)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].netfn == netfn && table->rows[i].cmd == cmd)
            return table->rows[i].name;
    return NULL;
}

const char *
frame_command_name(unsigned netfn, unsigned cmd, struct bytes data)
{
    size_t count;
    const struct command_table *const *tables = mc_command_tables(&count);
    const char *name = NULL;

    netfn &= ~1u;
    for (size_t t = 0; t < count && name == NULL; t++)
        if (means(tables[t], netfn, data))
            name = name_in(tables[t], netfn, cmd);
    return name;
}

/* A response's data begins with its completion code. */
static void
take_data(struct frame_facts *f, struct bytes data)
{
    if (f->netfn & 1 && data.len > 0) {
        f->cc = data.at[0];
        data.at++;
        data.len--;
    }
    f->data = data;
    f->name = frame_command_name((unsigned)f->netfn, (unsigned)f->cmd, data);
}

static void
look_at_message(struct bytes in, struct frame_facts *f)
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
    take_data(f, m.data);
}

static void
look_at_rmcpp(struct bytes in, struct frame_facts *f)
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
        look_at_message(m.payload, f);
    else
        f->data = m.payload;
}

static void
look_at_ipmi(struct bytes in, struct frame_facts *f)
{
    struct lan15 m;

    if (lan15_auth_type(in) == AUTH_RMCPP) {
        look_at_rmcpp(in, f);
    } else if (lan15_parse(in, &m) == LAN15_OK) {
        f->payload = "ipmi";
        f->session = m.sid;
        f->session_seq = m.seq;
        look_at_message(m.msg, f);
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
look_at_datagram(struct bytes in, struct frame_facts *f)
{
    struct rmcp r;

    if (rmcp_parse(in, &r) != RMCP_OK)
        return;
    if (r.ack)
        f->name = "RMCP ACK";
    else if (r.msg_class == RMCP_ASF)
        look_at_asf(r.data, f);
    else if (r.msg_class == RMCP_IPMI)
        look_at_ipmi(r.data, f);
}

static void
look_at_bus(struct bytes in, struct frame_facts *f)
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
    take_data(f, m.data);
}

void
frame_look(const struct tap_event *ev, struct frame_facts *out)
{
    *out = (struct frame_facts){
        .netfn = FRAME_UNKNOWN, .cmd = FRAME_UNKNOWN, .lun = FRAME_UNKNOWN,
        .seq = FRAME_UNKNOWN, .cc = FRAME_UNKNOWN, .source = FRAME_UNKNOWN,
        .target = FRAME_UNKNOWN,
    };
    if (ev->link == TAP_LAN || ev->link == TAP_LAN_CLEAR)
        look_at_datagram(ev->bytes, out);
    else if (ev->link == TAP_IPMB)
        look_at_bus(ev->bytes, out);
}
