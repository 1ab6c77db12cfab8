#include "lua/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/play.h"

static const char *const outcome_names[OUTCOMES] = {
    [OUTCOME_PASS] = "pass",   [OUTCOME_FAIL] = "fail",   [OUTCOME_ERROR] = "error",
    [OUTCOME_SKIP] = "skip",   [OUTCOME_XFAIL] = "xfail", [OUTCOME_XPASS] = "xpass",
};

const char *
outcome_text(enum outcome outcome)
{
    return outcome < OUTCOMES ? outcome_names[outcome] : "?";
}

bool
outcome_is_bad(enum outcome outcome)
{
    return outcome == OUTCOME_FAIL || outcome == OUTCOME_ERROR || outcome == OUTCOME_XPASS;
}

static enum outcome
outcome_of(const char *name)
{
    for (enum outcome o = OUTCOME_PASS; name != NULL && o < OUTCOMES; o++)
        if (strcmp(outcome_names[o], name) == 0)
            return o;
    return OUTCOME_ERROR;
}

/* A copy of a text field of the table on top; NULL when it has none. */
static char *
field_text(lua_State *L, const char *field)
{
    char *copy = NULL;

    if (lua_getfield(L, -1, field) == LUA_TSTRING)
        copy = strdup(lua_tostring(L, -1));
    lua_pop(L, 1);
    return copy;
}

static lua_Integer
field_number(lua_State *L, const char *field)
{
    lua_Integer v;

    lua_getfield(L, -1, field);
    v = lua_tointeger(L, -1);
    lua_pop(L, 1);
    return v;
}

/* ---- loading ---- */

void
scenario_free(struct scenario *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->count; i++) {
        free(s->tests[i].name);
        for (size_t t = 0; t < s->tests[i].tag_count; t++)
            free(s->tests[i].tags[t]);
    }
    free(s->tests);
    free(s->text);
    free(s->path);
    free(s);
}

/* The test that the table on top says. */
static void
read_test(lua_State *L, struct scenario_test *test)
{
    test->name = field_text(L, "name");
    test->line = (int)field_number(L, "line");
    lua_getfield(L, -1, "tags");
    for (lua_Integer i = 1; i <= SCENARIO_TAGS_MAX; i++) {
        if (lua_rawgeti(L, -1, i) == LUA_TSTRING)
            test->tags[test->tag_count++] = strdup(lua_tostring(L, -1));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/* The list of tests on top. */
static enum status
read_tests(lua_State *L, struct scenario *s)
{
    size_t count = lua_rawlen(L, -1);

    s->tests = calloc(count + 1, sizeof *s->tests);
    if (s->tests == NULL)
        return ST_NOMEM;
    s->count = count;
    for (size_t i = 0; i < count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        read_test(L, &s->tests[i]);
        lua_pop(L, 1);
    }
    return ST_OK;
}

/* What the error on top says, with its place in front. */
static char *
error_text(lua_State *L)
{
    char *where = field_text(L, "where"), *message = field_text(L, "message"), *both = NULL;
    size_t len = where == NULL ? 0 : strlen(where);

    if (len > 0 && message != NULL && strncmp(message, where, len) != 0) {
        both = malloc(len + strlen(message) + sizeof ": ");
        if (both != NULL)
            sprintf(both, "%s: %s", where, message);
    }
    free(where);
    if (both == NULL)
        return message;
    free(message);
    return both;
}

static enum status
find_tests(struct troupe *t, struct scenario *s, char **why)
{
    struct play_opts opts = { .troupe = t };
    struct play *p;
    lua_State *L;
    enum status st = play_new(&opts, &p);

    if (st != ST_OK)
        return st;
    L = play_lua(p);
    lua_pushstring(L, s->path);
    lua_pushlstring(L, s->text, s->len);
    if (!play_call(p, "collect", 2, 2)) {
        *why = lua_tostring(L, -1) == NULL ? NULL : strdup(lua_tostring(L, -1));
        st = ST_INVALID;
    } else if (lua_isnil(L, -2)) {
        *why = error_text(L);
        st = ST_INVALID;
    } else {
        lua_pop(L, 1);
        st = read_tests(L, s);
    }
    play_free(p);
    return st;
}

/* A scenario of a text of its own. */
static enum status
make(struct troupe *t, const char *path, char *text, size_t len, struct scenario **out,
     char **why)
{
    struct scenario *s = calloc(1, sizeof *s);
    enum status st = ST_NOMEM;

    if (s == NULL) {
        free(text);
        return st;
    }
    s->text = text;
    s->len = len;
    s->path = strdup(path);
    if (s->path != NULL)
        st = find_tests(t, s, why);
    if (st != ST_OK) {
        scenario_free(s);
        return st;
    }
    *out = s;
    return ST_OK;
}

enum status
scenario_load(struct troupe *t, const char *path, struct scenario **out, char **why)
{
    static const struct emu_reader files;
    char *text;
    size_t len;
    enum status st = emu_read(&files, path, &text, &len);

    *why = NULL;
    return st == ST_OK ? make(t, path, text, len, out, why) : st;
}

enum status
scenario_of_text(struct troupe *t, const char *path, struct bytes text, struct scenario **out,
                 char **why)
{
    char *copy = malloc(text.len + 1);

    *why = NULL;
    if (copy == NULL)
        return ST_NOMEM;
    if (text.len != 0)
        memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    return make(t, path, copy, text.len, out, why);
}

/* ---- playing ---- */

/* The result that the table on top says. */
static void
read_result(lua_State *L, struct scenario_result *r)
{
    char *outcome = field_text(L, "outcome");

    r->outcome = outcome_of(outcome);
    free(outcome);
    r->at = (instant)field_number(L, "instant");
    r->where = field_text(L, "where");
    r->message = field_text(L, "message");
    r->expected = field_text(L, "expected");
    r->actual = field_text(L, "actual");
    r->xfail = field_text(L, "xfail");
    r->trace = field_text(L, "trace");
    r->said = field_text(L, "said");
    r->no_target = lua_getfield(L, -1, "no_target") == LUA_TBOOLEAN && lua_toboolean(L, -1);
    lua_pop(L, 1);
}

enum status
scenario_play(struct troupe *t, const struct scenario *s, size_t n,
              const struct scenario_opts *opts, struct scenario_result *result)
{
    struct play_opts play = { .troupe = t, .seed = opts->seed, .tap = opts->tap,
                              .traces = opts->traces,
                              .say = opts->say, .say_ctx = opts->say_ctx,
                              .args = opts->args, .arg_count = opts->arg_count };
    struct play *p;
    lua_State *L;
    enum status st = play_new(&play, &p);

    *result = (struct scenario_result){ .outcome = OUTCOME_ERROR };
    if (st != ST_OK)
        return st;
    L = play_lua(p);
    lua_pushstring(L, s->path);
    lua_pushlstring(L, s->text, s->len);
    lua_pushinteger(L, (lua_Integer)n + 1);
    if (play_call(p, "run", 3, 1))
        read_result(L, result);
    else
        result->message = strdup(lua_tostring(L, -1) ? lua_tostring(L, -1) : "unknown error");
    play_free(p);
    return ST_OK;
}

void
scenario_result_free(struct scenario_result *r)
{
    free(r->where);
    free(r->message);
    free(r->expected);
    free(r->actual);
    free(r->xfail);
    free(r->trace);
    free(r->said);
    free(r->capture);
    free(r->timeline);
    *r = (struct scenario_result){ 0 };
}
