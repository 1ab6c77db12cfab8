#include "capture/run_texts.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/hex.h"

/* ---- out ---- */

static json_t *
hex_text(struct bytes octets)
{
    size_t size = 2 * octets.len + 1;
    char *digits = malloc(size);
    json_t *text = NULL;

    if (digits != NULL)
        text = json_string(hex_print(octets, digits, size));
    free(digits);
    return text;
}

static json_t *
text_of(const struct run_text *t)
{
    bool plain = t->text.len == 0 || memchr(t->text.at, 0, t->text.len) == NULL;
    json_t *one = json_pack("{s:s}", "name", t->name);
    json_t *text = plain ? json_stringn((const char *)t->text.at, t->text.len) : NULL;

    if (text != NULL)
        json_object_set_new(one, "text", text);
    else
        json_object_set_new(one, "hex", hex_text(t->text));
    return one;
}

json_t *
run_texts_print(const struct run_text *texts, size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, text_of(&texts[i]));
    return list;
}

/* ---- in ---- */

static const char *
read_hex(struct run_texts *t, size_t i, const json_t *digits)
{
    size_t len = json_string_length(digits) / 2;

    t->octets[i] = malloc(len + 1);
    if (t->octets[i] == NULL)
        return "out of memory";
    if (json_string_length(digits) % 2 || !hex_read(json_string_value(digits), t->octets[i], len))
        return "expected pairs of hexadecimal digits in a text's hex";
    t->at[i].text = bytes_of(t->octets[i], len);
    return NULL;
}

static const char *
read_text(struct run_texts *t, size_t i, const json_t *one)
{
    const json_t *text = json_object_get(one, "text"), *hex = json_object_get(one, "hex");

    t->at[i].name = json_string_value(json_object_get(one, "name"));
    if (t->at[i].name == NULL || (!json_is_string(text) && !json_is_string(hex)))
        return "expected a name, and text or hex, of each text";
    if (!json_is_string(text))
        return read_hex(t, i, hex);
    t->at[i].text = bytes_of(json_string_value(text), json_string_length(text));
    return NULL;
}

const char *
run_texts_read(const json_t *list, struct run_texts *out)
{
    const json_t *one;
    const char *why = NULL;
    size_t i, count = json_array_size(list);

    if (!json_is_array(list) || count > RUN_FACTS_TEXTS_MAX)
        return "expected a list of texts";
    out->at = calloc(count + 1, sizeof *out->at);
    out->octets = calloc(count + 1, sizeof(uint8_t *));
    if (out->at == NULL || out->octets == NULL)
        return "out of memory";
    out->count = count;
    json_array_foreach(list, i, one)
        if (why == NULL)
            why = read_text(out, i, one);
    return why;
}

void
run_texts_free(struct run_texts *texts)
{
    for (size_t i = 0; texts->octets != NULL && i < texts->count; i++)
        free(texts->octets[i]);
    free(texts->octets);
    free(texts->at);
    *texts = (struct run_texts){ 0 };
}
