#include <pcap/pcap.h>
#include <stdlib.h>

#include "capture/ipframe.h"
#include "capture/trace_sink.h"

#define PACKET_MAX (65535)
#define NS_PER_S 1000000000u

struct pcap_sink {
    pcap_t *pcap;
    pcap_dumper_t *dump;
    FILE *file;
    uint64_t epoch_s;
    bool failed;
};

static void
write_datagram(struct pcap_sink *s, const struct tap_event *ev)
{
    uint8_t buf[2048 + IPFRAME_OVERHEAD_MAX];
    struct wr w = wr_of(buf, sizeof buf);
    struct pcap_pkthdr header = { 0 };
    struct peer from, to;

    trace_sides(ev, &from, &to);
    ipframe_build(&w, &from, &to, ev->bytes);
    if (w.bad) {
        s->failed = true;
        return;
    }
    header.ts.tv_sec = (time_t)(s->epoch_s + ev->at / NS_PER_S);
    header.ts.tv_usec = (suseconds_t)(ev->at % NS_PER_S);   /* nanoseconds, by choice */
    header.caplen = header.len = (bpf_u_int32)wr_len(&w);
    pcap_dump((u_char *)s->dump, &header, buf);
    if (ferror(s->file))
        s->failed = true;
}

/* A lost datagram never reached the far end, but it was on the wire. */
static void
pcap_write(void *ctx, const struct tap_event *ev)
{
    if (ev->link == TAP_LAN && ev->bytes.len)
        write_datagram(ctx, ev);
}

static enum status
pcap_sink_flush(void *ctx)
{
    struct pcap_sink *s = ctx;

    return pcap_dump_flush(s->dump) == 0 && !s->failed ? ST_OK : ST_IO;
}

static enum status
pcap_sink_close(void *ctx)
{
    struct pcap_sink *s = ctx;
    enum status st = pcap_sink_flush(s);

    pcap_dump_close(s->dump);
    pcap_close(s->pcap);
    free(s);
    return st;
}

enum status
pcap_sink_open(const char *path, uint64_t epoch_s, struct trace_sink *out)
{
    struct pcap_sink *s = calloc(1, sizeof *s);
    enum status st = ST_NOMEM;

    if (s == NULL)
        return st;
    s->epoch_s = epoch_s;
    s->pcap = pcap_open_dead_with_tstamp_precision(DLT_RAW, PACKET_MAX,
                                                   PCAP_TSTAMP_PRECISION_NANO);
    if (s->pcap == NULL)
        goto free_sink;
    s->dump = pcap_dump_open(s->pcap, path);
    if (s->dump == NULL) {
        st = ST_IO;
        goto close_pcap;
    }
    s->file = pcap_dump_file(s->dump);
    *out = (struct trace_sink){ .write = pcap_write, .flush = pcap_sink_flush,
                                  .close = pcap_sink_close, .ctx = s };
    return ST_OK;

close_pcap:
    pcap_close(s->pcap);
free_sink:
    free(s);
    return st;
}
