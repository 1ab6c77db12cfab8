#include <stdlib.h>
#include <string.h>

#include "sim/bus/ipmb_port_impl.h"

static void receive(void *ctx, const struct link_frame *lf);
static void sent(void *ctx, uint32_t tag, enum wire_result result);

uint8_t
ipmb_end_cc(enum ipmb_end end)
{
    static const uint8_t codes[] = {
        [IPMB_END_ANSWERED] = CC_OK,
        [IPMB_END_TIMED_OUT] = CC_TIMEOUT,
        [IPMB_END_NAKED] = CC_CMD_83,
        [IPMB_END_LOST_ARBITRATION] = CC_CMD_81,
        [IPMB_END_BUS_ERROR] = CC_CMD_82,
    };

    return (unsigned)end < sizeof codes ? codes[end] : CC_UNSPECIFIED;
}

enum ipmb_end
ipmb_port_end_of(enum wire_result result)
{
    static const enum ipmb_end ends[] = {
        [WIRE_DONE] = IPMB_END_ANSWERED,
        [WIRE_NAKED] = IPMB_END_NAKED,
        [WIRE_DATA_NAKED] = IPMB_END_NAKED,
        [WIRE_LOST_ARBITRATION] = IPMB_END_LOST_ARBITRATION,
        [WIRE_BUS_ERROR] = IPMB_END_BUS_ERROR,
    };

    return ends[result];
}

/* Making and unmaking. */

static void
fill_in_defaults(struct ipmb_port_config *c)
{
    if (c->frame_max == 0)
        c->frame_max = IPMB_FRAME_MAX;
    if (c->timeout == 0)
        c->timeout = IPMB_PORT_TIMEOUT;
    if (c->resends == 0)
        c->resends = IPMB_PORT_RESENDS;
    else if (c->resends == IPMB_PORT_NO_RESENDS)
        c->resends = 0;
}

static struct rng
jitter_of(const struct ipmb_port_config *c)
{
    struct rng_key key = rng_key_named(c->world->key, "ipmb resends");

    key = rng_key_numbered(key, medium_config(c->medium)->number);
    return rng_start(rng_key_numbered(key, c->address));
}

enum status
ipmb_port_new(const struct ipmb_port_config *config, const struct ipmb_port_sinks *sinks,
              struct ipmb_port **out)
{
    struct ipmb_port_config c = *config;
    struct ipmb_port *port;

    fill_in_defaults(&c);
    if (c.address == IPMB_BROADCAST || c.address & 1 || c.frame_max < IPMB_FRAME_MAX ||
        c.frame_max > MEDIUM_FRAME_MAX)
        return ST_INVALID;
    port = calloc(1, sizeof *port);
    if (port == NULL)
        return ST_NOMEM;
    port->config = c;
    port->sinks = *sinks;
    port->node = (struct medium_node){
        .address = c.address, .receive = receive, .sent = sent, .ctx = port
    };
    port->jitter = jitter_of(&c);
    port->last_seq = IPMB_SEQS - 1;
    *out = port;
    return ST_OK;
}

struct tables *
ipmb_port_tables(struct ipmb_port *port)
{
    if (port->tables == NULL) {
        port->tables = calloc(1, sizeof *port->tables);
        if (port->tables != NULL)
            heard_init(&port->tables->heard);
    }
    return port->tables;
}

static void
free_tables(struct tables *t)
{
    if (t == NULL)
        return;
    ipmb_ask_free_spare(t);
    heard_free(&t->heard);
    free(t);
}

void
ipmb_port_free(struct ipmb_port *port)
{
    if (port == NULL)
        return;
    ipmb_port_reset(port);
    medium_detach(port->config.medium, &port->node);
    free_tables(port->tables);
    free(port);
}

enum status
ipmb_port_attach(struct ipmb_port *port)
{
    return medium_attach(port->config.medium, &port->node);
}

bool
ipmb_port_attached(const struct ipmb_port *port)
{
    return port->node.attached;
}

/* Raw frames. */

static struct raw_frame *
new_raw(struct ipmb_port *port, const struct ipmb_raw *raw)
{
    struct raw_frame *rows = port->tables->raw;

    for (unsigned i = 0; i < IPMB_PORT_RAW_MAX; i++) {
        if (rows[i].used)
            continue;
        rows[i].used = true;
        rows[i].raw = *raw;
        rows[i].raw.frame = bytes_of(NULL, 0);
        rows[i].ticket = (++port->tickets * IPMB_PORT_RAW_MAX + i) & TICKET_MASK;
        return &rows[i];
    }
    return NULL;
}

static void
end_raw(struct raw_frame *row, enum ipmb_end end)
{
    struct ipmb_raw raw = row->raw;

    row->used = false;
    if (raw.sent != NULL)
        raw.sent(raw.ctx, raw.mark, end);
}

static void
raw_sent(struct ipmb_port *port, uint32_t ticket, enum wire_result result)
{
    struct raw_frame *row;

    if (port->tables == NULL)
        return;
    row = &port->tables->raw[ticket % IPMB_PORT_RAW_MAX];
    if (row->used && row->ticket == ticket)
        end_raw(row, ipmb_port_end_of(result));
}

enum status
ipmb_port_send_raw(struct ipmb_port *port, const struct ipmb_raw *raw)
{
    struct raw_frame *row;
    enum status st;

    if (raw->frame.len == 0 || raw->frame.len > port->config.frame_max)
        return ST_INVALID;
    if (!port->node.attached)
        return ST_MISSING;
    if (ipmb_port_tables(port) == NULL)
        return ST_NOMEM;
    row = new_raw(port, raw);
    if (row == NULL)
        return ST_FULL;
    st = medium_send(port->config.medium, &port->node, raw->frame,
                     (uint32_t)KIND_RAW << KIND_SHIFT | row->ticket);
    if (st == ST_OK)
        port->stats.raw++;
    else
        row->used = false;
    return st;
}

static void
sent(void *ctx, uint32_t tag, enum wire_result result)
{
    struct ipmb_port *port = ctx;

    switch ((enum kind)(tag >> KIND_SHIFT)) {
    case KIND_ASK:
        ipmb_ask_sent(port, tag & TICKET_MASK, result);
        break;
    case KIND_RAW:
        raw_sent(port, tag & TICKET_MASK, result);
        break;
    case KIND_RESPONSE:
        port->stats.responses_lost += result != WIRE_DONE;
        break;
    }
}

/* Going off and forgetting. */

static void
end_unsent_raw(struct ipmb_port *port)
{
    struct tables *t = port->tables;

    for (unsigned i = 0; i < IPMB_PORT_RAW_MAX; i++)
        if (t->raw[i].used)
            end_raw(&t->raw[i], IPMB_END_BUS_ERROR);
}

void
ipmb_port_detach(struct ipmb_port *port)
{
    medium_detach(port->config.medium, &port->node);
    if (port->tables == NULL)
        return;
    ipmb_ask_end_unsent(port);
    end_unsent_raw(port);
}

void
ipmb_port_reset(struct ipmb_port *port)
{
    struct tables *t = port->tables;

    if (t == NULL)
        return;
    ipmb_ask_forget(port);
    for (unsigned i = 0; i < IPMB_PORT_RAW_MAX; i++)
        t->raw[i].used = false;
    heard_clear(&t->heard);
}

/* Answering. */

static void
send_response(struct ipmb_port *port, struct bytes frame)
{
    if (medium_send(port->config.medium, &port->node, frame,
                    (uint32_t)KIND_RESPONSE << KIND_SHIFT) != ST_OK)
        port->stats.responses_lost++;
}

/* Octets of data that stay when the rest does not fit: what says whose
 * command it is. */
static size_t
id_len(uint8_t netfn)
{
    return netfn == NETFN_GROUP ? 1 : netfn == NETFN_OEM ? 3 : 0;
}

static void
put_response(struct wr *w, const struct ipmi_origin *to, uint8_t cc, struct bytes data)
{
    uint8_t body[MEDIUM_FRAME_MAX];
    struct wr b = wr_of(body, sizeof body);
    struct ipmb_frame f = {
        .target = to->rq_addr, .target_lun = to->rq_lun,
        .source = to->rs_addr, .source_lun = to->rs_lun,
        .netfn = to->netfn | 1, .seq = to->rq_seq, .cmd = to->cmd,
    };

    wr_u8(&b, cc);
    wr_span(&b, data);
    f.data = wr_bytes_of(&b);
    ipmb_build(w, &f);
}

/* ipmi_answer_fn: an answer, now or later. */
static void
answer(void *ctx, const struct ipmi_origin *to, uint8_t cc, struct bytes data)
{
    struct ipmb_port *port = ctx;
    uint8_t frame[MEDIUM_FRAME_MAX];
    struct wr w = wr_of(frame, sizeof frame);

    if (data.len > ipmb_port_answer_room(port)) {
        port->stats.cut++;
        cc = CC_CANNOT_RETURN;
        data.len = id_len(to->netfn);
    }
    put_response(&w, to, cc, data);
    heard_answer(&port->tables->heard, to->mark[0], to->mark[1], wr_bytes_of(&w));
    port->stats.responses++;
    send_response(port, wr_bytes_of(&w));
}

static void
ignore(struct ipmb_port *port, const struct link_frame *lf, const char *why)
{
    port->stats.ignored++;
    medium_ignored(port->config.medium, lf, why);
}

/* The same request again: the kept response, or nothing yet. */
static void
take_duplicate(struct ipmb_port *port, const struct link_frame *lf,
               const struct heard_entry *before)
{
    port->stats.duplicates++;
    if (!before->answered) {
        medium_ignored(port->config.medium, lf, "duplicate of a request being executed");
        return;
    }
    medium_ignored(port->config.medium, lf, "duplicate, answered as before");
    send_response(port, bytes_of(before->reply, before->reply_len));
}

static void
execute(struct ipmb_port *port, const struct ipmb_frame *f, const uint32_t mark[2])
{
    struct ipmi_req rq = {
        .from = {
            .answer = answer, .ctx = port, .channel = port->config.channel,
            .rs_addr = port->config.address, .rs_lun = f->target_lun,
            .rq_addr = f->source, .rq_lun = f->source_lun, .rq_seq = f->seq,
            .netfn = f->netfn, .cmd = f->cmd, .mark = { mark[0], mark[1] },
        },
        .privilege = PRIV_SYSTEM,
        .netfn = f->netfn, .lun = f->target_lun, .cmd = f->cmd,
        .data = rd_of(f->data),
    };

    port->stats.requests++;
    port->sinks.request(port->sinks.ctx, &rq);
}

static void
take_request(struct ipmb_port *port, const struct link_frame *lf,
             const struct ipmb_frame *f)
{
    instant now = port->config.world->now;
    struct tables *t = ipmb_port_tables(port);
    const struct heard_entry *before;
    uint32_t mark[2];

    if (t == NULL || port->sinks.request == NULL) {
        ignore(port, lf, "nobody here takes requests");
        return;
    }
    before = heard_find(&t->heard, now, f);
    if (before != NULL)
        take_duplicate(port, lf, before);
    else if (heard_enter(&t->heard, now, f, &mark[0], &mark[1]))
        execute(port, f, mark);
    else
        ignore(port, lf, "out of memory");
}

/* Receiving. */

static bool
is_for_sms(const struct ipmb_port *port, const struct ipmb_frame *f)
{
    return f->target_lun == LUN_SMS && port->sinks.sms != NULL;
}

static void
pass_on(struct ipmb_port *port, const struct link_frame *lf, const struct ipmb_frame *f)
{
    port->stats.sms++;
    port->sinks.sms(port->sinks.ctx, port, f, lf->bytes);
}

static void
take_response(struct ipmb_port *port, const struct link_frame *lf,
              const struct ipmb_frame *f)
{
    if (f->data.len == 0)
        ignore(port, lf, "response without a completion code");
    else if (ipmb_ask_answered(port, f))
        return;
    else if (is_for_sms(port, f))
        pass_on(port, lf, f);
    else
        ignore(port, lf, "response to no open request");
}

/* Why a frame that can be read is dropped all the same; NULL when it is not. */
static const char *
objection(const struct ipmb_port *port, const struct ipmb_frame *f, size_t len)
{
    if (f->target != port->config.address)
        return "for another address";
    if (f->source & 1 || f->source == IPMB_BROADCAST)
        return "source is no slave address";
    if (len > (size_t)port->config.frame_max + f->broadcast)
        return "longer than this controller takes";
    if (f->broadcast && (f->netfn != NETFN_APP || f->cmd != 0x01))
        return "broadcast of another command than Get Device ID";
    return NULL;
}

static void
receive(void *ctx, const struct link_frame *lf)
{
    struct ipmb_port *port = ctx;
    struct ipmb_frame f;
    enum ipmb_err err = ipmb_parse(lf->bytes, &f);
    const char *why = err == IPMB_OK ? objection(port, &f, lf->bytes.len)
                                     : ipmb_err_text(err);

    if (why != NULL)
        ignore(port, lf, why);
    else if (ipmb_is_response(&f))
        take_response(port, lf, &f);
    else if (is_for_sms(port, &f))
        pass_on(port, lf, &f);
    else
        take_request(port, lf, &f);
}

/* What is asked about a port. */

size_t
ipmb_port_ask_room(const struct ipmb_port *port)
{
    return port->config.frame_max - IPMB_FRAME_MIN;
}

size_t
ipmb_port_answer_room(const struct ipmb_port *port)
{
    return port->config.frame_max - IPMB_FRAME_MIN - 1u;
}

uint8_t
ipmb_port_address(const struct ipmb_port *port)
{
    return port->config.address;
}

uint8_t
ipmb_port_channel(const struct ipmb_port *port)
{
    return port->config.channel;
}

struct medium *
ipmb_port_medium(const struct ipmb_port *port)
{
    return port->config.medium;
}

const struct ipmb_port_stats *
ipmb_port_stats(const struct ipmb_port *port)
{
    return &port->stats;
}
