#include "sim/mc/watchdog.h"

#include <stdlib.h>

#include "sim/base/planted.h"
#include "sim/mc/mc_parts.h"

#define SENSOR_TYPE_WATCHDOG2      0x23
#define EVENT_TYPE_SENSOR_SPECIFIC 0x6f
#define ED1_DATA_2                 0xc0 /* event data 2 as the sensor type says: interrupt, use */
#define INTERRUPT_SHIFT            4
#define ACTION_BITS                0x07

/* What a time-out does to the host, by enum watchdog_action. The offset of
 * the event is the action's number. */
static const struct {
    bool acts;
    enum host_op op;
} actions[] = {
    [WATCHDOG_NOTHING] = { false, HOST_OP_OFF },
    [WATCHDOG_HARD_RESET] = { true, HOST_OP_RESET },
    [WATCHDOG_POWER_DOWN] = { true, HOST_OP_OFF },
    [WATCHDOG_POWER_CYCLE] = { true, HOST_OP_CYCLE },
};

static uint8_t
interrupt_of(const struct watchdog *wd)
{
    return wd->actions >> INTERRUPT_SHIFT;
}

/* The sensor follows. False when its event is disabled there. */
static bool
show_on_sensor(struct mc *mc, unsigned offset, uint8_t ed2, struct mc_event *ev)
{
    int i = mc_sensor_of_type(mc, SENSOR_TYPE_WATCHDOG2);
    const struct sensor *s;

    if (i < 0)
        return true;
    s = &mc->sensors.at[i];
    sensor_set_states(mc, (uint32_t)i, (uint16_t)(1u << offset), true, ed2,
                      EVENT_DATA_NONE);
    ev->lun = sensor_facts(mc, (uint32_t)i)->lun;
    ev->sensor_number = sensor_facts(mc, (uint32_t)i)->number;
    return s->events && (s->assert_enabled >> offset & 1) != 0;
}

/* What the sensor showed of the countdown before this one is over; that is no
 * event. */
static void
begin_anew(struct mc *mc)
{
    int i = mc_sensor_of_type(mc, SENSOR_TYPE_WATCHDOG2);

    if (i >= 0)
        sensor_set_states(mc, (uint32_t)i, 0, true, EVENT_DATA_NONE, EVENT_DATA_NONE);
}

static void
tell(struct watchdog *wd, unsigned offset)
{
    uint8_t ed2 =
        (uint8_t)(interrupt_of(wd) << INTERRUPT_SHIFT | (wd->use & WATCHDOG_USE));
    struct mc_event ev = {
        .sensor_type = SENSOR_TYPE_WATCHDOG2,
        .type_dir = EVENT_TYPE_SENSOR_SPECIFIC,
        .data = { (uint8_t)(ED1_DATA_2 | offset), ed2, EVENT_DATA_NONE },
    };

    if (show_on_sensor(wd->mc, offset, ed2, &ev) &&
        (!(wd->use & WATCHDOG_DONT_LOG) || PLANTED(WATCHDOG_DONT_LOG_IGNORED)))
        mc_event(wd->mc, &ev);
}

static void
act(struct watchdog *wd, enum host_op op)
{
    if (wd->mc->opts.host != NULL)
        (void)host_do(wd->mc->opts.host, op, CAUSE_WATCHDOG);
}

static void
tell_watch(struct watchdog *wd, bool expired)
{
    const struct mc_watch *watch = mc_watch_of(wd->mc);

    if (watch != NULL && watch->watchdog != NULL)
        watch->watchdog(watch->ctx, wd->mc, expired, wd->use, wd->actions);
}

static void
pre_timeout(void *ctx, instant at)
{
    struct watchdog *wd = ctx;

    (void)at;
    wd->pre_begun = true;
    tell_watch(wd, false);
    tell(wd, WATCHDOG_OFFSET_INTERRUPT);
    if (interrupt_of(wd) == WATCHDOG_NMI)
        act(wd, HOST_OP_DIAG);
    if (interrupt_of(wd) == WATCHDOG_MESSAGE && !PLANTED(PRETIMEOUT_FLAG_MISSING))
        messages_raise(wd->mc, FLAG_WATCHDOG);
}

static void
time_out(void *ctx, instant at)
{
    struct watchdog *wd = ctx;
    unsigned action = wd->actions & ACTION_BITS;

    (void)at;
    watchdog_stop(wd);
    wd->left = 0;
    wd->expired |= (uint8_t)(1u << (wd->use & WATCHDOG_USE));
    tell_watch(wd, true);
    tell(wd, WATCHDOG_OFFSET_EXPIRED + action);
    wd->use &= (uint8_t)~WATCHDOG_DONT_LOG;
    if (actions[action].acts)
        act(wd, actions[action].op);
}

static void
host_event(void *ctx, enum host_event ev, enum host_cause cause)
{
    struct watchdog *wd = ctx;

    (void)cause;
    if (ev == HOST_EVENT_RESET ||
        (ev == HOST_EVENT_POWERED_OFF && !PLANTED(WATCHDOG_SURVIVES_OFF)))
        watchdog_stop(wd);
}

static void
forget(struct watchdog *wd)
{
    wd->set = false;
    wd->pre_begun = false;
    wd->use = WATCHDOG_SMS_OS; /* a use that may be written back as it was read */
    wd->actions = 0;
    wd->pretimeout_s = 0;
    wd->expired = 0;
    wd->initial = wd->left = 0;
}

enum status
watchdog_init(struct mc *mc)
{
    struct watchdog *wd = calloc(1, sizeof *wd);

    if (wd == NULL)
        return ST_NOMEM;
    wd->mc = mc;
    timer_init(&wd->end, TIMER_DEVICE, time_out, wd);
    timer_init(&wd->pre, TIMER_DEVICE, pre_timeout, wd);
    forget(wd);
    mc->watchdog = wd;
    if (mc->opts.host == NULL)
        return ST_OK;
    return host_listen(mc->opts.host, &(struct host_listener){ host_event, wd });
}

void
watchdog_reset(struct mc *mc)
{
    watchdog_stop(mc->watchdog);
    forget(mc->watchdog);
}

void
watchdog_free(struct mc *mc)
{
    if (mc->watchdog == NULL)
        return;
    timeline_disarm(&mc->world->timeline, &mc->watchdog->end);
    timeline_disarm(&mc->world->timeline, &mc->watchdog->pre);
    free(mc->watchdog);
    mc->watchdog = NULL;
}

bool
watchdog_running(const struct watchdog *wd)
{
    return timer_armed(&wd->end);
}

/* Rounded up: a running timer never reads as run down. */
uint16_t
watchdog_left(const struct watchdog *wd)
{
    if (!watchdog_running(wd))
        return wd->left;
    return (uint16_t)((wd->end.at - wd->mc->world->now + WATCHDOG_COUNT - 1) /
                      WATCHDOG_COUNT);
}

static void
count_down(struct watchdog *wd)
{
    struct timeline *tl = &wd->mc->world->timeline;
    instant span = wd->initial * WATCHDOG_COUNT * (PLANTED(WATCHDOG_LATE) ? 2u : 1u);
    instant before = SPAN_S(wd->pretimeout_s);
    instant now = wd->mc->world->now;

    wd->pre_begun = false;
    timeline_disarm(tl, &wd->pre);
    if (interrupt_of(wd) != WATCHDOG_NO_INTERRUPT)
        (void)timeline_arm(tl, &wd->pre,
                           instant_add(now, span > before ? span - before : 0));
    (void)timeline_arm(tl, &wd->end, instant_add(now, span));
}

bool
watchdog_start(struct watchdog *wd)
{
    if (watchdog_running(wd) && wd->pre_begun)
        return false;
    begin_anew(wd->mc);
    count_down(wd);
    return true;
}

void
watchdog_stop(struct watchdog *wd)
{
    struct timeline *tl = &wd->mc->world->timeline;

    wd->left = watchdog_left(wd);
    timeline_disarm(tl, &wd->end);
    timeline_disarm(tl, &wd->pre);
    lanparm_resume_arps(wd->mc);
}

/* Either way a pre-time-out interrupt that nobody fetched is out of date. */
void
watchdog_apply(struct watchdog *wd, bool keep)
{
    wd->set = true;
    begin_anew(wd->mc);
    wd->mc->messages->flags &= (uint8_t)~FLAG_WATCHDOG;
    if (keep && watchdog_running(wd)) {
        count_down(wd);
        return;
    }
    watchdog_stop(wd);
    wd->left = wd->initial;
}
