#include <stdio.h>

#include "capture/dissect_parts.h"
#include "sim/wire/asf.h"
#include "sim/wire/codes.h"
#include "sim/wire/lan15.h"
#include "sim/wire/pet.h"
#include "sim/wire/rmcp.h"

static const char *
auth_text(unsigned type)
{
    static const char *const words[] = {
        [AUTH_NONE] = "none", [AUTH_MD2] = "MD2", [AUTH_MD5] = "MD5",
        [AUTH_STRAIGHT] = "straight password", [AUTH_OEM] = "OEM", [AUTH_RMCPP] = "RMCP+",
    };

    return type < sizeof words / sizeof words[0] && words[type] ? words[type] : "reserved";
}

static const char *
payload_text(unsigned type, char to[24])
{
    switch (type) {
    case PAYLOAD_IPMI: return "IPMI message";
    case PAYLOAD_SOL: return "SOL";
    case PAYLOAD_OEM_EXPLICIT: return "OEM explicit";
    case PAYLOAD_OPEN_REQUEST: return "Open Session Request";
    case PAYLOAD_OPEN_RESPONSE: return "Open Session Response";
    case PAYLOAD_RAKP1: return "RAKP message 1";
    case PAYLOAD_RAKP2: return "RAKP message 2";
    case PAYLOAD_RAKP3: return "RAKP message 3";
    case PAYLOAD_RAKP4: return "RAKP message 4";
    default: break;
    }
    (void)snprintf(to, 24, "payload type %02Xh", type & 0xff);
    return to;
}

/* ---- sides and sessions ---- */

/* Which way a datagram goes, as its session or the ports tell. */
static void
find_side(struct dissector *x, uint32_t sid)
{
    const struct dissect_frame *f = x->f;
    bool to_bmc = false;

    if (x->c != NULL)
        x->s = conversation_find(x->c, f, sid, &to_bmc);
    x->sided = x->s != NULL;
    if (x->s == NULL && (f->to.port == RMCP_PORT) != (f->from.port == RMCP_PORT)) {
        x->sided = true;
        to_bmc = f->to.port == RMCP_PORT;
    }
    x->to_bmc = to_bmc;
}

static void
line_session(struct dissector *x)
{
    const struct conversation_session *s = x->s;

    if (s == NULL)
        return;
    line_add(x, 1, "session %u of this trace: %s%s%s, %s, since frame %llu", s->number,
             s->rmcpp ? "RMCP+" : "IPMI 1.5", s->user[0] ? ", user " : "", s->user,
             session_phase_text(s->phase), (unsigned long long)s->first);
}

/* ---- RMCP+ ---- */

/* The AuthCode is 12 or 16 octets behind the next header; both are tried. */
static void
line_trailer(struct dissector *x, const struct rmcpp *m)
{
    static const size_t lengths[] = { 12, 16, 0 };
    struct rmcpp_trailer t;

    if (!m->authenticated)
        return;
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        if (m->trailer.len < lengths[i] || !rmcpp_trailer_parse(m, lengths[i], &t))
            continue;
        line_add(x, 1, "session trailer: %u pads", t.pads);
        line_octets(x, 1, "AuthCode", bytes_of(t.code, lengths[i]));
        return;
    }
    x->d->bad = true;
    line_octets(x, 1, "session trailer that does not add up", m->trailer);
}

static void
line_rmcpp(struct dissector *x, const struct rmcpp *m)
{
    char type[24];

    line_add(x, 0, "Session: RMCP+, %s, session id %08Xh, sequence %u%s%s",
             payload_text(m->type, type), m->sid, m->seq, m->encrypted ? ", encrypted" : "",
             m->authenticated ? ", authenticated" : "");
    if (m->type == PAYLOAD_OEM_EXPLICIT)
        line_add(x, 1, "OEM IANA %u, OEM payload id %04Xh", m->oem_iana, m->oem_payload);
    line_add(x, 1, "payload of %zu octets", m->payload.len);
    line_session(x);
    line_trailer(x, m);
}

static void
note_rmcpp(struct dissection *d, const struct rmcpp *m)
{
    d->auth_type = AUTH_RMCPP;
    d->payload_type = m->type;
    d->encrypted = m->encrypted;
    d->authenticated = m->authenticated;
    d->session_id = m->sid;
    d->session_seq = m->seq;
}

static void
dissect_payload(struct dissector *x, const struct rmcpp *m)
{
    char type[24];

    if (m->encrypted) {
        x->d->kind = DISSECT_ENCRYPTED;
        summary_add(x, "encrypted %s, session %08Xh, sequence %u, %zu octets",
                    payload_text(m->type, type), m->sid, m->seq, m->payload.len);
        line_octets(x, 0, "Encrypted payload", m->payload);
    } else if (dissect_is_setup(m->type)) {
        dissect_setup(x, m->type, m->payload);
    } else if (m->type == PAYLOAD_IPMI) {
        dissect_lanmsg(x, 0, m->sid, m->payload);
    } else if (m->type == PAYLOAD_SOL) {
        dissect_sol(x, m->payload);
    } else {
        x->d->kind = DISSECT_PAYLOAD;
        summary_add(x, "%s, session %08Xh, %zu octets", payload_text(m->type, type), m->sid,
                    m->payload.len);
        line_octets(x, 0, "Payload", m->payload);
    }
}

static void
dissect_rmcpp(struct dissector *x, struct bytes in)
{
    struct rmcpp m;

    switch (rmcpp_parse(in, &m)) {
    case RMCPP_OK:
        break;
    case RMCPP_SHORT:
        x->d->bad = true;
        dissect_unknown(x, "RMCP+ header that is cut short", in);
        return;
    case RMCPP_LENGTH:
        x->d->bad = true;
        dissect_unknown(x, "RMCP+ packet whose length is wrong", in);
        return;
    }
    note_rmcpp(x->d, &m);
    find_side(x, m.sid);
    line_rmcpp(x, &m);
    dissect_payload(x, &m);
}

/* ---- IPMI 1.5 ---- */

static void
dissect_lan15(struct dissector *x, struct bytes in)
{
    struct lan15 m;

    switch (lan15_parse(in, &m)) {
    case LAN15_OK:
        break;
    case LAN15_SHORT:
        x->d->bad = true;
        dissect_unknown(x, "IPMI 1.5 session header that is cut short", in);
        return;
    case LAN15_LENGTH:
        x->d->bad = true;
        dissect_unknown(x, "IPMI 1.5 packet whose length is wrong", in);
        return;
    }
    x->d->auth_type = m.auth_type;
    x->d->session_id = m.sid;
    x->d->session_seq = m.seq;
    x->d->authenticated = m.code != NULL;
    find_side(x, m.sid);
    line_add(x, 0, "Session: IPMI 1.5, authentication type %s, session id %08Xh, sequence %u",
             auth_text(m.auth_type), m.sid, m.seq);
    if (m.code != NULL)
        line_octets(x, 1, "AuthCode", bytes_of(m.code, AUTH_CODE_LEN));
    line_add(x, 1, "message of %zu octets", m.msg.len);
    line_session(x);
    dissect_lanmsg(x, 0, m.sid, m.msg);
}

/* ---- ASF ---- */

static void
dissect_pong(struct dissector *x, const struct asf *m)
{
    struct asf_pong p;

    x->d->kind = DISSECT_ASF_PONG;
    summary_add(x, "ASF presence pong, tag %02Xh", m->tag);
    if (!asf_pong_parse(m->data, &p)) {
        x->d->bad = true;
        summary_add(x, ", cut short");
        line_octets(x, 1, "data", m->data);
        return;
    }
    summary_add(x, "%s", p.entities & ASF_ENTITY_IPMI ? ": IPMI supported" : ": no IPMI");
    line_add(x, 1, "IANA number %u%s, OEM %08Xh", p.iana,
             p.iana == ASF_IANA_DCMI ? " (DCMI)" : p.iana == ASF_IANA ? " (ASF)" : "", p.oem);
    line_add(x, 1, "supported entities %02Xh%s%s, interactions %02Xh", p.entities,
             p.entities & ASF_ENTITY_IPMI ? ", IPMI" : "",
             p.entities & ASF_ENTITY_ASF_10 ? ", ASF 1.0" : "", p.interactions);
}

static void
dissect_asf(struct dissector *x, struct bytes in)
{
    struct asf m;

    if (!asf_parse(in, &m)) {
        x->d->bad = true;
        dissect_unknown(x, "ASF message that is none", in);
        return;
    }
    find_side(x, 0);
    line_add(x, 0, "ASF: message type %02Xh, tag %02Xh", m.type, m.tag);
    if (m.type == ASF_PING) {
        x->d->kind = DISSECT_ASF_PING;
        summary_add(x, "ASF presence ping, tag %02Xh", m.tag);
    } else if (m.type == ASF_PONG) {
        dissect_pong(x, &m);
    } else {
        summary_add(x, "ASF message type %02Xh, tag %02Xh", m.type, m.tag);
        line_octets(x, 1, "data", m.data);
    }
}

/* ---- traps ---- */

static const char *
severity_text(uint8_t severity)
{
    switch (severity) {
    case 0x00: return "unspecified";
    case 0x01: return "monitor";
    case 0x02: return "information";
    case 0x04: return "OK";
    case 0x08: return "non-critical";
    case 0x10: return "critical";
    case 0x20: return "non-recoverable";
    default: return "reserved";
    }
}

static void
dissect_trap(struct dissector *x, const struct pet *p)
{
    x->d->kind = DISSECT_TRAP;
    summary_add(x, "platform event trap: sensor type %02Xh, event type %02Xh, offset %u%s, "
                "sensor %02Xh, %s", p->sensor_type, p->event_type, p->offset & 0x0fu,
                p->offset & PET_OFFSET_DEASSERTED ? " deasserted" : "", p->sensor_number,
                severity_text(p->severity));
    line_add(x, 0, "SNMP: trap, community %.*s, agent %u.%u.%u.%u, up %u.%02u s",
             (int)(p->community.len < 64 ? p->community.len : 64),
             (const char *)p->community.at, p->agent[0], p->agent[1], p->agent[2],
             p->agent[3], p->uptime_cs / 100, p->uptime_cs % 100);
    line_add(x, 0, "Platform event: sensor type %02Xh, event type %02Xh, offset %02Xh",
             p->sensor_type, p->event_type, p->offset);
    line_octets(x, 1, "GUID", bytes_of(p->guid, sizeof p->guid));
    line_add(x, 1, "sequence %u, time %u s after 1998, severity %s", p->sequence, p->time_s,
             severity_text(p->severity));
    line_add(x, 1, "sensor device %02Xh, sensor number %02Xh, entity %02Xh instance %02Xh",
             p->sensor_device, p->sensor_number, p->entity, p->instance);
    line_octets(x, 1, "event data", bytes_of(p->data, sizeof p->data));
    line_add(x, 1, "manufacturer %u, system id %04Xh", p->manufacturer, p->system_id);
    line_octets(x, 1, "OEM fields", p->oem);
}

/* ---- datagrams ---- */

static const char *
class_text(uint8_t msg_class)
{
    switch (msg_class) {
    case RMCP_ASF: return "ASF";
    case RMCP_IPMI: return "IPMI";
    case RMCP_OEM: return "OEM";
    default: return "unknown class";
    }
}

static void
dissect_rmcp(struct dissector *x, const struct rmcp *m)
{
    line_add(x, 0, "RMCP: sequence %02Xh%s, class %s (%02Xh)%s", m->sequence,
             m->sequence == RMCP_NO_ACK ? " (no acknowledgement)" : "",
             class_text(m->msg_class), m->msg_class, m->ack ? ", acknowledgement" : "");
    if (m->ack) {
        x->d->kind = DISSECT_RMCP_ACK;
        summary_add(x, "RMCP acknowledgement of %02Xh", m->sequence);
    } else if (m->msg_class == RMCP_ASF) {
        dissect_asf(x, m->data);
    } else if (m->msg_class != RMCP_IPMI) {
        summary_add(x, "RMCP class %02Xh, %zu octets", m->msg_class, m->data.len);
        line_octets(x, 0, "Data", m->data);
    } else if (lan15_auth_type(m->data) == AUTH_RMCPP) {
        dissect_rmcpp(x, m->data);
    } else {
        dissect_lan15(x, m->data);
    }
}

void
dissect_datagram(struct dissector *x)
{
    const struct dissect_frame *f = x->f;
    struct rmcp m;
    struct pet p;

    if (pet_parse(f->bytes, &p)) {
        dissect_trap(x, &p);
        return;
    }
    switch (rmcp_parse(f->bytes, &m)) {
    case RMCP_OK:
        dissect_rmcp(x, &m);
        break;
    case RMCP_SHORT:
        x->d->bad = true;
        dissect_unknown(x, "datagram too short for RMCP", f->bytes);
        break;
    case RMCP_BAD_VERSION:
        dissect_unknown(x, "datagram that is no RMCP", f->bytes);
        break;
    }
}
