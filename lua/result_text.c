#include "lua/result_text.h"

#include <stdlib.h>
#include <string.h>

#define TEXTS 9
#define NO_TEXT UINT32_MAX

/* The texts of a result, in the order of their octets. */
static void
texts_of(struct scenario_result *r, char **texts[TEXTS])
{
    char **all[TEXTS] = { &r->where, &r->message, &r->expected, &r->actual,
                          &r->xfail, &r->trace,   &r->said,     &r->capture,
                          &r->timeline };

    memcpy(texts, all, sizeof all);
}

void
result_write(const struct scenario_result *r, FILE *to)
{
    struct scenario_result copy = *r;
    uint32_t outcome = (uint32_t)r->outcome;
    uint32_t no_target = r->no_target;
    char **texts[TEXTS];

    texts_of(&copy, texts);
    fwrite(&outcome, sizeof outcome, 1, to);
    fwrite(&no_target, sizeof no_target, 1, to);
    fwrite(&r->at, sizeof r->at, 1, to);
    fwrite(&r->real_ms, sizeof r->real_ms, 1, to);
    for (size_t i = 0; i < TEXTS; i++) {
        uint32_t len = *texts[i] == NULL ? NO_TEXT : (uint32_t)strlen(*texts[i]);

        fwrite(&len, sizeof len, 1, to);
        if (len != NO_TEXT)
            fwrite(*texts[i], 1, len, to);
    }
}

static bool
take(struct bytes *from, void *to, size_t size)
{
    if (from->len < size)
        return false;
    memcpy(to, from->at, size);
    from->at += size;
    from->len -= size;
    return true;
}

static bool
take_text(struct bytes *from, char **text)
{
    uint32_t len;

    if (!take(from, &len, sizeof len))
        return false;
    if (len == NO_TEXT)
        return true;
    if (from->len < len || (*text = malloc((size_t)len + 1)) == NULL)
        return false;
    (*text)[len] = '\0';
    return take(from, *text, len);
}

bool
result_read(struct bytes from, struct scenario_result *out)
{
    uint32_t outcome, no_target;
    char **texts[TEXTS];
    bool fine;

    *out = (struct scenario_result){ 0 };
    texts_of(out, texts);
    fine = take(&from, &outcome, sizeof outcome) && outcome < OUTCOMES &&
           take(&from, &no_target, sizeof no_target) &&
           take(&from, &out->at, sizeof out->at) &&
           take(&from, &out->real_ms, sizeof out->real_ms);
    for (size_t i = 0; i < TEXTS && fine; i++)
        fine = take_text(&from, texts[i]);
    if (!fine) {
        scenario_result_free(out);
        return false;
    }
    out->outcome = (enum outcome)outcome;
    out->no_target = no_target != 0;
    return true;
}
