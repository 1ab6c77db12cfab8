/* Frames that a port sends as they are, and keeps no track of. */
#include <stdlib.h>
#include <string.h>

#include "sim/bus/ipmb_port_impl.h"

static struct raw_frame *
new_raw(struct ipmb_port *port, const struct ipmb_raw *raw)
{
    struct raw_frame *rows = port->tables->raw;

    for (unsigned i = 0; i < IPMB_PORT_RAW_MAX; i++) {
        if (rows[i].used)
            continue;
        rows[i] = (struct raw_frame){
            .used = true,
            .raw = *raw,
            .ticket = (++port->tickets * IPMB_PORT_RAW_MAX + i) & TICKET_MASK,
        };
        rows[i].raw.frame = bytes_of(NULL, 0);
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

static enum status
queue_raw(struct ipmb_port *port, const struct raw_frame *row, struct bytes frame)
{
    struct way *way = &port->ways[row->way];
    uint32_t tag = (uint32_t)KIND_RAW << KIND_SHIFT | row->ticket;

    if (row->raw.read > 0)
        return (row->tried_other ? medium_read_again : medium_read)(way->medium, &way->node,
                                                                    frame, row->raw.read, tag);
    return (row->tried_other ? medium_send_again : medium_send)(way->medium, &way->node,
                                                                frame, tag);
}

/* A frame that may have to be sent on the other bus of a pair as well. */
static bool
keep_octets(struct ipmb_port *port, struct raw_frame *row, struct bytes frame)
{
    struct tables *t = port->tables;

    if (port->way_count == 1)
        return true;
    if (t->raw_octets == NULL)
        t->raw_octets = calloc(IPMB_PORT_RAW_MAX, sizeof t->raw_octets[0]);
    if (t->raw_octets == NULL)
        return false;
    memcpy(t->raw_octets[row - t->raw], frame.at, frame.len);
    row->len = (uint8_t)frame.len;
    return true;
}

enum status
ipmb_port_send_raw(struct ipmb_port *port, const struct ipmb_raw *raw)
{
    struct raw_frame *row;
    enum status st = ST_NOMEM;

    if (raw->frame.len == 0 || raw->frame.len > port->config.frame_max)
        return ST_INVALID;
    if (!ipmb_port_attached(port))
        return ST_MISSING;
    if (ipmb_port_tables(port) == NULL)
        return ST_NOMEM;
    row = new_raw(port, raw);
    if (row == NULL)
        return ST_FULL;
    row->way = ipmb_way_next(port);
    if (keep_octets(port, row, raw->frame))
        st = queue_raw(port, row, raw->frame);
    if (st == ST_OK)
        port->stats.raw++;
    else
        row->used = false;
    return st;
}

/* No success here: the same on the other bus. False when that cannot be. */
static bool
change_way(struct ipmb_port *port, struct raw_frame *row)
{
    struct tables *t = port->tables;

    if (row->tried_other || !ipmb_way_has_other(port, row->way))
        return false;
    row->tried_other = true;
    row->way ^= 1u;
    port->stats.changed++;
    return queue_raw(port, row, bytes_of(t->raw_octets[row - t->raw], row->len)) == ST_OK;
}

void
ipmb_raw_sent(struct ipmb_port *port, uint32_t ticket, enum wire_result result)
{
    struct raw_frame *row;

    if (port->tables == NULL)
        return;
    row = &port->tables->raw[ticket % IPMB_PORT_RAW_MAX];
    if (!row->used || row->ticket != ticket)
        return;
    if (result == WIRE_BUS_ERROR)
        ipmb_way_broken(&port->ways[row->way], false);
    if (result == WIRE_DONE || !change_way(port, row))
        end_raw(row, ipmb_port_end_of(result));
}

struct bytes
ipmb_port_octets_read(const struct ipmb_port *port)
{
    struct bytes read = bytes_of(NULL, 0);

    for (unsigned i = 0; i < port->way_count && read.len == 0; i++)
        read = medium_octets_read(port->ways[i].medium);
    return read;
}

void
ipmb_raw_leave(struct ipmb_port *port, unsigned way)
{
    struct tables *t = port->tables;

    for (unsigned i = 0; i < IPMB_PORT_RAW_MAX; i++)
        if (t->raw[i].used && t->raw[i].way == way && !change_way(port, &t->raw[i]))
            end_raw(&t->raw[i], IPMB_END_BUS_ERROR);
}

void
ipmb_raw_forget(struct ipmb_port *port)
{
    for (unsigned i = 0; i < IPMB_PORT_RAW_MAX; i++)
        port->tables->raw[i].used = false;
}
