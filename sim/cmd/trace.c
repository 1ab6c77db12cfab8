/* trace.c - ipmilab trace: work on captures. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "sim/cmd/options.h"
#include "sim/cmd/trace_cmds.h"

static const struct {
    const char *name;
    subcommand_fn *run;
    const char *help;
} words[] = {
    { "print", cmd_trace_print, "tell what each packet says" },
    { "decrypt", cmd_trace_decrypt, "add clear copies of what RMCP+ sessions encrypted" },
    { "replay", cmd_trace_replay, "run a recorded lab again and compare" },
    { "compare", cmd_trace_compare, "explain the first difference between two traces" },
};

#define WORDS (sizeof words / sizeof words[0])

static void
print_usage(FILE *to)
{
    fprintf(to, "usage: ipmilab trace WORD FILE...\n\n"
                "Works on captures: pcapng files of --trace and of other programs, and pcaps.\n\n"
                "words:\n");
    for (size_t i = 0; i < WORDS; i++)
        fprintf(to, "  %-10s %s\n", words[i].name, words[i].help);
    fprintf(to, "\n\"ipmilab trace WORD --help\" says more.\n");
}

int
cmd_trace(int argc, char **argv)
{
    if (argc >= 2 && strcmp(argv[1], "--help") == 0) {
        print_usage(stdout);
        return EXIT_GOOD;
    }
    for (size_t i = 0; argc >= 2 && i < WORDS; i++)
        if (strcmp(argv[1], words[i].name) == 0)
            return words[i].run(argc - 1, argv + 1);
    if (argc >= 2)
        fprintf(stderr, "ipmilab: trace: \"%s\": expected one of its words\n", argv[1]);
    print_usage(stderr);
    return EXIT_USAGE;
}

int
trace_source_open(const char *path, struct packet_source **out)
{
    enum status st = packet_source_open(path, out);

    if (st == ST_OK)
        return -1;
    fprintf(stderr, "ipmilab: %s: %s\n", path,
            st == ST_IO ? strerror(errno) : status_text(st));
    return st == ST_IO ? EXIT_USAGE : EXIT_LAB;
}

int
trace_source_bad(const struct packet_source *s)
{
    fprintf(stderr, "ipmilab: %s\n", packet_source_error(s));
    return EXIT_USAGE;
}

const char *
trace_time_text(uint64_t time_ns, uint64_t start_ns, char to[TRACE_TIME_MAX])
{
    uint64_t ns = time_ns < start_ns ? start_ns - time_ns : time_ns - start_ns;

    (void)snprintf(to, TRACE_TIME_MAX, "%s%" PRIu64 ".%09" PRIu64,
                   time_ns < start_ns ? "-" : "", ns / 1000000000u, ns % 1000000000u);
    return to;
}
