#include "sim/bus/icmb.h"

#include <stdlib.h>

#include "sim/base/rd.h"
#include "sim/base/sum.h"

#define RESPONSE 0x80
#define SEQ_BITS 0x3f

/* A request of ours that is not over. */
struct open_ask {
    bool open;
    uint8_t seq;
    unsigned answers;
    struct icmb_ask ask; /* its data is not kept */
    struct icmb *node;
    struct timer over;
};

struct icmb {
    struct icmb_opts opts;
    uint16_t address;
    bool enabled;
    uint8_t next_seq;
    struct icmb_stats stats;
    struct open_ask asks[ICMB_ASKS_MAX];
};

/* ---- frames ---- */

void
icmb_build(struct wr *w, const struct icmb_frame *f)
{
    const uint8_t *start = w->at;

    if (f->data.len > ICMB_DATA_MAX)
        w->bad = true;
    wr_le16(w, f->to);
    wr_le16(w, f->from);
    wr_u8(w, (f->response ? RESPONSE : 0u) | (f->seq & SEQ_BITS));
    wr_u8(w, f->privilege);
    wr_u8(w, f->cmd);
    wr_span(w, f->data);
    if (!w->bad)
        wr_u8(w, sum_of(start, (size_t)(w->at - start)));
}

bool
icmb_parse(struct bytes octets, struct icmb_frame *f)
{
    struct rd r = rd_of(octets);
    uint8_t control;

    if (octets.len < ICMB_HEAD + 1 || octets.len > ICMB_FRAME_MAX ||
        !sum_ok(octets.at, octets.len))
        return false;
    f->to = rd_le16(&r);
    f->from = rd_le16(&r);
    control = rd_u8(&r);
    f->response = (control & RESPONSE) != 0;
    f->seq = control & SEQ_BITS;
    f->privilege = rd_u8(&r);
    f->cmd = rd_u8(&r);
    f->data = rd_bytes(&r, octets.len - ICMB_HEAD - 1);
    return !r.bad;
}

static bool
send(struct icmb *node, const struct icmb_frame *f)
{
    uint8_t octets[ICMB_FRAME_MAX];
    struct wr w = wr_of(octets, sizeof octets);

    icmb_build(&w, f);
    if (w.bad)
        return false;
    node->stats.sent++;
    node->opts.wire->send(node->opts.wire->ctx, wr_bytes_of(&w));
    return true;
}

/* ---- asking ---- */

static void
close_ask(struct open_ask *a)
{
    a->open = false;
    timeline_disarm(&a->node->opts.world->timeline, &a->over);
}

static void
time_is_up(void *ctx, instant at)
{
    struct open_ask *a = ctx;

    (void)at;
    if (a->ask.to != ICMB_ALL)
        a->node->stats.timed_out++;
    close_ask(a);
    a->ask.end(a->ask.ctx, a->ask.mark, a->answers);
}

static bool
seq_taken(const struct icmb *node, uint8_t seq)
{
    for (unsigned i = 0; i < ICMB_ASKS_MAX; i++)
        if (node->asks[i].open && node->asks[i].seq == seq)
            return true;
    return false;
}

static uint8_t
take_seq(struct icmb *node)
{
    do
        node->next_seq = (node->next_seq + 1) & SEQ_BITS;
    while (seq_taken(node, node->next_seq));
    return node->next_seq;
}

enum status
icmb_ask(struct icmb *node, const struct icmb_ask *ask)
{
    struct icmb_frame f = {
        .to = ask->to,
        .from = node->address,
        .privilege = ask->privilege,
        .cmd = ask->cmd,
        .data = ask->data,
    };
    struct open_ask *a = node->asks;
    bool all = ask->to == ICMB_ALL;

    if (!node->enabled)
        return ST_MISSING;
    if (ask->to == ICMB_NOWHERE || ask->data.len > ICMB_DATA_MAX)
        return ST_INVALID;
    while (a < node->asks + ICMB_ASKS_MAX && a->open)
        a++;
    if (a == node->asks + ICMB_ASKS_MAX)
        return ST_FULL;
    f.seq = take_seq(node);
    a->open = true;
    a->seq = f.seq;
    a->answers = 0;
    a->ask = *ask;
    (void)timeline_arm(
        &node->opts.world->timeline, &a->over,
        instant_add(node->opts.world->now, all ? ICMB_COLLECT : ICMB_TIMEOUT));
    (void)send(node, &f);
    return ST_OK;
}

bool
icmb_answer(struct icmb *node, const struct icmb_frame *f, uint8_t cc, struct bytes data)
{
    uint8_t octets[ICMB_DATA_MAX];
    struct wr w = wr_of(octets, sizeof octets);
    struct icmb_frame answer = {
        .to = f->from,
        .from = node->address,
        .response = true,
        .seq = f->seq,
        .cmd = f->cmd,
    };

    wr_u8(&w, cc);
    wr_span(&w, data);
    if (w.bad)
        return false;
    answer.data = wr_bytes_of(&w);
    return !node->enabled || send(node, &answer);
}

/* ---- hearing ---- */

static struct open_ask *
awaited(struct icmb *node, const struct icmb_frame *f)
{
    for (unsigned i = 0; i < ICMB_ASKS_MAX; i++) {
        struct open_ask *a = &node->asks[i];

        if (a->open && a->seq == f->seq && a->ask.cmd == f->cmd &&
            (a->ask.to == ICMB_ALL || a->ask.to == f->from))
            return a;
    }
    return NULL;
}

static void
hear_response(struct icmb *node, const struct icmb_frame *f)
{
    struct open_ask *a = awaited(node, f);
    struct rd r = rd_of(f->data);
    uint8_t cc = rd_u8(&r);
    struct icmb_ask ask;

    if (a == NULL || r.bad) {
        node->stats.unexpected++;
        return;
    }
    ask = a->ask;
    a->answers++;
    if (ask.to != ICMB_ALL)
        close_ask(a);
    ask.answer(ask.ctx, ask.mark, f->from, cc, rd_rest(&r));
    if (ask.to != ICMB_ALL)
        ask.end(ask.ctx, ask.mark, 1);
}

static void
hear(void *to, struct bytes octets)
{
    struct icmb *node = to;
    struct icmb_frame f;

    if (!node->enabled)
        return;
    if (!icmb_parse(octets, &f)) {
        node->stats.damaged++;
        return;
    }
    if (f.to != node->address && f.to != ICMB_ALL)
        return;
    node->stats.received++;
    if (f.response)
        hear_response(node, &f);
    else
        node->opts.request(node->opts.ctx, &f);
}

/* ---- the node ---- */

enum status
icmb_new(const struct icmb_opts *opts, struct icmb **out)
{
    struct icmb *node = calloc(1, sizeof *node);

    if (node == NULL)
        return ST_NOMEM;
    node->opts = *opts;
    node->address = opts->address;
    node->enabled = true;
    for (unsigned i = 0; i < ICMB_ASKS_MAX; i++) {
        node->asks[i].node = node;
        timer_init(&node->asks[i].over, TIMER_EXPIRY, time_is_up, &node->asks[i]);
    }
    opts->wire->connect(opts->wire->ctx, hear, node);
    *out = node;
    return ST_OK;
}

void
icmb_reset(struct icmb *node)
{
    for (unsigned i = 0; i < ICMB_ASKS_MAX; i++)
        if (node->asks[i].open)
            close_ask(&node->asks[i]);
}

void
icmb_free(struct icmb *node)
{
    if (node == NULL)
        return;
    node->opts.wire->connect(node->opts.wire->ctx, NULL, NULL);
    icmb_reset(node);
    free(node);
}

uint16_t
icmb_address(const struct icmb *node)
{
    return node->address;
}

void
icmb_set_address(struct icmb *node, uint16_t address)
{
    node->address = address;
}

void
icmb_set_enabled(struct icmb *node, bool enabled)
{
    node->enabled = enabled;
}

bool
icmb_enabled(const struct icmb *node)
{
    return node->enabled;
}

const struct icmb_stats *
icmb_stats(const struct icmb *node)
{
    return &node->stats;
}

void
icmb_clear_stats(struct icmb *node)
{
    node->stats = (struct icmb_stats){ 0 };
}
