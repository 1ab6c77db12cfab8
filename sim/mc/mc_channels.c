#include "sim/mc/mc_channels.h"

#include <stdio.h>
#include <string.h>

#include "sim/mc/audit.h"
#include "sim/mc/bridge.h"
#include "sim/mc/mc_parts.h"

#define LAN_CHANNEL_MAX 0x0b /* channel numbers of LANs and the like: 1 .. Bh */
#define STREAM_NAME     16

/* ---- which there are ---- */

static void
make_channel(struct mc *mc, uint8_t number, enum channel_medium medium,
             enum channel_protocol protocol, enum session_support sessions)
{
    mc->channels[number] = (struct channel){
        .present = true,
        .number = number,
        .medium = (uint8_t)medium,
        .protocol = (uint8_t)protocol,
        .sessions = (uint8_t)sessions,
    };
}

static void
make_lan_channel(struct mc *mc, const struct machine_lan *l)
{
    struct channel *c = &mc->channels[l->channel];

    make_channel(mc, l->channel, MEDIUM_LAN, PROTOCOL_IPMB, SESSION_MULTI);
    c->stored_access = (struct channel_access){
        .mode = ACCESS_ALWAYS,
        .limit = l->limit ? l->limit : PRIV_ADMIN,
        .alerting_disabled = l->alerting_off,
        .per_message_disabled = l->per_message_off,
    };
    c->volatile_access = c->stored_access;
}

/* The serial channel that is described, unless a LAN has its number. */
static void
make_serial_channel(struct mc *mc)
{
    bool terminal;
    uint8_t number = serial_described(mc->machine, &terminal);

    if (number == 0 || mc->channels[number].present)
        return;
    make_channel(mc, number, MEDIUM_SERIAL, terminal ? PROTOCOL_TMODE : PROTOCOL_IPMB,
                 SESSION_SINGLE);
    mc->channels[number].stored_access =
        (struct channel_access){ .mode = ACCESS_SHARED, .limit = PRIV_ADMIN };
    mc->channels[number].volatile_access = mc->channels[number].stored_access;
    mc->has_serial = true;
}

enum status
mc_channels_init(struct mc *mc)
{
    const struct machine_mc *m = mc->machine;

    if (mc->opts.icmb_channel == 0 || mc->opts.icmb_channel > LAN_CHANNEL_MAX)
        mc->opts.icmb_channel = ICMB_CHANNEL;
    if (mc->opts.bus != NULL)
        make_channel(mc, CHANNEL_PRIMARY_IPMB, MEDIUM_IPMB, PROTOCOL_IPMB, SESSION_LESS);
    for (uint32_t i = 0; i < mc->opts.bus_count; i++) {
        uint8_t number = mc->opts.buses[i].channel;

        if (number == 0 || number > LAN_CHANNEL_MAX || mc->channels[number].present)
            return ST_INVALID;
        make_channel(mc, number, MEDIUM_IPMB, PROTOCOL_IPMB, SESSION_LESS);
    }
    if (!mc->opts.bmc)
        return ST_OK;
    make_channel(mc, CHANNEL_SYSTEM, MEDIUM_SYSTEM, PROTOCOL_KCS, SESSION_LESS);
    if (mc->opts.icmb != NULL)
        make_channel(mc, mc->opts.icmb_channel, MEDIUM_ICMB_10, PROTOCOL_ICMB, SESSION_LESS);
    for (uint32_t i = 0; i < m->lan_count && i < MC_LANS_MAX; i++) {
        uint8_t number = m->lans[i].channel;

        if (number == 0 || number > LAN_CHANNEL_MAX || mc->channels[number].present)
            return ST_INVALID;
        make_lan_channel(mc, &m->lans[i]);
        mc->lan_count++;
    }
    make_serial_channel(mc);
    return ST_OK;
}

/* ---- LANs ---- */

static void
session_began(void *ctx, uint8_t channel, uint32_t session)
{
    struct mc *mc = ctx;
    struct lan_session_info info;
    struct lan *lan = mc_lan_of(mc, channel);
    const struct mc_watch *watch = mc_watch_of(mc);

    if (lan == NULL || !lan_session_by_id(lan, session, &info))
        return;
    audit_event(mc, AUDIT_ACTIVATED, info.user, channel);
    if (watch != NULL && watch->session_began != NULL)
        watch->session_began(watch->ctx, mc, &(struct mc_watch_session){
            .channel = channel, .user = info.user, .session = session });
}

static void
session_ended(void *ctx, uint8_t channel, uint32_t session, enum lan_session_end why)
{
    const struct mc_watch *watch = mc_watch_of(ctx);

    bridge_session_ended(ctx, channel, session);
    solport_session_ended(ctx, channel, session);
    audit_ended(ctx, channel, why);
    if (watch != NULL && watch->session_ended != NULL)
        watch->session_ended(watch->ctx, ctx, &(struct mc_watch_session){
            .channel = channel, .session = session, .end = why });
}

static void
session_refused(void *ctx, uint8_t channel, const char *why)
{
    const struct mc_watch *watch = mc_watch_of(ctx);

    if (watch != NULL && watch->session_refused != NULL)
        watch->session_refused(watch->ctx, ctx, channel, why);
}

static enum status
make_lan(struct mc *mc, unsigned i)
{
    struct lan_host host = {
        .ctx = mc,
        .config = lanparm_config(mc, i),
        .user = users_lan_user,
        .login = users_lan_login,
        .session_began = session_began,
        .session_ended = session_ended,
        .session_refused = session_refused,
        .request = mc_request,
        .response = bridge_lan_response,
        .payload = solport_payload,
        .payload_active = solport_payload_active,
        .payload_forced = solport_payload_forced,
    };
    char stream[STREAM_NAME];
    struct lan_opts opts = {
        .world = mc->world,
        .crypto = mc->opts.crypto,
        .work = mc->opts.work,
        .host = &host,
        .stream = stream,
    };
    const struct machine_lan *l = &mc->machine->lans[i];
    enum status st;

    (void)snprintf(stream, sizeof stream, "lan%u", l->channel);
    if (l->ip_given) {
        memcpy(opts.local.addr, l->ip, sizeof l->ip);
        opts.local.family = PEER_IPV4;
        opts.local.port = LANPARM_RMCP_PORT;
    }
    st = lan_new(&opts, &mc->lans[i]);
    if (st == ST_OK)
        mc->channels[l->channel].impl = mc->lans[i];
    return st;
}

enum status
mc_lans_init(struct mc *mc)
{
    enum status st = ST_OK;

    for (unsigned i = 0; st == ST_OK && i < mc->lan_count; i++)
        st = make_lan(mc, i);
    return st;
}

void
mc_lans_free(struct mc *mc)
{
    for (unsigned i = 0; i < mc->lan_count; i++)
        lan_free(mc->lans[i]);
    mc->lan_count = 0;
}

/* ---- the buses ---- */

struct ipmb_port *
mc_port(const struct mc *mc, uint8_t channel)
{
    const struct channel *c = &mc->channels[channel % CHANNELS];

    return c->present && c->medium == MEDIUM_IPMB ? c->impl : NULL;
}

static enum status
make_port(struct mc *mc, const struct mc_bus *bus)
{
    struct ipmb_port_config config = {
        .world = mc->world,
        .medium = bus->medium,
        .second = bus->second,
        .address = bus->address,
        .channel = bus->channel,
    };
    struct ipmb_port_sinks sinks = {
        .ctx = mc,
        .request = mc_request,
        .sms = mc->opts.bmc ? bridge_sms : NULL,
        .link = picmg_link_changed,
    };
    struct ipmb_port *port;
    enum status st = ipmb_port_new(&config, &sinks, &port);

    if (st != ST_OK)
        return st;
    mc->channels[bus->channel].impl = port;
    return mc->enabled ? ipmb_port_attach(port) : ST_OK;
}

enum status
mc_ports_init(struct mc *mc)
{
    struct mc_bus primary = { mc->opts.bus, mc->opts.bus_b, CHANNEL_PRIMARY_IPMB,
                              mc->machine->address };
    enum status st = ST_OK;

    if (mc->opts.bus != NULL)
        st = make_port(mc, &primary);
    mc->port = mc_port(mc, CHANNEL_PRIMARY_IPMB);
    for (uint32_t i = 0; st == ST_OK && i < mc->opts.bus_count; i++)
        st = make_port(mc, &mc->opts.buses[i]);
    mc->opts.buses = NULL;
    return st;
}

void
mc_ports_free(struct mc *mc)
{
    mc->port = NULL;
    for (uint8_t n = 0; n < CHANNELS; n++) {
        ipmb_port_free(mc_port(mc, n));
        if (mc->channels[n].medium == MEDIUM_IPMB)
            mc->channels[n].impl = NULL;
    }
}

void
mc_ports_reset(struct mc *mc)
{
    for (uint8_t n = 0; n < CHANNELS; n++)
        if (mc_port(mc, n) != NULL)
            ipmb_port_reset(mc_port(mc, n));
}
