/* trace_replay.c - ipmilab trace replay: a recorded run, once more. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/play_facts.h"
#include "capture/run_facts.h"
#include "capture/trace.h"
#include "sim/cmd/load.h"
#include "sim/cmd/options.h"
#include "sim/cmd/recording.h"
#include "sim/cmd/replay_inputs.h"
#include "sim/cmd/replay_match.h"
#include "sim/cmd/sources.h"
#include "sim/cmd/trace_cmds.h"

#ifndef IPMILAB_VERSION
#define IPMILAB_VERSION "unknown"
#endif

struct replay {
    const char *path;
    struct packet_source *inputs_source, *match_source;
    struct run_facts *facts;
    struct machines machines;
    struct replay_inputs in;
    struct replay_match match;
    struct mc_backing files;
    struct lab *lab;
    struct trace *trace;
    bool ended;                    /* the trace says where the run ended */
};

static int
fail(const struct replay *r, enum status st)
{
    fprintf(stderr, "ipmilab: %s: %s\n", r->path, status_text(st));
    return EXIT_LAB;
}

static int
bad_trace(const struct replay *r, const char *what)
{
    fprintf(stderr, "ipmilab: %s: %s\n", r->path, what);
    return EXIT_USAGE;
}

/* ---- what the run is made of ---- */

/* Join the pieces of the facts; NULL: no memory. */
static char *
join_facts(const struct packet_source *s, size_t *total)
{
    static const size_t mark = sizeof RUN_FACTS_MARK - 1;
    char *all = calloc(1, 1);
    const char *piece;
    size_t len;

    *total = 0;
    for (size_t n = 0; all != NULL && (piece = packet_source_comment(s, n, &len)) != NULL; n++) {
        char *more;

        if (len < mark || memcmp(piece, RUN_FACTS_MARK, mark) != 0)
            continue;
        more = realloc(all, *total + len - mark + 1);
        if (more == NULL) {
            free(all);
            return NULL;
        }
        all = more;
        memcpy(all + *total, piece + mark, len - mark);
        *total += len - mark;
    }
    return all;
}

/* The section header is read with the first packet. */
static int
read_facts(struct replay *r)
{
    struct packet first;
    enum packet_result result = packet_source_next(r->match_source, &first);
    const char *why;
    size_t len;
    char *json;
    enum status st;

    if (result == PACKET_BAD)
        return trace_source_bad(r->match_source);
    json = join_facts(r->match_source, &len);
    if (json == NULL)
        return fail(r, ST_NOMEM);
    if (len == 0) {
        free(json);
        return bad_trace(r, "found no run in the section header; expected a trace of "
                         "\"ipmilab serve --trace NAME.pcapng\", or of \"ipmilab test\" or "
                         "\"run\"");
    }
    if (play_facts_are(json, len)) {
        int code = trace_replay_scenario(r->path, json, len);

        free(json);
        return code;
    }
    st = run_facts_read(json, len, &r->facts, &why);
    free(json);
    if (st == ST_OK)
        return -1;
    fprintf(stderr, "ipmilab: %s: the run in the section header: %s\n", r->path, why);
    return st == ST_NOMEM ? EXIT_LAB : EXIT_USAGE;
}

static int
load_machines(struct replay *r)
{
    const struct run_facts *f = r->facts;
    struct load_opts opts = { .files = f->files, .file_count = f->file_count,
                              .reader = sources_of_run(f), .quiet = true };
    int code = machines_load(&opts, &r->machines);

    for (size_t i = 0; code < 0 && i < f->user_count; i++)
        code = machines_add_user(&r->machines, f->users[i]);
    for (size_t i = 0; code < 0 && i < f->fault_count; i++)
        code = machines_add_fault(&r->machines, f->faults[i]);
    return code;
}

static int
make_lab(struct replay *r)
{
    const struct run_facts *f = r->facts;
    struct lab_opts opts = { .seed = f->seed, .epoch_s = f->epoch_s, .backing = &r->files,
                             .system_entropy = f->system_entropy,
                             .root_key = { f->root } };
    enum status st = lab_new(&opts, &r->lab);

    for (size_t m = 0; m < r->machines.count; m++)
        for (uint32_t i = 0; st == ST_OK && i < f->count; i++)
            st = lab_add(r->lab, r->machines.at[m], i, NULL);
    return st == ST_OK ? -1 : fail(r, st);
}

/* The replay's own trace goes to who compares. */
static int
listen_to(struct replay *r)
{
    struct pcapng_out out = replay_match_out(&r->match);
    char name[RECORDING_NAME_MAX];
    struct chassis_unit *unit;
    enum status st = trace_open_to(&out, r->facts->epoch_s, &r->trace);

    for (uint32_t n = 0; st == ST_OK && (unit = lab_unit(r->lab, n)) != NULL; n++)
        st = trace_name(r->trace, n, recording_name(unit, r->facts->count, name));
    if (st != ST_OK)
        return fail(r, st);
    lab_set_tap(r->lab, trace_tap(r->trace));
    return -1;
}

/* Both readers of the trace begin where it does. */
static int
open_trace(struct replay *r)
{
    int code = trace_source_open(r->path, &r->match_source);

    if (code < 0)
        code = trace_source_open(r->path, &r->inputs_source);
    if (code < 0)
        code = read_facts(r);
    if (code >= 0)
        return code;
    packet_source_close(r->match_source);
    r->match_source = NULL;
    code = trace_source_open(r->path, &r->match_source);
    if (code >= 0)
        return code;
    replay_match_begin(&r->match, r->match_source, r->facts->epoch_s);
    replay_inputs_begin(&r->in, r->inputs_source, r->facts->epoch_s);
    r->files = replay_inputs_files(&r->in);
    return -1;
}

/* ---- playing ---- */

static bool
is_good(const struct replay *r)
{
    return replay_match_good(&r->match) && !r->in.error[0] && !r->in.asked[0];
}

/* What is sent went to the tap; nobody is there to get it. */
static void
advance(struct replay *r, instant to)
{
    while (!lab_advance(r->lab, to))
        outbox_clear(lab_outbox(r->lab));
    outbox_clear(lab_outbox(r->lab));
}

static bool
set_endpoint(struct chassis_unit *unit, const struct input_record *m)
{
    struct lan *lan = chassis_unit_lan(unit, m->lan);

    if (lan == NULL)
        return false;
    if (m->peer.secondary) {
        lan_set_secondary(lan, &m->peer, m->port);
        return true;
    }
    lan_set_endpoint(lan, NULL, &m->peer);
    lan_set_port(lan, m->port);
    return true;
}

static bool
give_datagram(struct replay *r, struct chassis_unit *unit, const struct replay_input *i)
{
    struct lan *lan = chassis_unit_lan(unit, i->m.lan);

    if (lan == NULL)
        return false;
    lab_input(r->lab, unit, lan, i->at, &i->m.peer, i->m.octets);
    return true;
}

static bool
plug(struct replay *r, struct chassis_unit *unit, const struct replay_input *i, bool in)
{
    struct uart_end end;

    if (!replay_inputs_end_of(&r->in, i->m.chassis, &end))
        return false;
    if (!in)
        lab_unplug(r->lab, unit, end.ctx);
    return !in || lab_plug(r->lab, unit, &end) == ST_OK;
}

/* False: this lab has no such thing. */
static bool
give(struct replay *r, const struct replay_input *i)
{
    struct chassis_unit *unit = lab_unit(r->lab, i->m.chassis);
    struct lab_action action;

    if (unit == NULL)
        return false;
    switch (i->m.kind) {
    case INPUT_ENDPOINT: return set_endpoint(unit, &i->m);
    case INPUT_DATAGRAM: return give_datagram(r, unit, i);
    case INPUT_ACTION:
        action = recording_action(&i->m);
        (void)lab_act(r->lab, unit, i->at, &action);
        return true;
    case INPUT_PLUG: return plug(r, unit, i, true);
    case INPUT_UNPLUG: return plug(r, unit, i, false);
    case INPUT_SPEAK:
        lab_speak(r->lab, unit, i->at);
        return true;
    case INPUT_LISTEN:
        lab_listen(r->lab, unit, i->at);
        return true;
    case INPUT_END:
        r->ended = true;
        return true;
    case INPUT_SAID: case INPUT_TAKEN: case INPUT_READ: case INPUT_WRITTEN:
    case INPUT_OUTSIDE:
        break;
    }
    return false;
}

/* An answer is taken by the lab, when it asks. */
static void
await_answer(struct replay *r, uint64_t number)
{
    const struct replay_input *i = replay_inputs_peek(&r->in);

    if (i != NULL && i->number == number)
        snprintf(r->in.asked, sizeof r->in.asked, "nobody asks for the answer (%s) in packet %"
                 PRIu64, input_kind_text(i->m.kind), number);
}

static int
play(struct replay *r)
{
    const struct replay_input *i;

    while (is_good(r) && !r->ended && (i = replay_inputs_peek(&r->in)) != NULL) {
        uint64_t number = i->number;

        if (i->m.kind != INPUT_ENDPOINT)   /* told before anything was due */
            advance(r, i->at);
        if (input_is_answer(i->m.kind)) {
            await_answer(r, number);
            continue;
        }
        if (replay_inputs_peek(&r->in) != i)
            continue;              /* a timer asked for what was not there */
        if (!give(r, replay_inputs_take(&r->in)))
            return bad_trace(r, "found an input that is for nothing this lab has");
        outbox_clear(lab_outbox(r->lab));
    }
    return -1;
}

/* A trace that does not tell where its run ended is played to its last packet. */
static void
play_to_the_end(struct replay *r)
{
    r->match.open_end = true;
    while (is_good(r) && r->match.result == PACKET_NEXT) {
        uint64_t same = r->match.same;

        if (r->match.expected.time_ns - r->match.start_ns > REPLAY_SPAN_MAX)
            break;
        advance(r, r->match.expected.time_ns - r->match.start_ns);
        (void)trace_flush(r->trace);
        if (is_good(r) && r->match.same == same)
            break;
    }
}

/* ---- the verdict ---- */

static void
print_versions(const struct replay *r)
{
    if (strcmp(r->facts->version, IPMILAB_VERSION) != 0)
        printf("\nthe trace was made by version %s; this is %s\n", r->facts->version,
               IPMILAB_VERSION);
}

static int
judge(struct replay *r)
{
    instant now = lab_now(r->lab);

    if (r->match.what != COMPARE_SAME) {
        if (replay_match_explain(&r->match, stdout) != ST_OK)
            return fail(r, ST_NOMEM);
        printf("\nthe same before: %" PRIu64 " packets\n", r->match.same);
        print_versions(r);
        return EXIT_CLAIM;
    }
    if (r->in.asked[0]) {
        printf("at %" PRIu64 ".%09" PRIu64 " s the replay goes another way: %s\n",
               now / 1000000000u, now % 1000000000u, r->in.asked);
        printf("the same before: %" PRIu64 " packets\n", r->match.same);
        print_versions(r);
        return EXIT_CLAIM;
    }
    if (r->in.error[0] || r->match.result == PACKET_BAD) {
        fprintf(stderr, "ipmilab: %s\n", r->in.error[0] ? r->in.error
                                                        : packet_source_error(r->match_source));
        fprintf(stderr, "ipmilab: the same before: %" PRIu64 " packets\n", r->match.same);
        return EXIT_USAGE;
    }
    printf("%s: %" PRIu64 " inputs replayed over %" PRIu64 ".%03" PRIu64 " s, %" PRIu64
           " packets, all the same%s\n", r->path, r->in.read, now / 1000000000u,
           now / 1000000u % 1000u, r->match.same,
           r->ended ? "" : " (the trace does not tell where its run ended)");
    return EXIT_GOOD;
}

static int
run(struct replay *r)
{
    int code = play(r);

    if (code >= 0)
        return code;
    if (!r->ended)
        play_to_the_end(r);
    (void)trace_flush(r->trace);
    if (is_good(r))
        replay_match_finish(&r->match);
    return judge(r);
}

static void
close_replay(struct replay *r)
{
    if (r->lab != NULL)
        lab_set_tap(r->lab, NULL);
    lab_free(r->lab);
    if (r->trace != NULL)
        (void)trace_close(r->trace);
    replay_inputs_end(&r->in);
    replay_match_end(&r->match);
    machines_free(&r->machines);
    run_facts_free(r->facts);
    packet_source_close(r->inputs_source);
    packet_source_close(r->match_source);
}

static int
replay_path(const char *path)
{
    struct replay *r = calloc(1, sizeof *r);
    int code;

    if (r == NULL)
        return EXIT_LAB;
    r->path = path;
    code = open_trace(r);
    if (code < 0)
        code = load_machines(r);
    if (code < 0)
        code = make_lab(r);
    if (code < 0)
        code = listen_to(r);
    if (code < 0)
        code = run(r);
    close_replay(r);
    free(r);
    return code;
}

int
cmd_trace_replay(int argc, char **argv)
{
    const struct option_set set = {
        "ipmilab trace replay FILE",
        "Makes the lab of a recorded run again (serve --trace NAME.pcapng), gives it the\n"
        "same inputs at the same instants, and compares all that crosses its links. A\n"
        "scenario's run (test --traces, run --trace) is played again.\n"
        "Exit 0: all is the same; 1: explains the first difference.",
        NULL, 0,
    };
    const char **files = calloc((size_t)argc + 1, sizeof *files);
    size_t count;
    int code;

    if (files == NULL)
        return EXIT_LAB;
    code = options_parse(&set, argc, argv, files, &count);
    if (code < 0 && count != 1) {
        fprintf(stderr, "ipmilab: trace replay: expected one file\nusage: %s\n", set.usage);
        code = EXIT_USAGE;
    }
    if (code < 0)
        code = replay_path(files[0]);
    free(files);
    return code;
}
