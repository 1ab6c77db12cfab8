#include "capture/input_record.h"

#include <stdio.h>

#include "capture/peer_text.h"
#include "sim/base/rd.h"

#define FORMAT 0x01
#define FLAG_ON 0x01
#define FLAG_EVENT 0x02
#define FLAG_RULE 0x04
#define FLAG_GOOD 0x01
#define FLAG_MORE 0x02
#define PEER_SECONDARY 0x80    /* of a family */

static void
put64(struct wr *w, uint64_t v)
{
    wr_le32(w, (uint32_t)v);
    wr_le32(w, (uint32_t)(v >> 32));
}

static uint64_t
get64(struct rd *r)
{
    uint64_t low = rd_le32(r);

    return (uint64_t)rd_le32(r) << 32 | low;
}

static void
put_peer(struct wr *w, const struct peer *p)
{
    wr_u8(w, p->family | (p->secondary ? PEER_SECONDARY : 0u));
    wr_le16(w, p->port);
    wr_bytes(w, p->addr, sizeof p->addr);
}

static bool
get_peer(struct rd *r, struct peer *p)
{
    uint8_t family = rd_u8(r);

    p->secondary = family & PEER_SECONDARY;
    p->family = family & (PEER_SECONDARY - 1);
    p->port = rd_le16(r);
    rd_copy(r, p->addr, sizeof p->addr);
    return p->family == PEER_NONE || p->family == PEER_IPV4 || p->family == PEER_IPV6;
}

/* ---- rules of faults ---- */

/* The signed fields, in the order of the record. */
#define RULE_INTS 11

static void
rule_ints(struct fault_rule *rule, int *out[RULE_INTS])
{
    int *const fields[RULE_INTS] = {
        &rule->link,   &rule->number, &rule->dir, &rule->netfn, &rule->cmd, &rule->payload_type,
        &rule->source, &rule->target, &rule->lun, &rule->seq,   &rule->offset,
    };

    memcpy(out, fields, sizeof fields);
}

static void
put_rule(struct wr *w, const struct fault_rule *rule)
{
    struct fault_rule copy = *rule;
    size_t len = rule->name ? strnlen(rule->name, FAULT_NAME_MAX) : 0;
    int *ints[RULE_INTS];

    rule_ints(&copy, ints);
    wr_u8(w, (unsigned)rule->effect);
    wr_u8(w, (unsigned)rule->place);
    wr_u8(w, rule->mask);
    for (int i = 0; i < RULE_INTS; i++)
        wr_le32(w, (uint32_t)*ints[i]);
    wr_le32(w, rule->probability_ppm);
    wr_le32(w, rule->every);
    wr_le32(w, rule->times);
    wr_le32(w, rule->count);
    put64(w, rule->from);
    put64(w, rule->until);
    put64(w, rule->span);
    put64(w, rule->jitter);
    put64(w, rule->set[0]);
    put64(w, rule->set[1]);
    wr_u8(w, (unsigned)len);
    wr_bytes(w, rule->name, len);
}

static bool
get_rule(struct rd *r, struct input_record *m)
{
    struct fault_rule *rule = &m->rule;
    unsigned effect = rd_u8(r), place = rd_u8(r);
    int *ints[RULE_INTS];
    size_t len;

    rule_ints(rule, ints);
    rule->effect = (enum fault_effect)effect;
    rule->place = (enum fault_place)place;
    rule->mask = rd_u8(r);
    for (int i = 0; i < RULE_INTS; i++)
        *ints[i] = (int)(int32_t)rd_le32(r);
    rule->probability_ppm = rd_le32(r);
    rule->every = rd_le32(r);
    rule->times = rd_le32(r);
    rule->count = rd_le32(r);
    rule->from = get64(r);
    rule->until = get64(r);
    rule->span = get64(r);
    rule->jitter = get64(r);
    rule->set[0] = get64(r);
    rule->set[1] = get64(r);
    len = rd_u8(r);
    if (effect >= FAULT_EFFECTS || place >= FAULT_PLACES || len > FAULT_NAME_MAX)
        return false;
    rd_copy(r, m->rule_name, len);
    rule->name = m->rule_name;
    return memchr(m->rule_name, '\0', len) == NULL;
}

/* ---- actions ---- */

static void
put_action(struct wr *w, const struct input_record *m)
{
    const struct input_action *a = &m->action;

    wr_u8(w, a->what);
    wr_u8(w, a->lun);
    wr_u8(w, a->number);
    wr_u8(w, a->value);
    wr_u8(w, (a->on ? FLAG_ON : 0u) | (a->event ? FLAG_EVENT : 0u) |
              (a->has_rule ? FLAG_RULE : 0u));
    wr_le16(w, a->mc);
    wr_bytes(w, a->body, sizeof a->body);
    wr_le32(w, a->id);
    if (a->has_rule)
        put_rule(w, &m->rule);
}

static bool
get_action(struct rd *r, struct input_record *m)
{
    struct input_action *a = &m->action;
    uint8_t flags;

    a->what = rd_u8(r);
    a->lun = rd_u8(r);
    a->number = rd_u8(r);
    a->value = rd_u8(r);
    flags = rd_u8(r);
    a->mc = rd_le16(r);
    rd_copy(r, a->body, sizeof a->body);
    a->id = rd_le32(r);
    a->on = flags & FLAG_ON;
    a->event = flags & FLAG_EVENT;
    a->has_rule = flags & FLAG_RULE;
    if (flags & ~(FLAG_ON | FLAG_EVENT | FLAG_RULE))
        return false;
    return !a->has_rule || get_rule(r, m);
}

/* ---- records ---- */

static void
put_flags(struct wr *w, const struct input_record *m)
{
    wr_u8(w, (m->good ? FLAG_GOOD : 0u) | (m->more ? FLAG_MORE : 0u));
}

static bool
get_flags(struct rd *r, struct input_record *m)
{
    uint8_t flags = rd_u8(r);

    m->good = flags & FLAG_GOOD;
    m->more = flags & FLAG_MORE;
    return !(flags & ~(FLAG_GOOD | FLAG_MORE));
}

void
input_record_build(struct wr *w, const struct input_record *m)
{
    wr_u8(w, FORMAT);
    wr_u8(w, (unsigned)m->kind);
    wr_le32(w, m->chassis);
    switch (m->kind) {
    case INPUT_ENDPOINT:
        wr_u8(w, m->lan);
        put_peer(w, &m->peer);
        wr_le16(w, m->port);
        break;
    case INPUT_DATAGRAM:
        wr_u8(w, m->lan);
        put_peer(w, &m->peer);
        wr_span(w, m->octets);
        break;
    case INPUT_ACTION:
        put_action(w, m);
        break;
    case INPUT_SAID: case INPUT_OUTSIDE:
        wr_span(w, m->octets);
        break;
    case INPUT_TAKEN:
        wr_le16(w, m->count);
        break;
    case INPUT_READ:
        put_flags(w, m);
        wr_span(w, m->octets);
        break;
    case INPUT_WRITTEN:
        put_flags(w, m);
        break;
    case INPUT_PLUG: case INPUT_UNPLUG: case INPUT_SPEAK: case INPUT_LISTEN: case INPUT_END:
        break;
    }
}

static struct bytes
get_rest(struct rd *r)
{
    return rd_bytes(r, rd_left(r));
}

static bool
get_by_kind(struct rd *r, struct input_record *m)
{
    switch (m->kind) {
    case INPUT_ENDPOINT:
        m->lan = rd_u8(r);
        if (!get_peer(r, &m->peer))
            return false;
        m->port = rd_le16(r);
        return true;
    case INPUT_DATAGRAM:
        m->lan = rd_u8(r);
        if (!get_peer(r, &m->peer))
            return false;
        m->octets = get_rest(r);
        return true;
    case INPUT_ACTION:
        return get_action(r, m);
    case INPUT_SAID: case INPUT_OUTSIDE:
        m->octets = get_rest(r);
        return true;
    case INPUT_TAKEN:
        m->count = rd_le16(r);
        return true;
    case INPUT_READ:
        if (!get_flags(r, m))
            return false;
        m->octets = get_rest(r);
        return true;
    case INPUT_WRITTEN:
        return get_flags(r, m);
    case INPUT_PLUG: case INPUT_UNPLUG: case INPUT_SPEAK: case INPUT_LISTEN: case INPUT_END:
        return true;
    }
    return false;
}

bool
input_record_parse(struct bytes in, struct input_record *m)
{
    struct rd r = rd_of(in);
    uint8_t format = rd_u8(&r);

    memset(m, 0, sizeof *m);
    m->kind = (enum input_kind)rd_u8(&r);
    m->chassis = rd_le32(&r);
    return format == FORMAT && get_by_kind(&r, m) && rd_done(&r);
}

const char *
input_kind_text(enum input_kind kind)
{
    static const char *const words[] = {
        [INPUT_ENDPOINT] = "endpoint", [INPUT_DATAGRAM] = "datagram",
        [INPUT_ACTION] = "action",     [INPUT_PLUG] = "plug",
        [INPUT_UNPLUG] = "unplug",     [INPUT_SPEAK] = "speak",
        [INPUT_LISTEN] = "listen",     [INPUT_SAID] = "said",
        [INPUT_TAKEN] = "taken",       [INPUT_READ] = "read",
        [INPUT_WRITTEN] = "written",   [INPUT_END] = "end",
        [INPUT_OUTSIDE] = "outside",
    };
    unsigned k = (unsigned)kind;

    return k < sizeof words / sizeof words[0] && words[k] != NULL ? words[k] : "unknown";
}

static void
datagram_text(const struct input_record *m, char *to, size_t size)
{
    char peer[PEER_TEXT_MAX];

    peer_text(&m->peer, peer, sizeof peer);
    if (m->kind == INPUT_ENDPOINT)
        (void)snprintf(to, size, "endpoint of chassis %u, LAN %u: %s, port %u", m->chassis,
                       m->lan, peer, m->port);
    else
        (void)snprintf(to, size, "datagram for chassis %u, LAN %u from %s, %zu octets",
                       m->chassis, m->lan, peer, m->octets.len);
}

char *
input_record_text(struct bytes in, char *to, size_t size)
{
    struct input_record m;

    if (!input_record_parse(in, &m))
        (void)snprintf(to, size, "input that cannot be read, %zu octets", in.len);
    else if (m.kind == INPUT_ENDPOINT || m.kind == INPUT_DATAGRAM)
        datagram_text(&m, to, size);
    else if (m.kind == INPUT_ACTION)
        (void)snprintf(to, size, "action %u on chassis %u, controller %02Xh%s%s",
                       m.action.what, m.chassis, m.action.mc, m.action.has_rule ? ", " : "",
                       m.action.has_rule ? fault_effect_text(m.rule.effect) : "");
    else
        (void)snprintf(to, size, "%s%s of chassis %u, %zu octets",
                       input_is_answer(m.kind) ? "answer: " : "", input_kind_text(m.kind),
                       m.chassis, m.octets.len);
    return to;
}
