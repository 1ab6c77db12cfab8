#include "sim/lab/segment.h"

#include <stdlib.h>
#include <string.h>

#include "sim/engine/link.h"

#define BITS_AN_OCTET 10u /* start and stop bit */

/* A frame on the wire, or waiting for it. */
struct flight {
    const struct connector *from;
    instant arrives;
    size_t len;
    uint8_t octets[ICMB_FRAME_MAX];
};

struct connector {
    struct segment *segment;
    struct world *world;
    struct icmb_wire wire;
    icmb_frame_fn *deliver; /* NULL: nobody listens */
    void *to;
    uint64_t next; /* flight that it has not heard yet */
    struct timer arrival;
    struct link link;
};

struct segment {
    char *name;
    struct connector *members[SEGMENT_MEMBERS];
    uint32_t count;
    uint64_t sent;          /* flights so far; the last SEGMENT_FRAMES are kept */
    struct flight *flights; /* NULL until needed */
    instant free_at;
    bool changed;
    struct segment_stats stats;
};

static struct flight *
flight(const struct segment *s, uint64_t n)
{
    return &s->flights[n % SEGMENT_FRAMES];
}

/* ---- arriving ---- */

/* Wait for the next frame that is not its own. */
static void
await(struct connector *c)
{
    const struct segment *s = c->segment;

    while (c->next < s->sent && flight(s, c->next)->from == c)
        c->next++;
    if (c->next < s->sent && !timer_armed(&c->arrival))
        (void)timeline_arm(&c->world->timeline, &c->arrival, flight(s, c->next)->arrives);
}

static void
arrive(void *ctx, instant at)
{
    struct connector *c = ctx;
    const struct flight *f = flight(c->segment, c->next++);
    uint8_t octets[ICMB_FRAME_MAX];
    struct link_frame frame = {
        .about = {
            .link = TAP_ICMB,
            .number = 0,
            .dir = TAP_ON_BUS,
            .netfn = FAULT_ANY,
            .cmd = FAULT_ANY,
            .payload_type = FAULT_ANY,
            .source = FAULT_ANY,
            .target = FAULT_ANY,
            .lun = FAULT_ANY,
            .seq = FAULT_ANY,
        },
        .bytes = bytes_of(octets, f->len),
    };

    (void)at;
    memcpy(octets, f->octets, f->len);
    link_send(&c->link, &frame);
    await(c);
}

static void
hand_over(void *ctx, const struct link_frame *f)
{
    struct connector *c = ctx;

    if (c->deliver != NULL)
        c->deliver(c->to, f->bytes);
}

/* ---- sending ---- */

static bool
has_room(const struct segment *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (s->sent - s->members[i]->next >= SEGMENT_FRAMES)
            return false;
    return true;
}

static void
send(void *ctx, struct bytes frame)
{
    struct connector *c = ctx;
    struct segment *s = c->segment;
    instant start = c->world->now > s->free_at ? c->world->now : s->free_at;
    instant span = SPAN_S(1) * frame.len * BITS_AN_OCTET / SEGMENT_BAUD;
    struct flight *f;

    if (s->flights == NULL)
        s->flights = calloc(SEGMENT_FRAMES, sizeof *s->flights);
    if (s->flights == NULL || !has_room(s) || frame.len > ICMB_FRAME_MAX) {
        s->stats.lost++;
        return;
    }
    f = flight(s, s->sent++);
    *f = (struct flight){ .from = c, .arrives = start + span, .len = frame.len };
    memcpy(f->octets, frame.at, frame.len);
    s->free_at = start + span + SEGMENT_GAP;
    s->stats.frames++;
    s->stats.octets += frame.len;
    s->stats.busy += span;
    s->changed = true;
    for (uint32_t i = 0; i < s->count; i++)
        await(s->members[i]);
}

static void
connect_to(void *ctx, icmb_frame_fn *deliver, void *to)
{
    struct connector *c = ctx;

    c->deliver = deliver;
    c->to = to;
}

/* ---- joining and leaving ---- */

enum status
segment_new(const char *name, struct segment **out)
{
    struct segment *s = calloc(1, sizeof *s);

    if (s == NULL)
        return ST_NOMEM;
    s->name = strdup(name);
    if (s->name == NULL) {
        free(s);
        return ST_NOMEM;
    }
    *out = s;
    return ST_OK;
}

void
segment_free(struct segment *segment)
{
    if (segment == NULL)
        return;
    free(segment->flights);
    free(segment->name);
    free(segment);
}

const char *
segment_name(const struct segment *segment)
{
    return segment->name;
}

enum status
segment_join(struct segment *segment, struct world *world, struct connector **out)
{
    struct connector *c;

    if (segment->count == SEGMENT_MEMBERS)
        return ST_FULL;
    c = calloc(1, sizeof *c);
    if (c == NULL)
        return ST_NOMEM;
    c->segment = segment;
    c->world = world;
    c->wire = (struct icmb_wire){ connect_to, send, c };
    c->next = segment->sent;
    timer_init(&c->arrival, TIMER_WIRE, arrive, c);
    link_init(&c->link, world, hand_over, c);
    segment->members[segment->count++] = c;
    *out = c;
    return ST_OK;
}

void
segment_leave(struct connector *c)
{
    struct segment *s;
    uint32_t i = 0;

    if (c == NULL)
        return;
    s = c->segment;
    while (s->members[i] != c)
        i++;
    memmove(&s->members[i], &s->members[i + 1],
            (s->count - i - 1) * sizeof(struct connector *));
    s->count--;
    timeline_disarm(&c->world->timeline, &c->arrival);
    link_free(&c->link);
    free(c);
}

const struct icmb_wire *
connector_wire(const struct connector *c)
{
    return &c->wire;
}

struct world *
segment_world(const struct segment *segment, uint32_t n)
{
    return n < segment->count ? segment->members[n]->world : NULL;
}

bool
segment_take_changed(struct segment *segment)
{
    bool changed = segment->changed;

    segment->changed = false;
    return changed;
}

const struct segment_stats *
segment_stats(const struct segment *segment)
{
    return &segment->stats;
}
