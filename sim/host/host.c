#include "sim/host/host.h"

#include <stdlib.h>

/* What follows once the power is off. */
enum after_off { STAY_OFF, WAIT_AND_START, START_AT_ONCE };

struct host {
    struct world *world;
    enum host_state state;
    enum after_off after_off;
    enum host_cause cause;        /* of the operation under way */
    enum host_cause start_cause;  /* of the start to come */
    enum host_cause last_start;
    struct host_delays delays;
    instant on_since;             /* while power is good */
    instant on_total;             /* of the times before */
    struct timer step;            /* the state's end */
    struct timer boot;            /* the operating system runs */
    struct host_listener listeners[HOST_LISTENERS_MAX];
    unsigned listener_count;
};

static void
tell(struct host *host, enum host_event ev, enum host_cause cause)
{
    for (unsigned i = 0; i < host->listener_count; i++)
        host->listeners[i].event(host->listeners[i].ctx, ev, cause);
}

static void
enter(struct host *host, enum host_state state, instant span)
{
    host->state = state;
    timeline_arm(&host->world->timeline, &host->step, instant_add(host->world->now, span));
}

static void
rest(struct host *host, enum host_state state)
{
    host->state = state;
    timeline_disarm(&host->world->timeline, &host->step);
}

static void
begin_boot(struct host *host)
{
    timeline_arm(&host->world->timeline, &host->boot,
                 instant_add(host->world->now, host->delays.boot));
}

static void
turn_on(struct host *host, enum host_cause cause)
{
    host->start_cause = cause;
    enter(host, HOST_TURNING_ON, host->delays.on);
}

static void
turn_off(struct host *host, enum after_off after, enum host_cause cause)
{
    host->cause = cause;
    host->start_cause = cause;
    host->after_off = after;
    timeline_disarm(&host->world->timeline, &host->boot);
    enter(host, HOST_TURNING_OFF, host->delays.off);
}

static void
powered_on(struct host *host)
{
    rest(host, HOST_ON);
    host->on_since = host->world->now;
    host->last_start = host->start_cause;
    begin_boot(host);
    tell(host, HOST_EVENT_POWERED_ON, host->start_cause);
}

static void
powered_off(struct host *host)
{
    host->on_total += host->world->now - host->on_since;
    if (host->after_off == WAIT_AND_START)
        enter(host, HOST_CYCLING, host->delays.cycle);
    else if (host->after_off == START_AT_ONCE)
        turn_on(host, host->start_cause);
    else
        rest(host, HOST_OFF);
    tell(host, HOST_EVENT_POWERED_OFF, host->cause);
}

/* The present state's time is over. */
static void
step(void *ctx, instant at)
{
    struct host *host = ctx;

    (void)at;
    switch (host->state) {
    case HOST_TURNING_ON:
        powered_on(host);
        break;
    case HOST_SOFT_OFF:
        turn_off(host, STAY_OFF, host->cause);
        break;
    case HOST_TURNING_OFF:
        powered_off(host);
        break;
    case HOST_CYCLING:
        turn_on(host, host->start_cause);
        break;
    case HOST_OFF:
    case HOST_ON:
        break;
    }
}

static void
booted(void *ctx, instant at)
{
    struct host *host = ctx;

    (void)at;
    tell(host, HOST_EVENT_BOOTED, host->last_start);
}

enum status
host_new(struct world *world, bool on, struct host **out)
{
    struct host *host = calloc(1, sizeof *host);

    if (host == NULL)
        return ST_NOMEM;
    host->world = world;
    host->state = on ? HOST_ON : HOST_OFF;
    host->on_since = world->now;
    host->delays = (struct host_delays){
        .on = HOST_POWER_ON_DELAY, .off = HOST_POWER_OFF_DELAY, .soft = HOST_SOFT_DELAY,
        .cycle = HOST_CYCLE_INTERVAL, .boot = HOST_BOOT_DELAY,
    };
    timer_init(&host->step, TIMER_DEVICE, step, host);
    timer_init(&host->boot, TIMER_DEVICE, booted, host);
    *out = host;
    return ST_OK;
}

void
host_free(struct host *host)
{
    if (host == NULL)
        return;
    timeline_disarm(&host->world->timeline, &host->step);
    timeline_disarm(&host->world->timeline, &host->boot);
    free(host);
}

enum status
host_listen(struct host *host, const struct host_listener *l)
{
    if (host->listener_count == HOST_LISTENERS_MAX)
        return ST_FULL;
    host->listeners[host->listener_count++] = *l;
    return ST_OK;
}

void
host_unlisten(struct host *host, const void *ctx)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < host->listener_count; i++)
        if (host->listeners[i].ctx != ctx)
            host->listeners[kept++] = host->listeners[i];
    host->listener_count = kept;
}

void
host_delays(const struct host *host, struct host_delays *out)
{
    *out = host->delays;
}

void
host_set_delays(struct host *host, const struct host_delays *delays)
{
    host->delays = *delays;
}

void
host_set_cycle_interval(struct host *host, instant span)
{
    host->delays.cycle = span;
}

static bool
op_off(struct host *host, enum host_cause cause)
{
    if (host->state == HOST_TURNING_OFF)
        host->after_off = STAY_OFF;
    else if (host_power_good(host))
        turn_off(host, STAY_OFF, cause);
    else
        rest(host, HOST_OFF);   /* what was to start does not */
    return true;
}

static bool
op_on(struct host *host, enum host_cause cause)
{
    if (host->state == HOST_OFF) {
        turn_on(host, cause);
    } else if (host->state == HOST_TURNING_OFF && host->after_off == STAY_OFF) {
        host->after_off = START_AT_ONCE;
        host->start_cause = cause;
    }
    return true;
}

static bool
op_cycle(struct host *host, enum host_cause cause)
{
    switch (host->state) {
    case HOST_ON:
    case HOST_SOFT_OFF:
        turn_off(host, WAIT_AND_START, cause);
        return true;
    case HOST_TURNING_ON:
        host->start_cause = cause;
        enter(host, HOST_CYCLING, host->delays.cycle);
        return true;
    case HOST_CYCLING:
        return true;
    case HOST_TURNING_OFF:
        return host->after_off == WAIT_AND_START;
    case HOST_OFF:
        break;
    }
    return false;
}

static bool
op_reset(struct host *host, enum host_cause cause)
{
    if (host->state == HOST_TURNING_ON)
        return true;
    if (host->state != HOST_ON && host->state != HOST_SOFT_OFF)
        return false;
    rest(host, HOST_ON);
    host->last_start = cause;
    begin_boot(host);
    tell(host, HOST_EVENT_RESET, cause);
    return true;
}

static bool
op_diag(struct host *host, enum host_cause cause)
{
    if (host->state != HOST_ON && host->state != HOST_SOFT_OFF)
        return false;
    tell(host, HOST_EVENT_NMI, cause);
    return true;
}

static bool
op_soft(struct host *host, enum host_cause cause)
{
    if (host->state == HOST_SOFT_OFF)
        return true;
    if (host->state != HOST_ON)
        return false;
    host->cause = cause;
    timeline_disarm(&host->world->timeline, &host->boot);
    enter(host, HOST_SOFT_OFF, host->delays.soft);
    tell(host, HOST_EVENT_SOFT_SHUTDOWN, cause);
    return true;
}

bool
host_do(struct host *host, enum host_op op, enum host_cause cause)
{
    static bool (*const ops[])(struct host *, enum host_cause) = {
        [HOST_OP_OFF] = op_off,     [HOST_OP_ON] = op_on,     [HOST_OP_CYCLE] = op_cycle,
        [HOST_OP_RESET] = op_reset, [HOST_OP_DIAG] = op_diag, [HOST_OP_SOFT] = op_soft,
    };

    return ops[op](host, cause);
}

enum host_state
host_state(const struct host *host)
{
    return host->state;
}

bool
host_power_good(const struct host *host)
{
    return host->state == HOST_ON || host->state == HOST_SOFT_OFF ||
           host->state == HOST_TURNING_OFF;
}

enum host_cause
host_last_start(const struct host *host)
{
    return host->last_start;
}

instant
host_powered_time(const struct host *host)
{
    instant total = host->on_total;

    if (host_power_good(host))
        total += host->world->now - host->on_since;
    return total;
}
