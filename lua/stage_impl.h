/*
 * stage_impl.h - what the files of stage.h share: stage.c (the lab, datagrams,
 * time), stage_console.c and stage_sol.c.
 */
#ifndef IPMILAB_LUA_STAGE_IMPL_H
#define IPMILAB_LUA_STAGE_IMPL_H

#include "lua/stage.h"

struct datagram {
    struct datagram *next;
    size_t len;
    uint8_t bytes[];
};

struct stage_console {
    struct stage_console *next;       /* in order of making */
    struct chassis_unit *unit;
    struct lan *lan;                  /* NULL: its BMC is outside, at to */
    struct peer at, to;
    void *endpoint;                   /* of the driver's, outside alone */
    struct remote *remote;            /* NULL: raw */
    struct datagram *inbox, **inbox_end;
    size_t waiting;
    bool listens;                     /* what is for its remote waits here, too */
    struct stage_sol *sol;            /* NULL: its remote has no Serial over LAN */
};

struct stage {
    struct lab *lab;
    struct crypto *crypto;
    struct rng_key key;
    const struct stage_driver *driver;
    const struct stage_ear *ear;
    const struct tap *tap;
    struct stage_console *consoles, **end;
    uint32_t made;
    instant now;
    bool settling;
    unsigned held;
};

/* What a console sends goes into the lab, or out. */
void stage_send_from(struct stage *s, const struct stage_console *c, struct bytes b);

/* A datagram has come to a console. */
void stage_console_arrive(struct stage *s, struct stage_console *c, struct bytes b);

/* Its Serial over LAN: when something is due, and do that; and end it. */
instant stage_sol_deadline(const struct stage_console *c);
void stage_sol_expire(const struct stage *s, struct stage_console *c);
void stage_sol_drop(struct stage_console *c);

/* Free one that is in no list. */
void stage_console_drop(struct stage_console *c);

#endif
