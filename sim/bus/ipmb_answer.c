/* Responses of a port's own, from the answer to their way out. */
#include "sim/bus/ipmb_port_impl.h"

/*
 * A response's ticket on the medium: the entry of its request among those
 * heard, where its octets are kept, with as much of the entry's generation as
 * there is room for; and what it met on the other bus of a pair.
 */
#define TRIED_OTHER 1u
#define NAKED_THERE 2u
#define NUMBER_SHIFT 2
#define NUMBER_MASK 0x3fu
#define GENERATION_SHIFT 8
#define GENERATION_MASK (TICKET_MASK >> GENERATION_SHIFT)

_Static_assert(IPMB_PORT_DUPLICATES_MAX <= NUMBER_MASK + 1, "a ticket holds any number");

static uint32_t
ticket_of(uint32_t number, uint32_t generation)
{
    return (generation & GENERATION_MASK) << GENERATION_SHIFT | number << NUMBER_SHIFT;
}

/* What a ticket stands for; NULL when that is forgotten. */
static const struct heard_entry *
entry_of(const struct ipmb_port *port, uint32_t ticket)
{
    uint32_t number = ticket >> NUMBER_SHIFT & NUMBER_MASK;
    const struct heard_entry *e;

    if (port->tables == NULL || number >= port->tables->heard.count)
        return NULL;
    e = &port->tables->heard.entries[number];
    if (!e->used || !e->answered ||
        ticket_of(number, e->generation) != (ticket & ~(TRIED_OTHER | NAKED_THERE)))
        return NULL;
    return e;
}

/* No success on way, or no way to begin with: the same on the other bus. False
 * when that cannot be. */
static bool
change_way(struct way *way, uint32_t ticket, bool naked)
{
    struct ipmb_port *port = way->port;
    unsigned other = (unsigned)(way - port->ways) ^ 1u;
    const struct heard_entry *e = entry_of(port, ticket);

    if (ticket & TRIED_OTHER || e == NULL || !ipmb_way_has_other(port, other ^ 1u))
        return false;
    port->stats.changed++;
    ticket |= TRIED_OTHER | (naked ? NAKED_THERE : 0);
    return medium_send_again(port->ways[other].medium, &port->ways[other].node,
                             bytes_of(e->reply, e->reply_len),
                             (uint32_t)KIND_RESPONSE << KIND_SHIFT | ticket) == ST_OK;
}

static void
send_response(struct way *way, struct bytes frame, uint32_t ticket)
{
    if (medium_send(way->medium, &way->node, frame,
                    (uint32_t)KIND_RESPONSE << KIND_SHIFT | ticket) != ST_OK &&
        !change_way(way, ticket, false))
        way->port->stats.responses_lost++;
}

/* Of a pair: this link works, and the other may not. */
static void
learn(struct way *way, uint32_t ticket)
{
    struct ipmb_port *port = way->port;
    const struct heard_entry *e = entry_of(port, ticket);

    if (e != NULL)
        ipmb_way_good(way, e->source);
    if (ticket & NAKED_THERE)
        ipmb_way_naked(&port->ways[(way - port->ways) ^ 1]);
}

/* Who has no room for it will ask again. */
void
ipmb_answer_sent(struct way *way, uint32_t ticket, enum wire_result result)
{
    struct ipmb_port *port = way->port;

    if (result == WIRE_DONE) {
        if (port->way_count == IPMB_PORT_WAYS)
            learn(way, ticket);
        return;
    }
    if (result == WIRE_BUS_ERROR)
        ipmb_way_broken(way, false);
    if (result == WIRE_DATA_NAKED || !change_way(way, ticket, result == WIRE_NAKED))
        port->stats.responses_lost++;
}

void
ipmb_answer_again(struct way *way, const struct heard_entry *e)
{
    uint32_t number = (uint32_t)(e - way->port->tables->heard.entries);

    send_response(way, bytes_of(e->reply, e->reply_len), ticket_of(number, e->generation));
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

void
ipmb_answer(void *ctx, const struct ipmi_origin *to, uint8_t cc, struct bytes data)
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
    send_response(&port->ways[to->format], wr_bytes_of(&w),
                  ticket_of(to->mark[0], to->mark[1]));
}
