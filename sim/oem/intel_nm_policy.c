#include "sim/mc/mc_parts.h"
#include "sim/oem/intel_nm.h"

/* Set and Get Policy: octet of the domain, and of the trigger. */
#define POLICY_ENABLED 0x10
#define POLICY_DOMAIN_ON 0x20
#define POLICY_GLOBAL_ON 0x40
#define POLICY_RESERVED 0xe0
#define POLICY_ADD NM_POWER_CONTROL
#define POLICY_AGGRESSIVE_SHIFT 5
#define POLICY_AGGRESSIVE 0x03
#define POLICY_AGGRESSIVE_LAST 2
#define POLICY_VOLATILE 0x80
#define POLICY_ACTIONS (NM_ALERT | NM_SHUTDOWN | NM_SECONDARY)
#define BOOT_RESERVED 0xff00

/* Enable/Disable Policy Control: [0] on, [2:1] what. */
#define CONTROL_ON 0x01
#define CONTROL_DOMAIN 1
#define CONTROL_POLICY 2

#define PERIOD_DAYS 0x7f

const struct nm_trigger_facts nm_triggers[NM_TRIGGERS] = {
    [NM_NO_TRIGGER] = { true, true, false, 0, 0 },
    [NM_INLET] = { true, true, false, NM_CELSIUS_MIN, NM_CELSIUS_MAX },
    [NM_MISSING] = { false, false, false, NM_TENTHS_MIN, NM_TENTHS_MAX },
    [NM_AFTER_RESET] = { true, true, false, NM_TENTHS_MIN, NM_TENTHS_MAX },
    [NM_BOOT] = { false, false, true, 0, 0 },
};

/* ---- what is meant ---- */

/* A domain in the low nibble; what is above must be clear. */
enum ipmi_cc
nm_read_domain(struct ipmi_req *rq, uint8_t *domain)
{
    uint8_t octet = rd_u8(&rq->data);

    *domain = octet & NM_DOMAIN_BITS;
    if (octet & NM_HIGH_NIBBLE)
        return CC_INVALID_FIELD;
    return *domain < NM_DOMAINS ? CC_OK : NM_CC_NO_DOMAIN;
}

enum ipmi_cc
nm_read_policy(struct mc *mc, struct ipmi_req *rq, struct nm_policy **policy)
{
    uint8_t domain;
    enum ipmi_cc cc = nm_read_domain(rq, &domain);
    uint8_t id = rd_u8(&rq->data);

    *policy = cc == CC_OK ? nm_policy_find(nm_of(mc), domain, id) : NULL;
    return cc == CC_OK && *policy == NULL ? NM_CC_NO_POLICY : cc;
}

/* ---- policies ---- */

static enum ipmi_cc
control(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct nm *nm = nm_of(mc);
    uint8_t flags = rd_u8(&rq->data), domain = 0;
    bool on = flags & CONTROL_ON;
    struct nm_policy *policy;
    enum ipmi_cc cc = CC_OK;

    (void)rs;
    if (flags >> 1 > CONTROL_POLICY)
        return CC_INVALID_FIELD;
    if (flags >> 1 == CONTROL_POLICY) {
        cc = nm_read_policy(mc, rq, &policy);
        if (cc == CC_OK)
            policy->enabled = on;
    } else if (flags >> 1 == CONTROL_DOMAIN) {
        cc = nm_read_domain(rq, &domain);
        if (cc == CC_OK)
            nm->domain_on[domain] = on;
    } else {
        nm->on = on;
    }
    nm_review(nm);
    return cc;
}

static bool
limit_fits(const struct nm *nm, const struct nm_policy *p)
{
    const struct nm_range *range = &nm->ranges[p->domain];

    if (p->trigger == NM_MISSING)
        return p->limit <= NM_PERCENT;
    if (p->trigger == NM_BOOT)
        return (p->limit & BOOT_RESERVED) == 0;
    if (p->trigger == NM_INLET && p->limit == 0)
        return true;
    return p->limit >= range->min && p->limit <= range->max;
}

static enum ipmi_cc
check_policy(const struct nm *nm, const struct nm_policy *p)
{
    if (p->trigger >= NM_TRIGGERS ||
        (nm_triggers[p->trigger].platform_only && p->domain != NM_PLATFORM))
        return NM_CC_TRIGGER;
    if (p->aggressive > POLICY_AGGRESSIVE_LAST)
        return NM_CC_AGGRESSIVE;
    if (p->actions & ~POLICY_ACTIONS)
        return CC_INVALID_FIELD;
    if (!limit_fits(nm, p))
        return NM_CC_LIMIT;
    if (nm_triggers[p->trigger].corrects &&
        (p->correction_ms < NM_CORRECTION_MIN || p->correction_ms > NM_CORRECTION_MAX))
        return NM_CC_TIME;
    if (nm_triggers[p->trigger].trigger_max &&
        (p->trigger_limit < nm_triggers[p->trigger].trigger_min ||
         p->trigger_limit > nm_triggers[p->trigger].trigger_max))
        return NM_CC_TRIGGER_LIMIT;
    if (p->period_s < NM_PERIOD_MIN || p->period_s > NM_PERIOD_MAX)
        return NM_CC_PERIOD;
    return CC_OK;
}

/* Read what Set Policy says after the domain. *add: not to be removed. */
static struct nm_policy
read_settings(struct ipmi_req *rq, uint8_t first, bool *add)
{
    struct nm_policy p = {
        .there = true, .enabled = first & POLICY_ENABLED, .domain = first & NM_DOMAIN_BITS,
    };
    uint8_t type;

    p.id = rd_u8(&rq->data);
    type = rd_u8(&rq->data);
    *add = type & POLICY_ADD;
    p.trigger = type & NM_DOMAIN_BITS;
    p.aggressive = type >> POLICY_AGGRESSIVE_SHIFT & POLICY_AGGRESSIVE;
    p.is_volatile = type & POLICY_VOLATILE;
    p.actions = rd_u8(&rq->data);
    p.limit = rd_le16(&rq->data);
    p.correction_ms = rd_le32(&rq->data);
    p.trigger_limit = rd_le16(&rq->data);
    p.period_s = rd_le16(&rq->data);
    return p;
}

/* While a policy is enabled, what makes it one of its kind stays. */
static bool
same_kind(const struct nm_policy *a, const struct nm_policy *b)
{
    return a->trigger == b->trigger && a->trigger_limit == b->trigger_limit &&
           a->aggressive == b->aggressive && a->is_volatile == b->is_volatile &&
           (a->actions & NM_SECONDARY) == (b->actions & NM_SECONDARY);
}

static void
put_settings(struct nm_policy *at, const struct nm_policy *p)
{
    at->enabled = p->enabled;
    at->trigger = p->trigger;
    at->aggressive = p->aggressive;
    at->is_volatile = p->is_volatile;
    at->actions = p->actions;
    at->limit = p->limit;
    at->correction_ms = p->correction_ms;
    at->trigger_limit = p->trigger_limit;
    at->period_s = p->period_s;
}

static enum ipmi_cc
add_policy(struct nm *nm, const struct nm_policy *p)
{
    struct nm_policy *at = nm_policy_find(nm, p->domain, p->id);
    enum ipmi_cc cc = check_policy(nm, p);

    if (cc != CC_OK)
        return cc;
    if (at != NULL && at->enabled && !same_kind(at, p))
        return CC_STATE;
    if (at != NULL) {
        put_settings(at, p);
        return CC_OK;
    }
    at = nm_policy_room(nm);
    if (at == NULL)
        return CC_NO_SPACE;
    *at = *p;
    at->since = nm->mc->world->now;
    nm_inlet_begin(nm, &at->inlet);
    return CC_OK;
}

static enum ipmi_cc
remove_policy(struct nm *nm, const struct nm_policy *p)
{
    struct nm_policy *at = nm_policy_find(nm, p->domain, p->id);

    if (at == NULL)
        return NM_CC_NO_POLICY;
    at->enabled = false;
    nm_review(nm);                     /* what it asserted is deasserted */
    *at = (struct nm_policy){ 0 };
    return CC_OK;
}

static enum ipmi_cc
set_policy(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct nm *nm = nm_of(mc);
    uint8_t first = rd_u8(&rq->data);
    bool add;
    struct nm_policy p = read_settings(rq, first, &add);
    enum ipmi_cc cc;

    (void)rs;
    if (first & POLICY_RESERVED)
        return CC_INVALID_FIELD;
    if (p.domain >= NM_DOMAINS)
        return NM_CC_NO_DOMAIN;
    cc = add ? add_policy(nm, &p) : remove_policy(nm, &p);
    nm_review(nm);
    return cc;
}

/* A client that counts its way through policies and domains is told where to
 * go on: the next there is, or the first, and how many. */
static void
write_next_policy(const struct nm *nm, uint8_t domain, uint8_t id, struct wr *rs)
{
    unsigned next = UINT8_MAX + 1u, first = UINT8_MAX + 1u, count = 0;

    for (unsigned i = 0; i < nm->policy_places; i++) {
        const struct nm_policy *p = &nm->policies[i];

        if (!p->there || p->domain != domain)
            continue;
        count++;
        if (p->id < first)
            first = p->id;
        if (p->id > id && p->id < next)
            next = p->id;
    }
    if (next > UINT8_MAX)
        next = count ? first : 0;
    wr_u8(rs, next);
    wr_u8(rs, count);
}

static enum ipmi_cc
get_policy(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct nm *nm = nm_of(mc);
    uint8_t domain, id;
    enum ipmi_cc cc = nm_read_domain(rq, &domain);
    const struct nm_policy *p;

    if (cc == NM_CC_NO_DOMAIN) {
        wr_u8(rs, 0);
        wr_u8(rs, NM_DOMAINS);
    }
    if (cc != CC_OK)
        return cc;
    id = rd_u8(&rq->data);
    p = nm_policy_find(nm, domain, id);
    if (p == NULL) {
        write_next_policy(nm, domain, id, rs);
        return NM_CC_NO_POLICY;
    }
    wr_u8(rs, p->domain | (p->enabled ? POLICY_ENABLED : 0u) |
                  (nm->domain_on[domain] ? POLICY_DOMAIN_ON : 0u) |
                  (nm->on ? POLICY_GLOBAL_ON : 0u));
    wr_u8(rs, p->trigger | (unsigned)POLICY_ADD |
                  (unsigned)p->aggressive << POLICY_AGGRESSIVE_SHIFT |
                  (p->is_volatile ? POLICY_VOLATILE : 0u));
    wr_u8(rs, p->actions);
    wr_le16(rs, p->limit);
    wr_le32(rs, p->correction_ms);
    wr_le16(rs, p->trigger_limit);
    wr_le16(rs, p->period_s);
    return CC_OK;
}

/* ---- thresholds, suspend periods ---- */

static bool
threshold_fits(const struct nm *nm, const struct nm_policy *p, uint16_t value)
{
    if (p->trigger == NM_INLET)
        return value >= NM_CELSIUS_MIN && value <= NM_CELSIUS_MAX;
    return value >= nm->ranges[p->domain].min && value <= nm->ranges[p->domain].max;
}

static enum ipmi_cc
set_thresholds(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct nm *nm = nm_of(mc);
    struct nm_policy *p;
    enum ipmi_cc cc = nm_read_policy(mc, rq, &p);
    uint8_t count = rd_u8(&rq->data);
    uint16_t values[NM_THRESHOLDS] = { 0 };

    (void)rs;
    if (cc != CC_OK)
        return cc;
    if (count > NM_THRESHOLDS)
        return NM_CC_COUNT;
    if (rd_left(&rq->data) != count * sizeof values[0])
        return CC_LENGTH;
    if (p->enabled)
        return CC_STATE;
    if (!nm_triggers[p->trigger].watts)
        return NM_CC_TRIGGER;
    for (unsigned i = 0; i < count; i++) {
        values[i] = rd_le16(&rq->data);
        if (!threshold_fits(nm, p, values[i]))
            return NM_CC_LIMIT;
    }
    for (unsigned i = 0; i < NM_THRESHOLDS; i++) {
        p->thresholds[i] = values[i];
        p->above[i] = false;
    }
    p->threshold_count = count;
    return CC_OK;
}

static enum ipmi_cc
get_thresholds(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct nm_policy *p;
    enum ipmi_cc cc = nm_read_policy(mc, rq, &p);

    if (cc != CC_OK)
        return cc;
    wr_u8(rs, p->threshold_count);
    for (unsigned i = 0; i < p->threshold_count; i++)
        wr_le16(rs, p->thresholds[i]);
    return CC_OK;
}

static enum ipmi_cc
set_periods(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct nm_policy *p;
    enum ipmi_cc cc = nm_read_policy(mc, rq, &p);
    uint8_t count = rd_u8(&rq->data);
    struct nm_period periods[NM_PERIODS] = { { 0 } };

    (void)rs;
    if (cc != CC_OK)
        return cc;
    if (count > NM_PERIODS)
        return NM_CC_COUNT;
    if (rd_left(&rq->data) != count * sizeof periods[0])
        return CC_LENGTH;
    if (p->enabled)
        return CC_STATE;
    for (unsigned i = 0; i < count; i++) {
        periods[i].start = rd_u8(&rq->data);
        periods[i].stop = rd_u8(&rq->data);
        periods[i].days = rd_u8(&rq->data);
        if (periods[i].days & ~PERIOD_DAYS)
            return CC_INVALID_FIELD;
        if (periods[i].stop > NM_DAY_TICKS || periods[i].start >= periods[i].stop)
            return NM_CC_TIME;
    }
    for (unsigned i = 0; i < NM_PERIODS; i++)
        p->periods[i] = periods[i];
    p->period_count = count;
    p->periods_set = mc->world->now;
    return CC_OK;
}

static enum ipmi_cc
get_periods(struct mc *mc, struct ipmi_req *rq, struct wr *rs)
{
    struct nm_policy *p;
    enum ipmi_cc cc = nm_read_policy(mc, rq, &p);

    if (cc != CC_OK)
        return cc;
    wr_u8(rs, p->period_count);
    for (unsigned i = 0; i < p->period_count; i++) {
        wr_u8(rs, p->periods[i].start);
        wr_u8(rs, p->periods[i].stop);
        wr_u8(rs, p->periods[i].days);
    }
    return CC_OK;
}

/* ---- rows ---- */

static const struct command rows[] = {
    NM_ROW(0xc0, "Enable/Disable Node Manager Policy Control", 3, 3, control),
    NM_ROW(0xc1, "Set Node Manager Policy", 14, 14, set_policy),
    NM_READ(0xc2, "Get Node Manager Policy", 2, 2, get_policy),
    NM_ROW(0xc3, "Set Node Manager Policy Alert Thresholds", 3, 9, set_thresholds),
    NM_READ(0xc4, "Get Node Manager Policy Alert Thresholds", 2, 2, get_thresholds),
    NM_ROW(0xc5, "Set Node Manager Policy Suspend Periods", 3, 18, set_periods),
    NM_READ(0xc6, "Get Node Manager Policy Suspend Periods", 2, 2, get_periods),
};

const struct command_table oem_intel_nm_policy_commands = {
    .subject = "intel-nm-policy", .rows = rows, .count = sizeof rows / sizeof rows[0],
    .id = INTEL_IANA,
};
