/*
 * mcworld.h - a controller in a small world, for tests of sim/mc.
 *
 *     struct mcworld w;
 *
 *     mcworld_describe(&w);              a BMC at 20h with a LAN, users, a SEL
 *     w.machine.sensors = ...            change what matters
 *     mcworld_begin(&w);                 make it
 *     a = ask(&w, NETFN_APP, 0x01);      as system software
 *     ck_assert_uint_eq(a->cc, CC_OK);
 *     mcworld_end(&w);
 *
 * Requests go straight to mc_request(). Who asks is w.who, the system
 * interface unless changed. An answer may come later: a->came tells, after
 * mcworld_run(). Answers stay valid for MCWORLD_ANSWERS further requests.
 * Failures to set up end the test program.
 */
#ifndef IPMILAB_TESTS_MCWORLD_H
#define IPMILAB_TESTS_MCWORLD_H

#include "sim/lan/remote.h"
#include "sim/mc/mc_parts.h"
#include "sim/mc/oem_library.h"

#define MCWORLD_ANSWERS    32
#define MCWORLD_MCS        8 /* satellites */
#define MCWORLD_LAN        1 /* channel number of the LAN */
#define MCWORLD_SECOND_LAN 3
#define MCWORLD_PASSWORD   "secret"

/* Users described: 1 the null user, disabled; 2 "admin", 3 "operator", 4
 * "user", each as far as its name goes. */
#define MCWORLD_USERS 4

struct asker {
    uint8_t channel, privilege, user;
    uint32_t session;
    uint8_t rq_addr, rq_lun, rq_seq;
    uint8_t lun; /* of ours that is asked */
};

struct answer {
    bool came;
    unsigned times; /* must be 1 in the end */
    uint8_t cc;
    size_t len;
    uint8_t data[IPMI_DATA_MAX];
};

struct mcworld {
    struct world world;
    struct outbox *out;
    struct crypto *crypto;
    struct crypto_work *work;
    struct command_set *commands;
    struct oem_library *oem;
    struct medium *bus;
    struct host *host;

    struct machine_mc machine;  /* of mc; points at the next two */
    struct machine_lan lans[2]; /* machine.lan_count of them: 1 */
    struct machine_user users[MCWORLD_USERS];
    struct mc_backing backing; /* used when .read is set */
    struct medium_config bus_config;
    bool no_bus, no_host;
    struct machine_shelf shelf;      /* neither kind unless set */
    const struct icmb_wire *icmb;    /* of the BMC; NULL unless set */
    uint16_t icmb_address;
    uint64_t seed;
    uint32_t index; /* mc_identity.index */

    struct mc *mc;
    struct mc *satellites[MCWORLD_MCS];
    unsigned satellite_count;
    struct asker who;
    struct answer answers[MCWORLD_ANSWERS];
    unsigned asked;
};

/* Clear w and describe the BMC. */
void mcworld_describe(struct mcworld *w);

/* Make what is described. */
void mcworld_begin(struct mcworld *w);
void mcworld_end(struct mcworld *w);

/* Both in one, for tests that change nothing. */
void mcworld_plain(struct mcworld *w);

/* Describe a satellite: sensors, FRUs, an event generator; no SEL. */
struct machine_mc mcworld_satellite(uint8_t address);

/* Add a controller to the bus; m must outlive w. Its event receiver is the
 * BMC. */
struct mc *mcworld_add(struct mcworld *w, const struct machine_mc *m);

/* A file behind devices and FRUs: size octets at path. Others are not there. */
struct mcfile {
    const char *path;
    uint8_t *octets;
    size_t size;
};
struct mc_backing mcworld_file(struct mcfile *file);

/* Let time pass. */
void mcworld_run(struct mcworld *w, instant span);

/* Who asks: from the LAN with a privilege, or the system interface again. */
void mcworld_from_lan(struct mcworld *w, enum privilege privilege);
void mcworld_from_system(struct mcworld *w);

/* Ask mc as w->who. */
struct answer *mcworld_ask(struct mcworld *w, struct mc *mc, uint8_t netfn, uint8_t cmd,
                           const uint8_t *data, size_t len);

/* Ask with octets written out; the leading 0 allows for none. */
#define ask(w, netfn, cmd, ...) ask_of((w), (w)->mc, (netfn), (cmd), __VA_ARGS__)
#define ask_of(w, of, netfn, cmd, ...)                                              \
    mcworld_ask((w), (of), (netfn), (cmd), (const uint8_t[]){ 0, __VA_ARGS__ } + 1, \
                sizeof((const uint8_t[]){ 0, __VA_ARGS__ }) - 1)

/* Check answer a: that it came once, its completion code, and the octets
 * after that. ck_cc() leaves the octets out. */
#define ck_answer(a, code, ...)                                         \
    mcworld_check((a), (code), (const uint8_t[]){ 0, __VA_ARGS__ } + 1, \
                  sizeof((const uint8_t[]){ 0, __VA_ARGS__ }) - 1, __FILE__, __LINE__)
#define ck_cc(a, code) mcworld_check((a), (code), NULL, 0, __FILE__, __LINE__)
void mcworld_check(const struct answer *a, unsigned cc, const uint8_t *data, size_t len,
                   const char *file, int line);

/*
 * Check what every row of a table promises: a request too short or too long
 * is C7h, one with too little privilege D4h. skip may name a command that is
 * not to be tried (0: none).
 */
void mcworld_check_rows(struct mcworld *w, const struct command_table *table,
                        uint8_t skip);

/* Options of a console that logs in as "admin" with suite 3. */
struct remote_opts mcworld_console(const struct mcworld *w);

/* Carry datagrams between r and LAN n until r awaits nothing. */
void mcworld_talk(struct mcworld *w, unsigned n, struct remote *r);

#endif
