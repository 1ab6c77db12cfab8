/*
 * conversation.h - what a dissector remembers of the frames before: sessions
 * and their states, and requests that wait for their response.
 *
 * Bounded: the latest CONVERSATION_SESSIONS sessions and CONVERSATION_REQUESTS
 * requests are known, older ones are forgotten. Frames are to come in order
 * of time, those of all links together.
 */
#ifndef IPMILAB_CAPTURE_CONVERSATION_H
#define IPMILAB_CAPTURE_CONVERSATION_H

#include "capture/command_names.h"
#include "capture/dissect.h"
#include "sim/wire/rakp_msg.h"

#define CONVERSATION_SESSIONS 1024
#define CONVERSATION_REQUESTS 1024

struct conversation;

/* NULL: no memory. */
struct conversation *conversation_new(void);
void conversation_free(struct conversation *c);

const struct command_names *conversation_names(const struct conversation *c);

/* ---- sessions ---- */

enum session_phase {
    PHASE_OPENING,             /* Open Session, or a challenge, was asked for */
    PHASE_OPENED,              /* and granted */
    PHASE_RAKP,                /* RAKP messages go to and fro */
    PHASE_ACTIVE,
    PHASE_CLOSED,              /* Close Session was answered */
    PHASE_REFUSED,
};

/* In one word ("active"); never NULL. */
const char *session_phase_text(enum session_phase phase);

struct conversation_session {
    uint32_t number;           /* of those seen, from 1 */
    enum session_phase phase;
    struct peer console, bmc;
    bool rmcpp;
    uint32_t console_sid, bmc_sid;     /* IPMI 1.5 has one for both */
    uint8_t alg[ALG_KINDS];    /* RMCP+ */
    char user[RAKP_NAME_MAX + 1];      /* "" until it is known */
    uint8_t privilege;         /* asked for */
    int status;                /* that it was refused with; else 0 */
    uint64_t first, last;      /* numbers of frames */
};

/* Sessions seen, and session number n (from 1); NULL: forgotten, or none. */
uint32_t conversation_sessions(const struct conversation *c);
const struct conversation_session *conversation_session(const struct conversation *c,
                                                        uint32_t n);

/* ---- for the dissector ---- */

/* Begin a session of the peers of f, which the console sends; or the one that
 * is already being opened between them, with that console's id (IPMI 1.5: 0). */
struct conversation_session *conversation_open(struct conversation *c,
                                               const struct dissect_frame *f, bool rmcpp,
                                               uint32_t console_sid);

/* The latest IPMI 1.5 session that is being opened by the receiver of f, which
 * the BMC sends. NULL. */
struct conversation_session *conversation_opening(struct conversation *c,
                                                  const struct dissect_frame *f);

/* The latest session in which f has an id, either way; to_bmc tells which way
 * it goes. For messages of its set-up, whose session id is 0, the id inside. NULL. */
struct conversation_session *conversation_find(struct conversation *c,
                                               const struct dissect_frame *f, uint32_t sid,
                                               bool *to_bmc);

/* What tells a request from all others that are under way. */
struct conversation_key {
    uint8_t link, bus, netfn, cmd, seq;
    uint8_t requester, responder, lun;
    uint32_t chassis, sid;
    struct peer from, to;      /* of the request */
};

/* Note a request: the number of the one that it repeats, or 0. */
uint64_t conversation_ask(struct conversation *c, const struct conversation_key *key,
                          const struct dissect_frame *f);

/* Note a response, by its request's key: the number of that, or 0; *took is
 * the time since then. */
uint64_t conversation_answer(struct conversation *c, const struct conversation_key *key,
                             const struct dissect_frame *f, instant *took);

#endif
