#include "capture/pcapng_source.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "capture/pcapng_block.h"

#define BODY_AT 8                  /* octets of a block before its body */

#define NS_PER_S 1000000000u
#define TSRESOL_DEFAULT 6
#define TSRESOL_BINARY 0x80
#define TSRESOL_DECIMAL_MAX 19
#define TSRESOL_BINARY_MAX 63

struct interface {
    struct packet_lane lane;
    char *name, *description;      /* or NULL */
    uint32_t snaplen;
    uint8_t resolution;
    int64_t offset_s;
};

struct comment {
    char *text;
    size_t len;
};

struct pcapng_source {
    struct pcapng_blocks blocks;
    uint64_t packets;
    struct interface **interfaces; /* each stays where it is */
    uint32_t count, interfaces_room;
    uint32_t section_first;        /* interface 0 of the section */
    struct comment *comments;
    size_t comment_count;
};

static enum packet_result
out_of_memory(struct pcapng_blocks *b)
{
    return pcapng_fail(b, b->block_at, "out of memory");
}

static enum packet_result
too_short(struct pcapng_blocks *b, const char *what, unsigned least)
{
    return pcapng_fail(b, b->block_at, "found %s that is too short; expected %u octets and more",
                       what, least);
}

/* A copy of octets, with a NUL behind them. */
static char *
copy_text(struct bytes text)
{
    char *copy = malloc(text.len + 1);

    if (copy == NULL)
        return NULL;
    if (text.len)
        memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    return copy;
}

/* ---- sections ---- */

static enum packet_result
add_comment(struct pcapng_source *s, struct bytes text)
{
    struct comment *more = realloc(s->comments, (s->comment_count + 1) * sizeof *more);
    char *copy = copy_text(text);

    if (more != NULL)
        s->comments = more;
    if (more == NULL || copy == NULL) {
        free(copy);
        return out_of_memory(&s->blocks);
    }
    s->comments[s->comment_count++] = (struct comment){ copy, text.len };
    return PACKET_NEXT;
}

static enum packet_result
take_section(struct pcapng_source *s, struct pcapng_body *b)
{
    enum packet_result result = PACKET_NEXT;
    struct pcapng_option o;
    unsigned major, minor;

    (void)pcapng_u32(b);           /* magic */
    major = pcapng_u16(b);
    minor = pcapng_u16(b);
    (void)pcapng_u64(b);           /* length of the section; often not known */
    if (b->r.bad)
        return too_short(b->s, "a section header", 28);
    if (major != 1)
        return pcapng_fail(b->s, b->s->block_at + 12, "found version %u.%u; expected 1.0",
                           major, minor);
    s->section_first = s->count;
    while (result == PACKET_NEXT && (result = pcapng_option(b, &o)) == PACKET_NEXT)
        if (o.code == PCAPNG_COMMENT)
            result = add_comment(s, o.value);
    return result == PACKET_BAD ? result : PACKET_NEXT;
}

/* ---- interfaces ---- */

static enum packet_result
take_resolution(struct pcapng_body *b, struct interface *i, const struct pcapng_option *o)
{
    unsigned power;

    if (o->value.len != 1)
        return pcapng_bad_option(b, o, "a time resolution of one octet");
    i->resolution = o->value.at[0];
    power = i->resolution & 0x7fu;
    if (power > (i->resolution & TSRESOL_BINARY ? TSRESOL_BINARY_MAX : TSRESOL_DECIMAL_MAX))
        return pcapng_bad_option(b, o, "a time resolution that 64 bits can count in");
    return PACKET_NEXT;
}

static enum packet_result
take_offset(struct pcapng_body *b, struct interface *i, const struct pcapng_option *o)
{
    struct pcapng_body value = { b->s, rd_of(o->value) };

    i->offset_s = (int64_t)pcapng_u64(&value);
    if (!rd_done(&value.r))
        return pcapng_bad_option(b, o, "a time offset of eight octets");
    return PACKET_NEXT;
}

static enum packet_result
take_text(struct pcapng_body *b, char **to, struct bytes text)
{
    free(*to);
    *to = copy_text(text);
    return *to != NULL ? PACKET_NEXT : out_of_memory(b->s);
}

static enum packet_result
interface_option(struct pcapng_body *b, struct interface *i, const struct pcapng_option *o)
{
    switch (o->code) {
    case PCAPNG_IF_NAME: return take_text(b, &i->name, o->value);
    case PCAPNG_IF_DESCRIPTION: return take_text(b, &i->description, o->value);
    case PCAPNG_IF_TSRESOL: return take_resolution(b, i, o);
    case PCAPNG_IF_TSOFFSET: return take_offset(b, i, o);
    default: return PACKET_NEXT;
    }
}

static void
free_interface(struct interface *i)
{
    free(i->name);
    free(i->description);
    free(i);
}

/* A new interface, already in the list. */
static struct interface *
add_interface(struct pcapng_source *s)
{
    struct interface *i;

    if (s->count == s->interfaces_room) {
        uint32_t room = s->interfaces_room ? s->interfaces_room * 2 : 8;
        struct interface **more = realloc(s->interfaces, room * sizeof(*more));

        if (more == NULL)
            return NULL;
        s->interfaces = more;
        s->interfaces_room = room;
    }
    i = calloc(1, sizeof *i);
    if (i == NULL)
        return NULL;
    i->lane.number = s->count;
    i->resolution = TSRESOL_DEFAULT;
    s->interfaces[s->count++] = i;
    return i;
}

static enum packet_result
take_interface(struct pcapng_source *s, struct pcapng_body *b)
{
    enum packet_result result = PACKET_NEXT;
    struct pcapng_option o;
    struct interface *i;

    if (s->count == PCAPNG_INTERFACES_MAX)
        return pcapng_fail(b->s, b->s->block_at, "found one more interface than %u",
                           PCAPNG_INTERFACES_MAX);
    i = add_interface(s);
    if (i == NULL)
        return out_of_memory(b->s);
    i->lane.link_type = pcapng_u16(b);
    (void)pcapng_u16(b);
    i->snaplen = pcapng_u32(b);
    if (b->r.bad)
        return too_short(b->s, "an interface block", 20);
    while (result == PACKET_NEXT && (result = pcapng_option(b, &o)) == PACKET_NEXT)
        result = interface_option(b, i, &o);
    i->lane.name = i->name != NULL ? i->name : "";
    i->lane.description = i->description != NULL ? i->description : "";
    return result == PACKET_BAD ? result : PACKET_NEXT;
}

/* ---- packets ---- */

/* Whole seconds and nanoseconds of a time-stamp; what is finer is cut. */
static void
split_time(const struct interface *i, uint64_t stamp, uint64_t *s, uint64_t *ns)
{
    unsigned power = i->resolution & 0x7fu;
    uint64_t unit = 1, rest;

    if (i->resolution & TSRESOL_BINARY) {
        *s = stamp >> power;
        rest = stamp - (*s << power);
        if (power > 30) {
            rest >>= power - 30;
            power = 30;
        }
        *ns = rest * NS_PER_S >> power;
        return;
    }
    for (unsigned n = 0; n < power; n++)
        unit *= 10;
    *s = stamp / unit;
    rest = stamp % unit;
    *ns = power <= 9 ? rest * (NS_PER_S / unit) : rest / (unit / NS_PER_S);
}

static enum packet_result
take_time(struct pcapng_body *b, const struct interface *i, uint64_t stamp, struct packet *out)
{
    uint64_t s, ns;

    split_time(i, stamp, &s, &ns);
    s += (uint64_t)i->offset_s;    /* wraps as the sum of signed ones would */
    if (s >= UINT64_MAX / NS_PER_S)
        return pcapng_fail(b->s, b->s->block_at, "found a time of %" PRIu64 " s after 1970; "
                           "expected one before the year 2554", s);
    out->time_ns = s * NS_PER_S + ns;
    out->timed = true;
    return PACKET_NEXT;
}

static enum packet_result
find_interface(struct pcapng_source *s, uint32_t number, struct interface **out)
{
    uint32_t there = s->count - s->section_first;

    if (number >= there)
        return pcapng_fail(&s->blocks, s->blocks.block_at + BODY_AT, "found interface %" PRIu32
                           "; expected one of the %" PRIu32 " of this section", number, there);
    *out = s->interfaces[s->section_first + number];
    return PACKET_NEXT;
}

/* The octets of a packet and the padding behind them. */
static enum packet_result
take_octets(struct pcapng_body *b, uint32_t kept, uint32_t whole, struct packet *out)
{
    uint64_t at = pcapng_place(b);
    size_t left = rd_left(&b->r);

    out->whole = whole;
    out->bytes = rd_bytes(&b->r, kept);
    rd_skip(&b->r, (4 - kept % 4) % 4);
    if (b->r.bad)
        return pcapng_fail(b->s, at, "found a packet of %" PRIu32 " octets; expected no more "
                           "than the %zu that its block has", kept, left);
    return PACKET_NEXT;
}

static enum packet_result
packet_option(struct pcapng_body *b, const struct pcapng_option *o, struct packet *out,
              struct bytes *comment)
{
    struct pcapng_body value = { b->s, rd_of(o->value) };

    if (o->code == PCAPNG_COMMENT && comment->at == NULL)
        *comment = o->value;
    if (o->code != PCAPNG_EPB_FLAGS)
        return PACKET_NEXT;
    out->dir = (enum pcapng_dir)(pcapng_u32(&value) & 3);
    return rd_done(&value.r) ? PACKET_NEXT : pcapng_bad_option(b, o, "flags of four octets");
}

/* The comment becomes a string where it stands: octets follow it always. */
static enum packet_result
take_options(struct pcapng_body *b, struct packet *out)
{
    enum packet_result result = PACKET_NEXT;
    struct bytes comment = { 0 };
    struct pcapng_option o;

    while (result == PACKET_NEXT && (result = pcapng_option(b, &o)) == PACKET_NEXT)
        result = packet_option(b, &o, out, &comment);
    if (result == PACKET_BAD)
        return result;
    if (comment.at != NULL) {
        b->s->block[(size_t)(comment.at - b->s->block) + comment.len] = '\0';
        out->comment = (const char *)comment.at;
    }
    return PACKET_NEXT;
}

/* An enhanced packet block, or an obsolete one, whose interface has 16 bits. */
static enum packet_result
take_packet(struct pcapng_source *s, struct pcapng_body *b, bool obsolete, struct packet *out)
{
    uint32_t number = obsolete ? pcapng_u16(b) : pcapng_u32(b), high, low, kept, whole;
    struct interface *i = NULL;
    enum packet_result result;

    if (obsolete)
        (void)pcapng_u16(b);       /* drops */
    high = pcapng_u32(b);
    low = pcapng_u32(b);
    kept = pcapng_u32(b);
    whole = pcapng_u32(b);
    if (b->r.bad)
        return too_short(b->s, "a packet block", 32);
    result = find_interface(s, number, &i);
    if (result == PACKET_NEXT)
        result = take_time(b, i, (uint64_t)high << 32 | low, out);
    if (result == PACKET_NEXT)
        result = take_octets(b, kept, whole, out);
    if (result == PACKET_NEXT)
        result = take_options(b, out);
    if (result == PACKET_NEXT)
        out->lane = &i->lane;
    return result;
}

/* A simple packet block: of the section's first interface, without a time. */
static enum packet_result
take_simple(struct pcapng_source *s, struct pcapng_body *b, struct packet *out)
{
    uint32_t whole = pcapng_u32(b), kept = whole;
    struct interface *i = NULL;
    enum packet_result result;

    if (b->r.bad)
        return too_short(b->s, "a packet block", 16);
    result = find_interface(s, 0, &i);
    if (result != PACKET_NEXT)
        return result;
    if (i->snaplen != 0 && kept > i->snaplen)
        kept = i->snaplen;
    out->lane = &i->lane;
    return take_octets(b, kept, whole, out);
}

/* One block. *is_packet: out is filled in. */
static enum packet_result
take_block(struct pcapng_source *s, struct packet *out, bool *is_packet)
{
    struct pcapng_body b;
    uint32_t type = 0;
    enum packet_result result = pcapng_read(&s->blocks, &type, &b);

    *is_packet = type == PCAPNG_EPB || type == PCAPNG_OPB || type == PCAPNG_SPB;
    if (result != PACKET_NEXT)
        return result;
    switch (type) {
    case PCAPNG_SHB: return take_section(s, &b);
    case PCAPNG_IDB: return take_interface(s, &b);
    case PCAPNG_EPB: return take_packet(s, &b, false, out);
    case PCAPNG_OPB: return take_packet(s, &b, true, out);
    case PCAPNG_SPB: return take_simple(s, &b, out);
    default: return PACKET_NEXT;
    }
}

enum packet_result
pcapng_source_next(struct pcapng_source *s, struct packet *out)
{
    enum packet_result result;
    bool is_packet;

    if (s->blocks.bad)
        return PACKET_BAD;
    do {
        *out = (struct packet){ .comment = "" };
        result = take_block(s, out, &is_packet);
    } while (result == PACKET_NEXT && !is_packet);
    if (result == PACKET_NEXT)
        out->number = ++s->packets;
    return result;
}

/* ---- life, and what was found ---- */

enum status
pcapng_source_new(FILE *file, struct pcapng_source **out)
{
    struct pcapng_source *s = calloc(1, sizeof *s);

    if (s == NULL)
        return ST_NOMEM;
    s->blocks.file = file;
    *out = s;
    return ST_OK;
}

void
pcapng_source_free(struct pcapng_source *s)
{
    if (s == NULL)
        return;
    for (uint32_t i = 0; i < s->count; i++)
        free_interface(s->interfaces[i]);
    for (size_t i = 0; i < s->comment_count; i++)
        free(s->comments[i].text);
    free(s->comments);
    free(s->interfaces);
    pcapng_blocks_free(&s->blocks);
    free(s);
}

const char *
pcapng_source_error(const struct pcapng_source *s)
{
    return s->blocks.error;
}

uint32_t
pcapng_source_lanes(const struct pcapng_source *s)
{
    return s->count;
}

const struct packet_lane *
pcapng_source_lane(const struct pcapng_source *s, uint32_t n)
{
    return n < s->count ? &s->interfaces[n]->lane : NULL;
}

const char *
pcapng_source_comment(const struct pcapng_source *s, size_t n, size_t *len)
{
    if (n >= s->comment_count)
        return NULL;
    *len = s->comments[n].len;
    return s->comments[n].text;
}
