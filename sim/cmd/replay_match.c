#include "sim/cmd/replay_match.h"

#include <stdlib.h>
#include <string.h>

#define NS_PER_S 1000000000u

/* Read up to the next packet that is no input. */
static void
read_next(struct replay_match *m)
{
    do {
        m->result = packet_source_next(m->source, &m->expected);
    } while (m->result == PACKET_NEXT && m->expected.lane->link_type == LINKTYPE_USER0);
}

void
replay_match_begin(struct replay_match *m, struct packet_source *source, uint64_t epoch_s)
{
    *m = (struct replay_match){ .source = source, .start_ns = epoch_s * NS_PER_S };
    read_next(m);
}

void
replay_match_end(struct replay_match *m)
{
    for (uint32_t i = 0; i < m->lane_count; i++)
        free((void *)(uintptr_t)m->lanes[i].name);
    free(m->lanes);
}

bool
replay_match_good(const struct replay_match *m)
{
    return m->what == COMPARE_SAME && m->result != PACKET_BAD;
}

static enum status
on_interface(void *ctx, uint16_t link_type, const char *name, const char *description)
{
    struct replay_match *m = ctx;
    struct packet_lane *more = realloc(m->lanes, (m->lane_count + 1) * sizeof *more);
    char *copy = strdup(name);

    (void)description;
    if (more != NULL)
        m->lanes = more;
    if (more == NULL || copy == NULL) {
        free(copy);
        return ST_NOMEM;
    }
    m->lanes[m->lane_count] = (struct packet_lane){
        .number = m->lane_count, .link_type = link_type, .name = copy, .description = "",
    };
    m->lane_count++;
    return ST_OK;
}

/* The packet as it would be read from a file. */
static struct packet
as_read(const struct replay_match *m, const struct pcapng_packet *p)
{
    struct packet out = {
        .number = m->expected.number, .lane = &m->lanes[p->interface], .timed = true,
        .time_ns = p->time_ns, .dir = p->dir, .comment = p->comment ? p->comment : "",
        .bytes = p->bytes, .whole = (uint32_t)p->bytes.len,
    };

    if (out.bytes.len > PCAPNG_PACKET_MAX)
        out.bytes.len = PCAPNG_PACKET_MAX;
    return out;
}

static void
keep_found(struct replay_match *m, const struct packet *p)
{
    m->found = *p;
    if (p->bytes.len)
        memcpy(m->octets, p->bytes.at, p->bytes.len);
    m->found.bytes = bytes_of(m->octets, p->bytes.len);
    strncpy(m->comment, p->comment, sizeof m->comment - 1);
    m->found.comment = m->comment;
}

static enum status
on_packet(void *ctx, const struct pcapng_packet *p)
{
    struct replay_match *m = ctx;
    struct packet found;

    if (!replay_match_good(m) || (m->result == PACKET_END && m->open_end))
        return ST_OK;
    found = as_read(m, p);
    m->what = compare_packets(m->result == PACKET_NEXT ? &m->expected : NULL, &found, false);
    if (m->what != COMPARE_SAME) {
        keep_found(m, &found);
        return ST_OK;
    }
    m->same++;
    read_next(m);
    return ST_OK;
}

struct pcapng_out
replay_match_out(struct replay_match *m)
{
    return (struct pcapng_out){ .ctx = m, .interface = on_interface, .packet = on_packet };
}

void
replay_match_finish(struct replay_match *m)
{
    if (!replay_match_good(m) || m->result != PACKET_NEXT)
        return;
    m->what = COMPARE_MISSING;
    m->nothing_found = true;
}

enum status
replay_match_explain(const struct replay_match *m, FILE *to)
{
    const struct compare_sides sides = {
        .name = { "trace", "replay" },
        .packet = { m->result == PACKET_NEXT ? &m->expected : NULL,
                    m->nothing_found ? NULL : &m->found },
        .start_ns = m->start_ns,
    };

    return compare_explain(to, &sides, m->what);
}
