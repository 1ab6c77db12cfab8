#include "sim/lan/solmux.h"

#include <stdlib.h>
#include <string.h>

#define OPERATIONS_ONCE (SOL_RING | SOL_BREAK | SOL_FLUSH_INBOUND | SOL_FLUSH_OUTBOUND)
#define OPERATIONS_LEVEL (SOL_PAUSE | SOL_HANG_UP)

/* Towards the console. The first sent octets of chars are the packet under
 * way, the others wait. */
struct outbound {
    uint8_t chars[SOLMUX_ROOM];
    size_t len, sent;
    uint8_t seq;               /* of the packet under way, or the latest */
    uint8_t status;            /* enum sol_status that goes with it */
    uint8_t tell;              /* that goes with the next */
    uint8_t tries;             /* left */
    bool waiting;              /* for its acknowledgement */
    bool refused;              /* the console wants no more for a while */
    bool due;                  /* what waits has waited long enough */
    struct timer accumulate, retry;
};

/* Towards the host: the packet that is being taken, or the latest one. */
struct inbound {
    uint8_t chars[SOL_CHARS_MAX];
    size_t len, taken;
    uint8_t seq;               /* 0 = there was none */
    bool owed;                 /* it is not acknowledged yet */
    struct timer hold;
};

struct solmux {
    struct world *world;
    struct solmux_sinks sinks;
    struct outbound out;
    struct inbound in;
    bool unavailable, ended;
    uint8_t levels;            /* OPERATIONS_LEVEL as last told */
    struct solmux_stats stats;
};

static void
arm(struct solmux *mux, struct timer *t, instant span)
{
    (void)timeline_arm(&mux->world->timeline, t, instant_add(mux->world->now, span));
}

static void
disarm(struct solmux *mux, struct timer *t)
{
    timeline_disarm(&mux->world->timeline, t);
}

/* ---- packets ---- */

static void
send_packet(struct solmux *mux, struct sol_packet p)
{
    uint8_t buf[SOL_HEADER + SOL_CHARS_MAX];
    struct wr w = wr_of(buf, sizeof buf);

    if (mux->unavailable)
        p.flags |= SOL_UNAVAILABLE;
    if (mux->ended)
        p.flags |= SOL_INACTIVE;
    sol_build(&w, &p);
    mux->sinks.send(mux->sinks.ctx, wr_bytes_of(&w));
}

static void
send_data(struct solmux *mux)
{
    const struct outbound *out = &mux->out;

    send_packet(mux, (struct sol_packet){
        .seq = out->seq, .flags = out->status, .chars = bytes_of(out->chars, out->sent),
    });
}

/* ---- towards the console ---- */

static instant
accumulate_span(const struct solmux *mux)
{
    uint8_t units = mux->sinks.rules->accumulate;

    return (units ? units : 1u) * SOLMUX_ACCUMULATE_UNIT;
}

static instant
retry_span(const struct solmux *mux)
{
    uint8_t units = mux->sinks.rules->retry_interval;

    return units ? units * SOLMUX_RETRY_UNIT : SOLMUX_RETRY_LEAST;
}

/* A break does not wait for characters; an overrun goes with the next. */
static bool
urgent(const struct outbound *out)
{
    return out->tell & SOL_BREAK_SEEN;
}

static bool
enough(const struct solmux *mux)
{
    const struct outbound *out = &mux->out;
    uint8_t threshold = mux->sinks.rules->threshold;

    return out->due || urgent(out) || (threshold && out->len >= threshold) ||
           out->len >= SOL_CHARS_MAX;
}

static void
begin_packet(struct solmux *mux)
{
    struct outbound *out = &mux->out;

    out->seq = out->seq >= SOL_SEQ_MAX ? 1 : out->seq + 1u;
    out->sent = out->len < SOL_CHARS_MAX ? out->len : SOL_CHARS_MAX;
    out->status = out->tell;
    out->tell = 0;
    out->due = false;
    out->waiting = true;
    out->tries = mux->sinks.rules->retries;
    disarm(mux, &out->accumulate);
    arm(mux, &out->retry, retry_span(mux));
    send_data(mux);
}

/* Send what waits, when it may go and is enough; else see to it that it goes
 * when its time has come. */
static void
go_on(struct solmux *mux)
{
    struct outbound *out = &mux->out;

    if (mux->ended || out->waiting || out->refused || (out->len == 0 && !urgent(out)))
        return;
    if (enough(mux))
        begin_packet(mux);
    else if (!timer_armed(&out->accumulate))
        arm(mux, &out->accumulate, accumulate_span(mux));
}

/* The packet under way is over; count of its characters are done with. */
static void
end_packet(struct solmux *mux, size_t count)
{
    struct outbound *out = &mux->out;

    out->len -= count;
    memmove(out->chars, out->chars + count, out->len);
    out->sent = 0;
    out->waiting = false;
    disarm(mux, &out->retry);
    /* What came meanwhile has not waited for long, unless its timer says so. */
    if (out->len > 0 && !out->due && !timer_armed(&out->accumulate))
        arm(mux, &out->accumulate, accumulate_span(mux));
}

static void
offer_room(struct solmux *mux)
{
    if (!mux->ended && solmux_room(mux) > 0)
        mux->sinks.room(mux->sinks.ctx);
}

static void
on_accumulated(void *ctx, instant at)
{
    struct solmux *mux = ctx;

    (void)at;
    mux->out.due = true;
    go_on(mux);
}

static void
give_up(struct solmux *mux)
{
    mux->stats.dropped += mux->out.sent;
    if (mux->out.sent > 0)
        mux->out.tell |= SOL_OVERRUN;
    end_packet(mux, mux->out.sent);
    if (mux->out.len == 0)
        mux->out.due = false;
    go_on(mux);
    offer_room(mux);
}

static void
on_retry(void *ctx, instant at)
{
    struct solmux *mux = ctx;
    struct outbound *out = &mux->out;

    (void)at;
    if (out->refused) {
        out->refused = false;
        go_on(mux);
    } else if (out->tries == 0) {
        give_up(mux);
    } else {
        out->tries--;
        mux->stats.retries++;
        arm(mux, &out->retry, retry_span(mux));
        send_data(mux);
    }
}

/* The console answers the packet under way. */
static void
acknowledged(struct solmux *mux, const struct sol_packet *p)
{
    struct outbound *out = &mux->out;
    size_t left, count = p->accepted;

    if (!out->waiting || p->ack != out->seq)
        return;
    if (count > out->sent)
        count = out->sent;
    left = out->sent - count;
    mux->stats.sent += count;
    end_packet(mux, count);
    if (left > 0) {
        mux->stats.refused++;
        out->due = true;
        out->refused = (p->flags & SOL_NACK) || count == 0;
    }
    if (out->refused)
        arm(mux, &out->retry, retry_span(mux));
    go_on(mux);
    offer_room(mux);
}

/* A console that is heard again, and refuses nothing, wants more. */
static void
heard(struct solmux *mux, const struct sol_packet *p)
{
    if (!mux->out.refused || (p->flags & SOL_NACK) || p->ack == mux->out.seq)
        return;
    mux->out.refused = false;
    disarm(mux, &mux->out.retry);
    go_on(mux);
}

/* ---- towards the host ---- */

static void
acknowledge(struct solmux *mux)
{
    struct inbound *in = &mux->in;
    bool nothing = in->len > 0 && in->taken == 0;

    in->owed = false;
    disarm(mux, &in->hold);
    send_packet(mux, (struct sol_packet){
        .ack = in->seq, .accepted = (uint8_t)in->taken, .flags = nothing ? SOL_NACK : 0,
    });
}

/* Give the host what it takes of the packet; acknowledge when that is all. */
static void
hand_over(struct solmux *mux)
{
    struct inbound *in = &mux->in;
    struct bytes rest = bytes_of(in->chars + in->taken, in->len - in->taken);
    size_t count = rest.len ? mux->sinks.typed(mux->sinks.ctx, rest) : 0;

    in->taken += count < rest.len ? count : rest.len;
    mux->stats.typed += count;
    if (in->taken == in->len)
        acknowledge(mux);
}

static void
on_held(void *ctx, instant at)
{
    (void)at;
    acknowledge(ctx);
}

static void
operate(struct solmux *mux, uint8_t operations, bool again)
{
    uint8_t once = again ? 0 : operations & OPERATIONS_ONCE;
    uint8_t levels = operations & OPERATIONS_LEVEL;

    if (once & SOL_FLUSH_OUTBOUND) {
        end_packet(mux, mux->out.sent);
        mux->out.len = 0;
        mux->out.due = mux->out.refused = false;
        disarm(mux, &mux->out.accumulate);
        offer_room(mux);
    }
    if ((once & SOL_FLUSH_INBOUND) && mux->in.owed) {
        mux->in.taken = mux->in.len;
        acknowledge(mux);
    }
    if (once == 0 && levels == mux->levels)
        return;
    mux->levels = levels;
    mux->sinks.operate(mux->sinks.ctx, once | levels);
}

/* A packet has come again, unless it was refused whole: then it is new. */
static bool
came_again(const struct inbound *in, const struct sol_packet *p)
{
    if (p->seq != in->seq)
        return false;
    return in->owed || in->len == 0 || in->taken > 0;
}

static void
take_packet(struct solmux *mux, const struct sol_packet *p)
{
    struct inbound *in = &mux->in;

    if (in->owed)
        acknowledge(mux);      /* the console has gone on to another */
    in->seq = p->seq;
    in->len = p->chars.len;
    in->taken = 0;
    in->owed = true;
    if (in->len)
        memcpy(in->chars, p->chars.at, in->len);
    hand_over(mux);
    if (in->owed)
        arm(mux, &in->hold, SOLMUX_HOLD);
}

bool
solmux_input(struct solmux *mux, struct bytes payload)
{
    struct sol_packet p;
    bool again;

    if (!sol_parse(payload, &p))
        return false;
    if (mux->ended)
        return true;
    again = p.seq != 0 && came_again(&mux->in, &p);
    operate(mux, p.flags, again);
    if (p.ack != 0)
        acknowledged(mux, &p);
    heard(mux, &p);
    if (again) {
        mux->stats.repeats++;
        if (!mux->in.owed)
            acknowledge(mux);
    } else if (p.seq != 0) {
        take_packet(mux, &p);
    }
    return true;
}

/* ---- for who owns it ---- */

enum status
solmux_new(struct world *world, const struct solmux_sinks *sinks, struct solmux **out)
{
    struct solmux *mux = calloc(1, sizeof *mux);

    if (mux == NULL)
        return ST_NOMEM;
    mux->world = world;
    mux->sinks = *sinks;
    timer_init(&mux->out.accumulate, TIMER_DEVICE, on_accumulated, mux);
    timer_init(&mux->out.retry, TIMER_EXPIRY, on_retry, mux);
    timer_init(&mux->in.hold, TIMER_EXPIRY, on_held, mux);
    *out = mux;
    return ST_OK;
}

static void
disarm_all(struct solmux *mux)
{
    disarm(mux, &mux->out.accumulate);
    disarm(mux, &mux->out.retry);
    disarm(mux, &mux->in.hold);
}

void
solmux_free(struct solmux *mux)
{
    if (mux == NULL)
        return;
    disarm_all(mux);
    free(mux);
}

size_t
solmux_room(const struct solmux *mux)
{
    return sizeof mux->out.chars - mux->out.len;
}

size_t
solmux_output(struct solmux *mux, struct bytes chars)
{
    size_t room = solmux_room(mux);
    size_t count = chars.len < room ? chars.len : room;

    if (mux->ended || count == 0)
        return 0;
    memcpy(mux->out.chars + mux->out.len, chars.at, count);
    mux->out.len += count;
    if (mux->out.waiting && !timer_armed(&mux->out.accumulate) && !mux->out.due)
        arm(mux, &mux->out.accumulate, accumulate_span(mux));
    go_on(mux);
    return count;
}

void
solmux_typed_room(struct solmux *mux)
{
    if (mux->in.owed && !mux->ended)
        hand_over(mux);
}

void
solmux_break(struct solmux *mux)
{
    mux->out.tell |= SOL_BREAK_SEEN;
    go_on(mux);
}

void
solmux_begin_unavailable(struct solmux *mux)
{
    mux->unavailable = true;
}

void
solmux_set_available(struct solmux *mux, bool available)
{
    if (mux->unavailable == !available || mux->ended)
        return;
    mux->unavailable = !available;
    send_packet(mux, (struct sol_packet){ 0 });
}

void
solmux_end(struct solmux *mux)
{
    if (mux->ended)
        return;
    mux->ended = true;
    disarm_all(mux);
    send_packet(mux, (struct sol_packet){ 0 });
}

const struct solmux_stats *
solmux_stats(const struct solmux *mux)
{
    return &mux->stats;
}
