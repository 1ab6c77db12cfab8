#include <stdio.h>
#include <string.h>

#include "capture/dissect_parts.h"
#include "sim/base/rd.h"
#include "sim/wire/codes.h"
#include "sim/wire/ipmb.h"
#include "sim/wire/lanmsg.h"

#define DEPTH_MAX 3            /* messages within messages */
#define NAME_MAX 40

/* Commands of NETFN_APP that carry messages or concern sessions. */
enum {
    APP_GET_MESSAGE = 0x33,
    APP_SEND_MESSAGE = 0x34,
    APP_SESSION_CHALLENGE = 0x39,
    APP_ACTIVATE_SESSION = 0x3a,
    APP_CLOSE_SESSION = 0x3c,
};

static bool
is_response(const struct ipmi_message *m)
{
    return m->netfn & 1;
}

static bool
is_app(const struct ipmi_message *m, uint8_t cmd)
{
    return (m->netfn & ~1u) == NETFN_APP && m->cmd == cmd;
}

/* ---- names ---- */

/* The group or IANA number in front of the data; DISSECT_NONE. */
static int64_t
id_of(const struct ipmi_message *m)
{
    struct rd r = rd_of(m->data);
    unsigned netfn = m->netfn & ~1u;
    uint32_t id;

    if (netfn != NETFN_GROUP && netfn != NETFN_OEM)
        return DISSECT_NONE;
    if (is_response(m))
        (void)rd_u8(&r);
    id = netfn == NETFN_GROUP ? rd_u8(&r) : rd_le24(&r);
    return r.bad ? DISSECT_NONE : (int64_t)id;
}

const char *
message_name(struct dissector *x, const struct ipmi_message *m, uint32_t id, char *to,
             size_t size)
{
    const char *name = NULL;

    if (x->c != NULL)
        name = command_name(conversation_names(x->c), m->netfn, m->cmd, id);
    if (name == NULL)
        (void)snprintf(to, size, "%s command %02Xh", netfn_text(m->netfn), m->cmd);
    else
        (void)snprintf(to, size, "%s", name);
    return to;
}

/* ---- requests and responses ---- */

static void
pair(struct dissector *x, const struct ipmi_message *m)
{
    struct conversation_key key = { 0 };
    bool answer = is_response(m);
    struct dissection *d = x->d;

    if (x->c == NULL)
        return;
    key.link = (uint8_t)x->f->link;
    key.bus = x->f->bus;
    key.netfn = m->netfn & 0x3eu;
    key.cmd = m->cmd;
    key.seq = m->seq;
    key.requester = answer ? m->to : m->from;
    key.responder = answer ? m->from : m->to;
    key.lun = answer ? m->from_lun : m->to_lun;
    key.chassis = x->f->chassis;
    /* Consoles and BMCs have ids of their own: who told them apart is the session. */
    key.sid = x->s != NULL ? x->s->number : m->sid;
    key.from = answer ? x->f->to : x->f->from;
    key.to = answer ? x->f->from : x->f->to;
    if (answer)
        d->answers = conversation_answer(x->c, &key, x->f, &d->took);
    else
        d->repeats = conversation_ask(x->c, &key, x->f);
}

/* Sessions of IPMI 1.5 come about by messages; those of both kinds end so. */
static void
follow_request(struct dissector *x, const struct ipmi_message *m)
{
    if (!is_app(m, APP_SESSION_CHALLENGE) || m->data.len < 17 || x->f->link != TAP_LAN)
        return;
    x->s = conversation_open(x->c, x->f, false, 0);
    for (size_t i = 0; i < RAKP_NAME_MAX; i++) {
        uint8_t ch = m->data.at[1 + i];

        x->s->user[i] = ch == 0 ? '\0' : ch >= ' ' && ch <= '~' ? (char)ch : '.';
    }
}

static void
follow_response(struct dissector *x, const struct ipmi_message *m)
{
    struct rd r = rd_of(m->data);
    uint8_t cc = rd_u8(&r);
    uint32_t sid;

    if (is_app(m, APP_CLOSE_SESSION) && cc == CC_OK && !r.bad && x->s != NULL)
        x->s->phase = PHASE_CLOSED;
    if (x->f->link != TAP_LAN || (x->s != NULL && x->s->rmcpp))
        return;
    if (is_app(m, APP_SESSION_CHALLENGE)) {
        x->s = conversation_opening(x->c, x->f);
        sid = rd_le32(&r);
        if (x->s != NULL && cc != CC_OK) {
            x->s->phase = PHASE_REFUSED;
            x->s->status = cc;
        } else if (x->s != NULL && !r.bad) {
            x->s->console_sid = x->s->bmc_sid = sid;
            x->s->phase = PHASE_OPENED;
        }
    } else if (is_app(m, APP_ACTIVATE_SESSION) && x->s != NULL) {
        (void)rd_u8(&r);
        sid = rd_le32(&r);
        if (cc == CC_OK && !r.bad) {
            x->s->console_sid = x->s->bmc_sid = sid;
            x->s->phase = PHASE_ACTIVE;
        } else if (x->s->phase < PHASE_ACTIVE) {
            x->s->phase = PHASE_REFUSED;
            x->s->status = cc;
        }
    }
}

/* ---- one message ---- */

static void
line_message(struct dissector *x, unsigned depth, const struct ipmi_message *m,
             const char *name)
{
    line_add(x, depth, "IPMI %s: %s", is_response(m) ? "response" : "request", name);
    line_add(x, depth + 1, "%02Xh LUN %u > %02Xh LUN %u, sequence %u", m->from, m->from_lun,
             m->to, m->to_lun, m->seq);
    line_add(x, depth + 1, "netFn %02Xh (%s), command %02Xh", m->netfn, netfn_text(m->netfn),
             m->cmd);
}

/* Data behind the completion code. */
static struct bytes
take_cc(struct dissector *x, unsigned depth, const struct ipmi_message *m, int *cc)
{
    struct rd r = rd_of(m->data);

    *cc = DISSECT_NONE;
    if (!is_response(m))
        return m->data;
    *cc = rd_u8(&r);
    if (r.bad) {
        *cc = DISSECT_NONE;
        x->d->bad = true;
        line_add(x, depth + 1, "no completion code");
        return bytes_of(NULL, 0);
    }
    line_add(x, depth + 1, "completion code %02Xh: %s", (unsigned)*cc, cc_text((unsigned)*cc));
    return rd_rest(&r);
}

static void
note_message(struct dissection *d, const struct ipmi_message *m, int64_t id, int cc,
             struct bytes data)
{
    d->kind = DISSECT_MESSAGE;
    d->response = is_response(m);
    d->netfn = m->netfn;
    d->cmd = m->cmd;
    d->lun = m->to_lun;
    d->seq = m->seq;
    d->cc = cc;
    d->id = id;
    d->data = data;
}

/* Of commands that carry a message: what they carry. */
static void
dissect_carried(struct dissector *x, unsigned depth, const struct ipmi_message *m,
                struct bytes data)
{
    struct rd r = rd_of(data);
    uint8_t channel = rd_u8(&r);
    struct bytes inner = rd_rest(&r);

    line_add(x, depth + 1, "channel %u, %s", channel & 0x0fu,
             m->cmd == APP_GET_MESSAGE       ? "received"
             : (channel >> 6 & 3) == 0       ? "not tracked"
             : (channel >> 6 & 3) == 1       ? "tracked" : "raw");
    if (inner.len == 0)
        return;
    summary_add(x, " [");
    x->depth++;
    dissect_lanmsg(x, depth + 1, 0, inner);
    x->depth--;
    summary_add(x, "]");
}

static bool
carries(const struct dissector *x, const struct ipmi_message *m, struct bytes data)
{
    return x->depth < DEPTH_MAX && data.len > LANMSG_LEN_MIN &&
           (is_response(m) ? is_app(m, APP_GET_MESSAGE) : is_app(m, APP_SEND_MESSAGE));
}

static void
summarize(struct dissector *x, const struct ipmi_message *m, const char *name, int cc,
          struct bytes data)
{
    char octets[3 * 12 + 8];

    if (!is_response(m))
        summary_add(x, "%s%s%s", name, data.len ? ":" : "",
                    octets_text(data, octets, sizeof octets));
    else if (cc == CC_OK)
        summary_add(x, "%s answered%s%s", name, data.len ? ":" : "",
                    octets_text(data, octets, sizeof octets));
    else
        summary_add(x, "%s answered: %s (%02Xh)", name, cc_text((unsigned)cc), (unsigned)cc & 255);
}

void
dissect_message(struct dissector *x, unsigned depth, const struct ipmi_message *m)
{
    int64_t id = id_of(m);
    bool outer = x->depth == 0;
    char name[NAME_MAX];
    struct bytes data;
    int cc;

    message_name(x, m, id == DISSECT_NONE ? 0 : (uint32_t)id, name, sizeof name);
    line_message(x, depth, m, name);
    data = take_cc(x, depth, m, &cc);
    if (outer) {
        note_message(x->d, m, id, cc, data);
        if (x->c != NULL)
            x->d->command = command_name(conversation_names(x->c), m->netfn, m->cmd,
                                         id == DISSECT_NONE ? 0 : (uint32_t)id);
        pair(x, m);
        if (x->c != NULL)
            (is_response(m) ? follow_response : follow_request)(x, m);
    } else {
        summary_add(x, "%02Xh > %02Xh ", m->from, m->to);
    }
    if (carries(x, m, data)) {
        summary_add(x, "%s%s", name, is_response(m) ? " answered" : "");
        dissect_carried(x, depth, m, data);
        return;
    }
    summarize(x, m, name, cc, data);
    dissect_fields(x, depth + 1, m, data);
}

/* Fields of a message whose checksums may be wrong. */
static bool
split(struct bytes in, struct ipmi_message *m)
{
    struct rd r = rd_of(in);
    uint8_t netfn, seq;

    m->to = rd_u8(&r);
    netfn = rd_u8(&r);
    (void)rd_u8(&r);
    m->from = rd_u8(&r);
    seq = rd_u8(&r);
    m->cmd = rd_u8(&r);
    m->netfn = netfn >> 2;
    m->to_lun = netfn & 3;
    m->seq = seq >> 2;
    m->from_lun = seq & 3;
    m->data = rd_rest(&r);
    if (r.bad || m->data.len == 0)
        return false;
    m->data.len--;             /* checksum */
    return true;
}

void
dissect_lanmsg(struct dissector *x, unsigned depth, uint32_t sid, struct bytes in)
{
    struct ipmi_message m = { .sid = sid };
    struct lanmsg checked;
    enum lanmsg_err err = lanmsg_parse(in, &checked);

    if (!split(in, &m)) {
        x->d->bad = true;
        summary_add(x, "message that is cut short, %zu octets", in.len);
        line_add(x, depth, "IPMI message that is cut short");
        line_octets(x, depth + 1, "octets", in);
        return;
    }
    dissect_message(x, depth, &m);
    if (err == LANMSG_OK) {
        line_add(x, depth + 1, "checksums good");
        return;
    }
    x->d->bad = true;
    summary_add(x, ", %s checksum is wrong", err == LANMSG_BAD_HEADER_SUM ? "header" : "data");
    line_add(x, depth + 1, "%s checksum is wrong",
             err == LANMSG_BAD_HEADER_SUM ? "header" : "data");
}
