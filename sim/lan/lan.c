#include "sim/lan/lan_parts.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/planted.h"
#include "sim/wire/asf.h"
#include "sim/wire/rmcp.h"

static void deliver_in(void *ctx, const struct link_frame *f);
static void deliver_out(void *ctx, const struct link_frame *f);

const char *
lan_drop_text(enum lan_drop why)
{
    static const char *const words[LAN_DROPS] = {
        [DROP_NONE] = "not dropped",
        [DROP_RMCP_SHORT] = "RMCP header is cut",
        [DROP_RMCP_VERSION] = "RMCP version is not 06h",
        [DROP_RMCP_CLASS] = "RMCP message class is neither ASF nor IPMI",
        [DROP_RMCP_ACK] = "an RMCP ACK needs no answer",
        [DROP_ASF] = "ASF message is malformed or no presence ping",
        [DROP_FORMAT] = "session header is cut or carries what it may not",
        [DROP_AUTHTYPE] = "authentication type is not the session's",
        [DROP_LENGTH] = "a length does not agree with what is there",
        [DROP_NO_SESSION] = "there is no such session",
        [DROP_SESSION_STATE] = "the session is not ready for this",
        [DROP_SEQUENCE] = "session sequence number is old or too far ahead",
        [DROP_AUTHCODE] = "AuthCode is wrong",
        [DROP_DECRYPT] = "encrypted payload is malformed",
        [DROP_CHECKSUM] = "IPMI message checksum is wrong",
        [DROP_ADDRESS] = "IPMI message is not for the BMC",
        [DROP_PAYLOAD_TYPE] = "there is no such payload type",
        [DROP_PAYLOAD_OFF] = "payload is not active in this session",
        [DROP_RESPONSE] = "nobody waits for this response",
        [DROP_NOT_SESSIONLESS] = "needs a session",
        [DROP_CHANNEL_DISABLED] = "the channel is disabled",
        [DROP_UNPROTECTED] = "not protected as the session agreed",
        [DROP_LUN] = "no such LUN",
        [DROP_NO_POWER] = "the controller has no power",
        [DROP_OVERTAKEN] = "a later packet of its stream came before it",
        [DROP_REPEATED] = "a repeated request, answered as before",
        [DROP_REPEATED_EARLY] = "repeats a request that is being carried out",
        [DROP_INTERNAL] = "the answer could not be made",
    };

    return (unsigned)why < LAN_DROPS ? words[why] : "unknown reason";
}

/* ---- life ---- */

enum status
lan_new(const struct lan_opts *opts, struct lan **out)
{
    struct lan *lan = calloc(1, sizeof *lan);
    struct rng_key key;

    if (lan == NULL)
        return ST_NOMEM;
    key = rng_key_named(opts->world->key, opts->stream);
    lan->world = opts->world;
    lan->crypto = opts->crypto;
    lan->work = opts->work;
    lan->host = *opts->host;
    lan->config = opts->host->config;
    lan->ids = rng_named(key, "session ids");
    lan->nonces = rng_named(key, "nonces");
    lan->ivs = rng_named(key, "ivs");
    lan_set_endpoint(lan, opts->endpoint, &opts->local);
    link_init(&lan->in, lan->world, deliver_in, lan);
    link_init(&lan->out, lan->world, deliver_out, lan);
    sessions_init(&lan->sessions, &lan->ids);
    *out = lan;
    return ST_OK;
}

static void
disarm_all(struct lan *lan, const struct session_list *l)
{
    for (struct session *s = l->first; s != NULL; s = s->next)
        timeline_disarm(&lan->world->timeline, &s->timer);
}

void
lan_free(struct lan *lan)
{
    if (lan == NULL)
        return;
    disarm_all(lan, &lan->sessions.active);
    disarm_all(lan, &lan->sessions.pending);
    sessions_free(&lan->sessions);
    link_free(&lan->in);
    link_free(&lan->out);
    free(lan);
}

void
lan_set_port(struct lan *lan, uint16_t port)
{
    lan->port = port;
}

uint16_t
lan_port(const struct lan *lan)
{
    return lan->port ? lan->port : lan->local.port;
}

void
lan_set_endpoint(struct lan *lan, void *endpoint, const struct peer *local)
{
    lan->endpoint = endpoint;
    lan->local = *local;
}

void
lan_set_secondary(struct lan *lan, const struct peer *local, uint16_t port)
{
    lan->secondary = *local;
    lan->secondary.secondary = false;
    lan->secondary_port = port;
}

void
lan_set_power(struct lan *lan, bool on)
{
    lan->unpowered = !on;
}

uint16_t
lan_port_of(const struct lan *lan, const struct peer *peer)
{
    return peer->secondary && lan->secondary_port ? lan->secondary_port : lan_port(lan);
}

const struct lan_stats *
lan_stats(const struct lan *lan)
{
    return &lan->stats;
}

const struct link *
lan_link(const struct lan *lan, enum tap_dir dir)
{
    return dir == TAP_TO_BMC ? &lan->in : &lan->out;
}

/* ---- out ---- */

struct wr
lan_begin(void *buf, size_t size)
{
    struct wr w = wr_of(buf, size);

    rmcp_build(&w, &(struct rmcp){ .sequence = RMCP_NO_ACK, .msg_class = RMCP_IPMI });
    return w;
}

/* What is lost on its way was sent all the same. */
static void
send_frame(struct lan *lan, const struct link_frame *f)
{
    lan->stats.sent++;
    link_send(&lan->out, f);
}

void
lan_send(struct lan *lan, const struct lan_route *route, const struct wr *w, int netfn,
         int cmd, int payload_type)
{
    struct link_frame f = {
        .about = {
            .link = TAP_LAN, .number = lan->config->channel, .dir = TAP_FROM_BMC,
            .netfn = netfn, .cmd = cmd, .payload_type = payload_type,
            .source = FAULT_ANY, .target = FAULT_ANY,
            .lun = FAULT_ANY, .seq = FAULT_ANY, .len = wr_len(w),
        },
        .local = route->local,
        .remote = route->remote,
        .to = lan->endpoint,
        .bytes = wr_bytes_of(w),
    };

    if (w->bad)
        lan_count_drop(lan, DROP_INTERNAL);
    else
        send_frame(lan, &f);
}

void
lan_send_datagram(struct lan *lan, const struct peer *to, struct bytes datagram)
{
    struct link_frame f = {
        .about = {
            .link = TAP_LAN, .number = lan->config->channel, .dir = TAP_FROM_BMC,
            .netfn = FAULT_ANY, .cmd = FAULT_ANY, .payload_type = FAULT_ANY,
            .source = FAULT_ANY, .target = FAULT_ANY,
            .lun = FAULT_ANY, .seq = FAULT_ANY, .len = datagram.len,
        },
        .local = lan->local,
        .remote = *to,
        .to = lan->endpoint,
        .bytes = datagram,
    };

    send_frame(lan, &f);
}

static void
deliver_out(void *ctx, const struct link_frame *f)
{
    struct lan *lan = ctx;

    outbox_put(lan->world->out, lan->world->now, f->to, &f->remote, f->bytes);
}

void
lan_count_drop(struct lan *lan, enum lan_drop why)
{
    lan->stats.dropped[why]++;
}

/* ---- RMCP and ASF ---- */

static void
acknowledge(struct lan *lan, const struct link_frame *f, const struct rmcp *m)
{
    uint8_t buf[RMCP_HEADER_LEN];
    struct wr w = wr_of(buf, sizeof buf);
    struct lan_route route = lan_route_of(f);

    rmcp_build(&w, &(struct rmcp){
        .sequence = m->sequence, .msg_class = m->msg_class, .ack = true
    });
    lan_send(lan, &route, &w, FAULT_ANY, FAULT_ANY, FAULT_ANY);
}

static void
send_pong(struct lan *lan, const struct link_frame *f, uint8_t tag)
{
    uint8_t data[ASF_PONG_DATA_LEN], buf[64];
    struct wr d = wr_of(data, sizeof data);
    struct wr w = wr_of(buf, sizeof buf);
    struct lan_route route = lan_route_of(f);

    asf_pong_build(&d, &(struct asf_pong){
        .iana = lan->config->dcmi_pong ? ASF_IANA_DCMI : ASF_IANA,
        .entities = ASF_ENTITY_IPMI | ASF_ENTITY_ASF_10,
    });
    rmcp_build(&w, &(struct rmcp){ .sequence = RMCP_NO_ACK, .msg_class = RMCP_ASF });
    asf_build(&w, &(struct asf){ .type = ASF_PONG, .tag = tag, .data = wr_bytes_of(&d) });
    lan_send(lan, &route, &w, FAULT_ANY, FAULT_ANY, FAULT_ANY);
}

/* A ping is answered whatever the channel is set to: it finds machines. */
static enum lan_drop
asf_input(struct lan *lan, const struct link_frame *f, struct bytes in)
{
    struct asf m;

    if (!asf_parse(in, &m) || m.type != ASF_PING)
        return DROP_ASF;
    send_pong(lan, f, PLANTED(PONG_TAG_WRONG) ? 0 : m.tag);
    return DROP_NONE;
}

static enum lan_drop
rmcp_input(struct lan *lan, const struct link_frame *f)
{
    struct rmcp m;

    switch (rmcp_parse(f->bytes, &m)) {
    case RMCP_OK:
        break;
    case RMCP_SHORT:
        return DROP_RMCP_SHORT;
    case RMCP_BAD_VERSION:
        return DROP_RMCP_VERSION;
    }
    if (!PLANTED(RMCP_CLASS_IGNORED) && m.msg_class != RMCP_ASF && m.msg_class != RMCP_IPMI)
        return DROP_RMCP_CLASS;
    if (m.ack)
        return DROP_RMCP_ACK;
    if (rmcp_wants_ack(&m))
        acknowledge(lan, f, &m);
    if (m.msg_class == RMCP_ASF)
        return asf_input(lan, f, m.data);
    if (lan15_auth_type(m.data) == AUTH_RMCPP)
        return rmcpp_input(lan, f, m.data);
    return lan15_input(lan, f, m.data);
}

/* ---- in ---- */

void
lan_input(struct lan *lan, const struct peer *from, struct bytes datagram)
{
    struct link_frame f = {
        .about = {
            .link = TAP_LAN, .number = lan->config->channel, .dir = TAP_TO_BMC,
            .netfn = FAULT_ANY, .cmd = FAULT_ANY, .payload_type = FAULT_ANY,
            .source = FAULT_ANY, .target = FAULT_ANY,
            .lun = FAULT_ANY, .seq = FAULT_ANY, .len = datagram.len,
        },
        .local = from->secondary ? lan->secondary : lan->local,
        .remote = *from,
        .to = lan->endpoint,
        .bytes = datagram,
    };
    const struct fault_plan *faults = lan->world->faults;

    if (faults != NULL && fault_wants_message(faults, TAP_LAN))
        lan_peek(lan, datagram, &f.about);
    link_send(&lan->in, &f);
}

static void
deliver_in(void *ctx, const struct link_frame *f)
{
    struct lan *lan = ctx;
    enum lan_drop why = DROP_NO_POWER;

    if (!lan->unpowered) {
        lan->stats.received++;
        why = rmcp_input(lan, f);
    }
    if (why == DROP_NONE)
        return;
    lan_count_drop(lan, why);
    link_ignored(&lan->in, f, lan_drop_text(why));
}
