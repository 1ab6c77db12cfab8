#include <string.h>

#include "emu/build.h"
#include "emu/sensor_sdr.h"
#include "sim/wire/sdr.h"

#define NUMBERS 0xffu   /* sensor numbers of a LUN are below */
#define OWNER   5       /* octets of a sensor record, from 0 */
#define LUN     6
#define NUMBER  7
#define CAPS    11
#define SETTABLE_MASK 19   /* of thresholds */

/* Sensors go to these LUNs in turn; LUN 2 is the message queue's. */
static const uint8_t luns[] = { 0, 1, 3 };

/* One aggregate being made. */
struct making {
    struct build *b;
    struct machine_mc *to, *from;
    bool full;
};

/* ---- where a mirror goes ---- */

static bool
is_mirrored(const struct making *m, uint8_t lun, uint8_t number)
{
    for (uint32_t i = 0; i < m->to->mirror_count; i++)
        if (m->to->mirrors[i].from == m->from->address && m->to->mirrors[i].from_lun == lun &&
            m->to->mirrors[i].from_number == number)
            return true;
    return false;
}

static bool
is_free(const struct making *m, uint8_t lun, unsigned number)
{
    const struct mc_note *note = m->b->notes[machine_id(m->to)];

    return description_sensor(m->to, lun, (uint8_t)number) == NULL &&
           (note == NULL || note->sdr[lun][number].at == NULL);
}

/* A run of free numbers for a record's sensors. */
static bool
find_run(const struct making *m, unsigned share, uint8_t *lun, uint8_t *first)
{
    for (size_t l = 0; l < sizeof luns; l++) {
        unsigned run = 0;

        for (unsigned n = 1; n < NUMBERS; n++) {
            run = is_free(m, luns[l], n) ? run + 1 : 0;
            if (run < share)
                continue;
            *lun = luns[l];
            *first = (uint8_t)(n + 1 - share);
            return true;
        }
    }
    return false;
}

/* ---- a mirror ---- */

/* As the source's sensor, but that it has no life of its own. */
static void
add_sensor(struct making *m, const struct machine_sensor *source, uint8_t lun, uint8_t number,
           struct bytes sdr)
{
    struct machine_sensor copy = *source;
    struct machine_sensor *s;
    struct machine_mirror *mirror;

    s = DESCRIPTION_ADD(m->b->d, m->to->sensors, m->to->sensor_count);
    mirror = DESCRIPTION_ADD(m->b->d, m->to->mirrors, m->to->mirror_count);
    if (s == NULL || mirror == NULL) {
        m->b->nomem = true;
        return;
    }
    copy.lun = lun;
    copy.number = number;
    copy.mirror = true;
    copy.events = false;
    copy.scanning = true;
    copy.has_value = false;
    copy.states = 0;
    copy.move = 0;
    copy.poll = NULL;
    if (copy.threshold_access == ACCESS_SETTABLE)
        copy.threshold_access = ACCESS_READABLE;
    if (copy.hysteresis_access == ACCESS_SETTABLE)
        copy.hysteresis_access = ACCESS_READABLE;
    copy.sdr = sdr;
    *s = copy;
    *mirror = (struct machine_mirror){ lun, number, m->from->address, source->lun,
                                       source->number };
}

/* Two bits of a record's capabilities: what could be set can be read. */
static void
read_only(uint8_t *caps, unsigned shift)
{
    if ((*caps >> shift & 3) == ACCESS_SETTABLE)
        *caps ^= (uint8_t)((ACCESS_SETTABLE ^ ACCESS_READABLE) << shift);
}

static void
rewrite(uint8_t *record, uint8_t owner, uint8_t lun, uint8_t number)
{
    if (record[3] != SDR_EVENT_ONLY) {
        read_only(&record[CAPS], 2);
        read_only(&record[CAPS], 4);
    }
    if (record[3] == SDR_FULL && record[13] == 1)
        record[SETTABLE_MASK] = 0;
    record[OWNER] = owner;
    record[LUN] = (uint8_t)((record[LUN] & 0x0c) | lun);
    record[NUMBER] = number;
}

/* The record as it now stands in the repository of the controller that shows
 * it; changed there if it was there. */
static struct bytes
place_record(struct making *m, struct bytes record, bool there, uint8_t lun, uint8_t number)
{
    uint8_t octets[SDR_HEADER + 255];

    if (there) {
        rewrite((uint8_t *)(uintptr_t)record.at, m->to->address, lun, number);
        return record;
    }
    memcpy(octets, record.at, record.len);
    rewrite(octets, m->to->address, lun, number);
    if (!build_sdr(m->b, m->to, -1, bytes_of(octets, record.len)))
        return bytes_of(NULL, 0);
    return m->to->sdrs[m->to->sdr_count - 1].record;
}

static bool
wanted(const struct making *m, const struct sensor_key *key)
{
    bool any = false;

    if (key->owner != m->from->address)
        return false;
    for (unsigned i = 0; i < key->share && key->number + i < NUMBERS; i++) {
        uint8_t number = (uint8_t)(key->number + i);

        if (is_mirrored(m, key->lun, number))
            return false;
        any = any || description_sensor(m->from, key->lun, number) != NULL;
    }
    return any;
}

static void
mirror_record(struct making *m, struct bytes record, bool there)
{
    struct sensor_key key;
    uint8_t lun, first;
    struct bytes placed;

    if (!sensor_key_of(record, &key) || !wanted(m, &key))
        return;
    if (!find_run(m, key.share, &lun, &first)) {
        m->full = true;
        return;
    }
    placed = place_record(m, record, there, lun, first);
    for (unsigned i = 0; i < key.share && key.number + i < NUMBERS; i++) {
        const struct machine_sensor *source =
            description_sensor(m->from, key.lun, (uint8_t)(key.number + i));

        if (source != NULL)
            add_sensor(m, source, lun, (uint8_t)(first + i), placed);
    }
}

/* A locator that the repository lacks: clients find the source's FRUs by it. */
static void
copy_locator(struct making *m, struct bytes record)
{
    if (record.at[3] != SDR_FRU_LOCATOR && record.at[3] != SDR_MC_LOCATOR)
        return;
    for (uint32_t i = 0; i < m->to->sdr_count; i++)
        if (m->to->sdrs[i].record.len == record.len &&
            memcmp(m->to->sdrs[i].record.at + 2, record.at + 2, record.len - 2) == 0)
            return;
    (void)build_sdr(m->b, m->to, -1, record);
}

static void
mirror_all(struct making *m, const struct machine_sdr *sdrs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        mirror_record(m, sdrs[i].record, false);
        copy_locator(m, sdrs[i].record);
    }
}

/* Does a controller's repository already describe another's sensors, the
 * record there becomes the mirror's. */
static void
mirror_sensors(struct making *m)
{
    for (uint32_t i = 0, count = m->to->sdr_count; i < count; i++)
        mirror_record(m, m->to->sdrs[i].record, true);
    mirror_all(m, m->from->sdrs, m->from->sdr_count);
    for (unsigned lun = 0; lun < 4; lun++)
        mirror_all(m, m->from->device_sdrs[lun], m->from->device_sdr_count[lun]);
    build_sort_sensors(m->to);
}

static bool
is_source(const struct machine_mc *to, uint8_t from)
{
    for (uint32_t i = 0; i < to->source_count; i++)
        if (to->sources[i].from == from)
            return true;
    return false;
}

/* Said twice it is one source: its log must not be fetched twice. */
static void
add_source(struct making *m, uint32_t ms)
{
    struct machine_source *source;

    if (is_source(m->to, m->from->address))
        return;
    source = DESCRIPTION_ADD(m->b->d, m->to->sources, m->to->source_count);
    if (source == NULL) {
        m->b->nomem = true;
        return;
    }
    *source = (struct machine_source){ m->from->address, m->from->sel.present, ms };
    if (m->from->sel.present)
        m->from->keeps_events = true;
}

void
build_aggregates(struct build *b)
{
    for (uint32_t i = 0; i < b->aggregate_count && !b->nomem; i++) {
        const struct build_aggregate *a = &b->aggregates[i];
        struct making m = {
            .b = b,
            .to = description_find_mc(b->d, a->to),
            .from = description_find_mc(b->d, a->from),
        };

        if (m.from == NULL || !m.from->added)
            diag_error(b->diags, a->at,
                       "found controller 0x%02x, which is not there; expected mc_add 0x%02x",
                       a->from, a->from);
        if (m.to == NULL || m.from == NULL || !m.to->added || !m.from->added)
            continue;
        mirror_sensors(&m);
        add_source(&m, a->ms);
        if (m.full)
            diag_error(b->diags, a->at, "found more sensors of controller 0x%02x; expected as "
                       "many as 0x%02x has free numbers", a->from, a->to);
    }
}
