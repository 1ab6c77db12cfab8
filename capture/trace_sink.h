/*
 * trace_sink.h - what a trace file of either kind does; trace.h chooses.
 */
#ifndef IPMILAB_CAPTURE_TRACE_SINK_H
#define IPMILAB_CAPTURE_TRACE_SINK_H

#include <stdbool.h>

#include "capture/pcapng.h"
#include "sim/base/status.h"
#include "sim/engine/tap.h"

/* One open file. write() is told each tap event; a failed write is kept in
 * mind by the sink and shows in flush() and close(). */
struct trace_sink {
    void (*write)(void *ctx, const struct tap_event *ev);
    enum status (*name)(void *ctx, uint32_t chassis, const char *name);   /* or NULL */
    enum status (*input)(void *ctx, instant at, struct bytes record);     /* or NULL */
    enum status (*flush)(void *ctx);
    enum status (*close)(void *ctx);     /* also frees ctx */
    void *ctx;
};

/* A classic pcap of LAN datagrams as raw IP (nanoseconds), by libpcap. */
enum status pcap_sink_open(const char *path, uint64_t epoch_s, struct trace_sink *out);

/* A pcapng of everything, to where the caller says (copied). */
enum status pcapng_sink_new(const struct pcapng_out *to, uint64_t epoch_s,
                            struct trace_sink *out);

/* The two sides of a LAN event in the order of travel. */
void trace_sides(const struct tap_event *ev, struct peer *from, struct peer *to);

#endif
