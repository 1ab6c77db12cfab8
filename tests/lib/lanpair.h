/*
 * lanpair.h - a LAN channel and remote consoles, wired together in virtual
 * time: for tests of either.
 *
 * The channel stands before a controller of a few lines: the session
 * commands, Get Device ID, and an echo that answers with its request's data.
 * All in struct lanpair may be changed by a test, the configuration and users
 * at any time. A failure to set up aborts.
 */
#ifndef IPMILAB_TESTS_LANPAIR_H
#define IPMILAB_TESTS_LANPAIR_H

#include "sim/lan/lan.h"
#include "sim/lan/remote.h"

#define LANPAIR_USERS 4
#define LANPAIR_USER "ADMIN"
#define LANPAIR_PASSWORD "test"

/* Answers with its data, in any session and outside. */
#define LANPAIR_ECHO_NETFN NETFN_OEM
#define LANPAIR_ECHO_CMD 0x42

struct lanpair {
    struct world world;
    struct outbox *out;
    struct crypto *crypto;
    struct crypto_work *work;
    struct lan *lan;

    struct channel channel;
    struct lan_config config;
    struct lan_user users[LANPAIR_USERS];   /* ids 1 .. */

    unsigned requests;               /* that reached the controller */
    unsigned logins, bad_passwords;  /* as it was told */
    unsigned began, ended;
    bool deaf;                       /* the wire to the channel is cut */

    /* every datagram, either way, as it leaves; may be NULL */
    void (*seen)(void *ctx, bool to_bmc, struct bytes datagram);
    void *seen_ctx;
};

/*
 * All suites 0 to 17 and all authentication types are on. Users: 1 the null
 * user, disabled; 2 LANPAIR_USER, an administrator; 3 "user" and 4
 * "operator", so far and no further; all with LANPAIR_PASSWORD.
 */
void lanpair_begin(struct lanpair *p, uint64_t seed);
void lanpair_end(struct lanpair *p);

/* Options of a console that logs in as LANPAIR_USER with suite 3. */
struct remote_opts lanpair_console(const struct lanpair *p);

/* Carry datagrams to and fro, and let time pass, until r awaits nothing. */
void lanpair_run(struct lanpair *p, struct remote *r);

/* Open r and run. */
void lanpair_open(struct lanpair *p, struct remote *r);

#endif
