/* The .emu language: whatever a file says, it loads or is complained of, and
 * a console takes its lines one by one. */
#include <stdlib.h>
#include <string.h>

#include "emu/emu.h"
#include "emu/emu_line.h"

#define LINES_MAX 64

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

/* "m.emu" is the input; "inc" can be included; there is nothing else. */
static enum status
read_input(void *ctx, const char *path, char **text, size_t *len)
{
    static const char included[] = "sensor_add 0x20 0 7 1 1\ndefine V \"0x20\"\n";
    const struct bytes *input = ctx;
    struct bytes file = *input;

    if (strcmp(path, "inc") == 0)
        file = bytes_of(included, sizeof included - 1);
    else if (strcmp(path, "m.emu") != 0)
        return ST_MISSING;
    *text = malloc(file.len + 1);
    if (*text == NULL)
        return ST_NOMEM;
    if (file.len)
        memcpy(*text, file.at, file.len);
    *len = file.len;
    return ST_OK;
}

/* Say the input's lines at a console of the machine. */
static void
talk(const struct emu_reader *reader, const struct description *d, struct bytes input)
{
    struct emu_console *console;
    struct emu_answer answer;
    char *text = malloc(input.len + 1), *line = text;

    if (text == NULL || emu_console_new(reader, &console) != ST_OK)
        abort();
    if (input.len)
        memcpy(text, input.at, input.len);
    text[input.len] = '\0';
    for (unsigned i = 0; i < LINES_MAX && line != NULL; i++) {
        char *next = strchr(line, '\n');

        if (next != NULL)
            *next++ = '\0';
        (void)emu_line(console, d, line, &answer);
        for (size_t a = 0; a < answer.count; a++)
            if (answer.actions[a].at > answer.slept)
                abort();
        line = next;
    }
    emu_console_free(console);
    free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    static const char *const names[] = { "m.emu" };
    struct bytes input = bytes_of(at, len);
    struct emu_opts opts = { .reader = { .read = read_input, .ctx = &input } };
    struct description **all;
    struct diags diags;
    enum status st;
    size_t n;

    diags_init(&diags);
    st = emu_load(names, 1, &opts, &diags, &all, &n);
    if ((st == ST_OK) != (diags.errors == 0) || (st == ST_OK) != (all != NULL))
        abort();
    if (st == ST_OK) {
        talk(&opts.reader, all[0], input);
        description_unref(all[0]);
    }
    free(all);
    diags_free(&diags);
    return 0;
}
