#include <string.h>

#include "emu/build.h"
#include "emu/sensor_sdr.h"

static void
keep_action(struct build *b, const struct lab_action *action)
{
    struct lab_action *a = DESCRIPTION_ADD(b->d, b->d->actions, b->d->action_count);

    if (a == NULL) {
        b->nomem = true;
        return;
    }
    *a = *action;
    a->at = b->at;
}

/* Does a raw reading cross a threshold? */
static bool
is_alarming(const struct machine_sensor *s, uint8_t raw)
{
    int v = sensor_raw_to_int(raw, s->format);

    for (unsigned i = 0; i < THRESHOLDS; i++) {
        int threshold = sensor_raw_to_int(s->threshold[i], s->format);

        if ((s->threshold_mask & 1u << i) && (i < THR_UNC ? v <= threshold : v >= threshold))
            return true;
    }
    return false;
}

/* The states after an action that sets bits. */
static uint16_t
states_after(const struct machine_sensor *s, const struct lab_action *a)
{
    uint16_t bit = (uint16_t)(1u << (a->value & 15));

    if (a->what == ACT_SENSOR_BIT_ONLY)
        return bit;
    return (uint16_t)(a->on ? s->states | bit : s->states & ~bit);
}

/* Can an event come of it, by what the sensor is set to now? */
static bool
is_eventful(const struct machine_sensor *s, const struct lab_action *a)
{
    uint16_t after;

    if (!a->event || !s->events || !(s->assert_enabled || s->deassert_enabled))
        return false;
    if (a->what == ACT_SENSOR_VALUE)
        return s->event_type == 1 &&
               (is_alarming(s, a->value) || (s->has_value && is_alarming(s, s->value)));
    after = states_after(s, a);
    if (s->event_type == 1)
        return after != s->states;
    return (after & ~s->states & s->assert_enabled) || (s->states & ~after & s->deassert_enabled);
}

static void
fold_sensor(struct machine_sensor *s, const struct lab_action *a)
{
    s->has_value = true;
    if (a->what != ACT_SENSOR_BIT)
        s->value = a->value;
    if (a->what != ACT_SENSOR_VALUE)
        s->states = states_after(s, a);
}

static void
fold_sel(struct build *b, struct machine_mc *mc, const struct lab_action *a)
{
    struct machine_sel_entry *e = DESCRIPTION_ADD(b->d, mc->sel.entries, mc->sel.count);

    if (e == NULL) {
        b->nomem = true;
        return;
    }
    e->type = a->value;
    memcpy(e->body, a->body, sizeof e->body);
}

/* Fold what nobody could tell from its having been done before the start;
 * once a sensor has an action, what follows about it is one too. */
static void
act_on_sensor(struct build *b, struct machine_mc *mc, const struct lab_action *a)
{
    struct sensor_note *note;
    struct machine_sensor *s = build_sensor(b, mc, a->lun, a->number, &note);

    if (s == NULL)
        return;
    if (b->at == 0 && !(note->told & TOLD_ACTION) && !is_eventful(s, a)) {
        fold_sensor(s, a);
        return;
    }
    note->told |= TOLD_ACTION;
    keep_action(b, a);
}

/* Is it about the chassis as a whole? */
static bool
names_no_mc(const struct lab_action *a)
{
    return a->what == ACT_FAULT || a->what == ACT_FAULT_CLEAR || a->what == ACT_MAINS;
}

void
build_act(struct build *b, const struct lab_action *a)
{
    struct machine_mc *mc = b->notes[a->mc] ? b->notes[a->mc]->mc : NULL;

    if (names_no_mc(a)) {
        keep_action(b, a);
        return;
    }
    if (mc == NULL)
        return;
    if (a->what == ACT_SENSOR_VALUE || a->what == ACT_SENSOR_BIT ||
        a->what == ACT_SENSOR_BIT_ONLY)
        act_on_sensor(b, mc, a);
    else if (a->what == ACT_SEL_ADD && b->at == 0 && b->d->action_count == 0)
        fold_sel(b, mc, a);
    else
        keep_action(b, a);
}

void
build_enable(struct build *b, struct machine_mc *mc, bool on)
{
    struct lab_action a = { .what = ACT_MC_ENABLE, .mc = machine_id(mc), .on = on };

    b->notes[machine_id(mc)]->enabled = b->notes[machine_id(mc)]->enabled || on;
    if (b->at > 0)
        keep_action(b, &a);
    else
        mc->enabled = on;
}
