#include <inttypes.h>
#include <stdlib.h>

#include "lua/report.h"

/* Test Anything Protocol 13: https://testanything.org */
struct tap_report {
    FILE *to;
    size_t number;
};

static void
begin(void *ctx, size_t planned)
{
    struct tap_report *t = ctx;

    fprintf(t->to, "TAP version 13\n1..%zu\n", planned);
}

/* Text on one line; # would begin a directive. */
static void
line(FILE *to, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '#' || *text == '\\')
            fputc('\\', to);
        fputc(*text == '\n' ? ' ' : *text, to);
    }
}

/* A field of the YAML block, as a double-quoted scalar. */
static void
field(FILE *to, const char *name, const char *text)
{
    if (text == NULL)
        return;
    fprintf(to, "  %s: \"", name);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == '"' || c == '\\')
            fprintf(to, "\\%c", c);
        else if (c == '\n')
            fputs("\\n", to);
        else if (c < 0x20 || c == 0x7f)
            fprintf(to, "\\x%02x", c);
        else
            fputc(c, to);
    }
    fputs("\"\n", to);
}

static void
details(FILE *to, const struct report_case *c)
{
    const struct scenario_result *r = c->result;

    fprintf(to, "  ---\n  outcome: %s\n", outcome_text(r->outcome));
    field(to, "at", r->where);
    field(to, "message", r->message);
    field(to, "expected", r->expected);
    field(to, "actual", r->actual);
    fprintf(to, "  instant_ns: %" PRIu64 "\n  seed: %" PRIu64 "\n", r->at, c->seed);
    field(to, "trace", c->result->capture);
    field(to, "again", c->repeat);
    fputs("  ...\n", to);
}

static void
add(void *ctx, const struct report_case *c)
{
    struct tap_report *t = ctx;
    const struct scenario_result *r = c->result;
    bool held = r->outcome == OUTCOME_PASS || r->outcome == OUTCOME_SKIP ||
                r->outcome == OUTCOME_XPASS;

    fprintf(t->to, "%sok %zu - ", held ? "" : "not ", ++t->number);
    line(t->to, c->path);
    fputs(": ", t->to);
    line(t->to, c->name);
    if (r->outcome == OUTCOME_SKIP) {
        fputs(" # SKIP ", t->to);
        line(t->to, r->message ? r->message : "");
    } else if (r->xfail != NULL) {
        fputs(" # TODO ", t->to);
        line(t->to, r->xfail);
    }
    fputc('\n', t->to);
    if (outcome_is_bad(r->outcome))
        details(t->to, c);
    fflush(t->to);
}

static bool
end(void *ctx, const struct report_sum *sum)
{
    struct tap_report *t = ctx;
    bool fine;

    if (sum->stopped != NULL)
        fprintf(t->to, "Bail out! %s\n", sum->stopped);
    fine = fflush(t->to) == 0;
    free(t);
    return fine;
}

enum status
report_tap(FILE *to, struct report *out)
{
    struct tap_report *t = malloc(sizeof *t);

    if (t == NULL)
        return ST_NOMEM;
    *t = (struct tap_report){ to, 0 };
    *out = (struct report){ begin, add, end, t };
    return ST_OK;
}
