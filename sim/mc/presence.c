#include "sim/mc/presence.h"

#include "sim/mc/mc_parts.h"
#include "sim/wire/sdr.h"

#define EVENT_TYPE_SPECIFIC 0x6f
#define IGNORE_IF_ABSENT    0x80 /* octet 12 of a sensor's record */
#define RANGES              0x80 /* flags of an association: ranges, not a list */
#define DEVICE_RELATIVE     0x60 /* instances from here on are of their owner */
#define INSTANCE            0x7f
#define LUNS                4
#define LISTED              4 /* entities that an association has */

/* How sensors tell of presence: by a state that says absent, or by lacking
 * the one that says present. */
static const struct teller {
    uint8_t sensor_type; /* 0 = any */
    uint8_t event_type;
    uint16_t absent, present;
} tellers[] = {
    { 0x25, EVENT_TYPE_SPECIFIC, 1u << 1 | 1u << 2, 0 }, /* entity presence */
    { 0x00, 0x08, 1u << 0, 0 },                          /* device presence */
    { 0x07, EVENT_TYPE_SPECIFIC, 0, 1u << 7 },           /* processor */
    { 0x08, EVENT_TYPE_SPECIFIC, 0, 1u << 0 },           /* power supply */
    { 0x0c, EVENT_TYPE_SPECIFIC, 0, 1u << 6 },           /* memory */
    { 0x0d, EVENT_TYPE_SPECIFIC, 0, 1u << 0 },           /* drive */
    { 0x29, EVENT_TYPE_SPECIFIC, 0, 1u << 2 },           /* battery */
};

struct entity {
    uint8_t id, instance;
};

/* What is found out in one review. */
struct view {
    struct mc *mc;
    struct entity absent[PRESENCE_ENTITIES];
    uint32_t count;
    bool more; /* the last round found another one */
    bool quiet;
    uint32_t changes; /* sensors that went or came */
};

/* ---- who tells ---- */

static const struct teller *
teller_of(const struct mc *mc, uint32_t i)
{
    const struct machine_sensor *facts = sensor_facts(mc, i);

    for (size_t n = 0; n < sizeof tellers / sizeof tellers[0]; n++) {
        const struct teller *t = &tellers[n];

        if ((t->sensor_type == 0 || t->sensor_type == facts->type) &&
            t->event_type == facts->event_type &&
            (t->absent || (facts->states & t->present)))
            return t;
    }
    return NULL;
}

bool
presence_tells(const struct mc *mc, uint32_t i)
{
    return teller_of(mc, i) != NULL;
}

bool
presence_says_absent(const struct mc *mc, uint32_t i)
{
    const struct teller *t = teller_of(mc, i);
    const struct sensor *s = &mc->sensors.at[i];

    if (t == NULL || !s->available)
        return false;
    return t->absent ? (s->states & t->absent) != 0 : (s->states & t->present) == 0;
}

/* ---- records ---- */

typedef void record_fn(struct view *v, const struct sdr *sdr);

static void
visit(struct view *v, struct bytes record, record_fn *fn)
{
    struct sdr sdr;

    if (sdr_parse(record, &sdr) == SDR_OK)
        fn(v, &sdr);
}

/* Each record that this controller has of itself and of others. */
static void
each_record(struct view *v, record_fn *fn)
{
    const struct machine_mc *m = v->mc->machine;
    uint16_t id;

    for (unsigned lun = 0; lun < LUNS; lun++)
        for (uint32_t n = 0; n < m->device_sdr_count[lun]; n++)
            visit(v, m->device_sdrs[lun][n].record, fn);
    for (uint32_t n = 0; n < sdr_count(v->mc); n++)
        visit(v, sdr_nth(v->mc, n, &id), fn);
}

/* The index of one of the sensors of ours that a record describes; -1. */
static int
described(const struct view *v, const struct sdr *sdr, unsigned member)
{
    const struct sdr_sensor *s = &sdr->u.sensor;

    if (!sdr_is_sensor(sdr) || s->owner != v->mc->machine->address || member >= s->share)
        return -1;
    return sensor_index(v->mc, s->lun, (uint8_t)(s->number + member));
}

/* The entity of one of the sensors of a record; a shared record may count
 * its instances up. */
static struct entity
entity_of(const struct sdr_sensor *s, unsigned member)
{
    bool counts = s->share_offset & 0x80;

    return (struct entity){ s->entity,
                            (uint8_t)((s->instance & INSTANCE) + (counts ? member : 0)) };
}

/* ---- which entities ---- */

static bool
is_absent(const struct view *v, struct entity e)
{
    for (uint32_t i = 0; i < v->count; i++)
        if (v->absent[i].id == e.id && v->absent[i].instance == e.instance)
            return true;
    return false;
}

static void
note_absent(struct view *v, uint8_t id, uint8_t instance)
{
    struct entity e = { id, instance & INSTANCE };

    if (id == 0 || is_absent(v, e) || v->count == PRESENCE_ENTITIES)
        return;
    v->absent[v->count++] = e;
    v->more = true;
}

static void
note_told(struct view *v, const struct sdr *sdr)
{
    int i;

    for (unsigned member = 0; (i = described(v, sdr, member)) >= 0; member++)
        if (presence_says_absent(v->mc, (uint32_t)i)) {
            struct entity e = entity_of(&sdr->u.sensor, member);

            note_absent(v, e.id, e.instance);
        }
}

/* Whether a device-relative entity is one of ours. */
static bool
ours(const struct view *v, uint8_t owner, uint8_t instance)
{
    return (instance & INSTANCE) < DEVICE_RELATIVE || owner == v->mc->machine->address;
}

/* What an absent container contains: a list, or two ranges of instances. */
static void
note_contained(struct view *v, const struct sdr *sdr)
{
    const struct sdr_entities *e = &sdr->u.entities;
    bool device = sdr->type == SDR_DEVICE_ENTITY;
    bool ranges;

    if ((sdr->type != SDR_ENTITY && !device) ||
        !is_absent(v, (struct entity){ e->entity, e->instance & INSTANCE }) ||
        (device && !ours(v, e->owner, e->instance)))
        return;
    ranges = e->flags & RANGES;
    for (unsigned i = 0; i < LISTED; i += ranges ? 2 : 1) {
        unsigned first = e->contained[i].instance & INSTANCE;
        unsigned last = ranges ? e->contained[i + 1].instance & INSTANCE : first;

        if (device && !ours(v, e->contained[i].owner, e->contained[i].instance))
            continue;
        for (unsigned n = first; n <= last; n++)
            note_absent(v, e->contained[i].entity, (uint8_t)n);
    }
}

/* ---- what follows ---- */

static void
go(struct view *v, uint32_t i)
{
    struct sensor *s = &v->mc->sensors.at[i];

    s->absent = true;
    s->active = s->assert_status = s->deassert_status = 0;
    v->changes++;
    sensor_review(v->mc, i);
}

static void
come_back(struct view *v, uint32_t i)
{
    v->mc->sensors.at[i].absent = false;
    v->changes++;
    sensor_update(v->mc, i, v->quiet);
    sensor_review(v->mc, i);
}

static void
follow(struct view *v, const struct sdr *sdr)
{
    int i;

    for (unsigned member = 0; (i = described(v, sdr, member)) >= 0; member++) {
        bool gone = (sdr->u.sensor.caps & IGNORE_IF_ABSENT) &&
                    !presence_tells(v->mc, (uint32_t)i) &&
                    is_absent(v, entity_of(&sdr->u.sensor, member));

        if (gone && !v->mc->sensors.at[i].absent)
            go(v, (uint32_t)i);
        else if (!gone && v->mc->sensors.at[i].absent)
            come_back(v, (uint32_t)i);
    }
}

void
presence_review(struct mc *mc, bool quiet)
{
    struct view v = { .mc = mc, .quiet = quiet };

    each_record(&v, note_told);
    do {
        v.more = false;
        if (v.count)
            each_record(&v, note_contained);
    } while (v.more);
    each_record(&v, follow);
    if (v.changes && mc->machine->dynamic_sensors) {
        mc->sensors.population++;
        mc->sdrs.device_reservation = 0;
    }
}

bool
presence_hides(const struct mc *mc, uint32_t i)
{
    return mc->sensors.at[i].absent && mc->machine->dynamic_sensors;
}
