/*
 * decrypt.h - RMCP+ sessions of a capture followed from their set-up, and
 * their encrypted payloads read, with a password (and Kg, where the BMC has
 * one) that is known.
 *
 * Datagrams are given in order of time. The key exchange is checked as both
 * sides do: a wrong password shows at RAKP message 2, a wrong Kg at message
 * 4; every packet's AuthCode is verified before it is believed. AES-CBC-128
 * and both xRC4 are read.
 *
 * A clear copy is the datagram as it would be without protection: the header
 * without its encrypted and authenticated bits, the plain payload, no trailer;
 * what a lab writes on lan0-clear. Passwords and keys are wiped in the end.
 * Spec: IPMI v2.0 13.20-13.33.
 */
#ifndef IPMILAB_CAPTURE_DECRYPT_H
#define IPMILAB_CAPTURE_DECRYPT_H

#include "sim/base/status.h"
#include "sim/base/bytes.h"
#include "sim/engine/peer.h"
#include "sim/wire/rakp_msg.h"

#define DECRYPT_PASSWORD_MAX 20
#define DECRYPT_DATAGRAM_MAX 2048      /* longer ones are left alone */
#define DECRYPT_SESSIONS_MAX 65536     /* later ones are not followed */

struct decrypt;

struct decrypt_opts {
    const char *user;                  /* whose password it is; NULL: anybody's */
    const uint8_t *password;
    size_t password_len;               /* up to DECRYPT_PASSWORD_MAX */
    const uint8_t *kg;                 /* 20 octets, or NULL */
};

enum status decrypt_new(const struct decrypt_opts *opts, struct decrypt **out);
void decrypt_free(struct decrypt *d);

/* A datagram of the capture. */
struct decrypt_datagram {
    uint64_t number;                   /* of its packet */
    struct peer from, to;
    struct bytes bytes;
};

/* Follow it. True when it was encrypted and could be read: *clear is the copy,
 * valid until the next call. */
bool decrypt_input(struct decrypt *d, const struct decrypt_datagram *in,
                   struct bytes *clear);

/* How far it got with a session. */
enum decrypt_state {
    DECRYPT_OPENING,                   /* the set-up was not finished */
    DECRYPT_REFUSED,                   /* by the BMC */
    DECRYPT_READY,                     /* it can be read */
    DECRYPT_PLAIN,                     /* its suite protects nothing */
    DECRYPT_NO_SETUP,                  /* the set-up is not in the capture */
    DECRYPT_OTHER_USER,                /* not the user whose password is known */
    DECRYPT_WRONG_PASSWORD,            /* code of RAKP message 2 does not match */
    DECRYPT_WRONG_KG,                  /* code of RAKP message 4 does not match */
    DECRYPT_ALGORITHM,                 /* of a kind that is not known */
};

/* True when encrypted payloads of such a session stay unread. */
bool decrypt_is_failure(enum decrypt_state state);

/* In words; never NULL. */
const char *decrypt_state_text(enum decrypt_state state);

struct decrypt_session {
    enum decrypt_state state;
    struct peer console, bmc;
    uint32_t console_sid, bmc_sid;
    char user[RAKP_NAME_MAX + 1];
    uint8_t alg[ALG_KINDS];
    int status;                        /* DECRYPT_REFUSED: with which */
    uint64_t first;                    /* number of its first packet */
    uint64_t packets;                  /* that were protected */
    uint64_t read;                     /* of those */
    uint64_t bad_codes;                /* an AuthCode was wrong */
    uint64_t garbled;                  /* good, but not to be decrypted */
};

/* The n-th session, NULL past the last; and those that found no place. */
const struct decrypt_session *decrypt_session(const struct decrypt *d, size_t n);
uint64_t decrypt_missed(const struct decrypt *d);

#endif
