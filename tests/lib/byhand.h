/*
 * byhand.h - a console whose every datagram is made by hand: for tests of
 * what a well-behaved one (sim/lan/remote.h) never says.
 *
 * It talks to the channel of a lanpair, one datagram at a time, and keeps the
 * first reply to each. It follows no protocol by itself: a test says what is
 * sent, with which numbers, and how it is protected.
 */
#ifndef IPMILAB_TESTS_BYHAND_H
#define IPMILAB_TESTS_BYHAND_H

#include "sim/lan/protect.h"
#include "sim/lan/rakp.h"
#include "sim/wire/lan15.h"
#include "sim/wire/lanmsg.h"
#include "sim/wire/rmcpp.h"
#include "tests/lib/lanpair.h"

struct byhand {
    struct lanpair *pair;
    struct peer from;
    struct rng rng;                        /* IVs */

    unsigned replies;                      /* to the last datagram */
    uint8_t reply[OUTBOX_DATAGRAM_MAX];    /* the first of them */
    size_t reply_len;

    uint8_t packet[OUTBOX_DATAGRAM_MAX];   /* made last */
    size_t packet_len;
    uint8_t rq_seq;                        /* of requests; byhand_next() and
                                              byhand15_make() count it on */

    /* IPMI 1.5 */
    uint8_t auth_type;
    uint8_t password[AUTH_CODE_LEN];
    uint32_t sid, seq;                     /* of the next packet */

    /* RMCP+ */
    const struct suite *suite;
    struct rakp_facts facts;
    struct rakp1 rakp1;                    /* sent last */
    uint8_t kuid[RAKP_KEY_LEN];
    struct protect protect;
    uint32_t seq20;
};

void byhand_begin(struct byhand *b, struct lanpair *p);
void byhand_end(struct byhand *b);

/* Hand a datagram over. Gives the reason for which it was dropped, DROP_NONE
 * when it was not. */
enum lan_drop byhand_say(struct byhand *b, struct bytes datagram);
enum lan_drop byhand_say_hex(struct byhand *b, const char *digits);

/* Say the packet made last (again). */
enum lan_drop byhand_say_packet(struct byhand *b);

/* ---- IPMI 1.5 ---- */

/* Make a packet of auth type, under sid and seq, signed with b->password. */
void byhand15_make(struct byhand *b, uint8_t auth_type, uint32_t sid, uint32_t seq,
                   uint8_t netfn, uint8_t cmd, struct bytes data);

/* Make the next packet of the session, which is numbered on, and say it. */
enum lan_drop byhand15_send(struct byhand *b, uint8_t netfn, uint8_t cmd,
                            struct bytes data);

/* The completion code of the reply, -1 when there is none. wrap and data may
 * be NULL. Fails the test on a reply that no console would take. */
int byhand15_cc(const struct byhand *b, struct lan15 *wrap, struct bytes *data);

/* Get Session Challenge for name. cc; sid and challenge are noted. */
int byhand15_challenge(struct byhand *b, uint8_t auth_type, const char *name,
                       uint8_t challenge[16]);

/* Activate Session under b->sid. cc; sid and seq are then the session's. */
int byhand15_activate(struct byhand *b, uint8_t level, const uint8_t challenge[16],
                      uint32_t out_seq);

/* Both, for ADMIN and Administrator; fails the test when refused. */
void byhand15_login(struct byhand *b, uint8_t auth_type);

/* ---- RMCP+ ---- */

/* An Open Session Request for the algorithms of a suite. */
struct open_request byhand_open_request(unsigned suite, uint8_t privilege);

/* Say one set-up message and give the answer's payload; empty when none. */
struct bytes byhand_setup(struct byhand *b, uint8_t type, struct bytes payload);

/* The steps of a log-in; facts and keys are noted as a console would. */
uint8_t byhand_open(struct byhand *b, const struct open_request *rq,
                    struct open_response *rs);
uint8_t byhand_rakp1(struct byhand *b, uint8_t role, const char *name, struct rakp2 *rs);
uint8_t byhand_rakp3(struct byhand *b, struct rakp34 *rs);

/* All of them, with password for Kuid. The first status that is not RAKP_OK.
 * Codes of the BMC that are wrong fail the test. */
uint8_t byhand_login(struct byhand *b, unsigned suite, uint8_t role, const char *name);

/* A packet as it should be protected and numbered, and the message in it. */
struct byhand_packet {
    bool encrypted, authenticated;
    uint8_t type;
    uint32_t sid, seq;
};
struct byhand_packet byhand_next(struct byhand *b);

/* Make packet p around payload, or around a request. */
void byhand_make(struct byhand *b, const struct byhand_packet *p, struct bytes payload);
void byhand_make_request(struct byhand *b, const struct byhand_packet *p, uint8_t netfn,
                         uint8_t cmd, struct bytes data);

/* Make the next packet of the session and say it. */
enum lan_drop byhand_send(struct byhand *b, uint8_t netfn, uint8_t cmd, struct bytes data);

/* The completion code of the reply, -1 when there is none; as byhand15_cc().
 * outer is the packet; data lies in room. */
int byhand_cc(struct byhand *b, struct rmcpp *outer, uint8_t room[1024],
              struct bytes *data);

/* A span of a string's characters. */
struct bytes byhand_text(const char *text);

#endif
