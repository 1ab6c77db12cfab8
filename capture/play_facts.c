#include "capture/play_facts.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/run_texts.h"

#define FORMAT 1
#define KEY    "ipmilab scenario"

/* What play_facts_read() gives out: the facts, and what they point into. */
struct kept {
    struct play_facts facts;
    json_t *json;
    const char *args[PLAY_FACTS_WORDS_MAX], *folders[PLAY_FACTS_WORDS_MAX];
    struct run_texts texts;
};

/* ---- out ---- */

static json_t *
words_of(const char *const *words, size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_string(words[i]));
    return list;
}

static json_t *
target_of(const struct play_target *t)
{
    return json_pack("{s:s, s:i, s:s, s:s, s:i, s:s*, s:b, s:s*}", "host", t->host, "port", (int)t->port,
                     "user", t->user, "password", t->password, "suite", (int)t->suite, "lan15",
                     t->lan15, "writes", (int)t->writes, "start", t->start);
}

char *
play_facts_print(const struct play_facts *f)
{
    json_t *source = json_stringn((const char *)f->text.at, f->text.len), *all;
    char seed[24], *text = NULL;

    snprintf(seed, sizeof seed, "%" PRIu64, f->seed);
    if (source == NULL)
        return NULL;
    all = json_pack("{s:i, s:s, s:s, s:s, s:o, s:I, s:s, s:o, s:o, s:b, s:b, s:o}", KEY, FORMAT,
                    "version", f->version, "seed", seed, "path", f->path, "text", source, "test",
                    (json_int_t)f->test, "name", f->name, "args",
                    words_of(f->args, f->arg_count), "folders",
                    words_of(f->folders, f->folder_count), "outside", (int)f->outside, "cut",
                    (int)f->cut, "texts", run_texts_print(f->texts, f->text_count));
    if (all != NULL && f->target.host != NULL)
        json_object_set_new(all, "target", target_of(&f->target));
    if (all != NULL)
        text = json_dumps(all, JSON_COMPACT | JSON_ENSURE_ASCII);
    json_decref(all);
    return text;
}

/* ---- in ---- */

bool
play_facts_are(const char *json, size_t len)
{
    json_t *all = json_loadb(json, len, 0, NULL);
    bool are = json_object_get(all, KEY) != NULL;

    json_decref(all);
    return are;
}

static const char *
text_at(const json_t *all, const char *key)
{
    return json_string_value(json_object_get(all, key));
}

static bool
read_seed(const json_t *all, uint64_t *to)
{
    const char *text = text_at(all, "seed");
    char *end;

    if (text == NULL || *text == '\0' || strspn(text, "0123456789") != strlen(text))
        return false;
    errno = 0;
    *to = strtoull(text, &end, 10);
    return errno == 0 && *end == '\0';
}

/* Whole numbers from 0 to max. */
static bool
read_whole(const json_t *all, const char *key, json_int_t max, json_int_t *to)
{
    const json_t *v = json_object_get(all, key);

    *to = json_integer_value(v);
    return json_is_integer(v) && *to >= 0 && *to <= max;
}

static bool
read_words(const json_t *all, const char *key, const char *to[PLAY_FACTS_WORDS_MAX],
           size_t *count)
{
    const json_t *list = json_object_get(all, key), *word;
    size_t i;

    if (!json_is_array(list) || json_array_size(list) > PLAY_FACTS_WORDS_MAX)
        return false;
    json_array_foreach(list, i, word) {
        to[i] = json_string_value(word);
        if (to[i] == NULL)
            return false;
    }
    *count = json_array_size(list);
    return true;
}

static bool
read_target(const json_t *t, struct play_target *to)
{
    json_int_t port, suite;

    if (t == NULL)
        return true;
    to->host = text_at(t, "host");
    to->user = text_at(t, "user");
    to->password = text_at(t, "password");
    to->lan15 = text_at(t, "lan15");
    to->start = text_at(t, "start");
    to->writes = json_is_true(json_object_get(t, "writes"));
    if (!read_whole(t, "port", UINT16_MAX, &port) || !read_whole(t, "suite", 63, &suite))
        return false;
    to->port = (uint16_t)port;
    to->suite = (unsigned)suite;
    return to->host != NULL && to->user != NULL && to->password != NULL;
}

/* What is wrong; NULL when nothing is. */
static const char *
read_all(struct kept *k)
{
    struct play_facts *f = &k->facts;
    const json_t *text = json_object_get(k->json, "text");
    json_int_t format, test;
    const char *why;

    if (!read_whole(k->json, KEY, FORMAT, &format) || format != FORMAT)
        return "expected \"" KEY "\": 1";
    f->version = text_at(k->json, "version");
    f->path = text_at(k->json, "path");
    f->name = text_at(k->json, "name");
    if (f->version == NULL || f->path == NULL || f->name == NULL || !json_is_string(text))
        return "expected a version, and a scenario's path, text and name";
    f->text = bytes_of(json_string_value(text), json_string_length(text));
    if (!read_seed(k->json, &f->seed) || !read_whole(k->json, "test", UINT32_MAX, &test))
        return "expected seed and test";
    f->test = (uint32_t)test;
    if (!read_words(k->json, "args", k->args, &f->arg_count) ||
        !read_words(k->json, "folders", k->folders, &f->folder_count))
        return "expected lists of args and folders";
    f->args = k->args;
    f->folders = k->folders;
    f->outside = json_is_true(json_object_get(k->json, "outside"));
    f->cut = json_is_true(json_object_get(k->json, "cut"));
    if (!read_target(json_object_get(k->json, "target"), &f->target))
        return "expected host, port, user, password and suite of the target";
    why = run_texts_read(json_object_get(k->json, "texts"), &k->texts);
    f->texts = k->texts.at;
    f->text_count = k->texts.count;
    return why;
}

enum status
play_facts_read(const char *json, size_t len, struct play_facts **out, const char **why)
{
    struct kept *k = calloc(1, sizeof *k);

    *why = "out of memory";
    if (k == NULL)
        return ST_NOMEM;
    k->json = json_loadb(json, len, 0, NULL);
    *why = k->json == NULL ? "expected JSON" : read_all(k);
    if (*why != NULL) {
        play_facts_free(&k->facts);
        return ST_INVALID;
    }
    *out = &k->facts;
    return ST_OK;
}

void
play_facts_free(struct play_facts *facts)
{
    struct kept *k = (struct kept *)(void *)facts;    /* its first member */

    if (k == NULL)
        return;
    run_texts_free(&k->texts);
    json_decref(k->json);
    free(k);
}
