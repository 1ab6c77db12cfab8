#include "capture/trace.h"

#include <stdlib.h>
#include <string.h>

#include "capture/run_facts.h"
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

bool
trace_keeps_inputs(const char *path)
{
    size_t len = strlen(path);

    return len >= 7 && strcmp(path + len - 7, ".pcapng") == 0;
}

/* A pcapng file with the facts of its run, NULL for none. */
static enum status
open_pcapng(const char *path, uint64_t epoch_s, const char *facts, struct trace_sink *sink)
{
    struct bytes *comments = NULL;
    size_t count = 0;
    struct pcapng_out out;
    enum status st = ST_OK;

    if (facts != NULL)
        st = run_facts_cut(facts, PCAPNG_SECTION_COMMENT_MAX, &comments, &count);
    if (st == ST_OK)
        st = pcapng_create(path, "ipmilab", comments, count, &out);
    free(comments);
    if (st != ST_OK)
        return st;
    st = pcapng_sink_new(&out, epoch_s, sink);
    if (st != ST_OK)
        (void)out.close(out.ctx);
    return st;
}

static enum status
open_kind(const char *path, uint64_t epoch_s, const char *facts, struct trace_sink *sink)
{
    if (trace_keeps_inputs(path))
        return open_pcapng(path, epoch_s, facts, sink);
    return pcap_sink_open(path, epoch_s, sink);
}

static struct trace *
trace_of(const struct trace_sink *sink)
{
    struct trace *t = calloc(1, sizeof *t);

    if (t == NULL) {
        (void)sink->close(sink->ctx);
        return NULL;
    }
    t->sink = *sink;
    t->tap = (struct tap){ sink->write, sink->ctx };
    return t;
}

enum status
trace_open_run(const char *path, uint64_t epoch_s, const char *facts, struct trace **out)
{
    struct trace_sink sink;
    enum status st = open_kind(path, epoch_s, facts, &sink);

    if (st != ST_OK)
        return st;
    *out = trace_of(&sink);
    return *out != NULL ? ST_OK : ST_NOMEM;
}

enum status
trace_open(const char *path, uint64_t epoch_s, struct trace **out)
{
    return trace_open_run(path, epoch_s, NULL, out);
}

enum status
trace_open_to(const struct pcapng_out *to, uint64_t epoch_s, struct trace **out)
{
    struct trace_sink sink;
    enum status st = pcapng_sink_new(to, epoch_s, &sink);

    if (st != ST_OK)
        return st;
    *out = trace_of(&sink);
    return *out != NULL ? ST_OK : ST_NOMEM;
}

enum status
trace_input(struct trace *trace, instant at, struct bytes record)
{
    const struct trace_sink *sink = &trace->sink;

    return sink->input != NULL ? sink->input(sink->ctx, at, record) : ST_OK;
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
