#include "sim/mc/mc_parts.h"
#include "sim/oem/intel_nm.h"

#define DAY_S 86400u
#define DAYS 7u
#define EPOCH_DAY 3u                   /* 1970-01-01 was a Thursday; Monday is 0 */
#define TENTH SPAN_MS(100)
#define BOOT_PERFORMANCE 0x01

/* ---- in force ---- */

static bool
period_runs(const struct nm *nm, const struct nm_policy *policy, const struct nm_period *period)
{
    uint64_t now_s = world_time_s(nm->mc->world);
    unsigned day = (unsigned)((now_s / DAY_S + EPOCH_DAY) % DAYS);
    unsigned tick = (unsigned)(now_s % DAY_S / NM_TICK_S);

    if (tick < period->start || tick >= period->stop)
        return false;
    if (period->days)
        return (period->days >> day & 1u) != 0;
    return nm->mc->world->now - policy->periods_set < SPAN_S(DAY_S);
}

static bool
suspended(const struct nm *nm, const struct nm_policy *policy)
{
    for (unsigned i = 0; i < policy->period_count; i++)
        if (period_runs(nm, policy, &policy->periods[i]))
            return true;
    return false;
}

static bool
enabled(const struct nm *nm, const struct nm_policy *policy)
{
    return policy->there && policy->enabled && nm->on && nm->domain_on[policy->domain];
}

static bool
runs(const struct nm *nm)
{
    const struct host *host = nm_host(nm);

    return host != NULL && host_power_good(host) && nm_power(nm) != NULL && !nm->mc->unpowered;
}

/* ---- triggers ---- */

static bool
always(const struct nm *nm, const struct nm_policy *policy)
{
    (void)nm;
    (void)policy;
    return true;
}

static bool
too_warm(const struct nm *nm, const struct nm_policy *policy)
{
    int16_t celsius;

    return nm_inlet_now(nm, &celsius) && celsius > (int)policy->trigger_limit;
}

static bool
not_measured(const struct nm *nm, const struct nm_policy *policy)
{
    return nm->missing &&
           nm->mc->world->now - nm->missing_since >= policy->trigger_limit * TENTH;
}

static bool
not_started(const struct nm *nm, const struct nm_policy *policy)
{
    const struct host *host = nm_host(nm);
    enum host_stage stage = host_stage(host);

    return stage != HOST_STAGE_OS && stage != HOST_STAGE_STOPPING &&
           nm->mc->world->now - host_since(host) >= policy->trigger_limit * TENTH;
}

static bool
starting(const struct nm *nm, const struct nm_policy *policy)
{
    (void)policy;
    return host_stage(nm_host(nm)) == HOST_STAGE_POST;
}

/* What the platform may draw by a policy; 0: as much as it wants. */
static unsigned
cap_of_watts(const struct power_facts *facts, const struct nm_policy *policy)
{
    return nm_platform_for(facts, policy->domain, policy->limit);
}

static unsigned
cap_of_percent(const struct power_facts *facts, const struct nm_policy *policy)
{
    unsigned span = facts->full > facts->floor ? (unsigned)(facts->full - facts->floor) : 0;

    return facts->full - span * policy->limit / NM_PERCENT;
}

static unsigned
cap_of_boot(const struct power_facts *facts, const struct nm_policy *policy)
{
    return policy->limit & BOOT_PERFORMANCE ? 0 : facts->idle;
}

static const struct {
    bool (*fires)(const struct nm *nm, const struct nm_policy *policy);
    unsigned (*cap)(const struct power_facts *facts, const struct nm_policy *policy);
    bool watts;                        /* the limit is, and can be exceeded */
} triggers[NM_TRIGGERS] = {
    [NM_NO_TRIGGER] = { always, cap_of_watts, true },
    [NM_INLET] = { too_warm, cap_of_watts, true },
    [NM_MISSING] = { not_measured, cap_of_percent, false },
    [NM_AFTER_RESET] = { not_started, cap_of_watts, true },
    [NM_BOOT] = { starting, cap_of_boot, false },
};

bool
nm_limits(const struct nm *nm, const struct nm_policy *policy)
{
    const struct power *power = nm_power(nm);
    unsigned cap;

    if (!policy->triggered || power == NULL)
        return false;
    cap = triggers[policy->trigger].cap(power_facts_of(power), policy);
    return cap != 0 && power_wanted_at(power, nm->mc->world->now) > cap;
}

const struct nm_policy *
nm_limiting(const struct nm *nm, unsigned domain)
{
    const struct nm_policy *lowest = NULL;
    const struct power_facts *facts = nm_power(nm) ? power_facts_of(nm_power(nm)) : NULL;

    for (unsigned i = 0; i < nm->policy_places; i++) {
        const struct nm_policy *p = &nm->policies[i];

        if (p->domain == domain && nm_limits(nm, p) &&
            (lowest == NULL || triggers[p->trigger].cap(facts, p) <
                                   triggers[lowest->trigger].cap(facts, lowest)))
            lowest = p;
    }
    return lowest;
}

/* ---- exceptions ---- */

static void
within(struct nm *nm, struct nm_policy *policy)
{
    bool acted = policy->acted;

    policy->over = policy->acted = false;
    if (acted && policy->actions & NM_ALERT)
        nm_tell(nm, policy, NM_EXCEPTION, false);
}

/* Brings *next forward to the instant at which patience ends. */
static void
watch_limit(struct nm *nm, struct nm_policy *policy, instant *next)
{
    instant now = nm->mc->world->now, due;

    if (!policy->triggered || !triggers[policy->trigger].watts ||
        nm_watts(nm, policy->domain) <= policy->limit) {
        within(nm, policy);
        return;
    }
    if (!policy->over)
        policy->over_since = now;
    policy->over = true;
    due = instant_add(policy->over_since, SPAN_MS(policy->correction_ms));
    if (policy->acted)
        return;
    if (now < due) {
        *next = due < *next ? due : *next;
        return;
    }
    policy->acted = true;
    if (policy->actions & NM_ALERT)
        nm_tell(nm, policy, NM_EXCEPTION, true);
    if (policy->actions & NM_SHUTDOWN) {
        nm_tell_shutdown(nm, policy);
        if (!host_do(nm_host(nm), HOST_OP_SOFT, CAUSE_OEM))
            (void)host_do(nm_host(nm), HOST_OP_OFF, CAUSE_OEM);
    }
}

/* What a policy's thresholds are about. False: it cannot be known. */
static bool
measured(const struct nm *nm, const struct nm_policy *policy, int *value)
{
    int16_t celsius;

    if (policy->trigger != NM_INLET) {
        *value = nm_watts(nm, policy->domain);
        return true;
    }
    if (!nm_inlet_now(nm, &celsius))
        return false;
    *value = celsius;
    return true;
}

static void
watch_thresholds(struct nm *nm, struct nm_policy *policy)
{
    int value = 0;
    bool known = policy->in_force && measured(nm, policy, &value);

    for (unsigned i = 0; i < policy->threshold_count; i++) {
        bool above = known && value > (int)policy->thresholds[i];

        if (above == policy->above[i])
            continue;
        policy->above[i] = above;
        nm_tell(nm, policy, i, above);
    }
}

/* ---- looking ---- */

static void
look_at_reading(struct nm *nm)
{
    bool missing = nm_reading_missing(nm);

    if (missing && !nm->missing)
        nm->missing_since = nm->mc->world->now;
    nm->missing = missing;
}

static void
throttle(struct nm *nm)
{
    struct power *power = nm_power(nm);
    unsigned lowest = 0;

    if (power == NULL)
        return;
    for (unsigned i = 0; i < nm->policy_places; i++) {
        const struct nm_policy *p = &nm->policies[i];
        unsigned cap = p->triggered ? triggers[p->trigger].cap(power_facts_of(power), p) : 0;

        if (cap != 0 && (lowest == 0 || cap < lowest))
            lowest = cap;
    }
    power_cap_by(power, nm->mc->opts.bmc ? POWER_BY_NODE_MANAGER : POWER_BY_SATELLITE,
                 (uint16_t)lowest);
}

/* Telling may make the host stop, which is looked at the next time. */
void
nm_review(struct nm *nm)
{
    struct timeline *tl = &nm->mc->world->timeline;
    instant next = instant_add(nm->mc->world->now, NM_SCAN);
    bool any = false;

    look_at_reading(nm);
    nm_inlet_look(nm);
    for (unsigned i = 0; i < nm->policy_places; i++) {
        struct nm_policy *p = &nm->policies[i];

        any = any || enabled(nm, p);
        p->in_force = enabled(nm, p) && runs(nm) && !suspended(nm, p);
        p->triggered = p->in_force && triggers[p->trigger].fires(nm, p);
    }
    throttle(nm);
    for (unsigned i = 0; i < nm->policy_places; i++) {
        watch_limit(nm, &nm->policies[i], &next);
        watch_thresholds(nm, &nm->policies[i]);
    }
    if (any && !nm->mc->unpowered) {
        (void)timeline_arm(tl, &nm->scan, next);
        return;
    }
    nm->missing = false;              /* nobody will see when it comes back */
    timeline_disarm(tl, &nm->scan);
}

void
nm_stop(struct nm *nm)
{
    for (unsigned i = 0; i < nm->policy_places; i++)
        nm->policies[i].triggered = false;
    throttle(nm);
    timeline_disarm(&nm->mc->world->timeline, &nm->scan);
}
