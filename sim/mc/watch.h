/*
 * watch.h - whom the controllers of a lab tell what happens to them:
 * scenarios that listen.
 *
 * One for all controllers of a lab (lab_set_watch()). Each function may be
 * NULL, and costs one test then. They are called from within whatever
 * happened, at the world's present instant, and must not act on the lab, but
 * for request().
 */
#ifndef IPMILAB_MC_WATCH_H
#define IPMILAB_MC_WATCH_H

#include "sim/ipmi/request.h"
#include "sim/lan/lan_host.h"

struct mc;

enum mc_watch_reset { WATCH_COLD_RESET, WATCH_WARM_RESET, WATCH_STARTED };

struct mc_watch_session {
    uint8_t channel, user;
    uint32_t session;              /* the BMC's id */
    enum lan_session_end end;      /* of one that ended */
};

struct mc_watch {
    void *ctx;

    /* A request for a controller that runs, before anything becomes of it. It
     * may be given another way for its answer. */
    void (*request)(void *ctx, struct mc *mc, struct ipmi_req *rq);

    /* A record of 16 octets was logged. */
    void (*sel_added)(void *ctx, struct mc *mc, const uint8_t *record);

    /* The watchdog timer expired, or came to its pre-time-out; settings as of
     * Set Watchdog Timer: timer use, and actions. */
    void (*watchdog)(void *ctx, struct mc *mc, bool expired, uint8_t use, uint8_t actions);

    /* A session became active; ended; somebody was not let in, and why in
     * words (constant). */
    void (*session_began)(void *ctx, struct mc *mc, const struct mc_watch_session *s);
    void (*session_ended)(void *ctx, struct mc *mc, const struct mc_watch_session *s);
    void (*session_refused)(void *ctx, struct mc *mc, uint8_t channel, const char *why);

    /* A reset, at the moment at which it happens, and its end: the controller
     * answers again (WATCH_STARTED follows cold resets alone). */
    void (*reset)(void *ctx, struct mc *mc, enum mc_watch_reset what);

    /* It is about to be freed. */
    void (*gone)(void *ctx, struct mc *mc);
};

#endif
