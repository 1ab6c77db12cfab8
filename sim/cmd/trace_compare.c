/* trace_compare.c - ipmilab trace compare: the first difference of two traces. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "capture/compare.h"
#include "sim/cmd/options.h"
#include "sim/cmd/trace_cmds.h"

struct comparison {
    struct packet_source *source[2];
    struct packet packet[2];
    enum packet_result at[2];      /* what packet[] is */
    struct compare_tally *tally;
    bool ignore_time;
    bool started, different;
    uint64_t start_ns, same;
};

static const char *const names[2] = { "A", "B" };

static int
nomem(void)
{
    fprintf(stderr, "ipmilab: %s\n", status_text(ST_NOMEM));
    return EXIT_LAB;
}

/* Take the next packet of a side. -1, or an exit code. */
static int
step(struct comparison *c, int side)
{
    c->at[side] = packet_source_next(c->source[side], &c->packet[side]);
    if (c->at[side] == PACKET_BAD)
        return trace_source_bad(c->source[side]);
    if (c->at[side] == PACKET_NEXT &&
        compare_tally_add(c->tally, side, &c->packet[side]) != ST_OK)
        return nomem();
    return -1;
}

static const struct packet *
present(const struct comparison *c, int side)
{
    return c->at[side] == PACKET_NEXT ? &c->packet[side] : NULL;
}

/* Explain the first difference; what comes after is only counted. */
static int
judge(struct comparison *c)
{
    struct compare_sides sides = {
        .name = { names[0], names[1] },
        .packet = { present(c, 0), present(c, 1) },
        .start_ns = c->start_ns,
    };
    enum compare_what what = compare_packets(sides.packet[0], sides.packet[1], c->ignore_time);

    if (c->different || what == COMPARE_SAME) {
        c->same += !c->different;
        return -1;
    }
    c->different = true;
    printf("A is %s\nB is %s\n\n", packet_source_path(c->source[0]),
           packet_source_path(c->source[1]));
    return compare_explain(stdout, &sides, what) == ST_OK ? -1 : nomem();
}

static int
compare_all(struct comparison *c)
{
    int code = -1;

    do {
        for (int side = 0; code < 0 && side < 2; side++)
            if (c->at[side] == PACKET_NEXT)
                code = step(c, side);
        if (!c->started && present(c, 0) != NULL) {
            c->start_ns = c->packet[0].time_ns;
            c->started = true;
        }
        if (code < 0 && (present(c, 0) != NULL || present(c, 1) != NULL))
            code = judge(c);
    } while (code < 0 && (present(c, 0) != NULL || present(c, 1) != NULL));
    return code;
}

static int
report(const struct comparison *c)
{
    if (c->different) {
        printf("\nthe same before: %" PRIu64 " packets\n\n", c->same);
        compare_tally_print(c->tally, names, stdout);
        return EXIT_CLAIM;
    }
    printf("%s and %s: %" PRIu64 " packets on %zu interfaces, all the same%s\n",
           packet_source_path(c->source[0]), packet_source_path(c->source[1]), c->same,
           compare_tally_lanes(c->tally), c->ignore_time ? " but for their times" : "");
    return EXIT_GOOD;
}

static int
compare_paths(struct comparison *c, const char *const *paths)
{
    int code = -1;

    if (compare_tally_new(&c->tally) != ST_OK)
        return nomem();
    for (int side = 0; code < 0 && side < 2; side++)
        code = trace_source_open(paths[side], &c->source[side]);
    if (code < 0)
        code = compare_all(c);
    if (code < 0)
        code = report(c);
    for (int side = 0; side < 2; side++)
        packet_source_close(c->source[side]);
    compare_tally_free(c->tally);
    return code;
}

int
cmd_trace_compare(int argc, char **argv)
{
    struct comparison c = { .at = { PACKET_NEXT, PACKET_NEXT } };
    const struct option_row rows[] = {
        { "ignore-time", 't', OPTION_FLAG, &c.ignore_time, 0, 0, NULL,
          "packets may be at other instants" },
    };
    const struct option_set set = {
        "ipmilab trace compare A B [options]",
        "Explains the first difference between two captures, and counts the packets of\n"
        "each interface. Exit 0: they are the same; 1: they are not.",
        rows, sizeof rows / sizeof rows[0],
    };
    const char **files = calloc((size_t)argc + 1, sizeof *files);
    size_t count;
    int code;

    if (files == NULL)
        return nomem();
    code = options_parse(&set, argc, argv, files, &count);
    if (code < 0 && count != 2) {
        fprintf(stderr, "ipmilab: trace compare: expected two files\nusage: %s\n", set.usage);
        code = EXIT_USAGE;
    }
    if (code < 0)
        code = compare_paths(&c, files);
    free(files);
    return code;
}
