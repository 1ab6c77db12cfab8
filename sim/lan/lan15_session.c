#include "sim/lan/lan_parts.h"

#include "sim/base/planted.h"
#include "sim/wire/rmcp.h"

#define CMD_ACTIVATE_SESSION 0x3a

bool
lan15_is_activation(struct bytes msg)
{
    struct lanmsg m;

    return lanmsg_parse(msg, &m) == LANMSG_OK && m.netfn == NETFN_APP &&
           m.cmd == CMD_ACTIVATE_SESSION;
}

/* ---- in ---- */

/* Whether the packet has a code and that is right, or needs none. */
static bool
code_is_good(struct lan *lan, const struct session *s, const struct lan15 *m)
{
    uint8_t code[AUTH_CODE_LEN];

    if (PLANTED(LAN15_AUTHCODE_UNCHECKED) || m->auth_type == AUTH_NONE)
        return true;
    return auth15_packet(lan->work, m->auth_type, s->v15.password, m->sid, m->seq, m->msg,
                         code) &&
           crypto_equal(code, m->code, sizeof code);
}

/* Activate Session, and nothing else, opens a session: with the auth type of
 * the challenge and session sequence number 0. It may come again until the
 * console has sent its first numbered message. A wrong code here is a wrong
 * password. */
static enum lan_drop
activation_input(struct lan *lan, const struct link_frame *f, struct session *s,
                 const struct lan15 *m)
{
    if (m->auth_type != s->v15.auth_type)
        return DROP_AUTHTYPE;
    if (!lan15_is_activation(m->msg))
        return DROP_SESSION_STATE;
    if (!code_is_good(lan, s, m)) {
        if (s->state == SESSION_CHALLENGED)
            lan_login(lan, s->user, LOGIN_BAD_PASSWORD);
        return DROP_AUTHCODE;
    }
    lan_heard(lan, s, f);
    return lan_message_input(lan, f, s, m->auth_type, PRIV_NONE, m->msg);
}

/* An unauthenticated message is let by when per-message authentication is
 * off, and for User-level commands when user-level authentication is off: it
 * then has no more than User privilege. */
static bool
accepts_type(const struct lan *lan, const struct session *s, const struct lan15 *m,
             uint8_t *privilege)
{
    *privilege = s->privilege;
    if (m->auth_type == s->v15.auth_type)
        return true;
    if (m->auth_type != AUTH_NONE)
        return false;
    if (!s->v15.per_message)
        return true;
    if (*privilege > PRIV_USER)
        *privilege = PRIV_USER;
    return lan->config->access->volatile_access.user_level_disabled;
}

static enum lan_drop
active_input(struct lan *lan, const struct link_frame *f, struct session *s,
             const struct lan15 *m)
{
    uint8_t privilege;

    if (!accepts_type(lan, s, m, &privilege))
        return DROP_AUTHTYPE;
    if (!PLANTED(LAN15_SEQUENCE_UNCHECKED) &&
        !seqwin_fresh(&s->v15.in, m->seq, SEQWIN_LAN15))
        return DROP_SEQUENCE;
    if (!code_is_good(lan, s, m))
        return DROP_AUTHCODE;
    seqwin_take(&s->v15.in, m->seq);
    s->v15.fresh = false;
    lan_heard(lan, s, f);
    return lan_message_input(lan, f, s, m->auth_type, privilege, m->msg);
}

static enum lan_drop
session_input(struct lan *lan, const struct link_frame *f, const struct lan15 *m)
{
    struct session *s = session_find(&lan->sessions, m->sid);

    if (s == NULL || s->rmcpp)
        return DROP_NO_SESSION;
    if (!lan_is_open(lan))
        return DROP_CHANNEL_DISABLED;
    if (s->state == SESSION_CHALLENGED && m->seq != 0)
        return DROP_SESSION_STATE;
    if (s->state == SESSION_CHALLENGED || (s->v15.fresh && m->seq == 0))
        return activation_input(lan, f, s, m);
    return active_input(lan, f, s, m);
}

enum lan_drop
lan15_input(struct lan *lan, const struct link_frame *f, struct bytes in)
{
    struct lan15 m;

    switch (lan15_parse(in, &m)) {
    case LAN15_OK:
        break;
    case LAN15_SHORT:
        return DROP_FORMAT;
    case LAN15_LENGTH:
        return DROP_LENGTH;
    }
    if (m.sid != 0)
        return session_input(lan, f, &m);
    if (m.auth_type != AUTH_NONE)
        return DROP_AUTHTYPE;
    return lan_message_input(lan, f, NULL, AUTH_NONE, PRIV_NONE, m.msg);
}

/* ---- out ---- */

/* A pending session has no numbers yet. */
static uint32_t
next_seq(struct session *s)
{
    return s->state == SESSION_ACTIVE ? s->v15.out_seq++ : 0;
}

bool
lan15_send(struct lan *lan, struct session *s, uint8_t auth_type,
           const struct lan_route *route, struct bytes msg)
{
    uint8_t buf[OUTBOX_DATAGRAM_MAX], code[AUTH_CODE_LEN];
    struct wr w = lan_begin(buf, sizeof buf);
    struct lan15 m = { .auth_type = auth_type, .msg = msg };

    if (msg.len > LAN15_MSG_MAX)
        return false;
    if (s != NULL) {
        m.sid = s->id;
        m.seq = next_seq(s);
        m.code = code;
        if (auth_type != AUTH_NONE &&
            !auth15_packet(lan->work, auth_type, s->v15.password, m.sid, m.seq, msg, code))
            return false;
    }
    lan15_build(&w, &m);
    lan_send(lan, route, &w, msg.at[1] >> 2, msg.at[5], PAYLOAD_IPMI);
    return true;
}
