#include "sim/lan/lan_parts.h"

#include "sim/base/planted.h"

/* Half-open log-ins kept at once: as many as sessions, but some always. */
#define PENDING_MIN 8

/* ---- time-outs ---- */

/* An active session's timer is not moved by every packet: when it fires too
 * early, it is set to the instant that counts from the last one. */
static void
time_out(void *ctx, instant at)
{
    struct session *s = ctx;
    struct lan *lan = s->owner;
    instant end = instant_add(s->heard, LAN_SESSION_TIMEOUT);

    if (PLANTED(SESSION_NEVER_TIMES_OUT))
        end = instant_add(at, LAN_SESSION_TIMEOUT);
    if (PLANTED(SESSION_TIMES_OUT_LATE))
        end = instant_add(end, LAN_SESSION_TIMEOUT);

    if (s->state == SESSION_ACTIVE && end > at &&
        timeline_arm(&lan->world->timeline, &s->timer, end))
        return;
    lan_end_session(lan, s, SESSION_END_TIMEOUT);
}

void
lan_heard(struct lan *lan, struct session *s, const struct link_frame *f)
{
    s->heard = lan->world->now;
    s->peer = f->remote;
    s->local = f->local;
}

/* ---- begin and end ---- */

static unsigned
pending_max(const struct lan *lan)
{
    unsigned max = lan->config->sessions_max;

    if (max < PENDING_MIN)
        return PENDING_MIN;
    return max < SESSION_PENDING_MAX ? max : SESSION_PENDING_MAX;
}

struct session *
lan_begin_session(struct lan *lan, const struct link_frame *f, enum session_state state)
{
    struct session *s;

    while (lan->sessions.pending.count >= pending_max(lan))
        lan_end_session(lan, lan->sessions.pending.first, SESSION_END_CLOSED);
    s = session_begin(&lan->sessions, &lan->ids, state);
    if (s == NULL)
        return NULL;
    s->owner = lan;
    timer_init(&s->timer, TIMER_EXPIRY, time_out, s);
    lan_heard(lan, s, f);
    if (!timeline_arm(&lan->world->timeline, &s->timer,
                      instant_add(lan->world->now, LAN_PENDING_TIMEOUT))) {
        session_drop(&lan->sessions, s);
        return NULL;
    }
    return s;
}

void
lan_activate(struct lan *lan, struct session *s)
{
    s->privilege = s->limit < PRIV_USER ? s->limit : PRIV_USER;
    if (PLANTED(SESSION_STARTS_HIGH))
        s->privilege = s->limit;
    s->heard = lan->world->now;
    session_activate(&lan->sessions, s);
    /* It is armed: moving it takes no memory and cannot fail. */
    (void)timeline_arm(&lan->world->timeline, &s->timer,
                       instant_add(s->heard, LAN_SESSION_TIMEOUT));
    lan_login(lan, s->user, LOGIN_OK);
    if (lan->host.session_began != NULL)
        lan->host.session_began(lan->host.ctx, lan->config->channel, s->id);
}

void
lan_end_session(struct lan *lan, struct session *s, enum lan_session_end why)
{
    uint32_t id = s->id;
    bool active = s->state == SESSION_ACTIVE;

    timeline_disarm(&lan->world->timeline, &s->timer);
    session_drop(&lan->sessions, s);
    if (!active)
        return;
    if (why == SESSION_END_TIMEOUT)
        lan->stats.sessions_timed_out++;
    if (lan->host.session_ended != NULL)
        lan->host.session_ended(lan->host.ctx, lan->config->channel, id, why);
}

/* End s, or have it end when its present request has been answered. */
static void
close_session(struct lan *lan, struct session *s, enum lan_session_end why)
{
    if (s->id != lan->serving) {
        lan_end_session(lan, s, why);
        return;
    }
    s->closing = true;
    s->closing_why = (uint8_t)why;
}

static struct session *
find_active(const struct lan *lan, uint32_t id)
{
    struct session *s = session_find(&lan->sessions, id);

    return s != NULL && s->state == SESSION_ACTIVE ? s : NULL;
}

bool
lan_session_close(struct lan *lan, uint32_t id, enum lan_session_end why)
{
    struct session *s = find_active(lan, id);

    if (s == NULL)
        return false;
    close_session(lan, s, why);
    return true;
}

static struct session *
first_of_user(const struct lan *lan, uint8_t user)
{
    struct session *s = lan->sessions.active.first;

    while (s != NULL && (s->closing || (user != 0 && s->user != user)))
        s = s->next;
    return s;
}

void
lan_session_close_user(struct lan *lan, uint8_t user, enum lan_session_end why)
{
    struct session *s;

    /* From the start each time: who is told of an end may end others. */
    while ((s = first_of_user(lan, user)) != NULL)
        close_session(lan, s, why);
}

bool
lan_is_open(const struct lan *lan)
{
    switch (lan->config->access->volatile_access.mode) {
    case ACCESS_DISABLED:
        return false;
    case ACCESS_PREBOOT:
        return lan->host.preboot == NULL || lan->host.preboot(lan->host.ctx);
    default:
        return true;
    }
}

/* ---- facts ---- */

static bool
payload_goes_encrypted(const struct session *s, uint8_t type)
{
    return s->v20.protect.conf != CONF_NONE && !(s->v20.suspended >> type & 1);
}

static bool
describe(const struct lan *lan, const struct session *s, struct lan_session_info *out)
{
    if (s == NULL)
        return false;
    *out = (struct lan_session_info){
        .id = s->id, .handle = s->handle, .user = s->user, .privilege = s->privilege,
        .limit = s->limit, .rmcpp = s->rmcpp, .peer = s->peer,
        .channel = lan->config->channel,
        .encrypted = s->rmcpp && payload_goes_encrypted(s, PAYLOAD_IPMI),
        .encrypts = s->rmcpp && s->v20.protect.conf != CONF_NONE,
        .authenticated = s->rmcpp ? s->v20.protect.integrity != INTEGRITY_NONE
                                  : s->v15.per_message && s->v15.auth_type != AUTH_NONE,
    };
    return true;
}

unsigned
lan_session_count(const struct lan *lan)
{
    return lan->sessions.active.count;
}

unsigned
lan_session_slots(const struct lan *lan)
{
    return lan->config->sessions_max;
}

bool
lan_session_nth(const struct lan *lan, unsigned n, struct lan_session_info *out)
{
    const struct session *s = lan->sessions.active.first;

    while (s != NULL && n-- > 0)
        s = s->next;
    return describe(lan, s, out);
}

bool
lan_session_by_id(const struct lan *lan, uint32_t id, struct lan_session_info *out)
{
    return describe(lan, find_active(lan, id), out);
}

bool
lan_session_by_handle(const struct lan *lan, uint8_t handle, struct lan_session_info *out)
{
    const struct session *s = lan->sessions.active.first;

    while (s != NULL && s->handle != handle)
        s = s->next;
    return describe(lan, s, out);
}

/* ---- sending ---- */

static uint8_t
format_of(const struct session *s, uint8_t type, bool encrypt, bool authenticate)
{
    uint8_t format = FORMAT_RMCPP;

    if (!s->rmcpp)
        return s->v15.per_message ? s->v15.auth_type : AUTH_NONE;
    if (encrypt && payload_goes_encrypted(s, type))
        format |= FORMAT_ENCRYPTED;
    if (authenticate && s->v20.protect.integrity != INTEGRITY_NONE)
        format |= FORMAT_AUTHENTICATED;
    return format;
}

bool
lan_session_send(struct lan *lan, uint32_t id, struct bytes msg)
{
    struct session *s = find_active(lan, id);
    struct lan_route route;

    if (s == NULL || msg.len < LANMSG_LEN_MIN)
        return false;
    route = (struct lan_route){ .remote = s->peer, .local = s->local };
    return lan_message_send(lan, s, format_of(s, PAYLOAD_IPMI, true, true), &route, msg);
}

bool
lan_payload_send(struct lan *lan, uint32_t id, uint8_t type, struct bytes payload,
                 bool encrypt, bool authenticate)
{
    struct session *s = find_active(lan, id);
    struct lan_route route;

    if (s == NULL || !s->rmcpp || type == PAYLOAD_OEM_EXPLICIT || type > PAYLOAD_TYPE_BITS)
        return false;
    route = (struct lan_route){ .remote = s->peer, .local = s->local };
    return rmcpp_send(lan, s, type, format_of(s, type, encrypt, authenticate), &route,
                      payload);
}

static void
set_bit(uint64_t *bits, uint8_t type, bool on)
{
    if (on)
        *bits |= UINT64_C(1) << type;
    else
        *bits &= ~(UINT64_C(1) << type);
}

bool
lan_payload_protect(struct lan *lan, uint32_t id, uint8_t type, bool encrypt,
                    bool authenticate)
{
    struct session *s = find_active(lan, id);

    if (s == NULL || !s->rmcpp || type > PAYLOAD_TYPE_BITS)
        return false;
    set_bit(&s->v20.suspended, type, !encrypt);
    set_bit(&s->v20.uncoded, type, !authenticate);
    return true;
}
