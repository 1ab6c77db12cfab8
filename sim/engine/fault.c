#include "sim/engine/fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALWAYS_PPM 1000000u

/* A rule at work. */
struct armed {
    uint32_t id;
    struct fault_rule rule;   /* name points to the copy below */
    char name[FAULT_NAME_MAX + 1];
    struct rng chance;
    uint64_t matched, struck;
};

struct fault_plan {
    struct rng_key key;
    uint32_t ids;             /* given out so far; none is used twice */
    uint32_t count;
    struct armed *rules[FAULT_RULES_MAX];   /* in the order of arming */
};

struct fault_rule
fault_rule_any(enum fault_effect effect)
{
    return (struct fault_rule){
        .name = "fault", .effect = effect,
        .link = FAULT_ANY, .number = FAULT_ANY, .dir = FAULT_ANY,
        .netfn = FAULT_ANY, .cmd = FAULT_ANY, .payload_type = FAULT_ANY,
        .source = FAULT_ANY, .target = FAULT_ANY,
        .offset = -1,
    };
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
           (r->until == 0 || r->until > r->from);
}

static bool
effect_makes_sense(const struct fault_rule *r)
{
    if ((unsigned)r->effect >= FAULT_EFFECTS)
        return false;
    if (r->effect == FAULT_DUPLICATE && r->count >= FAULT_COPIES_MAX)
        return false;
    if (r->effect == FAULT_DELAY && r->span == 0 && r->jitter == 0)
        return false;
    return r->offset >= -1;
}

enum status
fault_arm(struct fault_plan *plan, const struct fault_rule *rule, uint32_t *id)
{
    struct armed *a;

    if (!matches_can_be_met(rule) || !effect_makes_sense(rule) ||
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

bool
fault_wants_message(const struct fault_plan *plan, enum tap_link link)
{
    if (fault_idle(plan))
        return false;
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct fault_rule *r = &plan->rules[i]->rule;

        if (r->link != FAULT_ANY && r->link != (int)link)
            continue;
        if (r->netfn != FAULT_ANY || r->cmd != FAULT_ANY || r->payload_type != FAULT_ANY)
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

/* Could the effect change a frame of this length at all? */
static bool
long_enough(const struct fault_rule *r, size_t len)
{
    if (r->effect == FAULT_CORRUPT)
        return len > (size_t)(r->offset < 0 ? 0 : r->offset);
    if (r->effect == FAULT_TRUNCATE)
        return len > (r->count ? r->count : 1);
    return true;
}

static bool
matches(const struct fault_rule *r, instant now, const struct fault_frame *f)
{
    return now >= r->from && (r->until == 0 || now < r->until) &&
           means(r->link, (int)f->link) && means(r->number, f->number) &&
           means(r->dir, (int)f->dir) && means(r->netfn, f->netfn) &&
           means(r->cmd, f->cmd) && means(r->payload_type, f->payload_type) &&
           means(r->source, f->source) && means(r->target, f->target) &&
           long_enough(r, f->len);
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

static uint64_t
draw_up_to(struct rng *chance, uint64_t max)
{
    return max == UINT64_MAX ? rng_u64(chance) : rng_below(chance, max + 1);
}

static void
lose(struct armed *a, size_t len, struct fault_verdict *v)
{
    (void)a;
    (void)len;
    v->lost = true;
}

static void
delay(struct armed *a, size_t len, struct fault_verdict *v)
{
    instant span = a->rule.span;

    (void)len;
    if (a->rule.jitter != 0)
        span = instant_add(span, draw_up_to(&a->chance, a->rule.jitter));
    for (unsigned i = 0; i < v->copies; i++)
        v->delay[i] = instant_add(v->delay[i], span);
}

static void
duplicate(struct armed *a, size_t len, struct fault_verdict *v)
{
    uint32_t more = a->rule.count ? a->rule.count : 1;
    instant after = v->delay[0];

    (void)len;
    for (; more > 0 && v->copies < FAULT_COPIES_MAX; more--) {
        after = instant_add(after, a->rule.span);
        v->delay[v->copies++] = after;
    }
}

static void
reorder(struct armed *a, size_t len, struct fault_verdict *v)
{
    instant span = a->rule.span ? a->rule.span : FAULT_REORDER_SPAN;

    (void)len;
    v->reorder = true;
    if (span > v->reorder_span)
        v->reorder_span = span;
}

/* Position before mask: the order of the draws is part of the history. */
static void
corrupt(struct armed *a, size_t len, struct fault_verdict *v)
{
    size_t count = a->rule.count ? a->rule.count : 1;
    size_t at;

    if (count > len)
        count = len;
    at = a->rule.offset < 0 ? (size_t)rng_below(&a->chance, len - count + 1)
                            : (size_t)a->rule.offset;
    v->corrupt_at = (int)at;
    v->corrupt_len = (uint32_t)(count < len - at ? count : len - at);
    v->corrupt_mask = a->rule.mask ? a->rule.mask
                                   : (uint8_t)(1 + rng_below(&a->chance, UINT8_MAX));
}

static void
truncate_to(struct armed *a, size_t len, struct fault_verdict *v)
{
    size_t cut = a->rule.count ? a->rule.count
                               : 1 + (size_t)rng_below(&a->chance, len - 1);

    if (cut < v->cut)
        v->cut = cut;
}

typedef void effect_fn(struct armed *a, size_t len, struct fault_verdict *v);

static effect_fn *const effects[FAULT_EFFECTS] = {
    [FAULT_LOSE] = lose,
    [FAULT_DELAY] = delay,
    [FAULT_DUPLICATE] = duplicate,
    [FAULT_REORDER] = reorder,
    [FAULT_CORRUPT] = corrupt,
    [FAULT_TRUNCATE] = truncate_to,
};

struct fault_verdict
fault_ask(struct fault_plan *plan, instant now, const struct fault_frame *f)
{
    struct fault_verdict v = { .copies = 1, .cut = SIZE_MAX, .corrupt_at = -1 };

    if (fault_idle(plan))
        return v;
    for (uint32_t i = 0; i < plan->count; i++) {
        struct armed *a = plan->rules[i];

        if (!matches(&a->rule, now, f) || !strikes(a))
            continue;
        /* The cause that shows: what lost the frame, or the last to strike. */
        if (!v.lost)
            v.name = a->name;
        v.struck = true;
        effects[a->rule.effect](a, f->len, &v);
    }
    return v;
}
