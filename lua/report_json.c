#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "lua/report.h"

struct json_report {
    FILE *file;
    json_t *tests;
};

/* A string; octets that are no UTF-8 become "?". */
static json_t *
string(const char *text)
{
    json_t *value;
    char *copy;

    if (text == NULL)
        return json_null();
    value = json_string(text);
    if (value != NULL || (copy = strdup(text)) == NULL)
        return value;
    for (char *c = copy; *c != '\0'; c++)
        if ((unsigned char)*c >= 0x80)
            *c = '?';
    value = json_string(copy);
    free(copy);
    return value;
}

static void
begin(void *ctx, size_t planned)
{
    (void)ctx;
    (void)planned;
}

static void
add(void *ctx, const struct report_case *c)
{
    struct json_report *j = ctx;
    const struct scenario_result *r = c->result;
    json_t *t = json_object();

    json_object_set_new(t, "file", string(c->path));
    json_object_set_new(t, "line", json_integer(c->line));
    json_object_set_new(t, "name", string(c->name));
    json_object_set_new(t, "outcome", string(outcome_text(r->outcome)));
    json_object_set_new(t, "seed", json_integer((json_int_t)c->seed));
    json_object_set_new(t, "instant_ns", json_integer((json_int_t)r->at));
    json_object_set_new(t, "real_ms", json_integer((json_int_t)c->result->real_ms));
    json_object_set_new(t, "where", string(r->where));
    json_object_set_new(t, "message", string(r->message));
    json_object_set_new(t, "expected", string(r->expected));
    json_object_set_new(t, "actual", string(r->actual));
    json_object_set_new(t, "xfail", string(r->xfail));
    json_object_set_new(t, "said", string(r->said));
    json_object_set_new(t, "trace", string(c->result->capture));
    json_object_set_new(t, "again", string(c->repeat));
    json_array_append_new(j->tests, t);
}

static json_t *
summary(const struct report_sum *sum)
{
    json_t *s = json_object();

    json_object_set_new(s, "tests", json_integer((json_int_t)sum->planned));
    if (sum->stopped != NULL)
        json_object_set_new(s, "stopped", json_string(sum->stopped));
    for (enum outcome o = OUTCOME_PASS; o < OUTCOMES; o++)
        json_object_set_new(s, outcome_text(o), json_integer((json_int_t)sum->count[o]));
    json_object_set_new(s, "real_ms", json_integer((json_int_t)sum->real_ms));
    return s;
}

static bool
end(void *ctx, const struct report_sum *sum)
{
    struct json_report *j = ctx;
    json_t *whole = json_object();
    bool fine;

    json_object_set_new(whole, "ipmilab", string(IPMILAB_VERSION));
    json_object_set_new(whole, "summary", summary(sum));
    json_object_set_new(whole, "tests", j->tests);
    fine = json_dumpf(whole, j->file, JSON_INDENT(2)) == 0 && fputc('\n', j->file) != EOF;
    fine = fclose(j->file) == 0 && fine;
    json_decref(whole);
    free(j);
    return fine;
}

enum status
report_json(const char *path, struct report *out)
{
    struct json_report *j = calloc(1, sizeof *j);

    if (j == NULL)
        return ST_NOMEM;
    j->tests = json_array();
    j->file = j->tests == NULL ? NULL : fopen(path, "w");
    if (j->file == NULL) {
        json_decref(j->tests);
        free(j);
        return ST_IO;
    }
    *out = (struct report){ begin, add, end, j };
    return ST_OK;
}
