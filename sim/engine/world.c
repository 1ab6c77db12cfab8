#include "sim/engine/world.h"

#include <stdio.h>
#include <string.h>

/* A fault's name and a few words around it. */
#define NOTE_MAX (FAULT_NAME_MAX + 32)

void
world_init(struct world *w, struct rng_key key, uint32_t chassis, uint64_t epoch_s)
{
    memset(w, 0, sizeof *w);
    timeline_init(&w->timeline);
    w->key = key;
    w->chassis = chassis;
    w->epoch_s = epoch_s;
}

void
world_free(struct world *w)
{
    timeline_free(&w->timeline);
    fault_plan_free(w->faults);
    w->faults = NULL;
}

void
world_advance(struct world *w, instant to)
{
    struct timer *t;

    if (to < w->now)
        return;
    while ((t = timeline_take(&w->timeline, to)) != NULL) {
        /* A timer armed for the past fires now: time never runs back. */
        if (t->at > w->now)
            w->now = t->at;
        t->fire(t->ctx, w->now);
    }
    w->now = to;
}

instant
world_deadline(const struct world *w)
{
    return timeline_next(&w->timeline);
}

uint64_t
world_time_s(const struct world *w)
{
    return w->epoch_s + w->now / SPAN_S(1);
}

enum status
world_arm_fault(struct world *w, const struct fault_rule *rule, uint32_t *id)
{
    char words[NOTE_MAX];
    enum status st = ST_OK;
    uint32_t given;

    if (w->faults == NULL)
        st = fault_plan_new(rng_key_named(w->key, "faults"), &w->faults);
    if (st == ST_OK)
        st = fault_arm(w->faults, rule, &given);
    if (st == ST_OK && id != NULL)
        *id = given;
    if (st == ST_OK && w->tap != NULL) {
        snprintf(words, sizeof words, "fault %u armed: %.*s", (unsigned)given,
                 FAULT_NAME_MAX, rule->name ? rule->name : "fault");
        world_note(w, words);
    }
    return st;
}

void
world_note(struct world *w, const char *words)
{
    tap_emit(w->tap, &(struct tap_event){
        .at = w->now, .chassis = w->chassis, .link = TAP_NOTE, .why = words
    });
}
