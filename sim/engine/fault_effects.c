#include "sim/engine/fault_impl.h"

/* What a rule may say. */

static bool
has_span(const struct fault_rule *r)
{
    return r->span != 0 || r->jitter != 0;
}

static bool
has_set(const struct fault_rule *r)
{
    return (r->set[0] | r->set[1]) != 0;
}

bool
fault_effect_makes_sense(const struct fault_rule *r)
{
    if (r->offset < -1 || r->offset > INT16_MAX ||
        (unsigned)r->place >= FAULT_PLACES ||
        (r->place != FAULT_AT_FRAME && r->effect != FAULT_CORRUPT))
        return false;
    switch (r->effect) {
    case FAULT_LOSE:
    case FAULT_REORDER:
    case FAULT_CORRUPT:
    case FAULT_TRUNCATE:
    case FAULT_NAK:
    case FAULT_COLLIDE:
        return true;
    case FAULT_DUPLICATE:
        return r->count < FAULT_COPIES_MAX;
    case FAULT_DELAY:
    case FAULT_STRETCH:
    case FAULT_BABBLE:
    case FAULT_BUSY:
    case FAULT_DEAD:
        return has_span(r);
    case FAULT_STICK:
        return has_span(r) || r->count != 0;
    case FAULT_CUT:
        return has_set(r);
    case FAULT_EFFECTS:
        break;
    }
    return false;
}

/* The part of f that a rule damages. */
static struct fault_part
part_of(const struct fault_rule *r, const struct fault_frame *f)
{
    if (r->place == FAULT_AT_FRAME)
        return (struct fault_part){ 0, (uint16_t)(f->len < UINT16_MAX ? f->len : UINT16_MAX) };
    return f->parts[r->place];
}

static bool
crosses(const struct fault_rule *r, const struct fault_frame *f)
{
    return f->source != FAULT_ANY && f->target != FAULT_ANY &&
           fault_set_has(r, (uint8_t)f->source) != fault_set_has(r, (uint8_t)f->target);
}

bool
fault_effect_fits(const struct fault_rule *r, const struct fault_frame *f)
{
    size_t least = (size_t)(r->offset < 0 ? 0 : r->offset);

    switch (r->effect) {
    case FAULT_CORRUPT:
        return part_of(r, f).len > least;
    case FAULT_TRUNCATE:
        return f->len > (r->count ? r->count : 1);
    case FAULT_NAK:
    case FAULT_STRETCH:
    case FAULT_STICK:
        return f->len > least;
    case FAULT_CUT:
        return crosses(r, f);
    default:
        return true;
    }
}

/* Effects on a link. */

static uint64_t
draw_up_to(struct rng *chance, uint64_t max)
{
    return max == UINT64_MAX ? rng_u64(chance) : rng_below(chance, max + 1);
}

static instant
span_of(struct armed *a)
{
    instant span = a->rule.span;

    if (a->rule.jitter != 0)
        span = instant_add(span, draw_up_to(&a->chance, a->rule.jitter));
    return span;
}

static void
lose(struct armed *a, const struct fault_frame *f, struct fault_verdict *v)
{
    (void)a;
    (void)f;
    v->lost = true;
}

static void
delay(struct armed *a, const struct fault_frame *f, struct fault_verdict *v)
{
    instant span = span_of(a);

    (void)f;
    for (unsigned i = 0; i < v->copies; i++)
        v->delay[i] = instant_add(v->delay[i], span);
}

static void
duplicate(struct armed *a, const struct fault_frame *f, struct fault_verdict *v)
{
    uint32_t more = a->rule.count ? a->rule.count : 1;
    instant after = v->delay[0];

    (void)f;
    for (; more > 0 && v->copies < FAULT_COPIES_MAX; more--) {
        after = instant_add(after, a->rule.span);
        v->delay[v->copies++] = after;
    }
}

static void
reorder(struct armed *a, const struct fault_frame *f, struct fault_verdict *v)
{
    instant span = a->rule.span ? a->rule.span : FAULT_REORDER_SPAN;

    (void)f;
    v->reorder = true;
    if (span > v->reorder_span)
        v->reorder_span = span;
}

/* Position before mask: the order of the draws is part of the history. */
static void
corrupt(struct armed *a, const struct fault_frame *f, struct fault_verdict *v)
{
    struct fault_part part = part_of(&a->rule, f);
    size_t count = a->rule.count ? a->rule.count : 1;
    size_t at;

    if (count > part.len)
        count = part.len;
    at = a->rule.offset < 0 ? (size_t)rng_below(&a->chance, part.len - count + 1)
                            : (size_t)a->rule.offset;
    v->corrupt_at = (int)(part.at + at);
    v->corrupt_len = (uint32_t)(count < part.len - at ? count : part.len - at);
    v->corrupt_mask = a->rule.mask ? a->rule.mask
                                   : (uint8_t)(1 + rng_below(&a->chance, UINT8_MAX));
}

static void
truncate_to(struct armed *a, const struct fault_frame *f, struct fault_verdict *v)
{
    size_t cut = a->rule.count ? a->rule.count
                               : 1 + (size_t)rng_below(&a->chance, f->len - 1);

    if (cut < v->cut)
        v->cut = cut;
}

/* Effects on the wire. */

static void
nak_octet(struct fault_wire *w, int octet, uint32_t rule)
{
    w->nak = true;
    w->nak_at = (int16_t)octet;
    w->nak_rule = rule;
}

static void
nak(struct armed *a, struct fault_wire *w)
{
    nak_octet(w, a->rule.offset, a->id);
}

static void
cut_off(struct armed *a, struct fault_wire *w)
{
    nak_octet(w, -1, a->id);
}

static void
make_busy(struct armed *a, struct fault_wire *w)
{
    w->busy = instant_add(w->busy, span_of(a));
    nak_octet(w, -1, a->id);
}

static void
make_dead(struct armed *a, struct fault_wire *w)
{
    w->dead = instant_add(w->dead, span_of(a));
    nak_octet(w, -1, a->id);
}

static void
stretch(struct armed *a, struct fault_wire *w)
{
    instant span = span_of(a);

    if (a->rule.offset < 0) {
        w->stretch = instant_add(w->stretch, span);
    } else {
        w->stretch_at = (int16_t)a->rule.offset;
        w->stretch_once = instant_add(w->stretch_once, span);
    }
}

static void
collide(struct armed *a, struct fault_wire *w)
{
    instant span = span_of(a);

    w->collide = instant_add(w->collide, span ? span : FAULT_COLLIDE_SPAN);
}

static void
babble(struct armed *a, struct fault_wire *w)
{
    w->babble = instant_add(w->babble, span_of(a));
    w->babble_rule = a->id;
}

static void
stick(struct armed *a, struct fault_wire *w)
{
    w->stick = true;
    w->stick_at = (int16_t)a->rule.offset;
    w->stick_rule = a->id;
    w->stick_clocks = a->rule.count;
    w->stick_span = has_span(&a->rule) ? instant_add(w->stick_span, span_of(a))
                                       : INSTANT_NEVER;
}

typedef void link_effect_fn(struct armed *a, const struct fault_frame *f,
                            struct fault_verdict *v);
typedef void wire_effect_fn(struct armed *a, struct fault_wire *w);

static const struct {
    const char *text;
    link_effect_fn *on_link;
    wire_effect_fn *on_wire;
} effects[FAULT_EFFECTS] = {
    [FAULT_LOSE] = { "lose", lose, NULL },
    [FAULT_DELAY] = { "delay", delay, NULL },
    [FAULT_DUPLICATE] = { "duplicate", duplicate, NULL },
    [FAULT_REORDER] = { "reorder", reorder, NULL },
    [FAULT_CORRUPT] = { "corrupt", corrupt, NULL },
    [FAULT_TRUNCATE] = { "truncate", truncate_to, NULL },
    [FAULT_NAK] = { "nak", NULL, nak },
    [FAULT_STRETCH] = { "stretch", NULL, stretch },
    [FAULT_COLLIDE] = { "collide", NULL, collide },
    [FAULT_BABBLE] = { "babble", NULL, babble },
    [FAULT_STICK] = { "stick", NULL, stick },
    [FAULT_BUSY] = { "busy", NULL, make_busy },
    [FAULT_DEAD] = { "dead", NULL, make_dead },
    [FAULT_CUT] = { "cut", NULL, cut_off },
};

const char *
fault_effect_text(enum fault_effect effect)
{
    return (unsigned)effect < FAULT_EFFECTS ? effects[effect].text : "unknown";
}

void
fault_effect_on_link(struct armed *a, const struct fault_frame *f, struct fault_verdict *v)
{
    effects[a->rule.effect].on_link(a, f, v);
}

void
fault_effect_on_wire(struct armed *a, struct fault_wire *w)
{
    effects[a->rule.effect].on_wire(a, w);
}
