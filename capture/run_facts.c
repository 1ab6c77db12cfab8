#include "capture/run_facts.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/run_texts.h"

#define FORMAT 1
#define MARK_LEN (sizeof RUN_FACTS_MARK - 1)
#define COUNT_MAX 1000000

/* What run_facts_read() gives out: the facts, and what they point into. */
struct kept {
    struct run_facts facts;
    json_t *json;
    struct run_texts texts;
    const char **words[3];         /* files, users, faults */
};

/* ---- out ---- */

static json_t *
number_text(uint64_t v, const char *format)
{
    char text[32];

    snprintf(text, sizeof text, format, v);
    return json_string(text);
}

static json_t *
words_of(const char *const *words, size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_string(words[i]));
    return list;
}

char *
run_facts_print(const struct run_facts *f)
{
    json_t *all = json_pack("{s:i, s:s, s:I, s:o, s:s}", "ipmilab run", FORMAT, "version",
                            f->version, "epoch", (json_int_t)f->epoch_s, "seed",
                            number_text(f->seed, "%" PRIu64), "entropy",
                            f->system_entropy ? "system" : "seed");
    char *text;

    if (f->system_entropy)
        json_object_set_new(all, "root", number_text(f->root, "%016" PRIx64));
    json_object_set_new(all, "count", json_integer(f->count));
    json_object_set_new(all, "files", words_of(f->files, f->file_count));
    json_object_set_new(all, "users", words_of(f->users, f->user_count));
    json_object_set_new(all, "faults", words_of(f->faults, f->fault_count));
    json_object_set_new(all, "texts", run_texts_print(f->texts, f->text_count));
    text = json_dumps(all, JSON_COMPACT | JSON_ENSURE_ASCII);
    json_decref(all);
    return text;
}

/* ---- in ---- */

static bool
read_number(const json_t *all, const char *key, int base, uint64_t *to)
{
    const char *text = json_string_value(json_object_get(all, key));
    char *end;

    if (text == NULL || strspn(text, "0123456789abcdef") != strlen(text) || *text == '\0')
        return false;
    errno = 0;
    *to = strtoull(text, &end, base);
    return errno == 0 && *end == '\0';
}

/* Whole numbers from 0 to max. */
static bool
read_whole(const json_t *all, const char *key, json_int_t max, uint64_t *to)
{
    const json_t *v = json_object_get(all, key);

    *to = (uint64_t)json_integer_value(v);
    return json_is_integer(v) && json_integer_value(v) >= 0 && json_integer_value(v) <= max;
}

static const char *
read_words(struct kept *k, int which, const char *key, const char *const **to, size_t *count)
{
    const json_t *list = json_object_get(k->json, key), *word;
    size_t i;

    if (!json_is_array(list))
        return "expected lists of files, users and faults";
    k->words[which] = calloc(json_array_size(list) + 1, sizeof(const char *));
    if (k->words[which] == NULL)
        return "out of memory";
    json_array_foreach(list, i, word) {
        if (!json_is_string(word))
            return "expected words in the lists of files, users and faults";
        k->words[which][i] = json_string_value(word);
    }
    *to = k->words[which];
    *count = json_array_size(list);
    return NULL;
}

static const char *
read_entropy(struct kept *k)
{
    const char *entropy = json_string_value(json_object_get(k->json, "entropy"));

    if (entropy == NULL || (strcmp(entropy, "seed") != 0 && strcmp(entropy, "system") != 0))
        return "expected entropy of seed or system";
    k->facts.system_entropy = strcmp(entropy, "system") == 0;
    if (k->facts.system_entropy && !read_number(k->json, "root", 16, &k->facts.root))
        return "expected the root key that was drawn";
    return NULL;
}

/* What is wrong; NULL when nothing is. */
static const char *
read_all(struct kept *k)
{
    struct run_facts *f = &k->facts;
    uint64_t format, count;
    const char *why;

    if (!read_whole(k->json, "ipmilab run", FORMAT, &format) || format != FORMAT)
        return "expected \"ipmilab run\": 1";
    f->version = json_string_value(json_object_get(k->json, "version"));
    if (f->version == NULL)
        return "expected a version";
    if (!read_whole(k->json, "epoch", INT32_MAX * (json_int_t)4, &f->epoch_s) ||
        !read_number(k->json, "seed", 10, &f->seed) ||
        !read_whole(k->json, "count", COUNT_MAX, &count))
        return "expected epoch, seed and count";
    f->count = (uint32_t)count;
    why = read_entropy(k);
    if (why == NULL)
        why = read_words(k, 0, "files", &f->files, &f->file_count);
    if (why == NULL)
        why = read_words(k, 1, "users", &f->users, &f->user_count);
    if (why == NULL)
        why = read_words(k, 2, "faults", &f->faults, &f->fault_count);
    if (why == NULL)
        why = run_texts_read(json_object_get(k->json, "texts"), &k->texts);
    f->texts = k->texts.at;
    f->text_count = k->texts.count;
    return why;
}

enum status
run_facts_read(const char *json, size_t len, struct run_facts **out, const char **why)
{
    struct kept *k = calloc(1, sizeof *k);
    json_error_t error;

    *why = "out of memory";
    if (k == NULL)
        return ST_NOMEM;
    k->json = json_loadb(json, len, 0, &error);
    *why = k->json == NULL ? "expected JSON" : read_all(k);
    if (*why != NULL) {
        run_facts_free(&k->facts);
        return ST_INVALID;
    }
    *out = &k->facts;
    return ST_OK;
}

void
run_facts_free(struct run_facts *facts)
{
    struct kept *k = (struct kept *)(void *)facts;    /* its first member */

    if (k == NULL)
        return;
    for (size_t i = 0; i < sizeof k->words / sizeof k->words[0]; i++)
        free(k->words[i]);
    run_texts_free(&k->texts);
    json_decref(k->json);
    free(k);
}

/* ---- pieces ---- */

enum status
run_facts_cut(const char *text, size_t max, struct bytes **out, size_t *count)
{
    size_t len = strlen(text), step = max - MARK_LEN;
    size_t pieces = len / step + 1;
    struct bytes *list = malloc(pieces * (sizeof *list + MARK_LEN) + len);
    uint8_t *at = (uint8_t *)(list + pieces);

    if (list == NULL)
        return ST_NOMEM;
    for (size_t i = 0; i < pieces; i++) {
        size_t piece = len - i * step < step ? len - i * step : step;

        memcpy(at, RUN_FACTS_MARK, MARK_LEN);
        memcpy(at + MARK_LEN, text + i * step, piece);
        list[i] = bytes_of(at, MARK_LEN + piece);
        at += MARK_LEN + piece;
    }
    *out = list;
    *count = pieces;
    return ST_OK;
}
