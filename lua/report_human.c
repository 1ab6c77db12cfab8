#include <inttypes.h>
#include <stdlib.h>

#include "lua/report.h"

struct human {
    FILE *to;
    bool verbose;
};

static const char *const words[OUTCOMES] = {
    [OUTCOME_PASS] = "ok",      [OUTCOME_FAIL] = "FAILED",
    [OUTCOME_ERROR] = "ERROR",  [OUTCOME_SKIP] = "skipped",
    [OUTCOME_XFAIL] = "xfail",  [OUTCOME_XPASS] = "XPASS",
};

static void
begin(void *ctx, size_t planned)
{
    (void)ctx;
    (void)planned;
}

/* Text of several lines, each with spaces in front. */
static void
indented(FILE *to, const char *text)
{
    fputs("    ", to);
    for (; *text != '\0'; text++) {
        fputc(*text, to);
        if (*text == '\n' && text[1] != '\0')
            fputs("    ", to);
    }
    fputc('\n', to);
}

static void
details(FILE *to, const struct report_case *c)
{
    const struct scenario_result *r = c->result;

    fprintf(to, "  %s: %s\n", r->where ? r->where : c->path,
            r->message ? r->message : "it held, and was expected to fail");
    if (r->expected != NULL)
        fprintf(to, "    expected: %s\n    actual:   %s\n", r->expected, r->actual);
    if (r->trace != NULL)
        indented(to, r->trace);
    if (r->xfail != NULL)
        fprintf(to, "    expected to fail: %s\n", r->xfail);
    fprintf(to, "    lab time %" PRIu64 ".%09" PRIu64 " s, seed %" PRIu64 "\n",
            r->at / 1000000000u, r->at % 1000000000u, c->seed);
    if (r->said != NULL && r->said[0] != '\0') {
        fputs("    it said:\n", to);
        indented(to, r->said);
    }
    if (c->result->capture != NULL)
        fprintf(to, "    trace:  %s\n", c->result->capture);
    fprintf(to, "    again:  %s\n", c->repeat);
}

static void
add(void *ctx, const struct report_case *c)
{
    struct human *h = ctx;
    const struct scenario_result *r = c->result;
    bool bad = outcome_is_bad(r->outcome);

    if (!bad && !h->verbose)
        return;
    fprintf(h->to, "%-8s %s: %s\n", words[r->outcome], c->path, c->name);
    if (bad)
        details(h->to, c);
    else if (r->message != NULL)
        fprintf(h->to, "         %s\n", r->xfail ? r->xfail : r->message);
    if (!bad && r->said != NULL && r->said[0] != '\0')
        indented(h->to, r->said);
    fflush(h->to);
}

static bool
end(void *ctx, const struct report_sum *sum)
{
    struct human *h = ctx;
    size_t left = sum->planned;
    bool fine;

    fprintf(h->to, "%zu test%s", sum->planned, sum->planned == 1 ? "" : "s");
    for (enum outcome o = OUTCOME_PASS; o < OUTCOMES; o++)
        if (sum->count[o] != 0) {
            fprintf(h->to, ", %zu %s", sum->count[o], words[o]);
            left -= sum->count[o];
        }
    if (sum->stopped != NULL)
        fprintf(h->to, ", %zu not played: %s", left, sum->stopped);
    fprintf(h->to, " (%" PRIu64 ".%03" PRIu64 " s)\n", sum->real_ms / 1000, sum->real_ms % 1000);
    fine = fflush(h->to) == 0;
    free(h);
    return fine;
}

enum status
report_human(FILE *to, bool verbose, struct report *out)
{
    struct human *h = malloc(sizeof *h);

    if (h == NULL)
        return ST_NOMEM;
    *h = (struct human){ to, verbose };
    *out = (struct report){ begin, add, end, h };
    return ST_OK;
}
