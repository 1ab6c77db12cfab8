/*
 * consoles.h - remote consoles at work on the BMCs of a lab, in virtual time.
 *
 * Each console opens a session, sends a list of requests several times, and
 * closes. consoles_play() steps lab and consoles from instant to instant
 * until nothing is left to do. Plain code, without Check.
 */
#ifndef IPMILAB_TESTS_CONSOLES_H
#define IPMILAB_TESTS_CONSOLES_H

#include "sim/lab/lab.h"
#include "sim/lan/remote.h"

#define CONSOLES_MAX 32

struct console_request {
    uint8_t netfn, cmd, len;
    const char *data;
};

struct console {
    struct remote *remote;
    struct chassis_unit *unit;
    struct lan *lan;
    struct peer peer;
    size_t next;
    bool waiting;
    unsigned answered, refused, timed_out;   /* refused: answered, but not 00h */
    uint8_t cc;                              /* of the last answer */
};

struct consoles {
    struct lab *lab;
    struct crypto *crypto;                   /* owned */
    const struct console_request *requests;
    size_t request_count, laps;
    struct console list[CONSOLES_MAX];
    size_t count;
    instant now;
};

enum status consoles_begin(struct consoles *cs, struct lab *lab);
void consoles_end(struct consoles *cs);

/* Put a console at the first LAN of a unit; opts as for remote_new(), crypto
 * filled in here. NULL when there is no room. */
struct console *consoles_add(struct consoles *cs, struct chassis_unit *unit,
                             struct remote_opts opts);

/* Open all sessions and go on until all is quiet, or an instant is reached. */
void consoles_play(struct consoles *cs, instant until);

#endif
