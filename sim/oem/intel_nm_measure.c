#include <stdlib.h>

#include "sim/mc/mc_parts.h"
#include "sim/oem/intel_nm.h"
#include "sim/wire/sdr.h"

#define ENTITY_INLET 0x40
#define UNIT_WATTS 6
#define FIRST_INLET 1
#define FULL_SHARE 1000u

/* Air: what flows through grows with the draw, and takes the heat along. */
#define AIR_LEAST 200u                 /* 0.1 CFM of a host that runs */
#define AIR_HEAT 1760u                 /* 0.001 CFM degrees a watt */

/* Parts of a domain in the platform's draw: of what it draws without load,
 * and of what load adds, in thousandths. */
static const struct {
    uint16_t idle, load;
} nm_shares[NM_DOMAINS] = {
    [NM_PLATFORM] = { 1000, 1000 },   [NM_CPU] = { 250, 650 }, [NM_MEMORY] = { 120, 180 },
    [NM_PROTECTION] = { 1000, 1000 }, [NM_IO] = { 80, 60 },
};

/* ---- power ---- */

static const struct mc *
manager(const struct nm *nm)
{
    return nm->mc->opts.manager != NULL ? *nm->mc->opts.manager : NULL;
}

struct power *
nm_power(const struct nm *nm)
{
    const struct mc *bmc = manager(nm);

    return bmc != NULL && bmc->dcmi != NULL ? bmc->dcmi->power : NULL;
}

struct host *
nm_host(const struct nm *nm)
{
    const struct mc *bmc = manager(nm);

    return bmc != NULL ? bmc->opts.host : NULL;
}

uint16_t
nm_share(const struct power_facts *facts, unsigned domain, unsigned platform)
{
    unsigned idle = platform < facts->idle ? platform : facts->idle;

    if (domain == NM_PLATFORM || domain == NM_PROTECTION)
        return (uint16_t)platform;
    if (platform <= facts->standby)
        return 0;
    return (uint16_t)((idle * nm_shares[domain].idle +
                       (platform - idle) * nm_shares[domain].load) / FULL_SHARE);
}

/* nm_share() never falls as the platform's draw grows. */
uint16_t
nm_platform_for(const struct power_facts *facts, unsigned domain, unsigned watts)
{
    unsigned low = 1, high = UINT16_MAX;

    while (low < high) {
        unsigned mid = low + (high - low + 1) / 2;

        if (nm_share(facts, domain, mid) <= watts)
            low = mid;
        else
            high = mid - 1;
    }
    return (uint16_t)low;
}

static unsigned
watts_at(const struct nm *nm, unsigned domain, instant at)
{
    const struct power *power = nm_power(nm);

    return nm_share(power_facts_of(power), domain, power_at(power, at));
}

uint16_t
nm_watts(const struct nm *nm, unsigned domain)
{
    return nm_power(nm) != NULL ? (uint16_t)watts_at(nm, domain, nm->mc->world->now) : 0;
}

/* How much of what it can be throttled by the host is throttled, in percent. */
static unsigned
throttle_at(const struct nm *nm, unsigned domain, instant at)
{
    const struct power *power = nm_power(nm);
    unsigned least = power_facts_of(power)->floor;
    unsigned wanted = power_wanted_at(power, at), drawn = power_at(power, at);

    (void)domain;
    return wanted > least ? (wanted - drawn) * NM_PERCENT / (wanted - least) : 0;
}

static unsigned
airflow_at(const struct nm *nm, unsigned domain, instant at)
{
    unsigned watts = watts_at(nm, NM_PLATFORM, at);

    (void)domain;
    return watts > power_facts_of(nm_power(nm))->standby ? AIR_LEAST + watts : 0;
}

/* The inlet now, and the warmth that the air took along then. */
static unsigned
outlet_at(const struct nm *nm, unsigned domain, instant at)
{
    unsigned flow = airflow_at(nm, domain, at);
    int16_t celsius = 0;
    unsigned rise = flow ? AIR_HEAT * watts_at(nm, NM_PLATFORM, at) / (flow * 100) : 0;

    (void)nm_inlet_now(nm, &celsius);
    return (unsigned)(celsius > 0 ? celsius : 0) + rise;
}

static unsigned
nothing_at(const struct nm *nm, unsigned domain, instant at)
{
    (void)nm;
    (void)domain;
    (void)at;
    return 0;
}

bool
nm_reading_missing(const struct nm *nm)
{
    const struct mc *bmc = manager(nm);
    struct bytes record;
    struct sdr sdr;
    uint16_t id;

    if (bmc == NULL)
        return false;
    for (uint32_t n = 0; (record = sdr_nth(bmc, n, &id)).len > 0; n++) {
        int i;

        if (sdr_parse(record, &sdr) != SDR_OK || !sdr_is_sensor(&sdr) ||
            sdr.u.sensor.owner != bmc->machine->address ||
            sdr.u.sensor.units[1] != UNIT_WATTS)
            continue;
        i = sensor_index(bmc, sdr.u.sensor.lun, sdr.u.sensor.number);
        return i >= 0 && (!bmc->sensors.at[i].available || !bmc->sensors.at[i].scanning);
    }
    return false;
}

/* ---- the inlet ---- */

bool
nm_inlet_now(const struct nm *nm, int16_t *celsius)
{
    const struct mc *bmc = manager(nm);
    struct dcmi_temperature t = { 0 };

    if (bmc == NULL || !dcmi_temperature(bmc, ENTITY_INLET, FIRST_INLET, &t) || !t.available)
        return false;
    *celsius = (int16_t)t.celsius;
    return true;
}

static void
inlet_add(struct nm_inlet *inlet, int16_t celsius, instant now)
{
    instant ms;

    if (!inlet->any) {
        inlet->min = inlet->max = inlet->last = celsius;
        inlet->since = inlet->last_at = now;
    }
    inlet->any = true;
    ms = (now - inlet->last_at) / SPAN_MS(1);
    inlet->sum += inlet->last * (int64_t)ms;
    inlet->last = celsius;
    inlet->last_at += ms * SPAN_MS(1);
    inlet->min = celsius < inlet->min ? celsius : inlet->min;
    inlet->max = celsius > inlet->max ? celsius : inlet->max;
}

void
nm_inlet_look(struct nm *nm)
{
    instant now = nm->mc->world->now;
    int16_t celsius;

    if (!nm_inlet_now(nm, &celsius))
        return;
    inlet_add(&nm->inlet, celsius, now);
    for (unsigned i = 0; i < nm->policy_places; i++)
        if (nm->policies[i].there)
            inlet_add(&nm->policies[i].inlet, celsius, now);
}

void
nm_inlet_begin(struct nm *nm, struct nm_inlet *inlet)
{
    int16_t celsius;

    *inlet = (struct nm_inlet){ 0 };
    if (nm_inlet_now(nm, &celsius))
        inlet_add(inlet, celsius, nm->mc->world->now);
}

static void
inlet_statistics(const struct nm_inlet *inlet, struct nm_statistics *out)
{
    int64_t span = (int64_t)((inlet->last_at - inlet->since) / SPAN_MS(1));
    int64_t average = span > 0 ? inlet->sum / span : inlet->last;

    out->now = (uint16_t)inlet->last;
    out->min = (uint16_t)inlet->min;
    out->max = (uint16_t)inlet->max;
    out->average = (uint16_t)average;
}

/* ---- statistics ---- */

typedef unsigned gauge_fn(const struct nm *nm, unsigned domain, instant at);

/* What each mode tells; no gauge: of the inlet. */
static const struct mode {
    uint8_t mode;
    bool of_policy;
    bool of_platform;                  /* domain 0 only */
    gauge_fn *gauge;
} modes[] = {
    { 0x01, false, false, watts_at },    { 0x02, false, true, NULL },
    { 0x03, false, false, throttle_at }, { 0x04, false, true, airflow_at },
    { 0x05, false, true, outlet_at },    { 0x06, false, true, watts_at },
    { 0x11, true, false, watts_at },     { 0x12, true, false, NULL },
    { 0x13, true, false, throttle_at },  { 0x1b, false, true, nothing_at },
    { 0x1c, false, true, nothing_at },   { 0x1d, false, false, throttle_at },
    { 0x1e, false, false, throttle_at }, { 0x1f, false, true, nothing_at },
};

static const struct mode *
find_mode(uint8_t mode)
{
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
        if (modes[i].mode == mode)
            return &modes[i];
    return NULL;
}

bool
nm_mode_of_policy(uint8_t mode)
{
    const struct mode *m = find_mode(mode);

    return m != NULL && m->of_policy;
}

/* At whole seconds, or coarser, and at the end: as power_statistics(). */
static void
sample(const struct nm *nm, gauge_fn *gauge, unsigned domain, instant from,
       struct nm_statistics *out)
{
    instant to = nm->mc->world->now, step = SPAN_S(1);
    unsigned end = gauge(nm, domain, to), min = end, max = end;
    uint64_t sum = end, samples = 1;

    while (from < to && (to - from) / step >= POWER_SAMPLES_MAX)
        step *= 2;
    for (instant at = (from + step - 1) / step * step; at < to; at += step) {
        unsigned v = gauge(nm, domain, at);

        min = v < min ? v : min;
        max = v > max ? v : max;
        sum += v;
        samples++;
    }
    out->now = (uint16_t)end;
    out->min = (uint16_t)min;
    out->max = (uint16_t)max;
    out->average = (uint16_t)(sum / samples);
}

/* Where statistics begin: at their last reset, a policy's no further back
 * than its reporting period. */
static instant
beginning(const struct nm *nm, unsigned domain, const struct nm_policy *policy)
{
    instant now = nm->mc->world->now;
    instant span;

    if (policy == NULL)
        return nm->since[domain];
    span = SPAN_S(policy->period_s);
    return now - policy->since > span ? now - span : policy->since;
}

enum ipmi_cc
nm_statistics(struct nm *nm, uint8_t mode, unsigned domain, const struct nm_policy *policy,
              struct nm_statistics *out)
{
    const struct mode *m = find_mode(mode);
    instant from = beginning(nm, domain, policy);

    *out = (struct nm_statistics){ 0 };
    if (m == NULL || m->of_policy != (policy != NULL))
        return NM_CC_MODE;
    if (m->of_platform && domain != NM_PLATFORM)
        return NM_CC_NO_DOMAIN;
    out->period_s = policy != NULL ? policy->period_s
                                   : (uint32_t)((nm->mc->world->now - from) / SPAN_S(1));
    if (m->gauge == NULL) {
        nm_inlet_look(nm);
        inlet_statistics(policy != NULL ? &policy->inlet : &nm->inlet, out);
    } else if (nm_power(nm) != NULL) {
        sample(nm, m->gauge, domain, from, out);
    }
    return CC_OK;
}
