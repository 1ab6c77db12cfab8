/*
 * remote.h - a remote console, sans-IO: the client side of lan.h.
 *
 * It opens a session of any kind (IPMI 1.5 or RMCP+), sends requests,
 * retries, and reports what came of each. It owns no socket or clock: its
 * caller sends what remote_output() holds, feeds what arrives, and calls
 * remote_expire() when remote_deadline() is reached. Scenarios, tests and the
 * load generator use the same code.
 *
 * Strict: whatever a BMC may not do is reported as a violation, in words; a
 * datagram that could not be trusted is then dropped, as if it had been lost.
 * What a network may do (lose, repeat, reorder) is no violation.
 *
 * All chance comes from the key: the same key and the same inputs give the
 * same datagrams. Nothing but remote_new() and the keying of a session
 * allocates. Passwords and keys are wiped when it is freed.
 * Spec: IPMI v2.0 13 and 22.13-22.19.
 */
#ifndef IPMILAB_LAN_REMOTE_H
#define IPMILAB_LAN_REMOTE_H

#include <limits.h>

#include "sim/engine/instant.h"
#include "sim/engine/rng.h"
#include "sim/lan/crypto.h"
#include "sim/wire/codes.h"

struct remote;

enum remote_state {
    REMOTE_IDLE, REMOTE_OPENING, REMOTE_OPEN, REMOTE_CLOSING, REMOTE_CLOSED, REMOTE_FAILED
};

struct remote_opts {
    const struct crypto *crypto;     /* borrowed, shared */
    struct crypto_work *work;        /* borrowed; NULL: one of its own */
    struct rng_key key;              /* its nonces, session ids, tags */
    bool rmcpp;                      /* false: IPMI 1.5 */
    uint8_t auth_type;               /* 1.5: 0 none 1 MD2 2 MD5 4 straight */
    uint8_t suite;                   /* RMCP+: 0 .. 19 */
    uint8_t privilege;               /* enum privilege wanted */
    bool name_only;                  /* RAKP 1 role bit 4 */
    bool ask_highest;                /* Open Session with privilege 0 */
    bool skip_capabilities;          /* do not ask what the BMC can before logging in */
    char user[17];
    uint8_t password[20];
    bool kg_set;
    uint8_t kg[20];
    instant timeout;                 /* before a retry; 0 = REMOTE_TIMEOUT */
    unsigned retries;                /* 0 = REMOTE_RETRIES */
};

#define REMOTE_TIMEOUT SPAN_S(1)
#define REMOTE_RETRIES 4
#define REMOTE_NO_RETRIES UINT_MAX

/*
 * The end of one request: cc and data, or why there is none (timed_out; also
 * when the session ends under it). data is borrowed for the call. The
 * function may send further requests and close, but not free the remote.
 */
typedef void remote_done_fn(void *ctx, bool timed_out, uint8_t cc, struct bytes data);

/* Copies opts. ST_INVALID for a suite or authentication type that is none. */
enum status remote_new(const struct remote_opts *opts, struct remote **out);
void remote_free(struct remote *r);

/*
 * Begin to open a session; progress shows in remote_state(). Also after an
 * earlier one: whatever is under way ends as timed out.
 */
void remote_open(struct remote *r, instant now);

/*
 * Begin a polite close; requests under way end as timed out. It ends closed
 * also when the BMC does not answer. Without a session it is closed at once.
 */
void remote_close(struct remote *r, instant now);

/*
 * Send one request to the BMC (session-less while not open, for commands
 * that allow it). At most REMOTE_PENDING_MAX under way; false when full, and
 * for more data than REMOTE_DATA_MAX octets. done may be NULL.
 */
#define REMOTE_PENDING_MAX 8
#define REMOTE_DATA_MAX 248   /* an IPMI 1.5 message's 255 octets, less 7 */
bool remote_request(struct remote *r, instant now, uint8_t netfn, uint8_t cmd,
                    struct bytes data, remote_done_fn *done, void *ctx);

/*
 * Payloads of other types than IPMI messages, in an RMCP+ session: Serial over
 * LAN (remote_sol.h). What arrives is told to fn; without one it breaks a
 * rule. What is sent goes once, before any request, at most
 * REMOTE_PAYLOADS_MAX between two emptyings and REMOTE_PAYLOAD_LEN octets
 * each; false when it cannot.
 */
#define REMOTE_PAYLOADS_MAX 8
#define REMOTE_PAYLOAD_LEN 260
typedef void remote_payload_fn(void *ctx, uint8_t type, struct bytes payload);
void remote_on_payload(struct remote *r, remote_payload_fn *fn, void *ctx);
bool remote_send_payload(struct remote *r, instant now, uint8_t type, struct bytes payload);

/* Feed a datagram that arrived. */
void remote_input(struct remote *r, instant now, struct bytes datagram);

/* The next datagram to send; false when there is none. Valid until the next call. */
bool remote_output(struct remote *r, struct bytes *datagram);

/* When remote_expire() next has work; INSTANT_NEVER when nothing is awaited. */
instant remote_deadline(const struct remote *r);
void remote_expire(struct remote *r, instant now);

/* The instant of the present or latest call, for functions that it calls. */
instant remote_now(const struct remote *r);

enum remote_state remote_state(const struct remote *r);

/* Why it failed; NULL unless the state is REMOTE_FAILED. */
const char *remote_error(const struct remote *r);

/* The rule that the BMC broke last; NULL when it broke none. */
const char *remote_violation(const struct remote *r);

/* Privilege reached (PRIV_NONE without a session), and the session id of the
 * BMC (0) and of our own side (the same one in IPMI 1.5). */
uint8_t remote_privilege(const struct remote *r);
uint32_t remote_bmc_sid(const struct remote *r);
uint32_t remote_console_sid(const struct remote *r);

/*
 * For who goes on in an open session by hand: what it agreed on. The keys
 * follow from the session integrity key (13.31, 13.32); those of IPMI 1.5 are
 * the password. sik is borrowed until the session ends. False: none is open.
 */
struct remote_secrets {
    bool rmcpp;
    uint8_t auth_type;               /* 1.5: of its messages */
    uint8_t auth, integrity, conf;   /* RMCP+: algorithms */
    struct bytes sik;                /* RMCP+ */
    const uint8_t *password;         /* 20 octets, NUL-padded */
};
bool remote_secrets(const struct remote *r, struct remote_secrets *out);

/* Take the session's next number to the BMC for a packet of one's own. */
uint32_t remote_take_number(struct remote *r);

/* What it counted since remote_new(). */
struct remote_stats {
    uint64_t sent, received;       /* datagrams */
    uint64_t retries;
    uint64_t repeats;              /* answers that came again or too late */
    uint64_t violations;
};
const struct remote_stats *remote_stats(const struct remote *r);

#endif
