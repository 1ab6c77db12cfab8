#include "emu/build.h"

#include <stdlib.h>
#include <string.h>

#include "emu/sensor_sdr.h"

enum status
build_begin(struct build *b, const char *main, struct diags *diags, struct pool *pool)
{
    memset(b, 0, sizeof *b);
    b->main = main;
    b->diags = diags;
    b->pool = pool;
    return description_new("", &b->d);
}

const char *
build_text(struct build *b, const char *text, size_t len)
{
    char *copy = description_alloc(b->d, len + 1);

    if (copy == NULL) {
        b->nomem = true;
        return "";
    }
    if (len)
        memcpy(copy, text, len);
    return copy;
}

struct mc_note *
build_note(struct build *b, uint8_t address)
{
    if (b->notes[address] == NULL)
        b->notes[address] = pool_alloc(b->pool, sizeof *b->notes[address]);
    b->nomem = b->nomem || b->notes[address] == NULL;
    return b->notes[address];
}

/* ---- controllers ----------------------------------------------------------- */

struct machine_mc *
build_mc(struct build *b, uint8_t address, struct place at)
{
    struct mc_note *note = build_note(b, address);

    if (note == NULL || note->mc != NULL)
        return note ? note->mc : NULL;
    note->mc = description_mc(b->d, address);
    note->named = at;
    if (note->mc == NULL && b->d->mc_count == DESCRIPTION_MCS_MAX)
        diag_error(b->diags, at, "found one more controller, at 0x%02x; expected at most %d",
                   address, DESCRIPTION_MCS_MAX);
    else if (note->mc == NULL)
        b->nomem = true;
    return note->mc;
}

void
build_mc_delete(struct build *b, uint8_t address)
{
    struct description *d = b->d;
    struct mc_note *note = b->notes[address];
    uint32_t left = 0;

    if (note == NULL || note->mc == NULL)
        return;
    for (uint32_t i = 0; i < d->mc_count; i++)
        if (d->mcs[i] != note->mc)
            d->mcs[left++] = d->mcs[i];
    d->mc_count = left;
    note->mc = NULL;
    note->from_sdrs = false;
    memset(note->sensor, 0, sizeof note->sensor);
}

void
build_word(struct build *b, struct machine_mc *mc, const char *word, const char *rest,
           size_t len, struct place at)
{
    struct machine_word *w = DESCRIPTION_ADD(b->d, mc->words, mc->word_count);

    if (w == NULL) {
        b->nomem = true;
        return;
    }
    if (b->file == NULL || b->file_given != at.file || strcmp(b->file, at.file) != 0) {
        b->file = build_text(b, at.file, strlen(at.file));
        b->file_given = at.file;
    }
    w->word = build_text(b, word, strlen(word));
    w->rest = build_text(b, rest, len);
    w->file = b->file;
    w->line = at.line;
}

/* ---- sensors ---------------------------------------------------------------- */

struct machine_sensor *
build_sensor(struct build *b, struct machine_mc *mc, uint8_t lun, uint8_t number,
             struct sensor_note **note)
{
    struct mc_note *n = b->notes[mc->address];

    if (n == NULL || lun > 3 || n->sensor[lun][number] == NULL)
        return NULL;
    if (note != NULL)
        *note = n->sensor[lun][number];
    return (struct machine_sensor *)(uintptr_t)&mc->sensors[n->sensor[lun][number]->index];
}

struct machine_sensor *
build_sensor_add(struct build *b, struct machine_mc *mc, const struct machine_sensor *facts,
                 struct place at, const struct sensor_note **old)
{
    struct mc_note *note = build_note(b, mc->address);
    struct sensor_note **slot = note ? &note->sensor[facts->lun & 3][facts->number] : NULL;
    struct machine_sensor *s;

    *old = slot ? *slot : NULL;
    if (slot == NULL || *slot != NULL)
        return NULL;
    *slot = pool_alloc(b->pool, sizeof **slot);
    s = *slot ? DESCRIPTION_ADD(b->d, mc->sensors, mc->sensor_count) : NULL;
    if (s == NULL) {
        *slot = NULL;
        b->nomem = true;
        return NULL;
    }
    **slot = (struct sensor_note){ mc->sensor_count - 1, 0, at };
    *s = *facts;
    return s;
}

void
build_sensor_sdr(struct build *b, struct machine_mc *mc, struct machine_sensor *s)
{
    struct mc_note *note = b->notes[mc->address];
    struct sensor_note *sensor = note ? note->sensor[s->lun][s->number] : NULL;
    struct bytes record = note ? note->sdr[s->lun][s->number] : bytes_of(NULL, 0);

    if (sensor == NULL || record.at == NULL || (sensor->told & TOLD_SDR))
        return;
    sensor_from_sdr(s, record, sensor->told);
    sensor->told |= TOLD_SDR;
}

static void
add_from_sdr(struct build *b, struct machine_mc *mc, uint8_t lun, uint8_t number,
             struct bytes record, struct place at)
{
    struct machine_sensor facts = { .lun = lun, .number = number };
    const struct sensor_note *old;
    struct machine_sensor *s;

    sensor_begin_from_sdr(&facts, record);
    s = build_sensor_add(b, mc, &facts, at, &old);
    if (s == NULL)
        return;
    build_sensor_sdr(b, mc, s);
    sensor_value_from_sdr(s, record);
}

void
build_sensors_from_sdrs(struct build *b, struct machine_mc *mc, struct place at)
{
    struct mc_note *note = build_note(b, mc->address);

    if (note == NULL || note->last_from_sdrs == b->sdr_total)
        return;
    note->last_from_sdrs = b->sdr_total;
    for (unsigned i = 0; i < 4u * 256u; i++) {
        struct bytes record = note->sdr[i >> 8][i & 0xff];

        if (record.at != NULL && note->sensor[i >> 8][i & 0xff] == NULL)
            add_from_sdr(b, mc, (uint8_t)(i >> 8), (uint8_t)i, record, at);
    }
}

/* ---- records ------------------------------------------------------------------- */

/* Remember a sensor record under its owner; the first one of a sensor stays. */
static void
index_record(struct build *b, struct bytes record)
{
    struct sensor_key key;
    struct mc_note *note;

    if (!sensor_key_of(record, &key))
        return;
    note = build_note(b, key.owner);
    if (note == NULL)
        return;
    for (unsigned i = 0; i < key.share && key.number + i < 0xff; i++)
        if (note->sdr[key.lun][key.number + i].at == NULL)
            note->sdr[key.lun][key.number + i] = record;
}

bool
build_sdr(struct build *b, struct machine_mc *mc, int lun, struct bytes record)
{
    struct machine_sdr *sdr = lun < 0
        ? DESCRIPTION_ADD(b->d, mc->sdrs, mc->sdr_count)
        : DESCRIPTION_ADD(b->d, mc->device_sdrs[lun], mc->device_sdr_count[lun]);
    uint32_t id = lun < 0 ? mc->sdr_count : mc->device_sdr_count[lun < 0 ? 0 : lun];
    uint8_t *copy = sdr ? description_alloc(b->d, record.len) : NULL;

    if (copy == NULL) {
        b->nomem = true;
        return false;
    }
    memcpy(copy, record.at, record.len);
    copy[0] = (uint8_t)id;
    copy[1] = (uint8_t)(id >> 8);
    sdr->record = bytes_of(copy, record.len);
    b->sdr_total++;
    index_record(b, sdr->record);
    return true;
}

/* ---- imperative commands --------------------------------------------------------- */

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

void
build_act(struct build *b, const struct lab_action *a)
{
    struct machine_mc *mc = b->notes[a->mc] ? b->notes[a->mc]->mc : NULL;

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
    struct lab_action a = { .what = ACT_MC_ENABLE, .mc = mc->address, .on = on };

    b->notes[mc->address]->enabled = b->notes[mc->address]->enabled || on;
    if (b->at > 0)
        keep_action(b, &a);
    else
        mc->enabled = on;
}

/* ---- the end ------------------------------------------------------------------------ */

static int
by_lun_and_number(const void *a, const void *b)
{
    const struct machine_sensor *left = a, *right = b;
    int l = left->lun << 8 | left->number, r = right->lun << 8 | right->number;

    return l - r;
}

static void
end_sensors(struct build *b, struct machine_mc *mc)
{
    struct machine_sensor *all = (struct machine_sensor *)(uintptr_t)mc->sensors;

    if (b->notes[mc->address]->from_sdrs)
        build_sensors_from_sdrs(b, mc, b->notes[mc->address]->named);
    all = (struct machine_sensor *)(uintptr_t)mc->sensors;
    for (uint32_t i = 0; i < mc->sensor_count; i++) {
        build_sensor_sdr(b, mc, &all[i]);
        /* A discrete sensor of which nothing is true can be read all the same. */
        if (all[i].event_type != 1 && !all[i].event_only)
            all[i].has_value = true;
    }
    if (mc->sensor_count > 1)
        qsort(all, mc->sensor_count, sizeof *all, by_lun_and_number);
}

/* A BMC that no mc_add described: everything a server's has. */
static void
plain_bmc(struct machine_mc *mc)
{
    mc->added = mc->enabled = true;
    mc->device_id = 0x20;
    mc->device_revision = 1;
    mc->fw_major = 1;
    mc->support = 0xbf;
    mc->sel.present = true;
    mc->sel.max = BUILD_SEL_DEFAULT;
    mc->sel.flags = BUILD_SEL_FLAGS;
}

static void
end_mc(struct build *b, struct machine_mc *mc)
{
    struct mc_note *note = b->notes[mc->address];

    if (!mc->added && !note->in_conf) {
        diag_error(b->diags, note->named,
                   "found controller 0x%02x, which is not there; expected mc_add 0x%02x",
                   mc->address, mc->address);
    }
    end_sensors(b, mc);
    if (mc->sel.count > 0 && !mc->sel.present) {
        diag_warning(b->diags, note->added.file ? note->added : note->named,
                     "found SEL records of controller 0x%02x; expected sel_enable 0x%02x with them",
                     mc->address, mc->address);
        mc->sel.present = true;
        mc->sel.flags = BUILD_SEL_FLAGS;
        mc->sel.max = (uint16_t)(mc->sel.count > BUILD_SEL_DEFAULT ? mc->sel.count
                                                                   : BUILD_SEL_DEFAULT);
    }
    if (b->d->atca && mc->leds == 0)
        mc->leds = 2;
}

/* A BMC that nothing enables would stay mute without a word. */
static void
end_bmc(struct build *b, struct machine_mc *mc)
{
    struct mc_note *note = b->notes[mc->address];

    mc->power_on = !b->starts_program || b->starts_now;
    if (!mc->added) {
        diag_warning(b->diags, note->named,
                     "found no mc_add 0x%02x, the BMC; expected one: it is a plain BMC now",
                     mc->address);
        plain_bmc(mc);
    } else if (!note->enabled) {
        diag_warning(b->diags, note->added,
                     "found no mc_enable 0x%02x, the BMC; expected one: it will not answer",
                     mc->address);
    }
}

struct description *
build_end(struct build *b)
{
    struct description *d = b->d;

    struct machine_mc *bmc = build_mc(b, d->bmc_address, (struct place){ b->main, 0, 0 });

    if (bmc != NULL)
        end_bmc(b, bmc);
    for (uint32_t i = 0; i < d->mc_count; i++)
        end_mc(b, d->mcs[i]);
    b->nomem = b->nomem || b->pool->failed;
    if (b->nomem) {
        description_unref(d);
        d = NULL;
    }
    b->d = NULL;
    return d;
}
