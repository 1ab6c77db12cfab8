/* trace_print.c - ipmilab trace print: a capture in words. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/conversation.h"
#include "capture/filter.h"
#include "capture/input_record.h"
#include "sim/cmd/options.h"
#include "sim/cmd/trace_cmds.h"

struct print {
    struct filter filter;
    bool verbose, inputs, absolute;
    struct conversation *c;
    struct dissection *d;
    uint64_t start_ns;
    bool started;
    uint64_t shown, all;
};

/* ---- one packet ---- */

/* Take p apart into pr->d, whatever it is. */
static void
describe(struct print *pr, const struct packet *p)
{
    static const struct dissect_frame none = { .link = TAP_NOTE, .words = "" };
    struct dissect_frame f;
    const char *why = "";

    if (dissect_of_packet(p, &f, &why)) {
        dissect(pr->c, &f, pr->d);
        return;
    }
    dissect(NULL, &none, pr->d);
    pr->d->kind = DISSECT_OTHER;
    pr->d->line_count = 0;
    if (p->lane->link_type == LINKTYPE_USER0)
        (void)input_record_text(p->bytes, pr->d->summary, sizeof pr->d->summary);
    else
        (void)snprintf(pr->d->summary, sizeof pr->d->summary, "%s, %zu octets", why,
                       p->bytes.len);
}

static void
print_line(const struct print *pr, const struct packet *p)
{
    const struct dissection *d = pr->d;
    char time[TRACE_TIME_MAX];

    printf("%6" PRIu64 " %14s %-10s ", p->number,
           p->timed ? trace_time_text(p->time_ns, pr->absolute ? 0 : pr->start_ns, time) : "-",
           p->lane->name[0] ? p->lane->name : "lan");
    if (d->from[0])
        printf("%s%s%s  ", d->from, d->to[0] ? " > " : "", d->to);
    printf("%s", d->summary);
    if (d->answers)
        printf("  (#%" PRIu64 ", %" PRIu64 ".%03" PRIu64 " ms)", d->answers,
               d->took / 1000000u, d->took / 1000u % 1000u);
    if (d->repeats)
        printf("  (#%" PRIu64 " again)", d->repeats);
    if (p->comment[0])
        printf("  {%s}", p->comment);
    putchar('\n');
}

static void
print_tree(const struct dissection *d)
{
    for (unsigned i = 0; i < d->line_count; i++)
        printf("       %*s%s\n", 2 * d->lines[i].depth, "", dissect_line(d, i));
    if (d->cut)
        printf("       ...\n");
    if (d->line_count)
        putchar('\n');
}

static void
take(struct print *pr, const struct packet *p)
{
    if (!pr->started) {
        pr->start_ns = p->time_ns;
        pr->started = true;
    }
    pr->all++;
    describe(pr, p);
    if (p->lane->link_type == LINKTYPE_USER0 && !pr->inputs)
        return;
    if (!filter_holds(&pr->filter, p, pr->d))
        return;
    pr->shown++;
    print_line(pr, p);
    if (pr->verbose)
        print_tree(pr->d);
}

/* ---- a file ---- */

static int
print_file(struct print *pr, struct packet_source *s)
{
    enum packet_result result;
    struct packet p;

    while ((result = packet_source_next(s, &p)) == PACKET_NEXT)
        take(pr, &p);
    fflush(stdout);
    return result == PACKET_END ? EXIT_GOOD : trace_source_bad(s);
}

static int
print_path(struct print *pr, const char *path)
{
    struct packet_source *s;
    int code = trace_source_open(path, &s);

    if (code >= 0)
        return code;
    pr->c = conversation_new();
    pr->d = malloc(sizeof *pr->d);
    if (pr->c != NULL && pr->d != NULL) {
        code = print_file(pr, s);
    } else {
        fprintf(stderr, "ipmilab: out of memory\n");
        code = EXIT_LAB;
    }
    free(pr->d);
    conversation_free(pr->c);
    packet_source_close(s);
    return code;
}

static int
add_filters(struct print *pr, const struct option_texts *texts)
{
    char error[160];

    for (size_t i = 0; i < texts->count; i++) {
        if (filter_add(&pr->filter, texts->at[i], error, sizeof error))
            continue;
        fprintf(stderr, "ipmilab: --filter: %s\n", error);
        return EXIT_USAGE;
    }
    return -1;
}

static void
print_filters(void)
{
    const char *name, *help;

    printf("\nA filter is NAME=VALUE or NAME!=VALUE, several with commas. Names:\n");
    for (unsigned n = 0; (help = filter_help(n, &name)) != NULL; n++)
        printf("  %-10s %s\n", name, help);
}

int
cmd_trace_print(int argc, char **argv)
{
    struct print *pr = calloc(1, sizeof *pr);
    const char **files = calloc((size_t)argc + 1, sizeof *files);
    struct option_texts filters = { 0 };
    const struct option_row rows[] = {
        { "verbose", 'v', OPTION_FLAG, pr ? &pr->verbose : NULL, 0, 0, NULL,
          "every field of each packet" },
        { "filter", 'f', OPTION_TEXTS, &filters, 0, 0, "TERMS",
          "only these, such as lane=ipmb0,cc!=0; all of several must hold" },
        { "inputs", 'i', OPTION_FLAG, pr ? &pr->inputs : NULL, 0, 0, NULL,
          "also what is kept for a replay" },
        { "absolute", 'a', OPTION_FLAG, pr ? &pr->absolute : NULL, 0, 0, NULL,
          "times since 1970, not since the first packet" },
    };
    const struct option_set set = {
        "ipmilab trace print FILE [options]",
        "Tells what each packet of a capture says: number, seconds, interface, who to\n"
        "whom, the packet (the request that it answers, and after how long), {its fate}.",
        rows, sizeof rows / sizeof rows[0],
    };
    size_t count;
    int code = EXIT_LAB;

    if (pr != NULL && files != NULL) {
        code = options_parse(&set, argc, argv, files, &count);
        if (code == EXIT_GOOD)
            print_filters();
        if (code < 0 && count != 1) {
            fprintf(stderr, "ipmilab: trace print: expected one file\nusage: %s\n", set.usage);
            code = EXIT_USAGE;
        }
        if (code < 0)
            code = add_filters(pr, &filters);
        if (code < 0)
            code = print_path(pr, files[0]);
    }
    option_texts_free(&filters);
    free(files);
    free(pr);
    return code;
}
