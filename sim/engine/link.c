#include "sim/engine/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A frame on its way. */
struct link_held {
    struct link_held *next;
    instant release;
    bool waits;               /* for another frame to overtake it */
    enum fate fate;
    char why[FAULT_NAME_MAX + 1];   /* the rule may be gone by then */
    struct link_frame frame;  /* its octets follow */
};

/* One frame and the verdict on it, as it arrives. */
struct passage {
    struct link_frame frame;
    struct fault_verdict verdict;
    char why[FAULT_NAME_MAX + 1];
    uint8_t damaged[LINK_FRAME_MAX];
};

static void release_due(void *ctx, instant at);

void
link_init(struct link *l, struct world *world, link_deliver_fn *deliver, void *ctx)
{
    memset(l, 0, sizeof *l);
    l->world = world;
    l->deliver = deliver;
    l->ctx = ctx;
    timer_init(&l->timer, TIMER_LINK, release_due, l);
}

void
link_free(struct link *l)
{
    struct link_held *h;

    while ((h = l->held) != NULL) {
        l->held = h->next;
        free(h);
    }
    l->holding = l->copies = 0;
    if (l->world != NULL)
        timeline_disarm(&l->world->timeline, &l->timer);
}

static struct tap_event
event_of(const struct link *l, const struct link_frame *f, enum fate fate, const char *why)
{
    return (struct tap_event){
        .at = l->world->now, .chassis = l->world->chassis,
        .link = f->about.link, .number = (uint8_t)f->about.number, .dir = f->about.dir,
        .fate = fate, .why = why,
        .local = f->local, .remote = f->remote, .bytes = f->bytes,
    };
}

static void
show(struct link *l, const struct link_frame *f, enum fate fate, const char *why)
{
    l->by_fate[fate]++;
    if (l->world->tap != NULL) {
        struct tap_event ev = event_of(l, f, fate, why);

        tap_emit(l->world->tap, &ev);
    }
}

static void
arrive(struct link *l, const struct link_frame *f, enum fate fate, const char *why)
{
    show(l, f, fate, why);
    l->deliver(l->ctx, f);
}

/* Take the first held frame off the list. */
static struct link_held *
pop(struct link *l, struct link_held **at)
{
    struct link_held *h = *at;

    *at = h->next;
    l->holding--;
    l->copies -= h->fate == FATE_DUPLICATED;
    return h;
}

/* Set the timer for the first held frame; false when memory ran out. */
static bool
rearm(struct link *l)
{
    if (l->held != NULL)
        return timeline_arm(&l->world->timeline, &l->timer, l->held->release);
    timeline_disarm(&l->world->timeline, &l->timer);
    return true;
}

static void
let_go(struct link *l, struct link_held *h)
{
    arrive(l, &h->frame, h->fate, h->why);
    free(h);
}

/* The timer: whatever is due by now, in the order it was held. */
static void
release_due(void *ctx, instant at)
{
    struct link *l = ctx;

    while (l->held != NULL && l->held->release <= at)
        let_go(l, pop(l, &l->held));
    rearm(l);
}

static struct link_held **
find_waiting(struct link *l, enum tap_dir dir)
{
    struct link_held **at = &l->held;

    while (*at != NULL && !((*at)->waits && (*at)->frame.about.dir == dir))
        at = &(*at)->next;
    return at;
}

/* A frame of this direction has passed: let those go that it overtook. */
static void
release_overtaken(struct link *l, enum tap_dir dir)
{
    struct link_held **at;

    while (*(at = find_waiting(l, dir)) != NULL) {
        struct link_held *h = pop(l, at);

        rearm(l);
        let_go(l, h);
    }
}

static struct link_held **
find(struct link *l, const struct link_held *h)
{
    struct link_held **at = &l->held;

    while (*at != h)
        at = &(*at)->next;
    return at;
}

static void
insert(struct link *l, struct link_held *h)
{
    struct link_held **at = &l->held;

    while (*at != NULL && (*at)->release <= h->release)
        at = &(*at)->next;
    h->next = *at;
    *at = h;
    l->holding++;
    l->copies += h->fate == FATE_DUPLICATED;
}

/* Keep a copy of p's frame for span; false when it cannot be kept. */
static bool
hold(struct link *l, const struct passage *p, instant span, bool waits, enum fate fate)
{
    size_t len = p->frame.bytes.len;
    struct link_held *h;

    if (l->holding == LINK_HELD_MAX || len > LINK_FRAME_MAX)
        return false;
    h = malloc(sizeof *h + len);
    if (h == NULL)
        return false;
    h->release = instant_add(l->world->now, span);
    h->waits = waits;
    h->fate = fate;
    memcpy(h->why, p->why, sizeof h->why);
    h->frame = p->frame;
    if (len != 0)
        memcpy(h + 1, p->frame.bytes.at, len);
    h->frame.bytes.at = (const uint8_t *)(h + 1);
    insert(l, h);
    if (rearm(l))
        return true;
    free(pop(l, find(l, h)));
    return false;
}

/* Cut and corrupt the frame into p->damaged; gives its fate. */
static enum fate
damage(struct passage *p)
{
    const struct fault_verdict *v = &p->verdict;
    size_t len = p->frame.bytes.len;
    size_t kept = v->cut < len ? v->cut : len;
    bool corrupted = v->corrupt_at >= 0 && (size_t)v->corrupt_at < kept;

    if (!corrupted && kept == len)
        return FATE_DELIVERED;
    memcpy(p->damaged, p->frame.bytes.at, kept);
    for (size_t i = 0; corrupted && i < v->corrupt_len; i++) {
        size_t at = (size_t)v->corrupt_at + i;

        if (at < kept)
            p->damaged[at] ^= v->corrupt_mask;
    }
    p->frame.bytes = bytes_of(p->damaged, kept);
    p->frame.about.len = kept;
    return corrupted ? FATE_CORRUPTED : FATE_TRUNCATED;
}

/* Let copy number i of the frame arrive, now or later. */
static void
pass_copy(struct link *l, const struct passage *p, unsigned i, enum fate fate)
{
    instant span = p->verdict.delay[i];
    bool waits = i == 0 && p->verdict.reorder;

    if (waits)
        span = instant_add(span, p->verdict.reorder_span);
    if (i > 0)
        fate = FATE_DUPLICATED;
    else if (span > 0 && fate == FATE_DELIVERED)
        fate = FATE_DELAYED;
    if (span == 0)
        arrive(l, &p->frame, fate, p->why);
    else if (!hold(l, p, span, waits, fate) && i == 0)
        show(l, &p->frame, FATE_LOST, "too many frames held");
}

/* Obey a verdict that struck; true when the frame itself arrived at once. */
static bool
obey(struct link *l, struct passage *p)
{
    enum fate fate;

    if (p->verdict.lost) {
        show(l, &p->frame, FATE_LOST, p->why);
        return false;
    }
    if (p->frame.bytes.len > LINK_FRAME_MAX) {
        show(l, &p->frame, FATE_LOST, "too long to be held");
        return false;
    }
    /* The one that overtakes another is not held back in its turn. */
    if (*find_waiting(l, p->frame.about.dir) != NULL)
        p->verdict.reorder = false;
    fate = damage(p);
    for (unsigned i = 0; i < p->verdict.copies; i++)
        pass_copy(l, p, i, fate);
    return p->verdict.delay[0] == 0 && !p->verdict.reorder;
}

static bool
pass_by_plan(struct link *l, const struct link_frame *f)
{
    struct passage p;

    p.frame = *f;
    p.frame.about.len = f->bytes.len;
    p.verdict = fault_ask(l->world->faults, l->world->now, &p.frame.about);
    if (!p.verdict.struck) {
        arrive(l, f, FATE_DELIVERED, NULL);
        return true;
    }
    snprintf(p.why, sizeof p.why, "%s", p.verdict.name);
    return obey(l, &p);
}

void
link_send(struct link *l, const struct link_frame *f)
{
    bool passed = true;

    l->frames++;
    l->octets += f->bytes.len;
    if (fault_idle(l->world->faults))
        arrive(l, f, FATE_DELIVERED, NULL);
    else
        passed = pass_by_plan(l, f);
    if (passed && l->held != NULL)
        release_overtaken(l, f->about.dir);
}

void
link_failed(struct link *l, const struct link_frame *f, enum fate fate, const char *why)
{
    l->frames++;
    l->octets += f->bytes.len;
    show(l, f, fate, why);
}

/* Tell what became of a frame whose octets are shown elsewhere. */
static void
tell(struct link *l, const struct link_frame *f, enum fate fate, const char *why)
{
    struct tap_event ev;

    l->by_fate[fate]++;
    if (l->world->tap == NULL)
        return;
    ev = event_of(l, f, fate, why);
    ev.link = TAP_NOTE;
    ev.bytes = bytes_of(NULL, 0);
    tap_emit(l->world->tap, &ev);
}

void
link_merged(struct link *l, const struct link_frame *f, const char *why)
{
    l->frames++;
    l->octets += f->bytes.len;
    tell(l, f, FATE_MERGED, why);
}

void
link_ignored(struct link *l, const struct link_frame *f, const char *why)
{
    tell(l, f, FATE_IGNORED, why);
}

void
link_refused(struct link *l, const struct link_frame *f, const char *why)
{
    tell(l, f, FATE_REFUSED, why);
}
