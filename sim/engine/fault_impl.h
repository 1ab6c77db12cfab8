/*
 * fault_impl.h - a rule at work; for fault.c (the plan: arming, matching,
 * asking) and fault_effects.c (what each effect writes into a verdict) only.
 */
#ifndef IPMILAB_ENGINE_FAULT_IMPL_H
#define IPMILAB_ENGINE_FAULT_IMPL_H

#include "sim/engine/fault.h"

struct armed {
    uint32_t id;
    struct fault_rule rule;   /* name points to the copy below */
    char name[FAULT_NAME_MAX + 1];
    struct rng chance;
    uint64_t matched, struck;
};

/* Could such a rule have its effect at all? */
bool fault_effect_makes_sense(const struct fault_rule *r);

/* Could it have its effect on this frame, which it means otherwise? */
bool fault_effect_fits(const struct fault_rule *r, const struct fault_frame *f);

/* Write the effect of a, which strikes f, into a verdict: of the link, or of
 * the wire. */
void fault_effect_on_link(struct armed *a, const struct fault_frame *f,
                          struct fault_verdict *v);
void fault_effect_on_wire(struct armed *a, struct fault_wire *w);

#endif
