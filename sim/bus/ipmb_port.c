#include <stdlib.h>
#include <string.h>

#include "sim/base/planted.h"
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

static void
make_way(struct ipmb_port *port, unsigned i)
{
    struct way *way = &port->ways[i];

    ipmb_way_init(port, i, i ? port->config.second : port->config.medium);
    way->node = (struct medium_node){
        .address = port->config.address, .receive = receive, .sent = sent, .ctx = way
    };
}

enum status
ipmb_port_new(const struct ipmb_port_config *config, const struct ipmb_port_sinks *sinks,
              struct ipmb_port **out)
{
    struct ipmb_port_config c = *config;
    unsigned ways = config->second != NULL ? IPMB_PORT_WAYS : 1;
    struct ipmb_port *port;

    fill_in_defaults(&c);
    if (c.address == IPMB_BROADCAST || c.address & 1 || c.frame_max < IPMB_FRAME_MAX ||
        c.frame_max > MEDIUM_FRAME_MAX)
        return ST_INVALID;
    port = calloc(1, sizeof *port + ways * sizeof port->ways[0]);
    if (port == NULL)
        return ST_NOMEM;
    port->config = c;
    port->sinks = *sinks;
    port->way_count = ways;
    for (unsigned i = 0; i < ways; i++)
        make_way(port, i);
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
    free(t->raw_octets);
    heard_free(&t->heard);
    free(t);
}

void
ipmb_port_free(struct ipmb_port *port)
{
    if (port == NULL)
        return;
    ipmb_port_reset(port);
    for (unsigned i = 0; i < port->way_count; i++)
        ipmb_way_leave(&port->ways[i]);
    free_tables(port->tables);
    free(port);
}

static void
sent(void *ctx, uint32_t tag, enum wire_result result)
{
    struct way *way = ctx;
    struct ipmb_port *port = way->port;

    switch ((enum kind)(tag >> KIND_SHIFT)) {
    case KIND_ASK:
        ipmb_ask_sent(port, tag & TICKET_MASK, result);
        break;
    case KIND_RAW:
        ipmb_raw_sent(port, tag & TICKET_MASK, result);
        break;
    case KIND_RESPONSE:
        ipmb_answer_sent(way, tag & TICKET_MASK, result);
        break;
    }
}

/* Forgetting. */

void
ipmb_port_reset(struct ipmb_port *port)
{
    struct tables *t = port->tables;

    ipmb_way_forget(port);
    if (t == NULL)
        return;
    ipmb_ask_forget(port);
    ipmb_raw_forget(port);
    heard_clear(&t->heard);
}

/* Requests for us. */

static void
ignore(struct way *way, const struct link_frame *lf, const char *why)
{
    way->port->stats.ignored++;
    medium_ignored(way->medium, lf, why);
}

/* The same request again: the kept response, or nothing yet. */
static void
take_duplicate(struct way *way, const struct link_frame *lf,
               const struct heard_entry *before)
{
    way->port->stats.duplicates++;
    if (!before->answered) {
        medium_ignored(way->medium, lf, "duplicate of a request being executed");
        return;
    }
    medium_ignored(way->medium, lf, "duplicate, answered as before");
    ipmb_answer_again(way, before);
}

static void
execute(struct way *way, const struct ipmb_frame *f, const uint32_t mark[2])
{
    struct ipmb_port *port = way->port;
    struct ipmi_req rq = {
        .from = {
            .answer = ipmb_answer, .ctx = port, .channel = port->config.channel,
            .rs_addr = port->config.address, .rs_lun = f->target_lun,
            .rq_addr = f->source, .rq_lun = f->source_lun, .rq_seq = f->seq,
            .netfn = f->netfn, .cmd = f->cmd, .mark = { mark[0], mark[1] },
            .format = (uint8_t)(way - port->ways),
        },
        .privilege = PRIV_SYSTEM,
        .netfn = f->netfn, .lun = f->target_lun, .cmd = f->cmd,
        .data = rd_of(f->data),
    };

    port->stats.requests++;
    port->sinks.request(port->sinks.ctx, &rq);
}

static void
take_request(struct way *way, const struct link_frame *lf, const struct ipmb_frame *f)
{
    struct ipmb_port *port = way->port;
    instant now = port->config.world->now;
    struct tables *t = ipmb_port_tables(port);
    const struct heard_entry *before;
    uint32_t mark[2];

    if (t == NULL || port->sinks.request == NULL) {
        ignore(way, lf, "nobody here takes requests");
        return;
    }
    before = PLANTED(IPMB_DUPLICATE_EXECUTED) ? NULL : heard_find(&t->heard, now, f);
    if (before != NULL)
        take_duplicate(way, lf, before);
    else if (heard_enter(&t->heard, now, f, &mark[0], &mark[1]))
        execute(way, f, mark);
    else
        ignore(way, lf, "out of memory");
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
take_response(struct way *way, const struct link_frame *lf, const struct ipmb_frame *f)
{
    struct ipmb_port *port = way->port;

    if (f->data.len == 0)
        ignore(way, lf, "response without a completion code");
    else if (ipmb_ask_answered(port, f))
        return;
    else if (is_for_sms(port, f))
        pass_on(port, lf, f);
    else
        ignore(way, lf, "response to no open request");
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
    struct way *way = ctx;
    struct ipmb_port *port = way->port;
    struct ipmb_frame f;
    enum ipmb_err err = ipmb_parse(lf->bytes, &f);
    const char *why = err == IPMB_OK ? objection(port, &f, lf->bytes.len)
                                     : ipmb_err_text(err);

    if (why != NULL)
        ignore(way, lf, why);
    else if (ipmb_is_response(&f))
        take_response(way, lf, &f);
    else if (is_for_sms(port, &f))
        pass_on(port, lf, &f);
    else
        take_request(way, lf, &f);
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

bool
ipmb_port_is_pair(const struct ipmb_port *port)
{
    return port->way_count == IPMB_PORT_WAYS;
}

const struct ipmb_port_stats *
ipmb_port_stats(const struct ipmb_port *port)
{
    return &port->stats;
}
