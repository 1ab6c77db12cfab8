#include "sim/serial/serial_line.h"

#include <stdlib.h>
#include <string.h>

#include "sim/wire/ipmb.h"
#include "sim/wire/serial_basic.h"
#include "sim/wire/serial_text.h"

#define CMD_SEND_MESSAGE 0x34
#define SEND_UNTRACKED   0x00   /* to channel 0 */
#define BMC_TOO          0x01   /* an address that stands for ours */
#define TERMINAL_HEAD    3u     /* network function, sequence, command */
#define TAPPED_HEAD      2u     /* network function, command */

struct serial_line {
    struct serial_line_config config;
    struct serial_line_sinks sinks;
    struct link in, out;
    struct serial_line_stats stats;
    union {
        struct serial_basic basic;
        struct serial_text text;
    } heard;
};

/* Who asked beside what a link frame says, kept in its mark: the requester's
 * LUN, and bits below the sequence number. */
static void *
mark_of(unsigned low)
{
    return (void *)(uintptr_t)(low & 3u);
}

static uint8_t
low_of(const struct link_frame *f)
{
    return (uint8_t)((uintptr_t)f->to & 3u);
}

/* ---- out ---- */

static void
say(struct serial_line *l, const struct wr *chars)
{
    if (!chars->bad)
        l->sinks.say(l->sinks.ctx, wr_bytes_of(chars));
}

/* An IPMB message with its sums. */
static struct bytes
ipmb_answer(const struct link_frame *f, struct wr *w)
{
    struct rd r = rd_of(f->bytes);
    uint8_t netfn = rd_u8(&r);

    ipmb_build(w, &(struct ipmb_frame){
        .target = (uint8_t)f->about.target, .target_lun = low_of(f),
        .netfn = netfn >> 2, .source = (uint8_t)f->about.source, .source_lun = netfn & 3u,
        .seq = (uint8_t)f->about.seq, .cmd = rd_u8(&r), .data = rd_rest(&r),
    });
    return wr_bytes_of(w);
}

static struct bytes
terminal_answer(const struct link_frame *f, struct wr *w)
{
    struct rd r = rd_of(f->bytes);

    wr_u8(w, rd_u8(&r));
    wr_u8(w, (unsigned)f->about.seq << 2 | low_of(f));
    wr_span(w, rd_rest(&r));
    return wr_bytes_of(w);
}

/* link_deliver_fn: an answer has crossed. */
static void
deliver_answer(void *ctx, const struct link_frame *f)
{
    struct serial_line *l = ctx;
    uint8_t octets[SERIAL_BASIC_MESSAGE_MAX], chars[SERIAL_TEXT_LINE_MAX + 8];
    struct wr w = wr_of(octets, sizeof octets), out = wr_of(chars, sizeof chars);

    if (f->bytes.len < TAPPED_HEAD + 1) {
        link_ignored(&l->out, f, "cut to nothing");
        return;
    }
    if (l->config.codec == SERIAL_CODEC_TERMINAL)
        serial_text_build_terminal(&out, terminal_answer(f, &w));
    else if (l->config.codec == SERIAL_CODEC_BASIC)
        serial_basic_build(&out, ipmb_answer(f, &w));
    else
        serial_text_build_radisys(&out, ipmb_answer(f, &w));
    say(l, &out);
}

static struct link_frame
describe(const struct serial_line *l, enum tap_dir dir, const uint8_t *octets, size_t len)
{
    return (struct link_frame){
        .about = {
            .link = TAP_SYSIF, .number = l->config.channel, .dir = dir,
            .netfn = octets[0] >> 2, .lun = octets[0] & 3, .cmd = octets[1],
            .seq = FAULT_ANY, .source = FAULT_ANY, .target = FAULT_ANY,
            .payload_type = FAULT_ANY, .len = len,
        },
        .bytes = bytes_of(octets, len),
    };
}

/* ipmi_answer_fn. What is sent on for the other end is not its own request. */
static void
answer(void *ctx, const struct ipmi_origin *to, uint8_t cc, struct bytes data)
{
    struct serial_line *l = ctx;
    uint8_t octets[TAPPED_HEAD + 1 + SERIAL_LINE_ROOM];
    struct wr w = wr_of(octets, sizeof octets);
    struct link_frame f;

    if (to->mark[0])
        return;
    if (data.len > SERIAL_LINE_ROOM) {
        cc = CC_CANNOT_RETURN;
        data.len = 0;
    }
    wr_u8(&w, (to->netfn | 1u) << 2 | to->rs_lun);
    wr_u8(&w, to->cmd);
    wr_u8(&w, cc);
    wr_span(&w, data);
    f = describe(l, TAP_FROM_BMC, octets, wr_len(&w));
    f.about.seq = to->rq_seq;
    f.about.source = to->rs_addr;
    f.about.target = to->rq_addr;
    f.to = mark_of(to->rq_lun);
    l->stats.answers++;
    link_send(&l->out, &f);
}

/* ---- in ---- */

/* link_deliver_fn: a request has crossed. */
static void
deliver_request(void *ctx, const struct link_frame *f)
{
    struct serial_line *l = ctx;
    struct rd r = rd_of(f->bytes);
    uint8_t netfn = rd_u8(&r), cmd = rd_u8(&r);
    struct ipmi_req rq = {
        .from = {
            .answer = answer, .ctx = l, .channel = l->config.channel,
            .rs_addr = l->config.address, .rs_lun = netfn & 3u,
            .rq_addr = (uint8_t)f->about.source, .rq_lun = low_of(f),
            .rq_seq = (uint8_t)f->about.seq, .netfn = netfn >> 2, .cmd = cmd,
        },
        .privilege = l->config.privilege,
        .netfn = netfn >> 2, .lun = netfn & 3u, .cmd = cmd,
        .data = rd_of(rd_rest(&r)),
    };

    if (r.bad) {
        link_ignored(&l->in, f, "cut to nothing");
        return;
    }
    if (rq.netfn & 1) {
        link_ignored(&l->in, f, "a response, which nobody awaits");
        return;
    }
    l->stats.requests++;
    l->sinks.request(l->sinks.ctx, &rq);
}

static void
drop(struct serial_line *l, const char *why)
{
    l->stats.bad++;
    world_note(l->config.world, why);
}

struct heard_message {
    uint8_t netfn_lun, cmd;
    uint8_t source, seq, low;    /* low: the requester's LUN, or bridge bits */
    struct bytes data;
};

static void
take(struct serial_line *l, const struct heard_message *m)
{
    uint8_t octets[TAPPED_HEAD + SERIAL_BASIC_MESSAGE_MAX];
    struct wr w = wr_of(octets, sizeof octets);
    struct link_frame f;

    wr_u8(&w, m->netfn_lun);
    wr_u8(&w, m->cmd);
    wr_span(&w, m->data);
    f = describe(l, TAP_TO_BMC, octets, wr_len(&w));
    f.about.seq = m->seq;
    f.about.source = m->source;
    f.about.target = l->config.address;
    f.to = mark_of(m->low);
    link_send(&l->in, &f);
}

/* For another controller: on to the IPMB as it is. */
static void
send_on(struct serial_line *l, struct bytes message)
{
    uint8_t octets[1 + SERIAL_BASIC_MESSAGE_MAX];
    struct wr w = wr_of(octets, sizeof octets);
    struct ipmi_req rq = {
        .from = {
            .answer = answer, .ctx = l, .channel = l->config.channel,
            .rs_addr = l->config.address, .netfn = NETFN_APP, .cmd = CMD_SEND_MESSAGE,
            .mark = { 1 },
        },
        .privilege = l->config.privilege,
        .netfn = NETFN_APP, .cmd = CMD_SEND_MESSAGE,
    };

    wr_u8(&w, SEND_UNTRACKED);
    wr_span(&w, message);
    rq.data = rd_of(wr_bytes_of(&w));
    l->stats.requests++;
    l->sinks.request(l->sinks.ctx, &rq);
}

static void
take_foreign(struct serial_line *l, struct bytes message)
{
    if (l->config.codec == SERIAL_CODEC_RADISYS)
        send_on(l, message);
    else
        drop(l, "serial: a message for another address");
}

static void
take_ipmb(struct serial_line *l, struct bytes message)
{
    struct ipmb_frame f;

    if (ipmb_parse(message, &f) != IPMB_OK || f.broadcast)
        drop(l, "serial: a message that is cut short or damaged");
    else if (f.target != l->config.address && f.target != BMC_TOO)
        take_foreign(l, message);
    else
        take(l, &(struct heard_message){
            .netfn_lun = (uint8_t)(f.netfn << 2 | f.target_lun), .cmd = f.cmd,
            .source = f.source, .seq = f.seq, .low = f.source_lun, .data = f.data,
        });
}

static void
take_terminal(struct serial_line *l, struct bytes message)
{
    struct rd r = rd_of(message);
    struct heard_message m = { .netfn_lun = rd_u8(&r) };
    uint8_t seq = rd_u8(&r);

    m.seq = seq >> 2;
    m.low = seq & 3u;
    m.cmd = rd_u8(&r);
    m.data = rd_rest(&r);
    take(l, &m);
}

static void
hear_basic(struct serial_line *l, uint8_t c)
{
    static const uint8_t handshake = SERIAL_BASIC_HANDSHAKE;
    struct bytes message;
    enum serial_basic_event ev = serial_basic_take(&l->heard.basic, c, &message);

    if (ev == SERIAL_BASIC_MORE)
        return;
    l->sinks.say(l->sinks.ctx, bytes_of(&handshake, 1));
    if (ev == SERIAL_BASIC_MESSAGE)
        take_ipmb(l, message);
    else
        drop(l, "serial: a packet that is too long or badly escaped");
}

static void
say_error(struct serial_line *l, enum ipmi_cc cc)
{
    const char *text = cc == CC_INVALID_COMMAND ? "[ERR C1]\r\n" : "[ERR C7]\r\n";

    l->sinks.say(l->sinks.ctx, bytes_of(text, strlen(text)));
}

static void
hear_terminal(struct serial_line *l, uint8_t c)
{
    struct bytes got;
    enum serial_text_event ev = serial_text_terminal(&l->heard.text, c, &got);

    if (ev == SERIAL_TEXT_MORE)
        return;
    if (ev == SERIAL_TEXT_MESSAGE && got.len >= TERMINAL_HEAD) {
        take_terminal(l, got);
        return;
    }
    drop(l, ev == SERIAL_TEXT_WORDS ? "serial: words that mean nothing here"
                                    : "serial: a line that is no message");
    say_error(l, ev == SERIAL_TEXT_WORDS ? CC_INVALID_COMMAND : CC_LENGTH);
}

static void
hear_radisys(struct serial_line *l, uint8_t c)
{
    struct bytes got;
    enum serial_text_event ev = serial_text_radisys(&l->heard.text, c, &got);

    if (ev == SERIAL_TEXT_MESSAGE)
        take_ipmb(l, got);
    else if (ev == SERIAL_TEXT_BAD)
        drop(l, "serial: a line that is no message");
}

void
serial_line_hear(struct serial_line *l, struct bytes chars)
{
    static void (*const hear[])(struct serial_line *, uint8_t) = {
        [SERIAL_CODEC_BASIC] = hear_basic,
        [SERIAL_CODEC_TERMINAL] = hear_terminal,
        [SERIAL_CODEC_RADISYS] = hear_radisys,
    };

    for (size_t i = 0; i < chars.len; i++)
        hear[l->config.codec](l, chars.at[i]);
}

void
serial_line_hang_up(struct serial_line *l)
{
    memset(&l->heard, 0, sizeof l->heard);
}

/* ---- life ---- */

enum status
serial_line_new(const struct serial_line_config *config, const struct serial_line_sinks *sinks,
                struct serial_line **out)
{
    struct serial_line *l = calloc(1, sizeof *l);

    if (l == NULL)
        return ST_NOMEM;
    l->config = *config;
    l->sinks = *sinks;
    link_init(&l->in, config->world, deliver_request, l);
    link_init(&l->out, config->world, deliver_answer, l);
    *out = l;
    return ST_OK;
}

void
serial_line_free(struct serial_line *l)
{
    if (l == NULL)
        return;
    link_free(&l->in);
    link_free(&l->out);
    free(l);
}

const struct serial_line_stats *
serial_line_stats(const struct serial_line *l)
{
    return &l->stats;
}
