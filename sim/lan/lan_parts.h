/*
 * lan_parts.h - a LAN channel from the inside.
 *
 * For the files of sim/lan only:
 *
 *     lan.c             life, links, RMCP and ASF, drops
 *     lan_message.c     an IPMI message becomes a request, its answer a datagram
 *     lan_repeat.c      requests that come again
 *     lan15_session.c   IPMI 1.5: packets in and out
 *     rmcpp_session.c   RMCP+: packets in and out
 *     rmcpp_setup.c     Open Session
 *     rakp_setup.c      RAKP messages 1 to 4
 *     lan_session.c     sessions: time-outs, ends, what the controller asks
 *     lan_users.c       who may log in, and how far
 *     lan_login_cmds.c  Get Session Challenge, Activate Session
 *     lan_session_cmds.c  the commands of an open session
 *     lan_caps_cmds.c   what anyone may ask: capabilities, cipher suites
 *     lan_peek.c        a look into a datagram, for the fault plan
 */
#ifndef IPMILAB_LAN_LAN_PARTS_H
#define IPMILAB_LAN_LAN_PARTS_H

#include "sim/engine/link.h"
#include "sim/lan/lan.h"
#include "sim/lan/session.h"
#include "sim/wire/lanmsg.h"

/* A half-open log-in that gets no further is forgotten after this. */
#define LAN_PENDING_TIMEOUT SPAN_S(30)

struct lan {
    struct world *world;
    const struct crypto *crypto;
    struct crypto_work *work;
    struct lan_host host;
    const struct lan_config *config;   /* host.config */
    struct rng ids, nonces, ivs;       /* streams below the channel's own */
    void *endpoint;
    struct peer local;
    bool unpowered;                    /* lan_set_power() */
    uint16_t port;                     /* where consoles reach it; 0: local's */
    struct peer secondary;             /* as local, of a secondary port; family 0: none */
    uint16_t secondary_port;
    struct link in, out;
    struct lan_stats stats;
    struct sessions sessions;
    uint32_t serving;                  /* session whose request is being handled */
};

/* From where to where; the answer to a frame goes back along it. */
struct lan_route {
    struct peer remote, local;
};

static inline struct lan_route
lan_route_of(const struct link_frame *f)
{
    return (struct lan_route){ .remote = f->remote, .local = f->local };
}

/* How a message is wrapped: struct ipmi_origin's format. */
enum lan_format {
    FORMAT_AUTH_TYPE = 0x0f,       /* IPMI 1.5: the auth type */
    FORMAT_AUTHENTICATED = 0x20,   /* RMCP+ */
    FORMAT_ENCRYPTED = 0x40,       /* RMCP+ */
    FORMAT_RMCPP = 0x80,
};

/* ---- lan.c ---- */

/* Send what w holds; about the message netfn, cmd, payload type are known. */
void lan_send(struct lan *lan, const struct lan_route *route, const struct wr *w,
              int netfn, int cmd, int payload_type);

/* Begin a datagram in size octets at buf: the RMCP header of class IPMI. */
struct wr lan_begin(void *buf, size_t size);

/* Count a drop that no frame stands for (an answer that could not be made). */
void lan_count_drop(struct lan *lan, enum lan_drop why);

/* ---- lan_message.c ---- */

/* Handle an IPMI message of session s (NULL: outside any), which came
 * wrapped as format says, with that privilege. */
enum lan_drop lan_message_input(struct lan *lan, const struct link_frame *f,
                                struct session *s, uint8_t format, uint8_t privilege,
                                struct bytes msg);

/* Wrap a message as format says and send it. False: it did not fit. */
bool lan_message_send(struct lan *lan, struct session *s, uint8_t format,
                      const struct lan_route *route, struct bytes msg);

/* ---- lan_repeat.c ---- */

enum repeat { REPEAT_NONE, REPEAT_RUNNING, REPEAT_ANSWERED };

/* Whether m, whose octets are msg, repeats a request of s (NULL: outside any),
 * and *out, what is known of that. A new one gets a row of its own there, the
 * oldest; NULL when it is not to be kept. */
enum repeat repeat_of(struct lan *lan, struct session *s, const struct lanmsg *m,
                      struct bytes msg, struct session_done **out);

/* Mark the origin of a new request with its row. */
void repeat_mark(const struct session *s, const struct session_done *d,
                 struct ipmi_origin *o);

/* The request was answered so; or will never be: when it comes again, it is new. */
void repeat_keep(struct session *s, const struct ipmi_origin *o, uint8_t cc,
                 struct bytes data);
void repeat_forget(struct session *s, const struct ipmi_origin *o);

/* ---- lan15_session.c ---- */
enum lan_drop lan15_input(struct lan *lan, const struct link_frame *f, struct bytes in);
bool lan15_send(struct lan *lan, struct session *s, uint8_t auth_type,
                const struct lan_route *route, struct bytes msg);

/* True for the message that opens a session: Activate Session, a request. */
bool lan15_is_activation(struct bytes msg);

/* ---- rmcpp_session.c ---- */
enum lan_drop rmcpp_input(struct lan *lan, const struct link_frame *f, struct bytes in);

/* Send a payload into session s (NULL: outside any, in the clear). */
bool rmcpp_send(struct lan *lan, struct session *s, uint8_t type, uint8_t format,
                const struct lan_route *route, struct bytes payload);

/* ---- rmcpp_setup.c, rakp_setup.c ---- */
enum lan_drop rmcpp_setup_input(struct lan *lan, const struct link_frame *f, uint8_t type,
                                struct bytes payload);
enum lan_drop rakp1_input(struct lan *lan, const struct link_frame *f,
                          struct bytes payload);
enum lan_drop rakp3_input(struct lan *lan, const struct link_frame *f,
                          struct bytes payload);

/* True when in is the message that was answered before, but for its tag. */
bool setup_is_repeat(const struct session_setup *m, struct bytes in);

/* Remember a message and its answer. */
void setup_keep(struct session_setup *m, struct bytes in, struct bytes answer);

/* Answer in again as the first time, under its own tag. */
void setup_repeat(struct lan *lan, const struct link_frame *f, uint8_t type,
                  const struct session_setup *m, struct bytes in);

/* ---- lan_session.c ---- */

/* Begin a pending session, the oldest pending one dropped if there are too
 * many. NULL without memory. */
struct session *lan_begin_session(struct lan *lan, const struct link_frame *f,
                                  enum session_state state);

/* Make s active: user, limits and protection are set. */
void lan_activate(struct lan *lan, struct session *s);

/* End an active session, or forget a pending one, now. */
void lan_end_session(struct lan *lan, struct session *s, enum lan_session_end why);

/* A valid packet of s has come by f. */
void lan_heard(struct lan *lan, struct session *s, const struct link_frame *f);

/* True while sessions may be set up and used: the channel's access mode. */
bool lan_is_open(const struct lan *lan);

/* ---- lan_users.c ---- */

/* The highest privilege that the channel allows anybody. */
uint8_t lan_channel_limit(const struct lan *lan);

/* The highest privilege of u here; PRIV_NONE for "no access". */
uint8_t lan_user_limit(const struct lan *lan, const struct lan_user *u);

/* The first user of this NUL-padded name who may log in here; level: and has
 * exactly that limit, or PRIV_NONE for any. */
bool lan_find_user(struct lan *lan, const uint8_t name[RAKP_NAME_MAX], uint8_t level,
                   struct lan_user *out);

/* A user by id, if he still may log in. */
bool lan_get_user(struct lan *lan, uint8_t id, struct lan_user *out);

/* True when no more sessions of u may be opened. */
bool lan_user_full(const struct lan *lan, const struct lan_user *u);

/* True when no more sessions may be opened at all. */
bool lan_full(const struct lan *lan);

/* Tell the controller and count: u gave the right or a wrong password. */
void lan_login(struct lan *lan, uint8_t user, enum lan_login_result result);

/* Tell the controller that somebody was not let in; why in words (constant).
 * lan_login() does it for a wrong password. */
void lan_refused(const struct lan *lan, const char *why);

/* True when the auth type is supported and enabled for sessions up to level. */
bool lan_auth_enabled(const struct lan *lan, uint8_t type, uint8_t level);

/* The privilege limit of a suite here; PRIV_NONE when it is not offered. */
uint8_t lan_suite_limit(const struct lan *lan, unsigned id);

/* ---- lan_peek.c ---- */

/* Fill in netfn, cmd and payload_type of about from a datagram that has not
 * been judged yet. Changes no state. */
void lan_peek(struct lan *lan, struct bytes datagram, struct fault_frame *about);

#endif
