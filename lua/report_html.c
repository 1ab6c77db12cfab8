#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lua/report.h"
#include "lua/timeline.h"

#define PATH_LEN 4096

/* The sum stands at the top, so the tests are collected first. */
struct html {
    char *path;
    FILE *tests;
    char *text;
    size_t len;
};

static const char head[] =
    "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n<title>ipmilab: report</title>\n"
    "<style>\n"
    ":root{color-scheme:light dark;--line:#8884;--good:#2a7d3b;--bad:#c22;--dim:#888}\n"
    "body{font:15px/1.45 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}\n"
    "h1{font-size:1.4rem}details{border-top:1px solid var(--line);padding:.4rem 0}\n"
    "summary{cursor:pointer}summary b{display:inline-block;width:5rem}\n"
    ".pass b,.xfail b{color:var(--good)}.fail b,.error b,.xpass b{color:var(--bad)}\n"
    ".skip b,.file,.why{color:var(--dim)}pre,table{font:12px/1.4 ui-monospace,monospace}\n"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0 .3rem 5rem}\n"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0}\n"
    "th,td{text-align:left;padding:.1rem .5rem;border-left:1px solid var(--line);"
    "vertical-align:top}\n"
    "th{font-weight:600}td:first-child{white-space:nowrap;text-align:right;border:0}\n"
    "tr.lost,tr.collided,tr.NAKed{color:var(--bad)}tr.ignored,tr.refused{color:var(--dim)}\n"
    ".scroll{overflow-x:auto}\n</style>\n";

static void
text(FILE *to, const char *s)
{
    for (; *s != '\0'; s++) {
        if (*s == '<')
            fputs("&lt;", to);
        else if (*s == '>')
            fputs("&gt;", to);
        else if (*s == '&')
            fputs("&amp;", to);
        else if (*s == '"')
            fputs("&quot;", to);
        else
            fputc(*s, to);
    }
}

static void
field(FILE *to, const char *name, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    fprintf(to, "%s", name);
    text(to, value);
    fputc('\n', to);
}

/* ---- the timeline of a test ---- */

static const char *const arrows[] = { "", "&rarr; ", "&larr; " };

static void
event_row(FILE *to, json_t *event)
{
    json_int_t at = json_integer_value(json_array_get(event, 0));
    json_int_t lane = json_integer_value(json_array_get(event, 1));
    json_int_t dir = json_integer_value(json_array_get(event, 2));
    const char *fate = json_string_value(json_array_get(event, 3));
    const char *why = json_string_value(json_array_get(event, 5));

    fprintf(to, "<tr class=\"%s\"><td>%" JSON_INTEGER_FORMAT ".%06" JSON_INTEGER_FORMAT "</td>",
            fate, at / 1000000, at % 1000000);
    for (json_int_t i = 0; i < LANES; i++) {
        fputs("<td>", to);
        if (i == lane) {
            fputs(arrows[dir >= 0 && dir <= 2 ? dir : 0], to);
            text(to, json_string_value(json_array_get(event, 4)));
            if (why[0] != '\0' || (fate[0] != '\0' && strcmp(fate, "delivered") != 0)) {
                fprintf(to, " <span class=\"why\">%s ", fate);
                text(to, why);
                fputs("</span>", to);
            }
        }
        fputs("</td>", to);
    }
    fputs("</tr>\n", to);
}

static void
timeline(FILE *to, const char *lines)
{
    json_t *events = lines == NULL ? NULL : json_loads(lines, 0, NULL);
    json_t *event;
    size_t i;

    if (json_array_size(events) > 0) {
        fputs("<div class=\"scroll\"><table><tr><th>ms</th><th>client and LAN</th>"
              "<th>BMC</th><th>bus</th></tr>\n", to);
        json_array_foreach(events, i, event)
            event_row(to, event);
        fputs("</table></div>\n", to);
    }
    json_decref(events);
}

/* ---- tests ---- */

static void
facts(FILE *to, const struct report_case *c)
{
    const struct scenario_result *r = c->result;

    fputs("<pre>", to);
    field(to, "", r->where ? r->where : c->path);
    field(to, "", r->message);
    field(to, "expected: ", r->expected);
    field(to, "actual:   ", r->actual);
    field(to, "expected to fail: ", r->xfail);
    field(to, "", r->trace);
    fprintf(to, "lab time %" PRIu64 ".%09" PRIu64 " s, seed %" PRIu64 "\n",
            r->at / 1000000000u, r->at % 1000000000u, c->seed);
    field(to, "it said:\n", r->said);
    field(to, "trace: ", r->capture);
    field(to, "again: ", c->repeat);
    fputs("</pre>\n", to);
}

static void
add(void *ctx, const struct report_case *c)
{
    struct html *h = ctx;
    const char *outcome = outcome_text(c->result->outcome);

    fprintf(h->tests, "<details class=\"%s\"%s><summary><b>%s</b>", outcome,
            outcome_is_bad(c->result->outcome) ? " open" : "", outcome);
    text(h->tests, c->name);
    fputs(" <span class=\"file\">", h->tests);
    text(h->tests, c->path);
    fprintf(h->tests, ":%d</span></summary>\n", c->line);
    facts(h->tests, c);
    timeline(h->tests, c->result->timeline);
    fputs("</details>\n", h->tests);
}

static void
begin(void *ctx, size_t planned)
{
    (void)ctx;
    (void)planned;
}

static bool
write_whole(const struct html *h, const struct report_sum *sum)
{
    FILE *to = fopen(h->path, "w");
    bool fine;

    if (to == NULL)
        return false;
    fprintf(to, "%s<h1>%zu tests", head, sum->planned);
    for (enum outcome o = OUTCOME_PASS; o < OUTCOMES; o++)
        if (sum->count[o] != 0)
            fprintf(to, ", %zu %s", sum->count[o], outcome_text(o));
    fputs("</h1>\n", to);
    fwrite(h->text, 1, h->len, to);
    fputs("</html>\n", to);
    fine = !ferror(to);
    return fclose(to) == 0 && fine;
}

static bool
end(void *ctx, const struct report_sum *sum)
{
    struct html *h = ctx;
    bool fine = fclose(h->tests) == 0 && write_whole(h, sum);

    free(h->text);
    free(h->path);
    free(h);
    return fine;
}

enum status
report_html(const char *folder, struct report *out)
{
    char path[PATH_LEN];
    struct html *h;
    int n = snprintf(path, sizeof path, "%s/index.html", folder);

    if (n < 0 || (size_t)n >= sizeof path)
        return ST_INVALID;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return ST_IO;
    h = calloc(1, sizeof *h);
    if (h == NULL)
        return ST_NOMEM;
    h->path = strdup(path);
    h->tests = open_memstream(&h->text, &h->len);
    if (h->path == NULL || h->tests == NULL) {
        free(h->path);
        free(h);
        return ST_NOMEM;
    }
    *out = (struct report){ begin, add, end, h };
    return ST_OK;
}
