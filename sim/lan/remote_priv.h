/*
 * remote_priv.h - what the parts of the remote console share; nobody else
 * includes it.
 *
 *     remote.c         life, requests and retries, answers
 *     remote_open.c    opening and closing, as far as both kinds do it alike
 *     remote15.c       the IPMI 1.5 wrapper and log-in
 *     remote_rmcpp.c   RMCP+ packets
 *     remote_rakp.c    Open Session and RAKP
 *
 * A datagram is built only when it is taken out by remote_output(): until
 * then a request or set-up message is only marked as due, so that session
 * sequence numbers follow the order in which datagrams leave.
 */
#ifndef IPMILAB_LAN_REMOTE_PRIV_H
#define IPMILAB_LAN_REMOTE_PRIV_H

#include "sim/lan/auth15.h"
#include "sim/lan/protect.h"
#include "sim/lan/rakp.h"
#include "sim/lan/remote.h"
#include "sim/lan/seqwin.h"
#include "sim/lan/suite.h"
#include "sim/wire/lan15.h"
#include "sim/wire/lanmsg.h"
#include "sim/wire/rakp_msg.h"
#include "sim/wire/rmcp.h"
#include "sim/wire/rmcpp.h"

#define REMOTE_DATAGRAM_MAX 512   /* 255 octets of message and all that wraps them */

#define REMOTE_PAYLOAD_MAX 1472   /* an Ethernet frame's UDP payload */

/* How a request is wrapped; its answer must be as well. */
enum remote_wrap {
    WRAP_NONE,       /* outside any session */
    WRAP_ACTIVATE,   /* IPMI 1.5 under the temporary session id */
    WRAP_SESSION,
};

/* Sent, and sent again, until answered. */
struct remote_retry {
    bool due;             /* waits to be taken out */
    unsigned sends;
    instant deadline;
};

struct remote_pending {
    bool used;
    uint8_t wrap;         /* enum remote_wrap */
    uint8_t netfn, cmd, rq_seq;
    uint8_t len;
    uint8_t data[REMOTE_DATA_MAX];
    uint64_t order;       /* of asking */
    struct remote_retry retry;
    remote_done_fn *done;
    void *ctx;
};

/* The RMCP+ set-up message under way; answered by the next payload type. */
struct remote_setup {
    bool used;
    uint8_t type;         /* enum payload_type */
    uint8_t len;
    uint8_t payload[RAKP_MSG_MAX];
    struct remote_retry retry;
};

/* A payload of another type that waits to be taken out. */
struct remote_payload {
    uint8_t type;
    uint16_t len;
    uint8_t data[REMOTE_PAYLOAD_LEN];
};

struct remote {
    struct remote_opts opts;
    struct crypto_work *own_work;   /* NULL when borrowed */
    struct rng rng;
    instant now;                    /* as the present call was told */
    enum remote_state state;
    char error[128];
    const char *violation;
    struct remote_stats stats;

    struct remote_pending pending[REMOTE_PENDING_MAX];
    uint64_t order;
    uint8_t rq_seq;                 /* of the next request */

    struct remote_payload payloads[REMOTE_PAYLOADS_MAX];   /* to be taken out, in order */
    unsigned payload_count;
    remote_payload_fn *on_payload;  /* NULL: none is expected */
    void *on_payload_ctx;

    /* the session */
    uint32_t bmc_sid, console_sid;
    uint8_t privilege;
    bool keyed;                     /* messages go in the session */
    uint32_t seq_out;               /* of the next message to the BMC */
    struct seqwin seq_in;
    uint32_t stream_seq;            /* of the latest payload of a stream */

    /* IPMI 1.5 */
    uint8_t auth_type;              /* of the next message */
    uint32_t temporary_sid;
    uint32_t answer_sid;            /* in the header of the answer to Activate Session */
    uint8_t challenge[AUTH15_CHALLENGE_LEN];

    /* RMCP+ */
    struct remote_setup setup;
    uint8_t tag;
    const struct suite *suite;
    struct rakp_facts facts;
    uint8_t sik[RAKP_SIK_MAX];
    struct protect protect;

    uint8_t out[REMOTE_DATAGRAM_MAX];
    uint8_t in[REMOTE_PAYLOAD_MAX];   /* decrypted */
};

/* ---- remote.c ---- */

/* remote_request(), wrapped in a way of one's choice. */
bool remote_ask(struct remote *r, enum remote_wrap wrap, uint8_t netfn, uint8_t cmd,
                struct bytes data, remote_done_fn *done, void *ctx);

/* A message of the BMC's has been unwrapped. fresh: its session sequence
 * number had not been seen and was in the window. */
void remote_take_message(struct remote *r, enum remote_wrap wrap, struct bytes msg,
                         bool fresh);

/* Whether a number of the BMC's, in a packet found good, is a new one. */
bool remote_take_seq(struct remote *r, uint32_t seq);

/* Note a broken rule: words of static storage, the clause first. */
void remote_broke(struct remote *r, const char *rule);

/* Give up opening: state, words, and an end to all that is under way. step is
 * what was being done. */
void remote_fail(struct remote *r, const char *step, const char *why);

/* End all that was asked before this call; what an owner asks anew, on being
 * told, stays. */
void remote_abandon(struct remote *r);

/* Forget the session, stand at state, abandon. */
void remote_end(struct remote *r, enum remote_state state);

/* Begin to send, and wait; mark to send again, or false after enough of that. */
void remote_retry_begin(const struct remote *r, struct remote_retry *t);
bool remote_retry_again(struct remote *r, struct remote_retry *t);

struct crypto_work *remote_work(const struct remote *r);

/* ---- remote_open.c ---- */

/* Whether a step of opening got its answer; if not, remote_fail(). */
bool remote_step_ok(struct remote *r, const char *step, bool timed_out, uint8_t cc);

/* The session stands: raise the privilege, then be open. */
void remote_log_in_done(struct remote *r);

/* ---- remote15.c ---- */
void remote15_begin(struct remote *r);
void remote15_wrap(struct remote *r, struct wr *w, enum remote_wrap wrap, struct bytes msg);
void remote15_input(struct remote *r, struct bytes in);

/* ---- remote_rmcpp.c ---- */
void remote_rmcpp_wrap(struct remote *r, struct wr *w, uint8_t type, struct bytes msg);
void remote_rmcpp_input(struct remote *r, struct bytes in);

/* ---- remote_rakp.c ---- */
void remote_rakp_begin(struct remote *r);
void remote_rakp_build(struct remote *r, struct wr *w);
void remote_rakp_input(struct remote *r, struct bytes payload);
/* What is being done, in words. */
const char *remote_rakp_step(const struct remote *r);

/* Forget the session's keys. */
void remote_rakp_forget(struct remote *r);

#endif
