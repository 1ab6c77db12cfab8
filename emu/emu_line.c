#include "emu/emu_line.h"

#include <stdlib.h>
#include <string.h>

#include "emu/emu_cmd.h"

struct emu_console {
    struct emu_reader reader;
    struct script script;
    struct diags diags;
    struct pool words;           /* of the last answer */
};

enum status
emu_console_new(const struct emu_reader *reader, struct emu_console **out)
{
    struct emu_console *c = calloc(1, sizeof *c);

    if (c == NULL)
        return ST_NOMEM;
    if (reader != NULL)
        c->reader = *reader;
    diags_init(&c->diags);
    script_init(&c->script, &c->reader, &c->diags);
    *out = c;
    return ST_OK;
}

void
emu_console_free(struct emu_console *c)
{
    if (c == NULL)
        return;
    script_free(&c->script);
    diags_free(&c->diags);
    pool_free(&c->words);
    free(c);
}

/* All diagnostics as lines; those about the line itself without a place. */
static const char *
complaints(struct emu_console *c)
{
    size_t size = c->diags.count * (DIAG_TEXT_MAX + EMU_PATH_MAX) + 1, len = 0;
    char *text = pool_alloc(&c->words, size);

    for (size_t i = 0; text != NULL && i < c->diags.count; i++) {
        const struct diag *d = &c->diags.list[i];

        if (d->at.file[0] == '\0')
            len += strlen(strcpy(text + len, d->text));
        else
            len += strlen(diag_print(d, text + len, size - len));
        strcpy(text + len++, "\n");
    }
    return text ? text : "";
}

enum status
emu_line(struct emu_console *c, const struct description *live, const char *line,
         struct emu_answer *out)
{
    struct emu_run run = {
        .script = &c->script, .words = &c->words, .live = live, .answer = out
    };

    pool_free(&c->words);
    diags_free(&c->diags);
    c->script.included = 0;
    *out = (struct emu_answer){ .text = "" };
    emu_run_text(&run, "", line, strlen(line));
    out->quit = run.quit;
    out->text = complaints(c);
    if (c->script.pool.failed || c->words.failed)
        return ST_NOMEM;
    return c->diags.errors ? ST_INVALID : ST_OK;
}
