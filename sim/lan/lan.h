/*
 * lan.h - one LAN channel of a controller: RMCP, ASF, IPMI 1.5 and RMCP+
 * sessions, on one UDP endpoint.
 *
 * Bytes in, bytes out: lan_input() is handed a datagram and answers through
 * the world's outbox; timers (session time-outs, held datagrams) stand on
 * the world's timeline. Every datagram crosses a link (engine/link.h) in
 * each direction, so faults and taps see it; every drop has a named reason
 * that is counted and traced.
 *
 * Sessions are allocated when they are opened (at most sessions_max of the
 * configuration, and about as many half-open log-ins) and kept for reuse; an
 * idle channel holds none. A packet of an open session allocates nothing.
 *
 * Where the specification leaves a choice:
 *  - A session ends 60 s after its last valid packet, a half-open log-in 30 s
 *    after it began, or when too many others began since.
 *  - Sequence numbers up to 8 (IPMI 1.5) or 16 (RMCP+) above and below the
 *    highest are accepted, each once.
 *  - Packets must be protected as the session agreed; only encryption that was
 *    suspended may be missing. An answer is protected like its request.
 *  - A request of a session that comes again in LAN_REPEAT_SPAN, octet for
 *    octet and so under its rqSeq, among the last SESSION_DONE_MAX, is not
 *    carried out again: it gets the first one's answer, or none while that is
 *    being made. What only reads is read again, so that who asks the same under
 *    the same rqSeq all the time sees what is; Send Message carries its message
 *    again; and C0h asks for another try.
 *  - Payloads that are streams (Serial over LAN) are taken in the order of their
 *    session sequence numbers. One that was overtaken is dropped: its own
 *    number comes round too quickly to tell it from a new one.
 *  - A repeated set-up message is answered with the same octets under its own
 *    tag, also after the session became active or was refused.
 *  - A channel that is disabled (or in pre-boot mode, when the system is past
 *    its boot) still answers RMCP pings, Get Channel Authentication
 *    Capabilities, Get Channel Cipher Suites and Get System GUID, and drops
 *    the rest.
 *  - "Restricted to callback" and link authentication of a user concern serial
 *    connections and change nothing here.
 * Spec: IPMI v2.0 13; RMCP and ASF 2.0; RFC 1319.
 */
#ifndef IPMILAB_LAN_LAN_H
#define IPMILAB_LAN_LAN_H

#include "sim/engine/world.h"
#include "sim/lan/crypto.h"
#include "sim/lan/lan_host.h"

struct lan;
struct link;

/* A request that comes again later than this is a new one. */
#define LAN_REPEAT_SPAN SPAN_S(10)

/* Why a datagram got no answer, or (DROP_REPEATED) an earlier one's;
 * lan_drop_text() has the words. */
enum lan_drop {
    DROP_NONE,
    DROP_RMCP_SHORT, DROP_RMCP_VERSION, DROP_RMCP_CLASS, DROP_RMCP_ACK,
    DROP_ASF, DROP_FORMAT, DROP_AUTHTYPE, DROP_LENGTH,
    DROP_NO_SESSION, DROP_SESSION_STATE, DROP_SEQUENCE, DROP_AUTHCODE,
    DROP_DECRYPT, DROP_CHECKSUM, DROP_ADDRESS, DROP_PAYLOAD_TYPE, DROP_PAYLOAD_OFF,
    DROP_RESPONSE, DROP_NOT_SESSIONLESS, DROP_CHANNEL_DISABLED, DROP_UNPROTECTED,
    DROP_NO_POWER,
    DROP_LUN, DROP_OVERTAKEN, DROP_REPEATED, DROP_REPEATED_EARLY, DROP_INTERNAL,
    LAN_DROPS
};
const char *lan_drop_text(enum lan_drop why);

struct lan_stats {
    uint64_t received, sent;             /* datagrams, as the channel itself knows: what
                                          * was lost before it was not received */
    uint64_t dropped[LAN_DROPS];
    uint64_t logins, logins_refused, sessions_timed_out;
};

struct lan_opts {
    struct world *world;            /* borrowed */
    const struct crypto *crypto;    /* borrowed, shared */
    struct crypto_work *work;       /* borrowed: scratch of this chassis' thread */
    const struct lan_host *host;    /* copied; what it points to is borrowed */
    const char *stream;             /* name of its random streams, "lan1" */
    void *endpoint;                 /* the driver's mark for this socket */
    struct peer local;              /* address the traces show as the BMC's */
};

enum status lan_new(const struct lan_opts *opts, struct lan **out);
void lan_free(struct lan *lan);

/* The driver's mark and the simulated endpoint, once known. */
void lan_set_endpoint(struct lan *lan, void *endpoint, const struct peer *local);

/* A secondary RMCP port: how the traces show it, and where consoles reach it.
 * Peers that are marked secondary talk to it. */
void lan_set_secondary(struct lan *lan, const struct peer *local, uint16_t port);

/* Without power nothing is received and nothing answered. */
void lan_set_power(struct lan *lan, bool on);

/* The UDP port at which consoles reach it, which Activate Payload tells them:
 * that of the simulated endpoint until set. */
void lan_set_port(struct lan *lan, uint16_t port);
uint16_t lan_port(const struct lan *lan);

/* The one of the two ports that a peer talks to. */
uint16_t lan_port_of(const struct lan *lan, const struct peer *peer);

/* Feed one datagram that arrived at the world's present instant. */
void lan_input(struct lan *lan, const struct peer *from, struct bytes datagram);

/* Send a datagram of another protocol from this endpoint: an SNMP trap. It
 * crosses the same link as all that the channel sends. */
void lan_send_datagram(struct lan *lan, const struct peer *to, struct bytes datagram);

const struct lan_stats *lan_stats(const struct lan *lan);

/* The link of a direction, TAP_TO_BMC or TAP_FROM_BMC, for its counters. */
const struct link *lan_link(const struct lan *lan, enum tap_dir dir);

/* ---- sessions, for the controller ---- */

struct lan_session_info {
    uint32_t id;            /* the BMC's */
    uint8_t handle;         /* 1 .. ; 0 reserved. Unique on this channel while active */
    uint8_t user, privilege, limit;
    bool rmcpp;
    struct peer peer;
    uint8_t channel;
    bool encrypted, authenticated;
    bool encrypts;          /* its cipher suite can, suspended or not */
};

/* Active sessions; the n-th (0 ..) of them in order of opening. */
unsigned lan_session_count(const struct lan *lan);
unsigned lan_session_slots(const struct lan *lan);
bool lan_session_nth(const struct lan *lan, unsigned n, struct lan_session_info *out);
bool lan_session_by_id(const struct lan *lan, uint32_t id, struct lan_session_info *out);
bool lan_session_by_handle(const struct lan *lan, uint8_t handle,
                           struct lan_session_info *out);

/* End one, or all of a user's (user 0: all). */
bool lan_session_close(struct lan *lan, uint32_t id, enum lan_session_end why);
void lan_session_close_user(struct lan *lan, uint8_t user, enum lan_session_end why);

/*
 * Send an IPMI message of our own into session id: a bridged response (raw
 * is netfn/lun .. chk2 after the two address rules of 13.8), or a request.
 * msg is the whole LAN message rsAddr .. checksum2. False: no such session.
 */
bool lan_session_send(struct lan *lan, uint32_t id, struct bytes msg);

/* Send a payload (SOL) into session id, protected as the session is. */
bool lan_payload_send(struct lan *lan, uint32_t id, uint8_t type, struct bytes payload,
                      bool encrypt, bool authenticate);

/*
 * How payloads of a type go in session id, both ways: in the clear or without
 * a code although the session has them. Payloads that come better protected
 * are taken as well. False: no such session.
 */
bool lan_payload_protect(struct lan *lan, uint32_t id, uint8_t type, bool encrypt,
                         bool authenticate);

/* ---- the session commands (rows stand in sim/mc/session_cmds.c) ----
 * Each does what its command says for this channel; IPMI v2.0 22.13-22.21. */
enum ipmi_cc lan_get_auth_capabilities(struct lan *lan, struct ipmi_req *rq, struct wr *rs);
enum ipmi_cc lan_get_cipher_suites(struct lan *lan, struct ipmi_req *rq, struct wr *rs);
enum ipmi_cc lan_get_session_challenge(struct lan *lan, struct ipmi_req *rq, struct wr *rs);
enum ipmi_cc lan_activate_session(struct lan *lan, struct ipmi_req *rq, struct wr *rs);
enum ipmi_cc lan_set_session_privilege(struct lan *lan, struct ipmi_req *rq, struct wr *rs);
enum ipmi_cc lan_close_session(struct lan *lan, struct ipmi_req *rq, struct wr *rs);
enum ipmi_cc lan_get_authcode(struct lan *lan, struct ipmi_req *rq, struct wr *rs);
enum ipmi_cc lan_suspend_encryption(struct lan *lan, struct ipmi_req *rq, struct wr *rs);

#endif
