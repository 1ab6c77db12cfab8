#include "capture/trace.h"

#include <stdlib.h>
#include <string.h>

#include "capture/trace_sink.h"

struct trace {
    struct trace_sink sink;
    struct tap tap;
};

void
trace_sides(const struct tap_event *ev, struct peer *from, struct peer *to)
{
    bool in = ev->dir == TAP_TO_BMC;

    *from = in ? ev->remote : ev->local;
    *to = in ? ev->local : ev->remote;
}

static bool
is_pcapng(const char *path)
{
    size_t len = strlen(path);

    return len >= 7 && strcmp(path + len - 7, ".pcapng") == 0;
}

enum status
trace_open(const char *path, uint64_t epoch_s, struct trace **out)
{
    struct trace *t = calloc(1, sizeof *t);
    enum status st;

    if (t == NULL)
        return ST_NOMEM;
    st = (is_pcapng(path) ? pcapng_sink_open : pcap_sink_open)(path, epoch_s, &t->sink);
    if (st != ST_OK) {
        free(t);
        return st;
    }
    t->tap = (struct tap){ t->sink.write, t->sink.ctx };
    *out = t;
    return ST_OK;
}

enum status
trace_name(struct trace *trace, uint32_t chassis, const char *name)
{
    const struct trace_sink *sink = &trace->sink;

    return sink->name != NULL ? sink->name(sink->ctx, chassis, name) : ST_OK;
}

const struct tap *
trace_tap(struct trace *trace)
{
    return &trace->tap;
}

enum status
trace_flush(struct trace *trace)
{
    return trace->sink.flush(trace->sink.ctx);
}

enum status
trace_close(struct trace *trace)
{
    enum status st;

    if (trace == NULL)
        return ST_OK;
    st = trace->sink.close(trace->sink.ctx);
    free(trace);
    return st;
}
