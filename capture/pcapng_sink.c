#include <stdlib.h>
#include <string.h>

#include "capture/ipframe.h"
#include "capture/pcapng.h"
#include "capture/trace_sink.h"

#define LINKTYPE_RAW 101
#define LINKTYPE_I2C_LINUX 209
#define LINKTYPE_IPMI_HPM_2 260

#define NS_PER_S 1000000000u
#define NOTE_MAX 255           /* octets of text that an HPM.2 record holds */

/* The interfaces that stand in every file; buses of further chassis follow. */
enum { IF_LAN, IF_IPMB0, IF_LAN_CLEAR, IF_NOTES, IF_FIXED };

/* A bus that has an interface of its own. */
struct bus_interface {
    uint32_t chassis;
    uint8_t number;
};

struct pcapng_sink {
    FILE *file;
    uint64_t epoch_s;
    enum status status;
    struct bus_interface *buses;   /* interface IF_FIXED + i */
    uint32_t bus_count;

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
        keep(s, pcapng_packet(s->file, &s->packet));
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

static uint32_t
bus_interface(struct pcapng_sink *s, const struct tap_event *ev)
{
    struct bus_interface *more;
    char name[40];

    if (ev->chassis == 0 && ev->number == 0)
        return IF_IPMB0;
    for (uint32_t i = 0; i < s->bus_count; i++)
        if (s->buses[i].chassis == ev->chassis && s->buses[i].number == ev->number)
            return IF_FIXED + i;
    more = realloc(s->buses, (s->bus_count + 1) * sizeof *more);
    if (more == NULL) {
        s->status = ST_NOMEM;
        return IF_IPMB0;
    }
    s->buses = more;
    s->buses[s->bus_count] = (struct bus_interface){ ev->chassis, ev->number };
    snprintf(name, sizeof name, "chassis%u-ipmb%u", (unsigned)ev->chassis, ev->number);
    keep(s, pcapng_interface(s->file, LINKTYPE_I2C_LINUX, name, "IPMB frames"));
    return IF_FIXED + s->bus_count++;
}

static void
build_datagram(struct wr *w, const struct tap_event *ev)
{
    struct peer from, to;

    trace_sides(ev, &from, &to);
    ipframe_build(w, &from, &to, ev->bytes);
}

/* The pseudo header of Linux I2C captures: bus, flags; then from rsSA on. */
static void
build_i2c(struct wr *w, const struct tap_event *ev)
{
    wr_u8(w, ev->number);
    wr_be32(w, 0);
    wr_span(w, ev->bytes);
}

/* An HPM.2 trace record of type 2: words for people. */
static void
build_note(struct wr *w, const struct tap_event *ev, uint64_t time_ns)
{
    char text[NOTE_MAX + 1];
    size_t len;

    snprintf(text, sizeof text, "chassis %u: %s", (unsigned)ev->chassis,
             ev->why ? ev->why : fate_text(ev->fate));
    len = strlen(text);
    wr_u8(w, 0x20);
    wr_le32(w, (uint32_t)(time_ns / NS_PER_S));
    wr_le16(w, (unsigned)(time_ns % NS_PER_S / 1000000u));
    wr_u8(w, 0);
    wr_le16(w, 0);
    wr_u8(w, (unsigned)len);
    wr_bytes(w, text, len);
}

static uint32_t
build(struct pcapng_sink *s, struct wr *w, const struct tap_event *ev, uint64_t time_ns)
{
    if (ev->link == TAP_LAN || ev->link == TAP_LAN_CLEAR) {
        build_datagram(w, ev);
        return ev->link == TAP_LAN ? IF_LAN : IF_LAN_CLEAR;
    }
    if (ev->link == TAP_IPMB) {
        build_i2c(w, ev);
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
pcapng_sink_flush(void *ctx)
{
    struct pcapng_sink *s = ctx;

    write_waiting(s);
    if (fflush(s->file) != 0)
        s->status = ST_IO;
    return s->status;
}

static enum status
pcapng_sink_close(void *ctx)
{
    struct pcapng_sink *s = ctx;
    enum status st = pcapng_sink_flush(s);

    if (fclose(s->file) != 0)
        st = ST_IO;
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
        [IF_LAN] = { LINKTYPE_RAW, "lan0", "LAN datagrams as on the wire" },
        [IF_IPMB0] = { LINKTYPE_I2C_LINUX, "ipmb0", "IPMB frames" },
        [IF_LAN_CLEAR] = { LINKTYPE_RAW, "lan0-clear", "decrypted copies of RMCP+ packets" },
        [IF_NOTES] = { LINKTYPE_IPMI_HPM_2, "notes", "faults and what happened" },
    };

    keep(s, pcapng_section(s->file, "ipmilab"));
    for (int i = 0; i < IF_FIXED; i++)
        keep(s, pcapng_interface(s->file, fixed[i].type, fixed[i].name,
                                 fixed[i].description));
}

enum status
pcapng_sink_open(const char *path, uint64_t epoch_s, struct trace_sink *out)
{
    struct pcapng_sink *s = calloc(1, sizeof *s);

    if (s == NULL)
        return ST_NOMEM;
    s->file = fopen(path, "wb");
    if (s->file == NULL) {
        free(s);
        return ST_IO;
    }
    s->epoch_s = epoch_s;
    write_head(s);
    *out = (struct trace_sink){ pcapng_write, pcapng_sink_flush, pcapng_sink_close, s };
    return ST_OK;
}
