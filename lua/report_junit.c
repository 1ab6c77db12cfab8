#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "lua/report.h"

/*
 * The JUnit XML that CI systems read (Jenkins' schema): testsuites,
 * testsuite, testcase, failure, error, skipped, system-out. A suite's counts
 * stand in front of its cases, so a suite is collected before it is written.
 */
struct junit {
    FILE *file;
    char *path;            /* of the scenario whose suite is open; NULL: none */
    FILE *cases;           /* the suite's, so far */
    char *text;
    size_t len;
    size_t tests, failures, errors, skipped;
    uint64_t ms;
};

/* Text as XML has it; what no XML document may contain becomes U+FFFD. */
static void
text(FILE *to, const char *s)
{
    for (; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;

        if (c == '<')
            fputs("&lt;", to);
        else if (c == '>')
            fputs("&gt;", to);
        else if (c == '&')
            fputs("&amp;", to);
        else if (c == '"')
            fputs("&quot;", to);
        else if (c == '\n')
            fputs("&#10;", to);
        else if (c < 0x20 && c != '\t')
            fputs("&#xfffd;", to);
        else
            fputc(c, to);
    }
}

static void
attribute(FILE *to, const char *name, const char *value)
{
    fprintf(to, " %s=\"", name);
    text(to, value);
    fputc('"', to);
}

static void
seconds(FILE *to, const char *name, uint64_t ms)
{
    fprintf(to, " %s=\"%" PRIu64 ".%03" PRIu64 "\"", name, ms / 1000, ms % 1000);
}

static void
close_suite(struct junit *j)
{
    if (j->path == NULL)
        return;
    fclose(j->cases);
    fputs("  <testsuite", j->file);
    attribute(j->file, "name", j->path);
    fprintf(j->file, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\"", j->tests,
            j->failures, j->errors, j->skipped);
    seconds(j->file, "time", j->ms);
    fprintf(j->file, ">\n%s  </testsuite>\n", j->text);
    free(j->text);
    free(j->path);
    j->path = NULL;
}

static bool
open_suite(struct junit *j, const char *path)
{
    if (j->path != NULL && strcmp(j->path, path) == 0)
        return true;
    close_suite(j);
    j->cases = open_memstream(&j->text, &j->len);
    if (j->cases == NULL)
        return false;
    j->path = strdup(path);
    j->tests = j->failures = j->errors = j->skipped = 0;
    j->ms = 0;
    return j->path != NULL;
}

static void
failure(FILE *to, const char *element, const struct report_case *c)
{
    const struct scenario_result *r = c->result;

    fprintf(to, "      <%s", element);
    attribute(to, "message", r->message ? r->message : outcome_text(r->outcome));
    attribute(to, "type", outcome_text(r->outcome));
    fputc('>', to);
    text(to, r->where ? r->where : c->path);
    if (r->expected != NULL) {
        fputs("&#10;expected: ", to);
        text(to, r->expected);
        fputs("&#10;actual: ", to);
        text(to, r->actual);
    }
    if (r->trace != NULL) {
        fputs("&#10;", to);
        text(to, r->trace);
    }
    fprintf(to, "&#10;seed: %" PRIu64 "&#10;again: ", c->seed);
    text(to, c->repeat);
    fprintf(to, "</%s>\n", element);
}

static void
body(struct junit *j, const struct report_case *c)
{
    const struct scenario_result *r = c->result;

    if (r->outcome == OUTCOME_FAIL || r->outcome == OUTCOME_XPASS) {
        j->failures++;
        failure(j->cases, "failure", c);
    } else if (r->outcome == OUTCOME_ERROR) {
        j->errors++;
        failure(j->cases, "error", c);
    } else if (r->outcome != OUTCOME_PASS) {
        j->skipped++;
        fputs("      <skipped", j->cases);
        attribute(j->cases, "message", r->xfail ? r->xfail : r->message ? r->message : "");
        fputs("/>\n", j->cases);
    }
    if (r->said != NULL && r->said[0] != '\0') {
        fputs("      <system-out>", j->cases);
        text(j->cases, r->said);
        fputs("</system-out>\n", j->cases);
    }
}

static void
add(void *ctx, const struct report_case *c)
{
    struct junit *j = ctx;

    if (!open_suite(j, c->path))
        return;
    j->tests++;
    j->ms += c->result->real_ms;
    fputs("    <testcase", j->cases);
    attribute(j->cases, "classname", c->path);
    attribute(j->cases, "name", c->name);
    seconds(j->cases, "time", c->result->real_ms);
    fputs(">\n", j->cases);
    body(j, c);
    fputs("    </testcase>\n", j->cases);
}

static void
begin(void *ctx, size_t planned)
{
    struct junit *j = ctx;

    (void)planned;
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ipmilab\">\n", j->file);
}

static bool
end(void *ctx, const struct report_sum *sum)
{
    struct junit *j = ctx;
    bool fine;

    (void)sum;
    close_suite(j);
    fputs("</testsuites>\n", j->file);
    fine = !ferror(j->file);
    fine = fclose(j->file) == 0 && fine;
    free(j);
    return fine;
}

enum status
report_junit(const char *path, struct report *out)
{
    struct junit *j = calloc(1, sizeof *j);

    if (j == NULL)
        return ST_NOMEM;
    j->file = fopen(path, "w");
    if (j->file == NULL) {
        free(j);
        return ST_IO;
    }
    *out = (struct report){ begin, add, end, j };
    return ST_OK;
}
