#include "sim/cmd/replay_inputs.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NS_PER_S 1000000000u

/* The far end of a chassis' serial port. */
struct replay_port {
    struct replay_port *next;
    struct replay_inputs *in;
    uint32_t chassis;
};

/* ---- reading ---- */

static void
bad(struct replay_inputs *in, const struct packet *p, const char *what)
{
    snprintf(in->error, sizeof in->error, "%s: packet %" PRIu64 ": %s",
             packet_source_path(in->source), p->number, what);
    in->result = PACKET_BAD;
}

static void
keep(struct replay_inputs *in, struct replay_input *slot, const struct packet *p)
{
    if (p->bytes.len > sizeof slot->octets || p->bytes.len != p->whole) {
        bad(in, p, "found an input that is too long; expected one that was kept whole");
        return;
    }
    memcpy(slot->octets, p->bytes.at, p->bytes.len);
    if (!input_record_parse(bytes_of(slot->octets, p->bytes.len), &slot->m)) {
        bad(in, p, "found an input that cannot be read; expected a record of this version");
        return;
    }
    if (p->time_ns < in->epoch_ns || p->time_ns - in->epoch_ns < in->latest ||
        p->time_ns - in->epoch_ns > REPLAY_SPAN_MAX) {
        bad(in, p, "found an input out of its time; expected them in order, within a year");
        return;
    }
    slot->at = in->latest = p->time_ns - in->epoch_ns;
    slot->number = p->number;
    in->read++;
}

/* Read up to the next input, into the slot that is not in use. */
static void
read_next(struct replay_inputs *in)
{
    struct packet p;

    do {
        in->result = packet_source_next(in->source, &p);
    } while (in->result == PACKET_NEXT && (p.lane->link_type != LINKTYPE_USER0 ||
                                           strcmp(p.lane->name, LANE_INPUTS) != 0));
    if (in->result == PACKET_NEXT)
        keep(in, &in->slots[in->next], &p);
    else if (in->result == PACKET_BAD)
        snprintf(in->error, sizeof in->error, "%s", packet_source_error(in->source));
}

void
replay_inputs_begin(struct replay_inputs *in, struct packet_source *source, uint64_t epoch_s)
{
    *in = (struct replay_inputs){ .source = source, .epoch_ns = epoch_s * NS_PER_S };
    read_next(in);
}

void
replay_inputs_end(struct replay_inputs *in)
{
    while (in->ports != NULL) {
        struct replay_port *p = in->ports;

        in->ports = p->next;
        free(p);
    }
}

const struct replay_input *
replay_inputs_peek(const struct replay_inputs *in)
{
    return in->result == PACKET_NEXT && !in->asked[0] ? &in->slots[in->next] : NULL;
}

const struct replay_input *
replay_inputs_take(struct replay_inputs *in)
{
    const struct replay_input *taken = replay_inputs_peek(in);

    if (taken == NULL)
        return NULL;
    in->next ^= 1;
    read_next(in);
    return taken;
}

/* ---- answers ---- */

/* Take the answer that is next, if it is of that kind and for that chassis. */
static const struct input_record *
answer(struct replay_inputs *in, enum input_kind kind, uint32_t chassis)
{
    const struct replay_input *next = replay_inputs_peek(in);

    if (next != NULL && next->m.kind == kind && next->m.chassis == chassis)
        return &replay_inputs_take(in)->m;
    if (!in->asked[0] && !in->error[0])
        snprintf(in->asked, sizeof in->asked, "chassis %" PRIu32 " asks for an answer (%s) that "
                 "the trace does not have here", chassis, input_kind_text(kind));
    return NULL;
}

static bool
read_file(void *ctx, const char *path, uint32_t at, uint8_t *to, uint32_t len)
{
    const struct input_record *m;
    uint32_t got = 0;

    (void)path;
    (void)at;
    do {
        m = answer(ctx, INPUT_READ, 0);
        if (m == NULL || !m->good || m->octets.len > len - got)
            return false;
        if (m->octets.len)
            memcpy(to + got, m->octets.at, m->octets.len);
        got += (uint32_t)m->octets.len;
    } while (m->more);
    return got == len;
}

static bool
write_file(void *ctx, const char *path, uint32_t at, struct bytes data)
{
    const struct input_record *m = answer(ctx, INPUT_WRITTEN, 0);

    (void)path;
    (void)at;
    (void)data;
    return m != NULL && m->good;
}

struct mc_backing
replay_inputs_files(struct replay_inputs *in)
{
    return (struct mc_backing){ .read = read_file, .write = write_file, .ctx = in };
}

static size_t
port_say(void *ctx, uint8_t *to, size_t room)
{
    const struct replay_port *p = ctx;
    const struct input_record *m = answer(p->in, INPUT_SAID, p->chassis);

    if (m == NULL || m->octets.len > room)
        return 0;
    if (m->octets.len)
        memcpy(to, m->octets.at, m->octets.len);
    return m->octets.len;
}

static size_t
port_hear(void *ctx, struct bytes chars)
{
    const struct replay_port *p = ctx;
    const struct input_record *m = answer(p->in, INPUT_TAKEN, p->chassis);

    return m == NULL || m->count > chars.len ? chars.len : m->count;
}

bool
replay_inputs_end_of(struct replay_inputs *in, uint32_t chassis, struct uart_end *out)
{
    struct replay_port *p = in->ports;

    while (p != NULL && p->chassis != chassis)
        p = p->next;
    if (p == NULL) {
        p = calloc(1, sizeof *p);
        if (p == NULL)
            return false;
        p->in = in;
        p->chassis = chassis;
        p->next = in->ports;
        in->ports = p;
    }
    *out = (struct uart_end){ .ctx = p, .say = port_say, .hear = port_hear };
    return true;
}
