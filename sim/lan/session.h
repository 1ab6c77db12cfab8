/*
 * session.h - the sessions of one LAN channel.
 * Spec: IPMI v2.0 6.12, 13.14.
 *
 * A session is pending from Get Session Challenge or Open Session until it is
 * activated, then active. Both kinds are counted apart: a flood of half-open
 * log-ins takes no active session's place, and when there are too many
 * pending ones, the least recently used gives way (6.12.7.1).
 *
 * Sessions are allocated when there is none to reuse, one by one; the table
 * of them grows by doubling. A session's id carries its place in the table,
 * so that finding it is one comparison; the rest counts set-ups and is
 * random, so that an id does not come back before 65,536 others.
 */
#ifndef IPMILAB_LAN_SESSION_H
#define IPMILAB_LAN_SESSION_H

#include "sim/engine/peer.h"
#include "sim/engine/timeline.h"
#include "sim/lan/auth15.h"
#include "sim/lan/lan_host.h"
#include "sim/lan/protect.h"
#include "sim/lan/rakp.h"
#include "sim/lan/seqwin.h"

/* Half-open log-ins that are kept at once, as many as sessions. */
#define SESSION_PENDING_MAX LAN_SESSIONS_MAX
#define SESSION_SLOTS_MAX (LAN_SESSIONS_MAX + SESSION_PENDING_MAX)

enum session_state {
    SESSION_FREE,
    SESSION_CHALLENGED,   /* IPMI 1.5: waits for Activate Session */
    SESSION_OPENED,       /* RMCP+: waits for RAKP message 1 */
    SESSION_RAKP2_SENT,   /* RMCP+: waits for RAKP message 3 */
    SESSION_REFUSED,      /* RMCP+: RAKP message 4 said no; kept to say it again */
    SESSION_ACTIVE,
};

/* RMCP+ counts authenticated packets and others apart, in both directions. */
enum session_counter { COUNT_PLAIN, COUNT_AUTHENTICATED, COUNTERS };

/* The half of a session that IPMI 1.5 needs. */
struct session15 {
    uint8_t auth_type;        /* agreed at the challenge */
    bool per_message;         /* false: messages may go without a code */
    bool fresh;               /* nothing but Activate Session was heard yet */
    uint8_t challenge[AUTH15_CHALLENGE_LEN];
    uint8_t password[AUTH15_PASSWORD_LEN];
    uint32_t first_inbound;   /* as announced */
    uint32_t out_seq;         /* next */
    struct seqwin in;
};

/* A set-up message as it came and the answer to it, for when it comes again;
 * tags differ between retries and are not compared. */
#define SESSION_SETUP_MAX 48   /* octets of a console's set-up message: RAKP 1 has 44 */
struct session_setup {
    uint8_t request[SESSION_SETUP_MAX];
    uint8_t answer[RAKP_MSG_MAX];
    uint8_t request_len, answer_len;
};

/* A request of the open session that was carried out, or is being, for when it
 * comes again (lan_repeat.c). What is behind more packets than these is outside
 * the window of sequence numbers (13.28.3: 16). What only reads is carried out
 * again, and is not kept. */
#define SESSION_DONE_MAX 16
#define SESSION_DONE_DATA 20
enum { DONE_NOTHING, DONE_RUNNING, DONE_ANSWERED };
struct session_done {
    uint64_t what;             /* a hash of its octets */
    instant at;                /* when it came first */
    uint8_t state;
    uint8_t cc, len;           /* of the answer */
    uint8_t data[SESSION_DONE_DATA];
};

/* The half that RMCP+ needs. */
struct session20 {
    const struct suite *suite;
    uint8_t open_privilege;    /* Open Session's, resolved */
    struct rakp_facts facts;
    uint8_t kuid[RAKP_KEY_LEN];        /* wiped at activation */
    struct session_setup open, rakp1, rakp3;
    struct protect protect;
    struct seqwin in[COUNTERS];
    uint32_t out_seq[COUNTERS];        /* next */
    uint32_t stream_seq[COUNTERS];     /* of the latest payload of a stream */
    uint64_t suspended;        /* bit n: payload type n goes unencrypted */
    uint64_t uncoded;          /* bit n: payload type n goes unauthenticated */
    uint8_t last_request[3];   /* netFn/LUN, rqSeq/LUN, cmd: to know a retry */
};

struct session {
    struct session *next, *prev;   /* in its list */
    void *owner;                   /* the channel: its time-out's ctx */
    struct timer timer;
    instant heard;                 /* when its console was last heard */
    uint32_t id;
    uint8_t slot, state;           /* enum session_state */
    uint8_t handle;                /* while active */
    bool rmcpp;
    bool closing;                  /* ends when the present request is answered */
    uint8_t closing_why;           /* enum lan_session_end */
    uint8_t user, privilege, limit;
    struct peer peer, local;
    uint8_t done_next;
    struct session_done done[SESSION_DONE_MAX];
    union {
        struct session15 v15;
        struct session20 v20;
    };
};

/* A list, oldest first. */
struct session_list {
    struct session *first, *last;
    unsigned count;
};

struct sessions {
    struct session **slot;     /* NULL until the first log-in */
    unsigned room;
    struct session_list active, pending, spare;
    uint16_t serial;           /* set-ups, from a random start */
    uint8_t last_handle;
};

/* Nothing but a random start for the ids; owns nothing yet. */
void sessions_init(struct sessions *t, struct rng *rng);

/* Free all. Timers must have been disarmed (session_drop()). */
void sessions_free(struct sessions *t);

/*
 * A pending session, zeroed but for id, slot, state and list. NULL when
 * memory ran out. The caller makes room first: there must be fewer than
 * SESSION_PENDING_MAX pending.
 */
struct session *session_begin(struct sessions *t, struct rng *rng,
                              enum session_state state);

/* Move a pending session to the end of the pending (it was used). */
void session_used(struct sessions *t, struct session *s);

/* Make a pending session active: it gets a handle. */
void session_activate(struct sessions *t, struct session *s);

/* Close its contexts, wipe it and keep the memory for another. */
void session_drop(struct sessions *t, struct session *s);

/* The session of an id, pending or active; NULL. */
struct session *session_find(const struct sessions *t, uint32_t id);

/* Active sessions of a user. */
unsigned session_count_user(const struct sessions *t, uint8_t user);

#endif
