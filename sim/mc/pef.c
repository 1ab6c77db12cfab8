#include "sim/mc/pef.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/mc/alert.h"
#include "sim/mc/mc_parts.h"

#define SENSOR_TYPE_SYSTEM_EVENT 0x12
#define EVENT_TYPE_SPECIFIC 0x6f
#define PEF_ACTION_EVENT 0xc4     /* event data 1: data 2 as the type says; offset 4 */
#define NOTE_MAX 64

/* Actions on the host, first come first. Those that wait for the startup
 * delay are those that a machine could be caught in for ever. */
static const struct host_action {
    uint8_t action;
    bool delayed;
    enum host_op op;
    enum host_cause cause;
    const char *name;
} host_actions[] = {
    { PEF_POWER_DOWN, true, HOST_OP_OFF, CAUSE_UNKNOWN, "power down" },
    { PEF_CYCLE, true, HOST_OP_CYCLE, CAUSE_PEF_CYCLE, "power cycle" },
    { PEF_RESET, true, HOST_OP_RESET, CAUSE_PEF_RESET, "reset" },
    { PEF_DIAG, false, HOST_OP_DIAG, CAUSE_UNKNOWN, "diagnostic interrupt" },
};
#define HOST_ACTIONS (sizeof host_actions / sizeof host_actions[0])
#define HOST_ACTION_BITS (PEF_POWER_DOWN | PEF_CYCLE | PEF_RESET | PEF_DIAG)

/* ---- parameters ---- */

const struct pef_config *
pef_config(const struct mc *mc)
{
    return mc->pef->config != NULL ? mc->pef->config : &pef_factory;
}

struct pef_config *
pef_own_config(struct mc *mc)
{
    struct pef *pef = mc->pef;

    if (pef->config != NULL)
        return pef->config;
    pef->config = malloc(sizeof *pef->config);
    if (pef->config != NULL)
        *pef->config = pef_factory;
    return pef->config;
}

struct bytes
pef_string(const struct mc *mc, uint8_t string)
{
    const uint8_t *text;

    if (string > PEF_STRINGS)
        return bytes_of(NULL, 0);
    text = pef_config(mc)->strings[string];
    return bytes_of(text, strnlen((const char *)text, PEF_STRING_MAX));
}

uint8_t
pef_supported(const struct mc *mc)
{
    return mc->opts.host != NULL ? PEF_ACTIONS : PEF_OEM | PEF_ALERT;
}

static bool
enabled(const struct mc *mc)
{
    return pef_config(mc)->control & PEF_CONTROL_ENABLE;
}

/* ---- acting ---- */

static void
soon(struct pef *pef)
{
    (void)timeline_arm(&pef->mc->world->timeline, &pef->act, pef->mc->world->now);
}

static void
note(const struct pef *pef, const char *what)
{
    char words[NOTE_MAX];

    if (pef->mc->world->tap == NULL)
        return;
    (void)snprintf(words, sizeof words, "mc %02Xh: pef: %s", pef->mc->machine->address, what);
    world_note(pef->mc->world, words);
}

/* The host action whose turn it is; NULL when none is, or it has to wait. */
static const struct host_action *
due_action(const struct pef *pef)
{
    for (size_t i = 0; i < HOST_ACTIONS; i++)
        if (pef->pending & host_actions[i].action)
            return host_actions[i].delayed && timer_armed(&pef->startup) ? NULL
                                                                         : &host_actions[i];
    return NULL;
}

/* An event of its own tells which actions are about to be taken. */
static void
tell(struct pef *pef, uint8_t actions)
{
    struct mc *mc = pef->mc;
    int sensor = mc_sensor_of_type(mc, SENSOR_TYPE_SYSTEM_EVENT);
    struct mc_event ev = {
        .sensor_type = SENSOR_TYPE_SYSTEM_EVENT,
        .type_dir = EVENT_TYPE_SPECIFIC,
        .data = { PEF_ACTION_EVENT, actions, EVENT_DATA_NONE },
    };

    if (actions == 0 || !(pef_config(mc)->control & PEF_CONTROL_EVENTS))
        return;
    if (sensor >= 0) {
        ev.lun = sensor_facts(mc, (uint32_t)sensor)->lun;
        ev.sensor_number = sensor_facts(mc, (uint32_t)sensor)->number;
    }
    pef->own_event = true;
    mc_event(mc, &ev);
    pef->own_event = false;
}

/* Put the next action on the host off when the last one was just now. */
static bool
host_rests(struct pef *pef)
{
    struct world *world = pef->mc->world;

    if (world->now >= pef->host_rest)
        return false;
    (void)timeline_arm(&world->timeline, &pef->act, pef->host_rest);
    return true;
}

static void
act_on_host(struct pef *pef, const struct host_action *a)
{
    struct host *host = pef->mc->opts.host;

    if (host == NULL)
        return;
    note(pef, a->name);
    pef->host_rest = instant_add(pef->mc->world->now, PEF_HOST_GAP);
    (void)host_do(host, a->op, a->cause);
    pef->going_off = a->action == PEF_POWER_DOWN && host_power_good(host);
}

static void
take_actions(struct pef *pef)
{
    const struct host_action *host = due_action(pef);
    uint8_t now = pef->pending & (PEF_OEM | PEF_ALERT);

    if (host != NULL && host_rests(pef))
        host = NULL;
    if (host != NULL)
        now |= host->action;
    tell(pef, now);
    pef->pending &= (uint8_t)~now;
    if (host != NULL) {
        pef->pending &= (uint8_t)~HOST_ACTION_BITS;
        act_on_host(pef, host);
    }
    if (now & PEF_OEM) {
        note(pef, "OEM action");
        oem_pef_action(pef->mc, pef->oem_record);
    }
    alerts_run(pef->mc);
}

/* ---- filtering ---- */

/* What all filters that match want; *filter is the one whose policy is used,
 * from 1: of the alerting ones the one with the lowest policy number. 0, which
 * is none, does not count. */
static struct pef_filter_wish
all_wishes(const struct pef_config *config, const struct sel_record *record, uint8_t *filter)
{
    struct pef_filter_wish all = { 0 };

    *filter = 0;
    for (uint8_t i = 0; i < PEF_FILTERS; i++) {
        struct pef_filter_wish one;

        if (!pef_filter_matches(config->filters[i], record))
            continue;
        one = pef_filter_wish(config->filters[i]);
        all.actions |= one.actions;
        if (one.severity > all.severity)
            all.severity = one.severity;
        if ((one.actions & PEF_ALERT) && one.policy != 0 &&
            (*filter == 0 || one.policy < all.policy)) {
            all.policy = one.policy;
            *filter = (uint8_t)(i + 1);
        }
    }
    return all;
}

static void
filter_event(struct pef *pef, uint16_t id, const uint8_t octets[SEL_RECORD])
{
    const struct pef_config *config = pef_config(pef->mc);
    struct alert alert = { 0 };
    struct pef_filter_wish wish;
    struct sel_record record;

    pef->bmc_id = id;
    if (!sel_parse(bytes_of(octets, SEL_RECORD), &record) || record.type != SEL_TYPE_EVENT)
        return;
    wish = all_wishes(config, &record, &alert.filter);
    wish.actions &= config->actions & pef_supported(pef->mc);
    if ((wish.actions & PEF_ALERT) && alert.filter != 0) {
        memcpy(alert.record, octets, SEL_RECORD);
        alert.severity = wish.severity;
        alert.set = wish.policy;
        alerts_add(pef->mc, &alert);
    }
    if (wish.actions & PEF_OEM)
        memcpy(pef->oem_record, octets, SEL_RECORD);
    pef->pending |= wish.actions;
    if (wish.actions != 0)
        soon(pef);
}

/* ---- events that were left for later ---- */

static uint16_t
record_id(const uint8_t record[SEL_RECORD])
{
    return (uint16_t)(record[1] << 8 | record[0]);
}

/* True when a is the id of a later record than b: ids run on, and around. */
static bool
later(uint16_t a, uint16_t b)
{
    return (int16_t)(uint16_t)(a - b) > 0;
}

/* An id that names no record is before all of them. */
static bool
names_record(uint16_t id)
{
    return id != PEF_ID_NONE && id != PEF_ID_UNLOGGED;
}

/* Place in the SEL of the first record that nobody has processed. */
static uint32_t
first_unprocessed(const struct pef *pef)
{
    const struct sel *sel = pef->mc->sel;
    uint16_t last = pef->seen;
    uint32_t at = 0;

    if (sel == NULL)
        return 0;
    if (!names_record(last) ||
        (names_record(pef->software_id) && later(pef->software_id, last)))
        last = pef->software_id;
    if (!names_record(last))
        return 0;
    while (at < sel->count && !later(record_id(sel->records[at]), last))
        at++;
    return at;
}

static bool
any_unprocessed(const struct pef *pef)
{
    const struct sel *sel = pef->mc->sel;

    return pef->kept || (sel != NULL && first_unprocessed(pef) < sel->count);
}

/* What was logged so far needs no looking at. */
static void
skip_logged(struct pef *pef)
{
    const struct sel *sel = pef->mc->sel;

    if (sel != NULL && sel->count > 0)
        pef->seen = record_id(sel->records[sel->count - 1]);
}

static void
filter_unprocessed(struct pef *pef)
{
    const struct sel *sel = pef->mc->sel;
    uint32_t count = sel != NULL ? sel->count : 0;

    for (uint32_t at = first_unprocessed(pef); at < count; at++)
        filter_event(pef, record_id(sel->records[at]), sel->records[at]);
    if (pef->kept)
        filter_event(pef, PEF_ID_UNLOGGED, pef->unlogged);
    pef->kept = false;
    skip_logged(pef);
}

/* ---- the postpone timer ---- */

static bool
postponed(const struct pef *pef)
{
    return pef->postpone != PEF_POSTPONE_OFF;
}

/* The countdown runs while there is something that it holds up. */
static void
follow_countdown(struct pef *pef)
{
    struct world *world = pef->mc->world;
    bool counts = pef->postpone >= 1 && pef->postpone <= PEF_POSTPONE_MAX && enabled(pef->mc) &&
                  any_unprocessed(pef);

    if (!counts)
        timeline_disarm(&world->timeline, &pef->countdown);
    else if (!timer_armed(&pef->countdown))
        (void)timeline_arm(&world->timeline, &pef->countdown,
                           instant_add(world->now, SPAN_S(pef->postpone)));
}

static void
countdown_over(void *ctx, instant at)
{
    struct pef *pef = ctx;

    (void)at;
    if (enabled(pef->mc))
        filter_unprocessed(pef);
}

void
pef_arm_postpone(struct mc *mc, uint8_t seconds)
{
    struct pef *pef = mc->pef;

    pef->postpone = seconds;
    timeline_disarm(&mc->world->timeline, &pef->countdown);
    if (!postponed(pef) && enabled(mc))
        filter_unprocessed(pef);
    follow_countdown(pef);
}

uint8_t
pef_postpone_left(const struct mc *mc)
{
    const struct pef *pef = mc->pef;

    if (!postponed(pef) || !timer_armed(&pef->countdown))
        return pef->postpone;
    return (uint8_t)((pef->countdown.at - mc->world->now + SPAN_S(1) - 1) / SPAN_S(1));
}

void
pef_set_processed(struct mc *mc, bool by_bmc, uint16_t id)
{
    if (by_bmc)
        mc->pef->bmc_id = mc->pef->seen = id;
    else
        mc->pef->software_id = id;
    follow_countdown(mc->pef);
}

void
pef_logged(struct mc *mc, uint16_t id)
{
    if (mc->pef != NULL && !postponed(mc->pef))
        mc->pef->seen = id;
}

void
pef_sel_cleared(struct mc *mc)
{
    if (mc->pef == NULL)
        return;
    mc->pef->software_id = mc->pef->bmc_id = mc->pef->seen = PEF_ID_NONE;
    follow_countdown(mc->pef);
}

/* ---- events, the host ---- */

/* Keep an event that will be looked at later: one that was logged is in the
 * SEL. False: another one is kept. */
static bool
keep_event(struct pef *pef, uint16_t id, const uint8_t record[SEL_RECORD])
{
    bool room = id != PEF_ID_UNLOGGED || !pef->kept;

    if (id == PEF_ID_UNLOGGED && room) {
        pef->kept = true;
        memcpy(pef->unlogged, record, SEL_RECORD);
    }
    follow_countdown(pef);
    return room;
}

bool
pef_event(struct mc *mc, uint16_t id, const uint8_t record[SEL_RECORD])
{
    struct pef *pef = mc->pef;

    if (pef == NULL || !enabled(mc))
        return false;
    if (pef->own_event) {
        pef->bmc_id = postponed(pef) ? pef->bmc_id : id;
        return true;
    }
    if (postponed(pef))
        return keep_event(pef, id, record);
    filter_event(pef, id, record);
    return true;
}

static void
begin_delay(struct pef *pef, struct timer *t, uint8_t flag, uint8_t seconds)
{
    struct world *world = pef->mc->world;

    if ((pef_config(pef->mc)->control & flag) && seconds > 0)
        (void)timeline_arm(&world->timeline, t, instant_add(world->now, SPAN_S(seconds)));
}

static void
host_started(struct pef *pef)
{
    const struct pef_config *config = pef_config(pef->mc);

    begin_delay(pef, &pef->startup, PEF_CONTROL_STARTUP_DELAY, config->startup_s);
    begin_delay(pef, &pef->alert_startup, PEF_CONTROL_ALERT_DELAY, config->alert_startup_s);
}

static void
host_left(struct pef *pef)
{
    if (pef->config != NULL)
        pef->config->progress = PROGRESS_COMPLETE;
    if (postponed(pef))
        pef_arm_postpone(pef->mc, PEF_POSTPONE_OFF);
    pef->going_off = false;
    soon(pef);
}

static void
host_event(void *ctx, enum host_event ev, enum host_cause cause)
{
    struct pef *pef = ctx;

    (void)cause;
    if (ev == HOST_EVENT_RESET || ev == HOST_EVENT_POWERED_OFF)
        host_left(pef);
    if (ev == HOST_EVENT_RESET || ev == HOST_EVENT_POWERED_ON)
        host_started(pef);
}

static void
on_timer(void *ctx, instant at)
{
    (void)at;
    take_actions(ctx);
}

/* ---- the part ---- */

bool
pef_holds_alerts(const struct mc *mc)
{
    return mc->pef->going_off || timer_armed(&mc->pef->alert_startup);
}

static void
cancel(struct pef *pef)
{
    struct timeline *tl = &pef->mc->world->timeline;

    pef->pending = 0;
    pef->kept = false;
    timeline_disarm(tl, &pef->act);
    timeline_disarm(tl, &pef->countdown);
    alerts_cancel(pef->mc);
}

bool
pef_set_control(struct mc *mc, uint8_t control)
{
    struct pef_config *config = pef_own_config(mc);
    bool before = enabled(mc);

    if (config == NULL)
        return false;
    config->control = control;
    if (!(control & PEF_CONTROL_STARTUP_DELAY))
        timeline_disarm(&mc->world->timeline, &mc->pef->startup);
    if (!(control & PEF_CONTROL_ALERT_DELAY))
        timeline_disarm(&mc->world->timeline, &mc->pef->alert_startup);
    if (!enabled(mc))
        cancel(mc->pef);
    else if (!before)
        skip_logged(mc->pef);
    follow_countdown(mc->pef);
    soon(mc->pef);   /* what a delay held up that is no more */
    return true;
}

/* Policies from the factory lead to the first LAN, whatever its number. */
static enum status
adapt_factory(struct mc *mc)
{
    uint8_t channel = mc->lan_count > 0 ? mc->machine->lans[0].channel : 0;
    struct pef_config *config;

    if (channel == 0 || channel == PEF_FACTORY_CHANNEL)
        return ST_OK;
    config = pef_own_config(mc);
    if (config == NULL)
        return ST_NOMEM;
    for (unsigned i = 0; i < PEF_POLICIES; i++)
        if (config->policies[i][0] != 0)
            config->policies[i][1] = (uint8_t)(channel << 4 | (config->policies[i][1] & 0x0f));
    return ST_OK;
}

static void
begin(struct pef *pef, struct mc *mc)
{
    pef->mc = mc;
    pef->software_id = pef->seen = PEF_ID_NONE;
    timer_init(&pef->act, TIMER_DEVICE, on_timer, pef);
    timer_init(&pef->startup, TIMER_DEVICE, on_timer, pef);
    timer_init(&pef->alert_startup, TIMER_DEVICE, on_timer, pef);
    timer_init(&pef->countdown, TIMER_DEVICE, countdown_over, pef);
    skip_logged(pef);
    pef->bmc_id = pef->seen;
}

enum status
pef_init(struct mc *mc)
{
    struct pef *pef;
    enum status st;

    if (!(mc->gate.groups & GROUP_PEF))
        return ST_OK;
    pef = calloc(1, sizeof *pef);
    if (pef == NULL)
        return ST_NOMEM;
    begin(pef, mc);
    mc->pef = pef;
    st = adapt_factory(mc);
    if (st != ST_OK || mc->opts.host == NULL)
        return st;
    return host_listen(mc->opts.host, &(struct host_listener){ host_event, pef });
}

/* Events that were not looked at are still in the SEL: when all is up again
 * they have their turn. */
void
pef_reset(struct mc *mc)
{
    struct pef *pef = mc->pef;

    if (pef == NULL)
        return;
    cancel(pef);
    alerts_reset(mc);
    timeline_disarm(&mc->world->timeline, &pef->startup);
    timeline_disarm(&mc->world->timeline, &pef->alert_startup);
    pef->postpone = PEF_POSTPONE_OFF;
    pef->going_off = false;
    if (pef->config != NULL)
        param_clear_volatile(&pef_family, mc);
    (void)timeline_arm(&mc->world->timeline, &pef->countdown,
                       instant_add(mc->world->now, MC_RESET_TIME));
}

void
pef_free(struct mc *mc)
{
    struct pef *pef = mc->pef;

    if (pef == NULL)
        return;
    if (mc->opts.host != NULL)
        host_unlisten(mc->opts.host, pef);
    cancel(pef);
    timeline_disarm(&mc->world->timeline, &pef->startup);
    timeline_disarm(&mc->world->timeline, &pef->alert_startup);
    alerts_free(mc);
    free(pef->config);
    free(pef);
    mc->pef = NULL;
}
