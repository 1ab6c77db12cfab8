#include "sim/lan/lan_parts.h"

#include <string.h>

#include "sim/base/planted.h"
#include "sim/wire/rmcp.h"

/* Show a packet as it would be without its protection. Header, payload and
 * length are those of the real one, so that any dissector can read it. */
static void
show_clear(struct lan *lan, enum tap_dir dir, const struct lan_route *route,
           const struct rmcpp *m, struct bytes plain)
{
    uint8_t buf[OUTBOX_DATAGRAM_MAX];
    struct wr w = lan_begin(buf, sizeof buf);
    struct rmcpp clear = *m;

    clear.encrypted = clear.authenticated = false;
    rmcpp_build_header(&w, &clear, plain.len);
    wr_span(&w, plain);
    if (w.bad)
        return;
    tap_emit(lan->world->tap, &(struct tap_event){
        .at = lan->world->now, .chassis = lan->world->chassis, .link = TAP_LAN_CLEAR,
        .number = lan->config->channel, .dir = dir, .fate = FATE_DELIVERED,
        .local = route->local, .remote = route->remote, .bytes = wr_bytes_of(&w),
    });
}

/* ---- in ---- */

/* A session's packets are protected as was agreed. Encryption may be
 * suspended for a payload, and codes may have been left out of one. */
static bool
is_protected(const struct session *s, const struct rmcpp *m)
{
    const struct session20 *v = &s->v20;
    bool suspended = v->suspended >> m->type & 1;
    bool uncoded = v->uncoded >> m->type & 1;

    if (m->authenticated != (v->protect.integrity != INTEGRITY_NONE) &&
        (m->authenticated || !(uncoded || PLANTED(UNSIGNED_ACCEPTED))))
        return false;
    return m->encrypted == (v->protect.conf != CONF_NONE) ||
           ((suspended || PLANTED(PLAIN_ACCEPTED)) && !m->encrypted);
}

/*
 * An xRC4 keystream is lost with the packet that brought its IV. A console
 * that missed such an answer repeats its request, and perhaps begins a new
 * keystream itself; some consoles begin one with every packet and read ours
 * as if it did. Either way, the answer brings a new IV.
 */
static void
mind_lost_iv(struct session20 *v, struct bytes payload, struct bytes msg)
{
    uint8_t request[sizeof v->last_request];
    struct rd r = rd_of(payload);

    if (v->protect.conf <= CONF_AES_CBC_128 || msg.len < LANMSG_LEN_MIN)
        return;
    request[0] = msg.at[1];
    request[1] = msg.at[4];
    request[2] = msg.at[5];
    if (rd_le32(&r) == 0 || memcmp(request, v->last_request, sizeof request) == 0)
        protect_renew_iv(&v->protect);
    memcpy(v->last_request, request, sizeof request);
}

static bool
is_payload(uint8_t type)
{
    return type <= PAYLOAD_OEM_EXPLICIT || (type >= PAYLOAD_OEM0 && type <= PAYLOAD_OEM7);
}

/* Whether m comes in its turn among the payloads of a stream. */
static bool
in_order(struct session20 *v, const struct rmcpp *m)
{
    uint32_t *latest = &v->stream_seq[m->authenticated ? COUNT_AUTHENTICATED : COUNT_PLAIN];

    if (*latest != 0 && m->seq - *latest > INT32_MAX)
        return false;
    *latest = m->seq;
    return true;
}

static enum lan_drop
payload_input(struct lan *lan, const struct link_frame *f, struct session *s,
              const struct rmcpp *m, struct bytes plain)
{
    uint8_t format = FORMAT_RMCPP | (m->encrypted ? FORMAT_ENCRYPTED : 0) |
                     (m->authenticated ? FORMAT_AUTHENTICATED : 0);

    if (m->type == PAYLOAD_IPMI) {
        mind_lost_iv(&s->v20, m->payload, plain);
        return lan_message_input(lan, f, s, format, s->privilege, plain);
    }
    if (!in_order(&s->v20, m))
        return DROP_OVERTAKEN;
    /* An explicit OEM payload says whose it is; we have nobody's. */
    if (m->type == PAYLOAD_OEM_EXPLICIT || lan->host.payload == NULL ||
        !lan->host.payload(lan->host.ctx, lan->config->channel, s->id, m->type, plain))
        return DROP_PAYLOAD_OFF;
    return DROP_NONE;
}

/* Check everything, decrypt, and only then let the packet change state. */
static enum lan_drop
session_input(struct lan *lan, const struct link_frame *f, struct session *s,
              const struct rmcpp *m)
{
    struct session20 *v = &s->v20;
    struct seqwin *window = &v->in[m->authenticated ? COUNT_AUTHENTICATED : COUNT_PLAIN];
    uint8_t scratch[OUTBOX_DATAGRAM_MAX];
    struct bytes plain = m->payload;

    if (!is_payload(m->type))
        return DROP_PAYLOAD_TYPE;
    if (!is_protected(s, m))
        return DROP_UNPROTECTED;
    if (!PLANTED(LAN20_SEQUENCE_UNCHECKED) &&
        (m->seq == 0 || !seqwin_fresh(window, m->seq, SEQWIN_RMCPP)))
        return DROP_SEQUENCE;
    if (m->authenticated && !PLANTED(INTEGRITY_UNCHECKED) &&
        !protect_verify(&v->protect, lan->work, m))
        return DROP_AUTHCODE;
    if (m->encrypted && (m->payload.len > sizeof scratch ||
                         !protect_decrypt(&v->protect, lan->work, m->payload, scratch,
                                          &plain)))
        return DROP_DECRYPT;
    seqwin_take(window, m->seq);
    lan_heard(lan, s, f);
    if (m->encrypted && lan->world->tap != NULL) {
        struct lan_route route = lan_route_of(f);

        show_clear(lan, TAP_TO_BMC, &route, m, plain);
    }
    return payload_input(lan, f, s, m, plain);
}

/* Outside a session nothing is protected or numbered. */
static enum lan_drop
sessionless_input(struct lan *lan, const struct link_frame *f, const struct rmcpp *m)
{
    if (m->encrypted || m->authenticated)
        return DROP_FORMAT;
    switch (m->type) {
    case PAYLOAD_IPMI:
        return lan_message_input(lan, f, NULL, FORMAT_RMCPP, PRIV_NONE, m->payload);
    case PAYLOAD_OPEN_REQUEST:
    case PAYLOAD_RAKP1:
    case PAYLOAD_RAKP3:
        if (!lan_is_open(lan))
            return DROP_CHANNEL_DISABLED;
        return rmcpp_setup_input(lan, f, m->type, m->payload);
    default:
        return is_payload(m->type) ? DROP_NOT_SESSIONLESS : DROP_PAYLOAD_TYPE;
    }
}

enum lan_drop
rmcpp_input(struct lan *lan, const struct link_frame *f, struct bytes in)
{
    struct rmcpp m;
    struct session *s;

    if (!lan->config->rmcpp)
        return DROP_AUTHTYPE;
    switch (rmcpp_parse(in, &m)) {
    case RMCPP_OK:
        break;
    case RMCPP_SHORT:
        return DROP_FORMAT;
    case RMCPP_LENGTH:
        return DROP_LENGTH;
    }
    if (m.sid == 0)
        return sessionless_input(lan, f, &m);
    s = session_find(&lan->sessions, m.sid);
    if (s == NULL || !s->rmcpp)
        return DROP_NO_SESSION;
    if (s->state != SESSION_ACTIVE)
        return DROP_SESSION_STATE;
    if (!lan_is_open(lan))
        return DROP_CHANNEL_DISABLED;
    return session_input(lan, f, s, &m);
}

/* ---- out ---- */

/* 0 stands for "outside a session", so counters pass over it. */
static uint32_t
next_seq(struct session20 *v, bool authenticated)
{
    uint32_t *next = &v->out_seq[authenticated ? COUNT_AUTHENTICATED : COUNT_PLAIN];
    uint32_t seq = *next;

    *next = seq == UINT32_MAX ? 1 : seq + 1;
    return seq;
}

/* Write packet m of session s with payload plain; start is where 06 stands. */
static bool
build(struct lan *lan, struct session *s, struct wr *w, const struct rmcpp *m,
      struct bytes plain)
{
    struct protect *p = &s->v20.protect;
    uint8_t *start = w->at;
    uint8_t code[RMCPP_CODE_MAX];
    uint8_t *payload;
    struct wr length;

    rmcpp_build_header(w, m, plain.len);
    payload = w->at;
    if (!m->encrypted)
        wr_span(w, plain);
    else if (!protect_encrypt(p, lan->work, &lan->ivs, plain, w))
        return false;
    if (w->bad)
        return false;
    length = wr_of(payload - 2, 2);
    wr_le16(&length, (unsigned)(w->at - payload));
    if (!m->authenticated)
        return true;
    rmcpp_build_trailer(w, start);
    if (!protect_sign(p, lan->work, bytes_of(start, (size_t)(w->at - start)), code))
        return false;
    wr_bytes(w, code, protect_code_len(p));
    return !w->bad;
}

bool
rmcpp_send(struct lan *lan, struct session *s, uint8_t type, uint8_t format,
           const struct lan_route *route, struct bytes payload)
{
    uint8_t buf[OUTBOX_DATAGRAM_MAX];
    struct wr w = lan_begin(buf, sizeof buf);
    struct rmcpp m = { .type = type };
    bool is_message = type == PAYLOAD_IPMI && payload.len >= LANMSG_LEN_MIN;

    if (s == NULL) {
        rmcpp_build_header(&w, &m, payload.len);
        wr_span(&w, payload);
    } else {
        m.encrypted = (format & FORMAT_ENCRYPTED) != 0;
        m.authenticated = (format & FORMAT_AUTHENTICATED) != 0;
        m.sid = s->v20.facts.console_sid;
        m.seq = next_seq(&s->v20, m.authenticated);
        if (!build(lan, s, &w, &m, payload))
            return false;
    }
    lan_send(lan, route, &w, is_message ? payload.at[1] >> 2 : FAULT_ANY,
             is_message ? payload.at[5] : FAULT_ANY, type);
    if (m.encrypted && lan->world->tap != NULL)
        show_clear(lan, TAP_FROM_BMC, route, &m, payload);
    return true;
}
