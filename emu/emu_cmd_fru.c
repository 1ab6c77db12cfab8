#include <stdlib.h>
#include <string.h>

#include "emu/emu_handlers.h"
#include "emu/fru_source.h"

#define BUSY_MS_MAX 60000u

static struct diags *
diags_of(struct emu_call *call)
{
    return call->run->script->diags;
}

static struct machine_fru *
find_fru(struct emu_call *call)
{
    struct machine_mc *mc = call->mc;

    for (uint32_t i = 0; i < mc->fru_count; i++)
        if (mc->frus[i].id == call->v[1].n)
            return (struct machine_fru *)(uintptr_t)&mc->frus[i];
    return NULL;
}

/* One FRU id of a controller, made or to be described anew. */
static struct machine_fru *
fru_of(struct emu_call *call)
{
    struct build *b = call->run->build;
    struct machine_fru *fru = find_fru(call);

    if (fru == NULL)
        fru = DESCRIPTION_ADD(b->d, call->mc->frus, call->mc->fru_count);
    b->nomem = b->nomem || fru == NULL;
    return fru;
}

/* size octets that live with the description, the first of them given. */
static void
set_fru(struct emu_call *call, const uint8_t *data, size_t len, const char *path,
        uint32_t offset)
{
    struct build *b = call->run->build;
    uint32_t size = call->v[2].n;
    struct machine_fru *fru = fru_of(call);
    uint8_t *content = description_alloc(b->d, size);

    if (fru == NULL || content == NULL) {
        b->nomem = true;
        return;
    }
    if (len)
        memcpy(content, data, len);
    fru->id = (uint8_t)call->v[1].n;
    fru->size = size;
    fru->data = bytes_of(content, size);
    fru->path = path;
    fru->offset = offset;
}

/* ---- mc_add_fru_data ------------------------------------------------------------ */

static bool
check_size(struct emu_call *call, uint32_t min)
{
    if (call->v[2].n >= min && call->v[2].n <= FRU_IMAGE_MAX)
        return true;
    diag_error(diags_of(call), call->v[2].at, "found size %u; expected %u to %u",
               (unsigned)call->v[2].n, (unsigned)min, FRU_IMAGE_MAX);
    return false;
}

static void
fru_data(struct emu_call *call)
{
    uint8_t *data = pool_alloc(call->run->words, call->v[2].n + 1u);
    size_t count;

    if (data != NULL && args_octets(call->lx, "data octet", data, call->v[2].n, &count))
        set_fru(call, data, count, NULL, 0);
}

static void
fru_file(struct emu_call *call)
{
    static const struct arg args[ARGS_MAX] = {
        { ARG_UINT, "offset in the file", 0, NULL, false },
        { ARG_STRING, "file's name", 0, NULL, false },
    };
    struct value v[ARGS_MAX];

    if (args_parse(call->lx, args, v))
        set_fru(call, NULL, 0, build_text(call->run->build, v[1].text, v[1].len), v[0].n);
}

void
do_mc_add_fru_data(struct emu_call *call)
{
    struct token t;
    struct number ignored;

    if (!check_size(call, 0))
        return;
    if (lex_peek(call->lx, &t) && number_read(t.text, t.len, &ignored)) {
        lex_doubt(call->lx, &t, "data or file; it is taken as data");
        fru_data(call);
        return;
    }
    (void)lex_word(call->lx, &t);
    if (token_is(&t, "data"))
        fru_data(call);
    else if (token_is(&t, "file"))
        fru_file(call);
    else
        lex_wrong(call->lx, &t, "data or file");
}

/* ---- ipmilab's own ---------------------------------------------------------------- */

void
do_fru_source(struct emu_call *call)
{
    struct script *s = call->run->script;
    struct fru_image image;
    struct opened file;

    if (!check_size(call, FRU_SIZE_MIN) ||
        !script_include(s, call->lx, &call->v[3], &file))
        return;
    if (fru_source_text(s, file.path, file.text, file.len, call->v[2].n, &image)) {
        set_fru(call, image.octets, image.len, NULL, 0);
        free(image.octets);
    }
    script_close(s, &file);
}

/* guard=OFFSET,COUNT: octets that cannot be written. */
static bool
guard(struct emu_call *call, struct machine_fru *fru, const struct token *t)
{
    const char *at = t->text + strlen("guard="), *end = t->text + t->len;
    const char *comma = memchr(t->text, ',', t->len);
    struct machine_span *span;
    struct number from, count;

    if (comma == NULL || comma < at || !number_read(at, (size_t)(comma - at), &from) ||
        !number_read(comma + 1, (size_t)(end - comma) - 1, &count) || from.negative ||
        count.negative || from.magnitude >= fru->size ||
        count.magnitude > fru->size - from.magnitude) {
        lex_wrong(call->lx, t, "guard=OFFSET,COUNT within %u octets", (unsigned)fru->size);
        return true;
    }
    span = DESCRIPTION_ADD(call->run->build->d, fru->guards, fru->guard_count);
    if (span == NULL)
        call->run->build->nomem = true;
    else
        *span = (struct machine_span){ (uint32_t)from.magnitude, (uint32_t)count.magnitude };
    return true;
}

static bool
begins(const struct token *t, const char *word)
{
    return t->len >= strlen(word) && memcmp(t->text, word, strlen(word)) == 0;
}

/* One option; false when it is none. */
static bool
access_option(struct emu_call *call, struct machine_fru *fru, const struct token *t)
{
    struct number n;

    if (begins(t, "guard="))
        return guard(call, fru, t);
    if (begins(t, "busy=")) {
        if (number_read(t->text + 5, t->len - 5, &n) && !n.negative &&
            n.magnitude <= BUSY_MS_MAX)
            fru->busy_ms = (uint16_t)n.magnitude;
        else
            lex_wrong(call->lx, t, "busy=MILLISECONDS, 0 to %u", BUSY_MS_MAX);
        return true;
    }
    if (!token_is(t, "words") && !token_is(t, "bytes"))
        return false;
    fru->by_words = token_is(t, "words");
    return true;
}

void
do_fru_access(struct emu_call *call)
{
    struct machine_fru *fru = find_fru(call);
    struct token t;

    if (fru == NULL) {
        diag_error(diags_of(call), call->v[1].at,
                   "found FRU %u, which is not there; expected mc_add_fru_data or fru_source "
                   "before it", (unsigned)call->v[1].n);
        return;
    }
    while (lex_word(call->lx, &t) && t.text[0] != '#')
        if (!access_option(call, fru, &t))
            lex_wrong(call->lx, &t, "words, bytes, busy=MILLISECONDS or guard=OFFSET,COUNT");
}

/* At a console only: there it is shown; in a file there is nobody to see it. */
void
do_mc_dump_fru_data(struct emu_call *call)
{
    struct emu_answer *a = call->run->answer;

    if (a == NULL)
        return;
    a->dump = true;
    a->dump_mc = machine_id(call->mc);
    a->dump_fru = (uint8_t)call->v[1].n;
}
