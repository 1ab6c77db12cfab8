/*
 * dissect.h - what a frame says, in words: for people, reports and scenarios.
 *
 * One frame becomes a struct dissection: who speaks to whom, one line of
 * summary, a tree of lines with every field, and the values that programs ask
 * for (network function, completion code, session id, ...).
 *
 *     struct dissection *d = malloc(sizeof *d);          (some 12 KB)
 *     struct dissect_frame f = dissect_of_tap(event);
 *
 *     dissect(conversation, &f, d);
 *     printf("%s > %s  %s\n", d->from, d->to, d->summary);
 *     for (unsigned i = 0; i < d->line_count; i++)
 *         printf("%*s%s\n", d->lines[i].depth * 2, "", dissect_line(d, i));
 *
 * Known are RMCP, ASF pings and pongs, the sessions of IPMI 1.5 and RMCP+ with
 * their set-up (Open Session, RAKP 1-4), Serial over LAN, IPMI messages with
 * the names of commands and completion codes, IPMB and ICMB frames, messages
 * of the system interface, and platform event traps. What is not understood,
 * or encrypted, is shown in hex. Nothing fails: bad input is described.
 *
 * A conversation (conversation.h), if one is given, remembers what it saw:
 * responses then name the request that they answer, and packets their session.
 */
#ifndef IPMILAB_CAPTURE_DISSECT_H
#define IPMILAB_CAPTURE_DISSECT_H

#include <stdbool.h>

#include "sim/engine/tap.h"

#define DISSECT_SUMMARY 160        /* characters, NUL included */
#define DISSECT_WHO 56
#define DISSECT_LINES_MAX 160
#define DISSECT_TEXT_MAX 10000     /* of all lines together; the rest is left out */
#define DISSECT_NONE (-1)          /* in a field: the frame has none, or it is encrypted */

struct conversation;
struct packet;

/* One frame, without what carries it. */
struct dissect_frame {
    uint64_t number;               /* of the frame, from 1: for responses to name it */
    instant at;                    /* in any clock, the same for all */
    enum tap_link link;            /* TAP_LAN_CLEAR is a datagram like TAP_LAN */
    uint32_t chassis;              /* whose bus it is */
    uint8_t bus;
    struct peer from, to;          /* of a datagram */
    const char *words;             /* TAP_NOTE: what it says; NULL: bytes do */
    struct bytes bytes;
};

/* What a frame is. */
enum dissect_kind {
    DISSECT_OTHER,                 /* not understood */
    DISSECT_RMCP_ACK,
    DISSECT_ASF_PING, DISSECT_ASF_PONG,
    DISSECT_OPEN_REQUEST, DISSECT_OPEN_RESPONSE,
    DISSECT_RAKP1, DISSECT_RAKP2, DISSECT_RAKP3, DISSECT_RAKP4,
    DISSECT_MESSAGE,               /* an IPMI message, by whatever way */
    DISSECT_SOL,
    DISSECT_ENCRYPTED,             /* a payload that cannot be read */
    DISSECT_PAYLOAD,               /* of another type */
    DISSECT_TRAP,                  /* a platform event trap */
    DISSECT_NOTE,                  /* words of the lab's */
    DISSECT_KINDS
};

struct dissect_line {
    uint16_t at;                   /* its text */
    uint8_t depth;                 /* 0 = the frame's layers */
};

struct dissection {
    enum dissect_kind kind;
    char from[DISSECT_WHO], to[DISSECT_WHO];   /* "192.0.2.1:623", "20h", ... */
    char summary[DISSECT_SUMMARY];
    bool bad;                      /* a checksum is wrong, or it is cut */

    /* the IPMI message: DISSECT_NONE where there is none */
    bool response;
    int netfn, cmd, lun, seq;
    int cc;                        /* of a response */
    int64_t id;                    /* group or IANA number in front of the data */
    const char *command;           /* its name; NULL when it is not known */
    struct bytes data;             /* in the frame: behind the command, without cc */

    /* the session */
    int auth_type;                 /* of the wrapper: enum auth_type */
    int payload_type;              /* RMCP+ only */
    bool encrypted, authenticated;
    int64_t session_id, session_seq;           /* as the packet has them */
    int status;                    /* of a set-up message */

    /* by the conversation: 0 where it does not know */
    uint64_t answers;              /* number of the request that this answers */
    instant took;                  /* since then */
    uint64_t repeats;              /* number of the frame that this is again */
    uint32_t session;              /* of those it saw, from 1 */

    unsigned line_count;
    bool cut;                      /* there was no room for all lines */
    struct dissect_line lines[DISSECT_LINES_MAX];
    uint16_t text_len;
    char text[DISSECT_TEXT_MAX];
};

/* Take a frame apart. c may be NULL. */
void dissect(struct conversation *c, const struct dissect_frame *f, struct dissection *out);

/* The text of line i. */
const char *dissect_line(const struct dissection *d, unsigned i);

/* A frame out of a tap's event (numbered 0), or out of a capture file's
 * packet. False: the packet is none that can be dissected, and *why says it in
 * words. What is borrowed there is borrowed here. */
struct dissect_frame dissect_of_tap(const struct tap_event *ev);
bool dissect_of_packet(const struct packet *p, struct dissect_frame *out, const char **why);

/* A kind in one word ("message"); never NULL. */
const char *dissect_kind_text(enum dissect_kind kind);

#endif
