#include "emu/fru_out.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emu/fru_text.h"

#define OCTETS_PER_LINE 12

static bool
make_room(struct fru_out *out, size_t more)
{
    size_t room = out->room ? 2 * out->room : 4096;
    char *text;

    if (out->len + more < out->room)
        return true;
    while (room <= out->len + more)
        room *= 2;
    text = out->nomem ? NULL : realloc(out->text, room);
    if (text == NULL) {
        out->nomem = true;
        return false;
    }
    out->text = text;
    out->room = room;
    return true;
}

void
fru_say(struct fru_out *out, const char *words, ...)
{
    char line[FRU_TEXT_SIZE + 64];
    va_list args;
    int n;

    va_start(args, words);
    n = vsnprintf(line, sizeof line, words, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof line || !make_room(out, (size_t)n + 1))
        return;
    memcpy(out->text + out->len, line, (size_t)n + 1);
    out->len += (size_t)n;
}

void
fru_say_octets(struct fru_out *out, struct bytes octets)
{
    for (size_t i = 0; i < octets.len; i++) {
        if (octets.len > OCTETS_PER_LINE && i % OCTETS_PER_LINE == 0)
            fru_say(out, " \\\n       ");
        fru_say(out, " 0x%02x", octets.at[i]);
    }
    fru_say(out, "\n");
}

/* In the quotes that it has not; with both kinds in it, double quotes stand
 * between single ones, the rest between double ones. */
void
fru_say_string(struct fru_out *out, const char *text)
{
    bool open = false;

    if (strchr(text, '"') == NULL || strchr(text, '\'') == NULL) {
        char quote = strchr(text, '"') == NULL ? '"' : '\'';

        fru_say(out, "%c%s%c", quote, text, quote);
        return;
    }
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            fru_say(out, open ? "\"'\"'" : "'\"'");
            open = false;
        } else {
            fru_say(out, open ? "%c" : "\"%c", *text);
            open = true;
        }
    }
    if (open)
        fru_say(out, "\"");
}

/* Has text where two octets a character are due been written in one each? */
static bool
is_ascii(struct bytes data)
{
    for (size_t i = 0; i < data.len; i++)
        if (data.at[i] < 0x20 || data.at[i] > 0x7e)
            return false;
    return data.len > 0;
}

void
fru_say_field(struct fru_out *out, unsigned type, bool wide, struct bytes data)
{
    enum fru_code usual = wide ? FRU_CODE_UNICODE : FRU_CODE_8BIT;
    enum fru_code code = type == FRU_CODE_8BIT ? usual : (enum fru_code)type;
    char text[FRU_TEXT_SIZE];

    if (code == FRU_CODE_UNICODE && is_ascii(data))
        code = FRU_CODE_8BIT;
    if (!fru_text_decode(code, data, text)) {
        fru_say(out, "%s", fru_code_word(code));
        fru_say_octets(out, data);
        return;
    }
    if (code != usual)
        fru_say(out, "%s ", fru_code_word(code));
    fru_say_string(out, text);
    fru_say(out, "\n");
}

void
fru_say_at(struct fru_out *out, size_t at)
{
    if ((out->next + FRU_UNIT - 1) / FRU_UNIT * FRU_UNIT != at)
        fru_say(out, " at %zu", at);
    fru_say(out, "\n");
}

void
fru_damage(struct fru_out *out, const char *words, ...)
{
    char text[DIAG_TEXT_MAX];
    va_list args;

    va_start(args, words);
    vsnprintf(text, sizeof text, words, args);
    va_end(args);
    diag_error(out->diags, (struct place){ out->file, 0, 0 }, "%s", text);
}

bool
fru_cover(struct fru_out *out, const char *what, size_t at, size_t len)
{
    bool free_before = true;

    for (size_t i = 0; i < len; i++) {
        free_before = free_before && !out->covered[at + i];
        out->covered[at + i] = true;
    }
    if (!free_before)
        fru_damage(out, "found %s, octets %zu to %zu, over another area; expected areas "
                   "that do not overlap", what, at, at + len - 1);
    return free_before;
}
