#include <stdlib.h>
#include <string.h>

#include "capture/ipframe.h"
#include "capture/packet.h"
#include "capture/trace_sink.h"
#include "sim/bus/bus_name.h"

#define NS_PER_S 1000000000u
#define RECORD_MAX 255         /* octets that an HPM.2 record holds */
#define BUS_NAME_MAX 72

/* HPM.2: types of records, and of what is traced in one. */
enum { RECORD_TRACE = 0x00, RECORD_TEXT = 0x20 };
enum { TRACED_NOTHING, TRACED_IPMB, TRACED_ICMB, TRACED_KCS = 5 };

#define TRACED_TO_CONTROLLER 0x80
#define TRACED_SECOND_BUS 0x40  /* of a redundant pair */

/* The interfaces that stand in every file; other buses follow. */
enum { IF_LAN, IF_IPMB0, IF_LAN_CLEAR, IF_NOTES, IF_FIXED };

/* The links that are buses, and what their frames are in HPM.2. */
static const struct bus_kind {
    const char *word, *description;
    uint8_t traced;
    uint8_t least;             /* octets; a shorter frame is just octets */
} bus_kinds[TAP_LINKS] = {
    [TAP_IPMB] = { "ipmb", "IPMB frames", TRACED_IPMB, 7 },
    [TAP_ICMB] = { "icmb", "ICMB frames, as a receiver has them", TRACED_ICMB, 0 },
    [TAP_SYSIF] = { "system", "system interface messages", TRACED_KCS, 2 },
};

/* An interface that is made when something comes for it: a bus, or the inputs
 * (LINK_INPUTS, chassis 0). */
#define LINK_INPUTS TAP_LINKS
struct bus_interface {
    enum tap_link link;
    uint32_t chassis;
    uint8_t number;
};

struct pcapng_sink {
    struct pcapng_out to;
    uint64_t epoch_s;
    enum status status;
    struct bus_interface *buses;   /* interface IF_FIXED + i */
    uint32_t bus_count;
    uint32_t inputs;               /* interface of the inputs; 0: none yet */
    char **names;                  /* of chassis; or NULL */
    uint32_t name_count;

    /* The last packet waits for the receiver's word on it. */
    bool waiting;
    instant at;
    uint32_t chassis;
    struct pcapng_packet packet;
    uint8_t bytes[PCAPNG_PACKET_MAX];
    char comment[PCAPNG_COMMENT_MAX];
};

static void
keep(struct pcapng_sink *s, enum status st)
{
    if (st != ST_OK)
        s->status = st;
}

static void
write_waiting(struct pcapng_sink *s)
{
    if (s->waiting)
        keep(s, s->to.packet(s->to.ctx, &s->packet));
    s->waiting = false;
}

/* Add "fate: why" to the packet's comment; a plain delivery says nothing. */
static void
add_comment(struct pcapng_sink *s, enum fate fate, const char *why)
{
    size_t len = strlen(s->comment);

    if (fate == FATE_DELIVERED && why == NULL)
        return;
    snprintf(s->comment + len, sizeof s->comment - len, "%s%s%s%s", len ? "; " : "",
             fate_text(fate), why ? ": " : "", why ? why : "");
}

/* ipmb0 of the first chassis; twin-2/ipmb0, chassis7/icmb0. */
static void
name_bus(const struct pcapng_sink *s, const struct tap_event *ev, char to[BUS_NAME_MAX])
{
    unsigned chassis = ev->chassis;
    char name[BUS_NAME_SIZE];

    if (ev->link == TAP_IPMB)
        bus_name(ev->number, name);
    else
        (void)snprintf(name, sizeof name, "%s%u", bus_kinds[ev->link].word, ev->number);
    if (chassis == 0)
        (void)snprintf(to, BUS_NAME_MAX, "%s", name);
    else if (chassis < s->name_count && s->names[chassis] != NULL)
        (void)snprintf(to, BUS_NAME_MAX, "%.48s/%s", s->names[chassis], name);
    else
        (void)snprintf(to, BUS_NAME_MAX, "chassis%u/%s", chassis, name);
}

/* The number of an interface that is there, or the one that is next. */
static uint32_t
find_interface(const struct pcapng_sink *s, enum tap_link link, uint32_t chassis, uint8_t number)
{
    uint32_t i = 0;

    while (i < s->bus_count && (s->buses[i].link != link || s->buses[i].chassis != chassis ||
                                s->buses[i].number != number))
        i++;
    return IF_FIXED + i;
}

/* Take the next interface for a link. False: no memory. */
static bool
add_interface(struct pcapng_sink *s, enum tap_link link, uint32_t chassis, uint8_t number)
{
    struct bus_interface *more = realloc(s->buses, (s->bus_count + 1) * sizeof *more);

    if (more == NULL) {
        s->status = ST_NOMEM;
        return false;
    }
    s->buses = more;
    s->buses[s->bus_count++] = (struct bus_interface){ link, chassis, number };
    return true;
}

static uint32_t
bus_interface(struct pcapng_sink *s, const struct tap_event *ev)
{
    char name[BUS_NAME_MAX];
    uint32_t n;

    if (ev->link == TAP_IPMB && ev->chassis == 0 && ev->number == 0)
        return IF_IPMB0;
    n = find_interface(s, ev->link, ev->chassis, ev->number);
    if (n < IF_FIXED + s->bus_count)
        return n;
    if (!add_interface(s, ev->link, ev->chassis, ev->number))
        return IF_IPMB0;
    name_bus(s, ev, name);
    keep(s, s->to.interface(s->to.ctx, LINKTYPE_IPMI_HPM_2, name,
                            bus_kinds[ev->link].description));
    return n;
}

static void
build_datagram(struct wr *w, const struct tap_event *ev)
{
    struct peer from, to;

    trace_sides(ev, &from, &to);
    ipframe_build(w, &from, &to, ev->bytes);
}

/* What is the same in all HPM.2 records. */
struct record {
    uint8_t type;              /* RECORD_ */
    uint8_t channel;
    uint8_t traced;            /* TRACED_ */
    uint16_t specific;         /* to what is traced */
    struct bytes bytes;
};

static void
build_record(struct wr *w, const struct record *r, uint64_t time_ns)
{
    size_t len = r->bytes.len < RECORD_MAX ? r->bytes.len : RECORD_MAX;

    wr_u8(w, (unsigned)r->type | (r->channel & 0x0f));
    wr_le32(w, (uint32_t)(time_ns / NS_PER_S));
    wr_le16(w, (unsigned)(time_ns % NS_PER_S / 1000000u));
    wr_u8(w, r->traced);
    wr_le16(w, r->specific);
    wr_u8(w, (unsigned)len);
    wr_bytes(w, r->bytes.at, len);
}

static void
build_frame(struct wr *w, const struct tap_event *ev, uint64_t time_ns)
{
    const struct bus_kind *kind = &bus_kinds[ev->link];
    struct record r = {
        .type = RECORD_TRACE,
        .channel = ev->number,
        .traced = ev->bytes.len < kind->least ? TRACED_NOTHING : kind->traced,
        .specific = ev->dir == TAP_TO_BMC ? TRACED_TO_CONTROLLER : 0,
        .bytes = ev->bytes,
    };

    if (ev->link == TAP_IPMB && (ev->number & BUS_KIND_BITS) == BUS_PAIR_B)
        r.specific |= TRACED_SECOND_BUS;
    build_record(w, &r, time_ns);
}

/* Words for people. */
static void
build_note(struct wr *w, const struct tap_event *ev, uint64_t time_ns)
{
    char text[RECORD_MAX + 1];
    struct record r = { .type = RECORD_TEXT };

    snprintf(text, sizeof text, "chassis %u: %s", (unsigned)ev->chassis,
             ev->why ? ev->why : fate_text(ev->fate));
    r.bytes = bytes_of(text, strlen(text));
    build_record(w, &r, time_ns);
}

static uint32_t
build(struct pcapng_sink *s, struct wr *w, const struct tap_event *ev, uint64_t time_ns)
{
    if (ev->link == TAP_LAN || ev->link == TAP_LAN_CLEAR) {
        build_datagram(w, ev);
        return ev->link == TAP_LAN ? IF_LAN : IF_LAN_CLEAR;
    }
    if (bus_kinds[ev->link].word != NULL) {
        build_frame(w, ev, time_ns);
        return bus_interface(s, ev);
    }
    build_note(w, ev, time_ns);
    return IF_NOTES;
}

/* A receiver's word on the packet that waits: a note that follows at once. */
static bool
is_afterword(const struct pcapng_sink *s, const struct tap_event *ev)
{
    return s->waiting && s->packet.interface != IF_NOTES && ev->link == TAP_NOTE &&
           (ev->fate == FATE_IGNORED || ev->fate == FATE_REFUSED) &&
           ev->chassis == s->chassis && ev->at == s->at;
}

static enum pcapng_dir
direction(enum tap_dir dir)
{
    return dir == TAP_TO_BMC ? PCAPNG_DIR_IN
           : dir == TAP_FROM_BMC ? PCAPNG_DIR_OUT : PCAPNG_DIR_UNKNOWN;
}

static void
pcapng_write(void *ctx, const struct tap_event *ev)
{
    struct pcapng_sink *s = ctx;
    struct wr w = wr_of(s->bytes, sizeof s->bytes);
    uint64_t time_ns = s->epoch_s * NS_PER_S + ev->at;
    uint32_t interface;

    if (is_afterword(s, ev)) {
        add_comment(s, ev->fate, ev->why);
        return;
    }
    write_waiting(s);
    s->comment[0] = '\0';
    interface = build(s, &w, ev, time_ns);
    s->packet = (struct pcapng_packet){
        .interface = interface,
        .time_ns = time_ns,
        .dir = direction(ev->dir),
        .comment = s->comment,
        .bytes = wr_bytes_of(&w),
    };
    if (interface != IF_NOTES)
        add_comment(s, ev->fate, ev->why);
    s->at = ev->at;
    s->chassis = ev->chassis;
    s->waiting = true;
}

static enum status
open_inputs(struct pcapng_sink *s)
{
    uint32_t n = IF_FIXED + s->bus_count;

    if (!add_interface(s, LINK_INPUTS, 0, 0))
        return ST_NOMEM;
    s->inputs = n;
    return s->to.interface(s->to.ctx, LINKTYPE_USER0, LANE_INPUTS,
                           "what reached the lab from outside, for its replay");
}

/* What came in from outside stands before what comes of it. */
static enum status
pcapng_input(void *ctx, instant at, struct bytes record)
{
    struct pcapng_sink *s = ctx;

    write_waiting(s);
    if (s->inputs == 0)
        keep(s, open_inputs(s));
    if (s->inputs != 0)
        keep(s, s->to.packet(s->to.ctx, &(struct pcapng_packet){
            .interface = s->inputs, .time_ns = s->epoch_s * NS_PER_S + at, .bytes = record,
        }));
    return s->status;
}

static enum status
make_names(struct pcapng_sink *s, uint32_t count)
{
    char **more = realloc(s->names, count * sizeof *more);

    if (more == NULL)
        return ST_NOMEM;
    s->names = more;
    while (s->name_count < count)
        s->names[s->name_count++] = NULL;
    return ST_OK;
}

static enum status
pcapng_name(void *ctx, uint32_t chassis, const char *name)
{
    struct pcapng_sink *s = ctx;
    char *copy = strdup(name);

    if (copy == NULL ||
        (chassis >= s->name_count && make_names(s, chassis + 1) != ST_OK)) {
        free(copy);
        return ST_NOMEM;
    }
    free(s->names[chassis]);
    s->names[chassis] = copy;
    return ST_OK;
}

static enum status
pcapng_sink_flush(void *ctx)
{
    struct pcapng_sink *s = ctx;

    write_waiting(s);
    if (s->to.flush != NULL)
        keep(s, s->to.flush(s->to.ctx));
    return s->status;
}

static enum status
pcapng_sink_close(void *ctx)
{
    struct pcapng_sink *s = ctx;
    enum status st = pcapng_sink_flush(s);

    if (s->to.close != NULL && s->to.close(s->to.ctx) != ST_OK)
        st = ST_IO;
    for (uint32_t i = 0; i < s->name_count; i++)
        free(s->names[i]);
    free(s->names);
    free(s->buses);
    free(s);
    return st;
}

static void
write_head(struct pcapng_sink *s)
{
    static const struct {
        uint16_t type;
        const char *name, *description;
    } fixed[IF_FIXED] = {
        [IF_LAN] = { LINKTYPE_RAW, LANE_LAN, "LAN datagrams as on the wire" },
        [IF_IPMB0] = { LINKTYPE_IPMI_HPM_2, "ipmb0", "IPMB frames" },
        [IF_LAN_CLEAR] = { LINKTYPE_RAW, LANE_LAN_CLEAR, "decrypted copies of RMCP+ packets" },
        [IF_NOTES] = { LINKTYPE_IPMI_HPM_2, LANE_NOTES, "faults and what happened" },
    };

    for (int i = 0; i < IF_FIXED; i++)
        keep(s, s->to.interface(s->to.ctx, fixed[i].type, fixed[i].name,
                                fixed[i].description));
}

enum status
pcapng_sink_new(const struct pcapng_out *to, uint64_t epoch_s, struct trace_sink *out)
{
    struct pcapng_sink *s = calloc(1, sizeof *s);

    if (s == NULL)
        return ST_NOMEM;
    s->to = *to;
    s->epoch_s = epoch_s;
    write_head(s);
    *out = (struct trace_sink){ .write = pcapng_write, .name = pcapng_name,
                                .input = pcapng_input, .flush = pcapng_sink_flush,
                                .close = pcapng_sink_close, .ctx = s };
    return ST_OK;
}
