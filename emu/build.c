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
    b->errors = diags->errors;
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
build_note(struct build *b, uint16_t id)
{
    if (b->notes[id] == NULL)
        b->notes[id] = pool_alloc(b->pool, sizeof *b->notes[id]);
    b->nomem = b->nomem || b->notes[id] == NULL;
    return b->notes[id];
}

/* ---- controllers ----------------------------------------------------------- */

struct machine_mc *
build_mc(struct build *b, uint16_t id, struct place at)
{
    struct mc_note *note = build_note(b, id);

    if (note == NULL || note->mc != NULL)
        return note ? note->mc : NULL;
    note->mc = description_mc(b->d, id);
    note->named = at;
    if (note->mc == NULL && b->d->mc_count == DESCRIPTION_MCS_MAX)
        diag_error(b->diags, at, "found one more controller, at 0x%02x; expected at most %d",
                   id, DESCRIPTION_MCS_MAX);
    else if (note->mc == NULL)
        b->nomem = true;
    return note->mc;
}

void
build_mc_delete(struct build *b, uint16_t id)
{
    struct description *d = b->d;
    struct mc_note *note = b->notes[id];
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

bool
build_period_good(struct build *b, const struct value *ms)
{
    if (!ms->given || ms->n >= BUILD_PERIOD_MIN_MS)
        return true;
    diag_error(b->diags, ms->at, "found %u; expected at least %u milliseconds", (unsigned)ms->n,
               BUILD_PERIOD_MIN_MS);
    return false;
}

void
build_sensors_dir(struct build *b, struct machine_mc *mc, const struct value *path,
                  const struct value *ms)
{
    struct machine_sensor_dir *dir;

    if (!build_period_good(b, ms))
        return;
    dir = DESCRIPTION_ADD(b->d, mc->dirs, mc->dir_count);
    if (dir == NULL) {
        b->nomem = true;
        return;
    }
    dir->path = build_text(b, path->text, path->len);
    dir->period_ms = ms->given ? ms->n : MACHINE_DIR_MS;
}

/* ---- sensors ---------------------------------------------------------------- */

struct machine_sensor *
build_sensor(struct build *b, struct machine_mc *mc, uint8_t lun, uint8_t number,
             struct sensor_note **note)
{
    struct mc_note *n = b->notes[machine_id(mc)];

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
    struct mc_note *note = build_note(b, machine_id(mc));
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
    struct mc_note *note = b->notes[machine_id(mc)];
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
    struct mc_note *note = build_note(b, machine_id(mc));

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

#define OWNER_CHANNEL_AT 6 /* octet of a sensor record: [7:4] channel, [1:0] LUN */

/* The bus that a record's owner is on: the record is told by mc, and names one
 * of its channels. */
static uint8_t
bus_of_owner(const struct machine_mc *mc, struct bytes record)
{
    unsigned channel = record.at[OWNER_CHANNEL_AT] >> 4;

    for (uint32_t i = 0; i < mc->port_count; i++)
        if (mc->ports[i].channel == channel)
            return mc->ports[i].bus;
    return mc->bus;
}

/* Remember a sensor record under its owner; the first one of a sensor stays. */
static void
index_record(struct build *b, const struct machine_mc *mc, struct bytes record)
{
    struct sensor_key key;
    struct mc_note *note;

    if (!sensor_key_of(record, &key))
        return;
    note = build_note(b, MC_ID(bus_of_owner(mc, record), key.owner));
    if (note == NULL)
        return;
    for (unsigned i = 0; i < key.share && key.number + i < 0xff; i++)
        if (note->sdr[key.lun][key.number + i].at == NULL)
            note->sdr[key.lun][key.number + i] = record;
}

static bool
add_sdr(struct build *b, struct machine_mc *mc, int lun, struct bytes record)
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
    index_record(b, mc, sdr->record);
    return true;
}

/* Whether a record, its id aside, is among the stored ones. */
static bool
is_stored(const struct build *b, const struct machine_mc *mc, struct bytes record)
{
    const struct mc_note *note = b->notes[machine_id(mc)];

    for (uint32_t i = 0; note != NULL && i < note->stored; i++)
        if (mc->sdrs[i].record.len == record.len &&
            memcmp(mc->sdrs[i].record.at + 2, record.at + 2, record.len - 2) == 0)
            return true;
    return false;
}

bool
build_stored_sdr(struct build *b, struct machine_mc *mc, struct bytes record)
{
    struct mc_note *note = build_note(b, machine_id(mc));

    if (note == NULL || !build_sdr(b, mc, -1, record))
        return false;
    note->stored = mc->sdr_count;
    return true;
}

bool
build_sdr(struct build *b, struct machine_mc *mc, int lun, struct bytes record)
{
    if (lun < 0 && is_stored(b, mc, record))
        return true;
    return add_sdr(b, mc, lun, record);
}

/* ---- the end ------------------------------------------------------------------------ */

static int
by_lun_and_number(const void *a, const void *b)
{
    const struct machine_sensor *left = a, *right = b;
    int l = left->lun << 8 | left->number, r = right->lun << 8 | right->number;

    return l - r;
}

/*
 * A sensor that nothing has set has a value all the same: one that is usual
 * by its SDR, and a discrete one has no state. One with thresholds and no SDR
 * stays without.
 */
static void
end_value(struct build *b, const struct machine_mc *mc, struct machine_sensor *s)
{
    struct bytes record = b->notes[machine_id(mc)]->sdr[s->lun][s->number];

    if (s->has_value || s->event_only)
        return;
    if (s->event_type != 1)
        s->has_value = true;
    else if (record.len)
        sensor_value_from_sdr(s, record);
}

void
build_sort_sensors(struct machine_mc *mc)
{
    if (mc->sensor_count > 1)
        qsort((struct machine_sensor *)(uintptr_t)mc->sensors, mc->sensor_count,
              sizeof *mc->sensors, by_lun_and_number);
}

static void
end_sensors(struct build *b, struct machine_mc *mc)
{
    struct machine_sensor *all;

    if (b->notes[machine_id(mc)]->from_sdrs)
        build_sensors_from_sdrs(b, mc, b->notes[machine_id(mc)]->named);
    all = (struct machine_sensor *)(uintptr_t)mc->sensors;
    for (uint32_t i = 0; i < mc->sensor_count; i++) {
        build_sensor_sdr(b, mc, &all[i]);
        all[i].sdr = b->notes[machine_id(mc)]->sdr[all[i].lun][all[i].number];
        end_value(b, mc, &all[i]);
    }
    build_sort_sensors(mc);
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

/* An IPMB address is even, and 0 is for broadcasts; ipmi_sim has no bus and
 * takes any. Of such a controller the description alone remains. */
static void
check_address(struct build *b, struct machine_mc *mc)
{
    if (!mc->added || ((mc->address & 1) == 0 && mc->address != 0))
        return;
    diag_warning(b->diags, b->notes[machine_id(mc)]->added,
                 "found controller 0x%02x; expected an even address above 0, or it is not on "
                 "the bus and cannot be asked", machine_id(mc));
    mc->added = false;
}

/* ipmi_sim opens the LANs of every controller, here the BMC has them all. */
static void
check_lans(struct build *b, const struct machine_mc *mc)
{
    const struct mc_note *note = b->notes[machine_id(mc)];

    if (mc->added && mc->lan_count > 0 && machine_id(mc) != b->d->bmc_address)
        diag_warning(b->diags, note->added.file ? note->added : note->named,
                     "found a LAN of controller 0x%02x; expected LANs of the BMC, 0x%02x, alone: "
                     "this one is not opened", machine_id(mc), b->d->bmc_address);
}

static void
end_mc(struct build *b, struct machine_mc *mc)
{
    struct mc_note *note = b->notes[machine_id(mc)];

    if (!mc->added && !note->in_conf) {
        diag_error(b->diags, note->named,
                   "found controller 0x%02x, which is not there; expected mc_add 0x%02x",
                   machine_id(mc), machine_id(mc));
    }
    check_address(b, mc);
    build_check_ports(b, mc);
    check_lans(b, mc);
    end_sensors(b, mc);
    if (mc->sel.count > 0 && !mc->sel.present) {
        diag_warning(b->diags, note->added.file ? note->added : note->named,
                     "found SEL records of controller 0x%02x; expected sel_enable 0x%02x with them",
                     machine_id(mc), machine_id(mc));
        mc->sel.present = true;
        mc->sel.flags = BUILD_SEL_FLAGS;
        mc->sel.max = (uint16_t)(mc->sel.count > BUILD_SEL_DEFAULT ? mc->sel.count
                                                                   : BUILD_SEL_DEFAULT);
    }
    if (b->d->shelf.atca && mc->leds == 0)
        mc->leds = 2;
}

/* A BMC that nothing enables would stay mute without a word. Where its mc_add
 * may be among the mistakes, or in a file that is missing, that was said. */
static void
end_bmc(struct build *b, struct machine_mc *mc)
{
    struct mc_note *note = b->notes[machine_id(mc)];

    mc->host = b->host;
    mc->power_policy_given = b->policy_given;
    mc->power_policy = b->policy;
    mc->power_on = b->power_given ? b->power_on : !b->starts_program || b->starts_now;
    if (!mc->added) {
        if (b->diags->errors == b->errors)
            diag_warning(b->diags, note->named,
                         "found no mc_add 0x%02x, the BMC; expected one: it is a plain BMC now",
                         machine_id(mc));
        plain_bmc(mc);
    } else if (!note->enabled) {
        diag_warning(b->diags, note->added,
                     "found no mc_enable 0x%02x, the BMC; expected one: it will not answer",
                     machine_id(mc));
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
    build_aggregates(b);
    b->nomem = b->nomem || b->pool->failed;
    if (b->nomem) {
        description_unref(d);
        d = NULL;
    }
    b->d = NULL;
    return d;
}
