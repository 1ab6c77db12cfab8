#include "sim/host/host.h"

#include <stdlib.h>

#include "sim/host/post.h"
#include "sim/host/toyos.h"
#include "sim/host/uart.h"

/* What follows once the power is off. */
enum after_off { STAY_OFF, WAIT_AND_START, START_AT_ONCE };

struct host {
    struct world *world;
    enum host_state state;
    enum after_off after_off;
    bool no_mains;                /* host_set_mains() */
    enum host_cause cause;        /* of the operation under way */
    enum host_cause start_cause;  /* of the start to come */
    enum host_cause last_start;
    struct host_delays delays;
    instant on_since;             /* while power is good */
    instant on_total;             /* of the times before */
    struct timer step;            /* the state's end */
    struct timer boot;            /* firmware's next step, in the end the OS */
    enum host_stage stage;
    uint8_t post_code;
    size_t post_next;             /* of post_steps() */
    instant boot_began;
    instant os_since;             /* it runs, or ran last */
    struct uart *uart;            /* NULL until somebody wants it */
    struct toyos *toyos;          /* at it */
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

/* ---- what runs ---- */

static void
wait_for(struct host *host, uint16_t permille)
{
    instant span = host->delays.boot / 1000 * permille;

    timeline_arm(&host->world->timeline, &host->boot, instant_add(host->boot_began, span));
}

static void
begin_boot(struct host *host)
{
    size_t count;
    const struct post_step *steps = post_steps(&count);

    host->stage = HOST_STAGE_POST;
    host->post_code = POST_NONE;
    host->post_next = 0;
    host->boot_began = host->world->now;
    wait_for(host, steps[0].permille);
}

static void
end_boot(struct host *host, enum host_stage stage)
{
    host->stage = stage;
    timeline_disarm(&host->world->timeline, &host->boot);
}

static void
booted(struct host *host)
{
    host->stage = HOST_STAGE_OS;
    host->os_since = host->world->now;
    tell(host, HOST_EVENT_BOOTED, host->last_start);
}

/* Firmware comes to its next step. What a listener does meanwhile may end
 * this boot, or begin another. */
static void
post_step(struct host *host, const struct post_step *step, uint16_t next)
{
    instant began = host->boot_began;

    if (step->code == POST_BOOT_OS)
        tell(host, HOST_EVENT_BOOT_DEVICE, host->last_start);
    if (host->stage != HOST_STAGE_POST || host->boot_began != began)
        return;
    host->post_code = step->code;
    host->post_next++;
    wait_for(host, next);
    tell(host, HOST_EVENT_POST, host->last_start);
}

static void
boot_on(void *ctx, instant at)
{
    struct host *host = ctx;
    size_t count, n = host->post_next;
    const struct post_step *steps = post_steps(&count);

    (void)at;
    if (n == count)
        booted(host);
    else
        post_step(host, &steps[n], n + 1 < count ? steps[n + 1].permille : 1000);
}

void
host_enter_setup(struct host *host)
{
    if (host->stage != HOST_STAGE_POST)
        return;
    end_boot(host, HOST_STAGE_SETUP);
    host->post_code = POST_SETUP;
    tell(host, HOST_EVENT_POST, host->last_start);
}

/* ---- power ---- */

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
    end_boot(host, HOST_STAGE_STOPPED);
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
    host->stage = HOST_STAGE_NOTHING;
    host->post_code = POST_NONE;
    if (host->after_off == WAIT_AND_START)
        enter(host, HOST_CYCLING, host->delays.cycle);
    else if (host->after_off == START_AT_ONCE)
        turn_on(host, host->start_cause);
    else
        rest(host, HOST_OFF);
    tell(host, HOST_EVENT_POWERED_OFF, host->cause);
}

/* The time that a soft shutdown has is over; the operating system has used it,
 * or is past that. */
static void
shut_down(struct host *host)
{
    bool stopped = host->stage == HOST_STAGE_STOPPING;

    host->stage = HOST_STAGE_STOPPED;
    tell(host, stopped ? HOST_EVENT_OS_STOPPED : HOST_EVENT_OS_SILENT, host->cause);
    if (host->state == HOST_SOFT_OFF)
        turn_off(host, STAY_OFF, host->cause);
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
        shut_down(host);
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

enum status
host_new(struct world *world, bool on, struct host **out)
{
    struct host *host = calloc(1, sizeof *host);

    if (host == NULL)
        return ST_NOMEM;
    host->world = world;
    host->state = on ? HOST_ON : HOST_OFF;
    host->stage = on ? HOST_STAGE_OS : HOST_STAGE_NOTHING;
    host->on_since = host->os_since = world->now;
    host->delays = (struct host_delays){
        .on = HOST_POWER_ON_DELAY, .off = HOST_POWER_OFF_DELAY, .soft = HOST_SOFT_DELAY,
        .cycle = HOST_CYCLE_INTERVAL, .boot = HOST_BOOT_DELAY,
    };
    timer_init(&host->step, TIMER_DEVICE, step, host);
    timer_init(&host->boot, TIMER_DEVICE, boot_on, host);
    *out = host;
    return ST_OK;
}

void
host_free(struct host *host)
{
    if (host == NULL)
        return;
    toyos_free(host->toyos);
    uart_free(host->uart);
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
    if (host->stage == HOST_STAGE_OS) {
        host->stage = HOST_STAGE_STOPPED;
        tell(host, HOST_EVENT_OS_CRASHED, cause);
    }
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
    if (host->stage == HOST_STAGE_POST || host->stage == HOST_STAGE_SETUP)
        turn_off(host, STAY_OFF, cause);   /* firmware does not hesitate */
    else
        enter(host, HOST_SOFT_OFF, host->delays.soft);
    if (host->stage == HOST_STAGE_OS)
        host->stage = HOST_STAGE_STOPPING;
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

    return !host->no_mains && ops[op](host, cause);
}

void
host_set_mains(struct host *host, bool on)
{
    bool had_power = host_power_good(host);

    host->no_mains = !on;
    if (on)
        return;
    host->after_off = STAY_OFF;
    host->cause = CAUSE_UNKNOWN;
    end_boot(host, HOST_STAGE_NOTHING);
    rest(host, HOST_OFF);
    if (had_power)
        powered_off(host);
}

enum host_state
host_state(const struct host *host)
{
    return host->state;
}

enum host_stage
host_stage(const struct host *host)
{
    return host->stage;
}

uint8_t
host_post_code(const struct host *host)
{
    return host->post_code;
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

instant
host_since(const struct host *host)
{
    return host->stage == HOST_STAGE_POST ? host->boot_began : host->os_since;
}

struct uart *
host_uart(struct host *host)
{
    if (host->uart == NULL && uart_new(host->world, &host->uart) != ST_OK)
        return NULL;
    if (host->toyos == NULL &&
        toyos_new(host->world, host, host->uart, &host->toyos) != ST_OK)
        return NULL;
    return host->uart;
}
