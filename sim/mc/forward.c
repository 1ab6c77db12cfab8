#include "sim/mc/forward.h"

#include <stdlib.h>
#include <string.h>

#include "sim/mc/mc_parts.h"
#include "sim/wire/lanmsg.h"

#define CMD_FORWARDED 0x30
#define SEQ_BITS 0x3f
#define HALF 0x80                  /* commands of one set */
#define HALF_SHIFT 6

struct pending {
    struct forward *owner;
    bool used;
    uint8_t seq;
    struct ipmi_origin from;
    struct timer timer;
};

struct forward {
    struct mc *mc;
    uint16_t enabled;              /* bit per channel */
    struct forward_set sets[FORWARD_SETS];
    unsigned set_count;
    uint8_t seq;
    struct pending pending[FORWARD_PENDING];
};

/* ---- what is forwarded ---- */

static bool
always_ours(uint8_t netfn, uint8_t cmd)
{
    static const struct {
        uint8_t netfn, first, last;
    } ours[] = {
        { NETFN_APP, 0x37, 0x3f },         /* sessions */
        { NETFN_APP, 0x48, 0x4b },         /* payloads */
        { NETFN_APP, 0x54, 0x55 },
        { NETFN_TRANSPORT, 0x30, 0x33 },   /* these */
    };

    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        if (netfn == ours[i].netfn && cmd >= ours[i].first && cmd <= ours[i].last)
            return true;
    return false;
}

static struct forward_set *
find(struct forward *f, uint8_t channel, uint8_t half, uint8_t lun)
{
    for (unsigned i = 0; f != NULL && i < f->set_count; i++)
        if (f->sets[i].channel == channel && f->sets[i].half == half && f->sets[i].lun == lun)
            return &f->sets[i];
    return NULL;
}

static bool
wanted(struct forward *f, const struct ipmi_req *rq)
{
    uint8_t half = (uint8_t)((rq->cmd / HALF) << HALF_SHIFT | rq->netfn);
    uint8_t n = rq->cmd % HALF;
    const struct forward_set *set;

    if (rq->from.channel == CHANNEL_SYSTEM || !(f->enabled >> rq->from.channel & 1) ||
        rq->privilege < PRIV_USER || always_ours(rq->netfn, rq->cmd))
        return false;
    set = find(f, rq->from.channel, half, rq->lun);
    return set != NULL && (set->mask[n / 8] >> n % 8 & 1);
}

static struct forward *
own(struct mc *mc)
{
    struct forward *f = mc->forward;

    if (f == NULL)
        f = mc->forward = calloc(1, sizeof *f);
    if (f != NULL)
        f->mc = mc;
    return f;
}

void
forward_get(const struct mc *mc, struct forward_set *set)
{
    const struct forward_set *have = find(mc->forward, set->channel, set->half, set->lun);

    if (have != NULL)
        *set = *have;
    else
        memset(set->mask, 0, sizeof set->mask);
}

/* A set of nothing has no place. */
static void
forget(struct forward *f, const struct forward_set *set)
{
    struct forward_set *have = find(f, set->channel, set->half, set->lun);

    if (have != NULL)
        *have = f->sets[--f->set_count];
}

enum ipmi_cc
forward_set(struct mc *mc, const struct forward_set *set)
{
    static const uint8_t nothing[FORWARD_MASK];
    struct forward *f;
    struct forward_set *have;

    if (memcmp(set->mask, nothing, sizeof nothing) == 0) {
        forget(mc->forward, set);
        return CC_OK;
    }
    f = own(mc);
    if (f == NULL)
        return CC_NO_SPACE;
    have = find(f, set->channel, set->half, set->lun);
    if (have == NULL && f->set_count == FORWARD_SETS)
        return CC_NO_SPACE;
    if (have == NULL)
        have = &f->sets[f->set_count++];
    *have = *set;
    return CC_OK;
}

bool
forward_enable(struct mc *mc, uint8_t channel, bool enabled, enum ipmi_cc *cc)
{
    struct forward *f = own(mc);
    uint16_t bit = (uint16_t)(1u << channel);
    bool was;

    *cc = f != NULL ? CC_OK : CC_NO_SPACE;
    if (f == NULL)
        return false;
    was = f->enabled & bit;
    if (enabled)
        f->enabled |= bit;
    else
        f->enabled &= (uint16_t)~bit;
    return was;
}

/* ---- who waits ---- */

static void
finish(struct pending *p, uint8_t cc, struct bytes data)
{
    struct ipmi_origin from = p->from;

    timeline_disarm(&p->owner->mc->world->timeline, &p->timer);
    p->used = false;
    ipmi_answer(&from, cc, data);
}

static void
on_time_out(void *ctx, instant at)
{
    (void)at;
    finish(ctx, CC_TIMEOUT, bytes_of(NULL, 0));
}

static struct pending *
by_seq(struct forward *f, uint8_t seq)
{
    for (unsigned i = 0; i < FORWARD_PENDING; i++)
        if (f->pending[i].used && f->pending[i].seq == seq)
            return &f->pending[i];
    return NULL;
}

static struct pending *
free_row(struct forward *f)
{
    for (unsigned i = 0; i < FORWARD_PENDING; i++)
        if (!f->pending[i].used)
            return &f->pending[i];
    return NULL;
}

static uint8_t
next_seq(struct forward *f)
{
    do
        f->seq = (f->seq + 1u) & SEQ_BITS;
    while (by_seq(f, f->seq) != NULL);
    return f->seq;
}

/* The message for system software; a session's has its handle in front, one of
 * another channel leaves out its first address, as all messages there do. */
static void
write_message(struct mc *mc, const struct ipmi_req *rq, uint8_t seq, struct wr *w)
{
    uint8_t data[MESSAGES_QUEUE_LEN], octets[MESSAGES_QUEUE_LEN];
    struct wr inside = wr_of(data, sizeof data), whole = wr_of(octets, sizeof octets);
    struct lan *lan = mc_lan_of(mc, rq->from.channel);
    struct lan_session_info info = { .handle = 0 };

    wr_u8(&inside, rq->from.channel);
    wr_u8(&inside, rq->from.user);
    wr_u8(&inside, rq->privilege);
    wr_u8(&inside, (unsigned)(rq->netfn << 2 | rq->lun));
    wr_u8(&inside, rq->cmd);
    wr_span(&inside, rd_rest(&rq->data));
    lanmsg_build(&whole, &(struct lanmsg){
        .to = BMC_ADDRESS, .to_lun = LUN_SMS, .netfn = NETFN_TRANSPORT,
        .from = BMC_ADDRESS, .rq_seq = seq, .cmd = CMD_FORWARDED,
        .data = wr_bytes_of(&inside),
    });
    w->bad = inside.bad || whole.bad;
    if (lan != NULL) {
        (void)lan_session_by_id(lan, rq->from.session, &info);
        wr_u8(w, info.handle);
        wr_span(w, wr_bytes_of(&whole));
    } else if (!w->bad) {
        wr_bytes(w, octets + 1, wr_len(&whole) - 1);
    }
}

/* Put it into the queue and note who waits. */
static enum ipmi_cc
queue(struct forward *f, struct ipmi_req *rq)
{
    struct pending *p = free_row(f);
    uint8_t octets[MESSAGES_QUEUE_LEN], seq = next_seq(f);
    struct wr w = wr_of(octets, sizeof octets);
    enum ipmi_cc cc;

    if (p == NULL)
        return CC_BUSY;
    write_message(f->mc, rq, seq, &w);
    cc = w.bad ? CC_FIELD_LENGTH
               : messages_put(f->mc, rq->privilege, rq->from.channel, wr_bytes_of(&w));
    if (cc != CC_OK)
        return cc;
    p->owner = f;
    p->used = true;
    p->seq = seq;
    p->from = rq->from;
    timer_init(&p->timer, TIMER_EXPIRY, on_time_out, p);
    (void)timeline_arm(&f->mc->world->timeline, &p->timer,
                       instant_add(f->mc->world->now, FORWARD_TIME));
    return CC_OK;
}

bool
forward_take(struct mc *mc, struct ipmi_req *rq)
{
    enum ipmi_cc cc;

    if (mc->forward == NULL || !wanted(mc->forward, rq))
        return false;
    cc = queue(mc->forward, rq);
    if (cc != CC_OK)
        ipmi_answer(&rq->from, (uint8_t)cc, bytes_of(NULL, 0));
    return true;
}

bool
forward_answer(struct mc *mc, uint8_t seq, uint8_t cc, struct bytes data)
{
    struct pending *p = mc->forward != NULL ? by_seq(mc->forward, seq) : NULL;

    if (p == NULL)
        return false;
    finish(p, cc, data);
    return true;
}

/* ---- life ---- */

enum status
forward_init(struct mc *mc)
{
    mc->forward = NULL;
    return ST_OK;
}

void
forward_reset(struct mc *mc)
{
    for (unsigned i = 0; mc->forward != NULL && i < FORWARD_PENDING; i++) {
        struct pending *p = &mc->forward->pending[i];

        if (p->used)
            timeline_disarm(&mc->world->timeline, &p->timer);
        p->used = false;
    }
}

void
forward_free(struct mc *mc)
{
    forward_reset(mc);
    free(mc->forward);
    mc->forward = NULL;
}
