#include "sim/engine/fault_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALWAYS_PPM 1000000u

struct fault_plan {
    struct rng_key key;
    uint32_t ids;             /* given out so far; none is used twice */
    uint32_t count;
    uint32_t wire_count;      /* of them that the wire is asked about */
    struct armed *rules[FAULT_RULES_MAX];   /* in the order of arming */
};

struct fault_rule
fault_rule_any(enum fault_effect effect)
{
    return (struct fault_rule){
        .name = "fault", .effect = effect,
        .link = FAULT_ANY, .number = FAULT_ANY, .dir = FAULT_ANY,
        .netfn = FAULT_ANY, .cmd = FAULT_ANY, .payload_type = FAULT_ANY,
        .source = FAULT_ANY, .target = FAULT_ANY, .lun = FAULT_ANY, .seq = FAULT_ANY,
        .offset = -1,
    };
}

void
fault_set_add(struct fault_rule *rule, uint8_t address)
{
    rule->set[address >> 7] |= UINT64_C(1) << (address >> 1 & 63);
}

bool
fault_set_has(const struct fault_rule *rule, uint8_t address)
{
    return rule->set[address >> 7] >> (address >> 1 & 63) & 1;
}

enum status
fault_plan_new(struct rng_key key, struct fault_plan **out)
{
    struct fault_plan *plan = calloc(1, sizeof *plan);

    if (plan == NULL)
        return ST_NOMEM;
    plan->key = key;
    *out = plan;
    return ST_OK;
}

void
fault_plan_free(struct fault_plan *plan)
{
    if (plan == NULL)
        return;
    fault_disarm_all(plan);
    free(plan);
}

static bool
in_range(int v, int max)
{
    return v >= FAULT_ANY && v <= max;
}

static bool
matches_can_be_met(const struct fault_rule *r)
{
    return in_range(r->link, TAP_LINKS - 1) && in_range(r->number, UINT8_MAX) &&
           in_range(r->dir, TAP_ON_BUS) && in_range(r->netfn, 0x3f) &&
           in_range(r->cmd, UINT8_MAX) && in_range(r->payload_type, 0x3f) &&
           in_range(r->source, UINT8_MAX) && in_range(r->target, UINT8_MAX) &&
           in_range(r->lun, 3) && in_range(r->seq, 0x3f) &&
           (!fault_of_wire(r->effect) || r->link == FAULT_ANY || r->link == TAP_IPMB) &&
           (r->until == 0 || r->until > r->from);
}

enum status
fault_arm(struct fault_plan *plan, const struct fault_rule *rule, uint32_t *id)
{
    struct armed *a;

    if (!matches_can_be_met(rule) || !fault_effect_makes_sense(rule) ||
        rule->probability_ppm > ALWAYS_PPM)
        return ST_INVALID;
    if (plan->count == FAULT_RULES_MAX)
        return ST_FULL;
    a = calloc(1, sizeof *a);
    if (a == NULL)
        return ST_NOMEM;
    a->id = ++plan->ids;
    a->rule = *rule;
    snprintf(a->name, sizeof a->name, "%s",
             rule->name && rule->name[0] ? rule->name : "fault");
    a->rule.name = a->name;
    a->chance = rng_start(rng_key_numbered(plan->key, a->id));
    plan->rules[plan->count++] = a;
    plan->wire_count += fault_of_wire(a->rule.effect);
    if (id != NULL)
        *id = a->id;
    return ST_OK;
}

/* The index of rule id, or count. */
static uint32_t
find(const struct fault_plan *plan, uint32_t id)
{
    uint32_t i = 0;

    while (i < plan->count && plan->rules[i]->id != id)
        i++;
    return i;
}

bool
fault_disarm(struct fault_plan *plan, uint32_t id)
{
    uint32_t i = find(plan, id);

    if (i == plan->count)
        return false;
    plan->wire_count -= fault_of_wire(plan->rules[i]->rule.effect);
    free(plan->rules[i]);
    plan->count--;
    memmove(&plan->rules[i], &plan->rules[i + 1],
            (plan->count - i) * sizeof plan->rules[0]);
    return true;
}

void
fault_disarm_all(struct fault_plan *plan)
{
    while (plan->count > 0)
        free(plan->rules[--plan->count]);
    plan->wire_count = 0;
}

bool
fault_counts(const struct fault_plan *plan, uint32_t id, uint64_t *matched,
             uint64_t *struck)
{
    uint32_t i = find(plan, id);

    if (i == plan->count)
        return false;
    *matched = plan->rules[i]->matched;
    *struck = plan->rules[i]->struck;
    return true;
}

const char *
fault_name(const struct fault_plan *plan, uint32_t id)
{
    uint32_t i = plan == NULL ? 0 : find(plan, id);

    return plan == NULL || i == plan->count ? NULL : plan->rules[i]->name;
}

static bool
looks_inside(const struct fault_rule *r)
{
    return r->netfn != FAULT_ANY || r->cmd != FAULT_ANY || r->lun != FAULT_ANY ||
           r->seq != FAULT_ANY || r->payload_type != FAULT_ANY;
}

bool
fault_wants_message(const struct fault_plan *plan, enum tap_link link)
{
    if (fault_idle(plan))
        return false;
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct fault_rule *r = &plan->rules[i]->rule;

        if (r->link != FAULT_ANY && r->link != (int)link)
            continue;
        if (looks_inside(r))
            return true;
    }
    return false;
}

bool
fault_idle(const struct fault_plan *plan)
{
    return plan == NULL || plan->count == 0;
}

static bool
means(int wanted, int is)
{
    return wanted == FAULT_ANY || wanted == is;
}

static bool
matches(const struct fault_rule *r, instant now, const struct fault_frame *f)
{
    return now >= r->from && (r->until == 0 || now < r->until) &&
           means(r->link, (int)f->link) && means(r->number, f->number) &&
           means(r->dir, (int)f->dir) && means(r->netfn, f->netfn) &&
           means(r->cmd, f->cmd) && means(r->payload_type, f->payload_type) &&
           means(r->source, f->source) && means(r->target, f->target) &&
           means(r->lun, f->lun) && means(r->seq, f->seq) && fault_effect_fits(r, f);
}

/* Does a, which means this frame, strike it? */
static bool
strikes(struct armed *a)
{
    const struct fault_rule *r = &a->rule;

    a->matched++;
    if (r->times != 0 && a->struck >= r->times)
        return false;
    if (r->every > 1 && a->matched % r->every != 0)
        return false;
    if (r->probability_ppm != 0 && !rng_chance(&a->chance, r->probability_ppm))
        return false;
    a->struck++;
    return true;
}

struct fault_verdict
fault_ask(struct fault_plan *plan, instant now, const struct fault_frame *f)
{
    struct fault_verdict v = { .copies = 1, .cut = SIZE_MAX, .corrupt_at = -1 };

    if (fault_idle(plan))
        return v;
    for (uint32_t i = 0; i < plan->count; i++) {
        struct armed *a = plan->rules[i];

        if (fault_of_wire(a->rule.effect) || !matches(&a->rule, now, f) || !strikes(a))
            continue;
        /* The cause that shows: what lost the frame, or the last to strike. */
        if (!v.lost)
            v.name = a->name;
        v.struck = true;
        fault_effect_on_link(a, f, &v);
    }
    return v;
}

struct fault_wire
fault_ask_wire(struct fault_plan *plan, instant now, const struct fault_frame *f)
{
    struct fault_wire w = { .struck = false };

    if (plan == NULL || plan->wire_count == 0)
        return w;
    for (uint32_t i = 0; i < plan->count; i++) {
        struct armed *a = plan->rules[i];

        if (!fault_of_wire(a->rule.effect) || !matches(&a->rule, now, f) || !strikes(a))
            continue;
        w.struck = true;
        fault_effect_on_wire(a, &w);
    }
    return w;
}
